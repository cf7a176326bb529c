"""What a careful reader would notice about the sources: a conflict, a sum that fails or holds, a gap.

    Finding  "600 + 20 + ... make 633; the text says 643"   has members
       ↓
    Member   source, [start, end), quote                         the passages side by side, exact

A finding says one sentence, shows the smallest set of passages that prove it, and its working. It judges no source: both
sides stay, and a person decides. Its fingerprint is what such a decision holds on to, as in `fingerprints`. Nothing here
looks for anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from regesta.model.ids import content_id

__all__ = ["Finding", "FindingKind", "Member", "Severity", "finding_fingerprint"]

FindingKind = Literal[
    "value-conflict",
    "date-conflict",
    "first-claim",
    "superlative-conflict",
    "sum-mismatch",
    "total-mismatch",
    "coverage-gap",
    "coverage-overlap",
    "chronology",
    "date-bound",
    "arithmetic-check",
    "convention-breach",
    "one-sided",
    "spelling-variant",
    "same-name",
    "duplicate-entry",
    "orphan-reference",
    "dangling-marker",
    "missing-part",
    "uncited",
    "shared-text",
]

Severity = Literal["error", "warning", "info", "ok", "undetermined"]

Status = Literal["open", "explained", "exception", "resolved"]

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One passage that a finding is about."""

    source: str
    """`Source.name`."""
    start: int
    end: int
    quote: str
    """`document.text[start:end]`, always."""
    claim: str | None = None
    """Id of the claim that it is evidence of, where it is of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was noticed, with the passages that show it."""

    id: str
    """Content id, prefix `f`."""
    fingerprint: str
    """`finding_fingerprint`: the same in the next edition where the passages say the same."""
    code: str
    """Of the check that made it: `F` and three digits."""
    kind: FindingKind
    severity: Severity
    """`error` cannot be right, `warning` can hardly be, `info` is worth knowing, `ok` was checked and holds,
    `undetermined` lacks a premise."""
    summary: str
    """One sentence."""
    members: tuple[Member, ...]
    """Never empty; in the order of the argument."""
    computed: Mapping[str, object] = field(default_factory=dict)
    """The working: plain values by name."""
    status: Status = "open"


def finding_fingerprint(kind: str, sayings: Iterable[str]) -> str:
    r"""Return the fingerprint of a finding, prefix `ff`.

    `sayings` is what each member says: the fingerprint of its claim, else its quote. White space is folded and their
    order does not matter; no offset and no file is in it.

    >>> a = finding_fingerprint("sum-mismatch", ["Total: 7", "1990:  3"])
    >>> a == finding_fingerprint("sum-mismatch", ["1990: 3", "Total: 7"])
    True
    >>> a == finding_fingerprint("sum-mismatch", ["1990: 4", "Total: 7"])
    False
    """
    return content_id("ff", [kind, *sorted(_SPACE.sub(" ", saying).strip() for saying in sayings)])
