"""What a finding says, in the language of the reader: the check's own sentence, or one made of its code and of what it reckoned.

    F003 {"parts": 21, "sum": 18013, "stated": 18000}   수치 21개를 더하면 18,013, 적힌 총계는 18,000입니다.

A check writes its sentence in English, its dates as EDTF. `SENTENCES` has sentences of other languages for the commonest codes; where it
has none, or a value that the sentence needs is not there, the English one is shown, and `lang` says so. Dates are told in words, 400 x 6 as
400 × 6; quotes and names stay as they are. Nothing here judges.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from regesta.pages.dating import in_words
from regesta.pages.telling import number
from regesta.pages.wording import Words, words_of
from regesta.shelf import Row

__all__ = ["SENTENCES", "Summary", "readable", "summary_of"]

_NEEDS = re.compile(r"\{(\w+)\}")
_MOST = 6
_DAY = r"\d{4}-\d\d(?:-\d\d)?[~?%]?"
_TIMES = re.compile(
    rf"(“[^”]*”)|(?<![\w./-])({_DAY}|(?:\.\.|\d[\dX]{{3}})/(?:\.\.|\d[\dX]{{3}})|\d{{3}}X)(?![\w/-]|\.\w)|(?<=\d) x (?=\d)"
)
"""Quotes, which stay; what a check writes as EDTF; and what it multiplies."""

SENTENCES: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ko": {
            "F001": (
                "{missing}: 어느 기간에도 세어지지 않았습니다.",
                "어느 기간에도 세어지지 않은 때가 있습니다.",
            ),
            "F002": (
                "{label}: 두 수치가 같은 기간을 셉니다.",
                "두 수치가 같은 기간을 셉니다.",
            ),
            "F003": (
                "수치 {parts}개를 더하면 {sum}, 적힌 총계는 {stated}입니다.",
                "적힌 총계를 부분과 견주었습니다.",
            ),
            "F004": (
                "문헌 {entries}건이 본문 어디에서도 인용되지 않습니다.",
                "인용되지 않은 문헌: {markers}",
                "본문 어디에서도 인용되지 않는 문헌이 있습니다.",
            ),
            "F005": ("가리키는 문헌이 없는 표시가 있습니다.",),
            "F006": (
                "문헌 표시가 {before}에서 {after}(으)로 건너뜁니다. 그 사이를 인용하는 본문이 빠져 있습니다.",
                "번호나 표시가 건너뛰거나, 제목 아래 아무것도 없습니다.",
            ),
            "F007": (
                "인용이 하나도 없는 곳: {headings}",
                "다른 곳에서는 인용하는 자료인데 인용이 하나도 없는 곳이 있습니다.",
            ),
            "F008": (
                "{label}: {predicate}, 서로 다른 값 {values}",
                "함께 참일 수 없는 날짜가 있습니다.",
            ),
            "F009": (
                "{label}: 계산 {working}",
                "태어나기 전이나 죽은 뒤의 일인지, 나이와 맞는지 견주었습니다.",
            ),
            "F010": (
                "{label}: 날짜 {when}, 보도 {reported}",
                "인용된 보도의 날짜와 견주었습니다.",
            ),
            "F011": (
                "{label}: {predicate}, 서로 다른 값 {values}",
                "자료마다 값이 다릅니다.",
            ),
            "F012": (
                "표기가 여럿입니다: {spellings}",
                "한 이름을 여러 가지로 적었습니다.",
            ),
            "F013": (
                "{name}: 언급 {mentions}건이 이 이름을 지니며 {people}명으로 나뉘어 있습니다. 날짜가 가장 가까운 것끼리만 견주었으므로 같은 사람이 여럿으로 나뉘었을 수 있습니다.",
                "{label}: 이름이 같은 두 사람일 수 있습니다.",
                "이름이 같은 두 사람일 수 있습니다.",
            ),
            "F014": ("한 사람이 목록에 두 번 나옵니다.",),
            "F015": (
                "{label}: 서로 다른 나이 {values}",
                "그때의 나이를 두 자료가 달리 말합니다.",
            ),
            "F016": (
                "{label}: 계산 {working}",
                "스스로 말한 나이와 형제의 나이를 태어난 해와 견주었습니다.",
            ),
            "F017": (
                "{label}: 여러 구절이 말하는 출생과 나이, 또는 두 사망 날짜를 견주었습니다.",
                "여러 구절이 말하는 출생과 나이, 또는 두 사망 날짜를 견주었습니다.",
            ),
            "F020": (
                "적힌 수는 {stated}, 늘어놓은 수는 {listed}입니다.",
                "적힌 수는 {stated}, 더한 수는 {sum}입니다.",
                "적힌 수를 같은 문장이 늘어놓은 것과 견주었습니다.",
            ),
            "F021": (
                "합이 서로 다릅니다: {totals} (계산: {working})",
                "계산: {working}",
                "합계를 부분과, 그리고 다른 합계와 견주었습니다.",
            ),
            "F022": (
                "계산: {working}",
                "한 번에 온 사람 수를 그해의 수치와 견주었습니다.",
            ),
            "F023": (
                "{years}년 사이에 {more} 늘었습니다. 늦은 총계가 더 큽니다.",
                "때가 다른 총계를 견주었습니다.",
            ),
            "F024": (
                "계산: {working}",
                "머문 기간을 앞뒤 날짜와 견주었습니다.",
            ),
            "F025": (
                "{label}: 계산 {working}",
                "‘한 해 전’ 같은 말이 가리키는 해를 셈했습니다.",
            ),
            "F026": (
                "계산: {working}",
                "{before}에서 {after}(으)로: 말한 것과 반대로 바뀌었습니다.",
                "‘두 배’ 같은 말을 두 수치와 견주었습니다.",
            ),
            "F027": (
                "{label}: 계산 {working}",
                "기념하는 해를 그 일이 있던 해와 견주었습니다.",
            ),
            "F028": (
                "한 해에 많아야 {most}, 그보다 많이 센 해: {years}",
                "정원과 머무는 기간을 한 해에 센 사람 수와 견주었습니다.",
            ),
            "F029": (
                "환율: {working}",
                "두 통화로 적힌 금액의 환율을 셈했습니다.",
            ),
            "F030": (
                "계산: {working}",
                "한 문장이 나눈 수를 그 부분과 견주었습니다.",
            ),
            "F031": (
                "계산: {working}",
                "몇씩 몇인지를 모두와 견주었습니다.",
            ),
            "F032": (
                "정원의 {times}배가 머물렀습니다.",
                "머문 사람 수를 그 시설의 정원과 견주었습니다.",
            ),
            "F033": (
                "계산: {working}",
                "적힌 기간을 곁의 두 날짜와 견주었습니다.",
            ),
            "F034": (
                "계산: {working}",
                "나란히 적힌 부분들을 그 전체와 견주었습니다.",
            ),
            "F035": (
                "계산: {working}",
                "‘그 가운데’ 난이나 총계를 전체와 견주었습니다.",
            ),
            "F036": (
                "계산: {working}",
                "여러 문장에 걸친 수를 그 부분과 견주었습니다.",
            ),
            "F037": (
                "계산: {working}",
                "항목의 수를 더해 곁의 총계와 견주었습니다.",
            ),
            "F038": (
                "계산: {working}",
                "말로 이어진 수들을 견주었습니다.",
            ),
            "F039": (
                "계산: {working}",
                "표의 마지막 행과 열, 또는 재고와 그 흐름을 견주었습니다.",
            ),
            "F040": (
                "{label}: {predicate}, 서로 다른 말 {values}",
                "두 자료의 말이 서로를 배제합니다.",
            ),
            "F041": ("한 금액이 어떻게 바뀌었는지 두 구절이 달리 말합니다.",),
            "F042": ("같은 사람들에게 준 기간이 서로 다른 때에 끝납니다.",),
            "F043": ("처음이라 불린 것을, 더 이른 날짜의 같은 것과 견주었습니다.",),
            "F044": ("같은 것을 두 구절이 처음이나 최고라 부르는지 견주었습니다.",),
            "F045": (
                "규모를 달리 말합니다: {values}",
                "최고라는 말을 같은 단위로 잰 것과 견주었습니다.",
            ),
            "F046": (
                "{label}: 수치가 같습니다: {numbers}",
                "두 자료가 한 대상의 여러 수를 같이 말합니다.",
            ),
            "F047": (
                "{label}: 서로 다른 날짜 {values}",
                "한 일의 날을 두 자료가 달리 말합니다.",
            ),
            "F048": (
                "{label}: 서로 다른 수량 {values}",
                "한 대상의 수량을 두 자료가 달리 말합니다.",
            ),
            "F049": (
                "몇 번째인지 두 자료가 달리 셉니다: {ordinals}",
                "한곳에 처음 왔다는 이가 둘이거나, 처음보다 먼저 있던 것이 있습니다.",
            ),
            "F050": ("가장 크다는 것보다 더 큰 것이 다른 문장에 있습니다.",),
            "F060": (
                "{label}: 시간 순서 {order}",
                "삶의 일들이 시간 순서대로입니다.",
            ),
            "F061": (
                "{label}: 시간 순서 {order}",
                "삶의 일들이 있을 수 없는 순서로 적혀 있습니다.",
            ),
            "F062": (
                "길이 {end}에서 끝나고 {begin}에서 이어집니다. 그 사이는 적혀 있지 않습니다.",
                "제정 {made}, 시행 {force}: 제정보다 먼저 시행되었습니다.",
                "길의 끝이 처음보다 이른 날짜입니다.",
            ),
            "F063": ("펴내기 전에 찾아본 문헌이 있습니다.",),
            "F064": ("문헌의 되돌아가는 표시를 본문의 표시와 견주었습니다.",),
            "F065": ("죽은 뒤나 태어나기 전에 했다는 일이 있습니다.",),
            "F066": ("다른 자료가 말하는 죽음 뒤의 일이 있습니다.",),
            "F067": (
                "자료의 때: {written}. ‘지금’을 말하는 구절 {passages}곳.",
                "자료가 스스로의 때를 말하는 구절입니다.",
            ),
            "F068": ("자료가 지금이라 한 것이 나중 구절에서는 끝나 있습니다.",),
            "F070": (
                "{label}: 항목은 {filed} 아래 있으나 본문의 도착은 {told}입니다.",
                "자료가 말하는 규칙과 다른 날짜 아래에 항목이 있습니다.",
            ),
            "F071": ("목록의 나라로 가지 않은 항목이 있습니다.",),
            "F072": ("목록의 순서를 견주었습니다.",),
            "F080": (
                "{sources}: 같은 구절 {passages}곳, 낱말 {words}개.",
                "두 자료가 같은 말을 씁니다.",
            ),
            "F081": (
                "두 곳의 낱말 {words}개가 같거나 거의 같습니다.",
                "두 자료에 같거나 거의 같은 구절이 있습니다.",
            ),
            "F082": ("한 자료가 같은 구절을 두 번 말합니다.",),
            "F083": (
                "예고되었으나 없는 것: {announced}",
                "예고되었으나 없는 것이 있습니다.",
            ),
            "F084": (
                "{lacks}에 없고 {has}에만 있는 사람 {count}명: {people}",
                "한 목록에만 있는 사람들이 있습니다.",
            ),
            "F085": (
                "{lacks}에는 {after}년과 {before}년 사이에 아무도 없고, {has}에는 있습니다.",
                "목록에 아무도 없는 해가 있습니다.",
            ),
            "F086": (
                "표기가 여럿입니다: {spellings}",
                "이름의 표기만 다릅니다.",
            ),
            "F087": ("두 자료의 문헌이 글자까지 같고 같은 날 찾아보았습니다.",),
            "F088": ("두 자료에 같은 잘못이 있습니다.",),
            "F089": (
                "{lacks}에 없고 {has}에만 있는 사람 {count}명: {people}",
                "날짜가 있는데 같은 일을 다룬 다른 자료에 없는 사람이 있습니다.",
            ),
        }
    }
)
"""By language and code: the first sentence is taken whose values are all there. `label` is whom the check names before a colon."""


class Summary(NamedTuple):
    """A sentence."""

    text: str
    lang: str
    """BCP 47."""


def summary_of(finding: Row, words: Words) -> Summary:
    """Return what a finding says; the row has summary, and code and computed where another language may be wanted.

    >>> from regesta.pages.wording import words_of
    >>> row = {"code": "F003", "summary": "They add up.", "computed": '{"parts": 2, "sum": 5200.0, "stated": 5200}'}
    >>> summary_of(row, words_of("en")), summary_of(row, words_of("ko")).text
    (Summary(text='They add up.', lang='en'), '수치 2개를 더하면 5,200, 적힌 총계는 5,200입니다.')
    """
    english = Summary(readable(finding["summary"], words_of("en")), "en")
    sentences = SENTENCES.get(words.language, {})
    if not sentences or "computed" not in finding.keys():  # noqa: SIM118 - a row has no other way to ask
        return english
    if finding["code"] not in sentences:
        return english
    computed = json.loads(finding["computed"] or "{}")
    label, colon, _ = finding["summary"].partition(": ")
    values = {name: readable(_said(value), words) for name, value in computed.items()}
    if "predicate" in computed:
        values["predicate"] = words.named("predicate", str(computed["predicate"]))
    if colon:
        values["label"] = label
    for sentence in sentences[finding["code"]]:
        if all(values.get(name) for name in _NEEDS.findall(sentence)):
            return Summary(sentence.format(**values), words.language)
    return english


def readable(sentence: str, words: Words) -> str:
    """Return a sentence of a check with its dates in words.

    >>> print(readable("death 1956-06-09 (b-1950-07.txt) before 1957-04: “since 1957-04”", words_of("en")))
    death 9 June 1956 (b-1950-07.txt) before April 1957: “since 1957-04”
    >>> readable("told for 1953/198X, 400 x 6 = 2,400", words_of("en"))
    'told for 1953 to 1980s, 400 × 6 = 2,400'
    """

    def told(found: re.Match[str]) -> str:
        return found[1] or (in_words(found[2], words) if found[2] else " × ")

    return _TIMES.sub(told, sentence)


def _said(value: Any) -> str:
    """Return a reckoned value in figures and commas, "" for what has none."""
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return ""
    if isinstance(value, int | float):
        return (
            str(value) if isinstance(value, int) and 1000 <= value <= 2100 else number(value)
        )  # a year has no comma
    if isinstance(value, list):
        shown = [_said(one) for one in value[:_MOST]]
        return ", ".join(one for one in shown if one) + (" …" if len(value) > _MOST else "")
    return str(value)
