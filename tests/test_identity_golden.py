"""Small documents go in, people and things come out: never two as one, and one as one as often as the program can.

The cases stand in `golden/identity/*.md`, and its README says how to write them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest

from regesta.extraction import extract
from regesta.model import Document, Extraction, Resolution, Source
from regesta.reading import read_bytes
from regesta.resolution import resolve

FOLDER: Final = Path(__file__).parent / "golden" / "identity"
RECALL: Final = 0.85
"""Of the pairs that are one, those that are found; counted over all cases, known misses included."""
_LINE: Final = re.compile(r"(=|!=|<)(\??) (.+)")
_MENTION: Final = re.compile(r"([\w-]+): (.+?)(?:#(\d+))?")


@dataclass(frozen=True)
class Named:
    """Where a case points: the words of a document, and for which time they stand there."""

    document: str
    words: str
    time: int

    def __str__(self) -> str:
        return f"{self.document}: {self.words}" + (f"#{self.time}" if self.time > 1 else "")


@dataclass(frozen=True)
class Judged:
    """Two mentions, and whether they are one (`=`), two (`!=`), or the left a part of the right (`<`)."""

    verdict: str
    is_known_miss: bool
    left: Named
    right: Named

    def __str__(self) -> str:
        return f"{self.left} {self.verdict} {self.right}"


@dataclass
class Case:
    """Some documents and what is true of them."""

    title: str
    documents: dict[str, str] = field(default_factory=dict)
    """File name -> text."""
    truth: list[Judged] = field(default_factory=list)


@dataclass(frozen=True)
class Run:
    """What the program made of a case."""

    documents: dict[str, tuple[Document, Extraction]]
    resolution: Resolution

    def entities_at(self, named: Named) -> dict[str, str]:
        """Return the entities that these words name, each with its referent's key; the closest fit first."""
        document, extraction = self.documents[named.document]
        start = -1
        for _ in range(named.time):
            start = document.text.index(named.words, start + 1)
        end = start + len(named.words)
        found: list[tuple[int, str]] = []
        for referent in extraction.referents:
            for mention in referent.mentions:
                first, last = mention.span.start, mention.span.end
                if min(end, last) > max(start, first):
                    found.append((abs(first - start) + abs(last - end), referent.key))
        return {self.resolution.entity_of[key]: key for _, key in sorted(found)}

    def entity_at(self, named: Named) -> str | None:
        """Return the entity that these words name most closely; None where nothing was found there."""
        return next(iter(self.entities_at(named)), None)

    def is_right(self, judged: Judged) -> bool:
        """Return whether the program says what is true."""
        left, right = self.entity_at(judged.left), self.entity_at(judged.right)
        if judged.verdict == "!=":
            return left is None or left != right
        if judged.verdict == "=":
            return left is not None and left == right
        entity_of = self.resolution.entity_of
        return any(
            link.verdict == "part-of" and (entity_of[link.left], entity_of[link.right]) == (left, right)
            for link in self.resolution.links
        )


def cases() -> list[Case]:
    """Return the cases of all files."""
    found: list[Case] = []
    for path in sorted(FOLDER.glob("*.md")):
        if path.name != "README.md":
            for part in re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
                title, _, body = part.partition("\n")
                found.append(_case(f"{path.stem}: {title.strip()}", body))
    return found


def _case(title: str, body: str) -> Case:
    case = Case(title)
    name, _, rest = body.partition("--- ")[2].partition("\n")
    while name != "truth":
        text, _, rest = rest.partition("--- ") if rest.startswith("--- ") else rest.partition("\n--- ")
        case.documents[name] = text + "\n"
        name, _, rest = rest.partition("\n")
    for line in filter(None, map(str.strip, rest.splitlines())):
        told = _LINE.fullmatch(line)
        assert told, f"{title}: no judgement: {line}"
        mentions = []
        for words in told[3].split(" | "):
            mention = _MENTION.fullmatch(words.strip())
            assert mention, f"{title}: no mention: {words}"
            mentions.append(Named(mention[1], mention[2], int(mention[3] or 1)))
        pairs = combinations(mentions, 2)
        case.truth += [Judged(told[1], bool(told[2]), left, right) for left, right in pairs]
    return case


CASES: Final = cases()


@cache
def run(number: int) -> Run:
    """Return what the program makes of a case."""
    documents: dict[str, tuple[Document, Extraction]] = {}
    for name, text in CASES[number].documents.items():
        document = read_bytes(text.encode(), Source(name=name))
        documents[name.rpartition(".")[0]] = document, extract(document)
    return Run(documents, resolve([(d, [e]) for d, e in documents.values()]))


def judged(verdict: str) -> list[object]:
    """Return a parameter for each judgement of a verdict; known misses are to fail."""
    return [
        pytest.param(
            number, one, id=f"{case.title}: {one}",
            marks=[pytest.mark.xfail(strict=True, reason="known miss")] if one.is_known_miss else [],
        )
        for number, case in enumerate(CASES)
        for one in case.truth
        if one.verdict == verdict
    ]  # fmt: skip


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 40
    assert len({case.title for case in CASES}) == len(CASES)
    assert all(case.truth and case.documents for case in CASES)


@pytest.mark.parametrize(("number", "one"), judged("!="))
def test_two_stay_two(number: int, one: Judged) -> None:
    assert run(number).is_right(one)


@pytest.mark.parametrize(("number", "one"), judged("="))
def test_one_is_one(number: int, one: Judged) -> None:
    assert run(number).is_right(one)


@pytest.mark.parametrize(("number", "one"), judged("<"))
def test_a_part_is_linked_to_its_whole(number: int, one: Judged) -> None:
    assert run(number).is_right(one)


def test_recall() -> None:
    same = [(number, one) for number, case in enumerate(CASES) for one in case.truth if one.verdict == "="]
    found = [(number, one) for number, one in same if run(number).is_right(one)]
    assert len(found) >= RECALL * len(same)
