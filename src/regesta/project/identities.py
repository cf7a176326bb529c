"""The ledger of identities, `identities.jsonl`: read before a build, written after it.

    {"id":"e-1f0c...","anchor":"fm-92ab...","redirect":null}

One line for each mention that bears an id, and one for each id that was merged into another. A build adds lines and never
takes any out, so the file goes well under version control. What the lines mean is the business of `resolution`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from regesta.errors import ProjectError
from regesta.model import Identity
from regesta.replacing import write_whole

__all__ = ["LEDGER", "read_ledger", "write_ledger"]

LEDGER = "identities.jsonl"
"""Beside `regesta.toml`."""


def read_ledger(path: Path) -> tuple[Identity, ...]:
    """Return the lines of a ledger, none where there is no file; raises `ProjectError` with the line that is none."""
    import msgspec

    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ProjectError(f"cannot be read: {error.strerror}", where=str(path)) from error
    decoder = msgspec.json.Decoder(Identity)
    found = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            try:
                found.append(decoder.decode(line))
            except msgspec.MsgspecError as error:
                raise ProjectError(
                    f"line {number} is no identity: {error}",
                    where=str(path),
                    hint="mend the line, or take the file back from version control",
                ) from error
    return tuple(found)


def write_ledger(path: Path, lines: Iterable[Identity]) -> None:
    """Replace a ledger by these lines, at once or not at all."""
    import msgspec

    data = msgspec.json.Encoder().encode_lines(list(lines))
    try:
        write_whole(path, data)
    except OSError as error:
        raise ProjectError(f"cannot be written: {error.strerror}", where=str(path)) from error
