"""Which containers there are, and which of them a file is: by its suffix, or by its first bytes.

    notes.txt        a document      wiki.xml.bz2   bzip2, and within it mediawiki
    pages.zip        zip             report.docx    a document, though its bytes are those of a zip
    dump.xml         mediawiki if it begins so, else a document

A suffix of letters that is no container's is believed: such a file is a document, whatever its bytes. Nothing here opens
a file.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from regesta.unpacking.protocol import LazyContainer

__all__ = ["COMPRESSED", "CONTAINERS", "container_of", "inner_name", "is_unsure"]

_ROOM = "regesta.unpacking."
CONTAINERS: tuple[LazyContainer, ...] = (
    LazyContainer("zip", (".zip", ".wacz"), _ROOM + "zip", rb"PK(?:\x03\x04|\x05\x06\0)"),
    LazyContainer("tar", (".tar",), _ROOM + "tar", rb".{257}ustar[\0 ]"),
    LazyContainer("gzip", (".gz", ".tgz"), _ROOM + "compressed", rb"\x1f\x8b\x08"),
    LazyContainer("bzip2", (".bz2", ".tbz", ".tbz2"), _ROOM + "compressed", rb"BZh[1-9]1AY&SY"),
    LazyContainer("xz", (".xz", ".txz", ".lzma"), _ROOM + "compressed", rb"\xfd7zXZ\0"),
    LazyContainer("zstd", (".zst", ".tzst", ".zstd"), _ROOM + "compressed", rb"\x28\xb5\x2f\xfd"),
    LazyContainer("warc", (".warc",), _ROOM + "warc", rb"WARC/\d\.\d\r?\n"),
    LazyContainer(
        "mediawiki",
        (".xml",),
        _ROOM + "mediawiki",
        rb"(?:\xef\xbb\xbf)?\s{0,99}(?:<\?xml[^>]{0,200}\?>\s{0,99})?(?:<!--[^>]{0,999}-->\s{0,99}){0,9}<mediawiki[\s>]",
        is_told_by_suffix=False,
    ),
    LazyContainer("mbox", (".mbox", ".mbx"), _ROOM + "mbox", rb"From [^\s]{1,300} [^\n]{0,80}\d\d:\d\d[^\n]{0,40}\r?\n[A-Za-z-]{2,40}:"),
)  # fmt: skip
"""In the order in which they are asked to recognise a file without a suffix."""

COMPRESSED = {
    **dict.fromkeys((".gz", ".bz2", ".xz", ".lzma", ".zst", ".zstd"), ""),
    **dict.fromkeys((".tgz", ".tbz", ".tbz2", ".txz", ".tzst"), ".tar"),
}
"""Suffixes of one compressed file, and the suffix that its name has without."""

_MEANINGLESS = {"", ".bin", ".dat", ".download", ".file", ".part", ".tmp"}
_WORD = re.compile(r"\.[a-z][a-z0-9]{0,7}")


def container_of(name: str, head: bytes) -> LazyContainer | None:
    r"""Return the container that a file is, None for a document; `head` are its first bytes, at most 4096.

    >>> container_of("wiki.xml.bz2", b"").name, container_of("a.docx", b"PK\x03\x04"), container_of("a", b"PK\x03\x04").name
    ('bzip2', None, 'zip')
    """
    suffix = PurePosixPath(name).suffix.lower()
    for container in CONTAINERS:
        if suffix in container.suffixes:
            return container if container.is_told_by_suffix or container.sniff(head) else None
    if is_unsure(name):
        return next((container for container in CONTAINERS if container.sniff(head)), None)
    return None


def is_unsure(name: str) -> bool:
    """Return whether only the first bytes can tell whether a file of this name is a container.

    >>> is_unsure("dump.xml"), is_unsure("dump.xml-p1p30304"), is_unsure("notes.txt")
    (True, True, False)
    """
    suffix = PurePosixPath(name).suffix.lower()
    if any(suffix in c.suffixes for c in CONTAINERS):
        return not any(suffix in c.suffixes and c.is_told_by_suffix for c in CONTAINERS)
    return suffix in _MEANINGLESS or not _WORD.fullmatch(suffix)


def inner_name(name: str) -> str:
    """Return the name that a compressed file has without its compression, else the name as it is.

    >>> inner_name("notes.txt.gz"), inner_name("pages.tgz"), inner_name("notes.txt")
    ('notes.txt', 'pages.tar', 'notes.txt')
    """
    suffix = PurePosixPath(name).suffix
    instead = COMPRESSED.get(suffix.lower())
    return name if instead is None else name[: -len(suffix)] + instead
