"""F065: what somebody is said to have done after his death, or before his birth.

    died in 1996 ... At the funeral of his brother in 1999 Hernán Pizarro read a poem.
    born on 2 January 2018 ... On 5 July 2017 Nur Sitara was vaccinated.

The act must be one of the living (what is published, awarded, named or buried may be later), its sentence must begin with its
date or end with it, and name the person right before the verb. The death or birth must be told in the same block, or both in
sentences that give the full name; and nobody else in the source may bear the name: a father and a son share more than that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from regesta.criticism.sentence_figures import dates_of
from regesta.criticism.view import View, finding
from regesta.criticism.wordings import Block
from regesta.dates import before, in_words
from regesta.model import Finding

__all__ = ["acts", "does_after"]

_NEAR: Final = r"""
with named as (
    select * from mentions where form = 'name' and source between $1 and $2
), told as (
    select * from texts where source between $1 and $2
), lived as (
    select c.id, c.source, c.subject, c.predicate, c.value_edtf as edtf, year(c.earliest) as first, year(c.latest) as last, e.start_char
    from claims c join claim_evidence e on e.claim = c.id and e.position = 0
    where c.predicate in ('birth', 'death') and c.value_type = 'date' and c.modality = 'asserted' and c.rank <> 'deprecated'
      and c.subject_kind = 'person' and c.earliest is not null and c.latest is not null
      and not regexp_matches(c.value_edtf, '[~?%X/]') and c.source between $1 and $2
), sure as (
    select source, subject, predicate, any_value(edtf) as edtf, min(first) as first, max(last) as last, list(id order by start_char)[:2] as ids,
           min(start_char) as start_char
    from lived group by all having count(distinct edtf) = 1
), known as (
    select s.*, coalesce(bool_or(m.start_char between s.start_char - 100 and s.start_char and contains(m.quote, ' ')), false) as is_named
    from sure s left join named m on m.source = s.source and m.entity = s.subject group by all
), near as (
    select s.*, m.start_char as name_start, m.end_char as name_end, m.quote from known s
    join named m on m.source = s.source and m.entity = s.subject
), acting as (
    select n.*, t.start_char as piece from near n join told t on t.source = n.source and t.start_char <= n.name_end
      and n.name_end < t.start_char + length(t.text)
    where regexp_matches(substring(t.text, n.name_end - t.start_char + 1, 80), $3)
), blocked as (
    select n.*, b.content_start, b.content_end from acting n
    asof join (select source, content_start, max(content_end) as content_end from blocks
               where kind in ('paragraph', 'list_item', 'cell', 'quote') and content_end > content_start
                 and source between $1 and $2 group by all) b
      on b.source = n.source and n.name_start >= b.content_start
    where n.name_start < b.content_end and b.content_end - b.content_start < 8000
      and (n.start_char between b.content_start and b.content_end or n.is_named and contains(n.quote, ' '))
), worded as (
    select b.*, substring(t.text, b.content_start - b.piece + 1, b.content_end - b.content_start) as words
    from blocked b join told t on t.source = b.source and t.start_char = b.piece where b.content_start >= b.piece
)
select source, subject, predicate, edtf, ids, name_start, name_end, content_start, words from worded
where len(list_filter(regexp_extract_all(words, '\b[12][0-9]{3}\b'),
          lambda y: y::int >= last and predicate = 'death' or y::int <= first and predicate = 'birth')) > 0
order by source, name_start, predicate
"""
"""Of some sources: what joins texts to names holds the texts."""

_NAMESAKES: Final = """
select m.source, m.entity, list(distinct lower(m.quote)), min(m.start_char) filter (contains(m.quote, ' ')) from mentions m join entities e on e.id = m.entity and e.kind = 'person'
where m.source in (select unnest(?::varchar[])) and m.form = 'name' group by all
"""

_DOES: Final = (
    r"(?:carri(?:ed|es)|reads?|gave|spoke|speaks|wrote|writes|told|tells|signed|signs|marri(?:ed|es)|moved|emigrated|founded|testified|studied|"
    r"taught|travel+ed|visited|joined|met|led|directed|ran|sold|bought|built|worked|retired|resigned|settled|fled|escaped|played|"
    r"sang|painted|attended|graduated|enrolled|stayed|crossed|reached|landed|applied|asked|sought|sailed|flew|drove|walked|helped|"
    r"served|took|opened|unveiled|recalled|complained|refused|accepted|organi[sz]ed|began|started|wrote|sent|called|swam|dug|climbed|"
    r"operated|examined|addressed|preached|lectured|performed|danced|prayed|baptised|baptized|chaired|presided|proposed|protested|"
    r"voted|hired|promised|paid|lent|borrowed|ordered|conducted|cooked|baked|repaired|swore|rode|rowed|hid|bade|thanked|"
    r"arrived|appeared (?:in court|before|on stage)|declared|announced|was (?:arrested|elected|appointed|interviewed|hired|"
    r"dismissed|expelled|deported|vaccinated|married|treated|wounded|questioned|naturali[sz]ed|seen))"
)
_BORN_LATER: Final = rf"(?:{_DOES}|was (?!born|conceived|expected|named|to\b)[a-z]+ed)"
_ADVERB: Final = (
    r"(?:(?:also|still|then|once|again|even|personally|himself|herself|finally|first|publicly|and \w+)\s)?"
)
_ACTS: Final = re.compile(rf"\s{_ADVERB}{_DOES}\b")
_ACTS_LATER: Final = re.compile(rf"\s{_ADVERB}{_BORN_LATER}\b")
_MAY_ACT: Final = r"^[\s\pZ](?:(?:[a-z]+|and \S+)[\s\pZ])?(?:" + rf"{_DOES}|was [a-z]+ed)"
"""What the words behind a name begin with where one of the two fits, for the database, whose letters are ASCII's."""
_CLAUSE: Final = re.compile(
    r"\b(?:that|which|who|whose|where|when|whom|is|are|been|being|published|found|until|now|before|after|as|later|whether|had|if|would|since)\b",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(r"(?:In|On|At|By|During|From|Since|Early|Late|Im|Am|En|Le)\b")
_OBLIQUE: Final = re.compile(
    r"(?:\b(?:of|to|with|by|for|about|after|and|or|than|whom|that|against|like|son|daughter|de|von|der|di|the (?:young|old)\w*)|['’]s)\s+(?:the\s+\w+\s+)?$",
    re.IGNORECASE,
)
"""Words before a name that is not the subject, or not the same one."""
_LONG_LEAD: Final = 90


def acts(view: View) -> Iterator[Finding]:
    """Tell of acts of the living that are dated after a death or before a birth."""
    if not view.holds({"birth|death": 1}):
        return
    rows = [row for some in view.portions() for row in view.rows(_NEAR, [*some, _MAY_ACT])]
    if not rows:
        return
    found = [(row, told) for row in rows if (told := _told(row)) is not None]
    borne: dict[str, list[tuple[str, set[str], int | None]]] = {}
    for source, entity, names, first in view.rows(_NAMESAKES, [sorted({row[0] for row, _ in found})]):
        borne.setdefault(source, []).append((entity, set(names), first))
    passages = view.claims(claim for row, _ in found for claim in row[4])
    for row, (start, end, edtf, name) in found:
        source, subject, predicate, lived, claims, *_ = row
        if " " not in name and not _is_his(
            name.lower(), subject, borne[source], passages[claims[0]][0].member.start
        ):
            continue
        block = Block(source, 0, "", None, row[7], row[8])
        how = "died" if predicate == "death" else "was born"
        summary = f"{name} {how} {in_words(lived)}, and is said to have acted {in_words(edtf)}."
        said = [*(passages[claim][0] for claim in claims), block.said(start, end)]
        yield finding("F065", "chronology", "warning", summary, said, lived=lived, acted=edtf)


def does_after(text: str, at: int, end: int) -> int | None:
    """Return where the verb behind a name ends, if it is an act of the living and the name its subject; else None.

    >>> text = "In 1957 Ilse Brandt opened a bakery, and her son read a poem."
    >>> text[:does_after(text, 8, 19)], does_after(text, 41, 44)
    ('In 1957 Ilse Brandt opened', None)
    """
    lead = text[:at]
    if _OBLIQUE.search(lead) or (lead.strip() and (_CLAUSE.search(lead) or not _LEAD.match(lead))):
        return None
    does = _ACTS.match(text, end)
    return does.end() if does else None


def _is_his(name: str, subject: str, borne: Sequence[tuple[str, set[str], int | None]], told: int) -> bool:
    """Whether a surname alone is that of somebody named in full before his death was told, and of nobody else."""
    full = {
        (entity, one) for entity, names, _ in borne for one in names if one.split()[-1] == name and " " in one
    }
    first = next((first for entity, _, first in borne if entity == subject), None)
    return len(full) == 1 and next(iter(full))[0] == subject and first is not None and first < told


def _told(row: tuple[Any, ...]) -> tuple[int, int, str, str] | None:
    """Return where an act is told that cannot be, its date, and the name."""
    _, _, predicate, lived, _, name_start, name_end, first, text = row
    at, end = name_start - first, name_end - first
    name = text[at:end]
    act = _ACTS if predicate == "death" else _ACTS_LATER
    if not name or act.match(text, end) is None:
        return None  # most names: where the sentence begins and ends is asked of the others alone
    low, high = Block("", 0, "", None, first, text).sentence(at)
    if _OBLIQUE.search(text[low:at]):
        return None
    does = act.match(text, end, high)
    if does is None:
        return None
    dates = [one for one in dates_of(text[low:high]) if not one.is_lent]
    if len(dates) != 1:
        return None
    start, stop = dates[0].start + low, dates[0].end + low
    edtf = dates[0].edtf
    wrong = before(lived, edtf) if predicate == "death" else before(edtf, lived)
    if wrong is not True:
        return None
    if stop <= at:
        lead = text[low:at]
        if (
            not _LEAD.match(lead)
            or at - low > _LONG_LEAD
            or _CLAUSE.search(lead)
            or re.search(r"[,;:]\s*\w+\s\w+", lead)
        ):
            return None
        return low, does.end() + _rest(text[does.end() : high]), edtf, name
    between = text[does.end() : start]
    if _CLAUSE.search(between) or re.search(r"[;:“\"]|,\s(?!in|on\b)", between):
        return None
    return at, stop, edtf, name


def _rest(words: str) -> int:
    stop = re.search(r"[.;,]|$", words[:60])
    return stop.start() if stop else 0
