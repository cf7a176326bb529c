"""A chronicle as the checks see it: rows of a query, and passages ready to be members of a finding.

    SQL over the tables ──► the few rows that matter ──► Said: a passage, and what it says ──► finding(...)

Checks ask in SQL whatever relates many rows, and look in Python only at what SQL leaves. A question costs milliseconds before
it reads a row, so that of a small chronicle the passages and the texts are fetched once, and cut here, and a question that
says what it needs is not asked where the chronicle holds nothing of it. `View` writes nothing and knows no check.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar, cast

from regesta.criticism.planning import shared_out
from regesta.criticism.remembering import lay_out, narrowed
from regesta.model import Finding, Member, content_id
from regesta.model.finding import FindingKind, Severity, finding_fingerprint

if TYPE_CHECKING:
    from regesta.chronicle import engine
    from regesta.criticism.remembering import Memory

__all__ = ["Said", "View", "finding", "says_year"]

_T = TypeVar("_T")
_Given = ParamSpec("_Given")

_YEAR = re.compile(r"(?<![0-9-])[0-9]{4}(?![0-9])")

_UNSURE: Final = r"""
with asked as (
    select c.id, c.subject, c.source, e.start_char, e.end_char from claims c
    join claim_evidence e on e.claim = c.id and e.position = 0 where c.id in (select unnest(?::varchar[]))
), near as (
    select b.source, b.start_char, b.end_char, unnest(range(b.start_char // 512, b.end_char // 512 + 1)) as page
    from blocks b semi join asked using (source) where b.kind <> 'table'
), blocked as (
    select a.*, max(b.start_char) as block_start, min(b.end_char) as block_end from asked a
    left join near b on b.source = a.source and b.page = a.start_char // 512 and b.start_char <= a.start_char and b.end_char >= a.end_char
    group by all
), sure as (
    select b.id from blocked b join mentions m on m.entity = b.subject and m.source = b.source and m.form = 'name'
      and m.start_char between b.block_start and b.block_end and regexp_matches(m.quote, '\w\W+\w')
), own as (
    select distinct b.id, b.subject, b.source, unnest(regexp_extract_all(lower(n.quote), '\w{2,}')) as word
    from blocked b join mentions n on n.entity = b.subject and n.source = b.source and n.form = 'name'
    where b.id not in (select id from sure)
), spelled as (
    select m.source, m.entity, unnest(regexp_extract_all(lower(m.quote), '\w{2,}')) as word from mentions m
    join entities e on e.id = m.entity and e.kind = 'person' where m.form = 'name' and m.source in (select source from own)
), borne as (
    select source, word, min(entity) as one, max(entity) as other from spelled group by all
)
select distinct o.id from own o join borne b on b.source = o.source and b.word = o.word and (b.one <> o.subject or b.other <> o.subject)
"""

_WORDS: Final = """
with asked as (
    select unnest(range(?)) as n, unnest(?::varchar[]) as source, unnest(?::bigint[]) as first, unnest(?::bigint[]) as last
)
select a.n, string_agg(substring(t.text, greatest(a.first - t.start_char, 0) + 1, a.last - greatest(a.first, t.start_char)), ''
                       order by t.start_char)
from asked a join texts t on t.source = a.source and t.start_char < a.last and t.start_char + length(t.text) > a.first
group by a.n
"""

_PASSAGES: Final = """
select e.claim, e.source, e.start_char, e.end_char, e.quote, c.fingerprint
from claim_evidence e join claims c on c.id = e.claim
"""

_CENSUS: Final = """
select predicate, count(*) from claims group by predicate
union all select 'block:' || kind, count(*) from blocks group by kind
union all select 'named:' || kind, count(*) from entities where is_named group by kind
union all select 'role:' || role, count(*) from observations group by role
union all select 'observations', count(*) from observations
union all select 'anniversaries', count(*) from claims where value_unit = 'anniversary'
union all select 'citations', count(*) from citations
union all select 'marks', count(*) from citation_marks
union all select 'shared', count(*) from shared_passages
union all select 'sources', count(*) from sources
"""

_NOTHING: Final[Mapping[str, int]] = MappingProxyType({})

_SIZE: Final = "select (select count(*) from claims), (select coalesce(sum(n_characters), 0) from sources)"

_PORTIONS: Final = """
select min(name), max(name) from (
    select name, sum(n_characters) over (order by name) // ? as portion from sources
) group by portion order by 1
"""

_HELD: Final = 16_000_000
"""Code points of texts that a join may hold."""

_FEW: Final = 30_000
_SHORT: Final = 3_000_000
"""Claims, and code points of all texts, up to which a chronicle is small: its passages fit into some tens of megabytes."""

_FEWER: Final = 2_000
"""Claims up to which it is asked of all at once whether they are surely about their subjects."""

_LONGEST: Final = 200
"""Code points of the quote of a member, at most: a reference may fill a page."""


@dataclass(frozen=True, slots=True)
class Said:
    """A passage, and what it says: the fingerprint of its claim, else its words."""

    member: Member
    says: str

    @classmethod
    def passage(cls, source: str, start: int, end: int, quote: str) -> Said:
        """Return words that are no claim; a long quote is cut, and its place with it."""
        quote = quote[:_LONGEST]
        end = min(end, start + len(quote))
        return cls(Member(source=source, start=start, end=end, quote=quote), quote)


class View:
    """An open chronicle, for checks to ask."""

    def __init__(
        self,
        connection: engine.DuckDBPyConnection,
        memory: Memory | None = None,
        *,
        is_small: bool | None = None,
        asked: Sequence[str] | None = None,
    ) -> None:
        self._connection = connection
        self.memory = memory
        """What was found in the build before, where there was one."""
        self.asked = asked
        """The sources that findings are asked of, where the others are there only for what they tell of the same people."""
        self._narrow: View | None = None
        self._said: dict[str, tuple[Said, ...]] = {}
        self._is_sure: dict[str, bool] = {}
        self._made: dict[Callable[[View], object], object] = {}
        if is_small is not None:  # of a part the size of the whole counts: the same is asked of both
            self._made[_is_small] = is_small

    def is_small(self) -> bool:
        """Whether all passages and texts of the chronicle may be held at once."""
        return self.once(_is_small)

    def rows(
        self, query: str, parameters: Sequence[object] = (), *, needs: Mapping[str, int] = _NOTHING
    ) -> list[tuple[Any, ...]]:
        """Return the rows that a query gives; values are bound, never pasted in.

        Without what the query `needs` (see `holds`) it could give none, so that it is not asked.
        """
        if needs and not self.holds(needs):
            return []
        return self._connection.execute(query, list(parameters)).fetchall()

    def once(self, make: Callable[[View], _T]) -> _T:
        """Return what `make` returns for this chronicle; checks that ask for the same thing share it."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast("_T", self._made[make])

    def recall(
        self, questions: Sequence[str], answer: Callable[[Sequence[int]], Sequence[float]]
    ) -> Sequence[float]:
        """Return numbers that follow from the words of questions alone: those of the build before, where they were asked then.

        The others are asked for together, by their places among the questions.
        """
        if self.memory is None:
            return answer(range(len(questions)))
        return self.memory.recall(questions, answer)

    def source_by_source(
        self,
        part: Callable[Concatenate[View, _Given], Iterable[Finding]],
        *given: _Given.args,
        **named: _Given.kwargs,
    ) -> list[Finding]:
        """Return what a part of a check finds, source by source: of those that have not changed since the build before, what it found then.

        See `remembering` for what such a part may ask. What else it was `given` must be small, and the same for all sources.
        """
        memory = self.memory
        if memory is None:
            return list(part(self, *given, **named))
        name = f"{part.__module__}.{part.__qualname__} {content_id('g', [repr((given, named))])}"
        if not memory.recalls(name):
            return memory.keep(name, part(self, *given, **named))
        if not memory.changed:
            return memory.keep(name, ())
        if self._narrow is None:
            lay_out(self._connection, sorted(memory.changed))
            self._narrow = View(self._connection, is_small=self.is_small(), asked=sorted(memory.changed))
        with narrowed(self._connection):
            return memory.keep(name, part(self._narrow, *given, **named))

    def holds(self, needs: Mapping[str, int]) -> bool:
        """Whether the chronicle holds so many of each: it is counted once, for all checks.

        A name is a predicate, `block:` and a kind of blocks, `named:` and a kind of named entities, `role:` and a role of
        points of series, or one of `_CENSUS`; names with `|` between them are counted together.
        """
        counts = self.once(_census)
        return all(sum(counts.get(one, 0) for one in names.split("|")) >= n for names, n in needs.items())

    def texts(self) -> str:
        """Return what a question that looks through all texts names as its table: the threads share the texts of a large chronicle.

        The database gives a thread a hundred thousand rows at a time, which few chronicles have texts; of a union each part gets its own.
        """
        return self.once(_abreast)

    def portions(self) -> list[tuple[str, str]]:
        """Return the first and the last of as many sources as have texts that may be held at once, and so on."""
        return self.once(_portions)

    def has(self, kind: str) -> bool:
        """Whether any text has a block of a kind, such as the rows of a table."""
        return self.holds({f"block:{kind}": 1})

    def claims(self, ids: Iterable[str]) -> dict[str, tuple[Said, ...]]:
        """Return the passages of each claim: what says it first, then where its date or its name came from."""
        asked = sorted(set(ids))
        found = {one: self._said[one] for one in asked if one in self._said}
        wanted = [one for one in asked if one not in found]
        if not wanted:
            return found
        if self.is_small():
            rows = self.once(_passages)
            found |= {one: _said(rows[one]) for one in wanted if one in rows}
            self._said |= found
            return found
        chosen = f"{_PASSAGES} where e.claim in (select unnest(?::varchar[])) order by e.claim, e.position"
        for claim, passages in groupby(self.rows(chosen, [wanted]), itemgetter(0)):
            found[claim] = _said(passages)
        return found

    def surely(self, claims: Iterable[str]) -> bool:
        """Whether each claim is surely about its subject: named in full in the same block, or with no namesake near.

        A surname alone may be the father's or the sister's where the source tells of them too.
        """
        asked = set(claims)
        if not asked <= self._is_sure.keys():
            if not self.once(_is_tiny):
                return not self.rows(_UNSURE, [sorted(asked)])
            every = sorted(self.once(_passages))
            unsure = {one for (one,) in self.rows(_UNSURE, [every])}
            self._is_sure |= {one: one not in unsure for one in {*every, *asked}}
        return all(self._is_sure[one] for one in asked)

    def prepare(self, claims: Iterable[str]) -> None:
        """Ask once for all that `claims` and `surely` will be asked of many claims: one question takes as long as many."""
        asked = sorted(set(claims))
        if asked:
            self._said |= self.claims(asked)
            if self.once(_is_tiny):
                self.surely(asked)
                return
            unsure = {one for (one,) in self.rows(_UNSURE, [asked])}
            self._is_sure |= {one: one not in unsure for one in asked}

    def words(self, places: Sequence[tuple[str, int, int]]) -> list[str]:
        """Return the words at each place, however many, in the order asked for."""
        if self.is_small():
            texts = self.once(_texts)
            return [
                "".join(text[max(first - at, 0) : max(last - at, 0)] for at, text in texts.get(source, ()))
                for source, first, last in places
            ]
        sources, starts, ends = ([place[i] for place in places] for i in range(3))
        found = dict(self.rows(_WORDS, [len(places), sources, starts, ends]))
        return [found.get(index, "") for index in range(len(places))]

    def passages(self, places: Sequence[tuple[str, int, int]]) -> list[Said]:
        """Return the words at each place, a source and `[start, end)` of its text, in the order asked for."""
        return [Said.passage(*place, words) for place, words in zip(places, self.words(places), strict=True)]


def _is_small(view: View) -> bool:
    ((n_claims, n_characters),) = view.rows(_SIZE)
    return bool(n_claims <= _FEW and n_characters <= _SHORT)


def _abreast(view: View) -> str:
    return "texts" if view.is_small() else shared_out(view._connection)  # noqa: SLF001 - of this file's own


def _portions(view: View) -> list[tuple[str, str]]:
    return [(first, last) for first, last in view.rows(_PORTIONS, [_HELD]) if first is not None]


def _census(view: View) -> dict[str, int]:
    return dict(view.rows(_CENSUS))


def _is_tiny(view: View) -> bool:
    return view.is_small() and len(view.once(_passages)) <= _FEWER


def _passages(view: View) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of `_PASSAGES` by claim."""
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in view.rows(f"{_PASSAGES} order by e.claim, e.position"):
        found[row[0]].append(row)
    return dict(found)


def _texts(view: View) -> dict[str, list[tuple[int, str]]]:
    """Return the pieces of each text, in order, and where they begin."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for source, at, text in view.rows(
        "select source, start_char, text from texts order by source, start_char"
    ):
        found[source].append((at, text))
    return dict(found)


def _said(rows: Iterable[tuple[Any, ...]]) -> tuple[Said, ...]:
    return tuple(
        Said(Member(source=source, start=start, end=end, quote=quote, claim=claim), says)
        for claim, source, start, end, quote, says in rows
    )


def says_year(edtf: str, said: Iterable[Said]) -> bool:
    """Whether the passages say the year of a date themselves, so that it was not lent from afar.

    >>> says_year("1971-05", [Said.passage("a.txt", 0, 12, "in May, 1971")])
    True
    >>> says_year("2011-10-04", [Said.passage("a.txt", 0, 9, "5 October")])
    False
    """
    years = set(_YEAR.findall(edtf))
    return any(year in one.member.quote for year in years for one in said)


def finding(
    code: str,
    kind: FindingKind,
    severity: Severity,
    summary: str,
    said: Sequence[Said],
    **computed: object,
) -> Finding:
    """Return a finding about these passages; of equal ones the first counts.

    >>> one = Said.passage("a.txt", 4, 12, "Total: 7")
    >>> made = finding("F003", "sum-mismatch", "error", "3 + 3 is 6, not 7.", [one, one], sum=6)
    >>> made.fingerprint, len(made.members), made.computed
    ('ff-eba56c44a812beac', 1, {'sum': 6})
    """
    distinct: Mapping[tuple[str, int, int], Said] = {
        (one.member.source, one.member.start, one.member.end): one for one in reversed(said)
    }
    kept = list(reversed(list(distinct.values())))
    members = tuple(one.member for one in kept)
    fingerprint = finding_fingerprint(kind, {one.says for one in kept})
    places = [part for m in members for part in (m.source, m.start, m.end)]
    return Finding(
        id=content_id("f", [code, fingerprint, severity, *places]),
        fingerprint=fingerprint,
        code=code,
        kind=kind,
        severity=severity,
        summary=summary,
        members=members,
        computed=computed,
    )
