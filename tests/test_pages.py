"""Every page is whole HTML in every language, has no words of its own, leads only where something stands, and never takes a
source's words for markup."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import duckdb
import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta import shelf
from regesta.pages import (
    DOWNLOADS,
    LANGUAGES,
    PAGES,
    Asked,
    Elsewhere,
    Links,
    Page,
    Press,
    Printed,
    source_key,
    statics,
    words_of,
)
from regesta.pages.dating import in_words
from regesta.pages.marking import MOST, Mark, split
from regesta.pages.setting import Block, set_text, with_loose

ROOM = files("regesta.pages")
TEMPLATES = sorted(path.name for path in ROOM.joinpath("templates").iterdir())
HOSTILE = "<script>alert('x')</script>\"&amp;</mark></table>{{ 7*7 }}"


@pytest.fixture(scope="module")
def shelved(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> shelf.Shelf:
    """The example register, in a shelf."""
    path = tmp_path_factory.mktemp("pages") / "demo.sqlite"
    shelf.make(demo, path, identity="t-demo")
    return shelf.open(path)


@pytest.fixture(scope="module")
def press(shelved: shelf.Shelf) -> Press:
    return Press(shelved, PAGES, title="The example", links=Links(statics="static/x"))


def addresses(on: shelf.Shelf) -> Iterator[tuple[Page, str, dict[str, str]]]:
    """Yield every page with a key that it has, and some questions."""
    for page in PAGES:
        if page.name == "person":
            yield from ((page, row[0], {}) for row in on.rows("select id from entities order by id"))
        elif page.name == "source":
            yield from ((page, row[0], {}) for row in on.rows("select name from sources order by name"))
        elif page.name in ("finding", "report_finding"):
            yield from ((page, row[0], {}) for row in on.rows("select id from findings order by id"))
        elif page.name == "report_person":  # the same sections as the page of a person: some will do
            rows = on.rows("select id from cards order by n_claims desc, id limit 20")
            yield from ((page, row[0], {}) for row in rows)
        elif page.name == "collation":
            pairs = on.rows("select distinct a_source, b_source from shared_passages")
            yield from (
                (page, f"{source_key(a)}/~with/{source_key(b)}", {})
                for x, y in pairs
                for a, b in ((x, y), (y, x))
            )
        elif not page.has_key:
            yield page, "", {}
        else:
            pytest.fail(f"say in this test which keys the page {page.name} has")
    people = next(page for page in PAGES if page.name == "people")
    yield people, "", {"year": "1997", "sort": "arrival"}
    yield people, "", {"name": "kim", "kind": "person", "sort": "claims"}
    yield people, "", {"name": HOSTILE, "role": HOSTILE, "part": "999"}
    by_name = {page.name: page for page in PAGES}
    yield by_name["findings"], "", {"severity": "warning", "kind": "date-conflict"}
    yield by_name["findings"], "", {"kind": HOSTILE, "source": HOSTILE, "part": "999"}
    for at in ("1995", "1995-13", HOSTILE):
        yield by_name["policy"], "", {"on": at}
    for code in ("X101", HOSTILE):
        yield by_name["coverage"], "", {"code": code}
    yield by_name["coverage"], "", {"source": HOSTILE, "leaf": "999"}


def parsed(html: str) -> Any:
    """Return the tree of a page; fails where HTML's own rules find a fault."""
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False
    )
    return parser.parse(html).getroot()


def test_every_page_is_whole_in_every_language(shelved: shelf.Shelf, press: Press) -> None:
    for page, key, query in addresses(shelved):
        for language in LANGUAGES:
            printed = press.print(page, language, key, query)
            assert isinstance(printed, Printed), (page.name, key)
            tree = parsed(printed.html)
            assert tree.get("lang") == language
            assert len(tree.findall(".//main")) == 1
            assert len(tree.findall(".//h1")) == 1
            ids = [
                element.get("id")
                for element in tree.iter()
                if isinstance(element.tag, str) and element.get("id")
            ]
            assert len(ids) == len(set(ids)), (page.name, key, sorted(i for i in ids if ids.count(i) > 1)[:3])
            assert not tree.findall(".//style")
            assert not [
                e
                for e in tree.iter()
                if isinstance(e.tag, str) and (e.get("style") or any(a.startswith("on") for a in e.attrib))
            ]
            assert all(script.get("src") and not script.text for script in tree.findall(".//script"))


def test_every_link_leads_somewhere(shelved: shelf.Shelf, press: Press) -> None:
    by_section: dict[tuple[str, bool], Page] = {(page.section, page.has_key): page for page in PAGES}
    ids: dict[str, set[str]] = {}

    def page_of(path: str, query: str) -> str | None:
        """Return the HTML at an address."""
        section, _, rest = path.strip("/").partition("/")
        if (longer := f"{section}/{rest.partition('/')[0]}") and (longer, True) in by_section:
            section, rest = longer, rest.partition("/")[2]
        name, _, suffix = unquote(rest).rpartition(".")
        for download in DOWNLOADS:
            if (section, suffix) == (download.section, download.suffix):
                made = download.make(shelved, Asked(words_of("en"), Links(), name))
                return None if made is None else ""
        page = by_section.get((section, bool(rest)))
        key = unquote(rest)
        printed = press.print(page, "en", key, dict(parse_qsl(query))) if page else None
        return printed.html if isinstance(printed, Printed) else None

    linked: dict[str, set[str]] = {}
    for page, key, query in addresses(shelved):
        printed = press.print(page, "en", key, query)
        assert isinstance(printed, Printed)
        for element in parsed(printed.html).iter("a", "form"):
            target = urlsplit(element.get("href") or element.get("action") or "")
            assert not target.scheme
            assert not target.netloc
            if not target.path.startswith(("/ko", "/static/")):
                linked.setdefault(f"{target.path}?{target.query}", set()).add(target.fragment)
    assert len(linked) > 100
    for address, fragments in linked.items():
        path, _, asked = address.partition("?")
        if path == "" and not asked:
            continue  # a place on the same page, such as the way to its text
        html = page_of(path, asked)
        assert html is not None, address
        ids[address] = set(re.findall(r'\bid="([^"]*)"', html))
        for fragment in fragments - {""}:
            assert unquote(fragment) in ids[address], f"{address}#{fragment}"


def test_every_claim_stands_on_its_subjects_page_and_in_its_source(
    shelved: shelf.Shelf, press: Press
) -> None:
    person = next(page for page in PAGES if page.name == "person")
    source = next(page for page in PAGES if page.name == "source")
    pages: dict[str, str] = {}
    for claim in shelved.rows(
        "select c.id, c.subject, e.source, e.quote from claims c join claim_evidence e on e.claim = c.id and e.position = 0"
    ):
        for page, key in ((person, claim["subject"]), (source, claim["source"])):
            if key not in pages:
                printed = press.print(page, "en", key)
                assert isinstance(printed, Printed)
                pages[key] = printed.html
            assert f'id="{claim["id"]}"' in pages[key]


def test_nothing_of_a_text_is_lost(shelved: shelf.Shelf, press: Press) -> None:
    source = next(page for page in PAGES if page.name == "source")
    for row in shelved.rows("select name, n_characters from sources"):
        printed = press.print(source, "en", row["name"])
        assert isinstance(printed, Printed)
        (set_,) = parsed(printed.html).findall(".//div[@class='text']")
        for note in (*set_.findall(".//small"), *set_.findall(".//a[@class='back']")):
            note.clear(keep_tail=True)
        shown = re.sub(r"\W+", "", "".join(set_.itertext()))
        text = re.sub(r"\W+", "", shelved.text(row["name"], 0, row["n_characters"]))
        assert sorted(shown) == sorted(text), row["name"]


def test_words_of_sources_are_never_markup(chronicle_path: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(chronicle_path)) as connection:
        for table, column in (
            ("entities", "label"), ("claims", "subject_label"), ("claims", "value_text"), ("claims", "where_text"),
            ("claims", "said_by"), ("claims", "predicate"), ("claims", "value_unit"), ("sources", "title"), ("sources", "url"),
            ("sources", "licence"), ("sources", "date"), ("sources", "language"), ("rejections", "reason"), ("rejections", "quote"),
            ("mentions", "quote"), ("blocks", "marker"), ("blocks", "sheet"), ("sources", "sha256"), ("sources", "retrieved"),
            ("sources", "revision"), ("rejections", "code"), ("citations", "quote"), ("citation_marks", "label"), ("claims", "when_edtf"), ("claims", "value_edtf"),
        ):  # fmt: skip
            connection.execute(f"update {table} set {column} = ?", [HOSTILE])
        connection.execute("update entities set aliases = [?]", [HOSTILE])
        connection.execute("update texts set text = repeat(?, 10)", [HOSTILE])
        connection.execute(
            "insert into findings select 'f-1', 'x', 'F000', ?, 'warning', 'open', ?, '{}'",
            [HOSTILE, HOSTILE],
        )
        connection.execute(
            "insert into finding_members select 'f-1', 0, source, 0, 9, ?, id from claims", [HOSTILE]
        )
        for table, column in [("sources", "name"), *((t, "source") for t in ("texts", "blocks", "claims", "claim_evidence", "mentions",
            "citations", "citation_marks", "rejections", "referents", "coverage", "observations", "finding_members"))]:  # fmt: skip
            connection.execute(f"update {table} set {column} = ?", [HOSTILE])
    target = tmp_path / "hostile.sqlite"
    shelf.make(chronicle_path, target)
    hostile = shelf.open(target)
    press = Press(hostile, PAGES, title=HOSTILE)
    for page, key, query in addresses(hostile):
        printed = press.print(page, "en", key, query)
        assert isinstance(printed, Printed)
        tree = parsed(printed.html)
        assert [script.get("src") for script in tree.iter("script")] == ["/static/regesta.js"]
        assert "49" not in "".join(tree.find(".//h1").itertext())
    assert source_key(HOSTILE).startswith("~") or "/" in HOSTILE


def test_what_is_not_there_is_none_and_what_was_merged_is_elsewhere(
    press: Press, chronicle_path: Path, tmp_path: Path
) -> None:
    for page in PAGES:
        if page.has_key:
            for key in ("nobody", "", "../..", HOSTILE, "~0000", "x" * 5000):
                assert press.print(page, "en", key) is None
    with duckdb.connect(str(chronicle_path)) as connection:
        connection.execute(
            "insert into identities select 'e-old', '', id from entities where label = 'Ada Brook'"
        )
    target = tmp_path / "merged.sqlite"
    shelf.make(chronicle_path, target)
    merged = shelf.open(target)
    person = next(page for page in PAGES if page.name == "person")
    found = Press(merged, PAGES, title="x").print(person, "ko", "e-old")
    assert found == Elsewhere(
        f"/ko/people/{merged.value('''select id from entities where label = 'Ada Brook' ''')}"
    )


def test_problems_have_pages(press: Press) -> None:
    for name in ("missing", "fault", "refused"):
        for language in LANGUAGES:
            assert words_of(language)(f"problem.{name}.title") in press.problem(name, language).html


def test_languages_have_the_same_words() -> None:
    first, *others = LANGUAGES
    for other in others:
        assert list(words_of(other).entries) == list(words_of(first).entries)
        for key, text in words_of(first).entries.items():
            fields = {field for _, field, _, _ in string.Formatter().parse(text) if field}
            theirs = {
                field for _, field, _, _ in string.Formatter().parse(words_of(other).entries[key]) if field
            }
            assert theirs == fields, key
            assert words_of(other).entries[key].strip()
    names = {path.name for path in ROOM.joinpath("words").iterdir()}
    assert names == {f"{language}.toml" for language in LANGUAGES}
    for name in names:
        tomllib.loads(ROOM.joinpath("words", name).read_text("utf-8"))


def test_every_page_has_a_title_in_the_words() -> None:
    for page in PAGES:
        assert words_of("en")(f"{page.name}.title")
        assert ROOM.joinpath("templates", page.template).is_file()
    assert len({(page.section, page.has_key) for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_have_no_words_of_their_own(name: str) -> None:
    text = ROOM.joinpath("templates", name).read_text("utf-8")
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    spoken = re.findall(r'(?:title|alt|aria-label|placeholder)="([^"]*)"', bare)
    bare = re.sub(r"<[^>]*>", " ", bare)
    assert re.findall(r"[^\W\d_]+", " ".join([bare, *spoken])) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_words_of_templates_are_in_the_catalogue(name: str) -> None:
    text = ROOM.joinpath("templates", name).read_text("utf-8")
    entries = words_of("en").entries
    assert {key for key in re.findall(r'\bt\("([\w.]+)"[,)]', text) if key not in entries} == set()
    assert {
        key for key in re.findall(r'\bt\.counted\("([\w.]+)"', text) if f"{key}.other" not in entries
    } == set()


def test_every_file_is_told_by_its_digest() -> None:
    files_ = statics()
    assert {"regesta.css", "regesta.js", "drawing.css"} <= set(files_.contents)
    assert set(files_.types) == set(files_.contents)
    css = files_.contents["regesta.css"].decode()
    assert "url(" not in css
    assert "@import" not in css


@given(
    st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=12),
    st.lists(st.integers(-5, 60), max_size=5),
    st.integers(0, 20),
    st.integers(0, 50),
)
def test_pieces_are_what_a_slow_reader_finds(
    spans: list[tuple[int, int]], cuts: list[int], start: int, length: int
) -> None:
    end = start + length
    marks = [Mark(a, b, "claim", str(n)) for n, (a, b) in enumerate(spans)]
    pieces = list(split(start, end, marks, cuts))
    assert [p.start for p in pieces] + [end] == [start] + [p.end for p in pieces]
    for piece in pieces:
        for at in range(piece.start, piece.end):
            assert {m.key for m in piece.marks} == {m.key for m in marks if m.start <= at < m.end}
    for cut in cuts:
        assert not any(p.start < cut < p.end for p in pieces)


def test_a_thousand_spans_over_one_word_stay_small() -> None:
    marks = [Mark(0, 1000 - n, "claim", str(n)) for n in range(1000)]
    pieces = list(split(0, 1000, marks))
    assert len(pieces) == 1000
    assert max(len(piece.marks) for piece in pieces) == MOST


def test_blocks_within_blocks_without_end_are_set() -> None:
    text = "x" * 3000
    blocks = [Block(n, "list_item", n, n + 1, n - 1 if n else None) for n in range(3000)]
    pieces = list(split(0, 3000, (), range(3000)))
    set_ = set_text(text, 0, blocks, pieces, lambda _piece, words: words, {})
    assert set_.count("x") == 3000


@given(
    st.text(alphabet="ab \n•1", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4),
)
def test_every_word_of_a_text_is_set_once(text: str, spans: list[tuple[int, int]]) -> None:
    blocks: list[Block] = []
    reached = 0
    for a, b in sorted(spans):
        if a >= reached and a < b <= len(text):
            blocks.append(Block(len(blocks), "paragraph", a, b))
            reached = b
    all_ = with_loose(text, 0, blocks)
    pieces = list(split(0, len(text), (), [edge for b in all_ for edge in (b.content_start, b.content_end)]))
    set_ = set_text(text, 0, all_, pieces, lambda _piece, words: words, {})
    bare = re.sub(r"<[^>]*>", "", set_)
    assert re.sub(r"\W", "", bare) == re.sub(r"\W", "", text)


@pytest.mark.parametrize(
    ("edtf", "english", "korean"),
    [
        ("1997-02-12", "12 February 1997", "1997년 2월 12일"),
        ("1997-02", "February 1997", "1997년 2월"),
        ("1997-02-XX", "February 1997", "1997년 2월"),
        ("1997~", "about 1997", "1997년경"),
        ("1997?", "perhaps 1997", "1997년(?)"),
        ("199X", "1990s", "1990년대"),
        ("1997/1999", "1997 to 1999", "1997년부터 1999년까지"),
        ("1997/..", "from 1997 on", "1997년부터"),
        ("[1953,1955,1960]", "1953, 1955 or 1960", "1953년, 1955년 또는 1960년"),
        ("1997-22", "summer 1997", "1997년 여름"),
        ("-0043", "-0043", "-0043"),
        ("19XX", "1900 to 1999", "1900년부터 1999년까지"),
        ("no date", "no date", "no date"),
    ],
)
def test_dates_in_words(edtf: str, english: str, korean: str) -> None:
    assert in_words(edtf, words_of("en")) == english
    assert in_words(edtf, words_of("ko")) == korean


@given(st.text(max_size=40))
def test_every_name_of_a_source_has_an_address_that_leads_back(name: str) -> None:
    address = Links().source(name)
    parts = urlsplit(address)
    assert not parts.netloc
    assert not parts.query
    assert not parts.fragment
    assert unquote(parts.path).removeprefix("/sources/") == source_key(name) or not name
    assert not any(part in (".", "..") for part in parts.path.split("/"))
