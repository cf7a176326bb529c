"""What holds for every document and every container, whatever the bytes were. Each law is an assertion."""

from __future__ import annotations

import io
from itertools import pairwise

from regesta.errors import RegestaError
from regesta.extraction import extract
from regesta.model import Document, Source
from regesta.reading import is_readable, read_bytes
from regesta.text.span import Span
from regesta.unpacking import Member, unpack

SMALL = 5000
"""Code points of a text that is extracted, too."""


def check_bytes(data: bytes, name: str, *, thorough: bool) -> None:
    """Read the bytes under that name; one clear line, or a document that keeps the laws."""
    try:
        document = read_bytes(data, Source(name=name))
    except RegestaError as error:
        check_error(error)
        return
    check_document(document)
    if thorough and len(document.text) < SMALL:
        check_extraction(document)


def check_error(error: RegestaError) -> None:
    told = str(error)
    assert "\n" not in told, told
    assert len(told) < 1000, told


def check_document(document: Document) -> None:
    text, blocks = document.text, document.blocks
    size = len(text)
    text.encode("utf-8")
    for index, block in enumerate(blocks):
        assert 0 <= block.span.start <= block.content.start <= block.content.end <= block.span.end <= size, (
            block
        )
        assert -1 <= block.parent < index, block
        if block.parent >= 0:
            assert blocks[block.parent].span.contains(block.span), (blocks[block.parent], block)
        if index:
            assert blocks[index - 1].span.start <= block.span.start, (blocks[index - 1], block)
    for one, other in pairwise(document.runs):
        assert one.span.end <= other.span.start, (one, other)
    for span in (
        *(run.span for run in document.runs),
        *(mark.span for mark in document.markers),
        *(reference.span for reference in document.references),
        *(problem[0] for problem in document.problems),
    ):
        assert 0 <= span.start <= span.end <= size, span
    for _, code, told in document.problems:
        assert len(code) == 4, code
        assert told
        assert "\n" not in told, told
    for table in document.tables:
        assert -1 <= table.block < len(blocks)
        assert table.block < 0 or blocks[table.block].kind == "table"
        assert 0 <= table.n_header_rows <= len(table.rows)
        assert len({len(row) for row in table.rows}) <= 1
        for row, spans in zip(table.rows, table.cells, strict=True):
            for words, span in zip(row, spans, strict=True):
                assert 0 <= span.start <= span.end <= size
                shown = span.of(text)
                assert shown == words or set(shown) & {"\\", '"', "&", "<"}, (shown, words)
    known = {reference.id for reference in document.references}
    for mark in document.markers:
        assert mark.reference is None or mark.reference in known
    for start in range(0, size, max(1, size // 8)):
        document.places(Span(start, min(size, start + 5)))
    assert document.title is None or isinstance(document.title, str)
    assert len(document.sections) == len(document.children) == len(blocks)


def check_extraction(document: Document) -> None:
    found = extract(document)
    name, text = document.source.name, document.text
    keys = {referent.key for referent in found.referents}
    for referent in found.referents:
        assert referent.mentions
        for mention in referent.mentions:
            assert mention.span.of(text) == mention.quote
    for claim in found.claims:
        assert claim.subject in keys, claim
        assert claim.evidence, claim
        assert claim.method
        for evidence in claim.evidence:
            assert evidence.source == name
            assert text[evidence.start : evidence.end] == evidence.quote != "", evidence
    ids = {claim.id for claim in found.claims}
    for point in found.observations:
        assert point.claim in ids
        assert point.evidence.span.of(text) == point.evidence.quote
    for rejection in found.rejections:
        assert text[rejection.start : rejection.end] == rejection.quote


def check_container(data: bytes, name: str, *, thorough: bool) -> None:
    """Open the container; its members have names of their own below it, and what is wrong is told in one line."""
    names: set[str] = set()
    try:
        for found in unpack(io.BytesIO(data), Source(name=name), wanted=is_readable):
            if not isinstance(found, Member):
                assert found.source.startswith(name), found
                assert found.reason
                assert "\n" not in found.reason, found
                continue
            member = found.source.name
            assert member == name or member.startswith(name + "/"), member
            assert ".." not in member.split("/"), member
            assert member not in names, member
            assert "\n" not in member, member
            member.encode("utf-8")
            names.add(member)
            if thorough and len(found.data) < SMALL:
                try:
                    check_document(read_bytes(found.data, found.source))
                except RegestaError as error:
                    check_error(error)
    except RegestaError as error:
        check_error(error)
