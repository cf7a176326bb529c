"""What a text says of itself: that it was rewritten, translated, copied or retrieved from another.

    Editors rewrote and completed the Orland Annals article ...     how: rewritten, named: the Orland Annals article
    This page uses material from "Pilots of Sund" ...               how: copied
    Retrieved from "https://example.org/wiki/Pilots"                how: retrieved

Such words stand at the head or the foot of a page, and speak of "this article" or begin their sentence: a boat taken from its
owner is none. What is named is given as worded; whether it is one of the sources, `Named` can tell for an address or a title
that fits exactly one. English, and the commonest wordings of German, French, Spanish and Korean.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from regesta.text.span import Span

__all__ = ["Named", "Origin", "origins"]

HEAD: Final = 4000
FOOT: Final = 20_000
"""Code points at either end in which a text speaks of itself."""
_LONGEST: Final = 200

_ITSELF: Final = (
    r"\b(?:th(?:is|e (?:present|above|following))|portions? of this|parts? of this|some of this) "
    r"(?:\w+ )?(?:article|page|text|entry|list|document|translation|version|content|material|section|story|biography|chapter)"
)
_NAMED: Final = r"(?P<named>[^\n]{2,180}?)(?=\.\s|\.?$|[;\n]|,? (?:which|and is|under|in accordance|by permission|with permission|on \d)\b)"
_WAYS: Final = {
    "re-written": "rewritten", "rewritten": "rewritten", "rewrote": "rewritten", "adapted": "adapted", "abridged": "adapted",
    "condensed": "adapted", "expanded": "rewritten", "translated": "translated", "copied": "copied", "taken": "copied",
    "reproduced": "copied", "reprinted": "copied", "republished": "copied", "excerpted": "copied", "extracted": "copied",
    "derived": "adapted", "retrieved": "retrieved", "mirrored": "copied", "imported": "copied", "incorporat": "incorporated",
    "includes": "incorporated", "uses": "copied", "based": "adapted",
}  # fmt: skip
"""Words of taking over, and which of the six ways each means."""

_PATTERNS: Final = tuple(
    (how, re.compile(pattern, re.IGNORECASE | re.MULTILINE))
    for how, pattern in (
        # somebody rewrote the article of another
        (None, r"\b(?P<way>rewrote|adapted|expanded|translated)(?: and \w+)? (?P<named>(?:the|an?) [^.;\n]{0,80}?\b(?:article|page|entry|version))\b"),
        # this page was adapted, in part, from
        (None, _ITSELF + r"[^.\n]{0,60}? (?:is|was|are|were|has been|have been) (?:\w+ ){0,2}?(?P<way>re-?written|adapted|abridged|condensed|"
         r"translated|copied|taken|reproduced|reprinted|republished|excerpted|extracted|derived|retrieved|mirrored|imported)\b[^.\n]{0,60}? from " + _NAMED),
        (None, _ITSELF + r" (?:is|was|are|were) (?:\w+ ){0,2}?(?P<way>based) (?:up)?on (?P<named>(?:the|an?) [^.;\n]{0,120}?\b(?:article|page|entry)\b[^.;\n]{0,80})"),
        # this article incorporates text from; uses material from
        (None, _ITSELF + r"[^.\n]{0,40}? (?P<way>incorporat|includes|uses)(?:es|ed|ing)? (?:\w+ ){0,3}?(?:text|material|content|information) from " + _NAMED),
        # a sentence that begins so
        (None, (r"^[ \t(\[*•-]*(?P<way>retrieved|adapted|translated|reprinted|excerpted|copied|reproduced|republished|abridged)(?:,? (?:with|by) [\w ]{2,30}?,?)? from "
         r"(?P<named>(?:[\"“«]?https?://[^\s\"”»]+|(?:the |an? )?[^\n]{2,160}?))(?=[\"”»)\]]*(?:\.\s|\.?$|\n))")),
        ("adapted", r"\bDieser? (?:Artikel|Text|Eintrag|Seite) (?:basiert|beruht) auf (?P<named>(?:dem|der|einem) [^.;\n]{2,120})"),
        ("translated", r"\bDieser? (?:Artikel|Text|Seite) ist eine (?:\w+ )?Übersetzung (?P<named>(?:des|der|von|aus) [^.;\n]{2,120})"),
        ("translated", r"\bCet article est [^.\n]{0,60}?(?:issu|traduit) (?P<named>(?:de l[’']|du |de la |d[’'])[^;\n]{2,120}?)(?=\.\s|\.?$|[;\n])"),
        ("translated", r"\b[Ee]ste (?:artículo|texto)[^.\n]{0,60}? (?:traduc\w+|adapta\w+|copia\w+) (?P<named>(?:de|del) [^;\n]{2,120}?)(?=\.\s|\.?$|[;\n])"),
        ("translated", r"이 (?:문서|글|기사)[는은] (?P<named>[^.\n]{2,80}?)[을를에]서? ?번역"),
    )
)  # fmt: skip

_CUES: Final = (
    "rewrote", "ewritten", "dapted the", "ranslated", "based on", "based upon", "eproduced", "eprinted", "epublished", "xcerpted",
    "expanded the", "iert auf", "ruht auf", "bersetzung", " issu ", "traduit", "traduc", "번역",
)  # fmt: skip
"""Letters without which, and without those before " from", no pattern holds: looked for first, for that is fast."""
_FROM: Final = (
    "dapted", "opied", "aken", "xtracted", "erived", "etrieved", "irrored", "mported", "bridged", "ondensed", "text", "material",
    "content", "information",
)  # fmt: skip

_QUOTED = re.compile(r"[\"“„«]([^\"”“»\n]{3,120})[\"”“»]")
_ADDRESS = re.compile(r"https?://[^\s\"”»>\])]+", re.IGNORECASE)
_OUTSIDE = re.compile(r"\W+", re.UNICODE)
_ARTICLE = re.compile(r"\b(?:article|page|entry|Artikels?|l’article|l'article)\b[ ,:]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Origin:
    """Words in which a text says where it was taken from."""

    span: Span
    quote: str
    """The words, at most 200 code points."""
    how: str
    """`rewritten`, `adapted`, `translated`, `copied`, `incorporated` or `retrieved`."""
    named: str
    """What it was taken from, as worded."""


def origins(text: str) -> tuple[Origin, ...]:
    r"""Return what a text says of where it was taken from, in order of place, at most eight.

    >>> [(each.how, each.named) for each in origins("Intro.\n\nThis article was translated from the Danish article Piloter.")]
    [('translated', 'the Danish article Piloter')]
    >>> origins("The boat was taken from its owner in Mere.")
    ()
    """
    found: list[Origin] = []
    pieces = [(0, text)] if len(text) <= HEAD + FOOT else [(0, text[:HEAD]), (len(text) - FOOT, text[-FOOT:])]
    for offset, piece in pieces:
        if not (_is_taken_from(piece) or any(map(piece.__contains__, _CUES))):
            continue
        for how, pattern in _PATTERNS:
            for match in pattern.finditer(piece):
                way = how or _WAYS[match["way"].lower()]
                named = match["named"].strip(' \t"“”«».,;')
                if sum(map(str.isalpha, named)) < 3:
                    continue
                start = _sentence(piece, match.start())
                end = min(match.end(), start + _LONGEST)
                found.append(Origin(Span(offset + start, offset + end), piece[start:end], way, named))
    found.sort(key=lambda each: (each.span.start, -each.span.end))
    kept: list[Origin] = []
    for each in found:
        if not kept or each.span.start >= kept[-1].span.end:
            kept.append(each)
    return tuple(kept[:8])


def _is_taken_from(text: str) -> bool:
    """Return whether one of the words of `_FROM` stands before " from"."""
    at = text.find(" from")
    while at >= 0:
        if text.endswith(_FROM, 0, at):
            return True
        at = text.find(" from", at + 1)
    return False


def _sentence(text: str, at: int) -> int:
    """Return where the sentence around a place begins, at most 120 code points before it."""
    low = max(0, at - 120)
    before = max(text.rfind("\n", low, at), text.rfind(". ", low, at) + 1)
    start = before + 1 if before > 0 else low
    while start < at and not text[start].isalnum():
        start += 1
    return start


class Named:
    """Finds which source an `Origin` names: by its address, or by a title that only one bears."""

    def __init__(self, known: Iterable[tuple[str | None, str | None]]) -> None:
        """Take the address and the title of each source, in order."""
        self._by_url: dict[str, set[int]] = defaultdict(set)
        self._by_title: dict[str, set[int]] = defaultdict(set)
        for number, (url, title) in enumerate(known):
            if url:
                self._by_url[_address(url)].add(number)
            if title and len(folded := _folded(title)) >= 6:
                self._by_title[folded].add(number)

    def source(self, own: int, origin: Origin) -> int | None:
        """Return the number of the one source that is named, None where none or several are.

        >>> named = Named([(None, "Pilots of Sund"), ("https://example.org/p", None), (None, "Orland Annals")])
        >>> one = Origin(Span(0, 9), "", "copied", "“Pilots of Sund”")
        >>> two = Origin(Span(0, 9), "", "copied", "http://www.example.org/p/")
        >>> named.source(2, one), named.source(2, two), named.source(0, one)
        (0, 1, None)
        """
        for address in _ADDRESS.findall(origin.named):
            found = self._by_url.get(_address(address), set()) - {own}
            if len(found) == 1:
                return next(iter(found))
        for title in _titles(origin.named):
            found = self._by_title.get(_folded(title), set()) - {own}
            if len(found) == 1:
                return next(iter(found))
        return None


def _titles(named: str) -> Iterator[str]:
    """Yield what may be a title in the words of a name."""
    yield from _QUOTED.findall(named)
    yield named
    parts = _ARTICLE.split(named)
    if len(parts) > 1 and parts[-1]:
        yield parts[-1]


def _address(url: str) -> str:
    """Return an address without scheme, `www`, fragment and last slash."""
    bare = re.sub(r"^[a-z]+://(?:www\.)?", "", url.strip().lower())
    return bare.partition("#")[0].rstrip("/.,")


def _folded(title: str) -> str:
    return _OUTSIDE.sub(" ", title.casefold()).strip()
