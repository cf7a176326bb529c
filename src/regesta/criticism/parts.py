r"""F020: a number that is said, and the parts or things that are listed right behind it.

    nine sailors (eight men and one woman)             8 + 1 = 9
    seven refugees (four men and two women)            4 + 2 = 6, not 7
    three aims: to feed, to house, and to teach        3 things are listed
    two trials, one in 1931 and one on 4 May 1936      2 are told
    two brothers aged 15 and 17                        2 ages

What holds is told as `ok`. A list may leave things out ("including"), go on in the next sentence, or give one thing in two
words, so only what no reading explains is a fault: the sexes of people that do not make their number, fewer things than said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from regesta.criticism.view import View, finding
from regesta.criticism.wordings import NUMBER, Block, blocks_saying, figure, number_of, seldom
from regesta.model import Finding
from regesta.model.finding import Severity
from regesta.vocab.lexicon import lexicon

__all__ = ["listed", "parts"]

_N: Final = rf"(?i:{NUMBER})"
_CUE: Final = seldom(
    rf"\b{_N}\s(?:[\w'’-]+\s){{0,3}}[\w'’-]+(?:\s?[(:–—]|,?\s(?i:aged)\s)|,\s(?i:one)\s(?:in|on)\b|,\s[0-9a-z-]+\s(?:men|women|boys|girls|adults)\b"
)
"""What any of the rules below needs: a number, a noun, and the sign that something is listed; or "one in" behind a comma.

No count of signs between the two is bounded here: that makes the database's expressions twenty times slower.
"""

_PLAIN_WORD: Final = rf"(?!{_N}\b)[A-Za-z'’-]+"
_NOUN: Final = rf"(?P<noun>(?:{_PLAIN_WORD}\s){{0,3}}{_PLAIN_WORD})"
_OWN: Final = rf"(?!and\b){_PLAIN_WORD}"
_SHARE: Final = rf"{_N}\s{_OWN}(?:\s{_OWN}){{0,2}}"
_JOINT: Final = r"(?:,\s(?:and\s)?|\sand\s|;\s(?:and\s)?)"
_SHARES: Final = re.compile(
    rf"\b(?P<total>{_N})\s{_NOUN}\s?(?:\((?P<in>{_SHARE}(?:{_JOINT}{_SHARE}){{1,11}})\)|[:–—]\s(?P<out>{_SHARE}(?:{_JOINT}{_SHARE}){{1,11}})(?=[.;]|\s[–—]|$))"
)
_LISTED: Final = re.compile(rf"\b(?P<total>{_N})\s{_NOUN}:\s(?P<list>[^:\n]{{5,400}})")
_AGES: Final = re.compile(
    rf"\b(?P<total>{_N})\s{_NOUN},?\s\(?aged\s(?P<ages>{_N}(?:,\s{_N}){{0,11}},?\sand\s{_N})\b(?!\s(?:months|weeks|days|and))"
)
_ONE: Final = re.compile(
    r"\bone\s(?:in|on|at)\s(?P<when>(?:\w+\s){0,2}?(?:\d{1,2},?\s)?\d{4}\b|\w+\s\d{1,2}\b|\d{1,2}\s\w+|[A-Z]\w+)",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(rf"\b(?P<total>{_N})\s(?P<noun>[A-Za-z-]+)(?=[,:\s])", re.IGNORECASE)

_PEOPLE: Final = re.compile(
    rf"(?P<sign>[:,])\s(?P<out>{_N}\s[A-Za-z]+(?:{_JOINT}{_N}\s[A-Za-z]+)+)(?=[.;]|\s[–—]|$)"
)
_RIGHT_BEFORE: Final = re.compile(
    r"\s(?:of (?:us|them|whom)\b[^,.;:\d]{0,30}|(?:people|persons|refugees|passengers|souls|fugitives|exiles|of us)\b[^,.;:\d]{0,30}|on board|aboard),$"
)
"""What may stand between a number and the men and women behind a comma that make it: "46 of us, 20 men and 26 women"."""
_TOTAL: Final = re.compile(rf"(?<![\d.,])\b(?P<total>{_N})\b(?:\s(?P<noun>[A-Za-z-]+))?")
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)(?:uary|ruary|ch|il|ust|t(?:ember)?|tember|ober|ember)?\b"
_ABOUT: Final = re.compile(
    r"\b(?:about|around|some|nearly|almost|over|more than|at least|roughly|up to)\s*$", re.IGNORECASE
)
_SEXES: Final = {
    "men": "m", "man": "m", "male": "m", "males": "m", "boys": "m", "boy": "m",
    "women": "f", "woman": "f", "female": "f", "females": "f", "girls": "f", "girl": "f",
    "child": "c", "children": "c", "minors": "c", "infants": "c", "infant": "c", "baby": "c", "adults": "a", "adult": "a",
}  # fmt: skip
"""Words that part people without remainder: men and women, adults and children."""

_WHOLE: Final = (frozenset("mf"), frozenset("mfc"), frozenset("ac"))
_LEADING: Final = re.compile(rf"({_N})\s(?:for|in|at|on|of|from|to|with|on the)\b")
_LOOSE: Final = re.compile(
    r"\b(?:includ\w+|such as|e\.g|for (?:example|instance)|among (?:them|others)|etc|mainly|mostly|others?|notably|first|"
    r"\d+|and so on|or|i\.e|namely|at least|about|some|over|more|not|but|which|who|that|is|are|was|were|had|has)\b|…|\.\.\.",
    re.IGNORECASE,
)
"""Words after which a list is perhaps not whole, or no list."""

_COUNTED: Final = re.compile(rf"\b(?:{_N}\s[a-z]|(?:grand)?parents)")
"""An item that is of more than one: "two girls", "parents"."""

_MANY: Final = 12
"""Things of a list that are counted, at most."""


def parts(view: View) -> Iterator[Finding]:
    """Hold a number against the parts or things that the same sentence lists behind it."""
    for block in blocks_saying(view, _CUE):
        taken: set[int] = set()
        for rule in (_shares, _sexes, _ages, _cases, _leading, _things):
            for at, found in rule(block):
                if at not in taken:
                    taken.add(at)
                    yield found


def _shares(block: Block) -> Iterator[tuple[int, Finding]]:
    """Hold parts that bear numbers against their total."""
    for match in _SHARES.finditer(block.text):
        total = number_of(match["total"])
        group = "in" if match["in"] else "out"
        shares = [
            (number_of(one[1]), one[2].rsplit(" ", 1)[-1].lower())
            for one in re.finditer(
                rf"({_N})\s([A-Za-z-]+(?:\s[A-Za-z-]+){{0,2}}?)(?={_JOINT}|$)", match[group]
            )
        ]
        numbers = [number for number, _ in shares if number is not None]
        if total is None or len(numbers) < 2 or len(numbers) != len(shares):
            continue
        said = [block.said(match.start(), match.end(group))]
        added = sum(numbers)
        working = f"{' + '.join(figure(n) for n in numbers)} = {figure(added)}"
        words = _plain(f"{match['total']} {match['noun']}")
        computed = {"working": working, "sum": added, "stated": total, "difference": added - total}
        if added == total:
            summary = f"“{words}”: {working}, as stated."
            yield match.start(), finding("F020", "arithmetic-check", "ok", summary, said, **computed)
        elif _are_people(match["noun"]) and {_SEXES.get(noun) for _, noun in shares} in _WHOLE:
            summary = f"“{words}”, but {working}."
            yield match.start(), finding("F020", "sum-mismatch", "warning", summary, said, **computed)


def _sexes(block: Block) -> Iterator[tuple[int, Finding]]:
    """Hold men, women and children behind a colon against the number of people that the clause before it tells."""
    for match in _PEOPLE.finditer(block.text):
        shares = re.findall(rf"({_N})\s([A-Za-z-]+)", match["out"])
        numbers = [number for share, _ in shares if (number := number_of(share)) is not None]
        if {_SEXES.get(noun.lower()) for _, noun in shares} not in _WHOLE or len(numbers) != len(shares):
            continue
        low, _ = block.sentence(match.start())
        totals = [m for m in _TOTAL.finditer(block.text, low, match.start()) if not _is_date(block.text, m)]
        of_people = [m for m in totals if m["noun"] and _are_people(m["noun"])]
        if match["sign"] == "," and (
            not totals or not _RIGHT_BEFORE.match(block.text, totals[-1].end("total"), match.start() + 1)
        ):
            continue
        if match["sign"] == ",":
            of_people, totals = [], totals[-1:]
        if len(of_people or totals) != 1:
            continue
        at = (of_people or totals)[0]
        total, added = number_of(at["total"]), sum(numbers)
        if total is None or total < 2:
            continue
        working = f"{' + '.join(figure(n) for n in numbers)} = {figure(added)}"
        words = _plain(block.text[at.start() : at.end()].strip())
        said = [block.said(at.start(), at.end("total")), block.said(match.start("out"), match.end("out"))]
        computed = {"working": working, "sum": added, "stated": total, "difference": added - total}
        if added == total:
            summary = f"“{words}”: {working}, as stated."
            yield at.start(), finding("F020", "arithmetic-check", "ok", summary, said, **computed)
        elif _ABOUT.search(block.text, low, at.start()) is None:
            summary = f"“{words}”, but {working}."
            yield at.start(), finding("F020", "sum-mismatch", "warning", summary, said, **computed)


def _is_date(text: str, number: re.Match[str]) -> bool:
    """Whether a number is a year or the day of a month."""
    is_year = re.fullmatch(r"1[0-9]{3}|20[0-9]{2}", number["total"]) is not None
    around = (
        text[max(0, number.start() - 12) : number.start()],
        text[number.end("total") : number.end("total") + 12],
    )
    return (
        is_year
        or re.search(rf"{_MONTH}\.?\s$", around[0]) is not None
        or re.match(rf"\s{_MONTH}", around[1]) is not None
    )


def _ages(block: Block) -> Iterator[tuple[int, Finding]]:
    """Hold a number of people against their ages."""
    for match in _AGES.finditer(block.text):
        total = number_of(match["total"])
        ages = re.findall(_N, match["ages"])
        if total is None or not 1 < total <= _MANY or not _are_people(match["noun"]):
            continue
        words = _plain(f"{match['total']} {match['noun']}")
        said = [
            block.said(match.start(), match.end("noun")),
            block.said(match.start("ages"), match.end("ages")),
        ]
        computed = {"listed": len(ages), "stated": total}
        if len(ages) == total:
            summary = f"“{words}”: {len(ages)} ages are given, as many as there are people."
            yield match.start(), finding("F020", "arithmetic-check", "ok", summary, said, **computed)
        else:
            summary = f"“{words}”, but {len(ages)} ages are given."
            yield match.start(), finding("F020", "total-mismatch", "warning", summary, said, **computed)


def _cases(block: Block) -> Iterator[tuple[int, Finding]]:
    """Hold a number of cases against those that are dated one by one."""
    told = list(_ONE.finditer(block.text))
    if len(told) < 2:
        return
    low, high = block.sentence(told[0].start())
    told = [one for one in told if low <= one.start() < high]
    heads = [m for m in _TOLD.finditer(block.text, low, told[0].start()) if m["total"].lower() != "one"]
    totals = [m for m in heads if 1 < (number_of(m["total"]) or 0) <= _MANY and _SEXES.get(m["noun"]) is None]
    if len(told) < 2 or len(totals) != 1:
        return
    total = number_of(totals[0]["total"])
    words = _plain(totals[0][0])
    said = [block.said(*totals[0].span()), *(block.said(*one.span()) for one in told[:4])]
    dates = "; ".join(one["when"] for one in told)
    computed = {"listed": len(told), "stated": total}
    if len(told) == total:
        summary = f"“{words}”: {len(told)} are told, as stated ({dates})."
        yield totals[0].start(), finding("F020", "arithmetic-check", "ok", summary, said, **computed)
    elif total is not None and len(told) > total and all(re.search(r"\d", one["when"]) for one in told):
        summary = f"“{words}”, but {len(told)} are told ({dates})."
        yield totals[0].start(), finding("F020", "total-mismatch", "warning", summary, said, **computed)


def _leading(block: Block) -> Iterator[tuple[int, Finding]]:
    """Hold a number of things against the numbers with which each of those listed begins: "four classes: one for ..., two for ..."."""
    for match in _LISTED.finditer(block.text):
        total = number_of(match["total"])
        _, high = block.sentence(match.start("list"))
        words = block.text[match.start("list") : min(match.end("list"), high)].rstrip(" .")
        items = re.split(
            r",\s(?:and\s)?|;\s(?:and\s)?|\sand\s(?=[a-z\d]+\s(?:for|in|at|on|of|from|to|with)\b)", words
        )
        leads = [_LEADING.match(item) for item in items]
        if total is None or not 1 < total <= _MANY or len(items) < 2 or not all(leads):
            continue
        numbers = [number_of(lead[1]) or 0 for lead in leads if lead]
        added = sum(numbers)
        if max(numbers) >= total:
            continue  # years, or things that bear their number
        working = f"{' + '.join(figure(n) for n in numbers)} = {figure(added)}"
        said = [
            block.said(match.start(), match.end("noun")),
            block.said(match.start("list"), match.start("list") + len(words)),
        ]
        name = _plain(f"{match['total']} {match['noun']}")
        computed = {"working": working, "sum": added, "stated": total, "difference": added - total}
        if added == total:
            yield (
                match.start(),
                finding(
                    "F020", "arithmetic-check", "ok", f"“{name}”: {working}, as stated.", said, **computed
                ),
            )
        elif not re.search(r"\b(?:includ\w+|such as|among|about|at least)\b", words):
            severity: Severity = "warning" if added > total else "info"
            yield (
                match.start(),
                finding("F020", "total-mismatch", severity, f"“{name}”, but {working}.", said, **computed),
            )


def _things(block: Block) -> Iterator[tuple[int, Finding]]:
    """Hold a number of things against those listed behind a colon."""
    for match in _LISTED.finditer(block.text):
        total = number_of(match["total"])
        _, high = block.sentence(match.start("list"))
        words = block.text[match.start("list") : min(match.end("list"), high)].rstrip(" .")
        if total is None or not 1 < total <= _MANY or not _is_plural(match["noun"]):
            continue
        fewest, most = listed(words)
        said = [
            block.said(match.start(), match.end("noun")),
            block.said(match.start("list"), match.start("list") + len(words)),
        ]
        name = _plain(f"{match['total']} {match['noun']}")
        if fewest <= total <= most and most > 1:
            summary = f"“{name}”: {total} are listed, as stated."
            yield (
                match.start(),
                finding("F020", "arithmetic-check", "ok", summary, said, listed=total, stated=total),
            )
        elif (
            1 < most < total
            and not _LOOSE.search(words)
            and not (_are_people(match["noun"]) and _COUNTED.search(words))
            and not re.match(rf"{_N}\b", words)
            and not _goes_on(block, match.end("noun") + 2 + len(words))
        ):
            summary = f"“{name}”, but only {most} are listed."
            yield (
                match.start(),
                finding("F020", "total-mismatch", "warning", summary, said, listed=most, stated=total),
            )


_NO_PLURALS: Final = frozenset(
    "is was has its this as us vs thus plus years months weeks days hours minutes pages points metres meters km mm cm kg".split()
)
"""Words that end as plurals do and count nothing that is listed; what is measured is listed neither."""

_VERBS: Final = frozenset("is was are were had by".split())


def _is_plural(noun: str) -> bool:
    """Whether a noun phrase behind a number counts things.

    >>> [_is_plural(noun) for noun in ("main goals", "Jan", "was composed by", "women", "groups live in Russia")]
    [True, False, False, True, True]
    """
    known = lexicon().plurals
    words = noun.lower().split()
    if words[0] in _VERBS:
        return False
    return any(w not in _NO_PLURALS and (w in known or re.search(r"[^su'’]s$", w)) for w in words)


def listed(words: str) -> tuple[int, int]:
    """Return how many things a list names, at least and at most: an "and" may join two things or be inside one.

    >>> listed("summer guests, day labourers, and tinkers and pedlars")
    (3, 4)
    >>> listed("tea, salt and silk"), listed("to ease fear; to teach, and to house"), listed("bread")
    ((3, 3), (2, 3), (1, 1))
    """
    if ";" in words:
        items = [item for item in words.split(";") if item.strip()]
        return len(items), sum(listed(item)[1] for item in items)
    items = [re.sub(r"^\s*and\s", "", item) for item in re.split(r",\s", words) if item.strip()]
    joints = sum(len(re.findall(r"\sand\s", item)) for item in items)
    has_last = bool(re.search(r",\sand\s", words))
    fewest = len(items) if has_last or not joints else len(items) + 1
    return fewest, len(items) + joints


def _goes_on(block: Block, at: int) -> bool:
    """Whether what follows may be the rest of the list."""
    rest = block.text[at : at + 200]
    return bool(re.match(r"[\s.]*(?:The|And|Also|In addition|Another|A|Finally|Last)\b", rest)) or rest[
        :1
    ] in {":", ";"}


def _are_people(noun: str) -> bool:
    """Whether the last word of a noun phrase names single people, and not groups of them.

    >>> _are_people("young refugees"), _are_people("families"), _are_people("boats")
    (True, False, False)
    """
    word = noun.rsplit(maxsplit=1)[-1].lower()
    known = lexicon()
    single = known.plurals.get(word, word)
    is_one = single in known.person_nouns or single in known.kin or word in {"people", "persons"}
    return is_one and single not in known.group_nouns


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words)
