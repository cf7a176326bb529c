"""Part of F033: how long something lasted, as a sentence says it in a number and in two dates, whose year may be told before.

    held for ten days, from 16 to 22 March                   seven at most
    elected in 1991 and in office for nine years, until 1998     seven or eight
    stayed from 28 June to 30 August, 63 days in all         ok
    The largest came on 30 September. ... eleven days before, on 18 September      twelve: worth knowing

Two days count with the first, the last or both; a year more or less is nothing where only years are told. That it does not fit is a fault where
one sentence joins number and dates, and worth knowing where the other date is that of the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from regesta.criticism.telling import Sentence, dated, sentences
from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import NUMBER, figure, number_of
from regesta.criticism.words_of_numbers import FOREIGN, foreign_number
from regesta.dates import in_words

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import ToldDate
    from regesta.model import Finding

__all__ = ["lengths"]

_UNITS: Final = {
    "day": "days?|nights?|Tage?n?|Nächten?|jours?|nuits?|días?|noches?",
    "week": "weeks?|Wochen?|semaines?|semanas?",
    "month": "months?|Monate?n?|mois|mes(?:es)?",
    "year": "years?|Jahre?n?|ans|années?|años?",
}
_LENGTH: Final = re.compile(
    rf"(?<![\w.,-])(?P<n>(?i:{NUMBER})|{FOREIGN}) (?P<unit>{'|'.join(_UNITS.values())})\b(?: and (?P<m>(?i:{NUMBER})) months?)?"
    r"(?P<way>\s(?:before|earlier|later|after(?:wards)?)\b(?!\s(?:the|his|her|their|its|that|he|she|they|we|it|leaving|being)\b))?\b(?! (?:old|of age|ago|alt)\b)"
)
_LOOSE: Final = re.compile(
    r"\b(?:about|around|some|nearly|almost|over|more than|less than|roughly|several|another|further|first|last|every|each|next|within|only|at least|up to|"
    r"sentenced to|prison|spent|aged|age of|etwa|rund|fast|über|mehr als|alle|nächsten|letzten|ersten|seit|vor|environ|près de|plus de|presque|"
    r"premières?|dernières?|il y a|âgée? de|unos|casi|más de|hace)\s(?:an?\s)?$",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(
    r"\s?(?:to|until|till|up to|and|bis(?: zum)?|und|à|au|jusqu(?:'|’)(?:à|au|en)|et|a|al|hasta|y|[–—-])\s?(?:the\s|en\s|le\s|el\s)?|\s?[–—-]\s?",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"\b(?:from|between|von|vom|zwischen|de|du|entre|desde|del)\s(?:the\s|en\s)?$", re.IGNORECASE)  # fmt: skip
_BESIDE: Final = re.compile(
    r"[,\s(:–—]*(?:(?:that is|i\.e\.|or|for|from|between|in all|lang|das heißt|also|von|vom|zwischen|c(?:'|’)est-à-dire|soit|de|du|entre|es decir|o sea|desde|del)\W+)*(?:the\s|en\s)?",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"[.;:\d]|\b(?:and|which|that|who|whose|where|but|then|when|before|after|und|der|die|das|wo|aber|dann|et|qui|que|où|puis|mais|y|donde|pero)\b",
    re.IGNORECASE,
)
"""Words behind which a length may be of something else than the two dates are."""
_IN_ALL: Final = re.compile(
    r",?\s(?:in all|altogether|in total|insgesamt|zusammen|au total|en tout|en total)\b"
)
_LASTED: Final = re.compile(
    r"[,;]?\s(?:and\s)?(?:(?:it|this|that|they|which|he|she|the [a-z]+)\s)?(?:had\s)?(?P<word>lasted|after|been|that is|later|dura|dauerte)(?:\s(?:for|a (?:stay|siege|wait|total) of))?\s$"
)
_AFTER: Final = re.compile(
    r",?\s(?:and\s)?(?:nach|après|after|tras)\s(?:(?:an?|einer|un|une|una)\s(?:[a-z]+\s)?[A-Za-zäöüéèñó]+\s(?:of|von|de)\s)?$"
)
_UNTIL: Final = re.compile(
    r",?\s(?:until|till)\s(?:(?:his|her|its|their|the)\s[a-z]+(?:\s[a-z]+)?\s)?(?:in\s|on\s)?", re.IGNORECASE
)
_DONE: Final = re.compile(r"\b(?:and|which|that|who|,|where|office)\b")
_WAIT: Final = re.compile(
    r"\b(?:had (?:waited|lasted|taken|been (?:on the way|under way))|after an? (?:[a-z]+ )?(?:wait|journey|stay|stop|voyage|passage|crossing|march|flight|ride|trek)|took)\b",
    re.IGNORECASE,
)
_BEGUN: Final = re.compile(
    r"[;,.]?\s(?:and\s)?(?:they|she|he|it|we)\s(?:had\s)?(?:left|set out|set off|sailed|started|departed|begun|embarked)(?:\s(?:from\s)?[A-Z][\w'’-]+)?\s(?:on\s|in\s)"
)
_ON_WAY: Final = re.compile(
    r"\b(?:on the (?:way|road|march)|under way|at sea|travelled|walked|marched|on foot|journey|voyage|rode|sailed)\b"
)
_CAME: Final = re.compile(r"\b(?:arrived|reached|landed|came|docked|got (?:to|there))\b")
_FULL: Final = 10
_YEAR: Final = 4
_WORTH: Final = 2
_NEAR: Final = 60
_FEWEST: Final = {"day": 5, "week": 14, "month": 2, "year": 2}
"""By how much a length must miss the two dates before it to be worth a word."""


def lengths(view: View) -> Iterator[Finding]:
    """Hold a length of time against the two dates that its sentence joins to it."""
    dates = dated(view)
    told = sentences(view)
    for at, one in enumerate(told):
        if one.kind == "heading" or len(one.text) > 400:
            continue
        found = [m for m in _LENGTH.finditer(one.text) if _value(m)]
        if not found:
            continue
        own = dates(one)
        before = told[at - 1] if at and told[at - 1].block == one.block else None
        for match in found:
            if _LOOSE.search(one.text[: match.start()]):
                continue
            made = (
                _since(one, match, own, before, dates(before) if before else ())
                or _ranged(one, match, own)
                or _closed(one, match, own)
                or _until(one, match, own, before, dates(before) if before else ())
                or (before and _away(one, match, own, before, dates(before)))
                or _reached(
                    one,
                    match,
                    own,
                    [(s, dates(s)) for s in reversed(told[max(0, at - 2) : at]) if s.block == one.block],
                )
            )
            if made:
                yield made
                break


def _value(match: re.Match[str]) -> int:
    return number_of(match["n"]) or foreign_number(match["n"]) or 0


def _number(match: re.Match[str]) -> tuple[int, str]:
    number = _value(match)
    unit = next(name for name, words in _UNITS.items() if re.fullmatch(words, match["unit"]))
    if match["m"]:
        return 12 * number + (number_of(match["m"]) or 0), "month"
    return number, unit


def _words(match: re.Match[str]) -> str:
    return match[0][: match.start("way") - match.start()].strip() if match["way"] else match[0]


def _apart(a: ToldDate, b: ToldDate, unit: str) -> int | None:
    """Return how many units lie between two dates, None where they do not say so."""
    if unit == "year":
        return int(b.edtf[:_YEAR]) - int(a.edtf[:_YEAR])
    if unit == "month":
        both = [d.edtf for d in (a, b) if re.match(r"\d{4}-(?:0\d|1[012])", d.edtf)]
        return (
            12 * (int(both[1][:4]) - int(both[0][:4])) + int(both[1][5:7]) - int(both[0][5:7])
            if len(both) > 1
            else None
        )
    return _days(a, b) if len(a.edtf) == len(b.edtf) == _FULL else None


def _ranged(one: Sentence, match: re.Match[str], own: tuple[ToldDate, ...]) -> Finding | None:
    """Judge "from ... to ..., N days" and "N years, from ... to ..."."""
    number, unit = _number(match)
    for a, b in pairwise(own):
        if not _RANGE.fullmatch(one.text[a.end : b.start]) or not _FROM.search(one.text[: a.start]):
            continue
        gap = one.text[b.end : match.start()] if match.start() >= b.end else one.text[match.end() : a.start]
        is_tight = _BESIDE.fullmatch(gap) is not None or _IN_ALL.match(one.text[match.end() :]) is not None
        apart = _apart(a, b, unit)
        if number < _WORTH or apart is None or apart < 1 or len(gap) > _NEAR or match["way"]:
            continue
        if not is_tight and (
            _OTHER.search(gap) or len(own) > 2 or (unit == "year" and abs(number - apart) == 1)
        ):
            continue
        counted = number * 7 if unit == "week" else number
        slack = 6 if unit == "week" else 1
        if unit in ("month", "year") and abs(counted - apart) == 1:
            continue
        return _finding(
            one,
            match,
            (one, a),
            (one, b),
            f"{figure(apart)} {'day' if unit == 'week' else unit}s",
            holds=-1 <= counted - apart <= slack,
            is_sure=is_tight and abs(counted - apart) > slack,
        )
    return None


def _closed(one: Sentence, match: re.Match[str], own: tuple[ToldDate, ...]) -> Finding | None:
    """Judge "imposed on 6 December and lifted on 12 April; it had lasted 98 days"."""
    number, unit = _number(match)
    if len(own) != 2 or own[1].end > match.start() or number < _WORTH:
        return None
    cue = _LASTED.fullmatch(one.text[own[1].end : match.start()])
    apart = _apart(*own, unit)
    if cue is None or apart is None or apart < 1 or len(_LENGTH.findall(one.text)) > 1:
        return None
    counted = number * 7 if unit == "week" else number
    holds = (
        0 <= counted - apart <= 1 if unit == "day" else abs(counted - apart) <= (6 if unit == "week" else 0)
    )
    if not holds and (cue["word"] in ("after", "later") or abs(counted - apart) < _FEWEST[unit]):
        return None
    words = f"{figure(apart)} {'day' if unit == 'week' else unit}s"
    return _finding(one, match, (one, own[0]), (one, own[1]), words, holds=holds, is_sure=False)


def _between(one: Sentence, match: re.Match[str], own: tuple[ToldDate, ...]) -> Finding | None:
    """Judge "left on 26 November and were on the way for 17 days; we arrived on 3 December"."""
    number, unit = _number(match)
    apart = _days(*own) if all(len(d.edtf) == _FULL for d in own) else None
    if unit != "day" or apart is None or abs(apart - number) == 1:
        return None
    return _finding(
        one,
        match,
        (one, own[0]),
        (one, own[1]),
        f"{figure(apart)} days",
        holds=apart == number,
        is_sure=False,
    )


def _since(
    one: Sentence,
    match: re.Match[str],
    own: tuple[ToldDate, ...],
    before: Sentence | None,
    earlier: tuple[ToldDate, ...],
) -> Finding | None:
    """Judge "reached it on 2 September after 19 days; they had set out on 24 August", whose end may be in the sentence before."""
    number, unit = _number(match)
    begin = _BEGUN.match(one.text, match.end())
    first = next((d for d in own if begin and d.start == begin.end()), None)
    if len(own) == 2 and own[0].end <= match.start() and own[1].start >= match.end():
        gap = one.text[match.end() : own[1].start]
        if _ON_WAY.search(one.text[own[0].end : match.start()]) and _CAME.search(gap) and len(gap) < _NEAR:
            return _between(one, match, own)
    ends = [(one, d) for d in own if d.end <= match.start()] or (
        [(before, d) for d in earlier] if before else []
    )
    ends = [(home, d) for home, d in ends if len(d.edtf) == _FULL]
    if (
        first is None
        or unit not in ("day", "week")
        or len(ends) != 1
        or len(first.edtf) != _FULL
        or match["way"]
    ):
        return None
    home, last = ends[0]
    apart = _days(first, last)
    counted = number * (7 if unit == "week" else 1)
    if apart is None or (apart != counted and abs(apart - counted) <= (1 if unit == "day" else 6)):
        return None
    words = f"{figure(apart)} days"
    return _finding(one, match, (one, first), (home, last), words, holds=apart == counted, is_sure=False)


def _reached(
    one: Sentence,
    match: re.Match[str],
    own: tuple[ToldDate, ...],
    lead: Sequence[tuple[Sentence, tuple[ToldDate, ...]]],
) -> Finding | None:
    """Tell that a way or a stay ended so long after the date before: "three days later they landed, on 28 June"."""
    number, unit = _number(match)
    if len(own) == 2 and own[0].end < match.start():
        home, first, last = one, own[0], own[1]
    elif len(own) == 1:
        found = next(((home, dates[-1]) for home, dates in lead if dates), None)
        if found is None:
            return None
        (home, first), last = found, own[0]
    else:
        return None
    if last.end <= match.start():
        is_joined = _AFTER.fullmatch(one.text[last.end : match.start()]) is not None
    else:
        gap = one.text[match.end() : last.start]
        is_joined = len(gap) < _NEAR and not re.search(r"[.:\d]", gap)
        if unit in ("month", "year"):
            is_joined = re.fullmatch(r",?\s(?:(?:in|im|en|on|le|el)\s)?", gap) is not None
    apart = _apart(first, last, unit)
    if match["way"] and unit == "year":
        return None  # the work of `relative_years`
    if not is_joined or number < _WORTH or apart is None or apart != number * (7 if unit == "week" else 1):
        return None
    words = f"{figure(apart)} {'day' if unit == 'week' else unit}s"
    return _finding(one, match, (home, first), (one, last), words, holds=True, is_sure=False)


def _until(
    one: Sentence,
    match: re.Match[str],
    own: tuple[ToldDate, ...],
    before: Sentence | None,
    earlier: tuple[ToldDate, ...],
) -> Finding | None:
    """Judge "since 1991 ... for nine years, until his death in 1998"."""
    number, unit = _number(match)
    if unit != "year" or match["way"] or number < _WORTH:
        return None
    text, start, end = one.text, match.start(), match.end()
    is_for = re.search(r"\bfor $", text[:start]) is not None
    last = next((d for d in own if d.start >= end and is_for and _UNTIL.fullmatch(text[end : d.start])), None)
    last = last or next(
        (d for d in own if re.fullmatch(r",? for ", text[d.end : start]) and re.search(r"\btill? $|\buntil $", text[: d.start])),
        None,
    )  # fmt: skip
    if last is None:
        return None
    lead = [d for d in own if d.end <= min(match.start(), last.start)]
    if lead:
        home, first = one, lead[-1]
    elif earlier and before:
        home, first = before, earlier[-1]
    else:
        return None
    apart = int(last.edtf[:_YEAR]) - int(first.edtf[:_YEAR])
    is_sure = (
        home is one
        and len(own) == 2
        and abs(apart - number) > 1
        and _DONE.search(one.text[first.end : match.start()]) is not None
    )
    if apart <= 0 or not (apart == number or is_sure):
        return None
    return _finding(
        one,
        match,
        (home, first),
        (one, last),
        f"{figure(apart)} years",
        holds=apart == number,
        is_sure=is_sure,
    )


def _away(
    one: Sentence,
    match: re.Match[str],
    own: tuple[ToldDate, ...],
    before: Sentence,
    earlier: tuple[ToldDate, ...],
) -> Finding | None:
    """Judge "eleven days before, on 18 September" against the one date of the sentence before."""
    number, unit = _number(match)
    if len(own) != 1 or len(earlier) != 1 or number < _WORTH:
        return None
    first, second = earlier[0], own[0]
    is_joined = (
        bool(match["way"])
        and re.fullmatch(r",?\s\(?(?:on|in|already in)?\s?(?:the\s)?", one.text[match.end() : second.start])
        is not None
    )
    is_wait = second.end <= match.start() and _WAIT.search(one.text[second.end : match.start()]) is not None
    if not (is_joined or (is_wait and not match["way"])):
        return None
    if is_joined and re.match(r"\s(?:before|earlier)", match["way"]):
        first, second = second, first
    homes = (one, before) if first is own[0] else (before, one)
    if unit in ("day", "week"):
        apart, slack = _days(first, second), 1 if unit == "day" else 6
        wanted, shown = number * (7 if unit == "week" else 1), "days"
        if len(first.edtf) != _FULL or len(second.edtf) != _FULL or apart is None:
            return None
    elif unit == "month":
        if min(len(first.edtf), len(second.edtf)) < len("1921-05"):
            return None
        a, b = (12 * int(d.edtf[:4]) + int(d.edtf[5:7]) for d in (first, second))
        apart, slack, wanted, shown = b - a, 1, number, "months"
    else:
        apart, slack, wanted, shown = int(second.edtf[:4]) - int(first.edtf[:4]), 0, number, "years"
        if is_wait:
            return None
    holds = abs(apart - wanted) <= (slack if unit != "day" else 0)
    if apart <= 0 or (not holds and not slack < abs(apart - wanted) + (unit == "day") <= max(2, wanted)):
        return None
    if unit == "year" and (holds or abs(apart - wanted) > 1):
        return (
            None  # what holds is the work of `relative_years`; what is far off is counted from something else
        )
    return _finding(
        one,
        match,
        (homes[0], first),
        (homes[1], second),
        f"{figure(apart)} {shown}",
        holds=holds,
        is_sure=False,
    )


def _days(first: ToldDate, second: ToldDate) -> int | None:
    try:
        low, high = date.fromisoformat(first.edtf), date.fromisoformat(second.edtf)
    except ValueError:
        return None
    return (high - low).days if high > low else None


def _finding(
    one: Sentence,
    match: re.Match[str],
    first: tuple[Sentence, ToldDate],
    second: tuple[Sentence, ToldDate],
    apart: str,
    *,
    holds: bool,
    is_sure: bool,
) -> Finding:
    spots: list[tuple[Sentence, int, int]] = sorted(
        [
            (first[0], first[1].start, first[1].end),
            (second[0], second[1].start, second[1].end),
            (one, match.start(), match.end()),
        ],
        key=lambda spot: (spot[0].start, spot[1]),
    )
    said: list[Said] = []
    for home in (first[0], second[0], one):
        ends = [(low, high) for place, low, high in spots if place is home]
        said.append(home.said(min(low for low, _ in ends), max(high for _, high in ends)))
    ends_words = f"{in_words(first[1].edtf)} to {in_words(second[1].edtf)}"
    computed = {"working": f"{ends_words}: {apart}", "stated": _words(match)}
    if holds:
        return finding(
            "F033",
            "arithmetic-check",
            "ok",
            f"{ends_words} are {apart}, and the text says {_words(match)}.",
            said,
            **computed,
        )
    summary = f"{ends_words} are {apart}, not {_words(match)}."
    if is_sure:
        return finding("F033", "sum-mismatch", "warning", summary, said, **computed)
    return finding("F033", "arithmetic-check", "info", summary, said, **computed)
