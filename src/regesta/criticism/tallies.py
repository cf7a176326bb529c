"""F034: a number, and the parts that its sentence counts one by one, in English, German, French or Spanish.

    212 emigrants: 74 men, 69 women and 67 children              210, not 212
    412 Personen, darunter 118 Männer, 176 Frauen und 108 Kinder     402: who is no man or woman is a child
    Of the 143, 88 were born there, 41 in Oran and 14 in France  143: ok
    fees 848, gifts 1,305, interest 27. Total received 2,180     ok
    eleven people: two nurses, three cooks, four guards and a driver     ten
    46 per cent women, 31 per cent children, 28 per cent men     105 per cent

Parts are numbers that follow each other with nothing but a few words, a comma or "and" between them. What makes its whole is told.
That it does not is a fault where men, women and children must make it, or where a closed list misses it by one figure or next to
nothing, or is more. "Including" closes nothing. What another check reckons alike is told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from regesta.criticism.reckoned import is_slip
from regesta.criticism.telling import Sentence, sentences
from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import NUMBER, figure, number_of
from regesta.criticism.words_of_numbers import FOREIGN, foreign_number

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import Number
    from regesta.model import Finding

__all__ = ["tallies"]

_AND: Final = r"(?:and|und|sowie|et|y|e|&|as well as)"
_WORDS: Final = r"(?:[^\W\d]['’\w-]*\.?\s)"
_STEP: Final = re.compile(
    rf"(?P<noun>[^.;:()\d]{{0,60}}?)(?:[,;]\s{_AND}|[,;]|\s(?P<and>{_AND}))\s(?:(?:in|im|en)\s)?(?:[12]\d{{3}}:?\s|{_WORDS}{{0,3}}?)"
)
"""What stands between two parts: a noun and its like, then a comma or "and", and before a figure its label."""
_AMONG: Final = r"(?:including|among (?:them|whom|these)|darunter|unter ihnen|notamment|parmi (?:eux|lesquels)|entre ellos|incluidos)"
_OF_WHICH: Final = r"(?:of (?:whom|which|these|them)|davon|von denen|dont|soit|de los cuales|de las cuales|de ellos|namely|that is)"
_INTRO: Final = re.compile(
    rf"(?:[^.;:(\d]|\b[12]\d{{3}}\b){{0,60}}?(?:(?P<sign>\s?[:(–—])\s|,\s(?P<of>{_OF_WHICH}),?\s{_WORDS}{{0,2}}?|,?\s(?P<among>{_AMONG})\s|(?P<comma>,\s))(?P<label>(?:[12]\d{{3}}\s|{_WORDS}{{1,3}}?)?)"
)
"""What stands between a whole and its parts behind it."""
_OF: Final = re.compile(r"(?:^|[.;:]\s)\W*(?:Of|Out of|Von|Sur|De|D['’])(?:\s(?:the|these|those|all|its|den|diesen|les|ces|los|las|estos))?\s$")  # fmt: skip
_CUE: Final = r"(?:together|altogether|in all|in total|all told|making|total\w*|sum|zusammen|insgesamt|gesamt|summe|en tout|au total|soit|ensemble|en total|suma|an? (?:staff|crew|party|team|group|family|household|force|total) of)"
_BEFORE_TOTAL: Final = re.compile(
    rf"[^.;:\d]{{0,40}}?(?:[,;:.–(]|\s[–—=])?\s?(?i:{_CUE})\b[:,]?\s?{_WORDS}{{0,3}}?"
)
_BEHIND_TOTAL: Final = re.compile(rf"\s{_WORDS}{{0,2}}?(?i:{_CUE})\b")
_LOOSE: Final = re.compile(
    r"\b(?:includ\w+|such as|e\.g|for (?:example|instance)|among (?:them|others)|etc|mainly|mostly|others?|notably|at least|at most|over|more|"
    r"including|respectively|twice|half|per(?!\s?cent)|each|aged?|u\.\s?a|unter anderem|mindestens|jeweils|notamment|entre autres|chacun|"
    r"entre otros|cada)\b|…|\.\.\.",
    re.IGNORECASE,
)
_MEASURE: Final = re.compile(
    r"^(?:years?|days?|weeks?|months?|hours?|minutes?|km|kilomet\w+|miles|met(?:re|er)s|times|degrees|Jahren?|Tagen?|Wochen?|Monaten?|Stunden?|Kilometern?|"
    r"ans|années?|jours?|semaines?|mois|heures?|años?|días?|meses|horas?)$",
    re.IGNORECASE,
)
_CLASSES: Final = {
    "m": r"men|man|males?|boys?|sons?|Männern?|Mann|Jungen|Knaben|Söhnen?|hommes?|garçons?|fils|hombres?|niños|hijos|varones",
    "f": r"women|woman|females?|girls?|daughters?|Frauen|Frau|Mädchen|Töchtern?|femmes?|filles?|mujer(?:es)?|niñas|hijas",
    "c": r"child(?:ren)?|minors?|infants?|Kindern?|Kind|enfants?|mineurs?|menores",
    "a": r"adults?|grown-ups|Erwachsenen?|adultes?|adultos?",
}
_CLASS: Final = re.compile("|".join(rf"(?P<{key}>\b(?:{words})\b)" for key, words in _CLASSES.items()))
_EXHAUSTIVE: Final = (frozenset("mf"), frozenset("mfc"), frozenset("ac"))
"""Kinds of people that leave nobody out, where the whole is of people."""
_THINGS: Final = re.compile(
    r"^(?:families|households|couples|Familien|Haushalte|Paare|familles|ménages|couples|familias|hogares)$"
)
_PEOPLE: Final = re.compile(
    rf"(?P<n>(?i:{NUMBER})|{FOREIGN})(?P<of>\s(?:of us|von uns|d['’]entre nous|de nosotros))?(?:\s(?!(?i:{NUMBER})\b)[^\W\d][\w'’-]*){{0,4}}\s?:\s(?P<list>[^.;:()“”\"]{{5,200}})(?=[.;“”\"»,]|$)"
)
_ITEM: Final = re.compile(rf"(?:,\s(?:{_AND}\s)?|\s{_AND}\s)")
_COUNT: Final = re.compile(rf"(?P<n>(?i:{NUMBER})|{FOREIGN})\s[^\W\d]")
_ONE: Final = re.compile(
    r"(?:an?|one|the|my|his|her|our|their|ein|eine|der|die|das|mein|meine|sein|seine|ihr|ihre|un|une|mon|ma|son|sa|le|la|notre|leur|una|uno|mi|su|el)\s"
    r"(?:[a-zäöü]+\s)?(?P<noun>[^\W\d][\w'’-]*)(?:\s[^\W\d_a-z][\w'’-]*)?"
)
_PAIR: Final = re.compile(
    r"(?:(?:my|his|her|our|their|the|meine|seine|ihre|die|mes|ses|les|nos|leurs|mis|sus|los)\s)?(?:parents|grandparents|Eltern|Großeltern|grands-parents|padres|abuelos)"
)
_KIN: Final = re.compile(r"(?:grand)?(?:mother|father|son|daughter)|brother|sister|aunt|uncle|wife|husband|baby|cousin|nephew|niece|Mutter|Vater|mère|père|madre|padre")  # fmt: skip
_PERSONS: Final = re.compile(
    r"\b(?:people|persons?|of us|children|members|employees|staff|siblings|passengers|refugees|Personen|Menschen|Kinder|Mitglieder|von uns|"
    r"personnes|enfants|membres|personas|hijos|niños|[Ww]e were|[Ww]ir waren|[Nn]ous étions|[Éé]ramos)\b"
)
_WE: Final = re.compile(r"\b(?:us|[Ww]e|[Ww]ir|uns|[Nn]ous|[Éé]ramos|nosotros)\b")
_LONGEST: Final = 600
_MOST: Final = 12
_CLOSE: Final = 0.2
_HUNDRED: Final = 100
_NEAR: Final = 40


def tallies(view: View) -> Iterator[Finding]:
    """Hold numbers against the parts that are counted beside them."""
    told = sentences(view)
    for at, one in enumerate(told):
        if one.kind == "heading" or len(one.text) > _LONGEST:
            continue
        behind = told[at + 1] if at + 1 < len(told) and told[at + 1].block == one.block else None
        if len(one.numbers) > 1:
            yield from _chains(one, behind, told[at - 1] if at and told[at - 1].block == one.block else None)
        if one.numbers and ":" in one.text:
            yield from _roll(one)


def _chains(one: Sentence, behind: Sentence | None, before: Sentence | None) -> Iterator[Finding]:
    """Judge each run of numbers that follow each other as parts do."""
    numbers = [n for n in one.numbers if not _MEASURE.match(n.noun)]
    at = 0
    while at < len(numbers):
        run, joints = [numbers[at]], []
        for n in numbers[at + 1 :]:
            step = _STEP.fullmatch(one.text[run[-1].end : n.start])
            if step is None or n.is_percent != run[0].is_percent:
                break
            run.append(n)
            joints.append(step)
        found = None
        if run[0].is_percent:
            found = _percent(one, run)
        elif len(run) > 1:
            found = _first(one, run, numbers[:at], before) or _last(
                one, run, numbers[at + len(run) :], behind
            )
        if found is None and len(run) > 2 and not run[0].is_percent:  # a whole and its parts may be one run
            found = _first(one, run[1:], run[:1], None) or _last(one, run[:-1], run[-1:], None)
        if found is not None:
            yield found
        at += len(run)


def _first(
    one: Sentence, run: Sequence[Number], lead: Sequence[Number], before: Sentence | None
) -> Finding | None:
    """Judge parts behind their whole."""
    text = one.text
    if lead:
        whole, gap = lead[-1], text[lead[-1].end : run[0].start]
        intro = _INTRO.fullmatch(gap)
        is_of = _OF.search(text[: whole.start]) is not None and re.search(r"[.;:]", gap) is None
        if intro is None and not is_of:
            return None
        is_loose = intro is not None and bool(intro["among"] or intro["comma"]) and not is_of
        return _judged(one, one, whole, run, is_loose=is_loose)
    if before is not None and re.match(r"(?:Of|Von|Sur|De) (?:the|these|those|them|den|diesen|ces|les|los|estos)\b[^,.;\d]{0,40},?\s$", text[: run[0].start]):  # fmt: skip
        wholes = [n for n in before.numbers if not n.is_percent and n.noun and not _MEASURE.match(n.noun)]
        same = [n for n in wholes if re.search(rf"\b{re.escape(n.noun)}\b", text[: run[0].start])]
        if len(same) == 1:
            return _judged(one, before, same[0], run, is_loose=False)
    return None


def _last(
    one: Sentence, run: Sequence[Number], rest: Sequence[Number], behind: Sentence | None
) -> Finding | None:
    """Judge parts before their whole."""
    if rest:
        whole, home = rest[0], one
        gap = one.text[run[-1].end : whole.start]
        is_told = _BEFORE_TOTAL.fullmatch(gap) is not None or (
            re.fullmatch(r"[^.;:\d]{0,60}?(?:[,;:]| –| \()\s", gap) is not None
            and _BEHIND_TOTAL.match(one.text[whole.end :]) is not None
        )
    elif behind is not None and behind.numbers:
        whole, home = behind.numbers[0], behind
        is_told = (
            re.fullmatch(rf"(?i:{_CUE})\b[:,]?\s?{_WORDS}{{0,3}}?", behind.text[: whole.start]) is not None
        )
    else:
        return None
    if not is_told or whole.is_percent or whole.value < max(n.value for n in run):
        return None
    return _judged(one, home, whole, run, is_loose=False, is_total=True)


def _judged(
    one: Sentence,
    home: Sentence,
    whole: Number,
    run: Sequence[Number],
    *,
    is_loose: bool,
    is_total: bool = False,
) -> Finding | None:
    values = [n.value for n in run]
    added = sum(values)
    low, high = run[0].start, _end(one, run[-1])
    listed = one.text[low:high]
    if whole.is_about or any(n.is_about for n in run) or min(values) < 1 or len(run) > _MOST:
        return None
    if max(values) >= whole.value or (added == whole.value and added < 2 * len(run) + 2 and is_loose):
        return None
    kinds = _classes(one, run)
    is_people = not _THINGS.match(whole.noun)
    is_exhaustive = (
        is_people and kinds is not None and frozenset(kinds) in _EXHAUSTIVE and len(kinds) == len(run)
    )
    if added != whole.value:
        joined = (
            re.search(
                rf"\s{_AND}\s(?:[12]\d{{3}}\s|(?:[^\W\d][\w'’-]*\s){{0,3}}?)$", one.text[: run[-1].start]
            )
            is not None
        )
        is_firm = is_exhaustive and _CLOSE * whole.value > abs(added - whole.value)
        if not is_firm and not is_loose and not _LOOSE.search(listed):
            is_near = is_slip(whole.value, added)
            is_over = whole.value < added < (1 + _CLOSE) * whole.value and len(run) > 2
            is_firm = (is_total or (joined and len(run) > 2)) and (is_near or (is_over and not is_total))
        if not is_firm:
            return None
    working = f"{' + '.join(figure(v) for v in values)} = {figure(added)}"
    end = min(len(home.text.rstrip()), whole.end + len(whole.noun) + bool(whole.noun))
    if home is one and abs(whole.start - low) < _HUNDRED * 2:
        said = [one.said(min(low, whole.start), max(high, end))]
    else:
        said = [home.said(whole.start if whole.start > _NEAR else 0, end), one.said(low, high)]
    return _told(working, added, whole.value, said, figure(whole.value))


def _told(working: str, added: int, stated: int, said: list[Said], words: str) -> Finding:
    computed = {"working": working, "sum": added, "stated": stated, "difference": added - stated}
    if added == stated:
        return finding("F034", "arithmetic-check", "ok", f"{working}, as stated.", said, **computed)
    summary = f"{working}, but the text says {words}."
    return finding("F034", "sum-mismatch", "warning", summary, said, **computed)


def _end(one: Sentence, last: Number) -> int:
    """Return where the words of the last part end."""
    stop = re.search(r"[.,;:()]", one.text[last.end :])
    return last.end + stop.start() if stop else len(one.text.rstrip())


def _classes(one: Sentence, run: Sequence[Number]) -> list[str] | None:
    """Return which kind of people each part counts, None where one does not say so."""
    ends = [n.start for n in run[1:]] + [_end(one, run[-1])]
    found = [_CLASS.search(one.text, n.end, end) for n, end in zip(run, ends, strict=True)]
    kinds = [m.lastgroup for m in found if m is not None and m.lastgroup]
    return kinds if len(kinds) == len(run) else None


def _percent(one: Sentence, run: Sequence[Number]) -> Finding | None:
    """Judge shares of men, women and children: they make a hundred, but for what is rounded."""
    kinds = _classes(one, run)
    added = sum(n.value for n in run)
    if kinds is None or frozenset(kinds) not in _EXHAUSTIVE or len(kinds) != len(set(kinds)):
        return None
    if any(n.is_about for n in run) or _LOOSE.search(one.text[: run[0].start][-30:]):
        return None
    working = f"{' + '.join(figure(n.value) for n in run)} = {figure(added)} per cent"
    if abs(added - _HUNDRED) > len(run) - 1 and abs(added - _HUNDRED) > _CLOSE * _HUNDRED:
        return None
    said = [one.said(run[0].start, _end(one, run[-1]))]
    is_right = abs(added - _HUNDRED) <= len(run) - 1
    if is_right:
        return _told(working, _HUNDRED, _HUNDRED, said, "")
    summary = f"{working}, not a hundred."
    return finding(
        "F034", "sum-mismatch", "warning", summary, said, working=working, sum=added, stated=_HUNDRED
    )


def _roll(one: Sentence) -> Iterator[Finding]:
    """Judge people who are named one by one: "my parents, a grandmother and four children"."""
    for match in _PEOPLE.finditer(one.text):
        whole = number_of(match["n"]) or foreign_number(match["n"]) or 0
        head = one.text[max(0, match.start() - 24) : match.start("list")]
        items = [item.strip() for item in _ITEM.split(match["list"].strip())]
        counts = [_people(item) for item in items]
        if not 2 <= whole <= 2 * _MOST or len(items) < 2 or not _PERSONS.search(head) or None in counts:
            continue
        numbers = [n for n in counts if n is not None]
        if all(_COUNT.match(item) for item in items) or re.search(
            r"\b(?:about|some|over|at least)\s$", head[:24]
        ):
            continue  # parts in numbers alone are the work of `_chains`
        added = sum(numbers)
        working = f"{' + '.join(map(str, numbers))} = {added}"
        said = [one.said(match.start(), match.end("list"))]
        if added == whole or abs(added - whole) > max(2, whole // 3):
            if added == whole:
                yield _told(working, added, whole, said, str(whole))
            continue
        if _WE.search(head):
            summary = f"{working}, but the text says {whole}, unless the teller is one more." if added < whole else f"{working}, but the text says {whole}."  # fmt: skip
            yield finding(
                "F034", "sum-mismatch", "info", summary, said, working=working, sum=added, stated=whole
            )
        else:
            yield _told(working, added, whole, said, str(whole))


def _people(item: str) -> int | None:
    """Return how many people an item of a list is, None where it does not say so.

    >>> [_people(i) for i in ("my parents", "four children", "a driver", "grandmother", "her sisters", "my uncle Lal")]
    [2, 4, 1, 1, None, 1]
    """
    counted = _COUNT.match(item)
    if counted:
        return number_of(counted["n"]) or foreign_number(counted["n"])
    if _PAIR.fullmatch(item):
        return 2
    single = _ONE.fullmatch(item)
    if single and not re.search(r"(?:[^su]s|children|people|Kinder|men)$", single["noun"]):
        return 1
    return 1 if _KIN.fullmatch(item) else None
