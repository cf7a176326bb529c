"""Claims with the passages that say them, one after the other: what the formats that retell claims are made of.

    for told in tellings(chronicle, "predicate = 'arrival'"):
        told.claim.value_edtf, told.passages[0].quote, told.sources[...]

Ordered by the first passage: source, place, id. A few thousand are in memory at a time, whatever the size of the chronicle.
What a format cannot tell it lists with `Left`, each claim with a reason, in a file beside its own. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import msgspec

from regesta.chronicle.rows import ClaimRow, Stop

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["HELD", "Left", "Passage", "Telling", "tellings", "value_words", "words"]

HELD = frozenset({"asserted", "reported", "hedged"})
"""Modalities of what somebody says is so; the others say that it is not, or was only meant to be."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a claim is said."""

    source: str
    start: int
    end: int
    quote: str

    def place(self) -> dict[str, Any]:
        """Return it as the exports write it."""
        return {"source": self.source, "start": self.start, "end": self.end, "quote": self.quote}


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim and what says it."""

    claim: ClaimRow
    passages: tuple[Passage, ...]
    """The passage itself first, then where a date or a name came from."""
    subject_is_named: bool


def tellings(
    chronicle: Chronicle, where: str = "true", params: Sequence[Any] = (), *, order: str = ""
) -> Iterator[Telling]:
    """Yield the claims that fit a condition of SQL on `c`, a row of claims, and `e`, its subject.

    `order` is SQL with a comma behind it, to come before the place.
    """
    query = (
        "select c.*, p.said, e.is_named from claims c join entities e on e.id = c.subject left join (select claim, "  # noqa: S608 - our own
        "list({'source': source, 'start': start_char, 'end': end_char, 'quote': quote} order by position) said "
        f"from claim_evidence group by claim) p on p.claim = c.id where {where} "
        f"order by {order} p.said[1].source, p.said[1].start, p.said[1].end, c.id"
    )
    for *values, said, is_named in chronicle.stream(query, params):
        stops = values[16]
        if stops is not None:
            values[16] = tuple(Stop(**stop) for stop in stops)
        yield Telling(ClaimRow(*values), tuple(Passage(**each) for each in said or ()), bool(is_named))


class Left:
    """The file of what a format cannot tell: JSON lines, a claim or another row each, with the reason."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._encoder = msgspec.json.Encoder()
        self._file = path.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, reason: str, telling: Telling, **more: Any) -> None:
        """Write a claim that was left out, and why."""
        claim = telling.claim
        row = {
            "claim": claim.id,
            "predicate": claim.predicate,
            "subject": claim.subject,
            "reason": reason,
            **more,
        }
        row["passages"] = [each.place() for each in telling.passages]
        self.add_row(row)

    def add_row(self, row: dict[str, Any]) -> None:
        """Write anything else that was left out; it has a `reason`."""
        self._file.write(self._encoder.encode(row) + b"\n")


def words(claim: ClaimRow) -> str:
    """Return a claim in one line: `Ada Brook: age 21 year`."""
    value = value_words(claim)
    return f"{claim.subject_label}: {claim.predicate.replace('_', ' ')}{' ' if value else ''}{value}"


def value_words(claim: ClaimRow) -> str:
    """Return the value of a claim in words and numbers; dates as EDTF."""
    match claim.value_type:
        case "date":
            return claim.value_edtf or ""
        case "route":
            way = " → ".join(stop.text for stop in claim.value_stops or ())
            return f"{way} ({claim.value_text})" if claim.value_text else way
        case "quantity":
            about = "about " if claim.value_approximate or claim.bound == "about" else ""
            limit = {"min": "at least ", "max": "at most "}.get(claim.bound or "", "")
            if claim.value_number is not None:
                number = _number(claim.value_number)
            else:
                ends = [_number(end) for end in (claim.value_low, claim.value_high) if end is not None]
                number = "–".join(ends)
            return f"{limit or about}{number} {claim.value_unit or ''}".strip()
        case _:
            return claim.value_text or ""


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else str(value)
