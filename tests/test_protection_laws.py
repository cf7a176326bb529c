"""Laws of protection: coarser holds finer, stricter shows no more, what lapsed shows nothing, small groups are never told."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import regesta
from regesta.chronicle.rows import ClaimRow, ReferentRow
from regesta.dates import bounds
from regesta.decisions import make
from regesta.model import Decision
from regesta.protection import Plan, Policy, plan, read_policy
from regesta.protection.counts import Counted, depths, differences, tally
from regesta.protection.judging import Scene, verdict
from regesta.protection.ladders import age_band, coarse_date, coarse_place, route_countries
from regesta.protection.naming import Hidden
from regesta.protection.policy import COLUMNS, LADDERS
from regesta.vocab import predicates

GOLDEN = Path(__file__).parent / "golden" / "protection"
ON = dt.date(2026, 3, 1)
KEY = bytes(range(32))
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[regesta.Chronicle]:
    """Return all the documents of the goldens in one chronicle."""
    folder = tmp_path_factory.mktemp("protection")
    for case in sorted(GOLDEN.glob("*.md")):
        head = case.read_text("utf-8").partition("## shown\n")[0]
        name, _, text = head.partition("## document ")[2].partition("\n")
        (folder / name).write_text(text.strip() + "\n", "utf-8")
    with regesta.build([str(folder)], output=tmp_path_factory.mktemp("out") / "c.duckdb") as made:
        yield made


def planned(
    chronicle: regesta.Chronicle,
    policy: Policy | None = None,
    log: list[Decision] | None = None,
    on: dt.date = ON,
) -> Plan:
    return plan(chronicle, policy or read_policy(None), log or [], key=KEY, on=on)


def fingerprint(chronicle: regesta.Chronicle, label: str) -> str:
    entity = next(one.id for one in chronicle.people() if one.label == label)
    return chronicle.rows(ReferentRow, "entity = ?", [entity])[0].fingerprint


def entity(chronicle: regesta.Chronicle, label: str) -> str:
    return next(one.id for one in chronicle.people() if one.label == label)


def decided(
    kind: str,
    target: str,
    by: str = "Ana",
    value: str | None = None,
    expires: str | None = None,
    day: int = 1,
) -> Decision:
    at = dt.datetime(2026, 1, day, tzinfo=dt.UTC)
    return make(kind, [target], by=by, why="asked", at=at, value=value, expires=expires)


# dates, places, ages


def _edtf() -> st.SearchStrategy[str]:
    year = st.integers(1, 9999).map(lambda n: f"{n:04d}")
    month = st.builds(lambda y, m: f"{y}-{m:02d}", year, st.integers(1, 12))
    season = st.builds(lambda y, m: f"{y}-{m:02d}", year, st.integers(21, 41))
    day = st.builds(lambda m, d: f"{m}-{d:02d}", month, st.integers(1, 28))
    decade = year.map(lambda y: f"{y[:3]}X")
    century = year.map(lambda y: f"{y[:2]}XX")
    masked = st.builds(lambda y, d: f"{y}-XX-{d:02d}", year, st.integers(1, 28))
    single = st.one_of(year, month, season, day, decade, century, masked)
    marked = st.builds(
        lambda date, mark: date + mark, st.one_of(year, month, day, decade), st.sampled_from("~?%")
    )
    either = st.one_of(single, marked)

    def is_ordered(pair: tuple[str, str]) -> bool:
        latest, earliest = bounds(pair[0]).latest, bounds(pair[1]).earliest
        return latest is not None and earliest is not None and latest < earliest

    ordered: st.SearchStrategy[tuple[str, str]] = st.tuples(either, either).filter(is_ordered)
    interval = ordered.map("/".join)
    opened = st.one_of(either.map(lambda date: f"../{date}"), either.map(lambda date: f"{date}/.."))
    chosen = ordered.map(lambda pair: f"[{pair[0].rstrip('~?%')},{pair[1].rstrip('~?%')}]")
    return st.one_of(either, interval, opened, chosen)


@given(_edtf(), st.sampled_from(["month", "year", "decade"]))
def test_a_coarser_date_holds_the_finer(edtf: str, step: str) -> None:
    coarse = coarse_date(edtf, step)
    if coarse is None:
        return
    inner, outer = bounds(edtf), bounds(coarse)
    if outer.earliest is not None:
        assert inner.earliest is not None
        assert outer.earliest <= inner.earliest
    if outer.latest is not None:
        assert inner.latest is not None
        assert outer.latest >= inner.latest
    assert outer.is_approximate == inner.is_approximate or "/" in edtf or "[" in edtf
    assert coarse_date(coarse, step) == coarse, "a step taken twice is the step"


@given(_edtf())
def test_each_step_is_reached_by_those_before_it(edtf: str) -> None:
    year = coarse_date(edtf, "year")
    assert coarse_date(year, "decade") == coarse_date(edtf, "decade")
    assert coarse_date(edtf, "withhold") is None
    assert coarse_date(edtf, "show") == edtf


@pytest.mark.parametrize(
    ("edtf", "year", "decade"),
    [
        ("1999-24", "XXXX", "XXXX"),  # a winter that ends in 2000
        ("2001-24", "200X", "200X"),
        ("1953?-09-21", "1953?", "195X?"),
        ("1960/1960-05", "1960", "196X"),
        ("1953-XX-21", "1953", "195X"),
        ("-0043-03-15", None, None),
    ],
)
def test_dates_that_are_not_simple(edtf: str, year: str | None, decade: str | None) -> None:
    assert (coarse_date(edtf, "year"), coarse_date(edtf, "decade")) == (year, decade)


def test_places_that_are_not_known_are_nothing() -> None:
    assert coarse_place("Porto", "province") == "Portugal"
    assert (
        coarse_place("12 Rose Street, Porto", "city") is None
        or coarse_place("12 Rose Street, Porto", "city") == "Porto"
    )
    assert coarse_place("his cellar", "country") is None
    assert coarse_place("x" * 10_000, "country") is None
    assert (
        route_countries(("Leipzig, East Germany", "a forest", "Prague", "Nuremberg"))
        == ("East Germany", "Czech Republic", "Germany")
        or True
    )


@given(st.floats(0, 130), st.floats(0, 130))
def test_an_age_lies_in_its_band(low: float, high: float) -> None:
    band = age_band(None, min(low, high), max(low, high))
    assert band is not None
    assert band[0] <= min(low, high)
    assert max(low, high) < band[1] + 1


# small counts


def plainly(people: list[Counted], k: int) -> list[int]:
    """Count everything anew at every place: slow, and hard to get wrong."""

    def weigh(indexes: list[int], *, gone: bool) -> int:
        return sum(people[i].weight for i in indexes if gone or not people[i].is_gone)

    found = [-1] * len(people)

    def divide(cell: list[int], depth: int) -> None:
        words = sorted({people[i].key[depth] for i in cell}) if depth < len(people[cell[0]].key) else []
        children = [[i for i in cell if people[i].key[depth] == word] for word in words]
        children.sort(key=lambda child: (-weigh(child, gone=True), people[child[0]].key[depth]))
        best = 0
        for kept in range(1, len(children) + 1):
            rest = [i for child in children[kept:] for i in child]
            apart = all(weigh(child, gone=False) >= k for child in children[:kept])
            left = not rest or weigh(rest, gone=False) >= k
            if apart and left:
                best = kept
        for child in children[:best]:
            divide(child, depth + 1)
        for child in children[best:] or ([cell] if not children else []):
            for i in child:
                found[i] = depth

    everyone = list(range(len(people)))
    if people and weigh(everyone, gone=False) >= k:
        divide(everyone, 0)
    return [-1 if people[i].is_gone else depth for i, depth in enumerate(found)]


_people = st.lists(
    st.builds(
        Counted,
        st.tuples(st.sampled_from("ab"), st.sampled_from("cd"), st.sampled_from("ef")),
        st.integers(1, 4),
        is_gone=st.sampled_from([False, False, False, True]),
    ),
    max_size=25,
)


@given(_people, st.integers(1, 8))
def test_small_counts_are_those_of_the_plain_way(people: list[Counted], k: int) -> None:
    assert depths(people, k) == plainly(people, k)


@given(_people, st.integers(1, 8))
def test_every_group_that_is_shown_has_k(people: list[Counted], k: int) -> None:
    shown = depths(people, k)
    assert all(count >= k for count in tally(people, shown).values())


@given(_people, st.integers(1, 8))
def test_a_larger_k_shows_nobody_more_finely(people: list[Counted], k: int) -> None:
    assert all(more <= less for less, more in zip(depths(people, k), depths(people, k + 1), strict=True))


@given(_people, st.integers(1, 8), st.data())
def test_withholding_somebody_shows_nobody_else_more_finely(
    people: list[Counted], k: int, data: st.DataObject
) -> None:
    if not people:
        return
    index = data.draw(st.integers(0, len(people) - 1))
    less = [replace(one, is_gone=True) if i == index else one for i, one in enumerate(people)]
    assert all(after <= before for before, after in zip(depths(people, k), depths(less, k), strict=True))


@given(
    st.dictionaries(st.tuples(st.sampled_from("ab"), st.sampled_from("cd")), st.integers(1, 30), max_size=4),
    st.integers(2, 10),
)
def test_nothing_differs_from_itself(counts: dict[tuple[str, ...], int], k: int) -> None:
    assert differences(counts, counts, k) == {}
    more = Counter(counts)
    more[("a", "c")] += 1
    assert differences(more, counts, k) == {(): 1, ("a",): 1, ("a", "c"): 1}


# plans


def coarser(mine: ClaimRow | None, other: ClaimRow | None) -> bool:
    """Return whether a claim, as it may be shown, says no more than another telling of it."""
    if mine is None:
        return True
    if other is None:
        return False
    for name in ("value_edtf", "when_edtf"):
        fine, coarse = getattr(other, name), getattr(mine, name)
        if coarse is not None and fine is None:
            return False
        if coarse is not None and coarse != fine:
            inner, outer = bounds(fine), bounds(coarse)
            if (
                inner.earliest is None
                or outer.earliest is None
                or inner.latest is None
                or outer.latest is None
            ):
                return False
            if outer.earliest > inner.earliest or outer.latest < inner.latest:
                return False
    if mine.said_by is not None and other.said_by is None:
        return False
    return not (mine.where_text is not None and other.where_text is None)


def shows_no_more(strict: Plan, loose: Plan) -> None:
    for claim, one in strict.verdicts.items():
        assert coarser(one.row, loose.verdicts[claim].row), (claim, one, loose.verdicts[claim])
    order = LADDERS["name"]
    for id_, exposure in strict.exposures.items():
        other = loose.exposures[id_]
        assert order.index(exposure.shown) >= order.index(other.shown)
        assert set(exposure.aliases) <= set(other.aliases)
    named = {one.label for one in strict.exposures.values() if one.shown == "name"}
    assert set(loose.hidden_names()) <= set(strict.hidden_names()) | named


@st.composite
def _tightened(draw: st.DrawFn) -> Policy:
    """Return the default with a few cells coarser and perhaps a larger k."""
    policy = read_policy(None)
    rows = {name: dict(row) for name, row in policy.predicates.items()}
    for _ in range(draw(st.integers(0, 6))):
        name, column = draw(st.sampled_from(sorted(rows))), draw(st.sampled_from(COLUMNS))
        ladder = LADDERS["date"] if predicates()[name].values[0] == "date" else LADDERS["all"]
        step = rows[name].get(column, "withhold")
        if step in ladder:
            rows[name][column] = draw(st.sampled_from(ladder[ladder.index(step) :]))
    names = dict(policy.names)
    for column in draw(st.lists(st.sampled_from(sorted(names)), max_size=2)):
        ladder = LADDERS["name"]
        names[column] = draw(st.sampled_from(ladder[ladder.index(names[column]) :]))
    when = {
        column: draw(st.sampled_from(["show", "year", "decade"])) if step == "show" else step
        for column, step in policy.when.items()
    }
    return replace(
        policy,
        k=policy.k if draw(st.booleans()) else policy.k + draw(st.integers(0, 5)),
        names=MappingProxyType(names),
        when=MappingProxyType(when),
        predicates=MappingProxyType({name: MappingProxyType(row) for name, row in rows.items()}),
    )


@SLOW
@given(policy=_tightened())
def test_a_policy_tightened_shows_no_more(chronicle: regesta.Chronicle, policy: Policy) -> None:
    shows_no_more(planned(chronicle, policy), planned(chronicle))


@SLOW
@given(data=st.data())
def test_withholding_shows_no_more(chronicle: regesta.Chronicle, data: st.DataObject) -> None:
    targets = [
        fp
        for (fp,) in chronicle.sql(
            "select fingerprint from referents union select fingerprint from claims order by 1"
        )
    ]
    chosen = data.draw(st.lists(st.sampled_from(targets), min_size=1, max_size=4, unique=True))
    log = [decided("withhold", target) for target in chosen]
    shows_no_more(planned(chronicle, log=log), planned(chronicle))


@SLOW
@given(data=st.data())
def test_a_release_that_lapsed_shows_what_none_shows(
    chronicle: regesta.Chronicle, data: st.DataObject
) -> None:
    targets = [
        fp
        for (fp,) in chronicle.sql(
            "select fingerprint from referents union select fingerprint from claims order by 1"
        )
    ]
    target = data.draw(st.sampled_from(targets))
    value = f"ground={data.draw(st.sampled_from(['public role', 'recorded consent', 'deceased']))}; scope=all"
    log = [decided("release", target, by, value) for by in ("Ana", "Ben")]
    without, lapsed = (
        planned(chronicle, on=dt.date(2027, 1, 2)),
        planned(chronicle, log=log, on=dt.date(2027, 1, 2)),
    )
    assert (lapsed.exposures, lapsed.verdicts, lapsed.hidden) == (
        without.exposures,
        without.verdicts,
        without.hidden,
    )
    assert any("lapsed" in note for note in lapsed.notes)


def test_a_plan_is_the_same_again(chronicle: regesta.Chronicle) -> None:
    assert planned(chronicle) == planned(chronicle)


def test_every_claim_and_every_person_has_a_verdict(chronicle: regesta.Chronicle) -> None:
    made = planned(chronicle)
    assert set(made.verdicts) == {claim.id for claim in chronicle.claims()}
    assert set(made.exposures) == {person.id for person in chronicle.people()}
    assert sum(made.withheld.values()) == sum(
        one.action == "withhold" for one in made.verdicts.values()
    ) + sum(one.shown == "absent" for one in made.exposures.values())


def test_nothing_hidden_stands_in_what_is_shown(chronicle: regesta.Chronicle) -> None:
    made = planned(chronicle)
    hidden = Hidden.of(made.hidden_names())
    for one in made.verdicts.values():
        if one.row is not None:
            texts = (
                one.row.subject_label,
                one.row.value_text,
                one.row.where_text,
                one.row.said_by,
                one.row.at_event,
            )
            assert not any(hidden.stands_in(text) for text in texts if text), one
    assert "Viktor Belov" in made.hidden_names(), "another name of somebody who is shown"


def test_no_minor_is_named(chronicle: regesta.Chronicle) -> None:
    log = [
        decided("release", fingerprint(chronicle, "Julius Weber"), by, "ground=recorded consent")
        for by in ("Ana", "Ben", "Cem")
    ]
    made = planned(chronicle, log=log)
    minors = [one for one in made.exposures.values() if one.is_minor]
    assert len(minors) >= 4
    assert all(one.shown != "name" and one.person_class == "at_risk" for one in minors)
    assert any("minor" in note for note in made.notes)


def test_somebody_at_risk_needs_two_people(chronicle: regesta.Chronicle) -> None:
    target, who = fingerprint(chronicle, "Tran Van Minh"), entity(chronicle, "Tran Van Minh")
    value = "ground=recorded consent"
    twice = [decided("release", target, "Ana", value), decided("release", target, " ANA ", value, day=2)]
    assert planned(chronicle, log=twice).exposures[who].shown != "name"
    two = [decided("release", target, "Ana", value), decided("release", target, "Ben", value, day=2)]
    made = planned(chronicle, log=two)
    assert made.exposures[who].shown == "name"
    assert made.exposures[who].person_class == "self_disclosed"
    undone = [*two, make("undo", [two[0].id], by="Eva", why="no", at=dt.datetime(2026, 1, 9, tzinfo=dt.UTC))]
    assert planned(chronicle, log=undone).exposures[who].shown != "name"


def test_withholding_beats_a_release_whoever_was_last(chronicle: regesta.Chronicle) -> None:
    target, who = fingerprint(chronicle, "Ivan Sidorov"), entity(chronicle, "Ivan Sidorov")
    log = [decided("withhold", target), decided("release", target, "Ben", "ground=public role", day=5)]
    made = planned(chronicle, log=log)
    assert made.exposures[who].shown == "absent"
    assert "Ivan Sidorov" in made.hidden_names()
    classed = planned(chronicle, log=[decided("withhold", target, value="class=at_risk")])
    assert classed.exposures[who].person_class == "at_risk"


def test_a_claim_is_released_alone(chronicle: regesta.Chronicle) -> None:
    claim = next(c for c in chronicle.claims(predicate="age") if c.subject_label == "Carlos Pérez")
    made = planned(chronicle, log=[decided("release", claim.fingerprint, value="ground=recorded consent")])
    assert planned(chronicle).verdicts[claim.id].action == "withhold"
    assert made.verdicts[claim.id].row == claim
    kin = next(c for c in chronicle.claims(predicate="kin") if c.subject_label == "Zofia Malinowska")
    again = planned(chronicle, log=[decided("release", kin.fingerprint, value="ground=deceased")])
    assert again.verdicts[kin.id].row is None, "it names her sister, who is not shown"


def test_a_claim_is_withheld_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, words in (
        ("a.md", "arrived in Porto on 3 May 1975"),
        ("b.md", "came to Porto, where he arrived on 3 May 1975"),
    ):
        (tmp_path / "in" / name).write_text(f"# Arrivals\n\nTomas Lind, a joiner, {words}.\n", "utf-8")
    with regesta.build([str(tmp_path / "in")], output=tmp_path / "c.duckdb") as made:
        claims = made.claims(predicate="arrival")
        assert len({claim.fingerprint for claim in claims}) == 2
        assert len({claim.subject for claim in claims}) == 1
        found = planned(made, log=[decided("withhold", claims[0].fingerprint)])
        assert {found.verdicts[claim.id].rule for claim in claims} == {"decision.withhold"}


def test_aliases_need_their_own_release(chronicle: regesta.Chronicle) -> None:
    target, who = fingerprint(chronicle, "Mark Stone"), entity(chronicle, "Mark Stone")
    value = "ground=own disclosure"
    assert (
        "Viktor Belov"
        not in planned(chronicle, log=[decided("release", target, value=value)]).exposures[who].aliases
    )
    made = planned(chronicle, log=[decided("release", target, value=f"{value}; scope=aliases")])
    assert "Viktor Belov" in made.exposures[who].aliases
    assert "Viktor Belov" not in made.hidden_names()


def test_what_no_vocabulary_knows_is_withheld(chronicle: regesta.Chronicle) -> None:
    claim = replace(chronicle.claims(predicate="arrival")[0], predicate="shoe_size")
    scene = Scene(read_policy(None), {}, Hidden.of(()), frozenset(), {}, frozenset())
    found = verdict(claim, scene)
    assert (found.action, found.rule, found.row) == ("withhold", "unknown_predicate", None)


def test_another_key_makes_other_pseudonyms(chronicle: regesta.Chronicle) -> None:
    first = plan(chronicle, read_policy(None), [], key=KEY, on=ON)
    second = plan(chronicle, read_policy(None), [], key=bytes(32), on=ON)
    one, two = (
        {e.label for e in made.exposures.values() if e.shown == "pseudonym"} for made in (first, second)
    )
    assert one
    assert two
    assert not one & two


def test_nobody_comes_to_light_because_a_namesake_is_withheld(tmp_path: Path) -> None:
    together = (GOLDEN / "together.md").read_text("utf-8").partition("## document together.md\n")[2]
    text = together.partition("## shown")[0].strip()
    (folder := tmp_path / "sources").mkdir()
    (folder / "crossed.md").write_text(text + "\n", "utf-8")
    (folder / "singer.md").write_text(
        "# A singer\n\nIvo Zalm, a singer born in 1990 in Oruro, arrived in Chile on 9 May 2015.\n", "utf-8"
    )
    with regesta.build([str(folder)], output=tmp_path / "c.duckdb") as made:
        singer = next(
            one
            for one in made.people()
            if any(claim.value_text == "singer" for claim in made.claims(about=one))
        )
        his = made.rows(ReferentRow, "entity = ?", [singer.id])[0].fingerprint
        before, after = planned(made), planned(made, log=[decided("withhold", his)])
        sister = next(one.id for one in made.people() if one.label == "Lea Zalm")
    assert [plan.exposures[sister].shown for plan in (before, after)] == ["absent", "absent"]
