"""Who says "I" in words that are quoted: the one whom the report names beside them.

    "I fled in March," said Ana Ruiz. "I was nine."        behind the words, and for what she goes on with
    Ana Ruiz recalls: "We came to Graz in 1992"            before them
    "... and so I left."⏎Ana Ruiz, 34, baker               a paragraph of nothing else, with the name under it or over it

Only sentences that tell what befell the speaker are tied: what officials say of others stays nobody's deed. Who tells a whole
text is for `narrator`.
"""

from __future__ import annotations

import re
from bisect import insort

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Said, Scene
from regesta.names.lists import is_given
from regesta.text.span import Span

__all__ = ["tie_quoted"]

_QUOTED = re.compile(r'"[^"]{12,1500}(?:"|$)')
_SAYS = (
    r"(?:said|says|say|told|tells|recall(?:s|ed)|remember(?:s|ed)|explain(?:s|ed)|add(?:s|ed)|admit(?:s|ted)|relate[sd]|writes|wrote|testified|"
    r"sagt|sagte|erzählt|erzählte|berichtet|berichtete|erinnert|dice|dijo|cuenta|contó|relata|relató|recuerda|recordó|afirma|explica|explicó|"
    r"dit|raconte|racontait|explique|témoigne|confie|racconta|disse|conta|contou|diz|"
    r"говорит|сказала?|рассказывает|рассказала?|вспоминает|вспоминала?)"
)
_SAYS_FIRST = re.compile(rf",? (?:is |was )?{_SAYS} $")
"""What stands between the words and who says them: '," [said] Ana Ruiz'."""
_SAYS_THEN = re.compile(
    rf"(?:,? (?:aged )?\d\d?)?(?:, [^\".;:]{{2,60}},)?,? (?:also |then |later |now )?{_SAYS}\b"
)
"""What stands behind who says them: 'Ana Ruiz, 34, [says]'."""
_LEADS_IN = re.compile(r"[^\".]{0,80}[:,] $")
_OWN = re.compile(
    r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Ii]ch|[Ww]ir|[Mm]eine?[mnr]?|[Uu]nsere?[mnr]?|[Jj]e|[Nn]ous|[Mm]on|[Mm]a|[Mm]es|[Yy]o|[Mm]e|[Mm]is?|[Nn]os|[Ee]u|[Ii]o|[Нн]ас|[Мм]ы|[Мм]еня|[Яя]|[Мм]о[йяи])\b|\b[Jj]'(?=\w)"
)
_POSSESSIVE = re.compile(r"(?:my|our|mein\w*|unser\w*|mon|ma|mes|mis?|мо[йяи])$", re.IGNORECASE)
_BEFELL = re.compile(
    r"\b(?:born|arrested|imprisoned|jailed|sentenced|detained|tortured|beaten|deported|years old|verhaftet|geboren|verurteilt|detuvieron|arrestaron|nací|arrêtée?|née?|родил\w+|арестова\w+)\b"
)
_ENDS_NAME = re.compile(r"\s*(?:$|[,|–:(-])")
_NAMELINE = 90
"""Code points of a line that names whose words stood above it."""
_ALL = 0.9
"""Share of a paragraph that is quoted, where it holds nothing else."""


def tie_quoted(scene: Scene) -> None:
    """Tie "I" and "my" in quoted sentences that tell what befell the speaker."""
    above: Actor | None = None
    taken: set[int] = set()
    for passage in scene.passages:
        quotes = _quotes(scene, passage)
        if not quotes or scene.tellers[passage.index] is not None:
            above = None
            continue
        whole = sum(q.end - q.start for q in quotes) >= _ALL * (passage.span.end - passage.span.start)
        speaker = (_beside(scene, passage, taken) or above) if whole else None
        for quote in quotes:
            speaker = _speaker(scene, passage, quote) or speaker
            _tie(scene, passage, quote, speaker)
        above = speaker


def _quotes(scene: Scene, passage: Passage) -> list[Span]:
    if passage.kind not in ("prose", "item") or '"' not in scene.text[passage.span.start : passage.span.end]:
        return []
    return [Span(*m.span()) for m in _QUOTED.finditer(scene.text, *passage.span)]


def _speaker(scene: Scene, passage: Passage, quote: Span) -> Actor | None:
    """Return who is said beside the words to say them."""
    outside = [
        s
        for s in scene.said[passage.index]
        if s.actor.kind == "person" and not s.is_possessive and not (quote.start < s.span.start < quote.end)
    ]
    behind = next((s for s in outside if s.span.start >= quote.end), None)
    if behind is not None and behind.span.start - quote.end < _NAMELINE:
        between = scene.text[quote.end : behind.span.start]
        says = _SAYS_FIRST.match(between if between.startswith((" ", ",")) else f" {between}")
        if says or (between in (" ", ", ") and _SAYS_THEN.match(scene.text, behind.span.end)):
            return behind.actor
    before = [s for s in outside if s.span.end <= quote.start]
    return before[-1].actor if before and _leads_in(scene, before[-1], quote) else None


def _leads_in(scene: Scene, said: Said, quote: Span) -> bool:
    """Whether who stands before the words says them: 'Ana Ruiz, 34, says: "..."'."""
    says = _SAYS_THEN.match(scene.text, said.span.end, quote.start)
    return says is not None and _LEADS_IN.fullmatch(scene.text, says.end(), quote.start) is not None


def _beside(scene: Scene, passage: Passage, taken: set[int]) -> Actor | None:
    """Return whose name stands alone in the line under a paragraph of quoted words, or heads it; `taken`: lines under others."""
    below, over = passage.index + 1, passage.index - 1
    for index in (below, over):
        if not 0 <= index < len(scene.passages) or index in taken:
            continue
        other = scene.passages[index]
        if other.span.end - other.span.start > _NAMELINE or (index == over and other.kind != "heading"):
            continue
        names = [s for s in scene.said[index] if s.form == "name" and s.actor.kind == "person"]
        if len(names) == 1 and names[0].span.start - other.span.start <= len("- Madame "):
            taken.add(index)
            return names[0].actor
        if not names and index == over and (actor := _headed(scene, other)):
            return actor
    return None


def _headed(scene: Scene, heading: Passage) -> Actor | None:
    """Return who is named by a heading of nothing but a name: "Karl Ott" over what he says."""
    for chunk in scene.chunks[heading.index]:
        opens = chunk.span.start - heading.span.start <= len('" ')
        is_whole = opens and _ENDS_NAME.match(scene.text, chunk.span.end, heading.span.end) is not None
        if (
            is_whole
            and chunk.kind == "name"
            and chunk.last > chunk.first
            and is_given(scene.tokens.lowers[chunk.first])
        ):
            actor = scene.named("person", chunk.text)
            scene.say(heading, chunk.span, actor, "name")
            return actor
    return None


def _tie(scene: Scene, passage: Passage, quote: Span, speaker: Actor | None) -> None:
    """Tie one's own words in a quote to the speaker; where that is nobody known, what is told there is nobody's deed."""
    for match in _OWN.finditer(scene.text, *quote):
        sentence = passage.sentence_at(match.start())
        end = min(sentence.end, quote.end)
        if not (scene.moves_in((match.end(), end)) or _BEFELL.search(scene.text, match.end(), end)):
            continue
        span = Span(*match.span())
        is_possessive = _POSSESSIVE.match(match.group()) is not None
        if speaker is not None:
            scene.say(passage, span, speaker, "pronoun", is_possessive=is_possessive)
        elif not is_possessive and scene.stands_as_subject(span):
            insort(scene.bystanders[passage.index], span)
