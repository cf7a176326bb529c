"""Timeline: what happened when, each date drawn as what it is, and a table of the same.

    /timeline?from=1990&to=1999&kind=person

A claim that several sources make is one mark. Lanes with many events are counted by the month and shown as bins, each a link
to its own time. Without a choice of a predicate only what happened is shown: dates of figures, ages and the like are one
choice away. Nothing here reckons a date that no source gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from regesta.dates.days import from_day_number
from regesta.drawing import Drawing, Event, extent_of
from regesta.drawing import timeline as draw
from regesta.pages.dating import in_words
from regesta.pages.drawn import STANDS, Pair, called, drawn_words, pair, place_of
from regesta.pages.page import Asked, Page
from regesta.pages.passages import Passage, passages_of, sources_of
from regesta.pages.people import Choice, Facet
from regesta.pages.telling import Value, value_of
from regesta.shelf import Row, Shelf
from regesta.vocab import kinds, predicates

__all__ = ["PAGE", "Timeline", "small", "timeline"]

_FACETS = ("kind", "predicate", "source")
_LANES = ("kind", "predicate")
_CALLED = {"kind": "kinds", "predicate": "predicate"}
"""The words of the interface that values are called by."""
_AT_ONCE = 30
_MARKS = 450
"""Events of all lanes together that a wide drawing shows one by one; a lane with more is counted."""
_MARKS_NARROW = 120
_SHOWN = 14
"""Values of a facet that are shown, most events first; the chosen one always."""
_ALL = 1000
"""Values that are shown where all are asked for."""

_BEGUN = "coalesce(nullif(h.first_day, ''), h.last_day)"
"""The day that a happening is put in order by: its first, else its last."""

_CHOSEN = """
select c.*, {stands}, h.edtf, h.first_day, h.last_day, s.documents, s.independent
from happenings h join claims c on c.id = h.claim left join claim_support s on s.claim = c.id
where {where} order by h.rowid limit ? offset ?
"""

_FOREMOST = f"""
select c.*, {STANDS}, f.edtf, f.first_day, f.last_day, s.documents, s.independent
from foremost f cross join claims c on c.id = f.claim left join claim_support s on s.claim = f.claim order by f.place
"""  # noqa: S608 - our own columns


@dataclass(frozen=True, slots=True)
class Happening:
    """A row of the table."""

    claim: Row
    name: str
    """Of whom or of what, empty where the value says it all."""
    value: Value
    when: str
    """In words."""
    address: str
    """Where the claim stands."""
    passage: Passage | None
    n_sources: int
    n_families: int


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another time."""

    name: str
    address: str
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The page."""

    drawn: Pair | None
    """None where nothing is chosen that has a date."""
    rows: tuple[Happening, ...]
    n: int
    facets: tuple[Facet, ...]
    lanes: tuple[tuple[str, str, bool], ...]
    """What lanes can be made of, each with its address and whether it is so now."""
    ways: tuple[Way, ...]
    """Earlier, later, nearer, wider, all: those that make sense here."""
    decades: tuple[Way, ...]
    start: str
    """As asked for, to stand in the form."""
    end: str
    unread: tuple[str, ...]
    """Bounds that are no dates."""
    chosen: Mapping[str, str]
    """What else is chosen, for the form to keep."""
    titles: Mapping[str, str]
    part: int
    n_parts: int


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The time that is asked for, as numbers of days and as ISO days; None where it is open."""

    first: int | None
    last: int | None
    unread: tuple[str, ...]

    def where(self) -> tuple[list[str], list[str]]:
        """Return the conditions and values that choose what may lie within."""
        parts, values = [], []
        if self.last is not None:
            parts.append("h.first_day <= ?")
            values.append(str(from_day_number(self.last)))
        if self.first is not None:
            parts.append("h.last_day >= ?")
            values.append(str(from_day_number(self.first)))
        return parts, values


def timeline(shelf: Shelf, asked: Asked) -> Timeline:
    """Return the page."""
    bounds = _bounds(asked)
    chosen = {name: asked.get(name) for name in _FACETS if asked.get(name)}
    where, values = _where(chosen, bounds)
    n = shelf.value(f"select coalesce({_n(chosen)}, 0) from {_of(chosen)} h where {where}", values)  # noqa: S608 - made of constants
    n_parts = max(1, -(-n // _AT_ONCE))
    part = asked.number("part", most=n_parts)
    rows_where = _where(chosen, bounds, of="happenings")[0]
    listed = shelf.rows(
        _CHOSEN.format(stands=STANDS, where=rows_where), [*values, _AT_ONCE, (part - 1) * _AT_ONCE]
    )
    passages = passages_of(shelf, [row["id"] for row in listed], asked.links)
    rows = tuple(_happening(row, passages.get(row["id"], ()), asked) for row in listed)
    lane = asked.get("lanes") if asked.get("lanes") in _LANES else _LANES[0]
    cited = {row.passage.source for row in rows if row.passage}
    return Timeline(
        drawn=_drawn(shelf, asked, chosen, lane, bounds) if n else None,
        rows=rows,
        n=n,
        facets=tuple(_facet(shelf, asked, name, chosen, bounds) for name in _FACETS),
        lanes=tuple((name, _with(asked, lanes=name), name == lane) for name in _LANES),
        ways=_ways(shelf, asked, chosen, bounds),
        decades=_decades(shelf, asked, chosen),
        start=asked.get("from"),
        end=asked.get("to"),
        unread=bounds.unread,
        chosen={name: asked.get(name) for name in (*_FACETS, "lanes") if asked.get(name)},
        titles={name: row["title"] or name for name, row in sources_of(shelf, cited).items()},
        part=part,
        n_parts=n_parts,
    )


_SAYS_ALL = ("event", "first", "superlative")
"""What is told with these says by itself what happened."""
_SAME = 24
"""Letters of two events of one date that make them one on the front page."""


def small(shelf: Shelf, asked: Asked) -> Pair | None:
    """Return a small timeline of what most sources tell of but for people, None where there are not three such events."""
    rows = shelf.rows(_FOREMOST)
    if len(rows) < 3:
        return None
    events = list(
        {
            (one.when, one.name[:_SAME].casefold()): one for one in (_event(row, asked, "") for row in rows)
        }.values()
    )
    title = asked.words("overview.timeline")
    return pair(lambda width: draw(events, title=title, width=width, words=drawn_words(asked.words)))


def _bounds(asked: Asked) -> _Bounds:
    found: list[tuple[int, int] | None] = []
    unread = []
    for name in ("from", "to"):
        given = asked.get(name).strip()
        extent = extent_of(given) if given else None
        if given and extent is None:
            unread.append(given)
        found.append(extent.known if extent else None)
    start, end = found
    if start and end and start[0] > end[1]:
        start, end = end, start
    return _Bounds(start[0] if start else None, end[1] if end else None, tuple(unread))


def _of(chosen: Mapping[str, str], but: str = "") -> str:
    """Return the table that counts what is chosen without the choice `but`: one by one only what a single source tells."""
    return "happenings" if "source" in chosen and but != "source" else "happening_counts"


def _n(chosen: Mapping[str, str], but: str = "") -> str:
    """Return how that table counts."""
    return "count(*)" if _of(chosen, but) == "happenings" else "sum(h.n)"


def _where(chosen: Mapping[str, str], bounds: _Bounds, but: str = "", of: str = "") -> tuple[str, list[str]]:
    """Return the condition of what is chosen with its values, without the choice `but`, for the table `of`."""
    by_source = "source" in chosen and but != "source"
    parts = ["h.nth_here = 1" if by_source else "h.nth = 1"]
    if (of or _of(chosen, but)) != "happenings":
        parts = ["true"]
    if "predicate" not in chosen and but != "predicate":
        parts.append("h.is_event")
    values = []
    for name, value in chosen.items():
        if name != but:
            parts.append(f"h.{name} = ?")
            values.append(value)
    more, days = bounds.where()
    return " and ".join([*parts, *more]), [*values, *days]


def _with(asked: Asked, **changes: str) -> str:
    """Return the address of this page with something else chosen; of its first part."""
    query = {name: value for name, value in asked.query.items() if name != "part"} | changes
    return asked.links.to(
        "timeline", **{name: value for name in PAGE.parameters if (value := query.get(name))}
    )


def _happening(claim: Row, passages: tuple[Passage, ...], asked: Asked) -> Happening:
    value = value_of(claim, asked.words)
    return Happening(
        claim=claim,
        name=_name(claim),
        value=value,
        when=in_words(claim["edtf"], asked.words),
        address=place_of(claim, asked.links),
        passage=passages[0] if passages else None,
        n_sources=claim["documents"] or 1,
        n_families=claim["independent"] or 1,
    )


def _name(claim: Row) -> str:
    """Return of whom or of what a claim is, empty where its value says it all."""
    return "" if claim["subject_kind"] == "topic" and claim["value_type"] == "text" else called(claim)[:200]


def _event(claim: Row, asked: Asked, lane: str) -> Event:
    """Return a claim as a mark."""
    value = value_of(claim, asked.words)
    what = asked.words.named("predicate", claim["predicate"])
    if claim["value_type"] == "date":
        name = f"{called(claim)}, {what}"
    elif claim["predicate"] not in _SAYS_ALL:
        name = f"{called(claim)}, {what}: {value.in_words}"
    elif claim["subject_kind"] == "topic" and claim["value_type"] == "text":
        name = value.in_words
    else:
        name = f"{claim['subject_label']}: {value.in_words}"
    if claim["modality"] != "asserted":
        name = f"{name} ({asked.words.named('modality', claim['modality'])})"
    said = in_words(claim["edtf"], asked.words)
    return Event(
        claim["edtf"], name[:160], lane, title=f"{said}: {name[:300]}", link=place_of(claim, asked.links)
    )


def _drawn(shelf: Shelf, asked: Asked, chosen: Mapping[str, str], lane: str, bounds: _Bounds) -> Pair | None:
    """Return the drawing at both widths: lanes in the order of the vocabulary, those with too many events counted."""
    where, values = _where(chosen, bounds)
    table, n = _of(chosen), _n(chosen)
    counted = shelf.pairs(f"select h.{lane}, {n} from {table} h where {where} group by 1", values)  # noqa: S608
    order = list(kinds() if lane == "kind" else predicates())
    names = sorted(counted, key=lambda name: (order.index(name) if name in order else len(order), name))
    start = str(from_day_number(bounds.first)) if bounds.first is not None else None
    end = str(from_day_number(bounds.last)) if bounds.last is not None else None

    def zoom(first: str, last: str) -> str:
        return _with(asked, **{"from": first, "to": last})

    within = f"{where} and h.{lane} = ?"
    one_within = f"{_where(chosen, bounds, of='happenings')[0]} and h.{lane} = ?"

    @cache
    def one_by_one(name: str) -> list[Event]:
        found = shelf.rows(_CHOSEN.format(stands=STANDS, where=one_within), [*values, name, _MARKS, 0])
        return [_event(row, asked, asked.words.named(_CALLED[lane], name)) for row in found]

    @cache
    def together(name: str) -> list[Event]:
        return _counts(
            shelf,
            f"{n} as n from {table} h where {within}",
            [*values, name],
            asked.words.named(_CALLED[lane], name),
            zoom,
        )

    def drawing(width: float) -> Drawing:
        few = _few(counted, _MARKS if width > 600 else _MARKS_NARROW)
        events = [event for name in names for event in (one_by_one(name) if name in few else together(name))]
        return draw(
            events,
            title=asked.words("timeline.drawing"),
            desc=asked.words("timeline.below"),
            start=start,
            end=end,
            width=width,
            zoom=zoom,
            words=drawn_words(asked.words),
        )

    return pair(drawing)


def _few(counted: Mapping[str, int], most: int) -> set[str]:
    """Return the lanes whose events are drawn one by one: the smallest, as long as there is room.

    >>> sorted(_few({"person": 900, "law": 4, "place": 30}, 450))
    ['law', 'place']
    """
    few: set[str] = set()
    for name, n in sorted(counted.items(), key=lambda one: one[1]):
        most -= n
        if most < 0:
            break
        few.add(name)
    return few


def _counts(shelf: Shelf, counted: str, values: list[str], lane: str, zoom: object) -> list[Event]:
    """Return the events of a lane counted by the months in which they begin and end; `counted` is the end of the query."""
    assert callable(zoom)
    rows = shelf.rows(
        f"select substr(h.first_day, 1, 7) as a, substr(h.last_day, 1, 7) as b, {counted} group by 1, 2 order by 1, 2",
        values,
    )
    events = []
    for row in rows:
        a, b = row["a"] or "..", ".." if row["b"] == "~" else row["b"]
        when = a if a == b else f"{a}/{b}"
        first, last = (b, b) if a == ".." else (a, a) if b == ".." else (a, b)
        events.append(
            Event(when, "", lane, title=f"{when}: {row['n']:,}", link=zoom(first, last), count=row["n"])
        )
    return events


def _facet(shelf: Shelf, asked: Asked, name: str, chosen: Mapping[str, str], bounds: _Bounds) -> Facet:
    where, values = _where(chosen, bounds, but=name)
    table, n = _of(chosen, but=name), _n(chosen, but=name)
    if name == "source":
        is_whole = bounds.first is None and bounds.last is None
        table, n = ("happening_sources", "sum(h.n)") if is_whole else ("happenings", "count(*)")
        where = _where(chosen, bounds, but=name, of=table)[0].replace("h.nth = 1", "h.nth_here = 1")
    counted = shelf.pairs(
        f"select h.{name}, {n} as n from {table} h where {where} group by 1 order by max(h.is_event) desc, n desc, 1",  # noqa: S608
        values,
    )
    here = chosen.get(name, "")
    limit = _ALL if asked.get("all") == name else _SHOWN
    shown = dict(list(counted.items())[:limit])
    if here and here not in shown:
        shown[here] = counted.get(here, 0)
    return Facet(
        name,
        tuple(
            Choice(
                value if name == "source" else asked.words.named(_CALLED[name], value),
                n,
                _with(asked, **{name: "" if value == here else value}),
                value == here,
            )
            for value, n in shown.items()
        ),
        max(0, len(counted) - len(shown)),
        _with(asked, all=name) if limit < _ALL else "",
    )


def _ways(shelf: Shelf, asked: Asked, chosen: Mapping[str, str], bounds: _Bounds) -> tuple[Way, ...]:
    """Return the links to other times, from what is shown."""
    first, last = bounds.first, bounds.last
    if first is None or last is None:
        where, values = _where(chosen, bounds)
        edges = shelf.row(
            f"select min({_BEGUN}), max(coalesce(nullif(h.last_day, '~'), {_BEGUN})) from {_of(chosen)} h where {where}",  # noqa: S608
            values,
        )
        extents = [extent_of(day) if day else None for day in (edges or ())]
        if len(extents) != 2 or extents[0] is None or extents[1] is None:
            return ()
        first = extents[0].known[0] if first is None else first
        last = extents[1].known[1] if last is None else last
    long = max(last - first + 1, 1)
    middle, quarter = (first + last) // 2, long // 4
    ranges = [("nearer", middle - quarter, middle + quarter)] if long > 14 else []
    if bounds.first is not None or bounds.last is not None:
        ranges = [
            ("earlier", first - long // 2, last - long // 2),
            ("later", first + long // 2, last + long // 2),
            *ranges,
            ("wider", first - long // 2, last + long // 2),
        ]
    low, high = 366, 3_652_000  # what the calendar of dates can spell with four digits
    ways = [
        Way(
            name,
            _with(
                asked,
                **{
                    "from": str(from_day_number(min(max(a, low), high))),
                    "to": str(from_day_number(min(max(b, low), high))),
                },
            ),
        )
        for name, a, b in ranges
    ]
    if bounds.first is not None or bounds.last is not None:
        ways.append(Way("whole", _with(asked, **{"from": "", "to": ""})))
    return tuple(ways)


def _decades(shelf: Shelf, asked: Asked, chosen: Mapping[str, str]) -> tuple[Way, ...]:
    """Return the decades, or the centuries where these are many, with the number of events that begin in them."""
    where, values = _where(chosen, _Bounds(None, None, ()))
    counted = shelf.pairs(
        f"select substr({_BEGUN}, 1, 3), {_n(chosen)} from {_of(chosen)} h where {where} and {_BEGUN} like '____-%' group by 1",  # noqa: S608
        values,
    )
    if len(counted) > 30:
        grouped: dict[str, int] = {}
        for decade, n in counted.items():
            grouped[decade[:2]] = grouped.get(decade[:2], 0) + n
        return tuple(
            Way(f"{int(c) * 100}–{int(c) * 100 + 99}", _with(asked, **{"from": f"{c}00", "to": f"{c}99"}), n)
            for c, n in grouped.items()
        )
    return tuple(
        Way(in_words(f"{d}X", asked.words), _with(asked, **{"from": f"{d}0", "to": f"{d}9"}), n)
        for d, n in counted.items()
    )


PAGE = Page(
    name="timeline",
    section="timeline",
    view=timeline,
    template="timeline.html",
    parameters=("from", "to", *_FACETS, "lanes", "all", "part"),
    is_long=True,
)
