"""Claims as an edition holds them: new ids, new passages, values without what is cut from the text.

    Verdict.row ──► ClaimRow    subject and value by their new ids, words that stand in no cut, id made of what is left
                └─► EvidenceRow one a passage that is left, or the mark that stands for it

Two claims that say the same once they are coarser are one. The columns that the chronicle fills by joining (the label of the
subject, its kind, stops, rank) are left to it. Nothing here decides what is shown.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from regesta.chronicle.rows import ClaimRow, EvidenceRow
from regesta.chronicle.settling import StopRow
from regesta.model import DateValue, EntityValue, QuantityValue, RouteStop, RouteValue, TextValue, content_id
from regesta.model.fingerprints import claim_fingerprint
from regesta.protection.words import known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.edition.laying import Laid
    from regesta.edition.leaves import Leaf
    from regesta.edition.painting import Paint
    from regesta.model import Value

__all__ = ["is_of_kin", "placed", "reworded", "stated", "stops_of"]

_MADE: Final = "decision"
"""How a claim was made that a person made: the decision's own id does not leave."""


def is_of_kin(row: ClaimRow) -> bool:
    """Return whether a claim about somebody is in truth about a relative: the part that is meant is one."""
    return row.subset is not None and row.subset.casefold() in known().kin


def placed(laid: Laid, evidence: Sequence[EvidenceRow]) -> list[tuple[int, int]]:
    """Return where the passages of a claim are in the new text, each once, the first one first."""
    found = [place for e in evidence if (place := laid.place(e.start_char, e.end_char)) is not None]
    return list(dict.fromkeys(found))


def reworded(
    text: str | None, leaf: Leaf, laid: Laid, painted: Paint, passages: Sequence[EvidenceRow]
) -> str | None:
    """Return words of a claim as the new text has them where something is cut from them, else as they are."""
    if not text or not painted.hard:
        return text
    for e in passages:
        at = leaf.text.find(text, e.start_char, e.end_char)
        if at >= 0 and any(s < at + len(text) and end > at for s, end in painted.hard):
            place = laid.place(at, at + len(text))
            return laid.text[place[0] : place[1]] if place else None
    return text


def stated(
    row: ClaimRow,
    document: str,
    label: str,
    places: Sequence[tuple[int, int]],
    laid: Laid,
    *,
    source: str,
    referent: str,
) -> ClaimRow:
    """Return the row of a claim, whose entities are those of the edition already, with its new id and fingerprint."""
    quote = laid.text[places[0][0] : places[0][1]]
    method = _MADE if row.method.startswith(f"{_MADE}:") else row.method
    stops = tuple((stop.text, stop.entity) for stop in row.value_stops or ())
    parts = [
        document, row.subject, row.predicate, row.value_type, row.value_text, row.value_edtf, row.value_entity,
        row.value_number, row.value_low, row.value_high, row.value_unit, row.value_approximate, stops,
        row.when_edtf, row.where_text, row.modality, row.said_by, row.bound, row.at_event, row.subset, method,
        *places,
    ]  # fmt: skip
    return replace(
        row,
        id=content_id("c", parts),
        method=method,
        fingerprint=claim_fingerprint(quote, row.predicate, _value(row), label),
        subject="",
        subject_label="",
        subject_kind="",
        value_stops=None,
        rank="",
        source=source,
        referent=referent,
    )


def stops_of(row: ClaimRow, claim: str) -> list[StopRow]:
    """Return the places of a route, for the chronicle to join."""
    return [StopRow(claim, n, stop.text, stop.entity) for n, stop in enumerate(row.value_stops or ())]


def _value(row: ClaimRow) -> Value:
    match row.value_type:
        case "entity":
            return EntityValue(key="", label=row.value_text or "")
        case "date":
            return DateValue(edtf=row.value_edtf or "")
        case "route":
            stops = tuple(RouteStop(text=stop.text) for stop in row.value_stops or ())
            return RouteValue(stops=stops, by=row.value_text)
        case "quantity":
            return QuantityValue(
                number=row.value_number, unit=row.value_unit or "", low=row.value_low, high=row.value_high,
                approximate=bool(row.value_approximate),
            )  # fmt: skip
        case _:
            return TextValue(text=row.value_text or "")


def evidence_rows(
    claim: str, source: str, laid: Laid, places: Sequence[tuple[int, int]], first: int
) -> dict[str, list[Any]]:
    """Return the rows of passages, numbered from `first`."""
    return {
        "claim_evidence": [
            EvidenceRow(claim, first + n, source, start, end, laid.text[start:end])
            for n, (start, end) in enumerate(places)
        ]
    }
