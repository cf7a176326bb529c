"""People, arrivals and pronouns of short prose: the cases of `golden/prose.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from regesta.extraction import extract, prepare
from regesta.extraction.scene import Scene
from regesta.model import Extraction, Source
from regesta.reading import read_bytes
from regesta.vocab import lexicon

GOLDEN = Path(__file__).parent / "golden" / "prose.md"


def cases() -> Iterator[object]:
    """Yield a parameter for each expected line, named by the fixture's line; known failures must fail."""
    section = opened = ""
    dotted = False
    text: list[str] = []
    expected: list[str] = []
    lines = GOLDEN.read_text(encoding="utf-8").split("\n")
    title, at = "", 0
    for number, line in enumerate([*lines, "## end"], start=1):
        if line.startswith("# "):
            opened = line[2:].strip()
        if line.startswith(("## ", "# ")):
            if title and expected:
                marks = [pytest.mark.xfail(strict=True)] if section == "known failures" else []
                yield pytest.param("\n".join(text).strip(), expected, id=f"{at}-{title}", marks=marks)
            title, text, expected, at = line.lstrip("# "), [], [], number
            section = opened if line.startswith("# ") else section
            dotted = False
            if line.startswith("# "):
                title = ""
        elif line == ".":
            dotted = True
        elif title and dotted:
            expected += [line] if line.strip() else []
        elif title:
            text.append(line)


def _labels(extraction: Extraction, name: str) -> set[str]:
    """Return the keys of the referents that are mentioned by this name."""
    return {r.key for r in extraction.referents if any(m.quote == name for m in r.mentions)}


def _meant(scene: Scene, word: str) -> str:
    """Return the name of whoever the pronoun or description means; `she#2` is the second "she"."""
    word, _, nth = word.partition("#")
    places = [m.start() for m in re.finditer(rf"\b{re.escape(word)}\b", scene.text, re.IGNORECASE)]
    start = places[int(nth or 1) - 1]
    for row in scene.said:
        for said in row:
            if said.span.start == start:
                name = next((span for span, form in said.actor.mentions if form == "name"), said.span)
                return name.of(scene.text)
    return ""


@pytest.mark.parametrize(("text", "expected"), list(cases()))
def test_people_and_arrivals(text: str, expected: list[str]) -> None:
    document = read_bytes(text.encode(), Source(name="case.txt", date="2022-12-31"))
    extraction = extract(document)
    dates = {(c.subject, getattr(c.value, "edtf", "")) for c in extraction.claims if c.predicate == "arrival"}
    for line in expected:
        parts = [part.strip() for part in line.split("|")]
        if parts[0] == "people":
            named = {r.label for r in extraction.referents if r.kind == "person" and r.is_named}
            assert named == set(parts[1].split("; ")), line
        elif parts[1] == "means":
            assert _meant(prepare(document, lexicon()), parts[0]) == parts[2], line
        else:
            keys = _labels(extraction, parts[0])
            got = {edtf for key, edtf in dates if key in keys}
            assert got == (set() if parts[1] == "none" else {parts[1]}), line


def test_no_case_is_empty() -> None:
    assert len(list(cases())) >= 40


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Ivo Kral defected on 5 September 1945 with 109 documents on espionage activities in the West.",
            None,
        ),
        ("Ivo Kral gave himself up to Canadian guards at Windsor, Ontario, in 1945.", None),
        ("Ivo Kral defected in 1954 to avoid recall to Warsaw.", None),
        ("Ivo Kral flew in May 1941 to Oslo.", "Oslo"),
    ],
)
def test_where_somebody_arrived(text: str, place: str | None) -> None:
    extraction = extract(read_bytes(text.encode(), Source(name="case.txt")))
    assert [c.where for c in extraction.claims if c.predicate == "arrival"] == [place]
