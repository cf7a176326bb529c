"""A file of plain text without what was erased, written beside the sources and never over them.

    sources/letters/1921.txt ──► redacted/letters/1921.txt      the user looks, and puts it in the other's place

The words are blacked in the text of the file itself, and the result is read as a build would read it: where it still holds
something, because a page breaks the name into elements or spells it with entities, it is not kept. Formats that are no plain
text, and files in other encodings than UTF-8, are left to the program that wrote them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from regesta.erasure import mask_document, mask_source
from regesta.errors import RegestaError
from regesta.model import Source

if TYPE_CHECKING:
    from regesta.custody.erasing import Holder
    from regesta.erasure import Erased
    from regesta.project import Project

__all__ = ["PLAIN", "redact"]

PLAIN: Final = frozenset(
    (
        ".txt",
        ".md",
        ".markdown",
        ".csv",
        ".tsv",
        ".json",
        ".jsonl",
        ".html",
        ".htm",
        ".xhtml",
        ".wiki",
        ".wikitext",
    )
)
"""Endings of formats that are plain text."""


def redact(project: Project, holder: Holder, erased: Erased) -> Path | str:
    """Write a source without what was erased below `redacted/` of the project.

    Returns where it is, or in words why there is none.
    """
    assert holder.source is not None
    if holder.path.suffix.lower() not in PLAIN:
        return f"{holder.path.suffix or 'a file without an ending'} is no plain text: redact it where it was made"
    try:
        text = holder.path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return "is not UTF-8: save it so, and erase again"
    except OSError as error:
        return f"cannot be read ({(error.strerror or 'unreadable').lower()})"
    data = erased.mask(text).encode()
    if _still_holds(data, holder.source, erased):
        return "its markup parts the words: redact it by hand"
    name = mask_source(erased, Source(name=holder.source)).name
    target = project.root / "redacted" / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    except OSError as error:
        return f"cannot be written ({(error.strerror or 'not writable').lower()})"
    return target


def _still_holds(data: bytes, name: str, erased: Erased) -> bool:
    from regesta.reading import read_bytes

    try:
        document = read_bytes(data, Source(name=f"x{Path(name).suffix}"))
    except RegestaError:
        return True
    return mask_document(erased, document) is not document
