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
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from regesta.criticism.statements import content
from regesta.criticism.telling import Sentence, are_beside, dated, sentences, shown
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


_FOLLOWS: Final = r"of|in|to|at|on|for|from|with|that|which|who|was|were|and|der|des|von|im|in|am|für|zu|aus|de|du|des|à|au|dans|en|pour|del|a|para|y|et|und"
_NO_THING: Final = (
    r"time|of|to|day|night|days|group|step|half|part|people|person|man|woman|three|two|four|few|refugees?|ones?|who|years?|months?|weeks?|"
    r"Mal|Tage?|Jahre?n?|Teil|fois|jours?|années?|vez|días?"
)
_SAME: Final = re.compile(
    rf"\b(?:[Tt]he (?:very )?first|(?:[Dd]ie|[Dd]er|[Dd]as|[Dd]en|[Dd]em) erste[nr]?|(?:[Ll]e premier|[Ll]a première)|(?:[Ee]l primer|[Ll]a primera))\s"
    rf"(?P<head>(?!(?:{_NO_THING})\b)[^\W\d_]{{3,}}(?:\s(?!(?:{_FOLLOWS})\b)[^\W\d_][\w'’-]{{2,}}){{0,2}}?)"
    rf"(?=[.,;)]|\s(?:{_FOLLOWS}|[a-z]+ed)\b|$)(?!\s(?:of (?:the(?: \w+)? (?:three|four|five|two|many|several)|these|those|many|several)|since|after|time)\b)"
)
"""What is called the first of its kind, whatever it is: "the first bus to Canada", "die erste Kirche im Kreis", "le premier bateau"."""


_ORDINAL: Final = re.compile(
    r"\b[Tt]he (?P<n>first|second|third|only) (?P<what>(?:[\w'’-]+\s){0,2}?[a-z]+) (?:of|in|at|on) (?:the )?(?P<at>[^\W\d_a-z][\w'’-]+)"
)
_COUNTED: Final = {"first": 1, "second": 2, "third": 3}
_HOUSES: Final = "school chapel church mosque synagogue temple newspaper shop hostel hospital library theatre press house club society camp factory"
_IN_CLAUSE: Final = re.compile(r"(?:\s(?:as|was|and was|it was)|,(?: it was| as)?)\s")
_FIRST: Final = re.compile(r"\b(?:first|erste[nrs]?|premi(?:er|ère)|primer[ao]?)\b")
_OF_LEAD: Final = re.compile(
    r"^\W*(?:It|This|She|He|They|Sie|Er|Es|Dies|Il|Elle|C[’']|Ce|Fue|Era)\b", re.IGNORECASE
)


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
    same_things = [
        found for one, lead in _with_lead(told) if (found := _same_thing(one, lead, dates)) is not None
    ]
    for left, right in combinations(same_things[: _MOST * 2], 2):
        a, b = left.date, right.date
        if not (left.who <= right.who or right.who <= left.who) or not _apart(a, b):
            continue
        if left.sentence.source == right.sentence.source and (
            left.sentence.block == right.sentence.block or a.is_lent or b.is_lent
        ):
            continue
        if not (left.places & right.places) or not beside(left.sentence.source, right.sentence.source):
            continue
        is_before = a.edtf[4:] < b.edtf[4:] if a.is_lent or b.is_lent else before(a.edtf, b.edtf)
        early, late = (left, right) if is_before else (right, left)
        yield _rivals(early, late)
    for one in firsts:
        yield from _things(view, one, told)
    yield from _seconds(view, told)


def _seconds(view: View, told: Sequence[Sentence]) -> Iterator[Finding]:
    """Tell where one source calls the first of its kind in a place what another calls the second."""
    beside = are_beside(view)
    found = [(one, m) for one in told if one.kind != "heading" for m in _ORDINAL.finditer(one.text)][
        : 4 * _MOST
    ]
    for (a, left), (b, right) in combinations(found, 2):
        if left["n"].lower() == right["n"].lower() or a.source == b.source or not beside(a.source, b.source):
            continue
        if (left["what"].casefold(), left["at"]) != (right["what"].casefold(), right["at"]):
            continue
        names = [content(" ".join(_NAMES.findall(s.text))) - _EMPTY - content(left["at"]) for s in (a, b)]
        of = [content(s.text[: m.start()]) & content(_HOUSES) for s, m in ((a, left), (b, right))]
        if not (names[0] & names[1] or of[0] & of[1]):
            continue
        summary = f"“{left[0]}” ({a.source}) against “{right[0]}” ({b.source}); whether both mean the same is not said."
        said = [a.said(*left.span()), b.said(*right.span())]
        yield finding(
            "F049",
            "first-claim",
            "info",
            summary,
            said,
            ordinals=[_COUNTED.get(m["n"].lower(), 1) for m in (left, right)],
        )


def _rivals(early: _First, late: _First) -> Finding:
    """Return the finding that two sentences call different things the first."""
    return finding(
        "F049",
        "first-claim",
        "info",
        f"“{late.words}” ({shown(late.date)}), but “{early.words}” is said of {shown(early.date)}.",
        [late.sentence.said(late.start, late.end), early.sentence.said(early.start, early.end)],
        first=late.date.edtf,
        other=early.date.edtf,
    )


def _apart(a: ToldDate, b: ToldDate) -> bool:
    """Whether two days are not one; where a year is lent, whatever the year."""
    if a.is_lent or b.is_lent:
        return len(a.edtf) == len(b.edtf) == len("2000-01-01") and a.edtf[5:] != b.edtf[5:]
    return same(a.edtf, b.edtf) is False


def _with_lead(told: Sequence[Sentence]) -> Iterator[tuple[Sentence, Sentence | None]]:
    """Yield each sentence that calls something a first, and the one before it in its block."""
    for at, one in enumerate(told):
        if one.kind != "heading" and _FIRST.search(one.text):
            lead = told[at - 1] if at and told[at - 1].block == one.block else None
            yield one, lead


def _same_thing(
    one: Sentence, lead: Sentence | None, dates: Callable[[Sentence], tuple[ToldDate, ...]]
) -> _First | None:
    """Return what a sentence calls the first of its kind, with the names behind it and the only date, or that of the sentence before."""
    match = _SAME.search(one.text)
    if match is None or _NOT.search(one.text[match.start() :][:80]):
        return None
    own = dates(one)
    if not own and lead is not None and _OF_LEAD.search(one.text[: match.start()]):
        own = dates(lead)
        own = tuple(d._replace(start=match.start(), end=match.start()) for d in own)
    if len(own) > 1:  # that of its clause: "which opened in 1981 as the first house, closes in February"
        own = tuple(d for d in own if not d.is_lent and _IN_CLAUSE.fullmatch(one.text[d.end : match.start()]))
    if len(own) != 1:
        return None
    tail = re.match(r"[^,.;]{0,60}\b", one.text[match.end() :])
    behind = tail[0] if tail else ""
    names = content(" ".join(_NAMES.findall(behind))) - _EMPTY
    low, high = min(match.start(), own[0].start), max(match.end(), own[0].end)
    words = " ".join(f"{match[0]}{behind[:40]}".split())
    head = match["head"].split()
    who = content(head[-1]) | content(" ".join(w for w in head[:-1] if w[0].islower()))
    places = names or (content(behind) - _PEOPLE - _EMPTY)
    return _First(one, low, high, who, frozenset(places), own[0], words)


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
        if (own_first := _SAME.search(other.text)) is not None:  # it is called the first too
            low, high = min(low, own_first.start()), max(high, own_first.end())
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
