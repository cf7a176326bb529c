"""A large document in windows: nothing of the text is lost or read twice, and what is found stands where it says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from regesta.extraction import extract_parts
from regesta.extraction.windows import is_large, windows
from regesta.model import Document, Source
from regesta.reading import read_bytes
from regesta.resolution import resolve

NAMES = ["Ana Kos", "Jan Novak", "Eva Berg", "Karl Stern", "Maria Lopez", "Peter Weiss", "Anna Petrova"]
YEARS = "".join(
    f"## {year}\n\n* {NAMES[year % 7]} fled to Austria on 5 May {year}.\n* Two sailors arrived in Bremen in June.\n\n"
    "| Year | Arrivals |\n| --- | --- |\n| 1951 | 12 |\n| 1952 | 15 |\n\n"
    for year in range(1950, 1990)
)

pieces = st.lists(
    st.sampled_from(
        [
            "# A heading\n\n",
            "## 1968\n\n",
            "A paragraph of words about nothing much. ",
            "\n\n",
            "* An item\n",
            "  * An inner item\n",
            "| a | b |\n| - | - |\n| 1 | 2 |\n\n",
            "Words" * 40,
            "ß한\U0001f600 ",
        ]
    ),
    min_size=1,
    max_size=80,
)


def read(text: str, name: str = "a.md") -> Document:
    return read_bytes(text.encode(), Source(name=name))


@given(pieces, st.integers(20, 200))
def test_windows_are_the_text(parts: list[str], size: int) -> None:
    document = read("".join(parts))
    made = list(windows(document, size))
    assert "".join(window.text for window, _ in made) == document.text
    assert [base for _, base in made] == [sum(len(w.text) for w, _ in made[:n]) for n in range(len(made))]
    for window, base in made:
        for block in window.blocks:
            assert (
                0
                <= block.span.start
                <= block.content.start
                <= block.content.end
                <= block.span.end
                <= len(window.text)
            )
            assert block.parent < len(window.blocks)
        for table in window.tables:
            assert window.blocks[table.block].kind == "table"
            for row, cells in zip(table.rows, table.cells, strict=True):
                for words, span in zip(row, cells, strict=True):
                    assert span.of(window.text) == span.shift(base).of(document.text)
                    assert words in span.of(window.text) or not words
        for mark in window.markers:
            assert mark.span.of(window.text) == mark.span.shift(base).of(document.text)


@given(pieces, st.integers(20, 200))
def test_every_word_is_in_a_block_of_a_window(parts: list[str], size: int) -> None:
    document = read("".join(parts))

    def solid(found: list[tuple[Document, int]]) -> set[int]:
        return {
            at + base
            for window, base in found
            for block in window.blocks
            for at in range(*block.content)
            if not window.text[at].isspace()
        }

    assert solid(list(windows(document, size))) == solid([(document, 0)])


def test_cuts_are_before_headings() -> None:
    document = read(YEARS)
    made = list(windows(document, 2_000))
    assert len(made) > 2
    assert all(window.text.startswith("## 19") for window, _ in made)
    assert sum(len(window.tables) for window, _ in made) == len(document.tables) == 40


def test_what_is_found_in_windows_stands_in_the_document() -> None:
    document = read(YEARS)
    assert is_large(document, 2_000)
    parts = list(extract_parts(document, size=2_000))
    assert len(parts) > 2
    placed = [e for part in parts for claim in part.claims for e in claim.evidence]
    placed += [o.evidence for part in parts for o in part.observations]
    assert len(placed) > 100
    assert all(document.text[e.start : e.end] == e.quote for e in placed)
    for part in parts:
        for referent in part.referents:
            assert all(m.span.of(document.text) == m.quote for m in referent.mentions)
        assert all(document.text[r.start : r.end] == r.quote for r in part.rejections)
    ids = [claim.id for part in parts for claim in part.claims]
    assert len(set(ids)) == len(ids)


def test_who_bears_one_name_in_several_windows_is_one() -> None:
    document = read(YEARS)
    parts = list(extract_parts(document, size=2_000))
    entities = [e for e in resolve([(document, parts)]).entities if e.kind == "person" and e.is_named]
    assert sorted(e.label for e in entities) == sorted(NAMES)
    assert all(len(e.referents) >= 2 for e in entities)
