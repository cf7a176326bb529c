"""Which class a person is of, and why: computed here, confirmed or changed by decisions.

    any signal of risk ──► at_risk      a relative with no story of their own, a child, somebody held, sent back, on the way,
                                        a helper, a witness
    a death            ──► deceased     or a birth too long ago
    an office          ──► public_role  or fame that the source states
    own words          ──► self_disclosed
    nothing of these   ──► named_in_source

A person who merely has relatives is not at risk by that: the relatives are. What somebody lived through before they arrived
is past; what words say lasts, or happened after they went back, is not. What is not known counts as the weaker. Nothing
here reads a chronicle.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from regesta.protection.policy import Column, Policy
from regesta.protection.sketch import Hint, Sketch
from regesta.protection.sketches import first_day, last_day
from regesta.protection.verdicts import PersonClass
from regesta.protection.words import known, words_in

__all__ = ["Judged", "column_of", "is_family", "judge"]

_RECENT = 10
"""Years in which somebody who left and is not known to have arrived may still be on the way; a choice of ours."""
_CROWD = 10
"""People of a group who are not each at risk by what is said of all."""
_OWNERS = frozenset({"his", "her", "their", "my", "our", "whose"})
_BOOKS = frozenset(
    {"memoir", "memoirs", "autobiography", "autobiographies", "autobiographical", "tell-all", "tell"}
)
_TOLD = 8
"""Reasons that are kept of each kind."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a sketch comes to."""

    person_class: PersonClass
    reasons: tuple[str, ...]
    is_minor: bool
    is_kin: bool
    """Known only as somebody's relative or companion."""


def judge(sketch: Sketch, days: Mapping[str, dt.date], policy: Policy, on: dt.date) -> Judged:
    """Return the class of a person and the reasons for it; `days` is what `source_days` returns."""
    minor = _minor(sketch, days, policy)
    dead = _dead(sketch, policy, on)
    kin = _only_kin(sketch)
    risks = [*minor, *kin, *_risks(sketch, days, is_dead=bool(dead))]
    public = _told("public role", sketch.public)
    own = _told("own words", sketch.disclosed)
    if risks:
        return Judged("at_risk", tuple(risks), bool(minor), bool(kin))
    if dead:
        return Judged("deceased", tuple(dead), is_minor=False, is_kin=False)
    if public:
        return Judged("public_role", tuple(public), is_minor=False, is_kin=False)
    if own:
        return Judged("self_disclosed", tuple(own), is_minor=False, is_kin=False)
    return Judged("named_in_source", (), is_minor=False, is_kin=False)


def column_of(sketch: Sketch, person_class: PersonClass, policy: Policy) -> Column:
    """Return the column of the policy that a person or group belongs into."""
    if person_class == "at_risk":
        return "at_risk"
    if sketch.row.is_named and not is_family(sketch):
        return person_class
    return "crowd" if sketch.row.kind == "group" and sketch.size >= policy.k else "unnamed"


def is_family(sketch: Sketch) -> bool:
    """Return whether a group is called by the name of a family: "the Moreau family"."""
    words = words_in(sketch.row.label)
    return (
        sketch.row.kind == "group"
        and bool(words)
        and bool({words[-1], words[0]} & {"family", "familie", "famille", "familia"})
    )


def _minor(sketch: Sketch, days: Mapping[str, dt.date], policy: Policy) -> list[str]:
    """Return why somebody is a minor; empty where they are not."""
    known = [days[source] for source in sketch.sources if source in days]
    now = max(known, default=None)
    births = [day for edtf in sketch.births if (day := last_day(edtf)) is not None]
    if sketch.young and not births:
        return [f"a minor: {sketch.young[0]!r} stands beside the name, and no year"]
    for age in sketch.ages:
        then = last_day(age.when) or (None if age.has_event else days.get(age.source))
        if then is not None:
            births.append(_years_before(then, int(age.years)))
        elif not age.has_event and age.years < policy.minor_below:
            return [f"a minor: aged {age.years:g} in a source without a date"]
    if births:
        youngest = max(births)
        seen = max((day for age in sketch.ages if (day := last_day(age.when)) is not None), default=None)
        spoken = max((day for day in (now, seen) if day is not None), default=None)
        if spoken is None or _years_before(spoken, policy.minor_below) < youngest:
            return [f"a minor: under {policy.minor_below} when the source spoke"]
        return []
    if sketch.row.kind == "group" and sketch.size >= policy.k:
        return []  # "180 children" singles nobody out
    if sketch.called_child:
        return [f"a minor: called a child, age unknown ({sketch.called_child[0]})"]
    return []


def _years_before(day: dt.date, years: int) -> dt.date:
    year = max(1, day.year - max(0, min(years, 200)))
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)


def _dead(sketch: Sketch, policy: Policy, on: dt.date) -> list[str]:
    reasons = [f"a death is told ({claim})" for claim in sketch.deaths[:_TOLD]]
    births = [day for edtf in sketch.births if (day := last_day(edtf)) is not None]
    births += [
        _years_before(day, int(age.years)) for age in sketch.ages if (day := last_day(age.when)) is not None
    ]
    if births and max(births) < _years_before(on, policy.deceased_after):
        reasons.append(f"born more than {policy.deceased_after} years ago")
    return reasons


def _only_kin(sketch: Sketch) -> list[str]:
    """Return why somebody is known only as a relative: no arrival, no later life, no office of their own."""
    label = words_in(sketch.row.label)
    if not sketch.row.is_named:
        is_group = sketch.row.kind == "group"
        called = any(word in known().kin and word not in known().group_nouns for word in label)
        called = called or bool(is_group and label and label[0] in _OWNERS)
        if not (called or sketch.kin) or (is_group and sketch.size >= _CROWD):
            return []
        return ["a relative whom no source names"]
    has_come = len(sketch.arrivals) > sketch.n_lent
    if not sketch.kin or has_come or sketch.later or sketch.public or _spoke(sketch):
        return []
    return [
        f"a relative with no story of their own ({next(filter(None, sketch.kin), 'as the text calls them')})"
    ]


def _risks(sketch: Sketch, days: Mapping[str, dt.date], *, is_dead: bool) -> list[str]:
    """Return the signals of risk that still count."""
    reasons: list[str] = []
    is_out = bool(sketch.arrivals or sketch.later or _spoke(sketch))
    came = max((day for edtf, _ in sketch.arrivals if (day := first_day(edtf)) is not None), default=None)
    for hint in sketch.risks:
        if hint.kind in {"helper", "witness"}:
            if not (is_dead and hint.kind == "witness"):
                reasons.append(_reason(hint))
        elif not is_dead and _counts(hint, came, is_out=is_out):
            reasons.append(_reason(hint))
    if is_dead or (sketch.row.kind == "group" and sketch.size >= _CROWD) or is_out:
        return reasons[:_TOLD]
    if sketch.prisons:
        reasons.append(f"held, and not known to be free ({sketch.prisons[0]})")
    if sketch.departures:
        spoken = max((days[source] for source in sketch.sources if source in days), default=None)
        left = max((day for edtf in sketch.departures if (day := last_day(edtf)) is not None), default=None)
        if left is None or spoken is None or (spoken - left).days < 366 * _RECENT:
            reasons.append("left, and not known to have arrived")
    return reasons[:_TOLD]


def _spoke(sketch: Sketch) -> bool:
    """Return whether somebody appeared in public; that a memoir is told of beside a pronoun proves too little."""
    return any(hint.words.split()[0] not in _BOOKS for hint in sketch.disclosed)


def _counts(hint: Hint, came: dt.date | None, *, is_out: bool) -> bool:
    """Return whether a signal still holds for somebody who came at that time, or is out somehow."""
    if hint.kind == "held" or hint.is_lasting:
        return True
    if not is_out:
        return True
    if hint.kind == "return":
        when = first_day(hint.when)
        return when is not None and came is not None and when > came
    return False


def _reason(hint: Hint) -> str:
    return f"{hint.kind}: {hint.words!r}" + (f" ({hint.claim})" if hint.claim else " beside the name")


def _told(what: str, hints: list[Hint]) -> list[str]:
    return list(
        dict.fromkeys(
            f"{what}: {hint.words!r}" + (f" ({hint.claim})" if hint.claim else " beside the name")
            for hint in hints
        )
    )[:_TOLD]
