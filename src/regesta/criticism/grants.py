"""Part of F048: what two sources let one named giver give, in one currency.

    "48,000 dollars from the Lutheran Relief Fund"  ·  "The Lutheran Relief Fund gave 84,000 dollars ... in 2003"      value-conflict
    Foundation for Refuge | 25,000 in a table in US dollars  ·  "the Foundation for Refuge supported it with 52,000 dollars"
    two sums of one giver in one source                                                                                 several gifts: nothing

The giver is a name of a fund, a foundation, a committee and the like; each source must let it give one sum, and their years, where they
are told, must be one. Whether both mean the same gift nobody says, so it is worth knowing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

from regesta.criticism.at_odds import at_odds
from regesta.criticism.sentence_figures import Number
from regesta.criticism.telling import Sentence, are_beside, dated, sentences
from regesta.criticism.view import Said, View
from regesta.dates import overlaps
from regesta.model import Finding

__all__ = ["grants"]

_GIVER: Final = re.compile(
    r"\b(?P<name>(?:[^\W\d_a-z][\w'’.-]+\s(?:(?:of|for|the|de|du|des|für)\s)*){0,5}(?:Fund|Foundation|Committee|Society|Council|Trust|Agency|Mission|Ministry|Diocese|Federation|Union|Bank|"
    r"Commission|Board|League|Association|Stiftung|Fondation|Fundación|Red Cross)(?:\s(?:of|for)\s(?:the\s)?[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]+)?)?)"
)
_MONEY: Final = re.compile(
    r"(?:dollars?|pounds?|francs?|marks?|euros?|rupees?|kroner|crowns?|guilders?|lire|pesos?|rubles?|roubles?|yen|won|shillings?|cedis|dinars?|zlotys?|pesetas?|Dollars?|Franken|Mark|Euro)$",
    re.IGNORECASE,
)
_GAVE: Final = re.compile(
    r"\b(?:gave|gives?|given|granted|grant|donat\w+|supported|paid|contribut\w+|from|sent|lent|provided|received|subsid\w+|allotted|assigned)\b", re.IGNORECASE
)  # fmt: skip
_CELLS: Final = """
select c.source, c.parent, c.row_index, c.column_index, c.content_start, c.content_end from blocks c
where c.kind = 'cell' and c.content_end > c.content_start and c.column_index < 3 and c.content_end - c.content_start < 80
order by c.source, c.position
limit 20000
"""
_LEAST: Final = 100


class _Gift(NamedTuple):
    source: str
    said: Said
    value: int
    unit: str
    years: frozenset[str]


def grants(view: View) -> Iterator[Finding]:
    """Tell where two sources let one giver give two sums."""
    groups: dict[str, dict[str, list[_Gift]]] = defaultdict(lambda: defaultdict(list))
    dates = dated(view)
    for one in sentences(view):
        if one.kind == "heading" or len(one.text) > 500 or not _GIVER.search(one.text):
            continue
        money = [n for n in one.numbers if _MONEY.search(n.noun) and n.value >= _LEAST]
        for giver in _GIVER.finditer(one.text) if money and _GAVE.search(one.text) else ():
            gift = _nearest(one, giver, money)
            if gift is None or " " not in giver["name"].removeprefix("The "):
                continue
            low, high = min(giver.start(), gift.start), max(giver.end(), gift.end + 1 + len(gift.noun))
            years = frozenset(d.edtf[:4] for d in dates(one) if not d.is_lent)
            groups[_key(giver["name"])][one.source].append(
                _Gift(one.source, one.said(low, high), gift.value, _plain(gift.noun), years)
            )
    if not groups:
        return
    for name, gift_ in _tabled(view, groups):
        groups[name][gift_.source].append(gift_)
    beside = are_beside(view)
    for by_source in groups.values():
        alone = [gifts[0] for gifts in by_source.values() if len({g.value for g in gifts}) == 1]
        for left, right in combinations(alone[:12], 2):
            if left.value == right.value or not (left.unit == right.unit or not (left.unit and right.unit)):
                continue
            if any(overlaps(a, b) is False for a in left.years for b in right.years) or not beside(
                left.source, right.source
            ):
                continue
            yield at_odds(
                f"{left.value:,} {left.unit or right.unit} ({left.source}) against {right.value:,} ({right.source}) of one giver",
                [left.said, right.said],
                (left.value, right.value),
            )
            break


def _nearest(one: Sentence, giver: re.Match[str], money: list[Number]) -> Number | None:
    """Return the sum that a giver gives: the only one behind it, or the one right before "from" it."""
    lead = [n for n in money if n.end <= giver.start()]
    if lead and re.fullmatch(
        rf"\s{re.escape(lead[-1].noun)}\s(?:[a-z]+\s)?(?:from|by|of)\s(?:the\s)?",
        one.text[lead[-1].end : giver.start()],
    ):
        return lead[-1]
    behind = [n for n in money if n.start >= giver.end()]
    return behind[0] if len(money) == len(behind) == 1 and not behind[0].is_about else None


def _tabled(view: View, known: dict[str, dict[str, list[_Gift]]]) -> Iterator[tuple[str, _Gift]]:
    """Yield the sums that stand behind a known giver in a row of a table of two columns."""
    rows: dict[tuple[str, int], list[tuple[int, int, int]]] = defaultdict(list)
    for source, row, _, column, low, high in view.rows(_CELLS, needs={"block:row": 1}):
        rows[source, row].append((column, low, high))
    pairs = [(source, cells) for (source, _), cells in rows.items() if len(cells) == 2]
    words = iter(view.words([(source, low, high) for source, cells in pairs for _, low, high in cells]))
    for source, ((_, low, _), (_, _, end)) in pairs:
        name, value = next(words), next(words)
        number = re.fullmatch(r"\W*(\d{1,3}(?:,\d{3})+|\d{3,9})\W*", value.strip())
        if number and _key(name) in known and source not in known[_key(name)]:
            said = view.passages([(source, low, end)])[0]
            yield _key(name), _Gift(source, said, int(number[1].replace(",", "")), "", frozenset())


def _key(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").strip(" *|").split())


def _plain(noun: str) -> str:
    return noun.casefold() if noun.endswith("s") else f"{noun.casefold()}s"
