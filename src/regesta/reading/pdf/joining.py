r"""Lines into running words: a space, nothing, or a hyphen undone.

    "resettle-" + "ment"    resettlement      the document has no "resettle-ment", and "ment" is no word of its own
    "Seoul-"    + "based"   Seoul-based       both are words of the document
    "North-"    + "Korean"  North-Korean      what goes on with a capital keeps its hyphen
    "中国"      + "难民"     中国难民           Chinese and Japanese have no spaces; Korean has

The document's own words decide: how it writes a word where no line ends. Every piece of text keeps the box that it stands in, so a
word that was parted has two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from regesta.reading.pdf.pages import Box, Line

__all__ = ["Joined", "Words", "join"]

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:-[^\W\d_]+)*")
_LAST = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u00ad]$")
_FIRST = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Second halves that make compounds with a hyphen in English, whatever stands before them.
_HALVES = frozenset(
    "based born led held year years old long wide scale known called like style type backed controlled occupied"
    " speaking language general in off up out to by of and term time day month century level range run made free"
    " chief elect related ridden torn aged headed minded sized wing".split()
)
# Words of two words that are written as one: the hyphen between them is the line's.
_ONE_WORD = frozenset(
    "something anything everything nothing someone anyone everyone somewhere anywhere everywhere somehow"
    " within without throughout into onto upon another however therefore whereas whereby moreover furthermore nevertheless nonetheless"
    " understand understood understanding undertake undertaken overcome overseas overland outside inside background border homeland"
    " mainland northern southern eastern western northeast northwest southeast southwest seaside riverside railway highway"
    " himself herself itself themselves myself yourself ourselves became become income outcome household newspaper"
    " afternoon birthday daylight midnight schoolteacher shipyard farmland countryside checkpoint safeguard workforce".split()
)


@dataclass(slots=True)
class Words:
    """How a document writes its words where no line ends."""

    plain: set[str] = field(default_factory=set)
    hyphenated: set[str] = field(default_factory=set)
    first_halves: set[str] = field(default_factory=set)

    def learn(self, lines: Iterable[Line]) -> None:
        """Take in the words of lines, those that a line end may have parted left out."""
        after_hyphen = False
        for line in lines:
            tokens = _TOKEN.findall(line.text)
            if after_hyphen:
                tokens = tokens[1:]
            after_hyphen = line.text.endswith(("-", "\u00ad"))
            if after_hyphen:
                tokens = tokens[:-1]
            for token in tokens:
                folded = token.casefold()
                if "-" in folded:
                    self.hyphenated.add(folded)
                    self.first_halves.add(folded.split("-", 1)[0])
                    self.plain.update(folded.split("-"))
                else:
                    self.plain.add(folded)

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Return whether a word parted at a line's end is written with its hyphen.

        >>> words = Words()
        >>> words.plain |= {"seoul", "based", "the"}
        >>> words.keeps_hyphen("Seoul", "based"), words.keeps_hyphen("resettle", "ment"), words.keeps_hyphen("North", "Korean")
        (True, False, True)
        """
        first, second = before.casefold(), after.casefold()
        if first + second in self.plain or first + second in _ONE_WORD:
            return False
        if f"{first}-{second}" in self.hyphenated:
            return True
        if not after[0].islower():
            return after[0].isupper() and not before.isupper()
        if "-" in first:  # the word had a hyphen already: "state-of-the-" "art"
            return True
        if before[0].isupper() and first in self.first_halves:
            return True  # "Jong-" "un" where the text has "Jong-il"
        is_word = second.split("-")[0] in self.plain and len(second) > 1
        return (second.split("-")[0] in _HALVES and (first in self.plain or is_word)) or (
            is_word and first in self.plain and len(first) > 2 and len(second) > 2
        )


@dataclass(slots=True)
class Joined:
    """Running words, and where each stretch of them stands."""

    text: str
    stretches: list[tuple[int, int, int, Box]]
    """Start and end in the text, page from 0, box; ascending."""
    marks: list[tuple[int, int, str, int]]
    """Raised marks: start and end in the text, label, page from 0."""


def join(
    lines: Sequence[Line], words: Words, *, by_word: bool = True, skip: int = 0, is_broken: bool = False
) -> Joined:
    """Return lines as running words; `skip` code points at the beginning (a bullet, a number) are left out.

    `by_word` gives every word a place of its own, else every line has one. With `is_broken` each line stays a line.
    """
    parts: list[str] = []
    stretches: list[tuple[int, int, int, Box]] = []
    marks: list[tuple[int, int, str, int]] = []
    length = 0
    for number, line in enumerate(lines):
        text, first = line.text, skip if number == 0 else 0
        end = len(text.rstrip())
        glue = ""
        if number + 1 < len(lines):
            glue, cut = ("\n", 0) if is_broken else _between(text[:end], lines[number + 1].text, words)
            end -= cut
        written = _with_marks(line, length - first, first, end, marks)
        parts.append(written)
        shift = length - first
        _place(line, first, end, shift, stretches, by_word=by_word)
        length += len(written)
        parts.append(glue)
        length += len(glue)
    return Joined("".join(parts), stretches, marks)


def _between(above: str, below: str, words: Words) -> tuple[str, int]:
    """Return what to put between two lines, and how many code points of the upper one to drop."""
    last, first = above[-1:], below.lstrip()[:1]
    if last in ("-", "\u00ad") and len(above) > 1:
        before, after = _LAST.search(above), _FIRST.match(below.lstrip())
        if last == "\u00ad":
            return "", 1
        if before and after:
            return "", 0 if words.keeps_hyphen(before[1].rsplit(" ", 1)[-1], after[0]) else 1
        if above[-2:-1].isalnum() and first.isalnum():
            return "", 0
        return " ", 0
    if _is_unspaced(last) and _is_unspaced(first):
        return "", 0
    if last in "–—/" and above[-2:-1] not in ("", " ") and last != "":
        return "", 0
    return " ", 0


def _is_unspaced(letter: str) -> bool:
    """Return whether a letter is of a script that is written without spaces between words."""
    return bool(letter) and (
        "\u3000" <= letter <= "\u30ff"
        or "\u3400" <= letter <= "\u9fff"
        or "\uf900" <= letter <= "\ufaff"
        or "\uff01" <= letter <= "\uff60"
        or "\u0e00" <= letter <= "\u0eff"
        or "\U00020000" <= letter <= "\U0003ffff"
    )


def _with_marks(line: Line, shift: int, first: int, end: int, marks: list[tuple[int, int, str, int]]) -> str:
    """Return the line's words with raised numbers as raised digits, and note where they stand."""
    if not line.raised and not line.gaps:
        return line.text[first:end]
    letters = list(line.text[:end])
    for gap in line.gaps:
        if first < gap <= end and letters[gap - 1] == " ":
            letters[gap - 1] = "\t"
    for piece in line.raised:
        start = line.starts[piece]
        stop = line.starts[piece + 1] if piece + 1 < len(line.starts) else len(line.text)
        if start < first:
            continue
        for match in re.finditer(r"\d{1,4}|[*†‡§¶]{1,3}|\b[a-z]\b", line.text[start : min(stop, end)]):
            a, b = start + match.start(), start + match.end()
            letters[a:b] = match[0].translate(_SUPERSCRIPT)
            marks.append((a + shift, b + shift, match[0], line.page))
    return "".join(letters)[first:]


def _place(
    line: Line, first: int, end: int, shift: int, stretches: list[tuple[int, int, int, Box]], *, by_word: bool
) -> None:
    edges = line.edges
    if not by_word:
        if end > first:
            box = (min(edges[0::4]), min(edges[1::4]), max(edges[2::4]), max(edges[3::4]))
            stretches.append((first + shift, end + shift, line.page, box))
        return
    n = len(line.starts)
    for piece in range(n):
        start = line.starts[piece]
        stop = line.starts[piece + 1] if piece + 1 < n else len(line.text)
        if line.text[stop - 1 : stop] == " ":
            stop -= 1
        start, stop = max(start, first), min(stop, end)
        if start < stop:
            left, top, right, bottom = edges[4 * piece : 4 * piece + 4]
            stretches.append((start + shift, stop + shift, line.page, (left, top, right, bottom)))
