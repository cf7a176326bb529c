"""The dates of Korean, in Hangul and in Hanja."""

from __future__ import annotations

from regesta.dates.languages import han
from regesta.dates.tongue import Tongue

__all__ = ["KOREAN"]

_AFTER = "(?=에|의|까지|부터|경|쯤|무렵|께|이[후전래]|로|와|과|은|는|을|를|도|엔|[^가-힣]|$)"
_SEASONS = {"봄": 21, "여름": 22, "가을": 23, "겨울": 24, "春": 21, "夏": 22, "秋": 23, "冬": 24}
_QUARTERS = {f"{n}{q}": 32 + n for n in range(1, 5) for q in ("분기", "/4분기", "四半期")}

KOREAN = Tongue(
    code="ko",
    starts=rf"(?:{han.STARTS})|['’][0-9]{{2}}|지난[해달]|올해|금년|작년|내년|이듬해|같은 해|그해|재작년|이달|그달",
    forms=(
        *han.FORMS,
        r"(?P<strict>)(?P<year>[12][0-9]{3})\.\s?(?P<month>1[0-2]|0?[1-9])\.(?!\s?[0-9])",
        r"(?P<strict>)['’]?(?P<short>[0-9]{2})\.\s?(?P<month>1[0-2]|0?[1-9])\.\s?(?P<day>3[01]|[12][0-9]|0?[1-9])(?:\.|(?![0-9.]))",
        r"['’]?(?P<short>[0-9]{2})\s?[년年]\s?(?P<month>1[0-2]|0?[1-9])\s?[월月](?:\s?(?P<day>3[01]|[12][0-9]|0?[1-9])\s?[일日])?",
        r"['’]?(?P<short>[0-9]{2})\s?[년年]\s?%S",
        r"['’](?P<short>[0-9]{2})\s?년(?!\s?(?:동안|간|만|이상|전|뒤|후|째|차|여|가까이|넘게|생|형|식|산|도))",
        r"(?P<strict>)(?<![0-9])(?P<short>[89][0-9])\s?년(?!\s?(?:동안|간|만|이상|전|뒤|후|째|차|여|가까이|넘게|생|형|식|산|도))",
    ),
    seasons=_SEASONS | _QUARTERS,
    relatives={
        "지난해": (-1, "year", "source"), "작년": (-1, "year", "source"), "재작년": (-2, "year", "source"),
        "올해": (0, "year", "source"), "금년": (0, "year", "source"), "내년": (1, "year", "source"),
        "이듬해": (1, "year", "anchor"), "같은 해": (0, "year", "anchor"), "그해": (0, "year", "anchor"),
        "지난달": (-1, "month", "source"), "이달": (0, "month", "source"), "그달": (0, "month", "anchor"),
    },
    bounds_before={},
    bounds_after={
        "까지": "until", "부터": "from", "이전": "before", "전(?=에|까지)": "before", "이후": "after", "이래": "since",
        "현재(?=[,. ]|$)": "as-of", "以前": "before", "以後": "after", "以來": "since",
    },
    approximations_before=("약", "대략", "대략적으로"),
    approximations_after=(f"경{_AFTER}", f"쯤{_AFTER}", f"무렵{_AFTER}", f"께{_AFTER}", "頃"),
    parts_before={},
    parts_after={
        f"초{_AFTER}": "early", "초반": "early", "초엽": "early", "초순": "early", "연초": "early", "초기": "early",
        f"중순{_AFTER}": "mid", "중반": "mid", "중엽": "mid", "중기": "mid",
        f"말{_AFTER}": "end|late", "말엽": "late", "말기": "late", "하순": "late", "연말": "end", "후반": "second-half",
        "전반": "first-half", "상반기": "first-half", "하반기": "second-half", "後半": "second-half", "前半": "first-half",
        "初": "early", "末": "end|late",
    },
    to=("부터", "에서", "내지"),
    between=("과", "와"),
    alternatives=("또는", "혹은"),
    no_more="",
    is_spaced=False,
    plain_words=frozenset(),
    counted=frozenset("명 여명 여 사람 인 가구 가족 세대 원 달러 톤 개 대 척 건 회 번 차례 곳 마리 미터 킬로미터 점".split()),
)  # fmt: skip
