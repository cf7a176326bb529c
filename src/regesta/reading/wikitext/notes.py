"""Footnotes of a page: which note a mark means, and the number that readers see.

    <ref name="a">…</ref>     [1]          numbered by first use, group by group
    <ref group="note">…</ref> [note 1]
    <ref name="a" />          [1]          the same note
    {{efn|…}}                 [a]

The note's words may come later than its first mark, or from within <references>. Nothing here lays out text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mwparserfromhell.wikicode import Wikicode

__all__ = ["Note", "Notes"]

_STYLES = ("lower-alpha", "upper-alpha", "lower-roman", "upper-roman", "lower-greek", "decimal")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(slots=True, eq=False)
class Note:
    """One note: its group and number, and its words once they are known."""

    group: str
    label: str
    contents: Wikicode | None = None
    words: str | None = None
    offset: int | None = None
    is_laid: bool = False


@dataclass(slots=True)
class Notes:
    """All notes of a page; a silent one numbers nothing and is for words that are only looked at."""

    is_silent: bool = False
    _by_group: dict[str, list[Note]] = field(default_factory=dict)
    _by_name: dict[tuple[str, str], Note] = field(default_factory=dict)
    _by_words: dict[str, Note] = field(default_factory=dict)

    def cite(self, group: str, name: str, contents: Wikicode | None, offset: int) -> Note | None:
        """Return the note that a mark means, a new one if need be; None for a mark that means nothing."""
        if self.is_silent or (contents is None and not name):
            return None
        note = self._by_name.get((group, name)) if name else None
        if note is None:
            note = self._new(group, contents, offset)
            if name:
                self._by_name[group, name] = note
        elif note.contents is None:
            note.contents = contents
        return note

    def cite_words(self, words: str, offset: int) -> Note | None:
        """Return the note that consists of these words, the same for the same words."""
        if self.is_silent:
            return None
        note = self._by_words.get(words)
        if note is None:
            note = self._by_words[words] = self._new("", None, offset)
            note.words = words
        return note

    def define(self, group: str, name: str, contents: Wikicode | None) -> None:
        """Take the words of a note that is cited elsewhere."""
        if self.is_silent or contents is None:
            return
        note = self._by_name.get((group, name)) or next(
            (n for (_, known), n in self._by_name.items() if known == name and n.contents is None), None
        )
        if note is not None and note.contents is None:
            note.contents = contents

    def next_unlaid(self) -> Note | None:
        """Return the next note to lay out and mark it as laid out: remarks first, since they may cite sources."""
        for group in sorted(self._by_group, key=lambda g: (g == "", list(self._by_group).index(g))):
            for note in self._by_group[group]:
                if not note.is_laid:
                    note.is_laid = True
                    return note
        return None

    def _new(self, group: str, contents: Wikicode | None, offset: int) -> Note:
        notes = self._by_group.setdefault(group, [])
        note = Note(group, _label(group, len(notes) + 1), contents, offset=offset)
        notes.append(note)
        return note


def _label(group: str, number: int) -> str:
    """Return the label that MediaWiki shows.

    >>> _label("", 3), _label("lower-alpha", 28), _label("upper-roman", 4), _label("note", 2)
    ('3', 'ab', 'IV', 'note 2')
    """
    if group in {"", "decimal"}:
        return str(number)
    if group not in _STYLES:
        return f"{group} {number}"
    if group.endswith("roman"):
        label = ""
        for value, sign in _ROMAN:
            label += sign * (number // value)
            number %= value
    elif group.endswith("alpha"):
        label = ""
        while number:
            number, rest = divmod(number - 1, 26)
            label = chr(97 + rest) + label
    else:
        label = "αβγδεζηθικλμνξοπρστυφχψω"[(number - 1) % 24]
    return label.upper() if group.startswith("upper") else label
