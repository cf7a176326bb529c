"""From when to when a law, a policy or a practice held: predicate `effective`.

    matches          "the law, introduced in 1962, remained in force until 1993"  ·  "Until 2004, refugees considered X safe."
    must not match   "He remained in the party until 1993."  ·  "They introduced him to the minister in 1962."

What begins and what ends in one sentence is one interval; a beginning alone stays open (`1962/..`), an end alone too
(`../1993`). A person's own "until" and "since" are other rules' affair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from regesta.dates import DatePhrase
from regesta.extraction.clauses import Clause, clauses
from regesta.extraction.cues import passages_with, sentences_with
from regesta.extraction.instruments import Instrument, actor_of, instrument_words, instruments, latest
from regesta.extraction.laws_abroad import laws_abroad
from regesta.extraction.passage_dates import is_of_source
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.topics import topic_of
from regesta.model import DateValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["validity"]

_BEGINS = lazy(
    r"\b(?:introduced|enacted|adopted|passed|promulgated|issued|proclaimed|imposed|instituted|inaugurated|launched|established|"
    r"(?:came|come|comes|went|entered|put) into (?:force|effect|operation)|took effect|takes effect|became (?:law|effective|valid)|"
    r"began to (?:pursue|apply|grant|pay|enforce|offer)|started(?! [a-z]+ing\b)|pioneered|ratified|reintroduced|was signed|were signed)\b",
    re.IGNORECASE,
)
_IN_FORCE = lazy(
    r"\b(?:(?:came|come|comes|coming|went|enter(?:s|ed|ing)?|put) into (?:force|effect|operation)|(?:took|takes|taking) effect|"
    r"in (?:force|effect) (?:from|since|as of|on)|became (?:effective|valid)|effective (?:from|on|as of|since))\b",
    re.IGNORECASE,
)
"""From when on a law holds, told beside the day on which it was made."""
_ENDS = lazy(
    r"\b(?:abolished|repealed|abandoned|revoked|rescinded|expired|lapsed|scrapped|discontinued|lifted|suspended|terminated|dropped|"
    r"withdrawn|phased out|ceased|annulled|struck down|came to an end|paid for the last time|cancelled|canceled|(?:replaced|superseded|succeeded) by|was ended|were ended)\b",
    re.IGNORECASE,
)
_CHANGED = lazy(r"\b(?:amended|revised|modified)\b", re.IGNORECASE)
_TURNS = lazy(f"{_BEGINS.pattern}|{_ENDS.pattern}", re.IGNORECASE)
_HOLDS = lazy(
    r"\b(?:effective|in force|in effect|valid|applied|remained|lasted|operated|ran|fixed|awaited|pursued|pursue|open|granted|paid|allowed|required|practised|practiced|existed|"
    r"offered|provided|received|was|were|had been|has been|have been|considered|regarded|treated|held|continued|prohibited|banned|forbade|forbidden)\b",
    re.IGNORECASE,
)
_OPENING = lazy(
    r"^\W*(?:[a-z]+ )?(?:from|until|till|prior to|before|between|since|up to|as late as|in the years|during)\b",
    re.IGNORECASE,
)
_NOMINAL = lazy(r"\b(?:the|a|its|their|his)\s+(?=[\d'])", re.IGNORECASE)
_PARTICIPLE = lazy(r"\b(?P<noun>[a-z]+)\s+(?:[a-z]+ed|in force|in effect|in operation|in place)\s+$")
_PERSONAL = frozenset("he she i we him her his".split())


@dataclass(slots=True)
class _Span:
    """A validity in the making."""

    actor: Actor
    begins: DatePhrase | None
    ends: DatePhrase | None
    spans: list[Span]


def validity(scene: Scene) -> None:
    """State the time during which laws, policies and practices were in force."""
    laws_abroad(scene)
    named = {passage.index for passage in passages_with(scene, instrument_words(scene))}
    is_silent = not named and not any(_names_law(scene, passage) for passage in scene.passages)
    for passage in scene.passages:
        if passage.kind == "heading" or not passage.dates:
            if passage.kind == "prose" and (passage.index in named or _names_law(scene, passage)):
                _note(scene, passage)
            continue
        for sentence in passage.sentences:
            dates = passage.dates_in(sentence)
            if dates and not (is_silent and all(d.kind not in ("open", "range") for d in dates)):
                _in_sentence(scene, passage, sentence)


def _names_law(scene: Scene, passage: Passage) -> bool:
    return any(chunk.kind == "law" for chunk in scene.chunks[passage.index])


def _note(scene: Scene, passage: Passage) -> None:
    """Note the laws and policies that a passage without a date speaks of: a later "it" may mean one."""
    words = instrument_words(scene)
    for sentence in (
        passage.sentences if _names_law(scene, passage) else sentences_with(scene, passage, words)
    ):
        for one in instruments(scene, passage, sentence):
            if not (one.is_anaphor or one.is_generic):
                actor_of(scene, passage, one)


def _in_sentence(scene: Scene, passage: Passage, sentence: Span) -> None:
    pending: _Span | None = None
    opening = [
        d for d in passage.dates_in(sentence) if d.kind != "now" and d.span.start - sentence.start <= 12
    ]
    for clause in clauses(scene, sentence):
        usable_dates = opening if clause.opening in ("and", ",") else []
        dates = [d for d in passage.dates_in(clause.span) if d.kind != "now"]
        found = instruments(scene, passage, clause.span)
        usable = [i for i in found if not i.is_generic]
        if not dates and usable_dates and found and _TURNS.search(scene.text, *clause.span):
            dates = usable_dates
        if not dates:
            for one in usable:
                actor_of(scene, passage, one)
            continue
        if _of_a_person(scene, passage, clause):
            continue
        known = pending.actor if pending is not None else latest(scene, passage)
        actor = _whose(scene, passage, clause, found, pending)
        if actor is None and not any(d.kind in ("open", "range") for d in dates):
            continue
        force = _IN_FORCE.search(scene.text, *clause.span)
        began = force or _BEGINS.search(scene.text, *clause.span)
        ended = _ENDS.search(scene.text, *clause.span)
        if ended is not None and began is None and _is_its_deed(scene, found, ended.span()):
            began, ended = ended, None
        lasting = next((d for d in dates if d.kind in ("open", "range")), dates[0])
        own = [d for d in dates if not is_of_source(scene.text, *d.span)] or dates
        date = lasting if not (began or ended) else _nearest(own, (began or ended).start())  # type: ignore[union-attr]
        if force is not None:
            date = next((d for d in own if d.span.end > force.end()), date)  # the day may hold "since"
        if ended and ended[0].endswith("by") and (heir := _heir(scene, usable, ended.end())) is not None:
            day = next((d for d in own if d.span.start >= ended.end()), None)
            if day is not None:
                old = next((i for i in usable if i.span.end <= ended.start() and not i.is_anaphor), None)
                before = actor_of(scene, passage, old) if old is not None else known
                if before is not None and before.kind == "law":
                    pending = _join(scene, pending, before, _made(scene, usable, dates[:1]), day, clause)
                _say(scene, _Span(actor_of(scene, passage, heir), day, None, [_tight(scene, clause)]))
            continue
        if actor is not None and ended and date.kind != "range":
            made = _made(scene, usable, dates)
            pending = _join(scene, pending, actor, made if made is not date else None, date, clause)
        elif actor is not None and began and date.kind != "range":
            if force is not None and pending is not None and pending.actor is actor and pending.ends is None:
                pending.begins, pending.spans = date, [*pending.spans, _tight(scene, clause)]
                continue  # "was passed on 2 May 2001, took effect on 1 January 2002"
            pending = _join(scene, pending, actor, date, None, clause)
        elif actor is not None and _CHANGED.search(scene.text, *clause.span):
            continue  # "was amended to add 5,000 visas through June 1951": no time of the law's own
        elif actor is not None and date.kind in ("open", "range") and _holds(scene, clause, date):
            low, high = _sides(date)
            made = _made(scene, usable, dates) if high and not low else None
            pending = _join(scene, pending, actor, date if low else made, date if high else None, clause)
        elif date.kind in ("open", "range") and _practice(scene, passage, clause, date):
            _say(scene, _Span(topic_of(scene, passage), date, date, [_tight(scene, clause)]))
    if pending is not None:
        _say(scene, pending)
    else:
        _nominal(scene, passage, sentence)


def _heir(scene: Scene, laws: list[Instrument], end: int) -> Instrument | None:
    """Return the law that is named right behind "replaced by", and takes the place of another."""
    between = (" ", " the ", " a ", " a new ")
    return next((i for i in laws if i.span.start >= end and scene.text[end : i.span.start] in between), None)


def _of_a_person(scene: Scene, passage: Passage, clause: Clause) -> bool:
    """Whether somebody with a name, or "he", is the subject of the clause."""
    end = scene.tokens.starts[clause.verb] if clause.verb is not None else clause.span.end
    return any(
        s.is_subject
        and s.form in ("name", "pronoun")
        and s.actor.kind == "person"
        and clause.span.start <= s.span.start < end
        for s in scene.said[passage.index]
    ) or any(scene.tokens.lowers[i] in _PERSONAL for i in scene.tokens.between(clause.span.start, end))


def _whose(
    scene: Scene, passage: Passage, clause: Clause, named: list[Instrument], pending: _Span | None
) -> Actor | None:
    """Return the law or policy of the clause: the one named there, else the one a relative clause or "it" goes on with."""
    known = latest(scene, passage)
    found = [
        i for i in named if not i.is_generic or (i.is_anaphor and known is not None and known.kind == "law")
    ]
    best = next((i for i in found if not i.is_anaphor), found[0] if found else None)
    if best is not None:
        return actor_of(scene, passage, best)
    if pending is not None and clause.opening in ("which", "and", "but", "that", "ing"):
        return pending.actor
    if pending is not None and clause.opening == "," and _IN_FORCE.match(scene.text, clause.span.start):
        return pending.actor
    words = [scene.tokens.lowers[i] for i in scene.tokens.between(*clause.span)][:3]
    if words and (words[0] in ("it", "they", "which") or (clause.verb is not None and words[:1] == ["and"])):
        here = passage.sentence_at(clause.span.start)
        if (
            words[0] == "and"
            and words[1:2] not in (["it"], ["they"])
            and _is_told_of(scene, passage, here.start, clause)
        ):
            return None
        told = words[0] != "which" or any(
            s.actor is known and here.start <= s.span.start < clause.span.start
            for s in scene.said[passage.index]
        )
        return known if told else None
    return None


def _is_told_of(scene: Scene, passage: Passage, start: int, clause: Clause) -> bool:
    """Whether somebody is the subject that a clause goes on with: "He came under the scheme, and from 1963 taught"."""
    before = [
        s for s in scene.said[passage.index] if s.is_subject and start <= s.span.start < clause.span.start
    ]
    return bool(before) and before[-1].form in ("name", "pronoun") and before[-1].actor.kind == "person"


def _is_its_deed(scene: Scene, found: list[Instrument], verb: tuple[int, int]) -> bool:
    """Whether a law is what ends something: "Decree No. 45 abolished the visa", and no "law abolished in 1962"."""
    before = [one for one in found if one.span.end <= verb[0]]
    return (
        bool(before)
        and _ENDED.match(scene.text, verb[1]) is not None
        and _PASSIVE.search(scene.text, before[-1].span.end, verb[0]) is None
    )


_ENDED = lazy(r" (?:the|an?|all|any|its|their|this|that|these|those|every|each|some|such) ", re.IGNORECASE)
_PASSIVE = lazy(r"\b(?:was|were|been|being|be|is|are|which|that|who|when|and)\b|,")


def _nearest(dates: list[DatePhrase], offset: int) -> DatePhrase:
    return min(dates, key=lambda d: abs(d.span.start - offset))


def _holds(scene: Scene, clause: Clause, date: DatePhrase) -> bool:
    return _HOLDS.search(scene.text, *clause.span) is not None or date.span.start - clause.span.start <= 12


def _sides(date: DatePhrase) -> tuple[bool, bool]:
    edtf = date.edtf or ""
    return not edtf.startswith(".."), not edtf.endswith("..")


def _practice(scene: Scene, passage: Passage, clause: Clause, date: DatePhrase) -> bool:
    """Whether the clause opens with its time and says what held then: "Until 2004, refugees considered it safe"."""
    if not _OPENING.match(scene.text[clause.span.start : clause.span.end]) or passage.kind == "item":
        return False
    opens = date.span.start - clause.span.start <= 16
    counts = any(
        q.kind in ("bare", "count", "percent") and clause.span.start <= q.span.start < clause.span.end
        for q in passage.quantities
    )
    return (
        opens
        and clause.verb is not None
        and not counts
        and _HOLDS.search(scene.text, *clause.span) is not None
    )


def _join(
    scene: Scene,
    pending: _Span | None,
    actor: Actor,
    begins: DatePhrase | None,
    ends: DatePhrase | None,
    clause: Clause,
) -> _Span:
    here = _tight(scene, clause)
    if (
        pending is not None
        and pending.actor is actor
        and pending.ends is None
        and ends is not None
        and begins is None
    ):
        pending.ends = ends
        pending.spans.append(here)
        return pending
    if pending is not None:
        _say(scene, pending)
    return _Span(actor, begins, ends, [here])


def _tight(scene: Scene, clause: Clause) -> Span:
    span = clause.span.strip(scene.text)
    return Span(span.start, span.end - 1) if scene.text[span.end - 1] in ".;" else span


def _say(scene: Scene, one: _Span) -> None:
    edtf = _interval(one.begins, one.ends)
    if edtf is None:
        return
    whole = one.spans[0].cover(one.spans[-1])
    spans = [whole] if whole.end - whole.start <= 400 else one.spans
    also = [s for d in (one.begins, one.ends) if d is not None for s in d.evidence if not whole.contains(s)]
    used = [d.span for d in (one.begins, one.ends) if d is not None]
    scene.state(one.actor, "effective", DateValue(edtf=edtf), *spans, *also, when=edtf, claims=used)


def _interval(begins: DatePhrase | None, ends: DatePhrase | None) -> str | None:
    """Return the time from the one to the other as EDTF."""
    if begins is not None and begins is ends:
        return begins.edtf
    low = (begins.edtf or "").split("/")[0] if begins else ".."
    last = (ends.core_edtf if ends.qualifier == "until" else ends.edtf) or ends.edtf or "" if ends else ".."
    high = last.split("/")[-1]
    if not low or not high or (low == ".." and high == ".."):
        return None
    return f"{low}/{high}"


def _nominal(scene: Scene, passage: Passage, sentence: Span) -> None:
    """State the times in "the 1950-1962 repatriation of settlers", "the programme pioneered since 1984", "the Expellees Act of 1953"."""
    for date in passage.dates_in(sentence):
        before = scene.text[max(sentence.start, date.span.start - 60) : date.span.start]
        if date.kind == "range" and _NOMINAL.search(before[-6:] + "1"):
            noun = _noun_after(scene, date.span.end, sentence.end)
            if noun is not None:
                words = Span(date.span.end, noun).strip(scene.text)
                actor = scene.named("topic", words.of(scene.text))
                scene.say(passage, words, actor, "description")
                start = date.span.start - len(before) + before.rstrip().rfind(" ") + 1
                _say(scene, _Span(actor, date, date, [Span(start, _phrase_end(scene, noun, sentence.end))]))
        elif (
            date.kind == "open"
            and date.qualifier in ("since", "until", "from")
            and (match := _PARTICIPLE.search(before))
        ):
            if match["noun"] in scene.lexicon.policies | scene.lexicon.laws | {
                "practice",
                "system",
                "regime",
            }:
                start = date.span.start - len(before) + match.start()
                index = scene.tokens.between(start, start + 1).start
                from regesta.extraction.reach import left_edge

                span = Span(
                    scene.tokens.starts[left_edge(scene, index, sentence.start)], scene.tokens.ends[index]
                )
                actor = scene.named("topic", span.of(scene.text))
                scene.say(passage, span, actor, "description")
                _say(scene, _Span(actor, date, date, [Span(span.start, date.span.end)]))
        elif date.kind == "date" and (before.endswith("of ") or _is_of_year(scene, date)):
            law = next((i for i in instruments(scene, passage, sentence) if _is_of_day(scene, i, date)), None)
            if law is not None:
                _say(
                    scene,
                    _Span(actor_of(scene, passage, law), date, None, [Span(law.span.start, date.span.end)]),
                )


def _made(scene: Scene, laws: list[Instrument], dates: list[DatePhrase]) -> DatePhrase | None:
    """Return the date that a law has in its name, where another ends it: "The Asylum Act 1999 was repealed in 2004"."""
    for date in dates:
        is_day = scene.text.endswith("of ", 0, date.span.start) and any(
            _is_of_day(scene, law, date) for law in laws
        )
        if is_day or _is_of_year(scene, date):
            return date
    return None


def _is_of_year(scene: Scene, date: DatePhrase) -> bool:
    """Whether a year alone stands behind a name with a capital, as that of a law: "Refugees Act (1997)", "Aliens Act 1962"."""
    return (
        len(date.edtf or "") == len("1997")
        and _LAW_BEFORE.search(scene.text, max(0, date.span.start - 16), date.span.start) is not None
    )


_LAW_BEFORE = lazy(r"\b(?:Act|Law|Ordinance|Decree|Code|Statute|Proclamation)(?: \(|, | )$")


def _is_of_day(scene: Scene, law: Instrument, date: DatePhrase) -> bool:
    """Whether a law is told with its own day: "the Aliens Act of 3 May 1962", "decree of 20 May 2013"."""
    if law.kind != "law" or law.is_anaphor or law.is_generic:
        return False
    if law.span.contains(date.span):
        return True
    gap = scene.text[law.span.end : date.span.start]
    if _BY_NUMBER.fullmatch(gap):
        return True
    return law.span.end < date.span.start and len(gap) <= _TO_OWN_DAY and not any(m in gap for m in ".;,")


_BY_NUMBER = lazy(r" \((?:[A-Z]\w+ )?(?:[Nn]o\.?|[Nn]r\.?|№) ?\d{1,5} of ")
"""What stands between the name of a law and its year: "the Reception Act (Act No. 48 of 1978)"."""
_TO_OWN_DAY = 40
"""Code points between a law and its own day."""


def _noun_after(scene: Scene, start: int, end: int) -> int | None:
    """Return where the noun of a practice ends that follows within four words."""
    lexicon = scene.lexicon
    for index in list(scene.tokens.between(start, min(end, start + 60)))[:4]:
        word = scene.tokens.lowers[index]
        if word in lexicon.policies or word in lexicon.laws or word in lexicon.flight_nouns:
            close = scene.tokens.ends[index]
            return close + 1 if scene.text[close : close + 1] == '"' else close
    return None


def _phrase_end(scene: Scene, noun: int, end: int) -> int:
    match = re.compile(r"[,.;:(]").search(scene.text, noun, min(end, noun + 120))
    return match.start() if match else min(end, noun + 120)
