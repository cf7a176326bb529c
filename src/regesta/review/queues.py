"""What waits for a person, in the order in which it is best looked at.

    pairs       links that resolution was unsure of, the likeliest first; then those it made, the weakest first
    conflicts   claims of one predicate and one subject that an open finding sets against each other
    findings    open findings, the gravest first
    claims      what a rule said with little behind it: reported, hedged, intended, or by a rule that made few claims
    contests    two people who judged one thing differently (made from the log, not from the shelf)

`claims.confidence` comes first where a chronicle has it. A queue is made once for a state of the chronicle; what was decided
since is told apart by the log. Nothing here decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from regesta.decisions import STATUS_OF
from regesta.decisions.contests import PAIRED
from regesta.review.notebook import Entry, State
from regesta.shelf import Row, Shelf

__all__ = ["QUEUES", "Item", "Queue", "queue"]

QUEUES = ("pairs", "conflicts", "findings", "claims", "contests")
_MOST = 2000
"""Items of one queue; the next ones come up as these are done."""
_FEW = 5
"""Claims of a rule below which nobody knows how right it is."""

_SETTLED_BY = {
    "pairs": PAIRED,
    "conflicts": frozenset({"prefer", *STATUS_OF}),
    "findings": frozenset(STATUS_OF),
    "claims": frozenset({"confirm", "reject", "correct", "deprecate", "prefer"}),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at."""

    key: str
    """What tells it from the others of its queue."""
    targets: tuple[str, ...]
    """Fingerprints of what is to be decided on."""
    why: str = ""
    """Why it is asked: hedged, reported, few, confidence, unsure, weak; or the severity of the finding."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The items of one kind."""

    name: str
    items: tuple[Item, ...]

    def settled(self, item: Item, state: State) -> tuple[Entry, ...]:
        """Return the decisions that settle an item, by the log; none where it still waits."""
        if self.name == "contests":
            return ()
        kinds = _SETTLED_BY[self.name]
        if self.name == "pairs":
            return tuple(one for one in state.on(item.targets) if one.decision.kind in kinds)
        found = {
            one.decision.id: one
            for target in item.targets
            for one in state.by_target.get(target, ())
            if one.is_live and one.decision.kind in kinds
        }
        return tuple(found.values())


def queue(name: str, shelf: Shelf, state: State) -> Queue:
    """Return one of `QUEUES`."""
    if name == "contests":
        return Queue(name, tuple(Item(one.key, one.targets) for one in state.contests()))
    return Queue(
        name,
        {"pairs": _pairs, "conflicts": _conflicts, "findings": _findings, "claims": _claims}[name](shelf),
    )


def _pairs(shelf: Shelf) -> tuple[Item, ...]:
    items: dict[str, Item] = {}
    for row in shelf.rows(_PAIRS, [_MOST]):
        left, right = row["left_print"], row["right_print"]
        key = f"{left}.{right}"
        if left != right and f"{right}.{left}" not in items:
            items.setdefault(
                key, Item(key, (left, right), "unsure" if row["verdict"] == "unsure" else "weak")
            )
    return tuple(items.values())


def _conflicts(shelf: Shelf) -> tuple[Item, ...]:
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in shelf.rows(_CONFLICTS):
        grouped.setdefault((row["subject"], row["predicate"]), []).append(row)
    items: dict[str, Item] = {}
    for rows in grouped.values():
        prints = dict.fromkeys(row["fingerprint"] for row in rows)
        if len(prints) > 1 and not any(row["rank"] == "preferred" for row in rows):
            key = rows[0]["finding"]
            items.setdefault(key, Item(key, (*prints, rows[0]["finding_print"]), rows[0]["severity"]))
    return tuple(items.values())[:_MOST]


def _findings(shelf: Shelf) -> tuple[Item, ...]:
    return tuple(
        Item(row["id"], (row["fingerprint"],), row["severity"]) for row in shelf.rows(_FINDINGS, [_MOST])
    )


def _claims(shelf: Shelf) -> tuple[Item, ...]:
    return tuple(
        Item(row["id"], (row["fingerprint"],), row["why"]) for row in shelf.rows(_CLAIMS, [_FEW, _MOST])
    )


_GRAVITY = "case severity when 'error' then 0 when 'warning' then 1 when 'info' then 2 else 3 end"

_PAIRS = """
select a.fingerprint as left_print, b.fingerprint as right_print, l.verdict, l.weight
from links l join referents a on a.key = l.left_referent join referents b on b.key = l.right_referent
where l.decision is null and l.verdict in ('unsure', 'same')
order by l.verdict = 'same', case l.verdict when 'same' then l.weight else -l.weight end, l.left_referent, l.right_referent
limit ?
"""

_CONFLICTS = f"""
select f.id as finding, f.fingerprint as finding_print, f.severity, c.subject, c.predicate, c.fingerprint, c.rank
from findings f cross join finding_members m on m.finding = f.id cross join claims c on c.id = m.claim
where f.status = 'open' and f.severity in ('error', 'warning', 'info', 'undetermined')
order by {_GRAVITY}, f.kind not like '%conflict%', f.id, m.position
"""  # noqa: S608 - all of it stands here

_FINDINGS = f"""
select id, fingerprint, severity from findings where status = 'open' and severity <> 'ok'
order by {_GRAVITY}, kind, id limit ?
"""  # noqa: S608 - all of it stands here

_CLAIMS = """
with few as (select method from claims group by method having count(*) < ?1)
select id, fingerprint, case when confidence is not null and confidence < 0.8 then 'confidence'
    when modality <> 'asserted' then modality else 'few' end as why
from claims
where rank = 'normal' and method not like 'decision:%'
    and (confidence < 0.8 or modality in ('hedged', 'reported', 'intended') or (confidence is null and method in (select method from few)))
order by confidence is null, confidence, modality = 'asserted', modality, method, source, id limit ?2
"""
