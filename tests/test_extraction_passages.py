"""Where passages and sentences end: nothing is lost between them, and none is endless."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from regesta.extraction.passages import cut, usual_year
from regesta.extraction.sentences import sentences
from regesta.extraction.signs import Signs
from regesta.extraction.tokens import Tokens, fold
from regesta.model import Block, Document, Source
from regesta.text.span import Span

_WORDS = st.lists(
    st.sampled_from(["Kim", "fled", "in 1990.", "Dr.", "he", "x" * 3000, "(", "no?"]), max_size=40
)


def _signs(text: str) -> Signs:
    folded = fold(text)
    return Signs(folded, Tokens(folded))


def _document(text: str) -> Document:
    span = Span(0, len(text))
    block = Block(kind="paragraph", span=span, content=span)
    return Document(id="d", source=Source(name="a.txt", format="text"), text=text, blocks=(block,))


@given(_WORDS)
def test_no_word_is_lost_between_sentences(words: list[str]) -> None:
    text = " ".join(words)
    found = sentences(text, 0, len(text))
    assert "".join(span.of(text) for span in found).replace(" ", "") == text.replace(" ", "")
    assert all(span.end - span.start <= 2000 for span in found)
    assert found == sorted(found)


def test_a_paragraph_without_end_is_read_in_parts() -> None:
    text = "Jan Novak fled to Austria in 1962. " * 1000
    passages = cut(_document(text), _signs(text))
    assert len(passages) > 1
    assert all(p.span.end - p.span.start <= 8000 for p in passages)
    assert [s for p in passages for s in p.sentences] == sentences(text, 0, len(text))


def test_a_paragraph_is_read_whole() -> None:
    text = "Jan Novak fled to Austria in 1962. " * 200
    assert len(cut(_document(text), _signs(text))) == 1


def _usual(text: str) -> str | None:
    year = usual_year(_document(text), _signs(text))
    return year.edtf if year else None


def test_a_year_told_once_and_alone_is_not_the_usual_one() -> None:
    assert _usual("In August Ana swam to the island. Ana had won a medal in 2012.") is None
    assert _usual("In August Ana swam to the island. On 3 May 2012 Ana left.") == "2012"
    assert _usual("In August Ana swam. In 2012 Ana was ten. In 2012 Bo was nine.") == "2012"
    assert _usual("In August Ana swam to the island. (c) Lund Press 2012.") == "2012"
