"""What checks found of each source, kept, so that a build goes again through what has changed alone.

    source ── its rows, its people's claims wherever they stand ──► digest ── the same as before? ──► what was found then
                                                                        └─ another ──► a chronicle of these sources, checked again

A part of a check may be asked source by source (`View.source_by_source`) where each finding, known by the source of its first passage, follows
from two things alone: the rows of that source, and the claims about whom it speaks of, with the texts that these stand in. The
digest is of just that. Most checks of a large chronicle are of this kind. Where much has changed, all is gone through; what is
found is the same either way. Nothing here knows a check, nor where a memory is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from regesta.criticism.likeness import FIRM
from regesta.model import Finding

if TYPE_CHECKING:
    import msgspec

    from regesta.chronicle import engine

__all__ = ["Kept", "Memory", "digests", "lay_out", "narrowed"]

_MUCH: Final = 64
"""Where one source in so many has changed, all are gone through: each brings a dozen others along that tell of the same people."""

_TABLES: Final[Mapping[str, str]] = {
    "sources": "name in (select source from around)",
    "shared_passages": "a_source in (select source from around) and b_source in (select source from around)",
    "claim_citations": "claim in (select e.claim from claim_evidence e semi join around using (source))",
    "claim_support": "claim in (select c.id from claims c semi join around using (source))",
} | dict.fromkeys(
    (
        "texts", "blocks", "runs", "citations", "citation_marks", "referents", "mentions", "claims", "claim_evidence", "observations",
        "rejections", "coverage", "origins",
    ),
    "source in (select source from around)",
)  # fmt: skip
"""Tables that are narrowed, and to what; the others are read whole."""

_SPOKEN_OF: Final = """
select e.source, c.subject as entity from claim_evidence e join claims c on c.id = e.claim
union select m.source, m.entity from mentions m join entities e on e.id = m.entity and e.kind in ('person', 'group')
"""
"""Whom a source speaks of, whose claims may stand elsewhere."""

_OWN: Final = f"""
with firm as (
    select left_referent, right_referent from links where verdict = 'same' and (weight >= {FIRM} or decision is not null)
)
select name as source, sum(h) as digest from (
    select name, hash(s) as h from sources s
    union all select source, hash(c) from claims c
    union all select source, hash(m) from mentions m
    union all select source, hash(e) from claim_evidence e
    union all select c.source, hash(e) from claim_evidence e join claims c on c.id = e.claim and c.source <> e.source
    union all select source, hash(o) from observations o
    union all select p.source, hash(e) from (select distinct source, entity from referents) p join entities e on e.id = p.entity
    union all select r.source, hash(f) from firm f join referents r on r.key = f.left_referent
    union all select r.source, hash(f) from firm f join referents r on r.key = f.right_referent
) rows_ group by name
"""  # noqa: S608 - a number of ours
"""Of the texts and blocks the row of the source tells: it names the document by its content. A claim is the first source's that makes it,
its passages are also those of copies. Of links counts what `likeness` asks. Texts that others share with it are not among this."""

_DIGESTS: Final = f"""
with own as materialized ({_OWN}), spoken as materialized ({_SPOKEN_OF}), told as (
    select c.entity, sum(o.digest) as digest
    from (select distinct subject as entity, source from claims) c join own o using (source) group by c.entity
), beside as (
    select s.source, sum(hash(t.entity, t.digest)) as digest from spoken s join told t using (entity) group by s.source
)
select o.source, hash(o.digest, b.digest) from own o left join beside b using (source)
join sources s on s.name = o.source order by o.source
"""  # noqa: S608 - questions of this file's own


_LAID_OUT: Final = f"""
create or replace temp table around as
with asked as (select unnest(?::varchar[]) as source), spoken as ({_SPOKEN_OF}), told as (
    select source from asked
    union select c.source from claims c where c.subject in (select entity from spoken semi join asked using (source))
)
select name as source from sources where document in (select s.document from sources s join told t on t.source = s.name)
"""  # noqa: S608 - questions of this file's own

_ASIDE: Final = "pages"
"""A table that checks make of all texts when they first ask for it: what is narrowed has its own."""

_VIEWS: Final = "select view_name, sql from duckdb_views() where temporary and not internal"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept between builds."""

    digests: dict[str, int] = field(default_factory=dict)
    found: dict[str, dict[str, tuple[Finding, ...]]] = field(default_factory=dict)
    """By part, then by source; a source of which nothing was found is left out."""
    saying: dict[str, list[str]] = field(default_factory=dict)
    """Sources whose texts a pattern fits."""
    answers: dict[str, float] = field(default_factory=dict)
    """What follows from the words of a question alone."""


class Memory:
    """What parts of checks found of each source in the build before, and what they find in this one."""

    def __init__(self, encoded: bytes | None = None) -> None:
        """Take what `encoded` gave after the build before; bytes that are something else are as good as none."""
        self._before = _read(encoded)
        self._now = Kept()
        self.changed: frozenset[str] = frozenset()
        """Sources of which something has changed that findings may follow from."""

    def encoded(self) -> bytes:
        """Return what is to be kept for the next build."""
        kept: bytes = _coders()[0].encode(self._now)
        return kept

    def meet(self, connection: engine.DuckDBPyConnection) -> None:
        """Look at a chronicle, and at what of it has changed."""
        self._now = Kept(digests(connection))
        before = self._before.digests
        self.changed = frozenset(s for s, digest in self._now.digests.items() if before.get(s) != digest)

    @property
    def is_met(self) -> bool:
        """Whether a chronicle was looked at."""
        return bool(self._now.digests)

    @property
    def is_much(self) -> bool:
        """Whether so much has changed that all is gone through."""
        return _MUCH * len(self.changed) > len(self._now.digests)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is known of a build before."""
        return not self._before.found

    def kept(self) -> Kept:
        """Return what is to be kept of what was found here."""
        return self._now

    def take(self, kept: Kept) -> None:
        """Keep what was found elsewhere, too."""
        self._now.found.update(kept.found)
        self._now.saying.update(kept.saying)
        self._now.answers.update(kept.answers)

    def recalls(self, part: str) -> bool:
        """Whether a part need only be asked of the sources that have changed."""
        return part in self._before.found and not self.is_much

    def recall(
        self, questions: Sequence[str], answer: Callable[[Sequence[int]], Sequence[float]]
    ) -> list[float]:
        """Return the answers of the build before, and new ones where there are none, asked for together by their places."""
        known = self._before.answers
        new = [place for place, question in enumerate(questions) if question not in known]
        found = dict(zip(new, answer(new) if new else (), strict=True))
        answers = [found[n] if n in found else known[one] for n, one in enumerate(questions)]
        self._now.answers.update(zip(questions, answers, strict=True))
        return answers

    def may_say(self, pattern: str) -> list[str] | None:
        """Return the sources whose texts a pattern may fit: it did, or they have changed; None where it may fit any."""
        if pattern not in self._before.saying or self.is_much:
            return None
        still = self._now.digests.keys() - self.changed
        return sorted(self.changed | (still & set(self._before.saying[pattern])))

    def keep_saying(self, pattern: str, sources: Iterable[str]) -> None:
        """Keep the sources whose texts a pattern fits."""
        self._now.saying[pattern] = sorted(sources)

    def keep(self, part: str, found: Iterable[Finding]) -> list[Finding]:
        """Keep what a part found of all sources, or of those that have changed where it `recalls`; return it of all, in their order."""
        by_source: dict[str, list[Finding]] = defaultdict(list)
        for one in found:
            by_source[one.members[0].source].append(one)
        kept = {source: tuple(told) for source, told in by_source.items()}
        if self.recalls(part):
            kept = {source: told for source, told in kept.items() if source in self.changed}
            still = self._now.digests.keys() - self.changed
            kept |= {source: told for source, told in self._before.found[part].items() if source in still}
        self._now.found[part] = kept = {source: kept[source] for source in sorted(kept)}
        return [one for told in kept.values() for one in told]


def digests(connection: engine.DuckDBPyConnection) -> dict[str, int]:
    """Return of each source a number that is another one where something has changed that its findings may follow from."""
    return dict(connection.execute(_DIGESTS).fetchall())


def lay_out(connection: engine.DuckDBPyConnection, sources: Sequence[str]) -> None:
    """Copy the rows of these sources, and of those that tell of the same people, to where `narrowed` looks."""
    connection.execute(_LAID_OUT, [list(sources)])
    for table, which in _TABLES.items():
        rows = f"select * from {table} where {which}"  # noqa: S608 - names of this file's own
        connection.execute(f"create or replace temp table narrow_{table} as {rows}")


@contextmanager
def narrowed(connection: engine.DuckDBPyConnection) -> Iterator[None]:
    """Let the tables hold, within the block, only what was laid out; after an error they are left so, and it is told as it is."""
    before = dict(connection.execute(_VIEWS).fetchall())
    _exchange(connection, "all", "some")
    for table in _TABLES:
        connection.execute(f"create or replace temp view {table} as select * from temp.narrow_{table}")  # noqa: S608
    yield
    _exchange(connection, "some", "all")
    for table in _TABLES:
        connection.execute(f"drop view temp.{table}")
        if table in before:
            connection.execute(before[table])


def _exchange(connection: engine.DuckDBPyConnection, one: str, other: str) -> None:
    """Put aside what was made of one, where it was, and bring back what was made of the other."""
    made = "select table_name from duckdb_tables() where temporary"
    there = {name for (name,) in connection.execute(made).fetchall()}
    for name, to in ((_ASIDE, f"{_ASIDE}_of_{one}"), (f"{_ASIDE}_of_{other}", _ASIDE)):
        if name in there:
            connection.execute(f"alter table temp.{name} rename to {to}")


def _read(encoded: bytes | None) -> Kept:
    import msgspec

    try:
        return _coders()[1].decode(encoded) if encoded else Kept()
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Kept()


@cache
def _coders() -> tuple[msgspec.msgpack.Encoder, msgspec.msgpack.Decoder[Kept]]:
    import msgspec

    return msgspec.msgpack.Encoder(enc_hook=str), msgspec.msgpack.Decoder(Kept)
