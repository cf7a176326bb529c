"""Numbers as Chinese, Japanese and Korean write them, in digits or in Han and Hangul characters.

    一九九七 1997      千九百九十七 1997      二萬八千 28000      廿三 23      壹佰 100      이백오십 250

Two systems: digits set side by side, and a number with its units (ten, hundred, thousand, then myriads). Both are read by
`myriad_value`. Native Korean counting words (두, 열두) are not read here.
"""

from __future__ import annotations

from typing import Final

__all__ = ["DIGITS", "myriad_value"]

DIGITS: Final[dict[str, int]] = {
    sign: value
    for value, signs in enumerate(
        (
            "〇零○영공",
            "一壹壱弌일",
            "二貳贰弐两兩이",
            "三參叁参삼",
            "四肆사",
            "五伍오",
            "六陸陆육륙",
            "七柒칠",
            "八捌팔",
            "九玖구",
        )
    )
    for sign in signs
}
_SMALL: Final = {
    "十": 10,
    "拾": 10,
    "십": 10,
    "百": 100,
    "佰": 100,
    "백": 100,
    "千": 1000,
    "仟": 1000,
    "천": 1000,
}
_TENS: Final = {"廿": 20, "卅": 30, "卌": 40}
_LARGE: Final = {
    "万": 10**4, "萬": 10**4, "만": 10**4, "亿": 10**8, "億": 10**8, "억": 10**8, "兆": 10**12, "조": 10**12,
}  # fmt: skip

_LONGEST: Final = 18
"""More signs than this are no number."""


def myriad_value(written: str) -> int | None:
    """Return the value of a number in Han or Sino-Korean characters or in ASCII digits, mixed too; None if it is none.

    >>> [myriad_value(x) for x in ("一九九七", "二萬八千", "2만8천", "廿三", "이백오십", "十", "千九百九十七", "一十百")]
    [1997, 28000, 28000, 23, 250, 10, 1997, None]
    """
    if len(written) > _LONGEST:
        return None
    if written.isascii() and written.isdecimal():
        return int(written)
    if all(sign in DIGITS for sign in written):
        return int("".join(str(DIGITS[sign]) for sign in written)) if written else None
    total, part, digits = 0, 0, ""
    last_small, last_large = 10**4, 10**16
    for sign in written:
        if sign in DIGITS or sign.isdecimal():
            digits += str(DIGITS.get(sign, sign))
        elif sign in _TENS:
            if digits or last_small <= 10:
                return None
            part, last_small = part + _TENS[sign], 10
        elif sign in _SMALL:
            unit = _SMALL[sign]
            if unit >= last_small:
                return None
            part, digits, last_small = part + int(digits or 1) * unit, "", unit
        elif sign in _LARGE:
            unit = _LARGE[sign]
            part += int(digits or 0)
            if unit >= last_large:
                return None
            total, part, digits, last_small, last_large = total + (part or 1) * unit, 0, "", 10**4, unit
        else:
            return None
    if len(digits) > 1 and last_small < 10**4:
        return None
    return total + part + int(digits or 0)
