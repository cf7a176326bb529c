"""Part of F010: a sentence that tells something as done on a day after that of every report that it is cited from.

    He opened a workshop in the summer of 1996.[3]         [3] is a paper of 11 May 1995

Only the words of the sentence before its marks are read, where they hold one date and no word of what is to come. What the claims of
the chronicle date is the work of `date_bounds`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from regesta.criticism.sentence_figures import dates_of
from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import Block
from regesta.dates import before, bounds, in_words
from regesta.model import Finding, Member

__all__ = ["early_reports", "is_told"]

_MARKS: Final = r"""
with marked as (
    select m.source, m.start_char, m.end_char, c.date, c.start_char as cited_start, c.end_char as cited_end, c.quote,
           lag(m.end_char) over w as before_end, sum((c.date is null)::int) over g as undated
    from citation_marks m left join citations c on c.id = m.citation
    window w as (partition by m.source order by m.start_char),
           g as (partition by m.source order by m.start_char range between 14 preceding and 14 following)
), grouped as (
    select *, max(date) over (partition by source order by start_char range between 14 preceding and 14 following) as last
    from marked
), worded as (
    select g.*, substring(t.text, greatest(g.start_char - 240, t.start_char) - t.start_char + 1,
                          g.start_char - greatest(g.start_char - 240, t.start_char)) as words
    from grouped g asof join texts t on t.source = g.source and g.start_char >= t.start_char
    where g.undated = 0 and g.date = g.last and (g.before_end is null or g.start_char - g.before_end > 3)
      and length(g.date) >= 4
)
select source, start_char, words, date, cited_start, cited_end, quote from worded
where len(list_filter(regexp_extract_all(right(words, 170), '\b[12][0-9]{3}\b'), lambda y: y::int >= left(date, 4)::int)) > 0
  and not regexp_matches(date, '[~?%X/.]')
order by source, start_char
"""

_DONE: Final = re.compile(
    r"\b(?:arrived|reached|landed|crossed|came|left|fled|escaped|sailed|opened|founded|died|was (?:born|shot|killed|arrested|caught|"
    r"found|buried|released|freed|sentenced|sent back|deported|granted|refused)|were (?:arrested|caught|killed|shot|found|rescued|"
    r"deported|released|sent back)|married|sold|began|ended|closed|drowned|sank|won|asked|applied|surrendered|returned|settled|spoke|"
    r"received|took|moved|published|started|joined|gave|told|went|defected)\b",
    re.IGNORECASE,
)
_TO_COME: Final = re.compile(
    r"\b(?:will|shall|would|to be|is to|are to|was to|were to|plan\w*|intend\w*|schedul\w*|expect\w*|due|announc\w*|until|from|before|by|if|should|"
    r"promis\w*|valid|expires?|deadline|target|hope\w*|postpon\w*)\b",
    re.IGNORECASE,
)
"""Words of what is to come: a report may be older than that."""

_NEAR: Final = 32
"""Days by which a paper may be dated before the day on which it appeared."""
_BESIDE: Final = 90


def early_reports(view: View, told: Sequence[Member]) -> Iterator[Finding]:
    """Tell of sentences that are dated after the reports that they are cited from, but for the places told already."""
    for source, mark, words, report, start, end, quote in view.rows(
        _MARKS, needs={"citations": 1, "marks": 1}
    ):
        text = words.rstrip()
        low, _ = Block(source, 0, "", None, 0, text + " ").sentence(len(text) - 1)
        low = max(
            low,
            text.rfind("\n", 0, len(text)) + 1,
            max((m.end() for m in re.finditer(r"\]", text)), default=0),
        )
        if low == 0 and len(words) >= 240:
            continue
        sentence = text[low:]
        dates = [one for one in dates_of(sentence) if not one.is_lent]
        if len(dates) != 1 or len(sentence) - dates[0].end > _BESIDE or len(dates[0].edtf) < len("1996-07"):
            continue
        when = dates[0].edtf
        if before(report, when) is not True or not is_told(sentence) or _days(report, when) < _NEAR:
            continue
        at = mark - len(words) + low
        said = Said.passage(source, at, at + len(sentence), sentence)
        if any(one.source == source and one.start < said.member.end and at < one.end for one in told):
            continue
        summary = f"Told as done {in_words(when)}, but the report cited for it is of {in_words(report)}."
        yield finding(
            "F010", "date-bound", "warning", summary, [said, Said.passage(source, start, end, quote)], when=when, reported=[report]
        )  # fmt: skip


def is_told(quote: str) -> bool:
    """Whether a passage tells something as done, with no word of what is to come.

    >>> is_told("crossed the river in June 1999"), is_told("was to be opened in June 1999")
    (True, False)
    """
    return _DONE.search(quote) is not None and _TO_COME.search(quote) is None


def _days(report: str, when: str) -> int:
    last, first = bounds(report).latest, bounds(when).earliest
    if last is None or first is None:
        return 0
    return (first.year - last.year) * 365 + (first.month - last.month) * 30 + first.day - last.day
