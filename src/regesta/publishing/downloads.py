"""The exports of an edition as downloads: a file each, or a ZIP where a format is several files, with size and hash.

The same edition gives the same bytes: files stand in a ZIP in order and without the time of day. A format that cannot be made here
(its extra is not installed) is left out, and the reason is told. Nothing here knows what a format holds.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from regesta.chronicle import open as open_chronicle
from regesta.errors import ExportError
from regesta.export import FORMATS, export
from regesta.publishing.swapping import File, Folder

__all__ = ["Exported", "export_some", "told_size"]

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The first that a ZIP can hold."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A download."""

    format: str
    says: str
    """What it is, as the table of formats has it."""
    file: File | None
    """None where it could not be made."""
    parts: tuple[str, ...] = ()
    """The files in it, where it is a ZIP."""
    why_not: str = ""

    @property
    def size(self) -> str:
        """How large it is, in words."""
        return told_size(self.file.size) if self.file else ""


def export_some(folder: Folder, edition: Path, names: Sequence[str]) -> list[Exported]:
    """Write some exports of the edition into the site."""
    return [_export_one(folder, edition, name) for name in names]


def _export_one(folder: Folder, edition: Path, name: str) -> Exported:
    """Write one export of the edition into the site; what it is made of stays in `folder.work` to be looked through."""
    made = FORMATS[name]
    place = folder.work / name
    try:
        with open_chronicle(edition) as chronicle:
            written = sorted(export(chronicle, name, place))
    except ExportError as error:
        return Exported(name, made.says, None, why_not=str(error))
    if len(written) == 1:
        only = written[0]
        kept = folder.work / f"{name}.one"
        kept.hardlink_to(only)
        return Exported(name, made.says, folder.adopt(kept, f"downloads/{only.name}"))
    packed = folder.work / f"{name}.zip"
    names = tuple(file.relative_to(place).as_posix() for file in written)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file, inside in zip(written, names, strict=True):
            entry = zipfile.ZipInfo(inside, _FIRST_DAY)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            with (
                archive.open(entry, "w", force_zip64=file.stat().st_size > 1 << 30) as to,
                file.open("rb") as source,
            ):
                while piece := source.read(1 << 20):
                    to.write(piece)
    return Exported(name, made.says, folder.adopt(packed, f"downloads/{name}.zip"), names)


def told_size(size: int) -> str:
    """Return a number of bytes in words.

    >>> told_size(900), told_size(15_000), told_size(2_340_000)
    ('900 bytes', '15 kB', '2.3 MB')
    """
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"
