"""What two relatives are to each other, stated for both: "his mother Marie Novak" makes her a mother of his, and him a son of hers.

The sex that a word tells is kept for the person; where no sex is known the other side is told without one ("parent").
"""

from __future__ import annotations

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.model import TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span
from regesta.vocab import Kin, Lexicon

__all__ = ["inverse_of", "label_of", "state_both", "state_pair"]


def state_both(
    scene: Scene, relative: Actor, owner: Actor, kin: Kin, evidence: Span, *, former: bool = False
) -> None:
    """State the relation for the relative and, turned round, for the one whose relative that is."""
    if relative.kind != "person" or relative is owner:
        return
    if kin.gender and relative.gender is None:
        relative.gender = "f" if kin.gender.startswith("f") else "m"
    prefix = "formerly " if former else ""
    label, other = label_of(scene, owner), label_of(scene, relative)
    relation = kin.relation
    if not any(f.predicate == "kin" and f.target is owner for f in scene.facts_of(relative)):
        scene.state(relative, "kin", TextValue(text=f"{prefix}{relation} of {label}"), evidence, target=owner)
    if owner.kind == "person" and not any(
        f.predicate == "kin" and f.target is relative for f in scene.facts_of(owner)
    ):
        turned = inverse_of(scene.lexicon, kin, owner.gender, opposite=kin.gender)
        scene.state(owner, "kin", TextValue(text=f"{prefix}{turned} of {other}"), evidence, target=relative)


_BESIDE_PAIR = lazy(r"[\s,:*_–-]{1,6}(?:(?:twin|both|two|half) )?")


def state_pair(scene: Scene, passage: Passage, word: str, kin: Kin, span: Span) -> bool:
    """State what two people who are named together are to each other: "Jan and Petr Kos, brothers"; return whether it is so told."""
    named = [s for s in scene.said[passage.index] if s.span.end <= span.start and s.form == "name"][-2:]
    if len(named) < 2 or not all(s.actor.kind == "person" for s in named):
        return False
    one, other = (s.actor for s in named)
    is_couple = word == "husband" and scene.text.startswith(" and wife", span.end)
    gap = scene.text[named[0].span.end : named[1].span.start]
    if one is other or not (is_couple or word != kin.relation) or gap.strip("* _") not in ("and", "&"):
        return False
    if not _BESIDE_PAIR.fullmatch(scene.text, named[1].span.end, span.start):
        return False
    whole = named[0].span.cover(span)
    for left, right, relation in (
        (one, other, kin.relation),
        (other, one, "wife" if is_couple else kin.relation),
    ):
        scene.state(
            left,
            "kin",
            TextValue(text=f"{relation} of {right.called or label_of(scene, right)}"),
            whole,
            target=right,
        )
    return True


def inverse_of(lexicon: Lexicon, kin: Kin, gender: str | None, *, opposite: str | None = None) -> str:
    """Return what the owner is to the relative: "son" of a mother, "husband" of a wife, "parent" where no sex is known."""
    inverse = kin.inverse.split(" or ")[0]
    if gender is None and inverse == "spouse" and opposite:
        gender = "m" if opposite.startswith("f") else "f"
    if gender is None:
        return kin.inverse
    back = lexicon.kin.get(inverse)
    if back is None:
        return kin.inverse
    wanted = "female" if gender == "f" else "male"
    if back.gender == wanted:
        return back.relation
    return next(
        (k.relation for k in lexicon.kin.values() if k.inverse == back.inverse and k.gender == wanted),
        kin.inverse,
    )


def label_of(scene: Scene, actor: Actor) -> str:
    """Return the longest name under which the document has the actor, else its description."""
    names = [s for s, form in actor.mentions if form == "name"] or [s for s, _ in actor.mentions]
    best = max(names, key=lambda s: (s.end - s.start, -s.start))
    return " ".join(best.of(scene.document.text).split())
