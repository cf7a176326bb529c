"""A project handed over in one file is the same project; an archive that is not what it says makes nothing."""

from __future__ import annotations

import json
import os
import shutil
import stat
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import regesta
from regesta.cli import main
from regesta.errors import ProjectError
from regesta.export import export
from regesta.parcel import MANIFEST, contents_of, pack_project, unpack_project
from regesta.parcel.unpacking import is_safe
from regesta.pipeline import rebuild
from regesta.project import find_project

REGISTER = """# Those who came

- Piet Hansma, miller, left Harlingen and arrived in Lowestoft on 3 May 1831.
- Grietje Hansma, his sister, arrived in Lowestoft in June 1831.
- P. Hansma died in Norwich on 9 October 1870.
"""
PAPER = "The miller Piet Hansma came to Lowestoft on 4 May 1831.\n"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A built project with all that a project may have."""
    root = tmp_path / "register"
    (root / "sources" / "päper").mkdir(parents=True)
    (root / "regesta.toml").write_text('title = "Millers"\n', "utf-8")
    (root / "sources" / "register.md").write_text(REGISTER, "utf-8")
    (root / "sources" / "päper" / "1831 ☃.txt").write_text(PAPER, "utf-8")
    (root / "sources" / "map.jpg").write_bytes(b"\xff\xd8 no reader")
    (root / "sources" / ".hidden").write_text("not a source", "utf-8")
    (root / "sources.toml").write_text('["register.md"]\ndate = "1871"\n', "utf-8")
    (root / "packs" / "mine").mkdir(parents=True)
    (root / "notes.txt").write_text("not of the project", "utf-8")
    built(root)
    return root


def built(root: Path) -> Path:
    before = Path.cwd()
    os.chdir(root)
    try:
        rebuild(jobs=1, cache=False)
    finally:
        os.chdir(before)
    return root / "chronicle.duckdb"


def packed(root: Path, name: str = "p.zip", **options: bool) -> Path:
    return pack_project(contents_of(find_project(root), **options), root.parent / name).path


def exported(chronicle: Path, folder: Path) -> dict[str, bytes]:
    with regesta.open(chronicle) as opened:
        paths = export(opened, "jsonl", folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def test_a_copy_is_the_same_project_and_builds_the_same_exports(register: Path, tmp_path: Path) -> None:
    archive = packed(register)
    copy = unpack_project(archive, tmp_path / "copy").path
    files = {p.relative_to(copy).as_posix(): p.read_bytes() for p in copy.rglob("*") if p.is_file()}
    assert set(files) == {
        "regesta.toml", "sources.toml", "identities.jsonl", "sources/register.md", "sources/päper/1831 ☃.txt",
        "sources/map.jpg",
    }  # fmt: skip
    assert all(files[name] == (register / name).read_bytes() for name in files)
    first = exported(register / "chronicle.duckdb", tmp_path / "x1")
    assert exported(built(copy), tmp_path / "x2") == first
    assert any(b"Hansma" in data for data in first.values())


def test_decisions_and_packs_go_along(register: Path) -> None:
    (register / "decisions.jsonl").write_text("", "utf-8")
    (register / "packs" / "mine" / "roles.toml").write_text("", "utf-8")
    for name in ("policy.toml", "weights.toml", "canaries.txt"):
        (register / name).write_text("# mine\n", "utf-8")
    names = set(zipfile.ZipFile(packed(register)).namelist())
    assert {
        "decisions.jsonl",
        "packs/mine/roles.toml",
        "policy.toml",
        "weights.toml",
        "canaries.txt",
    } <= names


def test_the_same_project_gives_the_same_bytes(register: Path, tmp_path: Path) -> None:
    first = packed(register).read_bytes()
    moved = tmp_path / "moved"
    shutil.copytree(register, moved)
    for path in moved.rglob("*"):
        os.utime(path, (1, 1))
    assert packed(moved, "q.zip").read_bytes() == first
    copy = unpack_project(tmp_path / "p.zip", tmp_path / "copy").path
    assert packed(copy, "r.zip").read_bytes() == first


def test_the_key_and_the_chronicle_stay_unless_asked_for(register: Path, tmp_path: Path) -> None:
    (register / "protection.key").write_bytes(bytes(range(32)))
    names = zipfile.ZipFile(packed(register)).namelist()
    assert not {"protection.key", "chronicle.duckdb"} & set(names)
    whole = unpack_project(packed(register, with_key=True, with_chronicle=True), tmp_path / "copy").path
    assert (whole / "protection.key").read_bytes() == bytes(range(32))
    assert (whole / "chronicle.duckdb").read_bytes() == (register / "chronicle.duckdb").read_bytes()
    if os.name == "posix":
        assert stat.S_IMODE((whole / "protection.key").stat().st_mode) == 0o600
        assert stat.S_IMODE(whole.stat().st_mode) == 0o700


def test_what_was_erased_here_is_not_handed_on_unknown(register: Path) -> None:
    (register / "tombstones.jsonl").write_text("{}\n", "utf-8")
    (register / "protection.key").write_bytes(bytes(32))
    with pytest.raises(ProjectError, match="something was erased here"):
        packed(register)
    assert "tombstones.jsonl" in zipfile.ZipFile(packed(register, with_key=True)).namelist()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('sources = "../elsewhere"', "the sources lie outside"),
        ('sources = "."', "whole folder"),
        ('[decisions]\nurl = "postgresql://ada@db.example/r"', "in a database"),
    ],
)
def test_what_lies_elsewhere_is_told(register: Path, settings: str, message: str) -> None:
    (register / "regesta.toml").write_text(settings, "utf-8")
    with pytest.raises(ProjectError, match=message):
        packed(register)


def test_a_folder_without_a_project_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no project here"):
        contents_of(find_project(tmp_path))


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
def test_links_are_packed_as_what_they_lead_to(register: Path, tmp_path: Path) -> None:
    (tmp_path / "far.txt").write_text(PAPER, "utf-8")
    (register / "sources" / "linked.txt").symlink_to(tmp_path / "far.txt")
    (register / "sources" / "round").symlink_to(register / "sources")
    (register / "sources" / "lost.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(register / "sources" / "pipe.txt")
    contents = contents_of(find_project(register))
    assert {one.name for one in contents.left} == {"sources/lost.txt", "sources/pipe.txt"}
    assert contents.n_linked == 1
    copy = unpack_project(packed(register), tmp_path / "copy").path
    assert (copy / "sources" / "linked.txt").read_text("utf-8") == PAPER
    assert not (copy / "sources" / "linked.txt").is_symlink()


Change = Callable[[dict[str, bytes]], None]


def listed(files: dict[str, bytes]) -> bytes:
    import hashlib

    told = {n: {"sha256": hashlib.sha256(d).hexdigest(), "size": len(d)} for n, d in files.items()}
    return json.dumps({"regesta_pack": 1, "regesta_version": "0", "files": told}).encode()


def made(path: Path, files: dict[str, bytes], manifest: bytes | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.writestr(MANIFEST, listed(files) if manifest is None else manifest)
    return path


def refused(archive: Path, message: str) -> None:
    """It is told, and nothing is left anywhere."""
    before = sorted(str(p) for p in archive.parent.parent.rglob("*"))
    with pytest.raises(ProjectError, match=message):
        unpack_project(archive, archive.parent / "copy")
    assert sorted(str(p) for p in archive.parent.parent.rglob("*")) == before


@pytest.mark.parametrize(
    "name",
    ["../outside.txt", "/etc/outside.txt", "a/../../outside.txt", "a\\..\\b", "C:/b", "a//b", "./a", "a\nb"],
)
def test_no_name_leads_out(tmp_path: Path, name: str) -> None:
    refused(
        made(tmp_path / "a.zip", {"regesta.toml": b"", name: b"x"}), "lead elsewhere|no archive|other files"
    )


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_a_safe_name_stays_below(name: str) -> None:
    if is_safe(name):
        root = Path("/srv/copy")
        assert Path(os.path.normpath(root / name)).is_relative_to(root)
        assert Path(os.path.normpath(root / name)) != root


def test_a_link_is_refused(tmp_path: Path) -> None:
    files = {"regesta.toml": b"", "sources/a.txt": b"/etc/passwd"}
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16 if "a.txt" in name else 0
            archive.writestr(entry, data)
        archive.writestr(MANIFEST, listed(files))
    refused(path, "what is no file")


def test_more_bytes_than_listed_are_refused(tmp_path: Path) -> None:
    files = {"regesta.toml": b"", "sources/a.txt": b"0" * 5_000_000}
    manifest = listed(files).replace(b"5000000", b"10")
    refused(made(tmp_path / "a.zip", files, manifest), "not what the list says")


def test_a_bomb_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    files = {"regesta.toml": b"", "sources/a.txt": b"0"}
    manifest = listed(files).replace(b'"size": 1}', b'"size": 90000000000}')
    refused(made(tmp_path / "a.zip", files, manifest), "which no project of its size does")


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    files = {"regesta.toml": b"", "sources/a.txt": b"arrived in 1831"}
    manifest = listed(files)
    files["sources/a.txt"] = b"arrived in 1832"
    refused(made(tmp_path / "a.zip", files, manifest), "changed by somebody")


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        (b"", "no list of files"),
        (b"[" * 100_000, "no list of files"),
        (b'{"regesta_pack": 1}', "no list of files"),
        (b'{"regesta_pack": 1, "files": {"regesta.toml": {"sha256": "", "size": -1}}}', "no list of files"),
        (b'{"regesta_pack": 2, "files": {}}', "another version"),
        (b'{"regesta_pack": 1, "files": {}}', "other files"),
    ],
)
def test_a_bad_list_is_refused(tmp_path: Path, manifest: bytes, message: str) -> None:
    refused(made(tmp_path / "a.zip", {"regesta.toml": b""}, manifest), message)


def test_a_name_twice_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "a.zip", {"regesta.toml": b""})
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("regesta.toml", b'title = "other"')
    refused(path, "a name twice")


def test_what_is_no_project_is_refused(tmp_path: Path) -> None:
    refused(made(tmp_path / "a.zip", {"sources/a.txt": b""}), "holds no regesta.toml")
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 and so on")
    refused(tmp_path / "b.zip", "damaged")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("a.txt", b"")
    refused(tmp_path / "c.zip", "no archive of a project")


@given(data=st.data())
def test_a_damaged_archive_makes_the_same_project_or_none(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    files = {"regesta.toml": b"", "sources/a.txt": PAPER.encode() * 3}
    path = made(folder / "a.zip", files)
    octets = bytearray(path.read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(octets) - 1), min_size=1, max_size=4)):
        octets[at] = data.draw(st.integers(0, 255))
    path.write_bytes(octets)
    try:
        copy = unpack_project(path, folder / "copy").path
    except ProjectError:
        assert [p.name for p in folder.iterdir()] == ["a.zip"]
    else:
        there = {p.relative_to(copy).as_posix(): p.read_bytes() for p in copy.rglob("*") if p.is_file()}
        assert there == files


def test_a_folder_that_is_there_is_not_touched(tmp_path: Path) -> None:
    archive = made(tmp_path / "a.zip", {"regesta.toml": b""})
    (tmp_path / "copy").mkdir()
    unpack_project(archive, tmp_path / "copy")
    with pytest.raises(ProjectError, match="is there already"):
        unpack_project(archive, tmp_path / "copy")


def test_the_commands(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(register)
    assert main(["pack", "-o", str(tmp_path / "m.zip"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["files"], told["key"], told["left_out"]) == (6, False, [])
    monkeypatch.chdir(tmp_path)
    assert main(["unpack", "m.zip"]) == 0
    said = capsys.readouterr().out
    assert told["sha256"] in said
    assert (tmp_path / "m" / "regesta.toml").is_file()
    assert main(["unpack", "m.zip"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(["unpack", "none.zip"]) == 2
    assert "no such file" in capsys.readouterr().err
