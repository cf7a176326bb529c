"""F047: the day on which two sources let one and the same thing come, leave, open or close.

    "the cutter Sturla came on 5 March 1941"   ·   "9 March: Sturla, 41 people"        date-conflict
    "the school was opened in June 1972"       ·   "the school opened in September 1972"
    "the Sturla came on 5 March" and "on 2 May" in one source                          two voyages

The thing is a name right before the verb (a ship, a person, a house), an entry of a list of arrivals, or "the school" where both
sources are about one matter, or so many of whom the same is told ("six people drowned"). A source that gives two days contradicts nobody; more than a year apart are two voyages. As two
things may bear one name, the finding is worth knowing; where both give the same number with it ("41 people"), it is a defect.
Dates that claims hold of one person are the work of `conflicting_dates`; what each source tells in its own words that of `other_words`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from regesta.criticism.other_words import dated_otherwise
from regesta.criticism.telling import NAME, Sentence, are_beside, dated, sentences, shown
from regesta.criticism.view import View, finding
from regesta.dates import bounds, same
from regesta.dates.days import day_number
from regesta.model import Finding

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import ToldDate

__all__ = ["named_dates"]

_ACTS: Final[Mapping[str, str]] = {
    "arrived": r"came|arrived|landed|entered|docked|anchored|berthed|moored|put in|came (?:in|ashore)|sailed into|ran into|drew in|pulled in|kam|traf|arriva",
    "left": r"left|sailed|departed|set out|set off|set sail|embarked|put to sea|took off|cleared|cast off|verließ",
    "opened": r"opened|(?:was|were|is|are) (?:opened|founded|established|inaugurated|consecrated|set up|launched|dedicated)|wurde eröffnet",
    "closed": r"closed|(?:was|were|is|are) (?:closed|shut|dissolved|disbanded|abolished)|shut (?:down|its)|ceased|wurde geschlossen",
    "sank": r"sank|foundered|(?:was|were) (?:sunk|wrecked|lost)",
    "died": r"died|(?:was|were) (?:killed|shot|hanged|executed|drowned)",
    "arrested": r"(?:was|were) (?:arrested|captured|seized|taken prisoner|detained|imprisoned)",
    "married": r"married|were married|wed",
}
_HOUSE: Final = (
    r"(?P<kind>(?!old\b|new\b|first\b)[a-z]+\s)?(?P<head>school|camp|hall|hostel|home|centre|center|house|kitchen|church|chapel|mosque|synagogue|temple|hospital|clinic|"
    r"office|library|cemetery|factory|workshop|nursery|museum|barracks|border|bridge|tunnel|newspaper|monastery|convent|orphanage|"
    r"association|committee|society|club|choir|troupe|orchestra|league|cooperative|union|team|council|congregation|paper|"
    r"shelter|station|bakery|mission|consulate|embassy|colony|settlement|shop|post|gate|crossing|ward|theatre|press)"
)
_ONE_ACT: Final = re.compile(
    rf"(?:\b(?P<name>(?!The\b|In\b|On\b|At\b|It\b|He\b|She\b|They\b|We\b|By\b|A\b|An\b){NAME})|\b[Tt]he (?P<house>{_HOUSE}))"
    rf"(?:,[^,.;]{{2,40}},|,(?=\s(?:was|had)\b)|\s\([^)]{{2,40}}\)|\s(?:at|of|in|on|for)\s(?:the\s)?(?:{NAME}|[a-z]+))?\s(?:had\s|first\s|finally\s|also\s|itself\s)?(?:"
    + "|".join(rf"(?P<{act}>{verbs})" for act, verbs in _ACTS.items())
    + r")\b"
)
_DID: Final = re.compile(
    r"\s(?P<noun>[a-z]+)\s(?:had\s|were\s|was\s)?(?P<verb>[a-z]{2,}ed|fled|came|left|drowned|went|sank|fell|lost|shot|freed|sent|set|taken|given)\b"
)
"""What so many did: "six people drowned"."""
_DEED: Final = re.compile(
    rf"\b(?:(?P<opened>founded|opened|established|started|launched|set up|inaugurated)|(?P<closed>closed|dissolved|shut|disbanded))\s(?:the|its|their|our)\s(?P<house>{_HOUSE})\b"
)
"""Who opens or closes a house: "in 1992 she founded the association"."""
_LAST: Final = re.compile(
    r"\b[Tt]he last (?P<who>of (?:them|us|the [a-z]+)|[a-z]+(?:s|people|men|women|children))\s(?:had\s|to\s|finally\s)?"
    r"(?:(?P<left>left|leave|leaves|departed?|sailed|sail|went|go)|(?P<arrived>came|come|arrived?|landed))\b"
)
_ABOARD: Final = re.compile(
    rf"\b(?:came|arrived|landed|reached|brought)\b[^.;]{{0,50}}?\s(?:on|aboard|with|by)\s(?:the\s[a-z]+\sof\s)?the\s(?P<name>{NAME})\b"
)
"""Who comes with a ship: "he came with the orphans of the Belos"."""
_CLOSING: Final = re.compile(r"\band (?:was |were )?(?P<closed>closed|dissolved|shut)\b")
_ENTRY: Final = re.compile(
    rf"^\W*(?P<name>{NAME})\b(?!\s[a-z])|^[^.;]{{0,30}}?\d[^.;:]{{0,12}}[:–—-]\s(?:the\s)?(?P<behind>{NAME})"
)
_ARRIVALS: Final = re.compile(
    r"\b(?:arriv\w+|came|landed|landings?|entered|boats|ships that|Ankünfte|arrivées)\b", re.IGNORECASE
)
_NEGATED: Final = re.compile(
    r"\b(?:not|never|should|would|was to|were to|planned|expected|may have|is said|was said|rumou?r\w*|if|again|re-?opened|first|last|next|other|another)\b",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    r"\b(?:about|around|towards?|circa|before|after|since|by|until|from|between|late|early)\s(?:the\s)?(?:end of\s)?$",
    re.IGNORECASE,
)
_FAR: Final = 90
_YEAR: Final = 366
_LONGEST_VOYAGE: Final = ("arrived", "left", "arrested", "sank")
_MOST: Final = 24
_MORE: Final = 2
"""Further sources that tell of the same thing, and are shown beside the two."""


class _Told(NamedTuple):
    sentence: Sentence
    start: int
    end: int
    date: ToldDate
    numbers: frozenset[int]
    is_house: bool
    shown: str
    of: str = ""
    """What kind of house it is said to be: "reception" of a reception centre."""


def named_dates(view: View) -> Iterator[Finding]:
    """Tell where two sources date what one and the same thing did on different days."""
    held = list(_named_dates(view))
    yield from held
    told = {(m.source, m.start // _FAR) for one in held for m in one.members}
    for found in dated_otherwise(view):
        if not all(
            any((m.source, m.start // _FAR + step) in told for step in (-1, 0, 1)) for m in found.members
        ):
            yield found


def _named_dates(view: View) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    dates = dated(view)
    title = ""
    source = ""
    for one in sentences(view):
        if one.source != source:
            source, title = one.source, ""
        if one.kind == "heading":
            title = one.text
            continue
        if len(one.text) <= 800:
            for act, name, said in _told(one, dates(one) if re.search(r"\d", one.text) else (), title):
                groups[act, name].append(said)
    beside = are_beside(view)
    for (act, _), told in groups.items():
        by_source: dict[str, list[_Told]] = defaultdict(list)
        for row in told[:_MOST]:
            by_source[row.sentence.source].append(row)
        alone = [rows[0] for rows in by_source.values() if len({row.date.edtf for row in rows}) == 1]
        for left, right in combinations(alone, 2):
            if _differ(left, right, act) and beside(left.sentence.source, right.sentence.source):
                others = [
                    row
                    for row in alone
                    if row not in (left, right) and beside(row.sentence.source, left.sentence.source)
                ]
                yield _finding(left, right, act, others[:_MORE])
                break


def _told(one: Sentence, dates: tuple[ToldDate, ...], title: str) -> Iterator[tuple[str, str, _Told]]:
    """Yield what a sentence lets a named thing do on a day."""
    if not dates:
        return
    if dates[0].start == 0 and len(dates[0].edtf) == len("1982"):  # an entry of a list of years
        dates = tuple(d._replace(is_lent=d.is_lent and not d.edtf.startswith(dates[0].edtf)) for d in dates)
    yield from _deeds(one, dates)
    numbers = frozenset(n.value for n in one.numbers if n.value > 2 and not n.is_about)
    match = None
    for match in _ONE_ACT.finditer(one.text):
        name = match["name"] or match["head"]
        act = next(key for key in _ACTS if match[key])
        near = [d for d in dates if d.start >= match.end() and d.start - match.end() <= _FAR]
        lead = [d for d in dates if d.end <= match.start() and match.start() - d.end <= _FAR // 3]
        date = near[0] if near else lead[-1] if lead and len(dates) == 1 else None
        if date is None or _NEGATED.search(
            one.text[max(0, match.start() - 25) : max(date.start, match.end())]
        ):
            continue
        if _ABOUT.search(one.text[: date.start]) or re.search(r"[;:]", one.text[match.end() : date.start]):
            continue
        low, high = min(match.start(), date.start), max(match.end(), date.end)
        shown = name if match["name"] else f"the {match['house']}"
        of = (match["kind"] or "").strip()
        yield act, name.casefold(), _Told(one, low, high, date, numbers, match["name"] is None, shown, of)
        behind = [d for d in dates if d.start > date.end]
        if (
            (closing := _CLOSING.search(one.text, match.end()))
            and behind
            and closing.start() < behind[0].start
        ):
            high = behind[0].end
            yield (
                "closed",
                name.casefold(),
                _Told(one, closing.start(), high, behind[0], numbers, match["name"] is None, shown, of),
            )
    for number in one.numbers if len(dates) == 1 and len(one.numbers) <= 4 else ():
        did = _DID.match(one.text, number.end)
        if did is None or number.is_about or number.value < 3 or _NEGATED.search(one.text[: did.end()]):
            continue
        low, high = min(number.start, dates[0].start), max(did.end(), dates[0].end)
        if high - low <= _FAR and not _ABOUT.search(one.text[: dates[0].start]):
            shown = " ".join(one.text[number.start : did.end()].split()).casefold()
            key = f"{number.value} {did['noun']} {did['verb']}"
            yield "did", key, _Told(one, low, high, dates[0], frozenset(), True, shown)
    if match is None and len(dates) == 1 and len(one.text) <= 160 and _ARRIVALS.search(title):
        entry = _ENTRY.search(one.text)
        name = (entry["name"] or entry["behind"]) if entry else None
        if name and not dates[0].start <= one.text.find(name) < dates[0].end:
            yield (
                "arrived",
                name.casefold(),
                _Told(one, 0, len(one.text.rstrip()), dates[0], numbers, False, name),
            )


def _deeds(one: Sentence, dates: tuple[ToldDate, ...]) -> Iterator[tuple[str, str, _Told]]:
    """Yield what somebody does with a house, when the last leave, and who comes with a ship."""
    for pattern, acts in ((_DEED, ("opened", "closed")), (_LAST, ("left", "arrived")), (_ABOARD, ())):
        for match in pattern.finditer(one.text):
            near = [d for d in dates if 0 <= d.start - match.end() <= _FAR // 2]
            lead = [d for d in dates if d.end <= match.start() and match.start() - d.end <= _FAR // 2]
            date = near[0] if near else lead[-1] if lead else None
            if date is None or re.search(
                r"[;:]", one.text[min(match.start(), date.end) : max(match.end(), date.start)]
            ):
                continue
            words = (
                one.text[max(0, match.start() - 25) : match.end()]
                .replace("The last", "")
                .replace("the last", "")
            )
            if _NEGATED.search(words) or _ABOUT.search(one.text[: date.start]):
                continue
            low, high = min(match.start(), date.start), max(match.end(), date.end)
            act = next((key for key in acts if match[key]), "arrived")
            if pattern is _DEED:
                key, shown, of = match["head"], f"the {match['house']}", (match["kind"] or "").strip()
            elif pattern is _LAST:
                key, shown, of = "the last", f"the last {match['who']}", ""
            else:
                key, shown, of = match["name"], match["name"], ""
            yield (
                act,
                key.casefold(),
                _Told(one, low, high, date, frozenset(), pattern is not _ABOARD, shown, of),
            )


def _differ(left: _Told, right: _Told, act: str) -> bool:
    """Whether the two days cannot be one, and the two things may."""
    a, b = left.date, right.date
    if left.of and right.of and left.of != right.of:
        return False
    if a.is_lent or b.is_lent:
        if len(a.edtf) < 10 or len(b.edtf) < 10 or a.edtf[5:] == b.edtf[5:]:
            return False
        x, y = bounds(f"2000{a.edtf[4:]}"), bounds(f"2000{b.edtf[4:]}")
    else:
        if same(a.edtf, b.edtf) is not False:
            return False
        x, y = bounds(a.edtf), bounds(b.edtf)
    if not (x.earliest and y.earliest and x.latest and y.latest):
        return False
    apart = max(day_number(y.earliest) - day_number(x.latest), day_number(x.earliest) - day_number(y.latest))
    is_long = act in _LONGEST_VOYAGE or left.is_house
    if act == "did" and apart > _YEAR // 6:
        return False
    shares = bool(left.numbers & right.numbers)
    most = _YEAR if shares or not is_long else _YEAR // 6 if act in _LONGEST_VOYAGE else 3 * _YEAR
    return 0 < apart <= (most if is_long else 10 * _YEAR)


def _finding(left: _Told, right: _Told, act: str, others: Sequence[_Told]) -> Finding:
    shared = left.numbers & right.numbers
    is_sure = bool(shared) and not left.is_house
    more = f", with {max(shared):,} in both" if is_sure else "; whether both mean the same is not said"
    return finding(
        "F047",
        "date-conflict",
        "warning" if is_sure else "info",
        f"{left.shown[:1].upper()}{left.shown[1:]} {'' if act == 'did' else act + ' '}{shown(left.date)} ({left.sentence.source}) "
        f"against {shown(right.date)} ({right.sentence.source}){more}.",
        [row.sentence.said(row.start, row.end) for row in (left, right, *others)],
        act=act,
        values=sorted({left.date.edtf, right.date.edtf}),
    )
