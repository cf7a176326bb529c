"""The key of a project: made once, closed to others, never taken for one where it is none."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from regesta.cli import main
from regesta.errors import ProjectError
from regesta.protection.key import KEY_FILE, ignore_key, key_path, read_key

needs_modes = pytest.mark.skipif(os.name != "posix", reason="the system has no modes of files")


def test_a_key_is_made_once_and_stays(tmp_path: Path) -> None:
    first = read_key(tmp_path)
    assert len(first) == 32
    assert read_key(tmp_path) == first == (tmp_path / KEY_FILE).read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {KEY_FILE, ".gitignore"}  # nothing is left beside it


def test_two_projects_have_two_keys(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert read_key(tmp_path / "a") != read_key(tmp_path / "b")


def test_many_at_once_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: read_key(tmp_path), range(32)))
    assert len(keys) == 1


@needs_modes
def test_a_new_key_is_closed_to_others_whatever_the_mask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        read_key(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


@needs_modes
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    read_key(tmp_path)
    (tmp_path / KEY_FILE).chmod(mode)
    with pytest.raises(ProjectError, match="chmod 600"):
        read_key(tmp_path)


@pytest.mark.parametrize("data", [b"", b"x" * 31, b"x" * 33, b"x" * 100_000])
def test_what_has_not_the_length_is_no_key(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / KEY_FILE
    path.write_bytes(data)
    path.chmod(0o600)
    with pytest.raises(ProjectError, match="is no key"):
        read_key(tmp_path)
    assert path.read_bytes() == data  # it is not written over


def test_a_folder_is_no_key(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).mkdir()
    with pytest.raises(ProjectError, match="cannot be read"):
        read_key(tmp_path)


def test_without_a_project_the_key_is_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    key = read_key(None)
    assert key_path(None) == tmp_path / "share" / "regesta" / KEY_FILE
    assert key_path(None).read_bytes() == key
    assert not (tmp_path / "share" / "regesta" / ".gitignore").exists()


@pytest.mark.parametrize(
    ("before", "adds"),
    [
        (None, True), (b"", True), (b"*.tmp", True), (b"*.tmp\n", True),
        (b"protection.key\n", False), (b"/protection.key\r\n", False), (b"# protection.key\n", True),
    ],
)  # fmt: skip
def test_git_is_told_to_leave_it_alone(tmp_path: Path, before: bytes | None, adds: bool) -> None:
    path = tmp_path / ".gitignore"
    if before is not None:
        path.write_bytes(before)
    assert ignore_key(tmp_path) is adds
    lines = path.read_bytes().splitlines()
    assert b"protection.key" in {line.lstrip(b"/") for line in lines}
    assert path.read_bytes().startswith(before or b"")
    assert not ignore_key(tmp_path)


def test_a_new_project_names_it_before_there_is_one(tmp_path: Path) -> None:
    assert not main(["init", str(tmp_path / "register")])
    assert "protection.key" in (tmp_path / "register" / ".gitignore").read_text("utf-8")
    assert not (tmp_path / "register" / KEY_FILE).exists()
