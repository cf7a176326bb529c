"""Where sentences end, in a folded text.

A full stop ends a sentence unless it stands after an abbreviation, an initial or within a number; closing quotes and
brackets, marks that no reader knew, and the blanks that were footnote marks, belong to the sentence before them.
"""

from __future__ import annotations

import re

from regesta.extraction.latin_marks import ORDINAL_LEAD
from regesta.text.span import Span

__all__ = ["sentences"]

_LONGEST = 2_000
"""Code points; what goes on for longer is no sentence, and is cut at a space."""
_END = re.compile(r"[.!?](?<![.!?].)[.!?]*[\"')\]]*(?:\[\d{1,3}\])*(?=\s+(\S))")
_EAST_END = re.compile(
    _END.pattern
    + r"|(?<![。！？｡])[。！？｡]+(?=\s*([^\s」』）】〉》\"'。！？]))|(?<![。！？｡])[。！？｡]+[」』）】〉》\"']+(?=\s*([「『]))"
)
"""With the ends of East Asia, which want no white space behind them; but a closing quote goes on with what follows it."""
_LAST_WORD = re.compile(r"([^\W_]+(?:\.[^\W_]+)*)[.!?]+[\"')\]]*$")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev fr sr jr st gen col maj capt lt cpt cmdr sgt cpl pvt adm gov sen rep hon pres mt ft no nos vol p pp "
    "ed eds vs etc cf ca c al approx est fig inc ltd co corp bros dept univ jan feb mar apr jun jul aug sep sept oct nov dec "
    "u.s u.k u.n e.g i.e a.m p.m d.c bl bd nr art ch "
    "bzw usw geb gest verh str z.b d.h u.a evtl vgl hrsg jh frl ppor por kpt mjr płk pil hab mgr ks św godz tzw np m.in wł sra srta dra lic gral cnel tte pág "
    "mme mlle env sig dott avv on.le sen.ra exmo eng dhr mevr jhr bijv ул проф акад".split()
)
_MONTH_ABROAD = re.compile(
    r"(?:Januar|Jänner|Februar|März|Mai|Juni|Juli|Oktober|Dezember|April|August|September|November)\b"
)
"""Months before which a full stop makes an ordinal: "am 2. Mai 1946"."""
_ORDINAL = re.compile(rf"{ORDINAL_LEAD}\s\d{{1,2}}$", re.IGNORECASE)
"""What leads up to a full stop that makes an ordinal, in German and Polish: "zum 25. Jahrestag", "z 28. Pułku"."""
_LONGEST_ORDINAL = 16
_LONGEST_ABBREVIATION = 7
"""No abbreviation ends in so many letters and digits in a row, and more."""


def sentences(folded: str, start: int, end: int) -> list[Span]:
    """Return the sentences of `[start, end)`, without the white space between them.

    >>> text = "Col. A. Kim fled in 1990. He was 21."
    >>> [span.of(text) for span in sentences(text, 0, len(text))]
    ['Col. A. Kim fled in 1990.', 'He was 21.']
    >>> text = "He stayed.[2] She left."
    >>> [span.of(text) for span in sentences(text, 0, len(text))]
    ['He stayed.[2]', 'She left.']
    >>> [span.end for span in sentences("So did Ana and I. He stayed.", 0, 28)]
    [17, 28]
    >>> [span.end - span.start for span in sentences("no end " * 500, 0, 3500)]
    [1997, 1501]
    >>> [span.end for span in sentences("彼は来た。「行こう！」と言った。", 0, 16)]
    [5, 16]
    """
    found: list[Span] = []
    at = start
    ends = (
        _END if folded.isascii() or not any(folded.find(x, start, end) >= 0 for x in "。！？｡") else _EAST_END
    )
    for match in ends.finditer(folded, start, end):
        first = match[match.lastindex or 1]
        if first.islower() or first in ",;:)":
            continue
        mark = match.start()
        stop = match.end()
        if folded[mark - 1].isdecimal() and (
            _MONTH_ABROAD.match(folded, match.start(match.lastindex or 1))
            or (not folded.isascii() and _ORDINAL.search(folded, max(at, mark - _LONGEST_ORDINAL), mark))
        ):
            continue
        if folded[mark] == "." and not folded[mark - _LONGEST_ABBREVIATION - 1 : mark].isalnum():
            last = _last_word(folded, max(at, mark - 24), mark, stop)
            is_initial = len(last) == 1 and last.isupper() and not folded.endswith(" and I", at, mark)
            is_of_life = last in ("b", "d") and folded[max(at, mark - 3) : mark - 1].strip()[-1:] in (
                "(",
                ",",
                ";",
            )
            if last.lower() in _ABBREVIATIONS or is_initial or is_of_life:  # "Ana Ruiz (b. Lund 1944)"
                continue
        found += _cut(folded, Span(at, stop).strip(folded))
        at = match.start(match.lastindex or 1)
    return found + _cut(folded, Span(at, end).strip(folded))


def _last_word(folded: str, low: int, mark: int, stop: int) -> str:
    """Return the word before the full stop at `mark`, with full stops within it; empty where none stands there."""
    tail = folded[low:mark]
    word = tail[tail.rfind(" ") + 1 :]
    if word.isalnum():
        return word
    found = _LAST_WORD.search(folded, low, stop)
    return found[1] if found else ""


def _cut(folded: str, sentence: Span) -> list[Span]:
    """Return a sentence, one without end in pieces, nothing for an empty one."""
    pieces: list[Span] = []
    while sentence.end - sentence.start > _LONGEST:
        space = folded.rfind(" ", sentence.start + 1, sentence.start + _LONGEST)
        stop = space if space > 0 else sentence.start + _LONGEST
        pieces.append(Span(sentence.start, stop).strip(folded))
        sentence = Span(stop, sentence.end).strip(folded)
    return [*pieces, sentence] if sentence.end > sentence.start else pieces
