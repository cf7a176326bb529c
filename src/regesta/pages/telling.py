"""What a claim says, as a page shows it: its value in words, and what limits it.

    value_type quantity, 33 day        33 days
    value_type route, [South, Seoul]   South → Seoul, each linked where it is an entity
    value_type date, 1997-02~          about February 1997

A value is told as its source gives it: an approximate number stays approximate, a range a range. Nothing here compares.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from regesta.pages.dating import in_words
from regesta.pages.wording import Words
from regesta.shelf import Row

__all__ = ["Stop", "Value", "number", "several", "value_of"]

_NOUN = re.compile(r"[a-z][a-z -]{0,60}[a-z]{2}")
_IRREGULAR = (
    ("human", "humans"),
    ("person", "people"),
    ("child", "children"),
    ("man", "men"),
    ("aircraft", "aircraft"),
)


class Stop(NamedTuple):
    """A place on a route."""

    text: str
    entity: str | None


class Value(NamedTuple):
    """What a claim says of its subject."""

    kind: str
    """text, entity, date, route or quantity."""
    text: str
    """In words; the means of transport of a route."""
    entity: str | None = None
    """entities.id that the value is."""
    edtf: str | None = None
    stops: tuple[Stop, ...] = ()

    @property
    def in_words(self) -> str:
        """All of it in one line."""
        if not self.stops:
            return self.text
        stops = " → ".join(stop.text for stop in self.stops)
        return f"{stops} ({self.text})" if self.text else stops


def value_of(claim: Row, words: Words) -> Value:
    """Return the value of a row of `claims`."""
    kind = claim["value_type"]
    if kind == "date":
        edtf = claim["value_edtf"] or ""
        return Value(kind, in_words(edtf, words), edtf=edtf)
    if kind == "quantity":
        return Value(kind, _quantity(claim, words))
    if kind == "route":
        stops = tuple(Stop(stop["text"], stop["entity"]) for stop in json.loads(claim["value_stops"] or "[]"))
        return Value(kind, claim["value_text"] or "", stops=stops)
    return Value(kind, claim["value_text"] or "", entity=claim["value_entity"])


def number(value: float) -> str:
    """Return a number as people read it.

    >>> number(18013.0), number(0.3), number(-2.5)
    ('18,013', '0.3', '-2.5')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"


def several(noun: str) -> str:
    """Return the plural of an English noun that a source counts; a sign of a measure or a currency stays as it is.

    >>> [several(noun) for noun in ("safe house", "category", "box", "KRW", "mi", "unarmed man")]
    ['safe houses', 'categories', 'boxes', 'KRW', 'mi', 'unarmed men']
    """
    if not _NOUN.fullmatch(noun):
        return noun
    for one, many in _IRREGULAR:
        if noun.endswith(one):
            return noun.removesuffix(one) + many
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "z", "ch", "sh")) else f"{noun}s"


def _quantity(claim: Row, words: Words) -> str:
    value, low, high = claim["value_number"], claim["value_low"], claim["value_high"]
    if value is not None:
        amount = number(value)
    elif low is not None and high is not None:
        amount = f"{number(low)}–{number(high)}"
    else:
        amount = "?" if low is None and high is None else number(low if low is not None else high)
    unit = claim["value_unit"] or ""
    plural = "one" if value == 1 else "other"
    key = "age" if unit == "year" and claim["predicate"] == "age" else unit
    counted = words.entries.get(f"unit.{key}.{plural}")
    if counted:
        said = counted.format(n=amount)
    else:
        said = f"{amount} {unit if value == 1 or words.language != 'en' else several(unit)}".strip()
    if claim["bound"] in ("min", "max"):
        return words(f"bound.{claim['bound']}", value=said)
    if claim["value_approximate"] or claim["bound"] == "about":
        return words("bound.about", value=said)
    return said
