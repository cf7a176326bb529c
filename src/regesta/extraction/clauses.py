"""Where clauses begin and end within a sentence, without a grammar.

    He fled in 1998 ¦, becoming a monk ¦; the police arrested him ¦ and sent him back ¦ after he had returned in 2001.

A clause begins after `;`, `:` and a dash, at a word that subordinates ("who", "while", "although", "after" with a verb),
at ", ...ing", at "and" before a verb, and after a comma where both sides have a finite verb of their own. What opens a
sentence ("In 1962, ...", "On arrival, ...") belongs to the clause that it opens.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.text.span import Span

__all__ = ["Clause", "clause_at", "clauses", "is_finite", "spell_out"]

_FINITE = frozenset(
    "is was were are am has have had does do did will would can could may might shall should must 's became become becomes got gets "
    "said says wrote writes won wins met meets spent took takes gave gives sent sends told tells made makes went goes came comes saw "
    "sees began begins found finds held holds kept keeps led leads lost loses paid pays ran runs sold sells stood stands taught teaches "
    "brought brings built builds bought buys caught chose chooses died dies lay lies bore drew draws grew grows knew knows fell falls "
    "struck strikes shot broke breaks burst cut set sets let put hid rose rises spoke speaks swore thought thinks threw throws wore sank "
    "fought hung stole swam flew fled left drove rode remains remained survives earns lives works received receives costs put read heard "
    "represented opens opened testifies refers refer includes arrests signs lets denies calls crosses sought seeks settle refuse targets".split()
)
_NOUNISH_BEFORE = frozenset(
    "a an the this that these those his her its their our my no any each every some to of".split()
)
_WHO = frozenset(
    "who whom whose which where when while whereas although though because but unless if".split()
)
_MAYBE = frozenset("after before until since as once".split())
_HARD = re.compile(r";|:\s|\s[–-]\s|\s?–\s?(?=[A-Za-z])")
_PAUSE = re.compile(r",(?! \d{4}\b)|[;:–]")
"""What parts two stretches; the comma before the year of a day does not."""
_INNER_DASH = re.compile(r"\d\s?–\s?\d")
_LINKS = frozenset("and or but nor".split())
_AFTER_COMMA = frozenset("then yet so".split())
_MAY_OPEN = _WHO | _MAYBE | _LINKS
"""Words that may open a clause without a comma or another mark before them."""
_ENDS_WORDS = frozenset("who which when where while until before after because prior but since".split())
"""Words at which what somebody was or did is told."""
_NEW_SUBJECT = frozenset("he she they then later was has had his her their".split())
"""Words behind "and" that tell something else."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence that says one thing."""

    span: Span
    opening: str
    """The word that joins it to the sentence: `who`, `and`, `after`, `;`, or empty."""
    verb: int | None
    """Index of its first finite verb, None where it has none ("becoming a monk")."""


_INFINITIVES = frozenset("fliehen flüchten landen".split())
"""German verbs of flight whose plural is their infinitive too, which closes its clause."""


def is_finite(scene: Scene, index: int) -> bool:
    """Return whether word `index` looks like a finite verb, judged by its form and the word before it."""
    tokens = scene.tokens
    word, start = tokens.lowers[index], tokens.starts[index]
    if tokens.capital[index] and not (index == 0 or scene.text[tokens.ends[index - 1] : start].strip(" \"'")):
        return False
    if word in _FINITE:
        sure = True
    elif word.endswith("ed") and len(word) > 3 and "-" not in word:
        sure = False
    elif scene.lexicon.flight.get(word) and not word.endswith("ing"):
        sure = word not in scene.lexicon.flight_nouns
        if word in _INFINITIVES and not scene.text.startswith(" ", tokens.ends[index]):
            return False
    else:
        return False
    if index == 0:
        return True
    before = tokens.lowers[index - 1]
    if scene.text[tokens.ends[index - 1] : start].strip():
        return True
    if before == "to":
        return False
    if before in _NOUNISH_BEFORE or (not sure and before.endswith("ly") and _after_article(scene, index)):
        return before == "that" or (before in ("these", "those", "this") and sure)
    return not (tokens.possessive[index - 1] and not sure)


def _after_article(scene: Scene, index: int) -> bool:
    return index >= 2 and scene.tokens.lowers[index - 2] in _NOUNISH_BEFORE


def clauses(scene: Scene, sentence: Span) -> list[Clause]:
    """Return the clauses of a sentence in order; together they hold all its words."""
    known: dict[Span, list[Clause]] = scene.kept.setdefault("clauses", {})
    found = known.get(sentence)
    if found is None:
        found = known[sentence] = _cut(scene, sentence)
    return found


def clause_at(scene: Scene, passage: Passage, offset: int) -> Clause:
    """Return the clause that holds `offset`."""
    found = clauses(scene, passage.sentence_at(offset))
    best = found[0]
    for clause in found:
        if clause.span.start <= offset:
            best = clause
    return best


def _cut(scene: Scene, sentence: Span) -> list[Clause]:
    tokens = scene.tokens
    words = tokens.between(*sentence)
    if not words:
        return [Clause(sentence, "", None)]
    flight = scene.lexicon.flight
    finite = {
        i
        for i, word in enumerate(tokens.smalls(words), words.start)
        if (word in _FINITE or word.endswith("ed") or word in flight) and is_finite(scene, i)
    }
    cuts: list[tuple[int, str]] = [(words.start, "")]
    text = scene.text
    lowers, starts, ends = tokens.lowers, tokens.starts, tokens.ends
    for index in range(words.start + 1, words.stop):
        end = ends[index - 1]
        if lowers[index] not in _MAY_OPEN and starts[index] - end == 1 and text[end] == " ":
            continue  # a word that opens nothing, and no mark before it
        opening = _opens(scene, index, cuts[-1][0], words, finite)
        if opening is not None:
            cuts.append((index, opening))
    found: list[Clause] = []
    for place, (first, opening) in enumerate(cuts):
        stop = cuts[place + 1][0] if place + 1 < len(cuts) else words.stop
        start = sentence.start if place == 0 else starts[first]
        end = sentence.end if stop == words.stop else _closed(text, ends[stop - 1])
        verb = next((i for i in range(first, stop) if i in finite), None)
        found.append(Clause(Span(start, end), opening, verb))
    return found


def _closed(text: str, end: int) -> int:
    """Return `end` moved over the quotes and brackets that close there."""
    while text[end : end + 1] in ('"', ")", "]"):
        end += 1
    return end


def _opens(scene: Scene, index: int, first: int, words: range, finite: set[int]) -> str | None:
    """Return how word `index` opens a new clause, None where it does not; `first` is the first word of the clause so far."""
    tokens = scene.tokens
    word = tokens.lowers[index]
    gap = scene.text[tokens.ends[index - 1] : tokens.starts[index]]
    is_year = gap == ", " and tokens.ends[index] - tokens.starts[index] == len("1975")
    if (gap == "," or is_year) and tokens.texts[index][0].isdigit() and tokens.texts[index - 1][-1].isdigit():
        return None  # within a number or a day
    hard = _HARD.search(gap)
    if hard and not _INNER_DASH.search(scene.text[tokens.ends[index - 1] - 1 : tokens.starts[index] + 1]):
        return hard.group().strip() or "–"
    if word in _WHO:
        return word
    has_verb = not finite.isdisjoint(range(first, index))
    if word in _MAYBE:
        ahead = _stretch(scene, index + 1, words)
        acts = any(i in finite or (word != "as" and tokens.lowers[i].endswith("ing")) for i in ahead[:9])
        return word if acts and has_verb and not _is_dated(scene, index) else None
    comma = "," in gap
    if word in _LINKS or (comma and word in _AFTER_COMMA):
        if index - 1 in finite and index + 1 in finite:
            return None  # "arrested and deported him": one object, one clause
        return word if has_verb and _verb_follows(scene, index, words, finite, comma=comma) else None
    if comma and has_verb:
        if word.endswith("ing") and len(word) > 4 and not tokens.capital[index]:
            return "ing"
        if not finite.isdisjoint(_stretch(scene, index, words)):
            return ","
    return None


def _is_dated(scene: Scene, index: int) -> bool:
    """Whether a date stands right behind "since", "until", "after": then it is no conjunction."""
    following = scene.tokens.texts[index + 1] if index + 1 < len(scene.tokens) else ""
    return following[:1].isdigit()


def _stretch(scene: Scene, index: int, words: range) -> range:
    """Return the words from `index` to the next comma or other mark."""
    if index >= words.stop:
        return range(index, index)
    starts = scene.tokens.starts
    mark = _PAUSE.search(scene.text, scene.tokens.ends[index], starts[words.stop - 1])
    return range(index, bisect_left(starts, mark.start(), index, words.stop) if mark else words.stop)


def _verb_follows(scene: Scene, index: int, words: range, finite: set[int], *, comma: bool) -> bool:
    """Whether "and" is followed by a verb at once, or by a subject with a verb of its own."""
    ahead = _stretch(scene, index + 1, words)
    if not ahead:
        return False
    if not finite.isdisjoint(ahead[:2]):
        return True
    if scene.tokens.lowers[ahead[0]] in ("he", "she", "they", "it", "the", "this", "was", "were") or comma:
        return not finite.isdisjoint(ahead[:9])
    return not finite.isdisjoint(ahead[:5]) and scene.tokens.capital[ahead[0]]


def spell_out(scene: Scene, passage: Passage, start: int, limit: int = 200) -> int:
    """Return where a clause's words end: at a mark that closes it, at "who" or "which", or after 25 words."""
    sentence, tokens = passage.sentence_at(start), scene.tokens
    end = start
    for count, index in enumerate(tokens.between(start, min(sentence.end, start + limit))):
        word = tokens.lowers[index]
        gap = scene.text[end : tokens.starts[index]] if count else ""
        if (
            count
            and any(mark in gap for mark in ",;:.()–")
            and not (gap == ". " and len(tokens.texts[index - 1]) <= 2)
        ):
            break
        if count and (count >= 25 or word in _ENDS_WORDS):
            break
        if word == "and" and index + 1 < len(tokens):
            following = tokens.lowers[index + 1]
            if following in _NEW_SUBJECT or following in scene.lexicon.flight or following.endswith("ed"):
                break
        end = tokens.ends[index]
    return end
