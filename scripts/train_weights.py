#!/usr/bin/env python3
"""Count the weights of identity on labelled data: how often each feature agrees among mentions of one person, and of two.

    python scripts/train_weights.py CHRONICLE TRUTH [--write weights.toml]

TRUTH is either a table `source, row, person` without a head (`truth.tsv` of ../shared/evaluate/linkage.py: rows of CSV files from
1), or the `decisions.jsonl` of a project, whose `same` decisions say which mentions are one. A weight is `log2(m / u)` (I. P.
Fellegi and A. B. Sunter, 1969): `m` how often a level is reached by pairs of one person that both have the feature, `u` how
often by two mentions drawn at random that are not known to be one. Where few pairs are labelled, `m` leans on the weights that
ship, as if these had been seen on twenty pairs; a feature or a level seen fewer than ten times is left as it is.

Old and new weights are printed side by side with their counts. `--write` writes a file with the counted weights alone, which
`regesta.resolution.weights_of` reads: beside `regesta.toml` it is what the builds of that project go by. The expectations before anything is compared
(`[prior]`) and what a rare word is worth (`most`) are not counted here. A level that hardly ever occurs is counted from hardly
anything: look at the counts.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from regesta.chronicle import open as open_chronicle
from regesta.decisions import World, read_log, replay
from regesta.resolution.clustering import UNIT
from regesta.resolution.corpus import Corpus, content_words
from regesta.resolution.pairs import feature_scores
from regesta.resolution.weights import Feature, weights, weights_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regesta.chronicle import Chronicle

RANDOM_PAIRS = 1_000_000
MOST_OF_ONE = 60
"""Mentions of one person whose pairs are counted, so that no single one outweighs all others."""
ENOUGH = 10
"""Labelled pairs with a feature, below which its weights stay."""
SHIPPED_PAIRS = 20.0
"""What the shipped weights count as much as."""
OPEN = 10**7
"""A day that stands for no bound."""
LEVELS = {
    "date": {"day": 6.0, "month": 5.0, "year": 4.0, "decade": 3.0, "near": 2.0, "apart": -1.0, "far": -2.0},
    "number": {"equal": 2.0, "near": 1.0, "apart": -1.0},
    "words": {"most": 1e9, "differ": -1.0},
}
"""Scores that stand for levels, the better the higher, so that what is compared in builds is what is counted here."""


@dataclass(frozen=True)
class Count:
    """One level of a feature: how many pairs of one person and of two reach it, and what it is worth."""

    feature: str
    level: str
    same: int
    other: int
    old: float
    new: float


def main() -> None:
    """Print what the labelled data says, and write it where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("chronicle", type=Path)
    parser.add_argument("truth", type=Path, help="truth.tsv or decisions.jsonl")
    parser.add_argument("--weights", type=Path, help="the weights of the project, where it has its own")
    parser.add_argument("--write", type=Path, help="where to write the counted weights")
    given = parser.parse_args()
    features = (weights_of(given.weights) if given.weights else weights()).features
    with open_chronicle(given.chronicle) as chronicle:
        corpus = corpus_of(chronicle, features)
        is_log = given.truth.suffix == ".jsonl"
        person = judged(chronicle, corpus, given.truth) if is_log else listed(chronicle, corpus, given.truth)
    left, right = pairs_of_one(person)
    print(f"{len(corpus):,} mentions, {len(person):,} of them labelled; {len(left):,} pairs of one person\n")  # noqa: T201
    counts = counted(corpus, features, (left, right), pairs_of_two(len(corpus), person))
    print(f"{'':22} {'one person':>16} {'two at random':>18} {'old':>6} {'new':>6}")  # noqa: T201
    of_one, of_two = totals(counts)
    for c in counts:
        same, other = c.same / max(of_one[c.feature], 1), c.other / max(of_two[c.feature], 1)
        print(  # noqa: T201
            f"{c.feature + ' ' + c.level:22} {c.same:9,} {same:6.3f} {c.other:11,} {other:6.4f} "
            f"{c.old:6.1f} {c.new:6.1f}" + ("  too few" if of_one[c.feature] < ENOUGH else "")
        )
    if given.write:
        given.write.write_text(as_toml(counts, given.truth.name), "utf-8")
        print(f"\nwritten to {given.write}")  # noqa: T201


def corpus_of(chronicle: Chronicle, features: Iterable[Feature]) -> Corpus:
    """Return the named people and groups of a chronicle with what it claims of them, as a build sees them."""
    corpus = Corpus()
    asked = "select key from referents where kind in ('person', 'group') and is_named order by source, key"  # order only
    for (key,) in chronicle.sql(asked):
        corpus.index_of[key] = len(corpus.keys)
        corpus.keys.append(key)
    of_predicate: dict[str, list[Feature]] = defaultdict(list)
    for feature in features:
        for predicate in feature.predicates:
            of_predicate[predicate].append(feature)
    asked = (
        "select referent, subject_label, predicate, value_type, value_text, earliest, latest, value_number, "
        "value_stops from claims where modality not in ('denied', 'intended') order by id"
    )
    for referent, label, predicate, kind, text, earliest, latest, number, stops in chronicle.sql(asked):
        one = corpus.index_of.get(referent)
        if one is None:
            continue
        for feature in of_predicate.get(predicate, ()):
            if feature.compare == "date":
                if earliest or latest:
                    days = earliest.toordinal() if earliest else -OPEN, latest.toordinal() if latest else OPEN
                    corpus.dates.setdefault(feature.name, []).append((one, *days))
            elif feature.compare == "words":
                said = (
                    " ".join(stop["text"] for stop in stops or ())
                    if kind == "route"
                    else text
                    if kind in ("text", "entity")
                    else ""
                )
                own: tuple[str, ...] = ()
                if feature.name == "company":  # as in builds: a surname is no news of one's kin
                    said = " ".join(word for word in (said or "").split() if not word[0].islower())
                    own = content_words(label)
                rows = corpus.words.setdefault(feature.name, [])
                rows += [(one, word) for word in content_words(said or "") if word not in own]
            elif kind == "quantity" and number is not None:
                corpus.numbers.setdefault(feature.name, []).append((one, number))
    return corpus


def listed(chronicle: Chronicle, corpus: Corpus, truth: Path) -> dict[int, str]:
    """Return who each mention is by a table of source, row and person."""
    who: dict[tuple[str, int], str] = {}
    for line in truth.read_text("utf-8").splitlines():
        source, row, person = line.split("\t")
        who[source, int(row)] = person
    begins: dict[str, list[int]] = defaultdict(lambda: [0])
    for name, start, text in chronicle.sql(
        "select source, start_char, text from texts order by source, start_char"
    ):
        begins[name] += [start + at + 1 for at, letter in enumerate(text) if letter == "\n"]
    asked = "select referent, source, min(start_char) from mentions group by all"
    found: dict[int, str] = {}
    for referent, name, start in chronicle.sql(asked):
        number = corpus.index_of.get(referent)
        place = name, int(np.searchsorted(begins[name], start, "right")) - 1
        if number is not None and place in who:
            found[number] = who[place]
    return found


def judged(chronicle: Chronicle, corpus: Corpus, log: Path) -> dict[int, str]:
    """Return who each mention is by the decisions that stand: what was judged the same, directly or through others."""
    referents: dict[str, list[str]] = defaultdict(list)
    for fingerprint, key in chronicle.sql("select fingerprint, key from referents order by key"):
        referents[fingerprint].append(key)
    now = chronicle.sql("select cast(current_date as varchar)")
    world = World(now=str(next(iter(now))[0]), referents=referents)
    found: dict[int, int] = {}
    for judgement in replay(read_log(log).decisions, world).judgements:
        if judgement.kind == "same":
            one = [
                corpus.index_of[key] for key in (*judgement.left, *judgement.right) if key in corpus.index_of
            ]
            old = {found.get(number, number) for number in one}
            found |= {number: min(old) for number in (*one, *(n for n, of in found.items() if of in old))}
    return {number: str(of) for number, of in found.items()}


def pairs_of_one(person: Mapping[int, str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return all pairs of mentions that are one person."""
    members: dict[str, list[int]] = defaultdict(list)
    for number in sorted(person):
        members[person[number]].append(number)
    pairs = [pair for one in members.values() for pair in combinations(one[:MOST_OF_ONE], 2)]
    array = np.array(pairs, np.int64).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def pairs_of_two(size: int, person: Mapping[int, str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs drawn at random, the same in every run, without those that are known to be one person."""
    ids: dict[str, int] = {}
    of = np.arange(size) + len(person)
    for number, name in person.items():
        of[number] = ids.setdefault(name, len(ids))
    rng = np.random.default_rng(1969)
    left, right = rng.integers(0, max(size, 1), (2, RANDOM_PAIRS if size > 1 else 0))
    differ = of[left] != of[right]
    return left[differ], right[differ]


def counted(
    corpus: Corpus,
    features: Iterable[Feature],
    same: tuple[NDArray[np.int64], NDArray[np.int64]],
    other: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> list[Count]:
    """Return the counts and weights of all levels of all features."""
    shown = [replace(feature, levels=LEVELS[feature.compare]) for feature in features]
    reached, _ = feature_scores(corpus, *same, shown)
    by_chance, _ = feature_scores(corpus, *other, shown)
    found: list[Count] = []
    for column, feature in enumerate(features):
        codes = LEVELS[feature.compare]
        m_counts = {level: _at(reached[:, column], code) for level, code in codes.items()}
        u_counts = {level: _at(by_chance[:, column], code) for level, code in codes.items()}
        m_all, u_all = sum(m_counts.values()), sum(u_counts.values())
        u = {level: (n + 0.5) / (u_all + 0.5 * len(codes)) for level, n in u_counts.items()}
        before = {level: u[level] * 2 ** feature.levels[level] for level in codes}
        scale = sum(before.values())
        for level in codes:
            old = new = feature.levels[level]
            if m_all >= ENOUGH and m_counts[level] + u_counts[level] >= ENOUGH and level != "most":
                m = (m_counts[level] + SHIPPED_PAIRS * before[level] / scale) / (m_all + SHIPPED_PAIRS)
                new = round(log2(m / u[level]), 1)
            found.append(Count(feature.name, level, m_counts[level], u_counts[level], old, new))
    return found


def _at(scores: NDArray[np.int32], code: float) -> int:
    """Return how many pairs reach a level; any agreement of words is `most`."""
    return int(np.sum(scores > 0 if code == LEVELS["words"]["most"] else scores == round(UNIT * code)))


def totals(counts: Iterable[Count]) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many pairs of one person, and of two, both have each feature."""
    of_one: dict[str, int] = defaultdict(int)
    of_two: dict[str, int] = defaultdict(int)
    for count in counts:
        of_one[count.feature] += count.same
        of_two[count.feature] += count.other
    return of_one, of_two


def as_toml(counts: Iterable[Count], origin: str) -> str:
    """Return the weights that differ from the old ones, as a file of weights."""
    lines = [f"# Counted by scripts/train_weights.py on {origin}; what is not named here is as shipped.", ""]
    section = ""
    for count in counts:
        if count.new != count.old:
            if count.feature != section:
                lines += [""] * bool(section) + [f"[{count.feature}]"]
                section = count.feature
            lines.append(f"{count.level} = {count.new}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
