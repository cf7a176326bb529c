"""Findings as SARIF 2.1.0 (OASIS, 2020), which editors and code reviews show beside the file.

    check      ──► rule           its docstring is the description
    finding    ──► result         error, warning, note; `pass` for what holds, `open` for what lacks a premise
    member     ──► location       line, column and offset where the text is the file; the first is the place, the others related
    decision   ──► suppression    of what somebody settled, with the reason

Columns and offsets count Unicode code points. Of a page or a PDF the text is not the file: then there is a line where the
reader knew one, and offsets into the text stand among the properties. Nothing here reads a source file.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from regesta.decisions import STATUS_OF
from regesta.version import __version__

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.chronicle.rows import FindingMemberRow, SourceRow
    from regesta.cli.findings import Told

__all__ = ["as_sarif"]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_OUTCOMES: Final[Mapping[str, tuple[str, str]]] = {
    "error": ("fail", "error"),
    "warning": ("fail", "warning"),
    "info": ("fail", "note"),
    "ok": ("pass", "none"),
    "undetermined": ("open", "none"),
}
"""Severity to `kind` and `level`: only what fails has a level (section 3.27.9)."""


def as_sarif(chronicle: Chronicle, found: Sequence[Told]) -> dict[str, Any]:
    """Return a SARIF log of these findings."""
    from regesta.criticism import CHECKS

    sources = {source.name: source for source in chronicle.sources()}
    codes = sorted({*CHECKS, *(one.row.code for one in found)})
    places = _Places(chronicle, sources)
    used = sorted({member.source for one in found for member in one.members})
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "regesta",
                        "version": __version__,
                        "rules": [_rule(code, CHECKS.get(code)) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "artifacts": [_artifact(name, sources.get(name)) for name in used],
                "results": [_result(one, codes.index(one.row.code), used, places) for one in found],
            }
        ],
    }


def _rule(code: str, check: Any) -> dict[str, Any]:
    import inspect

    told = " ".join((inspect.getdoc(check) or code).split("\n\n")[0].split())
    full = " ".join((inspect.getdoc(check) or code).split())
    name = "".join(part.capitalize() for part in getattr(check, "__name__", code).split("_"))
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": told},
        "fullDescription": {"text": full},
        "help": {"text": f"{full} See docs/guide/findings.md."},
    }


def _artifact(name: str, source: SourceRow | None) -> dict[str, Any]:
    location = {"location": {"uri": _uri(name)}}
    return location | ({"hashes": {"sha-256": source.sha256}} if source else {})


def _uri(name: str) -> str:
    return quote(name, safe="/~!$&'()*+,;=@")


def _result(told: Told, index: int, used: list[str], places: _Places) -> dict[str, Any]:
    row = told.row
    kind, level = _OUTCOMES[row.severity]
    first, *others = [places.location(member, used.index(member.source)) for member in told.members]
    result: dict[str, Any] = {
        "ruleId": row.code,
        "ruleIndex": index,
        "kind": kind,
        "level": level,
        "message": {"text": row.summary},
        "locations": [first],
        "partialFingerprints": {"regestaFinding/v1": row.fingerprint},
        "properties": {
            "id": row.id, "kind": row.kind, "severity": row.severity, "status": row.status,
            "computed": json.loads(row.computed),
        },
    }  # fmt: skip
    if others:
        result["relatedLocations"] = [{"id": number, **one} for number, one in enumerate(others, 1)]
    settled = [d for d in told.decisions if d.kind in STATUS_OF and d.status in ("applied", "already-true")]
    if row.status != "open":
        result["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": f"{d.kind} by {d.made_by} on {d.made_at[:10]}: {d.why}",
                "properties": {"decision": d.id},
            }
            for d in settled
        ]
    return result


class _Places:
    """Where passages stand, as SARIF words it."""

    def __init__(self, chronicle: Chronicle, sources: Mapping[str, SourceRow]) -> None:
        self._chronicle = chronicle
        self._sources = sources
        self._starts: dict[str, array[int]] = {}

    def location(self, member: FindingMemberRow, index: int) -> dict[str, Any]:
        """Return a location with the words as its message."""
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(member.source), "index": index}}
        source = self._sources.get(member.source)
        if source is not None and source.text_is_file:
            physical["region"] = self._region(member)
        elif line := self._line(member):
            physical["region"] = {"startLine": line}
        if "region" in physical:
            physical["region"]["snippet"] = {"text": member.quote}
        return {
            "physicalLocation": physical,
            "message": {"text": f"“{' '.join(member.quote.split())}”"},
            "properties": {"start": member.start_char, "end": member.end_char, "claim": member.claim},
        }

    def _region(self, member: FindingMemberRow) -> dict[str, Any]:
        starts = self._lines(member.source)
        start, end = member.start_char, member.end_char
        first, last = bisect_right(starts, start), bisect_right(starts, end)
        return {
            "startLine": first,
            "startColumn": start - starts[first - 1] + 1,
            "endLine": last,
            "endColumn": end - starts[last - 1] + 1,
            "charOffset": start,
            "charLength": end - start,
        }

    def _line(self, member: FindingMemberRow) -> int | None:
        found = self._chronicle.places(member.source, member.start_char, member.end_char)
        return next((place.line for place in found if place.line and not place.part), None)

    def _lines(self, source: str) -> array[int]:
        """Return where each line of a text begins."""
        if source not in self._starts:
            text, starts = self._chronicle.text(source), array("q", [0])
            at = text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = text.find("\n", at + 1)
            self._starts[source] = starts
        return self._starts[source]
