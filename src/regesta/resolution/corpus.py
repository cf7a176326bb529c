"""What the judgement of identity needs to know of every referent, in columns.

    Document, Extraction ──add──► names, kind, entry, first mention, fingerprint      one row a referent
                                  dates, words, numbers, other people                 one row a feature of a referent

A build may speak of a million people, so a referent costs a few hundred bytes here and its extraction is let go of. Which
claims feed which feature is data (`weights.toml`). Nothing is compared here.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from regesta.dates.bounds import bounds
from regesta.errors import DateError
from regesta.model import DateValue, EntityValue, QuantityValue, RouteValue, TextValue
from regesta.model.fingerprints import passage_around, referent_fingerprint
from regesta.names import fold
from regesta.resolution.generations import LONGEST, generation
from regesta.resolution.parts import Part, parts_said
from regesta.resolution.weights import Feature, Weights, weights
from regesta.text.span import Span

if TYPE_CHECKING:
    from regesta.model import Claim, Document, Extraction, Referent
    from regesta.model.claim import Kind
    from regesta.resolution.authors import Author

__all__ = ["MOST_NAMES", "MOST_WORDS", "Corpus", "content_words", "letters"]

_ENTRY: Final = frozenset(("list_item", "row"))
_WORD: Final = re.compile(r"[^\W_]+")
_EMPTY_WORDS: Final = frozenset(
    "a an the of in at to for and or from on by with as his her their its former formerly later then who was".split()
)
_NEE: Final = re.compile(r"\b(?:n[ée]e|geb|born|roz)\b")
MOST_WORDS: Final = 6
"""Words of one feature that count."""
MOST_NAMES: Final = 4
"""Names of one referent that are compared."""
_OPEN: Final = (-(10**7), 10**7)
"""Days that stand for no bound."""


class Corpus:
    """The referents of a build, numbered in the order in which they came."""

    def __init__(self, told: Weights | None = None) -> None:
        self.weights = told or weights()
        """Which claims feed which feature, and what agreement is worth."""
        self.keys: list[str] = []
        self.kinds: list[Kind] = []
        self.labels: list[str] = []
        self.names: list[tuple[str, ...]] = []
        """Surfaces of names, each once, in the order of the text; empty where there is only a description."""
        self.is_named = bytearray()
        self.sizes: list[int | None] = []
        self.sources: list[str] = []
        """Names of documents, by their number."""
        self.document = array("l")
        """Number of each referent's document."""
        self.start = array("q")
        """Of its first mention, in code points."""
        self.quotes: list[str] = []
        """Its first mention."""
        self.n_mentions = array("l")
        self.entry = array("q")
        """Where the innermost list entry or table row around its first mention begins; -1 outside of any."""
        self.in_row = bytearray()
        """1 where that is a row of a table, or where extraction held two of one name apart."""
        self.fingerprints: list[str] = []
        self.index_of: dict[str, int] = {}
        """Number of each key."""
        self.dates: dict[str, list[tuple[int, int, int]]] = {}
        """Feature -> referent, first day, last day."""
        self.words: dict[str, list[tuple[int, str]]] = {}
        """Feature -> referent, word."""
        self.numbers: dict[str, list[tuple[int, float]]] = {}
        """Feature -> referent, number."""
        self.cited: dict[int, set[str]] = {}
        """Of each referent the references whose marks stand where something is told of it."""
        self.company: list[tuple[int, str, str]] = []
        """Referent, key of another one, how they are related: `companion`, `kin`."""
        self.parts: list[Part] = []
        """Who is said to be one of a group."""
        self.generation: dict[int, str] = {}
        """Of those who are called the elder, the younger, the third."""
        self.aliases: dict[int, tuple[str, ...]] = {}
        """Other names that a document says a referent has, as far as they are no names in the text of their own."""
        self._document_id = ""
        self._blocks: tuple[list[int], list[int]] = ([], [])

    def __len__(self) -> int:
        return len(self.keys)

    def told(self) -> tuple[Feature, ...]:
        """Return the features of which anything is told."""
        return tuple(
            feature
            for feature in self.weights.features
            if any(feature.name in known for known in (self.dates, self.words, self.numbers))
        )

    def add(self, document: Document, part: Extraction) -> None:
        """Take in the referents and claims of a document, or of one part of it; parts come in order."""
        if self._document_id != document.id or not self.sources or self.sources[-1] != document.source.name:
            self.begin(document.source.name, document.id)
            starts = [block.span.start for block in document.blocks]
            self._blocks = (starts, [])
        named: set[str] = set()
        for referent in sorted(part.referents, key=lambda r: (r.mentions[0].span, r.key)):
            if referent.key not in self.index_of:
                name = letters(referent.label) if referent.kind == "person" and referent.is_named else ""
                self._referent(document, referent, is_twin=name in named)
                named.add(name)
            named.discard("")
        self.parts += parts_said(document, part)
        for claim in part.claims:
            if claim.references:
                self.cited.setdefault(self.index_of[claim.subject], set()).update(claim.references)
            if claim.predicate == "alias":
                self._alias(claim)
            features = self.weights.of_predicate.get(claim.predicate)
            if features and claim.qualifiers.modality not in ("denied", "intended"):
                self._claim(claim, features)

    def begin(self, source: str, document_id: str = "") -> None:
        """Begin a document; without its id it has no parts that could follow."""
        self._document_id = document_id
        self.sources.append(source)

    def _referent(self, document: Document, referent: Referent, *, is_twin: bool) -> None:
        named = next((m for m in referent.mentions if m.form == "name"), referent.mentions[0])
        if referent.kind == "person" and referent.is_named:
            self._generation(document, referent)
        block, entry = self._around(document, named.span.start)
        within = document.blocks[block].span if block >= 0 else Span(0, len(document.text))
        self._row(
            referent,
            len(self.sources) - 1,
            passage_around(document.text, named.span, within),
            document.blocks[entry].span.start if entry >= 0 else -1,
            is_row=is_twin or (entry >= 0 and document.blocks[entry].kind == "row"),
        )

    def _generation(self, document: Document, referent: Referent) -> None:
        """Keep what the names of a person, or the words right behind them, say of their generation; nothing if they differ."""
        named = [m for m in referent.mentions if m.form == "name"][:MOST_NAMES]
        ends = (m.span.end for m in named)
        told = {
            generation(m.quote, document.text[end : end + LONGEST])
            for m, end in zip(named, ends, strict=True)
        }
        told.discard("")
        if len(told) == 1:
            self.generation[len(self.keys)] = told.pop()

    def _alias(self, claim: Claim) -> None:
        """Keep another name; one that somebody was born with stands behind the given names."""
        number = self.index_of[claim.subject]
        if not isinstance(claim.value, TextValue) or claim.qualifiers.modality == "denied":
            return
        name = " ".join(claim.value.text.split())
        given, _, surname = self.labels[number].rpartition(" ")
        if " " not in name and _NEE.search(claim.evidence[0].quote if claim.evidence else "") and surname:
            name = f"{given} {name}" if given else ""
        known = self.aliases.get(number, ())
        if name and name not in known and name not in self.names[number]:
            self.aliases[number] = (*known, name)[:MOST_NAMES]

    def add_author(self, author: Author) -> None:
        """Take in the author of a cited work, once."""
        if author.referent.key not in self.index_of:
            self._row(author.referent, author.document, author.passage, -1, is_row=False)

    def _row(self, referent: Referent, document: int, passage: str, entry: int, *, is_row: bool) -> None:
        first = referent.mentions[0]
        self.index_of[referent.key] = len(self.keys)
        self.keys.append(referent.key)
        self.kinds.append(referent.kind)
        self.labels.append(referent.label)
        surfaces = dict.fromkeys(" ".join(m.quote.split()) for m in referent.mentions if m.form == "name")
        self.names.append(tuple(surfaces))
        self.is_named.append(referent.is_named)
        self.sizes.append(referent.group_size)
        self.document.append(document)
        self.start.append(first.span.start)
        self.quotes.append(first.quote)
        self.n_mentions.append(len(referent.mentions))
        self.entry.append(entry)
        self.in_row.append(is_row)
        self.fingerprints.append(referent_fingerprint(referent.kind, referent.label, passage))

    def _around(self, document: Document, position: int) -> tuple[int, int]:
        """Return the numbers of the block that the passage of a mention ends with, and of its entry; -1 for none."""
        blocks = document.blocks
        index = bisect_right(self._blocks[0], position) - 1
        innermost = -1
        while index >= 0:
            block = blocks[index]
            if block.span.start <= position < block.span.end:
                if innermost < 0:
                    innermost = index
                if block.kind in _ENTRY:
                    return index if block.kind == "row" else innermost, index
            index = block.parent if block.parent < index else -1
        return innermost, -1

    def _claim(self, claim: Claim, features: Iterable[Feature]) -> None:
        number = self.index_of[claim.subject]
        value = claim.value
        for feature in features:
            if isinstance(value, EntityValue):
                self.company.append((number, value.key, claim.predicate))
            if feature.compare == "date":
                edtf = value.edtf if isinstance(value, DateValue) else claim.when
                if edtf and (days := _days(edtf)):
                    self.dates.setdefault(feature.name, []).append((number, *days))
            elif feature.compare == "words":
                if isinstance(value, TextValue):
                    said = value.text
                elif isinstance(value, EntityValue):
                    said = value.label
                elif isinstance(value, RouteValue):
                    said = " ".join(stop.text for stop in value.stops)
                else:
                    continue
                own: tuple[str, ...] = ()
                if feature.name == "company":  # a surname is no news of one's kin, and everybody has a mother
                    said = " ".join(word for word in said.split() if not word[0].islower())
                    own = content_words(self.labels[number])
                words = [(number, word) for word in content_words(said) if word not in own]
                if words:
                    self.words.setdefault(feature.name, []).extend(words)
            elif isinstance(value, QuantityValue) and value.number is not None:
                self.numbers.setdefault(feature.name, []).append((number, value.number))


@lru_cache(maxsize=1 << 14)
def _days(edtf: str) -> tuple[int, int] | None:
    """Return the first and the last day of a date, counted from the year 1; None where it is no date or has no bound."""
    import datetime as dt

    try:
        found = bounds(edtf)
    except DateError:
        return None
    if found.earliest is None and found.latest is None:
        return None
    days = [
        dt.date(*day).toordinal() if day and dt.MINYEAR <= day.year <= dt.MAXYEAR else none
        for day, none in zip((found.earliest, found.latest), _OPEN, strict=True)
    ]
    return days[0], days[1]


@lru_cache(maxsize=1 << 14)
def content_words(said: str, most: int = MOST_WORDS) -> tuple[str, ...]:
    """Return the first content words of a phrase, folded, each once.

    >>> content_words("a former director of films")
    ('director', 'films')
    """
    words = (fold(word) for word in _WORD.findall(said[:200]))
    return tuple(dict.fromkeys(word for word in words if word not in _EMPTY_WORDS))[:most]


@lru_cache(maxsize=1 << 14)
def letters(name: str) -> str:
    """Return a name without what is no letter or digit, in small letters: as extraction tells names within a document.

    >>> letters("Ri Ung-pyong")
    'riungpyong'
    """
    return "".join(filter(str.isalnum, name.lower()))
