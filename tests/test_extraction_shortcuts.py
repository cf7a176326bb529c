"""What is only there to be quick finds what the plain way finds: beside each stands the slow reference."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.extraction import listing, sentences
from regesta.extraction.tokens import Tokens, fold, met, sift

_PLAIN_END = re.compile(r"(?<![.!?])[.!?]+[\"')\]]*(?:\[\d{1,3}\])*(?=\s+(\S))")


@given(st.text("ab A1.!?\"')][\n", max_size=40), st.integers(0, 5))
def test_sentences_end_where_the_plain_pattern_says(text: str, start: int) -> None:
    plain = [match.span() for match in _PLAIN_END.finditer(text, start)]
    assert [match.span() for match in sentences._END.finditer(text, start)] == plain


@pytest.mark.parametrize(
    "text",
    [
        "People who DEFECTED", "Flights to freedom", "those who came across", "they would not go home", "over the wall", "réémigrés",
        "an émigré paper", "men who made it out", "stayed in the West", "Transit camp and reception center", "boat people", "landing at Kiel",
        "women who swam over", "the displaced", "Expulsion of 1951", "immigrants", "made it to safety", "stayed on in Lyon", "stowaways",
        "the crossing", "asylum", "people got away", "hijackers", "evacuation", "arrivals", "left", "fleeing", "sanctuary", "reached Oslo",
    ],
)  # fmt: skip
def test_every_title_of_a_register_holds_a_stem(text: str) -> None:
    assert listing._REGISTER.search(text.lower()) is not None
    assert listing.is_titled(text)
    assert not listing.is_titled("Bakers of the old town")


@given(
    st.lists(st.sampled_from("fled came went shop third Late".split())),
    st.frozensets(st.text("cameflt", max_size=4)),
)
def test_words_are_met_and_sifted_as_by_looking_at_each(words: list[str], wanted: frozenset[str]) -> None:
    index = dict.fromkeys(words)
    assert set(met(index, wanted)) == set(words) & wanted
    dull: set[str] = {"shop"}
    assert set(sift(words, dull, lambda word: word.endswith("e"))) == {w for w in words if w.endswith("e")}
    assert dull == {"shop", *(word for word in words if not word.endswith("e"))}


@given(st.text("aB 'é-", max_size=30))
def test_words_seen_small_are_those_without_a_capital_somewhere(text: str) -> None:
    tokens = Tokens(fold(text))
    each = [tokens[at] for at in range(len(tokens))]
    assert tokens.seen_small == {token.lower for token in each if not token.is_capital}
    assert tokens.capitals == [at for at, token in enumerate(each) if token.is_capital]
