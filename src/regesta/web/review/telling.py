"""Decisions in words: who decided what about whom, what it says, and what the last build made of it.

A fingerprint is called what the chronicle calls the thing that has it; one that it does not know is shown as it is. What was
decided since the last build waits, and what was taken back says so. Nothing here writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from regesta.decisions import saying_of
from regesta.errors import DecisionError
from regesta.model import Decision
from regesta.pages import Asked
from regesta.pages.telling import value_of
from regesta.review import Entry
from regesta.shelf import Shelf
from regesta.web.review.desk import Desk

__all__ = ["Described", "Told", "described", "telling"]


@dataclass(frozen=True, slots=True)
class Described:
    """What a fingerprint is called."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A decision in words."""

    decision: Decision
    about: tuple[Described, ...]
    says: str
    """What a correction or an addition says."""
    status: str
    """What the last build made of it; `waiting` where it knows nothing of it."""
    note: str
    is_live: bool


def telling(desk: Desk, decisions: Iterable[Entry], asked: Asked) -> tuple[Told, ...]:
    """Return decisions in words, with what became of them."""
    entries = list(decisions)
    names = described(desk, [target for one in entries for target in one.decision.targets], asked)
    found = []
    for one in entries:
        status, note = desk.outcomes.get(one.decision.id, ("waiting", ""))
        if one.status in ("undone", "expired"):
            status, note = one.status, one.note
        about = tuple(names.get(target) or Described(target) for target in one.decision.targets)
        found.append(
            Told(one.decision, about, _says(one.decision, desk.press.shelf), status, note, one.is_live)
        )
    return tuple(found)


def _says(decision: Decision, shelf: Shelf) -> str:
    if decision.kind not in ("correct", "add") or not decision.value:
        return ""
    try:
        saying = saying_of(decision.value)
    except DecisionError:
        return decision.value[:160]
    parts = [
        _named(shelf, part) for part in (saying.value, saying.subject, saying.when, saying.where) if part
    ]
    if saying.passage is not None:
        parts.append(f"“{saying.passage.quote[:120]}”")
    return ", ".join(parts)


def _named(shelf: Shelf, words: str) -> str:
    if not words.startswith("fm-"):
        return words[:160]
    return str(shelf.value("select label from referents where fingerprint = ?", [words]) or words)


def described(desk: Desk, fingerprints: Iterable[str], asked: Asked) -> dict[str, Described]:
    """Return what fingerprints and ids of decisions are called in this chronicle; unknown ones are left out."""
    shelf, links, words = desk.press.shelf, asked.links, asked.words
    wanted = json.dumps(sorted(set(fingerprints)))
    found: dict[str, Described] = {}
    for row in shelf.rows(_REFERENTS, [wanted]):
        found.setdefault(
            row["fingerprint"],
            Described(f"{row['label']} ({row['source']})", links.to("people", row["entity"])),
        )
    for row in shelf.rows(_CLAIMS_OF, [wanted]):
        told = f"{row['subject_label']}: {words.named('predicate', row['predicate'])} {value_of(row, words).in_words}"
        found.setdefault(
            row["fingerprint"], Described(told[:200], links.to("people", row["subject"], at=row["id"]))
        )
    for row in shelf.rows(_FINDINGS_OF, [wanted]):
        found.setdefault(
            row["fingerprint"], Described(row["summary"][:200], links.to("review/findings", item=row["id"]))
        )
    for one in desk.state.entries:
        if one.decision.kind != "undo":
            kind = words.named("decision", one.decision.kind)
            found.setdefault(
                one.decision.id, Described(f"{kind} — {one.decision.by}: {one.decision.why[:80]}")
            )
    return found


_REFERENTS = """
select r.fingerprint, r.label, r.source, r.entity from json_each(?) as wanted
cross join referents r on r.fingerprint = wanted.value order by r.key
"""

_CLAIMS_OF = """
select c.* from json_each(?) as wanted cross join claims c on c.fingerprint = wanted.value order by c.source, c.id
"""

_FINDINGS_OF = """
select f.fingerprint, f.id, f.summary from json_each(?) as wanted cross join findings f on f.fingerprint = wanted.value
"""
