"""Why two mentions are one, and why a passage was left out, in the language of the reader.

    the same role: captain, +3.2     ──►  같은 역할: captain, +3.2
    X104                             ──►  순서를 말하는 수이며 세는 수가 아닙니다.

A build writes its reasons in English, phrase by phrase, each with its weight; the phrases are few and stand in `PHRASES`, their
words in the catalogue. A phrase that is not among them is shown as it is, and `lang` says so. Nothing here judges.
"""

from __future__ import annotations

import re
from typing import Final

from regesta.pages.summing import Summary
from regesta.pages.wording import Words

__all__ = ["NOTES", "PHRASES", "left_out", "note_of", "phrase_of", "reason_of"]

PHRASES: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("not_compared", r"not compared"),
        ("entries", r"two entries of one document"),
        ("impossible", r"what is told of both cannot be true of one person"),
        ("one_name", r"one name"),
        ("same_name", r"the same name"),
        ("other_order", r"the same name in another order"),
        ("spellings", r"one name in two spellings"),
        ("perhaps", r"perhaps one name in two spellings \((?P<share>[\d.]+) %\)"),
        ("called", r"both are called (?P<what>.+)"),
        ("told_with", r"both told of with (?P<what>.+)"),
        ("number", r"both are (?P<share>\d+)"),
        ("described", r"described in the same words"),
        ("title_shares", r"the title shares (?P<what>.+)"),
        ("title_tells", r"the title tells of (?P<what>.+)"),
        ("cited", r"the reference is cited where they are told of"),
        ("fits", r"what is told of (?P<noun>.+) fits the same years"),
        ("day", r"(?P<noun>.+) on the same day"),
        ("month", r"(?P<noun>.+) in the same month"),
        ("year", r"(?P<noun>.+) in the same year"),
        ("near", r"(?P<noun>.+) a year apart at most"),
        ("apart", r"(?P<noun>.+) at other times"),
        ("far", r"(?P<noun>.+) many years apart"),
        ("next", r"(?P<noun>.+) one apart"),
        ("another", r"another (?P<noun>.+)"),
        ("nothing", r"nothing shared in (?P<noun>.+)"),
        ("little", r"(?P<noun>.+) says little"),
        ("shared", r"the same (?P<noun>[^:]+): (?P<what>.+)"),
        ("equal", r"the same (?P<noun>.+)"),
    )
)
"""By the key of its words in `because`; the first that fits all of a phrase is taken."""

_BORNE: Final = ", that others may bear"
_WEIGHT: Final = re.compile(r"(?P<said>.+), (?P<weight>[+-]\d+(?:\.\d+)?)")


def reason_of(reason: str, words: Words) -> Summary:
    """Return why two are one, without their names, which stand beside it anyway; in English the sentence as it is.

    >>> from regesta.pages.wording import words_of
    >>> reason_of("A and B: the same age, +3.0; described in the same words", words_of("ko"))
    Summary(text='같은 나이, +3.0; 같은 말로 그려짐', lang='ko')
    """
    if words.language == "en":
        return Summary(reason, "en")
    told = []
    for part in (reason.partition(": ")[2] or reason).split("; "):
        weighed = _WEIGHT.fullmatch(part)
        said = phrase_of(weighed["said"] if weighed else part, words)
        if said.lang == "en":
            return Summary(reason, "en")
        told.append(f"{said.text}, {weighed['weight']}" if weighed else said.text)
    return Summary("; ".join(told), words.language)


def phrase_of(said: str, words: Words) -> Summary:
    """Return one thing that speaks for two being one, or against it, without its weight."""
    if words.language == "en":
        return Summary(said, "en")
    bare = said.removesuffix(_BORNE)
    for name, pattern in PHRASES:
        match = pattern.fullmatch(bare)
        if match is None:
            continue
        values = match.groupdict()
        if "noun" in values:
            values["noun"] = words.named("because_noun", values["noun"].replace(" ", "_"))
        text = words(f"because.{name}", **values)
        return Summary(text + (words("because.borne") if bare != said else ""), words.language)
    return Summary(said, "en")


NOTES: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("minor", r".+: a minor is not released by name"),
        ("people", r".+: somebody at risk needs (?P<needed>\d+) people, (?P<released>\d+) released"),
        ("same", r".+: \S+ is released, but \S+ is withheld and is the same person: the withhold holds"),
        (
            "holds",
            r".+: withheld by (?P<withhold>\S+) and released by (?P<release>\S+) after that: the withhold holds, .+",
        ),
        ("later", r"(?P<release>\S+): a release of a later day does not hold yet"),
        ("lapsed", r"(?P<release>\S+): this release lapsed; .+"),
    )
)
"""What a plan says of the decisions about somebody, by the key of its words in `expose_note`."""


def note_of(note: str, words: Words) -> Summary:
    """Return what a plan says of the decisions about the one that a page is about, who need not be named again.

    >>> from regesta.pages.wording import words_of
    >>> note_of("e-1: somebody at risk needs 2 people, 1 released", words_of("en")).text
    'Somebody at risk needs 2 different people to release them; 1 did so far.'
    >>> note_of("it rains", words_of("ko"))
    Summary(text='it rains', lang='en')
    """
    for name, pattern in NOTES:
        match = pattern.fullmatch(note)
        if match is not None:
            return Summary(words(f"expose_note.{name}", **match.groupdict()), words.language)
    return Summary(note, "en")


def left_out(code: str, reason: str, words: Words) -> Summary:
    """Return why a passage was left out: what its code says where `reason` is "", and in another language than English.

    >>> from regesta.pages.wording import words_of
    >>> left_out("X101", '"one" is a pronoun here', words_of("en")).text, left_out("X999", "new", words_of("ko"))
    ('"one" is a pronoun here', Summary(text='new', lang='en'))
    """
    known = words.entries.get(f"left_out.{code}")
    if known and (words.language != "en" or not reason):
        return Summary(known, words.language)
    return Summary(reason or code, "en")
