"""A build after a few sources have changed gives what a build from the beginning gives, to the byte."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import regesta
from regesta.apart import Apart
from regesta.chronicle import Lent, engine, unseen
from regesta.criticism import (
    BY_SOURCE,
    CHECKS,
    Beside,
    Memory,
    View,
    criticise,
    elsewhere,
    planning,
    remembering,
    view,
    wordings,
)
from regesta.criticism.conflicting_numbers import _of_one_subject
from regesta.criticism.intervals import _intervals
from regesta.criticism.likeness import FIRM
from regesta.criticism.namesakes import named_apart
from regesta.criticism.orders import _orders
from regesta.criticism.remembering import digests, lay_out, narrowed
from regesta.export import export
from regesta.pipeline import keeping, rebuild

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.model import Finding

CORPUS = Path(__file__).parent / "corpus"

PEOPLE = (
    ("Marta Ilves", 1901, "weaver"), ("Jonas Reke", 1888, "pilot"), ("Ada Brook", 1899, "nurse"), ("Emil Voss", 1893, "printer"),
)  # fmt: skip


def _paper(number: int, variant: int) -> str:
    """Return a paper that tells of two of a few people, with ages, sums, lengths of time and orders that may fit or not."""
    rng = random.Random(f"{number} {variant}")  # noqa: S311 - nothing is kept secret
    one, other = rng.sample(PEOPLE, 2)
    name, born, work = one
    year = born + rng.choice((20, 27, 31))
    told = (
        f"Notes of the harbour, no. {number}",
        f"{name} (born {born}), a {work}, left Riga on 3 May {year} and arrived in Hull on {rng.choice((9, 14))} May {year}.",
        f"{name} was aged {year - born + rng.choice((0, 0, 4))} in {year}.",
        f"On 2 March {year} the first boat came. By {rng.choice((12, 20))} March {year}, ten days later, 62 people were there.",
        f"Of the 90 who came, {rng.choice((40, 50))} stayed and 50 went on. {other[0]} died in {other[1] + rng.choice((15, 40, 60))}.",
        f"{other[0]} arrived in Leith in {other[1] + rng.choice((18, 44))}. He was {rng.choice((18, 44))} years old.",
        f"In {year + 1} {name} doubled the beds from 20 to {rng.choice((40, 50))}. Each of 12 families got 5 loaves, 60 in all.",
        f"{name} is now a {work} in Hull.",
        "Refugees in Norway",
        f"• {year}\n  • {name} – a {work}, defected to {rng.choice(('Sweden', 'Norway'))} with a map.\n  • {other[0]} – came by sea.",
        rng.choice(
            ("The names of those who came with them are these:", "Nobody came with them in that year.")
        ),
    )
    return "\n\n".join(told)


def _told(findings: Iterable[Finding]) -> list[tuple[Finding, str]]:
    """Return findings with their workings as they are saved."""
    return [
        (replace(one, computed={}), json.dumps(dict(one.computed), sort_keys=True, default=str))
        for one in findings
    ]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chronicle of many papers."""
    folder = tmp_path_factory.mktemp("papers")
    (folder / "in").mkdir()
    for number in range(24):
        (folder / "in" / f"{number:02}.txt").write_text(_paper(number, 0))
        if number % 5 == 0:  # a copy: its claims are the first one's, with passages in both
            (folder / "in" / f"{number:02} copied.txt").write_text(_paper(number, 0))
    return rebuild([folder / "in"], output=folder / "a.duckdb", cache=False).path


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chronicle of documents of many kinds."""
    folder = tmp_path_factory.mktemp("some")
    (folder / "in").mkdir()
    documents = sorted(path for path in CORPUS.iterdir() if path.suffix in {".txt", ".md", ".html"})
    for path in documents[::4]:
        shutil.copy(path, folder / "in" / path.name)
    return rebuild([folder / "in"], output=folder / "a.duckdb", cache=False).path


@pytest.mark.parametrize("which", ["papers", "corpus"])
def test_checks_source_by_source_find_in_each_source_what_they_find_in_all(
    which: str, request: pytest.FixtureRequest
) -> None:
    with engine.connect(str(request.getfixturevalue(which)), read_only=True) as connection:
        whole = View(connection)
        apart = tuple(sorted(named_apart(whole)))
        parts = {code: CHECKS[code] for code in BY_SOURCE} | {
            "F009": partial(_orders, apart=apart),
            "F011": _of_one_subject,
            "F033": _intervals,
        }
        expected = {code: _told(part(whole)) for code, part in parts.items()}
        if which == "papers":
            assert sum(map(len, expected.values())) > 20
        names = [name for (name,) in whole.rows("select name from sources")]
        for name in names:
            lay_out(connection, [name])
            part = View(connection, is_small=whole.is_small(), asked=[name])
            with narrowed(connection):
                for code, check in parts.items():
                    found = [one for one in _told(check(part)) if one[0].members[0].source == name]
                    own = [one for one in expected[code] if one[0].members[0].source == name]
                    assert sorted(map(repr, found)) == sorted(map(repr, own)), (code, name)


def test_a_source_has_changed_where_its_people_are_one_by_more_than_a_name(
    papers: Path, tmp_path: Path
) -> None:
    """A conflict is told louder then, though no row of the source is another."""
    shutil.copy(papers, tmp_path / "a.duckdb")
    with engine.connect(str(tmp_path / "a.duckdb")) as connection:
        before = digests(connection)
        ends = connection.execute(
            "select left_referent, right_referent from links where verdict = 'same'"
        ).fetchone()
        own = "select distinct source from referents where key in (select unnest(?::varchar[]))"
        sources = {source for (source,) in connection.execute(own, [list(ends or ())]).fetchall()}
        turned = f"update links set weight = if(weight < {FIRM}, {FIRM}, 0) where left_referent = ? and right_referent = ?"
        connection.execute(turned, list(ends or ()))
        after = digests(connection)
        assert sources
        assert sources <= {source for source in after if after[source] != before[source]}


def test_an_error_of_the_database_is_told_as_it_is(papers: Path, tmp_path: Path) -> None:
    """Where memory is short the chronicle is written again with more of it: the error must not become another one."""
    shutil.copy(papers, tmp_path / "a.duckdb")
    with engine.connect(str(tmp_path / "a.duckdb")) as connection:
        lay_out(connection, ["00.txt"])
        (claim,) = connection.execute("select id from claims limit 1").fetchone() or ()
        connection.execute("begin")
        with (
            pytest.raises(engine.Error, match="Conversion Error"),
            unseen(connection, [claim]),
            narrowed(connection),
        ):
            connection.execute("select name::integer from sources")


@pytest.mark.parametrize("which", ["papers", "corpus"])
def test_what_is_remembered_is_what_is_found(which: str, request: pytest.FixtureRequest) -> None:
    with engine.connect(str(request.getfixturevalue(which)), read_only=True) as connection:
        plain = _told(criticise(connection))
        memory = Memory()
        assert _told(criticise(connection, memory=memory)) == plain
        again = Memory(memory.encoded())
        assert _told(criticise(connection, memory=again)) == plain
        assert again.changed == frozenset()
        once_more = Memory(again.encoded())
        assert _told(criticise(connection, memory=once_more)) == plain
        assert once_more.encoded() == again.encoded()
        assert _told(criticise(connection, memory=Memory(b"something else"))) == plain


@pytest.mark.parametrize("which", ["papers", "corpus"])
def test_checks_shared_out_find_and_remember_the_same(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    lent = Lent(request.getfixturevalue(which), tmp_path, 300 << 20)
    memory, shared = Memory(), Memory()
    assert set(elsewhere(lent, ["no claim"], remembers=True)().found) == set(CHECKS)  # nobody else has begun
    for one in tmp_path.iterdir():
        one.unlink()
    with lent.open("here") as connection:
        plain = _told(criticise(connection, memory=memory))
        with Apart(elsewhere(lent, (), remembers=True)) as apart:
            assert _told(criticise(connection, memory=shared, beside=Beside(lent, apart.found))) == plain
        once_more = Memory(shared.encoded())
        assert _told(criticise(connection, memory=once_more)) == plain
        assert once_more.changed == frozenset()
        again = Memory(memory.encoded())
        assert _told(criticise(connection, memory=again)) == plain
        assert again.encoded() == once_more.encoded()


@pytest.mark.parametrize("which", ["papers", "corpus"])
def test_texts_looked_through_in_parts_and_only_where_something_is_said_give_the_same(
    which: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "_FEW", 0)  # as a large chronicle is asked
    with engine.connect(str(request.getfixturevalue(which)), read_only=True) as connection:
        monkeypatch.setattr(planning, "processors", lambda: 1)
        monkeypatch.setattr(wordings, "_SELDOM", [])
        plain = _told(criticise(connection))
        monkeypatch.undo()
        monkeypatch.setattr(view, "_FEW", 0)
        monkeypatch.setattr(planning, "processors", lambda: 3)
        assert len(wordings._SELDOM) > 5
        assert _told(criticise(connection)) == plain
        monkeypatch.setattr(planning, "processors", lambda: 1)
        monkeypatch.setattr(view, "_HELD", 2000)
        assert len(view.View(connection).portions()) > 1
        assert _told(criticise(connection)) == plain


ONE = st.tuples(st.integers(0, 7), st.integers(-2, 3))
"""A paper, and what becomes of it: -1 is gone, -2 a copy of the first."""


@given(st.lists(st.lists(ONE, min_size=1, max_size=2), min_size=1, max_size=2))
@settings(
    max_examples=3,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_build_again_gives_what_a_build_from_the_beginning_gives(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    turns: list[list[tuple[int, int]]],
) -> None:
    folder = tmp_path_factory.mktemp("turns")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    monkeypatch.setattr(keeping, "WORTH", 0)  # however few there are, what was found is remembered
    monkeypatch.setattr(remembering, "_MUCH", 1)  # and whatever has changed, no more is gone through
    papers = folder / "papers"
    papers.mkdir()
    for number in range(6):
        (papers / f"{number:02}.txt").write_text(_paper(number, 0))
    rebuild([papers], output="again.duckdb")
    for turn in turns:
        for number, variant in turn:
            path = papers / f"{number:02}.txt"
            if variant == -1:
                path.unlink(missing_ok=True)
            elif variant < 0:
                path.write_text(_paper(0, 0))
            else:
                path.write_text(_paper(number, variant))
        rebuild([papers], output="again.duckdb")
    rebuild([papers], output="fresh.duckdb", cache=False)
    written = []
    for name in ("again", "fresh"):
        with regesta.open(f"{name}.duckdb") as chronicle:
            export(chronicle, "jsonl", folder / name)
        written.append({path.name: path.read_bytes() for path in (folder / name).iterdir()})
    assert written[0] == written[1]
