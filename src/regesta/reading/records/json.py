"""JSON and JSON Lines as one document: each record a section, or, where all are alike and flat, one table.

    {"title": "Landing",          heading  Landing
     "date": "1997-05-03",        paragraph          Date: 1997-05-03      what follows is dated by it
     "nurse": true,               term, definition   Nurse: true
     "url": "https://...",        furniture          Url: https://...
     "body": "Amina came ..."}    paragraphs; HTML in it is read as HTML, lines of text as plain text

Which fields are words is told by their names in any case, else by their length. Every block knows its line and its JSON
pointer. Nothing is looked up, no schema is known; see `json_values` for how the file itself is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, groupby, islice

from regesta.model import Block, Document, Place, Source
from regesta.reading.decoding import decode
from regesta.reading.laying.assembling import Assembly, printable
from regesta.reading.records import json_table
from regesta.reading.records.json_values import Flaw, Item, Number, Value, Way, items, pointer
from regesta.text.span import Span

__all__ = ["lay_out", "read", "sniff"]

_LOOK = re.compile(
    rb'(?:\xef\xbb\xbf)?\s{0,999}(?:\{\s{0,99}"[^"\n]{0,200}"\s{0,9}:|\[\s{0,99}(?:\{\s{0,99}["}]|\[\s{0,99}["\d]))'
)
_TITLES = ("title", "headline", "name", "heading", "label", "subject", "titulo", "titre", "titel")
_TEXTS = frozenset(
    "text body content description abstract summary article story biography bio note notes remarks comment message "
    "transcript quote lead lede testimony statement narrative plaintext fulltext full_text".split()
)
_APART = frozenset(
    "id _id uuid guid key slug hash etag url uri link href permalink image img thumbnail icon type @type @id @context "
    "lat lon lng latitude longitude coordinates geometry bbox checksum sha256 md5 revision".split()
)
_DATES = tuple(
    "date published datepublished date_published publisheddate published_at publication_date pubdate modified datemodified "
    "date_modified updated updated_at created created_at timestamp datetime".split()
)
_ADDRESSES = ("url", "uri", "link", "permalink", "canonical", "@id")
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$|[T\s])")
_MARKUP = re.compile(
    r"</?(?:p|br|div|li|ul|ol|b|i|em|strong|a|span|h[1-6]|table|td|blockquote)\b[^<>]{0,500}>", re.IGNORECASE
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")
_MAX_DEPTH = 8
_MAX_TITLE = 300
_SAMPLE = 200
_MAX_PROBLEMS = 100


def sniff(data: bytes) -> bool:
    r"""Return whether the first bytes are those of an object with keys, or of an array of such.

    >>> sniff(b'[\n {"name": "Kim"'), sniff(b"[[Kim]] fled"), sniff(b"{{Infobox}}")
    (True, False, False)
    """
    return bool(_LOOK.match(data))


def read(data: bytes, source: Source) -> Document:
    r"""Return the document that a JSON file holds; what of it is no JSON is among its problems.

    >>> document = read(b'[{"title": "Landing", "date": "1997", "body": "Amina came."}]', Source(name="a.json"))
    >>> [(b.kind, b.content.of(document.text), b.place.pointer) for b in document.blocks][2:]
    [('paragraph', 'Amina came.', '/0/body')]
    """
    return lay_out(data, source, items, "json")


def lay_out(
    data: bytes, source: Source, values: Callable[[str], Iterator[Item | Flaw]], form: str
) -> Document:
    """Return the document of the values that `values` finds in the text."""
    text, encoding = decode(data, source.name, source.encoding, source.language)
    assembly = Assembly()
    if encoding:
        assembly.problems.append((Span(0, 0), "R001", f"the bytes are no UTF-8; read as {encoding}"))
    records = _Records(assembly)
    for _, group in groupby(_without_flaws(values(text), assembly), _list_of):
        records.add_group(group)
    records.flush()
    document = assembly.document(source, form)
    return replace(document, source=_described(source, records.about)) if records.about else document


def _list_of(item: Item) -> Way | None:
    """Return the way to the list that a value is in; None for a field of the outermost object."""
    if item.way and isinstance(item.way[-1], str):
        return None
    return item.way[:-1]


def _without_flaws(values: Iterable[Item | Flaw], assembly: Assembly) -> Iterator[Item]:
    """Yield the values; say what could not be read."""
    n_flaws = 0
    for value in values:
        if isinstance(value, Item):
            yield value
            continue
        n_flaws += 1
        here = Span(assembly.length, assembly.length)
        if n_flaws <= _MAX_PROBLEMS:
            assembly.problems.append((here, value.code, value.reason))
    if n_flaws > _MAX_PROBLEMS:
        reason = f"{n_flaws - _MAX_PROBLEMS} more records could not be read"
        assembly.problems.append((Span(assembly.length, assembly.length), "R041", reason))


@dataclass(slots=True)
class _Records:
    """Lays out records one after the other; the fields of an outermost object are one record."""

    assembly: Assembly
    about: dict[str, Value] | None = None
    """The record that speaks of the whole file: the outermost object, or the only record."""
    _fields: dict[str, Value] = field(default_factory=dict)
    _line: int = 1
    _n_records: int = 0

    def add_group(self, group: Iterator[Item]) -> None:
        """Lay out the values of one list, or collect fields of the outermost object."""
        sample = list(islice(group, _SAMPLE))
        everything = chain(sample, group)
        first = sample[0]
        if _list_of(first) is None:
            for item in everything:
                self._keep(str(item.way[-1]), item.value, item.line)
        elif json_table.is_table(sample):
            self.flush()
            json_table.add(self.assembly, everything)
            self._n_records += 2
        elif len(first.way) == 2 and not any(isinstance(item.value, dict) for item in sample):
            self._keep(str(first.way[0]), [item.value for item in everything], first.line)
        else:
            self.flush()
            for item in everything:
                self._n_records += 1
                if isinstance(item.value, dict):
                    if self._n_records == 1:
                        self.about = item.value
                    self.record(item.value, item.way, item.line, 2 if item.way or self._n_records > 1 else 1)
                else:
                    self.field("", item.value, item.way, item.line, 2, is_text=True)
            if self._n_records > 1 and self.about is first.value:
                self.about = None

    def _keep(self, key: str, value: Value, line: int) -> None:
        self._line = self._line if self._fields else line
        self._fields[key] = value

    def flush(self) -> None:
        """Lay out the fields of the outermost object that were collected."""
        if self._fields:
            self.about = self.about or self._fields
            self.record(self._fields, (), self._line, 1)
            self._fields = {}
            self._n_records += 1

    def record(self, record: dict[str, Value], way: Way, line: int, level: int, depth: int = 0) -> None:
        """Lay out one object: its title, its short fields, its words, the objects within."""
        by_name = {key.lower(): key for key in reversed(record)}
        named = (by_name[name] for name in _TITLES if name in by_name)
        title = next((key for key in named if _is_title(record[key])), None)
        start = Place(line=line, pointer=pointer(way) if title is None else pointer((*way, title)))
        if title is not None:
            words = " ".join(printable(str(record[title])).split())
            self.assembly.add("heading", words, start, level=min(6, level))
        elif self.assembly.length:
            self.assembly.separate()
        texts = [key for key, value in record.items() if key != title and _is_text(key, value)]
        for key, value in record.items():
            if texts and key.lower() in _DATES and isinstance(value, str) and _DAY.match(value):
                self.date(key, value, Place(line=line, pointer=pointer((*way, key))))
            elif key != title and key not in texts and not _holds_records(value):
                self.field(key, value, (*way, key), line, level, depth=depth)
        for key in texts:
            self.words(str(record[key]), Place(line=line, pointer=pointer((*way, key))), level)
        for key, value in record.items():
            if isinstance(value, list) and _holds_records(value):
                within = [Item((*way, key, index), line, inner) for index, inner in enumerate(value)]
                if json_table.is_table(within):
                    json_table.add(self.assembly, within)
                else:
                    for item in within:
                        self.field(key, item.value, item.way, line, level + 1, depth=depth + 1)

    def field(
        self,
        label: str,
        value: Value,
        way: Way,
        line: int,
        level: int,
        *,
        is_text: bool = False,
        depth: int = 0,
    ) -> None:
        """Lay out one value beside its label."""
        if value is None or (isinstance(value, (str, list, dict)) and not value):
            return
        place = Place(line=line, pointer=pointer(way))
        if depth >= _MAX_DEPTH:
            here = Span(self.assembly.length, self.assembly.length)
            self.assembly.problems.append(
                (here, "R042", f"a value in line {line} is nested deeper than is read")
            )
        elif isinstance(value, dict):
            if _is_text_bearing(value):
                self.record(value, way, line, level + 1, depth + 1)
            else:
                for key, inner in value.items():
                    self.field(f"{label} {key}".strip(), inner, (*way, key), line, level, depth=depth + 1)
        elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
            for index, inner in enumerate(value):
                self.field(label, inner, (*way, index), line, level, depth=depth + 1)
        elif is_text and isinstance(value, str):
            self.words(value, place, level)
        else:
            words = " ".join(printable(_joined(value)).split())
            shown = _label(label)
            if not words:
                return
            if not shown:
                self.assembly.add("paragraph", words, place)
            elif label.lower().split(" ")[-1] in _APART:
                self.assembly.add("furniture", f"{shown}: {words}", place, newlines=self.newlines())
            else:
                self.assembly.add_pair(shown, words, place, newlines=self.newlines())

    def date(self, label: str, value: str, place: Place) -> None:
        """Lay out when a record speaks as a paragraph, so that it dates what follows and is no fact of its own."""
        self.assembly.separate(self.newlines())
        start = self.assembly.write(f"{_label(label)}: ").start
        words = self.assembly.write(value.strip())
        self.assembly.blocks.append(
            Block(kind="paragraph", span=Span(start, words.end), content=words, place=place)
        )

    def newlines(self) -> int:
        """Return 1 between two labelled lines, else 2."""
        blocks = self.assembly.blocks
        return 1 if blocks and blocks[-1].kind in ("definition", "furniture") else 2

    def words(self, value: str, place: Place, level: int) -> None:
        """Lay out words: as HTML where they hold its tags, as plain text where they hold lines, else as a paragraph."""
        value = printable(value).strip()
        if not value:
            return
        if "<" in value and _MARKUP.search(value):
            from regesta.reading import html

            inner = html.read(value.encode("utf-8"), Source(name=""))
            self.assembly.embed(inner, lambda _: place, level=level)
        elif "\n" in value or "\r" in value:
            from regesta.reading import plain

            inner = plain.read(value.encode("utf-8"), Source(name=""))
            self.assembly.embed(inner, lambda _: place, level=level)
        else:
            self.assembly.add("paragraph", value, place)


def _is_title(value: Value) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= _MAX_TITLE and "\n" not in value.strip()


def _is_text(key: str, value: Value) -> bool:
    """Whether a field holds words to read: its name says so, or it is as long as a sentence."""
    if not isinstance(value, str) or isinstance(value, Number):
        return False
    n_spaces = value.count(" ")
    if key.lower() in _TEXTS:
        return n_spaces >= 1 or len(value) >= 15
    return (
        n_spaces >= 11
        or "\n" in value.strip()
        or (len(value) >= 40 and n_spaces * 20 < len(value) and not value.isascii())
    )


def _is_text_bearing(value: dict[str, Value]) -> bool:
    return any(_is_text(key, inner) for key, inner in value.items())


def _holds_records(value: Value) -> bool:
    return isinstance(value, list) and any(isinstance(inner, dict) and len(inner) > 1 for inner in value)


def _label(key: str) -> str:
    """Return a key as words.

    >>> _label("dateOfBirth"), _label("country_of_origin")
    ('Date of birth', 'Country of origin')
    """
    words = " ".join(_HUMP.sub(" ", printable(key)).replace("_", " ").replace(".", " ").split())
    if not words or not words.isascii():
        return words
    lowered = " ".join(
        word if word.isupper() and len(word) < 6 else word.lower() for word in words.split(" ")
    )
    return lowered[0].upper() + lowered[1:]


def _joined(value: Value) -> str:
    """Return a scalar, or the scalars of nested lists and objects with their keys, as one line."""
    found: list[str] = []
    todo: list[tuple[str, Value]] = [("", value)]
    while todo:
        label, here = todo.pop()
        if isinstance(here, list):
            todo += (("", inner) for inner in reversed(here))
        elif isinstance(here, dict):
            todo += ((f"{key}: " if key else "", inner) for key, inner in reversed(here.items()))
        elif isinstance(here, bool):
            found.append(label + ("true" if here else "false"))
        elif here is not None or label:
            found.append(label + ("" if here is None else str(here)))
    return "; ".join(found)


def _described(source: Source, record: dict[str, Value]) -> Source:
    """Return the source with what the only record of a file says of itself."""
    said = {key.lower(): value for key, value in reversed(record.items()) if isinstance(value, str)}
    date = next((found[0] for name in _DATES if (found := _DAY.match(str(said.get(name, ""))))), None)
    address = next(
        (
            str(said[name])
            for name in _ADDRESSES
            if str(said.get(name, "")).startswith(("http://", "https://"))
        ),
        None,
    )
    language = next(
        (
            str(said[name])
            for name in ("language", "lang", "inlanguage")
            if 1 < len(str(said.get(name, ""))) < 12
        ),
        None,
    )
    licence = next(
        (str(said[name])[:300] for name in ("licence", "license", "rights") if said.get(name)), None
    )
    return replace(
        source,
        date=source.date or date,
        url=source.url or address,
        language=source.language or language,
        licence=source.licence or licence,
    )
