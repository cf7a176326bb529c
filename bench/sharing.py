"""Shared passages of a made corpus: processor seconds, memory, and how many planted copies are found.

    python bench/sharing.py                      10,000 documents of 300 to 3,000 words, 4,000 planted copies of 10 to 200 words
    python bench/sharing.py --documents 1000
    python bench/sharing.py --hostile            a page 1,000 times, a text of 50 MB, one word a million times, a column of rows

Words are drawn as in a language (Zipf), stock phrases of 4 to 12 words stand all over, and a hundredth of the words end a line. A copy
is found when one passage covers half of it on both sides. Each part runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from regesta.sharing import survey

HOSTILE = ("page", "large", "word", "rows", "letters", "copies")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--one", choices=HOSTILE, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        _hostile(given.one)
    elif given.corpus:
        _measured(given.corpus)
    elif given.hostile:
        for name in HOSTILE:
            subprocess.run([sys.executable, __file__, "--one", name], check=True)
    else:
        _planted(given.documents)


def _memory(*, anew: bool = False) -> int:
    """Return the most memory held, in MB; `anew` forgets what was held before (Linux only; elsewhere it is of all the time)."""
    if not Path("/proc/self/clear_refs").exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if anew:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def _planted(documents: int) -> None:
    """Make a corpus, and measure on it in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.json"
        path.write_text(json.dumps(_corpus(np.random.default_rng(7), documents)), "utf-8")
        subprocess.run([sys.executable, __file__, "--corpus", str(path)], check=True)


def _measured(path: Path) -> None:
    texts, plants = json.loads(path.read_text("utf-8"))
    size = sum(map(len, texts))
    before, start = _memory(anew=True), time.process_time()
    found = survey(texts)
    taken = time.process_time() - start
    print(
        f"{len(texts)} documents, {size / 1e6:.0f} MB, {sum(found.words) / 1e6:.1f} million words: {taken:.1f} s of the "
        f"processor, {size / 1e6 / taken:.0f} MB/s, {_memory()} MB of memory ({before} of them before), "
        f"{len(found.shared)} passages"
    )
    by_pair = defaultdict(list)
    for each in found.shared:
        by_pair[each.a.source, each.b.source].append(each)
    for low, high in ((10, 15), (15, 25), (25, 50), (50, 1000)):
        own = [plant for plant in plants if low <= plant[2] < high]
        seen = sum(
            any(one.a.span.contains(a) and one.b.span.contains(b) for one in by_pair[tuple(pair)])
            for (*pair,), (a, b), _ in own
        )
        half = sum(
            any(
                2 * _met(one.a.span, a) >= a[1] - a[0] and 2 * _met(one.b.span, b) >= b[1] - b[0]
                for one in by_pair[tuple(pair)]
            )
            for (*pair,), (a, b), _ in own
        )
        print(f"  copies of {low} to {high - 1} words: {half} of {len(own)}, {seen} to the last letter")


def _met(one: tuple[int, int], two: tuple[int, int]) -> int:
    """Return how many code points two spans have in common."""
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


def _corpus(
    draw: np.random.Generator, documents: int
) -> tuple[list[str], list[tuple[tuple[int, int], tuple[tuple[int, int], tuple[int, int]], int]]]:
    """Return texts, and planted copies: the two texts, the two spans, the number of words."""
    letters = np.array(list("aeiounrtslkdmgbph"))
    vocabulary = ["".join(draw.choice(letters, 3 + int(draw.integers(0, 8)))) for _ in range(60_000)]
    weight = 1 / (np.arange(len(vocabulary)) + 3.0)
    weight /= weight.sum()
    stock = [draw.choice(vocabulary, 4 + int(draw.integers(0, 9)), p=weight).tolist() for _ in range(2000)]
    rows = []
    for _ in range(documents):
        row = draw.choice(vocabulary, int(draw.integers(300, 3000)), p=weight).tolist()
        for _ in range(len(row) // 60):
            at = int(draw.integers(0, len(row)))
            row[at:at] = stock[min(int(draw.zipf(1.3)), len(stock)) - 1]
        rows.append(row)
    plants = []
    for _ in range(documents * 2 // 5):
        one, two = sorted(draw.choice(documents, 2, replace=False).tolist())
        count = int(min(10 + draw.exponential(25), 200, len(rows[one]) // 2))
        at = int(draw.integers(0, len(rows[one]) - count))
        to = _between(rows[two], int(draw.integers(0, len(rows[two]))))
        mark = f"<{len(plants)}>"
        copy = rows[one][at : at + count]
        if any("<" in word or "\n" in word for word in copy) or len(set(copy)) < 6:
            continue
        rows[one][at : at + count] = [mark + copy[0], *copy[1:-1], copy[-1] + mark]
        rows[two][to:to] = [mark + copy[0], *copy[1:-1], copy[-1] + mark]
        plants.append((one, two, mark, count))
    texts, where = [], []
    for row in rows:
        ends = draw.random(len(row))
        text = "".join(
            word + (".\n" if end < 0.01 else ", " if end < 0.06 else " ")
            for word, end in zip(row, ends, strict=True)
        )
        clean, marks = _without_marks(text)
        texts.append(clean)
        where.append(marks)
    found = []
    for one, two, mark, count in plants:
        if len(where[one].get(mark, ())) == 2 and len(where[two].get(mark, ())) == 2:
            (a, b), (c, d) = where[one][mark], where[two][mark]
            found.append(((one, two), ((a, b), (c, d)), count))
    return texts, found


def _between(row: list[str], place: int) -> int:
    """Return the first place from there on that lies in no copy."""
    depth = 0
    for at, word in enumerate(row):
        if at >= place and not depth:
            return at
        depth += word.startswith("<") - word.endswith(">")
    return len(row)


def _without_marks(text: str) -> tuple[str, dict[str, list[int]]]:
    """Return the text without marks, and where each stood."""
    pieces, marks, size = [], defaultdict(list), 0
    for part in text.split("<"):
        mark, closed, rest = part.partition(">")
        if closed:
            marks[f"<{mark}>"].append(size)
        else:
            rest = part
        pieces.append(rest)
        size += len(rest)
    return "".join(pieces), marks


def _hostile(name: str) -> None:
    chance = random.Random(3)  # noqa: S311 (a corpus, no secret)
    words = ["".join(chance.choices("aeiounrtslkdmg", k=6)) for _ in range(20_000)]

    def prose(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    def copies() -> Iterator[str]:  # every page is made of the same 400 sentences, in another order
        sentences = [prose(20) for _ in range(400)]
        for _ in range(2000):
            yield " ".join(chance.sample(sentences, 60))

    texts = {
        "page": lambda: [prose(800)] * 1000,
        "large": lambda: [prose(7_200_000)],
        "word": lambda: ["word " * 1_000_000],
        "rows": lambda: [
            "\n".join(
                f"Total for the year {n} in the district of Orland was {n * 7} persons"
                for n in range(100_000)
            )
        ],
        "letters": lambda: ["x" * 20_000_000],
        "copies": lambda: list(copies()),
    }[name]()
    before, start = _memory(anew=True), time.process_time()
    found = survey(texts)
    print(
        f"{name}: {sum(map(len, texts)) / 1e6:.0f} MB, {time.process_time() - start:.1f} s of the processor, "
        f"{_memory()} MB of memory ({before} of them before), {len(found.shared)} passages"
    )


if __name__ == "__main__":
    main()
