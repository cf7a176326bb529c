"""The dates of Chinese, in simplified and traditional characters."""

from __future__ import annotations

from regesta.dates.languages import han
from regesta.dates.tongue import Tongue

__all__ = ["CHINESE"]

_SEASONS = {
    f"{season}{end}": code
    for season, code in (("春", 21), ("夏", 22), ("秋", 23), ("冬", 24))
    for end in ("", "天", "季")
} | {"夏末": 22, "冬初": 24, "初春": 21, "深秋": 23}
_QUARTERS = {f"第{n}季度": 32 + i for i, pair in enumerate(("一1", "二2", "三3", "四4"), 1) for n in pair}

CHINESE = Tongue(
    code="zh",
    starts=rf"(?:{han.STARTS})|去年|今年|明年|前年|翌年|次年|同年|上月|本月|农历|農曆|阴历|陰曆|廿|卅",
    forms=han.FORMS,
    seasons=_SEASONS | _QUARTERS,
    relatives={
        "去年": (-1, "year", "source"), "今年": (0, "year", "source"), "明年": (1, "year", "source"), "前年": (-2, "year", "source"),
        "翌年": (1, "year", "anchor"), "次年": (1, "year", "anchor"), "同年": (0, "year", "anchor"), "当年": (0, "year", "anchor"),
        "當年": (0, "year", "anchor"), "上月": (-1, "month", "source"), "本月": (0, "month", "source"), "同月": (0, "month", "anchor"),
    },
    bounds_before={"截至": "as-of", "截止": "as-of", "截止到": "as-of", "自": "from", "从": "from", "從": "from", "自从": "since", "自從": "since", "直到": "until", "到": "until", "至": "until"},
    bounds_after={
        "为止": "until", "為止": "until", "以前": "before", "之前": "before", "前(?![往后後来來夕总總任线線半期身锋鋒])": "before",
        "以后": "after", "以後": "after", "之后": "after", "之後": "after", "后(?![来裔期半])": "after", "後(?![來裔期半])": "after",
        "以来": "since", "以來": "since", "起(?![义義诉訴草])": "since", "开始": "since", "開始": "since",
    },
    approximations_before=("大约", "大約", "约", "約", "大概"),
    approximations_after=("前后", "前後", "左右", "(?:[Uu]nd)?许(?=[,，。])"),
    parts_before={},
    parts_after={
        "年初": "early", "初期": "early", "初(?![中级級步次期])": "early", "早期": "early", "前期": "early", "上旬": "early",
        "年中(?=[,，。、;； ]|$)": "mid", "中期": "mid", "中叶": "mid", "中葉": "mid", "中旬": "mid", "年底": "end", "底(?![层層下片])": "end|late",
        "年末": "end", "末期": "late", "末(?![代日])": "end|late", "晚期": "late", "后期": "late", "後期": "late", "下旬": "late",
        "上半年": "first-half", "下半年": "second-half", "前半": "first-half", "后半": "second-half", "後半": "second-half",
        "上半叶": "first-half", "下半叶": "second-half",
    },
    to=("到", "至", "乃至"),
    between=("和", "与", "與"),
    alternatives=("或", "或者"),
    no_more="",
    is_spaced=False,
    counted=frozenset("人 名 余人 餘人 个 個 只 艘 户 戶 元 吨 噸 公里 米 次 件 岁 歲".split()),
)  # fmt: skip
