"""Records become entries: who stands in the cells of names, and whether the flight of a row came to an end.

    Kos, Jan            one person                 Ana and Luis Vega     two
    Kos | Jan           one, of two cells          unknown soldier, n/a  somebody unnamed
    Family Kos          a group                    —                     whoever the remarks describe: "boy, alone"

Where nothing tells that a cell of a column of names holds a name, its words are taken for one: the column says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from regesta.extraction.described import Phrase, head_class
from regesta.extraction.house_columns import houses_of
from regesta.extraction.passages import Filed, Passage
from regesta.extraction.records import Record, records
from regesta.extraction.scene import Actor, Entry, Said, Scene
from regesta.names import lists as names
from regesta.names.lists import fold, is_east_asian_given
from regesta.text.span import Span

__all__ = ["Describe", "enter", "has_failed", "of_this_entry", "read"]

Describe = Callable[[Scene, Passage, Phrase, list[Phrase]], Actor]

_UNKNOWN = re.compile(
    r"(?:name )?(?:unknown|unidentified|not (?:known|given|recorded)|anonymous|anon\.?|unnamed|nameless|n\.? ?n\.?|name withheld|withheld)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\W*(?:n/?a|none|nil|ditto|do\.|total|sum|all)?\W*", re.IGNORECASE)
_FAMILY = re.compile(r"(?:[Tt]he )?[Ff]amil(?:y|ies|ie) [^\W\d_a-z][\w'’-]+(?:[ -][^\W\d_a-z][\w'’-]+){0,3}")
_BETWEEN = re.compile(r"\s*(?:;|/|&|\band\b|\+|\n)\s*")
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_SMALL = frozenset(
    (
        "van von vom zu zur de da di do dos das del della der den des du la le las los el al ul ibn bin "
        "bint ben ter ten te y i e af av"
    ).split()
)
_AFTER_NAME = re.compile(r"\s*[(\[;:–—]|\s-\s|,\s(?=[a-z\d(])")
_TO_GOOD = frozenset(("arrive", "defect", "flee", "admit"))
_GOOD = re.compile(r"success\w*|safe(?:ly)?|freed|yes|ok|granted|settled|through|accepted", re.IGNORECASE)
_BAD = re.compile(
    r"unsuccess\w*|fail\w*|attempt\w*|dead|fatal|sunk|no|not|never|missing|lost|repelled|forced|crashed|sentenced|foundered|turned|interned|deported|fell|expelled|retaken|recaptured|repatriated|extradited|removed|refused",
    re.IGNORECASE,
)
_SENT_AWAY = re.compile(
    r"expelled|deported|expulsion|deportation|banished|extradited|repatriated", re.IGNORECASE
)
_NEVER = re.compile(r"\W*(?:no|not|never|none|did not|failed)\b", re.IGNORECASE)
_LATER = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\blater\b|\byears\b")


def read(scene: Scene) -> None:
    """Find the tables of houses and the records of the document, once, and note what the cells of records mean."""
    if scene.records is not None:
        return
    found = [(table, houses_of(table, scene.lexicon)) for table in scene.document.tables]
    scene.houses = [houses for _, houses in found if houses]
    others = [table for table, houses in found if not houses]
    scene.records = records(scene.document, scene.text, others, scene.lexicon)
    for record in scene.records:
        whole = bool(record.spans("family")) and bool(record.spans("given"))
        for span, meaning in record.cells:
            if meaning:
                part = whole and meaning in ("family", "given")
                scene.cell_meanings.setdefault(span, "part" if part else meaning)
    for passage in scene.passages:
        is_name = scene.cell_meanings.get(passage.span) in ("name", "family")
        if passage.kind == "cell" and is_name and scene.document.source.format in ("html", "wikitext"):
            _part_lines(scene, passage)


def _part_lines(scene: Scene, passage: Passage) -> None:
    """Part the names that stand in one cell on a line each."""
    row, text = scene.chunks[passage.index], scene.document.text
    for position, chunk in reversed(list(enumerate(row))):
        lines: list[tuple[int, int]] = []
        for index in range(chunk.first, chunk.last + 1):
            if lines and "\n" not in text[scene.tokens[index - 1].end : scene.tokens[index].start]:
                lines[-1] = (lines[-1][0], index)
            else:
                lines.append((index, index))
        if len(lines) > 1:
            spans = [Span(scene.tokens[a].start, scene.tokens[b].end) for a, b in lines]
            row[position : position + 1] = [
                replace(chunk, first=a, last=b, span=span, text=" ".join(span.of(scene.text).split()))
                for (a, b), span in zip(lines, spans, strict=True)
            ]


def enter(scene: Scene, described: list[list[Phrase]], describe: Describe) -> None:
    """Make an entry of every record that names or describes somebody."""
    place = {p.span: p for p in scene.passages if p.kind in ("cell", "definition", "caption", "heading")}
    seen: set[tuple[int, int]] = set()
    for record in scene.records or ():
        if record.is_nameless and not _named_in_remarks(scene, record, place):
            continue
        entry = Entry("item" if record.is_told else "row", [], None, table=record.block)
        for span, meaning in record.cells:
            if meaning and not record.is_told:
                entry.cells.setdefault(meaning, span)
            passage = place.get(span)
            if passage is None:
                continue
            if entry.filed is None:
                entry.filed = passage.filed
            if scene.entry_of[passage.index] is None:
                if not (record.is_told and meaning == "name"):
                    entry.passages.append(passage.index)
                scene.entry_of[passage.index] = entry
        for span in record.spans("kin"):
            if span in place:
                _only_a_name(scene, place[span])
        entry.principals = _people(scene, record, entry, place, described, describe)
        if not entry.principals:
            continue
        if not record.is_told and not record.is_nameless:
            entry.principals = [of_this_entry(scene, entry, a, record.block, seen) for a in entry.principals]
        entry.passages.sort(
            key=lambda i: i not in [place[s].index for s in record.spans("name", "family") if s in place]
        )
        scene.entries.append(entry)
        if record.is_told:
            continue
        if record.filed:
            entry.filed = record.filed
        elif record.asked & {"arrival"}:
            entry.filed = None
        else:
            entry.filed = _reported_above(scene, record) or entry.filed


def of_this_entry(scene: Scene, entry: Entry, actor: Actor, table: int, seen: set[tuple[int, int]]) -> Actor:
    """Return the person of a row or an item: another one than whoever bears the same name in one of the table before it."""
    if (table, id(actor)) not in seen or not actor.is_named:
        seen.add((table, id(actor)))
        return actor
    here = [
        (row, place, said)
        for row in (scene.said[index] for index in entry.passages)
        for place, said in enumerate(row)
        if said.actor is actor
    ]
    if not here or len(here) == len(actor.mentions):
        return actor
    own = replace(actor, mentions=[])
    for row, place, said in here:
        row[place] = replace(said, actor=own)
        actor.mentions.remove((said.span, said.form))
        own.mentions.append((said.span, said.form))
    scene.actors.append(own)
    return own


def _people(
    scene: Scene,
    record: Record,
    entry: Entry,
    place: dict[Span, Passage],
    described: list[list[Phrase]],
    describe: Describe,
) -> list[Actor]:
    if record.is_nameless:
        return _named_in_remarks(scene, record, place)
    family, given = record.spans("family"), record.spans("given")
    if family and given and family[0] in place:
        return [_of_two_cells(scene, place[family[0]], family[0], given[0], entry)]
    found: list[Actor] = []
    for span in record.spans("name", "family"):
        passage = place.get(span)
        if passage is None:
            continue
        found += [a for a in _in_cell(scene, passage, described[passage.index], describe) if a not in found]
    if found or (not record.spans("name", "family") and "family" in record.asked):
        return found
    for span in record.spans("notes", "role", "outcome"):
        passage = place.get(span)
        head = (
            next((p for p in described[passage.index] if p.span.start == span.start), None)
            if passage
            else None
        )
        if passage and head and any(meaning == "age" for _, meaning in record.cells):
            return [describe(scene, passage, head, [])]
    return found


def _named_in_remarks(scene: Scene, record: Record, place: dict[Span, Passage]) -> list[Actor]:
    """Return who is named in the remarks on a ship or a party: they came with it, as far as the table dates it."""
    if not record.asked & {"arrival", "date"} or not record.asked & {"size", "vehicle"}:
        return []
    said = [
        s
        for span in record.spans("notes", "kin", "outcome")
        if span in place
        for s in scene.said[place[span].index]
    ]
    return list(dict.fromkeys(s.actor for s in said if s.form == "name" and s.actor.kind == "person"))


def _only_a_name(scene: Scene, passage: Passage) -> None:
    """Take a cell of a column of companions for a name where it is nothing but capitalised words."""
    words = passage.span.of(scene.text)
    small = any(part[0].islower() for part in words.split())
    if small or len(words.split()) < 2 or any(s.form == "name" for s in scene.said[passage.index]):
        return
    if _names_somebody(scene, words):
        scene.say(passage, passage.span, scene.named("person", " ".join(words.split())), "name")


def _of_two_cells(scene: Scene, passage: Passage, family: Span, given: Span, entry: Entry) -> Actor:
    """Return the one person whose surname and given name stand in cells of their own."""
    surname, forename = family.of(scene.text), given.of(scene.text)
    usual = surname.title() if surname.isupper() and len(surname) > 2 else surname
    actor = scene.named("person", f"{forename} {usual}")
    if scene.entry_of[passage.index] is not entry:
        return _of_surname_above(scene, actor, given)
    first, second = sorted((family, given))
    gap = scene.text[first.end : second.start]
    if len(gap) <= 3 and not any(ch.isalnum() for ch in gap):
        span = Span(first.start, second.end)
        entry.cells["name"] = span
        actor.called = f"{surname}, {forename}" if family < given else f"{forename} {surname}"
        scene.say(passage, span, actor, "name")
    else:
        scene.say(passage, family, actor, "name")
        other = scene.passage_at(given.start)
        if other is not None:
            scene.say(other, given, actor, "name")
    return actor


def _of_surname_above(scene: Scene, actor: Actor, given: Span) -> Actor:
    """Return the person whose surname stands in a row before: "do.", or one cell for the whole family."""
    own = scene.passage_at(given.start)
    if own is not None:
        scene.say(own, given, actor, "name")
    return actor


def _in_cell(scene: Scene, passage: Passage, described: list[Phrase], describe: Describe) -> list[Actor]:
    """Return whom a cell of names gives: the names found in it, those that only the column vouches for, or the described."""
    span = passage.span
    if (family := _FAMILY.match(scene.text, *span)) and not scene.said[passage.index]:
        named = scene.named("group", " ".join(family.group().split()))
        named.head, named.is_plural = "family", True
        scene.say(passage, Span(*family.span()), named, "name")
        return [named]
    said = [s for s in scene.said[passage.index] if s.form == "name" and s.actor.kind in ("person", "group")]
    head = next((p for p in described if p.span.start <= span.start + 1), None)
    head = None if _is_east_asian(span.of(scene.text)) else head  # "Man a Park"
    unknown = _UNKNOWN.match(scene.text, span.start, span.end)
    if not said and unknown and (head is None or (head.is_plural is False and head.span.end < unknown.end())):
        actor = scene.unnamed("person", "person")
        scene.say(passage, Span(*unknown.span()), actor, "description")
        return [actor]
    if head is not None and (not said or said[0].span.start > span.start + 40):
        return [describe(scene, passage, head, described)]
    for part in _parts(scene, span):
        within = [s for s in said if s.span.overlaps(part)]
        if within and _is_east_asian(part.of(scene.text)):
            for piece in within[1:]:
                scene.said[passage.index].remove(piece)
                piece.actor.mentions.remove((piece.span, piece.form))
            _widen(scene, passage, part, within[0])
        elif len(within) == 1 and _is_all_name(scene, part, within[0]):
            _widen(scene, passage, part, within[0])
        if within:
            continue
        words = part.of(scene.text)
        if not _names_somebody(scene, words):
            continue
        scene.say(passage, part, scene.named("person", " ".join(words.replace(",", " ").split())), "name")
    said = [s for s in scene.said[passage.index] if s.form == "name" and s.actor.kind in ("person", "group")]
    if said:
        return list(dict.fromkeys(s.actor for s in said))
    return [describe(scene, passage, described[0], described)] if described else []


def _is_all_name(scene: Scene, part: Span, said: Said) -> bool:
    """Return whether a name in a column of names goes on to both ends of its part: "Choe Yong min", "Ana Lucia Vega"."""
    if (
        said.actor.kind != "person"
        or said.span == part
        or not part.start <= said.span.start < said.span.end <= part.end
    ):
        return False
    beside = f"{scene.text[part.start : said.span.start]} {scene.text[said.span.end : part.end]}"
    words = beside.split()
    return 1 <= len(words) <= 2 and all(
        _NAME_WORD.fullmatch(word)
        and not head_class(word.lower(), scene.lexicon)
        and (names.is_given(word) or names.is_surname(word) or is_east_asian_given(word))
        for word in words
    )


def _is_east_asian(words: str) -> bool:
    """Whether a cell of names is a surname of Korea or China and syllables, in either order: "Choe Hui tong", "Ji man Kim"."""
    parts = words.split()
    if not 3 <= len(parts) <= 4 or not (parts[0][0].isupper() and all(map(str.isalpha, parts))):
        return False
    surnames = names.asian_surnames()
    first = fold(parts[0]) in surnames and all(map(is_east_asian_given, parts[1:]))
    last = parts[-1][0].isupper() and fold(parts[-1]) in surnames
    return first or (last and all(map(is_east_asian_given, parts[:-1])))


def _widen(scene: Scene, passage: Passage, part: Span, said: Said) -> None:
    """Let a name reach to the ends of its part: whoever bears it is called so."""
    words = " ".join(part.of(scene.text).replace(",", " ").split())
    actor = scene.named("person", words)
    if actor is said.actor:
        return
    row = scene.said[passage.index]
    row[row.index(said)] = replace(said, span=part, actor=actor)
    said.actor.mentions.remove((said.span, said.form))
    actor.mentions.append((part, said.form))


def _parts(scene: Scene, span: Span) -> list[Span]:
    """Return the pieces of a cell that may be names: cut at "and" and slashes, without what stands in brackets."""
    stop = _AFTER_NAME.search(scene.text, *span)
    end = stop.start() if stop else span.end
    found, at = [], span.start
    for gap in _BETWEEN.finditer(scene.text, span.start, end):
        found.append(Span(at, gap.start()))
        at = gap.end()
    found.append(Span(at, end))
    tight = (_past_title(scene, s.strip(scene.text, " *_~'\"()[].,–—-")) for s in found)
    return [s for s in tight if s.end > s.start]


def _past_title(scene: Scene, span: Span) -> Span:
    if _is_east_asian(span.of(scene.text)):
        return span  # "Ko Dong nyon", whose surname is a title elsewhere
    words = scene.tokens.between(*span)
    for index in words:
        word = scene.tokens[index].lower.rstrip(".")
        if word in scene.lexicon.titles or word in scene.lexicon.ranks or f"{word}." in scene.lexicon.titles:
            continue
        return Span(scene.tokens[index].start, span.end) if scene.tokens[index].start < span.end else span
    return span


def _names_somebody(scene: Scene, words: str) -> bool:
    """Whether words could be a name: capitalised, not too many, and none that describes or counts."""
    if _NOBODY.fullmatch(words) or any(ch.isdigit() for ch in words) or _UNKNOWN.search(words):
        return False
    parts = _NAME_WORD.findall(words)
    if not 1 <= len(parts) <= 6 or len(words) > 60:
        return False
    if parts[0][0].islower() or not all(_may_be_small(p, parts) for p in parts):
        return False
    return not all(head_class(p.lower(), scene.lexicon) and not names.is_surname(p.lower()) for p in parts)


def _may_be_small(word: str, parts: list[str]) -> bool:
    """Whether a word of a name may stand there: with a capital somewhere, a particle, a syllable of "Choe Hui tong" or "Ji man Kim"."""
    if word.upper() == word or word != word.lower() or word in _SMALL:
        return True  # "한경수": scripts without capitals have none to miss
    surnames = [p for p in (parts[0], parts[-1]) if p[0].isupper() and fold(p) in names.asian_surnames()]
    return 2 <= len(parts) <= 4 and is_east_asian_given(word) and bool(surnames)


def _reported_above(scene: Scene, record: Record) -> Filed | None:
    """Return the date of an arrival that is told over a table for all who stand in it: "Arrived at Oran 3 May 1939"."""
    if record.block < 0:
        return None
    sections = scene.document.sections[record.block]
    found: Filed | None = None
    for passage in scene.passages:
        if passage.block >= record.block:
            break
        if passage.kind not in ("prose", "caption", "heading") or scene.document.sections[
            passage.block
        ] not in (sections, sections[:1], ()):
            continue
        if any(
            s.actor.kind in ("person", "group") and s.is_subject and s.form == "name"
            for s in scene.said[passage.index]
        ):
            continue
        for sentence in passage.sentences:
            dates = [d for d in passage.dates_in(sentence) if d.edtf and len(d.edtf) == 10]
            arriving = [
                i
                for i in scene.tokens.between(*sentence)
                if scene.lexicon.flight.get(scene.tokens[i].lower) == "arrive"
                or scene.tokens[i].lower in ("landing", "arrivals", "arrival")
            ]
            if dates and arriving:
                start = scene.tokens[arriving[-1]].start
                best = min(dates, key=lambda d: abs(d.span.start - start))
                found = Filed(best.edtf or "", tuple(best.evidence) or (best.span,))
    return found


def has_failed(scene: Scene, entry: Entry) -> bool:
    """Return whether a row says by a cell of its own that its people did not get through: "captured", "no"."""
    arrival = entry.cells.get("arrival")
    if arrival and _NEVER.match(scene.text, *arrival):
        return True
    outcome = entry.cells.get("outcome")
    if outcome is None:
        return _is_caught(scene, entry) or _only_tried(scene, entry) or _fell(scene, entry)
    for index in scene.tokens.between(*outcome):
        word = scene.tokens[index].lower
        kind = scene.lexicon.flight.get(word)
        if _SENT_AWAY.fullmatch(word):
            return True
        if kind in _TO_GOOD or _GOOD.fullmatch(word):
            return False
        if kind in ("fail", "return") or _BAD.fullmatch(word):
            return word != "died" or not _LATER.search(scene.text, *outcome)
    return False


def _fell(scene: Scene, entry: Entry) -> bool:
    """Return whether the remarks on a dated flight open with how it ended on the way: "shot at the border"."""
    notes = entry.cells.get("notes")
    if notes is None or "arrival" in entry.cells or _LATER.search(scene.text, *notes):
        return False
    words = scene.tokens.between(*notes)
    word = scene.tokens[words[0]].lower if words else ""
    return scene.lexicon.flight.get(word) == "fail" and _ON_THE_WAY.search(scene.text, *notes) is not None


_ON_THE_WAY = re.compile(
    r"\b(?:border|frontier|river|sea|wall|fence|wire|crossing|patrol|guards?|mine|minefield|grenz\w*|mauer|fluss|frontera|frontière|frontiera|fronteira|mar|mer|mare|granic\w*|rzek\w*|"
    r"hranic\w*|границ\w*|море|реке|grens)\b",
    re.IGNORECASE,
)


def _only_tried(scene: Scene, entry: Entry) -> bool:
    """Return whether a cell opens with an attempt, and no other that went well is told: "Tried to swim the canal. Shot."."""
    cells = [scene.passages[index].span for index in entry.passages]
    tried = any(_TRIED.match(scene.text, *cell) for cell in cells)
    return tried and not any(_AT_LAST.search(scene.text, *cell) for cell in cells)


_TRIED = re.compile(r"\W*(?:[Tt]ried|[Aa]ttempted|[Ff]ailed) to\b")
_AT_LAST = re.compile(
    r"\b(?:succeed\w*|got (?:through|across|away)|reached|arrived|escaped|made it|second (?:try|attempt)|again)\b",
    re.IGNORECASE,
)


def _is_caught(scene: Scene, entry: Entry) -> bool:
    """Return whether a row leaves its destination out, and a cell of it opens with how it ended: "– | caught at Irun"."""
    place = entry.cells.get("destination")
    if place is None or any(ch.isalnum() for ch in place.of(scene.text)):
        return False
    for index in entry.passages:
        span = scene.passages[index].span
        words = scene.tokens.between(*span)
        word = scene.tokens[words[0]].lower if words else ""
        if span != entry.cells.get("name") and (
            scene.lexicon.flight.get(word) == "fail" or _BAD.fullmatch(word)
        ):
            return True
    return False
