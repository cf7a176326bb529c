"""One date read at its anchor: the words before it, the atom, what follows, and the date beside it that makes a range.

    "from 1953 to the early 1980s"
          ^ anchor, atom 1953
     [---)                          lead, read backwards: a bound, a hedge, a part ("late")
              [-)                   join, so a second date may follow
                     [----)[----)   its part and its atom: 1953/198X

Where anchors are is for `find.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import get_args

from regesta.dates.atoms import Atom, AtomReader
from regesta.dates.joining import filled, in_order
from regesta.dates.patterns import NUMBER, Patterns
from regesta.dates.phrase import DatePhrase, Kind, Qualifier, apply_bound
from regesta.dates.relative import read_now, read_relative
from regesta.dates.shift import shift
from regesta.dates.signs import runs_into_name
from regesta.dates.values import ends, fill_year, is_complete, part_of, qualify
from regesta.forming import forming
from regesta.text.span import Span

__all__ = ["Finder"]

_phrase = forming(DatePhrase)
_LEAD_LENGTH = 48
"""Code points before a date in which its lead must begin."""
_QUALIFIERS = frozenset(get_args(Qualifier))
_PART_QUALIFIER: dict[str, Qualifier] = {
    "early": "early", "late": "late", "mid": "mid", "end": "end", "beginning": "beginning",
    "early-mid": "mid", "mid-late": "mid", "first-half": "early", "second-half": "late",
}  # fmt: skip
_ENDS = frozenset({"", ",", ".", ";", ":", ")"})
"""What follows a date that goes no further."""
_OPEN = frozenset({"since", "from", "after", "until", "before"})


@dataclass(slots=True)
class _Piece:
    """An atom with the words before it."""

    atom: Atom
    core: int
    """Where the date begins, part included."""
    begin: int
    """Where it begins with its hedge."""
    bound_at: int = -1
    """Where the words of its bound begin."""
    part: str | None = None
    hedge: str = ""
    bound: str | None = None
    bound_words: str | None = None

    def value(self) -> tuple[str, str | None]:
        """Return (EDTF, bounds hint) without the bound."""
        value, hint = self.atom.value, None
        if self.part:
            value, hint = part_of(value, self.part, self.atom.precision)
        return qualify(value, self.hedge), hint


def _key(words: str | None) -> str | None:
    """Return words as the tables have them: lower case, single spaces."""
    return " ".join(words.lower().replace("-", " ").split()) if words else None


class Finder:
    """Walks over the anchors of one text; `floor` is where the last phrase ended."""

    __slots__ = ("floor", "found", "language", "patterns", "reader", "start", "stop", "text")

    def __init__(self, text: str, patterns: Patterns, start: int, stop: int) -> None:
        self.text = text
        self.patterns = patterns
        self.language = patterns.language
        self.start = start
        self.stop = stop
        self.reader = AtomReader(text, patterns, start, stop)
        self.found: list[DatePhrase] = []
        self.floor = start

    def visit(self, at: int) -> None:
        """Read what begins at an anchor and add it to `found`."""
        if "0" <= self.text[at] <= "9":
            found = NUMBER.match(self.text, at, self.stop)
            assert found is not None
            end = found.end()
            if end - at > 4:
                return
            atom = self.reader.read_digits(at, end, strong=end - at == 4 and self._continues_list(at))
        else:
            atom = self.reader.read_word(at) or self._unit(at)
        if atom is not None and atom.start >= self.floor:
            self._atom(atom)

    def _continues_list(self, at: int) -> bool:
        """Return whether a year stands right behind another: "in 1990, 1992 and 1994"."""
        return (
            bool(self.found)
            and 0 < at - self.floor <= 6
            and self.found[-1].kind in {"date", "range"}
            and self.text[self.floor : at].strip(" \n") in {",", "and", ", and", "or", ", or", "&"}
        )

    def _add(self, phrase: DatePhrase) -> None:
        self.found.append(phrase)
        self.floor = max(self.floor, phrase.span.end)

    def _unit(self, at: int) -> Atom | None:
        """Add "now" or "two years later"; return "nineteenth century", which is an atom."""
        text = self.text
        if at > self.start and (text[at - 1].isalnum() or text[at - 1] in "-_'’"):
            return None
        unit = self.patterns.unit.match(text, at, self.stop)
        if phrase := read_now(text, at, self.floor, self.stop, self.patterns):
            self._add(phrase)
            return None
        if unit is None:
            return None
        if (atom := self.reader.read_ordinal_century(unit.start(), unit.end())) is not None:
            return atom
        phrase = read_relative(text, unit, self.patterns, self.floor, self.stop)
        if phrase is not None:
            self._add(self._dated_event(phrase))
        return None

    def _dated_event(self, phrase: DatePhrase) -> DatePhrase:
        """Return "two days after 3 May 1990" with its value; other phrases as they are."""
        if phrase.relative_to != "event" or phrase.offset is None:
            return phrase
        atom = self.reader.read(phrase.span.end + 1, strong=True)
        if atom is None or not atom.is_complete:
            return phrase
        span = Span(phrase.span.start, atom.end)
        value = shift(atom.value, *phrase.offset)
        return replace(phrase, span=span, core=span, edtf=value, core_edtf=value, evidence=(span,))

    # -- a date with what stands before and behind it ------------------------------------------------------------

    def _atom(self, atom: Atom) -> None:
        piece = self._lead(atom)
        if piece.bound_words == "by" and self.reader.word_before(piece.bound_at) in self.language.changes:
            return
        if atom.precision != "list" and self._range(piece):
            return
        if piece.bound == "between" or (piece.bound == "from" and atom.kind == "range"):
            piece.bound = None
        self._single(piece)

    def _lead(self, atom: Atom) -> _Piece:
        """Return the atom with the words before it that change it."""
        text = self.text
        low = max(self.floor, atom.start - _LEAD_LENGTH)
        core = atom.start
        if core <= low:
            return _Piece(atom, core, core)
        if text[core - 1] == " " and atom.precision in {"day", "list"}:
            weekday = self._ends_in_weekday(low, core) and self.patterns.weekday.search(text, low, core)
            if weekday:
                core = weekday.start()
        if core > low and text[core - 1] in " -\n\t.\u00a0c":
            last = text[max(low, core - 16) : core].replace("-", " ").split()
            if last and last[-1].lower().lstrip("(“\"'[") in self.patterns.lead_last:
                lead = self.patterns.lead.search(text, self._lead_start(low, core), core)
                if lead is not None and lead.end() > lead.start():
                    return self._piece(atom, core, lead)
        return _Piece(atom, core, core)

    def _ends_in_weekday(self, low: int, core: int) -> bool:
        """Return whether one of the last two words before `core` is a weekday."""
        words = self.text[max(low, core - 18) : core].lower().split()[-2:]
        return any(word.strip(".,(“\"'[") in self.language.weekdays for word in words)

    def _lead_start(self, low: int, core: int) -> int:
        """Return where the words of leads begin that stand right before `core`."""
        at = core
        for word in reversed(self.text[low:core].replace("-", " ").split()):
            bare = word.lstrip("(“\"'[")
            if bare.lower() not in self.patterns.lead_words:
                break
            at = self.text.rfind(bare, low, at)
        return max(low, at)

    def _piece(self, atom: Atom, core: int, lead: re.Match[str]) -> _Piece:
        bound, hedge, part = lead["bound"], lead["approx"], lead["part"]
        piece = _Piece(atom, core, core)
        if part and (meaning := self._part(part, atom)):
            piece.part = meaning
            piece.core = piece.begin = lead.start("part")
        if hedge:
            piece.hedge, piece.begin = self.language.approximations[_key(hedge) or ""], lead.start("approx")
        if bound:
            piece.bound_words = _key(bound)
            piece.bound = self.language.bounds[piece.bound_words or ""] or None
            if piece.bound:
                piece.bound_at = lead.start()
        return piece

    def _part(self, words: str, atom: Atom) -> str | None:
        """Return what "early" and the like mean before an atom, None where they say the time of day or nothing."""
        if atom.precision in {"day", "list", "season"}:
            return None
        key = _key(words) or ""
        return self.language.parts.get(key) or self.language.parts["the " + key]

    def _right(self, at: int, left: Atom) -> _Piece | None:
        """Return the date that begins at `at`, behind a joining word."""
        lead = self.patterns.inner_lead.match(self.text, at, self.stop)
        assert lead is not None
        start = lead.end()
        atom = self.reader.read(start, strong=True)
        short = self.text[start : start + 3]
        if atom is None and left.kind == "decade" and short[:1].isdecimal() and short[1:] == "0s":
            atom = Atom(start, start + 3, f"{left.value[:2]}{short[0]}X", "decade", "decade")
        if atom is None:
            return None
        part = self._part(lead["part"], atom) if lead["part"] else None
        hedge = self.language.approximations[_key(lead["approx"]) or ""] if lead["approx"] else ""
        return _Piece(atom, at, at, part=part, hedge=hedge)

    def _range(self, left: _Piece) -> bool:
        """Add a range, or a choice of two, if a second date follows, and say whether one did."""
        end = left.atom.end
        if self.text.startswith(("?-", "?–"), end):  # "1950?–1960"
            left.hedge, end = "?", end + 1
        join = self.patterns.join.match(self.text, end, self.stop)
        if join is None or join["comma"] or left.bound not in {None, "from", "between", "since", "as-of"}:
            return False
        listed = join["listed"]
        if (listed == "and" and left.bound != "between") or join["slash"] not in {None, "/"}:
            return False  # "3 May / 5 May" are two
        right = self._right(join.end(), left.atom)
        if right is None or right.atom.precision == "list":
            return False
        if runs_into_name(left.atom.precision, right.atom.precision, self.text, right.atom.end):
            return False  # "7 June – Jan Balin"
        if join["slash"] and right.atom.precision != left.atom.precision:
            return False
        if listed == "or" and (
            left.bound or left.part or right.part or left.atom.precision != right.atom.precision
        ):
            return False
        (low, low_hint), (high, high_hint) = left.value(), right.value()
        pair = filled(left.atom, right.atom, low, high, spoken=join["word"] is not None or listed is not None)
        if pair is None:
            return False
        low, high = pair
        complete = is_complete(low)
        hint = None
        if low_hint or high_hint:
            hint_low, hint_high = (
                ends(low_hint)[0] if low_hint else low,
                ends(high_hint)[1] if high_hint else high,
            )
            if complete and not in_order(hint_low, hint_high):
                return False
            hint = f"{hint_low}/{hint_high}"
        value = f"[{low},{high}]" if listed == "or" else f"{low}/{high}"
        core = Span(left.core, right.atom.end)
        span = Span(left.begin, core.end)
        self._add(
            _phrase(
                span=span,
                core=core,
                edtf=value if complete else None,
                core_edtf=value if complete else None,
                partial=None if complete else value,
                kind="date" if listed == "or" else "range",
                qualifier="about" if "~" in left.hedge + right.hedge else None,
                bounds_hint=hint,
                evidence=(span,),
            )
        )
        return True

    def _single(self, piece: _Piece) -> None:
        """Add a date that is no part of a range."""
        atom, bound = piece.atom, piece.bound
        value, hint = piece.value()
        value, bound, end = self._tail(atom, value, bound)
        span = Span(piece.bound_at if bound and piece.bound_at >= 0 else piece.begin, end)
        evidence: tuple[Span, ...] = (span,)
        partial = None if is_complete(value) else value
        lent = self._lent_year(atom) if partial else None
        if lent:
            value, evidence = fill_year(value, lent[0]), (span, lent[1])
            partial = None
        edtf = core_edtf = None
        if partial is None:
            core_edtf = value
            edtf, hint = apply_bound(value, hint, bound)
        offset: tuple[int, str] | None = None
        if partial and (behind := self.patterns.of_year.match(self.text, end, self.stop)):
            step = behind["step"]
            offset = (self.language.neighbours[_key(step) or ""] if step else 0, "year")
            span = Span(span.start, behind.end())
            evidence = (span,)
        elif partial and atom.precision in {"day", "month", "season"} and bound in {None, "after"}:
            recurs = self.patterns.recurs.search(self.text, max(self.floor, piece.core - 24), piece.core)
            if recurs:
                offset = (self.language.neighbours[" ".join(recurs["step"].lower().split())], "recurrence")
                bound, span = None, Span(recurs.start(), end)
                evidence = (span,)
        qualifier: Qualifier | None = "about" if "~" in piece.hedge else None
        if piece.part:
            qualifier = _PART_QUALIFIER[piece.part]
        if bound:
            assert bound in _QUALIFIERS
            qualifier = bound  # type: ignore[assignment]
        kind: Kind = "open" if bound in _OPEN else atom.kind
        if kind == "decade" and "X" not in value:  # "the end of the 1980s" is a year
            kind = "date"
        self._add(
            _phrase(
                span=span,
                core=Span(piece.core, atom.end),
                edtf=edtf,
                core_edtf=core_edtf,
                partial=partial,
                kind=kind,
                qualifier=qualifier,
                offset=offset,
                relative_to="anchor" if offset else None,
                bounds_hint=hint,
                evidence=evidence,
            )
        )

    def _tail(self, atom: Atom, value: str, bound: str | None) -> tuple[str, str | None, int]:
        """Return (value, bound, end) with the words behind the date: "onwards", "–present", "(?)"."""
        if self.text[atom.end : atom.end + 1] in _ENDS:
            return value, bound, atom.end
        tail = self.patterns.tail.match(self.text, atom.end, self.stop)
        if tail is None:
            return value, bound, atom.end
        if tail["doubt"]:
            return qualify(value, "?"), bound, tail.end()
        if tail["back"]:
            return value, "until", tail.end()
        if bound not in {None, "from", "since"} or (tail["open"] == "on" and bound != "from"):
            return value, bound, atom.end
        if tail["dangling"]:
            return (
                value,
                "since" if atom.precision in {"year", "month", "day"} else bound,
                tail.start() + len(tail[0].rstrip()),
            )
        return value, "since", tail.end()

    def _lent_year(self, atom: Atom, depth: int = 3) -> tuple[str, Span] | None:
        """Return the year that a later member of a list says: "in May and June 1990"."""
        join = self.patterns.join.match(self.text, atom.end, self.stop)
        if join is None or join["slash"] == "/" or join["dash"] or depth == 0:
            return None
        right = self.reader.read(join.end(), strong=join["comma"] is None)
        if right is None or right.precision not in {"day", "month", "season"}:
            return None
        if right.is_complete:
            return right.value[:4], Span(right.start, right.end)
        return self._lent_year(right, depth - 1)
