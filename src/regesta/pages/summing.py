"""What a finding says, in the language of the reader: the check's own sentence, or one made of its code and of what it reckoned.

    F003 {"parts": 21, "sum": 18013, "stated": 18000}   수치 21개를 더하면 18,013, 적힌 총계는 18,000입니다.

A check writes its sentence in English. `SENTENCES` has sentences of other languages for the commonest codes; where it has none, or a
value that the sentence needs is not there, the English one is shown, and `lang` says so. Quotes and names stay as they are.
Nothing here judges.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from regesta.pages.telling import number
from regesta.pages.wording import Words
from regesta.shelf import Row

__all__ = ["SENTENCES", "Summary", "summary_of"]

_NEEDS = re.compile(r"\{(\w+)\}")
_MOST = 6

SENTENCES: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ko": {
            "F001": ("{missing}: 어느 기간에도 세어지지 않았습니다.",),
            "F003": ("수치 {parts}개를 더하면 {sum}, 적힌 총계는 {stated}입니다.",),
            "F004": (
                "문헌 {entries}건이 본문 어디에서도 인용되지 않습니다.",
                "인용되지 않은 문헌: {markers}",
            ),
            "F006": (
                "문헌 표시가 {before}에서 {after}(으)로 건너뜁니다. 그 사이를 인용하는 본문이 빠져 있습니다.",
            ),
            "F007": ("인용이 하나도 없는 곳: {headings}",),
            "F008": ("{label}: {predicate}, 서로 다른 값 {values}",),
            "F010": ("{label}: 날짜 {when}, 보도 {reported}",),
            "F011": ("{label}: {predicate}, 서로 다른 값 {values}",),
            "F012": ("표기가 여럿입니다: {spellings}",),
            "F020": (
                "적힌 수는 {stated}, 늘어놓은 수는 {listed}입니다.",
                "적힌 수는 {stated}, 더한 수는 {sum}입니다.",
            ),
            "F021": ("합이 서로 다릅니다: {totals} (계산: {working})", "계산: {working}"),
            "F022": ("계산: {working}",),
            "F023": ("{years}년 사이에 {more} 늘었습니다. 늦은 총계가 더 큽니다.",),
            "F024": ("계산: {working}",),
            "F025": ("{label}: 계산 {working}",),
            "F026": ("계산: {working}",),
            "F027": ("{label}: 계산 {working}",),
            "F028": ("한 해에 많아야 {most}, 그보다 많이 센 해: {years}",),
            "F029": ("환율: {working}",),
            "F040": ("{label}: {predicate}, 서로 다른 말 {values}",),
            "F045": ("규모를 달리 말합니다: {values}",),
            "F046": ("{label}: 수치가 같습니다: {numbers}",),
            "F060": ("{label}: 시간 순서 {order}",),
            "F080": ("{sources}: 같은 구절 {passages}곳, 낱말 {words}개.",),
            "F081": ("두 곳의 낱말 {words}개가 같거나 거의 같습니다.",),
            "F083": ("예고되었으나 없는 것: {announced}",),
            "F084": ("{lacks}에 없고 {has}에만 있는 사람 {count}명: {people}",),
            "F085": ("{lacks}에는 {after}년과 {before}년 사이에 아무도 없고, {has}에는 있습니다.",),
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
    english = Summary(finding["summary"], "en")
    sentences = SENTENCES.get(words.language, {})
    if not sentences or "computed" not in finding.keys():  # noqa: SIM118 - a row has no other way to ask
        return english
    if finding["code"] not in sentences:
        return english
    computed = json.loads(finding["computed"] or "{}")
    label, colon, _ = finding["summary"].partition(": ")
    values = {name: _said(value) for name, value in computed.items()}
    if "predicate" in computed:
        values["predicate"] = words.named("predicate", str(computed["predicate"]))
    if colon:
        values["label"] = label
    for sentence in sentences[finding["code"]]:
        if all(values.get(name) for name in _NEEDS.findall(sentence)):
            return Summary(sentence.format(**values), words.language)
    return english


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
