"""The key of a project: 32 random bytes that only its keepers have.

    my-register/protection.key    made when first asked for, mode 0600, never exported and never packed

Names of people in an edition, and what was erased, are known to the program by a hash. A hash without a key can be looked up
by trying names; one with a key cannot, as long as nobody else has the key. Who loses it loses nothing that was read: the next
key gives other pseudonyms, and what was erased has to be erased again. Here alone the file is read and made. Nothing here
hashes anything.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from regesta.errors import ProjectError
from regesta.replacing import beside

__all__ = ["KEY_FILE", "LENGTH", "ignore_key", "key_path", "read_key"]

KEY_FILE: Final = "protection.key"
"""Beside `regesta.toml`."""

LENGTH: Final = 32
"""Bytes of a key: as many as SHA-256 gives, so that HMAC (RFC 2104) is as strong as it can be."""


def key_path(root: Path | None) -> Path:
    """Return where the key of a project is, or that of the user where `root` is None; need not exist.

    >>> key_path(Path("/srv/register")).as_posix()
    '/srv/register/protection.key'
    """
    if root is not None:
        return root / KEY_FILE
    base = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (base if base.is_absolute() else Path.home() / ".local" / "share") / "regesta" / KEY_FILE


def read_key(root: Path | None) -> bytes:
    """Return the key of a project, or that of the user where `root` is None; it is made where there is none.

    Raises `ProjectError` where the file is no key, where others may read it, or where none can be made.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     first, second = read_key(Path(folder)), read_key(Path(folder))
    >>> first == second, len(first)
    (True, 32)
    """
    path = key_path(root)
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _failed(path, "cannot be read", error) from error
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _make(path)
        if root is not None:
            ignore_key(root)
        return _read(path)
    except OSError as error:
        raise _failed(path, "cannot be made", error) from error


def ignore_key(root: Path) -> bool:
    """Name the key in the project's `.gitignore`, made where there is none; return whether a line was added.

    Raises `OSError` where it cannot be written.
    """
    path = root / ".gitignore"
    try:
        before = path.read_bytes()
    except FileNotFoundError:
        before = b""
    named = {line.strip().lstrip(b"/") for line in before.splitlines()}
    if KEY_FILE.encode() in named:
        return False
    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    with path.open("ab") as file:
        file.write(
            gap + b"# whoever has it can try names against what is withheld\n" + KEY_FILE.encode() + b"\n"
        )
    return True


def _read(path: Path) -> bytes:
    """Return the bytes of a key file; raises `FileNotFoundError` where there is none."""
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        data = file.read(LENGTH + 1)
    if not stat.S_ISREG(status.st_mode):
        raise ProjectError("is no file", where=str(path))
    if len(data) != LENGTH:
        raise ProjectError(
            f"is no key: it should have {LENGTH} bytes", where=str(path), found=status.st_size,
            hint="take it back from where it is kept safe; a new one, made when the file is gone, gives other pseudonyms",
        )  # fmt: skip
    if os.name == "posix" and status.st_mode & 0o077:
        raise ProjectError(
            "others may read the key", where=str(path), found=stat.filemode(status.st_mode),
            hint=f"close it with: chmod 600 {path}; if somebody may have read it, remove it: the next one is new",
        )  # fmt: skip
    return data


def _make(path: Path) -> None:
    """Put a new key in its place, whole or not at all; one that somebody else made meanwhile stays."""
    new = beside(path)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            try:
                os.link(new, path)
            except FileExistsError:
                raise
            except OSError:  # a file system without links
                if not path.exists():
                    new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _failed(path: Path, problem: str, error: OSError) -> ProjectError:
    return ProjectError(f"{problem} ({(error.strerror or 'unreadable').lower()})", where=str(path))
