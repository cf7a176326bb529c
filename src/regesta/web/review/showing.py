"""What the pages of review show: one thing to judge, with its passages, what speaks for and against it, and its form.

    pair       two as two sources name them, side by side, and the score point by point
    group      claims of one subject and predicate that an open finding sets against each other
    finding    its sentence, its passages
    claim      its value, its passages, what others say instead
    contest    two decisions of two people on one thing

Views are frozen values, made of the shelf and the log. Nothing here reads a form or writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regesta.decisions import STATUS_OF
from regesta.pages import Asked
from regesta.pages.dating import in_words
from regesta.pages.passages import Passage, Texts, passages_of, quoted, sources_of
from regesta.pages.telling import Value, value_of
from regesta.review import Item
from regesta.shelf import Row, Shelf
from regesta.web.review.desk import Desk
from regesta.web.review.telling import Told, telling

__all__ = [
    "CHOICES", "Choice", "ClaimView", "ContestView", "FindingView", "Form", "GroupView", "Line", "PairView", "Point", "Side",
    "claim_view", "contest_view", "finding_view", "form_of", "group_view", "pair_view", "titles_of",
]  # fmt: skip

_POINT = re.compile(r"^(?P<words>.*?),? (?P<weight>[+-]\d+(?:\.\d+)?)$")
_CLAIMS = 12
_MENTIONS = 3
_NEAR = 160
"""Code points within which two mentions are read in one passage."""
_MEMBERS = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be given."""

    value: str
    name: str
    """Its key in the words, after `review.answer.`."""
    key: str
    """The key on the keyboard that picks it."""
    label: str = ""
    """What it is about, where several answers have one name."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked of a person."""

    action: str
    hidden: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    """What was typed before, where something was wrong with it."""
    problem: str = ""
    problem_in: str = "en"
    """The language of it."""
    meanwhile: tuple[Told, ...] = ()
    """What others decided while the person looked."""
    n_gone: int = 0
    """Decisions that were taken back while the person looked."""
    lost: str = ""
    """`lost` where nothing could be recorded, `unsure` where nobody knows whether it was."""

    def was(self, name: str, otherwise: str = "") -> str:
        """Return what was typed for a field."""
        return dict(self.given).get(name, otherwise)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that speaks for two being one, or against it."""

    words: str
    weight: str
    """As the reason has it: +4.8; "" where it has none."""
    share: int
    """Of the heaviest of them, in hundredths; below 0 where it speaks against."""


@dataclass(frozen=True, slots=True)
class Line:
    """A claim in one line."""

    id: str
    predicate: str
    value: Value
    when: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of two, as a source names it."""

    fingerprint: str
    entity: str
    label: str
    kind: str
    source: str
    passages: tuple[Passage, ...]
    lines: tuple[Line, ...]
    n_more: int


@dataclass(frozen=True, slots=True)
class PairView:
    """Two who may be one."""

    left: Side
    right: Side
    points: tuple[Point, ...]
    verdict: str
    weight: float | None
    """Log2 of the odds that they are one; None where the program never compared them."""
    reason: str
    titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its passages."""

    row: Row
    value: Value
    when: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with its passages."""

    row: Row
    passages: tuple[Passage, ...]
    about: tuple[Row, ...]
    """Whom its claims are about: subject, subject_label."""
    n_more: int
    titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class GroupView:
    """Claims of which one may be the better."""

    finding: Row
    subject: str
    label: str
    predicate: str
    claims: tuple[ClaimView, ...]
    titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class ContestView:
    """Two people at odds."""

    standing: Told
    against: Told


def form_of(
    desk: Desk, action: str, about: Sequence[str], choices: Iterable[Choice], *, more: Iterable[tuple[str, str]] = (),
    premise: str = "",
) -> Form:  # fmt: skip
    """Return a form about these targets, with its token and what the person sees of the log at this moment."""
    targets = " ".join(about)
    hidden = (
        ("token", desk.token(f"{action} {targets}")), ("about", targets), ("known", " ".join(desk.state.known(about))),
        ("premise", premise), *more,
    )  # fmt: skip
    return Form(action, hidden, tuple(choices))


def pair_view(desk: Desk, left: str, right: str, asked: Asked) -> PairView | None:
    """Return two referents side by side; None where one is not there any more."""
    shelf = desk.press.shelf
    a, b = (
        shelf.row("select * from referents where fingerprint = ? order by key", [one])
        for one in (left, right)
    )
    if a is None or b is None:
        return None
    link = shelf.row(
        "select weight, verdict, reason from links where left_referent in (?1, ?2) and right_referent in (?1, ?2)",
        [a["key"], b["key"]],
    )
    reason = link["reason"] if link else ""
    sides = (_side(shelf, a, asked), _side(shelf, b, asked))
    return PairView(
        *sides, points=_points(reason), verdict=link["verdict"] if link else "",
        weight=link["weight"] if link else None, reason=reason,
        titles=titles_of(shelf, [p for side in sides for p in side.passages]),
    )  # fmt: skip


def _points(reason: str) -> tuple[Point, ...]:
    parts = reason.partition(": ")[2].split("; ") if reason else []
    matches = [(part, _POINT.match(part)) for part in parts]
    heaviest = max((abs(float(match["weight"])) for _, match in matches if match), default=0.0) or 1.0
    return tuple(
        Point(
            match["words"], match["weight"].replace("-", "−"), round(100 * float(match["weight"]) / heaviest)
        )
        if match
        else Point(part, "", 0)
        for part, match in matches
    )


def _side(shelf: Shelf, referent: Row, asked: Asked) -> Side:
    texts = Texts(shelf)
    mentions = shelf.rows(_MENTIONED, [referent["entity"], referent["key"], 8 * _MENTIONS])
    claims = shelf.rows(
        "select * from claims where subject = ? and referent = ? order by predicate, id",
        [referent["entity"], referent["key"]],
    )
    kept = [_line(claim, asked) for claim in claims]
    lines = tuple({(line.predicate, line.value.in_words): line for line in kept}.values())
    return Side(
        referent["fingerprint"], referent["entity"], referent["label"], referent["kind"], referent["source"],
        _apart(quoted(texts, [row], asked.links, at="") for row in mentions), lines[:_CLAIMS], len(lines[_CLAIMS:]),
    )  # fmt: skip


def _apart(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return the passages that show other words than those before them."""
    found: list[Passage] = []
    for one in passages:
        if all(abs(one.start - other.start) > _NEAR for other in found):
            found.append(one)
    return tuple(found[:_MENTIONS])


def _line(claim: Row, asked: Asked) -> Line:
    value = value_of(claim, asked.words)
    when = claim["when_edtf"]
    told = in_words(when, asked.words) if when and when != claim["value_edtf"] else ""
    return Line(claim["id"], claim["predicate"], value, told)


def claim_view(shelf: Shelf, claims: Sequence[Row], asked: Asked) -> tuple[ClaimView, ...]:
    """Return claims with their passages."""
    passages = passages_of(shelf, [claim["id"] for claim in claims], asked.links)
    found = []
    for claim in claims:
        line = _line(claim, asked)
        found.append(ClaimView(claim, line.value, line.when, passages.get(claim["id"], ())))
    return tuple(found)


def finding_view(desk: Desk, id_: str, asked: Asked) -> FindingView | None:
    """Return a finding with its passages; None where it is not there any more."""
    shelf = desk.press.shelf
    row = shelf.row("select * from findings where id = ?", [id_])
    if row is None:
        return None
    members = shelf.rows(_MEMBERS_OF, [id_, _MEMBERS])
    texts = Texts(shelf)
    passages = tuple(quoted(texts, [m], asked.links, at=m["claim"] or f"p{m['start_char']}") for m in members)
    total = shelf.value("select count(*) from finding_members where finding = ?", [id_])
    return FindingView(
        row, passages, tuple(shelf.rows(_ABOUT, [id_])), total - len(members), titles_of(shelf, passages)
    )


def group_view(desk: Desk, item: Item, asked: Asked) -> GroupView | None:
    """Return the claims that a finding sets against each other; None where they are not there any more."""
    shelf = desk.press.shelf
    finding = shelf.row("select * from findings where id = ?", [item.key])
    prints = [one for one in item.targets if one.startswith("fc-")]
    claims = shelf.rows(
        "select c.* from json_each(?) as wanted cross join claims c on c.fingerprint = wanted.value order by wanted.key, c.source, c.id",
        [json.dumps(prints)],
    )
    claims = list({claim["fingerprint"]: claim for claim in claims}.values())
    if finding is None or not claims:
        return None
    views = claim_view(shelf, claims, asked)
    titles = titles_of(shelf, [p for view in views for p in view.passages])
    first = claims[0]
    return GroupView(finding, first["subject"], first["subject_label"], first["predicate"], views, titles)


def contest_view(desk: Desk, item: Item, asked: Asked) -> ContestView | None:
    """Return two decisions that are at odds; None where they are not any more."""
    ids = item.key.split(".")
    entries = [desk.state.by_id[id_] for id_ in ids if id_ in desk.state.by_id]
    if len(entries) != 2:
        return None
    against, standing = telling(desk, entries, asked)
    return ContestView(standing, against)


def titles_of(shelf: Shelf, passages: Iterable[Passage]) -> dict[str, str]:
    """Return what the sources of passages are called, by their names."""
    return {
        name: row["title"] or name for name, row in sources_of(shelf, (p.source for p in passages)).items()
    }


CHOICES: dict[str, tuple[Choice, ...]] = {
    "pairs": (
        Choice("same", "same", "s"), Choice("different", "different", "d"),
        Choice("part-of", "part_of", "w"), Choice("whole-of", "whole_of", "v"),
    ),
    "findings": tuple(
        Choice(kind, kind.replace("-", "_"), key) for kind, key in zip(STATUS_OF, "cexr", strict=True)
    ),
    "claims": (Choice("confirm", "confirm", "c"), Choice("reject", "reject", "r"), Choice("comment", "comment", "m")),
    "claim": (
        Choice("prefer", "prefer", "p"), Choice("deprecate", "deprecate", "a"), Choice("confirm", "confirm", "c"),
        Choice("reject", "reject", "r"), Choice("comment", "comment", "m"),
    ),
}  # fmt: skip
"""What can be answered."""

_LEAF = (
    "(select l.number from leaves l where l.source = m.source and l.start_char <= m.start_char "
    "order by l.start_char desc limit 1) as leaf"
)

_MENTIONED = f"""
select m.source, m.start_char, m.end_char, 0 as position, {_LEAF}
from mentions m where m.entity = ?1 and m.referent = ?2 and m.form <> 'pronoun' order by m.form <> 'name', m.start_char limit ?3
"""  # noqa: S608 - all of it stands here

_MEMBERS_OF = f"""
select m.source, m.start_char, m.end_char, m.claim, 0 as position, {_LEAF}
from finding_members m where m.finding = ? and m.position < ? order by m.position
"""  # noqa: S608 - all of it stands here

_ABOUT = """
select distinct c.subject, c.subject_label from finding_members m cross join claims c on c.id = m.claim
where m.finding = ? order by c.subject_label limit 6
"""
