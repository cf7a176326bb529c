"""A cluster of Spark makes what one machine makes, byte for byte; what a worker loses is done again; what is missing is told in a line."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regesta
from regesta.cli import main
from regesta.deadline import Overtime, deadline
from regesta.errors import EngineError
from regesta.export import export
from regesta.gathering import Failure, Packed, Reading, opened
from regesta.model import Document, Rejection, Source
from regesta.pipeline import rebuild
from regesta.project import Listed, Parts, list_sources, unpack
from regesta.replacing import scratch
from regesta.spark import Cluster, Work, relating, slices
from regesta.spark.landed import in_order
from regesta.spark.session import begin
from regesta.spark.slices import cut
from regesta.spark.working import ROW, TASK, answers, batched, encode_source, read_rows
from regesta.unpacking import Member

sys.path.insert(0, str(Path(__file__).parent / "spark"))

from growing import grow

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyspark.sql import SparkSession

pytestmark = [
    pytest.mark.timeout(900),  # Java starts slowly on a busy machine
    pytest.mark.xdist_group("spark"),
]
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For Java: what runs for seconds need not be compiled with care."""
TXT = {".txt", ".html", ".md", ".csv", ".json", ".pdf", ".gz", ".zip"}


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """One session for all: Java takes seconds to start."""
    pytest.importorskip("pyspark", reason="no PySpark: pip install 'regesta[spark]'")
    if shutil.which("java") is None:
        pytest.skip("no Java: apt install openjdk-17-jre-headless")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_TOOL_OPTIONS", QUICK)
        with begin("local[2]") as session:
            yield session


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grown") / "papers"
    grow(folder, 500)
    return folder


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("few") / "papers"
    grow(folder, 40)
    return folder


def exported(path: Path) -> dict[str, bytes]:
    """Return every file of the export of a chronicle."""
    target = path.with_suffix("")
    with regesta.open(path) as chronicle:
        export(chronicle, "jsonl", target)
    return {str(p.relative_to(target)): p.read_bytes() for p in sorted(target.rglob("*")) if p.is_file()}


def alone(folder: Path, path: Path) -> dict[str, bytes]:
    rebuild([folder], output=path, cache=False)
    return exported(path)


@pytest.fixture(scope="module")
def expected(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one machine makes of the 500."""
    return alone(corpus, tmp_path_factory.mktemp("alone") / "local.duckdb")


@pytest.fixture(scope="module")
def expected_of_few(few: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return alone(few, tmp_path_factory.mktemp("alone") / "few.duckdb")


def noted(name: str, asked: list[str]) -> Any:
    """Return a method of `Related` that goes its way, and says that it did, and of which tables."""
    way = getattr(relating.Related, name)

    def note(self: relating.Related, *arguments: Any) -> Any:
        asked.extend(arguments[1] if name == "ask" else [name])
        return way(self, *arguments)

    return note


def test_what_comes_out_is_what_one_machine_makes(
    session: SparkSession,
    corpus: Path,
    expected: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    for name in ("ask", "components", "spread"):
        monkeypatch.setattr(relating.Related, name, noted(name, asked))
    monkeypatch.setattr(relating, "LEAST", [0])
    spread = rebuild([corpus], output=tmp_path / "spread.duckdb", cache=False, engine="spark")
    assert exported(tmp_path / "spread.duckdb") == expected
    assert {*asked} == {"name_keys", "shingles", "told", "counted", "sides", "components", "spread"}
    assert spread.counts["sources"] >= 500
    assert [failure.source for failure in spread.failures] == ["broken.pdf"]
    assert {"start Spark", "read on Spark", "resolve"} <= set(spread.seconds)
    assert session.range(3).count() == 3, "a session that was open before stays open"


def test_members_of_large_containers_are_shared_out(
    session: SparkSession, few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SMALL", 0)
    (tmp_path / "broken.zip").write_bytes(b"PK\3\4 and nothing more")
    rebuild([few, tmp_path / "broken.zip"], output=tmp_path / "local.duckdb", cache=False)
    spread = rebuild(
        [few, tmp_path / "broken.zip"], output=tmp_path / "spread.duckdb", cache=False, engine="spark"
    )
    assert exported(tmp_path / "spread.duckdb") == exported(tmp_path / "local.duckdb")
    assert [failure.source for failure in spread.failures] == ["broken.pdf", "broken.zip"]
    assert session.sparkContext is not None


def test_rows_go_to_a_cluster_and_come_back_some_at_a_time(
    session: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relating, "_VALUES", 64)
    related = relating.Related(session, str(tmp_path))
    number = np.arange(100)
    pieces = list(related.ask("select a, a + b as c from many", {"many": {"a": number, "b": number % 7}}))
    assert len(pieces) > 1
    found = sorted(row for one in pieces for row in zip(one["a"].tolist(), one["c"].tolist(), strict=True))
    assert found == [(n, n + n % 7) for n in range(100)]
    (none,) = related.ask("select a from many where a < 0", {"many": {"a": number}})
    assert none["a"].tolist() == []
    chains = related.components(number[:99], np.where(number[1:] % 10, number[1:], number[:99]), 101)
    assert chains.tolist() == [n - n % 10 for n in range(100)] + [100]

    def summed(rows: NDArray[np.int64]) -> NDArray[np.int64]:
        groups = np.unique(rows[:, 1])
        return np.column_stack((groups, [rows[rows[:, 1] == one, 0].sum() for one in groups.tolist()]))

    rows = np.column_stack((number, number % 10))
    assert sorted(map(tuple, related.spread(rows, number % 10, summed, 2).tolist())) == [
        (n, 450 + 10 * n) for n in range(10)
    ]


def test_what_has_landed_comes_in_order_and_some_at_a_time(session: SparkSession, tmp_path: Path) -> None:
    rows = [
        (f"{n % 7}.txt", n // 7, piece, "part", "a", piece == 2, bytes(100 * (n % 5)))
        for n in range(60)
        for piece in range(3)
    ]
    session.createDataFrame(rows[::-1], ROW).write.parquet(str(tmp_path / "read"))
    for size, at_once in ((0, 250), (20_000, 1000), (0, 1 << 20)):
        found = list(in_order(session, str(tmp_path / "read"), size, at_once))
        assert found == sorted(rows), (size, at_once)


def test_dumps_and_web_archives_are_shared_out_page_by_page(
    session: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "wiki.xml").write_text(_dump(9), "utf-8")
    (papers / "wiki.xml.bz2").write_bytes(bz2.compress(_dump(4).encode()))
    (papers / "letter.xml").write_text("<TEI><text><p>Ben Reed fled in 1954.</p></text></TEI>")
    (papers / "web.warc.gz").write_bytes(b"".join(gzip.compress(_record(n), mtime=0) for n in range(7)))
    expected = alone(papers, tmp_path / "local.duckdb")
    monkeypatch.setattr(slices, "SMALL", 0)
    documents, containers = slices.tell_apart(list_sources([papers], TXT | {".xml", ".bz2"}).sources)
    assert [one.source.name for one, _ in documents] == ["letter.xml"]
    assert [one.source.name for one, _ in containers] == ["web.warc.gz", "wiki.xml", "wiki.xml.bz2"]
    for path in (papers, f"file://{papers}"):
        spread = rebuild([path], output=tmp_path / "spread.duckdb", cache=False, engine="spark")
        assert exported(tmp_path / "spread.duckdb") == expected
        assert spread.counts["sources"] == 9 + 4 + 7, "a letter in XML is no format that is read"
    assert session.sparkContext is not None


def _dump(n_pages: int) -> str:
    """A dump of a wiki, as MediaWiki writes it."""
    pages = (
        f"<page><title>Ada {n}</title><ns>0</ns><id>{n}</id><revision><id>{90 + n}</id><timestamp>2019-01-05T10:00:00Z</timestamp>"
        f"<text>Ada Brook, a pilot, fled to [[Sund]] on 3 May {1950 + n}.</text></revision></page>"
        for n in range(n_pages)
    )
    return f'<mediawiki version="0.11" xml:lang="en">{"".join(pages)}</mediawiki>'


def _record(n: int) -> bytes:
    """A page of a web archive."""
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Ben Reed fled to Mere in {1950 + n}.</p>"
    head = f"WARC-Type: response\r\nWARC-Target-URI: https://a.example/{n}\r\nWARC-Date: 2020-05-01T10:00:00Z\r\n"
    kind = f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(page)}\r\n"
    return f"WARC/1.0\r\n{head}{kind}\r\n{page}\r\n\r\n".encode()


def test_workers_keep_what_a_build_asks(
    session: SparkSession, few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = tmp_path / "papers"
    shutil.copytree(few, papers)
    first = rebuild([papers], output=tmp_path / "first.duckdb", engine="spark")
    made: list[bytes] = []

    def noted(packed: bytes) -> Document:
        made.append(packed)
        return unpack(packed)

    monkeypatch.setattr("regesta.pipeline.clusters.unpack", noted)
    (papers / "new.txt").write_text("Ada Brook, a pilot, fled to Sund on 3 May 1953.")
    again = rebuild([papers], output=tmp_path / "again.duckdb", engine="spark")
    assert again.n_cached == first.counts["sources"]
    assert again.counts["sources"] == first.counts["sources"] + 1
    assert made == [], "gists are all that comes from workers"
    assert exported(tmp_path / "again.duckdb") == alone(papers, tmp_path / "local.duckdb")
    here = rebuild([papers], output=tmp_path / "here.duckdb")
    assert here.n_cached == here.counts["sources"]
    assert session.sparkContext is not None


def test_a_url_is_listed_and_read_by_spark(
    session: SparkSession, few: Path, expected_of_few: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "papers").mkdir()
    shutil.copytree(few, tmp_path / "papers", dirs_exist_ok=True)
    (tmp_path / "papers" / ".hidden.txt").write_text("Nobody reads this.")
    expected = dict(expected_of_few)
    (tmp_path / "papers" / "_draft.txt").write_text("Ada Brook fled in 1953.")
    (tmp_path / "papers" / "without.zip").write_bytes(b"PK\5\6" + bytes(18))
    rebuild([f"file://{tmp_path}/papers"], output=tmp_path / "spread.duckdb", engine="spark", cache=False)
    found = exported(tmp_path / "spread.duckdb")
    before, after = (one.pop("rejections.jsonl").splitlines() for one in (expected, found))
    assert found == expected
    (draft,) = set(after) - set(before)
    assert b"_draft.txt" in draft
    assert b"begin with an underscore" in draft
    with pytest.raises(EngineError, match="nothing there"):
        rebuild([f"file://{tmp_path}/nowhere"], output=tmp_path / "none.duckdb", engine="spark")
    assert session.sparkContext is not None


def test_a_table_of_documents(
    session: SparkSession, few: Path, expected_of_few: dict[str, bytes], tmp_path: Path
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    listing = list_sources([few], TXT)
    rows = [
        {
            "path": one.source.name, "content": one.path.read_bytes(), "title": one.source.title, "date": one.source.date,
            "licence": one.source.licence,
        }
        for one in listing.sources
    ]  # fmt: skip
    rows.append({"path": "picture.xyz", "content": b"\0\1\2"})
    (tmp_path / "all.parquet").mkdir()
    for n, part in enumerate((rows[::2], rows[1::2])):
        schema = pa.schema(
            [("content", pa.binary()), *((k, pa.string()) for k in ("path", "title", "date", "licence"))]
        )
        pq.write_table(
            pa.Table.from_pylist(part[::-1], schema=schema), tmp_path / "all.parquet" / f"{n}.parquet"
        )
    rebuild([tmp_path / "all.parquet"], output=tmp_path / "spread.duckdb", engine="spark", cache=False)
    assert exported(tmp_path / "spread.duckdb") == expected_of_few
    texts = pa.Table.from_pylist([{"path": "note 1", "content": t} for t in ("Ada Brook fled in 1953.", "")])
    pq.write_table(texts, tmp_path / "texts.parquet")
    rebuild(
        [few / "0", tmp_path / "texts.parquet"], output=tmp_path / "both.duckdb", engine="spark", cache=False
    )
    with regesta.open(tmp_path / "both.duckdb") as chronicle:
        names = [source.name for source in chronicle.sources()]
        assert {"texts.parquet/note 1", "texts.parquet/note 1~2"} < set(names)
        assert names == sorted(names)
    pq.write_table(texts.rename_columns(["path", "words"]), tmp_path / "wrong.parquet")
    with pytest.raises(EngineError, match="needs a column 'content'"):
        rebuild([tmp_path / "wrong.parquet"], output=tmp_path / "none.duckdb", engine="spark")
    with pytest.raises(EngineError, match="Path does not exist"):
        rebuild([tmp_path / "absent.parquet"], output=tmp_path / "none.duckdb", engine="spark")
    assert session.sparkContext is not None


class Frail(Reading):
    """A reading that dies of one document, and never comes to the end of another."""

    def read(self, members: Any, *, apart: bool = False) -> Iterator[Packed | Failure]:
        for member in members:
            if b"deadly" in member.data and not apart:
                os._exit(9)
            elif b"deadly" in member.data:
                yield Failure(member.source.name, "brought down its process", None)
            elif b"endless" in member.data:
                try:
                    with deadline(0.2):
                        while True:
                            pass
                except Overtime:
                    yield Failure(member.source.name, "took too long", None)
            else:
                yield from Reading(()).read([member])


def test_a_document_that_kills_or_never_ends(session: SparkSession, tmp_path: Path) -> None:
    from pyspark import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[__name__])  # type: ignore[no-untyped-call]
    for n in range(30):
        word = {7: "deadly", 11: "endless"}.get(n, "quiet")
        (tmp_path / f"{n:02}.txt").write_text(f"Ada Brook, a {word} pilot, fled to Sund on 3 May {1950 + n}.")
    try:
        with Cluster() as cluster:
            work = Work(opened, Frail)
            found = list(cluster.read(list_sources([tmp_path], TXT).sources, [], work))
    finally:
        cloudpickle.unregister_pickle_by_value(sys.modules[__name__])  # type: ignore[no-untyped-call]
    assert [answer.source for answer in found] == [f"{n:02}.txt" for n in range(30)]
    assert {answer.source: answer.failure[0] for answer in found if answer.failure} == {
        "07.txt": "brought down its process",
        "11.txt": "took too long",
    }
    assert session.sparkContext is not None


def test_another_regesta_is_refused(session: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ada Brook fled in 1953.")
    sources = list_sources([tmp_path], TXT).sources
    with Cluster() as cluster, pytest.raises(EngineError, match="its regesta is another than the driver's"):
        list(cluster.read(sources, [], Work(opened, Reading, version="v-old", version_here=regesta_version)))
    assert session.sparkContext is not None


def regesta_version(_packs: tuple[Path, ...]) -> str:
    return "v-new"


class Deadly(bytes):
    """Bytes of which a process dies that takes them in."""

    __slots__ = ()

    def __reduce__(self) -> Any:
        return os._exit, (9,)


def test_read_apart_the_document_that_kills_is_named() -> None:
    texts = [b"Ada Brook fled in 1953.", Deadly(b"x"), b"Ben Reed fled in 1954."]
    members = (Member(Source(name=f"{n}.txt"), text) for n, text in enumerate(texts))
    first, second, third = Reading(()).read(members, apart=True)
    assert isinstance(first, Packed)
    assert isinstance(third, Packed)
    assert isinstance(second, Failure)
    assert second.source == "1.txt"
    assert "brought down the process" in second.reason


@dataclass(frozen=True)
class Told:
    """A reading that gives what it was told."""

    frames: dict[str, tuple[bytes, ...]]

    def read(self, members: Any, *, apart: bool = False) -> Iterator[Packed | Failure]:
        assert not apart
        for member in members:
            document, *parts = self.frames[member.source.name]
            yield (
                Packed(document, Parts(tuple(parts)))
                if document
                else Failure(member.source.name, "empty", None)
            )


@given(
    st.lists(st.lists(st.binary(max_size=9), min_size=1, max_size=4), max_size=6),
    st.integers(1, 5),
    st.data(),
)
def test_rows_lead_back_to_what_was_read(found: list[list[bytes]], piece: int, data: st.DataObject) -> None:
    pytest.importorskip("pyarrow")
    from regesta.spark import working

    frames = {f"{n}.txt": tuple(one) for n, one in enumerate(found)}
    tasks = [(name, 0, "member", encode_source(Source(name=name)), b"") for name in frames]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(working, "_PIECE", piece)
        work = Work(opened, lambda _: Told(frames))
        batches = list(read_rows(work, batched(tasks, TASK)))
    rows = [tuple(row.values()) for batch in batches for row in batch.to_pylist()]
    shuffled = data.draw(st.permutations(rows))
    ordered = sorted(shuffled, key=lambda row: row[:3])
    assert [len(row) for row in rows] == [len(ROW.split(", "))] * len(rows)
    answered = {one.source: one for one in answers(ordered)}
    assert list(answered) == sorted(frames)
    for name, (document, *parts) in frames.items():
        assert answered[name].document == (document or None)
        assert answered[name].parts.frames == (tuple(parts) if document else ())
        assert (answered[name].failure is None) == bool(document)


@given(st.lists(st.integers(0, 40 << 20), max_size=300), st.integers(1, 64))
def test_slices_are_bounded_and_the_heaviest_come_first(sizes: list[int], parallelism: int) -> None:
    found = cut(sizes, parallelism)
    assert sorted(n for one in found for n in one) == list(range(len(sizes)))
    for numbers in found:
        assert len(numbers) == 1 or (len(numbers) <= 200 and sum(sizes[n] for n in numbers) <= 16 << 20)
    weights = [sum(sizes[n] + 4096 for n in one) for one in found]
    assert weights == sorted(weights, reverse=True)


def test_what_is_left_out_keeps_its_place(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")

    def open_(listed: Listed, _data: bytes | None) -> Iterator[Member | Rejection | Failure]:
        def left(n: int) -> Rejection:
            return Rejection(
                source=f"{listed.source.name}/{n}", start=0, end=0, quote="", code="U002", reason="No."
            )

        yield left(0)
        yield Member(Source(name=f"{listed.source.name}/1"), b"Ada Brook fled in 1953.")
        yield left(2)
        yield Failure(listed.source.name, "breaks off", None)

    tasks = [
        (name, 0, "path", encode_source(Source(name=name)), os.fsencode(tmp_path))
        for name in ("a.zip", "b.zip")
    ]
    batches = list(read_rows(Work(open_, partial(Reading)), batched(tasks, TASK)))
    found = list(answers(tuple(row.values()) for batch in batches for row in batch.to_pylist()))
    assert [one.source for one in found] == [
        "a.zip/0",
        "a.zip/1",
        "a.zip/2",
        "a.zip",
        "b.zip/0",
        "b.zip/1",
        "b.zip/2",
        "b.zip",
    ]
    assert [(one.rejection is not None, one.document is not None, one.failure is not None) for one in found[:4]] == [
        (True, False, False), (False, True, False), (True, False, False), (False, False, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            ["--engine", "spark", "--master", "mesos://x:1"],
            "no such kind of Spark master: found 'mesos://x:1'",
        ),
        (["--engine", "spark", "--master", "local[0]"], "no such kind of Spark master"),
        (["--engine", "spark", "--master", "spark://host"], "a Spark master without its port"),
        (["--master", "local[2]"], "only Spark has a master"),
        (["--engine", "spark", "--master", "yarn"], "needs a place to put what it reads"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    options: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pyspark")
    (tmp_path / "papers").mkdir()
    status = main(["build", str(tmp_path / "papers"), "-o", str(tmp_path / "a.duckdb"), *options])
    assert status == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_no_java_no_master_no_pyspark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pyspark")
    (tmp_path / "papers").mkdir()
    build = [
        "build",
        str(tmp_path / "papers"),
        "-o",
        str(tmp_path / "a.duckdb"),
        "--engine",
        "spark",
        "--master",
    ]
    if shutil.which("java"):
        assert main([*build, f"spark://127.0.0.1:{free_port()}"]) == 2
        assert "no Spark master answers" in capsys.readouterr().err
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert main([*build, "local[1]"]) == 2
    assert "Spark needs Java, which was not found" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "pyspark", None)
    assert main([*build, "local[1]"]) == 2
    assert "pip install 'regesta[spark]'" in capsys.readouterr().err


KILLED = """
import os, signal
from regesta.spark.session import begin
with begin("local[1]") as session:
    session.range(9).repartition(2).write.parquet(os.environ["TMPDIR"] + "/regesta-landing-mine")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_session_left_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark", reason="no PySpark: pip install 'regesta[spark]'")
    if shutil.which("java") is None:
        pytest.skip("no Java: apt install openjdk-17-jre-headless")
    environment = os.environ | {"TMPDIR": str(tmp_path), "JAVA_TOOL_OPTIONS": QUICK}
    killed = subprocess.run([sys.executable, "-c", KILLED], env=environment, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert (tmp_path / "regesta-landing-mine").is_dir()
    left = [path.name for path in tmp_path.iterdir() if path.name != "regesta-landing-mine"]
    assert len(left) >= 2, "the log and the folder, for nobody could tidy up"
    assert [name for name in left if not name.startswith("regesta-spark-")] == [], (
        "Java put something elsewhere"
    )
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    time.sleep(1)  # Java ends when it finds that nobody is there, and may be tidying up itself
    with scratch("spark"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["regesta-landing-mine"], "that bears no mark"


FULL = """
from regesta.errors import EngineError
from regesta.spark.session import begin, told
try:
    with begin("local[1]") as session, told("here"):
        gateway = session.sparkContext._gateway
        gateway.jvm.java.util.Arrays.copyOf(gateway.new_array(gateway.jvm.long, 9), 500_000_000)
except EngineError as error:
    print(error)
"""


def test_java_without_memory_ends_and_is_told(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="no PySpark: pip install 'regesta[spark]'")
    if shutil.which("java") is None:
        pytest.skip("no Java: apt install openjdk-17-jre-headless")
    environment = os.environ | {"TMPDIR": str(tmp_path), "JAVA_TOOL_OPTIONS": QUICK}
    found = subprocess.run(
        [sys.executable, "-c", FULL], env=environment, capture_output=True, text=True, check=False
    )
    assert found.stdout.startswith("here: Java, which does Spark's work, has ended; it had no memory left"), (
        found.stderr
    )
    assert found.stdout.count("\n") == 1


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def standalone(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A master and two workers on loopback, each with its own process group: address, and the workers."""
    pyspark = pytest.importorskip("pyspark", reason="no PySpark: pip install 'regesta[spark]'")
    if shutil.which("java") is None:
        pytest.skip("no Java: apt install openjdk-17-jre-headless")
    home = Path(pyspark.__path__[0])
    port = free_port()
    address = f"spark://127.0.0.1:{port}"
    environment = os.environ | {
        "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_WORKER_DIR": str(tmp_path / "work"),
        "SPARK_DAEMON_MEMORY": "256m", "SPARK_NO_DAEMONIZE": "1", "JAVA_TOOL_OPTIONS": QUICK,
    }  # fmt: skip
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        with (tmp_path / f"daemon-{len(started)}.log").open("wb") as log:
            command = [str(home / "bin" / "spark-class"), *arguments]
            one = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        started.append(one)
        return one

    room = "org.apache.spark.deploy."
    try:
        start(room + "master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        wait_for(lambda: answers_at(port), "the master")
        for _ in range(2):
            start(
                room + "worker.Worker",
                address,
                "--cores",
                "1",
                "--memory",
                "1g",
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0",
            )
        yield address, started[1:]
    finally:
        for one in started:
            kill(one)


def kill(one: subprocess.Popen[bytes]) -> None:
    """End a process that we started, and those that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(one.pid, signal.SIGKILL)
    one.wait()


def answers_at(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def wait_for(is_so: Any, what: str, seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"{what} never came"
        time.sleep(0.1)


def test_a_worker_that_is_killed_costs_nothing(
    standalone: tuple[str, list[subprocess.Popen[bytes]]],
    corpus: Path,
    expected: dict[str, bytes],
    tmp_path: Path,
) -> None:
    address, (first, second) = standalone
    landing = tmp_path / "landing"
    command = [
        sys.executable, "-m", "regesta", "build", str(corpus), "-o", str(tmp_path / "spread.duckdb"), "--engine", "spark",
        "--master", address, "--landing", str(landing), "--json",
    ]  # fmt: skip
    environment = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "JAVA_TOOL_OPTIONS": QUICK}
    with (tmp_path / "build.log").open("wb") as log:
        build = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            # a task that is done moves what it wrote to `_temporary/0/task_...`
            wait_for(
                lambda: (
                    build.poll() is not None
                    or list(landing.glob("_temporary/0/task_*"))
                    or (landing / "_SUCCESS").exists()
                ),
                "a finished task",
            )
            was_half_way = build.poll() is None and not (landing / "_SUCCESS").exists()
            kill(first)
            status = build.wait(600)
        finally:
            build.kill()
    assert status == 1, (tmp_path / "build.log").read_text("utf-8", "replace")[-3000:]  # broken.pdf
    assert was_half_way, "the cluster was done before a worker could be killed: give it more to read"
    assert second.poll() is None
    assert exported(tmp_path / "spread.duckdb") == expected
