"""Numbers that are ages: "aged 21", "at age ten", "Kim, 42,", "father (42)", "when he was nine", "in her late thirties".

"24-year-old" and "ten years old" carry their unit with them and are read with the units.
"""

from __future__ import annotations

import re
from typing import Final

from regesta.extraction.measuring import Before
from regesta.extraction.numbers import GAP, Numeral, word_set
from regesta.extraction.quantity import Quantity
from regesta.extraction.units import is_kin
from regesta.places import demonym, is_place
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["age_before", "tens_of_age"]

_AGED: Final = lazy(
    r"(?<![^\W_])(?:(?:at|by|from|until|since|of|between)\s(?:(?:the|an?)\s)?(?:(?:young|early|tender|ripe)\s)?)?"
    r"(?:ages?|aged)(?:\s(?:of|from|between|just|only|group)|:)?\s?\Z",
    re.IGNORECASE,
)
_YEARS: Final = lazy(rf"{GAP}(?:years?|yrs?)(?![^\W\d_-])")
_WAS: Final = lazy(
    r"(?<![^\W_])(?:when|while|although|though|because|since|as)\s(?:he|she|i)\swas\s(?:(?:only|just|still|about|barely)\s)?\Z"
    r"|(?<![^\W_])turn(?:ed|ing|s)\s\Z",
    re.IGNORECASE,
)
_AT: Final = lazy(
    r"(?:(?:^|[.;,]\s)(?:(?:so|and|but|then)\s)?at\s(?:just\s|only\s)?|(?<![^\W_])at\s(?:just|only)\s)\Z",
    re.IGNORECASE,
)
_AT_AFTER: Final = lazy(rf",?{GAP}(?:he|she|his|her)(?![^\W\d_])")
_LAST_WORD: Final = lazy(r"[^\W\d_][\w’'-]*\Z")
_OF_YEARS: Final = lazy(
    r"(?:\s(?:years|yrs|ans|jahre|años|anos|anni|år|jaar|lat|let|лет)(?:\s(?:old|alt|oud))?)?", re.IGNORECASE
)
"""Years in the languages of lists: nothing else tells the language of "Szabó Gyula, 19 ans, Sopron"."""
_BRACKET_END: Final = lazy(r"\)|,\s?(?:male|female|m\b|f\b)", re.IGNORECASE)
_COMMA_END: Final = lazy(r"[,;)]|\.(?!\d)")
_PLACE_BEFORE: Final = lazy(r"[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)?\Z")
_NEXT_OF_ROW: Final = lazy(r"\)(?:,|;|,? (?:and|y|et|und|e|en)) [^()]{2,40}\(")
"""What stands between two numbers in brackets of a row: "Orla (241) and Lom (27)"."""
_OLDEST: Final = 125
_LIST: Final = lazy(r"(?:,\s|\sand\s|,\sand\s|\sor\s|\sto\s)\Z")
_TENS: Final = {
    "teens": 10, "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip
_PARTS: Final = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
_SEVERAL: Final = word_set("family families household households couple couples group groups crew team")
_NO_NAMES: Final = word_set(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday the in on at vol no volume issue part chapter article "
    "section page pages north south east west"
)


def age_before(
    text: str,
    first: Numeral,
    before: Before,
    stop: int,
    end: int,
    previous: Quantity | None,
    *,
    bare: bool,
    noun: Span | None,
) -> tuple[int, int] | None:
    """Return the span of an age whose words stand before the number or around it; None where the number is no age.

    `bare` says that no unit and no noun follows the number.
    """
    value = first.value
    if value is None or value > _OLDEST or value != int(value):
        return None
    left = before.left
    number_end = stop if bare else first.end
    if (match := _AGED.search(left)) and left[match.start() :].strip():
        years = _YEARS.match(text, number_end, end)
        return before.start - len(left) + match.start(), years.end() if years else number_end
    if not bare:
        is_years = noun is not None and _OF_YEARS.fullmatch(text, first.end, noun.end)
        return _beside_name(text, first, before, first.end, end) if is_years else None
    if previous is not None and previous.is_age and 0 < before.start - previous.span.end < 8:
        between = text[previous.span.end : before.start]
        if _LIST.fullmatch(between):
            return before.start, stop
    if _WAS.search(left):
        return before.start, stop
    if value > 4 and _AT.search(left) and _AT_AFTER.match(text, stop, end):
        return before.start, stop
    if (
        previous is not None
        and not previous.is_age
        and (previous.number or 0) > _OLDEST
        and _NEXT_OF_ROW.fullmatch(text, previous.span.end, before.start)
    ):
        return None  # the number of the name before is no age, nor is this
    return _beside_name(text, first, before, stop, end)


def _beside_name(text: str, first: Numeral, before: Before, stop: int, end: int) -> tuple[int, int] | None:
    """Read "father (42)", "Kim Il (42)", "Kim Il, 42,"."""
    left = before.left
    if first.form != "digits" or not first.value or before.start != first.start:
        return None
    years = _OF_YEARS.match(text, stop, end)
    bare, stop = stop, years.end() if years else stop
    if left.endswith("("):
        if not _BRACKET_END.match(text, stop, end):
            return None
        word = _LAST_WORD.search(left[:-1].rstrip())
    elif left.endswith(", ") and _COMMA_END.match(text, stop, end) and (stop > bare or text[stop] != "."):
        word = _LAST_WORD.search(left[:-2])
    else:
        return None
    if word is None:
        return None
    lower = word[0].lower()
    if lower in _SEVERAL:
        return None  # "the Kos family (4)": so many they are
    if is_kin(lower):
        return before.start, stop
    if not word[0][0].isupper() or word[0].isupper() or lower in _NO_NAMES or first.value < 4:
        return None
    earlier = left[: word.start()].rstrip()
    before_name = _LAST_WORD.search(earlier)
    if left.endswith("("):
        place = _PLACE_BEFORE.search(left[:-1].rstrip())
        is_place_there = (place is not None and is_place(place[0])) or is_place(word[0])
        listed = is_place_there or (word[0].endswith("s") and demonym(word[0]) is not None)
        return None if listed else (before.start, stop)
    return (before.start, stop) if before_name and before_name[0][0].isupper() else None


def tens_of_age(words: str) -> tuple[int, int]:
    """Return the bounds of "in his late thirties".

    >>> tens_of_age("in his thirties"), tens_of_age("in her late 40s")
    ((30, 39), (47, 49))
    """
    parts = re.split(r"[\s-]+", words.lower())
    ten = _TENS.get(parts[-1])
    if ten is None:
        ten = int(re.sub(r"\D", "", parts[-1]))
    if ten == 10:
        return 13, 19
    low, high = _PARTS.get(parts[-2], (0, 9))
    return ten + low, ten + high
