"""What somebody denies: an `event` of modality `denied`, with who denies it.

    matches          "Bhutan denies that anybody was expelled."  ·  "The ministry rejected the allegation that meals had been cut."
    must not match   "He was denied entry."  ·  "She denied it."  ·  "The court rejected his appeal."

The words after "that" are the event; where another rule has stated them already, `modality` says that they are denied.
"""

from __future__ import annotations

from regesta.extraction.bearing import about, when_of
from regesta.extraction.clauses import clauses
from regesta.extraction.cues import Cue, passages_with
from regesta.extraction.reach import plain
from regesta.extraction.scene import Scene
from regesta.model import Qualifiers, TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["denials"]

_DENIED = Cue(
    "deny denies denied denying dispute disputes disputed disputing refute refutes refuted refuting allegation "
    "allegations accusation accusations claim claims charge charges suggestion suggestions report reports",
    r"\b(?:den(?:y|ies|ied|ying)|(?:disput|refut)(?:e|es|ed|ing)|(?:reject|dismiss)(?:s|es|ed|ing)? (?:the |an |all |any )?"
    r"(?:allegation|accusation|claim|charge|suggestion|report)s?)(?: (?:in|on|at) [^.,;]{2,40})?,? that\s+",
)
_END = lazy(r"[;.!?\"]|, (?:and|but|which|who|while)\b|\bbut\b")
_SHORTEST = 12


def denials(scene: Scene) -> None:
    """State what is said not to have happened by those who deny it."""
    for passage in passages_with(scene, _DENIED.words):
        if passage.kind in ("heading", "caption"):
            continue
        for sentence in passage.sentences:
            if (match := _DENIED.search(scene, sentence)) is None:
                continue
            stop = _END.search(scene.text, match.end(), sentence.end)
            span = Span(match.end(), stop.start() if stop else sentence.end).strip(scene.text)
            if span.end - span.start < _SHORTEST:
                continue
            if any(f.predicate == "event" and f.spans[0] == span for f in scene.facts):
                continue
            row = clauses(scene, sentence)
            clause = next((c for c in row if c.span.start <= span.start < c.span.end), row[0])
            when, spans = when_of(scene, passage, span)
            said = Qualifiers(modality="denied", by=_speaker(scene, sentence, match.start()))
            for actor in about(scene, passage, clause, span.start)[:1]:
                scene.state(
                    actor,
                    "event",
                    TextValue(text=plain(scene, span)),
                    span,
                    *spans,
                    when=when,
                    qualifiers=said,
                )


def _speaker(scene: Scene, sentence: Span, end: int) -> str | None:
    """Return the words before the verb, where they are short enough to be who denies."""
    words = plain(scene, Span(sentence.start, end).strip(scene.text))
    return words if words and len(words) <= 60 and "," not in words else None
