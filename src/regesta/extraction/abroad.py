"""Verbs of movement in languages other than English: where their subject stands, their other half, what denies them.

    Im August schwamm [Jürgen Pohl] durch die Havel      the subject behind the verb
    traf am 3. Mai mit seiner Frau in Ulm [ein]          without its other half it only meets
    [atravessou os Pirenéus]                             a border, river or mountain is crossed
    kam [nie] an, non arrivò [mai], [wollte] fliehen     denied, or only wished

Which words are verbs of flight is told by the lexicon (`flight_abroad.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from regesta.extraction.enumeration import row_after
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.text.span import Span

__all__ = ["CROSSES", "PARTED", "inverted", "is_unreal_abroad"]

_BREAKS = frozenset(",;.–:")
_IN_AT_LAST = re.compile(r"\bein(?=\s*[,.;:)]|\s+und\b)")
_FLIGHT = re.compile(
    r"\b(?:Flucht|Durchbruch|Grenzübertritt|Ausreise)\b|\bzu (?:fliehen|flüchten|entkommen|gelangen|fahren|schwimmen)\b|\bzu über\w+"
)
_ON_AT_LAST = re.compile(r"\b(?:aan|naar|over|binnen|terecht|in [A-Z])")
PARTED: Mapping[str, re.Pattern[str]] = {
    "traf": _IN_AT_LAST, "trafen": _IN_AT_LAST, "gelang": _FLIGHT, "glückte": _FLIGHT, "kwam": _ON_AT_LAST, "kwamen": _ON_AT_LAST,
}  # fmt: skip
"""Verbs whose other part stands later in the clause and makes the arrival: "traf Otto Lemke ein", "gelang die Flucht"."""

CROSSES = re.compile(
    r"(?:pas[sóò]|cruz|atrav|attrav|travers|franch|überqu|überschr|varc|overst|przekr|przep)\w*\s"
    r"(?:(?:la|le|el|los|las|les|il|lo|o|os|as|a|die|den|das|de|het|l')\s?)?"
    r"(?:(?:fronti|fronte|frontera|fronteira|confin|r[ií]o\b|fiume|fleuve|col\b|canal|mar\b|mer\b|mare\b|Grenz|Fluss|Donau|Elbe|Rhein|grens|granic|rzek|montañ|montagn|Pir[ei]n|Pyr[eé]n|Alp|Bidasoa|Minho|Danub|Dunaj|Manche|estrecho|stretto|Ärmelkanal|Ostsee))"
)
"""A border, river or mountain is crossed, in other languages."""


_TO_SUBJECT = re.compile(
    r"\s+(?:(?:der|die|das|auch|dann|endlich|schließlich|el|la|lo|il|le|les|los|las|o|a|os|as|de|het|su|seu|sua|suo|son|sa|seine?|ihre?|zijn|haar|jego|jej|ook|też|również|don|doña|[a-zà-ž]{4,}[eaoiry]|[A-ZÄÖÜ][a-zäöüß]+)\s+){0,3}"
)


def inverted(scene: Scene, passage: Passage, sentence: Span, verb: Span) -> tuple[Actor, ...]:
    """Return who stands right behind the verb, in languages whose subject may: "Im August schwamm Jürgen Pahl durch"."""
    if scene.language is None:
        return ()
    said = [s for s in scene.people_in(passage, sentence) if s.form == "name"]
    if any(s.span.end <= verb.start for s in said):
        return ()
    first = next((s for s in said if s.span.start >= verb.end), None)
    if first is None or not _TO_SUBJECT.fullmatch(scene.text, verb.end, first.span.start):
        return ()
    row = [s.actor for s in row_after(scene, passage, verb.end, sentence.end)]
    return tuple(row) if row and row[0] is first.actor else (first.actor,)


_UNREAL_ABROAD: Mapping[str, tuple[frozenset[str], re.Pattern[str]]] = {
    code: (frozenset(before.split()), re.compile(rf"\b(?:{behind})\b"))
    for code, before, behind in (
        ("es", "no nunca jamás quiso quería quisieron intentó intentaron pensaba", "nunca|jamás"),
        ("fr", "ne n jamais voulait voulut voulaient tenta tentèrent tenté essaya essayé", "jamais|pas"),
        ("it", "non mai voleva volle cercò provò tentò tentarono", "mai"),
        ("pt", "não nem nunca queria quis tentou tentaram", "nunca"),
        (
            "de",
            "nicht nie niemals wollte wollten sollte sollten versuchte versuchten konnte",
            "nicht(?! mehr)|nie|niemals",
        ),
        ("nl", "niet nooit wilde wilden probeerde probeerden kon", "niet(?! meer)|nooit"),
        ("pl", "nie nigdy chciał chciała chcieli próbował próbowała próbowali", "nigdy"),
    )
}
"""By language: words before a verb that deny or only wish it, and words behind it: "kam nie an", "non arrivò mai"."""


def is_unreal_abroad(scene: Scene, words: range, index: int) -> bool:
    """Whether a verb in another language is denied or only wished: "n'arriva jamais", "wollte 1953 fliehen", "kam nie an"."""
    before, behind = _UNREAL_ABROAD.get((scene.language or "")[:2], (frozenset(), None))
    for step in range(index - 1, max(words.start, index - 4) - 1, -1):
        if not _BREAKS.isdisjoint(scene.text[scene.tokens[step].end : scene.tokens[step + 1].start]):
            break
        if scene.tokens[step].lower in before:
            return True
    verb = scene.tokens[index]
    if behind is None or verb.lower.startswith("n'"):
        return behind is not None
    match = behind.search(scene.text, verb.end, min(scene.tokens[words[-1]].end, verb.end + 60))
    return match is not None and _BREAKS.isdisjoint(scene.text[verb.end : match.start()])
