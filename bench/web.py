"""How fast the pages are: `python bench/web.py [PEOPLE] [--seconds N] [--connections N] [--only WORD] [--keep FOLDER]`.

A chronicle is made up (10 claims and 10 mentions a person, 100 people a source), its shelf is made, and `regesta serve` is
asked by 16 connections that stay open: pages of people and of sources, each once (cold), one page again and again (kept),
with the tag that the reader has already (304), and mixed: what readers ask for in any order, half of it people and sources,
the rest lists, searches, timelines and the API (`--only mixed --connections 50 --seconds 60`). Datasette, where its program is
given or found, serves the rows of the same people from the same file. All figures are told a second of the clock and a second of the server's processor, because other
work may share the machine, and what each page takes of the server, its printers and this program, which shares the processors; the 99th percentile is of the clock, and a busy machine makes it longer. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import duckdb

from regesta import shelf
from regesta.chronicle import SCHEMA_VERSION

CONNECTIONS = 16
PEOPLE_OF_A_SOURCE = 100
CLAIMS = 10
_SENTENCE = 120
_BLOCK = _SENTENCE * CLAIMS + 1
_PREDICATES = "['arrival','age','role','vehicle','location','companion','event','kin','award','route']"
_TICKS = os.sysconf("SC_CLK_TCK")


def make_chronicle(path: Path, people: int) -> None:
    """Write a chronicle of so many people; texts, blocks, claims and evidence fit together, so its pages are like real ones."""
    chronicle = duckdb.connect(str(path))
    chronicle.execute(files("regesta.chronicle").joinpath("schema.sql").read_text("utf-8"))
    sources = max(1, people // PEOPLE_OF_A_SOURCE)
    columns: dict[str, list[tuple[str, str, bool]]] = {}
    for table, *column in chronicle.execute(
        "select table_name, column_name, data_type, is_nullable from duckdb_columns() where not internal order by table_oid, column_index"
    ).fetchall():
        columns.setdefault(table, []).append((column[0], column[1], column[2]))
    empty = {"VARCHAR": "''", "BIGINT": "0", "DOUBLE": "0.0", "BOOLEAN": "false"}

    def insert(table: str, rows: str, **given: str) -> None:
        values = [
            given.get(name, "null" if is_nullable else empty.get(kind, "[]"))
            for name, kind, is_nullable in columns[table]
        ]
        chronicle.execute(f"insert into {table} select {', '.join(values)} from {rows}")  # noqa: S608 - of this file

    chronicle.execute(
        f"create temp table p as select i, i // {PEOPLE_OF_A_SOURCE} as s, i % {PEOPLE_OF_A_SOURCE} as k,"  # noqa: S608
        " 'e-' || lpad(i::varchar, 16, '0') as e, (['Kim','Lee','Park','Choi','Ada','Bo'])[1 + i % 6] || ' '"
        f" || (['Brook','Sun','Lind','Ok','Min'])[1 + (i // 6) % 5] || ' ' || i as n from range({people}) t(i)"
    )
    every, year = f"p, range({CLAIMS}) r(j)", "(1950 + (i * 7) % 70)"
    source, claim = "'s' || s || '.txt'", f"'c-' || lpad((i * {CLAIMS} + j)::varchar, 16, '0')"
    block, place = f"k * {_BLOCK}", f"k * {_BLOCK} + j * {_SENTENCE}"
    sentence = (
        f"rpad(n || ' arrived in Seoul in ' || {year} || ' by boat, aged ' || (20 + j) ||"
        f"', once a teacher of a school in the north of the country', {_SENTENCE - 1}, '.') || ' '"
    )
    chronicle.execute(
        f"create temp table para as select s, k, string_agg({sentence}, '' order by j) || chr(10) as t from {every} group by s, k"  # noqa: S608
    )
    insert(
        "sources", f"range({sources}) t(i)", name="'s' || i || '.txt'", format="'text'", title="'Source ' || i",
        sha256="'00'", document="'d-' || i", family="'f-' || (i // 2)", n_characters=str(_BLOCK * PEOPLE_OF_A_SOURCE),
    )  # fmt: skip
    chronicle.execute(
        f"insert into texts select {source}, 0, string_agg(t, '' order by k) from para group by s"  # noqa: S608
    )
    insert(
        "blocks", "p", source=source, position="k", kind="'paragraph'", start_char=block, end_char=f"{block} + {_BLOCK - 1}",
        content_start=block, content_end=f"{block} + {_BLOCK - 1}", line="k",
    )  # fmt: skip
    insert("entities", "p", id="e", kind="'person'", label="n", is_named="true")
    insert(
        "referents", "p", key="'m-' || i", entity="e", source=source, kind="'person'", label="n", is_named="true",
        fingerprint="'fp' || i",
    )  # fmt: skip
    insert(
        "mentions", every, referent="'m-' || i", entity="e", source=source, start_char=place,
        end_char=f"{place} + length(n)", quote="n", form="'name'",
    )  # fmt: skip
    insert(
        "claims", every, id=claim, source=source, subject="e", subject_label="n", subject_kind="'person'",
        referent="'m-' || i", predicate=f"({_PREDICATES})[1 + j]",
        value_type="case j when 0 then 'date' when 1 then 'quantity' else 'text' end",
        value_text="case when j > 1 then 'teacher of a school ' || (i % 50) end",
        value_edtf=f"case j when 0 then {year}::varchar end", value_number="case j when 1 then 20 end",
        value_unit="'year'", value_approximate="false", when_edtf=f"{year}::varchar",
        earliest=f"make_date({year}, 1, 1)", latest=f"make_date({year}, 12, 31)", modality="'asserted'", method="'m'",
        fingerprint="'x' || i || '-' || j", rank="'normal'",
    )  # fmt: skip
    insert("claim_evidence", every, claim=claim, source=source, start_char=place, end_char=f"{place} + 60")
    insert(
        "claim_support",
        "claims",
        claim="id",
        statement="'st' || id",
        passages="1",
        documents="1",
        independent="1",
    )
    insert("coverage", f"range({sources}) t(i)", source="'s' || i || '.txt'", n_body="1000", n_claims="500")
    meta = {"schema_version": SCHEMA_VERSION, "regesta_version": "0", "n_claims": str(people * CLAIMS)}
    meta |= {"n_sources": str(sources), "n_citations": "0"}
    chronicle.executemany("insert into meta values (?, ?)", list(meta.items()))
    chronicle.close()


@dataclass(frozen=True, slots=True)
class Load:
    """What came back."""

    seconds: float
    waits: list[float]
    statuses: dict[str, int]
    size: int


async def ask(
    port: int, paths: Iterable[str], seconds: float, header: str = "", connections: int = CONNECTIONS
) -> Load:
    """Ask for paths, in turn, with so many connections, until the time is over or the paths are."""
    waits: list[float] = []
    statuses: dict[str, int] = {}
    size = 0
    turn = iter(paths)
    begun = time.perf_counter()

    async def one() -> None:
        nonlocal size
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for path in turn:
            start = time.perf_counter()
            if start - begun > seconds:
                break
            writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{header}\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            status = head[9:12].decode()
            if b"transfer-encoding: chunked" in head:
                while length := int(await reader.readline(), 16):
                    await reader.readexactly(length + 2)
                    size += length
                await reader.readline()
            elif status != "304" and b"content-length: " in head:
                length = int(head.partition(b"content-length: ")[2].partition(b"\r")[0])
                await reader.readexactly(length)
                size += length
            statuses[status] = statuses.get(status, 0) + 1
            waits.append(time.perf_counter() - start)
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return Load(time.perf_counter() - begun, sorted(waits), statuses, size)


def processor(pid: int) -> float:
    """Return the seconds of the processor that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


@dataclass(frozen=True, slots=True)
class Asking:
    """How a server is asked."""

    seconds: float
    connections: int = CONNECTIONS
    only: str = ""
    """What is not called so is left out."""


def tell(name: str, pid: int, port: int, paths: Iterable[str], how: Asking, header: str = "") -> None:
    """Ask and print."""
    if how.only not in name:
        return
    printers = children(pid)
    before, printed, asked = processor(pid), sum(map(processor, printers)), time.process_time()
    load = asyncio.run(ask(port, paths, how.seconds, header, how.connections))
    used = max(processor(pid) - before, 1 / _TICKS)
    printed, asked = sum(map(processor, printers)) - printed, time.process_time() - asked
    n = len(load.waits)
    print(
        f"{name:28} {n / load.seconds:7.0f}/s by the clock {n / used:7.0f}/s of processor   p50 {load.waits[n // 2] * 1e3:6.1f}"
        f"   p99 {load.waits[int(n * 0.99)] * 1e3:6.1f} ms   {load.size / n / 1024:5.1f} KB   {load.statuses}"
        f"   ms of processor each: answering {used / n * 1e3:.2f}, printing {printed / n * 1e3:.2f}, asking {asked / n * 1e3:.2f}",
        flush=True,
    )


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def serving(
    command: list[str], port: int, first: str, environment: dict[str, str]
) -> Iterator[tuple[int, float]]:
    """Start a server and yield its process and the seconds until it gave its first page."""
    start = time.perf_counter()
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                load = asyncio.run(ask(port, [first], 60))
            except OSError:
                if server.poll() is not None or time.perf_counter() - start > 300:
                    raise
                time.sleep(0.01)
            else:
                if set(load.statuses) != {"200"}:
                    raise SystemExit(f"{first}: {load.statuses}")
                break
        yield server.pid, time.perf_counter() - start
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)


def etag(port: int, path: str) -> str:
    """Return the tag of a page."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(
            f"HEAD {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode()
        )
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode("latin-1")
    return next(line.partition(": ")[2] for line in answer.splitlines() if line.lower().startswith("etag"))


def mixed(people: int) -> Iterator[str]:
    """Yield what readers ask for, for ever, in an order that is the same in every run."""
    choose = random.Random(50)  # noqa: S311 - no secret
    sources = max(1, people // PEOPLE_OF_A_SOURCE)
    lists = (
        "/", "/people", "/people?year=1997", "/people?name=kim", "/people?sort=claims&part=3", "/timeline", "/timeline?from=1990&to=1995",
        "/statistics", "/policy", "/policy?on=1995", "/terms", "/routes", "/sources", "/findings", "/coverage", "/search?q=teacher", "/about",
        "/search?q=kim%20brook%2012", "/api/v1/people?limit=20", "/api/v1/claims?predicate=role&limit=20", "/ko/people",
    )  # fmt: skip
    while True:
        drawn = choose.random()
        if drawn < 0.35:
            yield f"/people/e-{choose.randrange(people):016d}"
        elif drawn < 0.5:
            yield f"/sources/s{choose.randrange(sources)}.txt?leaf={choose.randrange(1, 10)}"
        elif drawn < 0.6:
            yield f"/reports/people/e-{choose.randrange(people):016d}"
        elif drawn < 0.65:
            yield f"/api/v1/entities/e-{choose.randrange(people):016d}"
        else:
            yield choose.choice(lists)


def main() -> None:
    """Make, serve, ask, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", nargs="?", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--connections", type=int, default=CONNECTIONS)
    parser.add_argument("--only", default="", help="measure only what is called so, such as mixed")
    parser.add_argument("--datasette", default=shutil.which("datasette"))
    parser.add_argument(
        "--keep", type=Path, help="a folder that is not removed, with a chronicle from an earlier run perhaps"
    )
    parser.add_argument("--shelf", type=Path, help="only make the shelf of this chronicle")
    given = parser.parse_args()
    how = Asking(given.seconds, given.connections, given.only)
    if given.shelf:
        shelf.at_hand(given.shelf)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        chronicle = folder / f"web-{given.people}.duckdb"
        if not chronicle.is_file():
            make_chronicle(chronicle, given.people)
        print(
            f"{given.people:,} people, {given.people * CLAIMS:,} claims; load of the machine {os.getloadavg()[0]:.1f}"
        )
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        start = time.perf_counter()
        subprocess.run([sys.executable, __file__, "--shelf", str(chronicle)], check=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        rows = shelf.at_hand(chronicle)
        print(
            f"shelf: {time.perf_counter() - start:.1f} s by the clock, {used.ru_utime + used.ru_stime:.1f} s of processor, "
            f"{used.ru_maxrss >> 10} MB at most, a file of {rows.path.stat().st_size >> 20} MB"
        )
        measure(chronicle, given.people, how)
        if given.only:
            return
        if given.datasette:
            compare(given.datasette, rows, how)
        else:
            print("Datasette is not installed: nothing beside it")


def measure(chronicle: Path, people: int, how: Asking) -> None:
    """Serve a chronicle and ask for its pages."""
    port = free_port()
    program = [sys.executable, "-m", "regesta", "serve", str(chronicle), "--port", str(port)]
    step = 37 if people % 37 else 41
    persons = [f"/people/e-{i * step % people:016d}" for i in range(people)]
    leaves = [
        f"/sources/s{number}.txt?leaf={leaf}"
        for leaf in range(1, 10)
        for number in range(max(1, people // PEOPLE_OF_A_SOURCE))
    ]
    with serving(program, port, persons[0], dict(os.environ)) as (pid, first):
        print(f"from the start of the server to its first page: {first:.2f} s")
        tell("person, cold", pid, port, persons[1:], how)
        tell("source, cold", pid, port, leaves, how)
        tell("person, kept", pid, port, itertools.repeat(persons[0]), how)
        tell("source, kept", pid, port, itertools.repeat(leaves[0]), how)
        tag = f"If-None-Match: {etag(port, persons[0])}\r\n"
        tell("person, 304", pid, port, itertools.cycle(persons), how, tag)
        tell("source, 304", pid, port, itertools.cycle(leaves), how, tag)
        tell("mixed", pid, port, mixed(people), how, "Accept-Encoding: gzip\r\n")
        tell("the front page, plain", pid, port, ["/"], how)
        tell("the front page, compressed", pid, port, ["/"], how, "Accept-Encoding: gzip\r\n")


def compare(program: str, rows: shelf.Shelf, how: Asking) -> None:
    """Serve the same file with Datasette and ask for the claims of people and of the evidence of sources."""
    port = free_port()
    subjects = [row[0] for row in rows.rows("select id from entities order by id limit 20000")]
    sources = [row[0] for row in rows.rows("select name from sources order by name")]
    place = f"/{rows.path.stem}"
    command = [
        program,
        "serve",
        "-i",
        str(rows.path),
        "--port",
        str(port),
        "--setting",
        "suggest_facets",
        "off",
    ]
    persons = [f"{place}/claims?subject={subject}&_size=10" for subject in subjects]
    evidence = [f"{place}/claim_evidence?source={name}&_size=70" for name in sources]
    try:
        with serving(command, port, persons[0], dict(os.environ)) as (pid, first):
            print(f"Datasette, from its start to its first page: {first:.2f} s")
            tell("Datasette, person, page", pid, port, persons[1:], how)
            tell("Datasette, source, page", pid, port, evidence, how)
            tell("Datasette, person, JSON", pid, port, [p.replace("?", ".json?") for p in persons], how)
    except (OSError, SystemExit) as error:
        print(f"Datasette did not answer: {error}")


if __name__ == "__main__":
    main()
