"""What nobody used for long is removed from the user's cache by the next build, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

import regesta
from regesta.project import cache_folder, forget_unused

DAY = 86_400


def used(path: Path, days: int) -> Path:
    """Make a file that was last used so many days ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, times=(time.time() - days * DAY,) * 2)
    return path


def test_a_build_removes_what_is_unused_and_keeps_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    old = [used(cache_folder() / name, 91) for name in ("extractions/ab/cd", "shelves/a.sqlite", "log/a.log")]
    young = used(cache_folder() / "extractions" / "ab" / "ef", 89)
    (tmp_path / "a.txt").write_text("Ana Ruiz arrived in Lisbon in 1961.", "utf-8")
    regesta.build([tmp_path / "a.txt"], output=tmp_path / "a.duckdb").close()
    assert not any(path.exists() for path in old)
    assert young.exists()


def test_what_was_read_lately_stays_though_it_was_written_long_ago(tmp_path: Path) -> None:
    entry = used(tmp_path / "ab" / "cd", 200)
    os.utime(entry, times=(time.time(), time.time() - 200 * DAY))
    assert forget_unused(tmp_path) == 0
    assert entry.exists()


def test_all_is_gone_through_once_a_day(tmp_path: Path) -> None:
    assert forget_unused(tmp_path) == 0
    used(tmp_path / "ab", 91)
    assert forget_unused(tmp_path) == 0
    assert forget_unused(tmp_path, now=time.time() + DAY + 1) == 1


def test_a_link_is_removed_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    kept = used(tmp_path / "elsewhere" / "a.txt", 91)
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / "link").symlink_to(kept)
    (folder / "folder").symlink_to(kept.parent)
    forget_unused(folder, now=time.time() + 91 * DAY)
    assert kept.exists()


def test_a_folder_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    assert forget_unused(tmp_path / "none") == 0
