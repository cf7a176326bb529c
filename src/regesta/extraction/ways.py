"""The movements of a clause as ways: where from, through what, where to, and which clauses go on with the same way.

    flew  from Moscow  |  over the border  |  and landed at Graz airport
          origin          through              the next clause: its goal ends the same way

What is worth a claim, and whose way it was, is decided in `rules/route.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from regesta.extraction.clauses import Clause
from regesta.extraction.movement import casts_out
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.extraction.waypoints import Waypoint, waypoint, waypoints
from regesta.text.span import Span

__all__ = ["KINDS", "MAY_GO_ON", "STAYS", "Way", "append", "continues", "ways"]

KINDS = frozenset(("arrive", "defect", "flee"))
"""Kinds of verbs that begin a way."""
_THROUGH = frozenset("via through across over past along under by around".split())
_TO = frozenset("to into towards toward onto for until".split())
_AT = frozenset("in at on near ashore".split())
_TO_OR_AT = _TO | _AT
_LED_BY = _TO_OR_AT | _THROUGH
_LEAVES = frozenset(
    "left leave leaves leaving fled flee flees fleeing escaped escape escaping departed departing quit deserted".split()
)
_CROSSES = frozenset(
    "crossed cross crosses crossing swam waded swim wading swimming traversed climbed scaled forded transited paddled tunnelled jumped over".split()
)
_REACHES = frozenset("reached reach reaches reaching entered enter enters entering".split())
_SAILS = frozenset("sailed sail sails sailing drifted rowed rowing paddled floated".split())
_GOES_ON = frozenset(("and", "ing", "before", ",", "then", "who", "which", "where", "to"))
_MOVES_TOO = frozenset(
    "went go goes travel traveled travelled travels travelling continued proceeded walked trekked "
    "transited spent stayed staying spending passing passed stopping stopped headed moved taken brought "
    "flown airlifted smuggled ferried shipped transferred carried ending landing landed crash-landing "
    "arriving steered crawled set flying driving emigrated transit fly flies drove rowed".split()
)
"""Verbs that move many things, and go on with a flight."""
_LEADS = frozenset(
    "leads lead led runs run ran goes went passes passed shifted continues continued is was".split()
)
_WAYS = frozenset("route way leg path road trail track passage corridor line escape".split())
"""What leads somewhere, with a verb of `_LEADS`."""
_TAKES = frozenset("took take takes taking".split())
MAY_GO_ON = _MOVES_TOO | _LEADS | _TAKES
"""With the verbs that tell a way where its sentence speaks of one, or of a train."""
_MAY_MOVE = MAY_GO_ON | {"or"}
STAYS = frozenset(
    "staying stayed spending spent stopping stopped passing passed waiting waited hiding".split()
)
_FIGURATIVE = re.compile(
    r"\b(?:office|party|job|post|school|university|team|army|service|hospital|prison|church|wife|husband|family)\b"
)


@dataclass(slots=True)
class Way:
    """A way in the making."""

    clause: Clause
    verb: Span
    origin: list[Waypoint] = field(default_factory=list)
    through: list[Waypoint] = field(default_factory=list)
    goal: list[Waypoint] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    is_weak: bool = False
    """Its verb moves many things and begins no flight by itself: "went", "taken", "stayed"."""
    is_manner: bool = False
    """Stands behind "by": "by crossing the river"."""

    @property
    def stops(self) -> list[Waypoint]:
        """All its places in the order of travel."""
        return [*self.origin, *self.through, *self.goal]


def ways(scene: Scene, passage: Passage, clause: Clause) -> list[Way]:
    """Return what each movement of the clause says of its way: the words from its verb to the next verb of movement."""
    tokens, lexicon = scene.tokens, scene.lexicon
    if not scene.moves_in(clause.span) and not tokens.within(MAY_GO_ON, clause.span):
        return []
    verbs: list[tuple[int, int]] = []
    words = tokens.between(*clause.span)
    spotted = tokens.spot(lexicon.flight)
    at = words.start
    smalls = tokens.smalls(words)
    while at < words.stop:
        small = smalls[at - words.start]
        if at not in spotted and small not in _MAY_MOVE:
            at += 1
            continue
        length = 0
        if at in spotted:
            length = next(
                (
                    n
                    for n in (3, 2, 1)
                    if at + n <= words.stop
                    and lexicon.flight.get(tokens.lower(at, at + n - 1)) in KINDS
                    and not (n == 1 and (_is_noun(scene, at) or casts_out(scene, at)))
                    and not any(tokens.capital[i] for i in range(at + 1, at + n))
                ),
                0,
            )
        if not length and (small in _MOVES_TOO or _leads(scene, words, at)) and not _is_noun(scene, at):
            length = 1
        if small == "or" and verbs and at + 1 < words.stop and tokens.lowers[at + 1] == "from":
            length = 1  # "leads from A to B or from C to D": another way
        if length:
            verbs.append((at, at + length - 1))
        at += length or 1
    found: list[Way] = []
    for place, (first, last) in enumerate(verbs):
        stop = tokens.starts[verbs[place + 1][0]] if place + 1 < len(verbs) else clause.span.end
        way = Way(clause, Span(tokens.starts[first], tokens.ends[last]))
        way.is_weak = lexicon.flight.get(tokens.lower(first, last)) not in KINDS
        way.is_manner = first > 0 and tokens.lowers[first - 1] in ("by", "in")
        _read(scene, passage, way, first, last, stop)
        if place == 0 and not way.origin and way.goal and tokens.lowers[words.start] == "from":
            start = waypoint(scene, passage, words.start + 1, tokens.starts[first])
            way.origin += [start] if start is not None else []
        if way.stops:
            way.spans.append(_cover(way))
            found.append(way)
    return found


def _leads(scene: Scene, words: range, at: int) -> bool:
    """Whether the verb at `at` tells where a way leads or what is taken there: "a second route ran from", "took the train"."""
    tokens = scene.tokens
    word = tokens.lowers[at]
    if word in _TAKES:
        return any(tokens.lowers[i] in scene.lexicon.vehicles for i in range(at + 1, min(at + 4, words.stop)))
    return word in _LEADS and any(tokens.lowers[i] in _WAYS for i in range(max(words.start, at - 8), at))


def _cover(way: Way) -> Span:
    span = way.verb
    for stop in way.stops:
        span = span.cover(stop.span)
    return span


def _is_noun(scene: Scene, at: int) -> bool:
    """Whether the word stands where a noun stands: "the crossing", "his flight", "of escape"."""
    before = scene.tokens.lowers[at - 1] if at else ""
    return before in (
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "this",
        "of",
        "no",
        "its",
        "attempted",
        "first",
        "own",
    ) or (
        scene.tokens.capital[at]
        and at > 0
        and scene.text[scene.tokens.ends[at - 1] : scene.tokens.starts[at]] == " "
    )


def _read(scene: Scene, passage: Passage, way: Way, first: int, last: int, stop: int) -> None:
    tokens = scene.tokens
    verb = tokens.lowers[last]
    opening = tokens.lowers[first]
    at = last + 1
    direct = (
        waypoint(scene, passage, at, stop)
        if at < len(tokens) and scene.text[tokens.ends[last] : tokens.starts[at]] == " "
        else None
    )
    verb_at = verb if first == last else "arriving" if verb == "exile" else opening
    if direct is not None and tokens.lowers[at] not in _LED_BY:
        if opening in _LEAVES:
            way.origin.append(direct)
        elif opening in _CROSSES or verb in _THROUGH:
            way.through += [direct] if verb in _TO else waypoints(scene, passage, at, stop)
        elif verb in _REACHES or verb in _TO or verb in _AT:
            way.goal.append(direct)
        elif opening.startswith("cross"):
            way.through.append(direct)
        at = direct.last + 1
    elif verb in _TO_OR_AT and at < len(tokens):
        pass
    if (
        opening.startswith("cross")
        and last > first
        and tokens.lowers[last] in ("border", "frontier", "lines", "line")
    ):
        way.through.append(
            Waypoint(
                Span(
                    tokens.starts[first + 1]
                    if tokens.lowers[first + 1] != "the"
                    else tokens.starts[first + 2],
                    tokens.ends[last],
                ),
                False,
                last,
            )
        )
    ahead_of_goal: list[Waypoint] = []
    while at < len(tokens) and tokens.starts[at] < stop:
        word = tokens.lowers[at]
        gap = scene.text[tokens.ends[at - 1] : tokens.starts[at]]
        if ";" in gap or ":" in gap:
            break
        slot = _slot(scene, word, at, verb_at)
        if slot == "goal" and way.goal and (told := scene.text[way.goal[-1].span.end : tokens.starts[at]]):
            slot = "through" if _AFTER_A_STAY.search(told) else None if " after " in told else slot
        if slot is None:
            at += 1
            continue
        if way.stops and _OTHERS.search(scene.text, way.stops[-1].span.end, tokens.ends[at]):
            break
        ahead = at + 1
        if (
            word in ("by", "way")
            and ahead < len(tokens)
            and tokens.lowers[ahead] in ("way", "crossing", "of")
        ):
            ahead += 2 if tokens.lowers[ahead] == "way" else 1
        elif word == "by":
            at += 1
            continue
        if word == "out" and tokens.lowers[min(ahead, len(tokens) - 1)] == "of":
            ahead += 1
        if word == "on" and tokens.lowers[min(ahead, len(tokens) - 1)] == "to":
            ahead += 1
        many = waypoints(scene, passage, ahead, stop) if slot == "through" or verb_at in STAYS else []
        if not many:
            many = waypoints(scene, passage, ahead, stop)
            if len(many) > 1 and " or " not in scene.text[many[0].span.end : many[-1].span.start]:
                many = many[:1]
        if word == "on" and slot == "goal":
            many = [w for w in many if w.is_specific]
        many = [
            w
            for w in many
            if not any(d.span.overlaps(w.span) for d in passage.dates) and not _is_thing(scene, w)
        ]
        if not many:
            at += 1
            continue
        if slot == "goal" and ahead_of_goal:
            way.goal += ahead_of_goal  # "to Oru, through the hills into Mali": in the order of the words
            ahead_of_goal = []
        onward = slot == "through" and way.goal and word in _ONWARD
        onto = way.through if slot == "through" else way.goal
        (way.origin if slot == "origin" else ahead_of_goal if onward else onto).extend(many)
        at = many[-1].last + 1
    way.through += ahead_of_goal


_OTHERS = re.compile(
    r"(?:,|;|\band) (?:(?:about|some|nearly|another|over|only) )?\d[\d,.]*(?:%| per ?cent)?(?: ?\([^()]*\))? (?:(?:of them|[a-z]+s) )?"
    r"(?:from|to|in|were|was|are|had|have|came|went|headed|travelled|fled|intended)\b"
)
"""Others who are counted, with a way of their own: "from Peru and 20% from Chile"."""
_ONWARD = frozenset("through across over along past".split())
"""Prepositions that, behind a goal and before another one, go on from it, as "via" does not."""
_AFTER_A_STAY = re.compile(
    r"\bafter (?:[\w-]+ ){1,4}?(?:hours?|days?|nights?|weeks?|months?|years?|stay|stop|stopover|layover) $"
)
"""What stands between a goal and where somebody had been before: "arrived in Rome after 34 days in Malta"."""


def _slot(scene: Scene, word: str, at: int, verb: str) -> str | None:
    """Return what a preposition makes of the place behind it: `origin`, `through` or `goal`."""
    if word in ("from", "leaving") or (
        word in ("out", "off") and scene.tokens.lowers[min(at + 1, len(scene.tokens) - 1)] == "of"
    ):
        return "origin"
    if word in _THROUGH:
        return "through"
    if verb in STAYS:
        return "through" if word in _AT or word == "through" else None
    if word == "off":
        return "through" if verb in _SAILS else None
    if word in _TO:
        if word == "for" and not (verb in _LEAVES or verb in _SAILS or verb in ("off", "headed", "set")):
            return None
        if (
            word == "to"
            and at + 1 < len(scene.tokens)
            and scene.tokens.lowers[at + 1] in scene.lexicon.flight
        ):
            return None
        return "goal"
    if word in _AT:
        kind = scene.lexicon.flight.get(verb)
        if verb in ("landing", "landed", "crash-landing", "arriving", "ending"):
            kind = "arrive"
        if kind == "arrive":
            return "goal"
        if verb in _LEAVES - {"fled", "escaped"}:
            return "origin" if word == "in" else None
        return (
            "through"
            if kind in ("flee", "defect")
            and (word in ("at", "near") or (word in ("in", "on") and verb in _CROSSES))
            else None
        )
    return None


def _is_thing(scene: Scene, stop: Waypoint) -> bool:
    return (
        bool(_FIGURATIVE.search(scene.text[stop.span.start : stop.span.end].lower())) and not stop.is_specific
    )


def continues(scene: Scene, passage: Passage, before: Way, after: Way) -> bool:
    """Return whether a movement goes on with the way before it, rather than telling of somebody else's."""
    if scene.text[after.verb.start : after.verb.end] == "or":
        return False
    if _OTHERS.search(scene.text, before.spans[-1].end, after.verb.end):
        return False
    if before.clause is after.clause:
        return True
    if after.clause.opening == "after":
        return after.verb.start - before.spans[-1].end < 80
    if after.clause.opening not in _GOES_ON or after.verb.start - before.spans[-1].end > 120:
        return False
    others = [
        s
        for s in scene.said[passage.index]
        if s.is_subject
        and after.clause.span.start <= s.span.start < after.verb.start
        and s.actor.kind in ("person", "group")
    ]
    return not others


def append(way: Way, more: Way) -> None:
    """Go on with a way; what came "after staying in ..." came before."""
    if more.clause.opening == "after" and more.clause is not way.clause:
        way.through = [*more.stops, *way.through]
    elif more.is_manner:
        way.through += more.stops
    elif more.origin and not way.origin and not way.goal:
        way.origin = more.origin
        way.through += more.through
        way.goal += more.goal
    else:
        way.through = [*way.through, *way.goal]
        way.goal = more.stops
    way.spans += more.spans
