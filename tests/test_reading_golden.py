"""Whole small documents of every format, against what a careful reader sees in them.

tests/golden/reading/FORMAT.md: `## title`, the file between fences, then the outline that `outline` prints.
REGESTA_GOLDEN=update rewrites the outlines; the difference is reviewed like code.
"""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path

import pytest

from regesta.model import Document, Source
from regesta.reading import read_bytes

FOLDER = Path(__file__).parent / "golden" / "reading"
CASE = re.compile(
    r"^## (?P<title>.+)\n(?P<fence>`{3,5})(?P<language>\w*)\n(?P<file>(?:.*\n)*?)(?P=fence)\n(?P<outline>(?:(?!## ).*\n?)*)",
    re.MULTILINE,
)
SUFFIX = {"html": "html", "wikitext": "wiki", "markdown": "md", "csv": "csv", "tsv": "tsv"}


def outline(document: Document) -> str:
    """One line a block, indented by its depth; a table's rows as cells, `#` before those of its header."""
    lines: list[str] = []
    source = document.source
    said = [f"{k}={v}" for k in ("title", "url", "licence", "date", "language") if (v := getattr(source, k))]
    if said:
        lines.append("source " + " ; ".join(said))
    tables = {table.block: table for table in document.tables}
    depth: dict[int, int] = {}
    for index, block in enumerate(document.blocks):
        depth[index] = depth.get(block.parent, -1) + 1
        if block.kind in {"row", "cell"}:
            continue
        words = block.content.of(document.text).replace("\n", "⏎")
        name = block.kind + (str(block.level) if block.level else "")
        lines.append(
            "  " * depth[index]
            + " ".join(filter(None, [name, block.marker]))
            + (f": {words}" if words else "")
        )
        if index in tables:
            table = tables[index]
            for n, row in enumerate(table.rows):
                sign = "#" if n < table.n_header_rows else "="
                lines.append("  " * depth[index] + f"  {sign} " + " | ".join(row).replace("\n", "⏎"))
    for mark in document.markers:
        target = next((r.marker for r in document.references if r.id == mark.reference), "nothing")
        before = document.text[max(0, mark.span.start - 8) : mark.span.start].replace("\n", "⏎")
        lines.append(f"mark {mark.span.of(document.text)} after {before!r} -> {target}")
    for reference in document.references:
        facts = {
            "title": reference.title,
            "by": "; ".join(reference.authors),
            "in": reference.publisher,
            "date": reference.date,
            "retrieved": reference.retrieved,
            "url": reference.url,
            "ids": ", ".join(map(":".join, reference.identifiers)),
        }
        lines.append(
            " ; ".join(
                [f"{reference.kind} {reference.marker}".strip(), *[f"{k}={v}" for k, v in facts.items() if v]]
            )
        )
    lines += [f"problem {code}: {reason}" for _, code, reason in document.problems]
    return "\n".join(line.rstrip() for line in lines)


def read_case(path: Path, case: re.Match[str]) -> Document:
    words = case["file"].replace("␍", "\r")
    return read_bytes(words.encode(), Source(name=f"a.{SUFFIX[path.stem]}"))


def rewritten(path: Path, case: re.Match[str]) -> str:
    lines = re.sub(r"^(?=.)", "    ", outline(read_case(path, case)), flags=re.MULTILINE)
    return (
        f"## {case['title']}\n{case['fence']}{case['language']}\n{case['file']}{case['fence']}\n\n{lines}\n\n"
    )


def cases() -> list[object]:
    found: list[object] = []
    for path in sorted(FOLDER.glob("*.md")):
        text = path.read_text("utf-8")
        if os.environ.get("REGESTA_GOLDEN") == "update":
            text = CASE.sub(partial(rewritten, path), text).rstrip("\n") + "\n"
            path.write_text(text, "utf-8")
        for case in CASE.finditer(text):
            line = text.count("\n", 0, case.start()) + 1
            found.append(pytest.param(path, case, id=f"{path.name}:{line} {case['title']}"))
    return found


@pytest.mark.parametrize(("path", "case"), cases())
def test_outline(path: Path, case: re.Match[str]) -> None:
    wanted = [line.removeprefix("    ").rstrip() for line in case["outline"].strip("\n").splitlines()]
    assert outline(read_case(path, case)).splitlines() == wanted


@pytest.mark.parametrize(("path", "case"), cases())
def test_laws(path: Path, case: re.Match[str]) -> None:
    document = read_case(path, case)
    whole = len(document.text)
    for index, block in enumerate(document.blocks):
        assert 0 <= block.span.start <= block.content.start <= block.content.end <= block.span.end <= whole
        assert -1 <= block.parent < index
        if block.parent >= 0:
            assert document.blocks[block.parent].span.contains(block.span)
        if index:
            assert document.blocks[index - 1].span.start <= block.span.start
        assert block.place.line is not None or block.kind in {"furniture", "paragraph"}
    for table in document.tables:
        assert document.blocks[table.block].kind == "table"
        for row, spans in zip(table.rows, table.cells, strict=True):
            assert len(row) == len(table.rows[0]) == len(spans)
    for reference in document.references:
        assert reference.span.of(document.text).strip() == reference.span.of(document.text) != ""
        for start in reference.cited_at:
            assert any(m.span.start == start and m.reference == reference.id for m in document.markers)
