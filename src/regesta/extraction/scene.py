"""What is known of one document while its rules run: its passages, who is spoken of where, and the facts found so far.

    passages ── who.py finds actors ──► said: "this actor is named here, in this form"
    rules read passages and `said`, ask `subjects.py` whom a clause speaks of, and add facts with `state`

An actor becomes a `Referent`, a fact a `Claim`, when `assemble.py` closes the scene. Only this module's methods change
a scene; rules never edit what another rule has stated.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Literal

from regesta.extraction.chunk import Chunk
from regesta.extraction.ground import Ground
from regesta.extraction.house_columns import Houses
from regesta.extraction.passages import Filed, Passage
from regesta.extraction.records import Record
from regesta.extraction.tokens import Tokens
from regesta.forming import forming
from regesta.model import Document, Qualifiers, Rejection, Value
from regesta.model.claim import Kind
from regesta.text.span import Span
from regesta.vocab import Lexicon

__all__ = ["MAX_EVIDENCE", "Actor", "Entry", "Fact", "Said", "Scene"]

MAX_EVIDENCE = 500
"""Code points of one piece of evidence (CONTRACT.md)."""

Form = Literal["name", "description", "pronoun"]
_rejection = forming(Rejection)
_UNQUALIFIED = Qualifiers()
_SECOND = re.compile(
    r"\b(?:[a-z]+ed|took|brought|left|gave|found|saw|met|sent|told|sold) (?:his|her|their|my|the|an?|some|all) (?:[a-z-]+ )?[a-z]+ and $"
)
"""What has its second object behind it: "took her things and [her daughter]"."""
_ENDS_OBJECTS = re.compile(
    r"\s*(?:[.,;:()]|$)|\s(?:in|at|on|to|from|for|before|after|during|until|when|while)\b"
)


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


class Scene(Ground):
    """One document at work."""

    def __init__(
        self, document: Document, lexicon: Lexicon, folded: str, tokens: Tokens, passages: list[Passage]
    ) -> None:
        super().__init__(document, lexicon, folded, tokens, passages)
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
        self._by_name: dict[str, Actor] = {}
        self._by_first: dict[str, list[Actor]] = {}
        """People by the first word of their names."""
        self._by_surnames: dict[tuple[str, ...], list[Actor]] = {}
        """People of one given name and two surnames, by those."""
        self._edges: set[str] = set()
        """First and last words of people's names of several words."""

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
        is_subject = is_subject and not self._goes_on(row, span, form)
        said = Said(span, actor, form, is_subject, is_possessive)
        row.insert(bisect_right(row, span, key=attrgetter("span")), said)
        actor.mentions.append((span, form))
        return said

    def _goes_on(self, row: list[Said], span: Span, form: Form) -> bool:
        """Return whether the words are the last of several objects, or describe one: "with J. Roth and [A. Berg], [the poet],"."""
        start = span.start
        if form == "description" and self.text.endswith(" and ", 0, start):
            ends = _ENDS_OBJECTS.match(self.text, span.end) or self.text.startswith(" and ", span.end)
            return bool(ends) and _SECOND.search(self.text, max(0, start - 60), start) is not None
        if form == "description":
            named = next((s for s in reversed(row) if s.span.end == start - 2), None)
            return (
                named is not None
                and named.form == "name"
                and not named.is_subject
                and self.text.startswith(", ", named.span.end)
            )
        index = self.tokens.between(start, span.end).start
        while (
            index
            and self.tokens.lowers[index - 1] in self.lexicon.titles
            and self.text[self.tokens.ends[index - 1] : start].strip() in ("", ".")
        ):
            index -= 1
            start = self.tokens.starts[index]
        if not self.text.endswith(" and ", 0, start) or not _ENDS_OBJECTS.match(self.text, span.end):
            return False
        before = next((s for s in reversed(row) if s.span.end == start - len(" and ")), None)
        return before is not None and before.form == "name" and not before.is_subject

    # -- questions

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

    def people_in(self, passage: Passage, span: tuple[int, int]) -> list[Said]:
        """Return who is named, described or meant within `span`, in order."""
        return [
            said
            for said in self.said[passage.index]
            if span[0] <= said.span.start and said.span.end <= span[1]
        ]

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
            qualifiers or _UNQUALIFIED,
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
            _rejection(
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
