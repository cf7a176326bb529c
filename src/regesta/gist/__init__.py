"""What a build asks of a source that was read, made once, where it is read, and kept: all that depends on that source alone.

    Document, Extraction ──Digest.of──► bytes ──read_gist──► Gist    lines       rows of the chronicle, as they are written
                                                                     account     what identity asks
                                                                     text, origins, read     what kinship asks

So a build goes through a source that has not changed by copying some bytes. What a person decided about claims, and sources that
are too large to be held at once, ask for the document itself. A gist of another version is made anew; nothing here says what is
kept where.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from regesta.chronicle import Flat, Lines, flat_lines
from regesta.resolution import Account, Weights, account_of
from regesta.sharing import Origin, origins

if TYPE_CHECKING:
    import msgspec

    from regesta.model import Document, Extraction

__all__ = ["Digest", "Gist", "read_gist"]

_LONGEST: Final = 1 << 18
"""Code points of a text beyond which no gist is made: its rows come in parts, lest they be held all at once."""


@dataclass(frozen=True, slots=True)
class Gist:
    """What a build asks of one source."""

    source: str
    document: str
    """`Document.id`."""
    text: str
    url: str | None
    title: str | None
    read: tuple[str, ...]
    """References that say when they were read, as written."""
    origins: tuple[Origin, ...]
    account: Account
    lines: dict[str, Lines]

    @property
    def flat(self) -> Flat:
        """Return the rows."""
        return Flat(self.source, self.document, self.text, self.lines)


@dataclass(frozen=True, slots=True)
class Digest:
    """How gists are made; may be sent to other processes."""

    version: str
    """Of the code and of the weights: other ones, other gists."""
    weights: Weights | None = None
    """A project's own."""

    def of(self, document: Document, parts: Sequence[Extraction]) -> bytes | None:
        """Return the gist of a source, for `read_gist`; None where it is too large for one."""
        if len(parts) != 1 or len(document.text) > _LONGEST:
            return None
        source = document.source
        gist = Gist(
            source=source.name,
            document=document.id,
            text=document.text,
            url=source.url,
            title=document.title,
            read=tuple(each.span.of(document.text) for each in document.references if each.retrieved),
            origins=tuple(origins(document.text)),
            account=account_of(document, parts[0], self.weights),
            lines=flat_lines(document, parts),
        )
        encoded: bytes = _coders()[0].encode(gist)
        return encoded


def read_gist(encoded: bytes) -> Gist:
    """Return the gist that was made; raises `ValueError` where the bytes are something else."""
    gist: Gist = _coders()[1].decode(encoded)
    return gist


@cache
def _coders() -> tuple[msgspec.msgpack.Encoder, Any]:
    import msgspec

    return msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Gist)
