"""The walk through parsed wikitext that lays out what a reader of the page would see.

    == 1968 ==                          heading
    * [[Kim Il|Kim]] fled.<ref>…</ref>  list_item "Kim fled.[1]"        Marker "1", note kept for the end
    ** nested                           list_item, level 2
    {{Infobox person|name=Kim}}         term "name", definition "Kim"
    {| … |}                             table > row > cell

Structure is by lines: a line end ends a list item, two end a paragraph. Within `flat` blocks (cells, headings, notes)
only line breaks are made. Positions in the raw text are kept for the outermost nodes, tables' rows and their cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mwparserfromhell.nodes import (
    Argument,
    Comment,
    ExternalLink,
    Heading,
    HTMLEntity,
    Node,
    Tag,
    Template,
    Text,
    Wikilink,
)
from mwparserfromhell.wikicode import Wikicode

from regesta.reading.citing.sections import entry_kind
from regesta.reading.laying.layout import Draft, Layout
from regesta.reading.laying.rows import LaidTable
from regesta.reading.wikitext.expand import arguments, expand, template_name
from regesta.reading.wikitext.masking import BLOCK, BREAK, NOTHING
from regesta.reading.wikitext.notes import Note, Notes
from regesta.reading.wikitext.parsing import parse
from regesta.reading.wikitext.tables import lay_out_table
from regesta.text.span import Span

__all__ = ["LaidEntry", "Walker"]

_FILE = re.compile(
    r"\s*(?:file|image|media|datei|bild|fichier|archivo|imagen|plik|файл|ficheiro|파일|ファイル)\s*:",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"\s*(?:(?i:(category|kategorie|catégorie|categoría|categoria|kategoria|категория|категорія|분류|분類|カテゴリ))|[a-z]{2,3}(?:-[a-z]{2,8})?)"
    r"\s*:\s*(?=\S)"
)
_FILE_OPTION = re.compile(
    r"(?:thumb(?:nail)?|frame(?:d|less)?|border|left|right|center|none|upright(?:[ =].*)?|\d{0,4}x?\d{1,4} ?px|baseline|sub|super|top|"
    r"text-top|middle|bottom|text-bottom|mini|miniatur|hochkant.*|links|rechts|vignette|gauche|droite|miniaturadeimagen|"
    r"(?:alt|link|page|lang|class|thumbtime|start|end)\s?=.*)",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = re.compile(f"__[A-Z]{{3,20}}__|{NOTHING}+|^-{{4,}}", re.MULTILINE)


@dataclass(slots=True)
class LaidEntry:
    """A footnote or an entry of a bibliography that was laid out, with the citation templates that it holds."""

    block: Draft
    kind: str
    label: str = ""
    note: Note | None = None
    citations: list[dict[str, str]] = field(default_factory=list)
    url: str | None = None


@dataclass(slots=True)
class Walker:
    """What has been laid out so far."""

    notes: Notes = field(default_factory=Notes)
    layout: Layout = field(default_factory=Layout)
    tables: list[LaidTable] = field(default_factory=list)
    entries: list[LaidEntry] = field(default_factory=list)
    marks: list[tuple[Span, str, Note]] = field(default_factory=list)
    aside: list[tuple[str, int]] = field(default_factory=list)
    """Words left for the end of the text, and where they came from."""
    problems: list[tuple[Span, str, str]] = field(default_factory=list)
    flat: int = 0
    offset: int = 0
    _depth: int = 0
    newlines: int = 1
    _prefix: str = ""
    _items: list[tuple[str, Draft | None]] = field(default_factory=list)
    _counters: dict[int, int] = field(default_factory=dict)
    _section: str = ""
    _has_heading: bool = False
    entry: LaidEntry | None = None

    def walk(self, code: Wikicode, offset: int | None = None) -> None:
        """Lay out nodes; `offset` is where the first stands in the raw text, None where nobody knows."""
        if self._depth > 40:  # templates within links within templates: nobody writes so
            self.write(str(code))
            return
        self._depth += 1
        at = offset
        for node in code.nodes:
            if at is not None:
                self.offset = at
                at += len(str(node))
            self._node(node)
        self._depth -= 1

    def finish(self) -> None:
        """Lay out the notes and what was left aside, at the end of the text."""
        self.end_lists()
        self.layout.new_paragraph()
        while note := self.notes.next_unlaid():
            self._lay_out_note(note)
        self.layout.paragraph_kind = "furniture"
        for words, offset in self.aside:
            self.layout.new_paragraph(offset)
            self.layout.write(words)
            self.layout.paragraph_gap = 1
        self.layout.new_paragraph()

    def plain(self, code: Wikicode | str | None) -> str:
        """Return nodes as readable words on one line, without footnote marks."""
        if code is None:
            return ""
        if isinstance(code, str):
            return _WORDS.sub("", code).replace(BLOCK, " ").replace(BREAK, "\n").strip()
        inner = Walker(notes=Notes(is_silent=True))
        inner.flat, inner._depth = 1, self._depth + 1
        draft = inner.layout.open("paragraph")
        inner.walk(code)
        inner.layout.close(draft)
        return inner.layout.text().strip()

    # Lines and words ------------------------------------------------------------------------------------------------

    def _node(self, node: Node) -> None:
        if isinstance(node, Text):
            self._text(str(node))
        elif isinstance(node, Template):
            expand(self, node)
        elif isinstance(node, Wikilink):
            self._link(node)
        elif isinstance(node, Tag):
            self._tag(node)
        elif isinstance(node, Heading):
            self._heading(node)
        elif isinstance(node, ExternalLink):
            self.begin_line()
            if self.entry is not None and self.entry.url is None:
                self.entry.url = str(node.url).strip()
            if node.title is not None and str(node.title).strip():
                self.walk(node.title)
            else:
                self.write(self.plain(node.url))
        elif isinstance(node, HTMLEntity):
            self.write(_entity(node))
        elif isinstance(node, Argument):
            if node.default is not None:
                self.walk(node.default)
        elif not isinstance(node, Comment):
            self.write(str(node))

    def _text(self, words: str) -> None:
        words = _WORDS.sub("", words)
        at = self.offset
        for n, line in enumerate(words.split("\n")):
            if n:
                self._line_end()
                self.offset = at
            if line.strip(f" \t\r{BLOCK}{BREAK}"):
                self.begin_line()
                self.write(line)
            elif line:
                self.write(line)
            at += len(line) + 1

    def _line_end(self) -> None:
        self.newlines += 1
        if self.flat:
            if self.newlines >= 2:
                self.layout.newline()
            else:
                self.layout.write(" ")
        elif self.newlines >= 2 and not self._items:
            self.layout.new_paragraph()
        elif not self._items:
            self.layout.write(" ")

    def begin_line(self) -> None:
        """Open what the marks at the line's beginning ask for; called before any words."""
        if not self.newlines:
            return
        is_paragraph_end = self.newlines >= 2
        self.newlines = 0
        if self.flat:
            self._prefix = ""
            return
        prefix, self._prefix = self._prefix, ""
        if not prefix:
            if self._items:
                self.end_lists()
                is_paragraph_end = True
            if is_paragraph_end or self.layout.top is None:
                self.layout.new_paragraph(self.offset)
            return
        self._open_item(prefix)

    def write(self, words: str) -> None:
        """Append words to what is open, line breaks of tags included."""
        if BLOCK in words or BREAK in words:
            for piece in re.split(f"({BLOCK}|{BREAK})", words):
                if piece == BREAK or (piece == BLOCK and (self.flat or self._items)):
                    self.layout.newline()
                elif piece == BLOCK:
                    self.layout.new_paragraph(self.offset)
                else:
                    self.layout.write(piece)
            return
        self.layout.write(words)

    # Lists ----------------------------------------------------------------------------------------------------------

    def _open_item(self, prefix: str) -> None:
        level, last = len(prefix), prefix[-1]
        common = 0
        while common < min(len(self._items), level) and _same_list(self._items[common][0], prefix[common]):
            common += 1
        keep = min(common, level - 1)
        before = self._items[keep][0] if keep < len(self._items) else ""
        while len(self._items) > keep:
            sign, ended = self._items.pop()
            if ended is not None:
                self.layout.close(ended)
            if len(self._items) >= level or sign != last:
                self._counters.pop(len(self._items), None)
        for sign in prefix[len(self._items) : -1]:
            self._items.append((sign, None))
        draft: Draft | None = None
        if last in "*#":
            draft = self._open_list_item(level, last)
        elif last == ";":
            draft = self.layout.open("term", origin=self.offset)
        elif before in {";", "d"}:
            draft = self.layout.open("definition", prefix="  ", gap=1, origin=self.offset)
            last = "d"
        else:
            self.layout.new_paragraph(self.offset)
        self._items.append((last, draft))

    def _open_list_item(self, level: int, sign: str) -> Draft:
        marker = "•"
        if sign == "#":
            self._counters[level - 1] = self._counters.get(level - 1, 0) + 1
            marker = f"{self._counters[level - 1]}."
        prefix = "  " * min(level - 1, 12) + marker + " "
        if level == 1 and self._section and entry_kind(self._section, "pp. 1. https://x.example"):
            draft = self.layout.open("bibliography", marker=marker, prefix=prefix, gap=1, origin=self.offset)
            self.entry = LaidEntry(draft, self._section)
            self.entries.append(self.entry)
            return draft
        return self.layout.open(
            "list_item", level=level, marker=marker, prefix=prefix, gap=1, origin=self.offset
        )

    def end_lists(self) -> None:
        """End all open list items."""
        while self._items:
            _, draft = self._items.pop()
            if draft is not None:
                self.layout.close(draft)
        self._counters.clear()
        self.entry = None

    # Nodes ----------------------------------------------------------------------------------------------------------

    def _heading(self, node: Heading) -> None:
        if self.flat:
            self.walk(node.title)
            return
        self.end_lists()
        draft = self.layout.open("heading", level=min(6, max(1, node.level)), origin=self.offset)
        self.walk_flat(node.title)
        self.layout.close(draft)
        self._section = self.plain(node.title) if self._has_heading or node.level > 1 else ""
        self._has_heading = True
        self.newlines = 1

    def walk_flat(self, code: Wikicode, offset: int | None = None) -> None:
        """Lay out nodes within a cell, a heading or a note, where only lines break."""
        self.flat += 1
        newlines, self.newlines = self.newlines, 0
        self.walk(code, offset)
        self.newlines = newlines
        self.flat -= 1

    def _link(self, node: Wikilink) -> None:
        title = str(node.title)
        if _FILE.match(title):
            self._picture(node)
            return
        outside = _OUTSIDE.match(title)
        if outside and (node.text is None or outside[1]):
            self.aside.append((f"{self.plain(node.title)}", self.offset))
            return
        self.begin_line()
        if node.text is not None and str(node.text).strip():
            self.walk(node.text)
        elif node.text is not None:  # the "pipe trick" leaves out what stands in brackets
            self.write(re.sub(r"\s*\([^()]{1,80}\)$|,.{1,80}$|^[^:]{1,30}:", "", self.plain(node.title)))
        else:
            self.write(self.plain(node.title).lstrip(":").removeprefix("#"))

    def _picture(self, node: Wikilink) -> None:
        """Lay out the caption of a picture: the last of its options that is none."""
        if node.text is None or self.flat:
            return
        options = str(node.text)
        parts = _split_options(options)
        caption = next(
            (p for p in reversed(parts) if p.strip() and not _FILE_OPTION.fullmatch(p.strip())), None
        )
        if caption is None:
            return
        self.end_lists()
        draft = self.layout.open("caption", origin=self.offset)
        nodes = node.text if len(parts) == 1 else parse(caption)
        self.walk_flat(nodes)
        self.layout.close(draft)
        self.newlines = max(self.newlines, 1)

    def _tag(self, node: Tag) -> None:
        name = str(node.tag).strip().lower()
        markup = node.wiki_markup
        if markup and markup in "*#:;" and name in {"li", "dt", "dd"}:
            self._list_mark(markup)
        elif name == "ref":
            self._reference(node)
        elif name == "references":
            self.note_list(node.contents)
        elif name == "table":
            lay_out_table(self, node)
        elif name in {"pre", "syntaxhighlight", "source", "score", "timeline"} and not self.flat:
            self._preformatted(node)
        elif name == "gallery":
            self._gallery(str(node.contents))
        elif name in {"blockquote", "poem"} and not self.flat:
            self.quote([node.contents])
        elif name in {"imagemap", "inputbox", "hiero"}:
            self.aside.append((" ".join(str(node.contents).split())[:200], self.offset))
        elif name in {"li", "dt", "dd", "caption"} and not markup:
            self.layout.newline()
            self.walk(node.contents or parse(""))
        elif name == "hr":
            self.newlines = max(self.newlines, 1)
        elif node.contents is not None:
            if str(node.contents).strip():
                self.begin_line()
            if name in {"nowiki", "math", "code"}:
                self.write(str(node.contents))
            else:
                self.walk(node.contents)

    def _list_mark(self, markup: str) -> None:
        if self.flat:
            if self.newlines or markup != ":":
                self.layout.newline()
            else:
                self.write(":")
            return
        if self.newlines:
            self._prefix += markup
        elif markup == ":" and self._items and self._items[-1][0] == ";":
            _, draft = self._items.pop()  # "; term : definition" on one line
            if draft is not None:
                self.layout.close(draft)
            self._items.append(("d", self.layout.open("definition", prefix="  ", gap=1, origin=self.offset)))
        else:
            self.write(markup)

    def _preformatted(self, node: Tag) -> None:
        self.end_lists()
        draft = self.layout.open("preformatted", origin=self.offset)
        words = str(node.contents).replace(NOTHING, "").strip("\n")
        if words.strip():
            self.layout.put(words)
        self.layout.close(draft)

    def quote(self, parts: Sequence[Wikicode]) -> None:
        """Lay out a quotation, each part a paragraph of it."""
        self.end_lists()
        draft = self.layout.open("quote", origin=self.offset)
        for part in parts:
            self.newlines = 1
            self.layout.new_paragraph(self.offset)
            self.walk(part)
        self.end_lists()
        self.layout.close(draft)
        self.newlines = 1

    def _gallery(self, words: str) -> None:
        for line in words.split("\n"):
            name, bar, caption = line.partition("|")
            if bar and not self.flat:
                parts = [p for p in _split_options(caption) if not _FILE_OPTION.fullmatch(p.strip())]
                draft = self.layout.open("caption", gap=1, origin=self.offset)
                self.walk_flat(parse("|".join(parts)))
                self.layout.close(draft)
            del name

    # Footnotes ------------------------------------------------------------------------------------------------------

    def _reference(self, node: Tag) -> None:
        group = self.attribute(node, "group")
        name = self.attribute(node, "name")
        contents = node.contents if node.contents is not None and str(node.contents).strip() else None
        self.mark(self.notes.cite(group, name, contents, self.offset))

    def mark(self, note: Note | None) -> None:
        """Write the mark of a note."""
        if note is None:
            return
        self.begin_line()
        self.marks.append((self.layout.put(f"[{note.label}]"), note.label, note))

    def note_list(self, contents: Wikicode | None) -> None:
        """Take the definitions of notes that stand in the list itself; the list is laid out at the end."""
        if contents is None:
            return
        for tag in contents.filter_tags(
            matches=lambda t: str(t.tag).strip().lower() == "ref", recursive=False
        ):
            self.notes.define(self.attribute(tag, "group"), self.attribute(tag, "name"), tag.contents)
        for template in contents.filter_templates(recursive=False):
            if template_name(template) in {"efn", "refn"}:
                positional, named = arguments(template)
                group = "lower-alpha" if template_name(template) == "efn" else self.plain(named.get("group"))
                self.notes.define(group, self.plain(named.get("name")), positional[0] if positional else None)

    def _lay_out_note(self, note: Note) -> None:
        draft = self.layout.open(
            "footnote", marker=note.label, prefix=f"{note.label}. ", gap=1, origin=note.offset
        )
        outer, self.entry = self.entry, LaidEntry(draft, "footnote", note.label, note)
        if note.words is not None:
            self.newlines = 0
            self.layout.write(note.words)
        elif note.contents is not None:
            self.walk_flat(note.contents)
        if draft.index >= 0:
            self.entries.append(self.entry)
        self.layout.close(draft)
        self.entry = outer

    def attribute(self, tag: Tag, name: str) -> str:
        """Return the value of a tag's attribute, empty where it has none."""
        try:
            return self.plain(tag.get(name).value).strip("\"'")
        except ValueError:
            return ""


def _same_list(open_sign: str, sign: str) -> bool:
    return open_sign == sign or {open_sign, sign} <= {";", ":", "d"}


def _entity(node: HTMLEntity) -> str:
    try:
        return str(node.normalize())
    except (ValueError, OverflowError):
        return str(node)


def _split_options(words: str) -> list[str]:
    """Split at bars that stand in no link and no template."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(r"\[\[|\]\]|\{\{|\}\}|\|", words):
        sign = found[0]
        if sign == "|":
            if depth == 0:
                parts.append(words[start : found.start()])
                start = found.end()
        else:
            depth = max(0, depth + (1 if sign in {"[[", "{{"} else -1))
    return [*parts, words[start:]]
