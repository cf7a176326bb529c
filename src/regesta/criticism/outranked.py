"""Superlatives of rank: who is called the highest-ranking, and who stands above him.

    "the highest-ranking Pole ever received", of Count X      Prince Y came too             told
    "the highest-ranking officer so far", of a major          a colonel, a year later       as of its day
    "the most senior diplomat", of a consul                   a general                     two ladders: not compared

Ranks are compared on one ladder only, of titles of nobility or of an army, and not where they are next to one another: which
is the higher then depends on the country and the service. The other must be told of in the same source, or be of the people whom
the statement names. Whether he was meant to count nobody can see from the words, so it is told as worth knowing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from regesta.criticism.statements import Statement, content, covers, statements
from regesta.criticism.view import Said, View, finding
from regesta.dates import before
from regesta.model import Finding

__all__ = ["outranked"]

_HIGHEST: Final = re.compile(
    r"\b(?:highest|top)[- ]rank(?:ing|ed)\b|\bmost (?:senior|high-ranking)\b|\bsenior-?most\b|\bhighest[- ]placed\b|\bof (?:the )?highest rank\b",
    re.IGNORECASE,
)
_AS_IT_WAS: Final = re.compile(
    r"\b(?:so far|until then|until now|up to then|to date|at the time|at that time|yet|since|that (?:year|day|month)|among them|of them|"
    r"on board|in the (?:group|party))\b",
    re.IGNORECASE,
)
_SERVICE: Final = content(
    "officer soldier military army navy commander official diplomat police party general"
)
"""Of whom a title of nobility says nothing."""

_LADDERS: Final[tuple[tuple[str, ...], ...]] = (
    (
        "knight|sir|ritter|chevalier|baronet",
        "baron|baroness|freiherr|freifrau",
        "viscount|viscountess|vicomte|vicomtesse",
        "count|countess|comte|comtesse|graf|gräfin|earl|conde|condesa|conte|contessa",
        "marquis|marquess|marchioness|marquise|margrave|marqués",
        "duke|duchess|duc|duchesse|herzog|herzogin|duque|grand duke|grand duchess",
        "prince|princess|fürst|fürstin|príncipe|princesa|principe|principessa",
        "king|queen|emperor|empress|tsar|tsarina|kaiser|shah|sultan",
    ),
    (
        "private|soldier|airman|seaman|sailor",
        "corporal",
        "sergeant|petty officer",
        "warrant officer",
        "ensign|sub-lieutenant|second lieutenant",
        "lieutenant|first lieutenant|senior lieutenant",
        "captain",
        "major|lieutenant commander",
        "lieutenant colonel|lieutenant-colonel|commander",
        "colonel",
        "brigadier|brigadier general|commodore",
        "major general|major-general|rear admiral|rear-admiral",
        "lieutenant general|lieutenant-general|vice admiral|vice-admiral",
        "general|colonel general|admiral|army general",
        "marshal|field marshal|general of the army|fleet admiral",
    ),
)
"""From below; what stands in one line is one step. Of armies after the codes of NATO (STANAG 2116)."""
_STEPS: Final[Mapping[str, tuple[int, int]]] = {
    word: (ladder, step)
    for ladder, steps in enumerate(_LADDERS)
    for step, words in enumerate(steps)
    for word in words.split("|")
}
_APART: Final = 2
"""Steps on the ladder of an army between two ranks that are compared; titles of nobility are surely ordered."""
_RANK: Final = re.compile(
    r"(?<![\w-])(?:" + "|".join(sorted(map(re.escape, _STEPS), key=len, reverse=True)) + r")(?![\w-])",
    re.IGNORECASE,
)

_RANKED: Final = r"""
select c.subject, e.label, c.source, lower(c.value_text), v.start_char, v.end_char
from claims c join claim_evidence v on v.claim = c.id and v.position = 0 join entities e on e.id = c.subject
where c.predicate in ('rank', 'role') and c.modality = 'asserted' and c.rank <> 'deprecated' and c.said_by is null
  and e.kind = 'person' and regexp_matches(lower(c.value_text), ?)
qualify row_number() over (partition by c.source, c.subject, lower(c.value_text) order by v.start_char, v.end_char desc, c.id) = 1
order by c.source, v.start_char, c.id
"""

_NAMED: Final = """
select m.entity, e.label, m.source, '', m.start_char, m.end_char
from mentions m join entities e on e.id = m.entity and e.kind = 'person'
where m.form = 'name' and m.source in (select unnest(?::varchar[]))
qualify row_number() over (partition by m.source, m.entity order by m.start_char, m.end_char) <= 3
order by m.source, m.start_char, m.end_char
"""
"""Names, for the titles before them: "Count Lajos Telek"."""
_TITLE: Final = 20

_CAME: Final = """
select subject, min(coalesce(value_edtf, when_edtf)) from claims
where predicate in ('arrival', 'departure') and modality = 'asserted' and subject in (select unnest(?::varchar[])) group by subject
"""


class _Ranked(NamedTuple):
    subject: str
    label: str
    source: str
    words: str
    start: int
    end: int


def outranked(view: View) -> Iterator[Finding]:
    """Tell of somebody who stands above whom a source calls the highest in rank."""
    told = [
        one
        for one in view.once(statements)
        if one.predicate == "superlative"
        and one.kind == "person"
        and _HIGHEST.search(one.text)
        and not _AS_IT_WAS.search(one.text)
    ]
    if not told:
        return
    ranked = _ranked(view, sorted({one.source for one in told}))
    came = dict(view.rows(_CAME, [sorted({one.subject for one in ranked})]))
    own: dict[str, list[str]] = defaultdict(list)
    for one in ranked:
        own[one.subject].append(one.words)
    before_it = view.words([(one.source, one.block_start, one.start) for one in told])
    titles = dict(view.rows("select name, coalesce(title, '') from sources"))
    for statement, lead in zip(told, before_it, strict=True):
        step = _highest([*own[statement.subject], lead[-160:], statement.text])
        above = _above(statement, step, ranked, titles, came) if step is not None else None
        if above is not None:
            place = (above.source, above.start, above.end)
            said = [view.claims([statement.claim])[statement.claim][0], *view.passages([place])]
            yield _told(statement, above, came.get(above.subject), said)


def _ranked(view: View, sources: Sequence[str]) -> list[_Ranked]:
    """Return who is given a rank, by a claim or by the word before the name."""
    found = [_Ranked(*row) for row in view.rows(_RANKED, ["|".join(sorted(map(re.escape, _STEPS)))])]
    names = [_Ranked(*row) for row in view.rows(_NAMED, [sources])]
    leads = view.words([(one.source, max(0, one.start - _TITLE), one.start) for one in names])
    for one, lead in zip(names, leads, strict=True):
        title = re.search(rf"({_RANK.pattern})\s+$", lead, re.IGNORECASE)
        if title:
            start = one.start - (len(lead) - title.start())
            found.append(one._replace(words=title[1].casefold(), start=start))
    return found


def _told(statement: Statement, above: _Ranked, edtf: str | None, said: Sequence[Said]) -> Finding:
    when = f" ({edtf})" if edtf else ""
    summary = (
        f"“{statement.text}” is said of {statement.label}, but {above.label}{when} is called {above.words}; "
        "whether they were meant to count is not said."
    )
    return finding("F045", "superlative-conflict", "info", summary, said, other=above.words)


def _above(
    statement: Statement,
    step: tuple[int, int],
    ranked: Sequence[_Ranked],
    titles: Mapping[str, str],
    came: Mapping[str, str],
) -> _Ranked | None:
    """Return who stands highest above that step on its ladder, of those that the statement may be of."""
    proper = content(" ".join(re.findall(r"\b[A-Z][\w'’-]+", statement.text)))
    found: tuple[int, _Ranked] | None = None
    for other in ranked:
        theirs = _highest([other.words])
        if theirs is None or theirs[0] != step[0] or other.subject == statement.subject:
            continue
        if theirs[1] - step[1] < (_APART if step[0] else 1) or (
            step[0] == 0 and statement.content & _SERVICE
        ):
            continue
        is_beside = other.source == statement.source
        if not is_beside and not (proper and covers(proper, content(titles[other.source])) == len(proper)):
            continue
        edtf = came.get(other.subject)
        if not is_beside and not (statement.stated and edtf and before(edtf, statement.stated)):
            continue
        if found is None or theirs[1] > found[0]:
            found = theirs[1], other
    return found[1] if found else None


def _highest(texts: Sequence[str]) -> tuple[int, int] | None:
    """Return the last rank that the first of the texts with one names.

    >>> _highest(["Count Ossian"]), _highest(["a colonel of artillery"]), _highest(["a teacher"])
    ((0, 3), (1, 9), None)
    """
    for text in texts:
        if words := _RANK.findall(text):
            return _STEPS[words[-1].casefold()]
    return None
