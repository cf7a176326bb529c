"""Places as a text words them on a way: "the Tumen River", "his home in the city of X", "South Korean waters", "Hong Kong".

    from  [a repair workshop]  to  [Wonsan, Kangwon Province]
          common noun              name, with what it lies in

A phrase is read from its first word to the right: what describes, then a head (a name that is no person's, or a noun for a
place or a house), then "of X", "in X", ", X". Where no head is found there is no place: "from hunger", "to defect".
"""

from __future__ import annotations

from dataclasses import dataclass

from regesta import places
from regesta.extraction.passages import Passage
from regesta.extraction.peoples import is_nationality, is_nationality_plural
from regesta.extraction.scene import Scene
from regesta.text.span import Span

__all__ = ["Waypoint", "place_words", "waypoint", "waypoints"]

_DETERMINERS = frozenset("the a an his her their its another some both these this that any what".split())
_GENERAL = frozenset(
    "home homes waters nation mainland line wall fence zone west east north south countryside homeland territory soil capital interior "
    "abroad inland overseas upriver window roof sewer sewers lines minefields workshop workshops settlement settlements land house farm".split()
)
_NEVER = frozenset(
    "party side end start way place state stage point front back top bottom part line-up sound level number quarter ward".split()
)
_STOPS = frozenset(
    "and or but who which that when where while he she they it him them us we i you to from by with for as is was were be been has had "
    "not then after before until since because if than there here".split()
)
_ONWARD = frozenset(
    "through across over via into past along under onto towards toward around without during aboard about".split()
)
_WITHIN = frozenset("of in on at near off".split())
_ENDS_NAME = _STOPS | _WITHIN | _ONWARD | _DETERMINERS
_WATERS = frozenset("sea air land rail road".split())
_SIDES = frozenset(
    "north south east west northern southern eastern western northeast northwest southeast southwest northeastern northwestern "
    "southeastern southwestern central upper lower".split()
)
_HOUSES = frozenset(("transport", "diplomatic", "reception", "detention", "military", "other", "medical"))
_MAX_LEFT = 6


@dataclass(frozen=True, slots=True)
class Waypoint:
    """One place of a way."""

    span: Span
    is_specific: bool
    """More than the name of a country or a point of the compass: a river, a town with its district, an airport."""
    last: int
    """Index of its last word."""


def place_words(scene: Scene) -> list[int]:
    """Return the words of a document that may be the head of a place on a way, in order."""
    tokens, lexicon = scene.tokens, scene.lexicon
    nouns = (lexicon.place_nouns, lexicon.facilities.keys(), _GENERAL)
    return sorted({*tokens.capitals, *(at for words in nouns for at in tokens.where(words))})


def waypoint(scene: Scene, passage: Passage, index: int, end: int) -> Waypoint | None:
    """Return the place that begins at word `index` and ends before the offset `end`; None where no place is meant."""
    tokens = scene.tokens
    if index >= len(tokens) or tokens.starts[index] >= end:
        return None
    first = index + 1 if tokens.lowers[index] == "the" else index
    for at in range(index, min(index + _MAX_LEFT, len(tokens))):
        if tokens.ends[at] > end or (
            at > index and scene.text[tokens.ends[at - 1] : tokens.starts[at]].strip("'s -\"") != ""
        ):
            return None
        word = tokens.lowers[at]
        if tokens.capital[at]:
            head = _name(scene, passage, at, end)
            return _reach(scene, passage, first, head, end, is_name=True) if head is not None else None
        if word[0].isdigit() or (word in _STOPS and word not in _DETERMINERS) or word in _NEVER:
            return None
        if at > index and (word in _WITHIN or word in _ONWARD):
            return None
        if word in _WATERS and at and tokens.lowers[at - 1] in ("at", "by"):
            return None  # "eleven days at sea"
        if _is_head(scene, at) and not _leads_on(scene, at, end):
            return _reach(scene, passage, first, at, end, is_name=False)
        if word in _DETERMINERS and at > index and tokens.lowers[at - 1] not in ("of", "both"):
            return None
        if scene.lexicon.flight.get(word) in ("arrive", "defect", "seek") or (
            word in scene.lexicon.person_nouns or word in scene.lexicon.kin or scene.lexicon.is_role(word)
        ):
            return None
    return None


def waypoints(scene: Scene, passage: Passage, index: int, end: int) -> list[Waypoint]:
    """Return the places joined by "and", "or" or commas from word `index` on: "via China and Hong Kong"."""
    found: list[Waypoint] = []
    one = waypoint(scene, passage, index, end)
    while one is not None and len(found) < 6:
        found.append(one)
        following = one.last + 1
        if following >= len(scene.tokens) or scene.tokens.ends[following] > end:
            break
        gap = scene.text[one.span.end : scene.tokens.starts[following]]
        word = scene.tokens.lowers[following]
        if word in ("and", "or") and gap.strip(" ,") == "":
            following += 1
            if following < len(scene.tokens) and scene.tokens.lowers[following] in (
                "in",
                "through",
                "via",
                "then",
                "finally",
                "to",
                "on",
            ):
                following += 1
        elif gap.strip() != ",":
            break
        if (
            not scene.tokens.capital[min(following, len(scene.tokens) - 1)]
            and scene.tokens.lowers[following] != "the"
        ):
            break
        one = waypoint(scene, passage, following, end)
    return found


def _is_head(scene: Scene, at: int) -> bool:
    word = scene.tokens.lowers[at]
    lexicon = scene.lexicon
    return (
        word in lexicon.place_nouns or word in _GENERAL or lexicon.facilities.get(word) in _HOUSES
    ) and word not in _NEVER


def _leads_on(scene: Scene, at: int, end: int) -> bool:
    """Whether the next word is the real head: "border town", "harbour wall"; or makes it something else: "border guard"."""
    if at + 1 >= len(scene.tokens) or scene.tokens.ends[at + 1] > end:
        return False
    following = scene.tokens[at + 1]
    if scene.text[scene.tokens.ends[at] : following.start] not in (" ", "-"):
        return False
    word = following.lower
    return (
        _is_head(scene, at + 1)
        or word in scene.lexicon.person_nouns
        or scene.lexicon.is_role(word)
        or (
            following.is_capital
            and scene.tokens.lowers[at] in ("north", "south", "east", "west", "northern", "lake", "port")
        )
    )


def _name(scene: Scene, passage: Passage, at: int, end: int) -> int | None:
    """Return the last word of the name of a place that begins at word `at`; None for people, months and offices."""
    tokens = scene.tokens
    chunk = next((c for c in scene.chunks[passage.index] if c.first <= at <= c.last), None)
    if chunk is None:
        word = tokens.lowers[at]
        if word not in _SIDES and not places.is_place(tokens.texts[at]):
            return None
        last = at
        named = next(
            (c for c in scene.chunks[passage.index] if c.first == at + 1 and c.kind == "place"), None
        )
        if word in _SIDES and named is not None and scene.text[tokens.ends[at] : named.span.start] == " ":
            last = named.last
    else:
        if chunk.kind in ("calendar", "work", "law", "designator", "description"):
            return None
        last = chunk.last
        national = chunk.kind == "nationality" or is_nationality(chunk.text.lower(), scene.lexicon)
        if national and not places.is_place(chunk.text):
            return _head_behind(scene, last, end)
        if is_nationality_plural(chunk.text.lower(), scene.lexicon) and not places.is_place(chunk.text):
            return None
        person = any(
            s.span.overlaps(chunk.span) and s.actor.kind in ("person", "group") and s.form == "name"
            for s in scene.said[passage.index]
        )
        if person and not places.is_place(chunk.text):
            return None
        if chunk.is_possessive:
            behind = _head_behind(scene, last, end)
            following = next((c for c in scene.chunks[passage.index] if c.first == last + 1), None)
            if behind is None and following is not None and following.kind in ("place", "facility", "name"):
                return following.last
            return behind
        if chunk.kind == "organisation" and not any(_is_head(scene, i) for i in range(chunk.first, last + 1)):
            return None
        if at + 1 < len(tokens) and tokens.ends[last] > end:
            return None
    behind = _head_behind(scene, last, end)
    return behind if behind is not None else last


def _head_behind(scene: Scene, last: int, end: int) -> int | None:
    """Return the common noun that goes on with a name within three words: "Tumen river", "South Korean territorial waters"."""
    for at in range(last + 1, min(last + 4, len(scene.tokens))):
        token = scene.tokens[at]
        gap = scene.text[scene.tokens.ends[at - 1] : token.start]
        if token.end > end or gap not in (" ", "-", "'s ", "' ") or token.lower in _ENDS_NAME:
            return None
        if _is_head(scene, at) or (token.is_capital and scene.lexicon.facilities.get(token.lower)):
            return at
        if (
            token.lower in scene.lexicon.person_nouns
            or scene.lexicon.is_role(token.lower)
            or token.lower in scene.lexicon.flight
        ):
            return None
    return None


def _reach(scene: Scene, passage: Passage, first: int, head: int, end: int, *, is_name: bool) -> Waypoint:
    """Return the place with what it lies in: "of X", "in X", ", X Province"; or by its name, where that follows: "the capital, X,"."""
    tokens = scene.tokens
    called = None if is_name else _called(scene, passage, head, end)
    if called is not None:
        return called
    last = head
    specific = is_name and _is_head(scene, head) and tokens.lowers[head] not in _SIDES
    for _ in range(3):
        following = last + 1
        if following + 1 > len(tokens) - 1 or tokens.ends[following] > end:
            break
        gap = scene.text[tokens.ends[last] : tokens.starts[following]]
        word = tokens.lowers[following]
        inner: int | None = None
        crossed = (
            word in ("at", "near", "off")
            and places.kind(Span(tokens.starts[first], tokens.ends[last]).of(scene.text)) == "country"
        )
        if word in _WITHIN and gap == " " and not crossed:  # "fled Cuba at the fence": two places
            inner = _inner(scene, passage, following + 1, end)
        elif gap == ", " and tokens.capital[following]:
            chunk = next((c for c in scene.chunks[passage.index] if c.first == following), None)
            named = chunk is not None and (
                chunk.kind == "place" or places.is_place(chunk.text) or _is_head(scene, chunk.last)
            )
            inner = chunk.last if chunk and named and tokens.ends[chunk.last] <= end else None
            if inner is not None and not _closes(scene, inner, end):
                inner = None
            if inner is not None and chunk is not None and _are_countries(scene, first, last, chunk.text):
                inner = None  # "via Hungary, Austria, Italy": each a stop
        if inner is None:
            break
        last, specific = inner, True
    span = Span(tokens.starts[first], tokens.ends[last])
    return Waypoint(span, specific, last)


def _called(scene: Scene, passage: Passage, head: int, end: int) -> Waypoint | None:
    """Return the name that stands between commas behind "the capital" or "the border town"."""
    chunk = next((c for c in scene.chunks[passage.index] if c.first == head + 1), None)
    if chunk is None or chunk.kind not in ("place", "name") or chunk.span.end > end:
        return None
    if scene.text[scene.tokens.ends[head] : chunk.span.start] != ", " or scene.text[chunk.span.end] != ",":
        return None
    if scene.tokens.lowers[head] not in _TOWNS or any(
        s.span == chunk.span for s in scene.people_in(passage, chunk.span)
    ):
        return None
    return Waypoint(chunk.span, True, chunk.last)


_TOWNS = frozenset("capital city town village port seaport harbour harbor island".split())


def _are_countries(scene: Scene, first: int, last: int, other: str) -> bool:
    """Whether both of two names are those of countries, of which none lies in the other."""
    return places.kind(scene.tokens.phrase(first, last).of(scene.text)) == places.kind(other) == "country"


def _inner(scene: Scene, passage: Passage, at: int, end: int) -> int | None:
    """Return the last word of "the northern city", "Chongjin" behind a preposition."""
    found = waypoint(scene, passage, at, end) if at < len(scene.tokens) else None
    return found.last if found else None


def _closes(scene: Scene, last: int, end: int) -> bool:
    """Whether a mark or the end stands behind ", X": then X is what the place lies in, not the next one of a list."""
    rest = scene.text[scene.tokens.ends[last] : min(end, scene.tokens.ends[last] + 5)]
    return not rest.strip() or rest.lstrip()[:1] in ",.;:)" or rest.strip()[:3] not in ("and", "or ")
