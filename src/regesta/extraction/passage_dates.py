"""Dates of passages made whole: the year a day lacks, the day that "the next morning" means.

    1997 / • 12 February – went to the embassy   ──►  1997-02-12, the year of the heading
    He left in May 1948. In June ...             ──►  1948-06, the year told before
    "last April", "a year earlier"               ──►  from the day of the text, or the date that stands there

A passage is cut first (`passages`), then its dates are completed, in the order of the text. A date that nothing completes stays as it
is written. Nothing here decides what happened on a day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from regesta import dates as dating
from regesta.dates import DatePhrase
from regesta.extraction.ordinals import DAY_ALONE
from regesta.extraction.passages import BIRTH, DECEMBER, PRECISION, YEAR, YEARS, Filed, within_a_year
from regesta.text.span import Span

__all__ = ["is_compared", "is_of_act", "is_of_prize", "is_of_source", "is_of_title", "resolve_dates"]

_MADE_IN = re.compile(
    r"\b(?:surveys?|reports?|data|figures?|statistics|census|estimates?|study|studies|photos?|photographs?|letters?|documents?|records|article) \Z"
)
"""What was made in a year, and did not begin in it: "a survey from 2009"."""
_DECADE = re.compile(r"^-?\d{3}X")


def resolve_dates(
    found: Sequence[DatePhrase],
    filed: Filed | None,
    source_date: str | None,
    opening: Sequence[int] = (),
    previous: tuple[str, Span] | None = None,
    text: str = "",
    running: tuple[str, Span] | None = None,
    whole: Mapping[str, tuple[str, Span] | None] = MappingProxyType({}),
) -> list[DatePhrase]:
    """Return the dates of one passage, completed from each other and from what the passage is filed under.

    A date without a year takes the year of a date before it in its sentence, else the filed one, else that of the date
    that follows; "two years later" counts from the date before it, "the same day" also from the passage before
    (`previous`). `opening`: where sentences begin; the filed date is counted from only there. `text`: of the document;
    in it a year of birth is told by the words before it, and completes nothing. `running`: the last date told by the
    prose before, which lends its year where nothing nearer does. `whole`: years of days that were told with one before.
    """
    done: list[DatePhrase] = []
    earlier: list[tuple[str, Span]] = []
    running = running if running and within_a_year(running[0]) else None
    lent = (filed.edtf, filed.spans[0]) if filed else None
    opens = sorted(opening)
    for position, phrase in enumerate(found):
        resolved, last = phrase, None
        start = phrase.span.start
        if (
            phrase.qualifier == "from"
            and phrase.core_edtf
            and _MADE_IN.search(text, max(0, start - 16), start)
        ):
            resolved = replace(phrase, edtf=phrase.core_edtf, kind="date", qualifier=None)
        if phrase.edtf is None:
            if phrase.kind == "now":
                resolved = dating.resolve(phrase, source_date=source_date)
            elif phrase.kind == "relative" and phrase.relative_to == "source":
                spoken = _of_the_log(phrase, earlier) or _spoken(filed, source_date)
                resolved = dating.resolve(phrase, source_date=spoken) if spoken else phrase
            elif phrase.kind == "relative" and _is_spelled_out(phrase, found[position + 1 :], text):
                pass  # "that night, 11 July 1973": the day is what follows
            elif phrase.kind == "relative" or phrase.relative_to == "anchor":
                is_ahead = filed is not None and filed.is_weak and (phrase.offset or (1, ""))[0] > 0
                paper = None if is_ahead else lent  # "The next morning" is told of no day after the paper's
                anchor = _anchor(phrase, earlier, paper, previous, is_opening=phrase.span.start in opens)
                if anchor is None and not earlier and phrase.relative_to == "anchor":
                    anchor = _precise(phrase, running)
                resolved = dating.resolve(phrase, anchor=anchor) if anchor else phrase
            elif (phrase.partial or "").startswith(DAY_ALONE):
                near = [running, lent] if filed and filed.is_weak else [lent, running]
                resolved = _in_month(phrase, [*reversed(earlier), *near], text[max(0, start - 80) : start])
            elif last := _last_of(phrase, _spoken(filed, source_date), text, found[position + 1 :]):
                resolved = dating.resolve(phrase, year=(last, phrase.span))
            elif _is_of_speech(phrase, found[position + 1 :], text) and not _spoken(filed, source_date):
                pass  # "in June this year" of a text of no known day: no year that was told before
            else:
                same = [
                    e
                    for e in earlier[-1:]
                    if YEAR.match(e[0])
                    and within_a_year(e[0])
                    and _same_sentence(opens, e[1].start, phrase.span.start)
                    and not _is_of_a_life_told(text, opens, e[1], start)
                ]
                told_here = [
                    e
                    for e in earlier
                    if YEAR.match(e[0])
                    and within_a_year(e[0])
                    and "/.." not in e[0]
                    and not _is_of_a_life_told(text, opens, e[1], start)
                ]
                is_filed = filed is not None and not filed.is_weak
                if told_here and _THAT.search(text, max(0, start - 16), start):
                    same = told_here[-1:]
                own = same if is_filed else same or told_here[-1:]
                spoken = source_date or (filed.edtf if filed and filed.is_weak else None)
                year = _year_said_after(phrase, found[position + 1 :], spoken)
                if year is None and not same and (filed is None or filed.is_weak):
                    day = (phrase.partial or "")[4:]  # "on 6 March", after "on 6 March 1991"
                    year = next((e for e in earlier if e[0][4:] == day), None) or whole.get(day)
                if year is None and own:
                    year = (
                        own[0]
                        if phrase.qualifier == "since"
                        else _after(phrase.partial or "", own[0], text[max(0, start - 80) : start])
                    )
                    if not same and lent and _goes_on(phrase.partial or "", own[0], lent):
                        year = lent
                if year is None and running and not earlier and filed is not None and filed.is_guess:
                    year = _after(phrase.partial or "", running, text[max(0, start - 80) : start])
                if year is None and running and not earlier and filed and filed.is_weak:
                    year = _soon_after(phrase.partial or "", running, lent)
                of_life = any(_is_of_a_life_told(text, opens, e[1], start) for e in earlier)
                is_told = filed is None or not (filed.is_guess and of_life)
                year = year or (
                    lent if lent and is_told and within_a_year(lent[0]) else None
                )  # not of "Ana Ruiz (1912–1998)"
                later = [d for d in found[position + 1 :] if not is_compared(text, d.span.start)]
                told_later = [] if of_life or _tells_birth(later, text) else later
                if year is None and (after := _following(told_later, opens, start)):
                    year = _before(phrase.partial or "", after)
                if year is None and running and not earlier:
                    year = _after(phrase.partial or "", running, text[max(0, start - 80) : start])
                if year and YEAR.match(year[0]):
                    resolved = dating.resolve(phrase, year=(year[0][:4], year[1]))
                    spoken = _spoken(filed, source_date)
                    own_sentence = max((at for at in opens if at <= start), default=0)
                    heads = bool(opens) and start == opens[0]  # "17 March. Yesterday ..." heads an entry
                    if (
                        year is lent
                        and not heads
                        and not _is_told_on(running, spoken)
                        and _is_to_come(resolved, spoken, text[max(start - 60, own_sentence) : start], filed)
                    ):
                        told = _precise_year(running, spoken) or (f"{int(year[0][:4]) - 1:04d}", year[1])
                        resolved = dating.resolve(phrase, year=told)
        if phrase.edtf is None and resolved.edtf:
            resolved = dating.narrowed(text, resolved)  # "the first quarter of this year"
        if resolved.kind == "date" and _is_bound(text, resolved):
            resolved = replace(resolved, edtf=f"../{resolved.edtf}", qualifier="before")
        value = (resolved.edtf or "").removeprefix("../")
        is_birth = bool(text) and BIRTH.search(text, max(0, start - 12), start) is not None
        is_told = resolved.kind != "now" and not (is_birth or last or is_compared(text, start))
        if (YEAR.match(value) or _DECADE.match(value)) and is_told:
            earlier.append((value, resolved.span))
        done.append(resolved)
    return done


def is_compared(text: str, start: int) -> bool:
    """Return whether a date at `start` only serves to compare: "than in 2018", "compares with 300 in 2017"; nothing goes on from it.

    >>> text = "more than in 2018, fewer in 2019"; is_compared(text, text.index("2018")), is_compared(text, text.index("2019"))
    (True, False)
    """
    before = text[max(0, start - 140) : start]
    return bool(text) and (
        (
            any(map(before.__contains__, _COMPARING))
            and _COMPARED.search(text, max(0, start - 140), start) is not None
        )
        or is_of_prize(text, start)
    )


def is_of_prize(text: str, start: int) -> bool:
    """Return whether a year at `start` is that of something won: "the 1976 Olympic champion", "two medals at the 1976 Games"."""
    return is_of_title(text, start) or _PRIZE_OF.search(text, max(0, start - 30), start) is not None


def _is_bound(text: str, date: DatePhrase) -> bool:
    """Whether something is told of the time before a deed of that date: "before the 1968 invasion", "before the coup of 1980"."""
    told = date.edtf or ""
    return (
        YEAR.match(told) is not None
        and "/" not in told
        and _BEFORE_A_DEED.search(text, max(0, date.span.start - 40), date.span.start) is not None
    )


_BEFORE_A_DEED = re.compile(r"\b(?:[Bb]efore|[Pp]rior to) the (?:[a-z-]+ (?:[a-z-]+ )?of )?$")


def is_of_act(text: str, start: int) -> bool:
    """Return whether a year at `start` is that of a law by which something was done: "under the 1951 Refugee Convention".

    >>> text = "Admitted under the 1951 Convention after the 1994 accord."
    >>> is_of_act(text, text.index("1951")), is_of_act(text, text.index("1994"))
    (True, False)
    """
    return (
        _ACT_BEHIND.match(text, start) is not None
        and _BY_AN_ACT.search(text, max(0, start - 40), start) is not None
    )


_LAWS = "Act|Law|Ordinance|Decree|Order|Code|Regulations?|Rules|Convention|Protocol|Proclamation"
_ACT_BEHIND = re.compile(
    rf"\d{{4}} (?:(?:[A-Z][\w'’-]+|and|of|on|for|the) ){{0,5}}(?:[a-z]+ )?(?:{_LAWS}|{_LAWS.lower()}|Constitution|constitution|[Tt]reaty|[Aa]ccords?|[Aa]greements?|[Ss]tatute)\b"
)
_BY_AN_ACT = re.compile(
    r"\b(?:under|by|per|with|to|of|from|against|in|through|and|or|(?:amend|chang|repeal|replac|revis|abolish|ratif|violat|breach)\w+) "
    r"(?:the|its|their|an?|this|that|(?:the )?[A-Z]\w+['’]s) (?:[A-Z]\w+ )?$",
    re.IGNORECASE,
)


def is_of_source(text: str, start: int, end: int) -> bool:
    """Return whether a date is that of what is cited in brackets, or of a law by its name: "(Envoy 20 Mar 2003)", "the Asylum Act, 1946".

    >>> text = "He fled (Envoy 20 Mar 2003) in 1959."; is_of_source(text, 15, 26), is_of_source(text, 31, 35)
    (True, False)
    """
    before = text[max(0, start - 60) : start]
    cited = _CITED.search(before) is not None and _CITED_END.match(text, end) is not None
    return cited or _ACT_OF.search(before) is not None


_CITED = re.compile(r"\((?!In |On |Since |Until |From |By |Born |Died )[A-Z][^()\d]{1,50}[ ,]$")
_CITED_END = re.compile(r"\)|[;,] (?:pp?\.|[A-Z])")
_ACT_OF = re.compile(rf"\b(?:{_LAWS})(?:,| of|, of)? $")


def is_of_title(text: str, start: int) -> bool:
    """Return whether a year at `start` tells which title somebody holds: "the 1976 Olympic champion"."""
    return _OF_A_PRIZE.match(text, start) is not None


_COMPARED = re.compile(
    r"\b(?:than|compared (?:to|with)|ahead of|as against|versus|the same (?:period|time|month|quarter)|rispetto al?|gegenüber|mismo período|même période|par rapport|après une|contre|face)"
    r"(?: (?:in|during|of|last|the|del?|di|im|en|de|à|à la|la|au|fin|année|début))* $"
    r"|\b(?:compare[sd] (?:to|with)|(?:up|down) from|as against) (?:[a-z]+ ){0,3}\d{1,3}(?:[,.]\d{3})*(?!\d)[^.;:]{0,100}$"
)
_COMPARING = (
    "than,compare,ahead of,against,versus,same,up from,down from,mismo,même,rispetto,rapport,après,contre,face,gegenüber"
).split(",")
"""One of these stands in every match of `_COMPARED`; looked for first, for that is quick."""


_OF_A_PRIZE = re.compile(
    r"\d{4} (?:[\w-]+ ){0,3}?(?:gold|silver|bronze|medal|medall?ists?|champions?|winners?|laureates?|finalists?)\b"
)
_PRIZE_OF = re.compile(
    r"\b(?:medals?|medall?ists?|golds?|champions?|titles?|winners?|scores?) (?:at|in|of|from) (?:the )?$"
)


def _is_of_speech(phrase: DatePhrase, following: Sequence[DatePhrase], text: str) -> bool:
    """Whether a day or month is counted from when the words are spoken: "June this year", "last July"."""
    start, end = phrase.span
    after = following[0] if following else None
    behind = after is not None and after.relative_to == "source" and after.span.start - end <= len(" of ")
    return behind or text[max(0, start - 5) : start].lower() in ("last ", "this ")


_DIED_ON = re.compile(r"\b(?:died|passed away)(?: (?:at|in|of) [^.;]{2,40}?)?,?(?: on)? $")
_WHO = re.compile(r"\b(?:who|whose|whom)\b")


def _is_of_a_life_told(text: str, opens: Sequence[int], date: Span, start: int) -> bool:
    """Whether a date lies in what is told of somebody before the day of his death: "Ruiz, who fled in 1972, died on 3 June"."""
    if not text or ", " not in text[date.end : start] or not _DIED_ON.search(text, max(0, start - 60), start):
        return False
    return _WHO.search(text, max((at for at in opens if at <= date.start), default=0), date.start) is not None


def _tells_birth(following: Sequence[DatePhrase], text: str) -> bool:
    """Whether the next date is one of a birth, behind which a life is told anew: "died on 22 March. Born in 1912, she"."""
    start = following[0].span.start if following else 0
    return bool(text) and bool(following) and BIRTH.search(text, max(0, start - 12), start) is not None


def _of_the_log(phrase: DatePhrase, earlier: Sequence[tuple[str, Span]]) -> str | None:
    """Return the day that an entry of a log has named, for its "this night"."""
    same = phrase.offset is not None and phrase.offset[0] == 0 and PRECISION.get(phrase.offset[1]) == 10
    return earlier[0][0] if same and earlier and len(earlier[0][0]) == PRECISION["day"] else None


def _is_spelled_out(phrase: DatePhrase, following: Sequence[DatePhrase], text: str) -> bool:
    """Whether the day itself stands right behind "that night" or "two years later, in"."""
    after = following[0] if following else None
    if after is None or after.edtf is None:
        return False
    gap = text[phrase.span.end : after.span.start]
    return gap in (", on ", ", in ") or ((phrase.offset or (1, ""))[0] == 0 and gap in (", ", " ("))


def _spoken(filed: Filed | None, source_date: str | None) -> str | None:
    """Return when the words are spoken: the day that heads them, as in a diary, else the source's own date."""
    if filed and not filed.is_weak and len(filed.edtf) == PRECISION["day"]:
        return filed.edtf
    return source_date or (filed.edtf if filed and filed.is_weak and not filed.is_guess else None)


def _is_to_come(date: DatePhrase, spoken: str | None, words: str, filed: Filed | None) -> bool:
    """Whether a day or month lies behind that on which the words are spoken, though they tell of no plan.

    Under the heading of a day, as in a chronicle, what lies months ahead may be told as well, but hardly "30 December" in January.
    """
    edtf = date.edtf or ""
    if not spoken or len(spoken) < PRECISION["month"] or not _MONTH.match(edtf) or edtf[:4] != spoken[:4]:
        return False
    if filed and spoken == filed.edtf and not filed.is_weak and int(edtf[5:7]) - int(spoken[5:7]) < _AHEAD:
        return False
    return edtf[: len(spoken)] > spoken[: len(edtf)] and not _PLANNED.search(words)


def _is_told_on(date: tuple[str, Span] | None, spoken: str | None) -> bool:
    """Whether the prose has come to the day that heads it, or beyond: so it was not written on that day."""
    return date is not None and spoken is not None and len(spoken) == len(date[0]) and spoken <= date[0]


def _precise_year(date: tuple[str, Span] | None, spoken: str | None) -> tuple[str, Span] | None:
    """Return the year of the date told before, where that is a day or month before the words were spoken."""
    usable = date and spoken and _MONTH.match(date[0]) and date[0][:4] < spoken[:4]
    return (date[0][:4], date[1]) if date and usable else None


_AHEAD = 9
"""Months by which no entry of a chronicle tells ahead."""
_PLANNED = re.compile(
    r"\b(?:will|shall|would(?! not\b)|next|to be|be|begins?|starts?|due|plan\w*|intend\w*|expect\w*|hop\w+|(?:until|till|by|before|from)(?! [A-Z]\w+ in )|coming|upcoming|"
    r"schedul\w+|is|are|opens?|ends?|hearing|deadline|session|valid|expires?)\b",
    re.IGNORECASE,
)


def _turned(edtf: str, before: int) -> str:
    """Return a day in the month after its own where it lies far behind the day told before: "on 30 August ... on the 6th".

    >>> _turned("2017-08-06", 30), _turned("2017-08-12", 20)
    ('2017-09-06', '2017-08-12')
    """
    if before - int(edtf[8:10]) <= _TURNS:
        return edtf
    year, month = divmod(int(edtf[:4]) * 12 + int(edtf[5:7]), 12)
    return f"{year:04d}-{month + 1:02d}{edtf[7:]}"


_TURNS = 20
"""Days that nobody goes back without saying so, when he tells of days by their number alone."""


def _in_month(phrase: DatePhrase, dates: Sequence[tuple[str, Span] | None], words: str) -> DatePhrase:
    """Return "the 14th" in the month of the first of the dates that has one; `words` stand before it."""
    for date in dates:
        if date and (month := _MONTH.match(date[0])):
            edtf = month[0] + (phrase.partial or "")[-3:]
            if edtf[-2:].isdecimal() and date[0][8:10].isdecimal() and not _HAD.search(words):
                edtf = _turned(edtf, int(date[0][8:10]))
            return replace(phrase, edtf=edtf, core_edtf=edtf, partial=None, evidence=(phrase.span, date[1]))
    return phrase


def _last_of(
    phrase: DatePhrase, spoken: str | None, text: str, following: Sequence[DatePhrase]
) -> str | None:
    """Return the year of "last August" or "August last": the last one before the words are spoken, where that month is known."""
    month, start, end = (phrase.partial or "")[5:7], *phrase.span
    behind = _LAST.match(text, end) is not None
    if behind and not (spoken and _MONTH.match(spoken)):
        spoken = next((d.edtf for d in following if d.edtf and len(d.edtf) == PRECISION["day"]), None)
    if not (spoken and _MONTH.match(spoken) and month.isdecimal()):
        return None
    if not (behind or text[max(0, start - 5) : start].lower() == "last "):
        return None
    if int(month) > DECEMBER:
        month = _SEASON_MONTHS.get(month, "")
    return f"{int(spoken[:4]) - (month >= spoken[5:7]):04d}" if month else None


_MONTH = re.compile(r"\d{4}-(?:0\d|1[012])(?![/\d])")
_LAST = re.compile(r" last(?= with| in| by| at| on| and|[,.;)]| [a-z]+ed\b)")
"""What stands behind a month in letters and old papers: "on the 31st of July last"."""
_SEASON_MONTHS = {"21": "03", "22": "06", "23": "09"}
"""Seasons to the month in which they begin; a last winter may be of either year."""
_THAT = re.compile(r"\b(?:that|the same|that same|of the same) $", re.IGNORECASE)
"""What leads back to the year told before: "that October"."""


def _year_said_after(
    phrase: DatePhrase, following: Sequence[DatePhrase], source_date: str | None
) -> tuple[str, Span] | None:
    """Return the year of "in August [of last year]", which the source's own date decides."""
    after = following[0] if following else None
    if (
        after is None
        or after.relative_to != "source"
        or after.span.start - phrase.span.end > 4
        or source_date is None
    ):
        return None
    year = dating.resolve(after, source_date=source_date).edtf
    return (year, after.span) if year and YEAR.match(year) else None


def _same_sentence(opens: Sequence[int], first: int, second: int) -> bool:
    return not any(first < start <= second for start in opens)


def _anchor(
    phrase: DatePhrase,
    earlier: Sequence[tuple[str, Span]],
    lent: tuple[str, Span] | None,
    previous: tuple[str, Span] | None,
    *,
    is_opening: bool,
) -> tuple[str, Span] | None:
    """Return the date that "two years later" counts from: the last one before it that is precise enough."""
    amount, unit = phrase.offset or (1, "year")
    need = PRECISION.get(unit, 4)
    for date in reversed(earlier):
        if len(date[0]) >= need:
            last = earlier[-1][0]
            return (
                date
                if date is earlier[-1] or YEARS.match(last) is None or date[0].startswith(last[:7])
                else None
            )
    if lent and is_opening and len(lent[0]) >= need and not (earlier and earlier[-1][0][:4] != lent[0][:4]):
        return lent  # but not the day of the paper behind "in 1968"
    return previous if previous and amount == 0 and len(previous[0]) >= need else None


def _precise(phrase: DatePhrase, date: tuple[str, Span] | None) -> tuple[str, Span] | None:
    """Return the date where it is precise enough for the phrase to count from."""
    need = PRECISION.get(phrase.offset[1] if phrase.offset else "year", 4)
    return date if date and len(date[0]) >= need else None


def _before(partial: str, after: tuple[str, Span]) -> tuple[str, Span]:
    """Return the year in which a date lies that is told before another: "on 21 November ... in February 1957" is of 1956."""
    month, later = partial[5:7], after[0][5:7]
    if month.isdecimal() and later.isdecimal() and int(month) >= _AUTUMN and 1 <= int(later) <= _SPRING:
        return f"{int(after[0][:4]) - 1:04d}", after[1]
    return after


def _soon_after(
    partial: str, before: tuple[str, Span], lent: tuple[str, Span] | None
) -> tuple[str, Span] | None:
    """Return the year of the date that the passage above told, where a day of the same year follows soon after it.

    Under a paper's date of 2022 "on 30 September 2021 ... [the next paragraph] on 9 October" goes on with 2021.
    """
    month, told = partial[5:7], before[0]
    if (
        lent is None
        or len(told) != PRECISION["day"]
        or not month.isdecimal()
        or int(told[:4]) + 1 != int(lent[0][:4])
    ):
        return None
    follows = f"{told[:4]}{partial[4:]}"
    return before if told <= follows and int(month) - int(told[5:7]) <= _SOON else None


_SOON = 2
"""Months within which the next paragraph goes on with a story of an earlier year."""


def _goes_on(partial: str, before: tuple[str, Span], lent: tuple[str, Span]) -> bool:
    """Whether a date would lie before what was told last, but not in the year of the heading, nor after that."""
    month, told = partial[5:7], before[0][:7]
    if not month.isdecimal() or len(lent[0]) < PRECISION["month"] or len(told) < PRECISION["month"]:
        return False
    return f"{told[:4]}-{month}" < told < f"{lent[0][:4]}-{month}" <= lent[0][:7]


def _after(partial: str, before: tuple[str, Span], words: str) -> tuple[str, Span]:
    """Return the year in which a date lies that is told after another: "on 29 November 1956 ... in January" is of 1957."""
    month, earlier = partial[5:7], before[0][5:7]
    if (
        month.isdecimal()
        and earlier.isdecimal()
        and (_AUTUMN < int(earlier) <= DECEMBER or earlier in _LATE_SEASONS)
        and 1 <= int(month) < _SPRING
        and not _HAD.search(words)
    ):
        return f"{int(before[0][:4]) + 1:04d}", before[1]
    return before


_HAD = re.compile(r"\b(?:had|earlier|previous(?:ly)?|before|since|same year|was born)\b|[.;(] *$")
"""Signs that a date is told in looking back."""
_LATE_SEASONS = frozenset(("23", "24"))
"""Autumn and winter, as EDTF writes them."""
_AUTUMN, _SPRING = 9, 5
"""Months between which a year may turn: a text that tells of November and then of February tells of two years."""


def _following(phrases: Sequence[DatePhrase], opens: Sequence[int], start: int) -> tuple[str, Span] | None:
    """Return the first date that lends its year to one before it; "since the end of 2016" tells of longer ago.

    A year alone that another sentence tells is of something else: "In August they swam. She had won a medal in 2012."
    """
    after = next((p for p in phrases if p.edtf and YEAR.match(p.edtf) and "/.." not in p.edtf), None)
    if after is None or after.edtf is None:
        return None
    is_bare = _MONTH.match(after.edtf) is None
    return (
        None if is_bare and not _same_sentence(opens, start, after.span.start) else (after.edtf, after.span)
    )
