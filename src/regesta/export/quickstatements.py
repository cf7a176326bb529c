"""QuickStatements, version 1, for Wikidata: an item for each subject that can be told there, its statements, their references.

    CREATE
    LAST  Len   "Ada Brook"
    LAST  P31   Q5
    LAST  P570  +1997-02-00T00:00:00Z/10  S854  "https://..."  S813  +2013-07-06T00:00:00Z/11  S1683  en:"the words"

Columns are parted by tabs. A date is as precise as the claim: day 11, month 10, year 9, decade 8; one that is only bounded is an
unknown value with its earliest and latest date; `about` is told as circa. Which predicates are which properties is data of the
vocabulary (`wikidata.toml`). Every other claim stands in `quickstatements-left-out.jsonl` with the reason. Whether an item is
there already is not asked of anybody: look before you run it. Source: Help:QuickStatements, Wikidata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from regesta.chronicle.rows import SourceRow
from regesta.dates import Date, Edtf, bounds, parse
from regesta.errors import DateError
from regesta.export.told import HELD, Left, Telling, tellings
from regesta.vocab import wikidata

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["date_of", "time_of", "write"]

_FIRST_YEAR: Final = 1583
"""Before it Wikidata's dates are Julian unless told otherwise, and sources seldom tell."""
_LONGEST: Final = 1500
"""Code points of a text of Wikidata."""
_LONGEST_LABEL: Final = 250


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write `quickstatements.tsv` and the claims left out, and return both."""
    path, left_path = folder / "quickstatements.tsv", folder / "quickstatements-left-out.jsonl"
    sources = {source.name: source for source in chronicle.sources()}
    before = None
    with path.open("w", encoding="utf-8", newline="\n") as file, Left(left_path) as left:
        for telling in tellings(chronicle, order="c.subject,"):
            made, reason = _statement(telling, sources)
            if made is None:
                left.add(reason, telling)
                continue
            if telling.claim.subject != before:
                file.writelines("\t".join(line) + "\n" for line in _item(telling, sources))
                before = telling.claim.subject
            file.write("\t".join(made) + f"\t/* {telling.claim.id} */\n")
    return [path, left_path]


def _item(telling: Telling, sources: dict[str, SourceRow]) -> Iterator[list[str]]:
    claim = telling.claim
    language = _language(sources.get(claim.source), "mul")
    yield ["CREATE"]
    yield ["LAST", f"L{language}", _text(claim.subject_label[:_LONGEST_LABEL])]
    if (class_ := wikidata().classes.get(claim.subject_kind)) is not None:
        yield ["LAST", "P31", class_]


def _statement(telling: Telling, sources: dict[str, SourceRow]) -> tuple[list[str] | None, str]:
    """Return the columns of a claim, or None and why there are none."""
    claim = telling.claim
    known = wikidata().properties.get(claim.predicate)
    if known is None:
        return None, "no property of Wikidata says this for certain"
    if claim.subject_kind not in known.subjects:
        return None, f"{known.id} is not for a {claim.subject_kind}"
    if not telling.subject_is_named:
        return None, "the subject has no name"
    if claim.modality not in HELD:
        return None, f"the source does not say that it is so: {claim.modality}"
    if claim.rank == "deprecated":
        return None, "somebody decided against it"
    if claim.subset:
        return None, "it is said of a part of the subject"
    if claim.value_type != known.value:
        return None, f"{known.id} takes no {claim.value_type}"
    value = _date(claim.value_edtf) if known.value == "date" else _quantity(telling)
    if value is None:
        return None, "the value cannot be told in Wikidata"
    references = [
        each
        for passage in telling.passages[:1]
        for each in _reference(passage.quote, sources.get(passage.source))
    ]
    return ["LAST", known.id, *value, *references], ""


def _quantity(telling: Telling) -> list[str] | None:
    """Return a number with its bounds, and the day that it is of as a qualifier."""
    claim = telling.claim
    if claim.value_unit not in {"person", None} or claim.bound in {"min", "max"}:
        return None
    if claim.value_number is not None:
        value = (
            f"{claim.value_number:+.10g}"
            if not claim.value_number.is_integer()
            else f"{int(claim.value_number):+d}"
        )
    elif claim.value_low is not None and claim.value_high is not None:
        middle = (claim.value_low + claim.value_high) / 2
        value = f"{middle:+.10g}[{claim.value_low:+.10g},{claim.value_high:+.10g}]"
    else:
        return None
    words = wikidata().qualifiers
    made = [value]
    if claim.when_edtf is not None:
        when = date_of(claim.when_edtf)
        if when is None or when[1]:
            return None
        made += [words["point_in_time"], when[0]]
    if claim.value_approximate or claim.bound == "about":
        made += [words["circumstances"], words["circa"]]
    return made


def _date(edtf: str | None) -> list[str] | None:
    words = wikidata().qualifiers
    if edtf is None:
        return None
    if (told := date_of(edtf)) is not None:
        value, is_circa = told
        return [value, words["circumstances"], words["circa"]] if is_circa else [value]
    try:
        limits = bounds(edtf)
    except DateError:
        return None
    if limits.earliest is None or limits.latest is None or limits.is_approximate or limits.is_uncertain:
        return None
    if limits.earliest.year < _FIRST_YEAR:
        return None
    ends = [
        f"+{day.year:04d}-{day.month:02d}-{day.day:02d}T00:00:00Z/11"
        for day in (limits.earliest, limits.latest)
    ]
    return ["somevalue", words["earliest"], ends[0], words["latest"], ends[1]]


def date_of(edtf: str) -> tuple[str, bool] | None:
    """Return a date as Wikidata writes it and whether it is `about`; None for one that it has no precision for.

    >>> date_of("1997-02-12"), date_of("1997~"), date_of("198X")
    (('+1997-02-12T00:00:00Z/11', False), ('+1997-00-00T00:00:00Z/9', True), ('+1980-00-00T00:00:00Z/8', False))
    >>> date_of("1997?"), date_of("19XX"), date_of("1990/1992"), date_of("1997-XX-05")
    (None, None, None, None)
    """
    try:
        value = parse(edtf)
    except DateError:
        return None
    time = time_of(value)
    return (
        None
        if time is None or not isinstance(value, Date) or value.is_uncertain
        else (time, value.is_approximate)
    )


def time_of(value: Edtf) -> str | None:
    """Return a value of Wikidata's type time; None where its precisions do not fit."""
    if not isinstance(value, Date) or value.significant or value.season is not None or value.time:
        return None
    if re.fullmatch(r"\d{3}X", value.year) and not value.month:
        year, precision = value.year.replace("X", "0"), 8
    elif value.year.isdecimal() and "X" not in value.month + value.day:
        year, precision = value.year, 11 if value.day else 10 if value.month else 9
    else:
        return None
    if int(year) < _FIRST_YEAR:
        return None
    return f"+{year}-{value.month or '00'}-{value.day or '00'}T00:00:00Z/{precision}"


def _reference(quote: str, source: SourceRow | None) -> Iterator[str]:
    words = wikidata().references
    language = _language(source, "und")
    if source is not None:
        if source.url and re.fullmatch(r"https?://[^\s\"<>\\]+", source.url):
            yield from (words["url"], f'"{source.url}"')
        if source.title:
            yield from (words["title"], f"{language}:{_text(source.title)}")
        for name, told in (("published", source.date), ("retrieved", source.retrieved)):
            when = date_of(told) if told else None
            if when is not None and not when[1]:
                yield from (words[name], when[0])
    if quote:
        yield from (words["quotation"], f"{language}:{_text(quote)}")


def _language(source: SourceRow | None, otherwise: str) -> str:
    told = (source.language or "") if source is not None else ""
    found = re.match(r"[a-z]{2,3}(?![a-z])", told.lower())
    return found[0] if found else otherwise


def _text(words: str) -> str:
    r"""Return words in quotation marks, on one line.

    >>> print(_text("go\there"))
    "go here"
    """
    plain = " ".join(re.sub(r"[\s\x00-\x1f\x7f]+", " ", words).split())
    return f'"{plain[:_LONGEST]}"'
