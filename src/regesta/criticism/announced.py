"""F083: what a source announces and does not hold: a heading of links with no links, a sentence that ends in a colon before nothing.

    External links                     The history of this page until 2011:
    All links were checked in 2022.    Note: some pictures are not free.

Only headings whose sections can be nothing but lists, and only where what follows is nothing, a footnote, or sentences about the
page: a reader of files takes lists of links for furniture, so a furniture of words that are no sentence may be the list itself.
A colon before a heading is none: the list may stand below it. Empty headings of other sections are `references.missing`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from regesta.criticism.view import Said, View, finding
from regesta.model import Finding

__all__ = ["announced"]

_LISTS: Final = (
    "see also|external links?|related (?:articles|pages|links)|web ?links|links|siehe auch|weblinks|voir aussi|liens externes|"
    "véase también|enlaces externos|vedi anche|collegamenti esterni|같이 보기|외부 링크|바깥 고리"
)
"""Headings whose sections are lists, by the custom of encyclopedias: English, German, French, Spanish, Italian, Korean."""

_SENTENCE: Final = r"^\W*\w+\W+(\w+\W+){2,}.*[.:。]\W*$"
"""Three words and more that end as a sentence does."""

_ENDS: Final = f"""
with own as (
    select source, position, kind, content_start, content_end, row_number() over (partition by source order by position) as n
    from blocks where kind <> 'anchor' and content_end > content_start
), asked as (
    select o.*, lead(kind) over w as next_kind, lead(content_start) over w as next_start, lead(content_end) over w as next_end
    from own o window w as (partition by source order by n)
), worded as (
    select a.*, substring(t.text, a.content_start - t.start_char + 1,
                           least(80, a.content_end - a.content_start)) as first_words,
           substring(t.text, a.content_end - t.start_char - 3, 4) as last_words
    from asked a join texts t on t.source = a.source and t.start_char <= a.content_start
      and t.start_char + length(t.text) >= a.content_end
    where kind = 'heading' and next_kind in ('footnote', 'furniture')
       or kind in ('paragraph', 'furniture') and coalesce(next_kind, '') in ('', 'furniture', 'footnote')
)
select source, n, kind, content_start, content_end, next_kind from worded
where kind = 'heading' and regexp_full_match(lower(trim(first_words)), '({_LISTS})\\W*')
   or kind <> 'heading' and regexp_matches(last_words, '[:：]\\s*$')
order by source, n
"""  # noqa: S608 - constants

_AFTER: Final = """
with own as (
    select source, kind, content_start, content_end, row_number() over (partition by source order by position) as n
    from blocks where kind <> 'anchor' and content_end > content_start
)
select o.source, a.n, o.n, o.kind, o.content_start, least(o.content_end, o.content_start + 2000)
from own o join (select unnest(?::varchar[]) as source, unnest(?::bigint[]) as n) a on a.source = o.source and o.n > a.n and o.n <= a.n + 12
order by o.source, a.n, o.n
"""

_ANNOUNCES: Final = re.compile(r"(?:\w+\W+){4,}\w+\W*[:：]\s*$")
_LAST: Final = re.compile(r"[^.。!?\n]*$")


def announced(view: View) -> Iterator[Finding]:
    """Tell of lists that a heading or a sentence announces and that are not there."""
    rows = view.rows(_ENDS)
    if not rows:
        return
    following: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    after = view.rows(_AFTER, [[row[0] for row in rows], [row[1] for row in rows]])
    for row, words in zip(after, view.words([(row[0], row[4], row[5]) for row in after]), strict=True):
        following[row[0], row[1]].append((row[3], words.strip()))
    found: dict[tuple[str, bool], list[Said]] = defaultdict(list)
    places = [(row[0], row[3], row[4]) for row in rows]
    for row, words in zip(rows, view.words(places), strict=True):
        source, n, kind, start, end, _ = row
        rest = following[source, n]
        if kind == "heading" and _is_bare(rest):
            found[source, True].append(Said.passage(source, start, end, words))
        elif kind != "heading" and _ANNOUNCES.search(words) and _nothing_listed(rest):
            last = _LAST.search(words.rstrip())
            begin = last.start() if last else 0
            begin += len(words[begin:]) - len(words[begin:].lstrip())
            found[source, False].append(Said.passage(source, start + begin, end, words[begin:]))
    for (_, is_heading), said in found.items():
        names = [" ".join(one.member.quote.split()) for one in said]
        quoted = ", ".join(f"“{name}”" for name in names[:4])
        if is_heading:
            summary = f"Nothing stands under {quoted}."
        else:
            summary = f"What {quoted} announces is not there."
        yield finding("F083", "missing-part", "warning", summary, said[:6], announced=names)


def _is_bare(rest: list[tuple[str, str]]) -> bool:
    """Whether what follows a heading is no list: footnotes, the end, or sentences about the page."""
    for kind, words in rest:
        if kind in ("footnote", "heading"):
            return True
        if kind != "furniture" or not re.match(_SENTENCE, words, re.DOTALL):
            return False
    return True


def _nothing_listed(rest: list[tuple[str, str]]) -> bool:
    """Whether what follows a colon is no list: the end, footnotes, another announcement, a note."""
    for kind, words in rest:
        if kind == "footnote":
            return True
        if kind != "furniture" or not re.match(_SENTENCE, words, re.DOTALL):
            return False
    return True
