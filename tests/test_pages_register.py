"""Policy, terms, findings, two sources side by side, coverage and reports: what they say of documents invented here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta import shelf
from regesta.pages import LANGUAGES, PAGES, Asked, Links, Page, Press, Printed, words_of
from regesta.pages.collating import Telling, beside_each_other, pieces, where_they_differ
from regesta.pages.collation import Collation, collation
from regesta.pages.coverage import coverage
from regesta.pages.finding import Finding, finding
from regesta.pages.findings import FACETS, findings
from regesta.pages.policy import Policy, policy
from regesta.pages.report import PersonReport, report_person
from regesta.pages.standing import standing
from regesta.pages.terms import script_of, terms
from regesta.pages.working import worked
from regesta.pipeline import rebuild

GAZETTE = """The refugees of Orland

The law

The Refuge Act was in force from 1971 until 1985. The Settlement Act has been in force since 1990.

The hostel at Tarn

The hostel at Tarn opened on 3 May 1974. The hostel at Tarn had a capacity of 120 people in 1975.
The course at the hostel at Tarn took six weeks in 1975.

People

1975
• Ada Brook – 12 June – pilot, arrived in Orland with her father by way of Mere, aged 21
• Tomas Lind – 3 August – a miner who was held in Karst for four years, arrived in Orland by boat

Terms

The term "hjemvender" means "one who comes home".
"""
ALMANAC = """Who came to Orland

The hostel at Tarn opened on 5 May 1974. The hostel at Tarn had a capacity of 150 people in 1975.

1975
• Ada Brook – 12 June – pilot, arrived in Orland with her mother by way of Mere, aged 22
1976
• Tomas Lind – 3 August – a miner who was held in Karst for five years, arrived in Orland by boat
"""
WHOLE = 300 * 1024
"""Bytes that a page has at most."""


def page(name: str) -> Page:
    return next(one for one in PAGES if one.name == name)


def asked(key: str = "", **query: str) -> Asked:
    return Asked(words_of("en"), Links(), key, query)


def parsed(html: str) -> Any:
    return (
        html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
        .parse(html)
        .getroot()
    )


@pytest.fixture(scope="module")
def orland_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chronicle of two sources that share passages and disagree in them."""
    folder = tmp_path_factory.mktemp("orland")
    (folder / "sources").mkdir()
    (folder / "sources" / "gazette.txt").write_text(GAZETTE, "utf-8")
    (folder / "sources" / "almanac.txt").write_text(ALMANAC, "utf-8")
    rebuild([folder / "sources"], output=folder / "orland.duckdb", jobs=1)
    return folder / "orland.duckdb"


@pytest.fixture(scope="module")
def orland(orland_path: Path) -> shelf.Shelf:
    shelf.make(orland_path, orland_path.with_suffix(".sqlite"), identity="t-orland")
    return shelf.open(orland_path.with_suffix(".sqlite"))


# policy


def standings(view: Policy) -> dict[str, set[tuple[str, str]]]:
    """Return who stood, as label and value."""
    return {
        name: {(m.label, said.value.in_words) for m, saids in some for said in saids}
        for name, _, some in view.standings
    }


@pytest.mark.parametrize(
    ("at", "stood", "unknown", "did_not"),
    [
        ("1970", set(), set(), {"Refuge Act", "Settlement Act", "hostel at Tarn"}),
        ("1971", set(), {"Refuge Act"}, {"Settlement Act", "hostel at Tarn"}),
        ("1980", {"Refuge Act", "hostel at Tarn"}, set(), {"Settlement Act"}),
        ("1985-06", {"hostel at Tarn"}, {"Refuge Act"}, {"Settlement Act"}),
        ("1974-05-04", {"Refuge Act", "hostel at Tarn"}, set(), {"Settlement Act", "hostel at Tarn"}),
        ("1992-02-29", {"Settlement Act", "hostel at Tarn"}, set(), {"Refuge Act"}),
    ],
)
def test_what_was_in_force_is_told_as_of_a_date(
    orland: shelf.Shelf, at: str, stood: set[str], unknown: set[str], did_not: set[str]
) -> None:
    found = standings(policy(orland, asked(on=at)))
    dated = {
        name: {label for label, value in some if "people" not in value and "week" not in value}
        for name, some in found.items()
    }
    assert dated == {"stood": stood, "unknown": unknown, "not": did_not}


def test_amounts_of_two_sources_stand_side_by_side(orland: shelf.Shelf) -> None:
    view = policy(orland, asked())
    facility = dict(view.sections)["facility"]
    (capacity,) = [matter for matter in facility if matter.predicate == "capacity"]
    assert [(told.passage.source, [s.value.text for s in told.said]) for told in capacity.told] == [
        ("almanac.txt", ["150 people"]),
        ("gazette.txt", ["120 people"]),
    ]
    assert capacity.n_families == 1
    assert {f.kind for f in capacity.findings} == {"value-conflict"}
    assert len(view.charts) == 2


def test_what_is_no_date_is_said_and_asks_for_nothing(orland: shelf.Shelf) -> None:
    for text in ("1995-13", "soon", "1990/1995", "<b>", "X" * 190):
        view = policy(orland, asked(on=text))
        assert (view.at, view.is_no_date, view.standings) == ("", True, ())


DAY = date(2000, 1, 1)
DAYS = st.integers(0, 60)


@given(DAYS, DAYS, DAYS, DAYS)
def test_standing_is_what_a_slow_reader_finds(a: int, b: int, c: int, d: int) -> None:
    start, end = sorted((a, b))
    first, last = sorted((c, d))
    when = f"{DAY + timedelta(start)}/{DAY + timedelta(end)}"
    told = standing(when, f"{DAY + timedelta(first)}").stood
    assert told is (start <= first <= end)
    month = f"{(DAY + timedelta(last)):%Y-%m}"
    days = [n for n in range(-40, 140) if f"{(DAY + timedelta(n)):%Y-%m}" == month]
    hits = [start <= n <= end for n in days]
    assert standing(when, month).stood is (True if all(hits) else False if not any(hits) else None)


@given(st.integers(1990, 1999), st.integers(0, 9), st.integers(1985, 2012))
def test_years_that_begin_or_end_something_are_unknown(start: int, length: int, at: int) -> None:
    end = start + length
    said = standing(f"{start}/{end}", str(at)).stood
    assert said is (False if at < start or at > end else None if at in (start, end) else True)


# terms


def test_terms_have_their_script_and_their_meaning(orland: shelf.Shelf) -> None:
    (term,) = [one for one in terms(orland, asked()).terms if one.row["label"] == "hjemvender"]
    assert [form.script for form in term.forms] == ["Latn"]
    assert [said.value.text for said in term.means] == ["one who comes home"]
    assert all(said.passages for said in term.means)


def test_words_for_one_thing_lead_to_each_other(orland_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "terms.duckdb"
    copy.write_bytes(orland_path.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute(
            "insert into claims select * replace ('c-t1' as id, 'term' as predicate, 'Hjemvender' as value_text,"
            " (select min(id) from entities where label = 'Ada Brook') as subject) from claims where predicate = 'means'"
        )
        connection.execute("update entities set kind = 'term' where label = 'Ada Brook'")
    shelf.make(copy, copy.with_suffix(".sqlite"))
    view = terms(shelf.open(copy.with_suffix(".sqlite")), asked())
    relatives = {one.row["label"]: [other["label"] for other in one.relatives] for one in view.terms}
    assert relatives == {"Ada Brook": ["hjemvender"], "hjemvender": ["Ada Brook"]}


@given(st.text(max_size=100))
def test_any_word_has_a_script(word: str) -> None:
    assert re.fullmatch("[A-Z][a-z]{3}", script_of(word))


# findings


def test_facets_count_what_choosing_gives(orland: shelf.Shelf) -> None:
    total = findings(orland, asked())
    assert total.n == orland.value("select count(*) from findings")
    for first in total.facets:
        for choice in first.choices:
            view = _chosen(orland, choice.address)
            assert view.n == choice.n > 0
            for second in view.facets:
                for narrower in second.choices:
                    if not narrower.is_chosen and second.name != first.name:
                        assert _chosen(orland, narrower.address).n == narrower.n


def _chosen(on: shelf.Shelf, address: str) -> Any:
    from urllib.parse import parse_qsl, urlsplit

    return findings(on, asked(**dict(parse_qsl(urlsplit(address).query))))


def test_what_matters_most_comes_first(orland: shelf.Shelf) -> None:
    rows = [row for group in findings(orland, asked()).groups for row in group.rows]
    weights = ["error", "warning", "info", "undetermined", "ok"]
    order = [(row["status"] != "open", weights.index(row["severity"])) for row in rows]
    assert order == sorted(order)
    groups = [(g.kind, g.severity, g.is_open) for g in findings(orland, asked()).groups]
    assert len(groups) == len(set(groups))


def test_the_next_finding_is_the_next_of_those_chosen(orland: shelf.Shelf) -> None:
    for chosen in ({}, {"severity": "warning"}, {"kind": "value-conflict", "source": "gazette.txt"}):
        listed = [row["id"] for group in findings(orland, asked(**chosen)).groups for row in group.rows]
        walked: list[str] = []
        here = listed[0]
        while here:
            view = finding(orland, asked(here, **chosen))
            assert view is not None
            assert (view.place, view.n) == (len(walked) + 1, len(listed))
            assert view.before == (walked[-1] if walked else None)
            walked.append(here)
            here = view.after or ""
        assert walked == listed


def shown(on: shelf.Shelf, summary: str) -> Finding:
    view = finding(on, asked(on.value("select id from findings where summary like ?", [f"%{summary}%"])))
    assert view is not None
    return view


def test_the_words_in_which_passages_differ_are_marked(orland: shelf.Shelf) -> None:
    view = shown(orland, "imprisoned for")
    others = [[w.text for w in member.words if w.is_other] for member in view.members]
    assert others == [["five"], ["four"]]
    meant = ["".join(w.text for w in member.words if w.is_marked) for member in view.members]
    assert all(word in text for word, text in zip(("five", "four"), meant, strict=True))
    assert {other.row["subject_label"] for other in view.others} == {"Tomas Lind"}
    assert view.n_families == 1


def test_who_settled_a_finding_is_told(orland_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "settled.duckdb"
    copy.write_bytes(orland_path.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute("update findings set status = 'explained' where kind = 'value-conflict'")
        connection.execute(
            "insert into decisions select 'd-1', '2026-01-02T03:04:05Z', 'explained', 'Mara', 'two winters', null,"
            " list(fingerprint), null, null, 'applied', '' from findings where kind = 'value-conflict'"
        )
    shelf.make(copy, copy.with_suffix(".sqlite"))
    settled = shelf.open(copy.with_suffix(".sqlite"))
    view = shown(settled, "imprisoned for")
    assert [(d["made_by"], d["why"]) for d in view.decisions] == [("Mara", "two winters")]
    assert [group.is_open for group in findings(settled, asked()).groups][-1] is False
    printed = Press(settled, PAGES, title="x").print(page("finding"), "en", view.row["id"])
    assert isinstance(printed, Printed)
    assert "two winters" in printed.html


def test_workings_of_any_shape_are_told() -> None:
    words = words_of("en")
    assert worked("no json", words) == worked("[1]", words) == worked("[" * 5000, words) == ()
    deep = '{"a": ' + "[" * 50 + "1" + "]" * 50 + "}"
    assert worked(deep, words)[0].text == "…"
    (line,) = worked('{"people": [' + ", ".join(['"x"'] * 500) + "]}", words)
    assert line.n_more == 440


# tellings beside each other


@given(st.text(alphabet="ab c.\n", max_size=60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 9))
def test_pieces_are_the_text(text: str, a: int, b: int, start: int) -> None:
    first, last = sorted((min(a, len(text)), min(b, len(text))))
    telling = Telling("x", start, text, (start + first, start + last))
    found = pieces(telling, [(0, first)])
    assert "".join(w.text for w in found) == text
    assert "".join(w.text for w in found if w.is_marked) == text[first:last]
    assert "".join(w.text for w in found if w.is_other) == text[:first]


@given(st.lists(st.sampled_from(["one", "two", "six", "sea", "fog"]), max_size=14), st.data())
def test_what_differs_is_nowhere_in_a_copy(words: list[str], drawn: st.DataObject) -> None:
    text = " ".join(words)
    assert where_they_differ(text, text) == ((), ())
    if len(words) > 9:
        at = drawn.draw(st.integers(1, len(words) - 2))
        other = " ".join([*words[:at], "harbour", *words[at + 1 :]])
        left, right = where_they_differ(text, other)
        assert [text[slice(*span)] for span in left] == [words[at]]
        assert [other[slice(*span)] for span in right] == ["harbour"]


def test_tellings_are_compared_with_those_most_alike() -> None:
    texts = (
        "the boat left Mere at dawn with six on board",
        "a thing of its own",
        "the boat left Karst at dawn with six on board",
    )
    tellings = [Telling("x", 0, text, (0, 3)) for text in texts]
    marked = [[w.text for w in words if w.is_other] for words in beside_each_other(tellings)]
    assert marked == [["Mere"], [], ["Karst"]]


# two sources beside each other


def test_two_sources_show_what_they_share_from_either_side(orland: shelf.Shelf) -> None:
    one, other = (
        collation(orland, asked(key))
        for key in ("gazette.txt/~with/almanac.txt", "almanac.txt/~with/gazette.txt")
    )
    assert isinstance(one, Collation)
    assert isinstance(other, Collation)
    assert (one.n_passages, one.n_words) == (other.n_passages, other.n_words)
    assert {p.sides[0].start for p in one.passages} == {p.sides[1].start for p in other.passages}
    changed = {w.text for p in one.passages for w in p.sides[0].words if w.is_other}
    assert {"120", "father", "21", "four"} <= changed
    for p in one.passages:
        for side, row in zip(p.sides, one.rows, strict=True):
            text = "".join(w.text for w in side.words)
            assert orland.text(row["name"], side.start, side.start + len(text)) == text


@pytest.mark.parametrize(
    "key",
    ["gazette.txt", "gazette.txt/~with/", "/~with/", "gazette.txt/~with/gazette.txt", "a/~with/b", "~with"],
)
def test_sources_that_share_nothing_have_no_such_page(orland: shelf.Shelf, key: str) -> None:
    assert collation(orland, asked(key)) is None


# coverage


def test_what_was_left_out_is_sorted_by_its_reason(orland: shelf.Shelf) -> None:
    whole = coverage(orland, asked())
    assert {used.source for used in whole.sources} == {"gazette.txt", "almanac.txt"}
    assert (
        sum(reason.n for reason in whole.reasons)
        == whole.n_rejected
        == sum(u.n_rejected for u in whole.sources)
    )
    for reason in whole.reasons:
        some = coverage(orland, asked(code=reason.code))
        assert some.n_rejected == reason.n
        assert {r.row["code"] for r in some.rejected} == {reason.code}
    for r in whole.rejected:
        assert "".join(text for text, is_marked in r.passage.parts if is_marked) == r.row["quote"]
    for used in whole.sources:
        assert used.claims + used.names_dates + used.rejected + used.left == pytest.approx(1)


# reports


def test_a_report_has_every_passage_once_and_every_source_with_its_hash(orland: shelf.Shelf) -> None:
    key = orland.value("select id from entities where label = 'Tomas Lind'")
    view = report_person(orland, asked(key))
    assert isinstance(view, PersonReport)
    cited = [
        c
        for s in view.sections
        for c in (
            *(c for told in s.statements for c in told.cited),
            *(c for told in s.findings for c in told.cited),
        )
    ]
    numbers = [c.number for c in cited if c.words]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {c.number for c in cited} == set(numbers)
    assert [source.letter for source in view.sources] == ["A", "B"]
    assert [source.kin for source in view.sources] == [("B",), ("A",)]
    printed = Press(orland, PAGES, title="Orland").print(page("report_person"), "en", key)
    assert isinstance(printed, Printed)
    tree = parsed(printed.html)
    text = "".join(tree.itertext())
    for row in orland.rows("select sha256 from sources"):
        assert row["sha256"] in text
    assert "t-orland" in text
    for claim in orland.rows(
        "select e.quote from claims c join claim_evidence e on e.claim = c.id where c.subject = ?", [key]
    ):
        assert claim["quote"] in text
    ids = {element.get("id") for element in tree.iter() if isinstance(element.tag, str)}
    for anchor in tree.iter("a"):
        if (href := anchor.get("href", "")).startswith("#"):
            assert href[1:] in ids
    assert not tree.findall(".//nav[@aria-label='Pages']")


def test_places_in_a_report_are_lines_of_the_file(orland: shelf.Shelf) -> None:
    key = orland.value("select id from entities where label = 'Tomas Lind'")
    view = report_person(orland, asked(key))
    assert isinstance(view, PersonReport)
    letters = {source.letter: source.row["name"] for source in view.sources}
    texts = {"gazette.txt": GAZETTE, "almanac.txt": ALMANAC}
    for section in view.sections:
        for statement in section.statements:
            for c in statement.cited:
                if c.words:
                    found = re.search(r"line (\d+), characters ([\d,]+)", c.where)
                    assert found
                    before = texts[letters[c.letter]][: int(found[2].replace(",", ""))]
                    assert int(found[1]) == before.count("\n") + 1


# sizes


def many(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the chronicle large where pages could grow with it."""
    connection.execute(
        "insert into findings select 'f-' || n, 'x' || n, 'F0' || n % 70, 'kind-' || n % 90, 'info', 'open', repeat('long ', 60), '{}'"
        " from range(3000) r(n)"
    )
    connection.execute(
        "insert into finding_members select 'f-0', n, 'gazette.txt', n % 300, n % 300 + 200, 'x', null from range(4000) r(n)"
    )
    connection.execute(
        "insert into rejections select 'gazette.txt', n % 500, n % 500 + 4, 'x', 'X' || n % 200, 'reason ' || n from range(9000) r(n)"
    )
    connection.execute(
        "insert into claims select c.* replace (c.id || n as id) from claims c, range(300) r(n) where predicate in ('capacity', 'means')"
    )
    connection.execute(
        "insert into claim_evidence select e.* replace (e.claim || n as claim) from claim_evidence e join claims c on c.id = e.claim,"
        " range(300) r(n) where predicate in ('capacity', 'means') and not exists (select 1 from claim_evidence o where o.claim = e.claim || n)"
        " and length(c.id) < 20"
    )
    connection.execute(
        "insert into shared_passages select s.* replace (s.a_start + n % 40 as a_start) from shared_passages s, range(2000) r(n)"
    )


def test_pages_stay_small_however_much_there_is(orland_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "many.duckdb"
    copy.write_bytes(orland_path.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        many(connection)
    shelf.make(copy, copy.with_suffix(".sqlite"))
    large = shelf.open(copy.with_suffix(".sqlite"))
    press = Press(large, PAGES, title="Many")
    for name, key, query in large_pages(large):
        printed = press.print(page(name), "en", key, query)
        assert isinstance(printed, Printed), name
        assert len(printed.html.encode()) <= WHOLE, (name, key, query)


def large_pages(on: shelf.Shelf) -> Iterator[tuple[str, str, dict[str, str]]]:
    for name in ("findings", "policy", "terms", "coverage"):
        yield name, "", {}
    yield "policy", "", {"on": "1980"}
    yield "coverage", "", {"code": "X1", "leaf": "2"}
    yield "findings", "", {FACETS[0]: "info", "part": "7"}
    yield "finding", "f-0", {"part": "3"}
    yield "report_finding", "f-0", {}
    yield "collation", "gazette.txt/~with/almanac.txt", {}
    yield "collation", "almanac.txt/~with/gazette.txt", {"part": "99"}
    for row in on.rows("select id from cards order by n_claims desc limit 3"):
        yield "report_person", row["id"], {}


def test_every_language_has_every_page(orland: shelf.Shelf) -> None:
    press = Press(orland, PAGES, title="Orland")
    for language in LANGUAGES:
        for name, key, query in (
            ("findings", "", {}),
            ("policy", "", {"on": "1980"}),
            ("terms", "", {}),
            ("coverage", "", {}),
            ("collation", "gazette.txt/~with/almanac.txt", {}),
        ):
            printed = press.print(page(name), language, key, query)
            assert isinstance(printed, Printed)
            assert len(printed.html.encode()) <= WHOLE
