"""What a unit is, and the table in which the passes write it down: the first sense that a unit gets is its last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from regesta.model.document import BlockKind
from regesta.reading.citing.apparatus import Role, looks_like_reference, strip_edit
from regesta.reading.plain.units import Unit
from regesta.text.span import Span

__all__ = ["Sense", "Senses"]


@dataclass(slots=True)
class Sense:
    """What a unit is."""

    kind: BlockKind
    level: int = 0
    """Of a heading."""
    content: Span | None = None
    """Where it is narrower than the unit's."""
    split: tuple[int, int] | None = None
    """Of a labelled row: the end of the label and the start of its value."""
    role: Role | None = None
    """Of a heading of back matter."""
    is_link: bool = False
    is_flat: bool = False
    """An entry without a bullet: it nests under nothing."""


class Senses:
    """What the passes over one text have found; `found[i]` is None until a pass is sure of unit `i`."""

    def __init__(self, text: str, units: list[Unit]) -> None:
        self.text = text
        self.units = units
        self.found: list[Sense | None] = [None] * len(units)
        """A sense a unit."""
        self._scores: dict[int, int] = {}
        self._n_furniture = 0

    def score(self, index: int) -> int:
        """Return how strongly a unit looks like a citation, by the words that it had when first asked."""
        score = self._scores.get(index)
        if score is None:
            score = self._scores[index] = looks_like_reference(self.units[index].words)
        return score

    def could_score(self, index: int, least: int) -> bool:
        """Return whether the unit's score is as high as that."""
        score = self._scores.get(index)
        return (looks_like_reference(self.units[index].words, least) if score is None else score) >= least

    def is_first(self, index: int) -> bool:
        """Return whether nothing but furniture stands above the unit."""
        while self._n_furniture < index:
            sense = self.found[self._n_furniture]
            if sense is None or sense.kind != "furniture":
                return False
            self._n_furniture += 1
        return True

    def set(self, index: int, sense: Sense) -> None:
        """Give a unit its sense, unless it has one."""
        if self.found[index] is None:
            self.found[index] = sense

    def free(self, *kinds: str) -> Iterator[tuple[int, Unit]]:
        """Yield the units of these kinds that have no sense yet."""
        for index, unit in enumerate(self.units):
            if self.found[index] is None and unit.kind in kinds:
                yield index, unit

    def heading(self, index: int, role: Role | None = None) -> Sense:
        """Return the sense of a heading, its "[edit]" and colon left out of the content."""
        unit = self.units[index]
        words = strip_edit(unit.words)
        words = words.rstrip(" :") if not words.endswith("::") else words
        end = unit.content.start + max(1, len(words))
        return Sense("heading", content=Span(unit.content.start, end), role=role, level=unit.level)
