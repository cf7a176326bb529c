"""Where a movement goes to: the place behind its verb, as far as the words between let it be one.

fled across the river to [Vora]        reached [Vora]        fled from Lum         landed in [Vora] waters: no place but its sea
"""

from __future__ import annotations

import re

from regesta.extraction.peoples import is_nationality
from regesta.extraction.scene import Scene
from regesta.text.span import Span

__all__ = ["LEFT_COUNTRY_FOR", "destination_after"]

_PLACE_AFTER = re.compile(
    r"\s*(?:[a-z]+ly\s+|safely\s+|by \w+\s+|over\s+|directly\s+)?(?P<preposition>to|in|into|at|on|for|across into|over to|across to|through to)\s+(?P<place>(?:the\s+)?(?:[A-Z](?:\.[A-Z])+\b\.?|[A-Z][\w'-]*)(?:(?:\s+|\s+of\s+(?:the\s+)?)[A-Z][\w'-]*){0,4}|the (?:West|East|North|South)\b)"
)
_PLACE_ABROAD = re.compile(
    r"\s*(?:(?:à pied|à la nage|en (?:bateau|train|avion|barque|tren|barco|avión|balsa|bote)|par (?:la )?(?:mer|route)|par le train|zu Fuß|"
    r"mit dem (?:Schiff|Zug|Boot|Flugzeug)|a pie|a nado|a piedi|in (?:nave|treno|barca)|a pé|de (?:barco|comboio|avião|navio)|te voet|"
    r"met de (?:boot|trein)|pieszo|statkiem|pociągiem)\s+)?(?:(?:río|rio|fleuve) [A-Z][\w'-]*[^.;,]{0,30} )?(?P<preposition>a|al|en|hasta|hacia|à|au|aux|vers|nach|em|ao|para|pour|de|sich nach|sich in|ad|in|nel|nella|na|no|w|we|do|naar|te|op|в|во|на|у|до)\s+"
    r"(?P<place>(?:(?:la|el|los|las|le|les|die|den|das)\s+)?[A-ZА-ЯІЇЄ][\w'-]*(?:\s+(?:de\s+)?[A-ZА-ЯІЇЄ][\w'-]*){0,3})"
)
"""Where a verb of another language leads to."""
_ABROAD = re.compile(r"(?:[óò]|[aei]ron|[aei]rono|[au]nse|[aei]ram|iu|ou)$")
"""Ends of verbs after which "a" is no article: "llegaron a Concordia"."""
_DIRECT_PLACE = re.compile(r"\s*(?P<place>(?:the\s+)?[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*){0,3})")
_DIRECT = (
    " nach",
    " a",
    " en",
    "gagna",
    "gagnèrent",
    "atteignit",
    "erreichte",
    "erreichten",
    "rejoignit",
    "raggiunse",
    "reached",
    "entered",
    "reaching",
    "entering",
    "reach",
    "reaches",
    "enter",
    "enters",
    " to",
    " into",
    " at",
)
"""Endings of verbs after which the place stands without a preposition."""
_LEFT = frozenset("left leave leaves leaving".split())
LEFT_COUNTRY_FOR = re.compile(
    r" (?:the country|(?:his|her|their) (?:native )?(?:country|homeland)|(?P<from>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?))"
    r"(?: (?:in|during) (?:[a-z-]+ )?(?:[A-Z][a-z]+ )?\d{4},?)? (?P<preposition>for) (?:exile in )?"
    r"(?P<place>(?:the )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})"
)
"""A country left for a place, whenever that was: "left Chad in 1991 for France", "left the country for Lyon"."""
_LATER_PLACE = re.compile(
    r"\b(?P<preposition>to|into|in|nach|naar|en)\s+(?P<place>(?:the\s+)?(?:[A-Z](?:\.[A-Z])+\b\.?|[A-Z][\w'-]*)(?:(?:\s+|\s+of\s+(?:the\s+)?)[A-Z][\w'-]*){0,4})"
)
_AWAY_FROM = re.compile(
    r"[.;:]|,[^,]*\b(?:met|came|was|were|had|went|became|[a-z]{2,}ed)\b|, [a-z]+ing\b|\bto (?:avoid|escape|evade) "
    r"|\b(?:dej|laiss|abandon|verl[aäi]|hinterl|lasci|deix)\w* "
    r"|\b(?:ambassador|envoy|consul|attaché|delegate|representative|mission|visit|trip|adviser|advisor|aide|secretary) (?:to|in|into) (?:the )?$"
)
"""What parts a verb from a place: another clause, or an office that has the place for itself ("envoy to [the UK]")."""


def _is_attribute(scene: Scene, place: re.Match[str], end: int) -> bool:
    """Whether the word of a people only describes the noun behind it: "to Canadian authorities", "in the Orrian embassy"."""
    if _HOUSE_BEHIND.match(scene.text, place.end(), end):
        return True
    return (
        is_nationality(place["place"].lower(), scene.lexicon)
        and _NOUN_BEHIND.match(scene.text, place.end(), end) is not None
        and not _WATERS.match(scene.text, place.end(), end)
    )


def _is_loose(place: re.Match[str]) -> bool:
    """Whether "in" soon goes with another noun than the verb: not where that noun is what somebody flees for."""
    end = place.start("preposition")
    return place["preposition"] == "in" and not _REFUGE.search(place.string, max(0, end - 24), end)


_REFUGE = re.compile(r"\b(?:asylum|refuge|refugee status|sanctuary|shelter) \Z")
_HOUSE_BEHIND = re.compile(
    r" (?:embassy|embassies|consulate|legation|nunciature|mission|high commission|authorities|government|police|army|navy|coastguard)\b"
)
"""What a name before it only describes, known or not."""
_NOUN_BEHIND = re.compile(
    r" (?!and\b|or\b|in\b|on\b|by\b|with\b|at\b|after\b|where\b|when\b|via\b|from\b)[a-z]{3,}"
)
_FAR_PLACE = 80
"""Code points from a verb within which the place that it leads to may stand."""
_FAR_IN = 50
"""The same for "in", which soon goes with another noun: "fled with papers on what was done [in the West]"."""
_WATERS = re.compile(r" (?:territorial )?(?:waters|territory|soil|airspace|side|hands|lines)\b")
"""What a demonym may stand before: "into South Korean waters"."""


def destination_after(scene: Scene, verb: Span, end: int) -> Span | None:
    """Return the place that a verb of movement leads to: "to X", "in X", "reached X"; None where none is said."""
    if scene.text[verb.start : verb.end].lower().endswith(_NOT_BACK):
        home = _HOME.match(scene.text, verb.end, end)
        verb = Span(verb.start, home.end()) if home else verb
    match = _PLACE_AFTER.match(scene.text, verb.end, end)
    if match and _is_attribute(scene, match, end):
        match = None  # "gave himself up to Canadian guards at Windsor"
    if match is None:
        match = _PLACE_ABROAD.match(scene.text, verb.end, end)
        if match and match["preposition"] == "a" and not _ABROAD.search(scene.text, verb.start, verb.end):
            match = None
    if scene.text[verb.start : verb.end].lower() in _LEFT:
        match = LEFT_COUNTRY_FOR.match(scene.text, verb.end, end) or match
    if match and match["place"].split(" ")[0].lower() in _MONTHS:
        match = None  # "flew in November 2009 to Oslo"
    if match is None and scene.text[verb.start : verb.end].lower().endswith(_DIRECT):
        match = _DIRECT_PLACE.match(scene.text, verb.end, end)
    if match is None:
        later = _LATER_PLACE.finditer(scene.text, verb.end, end)
        match = next(
            (
                m
                for m in later
                if m["place"].split(" ")[0].lower() not in _MONTHS and not _is_attribute(scene, m, end)
            ),
            None,
        )
        if match and (
            match.start("place") - verb.end > (_FAR_IN if _is_loose(match) else _FAR_PLACE)
            or _AWAY_FROM.search(scene.text, verb.end, match.start("place"))
        ):
            return None
    if match is None:
        return None
    span = Span(*match.span("place"))
    words = scene.tokens.between(*span)
    if words and (
        scene.tokens.lowers[words.start] in _MONTHS or scene.tokens.lowers[words.stop - 1] in _OCCASIONS
    ):
        return None
    if len(words) > 1 and scene.tokens.texts[words.start] == "Richtung":
        span = Span(scene.tokens.starts[words.start + 1], span.end)
    if len(words) > 1 and scene.tokens.lowers[words.stop - 1] in _MONTHS:
        span = Span(span.start, scene.tokens.ends[words.stop - 2])  # "to Ciudad Vieja March 15, 2013"
    named = _TOWN_OF.match(scene.text, span.end, end)
    if named and is_nationality(span.of(scene.text).lower().removeprefix("the "), scene.lexicon):
        return Span(*named.span("place"))
    whole = _WATERS.match(scene.text, span.end, end)
    return Span(span.start, whole.end()) if whole else span


_TOWN_OF = re.compile(
    r" (?:[a-z-]+ )?(?:island|isle|port|city|town|village|capital|harbou?r|resort|province|state|border town)(?:,| of)? (?P<place>[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,2})"
)
"""What goes on behind the word of a people: "reached the Danish [island of Mesø]"."""
_NOT_BACK = (
    *("to return", "not return", "to go back", "not go back", "to go home"),
    *(" rentrer", " retourner", " regresar", " volver", " tornare", "вернуться", "возвращаться"),
)
_HOME = re.compile(
    r"(?: home)? (?:to|en|à|aux?|a|in|в|на) (?:(?:the|his|her|their|la|son|su) )?[\w'-]+(?: [A-Z][\w'-]*)*"
)
"""Where those did not go who stayed: "refused to return [to Havana] after a match in Lund"."""
_OCCASIONS = frozenset(
    "games cup olympics olympiad championship championships festival congress tournament regatta".split()
)
"""What people defect at and nobody lives in: "defected at the Pan American Games"."""
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
