"""What `regesta doctor` says of disks and rights, held against trees of `/proc` and `/sys` written by hand."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from regesta.cli import main
from regesta.cli.disk import encryption_of, free_of, open_to_others
from regesta.project import find_project

MOUNTS = """\
22 1 {device} / {at} rw,relatime shared:1 - {kind} {source} rw
23 22 0:21 / /proc rw,relatime - proc proc rw
"""


def linux(
    root: Path, at: Path, device: str = "253:0", kind: str = "ext4", source: str = "/dev/mapper/home"
) -> Path:
    """A Linux whose folder `at` is mounted from a device."""
    (root / "proc/self").mkdir(parents=True)
    place = str(at).replace(" ", "\\040")
    (root / "proc/self/mountinfo").write_text(
        MOUNTS.format(device=device, at=place, kind=kind, source=source), "utf-8"
    )
    return root


def block(
    root: Path, name: str, number: str, *, uuid: str | None = None, made_of: tuple[str, ...] = ()
) -> None:
    device = root / "sys/devices" / name
    (device / "slaves").mkdir(parents=True)
    if uuid is not None:
        (device / "dm").mkdir()
        (device / "dm/uuid").write_text(uuid + "\n", "utf-8")
    for other in made_of:
        (device / "slaves" / other).symlink_to(root / "sys/devices" / other)
    for kind, link in (("dev/block", number), ("class/block", name)):
        (root / "sys" / kind).mkdir(parents=True, exist_ok=True)
        (root / "sys" / kind / link).symlink_to(device)


pytestmark = pytest.mark.skipif(os.name != "posix", reason="links and rights of POSIX")


def test_a_volume_on_luks_is_encrypted(tmp_path: Path) -> None:
    root = linux(tmp_path / "root", tmp_path)
    block(root, "sda2", "8:2")
    block(root, "dm-0", "253:1", uuid="CRYPT-LUKS2-0f0f-luks", made_of=("sda2",))
    block(root, "dm-1", "253:0", uuid="LVM-abc", made_of=("dm-0",))
    assert encryption_of(tmp_path, system="Linux", root=root) == ("encrypted", "dm-crypt (LUKS2)")


def test_a_bare_partition_is_not_seen_to_be(tmp_path: Path) -> None:
    root = linux(tmp_path / "root", tmp_path, "8:2", source="/dev/sda2")
    block(root, "sda2", "8:2")
    told = encryption_of(tmp_path, system="Linux", root=root)
    assert told.verdict == "not seen"
    assert "/dev/sda2" in told.how


def test_btrfs_has_the_device_of_its_source(tmp_path: Path) -> None:
    root = linux(tmp_path / "root", tmp_path, "0:33", kind="btrfs", source="/dev/dm-0")
    block(root, "dm-0", "253:0", uuid="CRYPT-PLAIN-x")
    assert encryption_of(tmp_path, system="Linux", root=root) == ("encrypted", "dm-crypt (PLAIN)")


@pytest.mark.parametrize(
    ("kind", "device", "source", "verdict"),
    [
        ("fuse.gocryptfs", "0:50", "/home/ada/.x", "encrypted"),
        ("nfs4", "0:51", "server:/x", "cannot tell"),
        ("ext4", "254:0", "/dev/vda", "cannot tell"),
        ("f2fs", "259:9", "/dev/none", "cannot tell"),
    ],
)
def test_what_cannot_be_told_is_said(
    tmp_path: Path, kind: str, device: str, source: str, verdict: str
) -> None:
    root = linux(tmp_path / "root", tmp_path, device, kind, source)
    block(root, "vda", "254:0")
    assert encryption_of(tmp_path, system="Linux", root=root).verdict == verdict


def test_the_nearest_place_counts_and_names_may_hold_spaces(tmp_path: Path) -> None:
    inner = tmp_path / "my papers" / "register"
    inner.mkdir(parents=True)
    root = linux(tmp_path / "root", inner.parent)
    with (root / "proc/self/mountinfo").open("a", encoding="utf-8") as file:
        file.write(f"30 1 8:1 / {tmp_path} rw - ext4 /dev/sda1 rw\n")
    block(root, "sda1", "8:1")
    block(root, "dm-0", "253:0", uuid="CRYPT-LUKS1-x")
    assert encryption_of(inner, system="Linux", root=root).verdict == "encrypted"
    assert encryption_of(tmp_path, system="Linux", root=root).verdict == "not seen"


def test_a_linux_that_tells_nothing(tmp_path: Path) -> None:
    assert encryption_of(tmp_path, system="Linux", root=tmp_path).verdict == "cannot tell"


@pytest.mark.parametrize(
    ("system", "said", "verdict"),
    [
        ("Darwin", "FileVault is On.\n", "encrypted"),
        ("Darwin", "FileVault is Off.\n", "not seen"),
        ("Darwin", None, "cannot tell"),
        ("Windows", "1\r\n", "encrypted"),
        ("Windows", "2\r\n", "not seen"),
        ("Windows", "0\r\n", "cannot tell"),
        ("Windows", None, "cannot tell"),
    ],
)
def test_other_systems_are_asked(tmp_path: Path, system: str, said: str | None, verdict: str) -> None:
    asked: list[list[str]] = []

    def answer(command: list[str]) -> str | None:
        asked.append(command)
        return said

    assert encryption_of(tmp_path, system=system, asked=answer).verdict == verdict
    assert [command[0] for command in asked] == [{"Darwin": "fdesetup", "Windows": "powershell"}[system]]


def test_free_disk_of_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    assert (free_of(tmp_path / "a" / "b") or 0) > 0


@pytest.fixture
def register() -> Iterator[Path]:
    """A project that others can reach; the folders of pytest are closed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        (root / "sources").mkdir()
        _fill(root)
        yield root


def _fill(root: Path) -> None:
    for name in ("regesta.toml", "chronicle.duckdb", "decisions.jsonl", "protection.key"):
        (root / name).write_bytes(b"")
        (root / name).chmod(0o600)
    for folder in (root, root / "sources"):
        folder.chmod(0o755)


def test_who_may_read_is_told(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = find_project(register)
    above = {path for path in register.parents if not path.stat().st_mode & 0o001}
    if above:
        pytest.skip(f"{above.pop()} is closed to others, and all below it")
    assert open_to_others(project, register / "protection.key") == [register / "sources"]
    (register / "decisions.jsonl").chmod(0o644)
    (register / "protection.key").chmod(0o604)
    found = open_to_others(project, register / "protection.key")
    assert found == [register / "protection.key", register / "decisions.jsonl", register / "sources"]
    monkeypatch.chdir(register)
    assert main(["doctor"]) == 1


def test_a_closed_folder_closes_what_is_in_it(register: Path) -> None:
    register.chmod(0o700)
    assert open_to_others(find_project(register), register / "protection.key") == []


def test_the_command_tells_programs_all_of_it(
    register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    register.chmod(0o700)
    monkeypatch.chdir(register)
    assert main(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["encryption"]["verdict"] in ("encrypted", "not seen", "cannot tell")
    assert told["open_to_others"] == []
    assert all(told["free_bytes"].values())
    assert told["sqlite"]
    assert main(["doctor"]) == 0
    assert "nobody else on this machine may read the project" in capsys.readouterr().out


def test_an_old_java_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho 'openjdk 11.0.2 2019-01-15'\n", "utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["doctor"]) == 0
    assert "openjdk 11.0.2 2019-01-15: too old, Spark wants 17" in capsys.readouterr().out
