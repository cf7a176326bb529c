"""When somebody reached the country of refuge: predicate `arrival` (and `departure`).

    matches          "They arrived in Seoul on 20 April 1997."  ·  "1968 • Jan Novák – pilot"  ·  "defected in 1992"
    must not match   "He was arrested on 5 May 1990."  ·  "He tried to flee in 1991."  ·  "fled to China in 1998" (and stayed there)

Several places may date one arrival. They are weighed, and the document's own statement wins over the heading:

    5    a verb of arriving with a date         3.5  a flight to the refuge with a date
    4.5  the date at the head of the entry      3    another flight with a date that the heading does not contradict
    4    a verb of defecting with a date        2    the heading alone
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from regesta.dates import DatePhrase
from regesta.extraction.dating import agrees, entry_date, head_date, standing_dates
from regesta.extraction.described import head_class
from regesta.extraction.entries import head_start
from regesta.extraction.fates import stopped
from regesta.extraction.itinerary import NO_SURVIVOR, Dated, choose, is_narrative, narrate
from regesta.extraction.movement import Movement, movements
from regesta.extraction.passages import Filed, Passage
from regesta.extraction.row_arrivals import row_arrivals
from regesta.extraction.scene import Actor, Entry, Said, Scene
from regesta.model import DateValue
from regesta.text.span import Span

__all__ = ["arrivals"]

_POINT_KINDS = frozenset(("date", "range", "season", "relative", "decade", "open"))
_AWAY = frozenset("return departure deportation repatriation expulsion attempt".split())
_YEAR = re.compile(r"\d{4}")
_REGISTER = re.compile(
    r"defect|escap|refuge|flight|\bfled\b|\bflee|\bleft\b|\bleave|exile|hijack|emigr|migra|asylum|arriv|evacu|crossing|crossed|expell|expuls|boat people|displaced|"
    r"\bland(?:ed|ing)\b|sanctuary|\bcame (?:to|over|across)\b|stayed in the (?:West|free world)|(?:did|does|would) not (?:go home|come back|return)|over the (?:border|wall|sea)",
    re.IGNORECASE,
)


def arrivals(scene: Scene) -> None:
    """State the arrival of every person and group whose document dates it."""
    moves = {p.index: list(movements(scene, p)) for p in scene.passages if p.kind != "heading"}
    refuge = _refuge(scene, moves)
    found: dict[int, list[Dated]] = defaultdict(list)
    actors: dict[int, Actor] = {}

    held = stopped(scene, moves)

    def note(actor: Actor, dated: Dated) -> None:
        if actor.kind in ("person", "group") and id(actor) not in held:
            actors[id(actor)] = actor
            found[id(actor)].append(dated)

    def tell(actor: Actor, dated: Dated) -> None:
        if actor.kind in ("person", "group"):
            actors[id(actor)] = actor
            found[id(actor)].append(dated)

    narrate(scene, moves, tell)
    for passage in scene.passages:
        for move in () if is_narrative(scene, passage) else moves.get(passage.index, ()):
            _explicit(scene, passage, move, refuge, note)
        _nominal(scene, passage, note)
    register = _is_register(scene, moves)
    _lend_lead_in(scene, moves)
    for entry in scene.entries:
        if entry.principals:
            _filed(scene, entry, moves, note, register=register)
    _others(scene, moves, refuge, found, actors, held)
    for key, dated in found.items():
        found[key] = _one_journey(scene, dated)
        _state_best(scene, actors[key], found[key])
    _companions(scene, moves, refuge, {key for key in found}, found)


def _refuge(scene: Scene, moves: dict[int, list[Movement]]) -> frozenset[str]:
    """Return the places that the document's people arrive in or defect to, as worded, in lower case."""
    seen: Counter[str] = Counter()
    for row in moves.values():
        for move in row:
            crossing = move.span.of(scene.text).lower().startswith("cross")
            if move.kind in ("arrive", "defect") and move.place is not None and move.is_real and not crossing:
                seen[_plain(move.place.of(scene.text))] += 1
    title = scene.document.title or ""
    for match in re.finditer(r"\b(?:to|in)\s+(?:the\s+)?([A-Z][\w'-]*(?:\s+[A-Z][\w'-]*){0,2})", title):
        seen[_plain(match.group(1))] += 1
    return frozenset(seen)


def _plain(place: str) -> str:
    return place.lower().removeprefix("the ").strip()


def _explicit(scene: Scene, passage: Passage, move: Movement, refuge: frozenset[str], note) -> None:  # type: ignore[no-untyped-def]
    if not move.is_real or not move.dates or move.kind not in ("arrive", "defect", "flee"):
        return
    date = _best_date(move)
    if date is None or date.edtf is None:
        return
    place = _plain(move.place.of(scene.text)) if move.place else None
    entry = scene.entry_of[passage.index]
    spans = (_clause(move, date), *(s for s in date.evidence if not move.sentence.contains(s)))
    for actor in move.who:
        principal = entry is not None and actor in entry.principals
        if move.kind == "arrive" and _at_institution(scene, move):
            continue
        if move.kind == "arrive":
            weight = 5.0
        elif move.kind == "defect":
            weight = 4.0
        elif place is not None and place in refuge:
            weight = 3.5
        elif principal and (place is None or not refuge or entry is None or entry.kind == "prose"):
            weight = 3.0
            if (
                entry is not None
                and entry.filed
                and not entry.filed.is_weak
                and not agrees(entry.filed.edtf, date.edtf)
            ):
                continue
        else:
            continue
        note(actor, Dated(weight, date.edtf, spans, move.place, passage.index))


def _at_institution(scene: Scene, move: Movement) -> bool:
    """Whether an arrival leads to an embassy or an office, which is not yet the country of refuge."""
    words = scene.tokens.between(*move.place) if move.place else range(0)
    kinds = {scene.lexicon.facilities.get(scene.tokens[i].lower) for i in words}
    return "diplomatic" in kinds or any(scene.tokens[i].lower in scene.lexicon.laws for i in words)


def _best_date(move: Movement) -> DatePhrase | None:
    usable = [
        d
        for d in move.dates
        if d.kind in _POINT_KINDS
        and d.qualifier != "as-of"
        and d.edtf
        and not d.edtf.startswith("..")
        and not d.edtf.endswith("..")
    ]
    return max(usable, key=lambda d: (len(d.edtf or ""), -abs(d.span.start - move.span.start)), default=None)


def _clause(move: Movement, date: DatePhrase) -> Span:
    span = move.span.cover(date.span)
    if move.place is not None and move.place.end - span.start < 300:
        span = span.cover(move.place)
    return span


def _nominal(scene: Scene, passage: Passage, note) -> None:  # type: ignore[no-untyped-def]
    """ "his mother Ana Ruiz's defection a year earlier" dates her arrival."""
    for said in scene.said[passage.index]:
        following = scene.tokens.between(said.span.end, min(passage.span.end, said.span.end + 30))
        if not following or not (said.is_possessive or said.form == "name"):
            continue
        noun = next(
            (
                scene.tokens[i]
                for i in following
                if scene.tokens[i].lower in scene.lexicon.flight_nouns and scene.tokens[i].lower not in _AWAY
            ),
            None,
        )
        if noun is None or scene.text[said.span.end : noun.start].strip() not in (
            "'s",
            "'",
            "",
            "'s own",
            "own",
        ):
            continue
        date = next(
            (
                d
                for d in passage.dates
                if d.edtf
                and 0 <= d.span.start - noun.end <= 40
                and d.kind in _POINT_KINDS
                and "." not in scene.text[noun.end : d.span.start]
            ),
            None,
        )
        if date is not None and date.edtf and ".." not in date.edtf:
            spans = (Span(said.span.start, date.span.end), *(s for s in date.evidence if s != date.span))
            note(said.actor, Dated(3.8, date.edtf, spans, None, passage.index))


def _is_register(scene: Scene, moves: dict[int, list[Movement]]) -> bool:
    """Whether the document's list is one of people who fled: its title says so, or most entries tell of it."""
    title = scene.document.title or scene.text[:200]
    if _REGISTER.search(title) or _REGISTER.search(_opening(scene)):
        return True
    told = sum(m.is_real and m.kind in ("arrive", "defect", "flee") for row in moves.values() for m in row)
    items = [e for e in scene.entries if e.kind in ("item", "row") and e.principals]
    if told >= 3 and told * 4 >= len(items):
        return True
    telling = sum(
        any(m.kind in ("arrive", "defect", "flee") for i in e.passages for m in moves.get(i, ()))
        for e in items
    )
    if telling * 2 >= len(items):
        return True
    dated = sum(
        any(head_date(scene, scene.passages[i]) for i in e.passages[:1])
        or (e.filed is not None and not e.filed.is_weak)
        for e in items
    )
    return len(items) >= 4 and dated * 3 >= len(items) * 2 and bool(told or _REGISTER.search(scene.text))


def _opening(scene: Scene) -> str:
    """Return what stands between the title and the first entry of the first list, and all the headings."""
    spans: list[Span] = []
    for passage in scene.passages:
        entry = scene.entry_of[passage.index]
        if entry is not None and entry.kind != "prose":
            break
        spans.append(passage.span)
    return " ".join(span.of(scene.text) for span in spans if span.start < 700)[:700]


def _lend_lead_in(scene: Scene, moves: dict[int, list[Movement]]) -> None:
    """File the undated entries under the line that leads up to them: "Refugees landed at Lisbon on 5 May 1940:"."""
    lead: Filed | None = None
    for passage in scene.passages:
        entry = scene.entry_of[passage.index]
        if passage.kind == "heading":
            lead = None
        elif entry is not None and entry.kind == "item":
            if lead is not None and entry.filed is None:
                entry.filed = lead
        elif passage.kind == "prose" and entry is not None and not entry.principals:
            dated = [
                date
                for m in moves.get(passage.index, ())
                if m.is_real and m.kind in ("arrive", "defect") and not any(a.is_named for a in m.who)
                for date in [_best_date(m)]
                if date is not None and date.kind == "date"
            ]
            short = passage.span.end - passage.span.start <= 200
            lead = Filed(dated[0].edtf or "", (dated[0].span,)) if dated and short else None


def _filed(scene: Scene, entry: Entry, moves: dict[int, list[Movement]], note, *, register: bool) -> None:  # type: ignore[no-untyped-def]
    """Date the principals by the head of their entry, or by what the entry is filed under."""
    own = [m for i in entry.passages for m in moves.get(i, ())]
    real = [m for m in own if m.is_real]
    moving = any(m.kind in ("arrive", "defect", "flee", "admit") for m in real)
    failed = any(m.kind == "fail" for m in real) and not any(m.kind in ("arrive", "defect") for m in real)
    unreal_only = any(m.kind != "return" for m in own) and not real
    if entry.kind == "row":
        for actor, dated in row_arrivals(scene, entry):
            note(actor, dated)
        return
    if not entry.passages or (failed and not register) or unreal_only:
        return
    passage = scene.passages[entry.passages[0]]
    telling = ("arrive", "defect", "flee")
    if entry.kind == "prose" and not any(
        m.kind in telling and m.sentence == passage.sentences[0] for m in real
    ):
        return
    if entry.kind == "item" and not (register or moving):
        return
    mention = _mention(scene, entry, passage)
    for actor in entry.principals:
        head = entry_date(scene, entry, passage, actor)
        weight = 4.5
        if head is not None and head.edtf and not head.edtf.startswith(".."):
            here = mention(actor)
            joined = head.span.cover(here)
            tight = joined.end - joined.start <= 200 and " not " not in joined.of(scene.text)
            spans = (joined,) if tight else (head.span, here)
            others = (s for s in head.evidence if s != head.span)
            note(actor, Dated(weight, head.edtf.removesuffix("/.."), (*spans, *others), None, passage.index))
        elif entry.filed is not None and not entry.filed.is_weak and ".." not in entry.filed.edtf:
            spans = (mention(actor), *entry.filed.spans)
            note(actor, Dated(2.0, entry.filed.edtf, spans, None, passage.index))


def _others(
    scene: Scene,
    moves: dict[int, list[Movement]],
    refuge: frozenset[str],
    found: dict[int, list[Dated]],
    actors: dict[int, Actor],
    held: set[int],
) -> None:
    """Date those who are said to arrive or defect without a date by the entry in which they do so."""
    for entry in scene.entries:
        leader = next((found[id(a)] for a in entry.principals if id(a) in found), None)
        if entry.kind == "prose":
            continue
        lent = entry.filed is not None and not entry.filed.is_weak
        filed = [Dated(2.0, entry.filed.edtf, entry.filed.spans, None, 0)] if entry.filed and lent else []
        best = max(leader or filed, key=lambda d: (d.weight, len(d.edtf)), default=None)
        if best is None or ".." in best.edtf:
            continue
        for index in entry.passages:
            for move in moves.get(index, ()):
                if not move.is_real or move.dates or move.kind not in ("arrive", "defect"):
                    continue
                for actor in move.who:
                    if (
                        id(actor) not in found
                        and id(actor) not in held
                        and actor.kind in ("person", "group")
                        and actor not in entry.principals
                    ):
                        actors[id(actor)] = actor
                        found[id(actor)].append(
                            Dated(1.5, best.edtf, (move.span, *best.spans), move.place, index)
                        )
            if leader and index == entry.passages[0]:
                for said in _came_along(scene, scene.passages[index]):
                    sentence = scene.passages[index].sentence_at(said.span.start)
                    if id(said.actor) in found or id(said.actor) in held:
                        continue
                    own = _own_date(scene, entry, scene.passages[index], moves[index], said)
                    if own is not None and own.edtf:
                        dated = Dated(3.6, own.edtf, (said.span, own.span), None, index)
                    elif not _elsewhere(scene, moves[index], sentence, refuge, entry):
                        dated = Dated(1.5, best.edtf, (said.span, *best.spans), None, index)
                    else:
                        continue
                    actors[id(said.actor)] = said.actor
                    found[id(said.actor)].append(dated)


def _own_date(
    scene: Scene, entry: Entry, passage: Passage, row: list[Movement], said: Said
) -> DatePhrase | None:
    """Return the date of a companion's own: of the verb in the sentence, or standing after "later his sister Eva"."""
    sentence = passage.sentence_at(said.span.start)
    if said.span.start - passage.span.start > 40:
        before = scene.text[max(passage.span.start, said.span.start - 40) : said.span.start]
        if re.search(r"[;.] (?:and )?(?:later|then|afterwards|followed by)\b[^;.]*$", before):
            standing = standing_dates(scene, passage, entry)
            return next((d for d in standing if 0 <= d.span.start - said.span.end <= 60), None)
    told = [
        _best_date(m)
        for m in row
        if m.sentence == sentence
        and sentence != passage.sentences[0]
        and m.is_real
        and m.kind in ("arrive", "defect", "flee")
    ]
    return next((d for d in told if d is not None), None)


def _elsewhere(
    scene: Scene, row: list[Movement], sentence: Span, refuge: frozenset[str], entry: Entry
) -> bool:
    """Whether a sentence tells only of a flight of others to some place that is not the refuge."""
    own = [m for m in row if m.sentence == sentence and m.is_real and m.kind in ("arrive", "defect", "flee")]
    first = scene.passages[entry.passages[0]]
    opens = sentence == first.sentence_at(head_start(scene, first))
    return bool(own) and all(
        m.kind == "flee"
        and not (entry.kind == "item" and opens and set(m.who) & set(entry.principals))
        and m.place is not None
        and bool(refuge)
        and _plain(m.place.of(scene.text)) not in refuge
        for m in own
    )


def _came_along(scene: Scene, passage: Passage) -> list[Said]:
    """Return those named or counted after "with": "with his brother Emil, their wives Anna and Eva, and ten others"."""
    found: list[Said] = []
    for said in scene.said[passage.index]:
        if said.form == "pronoun" or said.actor.kind not in ("person", "group") or _elsewhere_then(scene, said):
            continue
        before = scene.text[max(passage.span.start, said.span.start - 60) : said.span.start]
        if _joins(scene, before):
            found.append(said)
        elif found:
            gap = scene.text[found[-1].span.end : said.span.start]
            words = gap.replace(",", " ").split()
            if (
                not any(m in gap for m in ".;:–")
                and len(words) <= 5
                and not any(w in ("who", "which", "was", "had", "were") for w in words)
            ):
                found.append(said)
    return found


_CAME_ALONG = re.compile(
    r"(?:(?<!\w)(?P<link>\+|&|with (?:him|her|them)|with|and|bringing|accompanied by|[Aa]mong them|including|among whom)|(?P<mark>[;,]))"
    r" (?:were |was |came |later |then |also |soon )?(?P<whose>(?:his|her|their) )?(?:the |an? )?(?P<words>(?:[a-zé-]+ ){0,3})[*_]*$"
)


def _elsewhere_then(scene: Scene, said: Said) -> bool:
    """Whether somebody beside the principals is told something else of: "jailed with his family", "his father having died"."""
    passage = scene.passage_at(said.span.start)
    sentence = passage.sentence_at(said.span.start) if passage else said.span
    start = max(sentence.start, *(scene.text.rfind(mark, sentence.start, said.span.start) + 1 for mark in ";:–"))
    return bool(
        _HELD.search(scene.text, start, said.span.start) or _NOT_ALONG.match(scene.text, said.span.end, sentence.end)
    )


_HELD = re.compile(
    r"\b(?:sent to|imprisoned|jailed|arrested|held|interned|banished|deported|exiled to|put in)\b[^;:]{0,60}\b(?:with|and)\b"
)
_NOT_ALONG = re.compile(r",? (?:having|being) (?:been|died|gone|fallen|refused|accused|killed|arrested)\b")


def _joins(scene: Scene, before: str) -> bool:
    """Whether the words before a name join it to those who came: "with his brother", "; their son", "among them"."""
    found = [m for at in range(len(before)) if (m := _CAME_ALONG.match(before, at))]
    if not found:
        return False
    match = found[-1]
    words = match["words"].split()
    known = all(head_class(w, scene.lexicon) or w in _ADJECTIVES for w in words)
    if match["mark"]:
        return bool(match["whose"] and words and known and words[-1] in scene.lexicon.kin)
    return known or (len(words) <= 2 and match["link"] != "and" and "by" not in words)


_ADJECTIVES = frozenset(
    "young elder older younger eldest youngest pregnant future little own twin fellow only".split()
)


def _mention(scene: Scene, entry: Entry, passage: Passage):  # type: ignore[no-untyped-def]
    def of(actor: Actor) -> Span:
        return next(
            (s.span for s in scene.said[passage.index] if s.actor is actor),
            Span(passage.span.start, min(passage.span.end, passage.span.start + 80)),
        )

    return of


def _one_journey(scene: Scene, dated: list[Dated]) -> list[Dated]:
    """Return the dates with one in place of all that running prose gives: a story tells one journey."""
    told = [d for d in dated if is_narrative(scene, scene.passages[d.passage])]
    return [*(d for d in dated if d not in told), choose(told)] if told else dated


def _state_best(scene: Scene, actor: Actor, dated: list[Dated]) -> None:
    for one in dated:
        one.edtf = _as_interval(one.edtf)
    best = max(
        dated, key=lambda d: (d.weight, len(d.edtf), d.edtf if d.weight == 3.0 else "", -d.spans[0].start)
    )
    kept = [best]
    for other in dated:
        if (
            other.weight >= 4
            and other.passage != best.passage
            and not agrees(best.edtf, other.edtf)
            and scene.entry_of[other.passage] is not scene.entry_of[best.passage]
        ):
            kept.append(other)
    for one in {d.edtf: d for d in reversed(kept)}.values():
        where = one.where.of(scene.document.text) if one.where else None
        scene.state(
            actor,
            "arrival",
            DateValue(edtf=one.edtf),
            *one.spans,
            when=one.edtf,
            where=where,
        )


_ALONG = frozenset(
    "family child baby infant boy girl other companion friend couple person man woman people".split()
)
_DAYS = re.compile(r"[\[{](\d{4}-\d\d-)(\d\d),\1(\d\d)[\]}]")


def _as_interval(edtf: str) -> str:
    """Return two days that follow each other as an interval: "on 14 and 15 September".

    >>> _as_interval("{1962-09-14,1962-09-15}")
    '1962-09-14/1962-09-15'
    """
    match = _DAYS.fullmatch(edtf)
    if match and int(match.group(3)) - int(match.group(2)) == 1:
        return f"{match.group(1)}{match.group(2)}/{match.group(1)}{match.group(3)}"
    return edtf


def _companions(
    scene: Scene,
    moves: dict[int, list[Movement]],
    refuge: frozenset[str],
    dated: set[int],
    found: dict[int, list[Dated]],
) -> None:
    """Give kin and companions who came along the arrival of those they came with."""
    for entry in scene.entries:
        leader = next((a for a in entry.principals if id(a) in dated), None)
        if leader is None:
            continue
        best = max(found[id(leader)], key=lambda d: (d.weight, len(d.edtf)))
        for index in entry.passages:
            for said in list(scene.said[index]):
                actor = said.actor
                if (
                    said.form != "description"
                    or _elsewhere_then(scene, said)
                    or actor.is_named
                    or id(actor) in dated
                    or actor in entry.principals
                    or actor.kind not in ("person", "group")
                    or NO_SURVIVOR.match(scene.text, said.span.end)
                ):
                    continue
                sentence = scene.passages[index].sentence_at(said.span.start)
                opening_sentence = scene.passages[index].sentence_at(head_start(scene, scene.passages[index]))
                own = [
                    m
                    for m in moves.get(index, ())
                    if m.sentence == sentence and m.is_real and m.kind in ("arrive", "defect", "flee")
                ]
                opening = (
                    entry.kind == "item"
                    and index == entry.passages[0]
                    and (not own or (sentence == opening_sentence and any(leader in m.who for m in own)))
                    and not any(
                        m.is_real and m.kind in ("arrive", "defect") and leader in m.who
                        for i in entry.passages
                        for m in moves.get(i, ())
                        if m.span.start > said.span.end
                    )
                )
                if not opening and not any(
                    m.kind != "flee" or m.place is None or _plain(m.place.of(scene.text)) in refuge
                    for m in own
                ):
                    continue
                if (
                    said.actor.head not in scene.lexicon.kin
                    and said.actor.head not in scene.lexicon.companions
                    and said.actor.head not in _ALONG
                ):
                    continue
                before = scene.text[max(sentence.start, said.span.start - 14) : said.span.start].lower()
                if not re.search(r"\b(?:with|and|bringing|taking|until|before|plus)\s+(?:\w+\s)?$", before):
                    continue
                dated.add(id(actor))
                scene.state(
                    actor, "arrival", DateValue(edtf=best.edtf), said.span, *best.spans, when=best.edtf
                )
