r"""F029: a sum of money in two currencies, as the rate that it implies; and rates of one time that are far apart.

    90 million lira (the equivalent of 60,000 dollars)        1,500 lira a dollar: worth knowing
    elsewhere, the same year: 9 million lira, then worth 1,000 dollars       9,000: one of the two is hardly right

No rate from outside is used. Two sums are one where the second follows the first in brackets, or after "the equivalent of", "worth",
"or about". Official and free rates may differ much, so only rates more than three times apart in one year are a fault.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import figure
from regesta.model import Finding

__all__ = ["conversions"]

_PAIRS: Final = """
with money as (
    select c.source, c.value_unit as unit, c.value_number as n, c.earliest, c.latest, e.start_char, e.end_char, e.quote
    from claims c join claim_evidence e on e.claim = c.id and e.position = 0
    where c.predicate in ('award', 'amount', 'figure') and regexp_matches(c.value_unit, '^[A-Z]{3}$')
      and c.value_number > 0 and c.modality <> 'denied' and c.rank <> 'deprecated' and e.end_char - e.start_char < 400
), near as (
    select source, content_start, max(content_end) as content_end from blocks
    where source in (select source from money group by source having count(distinct unit) > 1)
      and kind in ('paragraph', 'list_item', 'cell', 'definition') group by source, content_start
), placed as (
    select m.*, n.content_start as first, n.content_end as last
    from money m asof join near n on m.source = n.source and m.start_char >= n.content_start
)
select a.source, a.unit, a.n, a.start_char, a.end_char, b.unit, b.n, b.start_char, b.end_char,
       case when year(a.earliest) = year(a.latest) then year(a.earliest)
            when year(b.earliest) = year(b.latest) then year(b.earliest) end, a.first, a.last
from placed a join placed b on a.source = b.source and a.first = b.first and a.unit < b.unit
where a.start_char < a.last and b.start_char < a.end_char + 40 and a.start_char < b.end_char + 40
order by a.source, least(a.start_char, b.start_char), a.unit, a.n, b.unit, b.n
"""

_SIGN: Final = r"(?:[A-Z]{1,3}\s?)?[$€£¥₩￦₽₹₺₴₪]|[A-Z]{3}\s"
_MONEY: Final = rf"(?:(?:{_SIGN})\s?\d[\d,.]{{0,20}}(?:\s?(?:thousand|million|billion|trillion|m|bn|k))?\b|\b\d[\d,.]{{0,20}}(?:\s(?:thousand|million|billion))?(?:\s[A-Z]?[a-zà-ÿ]+){{1,3}}?|\b(?i:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|hundred)(?:\s[a-z]+){{1,4}}?)"
_JOINED: Final = re.compile(
    rf"(?P<a>{_MONEY})\s?(?:\((?:[a-z]+\s){{0,3}}?(?:(?:equivalent|equal)\s(?:of|to)\s)?(?:(?:about|around|some|roughly|then|or|nearly)\s){{0,2}}|"
    rf",?\s(?:(?:then|now|or|and)\s)?(?:the equivalent of|equivalent to|equal to|worth|or|or about|then about|i\.e\.)\s(?:about\s|around\s|some\s)?)"
    rf"[≈~]?(?P<b>{_MONEY})"
)

_FAR: Final = 3.0
"""By how much two rates of one year may differ before one of them can hardly be right."""


class _Rate(NamedTuple):
    """How many of one currency are one of another, as a passage implies it."""

    many: str
    one: str
    rate: float
    year: int | None
    said: Said
    sums: str
    working: str


def conversions(view: View) -> Iterator[Finding]:
    """Tell the rate that a sum in two currencies implies, and hold the rates of one year against each other."""
    rows = view.rows(_PAIRS, needs={"award|amount|figure": 2})
    texts = view.words([(row[0], row[10], min(row[11], row[10] + 20_000)) for row in rows])
    rates: dict[tuple[str, str], list[_Rate]] = defaultdict(list)
    seen: set[tuple[str, int]] = set()
    for row, text in zip(rows, texts, strict=True):
        rate = _rate(row, text)
        if rate is None or (rate.said.member.source, rate.said.member.start) in seen:
            continue
        seen.add((rate.said.member.source, rate.said.member.start))
        rates[rate.many, rate.one].append(rate)
        computed = {"working": rate.working, "currencies": [rate.many, rate.one], "rate": rate.rate}
        summary = f"{rate.sums} implies {_shown(rate.rate)} to one."
        yield finding("F029", "arithmetic-check", "info", summary, [rate.said], **computed)
    for same in rates.values():
        yield from _apart(
            sorted((r for r in same if r.year is not None), key=lambda r: (r.year or 0, r.rate))
        )


def _rate(row: tuple[object, ...], text: str) -> _Rate | None:
    """Return the rate of two sums, where the words between them say that they are one."""
    source, unit, n, start, end, other, other_n, other_start, other_end, year, first, _ = row
    assert isinstance(source, str)
    assert isinstance(unit, str)
    assert isinstance(other, str)
    assert isinstance(n, float)
    assert isinstance(other_n, float)
    assert isinstance(first, int)
    low = min(int(str(start)), int(str(other_start))) - first
    high = max(int(str(end)), int(str(other_end))) - first
    for match in _JOINED.finditer(text, max(0, low), min(len(text), high + 20)):
        if not any(
            _tells(match["a"], one) and _tells(match["b"], two) for one, two in ((n, other_n), (other_n, n))
        ):
            continue
        (many, more), (one, less) = sorted([(unit, n), (other, other_n)], key=lambda pair: -pair[1])
        said = Said.passage(source, first + match.start(), first + match.end(), match[0])
        working = f"{figure(more)} / {figure(less)} = {_shown(more / less)}"
        sums = f"{match['a'].strip()} for {match['b'].strip()}"
        return _Rate(many, one, more / less, year if isinstance(year, int) else None, said, sums, working)
    return None


def _tells(words: str, number: float) -> bool:
    """Whether the first digits of some words are those of a number; words without digits may be any.

    >>> _tells("£90 million", 90e6), _tells("$60,000", 60e3), _tells("$57", 60e3)
    (True, True, False)
    """
    digits = re.sub(r"\D", "", words).strip("0")
    return not digits or digits == re.sub(r"\D", "", f"{number:.6f}").strip("0")


def _apart(rates: list[_Rate]) -> Iterator[Finding]:
    """Tell of neighbours of one year that are far apart."""
    for low, high in pairwise(rates):
        if low.year == high.year and high.rate > _FAR * low.rate:
            summary = f"Of {low.year}, {low.sums} implies {_shown(low.rate)} to one, {high.sums} {_shown(high.rate)} to one."
            said = [low.said, high.said]
            yield finding(
                "F029", "value-conflict", "warning", summary, said, rates=[low.rate, high.rate], year=low.year
            )


def _shown(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 100 else f"{rate:.3g}"
