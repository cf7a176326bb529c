"""What a person types of a correction or an addition, tried on the chronicle before it is written.

    --value 1953-02 ──read by the predicate's type──► or an error that says how it is written
    --quote "..."   ──found in its source──────────► the passage, with what stands around it
    --subject NAME  ──looked up, near the passage──► a fingerprint

The next build reads the same saying in the same way, so that what is taken here is carried out there. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from regesta.cli.targets import Target, Targets, seen
from regesta.errors import DecisionError
from regesta.model import DateValue, EntityValue, QuantityValue, RouteStop, RouteValue, TextValue

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.chronicle.rows import ClaimRow
    from regesta.decisions import Passage, Saying
    from regesta.model import Value

__all__ = ["Typed", "addition", "correction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed behind the target."""

    value: str | None = None
    predicate: str | None = None
    subject: str | None = None
    quote: str | None = None
    source: str | None = None
    when: str | None = None
    where: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was."""
        return self == Typed()


def correction(chronicle: Chronicle, target: Target, typed: Typed) -> Saying:
    """Return what a correction of a claim says; raises `DecisionError` where a build could not carry it out."""
    from regesta.chronicle.rows import ClaimRow
    from regesta.decisions import MADE, Saying

    claim = chronicle.rows(ClaimRow, "fingerprint = ?", [target.fingerprint])[0]
    if claim.method.startswith(MADE):
        raise DecisionError(
            "this claim was made by a decision", found=claim.method.removeprefix(MADE),
            hint="undo that decision, or correct the claim that it corrected",
        )  # fmt: skip
    if typed.predicate is not None:
        raise DecisionError(
            "a correction keeps the predicate", found=typed.predicate,
            hint="reject the claim, and add another: regesta decide add --help",
        )  # fmt: skip
    first = chronicle.evidence(claim)[0]
    start, passage = first.start_char, None
    if typed.quote is not None:
        start, passage = _passage(chronicle, typed.quote, [typed.source or first.source])
    finder = Targets(chronicle)
    subject = _subject(chronicle, finder, typed.subject, first.source, start) if typed.subject else None
    value = _value(finder, claim.predicate, typed.value, _was(claim)) if typed.value is not None else None
    _check_date(typed.when)
    return Saying(value=value, subject=subject, passage=passage, when=typed.when, where=typed.where)


def addition(chronicle: Chronicle, target: Target, typed: Typed) -> tuple[Target, Saying]:
    """Return whom an addition is about, as near to its passage as may be, and what it says; raises `DecisionError`."""
    from regesta.decisions import Saying

    predicate, value = typed.predicate, typed.value or ""
    if predicate is None and ":" in value:
        predicate, value = (part.strip() for part in value.split(":", 1))
    if predicate is None:
        raise DecisionError(
            "nobody knows what it says", hint="say the predicate: --predicate birth --value 1931"
        )
    if typed.quote is None:
        raise DecisionError(
            "a claim needs the words that say it", hint='quote them: --quote "born in 1931" --source list.txt'
        )
    sources = [typed.source] if typed.source else _sources_of(chronicle, target)
    start, passage = _passage(chronicle, typed.quote, sources)
    finder = Targets(chronicle)
    about = target
    if target.entity is not None and passage.source is not None:
        near = _nearest(chronicle, target.entity, passage.source, start)
        about = replace(target, fingerprint=near) if near else target
    found = _value(finder, predicate, value, None)
    _check_date(typed.when)
    return about, Saying(
        value=found, predicate=predicate, passage=passage, when=typed.when, where=typed.where
    )


def _sources_of(chronicle: Chronicle, target: Target) -> list[str]:
    """Return the sources that name somebody."""
    rows = chronicle.sql(
        "select distinct source from mentions where entity = ? order by source", [target.entity]
    )
    return [source for (source,) in rows]


def _passage(chronicle: Chronicle, quote: str, sources: list[str]) -> tuple[int, Passage]:
    """Return where words stand, and the passage: in the one of these sources that has them once."""
    from regesta.decisions import Passage, find_passage, passage_at
    from regesta.decisions.sayings import NOWHERE

    found: list[tuple[int, Passage]] = []
    problem: DecisionError | None = None
    for source in sources:
        text = chronicle.text(source)
        try:
            start, end = find_passage(text, Passage(quote=quote))
        except DecisionError as error:
            if error.problem != NOWHERE or len(sources) == 1:
                raise DecisionError(
                    error.problem, where=source, found=error.found, hint=error.hint
                ) from error
            problem = error
            continue
        found.append((start, passage_at(text, start, end, source)))
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(seen(str(passage.source), 60) for _, passage in found[:4])
        raise DecisionError("several sources have these words", found=names, hint="say which, with --source")
    raise DecisionError(
        "no source that names the subject has these words", found=quote[:60],
        hint="say in which source they stand, with --source, and quote them exactly",
    ) from problem  # fmt: skip


def _nearest(chronicle: Chronicle, entity: str, source: str, start: int) -> str | None:
    """Return the fingerprint of the referent that a source means by an entity, the one named nearest to a place."""
    rows = chronicle.sql(
        "select r.fingerprint from referents r join mentions m on m.referent = r.key "
        "where m.entity = ? and m.source = ? order by abs(m.start_char - ?), r.key limit 1",
        [entity, source, start],
    ).rows
    return rows[0][0] if rows else None


def _subject(chronicle: Chronicle, finder: Targets, who: str, source: str, start: int) -> str:
    target = finder.find(who, "referent")
    near = _nearest(chronicle, target.entity, source, start) if target.entity else None
    return near or target.fingerprint


def _value(finder: Targets, predicate: str, words: str, was: Value | None) -> str:
    """Return the words of a value, somebody's name as a fingerprint; raises where they are no such value."""
    from regesta.decisions import read_value
    from regesta.vocab import predicates

    takes = predicates()[predicate].values if predicate in predicates() else ()
    if "entity" in takes and (was is None or was.type == "entity"):
        try:
            words = finder.find(words, "referent").fingerprint
        except DecisionError:
            if "text" not in takes:
                raise
    read_value(predicate, words, was, _anybody)
    return words


def _anybody(fingerprint: str) -> tuple[str, str]:
    return fingerprint, fingerprint


def _check_date(when: str | None) -> None:
    if when is not None:
        from regesta.decisions import read_value

        read_value("arrival", when, None, _anybody)  # a date as any other


def _was(claim: ClaimRow) -> Value:
    """Return the value of a claim as far as reading another one asks for it."""
    readers: Mapping[str, Callable[[], Value]] = {
        "date": lambda: DateValue(edtf=claim.value_edtf or ""),
        "entity": lambda: EntityValue(key="", label=claim.value_text or ""),
        "quantity": lambda: QuantityValue(number=claim.value_number, unit=claim.value_unit or ""),
        "route": lambda: RouteValue(stops=tuple(RouteStop(text=one.text) for one in claim.value_stops or ())),
    }
    return readers.get(claim.value_type, lambda: TextValue(text=claim.value_text or ""))()
