"""What somebody types is understood and never an error; names are found however they are spelled; marks stand on the words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import regesta
from regesta import shelf
from regesta.pages import LANGUAGES, PAGES, Press, Printed
from regesta.pipeline import rebuild
from regesta.shelf import COUNTED, KINDS, Search, likenesses, lit, understand
from regesta.shelf.indexing import spaced

TEXT = """Those who crossed

• 1961 – Pak Chŏng-nam, a signals officer, rowed across the estuary in a stolen ferry.
• 1974 – Łucja Øster and her brother Jānis Kalniņš walked over the ice of the northern lake to Vilde.
• 1979 – 이정민 left the harbour by night; the pilots of the port had seen nothing.
• 1983 – Dmitri Sokolov, a pilot, flew a crop duster from Orland to Sund.

박정남은 그 배를 훔쳤다고 말했다. The ferries were guarded ever since.
"""
PAGE = next(page for page in PAGES if page.name == "search")


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> shelf.Shelf:
    folder = tmp_path_factory.mktemp("search")
    (folder / "crossings.txt").write_text(TEXT, "utf-8")
    rebuild([folder / "crossings.txt"], output=folder / "c.duckdb", jobs=1)
    shelf.make(folder / "c.duckdb", folder / "c.sqlite", identity="t-search")
    return shelf.open(folder / "c.sqlite")


def passages(on: shelf.Shelf, query: str) -> list[str]:
    """Return the beginnings of the passages that a query finds."""
    found = Search(on, understand(query)).found("passages").rows
    blocks = [on.row("select * from blocks where rowid = ?", [row]) for row in found]
    return [on.text(b["source"], b["content_start"], b["content_end"]) for b in blocks if b]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("Pak Chong-nam", "Pak Chŏng-nam"), ("Park Jeong-nam", "Pak Chŏng-nam"), ("박정남", "Pak Chŏng-nam"),
        ("Jeong-nam Park", "Pak Chŏng-nam"), ("pak chongnam", "Pak Chŏng-nam"), ("朴正男", "Pak Chŏng-nam"),
        ("Дмитрий Соколов", "Dmitri Sokolov"), ("Sokolov, Dmitri", "Dmitri Sokolov"),
        ("Dmitri Sokolof", "Dmitri Sokolov"), ("Dmtri Sokolov", "Dmitri Sokolov"), ("dimitri sokolov", "Dmitri Sokolov"),
        ("Janis Kalnins", "Jānis Kalniņš"), ("Lucja Oster", "Łucja Øster"),
    ],
)  # fmt: skip
def test_names_are_found_in_any_spelling(searched: shelf.Shelf, query: str, named: str) -> None:
    known = {row[0] for row in searched.rows("select label from entities")}
    assert named in known, known
    found = Search(searched, understand(query)).found("people").rows
    labels = [
        searched.value(
            "select e.label from sought s join entities e on e.id = s.entity where place = ?", [row]
        )
        for row in found
    ]
    assert named in labels[:2], labels


def test_nobody_is_found_of_another_name(searched: shelf.Shelf) -> None:
    for name in ("Ivan Petrov", "Kim Il", "최강수", "x" * 500, ""):
        assert likenesses(searched, name) == ()


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("pilot", ["1979", "1983"]), ('"crop duster"', ["1983"]), ('"duster crop"', []), ("pilot -harbour", ["1983"]),
        ("estuary OR lake", ["1961", "1974"]), ("harb*", ["1979"]), ("PILOTS", ["1979", "1983"]), ("ferry", ["1961", ""]),
        ("정민", ["1979"]), ("훔쳤", [""]), ("lucja", ["1974"]), ("Kalnins ice", ["1974"]), ("estuary lake", []), ("-pilot", []),
    ],
)  # fmt: skip
def test_words_phrases_and_operators(searched: shelf.Shelf, query: str, years: list[str]) -> None:
    found = sorted(passages(searched, query))
    assert [(re.match(r"\d{4}", text) or [""])[0] for text in found] == years, found


@pytest.mark.parametrize(
    "query",
    [
        "", " ", '"', '""', "-", "--", "*", "OR", "OR OR", "NOT", "AND", "a OR", "(", ")", "NEAR(a b)", "words:x", "{about}: x",
        "a^b", "+", "\x00", "a\x00b", "'; drop table claims; --", "x" * 10_000, '" ' * 5000, "-a " * 3000, "a* " * 999,
        "\ud800", "🦆", "\u200b", "\x02x\x03", "%00", "“a", "a”b", "١٩٥٣", "* * *", "a" * 300 + "*", "<script>alert(1)</script>",
    ],
)  # fmt: skip
def test_hostile_queries_are_queries(searched: shelf.Shelf, query: str) -> None:
    wanted = understand(query)
    searching = Search(searched, wanted)
    for kind in KINDS:
        searching.found(kind)
        searching.tally(kind)
    lit([TEXT, query], wanted)
    press = Press(searched, PAGES, title="Search")
    printed = press.print(
        PAGE, "en", query={"q": query.encode("utf-8", "replace").decode()}
    )  # as the web decodes
    assert isinstance(printed, Printed)
    assert "<script>alert" not in printed.html


@given(st.text(max_size=60))
def test_nothing_typed_is_an_error(query: str) -> None:
    wanted = understand(query)
    pieces = lit([query, "a few words"], wanted)
    assert "".join(text for text, _ in pieces[1]) == "a few words"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\u200b\x00\x02\x03"), max_size=120))
def test_marks_change_no_words(text: str) -> None:
    (pieces,) = lit([text], understand("a OR 정 OR 1*"))
    assert "".join(part for part, _ in pieces) == text
    assert len(spaced(text).replace("\u200b", "")) == len(text)


def test_marks_stand_on_the_words(searched: shelf.Shelf) -> None:
    (pieces,) = lit(["Pilots, and a piloted ship: “pilot”. 조종사 Łucja"], understand("pilot lucja 종사"))
    assert [text for text, is_marked in pieces if is_marked] == [
        "Pilots",
        "piloted",
        "pilot",
        "종사",
        "Łucja",
    ]
    long = "before " * 9000 + "needle" + " after" * 9000
    (pieces,) = lit([long], understand("needle"))
    assert ("needle", True) in pieces
    assert sum(len(text) for text, _ in pieces) < 500
    assert searched.value("select count(*) from sought") > 0


def test_what_is_said_with_another_spelling_is_found_too(searched: shelf.Shelf) -> None:
    searching = Search(searched, understand("Park Jeong-nam"))
    assert "Pak Chŏng-nam" in searching.other_names
    found = searching.found("claims").rows
    assert found
    for row in found:
        assert searched.value("select subject_label from claims where rowid = ?", [row]) == "Pak Chŏng-nam"


def test_results_are_narrowed_and_counted(searched: shelf.Shelf) -> None:
    searching = Search(searched, understand("pilot OR officer OR ice OR harbour"))
    tally = searching.tally("claims")
    assert tally["source"] == {"crossings.txt": searching.found("claims").n}
    for predicate, n in tally["predicate"].items():
        narrowed = searching.found("claims", narrowed={"predicate": predicate}, limit=COUNTED)
        assert narrowed.n == n == len(narrowed.rows)
        for row in narrowed.rows:
            assert searched.value("select predicate from claims where rowid = ?", [row]) == predicate
    assert searching.found("claims", narrowed={"severity": "error"}).rows == ()
    assert searching.found("claims", narrowed={"predicate": "no such"}).rows == ()
    whole = searching.found("claims", limit=50).rows
    parts = [searching.found("claims", limit=3, offset=n).rows for n in range(0, len(whole), 3)]
    assert tuple(row for part in parts for row in part) == whole


def page(on: shelf.Shelf, language: str = "en", **query: Any) -> str:
    printed = Press(on, PAGES, title="Search").print(PAGE, language, query=query)
    assert isinstance(printed, Printed)
    return printed.html


def test_the_page(searched: shelf.Shelf) -> None:
    html = page(searched, q="pilot")
    assert "<mark>pilot</mark>" in html
    assert "<mark>pilots</mark>" in html
    assert "kind=passages" in html
    one = page(searched, q="Dmitri Sokolov", kind="claims")
    assert "predicate=" in one
    assert "Nothing was found" in page(searched, q="zzyzx")
    without = page(searched, q="zzyzx harbour")
    assert 'href="/search?q=harbour"' in without
    nearly = page(searched, q="Dmitri Smirnov")
    assert "Nothing was found" in nearly
    assert "What can be found here" in page(searched, q="zzyzx")
    assert "What can be found here" not in nearly
    for slip, meant in (("Sokolow", "Dmitri Sokolov"), ("kalninz", "Kalni"), ("sokolv", "Dmitri Sokolov")):
        assert meant in page(searched, q=slip), slip
    for language in LANGUAGES:
        assert "<h1>" in page(searched, language)


def test_a_shelf_without_people(tmp_path: Path) -> None:
    (tmp_path / "bare.txt").write_text("nothing of note\n", "utf-8")
    rebuild([tmp_path / "bare.txt"], output=tmp_path / "c.duckdb", jobs=1)
    shelf.make(tmp_path / "c.duckdb", tmp_path / "c.sqlite")
    bare = shelf.open(tmp_path / "c.sqlite")
    assert Search(bare, understand("note")).found("passages").n == 1
    assert likenesses(bare, "Ada Brook") == ()


def test_python_finds_what_the_page_finds(
    searched: shelf.Shelf, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("asked")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    (folder / "crossings.txt").write_text(TEXT, "utf-8")
    path = folder / "c.duckdb"
    rebuild([folder / "crossings.txt"], output=path, jobs=1)
    asked = shelf.search(path, "Park Jeong-nam", kinds=["people"])
    assert [one.text for one in asked][:1] == ["Pak Chŏng-nam"]
    assert asked[0].reason
    results = shelf.search(path, "pilot")
    texts = {one.kind: one for one in results}
    assert "Dmitri Sokolov, a pilot" in texts["passages"].text
    assert texts["passages"].text in TEXT
    assert {one.kind for one in results} == {
        kind for kind in KINDS if Search(searched, understand("pilot")).found(kind).n
    }
    with regesta.open(path) as chronicle:
        assert regesta.search(chronicle, "pilot") == results
        for one in results:
            if one.kind == "claims":
                assert chronicle.evidence(one.id)[0].quote == one.text
    assert shelf.search(path, "pilot", limit=0) == []
    with pytest.raises(KeyError):
        shelf.search(path, "pilot", kinds=["nobody"])
