"""What stands on the pages of a PDF, as the library tells it: words with their boxes, drawn lines, pictures.

    stdin  the bytes of the file        stdout  one line of JSON for the file, then one for each page
    argv   {"first": 0, "last": 4999, "seconds": 60, "memory": 2147483648, ...}

This module is a program of its own: `apart` starts it as a process, because the library is C++ code that reads strangers'
files. Where it crashes, hangs or eats the machine's memory, the process ends and the build goes on. All coordinates are points
from the upper left corner of the page as people see it, cropped and turned. It knows nothing of lines and paragraphs, and it
imports nothing of this package.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import json
import math
import sys
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["main"]

_MAX_OBJECTS = 30_000  # drawn objects of a page that are looked at
_MAX_SEGMENTS = 4000  # of one path
_MAX_RULES = 6000
_MAX_PIXELS = 30_000_000  # of a page drawn for character recognition
_THIN = 2.5  # points: what is thinner is a line, not a box
_BLANK = frozenset(
    " \t\r\n\f\v\x00\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ufeff"
)
_BULLETS = frozenset(
    (0xF0A7, 0xF0B7, 0xF0D8, 0xF0FC, 0xF02D, 0xF06E, 0xF076, 0xF0A8)
)  # of common symbol fonts
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFD))

_LINE_HYPHENS = frozenset((0x02, 0xFFFE))

Box = tuple[float, float, float, float]


def main() -> None:
    """Read a file from standard input and write what its pages hold to standard output, as JSON lines."""
    asked = json.loads(sys.argv[1])
    _bound_memory(asked.get("memory", 0))
    faulthandler.dump_traceback_later(asked["seconds"], exit=True)  # whatever hangs, ends
    import pypdfium2.raw as pdfium

    data = sys.stdin.buffer.read()
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        _write({"error": pdfium.FPDF_GetLastError()})
        return
    n_pages = pdfium.FPDF_GetPageCount(document)
    _write({"n_pages": n_pages, "stated": _stated(pdfium, document)})
    wanted = asked.get("only") or range(asked["first"], min(n_pages, asked["last"] + 1))
    for index in wanted:
        faulthandler.dump_traceback_later(asked["seconds"], exit=True)
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            _write({"index": index, "broken": True})
            continue
        if asked.get("draw"):
            _draw(pdfium, page, index, asked["draw"])
        else:
            _write({"index": index, **_Page(pdfium, page, asked["characters"]).read()})
        pdfium.FPDF_ClosePage(page)


def _bound_memory(limit: int) -> None:
    if limit:
        with contextlib.suppress(ImportError, ValueError, OSError):  # there is no such thing everywhere
            import resource

            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _write(said: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(said, separators=(",", ":")).encode("ascii") + b"\n")
    sys.stdout.buffer.flush()


def _words_of(call: Callable[[Any, int], int], limit: int = 8192) -> str:
    """Return a string that the library writes into a buffer as UTF-16."""
    size = call(None, 0)
    if size <= 2 or size > limit:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _stated(pdfium: Any, document: Any) -> dict[str, str]:
    found = {
        name: _words_of(lambda b, n, name=name: pdfium.FPDF_GetMetaText(document, name.encode(), b, n))  # type: ignore[misc]
        for name in ("Title", "CreationDate", "ModDate")
    }
    with contextlib.suppress(AttributeError):
        found["Language"] = _words_of(
            lambda b, n: pdfium.FPDFCatalog_GetLanguage(
                document, b and ctypes.cast(b, ctypes.POINTER(ctypes.c_ushort)), n
            )
        )
    return found


def _draw(pdfium: Any, page: Any, index: int, resolution: int) -> None:
    """Write a line that says how large the picture is, then its grey bytes."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(resolution / 72, math.sqrt(_MAX_PIXELS / max(1.0, width * height)))
    columns, rows = max(1, int(width * scale)), max(1, int(height * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        _write({"index": index, "broken": True})
        return
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, pdfium.FPDF_ANNOT)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * rows)
    pdfium.FPDFBitmap_Destroy(bitmap)
    if stride != columns:
        pixels = b"".join(pixels[row * stride : row * stride + columns] for row in range(rows))
    _write(
        {"index": index, "columns": columns, "rows": rows, "scale": scale, "width": width, "height": height}
    )
    sys.stdout.buffer.write(pixels)
    sys.stdout.buffer.flush()


class _Page:
    """One page, while it is read."""

    def __init__(self, pdfium: Any, page: Any, max_characters: int) -> None:
        self.pdfium, self.page = pdfium, page
        self.max_characters = max_characters
        self.turn = max(0, pdfium.FPDFPage_GetRotation(page))
        bounds = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, bounds)
        self.left, self.top, self.right, self.bottom = bounds.left, bounds.top, bounds.right, bounds.bottom
        self.fonts: dict[tuple[str, int], int] = {}
        self.looks: dict[int, tuple[int, float, int]] = {}

    def read(self) -> dict[str, Any]:
        """Return all that stands on the page."""
        pdfium = self.pdfium
        width, height = self.right - self.left, self.top - self.bottom
        if self.turn % 2:
            width, height = height, width
        found: dict[str, Any] = {"width": round(width, 2), "height": round(height, 2)}
        text = pdfium.FPDFText_LoadPage(self.page)
        if not text:
            return {**found, "broken": True}
        n_all = max(0, pdfium.FPDFText_CountChars(text))
        n = min(n_all, self.max_characters)
        unicode = pdfium.FPDFText_GetUnicode
        points = [unicode(text, i) for i in range(n)]
        n_unmapped = 0
        words: list[list[Any]] = []
        for start, end in _stretches(points):
            for piece in self._split(text, start, end):
                word = self._word(text, points, *piece)
                if word is not None:
                    words.append(word)
            if pdfium.FPDFText_HasUnicodeMapError(text, start) == 1 or any(
                point == 0xFFFD or any(low <= point <= high for low, high in _PRIVATE)
                for point in points[start:end]
                if point >= 0xE000 and point not in _BULLETS
            ):
                n_unmapped += end - start
        pdfium.FPDFText_ClosePage(text)
        rules, images = self._drawn()
        fonts = [list(font) for font in self.fonts]
        return {
            **found,
            "n_characters": n_all,
            "n_unmapped": n_unmapped,
            "words": words,
            "fonts": fonts,
            "rules": rules,
            "images": images,
        }

    def _seen(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a box of the file's coordinates as left, top, right, bottom on the page as people see it."""
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turn == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left

    def _box(self, text: Any, index: int) -> Box:
        rectangle = self.pdfium.FS_RECTF()
        self.pdfium.FPDFText_GetLooseCharBox(text, index, rectangle)
        return (
            min(rectangle.left, rectangle.right),
            min(rectangle.bottom, rectangle.top),
            max(rectangle.left, rectangle.right),
            max(rectangle.bottom, rectangle.top),
        )

    def _size(self, text: Any, index: int) -> tuple[float, float]:
        """Return the size of a character in points and its angle in degrees, counterclockwise."""
        matrix = self.pdfium.FS_MATRIX()
        self.pdfium.FPDFText_GetMatrix(text, index, matrix)
        size = self.pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        return abs(size), math.degrees(math.atan2(matrix.b, matrix.a))

    def _split(self, text: Any, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the pieces of a stretch without blanks: a raised number is a piece, and so is what stands far apart."""
        if end - start < 2:
            yield start, end
            return
        size, angle = self._size(text, start)
        last, _ = self._size(text, end - 1)
        first_box, last_box = self._box(text, start), self._box(text, end - 1)
        extent = max(
            max(first_box[2], last_box[2]) - min(first_box[0], last_box[0]),
            max(first_box[3], last_box[3]) - min(first_box[1], last_box[1]),
        )
        is_even = abs(size - last) < 0.06 * max(size, last)
        if is_even and abs(angle) < 1:
            is_even = abs(self._baseline(text, start) - self._baseline(text, end - 1)) < 0.15 * size
        if is_even and extent < 1.4 * size * (end - start) + size:
            yield start, end
            return
        begin = start
        before = (self._size(text, start)[0], self._baseline(text, start), first_box)
        for index in range(start + 1, end):
            here = (self._size(text, index)[0], self._baseline(text, index), self._box(text, index))
            gap = max(here[2][0] - before[2][2], before[2][0] - here[2][2]) if abs(angle) < 1 else 0.0
            is_other = abs(here[0] - before[0]) > 0.06 * max(here[0], before[0])
            is_other = is_other or (abs(angle) < 1 and abs(here[1] - before[1]) > 0.15 * size)
            if is_other or gap > 0.8 * max(here[0], 1.0):
                yield begin, index
                begin = index
            before = here
        yield begin, end

    def _baseline(self, text: Any, index: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        self.pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        return y.value

    def _word(self, text: Any, points: list[int], start: int, end: int) -> list[Any] | None:
        first, last = self._box(text, start), self._box(text, end - 1)
        left, bottom = min(first[0], last[0]), min(first[1], last[1])
        right, top = max(first[2], last[2]), max(first[3], last[3])
        size, angle = self._size(text, start)
        box = self._seen(left, bottom, right, top)
        if not all(map(math.isfinite, (*box, size))) or max(map(abs, box)) > 1e6:
            box, size = (-1.0, -1.0, -1.0, -1.0), 1.0  # nowhere on the page
        x, y = ctypes.c_double(), ctypes.c_double()
        self.pdfium.FPDFText_GetCharOrigin(text, start, x, y)
        origin = self._seen(x.value, y.value, x.value, y.value)
        turned = round((angle - 90 * self.turn) % 360) % 360
        return [
            "".join(map(chr, points[start:end])),
            *(round(value, 2) for value in box),
            *(round(value, 2) if math.isfinite(value) and abs(value) < 1e6 else -1.0 for value in origin[:2]),
            round(size, 2),
            self._font(text, start),
            turned,
        ]

    def _font(self, text: Any, index: int) -> int:
        """Return the number of the character's font; all characters of one text object share it."""
        handle = self.pdfium.FPDFText_GetTextObject(text, index)
        key = ctypes.cast(handle, ctypes.c_void_p).value if handle else None
        if key is not None and key in self.looks:
            return self.looks[key][0]
        flags = ctypes.c_int()
        size = self.pdfium.FPDFText_GetFontInfo(text, index, None, 0, flags)
        name = ""
        if 0 < size < 1000:
            buffer = ctypes.create_string_buffer(size)
            self.pdfium.FPDFText_GetFontInfo(text, index, buffer, size, flags)
            name = buffer.value.decode("utf-8", "replace")
        weight = self.pdfium.FPDFText_GetFontWeight(text, index)
        is_bold = int(weight >= 600 or bool(flags.value & (1 << 18)))
        number = self.fonts.setdefault((name, is_bold), len(self.fonts))
        if key is not None:
            self.looks[key] = (number, 0.0, 0)
        return number

    def _drawn(self) -> tuple[list[list[float]], list[list[float]]]:
        """Return straight lines (left, top, right, bottom; thin or the edges of boxes) and the boxes of pictures."""
        rules: list[list[float]] = []
        images: list[list[float]] = []
        pdfium = self.pdfium
        n_left = _MAX_OBJECTS

        def visit(holder: Any, count: Any, get: Any, above: tuple[float, ...], depth: int) -> None:
            nonlocal n_left
            for index in range(max(0, min(count(holder), n_left))):
                n_left -= 1
                if n_left < 0 or len(rules) >= _MAX_RULES:
                    return
                drawn = get(holder, index)
                kind = pdfium.FPDFPageObj_GetType(drawn)
                if kind == pdfium.FPDF_PAGEOBJ_PATH:
                    rules.extend(self._edges(drawn, above))
                elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                    bounds = [ctypes.c_float() for _ in range(4)]
                    if pdfium.FPDFPageObj_GetBounds(drawn, *bounds):
                        left, bottom, right, top = (value.value for value in bounds)
                        images.append(self._rounded(*_apply_box(above, left, bottom, right, top)))
                elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 4:
                    matrix = pdfium.FS_MATRIX()
                    pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
                    inner = _times((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), above)
                    visit(
                        drawn, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1
                    )

        visit(self.page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, (1, 0, 0, 1, 0, 0), 0)
        return rules[:_MAX_RULES], images[:1000]

    def _rounded(self, left: float, bottom: float, right: float, top: float) -> list[float]:
        box = self._seen(left, bottom, right, top)
        if not all(math.isfinite(value) and abs(value) < 1e6 for value in box):
            return [0.0, 0.0, 0.0, 0.0]
        return [round(value, 2) for value in box]

    def _edges(self, path: Any, above: tuple[float, ...]) -> Iterator[list[float]]:
        """Yield the upright and level lines that a path draws; of a filled box its four edges."""
        pdfium = self.pdfium
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        if not fill.value and not stroke.value:
            return
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(path, own)
        matrix = _times((own.a, own.b, own.c, own.d, own.e, own.f), above)
        begin = here = (0.0, 0.0)
        x, y = ctypes.c_float(), ctypes.c_float()
        corners: list[tuple[float, float]] = []
        lines: list[tuple[float, float, float, float]] = []
        for index in range(min(_MAX_SEGMENTS, max(0, pdfium.FPDFPath_CountSegments(path)))):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = _apply(matrix, x.value, y.value)
            corners.append(point)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                begin = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                lines.append((*here, *point))
            here = point
            if pdfium.FPDFPathSegment_GetClose(segment) and here != begin:
                lines.append((*here, *begin))
                here = begin
        if not corners:
            return
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
        if min(max(xs) - min(xs), max(ys) - min(ys)) < _THIN:
            yield self._rounded(min(xs), min(ys), max(xs), max(ys))
            return
        for x0, y0, x1, y1 in lines:
            if min(abs(x0 - x1), abs(y0 - y1)) < 0.5 and max(abs(x0 - x1), abs(y0 - y1)) > 3:
                yield self._rounded(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _stretches(points: list[int]) -> Iterator[tuple[int, int]]:
    """Yield where the stretches without blanks begin and end."""
    start = -1
    for index, point in enumerate(points):
        if (point < 0x3001 and chr(point) in _BLANK) or point == 0xFEFF:
            if start >= 0:
                yield start, index
                start = -1
        elif start < 0:
            start = index
        if (
            start >= 0 and point in _LINE_HYPHENS
        ):  # the library runs on from a hyphen at a line's end into the next line
            yield start, index + 1
            start = -1
    if start >= 0:
        yield start, len(points)


def _times(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _apply(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _apply_box(matrix: tuple[float, ...], left: float, bottom: float, right: float, top: float) -> Box:
    corners = [_apply(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return min(xs), min(ys), max(xs), max(ys)


if __name__ == "__main__":
    main()
