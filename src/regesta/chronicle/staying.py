"""Rows that stay: the new chronicle begins as a copy of the one that is replaced, and only what is told otherwise is told anew.

    the file, byte by byte             rows of sources that do not stay are taken out, new ones come behind the last
    what is judged of all sources      its tables are emptied, and filled as ever; support is counted again where it may be another
    what a row repeats of a judgement  (labels, families) is mended where it has become another one

To copy a file takes a fiftieth of the time that it takes to write its rows and to pack them. The old file is never touched. What was
taken out leaves gaps: a file that has grown to twice what it was when all of it was written is written row by row again. So rows
stand in any order of sources, but those of one source in their own; nothing that is made of a chronicle may follow from that order.
Nothing here decides what stays.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from regesta.chronicle import engine

__all__ = [
    "BY_SOURCE", "UNSETTLED", "AstrayError", "Before", "begin_with", "make_room", "mend_families", "mend_labels", "unpack_texts", "unsettle",
    "write_again",
]  # fmt: skip

BY_SOURCE: Final = (
    "sources", "texts", "blocks", "runs", "citations", "citation_marks", "referents", "mentions", "claim_citations", "claims",
    "claim_evidence", "observations", "rejections", "coverage",
)  # fmt: skip
"""Tables whose rows are those of sources, in an order in which they can be taken out."""

_KEY: Final = {"referents": "key", "mentions": "referent"}
"""Tables that hold rows of strangers, and by which column they are known."""

_OLD: Final = "replaced"
"""What the chronicle that is replaced is called beside the new one."""

_WORN: Final = 2
"""How many times larger a file may be than when it was written whole."""

_STAYING: Final = """
create temp table staying as
select p.source from places p left join moved m on m.source = p.source where p.stays and m.source is null
"""

UNSETTLED: Final = "unsettled"
"""A table of subjects: how well their claims are supported is to be counted again."""

_COME_OR_GO: Final = f"insert into {UNSETTLED} select distinct subject from claims where source not in (select source from staying)"  # noqa: S608 - names of this file's own

_OTHERWISE_SHARED: Final = f"""
insert into {UNSETTLED}
with was as (select a_source, a_start, a_end, b_source, b_start, b_end from shared_before),
is_now as (select a_source, a_start, a_end, b_source, b_start, b_end from shared_passages),
others as ((from was except from is_now) union all (from is_now except from was)),
both_stay as (select * from others where a_source in (select source from staying) and b_source in (select source from staying))
select distinct subject from claims
where source in (select a_source from both_stay union select b_source from both_stay union select name from sources
                 join kin on kin.source = name where kin.family <> sources.family)
"""  # noqa: S608 - names of this file's own
"""Words that one text alone shares unsettle nobody but those of whom it speaks, who are there already."""

_UNSETTLE: Final = f"""
delete from claim_support
where claim not in (select id from claims where subject not in (select subject from {UNSETTLED}))
"""  # noqa: S608 - the same

_MISSING: Final = "select count(*) from staying where source not in (select name from sources)"

_LABELS: Final = """
update claims set subject_label = e.label, subject_kind = e.kind from entities e
where e.id = claims.subject and (e.label <> claims.subject_label or e.kind <> claims.subject_kind)
"""

_FAMILIES: Final = """
update sources set family = k.family from kin k where k.source = sources.name and k.family <> sources.family
"""


class AstrayError(Exception):
    """The chronicle that is replaced is not what it was taken for: all is to be written anew."""


@dataclass(frozen=True, slots=True)
class Before:
    """The chronicle that is replaced, where rows of it may be taken."""

    path: Path
    seen: tuple[int, ...]
    """What the system said of the file when it was looked at (`seen_at`)."""
    strangers: Sequence[str]
    """Keys of its referents that no source's rows hold."""
    whole: int
    """Bytes that it had when all of it was written last."""

    @staticmethod
    def seen_at(path: Path) -> tuple[int, ...]:
        """Return what tells a file from another of its name."""
        stat = path.stat()
        return stat.st_ino, stat.st_size, stat.st_mtime_ns

    @property
    def is_worn(self) -> bool:
        """Whether its rows are to be written again, for the file has too many gaps."""
        return self.seen[1] > _WORN * self.whole


def begin_with(before: Before, path: Path) -> None:
    """Copy the chronicle that is replaced to `path`; raises `AstrayError` where another one is there now."""
    shutil.copyfile(before.path, path)
    if Before.seen_at(before.path) != before.seen:
        raise AstrayError


def write_again(connection: engine.DuckDBPyConnection, before: Before, tables: Iterable[str]) -> None:
    """Fill the tables of an empty chronicle with all rows of the one that is replaced; raises `AstrayError` as `begin_with` does."""
    literal = "'" + str(before.path).replace("'", "''") + "'"  # ATTACH takes no parameters
    connection.execute(f"attach if not exists {literal} as {_OLD} (read_only)")
    if Before.seen_at(before.path) != before.seen:
        raise AstrayError
    for table in tables:
        connection.execute(f"insert into {table} from {_OLD}.{table}")


def make_room(connection: engine.DuckDBPyConnection, before: Before, tables: Iterable[str]) -> None:
    """Take out of a copy what does not stay, of all its `tables`; raises `AstrayError` where something that was to stay is not there."""
    connection.execute(_STAYING)
    (row,) = connection.execute(_MISSING).fetchall()
    if row[0]:
        raise AstrayError
    connection.execute("create temp table shared_before as from shared_passages")
    connection.execute(f"create temp table {UNSETTLED} (subject varchar)")
    connection.execute(_COME_OR_GO)
    gone = "not in (select source from staying)"
    for table in BY_SOURCE:
        if table == "claim_citations":
            which = f"claim in (select id from claims where source {gone})"  # noqa: S608 - names of this file's own
        else:
            which = f"{'name' if table == 'sources' else 'source'} {gone}"
        connection.execute(f"delete from {table} where {which}")  # noqa: S608 - the same
    for table, key in _KEY.items():
        strangers = "select unnest(?::varchar[])"
        connection.execute(f"delete from {table} where {key} in ({strangers})", [list(before.strangers)])  # noqa: S608 - the same
    for table in tables:
        if table not in BY_SOURCE and table != "claim_support":
            connection.execute(f"delete from {table}")  # noqa: S608 - the same


def mend_labels(connection: engine.DuckDBPyConnection) -> None:
    """Let claims that stay call their subjects what these are called now; `entities` is filled."""
    connection.execute(_LABELS)


def mend_families(connection: engine.DuckDBPyConnection) -> None:
    """Let sources that stay be of the families of which they are now; `kin` is filled."""
    connection.execute(_FAMILIES)


def unsettle(connection: engine.DuckDBPyConnection) -> None:
    """Find whose claims may be supported otherwise than they were, and forget how they were; all but families is filled.

    What supports a claim is said of its subject, and follows from the claims of that, the families of their sources, and which words
    these share.
    """
    connection.execute(_COME_OR_GO)
    connection.execute(_OTHERWISE_SHARED)
    connection.execute(_UNSETTLE)


def unpack_texts(connection: engine.DuckDBPyConnection) -> None:
    """Lay the texts out in memory, where questions find them from now on: to unpack them takes longer than to look them through."""
    connection.execute("create temp table unpacked as from texts; create temp view texts as from unpacked")
