"""The way somebody took: predicate `route`.

    matches          "fled to Austria via Prague and Brno"  ·  "crossed the river into Turkey"  ·  "left his home in the city of Lvov"
    must not match   "defected to Austria"  ·  "left the party in 1960"  ·  "came from a poor family"  ·  "fled from hunger"

    stops    [where from] · [through, across, via ...] · [where to]        in the order of travel, not of the words

A movement that names only a country to come to is an arrival, no way, unless nothing dates it; nor is a country left. Clauses of one sentence that
go on with the movement ("and landed at ...", "before fleeing to ...") are one way.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from regesta import places
from regesta.extraction.bearing import about, when_of
from regesta.extraction.clauses import clauses
from regesta.extraction.cues import Cue
from regesta.extraction.passages import Passage
from regesta.extraction.reach import plain
from regesta.extraction.row_arrivals import first_place
from regesta.extraction.scene import Actor, Entry, Scene
from regesta.extraction.told import movements_of
from regesta.extraction.topics import topic_of
from regesta.extraction.waypoints import Waypoint, place_words
from regesta.extraction.ways import KINDS, MAY_GO_ON, STAYS, Way, append, continues, ways
from regesta.model import RouteStop, RouteValue
from regesta.text.span import Span

__all__ = ["routes"]

_ENDS_PHRASE = frozenset(
    "and from to with off at for across into who which on in aboard by over through that of when where before after".split()
)
_BY = re.compile(
    r"\b(?:(?P<bare>on foot|on horseback|by (?:air|sea|land|rail|road|water|foot|bicycle|bike))|(?:by|in|on|aboard|on board|inside|with)\s+"
    r"(?P<phrase>(?:(?:an?|the|his|her|their|its|two|three|several|stolen|small)\s+)?(?:[\w.'-]+\s+){0,6}?(?P<noun>[\w-]+)))\b"
)
_LEADS = re.compile(r"(?<![^ ])[abiow]")
"""With what a word begins that may lead to what carried them; cheaper to look for."""
_CHAIN = re.compile(
    r"[A-ZÀ-Ž][\w'.]+(?: [A-ZÀ-Ž][\w'.]+)?(?:\s?(?:–|->|→|>)\s?[A-ZÀ-Ž][\w'.]+(?: [A-ZÀ-Ž][\w'.]+)?){1,6}"
)
_CHAIN_MARKS = "–>→"
_FROM_TO = re.compile(
    r"^(?P<a>[A-ZÀ-Ž][\w'.-]+(?: [A-ZÀ-Ž][\w'.-]+){0,2}) to (?P<b>[A-ZÀ-Ž][\w'-]+(?: [A-ZÀ-Ž][\w'-]+){0,2})\.?$"
)
_VIA = re.compile(r"(?:via|through|across|by way of|transit (?:through|via|in))\s+", re.IGNORECASE)
_BY_WAY = re.compile(r"by\s+(?=\w)", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*(?:[;,/→>|]|->|\s[–—-]\s|(?<=\w)–(?=[^\W\d_a-z])|\band\b|&)\s*(?:and\b\s*|then\b\s*)?"
)
"""What stands between the places of a cell."""
_LONGEST_STOP = 60
_LINES = frozenset("border frontier borders frontiers line lines wall fence".split())
_USUAL = Cue(
    "usual usually typical typically often most many mostly generally commonly strategy route",
    r"\b(?:usual|usually|typical|typically|often|most|many|mostly|generally|commonly|strategy|the route)\b",
    re.IGNORECASE,
)


def routes(scene: Scene) -> None:
    """State the ways that people took, and those that a text calls usual."""
    for entry in scene.entries:
        if entry.kind == "row":
            _row(scene, entry)
    heads = place_words(scene)
    begin = [scene.tokens.starts[at] for at in heads]
    moving = sorted(at for at, (_, kind) in scene.tokens.spot(scene.lexicon.flight).items() if kind in KINDS)
    for passage in scene.passages:
        if passage.kind in ("heading", "caption"):
            continue
        for sentence in passage.sentences:
            if bisect_left(begin, sentence.start) == bisect_left(begin, sentence.end):
                continue
            words = scene.tokens.between(*sentence)
            n_places = bisect_left(heads, words.stop) - bisect_left(heads, words.start + 1)
            if n_places <= 0:
                continue  # no way without the name of a place, or a word for one, behind the first word
            moves = bisect_left(moving, words.start) < bisect_left(moving, words.stop)
            if moves or (n_places > 1 and scene.tokens.within(MAY_GO_ON, sentence)):
                _in_sentence(scene, passage, sentence)
            else:
                _bare(scene, passage, sentence)


def _in_sentence(scene: Scene, passage: Passage, sentence: Span) -> None:
    open_way: Way | None = None
    for clause in clauses(scene, sentence):
        for way in ways(scene, passage, clause):
            if open_way is not None and continues(scene, passage, open_way, way):
                append(open_way, way)
                continue
            if open_way is not None:
                _say(scene, passage, open_way)
            open_way = way
    if open_way is not None:
        _say(scene, passage, open_way)
    else:
        _bare(scene, passage, sentence)


def _say(scene: Scene, passage: Passage, way: Way) -> None:
    stops: list[Waypoint] = []
    for stop in way.stops:
        if not stops or plain(scene, stops[-1].span).lower() != plain(scene, stop.span).lower():
            stops.append(stop)
    who = (
        _who(scene, passage, way)
        if _is_way(scene, passage, way, stops)
        else _untold(scene, passage, way, stops)
    )
    if not who:
        return
    whole = way.spans[0]
    for span in way.spans[1:]:
        whole = whole.cover(span)
    by = _transport(scene, way, whole)
    if by is not None:
        whole = whole.cover(by) if by.end - whole.start < 400 else whole
    value = RouteValue(
        stops=tuple(RouteStop(text=plain(scene, s.span)) for s in stops),
        by=plain(scene, by) if by is not None else None,
    )
    when, spans = when_of(scene, passage, whole)
    targets = tuple(_place(scene, passage, s) for s in stops)
    for actor in who:
        scene.state(actor, "route", value, whole, *spans, when=when, stops=targets)


def _untold(scene: Scene, passage: Passage, way: Way, stops: list[Waypoint]) -> tuple[Actor, ...]:
    """Return who fled to the one place that is named, where no date and no other way tells that they came anywhere."""
    if way.is_weak or not len(stops) == len(way.goal) == 1:
        return ()
    told = {id(f.actor) for f in scene.facts if f.predicate in ("arrival", "route")}
    return tuple(
        actor
        for move in movements_of(scene, passage)
        if move.is_real
        and move.kind in ("flee", "defect")
        and move.place is not None
        and move.span.overlaps(way.verb)
        for actor in move.who
        if actor.kind in ("person", "group") and id(actor) not in told
    )


def _is_way(scene: Scene, passage: Passage, way: Way, stops: list[Waypoint]) -> bool:
    """Whether the stops say more than where somebody arrived or what country he left."""
    verb = scene.text[way.verb.start : way.verb.end].lower()
    if way.is_weak and (len(stops) < 2 or verb in STAYS):
        return False
    if all(scene.tokens.lowers[s.last] in _LINES and not s.is_specific for s in stops):
        return False
    usual = _USUAL.search(scene, passage.sentence_at(way.verb.start)) is not None
    if (
        len(stops) < 2
        and not usual
        and not way.origin
        and not any(a.kind in ("person", "group") for a in _who(scene, passage, way))
    ):
        return False
    if len(stops) >= 2 or way.through:
        return True
    return stops[0].is_specific and places.kind(plain(scene, stops[0].span)) != "country"


def _who(scene: Scene, passage: Passage, way: Way) -> tuple[Actor, ...]:
    found = about(scene, passage, way.clause, way.verb.start)
    people = tuple(a for a in found if a.kind in ("person", "group"))
    return people or (topic_of(scene, passage),)


def _place(scene: Scene, passage: Passage, stop: Waypoint) -> Actor | None:
    """Return the actor of a stop that is one name."""
    chunk = next((c for c in scene.chunks[passage.index] if c.span == stop.span and c.kind == "place"), None)
    if chunk is None:
        return None
    actor = scene.named("place", chunk.text)
    scene.say(passage, chunk.span, actor, "name")
    return actor


def _transport(scene: Scene, way: Way, whole: Span) -> Span | None:
    """Return the words for what carried them: "on foot", "a 12-foot rowing boat"."""
    end = min(way.clause.span.end, whole.end + 90)
    lexicon = scene.lexicon
    for match in _BY.finditer(scene.text, way.verb.start, max(end, whole.end)):
        if match["bare"]:
            start = match.start() if match["bare"].startswith("on") else match.start() + 3
            return Span(start, match.end())
    for lead in _LEADS.finditer(scene.text, way.verb.start, max(end, whole.end)):
        here = _BY.match(scene.text, lead.start())
        if here is None or here["phrase"] is None:
            continue
        first = here.start("phrase")
        for index in scene.tokens.between(first, min(first + 70, end)):
            token = scene.tokens[index]
            if token.lower in _ENDS_PHRASE or any(m in scene.text[first : token.start] for m in ",;:("):
                break
            if token.lower in lexicon.vehicles:
                last = index
                while (
                    last + 1 < len(scene.tokens)
                    and scene.tokens.lowers[last + 1] in lexicon.vehicles
                    and scene.text[scene.tokens.ends[last] : scene.tokens.starts[last + 1]] == " "
                ):
                    last += 1
                return Span(first, scene.tokens.ends[last])
    return None


def _has_letters(scene: Scene, cell: Span) -> bool:
    return any(letter.isalpha() for letter in cell.of(scene.text))


def _through(scene: Scene, cell: Span) -> tuple[list[Span], Span | None]:
    """Return the places of a cell of those passed through, or how the way was made where the cell opens with none: "by sea"."""
    opening = _VIA.match(scene.text, *cell)
    start = opening.end() if opening else cell.start
    if not scene.text[start].isupper():
        by = _BY_WAY.match(scene.text, *cell)
        return [], Span(by.end() if by else cell.start, cell.end)
    gaps = list(_BETWEEN.finditer(scene.text, start, cell.end))
    edges = [start, *(edge for gap in gaps for edge in gap.span()), cell.end]
    pieces = [Span(a, b).strip(scene.text, " .") for a, b in zip(edges[::2], edges[1::2], strict=True)]
    is_listed = all(places.kind(piece.of(scene.text)) == "country" for piece in pieces)
    if not is_listed and any(gap.group().strip() == "," for gap in gaps):
        pieces = [Span(start, cell.end)]  # "Split, Croatia"
    return [one for one in pieces if 0 < one.end - one.start <= _LONGEST_STOP], None


def _bare(scene: Scene, passage: Passage, sentence: Span) -> None:
    """State a sentence or cell that is nothing but a way: "Minsk to Stockholm.", "Ürümqi–Dubai–Istanbul"."""
    if scene.cell_meanings.get(passage.span) == "via" and scene.entry_of[passage.index]:
        return  # said with the other cells of its row
    text = scene.text[sentence.start : sentence.end]
    pair = _FROM_TO.match(text) if " to " in text else None
    chain = _CHAIN.search(text) if any(mark in text for mark in _CHAIN_MARKS) else None
    if pair:
        spans = [Span(sentence.start + pair.start(n), sentence.start + pair.end(n)) for n in ("a", "b")]
    elif chain and len(re.findall(r"–|->|→|>", chain.group())) >= (
        1 if re.search(r"->|→|>", chain.group()) else 2
    ):
        at = sentence.start + chain.start()
        spans = []
        for piece in re.finditer(r"[^–>→]+", chain.group().replace("->", " >")):
            one = Span(at + piece.start(), at + piece.end()).strip(scene.text)
            spans.append(Span(one.start, one.end - 1) if scene.text[one.end - 1] == "." else one)
    else:
        return
    if any(
        s.span.overlaps(one) and s.form == "name" and s.actor.kind == "person"
        for one in spans
        for s in scene.said[passage.index]
    ):
        return
    whole = spans[0].cover(spans[-1])
    entry = scene.entry_of[passage.index]
    people = tuple(entry.principals) if entry else ()
    when, more = when_of(scene, passage, whole)
    value = RouteValue(stops=tuple(RouteStop(text=plain(scene, s)) for s in spans))
    for actor in people or (topic_of(scene, passage),):
        scene.state(actor, "route", value, whole, *more, when=when)


def _row(scene: Scene, entry: Entry) -> None:
    """State the way of a table row that has two cells of where from, by way of what, and where to, or one and how."""
    spans = [scene.passages[index].span for index in entry.passages]
    on_way = [span for span in spans if scene.cell_meanings.get(span) == "via"]
    parts = [_through(scene, span) for span in on_way if _has_letters(scene, span)]
    ends = [entry.cells.get("origin"), first_place(scene, entry)]
    start, goal = ([end] if end is not None and _has_letters(scene, end) else [] for end in ends)
    said = [*start, *(stop for through, _ in parts for stop in through), *goal]
    stops = [s for at, s in enumerate(said) if not at or plain(scene, s) != plain(scene, said[at - 1])]
    how = next((how for _, how in parts if how is not None), None)
    cells = sorted({*start, *(span for span in on_way if _has_letters(scene, span)), *goal})
    if not stops or len(cells) < 2:
        return
    vehicle = entry.cells.get("vehicle") or how
    by = plain(scene, vehicle) if vehicle is not None and vehicle.of(scene.text).strip(" –-?") else None
    value = RouteValue(stops=tuple(RouteStop(text=plain(scene, s)) for s in stops), by=by)
    when = entry.filed.edtf if entry.filed is not None and not entry.filed.is_weak else None
    whole = cells[0].cover(cells[-1])
    spans = [whole] if whole.end - whole.start <= 200 else cells
    for actor in entry.principals:
        scene.state(actor, "route", value, *spans, when=when)
