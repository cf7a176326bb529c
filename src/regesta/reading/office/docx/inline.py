r"""The words of one paragraph of a DOCX: runs, fields, links, marks of notes, tracked changes.

    <w:r><w:t>Kim </w:t></w:r>                                       words
    <w:ins>…</w:ins>  <w:moveTo>…                                    read
    <w:del>…</w:del>  <w:moveFrom>…                                  left out, and said
    <w:fldChar begin/> PAGE \* MERGEFORMAT <separate/> 7 <end/>     "7": the result, never the code
    <w:r><w:rPr><w:vanish/></w:rPr>…                                 hidden: kept for the end of the text
    <w:drawing>…<w:txbxContent>…                                     a text box: kept for the end of the paragraph

A mark is written `[1]`. Nothing here opens a block.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from regesta.reading.office.composing import Composer
from regesta.reading.office.counting import shown
from regesta.reading.office.docx.styles import is_on
from regesta.reading.office.markup import Element, attribute

__all__ = ["Inline", "NoteNumbers"]

_SKIPPED = frozenset({
    "w:pPr", "w:rPr", "w:instrText", "w:delText", "w:delInstrText", "w:proofErr", "w:bookmarkStart", "w:bookmarkEnd",
    "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:annotationRef", "w:footnoteRef",
    "w:endnoteRef", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:rt", "w:rubyPr", "w:softHyphen",
    "w:tblPr", "w:lastRenderedPageBreak", "w:fldData", "w:separator", "w:continuationSeparator", "m:rPr", "m:ctrlPr",
})  # fmt: skip
_ENTERED = frozenset({
    "w:r", "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdt", "w:sdtContent", "w:dir", "w:bdo", "w:ruby",
    "w:rubyBase", "w:fldSimple", "m:oMathPara", "m:oMath", "m:r",
})  # fmt: skip
_DELETED = frozenset({"w:del", "w:moveFrom"})
_SYMBOLS = {
    0xFE: "☒", 0xA8: "☐", 0x6F: "☐", 0xFC: "✓", 0xFD: "☒", 0xFB: "✗", 0xE0: "→", 0xDF: "←", 0xB7: "•", 0xA7: "•", 0xD8: "•",
}  # fmt: skip  # of the fonts Wingdings and Symbol
_ADDRESS = re.compile(r"HYPERLINK\s+\"(https?://[^\"\s]{1,2000})\"")
_MAX_DEPTH = 100
_CHARTS = re.compile(r"/(chart|chartex|diagram)$")
_TEXT_BOX = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}txbxContent"
_STRICT_TEXT_BOX = "{http://purl.oclc.org/ooxml/wordprocessingml/main}txbxContent"


@dataclass(slots=True)
class NoteNumbers:
    """The numbers of footnotes or endnotes in the order of their marks."""

    counting: str = "decimal"
    next: int = 1
    labels: dict[str, str] = field(default_factory=dict)
    """Id of a note -> its label."""

    def label(self, name: str) -> str:
        """Return the label of the note whose mark has been met."""
        if name not in self.labels:
            self.labels[name] = shown(self.next, self.counting)
            self.next += 1
        return self.labels[name]


@dataclass(slots=True)
class Inline:
    """Writes the words of paragraphs into a composer."""

    out: Composer
    short: dict[str, str]
    hidden_styles: frozenset[str]
    numbers: dict[str, NoteNumbers]
    """For `footnote` and `endnote`."""
    address: Callable[[str], str | None]
    """The address outside that a relationship of this part leads to."""
    boxes: list[Element] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Kinds of embedded things whose words are elsewhere."""
    _fields: list[list[str] | None] = field(default_factory=list)
    """For each open field the pieces of its code, None once its result has begun."""
    _codes: int = 0
    _own_mark: str | None = None
    _is_hidden: bool = False
    _depth: int = 0

    def write(self, element: Element) -> None:
        """Write the words that stand in an element."""
        if self._depth > _MAX_DEPTH:
            self._words("".join(t.text or "" for t in element.iter("{*}t")))
            return
        self._depth += 1
        self._write(element)
        self._depth -= 1

    def _write(self, element: Element) -> None:
        short, out = self.short, self.out
        for child in element:
            name = short[child.tag]
            if name in {"w:t", "m:t"}:
                if child.text:
                    self._words(child.text)
            elif name == "w:r":
                self._run(child)
            elif name in _SKIPPED:
                if name == "w:instrText" and self._fields and (code := self._fields[-1]) is not None:
                    code.append(child.text or "")
            elif name in _ENTERED:
                self.write(child)
            elif name == "w:hyperlink":
                out.link = out.link or self.address(attribute(child, "r:id") or "")
                self.write(child)
            elif name in _DELETED:
                self.deleted.append("".join(t.text or "" for t in child.iter("{*}delText", "{*}t")))
            else:
                self._other(child, name)

    def finish_paragraph(self) -> None:
        """Let no unclosed code of a field swallow what follows."""
        if self._codes:
            self._fields = [None] * len(self._fields)
            self._codes = 0
        if len(self._fields) > 100:
            self._fields.clear()
        self._own_mark = None

    def _run(self, run: Element) -> None:
        properties = run[0] if len(run) and self.short[run[0].tag] == "w:rPr" else None
        if properties is None or len(properties) == 0:
            self.write(run)
            return
        was_hidden = self._is_hidden
        for switch in properties:
            name = self.short[switch.tag]
            if name == "w:vanish":
                self._is_hidden = is_on(switch)
            elif name == "w:rStyle" and self.hidden_styles:
                self._is_hidden = self._is_hidden or attribute(switch, "w:val") in self.hidden_styles
        self.write(run)
        self._is_hidden = was_hidden

    def _words(self, words: str) -> None:
        if self._codes:
            return
        if self._is_hidden:
            self.hidden.append(words)
        elif self._own_mark is not None and words.strip():
            kind, _, name = self._own_mark.partition(" ")
            self._own_mark = None
            self.numbers[kind].labels[name] = words.strip()[:20]
            self.out.mark(words.strip()[:20], f"{kind} {name}")
        else:
            self.out.layout.write(words)

    def _other(self, element: Element, name: str) -> None:
        layout = self.out.layout
        if name == "w:fldChar":
            self._field(attribute(element, "w:fldCharType") or "")
        elif self._codes:
            return
        elif name in {"w:tab", "w:ptab"}:
            if self.out.flat:
                layout.write(" ")
            else:
                layout.tab()
        elif name in {"w:br", "w:cr"}:
            layout.newline()
        elif name == "w:noBreakHyphen":
            self._words("-")
        elif name == "w:sym":
            self._words(_symbol(attribute(element, "w:char") or ""))
        elif name in {"w:footnoteReference", "w:endnoteReference"}:
            self._note(element, name[2:-9])
        elif name in {"w:drawing", "w:pict", "w:object", "mc:AlternateContent"}:
            self._drawing(element, name)
        elif name.startswith(("m:", "w:")) and len(element):
            self.write(element)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append([])
            self._codes += 1
        elif kind == "separate" and self._fields:
            if (code := self._fields[-1]) is not None:
                self._codes -= 1
                if found := _ADDRESS.search("".join(code)[:3000]):
                    self.out.link = self.out.link or found[1]
            self._fields[-1] = None
        elif kind == "end" and self._fields and self._fields.pop() is not None:
            self._codes -= 1

    def _note(self, element: Element, kind: str) -> None:
        name = attribute(element, "w:id") or ""
        own = attribute(element, "w:customMarkFollows")
        if own in {"1", "true", "on"}:
            self._own_mark = f"{kind} {name}"
        else:
            self.out.mark(self.numbers[kind].label(name), f"{kind} {name}")

    def _drawing(self, element: Element, name: str) -> None:
        if name == "mc:AlternateContent":
            # The same drawing twice, for new and for old programs: the first that holds words is read.
            for choice in element:
                if self._boxes_in(choice):
                    return
        elif self._boxes_in(element):
            return
        for data in element.iter("{*}graphicData"):
            if found := _CHARTS.search(data.get("uri") or ""):
                self.unread.append(found[1].removesuffix("ex"))
        if name == "w:object":
            self.unread.append("file of another program")

    def _boxes_in(self, element: Element) -> bool:
        n_before = len(self.boxes)
        for box in element.iter(_TEXT_BOX, _STRICT_TEXT_BOX):
            if not any(inner is element or inner.tag == box.tag for inner in box.iterancestors(box.tag)):
                self.boxes.append(box)
        return len(self.boxes) > n_before


def _symbol(code: str) -> str:
    try:
        number = int(code[:6], 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        return _SYMBOLS.get(number - 0xF000, "•")
    return chr(number) if 0x20 <= number < 0xD800 else ""
