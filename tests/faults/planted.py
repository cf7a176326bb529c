"""What is wrong, what only looks wrong and what holds in a register of the corpus, found in its texts by their quotes.

    [[fault]]   planted: a finding of one of `kinds` should touch it, and none may call it `ok`
    [[trap]]    looks like a fault of `kinds` and is none: an error or warning that rests on it is false
    [[holds]]   a relation that can be checked and is right: worth a finding `ok`
    [[also_true]]  nobody planted it, a reader judged a finding of it true

`kinds` begins with the kind that is meant; what follows fits as well. `at` are the passages: `[source, quote]`, with a longer
passage or a number (the how manieth, from 1) after it where the quote stands more than once.
It judges no finding: `score` does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["HERE", "Place", "Row", "Truth", "TruthError", "documents_of", "load", "registers"]

HERE = Path(__file__).parent


class TruthError(Exception):
    """A truth file that does not say what it must, or a quote that does not stand in its document."""


@dataclass(frozen=True, slots=True)
class Place:
    """One passage."""

    source: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One fault, trap, relation that holds, or finding judged true."""

    kinds: tuple[str, ...]
    severities: tuple[str, ...]
    says: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """All of one register."""

    name: str
    sealed: bool
    faults: tuple[Row, ...]
    traps: tuple[Row, ...]
    holds: tuple[Row, ...]
    also_true: tuple[Row, ...]


def registers(part: str = "open") -> list[Path]:
    """Return the folders of the open registers, of the `fresh` or `later` ones, or of the `sealed` ones, on which nobody tunes."""
    return sorted(p.parent for p in (HERE if part == "open" else HERE / part).glob("*/truth.toml"))


def documents_of(folder: Path) -> list[Path]:
    """Return the documents of a register."""
    return sorted(p for p in folder.iterdir() if p.is_file() and p.name != "truth.toml")


def load(folder: Path, texts: Mapping[str, str]) -> Truth:
    """Return the truth of a register, each quote at its place in `texts`; `TruthError` where one is not there."""
    said = tomllib.loads((folder / "truth.toml").read_text("utf-8"))
    if unknown := set(said) - {"note", "fault", "trap", "holds", "also_true"}:
        raise TruthError(f"{folder.name}: {sorted(unknown)}")

    def rows(key: str, saying: str, severities: Sequence[str] = ()) -> tuple[Row, ...]:
        return tuple(
            Row(
                tuple(row["kinds"]),
                tuple(row.get("severity", severities)),
                row[saying],
                tuple(_place(folder.name, texts, at) for at in row["at"]),
            )
            for row in said.get(key, [])
        )

    return Truth(
        folder.name,
        folder.parent.name == "sealed",
        rows("fault", "says"),
        rows("trap", "why"),
        rows("holds", "says", ["ok"]),
        rows("also_true", "says", ["error", "warning", "info"]),
    )


def _place(register: str, texts: Mapping[str, str], at: Sequence[Any]) -> Place:
    source, quote, *rest = at
    text = texts.get(source)
    if text is None:
        raise TruthError(f"{register}: no document {source}")
    within, start = (rest[0] if rest else 1), 0
    if isinstance(within, str):
        start = _only(register, source, text, within)
        if quote not in within:
            raise TruthError(f"{register}/{source}: {quote!r} is not in {within!r}")
        start += within.index(quote)
    elif rest:
        start = -1
        for _ in range(within):
            start = text.find(quote, start + 1)
    else:
        start = _only(register, source, text, quote)
    if start < 0:
        raise TruthError(f"{register}/{source}: {quote!r} does not stand there")
    return Place(source, quote, start, start + len(quote))


def _only(register: str, source: str, text: str, quote: str) -> int:
    if text.count(quote) != 1:
        raise TruthError(f"{register}/{source}: {quote!r} stands there {text.count(quote)} times")
    return text.index(quote)
