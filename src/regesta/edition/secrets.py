"""What of the claims that are withheld or made coarser is a secret, and what others say of the same person anyway.

    route of Ann, made coarser   "Hong Kong", "Kimpo Airport"     arrival of Ann, shown: at Kimpo Airport    ──►  no secret
    companion, withheld          "the scientist A and the writer B"   both shown, each by a role             ──►  "and": no secret
    age, withheld                "No Kum (age 21"                 No Kum is shown                            ──►  "(age 21"

The passage of a claim without a secret cuts nothing, and its words are not looked for. Nothing here judges a claim.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.protection import Plan

__all__ = ["Told", "is_filler", "left_of", "secrets_of"]

_FILLERS: Final = frozenset(
    "a an the and or of in on at was were is are has had then also later und der die das et le la les y el los и в".split()
)
"""Words that join others and say nothing by themselves; none of company, descent or direction."""
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Told:
    """What of a withheld claim has to be known to cut it: where its subject and its words stand."""

    subject: str
    words: tuple[str, ...]


def secrets_of(chronicle: Chronicle, plan: Plan) -> dict[str, Told]:
    """Return what claims say that are withheld or made coarser, as far as the edition does not say it.

    A claim that is not in what is returned has nothing to hide.
    """
    said = _said(plan)
    found: dict[str, Told] = {}
    query = (
        "select id, source, subject, value_text, value_entity, where_text, when_edtf, value_stops from claims"
    )
    for id_, source, subject, value, entity, where, when, stops in chronicle.stream(query):
        verdict = plan.verdicts.get(id_)
        if verdict is not None and verdict.action == "show":
            continue
        row = verdict.row if verdict else None
        left = {row.value_text, row.where_text, *(s.text for s in row.value_stops or ())} if row else set()
        words = [where, *(stop["text"] for stop in stops or ())]
        exposure = plan.exposures.get(entity) if entity else None
        if exposure is None or exposure.shown != "name":
            words.append(value)
        others = said.get((source, subject), ())
        lost = tuple(w for w in dict.fromkeys(words) if w and w not in left)
        if row is not None and row.value_type == "route":
            lost = tuple(w for w in lost if not any(w.casefold() in text for text in others))
            if not lost and row.when_edtf == when:
                continue
        found[id_] = Told(subject, lost)
    return found


def _said(plan: Plan) -> dict[tuple[str, str], list[str]]:
    """Return the words that a document is shown to say of somebody."""
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for verdict in plan.verdicts.values():
        row = verdict.row
        if row is not None and verdict.action == "show":
            texts = (row.where_text, row.value_text if row.value_type == "text" else None)
            said[row.source, row.subject] += [text.casefold() for text in texts if text]
    return said


def left_of(
    text: str, spans: Iterable[tuple[int, int]], shown: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return what of `spans` lies outside of the sorted spans `shown`, without what joins words and says nothing.

    >>> told = "the scientist Ann Lee and the writer Bo Berg"
    >>> left_of(told, [(4, 44)], [(4, 21), (30, 44)])
    []
    >>> [told[s:e] for s, e in left_of(told, [(4, 44)], [(14, 21)])]
    ['scientist', 'writer Bo Berg']
    """
    found = []
    for start, end in spans:
        here = start
        for low, high in (*((s, e) for s, e in shown if e > start and s < end), (end, end)):
            found += _trimmed(text, here, low)
            here = max(here, high)
    return found


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    words = list(_WORD.finditer(text, start, end)) if end > start else []
    while words and is_filler(words[0][0]):
        del words[0]
    while words and is_filler(words[-1][0]):
        del words[-1]
    return [(words[0].start(), words[-1].end())] if words else []


def is_filler(text: str) -> bool:
    """Return whether all words of a text only join others.

    >>> is_filler(" and in the "), is_filler(" with "), is_filler(", ")
    (True, False, True)
    """
    return all(word.casefold() in _FILLERS for word in _WORD.findall(text))
