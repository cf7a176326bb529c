"""The lexicon: every list of words that the rules of extraction look things up in, as sets and dictionaries.

    words about people   ranks titles roles companions person_nouns group_nouns kin    singular; plurals in `plurals`
    words for things     vehicles facilities organisations works laws policies ...     singular and plural

All keys are lower case; phrases are words joined by one space. The shipped packs are always loaded, `general` first,
then a project's folders, which add to them or replace sections of them (see `pack.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from regesta.vocab.inflect import plural_of
from regesta.vocab.pack import Sections, read_packs

__all__ = ["Kin", "Lexicon", "lexicon"]

_PACKS: Final = Path(__file__).parent / "packs"
SHIPPED: Final = ("general", "korean")


@dataclass(frozen=True, slots=True)
class Kin:
    """One word for a relative."""

    relation: str
    """The usual word for it: `older brother` for "elder brother"."""
    inverse: str
    """What the other one is to this one, as far as the word says: `parent` of a son."""
    gender: str | None
    """`male`, `female` or None."""
    plural: str
    """Plural of the word; a plural key of `Lexicon.kin` equals it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words of all packs."""

    ranks: frozenset[str]
    """Military, police and party ranks."""
    titles: frozenset[str]
    """What stands before a name, with and without full stop."""
    roles: frozenset[str]
    """Occupations and offices, singular."""
    role_modifiers: frozenset[str]
    """What may stand before a role: former, deputy, high-ranking."""
    kin: Mapping[str, Kin]
    """Words for relatives, singular and plural."""
    companions: frozenset[str]
    """Words for people who are with or close to somebody, singular."""
    person_nouns: frozenset[str]
    """Words for an unnamed human being, singular."""
    group_nouns: frozenset[str]
    """Words for several people together, singular: family, crew."""
    flight: Mapping[str, str]
    """Every inflected form of a verb of flight -> `arrive defect flee seek admit return fail`."""
    flight_nouns: frozenset[str]
    """defection, escape, arrival ..., singular and plural."""
    vehicles: frozenset[str]
    """Singular and plural."""
    facilities: Mapping[str, str]
    """Singular and plural -> `detention reception medical school diplomatic military transport other`."""
    organisations: frozenset[str]
    """Head nouns of names of organisations, singular and plural."""
    place_nouns: frozenset[str]
    """Head nouns of names of places, singular and plural."""
    works: frozenset[str]
    """Singular and plural."""
    laws: frozenset[str]
    """Singular and plural."""
    policies: frozenset[str]
    """Singular and plural."""
    nationalities: Mapping[str, str]
    """What packs add to `places.demonym`: demonym -> country or people."""
    currencies: Mapping[str, str]
    """Symbol or word, singular and plural -> ISO 4217 code."""
    columns: Mapping[str, str]
    """Head of a column, or label of a card, in languages other than English -> what its cells are: `birth`, `arrival`, `capacity` ..."""
    status_terms: frozenset[str]
    """What a refugee asks for or is granted."""
    stop_names: frozenset[str]
    """Words that are capitalised for other reasons and are never a person's name alone."""
    public_roles: frozenset[str]
    """Offices and callings by which somebody is a public figure, singular."""
    prominence: frozenset[str]
    """Words that make what stands beside them public: famous, award-winning."""
    reigns: frozenset[str]
    """What follows the name of a ruler: administration, regime."""
    disclosures: frozenset[str]
    """Words for speaking in public under one's own name."""
    published_works: frozenset[str]
    """Works by which somebody spoke to the public, singular."""
    risks: Mapping[str, str]
    """Word -> what endangers a person: `detention return transit helper witness contact minor`, and `lasting`."""
    delicate: Mapping[str, str]
    """Word -> what is nobody's business: `helper health sexuality religion whereabouts refuge contact ...`."""
    plurals: Mapping[str, str]
    """Plural -> singular of every noun above that has a plural of its own."""
    looked_up: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What was found out of words so far, for who asks the same of each word of a language again and again."""

    dull: dict[str, set[str]] = field(default_factory=dict, repr=False, compare=False)
    """Words that were found to say nothing to a question, under the question's name."""

    def singular(self, word: str) -> str:
        """Return the singular of a plural noun that the lexicon knows, any other word as it is."""
        return self.plurals.get(word, word)

    def is_role(self, word: str) -> bool:
        """Return whether the word or phrase is a role, rank or companion, in the singular or the plural."""
        word = self.plurals.get(word, word)
        return word in self.roles or word in self.ranks or word in self.companions


@lru_cache(maxsize=8)
def lexicon(folders: tuple[Path, ...] = ()) -> Lexicon:
    """Return the words of the shipped packs and of `folders`, each a pack; cached for the life of the process.

    >>> words = lexicon()
    >>> words.flight["crossed over"], words.facilities["prison camps"], words.kin["daughters"].relation
    ('defect', 'detention', 'daughter')
    """
    return _finished(read_packs((*(_PACKS / name for name in SHIPPED), *folders)))


def _finished(sections: Sections) -> Lexicon:
    sets = sections.sets
    plurals: dict[str, str] = {}

    def note(words: Iterable[str]) -> list[str]:
        """Note and return the plurals of words."""
        made = [plural_of(word) for word in words]
        for plural, word in zip(made, words, strict=True):
            if plural != word:
                plurals.setdefault(plural, word)
        return made

    def both(words: Iterable[str]) -> frozenset[str]:
        return frozenset(words).union(note(words))

    for name in ("roles", "ranks", "companions", "person_nouns", "group_nouns"):
        note(sets[name])
    facilities = sections.classes["facilities"]
    plural_facilities = dict(zip(note(facilities), facilities.values(), strict=True))
    currencies = sections.classes["currencies"]
    kin: dict[str, Kin] = {}
    for word, (relation, inverse, gender) in sections.kin.items():
        plural = plural_of(word)
        kin[word] = Kin(relation, inverse, gender or None, plural)
        kin.setdefault(plural, kin[word])
        if plural != word:
            plurals[plural] = word
    return Lexicon(
        ranks=frozenset(sets["ranks"]),
        titles=frozenset(sets["titles"]),
        roles=frozenset(sets["roles"]),
        role_modifiers=frozenset(sets["role_modifiers"]),
        kin=kin,
        companions=frozenset(sets["companions"]),
        person_nouns=frozenset(sets["person_nouns"]),
        group_nouns=frozenset(sets["group_nouns"]),
        flight=sections.classes["flight"],
        flight_nouns=both(sets["flight_nouns"]),
        vehicles=both(sets["vehicles"]),
        facilities=plural_facilities | facilities,
        organisations=both(sets["organisations"]),
        place_nouns=both(sets["place_nouns"]),
        works=both(sets["works"]),
        laws=both(sets["laws"]),
        policies=both(sets["policies"]),
        nationalities=sections.classes["nationalities"],
        currencies={plural_of(w): c for w, c in currencies.items() if len(w) > 3 and w[-1].isalpha()}
        | currencies,
        columns=sections.classes["columns"],
        status_terms=frozenset(sets["status_terms"]),
        stop_names=frozenset(sets["stop_names"]),
        public_roles=frozenset(sets["public_roles"]),
        prominence=frozenset(sets["prominence"]),
        reigns=frozenset(sets["reigns"]),
        disclosures=frozenset(sets["disclosures"]),
        published_works=frozenset(sets["published_works"]),
        risks=sections.classes["risks"],
        delicate=sections.classes["delicate"],
        plurals=plurals,
    )
