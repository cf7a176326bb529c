"""Of whom a text says "he" and of whom "she": the gender of people, as words beside their names and pronouns behind them tell.

    his wife Anna, the actress Berg     a word of kin or a trade that only one of the two has
    Berg came in May. She ...           the pronouns that go on about somebody, where nearly all agree

The ending of a given name only hints at it (`hinted`). What is unknown stays unknown, and fits every pronoun.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Literal

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Said, Scene
from regesta.extraction.usage import ASKED
from regesta.text.span import Span

__all__ = ["PRONOUNS", "PRONOUN_WORDS", "Gender", "gender_of", "hinted", "opens_sentence", "tell_genders"]

Gender = Literal["f", "m"]
PRONOUNS: dict[str, Gender | None] = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "they": None, "them": None, "their": None,
}  # fmt: skip
PRONOUN_WORDS = frozenset(PRONOUNS)
_GENDERED: dict[str, Gender] = {
    "woman": "f", "girl": "f", "lady": "f", "actress": "f", "nun": "f", "widow": "f", "mrs": "f", "ms": "f", "miss": "f",
    "mme": "f", "frau": "f", "señora": "f", "queen": "f", "princess": "f", "countess": "f", "schoolgirl": "f",
    "seamstress": "f", "poetess": "f", "waitress": "f", "midwife": "f", "ballerina": "f", "mother": "f", "sister": "f",
    "man": "m", "actor": "m", "boy": "m", "mr": "m", "sir": "m", "herr": "m", "señor": "m", "king": "m", "prince": "m", "monk": "m",
    "count": "m", "schoolboy": "m", "fisherman": "m", "priest": "m", "businessman": "m", "father": "m", "brother": "m",
    "ballerino": "m", "gentleman": "m", "policeman": "m", "headmistress": "f", "stewardess": "f", "businesswoman": "f",
}  # fmt: skip
_MALE_IN_A = frozenset(
    "nikita ilya luca joshua mustafa musa isa yahya kolya sasha misha vanya petya kostya elisha ezra mirza abdalla abdulla zakaria mika "
    "garcia costa borja andrea yehuda juda hamza taha bela béla jozsa gyula attila csaba pasha agha baba krishna rama shiva tenzin "
    "akira kenta issa moussa zia reza riza rida mulla obama da la".split()
)
_LISTS_ON = re.compile(r",? and\b")


def tell_genders(scene: Scene) -> None:
    """Give people the gender that kinship words, titles and nouns beside their names tell."""
    tokens = scene.tokens
    for passage in scene.passages:
        for said in scene.said[passage.index]:
            if said.form != "name" or said.actor.kind != "person":
                continue
            if not said.is_subject and ASKED.search(
                scene.text, max(passage.span.start, said.span.start - 70), said.span.start
            ):
                _lift(scene, passage, said)
            if said.actor.gender:
                continue
            said.actor.gender = _gender_apposed(scene, passage, said)
            if said.actor.gender:
                continue
            words = tokens.between(max(passage.span.start, said.span.start - 30), said.span.start)
            for index in reversed(words):
                gap = scene.text[tokens.ends[index] : tokens.starts[index + 1]].strip(" .")
                if tokens.possessive[index] or gap not in ("", ",") or (gap and index < words.stop - 1):
                    break
                if gap == "," and _LISTS_ON.match(scene.text, said.span.end) and not _is_of_one(scene, index):
                    break  # "Mama, Rami and I"
                gender = gender_of(scene, tokens.lowers[index])
                if gender:
                    said.actor.gender = gender
                    break
                if index < words.stop - 2 or gap == ",":
                    break  # "Parting from his wife in 1847, Brown"
    _tell_by_pronouns(scene)


def _tell_by_pronouns(scene: Scene) -> None:
    """Give the others the gender of the pronouns that go on about them, where nearly all agree: "Berg came in May. She ..."."""
    votes: dict[int, Counter[Gender]] = {}
    actors: dict[int, Actor] = {}
    for passage in scene.passages:
        row = scene.said[passage.index]
        for said in row:
            actor = said.actor
            if said.form == "name" and said.is_subject and actor.kind == "person" and actor.gender is None:
                told = _gender_after(scene, passage, said)
                if told:
                    actors[id(actor)] = actor
                    votes.setdefault(id(actor), Counter())[told] += 1
    for key, found in votes.items():
        (gender, times), *rest = found.most_common()
        if not rest or times > _FEW * rest[0][1]:
            actors[key].gender = gender


def _gender_after(scene: Scene, passage: Passage, said: Said) -> Gender | None:
    """Return the gender of the first pronoun behind a name that opens its sentence, where nobody else stands between."""
    sentence = passage.sentence_at(said.span.start)
    before = scene.tokens.between(sentence.start, said.span.start)
    if not PRONOUN_WORDS.isdisjoint(scene.tokens.smalls(before)) or not opens_sentence(
        passage, said.span, scene.said[passage.index]
    ):
        return None
    after = passage.sentence_at(min(sentence.end + 2, passage.span.end - 1))
    others = [s for s in scene.said[passage.index] if s.form == "name" and s.actor is not said.actor]
    end = min([after.end, *(s.span.start for s in others if s.span.start > said.span.start)])
    for index in scene.tokens.between(said.span.end, end):
        word = scene.tokens.lowers[index]
        gender = PRONOUNS.get(word)
        if gender and (word not in ("him", "her") or _HERS.match(scene.text, scene.tokens.starts[index])):
            return gender if hinted(said.actor) in (None, gender) else None
        if gender or word in _OTHERS or gender_of(scene, word) or word in scene.lexicon.vehicles:
            return None
    return None


_HERS = re.compile(r"her (?:own )?(?!\w+ly\b|to |in |at |on |for |and |as |back |home |that |when )[a-z]")
_FEW = 3
_OTHERS = frozenset("who whose whom they their".split())
"""Words behind which a pronoun may be of others."""


def _is_of_one(scene: Scene, index: int) -> bool:
    """Whether a word for a relative can only be one's that a name follows: "Her husband, Imre, and their eldest son"."""
    kin = scene.lexicon.kin.get(scene.tokens.lowers[index])
    before = scene.tokens.lowers[index - 1] if index else ""
    return kin is not None and kin.relation in ("husband", "wife") and before in ("his", "her", "my")


def _gender_apposed(scene: Scene, passage: Passage, said: Said) -> Gender | None:
    """Return the gender that an apposition tells: "Rosa Mamani, a widow"."""
    if scene.text[said.span.end : said.span.end + 2] != ", ":
        return None
    words = scene.tokens.between(said.span.end, min(passage.span.end, said.span.end + 40))
    if not words or scene.tokens.lowers[words.start] not in ("a", "an", "the"):
        return None
    for index in words[1:4]:
        if (
            scene.text[scene.tokens.ends[index - 1] : scene.tokens.starts[index]] != " "
            or scene.tokens.lowers[index] == "of"
        ):
            return None
        if gender := None if scene.tokens.possessive[index] else gender_of(scene, scene.tokens.lowers[index]):
            return gender
    return None


def _lift(scene: Scene, passage: Passage, said: Said) -> None:
    """Let a name given as "a woman who asked to be called Maryam" stand where the woman stands: as the subject."""
    row = scene.said[passage.index]
    row[row.index(said)] = replace(said, is_subject=True)
    sentence = passage.sentence_at(said.span.start)
    for index in scene.tokens.between(sentence.start, said.span.start):
        gender = gender_of(scene, scene.tokens.lowers[index])
        if gender and not said.actor.gender:
            said.actor.gender = gender


def gender_of(scene: Scene, word: str) -> Gender | None:
    """Return the gender of whoever a word of kin or a trade is said of, None where it may be either."""
    kin = scene.lexicon.kin.get(word)
    if kin and kin.gender and kin.plural != word:
        return "f" if kin.gender.startswith("f") else "m"
    return _GENDERED.get(word)


def hinted(actor: Actor) -> Gender | None:
    """Return the gender that the ending of the given name suggests."""
    if not actor.is_named or not actor.words or len(actor.words[0]) < 3:
        return None
    first = actor.words[0]
    if first in _MALE_IN_A:
        return "m"
    return (
        "f"
        if first.endswith(("a", "á"))
        else "m"
        if first.endswith(("o", "us", "ov", "slav", "mir"))
        else None
    )


def opens_sentence(passage: Passage, span: Span, said: list[Said]) -> bool:
    """Whether nobody is named in the sentence before the name, so that the sentence is about it."""
    start = passage.sentence_at(span.start).start
    own = next((s.actor for s in said if s.span == span), None)
    return not any(
        start <= s.span.start < span.start and not s.is_possessive and s.actor is not own for s in said
    )
