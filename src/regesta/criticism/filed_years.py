"""Part of F070: an entry that begins with its year, and tells what it is of by a day of another year.

    2015 – The poet Abla Sayit arrives on 11 March 2016.         under 2015, but of 2016
    2015 – Sayit, who had fled on 3 May 2014, arrives.           what is told on the side is of another time by right

Only an arrival or a departure that the first sentence of the entry tells, of a named person and to the day, tells its
year. Nobody knows which of the two is wrong, so it is worth a line and no alarm. What a source says of
its own dates is in `conventions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from regesta.criticism.view import Said, View, finding
from regesta.dates import in_words
from regesta.model import Finding

__all__ = ["filed_years"]

_HEAD: Final = re.compile(r"\W{0,3}([12]\d{3})\s?[–—:-]\s")
_ASIDE: Final = re.compile(
    r"\b(?:who|whom|which|whose|had|having|after|before|since|until|later|earlier|when|where|while|would|will|die|der nach|qui)\b|"
    r"[.;!?(]\s|\b(?:again|back)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 300
"""Code points from the beginning of an entry to the end of what it is of."""

_TOLD: Final = """
select c.source, b.content_start, e.start_char, e.end_char, e.quote, c.subject_label, c.predicate, c.value_edtf, c.id
from claims c join claim_evidence e on e.claim = c.id and e.position = 0
join blocks b on b.source = c.source and b.kind in ('paragraph', 'list_item') and b.content_start < e.start_char
  and b.content_end >= e.end_char and e.end_char - b.content_start < ?
where c.predicate in ('arrival', 'departure') and c.subject_kind = 'person' and c.modality = 'asserted' and c.rank <> 'deprecated'
  and regexp_full_match(c.value_edtf, '[0-9]{4}-[0-9]{2}-[0-9]{2}') and contains(e.quote, c.value_edtf[1:4])
qualify row_number() over (partition by c.source, b.content_start order by e.start_char, c.id) = 1
order by c.source, b.content_start
"""


def filed_years(view: View) -> Iterator[Finding]:
    """Tell of an entry whose day is of another year than the one it begins with."""
    rows = view.rows(_TOLD, [_LONGEST], needs={"arrival|departure": 1})
    leads = view.words([(row[0], row[1], row[2]) for row in rows])
    for row, lead in zip(rows, leads, strict=True):
        source, opening, start, end, quote, label, predicate, edtf, _ = row
        head = _HEAD.match(lead)
        if head is None or head[1] == edtf[:4] or len(re.findall(r"\b[12]\d{3}\b", lead + quote)) != 2:
            continue
        if _ASIDE.search(lead[head.end() :] + quote):
            continue
        summary = f"{label}: the entry stands under {head[1]}, but the {predicate} that it tells is of {in_words(edtf)}."
        said = [
            Said.passage(source, opening + head.start(1), opening + head.end(1), head[1]),
            Said.passage(source, start, end, quote),
        ]
        yield finding("F070", "convention-breach", "info", summary, said, filed=head[1], told=edtf)
