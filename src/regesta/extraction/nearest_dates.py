"""The date that goes with a value: the nearest of its sentence that nothing parts from it, or the one that opens the sentence.

A date that belongs to something else is passed over: somebody's birth, the war that people fled, the next number of a row.
`move_dates.py` asks the same of movements.
"""

from __future__ import annotations

import re

from regesta.dates import DatePhrase
from regesta.extraction.passage_dates import is_of_source, is_of_title
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.text.span import Span

__all__ = ["is_birth", "is_of_lifetime", "opens_next", "when_near"]

_TURNS = re.compile(
    r";|, (?:but|while|whereas|although|though|mentre|mientras|tandis|während|enquanto|terwijl|podczas)\b"
    r"|, (?:which |that )?(?:was )?(?:opened|founded|established|built|set up|inaugurated|completed|enacted|adopted|passed|signed) (?:in|on)\b"
    r"|, where (?:s?he|they) (?:later )?(?:died|lived|worked|remained|stayed)\b|\b(?:and|but) (?:later|then|subsequently|afterwards) (?=[a-z]+ed\b|became\b|went\b)"
    r"|\b(?:alors qu['e]|à l'exception de|à part|excepto|a excepción de|a eccezione di|with the exception of|except (?=for|in)"
    r"|compared (?:to|with)|(?:decline|drop|decrease|fall|increase|rise|jump|growth|reduction|growing|declining|rising|falling|increasing|decreasing|unchanged)(?: [\w%.,]+){0,2}? (?:from|since)|than (?=(?:in|during|at|the|a year)\b)|als (?=im\b)|versus|as against|up from|down from|rispetto al?|contro|frente a|contra|comparado con|par rapport|contre|face aux?|gegenüber|verglichen mit|im Vergleich|tegenover|vergeleken met|in vergelijking met|wobec|niż w|w porównaniu|respecto a(?:l|l año)?)\b"
    r"|, (?:an?|un[ea]?|eine?|een|uno) (?:[^\W\d_]+ ){1,3}?(?:que|which|that|die|das|der|qui|che) (?=(?:in|im|en|nel|em) (?:the year |el año |Jahre? )?\d{4}\b)"
)
"""Where a sentence turns to something else, whose date is its own."""
_AND_BEFORE = re.compile(r"\b(?:and|und|et|y|e|en|i|oraz|и) $")
_NEXT_OF_ROW = re.compile(
    r"\d (?:and|und|et|y|e|ed|en|i|a|oraz|и),? (?:(?:in|nel|en|im|em|w|op|au|à|the|le|el|l'|il|o) ?){0,2}$"
)
_NUMBER_NEXT = re.compile(r",? (?:[^\W\d_]{1,9} )?\d")
_NEXT_AFTER_COMMA = re.compile(
    r", (?:in|en|nel|im|em|w|op)?(?: (?:the year|Jahre?|el año|(?:the )?(?:FY|fiscal year)))? ?$"
)
_NEXT_IS_NUMBER = re.compile(
    r" (?:(?:it was|there were|they were|(?:waren|sind) es|eran|fueron|c'était|ils étaient|furono|erano|about|some|only|just|nur|noch|bereits|rund|etwa|solo|unos|unas|environ|seulement|circa|already) ){0,3}\d"
)
_BUILT_IN = re.compile(
    r", (?:opened|founded|established|built|set up|inaugurated|completed) (?:in|on)(?: the)? $"
)
_BUILT_BEHIND = re.compile(r" (?:er|ge)(?:öffnet|gründet|baut|richtet) (?:wurde|worden war),")
_CAUSE = re.compile(
    r"\b(?:fle(?:eing|d|es?)|result of|because of|due to|caused by)\b[^,.;]{0,60}\b(?:invasion|occupation|war|revolution|uprising|coup|"
    r"genocide|partition|massacre|conflict|crisis|famine)s? (?:of|in) (?:the )?$"
    r"|\bthat (?:had |has )?(?:began|begun|started|broke out|broken out|erupted|followed|took place|ended) (?:in|on|at|around) (?:the )?$"
    r"|, (?:following|after) [^,.;()]{3,60} (?:which|that) (?:had )?(?:[a-z]+ed|took place|began|broke out)\b[^,.;]{0,60} (?:in|on|at) (?:the )?$"
)
_BORN = re.compile(
    r"(?:\bb\.|(?<=[(,;] )d\.|\b[Bb]orn(?: in| on)?|\b[Gg]eb\.|\b[Gg]eboren (?:am|im)|\b[Nn][ée]e? (?:le|en)|\b[Nn]ascid[oa] em|\b[Nn]acid[oa] en|\b[Nn]at[oa] nel|\bur\.)(?:(?<=[bd]\.) [A-Z][\w'’-]+(?:,? [A-Z][\w'’-]+){0,2},?)? ?$"
)
_GOES_ON = re.compile(r",? [\w$€£¥₩]")
_OPENING = 12
"""How far into a sentence a date may stand that dates all of it."""
_SINCE = re.compile(r"[^.;,]{0,24}\bsince(?=\s*(?:[.,;)]|$))")


def when_near(scene: Scene, passage: Passage, span: tuple[int, int]) -> tuple[str | None, tuple[Span, ...]]:
    """Return the date that goes with `span`; (None, ()) where there is none.

    It is the nearest of the sentence that no break parts from it ("...; in 2004 it was cut"), or the one that opens the
    sentence. "Since", said without a date, is what "until 2015" has left.
    """
    sentence = passage.sentence_at(span[0])
    found = [
        d
        for d in passage.dates_in(sentence)
        if d.kind != "now" and not is_birth(scene, d) and not _is_of_a_cause(scene, d, sentence)
        if not is_of_title(scene.text, d.span.start) and not is_of_source(scene.text, *d.span)
    ]
    found = [d for d in found if not _is_of_another(scene, passage, d, span[1])]
    found = [d for d in found if not _is_of_brackets(scene, d, span, sentence)]
    found = [d for d in found if not (d.span.end <= span[0] and _is_of_building(scene, d, sentence))]
    if not found:
        return None, ()
    if _SINCE.match(scene.text, span[1], sentence.end):
        ended = [d for d in found if d.span.end <= span[0] and (d.edtf or "").startswith("../")]
        if ended:
            return f"{(ended[-1].edtf or '')[3:]}/..", tuple(ended[-1].evidence)
    own = next((d for d in found if _is_own(scene, d, span[1])), None)
    if own is not None:
        return own.edtf, tuple(own.evidence)
    breaks = [m.start() for m in _TURNS.finditer(scene.text, *sentence)]
    breaks += [d.span.start - 1 for d in found if _leads_on(scene, d, sentence)]
    breaks += [d.span.start - 1 for d in found if opens_next(scene, d, sentence)]
    same = [d for d in found if not any(_lies_between(b, d.span, span) for b in breaks)]
    if not same and found[0].span.end <= span[0] and found[0].span.start - sentence.start <= _OPENING:
        same = found[:1]
    if not same:
        return None, ()
    best = min(
        same, key=lambda d: (max(d.span.start - span[1], span[0] - d.span.end, 0), d.span.start < span[0])
    )
    return best.edtf, tuple(best.evidence)


_OWN = re.compile(
    r"(?: [^\W\d_]{3,}s)? (?:in|im|en|nel|em|w|für|for|during) (?:the )?(?:(?:FY|fiscal(?: year)?|calendar year|year|Jahre?|año|anno|ano|roku) ?)?"
)
"""What stands between a number and the date that is its own: "69,933 in FY 2015"."""
_LONGEST_GAP = 36


def _is_own(scene: Scene, date: DatePhrase, end: int) -> bool:
    """Whether a date stands right behind a value, as in "70,000 in 2014, 85,000 in 2016"."""
    first = min((s.start for s in (date.span, *date.evidence)), default=date.span.start)
    return 0 < date.span.start - end <= _LONGEST_GAP and (
        _OWN.fullmatch(scene.text, end, date.span.start) is not None
        or _OWN.fullmatch(scene.text, end, max(end, first)) is not None
    )


def _is_of_another(scene: Scene, passage: Passage, date: DatePhrase, end: int) -> bool:
    """Whether a date is of a number behind it: this one has a time of its own, or that one is an end of its change.

    "94 the year before, and 230 in 2016"; "grew by 70 per cent, from 44 in 2021".
    """
    return any(
        end < other.span.start < date.span.start
        and _is_own(scene, date, other.span.end)
        and (
            _OTHER_TIME.match(scene.text, end, other.span.start) is not None
            or scene.text.endswith((" from ", " to "), end, other.span.start)
        )
        for other in passage.quantities
        if date.span.start - other.span.end <= _LONGEST_GAP
    )


_OTHER_TIME = re.compile(
    r"[^.;:]*?\b(?:years?|months?|period|quarter|today|now|currently|ago|previous(?:ly)?|earlier|Vorjahr\w*|Vormonat\w*|año|mes|année|mois|anno|mese|ano|mês)\b[^.;:]*,"
)


def _is_of_brackets(scene: Scene, date: DatePhrase, span: tuple[int, int], sentence: Span) -> bool:
    """Whether a date goes with a number in brackets alone: "220 (in 2014 there were 384)", "more than in 2015 (785)"."""
    text, (start, end) = scene.text, date.span
    if text.rfind("(", sentence.start, span[0]) > text.rfind(")", sentence.start, span[0]):
        return False  # "in Ethiopia (180,000 as of 2024) or Sudan (150,100)"
    if _NUMBER_IN_BRACKETS.match(text, end, sentence.end):
        return not _is_own(scene, date, span[1])
    opened = text.rfind("(", sentence.start, start)
    closed = text.find(")", end, sentence.end)
    if opened < 0 or closed < 0 or ")" in text[opened:start]:
        return False
    beside = ((max(opened, start - _LONGEST_GAP), start), (end, min(closed, end + _LONGEST_GAP)))
    return any(_NUMBER_BESIDE.search(text, *part) for part in beside)


_NUMBER_IN_BRACKETS = re.compile(r" \((?:about |around |some |etwa |rund |unos? |environ )?\d[\d.,]*\d\)")
_NUMBER_BESIDE = re.compile(r"(?<![\d./–-])\d")


def _is_of_a_cause(scene: Scene, date: DatePhrase, sentence: Span) -> bool:
    """Whether a date is that of what people fled: "camps for those fleeing the invasion of 1979"."""
    return _CAUSE.search(scene.text, max(sentence.start, date.span.start - 90), date.span.start) is not None


def is_birth(scene: Scene, date: DatePhrase) -> bool:
    """Whether a date is of somebody's birth, and dates nothing else: "b. 1977, Pristina – Skopje"."""
    start = date.span.start
    if _BORN.search(scene.text, max(0, start - 16), start):
        return True
    low = max(0, start - 48)  # "b. New Lund, 2 May 1939"
    short = scene.text.find("b. ", low, start) >= 0 or scene.text.find("d. ", low, start) >= 0
    return short and _BORN.search(scene.text, low, start) is not None


def is_of_lifetime(scene: Scene, date: DatePhrase) -> bool:
    """Whether a date is an end of a life in brackets, and dates nothing else: "Ana Lis (3 May 1920, Lund – 1994) was the first"."""
    opening = scene.text.rfind("(", max(0, date.span.start - 90), date.span.start)
    life = _LIFETIME.match(scene.text, opening) if opening >= 0 else None
    return (
        life is not None
        and life.end() > date.span.end
        and int(life["last"]) - int(life["first"]) > _SHORT_LIFE
    )


_LIFETIME = re.compile(
    r"\([^()\n]{0,60}?\b(?P<first>1[4-9]\d\d|20\d\d)\b[^()\n]{0,40}? ?[–-] ?[^()\n]{0,60}?\b(?P<last>1[4-9]\d\d|20\d\d)\b[^()\n]{0,40}\)"
)
_SHORT_LIFE = 15
"""Years; less may be a term or a stay."""


def _leads_on(scene: Scene, date: DatePhrase, sentence: Span) -> bool:
    """Whether a date opens what follows it: "get 1,175 dollars, [and since 2016] also a loan of 10,000"."""
    if date.kind != "open" or not _AND_BEFORE.search(
        scene.text, max(sentence.start, date.span.start - 6), date.span.start
    ):
        return False
    return _GOES_ON.match(scene.text, date.span.end, sentence.end) is not None


def opens_next(scene: Scene, date: DatePhrase, sentence: Span) -> bool:
    """Whether a date leads the next number of a row: "in 2018 were 23,370 [and the next year] 11,471"."""
    before = scene.text[max(sentence.start, date.span.start - 14) : date.span.start]
    if _NEXT_AFTER_COMMA.search(before) and _NEXT_IS_NUMBER.match(scene.text, date.span.end):
        return True  # "63 were counted, [in 2022 there were] 67"
    return (
        _NEXT_OF_ROW.search(before) is not None and _NUMBER_NEXT.match(scene.text, date.span.end) is not None
    )


def _is_of_building(scene: Scene, date: DatePhrase, sentence: Span) -> bool:
    """Whether a date tells between commas since when a house stands: "in the Lato camp, founded in 1961, 9,000 were held"."""
    if _BUILT_BEHIND.match(scene.text, date.span.end, sentence.end):
        return True
    before = _BUILT_IN.search(scene.text, max(sentence.start, date.span.start - 40), date.span.start)
    return before is not None and scene.text.startswith(",", date.span.end)


def _lies_between(place: int, one: tuple[int, int], other: tuple[int, int]) -> bool:
    return min(one[1], other[1]) <= place < max(one[0], other[0])
