"""The texts in pages of a thousand code points, for questions that cut the first words of many blocks.

    text ──► 0..1224, 1024..2248, 2048..3272, ...      a page goes on for 200 code points into the next

The database finds a place in a text by counting from its beginning, so that words cut out of a whole text by each of its blocks cost
the square of its length, and joins that carry whole texts cost memory. `pages` lays them out once, as a temporary table that
lasts as long as the connection: what begins on a page and is no longer than `REACH` stands on it whole. The chronicle itself
is not written to.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.criticism.view import View

__all__ = ["REACH", "pages"]

_PAGE: Final = 1_024
"""Code points from one page to the next."""

REACH: Final = 200
"""Code points of what may be cut from the page on which it begins."""

_AT_ONCE: Final = 2_000
"""Pages that are laid down by one question."""

_TABLE: Final = (
    "create or replace temp table pages (source varchar, page bigint, start_char bigint, text varchar)"
)
_LAID: Final = """
insert into pages select unnest(?::varchar[]), unnest(?::bigint[]), unnest(?::bigint[]), unnest(?::varchar[])
"""
_SHORT: Final = 1 << 15
"""Code points of a text that the database itself cuts into pages: what it counts is small."""
_CUT: Final = f"""
insert into pages select source, spot // {_PAGE}, spot, substring(text, spot + 1, {_PAGE + REACH})
from (select source, text, unnest(range(0, length(text), {_PAGE})) as spot from texts
      where source in (select source from texts group by source having count(*) = 1 and max(length(text)) <= {_SHORT}))
"""  # noqa: S608 - numbers of this file's own
_NAMES: Final = f"""
select source from texts group by source having count(*) > 1 or max(length(text)) > {_SHORT} order by source
"""  # noqa: S608 - a number of this file's own
_TEXTS: Final = """
select source, start_char, text from texts where source in (select unnest(?::varchar[])) order by source, start_char
"""
_SOURCES: Final = 300
"""Texts that are fetched at once."""


def pages(view: View) -> int:
    """Lay the texts out in pages, where that was not done yet, and return how many there are.

    The table `pages` has the columns `source`, `page`, `start_char` and `text`; a block `b` begins on the page
    `b.content_start // 1024`.

    >>> from regesta.chronicle import engine
    >>> from regesta.criticism import View
    >>> view = View(engine.connect())
    >>> _ = view.rows("create table texts as select 'a.txt' as source, 0 as start_char, repeat('word ', 500) as text")
    >>> pages(view)
    3
    >>> view.rows("select page, start_char, length(text) from pages")
    [(0, 0, 1224), (1, 1024, 1224), (2, 2048, 452)]
    """
    return view.once(_laid)


def _laid(view: View) -> int:
    view.rows(_TABLE)
    view.rows(_CUT)
    waiting: list[tuple[str, int, int, str]] = []
    names = [name for (name,) in view.rows(_NAMES)]
    for at in range(0, len(names), _SOURCES):
        chosen = names[at : at + _SOURCES]
        for source, pieces in groupby(view.rows(_TEXTS, [chosen]), itemgetter(0)):
            text = "".join(piece for _, _, piece in pieces)
            for page in _cut(source, text):
                waiting.append(page)
                if len(waiting) >= _AT_ONCE:
                    _lay(view, waiting)
    _lay(view, waiting)
    ((n_pages,),) = view.rows("select count(*) from pages")
    return int(n_pages)


def _cut(source: str, text: str) -> Iterator[tuple[str, int, int, str]]:
    for start in range(0, len(text), _PAGE):
        yield source, start // _PAGE, start, text[start : start + _PAGE + REACH]


def _lay(view: View, waiting: list[tuple[str, int, int, str]]) -> None:
    """Put the waiting pages into the table, and empty the list."""
    if waiting:
        view.rows(_LAID, [list(column) for column in zip(*waiting, strict=True)])
        waiting.clear()
