"""Words of pages that are pictures, recognised by an installed `tesseract`, if it is asked for.

    page ─glyphs─► grey picture ─► tesseract ─TSV─► words with boxes, as if the page had told them

The program is started with a list of arguments, a time limit for each page, and one thread. What it recognises is no better than the
picture; a problem of the document says which pages were read this way. Nothing is downloaded.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from regesta.errors import ReadError
from regesta.reading.pdf.apart import draw
from regesta.reading.pdf.bounds import Bounds

__all__ = ["languages", "recognise"]

_LANGUAGES = re.compile(r"[A-Za-z_]{2,20}(?:\+[A-Za-z_]{2,20}){0,5}")
_RESOLUTION = 300  # dots an inch; what the program is trained for
_SECONDS = 180  # for one page
_BELOW = frozenset("gjpqy,;()[]Q")  # letters that reach below the line
_ABOVE = frozenset("bdfhijklt0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ()[]")  # and above small ones
_LEAST = 20  # per cent of confidence below which a "word" is a smudge


def languages(asked: str, where: str) -> str:
    """Return the languages as `tesseract` takes them; raises `ReadError` where they are none.

    >>> languages("eng+kor", "a.pdf")
    'eng+kor'
    """
    if not _LANGUAGES.fullmatch(asked):
        raise ReadError("ocr should name languages", where=where, found=asked, hint="write eng, or eng+kor")
    return asked


def recognise(
    data: bytes, indices: Sequence[int], asked: str, bounds: Bounds, where: str
) -> Iterator[dict[str, Any]]:
    """Yield each of the pages (from 0) with the words that were recognised on it, in the form that `glyphs` tells pages.

    Raises `ReadError` where the program or a language is missing.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise ReadError("tesseract is not installed", where=where, hint="install it, or build without ocr")
    asked = languages(asked, where)
    for drawn, pixels in draw(data, list(indices), _RESOLUTION, bounds):
        told = _run(program, asked, drawn, pixels, where)
        if told is not None:
            yield _page(drawn, told)


def _run(program: str, asked: str, drawn: dict[str, Any], pixels: bytes, where: str) -> str | None:
    picture = b"P5 %d %d 255\n" % (drawn["columns"], drawn["rows"]) + pixels
    dots = str(max(70, round(72 * drawn["scale"])))
    arguments = [program, "stdin", "stdout", "-l", asked, "--dpi", dots, "--psm", "3", "tsv"]
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments, no shell; the languages are checked
            arguments, input=picture, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace")
        if "language" in said:
            raise ReadError(
                "tesseract lacks the language",
                where=where,
                found=asked,
                hint="install its data for that language",
            )
        return None
    return done.stdout.decode("utf-8", "replace")


def _page(drawn: dict[str, Any], told: str) -> dict[str, Any]:
    """Return a page of words from tab-separated values: level, page, block, paragraph, line, word, box, confidence, text."""
    scale = drawn["scale"]
    lines: dict[tuple[str, ...], list[tuple[float, float, float, float, str]]] = {}
    for row in told.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != "5" or not cells[11].strip():
            continue
        try:
            left, top, width, height, confidence = (float(cell) for cell in cells[6:11])
        except ValueError:
            continue
        if confidence >= _LEAST:
            box = (left / scale, top / scale, (left + width) / scale, (top + height) / scale)
            lines.setdefault(tuple(cells[1:5]), []).append((*box, cells[11].strip()))
    words: list[list[Any]] = []
    heights = [_letters(line) for line in lines.values()]
    usual = median(heights) if heights else 10.0
    for line, height in zip(lines.values(), heights, strict=True):
        # Heights of letters vary with the letters that a line happens to have: near sizes are one.
        size = usual if abs(height - usual) < 0.2 * usual else height
        level = [bottom for _, _, _, bottom, text in line if not set(text) & _BELOW]
        base = median(level or [bottom for _, _, _, bottom, _ in line])
        for left, top, right, bottom, text in line:
            numbers = (left, top, right, bottom, left, base, size)
            words.append([text, *(round(number, 2) for number in numbers), 0, 0])
    return {
        "index": drawn["index"],
        "width": drawn["width"],
        "height": drawn["height"],
        "n_characters": sum(len(word[0]) for word in words),
        "n_unmapped": 0,
        "words": words,
        "fonts": [["", 0]],
        "rules": [],
        "images": [],
    }


def _letters(line: list[tuple[float, float, float, float, str]]) -> float:
    """Return about the size of type of a line, by how high words with such letters stand in common book types."""
    sizes = []
    for _, top, _, bottom, text in line:
        is_low, is_high = bool(set(text) & _BELOW), bool(set(text) & _ABOVE)
        sizes.append((bottom - top) / (0.45 + 0.24 * is_high + 0.21 * is_low))
    return max(1.0, median(sizes))
