"""What stands right before and behind a name: a title, a reign, an age, whose relative or helper it is made of.

    "the 15-year-old |X|, a courier,"     "President |X|"     "guided by |X|. She is in hiding"

What is found is noted in the sketch of who bears the name. Nothing here judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from regesta.protection.sketch import Hint, Sketch
from regesta.protection.words import known, speech, words_in

__all__ = ["note_description", "note_pronoun", "note_surroundings"]

_OWNERS: Final = frozenset({"his", "her", "their", "my", "our", "whose", "older", "elder", "younger"})
_UNDER_AGE: Final = r"(?:1[0-7]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
_YOUNG: Final = re.compile(
    rf"\s*(?:(?:then|now|only|just|still)\s+)?(?:aged?\s+|at\s+|de\s+|âgée?\s+de\s+|di\s+)?{_UNDER_AGE}"
    r"(?:[\s-]*(?:years?[\s-]old|years?\s+of\s+age|yrs?|años|anos|anni|ans|Jahre(?:\s+alt)?|лет|세|살|岁|歲|歳))?\s*(?=[,;)\]]|$)",
    re.IGNORECASE,
)
"""An age below eighteen at the beginning of what stands behind a name, and nothing else up to the next sign."""
_YOUNG_LEAD: Final = re.compile(rf"(?<!\w){_UNDER_AGE}[\s-]year[\s-]old(?:\s+\w+){{0,3}}\s*$", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_ARTICLES: Final = frozenset("a an the un una une ein eine um uma".split())
_STOP: Final = re.compile(r"(?<=[.!?])\s+|\n")
_ENDS: Final = frozenset(".;:!?\n()")


def note_pronoun(sketch: Sketch, word: str) -> None:
    """Note by which pronoun somebody is called."""
    if word in {"he", "him", "his", "himself"}:
        sketch.n_male += 1
    elif word in {"she", "her", "hers", "herself"}:
        sketch.n_female += 1


def note_description(sketch: Sketch, quote: str) -> None:
    """Note what the words say that stand for a name: a child, a man, a woman."""
    words = words_in(quote[:200])
    kinds = {phrase for kind, phrase, _ in speech().risks.found(quote[:200], words) if kind == "minor"}
    if (
        kinds
        and words
        and any(" ".join(words[-len(p.split()) :]) == p or p in " ".join(words[:3]) for p in kinds)
    ):
        sketch.called_child.append(quote[:60])
    if set(words) & {"man", "boy", "husband", "father", "son", "brother"}:
        sketch.n_male += 1
    elif set(words) & {"woman", "girl", "wife", "mother", "daughter", "sister"}:
        sketch.n_female += 1


def note_surroundings(sketch: Sketch, before: str, behind: str) -> None:
    """Note a title before a name, the reign behind it, and whose relative or helper the words before make of it."""
    phrases = speech()
    lead = _tail(before)
    words = words_in(lead)
    for _, phrase, start in phrases.public.found(lead, words):
        if start + len(phrase.split()) == len(words) and lead.rstrip()[-1:] not in {",", "."}:
            sketch.public.append(Hint("title", phrase, ""))
    after = words_in(_head(behind.removeprefix("'s").removeprefix("’s")))
    if after and after[0] in phrases.reigns:
        sketch.public.append(Hint("reign", after[0], ""))
    for kind, phrase, start in phrases.risks.found(lead, words):
        near = len(words) - start - len(phrase.split()) <= 1
        if kind == "minor" and near:
            sketch.called_child.append(phrase)
        elif kind == "helper" and near:
            sketch.risks.append(Hint("helper", phrase, ""))
    if len(words) > 1 and words[-1] in known().kin and (words[-2] in _OWNERS or words[-2] == "the"):
        sketch.kin.append("")
    if " ".join(words[-2:]) in {
        "helped by",
        "help of",
        "assistance of",
        "guided by",
        "sheltered by",
        "hidden by",
        "smuggled by",
    }:
        sketch.risks.append(Hint("helper", " ".join(words[-2:]), ""))
    inside = _inside(behind)
    for kind, phrase, _ in phrases.risks.found("", words_in(inside)):
        if kind in {"witness", "helper"}:
            sketch.risks.append(Hint(kind, phrase, ""))
    ages = [found[0].strip() for found in (_YOUNG.match(inside), _YOUNG_LEAD.search(lead)) if found]
    sketch.called_child += ages
    if not _YEAR.search(lead) and not _YEAR.search(re.split(r"[.!?]\s|\n\s*\n", behind, maxsplit=1)[0]):
        sketch.young += ages
    for part in inside.split(",")[:3]:
        words = words_in(part)
        if words[:1] and words[0] in _ARTICLES and not known().kin.keys() & set(words):
            sketch.called_child += [
                p for kind, p, at in phrases.risks.found("", words[1:4]) if kind == "minor"
            ]
    following = words_in(_sentence(behind))
    if following[:1] and following[0] in {"is", "was"}:
        sketch.called_child += [
            p for kind, p, at in phrases.risks.found("", following[1:5]) if kind == "minor"
        ]
    for words in (following, *map(words_in, _stories(behind))):
        for kind, phrase, start in phrases.risks.found("", words):
            is_own = not any(word in known().kin or word in _OWNERS for word in words[:start])
            if kind in {"held", "contact"} and is_own:
                sketch.risks.append(Hint(kind, phrase, "", is_lasting=True))


def _tail(before: str) -> str:
    """Return what stands before a name within its sentence."""
    cut = max((before.rfind(sign) for sign in _ENDS if not (sign == "." and _is_title(before))), default=-1)
    return before[cut + 1 :]


def _is_title(before: str) -> bool:
    return before.rstrip().rpartition(" ")[2].casefold() in speech().titles


def _head(behind: str) -> str:
    cut = min((place for sign in ".;:!?\n(),–—-" if (place := behind.find(sign)) >= 0), default=len(behind))
    return behind[:cut]


def _sentence(behind: str) -> str:
    """Return what follows a name within its sentence, if it is a verb that follows; nothing after a comma or a semicolon."""
    cut = min((place for sign in ".;:!?\n(," if (place := behind.find(sign)) >= 0), default=len(behind))
    return behind[:cut]


def _stories(behind: str) -> Iterator[str]:
    """Yield the sentences that follow on the name's and begin with a pronoun: "She is in hiding"."""
    rest = _STOP.split(behind)
    for sentence in rest[1:]:
        pronoun, _, told = sentence.strip().partition(" ")
        if pronoun.casefold() not in {"he", "she", "they"}:
            return
        yield told


def _inside(behind: str) -> str:
    """Return an apposition or a bracket right behind a name."""
    bare = behind.lstrip()
    if bare[:1] not in {"(", ",", "–", "—"}:
        return ""
    cut = min((place for sign in ".;)\n" if (place := bare.find(sign, 1)) >= 0), default=len(bare))
    return bare[1:cut]
