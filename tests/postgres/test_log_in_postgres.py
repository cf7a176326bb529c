"""The log in PostgreSQL: the same lines as in a file, one writer at a time, only added to, carried in and out byte by byte."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regesta.database import Unreachable, migrations, open_database
from regesta.decisions import World, append, home_of, make, read_log, replay
from regesta.decisions.carrying import carry_in, carry_out
from regesta.decisions.rows import line_of
from regesta.errors import DecisionError, EngineError
from regesta.model import Decision
from regesta.review import Meanwhile, Notebook

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def said(
    number: int, by: str = "Ines", kind: str = "same", why: str = "one passport", at: datetime = NOON
) -> Decision:
    targets = (
        [f"fm-{number:016x}", "fm-00000000000000ff"]
        if kind in ("same", "different")
        else [f"fc-{number:016x}"]
    )
    return make(kind, targets, by=by, why=why, at=at)


def name_of(address: str) -> str:
    return address.partition("@/")[2].partition("?")[0]


# what is kept


def test_what_is_appended_is_read_as_from_a_file(address: str, tmp_path: Path) -> None:
    made = [said(n, why="é\n\x00 ‚„ 中 😀", at=NOON - timedelta(days=n)) for n in range(7)]
    path = tmp_path / "log.jsonl"
    for home in (address, path):
        append(home, *made[:3])
        append(home, *made[3:])
    assert read_log(address) == read_log(path)
    assert read_log(address).decisions == tuple(made)
    world = World(now="2026-03-02", referents={t: (t,) for one in made for t in one.targets})
    assert replay(read_log(address).decisions, world) == replay(read_log(path).decisions, world)


def test_a_decision_is_added_once(address: str) -> None:
    append(address, said(1))
    append(address, said(1), said(2))
    assert read_log(address).decisions == (said(1), said(2))


def test_rows_are_only_added(address: str, server: Any) -> None:
    append(address, said(1))
    for statement in (
        "update regesta.lines set line = 'x'", "delete from regesta.lines", "truncate regesta.lines",
    ):  # fmt: skip
        done = server.run(
            "psql", "-X", "-v", "ON_ERROR_STOP=1", "-h", str(server.folder), "-U", "postgres", "-d", name_of(address),
            "-c", statement, check=False,
        )  # fmt: skip
        assert done.returncode
        assert "only added to" in done.stderr
    assert read_log(address).decisions == (said(1),)


def test_people_may_ask_in_sql(address: str, server: Any) -> None:
    append(address, said(1, by="Ana\x00"), said(2, by="Ben", kind="comment"))
    told = server.sql(
        "select kind, made_by, made_at, added_by from regesta.lines order by number", name_of(address)
    )
    assert told.splitlines() == [
        "same|Ana\ufffd|2026-03-01T12:00:00.000000Z|postgres", "comment|Ben|2026-03-01T12:00:00.000000Z|postgres",
    ]  # fmt: skip


def test_what_others_add_is_seen_and_the_rest_not_read_again(address: str) -> None:
    mine, theirs = home_of(address), home_of(address)
    append(mine, said(1))
    before = mine.stamp()
    assert theirs.stamp() == before
    append(theirs, said(2))
    assert mine.stamp() != before
    assert mine.read().decisions == (said(1), said(2))


def test_a_database_brought_back_from_a_backup_is_read_anew(address: str, server: Any) -> None:
    home = home_of(address)
    append(home, said(1), said(2))
    assert len(home.read().decisions) == 2
    server.sql(
        "alter table regesta.lines disable trigger all; truncate regesta.lines restart identity; "
        "alter table regesta.lines enable trigger all",
        name_of(address),
    )
    append(address, said(3), said(4))
    assert home.read().decisions == (said(3), said(4))


# one after another


def test_two_at_once_lose_nothing_and_are_in_one_order(address: str) -> None:
    homes = [home_of(address) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: append(homes[n % 4], said(n)), range(40)))
    seen = [home.read().decisions for home in homes]
    assert len(seen[0]) == 40
    assert all(one == seen[0] for one in seen)


def test_who_looks_first_and_adds_then_has_missed_nothing(address: str) -> None:
    """Four programs add one only where nobody has: one of them does."""
    gate = threading.Barrier(4)
    wrote = []

    def add_one(number: int) -> None:
        home = home_of(address)
        gate.wait()
        with home.hold() as held:
            if not held.read().decisions:
                held.add([line_of(said(number))])
                wrote.append(number)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add_one, range(4)))
    assert [one.targets for one in read_log(address).decisions] == [said(wrote[0]).targets]
    assert len(wrote) == 1


@pytest.mark.parametrize("kind", ["table", "file"])
def test_two_reviewers_at_the_same_moment_both_see_what_happened(
    kind: str, address: str, tmp_path: Path
) -> None:
    """Two notebooks, as of two servers: one line is written, and the other person is told of it."""
    where = address if kind == "table" else tmp_path / "log.jsonl"
    append(where, said(99))
    for round_ in range(6):
        books = {name: Notebook(where) for name in ("Ana", "Ben")}
        targets = said(round_).targets
        known = {name: book.state().known(targets) for name, book in books.items()}
        told: list[tuple[str, list[str]]] = []
        gate = threading.Barrier(2)

        def decide(
            name: str, kind: str, n: int = round_, books: Any = books, known: Any = known, gate: Any = gate, told: Any = told
        ) -> None:  # fmt: skip
            gate.wait()
            try:
                books[name].add(said(n, by=name, kind=kind), known[name])
            except Meanwhile as meanwhile:
                told.append((name, [entry.decision.by for entry in meanwhile.new]))

        threads = [
            threading.Thread(target=decide, args=one) for one in (("Ana", "same"), ("Ben", "different"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(told) == 1
        loser, (winner,) = told[0]
        assert {loser, winner} == {"Ana", "Ben"}
        # who was told decides again, and both stand in the log, told as at odds
        books[loser].add(
            said(
                round_, by=loser, kind="same" if loser == "Ana" else "different", at=NOON + timedelta(hours=1)
            ),
            books[loser].state().known(targets),
        )
        for book in books.values():
            assert {c.standing.by for c in book.state().contests()} | {c.against.by for c in book.state().contests()} == {"Ana", "Ben"}  # fmt: skip
            assert len(book.state().contests()) == round_ + 1


# carried in and out


@st.composite
def logs(draw: st.DrawFn) -> bytes:
    """Files as people have them: lines with unknown fields, spaces, without an id, twice, in any order."""
    lines = []
    for n in draw(st.lists(st.integers(0, 10**6), max_size=6, unique=True)):
        row = json.loads(
            line_of(said(n, why=draw(st.text(min_size=1, max_size=20).map(lambda t: t.strip() or "x"))))
        )
        if draw(st.booleans()):
            row["of a newer version"] = draw(st.text(max_size=5))
        if draw(st.booleans()):
            row.pop("id")
        text = json.dumps(row, ensure_ascii=draw(st.booleans()), indent=None)
        lines.append(text.encode("utf-8", "replace") + draw(st.sampled_from([b"\n", b"  \n", b"\r\n"])))
    return b"".join(lines)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=logs())
def test_a_file_goes_in_and_comes_out_byte_by_byte(
    content: bytes, server: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    address, folder = server.new(), tmp_path_factory.mktemp("carried")
    home = home_of(address)
    (folder / "in.jsonl").write_bytes(content)
    done = carry_in(home, folder / "in.jsonl")
    assert (done.n_added, done.n_known, done.left) == (content.count(b"\n"), 0, ())
    carry_out(home, folder / "out.jsonl")
    assert (folder / "out.jsonl").read_bytes() == content
    assert read_log(address) == read_log(folder / "in.jsonl")
    again = carry_in(home, folder / "out.jsonl")
    assert (again.n_added, again.n_known) == (0, content.count(b"\n"))
    home.database.close()  # type: ignore[attr-defined]


def test_what_is_no_decision_stays_behind_and_is_told(address: str, tmp_path: Path) -> None:
    path = tmp_path / "merged.jsonl"
    path.write_bytes(b"<<<<<<< HEAD\n" + line_of(said(1)) + b"\n" + line_of(said(1)) + b"{half\n" + b"x" * 70_000 + b"\n" + line_of(said(2)).rstrip(b"\n"))  # fmt: skip
    done = carry_in(home_of(address), path)
    assert (done.n_added, done.n_known) == (2, 1)
    assert [one.line for one in done.left] == [1, 5, 6]
    assert read_log(address).decisions == (said(1), said(2))


def test_going_out_never_overwrites_what_the_log_does_not_have(address: str, tmp_path: Path) -> None:
    home, path = home_of(address), tmp_path / "decisions.jsonl"
    append(home, said(1))
    append(path, said(2))
    with pytest.raises(DecisionError, match="1 that the log does not have"):
        carry_out(home, path)
    assert read_log(path).decisions == (said(2),)
    assert carry_in(home, path).n_added == 1
    assert carry_out(home, path).n_added == 1
    assert read_log(path).decisions == (said(1), said(2))
    assert [one.name for one in tmp_path.iterdir()] == ["decisions.jsonl"]


# tables


def test_migrations_that_were_published_never_change() -> None:
    """A database knows what was done to it; another content under the same number would never be done."""
    assert [(one.number, one.name, one.sha256[:16]) for one in migrations()] == [
        (1, "log", "d11628b8be5c773a"),
        (2, "reviewers", "ace50739fb71d8be"),
    ]


def test_many_who_come_first_bring_the_tables_up_to_date_once(address: str, server: Any) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: open_database(address), range(6)))
    assert server.sql("select string_agg(number::text, ',' order by number) from regesta.versions", name_of(address)) == "1,2"  # fmt: skip


def test_tables_of_an_older_version_are_brought_up_to_date(address: str, server: Any) -> None:
    """A database as the first migration alone left it, with a line in it."""
    append(address, said(1))
    server.sql(
        "drop table regesta.sessions, regesta.attempts, regesta.reviewers; delete from regesta.versions where number = 2",
        name_of(address),
    )
    assert read_log(address).decisions == (said(1),)
    assert server.sql("select count(*) from regesta.reviewers", name_of(address)) == "0"


def test_tables_of_a_newer_version_are_refused(address: str, server: Any) -> None:
    home = home_of(address)
    append(home, said(1))
    server.sql(
        "insert into regesta.versions (number, name, sha256) values (99, 'later', '')", name_of(address)
    )
    with pytest.raises(EngineError, match=r"version 99.*newer regesta"):
        open_database(address)
    with pytest.raises(Unreachable, match="version 99"):  # who was connected before writes nothing either
        append(home, said(2))
    assert server.sql("select count(*) from regesta.lines", name_of(address)) == "1"


def test_a_database_that_cannot_hold_every_letter_is_refused(server: Any) -> None:
    with pytest.raises(EngineError, match="not in UTF-8"):
        open_database(server.new(encoding="LATIN1"))


# addresses and passwords


@pytest.mark.parametrize(
    "address",
    ["postgresql://ana:secret@host/db", "postgresql://ana:@host/db", "postgres://host/db?password=secret", "postgresql://h/d?sslpassword=secret"],
)  # fmt: skip
def test_a_password_in_an_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(EngineError, match="no place for a password") as caught:
        home_of(address)
    assert "secret" not in str(caught.value)


def test_a_password_comes_from_a_file_or_the_environment(
    address: str, server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_database(address)
    server.sql("drop role if exists guarded; create role guarded login password 'quiet words'", "postgres")
    server.sql(
        "grant usage on schema regesta to guarded; grant select, insert on regesta.lines to guarded; "
        "grant select on regesta.versions to guarded",
        name_of(address),
    )
    guarded = address.replace("postgres@", "guarded@")
    with pytest.raises(Unreachable, match="password"):
        append(guarded, said(1))
    keys = tmp_path / "pgpass"
    keys.write_text("*:*:*:guarded:quiet words\n", "utf-8")
    keys.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(keys))
    append(guarded, said(1))
    assert server.sql("select added_by from regesta.lines", name_of(address)) == "guarded"
    # and this user, who may only add and read, cannot even ask to delete
    done = server.run(
        "psql", "-X", "-h", str(server.folder), "-U", "postgres", "-d", name_of(address), "-v", "ON_ERROR_STOP=1",
        "-c", "set role guarded; delete from regesta.lines", check=False,
    )  # fmt: skip
    assert "permission denied" in done.stderr
    server.sql("drop owned by guarded", name_of(address))


# lost


def test_a_lost_database_is_told_and_comes_back_by_itself(address: str, server: Any) -> None:
    home = home_of(address)
    append(home, said(1))
    server.stop()
    with pytest.raises(Unreachable, match=r"not there|lost"):
        append(home, said(2))
    with pytest.raises(Unreachable, match="nothing was written"):
        home.read()
    server.start()
    for _ in range(50):
        try:
            append(home, said(3))
            break
        except Unreachable:
            threading.Event().wait(0.1)
    assert home.read().decisions == (said(1), said(3))


def test_a_connection_lost_in_the_middle_leaves_nothing(address: str, server: Any) -> None:
    home = home_of(address)
    append(home, said(1))

    def cut() -> None:
        with home.hold() as held:
            held.add([line_of(said(2))])
            server.stop()

    with pytest.raises(Unreachable):
        cut()
    server.start()
    assert read_log(address).decisions == (said(1),)


def test_a_server_restarted_between_two_questions_is_not_noticed(address: str, server: Any) -> None:
    home = home_of(address)
    append(home, said(1))
    server.stop("fast")
    server.start()
    append(home, said(2))
    assert home.read().decisions == (said(1), said(2))


# kept elsewhere, and brought back


def test_a_dump_brings_back_everything(address: str, server: Any) -> None:
    """`pg_dump` and `psql`, as the guide says: the same log, still only added to, numbers going on."""
    append(address, said(1), said(2, why="é\x00\\ \t'"))
    before = read_log(address)
    dump = server.folder / "register.sql"
    server.run("pg_dump", "-h", str(server.folder), "-U", "postgres", "-d", name_of(address), "-f", str(dump))
    other = server.new()
    server.run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(server.folder), "-U", "postgres", "-d", name_of(other), "-f", str(dump))  # fmt: skip
    assert read_log(other) == before
    append(other, said(3))
    assert server.sql("select string_agg(number::text, ',' order by number) from regesta.lines", name_of(other)) == "1,2,3"  # fmt: skip
    done = server.run(
        "psql", "-X", "-v", "ON_ERROR_STOP=1", "-h", str(server.folder), "-U", "postgres", "-d", name_of(other),
        "-c", "delete from regesta.lines", check=False,
    )  # fmt: skip
    assert "only added to" in done.stderr


def test_an_export_brings_back_the_log_of_a_database_that_is_gone(
    address: str, server: Any, tmp_path: Path
) -> None:
    append(address, said(1), said(2, by="Ben", kind="different"))
    carry_out(home_of(address), tmp_path / "kept.jsonl")
    fresh = server.new()
    assert carry_in(home_of(fresh), tmp_path / "kept.jsonl").n_added == 2
    assert read_log(fresh) == read_log(address)
