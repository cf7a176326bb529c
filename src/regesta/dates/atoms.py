"""One date, read at the place where it begins: no word before it, no second half of a range.

`AtomReader.read` tries the precise patterns at an anchor and returns the longest. What is unsafe by its look alone, a bare
year or a month that is also a word, is judged by its neighbours: `1953` in "in 1953" is a year, in "1953 people" a count,
in "No. 1953" a label, in "MiG-1984" part of a name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from regesta.dates.days import month_length
from regesta.dates.patterns import DASHES, Patterns

__all__ = ["Atom", "AtomReader"]

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12}
_CURRENCY = frozenset("$£€¥₩₽₹#§№@=&_\\+*'’")
_BULLETS = frozenset("•*·◦▪‣|>")
_WORD_BEFORE = re.compile(r"([^\s()\[\],;:]{1,24})[ \u00a0\n\t]{1,3}$")
_WORD_AFTER = re.compile(r"[ \u00a0]{1,2}([A-Za-z]{1,24})")
_POSSESSIVES = frozenset({"his", "her", "their", "my", "our", "your"})


class Atom(NamedTuple):
    """A single date as written."""

    start: int
    end: int
    value: str
    """EDTF; begins with `XXXX` where the year is missing."""
    kind: str
    """`date`, `range`, `decade`, `century` or `season`."""
    precision: str
    """`day`, `month`, `season`, `year`, `decade`, `century`, or `list` for what is already a range or a set."""

    @property
    def is_complete(self) -> bool:
        """Whether it says its year."""
        return not self.value.startswith(("XXXX", "{XXXX", "[XXXX"))


def _day(year: str, month: int, day: int) -> str | None:
    """Return the EDTF of a day, or None if there is none such."""
    longest = month_length(int(year), month) if year.isdigit() else month_length(2000, month)
    return f"{year}-{month:02d}-{day:02d}" if 1 <= day <= longest else None


class AtomReader:
    """Reads atoms of one text with the patterns of one language."""

    __slots__ = ("end", "patterns", "start", "text")

    def __init__(self, text: str, patterns: Patterns, start: int, end: int) -> None:
        self.text = text
        self.patterns = patterns
        self.start = start
        self.end = end

    def read(self, at: int, *, strong: bool = False) -> Atom | None:
        """Return the date that begins at `at`; `strong` says that the context already proves it to be one."""
        character = self.text[at : at + 1]
        if character.isdecimal():
            stop = at + 1
            while stop < self.end and self.text[stop].isdecimal():
                stop += 1
            return self.read_digits(at, stop, strong=strong)
        if character in {"'", "’", "‘"} and self.text[at + 1 : at + 3].isdecimal():
            return self.read_digits(at + 1, at + 3, strong=strong)
        return self.read_word(at, strong=strong) if character.isalpha() else None

    def read_digits(self, at: int, stop: int, *, strong: bool = False) -> Atom | None:
        """Return the date whose first number is `[at, stop)`."""
        text, length = self.text, stop - at
        if length > 4 or not self._stands_free(at):
            return None
        following = text[stop : stop + 1]
        if length == 4:
            if following in {"-", ".", "/"} and (atom := self._numeric(at)):
                return atom
            return self._from_year(at, stop, strong=strong)
        if following in {"-", ".", "/"} and (atom := self._numeric(at)):
            return atom
        if length <= 2:
            if found := self.patterns.day_first.match(text, at, self.end):
                return self._from_days(found)
            if found := self.patterns.century.match(text, at, self.end):
                return self._century(at, found.end(), int(found["n"]), before_christ=bool(found["bc"]))
            if length == 2 and following in {"s", "'", "’"}:
                return self._short_decade(at, stop)
        if following in {" ", "\u00a0"} and (found := self.patterns.year_suffix.match(text, stop, self.end)) and found["bc"]:
            return Atom(at, found.end(), f"-{int(text[at:stop]) - 1:04d}", "date", "year")
        return None

    def read_word(self, at: int, *, strong: bool = False) -> Atom | None:
        """Return the date that begins with a word at `at`."""
        text, patterns, language = self.text, self.patterns, self.patterns.language
        if at > self.start and (text[at - 1].isalnum() or text[at - 1] in "_"):
            return None
        if found := patterns.month_first.match(text, at, self.end):
            return self._from_month(found, strong=strong)
        if found := patterns.feast.match(text, at, self.end):
            month, day = language.feasts[" ".join(found["feast"].lower().split())]
            year = found["year"]
            if year is None and not (strong or self._after_preposition(at) or self._is_alone(at, found.end())):
                return None
            return Atom(at, found.end(), f"{year or 'XXXX'}-{month:02d}-{day:02d}", "date", "day")
        if found := patterns.season.match(text, at, self.end):
            return self._season(found)
        if found := patterns.decade_word.match(text, at, self.end):
            before = self.word_before(at)
            if before in _POSSESSIVES or not (strong or before in {"the", "early", "late", "mid"}):
                return None
            return Atom(at, found.end(), f"19{language.decades[found['decade'].lower()] // 10}X", "decade", "decade")
        return None

    def word_century(self, at: int, stop: int) -> Atom | None:
        """Return "nineteenth century" for a "century" at `[at, stop)`, read backwards."""
        found = self.patterns.ordinal_century.search(self.text, max(self.start, at - 20), at)
        if found is None:
            return None
        number = self.patterns.language.ordinals[" ".join(found["n"].lower().replace("-", " ").split())]
        return self._century(found.start(), stop, number, before_christ=False)

    def word_before(self, at: int) -> str:
        """Return the word before `at` in lower case, empty where a bracket, a comma or the start stands there."""
        found = _WORD_BEFORE.search(self.text, max(self.start, at - 26), at)
        return found[1].lower() if found else ""

    # -- numbers ------------------------------------------------------------------------------------------------

    def _stands_free(self, at: int) -> bool:
        """Return whether the digits at `at` are a number of their own, not the tail of another or of a name."""
        if at <= self.start:
            return True
        before = self.text[at - 1]
        if before in " \n\t(":
            return True
        second = self.text[at - 2] if at - 2 >= self.start else " "
        if before.isalnum():  # "c1950" is one, "A1950" is none
            return before == "c" and not second.isalnum()
        if before in {"'", "’", "‘"}:
            return not second.isalnum()
        if before in {",", ".", ":", "/"}:
            return before == "." and second == "c" if before == "." and second.isalpha() else not (second.isalnum() or second == "/")
        if before == "-":
            return not second.isalnum() or self.text[max(self.start, at - 6) : at - 1].lower().lstrip(" (").split(" ")[-1] in {
                "mid", "pre", "post", "early", "late",
            }
        return before not in _CURRENCY

    def _numeric(self, at: int) -> Atom | None:
        found = self.patterns.numeric.match(self.text, at, self.end)
        if found is None:
            return None
        first, mark, second, third = found.group("a", "sep", "b", "c")
        if not second.isdecimal():
            if mark != "." or second not in _ROMAN or len(third) != 4:
                return None
            value = _day(third, _ROMAN[second], int(first)) if len(first) <= 2 else None
        elif len(first) == 4 and len(third) <= 2:
            value = _day(first, int(second), int(third)) if 1 <= int(second) <= 12 else None
        elif len(first) <= 2 and len(third) == 4 and third[0] in "12":
            a, b = int(first), int(second)
            readings = {_day(third, b, a)} if 1 <= b <= 12 else set()
            if mark != "." and 1 <= a <= 12:
                readings.add(_day(third, a, b))
            known = sorted(r for r in readings if r)
            value = f"[{','.join(known)}]" if len(known) > 1 else known[0] if known else None
        else:
            return None
        return Atom(at, found.end(), value, "date", "list" if value.startswith("[") else "day") if value else None

    def _from_year(self, at: int, stop: int, *, strong: bool) -> Atom | None:
        text = self.text
        digits = text[at:stop]
        number = int(digits)
        found = self.patterns.year_suffix.match(text, stop, self.end)
        if found:
            if found["decade"] and found["decade"][-1] == "s":
                if digits[-1] == "0" and 1000 <= number <= 2100:
                    if digits.endswith("00") and number < 2000:
                        return Atom(at, found.end(), digits[:2] + "XX", "century", "century")
                    return Atom(at, found.end(), digits[:3] + "X", "decade", "decade")
                if "'" not in found[0] and "’" not in found[0]:
                    return None
            elif found["bc"]:
                return Atom(at, found.end(), f"-{number - 1:04d}", "date", "year")
            elif found["two"] and (atom := self._short_range(at, number, found)):
                return atom
        if text[stop : stop + 1] in {"년", " "} and (korean := self.patterns.korean.match(text, at, self.end)):
            return self._korean(korean, digits)
        if not self._is_year(at, stop, number, strong=strong):
            return None
        return Atom(at, stop, digits, "date", "year")

    def _short_range(self, at: int, number: int, found: re.Match[str]) -> Atom | None:
        """Return "1945/46" as a range, "2015-07" as a month; "2001-02" is a range unless it stands alone."""
        two, mark = int(found["two"]), found["mark"]
        if not 1000 <= number <= 2100 or not self._label_free(at):
            return None
        is_month = mark == "-" and 1 <= two <= 12
        if is_month and (two <= number % 100 or not self.text[self.start : self.end].strip(" \t\n()") != found.string[at : found.end()]):
            return Atom(at, found.end(), f"{number}-{two:02d}", "date", "month")
        if two > number % 100:
            return Atom(at, found.end(), f"{number}/{number // 100}{two:02d}", "range", "list")
        if number % 100 == 99 and two == 0:
            return Atom(at, found.end(), f"{number}/{number + 1}", "range", "list")
        return None

    def _korean(self, found: re.Match[str], year: str) -> Atom | None:
        month, day = found["month"], found["day"]
        if month is None:
            return Atom(found.start(), found.end(), year, "date", "year")
        if not 1 <= int(month) <= 12:
            return None
        if day is None:
            return Atom(found.start(), found.end(), f"{year}-{int(month):02d}", "date", "month")
        value = _day(year, int(month), int(day))
        return Atom(found.start(), found.end(), value, "date", "day") if value else None

    def _short_decade(self, at: int, stop: int) -> Atom | None:
        """Return "'80s" or "the 80s", taken for the twentieth century (the 00s and 10s for the present one)."""
        text = self.text
        found = self.patterns.year_suffix.match(text, stop, self.end)
        if not found or not found["decade"] or text[stop - 1] != "0":
            return None
        marked = at > self.start and text[at - 1] in {"'", "’", "‘"}
        begin = at - 1 if marked else at
        before = self.word_before(begin)
        if before in _POSSESSIVES or not (marked or before in {"the", "early", "late", "mid"} or text[at - 1] == "-"):
            return None
        return Atom(begin, found.end(), f"{'20' if text[at] in '01' else '19'}{text[at]}X", "decade", "decade")

    def _century(self, at: int, stop: int, number: int, *, before_christ: bool) -> Atom | None:
        if not 1 <= number <= 30:
            return None
        value = f"-{number - 1:02d}XX" if before_christ else f"{number - 1:02d}XX"
        return Atom(at, stop, value, "century", "century")

    # -- names of months and seasons ----------------------------------------------------------------------------

    def _month(self, name: str) -> int:
        return self.patterns.language.months[name.lower()]

    def _from_days(self, found: re.Match[str]) -> Atom | None:
        """Return "21 September 1953" and "12–14 May"."""
        year, end = found["year"], found.end()
        if year and not self._is_year(found.start("year"), end, int(year), strong=True):
            year, end = None, self._without_year(found)
        name = found["month"]
        if not year and name.islower():  # "4 may leave", "3 march on"
            return None
        return self._days(found, found.start(), end, year or "XXXX")

    def _from_month(self, found: re.Match[str], *, strong: bool) -> Atom | None:
        """Return "September 21, 1953", "September 1953", or "September" where it cannot be another word."""
        at, end, year = found.start(), found.end(), found["year2"] or found["year"]
        if found["day"]:
            if year and not self._is_year(found.start("year2"), end, int(year), strong=True):
                year, end = None, self._without_year(found)
            counted = _WORD_AFTER.match(self.text, end, self.end) if not year else None
            if counted is None or not (
                counted[1] in self.patterns.language.counted and self.word_before(at) == "in"
            ):
                return self._days(found, at, end, year or "XXXX")
        elif year and self._is_year(found.start("year"), end, int(year), strong=True):
            return Atom(at, end, f"{year}-{self._month(found['month']):02d}", "date", "month")
        name = found["month"]
        end = found.end("month")
        if name.lower() in self.patterns.language.shy_months:
            if not (strong or self._after_preposition(at) or self._is_alone(at, end)):
                return None
            if self.text[end : end + 1] == "." and len(name) <= 4 and name.lower() != "may":
                end += 1
        if self.text[end : end + 1] in {"’", "'"} and False:
            return None
        return Atom(at, end, f"XXXX-{self._month(name):02d}", "date", "month")

    def _without_year(self, found: re.Match[str]) -> int:
        return max(found.end(g) for g in ("day", "day2", "month")) + (
            2 if self.text[found.end("day") : found.end("day") + 2].lower() in {"st", "nd", "rd", "th"} and found.end("day") > found.end("month") else 0
        )

    def _days(self, found: re.Match[str], at: int, end: int, year: str) -> Atom | None:
        month = self._month(found["month"])
        first = _day(year, month, int(found["day"]))
        if first is None:
            return None
        if not found["day2"]:
            return Atom(at, end, first, "date", "day")
        second = _day(year, month, int(found["day2"]))
        if second is None or second <= first:
            return None
        joint = found["join"].strip().lower()
        if joint in {"and", "&"} and self.word_before(at) != "between":
            return Atom(at, end, f"{{{first},{second}}}", "date", "list")
        if joint == "or":
            return Atom(at, end, f"[{first},{second}]", "date", "list")
        return Atom(at, end, f"{first}/{second}", "range", "list")

    def _season(self, found: re.Match[str]) -> Atom | None:
        name, year, at, end = found["season"].lower(), found["year"], found.start(), found.end()
        code = self.patterns.language.seasons[name]
        if year and self._is_year(found.start("year"), found.end("year"), int(year), strong=True):
            return Atom(at, end, f"{year}-{code}", "season", "season")
        before = self.word_before(at)
        if name in self.patterns.language.shy_seasons or not (
            before in {"that", "in"} or (before == "the" and self.word_before(self.text.rfind("the", 0, at)) in {"in", "during", "by", "until"})
            or self._is_alone(at, found.end("season"))
        ):
            return None
        return Atom(at, found.end("season"), f"XXXX-{code}", "season", "season")

    # -- judgement by the neighbours ----------------------------------------------------------------------------

    def _after_preposition(self, at: int) -> bool:
        return self.word_before(at).lstrip("(") in self.patterns.language.prepositions

    def _is_head(self, at: int) -> bool:
        """Return whether a line, a list item or the text begins at `at`."""
        before = self.text[max(self.start, at - 8) : at].rstrip(" \t\u00a0")
        return not before or before[-1] in _BULLETS or before[-1] == "\n"

    def _is_alone(self, at: int, stop: int) -> bool:
        """Return whether `[at, stop)` stands between line ends, dashes or brackets."""
        before = self.text[max(self.start, at - 4) : at].rstrip(" \t\u00a0")
        if not (self._is_head(at) or (before and before[-1] in DASHES + "(")):
            return False
        after = self.text[stop : min(stop + 4, self.end)].lstrip(" \t\u00a0.")
        return not after or after[0] in DASHES + "\n\r:,)"

    def _label_free(self, at: int) -> bool:
        return self.word_before(at).lstrip("(") not in self.patterns.language.number_labels

    def _is_year(self, at: int, stop: int, number: int, *, strong: bool) -> bool:
        """Return whether the four digits are a year, by what stands before and behind."""
        text = self.text
        if not 1000 <= number <= 2200:
            return False
        after = text[stop : stop + 2]
        if after:
            first, second = after[0], after[1:]
            if first.isalnum() or first in "%_°@=€$£":
                return False
            if first in ",.:" and second.isdecimal():
                return False
            if first in "/-" and second.isdecimal() and not strong and not re.match(r"[/-]\d{4}(?![\d-])", text[stop : stop + 7]):
                return False
        language = self.patterns.language
        before = self.word_before(at).lstrip("(\"'“‘")
        if not strong and before in language.number_labels:
            return False
        word = _WORD_AFTER.match(text, stop, self.end)
        if word:
            noun = word[1]
            if noun in language.counted and not (before == "in" and 1500 <= number):
                return False
            if noun.islower() and number % 100 == 0 and noun.endswith("s") and before not in {"in", "since", "until"} and noun not in {"was", "is", "has", "as", "his", "its", "this"}:
                return False
        if strong:
            return True
        if before == "by":
            verb = self.word_before(text.rfind("by", 0, at)) if "by" in text[max(0, at - 5) : at] else ""
            if verb in language.changes:
                return False
        if 1400 <= number <= 2100:
            return True
        return before in language.prepositions or self._is_alone(at, stop)
