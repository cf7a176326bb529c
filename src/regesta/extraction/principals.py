"""Principals: whom an item of a list or an entry of its own is about, by how its first sentence begins.

    • Jan Novák, lieutenant – ...             the name at the head
    • Eva Horáková and Ivo Horák, ...         both, as they are joined
    • Two friends of his, soldiers, ...       people without a name, with their number

Which passages are entries is for `entries`; nothing here looks beyond the sentences that open one.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from regesta.extraction.described import Phrase, head_class
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Entry, Scene
from regesta.text.span import Span

__all__ = ["described_actor", "head_start", "item_of", "principals_of_item", "unite"]

_SEPARATORS = " \"'–—-:;,.*•([)]\u2022"
_SPELLED_ALIKE = 0.6
_LEAD_IN = re.compile(r"(?:on|in|by|the|during|early on|circa|c\.|at|around|about)\s+", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:(?:no|nr|nº|n°|#)\.?\s{0,3}\d{1,4}[.):]?|\d{1,4}[.)])\s+(?=[^\W\d])|\d{1,4}(?: {2,}|\t)\s*(?=[^\W\d])",
    re.IGNORECASE,
)


def head_start(scene: Scene, passage: Passage) -> int:
    """Return where the words of an entry begin, past its date and what separates them."""
    at = passage.span.start
    for _ in range(4):
        while at < passage.span.end and scene.text[at] in _SEPARATORS:
            at += 1
        lead = _LEAD_IN.match(scene.text, at, passage.span.end)
        after_lead = lead.end() if lead else at
        date = next((d for d in passage.dates if d.span.start in (at, after_lead)), None)
        if date is not None:
            at = date.span.end
        elif number := _NUMBER.match(scene.text, at, passage.span.end):
            at = number.end()
        else:
            break
    return at


def item_of(scene: Scene, passage: Passage, described: list[Phrase]) -> Entry:
    """Return the entry that an item of a list makes."""
    entry = Entry("item", [passage.index], passage.filed)
    if _SHARE.fullmatch(scene.text, *passage.span):
        return entry
    entry.principals = principals_of_item(scene, passage, described, strict=False)
    return entry


_SHARE = re.compile(r"[^\d\n]{1,60}\s\d[\d.,]*\s?%\W{0,3}")
"""An item that is a label and its share: "Male 49%"."""


def principals_of_item(
    scene: Scene, passage: Passage, described: list[Phrase], *, strict: bool
) -> list[Actor]:
    """Return whom the first sentence is about. `strict`: of a paragraph, so a phrase must be the subject of a movement."""
    first = scene.opening_of(passage)
    start = head_start(scene, passage)
    while start >= first.end and (following := _next_sentence(passage, first)) is not None:
        first = following
    return _principals_of(scene, passage, described, first, strict=strict)


_RANKED = re.compile(r", [A-Z][a-z]{1,5}\. | \((?:later|then|subsequently|posthumously) [^()]{3,30}\) ")
"""What may lead from a description to the name: "A friend, Capt. Ernesto Lam", "Captain (later Major) Jan Kos"."""


def _next_sentence(passage: Passage, sentence: Span) -> Span | None:
    return next((s for s in passage.sentences[:5] if s.start >= sentence.end), None)


def _principals_of(
    scene: Scene, passage: Passage, described: list[Phrase], first: Span, *, strict: bool
) -> list[Actor]:
    start = max(first.start, head_start(scene, passage))
    teller = scene.tellers[passage.index]
    said = [
        s
        for s in scene.said[passage.index]
        if first.start <= s.span.start < first.end and s.actor.kind in ("person", "group")
    ]
    candidates = [p for p in described if first.start <= p.span.start < first.end]
    if strict and scene.text[first.start] == '"' and (end := scene.text.find('"', first.start + 1)) >= 0:
        said = [s for s in said if s.span.start > end] or said  # who speaks, not of whom
    lead = next((s for s in said if (s.form == "name" or s.actor is teller) and s.is_subject), None)
    if lead is not None and lead.actor is teller and teller is not None:
        return [teller]
    phrase = next((p for p in candidates if _can_open(scene, passage, p, start, strict=strict)), None)
    named_first = lead is not None and (
        phrase is None
        or lead.span.start < phrase.span.start
        or _leads_up(scene, phrase.span.end, lead.span.start)
        or _RANKED.fullmatch(scene.text, phrase.span.end, lead.span.start) is not None
    )
    if lead is not None and named_first:
        near = lead.span.start - first.start <= 60
        if not strict or near or _moves_after(scene, lead.span.end, first.end):
            found = _joined_names(scene, passage, lead.span, first)
            return found + _joined_companions(scene, passage, lead.span, candidates, found)
    if phrase is None and not strict and not said:
        phrase = next((p for p in candidates if _is_aboard(scene, passage, p)), None)
    if phrase is None:
        later = _next_sentence(passage, first)
        if strict or later is None or first.end - first.start > 60:
            return []
        return _principals_of(scene, passage, described, later, strict=strict)
    if strict and not _moves_after(scene, phrase.span.end, min(first.end, phrase.span.end + 120)):
        return []
    return [described_actor(scene, passage, phrase, candidates)]


def _leads_up(scene: Scene, start: int, end: int) -> bool:
    """Whether nothing but describing words stands between a phrase and a name: "officers and friends [Jan ...]"."""
    words = [scene.tokens[i] for i in scene.tokens.between(start, end)]
    between = scene.text[start:end]
    if any(mark in between for mark in ";.–:") or len(words) > 6:
        return False
    joining = ("and", "the", "his", "her", "their", "identified", "known", "named", "called", "as", "only")
    return all(
        w.lower in joining or head_class(w.lower, scene.lexicon) or w.lower in scene.lexicon.role_modifiers
        for w in words
    )


_ADJECTIVES = frozenset("national native local civilian minor official".split())
"""Words that are nouns behind an article only: "a French national", not "National Council"."""


def _can_open(scene: Scene, passage: Passage, phrase: Phrase, start: int, *, strict: bool) -> bool:
    """Whether the phrase can be what the entry is about: at its head, or indefinite and the subject."""
    if phrase.head_class == "kin" and phrase.possessor is not None:
        return False
    words = phrase.span.of(scene.text).lower()
    if words in _ADJECTIVES or (words in scene.lexicon.flight_nouns and not phrase.is_plural):
        return False  # "National Council established", "Arrival of the first boats"
    counted = phrase.quantity is not None and (
        phrase.quantity.unit == "person" or phrase.head_class in ("nationality", "group")
    )
    single = phrase.determiner in ("a", "an", "another", "one")
    definite = (
        "the",
        "his",
        "her",
        "their",
        "its",
        "this",
        "that",
        "these",
        "those",
        "all",
        "many",
        "some",
        "several",
        "other",
    )
    if phrase.determiner in definite and not (counted or phrase.is_unnamed):
        return False
    if strict and (not (counted or phrase.is_unnamed or single) or (single and phrase.head == "person")):
        return False
    if phrase.span.start <= start + 1:
        return counted or single or phrase.is_unnamed or not phrase.is_plural
    if not (counted or single or phrase.is_unnamed):
        return False
    before = scene.text[max(passage.span.start, phrase.span.start - 30) : phrase.span.start].rstrip().lower()
    return not before.endswith(
        (" of", " by", " with", " to", " for", " as", " against", " from", " than", " become", " became")
    )


def _is_aboard(scene: Scene, passage: Passage, phrase: Phrase) -> bool:
    """Whether the phrase counts those whom a ship brings, of whom an item is then: "the Skyluck slips in with 2,651 people"."""
    if phrase.quantity is None or phrase.quantity.unit != "person" or not phrase.is_plural:
        return False
    before = scene.text[max(passage.span.start, phrase.span.start - 14) : phrase.span.start].rstrip().lower()
    return before.endswith((" with", " carrying", " bringing")) and not phrase.possessor


def _moves_after(scene: Scene, start: int, end: int) -> bool:
    return any(
        scene.lexicon.flight.get(scene.tokens.lowers[i]) in ("arrive", "defect", "flee", "admit", "seek")
        for i in scene.tokens.between(start, end)
    )


def _joined_names(scene: Scene, passage: Passage, lead: Span, first: Span) -> list[Actor]:
    """Return the actor named at `lead` and those joined to it by "and", commas or "and his aide"."""
    found: list[Actor] = []
    at = lead.end
    said = [
        s for s in scene.said[passage.index] if s.form == "name" and first.start <= s.span.start < first.end
    ]
    for one in said:
        if one.span.start < lead.start or one.actor in found:
            continue
        if one.span == lead:
            found.append(one.actor)
            continue
        gap = scene.text[at : one.span.start]
        words = gap.replace(",", " ").replace(";", " ").replace("–", " ").split()
        small = [word for w in words if (word := w.strip("().\"'*_"))]
        listing = (
            gap.strip(" *_\n") in (",", ";", "/", "&")
            or (bool(small) and _coordinates(scene, small))
            or _apposes(scene, gap, small)
        )
        restated = "–" in gap and not {"and", "&", "+", "with", "or"} & set(small)
        alias = (
            small not in (["and"], ["&"])
            and (bool(small) or gap.strip() == "(")
            and _repeats(found[0] if found else None, one.actor, is_restated=restated)
        )
        if alias and found:
            unite(scene, found[0], one.actor)
            at = one.span.end
            continue
        if not listing or one.is_possessive:
            break  # "Ivo Kos, Karl Roth's driver"
        found.append(one.actor)
        at = one.span.end
    return found


def _apposes(scene: Scene, gap: str, words: list[str]) -> bool:
    """Whether a comma or semicolon ends the words that describe one name, so that the next joins it: "smith; [Eva]"."""
    plain = re.sub(r"\([^()]{0,40}\)", "", gap).strip(" *_\n")
    if plain == ",":
        return True
    return (
        plain.endswith(";")
        and plain.startswith(",")
        and len(words) <= 6
        and not any(w in _FINITE or w.endswith("ed") or scene.lexicon.flight.get(w) for w in words)
    )


_FINITE = frozenset("who which was is had were has when that by his her their not no".split())


def _coordinates(scene: Scene, words: list[str]) -> bool:
    """Whether the words between two names only join them: "and", "and his aide", "(aged 21) and writer"."""
    if len(words) > 20 or not any(w in ("and", "&", "plus") for w in words):
        return False
    position = max(i for i, w in enumerate(words) if w in ("and", "&", "plus"))
    tail = words[position + 1 :]
    if len(tail) > 4 or any(scene.lexicon.flight.get(w) for w in words):
        return False
    return not any(
        w in ("who", "which", "was", "is", "had", "were", "has", "when", "to", "that", "by") for w in words
    )


def _joined_companions(
    scene: Scene, passage: Passage, lead: Span, candidates: list[Phrase], principals: list[Actor]
) -> list[Actor]:
    """Return the unnamed who stand beside the named principals: "Jan Novak, pilot, and his wife fled"."""
    found: list[Actor] = []
    for phrase in candidates:
        close = phrase.head_class in ("kin", "companion", "group") and phrase.possessor is not None
        own_family = phrase.determiner == "their" and bool(principals) and principals[0].kind == "group"
        if phrase.span.start < lead.end or not close or own_family:
            continue
        words = [
            w.strip("().\"',")
            for w in scene.text[lead.end : phrase.span.start].replace("–", " ").lower().split()
        ]
        if (
            not words
            or words[-1] not in ("and", "&", "plus")
            or not _coordinates(scene, [*words[:-1], "and"])
        ):
            continue
        if any(
            s.span.overlaps(phrase.span) or (0 <= s.span.start - phrase.span.end <= 2)
            for s in scene.said[passage.index]
            if s.form != "pronoun"
        ):
            continue
        plural = phrase.is_plural or phrase.head_class == "group"
        actor = _apposed(scene, passage, phrase) or scene.unnamed(
            "group" if plural else "person", phrase.head, size=_size(phrase), is_plural=plural
        )
        scene.say(passage, phrase.span, actor, "description")
        if actor not in principals:
            found.append(actor)
    return found


def _apposed(scene: Scene, passage: Passage, phrase: Phrase) -> Actor | None:
    """Return who is called so by name elsewhere in the passage: "his aide ... Jan Novak, his aide, came too"."""
    described = rf"\b(?:his|her|their) (?:\w+ ){{0,2}}{re.escape(phrase.head)}\b,?"
    for said in scene.said[passage.index]:
        if said.form != "name":
            continue
        after = scene.text[said.span.end : said.span.end + 50].lstrip(", ")
        before = scene.text[max(0, said.span.start - 50) : said.span.start].rstrip()
        if re.match(described, after) or re.search(rf"{described}$", before):
            return said.actor
    return None


def _repeats(head: Actor | None, other: Actor, *, is_restated: bool) -> bool:
    """Whether the second name of an entry is the first one spelled otherwise: all but one word the same.

    `is_restated`: only a dash and describing words stand between the two ("Lee X – captain Yi X"), so the word that
    differs may differ wholly; else it has to be spelled alike, because siblings share the other words.
    """
    if (
        head is None
        or len(head.words) < 2
        or len(other.words) != len(head.words)
        or head.words == other.words
    ):
        return False
    differ = [(a, b) for a, b in zip(head.words, other.words, strict=True) if a != b]
    same = len(head.words) - len(differ)
    return (
        len(differ) == 1
        and same >= 2
        and (is_restated or SequenceMatcher(None, *differ[0], autojunk=False).ratio() >= _SPELLED_ALIKE)
    )


def unite(scene: Scene, kept: Actor, other: Actor) -> None:
    """Make what was said of `other` said of `kept`: one person, spelled in two ways in one entry."""
    if other is kept or not any(actor is other for actor in scene.actors):
        return  # the two are one already
    for row in scene.said:
        for position, said in enumerate(row):
            if said.actor is other:
                row[position] = type(said)(said.span, kept, said.form, said.is_subject, said.is_possessive)
    kept.mentions += other.mentions
    scene.actors.remove(other)
    for entry in scene.entries:
        if other in entry.principals:
            entry.principals = list(dict.fromkeys(kept if a is other else a for a in entry.principals))


def described_actor(scene: Scene, passage: Passage, phrase: Phrase, candidates: list[Phrase]) -> Actor:
    """Return a new unnamed actor for the phrase; "12 women and one man" make one group of 13.

    What somebody is said to be is nobody else: "The appellant is [a national] of Peru", "The appellant, [a citizen] of Peru,".
    """
    size = _size(phrase)
    span = phrase.span
    plural = phrase.is_plural or phrase.head_class == "group"
    for said in scene.said[passage.index] if not plural else ():
        if said.actor.kind == "person" and scene.text[said.span.end : span.start] in (" is ", " was "):
            return said.actor
        if (
            said.form == "description"
            and not said.actor.is_named
            and phrase.determiner in ("a", "an")
            and scene.text[said.span.end : span.start] == ", "
        ):
            return said.actor
    for other in candidates:
        if other.span.start < span.end or _size(other) is None or size is None:
            continue
        gap = scene.text[span.end : other.span.start].strip()
        if gap in ("and", ", and", ",", "&") and other.quantity is not None:
            size += _size(other) or 0
            span = span.cover(other.span)
            plural = True
    kind = "group" if plural else "person"
    head = "" if span != phrase.span else phrase.head
    actor = scene.unnamed(kind, head or phrase.head, size=size if plural else None, is_plural=plural)  # type: ignore[arg-type]
    scene.say(passage, span, actor, "description")
    return actor


def _size(phrase: Phrase) -> int | None:
    quantity = phrase.quantity
    if quantity is None or quantity.number is None or quantity.low is not None:
        return None
    return int(quantity.number)
