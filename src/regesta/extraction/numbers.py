"""Numbers as English writes them: digits, words, fractions, ordinals and vague amounts, each with its exact place.

    between twenty and thirty thousand
            [----)     [-------------)       two numerals; the first borrows the scale of the second
    2½ million     1.2 billion     thirty four     a hundred and fifty     two-thirds     tens of thousands

`read_numeral` reads one numeral at a place where `TRIGGER` matched; it never looks beyond the given bounds. What is
counted, and whether the number counts anything at all, is not asked here.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

__all__ = [
    "GAP",
    "TRIGGER",
    "Form",
    "Numeral",
    "borrow_scale",
    "read_numeral",
    "whole",
    "with_thousands",
    "word_set",
]

_THOUSAND: Final = 1000
_FAR: Final = 20
"""So many times the lower bound of a range the upper one may be, if both are thousands."""
Form = Literal["digits", "words", "ordinal", "vague", "share", "multiple", "long"]

GAP: Final = r"[ \r]?\s[ \t]{0,12}"
"""What may stand between the words of one expression: spaces, or one end of line and an indentation; no blank line."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written in one string.

    >>> sorted(word_set("two one"))
    ['one', 'two']
    """
    return frozenset(words.split())


def _words_of(text: str) -> list[str]:
    return text.split()


_SMALL: Final = {
    word: value
    for value, word in enumerate(
        _words_of(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
_TENS: Final = {
    word: 10 * value
    for value, word in enumerate(_words_of("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
_SCALES: Final = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "lakh": 10**5, "crore": 10**7,
    "millioner": 10**6, "miljoner": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12, "k": 10**3, "m": 10**6,
}  # fmt: skip
_ORDINALS: Final = {
    word: value
    for value, word in enumerate(
        _words_of(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth"
        ),
        1,
    )
} | {f"{word[:-1]}ieth": value for word, value in _TENS.items()}
_LARGEST: Final = 10**18  # that a row of scales may make
_ORDINAL_SCALES: Final = {"hundredth": 100, "thousandth": 1000, "millionth": 10**6}
_VAGUE: Final[dict[str, int | None]] = {
    "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2 * 10**6, "billions": 2 * 10**9,
    "several": None, "few": None, "tens": 20,
}  # fmt: skip
_MULTIPLES: Final[dict[str, float]] = {
    "once": 1, "twice": 2, "thrice": 3, "double": 2, "doubled": 2, "doubling": 2, "triple": 3, "tripled": 3,
    "tripling": 3, "treble": 3, "trebled": 3, "quadruple": 4, "quadrupled": 4, "quintupled": 5, "halved": 0.5, "twofold": 2,
    "threefold": 3, "fourfold": 4, "fivefold": 5, "sixfold": 6, "tenfold": 10, "doubles": 2, "triples": 3,
}  # fmt: skip
_SHARES: Final = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
_GLYPHS: Final = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5,
    "⅙": 1 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
_WORDS: Final = sorted(
    {*_SMALL, *_TENS, *_ORDINALS, *_ORDINAL_SCALES, *_VAGUE, *_MULTIPLES, *(s for s in _SCALES if len(s) > 3)}
    | {"hundred", "dozen", "couple", "pair", "half", "quarter"}
)


def _trigger() -> re.Pattern[str]:
    """One alternation, grouped by first letter, so that most places fail at once."""
    endings: dict[str, list[str]] = {}
    for word in _WORDS:
        endings.setdefault(word[0], []).append(word[1:])
    words = "|".join(f"[{x}{x.upper()}](?:{'|'.join(ends)})" for x, ends in sorted(endings.items()))
    return re.compile(rf"\d|[{''.join(_GLYPHS)}]|(?<![^\W\d_])(?:{words})(?![^\W\d_])")


TRIGGER: Final = _trigger()
"""Finds where a numeral may begin: at every digit, fraction sign and number word; capitals inside a word are not read."""

_DIGITS: Final = re.compile(
    r"""(?P<western> \d{1,3} (?:,\d{3}){1,6} (?!\d) (?:\.\d{1,9})? )
      | (?P<indian>  \d{1,2} (?:,\d{2}){1,4} ,\d{3} (?!\d) )
      | (?P<spaced>  \d{1,3} (?:[ \u00a0\u2007\u2009\u202f]\d{3}){1,6} (?![\d,.]\d|\d) )
      | (?P<quoted>  \d{1,3} (?:['’]\d{3}){1,6} (?!\d) )
      | (?P<german>  \d{1,3} (?: (?:\.\d{3}){2,6} (?:,\d{1,2})? | \.\d{3},\d{1,2} | \.000 ) (?!\d) )
      | (?P<comma>   \d{1,9} ,\d{1,2} (?= [ \u00a0]? (?:million|miljoner|billion|%|km|kg|ton|tonnes?|€|euros?\b|EUR\b|USD\b|francs?\b|marks?\b|kron[aeo]r?\b|kr\b|zł) ) )
      | (?P<plain>   \d+ (?:\.\d{1,9}(?![\d]))? )""",
    re.VERBOSE,
)
_WORD: Final = re.compile(r"[A-Za-z]+")
_BETWEEN: Final = re.compile(rf"[-\u2010\u2011]|{GAP}(?:and{GAP})?")
_SCALE_AFTER: Final = re.compile(
    rf"\+?(?:[-\u2011]|{GAP})?(thousand|millioner|miljoner|million|billion|trillion|lakh|crore|mln|mn|bn|tn)s?(?![^\W\d_])"
    rf"|({GAP})?([kKmM])(?![^\W_]|[²³'’/-])|{GAP}(hundred|dozen)(?![^\W\d_])"
)
_AND_PART: Final = re.compile(
    rf"{GAP}and{GAP}(?:(a|one|three)[ -])?(half|quarter|quarters|third)(?![^\W\d_])(?!{GAP}of{GAP}(?!a{GAP}(?:million|billion)))"
)
_ORDINAL_END: Final = re.compile(r"(?:st|nd|rd|th)(?![^\W_])")
_SLASHED: Final = re.compile(rf"(?<![\d/])(\d{{1,2}})/(\d{{1,3}})(?![\d/])(?={GAP}[a-z])")
_SHARE_WORD: Final = re.compile(
    r"[- ](halves|half|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?)(?![^\W\d_])"
)
_NEXT: Final = re.compile(rf"{GAP}[^\W\d_]")
_OF_WHOLE: Final = re.compile(
    rf"{GAP}of{GAP}(?:the|a|an|all|its|his|her|their|those|these|them|whom|which|our|my|total)(?![^\W\d_])"
)
_ODDS: Final = re.compile(
    rf"{GAP}(?:in|out{GAP}of(?={GAP}every)){GAP}(?:every{GAP})?(?P<of>\d{{1,3}}|two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)"
    rf"(?![\w-]|[.,]\d|{GAP}(?:years?|months?|weeks?|days?|hours?|minutes?|of|and|or|to|[A-Z][a-z]+{GAP}\d{{4}})(?![^\W\d_]))"
)
"""What follows the first of two numbers that make a share: "one in five", "1 in 6 people"."""
_OF_OR_THE: Final = re.compile(
    rf"{GAP}(?:of|the|was|were|is|are|had|has|have|came|come|fled|lived?|arrived|said)(?![^\W\d_])"
)
_OF_SCALE: Final = re.compile(rf"{GAP}of{GAP}(hundreds|thousands|millions|billions)(?![^\W\d_])")
_HALF_SCALE: Final = re.compile(
    rf"(?:{GAP}(?:of{GAP})?(?:a|an)|-a|-)?(?:{GAP}|-)?(hundred|thousand|million|billion|trillion|dozen)(?![^\W\d_])"
)
_HALF_OF: Final = re.compile(rf"{GAP}(?:of|the|his|her|its|their|all|our|my)(?![^\W\d_])")
_HALF_A: Final = re.compile(rf"{GAP}an?(?![^\W\d_])(?={GAP}[a-z])")
_LEFT_SHARE: Final = re.compile(r"(?:^|[^\w])(a|one|three)[- ]$", re.IGNORECASE)
_LEFT_ARTICLE: Final = re.compile(r"(?:^|[^\w-])(an?[ \n])$", re.IGNORECASE)
_OF_ANY: Final = re.compile(rf"{GAP}of(?![^\W\d_])")
_LONGEST: Final = 18
"""More digits than this are an identifier, not a number."""


class Numeral(NamedTuple):
    """One number as written."""

    start: int
    end: int
    form: Form
    value: float | None = None
    """None where the wording gives none: "dozens", "several"."""
    low: float | None = None
    """Of vague amounts, the least that the plural says: "hundreds" is at least 200."""
    scale: float = 1
    """What the last scale word multiplies by: 1,000,000 in "2 million"."""
    approximate: bool = False


def read_numeral(text: str, at: int, end: int, floor: int = 0) -> Numeral | None:
    """Return the numeral whose trigger stands at `at`, within `[floor, end)`; None where the word is no number here.

    It may begin before `at`, with an article: "a hundred".

    >>> [(n.value, n.form) for n in map(lambda x: read_numeral(x, TRIGGER.search(x).start(), len(x)), (
    ...     "2,018", "1.2 billion", "thirty four", "a hundred and fifty", "21st", "two-thirds of them", "dozens"))]
    [(2018, 'digits'), (1200000000, 'digits'), (34, 'words'), (150, 'words'), (21, 'ordinal'), (0.6666666666666666, 'share'), (None, 'vague')]
    """
    first = text[at]
    if first in _GLYPHS:
        return _scaled(text, Numeral(at, at + 1, "digits", _GLYPHS[first]), end)
    if first.isdigit():
        return _digits(text, at, end)
    word = _WORD.match(text, at, end)
    if word is None:
        return None
    lower = word[0].lower()
    if lower in _VAGUE or lower in ("couple", "pair"):
        return _vague(text, word, end, floor)
    if lower in ("half", "quarter"):
        return _half(text, word, end, floor)
    if lower in _MULTIPLES:
        return Numeral(at, word.end(), "multiple", _MULTIPLES[lower])
    return _words(text, at, end, floor)


def borrow_scale(low: Numeral, high: Numeral) -> float | None:
    """Return the value of the lower bound of a range, with the scale of the upper where it is meant for both.

    >>> borrow_scale(Numeral(0, 6, "words", 20), Numeral(11, 26, "words", 30_000, scale=1000))
    20000
    """
    if low.value is None or high.value is None or low.scale != 1 or high.scale == 1:
        return None if low.value is None else with_thousands(low.value, high.value)
    return whole(low.value * high.scale) if low.value < high.value / high.scale else low.value


def with_thousands(low: float, high: float | None) -> float:
    """Return the lower bound of a range, in thousands where only the upper one says so: "10 to 15,000", "20 à 30 000".

    >>> with_thousands(10, 15_000), with_thousands(500, 2_000), with_thousands(3, 900_000)
    (10000, 500, 3)
    """
    is_meant = high and isinstance(low, int) and high % _THOUSAND == 0 and 2 <= low < high / _THOUSAND
    return low * _THOUSAND if is_meant and high and low * _THOUSAND * _FAR >= high else low


def whole(value: float) -> float:
    """Return an int where the value is one; rounding takes away the dust of binary fractions: 8.3 million is no 8300000.000000001."""
    if isinstance(value, int):
        return value
    value = round(value, 9 if abs(value) < _THOUSAND else 4)
    return int(value) if value.is_integer() else value


def _digits(text: str, at: int, end: int) -> Numeral:
    if (slashed := _SLASHED.match(text, at, end)) and 0 < int(slashed[1]) < int(slashed[2]) <= 10:
        return Numeral(at, slashed.end(), "share", int(slashed[1]) / int(slashed[2]))
    match = _DIGITS.match(text, at, end)
    if match is None:  # a digit that `\d` knows stands here, so some alternative holds
        raise AssertionError(text[at:end][:20])
    written = match[0]
    if len(written) > _LONGEST:
        return Numeral(at, match.end(), "long")
    kind = match.lastgroup
    if kind == "german":
        written = written.replace(".", "").replace(",", ".")
    elif kind == "comma":
        written = written.replace(",", ".")
    elif kind != "plain":
        written = re.sub(r"[^\d.]", "", written)
    value: float = float(written) if "." in written else int(written)
    stop = match.end()
    if odds := _odds(text, at, stop, value, end):
        return odds
    if stop < end:
        after = text[stop]
        if after in "snrt" and "." not in written and (ordinal := _ORDINAL_END.match(text, stop, end)):
            return Numeral(at, ordinal.end(), "ordinal", value)
        if after in _GLYPHS:
            value, stop = value + _GLYPHS[after], stop + 1
        elif after == " " and text[at - 1 : at] == "£" and (old := _SHILLINGS.match(text, stop, end)):
            value, stop = value + int(old["s"]) / 20 + int(old["d"] or 0) / 240, old.end()
        elif (
            after == " "
            and (part := _SLASHED.match(text, stop + 1, end))
            and int(part[1]) < int(part[2]) <= 8
        ):
            value, stop = value + int(part[1]) / int(part[2]), part.end()
    return _scaled(text, Numeral(at, stop, "digits", whole(value)), end)


_SHILLINGS: Final = re.compile(r"[ ](?P<s>1?\d)s\b\.?(?:[ ](?P<d>1?\d)d\b\.?)?")
"""What stands behind pounds of old: "£6 10s", "£4 12s. 6d."."""


def _scaled(text: str, numeral: Numeral, end: int) -> Numeral:
    """Add what may follow a number: a scale ("1.2 billion", "20k"), "and a half"."""
    value, stop, scale = numeral.value, numeral.end, 1
    assert value is not None
    if match := _SCALE_AFTER.match(text, stop, end):
        word = (match[1] or match[4] or match[3]).lower()
        if not match[3] or _letter_is_scale(text, numeral.start, match, end):
            scale = {"hundred": 100, "dozen": 12}.get(word) or _SCALES[word]
            value, stop = whole(value * scale), match.end()
    if (part := _AND_PART.match(text, stop, end)) and scale == 1 and value == int(value):
        value += _SHARE_OF[part[2]] * (3 if part[1] == "three" else 1)
        stop = part.end()
        if more := _SCALE_AFTER.match(text, stop, end):
            word = (more[1] or more[4] or "").lower()
            if word:
                scale = {"hundred": 100, "dozen": 12}.get(word) or _SCALES[word]
                value, stop = whole(value * scale), more.end()
    return numeral._replace(end=stop, value=value, scale=scale)


def _odds(text: str, start: int, stop: int, value: float, end: int) -> Numeral | None:
    """Return "one in five" as a share; None of any other number: "two in 1987", "3 in 2 trucks"."""
    if not 0 < value < _FEW or (match := _ODDS.match(text, stop, end)) is None:
        return None
    of = int(match["of"]) if match["of"].isdigit() else _SMALL.get(match["of"]) or _MANY[match["of"]]
    is_odds = value < of and (value == 1 or of <= _FEW or of in _MANY.values())
    return Numeral(start, match.end(), "share", value / of) if is_odds else None


_FEW: Final = 10
_MANY: Final = {"twenty": 20, "hundred": 100}
_SHARE_OF: Final = {"half": 0.5, "quarter": 0.25, "quarters": 0.25, "third": 1 / 3}


def _letter_is_scale(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Tell "3.5m refugees" and "$20k" from "20 m deep": `k` and `M` scale when glued, `m` also behind money or before people."""
    glued, letter = not match[2], match[3]
    if letter == "K" or (letter == "k" and glued):
        return glued
    if letter == "M" and glued:
        return True
    if text[max(0, start - 2) : start].rstrip()[-1:] in tuple("$€£¥₩₹₽₫"):
        return True
    if letter == "M" and _CODED.search(text[max(0, start - 4) : start]):
        return True
    following = _WORD.match(text, match.end() + 1, end)
    return glued and following is not None and following[0].lower() in _BEHIND_MILLION


_CODED: Final = re.compile(r"\b(?:USD|EUR|GBP|CHF|AUD|CAD|JPY|KRW|SEK|NOK|DKK)\s?$")
"""A currency before its sum: "USD 781.8 M"."""
_BEHIND_MILLION: Final = frozenset(
    _words_of(
        "people persons refugees inhabitants residents citizens migrants exiles men women children soldiers dollars euros "
        "pounds rubles roubles won yen yuan marks francs immigrants emigrants asylum defectors workers others"
    )
)


def _words(text: str, at: int, end: int, floor: int) -> Numeral | None:
    """Read a number in words; "and" joins only what is below the last scale, so that "one hundred and two hundred" is two."""
    start = at
    article = _LEFT_ARTICLE.search(text[max(floor, at - 3) : at])
    read = _cardinal(
        text, at, end, is_between=text[max(floor, at - 10) : at].lower().rstrip(" an\n").endswith("betwee")
    )
    if read is None:
        return None
    total, stop, last_scale, form = read
    first = _WORD.match(text, at, end)
    assert first is not None
    lower = first[0].lower()
    if article and (lower in _SCALES or lower in ("hundred", "dozen")):
        start = at - len(article[1])
    if form == "ordinal":
        share = article and lower in _SHARES and _OF_WHOLE.match(text, stop, end)
        if share:
            return Numeral(at - len(article[1]), stop, "share", 1 / _SHARES[lower]) if article else None
        return Numeral(start, stop, "ordinal", total)
    if total < 20 and last_scale == 1 and (part := _SHARE_WORD.match(text, stop, end)):
        word = part[1].lower()
        plural = word.endswith("s")
        is_closed = plural or text[stop] == "-" or not _NEXT.match(text, part.end(), end)
        if plural == (total > 1) and (is_closed or _OF_OR_THE.match(text, part.end(), end)):
            return Numeral(start, part.end(), "share", total / _SHARES[word])
    if odds := _odds(text, start, stop, total, end):
        return odds
    numeral = Numeral(start, stop, "words", total, scale=last_scale)
    if total < 100 and last_scale == 1:
        return _scaled(text, numeral, end)
    return numeral


def _cardinal(
    text: str, at: int, end: int, depth: int = 0, *, is_between: bool = False
) -> tuple[float, int, float, str] | None:
    """Return (value, end, last scale, form) of the longest number in words at `at`.

    "and" joins what is below the last scale; behind a hundred also "one hundred and one thousand", but not after "between".
    """
    total, current, stop, lowest, last = 0, 0, at, 10**15, ""
    scale: float = 1
    place = at
    while (match := _WORD.match(text, place, end)) and match.end() - place <= 13:
        word = match[0].lower()
        if word in _SMALL or (word in _ORDINALS and _ORDINALS[word] < 20):
            value = _SMALL.get(word, _ORDINALS.get(word, 0))
            if not (last in ("", "hundred", "scale") or (last == "ten" and 0 < value < 10)):
                break
            current, last = current + value, "small"
        elif word in _TENS or word in _ORDINALS:
            if last not in ("", "hundred", "scale"):
                break
            current, last = current + _TENS.get(word, _ORDINALS.get(word, 0)), "ten"
        elif word in ("hundred", "hundredth"):
            if last not in ("", "small", "ten") or current >= 100:
                break
            current, last, scale = (current or 1) * 100, "hundred", 100
        elif word == "dozen":
            if last not in ("", "small"):
                break
            current, last, scale = (current or 1) * 12, "dozen", 12
        elif (word in _SCALES and len(word) > 3) or word in _ORDINAL_SCALES:
            value = _SCALES.get(word) or _ORDINAL_SCALES[word]
            if last == "scale" and current == 0:  # "thousand million"
                if total * value > _LARGEST:
                    break
                total, scale = total * value, scale * value
            elif value >= lowest or last == "dozen":
                break
            else:
                total, current, lowest, scale = total + (current or 1) * value, 0, value, value
            last = "scale"
        else:
            break
        stop = match.end()
        if word in _ORDINALS or word in _ORDINAL_SCALES:
            return total + current, stop, scale, "ordinal"
        gap = _BETWEEN.match(text, stop, end)
        if gap is None or last == "dozen":
            break
        if "and" in gap[0]:
            below = (
                _cardinal(text, gap.end(), end, depth + 1)
                if last in ("hundred", "scale") and depth < 3
                else None
            )
            bound = 100 if last == "hundred" else lowest
            if below is None or (below[0] >= bound and (last == "scale" or is_between or below[0] < 1000)):
                break
        place = gap.end()
    if stop == at:
        return None
    return total + current, stop, scale if last in ("hundred", "scale", "dozen") else 1, "words"


_WEDDED: Final = re.compile(r"\b(?:married|young|old|elderly|retired|engaged) $")


def _vague(text: str, match: re.Match[str], end: int, floor: int) -> Numeral | None:
    """Read "dozens", "tens of thousands", "several thousand", "a few", "a couple", "a pair"."""
    at, stop = match.span()
    word = match[0].lower()
    article = _LEFT_ARTICLE.search(text[max(floor, at - 3) : at])
    if word in ("few", "couple", "pair"):
        start = at - len(article[1]) if article else at
        if not article and (word == "few" or not _OF_ANY.match(text, stop, end)):
            return None  # "few" says how little, not how many; "the couple" speaks of two known already
        if word == "couple" and not article and _WEDDED.search(text, max(floor, at - 12), at):
            return None  # "a married couple of chemists"
        if word == "couple" and (more := _SCALE_AFTER.match(text, stop, end)) and more[4] == "hundred":
            return Numeral(start, more.end(), "vague", 200, scale=100, approximate=True)
        low: float | None = None
        if word == "few" and (more := _HALF_SCALE.match(text, stop, end)) and text[stop] != "-":
            low, stop = 2 * ({"hundred": 100, "dozen": 12}.get(more[1]) or _SCALES[more[1]]), more.end()
        return Numeral(start, stop, "vague", None if word == "few" else 2, low, approximate=word != "pair")
    low = _VAGUE[word]
    if word == "tens" and not _OF_SCALE.match(text, stop, end):
        return None
    if word == "several":
        more = _HALF_SCALE.match(text, stop, end)
        if more and text[stop] != "-":
            low = 2 * ({"hundred": 100, "dozen": 12}.get(more[1]) or _SCALES[more[1]])
            stop = more.end()
    elif (more := _OF_SCALE.match(text, stop, end)) and low:
        low, stop = low * (_VAGUE[more[1]] or 0) / 2, more.end()
        low = int(low)
    return Numeral(at, stop, "vague", None, low, approximate=True)


_OF_DESCENT: Final = re.compile(r" [A-Z][a-z]+(?:ish|ian|an|ese|i|ch)\b")
"""What somebody is by one parent: "half Jewish"."""


def _half(text: str, found: re.Match[str], end: int, floor: int) -> Numeral | None:
    """Read "half a million", "half a mile" (the article belongs to the number), "half of", "one-half", "a quarter of"."""
    at, stop = found.span()
    word = found[0].lower()
    left = _LEFT_SHARE.search(text[max(floor, at - 6) : at])
    start = at - (len(left[1]) + 1) if left else at
    value = 1 / _SHARES[word]
    if word == "quarter" and not left:
        return None
    if match := _HALF_SCALE.match(text, stop, end):
        scale = {"hundred": 100, "dozen": 12}.get(match[1]) or _SCALES[match[1]]
        return Numeral(start, match.end(), "words", whole(value * scale), scale=scale)
    if word == "quarter":
        return Numeral(start, stop, "share", value) if _OF_WHOLE.match(text, stop, end) else None
    if article := _HALF_A.match(text, stop, end):
        return Numeral(start, article.end(), "words", value)
    if left or _HALF_OF.match(text, stop, end):
        return Numeral(start, stop, "share", value)
    if text[stop : stop + 1] == "-":
        return Numeral(start, stop, "words", value)
    if _OF_DESCENT.match(text, stop, end):
        return None
    return Numeral(start, stop, "share", value)
