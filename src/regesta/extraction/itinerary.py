"""Arrivals told in running prose: a journey of many sentences, read in order, with whoever travels together.

    In October 2012 he crossed to Lebanon with his sister Lubna.      a station; the party is now two
    On 12 July 2014 they were landed at Augusta                       "they": the party
    and walked out of the station at Malmö on the 21st.               the last station of the journey: the arrival

Each place that dates somebody's coming is a `Dated`, weighed by how plainly it says so; `choose` takes one of them: of
those that say it plainly the last of the journey, which ends when years pass or refuge has been granted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from regesta import places
from regesta.dates import DatePhrase
from regesta.extraction.movement import IRREGULAR, Movement
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Said, Scene
from regesta.text.span import Span

__all__ = ["NO_SURVIVOR", "Dated", "choose", "is_narrative", "narrate"]

PLAIN = 4.3
"""From this weight on a place says plainly that somebody came."""
_GAP_YEARS = 4
"""A journey goes on as long as no more years than these lie between two of its stations."""


@dataclass(slots=True)
class Dated:
    """One place that dates somebody's arrival."""

    weight: float
    edtf: str
    spans: tuple[Span, ...]
    where: Span | None
    passage: int


Note = Callable[[Actor, Dated], None]

_BY = re.compile(r"\bby (?:the )?(?:\w+ of )?$", re.IGNORECASE)
_PLURAL = re.compile(
    r"\b(?P<they>they|both|all of them|the (?P<others>others|rest)|the (?:two |three |four |five |six |old |young |whole )?"
    r"(?:family|couple|pair|sisters|brothers|siblings|twins|girls|boys|children|women|men|friends|two|three|four|five|six))\b(?! of\b)",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:together with|along with|accompanied by|in the company of|with|bringing|taking|alongside|followed by|and by)\b",
    re.IGNORECASE,
)
_NO_LIST = frozenset(
    "to in at on for from by of who which that was were had has is are when where while as until after before through into onto over".split()
)
_ASIDE = re.compile(r"^, (?:who|then|now|aged) [^,;.]{1,40}, and ")
_NO_CLAUSE = frozenset("who which that was were had has are is they he she".split())
_BODIES = frozenset("group crew transport convoy crowd soldier guard policeman officer passenger".split())
NO_SURVIVOR = re.compile(
    r",? (?:who|which) (?:did not survive|died|drowned|was (?:caught|shot|killed|sent back)|stayed|remained)"
)
_TO_VERB = re.compile(r"\s+to (?!the\b|a\b|an\b|his\b|her\b|their\b|this\b)[a-z]")
_CAME_OTHERWISE = re.compile(
    r"\s+(?:home|aboard|back|up|down|for|of age|first|second|third|true|close|near|along|on board|under (?!the)|from\b(?![^.;,]{0,60}\bto\b)"
    r"|into (?:force|use|being|effect|view|power|contact)|in (?:first|second|third)|to (?:power|an end|terms|nothing|light|mind|the throne|a halt|rest))"
)
_SOMEBODY = re.compile(r"\s+(?:up with )?(?:him|her|them|(?:his|her|their) [a-z]+)\b")
_COMMON_OBJECT = re.compile(
    r"\s+(?:the|a|an|his|her|their) (?!(?:country|west|city|town|port|capital|border|frontier|harbou?r|airport|island|isle|shore|coast|camp|kingdom|"
    r"united|free|republic|station|village|mainland|other side|refuge)\b)[a-z]"
)
_NEEDS_PLACE = frozenset(
    (
        "appeared",
        "surfaced",
        "emerged",
        "put in",
        "pulled in",
        "rescued",
        "came out",
        "ejected",
        "showed up",
        "appears",
    )
)
_INSTITUTION = re.compile(
    r"[^.;,]{0,60}\b(?:embassy|consulate|legation|monastery|church|nunciature|mission)\b", re.IGNORECASE
)
_STATION = re.compile(
    r"(?:walked|stepped|climbed|got|came|stumbled)\s+(?:out of|down from|off|from) (?:the |a )?(?:[a-z-]+ ){0,2}(?:station|airport|ferry|train|aeroplane|airplane|plane|jet|boat|ship|terminal)\b"
)
_LEFT_COUNTRY = re.compile(r"\s+(?:for|the country|(?:his|her|their) (?:country|homeland))\b")
_FLED = (
    "fled",
    "escap",
    "defect",
    "emigrat",
    "exile",
    "flee",
    "jumped ship",
    "deserted",
    "got away",
    "got out",
    "slipped",
    "swum",
    "swam",
)
_CROSSED = re.compile(
    r"\s*(?:,? ?the (?:[\w-]+ )?(?:border|frontier|river|line|wall|strait|sea)|the [A-Z][\w-]+|into|to|over to)\b"
)

_CARRIED = re.compile(
    r"\b(?:took|brought|flew|carried|towed|drove|rowed|ferried|landed|put|guided|led|smuggled|set) (?P<whom>him|her|them|[A-Z][\w'-]+)"
    r"(?: (?:ashore|safely|back|on|up|aboard|aboard and))? (?:to|into|at|in|ashore at|ashore in) (?:the (?:port|island|harbour|town) of )?(?P<place>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})"
)
_MET = re.compile(
    r"\b(?:met|welcomed|greeted|collected|fetched) (?P<whom>him|her|them|[A-Z][\w'-]+) (?:at|off|from) the (?:airport|station|harbou?r|port|quay|dock|ship|train|boat|plane)\b"
)
_PRESENT = re.compile(
    r"\b(?P<verb>was|were|had been|has been|have been|has lived|have lived|had lived|lived|has worked) (?:safely |already |living |in exile |safe |at last )*(?:in|at|on) "
    r"(?P<place>(?:the )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})"
)
_FOUND = re.compile(
    r"\b(?:was|were) (?:found|discovered|put ashore|set ashore|set down|fished out of the water) (?:hiding |hidden )?(?:at|in|near|off|on) (?P<place>(?:the )?[A-Z][\w'-]+)"
)
_FOLLOWED = re.compile(
    r"\b(?:followed|follows)\b(?: (?:him|her|them))?(?: (?:there|to [A-Z][\w'-]+))?(?=,? )"
)
_COUPLE = re.compile(r"(?:the (?:\w+ )?(?:couple|pair|two)|both)\b", re.IGNORECASE)
_STAYED_AWAY = re.compile(
    r"\b(?:walked out of|walked away from|slipped out of|slipped away from|left|leaves|stayed behind|did not board|fail(?:s|ed) to (?:appear|board|return|show up)|"
    r"never (?:went|came) back|did not go back|jump(?:s|ed) (?:ship|bail)|(?:asked|applied|asks|applies) for (?:political )?asylum|claimed asylum|sought asylum)\b"
)
_GAPPED = re.compile(r",? and (?P<who>(?:(?:his|her|their) )?[^,.;]{2,50}?),? (?:(?:in|on|at) )?$")
_ORDINAL = re.compile(
    r"\b(?:on|of) the (?P<day>[0-3]?\d)(?:st|nd|rd|th)\b(?: of (?:that|the same) month)?(?! (?:of|century|[A-Z]))"
)
_MOVING = ("arrive", "defect", "flee", "seek")
_RELATED = frozenset("date range season relative decade open".split())


def is_narrative(scene: Scene, passage: Passage) -> bool:
    """Return whether the passage belongs to running prose rather than to a list or a table."""
    entry = scene.entry_of[passage.index]
    return entry is not None and entry.kind == "prose"


def narrate(scene: Scene, moves: dict[int, list[Movement]], note: Note) -> None:
    """Note every place in the running prose that dates somebody's arrival."""
    party: list[Actor] = []
    earlier = ""
    for passage in scene.passages:
        if passage.kind == "heading" or not is_narrative(scene, passage):
            continue
        row = moves.get(passage.index, [])
        dates = [*passage.dates, *_ordinals(scene, passage, earlier)]
        for sentence in passage.sentences:
            own = [m for m in row if m.sentence == sentence]
            here = [d for d in dates if d.edtf and sentence.start <= d.span.start < sentence.end]
            teller = _Teller(scene, passage, sentence, own, here, party, note)
            teller.tell()
            party = teller.party
        stated = [d.edtf for d in dates if d.edtf and len(d.edtf) >= 7 and d.kind == "date"]
        earlier = stated[-1] if stated else earlier


def _ordinals(scene: Scene, passage: Passage, earlier: str) -> Iterator[DatePhrase]:
    """Yield "the 21st", "the 26th of that month": days of the month that was named last."""
    for match in _ORDINAL.finditer(scene.text, *passage.span):
        before = [
            d
            for d in passage.dates
            if d.edtf and d.span.end <= match.start() and re.match(r"\d{4}-(?:0\d|1[012])", d.edtf)
        ]
        month = (before[-1].edtf or "")[:7] if before else earlier[:7]
        span = Span(match.start("day") - 4, match.end())
        day = int(match.group("day"))
        if len(month) == 7 and 1 <= day <= 31:
            evidence = (before[-1].span,) if before else ()
            yield DatePhrase(
                span=span, core=span, edtf=f"{month}-{day:02d}", kind="date", evidence=(span, *evidence)
            )


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
    ) -> None:
        self.scene = scene
        self.passage = passage
        self.sentence = sentence
        self.moves = moves
        self.dates = [d for d in dates if d.kind in _RELATED and d.qualifier != "as-of"]
        self.party = party
        self._note = note
        self._noted: list[tuple[tuple[Actor, ...], Dated]] = []

    def tell(self) -> None:
        """Note what the sentence dates, and who travels on."""
        along = self._along()
        leaders: list[Actor] = []
        for move in self.moves:
            who = self._who(move.span.start)
            if not move.is_real:
                continue
            if move.kind in ("fail", "return"):
                self.party = [a for a in self.party if a not in who or len(who) > 1]
                continue
            weight = self._weight(move)
            banished = (
                self.scene.text[move.span.start : move.span.end].lower().endswith(("expelled", "exiled"))
            )
            kin = any(a.head != "other" for a in along)
            if (weight or kin or move.kind == "flee") and move.kind in _MOVING and not banished:
                leaders += [a for a in who if a not in leaders]
            date = self._date_of(move)
            if weight and date is not None:
                self._add(who, weight, date, move.span, move.place)
        self._patterns()
        self._companions(along)
        if not leaders and any(a.head != "other" for a in along):
            leaders += self._first_subject()
        together = [*leaders, *(a for a in along if a not in leaders)]
        if leaders and (len(together) > 1 or together[0] not in self.party):
            self.party = together

    def _first_subject(self) -> list[Actor]:
        """Return whom the sentence names first as its subject."""
        said = (s for s in self.scene.said[self.passage.index] if s.is_subject and s.form != "pronoun")
        first = next((s for s in said if self.sentence.start <= s.span.start < self.sentence.end), None)
        return [first.actor] if first is not None and first.actor.kind == "person" else []

    # -- who

    def _who(self, offset: int) -> tuple[Actor, ...]:
        """Return whom the clause at `offset` is about; "they" and "the couple" are those who travel together."""
        plural = None
        for match in _PLURAL.finditer(self.scene.text, self.sentence.start, offset):
            if self.scene.stands_as_subject(Span(*match.span())):
                plural = match
        said = [
            s
            for s in self.scene.said[self.passage.index]
            if self.sentence.start <= s.span.start and s.span.end <= offset and s.is_subject
        ]
        if plural and (not said or said[-1].span.start <= plural.start()):
            if said and said[-1].form == "pronoun" and len(self.party) > 1:
                said = said[:-1]
            if said and said[-1].span.start == plural.start() and said[-1].form != "pronoun":
                return (said[-1].actor,)
            members = self._members(plural.start())
            if members:
                return members
        if said and self.scene.subject_of(self.passage, offset):
            return self.scene.joined(self.passage, said, with_kin=True)
        return self.scene.subject_of(self.passage, offset)

    def _members(self, offset: int) -> tuple[Actor, ...]:
        """Return the people that a plural word at `offset` stands for."""
        if len(self.party) > 1 and any(
            s.actor in self.party and s.span.end <= offset for s in self.scene.said[self.passage.index]
        ):
            return tuple(self.party)
        before = [
            s
            for s in self.scene.said[self.passage.index]
            if s.span.end <= offset
            and s.is_subject
            and s.actor.kind in ("person", "group")
            and s.form != "pronoun"
        ]
        if before:
            joined = self.scene.joined(self.passage, before, with_kin=True)
            if len(joined) > 1 or joined[0].kind == "group":
                near = self.scene.text[before[-1].span.end : offset]
                if near.count(".") <= 1:
                    return joined
        if len(self.party) > 1:
            return tuple(self.party)
        entry = self.scene.entry_of[self.passage.index]
        principals = entry.principals if entry else []
        if len(principals) > 1:
            return tuple(principals)
        couple = _COUPLE.match(self.scene.text, offset)
        if couple:
            named = [
                s.actor
                for s in self.scene.said[self.passage.index]
                if s.span.end <= offset and s.actor.kind == "person" and s.form != "pronoun"
            ]
            two = list(dict.fromkeys(reversed(named)))[1::-1]
            if len(two) == 2:
                return tuple(two)
        local = [
            s.actor
            for s in self.scene.said[self.passage.index]
            if s.actor in self.party and s.span.end <= offset
        ]
        if before and not local:
            return (before[-1].actor, *self._carried(before[-1].span.end, offset))
        alone = self.party or principals
        if (
            couple
            and self.scene.protagonist is not None
            and principals
            and self.scene.protagonist not in principals
        ):
            return (self.scene.protagonist, *principals)
        return tuple(alone)

    def _carried(self, start: int, end: int) -> list[Actor]:
        """Return the kin that somebody took along between two places of a sentence: "carried his mother for six days"."""
        return [
            s.actor
            for s in self.scene.said[self.passage.index]
            if start <= s.span.start
            and s.span.end <= end
            and s.form == "description"
            and re.search(
                r"\b(?:carried|carrying|brought|took|led|pushed|pulled) $",
                self.scene.text[start : s.span.start],
            )
        ]

    def _along(self) -> list[Actor]:
        """Return those who are said to be with the mover: "with his wife, two infants and his apprentice Jan"."""
        found: list[Actor] = []
        said = [
            s
            for s in self.scene.said[self.passage.index]
            if s.form != "pronoun" and s.actor.kind in ("person", "group")
        ]
        for match in _COMPANY.finditer(self.scene.text, *self.sentence):
            at = match.end()
            for one in said:
                if one.span.start < at or one.span.start >= self.sentence.end:
                    continue
                gap = _ASIDE.sub(" and ", self.scene.text[at : one.span.start])
                words = gap.replace(",", " ").replace("(", " ").replace(")", " ").split()
                inner = words[: words.index("and")] if "and" in words else []
                rest = words[len(inner) :]
                if (
                    len(words) > 10
                    or any(w in _NO_LIST for w in rest)
                    or any(w in _NO_CLAUSE for w in inner)
                    or any(m in gap for m in ".;:")
                ):
                    break
                at = one.span.end
                if one.actor.head in _BODIES or one.actor in found:
                    continue
                if not NO_SURVIVOR.match(self.scene.text, one.span.end):
                    found.append(one.actor)
        return found

    # -- when and how plainly

    def _date_of(self, move: Movement) -> DatePhrase | None:
        ordinal = [d for d in self.dates if d.span.start >= move.span.end and d not in self.passage.dates]
        usable = [d for d in (*move.dates, *ordinal[:1]) if self._usable(d)]
        before = [d for d in self.dates if self._usable(d) and 0 < move.span.start - d.span.end <= 30]
        if any(d.span.start >= move.span.end for d in usable):
            before = []
        else:
            before = before or self._leading(move)
        if before and before[-1] in self._leading(move):
            return before[-1]
        if before:
            between = self.scene.text[before[-1].span.end : move.span.start]
            if not any(m in between for m in ".,;:") and "and" not in between.split():
                return before[-1]
        return max(
            usable, key=lambda d: (len(d.edtf or ""), -abs(d.span.start - move.span.start)), default=None
        )

    def _leading(self, move: Movement) -> list[DatePhrase]:
        """Return the date that opens the clause of the verb: "...: on 8 July Anna and her son stepped off"."""
        found = [d for d in self.dates if self._usable(d) and d.span.end < move.span.start]
        if not found:
            return []
        text, date = self.scene.text, found[-1]
        opening = re.sub(
            r"\s*\b(?:on|in|by|at)?(?: the (?:night|morning|evening|afternoon|day) of)?\s*$",
            "",
            text[self.sentence.start : date.span.start],
            flags=re.IGNORECASE,
        )
        if opening and not opening.rstrip().endswith((",", ":", ";", "–", " and", " but", " when", " until")):
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

    def _weight(self, move: Movement) -> float:
        """Return how plainly a verb says that somebody came to stay; 0 where it does not."""
        text, end = self.scene.text, move.span.end
        verb = text[move.span.start : end].lower()
        place = self._is_place(move)
        if _INSTITUTION.match(text, end, self.sentence.end) and "surrender" not in verb:
            return 0.0
        if move.kind == "arrive":
            if verb.startswith(("came", "come")) and (
                _TO_VERB.match(text, end) or _CAME_OTHERWISE.match(text, end)
            ):
                return 0.0
            if verb.startswith("join"):
                return 4.8 if self._joins_somebody(end) else 0.0
            if verb.startswith(("reach", "enter", "land", "got to")) and _COMMON_OBJECT.match(text, end):
                return 0.0
            if verb in _NEEDS_PLACE or verb.startswith(("was t", "were t", "was b", "were b", "settl")):
                return 4.2 if place else 0.0
            if verb.startswith(("move", "relocat")):
                return 4.2 if place else 0.0
            if verb.startswith(("walked", "drove", "put in", "flew", "sailed")):
                return 4.4 if place else 0.0
            if verb in ("land", "lands") and not self._is_verb(move.span.start):
                return 0.0
            return 5.0 if place or verb not in ("came", "come", "coming", "comes") else 4.5
        if move.kind == "defect":
            return 4.3 if place else 4.0
        if move.kind == "flee":
            if _STATION.match(text, move.span.start):
                return 4.6
            if verb.startswith("cross") and _CROSSED.match(text, end):
                return 4.2
            if verb.startswith(
                (
                    "disappear",
                    "vanish",
                    "went missing",
                    "set ",
                    "sets ",
                    "quit",
                    "brib",
                    "was freed",
                    "was released",
                )
            ):
                return 0.0
            if verb.endswith(("expelled", "exiled")):
                return 3.5 if place and move.place and places.country(move.place.of(text)) else 0.0
            if place and not verb.startswith("left"):
                return 3.5
            if verb.startswith(_FLED) or any(v in verb for v in (" fled", "escaped")):
                return 3.0
            if verb.startswith("left") and _LEFT_COUNTRY.match(text, end):
                return 2.2
            return 0.0
        if move.kind == "seek":
            return 3.4
        if move.kind == "admit":
            if "resettl" in verb:
                return 4.6
            return 2.8 if "leave" in verb else 0.0
        return 0.0

    def _is_verb(self, start: int) -> bool:
        """Whether "land" is not the noun: somebody lands, or is to land."""
        words = self.scene.tokens.between(max(self.sentence.start, start - 20), start)
        before = self.scene.tokens[words[-1]].lower if words else ""
        return before in ("they", "we", "to", "and", "will", "he", "she", "who") or any(
            s.span.end in (start - 1, start) for s in self.scene.said[self.passage.index]
        )

    def _is_place(self, move: Movement) -> bool:
        if move.place is None:
            return False
        first = self.scene.tokens.between(*move.place)
        word = self.scene.tokens[first.start].lower if first else ""
        return word not in self.scene.lexicon.organisations and move.place.start - move.span.end <= 60

    def _joins_somebody(self, end: int) -> bool:
        if _SOMEBODY.match(self.scene.text, end):
            return True
        return any(
            0 < s.span.start - end <= 2 and s.actor.kind in ("person", "group")
            for s in self.scene.said[self.passage.index]
        )

    # -- patterns that are no verbs of flight

    def _patterns(self) -> None:
        text = self.scene.text
        for match in _FOLLOWED.finditer(text, *self.sentence):
            date = self._near(match.start(), match.end())
            who = self._who(match.start())
            if (
                date is not None
                and 0 <= date.span.start - match.end() <= 24
                and any(a.kind == "person" for a in who)
            ):
                self._add(who, 4.8, date, Span(*match.span()), None)
        for match in _FOUND.finditer(text, *self.sentence):
            date = self._near(match.start(), match.end())
            if date is not None:
                self._add(
                    self._who(match.start()), 4.4, date, Span(*match.span()), Span(*match.span("place"))
                )
        for pattern, weight in ((_CARRIED, 4.6), (_MET, 4.4)):
            for match in pattern.finditer(text, *self.sentence):
                date = self._near(match.start(), match.end())
                whom = self._object(match.start("whom"), match.group("whom"))
                if date is not None and whom:
                    place = Span(*match.span("place")) if "place" in pattern.groupindex else None
                    self._add(whom, weight, date, Span(*match.span()), place)
        for match in _PRESENT.finditer(text, *self.sentence):
            self._present(match)
        for match in _STAYED_AWAY.finditer(text, *self.sentence):
            date = self._near(match.start(), match.end())
            who = self._who(match.start())
            if date is not None and match.group().lower() not in ("left", "leaves"):
                self._add(who, 3.6, date, Span(*match.span()), None)
            elif date is not None and self.scene.protagonist in who:
                self._add(who, 2.6, date, Span(*match.span()), None)

    def _present(self, match: re.Match[str]) -> None:
        """ "By Jan. 11 she was in Costa Rica", "he had been in Spain since 3 August", "has lived in Leeds since 1999"."""
        if not places.is_place(
            match.group("place").removeprefix("the ").split(" ")[0]
        ) and not places.is_place(match.group("place")):
            return
        since = next(
            (d for d in self.dates if d.span.start >= match.end() - 1 and d.edtf and d.edtf.endswith("/..")),
            None,
        )
        by = next(
            (
                d
                for d in self.dates
                if d.span.end <= match.start()
                and d.edtf
                and _BY.search(self.scene.text, self.sentence.start, d.span.start)
            ),
            None,
        )
        who = self._who(match.start())
        verb = match.group("verb")
        if since is not None and since.span.start - match.end() <= 30 and since.edtf:
            weight = 4.3 if "been" in verb else 2.6
            self._add(
                who, weight, replace(since, edtf=since.edtf.removesuffix("/..")), Span(*match.span()), None
            )
        elif verb in ("was", "were"):
            lead = by or next((d for d in self.dates if d.edtf and d.edtf.startswith("../")), None)
            if lead is not None and lead.edtf:
                self._add(
                    who, 4.4, replace(lead, edtf=lead.edtf.removeprefix("../")), Span(*match.span()), None
                )

    def _object(self, start: int, word: str) -> tuple[Actor, ...]:
        if word == "them":
            return self._members(start)
        said = next((s for s in self.scene.said[self.passage.index] if s.span.start == start), None)
        if said is None or said.actor.kind not in ("person", "group"):
            return ()
        return (said.actor,)

    def _near(self, start: int, end: int) -> DatePhrase | None:
        """Return the date that a phrase takes: the next one after it in the sentence, else the one that opens it."""
        after = [d for d in self.dates if self._usable(d) and 0 <= d.span.start - end <= 90]
        if after and ";" not in self.scene.text[end : after[0].span.start]:
            return after[0]
        before = [d for d in self.dates if self._usable(d) and d.span.end <= start]
        return before[0] if before and before[0].span.start - self.sentence.start <= 24 else None

    # -- noting

    def _add(
        self, who: tuple[Actor, ...], weight: float, date: DatePhrase, verb: Span, place: Span | None
    ) -> None:
        span = verb.cover(date.span)
        if place is not None and place.end - span.start < 300 and place.start - span.end < 60:
            span = span.cover(place)
        spans = (span, *(s for s in date.evidence if not self.sentence.contains(s)))
        dated = Dated(weight, date.edtf or "", spans, place, self.passage.index)
        self._noted.append((who, dated))
        for actor in who:
            self._note(actor, dated)

    def _companions(self, along: list[Actor]) -> None:
        """Give those who are with the mover the date, and those of ", and her brother the following year" their own."""
        plain = [(who, d) for who, d in self._noted if d.weight >= 3.4]
        if not plain:
            return
        who, best = max(plain, key=lambda n: n[1].weight)
        for actor in along:
            if actor not in who:
                said = self._said_of(actor)
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

    def _said_of(self, actor: Actor) -> Said | None:
        return next(
            (
                s
                for s in self.scene.said[self.passage.index]
                if s.actor is actor and self.sentence.start <= s.span.start < self.sentence.end
            ),
            None,
        )


def choose(found: list[Dated]) -> Dated:
    """Return the one that dates the arrival: the last plain station of the journey, else what says it most plainly."""
    plain = [d for d in found if d.weight >= PLAIN and d.edtf[:4].isdigit()]
    if not plain:
        top = max(d.weight for d in found)
        return max((d for d in found if d.weight == top), key=lambda d: (len(d.edtf), -d.spans[0].start))
    plain.sort(key=lambda d: _order(d.edtf))
    last = plain[0]
    for one in plain[1:]:
        if int(one.edtf[:4]) - int(last.edtf[:4]) > _GAP_YEARS:
            break
        if not last.edtf.startswith(one.edtf):
            last = one
    return last


def _order(edtf: str) -> str:
    """Return a date so that its season sorts among the months."""
    seasons = {"21": "04", "22": "07", "23": "10", "24": "12"}
    day = edtf.split("/")[0]
    return day[:5] + seasons.get(day[5:7], day[5:7]) + day[7:]
