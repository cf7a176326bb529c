"""Names that a text gives somebody beside the one it uses: pseudonym, alias, name of birth, in religion, on the stage.

    Ana Ruiz, who writes as Eva Kos              Eva Kos is Ana Ruiz, and nobody else
    He published under the pseudonym Eva Kos     the same of him
    Eva Kos had been there before ... alias Eva Kos      Eva Kos was somebody of her own already: nothing is tied

Only what the text introduces by such words is tied, and only to somebody with a name; to "he" only where it is plain who he is. The names themselves are stated by `rules/alias`.
"""

from __future__ import annotations

import re
from typing import Final

from regesta.extraction.passages import Passage
from regesta.extraction.principals import unite
from regesta.extraction.scene import Actor, Said, Scene
from regesta.extraction.subjects import subject_of
from regesta.text.span import Span

__all__ = ["is_of_another", "is_told", "tie_assumed"]

_INTRODUCED: Final = re.compile(
    r"(?:\b(?:pseudonym|pen[ -]name|nom de (?:plume|guerre)|stage name|alias|a\.?k\.?a\.?|name in religion|cover name|code ?name|"
    r"(?:(?:took|taken|takes|adopted|assumed|used|uses|using) (?:the |a )?|under (?:the |a )|changed (?:his|her) )(?:religious |false |assumed |new )?name"
    r"(?: to)?)(?: in (?:\w+ ){1,3}?)?(?: ?(?:of|was|is|as|being|had been))?"
    r"|\b(?:his|her|whose) (?:\w+ ){0,2}name (?:was|is|had been)"
    r"|\b(?:known|famous|published|wrote|writes|writing|performed|recorded|lived|lives)(?: (?!as\b)\w+){0,3} as"
    r"|[\w)\"], (?:called|nicknamed|dubbed))"
    r"(?: (?:Sister|Brother|Mother|Father))?[ ,:]{0,2}[\"'*_]{0,3}$"
)
"""What stands right before another name of somebody."""
_AND: Final = re.compile(r"\band (?P<new>an? |the |another |one |two )?")
_SOMEBODY_ELSE: Final = re.compile(
    r"\b(?:that|when|if|as|and|to|from|with|by|of|after|for) (?:the|an?) (?:[a-z-]+ ){0,3}[a-z-]+,? who [^.;]*$"
)
"""Whose other name it is, where that is nobody who is named: "he heard that [the clerk, who] changed his name to X"."""
_LEAD: Final = 70
"""Code points before a name in which it is introduced."""


def tie_assumed(scene: Scene) -> None:
    """Make one actor of somebody and of the name that the text introduces as another one of theirs."""
    for passage in scene.passages:
        for said in [*scene.said[passage.index]]:
            other = said.actor
            if said.form != "name" or other.kind != "person" or other.first.start != said.span.start:
                continue
            sentence = passage.sentence_at(said.span.start)
            lead = max(sentence.start, said.span.start - _LEAD)
            cue = _INTRODUCED.search(scene.text, lead, said.span.start)
            if cue is not None:
                bearer = _bearer(scene, passage, Span(sentence.start, said.span.start), cue.start())
                if bearer is not None and bearer is not other:
                    unite(scene, bearer, other)


def is_told(scene: Scene, passage: Passage, said: Said) -> bool:
    """Return whether it is plain who is meant: "he" may be mistaken where several are named, and two people would be one."""
    if said.form != "pronoun" or said.actor is scene.protagonist:
        return True
    before = scene.people_in(passage, (passage.span.start, said.span.start))
    return len({id(s.actor) for s in before if s.form == "name" and s.actor.kind == "person"}) <= 1


def is_of_another(scene: Scene, said: Said, cue: int) -> bool:
    """Return whether somebody without a name stands between: "he heard that the clerk, who changed his name to X"."""
    start = said.span.end if said.form == "name" else max(0, said.span.start - _LEAD)
    return said.form != "description" and _SOMEBODY_ELSE.search(scene.text, start, cue) is not None


def _bearer(scene: Scene, passage: Passage, before: Span, cue: int) -> Actor | None:
    """Return who is spoken of last in the sentence so far; None where that is nobody with a name of several words.

    Behind "and" the verb is that of the subject, and "and an old man" is somebody new.
    """
    row = [s for s in scene.people_in(passage, before) if s.actor.kind == "person"]
    if not row or not is_told(scene, passage, row[-1]):
        return None
    actor = row[-1].actor
    if is_of_another(scene, row[-1], cue):
        return None
    joined = _AND.search(scene.text, row[-1].span.end, max(cue, row[-1].span.end))
    if joined is not None:
        subjects = () if joined["new"] else subject_of(scene, passage, cue)
        told = [s for s in row if s.actor in subjects[:1]]
        if len(subjects) != 1 or not told or not is_told(scene, passage, told[-1]):
            return None
        actor = subjects[0]
    return actor if actor.kind == "person" and actor.is_named and len(actor.words) > 1 else None
