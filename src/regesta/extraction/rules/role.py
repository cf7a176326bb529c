"""What somebody was or did: predicates `role` and `rank`.

matches          "senior lieutenant Jan Novak"  ·  "Jan Novak – former clerk in the Ministry of Trade"  ·  "worked as a cook at X"
must not match   "the soldiers who guarded Jan Novak"  ·  "He wanted to become a pilot."  ·  "father of two"

apposed    [rank NAME]   [NAME, role]   [NAME (1994) - role]     the noun stands beside the name
described  [a former gymnast from X]                             the noun is what the unnamed are called
said       was/as/worked as a role                               the clause's subject
heading    "Coach, 45; fled."                                    opens a sentence in an entry: its principal
doing      worked in ..., one of a 31-person team sent ...       no role word at all
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from regesta.extraction.after_flight import EARLIER, LATER, has_fled, has_told, is_later
from regesta.extraction.cues import has_people, passages_at, starts_of
from regesta.extraction.doings import DOING, MEMBER, state_doings, state_founders
from regesta.extraction.entries import is_aged_heading
from regesta.extraction.passages import Passage
from regesta.extraction.reach import is_role, left_edge, plain, right_edge, role_heads, role_words
from regesta.extraction.role_places import (
    all_joined,
    is_told_of,
    is_unreal,
    name_following,
    named_after,
    named_before,
    opens_telling,
    start_of_joined,
)
from regesta.extraction.role_words import is_adjective
from regesta.extraction.scene import Actor, Entry, Said, Scene
from regesta.extraction.short_ranks import state_short_ranks
from regesta.extraction.subjects import subject_of
from regesta.model import TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span
from regesta.vocab.inflect import singular_of

__all__ = ["roles"]

_COPULA = lazy(
    r"\b(?:(?<!there )(?:was|were|had been)|been|(?:worked|working|served|serving|employed|works|trained|fought|enlisted|posing|disguised) (?:\w+ ){0,3}as|"
    r"(?:career|post|position|job|days|work|service) as|by profession|appointed|once)\s+(?:(?:an?|the|one of the|also|then|once|himself|herself)\s+){0,2}$",
    re.IGNORECASE,
)
_AM = lazy(r"\bI(?: am|'m) (?:an? )$")
_IS = lazy(r"\b(?:is|are)\s+(?:(?:an?|the|now|currently|today)\s+){1,2}$")
_RANKED = lazy(r"(?:first|last|only|second|third|youngest|oldest)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    actor: Actor
    span: Span
    """The phrase, determiner left out."""
    evidence: Span
    head: tuple[int, int]
    is_after: bool


def roles(scene: Scene) -> None:
    """State every role, rank and employment of the people of the document."""
    seen: set[tuple[int, str]] = set()
    fathers = _fathers(scene)
    for passage in sorted(
        _passages(scene, fathers), key=lambda p: p.kind == "heading"
    ):  # the body says it better
        if not has_people(scene, passage):
            continue
        if passage.kind in ("heading", "caption") and not is_aged_heading(scene, passage):
            continue
        heads = role_heads(scene, passage)
        covered: list[Span] = []
        for found in _of_heads(scene, passage, heads):
            covered.append(found.span)
            _state(scene, found, seen)
        state_doings(scene, passage, covered)
        state_founders(scene, passage, fathers)
    _cells(scene, seen)
    state_short_ranks(scene)


def _passages(scene: Scene, fathers: list[int]) -> list[Passage]:
    """Return the passages in which a word stands that a role may be told by."""
    starts = [scene.tokens.phrase(at, at).start for at in fathers]
    for words in (role_words(scene), DOING.words, MEMBER.words):
        starts += starts_of(scene, words)
    return passages_at(scene, starts)


def _fathers(scene: Scene) -> list[int]:
    """Return the words for a relative that "of" stands behind."""
    tokens, kin = scene.tokens, scene.lexicon.kin
    return [
        at
        for at in tokens.spot(kin)
        if tokens.lowers[at] in kin and tokens.lowers[min(at + 1, len(tokens) - 1)] == "of"
    ]


def _state(scene: Scene, found: _Found, seen: set[tuple[int, str]]) -> None:
    text = plain(scene, found.span)
    key = (id(found.actor), text.lower())
    if found.actor.kind not in ("person", "group") or key in seen:
        return
    if text.islower() and text != singular_of(text) in scene.lexicon.kin:
        return  # "Nela and Oto Brand, sisters", and no nuns
    first, last = found.head
    noun = scene.tokens.lowers[last]
    named = found.span.start - len(", the ")
    behind = scene.text.endswith(", the ", 0, found.span.start) and scene.text[found.span.end :][:1] == " "
    if behind and singular_of(noun) != noun and any(s.end == named for s, _ in found.actor.mentions):
        return  # "on the birthday of Karel, the teachers sang"
    one = singular_of(noun)
    if found.actor.kind == "person" and one != noun and one in scene.lexicon.roles and text.endswith(noun):
        text = f"{text.removesuffix(noun)}{one}"  # "Nela and Oto, ballet dancers"
    seen.add(key)
    predicate = "role_after" if found.is_after else "role"
    scene.state(found.actor, predicate, TextValue(text=text), found.evidence)
    rank = scene.tokens.lower(first, last)
    single = singular_of(rank)
    lexicon = scene.lexicon
    for form, start in ((rank, first), (single, first)):
        if (
            form in lexicon.ranks
            and not found.is_after
            and form not in lexicon.roles
            and form not in lexicon.companions
        ):
            scene.state(found.actor, "rank", TextValue(text=form), scene.tokens.phrase(start, last))
            break


def _of_heads(scene: Scene, passage: Passage, heads: list[tuple[int, int]]) -> Iterator[_Found]:
    tokens = scene.tokens
    said = [s for s in scene.said[passage.index] if s.actor.kind in ("person", "group")]
    done = -1
    for position, (first, last) in enumerate(heads):
        if tokens.starts[first] < done:
            continue
        sentence = passage.sentence_at(tokens.starts[first])
        following = heads[position + 1][0] if position + 1 < len(heads) else -1
        if following == last + 1 and scene.text[tokens.ends[last] : tokens.starts[following]] in (" ", "-"):
            continue  # "movie director", "border guard": the later noun is the head
        if is_adjective(scene, last):
            continue
        owner = next((s for s in said if s.span.start <= tokens.starts[last] < s.span.end), None)
        if owner is not None and owner.form == "name":
            continue
        start_word = left_edge(scene, first, sentence.start)
        if (
            start_word < first
            and tokens.lowers[start_word - 1] in ("to", "not")
            and not tokens.capital[start_word]
            and tokens.lowers[start_word] not in scene.lexicon.role_modifiers
        ):
            start_word += 1  # "[not face] Israeli judoka Sagi Muki"
        called = [
            s.span.end
            for s in said
            if s.form == "name" and not s.is_possessive and s.span.end < tokens.starts[first]
        ]
        while start_word < first and called and tokens.starts[start_word] < called[-1]:
            start_word += 1  # "Ana Ruiz Austrian actor"
        start = tokens.starts[start_word]
        named = named_after(scene, said, last, sentence)
        if named:
            start = start_of_joined(scene, heads, position, start)
            span = Span(start, tokens.ends[last])
            if _is_title_only(scene, passage, span, named[0]):
                continue
            for one in named:
                yield _Found(one.actor, span, Span(start, one.span.end), (first, last), False)
            continue
        end = right_edge(scene, passage, last, sentence.end)
        span = Span(start, end)
        if start_word < first and _RANKED.match(scene.text, start, end):
            continue  # "the first pilot to land", and no "first secretary"
        plural = singular_of(tokens.lowers[last]) != tokens.lowers[last]
        before = named_before(scene, passage, said, start)
        if (
            before is not None
            and (following_name := name_following(scene, said, end)) is not None
            and not plural
        ):
            before = None if following_name.actor is not before.actor else before
        if before is not None and not is_unreal(scene, start, sentence):
            owners = all_joined(scene, said, before) if plural else [before.actor]
            after = is_later(scene, passage, start) and bool(LATER.search(scene.text, before.span.end, start))
            for actor in owners:
                yield _Found(actor, span, span, (first, last), after)
            done = end
            continue
        if (
            owner is not None
            and not owner.actor.is_named
            and is_told_of(scene, passage, owner.actor, sentence)
        ):
            yield _Found(owner.actor, span, Span(min(start, owner.span.start), end), (first, last), False)
            done = end
            continue
        lead = scene.text[max(sentence.start, start - 60) : start]
        if (match := _COPULA.search(lead) or _AM.search(lead)) and not is_unreal(
            scene, start - len(lead) + match.start(), sentence
        ):
            offset = start - len(lead) + match.start()
            later = has_fled(scene, passage, offset) and not EARLIER.search(scene.text, sentence.start, start)
            for actor in subject_of(scene, passage, max(sentence.start, offset)):
                if actor.kind == "person" or plural:
                    yield _Found(actor, span, Span(offset, end), (first, last), later)
                    done = end
            continue
        if (match := _IS.search(lead)) and not is_unreal(scene, start, sentence):
            offset = start - len(lead) + match.start()
            for actor in subject_of(scene, passage, max(sentence.start, offset)):
                if actor.kind == "person" or plural:
                    yield _Found(actor, span, Span(offset, end), (first, last), True)
                    done = end
            continue
        if owner is None and opens_telling(scene, sentence, start):
            entry = scene.entry_of[passage.index]
            if (
                entry is not None
                and entry.principals
                and _is_laid_out(scene, entry, passage, sentence, end)
                and not (plural and _VERB_NEXT.match(scene.text, end, sentence.end))
            ):
                opening = scene.text[sentence.start : start]
                after = (
                    bool(LATER.search(opening))
                    or bool(re.match(r"\s*(?:,\s*)?since\b", scene.text[end : end + 10]))
                    or (
                        sentence.start > passage.span.start + 3
                        and has_told(scene, passage, entry.principals[0], sentence.start)
                    )
                )
                if plural and len(entry.principals) == 1 and entry.principals[0].kind == "person":
                    continue
                if not plural and entry.principals[0].kind == "group":
                    continue
                targets = entry.principals if plural else entry.principals[:1]
                for actor in targets:
                    yield _Found(actor, span, span, (first, last), after)
                done = end


_VERB_NEXT = lazy(
    r" (?:[a-z]+ed|took|were|had|came|gave|brought|found|sold|told|put|held|led|let|made|drove|sent|said)\b"
)
"""What makes a noun that opens a sentence its subject: "Boatmen took her earrings"."""


def _is_laid_out(scene: Scene, entry: Entry, passage: Passage, sentence: Span, end: int) -> bool:
    """Whether a noun that opens a sentence may say what its entry's people were: "Baker from Jaén.", in a list or under a name."""
    if entry.kind != "prose":
        return True
    rest = scene.text[end : sentence.end].strip(" .,")
    return entry.passages[0] < passage.index and (not rest or scene.text[end : end + 1] == ",")


def _is_title_only(scene: Scene, passage: Passage, span: Span, named: Said) -> bool:
    """Whether the words before a name are a form of address of somebody the document is not about."""
    words = [scene.tokens.lowers[i] for i in scene.tokens.between(*span)]
    entry = scene.entry_of[passage.index]
    principal = entry is not None and named.actor in entry.principals
    return not principal and all(w.removeprefix("then-") in scene.lexicon.titles for w in words)


def _cells(scene: Scene, seen: set[tuple[int, str]]) -> None:
    """State the cell of a column of occupations, as it is worded."""
    for entry in scene.entries:
        cell = entry.cells.get("role") if entry.kind == "row" else None
        if cell is None or not entry.principals:
            continue
        text = plain(scene, cell)
        if not any(letter.isalpha() for letter in text) or len(text) > 120:
            continue
        words = text.lower().split()
        short = text.isascii() and len(text) < 3  # two syllables are a whole word in Korean
        if len(words) == 1 and short and not is_role(words[0], scene.lexicon):
            continue
        names = entry.cells.get("name") or entry.cells.get("family")
        plural = bool(words) and words[-1].endswith("s") and len(entry.principals) > 1
        for actor in entry.principals if plural else entry.principals[:1]:
            if (id(actor), text.lower()) in seen:
                continue
            scene.state(actor, "role", TextValue(text=text), cell, *((names,) if names else ()))
