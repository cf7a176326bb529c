"""Numbers without a noun that count people, because of what those who are counted do, or what is done to them.

    41 reached Kathmandu · two of them drowned · 18,000 had passed through     people act
    Canada took 37,565 · deported 313 to Asmara · the camp held about 6,000    people are taken, sent, counted

A verb that things do as well ("fell by 12", "rose to 300", "scored 74") is none of these. What the number is said of, and
whether those who are counted live there, is for `rules/size.py`.
"""

from __future__ import annotations

import re
from typing import Final

from regesta.extraction.numbers import GAP
from regesta.extraction.units import denotes_person
from regesta.text.patterns import lazy

__all__ = ["counts_people", "is_number_of_people", "live_there"]

_LIVE: Final = "lived|live|living|slept|sleep|remained|remain|stayed|resided|reside|dwelt|camped"
_DO: Final = lazy(
    rf"(?:{GAP}as{GAP}(?:refugees|asylum|stateless|internally|displaced|returnees|migrants)|,?{GAP}(?:{_LIVE})|{GAP}(?:(?:of{GAP}(?:them|these|those)|others|more|survivors|in{GAP}all|altogether|people|persons|[A-Z][\w'’-]+),?{GAP})?"
    r"(?:(?:who|that|had|have|has|were|was|are|is|would|then|later|soon|still|all|reportedly|being|since|already|also|successfully|illegally)"
    rf"(?:,?{GAP}|,))*"
    r"(?:died|drowned|perished|suffocated|survived|fled|escaped|crossed|arrived|came|reached|landed|went|followed|returned|emigrated|displaced|"
    r"migrated|defected|applied|surrendered|disappeared|vanished|swam|walked|enlisted|volunteered|"
    rf"left(?!{GAP}(?:over|to{GAP}be))|did{GAP}so|done{GAP}so|passed{GAP}through|"
    r"caught|captured|arrested|killed|shot|hanged|executed|wounded|detained|imprisoned|interned|deported|repatriated|expelled|rescued|"
    r"evacuated|resettled|admitted|airlifted|exiled|naturalised|naturalized|recaptured|drafted|ransomed|"
    r"arriving|landing|fleeing|escaping|crossing|entering|returning|seeking|awaiting|"
    rf"sent{GAP}(?:back|home)|turned{GAP}(?:back|away)|picked{GAP}up|held{GAP}(?:for|in|at|by|there)|(?:granted|given){GAP}(?:asylum|refuge|shelter|citizenship)|{_LIVE}))"
    r"(?![^\W_])"
)
_TO: Final = lazy(
    r"\b(?:admit(?:s|ted|ting)?|accept(?:s|ed|ing)?|resettl(?:es?|ed|ing)|settled|deport(?:s|ed|ing)?|repatriat(?:es?|ed|ing)|expel(?:s|led|ling)?|"
    r"rescu(?:es?|ed|ing)|evacuat(?:es?|ed|ing)|paroled|naturali[sz]ed|shelter(?:s|ed|ing)?|host(?:s|ed|ing)?|house[sd]|held|detain(?:s|ed|ing)?|"
    r"intern(?:s|ed)|imprisoned|arrest(?:s|ed|ing)?|kill(?:s|ed|ing)|wound(?:s|ed|ing)|executed|airlifted|interdicted|intercepted|drowned|saved|"
    r"took(?:[ ]in)?|takes?[ ]in|taken[ ]in|receiv(?:es?|ed|ing)|sent(?:[ ](?:back|home))?|return(?:ed|ing)|handed[ ]over|turned[ ](?:back|away)|"
    r"picked[ ]up|granted[ ](?:asylum|refuge|citizenship|visas|refugee[ ]status)[ ]to|home[ ]to|populations?[ ]of)"
    r"[ ](?:(?:in|back|another|only|further|just|a[ ]total[ ]of|at[ ]least|all[ ]of)[ ]){0,2}\Z",
    re.IGNORECASE,
)
_THERE: Final = lazy(
    r"\b(?:held|housed|housing|sheltered|shelters|hosts?|hosted|home to)\b[^.;]{0,20}\Z", re.IGNORECASE
)
_LIVED: Final = lazy(rf"[^.;,]{{0,30}}?\b(?:{_LIVE})\b")
_OF_THINGS: Final = lazy(rf"{GAP}(?:per{GAP}cent|percent|goals|points|copies|votes)")
_NUMBER_OF: Final = lazy(
    r"\b(?:(?:numbers?|total)[ ]of[ ](?P<noun>(?:[\w'’-]+[ ]){1,5})|(?P<who>[\w'’-]+)[ ](?:population|numbers)[ ](?!of[ ]))(?:[^.;:]{0,80}[ ])?"
    r"(?:\(\Z|(?:was|were|is|are|be|being|totall?ed|totals|numbered|reached|reaches|(?:stood|stands|culminated|peaked)[ ]at|(?:came|comes|amounted|amounts)[ ]to|exceeded|exceeds|surpassed|passed|"
    r"(?:rose|risen|rises|fell|fallen|grew|grown|went|jumped|increased|decreased|dropped|declined|climbed|vary|varied|rang(?:e[sd]?|ing)|swelled|halved|doubled|reduced|put|"
    r"estimated)(?:,?[ ](?:to|at|from)))[ ](?:(?:already|then|now|only|thus|estimated|put|reported|at|to|be)[ ]){0,3}\Z)",
    re.IGNORECASE,
)
"""What says of a number behind it how many people there are: "the number of refugees in Austria rose to"."""
_NO_HEAD: Final = frozenset("of in from to at for with by who whom that which was were is are".split())
_LEAST: Final = 2


def counts_people(text: str, left: str, stop: int, limit: int, number: float | None) -> bool:
    """Return whether a bare number between `left` and `stop` counts people; `number` is None of a range.

    >>> text = "In May 41 reached the pass, and Sweden took in 300."
    >>> [counts_people(text, text[:text.index(n)], text.index(n) + len(n), len(text), 41) for n in ("41", "300")]
    [True, True]
    >>> counts_people("Sales reached 41 in May.", "Sales reached ", 16, 24, 41)
    False
    """
    if (number is not None and number < _LEAST) or _OF_THINGS.match(text, stop, limit):
        return False
    if (named := _NAMED.match(text, stop, limit)) is not None and _is_people(text, named[1]):
        return True  # "1.1 million Rohingya", where the text tells of Rohingya refugees
    return _DO.match(text, stop, limit) is not None or _TO.search(left) is not None


def _is_people(text: str, name: str) -> bool:
    """Return whether a text uses a name as that of a people: "Rohingya refugees", "the Hmong who"."""
    return any(f"{name} {noun}" in text for noun in _OF_A_PEOPLE)


_NAMED: Final = lazy(rf"{GAP}([A-Z][a-z]{{3,}})(?![^\W_])(?!{GAP}[A-Z])")
_OF_A_PEOPLE: Final = (
    "refugees", "people", "exiles", "asylum seekers", "asylum-seekers", "families", "villagers", "minority", "diaspora", "who ", "women and", "themselves",
)  # fmt: skip


def is_number_of_people(text: str, left: int) -> bool:
    """Return whether the words before `left` say that a number there is the number of some people.

    >>> text = "The number of refugees in Austria rose to 18,000."
    >>> is_number_of_people(text, text.index("18")), is_number_of_people("The number of boats was ", 24)
    (True, False)
    >>> is_number_of_people("The refugee population had reached ", 35)
    True
    """
    said = _NUMBER_OF.search(text, max(0, left - 170), left)
    if said is None:
        return False
    for word in (said["noun"] or said["who"]).lower().split():
        if word in _NO_HEAD or word.endswith("ing"):
            return False  # "the number of boats carrying refugees was"
        if denotes_person(word):
            return True
    return False


def live_there(before: str, after: str) -> bool:
    """Return whether the words round a number of people say that they lived or stayed at the place that is spoken of.

    >>> live_there("at the end of the year it held ", "."), live_there("some ", " lived there"), live_there("", " fled")
    (True, True, False)
    """
    return _THERE.search(before) is not None or _LIVED.match(after) is not None
