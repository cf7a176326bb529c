"""Whom a cell of a column of names gives: the names found in it, those that only the column vouches for, or whoever is described.

    Ana and Luis Vega     two                     Choe Hui tong          one: all of the cell is the name
    Family Kos            a group                 unknown soldier, n/a   somebody unnamed

Where nothing tells that a cell holds a name, its words are taken for one: the column says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from regesta.extraction.described import Phrase, head_class
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Said, Scene
from regesta.names import lists as names
from regesta.names.lists import fold, is_east_asian_given
from regesta.text.span import Span

__all__ = ["Describe", "people_in_cell", "take_for_name"]

Describe = Callable[[Scene, Passage, Phrase, list[Phrase]], Actor]
_UNKNOWN = re.compile(
    r"(?:name )?(?:unknown|unidentified|not (?:known|given|recorded)|anonymous|anon\.?|unnamed|nameless|n\.? ?n\.?|name withheld|withheld)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\W*(?:n/?a|none|nil|ditto|do\.|total|sum|all)?\W*", re.IGNORECASE)
_FAMILY = re.compile(r"(?:[Tt]he )?[Ff]amil(?:y|ies|ie) [^\W\d_a-z][\w'’-]+(?:[ -][^\W\d_a-z][\w'’-]+){0,3}")
_BETWEEN = re.compile(r"\s*(?:;|/|&|\band\b|\+|\n)\s*")
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_SMALL = frozenset(
    (
        "van von vom zu zur de da di do dos das del della der den des du la le las los el al ul ibn bin "
        "bint ben ter ten te y i e af av"
    ).split()
)
_OTHER_NAME = re.compile(
    r"\((?:[^()]{0,60}\b)?(?:pseudonym|pseud\.|alias|a\.?k\.?a\.?|born|née?|geb(?:\.|oren(?:e|er)?)|eigentlich|eig\.|real name|stage name|pen name|known as|dit)[: ][^()]*$",
    re.IGNORECASE,
)
"""What opens another name of the same person, in brackets behind the usual one."""
_AHEAD = len("pseudonym ")
"""Code points of that word where it counts as a part of the name."""
_AFTER_NAME = re.compile(r"\s*[(\[;:–—]|\s-\s|,\s(?=[a-z\d(])")


def take_for_name(scene: Scene, passage: Passage) -> None:
    """Take a cell of a column of companions for a name where it is nothing but capitalised words."""
    words = passage.span.of(scene.text)
    small = any(part[0].islower() for part in words.split())
    if small or len(words.split()) < 2 or any(s.form == "name" for s in scene.said[passage.index]):
        return
    if _names_somebody(scene, words):
        scene.say(passage, passage.span, scene.named("person", " ".join(words.split())), "name")


def people_in_cell(
    scene: Scene, passage: Passage, described: list[Phrase], describe: Describe
) -> list[Actor]:
    """Return whom a cell of names gives: the names found in it, those that only the column vouches for, or the described."""
    span = passage.span
    if (family := _FAMILY.match(scene.text, *span)) and not scene.said[passage.index]:
        named = scene.named("group", " ".join(family.group().split()))
        named.head, named.is_plural = "family", True
        scene.say(passage, Span(*family.span()), named, "name")
        return [named]
    said = [s for s in scene.said[passage.index] if s.form == "name" and s.actor.kind in ("person", "group")]
    head = next((p for p in described if p.span.start <= span.start + 1), None)
    head = None if _is_east_asian(span.of(scene.text)) else head  # "Man a Park"
    unknown = _UNKNOWN.match(scene.text, span.start, span.end)
    if not said and unknown and (head is None or (head.is_plural is False and head.span.end < unknown.end())):
        actor = scene.unnamed("person", "person")
        scene.say(passage, Span(*unknown.span()), actor, "description")
        return [actor]
    if head is not None and (not said or said[0].span.start > span.start + 40):
        return [describe(scene, passage, head, described)]
    for part in _parts(scene, span):
        within = [s for s in said if s.span.overlaps(part)]
        if within and _is_east_asian(part.of(scene.text)):
            for piece in within[1:]:
                scene.said[passage.index].remove(piece)
                piece.actor.mentions.remove((piece.span, piece.form))
            _widen(scene, passage, part, within[0])
        elif len(within) == 1 and _is_all_name(scene, part, within[0]):
            _widen(scene, passage, part, within[0])
        if within:
            continue
        words = part.of(scene.text)
        if not _names_somebody(scene, words):
            continue
        scene.say(passage, part, scene.named("person", " ".join(words.replace(",", " ").split())), "name")
    said = [s for s in scene.said[passage.index] if s.form == "name" and s.actor.kind in ("person", "group")]
    own = [s for s in said if not _OTHER_NAME.search(scene.text, span.start, s.span.start + _AHEAD)]
    if len(own) == 1:
        for other in [s for s in said if s not in own and s.actor is not own[0].actor]:
            _say_of(scene, passage, other, own[0].actor)
    if own or said:
        return list(dict.fromkeys(s.actor for s in own or said))
    return [describe(scene, passage, described[0], described)] if described else []


def _say_of(scene: Scene, passage: Passage, said: Said, actor: Actor) -> None:
    """Let a name be another one of somebody: "Kos, Jan (pseudonym Karl Roth)"."""
    row = scene.said[passage.index]
    row[row.index(said)] = replace(said, actor=actor)
    said.actor.mentions.remove((said.span, said.form))
    actor.mentions.append((said.span, said.form))


def _is_all_name(scene: Scene, part: Span, said: Said) -> bool:
    """Return whether a name in a column of names goes on to both ends of its part: "Choe Yong min", "Ana Lucia Vega"."""
    if (
        said.actor.kind != "person"
        or said.span == part
        or not part.start <= said.span.start < said.span.end <= part.end
    ):
        return False
    beside = f"{scene.text[part.start : said.span.start]} {scene.text[said.span.end : part.end]}"
    words = beside.split()
    return 1 <= len(words) <= 2 and all(
        _NAME_WORD.fullmatch(word)
        and not head_class(word.lower(), scene.lexicon)
        and (names.is_given(word) or names.is_surname(word) or is_east_asian_given(word))
        for word in words
    )


def _is_east_asian(words: str) -> bool:
    """Whether a cell of names is a surname of Korea or China and syllables, in either order: "Choe Hui tong", "Ji man Kim"."""
    parts = words.split()
    if not 3 <= len(parts) <= 4 or not (parts[0][0].isupper() and all(map(str.isalpha, parts))):
        return False
    surnames = names.asian_surnames()
    first = fold(parts[0]) in surnames and all(map(is_east_asian_given, parts[1:]))
    last = parts[-1][0].isupper() and fold(parts[-1]) in surnames
    return first or (last and all(map(is_east_asian_given, parts[:-1])))


def _widen(scene: Scene, passage: Passage, part: Span, said: Said) -> None:
    """Let a name reach to the ends of its part: whoever bears it is called so."""
    words = " ".join(part.of(scene.text).replace(",", " ").split())
    actor = scene.named("person", words)
    if actor is said.actor:
        return
    row = scene.said[passage.index]
    row[row.index(said)] = replace(said, span=part, actor=actor)
    said.actor.mentions.remove((said.span, said.form))
    actor.mentions.append((part, said.form))


def _parts(scene: Scene, span: Span) -> list[Span]:
    """Return the pieces of a cell that may be names: cut at "and" and slashes, without what stands in brackets."""
    stop = _AFTER_NAME.search(scene.text, *span)
    end = stop.start() if stop else span.end
    found, at = [], span.start
    for gap in _BETWEEN.finditer(scene.text, span.start, end):
        found.append(Span(at, gap.start()))
        at = gap.end()
    found.append(Span(at, end))
    tight = (_past_title(scene, s.strip(scene.text, " *_~'\"()[].,–—-")) for s in found)
    return [s for s in tight if s.end > s.start]


def _past_title(scene: Scene, span: Span) -> Span:
    if _is_east_asian(span.of(scene.text)):
        return span  # "Ko Dong nyon", whose surname is a title elsewhere
    words = scene.tokens.between(*span)
    for index in words:
        word = scene.tokens.lowers[index].rstrip(".")
        if word in scene.lexicon.titles or word in scene.lexicon.ranks or f"{word}." in scene.lexicon.titles:
            continue
        return Span(scene.tokens.starts[index], span.end) if scene.tokens.starts[index] < span.end else span
    return span


def _names_somebody(scene: Scene, words: str) -> bool:
    """Whether words could be a name: capitalised, not too many, and none that describes or counts."""
    if _NOBODY.fullmatch(words) or any(ch.isdigit() for ch in words) or _UNKNOWN.search(words):
        return False
    parts = _NAME_WORD.findall(words)
    if not 1 <= len(parts) <= 6 or len(words) > 60:
        return False
    if parts[0][0].islower() or not all(_may_be_small(p, parts) for p in parts):
        return False
    return not all(head_class(p.lower(), scene.lexicon) and not names.is_surname(p.lower()) for p in parts)


def _may_be_small(word: str, parts: list[str]) -> bool:
    """Whether a word of a name may stand there: with a capital somewhere, a particle, a syllable of "Choe Hui tong" or "Ji man Kim"."""
    if word.upper() == word or word != word.lower() or word in _SMALL:
        return True  # "한경수": scripts without capitals have none to miss
    surnames = [p for p in (parts[0], parts[-1]) if p[0].isupper() and fold(p) in names.asian_surnames()]
    return 2 <= len(parts) <= 4 and is_east_asian_given(word) and bool(surnames)
