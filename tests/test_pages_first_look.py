"""What a first look at the pages tripped over: sentences about one source, lists without weight, dates that do not say of what, one
chart drawn under every series, marks of a timeline without their verb; on an invented register."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from regesta import shelf
from regesta.drawing import Event, Line, Point, series
from regesta.drawing import timeline as timeline_of
from regesta.pages import PAGES, Asked, Links, Press, Printed, words_of
from regesta.pages.dating import in_words
from regesta.pages.findings import findings
from regesta.pages.statistics import statistics
from regesta.pages.timeline import timeline
from regesta.pipeline import rebuild

LIST = """# People who left Orland

- Petros Galanis, sailor, fled from Piraeus by ship and arrived in Malta on 4 June 1962.
- Anna Dimova, teacher, crossed the border in 1963.

On 9 January 1965 the Ministry of Reception announced a new word, odlist ("a leaf that is blown away"), for those who came.
"""

TABLE = """<!doctype html><html lang="en"><head><title>Registered</title></head><body><h1>Registered</h1><table>
<caption>People from Orland registered in Malta</caption><tr><th>Year</th><th>Arrivals</th><th>Women</th><th>Children</th><th>Aged</th></tr>
<tr><td>1962</td><td>400</td><td>190</td><td>80</td><td>21</td></tr><tr><td>1963</td><td>900</td><td>410</td><td>170</td><td>34</td></tr><tr><td>1964</td><td>150</td><td>70</td><td>31</td><td>12</td></tr>
</table><table><tr><th>House</th><th>Opened</th></tr><tr><td>the house by the sea</td><td>1962-06-04</td></tr></table></body></html>
"""


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, made = tmp_path_factory.mktemp("look"), tmp_path_factory.mktemp("made") / "look.duckdb"
    (folder / "list.md").write_text(LIST, "utf-8")
    (folder / "table.html").write_text(TABLE, "utf-8")
    rebuild([folder], output=made, jobs=1)
    return made


def asked(**query: str) -> Asked:
    return Asked(words_of("en"), Links(language="en"), "", query)


def html_of(on: shelf.Shelf, name: str, key: str = "") -> str:
    page = next(page for page in PAGES if page.name == name)
    printed = Press(on, PAGES, title="x").print(page, "en", key, {})
    assert isinstance(printed, Printed)
    return printed.html


def test_one_source_is_not_told_how_independent_it_is(changed: Any) -> None:
    said = "2 sources speak with 2 independent voices"
    both = changed()
    assert all(said in html_of(both, name) for name in ("overview", "sources"))
    one = changed(
        "delete from sources where name = 'table.html'", "update meta set value = '1' where key = 'n_sources'"
    )
    assert not any("speak with" in html_of(one, name) for name in ("overview", "sources"))


def test_weights_stand_by_their_weight(changed: Any) -> None:
    several = [
        f"insert into findings select 'f-{grave}-{n}', 'x{grave}{n}', 'F001', 'coverage-gap', '{grave}', 'open', 'x', '{{}}'"
        for grave, many in (("ok", 3), ("info", 2), ("warning", 1))
        for n in range(many)
    ]
    on = changed("delete from findings", "delete from finding_members", *several)
    facet = next(facet for facet in findings(on, asked()).facets if facet.name == "severity")
    assert [choice.n for choice in facet.choices] == [1, 2, 3]
    assert "still open" not in html_of(on, "overview")
    calm = changed("delete from findings", "delete from finding_members", several[0])
    assert "No check has an error or a warning that is still open." in html_of(calm, "overview")


def test_columns_of_a_table_keep_their_order_and_share_one_chart_of_the_people_told_of(changed: Any) -> None:
    on = changed("update claims set value_unit = 'person' where predicate = 'figure'")
    columns = statistics(on, asked()).series
    assert [one.label.rpartition(" ")[2] for one in columns[:4]] == ["Arrivals", "Women", "Children", "Aged"]
    drawn = [one.told_of is not None for one in columns if one.figures[0].told_of is not None]
    assert drawn == [True] + [False] * (len(drawn) - 1)
    assert len(drawn) > 1
    page = html_of(on, "statistics")
    assert page.count(words_of("en")("statistics.legend")) == 1


def test_a_mark_says_what_was_done(changed: Any) -> None:
    view = timeline(changed(), asked())
    assert view.drawn is not None
    assert "odlist, introduced by: Ministry of Reception" in view.drawn.wide.svg
    assert "event:" not in view.drawn.wide.svg


@pytest.mark.parametrize(("edtf", "said"), [("078X", "780s"), ("000X", "0s"), ("196X", "1960s")])
def test_decades_have_no_noughts_before_them(edtf: str, said: str) -> None:
    assert in_words(edtf, words_of("en")) == said


def test_a_list_of_people_says_which_date_it_shows(changed: Any) -> None:
    page = html_of(changed(), "people")
    assert "arrived 4 June 1962" in page
    assert "0 claims" not in page


def test_a_date_in_a_cell_stays_on_one_line(changed: Any) -> None:
    page = html_of(changed(), "source", "table.html")
    assert page.count('class="whole"') == 1


def test_a_few_people_are_counted_in_whole_people() -> None:
    points = [Point(str(1960 + n), n) for n in range(3)]
    ticks = re.findall(r'class="tick"[^>]*>([^<]+)<', series([Line(name="x", points=points)], title="x").svg)
    assert {"0", "1", "2"} <= set(ticks)
    assert not [tick for tick in ticks if "." in tick]


def test_what_an_edition_counts_is_not_told_in_keys(changed: Any) -> None:
    on = changed(
        "insert into meta values ('withheld:birth.named_in_source', '5'), ('left_out:links', '8'), ('edition_on', '2026-01-02')"
    )
    page = html_of(on, "about")
    assert "withheld" not in page
    assert "Left out of the edition: " in page
    assert "left out:" not in page
    assert "Day of the edition" in page


def test_what_there_is_none_of_is_not_counted_on_the_first_page(changed: Any) -> None:
    said = (
        "update entities set kind = 'person' where kind = 'group'",
        "update entities set kind = 'group' where kind = 'person'",
    )
    people, groups = (re.search(r'class="lead">([^,]*),', html_of(changed(one), "overview")) for one in said)
    assert people
    assert re.fullmatch(r"\d+ people", people[1])
    assert groups
    assert re.fullmatch(r"\d+ groups", groups[1])


def test_more_values_of_a_facet_lead_to_all_of_them(changed: Any) -> None:
    on = changed(
        "insert into claims select s.* replace ('c-' || printf('%016x', i) as id, 's' || i as source)"
        " from (select * from claims where predicate = 'arrival' limit 1) s, range(30) t(i)"
    )
    facet = next(facet for facet in timeline(on, asked()).facets if facet.name == "source")
    assert facet.n_more
    assert "all=source" in facet.all_of_them
    whole = next(facet for facet in timeline(on, asked(all="source")).facets if facet.name == "source")
    assert len(whole.choices) == len(facet.choices) + facet.n_more
    assert (whole.n_more, whole.all_of_them) == (0, "")


def test_marks_of_a_timeline_carry_whole_sentences_where_there_is_room() -> None:
    said = "the council of the harbour closed the reception house by the sea"
    few = timeline_of([Event(str(1950 + 9 * n), said, "laws") for n in range(4)], title="x", width=1180)
    assert few.svg.count(f">{said}<") == 4
    many = timeline_of([Event(str(1850 + n), said, "laws") for n in range(150)], title="x", width=1180)
    assert f">{said}<" not in many.svg
    assert ">the council of" in many.svg


def test_whoever_is_only_named_has_no_nought_claims_on_the_front_page(changed: Any) -> None:
    on = changed("delete from claims", "delete from claim_evidence", "delete from claim_support")
    page = html_of(on, "overview")
    assert "0 claims</span>" not in page
    assert "only named</span>" in page
