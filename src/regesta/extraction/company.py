"""Who came along with the people of an entry, and when: kin, companions, and those said to arrive without a date.

    3 March: Lan, with her two sons            the sons, on the day of the entry
    Sergio Ruiz (1975); later his sister (1977)    the sister, by a date of her own
    jailed with his family, fled in 1990       nobody: what they shared was no journey

Whoever came along is dated by the entry's own people, unless the words say otherwise.
"""

from __future__ import annotations

import re

from regesta.dates import DatePhrase
from regesta.extraction.dated_moves import Dated
from regesta.extraction.dating import best_date, plain, standing_dates
from regesta.extraction.described import head_class
from regesta.extraction.movement import Movement
from regesta.extraction.passages import Passage
from regesta.extraction.principals import head_start
from regesta.extraction.scene import Actor, Entry, Said, Scene
from regesta.extraction.travellers import NO_SURVIVOR
from regesta.model import DateValue
from regesta.text.span import Span

__all__ = ["date_others", "state_companions"]

_ALONG = frozenset(
    "family child baby infant boy girl other companion friend couple person man woman people".split()
)
_ADJECTIVES = frozenset(
    "young elder older younger eldest youngest pregnant future little own twin fellow only".split()
)
_CAME_ALONG = re.compile(
    r"(?:(?<!\w)(?P<link>\+|&|with (?:him|her|them)|with|and|bringing|accompanied by|mit|con|com|avec|met|[Aa]mong them|including|among whom|(?:led|headed) by)|(?P<mark>[;,]))"
    r" (?:were |was |came |later |then |also |soon )?(?P<whose>(?:his|her|their|sein\w*|ihr\w*|su|sus|ses|sa|son|seu|sua|seus|suas|suo|suoi|sue|zijn|haar) )?(?:the |an? |i |il |la |le |o |a |os |as |el |los |las |l')?(?P<words>(?:[a-zà-ÿ-]+ ){0,2}(?:[a-zà-ÿ-]+,? )?)[*_]*$"
)
_HELD = re.compile(
    r"\b(?:sent to|imprisoned|jailed|arrested|held|interned|banished|deported|exiled to|put in)\b[^;:]{0,60}\b(?:with|and)\b"
)
_LEFT_BEHIND = re.compile(
    r"\b(?:(?:left|leaves|leaving|leave) (?:[\w'-]+ ){0,4}?behind|(?:good-?bye|farewell) to|but (?:his|her|their))\b[^;:]*$"
)
"""Words before those who stayed: "left behind his wife and two children", "said goodbye to their friends", "but her son"."""
_SEIZED = re.compile(r"\b(?:hijack|seiz|commandeer)\w+[^;:.]{0,60}\bwith (?:[\w'-]+ ){0,4}$")
"""Words before those who were aboard what was taken, and had no choice: "hijacked an airliner with 62 passengers"."""
_LODGED = re.compile(r"\b(?:lived|stayed|lodged|boarded|living|staying|lodging) with (?:[\w'-]+ ){0,4}$")
"""Words before those with whom somebody stayed who did not come along: "lived with [a family] in Lund"."""
_SUMMED = re.compile(r"\b(?:total|altogether|in all|overall)\b")
"""A sum of those told of before, "bringing 450 total refugees": nobody else."""
_ALONGSIDE = re.compile(
    r"\b(?:with|and|bringing|taking|until|before|plus)\s+(?:(?!have|had|has|bore|lost|left|raised|met|saw)\w+\s)?$"
)
"""Words before kin who came too; "marry twice and have three children" tells of none who did."""
_BEHIND = 60
"""Code points behind a name within which its own day may stand: "Vasili, with his wife, on 21 January, and Outi"."""
_OWN_DAY = re.compile(r"(?:, with [a-z ]{3,40})?, (?:on|in) ")
_NOT_ALONG = re.compile(
    r",? (?:having|being) (?:been|died|gone|fallen|refused|accused|killed|arrested)\b"
    r"|,? (?:\d{1,2},? )?(?:was|were) (?:already|still)\b"
)


def date_others(
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


def state_companions(
    scene: Scene,
    moves: dict[int, list[Movement]],
    refuge: frozenset[str],
    dated: set[int],
    found: dict[int, list[Dated]],
) -> None:
    """Give kin and companions who came along the arrival of those they came with."""
    for entry in scene.entries:
        leader = next((a for a in entry.principals if id(a) in found), None)
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
                    or actor.members
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
                    m.kind != "flee" or m.place is None or plain(m.place.of(scene.text)) in refuge
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
                if not _ALONGSIDE.search(before):
                    continue
                dated.add(id(actor))
                scene.state(
                    actor, "arrival", DateValue(edtf=best.edtf), said.span, *best.spans, when=best.edtf
                )


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
    behind = next((d for d in passage.dates if d.edtf and 0 < d.span.start - said.span.end <= _BEHIND), None)
    if behind is not None and _OWN_DAY.fullmatch(scene.text, said.span.end, behind.span.start):
        after = scene.text[behind.span.end : behind.span.end + 1]
        if after in (",", ";", ".", ")") and "." not in scene.text[said.span.end : behind.span.start]:
            return behind
    told = [
        best_date(m)
        for m in row
        if m.sentence == sentence
        and (said.actor in m.who or not _other_between(scene, passage, said, m))
        and sentence != passage.sentences[0]
        and m.is_real
        and m.kind in ("arrive", "defect", "flee")
    ]
    return next((d for d in told if d is not None), None)


def _other_between(scene: Scene, passage: Passage, said: Said, move: Movement) -> bool:
    """Whether somebody else is named between a companion and a verb: then it tells of him or her."""
    return any(
        s.form == "name" and s.actor is not said.actor and s.is_subject
        for s in scene.people_in(passage, (said.span.end, move.span.start))
    )


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
        and plain(m.place.of(scene.text)) not in refuge
        for m in own
    )


def _came_along(scene: Scene, passage: Passage) -> list[Said]:
    """Return those named or counted after "with": "with his brother Emil, their wives Anna and Eva, and ten others"."""
    found: list[Said] = []
    for said in scene.said[passage.index]:
        if (
            said.form == "pronoun"
            or said.actor.kind not in ("person", "group")
            or _elsewhere_then(scene, said)
            or _SUMMED.search(said.span.of(scene.text))
        ):
            continue
        before = scene.text[max(passage.span.start, said.span.start - 60) : said.span.start]
        if _joins(scene, before) or _enumerated(scene, passage, said):
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


def _enumerated(scene: Scene, passage: Passage, said: Said) -> bool:
    """Whether a name opens the list of those who were counted right before it: "five players: [Ana Ruiz], Eva Kos"."""
    gap = scene.text[passage.span.start : said.span.start]
    return said.form == "name" and any(
        gap[other.span.end - passage.span.start :].strip(" *_") == ":"
        for other in scene.said[passage.index]
        if other.form == "description" and other.actor.kind == "group" and other.span.end < said.span.start
    )


def _elsewhere_then(scene: Scene, said: Said) -> bool:
    """Whether somebody beside the principals is told something else of: "jailed with his family", "his father having died"."""
    passage = scene.passage_at(said.span.start)
    sentence = passage.sentence_at(said.span.start) if passage else said.span
    start = max(
        sentence.start, *(scene.text.rfind(mark, sentence.start, said.span.start) + 1 for mark in ";:–")
    )
    return bool(
        _HELD.search(scene.text, start, said.span.start)
        or _LEFT_BEHIND.search(scene.text, start, said.span.start)
        or _SEIZED.search(scene.text, start, said.span.start)
        or _LODGED.search(scene.text, start, said.span.start)
        or _NOT_ALONG.match(scene.text, said.span.end, sentence.end)
    )


def _joins(scene: Scene, before: str) -> bool:
    """Whether the words before a name join it to those who came: "with his brother", "; their son", "among them"."""
    found = [m for at in range(len(before)) if (m := _CAME_ALONG.match(before, at))]
    if not found:
        return False
    match = max(found, key=lambda m: (m["link"] is not None, m.start()))
    words = match["words"].replace(",", "").split()
    if (match["link"] or "").endswith(" by") and match["link"] != "accompanied by":
        return not words and not match["whose"]
    known = all(head_class(w, scene.lexicon) or w in _ADJECTIVES for w in words)
    if match["mark"]:
        return bool(match["whose"] and words and known and words[-1] in scene.lexicon.kin)
    return known or (len(words) <= 2 and match["link"] != "and" and "by" not in words)
