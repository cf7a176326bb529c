"""Claims that people make: corrections of what was read wrongly, and additions of what was not read.

    correct fc-1 = 1953-02        the claim as it was, made anew with another value, subject or passage; the old one stays, deprecated
    add fm-1 birth: 1931          a claim about a referent, with the words of a source as its evidence

Every such claim names its decision as its method, and its evidence is exact. What cannot be made is told, and then nothing of
the decision has an effect. Nothing here looks into a source: passages are found before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from regesta.decisions.sayings import Saying
from regesta.decisions.values import Named, parse_value
from regesta.errors import DecisionError
from regesta.model import Claim, DateValue, Evidence, Qualifiers, Value, content_id

if TYPE_CHECKING:
    from regesta.decisions.world import Standing

__all__ = ["MADE", "Heard", "Made", "add_claims", "correct_claims", "read_value"]

MADE: Final = "decision:"
"""How the method of a claim begins that a decision made; the decision's id follows."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A claim as a document makes it, and what its subject is called there."""

    claim: Claim
    label: str


@dataclass(frozen=True, slots=True)
class Made:
    """A claim that a decision makes."""

    claim: Claim
    label: str
    """Of its subject."""
    decision: str
    replaces: str | None = None
    """Id of the claim that it corrects."""


def correct_claims(
    standing: Standing, saying: Saying, heard: Mapping[str, Heard], place: Evidence | None, named: Named
) -> list[Made]:
    """Return the claims as a correction has them, one for each that has the fingerprint.

    `place` is where the passage stands, if the correction names another. Raises `DecisionError` where it cannot be carried out.
    """
    made = []
    for id_ in standing.on:
        was, label = heard[id_].claim, heard[id_].label
        value = (
            was.value if saying.value is None else read_value(was.predicate, saying.value, was.value, named)
        )
        subject = was.subject
        if saying.subject is not None:
            subject, label = _somebody(saying.subject, named)
        claim = replace(
            was, subject=subject, value=value, when=_when(saying, was, value),
            where=saying.where or was.where, qualifiers=_qualifiers(saying, was.qualifiers),
            evidence=(place, *was.evidence[1:]) if place else was.evidence, confidence=None,
        )  # fmt: skip
        if claim == replace(was, confidence=None):
            raise DecisionError("it says nothing that is other than before")
        made.append(Made(_named(claim, standing.decision.id, id_), label, standing.decision.id, id_))
    return made


def add_claims(standing: Standing, saying: Saying, place: Evidence | None, named: Named) -> list[Made]:
    """Return the claim that an addition makes; raises `DecisionError` where it lacks a predicate, a value or a passage."""
    if saying.predicate is None or saying.value is None or place is None:
        missing = (
            "predicate"
            if saying.predicate is None
            else "value"
            if saying.value is None
            else "words of a source"
        )
        raise DecisionError(f"it has no {missing}", hint="decide again with --predicate, --value and --quote")
    value = read_value(saying.predicate, saying.value, None, named)
    subject, label = _somebody(standing.decision.targets[0], named)
    when = saying.when or (value.edtf if isinstance(value, DateValue) else None)
    claim = Claim(
        id="", subject=subject, predicate=saying.predicate, value=value, when=when, where=saying.where,
        qualifiers=_qualifiers(saying, Qualifiers()), evidence=(place,),
    )  # fmt: skip
    return [Made(_named(claim, standing.decision.id, ""), label, standing.decision.id)]


def read_value(predicate: str, words: str, was: Value | None, named: Named) -> Value:
    """Return the value that words are, by what the predicate takes; raises `DecisionError`."""
    from regesta.vocab import predicates

    known = predicates()
    if predicate not in known:
        import difflib

        near = difflib.get_close_matches(predicate, known, 4) or list(known)[:8]
        raise DecisionError(
            "there is no such predicate", found=predicate[:60], hint=f"such as {', '.join(near)}"
        )
    return parse_value(words, known[predicate].values, was, named)


def _when(saying: Saying, was: Claim, value: object) -> str | None:
    """Return the date of a corrected claim: a date that was its own value changes with it."""
    if saying.when is not None:
        from regesta.dates import bounds
        from regesta.errors import DateError

        try:
            bounds(saying.when)
        except DateError as error:
            raise DecisionError(
                "when is no date", found=saying.when[:60], hint="write EDTF: 1953-02"
            ) from error
        return saying.when
    if isinstance(value, DateValue) and isinstance(was.value, DateValue) and was.when == was.value.edtf:
        return value.edtf
    return was.when


def _qualifiers(saying: Saying, was: Qualifiers) -> Qualifiers:
    names: Sequence[str] = ("modality", "by", "bound", "at_event", "subset")
    said = {name: got for name in names if (got := getattr(saying, name)) is not None}
    return replace(was, **said)


def _somebody(fingerprint: str, named: Named) -> tuple[str, str]:
    found = named(fingerprint)
    if found is None:
        raise DecisionError("nobody has this fingerprint any more", found=fingerprint)
    return found


def _named(claim: Claim, decision: str, was: str) -> Claim:
    """Return a claim with the id of what it says, and its decision as the method."""
    parts = [decision, was, claim.subject, claim.predicate, claim.value, claim.when, claim.qualifiers]
    places = [part for e in claim.evidence for part in (e.source, e.start, e.end)]
    return replace(claim, id=content_id("c", [*parts, *places]), method=f"{MADE}{decision}")
