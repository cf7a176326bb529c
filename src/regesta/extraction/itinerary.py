"""Arrivals told in running prose: a journey of many sentences, read in order, with whoever travels together.

    In October 2012 he crossed to Lebanon with his sister Lubna.      a station; the party is now two
    On 12 July 2014 they were landed at Augusta                       "they": the party
    and walked out of the station at Malmö on the 21st.               the last station of the journey: the arrival

Each place that dates somebody's coming is a `Dated`, weighed by how plainly it says so; `choose` takes one of them: of
those that say it plainly (`stations.py`) the last of the journey, which ends when years pass.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from regesta import places
from regesta.dates import DatePhrase
from regesta.extraction.abroad import inverted
from regesta.extraction.cues import is_cued
from regesta.extraction.dated_moves import Dated
from regesta.extraction.enumeration import row_after
from regesta.extraction.move_dates import dates_no_move
from regesta.extraction.movement import IRREGULAR, Movement
from regesta.extraction.passages import Filed, Passage
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.stations import (
    ABOARD,
    ACROSS,
    BROUGHT,
    CARRIED,
    CARRIED_MANY,
    CLIMBED_OUT,
    FETCHED,
    FOLLOWED,
    FOUND,
    LIVES,
    MET,
    OVER,
    OVER_BORDER,
    PATTERN_VERBS,
    PLAIN,
    PRESENT,
    RECOGNISED,
    STAYED_AWAY,
    changes_place,
    plainness,
)
from regesta.extraction.travellers import Travellers
from regesta.text.span import Span

__all__ = ["Note", "is_narrative", "narrate"]

_STORY = 4
"""Sentences from which a paragraph that opens with a name tells a story, and is no entry of a list."""


Note = Callable[[Actor, Dated], None]

_BY = re.compile(r"\bby (?:the )?(?:\w+ of )?$", re.IGNORECASE)

_GAPPED = re.compile(r",? and (?P<who>(?:(?:his|her|their) )?[^,.;]{2,50}?),? (?:(?:in|on|at) )?$")
_SINCE = re.compile(
    r"\b(?:since|until) (?:the |its |their |his |her )(?:[\w'-]+ ){1,4}(?:on|in|of|at) $", re.IGNORECASE
)
"""What makes a date the bound of a stretch: "Since the first flights on 14 November"."""
_EVER_SINCE = re.compile(r"\bsince (?:that |the |this )?$")
_REFUSED = re.compile(r"\b(?:refused|rejected|denied|turned down|in vain)\b")
_CAMP = re.compile(r"\b(?:(?:refugee|transit|tented) )?camps?\b")
_LEAD_IN = re.compile(
    r"\b(?:on|in|by|at)?(?: ?the (?:night|morning|evening|afternoon|day) of)?$", re.IGNORECASE
)
_FORCED = re.compile(
    r"\b(?:sent back|deported|repatriated|returned by|pushed back|forced back|handed back|put back|flown back|shipped back)\b"
)
"""What undoes an arrival: the next one counts."""
_BREAK = re.compile(r"[,;:]")
_ONWARD = re.compile(
    r"(?:,|,? (?:and|then)) (?:then )?(?:in|on) (?:[\w ]{0,14} )?\d{4},? (?:on |further )?to (?:the )?[A-Z]"
)
"""What leads on to the next goal, with its own date: "In 1935 she fled to Prague, in 1938 to London"."""
_PARTICIPLE = re.compile(
    r"\b(?P<verb>[a-z]+ed|born|taken|held|kidnapped)(?: by (?:the )?[^,;.:–]{2,30}?)?(?: in [A-Z][\w'-]+)? (?:in|on|since) $"
)
_NO_PARTICIPLE = frozenset("arrived landed crossed reached entered".split())
"""Verbs after which a date is of the coming itself."""
_ON_BOARD = re.compile(
    r"\bthere\s+were\s[^.;,]{3,50}\b(?:on\s+board|aboard),?\s+(?:among\s+them|including)\b"
)
_NACH = re.compile(r"\bnach(?=\s*[,.;])")
_DENIED = re.compile(r"\b(?:pas|nicht|kein\w*|no|non|não|niet|geen|nie)\b[^.,;]*$")
_GOT_AWAY = 3.4
"""From this weight on a flight got somewhere."""
_STAY = 60
"""Code points between a verb of living somewhere and since when."""
_CLOSE = 24
"""Code points between words and the date that goes with them."""
_DAY = len("2015-04-10")
_MONTH = len("2015-04")
_LISTS_ON = re.compile(
    r";(?: and)? (?:an?|the|his|her|their|[A-Z])(?![^;]*\b(?:was|were|had|has|is|died|drowned|fled|left|stayed|came|went)\b)"
)
"""What goes on with a list whose parts semicolons set off."""
_LEFT_FOR = re.compile(r"(?:left|leaves|leave)\s+for\b", re.IGNORECASE)
_ABOARD_REACH = 4
"""Passages behind a landing in which the others on board are told: a paper's paragraphs are short."""
_NEAR = 2
"""Sentences back in which the day stands that "minutes later" is of."""
_HOURS_LATER = re.compile(
    r"\W*(?:(?:[Ss]ome|[Aa]bout|[Nn]ot|[Oo]nly|[Jj]ust|[Aa]n?|[Tt]he|[\w-]+) ){0,3}(?:minutes?|hours?|half[- ]an[- ]hour|quarter of an hour) (?:later|afterwards|after that)\b"
    r"|\W*(?:At (?:noon|dawn|dusk|sunrise|sunset|first light|midday|nightfall)|By (?:noon|nightfall|evening|dusk|midday)|Before (?:noon|nightfall|evening)|"
    r"(?:Towards|Toward) (?:noon|evening|dusk)|(?:That|The same) (?:same )?(?:afternoon|evening|night|day))\b"
)
"""What opens a sentence that is of the day told before."""
_LOOKS_AWAY = re.compile(
    r"\b(?:had|has|have|later|then|after|before|eventually|finally|subsequently|once|first|earlier|would|will|yet|ever)\b"
)
_ABOARD_LABEL = re.compile(
    r"\b(?:Aboard|On board|Arrived|Arrivals|New arrivals|Landed|Came in|Came over)(?: today| this morning| last night)?:(?= )"
)
_MOVING = ("arrive", "defect", "flee", "seek")
_RELATED = frozenset("date range season relative decade open".split())


def is_narrative(scene: Scene, passage: Passage) -> bool:
    """Return whether the passage belongs to running prose rather than to a list or a table."""
    entry = scene.entry_of[passage.index]
    return entry is not None and (
        entry.kind == "prose"
        or (
            entry.kind == "item"
            and passage.kind in ("prose", "item")
            and len(passage.sentences) >= _STORY
            and (entry.filed is None or entry.filed.is_weak)
        )
    )


def narrate(
    scene: Scene, moves: dict[int, list[Movement]], note: Note, apart: frozenset[Span] = frozenset()
) -> list[list[Actor]]:
    """Note every place in the running prose that dates somebody's arrival; the dates `apart` date none.

    Returns the parties that travelled together, in the order of the text.
    """
    parties: list[list[Actor]] = []
    party: list[Actor] = []
    sent_back: Counter[int] = Counter()
    landing: Dated | None = None
    landed: list[tuple[tuple[Actor, ...], Dated]] = []
    for passage in scene.passages:
        if passage.kind == "heading":
            continue
        if not is_narrative(scene, passage):
            if passage.kind in ("prose", "item") and passage.dates:
                _short_entry(scene, passage, moves.get(passage.index, []), note, apart)
            continue
        row = moves.get(passage.index, [])
        dates = [
            d
            for d in passage.dates
            if d.span not in apart and not dates_no_move(scene, passage.sentence_at(d.span.start), d)
        ]
        if not (row or dates or scene.said[passage.index]):
            continue
        for sentence in passage.sentences:
            own = [m for m in row if m.sentence == sentence]
            here = [d for d in dates if d.edtf and sentence.start <= d.span.start < sentence.end]
            if not (own or here or scene.people_in(passage, sentence)):
                continue
            if landed and not own and (day := _its_day(scene, sentence, here)):
                for who, undated in landed:
                    for actor in who:
                        note(
                            actor,
                            replace(undated, edtf=day.edtf or "", spans=(*undated.spans, *day.evidence)),
                        )
            teller = _Teller(scene, passage, sentence, own, here, party, note, sent_back)
            teller.tell()
            teller.among_them(landed)
            landing = teller.landing(landing)
            landed = teller.undated or (landed if not own and not here else [])
            if teller.people.party is not party and len(teller.people.party) > 1:
                parties.append(teller.people.party)
            party = teller.people.party

    return parties


def _short_entry(
    scene: Scene, passage: Passage, moves: list[Movement], note: Note, apart: frozenset[Span]
) -> None:
    """Note what an entry of a few sentences says in other words than verbs of flight: "has lived in Leeds since 1999"."""
    for sentence in passage.sentences:
        here = [d for d in passage.dates_in(sentence) if d.edtf and d.span not in apart]
        if here:
            own = [m for m in moves if m.sentence == sentence]
            _Teller(scene, passage, sentence, own, here, [], note, Counter()).tell_otherwise()


_AMONG_THEM = re.compile(r"\W*Among (?:them|these) (?:was|were|are|is) ")
_IT_WAS = re.compile(
    r"\W*(?:(?:It|That|This|The date|The day) was|Era|Fu|C'était|Es war|Das war|Het was|Dat was|Był to|Foi) (?:on |in |am |im |op |le |el |il |o |a |en |em |em )?(?:the (?:night|morning|evening) of )?(?:a \w+day, )?$"
)


def _its_day(scene: Scene, sentence: Span, dates: list[DatePhrase]) -> DatePhrase | None:
    """Return the day of a sentence that only dates the one before, as "It was the 29th" does."""
    if (
        len(dates) != 1
        or dates[0].kind not in ("date", "season")
        or not _IT_WAS.match(scene.text, sentence.start, dates[0].span.start)
    ):
        return None
    return dates[0] if _NO_MORE.match(scene.text, dates[0].span.end, sentence.end) else None


_NO_MORE = re.compile(r"(?:, and (?:he|she|they|we|I) (?:was|were) (?:in|on|at) [^.;,]{2,40})?\W*$")
"""What may follow the day: "It was the 14th, and they were in Styria"."""


class _Teller:
    """One sentence of a story."""

    def __init__(
        self,
        scene: Scene,
        passage: Passage,
        sentence: Span,
        moves: list[Movement],
        dates: list[DatePhrase],
        party: list[Actor],
        note: Note,
        sent_back: Counter[int],
    ) -> None:
        self.scene = scene
        self.passage = passage
        self.sentence = sentence
        self.moves = moves
        self.dates = [
            d
            for d in dates
            if d.kind in _RELATED
            and d.qualifier != "as-of"
            and not _SINCE.search(scene.text, max(sentence.start, d.span.start - 60), d.span.start)
        ]
        self.people = Travellers(scene, passage, sentence, party)
        self._note = note
        self._sent_back = sent_back
        self._noted: list[tuple[tuple[Actor, ...], Dated]] = []
        self.undated: list[tuple[tuple[Actor, ...], Dated]] = []
        """Comings that the sentence does not date: the next one may."""

    def tell(self) -> None:
        """Note what the sentence dates, and who travels on."""
        along = self.people.along()
        leaders: list[Actor] = []
        for move in self.moves:
            if move.is_presented:
                who = move.who
            else:
                who = self.people.carried_by(move.span.start) or self.people.who(move.span.start)
            if not move.is_real:
                continue
            if move.kind in ("fail", "return"):
                if _FORCED.search(self.scene.text, *move.span):
                    self._sent_back.update(id(a) for a in who)
                self.people.party = [a for a in self.people.party if a not in who or len(who) > 1]
                continue
            weight = plainness(self.scene, self.passage, move)
            banished = (
                self.scene.text[move.span.start : move.span.end].lower().endswith(("expelled", "exiled"))
            )
            kin = any(a.head != "other" for a in along)
            if (weight or kin or move.kind == "flee") and move.kind in _MOVING and not banished:
                leaders += [a for a in who if a not in leaders]
            date = self._date_of(move) or (self._same_day() if weight >= PLAIN else None)
            if weight and date is not None and self._sets_out(move, date):
                continue
            if weight and date is not None:
                self._add(who, weight, date, move.span, move.place, is_behind=move.is_presented)
            elif weight >= PLAIN and self._is_of_the_day(move):
                self._of_the_day(who, move.span)
            elif weight:
                self.undated.append((who, Dated(weight, "", (move.span,), move.place, self.passage.index)))
        if self.dates or self._same_day():
            self._patterns()
        self._aboard()
        self._companions(along)
        if not leaders and not along and (family := self.people.family()):
            leaders += family
        if not leaders and any(a.head != "other" for a in along):
            leaders += self.people.first_subject()
        together = [*leaders, *(a for a in along if a not in leaders)]
        if leaders and (len(together) > 1 or together[0] not in self.people.party):
            self.people.party = together

    def tell_otherwise(self) -> None:
        """Note only what patterns say that are no verbs of flight."""
        if self.dates:
            self._patterns()

    # -- the day that heads the passage

    def _of_the_day(self, who: tuple[Actor, ...], place: Span) -> None:
        """Date by the day that heads the passage, as in a diary: "10 April" above "Tareq reached us at noon"."""
        filed = self._heading_day()
        if filed is None:
            return
        dated = Dated(PLAIN, filed.edtf, (place, *filed.spans), None, self.passage.index)
        self._noted.append((who, dated))
        for actor in who:
            self._note(actor, dated)

    def _heading_day(self) -> Filed | None:
        filed = self.passage.filed
        return filed if filed is not None and not filed.is_weak and len(filed.edtf) == _DAY else None

    def _is_of_the_day(self, move: Movement) -> bool:
        if self._heading_day() is None:
            return False
        before = self.scene.text[self.sentence.start : move.span.end]
        return move.kind == "arrive" and not self.dates and _LOOKS_AWAY.search(before) is None

    def _aboard(self) -> None:
        """Date those whom a label calls aboard by the day that heads the passage: "Aboard: Saleh, his wife Amal"."""
        for match in _ABOARD_LABEL.finditer(self.scene.text, *self.sentence):
            if not any(m.kind in ("fail", "return") for m in self.moves):
                for said in row_after(self.scene, self.passage, match.end(), self.sentence.end):
                    self._of_the_day((said.actor,), said.span)

    # -- when and how plainly

    def _date_of(self, move: Movement) -> DatePhrase | None:
        here = {d.span for d in self.dates}
        usable = [d for d in move.dates if self._usable(d) and d.span in here]
        leading = self._leading(move)
        if leading and (onward := _ONWARD.search(self.scene.text, move.span.end, self.sentence.end)):
            usable = [d for d in usable if d.span.end <= onward.start()] or leading[-1:]
        if not any(d.span.start >= move.span.end for d in usable):
            close = [
                d
                for d in self.dates
                if self._usable(d) and 0 < move.span.start - d.span.end <= 30 and not self._is_of_another(d)
            ]
            for date in (close or leading)[-1:]:
                between = self.scene.text[date.span.end : move.span.start]
                if date in leading or not (any(m in between for m in ".,;:") or "and" in between.split()):
                    return date
        return max(
            usable, key=lambda d: (len(d.edtf or ""), -abs(d.span.start - move.span.start)), default=None
        )

    def _is_of_another(self, date: DatePhrase) -> bool:
        """Whether a date goes with a participle before it: "Five men [abducted in 1978] arrived on Tuesday"."""
        lead = _PARTICIPLE.search(self.scene.text, self.sentence.start, date.span.start)
        return lead is not None and lead["verb"] not in _NO_PARTICIPLE

    def _sets_out(self, move: Movement, date: DatePhrase) -> bool:
        """Whether a day is that of leaving for somewhere: "left for her uncle at Marseilles on 3 March 1927"."""
        return len(date.edtf or "") == _DAY and _LEFT_FOR.match(self.scene.text, move.span.start) is not None

    def _same_day(self) -> DatePhrase | None:
        """Return the day of the sentence before, for "Eleven minutes later he put the aircraft down"."""
        if self.dates or not _HOURS_LATER.match(self.scene.text, *self.sentence):
            return None
        before = [d for d in self.passage.dates if d.edtf and d.span.end <= self.sentence.start]
        earlier = [s for s in self.passage.sentences if s.end <= self.sentence.start]
        near = earlier[-_NEAR:][0].start if earlier else self.sentence.start
        day = before[-1] if before and before[-1].span.start >= near else None
        return day if day and self._usable(day) and len(day.edtf or "") >= _MONTH else None

    def _leading(self, move: Movement) -> list[DatePhrase]:
        """Return the date that opens the clause of the verb: "...: on 8 July Anna and her son stepped off"."""
        found = [d for d in self.dates if self._usable(d) and d.span.end < move.span.start]
        if not found:
            return []
        text, date = self.scene.text, found[-1]
        opening = text[self.sentence.start : date.span.start].rstrip()
        opening = _LEAD_IN.sub("", opening[-60:]).rstrip()
        if opening and not opening.endswith((",", ":", ";", "–", " and", " but", " when", " until")):
            return []
        between = self.scene.tokens.between(date.span.end, move.span.start)
        verbs = any(
            not self.scene.tokens[i].is_capital
            and (self.scene.tokens[i].lower in IRREGULAR or self.scene.tokens[i].lower.endswith("ed"))
            for i in between
        )
        return [] if verbs or any(m in text[date.span.end : move.span.start] for m in ".;:") else [date]

    @staticmethod
    def _usable(date: DatePhrase) -> bool:
        return bool(date.edtf) and ".." not in (date.edtf or "") and date.qualifier != "as-of"

    # -- patterns that are no verbs of flight

    def _patterns(self) -> None:
        if not (self.scene.language or is_cued(self.scene, PATTERN_VERBS, self.sentence)):
            return
        text = self.scene.text
        for match in FOLLOWED.finditer(text, *self.sentence):
            date = self._near(match.start(), match.end())
            who = self.people.who(match.start())
            if (
                date is not None
                and 0 <= date.span.start - match.end() <= 24
                and any(a.kind == "person" for a in who)
            ):
                self._add(who, 4.8, date, Span(*match.span()), None)
        for match in BROUGHT.finditer(text, *self.sentence):
            date = self._near(match.start(), match.end())
            if date is not None and date.span.start - match.end() <= _CLOSE and self._brings(match):
                self._add(self.people.who(match.start()), 4.4, date, Span(*match.span()), None)
        for match in (*FOUND.finditer(text, *self.sentence), *ACROSS.finditer(text, *self.sentence)):
            date = self._near(match.start(), match.end())
            if date is not None:
                self._add(
                    self.people.carried_by(match.start()) or self.people.who(match.start()),
                    4.4,
                    date,
                    Span(*match.span()),
                    Span(*match.span("place")) if match["place"] else None,
                )
        for pattern, weight in (
            (CARRIED, 4.6),
            (OVER, 4.4),
            (OVER_BORDER, 4.4),
            (MET, 4.4),
            (RECOGNISED, 3.4),
        ):
            for match in pattern.finditer(text, *self.sentence):
                date = self._near(match.start(), match.end())
                whom = self.people.object_at(match.start("whom"), match.group("whom"))
                if date is not None and whom:
                    place = Span(*match.span("place")) if "place" in pattern.groupindex else None
                    self._add(whom, weight, date, Span(*match.span()), place)
        for match in PRESENT.finditer(text, *self.sentence):
            self._present(match)
        self._on_board()
        for match in CARRIED_MANY.finditer(text, *self.sentence):
            self._carried_many(match)
        for match in FETCHED.finditer(text, *self.sentence) if self.scene.language else ():
            self._fetched(match)
        for match in LIVES.finditer(text, *self.sentence) if self.scene.language else ():
            self._lives(match)
        for match in STAYED_AWAY.finditer(text, *self.sentence):
            date = self._near(match.start(), match.end()) or self._same_day()
            who = self.people.who(match.start())
            if _REFUSED.search(text, match.end(), self.sentence.end):
                continue
            if date is not None and match.group().lower() not in ("left", "leaves"):
                self._add(who, 3.6, date, Span(*match.span()), None)
            elif date is not None and self.scene.protagonist in who:
                self._add(who, 2.6, date, Span(*match.span()), None)

    def _brings(self, match: re.Match[str]) -> bool:
        """Whether those who are brought are kin, who cannot come alone: "brought her mother two days later"."""
        noun = match["whom"].split()[1]
        return noun in self.scene.lexicon.kin or noun in ("family", "children", "wife", "baby", "parents")

    def _present(self, match: re.Match[str]) -> None:
        """Note a stay: "By Jan. 11 she was in Costa Rica", "he had been in Spain since 3 August", "has lived in Leeds since 1999"."""
        verb = match["verb"] or match["there"]
        stays = verb not in ("was", "were")
        if (
            not stays
            and not places.is_place(match.group("place").removeprefix("the ").split(" ")[0])
            and not places.is_place(match.group("place"))
        ):
            return
        since = next(
            (d for d in self.dates if d.span.start >= match.end() - 1 and d.edtf and d.edtf.endswith("/..")),
            None,
        )
        by = next(
            (
                d
                for d in self.dates
                if (d.span.end <= match.start() or 0 <= d.span.start - match.end() <= 8)
                and d.edtf
                and (
                    _BY.search(self.scene.text, self.sentence.start, d.span.start)
                    or self.scene.text[d.span.start : d.span.start + 3].lower() == "by "
                )
            ),
            None,
        )
        who = self.people.who(match.start())
        if since is None:
            since = next(
                (
                    d
                    for d in self.dates
                    if d.span.start >= match.end()
                    and _EVER_SINCE.search(self.scene.text, match.end(), d.span.start)
                ),
                None,
            )
        if since is not None and since.span.start - match.end() <= 30 and since.edtf:
            weight = 4.3 if "been" in (match["verb"] or "") else 2.6
            self._add(
                who, weight, replace(since, edtf=since.edtf.removesuffix("/..")), Span(*match.span()), None
            )
        elif verb in ("was", "were"):
            lead = by or next((d for d in self.dates if d.edtf and d.edtf.startswith("../")), None)
            if lead is not None and lead.edtf:
                self._add(
                    who, 4.4, replace(lead, edtf=lead.edtf.removeprefix("../")), Span(*match.span()), None
                )

    def _on_board(self) -> None:
        """Date those named among the people on board: "On 11 May there were ninety-one people on board, among them ..."."""
        match = _ON_BOARD.search(self.scene.text, *self.sentence)
        date = self._near(match.start(), match.end()) if match else None
        date = date or next(
            (d for d in self.dates if match and self._usable(d) and d.span.end <= match.start()), None
        )
        if match is None or date is None or any(m.kind in ("fail", "return") for m in self.moves):
            return
        for said in row_after(self.scene, self.passage, match.end(), self.sentence.end):
            self._add((said.actor,), 4.3, date, said.span, None)

    def _carried_many(self, match: re.Match[str]) -> None:
        """Date those who are named among many that were taken somewhere."""
        date = self._near(match.start(), match.end())
        spans = [match.span("whom"), *([match.span("among")] if match["among"] else [])]
        who = [s.actor for span in spans for s in self.people.said if span[0] <= s.span.start < span[1]]
        if date is not None and who:
            self._add(tuple(dict.fromkeys(who)), 4.6, date, Span(*match.span()), Span(*match.span("place")))

    def _fetched(self, match: re.Match[str]) -> None:
        """Date the relative whom somebody has come: "Trouxe a namorada, Graça, no ano seguinte", "holte er Inge nach"."""
        text, end = self.scene.text, self.sentence.end
        if match["parted"] and not _NACH.search(text, match.end(), end):
            return
        said = [s for s in self.people.said if s.form == "name"]
        behind = [s for s in said if 0 <= s.span.start - match.end() <= _STAY]
        whom = behind[:1] or [s for s in said if match["parted"] and s.span.end <= match.start()][:1]
        near = [d for d in self.dates if self._usable(d)]
        near = [d for d in near if not _BREAK.search(text, *sorted((match.end(), d.span.end)))] or [
            d for d in near if d.span.start >= match.end() and not match["parted"]
        ]
        date = near[0] if near else None
        if whom and date is not None:
            self._add((whom[0].actor,), 4.4, date, Span(*match.span()), None)

    def _lives(self, match: re.Match[str]) -> None:
        """Note since when somebody lives where the text tells of: "vit à Liège depuis 1991", "seit 1948 wohnte sie dort"."""
        since = [d for d in self.dates if d.edtf and d.edtf.endswith("/..") and d.qualifier == "since"]
        since = [
            d
            for d in since
            if max(d.span.start - match.end(), match.start() - d.span.end) <= _STAY
            and not any(m in self.scene.text[match.end() : d.span.start] for m in ".;")
            and (d.span.start > match.start() or "," not in self.scene.text[d.span.end : match.start()])
        ]
        if _DENIED.search(self.scene.text, max(self.sentence.start, match.start() - 24), match.start()):
            return
        if since and since[0].edtf:
            known = replace(since[0], edtf=since[0].edtf.removesuffix("/.."))
            behind = inverted(self.scene, self.passage, self.sentence, Span(*match.span()))
            if not behind and self.people.said and self.people.said[0].span.start > match.start():
                return  # who is named behind the verb may be its subject
            self._add(
                behind or self.people.who(match.start()),
                2.6,
                known,
                Span(*match.span()),
                None,
                is_behind=bool(behind),
            )

    def _near(self, start: int, end: int) -> DatePhrase | None:
        """Return the date that a phrase takes: the next one after it in the sentence, else the one that opens it."""
        after = [d for d in self.dates if self._usable(d) and 0 <= d.span.start - end <= 90]
        undone = [m.span.start for m in self.moves if m.kind in ("fail", "return") and m.span.start >= end]
        after = [d for d in after if not undone or d.span.start < undone[0]]
        if after and ";" not in self.scene.text[end : after[0].span.start]:
            return after[0]
        before = [d for d in self.dates if self._usable(d) and d.span.end <= start]
        if before and self.scene.text.startswith(" when ", before[-1].span.end):
            return before[-1]  # "began in 1991 when a pitcher walked away from his team"
        if before and self.scene.text[before[-1].span.end : start] == ", ":
            return before[-1]  # "lost on purpose on 29 October 1982, walked out of the hall"
        return before[0] if before and before[0].span.start - self.sentence.start <= 24 else None

    def landing(self, before: Dated | None) -> Dated | None:
        """Return the landing told last; those of "also on board were ..." share the one told a passage or two `before`."""
        plain = [d for _, d in self._noted if d.weight >= PLAIN]
        if plain or before is None or self.passage.index - before.passage > _ABOARD_REACH:
            return plain[-1] if plain else before
        if self._climbed_out(before):
            return before
        aboard = ABOARD.search(self.scene, self.sentence)
        if aboard is None:
            return before
        end = self.scene.text.find(";", aboard.end(), self.sentence.end)
        while end > 0 and _LISTS_ON.match(self.scene.text, end, self.sentence.end):
            end = self.scene.text.find(";", end + 1, self.sentence.end)
        for said in self.scene.people_in(
            self.passage, Span(aboard.end(), end if end > 0 else self.sentence.end)
        ):
            relative = self.scene.text.find(" who ", aboard.end(), said.span.start)
            if said.form == "name" and relative < 0:
                self._note(said.actor, replace(before, spans=(said.span, *before.spans)))
        return before

    def _climbed_out(self, before: Dated) -> bool:
        """Date those who get out of what came down: "It came down near Naila on the 16th. Eight people climbed out of it"."""
        out = CLIMBED_OUT.search(self.scene, self.sentence) if not self.dates else None
        if out is None:
            return False
        if out["behind"] is None:
            who = self.people.who(out.start())
        else:
            behind = self.scene.people_in(self.passage, Span(out.end(), self.sentence.end))
            who = tuple(s.actor for s in behind[:1])
        for actor in who:
            self._note(actor, replace(before, spans=(Span(*out.span()), *before.spans)))
        return bool(who)

    def among_them(self, landed: list[tuple[tuple[Actor, ...], Dated]]) -> None:
        """Date those of a party that came, each by the day behind the name: "Among them were A, on 21 January, and B"."""
        opening = _AMONG_THEM.match(self.scene.text, *self.sentence)
        if opening is None or not landed:
            return
        said = [s for s in self.people.said if s.form == "name" and s.span.start >= opening.end()]
        for one, following in zip(said, [*(s.span.start for s in said[1:]), self.sentence.end], strict=False):
            own = [d for d in self.dates if self._usable(d) and one.span.end <= d.span.start < following]
            if own and not any(one.span.end <= m.span.start < own[0].span.start for m in self.moves):
                spans = (one.span.cover(own[0].span), *landed[-1][1].spans)
                self._note(one.actor, replace(landed[-1][1], edtf=own[0].edtf or "", spans=spans))

    # -- noting

    def _add(
        self,
        who: tuple[Actor, ...],
        weight: float,
        date: DatePhrase,
        verb: Span,
        place: Span | None,
        *,
        is_behind: bool = False,
    ) -> None:
        span = verb.cover(date.span)
        if place is not None and place.end - span.start < 300 and place.start - span.end < 60:
            span = span.cover(place)
        spans = (span, *(s for s in date.evidence if not self.sentence.contains(s)))
        camp = place is not None and _CAMP.search(
            self.scene.text, verb.end, min(place.end + 14, self.sentence.end)
        )
        dated = Dated(
            weight,
            date.edtf or "",
            spans,
            place,
            self.passage.index,
            waits=bool(camp),
            is_change=changes_place(self.scene, verb),
            is_flight=_GOT_AWAY <= weight < PLAIN and not changes_place(self.scene, verb),
        )
        self._noted.append((who, dated))
        for actor in who:
            said = self.people.said_of(actor) if is_behind else None
            own = (said.span, *spans) if said else spans
            self._note(actor, replace(dated, spans=own, journey=self._sent_back[id(actor)]))

    def _companions(self, along: list[Actor]) -> None:
        """Give those who are with the mover the date, and those of ", and her brother the following year" their own."""
        plain = [(who, d) for who, d in self._noted if d.weight >= 3.4]
        if not plain:
            return
        who, best = max(plain, key=lambda n: n[1].weight)
        for actor in along:
            if actor not in who:
                said = self.people.said_of(actor)
                spans = (said.span, *best.spans) if said else best.spans
                self._note(actor, replace(best, spans=spans))
        for date in self.dates:
            if not self._usable(date) or date.span.start < best.spans[0].end:
                continue
            match = _GAPPED.search(self.scene.text, best.spans[0].end, date.span.start)
            if match is None or match.start() - best.spans[0].end > 4:
                continue
            for said in self.scene.people_in(self.passage, match.span("who")):
                if said.form != "pronoun":
                    span = Span(match.start("who"), date.span.end)
                    self._note(
                        said.actor,
                        Dated(best.weight, date.edtf or "", (span, *date.evidence), None, self.passage.index),
                    )
