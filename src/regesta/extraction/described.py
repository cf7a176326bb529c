"""Phrases that describe people without naming them: "a family of four Cubans", "33 year-old factory worker", "his son".

A phrase is found from its head noun: to the left as far as adjectives, nouns, ages, numbers, a determiner or a possessive
reach; to the right over "of four Cubans", "and officers", "(name unknown)". Whether a phrase becomes somebody of the
chronicle is decided in `who.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from regesta.extraction.peoples import is_nationality, is_nationality_plural
from regesta.extraction.quantities import Quantity
from regesta.extraction.tokens import Tokens, sift
from regesta.names.cyrillic import is_no_adjective
from regesta.text.span import Span
from regesta.vocab import Lexicon
from regesta.vocab.inflect import singular_of

__all__ = ["Phrase", "head_class", "may_head", "phrases"]

HeadClass = Literal["person", "role", "rank", "kin", "companion", "group", "nationality"]

_DETERMINERS = frozenset(
    "a an the this that these those another one some many several two both other all".split()
)
_POSSESSIVES = frozenset("his her their its my our".split())
_UNNAMED = frozenset("unnamed unidentified anonymous unknown undisclosed".split())
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty "
    "thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen".split()
)
_STOPS = frozenset(
    "and or but of in on at to from for by with as than then when where while who whom whose which that after before since until "
    "is was were are be been being has have had did do does not no nor so if because although though via into onto upon about over "
    "under between among against during through across along off out up down near he she they it him them we i you there here only "
    "also later once became become becoming including".split()
)
_AFTER = re.compile(
    r"\s*\((?=[^)]{0,60}\b(?:name|unknown|unnamed|unidentified|male|female|man|men|woman|women|boys?|girls?|children|adults?)\b)[^)]{0,80}\)"
)
_ALL_OF_THEM = re.compile(
    r"(?:, (?:women|men|girls|boys|children|infants|babies)){0,3},? and (?:women|men|girls|boys|children|infants|babies)(?![\w'’-])"
)
"""What goes on behind "40 men": people of every kind, and one group: "40 men, women and children"."""
_OF_A_KIND = frozenset(("man", "woman", "boy", "girl", "child"))
_ABSTRACT = frozenset(
    "status problem problems crisis population issue issues screening movement community communities route routes numbers organisation organization "
    "rights life lives affairs union unit units team teams party parties training records service services".split()
)
_SMALL_NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve".split())
_MAX_LEFT = 8
_MANY_WORDS = 200_000
"""Words whose classes are kept."""


@dataclass(slots=True)
class Phrase:
    """A describing phrase."""

    span: Span
    head: str
    """The head noun in the singular, lower case."""
    head_class: HeadClass
    is_plural: bool
    determiner: str
    """`a`, `the`, `his`, a number as worded, or empty."""
    quantity: Quantity | None
    """How many, where said."""
    is_unnamed: bool
    """Says itself that no name is given: "unnamed", "name unknown"."""
    first: int
    last: int
    """Indices of its first word and of the head."""
    possessor: Span | None = None
    """The words `his`, `her`, `their` within it."""
    nationality: str | None = None


def head_class(word: str, lexicon: Lexicon) -> tuple[HeadClass, str, bool] | None:
    """Return (class, singular, is plural) of a noun that can stand for people, None for any other word."""
    known = lexicon.looked_up
    if word not in known:
        if len(known) > _MANY_WORDS:
            known.clear()
        known[word] = _classify(word, lexicon)
    found: tuple[HeadClass, str, bool] | None = known[word]
    return found


def may_head(tokens: Tokens, lexicon: Lexicon) -> list[int]:
    """Return the words of a text that can head a phrase, in order: those for people, and with a capital those that may be a people's.

    >>> from regesta.vocab import lexicon
    >>> may_head(Tokens("The two Cubans met a pilot"), lexicon())
    [2, 5]
    """
    dull = lexicon.dull.setdefault("people", set())
    nouns = tokens.where(frozenset(sift(tokens.by_word, dull, lambda word: head_class(word, lexicon))))
    peoples = (at for at in tokens.capitals if tokens.lowers[at] not in _NO_PEOPLE)
    return sorted({*nouns, *peoples})


_NO_PEOPLE = _STOPS | _DETERMINERS | _POSSESSIVES
"""Words that open sentences and are no people's."""


def _classify(word: str, lexicon: Lexicon) -> tuple[HeadClass, str, bool] | None:
    if word in ("others", "another"):
        return "person", "other", word == "others"
    single = singular_of(word)
    plural = single != word
    for form in (single, word):
        is_plural = plural and form == single
        if form in lexicon.group_nouns or form == "family":
            return "group", form, is_plural
        if form in lexicon.kin:
            return "kin", form, is_plural
        if form in lexicon.person_nouns:
            return "person", form, is_plural or form == "people"
        if form in lexicon.companions:
            return "companion", form, is_plural
        if form in lexicon.roles:
            return "role", form, is_plural
        if form in lexicon.ranks:
            return "rank", form, is_plural
    return None


def phrases(
    folded: str,
    tokens: Tokens,
    span: Span,
    lexicon: Lexicon,
    quantities: list[Quantity],
    closed: frozenset[int],
    heads: Sequence[int],
) -> list[Phrase]:
    """Return the describing phrases within `span`, in order, none within another.

    `closed` are the indices of words that belong to proper names and cannot be heads; `heads` those that `may_head`.
    """
    found: list[Phrase] = []
    words = tokens.between(*span)
    done = words.start
    for position in range(bisect_left(heads, words.start), bisect_left(heads, words.stop)):
        at = heads[position]
        if at < done:
            continue
        phrase = _at(folded, tokens, at, words, lexicon, quantities, closed)
        if phrase is None:
            continue
        if found and found[-1].span.end > phrase.span.start:
            phrase.first = max(phrase.first, found[-1].last + 1)
            phrase.span = Span(tokens.starts[phrase.first], phrase.span.end)
        found.append(phrase)
        done = at + 1
        while done < words.stop and tokens.starts[done] < phrase.span.end:
            done += 1
    return found


def _at(
    folded: str,
    tokens: Tokens,
    at: int,
    words: range,
    lexicon: Lexicon,
    quantities: list[Quantity],
    closed: frozenset[int],
) -> Phrase | None:
    if at in closed:
        return None
    known = head_class(tokens.lowers[at], lexicon)
    nationality: str | None = None
    kind: HeadClass
    if known is not None:
        kind, head, plural = known
    else:
        if not tokens.capital[at]:
            return None
        national = _national(folded, tokens, at, lexicon)
        if national is None:
            return None
        nationality, plural = national
        kind, head = "nationality", nationality
    following = at + 1
    if (
        following < words.stop
        and folded[tokens.ends[at] : tokens.starts[following]] in (" ", "-")
        and not tokens.possessive[at]
    ):
        if following not in closed and head_class(tokens.lowers[following], lexicon):
            return None  # "factory worker", "border guard": the later noun is the head
        if not plural and _is_thing(tokens, following, words, lexicon):
            return None  # "refugee status", "defector safe houses": about a thing
    if tokens.possessive[at]:
        return None
    first, determiner, possessor, unnamed = _leftward(folded, tokens, at, words, lexicon, closed)
    if first > words.start and tokens.lowers[first - 1] in ("per", "each", "every", "no", "any", "such"):
        return None  # "₩36 million per person", "no person shall land": a rate, a rule, nobody
    last = at
    end = tokens.ends[at]
    if kind == "group" and following + 1 < words.stop and tokens.lowers[following] == "of":
        inner = _group_of(folded, tokens, following + 1, words, lexicon)
        if inner:
            last, end = inner, tokens.ends[inner]
    if plural and head in _OF_A_KIND and possessor is None and (more := _ALL_OF_THEM.match(folded, end)):
        end, head, kind = more.end(), "person", "person"
        while last + 1 < words.stop and tokens.starts[last + 1] < end:
            last += 1
    extra = _AFTER.match(folded, end, min(len(folded), end + 90))
    if extra:
        end = extra.end()
        unnamed = (
            unnamed
            or "unknown" in extra.group()
            or "unnamed" in extra.group()
            or "unidentified" in extra.group()
        )
    start = tokens.starts[first]
    quantity = next(
        (
            q
            for q in quantities
            if q.span.overlaps((start, end)) and q.kind == "count" and not q.is_adjective and not q.is_age
        ),
        None,
    )
    if quantity and quantity.span.start < start and kind != "group":
        start = quantity.span.start
    return Phrase(
        Span(start, end),
        head,
        kind,
        plural or bool(quantity and (quantity.number or 2) > 1),
        determiner,
        quantity,
        unnamed,
        first,
        last,
        possessor,
        nationality,
    )


def _national(folded: str, tokens: Tokens, at: int, lexicon: Lexicon) -> tuple[str, bool] | None:
    """Return (demonym, is plural) where the word stands for people: "four Cubans", "a North Korean"."""
    word = tokens.lowers[at]
    two = f"{tokens.lowers[at - 1]} {word}" if at else word
    for phrase in (two, word):
        if is_nationality_plural(phrase, lexicon):
            return phrase, True
    start = at - 1 if is_nationality(two, lexicon) else at
    if not is_nationality(two if start < at else word, lexicon) or start == 0:
        return None
    article = tokens.lowers[start - 1] in ("a", "an", "another", "one")
    follows = folded[tokens.ends[at] : tokens.ends[at] + 2]
    return (word, False) if article and (not follows.strip() or not follows[:1].isspace()) else None


def _group_of(folded: str, tokens: Tokens, at: int, words: range, lexicon: Lexicon) -> int | None:
    """Return the last word of "four Cubans", "about twenty men" after a group noun and "of"."""
    for index in range(at, min(at + 6, words.stop)):
        gap = folded[tokens.ends[index - 1] : tokens.starts[index]]
        if gap not in (" ", "-") and not (gap == "," and tokens.lowers[index].isdigit()):
            return None
        if head_class(tokens.lowers[index], lexicon) or _national(folded, tokens, index, lexicon):
            return index
        if tokens.lowers[index] in _STOPS:
            return None
        if (tokens.lowers[index].isdigit() or tokens.lowers[index] in _SMALL_NUMBERS) and (
            index + 1 >= words.stop
            or folded[tokens.ends[index] : tokens.starts[index + 1]] not in (" ", ",")
            or not (folded[tokens.ends[index]] == " " or tokens.lowers[index + 1].isdigit())
            or tokens.lowers[index + 1] in _STOPS
        ):
            return index
    return None


def _leftward(
    folded: str, tokens: Tokens, at: int, words: range, lexicon: Lexicon, closed: frozenset[int]
) -> tuple[int, str, Span | None, bool]:
    """Return (first word, determiner, possessive, says that it is unnamed) of the phrase whose head is word `at`."""
    first = at
    unnamed = False
    index = at - 1
    while index >= words.start and at - index <= _MAX_LEFT:
        gap = folded[tokens.ends[index] : tokens.starts[index + 1]]
        continues = gap in (" ", "-", "  ") or (gap == ", " and _is_adjective(tokens.lowers[index + 1]))
        if not continues and not (tokens.possessive[index] and gap == "'s "):
            break
        word = tokens.lowers[index]
        if word in _POSSESSIVES:
            return index, word, tokens.phrase(index, index), unnamed
        counts = word.isdigit() or word in _NUMBERS
        if word in _DETERMINERS or counts:
            first = index
            if counts or word in ("some", "other", "another", "all", "both", "several", "many"):
                before = tokens.lowers[index - 1] if index > words.start else ""
                if before in ("the", "these", "those", "all", "his", "her", "their"):
                    index -= 1
                    continue
            return first, word, None, unnamed
        if (
            word in _STOPS
            or word in lexicon.flight
            or is_no_adjective(word)
            or (index in closed and not tokens.possessive[index] and not _is_attribute(word, lexicon))
        ):
            break
        if word in _UNNAMED:
            unnamed = True
        first = index
        index -= 1
    return first, "", None, unnamed


def _is_thing(tokens: Tokens, at: int, words: range, lexicon: Lexicon) -> bool:
    """Whether the next one or two words name a thing, so that the noun before them only describes it."""
    word = tokens.lowers[at]
    two = f"{word} {tokens.lowers[at + 1]}" if at + 1 < words.stop else word
    return any(
        phrase in lexicon.facilities
        or phrase in lexicon.policies
        or phrase in lexicon.laws
        or phrase in lexicon.status_terms
        or phrase in lexicon.vehicles
        or phrase in _ABSTRACT
        for phrase in (word, two)
    )


def _is_adjective(word: str) -> bool:
    return word.endswith(("-old", "ed", "ing", "ful", "ous", "al"))


def _is_attribute(word: str, lexicon: Lexicon) -> bool:
    return (
        word in lexicon.nationalities
        or word in ("north", "south", "east", "west")
        or word in lexicon.organisations
        or word in lexicon.role_modifiers
    )
