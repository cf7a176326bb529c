"""A report for paper: one person or one finding with every passage, numbered, and every source with its hash and terms.

    1953   said by two sources, one independent [3][4]
      [3]  “... landed at Kimpo on ‹21 September 1953› ...”   A, line 14, characters 1203-1280

A passage is quoted where it is first cited and named by its number after that. Sources have letters; the list of them says what
a court or an editor asks: title, address, licence, dates, the hash of the file, and which share words. What stands here is what the
pages show, and nothing else; no clock is asked, so the same chronicle gives the same report.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from regesta.pages.collating import Words
from regesta.pages.finding import Finding, finding
from regesta.pages.findings_beside import Beside
from regesta.pages.page import Asked, Elsewhere, Page
from regesta.pages.passages import Texts
from regesta.pages.person import Person, Told, person
from regesta.pages.telling import number
from regesta.shelf import Row, Shelf

__all__ = ["FINDING", "PERSON", "FindingReport", "PersonReport", "report_finding", "report_person"]

_MOST = 400
"""References that are listed."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage where it is cited."""

    number: int
    letter: str
    """Of its source."""
    where: str
    """Its place in the source, in words."""
    words: tuple[Words, ...]
    """Empty where it was quoted before."""
    is_beside: bool
    address: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source in the list at the end."""

    letter: str
    row: Row
    """Of `sources`."""
    kin: tuple[str, ...]
    """Letters of the others that share words with it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A value with the passages that say it."""

    told: Told
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding beside the claims that it touches."""

    found: Beside
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """All that is said with one predicate."""

    predicate: str
    statements: tuple[Statement, ...]
    findings: tuple[Reported, ...]


@dataclass(frozen=True, slots=True)
class PersonReport:
    """The report of a person, a group, a place or a thing."""

    person: Person
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    references: tuple[Row, ...]
    """What the passages cite: letter, marker, quote."""
    identity: str
    """Of the state of the chronicle."""


@dataclass(frozen=True, slots=True)
class FindingReport:
    """The report of a finding."""

    finding: Finding
    cited: tuple[Cited, ...]
    sources: tuple[Source, ...]
    references: tuple[Row, ...]
    identity: str


def report_person(shelf: Shelf, asked: Asked) -> PersonReport | Elsewhere | None:
    """Return the report of an entity; `Elsewhere` for one that was merged into another."""
    view = person(shelf, asked)
    if isinstance(view, Elsewhere):
        merged = view.address.rpartition("/")[2]
        return Elsewhere(asked.links.to("reports/people", merged))
    if view is None:
        return None
    desk = _Desk(shelf, asked)
    sections = tuple(
        Section(
            section.predicate,
            tuple(
                Statement(
                    told,
                    tuple(
                        desk.cite(
                            p.source, p.start, p.end, _as_words(p.parts), p.address, is_beside=p.is_beside
                        )
                        for p in told.passages
                    ),
                )
                for told in section.told
            ),
            tuple(
                Reported(
                    found,
                    tuple(
                        desk.cite(p.source, p.start, p.end, _as_words(p.parts), p.address)
                        for p in found.passages
                    ),
                )
                for found in section.findings
            ),
        )
        for section in view.sections
    )
    claims = [claim["id"] for s in view.sections for told in s.told for claim in told.claims]
    return PersonReport(view, sections, desk.sources(), desk.references(claims), shelf.identity)


def report_finding(shelf: Shelf, asked: Asked) -> FindingReport | None:
    """Return the report of a finding."""
    view = finding(shelf, asked)
    if view is None:
        return None
    desk = _Desk(shelf, asked)
    cited = tuple(
        desk.cite(member.source, member.start, member.end, member.words, member.address)
        for member in view.members
    )
    claims = [member.claim["id"] for member in view.members if member.claim]
    return FindingReport(view, cited, desk.sources(), desk.references(claims), shelf.identity)


@dataclass(slots=True)
class _Desk:
    """Numbers passages and letters sources as they come."""

    shelf: Shelf
    asked: Asked
    _numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)
    _letters: dict[str, str] = field(default_factory=dict)
    _texts: Texts = field(init=False)

    def __post_init__(self) -> None:
        self._texts = Texts(self.shelf)

    def cite(
        self,
        source: str,
        start: int,
        end: int,
        words: tuple[Words, ...],
        address: str,
        *,
        is_beside: bool = False,
    ) -> Cited:
        """Return a passage with its number, its words only where it is cited for the first time."""
        key = (source, start, end)
        is_new = key not in self._numbers
        number_ = self._numbers.setdefault(key, len(self._numbers) + 1)
        letter = self._letters.setdefault(source, _letter(len(self._letters)))
        where = self._where(source, start, end) if is_new else ""
        return Cited(number_, letter, where, words if is_new else (), is_beside, address)

    def _where(self, source: str, start: int, end: int) -> str:
        words = self.asked.words
        block = self.shelf.row(_BLOCK, [source, start])
        parts = []
        if block is not None:
            line = block["line"]
            if line is not None and block["raw_offset"] is None and block["xpath"] is None:
                line += self._texts.slice(source, block["start_char"], start).count("\n")
            for name, value in (
                ("part", block["part"]), ("sheet", block["sheet"]), ("page", block["page"]), ("cell", block["cell"]),
                ("line", line),
            ):  # fmt: skip
                if value is not None:
                    parts.append(words(f"place.{name}", n=value))
        parts.append(words("place.characters", start=number(start), end=number(end)))
        return ", ".join(parts)

    def sources(self) -> tuple[Source, ...]:
        """Return the sources of all that was cited, in the order of their letters."""
        rows = {
            row["name"]: row
            for row in self.shelf.rows(
                "select s.* from json_each(?) as wanted cross join sources s on s.name = wanted.value",
                [json.dumps(list(self._letters))],
            )
        }
        families: dict[str, list[str]] = {}
        for name, letter in self._letters.items():
            if name in rows:
                families.setdefault(rows[name]["family"], []).append(letter)
        return tuple(
            Source(
                letter,
                rows[name],
                tuple(other for other in families[rows[name]["family"]] if other != letter),
            )
            for name, letter in self._letters.items()
            if name in rows
        )

    def references(self, claims: Sequence[str]) -> tuple[Row, ...]:
        """Return the references whose marks stand behind the passages of claims."""
        letters = json.dumps([[name, letter] for name, letter in self._letters.items()])
        return tuple(self.shelf.rows(_REFERENCES, [json.dumps(claims), letters, _MOST]))


def _letter(index: int) -> str:
    """Return the letter of a source: A to Z, then AA.

    >>> [_letter(n) for n in (0, 25, 26, 52)]
    ['A', 'Z', 'AA', 'BA']
    """
    before, here = divmod(index, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + here)


def _as_words(parts: Iterable[tuple[str, bool]]) -> tuple[Words, ...]:
    return tuple(Words(text, is_marked, is_other=False) for text, is_marked in parts)


_BLOCK = """
select start_char, line, raw_offset, xpath, page, part, sheet, cell from blocks where source = ? and start_char <= ?
order by start_char desc, position desc limit 1
"""

_REFERENCES = """
select distinct l.letter, r.marker, r.quote, r.source, r.start_char
from json_each(?1) as wanted cross join claim_citations c on c.claim = wanted.value cross join citations r on r.id = c.citation
    left join (select json_extract(value, '$[0]') as name, json_extract(value, '$[1]') as letter from json_each(?2)) l
    on l.name = r.source
order by l.letter, r.start_char limit ?3
"""

PERSON = Page(
    name="report_person",
    section="reports/people",
    view=report_person,
    template="report_person.html",
    has_key=True,
    parameters=("part",),
)
FINDING = Page(
    name="report_finding",
    section="reports/findings",
    view=report_finding,
    template="report_finding.html",
    has_key=True,
    parameters=("part",),
)
