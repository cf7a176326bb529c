"""Motion that the path tells, whatever the verb: verbs that no list holds, and vessels that are brought somewhere.

    nursed   a leaking sloop   into           the harbour of Visby     who handles a vessel comes with it
    set      an An-2 down      in             a beet field             a model is a vessel too
    limped                     into           Bergen                   without an object the subject moves
    rolled                     to a stop on   an unfinished runway

A verb that only sells, sends or sees the vessel moves nobody. Who moves and when is told elsewhere, as for every verb; whom
somebody takes along (`stations.CARRIED`) is none of this.
"""

from __future__ import annotations

import re
from itertools import pairwise

from regesta import places
from regesta.extraction.scene import Scene

__all__ = ["handles", "is_told_by_path", "may_tell_path"]

_REACH = 130
_HANDLED = re.compile(
    r"\s+(?P<object>(?:the|an?|his|her|its|their|our|my|this|that)\s+(?:[\w'’-]+\s+){0,5}?[\w'’-]+?|[A-Z][\w-]*\d[\w-]*)"
    r"(?:\s+(?:down|up|in|safely|slowly|straight|north|south|west|east|all the way|home))?"
    r"\s+(?P<path>into|onto|on to|to|round|around|through|past|ashore at|ashore in|ashore on|across|over|in|at|on|near|outside|off|behind)\s+(?=(?P<goal>[^.;:,]{3,60}))"
)
"""A vessel that is handled, and where to."""
_AGROUND = re.compile(
    r"\s+(?P<object>(?:the|an?|his|her|their|our)\s+(?:[\w'’-]+\s+){1,4}?)(?:aground|ashore)\b"
)
"""A vessel that is run on the shore, wherever that is."""
_BARE = re.compile(
    r"\s+(?:[a-z]+ly\s+|at last\s+|back\s+|down\s+|up\s+|on\s+|straight\s+|safely\s+)?"
    r"(?P<path>into|onto|ashore (?:at|in|on|near)|to a (?:stop|halt|rest|standstill) (?:at|in|on|near|outside)|ground (?:at|in|on|near))\s+(?=(?P<goal>[^.;:,]{3,60}))"
)
_MODEL = re.compile(r"\b[A-Z][A-Za-z]{0,4}-?\d{1,4}[A-Za-z]?\b")
_STATIC = frozenset("in at on near outside off behind".split())
_PUTS_DOWN = frozenset("landed set put ditched beached brought moored docked anchored crash-landed".split())
"""Verbs whose vessel is where the path says when they are done: "set her down in a field"."""
_HANDS_OFF = frozenset(
    "sent sold gave leased chartered towed escorted shelled loaded invited followed traced tracked ordered saw watched fired looked shot "
    "translated divided born married drafted turned built repaired delivered shipped directed summoned called photographed".split()
)
_GROUND = frozenset(
    "airfield airport aerodrome airbase runway strip airstrip field meadow beach coast shore quay pier jetty wharf mouth harbour harbor port bay cove "
    "marina roadstead estuary fjord point island isle islet lagoon reef".split()
)
"""Where vessels end their way."""
_SIGNS = frozenset("into onto ashore stop halt rest ground down".split())
_WORD = re.compile(r"[\w'’-]+")
_NAMES = re.compile(r"(?:the\s+)?(?:[A-Z][\w'’-]*\s*){1,4}")


def may_tell_path(scene: Scene, span: tuple[int, int]) -> bool:
    """Return whether a word stands in `span` without which no path tells a motion."""
    return bool(scene.tokens.within(_SIGNS, span) or scene.tokens.within(scene.lexicon.vehicles, span))


def handles(scene: Scene, end: int, stop: int) -> bool:
    """Return whether a verb of moving that ends at `end` has a vessel for its object, and where it gets to behind that."""
    stop = min(stop, end + _REACH)
    if any(
        words.lower() in scene.lexicon.vehicles
        for words in _words_before(_AGROUND.match(scene.text, end, stop))
    ):
        return True
    return any(
        at["path"].split()[-1] not in _STATIC
        and (at["path"] != "to" or _is_named_place(at["goal"]))
        and _is_ground(at["goal"])
        for at in _handled_to(scene, end, stop)
    )


def _words_before(found: re.Match[str] | None) -> list[str]:
    return _WORD.findall(found["object"]) if found else []


def is_told_by_path(scene: Scene, word: str, end: int, stop: int) -> bool:
    """Return whether the words behind a verb, `word` that ends at `end`, say that its subject got somewhere."""
    stop = min(stop, end + _REACH)
    if word in _HANDS_OFF:
        return False
    bare = _BARE.match(scene.text, end, stop)
    if bare is not None:
        return _is_ground(bare["goal"]) or (
            not bare["path"].startswith(("into", "onto")) and bare["goal"][:1].isupper()
        )
    for at in _handled_to(scene, end, stop):
        path = at["path"].split()[-1]
        if path in _STATIC and word not in _PUTS_DOWN and not at["path"].startswith("ashore"):
            continue
        if path == "to" and not _is_named_place(at["goal"]):
            continue
        return _is_ground(at["goal"]) or path == "into" or bool(path in _STATIC and word in _PUTS_DOWN)
    return False


def _handled_to(scene: Scene, end: int, stop: int) -> list[re.Match[str]]:
    """Return the path behind an object that is a vessel, else nothing."""
    found = _HANDLED.match(scene.text, end, stop)
    if found is None:
        return []
    words = [word.lower() for word in _WORD.findall(found["object"])]
    vessel = not scene.lexicon.vehicles.isdisjoint(words) or any(
        f"{one} {two}" in scene.lexicon.vehicles for one, two in pairwise(words)
    )
    return [found] if vessel or _MODEL.search(found["object"]) else []


def _is_named_place(goal: str) -> bool:
    """Whether a goal opens with the name of a place that is known: "Bornholm in March"."""
    found = _NAMES.match(goal)
    if found is None:
        return False
    words = found[0].removeprefix("the ").split()
    return any(places.is_place(" ".join(words[:n])) for n in range(len(words), 0, -1))


def _is_ground(goal: str) -> bool:
    """Whether a goal is a place, or where vessels end their way: "Spotts Bay", "the harbour of Visby", "a beet field"."""
    words = [word.lower() for word in _WORD.findall(goal)[:6]]
    return not _GROUND.isdisjoint(words) or _is_named_place(goal)
