"""A finished scene as an `Extraction`: actors become referents, facts become claims with their exact quotes.

Ids are hashes of content, so the same document gives the same ids whatever order the rules ran in. Claims that say the
same of the same words are one claim; the first rule in the order of `RULES` keeps it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import lru_cache

from regesta.extraction.confidence import confidence_of
from regesta.extraction.passages import is_body
from regesta.extraction.scene import Actor, Fact, Scene
from regesta.extraction.unmarked import Unmarked
from regesta.forming import forming
from regesta.model import (
    Claim,
    Coverage,
    EntityValue,
    Evidence,
    Extraction,
    Mention,
    Observation,
    Qualifiers,
    Referent,
    Rejection,
    RouteStop,
    RouteValue,
    content_id,
)
from regesta.names.cyrillic import is_cyrillic, latin_forms
from regesta.names.lists import is_given
from regesta.text.span import Span

__all__ = ["assemble", "merged"]

_claim_of, _evidence_of = forming(Claim), forming(Evidence)
_referent_of, _mention = forming(Referent), forming(Mention)


def assemble(scene: Scene, observations: list[tuple[Fact, Observation]], told: Unmarked) -> Extraction:
    """Return what the rules found, in the order of the text; `told` leads from the scene's words to the document's."""
    referents: dict[int, Referent] = {}
    for actor in scene.actors:
        if actor.mentions:
            referents[id(actor)] = _referent(scene, actor, told)
    stated = {id(f.actor) for f in scene.facts} | {id(f.target) for f in scene.facts if f.target is not None}
    stated |= {id(stop) for f in scene.facts for stop in f.stops if stop is not None}
    principals = {id(a) for e in scene.entries for a in e.principals}
    principals |= {id(a) for a in scene.actors if a.kind == "group" and a.size is not None}
    kept = {
        key: r
        for key, r in referents.items()
        if key in stated or key in principals or (r.is_named and r.kind in ("person", "group"))
    }
    claims: dict[str, Claim] = {}
    claim_of: dict[int, str] = {}
    for fact in scene.facts:
        if id(fact.actor) in kept and fact.spans:
            claim = _claim(scene, fact, kept, told)
            claims.setdefault(claim.id, claim)
            claim_of[id(fact)] = claim.id
    ordered = sorted(
        claims.values(), key=lambda c: (c.evidence[0].start, c.evidence[0].end, c.predicate, c.id)
    )
    points = [
        replace(o, claim=claim_of[id(f)], evidence=_evidence(told, (o.evidence.start, o.evidence.end)))
        for f, o in observations
        if id(f) in claim_of
    ]
    people = sorted(kept.values(), key=lambda r: (r.mentions[0].span, r.key))
    unique = {r.key: r for r in people}
    rejections = sorted(scene.rejections, key=lambda r: (r.start, r.end, r.code))
    return Extraction(
        source=scene.document.source.name,
        referents=tuple(unique.values()),
        claims=tuple(ordered),
        observations=tuple(sorted(points, key=lambda o: (o.series, o.evidence.start))),
        rejections=tuple(_moved(r, told) for r in rejections),
        coverage=_coverage(scene, ordered, list(unique.values()), told),
    )


def merged(parts: Sequence[Extraction]) -> Extraction:
    """Return the extractions of the windows of one document, in their order, as one."""
    counts = [
        sum(getattr(part.coverage, field.name) for part in parts)
        for field in fields(Coverage)
        if field.name != "source"
    ]
    names = [field.name for field in fields(Coverage) if field.name != "source"]
    return Extraction(
        source=parts[0].source,
        referents=tuple(r for part in parts for r in part.referents),
        claims=tuple(c for part in parts for c in part.claims),
        observations=tuple(o for part in parts for o in part.observations),
        rejections=tuple(r for part in parts for r in part.rejections),
        coverage=Coverage(source=parts[0].source, **dict(zip(names, counts, strict=True))),
    )


def _moved(rejection: Rejection, told: Unmarked) -> Rejection:
    """Return a rejection as it stands in the whole document."""
    start, end = told.back((rejection.start, rejection.end))
    if start == rejection.start and end == rejection.end:
        return rejection
    return replace(rejection, start=start, end=end)


def _n_parts(name: str) -> int:
    """Return of how many parts a name is: as many in "Lim Do-hyun" as in "Lim Do Hyun"."""
    return len(name.replace("-", " ").split())


def _is_unbent(name: str) -> bool:
    """Return whether the given name stands as lists hold it: "Мария Орлова", and neither "Марии Орловой" nor "Марию Орлову"."""
    return is_given(latin_forms(name.split(maxsplit=1)[0])[0][1])


def _referent(scene: Scene, actor: Actor, told: Unmarked) -> Referent:
    text = scene.document.text
    places = sorted(dict.fromkeys(actor.mentions))
    mentions = tuple(
        _mention(span=told.back(span), quote=told.quote(span), form=form) for span, form in places
    )
    spoken = [(" ".join(span.of(text).split()), span, form) for span, form in places]
    naming = [s for s in spoken if s[2] == "name"] or [s for s in spoken if s[2] == "description"] or spoken
    counts = Counter(words for words, _, _ in naming)
    longest = max(_n_parts(words) for words, _, _ in naming)
    whole = [s for s in naming if _n_parts(s[0]) == longest or not actor.is_named]
    if is_cyrillic(whole[0][0]):
        whole = [s for s in whole if is_cyrillic(s[0])]
        best = max(whole, key=lambda s: (_is_unbent(s[0]), -len(s[0]), counts[s[0]], -s[1].start))
    else:
        best = max(whole, key=lambda s: (counts[s[0]], -s[1].start))
    label = actor.called or best[0]
    first = mentions[0].span
    key = content_id("m", [scene.document.id, actor.kind, first.start, first.end, label])
    return _referent_of(
        key=key,
        kind=actor.kind,
        label=label,
        mentions=mentions,
        is_named=actor.is_named,
        group_size=actor.size,
    )


def _evidence(told: Unmarked, span: tuple[int, int]) -> Evidence:
    start, end = told.back(span)
    return _evidence_of(source=told.read.source.name, start=start, end=end, quote=told.quote(span))


def _claim(scene: Scene, fact: Fact, kept: dict[int, Referent], told: Unmarked) -> Claim:
    value = fact.value
    if fact.target is not None and id(fact.target) in kept and isinstance(value, EntityValue):
        target = kept[id(fact.target)]
        value = EntityValue(key=target.key, label=target.label)
    if fact.stops and isinstance(value, RouteValue):
        pairs = zip(value.stops, fact.stops, strict=True)
        value = RouteValue(
            stops=tuple(
                RouteStop(text=s.text, key=kept[id(a)].key if a is not None and id(a) in kept else None)
                for s, a in pairs
            ),
            by=value.by,
        )
    subject = kept[id(fact.actor)].key
    evidence = tuple(_evidence(told, span) for span in fact.spans)
    parts = [
        scene.document.id,
        subject,
        fact.predicate,
        value,
        fact.when,
        _spelled(fact.qualifiers),
        *((e.start, e.end) for e in evidence),
    ]
    return _claim_of(
        id=content_id("c", parts),
        subject=subject,
        predicate=fact.predicate,
        value=value,
        when=fact.when,
        where=fact.where,
        qualifiers=fact.qualifiers,
        evidence=evidence,
        references=_references(scene, fact.spans[0]),
        method=fact.method,
        confidence=confidence_of(fact.method),
    )


@lru_cache(maxsize=256)
def _spelled(qualifiers: Qualifiers) -> str:
    """Return how qualifiers are spelled within an id; most claims have the same ones."""
    return str(qualifiers)


def _references(scene: Scene, span: Span) -> tuple[str, ...]:
    """Return the references whose marks stand in or behind the sentence of the passage, from the passage on."""
    markers = scene.document.markers
    if not markers:
        return ()
    passage = scene.passage_at(span.start)
    end = passage.sentence_at(max(span.start, span.end - 1)).end if passage else span.end
    starts: list[int] = scene.kept.get("markers") or [m.span.start for m in markers]
    scene.kept["markers"] = starts
    index = bisect_left(starts, span.start)
    found: list[str] = []
    while index < len(markers):
        marker = markers[index]
        between = scene.document.text[end : marker.span.start] if marker.span.start > end else ""
        if between.strip() or len(between) > 3:
            break
        end = max(end, marker.span.end)
        if marker.reference and marker.reference not in found:
            found.append(marker.reference)
        index += 1
    return tuple(found)


def _coverage(scene: Scene, claims: list[Claim], referents: list[Referent], told: Unmarked) -> Coverage:
    """Count the code points of the body by the best use that was made of them; white space does not count."""
    text, base = told.read.text, told.base
    used = bytearray(len(text))
    uses = [b"\0" + bytes([value]) * 255 for value in range(5)]  # what is no body stays none
    for block in told.read.blocks:
        if is_body(block):
            start, end = block.content
            used[start:end] = b"\x01" * (end - start)

    def mark(start: int, end: int, value: int) -> None:
        used[start:end] = used[start:end].translate(uses[value])

    for rejection in scene.rejections:
        mark(*told.within((rejection.start, rejection.end)), 2)
    for referent in referents:
        for mention in referent.mentions:
            mark(mention.span.start - base, mention.span.end - base, 3)
    for passage in scene.passages:
        for date in passage.dates:
            mark(*told.within(date.span), 3)
    for claim in claims:
        for evidence in claim.evidence:
            mark(evidence.start - base, evidence.end - base, 4)
    for letter in _BLANKS:
        text = text.replace(letter, " ")
    counts = Counter[int]()
    for run in _RUN.finditer(used):
        start, end = run.span()
        counts[used[start]] += end - start - text.count(" ", start, end)
    return Coverage(
        source=scene.document.source.name,
        n_characters=sum(counts.values()),
        n_body=sum(counts.values()) - counts[0],
        n_claims=counts[4],
        n_names_dates=counts[3],
        n_rejected=counts[2],
        n_left=counts[1],
    )


_BLANKS = "".join(letter for letter in map(chr, range(0x3001)) if letter.isspace())
_RUN = re.compile(rb"\x00+|\x01+|\x02+|\x03+|\x04+")
"""What one use was made of; said use by use, as a pattern that looks back is slow."""
