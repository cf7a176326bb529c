r"""Plain mail: the subject as title, the header as furniture, the words of the body; quoted replies are quotes.

    Subject: =?utf-8?...?=   heading          > they came in May      quote
    From: / To: / Date:      furniture        -- \n Ada, Lisbon        furniture (a signature)
    text/plain, else html    the body         report.pdf              a problem R040: it was not read

Each part's words lead back to `Place.part`, numbered as IMAP does, and the line in the part once decoded. Attachments are
not opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import Message

from regesta.model import Document, Place, Source
from regesta.reading import html, plain
from regesta.reading.laying.assembling import Assembly, printable
from regesta.reading.mails import mime
from regesta.text.span import Span

__all__ = ["read", "sniff"]

_KNOWN = re.compile(
    rb"^(?:from|to|cc|subject|date|message-id|received|return-path|delivered-to|mime-version|reply-to|sender|x-mailer):",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_LINE = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]{0,60}:|[ \t])")
_SHOWN = ("From", "To", "Cc", "Date")
_QUOTED = re.compile(r"[ \t]{0,3}>")
_MARKS = re.compile(r"(?:[ \t]{0,3}>)+[ \t]?")
_SIGNATURE = re.compile(r"--[ \t]?$")
_MAX_PROBLEMS = 50


def sniff(data: bytes) -> bool:
    r"""Return whether the first bytes are a mail's header: only header lines, two of them known.

    >>> sniff(b"From: ada@x.example\nSubject: News\n\nKim fled."), sniff(b"Date: 1953\nKim fled.")
    (True, False)
    """
    head = re.split(rb"\r?\n\r?\n", data.lstrip(b"\r\n"), maxsplit=1)[0]
    lines = head.splitlines()[:-1] if len(head) >= 4096 else head.splitlines()
    return bool(lines) and all(map(_HEADER_LINE.match, lines)) and len(set(_KNOWN.findall(head))) >= 2


def read(data: bytes, source: Source) -> Document:
    r"""Return the document that a mail holds.

    >>> document = read(b"From: Ada <a@x.example>\nSubject: News\n\nKim fled.\n\n> Who?\n", Source(name="a.eml"))
    >>> [(b.kind, b.content.of(document.text)) for b in document.blocks]
    [('heading', 'News'), ('furniture', 'From: Ada <a@x.example>'), ('paragraph', 'Kim fled.'), ('quote', 'Who?')]
    """
    message = mime.parse(data, source.name)
    lines = _header_lines(data)
    assembly = Assembly()
    subject = mime.header(message, "Subject")
    if subject:
        assembly.add("heading", subject, Place(line=lines.get("subject")), level=1)
    for n, name in enumerate(field for field in _SHOWN if mime.header(message, field)):
        words = f"{name}: {mime.header(message, name)}"
        assembly.add("furniture", words, Place(line=lines.get(name.lower())), newlines=1 if n else 2)
    left_out: list[str] = []
    for part in _bodies(list(mime.parts(message)), left_out):
        _add_body(assembly, part, source)
    for reason in left_out[:_MAX_PROBLEMS]:
        assembly.problems.append((Span(0, 0), "R040", reason))
    if len(left_out) > _MAX_PROBLEMS:
        reason = f"{len(left_out) - _MAX_PROBLEMS} more attachments were not read"
        assembly.problems.append((Span(0, 0), "R040", reason))
    return assembly.document(_described(source, message, subject), "mail")


def _described(source: Source, message: Message, subject: str) -> Source:
    address = mime.header(message, "Archived-At").strip("<> ")
    return replace(
        source,
        title=source.title or subject or None,
        date=source.date or mime.day(message),
        url=source.url or (address if address.startswith(("http://", "https://")) else None),
        language=source.language or mime.header(message, "Content-Language").split(",")[0].strip() or None,
    )


def _header_lines(data: bytes) -> dict[str, int]:
    """Return the line of the first of each header, by its name in lower case."""
    found: dict[str, int] = {}
    skipped = len(data) - len(data.lstrip(b"\r\n"))
    for number, line in enumerate(data[: skipped + (1 << 20)].splitlines(), 1):
        if not line.strip() and found:
            break
        name, colon, _ = line.partition(b":")
        if colon and name[:1] not in b" \t" and len(name) < 60:
            found.setdefault(name.decode("latin-1").lower(), number)
    return found


def _bodies(found: list[mime.Part], left_out: list[str]) -> Iterator[mime.Part]:
    """Yield the parts that are the mail's words; of alternatives the plain one that has any."""
    chosen: dict[str, str] = {}  # number of the alternatives -> the part that was chosen
    for part in found:
        if (
            _is_alternative(part)
            and part.media == "text/plain"
            and not part.is_attached
            and part.data().strip()
        ):
            chosen.setdefault(_holder(part), part.number)
    for part in found:
        words = (
            "a mail" if part.media.startswith("message/") else f"'{part.name}'" if part.name else part.media
        )
        if part.media not in ("text/plain", "text/html") or part.is_attached:
            if not (part.media.startswith("image/") and "multipart/related" in part.above):
                left_out.append(f"an attachment, {' '.join(words.split())[:200]}, was not read")
        elif _is_alternative(part):
            if chosen.setdefault(_holder(part), part.number) == part.number:
                yield part
        else:
            yield part


def _is_alternative(part: mime.Part) -> bool:
    return "multipart/alternative" in part.above


def _holder(part: mime.Part) -> str:
    """Return the number of the alternatives that the part is one of."""
    depth = part.above.index("multipart/alternative")
    return ".".join(part.number.split(".")[:depth]) or "0"


def _add_body(assembly: Assembly, part: mime.Part, source: Source) -> None:
    text, encoding = part.text(source.name)
    text = printable(text)
    if encoding:
        assembly.problems.append(
            (Span(assembly.length, assembly.length), "R001", f"part {part.number} was read as {encoding}")
        )
    inner = Source(name=source.name)
    if part.media == "text/html":
        document = html.read(text.encode("utf-8"), inner)
        assembly.embed(document, lambda place: replace(place, part=part.number))
        return
    for kind, line, words in _segments(text):
        if kind == "body":
            document = plain.read(words.encode("utf-8"), inner)
            assembly.embed(_bare(document), _mover(part.number, line))
        else:
            _add_lines(assembly, kind, words, part.number, line)


def _bare(document: Document) -> Document:
    """Return the document without the empty lines at its end, which no block holds."""
    text = document.text.rstrip("\r\n \t")
    if any(block.span.end > len(text) for block in document.blocks):
        blocks = tuple(
            replace(b, span=_cut(b.span, len(text)), content=_cut(b.content, len(text)))
            for b in document.blocks
        )
        return replace(document, text=text, blocks=blocks)
    return replace(document, text=text)


def _cut(span: Span, end: int) -> Span:
    return Span(min(span.start, end), min(span.end, end))


def _mover(number: str, line: int) -> Callable[[Place], Place]:
    def moved(place: Place) -> Place:
        return replace(place, part=number, line=None if place.line is None else place.line + line - 1)

    return moved


def _segments(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield (`body`, `quote` or `furniture`, its first line, its words) of a plain body, without what is empty."""
    kind, first = "body", 1
    held: list[str] = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        sort = "quote" if _QUOTED.match(line) else "furniture" if kind == "furniture" else "body"
        if sort == "body" and _SIGNATURE.match(line):
            sort = "furniture"
        if sort != kind:
            if any(map(str.strip, held)):
                yield kind, first, "\n".join(held)
            held, kind, first = [], sort, number
        held.append(line)
    if any(map(str.strip, held)):
        yield kind, first, "\n".join(held)


def _add_lines(assembly: Assembly, kind: str, words: str, number: str, line: int) -> None:
    """Add a quoted or signed stretch, one block for each paragraph, the marks of quotation left out."""
    held: list[str] = []
    first = line
    for n, raw in enumerate([*words.split("\n"), ""], line):
        bare = (_MARKS.sub("", raw, count=1) if kind == "quote" else raw).strip()
        if bare:
            if not held:
                first = n
            held.append(bare)
        elif held:
            place = Place(part=number, line=first)
            assembly.add("quote" if kind == "quote" else "furniture", "\n".join(held), place)
            held = []
