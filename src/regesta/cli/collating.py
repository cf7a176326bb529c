"""Families and shared passages in a terminal: two tellings, word under word.

    a.txt:4   Idris Benali went with ‹her son  › for ‹Ceuta› by way of the beach
    b.txt:9   Idris Benali went with ‹both sons› for ‹Spain› by way of the beach

Words that differ stand between ‹ ›, in colour where the terminal has it; a dot is nothing. What differs is `sharing.variants`' work.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import click

from regesta.cli.printing import Passages, heading, terminal_width, width

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.chronicle.rows import FindingMemberRow, SharedRow

__all__ = ["collated", "family_as_json", "of_finding", "print_family"]

_MANY: Final = 12
"""Passages of a family that are shown, the longest."""
_NAMES: Final = 30
_LONGEST: Final = 4000
"""Code points of a passage that are laid out."""


def print_family(chronicle: Chronicle, family: str) -> None:
    """Print the sources of a family, what they say of themselves, and their longest shared passages side by side."""
    passages = Passages(chronicle)
    names = _names(chronicle, family)
    click.echo(f"{heading(f'family of {len(names)} sources')}  {click.style(family, dim=True)}")
    for name in names[:_NAMES]:
        click.echo(f"  {name}")
    if len(names) > _NAMES:
        click.echo(f"  and {len(names) - _NAMES:,} more")
    for said in _origins(chronicle, family):
        led = f" ({said['origin']})" if said["origin"] else ""
        place = passages.place(said["source"], said["start_char"], said["end_char"])
        click.echo(f"  {said['how']} from {said['named']}{led}: “{' '.join(said['quote'].split())}”  {place}")
    rows = _shared(chronicle, family)
    for row in rows[:_MANY]:
        click.echo(f"\n{row.words:,} words, {row.alike:.0%} alike")
        for line in collated(chronicle, row, passages):
            click.echo(line)
    if len(rows) > _MANY:
        click.echo(f"\nand {len(rows) - _MANY:,} shorter passages")


def family_as_json(chronicle: Chronicle, family: str) -> dict[str, Any]:
    """Return what `print_family` prints, all of it, as plain values."""
    import dataclasses

    return {
        "family": family,
        "sources": _names(chronicle, family),
        "origins": _origins(chronicle, family),
        "shared": [dataclasses.asdict(row) for row in _shared(chronicle, family)],
    }


def of_finding(chronicle: Chronicle, members: list[FindingMemberRow]) -> list[SharedRow]:
    """Return the shared passages that hold the first two members of a finding, the longest first."""
    from regesta.chronicle.rows import SharedRow

    if len(members) < 2:
        return []
    one, two = members[:2]
    return chronicle.rows(
        SharedRow,
        "a_source = ? and b_source = ? and a_start <= ? and a_end > ? and b_start <= ? and b_end > ?",
        [one.source, two.source, one.start_char, one.start_char, two.start_char, two.start_char],
        order="words desc, a_start, b_start limit 1",
    )


def collated(chronicle: Chronicle, row: SharedRow, passages: Passages) -> Iterator[str]:
    """Yield the lines of two passages, word under word."""
    places = ((row.a_source, row.a_start, row.a_end), (row.b_source, row.b_start, row.b_end))
    one, two = (chronicle.text(source)[start : min(end, start + _LONGEST)] for source, start, end in places)
    labels = [passages.place(*place) for place in places]
    size = min(max(map(width, labels)), terminal_width() // 3)
    labels = [label if width(label) <= size else "…" + label[len(label) - size + 1 :] for label in labels]
    line: list[tuple[str, str, bool]] = []
    used = 0
    room = max(terminal_width() - size - 4, 20)
    for cell in _cells(one, two):
        taken = max(width(cell[0]), width(cell[1])) + 1 + 2 * cell[2]
        if line and used + taken > room:
            yield from _laid_out(line, labels, size)
            yield ""
            line, used, labels = [], 0, ["", ""]
        line.append(cell)
        used += taken
    yield from _laid_out(line, labels, size)


def _cells(one: str, two: str) -> Iterator[tuple[str, str, bool]]:
    """Yield words of both sides that stand under one another, and whether they differ.

    >>> list(_cells("with son to Sund", "with her son to Sund"))
    [('with', 'with', False), ('·', 'her', True), ('son', 'son', False), ('to', 'to', False), ('Sund', 'Sund', False)]
    """
    from regesta.sharing import variants

    at, to = 0, 0
    for each in variants(one, two):
        yield from _same(one[at : each.a.start], two[to : each.b.start])
        a, b = (" ".join(span.of(text).split()) for span, text in ((each.a, one), (each.b, two)))
        yield a or "·", b or "·", True
        at, to = each.a.end, each.b.end
    yield from _same(one[at:], two[to:])


def _same(one: str, two: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the words of two stretches that agree; as a whole where signs between them make different words of them."""
    a, b = _words(one), _words(two)
    if len(a) == len(b):
        yield from ((x, y, False) for x, y in zip(a, b, strict=True))
    else:
        yield " ".join(a), " ".join(b), False


def _words(text: str) -> list[str]:
    """Return the words of a text, each with the signs that stand alone beside it.

    >>> _words(", Ada Brook – pilot")
    [', Ada', 'Brook –', 'pilot']
    """
    found: list[str] = []
    before = ""
    for word in text.split():
        if any(map(str.isalnum, word)):
            found.append(f"{before}{word}")
            before = ""
        elif found:
            found[-1] += f" {word}"
        else:
            before += f"{word} "
    return found


def _laid_out(line: list[tuple[str, str, bool]], labels: list[str], size: int) -> Iterator[str]:
    for side in (0, 1):
        cells = []
        for a, b, is_changed in line:
            word = (a, b)[side] + " " * (max(width(a), width(b)) - width((a, b)[side]))
            cells.append(click.style(f"‹{word}›", fg=("red", "green")[side]) if is_changed else word)
        label = labels[side] + " " * (size - width(labels[side]))
        yield f"  {click.style(label, dim=True)}  {' '.join(cells)}".rstrip()


def _names(chronicle: Chronicle, family: str) -> list[str]:
    return [
        name for (name,) in chronicle.sql("select name from sources where family = ? order by name", [family])
    ]


def _origins(chronicle: Chronicle, family: str) -> list[dict[str, Any]]:
    query = "select o.* from origins o join sources s on s.name = o.source where s.family = ? order by o.source, o.start_char"
    return chronicle.sql(query, [family]).dicts()


def _shared(chronicle: Chronicle, family: str) -> list[SharedRow]:
    from regesta.chronicle.rows import SharedRow

    return chronicle.rows(
        SharedRow, "family = ?", [family], order="words desc, a_source, a_start, b_source, b_start"
    )
