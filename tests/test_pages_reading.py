"""What a reader is told beside the claims: how sure a rule is, in which words two sources differ, what a margin repeats and what not."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta import shelf
from regesta.pages import PAGES, Press, Printed, collating, words_of
from regesta.pages.telling import several, value_of
from regesta.pipeline import rebuild
from regesta.sharing import variants

ONE = """# People who left Greece

## 1962

- Petros Galanis – imprisoned with his family at age twelve for his uncle's alleged political crime. He arrived in Malta in 1962 \
and published a memoir titled Salt. He published a memoir titled Stones in 1970.
"""
TWO = """# List of those who came from Greece to Malta

The dates are those when they arrived.

- 1964
  - Petros Galanis – was imprisoned at age 11 along with his entire family after his grandmother, a printer, was accused of treason. \
He was released five years later, fled by way of Rome to Malta and arrived there in 1964. In 1971 he published a memoir titled Salt.
"""


COUNTED = "Year,Persons\n" + "".join(f"{year},{year % 100 * 3}\n" for year in range(1961, 1970))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> shelf.Shelf:
    folder = tmp_path_factory.mktemp("reading")
    (folder / "one.md").write_text(ONE, "utf-8")
    (folder / "two.md").write_text(TWO, "utf-8")
    (folder / "counted.csv").write_text(COUNTED, "utf-8")
    rebuild(
        [folder / "one.md", folder / "two.md", folder / "counted.csv"], output=folder / "c.duckdb", jobs=1
    )
    shelf.make(folder / "c.duckdb", folder / "c.sqlite", identity="t-reading")
    return shelf.open(folder / "c.sqlite")


def page_of(on: shelf.Shelf, name: str, key: str = "", language: str = "en", **query: str) -> Any:
    page = next(page for page in PAGES if page.name == name)
    printed = Press(on, PAGES, title="t").print(page, language, key, query)
    assert isinstance(printed, Printed)
    tree = html5lib.parse(printed.html, namespaceHTMLElements=False)
    assert tree is not None
    return tree


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def somebody(on: shelf.Shelf) -> str:
    found: str = on.value("select id from cards where label = 'Petros Galanis' order by n_claims desc")
    return found


def classed(tree: Any, tag: str, name: str) -> list[Any]:
    return [one for one in tree.iter(tag) if name in (one.get("class") or "").split()]


@pytest.mark.parametrize(
    ("predicate", "unit", "number", "english", "korean"),
    [
        ("age", "year", 12.0, "12 years old", "12세"),
        ("age", "year", 1.0, "1 year old", "1세"),
        ("duration", "year", 12.0, "12 years", "12년"),
        ("count", "safe house", 4.0, "4 safe houses", "4 safe house"),
        ("count", "safe house", 1.0, "1 safe house", "1 safe house"),
        ("amount", "KRW/month", 540000.0, "540,000 KRW/month", "540,000 KRW/month"),
    ],
)
def test_what_is_counted(predicate: str, unit: str, number: float, english: str, korean: str) -> None:
    row: Any = {
        "value_type": "quantity",
        "predicate": predicate,
        "value_number": number,
        "value_low": None,
        "value_high": None,
        "value_unit": unit,
        "bound": None,
        "value_approximate": False,
    }
    assert value_of(row, words_of("en")).text == english
    assert value_of(row, words_of("ko")).text == korean


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("woman", "women"),
        ("human", "humans"),
        ("ferry", "ferries"),
        ("day", "days"),
        ("km", "km"),
        ("", ""),
        ("t", "t"),
        ("명", "명"),
    ],
)
def test_plurals(one: str, many: str) -> None:
    assert several(one) == many


def test_conflicts_stand_a_column_a_source_and_mark_what_differs(read: shelf.Shelf) -> None:
    tree = page_of(read, "person", somebody(read))
    found = {}
    for box in classed(tree, "section", "finding"):
        columns = classed(box, "div", "column")
        if "onflicting" in words(box) and len(columns) > 1:
            found[words(classed(box, "a", "summary")[0])] = [
                [words(one) for one in column.iter() if "other" in (one.get("class") or "").split()]
                for column in columns
            ]
    ages = next(differing for said, differing in found.items() if ": age" in said)
    assert {word for column in ages for word in column if word in ("11", "twelve")} == {"11", "twelve"}
    assert all(len(columns) == 2 for columns in found.values())


def test_an_age_is_no_length(read: shelf.Shelf) -> None:
    for name in ("person", "finding", "findings"):
        keys = [somebody(read)] if name == "person" else [""]
        if name == "finding":
            keys = [row["id"] for row in read.rows("select id from findings")]
        for key in keys:
            assert not re.search(r"\b1[12] years?\b(?! old)", words(page_of(read, name, key)))


def test_how_sure_a_rule_is(read: shelf.Shelf) -> None:
    known = read.rows("select confidence from claims where subject = ?", [somebody(read)])
    tree = page_of(read, "person", somebody(read))
    said = [words(one) for one in classed(tree, "span", "sure")]
    assert any(row["confidence"] is not None for row in known)
    assert said
    assert all(one.startswith("by a rule that") for one in said)
    assert all(re.search(r"\d+%", one.get("title")) for one in classed(tree, "span", "sure"))


def test_margin_notes_repeat_nothing(read: shelf.Shelf) -> None:
    for source in ("one.md", "two.md"):
        tree = page_of(read, "source", source)
        notes = classed(tree, "small", "note")
        assert notes
        for note in notes:
            for line in note.iter("span"):
                told = [
                    words(link)
                    for link in line.iter("a")
                    if link.get("data-claim") and not link.get("aria-label")
                ]
                assert len(told) == len(set(told))
                for link in line.iter("a"):
                    if link.get("aria-label"):
                        assert words(link) in link.get("aria-label").split()


def test_all_claims_of_a_text_are_in_its_margin(read: shelf.Shelf) -> None:
    for source in ("one.md", "two.md", "counted.csv"):
        tree = page_of(read, "source", source)
        links = [link for note in classed(tree, "small", "note") for link in note.iter("a")]
        lit = {digits for link in links for digits in (link.get("data-claim") or "").split()}
        said = read.rows("select claim from claim_evidence where source = ? and position = 0", [source])
        assert said
        assert {row["claim"].partition("-")[2][:6] for row in said} <= lit


def test_many_claims_of_one_kind_are_one_link_with_their_number(read: shelf.Shelf) -> None:
    tree = page_of(read, "source", "counted.csv")
    note = classed(tree, "small", "note")[0]
    link = next(one for one in note.iter("a") if one.get("data-claim"))
    n = read.value("select count(*) from claim_evidence where source = 'counted.csv' and position = 0")
    assert f"× {n}" in words(note)
    page, _, place = link.get("href").partition("#")
    there = page_of(read, "person", page.rpartition("/")[2])
    assert place in {h.get("id") for h in there.iter("h2")}


def test_nobody_is_named_twice_for_one_thing(read: shelf.Shelf) -> None:
    for row in read.rows("select id from entities"):
        tree = page_of(read, "person", row["id"])
        lists = [
            one for one in tree.iter("section") if any(h.get("id") == "elsewhere" for h in one.iter("h2"))
        ]
        for section in lists:
            told = [words(li) for li in section.iter("li")]
            assert len(told) == len(set(told))


def test_the_front_page_begins_with_what_matters_most(read: shelf.Shelf) -> None:
    def first(name: str, **query: str) -> list[str]:
        tree = page_of(read, name, **query)
        return [link.get("href") for link in tree.iter("a") if "/findings/" in (link.get("href") or "")]

    front = [address.partition("?")[0] for address in first("overview")]
    listed = [address.partition("?")[0] for address in first("findings", severity="warning")]
    if read.value("select count(*) from findings where severity = 'error'") == 0:
        assert front == listed[: len(front)]
    assert front


def test_long_lists_fold_and_are_open_as_printed(read: shelf.Shelf) -> None:
    for name in ("timeline", "routes"):
        folds = classed(page_of(read, name), "details", "fold")
        assert folds, name
        for one in folds:
            assert one.get("open") is not None
            assert words(next(one.iter("summary")))


def test_conventions_name_their_source(read: shelf.Shelf) -> None:
    tree = page_of(read, "overview")
    for section in tree.iter("section"):
        if any(h.get("id") == "conventions" for h in section.iter("h2")):
            captions = [words(one) for one in section.iter("figcaption")]
            assert captions
            assert "two.md" not in captions
            return
    pytest.fail("no source said anything of itself")


_TELLING = st.lists(
    st.sampled_from(["she", "was", "9", "10", "Sund", "her", "FATHER", "uncle,", "and", "– went"]),
    max_size=14,
).map(" ".join)


@given(_TELLING, _TELLING)
def test_short_passages_are_compared_as_long_ones(a: str, b: str) -> None:
    """The words outside what differs agree, and no more differ than `variants` finds."""
    short, long = collating._short_variants(a, b), variants(a, b)
    assert sum(len(one.a.of(a).split()) for one in short) == sum(len(one.a.of(a).split()) for one in long)
    assert sum(len(one.b.of(b).split()) for one in short) == sum(len(one.b.of(b).split()) for one in long)


def test_a_passage_compared_with_nothing() -> None:
    assert collating.where_they_differ("", "she was 9 and went") == ((), ())
    assert collating.beside_each_other([]) == ()
