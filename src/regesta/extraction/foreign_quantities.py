"""The numbers of a text that are written as another language than English writes them.

    is there a letter of East Asia, or of Cyrillic? are the small words German, French, Polish ...? else there is nothing to do

English is read by `quantities`, which leaves out what was found here. Text with decomposed letters or full-width digits is read
in its composed form; the spans are those of the text as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from regesta.dates import compose, foreign_stretches, language_of, needs_composing
from regesta.extraction.han_quantities import read_han_quantities
from regesta.extraction.latin_marks import read_latin_marks
from regesta.extraction.latin_quantities import read_latin_quantities
from regesta.extraction.number_words import NUMBER_WORDS
from regesta.extraction.quantity import Quantity
from regesta.text.span import Span

__all__ = ["find_foreign_quantities"]


def find_foreign_quantities(
    text: str, start: int, stop: int, closed: Sequence[tuple[int, int]], spoken: str | None = None
) -> list[Quantity]:
    """Return the quantities of `text[start:stop]` in other languages, in order, none in a span of `closed`.

    `spoken` is the language of the text (BCP 47) where it is known.

    >>> text = "１２人 came, says the 3만 명 report"
    >>> [(q.span.of(text), q.number, q.unit) for q in find_foreign_quantities(text, 0, len(text), [])]
    [('１２人', 12, 'person'), ('3만 명', 30000, 'person')]
    """
    is_plain = text.isascii()
    if not is_plain and needs_composing(text, start, stop):
        view = compose(text, start, stop)
        shut = [
            (view.index(max(a, start)), view.index(min(b, stop))) for a, b in closed if a < stop and b > start
        ]
        inner = list(_read(view.text, 0, len(view.text), shut, spoken))
        return [_moved(quantity, view.span) for quantity in inner]
    return list(_read(text, start, stop, closed, spoken))


def _read(
    text: str, start: int, stop: int, closed: Sequence[tuple[int, int]], spoken: str | None
) -> Iterator[Quantity]:
    code = (spoken or "").partition("-")[0].lower()
    if code not in NUMBER_WORDS:
        tongue = language_of(text[start:stop])
        code = tongue.code if tongue is not None else ""
    found: list[Quantity] = []
    if not text.isascii():
        for low, high, codes in foreign_stretches(text, start, stop):
            if "ru" in codes and _is_cyrillic(text[low:high]):
                found += read_latin_quantities(text, low, high, "ru")
            if codes != "ru":
                taken = [q.span for q in found]
                found += [q for q in read_han_quantities(text, low, high) if not _meets(q.span, taken)]
    if code:
        taken = [q.span for q in found]
        for mark in read_latin_marks(text, start, stop, code):
            if not _meets(mark.span, taken):
                taken.append(mark.span)
                found.append(mark)
        found += [q for q in read_latin_quantities(text, start, stop, code) if not _meets(q.span, taken)]
        found.sort(key=lambda quantity: quantity.span.start)
    for quantity in found:
        if not _meets(quantity.span, closed):
            yield quantity


def _is_cyrillic(piece: str) -> bool:
    """Return whether a piece of text has more Cyrillic letters than Latin ones."""
    return sum("\u0400" <= sign <= "\u04ff" for sign in piece) > sum(
        sign.isascii() and sign.isalpha() for sign in piece
    )


def _meets(span: Span, closed: Sequence[tuple[int, int] | Span]) -> bool:
    return any(a < span.end and b > span.start for a, b in closed)


def _moved(quantity: Quantity, place: object) -> Quantity:
    """Return a quantity of a composed text with the spans of the text itself."""
    assert callable(place)
    return replace(
        quantity,
        span=place(quantity.span.start, quantity.span.end),
        number_span=place(quantity.number_span.start, quantity.number_span.end),
        noun_span=place(quantity.noun_span.start, quantity.noun_span.end) if quantity.noun_span else None,
    )
