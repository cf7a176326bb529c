"""Reads PDFs set from known texts and counts what came out as it was written: `python tests/pdf/pdf_score.py [N [FIRST]]`."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from typesetting import Piece, Prose, Setting, typeset

from regesta.model import Document, Source
from regesta.reading import read_bytes

RAISED = re.compile(r"[⁰¹²³⁴-⁹]+")

SETTINGS = {
    "book": Setting(width=420, height=600, margin=54, size=10, head="alternating"),
    "book, ragged": Setting(width=420, height=600, margin=54, size=10, justified=False, hyphenated=False, head="foot"),
    "report": Setting(indent=0, font="Helvetica", bold="Helvetica-Bold", size=10, head="plain", justified=False),
    "report, justified": Setting(indent=0, size=11, leading=1.35, head="foot", rules="level"),
    "article, two columns": Setting(columns=2, size=9.5, margin=50, head="alternating"),
    "article, blank lines": Setting(columns=2, size=9, margin=50, indent=0, head="plain", font="Helvetica", bold="Helvetica-Bold"),
    "newsletter, three columns": Setting(columns=3, size=8.5, margin=54, gutter=14, head="foot", note_rule=False),
}  # fmt: skip


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def normal(text: str) -> str:
    return " ".join(RAISED.sub("", text).split())


def truth_of(pieces: list[Piece]) -> list[tuple[str, str]]:
    found = []
    for piece in pieces:
        if piece.kind == "table":
            continue
        found.append((piece.kind, normal(piece.plain)))
        found += [("footnote", normal(note)) for note in piece.notes.values()]
    return found


def compare(pieces: list[Piece], document: Document) -> dict[str, tuple[int, int, int]]:
    """Return per kind: how many of the truth were found exactly, how many there are, how many were found in all."""
    wanted, got = (
        Counter(truth_of(pieces)),
        Counter(
            (str(block.kind), normal(block.content.of(document.text)))
            for block in document.blocks
            if block.kind not in ("table", "row", "cell", "furniture")
        ),
    )
    found: dict[str, tuple[int, int, int]] = {}
    for kind in {kind for kind, _ in wanted} | {kind for kind, _ in got}:
        right = sum(min(n, got[key]) for key, n in wanted.items() if key[0] == kind)
        found[kind] = (
            right,
            sum(n for key, n in wanted.items() if key[0] == kind),
            sum(n for key, n in got.items() if key[0] == kind),
        )
    cells = Counter(cell for piece in pieces for row in piece.rows for cell in row)
    read = Counter(normal(cell) for table in document.tables for row in table.rows for cell in row)
    found["cell"] = (sum((cells & read).values()), cells.total(), read.total())
    marks = sum(len(piece.notes) for piece in pieces)
    by_id = {reference.id: reference for reference in document.references}
    linked = sum(
        marker.reference is not None and by_id[marker.reference].marker == f"[{marker.label}]"
        for marker in document.markers
    )
    found["mark"] = (min(linked, marks), marks, len(document.markers))
    return found


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    first = int(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2].isdigit() else 0
    total: Counter[tuple[str, int]] = Counter()
    for name, setting in SETTINGS.items():
        here: Counter[tuple[str, int]] = Counter()
        for seed in range(first, first + n):
            pieces = Prose(seed).book()
            document = read_bytes(typeset(pieces, setting), Source(name="a.pdf"))
            for kind, numbers in compare(pieces, document).items():
                for place, number in enumerate(numbers):
                    here[kind, place] += number
            if "-v" in sys.argv:
                show(pieces, document)
        total += here
        say(f"{name:28}", line(here))
    say(f"{'all':28}", line(total))


def show(pieces: list[Piece], document: Document) -> None:
    wanted = truth_of(pieces)
    got = [(str(b.kind), normal(b.content.of(document.text))) for b in document.blocks]
    for item in Counter(wanted) - Counter(got):
        say("  missing", item[0], item[1][:100], "...", item[1][-40:])
    for item in Counter(got) - Counter(wanted):
        if item[0] not in ("table", "row", "cell", "furniture"):
            say("  extra  ", item[0], item[1][:100], "...", item[1][-40:])


def line(counted: Counter[tuple[str, int]]) -> str:
    kinds = sorted({kind for kind, _ in counted})
    return "  ".join(f"{kind} {counted[kind, 0]}/{counted[kind, 1]}({counted[kind, 2]})" for kind in kinds)


if __name__ == "__main__":
    main()
