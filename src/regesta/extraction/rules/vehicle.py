"""What people fled in: predicate `vehicle`.

    matches          "flew his MiG-15 to the West"  ·  "in a wooden fishing boat"  ·  "aboard a chartered flight"  ·  "by train"
    must not match   "worked at a car factory"  ·  "was shot down by a MiG-17"  ·  "the bus fare"

A vehicle counts in a sentence that tells of moving: after "in", "aboard", "by", "on" or a verb of steering (flew, drove,
sailed, landed, stole, hijacked). "to fly it" takes the vehicle named before in the sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from regesta.extraction.age_dates import arrival_of
from regesta.extraction.cues import has_people, last_words
from regesta.extraction.nearest_dates import when_near
from regesta.extraction.passages import Passage
from regesta.extraction.reach import left_edge, plain
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.subjects import subject_of
from regesta.extraction.things import is_vehicle_subject
from regesta.extraction.told import movements_of
from regesta.model import TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["vehicles"]

_PREPOSITION = lazy(
    r"\b(?:in|aboard|on|on board|onboard|by|inside|under|beneath|behind|with|using|via|per|into|onto)\s+(?:(?:an?|the|his|her|their|one|two|three|four|some|another|its)\s+)?(?:(?:very|small|single)\s+)?$",
    re.IGNORECASE,
)
_STEERED = lazy(
    r"\b(?:flew|fly|flying|flown|piloted|piloting|landed|landing|crash-landed|crashed|drove|driving|drive|sailed|sailing|rowed|rowing|paddled|hijacked|hijacking|stole|"
    r"stolen|took|taking|commandeered|seized|boarded|boarding|rode|riding|steered|rammed|built|inflated|take|ran|used|return|jumped|floated|brought)\s+"
    r"(?:(?:an?|the|his|her|their|one|two|three|four|another|aboard|on|in|off|into|up|out|across)\s+){0,3}$",
    re.IGNORECASE,
)
_FLY_IT = lazy(
    r"\b(?:fly|flew|land(?:ed)?|sail(?:ed)?|drive|drove|steer(?:ed)?|take|took|pilot(?:ed)?|row(?:ed)?|ram(?:med)?)\s+(?:it|them|the (?:plane|aircraft|boat|ship|vessel|jet|craft|machine))\b",
    re.IGNORECASE,
)
_MOTION = lazy(
    r"\b(?:fl[ey]w?|flying|flown|land(?:ed|ing)|sail(?:ed|ing)|dr[oi]ve|driving|driven|row(?:ed|ing)|cross(?:ed|ing)|escap(?:ed|ing)|fled|flee(?:ing)?|defect(?:ed|ing)|arriv(?:ed|ing|e)|came|travell?(?:ed|ing)|"
    r"reach(?:ed|ing)|left|leaving|carried|taken|brought|smuggled|hidden|hid|hiding|went|embark(?:ed|ing)|airlift(?:ed)?|picked up|transported|drift(?:ed|ing)|hijack(?:ed|ing)|journey|voyage|got|ran|rammed|set out|put to sea|return(?:ed)?)\b",
    re.IGNORECASE,
)
_AFTER = lazy(
    r"(?:\s+(?:fighters?|bombers?|jets?|helicopters?|aircraft|planes?|biplanes?|airliners?|transports?|trainers?|flights?|boats?|ships?|trawlers?|cars?|trucks?|tanks?)\b)"
)
_NAMED_SHIP = lazy(
    r"(?:,)?\s+(?:called |named )?[\"*_']?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)([A-Z][\w'-]+(?:\s+[A-Z0-9][\w'-]*){0,2})[\"*_']?"
)
_CHASED = lazy(
    r"\b(?:shot down by|chased by|pursued by|intercepted by|killed by|hit by|escorted by|rammed by|of|for|than|stopped by|against|like|sank by|between|repair(?:ed)?|as)\s+(?:an?|the|two|three|his)?\s*(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_MEANS = frozenset(["flight", "flights", "convoy", "boat", "aircraft", "plane"])
_SAYS_NOTHING = frozenset(("flight", "flights"))
"""What names no vehicle where nothing says of what kind it was: "took a flight"."""
_NOT = frozenset(
    (
        "driver pilot crew factory station ticket tickets fare accident crash stop bomb trip race builder "
        "mechanic operator company engine licence license industry worker port yard park owner captain "
        "service repair base window"
    ).split()
)
_HOLDS = frozenset(["boot", "boots", "trunk", "hold", "back"])
_MARK = lazy(r"^(?=.*[A-Z])(?=.*\d)[\w/.-]{3,12}$")


_MANY_WORDS = 3
"""A cell of more words that ends with a full stop tells a story."""


_UNTOLD = lazy(r"(?:unknown|unclear|uncertain|not (?:known|given|stated)|n/a|none)\b", re.IGNORECASE)
"""A cell that says that nothing is known."""


def vehicles(scene: Scene) -> None:
    """State what each flight was made in."""
    stated: set[tuple[int, str]] = set()
    for passage in scene.passages:
        if passage.kind in ("heading", "caption") or not has_people(scene, passage):
            continue
        for span, is_designator in _candidates(scene, passage):
            sentence = passage.sentence_at(span.start)
            if not _counts(scene, passage, span, sentence, is_designator):
                continue
            for actor in _who(scene, passage, span, sentence):
                _state(scene, passage, actor, span, sentence, stated)
    for entry in scene.entries:
        cell = entry.cells.get("vehicle") if entry.kind == "row" else None
        if cell is None:
            continue
        text = plain(scene, cell)
        tells = ". " in text or ";" in text or (text.endswith(".") and len(text.split()) > _MANY_WORDS)
        if (
            any(letter.isalpha() for letter in text)
            and len(text) <= 80
            and not tells
            and not _UNTOLD.match(text)
        ):
            for actor in entry.principals:
                if not any(
                    f.predicate == "vehicle" and cell.contains(f.spans[0]) for f in scene.facts_of(actor)
                ):
                    scene.state(actor, "vehicle", TextValue(text=text), cell, when=arrival_of(scene, actor))


def _candidates(scene: Scene, passage: Passage) -> list[tuple[Span, bool]]:
    """Return the noun phrases of vehicles and the designators ("MiG-15"), determiners left out."""
    found: list[tuple[Span, bool]] = []
    tokens = scene.tokens
    taken = passage.span.start
    chunks = {
        c.span.start: c
        for c in scene.chunks[passage.index]
        if c.kind == "designator" and _MARK.match(c.text.split()[-1])
    }
    hits = tokens.within(_ends(scene.lexicon.vehicles), passage.span)
    for index in sorted({*hits, *(tokens.between(start, start + 1).start for start in chunks)}):
        token = tokens[index]
        if token.start < taken:
            continue
        chunk = chunks.get(token.start)
        if chunk is not None:
            extra = _AFTER.match(scene.text, chunk.span.end, passage.span.end)
            start = tokens.starts[
                left_edge(scene, chunk.first, max(taken, passage.sentence_at(chunk.span.start).start))
            ]
            start = _adjectives(scene, start, taken)
            found.append((Span(start, extra.end() if extra else chunk.span.end), True))
            taken = found[-1][0].end
            continue
        first = _begins(scene, passage, index)
        if first is None or token.is_possessive:
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        joined = following is not None and scene.text[token.end : following.start] in (" ", "-")
        if (
            following is not None
            and joined
            and (following.lower in _NOT or _begins(scene, passage, index + 1) is not None)
        ):
            continue
        start = tokens.starts[left_edge(scene, first, max(taken, passage.sentence_at(token.start).start))]
        start = _adjectives(scene, start, taken)
        end = token.end
        of = re.match(
            r"\s+of\s+(?:an?\s+|the\s+|his\s+|her\s+)?([A-Za-z][\w-]*(?:\s+(?:[a-z]+s|van|car|lorry|truck|ship|cans?)\b)?)",
            scene.text[end : min(end + 40, passage.span.end)],
        )
        if of and (token.lower in _HOLDS or token.lower in ("convoy", "raft", "fleet")):
            end += of.end()
        elif (
            token.lower not in _MEANS
            and (
                ship := _NAMED_SHIP.match(
                    scene.text, end, min(passage.sentence_at(token.start).end, end + 40)
                )
            )
            and not any(s.span.overlaps(ship.span(1)) for s in scene.said[passage.index])
        ):
            end = ship.end(1)
        found.append((Span(start, end), False))
        taken = end
    return found


def _begins(scene: Scene, passage: Passage, index: int) -> int | None:
    """Return the first word of the vehicle that ends with word `index`; None where the word is no vehicle's."""
    tokens, known = scene.tokens, scene.lexicon.vehicles
    word = tokens.lowers[index]
    if word not in _ends(known) or tokens.texts[index] == "Van":
        return None  # the lake and the town
    if word in _HOLDS:
        return index if index + 1 < len(tokens) and tokens.lowers[index + 1] == "of" else None
    for length in (3, 2):
        first = index - length + 1
        words = " ".join(tokens.lowers[i] for i in range(max(first, 0), index + 1))
        if first >= 0 and tokens.starts[first] >= passage.span.start and words in known:
            return first
    return index if word in known or word in _MEANS else None


@lru_cache(maxsize=4)
def _ends(known: frozenset[str]) -> frozenset[str]:
    """Return the words with which the vehicles of the lexicon end, and those that mean one here."""
    return last_words(known) | _MEANS | _HOLDS


def _adjectives(scene: Scene, start: int, floor: int) -> int:
    """Take in "0.3 ton wooden", "recently repaired", "stolen", "chartered" before the phrase."""
    lead = scene.text[max(floor, start - 48) : start]
    number = re.search(r"\d[\d.,]*[ -]$", lead)
    if number:
        start -= len(lead) - number.start()
        lead = lead[: number.start()]
    match = re.search(
        r"(?:\b(?:\d[\d.,]*[ -]?(?:ton|tonne|metre|meter|foot|seat|man)s?|recently|newly|aging|ageing|stolen|chartered|requisitioned|rented|borrowed|hijacked|overcrowded|abandoned|armou?red|inflated|converted|repaired|leaking|crowded|moving|two-seat(?:er)?)\s+){1,4}$",
        lead,
    )
    return start - len(lead) + match.start() if match else start


def _counts(scene: Scene, passage: Passage, span: Span, sentence: Span, is_designator: bool) -> bool:
    before = scene.text[max(sentence.start, span.start - 70) : span.start]
    if _CHASED.search(before) and not _FLY_IT.search(scene.text, span.end, sentence.end):
        return False
    if _ANYBODY.search(before):
        return False
    if _STEERED.search(before):
        return _is_flight(scene, passage, sentence) or is_designator
    if _FLY_IT.search(scene.text, span.end, sentence.end):
        return True
    return bool(_PREPOSITION.search(before)) and bool(
        _MOTION.search(scene.text, sentence.start, sentence.end)
    )


_ANYBODY = lazy(
    r"\b(?:(?:each|every|any) (?:[a-z-]+ ){1,3}who|(?:any|every)(?:one|body) who|whoever) ", re.IGNORECASE
)
"""Who is nobody: "each pilot who brought an aircraft was paid in gold"."""


def _is_flight(scene: Scene, passage: Passage, sentence: Span) -> bool:
    if _MOTION.search(scene.text, sentence.start, sentence.end):
        return True
    return any(m.sentence == sentence for m in movements_of(scene, passage))


def _who(scene: Scene, passage: Passage, span: Span, sentence: Span) -> list[Actor]:
    if is_vehicle_subject(scene, passage, span.start) and scene.text.endswith(
        " by ", sentence.start, span.start
    ):
        return []  # "The aeroplane was returned by ship"
    people = [a for a in subject_of(scene, passage, span.start) if a.kind in ("person", "group")]
    if people:
        return people
    if any(
        sentence.start <= b.start < span.start and scene.text[b.start - 2 : b.start] != ", "
        for b in scene.bystanders[passage.index]
    ):
        return []  # "his wife had got away in a sailing boat"
    before = [
        s
        for s in scene.said[passage.index]
        if sentence.start <= s.span.start < span.start and s.actor.kind in ("person", "group")
    ]
    if before:
        return [before[-1].actor]
    fled = {id(f.actor) for f in scene.facts if f.predicate == "arrival"}
    earlier = [s.actor for s in scene.said[passage.index] if s.span.end <= span.start and id(s.actor) in fled]
    return earlier[-1:]


def _state(
    scene: Scene, passage: Passage, actor: Actor, span: Span, sentence: Span, stated: set[tuple[int, str]]
) -> None:
    text = plain(scene, span)
    key = (id(actor), text.lower())
    if key in stated or key[1] in _SAYS_NOTHING:
        return
    stated.add(key)
    when, evidence = None, span
    lead = _PREPOSITION.search(
        scene.text, max(sentence.start, span.start - 30), span.start
    ) or _STEERED.search(scene.text, max(sentence.start, span.start - 50), span.start)
    if lead:
        evidence = Span(lead.start(), span.end)
    entry = scene.entry_of[passage.index]
    if entry is not None and actor in entry.principals and entry.kind != "prose":
        when = arrival_of(scene, actor)
    if when is None:
        when = when_near(scene, passage, span)[0]
    scene.state(actor, "vehicle", TextValue(text=text), evidence, when=when)
