"""Texts in pages, and blocks at hand, say what the chronicle says."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.chronicle import engine
from regesta.criticism import View
from regesta.criticism.pages import REACH, pages
from regesta.criticism.wordings import _AROUND, _around, _spans

_BLOCKS = st.lists(
    st.tuples(st.sampled_from(["a.txt", "b.txt"]), st.integers(0, 9_000), st.integers(1, 6_000)), max_size=12
)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text("aé漢\n ", min_size=1, max_size=1_500), min_size=1, max_size=6), st.data())
def test_what_begins_on_a_page_stands_on_it(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    at = data.draw(st.integers(0, len(text) - 1))
    with engine.connect() as connection:
        connection.execute("create table texts (source varchar, start_char bigint, text varchar)")
        start = 0
        for piece in pieces:
            connection.execute("insert into texts values ('a.txt', ?, ?)", [start, piece])
            start += len(piece)
        view = View(connection)
        assert pages(view) == -(-len(text) // 1_024)
        query = "select substring(text, ? - start_char + 1, ?) from pages where page = ? // 1024"
        ((words,),) = view.rows(query, [at, REACH, at])
    assert words == text[at : at + REACH]


@settings(deadline=None, max_examples=30)
@given(_BLOCKS, st.lists(st.integers(0, 16_000), min_size=1, max_size=8))
def test_blocks_at_hand_are_those_that_the_database_finds(
    blocks: list[tuple[str, int, int]], spots: list[int]
) -> None:
    with engine.connect() as connection:
        connection.execute(
            "create table blocks (source varchar, position bigint, kind varchar, parent bigint, content_start bigint, content_end bigint)"
        )
        for position, (source, start, length) in enumerate(blocks):
            row = [source, position, "paragraph", None, start, start + length]
            connection.execute("insert into blocks values (?, ?, ?, ?, ?, ?)", row)
        view = View(connection)
        asked = [(source, spot) for source in ("a.txt", "b.txt") for spot in spots]
        columns = [[source for source, _ in asked], [spot for _, spot in asked]]
        expected = view.rows(_AROUND, columns)
        found = _around(_spans(view), asked)
    assert sorted(found) == sorted(expected)
