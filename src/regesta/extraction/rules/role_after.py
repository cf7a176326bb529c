"""What became of somebody after the flight: predicate `role_after`.

    matches          "became a missionary"  ·  "opened a small hotel in Graz"  ·  "received a commission in the navy"
    must not match   "became famous"  ·  "He became a pilot in 1950 and fled in 1953."  ·  "opened fire"

What is told before the flight of the same entry is a `role`; see `after_flight.py`.
"""

from __future__ import annotations

import re

from regesta.extraction.after_flight import is_later
from regesta.extraction.clauses import spell_out
from regesta.extraction.cues import Cue, has_people, passages_with
from regesta.extraction.passages import Passage
from regesta.extraction.reach import is_role, plain, right_edge
from regesta.extraction.role_words import BUSINESS, is_adjective
from regesta.extraction.scene import Scene
from regesta.extraction.subjects import subject_of
from regesta.model import TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span
from regesta.vocab.inflect import singular_of

__all__ = ["roles_after"]

_BECAME = Cue(
    "became become becoming becomes rose went appointed elected promoted made named ordained commissioned trained "
    "retrained qualified started found job",
    r"\b(?:became|(?:has|have|had) become|becoming|becomes|rose to (?:become|be)|went on to (?:become|be)|(?:eventually|later|now) (?:became|becoming)|(?:was|were) (?:later |then |subsequently )?(?:appointed|elected|promoted to|made|named|ordained|commissioned(?: as)?)|trained as|retrained as|qualified as|started (?:work|working) as|found work as|(?:got|took) a job as)\s+",
    re.IGNORECASE,
    opening="became has have had becoming becomes rose went eventually later now was were trained retrained qualified "
    "started found got took",
)
_COMMISSION = Cue(
    "commission post position professorship chair job lectureship fellowship",
    r"\b(?:received|was given|were given|was granted|accepted|obtained|took up)\s+(?:an?|the)\s+(?:\w+\s+){0,2}(?:commission|post|position|professorship|chair|job|lectureship|fellowship)\s+(?:in|at|with|as)\s+(?:[^.;,]{2,60},\s+(?:\w+ )?(?:becoming|rising to|and became)\s)?",
    re.IGNORECASE,
    opening="received was were accepted obtained took",
)
_FOUNDED = Cue(
    "opened founded established set started launched created runs ran owns owned manages managed heads leads "
    "directs directed operates operated edits edited",
    r"\b(?:opened|founded|co-founded|established|set up|started|launched|created|runs|ran|owns|owned|manages|managed|heads|leads|directs|directed|operates|operated|edits|edited)\s+"
    r"(?=(?:(?:an?|the|his|her|their|its)\s+(?:own\s+)?|own\s+)[^.;,]{2,80})",
    opening="opened founded co established set started launched created runs ran owns owned manages managed heads "
    "leads directs directed operates operated edits edited",
)
_PRESENT = Cue(
    "works teaches writes lectures practises practices serves performs studies lives",
    r"\b(?:works|teaches|writes|lectures|practises|practices|serves|performs|studies|lives and works)\s+(?=(?:as|in|at|for|with|on|about)\s+\w)",
    opening="works teaches writes lectures practises practices serves performs studies lives",
)
_VOID = lazy(
    r"\b(?:fire|the door|a door|the border|negotiations|an investigation|talks|a search)\b", re.IGNORECASE
)


def roles_after(scene: Scene) -> None:
    """State what people became, founded and do since."""
    cues = (_COMMISSION, _FOUNDED, _PRESENT)
    for passage in passages_with(scene, _BECAME.words, *(cue.words for cue in cues)):
        if passage.kind in ("heading", "caption") or scene.entry_of[passage.index] is None:
            continue
        if not has_people(scene, passage):
            continue
        for cue in cues:
            for match in cue.find(scene, passage.span):
                end = spell_out(scene, passage, match.end() - 1 if cue is _COMMISSION else match.start(), 160)
                if end <= match.end():
                    continue
                if cue is _FOUNDED and not _is_business(scene, Span(match.end(), end)):
                    continue
                _state(scene, passage, Span(match.start(), end), Span(match.start(), end))
        _became(scene, passage)


def _is_business(scene: Scene, span: Span) -> bool:
    """Whether what was opened or is run is something to live by: a shop, a school, a party."""
    for index in scene.tokens.between(*span)[:9] if span.end > span.start else ():
        word = scene.lexicon.singular(scene.tokens.lowers[index])
        if (
            word in BUSINESS
            or scene.lexicon.facilities.get(word) in ("other", "medical", "school")
            or word in scene.lexicon.organisations
        ):
            return not _VOID.match(scene.text, span.start)
    return False


def _became(scene: Scene, passage: Passage) -> None:
    for match in _BECAME.find(scene, passage.span):
        if scene.text.endswith((" that ", " which "), 0, match.start()):
            continue  # "a town that has become a magnet for refugees"
        words = scene.tokens.between(
            match.end(), min(passage.sentence_at(match.start()).end, match.end() + 110)
        )
        start = match.end()
        article = bool(words) and scene.tokens.lowers[words.start] in ("a", "an", "the", "one")
        head = None
        for index in words:
            token = scene.tokens[index]
            if index > words.start and any(
                mark in scene.text[scene.tokens.ends[index - 1] : token.start] for mark in ".;:,("
            ):
                break
            if (
                token.lower
                in (
                    "who",
                    "which",
                    "that",
                    "when",
                    "after",
                    "and",
                    "in",
                    "at",
                    "of",
                    "for",
                    "by",
                    "with",
                    "to",
                )
                and index > words.start
            ):
                break
            if (
                is_role(token.lower, scene.lexicon)
                and not token.is_possessive
                and not is_adjective(scene, index)
            ):
                head = index
        if head is None:
            if not article or len(words) < 2:
                continue
            head = _bare_head(scene, words)
            if head is None:
                continue
        if words and scene.tokens.lowers[words.start] == "as":
            words = range(words.start + 1, words.stop)
            start = scene.tokens.starts[words.start] if words else start
            article = bool(words) and scene.tokens.lowers[words.start] in ("a", "an", "the", "one")
        if article:
            start = scene.tokens.starts[words.start + 1]
        end = right_edge(scene, passage, head, passage.sentence_at(match.start()).end)
        sentence_end = spell_out(scene, passage, start)
        follows = scene.tokens.between(end, end + 12)
        if follows and scene.tokens.lowers[follows.start] == "working" and sentence_end > end:
            end = sentence_end
        _state(scene, passage, Span(start, end), Span(match.start(), end))


def _bare_head(scene: Scene, words: range) -> int | None:
    """Return the noun of "a Christian", "a citizen": a person's noun that is no role."""
    for index in words[1:4]:
        token = scene.tokens[index]
        word = singular_of(token.lower)
        if word in ("citizen", "national", "refugee", "resident"):
            return None
        if word in scene.lexicon.person_nouns or (token.is_capital and token.text.endswith(("ian", "ist"))):
            return index
    return None


def _state(scene: Scene, passage: Passage, value: Span, evidence: Span) -> None:
    later = is_later(scene, passage, evidence.start)
    text = plain(scene, value)
    for actor in subject_of(scene, passage, evidence.start):
        if actor.kind not in ("person", "group"):
            continue
        old = next(
            (
                f
                for f in scene.facts_of(actor)
                if f.predicate in ("role", "role_after") and f.spans[0].overlaps(value)
            ),
            None,
        )
        if old is not None:
            continue
        scene.state(actor, "role_after" if later else "role", TextValue(text=text), evidence)
