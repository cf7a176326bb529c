"""What somebody wrote, drew, composed or published: predicate `authored`.

    matches          "her memoirs, Eleven Dollars"  ·  "published a novel titled X"  ·  "the author of X"  ·  "his crayon drawings"
    must not match   "wrote to his mother"  ·  "a book about Jan Novak"  ·  "his letters of credence"

The value is the title where there is one, else the noun phrase of the work with what it is about.
"""

from __future__ import annotations

import re

from regesta.extraction.clauses import spell_out
from regesta.extraction.cues import Cue, first_words, has_people, is_cued, passages_with
from regesta.extraction.passages import Passage
from regesta.extraction.reach import left_edge, plain
from regesta.extraction.scene import Scene
from regesta.extraction.subjects import subject_of
from regesta.model import TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["authored_works"]

_WROTE = Cue(
    "wrote cowrote writes publishes written writing authored published publishing publication released composed "
    "painted drew drawn directed filmed recorded edited produced author brought completed finished dictated",
    r"\b(?:(?:co-?)?wrote|writes|publishes|written|writing|authored|published|publishing|publication(?: there)?(?: and in [^.,;]{3,40})? of|published as|released|composed|painted|drew|drawn|directed|filmed|recorded|edited|produced|author of|co-author of|"
    r"author of the|brought out|completed|finished|dictated)\s+",
    re.IGNORECASE,
    opening="co cowrote wrote writes publishes written writing authored published publishing publication released "
    "composed painted drew drawn directed filmed recorded edited produced author coauthor brought completed "
    "finished dictated",
)
_WORKISH = lazy(
    r"\b(?:wrote|writes|publishes|written|author|published|composed|painted|directed|co-?wrote)\b",
    re.IGNORECASE,
)
_MADE_OF = Cue(
    "his her their whose",
    r"\b(?:His|his|Her|her|Their|their|whose)\s+(?=[^.;,]{3,60})",
    opening="his her their whose",
)
_CAME_OUT = lazy(
    r"\s\((?:[A-Z]\w+, )?\d{4}\)|\s(?:(?:was|were|is|has been|had been) (?:\w+ )?(?:published|printed|translated|released|filmed|awarded|banned|reprinted|serialised|reviewed)|"
    r"appeared|came out|won|sold|became|tells|describes|recounts)\b"
)
"""What a book does, or its year: "her memoir Reeds appeared", "her novel Reeds (2004)"."""
_TITLED = lazy(
    r"\s*(?:,|:|\(|–)?\s*(?:(?:entitled|titled|called|named|under the title(?: of)?)\s+)?(?=[\"*_'“]|[A-Z])"
)
_SMALL = frozenset(
    (
        "of the a an in on and to for from with at by or into s de la le del den der die das van is my not "
        "his her no"
    ).split()
)
_QUOTED = lazy(
    r"[\"](?P<a>[^\"]{2,90})[\"]|\*+(?P<b>[^*]{2,90})\*+|_(?P<c>[^_]{2,90})_|'(?P<d>[A-Z][^']{2,80})'(?=[\s.,;)])"
)
_ABOUT = frozenset(["about", "on", "of", "describing", "detailing", "depicting"])
_NOT_MADE = frozenset(
    (
        "letter letters record interview speech map software game account report testimony history lecture "
        "website article play column study programme program series film story"
    ).split()
)


def authored_works(scene: Scene) -> None:
    """State the works of the people of the document."""
    stated: set[tuple[int, str]] = set()
    works = first_words(scene.lexicon.works)
    for passage in passages_with(scene, _WROTE.words, works):
        if passage.kind in ("heading", "caption") or not has_people(scene, passage):
            continue
        for match in _WROTE.find(scene, passage.span):
            _after_verb(scene, passage, match, stated)
        if not is_cued(scene, works, passage.span):
            continue
        for match in _MADE_OF.find(scene, passage.span):
            _possessed(scene, passage, match, stated)


def _after_verb(scene: Scene, passage: Passage, match: re.Match[str], stated: set[tuple[int, str]]) -> None:
    sentence = passage.sentence_at(match.start())
    start = match.end()
    words = match.group().lower()
    if re.match(r"by\b|to\b|in\b|for\b|against\b|that\b", scene.text[start : start + 8]):
        return
    if re.search(
        r"\b(?:was|were|been|is|are|being)\s+$",
        scene.text[max(sentence.start, match.start() - 8) : match.start()],
    ):
        return
    work = _work_noun(scene, start, sentence, limit=60)
    if work is not None:
        first, last = work
        title = _title(scene, passage, scene.tokens.ends[last], sentence)
        if title is not None:
            _state(scene, passage, title, Span(match.start(), title.end), stated)
            return
        lead = left_edge(scene, first, start)
        begin = scene.tokens.starts[lead]
        end = _about_end(scene, passage, scene.tokens.ends[last])
        bare = end == scene.tokens.ends[last] and not _is_own(scene, start, begin)
        if bare and scene.lexicon.singular(scene.tokens.lowers[last]) in _NOT_MADE:
            return
        _state(scene, passage, Span(begin, end), Span(match.start(), end), stated)
        return
    if not (_WORKISH.search(words) or "author" in words):
        return
    title = _title(scene, passage, start, sentence)
    if title is not None and not any(
        s.span.contains(title)
        for s in scene.said[passage.index]
        if s.form == "name" and s.span.end == title.end
    ):
        _state(scene, passage, title, Span(match.start(), title.end), stated)


def _is_own(scene: Scene, start: int, begin: int) -> bool:
    return bool(
        re.search(r"\b(?:his|her|their|an?|several|two|three|many)\s*$", scene.text[start - 1 : begin])
    )


def _work_noun(scene: Scene, start: int, sentence: Span, *, limit: int) -> tuple[int, int] | None:
    """Return (first, last) of the first word for a work after `start`, before any mark or other clause."""
    tokens = scene.tokens
    end = min(sentence.end, start + limit)
    previous = start
    for index in tokens.between(start, end):
        token = tokens[index]
        gap = scene.text[previous : token.start]
        if any(mark in gap for mark in ",;:.(–") or token.lower in (
            "by",
            "who",
            "that",
            "which",
            "with",
            "to",
            "about",
        ):
            return None
        previous = token.end
        for length in (2, 1):
            if index + length > len(tokens):
                continue
            phrase = tokens.lower(index, index + length - 1)
            if phrase in scene.lexicon.works and not (
                token.is_capital and index > 0 and scene.text[token.start - 1] == " "
            ):
                last = index + length - 1
                while (
                    last + 1 < len(tokens)
                    and tokens.lowers[last + 1] in scene.lexicon.works
                    and scene.text[tokens.ends[last] : tokens.starts[last + 1]] == " "
                ):
                    last += 1
                return (index, last) if not tokens.possessive[last] else None
    return None


def _about_end(scene: Scene, passage: Passage, end: int) -> int:
    """Return where "about ...", "on how ...", "of ..." behind a work ends."""
    match = re.match(
        r"\s+(about|on|of|describing|detailing|depicting|criticising|criticizing|against)\s",
        scene.text[end : end + 16],
    )
    return spell_out(scene, passage, end + match.start(1)) if match else end


def _title(scene: Scene, passage: Passage, start: int, sentence: Span) -> Span | None:
    """Return the title that follows: in quotes or italics, else a run of capitalised words."""
    lead = _TITLED.match(scene.text, start, min(start + 40, passage.span.end))
    if lead is None:
        return None
    at = lead.end()
    set_off = scene.emphasised_in((at, passage.span.end))
    if set_off and set_off[0].start == at:
        return set_off[0]
    quoted = _QUOTED.match(scene.text, at, passage.span.end)
    if quoted is not None:
        name = quoted.lastgroup or "a"
        return Span(*quoted.span(name)).strip(scene.text, " ,.;")
    if "(" in lead.group():
        return None
    tokens = scene.tokens
    end = at
    last_capital = None
    for index in tokens.between(at, min(sentence.end, at + 110)):
        token = tokens[index]
        gap = scene.text[end : token.start] if token.start > at else ""
        if gap and gap.strip("'s ") and gap not in (" & ", ": ", " - "):
            break
        if token.is_capital or token.text[0].isdigit():
            last_capital = token.end
        elif token.lower not in _SMALL:
            break
        end = token.end
        if token.is_possessive:
            end += 2 if scene.text[end : end + 2] == "'s" else 1
    if last_capital is None:
        return None
    span = Span(at, last_capital)
    words = span.of(scene.text).split()
    if len(words) == 1 and (
        len(words[0]) < 4 or any(s.span.overlaps(span) for s in scene.said[passage.index])
    ):
        return None
    if any(d.span.overlaps(span) for d in passage.dates) and len(words) < 3:
        return None
    if words[0] in ("He", "She", "They", "It", "In", "On", "After", "His", "Her"):
        return None
    return span


def _possessed(scene: Scene, passage: Passage, match: re.Match[str], stated: set[tuple[int, str]]) -> None:
    """Read "her memoirs, X", "his chilling crayon drawings"."""
    sentence = passage.sentence_at(match.start())
    work = _work_noun(scene, match.end(), sentence, limit=40)
    if work is None:
        return
    first, last = work
    title = _title(scene, passage, scene.tokens.ends[last], sentence)
    if title is not None and not scene.text[scene.tokens.ends[last] : title.start].strip(" \"*_'"):
        marked = scene.text[title.start - 1] in "\"*_'" or _CAME_OUT.match(
            scene.text, title.end, sentence.end
        )
        title = title if marked else None
    if title is not None:
        _state(scene, passage, title, Span(match.start(), title.end), stated, at=match.start())
        return
    if (
        scene.lexicon.singular(scene.tokens.lowers[last]) in _NOT_MADE
        or scene.tokens.lowers[last] == "papers"
    ):
        return  # papers are shown at a border
    lead = left_edge(scene, first, match.end())
    begin = scene.tokens.starts[lead]
    _state(
        scene,
        passage,
        Span(begin, scene.tokens.ends[last]),
        Span(match.start(), scene.tokens.ends[last]),
        stated,
        at=match.start(),
    )


def _state(
    scene: Scene,
    passage: Passage,
    value: Span,
    evidence: Span,
    stated: set[tuple[int, str]],
    *,
    at: int | None = None,
) -> None:
    text = plain(scene, value)
    owner = next((s.actor for s in scene.said[passage.index] if at is not None and s.span.start == at), None)
    people = (owner,) if owner is not None else subject_of(scene, passage, evidence.start)
    when = next(
        (
            d.edtf
            for d in passage.dates_in(passage.sentence_at(value.start))
            if d.edtf and (0 <= d.span.start - value.end <= 14)
        ),
        None,
    )
    for actor in people[:1] if at is not None else people:
        key = (id(actor), text.lower())
        if actor.kind not in ("person", "group") or key in stated:
            continue
        if any(f.predicate == "authored" and f.spans[0].overlaps(evidence) for f in scene.facts_of(actor)):
            continue
        stated.add(key)
        inside = [q.number_span for q in passage.quantities if value.contains(q.number_span)]
        scene.state(actor, "authored", TextValue(text=text), evidence, when=when, claims=inside)
