"""Exports and dumps of MediaWiki: one member per page, its latest revision, read as a stream of any length.

    <mediawiki xml:lang="ko">                             language
      <siteinfo> <base>https://w.example/wiki/Main</base>   address: base without its last part, and the title
      <page> <title> <ns>0</ns> <id>                      name  dump.xml/Title
        <revision> <id> <timestamp> <text>                revision, date; the latest of several is taken

Pages of other namespaces, redirects, pages whose text is hidden and those that are no wikitext are counted, and said at the
end. A document type is refused, so there are no entities to expand; a token longer than a mebibyte is refused too.
Schema: https://www.mediawiki.org/xml/export-0.11.xsd. The wikitext is not read here.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from regesta.errors import ReadError
from regesta.model import Rejection, Source
from regesta.unpacking import limits
from regesta.unpacking.naming import Seen, of_member, safe
from regesta.unpacking.protocol import Member, rejection

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

__all__ = ["NAMESPACES", "members"]

NAMESPACES = frozenset({"0"})
"""Numbers of the namespaces whose pages are documents; 0 holds the articles."""

_CHUNK = 1 << 18
_MAX_TOKEN = 1 << 20
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_PAGE = frozenset({"title", "ns", "id"})
_REVISION = frozenset({"id", "timestamp", "model", "text"})
_KEPT = _PAGE | _REVISION | {"base"}


def members(file: BinaryIO, source: Source) -> Iterator[Member | Rejection]:
    """Yield the pages of a dump; raises `ReadError` where its XML is broken, after the pages before."""
    from xml.parsers import expat

    dump = _Dump(source)
    parser = expat.ParserCreate(intern={})
    parser.buffer_text, parser.buffer_size = True, 1 << 20
    parser.StartDoctypeDeclHandler = dump.refuse
    parser.StartElementHandler, parser.EndElementHandler = dump.start, dump.end
    parser.CharacterDataHandler = dump.characters
    next_bytes = getattr(file, "read1", file.read)  # what was whole before damage is not lost
    n_fed = 0
    broken: ReadError | None = None
    while True:
        try:
            data = next_bytes(_CHUNK)
            n_fed += len(data)
            parser.Parse(data, not data)
        except expat.ExpatError as error:
            broken = ReadError(
                "the XML is broken",
                where=f"{source.name}:{error.lineno}",
                found=expat.ErrorString(error.code),
            )
        except ReadError as error:
            broken = error
        if broken is None and n_fed - parser.CurrentByteIndex > _CHUNK + _MAX_TOKEN:
            broken = ReadError("the XML holds a tag longer than any", where=_line(source, parser))
        yield from dump.pages
        dump.pages.clear()
        if broken or not data:
            break
    yield from dump.left_out()
    if broken:
        raise broken


def _line(source: Source, parser: XMLParserType) -> str:
    return f"{source.name}:{parser.CurrentLineNumber}"


@dataclass(slots=True)
class _Dump:
    """What the parser has told so far."""

    source: Source
    pages: list[Member | Rejection] = field(default_factory=list)
    n_left_out: Counter[str] = field(default_factory=Counter)
    stem: str = ""
    _depth: int = 0
    _page: dict[str, str] | None = None
    _best: dict[str, str] | None = None
    _revision: dict[str, str] | None = None
    _words: list[str] | None = None
    _size: int = 0
    _seen: Seen = field(default_factory=Seen)
    _n_again: int = 0
    """Pages whose title and number another one has."""

    def refuse(self, *_: object) -> None:
        raise ReadError("the XML has a document type, which no dump has", where=self.source.name)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            if tag != "mediawiki":
                raise ReadError("this is no export of MediaWiki", where=self.source.name, found=tag)
            if language := attributes.get("xml:lang"):
                self.source = replace(self.source, language=self.source.language or language)
        elif tag == "page" and self._depth == 2:
            self._page, self._best = {}, None
        elif self._page is not None and tag == "revision" and self._depth == 3:
            self._revision = {}
        elif self._page is not None and tag == "redirect" and self._depth == 3:
            self._page["redirect"] = "yes"
        elif tag in _KEPT and (self._depth == 3 or (self._depth == 4 and self._revision is not None)):
            self._words, self._size = [], 0
            if tag == "text" and self._revision is not None and "deleted" in attributes:
                self._revision["hidden"] = "yes"

    def characters(self, words: str) -> None:
        if self._words is not None:
            self._size += len(words)
            if self._size <= limits.MAX_MEMBER_SIZE // 4:  # a code point is up to four bytes
                self._words.append(words)

    def end(self, tag: str) -> None:
        depth, self._depth = self._depth, self._depth - 1
        if self._words is not None and tag in _KEPT:
            words, self._words = "".join(self._words), None
            if depth == 4 and self._revision is not None and tag in _REVISION:
                self._revision[tag] = words
                if self._size > limits.MAX_MEMBER_SIZE // 4:
                    self._revision["large"] = "yes"
            elif depth == 3 and self._page is not None and tag in _PAGE:
                self._page[tag] = words
            elif depth == 3 and tag == "base":
                self.stem = _stem(words.strip())
        elif tag == "revision" and depth == 3 and self._revision is not None:
            # The latest counts; where two tell the same time, the later in the file.
            if self._best is None or self._revision.get("timestamp", "") >= self._best.get("timestamp", ""):
                self._best = self._revision
            self._revision = None
        elif tag == "page" and depth == 2 and self._page is not None:
            self._add(self._page, self._best or {})
            self._page = self._best = None

    def _add(self, page: dict[str, str], revision: dict[str, str]) -> None:
        if page.get("ns", "0").strip() not in NAMESPACES:
            self.n_left_out["pages of other namespaces"] += 1
        elif "redirect" in page:
            self.n_left_out["redirects"] += 1
        elif revision.get("model", "wikitext").strip() != "wikitext":
            self.n_left_out["pages that are no wikitext"] += 1
        elif "hidden" in revision or not revision.get("text"):
            self.n_left_out["pages without text"] += 1
        else:
            self.pages.append(self._member(page, revision))

    def _member(self, page: dict[str, str], revision: dict[str, str]) -> Member | Rejection:
        title = " ".join(page.get("title", "").split()) or f"page {page.get('id', '').strip()}"
        path = "/".join(safe(part) if part not in ("", ".", "..") else "_" for part in title.split("/"))
        if self._seen.add(path):
            path = f"{path}~{safe(page.get('id', '2').strip()[:20])}"
            if self._seen.add(path):
                self._n_again += 1
                path = f"{path}~{self._n_again}"
        if "large" in revision:
            return rejection(f"{self.source.name}/{path}", "U003", "Left out: the page is larger than any.")
        date = _DATE.match(revision.get("timestamp", "").strip())
        source = replace(
            of_member(self.source, path),
            format="wikitext",
            title=title[:1000],
            url=self.stem + quote(title.replace(" ", "_"), safe="/:@!$()*,;~'") if self.stem else None,
            date=date[0] if date else self.source.date,
            language=sys.intern(self.source.language) if self.source.language else None,
            revision=revision.get("id", "").strip()[:40] or None,
        )
        return Member(source, revision["text"].encode("utf-8", "surrogatepass"))

    def left_out(self) -> Iterator[Rejection]:
        """Yield what was counted, in one sentence each."""
        for what, count in sorted(self.n_left_out.items()):
            yield rejection(self.source.name, "U008", f"Left out by rule: {count:,} {what}.")


def _stem(base: str) -> str:
    """Return what the addresses of a wiki's pages begin with, from that of its main page.

    >>> _stem("https://w.example/wiki/Main_Page"), _stem("http://w.example/index.php?title=Main")
    ('https://w.example/wiki/', 'http://w.example/index.php?title=')
    """
    if not base.startswith(("http://", "https://")) or len(base) > 2000:
        return ""
    cut = base.find("title=") + 6 if "title=" in base else base.rfind("/") + 1
    return base[:cut] if cut > len("https://") else ""
