"""Firsts of things and of newcomers: a shop, a school, a newspaper, a refugee of a country, against earlier ones of their kind.

    "the Seebote (1853), the first German newspaper of Milwaukee"     "the Banner, a German newspaper of Milwaukee", 1844   told
    "the first class for Syrian children", 2015                       "a class for Syrian children", January 2015          the same time
    "the first daily to be printed by steam", "the first since 1860"  narrower than its noun: not compared
    "Ana was the first Chilean in Norvik", 1974                       "Juan, a Chilean, reached Norvik in 1971"            told

The other is a thing that opens, begins or is founded, named with an article and with all the words of the first, at the place
that the first names; or somebody of that kind who came there. A generic place ("of the district") is that of the source, and of
another only where the titles of both name it. What shares a name with the first may be the same thing told again. Whether the
other counts as one of its kind is for a reader to say: nothing here is more than worth knowing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from regesta.criticism.statements import content, covers, statements
from regesta.criticism.view import Said, View, finding
from regesta.model import Finding

__all__ = ["openings"]

_FIRST: Final = re.compile(
    r"\bfirst(?:-ever| ever)?\s+(?P<what>(?!to\b|of\b|in\b|and\b)[\w'’-]+(?:\s(?!of\b|in\b|at\b|on\b|for\b|to\b|who\b|that\b|since\b|and\b)[\w'’-]+){0,4})"
    r"(?P<where>(?:\s(?:of|in|at|on|for)\s(?:(?!to\b|who\b|that\b|since\b|by\b|after\b)[\w'’-]+\s?){1,5})*)(?P<rest>[^,;.]{0,40})",
)
_COMING: Final = re.compile(
    r"\bfirst\s+(?P<what>(?:[\w'’-]+\s){0,3}?)(?:to (?:be (?:received|admitted|taken in)|come|arrive|reach|land|settle)|who (?:came|arrived|reached|landed))"
    r"(?P<where>(?:\s(?:in|at|on|to)?\s?(?:[\w'’-]+\s?){1,4})?)(?P<rest>[^,;.]{0,40})"
)
_NARROW: Final = re.compile(
    r"^\W*(?:to|who|that|which|since|by|after|until|under|with|without|as|whose|when|than|among|between|during|from)\b",
    re.IGNORECASE,
)
_AMONG: Final = re.compile(
    r"\b(?:among|amongst|one of|not|some of|was to be|would be)\s+(?:\w+\s)?$", re.IGNORECASE
)
_BEGINS: Final = re.compile(
    r"\b(?:open(?:s|ed)?|found(?:s|ed)|begins?|began|begun|start(?:s|ed)?|launch(?:es|ed)?|established?|establishes|appear(?:s|ed)?|"
    r"set up|sets up|brings? out|brought out|came out|inaugurated|consecrated|built|printed|published|held|formed|created|moved in|"
    r"went up|was there|existed)\b",
    re.IGNORECASE,
)
_ARTICLE: Final = r"\b(?:an?|another|one|(?:the|its|their|his|her) first|ein|eine|une?|una?)\s+(?P<before>(?:[\w'’-]+\s+){0,5}?)"
_BARE: Final = r"^(?:an?\s+)?(?P<before>(?:[\w'’-]+\s+){0,5}?)"
_PLACES: Final = content(
    "district city town country island region village place parish quarter camp province canton county state land colony settlement area valley "
    "municipality port capital exile here there"
)
_PEOPLE: Final = content(
    "refugee person people man woman exile emigrant immigrant newcomer arrival one national citizen defector group family"
)
_NAMES: Final = re.compile(r"\b[^\W\d_a-z][\w'’-]+")
_AT: Final = re.compile(r"\b(?:in|at|of)\s+([^\W\d_a-z][\w'’-]+)")
_MONTHS: Final = content(
    "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec"
)
_DATED: Final = r"""
select c.id, c.subject, e.label, c.predicate, coalesce(c.value_edtf, c.when_edtf), c.earliest::varchar, c.latest::varchar, c.source,
       v.start_char, v.end_char, v.quote, coalesce(c.where_text, '')
from claims c join claim_evidence v on v.claim = c.id and v.position = 0 join entities e on e.id = c.subject
where c.predicate in ('event', 'arrival', 'effective', 'opened') and c.modality = 'asserted' and c.rank <> 'deprecated' and c.said_by is null
  and c.earliest is not null and c.latest is not null and c.earliest <= c.latest
  and (c.predicate in ('arrival', 'opened') or regexp_matches(lower(v.quote), ?))
  and (c.source in (select unnest(?::varchar[])) or regexp_matches(lower(v.quote), ?))
order by c.source, v.start_char, c.id
limit ?
"""
_MOST: Final = 20000
"""Dated openings and arrivals that are looked at."""
_FIRSTS: Final = 500
_AFTER: Final = 16
"""Code points between a first and the clause that dates it: "the first shop of the town; it opened in May"."""


class _Dated(NamedTuple):
    claim: str
    subject: str
    label: str
    predicate: str
    edtf: str
    earliest: str
    latest: str
    source: str
    start: int
    end: int
    quote: str
    where: str


class _First(NamedTuple):
    text: str
    what: frozenset[str]
    head: str
    where: frozenset[str]
    names: frozenset[str]
    source: str
    subject: str
    edtf: str
    earliest: str
    said: Said
    is_coming: bool


def openings(view: View) -> Iterator[Finding]:
    """Tell of something of the same kind that is dated before what is called the first."""
    told = [one for one in view.once(statements) if one.predicate == "first"]
    firsts = "|".join(sorted({re.escape(w) for one in told for w in _words(one.text)})) or "first"
    sources = sorted({one.source for one in told})
    dated = [
        _Dated(*row)
        for row in view.rows(
            _DATED,
            [_BEGINS.pattern, sources, f"first|{firsts}", _MOST],
            needs={"event|arrival|effective|opened": 1},
        )
    ]
    if not dated:
        return
    by_source: dict[str, list[_Dated]] = defaultdict(list)
    for one in dated:
        by_source[one.source].append(one)
    titles = dict(view.rows("select name, coalesce(title, '') from sources"))
    stated = list(_stated(view, by_source))
    known = {(one.source, one.text.casefold()) for one in stated}
    found = [*stated, *(one for one in _worded(by_source) if (one.source, one.text.casefold()) not in known)]
    by_word: dict[str, list[_Dated]] = defaultdict(list)
    for row in dated:
        for word in content(row.quote) if row.predicate != "arrival" else ():
            by_word[word].append(row)
    for first in found[:_FIRSTS]:
        among = by_source.get(first.source, []) if first.is_coming else by_word.get(first.head, [])
        other = _earlier(first, among, titles)
        if other is not None:
            claims = view.claims([other.claim])[other.claim]
            summary = f"“{first.text}” ({first.edtf}), but {other.edtf} is told: “{_short(other.quote)}”."
            yield finding(
                "F043",
                "first-claim",
                "info",
                summary,
                [first.said, claims[0]],
                first=first.edtf,
                other=other.edtf,
            )


def _words(text: str) -> list[str]:
    """Return the last word of what a text calls first, for a look at other sources."""
    match = _FIRST.search(text)
    return [match["what"].split()[-1].casefold()] if match else []


def _stated(view: View, by_source: Mapping[str, Sequence[_Dated]]) -> Iterator[_First]:
    """Yield what claims call the first, with their date or that of the clause behind them."""
    told = [one for one in view.once(statements) if one.predicate == "first"]
    around = view.words([(one.source, max(one.block_start, one.start - 120), one.start) for one in told])
    passages = view.claims([one.claim for one in told])
    for one, lead in zip(told, around, strict=True):
        edtf, earliest = one.when, one.earliest
        if not (edtf and earliest):
            behind = [d for d in by_source.get(one.source, []) if one.end <= d.start <= one.end + _AFTER]
            own = [
                d
                for d in by_source.get(one.source, [])
                if d.predicate == "arrival" and d.subject == one.subject
            ]
            if not (behind or own):
                continue
            edtf, earliest = (behind or own)[0].edtf, (behind or own)[0].earliest
        said = passages[one.claim][0]
        if not _AMONG.search(lead):
            yield from _read(one.text, lead.split(". ")[-1], one.source, one.subject, (edtf, earliest), said)


def _worded(by_source: Mapping[str, Sequence[_Dated]]) -> Iterator[_First]:
    """Yield what dated events call the first of its kind, where no claim says so: "in May the first school opened"."""
    for rows in by_source.values():
        for one in rows:
            if one.predicate == "event" and (match := re.search(r"\b[Tt]he first\b", one.quote)):
                said = Said.passage(one.source, one.start, one.end, one.quote)
                lead = one.quote[: match.start()]
                if not _AMONG.search(lead):
                    yield from _read(
                        one.quote[match.start() :], lead, one.source, "", (one.edtf, one.earliest), said
                    )


def _read(
    text: str, lead: str, source: str, subject: str, when: tuple[str, str], said: Said
) -> Iterator[_First]:
    """Yield what the words say: of what it is the first, and where; nothing where something narrows it."""
    coming = _COMING.search(text)
    match = coming or _FIRST.search(text)
    if match is None or _NARROW.search(match["rest"]):
        return
    what = match["what"].split()
    verb = next(
        (i for i, w in enumerate(what) if (i and _BEGINS.fullmatch(w)) or w in ("was", "were", "is")),
        len(what),
    )
    what = what[:verb]
    words = content(" ".join(what))
    head = next(iter(content(what[-1])), "") if what else ""
    if not coming and (not head or (len(words) < 2 and not match["where"].strip())):
        return
    where = re.split(r"\b(?:was|were|is|opened|began|appeared|had)\b", match["where"])[0]
    place = content(where) - words
    names = content(" ".join(_NAMES.findall(f"{lead} {text[match.end() :]}"))) - words - place
    is_person = bool(coming) or head in _PEOPLE
    phrase = f"the first {' '.join(what)}{where}".strip() if not coming else f"the {match.group().strip()}"
    yield _First(phrase, words, head, place, names, source, subject, *when, said, is_person)


def _earlier(first: _First, dated: Sequence[_Dated], titles: Mapping[str, str]) -> _Dated | None:
    """Return the first of its kind that is dated before it."""
    best: _Dated | None = None
    title = content(" ".join(_NAMES.findall(titles[first.source])))
    for other in dated:
        if not other.latest < first.earliest or (best is not None and best.latest <= other.latest):
            continue
        if other.subject == first.subject and other.predicate == "arrival":
            continue
        if _foreign(other) - title - first.where:
            continue
        shared = title & content(" ".join(_NAMES.findall(titles[other.source])))
        is_beside = other.source == first.source or bool(shared - first.what)
        near = content(f"{other.quote} {other.where}")
        place = first.where - _PLACES if is_beside else first.where
        if covers(place, near | (shared if other.source != first.source else title)) < len(place):
            continue
        if not place and not is_beside:
            continue
        if _is_of_kind(first, other, near, content(titles[other.source])):
            best = other
    return best


def _foreign(other: _Dated) -> frozenset[str]:
    """Return the names of places where it is said to have been.

    >>> row = _Dated("c", "s", "", "event", "1924-03", "", "", "a.txt", 0, 9, "a school opened in Turin in March", "")
    >>> sorted(_foreign(row))
    ['turin']
    """
    places = [*_AT.findall(other.quote), *_NAMES.findall(other.where)]
    return content(" ".join(places)) - _MONTHS


def _is_of_kind(first: _First, other: _Dated, near: frozenset[str], title: frozenset[str]) -> bool:
    """Whether what is told is one more of what the first is the first of, and no second telling of it."""
    if first.is_coming:
        wanted = first.what - _PEOPLE
        return other.predicate == "arrival" and covers(wanted, near | title) == len(wanted)
    if other.predicate == "arrival" or first.names & content(" ".join(_NAMES.findall(other.quote))):
        return False
    pattern = re.compile(
        (_BARE if other.predicate == "opened" else _ARTICLE) + re.escape(first.head) + r"(?:s|es)?\b",
        re.IGNORECASE,
    )
    match = pattern.search(other.quote)
    return match is not None and covers(first.what - {first.head}, near) == len(first.what - {first.head})


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= 120 else words[:120].rpartition(" ")[0] + " …"
