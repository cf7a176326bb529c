"""Who is whose relative: predicates `kin` and `accused_kin`.

    matches          "his mother Marie Novak"  ·  "nephew of Karel Novak"  ·  "with her son"  ·  "after his father was accused of treason"
    must not match   "father of the nuclear programme"  ·  "Sister Agnes"  ·  "brothers in arms"

The value begins with the relation as seen from the subject, and both get their side of it:

    "his mother Marie Novak"   Marie Novak: mother of Jan Novak     Jan Novak: son of Marie Novak
"""

from __future__ import annotations

import re

from regesta.extraction.cues import Cue, passages_at, starts_of
from regesta.extraction.passages import Passage
from regesta.extraction.reach import is_role, right_edge
from regesta.extraction.scene import Actor, Said, Scene
from regesta.extraction.subjects import subject_of
from regesta.model import TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span
from regesta.vocab import Kin, Lexicon

__all__ = ["kinship"]

_BETWEEN = lazy(
    r"[\s,(\"'*_]*(?:(?:the|an?|whose name was|named|called|a fellow)\s+)?(?:(?:\w+[ -]){0,2}\w+\s+)?$"
)
_MARRIED = Cue(
    "married wed divorced engaged",
    r"\b(?P<once>once |formerly |previously |was |had been )?(?:married|wed|divorced|engaged)(?:\s+to)?\s+",
    re.IGNORECASE,
    opening="once formerly previously was had married wed divorced engaged",
)
_ACCUSED = lazy(
    r"^\W*(?:(?:,[^.;]{1,90},\s*)?(?:was|were|had been|has been|being)\s+(?:\w+\s+)?(?:accused|suspected|convicted|denounced|arrested|purged|charged|imprisoned|executed|sentenced|found guilty|branded)"
    r"|'s?\s+(?:\w+\s+){0,3}(?:crimes?|offen[cs]es?|treason|disloyalty|activities|guilt|sins?|wrongdoing|conviction|arrest|defection|escape)\b)",
    re.IGNORECASE,
)
_BLAMED = lazy(
    r"\b(?:after|because|for|due to|on account of|since|as|when|because of|over|owing to)\s+(?:of\s+)?$",
    re.IGNORECASE,
)
_PUNISHED = lazy(
    r"\b(?:imprison|jail|arrest|detain|exil|banish|deport|punish|sent to|expel|intern|camp|persecut|purge)\w*",
    re.IGNORECASE,
)
_FORMER = lazy(r"\b(?:ex|former|formerly|late|divorced)\b[ -]*$", re.IGNORECASE)
_POSSESSIVE = frozenset(("his", "her", "their", "my", "our"))


def kinship(scene: Scene) -> None:
    """State who is related to whom, on both sides where both are named, and for whose deeds somebody was punished."""
    tokens = scene.tokens
    starts = [tokens.phrase(at, at).start for at in tokens.spot(scene.lexicon.kin)]
    for passage in passages_at(scene, (*starts, *starts_of(scene, _MARRIED.words))):
        if passage.kind in ("heading", "caption"):
            continue
        for first, last in _kin_words(scene, passage):
            _read(scene, passage, first, last)
        _married(scene, passage)


def _kin_words(scene: Scene, passage: Passage) -> list[tuple[int, int]]:
    """Return (first, last) of every word for a relative, the longest at each place."""
    found: list[tuple[int, int]] = []
    tokens, kin = scene.tokens, scene.lexicon.kin
    words = tokens.between(*passage.span)
    for index, word in enumerate(tokens.smalls(words), words.start):
        if word not in kin or _in_name(scene, passage, tokens[index].start):
            continue
        first = index
        while first - 1 >= words.start and index - first < 2:
            phrase = tokens.lower(first - 1, index)
            if phrase not in kin or scene.text[tokens[first - 1].end : tokens[first].start] != " ":
                break
            first -= 1
        found.append((first, index))
    return found


def _in_name(scene: Scene, passage: Passage, offset: int) -> bool:
    return any(
        s.form == "name" and s.span.start <= offset < s.span.end and s.actor.kind == "person"
        for s in scene.said[passage.index]
    )


def _read(scene: Scene, passage: Passage, first: int, last: int) -> None:
    tokens = scene.tokens
    word = tokens.lower(first, last)
    kin = scene.lexicon.kin[word]
    start, end = tokens[first].start, tokens[last].end
    possessor = _possessor(scene, passage, first)
    if possessor is not None:
        if _accused(scene, passage, possessor, kin, Span(start, end)):
            return
        if _is_of_a_relative(scene, first):
            return
        named = [] if tokens[last].is_possessive else _named_beside(scene, passage, end, start, possessor)
        if named:
            owner = possessor.actor
            if owner in [n.actor for n in named]:
                other = _earlier(scene, passage, owner)
                if other is None:
                    return
                owner = other
            for one in named:
                _both(scene, one.actor, owner, kin, possessor.span.cover(one.span))
            return
        _unnamed(scene, possessor, kin, word, Span(start, end))
        return
    before = tokens[first - 1].lower if first else ""
    if before in ("with", "and") and scene.text[tokens[first - 1].end : start] == " ":
        _without_possessor(scene, passage, kin, word, Span(start, end), tokens[first - 1].start)
        return
    if scene.cell_meanings.get(passage.span) == "kin" and _begins_part(scene, passage, start):
        _without_possessor(scene, passage, kin, word, Span(start, end), start)
        return
    follows = tokens[last + 1] if last + 1 < len(tokens) else None
    if follows is not None and follows.lower == "of" and scene.text[end : follows.start] == " ":
        _of(scene, passage, kin, word, first, last)


def _is_of_a_relative(scene: Scene, first: int) -> bool:
    """Whether a word for a relative follows another's: "her father's cousin Vera" is no cousin of hers."""
    before = scene.tokens[first - 1] if first else None
    return (
        before is not None and before.is_possessive and before.lower.removesuffix("'s") in scene.lexicon.kin
    )


def _begins_part(scene: Scene, passage: Passage, start: int) -> bool:
    """Whether a word opens a cell of companions, or one of its parts: "wife Milda; nephew Aivars"."""
    return (
        not scene.text[passage.span.start : start].strip()
        or scene.text[max(0, start - 4) : start].rstrip()[-1:] in ",;/&"
    )


def _without_possessor(scene: Scene, passage: Passage, kin: Kin, word: str, span: Span, start: int) -> None:
    """Read "fled with son", "with wife Maria and six children"."""
    people = [a for a in subject_of(scene, passage, start) if a.kind == "person"]
    if len(people) != 1 or scene.tokens[scene.tokens.between(start, start + 1).start].lower == "and":
        return
    owner = people[0]
    named = next(
        (
            s
            for s in scene.said[passage.index]
            if s.form == "name"
            and s.actor.kind == "person"
            and s.actor is not owner
            and 0 < s.span.start - span.end <= 2
        ),
        None,
    )
    if named is not None:
        _both(scene, named.actor, owner, kin, Span(span.start, named.span.end))
    elif word not in ("family", "relatives", "relations", "kin", "partner"):
        scene.state(owner, "kin", TextValue(text=word), Span(start, span.end))


def _possessor(scene: Scene, passage: Passage, first: int) -> Said | None:
    """Return whose relative it is: "his", "Jan Novak's", with adjectives between."""
    tokens = scene.tokens
    index = first - 1
    for _ in range(5):
        if index < 0 or tokens[index].start < passage.span.start:
            return None
        token = tokens[index]
        gap = scene.text[token.end : tokens[index + 1].start]
        if token.lower in _POSSESSIVE or token.is_possessive:
            for said in scene.said[passage.index]:
                if (
                    said.span.start <= token.start
                    and token.end <= said.span.end
                    and (said.is_possessive or (token.is_possessive and said.form == "name"))
                ):
                    return said
            return (
                _said_before(scene, passage, Span(token.start, token.end))
                if token.lower in _POSSESSIVE
                else None
            )
        if (
            gap.strip(" -,")
            or token.is_capital
            or token.lower in ("and", "of", "the", "a", "an", "with", "to", "was", "is")
        ) and not (token.lower == "and" and index > 0 and tokens[index - 1].lower in scene.lexicon.kin):
            return None
        index -= 1
    return None


def _said_before(scene: Scene, passage: Passage, span: Span) -> Said | None:
    """Read "Her husband X" at the head of an entry: the pronoun means the person of the entry before."""
    if any(c.isalpha() for c in scene.text[passage.span.start : span.start]):
        return None
    for index in range(passage.index - 1, max(-1, passage.index - 4), -1):
        entry = scene.entry_of[index]
        if entry and len(entry.principals) == 1 and entry.principals[0].kind == "person":
            return scene.say(passage, span, entry.principals[0], "pronoun", is_possessive=True)
    return None


def _named_beside(scene: Scene, passage: Passage, end: int, start: int, possessor: Said) -> list[Said]:
    """Return the names that the word for the relative leads to: "his brother, Karel", "her sons Danylo and Marko"."""
    following = [
        s
        for s in scene.said[passage.index]
        if s.span.start >= end and s.form == "name" and s.actor.kind == "person"
    ]
    before = [s for s in scene.said[passage.index] if s.span.end <= start and s.form == "name"]
    if not following:
        return [before[-1]] if before and _is_apposed(scene, before[-1], possessor, end) else []
    gap = scene.text[end : following[0].span.start]
    if (
        len(gap) <= 40
        and _BETWEEN.fullmatch(gap)
        and not re.search(
            r"\b(?:and|of|with|to|was|who|in|at|fled|had|is|after|from|by|for|named after)\b", gap
        )
    ) and not (gap.strip() == "," and _lists_on(scene, following[0])):
        found = [following[0]]
        for other in following[1:]:
            between = scene.text[found[-1].span.end : other.span.start]
            if not re.fullmatch(r"\s*(?:\([^)]{1,20}\)|,\s*\d{1,2},?)?\s*(?:,|and|, and)\s*", between):
                break
            found.append(other)
        if "," in gap and len(found) == 1 and _is_many(scene, start, end):
            return []  # "After meeting her relatives, Ana went on"
        return found if scene.text[end - 1] == "s" else found[:1]
    if before and _is_apposed(scene, before[-1], possessor, end):
        return [before[-1]]
    return []


def _is_many(scene: Scene, start: int, end: int) -> bool:
    word = Span(start, end).of(scene.text).lower()
    return word.endswith("s") and scene.lexicon.singular(word) != word


def _lists_on(scene: Scene, named: Said) -> bool:
    """Whether the name after a comma goes on a list rather than naming the relative: "with his wife, Karel and two others"."""
    return scene.text[named.span.end : named.span.end + 5] == " and "


def _is_apposed(scene: Scene, name: Said, possessor: Said, end: int) -> bool:
    """Whether a name stands before: "Marie Novak, his wife" and a mark."""
    gap = scene.text[name.span.end : possessor.span.start]
    after = scene.text[end : end + 1]
    return (
        gap.strip() in (",", "(")
        and name.actor is not possessor.actor
        and (after in (",", ".", ")", ";") or not after)
    )


def _earlier(scene: Scene, passage: Passage, actor: Actor) -> Actor | None:
    """Return the person of the entry before, for an entry that opens with "Her husband X"."""
    for index in range(passage.index - 1, max(-1, passage.index - 4), -1):
        entry = scene.entry_of[index]
        if entry and entry.principals and entry.principals[0] is not actor:
            return entry.principals[0]
    return None


def _unnamed(scene: Scene, possessor: Said, kin: Kin, word: str, span: Span) -> None:
    """State that somebody had a relative of whom no name is given, unless it is known who that is."""
    owner = possessor.actor
    if owner.kind != "person" or word in (
        "family",
        "families",
        "relatives",
        "relative",
        "partner",
        "partners",
        "heir",
        "ancestors",
    ):
        return
    inverse = _inverse(scene.lexicon, kin, owner.gender)
    if any(
        f.predicate == "kin"
        and isinstance(f.value, TextValue)
        and (f.value.text.startswith(f"{inverse} of ") or f.value.text == word)
        for f in scene.facts_of(owner)
    ):
        return
    scene.state(owner, "kin", TextValue(text=word), possessor.span.cover(span))


def _of(scene: Scene, passage: Passage, kin: Kin, word: str, first: int, last: int) -> None:
    """Read "nephew of Karel Novak", "the third son of a coppersmith"."""
    tokens = scene.tokens
    of = tokens[last + 1]
    limit = passage.sentence_at(of.start).end
    start = tokens[first].start
    target = next(
        (
            s
            for s in scene.said[passage.index]
            if s.form == "name" and s.actor.kind == "person" and 0 <= s.span.start - of.end <= 30
        ),
        None,
    )
    gap = scene.text[of.end : target.span.start] if target else ""
    subjects = tuple(a for a in _of_whom(scene, passage, start) if a.kind == "person")
    if (
        target is not None
        and not any(m in gap for m in ",;.()")
        and gap.strip().count(" ") < 3
        and not re.search(r"\b(?:and|who)\b", gap)
    ):
        if target.is_possessive and scene.text[target.span.end : target.span.end + 2] == "'s":
            return
        for actor in subjects:
            if actor is not target.actor:
                _both(scene, actor, target.actor, kin, Span(start, target.span.end))
        return
    words = tokens.between(of.end, min(limit, of.end + 50))
    head = next((i for i in words if is_role(tokens[i].lower, scene.lexicon)), None)
    if head is None or tokens[words.start].lower not in ("a", "an"):
        return
    if any(mark in scene.text[of.end : tokens[head].start] for mark in ",;.("):
        return
    end = right_edge(scene, passage, head, limit)
    text = " ".join(scene.document.text[of.end : end].split())
    for actor in subjects[:1]:
        relation = word if word != kin.plural else kin.relation
        scene.state(actor, "kin", TextValue(text=f"{relation} of {text}"), Span(start, end))


_AND_A = lazy(r",? and (?:an?|another|one|the) (?:\w+ )?")


def _of_whom(scene: Scene, passage: Passage, start: int) -> tuple[Actor, ...]:
    before = [
        s
        for s in scene.said[passage.index]
        if s.span.end <= start and s.form == "name" and s.actor.kind == "person"
    ]
    if before:
        gap = scene.text[before[-1].span.end : start]
        if _AND_A.fullmatch(gap):
            return ()  # "Ana Ruiz, and a daughter of Eva Kos" is another one
        if len(gap) < 40 and re.fullmatch(
            r"\s*(?:\([^)]*\))?\s*[,–:(-]*\s*(?:(?:the|a|an)\s+)?(?:\w+\s+){0,2}", gap
        ):
            return (before[-1].actor,)
    return subject_of(scene, passage, start)


def _both(
    scene: Scene, relative: Actor, owner: Actor, kin: Kin, evidence: Span, *, former: bool = False
) -> None:
    """State the relation for the relative and, turned round, for the one whose relative that is."""
    if relative.kind != "person" or relative is owner:
        return
    if kin.gender and relative.gender is None:
        relative.gender = "f" if kin.gender.startswith("f") else "m"
    prefix = "formerly " if former else ""
    label, other = _label(scene, owner), _label(scene, relative)
    relation = kin.relation
    if not any(f.predicate == "kin" and f.target is owner for f in scene.facts_of(relative)):
        scene.state(relative, "kin", TextValue(text=f"{prefix}{relation} of {label}"), evidence, target=owner)
    if owner.kind == "person" and not any(
        f.predicate == "kin" and f.target is relative for f in scene.facts_of(owner)
    ):
        turned = _inverse(scene.lexicon, kin, owner.gender, opposite=kin.gender)
        scene.state(owner, "kin", TextValue(text=f"{prefix}{turned} of {other}"), evidence, target=relative)


def _inverse(lexicon: Lexicon, kin: Kin, gender: str | None, *, opposite: str | None = None) -> str:
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


def _label(scene: Scene, actor: Actor) -> str:
    """Return the longest name under which the document has the actor, else its description."""
    names = [s for s, form in actor.mentions if form == "name"] or [s for s, _ in actor.mentions]
    best = max(names, key=lambda s: (s.end - s.start, -s.start))
    return " ".join(best.of(scene.document.text).split())


def _accused(scene: Scene, passage: Passage, possessor: Said, kin: Kin, span: Span) -> bool:
    """State for whose alleged deeds somebody was punished; return whether that is what the words say."""
    text = scene.text
    sentence = passage.sentence_at(span.start)
    if not _BLAMED.search(text, sentence.start, possessor.span.start):
        return False
    after = text[span.end : min(sentence.end, span.end + 160)]
    match = _ACCUSED.match(after) or (
        _ACCUSED.match(after[comma:]) if after.startswith(",") and (comma := after.find(",", 2)) > 0 else None
    )
    if match is None or not _PUNISHED.search(text, sentence.start, possessor.span.start):
        return False
    end = sentence.end if sentence.end - span.end < 160 else span.end + 160
    blamed = _BLAMED.search(text, sentence.start, possessor.span.start)
    start = blamed.start() if blamed else possessor.span.start
    scene.state(
        possessor.actor, "accused_kin", TextValue(text=kin.relation), Span(start, end).strip(text, " .")
    )
    return True


def _married(scene: Scene, passage: Passage) -> None:
    """Read "married X in 1961", "once married to another refugee, X"."""
    spouse = scene.lexicon.kin.get("spouse")
    if spouse is None:
        return
    for match in _MARRIED.find(scene, passage.span):
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
                    text=f"{prefix}{word.get(gender or '', 'husband or wife')} of {_label(scene, target.actor)}"
                ),
                evidence,
                target=target.actor,
            )
            scene.state(
                target.actor,
                "kin",
                TextValue(
                    text=f"{prefix}{word.get(other or '', 'husband or wife')} of {_label(scene, actor)}"
                ),
                evidence,
                target=actor,
            )
