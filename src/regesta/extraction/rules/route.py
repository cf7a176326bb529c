"""The way somebody took: predicate `route`, and the day of leaving: predicate `departure`.

    matches          "fled to Austria via Prague and Brno"  ·  "crossed the river into Turkey"  ·  "left his home in the city of Lvov"
    must not match   "defected to Austria"  ·  "left the party in 1960"  ·  "came from a poor family"  ·  "fled from hunger"

    stops    [where from] · [through, across, via ...] · [where to]        in the order of travel, not of the words

A movement that names only a country to come to is an arrival, no way; so is a country left. Clauses of one sentence that
go on with the movement ("and landed at ...", "before fleeing to ...") are one way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from regesta.extraction.bearing import about, when_of
from regesta.extraction.clauses import Clause, clauses
from regesta.extraction.passages import Passage
from regesta.extraction.reach import plain
from regesta.extraction.scene import Actor, Entry, Scene
from regesta.extraction.waypoints import Waypoint, waypoint, waypoints
from regesta.model import DateValue, RouteStop, RouteValue
from regesta.text.span import Span

__all__ = ["departures", "routes"]

_KINDS = frozenset(("arrive", "defect", "flee"))
_FROM = frozenset(("from", "out", "off", "leaving"))
_THROUGH = frozenset("via through across over past along under by around".split())
_TO = frozenset("to into towards toward onto for until".split())
_AT = frozenset("in at on near ashore".split())
_LEAVES = frozenset(
    "left leave leaves leaving fled flee flees fleeing escaped escape escaping departed departing quit deserted".split()
)
_CROSSES = frozenset(
    "crossed cross crosses crossing swam waded swim wading swimming traversed climbed scaled forded transited paddled tunnelled jumped over".split()
)
_REACHES = frozenset("reached reach reaches reaching entered enter enters entering".split())
_SAILS = frozenset("sailed sail sails sailing drifted rowed rowing paddled floated".split())
_GOES_ON = frozenset(("and", "ing", "before", ",", "then", "who", "which", "where", "to"))
_WAY_BACK = frozenset("to from into via through across".split())
_MOVES_TOO = re.compile(
    r"^(?:went|go|goes|travel(?:l?ed|s|ling)?|continued|proceeded|walked|trekked|transited|spent|stayed|staying|spending|passing|passed|stopping|stopped|"
    r"headed|moved|taken|brought|flown|airlifted|smuggled|ferried|shipped|transferred|carried|ending|landing|landed|crash-landing|arriving|steered|crawled|"
    r"set|flying|driving|travelled|traveled|emigrated|transit|fly|flies|drove|rowed)$"
)
_STAYS = frozenset(
    "staying stayed spending spent stopping stopped passing passed waiting waited hiding".split()
)
_ENDS_PHRASE = frozenset(
    "and from to with off at for across into who which on in aboard by over through that of when where before after".split()
)
_BY = re.compile(
    r"\b(?:(?P<bare>on foot|on horseback|by (?:air|sea|land|rail|road|water|foot|bicycle|bike))|(?:by|in|on|aboard|on board|inside|with)\s+"
    r"(?P<phrase>(?:(?:an?|the|his|her|their|its|two|three|several|stolen|small)\s+)?(?:[\w.'-]+\s+){0,6}?(?P<noun>[\w-]+)))\b"
)
_CHAIN = re.compile(
    r"[A-ZÀ-Ž][\w'.]+(?: [A-ZÀ-Ž][\w'.]+)?(?:\s?(?:–|->|→|>)\s?[A-ZÀ-Ž][\w'.]+(?: [A-ZÀ-Ž][\w'.]+)?){1,6}"
)
_FROM_TO = re.compile(
    r"^(?P<a>[A-ZÀ-Ž][\w'.-]+(?: [A-ZÀ-Ž][\w'.-]+){0,2}) to (?P<b>[A-ZÀ-Ž][\w'-]+(?: [A-ZÀ-Ž][\w'-]+){0,2})\.?$"
)
_LINES = frozenset("border frontier borders frontiers line lines wall fence".split())
_USUAL = re.compile(
    r"\b(?:usual|usually|typical|typically|often|most|many|mostly|generally|commonly|strategy|the route)\b",
    re.IGNORECASE,
)
_FIGURATIVE = re.compile(
    r"\b(?:office|party|job|post|school|university|team|army|service|hospital|prison|church|wife|husband|family)\b"
)


@dataclass(slots=True)
class _Way:
    """A way in the making."""

    clause: Clause
    verb: Span
    origin: list[Waypoint] = field(default_factory=list)
    through: list[Waypoint] = field(default_factory=list)
    goal: list[Waypoint] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    is_weak: bool = False
    """Its verb moves many things and begins no flight by itself: "went", "taken", "stayed"."""
    is_manner: bool = False
    """Stands behind "by": "by crossing the river"."""

    @property
    def stops(self) -> list[Waypoint]:
        return [*self.origin, *self.through, *self.goal]


def routes(scene: Scene) -> None:
    """State the ways that people took, and those that a text calls usual."""
    for entry in scene.entries:
        if entry.kind == "row":
            _row(scene, entry)
    for passage in scene.passages:
        if passage.kind in ("heading", "caption"):
            continue
        for sentence in passage.sentences:
            _in_sentence(scene, passage, sentence)


def _in_sentence(scene: Scene, passage: Passage, sentence: Span) -> None:
    open_way: _Way | None = None
    for clause in clauses(scene, sentence):
        for way in _ways(scene, passage, clause):
            if open_way is not None and _continues(scene, passage, open_way, way):
                _append(open_way, way)
                continue
            if open_way is not None:
                _say(scene, passage, open_way)
            open_way = way
    if open_way is not None:
        _say(scene, passage, open_way)
    else:
        _bare(scene, passage, sentence)


def _ways(scene: Scene, passage: Passage, clause: Clause) -> list[_Way]:
    """Return what each movement of the clause says of its way: the words from its verb to the next verb of movement."""
    tokens, lexicon = scene.tokens, scene.lexicon
    verbs: list[tuple[int, int]] = []
    words = tokens.between(*clause.span)
    at = words.start
    while at < words.stop:
        length = next(
            (
                n
                for n in (3, 2, 1)
                if at + n <= words.stop
                and lexicon.flight.get(" ".join(tokens[i].lower for i in range(at, at + n))) in _KINDS
                and not (n == 1 and _is_noun(scene, at))
                and not any(tokens[i].is_capital for i in range(at + 1, at + n))
            ),
            0,
        )
        if not length and _MOVES_TOO.match(tokens[at].lower) and not _is_noun(scene, at):
            length = 1
        if length:
            verbs.append((at, at + length - 1))
        at += length or 1
    found: list[_Way] = []
    for place, (first, last) in enumerate(verbs):
        stop = tokens[verbs[place + 1][0]].start if place + 1 < len(verbs) else clause.span.end
        way = _Way(clause, Span(tokens[first].start, tokens[last].end))
        way.is_weak = (
            lexicon.flight.get(" ".join(tokens[i].lower for i in range(first, last + 1))) not in _KINDS
        )
        way.is_manner = first > 0 and tokens[first - 1].lower in ("by", "in")
        _read(scene, passage, way, first, last, stop)
        if way.stops:
            way.spans.append(_cover(way))
            found.append(way)
    return found


def _cover(way: _Way) -> Span:
    span = way.verb
    for stop in way.stops:
        span = span.cover(stop.span)
    return span


def _is_noun(scene: Scene, at: int) -> bool:
    """Whether the word stands where a noun stands: "the crossing", "his flight", "of escape"."""
    before = scene.tokens[at - 1].lower if at else ""
    return before in (
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "this",
        "of",
        "no",
        "its",
        "attempted",
        "first",
        "own",
    ) or (
        scene.tokens[at].is_capital
        and at > 0
        and scene.text[scene.tokens[at - 1].end : scene.tokens[at].start] == " "
    )


def _read(scene: Scene, passage: Passage, way: _Way, first: int, last: int, stop: int) -> None:
    tokens = scene.tokens
    verb = tokens[last].lower
    opening = tokens[first].lower
    at = last + 1
    direct = (
        waypoint(scene, passage, at, stop)
        if at < len(tokens) and scene.text[tokens[last].end : tokens[at].start] == " "
        else None
    )
    verb_at = tokens[last].lower if first == last else opening
    if direct is not None and tokens[at].lower not in _THROUGH | _TO | _AT:
        if opening in _LEAVES:
            way.origin.append(direct)
        elif opening in _CROSSES or verb in _THROUGH:
            way.through += waypoints(scene, passage, at, stop)
        elif verb in _REACHES or verb in _TO or verb in _AT:
            way.goal.append(direct)
        elif opening.startswith("cross"):
            way.through.append(direct)
        at = direct.last + 1
    elif verb in _TO | _AT and at < len(tokens):
        pass
    if (
        opening.startswith("cross")
        and last > first
        and tokens[last].lower in ("border", "frontier", "lines", "line")
    ):
        way.through.append(
            Waypoint(
                Span(
                    tokens[first + 1].start if tokens[first + 1].lower != "the" else tokens[first + 2].start,
                    tokens[last].end,
                ),
                False,
                last,
            )
        )
    while at < len(tokens) and tokens[at].start < stop:
        word = tokens[at].lower
        gap = scene.text[tokens[at - 1].end : tokens[at].start]
        if ";" in gap or ":" in gap:
            break
        slot = _slot(scene, word, at, verb_at)
        if slot is None:
            at += 1
            continue
        ahead = at + 1
        if word in ("by", "way") and tokens[ahead].lower in ("way", "crossing", "of"):
            ahead += 2 if tokens[ahead].lower == "way" else 1
        elif word == "by":
            at += 1
            continue
        if word == "out" and tokens[min(ahead, len(tokens) - 1)].lower == "of":
            ahead += 1
        if word == "on" and tokens[min(ahead, len(tokens) - 1)].lower == "to":
            ahead += 1
        many = waypoints(scene, passage, ahead, stop) if slot == "through" or verb_at in _STAYS else []
        if not many:
            many = waypoints(scene, passage, ahead, stop)
            if len(many) > 1 and " or " not in scene.text[many[0].span.end : many[-1].span.start]:
                many = many[:1]
        if word == "on" and slot == "goal":
            many = [w for w in many if w.is_specific]
        many = [
            w
            for w in many
            if not any(d.span.overlaps(w.span) for d in passage.dates) and not _is_thing(scene, w)
        ]
        if not many:
            at += 1
            continue
        (way.origin if slot == "origin" else way.through if slot == "through" else way.goal).extend(many)
        at = many[-1].last + 1


def _slot(scene: Scene, word: str, at: int, verb: str) -> str | None:
    """Return what a preposition makes of the place behind it: `origin`, `through` or `goal`."""
    if word in ("from", "leaving") or (
        word in ("out", "off") and scene.tokens[min(at + 1, len(scene.tokens) - 1)].lower == "of"
    ):
        return "origin"
    if word in _THROUGH:
        return "through"
    if verb in _STAYS:
        return "through" if word in _AT | {"through"} else None
    if word == "off":
        return "through" if verb in _SAILS else None
    if word in _TO:
        if word == "for" and verb not in _LEAVES | _SAILS | {"off", "headed", "set"}:
            return None
        if word == "to" and at + 1 < len(scene.tokens) and scene.tokens[at + 1].lower in scene.lexicon.flight:
            return None
        return "goal"
    if word in _AT:
        kind = scene.lexicon.flight.get(verb)
        if verb in ("landing", "landed", "crash-landing", "arriving", "ending"):
            kind = "arrive"
        if kind == "arrive":
            return "goal"
        if verb in _LEAVES - {"fled", "escaped"}:
            return "origin" if word == "in" else None
        return (
            "through"
            if kind in ("flee", "defect")
            and (word in ("at", "near") or (word in ("in", "on") and verb in _CROSSES))
            else None
        )
    return None


def _is_thing(scene: Scene, stop: Waypoint) -> bool:
    return (
        bool(_FIGURATIVE.search(scene.text[stop.span.start : stop.span.end].lower())) and not stop.is_specific
    )


def _continues(scene: Scene, passage: Passage, before: _Way, after: _Way) -> bool:
    if before.clause is after.clause:
        return True
    if after.clause.opening == "after":
        return after.verb.start - before.spans[-1].end < 80
    if after.clause.opening not in _GOES_ON or after.verb.start - before.spans[-1].end > 120:
        return False
    others = [
        s
        for s in scene.said[passage.index]
        if s.is_subject
        and after.clause.span.start <= s.span.start < after.verb.start
        and s.actor.kind in ("person", "group")
    ]
    return not others


def _append(way: _Way, more: _Way) -> None:
    """Go on with a way; what came "after staying in ..." came before."""
    if more.clause.opening == "after" and more.clause is not way.clause:
        way.through = [*more.stops, *way.through]
    elif more.is_manner:
        way.through += more.stops
    elif more.origin and not way.origin and not way.goal:
        way.origin = more.origin
        way.through += more.through
        way.goal += more.goal
    else:
        way.through = [*way.through, *way.goal]
        way.goal = more.stops
    way.spans += more.spans


def _say(scene: Scene, passage: Passage, way: _Way) -> None:
    stops: list[Waypoint] = []
    for stop in way.stops:
        if not stops or plain(scene, stops[-1].span).lower() != plain(scene, stop.span).lower():
            stops.append(stop)
    if not _is_way(scene, passage, way, stops):
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
    for actor in _who(scene, passage, way):
        scene.state(actor, "route", value, whole, *spans, when=when, stops=targets)


def _is_way(scene: Scene, passage: Passage, way: _Way, stops: list[Waypoint]) -> bool:
    """Whether the stops say more than where somebody arrived or what country he left."""
    verb = scene.text[way.verb.start : way.verb.end].lower()
    if way.is_weak and (len(stops) < 2 or verb in _STAYS):
        return False
    if all(scene.tokens[s.last].lower in _LINES and not s.is_specific for s in stops):
        return False
    usual = _USUAL.search(scene.text, *passage.sentence_at(way.verb.start)) is not None
    if (
        len(stops) < 2
        and not usual
        and not way.origin
        and not any(a.kind in ("person", "group") for a in _who(scene, passage, way))
    ):
        return False
    return len(stops) >= 2 or bool(way.through) or stops[0].is_specific


def _who(scene: Scene, passage: Passage, way: _Way) -> tuple[Actor, ...]:
    found = about(scene, passage, way.clause, way.verb.start)
    people = tuple(a for a in found if a.kind in ("person", "group"))
    return people or (scene.topic(passage),)


def _place(scene: Scene, passage: Passage, stop: Waypoint) -> Actor | None:
    """Return the actor of a stop that is one name."""
    chunk = next((c for c in scene.chunks[passage.index] if c.span == stop.span and c.kind == "place"), None)
    if chunk is None:
        return None
    actor = scene.named("place", chunk.text)
    scene.say(passage, chunk.span, actor, "name")
    return actor


def _transport(scene: Scene, way: _Way, whole: Span) -> Span | None:
    """Return the words for what carried them: "on foot", "a 12-foot rowing boat"."""
    end = min(way.clause.span.end, whole.end + 90)
    lexicon = scene.lexicon
    for match in _BY.finditer(scene.text, way.verb.start, max(end, whole.end)):
        if match["bare"]:
            start = match.start() if match["bare"].startswith("on") else match.start() + 3
            return Span(start, match.end())
    for at in range(way.verb.start, max(end, whole.end)):
        here = _BY.match(scene.text, at) if scene.text[at - 1 : at] in (" ", "") else None
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
                    and scene.tokens[last + 1].lower in lexicon.vehicles
                    and scene.text[scene.tokens[last].end : scene.tokens[last + 1].start] == " "
                ):
                    last += 1
                return Span(first, scene.tokens[last].end)
    return None


def _bare(scene: Scene, passage: Passage, sentence: Span) -> None:
    """State a sentence or cell that is nothing but a way: "Minsk to Stockholm.", "Ürümqi–Dubai–Istanbul"."""
    text = scene.text[sentence.start : sentence.end]
    pair = _FROM_TO.match(text)
    chain = _CHAIN.search(text)
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
    for actor in people or (scene.topic(passage),):
        scene.state(actor, "route", value, whole, *more, when=when)


def _row(scene: Scene, entry: Entry) -> None:
    """State the way of a table row that has a cell for where from and one for where to."""
    cells = [entry.cells[name] for name in ("origin", "via", "destination") if name in entry.cells]
    cells = [c for c in cells if any(letter.isalpha() for letter in c.of(scene.text))]
    if len(cells) < 2:
        return
    vehicle = entry.cells.get("vehicle")
    by = plain(scene, vehicle) if vehicle is not None and vehicle.of(scene.text).strip(" –-?") else None
    value = RouteValue(stops=tuple(RouteStop(text=plain(scene, c)) for c in cells), by=by)
    when = entry.filed.edtf if entry.filed is not None and not entry.filed.is_weak else None
    whole = cells[0].cover(cells[-1])
    spans = [whole] if whole.end - whole.start <= 200 else cells
    for actor in entry.principals:
        scene.state(actor, "route", value, *spans, when=when)


_LEFT = re.compile(
    r"\b(?:(?:since|before|after|upon|on) )?(?:leaving|left|departed|departing|set (?:out|off)|sailed|fled|fleeing|escaped|escaping|embarked|emigrated|went into exile)\b"
)


def departures(scene: Scene) -> None:
    """State the day on which somebody left, where it is not the day on which he arrived."""
    arrived = {(id(f.actor), f.when) for f in scene.facts if f.predicate == "arrival"}
    for passage in scene.passages:
        if passage.kind == "heading":
            continue
        for entry, cell in _departure_cell(scene, passage):
            left = next((d for d in passage.dates if d.edtf and cell.contains(d.span)), None)
            if left is None or left.edtf is None:
                continue
            for actor in entry.principals:
                scene.state(
                    actor, "departure", DateValue(edtf=left.edtf), cell, when=left.edtf, claims=[cell]
                )
        for sentence in passage.sentences:
            for clause in clauses(scene, sentence):
                match = _LEFT.search(scene.text, *clause.span)
                if match is None:
                    continue
                following = scene.tokens.between(match.end(), match.end() + 2)
                date = next(
                    (
                        d
                        for d in passage.dates_in(clause.span)
                        if d.span.start > match.end() and d.kind in ("date", "season", "relative", "range")
                    ),
                    None,
                ) or next(
                    (
                        d
                        for d in passage.dates_in(clause.span)
                        if d.span.start - clause.span.start < 6 and d.kind in ("date", "season")
                    ),
                    None,
                )
                if (
                    date is None
                    or date.edtf is None
                    or date.span.start - match.end() > 90
                    or not _is_exit(scene, passage, clause, following)
                ):
                    continue
                for actor in about(scene, passage, clause, match.start()):
                    if actor.kind in ("person", "group") and (id(actor), date.edtf) not in arrived:
                        span = Span(*match.span()).cover(date.span)
                        more = [s for s in date.evidence if not span.contains(s)]
                        scene.state(
                            actor,
                            "departure",
                            DateValue(edtf=date.edtf),
                            span,
                            *more,
                            when=date.edtf,
                            claims=[date.span],
                        )
                break


def _departure_cell(scene: Scene, passage: Passage) -> list[tuple[Entry, Span]]:
    entry = scene.entry_of[passage.index]
    if entry is None or entry.kind != "row":
        return []
    cell = entry.cells.get("departure")
    return [(entry, cell)] if cell is not None and cell == passage.span else []


def _is_exit(scene: Scene, passage: Passage, clause: Clause, following: range) -> bool:
    """Whether a place is left or fled to, rather than a party, a wife or a meal."""
    if not following:
        return False
    word = scene.tokens[following.start].lower
    if (
        word
        in ("to", "from", "for", "across", "via", "over", "into", "on", "in", "by", "with", "at", "through")
        or scene.tokens[following.start].text[0].isdigit()
    ):
        return True
    return waypoint(scene, passage, following.start, clause.span.end) is not None
