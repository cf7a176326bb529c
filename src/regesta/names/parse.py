"""The parts of a personal name, from its text alone.

    Ludwig van Beethoven      given "Ludwig"   particles "van"   family "Beethoven"
    Pollack, Andrew           given "Andrew"                     family "Pollack"     inverted
    Martin Luther King, Jr.   given "Martin Luther"              family "King"        suffix "Jr."
    Chiang Kai-shek           given "Kai-shek"                   family "Chiang"      family first

Titles and ranks are the caller's to take off first. A name that has one word is a family name if only the list of surnames
knows it, else a given name. Nothing is looked up but the lists of this room; nothing is guessed about who is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from regesta.names.lists import asian_surnames, fold, is_east_asian_given, is_given, is_surname, is_weak

__all__ = ["PARTICLES", "SUFFIXES", "PersonName", "is_family_first", "parse_name"]

_PARTICLE_WORDS: Final = (
    "van von de der den het ter ten te zu zum zur vom af av dos da do das di del della dello dei degli du des la le "
    "los las lo y e i al el ul ol as ash ad at an bin binti ibn walet ag ould ole ben bint bar abu abou umm um st sankt ap ab mac nic ni ua "
    "wa in't 't d' l' op aan bij tot thoe und et ve"
)
PARTICLES: Final = frozenset(_PARTICLE_WORDS.split())
"""Words that join a name's parts, lower case; some texts write them with a capital."""
_SUFFIX_WORDS: Final = "jr jr. sr sr. jnr snr jun. sen. ii iii iv vi vii viii ix esq esq. phd ph.d ph.d. md m.d. obe mbe cbe kbe kcb qc kc sj s.j. osb"
SUFFIXES: Final = frozenset(_SUFFIX_WORDS.split())
"""Words that stand behind a name, lower case."""
_MAX_NAME: Final = 200  # letters
_SPACES: Final = re.compile(r"[\s\u00a0]+")
_GLUED: Final = re.compile(r"(?:al|el|ash|as|ad|an|ar|at|az)[-‐‑]\w", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name in its parts, each as written."""

    given: str
    """Given and middle names and initials; may be empty."""
    family: str
    """Without particles that are words of their own; may be empty."""
    particles: tuple[str, ...] = ()
    """In order, as written: `van der`."""
    suffix: str | None = None
    """As written: `Jr.`."""
    is_inverted: bool = False
    """Written as `family, given`."""
    is_family_first: bool = False
    """Written family first without a comma, as in East Asia."""

    @property
    def surname(self) -> str:
        """The family name with its particles: `van Beethoven`."""
        return " ".join((*self.particles, self.family)) if self.family else ""


def parse_name(text: str) -> PersonName:
    """Return the parts of a name.

    >>> parse_name("Pollack, Andrew")
    PersonName(given='Andrew', family='Pollack', particles=(), suffix=None, is_inverted=True, is_family_first=False)
    >>> parse_name("Ursula von der Leyen").surname, parse_name("A. N. Lan'kov").family
    ('von der Leyen', "Lan'kov")
    >>> parse_name("Mao Zedong").family, parse_name("Bashar al-Masri").family, parse_name("Kim Basinger").family
    ('Mao', 'al-Masri', 'Basinger')
    """
    text = _SPACES.sub(" ", text[:_MAX_NAME]).strip(" ,;")
    front, comma, behind = text.partition(",")
    suffix = None
    behind = behind.strip()
    if comma and behind.lower() in SUFFIXES:
        words, suffix, behind = front.split(" "), behind, ""
    elif comma and ", " in behind and behind.partition(", ")[0].lower() in SUFFIXES:
        suffix, _, behind = behind.partition(", ")  # "King, Jr., Martin Luther"
        words = front.split(" ")
    elif comma and ", " in behind and behind.rpartition(", ")[2].lower() in SUFFIXES:
        behind, _, suffix = behind.rpartition(", ")  # "King, Martin Luther, Jr."
        words = front.split(" ")
    else:
        words = front.split(" ")
    if len(words) > 1 and suffix is None and words[-1].lower() in SUFFIXES:
        suffix = words.pop()
    if behind:
        particles, family = _split_particles(words)
        given_words = behind.split(" ")
        while len(given_words) > 1 and given_words[-1].lower() in PARTICLES:
            particles = (given_words.pop(), *particles)  # "Beethoven, Ludwig van"
        return PersonName(
            given=" ".join(given_words), family=family, particles=particles, suffix=suffix, is_inverted=True
        )
    if is_family_first(words):
        return PersonName(given=" ".join(words[1:]), family=words[0], suffix=suffix, is_family_first=True)
    if len(words) == 1:
        alone = words[0]
        is_family = (is_surname(alone) and not is_given(alone)) or bool(_GLUED.match(alone))
        return PersonName(given="" if is_family else alone, family=alone if is_family else "", suffix=suffix)
    cut = next(
        (
            i
            for i, word in enumerate(words[1:-1], 1)
            if word in PARTICLES or (word.lower() in PARTICLES and i > 1)
        ),
        len(words) - 1,
    )
    particles, family = _split_particles(words[cut:])
    return PersonName(given=" ".join(words[:cut]), family=family, particles=particles, suffix=suffix)


def is_family_first(words: list[str]) -> bool:
    """Return whether the words are an East Asian name in its own order: a surname, then syllables of a given name.

    "Lee Harvey Oswald" and "Kim Basinger" are not: what follows is no such syllable. Where both orders are possible
    ("Kim Young") the family is taken to stand first.

    >>> [is_family_first(x.split()) for x in ("Kim Min-su", "Mao Zedong", "Nguyen Van Thieu", "Lee Marvin")]
    [True, True, True, False]
    """
    if not 2 <= len(words) <= 4 or fold(words[0]).replace("'", "") not in asian_surnames():
        return False
    rest = words[1:]
    if not all(word[:1].isupper() for word in rest) or not all(is_east_asian_given(word) for word in rest):
        return False
    last = rest[-1]
    is_western = is_given(words[0]) and "-" not in last and fold(last) not in asian_surnames()
    return not (is_western and is_surname(last) and not is_weak(words[0]) and not _is_two_syllables(rest))


def _is_two_syllables(words: list[str]) -> bool:
    """Return whether the given name has two words or a hyphen."""
    return len(words) == 2 or "-" in words[0]


def _split_particles(words: list[str]) -> tuple[tuple[str, ...], str]:
    """Return the leading particles and the rest; the last word is never a particle."""
    cut = 0
    while cut < len(words) - 1 and words[cut].lower() in PARTICLES:
        cut += 1
    return tuple(words[:cut]), " ".join(words[cut:])
