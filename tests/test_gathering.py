"""Sources as they come: containers opened, bad ones told, a process that dies or hangs takes nothing with it."""

from __future__ import annotations

import gzip
import io
import os
import signal
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import regesta
from regesta import gathering
from regesta.deadline import Overtime, deadline
from regesta.errors import ReadError
from regesta.gathering import Failure, Result, gather
from regesta.gathering.document import read_all
from regesta.gathering.pool import Pool
from regesta.gathering.told import Task, Way
from regesta.gist import Digest
from regesta.model import DateValue, Rejection, Source
from regesta.pipeline import rebuild
from regesta.project import Cache, Listed
from regesta.reading import read
from regesta.unpacking import Member, documents

FLED = "Jan Novak fled to Austria on 5 May 1962.\n"


def archive(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, text in files.items():
            file.writestr(name.replace("__", "/").replace("_", "."), text)
    return path


def gathered(*paths: Path, jobs: int = 1) -> list[Result]:
    listed = tuple(Listed(path, Source(name=path.name)) for path in paths)
    return list(gather(listed, (), None, jobs, None))


def test_the_members_of_an_archive_are_sources(tmp_path: Path) -> None:
    archive(tmp_path / "papers.zip", deep__a_txt=FLED, b_html=f"<p>{FLED}", c_jpg="x")
    (tmp_path / "z.txt").write_text(FLED)
    with regesta.build([tmp_path], output=tmp_path.with_suffix(".duckdb")) as chronicle:
        names = [source.name for source in chronicle.sources()]
        assert names == ["papers.zip/b.html", "papers.zip/deep/a.txt", "z.txt"]
        assert [(r.source, r.code) for r in chronicle.rejections()] == [("papers.zip/c.jpg", "P001")]
        assert {e.source for c in chronicle.claims() for e in chronicle.evidence(c)} == set(names)


@pytest.mark.parametrize("jobs", [1, 2])
def test_several_processes_give_the_same(tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_WORTH_A_POOL", 0)
    packed = archive(
        tmp_path / "a.zip", **{f"f{n}_txt": FLED.replace("1962", str(1960 + n)) for n in range(12)}
    )
    whole = tmp_path / "b.txt"
    whole.write_text(FLED)
    results = gathered(packed, whole, jobs=jobs)
    assert [r.document.source.name for r in results if r.document] == [
        *(f"a.zip/f{n}.txt" for n in range(12)),
        "b.txt",
    ]
    claims = [claim for r in results for part in r.parts for claim in part.claims]
    arrivals = [c.value.edtf for c in claims if c.predicate == "arrival" and isinstance(c.value, DateValue)]
    assert arrivals == [*(f"{1960 + n}-05-05" for n in range(12)), "1962-05-05"]


def test_what_little_is_new_among_much_is_read_without_other_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / f"{n}.txt" for n in range(6)]
    for path in paths:
        path.write_text(f"{path.stem} {FLED}")
    listed = tuple(Listed(path, Source(name=path.name)) for path in paths)
    keys = [result.key for result in gather(listed, (), Cache(tmp_path / "once", "v"), 1, None)]
    known = {*keys[:1], *keys[2:4]}
    monkeypatch.setattr(gathering, "_is_worth_a_pool", lambda _: True)
    begun: list[int] = []

    def begin(jobs: int) -> Pool:
        begun.append(jobs)
        return Pool(jobs)

    monkeypatch.setattr(gathering, "Pool", begin)
    for size, n_pools in ((1 << 18, 0), (2 * paths[0].stat().st_size, 1)):
        monkeypatch.setattr(gathering, "_WORTH_A_POOL", size)
        again = list(gather(listed, (), Cache(tmp_path / str(size), "v"), 2, None, known=known))
        assert [result.key for result in again] == keys
        assert [result.is_cached for result in again] == [key in known for key in keys]
        assert [result.document is None for result in again] == [key in known for key in keys]
        assert len(begun) == n_pools


def test_a_script_may_build_in_processes_without_a_guard(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    for n in range(3):
        (tmp_path / "sources" / f"{n}.txt").write_text(FLED)
    script = tmp_path / "build.py"
    script.write_text(
        "from regesta import gathering\nfrom regesta.pipeline import rebuild\n\ngathering._WORTH_A_POOL = 0\n"
        "print(rebuild(['sources'], output='c.duckdb', jobs=2, cache=False).counts['sources'])\n"
    )
    done = subprocess.run(
        [sys.executable, script.name], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("3\n", "")


def test_compressed_files_keep_their_names(tmp_path: Path) -> None:
    (tmp_path / "notes.txt.gz").write_bytes(gzip.compress(FLED.encode()))
    (result,) = gathered(tmp_path / "notes.txt.gz")
    assert result.document
    assert (result.document.source.name, result.document.source.format) == ("notes.txt.gz", "text")
    assert result.document.text == FLED


def test_what_has_not_changed_in_an_archive_is_not_read_again(tmp_path: Path) -> None:
    archive(tmp_path / "a.zip", a_txt=FLED, b_txt="Ana Kos fled in 1970.\n")
    target = tmp_path.with_suffix(".duckdb")
    assert rebuild([tmp_path], output=target).n_cached == 0
    archive(tmp_path / "a.zip", a_txt=FLED, b_txt="Ana Kos fled in 1971.\n")
    assert rebuild([tmp_path], output=target).n_cached == 1


def test_a_document_within_an_archive_has_a_path(tmp_path: Path) -> None:
    papers = archive(tmp_path / "papers.zip", deep__a_txt=FLED, b_txt=FLED)
    assert read(papers / "deep" / "a.txt").text == FLED
    with pytest.raises(
        ReadError, match=r"holds several documents; build it, or name one: .*papers\.zip/deep/a\.txt"
    ):
        read(papers)
    with pytest.raises(ReadError, match=r"no such document in it: found 'c\.txt'"):
        read(papers / "c.txt")
    assert read(archive(tmp_path / "one.zip", a_txt=FLED)).source.name == "one.zip/a.txt"
    with pytest.raises(ReadError, match="this holds nothing that can be read: found '1 other files'"):
        read(archive(tmp_path / "none.zip", a_jpg="x"))


def test_what_climbs_out_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name in ("../evil.txt", "/etc/evil.txt", "good.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(FLED)
            tar.addfile(info, io.BytesIO(FLED.encode()))
    (tmp_path / "a.tar.gz").write_bytes(buffer.getvalue())
    results = gathered(tmp_path / "a.tar.gz")
    assert [r.document.source.name for r in results if r.document] == [
        "a.tar.gz/etc/evil.txt",
        "a.tar.gz/good.txt",
    ]
    assert [r.rejection.code for r in results if r.rejection] == ["U001"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.tar.gz"]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "b.xml").write_text("<poem/>")
    os.mkfifo(tmp_path / "c.txt")
    (tmp_path / "e.txt").write_text(FLED)
    names = ["a.zip", "b.xml", "c.txt", "d.txt", "e.txt"]
    results = gathered(*(tmp_path / name for name in names))
    assert [r.failure.source for r in results if r.failure] == names[:4]
    assert all(r.failure.trace is None for r in results if r.failure)
    assert results[-1].document


def test_a_source_larger_than_any_is_told(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(300 << 20)  # a hole: it takes no room
    (result,) = gathered(tmp_path / "a.txt")
    assert result.failure == Failure("a.txt", "larger than 256 MiB; split it", None)


def test_a_slow_reader_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering.document, "_PATIENCE", (0.2, 0.0))
    monkeypatch.setattr(gathering.document, "read_bytes", lambda *_: [None for _ in iter(int, 1)])
    (tmp_path / "a.txt").write_text(FLED)
    (result,) = gathered(tmp_path / "a.txt")
    assert result.failure
    assert result.failure.reason.startswith("took longer than 0 seconds")


def test_documents_read_side_by_side_give_what_each_gives_alone() -> None:
    texts = [FLED.replace("1962", str(year)) for year in range(1960, 1968)]
    way = Way((), None, Digest("v"), is_whole=False)

    def tasks(*names: str) -> list[Task]:
        return [Task(Source(name=name), text.encode(), 1) for name, text in zip(names, texts, strict=False)]

    good = tasks("a.txt", "b.txt", "c.txt")
    together = read_all(good, way)
    assert all(task.data for task in good)  # none was read by itself, which takes the bytes
    assert together == [read_all([task], way)[0] for task in good]
    first, bad, last = read_all(tasks("a.txt", "b.docx", "c.txt"), way)  # the second is no archive
    assert [first, last] == [together[0], together[2]]
    assert isinstance(bad, Failure)
    assert bad.trace is None


def test_a_deadline_ends_a_pattern_that_matches_for_ever() -> None:
    import re

    with pytest.raises(Overtime), deadline(0.1):
        re.match(r"(a+)+$", "a" * 64 + "b")
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_a_process_that_dies_takes_one_source_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "_WORTH_A_POOL", 0)

    def some_deadly(
        path: Path, source: Source, *, wanted: Callable[[str], bool]
    ) -> Iterator[Member | Rejection]:
        for member in documents(path, source, wanted=wanted):
            assert isinstance(member, Member)
            yield replace(member, data=Deadly(member.data)) if path.name == "2.txt" else member

    monkeypatch.setattr(gathering, "documents", some_deadly)
    for n in range(6):
        (tmp_path / f"{n}.txt").write_text(FLED)
    results = gathered(*(tmp_path / f"{n}.txt" for n in range(6)), jobs=2)
    assert [r.failure.source for r in results if r.failure] == ["2.txt"]
    assert [r.document.source.name for r in results if r.document] == [f"{n}.txt" for n in (0, 1, 3, 4, 5)]


class Deadly(bytes):
    """Bytes that end the process to which they are sent, as a fault in a library of C would."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (9,)
