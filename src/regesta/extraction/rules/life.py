"""When somebody was born and died: predicates `birth` and `death`.

    matches          "born 1944 in Dresden"  ·  "(1944–1962)"  ·  "died in 1997"  ·  "shot to death in 1997"
    must not match   "under sentence of death"  ·  "born out of despair"  ·  "nearly died"

A death is a date where the words give one; how somebody died, where they say more than "died", is a text beside it.
"""

from __future__ import annotations

import re

from regesta.dates import DatePhrase
from regesta.extraction.cues import Cue, is_cued, passages_with
from regesta.extraction.headings import is_life_line
from regesta.extraction.passages import Passage
from regesta.extraction.reach import plain
from regesta.extraction.rules.life_places import place_lives
from regesta.extraction.rules.lifetimes import CELL_YEAR, span_of_life
from regesta.extraction.scene import Actor, Entry, Scene
from regesta.extraction.subjects import subject_of
from regesta.model import DateValue, Qualifiers, TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["lives"]

_BORN = Cue(
    "born* b * né née nés nées geb geboren geborene nacido nacida nascido nascida nato nata född født fødd родился родилась родились народився народилася",
    r"(?<![\w-])(?:(?:was |were |is )?born\b|b\.|(?:est |sont )?n[ée]e?s?(?= (?:le|en|vers|à|au)\b)|geb\.|geboren(?= (?:am|im|in|um|\d))|nacid[oa]|nascid[oa]|nat[oa](?= (?:il|nel|a)\b)|f(?:ödd|ød[td])|родил(?:ся|ась|ись)|народи(?:вся|лася)|(?<!\*)\*(?=\s?\d(?![^*\n]{0,40}\*)))\s*(?!out of|again|leader|into exile|free\b)",
    re.IGNORECASE,
    opening="was were is born* b * est sont né née nés nées geb geboren nacido nacida nascido nascida nato nata född født fødd родился родилась родились народився народилася",
)
_DIED = Cue(
    "died dies passed perished drowned death killed murdered assassinated executed shot hanged beheaded "
    "guillotined poisoned stabbed beaten dead blown run suicide life d burnt burned gest gestorben "
    "умер умерла умерли скончался скончалась скончались погиб погибла погибли помер померла",
    r"\b(?:died|dies|ha(?:s|ve) died|passed away|passed on|perished|drowned|froze to death|bled to death|burned to death|starved to death|fell to (?:his|her|their) death|"
    r"(?:was|were|been) (?:\w+ly )?(?:killed|murdered|assassinated|executed|burnt (?:alive|at)|burned (?:alive|at the stake)|shot dead|shot|hanged|beheaded|guillotined|poisoned|stabbed to death|beaten to death|found dead|blown up|run over)|"
    r"shot dead|shot to death|shot and killed|stabbed to death|beaten to death|murdered|assassinated|executed|killed|hanged|committed suicide|took (?:his|her) own life|killed (?:himself|herself)|hanged (?:himself|herself)|(?-i:(?<=[(,;] )d\.|(?<=\()d\.|Gest\.|gest\.|[Gg]estorben(?= (?:am|im|in|um) ))|скончал(?:ся|ась|ись)|(?:умер|погиб|помер)(?:ла|ли)?)(?![\w-])",
    re.IGNORECASE,
    opening="умер умерла умерли скончался скончалась скончались погиб погибла погибли помер померла died dies has have passed perished drowned froze bled burned starved fell was were been shot stabbed beaten "
    "murdered assassinated executed killed hanged committed took d gest gestorben",
)
_PLAIN_DEATHS = frozenset(
    (
        "gestorben",
        "died",
        "dies",
        "has died",
        "have died",
        "d.",
        "gest.",
        "умер",
        "умерла",
        "умерли",
        "скончался",
        "скончалась",
        "помер",
        "померла",
    )
)
"""Words that say nothing of how somebody died."""
_WOUNDED = lazy(
    r"\s+(?:twice|at\b|up\b|down\b|(?:\w+ ){1,2}times|in the (?:right |left |lower |upper )?(?:leg|arm|foot|hand|back|shoulder|knee|thigh|stomach|hip|throat|face)|and (?:\w+ )?(?:wounded|injured|survived|hit))",
    re.IGNORECASE,
)
_SURVIVED = lazy(
    r"\b(?:recover(?:ing|ed) (?:in|from)|(?:gunshot|bullet) wounds? (?:in|to) (?:the|his|her)|survived the shooting)\b"
)
"""What tells that who was shot lived."""
_PASSIVE = lazy(r"\b(?:was|were|been)\b|died|gest|dead|to death|[а-я]")
_OBJECT = lazy(r"\s+(?:him|her|them|the|a|an|his|their|many|some|five|\d+)\b")
_WEAK = frozenset(["killed", "murdered", "executed", "hanged", "assassinated", "shot"])
_UNREAL = lazy(
    r"\b(?:not|never|nearly|almost|would|could|might|to be|не|feared|fear of being|if|(?:would|could|might|may|must|should|to|not|never|if (?:he|she|they)) have|may|must|should|to|sentenced to be)\s*(?:be |been )?$",
    re.IGNORECASE,
)
_FEARED = lazy(
    r"\b(?:fear(?:s|ed|ing)?|afraid|worr(?:y|ied)|in case)\b(?:\s(?!but\b|until\b|when\b|and (?:(?:was|were|had|he|she|they|in|on|later|then)\b|$))[^\s,;.]+){0,12}\s$"
)
"""What makes a death only feared: "many feared their leader had been [killed]"."""
_FEARS = 110
_DYING = lazy(r"(?:ha(?:s|ve) )?(?:died|drowned|perished)|passed|froze|starved")
_WHO_WERE = lazy(
    r"\b(?:who (?:was|were)|people|persons?|soldiers|guards|others)\s*(?:be |been )?$", re.IGNORECASE
)
"""What stands before the participle of those who are spoken of: "the people killed"."""
_HEDGED = lazy(
    r"\b(?:believed|said|reported|reportedly|presumed|rumou?red|alleged|allegedly|probably|apparently|presumably|thought)\b",
    re.IGNORECASE,
)
_NAMED_DEATH = Cue(
    "death murder assassination execution killing suicide",
    r"(?:'s?|s')\s+(?:own\s+)?(?:death|murder|assassination|execution|killing|suicide)\b",
    re.IGNORECASE,
)
_RELATIVE = lazy(r",\s(?:who|whom|whose|which)\b")
_BRACKET = frozenset(("(",))


def lives(scene: Scene) -> None:
    """State births and deaths."""
    told: list[tuple[Actor, str, Span]] = []
    for passage in passages_with(scene, _BRACKET, _BORN.words, _DIED.words, _NAMED_DEATH.words):
        if is_cued(scene, _BRACKET, passage.span):
            span_of_life(scene, passage)
        if passage.kind in ("heading", "caption"):
            continue
        told += _births(scene, passage)
        _births_at_last(scene, passage)
        _deaths(scene, passage)
        if is_cued(scene, _NAMED_DEATH.words, passage.span):
            _nominal(scene, passage)
    for entry in scene.entries:
        if entry.kind == "row":
            _cells(scene, entry)
        elif len(entry.principals) == 1 and len(entry.passages) > 1:
            _line(scene, entry.principals[0], scene.passages[entry.passages[1]])
    place_lives(scene, told)


def _line(scene: Scene, actor: Actor, passage: Passage) -> None:
    """Read the two ends of a life in the line under a name: "Riga 1916 – Adelaide 1999"."""
    if not is_life_line(scene, passage):
        return
    dates = [d.edtf for d in passage.dates if d.edtf]
    ends = dates[0].split("/") if len(dates) == 1 else dates
    if len(ends) == len(("birth", "death")):
        for predicate, edtf in zip(("birth", "death"), ends, strict=True):
            scene.state(
                actor,
                predicate,
                DateValue(edtf=edtf),
                passage.span,
                when=edtf,
                claims=[d.span for d in passage.dates],
            )


def _births(scene: Scene, passage: Passage) -> list[tuple[Actor, str, Span]]:
    """State the births of a passage; return whose birth it places without a date."""
    undated: list[tuple[Actor, str, Span]] = []
    for match in _BORN.find(scene, passage.span):
        sentence = passage.sentence_at(match.start())
        date = _date_after(scene, passage, match.end(), sentence, 100)
        if date is None or date.edtf is None or _opens_clause(scene.text, match.end(), date.span):
            place = _IN_PLACE.match(scene.text, match.end(), sentence.end)
            whose = subject_of(scene, passage, match.start()) if place and match[0][:3] == "was" else ()
            undated += [(a, "birth", Span(*place.span(1))) for a in whose[:1] if place]
            continue
        before = [
            s for s in scene.said[passage.index] if s.span.end <= match.start() and s.actor.kind == "person"
        ]
        beside = before and not scene.text[before[-1].span.end : match.start()].strip(" ,(")
        people = (before[-1].actor,) if beside else subject_of(scene, passage, match.start())
        where = _where(scene, match.end(), date.span)
        later = next((d for d in passage.dates if d.edtf and d.span.start > date.span.end), None)
        each = (
            [date, later]
            if later and scene.text[date.span.end : later.span.start] == " and "
            else [date, date]
        )
        for actor, date in zip(people[:2], each, strict=False):
            if actor.kind == "person" and date is not None and date.edtf:
                spans = (Span(match.start(), date.span.end), *(s for s in date.evidence if s != date.span))
                scene.state(
                    actor,
                    "birth",
                    DateValue(edtf=date.edtf),
                    *spans,
                    when=date.edtf,
                    where=where,
                    claims=[date.span],
                )
    return undated


_IN_PLACE = lazy(r"(?:in|at|near) ([A-Z][\w'’-]*(?:,? [A-Z][\w'’-]*){0,3})(?=[,.;]| (?:to|and|as|into)\b)")


def _opens_clause(text: str, start: int, date: Span) -> bool:
    """Whether a date behind a comma belongs to what follows it: "Born in Graz, in 1933 she fled"."""
    return text.endswith((", in ", ", on "), start, date.start) and _DOES.match(text, date.end) is not None


_DOES = re.compile(r" (?:s?he|they|[A-Z][\w'-]+(?: [A-Z][\w'-]+)?) [a-z]{3,}")
_BORN_AT_LAST = Cue(
    "geboren",
    r"\b(?:(?:am|im) (?P<day>[^,.;:]{4,24}?)|(?P<year>(?:\d{1,2}\. [^\W\d_]+ )?\d{4}))(?: (?:in|zu) [A-ZÄÖÜ][\w-]+)? geboren\b",
)


def _births_at_last(scene: Scene, passage: Passage) -> None:
    """Read the German clause whose verb stands last: "bin am 17. November 1909 in Heydekrug geboren"."""
    for match in _BORN_AT_LAST.find(scene, passage.span):
        date = next(
            (d for d in passage.dates if d.edtf and match.start() <= d.span.start < match.end()), None
        )
        for actor in subject_of(scene, passage, match.start())[:1] if date is not None else ():
            if actor.kind == "person" and date is not None and date.edtf:
                scene.state(
                    actor,
                    "birth",
                    DateValue(edtf=date.edtf),
                    Span(*match.span()),
                    when=date.edtf,
                    claims=[date.span],
                )


def _date_after(scene: Scene, passage: Passage, start: int, sentence: Span, reach: int) -> DatePhrase | None:
    """Return the date that a verb leads to, over places and means, not over another clause."""
    for date in passage.dates:
        if date.edtf and start <= date.span.start <= start + reach:
            gap = scene.text[start : date.span.start]
            if date.span.end > sentence.end and gap.strip():
                return None
            if (
                any(mark in gap for mark in ";:.")
                or (")" in gap and "(" not in gap)
                or re.search(r"\b(?:and|but|who|which|while|after|before|fled|when|until)\b", gap)
                or _GOES_ON.search(gap)
            ):
                return None
            return date
    return None


_GOES_ON = re.compile(
    r", (?!aged\b)(?:s?he |they )?(?:[a-z]{2,}ed|came|was|were|had|has|left|grew|became|went|spent|met|wrote|made|taught|ran|led|won|rose|fought|took|began)\b"
)
"""What goes on behind a clause that told of a death: "Ana Ruiz, who has died aged 93, arrived in 1939"."""


def _where(scene: Scene, start: int, date: Span) -> str | None:
    """Return the place between the verb and its date or right after the date."""
    pattern = re.compile(
        r"\s*(?:in|at|near|[вуі])\s+((?:the\s+)?[A-ZА-Я][\w'-]*(?:[ ,]+[A-ZА-Я][\w'-]*){0,3})"
    )
    match = (
        _PLACED.match(scene.text[: date.start], start)
        or pattern.match(scene.text, start, date.start)
        or pattern.match(scene.text, date.end, date.end + 60)
    )
    if match is None:
        return None
    passage = scene.passage_at(match.start(1))
    people = scene.people_in(passage, (match.start(1) + 1, match.end())) if passage else []
    last = min(match.end(), passage.span.end) if passage else match.end()
    end = people[0].span.start if people else last  # "in Lima, Ana Ruiz fled"
    return scene.text[match.start(1) : end].strip(" ,")


_PLACED = lazy(r"(?:(?<=[bd]\.) |(?<=[bd]\. ))([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}),? \Z")
"""A place right behind the short word: "b. Lund, 2 May 1939"."""


def _deaths(scene: Scene, passage: Passage) -> None:
    for match in _DIED.find(scene, passage.span):
        sentence = passage.sentence_at(match.start())
        lead = scene.text[max(sentence.start, match.start() - 40) : match.start()]
        verb = match.group().lower()
        if _FEARED.search(scene.text, max(sentence.start, match.start() - _FEARS), match.start()):
            continue
        if (
            _UNREAL.search(lead)
            or (not _DYING.match(verb) and _WHO_WERE.search(lead))
            or (verb in _WEAK and not _is_passive(scene, passage, match.start(), match.end(), lead))
        ):
            continue
        if verb not in _PLAIN_DEATHS and not _PASSIVE.search(verb) and _OBJECT.match(scene.text, match.end()):
            continue
        if verb.endswith("shot") and (
            _WOUNDED.match(scene.text, match.end()) or _SURVIVED.search(scene.text, *passage.span)
        ):
            continue
        people = _dead(scene, passage, match.start())
        if not people:
            continue
        date = _date_after(scene, passage, match.end(), sentence, 90)
        if date is None and not verb.startswith(("has ", "have ")):
            date = _opening_date(passage, sentence, match.start(), scene)
        end = _manner_end(scene, match.end(), sentence)
        hedged = "hedged" if _HEDGED.search(lead) else "asserted"
        qualifiers = Qualifiers(modality=hedged)  # type: ignore[arg-type]
        words = plain(scene, Span(match.start(), end))
        for actor in people:
            if date is not None and date.edtf:
                spans = (
                    Span(match.start(), date.span.end).cover(date.span),
                    *(s for s in date.evidence if s != date.span),
                )
                scene.state(
                    actor,
                    "death",
                    DateValue(edtf=date.edtf),
                    *spans,
                    when=date.edtf,
                    where=_where(scene, match.end(), date.span),
                    qualifiers=qualifiers,
                )
            if verb == "d.":
                continue  # a word cut short says nothing alone
            if date is None or verb not in _PLAIN_DEATHS or end > date.span.end + 4:
                scene.state(
                    actor,
                    "death",
                    TextValue(text=words),
                    Span(match.start(), end),
                    when=date.edtf if date else None,
                    qualifiers=qualifiers,
                )


def _is_passive(scene: Scene, passage: Passage, start: int, end: int, lead: str) -> bool:
    """Whether "shot", "killed" without "was" still says that somebody was: "Jan Novak – shot in 1997"."""
    passive = re.search(r"\b(?:was|were|been)\b[^.;]*\band\s*$", lead)
    follows = re.match(
        r"\s*(?:[.,;)–]|$|(?:by|in|on|at|while|during|near|after|trying|when|as|dead)\b)",
        scene.text[end : end + 12],
    )
    if passive or (follows and re.search(r"(?:^|[;:–,(]|\b(?:and|then|later))\s*$", lead)):
        before = [s for s in scene.said[passage.index] if s.span.end <= start]
        return bool(before) or scene.entry_of[passage.index] is not None
    return False


def _dead(scene: Scene, passage: Passage, start: int) -> tuple[Actor, ...]:
    """Return who died: a relative right before the verb, else the clause's subject."""
    tokens = scene.tokens
    words = tokens.between(max(passage.span.start, start - 20), start)
    if words:
        last = tokens[words.stop - 1]
        if last.lower in scene.lexicon.kin and not scene.text[last.end : start].strip():
            said = next((s for s in scene.said[passage.index] if s.span.end == last.end), None)
            if said is not None:
                return (said.actor,) if said.is_subject else ()
            first = words.stop - 2
            begin = (
                tokens.starts[first]
                if first >= 0 and tokens.lowers[first] in ("his", "her", "their")
                else last.start
            )
            kin = scene.lexicon.kin[last.lower]
            if last.lower != kin.plural or kin.plural == kin.relation:
                actor = scene.unnamed("person", last.lower)
                actor.gender = "f" if (kin.gender or "").startswith("f") else "m" if kin.gender else None
                scene.say(passage, Span(begin, last.end), actor, "description")
                return (actor,)
            return ()
    found = tuple(a for a in subject_of(scene, passage, start) if a.kind in ("person", "group"))
    if _THEY.search(scene.text, max(passage.span.start, start - 24), start) and not any(
        a.is_plural or a.kind == "group" for a in found
    ):
        return found if len(found) > 1 else ()
    noun = _NOUN.search(scene.text, max(passage.span.start, start - 40), start)
    if noun is not None and not scene.people_in(passage, Span(noun.start("noun"), start)):
        return ()  # "after the engine died"
    return found


_THEY = re.compile(r"\b[Tt]hey (?:(?:had|have|were|all|both|later|then|also) )*$")
"""Several who died: not the one person told of."""
_NOUN = re.compile(
    r"(?<!\bin )(?<!\bon )(?<!\bat )(?<!\bof )(?<!\bby )(?<!\bto )(?<!\bfor )(?<!\bfrom )(?<!\bwith )"
    r"\b(?:the|our|its|my|his|her|their) (?P<noun>(?:(?!who|that|which|and|or|he|she|they|it)[a-z-]+ ){1,2})$"
)
"""The subject of what "died" where that is no person spoken of: "the boat's battery and [the engine] died"."""


def _opening_date(passage: Passage, sentence: Span, start: int, scene: Scene) -> DatePhrase | None:
    """Return the date that opens the clause: "On 5 May 1997 he was shot"."""
    for date in reversed(passage.dates_in(sentence)):
        if date.span.end <= start and start - date.span.end < 60:
            gap = scene.text[date.span.end : start]
            if "," in gap and _RELATIVE.search(scene.text, sentence.start, date.span.start):
                continue  # "she, who came on 4 October 1993, has died"
            if not re.search(
                r"[;:.–()]|\b(?:and|but|who|fled|arrived|defected|until)\b|^ (?:when|where) ", gap
            ):
                return date
    return None


def _manner_end(scene: Scene, start: int, sentence: Span) -> int:
    end = start
    for count, index in enumerate(scene.tokens.between(start, min(sentence.end, start + 120))):
        token = scene.tokens[index]
        gap = scene.text[end : token.start]
        if (
            any(mark in gap for mark in ",;:.()–")
            or token.lower in ("and", "but", "who", "which", "while", "when", "after", "before")
            or count >= 14
        ):
            break
        end = token.end
    return end


def _nominal(scene: Scene, passage: Passage) -> None:
    """Read "Jan Novak's death": that somebody died, the date where the sentence gives one."""
    for said in scene.said[passage.index]:
        if said.form not in ("name", "pronoun") or said.actor.kind != "person":
            continue
        own = said.form == "pronoun"
        match = (_OWN_DEATH if own else _NAMED_DEATH.pattern).match(
            scene.text, said.span.end, said.span.end + 40
        )
        if match is None or (
            own and not _UNTIL.search(scene.text, max(0, said.span.start - 8), said.span.start)
        ):
            continue
        sentence = passage.sentence_at(said.span.start)
        date = _date_after(scene, passage, match.end(), sentence, 14)
        span = Span(said.span.start, match.end())
        if date is not None and date.edtf:
            scene.state(said.actor, "death", DateValue(edtf=date.edtf), span.cover(date.span), when=date.edtf)
        elif not own:
            scene.state(said.actor, "death", TextValue(text=match.group().split()[-1]), span)


_OWN_DEATH = lazy(r" (?:early |sudden |untimely )?death\b")
_UNTIL = lazy(r"\b(?:[Uu]ntil|[Tt]ill|[Uu]p to|[Bb]efore|[Aa]fter|[Ff]rom|[Oo]n) $")
"""What leads to the death of the one told of: "taught in Graz until her death in 1971"."""


_TO_DEATH = lazy(r"[–—†]|\s-\s")
"""What stands between the two ends of a life: "3 May 1910 in Riga – 4 June 1990 in Bonn"."""


def _cells(scene: Scene, entry: Entry) -> None:
    for predicate in ("birth", "death"):
        cell = entry.cells.get(predicate)
        if cell is None or not entry.principals:
            continue
        passage = scene.passage_at(cell.start)
        dates = [d for d in passage.dates if d.edtf and cell.contains(d.span)] if passage else []
        match = CELL_YEAR.search(scene.text, cell.start, cell.end)
        edtf = dates[0].edtf if dates else match.group() if match else None
        if edtf is None:
            continue
        names = entry.cells.get("name") or entry.cells.get("family")
        each = [d.edtf for d in dates if d.edtf]
        stated = each if len(each) == len(entry.principals) else [edtf]
        ended = len(dates) == 2 and _TO_DEATH.search(scene.text, dates[0].span.end, dates[1].span.start)
        if ended and "death" not in entry.cells and len(entry.principals) == 1:
            last = dates[1].edtf or ""
            scene.state(entry.principals[0], "death", DateValue(edtf=last), cell, when=last, claims=[cell])
        for actor, one in zip(entry.principals, stated, strict=False):
            scene.state(
                actor,
                predicate,
                DateValue(edtf=one),
                cell,
                *((names,) if names else ()),
                when=one,
                claims=[cell],
            )
