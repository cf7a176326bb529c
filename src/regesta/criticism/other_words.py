"""Part of F047 and F048: what two sources tell of one event, though each in its own words: when it was, and of how many.

    "She docked at Quebec on 25 July" (the Hekla Maria)     ·  "the Hekla Maria reached Quebec on 28 July 1887"    date-conflict
    "Der erste Transport trifft am Bahnhof ein" (14 March)  ·  "am 16. März fuhr der erste Zug in den Bahnhof ein"
    "smallpox killed 38 of the settlers"                    ·  "smallpox took forty-one people of the settlement"  value-conflict
    "the school was opened" (1948) · "the school was closed" (1952)      two acts: nothing

Two sentences tell of one event where their sources are about one matter, both tell of a coming, a leaving, an opening, a closing or a death, and
two words or more are in both that few other such sentences have; who is called "she" or "they" has the names of the sentences before. Each must
have no nearer fellow in the other source that agrees. That both mean one event nobody says, so it is worth knowing, and no more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from regesta.criticism.at_odds import at_odds
from regesta.criticism.sentence_figures import kind_of
from regesta.criticism.telling import Sentence, are_beside, dated, sentences, shown
from regesta.criticism.view import View, finding
from regesta.criticism.words_of_numbers import is_foreign
from regesta.dates import bounds, overlaps
from regesta.dates.days import day_number
from regesta.places import demonym, is_place

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import Number, ToldDate
    from regesta.model import Finding

__all__ = ["dated_otherwise", "numbered_otherwise"]

_ACTS: Final[Mapping[str, str]] = {
    "died": r"died|dies?|killed|perished|drowned|deaths?|dead|claimed|took|lost|starben?|sterben|gestorben|umgekommen|morts?|moururent|décéd\w+|muri\w+|muertos?",
    "arrived": r"arriv\w+|came|comes?|land(?:ed|s|ing)|dock(?:ed|s)|anchored|reach(?:ed|es)|brought|admitted|got down|taken in|trifft|trafen?|kam(?:en)?|kommt|kommen|"
    r"fuhr(?:en)?|eingetroffen|Ankunft|débarqu\w+|accost\w+|lleg\w+|desembarc\w+|trajo",
    "left": r"left|leaves?|sail(?:ed|s)|depart\w+|set (?:out|off|sail)|embarked|verließen?|verlassen|Abfahrt|parti(?:t|e|es|s|rent)?|quitt\w+|embarqu\w+|salieron|zarp\w+",
    "opened": r"open(?:ed|s|ing)?|found(?:ed|ation)|beg[aiu]n(?:s|ning)?|start(?:ed|s)|first (?:lessons?|class(?:es)?|service)|establish\w+|inaugurat\w+|consecrat\w+|"
    r"eröffnet|Eröffnung|gegründet|Gründung|begann(?:en)?|Einweihung|eingeweiht|geweiht|ouvr\w+|ouvert\w*|fond(?:é\w*|ation)|inaugur\w+|abri(?:ó|eron)|fund(?:ó|ad\w+)",
    "built": r"(?:was|were|been) (?:built|erected|completed|finished)|erbaut|fertiggestellt|construit\w*|achevé\w*|construid\w+",
    "changed": r"(?:was|were|been) (?:raised|increased|lowered|reduced|cut|doubled|halved)|rose|fell|(?:raised|lowered|reduced|cut) (?:the|its|their)|erhöht|gesenkt|augmenté\w*|réduit\w*",
    "closed": r"clos(?:ed?|es|ing|ure)|dissolved|shut|abolished|geschlossen|aufgelöst|Auflösung|schloss|ferm(?:é\w*|eture|a)|cerr(?:ó|ad\w+)|"
    r"[Tt]he last (?:[a-z]+ )?(?:had )?left|[Vv]erließen die [Ll]etzten|dernièr\w+ [\w ]{0,20}(?:quitt\w+|part\w+)",
}
_ACT: Final = re.compile("|".join(rf"(?P<{act}>\b(?:{words})\b)" for act, words in (*list(_ACTS.items())[-1:], *list(_ACTS.items())[:-1])))  # fmt: skip
_PLAIN: Final = re.compile(
    r"arriv|came|come|left|leav|open|clos|reach|beg[aiu]n|start|died?|dead|deat|kill|took|lost|found|kam|ouv|quitt|brought|first",
    re.IGNORECASE,
)
"""Acts whose word says nothing of which event it is."""
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_FULL_NAME: Final = re.compile(r"(?<![.!?] )(?<!^)\b[^\W\d_a-z][^\W\d_]{2,}\s[^\W\d_a-z][^\W\d_]{3,}\b")
_NAME: Final = re.compile(r"(?<=[a-zà-ÿ,;:)*] )[^\W\d_a-z][\w'’-]{2,}|\*[^\W\d_a-z][\w'’ -]{2,}\*")
_PRONOUN: Final = re.compile(r"(?:^|[,;:]\s(?:and\s)?|\band\s)(?:[Ss]he|[Hh]e|[Ii]t|[Tt]hey|[Ww]e|I|[Ss]ie|[Ee]r|[Ee]s|[Ww]ir|[Ee]lles?|[Ii]ls?|[Nn]ous)\b|\b(?:[Tt]he|[Tt]heir|[Oo]ur) (?:passage|voyage|journey|crossing|ship|train)\b")  # fmt: skip
_STOP: Final = frozenset(
    "that this with from their there they them then than were when which while where whom whose what have been will would into over after before "
    "under about above only also more most some many much very such each other another years year days months weeks time times people persons "
    "person family families children women january february march april june july august september october november december spring summer "
    "autumn winter monday tuesday wednesday thursday friday saturday sunday jahre jahren januar februar märz juni juli oktober dezember nach "
    "eine einen einer einem wird wurde wurden waren sich auch noch dann dort diese dieser personen kinder familien frühjahr herbst sommer "
    "dans avec pour elle elles nous vous leur leurs cette sont était furent ensuite personnes enfants familles janvier février mars avril juin "
    "juillet août septembre octobre novembre décembre para como desde hasta este esta fueron eran años personas niños".split()
)
_ORDINAL: Final = re.compile(
    r"\b(?:(?P<first>first|erste[nrs]?|premi(?:er|ère)s?|primer[ao]?s?)|(?P<other>second|third|fourth|last|next|another|zweite[nrs]?|dritte[nrs]?|letzte[nrs]?|"
    r"deuxième|second[ea]?|troisième|dernièr?e?s?|segund[ao]|últim[ao]s?))\b",
    re.IGNORECASE,
)
_NEGATED: Final = re.compile(
    r"\b(?:not|never|should|would|was to|were to|planned|expected|may have|is said|was said|rumou?r\w*|if|again|re-?opened|nicht|nie|sollte|soll|wieder|"
    r"jamais|devait|aurait|nunca|debía)\b",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    r"\b(?:about|around|towards?|circa|before|after|since|by|until|from|between|late|early|etwa|um|vor|nach|seit|bis|ab|vers|avant|après|depuis|jusqu\w*|antes|desde|hasta)"
    r"\s(?:the\s|dem\s)?(?:end of\s)?$",
    re.IGNORECASE,
)
_NO_KIND: Final = frozenset(
    "the his her its their our new old first own small little this that den das dem der die des les une".split()
)
_STEM: Final = 5
_FAR: Final = 110
_WINDOW: Final = 120
_FEW: Final = 6
"""Events of one act that may share a word which still tells which of them is meant."""
_SHARED: Final = 2
_FEWEST: Final = 3
_LONGEST: Final = 420
_APART: Final = {
    "arrived": 62,
    "left": 62,
    "opened": 3 * 366,
    "closed": 3 * 366,
    "died": 62,
    "built": 5 * 366,
    "changed": 366,
}
"""Days between two dates of one event, at most; three words in both allow a year for a voyage."""
_YEAR: Final = 366


class _Event(NamedTuple):
    """An act that a sentence tells, the words that say which, and its date or its number."""

    sentence: Sentence
    act: str
    start: int
    end: int
    stems: frozenset[str]
    near: frozenset[str]
    """Those of the words behind the act: the place that is reached."""
    common: frozenset[str]
    """Those that are no names."""
    is_first: bool | None
    date: ToldDate | None
    number: Number | None = None
    kind: str = ""
    times: tuple[str, ...] = ()


def dated_otherwise(view: View) -> Iterator[Finding]:
    """Tell where two sources date what seems one event differently."""
    dates = dated(view)
    events = []
    for one, names in _told(view):
        own = dates(one)
        lead = next((d for d in own if d.start == 0 and one.text[d.end : d.end + 1] in (":", ".", " ")), None)
        for match in _ACT.finditer(one.text) if own else ():
            near = [d for d in own if d.start >= match.end() and d.start - match.end() <= _FAR]
            before = [d for d in own if d.end <= match.start() and match.start() - d.end <= _FAR]
            date = near[0] if near and not re.search(r"[.;]", one.text[match.end() : near[0].start]) else None
            if date is None:
                date = next(
                    (d for d in before[-1:] if not re.search(r"[;]", one.text[d.end : match.start()])), lead
                )
            if date is None or _ABOUT.search(one.text[: date.start]) or _is_negated(one, match):
                continue
            low, high = min(match.start(), date.start), max(match.end(), date.end)
            events.append(_event(one, match, names, low, high, date=date))
    for left, right, shared in _pairs(view, events):
        a, b = left.date, right.date
        if a is None or b is None or not _differ(a, b, left.act, shared):
            continue
        yield finding(
            "F047",
            "date-conflict",
            "info",
            f"{_short(left)[:1].upper()}{_short(left)[1:]}: {shown(a)} ({left.sentence.source}) against {shown(b)} ({right.sentence.source}), "
            f"for “{_short(right)}”; whether both mean the same is not said.",
            [left.sentence.said(left.start, left.end), right.sentence.said(right.start, right.end)],
            act=left.act,
            values=sorted({a.edtf, b.edtf}),
        )


def numbered_otherwise(view: View) -> Iterator[Finding]:
    """Tell where two sources give what seems one event two numbers of people."""
    dates = dated(view)
    events = []
    for one, names in _told(view):
        counted = [(n, kind) for n in one.numbers if n.value >= _FEWEST and (kind := _kind(n, one.text))]
        if len(counted) != 1 or counted[0][0].is_about:
            continue
        n, kind = counted[0]
        times = tuple(d.edtf for d in dates(one) if not d.is_lent)
        for match in _ACT.finditer(one.text):
            apart = max(match.start() - n.end, n.start - match.end())
            if (
                apart > 40
                or _is_negated(one, match)
                or match.lastgroup not in ("died", "arrived", "left", "opened")
            ):
                continue
            low, high = min(match.start(), n.start), max(match.end(), n.end)
            events.append(_event(one, match, names, low, high, number=n, kind=kind, times=times))
            break
    for left, right, _ in _pairs(view, events):
        a, b = left.number, right.number
        if a is None or b is None or a.value == b.value or not 0.5 < a.value / b.value < 2:
            continue
        if "people" not in (left.kind, right.kind) and left.kind != right.kind:
            continue
        if any(overlaps(x, y) is False for x in left.times for y in right.times):
            continue
        yield at_odds(
            f"{_short(left)[:1].upper()}{_short(left)[1:]} ({left.sentence.source}) against {_short(right)} ({right.sentence.source})",
            [left.sentence.said(left.start, left.end), right.sentence.said(right.start, right.end)],
            (a.value, b.value),
            of=left.kind,
        )


def _told(view: View) -> Iterator[tuple[Sentence, tuple[str, ...]]]:
    """Yield each sentence, with the names of those before it in its block where a pronoun stands for them."""
    told = sentences(view)
    for at, one in enumerate(told):
        if one.kind == "heading" or len(one.text) > _LONGEST:
            continue
        names: tuple[str, ...] = ()
        if _PRONOUN.search(one.text):
            lead = [s for s in told[max(0, at - 2) : at] if s.block == one.block and s.source == one.source]
            names = tuple(name for s in lead for name in _NAME.findall(s.text))
        yield one, names


def _is_negated(one: Sentence, match: re.Match[str]) -> bool:
    return _NEGATED.search(one.text[max(0, match.start() - 30) : match.end() + 12]) is not None


def _event(
    one: Sentence,
    match: re.Match[str],
    names: Sequence[str],
    low: int,
    high: int,
    *,
    date: ToldDate | None = None,
    number: Number | None = None,
    kind: str = "",
    times: tuple[str, ...] = (),
) -> _Event:
    around = one.text[max(0, low - _WINDOW) : high + _WINDOW]
    act = one.text[match.start() : match.end()]
    behind = re.match(r"[^,.;:]{0,40}", one.text[match.end() :])
    is_german = is_foreign(one.text)
    stems = _stems(" ".join([around, *names]), is_german=is_german)
    common = frozenset(stem for stem in stems if stem.islower() or " " in stem)
    if not _PLAIN.match(act):
        stems |= {act.casefold()[:_STEM]}
        common |= {act.casefold()[:_STEM]}
    ordinal = _ORDINAL.search(around)
    is_first = None if ordinal is None else ordinal["first"] is not None
    near = _stems(behind[0], is_german=is_german) if behind else frozenset()
    if is_first:
        stems |= {"1"}
    if match.lastgroup == "changed":  # to what: "was raised to 150 rupees"
        new = re.search(r"\bto (?:[$€£]\s?)?(\d[\d,.]*)", one.text[match.end() :][:80])
        stems |= {f"to {new[1].rstrip('.,')}"} if new else frozenset()
    return _Event(
        one, str(match.lastgroup), low, high, stems, near, common, is_first, date, number, kind, times
    )


def _stems(text: str, *, is_german: bool) -> frozenset[str]:
    """Return the words that say which event it is: names whole, in capitals; of other words how they begin.

    >>> sorted(_stems("The steamer Netravati landed with the refugees", is_german=False))
    ['NETRAVATI', 'refug', 'steam']
    """
    found = set()
    for match in _FULL_NAME.finditer(text):
        found.add(match[0].upper())
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        if word in _STOP or _ACT.fullmatch(match[0]) or _ORDINAL.fullmatch(word):
            continue
        is_name = match[0][0].isupper()
        found.add(word.upper() if is_name and not is_german else word[:_STEM])
        if is_name and re.search(r"(?:^|[.!?]\s)$", text[: match.start()]):
            found.add(word[:_STEM])  # it may be no name
        if is_german and is_name and len(word) > _STEM:
            found.add(f"-{word[-_STEM - 1 :]}")  # the last word of a compound says what it is
    return frozenset(found)


def _pairs(view: View, events: Sequence[_Event]) -> Iterator[tuple[_Event, _Event, int]]:
    """Yield pairs of two sources that share words which few events of their act have, each event once, the most alike first."""
    beside = are_beside(view)
    by_stem: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, event in enumerate(events):
        for stem in event.stems:
            by_stem[event.act, stem].append(at)
    shared: dict[tuple[int, int], set[str]] = defaultdict(set)
    for (_, stem), alike in by_stem.items():
        if len(alike) <= _FEW:
            for pair in combinations(alike, 2):
                shared[pair].add(stem)
    taken: set[tuple[int, str]] = set()
    for (i, j), stems in sorted(shared.items(), key=lambda item: (-len(item[1]), item[0])):
        left, right = events[i], events[j]
        a, b = left.sentence.source, right.sentence.source
        if len(stems) < _SHARED or a == b or (i, b) in taken or (j, a) in taken or not beside(a, b):
            continue
        if None not in (left.is_first, right.is_first) and left.is_first != right.is_first:
            continue
        taken |= {(i, b), (j, a)}
        if left.act == "changed":
            is_one = any(stem.startswith("to ") for stem in stems) and len(stems) > _SHARED
        elif left.act in ("opened", "closed", "built"):
            is_one = any(
                not stem.islower() or _of_one_kind(stem, left, right)
                for stem in stems & left.common & right.common
            )
        elif left.act in ("arrived", "left"):
            own = stems - left.near - right.near
            is_one = not _elsewhere(left, right) and not all(_is_common(stem, left.act) for stem in own)
        else:
            is_one = bool(stems - left.near - right.near)
        if is_one:
            yield left, right, len(stems)


def _elsewhere(left: _Event, right: _Event) -> bool:
    """Whether both say behind the act which place is meant, and name none in common: "arrived in Vienna", "arriving in England"."""
    names = [{stem for stem in event.near if stem.isupper()} for event in (left, right)]
    return all(names) and names[0].isdisjoint(names[1])


def _is_common(stem: str, act: str) -> bool:
    """Whether a word that two comings share names a place or a people, or only the coming: many came from there."""
    if stem.islower():
        return re.match(rf"(?:{_ACTS[act]})\b", stem) is not None or any(
            stem == word[:_STEM] for word in _LONG_ACTS
        )
    return all(is_place(word.title()) or demonym(word.title()) is not None for word in stem.split())


_LONG_ACTS: Final = frozenset("landed landing docked sailed departed embarked anchored admitted".split())
"""Words for a coming or a leaving that are kept as words of the event."""


def _of_one_kind(stem: str, left: _Event, right: _Event) -> bool:
    """Whether no two words say that the one is of another kind: a night school and a mission school."""
    kinds = [
        re.search(rf"\b([^\W\d_]{{3,}})\s{re.escape(stem)}", event.sentence.text) for event in (left, right)
    ]
    words = {kind[1] for kind in kinds if kind is not None} - _NO_KIND
    return len(words) < _SHARED


def _differ(a: ToldDate, b: ToldDate, act: str, shared: int) -> bool:
    """Whether two dates are not one, and near enough to be meant of one event."""
    x, y = a.edtf, b.edtf
    if a.is_lent or b.is_lent:
        if len(x) < len("1944-09") or len(y) < len("1944-09"):
            return False
        x = f"{y[:4]}{x[4:]}" if a.is_lent else x
        y = f"{x[:4]}{y[4:]}" if b.is_lent else y
    if overlaps(x, y) is not False:
        return False
    one, two = bounds(x), bounds(y)
    if not (one.earliest and one.latest and two.earliest and two.latest):
        return False
    apart = max(
        day_number(one.earliest) - day_number(two.latest), day_number(two.earliest) - day_number(one.latest)
    )
    return 0 < apart <= max(_APART[act], _YEAR if shared > _SHARED else 0)


def _kind(number: Number, text: str) -> str | None:
    """Return of what kind a number counts people: "38 of the settlers" and "41 people" may be one."""
    behind = re.match(r"\s(?:of the|der|des|de los)\s([^\W\d]+)", text[number.end :])
    if behind and not number.is_percent:
        return "people"
    kind = kind_of(number, text)
    return (
        kind
        if kind
        in (
            "people",
            "families",
            "households",
            "children",
            "men",
            "women",
            "settlers",
            "prisoners",
            "soldiers",
            "girls",
            "boys",
        )
        else None
    )


def _short(event: _Event) -> str:
    words = " ".join(event.sentence.text[event.start : event.end].split())
    return words if len(words) <= _LONGEST // 5 else f"{words[: _LONGEST // 5].rpartition(' ')[0]} …"
