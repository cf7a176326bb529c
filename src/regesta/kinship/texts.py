"""Which sources share words, and which of them are one witness.

    text, text, text ──add──► a temporary file ──survey──► shared passages ─┐
                        └──► what it says of itself, its references ────────┴──► families

Sources are of one family where they share words (`sharing.families`), where one says that it was taken from the other, and
where they share three references that were read on the same days: footnotes that were copied. Texts are put aside as they
pass by and surveyed when all are there, so that a build need not hold them; what was kept of the survey before spares most of the
next. A text that is too long for that is left out, and
counted. Nothing here judges claims: how many independent sources say one is asked later.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Self

from regesta.model import Document, content_id
from regesta.pieces import Pieces
from regesta.sharing import Named, Origin, Shared, families, origins, read_surveyed, survey, survey_again

if TYPE_CHECKING:
    from regesta.relations import Relations

__all__ = ["Kinship", "Texts"]

_LONGEST: Final = 1 << 22
"""Code points of a text that is surveyed."""
_FOOTNOTES: Final = 3
"""References read on the same days, from which on two sources are one family."""
_FEW: Final = 8
"""Sources that have one reference, at most, for it to be a sign: what more have is what everybody cites."""


@dataclass(frozen=True, slots=True)
class Kinship:
    """What the sources of a build share."""

    family_of: dict[str, str]
    """Name of each source -> content id, prefix `f`, of its family."""
    shared: tuple[tuple[str, str, Shared], ...]
    """Names of the two sources, and the passages."""
    n_left_out: int = 0
    """Texts that were too long."""
    n_crowded: int = 0
    """Words in a row that were passed over: `Survey.n_crowded`."""
    origins: tuple[tuple[str, Origin, str | None], ...] = ()
    """Name of a source, what it says of where it was taken from, and the name of that source where it is one for certain."""


class Texts:
    """The texts of a build, put aside; a context manager, for it holds a file."""

    def __init__(self) -> None:
        self._pieces = Pieces()
        self._sizes: list[int] = []
        self._names: list[str] = []
        self._documents: list[str] = []
        self._n_left_out = 0
        self._known: list[tuple[str | None, str | None]] = []
        self._origins: list[tuple[int, Origin]] = []
        self._read_by: dict[int, list[int]] = defaultdict(list)
        self._elsewhere: dict[int, Callable[[], str]] = {}
        """Of texts that are not put aside, what gives them."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pieces.__exit__()

    def add_document(self, document: Document) -> None:
        """Put aside the text of a document, and note where else it is known and which references it read."""
        source = document.source
        read = (each.span.of(document.text) for each in document.references if each.retrieved)
        self.add(source.name, document.id, document.text, url=source.url, title=document.title, read=read)

    def add(
        self,
        name: str,
        document: str,
        text: str | Callable[[], str],
        *,
        url: str | None = None,
        title: str | None = None,
        read: Iterable[str] = (),
        told: Iterable[Origin] | None = None,
        n_bytes: int = 0,
    ) -> None:
        """Put aside the text of a source; `document` is its id, the same for copies.

        `url` and `title` are what others may name it by; `read` are its references that say when they were read, as written;
        `told` is what it says of where it was taken from, where that is known already. A text that lies elsewhere, of `n_bytes`
        and told of already, is asked for where it is needed.
        """
        number = len(self._names)
        self._known.append((url, title))
        if told is None:
            told = () if callable(text) else origins(text)
        self._origins += [(number, each) for each in told]
        for key in {hash(" ".join(each.casefold().split())) for each in read}:
            if len(self._read_by[key]) <= _FEW:
                self._read_by[key].append(number)
        data = b""
        if callable(text):
            self._elsewhere[number] = text
        elif len(text) <= _LONGEST:
            data = text.encode("utf-8", "surrogatepass")
        else:
            self._n_left_out += 1
        self._pieces.add(data)
        self._sizes.append(n_bytes if callable(text) else len(data))
        self._names.append(name)
        self._documents.append(document)

    def kinship(
        self,
        relations: Relations | None = None,
        before: memoryview | None = None,
        keep: Callable[[Iterable[bytes | memoryview]], None] | None = None,
    ) -> Kinship:
        """Survey what was put aside; `before` is what the survey before gave to `keep`, both left out where nothing is kept."""
        if keep is None or relations is not None:
            found = survey(self, relations=relations)
        else:
            texts = zip(self._names, self._documents, self._sizes, strict=True)
            keys = [f"{name}\0{document}\0{size}" for name, document, size in texts]
            surveyed = survey_again(self, keys, None if before is None else read_surveyed(before))
            keep(surveyed.pieces())
            found = surveyed.survey
            del surveyed
        named = Named(self._known)
        told = [(number, each, named.source(number, each)) for number, each in self._origins]
        kin = [(number, other) for number, _, other in told if other is not None]
        first = families(
            len(self._names), found.shared, words=found.words, kin=[*kin, *self._copied_footnotes()]
        )
        of_document: dict[str, int] = {}
        family_of = {}
        for number, (name, document) in enumerate(zip(self._names, self._documents, strict=True)):
            root = of_document.setdefault(document, first[number])
            family_of[name] = content_id("f", [self._documents[root]])
        shared = tuple(
            (self._names[each.a.source], self._names[each.b.source], each) for each in found.shared
        )
        own = tuple(
            (self._names[number], each, None if other is None else self._names[other])
            for number, each, other in told
        )
        return Kinship(family_of, shared, self._n_left_out, found.n_crowded, own)

    def _copied_footnotes(self) -> Iterator[tuple[int, int]]:
        """Yield pairs of sources that share references read on the same days."""
        pairs: Counter[tuple[int, int]] = Counter()
        for readers in self._read_by.values():
            if 1 < len(readers) <= _FEW:
                pairs.update(combinations(readers, 2))
        yield from (pair for pair, n in pairs.items() if n >= _FOOTNOTES)

    @property
    def n_bytes(self) -> int:
        """How many bytes the texts have."""
        return sum(self._sizes)

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of each source; a text that is too long is empty."""
        yield from zip(self._names, self, strict=True)

    def __iter__(self) -> Iterator[str]:
        yield from (self[number] for number in range(len(self._sizes)))

    def __getitem__(self, number: int) -> str:
        if number in self._elsewhere:
            return self._elsewhere[number]()
        return self._pieces[number].decode("utf-8", "surrogatepass")
