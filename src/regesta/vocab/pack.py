"""A lexicon pack: a folder of TOML files, each holding sections of words; reading and adding them up.

    replace = true                        # optional: this file's sections take the place of what stood before
    ranks = '''private, corporal'''       # a set: words and phrases by comma or line
    [facilities]                          # a table: class = words
    detention = '''prison, labour camp'''
    [kin]                                 # rows: names | inverse | gender
    rows = '''son | parent | male'''
    [without]                             # words to take out of a section
    ranks = '''private'''

Literal strings are used because Python's TOML reader takes them whole. Words are lower-cased. What a section means
is the business of `lexicon.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from regesta.errors import VocabularyError

__all__ = ["CLASSES", "SETS", "Sections", "read_packs"]

_SETS: Final = (
    "ranks titles roles role_modifiers companions person_nouns group_nouns flight_nouns vehicles organisations "
    "place_nouns works laws policies status_terms stop_names public_roles prominence reigns disclosures published_works"
)
SETS: Final = frozenset(_SETS.split())
CLASSES: Final[dict[str, frozenset[str] | None]] = {  # None: any class may stand there
    "flight": frozenset(("arrive", "defect", "flee", "seek", "admit", "return", "fail")),
    "facilities": frozenset(
        ("detention", "reception", "medical", "school", "diplomatic", "military", "transport", "other")
    ),
    "nationalities": None,
    "currencies": None,
    "columns": frozenset(
        (
            "name family given birth death age arrival departure date size origin destination vehicle role kin outcome notes "
            "reference index house opened closed capacity population location"
        ).split()
    ),
    "risks": frozenset(
        ("lasting", "held", "detention", "return", "transit", "helper", "witness", "contact", "minor")
    ),
    "delicate": frozenset(
        (
            "kin",
            "helper",
            "health",
            "sexuality",
            "religion",
            "whereabouts",
            "refuge",
            "contact",
            "document",
            "payment",
        )
    ),
}
_MAX_BYTES: Final = 1_000_000  # of one file: a lexicon of a million letters is a mistake
_MAX_FILES: Final = 200


@dataclass(slots=True)
class Sections:
    """The words of all packs read so far, as they are added up."""

    sets: dict[str, dict[str, None]] = field(default_factory=lambda: {name: {} for name in sorted(SETS)})
    classes: dict[str, dict[str, str]] = field(default_factory=lambda: {name: {} for name in CLASSES})
    kin: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Name -> (first name of its row, inverse, gender or "")."""


def read_packs(folders: Iterable[Path]) -> Sections:
    """Return the words of all `*.toml` files in the folders, in order of the folders, then of the file names."""
    sections = Sections()
    for folder in folders:
        if not folder.is_dir():
            raise VocabularyError("no such pack", where=str(folder), hint="expected a folder of TOML files")
        files = sorted(folder.glob("*.toml"))
        if len(files) > _MAX_FILES:
            raise VocabularyError("too many files in a pack", where=str(folder), found=len(files))
        for path in files:
            _add(sections, _read(path), path)
    return sections


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise VocabularyError("pack file is too large", where=str(path), found=path.stat().st_size)
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise VocabularyError("not readable as TOML", where=str(path), hint=str(error)) from error


def _add(sections: Sections, rows: dict[str, Any], path: Path) -> None:
    replace = rows.pop("replace", False)
    without = rows.pop("without", {})
    if not isinstance(replace, bool) or not isinstance(without, dict):
        raise VocabularyError("`replace` is true or false, `without` a table", where=str(path))
    for name, content in rows.items():
        where = f"{path}: {name}"
        if name in SETS:
            if replace:
                sections.sets[name].clear()
            sections.sets[name].update(dict.fromkeys(_words(content, where)))
        elif name in CLASSES:
            if replace:
                sections.classes[name].clear()
            _add_classes(sections.classes[name], content, CLASSES[name], where)
        elif name == "kin":
            if replace:
                sections.kin.clear()
            _add_kin(sections.kin, content, where)
        else:
            known = ", ".join(sorted((*SETS, *CLASSES, "kin")))
            raise VocabularyError(
                "unknown section", where=str(path), found=name, hint=f"expected one of {known}"
            )
    for name, content in without.items():
        target: dict[str, Any] | None = (
            sections.kin if name == "kin" else sections.sets.get(name, sections.classes.get(name))
        )
        if target is None:
            raise VocabularyError("unknown section in `without`", where=str(path), found=name)
        for word in _words(content, f"{path}: without.{name}"):
            target.pop(word, None)


def _words(content: Any, where: str) -> list[str]:
    """Split a string by commas and line ends into lower-case phrases, spaces evened out."""
    if not isinstance(content, str):
        raise VocabularyError(
            "not a list of words", where=where, found=content, hint="write one string, words by comma or line"
        )
    content = content.lower().replace("\n", ",").replace("\t", " ")
    words = [word for piece in content.split(",") if (word := piece.strip())]
    return [" ".join(word.split()) for word in words] if "  " in content else words


def _add_classes(into: dict[str, str], content: Any, allowed: frozenset[str] | None, where: str) -> None:
    if not isinstance(content, dict):
        raise VocabularyError(
            "not a table", where=where, found=content, hint="write [section], then class = words"
        )
    for name, words in content.items():
        if allowed is not None and name not in allowed:
            raise VocabularyError(
                "unknown class", where=where, found=name, hint=f"expected one of {', '.join(sorted(allowed))}"
            )
        for word in _words(words, f"{where}.{name}"):
            into[word] = name


def _add_kin(into: dict[str, tuple[str, str, str]], content: Any, where: str) -> None:
    rows = content.get("rows") if isinstance(content, dict) else None
    if not isinstance(rows, str):
        raise VocabularyError(
            "kin has no rows", where=where, hint="write rows = '''names | inverse | gender'''"
        )
    for line in rows.splitlines():
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.lower().split("|")]
        if len(cells) != 3 or cells[2] not in ("male", "female", ""):
            raise VocabularyError(
                "ill-formed row of kin",
                where=where,
                found=line,
                hint="expected names | inverse | male, female or nothing",
            )
        names = _words(cells[0], where)
        for word in names:
            into[word] = (names[0], cells[1], cells[2])
