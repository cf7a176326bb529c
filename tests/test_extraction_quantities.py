"""Numbers and what they measure: golden cases, the law that no digit is lost, and the seeds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.dates import find_dates
from regesta.extraction.quantities import Quantity, find_quantities

GOLDEN = Path(__file__).parent / "golden" / "quantities.md"
SEEDS = Path(__file__).parents[1] / ".." / "shared" / "seeds"

Case = tuple[str, tuple[str, ...]]


def cases(section: str) -> Iterator[object]:
    """Yield (text, expected lines) of a section, named by the line in the file."""
    inside = False
    text, line, expected = "", 0, list[str]()
    for number, written in enumerate([*GOLDEN.read_text("utf-8").split("\n"), "# end"], 1):
        if written.startswith(("# ", ">")) and text:
            yield pytest.param(text, tuple(expected), id=f"{line}: {text[:40]}")
            text, expected = "", []
        if written.startswith("# "):
            inside = written[2:].lower() == section
        elif inside and written.startswith("> "):
            text, line = written[2:], number
        elif inside and text and written and not written.startswith("#"):
            expected.append(written)


def shown(text: str, quantity: Quantity, wanted: str) -> str:
    """Return a quantity in the notation of the golden file; a noun only where the case names one."""
    if quantity.is_weak:
        return "weak" if wanted == "weak" else f"{quantity.span.of(text)} = weak"
    if quantity.number is not None:
        value = str(quantity.number)
    elif quantity.low is not None or quantity.high is not None:
        value = "..".join("" if x is None else str(x) for x in (quantity.low, quantity.high))
    else:
        value = "?"
    parts = [value, quantity.unit.replace(" ", "_"), quantity.kind]
    parts += ["age"] * quantity.is_age + ["adj"] * quantity.is_adjective
    parts += [quantity.bound] if quantity.bound else ["approx"] * quantity.approximate
    parts += [f"per:{quantity.per}"] if quantity.per else []
    if "noun:" in wanted:
        parts.append(f"noun:{quantity.noun.replace(' ', '_')}")
    return f"{quantity.span.of(text)} = {' '.join(part for part in parts if part)}"


def check(text: str, expected: tuple[str, ...]) -> None:
    found = find_quantities(text)
    wanted = [*expected, *[""] * (len(found) - len(expected))]
    assert [shown(text, q, w) for q, w in zip(found, wanted, strict=False)] == list(expected)
    assert len(found) == len(expected)


@pytest.mark.parametrize(("text", "expected"), list(cases("matches")))
def test_matches(text: str, expected: tuple[str, ...]) -> None:
    check(text, expected)


@pytest.mark.parametrize(("text", "expected"), list(cases("must not match")))
def test_must_not_match(text: str, expected: tuple[str, ...]) -> None:
    assert not expected
    found = find_quantities(text)
    assert found, "weak ones are returned, not passed over"
    assert [q.span.of(text) for q in found if not q.is_weak] == []
    assert all(q.reason for q in found)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "expected"), list(cases("known failures")))
def test_known_failures(text: str, expected: tuple[str, ...]) -> None:
    check(text, expected)


def test_skipped_spans_are_not_read() -> None:
    text = "On 21 September 1953 he met 12 Air Force officers."
    skip = [p.span for p in find_dates(text)]
    assert [q.span.of(text) for q in find_quantities(text, skip=skip)] == ["12 Air Force officers"]


def test_bounds_are_kept() -> None:
    text = "five men, six women, seven boats"
    found = find_quantities(text, 10, 19)
    assert [(q.span.of(text), q.number) for q in found] == [("six women", 6)]


def test_a_line_end_inside_an_expression() -> None:
    text = "more than two\n    hundred\n    refugees"
    [found] = find_quantities(text)
    assert (found.span.of(text), found.number, found.unit, found.bound) == (text, 200, "person", "min")


def test_a_footnote_mark_ends_the_noun() -> None:
    text = "20 North[3] Korean refugees"
    assert find_quantities(text, skip=[(8, 11)])[0].span.of(text) == "20"


PIECES = st.sampled_from(
    ["1,234", "31-person", "MiG-15", "one", "two", "of", "the", "third", "country", "$", "₩", "between", "and", "–", "-", "/", ".", ",",
     "(", ")", "[", "]", "age", "aged", "old", "year", "years", "a", "half", "million", "thousand", "hundred", "people", "Kim", "No.", "p.",
     "7", "12", "1990", "3.5", "½", "%", "km", "per", "month", "\n", "\n\n", ":", "°", "ISBN", "twenty", "tens", "dozens", "for", "in his",
     "thirties", "第", "é", "٣", "²", "'s", "to", "or", "more", "so", "second", "21st", "k", "m", "USD", "won", "each", "+", "#"]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", "  "])), max_size=24).map(
        lambda pairs: "".join(word + gap for word, gap in pairs)
    ),
    st.text(alphabet="0123456789 .,-–/:()[]$%'’abMmkx\n½٣²", max_size=40),
)


@settings(max_examples=600, deadline=None)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), max_size=4), st.integers(0, 20))
def test_no_digit_is_lost(text: str, gaps: list[tuple[int, int]], start: int) -> None:
    """Every run of digits lies in a quantity or in a skipped span; the spans are ordered, disjoint and within bounds."""
    skip = [(a, a + n) for a, n in gaps]
    end = max(start, len(text) - 2)
    found = find_quantities(text, start, end, skip=skip)
    at = start
    for q in found:
        assert at <= q.span.start <= q.number_span.start < q.number_span.end <= q.span.end <= max(end, start)
        assert q.noun_span is None or q.span.contains(q.noun_span)
        assert (q.noun_span.of(text) if q.noun_span else "") == q.noun
        assert not any(q.number_span.overlaps(s) for s in skip if s[1] > s[0])
        assert bool(q.reason) == q.is_weak
        at = q.span.end
    covered = {i for a, b in [*skip, *(q.span for q in found)] for i in range(a, b)}
    lost = [i for i in range(start, min(end, len(text))) if text[i].isdecimal() and i not in covered]
    assert not lost, text[lost[0] :]


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 10**12))
def test_numbers_in_words_are_read_back(number: int) -> None:
    """What is written in words is the number itself."""
    text = f"{in_words(number)} refugees"
    [found] = find_quantities(text)
    assert (found.number, found.unit) == (number, "person")


SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["?", "?", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    """Write a number in English words, slowly and plainly."""
    for name, scale in (("trillion", 10**12), ("billion", 10**9), ("million", 10**6), ("thousand", 1000)):
        if number >= scale:
            rest = number % scale
            return f"{in_words(number // scale)} {name}" + (
                f" {'and ' if rest < 100 else ''}{in_words(rest)}" if rest else ""
            )
    if number >= 100:
        return f"{SMALL[number // 100]} hundred" + (f" and {in_words(number % 100)}" if number % 100 else "")
    if number >= 20:
        return TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    return SMALL[number]


def test_a_long_hostile_text_ends() -> None:
    for piece in ("1,", "1-", "9 ", "one hundred and ", "$", "(1", "a a a ", "1/2 "):
        text = piece * 4000
        found = find_quantities(text)
        assert all(q.span.end <= len(text) for q in found)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["nwe.txt", "wp.txt"])
def test_every_number_of_the_seeds(name: str) -> None:
    path = SEEDS / name
    if not path.exists():
        pytest.skip("the shared folder is absent")
    text = path.read_text("utf-8")
    skip = [p.span for p in find_dates(text)]
    covered = {
        i for a, b in [*skip, *(q.span for q in find_quantities(text, skip=skip))] for i in range(a, b)
    }
    assert [m[0] for m in re.finditer(r"\d+", text) if not set(range(*m.span())) <= covered] == []
