"""Numbers of lists as they are displayed: `3`, `iii`, `C`, `다`, `③`.

Office formats store how a list counts, not what it shows. Styles of counting that are not known here are shown in
digits. Nothing here knows where a list stands.
"""

from __future__ import annotations

__all__ = ["letters", "roman", "shown"]

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SERIES = {
    "ganada": "가나다라마바사아자차카타파하",
    "chosung": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "aiueo": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "iroha": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
    "hebrew2": "אבגדהוזחטיכלמנסעפצקרשת",
    "thaiLetters": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
}
_ENCLOSED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_IDEOGRAPHS = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "koreanCounting", "ideographDigital",
    "japaneseDigitalTenThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "koreanDigital2",
}  # fmt: skip
_DIGITS = "〇一二三四五六七八九"
_KOREAN = "영일이삼사오육칠팔구"


def roman(number: int) -> str:
    """Return a number in small Roman figures, in digits where they have none.

    >>> roman(1994), roman(0)
    ('mcmxciv', '0')
    """
    if not 0 < number < 4000:
        return str(number)
    out = []
    for value, figure in _ROMAN:
        times, number = divmod(number, value)
        out.append(figure * times)
    return "".join(out)


def letters(number: int, *, repeated: bool) -> str:
    """Return `a` to `z` for 1 to 26, then `aa`, `bb` (repeated) or `aa`, `ab`.

    >>> letters(3, repeated=True), letters(28, repeated=True), letters(28, repeated=False)
    ('c', 'bb', 'ab')
    """
    if not 0 < number <= 780:
        return str(number)
    times, place = divmod(number - 1, 26)
    if repeated:
        return chr(97 + place) * (times + 1)
    return (chr(96 + times) if times else "") + chr(97 + place)


def shown(number: int, counting: str) -> str:
    """Return a number as a list shows it; `counting` is a name of ISO 29500 (`ST_NumberFormat`).

    >>> [shown(3, c) for c in ("decimal", "lowerRoman", "upperLetter", "decimalZero", "ganada", "none")]
    ['3', 'iii', 'C', '03', '다', '']
    """
    if counting == "decimal":
        return str(number)
    if counting in {"lowerRoman", "upperRoman"}:
        return roman(number) if counting == "lowerRoman" else roman(number).upper()
    if counting in {"lowerLetter", "upperLetter"}:
        found = letters(number, repeated=True)
        return found if counting == "lowerLetter" else found.upper()
    if counting == "none":
        return ""
    if counting == "decimalZero":
        return f"{number:02d}"
    if counting == "ordinal":
        ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"
    if counting == "numberInDash":
        return f"- {number} -"
    if (series := _SERIES.get(counting)) and 0 < number <= len(series):
        return series[number - 1]
    if counting in _ENCLOSED and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if counting in _IDEOGRAPHS and 0 < number < 100:
        return _ideographic(number, _DIGITS, "十")
    if counting == "koreanDigital" and 0 < number < 100:
        return _ideographic(number, _KOREAN, "십")
    return str(number)


def _ideographic(number: int, digits: str, ten: str) -> str:
    tens, ones = divmod(number, 10)
    head = (digits[tens] if tens > 1 else "") + ten if tens else ""
    return head + (digits[ones] if ones else "")
