"""Replay: every decision has an outcome, the order of lines means nothing, and what is undone is as if it had not been."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.decisions import Replayed, World, count_unapplied, precondition_of, replay, settle
from regesta.decisions.outcomes import UNAPPLIED
from regesta.errors import DecisionError
from regesta.model import Decision, Judgement, Outcome
from regesta.model.decision import KINDS

GOLDEN = Path(__file__).parent / "golden" / "decisions.md"
CASES = re.findall(
    r"^## ([^\n]+)\n```\n(.*?)\n---\n(.*?)```", GOLDEN.read_text("utf-8"), re.MULTILINE | re.DOTALL
)


def at(minute: int) -> str:
    return f"2026-01-01T{minute // 60:02}:{minute % 60:02}:00Z"


def decided(line: str) -> Decision:
    """Return the decision of a line: `1 prefer fc-a = words until 2026-01-01 saw fc-a fc-b`."""
    match = re.fullmatch(r"(\d+) (\S+) (.*?)(?: = (.+?))?(?: until (\S+))?(?: saw (.+))?", line)
    assert match, line
    number, kind, targets, value, expires, saw = match.groups()
    return Decision(
        id=f"d-{number}", at=at(int(number)), by="Ines", kind=kind, targets=tuple(targets.split()), value=value,
        why="so", precondition=precondition_of(saw.split()) if saw else None, expires=expires,
    )  # fmt: skip


def parse(given_: str) -> tuple[list[Decision], World]:
    has: list[str] = []
    now, rivals, decisions = "2026-02-01", None, []
    for line in given_.splitlines():
        word, _, rest = line.partition(" ")
        match word:
            case "has":
                has = rest.split()
            case "now":
                now = rest
            case "compete":
                rivals = dict.fromkeys(rest.split(), rest.split())
            case _:
                decisions.append(decided(line))
    world = World(
        now=now,
        referents={name: [name.replace("fm-", "m-")] for name in has if name.startswith("fm-")},
        claims={name: [name.replace("fc-", "c-")] for name in has if name.startswith("fc-")},
        others=frozenset(name for name in has if name.startswith(("ff-", "fs-", "ft-"))),
        rivals=rivals,
    )
    return decisions, world


def told(replayed: Replayed, decisions: list[Decision]) -> list[str]:
    """Return what stands, as the cases word it."""
    lines = [f"judged {j.kind} {' '.join(j.left)} {' '.join(j.right)}" for j in replayed.judgements]
    lines += [f"rank {rank.claim} {rank.rank}" for rank in replayed.ranks]
    lines += [f"corrected {' '.join(one.on)} = {one.decision.value}" for one in replayed.corrections]
    lines += [f"added {' '.join(one.on)} = {one.decision.value}" for one in replayed.additions]
    lines += [f"stands {one.decision.kind} {' '.join(one.on)}" for one in replayed.standing]
    assert len(replayed.outcomes) == len(decisions)
    return sorted(lines)


@pytest.mark.parametrize(("given_", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_golden(given_: str, wanted: str) -> None:
    decisions, world = parse(given_)
    replayed = replay(decisions, world)
    outcomes = {outcome.decision: outcome for outcome in replayed.outcomes}
    lines = wanted.splitlines()
    for line in lines:
        if match := re.match(r"(\d+) (\S+?)(?:: (.+))?$", line):
            outcome = outcomes.pop(f"d-{match[1]}")
            assert outcome.status == match[2], outcome
            assert (match[3] or "") in outcome.note, outcome
    assert not outcomes
    assert told(replayed, decisions) == sorted(line for line in lines if not line[0].isdigit())


def test_there_are_cases_of_every_status() -> None:
    assert len(CASES) > 25
    found = set(re.findall(r"^\d+ (\S+?)(?::|$)", GOLDEN.read_text("utf-8"), re.MULTILINE))
    assert {*UNAPPLIED, "applied", "already-true", "undone", "expired"} <= found


NAMES = ("fm-a", "fm-b", "fm-c", "fc-a", "fc-b", "fc-c", "ff-1", "fm-gone", "fc-gone")


@st.composite
def logs(draw: st.DrawFn) -> list[Decision]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from([*KINDS, "undo", "undo", "same", "different", "prefer", "vouch-for"]))
        least, most = KINDS.get(kind, (1, 3))
        names = [f"d-{n}" for n in range(13)] if kind == "undo" else NAMES
        targets = draw(st.lists(st.sampled_from(names), min_size=least, max_size=min(most, 3), unique=True))
        found.append(
            Decision(
                id=f"d-{number}",
                at=at(draw(st.integers(0, 5))),
                by="Ines",
                kind=kind,
                targets=tuple(targets),
                value=draw(st.sampled_from(["1", "2"])),
                why="so",
                precondition=draw(st.sampled_from([None, None, precondition_of(["fc-a", "fc-b"]), "p-0"])),
                expires=draw(st.sampled_from([None, None, "2025-12-31", "2027-01-01"])),
            )
        )
    return found


def world(*, knows_rivals: bool = True) -> World:
    return World(
        now="2026-02-01",
        referents={"fm-a": ["m-1", "m-2"], "fm-b": ["m-3"], "fm-c": ["m-4"]},
        claims={"fc-a": ["c-1"], "fc-b": ["c-2", "c-3"], "fc-c": ["c-4"]},
        others=frozenset({"ff-1"}),
        rivals={"fc-a": ["fc-a", "fc-b"], "fc-b": ["fc-a", "fc-b"]} if knows_rivals else None,
    )


def effect(replayed: Replayed) -> tuple[object, ...]:
    """Return what a build sees of a replay."""
    return (replayed.judgements, replayed.ranks, replayed.corrections, replayed.additions, replayed.standing)


@given(logs(), st.randoms(use_true_random=False))
def test_the_order_of_lines_means_nothing(log: list[Decision], random: object) -> None:
    before = list(log)
    replayed = replay(log, world())
    assert log == before
    shuffled = list(log)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert replay(shuffled, world()) == replayed
    assert replay([*shuffled, *log], world()) == replayed


@given(logs())
def test_every_decision_has_one_outcome(log: list[Decision]) -> None:
    replayed = replay(log, world())
    assert sorted(outcome.decision for outcome in replayed.outcomes) == sorted(one.id for one in log)
    assert sum(Counter(outcome.status for outcome in replayed.outcomes).values()) == len(log)
    assert all(outcome.note for outcome in replayed.outcomes if outcome.status != "applied")
    assert count_unapplied(replayed.outcomes) == sum(o.status in UNAPPLIED for o in replayed.outcomes)


@given(logs())
def test_only_what_is_applied_or_unsupported_has_an_effect(log: list[Decision]) -> None:
    replayed = replay(log, world())
    status = {outcome.decision: outcome.status for outcome in replayed.outcomes}
    acting = {judgement.decision for judgement in replayed.judgements} | {r.decision for r in replayed.ranks}
    acting |= {s.decision.id for s in (*replayed.corrections, *replayed.additions, *replayed.standing)}
    assert {status[id_] for id_ in acting} <= {"applied", "unsupported"}
    undos = {one.id for one in log if one.kind == "undo"}
    assert {id_ for id_, one in status.items() if one == "applied"} <= acting | undos
    ranked = Counter(rank.claim for rank in replayed.ranks)
    assert all(count == 1 for count in ranked.values())


@given(logs())
def test_judgements_never_contradict_each_other(log: list[Decision]) -> None:
    kinds: dict[frozenset[str], list[str]] = {}
    for judgement in replay(log, world()).judgements:
        kinds.setdefault(frozenset(judgement.left + judgement.right), []).append(judgement.kind)
    assert all(
        sorted(found) in (["different"], ["same"], ["part-of"], ["different", "part-of"])
        for found in kinds.values()
    )


@given(logs(), st.integers(0, 11))
def test_to_undo_is_as_if_it_had_not_been(log: list[Decision], which: int) -> None:
    target = f"d-{which}"
    log = [one for one in log if one.kind != "undo"]
    undo = Decision(id="d-99", at=at(9), by="Ines", kind="undo", targets=(target,), why="a mistake")
    without = [one for one in log if one.id != target]
    assert effect(replay([*log, undo], world())) == effect(replay(without, world()))
    again = Decision(id="d-98", at=at(10), by="Ines", kind="undo", targets=("d-99",), why="it was none")
    assert effect(replay([*log, undo, again], world())) == effect(replay(log, world()))


@given(logs())
def test_judgements_are_the_same_before_and_after_resolution(log: list[Decision]) -> None:
    before, after = replay(log, world(knows_rivals=False)), replay(log, world())
    assert before.judgements == after.judgements


@given(logs())
def test_undoing_against_a_slow_reference(log: list[Decision]) -> None:
    log = [one for one in log if one.expires != "2025-12-31"]
    aims = {one.id: [t for t in one.targets if t != one.id] for one in log if one.kind == "undo"}
    ahead = {a: {b for b in aims if b in aims[a]} for a in aims}
    for _ in aims:
        for a, b in itertools.product(aims, aims):
            if b in ahead[a]:
                ahead[a] |= ahead[b]
    if any(a in ahead[a] or a in one.targets for a in aims for one in log if one.id == a):
        return  # circles have their cases
    undone: dict[str, bool] = {}

    def is_undone(id_: str) -> bool:
        if id_ not in undone:
            undone[id_] = any(id_ in targets and not is_undone(by) for by, targets in aims.items())
        return undone[id_]

    found = {o.decision for o in replay(log, world()).outcomes if o.status == "undone"}
    assert found == {one.id for one in log if is_undone(one.id)}


def test_a_long_chain_of_undos_is_no_deep_one() -> None:
    log = [Decision(id="d-0", at=at(0), by="x", kind="prefer", targets=("fc-a",), why="y")]
    log += [
        Decision(id=f"d-{n}", at=at(n % 60), by="x", kind="undo", targets=(f"d-{n - 1}",), why="y")
        for n in range(1, 20_001)
    ]
    statuses = Counter(outcome.status for outcome in replay(log, world()).outcomes)
    assert statuses == {"applied": 10_001, "undone": 10_000}


def test_many_words_on_one_thing_take_no_long_time() -> None:
    kinds = ("prefer", "deprecate", "comment", "confirm", "correct", "add", "same", "different")
    log = [
        Decision(
            id=f"d-{n}", at=at(n % 1000), by="x", kind=kind, value=str(n), why="y",
            targets=("fm-a", "fm-b") if kind in ("same", "different") else ("fm-a",) if kind == "add" else ("fc-a",),
        )
        for n, kind in zip(range(20_000), itertools.cycle(kinds), strict=False)
    ]  # fmt: skip
    assert len(replay(log, world()).outcomes) == 20_000


def test_settle() -> None:
    log = [
        decided("1 same fm-a fm-b"),
        decided("2 same fm-b fm-c"),
        decided("3 same fm-a fm-gone"),
        decided("4 confirm fc-a"),
    ]
    replayed = replay(log, world())
    assert replayed.judgements[0] == Judgement(
        decision="d-1", kind="same", left=("m-1", "m-2"), right=("m-3",)
    )
    settled = settle(replayed, {"d-1": ("blocked", "d-7 says that they differ")})
    assert [outcome.status for outcome in settled] == ["blocked", "unsupported", "orphaned", "applied"]
    assert settled[0] == Outcome(decision="d-1", status="blocked", note="d-7 says that they differ")
    assert settled[1].note == "no stage of this build took it up"
    with pytest.raises(DecisionError, match="does not stand: found 'd-3'"):
        settle(replayed, {"d-3": ("applied", "")})


def test_a_stage_that_obeys_more_says_so() -> None:
    log = [decided("1 correct fc-a = 1961")]
    wide = World(now="2026-02-01", claims={"fc-a": ["c-1"]}, carried_out={"correct"})
    assert [outcome.status for outcome in replay(log, wide).outcomes] == ["applied"]
