"""How an entry of a list is dated: by its head, by a date that stands by itself, else by what it is filed under.

    12 May: 43 Kurds in two lorries                 at the head, before the people
    Jan Novák (8 June 1987) - pilot                 at the head, right after them
    Ana Ruiz, poet, with her son; Lyon, 3 May 1939  standing: between marks, part of no clause
    Emil Kos, smith (1951); later his sister (1953) standing twice: each after the one it dates
    1981 - Béla Tóth stays in New York (30 March)   a head made more precise by a standing date

Only the entry's own words are looked at here; whether a date is an arrival is for `rules/arrival.py`.
"""

from __future__ import annotations

import re

from regesta.dates import DatePhrase
from regesta.extraction.move_dates import is_of_release, is_of_work
from regesta.extraction.movement import Movement
from regesta.extraction.nearest_dates import is_birth
from regesta.extraction.passages import Passage
from regesta.extraction.principals import head_start
from regesta.extraction.scene import Actor, Entry, Scene

__all__ = ["POINT_KINDS", "agrees", "best_date", "entry_date", "head_date", "plain", "standing_dates"]

_YEAR = re.compile(r"\d{4}")
_KINDS = frozenset(("date", "range", "season", "relative", "open"))
_OTHER_DATE = re.compile(
    r"\b(?:born|died|dead|killed|executed|shot|arrested|imprisoned|sentenced|married|released|freed|b\.|d\.|aged)\W*(?:(?:on|in|about|c\.|ca\.)\s*)?$|[†+]\s*$"
)
_REFINED_AFTER = re.compile(
    r"\b(?:born|died|arrested|imprisoned|sentenced|married|released|published|killed|executed|returned)\b|"
    r"\b(?:since|until|before|after|from|till|by)\s+$"
)


def agrees(filed: str, own: str) -> bool:
    """Return whether a date does not contradict the one it is filed under: the same year, or within its decade.

    >>> agrees("195X", "1951-07"), agrees("1951", "1953"), agrees("1951/1953", "1953-05-02")
    (True, False, True)
    """
    years = _YEAR.findall(own)
    if "X" in filed:
        return any(y.startswith(filed.partition("X")[0]) for y in years)
    lent = sorted(_YEAR.findall(filed))
    return not years or not lent or any(lent[0] <= year <= lent[-1] for year in years)


def entry_date(scene: Scene, entry: Entry, passage: Passage, actor: Actor) -> DatePhrase | None:
    """Return the date by which the entry's own words date `actor`: the head's, else the standing one that follows them."""
    head = head_date(scene, passage)
    if entry.kind != "item":
        return head
    standing = standing_dates(scene, passage, entry)
    if head is not None and head.edtf:
        finer = [d for d in standing if _refines(head.edtf, d)]
        if not finer and (only := _only_finer(scene, passage, head.edtf)):
            finer = [only]
        return finer[0] if finer else head
    if not standing:
        if entry.filed is None or entry.filed.is_weak or ".." in entry.filed.edtf:
            return None
        return _only_finer(scene, passage, entry.filed.edtf)
    said = next((s for s in scene.said[passage.index] if s.actor is actor), None)
    after = [d for d in standing if said and d.span.start >= said.span.end]
    return (after or standing)[0]


def _refines(coarse: str, date: DatePhrase) -> bool:
    edtf = date.edtf or ""
    stem = coarse.rstrip("~?%").partition("X")[0]
    return edtf.startswith(stem) and len(edtf) > len(coarse.rstrip("~?%"))


def _only_finer(scene: Scene, passage: Passage, coarse: str) -> DatePhrase | None:
    """Return the one date of the opening sentence that makes a year more precise, if no other event claims it."""
    if "/" in coarse or len(coarse) > 7:
        return None
    start = head_start(scene, passage)
    first = next((s for s in passage.sentences if s.end > start), passage.span)
    if "X" in coarse:
        first = passage.span
    dates = [d for d in passage.dates if first.start <= d.span.start < first.end and d.span.start >= start]
    if len(dates) != 1 or dates[0].kind not in ("date", "range") or not _refines(coarse, dates[0]):
        return None
    before = re.split(r"[;:–(]", scene.text[start : dates[0].span.start])[-1]
    return None if _REFINED_AFTER.search(before) else dates[0]


def standing_dates(scene: Scene, passage: Passage, entry: Entry) -> list[DatePhrase]:
    """Return the dates that stand by themselves in a telegraphic entry: "number two on the list; June 1989, then Paris"."""
    found: list[DatePhrase] = []
    for date in passage.dates:
        if (
            date.edtf is None
            or date.kind not in _KINDS
            or is_of_release(scene, passage.span, date)
            or is_birth(scene, date)
        ):
            continue
        if ".." in date.edtf and date.qualifier not in ("since", "from"):
            continue
        before = scene.text[max(passage.span.start, date.span.start - 32) : date.span.start].rstrip(" *_\n\t")
        after = scene.text[date.span.end : min(passage.span.end, date.span.end + 4)].lstrip(" *_\n\t")
        if not _stands(scene, passage, date, before, after) or _OTHER_DATE.search(before):
            continue
        if entry.filed is not None and not entry.filed.is_weak and not agrees(entry.filed.edtf, date.edtf):
            continue
        found.append(date)
    return found


def _stands(scene: Scene, passage: Passage, date: DatePhrase, before: str, after: str) -> bool:
    """Whether a date is set off by marks on both sides, or is alone in brackets (with a place at most)."""
    edtf = date.edtf or ""
    if _LIFE.fullmatch(edtf) and int(edtf[5:]) - int(edtf[:4]) > _LONGEST_STAY:
        return False
    if before[-1:] == "–" and _BORN_IN.search(scene.text, passage.span.start, date.span.start):
        return False
    if (before[-1:] in ",;.–:" or before[-2:] == " -") and (not after or after[0] in ",;.–:-(["):
        return True
    if _WENT.search(before) and _WENT_TO.match(scene.text, date.span.end, passage.span.end):
        return True
    if _is_behind_name(scene, passage, date) and (not after or after[0] in ",;.–:-(["):
        return True
    if _AT_PLACE.search(scene.text, passage.span.start, date.span.start) and (
        not after or after[0] in ",;.–:"
    ):
        return True
    if date.qualifier in ("since", "from") and _SOJOURN.search(
        scene.text, passage.span.start, date.span.start
    ):
        return not after or after[0] in ",;.–:-(["
    opening = scene.text.rfind("(", max(passage.span.start, date.span.start - 30), date.span.start)
    if opening < 0 or ")" in scene.text[opening : date.span.start]:
        return False
    closing = scene.text.find(")", date.span.end, date.span.end + 30)
    if closing < 0:
        return False
    if date.kind == "range" and _SPENT.search(scene.text, max(passage.span.start, opening - 120), opening):
        return False  # "imprisoned at Graz (May 1950 – June 1952)"
    if _OF_A_WORK.match(scene.document.text, opening, date.span.start) or any(
        opening < mark.start < date.span.start for mark in scene.emphasised
    ):
        return False  # "(*The Wall*, 1953)"
    if is_of_work(scene, passage.sentence_at(date.span.start), date):
        return False
    inside = scene.text[opening + 1 : date.span.start] + scene.text[date.span.end : closing]
    words = [word for word in re.split(r"[\s,;]+", inside) if word]
    return len(words) <= 3 and all(word[:1].isupper() or word in _SMALL for word in words)


def _is_behind_name(scene: Scene, passage: Passage, date: DatePhrase) -> bool:
    """Whether nothing but the name that opens an entry stands before a date: "Ana Ruiz 1974 (by sea)"."""
    said = scene.said[passage.index]
    return (
        bool(said)
        and said[0].form == "name"
        and said[0].span.end + 1 == date.span.start
        and said[0].span.start == head_start(scene, passage)
    )


_WENT = re.compile(r"[–,;-]\s*(?:und\s)?(?:ging|gingen|emigriert|geht)$")
_WENT_TO = re.compile(r"\s(?:nach|in(?:s| die| den)|über) [A-ZÄÖÜ]")
"""What stands around the date of a telegraphic German entry: "Maler – ging [1933] in die Schweiz"."""
_SPENT = re.compile(
    r"\b(?:imprisoned|held|detained|interned|jailed|kept|confined|prison|camp|served|worked|taught|lived|hid|hidden|studied)\b[^.;–(]*$"
)
"""What was done for the time in the brackets behind it."""
_OF_A_WORK = re.compile(r"\(\s?[*_\"“‘«„'][^()]{2,80}[*_\"”’»“'],? ")
"""A title before the year, in brackets."""
_AT_PLACE = re.compile(
    r"(?:[,;.:–)]|--?)\s+(?:(?:in|at|near|to|via)\s+(?:the\s+)?[A-Z][\w'-]+(?:\s[A-Z][\w'-]+){0,2},?\s+(?:in\s+|on\s+)?|(?:in|on)\s+)$"
)
"""What leads up to the date that ends an entry: "tenor, [in Turin] 2005", "soprano -- from the choir, [in] May 1953"."""
_SOJOURN = re.compile(
    r"[,;.–:]\s+(?:(?:now|living|waiting|settled|exiled|based)\s+)?in\s+(?:exile(?:\s+in\s+[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?)?|[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?)\s+$",
    re.IGNORECASE,
)
"""What a stay that goes on begins with: "pilot: waiting in Lagos since May 2020", "poet, in exile since 1993"."""
_LIFE = re.compile(r"\d{4}/\d{4}")
_BORN_IN = re.compile(r"\([^()\d]{0,12}(?:\d{1,2}\S{0,2} \S+ )?\d{4}[^()\d]{0,40}– $")
"""The first half of a life in brackets: "(3 May 1905, Linz – "."""
_LONGEST_STAY = 5
"""Years of a range in brackets that may still date a flight; more is a life."""
_SMALL = frozenset("in on to via from by at the".split())


def head_date(scene: Scene, passage: Passage) -> DatePhrase | None:
    """Return the date at the head of an entry: before its people, or right after their names."""
    start = head_start(scene, passage)
    usable = [
        d
        for d in passage.dates
        if d.edtf
        and d.kind in ("date", "range", "season", "decade")
        and not is_of_release(scene, passage.span, d)
        and not is_birth(scene, d)
    ]
    leading = [d for d in usable if d.span.end <= start]
    if leading:
        first = leading[0].edtf or ""
        return max(
            (d for d in leading if agrees(first, d.edtf or "")),
            key=lambda d: len(d.edtf or ""),
            default=leading[0],
        )
    for date in usable[:1]:
        said = [s for s in scene.said[passage.index] if s.span.start < date.span.start]
        if not said or said[-1].span.start > start + 60:
            continue
        between = scene.text[said[-1].span.end : date.span.start]
        if any(c.isalpha() for c in between.replace("on ", "").replace("in ", "")):
            continue
        if _REFINED_AFTER.search(re.split(r"[;:–(]", scene.text[start : said[-1].span.end])[-1]):
            continue
        after = scene.text[date.span.end : date.span.end + 3].lstrip()
        if "(" in between:
            beyond = scene.text[date.span.end + 1 : date.span.end + 4].lstrip(" *_")[:1]
            if after[:1] == ")" and date.kind == "date" and beyond in ("–", "-", ":", ""):
                return date
        elif (
            after[:1] in ("–", "-", ":", ",", ".", ";", "")
            or any(mark in between for mark in "–-:")
            or ("," in between and _WHERE.match(scene.text, date.span.end))
        ):
            return date
    return None


_WHERE = re.compile(r"\s(?:in|at|near|from|via|through)\s")
"""What goes on to tell where: "Jan Novák, March 1986 in Graz"."""

POINT_KINDS = frozenset(("date", "range", "season", "relative", "decade", "open"))


def best_date(move: Movement) -> DatePhrase | None:
    """Return the most precise date of a movement that can be the day of an arrival, the nearest of several."""
    usable = [
        d
        for d in move.dates
        if d.kind in POINT_KINDS
        and d.qualifier != "as-of"
        and d.edtf
        and not d.edtf.startswith("..")
        and not d.edtf.endswith("..")
    ]
    return max(usable, key=lambda d: (len(d.edtf or ""), -abs(d.span.start - move.span.start)), default=None)


def plain(place: str) -> str:
    """Return the words of a place as they are compared."""
    return place.lower().removeprefix("the ").strip()
