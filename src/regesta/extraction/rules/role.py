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

from regesta.extraction.cues import Cue, has_people, passages_at, starts_of
from regesta.extraction.entries import is_aged_heading
from regesta.extraction.passages import Passage
from regesta.extraction.reach import is_role, left_edge, plain, right_edge, role_heads, role_words
from regesta.extraction.role_words import is_adjective
from regesta.extraction.scene import Actor, Entry, Said, Scene
from regesta.extraction.subjects import subject_of
from regesta.extraction.told import movements_of
from regesta.model import TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span
from regesta.vocab.inflect import singular_of

__all__ = ["is_later", "roles", "spell_out"]

_PARENTHESIS = lazy(r"\s*\([^()]{0,90}\)")
_SEPARATOR = lazy(r"[\s,:;–\-*_\"'()•]*")
_DETERMINER = lazy(
    r"(?:for (?:\w+ ){1,3}(?:years|months)\s+)?(?:(?:an?|the|one|another|his|her|their|its|then|himself an?|herself an?|itself)\s+){0,2}(?:(?:[A-Z][\w.'-]*\s+){0,3}[A-Z][\w.-]*(?:'s|')\s+)?",
)
_COPULA = lazy(
    r"\b(?:was|were|had been|been|(?:worked|working|served|serving|employed|works|trained|fought|enlisted|posing|disguised) (?:\w+ ){0,3}as|"
    r"(?:career|post|position|job|days|work|service) as|by profession|appointed|once)\s+(?:(?:an?|the|one of the|also|then|once|himself|herself)\s+){0,2}$",
    re.IGNORECASE,
)
_AM = lazy(r"\bI(?: am|'m) (?:an? )$")
_IS = lazy(r"\b(?:is|are)\s+(?:(?:an?|the|now|currently|today)\s+){1,2}$")
_DOING = Cue(
    "work worked working employed served",
    r"\b(?:used to work|had (?:once )?worked|(?:has|have) worked|worked|had been working|was working|were working|working|employed|had served|served)\s+"
    r"(?!as (?:(?:an?|the|its|his|her|their) )?(?:inspiration|basis|model|example|reminder|symbol|proof|warning|setting|backdrop|evidence)\b)"
    r"(?=(?:(?:for|over) (?:\w+ ){1,3}(?:years|months|decades) )?(?:as|in|at|for|with|on|by|under (?:the|a|an)? ?(?!name))\s?)",
    re.IGNORECASE,
    opening="used had has have was were worked working employed served",
)
_MEMBER = Cue(
    "one member members part",
    r"\b(?:one of (?:an?|the|several|\w+)|(?:an? |the )?(?:former )?members? of (?:an?|the)|part of (?:an?|the))\s+(?=[^.;,]{3,200})",
    re.IGNORECASE,
)
_RANKED = lazy(r"(?:first|last|only|second|third|youngest|oldest)\b", re.IGNORECASE)
_NUMBER = lazy(r"^(?:then\s+|about\s+)?\d{1,2}\s*[,)]\s*")
_TWIN = lazy(r"\s+and\s+([a-z]+)(?=\s)")
_LATER = lazy(
    r"\b(?:later|now|nowadays|today|currently|since|afterwards?|subsequently|thereafter)\b", re.IGNORECASE
)
_EARLIER = lazy(
    r"\b(?:before|prior to|until|previously|formerly|used to|had|once|at the time|by then)\b", re.IGNORECASE
)
_UNREAL = lazy(
    r"\b(?:not|never|no|wanted to|hoped to|dreamed of|as if|like|pretend\w*|pos(?:ed|ing) as|disguised as|dressed as|claimed to be|against|other)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_FLIGHTS = frozenset(("arrive", "defect", "flee", "admit"))


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
        _doing(scene, passage, covered)
        _founders(scene, passage, fathers)
    _cells(scene, seen)


def _passages(scene: Scene, fathers: list[int]) -> list[Passage]:
    """Return the passages in which a word stands that a role may be told by."""
    starts = [scene.tokens.phrase(at, at).start for at in fathers]
    for words in (role_words(scene), _DOING.words, _MEMBER.words):
        starts += starts_of(scene, words)
    return passages_at(scene, starts)


def _fathers(scene: Scene) -> list[int]:
    """Return the words for a relative that "of" stands behind."""
    tokens, kin = scene.tokens, scene.lexicon.kin
    return [
        at
        for at in tokens.spot(kin)
        if tokens.small(at) in kin and tokens.small(min(at + 1, len(tokens) - 1)) == "of"
    ]


def _state(scene: Scene, found: _Found, seen: set[tuple[int, str]]) -> None:
    text = plain(scene, found.span)
    key = (id(found.actor), text.lower())
    if found.actor.kind not in ("person", "group") or key in seen:
        return
    first, last = found.head
    noun = scene.tokens[last].lower
    named = found.span.start - len(", the ")
    behind = scene.text.endswith(", the ", 0, found.span.start) and scene.text[found.span.end :][:1] == " "
    if behind and singular_of(noun) != noun and any(s.end == named for s, _ in found.actor.mentions):
        return  # "on the birthday of Karel, the teachers sang"
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
        if tokens[first].start < done:
            continue
        sentence = passage.sentence_at(tokens[first].start)
        following = heads[position + 1][0] if position + 1 < len(heads) else -1
        if following == last + 1 and scene.text[tokens[last].end : tokens[following].start] in (" ", "-"):
            continue  # "movie director", "border guard": the later noun is the head
        if is_adjective(scene, last):
            continue
        owner = next((s for s in said if s.span.start <= tokens[last].start < s.span.end), None)
        if owner is not None and owner.form == "name":
            continue
        start_word = left_edge(scene, first, sentence.start)
        start = tokens[start_word].start
        named = _named_after(scene, said, last, sentence)
        if named:
            start = _joined_left(scene, heads, position, start)
            span = Span(start, tokens[last].end)
            if _is_title_only(scene, passage, span, named[0]):
                continue
            for one in named:
                yield _Found(one.actor, span, Span(start, one.span.end), (first, last), False)
            continue
        end = right_edge(scene, passage, last, sentence.end)
        span = Span(start, end)
        if _RANKED.match(scene.text, start, end):
            continue
        plural = singular_of(tokens[last].lower) != tokens[last].lower
        before = _named_before(scene, passage, said, start)
        if (
            before is not None
            and (following_name := _opens_name(scene, said, end)) is not None
            and not plural
        ):
            before = None if following_name.actor is not before.actor else before
        if before is not None and not _unreal(scene, start, sentence):
            owners = _all_joined(scene, said, before) if plural else [before.actor]
            after = is_later(scene, passage, start) and bool(
                _LATER.search(scene.text, before.span.end, start)
            )
            for actor in owners:
                yield _Found(actor, span, span, (first, last), after)
            done = end
            continue
        if (
            owner is not None
            and not owner.actor.is_named
            and _is_told_of(scene, passage, owner.actor, sentence)
        ):
            yield _Found(owner.actor, span, Span(min(start, owner.span.start), end), (first, last), False)
            done = end
            continue
        lead = scene.text[max(sentence.start, start - 60) : start]
        if (match := _COPULA.search(lead) or _AM.search(lead)) and not _unreal(
            scene, start - len(lead) + match.start(), sentence
        ):
            offset = start - len(lead) + match.start()
            later = has_fled(scene, passage, offset) and not _EARLIER.search(
                scene.text, sentence.start, start
            )
            for actor in subject_of(scene, passage, max(sentence.start, offset)):
                if actor.kind == "person" or plural:
                    yield _Found(actor, span, Span(offset, end), (first, last), later)
                    done = end
            continue
        if (match := _IS.search(lead)) and not _unreal(scene, start, sentence):
            offset = start - len(lead) + match.start()
            for actor in subject_of(scene, passage, max(sentence.start, offset)):
                if actor.kind == "person" or plural:
                    yield _Found(actor, span, Span(offset, end), (first, last), True)
                    done = end
            continue
        if owner is None and _opens(scene, sentence, start):
            entry = scene.entry_of[passage.index]
            if (
                entry is not None
                and entry.principals
                and _is_laid_out(scene, entry, passage, sentence, end)
                and not (plural and _VERB_NEXT.match(scene.text, end, sentence.end))
            ):
                opening = scene.text[sentence.start : start]
                after = (
                    bool(_LATER.search(opening))
                    or bool(re.match(r"\s*(?:,\s*)?since\b", scene.text[end : end + 10]))
                    or (
                        sentence.start > passage.span.start + 3
                        and _told(scene, passage, entry.principals[0], sentence.start)
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


def _named_after(scene: Scene, said: list[Said], last: int, sentence: Span) -> list[Said]:
    """Return the names that a role stands right before: one, or all that are joined if it is plural."""
    tokens = scene.tokens
    end = tokens[last].end
    first = next((s for s in said if s.span.start >= end), None)
    if first is None or first.form != "name" or first.span.start > sentence.end:
        return []
    gap = scene.text[end : first.span.start]
    twin = _TWIN.match(gap)
    if twin is not None and scene.lexicon.singular(twin.group(1)) in scene.lexicon.companions:
        gap = gap[twin.end() :]
    if gap.strip(" \"'*_") or len(gap) > 4:
        return []
    if first.is_possessive and scene.text[first.span.end : first.span.end + 2] == "'s":
        return [first]
    if singular_of(tokens[last].lower) == tokens[last].lower:
        return [first]
    found = [first]
    for other in said:
        if other.span.start < found[-1].span.end or other.form != "name":
            continue
        between = scene.text[found[-1].span.end : other.span.start].strip()
        if between not in (",", "and", ", and", "&"):
            break
        found.append(other)
    return found


def _is_told_of(scene: Scene, passage: Passage, actor: Actor, sentence: Span) -> bool:
    """Whether the unnamed are somebody that the entry is about, or that fled."""
    entry = scene.entry_of[passage.index]
    if entry is not None and actor in entry.principals:
        return True
    if scene.facts_of(actor):
        return True
    words = (scene.tokens.small(i) for i in scene.tokens.between(*sentence))
    return any(scene.lexicon.flight.get(word) in _FLIGHTS or word == "smuggled" for word in words)


def _joined_left(scene: Scene, heads: list[tuple[int, int]], position: int, start: int) -> int:
    """Take in "air force officers and" before "friends NAME": two nouns for the same people."""
    if position == 0:
        return start
    first, last = heads[position - 1]
    gap = scene.text[scene.tokens[last].end : start]
    if gap.strip() == "and" and len(gap) <= 6:
        return scene.tokens[left_edge(scene, first, start - 60)].start
    return start


def _is_title_only(scene: Scene, passage: Passage, span: Span, named: Said) -> bool:
    """Whether the words before a name are a form of address of somebody the document is not about."""
    words = [scene.tokens[i].lower for i in scene.tokens.between(*span)]
    entry = scene.entry_of[passage.index]
    principal = entry is not None and named.actor in entry.principals
    return not principal and all(w.removeprefix("then-") in scene.lexicon.titles for w in words)


def _named_before(scene: Scene, passage: Passage, said: list[Said], start: int) -> Said | None:
    """Return the name that the phrase at `start` is put beside, over brackets, dates and separators."""
    before = [s for s in said if s.span.end <= start and s.form == "name" and s.span.end > start - 160]
    if not before or before[-1].is_possessive:
        return None
    name = before[-1]
    at = name.span.end
    saw_mark = False
    for _ in range(8):
        gap = _SEPARATOR.match(scene.text, at, start)
        if gap:
            saw_mark = saw_mark or any(mark in gap.group() for mark in ",:–-(")
            at = gap.end()
        date = next(
            (d for d in passage.dates if d.span.start <= at + 3 and d.span.end <= start and d.span.end > at),
            None,
        )
        if (
            date is not None
            and not scene.text[at : date.span.start].replace("on ", "").replace("in ", "").strip()
        ):
            at, saw_mark = date.span.end, True
            continue
        bracket = _PARENTHESIS.match(scene.text, max(name.span.end, at - 2), start)
        if bracket and bracket.end() > at:
            at, saw_mark = bracket.end(), True
            continue
        break
    rest = scene.text[at:start]
    if not saw_mark or at > start:
        return None
    for quantity in passage.quantities:
        if quantity.is_age and at <= quantity.span.end <= start:
            rest = scene.text[quantity.span.end : start].lstrip(" ,)-")
    lead = _DETERMINER.fullmatch(_NUMBER.sub("", rest))
    if lead is None and rest.strip().lower() not in (
        "later",
        "now",
        "then",
        "afterwards",
        "once",
        "formerly",
        "today",
        "who was a",
        "previously",
    ):
        return None
    return name


def _opens_name(scene: Scene, said: list[Said], end: int) -> Said | None:
    """Return the name that follows over a comma: "X, his aide, Y" leaves open whose the noun is."""
    following = next((s for s in said if s.span.start >= end), None)
    if following is None or following.form != "name":
        return None
    return following if scene.text[end : following.span.start].strip() == "" else None


def _all_joined(scene: Scene, said: list[Said], last: Said) -> list[Actor]:
    found = [last.actor]
    right = last
    for left in reversed([s for s in said if s.span.end <= last.span.start and s.form == "name"]):
        if scene.text[left.span.end : right.span.start].strip() not in (",", "and", ", and", "&"):
            break
        found.insert(0, left.actor)
        right = left
    return found


def _unreal(scene: Scene, start: int, sentence: Span) -> bool:
    return bool(_UNREAL.search(scene.text, max(sentence.start, start - 40), start))


def _opens(scene: Scene, sentence: Span, start: int) -> bool:
    """Whether the phrase opens a sentence, or the telling after the head of its entry."""
    lead = scene.text[max(sentence.start, start - 70) : start]
    for mark in ("–", ": ", "; ", " - "):
        if mark in lead:
            lead = lead[lead.rindex(mark) + len(mark) :]
    lead = lead.strip(" \"'*•–-:,.()").lower()
    return lead in (
        "",
        "a",
        "an",
        "the",
        "later",
        "now",
        "then",
        "former",
        "afterwards",
        "today",
        "subsequently",
        "later a",
        "later an",
        "now a",
        "now an",
    )


def _told(scene: Scene, passage: Passage, actor: Actor, offset: int) -> bool:
    """Whether the sentences before have already told what the person was, or that the person fled."""
    if any(
        f.predicate == "role" and f.spans[0].end <= offset and f.spans[0].start >= passage.span.start
        for f in scene.facts_of(actor)
    ):
        return True
    return any(passage.span.start <= move < offset for move in _moves(scene, passage.index))


def has_fled(scene: Scene, passage: Passage, offset: int) -> bool:
    """Return whether the entry has told of a flight before `offset`."""
    entry = scene.entry_of[passage.index]
    indices = entry.passages if entry else [passage.index]
    return any(move < offset for index in indices if index <= passage.index for move in _moves(scene, index))


def is_later(scene: Scene, passage: Passage, offset: int) -> bool:
    """Return whether what the entry tells at `offset` comes after the flight: a flight is told before, or none after.

    A biography tells in order; an entry that tells of no movement is about what became of its people.
    """
    entry = scene.entry_of[passage.index]
    indices = entry.passages if entry else [passage.index]
    before = after = False
    for index in indices:
        if index > passage.index and before:
            break
        for move in _moves(scene, index):
            if move < offset:
                before = True
            else:
                after = True
    return before or not after


def _moves(scene: Scene, index: int) -> list[int]:
    return [
        m.span.start for m in movements_of(scene, scene.passages[index]) if m.is_real and m.kind in _FLIGHTS
    ]


def spell_out(scene: Scene, passage: Passage, start: int, limit: int = 200) -> int:
    """Return where a clause's words end: at a mark that closes it, at "who" or "which", or after 25 words."""
    sentence = passage.sentence_at(start)
    end = start
    for count, index in enumerate(scene.tokens.between(start, min(sentence.end, start + limit))):
        token = scene.tokens[index]
        gap = scene.text[end : token.start] if count else ""
        if (
            count
            and any(mark in gap for mark in ",;:.()–")
            and not (gap == ". " and len(scene.tokens[index - 1].text) <= 2)
        ):
            break
        if count >= 25 or (
            count
            and token.lower
            in (
                "who",
                "which",
                "when",
                "where",
                "while",
                "until",
                "before",
                "after",
                "because",
                "prior",
                "but",
                "since",
            )
        ):
            break
        if token.lower == "and" and index + 1 < len(scene.tokens):
            following = scene.tokens[index + 1].lower
            if following in (
                "he",
                "she",
                "they",
                "then",
                "later",
                "was",
                "has",
                "had",
                "his",
                "her",
                "their",
            ) or (scene.lexicon.flight.get(following) or following.endswith("ed")):
                break
        end = token.end
    return end


def _doing(scene: Scene, passage: Passage, covered: list[Span]) -> None:
    """State what somebody did where no word for a role says it: "worked in ...", "one of a team sent ..."."""
    for match in _DOING.find(scene, passage.span):
        if any(span.start - 40 < match.end() <= span.start + 2 for span in covered):
            continue
        start = match.start()
        sentence = passage.sentence_at(start)
        if _UNREAL.search(scene.text, max(sentence.start, start - 30), start):
            continue
        follows = scene.text[match.end() : match.end() + 24].split()
        if follows[:1] == ["by"] and "employed" not in match.group().lower():
            continue
        if re.search(
            r"\b(?:becom\w+|became)\s+(?:an?\s+)?(?:\w+\s+){1,2}$",
            scene.text[max(sentence.start, start - 40) : start],
        ):
            continue
        end = spell_out(scene, passage, match.end())
        later = has_fled(scene, passage, start) and not _EARLIER.search(scene.text, sentence.start, end + 20)
        if passage.index and later and _opens(scene, sentence, start):
            later = bool(_LATER.search(scene.text, sentence.start, start))
        actors = _before_participle(scene, passage, start) or subject_of(scene, passage, start)
        for actor in actors:
            if actor.kind == "person" or (
                actor.kind == "group" and _is_told_of(scene, passage, actor, sentence)
            ):
                scene.state(
                    actor,
                    "role_after" if later else "role",
                    TextValue(text=plain(scene, Span(start, end))),
                    Span(start, end),
                )
    for match in _MEMBER.find(scene, passage.span):
        words = scene.tokens.between(match.end(), match.end() + 60)
        group = next(
            (
                i
                for i in words
                if scene.lexicon.singular(scene.tokens[i].lower) in scene.lexicon.group_nouns
                or scene.tokens[i].lower in scene.lexicon.organisations
            ),
            None,
        )
        if group is None or any(
            mark in scene.text[match.end() : scene.tokens[group].start] for mark in ",.;"
        ):
            continue
        end = spell_out(scene, passage, match.start())
        sentence = passage.sentence_at(match.start())
        if any(s.overlaps((match.start(), end)) for s in covered):
            continue
        people = [s for s in scene.said[passage.index] if s.actor.kind == "person"]
        before = _named_before(scene, passage, people, match.start())
        lead = scene.text[max(sentence.start, match.start() - 16) : match.start()]
        members: tuple[Actor, ...] = ()
        if before is not None:
            members = (before.actor,)
        elif re.search(r"\b(?<!which )(?:was|were|as|been|is)\s+$", lead):
            members = subject_of(scene, passage, match.start())
        for actor in members:
            span = Span(match.start(), end)
            scene.state(actor, "role", TextValue(text=plain(scene, span)), span)


def _founders(scene: Scene, passage: Passage, fathers: list[int]) -> None:
    """Read "NAME – father of the nuclear programme": a relative's word with a thing behind it is an honour, not kin."""
    tokens = scene.tokens
    for index in fathers:
        if not passage.span.start <= tokens[index].start < passage.span.end or index + 2 >= len(tokens):
            continue
        start = tokens[index].start
        people = [s for s in scene.said[passage.index] if s.actor.kind == "person"]
        before = _named_before(scene, passage, people, start)
        end = spell_out(scene, passage, start, 90)
        inside = [s for s in people if start < s.span.start < end]
        things = range(index + 2, tokens.between(start, end).stop)
        if (
            before is None
            or inside
            or not things
            or tokens[index + 2].lower in ("a", "an", "two", "three", "four", "five")
        ):
            continue
        if any(
            tokens[i].lower in scene.lexicon.kin or is_role(tokens[i].lower, scene.lexicon) for i in things
        ):
            continue
        if not tokens[things[-1]].is_capital:
            scene.state(
                before.actor, "role", TextValue(text=plain(scene, Span(start, end))), Span(start, end)
            )


def _before_participle(scene: Scene, passage: Passage, start: int) -> tuple[Actor, ...]:
    """Return who stands right before "working at ...": "twelve women and one man working at a hotel"."""
    said = [
        s for s in scene.said[passage.index] if s.span.end <= start and s.actor.kind in ("person", "group")
    ]
    if said and not scene.text[said[-1].span.end : start].strip() and said[-1].form != "pronoun":
        return (said[-1].actor,)
    return ()


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
