"""PDF: pages of letters that stand somewhere, into a text that can be read and leads back to page and box.

    bytes ─apart─► glyphs ─laying─► lines in reading order ─furniture, flow─► pieces ─writing─► Document

The file is opened in a process of its own (`apart`): a page that crashes or hangs the library is named in a problem and the others are
read. Pages that are pictures are said to be; with `Source.ocr` their words are recognised. Attachments, forms, annotations and links
are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from regesta.errors import ReadError
from regesta.model import Document, Source, content_id
from regesta.reading.pdf.apart import NO_PDF
from regesta.reading.pdf.apart import pages as told_pages
from regesta.reading.pdf.bounds import Bounds
from regesta.reading.pdf.flow import flow_of
from regesta.reading.pdf.furniture import take_furniture
from regesta.reading.pdf.joining import Words
from regesta.reading.pdf.laying import lay_out
from regesta.reading.pdf.mending import mended
from regesta.reading.pdf.metadata import fill
from regesta.reading.pdf.ocr import recognise
from regesta.reading.pdf.pages import Line, Page, RuledTable
from regesta.reading.pdf.styles import Styles
from regesta.reading.pdf.writing import Writer, place_of
from regesta.text.span import Span

__all__ = ["read", "sniff"]

NO_BODY = frozenset({"footnote", "bibliography", "furniture", "table", "row"})
Problem = tuple[Span, str, str]


def sniff(data: bytes) -> bool:
    """Return whether the mark of the format is among the first bytes.

    >>> sniff(b"%PDF-1.7"), sniff(b"Kim fled")
    (True, False)
    """
    return b"%PDF-" in data[:1024]


def read(data: bytes, source: Source) -> Document:
    """Return the document of a PDF; unknown fields of the source are filled from what the file says of itself.

    Raises `ReadError` where the file cannot be opened: no PDF, a password, the library missing.
    """
    return read_within(data, source, Bounds())


def read_within(data: bytes, source: Source, bounds: Bounds) -> Document:
    """Return the document as `read` does, within the given limits."""
    told = told_pages(data, source.name, bounds)
    is_mended = False
    try:
        opened = next(told)
    except ReadError as error:
        whole = mended(data) if error.problem == NO_PDF else None
        if whole is None:
            raise
        data, is_mended = whole, True
        told = told_pages(data, source.name, bounds)
        try:
            opened = next(told)
        except ReadError:
            raise error from None
    source = fill(source, opened["stated"])
    pages: list[Page] = []
    n_characters = 0
    for heard in told:
        page = lay_out(heard)
        pages.append(page)
        n_characters += min(page.n_characters, bounds.page_characters)
        if n_characters > bounds.characters:
            break
    problems = _problems(pages, opened["n_pages"], bounds)
    if is_mended:
        reason = f"the file is cut off or broken; {opened['n_pages']} pages were found in what there is of it"
        problems.append((Span(0, 0), "R022", reason))
    problems += _recognised(data, source, pages, bounds)
    return _document(source, pages, problems, bounds)


def _recognised(data: bytes, source: Source, pages: list[Page], bounds: Bounds) -> list[Problem]:
    """Replace pages that are pictures by what was recognised on them, if asked for; return what is to be said of them."""
    pictures = [page.index for page in pages if page.is_picture]
    if not pictures:
        return []
    if source.ocr is None:
        hint = "install tesseract and build with --ocr LANGUAGES to read them"
        one = "is a picture" if len(pictures) == 1 else "are pictures"
        return [(Span(0, 0), "R020", f"{_named(pictures)} {one} without a text layer; {hint}")]
    problems: list[Problem] = []
    place = {page.index: number for number, page in enumerate(pages)}
    done: list[int] = []
    for heard in recognise(data, pictures[: bounds.recognised_pages], source.ocr, bounds, source.name):
        page = lay_out(heard)
        page.is_picture = False
        pages[place[page.index]] = page
        done.append(page.index)
    if done:
        problems.append(
            (Span(0, 0), "R021", f"the words of {_named(done)} were recognised from pictures (ocr)")
        )
    if left := sorted(set(pictures) - set(done)):
        problems.append((Span(0, 0), "R020", f"{_named(left)} could not be recognised and stay unread"))
    return problems


def _problems(pages: Sequence[Page], n_pages: int, bounds: Bounds) -> list[Problem]:
    found: list[tuple[str, str]] = []
    if failed := [page.index for page in pages if page.problem]:
        found.append(
            ("R022", f"{_named(failed)} could not be read: broken, or more than the PDF library can bear")
        )
    if n_pages > len(pages):
        found.append(("R023", f"the file says it has {n_pages} pages; only the first {len(pages)} were read"))
    if cut := [page.index for page in pages if page.n_characters > bounds.page_characters]:
        found.append(
            ("R023", f"{_named(cut)}: more than {bounds.page_characters} characters; the rest was not read")
        )
    n_all = sum(page.n_characters for page in pages)
    n_unmapped = sum(page.n_unmapped for page in pages)
    if n_unmapped > 20 and n_unmapped > 0.02 * n_all:
        share = 100 * n_unmapped // n_all
        found.append(
            (
                "R024",
                f"{share}% of the characters have no meaning in Unicode (a font without a table): read them with ocr",
            )
        )
    return [(Span(0, 0), code, reason) for code, reason in found]


def _named(indices: Iterable[int]) -> str:
    """Return pages (from 0) as people name them.

    >>> _named([2, 3, 4, 8]), _named([0])
    ('pages 3-5, 9', 'page 1')
    """
    ranges: list[list[int]] = []
    for index in sorted(indices):
        if ranges and ranges[-1][1] == index - 1:
            ranges[-1][1] = index
        else:
            ranges.append([index, index])
    named = [f"{a + 1}" if a == b else f"{a + 1}-{b + 1}" for a, b in ranges]
    shown = ", ".join(named[:20]) + (f" and {len(named) - 20} more" if len(named) > 20 else "")
    return ("page " if len(ranges) == 1 and ranges[0][0] == ranges[0][1] else "pages ") + shown


def _document(source: Source, pages: list[Page], problems: list[Problem], bounds: Bounds) -> Document:
    furniture = take_furniture(pages)
    styles = Styles.of(_lines(pages))
    words = Words()
    words.learn(_lines(pages))
    n_words = sum(len(line.starts) for line in _lines(pages))
    writer = Writer(words, by_word=n_words <= bounds.words)
    writer.write(flow_of(pages, styles), furniture)
    text = writer.layout.text()
    blocks = writer.layout.blocks(place_of)
    body = [block.content for block in blocks if block.kind not in NO_BODY]
    markers, references = writer.notes(text, body, source.name)
    if not text:
        problems = [*problems, (Span(0, 0), "R002", "the file holds no words")]
    return replace(
        Document(id=content_id("d", ["pdf", text]), source=source, text=text),
        blocks=blocks,
        markers=markers,
        references=references,
        tables=writer.tables(text),
        problems=tuple(problems),
        runs=tuple(writer.runs),
    )


def _lines(pages: Sequence[Page]) -> Iterable[Line]:
    for page in pages:
        for region in page.regions:
            for item in region.items:
                if isinstance(item, RuledTable):
                    for row in item.rows:
                        for cell in row:
                            yield from cell.lines
                else:
                    yield item
