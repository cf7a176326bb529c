"""The public edition as a folder of static pages, which opens from a file or from any web host and asks nothing of anybody.

    edition ── shelf ── plan ──► sheets ── print ──┐
        └───── export, each format ──► downloads ──┴──► folder, looked through for what must not be in it, then swapped in

The same edition in the same folder gives the same bytes; what has not changed is not written again. A chronicle that does not say
that it is an edition is refused: nothing here protects anybody. Nothing here knows how a page looks or what a format holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regesta.publishing.changes import site_before
    from regesta.publishing.publishing import Imprinted, Published, publish_edition
    from regesta.publishing.wording import words_used

__all__ = ["Imprinted", "Published", "publish_edition", "site_before", "words_used"]

_HOME = {"site_before": "changes", "words_used": "wording"}


def __getattr__(name: str) -> Any:
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(f"regesta.publishing.{_HOME.get(name, 'publishing')}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
