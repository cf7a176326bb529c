"""Words that the sources explain: how they are written in which script, what they mean, since when, and who brought them in.

A term is an entity of that kind, or anything of which a source says how it is called in another script. Terms that name one thing
stand beside each other: those that the sources put as names of one subject, and those that one passage explains together. What a
script is comes from the letters themselves. Nothing here translates.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from regesta.pages.dating import in_words
from regesta.pages.page import Asked, Page
from regesta.pages.passages import Passage, passages_of, sources_of
from regesta.pages.telling import Value, value_of
from regesta.shelf import Row, Shelf

__all__ = ["PAGE", "Term", "Terms", "script_of", "terms"]

_AT_ONCE = 40
_MOST = 12
"""Forms and relatives of one term."""
_SAID = 4
"""Of what is said of one term in one respect; more is on its own page."""
_LONGEST = 80
"""Code points of a word whose letters are looked at."""
_SCRIPTS = {
    "LATIN": "Latn", "HANGUL": "Hang", "CJK": "Hani", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "HEBREW": "Hebr", "GREEK": "Grek",
    "DEVANAGARI": "Deva", "BENGALI": "Beng", "TIBETAN": "Tibt", "HIRAGANA": "Hira", "KATAKANA": "Kana", "THAI": "Thai",
    "ARMENIAN": "Armn", "GEORGIAN": "Geor", "ETHIOPIC": "Ethi", "KHMER": "Khmr", "MYANMAR": "Mymr", "TAMIL": "Taml", "LAO": "Laoo",
    "MONGOLIAN": "Mong",
}  # fmt: skip
"""The first word of the Unicode name of a letter, and its script by ISO 15924."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a term."""

    text: str
    script: str
    """ISO 15924; Zyyy where no letter says."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a source says of a term: what it means, who introduced it."""

    row: Row
    value: Value
    when: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word, with what is said of it."""

    row: Row
    """id, kind, label, n_sources, n_families."""
    forms: tuple[Form, ...]
    """The label first; one for each spelling."""
    written: tuple[Said, ...]
    """Claims of how it is written."""
    means: tuple[Said, ...]
    introduced: tuple[Said, ...]
    periods: tuple[str, ...]
    """When it was used or brought in, in words."""
    relatives: tuple[Row, ...]
    """Other words for the same: id, label."""
    n_more: int
    """Claims that are not shown here."""
    together: tuple[Row, ...]
    """Words that are explained beside it: id, label."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The page."""

    terms: tuple[Term, ...]
    n: int
    titles: dict[str, str]
    part: int
    n_parts: int


def terms(shelf: Shelf, asked: Asked) -> Terms:
    """Return the page."""
    n = shelf.value(f"select count(*) from ({_TERMS})")  # noqa: S608 - a constant
    n_parts = max(1, -(-n // _AT_ONCE))
    part = asked.number("part", most=n_parts)
    rows = shelf.rows(
        f"select c.id, c.kind, c.label, c.n_sources, c.n_families from ({_TERMS}) t cross join cards c on c.id = t.id"  # noqa: S608
        " order by c.sorted, c.id limit ? offset ?",
        [_AT_ONCE, (part - 1) * _AT_ONCE],
    )
    ids = json.dumps([row["id"] for row in rows])
    claims = shelf.rows(_CLAIMS, [ids])
    passages = passages_of(shelf, [claim["id"] for claim in claims], asked.links)
    said: dict[str, list[Said]] = {}
    for claim in claims:
        when = in_words(claim["when_edtf"], asked.words) if claim["when_edtf"] else ""
        said.setdefault(claim["subject"], []).append(
            Said(claim, value_of(claim, asked.words), when, passages.get(claim["id"], ()))
        )
    spelled: dict[str, list[str]] = {}
    for row in shelf.rows(_SPELLINGS, [ids]):
        spelled.setdefault(row["entity"], []).append(row["quote"])
    relatives, together = _relatives(shelf, rows, claims)
    sources = sources_of(shelf, {p.source for some in passages.values() for p in some})
    return Terms(
        terms=tuple(
            _term(
                row,
                said.get(row["id"], []),
                spelled.get(row["id"], []),
                relatives[row["id"]],
                together[row["id"]],
            )
            for row in rows
        ),
        n=n,
        titles={name: row["title"] or name for name, row in sources.items()},
        part=part,
        n_parts=n_parts,
    )


def _term(
    row: Row,
    said: Sequence[Said],
    spelled: Iterable[str],
    relatives: dict[str, Row],
    together: dict[str, Row],
) -> Term:
    by: dict[str, list[Said]] = {}
    for one in said:
        by.setdefault(one.row["predicate"], []).append(one)
    written = by.get("term", [])
    forms = dict.fromkeys([row["label"], *(one.value.text for one in written), *spelled])
    return Term(
        row=row,
        forms=tuple(Form(text, script_of(text)) for text in list(forms)[:_MOST] if text),
        written=tuple(written[:_SAID]),
        means=tuple(by.get("means", [])[:_SAID]),
        introduced=tuple(by.get("introduced_by", [])[:_SAID]),
        periods=tuple(dict.fromkeys(one.when for one in said if one.when)),
        relatives=tuple(list(relatives.values())[:_MOST]),
        n_more=sum(max(0, len(some) - _SAID) for some in by.values()),
        together=tuple([other for key, other in together.items() if key not in relatives][:_MOST]),
    )


def _relatives(
    shelf: Shelf, rows: Sequence[Row], claims: Sequence[Row]
) -> tuple[dict[str, dict[str, Row]], dict[str, dict[str, Row]]]:
    """Return for each term the other words for the same thing, and those that are explained beside it."""
    by_id = {row["id"]: row for row in rows}
    by_label: dict[str, list[Row]] = {}
    for row in rows:
        by_label.setdefault(row["label"].casefold(), []).append(row)
    named = [
        (claim["subject"], other["id"])
        for claim in claims
        if claim["predicate"] == "term"
        for other in by_label.get((claim["value_text"] or "").casefold(), ())
    ]
    beside = [(row[0], row[1]) for row in shelf.rows(_TOGETHER, [json.dumps(list(by_id))])]
    return _both_ways(named, by_id), _both_ways(beside, by_id)


def _both_ways(pairs: Iterable[tuple[str, str]], by_id: dict[str, Row]) -> dict[str, dict[str, Row]]:
    found: dict[str, dict[str, Row]] = {key: {} for key in by_id}
    for one, other in pairs:
        if one != other and one in by_id and other in by_id:
            found[one][other] = by_id[other]
            found[other][one] = by_id[one]
    return found


def script_of(text: str) -> str:
    """Return the script that most letters of a word are of, by ISO 15924; Zyyy where it has none that is known.

    >>> [script_of(word) for word in ("exile", "망명", "亡命者", "оралман", "مهاجر", "1997")]
    ['Latn', 'Hang', 'Hani', 'Cyrl', 'Arab', 'Zyyy']
    """
    counted = Counter(_script(letter) for letter in text[:_LONGEST] if letter.isalpha())
    return counted.most_common(1)[0][0] if counted else "Zyyy"


@lru_cache(4096)
def _script(letter: str) -> str:
    return _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0].partition("-")[0], "Zyyy")


_TERMS = """
select id from cards where kind = 'term'
union select subject from claims where predicate in ('term', 'means', 'introduced_by')
"""

_CLAIMS = """
select c.* from json_each(?) as wanted cross join claims c on c.subject = wanted.value
where c.predicate in ('term', 'means', 'introduced_by', 'effective')
order by c.subject, c.predicate, c.earliest is null, c.earliest, c.source, c.id
"""

_SPELLINGS = """
select m.entity, m.quote, count(*) as n from json_each(?) as wanted cross join mentions m on m.entity = wanted.value
where m.form = 'name' group by m.entity, m.quote order by m.entity, n desc, m.quote limit 20000
"""

_TOGETHER = """
with here as (
    select distinct c.subject, e.source, (select b.position from blocks b where b.source = e.source
        and b.start_char <= e.start_char order by b.start_char desc, b.position desc limit 1) as block
    from json_each(?) as wanted
    cross join claims c on c.subject = wanted.value and c.predicate in ('term', 'means', 'introduced_by')
    cross join claim_evidence e on e.claim = c.id and e.position = 0
)
select distinct one.subject, other.subject from here one join here other on other.source = one.source
    and other.block = one.block and other.subject > one.subject order by 1, 2 limit 2000
"""

PAGE = Page(
    name="terms", section="terms", view=terms, template="terms.html", parameters=("part",), is_long=True
)
