"""What a register owes to those who stand in it and to those who rely on it: erasing, citing, proving.

    erase    what is to be forgotten, out of the log, the ledger and the cache, and kept out of every later build
    cite     how to name an entry, a claim, a finding, a source, the whole: version, date, place, hash
    verify   whether a chronicle is what its sources, decisions, ledger, packs and version give

The names are loaded when they are first asked for. What is withheld from an edition is not decided here; see `protection`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regesta.custody.citing import Citation, citation_of, laid_out
    from regesta.custody.digesting import content_hash, digests
    from regesta.custody.erasing import Erasure, Holder, erase_passage, erase_person, words_of_claim
    from regesta.custody.holding import Held, hold
    from regesta.custody.redacting import redact
    from regesta.custody.verifying import Difference, Verified, verify

__all__ = [
    "Citation",
    "Difference",
    "Erasure",
    "Held",
    "Holder",
    "Verified",
    "citation_of",
    "content_hash",
    "digests",
    "erase_passage",
    "erase_person",
    "hold",
    "laid_out",
    "redact",
    "verify",
    "words_of_claim",
]

_HOME = {
    "Citation": "citing",
    "citation_of": "citing",
    "laid_out": "citing",
    "content_hash": "digesting",
    "digests": "digesting",
    "Difference": "verifying",
    "Held": "holding",
    "hold": "holding",
    "Verified": "verifying",
    "verify": "verifying",
    "Erasure": "erasing",
    "Holder": "erasing",
    "erase_passage": "erasing",
    "erase_person": "erasing",
    "words_of_claim": "erasing",
    "redact": "redacting",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f"regesta.custody.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
