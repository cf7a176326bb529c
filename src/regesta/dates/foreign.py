"""Finding the dates of a text in a language other than English, with the table of that language.

    1996년  부터  1998년  말까지         Anfang  1997
    form    join  form    part          part    form

At every place where a form may begin the forms are tried, the most precise first; then what stands before and behind. The
same steps as for English (`find.py`), but words that change a date may also follow it. A lone day ("12일") is a date only
behind a date that lends it month and year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from regesta.dates.atoms import Atom
from regesta.dates.foreign_atoms import read_atom
from regesta.dates.joining import filled
from regesta.dates.languages.han import LUNAR, LUNAR_BEHIND
from regesta.dates.phrase import DatePhrase, Kind, Qualifier, apply_bound
from regesta.dates.signs import runs_into_name
from regesta.dates.tongue import Grammar
from regesta.dates.values import ends, is_complete, part_of, qualify
from regesta.text.span import Span

__all__ = ["find_foreign"]

_LEAD_LENGTH = 40
"""Code points before a date in which its lead must begin."""
_PART_QUALIFIER: dict[str, Qualifier] = {"first-half": "early", "second-half": "late"}
_OPEN = frozenset({"since", "from", "after", "until", "before"})
_OPENING = frozenset({"between", "span"})
_LOOK_AHEAD = re.compile(r"\(\?[!=].*\)$")
_LENDING = 400
"""Code points behind a date in which a lone day may borrow its month."""


def find_foreign(text: str, start: int, end: int, grammar: Grammar, *, is_sure: bool) -> list[DatePhrase]:
    """Return the dates of `text[start:end]` in one language, in order, not overlapping.

    `is_sure` says that the text is in this language, not only a word of it.
    """
    finder = _Finder(text, start, end, grammar, is_sure=is_sure)
    at = start
    while found := grammar.starts.search(text, at, end):
        at = max(finder.visit(found.start()), found.start() + 1)
    return finder.found


@dataclass(slots=True)
class _Piece:
    """A date with the words around it."""

    atom: Atom
    core: int
    """Where the date begins, part included."""
    begin: int
    """Where it begins with its hedge."""
    end: int
    """Where it ends, part and hedge included."""
    hint: str | None = None
    part: str | None = None
    hedge: str = ""
    bound: str | None = None
    bound_at: int = -1
    bound_end: int = -1
    is_bare: bool = False
    is_lone: bool = False

    def value(self) -> tuple[str, str | None]:
        """Return (EDTF, bounds hint) without the bound."""
        value, hint = self.atom.value, self.hint
        if self.part:
            value, hint = part_of(value, self.part, self.atom.precision)
        return qualify(value, self.hedge), hint


_EARLY = frozenset(("10", "11", "12", "13", "14", "15", "16", "17"))
"""Centuries whose years are counts more often than dates, where a noun follows."""


class _Finder:
    __slots__ = ("end", "floor", "found", "grammar", "is_sure", "start", "text", "tongue")

    def __init__(self, text: str, start: int, end: int, grammar: Grammar, *, is_sure: bool) -> None:
        self.text, self.start, self.end = text, start, end
        self.grammar, self.tongue, self.is_sure = grammar, grammar.tongue, is_sure
        self.floor = start
        self.found: list[DatePhrase] = []

    def visit(self, at: int) -> int:
        """Read what begins at a place, add it, and return where to go on."""
        if self._relative(at):
            return self.floor
        piece = self._read(at)
        if piece is None:
            return at + 1
        self._before(piece)
        self._behind(piece)
        if self._range(piece):
            return self.floor
        if piece.is_lone:
            self._lone(piece)
        elif not piece.is_bare or self._says_more(piece):
            if piece.bound in _OPENING or (piece.atom.kind == "range" and piece.bound in {"from", "since"}):
                piece.bound, piece.bound_end = None, -1
            self._single(piece)
        return max(self.floor, at + 1) if self.floor > at else piece.atom.end if not piece.is_bare else at + 1

    def _says_more(self, piece: _Piece) -> bool:
        """Return whether words around a bare year show it to be one, and nothing behind that it counts something."""
        is_bound = bool(piece.bound) and piece.bound not in _OPENING
        if not (piece.part or piece.hedge or is_bound):
            return False
        return bool(piece.part) or not self.grammar.noun_after.match(self.text, piece.end, self.end)

    def _read(self, at: int) -> _Piece | None:
        """Return the date that begins at a place."""
        text = self.text
        if at >= self.end:
            return None
        before = text[at - 1] if at > self.start else " "
        if self.tongue.is_spaced and (before.isalnum() or before == "_"):
            return None
        if text[at].isdecimal() and (before.isdecimal() or self._continues_number(at, before)):
            return None
        is_lunar = not self.tongue.is_spaced and text[max(self.start, at - 4) : at].rstrip().endswith(LUNAR)
        for form in self.grammar.forms:
            found = form.match(text, at, self.end)
            if found is None:
                continue
            groups = found.groupdict()
            if groups.get("strict") is not None and not self.is_sure:
                continue
            is_lunar = is_lunar or (
                not self.tongue.is_spaced and bool(LUNAR_BEHIND.match(text, found.end(), self.end))
            )
            if read := read_atom(found, self.tongue, is_lunar=is_lunar):
                atom, hint = read
                if atom.precision == "month" and atom.value[:2] in _EARLY and self._counts(atom.end):
                    continue  # "im August 1554 Personen"
                lone, bare = groups.get("lone") is not None, groups.get("bare") is not None
                return _Piece(atom, at, at, atom.end, hint=hint, is_bare=bare, is_lone=lone)
        return None

    def _counts(self, end: int) -> bool:
        """Return whether what stands behind four digits shows that they count something."""
        return self.grammar.noun_after.match(self.text, end, self.end) is not None

    def _continues_number(self, at: int, before: str) -> bool:
        """Return whether the digits at `at` go on from others: "1,997", "3.1997", "$1997"."""
        if before in "$£€¥₩#№":
            return True
        return before in ".,:/" and at - 2 >= self.start and self.text[at - 2].isdecimal()

    def _before(self, piece: _Piece) -> None:
        """Add the words before a date."""
        low = max(self.floor, piece.core - _LEAD_LENGTH)
        before = self.text[low : piece.core].rstrip(" \n\t\u00a0-").lower()
        if not before.endswith(self.grammar.lead_ends):
            return
        lead = self.grammar.lead.search(self.text, low, piece.core)
        if lead is None or lead.start() == lead.end():
            return
        if lead["part"] and self._part(piece, lead["part"], self.tongue.parts_before):
            piece.core = piece.begin = lead.start("part")
        if lead["approx"]:
            piece.hedge, piece.begin = "~", lead.start("approx")
        if lead["bound"]:
            piece.bound, piece.bound_at = self.tongue.bounds_before[_key(lead["bound"])], lead.start("bound")

    def _part(self, piece: _Piece, words: str, table: Mapping[str, str]) -> bool:
        """Set the part that words name, unless the date is too exact to have one."""
        precision = piece.atom.precision
        if precision in {"day", "list", "season"}:
            return False
        meaning = table.get(_key(words)) or _by_pattern(words, table)
        near, _, far = meaning.partition("|")
        piece.part = far if far and precision in {"decade", "century"} else near
        return True

    def _behind(self, piece: _Piece, *, inner: bool = False) -> None:
        """Add the words behind a date."""
        tail = self.grammar.tail.match(self.text, piece.end, self.end)
        if tail is None:
            return
        if tail["part"] and not piece.part and self._part(piece, tail["part"], self.tongue.parts_after):
            piece.end = tail.end("part")
        elif tail["part"]:
            return
        if tail["approx"]:
            piece.hedge, piece.end = "~", tail.end("approx")
        if tail["bound"] and not piece.bound and not inner:
            piece.bound = _by_pattern(tail["bound"], self.tongue.bounds_after)
            piece.bound_end = tail.end("bound")

    def _second(self, at: int, left: Atom) -> _Piece | None:
        """Return the second date of a range."""
        lead = self.grammar.inner_lead.match(self.text, at, self.end)
        assert lead is not None
        piece = self._read(lead.end())
        if piece is None or (piece.is_lone and left.precision != "day"):
            return None
        if piece.is_lone:
            piece.atom = piece.atom._replace(value=f"{left.value[:8]}{piece.atom.value[-2:]}")
        if lead["part"] and self._part(piece, lead["part"], self.tongue.parts_before):
            piece.core = lead.start("part")
        if lead["approx"]:
            piece.hedge = "~"
        self._behind(piece, inner=True)
        return piece

    def _range(self, left: _Piece) -> bool:
        """Add a range, or a choice of two, if a second date follows."""
        join = self.grammar.join.match(self.text, left.end, self.end)
        if join is None or left.atom.precision == "list" or left.is_lone:
            return False
        if left.bound_at >= 0 and left.bound not in {*_OPENING, "from", "since"}:
            return False
        if join["between"] and left.bound != "between":
            return False
        right = self._second(join.end(), left.atom)
        if right is None or right.atom.precision == "list":
            return False
        if runs_into_name(left.atom.precision, right.atom.precision, self.text, right.end):
            return False
        if right.is_bare and left.is_bare and self.grammar.noun_after.match(self.text, right.end, self.end):
            return False
        if join["choice"] and (left.part or right.part or left.atom.precision != right.atom.precision):
            return False
        (low, low_hint), (high, high_hint) = left.value(), right.value()
        pair = filled(left.atom, right.atom, low, high, spoken=not join["dash"])
        if pair is None:
            return False
        low, high = pair
        value = f"[{low},{high}]" if join["choice"] else f"{low}/{high}"
        hint = None
        if low_hint or high_hint:
            hint = f"{ends(low_hint)[0] if low_hint else low}/{ends(high_hint)[1] if high_hint else high}"
        complete = is_complete(low)
        span = Span(left.begin, right.end)
        self._add(
            DatePhrase(
                span=span, core=Span(left.core, right.end),
                edtf=value if complete else None, core_edtf=value if complete else None,
                partial=None if complete else value, kind="date" if join["choice"] else "range",
                qualifier="about" if left.hedge or right.hedge else None, bounds_hint=hint, evidence=(span,),
            )
        )  # fmt: skip
        return True

    def _single(self, piece: _Piece, evidence: tuple[Span, ...] = ()) -> None:
        """Add a date that is no part of a range."""
        value, hint = piece.value()
        if value.startswith("XXXX-") and not piece.bound and self._year_behind(piece, value):
            return
        bound = piece.bound
        begin = piece.bound_at if bound and piece.bound_at >= 0 else piece.begin
        span = Span(begin, max(piece.end, piece.bound_end))
        partial = None if is_complete(value) else value
        edtf = core_edtf = None
        if partial is None:
            core_edtf = value
            edtf, hint = apply_bound(value, hint, bound)
        qualifier: Qualifier | None = "about" if piece.hedge else None
        if piece.part:
            qualifier = _PART_QUALIFIER.get(piece.part, piece.part)  # type: ignore[arg-type]
        if bound:
            qualifier = bound  # type: ignore[assignment]
        kind: Kind = "open" if bound in _OPEN else piece.atom.kind
        if kind == "decade" and "X" not in value:
            kind = "date"
        self._add(
            DatePhrase(
                span=span, core=Span(piece.core, piece.end), edtf=edtf, core_edtf=core_edtf, partial=partial,
                kind=kind, qualifier=qualifier, bounds_hint=hint, evidence=(span, *evidence),
            )
        )  # fmt: skip

    def _year_behind(self, piece: _Piece, value: str) -> bool:
        """Add a month whose year another date tells: "en mars de l'année suivante"."""
        behind = self.grammar.year_behind
        found = behind.match(self.text, piece.end, self.end) if behind else None
        if found is None:
            return False
        step, unit, to = self.tongue.relatives[_name(found["relative"])]
        if unit != "year":
            return False
        span = Span(piece.begin, found.end())
        self._add(
            DatePhrase(
                span=span, core=span, partial=value, kind="date", offset=(step, unit), relative_to=to, evidence=(span,)  # type: ignore[arg-type]
            )
        )  # fmt: skip
        return True

    def _lone(self, piece: _Piece) -> None:
        """Add a lone day with the month of the date before it."""
        if not self.found or piece.core - self.found[-1].span.end > _LENDING:
            return
        lender = self.found[-1]
        value = ends(lender.core_edtf or lender.partial or "")[1].rstrip("~?%")
        if len(value) != 10 or "XX" in value[5:]:
            return
        day = piece.atom.value[-2:]
        if day <= value[8:] and lender.partial is None:
            return
        piece.atom = piece.atom._replace(value=f"{value[:8]}{day}")
        self._single(piece, (lender.span,))

    def _relative(self, at: int) -> bool:
        """Add "지난해", or "지난해 12월", whose year hangs on another date."""
        if self._counted(at):
            return True
        found = self.grammar.relative.match(self.text, at, self.end) if self.grammar.relative else None
        if found is None:
            return False
        step, unit, to = self.tongue.relatives[_name(found["relative"])]
        end = found.end()
        while self.text[end : end + 1] == " ":
            end += 1
        inner = self._read(end) if unit == "year" and end < self.end else None
        phrase_end, partial = found.end(), None
        if inner is not None and not inner.is_lone and inner.atom.value.startswith("XXXX"):
            phrase_end, partial = inner.atom.end, inner.atom.value
        span = Span(at, phrase_end)
        self._add(
            DatePhrase(
                span=span, core=span, partial=partial, kind="relative" if partial is None else "date",
                offset=(step, unit), relative_to=to, evidence=(span,),  # type: ignore[arg-type]
            )
        )  # fmt: skip
        return True

    def _counted(self, at: int) -> bool:
        """Add "deux ans plus tard"."""
        found = self.grammar.counted.match(self.text, at, self.end) if self.grammar.counted else None
        if found is None:
            return False
        count = found["count"]
        number = int(count) if count.isdecimal() else self.tongue.numbers[count.lower()]
        sign = self.tongue.later[_name(found["later"])]
        span = Span(at, found.end())
        self._add(
            DatePhrase(
                span=span, core=span, kind="relative", offset=(sign * number, self.tongue.units[found["unit"].lower()]),
                relative_to="anchor", evidence=(span,),
            )
        )  # fmt: skip
        return True

    def _add(self, phrase: DatePhrase) -> None:
        self.found.append(phrase)
        self.floor = phrase.span.end


def _key(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").replace("-", " ").split())


def _name(words: str) -> str:
    """Return words as a table of relatives names them."""
    return " ".join(words.lower().replace("’", "'").split())


def _by_pattern(words: str, table: Mapping[str, str]) -> str:
    """Return the meaning of the entry, perhaps an expression with a look-ahead, that the words are an instance of."""
    if words in table:
        return table[words]
    entries = ((_LOOK_AHEAD.sub("", entry), meaning) for entry, meaning in table.items())
    return next(meaning for entry, meaning in entries if re.fullmatch(entry, words))
