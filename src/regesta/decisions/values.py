"""What a person types for a value, read by the type that the predicate takes.

    "1953-02"                  date       EDTF
    "about 2,700 person"       quantity   a number or a range, then the unit
    "Sinuiju > Dandong by boat" route     places in the order of travel
    "fm-92ab..."               entity     somebody whom a source names, by fingerprint
    "mechanic"                 text       the words as they are

A predicate takes one type or several; of several the type that the claim had counts, else the first that the words are.
Nothing here knows a claim or looks anybody up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from regesta.errors import DateError, DecisionError
from regesta.model import DateValue, EntityValue, QuantityValue, RouteStop, RouteValue, TextValue, Value

__all__ = ["FINGERPRINT", "Named", "parse_value"]

FINGERPRINT: Final = re.compile(r"fm-[0-9a-f]{16}")
"""Of a person or thing."""

Named = Callable[[str], tuple[str, str] | None]
"""From the fingerprint of a referent to its key and its label; None where nothing has it."""

_LONGEST: Final = 2000
_NUMBER: Final = r"(?:\d{1,3}(?:[,\u202f\u00a0' ]\d{3})+|\d{1,15})(?:\.\d{1,9})?"
_QUANTITY: Final = re.compile(
    rf"(?P<about>(?:about|circa|ca\.?|c\.|approximately|~)\s*)?(?P<low>{_NUMBER})"
    rf"(?:\s*(?:-|–|to|\.\.)\s*(?P<high>{_NUMBER}))?\s*(?P<unit>[^\W\d_][^\d]{{0,60}})?",
    re.IGNORECASE,
)
_UNITS: Final[Mapping[str, str]] = {
    "years": "year", "months": "month", "weeks": "week", "days": "day", "hours": "hour",
    "people": "person", "persons": "person",
}  # fmt: skip
_WAY: Final = re.compile(r"\s*(?:>|→|->)\s*")


def parse_value(
    text: str, takes: tuple[str, ...], was: Value | None = None, named: Named = lambda _: None
) -> Value:
    """Return a value of one of the types that the predicate takes; raises `DecisionError` where the words are none.

    `was` is the value that this one replaces: it says which type is meant, and lends a unit that is left out.

    >>> parse_value("1953-02", ("date",))
    DateValue(edtf='1953-02', type='date')
    >>> parse_value("46", ("quantity", "text"), QuantityValue(number=45, unit="year"))
    QuantityValue(number=46.0, unit='year', low=None, high=None, approximate=False, type='quantity')
    >>> parse_value("Mere > Sund by boat", ("route",)).by
    'boat'
    """
    words = " ".join(text.split())
    if not words:
        raise DecisionError("the value is blank", hint="say what is right, with --value")
    if len(words) > _LONGEST:
        raise DecisionError(f"the value is longer than {_LONGEST:,} characters", found=words[:60])
    first = was.type if was is not None and was.type in takes else None
    types = [first] if first else list(takes)
    problems = []
    for kind in types:
        try:
            return _READERS[kind](words, was, named)
        except DecisionError as error:
            problems.append(error)
    if first in ("entity", "quantity", "date") and "text" in takes and len(types) == 1:
        return TextValue(text=words)
    raise problems[0]


def _text(words: str, was: Value | None, named: Named) -> Value:  # noqa: ARG001 - as the others
    return TextValue(text=words)


def _date(words: str, was: Value | None, named: Named) -> Value:  # noqa: ARG001
    from regesta.dates import bounds

    try:
        bounds(words)
    except DateError as error:
        raise DecisionError(
            "the value is no date", found=words[:60],
            hint="write EDTF: 1953-02-11, 1953-02, 195X, 1953~ for about, 1953-02/1953-04 for a period",
        ) from error  # fmt: skip
    return DateValue(edtf=words)


def _quantity(words: str, was: Value | None, named: Named) -> Value:  # noqa: ARG001
    match = _QUANTITY.fullmatch(words)
    unit = " ".join((match["unit"] or "").split()) if match else ""
    unit = _UNITS.get(unit.casefold(), unit) or (was.unit if isinstance(was, QuantityValue) else "")
    if not match or not unit:
        problem = "the value has no unit" if match else "the value is no quantity"
        raise DecisionError(
            problem, found=words[:60], hint="write number and unit: 46 year, about 2,700 person, 3-5 month"
        )
    low, high = _number(match["low"]), match["high"] and _number(match["high"])
    is_about = bool(match["about"])
    if not high:
        return QuantityValue(number=low, unit=unit, approximate=is_about)
    if high < low:
        raise DecisionError("the range ends before it begins", found=words[:60])
    return QuantityValue(number=None, unit=unit, low=low, high=high, approximate=is_about)


def _number(text: str) -> float:
    return float(re.sub(r"[,\s']", "", text))


def _entity(words: str, was: Value | None, named: Named) -> Value:  # noqa: ARG001
    found = named(words) if FINGERPRINT.fullmatch(words) else None
    if found is None:
        raise DecisionError(
            "the value is nobody whom the sources name", found=words[:60],
            hint="name a person or thing by its fingerprint, fm-..., or by a name that regesta show knows",
        )  # fmt: skip
    return EntityValue(key=found[0], label=found[1])


def _route(words: str, was: Value | None, named: Named) -> Value:  # noqa: ARG001
    way, _, by = words.partition(" by ")
    stops = [stop for stop in _WAY.split(way) if stop]
    if len(stops) < 2:
        raise DecisionError(
            "the value is no way",
            found=words[:60],
            hint="write places in their order: Sinuiju > Dandong by boat",
        )
    known = {stop.text: stop for stop in was.stops} if isinstance(was, RouteValue) else {}
    return RouteValue(stops=tuple(known.get(stop, RouteStop(text=stop)) for stop in stops), by=by or None)


_READERS: Final[Mapping[str, Callable[[str, Value | None, Named], Value]]] = {
    "text": _text, "date": _date, "quantity": _quantity, "entity": _entity, "route": _route,
}  # fmt: skip
