"""Movements that did not happen, or of which nobody says so: tried, planned, feared, denied, ordered, forbidden.

hoped to flee    was allowed to leave    never reached Lund    had fled       the last alone is one
"""

from __future__ import annotations

import re

from regesta.extraction.abroad import is_unreal_abroad
from regesta.extraction.scene import Scene

__all__ = ["BEFORE_GOING", "happened"]

_UNREAL = frozenset(
    "trying tried try attempt attempts attempted attempting plan plans planned planning want wanted wants wish wished hope hoped hoping intend intended "
    "seeking sought failed fail unable refused refuse threatened threaten decided prepared chose choose would could might may should "
    "can will not never without preferred wanting encouraged urged asked asking persuaded convinced forbidden allowed helped help "
    "determined desperate eager anxious ready resolved afraid waited waiting cannot order suspected demanded demanding demand plot plots plotted plotting conspired conspiring vowed schemed "
    "thinking considered considering contemplated contemplating dreamed dreamt dreaming".split()
)
_REACH = 5
_INFINITIVE_REACH = 8
"""Words before a verb that are looked at, the last excluded; and before one whose form alone tells that it was not done."""
_BARE = frozenset("escape flee leave cross reach arrive defect emigrate enter come go".split())
_WHETHER = frozenset(("whether", "if", "unless"))
"""What leaves open whether something was done: "it is unclear whether he has defected"."""
_BEFORE_BARE = frozenset("help helping would could might should".split())
"""What stands further before such a verb, with somebody between: "would help people from the camps escape"."""
_BREAKS = frozenset(",;.–:")
_LEAVE = frozenset("leave permission permit visa visas right rights clearance entitled entitlement".split())
_LET = frozenset("allowed permitted able forced compelled obliged".split())
_WAS = frozenset("was were finally eventually later".split())
"""What stands before leave that was taken, where "not" and "would be" do not."""
BEFORE_GOING = re.compile(r"\bbefore \w+ing$")
_IN_ORDER = re.compile(r"\b(?!was|were)\w+ to be $")
_TO_BE = frozenset(("was", "were", "is", "are"))


def happened(scene: Scene, words: range, index: int) -> bool:
    """Return whether a verb, by its form and the words before it in its clause, tells of what somebody did."""
    tokens = scene.tokens
    verb = tokens.lowers[index]
    if _is_ordered(scene, words, index) or _is_noun(scene, words, index):
        return False
    if scene.language is not None and is_unreal_abroad(scene, words, index):
        return False
    for step in range(1, _INFINITIVE_REACH if verb in _BARE else _REACH):
        if index - step < words.start:
            return True
        word = tokens.lowers[index - step]
        gap = scene.text[tokens.ends[index - step] : tokens.starts[index - step + 1]]
        if not _BREAKS.isdisjoint(gap) or " - " in gap:
            return True
        if (
            word == "be"
            and step == 1
            and _IN_ORDER.search(
                scene.text, tokens.starts[index] - len(" possible to be "), tokens.starts[index]
            )
        ):
            return False  # "plans to return as soon as possible to be reunited with"
        if word == "to" and index - step > words.start and tokens.lowers[index - step - 1] in _TO_BE:
            return False  # "was to have come", "were to travel"
        if word == "to" and index - step > words.start and tokens.lowers[index - step - 1] in _LEAVE:
            return False  # "refused leave to enter the country"
        if word in _LET and tokens.lowers[index - step - 1] in _WAS and index - step > words.start:
            return True  # "was allowed to emigrate in 1974"
        if word in _WHETHER:
            return False
        if step >= _REACH and word not in _BEFORE_BARE:
            continue
        if word in _UNREAL and not (word == "may" and tokens.capital[index - step]):
            return word in ("helped", "allowed") and verb.endswith("ed")
    return True


def _is_noun(scene: Scene, words: range, index: int) -> bool:
    """Whether a verb's bare form is the noun: "the first major escape of 2020", "talked about escape"."""
    tokens = scene.tokens
    if index > words.start and tokens.lowers[index - 1] in _OF_NOUNS and tokens.lowers[index] in _NOUNS_TOO:
        return True
    return (
        tokens.lowers[index] in _NOUNS_TOO
        and index + 1 < words.stop
        and tokens.lowers[index + 1] in ("of", "is", "was")
        and scene.text[tokens.ends[index] : tokens.starts[index + 1]] == " "
    )


_OF_NOUNS = frozenset("about of for any no".split())
_NOUNS_TOO = frozenset(("escape", "defect"))
_ORDERS = frozenset(
    "require requires required requiring order orders ordered ordering decree decreed instructed instructing told telling asked asking "
    "invited inviting urged urging summoned commanded demanded obliging allowing permitting enabling".split()
)
_GIVES = frozenset("gave give gives giving".split())
_TIME = re.compile(r"\b(?:hours?|days?|weeks?|months?|years?) to \Z")
"""What somebody is given who is told to go: "gave them 90 days to leave"."""
_FAR = 12
"""Words between who is told to go and the going."""


def _is_ordered(scene: Scene, words: range, index: int) -> bool:
    """Whether somebody is told, asked or let go, which does not say that he went: "an order requiring all foreigners to leave"."""
    if index - 1 < words.start or scene.tokens.lowers[index - 1] != "to":
        return False
    for step in range(2, _FAR):
        if index - step < words.start:
            return False
        gap = scene.text[scene.tokens.ends[index - step] : scene.tokens.starts[index - step + 1]]
        if not _BREAKS.isdisjoint(gap):
            return False
        if scene.tokens.lowers[index - step] in _ORDERS:
            return step > 2  # "asked to leave": he did
        if scene.tokens.lowers[index - step] in _GIVES and _TIME.search(
            scene.text, 0, scene.tokens.starts[index]
        ):
            return True
    return False
