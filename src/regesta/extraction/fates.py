"""Who of an entry did not get through: who died, was caught, was sent back, stayed behind, or only tried.

    Minh; his brother Tâm was thrown overboard and drowned.   Tâm, not Minh: the clause has its own subject
    Drowned: Hoa, Sơn and eleven others                       all who follow the label
    Anna, widow of a pastor, who died in the galleys          the pastor: "who" is the one named before it
    Not landed: ...                                           whoever stands under such words

They have no arrival, unless the document says in so many words that they arrived.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from regesta.extraction.cues import Cue, passages_with
from regesta.extraction.dating import agrees, standing_dates
from regesta.extraction.movement import Movement
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Entry, Scene
from regesta.extraction.subjects import subject_of
from regesta.text.span import Span

__all__ = ["seized", "stopped"]

_STOPS = Cue(
    "died drowned froze bled perished killed shot executed hanged thrown lost did found never dead taken seized caught captured intercepted "
    "arrested stopped removed picked handed given turned sent flown flew went forced pushed returned repatriated deported extradited would "
    "refused stayed remained still attempt changed",
    r"\b(?:died|drowned|froze to death|bled to death|perished|(?:be |was |were |been )?(?:killed|shot|executed|hanged)(?! (?:at|down|him|her|them|in the (?:leg|arm|foot|hand|shoulder))\b)|"
    r"thrown overboard|lost (?:his|her|their) li(?:fe|ves)|did not survive|(?:was|were) found dead|never (?:heard of|seen|found)|dead:|"
    r"(?:taken|seized|caught|captured|intercepted|arrested|stopped|removed|picked up) (?:at|before|near|on|by|while|as|during|in)\b|"
    r"handed (?:over|back)|given (?:back|up)|turned (?:back|round|around)|sent (?:back|home)|flown (?:back|home)|flew home|(?<!never )went (?:back|home)|"
    r"forced back|pushed back|returned to|repatriated|deported|extradited|"
    r"never (?:left|arrived|crossed|(?:came|went)(?! (?:back|home)))|did not (?:escape|get|reach|make|leave|come over|arrive)|would not leave|refused to leave|"
    r"stayed (?:behind|loyal|at home)|remained (?:behind|loyal|at home)|remained in|(?:is|was|are|were) still (?:in|at|there)|"
    r"attempt failed|turned away|refused entry|changed (?:his|her|their) minds?)\b",
)
_STOPS_IN_PROSE = Cue(
    "died drowned bled shot froze killed perished lost did found caught captured arrested seized intercepted turned sent attempt",
    r"\b(?:died|drowned|bled to death|shot dead|froze to death|(?:was|were|to be) killed|perished|lost (?:his|her|their) li(?:fe|ves)|"
    r"did not survive|was found dead|(?:be|was|were) (?:caught|captured|arrested|seized|intercepted|turned back|sent back) "
    r"(?:before|at the border|while|as|during)|did not (?:escape|get|reach|make)|attempt failed)\b",
)
_ON_THE_WAY = frozenset("drowned froze perished bled thrown".split())
_TRIED = re.compile(r"\b(?:(?<!had )tried|attempted|demanded|failed to|claimed to have|threatened)\b")
_LABEL = re.compile(
    r"\b(?:drowned|dead|killed|died|missing|caught|arrested|returned|sent back|not landed)\s*:", re.IGNORECASE
)
_LATER = re.compile(r"\b1[5-9]\d\d\b|\b20\d\d\b|\blater\b|\byears\b")
_WHO = re.compile(r",?\s*\b(?:who|whom)(?:\s+\w+){0,2}\s*$")
_KIN_FIRST = re.compile(r"\W*(?:(?:but|and|where|while|then)\s+)?(?:his|her|their|its)\s")
_NEAR_KIN = re.compile(
    r"\b(?:his|her|their|whose) (?:[\w-]+ ){1,3}(?:had |was |were |has |have )?(?:been )?$"
)
_OTHER_FIRST = re.compile(r"\W*(?:(?:but|and|where|while|then)\s+)?(?:the|an?|some|many|most|others)\s")
_BARRED = re.compile(
    r"\bnot (?:landed|admitted|arrived|on this list|included|accepted)\b|\bnever (?:came|arrived|left|reached)\b|"
    r"\bdid not (?:come|arrive|reach|leave|get|survive|make)\b|\b(?:died|drowned|perished|deported|repatriated|sent back|turned back|turned away)\b|"
    r"\bin memor(?:y|iam)\b|\bmemorial\b|\bthe dead\b|\bfailed (?:attempts|escapes|flights)\b|\b(?:attempts|escapes) that failed\b|\bcaught\b",
    re.IGNORECASE,
)
_THROUGH = re.compile(r"\b(?:fled|escaped|arriv\w+|came|survivors|refugees|rescued)\b", re.IGNORECASE)


def stopped(scene: Scene, moves: Mapping[int, Sequence[Movement]]) -> set[int]:
    """Return the ids of the actors who did not get through, and are not said to have arrived all the same."""
    found: set[int] = set()
    arrived = {
        id(actor)
        for row in moves.values()
        for move in row
        if move.is_real and move.kind in ("arrive", "defect") and not _of_a_thing(scene, move)
        for actor in move.who
    }
    found |= seized(scene) - arrived
    barred = _barred(scene)
    for entry in scene.entries:
        if not entry.passages:
            continue
        if entry.passages[0] in barred and entry.kind != "prose":
            found |= {id(s.actor) for i in entry.passages for s in scene.said[i]}
            continue
        for actor in entry.principals:
            own = [m for i in entry.passages for m in moves.get(i, ()) if actor in m.who]
            own = [m for m in own if not _of_a_thing(scene, m)]
            if id(actor) not in arrived and (
                _sent_back(scene, entry, own) or _only_tried(scene, entry, actor, own)
            ):
                found.add(id(actor))
        for position, index in enumerate(entry.passages[:3]):
            for actor in _stopped_in(scene, entry, scene.passages[index], moves, is_first=position == 0):
                if id(actor) not in arrived:
                    found.add(id(actor))
    return found


_SEIZED = Cue("caught captured shot", r"\b(?:caught|captured|shot) (?:dead )?(?=[A-Z])")


def seized(scene: Scene) -> set[int]:
    """Return the ids of those whom somebody else caught or shot: "They caught Filmon on the second day"."""
    return {
        id(said.actor)
        for passage in passages_with(scene, _SEIZED.words)
        for match in _SEIZED.find(scene, passage.span)
        for said in scene.said[passage.index]
        if said.span.start == match.end() and said.form == "name"
    }


def _of_a_thing(scene: Scene, move: Movement) -> bool:
    """Whether a clause has a subject that is nobody: "The aircraft landed near the border", "the boat was returned"."""
    passage = scene.passage_at(move.span.start)
    clause = Span(move.sentence.start, move.span.start)
    return (
        passage is not None
        and _OTHER_FIRST.match(clause.of(scene.text).lower()) is not None
        and not scene.people_in(passage, clause)
    )


def _sent_back(scene: Scene, entry: Entry, own: Sequence[Movement]) -> bool:
    """Whether a return is told and no flight; a return with a year that is not the entry's first date came later."""
    returns = [m for m in own if m.kind == "return" and m.is_real]
    later = any(
        (d.edtf or "")[:4] > earliest
        for m in returns
        for d in m.dates
        if (earliest := _earliest(scene, entry)) and not (d.edtf or "").startswith("..")
    )
    return bool(returns) and not later and not any(m.kind == "flee" and m.is_real for m in own)


def _earliest(scene: Scene, entry: Entry) -> str:
    dates = [
        d.edtf[:4]
        for i in entry.passages[:1]
        for d in scene.passages[i].dates
        if d.edtf and d.edtf[:4].isdigit()
    ]
    return min(dates, default=entry.filed.edtf[:4] if entry.filed else "")


def _only_tried(scene: Scene, entry: Entry, actor: Actor, own: Sequence[Movement]) -> bool:
    if entry.kind == "row" or any(m.kind == "flee" and m.is_real for m in own):
        return False
    passage = scene.passages[entry.passages[0]]
    named = next((s.span.start for s in scene.said[passage.index] if s.actor is actor), passage.span.start)
    tried = _TRIED.finditer(scene.text, *passage.sentence_at(named))
    return any(actor in _whose(scene, entry, passage, m.start()) for m in tried)


def _stopped_in(
    scene: Scene, entry: Entry, passage: Passage, moves: Mapping[int, Sequence[Movement]], *, is_first: bool
) -> Iterator[Actor]:
    """Yield whom the sentences of one passage say to have been stopped, with no flight told after it."""
    if entry.kind == "prose":
        for sentence in passage.sentences[:2] if is_first else ():
            for match in _STOPS_IN_PROSE.find(scene, sentence):
                if not _LATER.search(scene.text, match.end(), match.end() + 24):
                    subjects = subject_of(scene, passage, match.start())
                    yield from (a for a in entry.principals if a in subjects)
        return
    for number, sentence in enumerate(passage.sentences):
        labels = _LABEL.finditer(scene.text, *sentence) if scene.text.find(":", *sentence) >= 0 else ()
        for label in labels:
            yield from (s.actor for s in scene.people_in(passage, (label.end(), sentence.end)))
        for match in _STOPS.find(scene, sentence):
            whose = _whose(scene, entry, passage, match.start())
            own = bool(set(whose) & set(entry.principals))
            later = own and _is_later(scene, passage, match) and not _is_its_day(entry, passage, match)
            abroad = own and match.group() == "remained in"  # London, where he stays
            if not whose or later or abroad:
                continue
            if own and _is_years_after(scene, entry, passage, sentence, match):
                continue
            if number > 2 and own:
                continue
            for actor in whose:
                fled = [
                    m.span.start
                    for i in entry.passages
                    for m in moves.get(i, ())
                    if m.is_real and m.kind == "flee" and actor in m.who
                ]
                wounded = match.group().endswith("shot") and bool(fled)
                if not wounded and not any(start > match.start() for start in fled):
                    yield actor


def _is_later(scene: Scene, passage: Passage, match: re.Match[str]) -> bool:
    """Whether a date or "later" right after the words puts the event beyond the flight."""
    following = scene.text[match.end() : min(passage.span.end, match.end() + 24)]
    if _LATER.search(following) is None:
        return False
    return match.group().split()[0] not in ("never", "remained", "handed", "stayed", "dead:", "thrown")


def _is_its_day(entry: Entry, passage: Passage, match: re.Match[str]) -> bool:
    """Whether an entry has one date, of a death on the way: "1990s / Ana Ruiz: drowned on 22 November 1999"."""
    first = passage.dates[0] if passage.dates else None
    if match.group().split()[0] not in _ON_THE_WAY or first is None or entry.filed is None:
        return False
    return first.span.start - match.end() in range(8) and agrees(entry.filed.edtf, first.edtf or "")


def _is_years_after(
    scene: Scene, entry: Entry, passage: Passage, sentence: Span, match: re.Match[str]
) -> bool:
    """Whether the next date is of a later year than the one that dates the entry: "1979; died in Munich on 3 May 1988"."""
    standing = [d for d in standing_dates(scene, passage, entry) if d.span.end <= match.start()]
    following = [d for d in passage.dates_in(sentence) if 0 <= d.span.start - match.end() <= 60]
    if not standing or not following:
        return False
    between = scene.text[match.end() : following[0].span.start]
    years = [(d.edtf or "")[:4] for d in (standing[0], following[0])]
    return all(y.isdigit() for y in years) and years[0] < years[1] and not set(between) & set(";–(")


def _whose(scene: Scene, entry: Entry, passage: Passage, offset: int) -> tuple[Actor, ...]:
    """Return whom the clause that ends at `offset` speaks of; nobody where its subject is somebody else."""
    sentence = passage.sentence_at(offset)
    start = max(sentence.start, *(scene.text.rfind(mark, sentence.start, offset) + 1 for mark in ";:–("))
    clause = scene.text[start:offset]
    named = [
        s
        for s in scene.said[passage.index]
        if start <= s.span.start and s.span.end <= offset and s.actor.kind in ("person", "group")
    ]
    people = [s for s in named if s.form != "pronoun"]
    if _WHO.search(clause):
        return (people[-1].actor,) if people else ()
    if near := _NEAR_KIN.search(clause.lower()):
        return tuple(dict.fromkeys(s.actor for s in people if s.span.end > start + near.start()))
    words = clause.split(None, 1)
    if _KIN_FIRST.match(clause.lower()) or (words and words[0].lower() in scene.lexicon.kin):
        return tuple(dict.fromkeys(s.actor for s in people))
    if named:
        subjects = subject_of(scene, passage, offset)
        return tuple(a for a in subjects if any(s.actor is a for s in named)) or (named[-1].actor,)
    if _OTHER_FIRST.match(clause.lower()):
        return ()
    return tuple(entry.principals)


def _barred(scene: Scene) -> set[int]:
    """Return the passages that stand under words such as "Not landed:", or in a document in memory of the dead."""
    barred: set[int] = set()
    title = scene.document.title or scene.text[:60]
    whole = _BARRED.search(title) is not None and _THROUGH.search(title) is None
    under: dict[int, bool] = {}
    label = False
    for passage in scene.passages:
        text = passage.span.of(scene.text)
        if passage.kind == "heading":
            under[passage.block] = len(text) <= 80 and _says_no(text)
            label = False
            continue
        if passage.kind == "prose" and len(text) <= 60 and text.rstrip("*_ ").endswith(":"):
            label = _says_no(text)
            continue
        headings = scene.document.sections[passage.block]
        if whole or label or any(under.get(h, False) for h in headings):
            barred.add(passage.index)
    return barred


def _says_no(text: str) -> bool:
    return _BARRED.search(text) is not None and _THROUGH.search(_BARRED.sub("", text)) is None
