"""Part of F026 and F027: "doubled the beds to 1,500", "from 48 to 24, that is by half", and anniversaries to the day, by the words alone.

    it had 600 beds ... doubled the number of beds to 1,500         600 x 2 = 1,200, not 1,500
    opened on 4 November 1956 ... the tenth anniversary, on 4 November 1966      1956 + 10 = 1966

The figure before is the last number of the same thing in the same block, with no other number between. What the claims of the chronicle
hold of the two is the work of `multiples` and `anniversaries`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from regesta.criticism.sentence_figures import dates_of, numbers_of
from regesta.criticism.view import View, finding
from regesta.criticism.wordings import NUMBER, Block, blocks_saying, figure, number_of, seldom
from regesta.dates import in_words
from regesta.model import Finding, Member

__all__ = ["by_fractions", "grown", "remembered"]

_N: Final = rf"(?i:{NUMBER})"
_FACTORS: Final = {"doubl": 2.0, "trebl": 3.0, "tripl": 3.0, "quadrupl": 4.0, "halv": 0.5}
_CUE: Final = seldom(r"(?i)\b(?:doubl|trebl|tripl|quadrupl|halv)(?:ed|ing|es)\b")
_TO: Final = re.compile(
    rf"\b(?P<word>(?:doubl|trebl|tripl|quadrupl|halv)(?:ed|ing|es))\b(?P<what>(?:\s(?!from\b|and\b|but\b|again\b)[\w’'-]+){{0,6}}?),?\sto\s(?:[$€£¥₩]\s?)?(?P<n>{_N})\b(?![.,]\d)(?:\s(?P<noun>[a-z][\w'’-]*))?",
    re.IGNORECASE,
)
_LOOSE: Final = re.compile(
    r"\b(?:nearly|almost|more than|over|less than|about|around|roughly|some|approximately|at least|virtually|practically|not|or)\s*$",
    re.IGNORECASE,
)
_SLACK: Final = 0.12
"""By which share a multiple that people call "double" may be off."""

_FRACTIONS: Final = {"half": 1 / 2, "a half": 1 / 2, "a third": 1 / 3, "one third": 1 / 3, "two thirds": 2 / 3, "a quarter": 1 / 4, "one quarter": 1 / 4, "three quarters": 3 / 4, "a fifth": 1 / 5}  # fmt: skip
_BY: Final = re.compile(
    rf"\b(?P<verb>reduced|cut|fell|fallen|dropped|shrank|decreased|declined|lowered|rose|risen|grew|grown|increased|raised)\b(?:\s[\w’'-]+){{0,4}}?\sfrom\s(?P<a>{_N})(?:\s[\w-]+){{0,3}}?\sto\s(?P<b>{_N})\b(?![.,]\d)(?:\s[\w-]+){{0,3}}?,?\s(?:\(|–\s)?(?:that is,?\s|i\.e\.\s|or\s|a fall |a rise )?by\s(?P<by>half|(?:a|one) half|(?:a|one) third|two[ -]thirds|(?:a|one) quarter|three[ -]quarters|a fifth)\b",
    re.IGNORECASE,
)
_REMEMBERED: Final = seldom(r"(?i)\b(?:anniversary|centenary)\b")
_BY_CUE: Final = seldom(
    r"(?i)\bfrom [0-9a-z][0-9a-z, -]{0,40} to [^.;]{1,60} by (?:half|an? |one |two|three)"
)

_ORDINALS: Final = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        range(1, 21),
        strict=True,
    )
) | {"twenty-fifth": 25, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "hundredth": 100, "centenary": 100}  # fmt: skip
_ANNIVERSARY: Final = re.compile(
    r"\b(?:(?P<n>[a-z-]+|\d{1,3}(?:st|nd|rd|th))\sanniversary|(?P<c>centenary))\b", re.IGNORECASE
)
_BEHIND: Final = 12
"""Code points between the word anniversary and its own day: ", on"."""
_BEGAN: Final = re.compile(
    r"\b(?:found|establish|open|began|begun|start|launch|inaugurat|built|set up|born|died|enacted|adopted|landed|arriv|came|signed)\w*",
    re.IGNORECASE,
)


def grown(view: View, told: list[Member]) -> Iterator[Finding]:
    """Hold "doubled ... to" against the last figure of the same thing."""
    for block in blocks_saying(view, _CUE):
        for match in _TO.finditer(block.text):
            if any(
                one.source == block.source
                and one.start < block.start + match.end()
                and block.start + match.start() < one.end
                for one in told
            ):
                continue
            found = _grown(block, match)
            if found is not None:
                yield found


def _grown(block: Block, match: re.Match[str]) -> Finding | None:
    after = number_of(match["n"]) or 0
    earlier = [one for one in numbers_of(block.text[: match.start()]) if not one.is_percent]
    if not earlier or re.fullmatch(r"1[0-9]{3}|20[0-9]{2}", match["n"]):
        return None
    before = earlier[-1]
    things = {_stem(word) for word in (*match["what"].split(), match["noun"] or "")} - {""}
    is_bare = not things and abs(before.value * _factor(match["word"]) - after) < 1e-9
    is_same = is_bare or _stem(before.noun) in things
    if not is_same or before.value < 1 or match.start() - before.end > 500:
        return None
    factor = _factor(match["word"])
    real = after / before.value
    said = [
        block.said(before.start, before.end + 1 + len(before.noun)),
        block.said(match.start(), match.end()),
    ]
    working = f"{figure(before.value)} x {figure(factor)} = {figure(before.value * factor)}"
    if abs(real / factor - 1) <= (_SLACK if real != factor else 0):
        about = "as stated" if real == factor else f"about the {figure(after)} that is stated"
        return finding(
            "F026", "arithmetic-check", "ok", f"“{match['word']}”: {working}, {about}.", said, working=working
        )
    if (
        before.is_about
        or _LOOSE.search(block.text[: match.start()])
        or _LOOSE.search(block.text[: match.start("n")])
        or abs(real / factor - 1) <= _SLACK
    ):
        return None
    summary = f"“{match['word']}”: {working}, but the text says {figure(after)}."
    return finding("F026", "sum-mismatch", "warning", summary, said, working=working, stated=after)


def _factor(word: str) -> float:
    return next(value for stem, value in _FACTORS.items() if stem in word.lower())


def _stem(word: str) -> str:
    plain = word.lower()
    return (
        ""
        if plain in {"the", "number", "its", "their", "of", "a", "an", "in", "total"}
        else re.sub(r"(?:ies|y|s)$", "", plain)
    )


def by_fractions(view: View) -> Iterator[Finding]:
    """Hold "from 48 to 24, that is by half" against the two numbers."""
    for block in blocks_saying(view, _BY_CUE):
        for match in _BY.finditer(block.text):
            first, second = number_of(match["a"]), number_of(match["b"])
            if not first or not second or (1500 < first < 2100 and 1500 < second < 2100):
                continue
            share = abs(second - first) / first
            words = match["by"].lower().replace("-", " ").replace("one half", "half")
            told = _FRACTIONS[words]
            is_down = re.match(r"red|cut|f|drop|shr|dec|low", match["verb"], re.IGNORECASE) is not None
            said = [block.said(match.start(), match.end())]
            working = f"{figure(abs(second - first))} / {figure(first)} = {share:.2f}"
            if is_down is not (second < first):
                continue
            if abs(share - told) <= 0.03:
                summary = f"From {figure(first)} to {figure(second)} is by {words}, as stated."
                yield finding("F026", "arithmetic-check", "ok", summary, said, working=working)
            elif abs(share - told) > 0.1 and not _LOOSE.search(block.text[: match.start("by") - 3]):
                summary = f"From {figure(first)} to {figure(second)} is by {share * 100:.0f} per cent, not by {words}."
                yield finding("F026", "sum-mismatch", "warning", summary, said, working=working)


def remembered(view: View, told: list[Member]) -> Iterator[Finding]:
    """Hold an anniversary against a beginning that the same block, or the one before it, dates."""
    blocks = blocks_saying(view, _REMEMBERED)
    around = view.words([(block.source, max(0, block.start - 1500), block.start) for block in blocks])
    for block, lead in zip(blocks, around, strict=True):
        if any(
            one.source == block.source and one.start < block.start + len(block.text) and block.start < one.end
            for one in told
        ):
            continue
        for match in _ANNIVERSARY.finditer(block.text):
            words = (match["n"] or match["c"]).lower()
            n = _ORDINALS.get(words) or int(re.sub(r"\D", "", words) or 0)
            low, high = block.sentence(match.start())
            first = low
            dates = [
                one
                for one in dates_of(block.text[low:high])
                if not one.is_lent and low + one.end > match.start() - 60
            ]
            if behind := [one for one in dates if match.end() <= low + one.start <= match.end() + _BEHIND]:
                dates, low = (
                    behind,
                    match.start(),
                )  # its own day stands behind it: what it remembers may be before it
                dates = [
                    one._replace(start=one.start + first - low, end=one.end + first - low) for one in dates
                ]
            if not n or len({one.edtf[:4] for one in dates}) != 1:
                continue
            when = dates[0]
            whole = Block(block.source, 0, "", None, block.start - len(lead), lead + block.text[:low])
            found = _begun(whole, when.edtf, n)
            if found is None:
                continue
            edtf, start, end = found
            is_right = int(edtf[:4]) + n == int(when.edtf[:4])
            spot = sorted((match.start(), match.end(), low + when.start, low + when.end))
            said = [whole.said(start, end), block.said(spot[0], spot[-1])]
            working = f"{edtf[:4]} + {n} = {int(edtf[:4]) + n}"
            if is_right:
                summary = f"{in_words(edtf)} and {n} years: {working}, the year of the anniversary."
                yield finding("F027", "arithmetic-check", "ok", summary, said, working=working)


def _begun(block: Block, when: str, n: int) -> tuple[str, int, int] | None:
    """Return the date of a beginning so many years before, and its place."""
    for one in dates_of(block.text):
        if int(one.edtf[:4]) + n != int(when[:4]) or one.is_lent:
            continue
        low, high = block.sentence(one.start)
        began = _BEGAN.search(block.text, low, high)
        is_day = len(one.edtf) == len(when) == len("1956-11-04") and one.edtf[4:] == when[4:]
        if began is not None or is_day:
            start = began.start() if began is not None and 0 <= one.start - began.start() < 60 else one.start
            return one.edtf, start, one.end
    return None
