"""What people say of claims: values by type, passages that are found again, and which claims compete."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.decisions import (
    Competition,
    Passage,
    Saying,
    find_passage,
    passage_at,
    read_value,
    rivals_of,
    saying_of,
)
from regesta.decisions.values import parse_value
from regesta.errors import DecisionError
from regesta.model import DateValue, EntityValue, QuantityValue, RouteStop, RouteValue, TextValue, Value
from regesta.vocab import predicates

AGE = QuantityValue(number=40, unit="year")


@pytest.mark.parametrize(
    ("text", "takes", "was", "wanted"),
    [
        ("1953-02", ("date",), None, DateValue(edtf="1953-02")),
        (" 195X ", ("date",), None, DateValue(edtf="195X")),
        ("1953-02/1953-04", ("date",), None, DateValue(edtf="1953-02/1953-04")),
        ("46 years", ("quantity",), None, QuantityValue(number=46, unit="year")),
        ("46", ("quantity", "text"), AGE, QuantityValue(number=46, unit="year")),
        (
            "about 2,700 people",
            ("quantity",),
            None,
            QuantityValue(number=2700, unit="person", approximate=True),
        ),
        ("3-5 months", ("quantity",), None, QuantityValue(number=None, low=3, high=5, unit="month")),
        ("12 500.5 NOK/month", ("quantity",), None, QuantityValue(number=12500.5, unit="NOK/month")),
        ("as long as it takes", ("quantity", "text"), None, TextValue(text="as long as it takes")),
        ("as long as it takes", ("quantity", "text"), AGE, TextValue(text="as long as it takes")),
        ("a ship's cook", ("text",), None, TextValue(text="a ship's cook")),
        ("fm-0123456789abcdef", ("entity", "text"), None, EntityValue(key="m-7", label="Liv")),
        ("nephew of Liv", ("entity", "text"), None, TextValue(text="nephew of Liv")),
        (
            "Oslo > Bergen → Hull by boat",
            ("route",),
            RouteValue(stops=(RouteStop(text="Bergen", key="m-9"),)),
            RouteValue(
                stops=(RouteStop(text="Oslo"), RouteStop(text="Bergen", key="m-9"), RouteStop(text="Hull")),
                by="boat",
            ),
        ),
    ],
)
def test_values(text: str, takes: tuple[str, ...], was: Value | None, wanted: Value) -> None:
    assert parse_value(text, takes, was, {"fm-0123456789abcdef": ("m-7", "Liv")}.get) == wanted


@pytest.mark.parametrize(
    ("text", "takes", "told"),
    [
        ("", ("text",), "the value is blank"),
        ("13 May", ("date",), "the value is no date: found '13 May'; write EDTF"),
        ("1953-13", ("date",), "no date"),
        ("46", ("quantity",), "has no unit"),
        ("many", ("quantity",), "is no quantity"),
        ("5-3 month", ("quantity",), "ends before it begins"),
        ("Oslo", ("route",), "is no way"),
        ("Liv", ("entity",), "nobody whom the sources name"),
        ("fm-ffffffffffffffff", ("entity",), "nobody whom the sources name"),
        ("x" * 3000, ("text",), "longer than 2,000"),
    ],
)
def test_what_is_no_value_is_told(text: str, takes: tuple[str, ...], told: str) -> None:
    with pytest.raises(DecisionError, match=told):
        parse_value(text, takes)


@given(st.text(), st.sampled_from(sorted(predicates())))
def test_any_words_are_a_value_or_a_decision_error(words: str, predicate: str) -> None:
    try:
        value = read_value(predicate, words, None, lambda _: None)
    except DecisionError:
        return
    assert value.type in predicates()[predicate].values


TEXTS = st.text(alphabet="ab \n.é😀", min_size=1, max_size=120)


@given(TEXTS, st.data(), st.text(alphabet="xyz \n", max_size=40))
def test_a_passage_is_found_again_after_an_edit_before_it(text: str, data: st.DataObject, new: str) -> None:
    """Either the very place, moved by what was put before the text, or an error: never another place."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    passage = passage_at(text, start, end, "a.txt")
    try:
        found = find_passage(new + text, passage)
    except DecisionError:
        words = text[start:end].split()
        assert not words or len(text) < 64 or " ".join(text.split()).count(" ".join(words)) > 1
        return
    quote = text[start:end]
    left, right = len(quote) - len(quote.lstrip()), len(quote) - len(quote.rstrip())
    places = [
        at for at in range(len(text)) if text.startswith(quote.strip(), at)
    ]  # two where it overlaps itself
    if len(places) == 1:
        assert found == (len(new) + start + left, len(new) + end - right)
    assert (new + text)[slice(*found)].split() == quote.split()


def test_equal_words_are_told_apart_by_those_around_them() -> None:
    text = "In Oslo he was a baker. In Bergen he was a baker."
    second = passage_at(text, text.rindex("a baker"), len(text) - 1, "a.txt")
    assert find_passage("Found later. " + text, second)[0] == 13 + text.rindex("a baker")
    with pytest.raises(DecisionError, match="stand in 2 places"):
        find_passage(text, Passage(quote="a baker"))
    with pytest.raises(DecisionError, match="stand in 2 places"):
        find_passage(text.replace("Bergen", "Oslo").replace("In", "Then in"), Passage(quote="a baker"))
    with pytest.raises(DecisionError, match="nowhere"):
        find_passage(text.replace("baker", "smith"), second)


WORDS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(st.builds(Saying, value=WORDS, predicate=WORDS, subject=WORDS, when=WORDS, where=WORDS))
def test_a_saying_is_read_as_it_was_written(saying: Saying) -> None:
    assert saying_of(saying.written()) == saying


@pytest.mark.parametrize(
    "text", ["{", '{"value": 3}', '{"colour": "red"}', '{"modality": "sung"}', '{"bound": "most"}', '{"source": "a"}', "{" * 9000]
)  # fmt: skip
def test_what_is_no_saying_is_told(text: str) -> None:
    with pytest.raises(DecisionError):
        saying_of(text)


FINGERPRINTS = [f"fc-{number:016x}" for number in range(9)]
CLAIMS = st.lists(
    st.tuples(st.sampled_from(FINGERPRINTS), st.sampled_from("mno"), st.sampled_from(["birth", "death"])),
    max_size=14,
)


@given(CLAIMS, CLAIMS, st.sets(st.sampled_from(FINGERPRINTS)))
def test_competition_is_that_of_the_plain_reference(
    heard: list[tuple[str, str, str]], made: list[tuple[str, str, str]], wanted: set[str]
) -> None:
    competition = Competition()
    for one in heard:
        competition.add(*one)
    entity_of = {"m": "e-1", "n": "e-1", "o": "e-2"}
    said = [(one, entity_of[subject], predicate) for one, subject, predicate in heard]
    people = [(one, entity_of[subject], predicate) for one, subject, predicate in made]
    assert competition.rivals(entity_of.__getitem__, wanted) == rivals_of(said, wanted)
    new = {one for one, _, _ in people} - {one for one, _, _ in said}
    plain = {one: group - (new - {one}) for one, group in rivals_of([*said, *people], wanted).items()}
    assert competition.rivals(entity_of.__getitem__, wanted, people) == plain
