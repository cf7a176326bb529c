"""Pages into one flow of pieces: what the foot of a column cut in two is one again, notes and furniture stand aside.

    page 4   ... the guards at the bor-        a paragraph that fills its column and ends no sentence
             ³ note                            goes behind the paragraph
    page 5   [table]                           goes behind the paragraph too
             der had gone home.                the same paragraph

Tables that go on under the same columns are one table; a heading row said again is left to the furniture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from regesta.reading.pdf.notes import Note, take_notes
from regesta.reading.pdf.pages import Line, Page, RuledTable
from regesta.reading.pdf.pieces import Piece, is_caption, pieces_of
from regesta.reading.pdf.styles import Styles, levels, look_of

__all__ = ["Flow", "flow_of"]

_ENDS = re.compile(r"[.!?…。！？][\"”’»')\]」』]*[\d,*†‡⁰¹²³⁴-⁹ ]{0,6}$")
_MAX_SKIPPED = 4  # tables and captions that may stand between the halves of a paragraph


@dataclass(slots=True)
class Flow:
    """The pieces of a document in reading order, and what was taken out of them."""

    pieces: list[Piece]
    repeated: list[Line] = field(default_factory=list)
    """Heading rows that a table says again on its next page."""
    is_indented: bool = False
    """Paragraphs begin with an indented line, as they do in books: one that does not goes on from before."""


def flow_of(pages: Sequence[Page], styles: Styles) -> Flow:
    """Return the pieces of all pages as one flow, with levels of headings and depths of lists."""
    flow = Flow([])
    last_note: Piece | None = None
    pending: list[Piece] = []
    noted = [take_notes(page, styles) for page in pages]
    parted = [[piece for region in page.regions for piece in pieces_of(region, styles)] for page in pages]
    flow.is_indented = _indents(parted)
    for notes, pieces in zip(noted, parted, strict=True):
        _give_captions(pieces)
        _add(flow, pieces, pending)
        for note in notes:
            if not note.label and last_note is not None:
                last_note.lines += note.lines
                continue
            last_note = _piece_of(note)
            pending.append(last_note)
        if not notes:
            last_note = None
    flow.pieces += pending
    _set_levels(flow.pieces)
    _set_depths(flow.pieces)
    return flow


def _indents(parted: Sequence[Sequence[Piece]]) -> bool:
    """Return whether most paragraphs of the document begin further in than they go on."""
    long = [
        p for pieces in parted for p in pieces if p.kind == "paragraph" and len(p.lines) > 1 and not p.marker
    ]
    return sum(piece.is_indented for piece in long) > 0.5 * len(long)


def _piece_of(note: Note) -> Piece:
    return Piece(
        "footnote", list(note.lines), note.page, marker=note.label, skip=note.skip, left=note.lines[0].left
    )


def _add(flow: Flow, pieces: list[Piece], pending: list[Piece]) -> None:
    """Add a page's pieces; notes of the page before come as soon as its last paragraph has ended."""
    for number, piece in enumerate(pieces):
        last = _last_words(flow.pieces)
        if last is not None and _goes_on(last, piece, is_indented=flow.is_indented):
            last.lines += piece.lines
            last.is_open, last.page = piece.is_open, piece.page
            continue
        table = flow.pieces[-1] if flow.pieces else None
        if number == 0 and table is not None and _continue_table(flow, table, piece):
            continue
        holds_back = (
            piece.kind in ("table", "caption")
            and last is not None
            and last.page != piece.page
            and _unfinished(last)
        )
        if not holds_back and pending:
            flow.pieces += pending
            pending.clear()
        flow.pieces.append(piece)


def _last_words(pieces: list[Piece]) -> Piece | None:
    """Return the last piece of running text, tables and captions after it passed over."""
    for piece in reversed(pieces[-1 - _MAX_SKIPPED :]):
        if piece.kind in ("paragraph", "list_item"):
            return piece
        if piece.kind not in ("table", "caption", "footnote", "furniture"):
            return None
    return None


def _unfinished(piece: Piece) -> bool:
    return piece.is_open and not _ENDS.search(piece.lines[-1].text)


def _goes_on(last: Piece, piece: Piece, *, is_indented: bool) -> bool:
    """Return whether a piece is the rest of the last one, beyond a column or a page."""
    if (
        piece.kind != "paragraph"
        or piece.marker
        or not piece.lines
        or piece.lines[0].gaps
        or last.lines[-1].gaps
    ):
        return False
    end, begin = last.lines[-1], piece.lines[0]
    if abs(end.size - begin.size) > 0.07 * max(end.size, begin.size) or end.is_bold != begin.is_bold:
        return False
    is_elsewhere = (
        last.page != piece.page or end.page != begin.page or begin.base <= end.base or begin.left > end.right
    )
    if not is_elsewhere:
        return False
    if end.text.endswith(("-", "\u00ad")) and begin.text[:1].isalpha():
        return True
    is_end = bool(_ENDS.search(end.text))
    if not is_end and begin.text[:1].islower():
        return True
    begins = piece.is_indented and not (len(last.lines) > 1 and abs(begin.left - end.left) < 2)
    if not last.is_open or begins:
        return False
    if is_end or end.text.endswith(":"):
        return is_indented and last.kind == "paragraph" and not end.text.endswith(":")
    return True


def _continue_table(flow: Flow, last: Piece, piece: Piece) -> bool:
    """Append a table's rows to the last one where it has the same columns on the next page."""
    above, below = last.table, piece.table
    if (
        above is None
        or below is None
        or below.page <= above.rows_page
        or len(above.columns) != len(below.columns)
    ):
        return False
    if any(abs(a - b) > 3 for a, b in zip(above.columns, below.columns, strict=True)) or piece.captions:
        return False
    rows = below.rows
    if above.rows and rows and _words(above.rows[0]) == _words(rows[0]):
        flow.repeated += [line for cell in rows[0] for line in cell.lines]
        rows = rows[1:]
    n = len(above.rows)
    for number, row in enumerate(rows):
        for cell in row:
            cell.row = n + number
    above.rows += rows
    above.rows_page = below.page
    return True


def _words(row: Sequence[object]) -> list[str]:
    return [" ".join(line.text for line in getattr(cell, "lines", ())) for cell in row]


def _give_captions(pieces: list[Piece]) -> None:
    """Give tables the captions right above or below them."""
    n = 0
    while n < len(pieces):
        piece = pieces[n]
        if piece.table is not None:
            if (
                n
                and (pieces[n - 1].kind == "caption" or is_caption(pieces[n - 1].words))
                and _is_near(pieces[n - 1], piece.table)
            ):
                piece.captions.append(pieces.pop(n - 1))
                n -= 1
            elif (
                n + 1 < len(pieces)
                and pieces[n + 1].kind == "caption"
                and not (n + 2 < len(pieces) and pieces[n + 2].table is not None)
                and _is_near(pieces[n + 1], piece.table)
            ):
                piece.captions.append(pieces.pop(n + 1))
        n += 1


def _is_near(piece: Piece, table: RuledTable) -> bool:
    if not piece.lines or piece.page != table.page:
        return False
    above, below = table.top - piece.lines[-1].base, piece.lines[0].top - table.bottom
    return max(above, below) < 3 * piece.lines[0].size


def _set_levels(pieces: Sequence[Piece]) -> None:
    headings = [piece for piece in pieces if piece.kind == "heading"]
    if not headings:
        return
    looks = [look_of(piece.lines, piece.words) for piece in headings]
    is_first = headings[0].page <= 1 and looks[0].minus_size <= min(look.minus_size for look in looks) * 0.999
    is_only = sum(look == looks[0] for look in looks) == 1
    for piece, level in zip(headings, levels(looks, has_title=is_first and is_only), strict=True):
        piece.level = level


def _set_depths(pieces: Sequence[Piece]) -> None:
    """Give items of lists their depth, by how far in they stand."""
    stack: list[float] = []
    page = -1
    for piece in pieces:
        if piece.kind != "list_item":
            if piece.kind not in ("footnote", "furniture"):
                stack.clear()
            continue
        left = piece.left
        if piece.lines[0].page != page and stack:
            left = min(stack, key=lambda x: abs(x - left)) if abs(stack[0] - left) > 40 else left
        page = piece.lines[-1].page
        while stack and stack[-1] > left + 4:
            stack.pop()
        if not stack or left > stack[-1] + 4:
            stack.append(left)
        piece.level = min(6, len(stack))
