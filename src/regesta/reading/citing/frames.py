"""The frames of citations: by which signs an entry parts its author from its title and its title from its house.

    Doe, Jane (2010). "Title". House.          quotation marks part who from where
    Doe, Jane (2010). Title. House.            a year in brackets ends the authors
    Doe, Jane, and Bo Li. Title. Ulm: House, 1999.      a list of names ends at its full stop
    Herald - Title May 3, 2007.                dashes
    Doe v. Roe, 1 U.S. 2 (1973)                a court's manner; an archive's: "TNA, FO 371/12"
    Title Jane Doe and Bo Li, CNN, 3 May 2007  nothing but words

The frames are tried from the surest to the vaguest; each returns None where the entry is not built like it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from regesta.reading.citing.authors import (
    is_author_list,
    is_organisation,
    is_person,
    split_authors,
    trailing_medium,
)
from regesta.reading.citing.citation_dates import CitationDate, date_at, find_citation_dates
from regesta.reading.citing.wording import (
    Quoted,
    clean_publisher,
    find_quoted,
    publisher_of,
    sentence_ends,
    trim,
)

__all__ = ["Parts", "read_frame"]


@dataclass(slots=True)
class Parts:
    """What an entry says, without what `references` took out before."""

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
_FULL_STOP = re.compile(r"[a-z]{2}\. [A-Z]")
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


def read_frame(words: str, *, is_footnote: bool = False, is_link: bool = False) -> Parts:
    """Return what the words of an entry say, its address, identifiers and dates of retrieval blanked out.

    >>> read_frame("Doe, Jane, and Bo Li. The long way. Ulm: House, 1999.").authors
    ('Doe, Jane', 'Bo Li')
    """
    if not trim(words):
        return Parts()
    if _IBID.match(words.strip()):
        return Parts()
    short = _SHORT.match(words.strip())
    if short and not is_organisation(short.group(1)):
        return Parts(authors=split_authors(short.group(1)), date=short.group(2))
    quoted = find_quoted(words)
    if quoted is not None:
        return _by_quotes(words, quoted)
    for frame in (_by_archive, _by_case, _by_year, _by_authors, _by_house, _by_dashes, _by_commas):
        found = frame(words)
        if found is not None:
            return found
    return _by_words(words, is_footnote=is_footnote, is_link=is_link)


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


def _by_quotes(words: str, quoted: Quoted) -> Parts:
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
        if not is_author_list(name) and (is_organisation(name) or _DASH.search(head)):
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
            return Parts(title=title, publisher=before, date=inner.edtf)
    return Parts(
        title=title or None, authors=authors, publisher=publisher or house, date=date.edtf if date else None
    )


_YEAR_IN_FRONT = re.compile(r"^(.{2,250}?),?\s*[(\[]([^()\[\]]{4,40})[)\]][.,:;]?\s+(?=\S)")
_YEAR_BARE = re.compile(r"^(.{2,200}?[.,])\s((?:1[5-9]|20)\d\d)[a-h]?[.:]\s+(?=\S)")


def _by_year(words: str) -> Parts | None:
    """Read `Doe, Jane (2010). Title. House.` and `Doe, J. 2010. Title. House.` alike."""
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
            is_organisation(head)
            and len(head) < 90
            and not (_DASH.search(head) or _DIGIT.search(head) or _FULL_STOP.search(head))
        )
        if not (is_author_list(head) or is_house or len(head.split()) == 1):
            continue
        title, tail = _title_and_tail(words[match.end() :])
        publisher = publisher_of(tail, None)
        if publisher is None and is_organisation(head):
            return Parts(title=title, publisher=head, date=date.edtf if date else None)
        return Parts(
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


def _by_authors(words: str) -> Parts | None:
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
        return Parts(
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
                return Parts(
                    title=title or None,
                    authors=split_authors(names),
                    publisher=clean_publisher(imprint.group(2)),
                    date=date.edtf if date else None,
                )
        title = trim(head)
        return Parts(
            title=title or None, publisher=clean_publisher(imprint.group(2)), date=date.edtf if date else None
        )
    return None


def _by_house(words: str) -> Parts | None:
    """Read `Some Institute. Title. 2008.` and `Some Institute, Title, 2008`: an organisation speaks."""
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
    return Parts(title=title, publisher=house or publisher, date=date.edtf if date else None)


def _by_case(words: str) -> Parts | None:
    """`Doe v. Roe, 1 U.S. 2 (1973)` and `Immigration Act 1953`."""
    case = _CASE.match(words)
    date = _best_date(words)
    if case and " v" in case.group(1) and case.group(1)[0].isupper():
        return Parts(title=trim(case.group(1), keep_stop=True), date=date.edtf if date else None)
    if _LAW.match(words) and find_quoted(words) is None:
        ends = sentence_ends(words)
        title = trim(words[: ends[0]] if ends else words)
        bracket = re.match(r"^(.{8,200}?)\s\(([^()]{4,30})\)", title)
        if bracket and date_at(title, bracket.start(2)):
            title = bracket.group(1)
        return Parts(title=title or None, date=date.edtf if date else None)
    return None


def _by_archive(words: str) -> Parts | None:
    """`TNA, FO 371/12345, fol. 12`: a repository and its shelf mark."""
    match = _ARCHIVE.match(words)
    if match is None or not _SHELF.search(words, match.end() - 2):
        return None
    date = _best_date(words[match.end() :])
    shelf = trim(words[match.end() :])
    return Parts(
        title=shelf or None, publisher=trim(match.group(), keep_stop=True), date=date.edtf if date else None
    )


def _by_dashes(words: str) -> Parts | None:
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
    return Parts(title=title or None, authors=authors, publisher=house, date=stated)


_BYLINE = re.compile(
    r"[\s,]+(?:(?:[Vv]ideo|[Pp]hotos?|[Rr]eport|[Ss]tory|[Ww]ords|[Tt]ext) )?[Bb]y ((?:[A-Z][\w'’.-]{0,25}(?: and | & |, | )?){2,9})$"
)
_TWO_NAMES = re.compile(
    r"\s((?:[A-Z][\w'’-]{1,20} (?:[A-Z]\. )?[A-Z][\w'’-]{1,20}))((?:, [A-Z][\w'’-]{1,20} [A-Z][\w'’-]{1,20}){0,4},? (?:and|&) [A-Z][\w'’-]{1,20}(?: [A-Z]\.)? [A-Z][\w'’-]{1,20})$"
)


def _by_commas(words: str) -> Parts | None:
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
        return Parts(title=None, publisher=left, date=date.edtf)
    return Parts(title=left or None, authors=authors, publisher=house, date=date.edtf)


def _by_words(words: str, *, is_footnote: bool, is_link: bool) -> Parts:
    """Nothing but words: a title, unless they are a remark."""
    if is_footnote and words.count(" ") >= 5 and _VERB.search(words):
        return Parts()
    title, tail = _title_and_tail(words)
    if is_link and title:
        for separator in (": ", ", "):
            before, found, after = title.partition(separator)
            if found and is_organisation(before) and separator == ": ":
                return Parts(title=after, publisher=before)
    return Parts(title=title, publisher=publisher_of(tail, None))
