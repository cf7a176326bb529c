"""Shared passages: planted copies, a slow plain reference, other scripts, hostile texts, the seeds of the issue."""

from __future__ import annotations

import json
import random
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.errors import RegestaError
from regesta.sharing import Shared, families, shared_passages, survey
from regesta.sharing.crowds import CROWD
from regesta.sharing.seeds import MANY
from regesta.text.span import Span

SHARED = Path(__file__).parents[2] / "shared"
GOLDEN = Path(__file__).parent / "golden" / "sharing.md"

WORDS = [
    a + b + c for a in "bdfgklmn" for b in ("ar", "el", "io", "u", "ov") for c in ("ta", "ne", "si", "k")
]


def prose(seed: int, count: int) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)  # noqa: S311 (words, no secret)


def quoted(found: Shared, texts: list[str]) -> tuple[str, str]:
    return found.a.span.of(texts[found.a.source]), found.b.span.of(texts[found.b.source])


# -- goldens that a person can edit


def goldens() -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Return title, first text, second text and the expected pairs of passages; see the head of the file."""
    found = []
    for part in GOLDEN.read_text("utf-8").split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        first, second, *rest = (piece.strip() for piece in body.split("\n---\n"))
        pairs = [tuple(side.strip() for side in pair.split("\n=\n")) for pair in rest if pair != "nothing"]
        found.append((title, first, second, [(a, b) for a, b in pairs]))
    return found


@pytest.mark.parametrize(
    ("title", "first", "second", "expected"), goldens(), ids=[case[0] for case in goldens()]
)
def test_golden(title: str, first: str, second: str, expected: list[tuple[str, str]]) -> None:
    texts = [first, second]
    got = [quoted(each, texts) for each in shared_passages(texts)]
    assert got == expected, title


# -- planted copies


@given(
    seed=st.integers(0, 10_000),
    count=st.integers(10, 120),
    at=st.integers(0, 200),
    to=st.integers(0, 200),
    upper=st.booleans(),
    comma=st.sampled_from([" ", ", ", " – ", "-"]),
)
def test_a_copy_is_found_to_the_last_letter(
    seed: int, count: int, at: int, to: int, upper: bool, comma: str
) -> None:
    own, other, copy = prose(seed, 200), prose(seed + 20_000, 200), prose(seed + 40_000, count)
    one = " ".join([*own[:at], "Ulm", *copy, "Ems", *own[at:]])
    told = comma.join(copy).upper() if upper else comma.join(copy)
    two = " ".join([*other[:to], "Bonn", told, "Kiel", *other[to:]])
    found = [each for each in shared_passages([one, two]) if each.a.source != each.b.source]
    plain = " ".join(copy)
    assert any(
        plain in each.a.span.of(one) and told in each.b.span.of(two) and each.words >= count for each in found
    )


@given(seed=st.integers(0, 10_000), edits=st.sets(st.integers(1, 9), min_size=1), kind=st.integers(0, 2))
def test_a_copy_with_words_changed_is_one_passage(seed: int, edits: set[int], kind: int) -> None:
    copy = prose(seed, 140)
    changed = list(copy)
    for edit in sorted(edits, reverse=True):
        place = edit * 14
        changed[place : place + (kind != 1)] = [["Ulm"], ["Ems", "Ulm"], []][kind]
    own, other = prose(seed + 20_000, 60), prose(seed + 40_000, 60)
    one = " ".join([*own, *copy, *own[::-1]])
    two = " ".join([*other, *changed, *other[::-1]])
    found = [each for each in shared_passages([one, two]) if each.a.source != each.b.source]
    assert len(found) == 1
    assert " ".join(copy) in found[0].a.span.of(one)
    assert " ".join(changed) in found[0].b.span.of(two)
    assert 0.8 < found[0].alike < 1


def slow(one: list[str], two: list[str], least: int) -> list[tuple[int, int, int]]:
    """Return every stretch of equal words that cannot be made longer: places in both, and its length."""
    found = []
    for i in range(len(one)):
        for j in range(len(two)):
            if one[i] == two[j] and not (i and j and one[i - 1] == two[j - 1]):
                size = 0
                while i + size < len(one) and j + size < len(two) and one[i + size] == two[j + size]:
                    size += 1
                if size >= least:
                    found.append((i, j, size))
    return found


@given(data=st.data(), least=st.sampled_from([4, 6, 8, 10]))
def test_every_stretch_that_plain_search_finds_lies_in_a_passage(data: st.DataObject, least: int) -> None:
    piece = st.lists(st.sampled_from("ab cd ef gh ij kl mn op qr st uv".split()), min_size=1, max_size=25)
    pieces = data.draw(st.lists(piece, min_size=1, max_size=4))
    order = st.lists(st.sampled_from(pieces), min_size=1, max_size=4)
    one, two = ([word for part in data.draw(order) for word in part] for _ in range(2))
    texts = [" ".join(one), " ".join(two)]
    found = [each for each in shared_passages(texts, least=least) if each.a.source != each.b.source]
    spots = [[0], [0]]
    for row, spot in ((one, spots[0]), (two, spots[1])):
        for word in row:
            spot.append(spot[-1] + len(word) + 1)
    for i, j, size in slow(one, two, least):
        if len(set(one[i : i + min(size, 64)])) < (least + 1) // 2:
            continue
        a, b = Span(spots[0][i], spots[0][i + size] - 1), Span(spots[1][j], spots[1][j + size] - 1)
        assert any(each.a.span.contains(a) and each.b.span.contains(b) for each in found) or any(
            each.places > MANY for each in found
        )
    assert bool(found) <= bool(slow(one, two, 4))


@given(
    st.lists(
        st.lists(st.sampled_from("ab cd e’f gé 한국 中文 1 ij. k\n".split(" ")), max_size=20).map(
            lambda row: " ".join(row * 2)
        ),
        max_size=4,
    )
)
def test_passages_are_of_their_texts_and_stand_in_order(texts: list[str]) -> None:
    found = shared_passages(texts, least=4)
    assert found == shared_passages(iter(texts), least=4)
    for each in found:
        for side in (each.a, each.b):
            words = side.span.of(texts[side.source])
            assert words.strip() == words != ""
            assert words[0].isalnum()
        assert each.a < each.b
        assert each.a.source != each.b.source or not each.a.span.overlaps(each.b.span)
        assert 0 < each.alike <= 1
    assert all(one < two for one, two in pairwise(found))


@given(st.lists(st.integers(0, 5), min_size=2, max_size=3, unique=True), st.integers(0, 99))
def test_the_order_of_texts_does_not_matter(numbers: list[int], seed: int) -> None:
    sentences = [" ".join(prose(n + seed, 12 + n)) for n in range(12)]
    texts = [". ".join(random.Random(n + seed).sample(sentences, 5)) for n in numbers]  # noqa: S311
    straight = {
        ((texts[e.a.source], e.a.span), (texts[e.b.source], e.b.span), e.words, e.alike)
        for e in shared_passages(texts)
        if e.a.source != e.b.source
    }
    turned = {
        ((texts[::-1][e.b.source], e.b.span), (texts[::-1][e.a.source], e.a.span), e.words, e.alike)
        for e in shared_passages(texts[::-1])
        if e.a.source != e.b.source
    }
    assert straight == turned


# -- what is no copy, and what is not looked at


ENTRY = "Ada Brook of Orland, pilot of the third squadron, flew a borrowed aeroplane to the island"


@pytest.mark.parametrize(
    "text",
    [
        "12 May 1997, 13 May 1997, 14 May 1997, 15 May 1997, 16 May 1997, 17 May 1997",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
        "and so on and so on and so on and so on and so on",
        "Jan 3 4 5 Feb 6 7 8 Mar 9 10 11 Apr 12 13 14",
    ],
)
def test_rows_of_dates_and_one_phrase_over_and_over_are_no_copy(text: str) -> None:
    assert shared_passages([f"Here: {text}.", f"And there: {text}!"]) == []


def test_rows_made_after_one_pattern_are_no_copies() -> None:
    table = "\n".join(
        f"{place} took in {n} people from the {side} in {1950 + n}"
        for n, (place, side) in enumerate(zip(WORDS[:30], WORDS[30:60], strict=True))
    )
    assert shared_passages([table]) == []


def test_what_is_skipped_is_not_looked_at() -> None:
    texts = [f"{ENTRY}. Then she left.", f"So they say: {ENTRY}"]
    assert shared_passages(texts, skip=[[Span(0, len(texts[0]))], []]) == []
    middle = texts[0].index("pilot")
    assert shared_passages(texts, skip=[[Span(middle, len(texts[0]))]]) == []
    late = texts[0].index("Orland")
    (found,) = shared_passages(texts, skip=[[Span(0, late)]])
    assert quoted(found, texts)[0] == ENTRY[late:]


def test_least_is_the_number_of_words() -> None:
    texts = [f"One. {ENTRY}", f"Two, two. {ENTRY}"]
    assert len(shared_passages(texts, least=16)) == 1
    assert shared_passages(texts, least=17) == []
    with pytest.raises(RegestaError, match="too short"):
        shared_passages(texts, least=3)


def test_short_lines_that_nearly_agree_are_one_passage_over_both() -> None:
    texts = [
        "Left in spring\nAda Brook – a pilot, left Orland in March 1953\nNobody else",
        "Ada Brook – pilot, left Orland in April 1953\nSomebody",
    ]
    (found,) = shared_passages(texts)
    assert quoted(found, texts) == (
        "Ada Brook – a pilot, left Orland in March 1953",
        "Ada Brook – pilot, left Orland in April 1953",
    )
    assert (found.words, found.alike) == (8, 0.8235)


def test_a_passage_twice_in_one_text() -> None:
    text = f"{ENTRY}. {' '.join(prose(3, 40))}. {ENTRY}."
    (found,) = shared_passages([text])
    assert quoted(found, [text]) == (ENTRY, ENTRY)


# -- much of it


def test_a_page_a_thousand_times_costs_a_passage_each() -> None:
    page = " ".join(prose(1, 300))
    found = survey([page] * 1000)
    assert len(found.shared) == 999
    assert {each.a.source for each in found.shared} == {0}
    assert {each.places for each in found.shared} == {1000}
    assert families(1000, found.shared, words=found.words) == [0] * 1000


@pytest.mark.parametrize(
    "text",
    [
        "word " * 300_000,
        "x" * 2_000_000,
        "ab cd ef gh ij kl mn op " * 30_000,
        "中" * 300_000,
        "\ud800 " * 9999,
    ],
    ids=["a word", "a letter", "a sentence", "a character", "no character"],
)
def test_repetition_is_bounded(text: str) -> None:
    assert len(shared_passages([text, text])) <= 3


def test_a_footer_is_told_with_its_number_of_places() -> None:
    footer = "All rights reserved by the society of friends of the island of Sund"
    texts = [" ".join(prose(n, 200)) + f" {n}\n" + footer for n in range(30)]
    found = survey(texts)
    assert len(found.shared) == 29
    assert {each.places for each in found.shared} == {30}
    assert families(30, found.shared, words=found.words) == list(range(30))


def test_a_large_text_is_read_in_pieces() -> None:
    row = prose(5, 120_000)
    text = " ".join([*row, *row[60_000:60_030], "Ulm"])
    (found,) = shared_passages([text])
    assert found.b.span.of(text) == " ".join(row[60_000:60_030])
    assert found.a.span.of(text) == found.b.span.of(text)


def test_a_copy_that_begins_with_a_formula_is_found() -> None:
    formula = "In the name of the council of the island of Sund"
    texts = [f"{' '.join(prose(n, 100))} {formula} {' '.join(prose(n + 50, 100))}" for n in range(40)]
    texts[31] += f" {formula} nobody lands"
    texts[37] += f" {formula} nobody lands"
    found = [quoted(e, texts) for e in shared_passages(texts) if (e.a.source, e.b.source) == (31, 37)]
    assert (f"{formula} nobody lands",) * 2 in found


# -- families


def test_a_quoted_sentence_makes_no_family_and_a_rewritten_page_does() -> None:
    quote = " ".join(prose(9, 30))
    sentences = [" ".join(prose(100 + n, 20)) for n in range(20)]
    long_one = ". ".join([*sentences, quote])
    other = ". ".join([" ".join(prose(300 + n, 20)) for n in range(20)] + [quote])
    kept = [sentence if n % 3 else " ".join(prose(500 + n, 45)) for n, sentence in enumerate(sentences)]
    rewritten = ". ".join(kept)
    found = survey([long_one, other, rewritten])
    assert families(3, found.shared, words=found.words) == [0, 1, 0]
    assert families(3, found.shared) == [0, 1, 0]


def test_families_refuse_what_does_not_fit() -> None:
    found = survey([ENTRY, ENTRY])
    with pytest.raises(RegestaError, match="of no text"):
        families(1, found.shared)
    with pytest.raises(RegestaError, match="not one number"):
        families(2, found.shared, words=[1])
    assert families(2, found.shared, words=found.words) == [0, 0]


# -- the two documents of the first register


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")
def test_the_seeds() -> None:
    texts = [(SHARED / "seeds" / f"{name}.txt").read_bytes().decode() for name in ("nwe", "wp")]
    gold = [json.loads(line) for line in (SHARED / "gold/shared_text.jsonl").read_text("utf-8").splitlines()]
    found = survey(texts)
    across = [each for each in found.shared if each.a.source != each.b.source]

    def met(one: Span, two: list[int]) -> bool:
        return 2 * max(0, min(one[1], two[1]) - max(one[0], two[0])) >= two[1] - two[0]

    seen = [
        any(met(e.a.span, g["nwe"]["span"]) and met(e.b.span, g["wp"]["span"]) for e in across) for g in gold
    ]
    assert sum(seen) >= 0.95 * len(gold)
    wanted = {(n, i) for g in gold for n, name in enumerate(("nwe", "wp")) for i in range(*g[name]["span"])}
    ours = {(side.source, i) for each in across for side in (each.a, each.b) for i in range(*side.span)}
    assert len(wanted & ours) >= 0.7 * len(ours)
    assert families(2, found.shared, words=found.words) == [0, 0]


# -- what is passed over where very many share one phrase each


def strangers(count: int) -> tuple[list[str], dict[tuple[int, int], int]]:
    """Return texts of which every two share one run of words of their own, and how long each run is."""
    pairs = list(combinations(range(count), 2))
    length = dict(zip(pairs, random.Random(count).sample(range(8, 8 + len(pairs)), len(pairs)), strict=True))  # noqa: S311
    runs = {pair: " ".join(f"w{pair[0]}x{pair[1]}n{i}" for i in range(n)) for pair, n in length.items()}
    return [f" t{n} ".join(runs[pair] for pair in runs if n in pair) for n in range(count)], length


def test_of_many_phrases_of_chance_each_text_keeps_its_longest() -> None:
    texts, length = strangers(20)
    found = survey(texts)
    kept = {
        pair
        for text in range(20)
        for pair in sorted((pair for pair in length if text in pair), key=length.__getitem__)[-CROWD:]
    }
    told = Counter((each.a.source, each.b.source) for each in found.shared)
    assert told == Counter(kept)
    assert found.n_crowded == len(length) - len(kept) > 0


def test_a_few_that_share_phrases_are_no_crowd() -> None:
    texts, length = strangers(CROWD + 1)
    found = survey(texts)
    assert (len(found.shared), found.n_crowded) == (len(length), 0)
