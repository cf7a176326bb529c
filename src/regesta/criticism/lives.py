"""F060: the steps of one life as a source tells them, in order.

    "A previous attempt in 1996 had failed."   under 1997      tried 1996, arrived 1997: in order
    "fled in 1998 ... sent back in 2001, in prison for three years ... arrested in January 2006"

Steps are in order where their dates rise as they are told, or where the words or the nature of the step say what came first
("previous", "after", a flight before its arrival, a death after all). Where that cannot be said of every step nothing is
told: sources look back. What cannot be is told in `impossible_orders`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from regesta.criticism.steps import Life, Step, lives, looks_back
from regesta.criticism.view import Said, View, finding, says_year
from regesta.dates import before, in_words
from regesta.model import Finding

__all__ = ["ordered_lives"]

_LAWS: Final = frozenset(
    {("departure", "arrival"), ("arrival", "asylum"), ("departure", "return"), ("capture", "release")}
)
"""Steps of which the first is before the second wherever it is told, if it says its year itself."""

_TOLD_OF_MANY: Final = frozenset({"event", "arrival"})
"""What anybody's life has: beside an arrival another kind of step must be in a chain worth telling."""
_MOST: Final = 5
"""Steps that one finding shows."""

_TERMS: Final = """
select c.subject, c.source, c.predicate, c.id, c.value_number, c.value_unit, c.when_edtf, ev.start_char, ev.quote
from claims c join claim_evidence ev on ev.claim = c.id and ev.position = 0
where c.predicate in ('imprisoned_for', 'duration') and c.modality = 'asserted' and c.rank <> 'deprecated'
  and c.value_unit in ('year', 'month') and c.value_number between 1 and 80
  and c.subject in (select unnest(?::varchar[])) and c.bound is null
order by c.subject, c.source, ev.start_char
"""
_AFTER_A_TIME: Final = re.compile(
    r"\bafter (?:about |nearly |almost |some )?[\w-]+ (?:year|month)s?\b", re.IGNORECASE
)


def ordered_lives(view: View) -> Iterator[Finding]:
    """Tell of the steps of a life that were checked and are in order, once a person."""
    told = [life for life in view.once(lives) if life.has_moved]
    chosen: dict[str, tuple[Life, list[Step]]] = {}
    looked = view.once(looks_back)
    for life in told:
        chain = _in_order(life, looked)
        best = chosen.get(life.subject)
        if chain and (best is None or len(chain) > len(best[1])):
            chosen[life.subject] = life, chain
    if view.asked is not None:
        asked = frozenset(view.asked)
        chosen = {subject: one for subject, one in chosen.items() if one[0].source in asked}
    terms = _terms(view, chosen)
    together: dict[tuple[object, ...], list[tuple[Life, list[Step]]]] = defaultdict(list)
    for life, chain in chosen.values():
        key = (life.source, *((step.start, step.edtf) for step in chain))
        together[key].append((life, chain))
    view.prepare(
        one for rows in together.values() for one in _claims_of(rows[0][1], terms.get(rows[0][0].subject, []))
    )
    for rows in together.values():
        life, chain = rows[0]
        labels = [one.label for one, _ in rows]
        yield _told(view, " and ".join(dict.fromkeys(labels)), chain, terms.get(life.subject, []))


def _in_order(life: Life, looked: frozenset[str]) -> list[Step]:
    """Return the steps by date where every one of them is known to be where it belongs, else nothing."""
    steps = [step for step in life.steps if not step.is_intended or step.claim in looked]
    if any(step.edtf.startswith("..") or step.edtf.endswith("..") for step in steps):
        return []
    if (
        len({step.kind for step in steps}) < 2
        or all(step.kind in _TOLD_OF_MANY for step in steps)
        or sum(step.kind == "arrival" for step in steps) > 1
    ):
        return []
    chain = [steps[0]]
    for step in steps[1:]:  # as told: each goes before or behind what stands already
        at = len(chain)
        while at and before(step.edtf, chain[at - 1].edtf) is True:
            at -= 1
        if at and before(chain[at - 1].edtf, step.edtf) is not True:
            return []  # they may be of one day
        lawful = step.edtf[:4] in step.quote and all((step.kind, later.kind) in _LAWS for later in chain[at:])
        if at < len(chain) and step.claim not in looked and not lawful:
            return []
        chain.insert(at, step)
    if any(step.kind == "death" for step in chain[:-1]):
        return []
    if len({step.block for step in chain}) > 1 and not all(
        step.kind in ("arrival", "departure", "death") for step in chain
    ):
        return []  # told in several places: no order of telling
    if len(chain) > _MOST:
        chain = [*chain[: _MOST - 1], chain[-1]]
    return chain


def _terms(view: View, chosen: dict[str, tuple[Life, list[Step]]]) -> dict[str, list[tuple[int, str, str]]]:
    """Return what lasted between two steps and fits: the step that it follows, the claim, the words."""
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    if not chosen:
        return found
    for subject, source, predicate, claim, number, unit, when, start, quote in view.rows(
        _TERMS, [sorted(chosen)]
    ):
        life, chain = chosen[subject]
        if source != life.source or found[subject]:
            continue
        length = f"{number:g} {unit}{'' if number == 1 else 's'}"
        years = number if unit == "year" else number / 12
        if predicate == "duration":
            at = next(
                (i for i, step in enumerate(chain) if step.kind == "arrival" and step.edtf == when), None
            )
            if at is not None and _AFTER_A_TIME.search(quote):
                found[subject].append((at, claim, f"after {length}"))
            continue
        for at, (one, following) in enumerate(pairwise(chain)):
            if one.start < start < following.start and one.kind in ("capture", "return", "prison"):
                first, last = _year(one.edtf), _year(following.edtf)
                if first is not None and last is not None and first + years <= last + 1:
                    found[subject].append(
                        (at + 1, claim, f"in prison for {length}, to about {int(first + years)}")
                    )
                break
    return found


def _claims_of(chain: Sequence[Step], terms: Sequence[tuple[int, str, str]]) -> list[str]:
    return [*(step.claim for step in chain), *(claim for _, claim, _ in terms)]


def _told(view: View, label: str, chain: Sequence[Step], terms: Sequence[tuple[int, str, str]]) -> Finding:
    passages = view.claims(_claims_of(chain, terms))
    lasting = {at: (claim, words) for at, claim, words in terms}
    said: list[Said] = []
    words: list[str] = []
    for at, step in enumerate(chain):
        own = passages[step.claim]
        said.append(_dated(view, own[0], step.edtf) if step.is_intended else _focused(own[0], step.edtf))
        if step.kind == "arrival" and not says_year(step.edtf, own[:1]):
            said += own[1:2]
        aside = ""
        if at in lasting:
            claim, how = lasting[at]
            said.insert(len(said) - 1, _focused(passages[claim][0]))
            if how.startswith("after"):
                aside = f" {how}"
            else:
                words.append(how)
        words.append(f"{step.word} {in_words(step.edtf)}{aside}")
    return finding(
        "F060",
        "chronology",
        "ok",
        f"{label}: {', '.join(words)}: in order.",
        said,
        order=[step.edtf for step in chain],
        kinds=[step.kind for step in chain],
    )


def _dated(view: View, one: Said, edtf: str) -> Said:
    """Return a passage with the date that follows it in its clause, where it says none itself."""
    from regesta.dates import find_dates

    member = one.member
    if edtf[:4] in member.quote:
        return one
    (longer,) = view.passages([(member.source, member.start, member.end + 30)])
    clause = re.split(r"[.;\n]", longer.member.quote[len(member.quote) :])[0]
    ends = [phrase.span.end for phrase in find_dates(clause)]
    if not ends:
        return _focused(one)
    (found,) = view.passages([(member.source, member.start, member.end + ends[0])])
    return found


def _focused(one: Said, edtf: str = "") -> Said:
    """Return a passage cut to a length that can be read, from its end where its date stands there."""
    member = one.member
    if len(member.quote) <= 200:
        return one
    year = edtf[:4]
    if year and year in member.quote[200:]:
        cut = member.quote[-200:]
        return Said.passage(member.source, member.end - len(cut), member.end, cut)
    return Said.passage(member.source, member.start, member.end, member.quote)


def _year(edtf: str) -> int | None:
    found = re.match(r"\d{4}", edtf)
    return int(found.group()) if found and int(found.group()) >= date.min.year else None
