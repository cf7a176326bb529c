"""A folder with one good document and one bad file, built as a user would: one clear line, bounded memory, nothing lost.

Each build is a process of its own whose address space is bounded.
"""

from __future__ import annotations

import bz2
import gzip
import io
import os
import resource
import signal
import socket
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from regesta.chronicle import open as open_chronicle

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits, links and pipes of POSIX")

GOOD = "Jan Novak fled to Austria on 5 May 1962.\n"
MEMORY = 1_500 << 20
"""Bytes of address space; DuckDB alone sets aside several hundred million, and uses a few."""


def build(
    folder: Path,
    *more: str,
    target: Path | None = None,
    environment: dict[str, str] | None = None,
    limits: tuple[tuple[int, int], ...] = (),
    memory: int = MEMORY,
) -> subprocess.CompletedProcess[str]:
    """Run `regesta build` and return what it said."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        for kind, limit in limits:
            resource.setrlimit(kind, (limit, limit))

    command = [sys.executable, "-m", "regesta", "build", str(folder), "-o", str(target or folder.parent / "c.duckdb"), "--jobs", "1", *more]  # fmt: skip
    return subprocess.run(
        command, capture_output=True, check=False, encoding="utf-8", errors="replace", env={**os.environ, **(environment or {})}, preexec_fn=bounded,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds one good document."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD)
    return folder


def sources(path: Path) -> list[str]:
    with open_chronicle(path) as chronicle:
        assert any(claim.predicate == "arrival" for claim in chronicle.claims())
        return [source.name for source in chronicle.sources()]


def told(result: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the lines of standard error; none of them is a traceback."""
    assert "Traceback" not in result.stderr, result.stderr
    assert "a fault of regesta" not in result.stderr, result.stderr
    return [line for line in result.stderr.splitlines() if line.startswith("regesta: ")]


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def tarred(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


BOMB = (
    b"<!DOCTYPE a [<!ENTITY b '"
    + b"c" * 999
    + b"'><!ENTITY d '"
    + b"&b;" * 999
    + b"'>]><a>"
    + b"&d;" * 999
    + b"</a>"
)
JUNK = bytes(range(256)) * 40
REFUSED: dict[str, tuple[str, bytes]] = {
    "binary junk": ("bad.txt", JUNK),
    "junk as a PDF": ("bad.pdf", JUNK),
    "an empty PDF": ("bad.pdf", b""),
    "half a PDF": ("bad.pdf", b"%PDF-1.7\n1 0 obj\n<</Type /Catalog"),
    "junk as DOCX": ("bad.docx", JUNK),
    "an empty DOCX": ("bad.docx", b""),
    "junk as ODT": ("bad.odt", JUNK),
    "junk as XLSX": ("bad.xlsx", JUNK),
    "junk as ODS": ("bad.ods", JUNK),
    "junk as XLS": ("bad.xls", JUNK),
    "an old workbook of nothing": ("bad.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000),
    "an old workbook that asks for gigabytes": (
        "bad.xls",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\0\x03\0\xfe\xff\x1f\0\x06\0" + b"\xff" * 4000,
    ),
    "junk as EPUB": ("bad.epub", JUNK),
    "junk as zip": ("bad.zip", JUNK),
    "an empty zip": ("bad.zip", b""),
    "junk as tar": ("bad.tar", JUNK * 9),
    "entities in DOCX": ("bad.docx", zipped(_rels___rels=b"<a/>", word__document_xml=BOMB)),
    "entities in ODT": ("bad.odt", zipped(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=BOMB)),
    "a bomb in DOCX": ("bad.docx", zipped(**{"[Content_Types]_xml": b"<a/>", "word__document_xml": b" " * (300 << 20)})),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_one_line_and_the_rest_is_built(folder: Path, case: str) -> None:
    name, data = REFUSED[case]
    (folder / name).write_bytes(data)
    result = build(folder)
    assert [line.split(": ")[1] for line in told(result)] == [name], result.stderr
    assert result.returncode == 1
    assert sources(folder.parent / "c.duckdb") == ["good.txt"]


TOLD: dict[str, tuple[str, bytes]] = {
    "JSON that is none": ("odd.json", b'{"a": ' * 3),
    "junk as gzip": ("odd.txt.gz", b"\x1f\x8b\x08" + JUNK),
    "an empty text": ("odd.txt", b""),
    "an empty page": ("odd.html", b""),
    "an empty table": ("odd.csv", b""),
    "an empty mail": ("odd.eml", b""),
    "broken UTF-8": ("odd.txt", b"He fled in 1990 \xc3( and \xed\xa0\x80 on.\n" * 50),
    "characters that are none": ("odd.txt", b"Kim\0 fled\x01 in\x1b 1990.\n" * 9),
    "a page nested 100,000 deep": ("odd.html", b"<div>" * 100_000 + b"words"),
    "quotes nested 100,000 deep": ("odd.md", b"> " * 100_000 + b"words"),
    "lists nested 100,000 deep": ("odd.json", b"[" * 100_000),
    "templates nested 100,000 deep": ("odd.wiki", b"{{a|" * 100_000),
    "a tag that never ends": ("odd.html", b"<p>words<a href='" + b"x" * 500_000),
    "a quote that never ends": ("odd.csv", b'Name,Year\nKim,"1990\n' + b"x,1\n" * 50_000),
    "a header that never ends": ("odd.eml", b"Subject: " + b"x" * 500_000),
    "entities in a dump": ("odd.html", BOMB),
    "a zip bomb": ("odd.zip", zipped(odd_txt=b"\0" * (200 << 20))),
    "a gzip bomb": ("odd.txt.gz", gzip.compress(b"\0" * (200 << 20))),
    "a bzip2 bomb": ("odd.txt.bz2", bz2.compress(b"\0" * (200 << 20))),
    "a zip in a zip in a zip": ("odd.zip", zipped(a_zip=zipped(b_zip=zipped(c_zip=zipped(d_zip=zipped(e_zip=zipped(f_txt=b"deep"))))))),
    "a path that climbs out": ("odd.tar", tarred("../../../climbed.txt", b"Kim fled.")),
    "an absolute path": ("odd.tar", tarred("/climbed.txt", b"Kim fled.")),
}  # fmt: skip


@pytest.mark.parametrize("case", TOLD)
def test_what_is_odd_is_read_as_far_as_it_goes_or_told(folder: Path, case: str) -> None:
    name, data = TOLD[case]
    (folder / name).write_bytes(data)
    result = build(folder)
    lines = told(result)
    assert len(lines) <= 1, lines
    assert result.returncode == (1 if lines else 0)
    assert "good.txt" in sources(folder.parent / "c.duckdb")
    assert {path.name for path in folder.parent.iterdir()} <= {"in", "c.duckdb"}
    assert not list(folder.parent.parent.rglob("climbed.txt"))
    with open_chronicle(folder.parent / "c.duckdb") as chronicle:
        said = [source.name for source in chronicle.sources()] + [r.source for r in chronicle.rejections()]
    assert any(source.startswith(name) for source in said), said


def test_a_line_without_end_is_one_line_of_words(folder: Path) -> None:
    with (folder / "long.txt").open("wb") as file:
        for _ in range(30):  # 200 take as much memory, and seven times as long
            file.write(b"x" * (1 << 20))
    result = build(folder)
    assert len(told(result)) <= 1
    assert result.returncode == bool(told(result))
    assert "good.txt" in sources(folder.parent / "c.duckdb")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's path is at most a hundred bytes long
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere.txt")


def _up(path: Path) -> None:
    path.symlink_to("..")


def _memory(path: Path) -> None:
    path.symlink_to("/proc/self/mem")


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "inner.jpg").write_bytes(b"x")


@pytest.mark.parametrize("make", [_pipe, _socket, _loop, _dangling, _up, _memory, _endless, _folder])
def test_what_is_no_file(folder: Path, make: Callable[[Path], None]) -> None:
    make(folder / "odd.txt")
    result = build(folder)
    assert len(told(result)) <= 1
    assert result.returncode == (1 if told(result) else 0)
    assert sources(folder.parent / "c.duckdb") == ["good.txt"]
    if make in {_pipe, _socket, _loop, _dangling}:
        with open_chronicle(folder.parent / "c.duckdb") as chronicle:
            assert [(r.source, r.code) for r in chronicle.rejections()] == [("odd.txt", "P004")]


@pytest.mark.parametrize("make", [_pipe, _memory, _endless, _folder, _dangling])
def test_what_is_no_file_and_is_named_outright(folder: Path, make: Callable[[Path], None]) -> None:
    path = folder.parent / "odd.txt"
    make(path)
    result = build(folder, str(path))
    assert result.returncode in {0, 1, 2}
    assert len(told(result)) == (0 if make is _folder else 1), result.stderr


def test_folders_that_lead_into_one_another(folder: Path) -> None:
    for name in "abc":
        (folder / name).mkdir()
        for other in "abc":
            (folder / name / f"to-{other}").symlink_to(folder / other)
    (folder / "a" / "more.txt").write_text(GOOD)
    result = build(folder)
    assert result.returncode == 0, result.stderr
    assert len(sources(folder.parent / "c.duckdb")) >= 2


def test_folders_a_hundred_deep(folder: Path) -> None:
    deep = folder.joinpath(*["deep"] * 100)
    deep.mkdir(parents=True)
    (deep / "inner.txt").write_text(GOOD)
    result = build(folder)
    assert result.returncode == 0, result.stderr
    assert len(sources(folder.parent / "c.duckdb")) == 2


NAMES = [
    b"two\nlines",
    b"bell\x07",
    b"\xff\xfe",
    b"a" * 250,
    b"'; drop table",
    b"-o",
    b"\xe2\x80\xae",
    b"sp ace",
]


@pytest.mark.parametrize("is_bad", [False, True])
def test_names_of_files(folder: Path, is_bad: bool) -> None:
    for name in NAMES:
        with open(os.fsencode(folder) + b"/" + name + (b".odt" if is_bad else b".txt"), "wb") as file:  # noqa: PTH123 - bytes
            file.write(JUNK if is_bad else GOOD.encode() + name)
    result = build(folder)
    n_bad = len(NAMES) if is_bad else 0
    assert result.returncode == is_bad, result.stderr
    assert len(told(result)) == len(result.stderr.splitlines()) == n_bad, result.stderr
    assert "\x07" not in result.stderr
    assert len(sources(folder.parent / "c.duckdb")) == 1 + len(NAMES) - n_bad


def test_two_names_that_are_one_when_printed(folder: Path) -> None:
    for byte in (b"\xfe", b"\xff"):
        with open(os.fsencode(folder) + b"/" + byte + b".txt", "wb") as file:  # noqa: PTH123 - bytes
            file.write(GOOD.encode() + byte)
    assert build(folder).returncode == 0
    assert len(sources(folder.parent / "c.duckdb")) == 3


def built(folder: Path) -> tuple[Path, bytes]:
    target = folder.parent / "c.duckdb"
    assert build(folder).returncode == 0
    return target, target.read_bytes()


def test_a_full_disk_leaves_the_old_chronicle_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    target, before = built(folder)
    (folder / "more.txt").write_text(GOOD * 2000)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    result = build(folder, environment={"TMPDIR": str(scratch)}, limits=((resource.RLIMIT_FSIZE, 300_000),))
    assert result.returncode in {2, -signal.SIGXFSZ}, result.stderr
    assert len(told(result)) == 1
    assert target.read_bytes() == before
    assert list(scratch.iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"in", "c.duckdb", "scratch"}


def test_a_disk_too_full_for_the_chronicle_itself(folder: Path, tmp_path: Path) -> None:
    target, before = built(folder)
    (folder / "more.txt").write_text("Kim Il fled.\n" * 20)
    result = build(folder, limits=((resource.RLIMIT_FSIZE, 100_000),))
    assert result.returncode == 2, result.stderr
    assert len(told(result)) == 1
    assert target.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"in", "c.duckdb"}


@pytest.mark.parametrize("kind", ["folder", "junk", "missing", "device"])
def test_where_no_chronicle_can_be(folder: Path, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "t.duckdb"
    if kind == "folder":
        target.mkdir()
    elif kind == "junk":
        target.write_bytes(JUNK)
    else:
        target = Path("/dev/null/x.duckdb") if kind == "device" else tmp_path / "none" / "t.duckdb"
    result = build(folder, target=target)
    assert result.returncode == 2, result.stderr
    assert len(told(result)) == 1
    assert kind != "junk" or target.read_bytes() == JUNK


@pytest.mark.parametrize("kind", ["a file", "a device", "junk in it"])
def test_a_cache_that_is_none(folder: Path, tmp_path: Path, kind: str) -> None:
    cache = tmp_path / "cache"
    if kind == "a file":
        cache.write_text("no folder")
    elif kind == "junk in it":
        assert build(folder, environment={"XDG_CACHE_HOME": str(cache)}).returncode == 0
        entries = [path for path in cache.rglob("*") if path.is_file()]
        assert entries
        for path in entries:
            path.write_bytes(JUNK)
    home = "/dev/null" if kind == "a device" else str(cache)
    result = build(folder, environment={"XDG_CACHE_HOME": home})
    assert (result.returncode, told(result)) == (0, [])
    assert sources(tmp_path / "c.duckdb") == ["good.txt"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_build_leaves_everything_as_it_was(folder: Path, tmp_path: Path, jobs: str) -> None:
    target, before = built(folder)
    for n in range(400):
        (folder / f"f{n}.txt").write_text(f"{n} " + GOOD * 40)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-m", "regesta", "build", str(folder), "-o", str(target), "--jobs", jobs]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "TMPDIR": str(scratch)},
    )  # fmt: skip
    while process.poll() is None and not list(scratch.glob("*/*.jsonl")):
        time.sleep(0.01)  # until rows are written
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130, said
    assert "Traceback" not in said, said
    assert "interrupted" in said
    assert target.read_bytes() == before
    assert list(scratch.iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"in", "c.duckdb", "scratch"}
