"""Which places, organisations, facilities, laws, works, terms and events are one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from regesta.model.claim import Kind
from regesta.resolution.things import thing_key

GOLDEN = Path(__file__).parent / "golden" / "things.md"
KINDS: tuple[Kind, ...] = get_args(Kind)
Pair = tuple[Kind, str, str, str]


def pairs() -> list[Pair]:
    found: list[Pair] = []
    for line in GOLDEN.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and cells[0] in KINDS:
            kind = next(kind for kind in KINDS if kind == cells[0])
            left, right, truth = cells[1:]
            found.append((kind, left, right, truth))
    return found


def key_of(kind: Kind, cell: str) -> str | None:
    names, _, near = cell.partition(" [")
    return thing_key(kind, names.split(" ; "), re.findall(r"\w+", near))


PAIRS = pairs()


def test_the_set_is_large_and_mixed() -> None:
    assert len(PAIRS) >= 150
    assert {truth for *_, truth in PAIRS} == {"same", "different"}
    assert len({kind for kind, *_ in PAIRS}) == 8
    assert len({pair[:3] for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("pair", [p for p in PAIRS if p[3] == "different"], ids=str)
def test_different_things_share_no_key(pair: Pair) -> None:
    kind, left, right, _ = pair
    one, other = key_of(kind, left), key_of(kind, right)
    assert one is None or one != other


def test_most_of_what_is_the_same_shares_a_key() -> None:
    same = [pair for pair in PAIRS if pair[3] == "same"]
    missed = []
    for kind, left, right, _ in same:
        one, other = key_of(kind, left), key_of(kind, right)
        if one is None or one != other:
            missed.append(f"{kind}: {left} -> {one}, {right} -> {other}")
    print(f"recall {1 - len(missed) / len(same):.3f} of {len(same)}", *missed, sep="\n")  # noqa: T201
    assert len(missed) <= 0.1 * len(same), missed
