"""Running heads, running feet and page numbers: what comes back on page after page, at the edge.

    p. 11   The long road          11      the same words at the same height on other pages
    p. 12   12          Chapter two        a number that counts with the pages
    p. 13   Chapter two            13      words that change, at a height where other pages have such a line too

Only lines at the very top or foot of a page are asked, from the edge inwards, until one belongs to the text. Nothing is dropped: the
lines become blocks of their own kind.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regesta.reading.pdf.pages import Line, Page, Region, RuledTable

__all__ = ["take_furniture"]

_EDGE = 4  # rows at each end that are asked
_NUMBER = re.compile(r"\d{1,4}|\b[ivxlc]{1,7}\b", re.IGNORECASE)
_ALONE = re.compile(
    r"\W{0,4}(?:(?:page|p\.|seite|S\.|pág\.|стр\.)\s?)?(\d{1,4}|[ivxlc]{1,7})(?:\s?(?:of|/|von|sur|de|из)\s?\d{1,4})?\W{0,4}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:\b(?:page|p\.|seite|página|стр\.)\s?|[|/•·]\s?)(\d{1,4})(?:\s?(?:of|/|von|de)\s?\d{1,4})?\W{0,3}$",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"^(?:GE\.\d\d-\d{4,6}.{0,20}|(?:\(?[EFSRAC]\)?\s?){1,3}\d{6}\s?.{0,30}|©.{0,120}|\*\d{7,9}\*)$"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(slots=True)
class _Row:
    """Lines on one height of a page."""

    lines: list[Line]
    distance: float
    """From the edge of the page, top or foot, in points."""
    key: str
    """Its words, numbers made alike."""

    @property
    def words(self) -> str:
        return "   ".join(line.text for line in sorted(self.lines, key=lambda x: x.left))


def take_furniture(pages: Sequence[Page]) -> list[list[Line]]:
    """Take the furniture out of the regions of all pages and return it, page by page, in the order of height."""
    taken: dict[int, list[Line]] = {page.index: list(page.aside) for page in pages}
    for is_top in (True, False):
        rows = {page.index: list(_rows(page, is_top=is_top)) for page in pages}
        marks = _Marks(rows)
        for page in pages:
            out: list[Line] = []
            for row in rows[page.index]:
                if not marks.is_furniture(page.index, row, n_pages=len(pages)):
                    break
                out += row.lines
            if out:
                gone = {id(line) for line in out}
                _remove(page.regions, gone)
                taken[page.index] += out
    for page in pages:
        page.regions = [region for region in page.regions if region.items]
    return [sorted(taken[page.index], key=lambda line: line.base) for page in pages]


def _remove(regions: Sequence[Region], gone: set[int]) -> None:
    for region in regions:
        region.items = [item for item in region.items if id(item) not in gone]


def _rows(page: Page, *, is_top: bool) -> Iterator[_Row]:
    """Yield the rows at one end of a page, from the edge inwards, until a table or enough rows."""
    items = [item for region in page.regions for item in region.items]
    items.sort(key=lambda item: item.base if is_top else -item.base)
    rows: list[list[Line]] = []
    for item in items:
        if isinstance(item, RuledTable):
            break
        if rows and abs(rows[-1][0].base - item.base) < 0.5 * item.size:
            rows[-1].append(item)
        elif len(rows) == _EDGE:
            break
        else:
            rows.append([item])
    for lines in rows:
        distance = lines[0].base if is_top else page.height - lines[0].base
        words = "   ".join(line.text for line in sorted(lines, key=lambda x: x.left))
        if distance > 0.3 * page.height:
            return
        yield _Row(lines, distance, _NUMBER.sub("#", words).casefold()[:200])


class _Marks:
    """What comes back at one end of the pages."""

    def __init__(self, rows: dict[int, list[_Row]]) -> None:
        self.by_words: defaultdict[str, list[float]] = defaultdict(list)
        self.offsets: Counter[int] = Counter()
        self.heights: Counter[int] = Counter()
        self.rows = rows
        for index, page_rows in rows.items():
            for row in page_rows:
                self.by_words[row.key].append(row.distance)
                self.offsets.update(_offsets(row, index))
        self.offsets = Counter({offset: n for offset, n in self.offsets.items() if n >= 2})
        for index, page_rows in rows.items():
            for row in page_rows[:1]:
                if self.comes_back(row) or self._counts(row, index):
                    self.heights[round(row.distance)] += 1

    def comes_back(self, row: _Row) -> bool:
        """Return whether other pages have the same words at the same distance from the edge."""
        if not any(c.isalpha() for c in row.key) and row.key.strip() != "#":
            return len(row.key) < 12 and "#" in row.key and len(self.by_words[row.key]) >= 3
        near = sum(abs(distance - row.distance) < 4 for distance in self.by_words[row.key])
        if row.key.strip(" .-–—[]()|") == "#":
            return False
        return near >= 3 or (near == 2 and len(self.rows) <= 5)

    def _counts(self, row: _Row, index: int) -> bool:
        return len(row.words) < 130 and any(self.offsets[offset] >= 2 for offset in _offsets(row, index))

    def is_furniture(self, index: int, row: _Row, *, n_pages: int) -> bool:
        """Return whether a row at the edge is the page's own."""
        words = row.words.strip()
        if _STAMP.match(words) or self.comes_back(row) or self._counts(row, index):
            return True
        alone = _ALONE.fullmatch(words)
        if (
            alone
            and row.distance < 80
            and (n_pages > 1 or value_of(alone[1]) == 1 or "page" in words.lower())
        ):
            return len(self.rows[index]) > 1
        near = sum(self.heights[round(row.distance) + step] for step in (-1, 0, 1))
        return (
            near >= max(3, 0.5 * n_pages)
            and len(words) < 100
            and len(self.rows[index]) > 1
            and self._stands_off(index, row)
        )

    def _stands_off(self, index: int, row: _Row) -> bool:
        others = [other.distance for other in self.rows[index] if other.distance > row.distance]
        return not others or min(others) - row.distance > 1.7 * row.lines[0].size


def _offsets(row: _Row, index: int) -> set[int]:
    """Return what the numbers at the ends of a row would make the first page's number; they must stand off from the words."""
    ends: set[str] = set()
    if alone := _ALONE.fullmatch(row.words.strip()):
        ends.add(alone[1])
    lines = sorted(row.lines, key=lambda x: x.left)
    if len(lines) > 1:
        ends |= {lines[0].text, lines[-1].text}
    for line in (lines[0], lines[-1]):
        if line.gaps:
            ends |= {line.text[: line.gaps[0]], line.text[line.gaps[-1] :]}
    named = _NAMED.search(row.words)
    if named:
        ends.add(named[1])
    numbers = {value_of(end.strip(" .-–—[]()|/")) for end in ends}
    return {number - index for number in numbers if number is not None}


def value_of(number: str) -> int | None:
    """Return the value of a page number, None where it is none.

    >>> value_of("12"), value_of("xiv"), value_of("mix")
    (12, 14, None)
    """
    if number.isascii() and number.isdigit() and len(number) < 5:
        return int(number)
    digits = [_ROMAN.get(letter, 0) for letter in number.lower()]
    if not digits or 0 in digits or len(digits) > 8:
        return None
    return sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))
