"""What may be shown of somebody: to withhold, to release, to erase, each with its effect told before it is done.

    /review/expose/e-…                      what an edition shows today, what was decided, who may decide what
    /review/expose/e-…?answer=withhold      the same, what it would show then, and the form that decides it
    /review/expose/e-…?answer=erase         what would be blacked and rewritten, and the form that does it

Two steps, because an effect that is told after the fact is told too late, and because everything works without JavaScript.
Nothing here writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from regesta.errors import DecisionError
from regesta.pages import Asked
from regesta.protection.grounds import GROUNDS
from regesta.review import EXPOSING, Exposed, exposed, referent_of, tried
from regesta.shelf import Row
from regesta.web.review.desk import Desk
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
    """Every name that the sources have, as they have it."""
    n_claims: int
    n_mentions: int
    sources: tuple[str, ...]
    """Files that hold it, and keep holding it."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """The page."""

    card: Row
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
    form: Form | None
    """The form that decides it; None before a choice, and where the choice is not possible."""
    may: tuple[tuple[str, bool], ...]
    """Each answer, and whether this reviewer may give it."""
    grounds: tuple[str, ...] = GROUNDS
    scopes: tuple[str, ...] = _SCOPES


def exposure(desk: Desk, asked: Asked) -> Exposure | None:
    """Return the page; None where there is no such entity or nobody ever mentioned it."""
    shelf = desk.press.shelf
    card = shelf.row("select * from entities where id = ?", [asked.key])
    target = referent_of(shelf, asked.key) if card is not None else None
    if card is None or target is None:
        return None
    prints = [row[0] for row in shelf.rows("select fingerprint from referents where entity = ? order by key", [card["id"]])]  # fmt: skip
    live = [one for one in desk.state.on(prints) if one.decision.kind in ANSWERS]
    answer = asked.get("answer") if asked.get("answer") in ANSWERS else ""
    ground, scope = asked.get("ground"), asked.get("scope") or "name"
    may = tuple((one, one != "erase" or desk.office.erase is not None) for one in ANSWERS)
    at = datetime.now(UTC)
    log = [one.decision for one in desk.state.entries]
    about = (card["id"], *prints)
    policy = desk.office.root / "policy.toml"
    own = {"policy": policy if policy.is_file() else None, "on": at.date()}
    chronicle = desk.office.library.chronicle
    now = exposed(chronicle, log, card["id"], about, **own)  # type: ignore[arg-type]
    then, stones, problem, form = None, None, "", None
    value = value_of_form(answer, ground, scope)
    if answer in EXPOSING:
        try:
            new = tried(answer, value, target, by=desk.name, at=at)
            then = exposed(chronicle, [*log, new], card["id"], (*about, new.id), **own)  # type: ignore[arg-type]
        except DecisionError as error:
            problem = str(error)
    elif answer == "erase":
        stones = _stones(desk, card["id"])
    if answer and not problem and dict(may)[answer]:
        more = (("answer", answer), ("ground", ground), ("scope", scope), ("entity", card["id"]))
        form = form_of(desk, "expose", (target,), (), more=more)
    return Exposure(
        card, now, then, stones, telling(desk, live, asked), answer, ground, scope, problem, form, may
    )


def value_of_form(answer: str, ground: str, scope: str) -> str:
    """Return the value of a decision as the log has it.

    >>> value_of_form("release", "deceased", "all"), value_of_form("withhold", "", "name")
    ('ground=deceased; scope=all', '')
    """
    if answer != "release":
        return ""
    return "; ".join(part for part in (f"ground={ground}" if ground else "", f"scope={scope}" if scope else "") if part)  # fmt: skip


def _stones(desk: Desk, entity: str) -> Stones:
    shelf = desk.press.shelf
    names = shelf.rows(
        "select distinct quote from mentions where entity = ? and form = 'name' order by quote limit ?", [entity, _NAMES]
    )  # fmt: skip
    return Stones(
        tuple(row[0] for row in names),
        shelf.value("select count(*) from claims where subject = ? or value_entity = ?", [entity, entity]),
        shelf.value("select count(*) from mentions where entity = ?", [entity]),
        tuple(row[0] for row in shelf.rows("select distinct source from mentions where entity = ? order by source", [entity])),
    )  # fmt: skip
