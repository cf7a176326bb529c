"""The dates of Japanese."""

from __future__ import annotations

from regesta.dates.languages import han
from regesta.dates.tongue import Tongue

__all__ = ["JAPANESE"]

_SEASONS = {
    "春": 21,
    "夏": 22,
    "秋": 23,
    "冬": 24,
    "春季": 21,
    "夏季": 22,
    "秋季": 23,
    "冬季": 24,
    "春先": 21,
}
_QUARTERS = {f"第{n}四半期": 32 + i for i, pair in enumerate(("一1", "二2", "三3", "四4"), 1) for n in pair}

JAPANESE = Tongue(
    code="ja",
    starts=rf"(?:{han.STARTS})|昨年|去年|今年|来年|一昨年|翌年|同年|先月|今月|旧暦",
    forms=han.FORMS,
    seasons=_SEASONS | _QUARTERS,
    relatives={
        "昨年": (-1, "year", "source"), "去年": (-1, "year", "source"), "一昨年": (-2, "year", "source"), "今年": (0, "year", "source"),
        "来年": (1, "year", "source"), "翌年": (1, "year", "anchor"), "同年": (0, "year", "anchor"), "先月": (-1, "month", "source"),
        "今月": (0, "month", "source"), "同月": (0, "month", "anchor"),
    },
    bounds_after={
        "まで": "until", "迄": "until", "から": "from", "より": "from", "以前": "before", "前(?![半後期回夜])": "before", "以降": "since",
        "以来": "since", "以後": "after", "後(?![半期])": "after", "現在": "as-of",
    },
    approximations_before=("約", "およそ", "おおよそ"),
    approximations_after=("頃", "ごろ", "ころ", "前後"),
    parts_after={
        "初頭": "early", "初期": "early", "初め": "early", "始め": "early", "はじめ": "early", "前期": "early", "上旬": "early", "初旬": "early",
        "半ば": "mid", "なかば": "mid", "中頃": "mid", "中ごろ": "mid", "中期": "mid", "中葉": "mid", "中旬": "mid",
        "の?末(?!期|裔|路)": "end|late", "末期": "late", "暮れ": "end", "後期": "late", "下旬": "late", "終わり": "end|late",
        "の?前半": "first-half", "の?後半": "second-half", "上半期": "first-half", "下半期": "second-half",
    },
    to=("から", "より", "乃至", "ないし"),
    between=("と",),
    alternatives=("または", "或いは"),
    no_more="",
    is_spaced=False,
    counted=frozenset("人 名 余人 個 隻 戸 円 トン キロ メートル 回 件 歳 才 世帯 家族".split()),
)  # fmt: skip
