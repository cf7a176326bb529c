"""F070 and F071: entries that break the rule which their own source states.

    "The dates are those of arrival."      Ana Sousa – 12 May – asked for asylum. She arrived on 20 June.
    "Refugees in Turkey"                   Rui Prado – 1961, defected to the West.

A rule is a claim `convention` of the source, or a heading that says where its entries came to. An entry breaks the first
where it stands under another day than that which its own words give to what the rule names. It breaks the second where
the one goal that it tells is not there. A rule with "unless" allows both, and an entry that tells no date or goal of its own
breaks none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from regesta.criticism.filed_years import filed_years
from regesta.criticism.view import Said, View, finding
from regesta.dates import before, find_dates, in_words, resolve
from regesta.model import Finding
from regesta.text.span import Span

__all__ = ["dates_of_entries"]

_MEANT: Final = (
    ("arrival", r"\barriv\w*|\breach\w*|\bland(?:ed|ing)s?\b|\bcame (?:to|in|over)\b|\bset foot\b|\bAnkunft|\barrivée"),
    ("death", r"\bdied\b|\bdeaths?\b|\bTod\b|\bdécès"),
    ("departure", r"\bleft\b|\bleaving\b|\bdepart\w*|\bAbreise|\bdépart"),
    ("birth", r"\bborn\b|\bbirths?\b|\bGeburt|\bnaissance"),
)  # fmt: skip
"""What a rule says that its dates are of: a predicate, and the words."""

_ON_DATES: Final = r"(?i)^\W*(?:\w+ ){0,4}?(?:dates?|days?|months?|years?)\b.*\b(?:is|are|refers?|means?|indicates?|denotes?|gives?|stands?|sind|ist|sont)\b|\b(?:ordered|arranged|sorted|listed|entered|filed|geordnet|classés?) (?:by|under|according to|in order of|nach|par|selon) (?:the |their |his |dem |la )?(?:days?|dates?|order)\b"
_EXCEPT: Final = re.compile(
    r"[;,(.]\s*(?:and )?(?:where|when|if|failing|in the absence|wo|wenn|falls|si|à défaut)\b", re.IGNORECASE
)
"""What a rule says of entries whose date of the first kind is not known: one that tells it is under the rule."""

_YEAR: Final = re.compile(r"\b[12][0-9]{3}\b")
_CAME: Final = re.compile(r"\bcame (?:to|in|over)\b", re.IGNORECASE)
_ON_THE_WAY: Final = re.compile(
    r"\b(?:asylum|refuge|consulate|embassy|legation|left|leaving|fled|fleeing|escaped|departed|set (?:out|off)|sailed|boarded)\b",
    re.IGNORECASE,
)
"""What an entry tells of before an arrival of its own."""
_MOST_WORDS: Final = 6
"""Of the name that stands before the date of an entry."""
_LONGEST_HEAD: Final = 160
"""Code points at the beginning of an entry in which its date stands."""

_RULED: Final = r"""
with above as (
    select source, content_start, content_end from blocks where kind = 'heading' and content_end - content_start between 4 and 60
), ruled as (
    select c.source, c.value_text as rule, ev.start_char, ev.end_char, ev.quote
    from claims c join claim_evidence ev on ev.claim = c.id and ev.position = 0
    where c.predicate = 'convention' and c.modality = 'asserted' and regexp_matches(c.value_text, ?)
      and not regexp_matches(c.value_text, '(?i)\b(?:unless|otherwise)\b')
)
select r.source, r.rule, r.start_char, r.end_char, r.quote, c.id, if(c.predicate = 'event', 'arrival', c.predicate),
       c.predicate = 'event', c.subject_label, coalesce(c.value_edtf, c.when_edtf),
       ev.start_char, b.content_start, coalesce(p.content_start, h.content_start), coalesce(p.content_end, h.content_end),
       exists (from mentions m where m.entity = c.subject and m.source = c.source
               and m.start_char between b.content_start and b.content_start + 40), ev.quote
from ruled r join claims c on c.source = r.source and (c.predicate in ('arrival', 'death', 'departure', 'birth')
  or c.predicate = 'event' and c.when_edtf is not null
     and regexp_matches(c.value_text, '(?i)^(?:\w+ )?(?:arrived|reached|landed)\b'))
join claim_evidence ev on ev.claim = c.id and ev.position = 0
join blocks b on b.source = c.source and b.kind in ('list_item', 'paragraph') and b.content_start < ev.start_char - 12
  and b.content_end >= ev.end_char and b.start_char > r.end_char
left join blocks p on p.source = b.source and p.position = b.parent and p.content_end - p.content_start between 4 and 60
asof left join above h on h.source = b.source and b.content_start >= h.content_start
where c.value_type in ('date', 'text') and coalesce(c.value_edtf, c.when_edtf) is not null and c.modality = 'asserted' and c.rank <> 'deprecated' and not regexp_matches(coalesce(c.value_edtf, c.when_edtf), '[~?%/X]')
order by r.source, r.start_char, b.content_start, c.predicate, c.subject_label
"""

_HELD: Final = """
select distinct c.source, b.content_start, c.predicate, c.value_edtf, ev.quote
from claims c join claim_evidence ev on ev.claim = c.id and ev.position = 0
join blocks b on b.source = c.source and b.kind in ('list_item', 'paragraph') and b.content_start <= ev.start_char
  and b.content_end >= ev.end_char
where c.predicate in ('arrival', 'death', 'departure', 'birth') and c.value_type = 'date'
  and c.source in (select unnest(?::varchar[]))
"""


def dates_of_entries(view: View) -> Iterator[Finding]:
    """Tell of entries that stand under another date than the one that their source says it gives."""
    rows = [
        row
        for row in view.rows(
            _RULED, [_ON_DATES], needs={"convention": 1, "arrival|death|departure|birth|event": 1}
        )
        if _meant(row[1]) == row[6] and _meant(row[15]) == row[6]
    ]
    entries: dict[tuple[Any, ...], list[Sequence[Any]]] = defaultdict(list)
    for row in rows:
        entries[row[0], row[2], row[11], row[9]].append(row)
    firsts = [min(told, key=lambda row: row[10]) for told in entries.values()]
    held = {
        (tuple(row[:4]), is_event)
        for row in (view.rows(_HELD, [sorted({row[0] for row in rows})]) if rows else ())
        for is_event in ((False, True) if _meant(_CAME.sub("", row[4])) == row[2] else (False,))
    }
    heads = view.passages([(row[0], row[11], min(row[10], row[11] + _LONGEST_HEAD)) for row in firsts])
    parents = view.passages([(row[0], row[12] or 0, row[13] or 0) for row in firsts])
    view.prepare(row[5] for row in firsts)
    for told, first, head, parent in zip(entries.values(), firsts, heads, parents, strict=True):
        source, _, start, end, quote, claim, predicate, is_event, _, edtf, _, block, _, _, is_head, _ = first
        filed = _filed(head, parent, edtf) or (_year(parent) if is_head else None)
        if filed is None or ((source, block, predicate, filed[0]), is_event) in held:
            continue
        said = view.claims([claim])[claim]
        if is_event and not (_ON_THE_WAY.search(head.member.quote) and filed[0][:4] == edtf[:4]):
            continue  # a later journey
        apart = before(filed[0], edtf) is True or before(edtf, filed[0]) is True
        if not apart or not any(filed[0][:4] in one.member.quote for one in (head, parent, *said)):
            continue
        if len(filed[0]) == len("1997") and edtf[:4] not in said[0].member.quote:
            continue  # a year lent from elsewhere
        names = " and ".join(dict.fromkeys(row[8] for row in told))
        summary = (
            f"{names}: the entry stands under {in_words(filed[0])}, but the {predicate} that it tells is of "
            f"{in_words(edtf)}; the dates of this source are said to be those of the {predicate}."
        )
        (words,) = view.passages([filed[1]])
        members = [Said.passage(source, start, end, quote), words, said[0]]
        yield finding("F070", "convention-breach", "warning", summary, members, filed=filed[0], told=edtf)
    yield from filed_years(view)


def _meant(rule: str) -> str | None:
    """Return the predicate that the dates of a source are of, None where the rule names none or several.

    >>> _meant("The dates are those of the landing")
    'arrival'
    >>> _meant("The dates are of the arrival; where it is not known, of the departure")
    'arrival'
    >>> _meant("The day and the year, where known, are those of the landing")
    'arrival'
    >>> _meant("The day is that on which the household was entered in the book")
    """
    for words_of_rule in (rule, _EXCEPT.split(rule)[0]):
        found = [predicate for predicate, words in _MEANT if re.search(words, words_of_rule, re.IGNORECASE)]
        if len(found) == 1:
            return found[0]
    return None


def _filed(head: Said, parent: Said, edtf: str) -> tuple[str, tuple[str, int, int]] | None:
    """Return the date that an entry begins with, or has behind the name it begins with, and its place."""
    text = head.member.quote
    phrase = next(iter(find_dates(text)), None)
    if phrase is None or phrase.kind != "date" or phrase.qualifier is not None:
        return None
    lead, rest = text[: phrase.span.start].rstrip(), text[phrase.span.end :].lstrip(" )]")
    if (lead and lead[-1] not in "–—-(,:[") or not rest or rest[0] not in "–—-:,;.":
        return None
    if lead.count(" ") > _MOST_WORDS or re.search(r"[.;!?]\s", lead):
        return None
    year = _YEAR.search(parent.member.quote)
    resolved = resolve(phrase, year=(int(year.group() if year else edtf[:4]), Span(0, 0)))
    if not resolved.edtf or len(resolved.edtf) < len("1997-02"):
        return None
    at = head.member.start
    return resolved.edtf, (head.member.source, at + phrase.span.start, at + phrase.span.end)


def _year(parent: Said) -> tuple[str, tuple[str, int, int]] | None:
    """Return the year that is all that an entry above says, and its place."""
    found = re.fullmatch(r"\W*([12][0-9]{3})\W*", parent.member.quote)
    member = parent.member
    return (found.group(1), (member.source, member.start, member.end)) if found else None
