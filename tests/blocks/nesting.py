"""A law of every reader: blocks lie within the text and within their parents, which come first."""

from __future__ import annotations

from regesta.model import Document

__all__ = ["outside"]


def outside(document: Document, but: str = "") -> str:
    """Return what stands in no block, those of the kind `but` apart; fails where a block is not where it should be."""
    covered = bytearray(len(document.text))
    for index, block in enumerate(document.blocks):
        span, content = block.span, block.content
        assert 0 <= span.start <= content.start <= content.end <= span.end <= len(document.text)
        assert block.parent < index
        assert block.parent < 0 or document.blocks[block.parent].span.contains(span)
        if block.kind != but:
            covered[span.start : span.end] = b"x" * (span.end - span.start)
    return "".join(c for c, x in zip(document.text, covered, strict=True) if not x)
