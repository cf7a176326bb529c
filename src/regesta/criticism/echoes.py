"""F044: one thing said to be the first or the greatest by two passages: of one and the same, or of two.

    "the highest ranking official to defect"   of Ana (a), of Ana (b)       ok, and what is known of those after her
    "the first pilot to land in Kars"          of Ana (a), of Bora (b)      first-claim: only one of them can be
    "the only surviving page of the Annals"    and a reference of that title       ok: it repeats the title
    "the first woman on its staff"             of two companies             nothing: the words do not say of what

Statements are one where all their words are, case, plural and small words apart. That two differ is told as a warning where
it is about who was first, or within one source; a greatest may have been surpassed between two sources. Whether what is
first came after something else is asked elsewhere (F043), and whether the greatest is (F045).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from regesta.criticism.statements import Statement, content, covers, statements
from regesta.criticism.view import Said, View, finding
from regesta.model import Finding

__all__ = ["echoes"]

_LEAST: Final = 3
"""Words that a statement has at least, its first or greatest among them, to be known again."""

_TITLES: Final = r"""
select source, start_char, end_char, quote, title, marker from citations
where title is not null and regexp_matches(lower(title), '\b(first|only|sole|last|most|[a-z]{3,12}est)\b')
  and source in (select unnest(?::varchar[]))
order by source, start_char
"""

_SENIOR: Final = (
    "president",
    "minister",
    "marshal",
    "ambassador",
    "admiral",
    "general",
    "secretary",
    "colonel",
    "consul",
    "judge",
)
"""Words for high office, the highest first."""

_RANKED: Final = re.compile(
    r"\b(?:highest|most senior|senior-most|top)[- ]?(?:ranking|ranked|placed|level)?\b", re.IGNORECASE
)

_AFTER: Final = r"""
with senior as (
    select c.subject, e.label, c.id as claim, c.value_text as office
    from claims c join entities e on e.id = c.subject
    where c.predicate in ('role', 'rank') and c.modality = 'asserted' and e.kind = 'person'
      and regexp_matches(lower(c.value_text), '\b(' || ? || ')\b')
), came as (
    select subject, min(earliest) as earliest, any_value(value_edtf) as edtf from claims
    where predicate in ('arrival', 'departure') and value_type = 'date' and earliest is not null group by subject
), mine as (
    select subject, max(latest) as latest from claims
    where subject in (select unnest(?::varchar[])) and predicate in ('arrival', 'departure') and latest is not null group by subject
)
select m.subject, s.subject, s.label, s.claim, s.office, c.edtf
from mine m join came c on c.earliest > m.latest join senior s on s.subject = c.subject
order by m.subject, c.earliest, s.subject, length(s.office) desc, s.claim
"""


def echoes(view: View) -> Iterator[Finding]:
    """Tell where two passages call one, or two, the first or the greatest of one kind."""
    found = view.once(statements)
    groups: dict[tuple[str, frozenset[str]], list[Statement]] = defaultdict(list)
    for one in found:
        if len(one.content) >= _LEAST and one.head and one.is_named and one.kind != "topic":
            groups[one.predicate, one.content].append(one)
    agreeing = [pair for group in groups.values() if (pair := _one(group)) is not None]
    after = _after(view, [a.subject for a, _ in agreeing if _RANKED.search(a.text)])
    for left, right in agreeing:
        yield _agree(view, left, right, after.get(left.subject, []) if _RANKED.search(left.text) else [])
    for group in groups.values():
        yield from _differ(view, group)
    yield from _titled(view, found)


def _one(group: Sequence[Statement]) -> tuple[Statement, Statement] | None:
    """Return two statements of different sources about one subject, None where all are of one."""
    return next(
        ((a, b) for a, b in combinations(group[:12], 2) if a.source != b.source and a.subject == b.subject),
        None,
    )


def _after(view: View, subjects: Sequence[str]) -> dict[str, list[tuple[str, str, str, str]]]:
    """Return for each subject who in high office came later: (label, claim, office, date), the highest first, two at most."""
    if not subjects:
        return {}
    known: dict[str, dict[str, tuple[str, str, str, str]]] = defaultdict(dict)
    for mine, other, label, claim, office, edtf in view.rows(
        _AFTER, ["|".join(_SENIOR), sorted(set(subjects))]
    ):
        known[mine].setdefault(other, (label, claim, office, edtf))
    return {
        mine: sorted(others.values(), key=lambda one: (_height(one[2]), one[3], one[1]))[:2]
        for mine, others in known.items()
    }


def _height(office: str) -> int:
    words = office.casefold()
    return next((n for n, word in enumerate(_SENIOR) if word in words), len(_SENIOR))


def _agree(
    view: View, left: Statement, right: Statement, after: Sequence[tuple[str, str, str, str]]
) -> Finding:
    passages = view.claims([left.claim, right.claim, *(claim for _, claim, *_ in after)])
    later = ""
    if after:
        told = ", ".join(f"{label} ({edtf})" for label, _, _, edtf in after)
        later = f"; of those in high office who came later, {told}, no source says so"
    shared = ", of one family" if left.family == right.family else ""
    return finding(
        "F044",
        "first-claim" if left.predicate == "first" else "superlative-conflict",
        "ok",
        f"{left.source} and {right.source}{shared}, both call {left.label} “{left.text}”{later}.",
        [passages[left.claim][0], passages[right.claim][0], *(passages[claim][0] for _, claim, *_ in after)],
        later=[label for label, *_ in after],
        as_of=[one.stated for one in (left, right)],
        is_one_family=left.family == right.family,
    )


def _differ(view: View, group: Sequence[Statement]) -> Iterator[Finding]:
    """Yield what only one of two can be, once for each statement."""
    people = [
        one
        for one in group
        if one.kind in ("person", "organisation", "facility") and one.is_absolute and not one.is_relative
    ]
    pairs = [
        (a, b)
        for a, b in combinations(people[:12], 2)
        if a.subject != b.subject and a.block_start != b.block_start
    ]
    if not pairs or len(people[0].content) <= _LEAST:
        return
    left, right = pairs[0]
    if not view.surely([left.claim, right.claim]) or _related(view, left, right):
        return
    passages = view.claims([left.claim, right.claim])
    is_sure = left.predicate == "first" or left.source == right.source
    yield finding(
        "F044",
        "first-claim" if left.predicate == "first" else "superlative-conflict",
        "warning" if is_sure else "info",
        f"“{left.text}” is said of {left.label} ({left.source}) and of {right.label} ({right.source}).",
        [passages[left.claim][0], passages[right.claim][0]],
        subjects=[left.label, right.label],
    )


def _related(view: View, left: Statement, right: Statement) -> bool:
    """Whether the two did it together, or may be one."""
    return bool(
        view.rows(
            "select 1 from claims where subject = ? and value_entity = ? or subject = ? and value_entity = ? limit 1",
            [left.subject, right.subject, right.subject, left.subject],
        )
        or view.rows(
            "select 1 from links l join referents a on a.key = l.left_referent join referents b on b.key = l.right_referent "
            "where l.verdict in ('unsure', 'part-of') and (a.entity = ? and b.entity = ? or a.entity = ? and b.entity = ?) limit 1",
            [left.subject, right.subject, right.subject, left.subject],
        )
    )


def _titled(view: View, found: Sequence[Statement]) -> Iterator[Finding]:
    """Yield the statements that the title of a reference makes in the same words."""
    by_source: dict[str, list[Statement]] = defaultdict(list)
    for one in found:
        by_source[one.source].append(one)
    if not found:
        return
    titles: dict[tuple[str, str], list[tuple[Said, frozenset[str], str]]] = defaultdict(list)
    for source, start, end, quote, title, marker in view.rows(_TITLES, [sorted(by_source)]):
        words = content(title)
        for head in {w for w in words if w.endswith("est") or w in ("first", "only", "sole", "last", "most")}:
            titles[source, head].append((Said.passage(source, start, end, quote), words, marker))
    for source, own in by_source.items():
        for one in own:
            scope = content(re.split(r",| and ", one.text, maxsplit=1)[0])
            for said, words, marker in titles.get((source, one.head), [])[:20]:
                if len(scope) < _LEAST + 1 or covers(scope, words) < max(_LEAST + 1, 0.8 * len(scope)):
                    continue
                named = f"reference {marker}" if marker else "a reference"
                dated = "" if one.when or one.stated else "; neither says as of when"
                yield finding(
                    "F044",
                    "first-claim" if one.predicate == "first" else "superlative-conflict",
                    "ok",
                    f"“{one.text}” is what the title of {named} says{dated}.",
                    [view.claims([one.claim])[one.claim][0], said],
                    as_of=one.stated,
                )
                break
