"""The chronicle: what goes in comes out, a failure loses nothing, a query reads nothing but the chronicle."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import pytest

from regesta import chronicle as room
from regesta.chronicle.rows import TABLES, MentionRow, Stop, TextRow
from regesta.chronicle.settling import PASSING
from regesta.errors import DateError, StoreError
from regesta.resolution import resolve

Make = Callable[..., Any]


def _write(path: Path, *made: Any, meta: dict[str, str] | None = None) -> None:
    room.write(path, _rows(*made), meta or {})


def _rows(*made: Any) -> Iterator[Any]:
    found = [(document, [extraction]) for document, extraction in made]
    return chain(room.flatten(found), room.settle(resolve(found)))


def test_what_is_written_is_what_is_read(made: Make, tmp_path: Path) -> None:
    document, extraction = made()
    batches = list(_rows((document, extraction)))
    counts = room.write(tmp_path / "a.duckdb", batches, {})
    rows: dict[str, list[Any]] = {table: [] for table in (*TABLES, *PASSING)}
    for batch in batches:
        for table, found in batch.items():
            rows[table] += found
    settled = {row.key: row for row in rows.pop("settled")}
    entity_of = {key: row.entity for key, row in settled.items()}
    entities = {row.id: row for row in rows["entities"]}
    stops = rows.pop("stops")
    assert (rows.pop("ranks"), rows.pop("kin"), rows.pop("mends")) == ([], [], [])
    assert (rows.pop("moved"), rows.pop("strangers"), len(rows.pop("places"))) == ([], [], 1)
    rows["mentions"] = [replace(row, entity=entity_of[row.referent]) for row in rows["mentions"]]
    rows["referents"] = [
        replace(row, entity=entity_of[row.key], fingerprint=settled[row.key].fingerprint)
        for row in rows["referents"]
    ]
    rows["claims"] = [
        replace(
            row,
            subject=(subject := entities[entity_of[row.referent]]).id,
            subject_label=subject.label,
            subject_kind=subject.kind,
            value_entity=entity_of.get(row.value_entity),
            value_stops=tuple(Stop(s.text, entity_of.get(s.referent)) for s in stops if s.claim == row.id)
            or None,
            rank="normal",
        )
        for row in rows["claims"]
    ]
    assert stops
    assert not rows.pop("claim_support")
    assert counts.pop("claim_support") == len(rows["claims"])
    assert counts == {table: len(found) for table, found in rows.items() if table != "meta"}
    with room.open(tmp_path / "a.duckdb") as chronicle:
        for table, kind in TABLES.items():
            if table not in ("meta", "claim_support"):
                key = lambda row: repr(dataclasses.astuple(row))  # noqa: E731
                assert sorted(chronicle.rows(kind), key=key) == sorted(rows[table], key=key), table
        assert chronicle.text("list.txt") == document.text
        assert chronicle.meta["n_claims"] == str(len(extraction.claims))


def test_quotes_are_the_text(chronicle_path: Path) -> None:
    with room.open(chronicle_path) as chronicle:
        text = chronicle.text("list.txt")
        evidence = [e for claim in chronicle.claims() for e in chronicle.evidence(claim)]
        placed: list[Any] = [
            *evidence,
            *chronicle.rows(MentionRow),
            *chronicle.series(),
            *chronicle.rejections(),
        ]
        assert len(evidence) == 8
        assert all(text[row.start_char : row.end_char] == row.quote for row in placed)


def test_values(chronicle_path: Path) -> None:
    with room.open(chronicle_path) as chronicle:
        values = {claim.predicate: claim.value for claim in chronicle.claims(about=chronicle.people()[0])}
        sund = chronicle.entities("place")[0].id
        assert values == {
            "arrival": {"type": "date", "edtf": "1953-09-21"},
            "age": {
                "type": "quantity",
                "number": 21,
                "low": None,
                "high": None,
                "unit": "year",
                "approximate": False,
            },
            "route": {
                "type": "route",
                "stops": [{"text": "Mere", "id": None}, {"text": "Sund", "id": sund}],
                "by": "plane",
            },
            "role": {"type": "text", "text": "pilot"},
            "location": {"type": "entity", "id": sund, "label": "Sund"},
        }


def test_people_come_in_the_order_of_the_text(chronicle_path: Path) -> None:
    with room.open(chronicle_path) as chronicle:
        assert [person.label for person in chronicle.people()] == ["Ada Brook", "12 sailors"]
        assert chronicle.entity(chronicle.people()[1].id).group_size == 12
        assert [s.name for s in chronicle.sources()] == ["list.txt"]
        assert chronicle.findings() == []


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("1953", ["age", "arrival", "count"]),
        ("1953-09-21", ["age", "arrival", "count"]),
        ("1953-10", ["age", "count"]),
        ("1954", ["arrival"]),
        ("1952", []),
        ("1953-12/1960", ["age", "arrival", "count"]),
        ("1954/..", ["arrival"]),
    ],
)
def test_claims_by_date(chronicle_path: Path, when: str, found: list[str]) -> None:
    with room.open(chronicle_path) as chronicle:
        assert sorted(claim.predicate for claim in chronicle.claims(when=when)) == found
        with pytest.raises(DateError):
            chronicle.claims(when="the other day")


def test_bounds_of_dates_are_days(chronicle_path: Path) -> None:
    with room.open(chronicle_path) as chronicle:
        (arrival,) = [c for c in chronicle.claims(predicate="arrival") if c.value_edtf == "1954~"]
        assert (arrival.earliest, arrival.latest) == (dt.date(1954, 1, 1), dt.date(1954, 12, 31))


def test_two_copies_are_one_claim_with_the_passages_of_both(made: Make, tmp_path: Path) -> None:
    _write(tmp_path / "a.duckdb", made("a.txt"), made("b.txt"))
    with room.open(tmp_path / "a.duckdb") as chronicle:
        assert len(chronicle.people()) == 2
        assert len(chronicle.claims()) == 8
        assert [e.source for e in chronicle.evidence(chronicle.claims()[0])] == ["a.txt", "b.txt"]
        assert len({s.family for s in chronicle.sources()}) == 1
        assert len(chronicle.series()) == 1
        assert len(chronicle.rows(TextRow)) == 2


def test_text_with_every_kind_of_character(made: Make, tmp_path: Path) -> None:
    document, extraction = made()
    strange = document.text + "\x00\u2028\r\n\x0b\x85 🇰🇷 a\u0301 \U0010ffff\\u0041\"'"
    _write(tmp_path / "a.duckdb", (dataclasses.replace(document, text=strange), extraction))
    with room.open(tmp_path / "a.duckdb") as chronicle:
        assert chronicle.text("list.txt") == strange


def test_a_long_text(made: Make, tmp_path: Path) -> None:
    document, extraction = made()
    long = document.text + "ü" * (20 << 20)
    _write(tmp_path / "a.duckdb", (dataclasses.replace(document, text=long), extraction))
    with room.open(tmp_path / "a.duckdb") as chronicle:
        assert chronicle.sql("select sum(length(text)) from texts").rows == ((len(long),),)
        assert chronicle.text("list.txt") == long


def test_nothing_at_all(tmp_path: Path) -> None:
    _write(tmp_path / "a.duckdb")
    with room.open(tmp_path / "a.duckdb") as chronicle:
        assert [*chronicle.claims(), *chronicle.people(), *chronicle.sources()] == []


def test_a_failure_leaves_the_old_chronicle(chronicle_path: Path, made: Make) -> None:
    before = chronicle_path.read_bytes()
    document, extraction = made()
    claim = dataclasses.replace(extraction.claims[0], id=None)
    extraction = dataclasses.replace(extraction, claims=(claim,))
    with pytest.raises(StoreError, match="NOT NULL"):
        room.write(chronicle_path, _rows((document, extraction)), {})
    assert chronicle_path.read_bytes() == before
    assert [p.name for p in chronicle_path.parent.iterdir()] == [chronicle_path.name]


def test_the_old_is_replaced_while_it_is_read(chronicle_path: Path, made: Make) -> None:
    with room.open(chronicle_path) as old:
        _write(chronicle_path, made("new.txt"))
        assert old.sources()[0].name == "list.txt"
    with room.open(chronicle_path) as new:
        assert new.sources()[0].name == "new.txt"


def test_work_of_others_is_not_replaced(tmp_path: Path, made: Make) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ada, this is long enough.")
    with pytest.raises(StoreError, match="is not a chronicle"):
        _write(letter, made())
    with duckdb.connect(tmp_path / "own.duckdb") as own:
        own.execute("create table accounts (n int)")
    with pytest.raises(StoreError, match="is not a chronicle"):
        _write(tmp_path / "own.duckdb", made())
    with pytest.raises(StoreError, match="is a folder"):
        _write(tmp_path, made())
    with pytest.raises(StoreError, match="no such folder"):
        _write(tmp_path / "none" / "a.duckdb", made())


def test_another_schema_wants_a_rebuild(chronicle_path: Path, made: Make) -> None:
    with duckdb.connect(chronicle_path) as connection:
        connection.execute("update meta set value = '0' where key = 'schema_version'")
    with pytest.raises(StoreError, match=r"has schema 0.*rebuild it"):
        room.open(chronicle_path)
    _write(chronicle_path, made())  # an old chronicle may be replaced


def test_a_predicate_that_nobody_knows(chronicle_path: Path) -> None:
    with room.open(chronicle_path) as chronicle:
        assert chronicle.claims(predicate="superlative") == []
        with pytest.raises(StoreError, match="no such predicate: found 'arival'; such as arrival"):
            chronicle.claims(predicate="arival")


def test_what_is_no_chronicle(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such chronicle"):
        room.open(tmp_path / "none.duckdb")
    (tmp_path / "text.duckdb").write_text("not a database, but long enough to look at")
    sqlite3.connect(tmp_path / "lite.duckdb").execute("create table meta (key, value)").connection.close()
    duckdb.connect(tmp_path / "empty.duckdb").close()
    for name in ("text", "lite", "empty"):
        with pytest.raises(StoreError, match="is no chronicle"):
            room.open(tmp_path / f"{name}.duckdb")


def test_a_file_that_another_program_writes_to(chronicle_path: Path) -> None:
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(chronicle_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match="in use by another program"):
            room.open(chronicle_path)
        other.communicate("")


@pytest.mark.parametrize(
    "query",
    [
        "copy claims to 'out.csv'",
        "copy (select 1) to '/dev/stdout'",
        "attach 'other.duckdb'",
        "attach ':memory:' as m",
        "select * from read_csv('list.txt')",
        "select * from read_text('/etc/passwd')",
        "select * from 'list.csv'",
        "select * from glob('*')",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set python_enable_replacements = true",
        "pragma enable_external_access",
        "export database 'out'",
        "create secret s (type s3)",
        "delete from claims",
        "create table t (n int)",
        "drop table claims",
        "select * from outside",
    ],
)
def test_a_query_reads_nothing_else(
    chronicle_path: Path, query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("list.txt", "list.csv"):
        (tmp_path / name).write_text("a,b\n1,2\n")
    outside = [1]  # a table, were DuckDB to look at variables
    before = sorted(p.name for p in tmp_path.iterdir())
    with room.open(chronicle_path) as chronicle, pytest.raises(StoreError, match="the query failed"):
        chronicle.sql(query)
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    assert outside


def test_queries(chronicle_path: Path) -> None:
    with room.open(chronicle_path) as chronicle:
        answer = chronicle.sql(
            "select predicate, count(*) as n from claims where predicate = ? group by all", ["age"]
        )
        assert (answer.columns, list(answer), len(answer)) == (("predicate", "n"), [("age", 1)], 1)
        assert answer.dicts() == [{"predicate": "age", "n": 1}]
        with pytest.raises(StoreError, match=r"the query failed: Parser Error"):
            chronicle.sql("selec 1")
        assert chronicle.sql("select 1").rows == ((1,),)  # a failed query spoils nothing
        for missing in (chronicle.entity, chronicle.claim, chronicle.text):
            with pytest.raises(StoreError, match="no such"):
                missing("nothing")


def test_too_little_memory_is_tried_again_with_more(
    made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from regesta.chronicle import writing

    tried: list[int] = []
    real = writing._load_all

    def watched(path: Path, folder: Path, schema: str, columns: Any, limit: int, *rest: Any) -> None:
        tried.append(limit)
        real(path, folder, schema, columns, limit, *rest)

    monkeypatch.setattr(writing, "_MEMORY", 8 << 20)
    monkeypatch.setattr(writing, "_load_all", watched)
    _write(tmp_path / "a.duckdb", made())
    assert tried[:2] == [8 << 20, 32 << 20]
    with room.open(tmp_path / "a.duckdb") as chronicle:
        assert len(chronicle.claims()) > 0
    monkeypatch.setattr(writing, "_MEMORY", 1 << 20)
    monkeypatch.setattr(writing, "MORE", (4, 0))
    with pytest.raises(StoreError, match=r"DuckDB needs more than 4 MB \(Out of Memory.*build fewer sources"):
        _write(tmp_path / "b.duckdb", made())
    assert [p.name for p in tmp_path.iterdir()] == ["a.duckdb"]
