"""A document cut into passages: the pieces of body text that rules read, each with the time its surroundings lend it.

    heading  1960s                    lends a decade
      item   1968                     a *header item*: nothing but a date; lends a year
        item June 17 –                a header item again; lends 1968-06-17
          item Kim ... flew south     a passage, filed under 1968-06-17
        item 21 January – Kim ...     a passage, filed under 1968; its own words say 1968-01-21

A passage's dates are resolved here, once: the document's own words win over what a heading lends, and a date that was
completed from elsewhere keeps both places as evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from regesta import dates as dating
from regesta.dates import DatePhrase
from regesta.extraction.bylines import is_of_a_life
from regesta.extraction.quantities import Quantity
from regesta.extraction.sentences import sentences
from regesta.extraction.signs import Signs
from regesta.model import Block, Document
from regesta.text.span import Span

__all__ = [
    "BIRTH",
    "DECEMBER",
    "PRECISION",
    "YEAR",
    "YEARS",
    "Filed",
    "Passage",
    "cut",
    "is_body",
    "usual_year",
    "within_a_year",
]

PassageKind = Literal["item", "prose", "cell", "caption", "definition", "heading"]

_KINDS: dict[str, PassageKind] = {
    "paragraph": "prose",
    "quote": "prose",
    "list_item": "item",
    "cell": "cell",
    "caption": "caption",
    "definition": "definition",
    "term": "heading",
    "heading": "heading",
}
_LONGEST = 8_000
"""Code points of a paragraph that rules read at once: some compare all its people with each other."""
YEAR = re.compile(r"^-?\d{4}")


@dataclass(frozen=True, slots=True)
class Filed:
    """A date lent by headings and header items, with the places that lend it."""

    edtf: str
    spans: tuple[Span, ...]
    is_weak: bool = False
    """Lent by the document's title: it completes a date without a year, and dates nothing by itself."""
    is_guess: bool = False
    """Only the year that the document names most: what the prose before tells is better."""


@dataclass(slots=True)
class Passage:
    """One piece of body text. Filled in stages; rules only read it."""

    index: int
    block: int
    kind: PassageKind
    span: Span
    filed: Filed | None
    depth: int
    sentences: list[Span]
    dates: list[DatePhrase] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)

    def sentence_at(self, offset: int) -> Span:
        """Return the sentence that holds `offset`, else the whole passage."""
        for sentence in self.sentences:
            if offset < sentence[1] and sentence[0] <= offset:  # by place: it is asked very often
                return sentence
        return self.span

    def dates_in(self, span: tuple[int, int]) -> list[DatePhrase]:
        """Return the resolved dates that lie within `span`, in order."""
        if not self.dates:
            return []
        start, end = span
        return [
            date for date in self.dates if date.edtf and start <= date.span.start and date.span.end <= end
        ]


def cut(document: Document, signs: Signs, bylines: Container[int] = ()) -> list[Passage]:
    """Return the passages of the body in the order of the text; header items lend their date and are none.

    `bylines` are blocks that only tell when the document was written: they lend nothing and say nothing.
    """
    folded = signs.text
    found: list[Passage] = []
    lent: dict[int, Filed | None] = {}
    under_heading: dict[int, Filed | None] = {-1: None}
    header_items: set[int] = set()
    dated_lines = _dated_lines(document, signs)
    latest: Filed | None = None
    paper_day = _paper_day(document, signs)
    for index, block in enumerate(document.blocks):
        kind = _KINDS.get(block.kind)
        if kind is None:
            continue
        if index in bylines:
            if block.kind == "heading":
                headings = document.sections[index]
                under_heading[index] = under_heading.get(headings[-1] if headings else -1)
            continue
        span = block.content.strip(folded)
        if span.end <= span.start:
            continue
        headings = document.sections[index]
        filed = under_heading.get(headings[-1] if headings else -1)
        for above in document.ancestors(index):
            if above in lent:
                filed = lent[above]
                break
        if block.kind == "heading":
            under_heading[index] = lent_here = _lend(signs, span, filed, latest, is_title=block.level == 1)
            latest = lent_here if lent_here is not filed else latest
            if index == paper_day and lent_here is not None:
                under_heading[index] = replace(lent_here, is_weak=True)
            found.append(Passage(len(found), index, kind, span, filed, 0, [span]))
            continue
        if index in dated_lines:
            own = _only_date(signs, span, filed)
            if own is not None:
                under_heading[headings[-1] if headings else -1] = latest = own
                continue
        if block.kind == "list_item":
            own = _only_date(signs, span, filed)
            if own is not None:
                lent[index] = own
                header_items.add(index)
                if document.children[index]:
                    continue
            elif document.children[index] and (own := _opening_date(signs, span, filed)) is not None:
                lent[index] = own
        if kind == "prose" and (end := _head_line(document.text, span)):
            head = Span(span.start, end)
            found.append(Passage(len(found), index, kind, head, filed, block.level, [head]))
            span = Span(end, span.end).strip(folded)
        for part in _parts(sentences(folded, *span), kind):
            whole = part[0].cover(part[-1])
            found.append(Passage(len(found), index, kind, whole, filed, block.level, part))
    return found


_HEAD_LINE = re.compile(
    r"[*_]{0,3}[^\W\d_a-z][\w.'’-]+(?:,? [^\W\d_a-z][\w.'’-]*){1,3}[*_:]{0,4}(?P<end>)[ \\]{0,3}\r?\n(?=[^\W_])"
)
"""A line of its own with the look of a name, over a telling in the same paragraph."""
_HEAD = 48
"""Code points of such a line."""


def _head_line(text: str, span: Span) -> int:
    """Return where the name ends that stands on a line of its own over the rest of a paragraph; 0 where none does."""
    if text.find("\n", span.start, min(span.end, span.start + _HEAD)) < 0:
        return 0
    match = _HEAD_LINE.match(text, span.start, span.end)
    return match.start("end") if match else 0


_BYLINE = re.compile(r"\s*(?:By|BY|Por|Par|Von) [A-Z][\w'-]+ [A-Z]")


def _paper_day(document: Document, signs: Signs) -> int:
    """Return the heading of a paper's day: the first line, if the only heading that is a date, and a title or a byline follows; else -1."""
    heads = [i for i, b in enumerate(document.blocks) if b.kind == "heading"]
    if not heads or any(_KINDS.get(b.kind) for b in document.blocks[: heads[0]]):
        return -1
    following = document.blocks[heads[0] + 1 : heads[0] + 2]
    if len(heads) < 2 and not any(_BYLINE.match(b.content.of(signs.text)) for b in following):
        return -1
    dated = [i for i in heads if _only_date(signs, document.blocks[i].content.strip(signs.text), None)]
    return heads[0] if dated == heads[:1] else -1


def _dated_lines(document: Document, signs: Signs) -> set[int]:
    """Return the paragraphs that are nothing but a date, where there are several: they head what follows, as in "1685."."""
    found = {
        index
        for index, block in enumerate(document.blocks)
        if (block.kind == "paragraph" or (block.kind == "list_item" and not document.children[index]))
        and block.span.end - block.span.start <= 48
        and any(letter.isdigit() for letter in block.content.of(signs.text))
        and _only_date(signs, block.content.strip(signs.text), None)
    }
    others = (
        (b for b in document.blocks if b.kind == "heading" and b.span.end - b.span.start <= 48)
        if found
        else ()
    )
    heads = sum(len(signs.dates(*b.content)) == 1 for b in others)
    return found if len(found) + heads > 1 else set()


def _parts(found: list[Span], kind: PassageKind) -> Iterator[list[Span]]:
    """Yield the sentences of a block: all together, but those of an endless paragraph in parts."""
    first = 0
    for index, sentence in enumerate(found):
        if kind == "prose" and sentence.end - found[first].start > _LONGEST and index > first:
            yield found[first:index]
            first = index
    if found:
        yield found[first:]


_TELLS_OF_ANOTHER_TIME = 3
"""Dates with a year, none of it the source's own, from which on a document tells of another time than its own."""


def usual_year(document: Document, signs: Signs) -> Filed | None:
    """Return the year that a document without year headings is about: the source's own, else the one it names most.

    Only a document that leaves out the year somewhere gets one ("Jan 11 - ...", "March 21 - ..." in a wire report of 2012).
    """
    folded = signs.text
    dates = signs.dates(0, min(len(folded), 100_000))
    bare = [d for d in dates if d.edtf is None and d.kind == "date"]
    if not bare:
        return None
    years = Counter(
        d.edtf[:4]
        for d in dates
        if d.edtf and YEAR.match(d.edtf) and "X" not in d.edtf[:4] and "/.." not in d.edtf
    )
    spoken = document.source.date or ""
    if YEAR.match(spoken) and (spoken[:4] in years or sum(years.values()) < _TELLS_OF_ANOTHER_TIME):
        return Filed(spoken[:4], (document.blocks[0].span,) if document.blocks else (Span(0, 0),))
    masthead = _masthead(folded, dates)
    if masthead is not None and masthead.edtf and not _is_a_field(document, masthead.span):
        return Filed(masthead.edtf, (masthead.span,), is_weak=True)
    if not years:
        return None
    year, n_times = max(years.items(), key=lambda item: (item[1], item[0]))
    if n_times * 2 < sum(years.values()):
        return None
    told = [
        d
        for d in dates
        if d.edtf
        and d.edtf.startswith(year)
        and within_a_year(d.edtf)
        and not BIRTH.search(folded, max(0, d.span.start - 12), d.span.start)
    ]
    sure = (
        len(d.edtf or "") >= PRECISION["month"]
        or _OF_PRINT.search(folded, max(0, d.span.start - 60), d.span.start)
        for d in told
    )
    if not told or (len(told) == 1 and not any(sure)):
        return None  # "In August she swam ... She had won a medal in 2012"
    return Filed(year, (told[0].span,), is_weak=True, is_guess=True)


_OF_PRINT = re.compile(r"(?:\([cC]\)|©|\b[Cc]opyright\b)[^.\n]{0,40}$")
"""What stands before the year in which a text was printed."""
_HEADER_DATE = re.compile(r"(?:^|\s)(?:Date|Sent)[*_]{0,2}:[*_]{0,2}\s+(?:[A-Z][a-z]+,?\s+)?$")
"""What stands before the date in the header of a letter or mail: "Date: Fri, "."""


def _is_a_field(document: Document, date: Span) -> bool:
    """Whether a day stands in the box of a life beside its term, and is not of the text itself: "Died | 2 May 1991"."""
    at = next((b for b in document.blocks if b.span.start <= date.start < b.span.end), None)
    before = document.text[max(0, date.start - 24) : date.start]
    return at is not None and at.kind == "definition" and _HEADER_DATE.search(before) is None


def _masthead(folded: str, dates: Sequence[DatePhrase]) -> DatePhrase | None:
    """Return the full date at the top of a report or dispatch: "Geneva, 31 October 2017", "LIMA, March 3, 2022 -"."""
    for at, date in enumerate(dates):
        if date.span.start > 300 or is_of_a_life(folded, dates[at : at + 2]):
            return None
        if date.edtf and len(date.edtf) == 10 and date.kind == "date":
            if _HEADER_DATE.search(folded, max(0, date.span.start - 24), date.span.start):
                return date
            after = folded[date.span.end : date.span.end + 3]
            before = folded[max(0, date.span.start - 3) : date.span.start]
            dispatch = after.startswith((" -", " –")) and before.rstrip().endswith((",", "("))
            if dispatch or (
                (before.endswith("  ") or before.rstrip().endswith(","))
                and after[:1] in ("", " ", "\n")
                and not after.strip()[:1].islower()
            ):
                return date
    return None


def _only_date(signs: Signs, span: Span, filed: Filed | None) -> Filed | None:
    """Return the date of an item that is nothing but a date, completed by what it stands under."""
    if span.end - span.start > 48:
        return None
    folded = signs.text
    span = span.strip(folded, " \t\n*_")
    phrases = signs.dates(span.start, span.end)
    if len(phrases) != 1:
        return None
    rest = folded[span.start : phrases[0].span.start] + folded[phrases[0].span.end : span.end]
    return _complete(phrases[0], filed) if not any(letter.isalnum() for letter in rest) else None


_LABEL = re.compile(r"[^.;]{0,60}?(?:\s[–-]\s|:\s|,\s)[*_]{0,3}(?:(?:[Oo]n|[Ii]n)\s)?")
"""What may stand before the date that heads an item: "Tunnel 29 – ", "The second crossing: on "."""


def _opening_date(signs: Signs, span: Span, filed: Filed | None) -> Filed | None:
    """Return the date by which an item with items of its own opens, and which so is theirs: a day or a month."""
    folded = signs.text
    phrases = signs.dates(span.start, min(span.end, span.start + 120))
    if not phrases or phrases[0].kind not in ("date", "range"):
        return None
    before = folded[span.start : phrases[0].span.start].lstrip(" *_")
    if before and before not in ("On ", "In ") and not _LABEL.fullmatch(before):
        return None
    own = _complete(phrases[0], filed)
    return own if own is not None and len(own.edtf.partition("/")[0]) >= 7 else None


def _lend(
    signs: Signs, span: Span, filed: Filed | None, latest: Filed | None, *, is_title: bool
) -> Filed | None:
    """Return what a heading lends: its date if it is short and names one, else what it stands under.

    A heading that is but a day takes the year of the `latest` before it: "31 March 2015", then "2 April".
    """
    if signs.text.count(" ", span.start, span.end) > (_LONG_TITLE if is_title else _LONG):
        return filed
    phrases = [p for p in signs.dates(span.start, span.end) if p.kind not in ("now", "relative")]
    if len(phrases) != 1 or _is_life(signs, phrases[0]):
        return filed
    if _OF_PICTURE.search(signs.text, span.start, phrases[0].span.start):
        return filed
    whole = phrases[0].span.end - phrases[0].span.start >= _NEARLY * (span.end - span.start)
    own = _complete(phrases[0], filed) or (_complete(phrases[0], latest) if whole else None)
    if own is None or (
        signs.text.count(" ", span.start, span.end) > _LONG and len(own.edtf) >= PRECISION["day"]
    ):
        return (
            filed  # "Statement of Ana Ruiz, taken at the reception centre on 3 May 1982" tells of other times
        )
    only = phrases[0].span.end - phrases[0].span.start >= 0.6 * (span.end - span.start)
    is_dateline = phrases[0].span.start > span.start and signs.text[
        span.start : phrases[0].span.start
    ].endswith(", ")
    is_weak = is_title and (not only or (is_dateline and span.start < _TOP))
    is_weak = is_weak or _WRITTEN.match(signs.text, span.start) is not None
    if span.start < _HEAD and _CLOCK.search(signs.text, phrases[0].span.end, span.end):
        is_weak = True
    return Filed(own.edtf, own.spans, is_weak=is_weak)


_OF_PICTURE = re.compile(r"[a-z] \([A-Z][^\W\d]+(?: [A-Z][^\W\d]+)?, \Z")
"""What stands before the year of a picture in a line that looks like a heading: "A group of exiles (Lund, 1953)"."""
_HEAD = 400
"""Code points above which a page says when it was published."""
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d\d\b")
"""What makes a date at the top of a page the time of its publication: "Wed 3 May 2021 13.18 BST"."""


_WRITTEN = re.compile(
    r"\W*(?:dated?|signed|sworn|recorded|date of (?:the )?(?:interview|statement|report))\b", re.IGNORECASE
)
"""What says of a date that the words were written then: "DATED: 7 June 2022"."""


def _is_life(signs: Signs, date: DatePhrase) -> bool:
    """Whether the years in brackets behind a name are a life, which dates nothing below: "Ana Kos (1902-1999)"."""
    years = [int(year) for year in YEARS.findall(date.edtf or "")]
    return len(years) > 1 and years[1] - years[0] >= _SHORTEST_LIFE and signs.text[date.span.start - 1] == "("


_SHORTEST_LIFE = 18


def _complete(phrase: DatePhrase, filed: Filed | None) -> Filed | None:
    if phrase.edtf:
        return Filed(phrase.edtf, (phrase.span,))
    if filed and YEAR.match(filed.edtf):
        done = dating.resolve(phrase, year=(filed.edtf[:4], filed.spans[-1]))
        if done.edtf:
            return Filed(done.edtf, (phrase.span, *filed.spans))
    return None


_NEARLY = 0.9
_TOP = 40
"""Code points above a heading that opens a document; "Lund, 3 January 1850" there says when a letter was written."""
_LONG, _LONG_TITLE = 8, 14
"""Words of a heading, and of a title, whose date is still that of what follows."""
BIRTH = re.compile(r"\b(?:b\.|born)\s*(?:in |on |c\. ?)?$")


DECEMBER = 12


PRECISION = {"day": 10, "week": 10, "night": 10, "month": 7}


def within_a_year(edtf: str) -> bool:
    """Return whether a date lies within one year: a stretch of several lends none."""
    return len(set(YEARS.findall(edtf))) < 2


YEARS = re.compile(r"\b\d{4}\b(?!-?\d{3})")
DECEMBER = 12


def is_body(block: Block) -> bool:
    """Return whether a block belongs to what the document says, rather than to its notes or its page."""
    return block.kind in _KINDS
