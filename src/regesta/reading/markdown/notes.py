"""Footnotes of Markdown: their definitions, with the lines that continue them, and the references made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from regesta.model import Reference
from regesta.reading.citing.references import parse_reference
from regesta.reading.markdown.pieces import Page, Piece
from regesta.text.span import Span

__all__ = ["references_of", "take_definitions"]

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*")
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}|[*_]{1,3}(?!\w)")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\([^()\s]{1,600}(?:\s\"[^\"]{0,200}\")?\)")


def take_definitions(page: Page, covered: list[bool]) -> None:
    """Take the definitions of footnotes, with the lines that continue them."""
    fence = ""
    n = 0
    while n < len(page.lines):
        line = page.line(n).of(page.text)
        if found := _FENCE.match(line):
            if not fence:
                fence = found[1]
            elif found[1].startswith(fence) and not line[found.end() :].strip():
                fence = ""
        match = None if fence or covered[n] else _DEFINITION.match(line)
        if match is None:
            n += 1
            continue
        last, ahead = n, n + 1
        while ahead < len(page.lines):
            words = page.line(ahead).of(page.text)
            if not words.strip():
                ahead += 1
                continue
            is_indented = words.startswith(("    ", "\t")) or (ahead == last + 1 and words.startswith("  "))
            is_lazy = ahead == last + 1 and not re.match(
                r"\s{0,3}(?:\[\^|\[[^\]]{1,99}\]:|#{1,6}\s|>|[-*+]\s|\||\d+[.)]\s|```)", words
            )
            if not (is_indented or is_lazy):
                break
            last = ahead
            ahead += 1
        start = page.line(n).start
        span = page.span((n, last + 1))
        content = Span(min(start + match.end(), span.end), span.end)
        page.pieces.append(Piece("footnote", span, content, marker=match[1]))
        covered[n : last + 1] = [True] * (last + 1 - n)
        n = last + 1


def references_of(page: Page, ordered: list[Piece], source_name: str) -> Iterator[Reference]:
    """Yield the references that the notes and the entries of a bibliography are."""
    for piece in ordered:
        if piece.kind not in {"footnote", "bibliography"} or piece.content.start == piece.content.end:
            continue
        is_note = piece.kind == "footnote"
        found = parse_reference(
            page.text,
            piece.content,
            kind="footnote" if is_note else "bibliography",
            marker=f"[{piece.marker}]" if is_note or piece.marker.isdigit() else "",
            source_name=source_name,
        )
        yield replace(
            found,
            title=_bare(found.title),
            publisher=_bare(found.publisher),
            authors=tuple(_bare(author) or author for author in found.authors),
        )


def _bare(words: str | None) -> str | None:
    """Return words without marks of emphasis, and links as their label."""
    if words is None:
        return None
    return _EMPHASIS.sub("", _LINK.sub(r"\1", words)).strip() or None
