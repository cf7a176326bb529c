"""The forms of dates that Chinese, Japanese and Korean share: year, month and day, each with its own sign behind it.

    1997年2月12日     一九九七年二月十二日     1997년 2월 12일     平成9年（1997年）2月     民國八十六年

A table of one language adds its own words; this file knows only signs. A date of the lunar calendar is found for what is
certain of it, its year.
"""

from __future__ import annotations

import re
from typing import Final

from regesta.dates.languages.eras import ERAS

__all__ = ["FORMS", "LUNAR", "LUNAR_BEHIND", "STARTS"]

_TILDES: Final = "~～〜∼\\-–—−至到"
_Y: Final = "[年년]"
_M: Final = "[月월]"
_D: Final = "[日일号號]"
_ERAS: Final = "|".join(sorted(ERAS, key=lambda name: (-len(name), name)))
_ERA: Final = rf"(?P<era>{_ERAS})\s?(?P<era_year>[0-9]{{1,4}}|元|원|[〇零一二三四五六七八九十百]{{1,6}})"
_YEAR: Final = r"(?P<year>[12][0-9]{3}|[一二][〇零○一二三四五六七八九]{3}|千[〇一二三四五六七八九十百]{1,6}|(?:西[暦曆历]|公元|서기)\s?[0-9]{3,4})"
_MONTH: Final = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY: Final = r"(?P<day>3[01]|[12][0-9]|0?[1-9]|三十一?|[廿二]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?|[一二三四五六七八九])"
_DAY2: Final = _DAY.replace("<day>", "<day2>")
_BRACKET: Final = rf"(?:\s?[(（](?:(?:{_ERAS})\s?[0-9元원〇零一二三四五六七八九十百]{{1,6}}\s?{_Y}?|[가-힣]{{1,8}}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?)[)）])?"
_YEARS: Final = (
    rf"(?:(?:西[暦曆历]|公元|서기)?\s?{_YEAR}\s?{_Y}{_BRACKET}"
    rf"|{_ERA}\s?(?:(?:{_Y}\s?)?[(（]\s?(?P<also>[12][0-9]{{3}})\s?{_Y}?\s?[)）](?:\s?{_Y})?|{_Y}))"
)
_LEAP: Final = r"(?:\s?(?P<lunar>음력|陰曆|阴历|農曆|农历|旧暦|舊曆|閏|闰|윤))?"
_NO_SPAN: Final = r"(?!\s?(?:의\s?역사|동안|간(?![가-힣])|만에|이상|이하|가까이|넘게|여\s?간|째|차|전(?:에|의|부터|까지|,|\s|$)|뒤|後に|間|间|以上|多年|来の|生))"
"""What shows that "2000년" is a length of time."""

LUNAR: Final = ("음력", "陰曆", "阴历", "農曆", "农历", "夏历", "旧暦", "舊曆", "윤", "閏", "闰")
"""Words before a date that make it one of the lunar calendar."""
LUNAR_BEHIND: Final = re.compile(r"\s?[(（](?:음력|陰曆|阴历|農曆|农历|旧暦|舊曆)[)）]")
STARTS: Final = (
    rf"[0-9]{{1,4}}(?=\s?[년年월月일日号號世세분/／.~～〜∼\-–—−至到(（])|[一二三四五六七八九十千廿卅〇零○]{{1,9}}(?=\s?[年月日世년월일至到~～〜])"
    rf"|西[暦曆历]|公元|서기|기원전|紀元前|前(?=[0-9])|上(?:个|個)?世|지난\s?세기|{_ERAS}"
)
FORMS: Final[tuple[str, ...]] = (
    rf"(?:기원전|서기전|紀元前|公元前|西元前|前)\s?(?P<bc>[0-9]{{1,4}}|[一二三四五六七八九十百]{{1,6}})\s?{_Y}",
    r"(?P<before_christ>기원전|紀元前|公元前)?\s?(?P<century>[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s?(?:세기|世紀|世纪)(?:\s?(?P<decade>[0-9]0|[一二三四五六七八九]十)\s?(?:年代|연대|년대))?",
    r"(?:上(?:个|個)?世[纪紀]|지난\s?세기)\s?(?P<decade>[0-9]0|[一二三四五六七八九]十)\s?(?:年代|연대|년대)",
    r"(?P<decade>(?:1[0-9]|20)[0-9]0|[一二][〇零○一二三四五六七八九]{2}[〇零○])\s?(?:年代|년대|연대)",
    r"(?<![0-9])(?P<decade>[0-9]0|[一二三四五六七八九]十)\s?(?:年代|년대|연대)",
    rf"(?P<year>[12][0-9]{{3}})\s?{_Y}?\s?[{_TILDES}]\s?(?P<year2>[12][0-9]{{3}}|[0-9]{{2}})\s?{_Y}(?!\s?[0-9]{{1,2}}\s?{_M})",
    rf"{_YEARS}{_LEAP}(?:\s?의?\s?{_MONTH}\s?{_M}?\s?[{_TILDES}]\s?(?P<month2>1[0-2]|0?[1-9])\s?{_M}(?!\s?[0-9]{{1,2}}\s?{_D}))",
    rf"{_YEARS}{_LEAP}\s?{_MONTH}\s?{_M}\s?{_DAY}\s?{_D}?\s?[{_TILDES}]\s?{_DAY2}\s?{_D}",
    rf"{_YEARS}{_LEAP}\s?{_MONTH}\s?{_M}(?:\s?(?:{_DAY}\s?{_D}|(?P<lunar_day>初[一二三四五六七八九十])))?",
    rf"{_YEARS}\s?의?\s?(?P<lunar>)(?:正月|(?P<last_month>臘月|腊月|冬月))",
    rf"{_YEARS}\s?[의の的]?\s?%S(?!\w*[학교])",
    rf"{_YEARS}{_NO_SPAN}",
    rf"{_MONTH}\s?{_M}\s?{_DAY}\s?{_D}?\s?[{_TILDES}]\s?{_DAY2}\s?{_D}",
    rf"(?<![0-9.,]){_MONTH}\s?{_M}\s?{_DAY}\s?{_D}",
    rf"(?<![0-9.,])(?P<month>1[0-2]|0?[1-9])\s?{_M}?\s?[{_TILDES}]\s?(?P<month2>1[0-2]|0?[1-9])\s?{_M}(?!급|간|세)",
    rf"(?<![0-9.,]){_MONTH}\s?{_M}(?!급|간|세|드컵|刊|份额|経つ)份?",
    rf"(?<![0-9.,])(?P<lone>){_DAY}\s?{_D}(?!\s?(?:동안|간|만|이상|이하|째|차|뒤|후|전|여|本|間|间|후|后|後|內|内|자|제|정|시|관|반|본|가|요|하|상|련|고|기|당|행|원))",
)  # fmt: skip
"""Of one date; the same for all three, for documents mix them: `1997年` in Korean, `대한민국` years in Hanja."""
