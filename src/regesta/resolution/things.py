"""Which things that are no persons are one: a key made of a thing's names, equal for the same thing within a corpus.

    thing_key("place", ["Gyeonggi-do"])                  -> place:iso:KR-41
    thing_key("organisation", ["WFP"])                   -> organisation:world food program
    thing_key("organisation", ["Ministry of Defence"])   -> None: whose?

Precision comes first: where a name may mean two things, there is no key, and the thing joins nothing but what is spelled
the same. Keys are made of names and of the countries named nearby alone, so they do not depend on what else is in the
corpus or on its order. Persons and groups have none; they are judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from regesta.model.claim import Kind
from regesta.places import bare, folded, nearby, says_nothing, settled
from regesta.places.atlas import identify
from regesta.resolution.organs import facility_key, organisation_key
from regesta.resolution.titles import event_key, law_key, term_key, topic_key, work_key
from regesta.resolution.wording import initials

__all__ = ["thing_key"]

_KINDS: Final = frozenset("place organisation facility law term work event topic".split())
_MAX_LENGTH: Final = 400
"""Code points; what is longer is a sentence and no name."""
_MAX_NAMES: Final = 16
_UNKNOWN: Final = "~"


def thing_key(kind: Kind, names: Sequence[str], near: Sequence[str] = ()) -> str | None:
    """Return a key that two referents share only where they are the same thing; None joins nothing.

    `names` are a referent's label and its other names, `near` the countries named nearby (codes or names).

    >>> thing_key("place", ["Gyeonggi Province"]) == thing_key("place", ["경기도"]) == "place:iso:KR-41"
    True
    >>> thing_key("place", ["Kangwon"]) == thing_key("place", ["Gangwon"]), thing_key("place", ["Springfield"])
    (False, None)
    >>> thing_key("organisation", ["Ministry of Defence"], ["GB"])
    'organisation:defense ministry @GB'
    >>> thing_key("person", ["Anna"]) is None
    True
    """
    if kind not in _KINDS or not names:
        return None
    codes = nearby(tuple(near)) if near else frozenset()
    if len(names) == 1:
        key = _key(kind, names[0], codes)
    else:
        key = _of_several(kind, tuple(dict.fromkeys(names))[:_MAX_NAMES], codes)
    return None if key is None else f"{kind}:{key}"


def _of_several(kind: Kind, names: tuple[str, ...], near: frozenset[str]) -> str | None:
    """Return the key of a thing of several names: the one that all agree on, else the label's."""
    keys = {name: key for name in names if (key := _key(kind, name, near)) is not None}
    if kind == "place":
        told = {key for key in keys.values() if not key.startswith(_UNKNOWN)}
        if told:
            return told.pop() if len(told) == 1 else None
    if kind == "organisation":
        for name in names:
            if any(initials(name, other) for other in names if other != name and name in keys):
                return keys[name]
    return keys.get(names[0]) or next(iter(keys.values()), None)


@lru_cache(131072)
def _key(kind: Kind, name: str, near: frozenset[str]) -> str | None:
    """Return the key of one name."""
    if len(name) > _MAX_LENGTH:
        return None
    name = name.strip(" \t\r\n\xa0,;:")
    if kind == "place":
        return _place_key(name, near)
    if kind == "organisation":
        return organisation_key(name, near)
    if kind == "facility":
        return facility_key(name, near)
    if kind == "law":
        return law_key(name, near)
    if kind == "work":
        return work_key(name)
    if kind == "event":
        return event_key(name, near)
    if kind == "term":
        return term_key(name)
    return topic_key(name)


def _place_key(name: str, near: frozenset[str]) -> str | None:
    """Return the id of a place of the gazetteer, else its words without the generic ones; None where several share it."""
    name = name.strip(' \t\n.,;:"“”')
    for end in ("'s", "’s"):
        name = name.removesuffix(end)
    name = name + "." if name[-2:-1] == "." or name.count(".") > 1 else name
    codes = tuple(sorted(near))
    if (place := settled(name, codes)) is not None:
        return place.id
    if identify(name, codes):
        return None
    full = folded(name).replace(",", "")
    left, class_ = bare(full)
    if not left or says_nothing(full) or says_nothing(left):
        return None
    return f"{_UNKNOWN}{left.replace(' ', '')}#{class_}" if class_ else f"{_UNKNOWN}{left.replace(' ', '')}"
