"""Ranks that are written short before a name: predicate `rank`.

    matches          "Lt. Col. Ana Ruiz"  ·  "Sgt Jan Kos"
    must not match   "St. Anna"  ·  "Col. 3"  ·  "Gen. 12, 4"

The value is the whole word, so that "Lt. Col." here and "lieutenant colonel" there agree. The short forms are those of the
English-speaking forces, of land, sea and air.
"""

from __future__ import annotations

from typing import Final

from regesta.extraction.cues import passages_with
from regesta.extraction.scene import Scene
from regesta.model import TextValue

__all__ = ["state_short_ranks"]

_WORDS: Final = {
    "adm": "admiral", "brig": "brigadier", "capt": "captain", "cdr": "commander", "cmdr": "commander", "col": "colonel",
    "cpl": "corporal", "gen": "general", "lcpl": "lance corporal", "lt": "lieutenant", "ltc": "lieutenant colonel", "maj": "major",
    "pfc": "private first class", "pte": "private", "pvt": "private", "sgt": "sergeant", "ssgt": "staff sergeant",
}  # fmt: skip
_FIRST: Final = {
    "1st": "first",
    "2nd": "second",
    "first": "first",
    "second": "second",
    "vice": "vice",
    "rear": "rear",
    "sub": "sub",
}
_SHORT: Final = frozenset(_WORDS)


def state_short_ranks(scene: Scene) -> None:
    """State the rank of everybody before whose name one stands in its short form."""
    for passage in passages_with(scene, _SHORT):
        named = {said.span: said.actor for said in scene.said[passage.index] if said.form == "name"}
        for chunk in scene.chunks[passage.index]:
            actor = named.get(chunk.span)
            if chunk.prefix is None or actor is None or actor.kind != "person":
                continue
            rank = _spelled_out(chunk.prefix.of(scene.text))
            if rank is not None:
                scene.state(actor, "rank", TextValue(text=rank), chunk.prefix.strip(scene.text))


def _spelled_out(prefix: str) -> str | None:
    """Return the rank that a prefix gives in short, None where a word of it is none.

    >>> _spelled_out("Lt. Col."), _spelled_out("Maj. Gen. "), _spelled_out("Dr. Lt."), _spelled_out("Vice")
    ('lieutenant colonel', 'major general', None, None)
    """
    words = [word.strip(".,").lower() for word in prefix.split()]
    if not any(word in _SHORT for word in words):
        return None
    spelled = [
        _WORDS.get(word) or _FIRST.get(word) or (word if word in _WORDS.values() else None) for word in words
    ]
    return " ".join(word for word in spelled if word) if all(spelled) else None
