"""Measure how often each rule is right, from the open corpus: what `claims.confidence` is made of.

    .venv/bin/python tests/corpus/precision.py            a line a rule: judged, right, share
    .venv/bin/python tests/corpus/precision.py --write    the same, as src/regesta/extraction/confidence.toml

A claim is judged where the truth speaks of the same thing: an arrival of anybody in a document, because whoever fled stands in
its truth; a point of a series where the truth has that document's series; any other claim whose words stand where the truth has one with
the same predicate (and kind of unit). It is right where the truth says the same of the same person. All other claims are left
unjudged, because the lists of claims are not complete; so is what can be worded in too many ways, and kin of somebody else,
because kinship is told from either side. A rule that was judged
less than `LEAST` times has no figure. The sealed documents are not read.
"""

from __future__ import annotations

import argparse
import collections
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from click import echo

sys.path.insert(0, str(Path(__file__).parent))
from matching import CONTEXT, hits_of, numbers, overlap, same_date, same_predicate, same_unit
from score import FOCUS, _referents_of, _score_people, truth_files
from truth import Truth, load, resolve

__all__ = ["LEAST", "judge", "measured"]

LEAST = 20
"""Judged claims below which a share would say next to nothing."""
TARGET = Path(__file__).parents[2] / "src" / "regesta" / "extraction" / "confidence.toml"
_HEAD = """\
# How often each rule was right, over the open documents of the corpus: made by tests/corpus/precision.py --write.
# What was judged, and when it is right, stands there. A rule that is not named here was judged less than {least} times.
"""
Judged = dict[str, list[int]]
"""Rule to [right, judged]."""


def judge(path: Path) -> Judged:
    """Read and extract the document of one truth file; return how many claims of each rule were judged, and were right."""
    from regesta.extraction import extract
    from regesta.reading import read

    rows = load(path)
    document = read(path.parent / rows["document"])
    truth = resolve(rows, document.text)
    extraction = extract(document)
    same = _referents_of(
        truth, extraction, _score_people(truth, document, extraction, {}, collections.defaultdict(list))
    )
    judged: Judged = {}
    for claim in extraction.claims:
        right = _arrival(truth, extraction, same, claim) if claim.predicate == "arrival" else None
        if right is None:
            right = _stated(truth, same, claim)
        if right is not None:
            count = judged.setdefault(claim.method, [0, 0])
            count[0] += right
            count[1] += 1
    if truth.points:
        by_id = {claim.id: claim for claim in extraction.claims}
        for observation in extraction.observations:
            said = by_id.get(observation.claim)
            if observation.role == "observation" and said is not None:
                count = judged.setdefault(said.method, [0, 0])
                at = (observation.evidence.start, observation.evidence.end)
                count[0] += any(
                    overlap(at, p.span)
                    and observation.value == p.value
                    and same_date(p.period, observation.period)
                    for p in truth.points
                )
                count[1] += 1
    return judged


def _arrival(truth: Truth, extraction: Any, same: dict[str, set[str]], claim: Any) -> bool | None:
    """Return whether an arrival is right, None where nobody can say."""
    if claim.qualifiers.modality in ("denied", "intended"):
        return None
    date = getattr(claim.value, "edtf", "")
    whose = [person for person in truth.people if claim.subject in same.get(person.key, ())]
    if whose:
        if any(person.optional for person in whose):
            return None
        wanted = [date_ for person in whose for date_ in (person.arrival, *person.alternatives) if date_]
        return any(same_date(want, date) or want.startswith(date.rstrip("~?%")) for want in wanted)
    mentions = next((r.mentions for r in extraction.referents if r.key == claim.subject), ())
    is_known = any(overlap(m.span, known) for m in mentions for known in truth.known)
    return None if is_known else False


def _stated(truth: Truth, same: dict[str, set[str]], claim: Any) -> bool | None:
    """Return whether a claim says what the truth says at its place, None where the truth has no such claim there."""
    places = [(e.start, e.end) for e in claim.evidence if e.end - e.start <= FOCUS]
    asked = False
    for fact in truth.facts:
        if fact.what in CONTEXT or not same_predicate(fact.what, claim.predicate):
            continue
        if not any(overlap(place, fact.span) for place in places):
            continue
        is_number = isinstance(fact.value, (int, float, list))
        if is_number and not (numbers(claim.value) and same_unit(fact.unit, claim.value.unit)):
            continue
        is_of = fact.of not in same or claim.subject in same[fact.of]
        if fact.what == "kin" and not is_of:  # the same told from the other side
            continue
        if is_of and hits_of(fact, [claim]):
            return True
        asked = asked or not fact.optional
    return False if asked else None


def measured(judged: Sequence[Judged]) -> dict[str, tuple[int, int]]:
    """Return right and judged of each rule over all documents, by name; rules that were judged too seldom are left out."""
    total: Judged = {}
    for one in judged:
        for method, (right, n) in one.items():
            count = total.setdefault(method, [0, 0])
            count[0] += right
            count[1] += n
    return {method: (right, n) for method, (right, n) in sorted(total.items()) if n >= LEAST}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print or write what was measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    options = parser.parse_args(arguments)
    rules = measured([judge(path) for path in truth_files()])
    for method, (right, n) in rules.items():
        echo(f"{method:32} {right:5} of {n:5}  {right / n:.3f}")
    if options.write:
        lines = [f'"{method}" = {{ right = {right}, judged = {n} }}' for method, (right, n) in rules.items()]
        TARGET.write_text(_HEAD.format(least=LEAST) + "\n[rules]\n" + "\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
