"""What may be shown of somebody: to withhold, to release, to erase, each with its effect told before it is done.

    /review/expose/e-…                      what an edition shows today, what was decided, who may decide what
    /review/expose/e-…?answer=withhold      the same, what it would show then, and the form that decides it
    /review/expose/e-…?answer=erase         what would be blacked and rewritten, and the form that does it
    /review/expose/c-…                      the same of one claim, and of those that say the same in other words

Two steps, because an effect that is told after the fact is told too late, and because everything works without JavaScript.
Nothing here writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final

from regesta.erasure import stretch
from regesta.errors import DecisionError
from regesta.pages import Asked
from regesta.pages.passages import Texts
from regesta.pages.telling import value_of
from regesta.protection.grounds import GROUNDS
from regesta.review import EXPOSING, Exposed, referent_of, tried
from regesta.shelf import Row, Shelf
from regesta.web.review.desk import Desk
from regesta.web.review.forms import sentence
from regesta.web.review.showing import Form, form_of
from regesta.web.review.telling import Told, telling

__all__ = ["ANSWERS", "Exposure", "Stones", "exposure", "value_of_form"]

ANSWERS: Final = (*EXPOSING, "erase")
_SCOPES: Final = ("name", "aliases", "all")
_NAMES: Final = 40
"""Names that are listed of one who would be erased."""


@dataclass(frozen=True, slots=True)
class Stones:
    """What erasing would reach."""

    names: tuple[str, ...]
    """Every name that the sources have, as they have it; of a claim, the words that make it."""
    n_claims: int
    n_mentions: int
    sources: tuple[str, ...]
    """Files that hold it, and keep holding it."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """The page."""

    id: str
    """Of the entity, or of the claim."""
    label: str
    """Its name; of a claim, what it says."""
    typed: str
    """What is typed again before it is erased."""
    address: str
    kind: str
    """In words."""
    is_claim: bool
    now: Exposed | None
    """None where the chronicle is too large to be tried."""
    then: Exposed | None
    stones: Stones | None
    told: tuple[Told, ...]
    """What was decided on it that changes what is shown."""
    answer: str
    """What is chosen, "" where nothing is yet."""
    ground: str
    scope: str
    problem: str
    problem_in: str
    """The language of it."""
    form: Form | None
    """The form that decides it; None before a choice, and where the choice is not possible."""
    may: tuple[tuple[str, bool], ...]
    """Each answer, and whether this reviewer may give it."""
    grounds: tuple[str, ...] = GROUNDS
    scopes: tuple[str, ...] = _SCOPES


@dataclass(frozen=True, slots=True)
class _Target:
    """Whom or what a decision would be about."""

    id: str
    label: str
    typed: str
    address: str
    kind: str
    fingerprint: str
    prints: tuple[str, ...]
    """Of all that decisions about it may name."""
    is_claim: bool = False


def exposure(desk: Desk, asked: Asked) -> Exposure | None:
    """Return the page; None where there is no such entity or claim, or nobody ever mentioned it."""
    shelf = desk.press.shelf
    on = _target(shelf, asked)
    if on is None:
        return None
    live = [one for one in desk.state.on(on.prints) if one.decision.kind in ANSWERS]
    answer = asked.get("answer") if asked.get("answer") in ANSWERS else ""
    ground, scope = asked.get("ground"), asked.get("scope") or "name"
    may = tuple((one, one != "erase" or desk.office.erase is not None) for one in ANSWERS)
    at = datetime.now(UTC)
    log = [one.decision for one in desk.state.entries]
    about = (on.id, *on.prints)
    policy = desk.office.root / "policy.toml"
    given = policy if policy.is_file() else None
    chronicle, exposing = desk.office.library.chronicle, desk.office.exposing
    now = exposing.exposed(chronicle, log, on.id, about, policy=given, on=at.date())
    then, stones, problem, spoken, form = None, None, "", "en", None
    if answer in EXPOSING:
        try:
            new = tried(answer, value_of_form(answer, ground, scope), on.fingerprint, by=desk.name, at=at)
            then = exposing.exposed(
                chronicle, log, on.id, (*about, new.id), policy=given, on=at.date(), then=new
            )
        except DecisionError as error:
            problem, spoken = sentence(error, asked.words)
    elif answer == "erase":
        stones = _stones_of_claim(shelf, on) if on.is_claim else _stones(shelf, on.id)
    if answer and not problem and dict(may)[answer]:
        more = (("answer", answer), ("ground", ground), ("scope", scope), ("entity", on.id))
        form = form_of(desk, "expose", (on.fingerprint,), (), more=more)
    return Exposure(
        on.id, on.label, on.typed, on.address, on.kind, on.is_claim, now, then, stones, telling(desk, live, asked),
        answer, ground, scope, problem, spoken, form, may,
    )  # fmt: skip


def _target(shelf: Shelf, asked: Asked) -> _Target | None:
    words, links = asked.words, asked.links
    claim = shelf.row("select * from claims where id = ?", [asked.key])
    if claim is not None:
        said = f"{words.named('predicate', claim['predicate'])} {value_of(claim, words).in_words}".strip()
        return _Target(
            claim["id"], said, claim["subject_label"], links.to("people", claim["subject"], at=claim["id"]),
            claim["subject_label"], claim["fingerprint"], (claim["fingerprint"],), is_claim=True,
        )  # fmt: skip
    card = shelf.row("select * from entities where id = ?", [asked.key])
    target = referent_of(shelf, asked.key) if card is not None else None
    if card is None or target is None:
        return None
    prints = shelf.rows("select fingerprint from referents where entity = ? order by key", [card["id"]])
    return _Target(
        card["id"], card["label"], card["label"], links.to("people", card["id"]), words.named("kind", card["kind"]), target,
        tuple(row[0] for row in prints),
    )  # fmt: skip


def value_of_form(answer: str, ground: str, scope: str) -> str:
    """Return the value of a decision as the log has it.

    >>> value_of_form("release", "deceased", "all"), value_of_form("withhold", "", "name")
    ('ground=deceased; scope=all', '')
    """
    if answer != "release":
        return ""
    return "; ".join(part for part in (f"ground={ground}" if ground else "", f"scope={scope}" if scope else "") if part)  # fmt: skip


def _stones(shelf: Shelf, entity: str) -> Stones:
    names = shelf.rows(
        "select distinct quote from mentions where entity = ? and form = 'name' order by quote limit ?", [entity, _NAMES]
    )  # fmt: skip
    return Stones(
        tuple(row[0] for row in names),
        shelf.value("select count(*) from claims where subject = ? or value_entity = ?", [entity, entity]),
        shelf.value("select count(*) from mentions where entity = ?", [entity]),
        tuple(row[0] for row in shelf.rows("select distinct source from mentions where entity = ? order by source", [entity])),
    )  # fmt: skip


def _stones_of_claim(shelf: Shelf, on: _Target) -> Stones:
    """Return what goes with the words of a claim: whatever else those very places say."""
    places = shelf.rows(
        "select c.id, e.source, e.start_char, e.end_char from claims c cross join claim_evidence e on e.claim = c.id "
        "where c.fingerprint = ? order by c.id, e.position limit ?", [on.fingerprint, _NAMES],
    )  # fmt: skip
    texts = Texts(shelf)
    of_claim: dict[str, list[Row]] = {}
    for row in places:
        of_claim.setdefault(row["id"], []).append(row)
    claims: set[str] = set()
    n_mentions = 0
    said: dict[tuple[str, str], None] = {}
    for rows in of_claim.values():
        source = rows[0]["source"]
        spans = [(row["start_char"], row["end_char"]) for row in rows if row["source"] == source]
        start, end = stretch(spans, partial(texts.slice, source))
        said[source, texts.slice(source, start, end)] = None
        here = [source, start, end]
        claims |= {
            row[0]
            for row in shelf.rows(
                "select claim from claim_evidence where source = ? and start_char >= ? and start_char < ?",
                here,
            )
        }
        n_mentions += shelf.value(
            "select count(*) from mentions where source = ? and start_char >= ? and start_char < ?", here
        )
    return Stones(
        tuple(dict.fromkeys(words for _, words in said)), len(claims), n_mentions,
        tuple(dict.fromkeys(source for source, _ in said)),
    )  # fmt: skip
