"""F038: numbers that the words between them set in a relation, in one sentence or in two that follow each other.

    363 children, of whom 198 were boys and 165 girls          a whole in two halves: 198 + 165 = 363
    Of these, 16 went on, 12 stayed and 4 died.                the parts of a number of the sentence before
    for 2,100 soldiers, 300 in each of six buildings           300 x 6 = 1,800, not 2,100
    Thirty stayed. Of the 400 that is 8 per cent.              30 of 400 are 7.5 per cent

What holds is told; numbers that make each other to the last figure do so by chance in next to no text. What fails is a fault only where the
words leave no other reading: two halves (boys and girls, two nations) that do not make their whole, at least three parts joined by "and" that miss it by one figure or by
next to nothing, so many of so many each. What another check reckons alike is told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from regesta.criticism.proportions import proportions
from regesta.criticism.telling import Sentence, sentences
from regesta.criticism.view import View, finding
from regesta.criticism.wordings import NUMBER, figure, number_of
from regesta.model import Finding

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import Number

__all__ = ["is_slip", "reckoned"]

_N: Final = rf"(?i:{NUMBER})"
_HALVES: Final = (
    ("boys?|sons?|brothers?", "girls?|daughters?|sisters?", r"child\w*|pupils|orphans|siblings|minors|students|youngsters|people|persons|refugees|passengers|of us|of them"),
    ("men|male|males|husbands", "women|female|females|wives", r"people|persons|refugees|passengers|souls|inhabitants|residents|members|exiles|adults|inmates|prisoners|deportees|workers|population|of us|of them"),
    ("adults", "children|minors", r"people|persons|refugees|passengers|souls|residents|members|exiles|inmates|of us|of them"),
)  # fmt: skip
"""Two words that part people without remainder, and what they part."""
_HALF: Final = [
    (
        re.compile(
            rf"(?<![\d.,-])\b(?P<a>{_N})\s(?:(?:of (?:them|whom|these)\s)?(?:were|was|are)\s)?(?:(?:little|young|small|grown)\s)?"
            rf"(?:(?:{x})(?P<one>)|(?:{y}))\b(?:\s(?:were|are))?,?\sand\s(?:the (?:other|remaining)\s)?(?P<b>{_N})\s(?:(?:of them|were|was|are)\s)?"
            rf"(?:(?:little|young|small|grown)\s)?(?(one)(?:{y})|(?:{x}))\b"
        ),
        re.compile(rf"^\s(?:[\w'’-]+\s){{0,2}}?(?:{of})\b"),
    )
    for x, y, of in _HALVES
]
_OF_WHOM: Final = re.compile(
    r"(?:,|\s\()\s?(?:of (?:whom|which|them|these)\s$|$)|,\s(?:of (?:whom|which|them|these)),?\s$"
)
_NATIONS: Final = re.compile(
    rf",\s(?P<a>{_N})\sof (?:them|whom)\s(?:were\s)?(?P<x>[A-Z][\w'’-]+)(?:,\s(?P<m>{_N})\s[A-Z][\w'’-]+)*\s?,?\sand\s(?P<b>{_N})\s(?P<y>[A-Z][\w'’-]+)\b(?=[.,;)]|\s(?:and|in|at)\b|$)"
)
_OF_THESE: Final = re.compile(r"^(?:Of|Out of|Among) (?:these|them|those|whom|this number|that number)\b,?")
_OF_THE: Final = re.compile(
    rf"^(?:[A-Z][a-z]+,\s)?[Oo](?:f|ut of) (?:the|those|these|its|our|their|all) (?:[a-z]+\s){{0,2}}?(?P<n>{_N})\b"
)
_REST: Final = re.compile(rf"^(?:The (?:remaining|other|last|rest,)|Another)\s(?P<n>{_N})\b")
_COLON: Final = re.compile(rf":\s(?P<list>{_N}\s(?:for|in|at|on|of|from|to|with|by)\s[^:;]{{3,300}})$")
_WITH: Final = re.compile(rf"^(?:Together )?[Ww]ith (?:the|these|those) (?P<a>{_N})\b")
_EACH_OF: Final = re.compile(
    rf"\b(?:for|of|hold|held|house|housed|room for|places for)\s(?P<c>{_N})\s(?P<cn>[a-z][\w'’-]*),\s(?P<b>{_N})\s(?:[a-z]+\s)?(?:in|to|on|for)\s(?:each|every one)\sof\s(?:the\s|its\s)?(?P<a>{_N})\s(?P<an>[a-z][\w'’-]*)"
    rf"|(?<![\d.,-])\b(?P<a2>{_N})\s(?P<an2>(?:[a-z][\w'’-]*\s){{0,2}}?[a-z][\w'’-]*)\s(?:of|for|with|holding)\s(?P<b2>{_N})\s(?P<bn2>[a-z][\w'’-]*)\s(?:each|apiece),?\s(?:and\s)?(?:so\s|thus\s|therefore\s|hence\s|which gives it\s|giving\s)?"
    rf"(?:(?:had|has)\s)?(?:a\s)?(?:total\s)?(?:capacity|room|places|space|total)\s(?:of|for)\s(?P<c2>{_N})\b"
)
_ITEM: Final = re.compile(
    r"(?:[12]\d{3}(?:[-–/]\d{2,4})?|[^;,.:\d]{2,40})[:,]?\s(?P<n>\d[\d,]*\d|\d)(?=[;,.]\s|[.;]?$)"
)
_TOTAL: Final = re.compile(r"\b(?:[Tt]otal|[Ii]n all|[Tt]ogether|[Ss]um|[Aa]ltogether|All told)[:,]?\s(?:of\s|were\s)?(?P<n>\d[\d,]*\d|\d)\b")  # fmt: skip
_IN_YEARS: Final = re.compile(
    rf"\bin (?:the )?(?P<k>{_N}) (?:years|months|quarters)[:,]?\s(?P<n>\d[\d,]*\d)\b"
)
_MEASURES: Final = re.compile(
    r"^(?:years?|days?|weeks?|months?|hours?|minutes?|km|kilomet\w+|miles|met(?:re|er)s|times|degrees|percent)$",
    re.IGNORECASE,
)
_LOOSE: Final = re.compile(
    r"\b(?:at least|including|among others|over|more than|both|half|each|per(?!\s?cent)|twice|aged?|\d+ (?:to|or) \d+)\b",
    re.IGNORECASE,
)
_SMALLEST: Final = 8
_LONGEST: Final = 600
_NEARLY: Final = 0.02


def reckoned(view: View) -> Iterator[Finding]:
    """Hold numbers of a sentence, or of two, against each other as their words relate them."""
    told = sentences(view)
    for at, one in enumerate(told):
        if one.kind == "heading" or len(one.text) > _LONGEST:
            continue
        numbers = _counted(one)
        behind = told[at + 1] if at + 1 < len(told) and told[at + 1].block == one.block else None
        lead = _lead(told, at)
        found = None
        if len(numbers) > 1:
            found = (
                _halves(one, numbers, lead) or _nations(one, numbers) or _split(one, numbers, lead, behind)
            )
            found = found or _listed(one, numbers) or _each(one) or _series(one, told, at)
        if found is None and numbers:
            found = _with(one, numbers, lead)
        shared = proportions(one, lead) if numbers else None
        yield from (made for made in (found, shared) if made is not None)


def _lead(told: Sequence[Sentence], at: int) -> list[Sentence]:
    """Return up to two sentences before one in its block, the nearest first."""
    one = told[at]
    return [s for s in told[max(0, at - 2) : at][::-1] if s.block == one.block and s.source == one.source]


def _counted(one: Sentence) -> list[Number]:
    return [n for n in one.numbers if not n.is_percent and n.value > 0 and not _MEASURES.match(n.noun)]


def _halves(one: Sentence, numbers: Sequence[Number], lead: Sequence[Sentence]) -> Finding | None:
    """Hold boys and girls, men and women against what they make."""
    for pattern, whole_of in _HALF:
        match = pattern.search(one.text)
        if match is None:
            continue
        parts = [n for n in numbers if n.start in (match.start("a"), match.start("b"))]
        if len(parts) != 2 or any(n.is_about for n in parts):
            continue
        before = [n for n in numbers if n.end <= match.start() and not n.is_about]
        near = before[-1:] if before and _OF_WHOM.search(one.text[before[-1].end : match.start()]) else []
        near = near or [
            n for n in before[-1:] if _is_of(one, n, whole_of) and "," in one.text[n.end : match.start()]
        ]
        if near:
            between = one.text[near[0].end : match.start()]
            is_named = "of " in between or _is_of(one, near[0], whole_of)
            return _added(
                one, one, near[0], parts, is_firm=is_named and ";" not in between and "." not in between
            )
        if before:
            return None
        if re.search(r"\d", one.text[: match.start()]):
            return None
        for other in lead:
            wholes = [n for n in _counted(other) if not n.is_about]
            fitting = [n for n in wholes if n.value == sum(p.value for p in parts) and n.value >= _SMALLEST]
            if fitting:
                return _added(one, other, fitting[-1], parts, is_firm=False)
        if lead and len(lead[0].text) < 200:
            wholes = [n for n in _counted(lead[0]) if _is_of(lead[0], n, whole_of)]
            if len(wholes) == 1 and not wholes[0].is_about and len(one.numbers) == 2:
                return _added(one, lead[0], wholes[0], parts, is_firm=_is_close(wholes[0].value, parts))
    return None


def _is_of(one: Sentence, number: Number, whole_of: re.Pattern[str]) -> bool:
    return whole_of.match(one.text[number.end : number.end + 60]) is not None


def _is_close(whole: int, parts: Sequence[Number]) -> bool:
    return abs(sum(n.value for n in parts) - whole) <= max(1, whole // 10)


def _nations(one: Sentence, numbers: Sequence[Number]) -> Finding | None:
    """Hold people of two nations or more against all of them: no one is of two."""
    match = _NATIONS.search(one.text)
    if match is None:
        return None
    parts = [n for n in numbers if match.start() <= n.start < match.end()]
    before = [n for n in numbers if n.end <= match.start()]
    if not before or len(parts) != len(re.findall(rf"\b{_N}\b", match[0])):
        return None
    whole = before[-1]
    added = sum(n.value for n in parts)
    if re.search(r"[.;:]", one.text[whole.end : match.start()]) or added < whole.value:
        return None
    return _added(one, one, whole, parts, is_firm=True)


def _split(
    one: Sentence, numbers: Sequence[Number], lead: Sequence[Sentence], behind: Sentence | None
) -> Finding | None:
    """Hold what becomes of the parts of a number against it: of one that the sentence begins with, or of the one before."""
    match = _OF_THE.match(one.text)
    if match and not _OF_THESE.match(one.text):
        whole, home = next((n for n in numbers if n.start == match.start("n")), None), one
        parts = [n for n in numbers if n.start > match.end()]
    elif (match := _OF_THESE.match(one.text)) and lead:
        home = lead[0]
        wholes = [n for n in _counted(home) if not n.is_about]
        parts = [n for n in numbers if n.start >= match.end()]
        whole = max(wholes, key=lambda n: n.value) if wholes else None
    else:
        return None
    if whole is None or len(parts) < 2 or _LOOSE.search(one.text) or any(n.is_about for n in (whole, *parts)):
        return None
    last, closed = parts[-1], one
    if behind is not None and (rest := _REST.match(behind.text)):
        more = [n for n in behind.numbers if n.start == rest.start("n")]
        if more and len(behind.numbers) == 1:
            return _added(one, home, whole, parts, is_firm=len(parts) > 1, more=(behind, more[0]))
    if max(n.value for n in parts) >= whole.value:
        return None
    joined = re.search(
        r"\b(?:and|while)\s(?:another\s|the (?:other|last|remaining)\s)?$|;\s$", closed.text[: last.start]
    )
    bare = all(
        not re.match(r"\s(?!of\b)[a-z]+s\b(?!\s(?:of|in)\b)", one.text[n.end :])
        or _is_verb(one.text[n.end :])
        for n in parts
    )
    is_firm = bool(joined) and bare and len(parts) > 2 and is_slip(whole.value, sum(n.value for n in parts))
    return _added(one, home, whole, parts, is_firm=is_firm)


def _is_verb(tail: str) -> bool:
    return re.match(r"\s(?:was|has|is|does|goes|lives|stays)\b", tail) is not None


def is_slip(stated: int, added: int) -> bool:
    """Whether two numbers are apart by next to nothing, or by one figure, or by two that changed places.

    >>> is_slip(61, 60), is_slip(6150, 6050), is_slip(297, 279), is_slip(640, 515)
    (True, True, True, False)
    """
    a, b = str(stated), str(added)
    wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    is_even = len(a) == len(b) and len(a) > 2
    one_figure = is_even and len(wrong) == 1
    swapped = is_even and len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(a) == sorted(b)
    return stated != added and (
        abs(stated - added) <= max(1, _NEARLY * stated)
        or ((one_figure or swapped) and abs(stated - added) < 0.2 * stated)
    )


def _listed(one: Sentence, numbers: Sequence[Number]) -> Finding | None:
    """Hold a number against the numbers of a list behind a colon, though another number stands between them."""
    match = _COLON.search(one.text)
    if match is None:
        return None
    before = [n for n in numbers if n.end <= match.start() and n.noun]
    parts = [n for n in numbers if n.start >= match.start("list")]
    items = re.split(r",\s(?:and\s)?|\sand\s", match["list"].rstrip(" ."))
    if not before or not 2 <= len(parts) == len(items) or _LOOSE.search(match["list"]):
        return None
    whole = max(before, key=lambda n: n.value)
    added = sum(n.value for n in parts)
    if max(n.value for n in parts) >= whole.value or any(n.is_about for n in parts) or before[-1] is whole:
        return None  # the number right before the list is the work of `parts`
    is_firm = len(parts) > 2 and is_slip(whole.value, added)
    return _added(one, one, whole, parts, is_firm=is_firm)


def _with(one: Sentence, numbers: Sequence[Number], lead: Sequence[Sentence]) -> Finding | None:
    """Tell that a number with the one before makes a third."""
    match = _WITH.match(one.text)
    if match is None or not lead or len(numbers) < 2:
        return None
    for earlier in _counted(lead[0]):
        for whole in numbers[1:]:
            if earlier.value + numbers[0].value == whole.value >= 20:
                working = f"{figure(earlier.value)} + {figure(numbers[0].value)} = {figure(whole.value)}"
                said = [
                    lead[0].said(earlier.start, _behind(lead[0], earlier)),
                    one.said(0, _behind(one, whole)),
                ]
                return finding(
                    "F038", "arithmetic-check", "ok", f"{working}, as stated.", said, working=working,
                    sum=whole.value, stated=whole.value,
                )  # fmt: skip
    return None


def _each(one: Sentence) -> Finding | None:
    """Hold so many in each of so many against what they make."""
    match = _EACH_OF.search(one.text)
    if match is None:
        return None
    a, b, c = (number_of(match[k] or match[f"{k}2"]) or 0 for k in "abc")
    if min(a, b, c) < 2 or any(n.is_about for n in one.numbers if match.start() <= n.start < match.end()):
        return None
    working = f"{figure(a)} x {figure(b)} = {figure(a * b)}"
    said = [one.said(match.start(), match.end())]
    if a * b == c:
        return finding("F038", "arithmetic-check", "ok", f"{working}, as stated.", said, working=working)
    if abs(a * b - c) < _NEARLY * c or not c / 3 < a * b < 3 * c:
        return None
    summary = f"{working}, but the text says {figure(c)}."
    return finding("F038", "sum-mismatch", "warning", summary, said, working=working, stated=c)


def _series(one: Sentence, told: Sequence[Sentence], at: int) -> Finding | None:
    """Hold figures in a line, each behind its label, against the total at their end."""
    items = list(_ITEM.finditer(one.text))
    if len(items) < 3 or ";" not in one.text:
        return None
    stop = _TOTAL.search(one.text)
    home = one
    if stop is None and at + 1 < len(told) and told[at + 1].block == one.block:
        home = told[at + 1]
        stop = _TOTAL.match(home.text)
    if stop is None and (stop := _IN_YEARS.search(one.text)) and number_of(stop["k"]) != len(items):
        return None
    if stop is None:
        return None
    values = [number_of(m["n"]) or 0 for m in items if home is not one or m.end() <= stop.start()]
    total, added = number_of(stop["n"]) or 0, sum(values)
    if len(values) < 3 or len(values) != one.text.count(";") + 1 - (
        home is one and ";" in one.text[items[len(values) - 1].end() :]
    ):
        return None
    working = (
        f"{' + '.join(figure(v) for v in values[:12])}{' + …' if len(values) > 12 else ''} = {figure(added)}"
    )
    said = [
        one.said(items[0].start(), min(len(one.text), items[len(values) - 1].end())),
        home.said(*stop.span()),
    ]
    computed = {"working": working, "sum": added, "stated": total}
    if added == total:
        return finding("F038", "arithmetic-check", "ok", f"{working}, as stated.", said, **computed)
    return finding(
        "F038", "sum-mismatch", "warning", f"{working}, but the text says {figure(total)}.", said, **computed
    )


def _behind(one: Sentence, n: Number) -> int:
    return min(len(one.text.rstrip()), n.end + len(n.noun) + bool(n.noun))


def _added(
    one: Sentence,
    home: Sentence,
    whole: Number,
    parts: Sequence[Number],
    *,
    is_firm: bool,
    more: tuple[Sentence, Number] | None = None,
) -> Finding | None:
    """Return what parts come to: told where they make their whole, else only where the words are firm."""
    values = [n.value for n in parts] + ([more[1].value] if more else [])
    added = sum(values)
    if whole.is_about or (added != whole.value and not is_firm):
        return None
    working = f"{' + '.join(figure(v) for v in values)} = {figure(added)}"
    if home is one:
        low, high = min(whole.start, parts[0].start), max(_behind(one, whole), _behind(one, parts[-1]))
        said = [one.said(low, high)]
    else:
        said = [
            home.said(max(0, whole.start - 20), _behind(home, whole)),
            one.said(parts[0].start, _behind(one, parts[-1])),
        ]
    if more:
        said.append(more[0].said(0, _behind(*more)))
    computed = {"working": working, "sum": added, "stated": whole.value}
    if added == whole.value:
        return finding("F038", "arithmetic-check", "ok", f"{working}, as stated.", said, **computed)
    summary = f"{working}, but the text says {figure(whole.value)}."
    return finding("F038", "sum-mismatch", "warning", summary, said, **computed)
