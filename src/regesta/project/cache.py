"""What was read and extracted, kept by content, so that a rebuild reads only what changed.

    key    hash of (raw bytes, what is said of the source, version of the extractor)
    entry  length, zlib(length, version, length, gist), zlib(length, msgpack(document), length, msgpack(part), ...)
           one file each in the user's cache folder

A gist is what a build asks for each time, of its own version; where none was made it is empty, and the rest need not be touched to
read it. What a build keeps of all its sources is large, and kept plain, so that it need not be read to be looked at. An entry is written in the folder of all and moved to its place, so that two builds may share it; what killed builds left
there is removed by the next that keeps something. An entry that cannot be decoded is as good as none. Nothing here decides what a
version is.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import io
import mmap
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from regesta.model import Claim, Document, Extraction, Source, content_id
from regesta.model.claim import DateValue, EntityValue, QuantityValue, RouteValue, TextValue
from regesta.replacing import mark, sweep

if TYPE_CHECKING:
    import msgspec

__all__ = ["Cache", "Parts", "pack", "pack_parts", "stamp", "unpack"]


@dataclasses.dataclass(frozen=True, slots=True)
class Cache:
    """A folder of entries."""

    folder: Path
    version: str
    """Of what reads and extracts: another version, another key."""

    def key(self, source: Source) -> str:
        """Return the name of the entry of a source whose `sha256` is set."""
        return content_id("x", [repr(source), self.version])

    def get(self, source: Source) -> tuple[Document, Parts] | None:
        """Return what was kept of a source, None where there is nothing or nothing whole."""
        try:
            with self._path(source).open("rb") as file:
                file.seek(_size(file), os.SEEK_CUR)
                document, *parts = _frames(file)
            return unpack(document), Parts(tuple(parts))
        except (OSError, zlib.error, ValueError):
            return None

    def gist_of(self, key: str, version: str) -> bytes | None:
        """Return the gist that was kept under a key, None where there is none, none of this version, or nothing whole."""
        try:
            with self._path_of(key).open("rb") as file:
                own, gist = _frames(io.BytesIO(file.read(_size(file))))
        except (OSError, zlib.error, ValueError):
            return None
        return gist if gist and own == version.encode() else None

    def put(
        self, source: Source, document: bytes, parts: Parts, gist: bytes | None = None, version: str = ""
    ) -> None:
        """Keep a packed document, its parts and its gist; where the folder cannot be written, nothing is kept."""
        first = b"".join(_squeezed((version.encode(), gist or b"")))
        size = len(first).to_bytes(_LENGTH, "big")
        self._write(source, chain([size, first], _squeezed((document, *parts.frames))))

    def put_plain(self, source: Source, pieces: Iterable[bytes | memoryview], version: str) -> None:
        """Keep bytes that are not squeezed, for `plain`; where the folder cannot be written, nothing is kept."""
        own = version.encode()
        self._write(source, chain([_PLAIN, len(own).to_bytes(_LENGTH, "big"), own], pieces))

    def plain(self, source: Source, version: str) -> memoryview | None:
        """Return bytes that were kept plain, as they lie in the file; None where there are none, or none of this version."""
        first = _PLAIN + len(own := version.encode()).to_bytes(_LENGTH, "big") + own
        try:
            with self._path(source).open("rb") as file:
                data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError):  # an empty file cannot be mapped
            return None
        return data[len(first) :] if data[: len(first)] == first else None

    def _write(self, source: Source, pieces: Iterable[bytes | memoryview]) -> None:
        """Put an entry in its place when all of it is written."""
        path = self._path(source)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            _tidy(self.folder)
            temporary = self.folder / f"{_NEW}{mark()}"
            try:
                with open(temporary, "xb", opener=_for_its_owner) as file:
                    file.writelines(pieces)
                temporary.replace(path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise

    def drop(self, source: Source) -> None:
        """Remove what was kept of a source."""
        with contextlib.suppress(OSError):
            self._path(source).unlink(missing_ok=True)

    def sift(self, is_wanted: Callable[[Document], bool]) -> int:
        """Remove the entries of documents that are not wanted, and those that nobody can read; return how many.

        Every version's entries are gone through, those of other projects too: what is removed is read again when asked for.
        """
        n_removed = 0
        for path in sorted(self.folder.glob("*/*")) if self.folder.is_dir() else []:
            try:
                with path.open("rb") as file:
                    file.seek(_size(file), os.SEEK_CUR)
                    document = unpack(next(_frames(file)))
                is_kept = is_wanted(document)
            except (OSError, zlib.error, ValueError, StopIteration):
                is_kept = False
            if not is_kept:
                with contextlib.suppress(OSError):
                    path.unlink()
                    n_removed += 1
        return n_removed

    def gist(self, source: Source, version: str) -> bytes | None:
        """Return the gist that was kept of a source, as `gist_of` does."""
        return self.gist_of(self.key(source), version)

    def _path(self, source: Source) -> Path:
        return self._path_of(self.key(source))

    def _path_of(self, key: str) -> Path:
        return self.folder / key[2:4] / key[4:]


_NEW = ".entry."
"""How the names of entries begin that are being written; a mark follows."""


@functools.cache
def _tidy(folder: Path) -> None:
    """Remove what killed processes were writing, once in the life of this one: a folder of many is not looked through for each."""
    sweep(folder, _NEW)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


_PLAIN = bytes([255] * 8)
"""What is kept plain begins with the length of no entry: who looks for documents finds none in it."""
_LENGTH = 8
"""Bytes that say how long a frame is."""
_PIECE = 1 << 18


def _size(file: BinaryIO) -> int:
    """Return how many bytes the first half of an entry has, and stand at its beginning."""
    size = int.from_bytes(file.read(_LENGTH), "big")
    if size > os.fstat(file.fileno()).st_size:
        raise ValueError("an entry of another shape")
    return size


def _squeezed(frames: Iterable[bytes]) -> Iterator[bytes]:
    squeeze = zlib.compressobj(1)
    for frame in frames:
        yield squeeze.compress(len(frame).to_bytes(_LENGTH, "big"))
        yield squeeze.compress(frame)
    yield squeeze.flush()


def _frames(file: BinaryIO) -> Iterator[bytes]:
    """Yield the frames of an entry; raises `ValueError` or `zlib.error` where it is not whole."""
    expand = zlib.decompressobj()
    buffer = bytearray()
    while not expand.eof:
        piece = file.read(_PIECE)
        if not piece:
            raise ValueError("an entry without its end")
        buffer += expand.decompress(piece)
        while len(buffer) >= _LENGTH:
            end = _LENGTH + int.from_bytes(buffer[:_LENGTH], "big")
            if len(buffer) < end:
                break
            yield bytes(buffer[_LENGTH:end])
            del buffer[:end]
    if buffer:
        raise ValueError("an entry that breaks off")


@dataclasses.dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an extraction as MessagePack: small, may be sent to others, gone through as often as one likes."""

    frames: tuple[bytes, ...]

    def __iter__(self) -> Iterator[Extraction]:
        """Yield each part, unpacked when it is asked for; raises `ValueError` where the bytes are something else."""
        mirror = _mirror()
        for frame in self.frames:
            rest, claims = mirror.part_decoder.decode(frame)
            whole = tuple(
                Claim(
                    value=mirror.unfold(claim.value),
                    **{name: getattr(claim, name) for name in mirror.before_value},
                )
                for claim in claims
            )
            yield Extraction(claims=whole, **{name: getattr(rest, name) for name in mirror.beside_claims})


def pack(document: Document) -> bytes:
    """Return a document as MessagePack, for `unpack`."""
    return _mirror().encoder.encode(document)


def unpack(packed: bytes) -> Document:
    """Return the document that `pack` was given; raises `ValueError` where the bytes are something else."""
    return _mirror().document_decoder.decode(packed)


def pack_parts(parts: Iterable[Extraction]) -> Parts:
    """Return the parts of an extraction as MessagePack; each is let go of when it is packed."""
    mirror = _mirror()
    frames: list[bytes] = []
    for part in parts:
        claims = [
            mirror.claim(*(getattr(claim, name) for name in mirror.before_value), mirror.fold(claim.value))
            for claim in part.claims
        ]
        frames.append(mirror.encoder.encode((mirror.rest_of(part), claims)))
    return Parts(tuple(frames))


class _Mirror:
    """The types of the model as MessagePack knows them.

    msgspec takes a union of dataclasses only where each carries a tag, and the model's values carry none that it sees. So
    every value has a tagged twin, made of its fields, a claim a twin that holds the twins, and an extraction one without
    its claims.
    """

    def __init__(self) -> None:
        import msgspec

        self.kinds: dict[type, type] = {}
        self.back: dict[type, tuple[type, tuple[str, ...]]] = {}
        for tag, kind in enumerate((TextValue, EntityValue, DateValue, RouteValue, QuantityValue)):
            fields = _fields(kind, without="type")
            twin = msgspec.defstruct(kind.__name__, fields, tag=tag, array_like=True, gc=False)
            self.kinds[kind] = twin
            self.back[twin] = (kind, tuple(name for name, _ in fields))
        fields = _fields(Claim, without="value")
        self.before_value = tuple(name for name, _ in fields)
        union = functools.reduce(lambda a, b: a | b, self.kinds.values())  # type: ignore[arg-type,return-value]
        self.claim: Any = msgspec.defstruct("Claim", [*fields, ("value", union)], array_like=True)
        fields = _fields(Extraction, without="claims")
        self.beside_claims = tuple(name for name, _ in fields)
        self.rest: Any = msgspec.defstruct("Rest", fields, array_like=True)
        self.encoder: msgspec.msgpack.Encoder = msgspec.msgpack.Encoder()
        self.document_decoder: msgspec.msgpack.Decoder[Document] = msgspec.msgpack.Decoder(Document)
        self.part_decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(
            tuple[self.rest, list[self.claim]]  # type: ignore[name-defined]
        )

    def rest_of(self, extraction: Extraction) -> Any:
        return self.rest(*(getattr(extraction, name) for name in self.beside_claims))

    def fold(self, value: Any) -> Any:
        twin = self.kinds[type(value)]
        return twin(*(getattr(value, name) for name in self.back[twin][1]))

    def unfold(self, twin: Any) -> Any:
        kind, names = self.back[type(twin)]
        return kind(**{name: getattr(twin, name) for name in names})


@functools.cache
def _mirror() -> _Mirror:
    return _Mirror()


def _fields(kind: type, *, without: str) -> list[tuple[str, Any]]:
    """Return names and types of a dataclass's fields."""
    from typing import get_type_hints

    hints = get_type_hints(kind)
    return [(field.name, hints[field.name]) for field in dataclasses.fields(kind) if field.name != without]


def stamp(folders: Iterable[Path]) -> str:
    """Return a content id, prefix `v`, of all files below these folders, compiled ones left out.

    It tells one state of code and data from another, on every machine alike.
    """
    digest = hashlib.blake2b(digest_size=8)
    for folder in folders:
        for place, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if name != "__pycache__")
            for name in sorted(names):
                path = Path(place, name)
                data = path.read_bytes()
                digest.update(
                    f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode("utf-8", "surrogateescape")
                )
                digest.update(data)
    return f"v-{digest.hexdigest()}"
