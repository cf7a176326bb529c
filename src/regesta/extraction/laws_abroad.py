"""From when to when laws held, in the sentences of other languages.

    Das Bundesvertriebenengesetz vom 19. Mai 1953 trat am 5. Juni 1953 in Kraft.     1953-06-05/..
    La loi du 12 avril 1939 fut abrogée en 1945.                                      1939-04-12/1945
    「난민법」은 2012년 2월 10일 제정되어 2013년 7월 1일 시행되었다.                   2013-07-01/..

A law is its noun, a number or a name in quotes, and the date that belongs to it. It holds from the day that the sentence
says, else from its own date. Sentences in English are the business of `rules/effective`; nothing is said of what a law gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from regesta.dates import DatePhrase
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.model import DateValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["laws_abroad"]

_LAW = lazy(
    r"(?<!\w)(?:(?:[Ll]oi|[Dd]écret(?:-loi)?|[Oo]rdonnance|[A-ZÄÖÜ]\w{0,40}(?:[Gg]esetz|[Vv]erordnung)(?:es|s)?|[Ll]ey|(?:[Rr]eal )?[Dd]ecreto(?:[- ](?:[Ll]ey|[Ll]ei|[Ll]egge))?|"
    r"[Ll]ei|[Ll]egge|\w{0,40}[Ww]et|[Uu]staw[ayę]|[Rr]ozporządzeni[ea]|[Зз]акон\w{0,2}|[Уу]каз\w{0,2}|[Пп]остановлени[ея])(?!\w)"
    r"(?: n[.ºo°]{1,2})?(?: \d{1,5}(?:[/-]\d{2,4})?(?:-ФЗ)?)?(?: ?[\"«„“][^\"«»„“”]{3,90}[\"»“”])?|"
    r"「[^「」]{2,60}(?:법|법률|령)」|(?:[가-힣]{1,20} ){0,5}[가-힣]{1,20}(?:법률|법|령)(?=[은는이가]\s))"
)
_FORCE = lazy(
    r"entr(?:a|ée?s?|èrent|ait) en vigueur|en vigueur (?:depuis|à partir|le)|in Kraft|entr(?:ó|aron|ada) en vigor|en vigor desde|entr(?:ò|ata) in vigore|in vigore d|"
    r"entr(?:ou|aram|ada) em vigor|em vigor desde|werd van kracht|trad in werking|wesz(?:ł[aoy]) w życie|obowiązuj\w+ od|вступи\w+ в силу|набра\w+ чинності|действу\w+ с|시행"
)
_END = lazy(
    r"abrog(?:ée?s?|ea|at[oa])|aufgehoben|außer Kraft|ausser Kraft|derog(?:ad[oa]s?|ó)|revogad[oa]s?|ingetrokken|uchylon[aey]|отмен[её]н\w{0,2}|утрати\w+ силу|втрати\w+ чинність|폐지"
)
_PASSED = lazy(
    r"adoptée?|promulguée?|verabschiedet|erlassen|aprobad[oa]|promulgad[oa]|emanat[oa]|approvat[oa]|aprovad[oa]|aangenomen|uchwalon[aoy]|принят\w?|제정|공포"
)
_HANGUL = lazy("[가-힣]")
_TO_OWN_DATE, _TO_VERB = 16, 60


class _Law(NamedTuple):
    """One law as a sentence names it."""

    name: Span
    own: DatePhrase | None
    """The date that belongs to its name: "vom 19. Mai 1953"."""
    end: int
    """Where the next law of the sentence begins, or the sentence ends."""


def laws_abroad(scene: Scene) -> None:
    """State the time during which the laws of sentences in other languages held."""
    if scene.language is None and scene.text.isascii():
        return
    for passage in scene.passages:
        if passage.kind == "heading" or not passage.dates:
            continue
        for sentence in passage.sentences:
            if scene.language is None and sentence.of(scene.text).isascii():
                continue  # "lei", "wet": words of English texts too
            for law in _laws(scene, passage, sentence):
                _state(scene, passage, law)


def _laws(scene: Scene, passage: Passage, sentence: Span) -> Iterator[_Law]:
    found = list(_LAW.finditer(scene.text, *sentence))
    for match, following in zip(found, [*found[1:], None], strict=False):
        end = following.start() if following else sentence.end
        if scene.language is None and match[0].isascii():
            continue
        dates = [
            _of_year(scene.text, d, match[0])
            for d in passage.dates_in(Span(match.end(), end))
            if d.kind == "date"
        ]
        dates = [d for d in dates if d.edtf]
        lead = scene.text[match.end() : dates[0].span.start] if dates else "."
        own = dates[0] if len(lead) <= _TO_OWN_DATE and not re.search(r"[.;:()]|[가-힣]", lead) else None
        yield _Law(Span(*match.span()).strip(scene.text, "「」"), own, end)


def _of_year(text: str, date: DatePhrase, law: str) -> DatePhrase:
    """Return the day of a law with the year that its number tells: "Ley 5/1984, de 26 de marzo"."""
    year = _NUMBER.search(law)
    day = date.edtf or date.partial or ""
    if year is None or not _DAY.fullmatch(day) or _YEAR.search(text, *date.span):
        return date
    whole = f"{year[1]}{day[4:]}"
    return replace(date, edtf=whole, core_edtf=whole, evidence=(date.span,))


_DAY = lazy(r"[\dX]{4}-\d\d-\d\d")
_YEAR = lazy(r"\d{4}")
_NUMBER = lazy(r"\d[/-]((?:1[89]|20)\d\d)\b")


def _state(scene: Scene, passage: Passage, law: _Law) -> None:
    rest = Span(law.own.span.end if law.own else law.name.end, law.end)
    dates = [d for d in passage.dates_in(rest) if d.edtf and d.kind in ("date", "open")]
    ends = _beside(scene, dates, _END.search(scene.text, *rest))
    begins = _beside(scene, [d for d in dates if d is not ends], _FORCE.search(scene.text, *rest)) or law.own
    begins = begins or _beside(scene, dates, _PASSED.search(scene.text, *rest))
    if begins is None and ends is None:
        return
    low = (begins.edtf or "").removesuffix("/..") if begins else ".."
    high = (ends.edtf or "") if ends else ".."
    if "/" in low or "/" in high:
        return
    last = max(d.span.end for d in (begins, ends, law.own) if d is not None)
    whole = law.name.cover(Span(law.own.span.start, law.own.span.end)) if law.own else law.name
    actor = scene.named("law", whole.of(scene.text))
    scene.say(passage, whole, actor, "name")
    edtf = f"{low}/{high}"
    claimed = [d.span for d in (begins, ends) if d is not None]
    scene.state(
        actor, "effective", DateValue(edtf=edtf), Span(law.name.start, last), when=edtf, claims=claimed
    )


def _beside(scene: Scene, dates: list[DatePhrase], verb: re.Match[str] | None) -> DatePhrase | None:
    """Return the date that a verb takes: the nearest; in Korean the one before it."""
    if verb is None:
        return None
    korean = _HANGUL.match(scene.text, verb.start()) is not None
    near = [
        (gap, d)
        for d in dates
        if (gap := verb.start() - d.span.end if d.span.end <= verb.start() else d.span.start - verb.end())
        <= _TO_VERB
        and not (korean and d.span.start > verb.start())
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None
