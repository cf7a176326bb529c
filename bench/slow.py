"""Look for texts that make a reader or the extraction slow: `python bench/slow.py [--only WORD] [--mixes 40]`.

    pieces, and mixes of three ─ repeated to n, 2n, 4n bytes ─► CPU time of reading, and of extraction
                                                                told where it grows like a square, or is slow

Time in proportion to the input doubles with it. A row is told where it grows more than threefold on the way from 2n to 4n, or
where 100 KB take more than two seconds. It is not run by the tests: it measures time. Each text runs in a child with a limit,
so one that hangs is told, too.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import random
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

PIECES = (
    "(", ")", "[", "]", "a ", "A ", "* ", "1. ", "{{", "}}", "'''", "<b>", "<i><b>", "</p>", "<table><tr><td>", "<ul><li>", "| ", "|-\n", "&amp;", "&", " ,", "and ", "Kim Il, ", "1997, ", "in 1990 and ", '"', "“", "¶", "한", "—", "http://a.",
    "J. ", "of the ", "\n", "\n\n", "\t", ", ", ";", ":", "-", "--", "---\n", "#", "# a\n", "> ", "`", "~~~\n", "**", "_", "\\", "![", "](", "[[", "]]", "[1]", "<ref>", "<ref name=a />", "<!--", "{|\n", "=", "== a ==\n", "%", "$5 ", "5 ", "5", "a1", "1a", "1,000 ", "1.5 ", "1/2 ",
    "five ", "hundred ", "twenty-", "million ", "to ", "from ", "by ", "his ", "he ", "She ", "who ", "that ", "Captain ", "Dr. ", "Kim ", "Kim Il-su ", "Jan Novak ", "JAN NOVAK ", "NOVAK, Jan\n", "May ", "5 May ", "5 May 1962 ", "1962-05-05 ", "1962–63 ", "c. 1962 ", "1960s ",
    "fled ", "fled to ", "arrived in ", "defected to Austria ", "was born ", "died ", "aged 21 ", "a pilot ", "the ", "in ", "in Vienna ", "via ", "his brother ", "people ", "12 sailors ", "said ", "not ", '"a" ', "'s ", "Name: x\n", "Year\tPeople\n", "1953: 40\n", "1953\t40\n", "* 1953: 40\n",
    "- a\n", "1) a\n", "a\n", "A. B. ", "ISBN 1 ", "^ a b ", "1997년 ", "二万", "昭和", "5 мая 1962 ", "am 5. Mai 1962 ", "\u200b", "\xa0", "e\u0301", "İ", "😀", "@", "a@b.c ", "www.a.b ", "€5m ", "km ", "per month ", "%-", "...", ". ", "! ", "U.S. ", "<td>", "<a href='#1'>1</a>", "<sup>1</sup>", "{", "}", '{"a":', "[[a|b", "x=1|",
)  # fmt: skip
NAMES = ("a.txt", "a.html", "a.wiki", "a.md", "a.csv", "a.tsv", "a.json", "a.jsonl", "a.eml", "a.mhtml")
SIZE = 20_000
"""Bytes of the shortest text."""
LIMIT = 60
"""Seconds of one text."""
SLOW = 2.0, 100_000
GROWTH = 3.0
_OPENINGS = {
    "a.eml": "From: a@b.c\nSubject: s\n\n", "a.mhtml": "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n",
    "a.json": '{"text": "', "a.html": "<body>",
}  # fmt: skip


def texts(n_mixes: int) -> Iterator[str]:
    """Yield the pieces, then mixes of two and three."""
    yield from PIECES
    chance = random.Random(7)  # noqa: S311 - no secret
    for n in range(n_mixes):
        yield "".join(chance.sample(PIECES, 2 + n % 2))


def took(name: str, text: str) -> tuple[float, float]:
    """Return the seconds of CPU for reading and for extraction."""
    from regesta.errors import RegestaError
    from regesta.extraction import extract
    from regesta.model import Source
    from regesta.reading import read_bytes

    begin = time.process_time()
    try:
        document = read_bytes((_OPENINGS.get(name, "") + text).encode(), Source(name=name))
    except RegestaError:
        return time.process_time() - begin, 0.0
    middle = time.process_time()
    if name in ("a.txt", "a.html", "a.wiki", "a.csv"):
        extract(document)
    return middle - begin, time.process_time() - middle


def work(asked: Connection) -> None:
    """Answer what is asked, for ever."""
    while True:
        name, text = asked.recv()
        try:
            asked.send(took(name, text))
        except Exception as error:  # noqa: BLE001 - told
            asked.send(f"{type(error).__name__}: {str(error)[:100]}")


class Worker:
    """A child that can be given up."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self.ours, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.get_context("spawn").Process(target=work, args=(theirs,), daemon=True)
        self.process.start()

    def ask(self, name: str, text: str) -> tuple[float, float] | str:
        self.ours.send((name, text))
        if self.ours.poll(LIMIT):
            with contextlib.suppress(EOFError):
                answer: tuple[float, float] | str = self.ours.recv()
                return answer
            self._start()
            return "died"
        self.process.kill()
        self._start()
        return f"more than {LIMIT} s"


def tried(worker: Worker, name: str, piece: str) -> str | None:
    """Return what is wrong with a text made of that piece, None where nothing is."""
    sizes = (SIZE, 2 * SIZE, 4 * SIZE)
    found: list[tuple[float, float]] = []
    for size in sizes:
        answer = worker.ask(name, piece * (size // len(piece.encode())))
        if isinstance(answer, str):
            return f"{size} bytes: {answer}"
        found.append(answer)
    for part, step in enumerate(("reading", "extraction")):
        times = [one[part] for one in found]
        per = times[-1] / sizes[-1] * SLOW[1]
        growth = times[2] / max(times[1], 1e-3)
        if per > SLOW[0] or (growth > GROWTH and times[2] > 0.15):
            return f"{step}: {times[0]:.2f} {times[1]:.2f} {times[2]:.2f} s, {per:.1f} s per 100 KB, x{growth:.1f}"
    return None


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", choices=NAMES)
    arguments.add_argument("--mixes", type=int, default=40)
    asked = arguments.parse_args()
    worker = Worker()
    n = n_told = 0
    for name in (asked.only,) if asked.only else NAMES:
        for piece in texts(asked.mixes):
            n += 1
            if (told := tried(worker, name, piece)) is not None:
                n_told += 1
                print(f"{name:8} {piece!r:40} {told}", flush=True)
    print(f"{n} texts, {n_told} told")


if __name__ == "__main__":
    main()
