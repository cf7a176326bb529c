"""Start `glyphs` as a process of its own and hear what it says, whatever becomes of it.

    bytes ─stdin─► glyphs ─stdout─► page 1, page 2, page 3 (crash)        ┐ the page that was being read is named,
                   glyphs ─stdout─►                        page 4, ...    ┘ a new process goes on behind it

A hostile file can crash, hang or bloat the library that reads it, but not the program that asked. The process watches its own
time, page by page, and the system its memory. Nothing here knows what stands on a page.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from regesta.errors import ReadError
from regesta.reading.pdf.bounds import Bounds

__all__ = ["NO_PDF", "Opened", "draw", "pages"]

_PROGRAM = Path(__file__).with_name("glyphs.py")
NO_PDF = "this is no PDF, or it is too broken to be opened"
_REASONS = {
    3: (NO_PDF, "open it in a viewer and save it again"),
    4: ("the PDF is encrypted and wants a password", "save it without a password"),
    5: ("the PDF is encrypted in a way that nobody here can read", "save it without encryption"),
}
Opened = dict[str, Any]


def pages(data: bytes, where: str, bounds: Bounds) -> Iterator[dict[str, Any]]:
    """Yield what the file says of itself, then what stands on each page; a page that cannot be read is `{"index", "failed"}`.

    Raises `ReadError` where the file cannot be opened or the library is not installed.
    """
    if importlib.util.find_spec("pypdfium2") is None:
        raise ReadError("reading PDF needs a library", where=where, hint="pip install 'regesta[pdf]'")
    first, failures, opened = 0, 0, False
    while True:
        asked = {
            "first": first,
            "last": bounds.pages - 1,
            "seconds": bounds.seconds,
            "memory": bounds.memory + 2 * len(data),
            "characters": bounds.page_characters,
        }
        n_pages = None
        with _process(data, asked) as said:
            for line in said:
                with suppress(ValueError):
                    heard = json.loads(line)
                    if "index" not in heard:
                        _complain(heard, where)
                        n_pages = heard["n_pages"]
                        if not opened:
                            opened = True
                            yield heard
                        continue
                    first = heard["index"] + 1
                    yield heard
        if n_pages is None:
            if not opened:
                raise ReadError(
                    "the PDF makes the library that reads it fail",
                    where=where,
                    hint="open it in a viewer and save it again",
                )
            return
        if first >= min(n_pages, bounds.pages):
            return
        failures += 1
        if failures > bounds.failures:
            for index in range(first, min(n_pages, bounds.pages)):
                yield {"index": index, "failed": True}
            return
        yield {"index": first, "failed": True}
        first += 1


def draw(
    data: bytes, only: list[int], resolution: int, bounds: Bounds
) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield each of the pages (from 0) as a picture: its measures, and its grey bytes row by row."""
    asked = {
        "only": only,
        "draw": resolution,
        "seconds": bounds.seconds,
        "first": 0,
        "last": 0,
        "characters": 0,
    }
    asked["memory"] = bounds.memory + 2 * len(data)
    with _process(data, asked) as said:
        for line in said:
            try:
                heard = json.loads(line)
            except ValueError:
                return
            if "columns" in heard:
                size = heard["columns"] * heard["rows"]
                pixels = said.read(size)
                if len(pixels) < size:
                    return
                yield heard, pixels


def _complain(heard: dict[str, Any], where: str) -> None:
    if "error" in heard:
        problem, hint = _REASONS.get(heard["error"], _REASONS[3])
        raise ReadError(problem, where=where, hint=hint)


@contextmanager
def _process(data: bytes, asked: dict[str, Any]) -> Iterator[IO[bytes]]:
    """Run the program on the bytes and give what it writes; it ends with the block."""
    arguments = [sys.executable, "-P", "-S", str(_PROGRAM), json.dumps(asked)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own program, a list of arguments, no shell
            arguments, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        assert process.stdout is not None
        try:
            yield process.stdout
        finally:
            process.stdout.close()
            process.kill()
            process.wait()
