"""Turns of a conversation: whose paragraph it is, by the label that opens it.

    AR: I left in May.                     the teller's part: by initials, a name, or as the answers
    Q: Would you tell us ...               and the questions
    Amela Hodžić: We left in April         several who speak, each under a name
    ROTH: Where are you from?              a single name, where it stands so again and again
    [i] And then?    [r] We left           who asks and who answers, by a letter

Who tells a whole text is for `narrator`; this only takes from a teller what others say, and gives paragraphs to those named over them.
"""

from __future__ import annotations

import re
from collections import Counter

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.names import lists as names
from regesta.text.span import Span

__all__ = ["find_voices", "is_role", "keep_turns", "labels"]

_LABEL = re.compile(
    r"[*_ ]{0,4}(?:(?P<who>[^\W\d_][\w'.-]{0,20}(?: [^\W\d_][\w'.-]{0,20}){0,2}):|(?P<letter>[QA])\.|\[(?P<mark>[QAIRiqar])\]:?)[*_ ]{1,4}"
)
_ASKS = frozenset(
    "q i question interviewer int interviewers frage f fragesteller pregunta p entrevistador entrevistadora domanda d vraag judge examiner officer".split()
)
_ANSWERS = frozenset(
    "a answer r antwort respuesta réponse resposta risposta antwoord interviewee respondent witness deponent applicant appellant claimant narrator".split()
)
_TITLES = frozenset("mr mrs ms miss dr herr frau m mme señor señora sr sra".split())


def keep_turns(scene: Scene) -> None:
    """Take the passages from the teller that others speak: "Q:", "Interviewer:", another's initials."""
    speaking, teller = True, None
    times = Counter(
        m["who"].lower() for p in scene.passages if (m := _LABEL.match(scene.text, *p.span)) and m["who"]
    )
    for passage in scene.passages:
        if scene.tellers[passage.index] is not teller:
            teller, speaking = scene.tellers[passage.index], True
        if teller is None:
            continue
        if passage.kind == "heading":
            scene.tellers[passage.index] = None
            continue
        label = _LABEL.match(scene.text, *passage.span)
        if label:
            who = (label["who"] or label["letter"] or label["mark"]).lower()
            words = set(who.replace(".", " ").split()) - _TITLES
            own = who == "".join(word[0] for word in teller.words) or (
                bool(words) and words <= set(teller.words)
            )
            if own or words & (_ANSWERS | _ASKS) or times[who] > 1:  # no label of a file: "Occupation: baker"
                speaking = own or bool(words & _ANSWERS)
            if own:
                start = min(scene.text.find(w, label.start()) for w in _as_written(scene, label, words))
                scene.say(passage, Span(start, label.end("who")), teller, "name")
        if not speaking:
            scene.tellers[passage.index] = None


def _as_written(scene: Scene, label: re.Match[str], words: set[str]) -> list[str]:
    """Return the words of a label that name somebody: "RAHIMI" of "MR RAHIMI", or the initials."""
    written = scene.text[label.start() : label.end()].replace(":", " ").replace("*", " ").split()
    return [w for w in written if w.lower().strip(".") in words] or written[:1]


def find_voices(scene: Scene) -> None:
    """Find the tellers of paragraphs that open with the name of who speaks: "Amela Hodžić: We left in April".

    A single name counts where it is that of somebody named elsewhere, or a given name, and stands so more than once.
    """
    voices: list[tuple[Passage, Actor]] = []
    times = labels(scene)
    for passage in scene.passages if times else ():
        label = _LABEL.match(scene.text, *passage.span) if passage.kind in ("prose", "item") else None
        who = (label["who"] or "") if label else ""
        if label is None or not who or who.lower() in _ASKS or (" " not in who and times[who.lower()] < 2):
            continue
        span = Span(*label.span("who"))
        said = next((s.actor for s in scene.said[passage.index] if s.span == span), None)
        speaker = said if said is not None and said.kind == "person" and said.is_named else None
        if speaker is None and " " not in who:
            speaker = _known_by(scene, who)
            if speaker is not None:
                scene.say(passage, span, speaker, "name")
        if speaker is not None:
            voices.append((passage, speaker))
    if len(voices) > 1:
        for passage, speaker in voices:
            scene.tellers[passage.index] = speaker


def labels(scene: Scene) -> Counter[str]:
    """Return how often each word or name with a colon opens a paragraph."""
    return Counter(
        m["who"].lower()
        for p in scene.passages
        if p.kind in ("prose", "item") and (m := _LABEL.match(scene.text, *p.span)) and m["who"]
    )


def is_role(label: str) -> bool:
    """Return whether a label is that of who asks or who answers, not anybody's name."""
    return label in _ASKS or label in _ANSWERS


def _known_by(scene: Scene, word: str) -> Actor | None:
    """Return the one person of whose name the word is a part, or whom it names as a given name alone."""
    known = [a for a in scene.actors if a.kind == "person" and a.is_named and word.lower() in a.words]
    if known:
        return known[0] if len(known) == 1 else None
    return scene.named("person", word.title()) if names.is_given(word.lower()) else None
