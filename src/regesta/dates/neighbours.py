"""Whether digits are a year and a word a month, judged by what stands beside them.

in [1953] he         a year: a preposition before it
[1953] people        a count: a counted noun behind it
No. [1953]           a label
MiG-[1984], 1,[139]  part of something longer
"""

from __future__ import annotations

import re

from regesta.dates.language import Language
from regesta.dates.languages import COUNTED
from regesta.dates.patterns import DASHES

__all__ = ["Neighbours"]

_GLUED = frozenset("$£€¥₩₽₹#§№@&_\\+*")
"""Marks before a number that make it something else than a year."""
_EMPHASIS = re.compile(r"(?:^|(?<=[\s(\[\"'“]))(?:\*{1,3}|_{1,3})$")
"""Marks that open words shown strongly, as plain text and Markdown write them, or the star of a birth."""
_BULLETS = frozenset("•*·◦▪‣|>\n")
_OPENING = "([\"'“‘„«"
_GAP = re.compile(r"[ \u00a0\t]{0,3}\n?[ \u00a0\t]{0,3}")
_CLOSED = re.compile(r"[()\[\],;:]")
_WORD_AFTER = re.compile(r"[ \u00a0\n]([A-Za-zÀ-ÿЀ-ӿ]{1,24})")
_NAME_AFTER = re.compile(r"\s[A-Z]")
_TOLD_BY = frozenset(("in", "since", "until"))
"""Prepositions behind which four digits are a year, though what is counted follows: "until 1993 refugees got"."""
_DATED_BEFORE = frozenset(("the", "of", "since", "from", "by", "until", "early", "late", "mid", "during"))
_QUERY = re.compile(r"[?&/][^\s|]*$")
_RANGE_AFTER = re.compile(r"[/-]\d{4}(?![\d-])")
_COUNT_RANGE = re.compile(r"[ ]?(?:[-–—]|to|or)[ ]?[0-9][0-9,.]{0,12}[ \u00a0]([A-Za-z]{1,24})")
_SECOND_WORDS = frozenset({"than", "least", "most"})
"""The second words of `Language.comparisons`."""
_BESIDE = frozenset(("with", "mit", "avec", "con", "com", "met"))
"""What stands before how many somebody has: with a noun behind it, a number there is no year."""
_TOWARDS = frozenset(("to", "auf", "à", "a", "naar"))
_CHANGED = re.compile(
    r"\b(?:rose|risen|fell|fallen|grew|dropped|decreased|increased|sank(?:en)?|gesunken|stieg(?:en)?|gestiegen|fiel(?:en)?|gefallen|erhöhte|verringerte|passée?|tombée?|subió|bajó|aumentó|"
    r"sali[ìt]o?|scesi?|steeg|daalde)\b[^.;]*$"
)
_FROM_YEAR = re.compile(
    r"\b(?:from|von|de|dal?|van|between|zwischen)\s(?:[^\W\d_]+\s){0,2}(?:1[4-9]|20)\d\d\b"
)
_OF_NEWER_TIME = 1800
_SHORT = 4
_NOT_PLURAL = frozenset({"was", "is", "has", "as", "his", "its", "this", "always", "does"})


class Neighbours:
    """Looks at the characters and words beside a place of `text[start:end]`."""

    __slots__ = ("end", "language", "start", "text")

    def __init__(self, text: str, language: Language, start: int, end: int) -> None:
        self.text = text
        self.language = language
        self.start = start
        self.end = end

    def word_before(self, at: int) -> str:
        """Return the word before `at` in lower case; empty where a bracket, a comma or the start stands there."""
        if at <= self.start or not self.text[at - 1].isspace():
            return ""
        line = self.text[max(self.start, at - 28) : at]
        shown = line.rstrip(" \u00a0\t\n")
        if not shown.strip() or (len(line) - len(shown) > 1 and not _GAP.fullmatch(line, len(shown))):
            return ""
        word = shown.rsplit(None, 1)[-1]
        if not word.isalnum():
            word = _CLOSED.split(word)[-1]
        return word[-24:].lower().lstrip(_OPENING)

    def stands_free(self, at: int) -> bool:
        """Return whether the digits at `at` are a number of their own, not the tail of another or of a name."""
        if at <= self.start:
            return True
        before = self.text[at - 1]
        second = self.text[at - 2] if at - 2 >= self.start else " "
        if before in " \n\t(":
            return second not in "#№"
        if before == "c":  # "c1950"
            return not second.isalnum()
        if before == ".":  # "c.1950"
            return second in {"c", "a"} or not second.isalnum()
        if before in ",:/'’‘":
            return not (second.isalnum() or second in "/.")
        if before == "=":  # "|date=18 November 2020", not "?id=1953"
            return not _QUERY.search(self.text, max(self.start, at - 16), at)
        if before == "-":
            if not second.isalnum() or "\u05d0" <= second <= "\u05ea":  # Hebrew joins its prefixes so
                return True
            glued = re.search(r"(?<!\w)([a-z]{1,5})-$", self.text[max(self.start, at - 8) : at].lower())
            return glued is not None and (glued[1] in self.language.parts or glued[1] in self.language.bounds)
        if before in "*_":  # "**19 October 2011**", "born *1953", not "3*1953" or "name_1953"
            return _EMPHASIS.search(self.text, max(self.start, at - 4), at) is not None
        return not (before.isalnum() or before in _GLUED)

    def is_shown(self, at: int, stop: int) -> bool:
        """Return whether a word before `at` makes the name at `[at, stop)` a date: "in May", but not "by May Brown"."""
        before = self.word_before(at)
        if before in self.language.time_prepositions:
            return True
        return before in self.language.month_prepositions and not _NAME_AFTER.match(self.text, stop, self.end)

    def is_label(self, at: int) -> bool:
        """Return whether a word stands before `at` that makes a number a label or a count."""
        return self.word_before(at) in self.language.number_labels

    def counts_something(self, stop: int) -> bool:
        """Return whether a counted noun stands behind `stop`."""
        found = _WORD_AFTER.match(self.text, stop, self.end)
        return found is not None and (found[1] in self.language.counted or found[1] in COUNTED)

    def is_alone(self, at: int, stop: int) -> bool:
        """Return whether `[at, stop)` stands between line ends, bullets, dashes or brackets."""
        before = self.text[max(self.start, at - 8) : at].rstrip(" \t\u00a0")
        if before and before[-1] not in _BULLETS and before[-1] not in DASHES + "(":
            return False
        after = self.text[stop : min(stop + 4, self.end)].lstrip(" \t\u00a0.")
        return not after or after[0] in DASHES + "\n\r:,)"

    def is_year(self, at: int, stop: int, *, strong: bool) -> bool:
        """Return whether the four digits at `[at, stop)` are a year; `strong` if what precedes already says a date."""
        text, language = self.text, self.language
        number = int(text[at:stop])
        if not 1000 <= number <= 2200 or not self._ends_well(stop, strong=strong):
            return False
        before = self.word_before(at)
        if not strong and (
            self._is_second(at)
            or before in language.number_labels
            or self._is_compared(at, before)
            or self._is_page(at)
            or self._is_reached(at, before)
        ):
            return False
        if number % 100 == 0 or number < 1800:
            counted = _COUNT_RANGE.match(text, stop, self.end)
            if counted and counted[1] in language.counted:  # "1000 to 1500 people"
                return False
        following = _WORD_AFTER.match(text, stop, self.end)
        if following:
            noun = following[1]
            told = before in _TOLD_BY or (strong and number % 100)  # "since July 1990 families got"
            if (noun in language.counted or noun in COUNTED) and not (told and number >= _OF_NEWER_TIME):
                return False
            if number < _OF_NEWER_TIME and not strong and self._is_counted(at, before, noun):
                return False
            behind = _WORD_AFTER.match(text, following.end(), self.end) if noun[0].isupper() else None
            if behind and behind[1] in language.counted and not told and before not in _DATED_BEFORE:
                return False  # "1664 Acadian men", not "the 1956 Hungarian refugees"
            is_plural = noun.endswith("s") and noun.islower() and noun not in _NOT_PLURAL
            if is_plural and number % 100 == 0 and before not in {"in", "since", "until"}:
                return False
            if before in _BESIDE and (is_plural or (noun[0].isupper() and before == "mit")):
                return False  # "with 1610 claims", "mit 1610 Gesuchen"
        return strong or 1400 <= number <= 2100 or before in language.prepositions

    def _is_counted(self, at: int, before: str, noun: str) -> bool:
        """Return whether a number within a line, too early for most texts, counts the plural behind it: "took 1637 pleas"."""
        if before in self.language.prepositions or before in _DATED_BEFORE or len(noun) <= _SHORT:
            return False
        return noun.endswith(("s", "n", "e")) and self.text[max(self.start, at - 1) : at] == " "

    def _ends_well(self, stop: int, *, strong: bool) -> bool:
        """Return whether what follows lets four digits be a year: no letter, no decimals, no further digits."""
        first = self.text[stop : stop + 1] if stop < self.end else ""
        if not first or first in " \n":
            return True
        if first.isalnum() or first in "%_°@=€$£":
            return False
        if not self.text[stop + 1 : min(stop + 2, self.end)].isdecimal():
            return True
        if first in ",.:":
            return False
        return first not in "/-" or strong or _RANGE_AFTER.match(self.text, stop, self.end) is not None

    def _is_second(self, at: int) -> bool:
        """Return whether a number and a dash stand right before: what made the first none, makes the second none."""
        return at - self.start > 1 and self.text[at - 1] in DASHES and self.text[at - 2].isdecimal()

    def _is_compared(self, at: int, before: str) -> bool:
        """Return whether "more than" or its like stands before."""
        if before not in _SECOND_WORDS:
            return False
        words = self.text[max(self.start, at - 24) : at].lower().split()
        return " ".join(words[-2:]) in self.language.comparisons

    def _is_reached(self, at: int, before: str) -> bool:
        """Return whether something rose or fell to the number: "sank um ein Viertel auf 1610", "fell to 1895"."""
        if before not in _TOWARDS:
            return False
        words = self.text[max(self.start, at - 90) : at]
        return _CHANGED.search(words) is not None and _FROM_YEAR.search(words) is None

    def _is_page(self, at: int) -> bool:
        """Return whether a volume stands before: "24: 1201–1215", "12(3): 1901"."""
        before = self.text[max(self.start, at - 4) : at].rstrip()
        return len(before) > 1 and before[-1] == ":" and (before[-2].isdecimal() or before[-2] == ")")
