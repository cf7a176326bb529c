"""Numbers of eight languages that count nothing, German to Dutch, and ages written as one word.

    um 2.40 Uhr, le 21.30    times of day          476 d.C., 40 v. Chr.    years of an era
    n° 5, nr 17, cz. 3       numbers of things     zum 25. Jahrestag       a place in an order
    lat 50.                  a decade              der 19-Jährige          an age

What is no quantity is returned as a code, so that no other reader takes its digits for a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from regesta.extraction.quantity import Quantity
from regesta.text.span import Span

__all__ = ["ORDINAL_LEAD", "read_latin_marks"]

ORDINAL_LEAD: Final = r"\b(?:zum|zur|am|im|vom|beim|der|die|das|des|dem|den|seinen?|seinem|ihren?|ihrem|jeder|und|bis|auf|ab|nach|vor|z|ze|w|we|do|od|na|po|lat)"
"""Small words of German and Polish before a number whose full stop makes an ordinal of it, and ends no sentence."""
_DAY_OF_ERA: Final = (
    r"(?:[dav]\.\s?C\.|[dav]\.C\.?|[nv]\.\s?Chr\b|(?:ap|av)\.\s?J|p?\.?n\.\s?e\.|(?:до\s)?н\.\s?э)"
)
_CODES: Final = (
    (re.compile(rf"(?<![\w.,])[0-9]{{1,4}}(?=\s?{_DAY_OF_ERA})"), "a year of an era"),
    (re.compile(r"(?<![\w.,])[0-2]?[0-9](?:[.:h][0-5][0-9])?(?=[ \u00a0](?:Uhr|uur)\b)"), "a time of day"),
    (
        re.compile(
            r"\b(?:alle|le|ore|dalle|um|gegen|godz\.|godzin\w+|o|às|as|a las|las|om)[ ]([0-2]?[0-9][.:h][0-5][0-9])(?![\d.,]|[ ](?:Euro|euro|m|km|kg|milion|mill|Mill)\b)",
            re.IGNORECASE,
        ),
        "a time of day",
    ),
    (
        re.compile(
            r"(?<![\w.,])[0-2]?[0-9](?=[ ](?:de la (?:mañana|tarde|noche|madrugada)|da (?:manhã|tarde|noite|madrugada)|heures du (?:matin|soir)|del mattino|del pomeriggio|di sera|di notte|rano|wieczorem)\b)"
        ),
        "a time of day",
    ),
    (
        re.compile(
            r"\b(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre) ['’]?([0-9]{2})(?![\w.,]|[ ]\w+s\b)",
            re.IGNORECASE,
        ),
        "a year of two digits",
    ),
    (
        re.compile(
            r"\b(?:en el|[Dd]espués del|[Aa]ntes del|[Dd]esde el|en la de) ['’]?([3-9][0-9])(?=[,.;:)]|\s+(?!por\b|%)|$)"
        ),
        "a year of two digits",
    ),
    (re.compile(r"(?<![\w.,])[0-9]{1,2}[.-]{0,2}[ ]?wieczn\w+"), "a century"),
    (
        re.compile(
            r"\b(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sept?iembre|octubre|noviembre|diciembre|año|anno|ano) (?:de |del )?(1\.[5-9][0-9]{2})(?!\w|[.,]\d)",
            re.IGNORECASE,
        ),
        "a year",
    ),
    (
        re.compile(
            r"\b(?:compañía|compagnie|compagnia|companhia|kompanie|batallón|bataillon|battaglione|regimiento|brigada|brigade|división|barraca|baracca|baracke|baraque|calle|rue|bloque|canal) ([0-9]{1,4})(?!\w|[.,]\d)(?! [a-zà-ž]{4,}s\b)",
            re.IGNORECASE,
        ),
        "the number of a thing: it names, it does not count",
    ),
    (
        re.compile(
            r"(?:(?:generaci[óo]n|generazione|génération|geração) (?:del?|de) ['’]?|[ (]['’])([0-9]{2})(?!\w)",
            re.IGNORECASE,
        ),
        "a year of two digits",
    ),
    (re.compile(r"(?<![\w.,])[0-2]?[0-9][ ]?h(?:[ ]?[0-5][0-9])?(?![\w])"), "a time of day"),
    (
        re.compile(
            r"(?:§{1,2}|\bAbs\.|\bust\.|\bn[°º]s?|\bn\.[°º]|№|\b[nN]r\.?|\bnúm\.?|\bnumér?o|\bnúmero|\bnumer|\bcz\.|\bart(?:ículo|icolo|igo|ikel|\.)|\b[tT]om|\b[sS]tr\.|\bpágs?\.|\bpp?\.)[ ]?([0-9]{1,6}(?:/[0-9]{1,4})*(?![0-9]|[ .\u00a0][0-9]{3}))",
            re.IGNORECASE,
        ),
        "the number of a thing: it names, it does not count",
    ),
)
"""The digits stand in the first group, or are the match."""
_ORDINAL: Final = re.compile(
    rf"{ORDINAL_LEAD}[ ]([0-9]{{1,3}}\.)(?=[ ](?:[^\W\d_]|[0-9]{{1,2}}\.)|[ ]?[,)])", re.IGNORECASE
)
_ORDINALS_IN: Final = frozenset(("de", "pl"))
_AGED: Final = re.compile(
    r"(?<![\w.,])([0-9]{1,3})(?:[-‑ ]?(?:jährige[rnms]?\b|jarige\b|letni\w{0,3}\b|latek\b|latk\w{1,2}\b|летн\w{2,3}\b)|[-‑]?enn[ei]\b)",
    re.IGNORECASE,
)
_OLDEST: Final = 120


def read_latin_marks(text: str, start: int, end: int, code: str) -> Iterator[Quantity]:
    """Yield the numbers of a stretch of text in the language `code` that count nothing, and ages in one word; in no order.

    >>> text = "Um 2.40 kam der 19-Jährige, am 25. Jahrestag."
    >>> [(q.span.of(text), q.number, q.reason) for q in read_latin_marks(text, 0, len(text), "de")]
    [('2.40', None, 'a time of day'), ('25.', None, 'a place in an order'), ('19-Jährige', 19, '')]
    """
    for pattern, reason in _CODES:
        for match in pattern.finditer(text, start, end):
            yield _code(Span(*match.span(match.lastindex or 0)), reason)
    for match in _ORDINAL.finditer(text, start, end) if code in _ORDINALS_IN else ():
        yield _code(Span(*match.span(1)), "a place in an order")
    for match in _AGED.finditer(text, start, end):
        if int(match[1]) < _OLDEST:
            yield Quantity(
                span=Span(*match.span()), number_span=Span(*match.span(1)), kind="time", number=int(match[1]), unit="year", is_age=True
            )  # fmt: skip


def _code(span: Span, reason: str) -> Quantity:
    return Quantity(span=span, number_span=span, kind="code", is_weak=True, reason=reason)
