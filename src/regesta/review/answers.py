"""From what a person answered to a decision that a build can carry out, tried on the shelf first.

    Answer("same", ("fm-1", "fm-2"), why=…)                    ──► what is meant is there
    Answer("prefer", ("fc-1",), …)                             ──► what competes, as a hash: the premise
    Answer("correct", ("fc-1",), value="1953-02", quote=…)     ──► value read by its type, words found in the source
    Answer("explained", ("ff-1",), …)                          ──► what the passages said, to know it again
    Answer("release", ("fm-1",), value="ground=consent", …)    ──► a ground that is known, and the day on which it lapses

The command line asks the same of DuckDB (`cli/saying`). Nothing here writes.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from regesta.decisions import (
    MADE,
    STATUS_OF,
    Passage,
    Saying,
    Seen,
    find_passage,
    kept,
    make,
    passage_at,
    precondition_of,
    read_value,
    saying_of_words,
)
from regesta.decisions.moments import a_year_after
from regesta.errors import DecisionError
from regesta.model import (
    DateValue,
    Decision,
    EntityValue,
    QuantityValue,
    RouteStop,
    RouteValue,
    TextValue,
    Value,
)
from regesta.protection.grounds import read_value as read_exposure
from regesta.review.seeking import Found, entities_named, referent_of
from regesta.shelf import Row, Shelf
from regesta.vocab import predicates

__all__ = ["SETTLING", "Answer", "Several", "decided", "premise_of"]

SETTLING: Final = tuple(STATUS_OF)
"""Kinds of answer that settle a finding."""

_CHOOSING: Final = frozenset({"prefer", "deprecate", "correct"})
_OF: Final[Mapping[str, str]] = {
    **dict.fromkeys(("same", "different", "part-of", "add"), "fm-"),
    **dict.fromkeys(("prefer", "deprecate", "correct"), "fc-"),
    **dict.fromkeys(STATUS_OF, "ff-"),
}
"""How the fingerprints begin that a kind is about; the others are about anything."""
_TABLES: Final = {"fm-": "referents", "fc-": "claims", "ff-": "findings"}
_PRINT = re.compile(r"f[cfm]-[0-9a-f]{16}")
_LONGEST_REASON: Final = 2000
_LONGEST_NAME: Final = 80
_COMMON: Final = 20
"""Findings of one kind that share a passage, from which on the passage tells none of them from the others."""


class Several(DecisionError):  # noqa: N818 - an answer that asks back
    """A name that fits several: they are listed, and nothing is decided."""

    def __init__(self, field: str, what: str, found: tuple[Found, ...]) -> None:
        super().__init__(f"{len(found)} are called so" if found else "nobody of that name", found=what[:80])
        self.field = field
        """Which field of the form is meant: subject or value."""
        self.candidates = found


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a person answered; "" is what was left empty."""

    kind: str
    """One of `model.decision.KINDS`."""
    targets: tuple[str, ...]
    """Fingerprints; ids of decisions for `undo`."""
    why: str
    value: str = ""
    predicate: str = ""
    subject: str = ""
    """A name or an entity's id."""
    source: str = ""
    quote: str = ""
    start: int | None = None
    """Where the words stand, if they were chosen in the text."""
    end: int | None = None
    when: str = ""
    where: str = ""


def decided(shelf: Shelf, answer: Answer, *, by: str, at: datetime) -> Decision:
    """Return the decision that an answer is; raises `DecisionError` where a build could not carry it out.

    `Several` is raised for a name that is nobody's or that several bear.
    """
    name, why = _one_line(by), answer.why.strip()
    if not name or len(name) > _LONGEST_NAME:
        raise DecisionError(f"a name has 1 to {_LONGEST_NAME} characters", hint="say who you are")
    if not why:
        raise DecisionError("there is no reason", hint="say why: who reads it later has nothing else")
    if len(why) > _LONGEST_REASON:
        raise DecisionError(f"the reason is longer than {_LONGEST_REASON:,} characters", hint="shorten it")
    targets, value = answer.targets, None
    if answer.kind == "add":
        targets, value = _addition(shelf, answer)
    elif answer.kind != "undo":
        _look_up(shelf, answer)
        if answer.kind == "correct":
            value = _correction(shelf, answer)
        elif answer.kind in STATUS_OF:
            value = _seen(shelf, targets)
        elif answer.kind in ("withhold", "release"):
            value = str(read_exposure(answer.kind, answer.value)) or None
    premise = premise_of(shelf, targets) if answer.kind in _CHOOSING else None
    expires = a_year_after(at.date()).isoformat() if answer.kind == "release" else None
    return make(
        answer.kind, targets, by=name, why=why, at=at, value=value, precondition=premise, expires=expires
    )


def premise_of(shelf: Shelf, targets: tuple[str, ...]) -> str:
    """Return the fingerprint of the claims that compete with these, as a build reckons it: what a person chose among."""
    found = shelf.rows(
        "select distinct c.fingerprint from json_each(?1) as wanted cross join claims t on t.fingerprint = wanted.value "
        "cross join claims c on c.subject = t.subject and c.predicate = t.predicate "
        "where substr(c.method, 1, ?2) <> ?3 or c.fingerprint in (select value from json_each(?1))",
        [json.dumps(targets), len(MADE), MADE],
    )
    return precondition_of(row[0] for row in found)


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _look_up(shelf: Shelf, answer: Answer) -> None:
    wanted = _OF.get(answer.kind, "")
    for target in answer.targets:
        if not _PRINT.fullmatch(target) or not target.startswith(wanted):
            raise DecisionError("this kind of decision is about something else", found=target[:40])
        if shelf.row(f"select 1 from {_TABLES[target[:3]]} where fingerprint = ?", [target]) is None:  # noqa: S608
            raise DecisionError(
                "what you looked at is not in the chronicle any more", found=target,
                hint="it was built again; look again",
            )  # fmt: skip


def _correction(shelf: Shelf, answer: Answer) -> str:
    claim = shelf.row("select * from claims where fingerprint = ? order by id", [answer.targets[0]])
    assert claim is not None
    if claim["method"].startswith(MADE):
        raise DecisionError(
            "this claim was made by a decision", found=claim["method"].removeprefix(MADE),
            hint="undo that decision, or correct the claim that it corrected",
        )  # fmt: skip
    first = shelf.row(
        "select source, start_char from claim_evidence where claim = ? order by position limit 1",
        [claim["id"]],
    )
    assert first is not None
    start, passage = first["start_char"], None
    if answer.quote.strip() or answer.start is not None:
        start, passage = _passage(shelf, answer, answer.source or first["source"])
    subject = (
        _whom(shelf, "subject", answer.subject, first["source"], start) if answer.subject.strip() else None
    )
    value = (
        _value(shelf, claim["predicate"], answer.value, _was(claim), first["source"], start)
        if answer.value.strip()
        else None
    )
    _check_date(answer.when)
    saying = Saying(
        value=value, subject=subject, passage=passage, when=answer.when.strip() or None, where=answer.where.strip() or None
    )  # fmt: skip
    if saying == Saying():
        raise DecisionError("nothing is corrected", hint="change the value, whom it is about, or the words")
    return saying.written()


def _addition(shelf: Shelf, answer: Answer) -> tuple[tuple[str, ...], str]:
    if not answer.predicate:
        raise DecisionError("nobody knows what it says", hint="choose what is said")
    if shelf.row("select 1 from sources where name = ?", [answer.source]) is None:
        raise DecisionError("no such source", found=answer.source[:80])
    start, passage = _passage(shelf, answer, answer.source)
    about = _whom(shelf, "subject", answer.subject, answer.source, start)
    value = _value(shelf, answer.predicate, answer.value, None, answer.source, start)
    _check_date(answer.when)
    saying = Saying(
        value=value, predicate=answer.predicate, passage=passage, when=answer.when.strip() or None,
        where=answer.where.strip() or None,
    )  # fmt: skip
    return (about,), saying.written()


def _passage(shelf: Shelf, answer: Answer, source: str) -> tuple[int, Passage]:
    """Return where the words stand and the passage that finds them again."""
    length = shelf.value("select n_characters from sources where name = ?", [source])
    if length is None:
        raise DecisionError("no such source", found=source[:80])
    text = shelf.text(source, 0, length)
    if answer.start is not None and answer.end is not None and 0 <= answer.start < answer.end <= len(text):
        start, end = answer.start, answer.end
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if not answer.quote.strip() or text[start:end].split() == answer.quote.split():
            passage = passage_at(text, start, end, source)
            find_passage(text, passage)  # a build has to find it too
            return start, passage
    start, end = find_passage(text, Passage(quote=answer.quote))
    return start, passage_at(text, start, end, source)


def _whom(shelf: Shelf, field: str, who: str, source: str, start: int) -> str:
    """Return the fingerprint of somebody, as near to the passage as may be."""
    if not who.strip():
        raise DecisionError("nobody is named", hint="say whom it is about")
    found = entities_named(shelf, who)
    near = referent_of(shelf, found[0].id, source, start) if len(found) == 1 else None
    if near is None:
        raise Several(field, who, found)
    return near


def _value(shelf: Shelf, predicate: str, words: str, was: Value | None, source: str, start: int) -> str:
    """Return the words of a value as a build reads them, somebody's name as a fingerprint."""
    takes = predicates()[predicate].values if predicate in predicates() else ()
    if "entity" in takes and words.strip() and (was is None or was.type == "entity"):
        try:
            words = _whom(shelf, "value", words, source, start)
        except Several as several:
            if "text" not in takes or several.candidates:
                raise
    read_value(predicate, words, was, lambda fingerprint: (fingerprint, fingerprint))
    return " ".join(words.split())


def _check_date(when: str) -> None:
    if when.strip():
        read_value("arrival", when, None, lambda fingerprint: (fingerprint, fingerprint))


def _was(claim: Row) -> Value:
    """Return the value of a claim as far as reading another one asks for it."""
    readers: Mapping[str, Callable[[], Value]] = {
        "date": lambda: DateValue(edtf=claim["value_edtf"] or ""),
        "entity": lambda: EntityValue(key="", label=claim["value_text"] or ""),
        "quantity": lambda: QuantityValue(number=claim["value_number"], unit=claim["value_unit"] or ""),
        "route": lambda: RouteValue(
            stops=tuple(RouteStop(text=one["text"]) for one in json.loads(claim["value_stops"] or "[]"))
        ),
    }
    return readers.get(claim["value_type"], lambda: TextValue(text=claim["value_text"] or ""))()


def _seen(shelf: Shelf, targets: tuple[str, ...]) -> str:
    """Return what a person sees of findings, to know them again when their passages have changed."""
    wanted = [json.dumps(targets)]
    own = shelf.rows(f"{_MEMBERS} select distinct * from own order by fingerprint, says", wanted)  # noqa: S608
    shared = shelf.rows(f"{_MEMBERS} {_BESIDE}", wanted)
    common = {key for key, n in Counter((row[0], row[1]) for row in shared).items() if n > _COMMON}
    summaries: dict[str, tuple[str, str]] = {}
    says: dict[str, set[str]] = defaultdict(set)
    beside: dict[str, set[str]] = defaultdict(set)
    for row in own:
        one = row["fingerprint"]
        summaries.setdefault(one, (row["kind"], row["summary"]))
        if (one, row["says"]) not in common:
            says[one].add(saying_of_words(row["says"]) if row["is_quote"] else row["says"])
    for one, said, other in shared:
        if (one, said) not in common:
            beside[one].add(other)
    return kept(Seen(one, *summaries[one], frozenset(says[one]), frozenset(beside[one])) for one in summaries)


_MEMBERS = """
with members as (
    select f.fingerprint, f.kind, f.summary, coalesce(c.fingerprint, m.quote) as says, c.fingerprint is null as is_quote
    from findings f join finding_members m on m.finding = f.id left join claims c on c.id = m.claim
), own as (select * from members where fingerprint in (select value from json_each(?1)))
"""
"""The passages of all findings, and of those that are asked for."""

_BESIDE = """
select distinct o.fingerprint, o.says, m.fingerprint from own o
join members m on m.kind = o.kind and m.says = o.says and m.fingerprint <> o.fingerprint
"""
