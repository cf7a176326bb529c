"""Fingerprints outlive an edit elsewhere, and change with what was looked at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.model import DateValue, EntityValue, QuantityValue, RouteStop, RouteValue, TextValue, Value
from regesta.model.fingerprints import (
    canonical_value,
    claim_fingerprint,
    passage_around,
    referent_fingerprint,
)
from regesta.text.span import Span

WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
numbers = st.none() | st.floats(allow_nan=False)
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.builds(TextValue, text=WORDS),
    st.builds(DateValue, edtf=WORDS),
    st.builds(EntityValue, key=st.just("m-1"), label=WORDS),
    st.builds(RouteValue, stops=st.lists(st.builds(RouteStop, text=WORDS), max_size=3).map(tuple), by=st.none() | WORDS),
    st.builds(QuantityValue, number=numbers, unit=WORDS, low=numbers, high=numbers, approximate=st.booleans()),
)  # fmt: skip


def folded(value: object) -> object:
    return " ".join(str(value).split())


@given(VALUES, VALUES)
def test_values_are_one_when_they_say_the_same(one: Value, other: Value) -> None:
    if canonical_value(one) == canonical_value(other):
        assert type(one) is type(other)
    if one == other:
        assert canonical_value(one) == canonical_value(other)


@given(st.lists(WORDS, min_size=1, max_size=3), st.lists(WORDS, min_size=1, max_size=3))
def test_stops_do_not_run_into_each_other(one: list[str], other: list[str]) -> None:
    ways = [RouteValue(stops=tuple(RouteStop(text=text) for text in texts)) for texts in (one, other)]
    alike = canonical_value(ways[0]) == canonical_value(ways[1])
    assert alike == ([folded(text) for text in one] == [folded(text) for text in other])


def test_keys_of_referents_are_no_part_of_a_value() -> None:
    assert canonical_value(EntityValue(key="m-1", label="Tartu")) == canonical_value(
        EntityValue(key="m-2", label="Tartu")
    )
    here = RouteValue(stops=(RouteStop(text="Tartu", key="m-1"),), by="train")
    there = RouteValue(stops=(RouteStop(text="Tartu", key=None),), by="train")
    assert canonical_value(here) == canonical_value(there)
    assert canonical_value(QuantityValue(number=2, unit="day")) != canonical_value(
        QuantityValue(number=None, low=2, unit="day")
    )


@pytest.mark.parametrize(
    "other",
    [
        ("Mari arrived in 1945", "arrival", DateValue(edtf="1944"), "Mari Tamm"),
        ("Mari arrived in 1944", "birth", DateValue(edtf="1944"), "Mari Tamm"),
        ("Mari arrived in 1944", "arrival", DateValue(edtf="1944?"), "Mari Tamm"),
        ("Mari arrived in 1944", "arrival", TextValue(text="1944"), "Mari Tamm"),
        ("Mari arrived in 1944", "arrival", DateValue(edtf="1944"), "Mari Kask"),
        ("mari arrived in 1944", "arrival", DateValue(edtf="1944"), "Mari Tamm"),
    ],
)
def test_another_claim_has_another_fingerprint(other: tuple[str, str, Value, str]) -> None:
    first = claim_fingerprint("Mari arrived in 1944", "arrival", DateValue(edtf="1944"), "Mari Tamm")
    assert first.startswith("fc-")
    assert claim_fingerprint(*other) != first


SENTENCE = "In the autumn  Mari Tamm, a weaver,\ncrossed the gulf by boat."


def passage(text: str) -> str:
    start, first = text.index("Mari Tamm"), text.index("In the autumn")
    return passage_around(
        text, Span(start, start + 9), Span(first, text.index("by boat.", first) + len("by boat."))
    )


@given(st.text(max_size=30), st.text(max_size=30))
def test_an_edit_elsewhere_changes_nothing(before: str, after: str) -> None:
    assert passage(f"{before} {SENTENCE} {after}") == passage(SENTENCE) == " ".join(SENTENCE.split())


@given(st.text(max_size=400), st.text(min_size=1, max_size=300), st.text(max_size=400))
def test_a_passage_is_short_and_folded(before: str, name: str, after: str) -> None:
    text = before + name + after
    found = passage_around(text, Span(len(before), len(before) + len(name)), Span(0, len(text)))
    assert len(found) <= 200
    assert not any(two in found for two in ("  ", "\n", "\t"))
    once = referent_fingerprint("person", name, found)
    assert once == referent_fingerprint("person", name, found.replace(" ", "\n \t"))
    assert once.startswith("fm-")


def test_of_a_document_of_one_line_only_the_neighbourhood_counts() -> None:
    line = "x " * 400_000 + "Mari Tamm" + " y" * 400_000
    start = line.index("Mari")
    found = passage_around(line, Span(start, start + 9), Span(0, len(line)))
    assert "Mari Tamm" in found
    assert found == passage_around("q" + line, Span(start + 1, start + 10), Span(0, len(line) + 1))


def test_two_of_one_name_in_two_sentences_are_two() -> None:
    one = referent_fingerprint("person", "Mari", "Mari wove.")
    assert one != referent_fingerprint("person", "Mari", "Mari sang.")
    assert one != referent_fingerprint("place", "Mari", "Mari wove.")
    assert one != referent_fingerprint("person", "Maria", "Mari wove.")
