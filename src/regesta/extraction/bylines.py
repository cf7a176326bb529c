"""The day of a document, where a line at its head says it: it lends its year to days without one, and dates nothing itself.

    12 May 2014 | By Ana Ruiz | Harbour Post     nothing but a day, who wrote, and where it stood
    Posted: May 12, 2014 9:02 AM                 a word that says so, in whatever language
    OSLO, May 12, 2014 (XNA) -- Two men ...      where and when a dispatch was sent, before its first sentence
    12 May 2014                                  a day alone, if no other date stands so at the head

What a letter or a statement says of its own day, and what the headings of a chronicle lend, is for `passages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regesta.dates import DatePhrase
from regesta.extraction.signs import Signs
from regesta.model import Block, Document
from regesta.text.span import Span

__all__ = ["PaperDay", "is_of_a_life", "paper_day"]

_HEAD, _LINE, _WORDS, _BESIDES = 12, 140, 16, 3
"""Blocks of a head; code points of a line, its words beside the day, and those beside a day that no word explains."""
_REACH = 2 * _LINE
"""Code points at the head of a paragraph within which it says where and when it was sent."""
_DIGIT = re.compile(r"\d")
_LIFE = re.compile(r"\s?[-–—]\s?(?:[A-Z][^.;:\d]{1,60}, ?)?")
"""What stands between the days of a birth and a death: "Lodz, 3 May 1902 - Paris, 9 June 1971"."""
_KINDS = frozenset(("paragraph", "heading", "list_item"))
_WRITER = re.compile(
    r"\b(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or)[: ]\s?(?=[A-Z][\w'’-]* (?:[A-Z]|[a-z]{2,3} [A-Z])|[Ss]taff\b)"
)
_MARK = re.compile(
    r"\b(?:source(?=:)|posted|published|updated|last (?:updated|modified)|veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado|"
    r"atualizado|pubblicato|aggiornato|gepubliceerd|publicerad|opublikowano|опубликовано)\b|입력|수정|승인|등록|기자|\||"
    r"\((?:[A-Z]{2,5}|Reuters)\)|/ \d{1,2} (?:years?|months?|weeks?|days?|hours?) ago\b",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "by von par por on at in the of for and from am pm a.m p.m to with le la à a el il de di am um uhr h este o".split()
)
_HOURS = frozenset("am pm a.m p.m uhr gmt edt est h".split())
_OTHER_DAY = re.compile(
    r"\b(?:born|died|deaths?|b|d|retrieved|accessed|arriv\w+|on|since|until|from|to)\b", re.IGNORECASE
)
"""What makes a short line with a day one of something else."""
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_SENT = re.compile(r"\s?(?:\([A-Za-z /]{2,20}\)\s?)?(?:--?|[–—_])\s")
_SENT_FROM = re.compile(r" \([A-Z][A-Z .,'/-]{2,40}\) ?(?:--?|[–—]) ")
"""The place in brackets behind the day of a dispatch: "Nov 19, 2005 (STOCKHOLM) — "."""
_SEEN_FROM = re.compile(r"\b(?:today|yesterday|last (?:year|month|week)|this (?:week|morning))\b")
"""What a report says as seen from its own day: "11 July 2014 – The agency said today"."""
_PLACE = re.compile(r"(?:By )?[A-Z][^.;:\d]{1,60}[,(–—-]\s?(?:\([A-Za-z /]{2,20}\)\s?)?$")


@dataclass(frozen=True, slots=True)
class PaperDay:
    """The day on which a document was written, and where it says so."""

    edtf: str
    span: Span
    lines: frozenset[int]
    """Blocks that say when the document was written, by whom and where, and nothing else."""


def paper_day(document: Document, signs: Signs, language: str | None = None) -> PaperDay | None:
    """Return the day that the head of a document gives as its own, None where it gives none; `language` if not English."""
    marked: list[DatePhrase] = []
    sent: list[DatePhrase] = []
    alone: list[DatePhrase] = []
    bare: list[tuple[int, str]] = []
    lines: set[int] = set()
    n_heads = 0  # lines that are nothing but a date: several head the entries of a diary
    heads = [(at, b) for at, b in enumerate(document.blocks) if b.kind in _KINDS][:_HEAD]
    for place, (index, block) in enumerate(heads):
        found: list[DatePhrase] = []
        is_whole = True
        most = 0 if language or block.kind == "list_item" else _BESIDES
        for line in _lines(signs.text, block.content):
            end = min(line.end, line.start + _REACH)
            dates = signs.dates(line.start, end) if _DIGIT.search(signs.text, line.start, end) else []
            days = [d for d in dates if d.kind == "date" and len(d.edtf or "") == len("1999-08-11")]
            is_sent = bool(days) and line.start == block.content.strip(signs.text).start
            is_life = is_of_a_life(signs.text, dates)
            if is_sent and not is_life and _is_sent(signs.text, line, days[0]):
                sent.append(days[0])
            if line.end - line.start > _LINE:  # a sentence: nothing else of it is asked
                is_whole = False
                continue
            rest = _beside(signs.text, line, days)
            n_heads += len(dates) == 1 and not _WORD.search(_beside(signs.text, line, dates))
            is_marked = _MARK.search(rest) is not None or _WRITER.search(rest) is not None
            if sum(d.kind != "relative" for d in dates) != len(days) or not _is_furniture(rest):
                is_whole = False
            elif (days and is_marked) or (days and not place and _is_signed(signs.text, heads[1:2])):
                found += days
            elif not is_marked:
                is_whole = False
                beside = len([w for w in _WORD.findall(rest) if w.lower().rstrip(".") not in _HOURS])
                if len(days) == 1 and (place or _is_headline(signs.text, heads[1:2])) and beside <= most:
                    alone += [] if _OTHER_DAY.search(rest) else days
                    bare += [] if beside else [(index, days[0].edtf or "")]
        marked += found
        if found and is_whole:
            lines.add(index)
    if n_heads > 1 or len({d.edtf for d in alone}) > 1:
        alone, bare = [], []
    days = marked or sent or alone
    if not days:
        return None
    edtf = days[0].edtf or ""
    lines.update(index for index, day in bare if day[:7] == edtf[:7])
    return PaperDay(edtf, days[0].span, frozenset(lines))


def _is_headline(text: str, following: Sequence[tuple[int, Block]]) -> bool:
    """Whether a headline stands right below the first line of a text, and no sentence of a diary or a letter."""
    for _, block in following:
        line = block.content.strip(text)
        closes = text[line.start : line.end].rstrip(" \"'").endswith((".", ",", ":"))
        return line.end - line.start <= _LINE and not closes and not text[line.start].islower()
    return False


def _is_signed(text: str, following: Sequence[tuple[int, Block]]) -> bool:
    """Whether who wrote a text stands right below its first line."""
    return any(_WRITER.match(text, block.content.strip(text).start) for _, block in following)


def is_of_a_life(text: str, dates: Sequence[DatePhrase]) -> bool:
    """Whether the first of some dates is a birth, and the next the death."""
    return len(dates) > 1 and _LIFE.fullmatch(text, dates[0].span.end, dates[1].span.start) is not None


def _lines(text: str, span: Span) -> Iterator[Span]:
    """Yield the first lines of a block."""
    start = span.start
    for line in span.of(text).split("\n")[:4]:
        yield Span(start, start + len(line)).strip(text)
        start += len(line) + 1


def _beside(text: str, line: Span, days: list[DatePhrase]) -> str:
    """Return a line without its days."""
    rest, at = "", line.start
    for day in days:
        rest += text[at : day.span.start] + " "
        at = day.span.end
    return rest + text[at : line.end]


def _is_furniture(rest: str) -> bool:
    """Whether what stands beside a day are names, marks and times: no sentence."""
    words = _WORD.findall(_MARK.sub(" ", rest))
    return len(words) <= _WORDS and all(not w[0].islower() or w.lower().rstrip(".") in _SMALL for w in words)


def _is_sent(text: str, line: Span, day: DatePhrase) -> bool:
    """Whether a day stands between the place of a dispatch and its first sentence."""
    before = text[line.start : day.span.start]
    if not before and (
        _SENT_FROM.match(text, day.span.end)
        or (_SENT.match(text, day.span.end) and _SEEN_FROM.search(text, day.span.end, day.span.end + _REACH))
    ):
        return True
    return bool(_PLACE.fullmatch(before)) and (
        _SENT.match(text, day.span.end) is not None or not text[day.span.end : line.end].strip()
    )
