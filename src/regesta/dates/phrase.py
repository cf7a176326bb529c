"""Dates in running text: where they stand and what they are worth.

    "He stayed until the late 1990s."
               [-------------------)   span: with the words that change the value
                         [---------)   core: the date itself
                             anchor ^

`find_dates` looks for anchors (digits, months, units), reads the date there, then looks left for words that change it and
right for the second half of a range. Neutral prepositions ("in", "on") and a leading "the" stay outside, except before a
relative phrase ("the previous year"), whose sense hangs on it. Completing what lacks a year is the business of `resolve`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from regesta.dates.atoms import Atom, AtomReader
from regesta.dates.language import ENGLISH, Language
from regesta.dates.patterns import Patterns, compile_patterns
from regesta.dates.values import end_of, fill_year, first_day, last_day, part_of, predecessor, qualify
from regesta.text.span import Span

__all__ = ["DatePhrase", "Qualifier", "apply_bound", "find_dates"]

Kind = Literal["date", "range", "decade", "century", "season", "relative", "now", "open"]
Qualifier = Literal[
    "about", "before", "after", "until", "since", "from", "as-of", "early", "late", "mid", "end", "beginning"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePhrase:
    """A date as a text words it, and its EDTF value as far as the words alone give one."""

    span: Span
    """The date with the words that change its value: "until 2004", "the end of 2020" without its "the"."""
    core: Span
    """The date without preposition and hedge: "2004", "late 1990s", "2020"; both dates of a range."""
    edtf: str | None = None
    """The value, bound included; None while something is missing."""
    core_edtf: str | None = None
    """The value without the bound: `2004` for "until 2004"; for a range the same as `edtf`."""
    partial: str | None = None
    """The core with `XXXX` for a missing year: `XXXX-02-12`."""
    kind: Kind = "date"
    qualifier: Qualifier | None = None
    """The outermost word that changes the value; a bound wins over a part, a part over "about"."""
    offset: tuple[int, str] | None = None
    """For a relative phrase: a signed count and `day week month year decade century`; None if the count is unknown."""
    relative_to: Literal["anchor", "source", "event"] | None = None
    """What a relative phrase counts from: the date told before, the date of writing, or an event named behind it."""
    bounds_hint: str | None = None
    """Narrower bounds than EDTF can say: `1980/1983` for "early 1980s"."""
    evidence: tuple[Span, ...] = ()
    """What the value stands on: the span, then where a year or an anchor was found."""


_BOUND_KIND: dict[str, Qualifier] = {
    "until": "until", "before": "before", "since": "since", "from": "from", "after": "after", "as-of": "as-of",
}
_PART_QUALIFIER: dict[str, Qualifier] = {
    "early": "early", "late": "late", "mid": "mid", "end": "end", "beginning": "beginning",
    "early-mid": "mid", "mid-late": "mid",
}


def apply_bound(value: str, hint: str | None, bound: str | None) -> tuple[str, str | None]:
    """Return (EDTF, bounds hint) of a complete value under a bound.

    "Before 1997" ends with 1996, "until 1997" with 1997; "after 1990" begins with 1990, for much that is said to come after
    a year still falls in it.

    >>> apply_bound("1997", None, "before"), apply_bound("199X", "1997/1999", "since")
    (('../1996', None), ('199X/..', '1997/..'))
    """
    low, high = end_of(value)
    hint_low, hint_high = end_of(hint) if hint else ("", "")
    if bound == "before" and low:
        return f"../{predecessor(low)}", f"../{predecessor(hint_low)}" if hint_low else None
    if bound == "until" and high:
        return f"../{high}", f"../{hint_high}" if hint_high else None
    if bound in {"since", "from", "after"} and low:
        return f"{low}/..", f"{hint_low}/.." if hint_low else None
    return value, hint


def find_dates(text: str, start: int = 0, end: int | None = None, *, language: Language = ENGLISH) -> list[DatePhrase]:
    """Return the dates in `text[start:end]`: in order, not overlapping, spans counted in the whole text.

    What stands before `start` or behind `end` is not looked at.

    >>> [(p.span.of(t), p.edtf or p.partial) for t in ["He fled on 21 September 1953, not in May."] for p in find_dates(t)]
    [('21 September 1953', '1953-09-21'), ('May', 'XXXX-05')]
    """
    patterns = compile_patterns(language)
    stop = len(text) if end is None else end
    finder = _Finder(text, patterns, start, stop)
    for anchor in patterns.anchor.finditer(text, start, stop):
        at = anchor.start()
        if at >= finder.floor:
            finder.visit(at, anchor.end())
    return finder.found


class _Piece:
    """An atom with the part and the hedge before it."""

    __slots__ = ("approx", "atom", "core", "hint", "part", "value")

    def __init__(self, atom: Atom, part: str | None, approx: str, core: int) -> None:
        self.atom = atom
        self.part = part
        self.approx = approx
        self.core = core
        self.hint: str | None = None
        self.value = atom.value
        if part:
            self.value, self.hint = part_of(self.value, part, atom.precision)
        self.value = qualify(self.value, approx)


class _Finder:
    """Walks over the anchors of one text; `floor` is where the last phrase ended."""

    __slots__ = ("floor", "found", "patterns", "reader", "start", "stop", "text")

    def __init__(self, text: str, patterns: Patterns, start: int, stop: int) -> None:
        self.text = text
        self.patterns = patterns
        self.start = start
        self.stop = stop
        self.reader = AtomReader(text, patterns, start, stop)
        self.found: list[DatePhrase] = []
        self.floor = start

    def visit(self, at: int, anchor_end: int) -> None:
        """Read what begins at an anchor and add it to `found`."""
        text = self.text
        if text[at].isdecimal():
            near = bool(self.found) and at - self.floor <= 6 and text[self.floor : at].strip(" ,and") == "" and self.found[-1].kind != "relative"
            atom = self.reader.read_digits(at, anchor_end, strong=near and anchor_end - at == 4)
        else:
            atom = self.reader.read_word(at)
            if atom is None:
                self._word(at)
                return
        if atom is not None:
            self._atom(atom)

    def _add(self, phrase: DatePhrase) -> None:
        self.found.append(phrase)
        self.floor = max(self.floor, phrase.span.end)

    def _word(self, at: int) -> None:
        """Read "now", "nineteenth century", "two years later"."""
        from regesta.dates.relative import read_relative

        text = self.text
        if at > self.start and (text[at - 1].isalnum() or text[at - 1] in "-_'’"):
            return
        unit = self.patterns.unit.match(text, at, self.stop)
        if unit is None:
            now = self.patterns.now.match(text, at, self.stop)
            if now and text[now.end() : now.end() + 1] not in {"-", "’", "'"}:
                span = Span(at, now.end())
                self._add(DatePhrase(span=span, core=span, kind="now", relative_to="source", evidence=(span,)))
            return
        if unit["unit"] == "century":
            atom = self.reader.word_century(at, unit.end())
            if atom is not None and atom.start >= self.floor:
                self._atom(atom)
                return
        phrase = read_relative(text, unit, self.patterns, self.floor, self.stop)
        if phrase is not None:
            self._add(phrase)

    # -- a date with what stands before and behind it ------------------------------------------------------------

    def _lead(self, atom: Atom) -> tuple[int, str | None, str | None, _Piece]:
        """Return (start of the phrase, the bound's words, the bound, the piece)."""
        text, language = self.text, self.patterns.language
        low = max(self.floor, self.start, atom.start - 48)
        core = atom.start
        if atom.precision in {"day", "list"} and text[core - 1 : core] == " ":
            weekday = self.patterns.weekday.search(text, low, core)
            if weekday:
                core = weekday.start()
        if core > low and text[core - 1] in " -\n\t.\u00a0" or text[core - 1 : core] == "c":
            tail = text[max(low, core - 16) : core].replace("-", " ").split()
            if tail and tail[-1].lower().lstrip("(“\"'") in self.patterns.lead_last:
                lead = self.patterns.lead.search(text, low, core)
                if lead is not None and lead.end() > lead.start():
                    return self._read_lead(atom, core, lead, language)
        return core, None, None, _Piece(atom, None, "", core)

    def _read_lead(self, atom: Atom, core: int, lead: object, language: Language) -> tuple[int, str | None, str | None, _Piece]:
        import re

        assert isinstance(lead, re.Match)
        words = {g: " ".join(lead[g].lower().replace("-", " ").split()) if lead[g] else None for g in ("bound", "approx", "part")}
        approx = language.approximations[words["approx"]] if words["approx"] else ""
        part = None
        if words["part"]:
            part = language.parts.get(words["part"]) or language.parts["the " + words["part"]]
            if atom.precision in {"day", "list", "season"}:
                part = None
            else:
                core = lead.start("part")
        begin = lead.start("approx") if approx else core
        bound_words = words["bound"]
        bound = language.bounds[bound_words] if bound_words else None
        if bound and bound != "between":
            begin = lead.start("bound")
        return begin, bound_words, bound or None, _Piece(atom, part, approx, core)

    def _atom(self, atom: Atom) -> None:
        begin, bound_words, bound, piece = self._lead(atom)
        if bound_words == "by" and self._is_amount(begin):
            return
        if bound_words == "following" and atom.precision == "year" and begin and False:
            return
        if atom.precision != "list" and self._range(begin, bound, piece):
            return
        if bound == "between":
            bound = None
            begin = piece.core
        self._single(begin, bound, piece)

    def _is_amount(self, at: int) -> bool:
        return self.reader.word_before(at) in self.patterns.language.changes

    def _right(self, at: int, left: Atom) -> _Piece | None:
        """Return the date that begins at `at`, behind a joining word."""
        lead = self.patterns.inner_lead.match(self.text, at, self.stop)
        assert lead is not None
        language = self.patterns.language
        part_words = " ".join((lead["part"] or "").lower().replace("-", " ").split())
        approx_words = " ".join((lead["approx"] or "").lower().split())
        atom = self.reader.read(lead.end(), strong=True)
        if atom is None and left.kind == "decade" and self.text[lead.end() : lead.end() + 3] in {f"{d}0s" for d in range(10)}:
            atom = Atom(lead.end(), lead.end() + 3, f"{left.value[:2]}{self.text[lead.end()]}X", "decade", "decade")
        if atom is None:
            return None
        part = (language.parts.get(part_words) or language.parts["the " + part_words]) if part_words else None
        if part and atom.precision in {"day", "list", "season"}:
            part = None
        return _Piece(atom, part, language.approximations[approx_words] if approx_words else "", at)

    def _range(self, begin: int, bound: str | None, left: _Piece) -> bool:
        """Add a range if a second date follows, and say whether one did."""
        join = self.patterns.join.match(self.text, left.atom.end, self.stop)
        if join is None or join["comma"]:
            return False
        word = (join["word"] or "").replace("\n", " ")
        if word in {"and", "or"} and not (word == "and" and bound == "between"):
            return False
        if bound not in {None, "from", "between", "since", "as-of"}:
            return False
        right = self._right(join.end(), left.atom)
        if right is None or right.atom.precision == "list" or join["slash"] and right.atom.precision != left.atom.precision:
            return False
        low, high = left.value, right.value
        if right.atom.is_complete:
            if not left.atom.is_complete:
                if right.atom.precision not in {"day", "month", "season"}:
                    return False
                low = fill_year(low, right.atom.value[:4])
        elif left.atom.is_complete:
            # "12 May 1986 to 3 June": the year holds on; "1953 – 21 September" is a heading and its entry
            if left.atom.precision not in {"day", "month"} or word == "" and left.atom.precision != right.atom.precision:
                return False
            high = fill_year(high, left.atom.value[:4])
            if first_day(high) < first_day(low):
                return False
        if low.startswith("XXXX") != high.startswith("XXXX"):
            return False
        complete = not low.startswith("XXXX")
        if complete and last_day(high) <= first_day(low):
            return False
        span = Span(begin if bound != "between" else left.core, right.atom.end)
        if bound in {"from", "since", "as-of"}:
            span = Span(left.core, right.atom.end)
        value = f"{low}/{high}"
        hint = None
        if left.hint or right.hint:
            hint = f"{end_of(left.hint)[0] if left.hint else low}/{end_of(right.hint)[1] if right.hint else high}"
        self._add(DatePhrase(
            span=span, core=Span(left.core, right.atom.end), edtf=value if complete else None,
            core_edtf=value if complete else None, partial=None if complete else value, kind="range",
            qualifier="about" if left.approx or right.approx else None, bounds_hint=hint, evidence=(span,),
        ))  # fmt: skip
        return True

    def _single(self, begin: int, bound: str | None, piece: _Piece) -> None:
        atom = piece.atom
        end, value, hint = atom.end, piece.value, piece.hint
        kind = atom.kind
        qualifier: Qualifier | None = _PART_QUALIFIER[piece.part] if piece.part else "about" if piece.approx == "~" else None
        tail = self.patterns.tail.match(self.text, end, self.stop)
        if tail and (tail["open"] is None or tail["open"] != "on" or bound == "from"):
            if tail["doubt"]:
                value, end = qualify(value, "?"), tail.end()
            elif tail["back"]:
                bound, end = "until", tail.end()
            elif not bound or bound in {"from", "since"}:
                if not tail["dangling"] or atom.precision in {"year", "month", "day"}:
                    bound, end = "since", tail.end() if not tail["dangling"] else atom.end
        lent: tuple[str, Span] | None = None if atom.is_complete else self._lent_year(atom)
        span = Span(begin, end)
        evidence: tuple[Span, ...] = (span,)
        partial = None
        if not atom.is_complete:
            partial = value
            if lent:
                value, evidence = fill_year(value, lent[0]), (span, lent[1])
                hint = fill_year(hint, lent[0]) if hint else None
        if bound:
            qualifier = _BOUND_KIND[bound]
        complete = not value.startswith(("XXXX", "[XXXX", "{XXXX"))
        core_edtf = value if complete else None
        edtf = core_edtf
        if complete:
            edtf, hint = apply_bound(value, hint, bound)
        if bound in {"since", "from", "after", "until", "before"}:
            kind = "open"
        self._add(DatePhrase(
            span=span, core=Span(piece.core, atom.end), edtf=edtf, core_edtf=core_edtf,
            partial=None if complete else partial, kind=kind, qualifier=qualifier, bounds_hint=hint,  # type: ignore[arg-type]
            evidence=evidence,
        ))  # fmt: skip

    def _lent_year(self, atom: Atom, depth: int = 3) -> tuple[str, Span] | None:
        """Return the year that a later member of a list says: "in May and June 1990"."""
        join = self.patterns.join.match(self.text, atom.end, self.stop)
        if join is None or join["slash"] or depth == 0 or join["dash"]:
            return None
        right = self.reader.read(join.end(), strong=join["comma"] is None)
        if right is None or right.precision not in {"day", "month", "season"}:
            return None
        if right.is_complete:
            return right.value[:4], Span(right.start, right.end)
        return self._lent_year(right, depth - 1)
