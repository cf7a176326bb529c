"""What keeps a project from other eyes: whether its disk is encrypted, and who on this machine may read its files.

    Linux     /proc/self/mountinfo ──► the device of the folder ──► /sys/dev/block: is dm-crypt (LUKS) below it?
    macOS     fdesetup status                                       FileVault
    Windows   the shell's own word on the volume                    BitLocker

What encrypts by itself, such as some disks or the host of a virtual machine, is seen from nowhere: then the answer is that nothing
was seen, or that it cannot be told, and never that all is well. Nothing here is changed.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal, NamedTuple

from regesta.project import Project

__all__ = ["Encryption", "encryption_of", "free_of", "open_to_others"]

_STACKED: Final = ("fuse.gocryptfs", "fuse.cryfs", "fuse.encfs", "ecryptfs", "fuse.securefs")
"""File systems that encrypt each file; the names are those of mount(8)."""
_ELSEWHERE: Final = ("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "overlay", "zfs", "virtiofs", "tmpfs")
"""File systems whose device is not of this machine, or not told by it."""
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")
_POWERSHELL: Final = "(New-Object -ComObject Shell.Application).NameSpace('{}').Self.ExtendedProperty('System.Volume.BitLockerProtection')"


class Encryption(NamedTuple):
    """What could be told of the disk below a folder."""

    verdict: Literal["encrypted", "not seen", "cannot tell"]
    how: str
    """What was seen, in a few words."""


def free_of(folder: Path) -> int | None:
    """Return the free bytes of the disk that a folder is on, or will be; None where that is not told."""
    for one in (folder.absolute(), *folder.absolute().parents):
        try:
            return shutil.disk_usage(one).free
        except FileNotFoundError:
            continue
        except OSError:
            break
    return None


def encryption_of(
    folder: Path,
    *,
    system: str = platform.system(),
    root: Path = Path("/"),
    asked: Callable[[list[str]], str | None] | None = None,
) -> Encryption:
    """Return whether the disk of a folder is encrypted, as far as the system tells.

    `root` is where the folders `proc` and `sys` of a Linux are; `asked` runs a program and returns what it says, None where it cannot.

    >>> encryption_of(Path("/"), system="Plan 9").verdict
    'cannot tell'
    """
    ask = asked or _asked
    if system == "Linux":
        return _of_linux(folder, root)
    if system == "Darwin":
        said = ask(["fdesetup", "status"]) or ""
        if "FileVault is On" in said:
            return Encryption("encrypted", "FileVault is on")
        if "FileVault is Off" in said:
            return Encryption("not seen", "FileVault is off; System Settings, Privacy & Security turns it on")
    if system == "Windows":
        drive = folder.absolute().drive or "C:"
        said = (ask(["powershell", "-NoProfile", "-Command", _POWERSHELL.format(drive)]) or "").strip()
        if said in {"1", "3", "5"}:  # on, being encrypted, paused
            return Encryption("encrypted", f"BitLocker protects {drive}")
        if said == "2":
            return Encryption("not seen", f"BitLocker is off for {drive}; the Control Panel turns it on")
    return Encryption("cannot tell", "the system does not say")


def _of_linux(folder: Path, root: Path) -> Encryption:
    try:
        lines = (root / "proc/self/mountinfo").read_text("utf-8", "surrogateescape").splitlines()
        device, kind, source = _mounted(folder.resolve(), lines)
    except (OSError, ValueError):
        return Encryption("cannot tell", "the system does not say what is mounted")
    if kind in _STACKED:
        return Encryption("encrypted", f"{kind.removeprefix('fuse.')}, file by file")
    if kind in _ELSEWHERE:
        return Encryption("cannot tell", f"{kind}: what is below it is not of this system")
    blocks = root / "sys/dev/block"
    found = blocks / device
    if not found.exists():  # btrfs and others have a device of their own: that of their source is asked
        named = root / "sys/class/block" / Path(source).name
        if not named.exists():
            return Encryption("cannot tell", f"{kind} on {source}: no such device is told of")
        found = named
    below = list(_below(found, 0))
    for one in below:
        if (uuid := _read(one / "dm/uuid")).startswith("CRYPT-"):
            return Encryption("encrypted", f"dm-crypt ({uuid.split('-')[1]})")
    names = [one.resolve().name for one in below]
    if any(name.startswith(("vd", "xvd")) for name in names):
        return Encryption("cannot tell", f"a virtual disk ({names[-1]}): its host may encrypt it")
    return Encryption(
        "not seen", f"no dm-crypt below {source}; a disk that encrypts by itself does not say so"
    )


def _mounted(path: Path, lines: list[str]) -> tuple[str, str, str]:
    """Return the device, kind and source of what a path is mounted on: the longest place, the last of two; see proc(5)."""
    best: tuple[int, tuple[str, str, str]] | None = None
    for line in lines:
        first, _, last = line.partition(" - ")
        fields, (kind, source, *_) = first.split(" "), last.split(" ")
        place = Path(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), fields[4]))
        if path.is_relative_to(place) and (best is None or len(place.parts) >= best[0]):
            best = len(place.parts), (fields[2], kind, source)
    if best is None:
        raise ValueError(path)
    return best[1]


def _below(device: Path, depth: int) -> Iterator[Path]:
    """Yield a device and those that it is made of, as a volume of LVM on LUKS; a partition is of its disk."""
    yield device
    slaves = device / "slaves"
    if depth < 8 and slaves.is_dir():
        for slave in sorted(slaves.iterdir()):
            yield from _below(slave, depth + 1)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _asked(command: list[str]) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603 - fixed words
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return None
    return done.stdout


def open_to_others(project: Project, key: Path) -> list[Path] | None:
    """Return what of a project anybody on this machine may read: chronicle, key, decisions, sources; None where it is not told.

    A file is open where its own rights and those of all folders above it let everybody through (path_resolution(7)).
    """
    if os.name != "posix":
        return None
    root = project.root
    kept = ("decisions.jsonl", "identities.jsonl", "tombstones.jsonl", "canaries.txt")
    asked = [key, project.chronicle, *(root / name for name in kept), project.sources]
    return [path for path in asked if path.exists() and _is_open(path.resolve())]


def _is_open(path: Path) -> bool:
    try:
        wanted = stat.S_IROTH | (stat.S_IXOTH if path.is_dir() else 0)
        if path.stat().st_mode & wanted != wanted:
            return False
        return all(above.stat().st_mode & stat.S_IXOTH for above in path.parents)
    except OSError:
        return False
