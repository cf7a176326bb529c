"""How else a Korean name is spelled: by each system's rules, and as people are seen to spell it.

    박지수   revised Bak Jisu   mccune-reischauer Pak Chisu   north Pak Ji Su   common Park Jisu, Park Jisoo, Park Ji-su

The name may be given in Hangul, Hanja or any romanisation; of an ambiguous one the likeliest reading is spelled. Spellings
that people use come from counts, most used first; nobody's own spelling is known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final

from regesta.errors import VocabularyError
from regesta.names.korean.hangul import northern
from regesta.names.korean.reading import hangul_of, parse
from regesta.names.korean.spelling import DOUBLE_SURNAMES
from regesta.names.korean.systems import mccune, north, plain, revised

__all__ = ["VARIANT_SYSTEMS", "Variant", "family_spellings", "split_name", "variants"]

VARIANT_SYSTEMS: Final = ("revised", "mccune-reischauer", "mccune-reischauer-plain", "north", "common")
"""The systems that `variants` spells in."""
_FILE: Final = Path(__file__).parent / "tables/common.txt"
_FAMILIES: Final = Path(__file__).parent / "tables/families.txt"
"""Common surnames and the spellings of each that are met with; written by hand."""
_MOST: Final = 8  # spellings that people use, of one name


@dataclass(frozen=True, slots=True)
class Variant:
    """One spelling of a name."""

    text: str
    """`Pak Chisu`: surname first."""
    system: str
    """One of `VARIANT_SYSTEMS`."""
    hangul: str
    """The name that is spelled."""


@cache
def _common() -> dict[str, list[tuple[str, float]]]:
    """Return the spellings that people use of a surname or syllable, with shares, by place and Hangul."""
    found = {}
    for line in _FILE.read_text("utf-8").splitlines():
        place, *pairs = line.split(" ")
        found[place] = [(text, int(share) / 100) for text, share in (pair.split("=") for pair in pairs)]
    return found


def split_name(hangul: str) -> tuple[str, str]:
    """Return surname and given name.

    >>> split_name("박지수"), split_name("남궁민수")
    (('박', '지수'), ('남궁', '민수'))
    """
    cut = 2 if hangul[:2] in DOUBLE_SURNAMES and len(hangul) > 2 else 1
    return hangul[:cut], hangul[cut:]


def variants(name: str, system: str | None = None) -> tuple[Variant, ...]:
    """Return how the name is spelled in one system, or in each; nothing for what is no Korean name.

    >>> [v.text for v in variants("Park Jisoo", "mccune-reischauer")], [v.text for v in variants("이철", "north")]
    (['Pak Chisu'], ['Ri Chol'])
    >>> [v.text for v in variants("박지수", "common")][:2], variants("Park Avenue")
    (['Park Jisu', 'Park Ji-su'], ())

    Raises VocabularyError for a system that is not one of `VARIANT_SYSTEMS`.
    """
    if system is not None and system not in VARIANT_SYSTEMS:
        raise VocabularyError(
            "no system of romanisation", found=system, hint=f"there are {', '.join(VARIANT_SYSTEMS)}"
        )
    parsed = parse(name)
    if not parsed.is_korean or parsed.keys[0] < 0:
        return ()
    hangul = hangul_of(parsed.keys[0])
    family, given = split_name(hangul)
    found: dict[tuple[str, str], Variant] = {}
    for one in (system,) if system else VARIANT_SYSTEMS:
        for text in _spell(family, given, one):
            found.setdefault((one, text), Variant(text, one, hangul))
    return tuple(found.values())


def family_spellings(hangul: str) -> tuple[str, ...]:
    """Return how people are seen to spell a surname in Latin letters; nothing for one that is rare.

    >>> family_spellings("이")[:3], family_spellings("xx")
    (('Lee', 'Yi', 'Ri'), ())
    """
    return _families().get(hangul, ())


@cache
def _families() -> dict[str, tuple[str, ...]]:
    lines = (_FAMILIES.read_text("utf-8")).splitlines()
    return {family: tuple(spelled) for family, *spelled in (line.split() for line in lines)}


def _spell(family: str, given: str, system: str) -> list[str]:
    """Return the spellings of a name in one system, the usual first."""
    if system == "revised":
        return [f"{''.join(revised(family)).title()} {''.join(revised(given)).title()}"]
    if system == "north":
        head = "".join(north(northern(family)))
        return [" ".join(part.capitalize() for part in (head, *north(given)))]
    if system in ("mccune-reischauer", "mccune-reischauer-plain"):
        pair = mccune(family, is_kept=True), mccune(given, is_kept=True)
        if system.endswith("plain"):
            pair = plain(pair[0]), plain(pair[1])
        return [" ".join("".join(part).capitalize() for part in pair)]
    return _habitual(family, given)


def _habitual(family: str, given: str) -> list[str]:
    """Return the spellings that people use most, joined and with a hyphen."""
    table = _common()
    rows = [table.get(f"s{family}") or [("".join(revised(family)), 1.0)]]
    rows += [table.get(f"g{syllable}") or [(revised(syllable)[0], 1.0)] for syllable in given]
    chosen = []
    for parts in product(*rows):
        share = 1.0
        for _, one in parts:
            share *= one
        chosen.append((share, [text for text, _ in parts]))
    chosen.sort(key=lambda row: -row[0])
    found = []
    for _, (head, *rest) in chosen[: _MOST // 2]:
        found.append(f"{head.capitalize()} {''.join(rest).capitalize()}")
        if len(rest) > 1:
            found.append(f"{head.capitalize()} {'-'.join(rest).capitalize()}")
    return found
