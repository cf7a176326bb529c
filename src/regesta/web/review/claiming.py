"""Claims on the desk: one to be judged, one to be corrected, words of a source that become one.

    /review/claim/c-…     its passages, what else is said of it, what was decided on it
    /review/correct/c-…   its value as a person would type it, its words, whom it is about
    /review/add           words of a source, and what is claimed with them already

Nothing here reads a form or writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from regesta.pages import Asked
from regesta.pages.passages import Passage, Texts, quoted
from regesta.pages.telling import value_of
from regesta.review import Found, premise_of
from regesta.shelf import Row
from regesta.vocab import predicates
from regesta.web.review.desk import Desk
from regesta.web.review.showing import CHOICES, ClaimView, Form, claim_view, form_of, titles_of
from regesta.web.review.telling import Told, telling

__all__ = ["Addition", "ClaimPage", "Correction", "addition", "claim", "correction", "rivals_of"]


_RIVALS = 12


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """One claim, to be judged."""

    claim: ClaimView
    rivals: tuple[ClaimView, ...]
    told: tuple[Told, ...]
    """What was decided on it."""
    form: Form
    titles: dict[str, str]
    is_made: bool
    """A decision made it."""


def claim(desk: Desk, asked: Asked) -> ClaimPage | None:
    """Return the page of a claim; None where there is none."""
    shelf = desk.press.shelf
    row = shelf.row("select * from claims where id = ?", [asked.key])
    if row is None:
        return None
    view = claim_view(shelf, [row], asked)[0]
    rivals = rivals_of(desk, row, asked)
    premise = premise_of(shelf, (row["fingerprint"],))
    form = form_of(
        desk, "decide", (row["fingerprint"],), CHOICES["claim"], more=(("claim", row["id"]),), premise=premise
    )
    given = (("answer", asked.get("answer")),) if asked.get("answer") else ()
    entries = [one for one in desk.state.by_target.get(row["fingerprint"], ()) if one.decision.kind != "undo"]
    return ClaimPage(
        view, rivals, telling(desk, entries, asked), replace(form, given=given),
        titles_of(desk.press.shelf, (*view.passages, *(p for r in rivals for p in r.passages))), row["method"].startswith("decision:"),
    )  # fmt: skip


def rivals_of(desk: Desk, row: Row, asked: Asked) -> tuple[ClaimView, ...]:
    """Return what else is said with this predicate of this subject."""
    rows = desk.press.shelf.rows(
        "select * from claims where subject = ? and predicate = ? and id <> ? order by source, id limit ?",
        [row["subject"], row["predicate"], row["id"], _RIVALS],
    )
    return claim_view(desk.press.shelf, rows, asked)


@dataclass(frozen=True, slots=True)
class Correction:
    """A claim, to be corrected."""

    claim: ClaimView
    type: str
    """Of its value."""
    quote: str
    typed: str
    """Its value as it would be typed."""
    form: Form
    told: tuple[Told, ...]
    """What was decided on it."""
    candidates: tuple[Found, ...] = ()
    field: str = ""
    titles: Mapping[str, str] | None = None


def correction(desk: Desk, asked: Asked) -> Correction | None:
    """Return the form that corrects a claim; None where there is none."""
    shelf = desk.press.shelf
    row = shelf.row("select * from claims where id = ?", [asked.key])
    if row is None:
        return None
    view = claim_view(shelf, [row], asked)[0]
    first = shelf.row("select * from claim_evidence where claim = ? order by position limit 1", [row["id"]])
    form = form_of(
        desk, "correct", (row["fingerprint"],), (), more=(("claim", row["id"]),),
        premise=premise_of(shelf, (row["fingerprint"],)),
    )  # fmt: skip
    quote = first["quote"] if first else ""
    told = telling(desk, desk.state.on((row["fingerprint"],)), asked)
    titles = titles_of(desk.press.shelf, view.passages)
    return Correction(view, row["value_type"], quote, _as_typed(row, asked), form, told, titles=titles)


def _as_typed(row: Row, asked: Asked) -> str:
    """Return the value of a claim as a person would type it."""
    value = value_of(row, asked.words)
    if row["value_type"] == "date":
        return row["value_edtf"] or ""
    if row["value_type"] == "route":
        stops = " > ".join(stop.text for stop in value.stops)
        return f"{stops} by {value.text}" if value.text else stops
    if row["value_type"] == "quantity":
        low, high, number = row["value_low"], row["value_high"], row["value_number"]
        amount = (
            f"{number:g}"
            if number is not None
            else f"{low:g}-{high:g}"
            if low is not None and high is not None
            else ""
        )
        return f"{'about ' if row['value_approximate'] else ''}{amount} {row['value_unit'] or ''}".strip()
    return row["value_text"] or ""


@dataclass(frozen=True, slots=True)
class Addition:
    """Words of a source, and the form for what they say."""

    source: Row
    passage: Passage | None
    quote: str
    predicates: tuple[tuple[str, tuple[str, ...]], ...]
    """Each predicate with the types that it takes."""
    here: tuple[ClaimView, ...]
    """What is claimed with these words already."""
    form: Form
    candidates: tuple[Found, ...] = ()
    field: str = ""


def addition(desk: Desk, asked: Asked) -> Addition | None:
    """Return the form that adds a claim; None where there is no such source."""
    shelf = desk.press.shelf
    source = shelf.row("select * from sources where name = ?", [asked.get("source")])
    if source is None:
        return None
    start, end = asked.get("start"), asked.get("end")
    passage, quote = None, asked.get("quote")
    here: tuple[ClaimView, ...] = ()
    more: list[tuple[str, str]] = [("source", source["name"])]
    if start.isdecimal() and end.isdecimal() and 0 <= int(start) < int(end) <= int(start) + 500:
        first, last = int(start), int(end)
        quote = shelf.text(source["name"], first, last).strip()
        leaf = shelf.value(
            "select number from leaves where source = ? and start_char <= ? order by start_char desc limit 1",
            [source["name"], first],
        )
        span = {"source": source["name"], "start_char": first, "end_char": last, "position": 0, "leaf": leaf}
        passage = quoted(Texts(shelf), [span], asked.links, at="")  # type: ignore[list-item]  # a row as any other
        rows = shelf.rows(_HERE, [source["name"], first, last])
        here = claim_view(shelf, rows, asked)
        more += [("start", start), ("end", end)]
    form = form_of(desk, "add", (source["name"],), (), more=more)
    given = tuple((name, asked.get(name)) for name in ("subject", "predicate") if asked.get(name))
    known = tuple((name, one.values) for name, one in predicates().items())
    return Addition(source, passage, quote, known, here, replace(form, given=given))


_HERE = """
select distinct c.* from claim_evidence e cross join claims c on c.id = e.claim
where e.source = ?1 and e.position = 0 and e.start_char < ?3 and e.start_char >= ?2 - 600 and e.end_char > ?2
order by c.predicate, c.id limit 12
"""
