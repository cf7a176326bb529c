"""Entries of reference lists into their parts: who, what, where, when, under which number.

    Doe, Jane (17 May 1997). "The long way". The Herald. Retrieved 30 May 2007. ISBN 0-306-40615-2
    [-------]  [---------]    [----------]   [--------]           [---------]   [----------------]
    authors       date           title        publisher            retrieved       identifiers

What has a shape of its own is taken out first (addresses, numbers, "Retrieved ..."); each piece leaves blanks behind, so
that offsets hold. What is left is read by its frame: a quoted title parts who from where; else a year in brackets, a
list of authors, dashes, a court's or an archive's manner, or nothing but words. Shared by all readers: each finds the
entry's words in its own way and asks here what they say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from regesta.model import Reference, content_id
from regesta.reading.authors import is_author_list, is_organisation, is_person, split_authors, trailing_medium
from regesta.reading.citation_dates import CitationDate, date_at, find_citation_dates
from regesta.reading.identifiers import find_identifiers, find_url
from regesta.reading.wording import (
    Quoted,
    clean_publisher,
    find_quoted,
    publisher_of,
    sentence_ends,
    trim,
)
from regesta.text.span import Span

__all__ = ["parse_reference", "reference_id"]

ReferenceKind = Literal["footnote", "bibliography", "link"]


def reference_id(source_name: str, kind: ReferenceKind, marker: str, span: Span) -> str:
    """Return the id of the entry of that kind and label at that place of a source."""
    return content_id("r", [source_name, kind, marker, span.start, span.end])


def parse_reference(
    text: str,
    span: Span,
    *,
    kind: ReferenceKind,
    marker: str = "",
    source_name: str,
    url: str | None = None,
) -> Reference:
    """Return what the words `text[span]` of one entry say; `marker` is the label as the body cites it, such as `[1]`.

    `url` is the target of the entry's link, for formats that have links; else one is sought in the words.

    >>> entry = 'Doe, Jane (17 May 1997). "The long way". The Herald. Retrieved 30 May 2007.'
    >>> parsed = parse_reference(entry, Span(0, len(entry)), kind="footnote", marker="[1]", source_name="a.txt")
    >>> parsed.authors, parsed.date, parsed.title, parsed.publisher, parsed.retrieved
    (('Doe, Jane',), '1997-05-17', 'The long way', 'The Herald', '2007-05-30')
    """
    words = _SPACE.sub(" ", span.of(text))[:4000]
    rest = _Rest(words)
    address = rest.take_url()
    identifiers = rest.take_identifiers()
    retrieved = rest.take_retrieved()
    rest.take_archived()
    rest.take_remarks()
    parts = _parts(rest.words, kind)
    return Reference(
        id=reference_id(source_name, kind, marker, span),
        kind=kind,
        marker=marker,
        span=span,
        title=parts.title,
        authors=parts.authors,
        publisher=parts.publisher,
        date=parts.date,
        retrieved=retrieved,
        url=url or address,
        identifiers=identifiers,
    )


_SPACE = re.compile(r"\s")
_BEFORE_URL = re.compile(
    r"(?:\b(?:available|online|retrieved|accessed|verfügbar|disponible|URL|from|at|unter|on|see)\b[\s:]{0,3}){1,4}<?\s?$|<$",
    re.IGNORECASE,
)
_RETRIEVED = re.compile(
    r"[(\[]?\s?(?:\b(?:last|date)\s)?\b(?:retrieved|accessed|consulted|viewed|visited|downloaded|seen|checked|access(?:ed)? date|abgerufen|zugriff|aufgerufen"
    r"|consulté|consultado|consultato|acessado|acesso|dostęp|дата обращения|дата звернення|geraadpleegd|hämtad|hentet|besucht)\b"
    r"(?:\s(?:on|am|le|el|em|il|at|op|den))?:?\s{0,3}",
    re.IGNORECASE,
)
_ARCHIVED = re.compile(
    r"[(\[]?\barchived?\b(?:\s(?:from|copy|at|version|by|on|the|original|wayback|machine|internet|archive(?:\.today|\.org)?|webcite|\(PDF\))\b){0,10}[\s,]{0,2}",
    re.IGNORECASE,
)
_LANGUAGES = r"[A-Z][a-z]{2,12}"
_REMARK = re.compile(
    rf"\((?:in {_LANGUAGES}(?:(?:,| and) {_LANGUAGES}){{0,3}}|PDF|pdf|HTML|DOC|video|audio|report|press release|subscription required|registration required|podcast|blog|abstract"
    rf"|(?:[\w. ]{{1,24}} )?(?:ed\.|edition|edn\.?|Aufl\.))\)|\[(?:PDF|pdf|Video|Blog post|Online|Report)\]|\bvia [A-Z][\w ]{{2,30}}\.",
    re.IGNORECASE,
)


class _Rest:
    """The words of an entry that nothing has claimed yet; what was claimed is blank."""

    def __init__(self, words: str) -> None:
        self.words = words

    def _blank(self, start: int, end: int) -> None:
        self.words = self.words[:start] + " " * (end - start) + self.words[end:]

    def take_url(self) -> str | None:
        """Take every address and return the first."""
        first: str | None = None
        for _ in range(8):
            place = find_url(self.words)
            if place is None:
                break
            first = first or self.words[slice(*place)]
            self._blank(*place)
            before = _BEFORE_URL.search(self.words, max(0, place[0] - 60), place[0])
            if before:
                self._blank(before.start(), before.end())
        return first

    def take_identifiers(self) -> tuple[tuple[str, str], ...]:
        """Take all identifiers; a DOI that stands in an address was taken with it."""
        found = find_identifiers(self.words)
        for identifier in found:
            self._blank(identifier.start, identifier.end)
        return tuple((identifier.scheme, identifier.value) for identifier in found)

    def take_retrieved(self) -> str | None:
        """Take "Retrieved 3 May 2010" and return the date."""
        for match in _RETRIEVED.finditer(self.words):
            date = date_at(self.words, match.end())
            is_alone = not self.words[match.end() :].strip(" .,;")
            if date is None and not is_alone:
                continue
            end = date.end if date else match.end()
            if match.group()[0] in "([" and self.words[end : end + 1] in (")", "]"):
                end += 1
            self._blank(match.start(), end)
            return date.edtf if date else None
        return None

    def take_archived(self) -> None:
        """Take "archived from the original on 3 May 2010"."""
        match = _ARCHIVED.search(self.words)
        if match:
            date = date_at(self.words, match.end())
            if date is not None or match.group().rstrip().count(" ") >= 1:
                self._blank(match.start(), date.end if date else match.end())

    def take_remarks(self) -> None:
        """Take notes on language, file type and edition."""
        for match in _REMARK.finditer(self.words):
            self._blank(*match.span())


@dataclass(slots=True)
class _Parts:
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None


_IBID = re.compile(r"^(?:ibid(?:em)?|id|op\. ?cit|loc\. ?cit)\b", re.IGNORECASE)
_SHORT = re.compile(
    r"^((?:[^\W\d_a-z][\w'’-]{1,25}(?:,? (?:and|&|und) |, )?){1,3}(?: et al\.)?),? \(?((?:1[5-9]|20)\d\d)[a-h]?\)?(?:[,:]? ?(?:pp?\. ?|S\. ?)?[\d–, -]{0,20})?\.?$"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|did|do|includes?|excludes?|refers?|means|according|see)\b"
)
_DIGIT = re.compile(r"\d")
_DASH = re.compile(r",?\s+[-–—]\s+")
_CASE = re.compile(r"^(.{2,120}?\bv(?:s|\.|s\.)?\s.{2,120}?)(?=,\s|\s[\[(]\d|\s\d{1,4}\s[A-Z]|\s\[|$)")
_LAW = re.compile(
    r"^(?:[A-Z][\w.]{1,20}\s){0,6}(?:Act|Law|Decree|Order|Regulations?|Directive|Resolution|Convention|Protocol|Constitution|Code|Gesetz|Ley|Loi|Decreto|Treaty|Ordinance)\b"
)
_ARCHIVE = re.compile(
    r"^(?:[A-Z][A-Za-z]{1,7}(?:[ -][A-Z]{2,6})?|[^,]{3,60}\b(?:Archiv\w{0,3}|Archives|Library|Record Office)\b[^,]{0,40}),\s"
)
_SHELF = re.compile(
    r"\b(?:[A-Z]{1,4} ?\d{1,4}/[\d/. -]{1,20}|Bl\.|fol\.|ff?\.|Box \d|RG \d|Record Group|[Ff]ond|[Oo]pis|Nr\.|Bestand|Folder|File \d|d\. \d|op\. \d|HO \d|FO \d|MS)\b|\b[A-Z]{2,4} \d{1,3}/[IVX\d]"
)


def _parts(words: str, kind: ReferenceKind) -> _Parts:
    """Read what is left of an entry by its frame."""
    if not trim(words):
        return _Parts()
    if _IBID.match(words.strip()):
        return _Parts()
    short = _SHORT.match(words.strip())
    if short and not is_organisation(short.group(1)):
        return _Parts(authors=split_authors(short.group(1)), date=short.group(2))
    quoted = find_quoted(words)
    if quoted is not None:
        return _by_quotes(words, quoted)
    for frame in (_by_archive, _by_case, _by_year, _by_authors, _by_house, _by_dashes, _by_commas):
        found = frame(words)
        if found is not None:
            return found
    return _by_words(words, kind)


def _best_date(words: str) -> CitationDate | None:
    """Return the most exact date; of equals the first, of bare years the last."""
    dates = find_citation_dates(words)
    if not dates:
        return None
    best = max(date.precision for date in dates)
    exact = [date for date in dates if date.precision == best]
    return exact[0] if best > 1 else exact[-1]


def _without(words: str, date: CitationDate | None) -> str:
    """Return the words with the date, and brackets that held only it, blank."""
    if date is None:
        return words
    start, end = date.start, date.end
    if words[start - 1 : start] in ("(", "[") and words[end : end + 1] in (")", "]"):
        start, end = start - 1, end + 1
    return words[:start] + " " * (end - start) + words[end:]


def _by_quotes(words: str, quoted: Quoted) -> _Parts:
    head, tail = words[: quoted.start], words[quoted.end :]
    title = trim(quoted.title)
    head_date = _best_date(head)
    head = _without(head, head_date)
    tail = tail.replace(quoted.title, " " * len(quoted.title))
    tail_date = _best_date(tail)
    authors: tuple[str, ...] = ()
    house: str | None = None
    for piece in _DASH.split(head) if _DASH.search(head) else [head]:
        name = trim(piece, keep_stop=True)
        if not name:
            continue
        if is_organisation(name) and not is_author_list(name):
            house = house or clean_publisher(name)
        elif _DASH.search(head) and not is_author_list(name):
            house = house or clean_publisher(name)
        else:
            authors += split_authors(name)
    date = head_date or tail_date
    publisher = publisher_of(_without(tail, tail_date), tail_date.start if tail_date else None)
    if house is not None and publisher is not None and house != publisher:
        authors = authors or (house,)
    if not trim(head) and publisher is None and date is None:
        inner = _best_date(title)
        before = trim(title[: inner.start]) if inner else ""
        if inner and is_organisation(before) and len(before) < 50:
            return _Parts(title=title, publisher=before, date=inner.edtf)
    return _Parts(
        title=title or None, authors=authors, publisher=publisher or house, date=date.edtf if date else None
    )


_YEAR_IN_FRONT = re.compile(r"^(.{2,250}?),?\s*[(\[]([^()\[\]]{4,40})[)\]][.,:;]?\s+(?=\S)")
_YEAR_BARE = re.compile(r"^(.{2,200}?[.,])\s((?:1[5-9]|20)\d\d)[a-h]?[.:]\s+(?=\S)")


def _by_year(words: str) -> _Parts | None:
    """`Doe, Jane (2010). Title. House.` and `Doe, J. 2010. Title. House.`"""
    for pattern in (_YEAR_IN_FRONT, _YEAR_BARE):
        match = pattern.match(words)
        if match is None:
            continue
        head = trim(match.group(1), keep_stop=True)
        date = date_at(words, match.start(2))
        is_undated = match.group(2).strip(" .").casefold() in (
            "n.d",
            "nd",
            "o. j",
            "s.d",
            "s. d",
            "forthcoming",
            "undated",
        )
        if date is None and not is_undated:
            continue
        is_house = (
            is_organisation(head) and len(head) < 90 and not _DASH.search(head) and not _DIGIT.search(head)
        )
        if not (is_author_list(head) or is_house or len(head.split()) == 1):
            continue
        title, tail = _title_and_tail(words[match.end() :])
        publisher = publisher_of(tail, None)
        if publisher is None and is_organisation(head):
            return _Parts(title=title, publisher=head, date=date.edtf if date else None)
        return _Parts(
            title=title, authors=split_authors(head), publisher=publisher, date=date.edtf if date else None
        )
    return None


_IMPRINT = re.compile(
    r"[.,]?\s+\(?([A-Z][^:.()]{1,40}(?:,\s[A-Z.]{2,12})?):\s([A-Z][^:()]{2,90}?)[,)]\s{0,2}(?:c\.? ?)?(?:\[?(?:1[5-9]|20)\d\d)"
)


def _title_and_tail(words: str) -> tuple[str | None, str]:
    """Return the title up to its full stop, and what comes after."""
    for end in sentence_ends(words):
        title = trim(words[:end], keep_mark=True)
        if title:
            return title, words[end:]
    date = _best_date(words)
    if date is not None and date.start > 0:
        title = trim(words[: date.start])
        cut = trailing_medium(title)
        if cut:
            return trim(title[:cut]), title[cut:]
        if ", " in title:
            title, _, house = title.rpartition(", ")
            return trim(title), house
        return title or None, ""
    return trim(words) or None, ""


_UNFINISHED = re.compile(r"(?:^|\b(?:and|&)\s)[^\W\d_][\w'’-]{1,20} [^\W\d_]\.$")
"""A first name and an initial, whose surname is still to come."""


def _by_authors(words: str) -> _Parts | None:
    """`Doe, Jane, and Richard Roe. Title. Place: House, 2008.`, and with commas: `Jane Doe, Title (Place: House, 2008)`."""
    ends = sentence_ends(words, initials=True)
    for end in ends[:6]:
        head = words[:end].strip()
        if not is_author_list(head) or _UNFINISHED.search(head):
            continue
        is_inverted = "," in head
        if not is_inverted and len([e for e in ends if e > end]) < 2 and ":" not in words[end:]:
            continue
        title, tail = _title_and_tail(words[end:])
        date = _best_date(tail)
        name = trim(head, keep_stop=bool(re.search(r"\b[A-Z]\.$", head)))
        return _Parts(
            title=title,
            authors=split_authors(name),
            publisher=publisher_of(_without(tail, date), date.start if date else None),
            date=date.edtf if date else None,
        )
    imprint = _IMPRINT.search(words)
    if imprint:
        head = words[: imprint.start()]
        date = date_at(words, imprint.end() - 4) or _best_date(words[imprint.start() :])
        pieces = head.split(", ")
        for n in range(min(4, len(pieces) - 1), 0, -1):
            names = ", ".join(pieces[:n])
            if is_author_list(names):
                title = trim(", ".join(pieces[n:]))
                return _Parts(
                    title=title or None,
                    authors=split_authors(names),
                    publisher=clean_publisher(imprint.group(2)),
                    date=date.edtf if date else None,
                )
        title = trim(head)
        return _Parts(
            title=title or None, publisher=clean_publisher(imprint.group(2)), date=date.edtf if date else None
        )
    return None


def _by_house(words: str) -> _Parts | None:
    """`Some Institute. Title. 2008.`, `Some Institute, Title, 2008`: an organisation speaks."""
    match = re.match(r"^([A-Z][^.,:]{2,90}?)[.,:]\s+(?=[A-Z\d])", words)
    if (
        match is None
        or not is_organisation(match.group(1))
        or _DASH.search(match.group(1))
        or _LAW.match(words)
    ):
        return None
    date = _best_date(words[match.end() :])
    rest = _without(words[match.end() :], date)
    title, tail = _title_and_tail(rest if date is None else rest[: date.start] if date.start > 3 else rest)
    if title is None:
        return None
    if match.group()[match.end(1)] == "," and ", " in title and date is not None:
        title = trim(title.split(", ")[0]) if len(title.split(", ")[0]) > 12 else title
    house = clean_publisher(match.group(1))
    publisher = publisher_of(tail, None)
    return _Parts(title=title, publisher=house or publisher, date=date.edtf if date else None)


def _by_case(words: str) -> _Parts | None:
    """`Doe v. Roe, 1 U.S. 2 (1973)` and `Immigration Act 1953`."""
    case = _CASE.match(words)
    date = _best_date(words)
    if case and " v" in case.group(1) and case.group(1)[0].isupper():
        return _Parts(title=trim(case.group(1), keep_stop=True), date=date.edtf if date else None)
    if _LAW.match(words) and find_quoted(words) is None:
        ends = sentence_ends(words)
        title = trim(words[: ends[0]] if ends else words)
        bracket = re.match(r"^(.{8,200}?)\s\(([^()]{4,30})\)", title)
        if bracket and date_at(title, bracket.start(2)):
            title = bracket.group(1)
        return _Parts(title=title or None, date=date.edtf if date else None)
    return None


def _by_archive(words: str) -> _Parts | None:
    """`TNA, FO 371/12345, fol. 12`: a repository and its shelf mark."""
    match = _ARCHIVE.match(words)
    if match is None or not _SHELF.search(words, match.end() - 2):
        return None
    date = _best_date(words[match.end() :])
    shelf = trim(words[match.end() :])
    return _Parts(
        title=shelf or None, publisher=trim(match.group(), keep_stop=True), date=date.edtf if date else None
    )


def _by_dashes(words: str) -> _Parts | None:
    """`Herald - Boat reaches port May 3, 2007.`, `Boat reaches port - The Herald`, `Jane Doe - Herald - Boat reaches port`."""
    date = _best_date(words)
    pieces = [trim(piece) for piece in _DASH.split(_without(words, date))]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) < 2:
        return None
    authors: tuple[str, ...] = ()
    house: str | None = None
    stated = date.edtf if date else None
    if (
        is_organisation(pieces[-1])
        and len(pieces[-1].split()) <= 6
        and not (is_organisation(pieces[0]) and len(pieces[0].split()) <= 4)
    ):
        house = clean_publisher(pieces.pop())
    while len(pieces) > 1 and len(pieces[0].split()) <= 8:
        if is_author_list(pieces[0]) and not authors:
            authors = split_authors(pieces.pop(0))
        elif house is None and (is_organisation(pieces[0]) or authors or len(pieces[0].split()) <= 4):
            house = clean_publisher(pieces.pop(0))
        else:
            break
    title = " – ".join(pieces)
    if not house and authors and not is_person(", ".join(authors)):
        return None
    return _Parts(title=title or None, authors=authors, publisher=house, date=stated)


_BYLINE = re.compile(
    r"[\s,]+(?:(?:[Vv]ideo|[Pp]hotos?|[Rr]eport|[Ss]tory|[Ww]ords|[Tt]ext) )?[Bb]y ((?:[A-Z][\w'’.-]{0,25}(?: and | & |, | )?){2,9})$"
)
_TWO_NAMES = re.compile(
    r"\s((?:[A-Z][\w'’-]{1,20} (?:[A-Z]\. )?[A-Z][\w'’-]{1,20}))((?:, [A-Z][\w'’-]{1,20} [A-Z][\w'’-]{1,20}){0,4},? (?:and|&) [A-Z][\w'’-]{1,20}(?: [A-Z]\.)? [A-Z][\w'’-]{1,20})$"
)


def _by_commas(words: str) -> _Parts | None:
    """Title, author and newspaper with nothing but commas between them, or nothing at all."""
    date = _best_date(words)
    if date is None:
        return None
    left = trim(words[: date.start])
    if not left:
        left = trim(words[date.end :])
    authors: tuple[str, ...] = ()
    house: str | None = None
    cut = trailing_medium(left)
    if cut is not None and cut > 0:
        house, left = clean_publisher(left[cut:]), trim(left[:cut])
    else:
        before, comma, last = left.rpartition(", ")
        if comma and 1 <= len(last.split()) <= 6 and last[:1].isupper() and len(before) > 12:
            house, left = clean_publisher(last), trim(before)
    byline = _BYLINE.search(left)
    names = _TWO_NAMES.search(left)
    if byline:
        authors, left = split_authors(byline.group(1)), trim(left[: byline.start()])
    elif names and house:
        authors, left = split_authors(names.group(1) + names.group(2)), trim(left[: names.start()])
    else:
        pieces = left.split(", ")
        for n in range(min(6, len(pieces) - 1), 0, -1):
            head = ", ".join(pieces[:n])
            if is_author_list(head):
                authors, left = split_authors(head), trim(", ".join(pieces[n:]))
                break
    if house is None and not authors and is_organisation(left) and len(left.split()) <= 6:
        return _Parts(title=None, publisher=left, date=date.edtf)
    return _Parts(title=left or None, authors=authors, publisher=house, date=date.edtf)


def _by_words(words: str, kind: ReferenceKind) -> _Parts:
    """Nothing but words: a title, unless they are a remark."""
    if kind == "footnote" and words.count(" ") >= 5 and _VERB.search(words):
        return _Parts()
    title, tail = _title_and_tail(words)
    if kind == "link" and title:
        for separator in (": ", ", "):
            before, found, after = title.partition(separator)
            if found and is_organisation(before) and separator == ": ":
                return _Parts(title=after, publisher=before)
    return _Parts(title=title, publisher=publisher_of(tail, None))
