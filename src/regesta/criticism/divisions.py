"""F030: a number that a sentence divides among verbs, shares in per cent, and parts "of them" that are more than the whole.

    Of the 212 of 1974, 97 returned and 115 stayed               97 + 115 = 212: ok
    Of 96 pupils, 48 per cent, that is 61, passed                61 of 96 are 64 per cent
    61 of the 96 (64 per cent)                                   ok
    212 souls, 106 of whom, or half                              ok; a fraction that does not fit is loose talk
    40 guests, 52 of them women                                  a part is more than its whole

The parts must be the only other numbers of the sentence. That they make less than the whole is no fault (the rest is not told), and
more only where they are "of them". A share is compared as it is rounded. Lists behind a colon or in brackets are `parts`' work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from regesta.criticism.sentence_figures import Number, numbers_of
from regesta.criticism.view import View, finding
from regesta.criticism.wordings import NUMBER, Block, blocks_saying, figure, number_of
from regesta.model import Finding

__all__ = ["divisions"]

_N: Final = rf"(?i:{NUMBER})"
_WHOLE: Final = re.compile(
    rf"\b[Oo]f (?:these|those|the people|them|all) who [^,.;]{{3,50}},\s(?P<all>{_N})\s(?:in all|all told|altogether|in total)\b|"
    rf"\b[Oo](?:f|ut of) (?:the |these |those |its |their |his |her |all |a total of )?(?:[^,.;:0-9]{{0,40}}? )?(?P<n>{_N})\b"
)
_PERCENT: Final = re.compile(r"(?P<p>\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|per\s?cent\b)")
_CUE: Final = r"\b[Oo](?:f|ut of) (?:[^.;:\n]|\n[a-z0-9]){0,60}?[0-9]|\b[Oo]f (?:the|these|those|its|all|their)? ?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]*teen|[a-z]*ty)\b|[0-9] ?(?:%|per ?cent)|\b(?:of|among) (?:them|whom|which)\b"
_MORE_THAN: Final = re.compile(
    rf"(?<![\d.,-])\b(?P<whole>{_N})\s(?P<noun>(?:[a-z][\w'’-]*\s){{0,2}}[a-z][\w'’-]*s|people|men|women|children)(?:,| \(|,? and| –)\s?(?:about |some )?(?P<part>{_N})\sof\s(?:them|whom|which|these)\b"
)
_FRACTION: Final = re.compile(
    r"\b(?:exactly |just |precisely )?(?P<f>(?:one |a )?half|(?:a|one) third|two[ -]thirds|(?:a|one) quarter|three[ -]quarters|(?:a|one) fifth|"
    r"(?:a|one) tenth|(?P<n>one|two|three|four|five|seven) (?:in|out of) (?P<m>two|three|four|five|six|seven|eight|nine|ten))\b(?!\s(?:a|an|of an|years?|hours?|hour|day|months?|past|century|brother|sister|way)\b)"
)
_FRACTIONS: Final = {
    "half": (1, 2), "third": (1, 3), "thirds": (2, 3), "quarter": (1, 4), "quarters": (3, 4), "fifth": (1, 5), "tenth": (1, 10),
}  # fmt: skip
_RESTS: Final = re.compile(
    r"\b(?:both|each|every|rest|others?|remaining|remainder|half|third|quarter|per year|a year|days?|weeks?|months?|years?|hours?|aged|"
    r"times|degrees|km|kilomet\w+|miles|metres|dollars|euros|francs|marks)\b",
    re.IGNORECASE,
)
_THAT_IS: Final = re.compile(
    r"^\W*(?:(?:that is|i\.e\.|namely|which is|or|equal to|amounting to|meaning|corresponding to)\W+)?$",
    re.IGNORECASE,
)
_FEWEST: Final = 2


def divisions(view: View) -> Iterator[Finding]:
    """Hold the parts and shares of a number that a sentence tells against the number."""
    for block in blocks_saying(view, _CUE):
        seen: set[int] = set()
        for cue in re.finditer(_CUE, block.text):
            low, high = block.sentence(cue.start())
            if low in seen:
                continue
            seen.add(low)
            text = block.text[low:high]
            if len(text) > 600:
                continue
            numbers = numbers_of(text)
            found = (
                _share(block, low, text, numbers)
                or _fraction(block, low, text, numbers)
                or _split(block, low, text, numbers)
                or _over(block, low, text)
            )
            if found is not None:
                yield found


def _split(block: Block, low: int, text: str, numbers: Sequence[Number]) -> Finding | None:
    """Return how the parts of a number, told with their verbs, make it."""
    match = _WHOLE.search(text)
    if match is None or any(one.is_percent for one in numbers):
        return None
    at = match.start("n") if match["n"] else match.start("all")
    whole = next((one for one in numbers if one.start == at), None)
    parts = [one for one in numbers if one.start > at]
    if whole is None or len(parts) < _FEWEST or len(parts) != len(numbers) - 1 or _RESTS.search(text):
        return None
    if ":" in text[whole.end : parts[0].start]:
        return None  # a list, which is the work of `parts`
    added = sum(one.value for one in parts)
    if added != whole.value or any(one.value < 1 for one in parts):
        return None
    working = f"{' + '.join(figure(one.value) for one in parts)} = {figure(added)}"
    said = [
        block.said(low + match.start(), low + whole.end),
        block.said(low + parts[0].start, low + _end(text, parts[-1])),
    ]
    return finding(
        "F030", "arithmetic-check", "ok", f"{working}, the number that the sentence divides.", said,
        working=working, sum=added, stated=whole.value,
    )  # fmt: skip


def _end(text: str, last: Number) -> int:
    """Return where the clause of the last part ends."""
    stop = re.search(r"[.;,]", text[last.end :])
    return last.end + stop.start() if stop else len(text.rstrip())


def _share(block: Block, low: int, text: str, numbers: Sequence[Number]) -> Finding | None:
    """Hold a share in per cent against the two numbers beside it."""
    shares = list(_PERCENT.finditer(text))
    counted = [
        one for one in numbers
        if not one.is_percent and not any(m.start() <= one.start < m.end() for m in shares)
    ]  # fmt: skip
    if len(shares) != 1 or len(counted) != _FEWEST:
        return None
    whole, part = sorted(counted, key=lambda one: -one.value)
    share = float(shares[0]["p"].replace(",", "."))
    before = text[max(0, whole.start - 45) : whole.start]
    behind = re.match(r"\s(?:of|among)\s(?:them|whom|which|these|those)\b", text[shares[0].end() :])
    is_of = re.search(r"\b[Oo](?:f|ut of)\b[^,;]*$", before) is not None
    is_told = behind is not None and whole.end <= shares[0].start()
    if whole.value == part.value or not (is_of or is_told) or part.value < 1:
        return None
    real = 100 * part.value / whole.value
    digits = len(shares[0]["p"].partition(".")[2])
    working = f"{figure(part.value)} / {figure(whole.value)} = {real:.{max(1, digits)}f} per cent"
    spots = sorted((whole.start, part.start, shares[0].start()))
    ends = sorted((whole.end, part.end, shares[0].end()))
    said = [block.said(low + spots[0], low + ends[-1])]
    if abs(real - share) <= 0.5 * 10**-digits + 1e-9 + (0.5 if share == round(share) else 0):
        summary = f"{working}: “{shares[0][0]}” is right."
        return finding("F030", "arithmetic-check", "ok", summary, said, working=working, stated=share)
    first, second = sorted(((part.start, part.end), shares[0].span()))
    is_same = _THAT_IS.match(text[first[1] : second[0]]) is not None
    if not is_same and first[0] == part.start:
        is_same = (
            re.fullmatch(
                r"(?:\s[\w'’-]+){0,6}\s?(?:\(|, (?:or|i\.e\.|that is),? )", text[first[1] : second[0]]
            )
            is not None
        )
    is_loose = whole.is_about or part.is_about or abs(real - share) < max(2.0, 0.05 * share)
    if (
        not is_same
        or is_loose
        or re.search(
            r"\babout|some|nearly|almost|over|more than|less than\b[^,;]{0,12}$",
            text[: shares[0].start()][-24:],
        )
    ):
        return None
    summary = f"{working}, but the text says {share:g} per cent, which would be {figure(round(whole.value * share / 100))}."
    return finding("F030", "sum-mismatch", "warning", summary, said, working=working, stated=share)


def _fraction(block: Block, low: int, text: str, numbers: Sequence[Number]) -> Finding | None:
    """Return a half, a third or a quarter that a sentence tells in numbers too, where the two agree."""
    shares = list(_FRACTION.finditer(text))
    counted = [
        one
        for one in numbers
        if not one.is_percent and not (shares and shares[0].start() <= one.start < shares[0].end())
    ]
    counted = [one for one in counted if one.noun or not one.is_about]
    if len(shares) != 1 or len(counted) != _FEWEST or any(one.is_about for one in counted):
        return None
    whole, part = sorted(counted, key=lambda one: -one.value)
    if shares[0]["n"]:
        over, under = number_of(shares[0]["n"]) or 1, number_of(shares[0]["m"]) or 1
    else:
        over, under = _FRACTIONS[re.split(r"[ -]", shares[0]["f"])[-1]]
    if (
        not re.search(r"\bof (?:them|whom|which|these|those|the|all)\b|\bamong (?:them|whom)\b", text)
        or part.value < _FEWEST
    ):
        return None
    if abs(part.value * under - whole.value * over) >= under:
        return None
    working = f"{figure(whole.value)} × {over}/{under} = {figure(whole.value * over / under)}"
    spots, ends = (whole.start, part.start, shares[0].start()), (whole.end, part.end, shares[0].end())
    said = [block.said(low + min(spots), low + max(ends))]
    summary = f"{working}: “{shares[0]['f']}” is {figure(part.value)}."
    return finding("F030", "arithmetic-check", "ok", summary, said, working=working, stated=part.value)


def _over(block: Block, low: int, text: str) -> Finding | None:
    """Return a part "of them" that is more than the number that it is a part of."""
    for match in _MORE_THAN.finditer(text):
        found = {one.start: one for one in numbers_of(text)}
        whole, part = found.get(match.start("whole")), found.get(match.start("part"))
        if whole is None or part is None or part.value <= whole.value or whole.is_about:
            continue
        said = [block.said(low + match.start(), low + match.end())]
        summary = f"{figure(part.value)} are said to be of {figure(whole.value)} {match['noun']}."
        return finding("F030", "sum-mismatch", "warning", summary, said, whole=whole.value, part=part.value)
    return None
