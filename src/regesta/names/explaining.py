"""One pair of names in words, and one name in other spellings: the door to both models where no arrays are needed.

    compare("Kang Minjoo", "Kang Minju")      probability, reason, readings
    normalise("Dr. Müller, Hans")             'hans muller'
    variants("박지수")                         by each system of romanisation

How the two models are weighed is told in `comparing.py`, which compares many. numpy is not needed for Korean names.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from regesta.errors import VocabularyError

if TYPE_CHECKING:
    from regesta.names.korean import Variant

__all__ = ["MAX_KOREAN", "SURE", "Comparison", "compare", "may_be_korean", "normalise", "variants"]

SURE: Final = 4.0
"""Natural logarithm of the odds of being Korean, above which nothing else is asked."""
MAX_KOREAN: Final = 80
"""Characters; no Korean name is longer."""
_FOREIGN: Final = re.compile(
    r"[BbCcDdFfQqRrSsTtVvXxZz\u0370-\u10ff](?:"
    r"(?<=[FfQqVvXxZz\u0370-\u10ff])|(?<=[BbDdTt])[Rr]|(?<=[Rr])[TtDdGgSsNnBbCc]|(?<=[Ss])[TtKkPpLlMmNnCc]"
    r"|(?<=[Dd])[Zz]|(?<=[Tt])[Ss]|(?<=[BbDd])[Hh]|(?<=[Bb])[Ll]|(?<=[Cc])[^\W\d_HhKk])"
)
"""Letters and pairs of letters that romanised Korean names have not, and scripts (Greek to Georgian) that they are not in. Of the
7,200 spellings in public lists that the Korean model reads, one has one; of 20,000 pairs of given name and surname from our
lists, 72 %. A final c is let through ("Dong-ic"). It begins with one set of letters, so that the search is fast."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two strings are spellings of one name."""

    probability: float
    """That they are, the prior being one half."""
    reason: str
    """One sentence."""
    readings: tuple[tuple[str, ...], tuple[str, ...]]
    """What it rests on: of each string the Hangul names that it may stand for, best first; else its words as compared."""
    is_ambiguous: bool
    """The letters truly leave it open."""
    is_korean: bool
    """Both were compared as Korean names."""


def may_be_korean(name: str) -> bool:
    """Return False for what the Korean model need not be asked about: the plain fast test.

    >>> [may_be_korean(x) for x in ("Kang Minjoo", "박지수", "Jang Seong-ic", "Ernst Bloch", "Лев Толстой")]
    [True, True, True, False, False]
    """
    return len(name) <= MAX_KOREAN and _FOREIGN.search(name) is None


def compare(a: str, b: str) -> Comparison:
    """Return whether two strings are spellings of one name, and why.

    >>> compare("Kang Minjoo", "Kang Minju").reason
    'Minjoo and Minju are both 민주'
    >>> compare("Bill Clinton", "William Clinton").probability > 0.9
    True
    """
    from regesta.names.korean import explain
    from regesta.names.korean.reading import parse

    odds = [parse(name).log_odds if may_be_korean(name) else -math.inf for name in (a, b)]
    share = math.prod(1.0 if x >= SURE else 1 / (1 + math.exp(-x)) if x > 0 else 0.0 for x in odds)
    if share == 1.0:
        told = explain(a, b)
        return Comparison(
            told.probability,
            told.reason,
            (tuple(x.hangul for x in told.left), tuple(x.hangul for x in told.right)),
            told.is_ambiguous,
            is_korean=True,
        )
    from regesta.names.general.telling import tell

    general = tell(a, b)
    if share == 0.0:
        return Comparison(
            general.probability, general.reason, general.tokens, general.is_ambiguous, is_korean=False
        )
    korean = explain(a, b)
    chance = share * korean.probability + (1 - share) * general.probability
    readings = (
        (*(x.hangul for x in korean.left), *general.tokens[0]),
        (*(x.hangul for x in korean.right), *general.tokens[1]),
    )
    reason = f"as Korean names: {korean.reason}; as others: {general.reason}"
    is_open = korean.is_ambiguous or 0.2 < chance < 0.9
    return Comparison(chance, reason, readings, is_open, is_korean=share >= 0.5)


def normalise(name: str) -> str:
    """Return a name in small plain letters, given names first where a comma tells, without titles, particles and suffixes.

    Names that differ only in these have one normal form; names of one normal form need not be one.

    >>> normalise("Müller, Hans"), normalise("Dr. Ludwig van Beethoven"), normalise("Лукашенко"), normalise("王小明")
    ('hans muller', 'ludwig beethoven', 'lukashenko', 'wang xiaoming')
    """
    from regesta.names.general.tokens import spell

    return " ".join(spell(name).tokens)


def variants(name: str, system: str | None = None) -> tuple[Variant, ...]:
    """Return how else a name is spelled: a Korean one by each system, another in another script in Latin letters.

    Systems are those of `regesta.names.korean.VARIANT_SYSTEMS`, and `latin` for names that are not Korean.

    >>> [v.text for v in variants("박지수", "mccune-reischauer")], [v.text for v in variants("Антон Чехов")]
    (['Pak Chisu'], ['Anton Chekhov'])

    Raises VocabularyError for a system that there is not.
    """
    from regesta.names.general.folding import romanise
    from regesta.names.korean import VARIANT_SYSTEMS, Variant
    from regesta.names.korean import variants as korean_variants

    if system not in {None, "latin", *VARIANT_SYSTEMS}:
        raise VocabularyError(
            "no system of spelling",
            found=system,
            hint=f"there are {', '.join((*VARIANT_SYSTEMS, 'latin'))}",
        )
    if system != "latin":
        found = korean_variants(name, system)
        if found or system is not None:
            return found
    latin = romanise(name[:200])
    return (Variant(latin, "latin", ""),) if latin != name else ()
