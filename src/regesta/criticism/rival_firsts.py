"""F049: two passages that each call another the first to come to one place, and a thing that was there before the first.

    "the first of them to reach Lyngby were the Adlers, on 2 October"  ·  "the first refugees in Lyngby ... on 29 September"
    "a chapel, consecrated in 1761, the first on that coast"           ·  "a chapel stood already at Cap Noir since 1754"
    "the first Pole in Lyngby", "the first nurse in Lyngby"               two kinds: not compared

Claims are not asked, only sentences: each must name the place (or stand in a source about one matter and name none) and date it, and
whom one is of must be among the words of the other. Whether the one was meant to count nobody can see, so it is worth knowing.
What claims say of firsts is the work of `firsts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from regesta.criticism.statements import content
from regesta.criticism.telling import Sentence, are_beside, dated, sentences
from regesta.criticism.view import View, finding
from regesta.dates import before, in_words, same
from regesta.model import Finding

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import ToldDate

__all__ = ["rival_firsts"]

_COMING: Final = re.compile(
    r"\b[Tt]he (?:very )?first\b(?P<who>(?!\s(?:time|step|thing|stop|place|days?|weeks?|months?|years?|night|winter|summer|spring|autumn|half|"
    r"part|edition|attempt|wave|letter)\b)(?:\s(?!to\b|who\b|that\b|in\b|at\b)[\w'’-]+){0,5}?)\s"
    r"(?:(?:to|who|that)\s(?:ever\s)?(?:reach|land|arrive|come|came|arrived|reached|landed|settled?|set foot|be (?:taken in|received|admitted|registered)|"
    r"cross(?:ed)?|was|were)\b|(?:in|at|of)\s(?=[A-Z])|(?:arrived|came|landed|reached)\b)"
)
_THING: Final = re.compile(
    r"(?:\bthe (?:very )?first\s(?P<what>(?:[\w'’-]+\s){0,3}?)(?P<head>HEAD)\b|\ba(?:n)?\s(?:[\w'’-]+\s){0,2}?(?P<apposed>HEAD)\b[^.;]{0,60}?,\s(?:which was\s|it was\s)?the first\s"
    r"(?:of its kind\s|ever\s|one\s)?(?:on|in|of|at)\b)".replace(
        "HEAD",
        "school|chapel|church|mosque|synagogue|temple|newspaper|shop|bakery|hostel|hospital|clinic|library|theatre|cemetery|press|bank|"
        "house|club|society|association|committee|camp|restaurant|factory|workshop|class|kindergarten|printing house|mission|convent|office",
    )
)
_THERE: Final = r"\b(?:[Aa]|[Aa]n|[Aa]nother|[Oo]ne|[Tt]heir|[Ii]ts|[Tt]he(?!\sfirst))\s(?:(?!first\b)[\w'’-]+\s){0,3}?%s\b"
_BEGAN: Final = re.compile(
    r"\b(?:already|since|stood|opened|founded|existed|built|began|established|consecrated|started|set up|was there|had been|appeared|printed|kept|ran)\b"
)
_NOT: Final = re.compile(
    r"\b(?:not|no|never|would|planned|hoped|wanted|burnt|closed|destroyed|since the|after the war|again|among|one of|perhaps|after \d{4}|since \d{4})\b",
    re.IGNORECASE,
)
_PEOPLE: Final = content(
    "refugee person people man woman exile emigrant immigrant newcomer arrival one family couple defector group them these all of us ever"
)
_NAMES: Final = re.compile(r"\b[^\W\d_a-z][\w'’-]{2,}")
_EMPTY: Final = content(
    "January February March April May June July August September October November December The In On At By It He She They"
)
_MOST: Final = 60


_SAME: Final = re.compile(
    r"\b[Tt]he (?:very )?first (?P<head>(?!time|of|to|day|night|days|group|step|half|part|people|person|man|woman|three|two|four|few|refugees?|ones?|who)[a-z]{3,})\b"
    r"(?!\s(?:of (?:the|these|those|many|several)|since|after|time)\b)"
)
"""What is called the first of its kind, whatever it is: "the first bus to Canada"."""


class _First(NamedTuple):
    sentence: Sentence
    start: int
    end: int
    who: frozenset[str]
    places: frozenset[str]
    date: ToldDate
    words: str


def rival_firsts(view: View) -> Iterator[Finding]:
    """Tell of two who are each called the first to come to one place, and of things that were there before the first."""
    told = sentences(view)
    firsts = [one for one in told if re.search(r"\bfirst\b", one.text) and one.kind != "heading"][:2000]
    if not firsts:
        return
    dates = dated(view)
    coming = [found for one in firsts if (found := _coming(one, dates(one))) is not None][:_MOST]
    beside = are_beside(view)
    for left, right in combinations(coming, 2):
        a, b = left.date, right.date
        if left.sentence.start == right.sentence.start or not left.places & right.places:
            continue
        if not (left.who <= right.who or right.who <= left.who) or a.is_lent != b.is_lent:
            continue
        if same(a.edtf, b.edtf) is not False or not beside(left.sentence.source, right.sentence.source):
            continue
        early, late = (left, right) if before(a.edtf, b.edtf) else (right, left)
        yield _rivals(early, late)
    same_things = [found for one in firsts if (found := _same_thing(one, dates(one))) is not None][
        : _MOST * 2
    ]
    for left, right in combinations(same_things, 2):
        a, b = left.date, right.date
        if left.who != right.who or left.sentence.source == right.sentence.source or not _apart(a, b):
            continue
        if not (left.places & right.places) or not beside(left.sentence.source, right.sentence.source):
            continue
        early, late = (left, right) if a.edtf[4:] < b.edtf[4:] or before(a.edtf, b.edtf) else (right, left)
        yield _rivals(early, late)
    for one in firsts:
        yield from _things(view, one, told)


def _rivals(early: _First, late: _First) -> Finding:
    """Return the finding that two sentences call different things the first."""
    return finding(
        "F049",
        "first-claim",
        "info",
        f"“{late.words}” ({in_words(late.date.edtf)}), but “{early.words}” is said of {in_words(early.date.edtf)}.",
        [late.sentence.said(late.start, late.end), early.sentence.said(early.start, early.end)],
        first=late.date.edtf,
        other=early.date.edtf,
    )


def _apart(a: ToldDate, b: ToldDate) -> bool:
    """Whether two days are not one; where a year is lent, whatever the year."""
    if a.is_lent or b.is_lent:
        return len(a.edtf) == len(b.edtf) == len("2000-01-01") and a.edtf[5:] != b.edtf[5:]
    return same(a.edtf, b.edtf) is False


def _same_thing(one: Sentence, dates: Sequence[ToldDate]) -> _First | None:
    """Return what a sentence calls the first of its kind, with the names behind it and the only date."""
    match = _SAME.search(one.text)
    if match is None or len(dates) != 1 or _NOT.search(one.text[match.start() :][:80]):
        return None
    names = content(" ".join(_NAMES.findall(one.text[match.end() :][:60]))) - _EMPTY
    low, high = min(match.start(), dates[0].start), max(match.end(), dates[0].end)
    tail = re.match(r"[^,.;]{0,40}\b", one.text[match.end() :])
    words = " ".join(f"{match[0]}{tail[0] if tail else ''}".split())
    return _First(one, low, high, content(match["head"]), names, dates[0], words)


def _coming(one: Sentence, dates: Sequence[ToldDate]) -> _First | None:
    match = _COMING.search(one.text)
    if match is None or not dates:
        return None
    near = [d for d in dates if d.end > match.start()] or list(dates)
    if _NOT.search(one.text[match.start() : max(match.end(), near[0].start)]):
        return None
    if re.search(r"\b(?:among|one of|not|some of)\s+(?:\w+\s)?$", one.text[: match.start()]):
        return None
    behind = one.text[match.end() :][:60]
    places = content(" ".join(_NAMES.findall(behind)[:2])) - _EMPTY
    own = content(" ".join(_NAMES.findall(one.text[: match.start()]))) - _EMPTY
    low, high = min(match.start(), near[0].start), max(match.end(), near[0].end)
    words = " ".join(f"{match[0]}{re.split(r'[,.;]', behind)[0][:40]}".split())
    who = content(match["who"]) - _PEOPLE
    return _First(one, low, high, who, places or own, near[0], words)


def _things(view: View, one: Sentence, told: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield what is told of earlier than what is called the first thing of its kind."""
    match = _THING.search(one.text)
    dates = dated(view)
    own = dates(one) if match else ()
    if match is None or len(own) != 1 or own[0].is_lent or _NOT.search(one.text[match.start() :]):
        return
    head = match["head"] or match["apposed"]
    asked = content(match["what"] or "")
    pattern = re.compile(_THERE % re.escape(head))
    where = content(" ".join(_NAMES.findall(re.split(r"[,;]", one.text[match.end() :])[0][:40]))) - _EMPTY
    beside = are_beside(view)
    names = content(" ".join(_NAMES.findall(one.text[: match.start()]))) - _EMPTY
    for other in told:
        if other is one or other.kind == "heading" or not (there := pattern.search(other.text)):
            continue
        if not _BEGAN.search(other.text) or not beside(one.source, other.source):
            continue
        said = content(other.text)
        if not asked <= said or not where <= said or names & content(" ".join(_NAMES.findall(other.text))):
            continue
        earlier = [d for d in dates(other) if not d.is_lent and before(d.edtf, own[0].edtf)]
        if len(earlier) != 1 or re.search(r"\b(?:not|no|never|planned|closed|burnt|destroyed)\b", other.text):
            continue
        low, high = min(there.start(), earlier[0].start), max(there.end(), earlier[0].end)
        first = one.said(min(match.start(), own[0].start), max(match.end(), own[0].end))
        yield finding(
            "F049",
            "first-claim",
            "info",
            f"“{' '.join(match[0].split())}” ({in_words(own[0].edtf)}), but “{' '.join(there[0].split())}” is told of "
            f"{in_words(earlier[0].edtf)}.",
            [first, other.said(low, high)],
            first=own[0].edtf,
            other=earlier[0].edtf,
        )
        return
