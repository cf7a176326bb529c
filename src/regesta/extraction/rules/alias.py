"""By what other names somebody goes: predicate `alias`.

matches          "known as Mama Keren"  ·  "called himself Andrew Grove"  ·  "born Jan Novotny"  ·  "(real name Karel Kos)"
must not match   "known as a hothead"  ·  "known as the Wall"  ·  "called himself a patriot"
"""

from __future__ import annotations

from regesta.extraction.assumed import is_of_another, is_told
from regesta.extraction.cues import Cue, has_people, is_cued, passages_with
from regesta.extraction.described import head_class
from regesta.extraction.passages import Passage
from regesta.extraction.reach import plain
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.subjects import subject_of
from regesta.model import TextValue
from regesta.names.cyrillic import base_form
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["aliases"]

_NAME = (
    r"[\"'*_]*(?P<name>[A-Z][\w'.-]*(?:\s+(?:(?:de|van|von|al|el|bin|ibn)\s+)?[A-Z][\w'.-]*){0,3})[\"'*_]*"
)
_KNOWN = Cue(
    "known identified referred registered aka k ak ka alias née né call calls called calling name names pseudonym "
    "nicknamed codenamed dubbed identity wrote writing born spelled spelt transliterated also",
    r"\b(?:(?:also |better |later |now |formerly |originally |previously |publicly |widely )?(?:known|identified|referred to|registered) (?:(?!as\b)\w+ ){0,3}?(?:only |simply |publicly )?as|a\.?k\.?a\.?|alias|née|né|(?<=\()also(?= [A-Z][^\d(),;]{2,40}[),;])|"
    r"(?:call(?:s|ed|ing)? (?:himself|herself|themselves))|(?:real|birth|original|true|full|pen|stage|code|cover) ?names? (?:is |was |being )?(?:reported as |given as |said to be )?|under the (?:name|pseudonym|alias|pen name)(?: of)?|"
    r"(?:the )?pseudonym|(?:chang(?:ed|ing) (?:his|her|their) name to)|(?:took|adopted|assumed|used|uses|using) the (?:name|pseudonym|alias)(?: of)?|nicknamed|code-?named|dubbed|new identity as|wrote as|writing as|born as|spelled|spelt|transliterated as|whom (?:\w+ ){1,3}called|(?:they|children|friends|people|everyone) called (?:him|her))\s*:?\s*(?:[\"'“‘*_]{0,2}the\s+)?"
    + _NAME,
    opening="also better later now formerly originally previously publicly widely known identified referred registered a k ak aka "
    "alias née né call calls called calling real birth original true full pen stage code cover name names under the pseudonym changed "
    "changing took adopted assumed used uses using nicknamed codenamed dubbed new wrote writing born spelled spelt transliterated whom "
    "they children friends people everyone realname realnames birthname birthnames originalname originalnames truename truenames fullname "
    "fullnames penname pennames stagename stagenames codename codenames covername covernames",
    reach=120,
)
_CELL = lazy(r"\b(?:new identity|alias|pseudonym|cover name)\s*:?\s*" + _NAME)
_BRACKETS = frozenset("(（")
_SCRIPT = lazy(
    r"\s*[(（]\s*(?:[A-Z][a-z]+:\s*)?(?P<name>[^\x00-\u024f()（）]{2,30}(?: [^\x00-\u024f()（）]{1,30}){0,4})[^()（）]{0,120}[)）]"
)


_OF_A_THING = lazy(
    r"[\"']? (?!and\b|or\b|who\b|in\b|of\b|to\b|by\b|for\b|is\b|was\b|had\b|has\b|he\b|she\b)[a-z]{3,}"
)
"""A small word behind "known as the Kolo ...": the name of an affair, not of a person."""


def aliases(scene: Scene) -> None:
    """State the other names of people: given, assumed, spelled or written otherwise."""
    stated: set[tuple[int, str]] = set()
    for passage in passages_with(scene, _BRACKETS, _KNOWN.words):
        if passage.kind in ("heading", "caption") or not has_people(scene, passage):
            continue
        for match in _KNOWN.find(scene, passage.span):
            value = Span(*match.span("name"))
            stop = passage.sentence_at(match.start()).end
            if value.end > stop > value.start:
                value = Span(value.start, stop).strip(scene.text, " .")  # "née Lis. Her father"
            if _OF_A_THING.match(scene.text, value.end) and scene.text.endswith("the ", 0, value.start):
                continue
            if _NUMBERED.match(scene.text, value.end) or _names_a_house(scene, match.start()):
                continue
            if _names_a_thing(scene, passage, match.start()):
                continue
            for actor in _bearer(scene, passage, match.start(), value)[:1]:
                _state(scene, actor, value, Span(match.start(), value.end), stated)
        for said in scene.said[passage.index] if is_cued(scene, _BRACKETS, passage.span) else ():
            if said.form == "name" and said.actor.kind == "person":
                script = _SCRIPT.match(
                    scene.document.text, said.span.end, min(passage.span.end, said.span.end + 100)
                )
                if script is not None and any(letter.isalpha() for letter in script["name"]):
                    _state(
                        scene, said.actor, Span(*script.span("name")), said.span.cover(script.span()), stated
                    )
    _spellings(scene, stated)


_NUMBERED = lazy(r" \d")
"""A number behind "known as Camp ...": no name of a person."""


def _names_a_house(scene: Scene, start: int) -> bool:
    """Whether a camp or prison stands right before: "at the Kosan camp, known as Dura"."""
    words = scene.tokens.between(max(0, start - 30), start)
    last = scene.tokens[words.stop - 1] if words else None
    return (
        last is not None
        and last.lower in scene.lexicon.facilities
        and scene.text[last.end : start].strip() in ("", ",", "(")
    )


_A_THING = lazy(r"\b(?:an?|the|this|that) (?:[a-z-]+ ){1,3}$")
_VERBS = frozenset(
    "was is were are be been being became also better once then who later now still often name".split()
)


def _names_a_thing(scene: Scene, passage: Passage, start: int) -> bool:
    """Whether what is called so is no person: "joined the Sela Ballet (now known as ...", "a valley known as ..."."""
    words = scene.tokens.between(max(passage.span.start, start - 30), start)
    if not words or scene.text[scene.tokens.ends[words.stop - 1] : start].strip() not in ("", ",", "("):
        return False
    last = scene.tokens[words.stop - 1]
    if last.lower in ("was", "is") and scene.tokens.lowers[words.stop - 2] in ("it", "which", "what"):
        return True
    if any(s.span.end >= last.end and s.span.start <= last.start for s in scene.said[passage.index]):
        return False
    chunk = next((c for c in scene.chunks[passage.index] if c.span.end == last.end), None)
    if (
        _A_THING.search(scene.text, max(passage.span.start, start - 50), start)
        and head_class(last.lower, scene.lexicon) is None
    ):
        return last.lower not in _VERBS
    return last.lower in scene.lexicon.place_nouns or (
        chunk is not None and chunk.kind in ("organisation", "place", "facility", "work")
    )


def _bearer(scene: Scene, passage: Passage, start: int, value: Span) -> tuple[Actor, ...]:
    sentence = passage.sentence_at(start)
    before = [
        s
        for s in scene.said[passage.index]
        if sentence.start <= s.span.start
        and s.span.end <= start + 40
        and s.span.end <= value.start
        and s.actor.kind in ("person", "group")
    ]
    if before:
        last = before[-1]
        if not is_told(scene, passage, last) or is_of_another(scene, last, start):
            return ()
        gap = scene.text[last.span.end : start]
        if last.form != "name" or len(gap.strip()) < 12 or last.is_subject:
            return (last.actor,)
    return tuple(a for a in subject_of(scene, passage, start) if a.kind in ("person", "group"))


def _state(scene: Scene, actor: Actor, value: Span, evidence: Span, stated: set[tuple[int, str]]) -> None:
    value = value.strip(scene.text, " .'\"*_")
    text = plain(scene, value)
    key = (id(actor), text.lower())
    if key in stated or len(text) < 2 or text.lower().split() == list(actor.words):
        return
    stated.add(key)
    scene.state(actor, "alias", TextValue(text=text), evidence)


def _spellings(scene: Scene, stated: set[tuple[int, str]]) -> None:
    """State where the document itself spells a name in two ways: mentions of one actor that differ in letters."""
    for actor in list(scene.actors):
        if actor.kind != "person" or not actor.is_named:
            continue
        full = [
            (span, _letters(span.of(scene.text)), len(span.of(scene.text).split()))
            for span, form in actor.mentions
            if form == "name"
        ]
        if not full:
            continue
        first = max(full, key=lambda item: (item[2], -item[0].start))
        for span, letters, words in full:
            if words == first[2] and words > 1 and letters != first[1]:
                _state(scene, actor, span, span, stated)


def _letters(name: str) -> str:
    """Return what two spellings of a name differ in; forms of one that a sentence bends do not: "Иван Кос", "Ивану Косу"."""
    return "".join(letter for letter in base_form(name.split()).lower() if letter.isalpha())
