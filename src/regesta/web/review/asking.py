"""One page of review: what was asked for, who asks, and the view that answers it.

    hall(office)        what is there to do, for whoever came in
    one of a queue      the item, its place among the others, the way on
    a claim, a pair     the same outside any queue
    an addition         words of a source, and what they say
    decisions           all of them, with what became of each

Every page is made for one reviewer at one moment and kept nowhere. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from regesta.pages import Asked, Page
from regesta.review import QUEUES, Found, Item, entities_named, premise_of, referent_of
from regesta.shelf import Row
from regesta.web.review.claiming import rivals_of
from regesta.web.review.desk import Desk
from regesta.web.review.showing import (
    CHOICES,
    Choice,
    ClaimView,
    ContestView,
    FindingView,
    Form,
    GroupView,
    PairView,
    claim_view,
    contest_view,
    finding_view,
    form_of,
    group_view,
    pair_view,
    titles_of,
)
from regesta.web.review.telling import Told, telling

__all__ = ["PAGES", "decisions", "entity", "hall", "one_of", "pair", "plain"]

_SHOWN = 200
"""Decisions on one page."""


def _page(name: str, section: str, template: str, *parameters: str, has_key: bool = False) -> Page:
    return Page(
        name=name, section=section, template=template, view=lambda _shelf, _asked: None, parameters=parameters,
        has_key=has_key, is_listed=False,
    )  # fmt: skip


PAGES = {
    "hall": _page("review", "review", "review.html"),
    "enter": _page("review.enter", "review/enter", "review_enter.html", "token"),
    "decisions": _page("review.decisions", "review/decisions", "review_decisions.html", "part", "by"),
    "claim": _page("review.claim", "review/claim", "review_claim.html", "answer", has_key=True),
    "correct": _page("review.correct", "review/correct", "review_correct.html", has_key=True),
    "entity": _page("review.entity", "review/entity", "review_entity.html", "other", has_key=True),
    "expose": _page(
        "review.expose", "review/expose", "review_expose.html", "answer", "ground", "scope", has_key=True
    ),
    "pair": _page("review.pair", "review/pair", "review_pair.html", "left", "right"),
    "add": _page(
        "review.add",
        "review/add",
        "review_add.html",
        "source",
        "start",
        "end",
        "quote",
        "subject",
        "predicate",
    ),
    **{
        name: _page(f"review.{name}", f"review/{name}", "review_item.html", "item", "after", "before", "did")
        for name in QUEUES
    },
}
"""The pages of review; they have no place among those of the chronicle."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queue in the hall."""

    name: str
    n: int
    n_waiting: int


@dataclass(frozen=True, slots=True)
class Hall:
    """What is there to do."""

    queues: tuple[Waiting, ...]
    last: tuple[Told, ...]
    reviewers: tuple[tuple[str, int], ...]
    has_confidence: bool
    n_unread: int
    link: str
    """An address that lets another reviewer in, where one was asked for."""


def hall(desk: Desk, asked: Asked, link: str = "") -> Hall:
    """Return the first page of review."""
    queues = []
    for name in QUEUES:
        items = desk.office.queue(name, desk.press, desk.state)
        open_ = sum(not items.settled(item, desk.state) for item in items.items)
        queues.append(Waiting(name, len(items.items), open_))
    counts: dict[str, int] = {}
    for one in desk.state.entries:
        counts[one.decision.by] = counts.get(one.decision.by, 0) + 1
    return Hall(
        tuple(queues), telling(desk, desk.state.entries[-6:][::-1], asked),
        tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:30]), desk.office.has_confidence(desk.press), desk.state.n_unread, link,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OneOf:
    """An item of a queue and its place there."""

    queue: str
    item: Item | None
    """None where nothing waits."""
    place: int
    """From 1."""
    total: int
    n_settled: int
    previous: str
    next: str
    body: PairView | GroupView | FindingView | ClaimView | ContestView | None
    settled: tuple[Told, ...]
    form: Form | None
    did: Told | None
    """What was decided just now, to be taken back."""
    is_gone: bool
    """What was asked for is not in the queue any more."""
    rivals: tuple[ClaimView, ...] = ()
    titles: Mapping[str, str] | None = None


def one_of(desk: Desk, name: str, asked: Asked) -> OneOf:
    """Return the item that is asked for, else the next one that waits."""
    queue = desk.office.queue(name, desk.press, desk.state)
    items = queue.items
    waits = [not queue.settled(item, desk.state) for item in items]
    places = {item.key: place for place, item in enumerate(items)}
    wanted, after = asked.get("item"), asked.get("after")
    place = places.get(wanted, -1)
    if place < 0 and items:
        begin = places[after] + 1 if after in places else 0
        order = [*range(begin, len(items)), *range(begin)]
        place = next((n for n in order if waits[n]), -1)
    last = desk.state.last_of(desk.name)
    did = desk.state.by_id.get(asked.get("did"))
    if did is None and last is not None and last.decision.id not in desk.outcomes:
        did = last
    told = telling(desk, [did], asked)[0] if did else None
    n_settled = len(items) - sum(waits)
    if place < 0:
        return OneOf(name, None, 0, len(items), n_settled, "", "", None, (), None, told, bool(wanted))
    item = items[place]
    settled = telling(desk, queue.settled(item, desk.state), asked)
    view = _body(desk, name, item, asked)
    rivals = rivals_of(desk, view.row, asked) if isinstance(view, ClaimView) else ()
    titles = (
        titles_of(desk.press.shelf, (*view.passages, *(p for r in rivals for p in r.passages)))
        if isinstance(view, ClaimView)
        else {}
    )
    form = _form(desk, name, item, view) if view is not None else None
    return OneOf(
        name, item, place + 1, len(items), n_settled, items[place - 1].key if place else "",
        items[place + 1].key if place + 1 < len(items) else "", view, settled, form, told,
        bool(wanted) and wanted not in places, rivals, titles,
    )  # fmt: skip


def _body(
    desk: Desk, name: str, item: Item, asked: Asked
) -> PairView | GroupView | FindingView | ClaimView | ContestView | None:
    if name == "pairs":
        return pair_view(desk, item.targets[0], item.targets[1], asked)
    if name == "conflicts":
        return group_view(desk, item, asked)
    if name == "findings":
        return finding_view(desk, item.key, asked)
    if name == "contests":
        return contest_view(desk, item, asked)
    row = desk.press.shelf.row("select * from claims where id = ?", [item.key])
    return claim_view(desk.press.shelf, [row], asked)[0] if row else None


def _form(desk: Desk, name: str, item: Item, view: object) -> Form | None:
    where = (("queue", name), ("item", item.key))
    if isinstance(view, ContestView):
        choices = [
            Choice(f"undo.{told.decision.id}", "take_back", str(n), told.decision.by)
            for n, told in enumerate((view.standing, view.against), 1)
        ]
        about = (view.standing.decision.id, view.against.decision.id)
        return form_of(desk, "decide", about, choices, more=where)
    premise = ""
    choices = list(CHOICES.get(name, ()))
    if isinstance(view, GroupView):
        premise = premise_of(desk.press.shelf, tuple(one for one in item.targets if one.startswith("fc-")))
        choices = [
            Choice(
                f"prefer.{c.row['fingerprint']}",
                "prefer_one",
                str(n) if n < 10 else "",
                c.value.in_words[:80],
            )
            for n, c in enumerate(view.claims, 1)
        ]
        choices += [replace(one, key=key) for one, key in zip(CHOICES["findings"], "cexr", strict=True)]
    if isinstance(view, ClaimView):
        premise = premise_of(desk.press.shelf, item.targets)
    return form_of(desk, "decide", item.targets, choices, more=where, premise=premise)


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Somebody, and whom they may be one with."""

    card: Row
    found: tuple[Found, ...]
    links: tuple[tuple[str, str, Found], ...]
    """Fingerprints of this one and of the other, for each who was found."""
    other: str


def entity(desk: Desk, asked: Asked) -> EntityPage | None:
    """Return the page on which somebody else is sought; None where there is no such entity."""
    shelf = desk.press.shelf
    card = shelf.row("select * from entities where id = ?", [asked.key])
    if card is None:
        return None
    other = asked.get("other")
    found = tuple(one for one in entities_named(shelf, other) if one.id != card["id"])
    own = referent_of(shelf, card["id"])
    links = tuple(
        (own, theirs, one)
        for one in found
        if own and (theirs := referent_of(shelf, one.id)) and theirs != own
    )
    return EntityPage(card, found, links, other)


@dataclass(frozen=True, slots=True)
class PairPage:
    """Two who were chosen by hand."""

    pair: PairView
    told: tuple[Told, ...]
    form: Form


def pair(desk: Desk, asked: Asked) -> PairPage | None:
    """Return two side by side; None where one of them is not there."""
    left, right = asked.get("left"), asked.get("right")
    view = pair_view(desk, left, right, asked) if left != right else None
    if view is None:
        return None
    form = form_of(desk, "decide", (left, right), CHOICES["pairs"], more=(("left", left), ("right", right)))
    return PairPage(view, telling(desk, desk.state.on((left, right)), asked), form)


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions, the newest first."""

    told: tuple[Told, ...]
    part: int
    n_parts: int
    n: int
    by: str
    reviewers: tuple[str, ...]
    tokens: dict[str, str]
    """Of the forms that take one back, by the id of the decision."""


def decisions(desk: Desk, asked: Asked) -> Decisions:
    """Return the page of all decisions."""
    entries = list(desk.state.entries[::-1])
    names = tuple(sorted({one.decision.by for one in entries}))
    by = asked.get("by") if asked.get("by") in names else ""
    if by:
        entries = [one for one in entries if one.decision.by == by]
    n_parts = max(1, -(-len(entries) // _SHOWN))
    part = asked.number("part", most=n_parts)
    told = telling(desk, entries[(part - 1) * _SHOWN : part * _SHOWN], asked)
    tokens = {one.decision.id: desk.token(f"undo {one.decision.id}") for one in told if one.is_live}
    return Decisions(told, part, n_parts, len(entries), by, names, tokens)


@dataclass(frozen=True, slots=True)
class Plain:
    """A page that only says something."""

    name: str
    token: str = ""
    problem: str = ""
    problem_in: str = "en"
    """The language of the problem."""
    typed: str = ""
    by_password: bool = False
    """Whether the door asks for a password, as that of a team does."""
    door: str = ""
    """Where one comes in, where that is worth a link."""
    told: tuple[Told, ...] = ()
    """What others decided."""


def plain(
    name: str, *, token: str = "", problem: str = "", problem_in: str = "en", typed: str = "", by_password: bool = False,
    door: str = "", told: tuple[Told, ...] = (),
) -> Plain:  # fmt: skip
    """Return what a page of mere words shows."""
    return Plain(name, token, problem, problem_in, typed, by_password, door, told)
