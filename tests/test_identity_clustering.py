"""Clusters: one bad pair chains nothing, constraints hold, and the order of the pairs does not matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.resolution import clustering
from regesta.resolution.clustering import MISSING, UNIT, Clusters, Join, Scored, cluster

if TYPE_CHECKING:
    from numpy.typing import NDArray


def scored(pairs: dict[tuple[int, int], float], **features: dict[tuple[int, int], float]) -> Scored:
    """Pairs with the score of their names, and any features of them; `entries` and `forbidden` mark pairs."""
    ordered = list(pairs)
    marks = {name: features.pop(name, {}) for name in ("entries", "forbidden")}
    columns = [
        [round(UNIT * values[pair]) if pair in values else MISSING for values in features.values()]
        for pair in ordered
    ]
    return Scored(
        left=np.array([a for a, _ in ordered], np.int32),
        right=np.array([b for _, b in ordered], np.int32),
        name=np.array([pairs[pair] for pair in ordered], np.float64),
        features=np.array(columns, np.int32).reshape(len(ordered), len(features)),
        is_entry=np.array([pair in marks["entries"] for pair in ordered], bool),
        is_forbidden=np.array([pair in marks["forbidden"] for pair in ordered], bool),
    )


def clustered(
    pairs: Scored, *, joined: list[tuple[int, int]] | None = None, apart: list[tuple[int, int]] | None = None
) -> Clusters:
    return cluster(
        pairs,
        10,
        threshold=0.0,
        doubtful=-5.0,
        stranger=-9.0,
        entries=-12.0,
        joined=joined or (),
        apart=apart or (),
    )


def sets(found: Clusters, size: int) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for n in range(size):
        groups.setdefault(int(found.of[n]), []).append(n)
    return sorted(groups.values())


def test_one_bad_pair_does_not_chain_two_crowds() -> None:
    crowds = {(a, b): 6.0 for low in (0, 5) for a in range(low, low + 5) for b in range(a + 1, low + 5)}
    assert sets(clustered(scored({**crowds, (4, 5): 5.0})), 10) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]


def test_a_mention_without_features_goes_where_its_name_takes_it() -> None:
    pairs = scored({(0, 1): 1.0, (0, 2): 1.0, (1, 2): 1.0}, birth={(0, 1): 5.0})
    assert sets(clustered(pairs), 3) == [[0, 1, 2]]
    pairs = scored({(0, 1): -1.0, (0, 2): -1.0, (1, 2): -1.0}, birth={(0, 1): 5.0})
    assert sets(clustered(pairs), 3) == [[0, 1], [2]]


def test_features_count_by_their_mean_over_the_pairs_that_have_them() -> None:
    pairs = scored(
        {(0, 1): 2.0, (0, 2): 2.0, (1, 2): 2.0}, birth={(0, 1): 5.0, (0, 2): -7.0}, role={(1, 2): 1.0}
    )
    assert sets(clustered(pairs), 3) == [[0, 1], [2]]


def test_what_is_doubtful_is_left_apart_and_told() -> None:
    found = clustered(scored({(0, 1): -2.0, (2, 3): -8.0}))
    assert found.joins == []
    assert [(d.left, d.right, d.score) for d in found.doubts] == [(0, 1, -2.0)]


def test_two_entries_of_one_list_want_overwhelming_evidence() -> None:
    marked = {(0, 1): 1.0}
    assert sets(clustered(scored({(0, 1): 11.0}, entries=marked)), 2) == [[0], [1]]
    assert sets(clustered(scored({(0, 1): 13.0}, entries=marked)), 2) == [[0, 1]]


def test_facts_that_cannot_both_be_true_forbid() -> None:
    pairs = scored({(0, 1): 90.0, (1, 2): 8.0, (0, 2): 7.0}, forbidden={(0, 1): 1.0})
    assert sets(clustered(pairs), 3) == [[0], [1, 2]]


def test_what_people_say_comes_first() -> None:
    pairs = scored({(0, 1): 9.0, (1, 2): -20.0})
    assert sets(clustered(pairs, apart=[(0, 1)]), 3) == [[0], [1], [2]]
    assert sets(clustered(pairs, joined=[(1, 2)]), 3) in ([[0], [1, 2]], [[0, 1, 2]])
    assert sets(clustered(pairs, joined=[(0, 2)], apart=[(1, 2)]), 3) == [[0, 2], [1]]
    assert sets(clustered(scored({}), joined=[(4, 7), (7, 9)]), 10)[-1] == [8]


def test_nothing_to_compare() -> None:
    assert clustered(scored({})).of.tolist() == list(range(10))


@st.composite
def corpora(
    draw: st.DrawFn,
) -> tuple[dict[tuple[int, int], float], list[tuple[int, int]], list[tuple[int, int]]]:
    size = draw(st.integers(2, 8))
    every = [(a, b) for a in range(size) for b in range(a + 1, size)]
    kept = draw(st.lists(st.sampled_from(every), unique=True))
    scores = {pair: draw(st.integers(-12, 12)) + 0.5 for pair in kept}
    return (
        scores,
        draw(st.lists(st.sampled_from(every), max_size=2)),
        draw(st.lists(st.sampled_from(every), max_size=3)),
    )


@given(corpora(), st.randoms())
def test_laws(
    made: tuple[dict[tuple[int, int], float], list[tuple[int, int]], list[tuple[int, int]]], random: st.DrawFn
) -> None:
    pairs, joined, apart = made
    groups = {n: n for n in range(8)}
    for a, b in joined:
        groups = {n: groups[a] if g == groups[b] else g for n, g in groups.items()}
    apart = [(a, b) for a, b in apart if groups[a] != groups[b]]
    found = sets(clustered(scored(pairs), joined=joined, apart=apart), 8)
    cluster_of = {n: i for i, members in enumerate(found) for n in members}
    assert all(cluster_of[a] == cluster_of[b] for a, b in joined)
    assert all(cluster_of[a] != cluster_of[b] for a, b in apart)
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = clustered(scored({pair: pairs[pair] for pair in shuffled}), joined=joined, apart=apart)
    assert sets(again, 8) == found


@pytest.mark.parametrize("size", [2, 5])
def test_everybody_the_same(size: int) -> None:
    pairs = {(a, b): 3.0 for a in range(size) for b in range(a + 1, size)}
    found = clustered(scored(pairs))
    assert sets(found, size) == [list(range(size))]
    assert len(found.joins) == size - 1


class Shared:
    """Several workers, each with some of the components."""

    least = 0

    def __init__(self, random: Random, n_workers: int) -> None:
        self._random, self._n_workers = random, n_workers

    def ask(
        self, query: str, tables: Mapping[str, Mapping[str, NDArray[Any]]]
    ) -> Iterator[dict[str, NDArray[Any]]]:
        raise NotImplementedError

    def components(self, left: NDArray[Any], right: NDArray[Any], size: int) -> NDArray[Any]:
        raise NotImplementedError

    def spread(
        self, rows: NDArray[Any], of: NDArray[Any], work: Callable[[NDArray[Any]], NDArray[Any]], width: int
    ) -> NDArray[Any]:
        worker = {root: self._random.randrange(self._n_workers) for root in of.tolist()}
        own = np.array([worker[root] for root in of.tolist()])
        order = np.array(self._random.sample(range(len(rows)), len(rows)))
        parts = [work(rows[order][own[order] == n]) for n in range(self._n_workers)]
        assert {part.shape[1] for part in parts} == {width}
        return np.concatenate(parts)


@given(corpora(), st.randoms(), st.integers(1, 3), st.sampled_from((1, 3, 100)))
def test_components_may_be_shared_out(
    made: tuple[dict[tuple[int, int], float], list[tuple[int, int]], list[tuple[int, int]]],
    random: Random,
    n_workers: int,
    most: int,
) -> None:
    pairs, joined, apart = made
    first = {n: n for n in range(10)}
    for a, b in [*pairs, *joined]:
        low, high = sorted((first[a], first[b]))
        first = {n: low if root == high else root for n, root in first.items()}
    relations = Shared(random, n_workers)
    features = {pair: float(random.randint(-7, 10)) for pair in pairs if random.random() < 0.5}
    found = scored(pairs, birth=features, forbidden={pair: 1.0 for pair in pairs if random.random() < 0.1})
    whole = clustered(found, joined=joined, apart=apart)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clustering, "_MANY", most)
        shared = cluster(
            found, 10, threshold=0.0, doubtful=-5.0, stranger=-9.0, entries=-12.0, joined=joined, apart=apart,
            component=np.array([first[n] for n in range(10)]), relations=relations,
        )  # fmt: skip
    assert shared.of.tolist() == whole.of.tolist()
    assert (shared.joins, shared.doubts) == (whole.joins, whole.doubts)


def one_by_one(found: Scored, joined: list[tuple[int, int]], apart: list[tuple[int, int]]) -> list[int]:
    """The same clusters, every two of them looked at in every round."""
    of = list(range(10))
    for a, b in joined:
        of = [min(of[a], of[b]) if n in (of[a], of[b]) else n for n in of]
    while True:
        best: dict[int, tuple[int, int, int]] = {}
        for a, b in sorted({(min(x, y), max(x, y)) for x in of for y in of if x != y}):
            score = of_two(found, of, a, b)
            walls = {tuple(sorted((of[x], of[y]))) for x, y in apart}
            if score is not None and score > 0 and (a, b) not in walls:
                for end in (a, b):
                    best[end] = min(best.get(end, (1, 0, 0)), (-score, a, b))
        mutual = {edge for edge in best.values() if best[edge[1]] == best[edge[2]] == edge}
        if not mutual:
            return of
        step = {b: a for _, a, b in mutual}
        of = [step.get(n, n) for n in of]


def of_two(found: Scored, of: list[int], a: int, b: int) -> int | None:
    """The score of two clusters; None where no pair connects them, or facts forbid it."""
    rows = [
        row
        for row, ends in enumerate(zip(found.left.tolist(), found.right.tolist(), strict=True))
        if {of[end] for end in ends} == {a, b}
    ]
    if not rows or found.is_forbidden[rows].any():
        return None
    stranger, entries = -9 * UNIT, -12 * UNIT
    names = sum(round(UNIT * float(found.name[row])) - stranger for row in rows)
    score = names // (of.count(a) * of.count(b)) + stranger
    for column in found.features[rows].T.tolist():
        known = [step for step in column if step != MISSING]
        score += sum(known) // max(len(known), 1)
    return int(score + entries * bool(found.is_entry[rows].any()))


@given(corpora(), st.randoms())
def test_clusters_are_what_they_are_one_by_one(
    made: tuple[dict[tuple[int, int], float], list[tuple[int, int]], list[tuple[int, int]]], random: Random
) -> None:
    pairs, joined, apart = made
    some = {
        name: {pair: round(random.uniform(-7, 10), 1) for pair in pairs if random.random() < share}
        for name, share in (("birth", 0.6), ("role", 0.3), ("entries", 0.1), ("forbidden", 0.1))
    }
    found = scored(pairs, **some)
    whole = clustered(found, joined=joined, apart=apart)
    assert whole.of.tolist() == one_by_one(found, joined, apart)
    ends = zip(found.left.tolist(), found.right.tolist(), strict=True)
    assert all((join.left, join.right) == each for each, join in pairs_of(whole, [*ends]))


def pairs_of(found: Clusters, ends: list[tuple[int, int]]) -> list[tuple[tuple[int, int], Join]]:
    return [(ends[join.pair], join) for join in (*found.joins, *found.doubts)]
