"""Who is married to whom, by the verb: "married X in 1961", "once married to another refugee, X", "divorced Y"."""

from __future__ import annotations

import re

from regesta.extraction.cues import Cue
from regesta.extraction.kin_sides import label_of
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.extraction.subjects import subject_of
from regesta.model import TextValue
from regesta.text.span import Span

__all__ = ["MARRIED", "state_marriages"]

MARRIED = Cue(
    "married wed divorced engaged",
    r"\b(?P<once>once |formerly |previously |was |had been )?(?:married|wed|divorced|engaged)(?:\s+to)?\s+",
    re.IGNORECASE,
    opening="once formerly previously was had married wed divorced engaged",
)


def state_marriages(scene: Scene, passage: Passage) -> None:
    """Read "married X in 1961", "once married to another refugee, X"."""
    spouse = scene.lexicon.kin.get("spouse")
    if spouse is None:
        return
    for match in MARRIED.find(scene, passage.span):
        if "engaged" in match.group().lower():
            continue
        sentence = passage.sentence_at(match.start())
        target = next(
            (
                s
                for s in scene.said[passage.index]
                if s.form == "name"
                and s.actor.kind == "person"
                and match.end() <= s.span.start <= match.end() + 45
            ),
            None,
        )
        if target is None or target.span.end > sentence.end:
            continue
        gap = scene.text[match.end() : target.span.start]
        if re.search(r"\b(?:and|in|at|with|after|who|by|before|for|on)\b|[.;:]", gap):
            continue
        subjects = [
            a
            for a in subject_of(scene, passage, match.start())
            if a.kind == "person" and a is not target.actor
        ]
        former = (match["once"] or "").lower().strip() in (
            "once",
            "formerly",
            "previously",
            "had been",
        ) or "divorced" in match.group().lower()
        for actor in subjects[:1]:
            evidence = Span(match.start(), target.span.end)
            gender = actor.gender or {"f": "m", "m": "f"}.get(target.actor.gender or "")
            other = {"f": "m", "m": "f"}.get(gender or "") or target.actor.gender
            prefix = "formerly " if former else ""
            word = {"m": "husband", "f": "wife"}
            scene.state(
                actor,
                "kin",
                TextValue(
                    text=f"{prefix}{word.get(gender or '', 'husband or wife')} of {label_of(scene, target.actor)}"
                ),
                evidence,
                target=target.actor,
            )
            scene.state(
                target.actor,
                "kin",
                TextValue(
                    text=f"{prefix}{word.get(other or '', 'husband or wife')} of {label_of(scene, actor)}"
                ),
                evidence,
                target=actor,
            )
