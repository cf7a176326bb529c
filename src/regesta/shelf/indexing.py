"""Making a shelf searchable: full-text indexes of what it holds, and keys of names that find them in any spelling.

    entities claims passages citations findings ──► words_of_... (FTS5, without a copy of the text)
    labels and aliases ──► name_keys: numbers that spellings of one name share, slips and other scripts included

The rowid of an index is that of the row that it stands for. Beside the words of a row stand its marks (`about`): one word
for each thing that results are narrowed by, so that the index itself narrows them. Letters of scripts that set no spaces
are indexed one by one, and a word of them is then a phrase. Nothing here asks.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from zlib import crc32

from regesta.names.lists import fold
from regesta.shelf.spelling import Spellings

__all__ = ["GAP", "INDEXED", "TOKENIZER", "index", "mark", "slips", "spaced", "squeezed"]

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""Words without their marks and English endings."""
INDEXED = ("entities", "claims", "passages", "citations", "findings")
"""What is searched, each with an index of its own."""

_UNSPACED = re.compile(
    "([\u1100-\u11ff\u2e80-\u2fdf\u3005-\u30ff\u3130-\u318f\u31f0-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff])"
)
_PLAIN = str.maketrans("ŁłØøĐđİıħĦ", "LlOoDdIihH")
"""Letters that Unicode does not take apart; one for one, so that places stay what they are."""
GAP = "\u200b"
"""A space of no width: it parts words, and nobody sees it."""
_BETWEEN = re.compile(r"[\W_]+")
_LONGEST_SLIP = 40
_FEWEST_SLIP = 6
"""Letters of a name in which a slip is looked for."""
_SLIPS = 1 << 60
"""Keeps the numbers of slips apart from those of names; two slips of one number are told apart when names are compared."""
_LONGEST_TEXT = 4_000_000
"""Code points of the own words of one block that are indexed; no block of a real text is longer."""
_NAMES_AT_ONCE = 100_000


def spaced(text: str | None) -> str:
    """Return a text as it is indexed: letters of scripts without spaces apart, all letters in their plainest form.

    >>> spaced("Kim 김철수는").split(chr(0x200B))
    ['Kim ', '김', '', '철', '', '수', '', '는', '']
    """
    if text is None:
        return ""
    if text.isascii():
        return text
    return _UNSPACED.sub(rf"{GAP}\1{GAP}", text.translate(_PLAIN))


def mark(family: str, value: object) -> str:
    """Return the word that stands for a value that results are narrowed by.

    >>> mark("predicate", "role_after"), mark("source", "a/b.txt")
    ('xpredicatex726f6c655f6166746572x', 'xsourcex612f622e747874x')
    """
    return f"x{family}x{str(value).encode('utf-8', 'replace').hex()[:400]}x"


def squeezed(name: str) -> str:
    """Return the letters of a name in small and plain, without what stands between them.

    >>> squeezed("Lee Ung-pyŏng"), squeezed("O’Neill, Ann")
    ('leeungpyong', 'oneillann')
    """
    return _BETWEEN.sub("", fold(name[:_LONGEST_SLIP]))


def slips(letters: str) -> list[int]:
    """Return numbers of which names of the same letters but for one slip share one: of the letters, and of all but one of them.

    Of few letters there are none: too many names are one letter apart from them. After W. Garbe's symmetric deletion (2012).

    >>> len(set(slips("leeungpyong")) & set(slips("leeungpyng"))), slips("kim")
    (1, [])
    """
    if len(letters) < _FEWEST_SLIP:
        return []
    spelled = letters.encode("utf-32-le", "replace")
    left_out = {spelled, *(spelled[:at] + spelled[at + 4 :] for at in range(0, len(spelled), 4))}
    return [_SLIPS | crc32(some) for some in left_out]


def index(shelf: sqlite3.Connection) -> None:
    """Make the indexes of a shelf whose tables are filled."""
    shelf.create_function("spaced", 1, spaced, deterministic=True)
    for name in INDEXED:
        prefixes = ", prefix='2 3'" if name == "entities" else ""
        shelf.execute(
            f"create virtual table words_of_{name} using fts5(words, about, content='', columnsize=0, "
            f"tokenize='{TOKENIZER}'{prefixes})"
        )
        shelf.execute(f"insert into words_of_{name}(words_of_{name}, rank) values ('hashsize', 33554432)")  # noqa: S608 - of INDEXED
    shelf.execute("create table sought (place integer primary key, entity text not null)")
    shelf.execute(
        "insert into sought select null, id from cards order by n_claims desc, n_sources desc, sorted, id"
    )
    for statement in _STATEMENTS:
        shelf.execute(statement)
        shelf.commit()  # what an index holds in memory is written, and the memory is the next one's
    shelf.executemany("insert into words_of_passages(rowid, words, about) values (?, ?, ?)", _passages(shelf))
    shelf.commit()
    _index_names(shelf)


def _marked(family: str, value: str) -> str:
    """Return how SQL makes `mark` of a value, "" of none; a function of ours would be called three million times."""
    return f"coalesce('x{family}x' || substr(lower(hex({value})), 1, 400) || 'x', '')"


def _passages(shelf: sqlite3.Connection) -> Iterator[tuple[int, str, str]]:
    """Yield the own words of every block: its row, the words, its marks."""
    reading = shelf.cursor()
    for (source,) in shelf.execute("select name from sources order by name").fetchall():
        pieces = reading.execute("select text from texts where source = ? order by start_char", [source])
        text = "".join(piece for (piece,) in pieces)
        about = mark("source", source)
        blocks = reading.execute(
            "select rowid, content_start, content_end from blocks where source = ? and content_end > content_start order by position",
            [source],
        )
        for row, start, end in blocks:
            words = spaced(text[start : min(end, start + _LONGEST_TEXT)])
            if words and not words.isspace():
                yield row, words, about


def _index_names(shelf: sqlite3.Connection) -> None:
    """Keep for each name of people and groups the numbers that its other spellings share with it."""
    import numpy as np

    from regesta.names.comparing import NameTable

    spelling = Spellings(shelf)
    found = shelf.execute(
        "select s.place, e.label, e.aliases from sought s join entities e on e.id = s.entity "
        "where e.kind in ('person', 'group') and e.is_named"
    )
    while rows := found.fetchmany(_NAMES_AT_ONCE):
        named = [
            (place, spelled)
            for place, label, aliases in rows
            for spelled in {label, *json.loads(aliases)}
            if len(spelled) <= 120
        ]
        places = np.array([place for place, _ in named], np.int64)
        spellings = [spelled for _, spelled in named]
        numbers, keys = NameTable(spellings).keys()
        slipped = [slips(squeezed(spelled)) for spelled in spellings]
        spelling.keep(
            np.concatenate((keys, np.array([key for some in slipped for key in some], np.int64))),
            np.concatenate((places[numbers], np.repeat(places, [len(some) for some in slipped]))),
        )


_STATEMENTS = (
    f"""
insert into words_of_entities(rowid, words, about)
select s.place, spaced(e.label || ' ' || (select coalesce(group_concat(a.value, ' '), '') from json_each(e.aliases) a)),
    {_marked("kind", "e.kind")} || ' ' || {_marked("class", "case when e.kind in ('person', 'group') then 'people' else 'things' end")}
from sought s join entities e on e.id = s.entity order by s.place
""",  # noqa: S608 - our own columns
    f"""
insert into words_of_claims(rowid, words, about)
select c.rowid, spaced(c.subject_label || ' ' || replace(c.predicate, '_', ' ') || ' ' || coalesce(c.value_text, '') || ' '
    || coalesce(c.where_text, '') || ' ' || coalesce(c.at_event, '') || ' ' || coalesce(c.subset, '') || ' '
    || coalesce(c.said_by, '') || ' ' || coalesce(c.value_edtf, '') || ' ' || coalesce(c.value_stops, '') || ' '
    || coalesce((select group_concat(e.quote, ' ') from claim_evidence e where e.claim = c.id), '')),
    {_marked("predicate", "c.predicate")} || ' ' || {_marked("source", "c.source")} || ' ' || {_marked("year", "substr(c.earliest, 1, 4)")}
from claims c order by c.rowid
""",  # noqa: S608 - our own columns
    f"""
insert into words_of_citations(rowid, words, about)
select r.rowid, spaced(coalesce(r.title, '') || ' ' || r.authors || ' ' || coalesce(r.publisher, '') || ' ' || r.quote),
    {_marked("source", "r.source")}
from citations r order by r.rowid
""",  # noqa: S608 - our own columns
    f"""
insert into words_of_findings(rowid, words, about)
select f.rowid, spaced(replace(f.kind, '-', ' ') || ' ' || f.summary || ' '
    || coalesce((select group_concat(m.quote, ' ') from finding_members m where m.finding = f.id), '')),
    {_marked("finding", "f.kind")} || ' ' || {_marked("severity", "f.severity")}
from findings f order by f.rowid
""",  # noqa: S608 - our own columns
)
