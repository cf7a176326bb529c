"""Comparing names, side by side in one run: regesta, nomenklatura logic-v2, rigour, rapidfuzz.

    python bench/names.py [PAIRS.tsv]...      columns name_a, name_b, same (1/0), kind

Without a file: the general pairs of the tests, and the Korean ones of ../shared where they are there. For each group of pairs it
prints the best F1 at any one threshold and the average precision of each contender, then pairs a second of processor time, each
name seen for the first time, as a ratio to rapidfuzz's Jaro-Winkler in the same run.

The others are no needs of regesta, so they are looked for in a Python of their own:

    python -m venv /tmp/peers && /tmp/peers/bin/pip install nomenklatura rapidfuzz
    python bench/names.py --peers /tmp/peers/bin/python
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
GENERAL = ROOT / "tests/golden/names/general.tsv"
KOREAN = ROOT.parent / "shared/data/names/dev.tsv"
FEW = 3000
"""Pairs that the slow contenders are timed and measured on; all get the same."""


def main() -> None:
    """Measure each file of pairs and print a table for it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pairs", nargs="*", type=Path)
    parser.add_argument("--peers", help="a Python that has nomenklatura and rapidfuzz")
    parser.add_argument("--contend", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.contend:
        _answer(given.contend)
        return
    for path in given.pairs or [path for path in (GENERAL, KOREAN) if path.exists()]:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        step = max(1, len(rows) // FEW)
        _measure(path.name, rows[::step], given.peers)


def _measure(title: str, rows: list[dict[str, str]], peers: str | None) -> None:
    """Ask every contender about the pairs, each in a process of its own, and print what they reach."""
    labels = [int(row["same"]) for row in rows]
    groups: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        groups["all"].append(place)
        groups[row["kind"]].append(place)
    shown = [kind for kind in groups if len({labels[i] for i in groups[kind]}) == 2]
    print(
        f"{title}: {len(rows)} pairs, {sum(labels)} of them one name; F1 at the best threshold / average precision\n"
    )
    answers: dict[str, tuple[list[float], float]] = {}
    question = json.dumps([[row["name_a"], row["name_b"]] for row in rows])
    pythons = {"regesta": sys.executable}
    others = ("nomenklatura", "rigour", "rapidfuzz")
    if peers:
        pythons |= dict.fromkeys(others, peers)
    else:
        pythons["rapidfuzz"] = sys.executable
        print(
            "nomenklatura and rigour are left out: give a Python that has them, --peers; see the head of this file\n"
        )
    for name, python in pythons.items():
        done = subprocess.run(
            [python, __file__, "--contend", name], input=question, capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"{name} is left out: {done.stderr.strip().splitlines()[-1]}\n")
            continue
        told = json.loads(done.stdout)
        answers[name] = (told["scores"], len(rows) / told["seconds"])
    width = max(map(len, shown))
    print(f"{'':{width}}  {'pairs':>6}  " + "  ".join(f"{name:>15}" for name in answers))
    for kind in shown:
        idx = groups[kind]
        cells = []
        for scores, _ in answers.values():
            f1, precision = reached([labels[i] for i in idx], [scores[i] for i in idx])
            cells.append(f"{f1:.3f} / {precision:.3f}".rjust(15))
        print(f"{kind:{width}}  {len(idx):6}  " + "  ".join(cells))
    unit = answers["rapidfuzz"][1] if "rapidfuzz" in answers else 1.0
    speeds = "  ".join(f"{speed / 1000:.1f} k, {speed / unit:.4f}".rjust(15) for _, speed in answers.values())
    print(f"{'a second, ratio':{width}}  {'':6}  {speeds}\n")


def reached(labels: Sequence[int], scores: Sequence[float]) -> tuple[float, float]:
    """Return the best F1 at any one threshold, and the average precision; pairs of one score stand or fall together."""
    counts: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    for label, score in zip(labels, scores, strict=True):
        counts[score][0] += 1
        counts[score][1] += label
    total = sum(labels)
    seen = hit = 0
    best = precision = 0.0
    for score in sorted(counts, reverse=True):
        n, right = counts[score]
        seen, hit = seen + n, hit + right
        best = max(best, 2 * hit / (seen + total))
        precision += right / total * hit / seen
    return best, precision


def _answer(name: str) -> None:
    """Read pairs from standard input and write scores and seconds of processor time, what is loaded on first use left out."""
    pairs = json.load(sys.stdin)
    score = CONTENDERS[name]()
    score([("Ada Brook", "A. Brook"), ("Ivan Petrov", "Иван Петров"), ("Kim Minsu", "김민수")] * 2)
    start = time.process_time()
    scores = score([(a, b) for a, b in pairs])
    json.dump({"scores": scores, "seconds": time.process_time() - start}, sys.stdout)


Scorer = Callable[[Sequence[tuple[str, str]]], list[float]]


def _regesta() -> Scorer:
    from regesta.names import compare_many

    return lambda pairs: compare_many([a for a, _ in pairs], [b for _, b in pairs]).tolist()


def _rapidfuzz() -> Scorer:
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import cpdist

    def score(pairs: Sequence[tuple[str, str]]) -> list[float]:
        left, right = [a.lower() for a, _ in pairs], [b.lower() for _, b in pairs]
        found: list[float] = cpdist(left, right, scorer=JaroWinkler.similarity).tolist()
        return found

    return score


def _spaced(name: str) -> str:
    """Split Hangul by syllable, which helps the others: "김민수" -> "김 민 수"."""
    return " ".join(name) if all("가" <= char <= "힣" for char in name) else name


def _nomenklatura() -> Scorer:
    from itertools import count

    from followthemoney import model  # type: ignore[import-not-found]
    from nomenklatura.matching import get_algorithm  # type: ignore[import-not-found]

    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()
    number = count()

    def entity(name: str) -> Any:
        made = model.make_entity("Person")
        made.id = f"person-{next(number)}"  # its results are kept by id
        made.add("name", _spaced(name))
        return made

    return lambda pairs: [algorithm.compare(entity(a), entity(b), config).score for a, b in pairs]


def _rigour() -> Scorer:
    from rigour.names import NameTypeTag, analyze_names, compare_parts, pair_symbols  # type: ignore[import-not-found]

    weights = {"NAME": 0.9, "NICK": 0.6, "INITIAL": 0.5}

    def one(a: str, b: str) -> float:
        sides = [analyze_names(NameTypeTag.PER, [_spaced(x)], infer_initials=True) for x in (a, b)]
        if not all(sides):
            return 0.0
        left, right = (next(iter(side)) for side in sides)
        best = 0.0
        for paired in pair_symbols(left, right) or [()]:
            used = [
                {part for x in paired for part in parts(x)} for parts in (lambda x: x.qps, lambda x: x.rps)
            ]
            rest = compare_parts(
                [part for part in left.parts if part not in used[0]],
                [part for part in right.parts if part not in used[1]],
            )
            total = sum(weights.get(x.symbol.category.value, 0.7) * (len(x.qps) + len(x.rps)) for x in paired)
            total += sum(x.score * (len(x.qps) + len(x.rps)) for x in rest)
            best = max(best, total / (len(left.parts) + len(right.parts)))
        return best

    return lambda pairs: [one(a, b) for a, b in pairs]


CONTENDERS: dict[str, Callable[[], Scorer]] = {
    "regesta": _regesta,
    "nomenklatura": _nomenklatura,
    "rigour": _rigour,
    "rapidfuzz": _rapidfuzz,
}

if __name__ == "__main__":
    main()
