"""Findings that an edition may tell: those whose every passage, claim and word it shows.

    members   each in the new text without a cut, each claim shown as it stands
    words     of the sentence and of the working: words of the new texts, names of predicates, figures
              ids of claims and entities become those of the edition

What a check noticed about something withheld is counted and not told; nor is it checked anew, for a text with holes has gaps and
contradictions that its sources have not. Nothing here looks for findings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from regesta.chronicle.rows import FindingMemberRow, FindingRow
from regesta.edition.wording import plain
from regesta.model.finding import finding_fingerprint
from regesta.model.ids import content_id
from regesta.vocab import predicates

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle, Rows
    from regesta.edition.scanning import Patterns

__all__ = ["Noticed", "findings_shown"]

_ID: Final = re.compile(r"\b(?:c|e|m|r|d|f|s|st|fc|fm|ff)-[0-9a-f]{12,16}\b")
_QUOTED: Final = re.compile(r"[“\"]([^”\"]*)[”\"]")
_CAPITAL: Final = re.compile(r"[^\W\d_]*[A-Z\u00c0-\u00de]\w*|[^\W\d_a-zA-Z\u00aa-\u024f]+")
_PLACED: Final = re.compile(r"start|end|offset|position|line|char")
"""Keys of a working that count in the old text."""


@dataclass(slots=True)
class Noticed:
    """What is gathered, source by source, for the findings."""

    members: dict[tuple[str, int], tuple[str, int, int, str]] = field(default_factory=dict)
    """(Finding, position) -> source, start, end and words in the edition."""
    words: set[str] = field(default_factory=set)
    """Every word that the edition shows, in small plain letters."""
    ids: dict[str, str] = field(default_factory=dict)
    """Old ids of claims and entities -> new ones, of those that are shown as they stand."""
    fingerprints: dict[str, str] = field(default_factory=dict)
    """New id of a claim -> its fingerprint."""
    sources: dict[str, str] = field(default_factory=dict)


def findings_shown(chronicle: Chronicle, noticed: Noticed, patterns: Patterns) -> Iterator[tuple[Rows, int]]:
    """Yield the rows of each finding that may be told, and 0; for one that may not, no rows and 1."""
    members: dict[str, list[FindingMemberRow]] = {}
    for row in chronicle.each(FindingMemberRow, order="finding, position"):
        members.setdefault(row.finding, []).append(row)
    for finding in chronicle.findings():
        made = _made(finding, members.get(finding.id, []), noticed, patterns)
        yield (made, 0) if made else ({}, 1)


def _made(
    finding: FindingRow, members: list[FindingMemberRow], noticed: Noticed, patterns: Patterns
) -> Rows | None:
    places = []
    for m in members:
        place = noticed.members.get((finding.id, m.position))
        claim = noticed.ids.get(m.claim) if m.claim else None
        if place is None or (m.claim and claim is None):
            return None
        places.append((place, claim))
    computed = _translated(json.loads(finding.computed), noticed)
    if not places or computed is None or not _is_told(finding.summary, computed, noticed, patterns):
        return None
    id_ = content_id("f", [finding.code, finding.kind, finding.summary, *(place for place, _ in places)])
    sayings = [noticed.fingerprints.get(claim or "", place[3]) for place, claim in places]
    row = FindingRow(
        id_, finding_fingerprint(finding.kind, sayings), finding.code, finding.kind, finding.severity,
        finding.status, finding.summary, json.dumps(computed, ensure_ascii=False, sort_keys=True),
    )  # fmt: skip
    rows = [FindingMemberRow(id_, n, *place, claim) for n, (place, claim) in enumerate(places)]
    return {"findings": [row], "finding_members": rows}


def _translated(computed: Any, noticed: Noticed) -> Any | None:
    """Return a working with the ids and names of the edition, None where one of them is not shown."""
    if isinstance(computed, dict):
        if any(_PLACED.search(str(key)) for key in computed):
            return None
        values = {key: _translated(value, noticed) for key, value in computed.items() if value is not None}
        nothing = {key: None for key, value in computed.items() if value is None}
        return None if any(value is None for value in values.values()) else values | nothing
    if isinstance(computed, list):
        items = [item if item is None else _translated(item, noticed) for item in computed]
        return (
            None if any(a is None and b is not None for a, b in zip(items, computed, strict=True)) else items
        )
    if isinstance(computed, str):
        if computed in noticed.sources:
            return noticed.sources[computed]
        if any(id_ not in noticed.ids for id_ in _ID.findall(computed)):
            return None
        return _ID.sub(lambda match: noticed.ids[match[0]], computed)
    return computed


def _is_told(summary: str, computed: Any, noticed: Noticed, patterns: Patterns) -> bool:
    """Return whether every word of a sentence and its working is one that the edition shows."""
    told = [*_strings(computed)]
    if any(any(patterns.hits(text)) for text in (summary, *told)) or _ID.search(summary):
        return False
    files = noticed.sources
    bare = summary
    for name, new in files.items():
        if name in bare:
            if name != new:
                return False
            bare = bare.replace(name, " ")
    asked = " ".join((*_QUOTED.findall(bare), *_CAPITAL.findall(_QUOTED.sub(" ", bare))))
    strict = " ".join(
        text
        for text in told
        if text not in predicates() and not _ID.fullmatch(text) and text not in files.values()
    )
    return all(
        word in noticed.words or any(x.isdigit() for x in word) for word in plain(f"{asked} {strict}").split()
    )


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
