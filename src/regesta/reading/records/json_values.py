r"""The values of a JSON file one at a time, each with its line and its pointer, as far as the file is whole.

    {"meta": "x",            ("meta",)      line 1   "x"
     "items": [{"a": 1},     ("items", 0)   line 2   {"a": Number("1")}
               {"a": 2}]}    ("items", 1)   line 3   ...

Only the outermost array or object, and the arrays right in it, are taken apart; the rest is left to the standard library's
parser. Numbers stay the words they are, so none is too long or too precise. Of keys given twice the last counts. A value that
is nested too deep is skipped by counting brackets; where the grammar is broken, reading ends, and that is said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Flaw", "Item", "Number", "Value", "Way", "items", "line_items", "pointer"]

Value = object
Way = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|["\[\]{}]', re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)


class Number(str):
    """A number as written."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One value of the file."""

    way: Way
    """Keys and indices that lead to it."""
    line: int
    value: Value


@dataclass(frozen=True, slots=True)
class Flaw:
    """A value, or the rest of the file, that could not be read."""

    line: int
    code: str
    reason: str


_DECODER = json.JSONDecoder(parse_float=Number, parse_int=Number, parse_constant=Number, strict=False)


def pointer(way: Way) -> str:
    """Return the JSON pointer (RFC 6901) of a way.

    >>> pointer(("items", 3, "a/b"))
    '/items/3/a~1b'
    """
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in way)


def items(text: str) -> Iterator[Item | Flaw]:
    """Yield the values of a whole JSON text.

    >>> [(i.way, i.value) for i in items('{"a": [1, {"b": null}], "c": "d"}')]
    [(('a', 0), '1'), (('a', 1), {'b': None}), (('c',), 'd')]
    """
    return _Walk(text).file()


def line_items(text: str) -> Iterator[Item | Flaw]:
    r"""Yield the values of JSON Lines, each with the way `()` and its line.

    >>> [(i.line, i.value) for i in line_items('{"a": "b"}\n\n"c"\n')]
    [(1, {'a': 'b'}), (3, 'c')]
    """
    at, line = 0, 0
    while at < len(text):
        line += 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        record, at = text[at:end].strip("\ufeff \t\r"), end + 1
        if not record:
            continue
        try:
            value, stop = _DECODER.raw_decode(record)
        except RecursionError:
            yield Flaw(line, "R042", f"the record in line {line} is nested deeper than is read")
            continue
        except ValueError as error:
            yield Flaw(line, "R041", f"the record in line {line} is no JSON ({_words(error)})")
            continue
        if record[stop:].strip():
            yield Flaw(
                line, "R041", f"line {line} goes on after its record: {record[stop : stop + 40].strip()!r}"
            )
        yield Item((), line, value)


def _words(error: ValueError) -> str:
    stated = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
    return stated[:1].lower() + stated[1:100]


class _BrokenError(Exception):
    """The grammar ends here."""


@dataclass(slots=True)
class _Walk:
    text: str
    at: int = 0
    line: int = 1
    _counted: int = 0

    def file(self) -> Iterator[Item | Flaw]:
        if self.text.startswith("\ufeff"):
            self.at = 1
        try:
            yield from self.value((), depth=2)
            if self.peek():
                yield Flaw(self.here(), "R041", f"from line {self.line} on, the file goes on after its end")
        except _BrokenError as error:
            yield Flaw(self.here(), "R041", f"from line {self.line} on, the file is no JSON ({error})")

    def here(self) -> int:
        """Return the line of the place that was reached."""
        self.line += self.text.count("\n", self._counted, self.at)
        self._counted = max(self.at, self._counted)
        return self.line

    def peek(self) -> str:
        """Return the next character that is no space."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def expect(self, wanted: str) -> str:
        found = self.peek()
        if not found or found not in wanted:
            self.here()
            raise _BrokenError(
                f"{found!r} where {' or '.join(wanted)} is expected" if found else "it ends too early"
            )
        self.at += 1
        return found

    def value(self, way: Way, depth: int) -> Iterator[Item | Flaw]:
        first = self.peek()
        if first == "[" and depth:
            yield from self.array(way)
        elif first == "{" and depth == 2:
            yield from self.object(way)
        else:
            yield self.whole(way)

    def array(self, way: Way) -> Iterator[Item | Flaw]:
        self.at += 1
        index = 0
        if self.peek() == "]":
            self.at += 1
            return
        while True:
            yield self.whole((*way, index))
            index += 1
            if self.expect(",]") == "]":
                return

    def object(self, way: Way) -> Iterator[Item | Flaw]:
        self.at += 1
        if self.peek() == "}":
            self.at += 1
            return
        while True:
            self.expect('"')
            found = _STRING.match(self.text, self.at - 1)
            if found is None:
                raise _BrokenError("a key is not closed")
            try:
                key = str(json.loads(found[0], strict=False))
            except ValueError as error:
                raise _BrokenError(_words(error)) from error
            self.at = found.end()
            self.expect(":")
            yield from self.value((*way, key), depth=1)
            if self.expect(",}") == "}":
                return

    def whole(self, way: Way) -> Item | Flaw:
        """Return the value that begins here, and go behind it."""
        self.peek()
        line = self.here()
        try:
            value, self.at = _DECODER.raw_decode(self.text, self.at)
        except RecursionError:
            self.skip()
            return Flaw(line, "R042", f"a value in line {line} is nested deeper than is read")
        except (ValueError, StopIteration) as error:
            if isinstance(error, json.JSONDecodeError):
                self.at = max(self.at, min(error.pos, len(self.text)))
            self.here()
            reason = _words(error) if isinstance(error, ValueError) else "it ends too early"
            raise _BrokenError(reason) from error
        return Item(way, line, value)

    def skip(self) -> None:
        """Go behind a value without reading it."""
        depth = 0
        for found in _TOKEN.finditer(self.text, self.at):
            sign = found[0]
            if sign in ("[", "{"):
                depth += 1
            elif sign in ("]", "}"):
                depth -= 1
            elif sign == '"':
                break
            if depth <= 0:
                self.at = found.end()
                return
        self.at = len(self.text)
