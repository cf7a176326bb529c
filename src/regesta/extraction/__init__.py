"""The room of extraction: a document in, what it says out, each claim with the words that say it.

    text ─ fold, cut, date, count, name ─► a scene ─ RULES in order ─► facts ─ assemble ─► Extraction

`RULES` is the table of contents of this room: each rule is a function of one file in `rules/`, reads the scene and adds
facts. What is particular to a country or a subject is no rule but a word of a lexicon pack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Final, TypeVar

from regesta.dates import DatePhrase, find_dates, language_of
from regesta.extraction.again import keep_answers
from regesta.extraction.assemble import assemble, merged
from regesta.extraction.bylines import PaperDay, paper_day
from regesta.extraction.hangul import find_in_hangul
from regesta.extraction.introductions import teller_of
from regesta.extraction.inverted import join_inverted, join_nicknamed
from regesta.extraction.ordinals import with_ordinals
from regesta.extraction.passage_dates import is_compared, is_of_act, resolve_dates
from regesta.extraction.passages import Filed, Passage, cut, usual_year
from regesta.extraction.proper import chunks
from regesta.extraction.quantities import find_quantities
from regesta.extraction.rules import RULES, Rule
from regesta.extraction.scene import Fact, Scene
from regesta.extraction.signs import Signs
from regesta.extraction.tokens import Tokens, fold
from regesta.extraction.unmarked import unmarked
from regesta.extraction.weekdays import reported_on, weekdays
from regesta.extraction.who import find_actors
from regesta.extraction.windows import WINDOW, is_large, windows
from regesta.model import Document, Extraction, Observation
from regesta.text.span import Span
from regesta.undisturbed import undisturbed
from regesta.vocab import Lexicon
from regesta.vocab import lexicon as default_lexicon

__all__ = ["RULES", "extract", "extract_parts", "extract_together", "is_large"]

T = TypeVar("T")
Stages = Generator[None, None, T]
"""Work that stops after each of its stages, and what it ends in."""
_GROUPED: Final = re.compile(r",\d{3}(?!\d)|[ ](?:million|billion|trillion)\b")
"""What goes on behind "Vora-21" or "W13" where a number is glued to a label or to a sign of money, and no name of a thing."""


def extract(
    document: Document, lexicon: Lexicon | None = None, *, rules: Sequence[Rule] | None = None
) -> Extraction:
    """Return what `document` says: referents, claims, points of series, and what was left out and why.

    >>> from regesta.model import Source
    >>> from regesta.reading import read_bytes
    >>> said = extract(read_bytes(b"Captain Jan Novak defected to Austria on 5 May 1962.", Source(name="a.txt")))
    >>> [(claim.predicate, claim.value.edtf) for claim in said.claims if claim.predicate == "arrival"]
    [('arrival', '1962-05-05')]
    """
    parts = list(extract_parts(document, lexicon, rules=rules))
    return parts[0] if len(parts) == 1 else merged(parts)


def extract_parts(
    document: Document,
    lexicon: Lexicon | None = None,
    *,
    rules: Sequence[Rule] | None = None,
    size: int = WINDOW,
) -> Iterator[Extraction]:
    """Yield what `extract` returns in parts, one for each window of a large document, so that memory stays bounded.

    `size` is that of a window in code points.
    """
    for window, base in windows(document, size):
        with undisturbed():  # the scene is gone when the collector comes back
            stages = _extract(window, base, lexicon or default_lexicon(), RULES if rules is None else rules)
            part = _side_by_side([stages])[0]
        yield part


def extract_together(documents: Sequence[Document], lexicon: Lexicon | None = None) -> list[Extraction]:
    """Return what `extract` returns of each of some documents that are not large, a tenth faster.

    All go through a stage before any goes through the next one, so that the processor has at hand what a stage is made of.

    >>> from regesta.model import Source
    >>> from regesta.reading import read_bytes
    >>> texts = (b"Captain Jan Novak defected to Austria on 5 May 1962.", b"Anna Kovar fled in 1968.")
    >>> documents = [read_bytes(text, Source(name="a.txt")) for text in texts]
    >>> extract_together(documents) == [extract(document) for document in documents]
    True
    """
    words = lexicon or default_lexicon()
    with undisturbed():
        return _side_by_side([_extract(document, 0, words, RULES) for document in documents])


_HERE = (0, "")
"""The offset of a date that does not look back, as "the previous November" does."""
_OPENING = 3
"""Passages within which a report says where and when it was written."""


def _side_by_side(works: Iterable[Stages[T]]) -> list[T]:
    """Return what works end in, of which one stage each is done at a time."""
    going = dict(enumerate(works))
    ended: dict[int, T] = {}
    while going:
        for number, work in list(going.items()):
            try:
                next(work)
            except StopIteration as end:
                ended[number] = end.value
                del going[number]
    return [ended[number] for number in sorted(ended)]


def _extract(document: Document, base: int, lexicon: Lexicon, rules: Sequence[Rule]) -> Stages[Extraction]:
    told = unmarked(document, base)
    scene = yield from _prepared(told.document, lexicon, told.emphasised)
    keep_answers(scene)
    observations: list[tuple[Fact, Observation]] = []
    for rule in rules:
        yield
        scene.method = rule.__name__
        observations += rule(scene) or []
    yield
    return assemble(scene, observations, told)


_ENGLISH = frozenset("the of and was were from with by for on at to a".split())
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SAMPLES, _SHORT = 5, 8000
"""Places of a text that are looked at for its language."""


def _written_in(text: str) -> str | None:
    """Return the language that all of a text is written in (BCP 47), None for English and for a mixture.

    A stretch of tables, with too few words to tell, speaks for none. Texts in Cyrillic letters are read as Russian is.
    """
    step = max(400, len(text) // _SAMPLES)
    samples = [text[at : at + 400] for at in range(0, max(1, len(text) - 200), step)]
    if all(len(_CYRILLIC.findall(sample)) * 2 > len(sample) for sample in samples):
        return "ru"
    told = [(sample, getattr(language_of(sample), "code", None)) for sample in samples]
    found = {code for sample, code in told if code or len(_ENGLISH.intersection(sample.lower().split())) > 1}
    if not found and len(text) < _SHORT:  # tables and a few sentences: the words of all of them together
        words = " ".join(word for word in text.split() if word.isalpha())
        return getattr(language_of(words), "code", None)
    return found.pop() if len(found) == 1 else None


def _keep_days(told: dict[str, tuple[str, Span] | None], dates: Sequence[DatePhrase]) -> None:
    """Note the year of each day that is told with one; none where a day was told of two."""
    for date in dates:
        edtf = date.edtf or ""
        if date.kind == "date" and _DAY.fullmatch(edtf) and len(date.evidence) <= 1:
            known = told.get(edtf[4:], (edtf[:4], date.span))
            told[edtf[4:]] = known if known and known[0] == edtf[:4] else None


def _said_on(document: Document, paper: PaperDay | None) -> str | None:
    """Return when a document was written: its source's date, or the day at its head where that is earlier or more precise."""
    known = document.source.date
    if paper is None or (known and paper.edtf > known and not paper.edtf.startswith(known)):
        return known
    return paper.edtf


def _lent(passage: Passage, paper: PaperDay | None, usual: Callable[[], Filed | None]) -> Filed | None:
    """Return what completes a passage's dates: the headings above, but the day of the document rather than a title before it."""
    filed = passage.filed
    is_title = (
        filed is not None and filed.is_weak and paper is not None and filed.spans[0].start <= paper.span.start
    )
    if filed is not None and not is_title:
        return filed
    return Filed(paper.edtf, (paper.span,), is_weak=True) if paper else usual()


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _is_of_a_model(date: DatePhrase, text: str, lexicon: Lexicon) -> bool:
    """Whether a year tells of which make a thing is: "the engine of a 1951 Chevrolet", "his 1962 car"."""
    if len(date.edtf or "") != 4 or not _ONE.search(text, max(0, date.span.start - 8), date.span.start):
        return False
    after = _MAKE.match(text, date.span.end)
    return after is not None and after["make"].lower() in lexicon.vehicles


def _is_cited(date: DatePhrase, text: str) -> bool:
    """Whether a year is that of a book whose page is cited: "(Dunn 2004, 205)"."""
    return (
        len(date.edtf or "") == 4
        and _PAGE.match(text, date.span.end) is not None
        and _AUTHOR.search(text, max(0, date.span.start - 60), date.span.start) is not None
    )


def _is_a_count(date: DatePhrase, text: str) -> bool:
    """Whether four figures are no year: of times to come without a word that says so, or the number of a bill: "Bill 1569"."""
    year = date.edtf or ""
    if len(year) != len("2001") or not year.isdecimal() or _EARLY < year < _LATE:
        return False
    if year >= _LATE:
        return _BY.search(text, max(0, date.span.start - 12), date.span.start) is None
    return _BILL.search(text, max(0, date.span.start - 12), date.span.start) is not None


_EARLY, _LATE = "1700", "2041"
_BY = re.compile(
    r"(?:\b(?:in|by|until|till|before|of|from|to|since|year|bis|jusqu['’]en|en|hasta|do|до)|[-–/(]) ?$",
    re.IGNORECASE,
)
_BILL = re.compile(r"\b(?:Bill|Order|Decree|Resolution|Law|Act|No\.?) $")
_AUTHOR = re.compile(r"[(;]\s?(?:see )?[A-Z][\w'-]+(?:(?:,| and| &) [A-Z][\w'-]+| et al\.?){0,3},? $")
_PAGE = re.compile(r"[a-z]?[,:] ?(?:pp?\. ?)?\d{1,4}(?:[-–]\d{1,4})?[;)]")
_ONE = re.compile(r"\b(?:an?|his|her|their|old) $")
_MAKE = re.compile(r" (?P<make>[^\W\d]+)\b")


def _is_name_like(words: str) -> bool:
    """Whether every word of some begins with a capital: what is set off in a mark and written so is a name."""
    return len(words) < 60 and len(each := words.split()) > 1 and all(word[:1].isupper() for word in each)


def prepare(document: Document, lexicon: Lexicon, emphasised: Iterable[Span] = ()) -> Scene:
    """Return the scene of a document before any rule has run: passages, dates, numbers, names and people.

    `emphasised` are words that its marks set off: capitals are told by themselves there, even where a sentence begins.
    """
    return _side_by_side([_prepared(document, lexicon, emphasised)])[0]


def _prepared(document: Document, lexicon: Lexicon, emphasised: Iterable[Span]) -> Stages[Scene]:
    folded = fold(document.text, (m.span for m in document.markers))
    tokens = Tokens(folded)
    spoken = document.source.language or _written_in(folded)
    signs = Signs(folded, tokens, spoken)
    yield
    language = spoken if spoken and not spoken.lower().startswith("en") else None
    paper = paper_day(document, signs, language)
    passages = cut(document, signs, paper.lines if paper else ())
    scene = Scene(document, lexicon, folded, tokens, passages)
    scene.language = language
    scene.emphasised = sorted(emphasised)
    set_off = {span.start for span in scene.emphasised if _is_name_like(span.of(folded))}
    starts = frozenset(s.start for p in passages for s in p.sentences) - set_off
    seen_lower = tokens.seen_small
    said_on = _said_on(document, paper)
    usual = cache(partial(usual_year, document, signs))  # most documents ask for none
    previous: tuple[str, Span] | None = None
    running: tuple[str, Span] | None = None
    written = (paper.edtf, paper.span) if paper else None
    told: dict[str, tuple[str, Span] | None] = {}
    yield
    for passage in passages:
        dating = signs.of_dates(passage.span)
        found = find_dates(folded, *passage.span, spoken=spoken, words=dating)
        if passage.kind != "cell" and (dating is None or dating):
            found = with_ordinals(folded, passage.span, found, dating)
        asks = passage.kind == "heading" and folded.endswith("?", passage.span.start, passage.span.end)
        if passage.kind != "prose" and not asks:
            running = None
        found = [d for d in found if not (_is_cited(d, folded) or _is_a_count(d, folded))]
        of_acts = [d.span for d in found if is_of_act(folded, d.span.start)]
        found = [d for d in found if d.span not in of_acts]
        if found:
            opening = [sentence.start for sentence in passage.sentences]
            filed = _lent(passage, paper, usual) if any(d.edtf is None for d in found) else passage.filed
            passage.dates = resolve_dates(found, filed, said_on, opening, previous, folded, running, told)
            _keep_days(told, passage.dates)
            passage.dates = [d for d in passage.dates if not _is_of_a_model(d, folded, lexicon)]
            stated = [
                d
                for d in passage.dates
                if d.edtf and d.edtf[:4].isdigit() and d.kind == "date" and (d.offset or _HERE)[0] >= 0
                if (paper is None or d.span != paper.span) and not is_compared(folded, d.span.start)
            ]
            previous = (stated[-1].edtf or "", stated[-1].span) if stated else previous
            running = previous if stated and passage.kind == "prose" else running
        if written is None and passage.index <= _OPENING and passage.kind == "prose":
            written = reported_on(folded, passage.span.start, passage.dates)
        if written is not None and "day" in folded[passage.span.start : passage.span.end]:
            more = weekdays(folded, passage.span, written)
            more = [d for d in more if not any(d.span.overlaps(other.span) for other in passage.dates)]
            passage.dates = sorted([*passage.dates, *more], key=lambda d: d.span)
        named = chunks(folded, tokens, passage.span, starts, lexicon, seen_lower)
        scene.chunks[passage.index] = [
            c
            for c in named
            if not any(
                d.span.contains(c.span)
                if c.first == c.last
                else d.span.start < c.span.start < d.span.end < c.span.end
                for d in passage.dates
            )
        ]  # "Mai" is no name in "Im Mai 1952", nor is "Mai vom Amt" in "am 3. Mai vom Amt"
        if passage.index <= _OPENING or passage.kind == "heading":
            scene.chunks[passage.index] = [teller_of(c, scene) for c in scene.chunks[passage.index]]
        within = signs.of_numbers(passage.span)
        if within is None or within:
            skip = sorted(
                of_acts
                + [d.span for d in passage.dates if d.edtf or d.kind != "relative"]
                + [
                    c.span
                    for c in scene.chunks[passage.index]
                    if c.kind == "designator" and not _GROUPED.match(folded, c.span.end)
                ]
            )
            passage.quantities = find_quantities(
                folded, *passage.span, skip=skip, spoken=spoken, within=within
            )
    yield
    join_nicknamed(scene)
    join_inverted(scene)
    find_actors(scene)
    find_in_hangul(scene)
    return scene
