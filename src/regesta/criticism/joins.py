"""Part of F062: legs of one way that do not join, and a law in force before it was made.

    from Sortanlahti to Elisenvaara, and from Parikkala to Kauhava          how they came from the one to the other is not told
    passed on 5 May 1945 and came into force on 1 May of the same year      in force before it was passed

A leg begins where the one before it ended, or something is left out or one of the names is wrong: worth knowing. A law may say that it
is in force from an earlier day on ("retroactively"); where nothing says so, that is worth knowing too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from regesta.criticism.telling import NAME, Sentence, dated, sentences
from regesta.criticism.view import View, finding
from regesta.dates import before, in_words

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import ToldDate
    from regesta.model import Finding

__all__ = ["joins"]

_LEGS: Final = re.compile(
    rf"\bto\s(?P<a>{NAME})(?:,|;|,?\sand|,\sthen|,?\sand then)\s(?:(?:by|in|on|with)\s[a-z ]{{2,25}}?\s)?from\s(?:there\s)?(?P<b>{NAME})\s(?:(?:by|in|on)\s[a-z ]{{2,25}}?\s)?to\s(?P<c>{NAME})"
)
_WAY: Final = re.compile(
    r"\b(?:walked|went|driven|drove|travelled|taken|marched|sailed|rode|shipped|flown|flew|carried|moved|brought|came|led|fled|on foot|by train|route)\b", re.IGNORECASE
)  # fmt: skip
_EACH: Final = re.compile(
    r"\b(?:others?|some|each|groups?|ships?|trains?|boats?|families went|letters|respectively|price|from time)\b",
    re.IGNORECASE,
)
_MADE: Final = re.compile(
    r"\b(?:was|were|been)\s(?:passed|adopted|signed|enacted|promulgated|decreed|proclaimed|issued)\b"
)
_FORCE: Final = re.compile(
    r"\b(?:c[ao]me into (?:force|effect)|(?:had been|was|has been|is) in force since|took effect|entered into force|(?:was|been) in effect since)\b"
)
_LAW: Final = re.compile(
    r"\b(?:[Ll]aw|[Aa]ct|[Dd]ecree|[Oo]rdinance|[Ee]dict|[Ss]tatute|[Rr]egulation|[Bb]ill|[Tt]reaty|[Aa]greement)\b"
)
_BACK: Final = re.compile(
    r"\b(?:retroactive\w*|with effect from|backdated|provisional\w*|amend\w*|again)\b", re.IGNORECASE
)
_FAR: Final = 40


def joins(view: View) -> Iterator[Finding]:
    """Tell of legs of a way that do not join, and of laws that were in force too early."""
    told, dates = sentences(view), dated(view)
    for at, one in enumerate(told):
        if one.kind == "heading" or len(one.text) > 500:
            continue
        found = _legs(one)
        if found is not None:
            yield found
        if _FORCE.search(one.text):
            lead = [s for s in told[max(0, at - 3) : at] if s.block == one.block and s.source == one.source]
            yield from _early(one, dates(one), [(s, dates(s)) for s in lead])


def _legs(one: Sentence) -> Finding | None:
    match = _LEGS.search(one.text)
    if match is None or not _WAY.search(one.text) or _EACH.search(one.text[: match.end()]):
        return None
    a, b = match["a"], match["b"]
    if a.casefold() in b.casefold() or b.casefold() in a.casefold() or match["c"] == a:
        return None
    summary = f"The way goes to {a} and then from {b}: how it went from {a} to {b} is not told."
    low = one.text.rfind(" from ", 0, match.start())
    low = low + 1 if low >= 0 and match.start() - low < _FAR else match.start()
    said = [one.said(low, match.end())]
    return finding("F062", "chronology", "info", summary, said, end=a, begin=b)


def _early(
    one: Sentence, own: tuple[ToldDate, ...], lead: list[tuple[Sentence, tuple[ToldDate, ...]]]
) -> Iterator[Finding]:
    """Judge the day of a law's force against that on which it was made, in its sentence or in those before."""
    cue = _FORCE.search(one.text)
    force = next((d for d in own if cue and 0 <= d.start - cue.end() <= _FAR), None)
    if cue is None or force is None or _BACK.search(one.text):
        return
    for home, dates in ((one, own), *reversed(lead)):
        made = _MADE.search(home.text)
        day = next((d for d in dates if made and 0 <= d.start - made.end() <= _FAR), None)
        if (
            made is None
            or day is None
            or day is force
            or not _LAW.search(home.text)
            or _BACK.search(home.text)
        ):
            continue
        if before(force.edtf, day.edtf) is True:
            summary = f"In force {in_words(force.edtf)}, but {made[0].split()[-1]} {in_words(day.edtf)}."
            said = [one.said(min(made.start(), cue.start()), max(day.end, force.end))]
            if home is not one:
                said = [home.said(made.start(), day.end), one.said(cue.start(), force.end)]
            yield finding("F062", "chronology", "info", summary, said, made=day.edtf, force=force.edtf)
        return
