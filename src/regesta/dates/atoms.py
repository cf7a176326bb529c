"""One date, read at the place where it begins: no word before it, no second half of a range.

`AtomReader.read` tries the precise patterns at a place. What is unsafe by its look alone, a bare year or a month that is also
a word, is judged by its neighbours (`neighbours.py`): `1953` in "in 1953" is a year, in "1953 people" a count, in "No. 1953"
a label, in "MiG-1984" part of a name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from regesta.dates.days import month_length
from regesta.dates.neighbours import Neighbours
from regesta.dates.patterns import NUMBER, Patterns
from regesta.dates.phrase import Kind
from regesta.dates.values import is_complete

__all__ = ["Atom", "AtomReader"]

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_APOSTROPHES = frozenset("'’‘")
_OWNER = re.compile(r"\b([A-Za-z]+)\s(?:(?:very )?(?:early|mid|late)[\s-])?$")


class Atom(NamedTuple):
    """A single date as written."""

    start: int
    end: int
    value: str
    """EDTF; begins with `XXXX` where the year is missing."""
    kind: Kind
    """`date`, `range`, `decade`, `century` or `season`."""
    precision: str
    """`day`, `month`, `season`, `year`, `decade`, `century`, or `list` for what is already a range or a set."""

    @property
    def is_complete(self) -> bool:
        """Whether it says its year."""
        return is_complete(self.value)


def _day(year: str, month: int, day: int) -> str | None:
    """Return the EDTF of a day, or None if there is none such."""
    if not 1 <= month <= 12:
        return None
    longest = month_length(int(year) if year.isdecimal() else 2000, month)
    return f"{year}-{month:02d}-{day:02d}" if 1 <= day <= longest else None


class AtomReader(Neighbours):
    """Reads the atoms of one text with the patterns of one language."""

    __slots__ = ("patterns",)

    def __init__(self, text: str, patterns: Patterns, start: int, end: int) -> None:
        super().__init__(text, patterns.language, start, end)
        self.patterns = patterns

    def read(self, at: int, *, strong: bool = False) -> Atom | None:
        """Return the date that begins at `at`; `strong` says that the context already proves it to be one."""
        text = self.text
        if text[at : at + 1] in _APOSTROPHES:
            at += 1
        if number := NUMBER.match(text, at, self.end):
            return self.read_digits(at, number.end(), strong=strong, follows=strong)
        return self.read_word(at, strong=strong)

    def read_digits(self, at: int, stop: int, *, strong: bool = False, follows: bool = False) -> Atom | None:
        """Return the date whose first number is `[at, stop)`; `follows` says that a dash before it joins it to a date."""
        text, length = self.text, stop - at
        if length > 4 or not (follows or self.stands_free(at)):
            return None
        following = text[stop : stop + 1] if stop < self.end else ""
        if following in {"-", ".", "/"} and (atom := self._numeric(at)):
            return atom
        if length == 4:
            return self._from_year(at, stop, strong=strong)
        if length <= 2:
            if found := self.patterns.day_first.match(text, at, self.end):
                return self._from_days(found)
            if found := self.patterns.century.match(text, at, self.end):
                return self._from_century(found)
            if length == 2 and following in {"s", "'", "’"}:
                return self._short_decade(at, stop)
        found = self._suffix(stop)
        number = int(text[at:stop])
        if found and found["bc"] and number:
            return Atom(at, found.end(), _before_christ(number), "date", "year")
        if found and found["ad"] and number:
            return Atom(at, found.end(), f"{number:04d}", "date", "year")
        return None

    def read_word(self, at: int, *, strong: bool = False) -> Atom | None:
        """Return the date that begins with a word at `at`."""
        text, patterns = self.text, self.patterns
        if at > self.start and (text[at - 1].isalnum() or text[at - 1] == "_"):
            return None
        if found := patterns.month_first.match(text, at, self.end):
            return self._from_month(found, strong=strong)
        if found := patterns.feast.match(text, at, self.end):
            return self._from_feast(found, strong=strong)
        if found := patterns.season.match(text, at, self.end):
            return self._from_season(found)
        if found := patterns.decade_word.match(text, at, self.end):
            if not (strong or self.word_before(at) in {"the", *self.language.parts}):
                return None
            decade = self.language.decades[found["decade"].lower()]
            return Atom(at, found.end(), f"19{decade // 10}X", "decade", "decade")
        return None

    def read_ordinal_century(self, at: int, stop: int) -> Atom | None:
        """Return "nineteenth century" for the unit at `[at, stop)`, read backwards."""
        if self.text[at:stop].lower() not in self.language.century:
            return None
        found = self.patterns.ordinal_century.search(self.text, max(self.start, at - 20), at)
        if found is None:
            return None
        number = self.language.ordinals[" ".join(found["n"].lower().replace("-", " ").split())]
        return _century(found.start(), stop, number, before_christ=False)

    # -- numbers ------------------------------------------------------------------------------------------------

    def _numeric(self, at: int) -> Atom | None:
        """Return "1953-09-21", "21.9.1953", "4.XI.1978"; where day and month may be either, both, as a choice."""
        found = self.patterns.numeric.match(self.text, at, self.end)
        if found is None:
            return None
        first, mark, second, third = found.group("a", "sep", "b", "c")
        values: set[str | None] = set()
        if not second.isdecimal():
            if mark == "." and len(first) <= 2 and len(third) == 4 and second in _ROMAN:
                values = {_day(third, _ROMAN.index(second), int(first))}
        elif len(first) == 4 and len(third) <= 2:
            values = {_day(first, int(second), int(third))}
        elif len(first) <= 2 and len(third) == 4 and third[0] in "12":
            values = {_day(third, int(second), int(first))}
            if mark != ".":  # with full stops the day comes first everywhere
                values.add(_day(third, int(first), int(second)))
        known = sorted(v for v in values if v)
        if not known:
            return None
        if len(known) == 1:
            return Atom(at, found.end(), known[0], "date", "day")
        return Atom(at, found.end(), f"[{','.join(known)}]", "date", "list")

    def _from_year(self, at: int, stop: int, *, strong: bool) -> Atom | None:
        """Return what begins with four digits: a year, a decade, "1945/46", "2017-11"."""
        digits = self.text[at:stop]
        number = int(digits)
        found = self._suffix(stop)
        if found:
            if found["decade"] and digits[-1] == "0" and 1000 <= number <= 2100:
                if digits[2] == "0" and number < 2000:
                    return Atom(at, found.end(), f"{digits[:2]}XX", "century", "century")
                return Atom(at, found.end(), f"{digits[:3]}X", "decade", "decade")
            if found["bc"] and number:
                return Atom(at, found.end(), _before_christ(number), "date", "year")
            if found["two"] and (atom := self._short_range(at, number, found)):
                return atom
        if not self.is_year(at, stop, strong=strong):
            return None
        return Atom(at, stop, digits, "date", "year")

    def _suffix(self, stop: int) -> re.Match[str] | None:
        """Return what is said behind the digits of a year; most often nothing, which two signs show."""
        following = self.text[stop : stop + 2]
        if (
            not following
            or following[0] in ",.;:)\n"
            or (following[0] == " " and following[1:] not in {"A", "B", "C"})
        ):
            return None
        return self.patterns.year_suffix.match(self.text, stop, self.end)

    def _short_range(self, at: int, number: int, found: re.Match[str]) -> Atom | None:
        """Return "1945/46" as a range and "2015-07" as a month.

        "2001-02" may be either: with a dash or a stroke, or within a sentence, the range; alone in its cell, the month.
        """
        two = int(found["two"])
        if len(found["two"]) == 1:  # "1998–9"
            two += number % 100 // 10 * 10
            if found["mark"] == "/" or two <= number % 100:
                return None
        if not 1000 <= number <= 2100 or self.is_label(at):
            return None
        rises = two > number % 100
        alone = self.text[self.start : at].strip() == "" and self.text[found.end() : self.end].strip() == ""
        if found["mark"] == "-" and len(found["two"]) == 2 and 1 <= two <= 12 and (alone or not rises):
            return Atom(at, found.end(), f"{number}-{two:02d}", "date", "month")
        if rises or (number % 100 == 99 and two == 0):
            last = number - number % 100 + two + (0 if rises else 100)
            return Atom(at, found.end(), f"{number}/{last}", "range", "list")
        return None

    def _from_century(self, found: re.Match[str]) -> Atom | None:
        """Return "19th century", or "19th and 20th centuries" as a range."""
        first = _century(found.start(), found.end(), int(found["n"]), before_christ=bool(found["bc"]))
        if first is None or not found["n2"] or found["bc"]:
            return first
        second = _century(found.start(), found.end(), int(found["n2"]), before_christ=False)
        if second is None or second.value <= first.value:
            return None
        return Atom(first.start, first.end, f"{first.value}/{second.value}", "range", "list")

    def _short_decade(self, at: int, stop: int) -> Atom | None:
        """Return "'80s" or "the 80s", taken for the twentieth century, the 00s and 10s for the twenty-first."""
        text = self.text
        found = self.patterns.year_suffix.match(text, stop, self.end)
        if not found or not found["decade"] or text[stop - 1] != "0":
            return None
        marked = at > self.start and text[at - 1] in _APOSTROPHES
        begin = at - 1 if marked else at
        before = self.word_before(begin)
        owner = _OWNER.search(text, max(self.start, begin - 28), begin)
        if owner and owner[1].lower() in self.language.possessives:  # "in her early 20s" tells an age
            return None
        if not marked and not (before in {"the", *self.language.parts} or text[at - 1] == "-"):
            return None
        century = "20" if text[at] in "01" else "19"
        return Atom(begin, found.end(), f"{century}{text[at]}X", "decade", "decade")

    # -- names of months, feasts and seasons --------------------------------------------------------------------

    def _from_days(self, found: re.Match[str]) -> Atom | None:
        """Return "21 September 1953" and "12–14 May"."""
        year, end = found["year"], found.end()
        if not year or not self.is_year(found.start("year"), end, strong=True):
            year, end = None, found.end("month")
        if not year and found["month"].islower():  # "4 may leave"
            return None
        return self._days(found, found.start(), end, year or "XXXX")

    def _from_month(self, found: re.Match[str], *, strong: bool) -> Atom | None:
        """Return "September 21, 1953", "September 1953", or "September" where it cannot be another word."""
        at, end, year = found.start(), found.end(), found["year2"] or found["year"]
        if year and not self.is_year(end - 4, end, strong=True):
            year, end = None, found.end("days") if found["day"] else found.end("month")
        if found["day"]:
            counts = not year and self.counts_something(end)
            if counts and found["day2"]:  # "on July 2 and 20 people left"
                return self._one_day(found, at, found.end("first"), "XXXX")
            if not counts or self.word_before(at) != "in":
                return self._days(found, at, end, year or "XXXX")
        month = self.language.months[found["month"].lower()]
        if year:
            return Atom(at, end, f"{year}-{month:02d}", "date", "month")
        end = found.end("month")
        if found["month"].lower() in self.language.shy_months:
            shown = strong or self.is_shown(at, end) or self.is_alone(at, end)
            if not (shown or self.patterns.shy_range.match(self.text, end, self.end)):
                return None
        elif (
            self.text[end : end + 1] == "-"
            and self.text[end + 1 : end + 2].isalpha()
            and not self.patterns.shy_range.match(self.text, end, self.end)
        ):
            return None  # "a June-born"
        return Atom(at, end, f"XXXX-{month:02d}", "date", "month")

    def _days(self, found: re.Match[str], at: int, end: int, year: str) -> Atom | None:
        """Return one day, or two of one month: a range, both, or one of them."""
        one = self._one_day(found, at, end, year)
        if one is None or not found["day2"]:
            return one
        first = one.value
        second = _day(year, self.language.months[found["month"].lower()], int(found["day2"]))
        if second is None or second <= first:
            return None
        joint = found["join"].strip().lower()
        if joint in {"and", "&"} and self.word_before(at) != "between":
            return Atom(at, end, f"{{{first},{second}}}", "date", "list")
        if joint == "or":
            return Atom(at, end, f"[{first},{second}]", "date", "list")
        return Atom(at, end, f"{first}/{second}", "range", "list")

    def _one_day(self, found: re.Match[str], at: int, end: int, year: str) -> Atom | None:
        value = _day(year, self.language.months[found["month"].lower()], int(found["day"]))
        return Atom(at, end, value, "date", "day") if value else None

    def _from_feast(self, found: re.Match[str], *, strong: bool) -> Atom | None:
        at, year = found.start(), found["year"]
        month, day = self.language.feasts[" ".join(found["feast"].lower().split())]
        if not (year or strong or self.is_shown(at, found.end()) or self.is_alone(at, found.end())):
            return None
        return Atom(at, found.end(), f"{year or 'XXXX'}-{month:02d}-{day:02d}", "date", "day")

    def _from_season(self, found: re.Match[str]) -> Atom | None:
        """Return "summer of 1961", or "that summer" where it can be no verb."""
        name, at, end = found["season"].lower(), found.start(), found.end("season")
        code = self.language.seasons[name]
        if found["year"] and self.is_year(*found.span("year"), strong=True):
            return Atom(at, found.end(), f"{found['year']}-{code}", "season", "season")
        if name in self.language.shy_seasons:
            return None
        before = self.word_before(at)
        if before == "the":
            before = self.word_before(self.text.rfind("the", self.start, at))
            if before not in self.language.prepositions or before == "of":
                return None
        elif before not in {"that", "in", *self.language.neighbours} and not self.is_alone(at, end):
            return None
        return Atom(at, end, f"XXXX-{code}", "season", "season")


def _before_christ(number: int) -> str:
    return f"-{number - 1:04d}" if number > 1 else "0000"


def _century(at: int, stop: int, number: int, *, before_christ: bool) -> Atom | None:
    if not 1 <= number <= 30:
        return None
    value = f"{'-' if before_christ else ''}{number - 1:02d}XX"
    return Atom(at, stop, value, "century", "century") if value != "-00XX" else None
