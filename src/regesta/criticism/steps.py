"""The dated steps of a life as one source tells them: left, tried, arrested, sent back, arrived, published, died.

    claims of one person in one source ──► Life(steps in the order of telling)

What an event is a step of is read off its words. What the steps mean for one another is for the checks to say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from regesta.criticism.view import View
from regesta.dates import before

__all__ = ["Life", "Step", "lives", "looks_back"]

_KINDS: Final = (
    ("attempt", "tried", r"\b(?:previous|earlier|prior|first|failed|unsuccessful) (?:\w+ )?attempts?\b|\battempts?\b.{0,60}\bfail|\btried to\b"),
    ("report", "announced", r"\b(?:announced|reported|disclosed|revealed|confirmed)\b"),
    ("release", "released", r"\b(?:released|freed|set free|amnest\w+|pardoned|let go)\b"),
    ("return", "sent back", r"\b(?:repatriat\w+|deport\w+|extradit\w+|sent back|handed (?:over|back)|sent home)\b"),
    ("capture", "arrested", r"\b(?:arrest\w*|captur\w+|caught|detain\w*|intercepted|taken prisoner|seized)\b"),
    ("prison", "imprisoned", r"\b(?:imprison\w*|jailed|sentenced|interned|in prison)\b"),
    ("refusal", "refused", r"\b(?:refused|rejected|denied)\b.{0,40}\b(?:asylum|status|request|application|visa)\b|\b(?:request|application|appeal)\b.{0,30}\b(?:refused|rejected|denied|dismissed|turned down)\b"),
    ("request", "asked for asylum", r"\b(?:see?k\w*|sought|ask\w*|appl(?:y|ied)\w*|request\w*)\b.{0,30}\b(?:asylum|refuge|protection)\b"),
    ("asylum", "granted a status", r"\b(?:asylum|refugee status|citizenship|naturali[sz]ed|residence permit)\b"),
    ("work", "published", r"\b(?:publish\w*|memoirs?|autobiograph\w*|wrote|written|book)\b"),
)  # fmt: skip
"""What an event is a step of, by the first that its words fit; English, as the events themselves."""

_COMPILED: Final = tuple((kind, word, re.compile(words, re.IGNORECASE)) for kind, word, words in _KINDS)

_SIMPLE: Final = {
    "arrival": ("arrival", "arrived"),
    "departure": ("departure", "left"),
    "death": ("death", "died"),
    "imprisoned_at": ("prison", "imprisoned"),
}

_MOVED: Final = frozenset({"arrival", "departure", "return", "capture", "prison"})

_EARLIER: Final = re.compile(
    r"\b(?:previous(?:ly)?|earlier|prior|before that|after|following|since|having|had (?:\w+ )?(?:failed|tried|been|left|fled))\b", re.IGNORECASE
)  # fmt: skip
"""Words by which a step is said to have come before what was told just now."""

_COUNTED: Final = re.compile(r"\b(?:later|following|next|same|that)\b", re.IGNORECASE)

_MOST: Final = 60
"""Steps of one life in one source that are looked at: the first ones."""

_STEPS: Final = r"""
with told as (
    select c.subject, c.source, c.id, c.predicate, coalesce(c.value_edtf, c.when_edtf) as edtf, c.value_text,
           c.modality, c.earliest, c.latest
    from claims c join entities e on e.id = c.subject
    where c.rank <> 'deprecated' and e.kind in ('person', 'group') and c.subset is null
      and (c.modality = 'asserted' and (c.predicate in ('arrival', 'departure', 'death') and c.value_type = 'date'
           or c.predicate in ('event', 'status', 'imprisoned_at') and c.when_edtf is not null)
           or c.modality = 'intended' and c.predicate in ('event', 'route') and c.when_edtf is not null)
), moved as (
    select subject, source from told group by subject, source
    having count(distinct edtf) >= 2 and count(distinct predicate || (modality = 'intended')) >= 2
       and bool_or(predicate in ('arrival', 'departure', 'death') or regexp_matches(
           coalesce(value_text, ''), '(?i)\b(?:repatriat|deport|extradit|arrest|captur|imprison)'))
)
select e.label, e.kind, t.subject, t.source, t.id, t.predicate, t.edtf, coalesce(t.value_text, ''), t.modality,
       ev.start_char, ev.end_char, ev.quote, min(b.position)
from told t join moved using (subject, source) join entities e on e.id = t.subject
join claim_evidence ev on ev.claim = t.id and ev.position = 0
left join blocks b on b.source = t.source and b.content_start <= ev.start_char and b.content_end >= ev.end_char
  and b.kind in ('paragraph', 'list_item', 'cell')
group by all order by t.subject, t.source, ev.start_char, t.id
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One dated thing that somebody did or met with."""

    claim: str
    kind: str
    word: str
    edtf: str
    start: int
    end: int
    quote: str
    block: int | None
    is_intended: bool


@dataclass(frozen=True, slots=True)
class Life:
    """What one source tells of one person, step by step as it is told."""

    subject: str
    label: str
    source: str
    steps: tuple[Step, ...]

    @property
    def has_moved(self) -> bool:
        """Whether a step tells of a movement or of being held; else the life is told of for its end."""
        return any(step.kind in _MOVED for step in self.steps)


def lives(view: View) -> list[Life]:
    """Return what each source tells of each person who moved, was held or died, with two dates at least."""
    rows: dict[tuple[str, str], list[Step]] = defaultdict(list)
    labels: dict[str, str] = {}
    seen: set[tuple[str, str, str, str]] = set()
    for row in view.rows(_STEPS, needs={"arrival|departure|death|event|status|imprisoned_at|route": 2}):
        label, of, subject, source, claim, predicate, edtf, text, modality, start, end, quote, block = row
        labels[subject] = label
        kind, word = _kind(predicate, text or quote, modality)
        if (subject, source, kind, edtf) in seen or len(rows[subject, source]) == _MOST:
            continue
        if predicate == "death" and (of != "person" or not (edtf[:4] in quote or _COUNTED.search(quote))):
            continue  # a year lent to the day of a death is lent from too far
        seen.add((subject, source, kind, edtf))
        rows[subject, source].append(
            Step(claim, kind, word, edtf, start, end, quote, block, modality == "intended")
        )
    found = []
    for (subject, source), steps in rows.items():
        arrived = {step.edtf for step in steps if step.kind == "arrival"}
        kept = tuple(step for step in steps if step.kind == "arrival" or step.edtf not in arrived)
        if len({step.kind for step in kept}) >= 2:
            found.append(Life(subject, labels[subject], source, kept))
    return found


def _kind(predicate: str, text: str, modality: str) -> tuple[str, str]:
    if modality == "intended":
        return "attempt", "tried"
    if predicate in _SIMPLE:
        return _SIMPLE[predicate]
    if predicate == "status":
        text += " asylum"
    for kind, word, pattern in _COMPILED:
        if pattern.search(text):
            return kind, word
    words = text.split()
    return "event", f"“{' '.join(words[:6])}{' …' if len(words) > 6 else ''}”"


def looks_back(view: View) -> frozenset[str]:
    """Return the claims of all lives that are told as earlier than what stands before them."""
    asked = [(life.source, step) for life in view.once(lives) for step in _unexpected(life)]
    places = [(source, max(0, step.start - 80), step.start) for source, step in asked]
    found = set()
    for (_, step), words in zip(asked, view.words(places), strict=True):
        clause = re.split(r"[.;!?]\s|\n", words)[-1]
        if _EARLIER.search(step.quote[:60]) or _EARLIER.search(clause):
            found.add(step.claim)
    return frozenset(found)


def _unexpected(life: Life) -> list[Step]:
    """Return the steps of which it matters whether they are told as earlier: what is told behind something later."""
    found, latest = [], life.steps[0]
    for step in life.steps:
        rises = before(latest.edtf, step.edtf)
        if step.kind != "arrival" and (step.is_intended or rises is not True):
            found.append(step)
        if rises is True:
            latest = step
    return found
