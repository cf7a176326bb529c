"""Putting a source into a project, whole or not at all.

    bytes ──► sources/.regesta-….part ──linked under a free name──► sources/page.html
    what is known of it ──► a new sources.toml beside the old ──replaces it──► sources.toml

No file is written over, and one that is killed half way leaves at most a hidden `.part`. Where the description cannot be
written, the file goes again. Tables that a person wrote stay as they are, comments and all. Nothing here knows where sources
come from.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regesta.cli.toml import quoted, table
from regesta.errors import ProjectError
from regesta.project import SOURCES_FILE
from regesta.replacing import mark, sweep

if TYPE_CHECKING:
    from regesta.erasure import Erased

__all__ = ["Keeper"]

_PREFIX = ".regesta-"
"""Of files that are not whole yet."""


class Keeper:
    """The folder of a project's sources, for one who adds to it."""

    def __init__(self, folder: Path, erased: Erased | None = None) -> None:
        self.folder = folder
        sweep(folder, _PREFIX)
        self._erased = erased
        """What was erased in this project: it is not to come back with a title, an address or a name of a file."""

    def cleaned(self, said: Mapping[str, str]) -> dict[str, str]:
        """Return what is said of a file without what was erased."""
        if self._erased is None:
            return dict(said)
        return {key: self._erased.mask(value) for key, value in said.items()}

    def notes(self) -> dict[str, dict[str, Any]]:
        """Return the tables of `sources.toml` by file; raises `ProjectError` where it is ill-formed."""
        return _tables(self._text(), self._file)

    def keep(
        self, name: str, data: bytes, said: Mapping[str, str], fetched: Mapping[str, str] | None = None
    ) -> Path:
        """Keep a file under a name that is free, `name` if may be, with its description, and return where it is."""
        if self._erased is not None:
            from regesta.erasure import mask_source
            from regesta.model import Source

            name = mask_source(self._erased, Source(name=name)).name
        with self._alone():
            taken = self.notes()
            beside = self._beside(data)
            try:
                path = self._place(beside, name, taken)
            finally:
                beside.unlink(missing_ok=True)
            try:
                self._describe(path.name, said, fetched)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
        return path

    def describe(self, name: str, said: Mapping[str, str], fetched: Mapping[str, str] | None = None) -> bool:
        """Write what is known of a file, unless a table tells of it already; return whether it was written."""
        with self._alone():
            if name in self.notes():
                return False
            self._describe(name, said, fetched)
            return bool(said or fetched)

    @property
    def _file(self) -> Path:
        return self.folder / SOURCES_FILE

    def _text(self) -> str:
        try:
            return self._file.read_text("utf-8")
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError as error:
            raise ProjectError("is no UTF-8", where=str(self._file)) from error
        except OSError as error:
            raise _failed(self._file, error) from error

    def _beside(self, data: bytes) -> Path:
        """Write a hidden file beside the sources and return it."""
        try:
            with tempfile.NamedTemporaryFile(
                dir=self.folder, prefix=f"{_PREFIX}{mark()}.", suffix=".part", delete=False
            ) as file:
                try:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                    os.chmod(file.name, 0o666 & ~_mask())  # noqa: PTH101 - the file's own method is not everywhere
                except BaseException:
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except OSError as error:
            raise _failed(self.folder, error) from error
        return Path(file.name)

    def _place(self, beside: Path, name: str, taken: Mapping[str, object]) -> Path:
        """Give a file its name, or the next one that nobody has: `page-2.html`."""
        first = self.folder / name
        stem, ending = (
            (name[: -len(e)], e)
            if (e := "".join(first.suffixes[-2:])) in (".tar.gz", ".warc.gz")
            else (first.stem, first.suffix)
        )
        number = 1
        while True:
            path = first if number == 1 else self.folder / f"{stem}-{number}{ending}"
            number += 1
            if path.name in taken or path.exists():
                continue
            try:
                os.link(beside, path)
            except FileExistsError:
                continue
            except OSError:  # a file system without links
                try:
                    with path.open("xb"):
                        pass
                    beside.replace(path)
                except FileExistsError:
                    continue
                except OSError as error:
                    raise _failed(path, error) from error
            return path

    def _describe(self, name: str, said: Mapping[str, str], fetched: Mapping[str, str] | None) -> None:
        """Add a table to `sources.toml`."""
        if not said and not fetched:
            return
        before = self._text()
        gap = "" if not before or before.endswith("\n\n") else "\n" if before.endswith("\n") else "\n\n"
        entry = table(name, said)
        if fetched:
            entry += (
                f"fetched = {{ {', '.join(f'{key} = {quoted(value)}' for key, value in fetched.items())} }}\n"
            )
        after = before + gap + entry
        _tables(after, self._file)  # what is written can be read
        beside = self._beside(after.encode())
        try:
            beside.replace(self._file.resolve())
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise _failed(self._file, error) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one process at a time add to the folder, where the system can."""
        try:
            import fcntl
        except ImportError:  # not on Windows
            yield
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.folder, os.O_RDONLY)
        except OSError as error:
            raise _failed(self.folder, error) from error
        try:
            with suppress(OSError):  # a file system without locks
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _tables(text: str, path: Path) -> dict[str, dict[str, Any]]:
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(
            f"cannot be read as TOML ({error})", where=str(path), hint="mend it before anything is added"
        ) from error
    return {name: entry for name, entry in found.items() if isinstance(entry, dict)}


def _mask() -> int:
    """Return what the user's files leave out of their permissions."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _failed(path: Path, error: OSError) -> ProjectError:
    return ProjectError(f"cannot be written ({(error.strerror or str(error)).lower()})", where=str(path))
