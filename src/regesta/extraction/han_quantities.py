"""Numbers and counters of Korean, Chinese and Japanese: `2만 8천여 명`, `二萬八千人`, `約三百人`, `열두 살`, `1년 6개월`.

    약    400   여      명        이상
    near  number odd    counter   bound       all but the number and the counter may be missing

A number in figures or Han characters counts by the counter behind it, `명 人 名` people, `元 원 円` money; without a counter it is
left to who reads figures in any text. Hangul number words (`두`, `이백`) are read only before a counter, for their syllables stand in
other words too. What is counted beyond the counter, and claims, are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from regesta.dates import myriad_value
from regesta.extraction.ordinals import DAY_OF_MONTH
from regesta.extraction.quantity import Bound, Kind, Quantity
from regesta.text.span import Span

__all__ = ["read_han_quantities"]


def _listed(table: dict[str, str]) -> dict[str, str]:
    return {word: meaning for meaning, words in table.items() for word in words.split()}


_COUNTERS: Final = _listed(
    {
        "count person": "명 사람 인 분 人 名 位 口人",
        "count household": "가구 세대 가정 戶 户 世帯", "count family": "가족 家族", "count ship": "척 艘 隻", "count animal": "마리 匹 頭 头",
        "count place": "곳 군데 か所 カ所 ヶ所", "count case": "건 件", "count time": "회 번 차례 次 回 度", "count house": "채 軒 栋 棟",
        "count vehicle": "대 輛 辆 台", "count country": "개국 个国家 カ国 か国 ヶ国", "count piece": "개 個 个 枚 장", "count volume": "권 冊 册", "count aircraft": "架 機", "count kind": "가지 種 种 종",
        "age year": "세 살 歳 歲 岁 才", "time year": "년간 년 年間 年间 年 해", "time month": "개월 달 個月 个月 箇月 ヶ月 ケ月 カ月 か月 ヵ月",
        "time week": "주일 주간 주 週間 周间 星期 個星期 个星期 周 週", "time day": "일간 일 日間 日间 日 天", "time hour": "시간 時間 小时 小時 个小时 個小時",
        "time minute": "분간 分間 分钟 分鐘 分", "time second": "초 秒間 秒钟 秒", "money KRW": "원 ウォン 韩元 韓元 韓圜", "money CNY": "위안 元 人民币 人民幣",
        "money JPY": "엔 円 日元 日圓", "money USD": "달러 美元 ドル 弗", "money EUR": "유로 欧元 歐元 ユーロ", "money RUB": "루블 卢布 盧布 ルーブル",
        "measure t": "톤 吨 噸 トン", "measure km": "킬로미터 公里 千米 キロメートル ㎞", "measure m": "미터 米 メートル", "measure kg": "킬로그램 公斤 千克 キログラム ㎏ 킬로",
        "measure ha": "헥타르 公顷 公頃 ヘクタール", "measure pyeong": "평 坪", "percent percent": "퍼센트 프로 % ％ パーセント",
    }
)  # fmt: skip
_NATIVE_ONES: Final = {
    "한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "석": 3, "네": 4, "넉": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_NATIVE_TENS: Final = {
    "열": 10, "스무": 20, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_VAGUE: Final = re.compile(
    r"(?:수|몇|数|數|几|幾)\s?(십만|백만|천만|십|백|천|만|억|十万|百万|千万|十萬|百萬|千萬|十|百|千|万|萬|億|亿)?"
)


def _any(words: object) -> str:
    assert isinstance(words, dict | tuple | set)
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_BOUNDS_BEFORE: Final[dict[str, Bound]] = {
    "약": "about", "대략": "about", "거의": "about", "근": "about", "약간": "about", "最少": "min", "최소": "min", "최소한": "min", "적어도": "min", "至少": "min",
    "少なくとも": "min", "최대": "max", "많게는": "max", "最多": "max", "最大": "max", "多达": "max", "多達": "max", "約": "about", "约": "about", "大约": "about",
    "大約": "about", "近": "about", "およそ": "about", "おおよそ": "about", "ほぼ": "about", "超过": "min", "超過": "min", "不到": "max", "无虑": "about",
}  # fmt: skip
_BOUNDS_AFTER: Final[dict[str, Bound]] = {
    "이상": "min", "이하": "max", "미만": "max", "초과": "min", "남짓": "about", "가량": "about", "정도": "about", "쯤": "about", "안팎": "about", "가까이": "about",
    "이 넘는": "min", "을 넘는": "min", "넘게": "min", "以上": "min", "以下": "max", "未満": "max", "左右": "about", "上下": "about", "前後": "about", "余り": "min",
    "あまり": "min", "ほど": "about", "程度": "about", "くらい": "about", "ぐらい": "about", "近く": "about", "を超える": "min",
}  # fmt: skip
_HAN: Final = "〇零○一壹壱二貳贰弐两兩三參叁参四肆五伍六陸陆七柒八捌九玖十拾廿卅百佰千仟万萬億亿兆"
_FIGURES: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_SCALES: Final = "십백천만억조十百千万萬億亿兆"
_NUMBER: Final = rf"(?:{_FIGURES}(?:\s?[{_SCALES}]{{1,2}}(?:\s?{_FIGURES}\s?[{_SCALES}]{{1,2}}|\s?[0-9]{{1,4}}(?![0-9,]))*)?|[{_HAN}]+)"
_SINO: Final = r"(?<![가-힣])(?=[일이삼사오육륙칠팔구]*[십백천만억]|[일이삼사오육칠팔구]{2})[일이삼사오육륙칠팔구십백천만억조]+(?:\s[일이삼사오육륙칠팔구십백천만억]+)?"
_NATIVE: Final = rf"(?<![가-힣])(?:(?:{_any(_NATIVE_TENS)})(?:{_any(_NATIVE_ONES)})?|{_any(_NATIVE_ONES)})"
_COUNTER: Final = _any(_COUNTERS)
_TIMES_OF_NATIVE: Final = (
    "명|사람|분|살|가족|가구|마리|개|달|번|차례|채|척|대|곳|군데|시간|해|주|가지|권|장|세대"
)
_AFTER: Final = rf"(?:\s?(?P<after>{_any(_BOUNDS_AFTER)}))?"
_CLOSED: Final = r"(?![A-Za-z])"
_ODD: Final = r"(?:\s?(?P<odd>여|餘|余|多|数|數))?"
_EDGE: Final = r"(?<![0-9.,A-Za-z$€£¥₩№#-])"


@cache
def _scan() -> re.Pattern[str]:
    """Return the expression that finds a number; made when first asked for."""
    return re.compile(
        rf"(?:(?P<before>{_any(_BOUNDS_BEFORE)})\s?)?(?:"
        rf"(?P<ordinal>제|第)\s?(?P<nth>[0-9]{{1,4}}|[{_HAN}]+)(?P<class>[가-힣]|[一-鿿])?"
        rf"|{_EDGE}(?P<low>{_NUMBER})\s?(?:{_COUNTER})?\s?[~～〜∼–至到-]\s?(?P<high>{_NUMBER})(?:여|餘|余|多)?\s?(?P<range_counter>{_COUNTER})"
        rf"|{_EDGE}(?P<number>{_NUMBER})(?:\s?(?P<nth_after>번째|番目|번째로)|{_ODD}\s?(?P<counter>{_COUNTER})(?:\s?(?P<months>[0-9]{{1,2}})\s?(?:개월|個月|个月|ヶ月|カ月|か月))?|(?P<only_odd>여|餘|余)|(?![0-9]))"
        rf"|(?P<vague>{_VAGUE.pattern.replace('(십만', '(?:십만')})\s?(?P<vague_counter>{_COUNTER})"
        rf"|(?P<native>{_NATIVE})\s?(?P<native_counter>{_TIMES_OF_NATIVE})(?=[^가-힣]|이|가|을|를|은|는|의|와|과|도|로|만|에|씩|째|뿐|$)"
        rf"|(?P<sino>{_SINO})(?P<sino_odd>여)?\s?(?P<sino_counter>명|원|세|개월|년|가구|톤|리|인|달러|마리|호)(?=[^가-힣]|이|가|을|를|은|는|의|와|과|도|로|만|에|간|씩|$)"
        rf"){_AFTER}"
    )  # fmt: skip


_LEAST: Final = {1: 2, 10: 20, 100: 200, 1000: 2000}
_NOT_PERSON: Final = re.compile(r"[一-鿿]")
_GLUED_HAN: Final = frozenset("人名位口年日天分元次回度件本")


def read_han_quantities(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield the quantities of a stretch of East Asian text, in order.

    >>> text = "약 2만 8천여 명이 왔고 열두 살 소녀와 二百人, 5천만 원"
    >>> [(q.span.of(text), q.number, q.unit) for q in read_han_quantities(text, 0, len(text))]
    [('약 2만 8천여 명', 28000, 'person'), ('열두 살', 12, 'year'), ('二百人', 200, 'person'), ('5천만 원', 50000000, 'KRW')]
    """
    at, scan = start, _scan()
    while found := scan.search(text, at, end):
        quantity = _read(text, found)
        if quantity is None:
            at = found.end() if found.end() > found.start() else found.start() + 1
            continue
        yield quantity
        at = max(quantity.span.end, found.start() + 1)


def number_of(written: str) -> float | None:
    """Return the value of a number in figures with scales, or in Han or Sino-Korean characters.

    >>> [number_of(x) for x in ("2만 8천", "1.2亿", "二萬八千", "28,000", "사만 오천", "3千5百")]
    [28000, 120000000, 28000, 28000, 45000, 3500]
    """
    bare = re.sub(r"[\s,]", "", written)
    if "." not in bare:
        return myriad_value(bare)
    figures = re.match(r"[0-9.]+", bare)
    assert figures is not None
    scale = myriad_value("1" + bare[figures.end() :]) if figures.end() < len(bare) else 1
    if scale is None:
        return None
    value = round(float(figures[0]) * scale, 6)
    return int(value) if value.is_integer() else value


def _read(text: str, found: re.Match[str]) -> Quantity | None:
    groups = {name: value for name, value in found.groupdict().items() if value is not None}
    if "ordinal" in groups or "nth_after" in groups:
        return _ordinal(found, groups)
    number: float | None = None
    low: float | None = None
    high: float | None = None
    counter = next((groups[name] for name in groups if name.endswith("counter")), None)
    if "high" in groups:
        low, high = number_of(groups["low"]), number_of(groups["high"])
        if low is None or high is None:
            return None
        scale = re.sub(r"[0-9.,\s]", "", groups["high"])
        if scale and groups["low"].isdecimal() and low < high:
            low = low * (number_of("1" + scale) or 1) if low * 10000 >= high or low < 100 else low
        if low >= high:
            return None
    elif "vague" in groups:
        scale_word = _VAGUE.match(groups["vague"])
        assert scale_word is not None
        low = None if not scale_word[1] else 2 * (myriad_value(scale_word[1]) or 1)
    elif "native" in groups:
        number = _native(groups["native"])
        if text.startswith("째", found.end("native_counter")):
            span = Span(found.start("native"), found.end("native_counter") + 1)
            return Quantity(span=span, number_span=Span(*found.span("native")), kind="ordinal", number=number)
    else:
        number = number_of(groups.get("number") or groups.get("sino") or "")
        if number is None or (counter is None and not _stands_alone(groups)):
            return None
    odd = groups.keys() & {"odd", "only_odd", "sino_odd"}
    bound: Bound | None = _BOUNDS_BEFORE.get(groups.get("before", "")) or _BOUNDS_AFTER.get(
        groups.get("after", "")
    )
    if odd:
        bound = "min"
    kind, unit, is_age = _meaning(counter, groups.get("number") or groups.get("low") or "")
    if "months" in groups and unit == "year" and number is not None:
        number, unit = number * 12 + int(groups["months"]), "month"
    start, stop = found.span()
    name = next(n for n in ("low", "number", "vague", "native", "sino") if n in groups)
    last = found.end("high" if name == "low" else name)
    if name == "number" and _is_name(text, found, counter):
        return None
    if _tells_no_amount(text, found, counter, found.start(name)):
        return None
    return Quantity(
        span=Span(start, stop), number_span=Span(found.start(name), last), kind=kind, number=number, low=low, high=high, unit=unit,
        approximate=bound == "about" or bool(odd) or name == "vague", bound=bound, is_age=is_age,
    )  # fmt: skip


def _meaning(counter: str | None, number: str = "") -> tuple[Kind, str, bool]:
    if counter is None:
        return "bare", "", False
    if counter == "분" and number[:1].isdecimal():
        return "time", "minute", False  # people are counted so with words: "세 분"
    kind, _, unit = _COUNTERS.get(counter, f"count {counter}").partition(" ")
    return ("time", unit, True) if kind == "age" else (kind, unit, False)  # type: ignore[return-value]


def _stands_alone(groups: dict[str, str]) -> bool:
    """Return whether a number without a counter is surely one: figures with an East Asian scale, "2만", or "400여"."""
    return "only_odd" in groups or bool(re.search(rf"[0-9]\s?[{_SCALES}]", groups.get("number", "")))


def _is_name(text: str, found: re.Match[str], counter: str | None) -> bool:
    """Return whether Han characters that could be a number are part of a word: `三人组`, `万一`, `四川`, `十分`."""
    number = found["number"]
    if number[0].isascii():
        return False
    if counter is None:
        return True
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    is_glued = (
        bool(before and _NOT_PERSON.match(before)) and before not in "的了有约約共为為达達者計计和与與及"
    )
    return (
        (len(number) == 1 and is_glued and counter in _GLUED_HAN)
        or (counter == "分" and number == "十")
        or after in ("组", "組", "类", "類")
    )


def _tells_no_amount(text: str, found: re.Match[str], counter: str | None, number: int) -> bool:
    """Return whether a number tells the day or the minute, or which of a row: `13일 저녁`, `7시 50분`, `20대 총선`, `만세`."""
    end = found.end("counter") if found["counter"] else found.end()
    if counter == "일" and found["before"] is None:
        return DAY_OF_MONTH.match(text, number) is not None
    if counter == "분":
        return text[max(0, number - 2) : number].rstrip().endswith("시")
    if counter == "대":
        return _WHICH.match(text, end) is not None
    return counter == "세" and text[number:end] == "만세"


_WHICH: Final = re.compile(r" ?(?:총선|대선|대통령|국회|의원|총리|대표|회장|의장|장관)")


def _native(written: str) -> int:
    for word in sorted(_NATIVE_TENS, key=len, reverse=True):
        if written.startswith(word):
            return _NATIVE_TENS[word] + _NATIVE_ONES.get(written[len(word) :], 0)
    return _NATIVE_ONES[written]


def _ordinal(found: re.Match[str], groups: dict[str, str]) -> Quantity | None:
    written = groups.get("nth") or groups["number"]
    number = number_of(written)
    if number is None:
        return None
    name = "nth" if "nth" in groups else "number"
    span = Span(found.start("ordinal") if "ordinal" in groups else found.start("number"), found.end())
    return Quantity(span=span, number_span=Span(*found.span(name)), kind="ordinal", number=number)
