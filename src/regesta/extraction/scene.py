"""What is known of one document while its rules run: its passages, who is spoken of where, and the facts found so far.

    passages ── who.py finds actors ──► said: "this actor is named here, in this form"
    rules read passages and `said`, ask `subject_of`, and add facts with `state`

An actor becomes a `Referent`, a fact a `Claim`, when `assemble.py` closes the scene. Only this module's methods change
a scene; rules never edit what another rule has stated.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal

from regesta.dates import DatePhrase
from regesta.extraction.chunk import Chunk
from regesta.extraction.house_columns import Houses
from regesta.extraction.passages import Filed, Passage
from regesta.extraction.records import Record
from regesta.extraction.tokens import Tokens
from regesta.model import Document, Qualifiers, Rejection, Value
from regesta.model.claim import Kind
from regesta.text.span import Span
from regesta.vocab import Lexicon

__all__ = ["MAX_EVIDENCE", "Actor", "Entry", "Fact", "Said", "Scene"]

MAX_EVIDENCE = 500
"""Code points of one piece of evidence (CONTRACT.md)."""

Form = Literal["name", "description", "pronoun"]
_NO_SUBJECT_AFTER = frozenset(
    "of by with to from for at against about on in into near under over including like than as between among without "
    "toward towards behind upon via through during con de en por para según sin avec chez vers par depuis mit von aus nach bei di del della dei van".split()
)
_ENDS_OBJECTS = re.compile(
    r"\s*(?:[.,;:()]|$)|\s(?:in|at|on|to|from|for|before|after|during|until|when|while)\b"
)
_OF_ABROAD = re.compile(
    r"\b(?:de|du|des|aux?|de la|del|d[oa]s?|van|vom|zum|zur|beim|della|dello|dal|dalla|degli|delle)\s(?:[a-zà-ž]+\s)?$"
    r"|(?:[Мм]ать|[Оо]тец|[Бб]рат|[Сс]естра|[Жж]ена|[Мм]уж|[Сс]ын|[Дд]очь|[Рр]одители|[Дд]ети|[Сс]емья|[Вв]дова|[Сс]отрудни(?:к|ца)|[Аа]гент|[Оо]фицер|[Пп]обег[аеу]?|[Бб]егств[оае])\s$"
)
"""What leads up to somebody who is no subject, in other languages."""
_HEADLESS = frozenset(
    "was born came went left fled got kept held sent taken lost died drove flew ran sold spent swam taught wrote became began moved worked "
    "served married escaped lived studied hid sailed deserted".split()
)
"""Verbs that open the sentences of a life told without a subject."""
_AFTER_VERBS = frozenset(
    "in at to on for from by with as into over through under until since and again twice back his her their the a an there first".split()
)
"""Words that follow such a verb, and tell "Deported to" from a name."""
_PARTS = frozenset(
    "summary background introduction overview decision notes history details facts biography life results conclusion abstract contents "
    "remarks comments report findings case statement".split()
)
"""Headings that only name a part of a text and say nothing of what it is about."""
_MARKS = frozenset(".;:!?–,(")
_ARTICLES_ABROAD = {
    code: frozenset(words.split())
    for code, words in (
        *(("de", "der die das ein eine sein seine ihr ihre"), ("nl", "de het een zijn haar")),
        *(
            ("fr", "le la les un une son sa"),
            ("es", "el la los las un una su"),
            ("it", "il lo la i gli un una suo sua"),
        ),
        ("pt", "o a os as um uma seu sua"),
    )
}
_WHOSE = frozenset(("his", "her", "their"))
_TURNS = re.compile(
    r";|, (?:but|while|whereas|although|though|mentre|mientras|tandis|während|enquanto|terwijl|podczas)\b"
    r"|\b(?:compared (?:to|with)|than (?=(?:in|during|at|the|a year)\b)|versus|as against|up from|down from|rispetto al?|contro|frente a|contra|comparado con|par rapport|contre|face aux?|gegenüber|verglichen mit|im Vergleich|tegenover|vergeleken met|in vergelijking met|wobec|niż w|w porównaniu)\b"
)
"""Where a sentence turns to something else, whose date is its own."""
_AND_BEFORE = re.compile(r"\b(?:and|und|et|y|e|en|i|oraz|и) $")
_NEXT_OF_ROW = re.compile(
    r"\d (?:and|und|et|y|e|ed|en|i|a|oraz|и),? (?:(?:in|nel|en|im|em|w|op|au|à|the|le|el|l'|il|o) ?){0,2}$"
)
_NUMBER_NEXT = re.compile(r",? (?:[^\W\d_]{1,9} )?\d")
_CAUSE = re.compile(
    r"\b(?:fle(?:eing|d|es?)|result of|because of|due to|caused by)\b[^,.;]{0,60}\b(?:invasion|occupation|war|revolution|uprising|coup|"
    r"genocide|partition|massacre|conflict|crisis|famine)s? (?:of|in) (?:the )?$"
)
_BORN = re.compile(
    r"(?:\bb\.|\b[Bb]orn(?: in| on)?|\b[Gg]eb\.|\b[Gg]eboren (?:am|im)|\b[Nn][ée]e? (?:le|en)|\b[Nn]ascid[oa] em|\b[Nn]acid[oa] en|\b[Nn]at[oa] nel|\bur\.) ?$"
)
_GOES_ON = re.compile(r",? [\w$€£¥₩]")
_OPENING = 12
"""How far into a sentence a date may stand that dates all of it."""
_SINCE = re.compile(r"[^.;,]{0,24}\bsince(?=\s*(?:[.,;)]|$))")
_ASIDE = re.compile(r", (?:an? [^,.;]{2,50} )?(?:whom|whose|where|which)\b[^,.;]{3,80}, $")
"""What tells of others between a subject and its verb: "Alun, [whom she married in 1976], died"."""
_GERUND = re.compile(r" (?:before|after|while) $")
_NAMING = ("named", "called")
_CALLED = re.compile(r"(?<![\w'-])(?P<article>[Aa]n?|[Oo]ne|[Tt]he) (?:[\w'-]+ ){1,6}(?:named|called) $")
"""What leads up to a name and stands where it does: "a pilot of twenty named Oto Bell"."""
_OBJECT_BEHIND = re.compile(
    r"\b(?:[a-z]{2,}ed|met|saw|told|taught|left|knew|sent|took|brought|found) (?:[a-z'-]+ ){0,4}$"
)
"""What makes a name the object of its clause, whose subject is that of the gerund behind it."""
_CLOSED_ASIDE = re.compile(r", (?:(?:the|an?) [^,.;]{3,120} )?(?:who|whom|whose|which) [^,.;]{3,200},")
"""What tells of others between a subject and the rest: "Ana, [who came when Karel was expelled,] left with him"."""
_WHO_ON = re.compile(r", who [^,;.:–()]*$")
"""A relative clause that goes on: "his mother, Rosa, who died in April [at the age of 74]"."""
_WHO = re.compile(
    r",? who(?:, (?:in|on|at|after|by) [^,;.:()]{2,40},)? (?:(?:had|has|also|later|then|was|were|would) ){0,2}$"
)
_APPOSED = re.compile(
    r", (?:an?|the|one of|his|her|their) (?!.* of (?:an?|the) )(?:[^,;:–().]|\b[A-Z]\.){2,80}"
)
"""What tells who somebody is, whose relative clause follows: "by Oto Bell, [a former champion] who defected"."""


@dataclass(slots=True, eq=False)
class Actor:
    """Somebody or something the document speaks of; becomes a `Referent`."""

    kind: Kind
    is_named: bool
    words: tuple[str, ...] = ()
    """The words of the name in lower case; empty for the unnamed."""
    head: str = ""
    """The noun that describes the unnamed: `gymnast`, `family`."""
    size: int | None = None
    gender: Literal["f", "m"] | None = None
    is_plural: bool = False
    members: tuple[Actor, ...] = ()
    """Of a group, those who are named one by one."""
    called: str = ""
    """Its label, where the surface is cut by the lines of a table: surname and given name in two cells."""
    mentions: list[tuple[Span, Form]] = field(default_factory=list)
    _first: tuple[int, Span] = (0, Span(0, 0))
    """The first mention, and how many there were when it was looked for."""

    @property
    def first(self) -> Span:
        """Where it is first mentioned."""
        known, place = self._first
        if known != len(self.mentions):
            place = min(span for span, _ in self.mentions)
            self._first = (len(self.mentions), place)
        return place


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """An actor named, described or meant by a pronoun at one place."""

    span: Span
    actor: Actor
    form: Form
    is_subject: bool
    """Stands where a clause's subject stands: not after a preposition, not a possessor."""
    is_possessive: bool = False


@dataclass(slots=True, eq=False)
class Entry:
    """The passages that tell of the same principal people: a list item with its children, a table row, a biography."""

    kind: Literal["item", "row", "prose"]
    passages: list[int]
    filed: Filed | None
    principals: list[Actor] = field(default_factory=list)
    cells: dict[str, Span] = field(default_factory=dict)
    """Of a row: meaning of the column -> the cell."""
    table: int = -1
    """Of a row: the block of its table."""


@dataclass(slots=True)
class Fact:
    """A claim in the making."""

    actor: Actor
    predicate: str
    value: Value
    spans: tuple[Span, ...]
    when: str | None
    where: str | None
    qualifiers: Qualifiers
    method: str
    target: Actor | None = None
    """The actor that an entity value stands for."""
    stops: tuple[Actor | None, ...] = ()


class Scene:
    """One document at work."""

    def __init__(
        self, document: Document, lexicon: Lexicon, folded: str, tokens: Tokens, passages: list[Passage]
    ) -> None:
        self.document = document
        self.lexicon = lexicon
        self.text = folded
        self.language: str | None = None
        """In which all of it is written, where that is not English (BCP 47)."""
        self.tokens = tokens
        self.passages = passages
        self.chunks: list[list[Chunk]] = [[] for _ in passages]
        self.said: list[list[Said]] = [[] for _ in passages]
        self.entries: list[Entry] = []
        self.entry_of: list[Entry | None] = [None] * len(passages)
        self.actors: list[Actor] = []
        self.cell_meanings: dict[Span, str] = {}
        """Of tables of people: what the column of a cell means (`rows.py`)."""
        self.protagonist: Actor | None = None
        """Whom a document in prose is about."""
        self.tellers: list[Actor | None] = [None] * len(passages)
        """By passage, who says "I" in it."""
        self.filed_of: Actor | None = None
        """Whom the head of the document names in a labelled line, as a file does: "Name: Ana Ruiz"."""
        self.own_verbs: dict[int, bool] = {}
        """Where verbs begin whose subject is the teller, behind or within them: "kamen wir", "llegué"; whether it is "we"."""
        self.bystanders: list[list[Span]] = [[] for _ in passages]
        """Phrases in the place of a subject that stand for nobody of the chronicle: "Her father was arrested"."""
        self.records: list[Record] | None = None
        """What tables and labelled lines lay out, one a person or party; None until `registers.read` has run."""
        self.comings: frozenset[int] | None = None
        """The tables of people who came; None until `coming.of_comings` has been asked."""
        self.houses: list[Houses] = []
        """The tables of camps and centres, when `registers.read` has run."""
        self.facts: list[Fact] = []
        """In the order in which they were stated; `state` alone adds to it."""
        self._facts_of: dict[int, list[Fact]] = {}
        self.rejections: list[Rejection] = []
        self._claimed = bytearray(len(folded))
        self.method = ""
        """The rule that is running."""
        self.kept: dict[str, Any] = {}
        """What a module found out of the scene and may ask again, under the module's name."""
        self.emphasised: list[Span] = []
        """Words that stood between marks of emphasis, in order."""
        self._by_name: dict[str, Actor] = {}
        self._by_first: dict[str, list[Actor]] = {}
        """People by the first word of their names."""
        self._by_surnames: dict[tuple[str, ...], list[Actor]] = {}
        """People of one given name and two surnames, by those."""
        self._edges: set[str] = set()
        """First and last words of people's names of several words."""
        self._starts = [p.span.start for p in passages]

    # -- actors

    def named(self, kind: Kind, name: str) -> Actor:
        """Return the one actor of this kind and name in the document, new if it is the first time."""
        key = f"{kind}:{''.join(filter(str.isalnum, name.lower()))}"
        actor = self._by_name.get(key)
        if actor is None:
            words = tuple(word for word in name.lower().replace("-", " ").replace(".", " ").split() if word)
            actor = self._by_name[key] = Actor(kind, is_named=True, words=words)
            self.actors.append(actor)
            if kind == "person" and words:
                self._by_first.setdefault(words[0], []).append(actor)
                if len(words) > 1:
                    self._edges |= {words[0], words[-1]}
                if len(words) == 3:
                    self._by_surnames.setdefault(words[1:], []).append(actor)
        return actor

    def namesakes(self, first: str) -> list[Actor]:
        """Return the people whose names begin with this word, in lower case."""
        return [a for a in self._by_first.get(first, ()) if a.mentions]

    def of_surnames(self, surnames: tuple[str, ...]) -> Actor | None:
        """Return the one person who has both surnames, in lower case."""
        found = [a for a in self._by_surnames.get(surnames, ()) if a.mentions]
        return found[0] if len(found) == 1 else None

    def may_shorten(self, words: Sequence[str]) -> bool:
        """Return whether the words may begin or end somebody's longer name."""
        return words[0] in self._edges or words[-1] in self._edges

    def unnamed(self, kind: Kind, head: str, *, size: int | None = None, is_plural: bool = False) -> Actor:
        """Return a new actor that only a description stands for."""
        actor = Actor(kind, is_named=False, head=head, size=size, is_plural=is_plural)
        self.actors.append(actor)
        return actor

    def say(
        self,
        passage: Passage,
        span: Span,
        actor: Actor,
        form: Form,
        *,
        is_possessive: bool = False,
        is_subject: bool | None = None,
    ) -> Said:
        """Note that `actor` is meant by the words at `span`, once; `is_subject` where the words themselves say so."""
        for old in self.said[passage.index]:
            if old.span == span:
                return old
        if is_subject is None:
            is_subject = self.stands_as_subject(span) and not is_possessive
        row = self.said[passage.index]
        is_subject = is_subject and not self._goes_on(row, span)
        said = Said(span, actor, form, is_subject, is_possessive)
        row.insert(bisect_right(row, span, key=attrgetter("span")), said)
        actor.mentions.append((span, form))
        return said

    def _goes_on(self, row: list[Said], span: Span) -> bool:
        """Return whether the words are the last of several objects: "studied with J. Roth and [A. Berg]."."""
        if not self.text.endswith(" and ", 0, span.start) or not _ENDS_OBJECTS.match(self.text, span.end):
            return False
        before = next((s for s in reversed(row) if s.span.end == span.start - len(" and ")), None)
        return before is not None and before.form == "name" and not before.is_subject

    def stands_as_subject(self, span: Span) -> bool:
        """Return whether the words at `span` stand where a clause's subject stands."""
        if self.text.startswith(" among them", span.end):
            return False  # "thirty died, his sister Osite among them"
        above = bisect_right(self._starts, span.start) - 1
        opens = self._starts[above] if above >= 0 else 0
        if self.language is not None and _OF_ABROAD.search(
            self.text, max(opens, span.start - 40), span.start
        ):
            return False  # "la dictature du général Augusto Salas"
        words = self.tokens.between(max(opens, span.start - 40), span.start)
        if not words:
            return True
        last = self.tokens[words.stop - 1]
        gap = self.text[last.end : span.start]
        if last.lower == "married" and gap == " " and len(words) > 1:
            return False
        index = words.stop - 1
        if last.lower in _NAMING and gap == " " and (phrase := _CALLED.search(self.text, opens, span.start)):
            return self.stands_as_subject(Span(phrase.start("article"), span.end))
        apposed = gap == ", " and self.text[span.end : span.end + 1] in (",", ".")
        if not _MARKS.isdisjoint(gap) and not (apposed and self._only_leads_up(last.lower)):
            return True
        while self._only_leads_up(self.tokens[index].lower):
            if index == words.start or not _MARKS.isdisjoint(
                self.text[self.tokens[index - 1].end : self.tokens[index].start]
            ):
                return True
            index -= 1
        last = self.tokens[index]
        before = self.tokens[index - 1].lower if index > words.start else ""
        if last.lower in _NO_SUBJECT_AFTER or before == "to":
            return last.text == "For"  # "For Captain Weiss it was a cargo run": what follows is about him
        return not (
            (last.lower.endswith(("ed", "ing")) and last.lower not in ("evening", "morning"))
            and not last.is_capital
            and self.text[last.end : last.end + 1] == " "
        )

    def _only_leads_up(self, word: str) -> bool:
        """Whether a word before a name only describes it, so that what governs it stands further left."""
        word = word.removeprefix("then-").removeprefix("ex-")
        lists = (self.lexicon.titles, self.lexicon.ranks, self.lexicon.roles, self.lexicon.role_modifiers)
        return (
            word in ("the", "a", "an", "then", "his", "her", "their")
            or word in _ARTICLES_ABROAD.get((self.language or "")[:2], ())
            or any(word in one for one in lists)
            or word in self.lexicon.kin
            or word in self.lexicon.companions
        )

    def topic(self, passage: Passage) -> Actor:
        """Return what a passage without a person is about: its nearest heading, else the document's title.

        The mention stands on the heading's words; where there is no heading, on the first words of the document.
        """
        blocks = self.document.blocks
        headings = self.document.sections[passage.block]
        spans = [blocks[i].content.strip(self.text) for i in reversed(headings)]
        spans = [span for span in spans if any(letter.isalpha() for letter in span.of(self.text))]
        told = [span for span in spans if span.of(self.text).strip(" .:*_").lower() not in _PARTS]
        span = (told or spans or [self._opening()])[0]
        words = " ".join(span.of(self.text).split())
        actor = self.named("topic", words)
        if not actor.mentions:
            actor.mentions.append((span, "description"))
        return actor

    def _opening(self) -> Span:
        first = self.passages[0].sentences[0] if self.passages else Span(0, len(self.text))
        end = first.start + 80
        if first.end <= end:
            return first
        space = self.text.rfind(" ", first.start, end)
        return Span(first.start, space if space > first.start else end)

    # -- questions

    def moves_in(self, span: tuple[int, int]) -> bool:
        """Return whether a phrase of the lexicon's verbs of flight, arrival or return begins in `span`."""
        starts = self._moves
        first = bisect_left(starts, span[0])
        return first < len(starts) and starts[first] < span[1]

    @cached_property
    def _moves(self) -> list[int]:
        """Where the phrases of `lexicon.flight` begin."""
        return [self.tokens[at].start for at in self.tokens.spot(self.lexicon.flight)]

    def passage_at(self, offset: int) -> Passage | None:
        """Return the passage that holds `offset`."""
        index = bisect_right(self._starts, offset) - 1
        while index >= 0:
            if self.passages[index].span.start <= offset < self.passages[index].span.end:
                return self.passages[index]
            if self.passages[index].depth == 0 or offset - self.passages[index].span.start > 20_000:
                break
            index -= 1
        return None

    def opening_of(self, passage: Passage) -> Span:
        """Return the first sentence that tells something; a head that runs into it tells nothing: "Lent 1982. [Ana came.]"."""
        if not passage.sentences:
            return passage.span
        first = passage.sentences[0]
        is_head = (
            len(passage.sentences) > 1
            and first.end - first.start < 40
            and len(first.of(self.text).split()) <= 3
        )
        return passage.sentences[1] if is_head and not self.people_in(passage, first) else first

    def emphasised_in(self, span: tuple[int, int]) -> list[Span]:
        """Return the words within `span` that marks set off, in order."""
        first = bisect_left(self.emphasised, Span(span[0], span[0]))
        last = bisect_right(self.emphasised, Span(span[1], span[1]))
        return [one for one in self.emphasised[first:last] if one.end <= span[1]]

    def people_in(self, passage: Passage, span: tuple[int, int]) -> list[Said]:
        """Return who is named, described or meant within `span`, in order."""
        return [
            said
            for said in self.said[passage.index]
            if span[0] <= said.span.start and said.span.end <= span[1]
        ]

    def subject_of(self, passage: Passage, offset: int) -> tuple[Actor, ...]:
        """Return whom the clause at `offset` speaks of: the nearest subject before it, else the entry's people.

        Several where names are joined by "and"; empty where nobody is in sight.
        """
        relative = self.before_who(passage, offset)
        if relative is not None:
            return (relative,)
        teller = self.tellers[passage.index]
        if teller is not None and offset in self.own_verbs:
            return (teller,)
        sentence = passage.sentence_at(offset)
        before = [
            s
            for s in self.said[passage.index]
            if sentence.start <= s.span.start and s.span.end <= offset and s.is_subject
        ]
        before = self.outside_asides(before, sentence.start, offset)
        if before and self.text[offset - 2 : offset] == ", ":
            aside = _ASIDE.search(self.text, sentence.start, offset)
            before = [s for s in before if aside is None or s.span.end <= aside.start()] or before
        strangers = [
            b for b in self.bystanders[passage.index] if sentence.start <= b.start and b.end <= offset
        ]
        if strangers and (not before or strangers[-1].start > before[-1].span.start):
            return ()
        if before:
            return self.joined(before)
        entry = self.entry_of[passage.index]
        if entry and entry.principals:
            if entry.kind == "prose" and not (
                entry.passages[0] < passage.index and self.is_headless(sentence)
            ):
                earlier = [s for s in self.said[passage.index] if s.span.end <= offset and s.is_subject]
                if earlier:
                    return (earlier[-1].actor,)
            return tuple(entry.principals)
        return ()

    def outside_asides(self, row: list[Said], start: int, offset: int) -> list[Said]:
        """Return those of a row who do not stand in a clause that is closed before `offset`: "Ana, [who saw Karel,] left"."""
        if len(row) > 1 and " wh" in self.text[start:offset]:
            for aside in _CLOSED_ASIDE.finditer(self.text, start, offset):
                if any(said.span.end == aside.start() for said in row):
                    row = [s for s in row if not aside.start() < s.span.start < aside.end()]
        at_gerund = self.text.startswith(("before ", "after ", "while "), offset)
        if len(row) > 1 and (at_gerund or _GERUND.search(self.text, start, offset)):
            between = self.text[row[-2].span.end : row[-1].span.start]
            if _OBJECT_BEHIND.search(between) and not self.text[row[-1].span.end : offset].strip(
                " abefortwhils"
            ):
                row = row[:-1]  # "Ana met Karel before fleeing"
        return row

    def is_headless(self, sentence: tuple[int, int]) -> bool:
        """Return whether a sentence opens with a verb and has no subject, as lives are told: "Fled in 1915 to Aleppo"."""
        words = self.tokens.between(*sentence)
        if len(words) < 2:
            return False
        first, second = self.tokens[words.start], self.tokens[words.start + 1]
        if not first.is_capital or second.is_capital or self.text[first.end : second.start] != " ":
            return False
        if first.lower in _HEADLESS or self.lexicon.flight.get(first.lower) in (
            "arrive",
            "defect",
            "flee",
            "return",
        ):
            return True
        return first.lower.endswith("ed") and len(first.lower) > 4 and second.lower in _AFTER_VERBS

    def before_who(self, passage: Passage, offset: int) -> Actor | None:
        """Return the person whose relative clause holds `offset`: "met Dudu Maseko, who had defected"; None outside one."""
        if self.text.rfind(" who", max(0, offset - 90), offset) < 0:
            return None
        start = passage.sentence_at(offset).start
        match = _WHO.search(self.text, max(start, offset - 90), offset)
        if match is None:
            match = _WHO_ON.search(self.text, max(start, offset - 90), offset)
            if match is None or any(
                s.is_subject and match.end() > s.span.start > match.start() for s in self.said[passage.index]
            ):
                return None
        apposed: Actor | None = None
        for said in self.said[passage.index]:
            if said.form != "name" or said.span.end > match.start():
                continue
            if said.span.end == match.start():
                if not said.is_subject or self.text.startswith(("was ", "is ", "has "), offset):
                    return said.actor if said.actor.kind in ("person", "group") else None
                return None
            if not said.is_subject and _APPOSED.fullmatch(self.text, said.span.end, match.start()):
                apposed = said.actor if said.actor.kind == "person" else None
        return apposed

    def joined(self, before: Sequence[Said], *, with_kin: bool = False) -> tuple[Actor, ...]:
        """Return the last of `before` and those that "and" or commas join to it; `with_kin`: also "X and his wife Y"."""
        found = [before[-1].actor]
        right = before[-1]
        for left in reversed(before[:-1]):
            gap = self.text[left.span.end : right.span.start].strip()
            words = [word for word in gap.replace(",", " ").split() if not word.strip("()").isdecimal()]
            while len(words) > 1 and words[0] in ("about", "aged") and gap != " ".join(words):
                words = words[1:]  # "Noor, about 30, and her sister"
            if gap[:1] == "," and words and all(self._only_leads_up(word.lower()) for word in words):
                gap = ","  # "Seaman Gil Pardo, Seaman Orestes Luna and the mechanic Fidel Roca"
            joins = (
                bool(words)
                and (
                    words[0] in ("and", "&", "und", "et", "y")
                    or (self.language and words[0] in ("e", "i", "en"))
                )
                and len(words) <= 6
                and not (set(words) & {"who", "which", "that"})
                and (with_kin or _WHOSE.isdisjoint(words))
            )
            listing = "".join(letter for letter in gap if letter not in " 0123456789") in (
                ",",
                ",,",
                "(),",
                "()",
            )
            kin = (
                with_kin
                and len(found) > 1
                and gap[:1] == ","
                and len(words) <= 4
                and words[:1]
                and words[0] in _WHOSE
            )
            if not (joins or listing or kin):
                break
            if left.actor not in found:
                found.insert(0, left.actor)
            right = left
        return tuple(found)

    def when_near(self, passage: Passage, span: tuple[int, int]) -> tuple[str | None, tuple[Span, ...]]:
        """Return the date that goes with `span`; (None, ()) where there is none.

        It is the nearest of the sentence that no break parts from it ("...; in 2004 it was cut"), or the one that opens the
        sentence. "Since", said without a date, is what "until 2015" has left.
        """
        sentence = passage.sentence_at(span[0])
        found = [
            d
            for d in passage.dates_in(sentence)
            if d.kind != "now" and not self.is_birth(d) and not self._is_of_a_cause(d, sentence)
        ]
        if not found:
            return None, ()
        if _SINCE.match(self.text, span[1], sentence.end):
            ended = [d for d in found if d.span.end <= span[0] and (d.edtf or "").startswith("../")]
            if ended:
                return f"{(ended[-1].edtf or '')[3:]}/..", tuple(ended[-1].evidence)
        breaks = [m.start() for m in _TURNS.finditer(self.text, *sentence)]
        breaks += [d.span.start - 1 for d in found if self._leads_on(d, sentence)]
        breaks += [d.span.start - 1 for d in found if self._opens_next(d, sentence)]
        same = [d for d in found if not any(_lies_between(b, d.span, span) for b in breaks)]
        if not same and found[0].span.end <= span[0] and found[0].span.start - sentence.start <= _OPENING:
            same = found[:1]
        if not same:
            return None, ()
        best = min(
            same, key=lambda d: (max(d.span.start - span[1], span[0] - d.span.end, 0), d.span.start < span[0])
        )
        return best.edtf, tuple(best.evidence)

    def _is_of_a_cause(self, date: DatePhrase, sentence: Span) -> bool:
        """Whether a date is that of what people fled: "camps for those fleeing the invasion of 1979"."""
        return (
            _CAUSE.search(self.text, max(sentence.start, date.span.start - 90), date.span.start) is not None
        )

    def is_birth(self, date: DatePhrase) -> bool:
        """Whether a date is of somebody's birth, and dates nothing else: "b. 1977, Pristina – Skopje"."""
        return _BORN.search(self.text, max(0, date.span.start - 16), date.span.start) is not None

    def _leads_on(self, date: DatePhrase, sentence: Span) -> bool:
        """Whether a date opens what follows it: "get 1,175 dollars, [and since 2016] also a loan of 10,000"."""
        if date.kind != "open" or not _AND_BEFORE.search(
            self.text, max(sentence.start, date.span.start - 6), date.span.start
        ):
            return False
        return _GOES_ON.match(self.text, date.span.end, sentence.end) is not None

    def _opens_next(self, date: DatePhrase, sentence: Span) -> bool:
        """Whether a date leads the next number of a row: "in 2018 were 23,370 [and the next year] 11,471"."""
        before = self.text[max(sentence.start, date.span.start - 14) : date.span.start]
        return (
            _NEXT_OF_ROW.search(before) is not None
            and _NUMBER_NEXT.match(self.text, date.span.end) is not None
        )

    def is_claimed(self, span: tuple[int, int]) -> bool:
        """Return whether a rule has already made a claim of the value at `span`."""
        return any(self._claimed[span[0] : span[1]])

    def claim(self, span: tuple[int, int]) -> None:
        """Note that the value at `span` stands in a claim."""
        self._claimed[span[0] : span[1]] = b"\x01" * (span[1] - span[0])

    def facts_of(self, actor: Actor) -> Sequence[Fact]:
        """Return what has been stated of the actor so far, in that order."""
        return self._facts_of.get(id(actor), ())

    # -- results

    def state(
        self,
        actor: Actor,
        predicate: str,
        value: Value,
        *spans: Span,
        when: str | None = None,
        where: str | None = None,
        qualifiers: Qualifiers | None = None,
        target: Actor | None = None,
        stops: tuple[Actor | None, ...] = (),
        claims: Iterable[Span] = (),
    ) -> Fact:
        """Add a fact. `spans`: the passage first, then where a date or a name came from. `claims`: values used up."""
        fact = Fact(
            actor,
            predicate,
            value,
            self._cut(spans),
            when,
            where,
            qualifiers or Qualifiers(),
            self.method,
            target,
            stops,
        )
        self.facts.append(fact)
        self._facts_of.setdefault(id(actor), []).append(fact)
        for span in claims:
            self.claim(span)
        return fact

    def _cut(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        kept: list[Span] = []
        for span in spans:
            tight = span.strip(self.text)
            if tight.end - tight.start > MAX_EVIDENCE:
                tight = Span(tight.start, tight.start + MAX_EVIDENCE).strip(self.text)
            if tight.end > tight.start and tight not in kept:
                kept.append(tight)
        return tuple(kept)

    def reject(self, span: Span, code: str, reason: str) -> None:
        """Note what was seen at `span` and left out, and why."""
        quote = span.of(self.document.text)
        self.rejections.append(
            Rejection(
                source=self.document.source.name,
                start=span.start,
                end=span.end,
                quote=quote,
                code=code,
                reason=reason,
            )
        )

    def requalify(self, fact: Fact, **changes: object) -> None:
        """Change how a fact is said (modality, bound), as later rules find out."""
        fact.qualifiers = replace(fact.qualifiers, **changes)  # type: ignore[arg-type]


def _lies_between(place: int, one: tuple[int, int], other: tuple[int, int]) -> bool:
    return min(one[1], other[1]) <= place < max(one[0], other[0])
