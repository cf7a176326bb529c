"""Whether a thing is the subject of a verb, so that nobody came: "six days later the earthquake came".

    the answer reached him     the war came     an order arrived           things
    the family landed          the ship reached Bergen                     people, or what carries them: none of these
    a pilot of the air force fled                                          the pilot did

What stands right before the verb decides: an article and a noun that names no people and no vehicle.
"""

from __future__ import annotations

import re

from regesta.extraction.again import once
from regesta.extraction.described import head_class
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.text.span import Span

__all__ = ["is_of_a_thing", "is_vehicle_subject"]

_NOUN = re.compile(
    r"(?:^|[^\w'-])(?<!of )(?<!from )(?<!in )(?<!by )(?<!at )(?<!for )(?<!with )(?<!to )(?<!on )(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hat|[Nn]o) (?:[a-z-]+ )?(?P<noun>[a-z-]{3,}) $"
)
_OWN = re.compile(
    r"(?:^|[^\w'-])(?<!of )(?<!from )(?<!in )(?<!by )(?<!at )(?<!for )(?<!with )(?<!to )(?<!on )(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts) (?:[a-z-]+ )?(?P<noun>[a-z-]{3,})(?:,? [*_'\"]{0,3}[A-Z][\w'-]*(?: (?:of|the|in|and|[A-Z])[\w'-]*)*[*_'\"]{0,3},?)? $"
)
"""What somebody owns or made, with its title: "Her memoir Reeds appeared"."""
_BODY = re.compile(
    r"(?:^|[^\w'-])(?<!of )(?<!from )(?<!by )(?<!with )(?<!in )(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Aa]n?) (?:[\w'-]+ ){0,6}?(?P<noun>troupe|team|squad|delegation|company|orchestra|ensemble|choir|cast|ballet) $"
)
"""A body that somebody belongs to, who may have done otherwise: "Before the ballet troupe flew to Lund"."""
_BODY_ENDS = tuple("troupe team squad delegation company orchestra ensemble choir cast ballet".split())
"""What every match of `_BODY` ends with, before a blank."""
_NOT_ABOARD = re.compile(
    r"\bnot (?:aboard|on board|on|in|among) (?:any of )?(?:the |that |those )?(?P<noun>[a-z-]+) (?:that|which) (?:had |has |have )?$"
)
"""Ships that came without him: "is not aboard any of the ships that came in"."""
_PEOPLE = frozenset(
    "family couple pair sisters brothers siblings twins girls boys children women men friends others rest two three four five six "
    "party group crew survivors refugees fugitives passengers people man woman boy girl child first last youngest eldest "
    "oldest elder younger who then also soon later had never finally once all both and or but was were is are "
    "has have having after before when while as not which out back over only just already still again at last".split()
)
_OF_WAR = frozenset("airplanes aeroplanes planes bombers tanks".split())
"""Vehicles that bring nobody who fled: "When the airplanes came"."""
_REACH = 60
_ARTICLES = ("the", "a", "an", "this", "that", "no")
"""What ends one of the two words before the noun of `_NOUN`."""
_OWNERS = ("his ", "her ", "their ", "its ")
"""One of these stands in every match of `_OWN`."""


def is_vehicle_subject(scene: Scene, passage: Passage, offset: int) -> bool:
    """Return whether the sentence of the verb at `offset` opens with a vehicle and names nobody before the verb."""
    sentence = passage.sentence_at(offset)
    if any(
        s.is_subject and not s.is_possessive for s in scene.people_in(passage, Span(sentence.start, offset))
    ):
        return False
    opening = _OPENS.match(scene.text[sentence.start : min(offset, sentence.start + _REACH)])
    return opening is not None and not scene.lexicon.vehicles.isdisjoint(opening[0].lower().split())


_OPENS = re.compile(
    r"(?:(?:[A-Z][\w, ]{0,40})[–-] )?(?:[Tt]he|[Aa]n?|[Tt]heir|[Hh]is|[Hh]er|[Oo]ne) (?:[\w-]+ ){1,4}"
)


def _is_of_many(scene: Scene, passage: Passage, offset: int) -> bool:
    """Whether others in the plural do what the verb at `offset` says: "the king revokes the edict, and Huguenots [flee]"."""
    if not scene.text.endswith("s ", 0, offset) or _MANY_DO.match(scene.text, offset) is None:
        return False
    noun = _MANY.search(scene.text, max(0, offset - _REACH), offset)
    return (
        noun is not None
        and noun["noun"].lower() not in _NO_MANY
        and not any(s.span.start <= noun.start("noun") < s.span.end for s in scene.said[passage.index])
    )


_MANY_DO = re.compile(r"(?:flee|escape|arrive|defect|leave|cross|reach|land)\b")
_MANY = re.compile(r"(?P<noun>[A-Za-z][\w-]{2,}s) $")
_NO_MANY = frozenset("does always sometimes besides afterwards perhaps thus".split())


def is_of_a_thing(scene: Scene, passage: Passage, offset: int) -> bool:
    """Return whether the noun right before the verb at `offset` is a thing, or others in the plural."""
    return once(scene, _is_a_thing, passage, offset)


def _is_a_thing(scene: Scene, passage: Passage, offset: int) -> bool:
    if _is_of_many(scene, passage, offset):
        return True
    start = max(passage.sentence_at(offset).start, offset - _REACH)
    before = scene.text[start:offset].replace("\n", " ")
    if not before.endswith(" "):
        return False
    plain = before.lower()
    led_up = plain.split()[-3:-1]
    is_led_up = bool(led_up) and (led_up[0].endswith(_ARTICLES) or led_up[-1].endswith(_ARTICLES))
    match = _NOUN.search(before) if is_led_up else None
    if led_up and before[:-1].endswith(_BODY_ENDS) and (body := _BODY.search(before)):
        at = start + body.start("noun")
        return not any(s.span.start <= at < s.span.end for s in scene.said[passage.index])
    if match is None and any(map(plain.__contains__, _OWNERS)):
        match = _OWN.search(before)
    if match is None and "not " in plain and (ships := _NOT_ABOARD.search(before)) is not None:
        return ships["noun"].rstrip("s") in scene.lexicon.vehicles
    if match is None:
        return False
    noun = match["noun"].lower()
    if noun in _OF_WAR:
        return True
    if noun in _PEOPLE or noun in scene.lexicon.vehicles or noun.endswith(("ly", "ed")):
        return False
    if head_class(noun, scene.lexicon) is not None:
        return False
    at = start + match.start("noun")
    return not any(s.span.start <= at < s.span.end for s in scene.said[passage.index])
