"""Which dates of a sentence are of which of its movements, and which are of something else.

    In May 1961  they fled  and  reached Lund  on 3 June        the flight: May; the arrival: 3 June
    fled in 1972, a year after the law of 1971                  a law's year dates no flight

A date belongs to the nearest verb before it, to the verb after it where ", when" follows, and to the whole sentence where
it opens one. Dates of laws, lives, births, papers and nouns belong to no movement.
"""

from __future__ import annotations

import re
from dataclasses import replace

from regesta.dates import DatePhrase
from regesta.extraction.nearest_dates import is_birth, opens_next
from regesta.extraction.passage_dates import is_of_prize
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.text.span import Span

__all__ = [
    "attached",
    "dates_no_move",
    "ends_before",
    "is_of_release",
    "is_of_work",
    "leading_clause",
    "not_until",
    "of_main_verb",
    "when_clause",
]


def attached(
    scene: Scene, passage: Passage, sentence: Span, verbs: list[tuple[int, int, str]]
) -> list[tuple[DatePhrase, int | None]]:
    """Return for each date of the sentence the first word of the verb it belongs to, None for the whole sentence."""
    found: list[tuple[DatePhrase, int | None]] = []
    for date in passage.dates_in(sentence):
        if dates_no_move(scene, sentence, date):
            continue
        before = [v for v in verbs if scene.tokens.ends[v[1]] <= date.span.start]
        after = [v for v in verbs if scene.tokens.starts[v[0]] >= date.span.end]
        follows = scene.text[date.span.end : date.span.end + 12].lstrip(" ,")
        gap = scene.text[scene.tokens.ends[before[-1][1]] : date.span.start] if before else ""
        if _SINCE_ANOTHER.search(gap) or _AT_SOME_TIME.match(gap):
            continue
        moved = bool(before and before[-1][2]) and not any(mark in gap for mark in ",;–")
        of_next = follows.startswith(_WHEN_OPENS) and not moved
        if after and (of_next or (before and _NEXT_CLAUSE.search(gap))):
            if of_next and date.qualifier == "until" and date.core_edtf:
                date = replace(date, edtf=date.core_edtf, kind="date", qualifier=None)  # noqa: PLW2901
            found.append((date, after[0][0]))
        elif _GERUND.search(gap):
            continue  # "entered Norway after disappearing in late 2018"
        elif (
            (";" in gap or ("," in gap and opens_next(scene, date, sentence)))
            and not after
            and _is_dated(scene, passage, sentence, scene.tokens.starts[before[-1][0]])
        ):
            continue  # "In 1990, 200 people arrived; in 1991, 254"
        elif not before or ("–" in gap) or (";" in gap):
            found.append((date, None))
        else:
            found.append((date, before[-1][0]))
    return found


def _is_dated(scene: Scene, passage: Passage, sentence: Span, verb: int) -> bool:
    """Whether a date stands before a verb in its own part of the sentence."""
    return any(
        date.span.end <= verb and ";" not in scene.text[date.span.end : verb]
        for date in passage.dates_in(sentence)
    )


def dates_no_move(scene: Scene, sentence: Span, date: DatePhrase) -> bool:
    """Return whether a date is of something else than a movement: of a law, a life, a birth, a report or a noun."""
    known: dict[tuple[Span, Span], bool] = scene.kept.setdefault("no moves", {})
    judged = known.get((sentence, date.span))
    if judged is None:
        judged = known[sentence, date.span] = _is_no_move(scene, sentence, date)
    return judged


def _is_no_move(scene: Scene, sentence: Span, date: DatePhrase) -> bool:
    return (
        _dates_law(scene, sentence, date)
        or _is_life(scene, date)
        or is_birth(scene, date)
        or _is_of_dateline(scene, sentence, date)
        or _OF_LIFE.search(scene.text, max(sentence.start, date.span.start - 14), date.span.start) is not None
        or scene.text[date.span.start - 3 : date.span.start] in _OF_A_NOUN
        or is_of_prize(scene.text, date.span.start)
        or _OF_EVENT.search(scene.text, max(sentence.start, date.span.start - 50), date.span.start)
        is not None
        or is_of_work(scene, sentence, date)
    )


_OF_EVENT = re.compile(
    r"\b(?:that|which) (?:had )?(?:began|begun|started|broke out|erupted|ended|followed|took place|happened)\b[^;.,]{0,24} (?:in|on|at) (?:the )?$"
)
"""What has a date for itself: "joined the exodus that had begun in Lund in 1951"."""


def is_of_work(scene: Scene, sentence: Span, date: DatePhrase) -> bool:
    """Whether a date in brackets is that of the title before it: "author of *The Reeds* (2015)", "her novel Reeds (2015)"."""
    opens = date.span.start - 1
    if scene.text[opens : opens + 1] != "(" or scene.text[date.span.end : date.span.end + 1] != ")":
        return False
    if scene.text[opens - 2 : opens - 1] in _ENDS_TITLE or any(
        mark.end <= opens <= mark.end + _TITLE_GAP
        for mark in scene.emphasised_in((sentence.start + _TITLE_GAP, date.span.start))  # no name at the head
    ):
        return True
    part = max(sentence.start, *(scene.text.rfind(sign, sentence.start, opens) for sign in ",;()"))
    words = scene.tokens.between(part, opens)
    return len(words) > 1 and any(
        (scene.tokens.lowers[at] in scene.lexicon.works and scene.tokens.capital[at + 1])
        or scene.tokens.lowers[at] == "author"
        for at in words[:-1]
    )


_ENDS_TITLE = ('"', "”", "»", "*", "_")
_TITLE_GAP = 3
"""Code points between a title in italics and the bracket behind it."""
_OF_A_NOUN = ("'s ", "’s ")
"""What makes a year the attribute of the noun behind it: "the country's 1989 list of those who fled"."""
_NEXT_CLAUSE = re.compile(
    r"[^\d,.;:],? (?:and|but) (?:then |later )?(?:in|on|by|since|from|during) (?:the )?$|, who,? (?:in|on) (?:the )?$"
)
"""What a date that opens the next clause stands behind: "they arrived at dawn, and in 1979 there was"."""


def of_main_verb(scene: Scene, date: DatePhrase, verbs: list[tuple[int, int, str]], move: int) -> bool:
    """Whether a verb between a date and a relative clause has the date: "In 1989 she met men [who had fled]"."""
    start = scene.tokens.starts[move]
    return any(
        date.span.end <= scene.tokens.starts[v] < start
        and _IN_RELATIVE.search(scene.text, scene.tokens.ends[last], start) is not None
        for v, last, _ in verbs
    )


_IN_RELATIVE = re.compile(r"\bwho\b[^,;.]*$")


def when_clause(scene: Scene, passage: Passage, sentence: Span, verb: Span) -> list[DatePhrase]:
    """Return the date of what happened at the same time: "fled Lyon when the edict was revoked in 1685"."""
    behind = [d for d in passage.dates_in(sentence) if d.span.start >= verb.end and d.kind == "date"][:1]
    return [
        d
        for d in behind
        if _WHEN.fullmatch(scene.text, verb.end, d.span.start) and not dates_no_move(scene, sentence, d)
    ]


_WHEN_OPENS = ("when", "and when", "cuando ", "quando ", "lorsqu", "quand ", "als er ", "als sie ")
"""What a date stands before that belongs to the next clause: "hasta 1976, cuando se exilió"."""
_WHEN = re.compile(r"[^.;]{0,100} (?:when (?!s?he\b|they\b|I\b|we\b)|while (?:(?:s?he|they) w)?)[^.;,]{3,80}")


def leading_clause(scene: Scene, passage: Passage, sentence: Span, verb: Span) -> list[DatePhrase]:
    """Return the month or year of the clause that opens the sentence: "When the army came in 1959, she fled".

    What came after something happened may have come months after it, so then only the year is taken.
    """
    for date in passage.dates_in(sentence):
        opening = _LEADING.fullmatch(scene.text, sentence.start, date.span.start)
        gap = scene.text[date.span.end : verb.start]
        edtf = date.edtf or ""
        if opening is None or not edtf[:4].isdigit() or "/" in edtf or not _SUBJECT.fullmatch(gap):
            continue
        is_named = any(
            s.is_subject for s in scene.people_in(passage, Span(date.span.end, verb.start))
        )  # not whoever did something in the opening clause
        if dates_no_move(scene, sentence, date) or not is_named:
            return []
        coarse = edtf[: _YEAR if opening["word"] in _AFTERWARDS else _MONTH]
        return [replace(date, edtf=coarse, core_edtf=coarse)]
    return []


_LEADING = re.compile(
    r"\W*(?P<word>When|As|While|After|Once|Following) (?!s?he\b|they\b|I\b|we\b)[^.;]{4,140}"
)
_AFTERWARDS = frozenset(("After", "Once", "Following"))
_SUBJECT = re.compile(r",? (?:[\w'-]+ ){1,7}")
"""What stands between such a clause and the verb: ", the two sisters were able to "."""
_YEAR, _MONTH = len("1959"), len("1959-03")


def ends_before(scene: Scene, sentence: Span, date: DatePhrase, verb: int) -> bool:
    """Whether a date that does not open the sentence belongs to a clause that a semicolon ends before the verb."""
    inside = date.kind == "relative" or date.span.start - sentence.start > _OPENING
    return inside and ";" in scene.text[date.span.end : verb]


_OPENING = 24
"""Code points of a sentence within which a date is of all its clauses."""
_LIFE = re.compile(r"(\d{4})\D*/(\d{4})")
_LONGEST_FLIGHT = 12
"""Years of a range in brackets that may still date a flight; more is a life."""


def _is_life(scene: Scene, date: DatePhrase) -> bool:
    """Whether years in brackets are those of a life: "Luigi Bassi (1876-1944) fuggì"."""
    years = _LIFE.match(date.edtf or "")
    return (
        years is not None
        and int(years[2]) - int(years[1]) > _LONGEST_FLIGHT
        and scene.text[date.span.start - 1 : date.span.start] == "("
        and scene.text[date.span.end : date.span.end + 1] == ")"
    )


_SINCE_ANOTHER = re.compile(
    r"\b(?:since|after|before|until) (?:the|[A-Z][^.;]{0,30}'s) (?:[a-z]+ )?(?:defection|escape|flight|arrival)\b"
)
"""What dates another's flight: "the first to defect since the escape of Ana Ruiz, in May 1997"."""
_AT_SOME_TIME = re.compile(
    r" (?:last (?:year|month|week|night|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)|yesterday|(?:a|two|three|several|some|many) (?:days|weeks|months|years?) (?:ago|earlier))\b[^;.]{12}"
)
"""What tells when a verb was, before a date that is of something else: "who defected last month, pose ... on 4 April"."""
_OF_LIFE = re.compile(
    r"(?:\b(?:geb|gest|né|née|nato|nata|born|died)\b\.?|†) ?(?:(?:ca|c|um|vers|about)\.? )?$"
)
"""What stands in brackets before the year of a birth or a death: "gest. ca. 1998"."""
_DATELINE = re.compile(r"[A-Z][A-Z .'-]{2,}(?:, [A-Z][\w. ]{2,20})?, $")
_BY_AGENCY = re.compile(r" (?:\([^)]{2,30}\) )?(?:--|—|–|-) ")


def _is_of_dateline(scene: Scene, sentence: Span, date: DatePhrase) -> bool:
    """Whether a date says when a report was sent: "SEOUL, Oct. 8 (UPI) -- A soldier said he had crossed"."""
    opening = _DATELINE.fullmatch(scene.text, sentence.start, date.span.start)
    if opening is not None and _BY_AGENCY.match(scene.text, date.span.end, sentence.end) is not None:
        return True
    return is_of_release(scene, sentence, date)


_SENT_FROM = re.compile(r" \([A-Z][A-Z .,'/-]{2,40}\) ?(?:--|[—–-]) ")
"""Where a dispatch was sent from, behind its day: "Nov 19, 2005 (STOCKHOLM) — "."""
_OF_RELEASE = re.compile(r"[A-Z][\w.'-]+(?:[ ,]{1,2}[A-Z][\w.'-]+){0,4}, $")


def is_of_release(scene: Scene, opening: Span, date: DatePhrase) -> bool:
    """Whether a date says when a statement was given out, as a dash without spaces shows: "Oslo, May 3, 2021–The union"."""
    if date.span.start == opening.start and _SENT_FROM.match(scene.text, date.span.end):
        return True
    return (
        scene.text[date.span.end : date.span.end + 1] in ("–", "—")
        and scene.text[date.span.end + 1 : date.span.end + 2].isalpha()
        and _OF_RELEASE.fullmatch(scene.text, opening.start, date.span.start) is not None
    )


_GERUND = re.compile(
    r"\b(?:after|before|since|following|despite|without) (?:first |having |being )?[a-z]+ing\b[^,;.]*$"
)
"""What has the date for itself behind a verb."""


def _dates_law(scene: Scene, sentence: Span, date: DatePhrase) -> bool:
    """Whether a date is that of a law: "after the Fugitive Slave Act of 18 September 1850"."""
    words = scene.tokens.between(sentence.start, date.span.start)
    if len(words) < 2 or scene.tokens.lowers[words.stop - 1] != "of":
        return False
    noun = scene.tokens[words.stop - 2]
    return (
        noun.is_capital
        and noun.lower in scene.lexicon.laws
        and scene.text[noun.end : date.span.start] == " of "
    )


def not_until(scene: Scene, sentence: Span, verb: Span, dates: list[DatePhrase]) -> list[DatePhrase]:
    """Return the day on which somebody came who could not sooner: "was not able to cross until 14 October"."""
    first = verb.of(scene.text).split()[0].lower()
    if first not in _BARE or not _NOT.search(scene.text, max(sentence.start, verb.start - 40), verb.start):
        return []
    return [
        replace(d, edtf=d.core_edtf, kind="date", qualifier=None)
        for d in dates
        if d.qualifier == "until"
        and d.core_edtf
        and 0 <= d.span.start - verb.end <= 60
        and "," not in scene.text[verb.end : d.span.start]
    ][:1]


_NOT = re.compile(r"\b(?:not|never|unable)\b(?! (?:only|until))[^.;:,]{0,30}$")
_BARE = frozenset(
    "arrive reach land enter come get go cross leave escape flee join emigrate disembark defect".split()
)
