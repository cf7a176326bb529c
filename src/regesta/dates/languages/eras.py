"""Years counted from the beginning of a reign, a republic or a founder, as East Asian documents write them.

    民國八十六年 = 1911 + 86 = 1997          昭和元年 = 1926, from 25 December on

A reign has its first and last day, so the first year is short. Where months and days were those of the lunar calendar (China
before 1912, Japan before 1873, Korea before 1896), only the year is certain.

Source: the dates of proclamation of each era; Japan's change of calendar of 1 January 1873, Korea's of 1 January 1896.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["ERAS", "Era"]


class Era(NamedTuple):
    """How an era counts: year 1 is `before + 1`."""

    before: int
    first: str = ""
    """First day, EDTF; empty where the first year is a whole one."""
    last: str = ""
    """Last day; empty where it goes on."""
    lunar_until: int = 0
    """The last year whose months are those of the lunar calendar."""


_NAMED: Final[tuple[tuple[str, Era], ...]] = (
    ("明治 메이지 명치", Era(1867, "1868-10-23", "1912-07-29", lunar_until=1872)),
    ("大正 다이쇼 대정", Era(1911, "1912-07-30", "1926-12-24")),
    ("昭和 쇼와 소화", Era(1925, "1926-12-25", "1989-01-07")),
    ("平成 헤이세이 평성", Era(1988, "1989-01-08", "2019-04-30")),
    ("令和 레이와", Era(2018, "2019-05-01")),
    ("慶応 慶應", Era(1864, lunar_until=9999)),
    ("民國 民国 민국", Era(1911)),
    ("主體 主体 주체", Era(1911)),
    ("檀紀 단기 檀君紀元 단군기원", Era(-2333)),
    ("宣統 宣统 선통", Era(1908, lunar_until=9999)),
    ("光緒 光绪 광서", Era(1874, lunar_until=9999)),
    ("同治 동치", Era(1861, lunar_until=9999)),
    ("咸豐 咸丰 함풍", Era(1850, lunar_until=9999)),
    ("道光 도광", Era(1820, lunar_until=9999)),
    ("嘉慶 嘉庆 가경", Era(1795, lunar_until=9999)),
    ("乾隆 건륭", Era(1735, lunar_until=9999)),
    ("雍正 옹정", Era(1722, lunar_until=9999)),
    ("康熙 강희", Era(1661, lunar_until=9999)),
    ("開國 개국", Era(1391, lunar_until=9999)),
    ("建陽 건양", Era(1895)),
    ("光武 광무", Era(1896)),
    ("隆熙 융희", Era(1906)),
)
ERAS: Final[dict[str, Era]] = {name: era for names, era in _NAMED for name in names.split()}
"""Name of an era -> how it counts."""
