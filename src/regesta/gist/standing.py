"""What a build keeps of all its sources in one file, so that the next need not open each: which rows stay, and what identity asks.

    a build ──note, see──► briefs, a source each, put aside ──► pieces, with a digest of the chronicle that was written
    next build ── the chronicle is that one, to the byte ──► known: a source of the same key stays ──► its brief alone is read
                                                                       └─ its people are others now ──► its gist is read after all

The rows of a source stay where the chronicle that is replaced is the one that was kept, the source is the same under the same version, no other
holds the same document, and each of its referents is the entity that it was. Decisions that make claims keep nothing here. Whatever
does not fit is told anew; what is kept elsewhere and gone meanwhile is an `AstrayError`, and the build begins again without this.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from regesta.chronicle import AstrayError, Before
from regesta.gist import Gist, read_gist
from regesta.pieces import Pieces
from regesta.resolution import Account
from regesta.sharing import Origin

if TYPE_CHECKING:
    import msgspec

__all__ = ["Brief", "Standing"]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a build asks of a source whose rows stay."""

    source: str
    document: str
    n_bytes: int
    """Of its text."""
    url: str | None
    title: str | None
    read: tuple[str, ...]
    origins: tuple[Origin, ...]
    account: Account


@dataclass(frozen=True, slots=True)
class _Head:
    """What is kept beside the briefs."""

    digest: str = ""
    """Of the chronicle."""
    strangers: tuple[str, ...] = ()
    """Keys of referents that no source's rows hold."""
    left_out: frozenset[str] = frozenset()
    """Names of what was left out."""
    settled: dict[str, str] = field(default_factory=dict)
    """Of each source which entities its referents are, as a hash."""
    whole: int = 0
    """Bytes that the chronicle had when all of it was written last."""


class Standing:
    """Which sources stand as they stood in the chronicle that is replaced, and what the next build will ask; a context manager."""

    def __init__(self, target: Path, kept: memoryview | None, entry: Callable[[str], bytes | None]) -> None:
        """Take what `pieces` gave after the build before; `entry` gives the gist of a source by its key."""
        self._entry = entry
        self._head, self.known = _read(kept)
        self.before: Before | None = None
        """The chronicle whose rows may stay."""
        self._look_at(target)
        self._briefs = Pieces()
        self._noted: list[tuple[str, str]] = []
        """Of each brief put aside its source and its document."""
        self._keys: dict[str, list[str]] = {}
        """Of each source its referents."""
        self._stay: dict[str, tuple[str, str]] = {}
        """Sources that stay: the keys of their entries, and their documents."""
        self._copies: Counter[str] = Counter()
        self._now = _Head()
        self.staying: frozenset[str] = frozenset()
        """Referents of sources that stay, as `meet` found."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._briefs.__exit__()

    def _look_at(self, target: Path) -> None:
        """Know the sources of the chronicle that was kept, and nothing where another one is there now."""
        try:
            seen = Before.seen_at(target)
            if self.known and _digest_of(target) == self._head.digest:
                self.before = Before(target, seen, self._head.strangers, self._head.whole)
        except OSError:
            pass
        if self.before is None:
            self.known = {}

    def take(self, key: str, seen: Collection[str]) -> Brief | Gist:
        """Return the brief of a source that stays, as far as is known yet; the gist of a copy of a document that was `seen`."""
        encoded = self.known[key]
        brief: Brief = _coders()[1].decode(encoded)
        if brief.document in seen:
            return self.gist(key)
        self._stay[brief.source] = key, brief.document
        self._put(key, encoded, brief)
        return brief

    def note(self, key: str, gist: Gist) -> None:
        """Put aside what the next build will ask of a source that was read."""
        brief = Brief(
            gist.source, gist.document, len(gist.text.encode()), gist.url, gist.title, gist.read, gist.origins, gist.account
        )  # fmt: skip
        self._put(key, _coders()[0].encode(brief), brief)

    def see(self, source: str, document: str) -> None:
        """Note that a source is there, whatever is known of it."""
        self._copies.update((f"source {source}", f"document {document}"))
        if self._stay and self._copies[f"source {source}"] > 1:
            raise AstrayError  # names tell sources apart

    def gist(self, key: str) -> Gist:
        """Return all of a source that was to stay; raises `AstrayError` where it is kept no more."""
        return _gist_of(self._entry, key)

    def text_of(self, key: str) -> Callable[[], str]:
        """Return what gives the text of a source that was to stay, here or in another process."""
        return partial(_text_of, self._entry, key)

    def meet(
        self, entity_of: Mapping[str, str], left_out: Iterable[str], strangers: Iterable[str]
    ) -> list[Gist]:
        """Hear which entity each referent is; return the sources that stay not, as they are to be told."""
        settled = {source: _hash_of(map(entity_of.__getitem__, keys)) for source, keys in self._keys.items()}
        self._now = _Head("", tuple(strangers), frozenset(left_out), settled)
        left = self._now.left_out | self._head.left_out
        moved = [
            source
            for source, (_, document) in self._stay.items()
            if settled[source] != self._head.settled.get(source)
            or self._copies[f"document {document}"] > 1
            or source in left
        ]
        told = [self.gist(self._stay.pop(source)[0]) for source in moved]
        self.staying = frozenset(key for source in self._stay for key in self._keys[source])
        self._keys.clear()
        return told

    def seal(self, path: Path) -> None:
        """Note the chronicle that was written."""
        is_whole = self.before is None or self.before.is_worn
        whole = path.stat().st_size if is_whole else self._head.whole
        self._now = replace(self._now, digest=_digest_of(path), whole=whole)

    def pieces(self) -> Iterator[bytes]:
        """Yield what the next build is to be given."""
        head = _coders()[0].encode(self._now)
        kept = [
            number
            for number, (source, document) in enumerate(self._noted)
            if self._copies[f"source {source}"] == 1 == self._copies[f"document {document}"]
        ]
        yield len(head).to_bytes(8, "big")
        check = zlib.crc32(head)
        yield head
        begin = b"\xdd" + len(kept).to_bytes(4, "big")  # an array of so many
        check = zlib.crc32(begin, check)
        yield begin
        for number in kept:
            brief = self._briefs[number]
            check = zlib.crc32(brief, check)
            yield brief
        yield check.to_bytes(4, "big")

    def _put(self, key: str, encoded: bytes | msgspec.Raw, brief: Brief) -> None:
        import msgspec

        self._briefs.add(_coders()[0].encode((key, msgspec.Raw(encoded))))
        self._noted.append((brief.source, brief.document))
        self._keys[brief.source] = brief.account.keys


def _gist_of(entry: Callable[[str], bytes | None], key: str) -> Gist:
    encoded = entry(key)
    if encoded is None:
        raise AstrayError
    try:
        return read_gist(encoded)
    except ValueError as error:
        raise AstrayError from error


def _text_of(entry: Callable[[str], bytes | None], key: str) -> str:
    return _gist_of(entry, key).text


def _read(kept: memoryview | None) -> tuple[_Head, dict[str, msgspec.Raw]]:
    """Return what was kept, nothing where the bytes are something else."""
    import msgspec

    if kept is None or len(kept) < 13:
        return _Head(), {}
    size = int.from_bytes(kept[:8], "big")
    if zlib.crc32(kept[8:-4]).to_bytes(4, "big") != kept[-4:]:
        return _Head(), {}
    try:
        head: _Head = _coders()[2].decode(kept[8 : 8 + size])
        return head, dict(_coders()[3].decode(kept[8 + size : -4]))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _Head(), {}


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash_of(ids: Iterable[str]) -> str:
    return hashlib.blake2b(" ".join(ids).encode(), digest_size=8).hexdigest()


@cache
def _coders() -> tuple[msgspec.msgpack.Encoder, Any, Any, Any]:
    import msgspec

    decoder = msgspec.msgpack.Decoder
    briefs = decoder(list[tuple[str, msgspec.Raw]])
    return msgspec.msgpack.Encoder(), decoder(Brief), decoder(_Head), briefs
