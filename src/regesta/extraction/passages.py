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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from regesta import dates as dating
from regesta.dates import DatePhrase
from regesta.extraction.ordinals import DAY_ALONE
from regesta.extraction.quantities import Quantity
from regesta.extraction.sentences import sentences
from regesta.extraction.signs import Signs
from regesta.model import Block, Document
from regesta.text.span import Span

__all__ = ["Filed", "Passage", "cut", "is_body", "resolve_dates", "usual_year"]

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
_YEAR = re.compile(r"^-?\d{4}")
_DECADE = re.compile(r"^-?\d{3}X")


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
            if sentence.start <= offset < sentence.end:
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


def cut(document: Document, signs: Signs) -> list[Passage]:
    """Return the passages of the body in the order of the text; header items lend their date and are none."""
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
        for part in _parts(sentences(folded, *span), kind):
            whole = part[0].cover(part[-1])
            found.append(Passage(len(found), index, kind, whole, filed, block.level, part))
    return found


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
        if d.edtf and _YEAR.match(d.edtf) and "X" not in d.edtf[:4] and "/.." not in d.edtf
    )
    spoken = document.source.date or ""
    if _YEAR.match(spoken) and (spoken[:4] in years or sum(years.values()) < _TELLS_OF_ANOTHER_TIME):
        return Filed(spoken[:4], (document.blocks[0].span,) if document.blocks else (Span(0, 0),))
    masthead = _masthead(folded, dates)
    if masthead is not None and masthead.edtf:
        return Filed(masthead.edtf, (masthead.span,), is_weak=True)
    if not years:
        return None
    year, n_times = max(years.items(), key=lambda item: (item[1], item[0]))
    if n_times * 2 < sum(years.values()):
        return None
    told = [
        d.span
        for d in dates
        if d.edtf
        and d.edtf.startswith(year)
        and _within_a_year(d.edtf)
        and not _BIRTH.search(folded, max(0, d.span.start - 12), d.span.start)
    ]
    return Filed(year, (told[0],), is_weak=True, is_guess=True) if told else None


_HEADER_DATE = re.compile(r"(?:^|\s)(?:Date|Sent)[*_]{0,2}:[*_]{0,2}\s+(?:[A-Z][a-z]+,?\s+)?$")
"""What stands before the date in the header of a letter or mail: "Date: Fri, "."""


def _masthead(folded: str, dates: Sequence[DatePhrase]) -> DatePhrase | None:
    """Return the full date at the top of a report or dispatch: "Geneva, 31 October 2017", "LIMA, March 3, 2022 -"."""
    for date in dates:
        if date.span.start > 300:
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
    if len(phrases) != 1:
        return filed
    whole = phrases[0].span.end - phrases[0].span.start >= _NEARLY * (span.end - span.start)
    own = _complete(phrases[0], filed) or (_complete(phrases[0], latest) if whole else None)
    if own is None or (
        signs.text.count(" ", span.start, span.end) > _LONG and len(own.edtf) >= _PRECISION["day"]
    ):
        return (
            filed  # "Statement of Ana Ruiz, taken at the reception centre on 3 May 1982" tells of other times
        )
    only = phrases[0].span.end - phrases[0].span.start >= 0.6 * (span.end - span.start)
    is_dateline = phrases[0].span.start > span.start and signs.text[
        span.start : phrases[0].span.start
    ].endswith(", ")
    is_weak = is_title and (not only or (is_dateline and span.start < _TOP))
    return Filed(own.edtf, own.spans, is_weak=is_weak or _WRITTEN.match(signs.text, span.start) is not None)


_WRITTEN = re.compile(
    r"\W*(?:dated?|signed|sworn|recorded|date of (?:the )?(?:interview|statement|report))\b", re.IGNORECASE
)
"""What says of a date that the words were written then: "DATED: 7 June 2022"."""


def _complete(phrase: DatePhrase, filed: Filed | None) -> Filed | None:
    if phrase.edtf:
        return Filed(phrase.edtf, (phrase.span,))
    if filed and _YEAR.match(filed.edtf):
        done = dating.resolve(phrase, year=(filed.edtf[:4], filed.spans[-1]))
        if done.edtf:
            return Filed(done.edtf, (phrase.span, *filed.spans))
    return None


_NEARLY = 0.9
_TOP = 40
"""Code points above a heading that opens a document; "Lund, 3 January 1850" there says when a letter was written."""
_LONG, _LONG_TITLE = 8, 14
"""Words of a heading, and of a title, whose date is still that of what follows."""
_BIRTH = re.compile(r"\b(?:b\.|born)\s*(?:in |on |c\. ?)?$")


def resolve_dates(
    found: Sequence[DatePhrase],
    filed: Filed | None,
    source_date: str | None,
    opening: Sequence[int] = (),
    previous: tuple[str, Span] | None = None,
    text: str = "",
    running: tuple[str, Span] | None = None,
    whole: Mapping[str, tuple[str, Span] | None] = MappingProxyType({}),
) -> list[DatePhrase]:
    """Return the dates of one passage, completed from each other and from what the passage is filed under.

    A date without a year takes the year of a date before it in its sentence, else the filed one, else that of the date
    that follows; "two years later" counts from the date before it, "the same day" also from the passage before
    (`previous`). `opening`: where sentences begin; the filed date is counted from only there. `text`: of the document;
    in it a year of birth is told by the words before it, and completes nothing. `running`: the last date told by the
    prose before, which lends its year where nothing nearer does. `whole`: years of days that were told with one before.
    """
    done: list[DatePhrase] = []
    earlier: list[tuple[str, Span]] = []
    running = running if running and _within_a_year(running[0]) else None
    lent = (filed.edtf, filed.spans[0]) if filed else None
    opens = sorted(opening)
    for position, phrase in enumerate(found):
        resolved, last = phrase, None
        start = phrase.span.start
        if phrase.edtf is None:
            if phrase.kind == "now":
                resolved = dating.resolve(phrase, source_date=source_date)
            elif phrase.kind == "relative" and phrase.relative_to == "source":
                spoken = _of_the_log(phrase, earlier) or _spoken(filed, source_date)
                resolved = dating.resolve(phrase, source_date=spoken) if spoken else phrase
            elif phrase.kind == "relative" and _is_spelled_out(phrase, found[position + 1 :], text):
                pass  # "that night, 11 July 1973": the day is what follows
            elif phrase.kind == "relative" or phrase.relative_to == "anchor":
                anchor = _anchor(phrase, earlier, lent, previous, is_opening=phrase.span.start in opens)
                if anchor is None and not earlier and phrase.relative_to == "anchor":
                    anchor = _precise(phrase, running)
                resolved = dating.resolve(phrase, anchor=anchor) if anchor else phrase
            elif (phrase.partial or "").startswith(DAY_ALONE):
                near = [running, lent] if filed and filed.is_weak else [lent, running]
                resolved = _in_month(phrase, [*reversed(earlier), *near], text[max(0, start - 80) : start])
            elif last := _last_of(phrase, _spoken(filed, source_date), text, found[position + 1 :]):
                resolved = dating.resolve(phrase, year=(last, phrase.span))
            else:
                same = [
                    e
                    for e in earlier[-1:]
                    if _YEAR.match(e[0])
                    and _within_a_year(e[0])
                    and _same_sentence(opens, e[1].start, phrase.span.start)
                ]
                told_here = [e for e in earlier if _YEAR.match(e[0]) and _within_a_year(e[0])]
                is_filed = filed is not None and not filed.is_weak
                if told_here and _THAT.search(text, max(0, start - 16), start):
                    same = told_here[-1:]
                own = same if is_filed else same or told_here[-1:]
                spoken = source_date or (filed.edtf if filed and filed.is_weak else None)
                year = _year_said_after(phrase, found[position + 1 :], spoken)
                if year is None and not same and (filed is None or filed.is_weak):
                    day = (phrase.partial or "")[4:]  # "on 6 March", after "on 6 March 1991"
                    year = next((e for e in earlier if e[0][4:] == day), None) or whole.get(day)
                if year is None and own:
                    year = (
                        own[0]
                        if phrase.qualifier == "since"
                        else _after(phrase.partial or "", own[0], text[max(0, start - 80) : start])
                    )
                    if not same and lent and _goes_on(phrase.partial or "", own[0], lent):
                        year = lent
                if year is None and running and not earlier and filed is not None and filed.is_guess:
                    year = _after(phrase.partial or "", running, text[max(0, start - 80) : start])
                if year is None and running and not earlier and filed and filed.is_weak:
                    year = _soon_after(phrase.partial or "", running, lent)
                year = year or (
                    lent if lent and _within_a_year(lent[0]) else None
                )  # not of "Ana Ruiz (1912–1998)"
                told_later = [] if _tells_birth(found[position + 1 :], text) else found[position + 1 :]
                if year is None and (after := _following(told_later)):
                    year = _before(phrase.partial or "", after)
                if year is None and running and not earlier:
                    year = _after(phrase.partial or "", running, text[max(0, start - 80) : start])
                if year and _YEAR.match(year[0]):
                    resolved = dating.resolve(phrase, year=(year[0][:4], year[1]))
                    spoken = _spoken(filed, source_date)
                    heads = bool(opens) and start == opens[0]  # "17 March. Yesterday ..." heads an entry
                    if (
                        year is lent
                        and not heads
                        and not _is_told_on(running, spoken)
                        and _is_to_come(resolved, spoken, text[max(0, start - 60) : start], filed)
                    ):
                        told = _precise_year(running, spoken) or (f"{int(year[0][:4]) - 1:04d}", year[1])
                        resolved = dating.resolve(phrase, year=told)
        value = (resolved.edtf or "").removeprefix("../")
        is_birth = bool(text) and _BIRTH.search(text, max(0, start - 12), start) is not None
        if (_YEAR.match(value) or _DECADE.match(value)) and resolved.kind != "now" and not (is_birth or last):
            earlier.append((value, resolved.span))
        done.append(resolved)
    return done


def _tells_birth(following: Sequence[DatePhrase], text: str) -> bool:
    """Whether the next date is one of a birth, behind which a life is told anew: "died on 22 March. Born in 1912, she"."""
    start = following[0].span.start if following else 0
    return bool(text) and bool(following) and _BIRTH.search(text, max(0, start - 12), start) is not None


def _of_the_log(phrase: DatePhrase, earlier: Sequence[tuple[str, Span]]) -> str | None:
    """Return the day that an entry of a log has named, for its "this night"."""
    same = phrase.offset is not None and phrase.offset[0] == 0 and _PRECISION.get(phrase.offset[1]) == 10
    return earlier[0][0] if same and earlier and len(earlier[0][0]) == _PRECISION["day"] else None


def _is_spelled_out(phrase: DatePhrase, following: Sequence[DatePhrase], text: str) -> bool:
    """Whether the day itself stands right behind "that night" or "two years later, in"."""
    after = following[0] if following else None
    if after is None or after.edtf is None:
        return False
    gap = text[phrase.span.end : after.span.start]
    return gap in (", on ", ", in ") or ((phrase.offset or (1, ""))[0] == 0 and gap in (", ", " ("))


def _spoken(filed: Filed | None, source_date: str | None) -> str | None:
    """Return when the words are spoken: the day that heads them, as in a diary, else the source's own date."""
    if filed and not filed.is_weak and len(filed.edtf) == _PRECISION["day"]:
        return filed.edtf
    return source_date or (filed.edtf if filed and filed.is_weak and not filed.is_guess else None)


def _is_to_come(date: DatePhrase, spoken: str | None, words: str, filed: Filed | None) -> bool:
    """Whether a day or month lies behind that on which the words are spoken, though they tell of no plan.

    Under the heading of a day, as in a chronicle, what lies months ahead may be told as well, but hardly "30 December" in January.
    """
    edtf = date.edtf or ""
    if not spoken or len(spoken) < _PRECISION["month"] or not _MONTH.match(edtf) or edtf[:4] != spoken[:4]:
        return False
    if filed and spoken == filed.edtf and not filed.is_weak and int(edtf[5:7]) - int(spoken[5:7]) < _AHEAD:
        return False
    return edtf[: len(spoken)] > spoken[: len(edtf)] and not _PLANNED.search(words)


def _is_told_on(date: tuple[str, Span] | None, spoken: str | None) -> bool:
    """Whether the prose has come to the day that heads it, or beyond: so it was not written on that day."""
    return date is not None and spoken is not None and len(spoken) == len(date[0]) and spoken <= date[0]


def _precise_year(date: tuple[str, Span] | None, spoken: str | None) -> tuple[str, Span] | None:
    """Return the year of the date told before, where that is a day or month before the words were spoken."""
    usable = date and spoken and _MONTH.match(date[0]) and date[0][:4] < spoken[:4]
    return (date[0][:4], date[1]) if date and usable else None


_AHEAD = 9
"""Months by which no entry of a chronicle tells ahead."""


_PLANNED = re.compile(
    r"\b(?:will|shall|would(?! not\b)|next|to be|be|begins?|starts?|due|plan\w*|intend\w*|expect\w*|hop\w+|(?:until|till|by|before|from)(?! [A-Z]\w+ in )|coming|upcoming|"
    r"schedul\w+|is|are|opens?|ends?|hearing|deadline|session|valid|expires?)\b",
    re.IGNORECASE,
)


def _turned(edtf: str, before: int) -> str:
    """Return a day in the month after its own where it lies far behind the day told before: "on 30 August ... on the 6th".

    >>> _turned("2017-08-06", 30), _turned("2017-08-12", 20)
    ('2017-09-06', '2017-08-12')
    """
    if before - int(edtf[8:10]) <= _TURNS:
        return edtf
    year, month = divmod(int(edtf[:4]) * 12 + int(edtf[5:7]), 12)
    return f"{year:04d}-{month + 1:02d}{edtf[7:]}"


_TURNS = 20
"""Days that nobody goes back without saying so, when he tells of days by their number alone."""


def _in_month(phrase: DatePhrase, dates: Sequence[tuple[str, Span] | None], words: str) -> DatePhrase:
    """Return "the 14th" in the month of the first of the dates that has one; `words` stand before it."""
    for date in dates:
        if date and (month := _MONTH.match(date[0])):
            edtf = month[0] + (phrase.partial or "")[-3:]
            if edtf[-2:].isdecimal() and date[0][8:10].isdecimal() and not _HAD.search(words):
                edtf = _turned(edtf, int(date[0][8:10]))
            return replace(phrase, edtf=edtf, core_edtf=edtf, partial=None, evidence=(phrase.span, date[1]))
    return phrase


def _last_of(
    phrase: DatePhrase, spoken: str | None, text: str, following: Sequence[DatePhrase]
) -> str | None:
    """Return the year of "last August" or "August last": the last one before the words are spoken, where that month is known."""
    month, start, end = (phrase.partial or "")[5:7], *phrase.span
    behind = _LAST.match(text, end) is not None
    if behind and not (spoken and _MONTH.match(spoken)):
        spoken = next((d.edtf for d in following if d.edtf and len(d.edtf) == _PRECISION["day"]), None)
    if not (spoken and _MONTH.match(spoken) and month.isdecimal()):
        return None
    if not (behind or text[max(0, start - 5) : start].lower() == "last "):
        return None
    if int(month) > _DECEMBER:
        month = _SEASON_MONTHS.get(month, "")
    return f"{int(spoken[:4]) - (month >= spoken[5:7]):04d}" if month else None


_MONTH = re.compile(r"\d{4}-(?:0\d|1[012])(?![/\d])")
_LAST = re.compile(r" last(?= with| in| by| at| on| and|[,.;)]| [a-z]+ed\b)")
"""What stands behind a month in letters and old papers: "on the 31st of July last"."""
_DECEMBER = 12
_SEASON_MONTHS = {"21": "03", "22": "06", "23": "09"}
"""Seasons to the month in which they begin; a last winter may be of either year."""
_THAT = re.compile(r"\b(?:that|the same|that same|of the same) $", re.IGNORECASE)
"""What leads back to the year told before: "that October"."""


def _year_said_after(
    phrase: DatePhrase, following: Sequence[DatePhrase], source_date: str | None
) -> tuple[str, Span] | None:
    """Return the year of "in August [of last year]", which the source's own date decides."""
    after = following[0] if following else None
    if (
        after is None
        or after.relative_to != "source"
        or after.span.start - phrase.span.end > 4
        or source_date is None
    ):
        return None
    year = dating.resolve(after, source_date=source_date).edtf
    return (year, after.span) if year and _YEAR.match(year) else None


def _same_sentence(opens: Sequence[int], first: int, second: int) -> bool:
    return not any(first < start <= second for start in opens)


_PRECISION = {"day": 10, "week": 10, "night": 10, "month": 7}


def _anchor(
    phrase: DatePhrase,
    earlier: Sequence[tuple[str, Span]],
    lent: tuple[str, Span] | None,
    previous: tuple[str, Span] | None,
    *,
    is_opening: bool,
) -> tuple[str, Span] | None:
    """Return the date that "two years later" counts from: the last one before it that is precise enough."""
    amount, unit = phrase.offset or (1, "year")
    need = _PRECISION.get(unit, 4)
    for date in reversed(earlier):
        if len(date[0]) >= need:
            last = earlier[-1][0]
            return (
                date
                if date is earlier[-1] or _YEARS.match(last) is None or date[0].startswith(last[:7])
                else None
            )
    if lent and is_opening and len(lent[0]) >= need and not (earlier and earlier[-1][0][:4] != lent[0][:4]):
        return lent  # but not the day of the paper behind "in 1968"
    return previous if previous and amount == 0 and len(previous[0]) >= need else None


def _precise(phrase: DatePhrase, date: tuple[str, Span] | None) -> tuple[str, Span] | None:
    """Return the date where it is precise enough for the phrase to count from."""
    need = _PRECISION.get(phrase.offset[1] if phrase.offset else "year", 4)
    return date if date and len(date[0]) >= need else None


def _within_a_year(edtf: str) -> bool:
    """Return whether a date lies within one year: a stretch of several lends none."""
    return len(set(_YEARS.findall(edtf))) < 2


def _before(partial: str, after: tuple[str, Span]) -> tuple[str, Span]:
    """Return the year in which a date lies that is told before another: "on 21 November ... in February 1957" is of 1956."""
    month, later = partial[5:7], after[0][5:7]
    if month.isdecimal() and later.isdecimal() and int(month) >= _AUTUMN and 1 <= int(later) <= _SPRING:
        return f"{int(after[0][:4]) - 1:04d}", after[1]
    return after


def _soon_after(
    partial: str, before: tuple[str, Span], lent: tuple[str, Span] | None
) -> tuple[str, Span] | None:
    """Return the year of the date that the passage above told, where a day of the same year follows soon after it.

    Under a paper's date of 2022 "on 30 September 2021 ... [the next paragraph] on 9 October" goes on with 2021.
    """
    month, told = partial[5:7], before[0]
    if (
        lent is None
        or len(told) != _PRECISION["day"]
        or not month.isdecimal()
        or int(told[:4]) + 1 != int(lent[0][:4])
    ):
        return None
    follows = f"{told[:4]}{partial[4:]}"
    return before if told <= follows and int(month) - int(told[5:7]) <= _SOON else None


_SOON = 2
"""Months within which the next paragraph goes on with a story of an earlier year."""


def _goes_on(partial: str, before: tuple[str, Span], lent: tuple[str, Span]) -> bool:
    """Whether a date would lie before what was told last, but not in the year of the heading, nor after that."""
    month, told = partial[5:7], before[0][:7]
    if not month.isdecimal() or len(lent[0]) < _PRECISION["month"] or len(told) < _PRECISION["month"]:
        return False
    return f"{told[:4]}-{month}" < told < f"{lent[0][:4]}-{month}" <= lent[0][:7]


def _after(partial: str, before: tuple[str, Span], words: str) -> tuple[str, Span]:
    """Return the year in which a date lies that is told after another: "on 29 November 1956 ... in January" is of 1957."""
    month, earlier = partial[5:7], before[0][5:7]
    if (
        month.isdecimal()
        and earlier.isdecimal()
        and (_AUTUMN < int(earlier) <= _DECEMBER or earlier in _LATE_SEASONS)
        and 1 <= int(month) < _SPRING
        and not _HAD.search(words)
    ):
        return f"{int(before[0][:4]) + 1:04d}", before[1]
    return before


_HAD = re.compile(r"\b(?:had|earlier|previous(?:ly)?|before|since|same year|was born)\b|[.;(] *$")
"""Signs that a date is told in looking back."""
_YEARS = re.compile(r"\b\d{4}\b(?!-?\d{3})")
_LATE_SEASONS = frozenset(("23", "24"))
"""Autumn and winter, as EDTF writes them."""
_DECEMBER = 12
_AUTUMN, _SPRING = 9, 5
"""Months between which a year may turn: a text that tells of November and then of February tells of two years."""


def _following(phrases: Sequence[DatePhrase]) -> tuple[str, Span] | None:
    """Return the first date that lends its year to one before it; "since the end of 2016" tells of longer ago."""
    return next(
        ((p.edtf, p.span) for p in phrases if p.edtf and _YEAR.match(p.edtf) and "/.." not in p.edtf), None
    )


def is_body(block: Block) -> bool:
    """Return whether a block belongs to what the document says, rather than to its notes or its page."""
    return block.kind in _KINDS
