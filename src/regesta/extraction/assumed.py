"""Names that a text gives somebody beside the one it uses: pseudonym, alias, name of birth, in religion, on the stage.

    Ana Ruiz, who writes as Eva Kos              Eva Kos is Ana Ruiz, and nobody else
    He published under the pseudonym Eva Kos     the same of him
    Eva Kos had been there before ... alias Eva Kos      Eva Kos was somebody of her own already: nothing is tied

Only what the text introduces by such words is tied, and only to somebody with a name; to "he" only where it is plain who he is. The names themselves are stated by `rules/alias`.
"""

from __future__ import annotations

import re
from typing import Final

from regesta.extraction.entries import unite
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Said, Scene
from regesta.text.span import Span

__all__ = ["is_told", "tie_assumed"]

_INTRODUCED: Final = re.compile(
    r"(?:\b(?:pseudonym|pen[ -]name|nom de (?:plume|guerre)|stage name|alias|a\.?k\.?a\.?|(?:real|full|birth|original) name|name in religion|cover name|"
    r"code ?name|(?:took|taken|takes|adopted|assumed|used|uses|using|changed (?:his|her) name to|under) (?:the |a )?(?:religious |false |assumed |new )?"
    r"name)(?: (?:of|was|is|as|being))?|\b(?:known|famous|published|wrote|writes|writing|performed|recorded)(?: (?!as\b)\w+){0,3} as)"
    r"(?: (?:Sister|Brother|Mother|Father))?[ ,:]{0,2}[\"'*_]{0,3}$"
)
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
            if _INTRODUCED.search(scene.text, lead, said.span.start):
                bearer = _bearer(scene, passage, Span(sentence.start, said.span.start))
                if bearer is not None and bearer is not other:
                    unite(scene, bearer, other)


def is_told(scene: Scene, passage: Passage, said: Said) -> bool:
    """Return whether it is plain who is meant: "he" may be mistaken where several are named, and two people would be one."""
    if said.form != "pronoun" or said.actor is scene.protagonist:
        return True
    before = scene.people_in(passage, (passage.span.start, said.span.start))
    return len({id(s.actor) for s in before if s.form == "name" and s.actor.kind == "person"}) <= 1


def _bearer(scene: Scene, passage: Passage, before: Span) -> Actor | None:
    """Return who is spoken of last in the sentence so far; None where that is nobody with a name of several words."""
    row = [s for s in scene.people_in(passage, before) if s.actor.kind == "person"]
    actor = row[-1].actor if row else None
    if row and not is_told(scene, passage, row[-1]):
        return None
    return actor if actor is not None and actor.is_named and len(actor.words) > 1 else None
