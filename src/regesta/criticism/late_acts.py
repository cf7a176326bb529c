"""F066: what one source lets somebody do after the death that another source tells.

    "Ilse Brandt died at Graz on 3 May 1951"   ·   "In 1957 Ilse Brandt opened a bakery"     chronology
    "Ilse Brandt was buried in 1952", "her book came out in 1957"                           not acts of the living

The full name must be the same to the letter in both, the sources of one matter, the act one of the living (`acts`), with a date that is
surely later than the death. Two people may bear a name, so that it is worth knowing, and no more. Within one source it is the work
of `acts`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from regesta.criticism.acts import does_after
from regesta.criticism.telling import Sentence, are_beside, dated, sentences
from regesta.criticism.view import View, finding
from regesta.dates import before, in_words
from regesta.model import Finding

__all__ = ["late_acts"]

_DEATHS: Final = r"""
select e.label, c.value_edtf, c.source, c.id, list(distinct m.quote) from claims c join entities e on e.id = c.subject
join mentions m on m.entity = c.subject and m.source = c.source and m.form = 'name' and contains(m.quote, ' ')
where c.predicate = 'death' and c.value_type = 'date' and c.modality = 'asserted' and c.rank <> 'deprecated' and c.said_by is null
  and c.subject_kind = 'person' and e.is_named and c.earliest is not null and c.latest is not null
  and not regexp_matches(c.value_edtf, '[~?%X/]')
group by all order by c.source, c.id
"""
_MOST: Final = 400


def late_acts(view: View) -> Iterator[Finding]:
    """Tell of acts of the living that another source dates after the death."""
    told = sentences(view)
    if not told or not view.holds({"death": 1, "sources": 2}):
        return
    deaths: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for _, edtf, source, claim, quotes in view.rows(_DEATHS)[:_MOST]:
        for quote in quotes:
            deaths[re.sub(r"\s+", " ", quote)].append((edtf, source, claim))
    if not deaths:
        return
    names = re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(deaths, key=len, reverse=True)))})(?![\w-])"
    )
    dates, beside = dated(view), are_beside(view)
    seen: set[str] = set()
    for one in told:
        if one.kind == "heading" or not (match := names.search(one.text)):
            continue
        for edtf, source, claim in deaths[match[0]]:
            if source == one.source or claim in seen or not beside(source, one.source):
                continue
            acted = _acted(one, match, edtf, [d.edtf for d in dates(one) if not d.is_lent])
            if acted is not None:
                seen.add(claim)
                yield finding(
                    "F066",
                    "chronology",
                    "info",
                    f"{match[0]} died {in_words(edtf)} ({source}), and is said to have acted {in_words(acted[1])} ({one.source}); "
                    "they may be two people.",
                    [view.claims([claim])[claim][0], one.said(0, acted[0])],
                    lived=edtf,
                    acted=acted[1],
                )


def _acted(one: Sentence, match: re.Match[str], death: str, told: list[str]) -> tuple[int, str] | None:
    """Return where an act of a living person ends in a sentence, and its date, if that is after the death."""
    end = does_after(one.text, match.start(), match.end())
    if end is None or len(told) != 1 or before(death, told[0]) is not True:
        return None
    return min(len(one.text), end + 60), told[0]
