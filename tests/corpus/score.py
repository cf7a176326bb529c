"""Hold what the program finds in the corpus against the truth of each document.

    .venv/bin/python tests/corpus/score.py [--misses] [--heldout] [--json] [NAME...]

Each document is read and extracted on its own, through the public doors. Everything is matched by spans, never by ids
or labels, in the way of a fair but strict reader:

    person    some referent has a mention over the first naming; boundaries exact where the spans are equal
    arrival   the right date, and no other date beside it; a person without one must have none
    claim     a number: the same number and unit at the place; words: the same predicate, most of the words
    extra     people and groups of the body that neither `people` nor `others` of the truth knows

The documents in `heldout/` are sealed from those who write the program: of them only overall figures are printed.
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from click import echo

sys.path.insert(0, str(Path(__file__).parent))
from matching import CONTEXT, hits_of, near, numbers, overlap, same_date, words_of, years
from truth import Person, Truth, load, resolve

__all__ = ["HERE", "Tally", "figures", "score_document", "truth_files"]

HERE = Path(__file__).parent
FOCUS = 500
"""Evidence longer than this supports nothing in particular."""
Tally = dict[str, tuple[int, int]]
"""Measure to (hits, asked); (n, 0) is a bare count."""


def truth_files(*, heldout: bool = False) -> list[Path]:
    """Return the truth files of the open corpus, or of the sealed one, by name."""
    return sorted((HERE / "heldout" if heldout else HERE).glob("*.truth.toml"))


def score_document(path: Path) -> tuple[Tally, dict[str, list[str]]]:
    """Read and extract the document of one truth file; return its tallies, and what was missed under each measure."""
    from regesta.extraction import extract
    from regesta.reading import read

    rows = load(path)
    document = read(path.parent / rows["document"])
    truth = resolve(rows, document.text)
    extraction = extract(document)
    tally: Tally = {}
    misses: dict[str, list[str]] = collections.defaultdict(list)
    found = _score_people(truth, document, extraction, tally, misses)
    same = _referents_of(truth, extraction, found)
    _score_arrivals(truth, extraction, same, tally, misses)
    _score_claims(truth, extraction, same, tally, misses)
    _score_series(truth, extraction, tally, misses)
    _score_works(truth, document, tally, misses)
    evidence = [(e.start, e.end, e.quote) for c in extraction.claims for e in c.evidence]
    evidence += [(m.span.start, m.span.end, m.quote) for r in extraction.referents for m in r.mentions]
    evidence += [(o.evidence.start, o.evidence.end, o.evidence.quote) for o in extraction.observations]
    tally["evidence_exact"] = (sum(document.text[s:e] == quote for s, e, quote in evidence), len(evidence))
    tally["claims"] = (len(extraction.claims), 0)
    return tally, misses


def _score_people(
    truth: Truth, document: Any, extraction: Any, tally: Tally, misses: dict[str, list[str]]
) -> dict[str, str]:
    """Return the key of the referent that stands for each person found."""
    people = [r for r in extraction.referents if r.kind in ("person", "group")]
    places = [(m.span, r) for r in people for m in r.mentions]
    found: dict[str, str] = {}
    exact = 0
    for person in truth.people:
        here = [(span, r) for span, r in places if overlap(span, person.span)]
        if here:
            span, referent = min(
                here, key=lambda h: abs(h[0][0] - person.span[0]) + abs(h[0][1] - person.span[1])
            )
            found[person.key] = referent.key
            if person.named and not person.optional:
                exact += tuple(span) == person.span
                if tuple(span) != person.span:
                    misses["name_boundaries"].append(f"{person.name!r} got {span.of(document.text)!r}")
        elif not person.optional:
            misses["people"].append(f"{person.name!r}{'' if person.named else ' (unnamed)'}")
    asked = [p for p in truth.people if not p.optional]
    named = [p for p in asked if p.named]
    tally["named_recall"] = (sum(p.key in found for p in named), len(named))
    tally["people_recall"] = (sum(p.key in found for p in asked), len(asked))
    tally["name_boundaries_exact"] = (exact, len(named))
    sizes = {r.key: r.group_size for r in people}
    groups = [p for p in asked if p.size is not None and p.size > 1]
    tally["group_size_accuracy"] = (
        sum(sizes.get(found.get(p.key, "")) == p.size for p in groups),
        len(groups),
    )
    misses["group_size"] = [
        f"{p.name!r} {p.size}" for p in groups if sizes.get(found.get(p.key, "")) != p.size
    ]
    apart = [b.span for b in document.blocks if b.kind in ("footnote", "bibliography", "furniture")] + [
        r.span for r in document.references
    ]
    for flag, name in ((True, "extra_named"), (False, "extra_unnamed")):
        extra = []
        for referent in people:
            body = [m.span for m in referent.mentions if not any(overlap(m.span, a) for a in apart)]
            if (
                referent.is_named is flag
                and body
                and not any(overlap(m, k) for m in body for k in truth.known)
            ):
                extra.append(referent)
        tally[name] = (len(extra), 0)
        misses[name] = [repr(r.label) for r in extra]
    return found


def _referents_of(truth: Truth, extraction: Any, found: dict[str, str]) -> dict[str, set[str]]:
    """Return, for each person found, every referent that names the person: who is who is told by a later stage."""
    people = [r for r in extraction.referents if r.kind in ("person", "group")]
    return {
        p.key: {found[p.key]}
        | {r.key for r in people if r.is_named and any(tuple(m.span) in p.places for m in r.mentions)}
        for p in truth.people
        if p.key in found
    }


def _score_arrivals(
    truth: Truth, extraction: Any, same: dict[str, set[str]], tally: Tally, misses: dict[str, list[str]]
) -> None:
    given = collections.defaultdict(list)
    for claim in extraction.claims:
        if claim.predicate == "arrival" and claim.qualifiers.modality not in ("denied", "intended"):
            given[claim.subject].append(getattr(claim.value, "edtf", ""))
    asked = [p for p in truth.people if not p.optional]

    def dates(person: Person) -> list[str]:
        return [date for key in sorted(same.get(person.key, ())) for date in given.get(key, ())]

    def right(person: Person) -> bool:
        got = dates(person)
        want = (str(person.arrival), *person.alternatives)
        stray = [g for g in got if not any(same_date(w, g) or w.startswith(g.rstrip("~?%")) for w in want)]
        return any(same_date(w, g) for w in want for g in got) and not stray

    dated, undated = [p for p in asked if p.arrival], [p for p in asked if not p.arrival]
    tally["arrival_accuracy"] = (sum(map(right, dated)), len(dated))
    for person in dated:
        if not right(person):
            misses["arrival"].append(f"{person.name!r} want {person.arrival} got {dates(person)}")
    invented = [p for p in undated if dates(p)]
    tally["arrival_invented"] = (len(invented), 0)
    misses["arrival_invented"] = [f"{p.name!r} got {dates(p)}" for p in invented]
    labels = {r.key: (r.label, [m.span for m in r.mentions]) for r in extraction.referents}
    spurious = [
        label
        for key, (label, spans) in labels.items()
        if key in given and not any(overlap(s, k) for s in spans for k in truth.known)
    ]
    tally["arrival_extra"] = (len(spurious), 0)
    misses["arrival_extra"] = [repr(label) for label in spurious]


def _score_claims(
    truth: Truth, extraction: Any, same: dict[str, set[str]], tally: Tally, misses: dict[str, list[str]]
) -> None:
    places = [
        ((e.start, e.end), c) for c in extraction.claims for e in c.evidence if e.end - e.start <= FOCUS
    ]
    labels = {r.key: r.label for r in extraction.referents}
    count: dict[str, list[int]] = {
        name: [0, 0]
        for name in (
            *("claims_number_recall", "claims_text_recall", "claims_context_recall"),
            *("claims_subject_accuracy", "claims_when_accuracy", "modality_accuracy"),
        )
    }

    def note(measure: str, good: bool, line: str) -> None:
        count[measure][1] += 1
        count[measure][0] += good
        if not good:
            misses[measure.rsplit("_", 1)[0]].append(line)

    for fact in truth.facts:
        if fact.optional:
            continue
        near_by = [c for span, c in places if overlap(span, fact.span)]
        hits = hits_of(fact, near_by)
        is_number = isinstance(fact.value, (int, float, list))
        kind = "number" if is_number else "context" if fact.what in CONTEXT else "text"
        line = f"{fact.what} {fact.value!r} of {fact.of!r} at {fact.span}"
        heard = sorted({f"{c.predicate}={words_of(c.value) or sorted(numbers(c.value))}" for c in near_by})
        note(f"claims_{kind}_recall", bool(hits), f"{line}; there: {heard[:6]}")
        if not hits:
            continue
        if kind != "context" and fact.of in same:
            good = any(c.subject in same[fact.of] for c in hits)
            note("claims_subject_accuracy", good, f"{line} got {[labels.get(c.subject) for c in hits][:3]}")
        if fact.when:
            said = [x for c in near_by for x in (c.when or "", getattr(c.value, "edtf", "")) if x]
            good = any(years(fact.when) == years(x) or same_date(fact.when, x) for x in said)
            note("claims_when_accuracy", good, f"{line} want {fact.when} got {said[:4]}")
        if fact.modality:
            said = [c.qualifiers.modality for c in hits]
            note("modality_accuracy", fact.modality in said, f"{line} want {fact.modality} got {said[:4]}")
    tally.update({name: (hit, asked) for name, (hit, asked) in count.items()})


def _score_series(truth: Truth, extraction: Any, tally: Tally, misses: dict[str, list[str]]) -> None:
    got = [o for o in extraction.observations if o.evidence.end - o.evidence.start <= FOCUS]

    def same(point: Any, o: Any) -> bool:
        at = overlap((o.evidence.start, o.evidence.end), point.span)
        return bool(at and o.value == point.value and same_date(point.period, o.period))

    points = [p for p in truth.points if not p.is_total]
    tally["series_recall"] = (sum(any(same(p, o) for o in got) for p in points), len(points))
    misses["series"] = [f"{p.period} {p.value}" for p in points if not any(same(p, o) for o in got)]
    seen = [o for o in got if o.role == "observation"]
    right = [o for o in seen if any(same(p, o) for p in points)]
    tally["series_precision"] = (len(right), len(seen))
    misses["series_precision"] = [
        f"{o.period} {o.value} {o.evidence.quote!r}" for o in seen if o not in right
    ]


def _score_works(truth: Truth, document: Any, tally: Tally, misses: dict[str, list[str]]) -> None:
    asked = [w for w in truth.works if not w.optional]
    ok = titles = cited = 0
    for work in asked:
        here = [
            r for r in document.references if overlap(r.span, work.span) and r.span[1] - r.span[0] <= FOCUS
        ]
        ok += bool(here)
        titled = any(near(work.title, r.title or "") for r in here) if work.title else False
        titles += titled
        counted = work.cited is not None and any(len(r.cited_at) == work.cited for r in here)
        cited += counted
        if not here:
            misses["references"].append(repr(work.title or document.text[slice(*work.span)]))
        elif work.title and not titled:
            misses["references_titles"].append(f"{work.title!r} got {[r.title for r in here]}")
        elif work.cited is not None and not counted:
            misses["citations"].append(
                f"{work.title!r} want {work.cited} got {[len(r.cited_at) for r in here]}"
            )
    tally["references_recall"] = (ok, len(asked))
    tally["references_titles"] = (titles, sum(bool(w.title) for w in asked))
    tally["citations_counted"] = (cited, sum(w.cited is not None for w in asked))


def figures(tallies: Iterable[Tally]) -> dict[str, float | int | None]:
    """Return the measures over all the tallies together: shares in [0, 1] (None where nothing was asked), or counts.

    >>> figures([{"named_recall": (1, 2), "extra_named": (3, 0)}, {"named_recall": (2, 2), "extra_named": (1, 0)}])
    {'named_recall': 0.75, 'extra_named': 4}
    """
    counts = {"extra_named", "extra_unnamed", "arrival_invented", "arrival_extra", "claims"}
    total: dict[str, list[int]] = {}
    for tally in tallies:
        for name, (hit, asked) in tally.items():
            row = total.setdefault(name, [0, 0])
            row[0] += hit
            row[1] += asked
    return {
        name: hit if name in counts else round(hit / asked, 4) if asked else None
        for name, (hit, asked) in total.items()
    }


_COLUMNS = (
    *(("named_recall", "named"), ("people_recall", "people"), ("name_boundaries_exact", "bounds")),
    *(
        ("arrival_accuracy", "arriv"),
        ("arrival_invented", "inv"),
        ("extra_named", "xnam"),
        ("extra_unnamed", "xunn"),
    ),
    *(("claims_number_recall", "numb"), ("claims_text_recall", "text"), ("claims_context_recall", "ctx")),
    *(
        ("claims_subject_accuracy", "subj"),
        ("series_recall", "serie"),
        ("references_recall", "refs"),
        ("claims", "claims"),
    ),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each document and the overall figures; exit status 1 where a document could not be scored."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="documents (default: all)")
    parser.add_argument("--misses", action="store_true", help="list what was missed")
    parser.add_argument("--heldout", action="store_true", help="score the sealed documents instead")
    parser.add_argument("--json", action="store_true", help="print the overall figures as JSON")
    options = parser.parse_args(arguments)
    paths = truth_files(heldout=options.heldout)
    if options.names:
        paths = [p for p in paths if p.name.removesuffix(".truth.toml") in options.names]
    tallies, status = [], 0
    quiet = options.json or (options.heldout and not options.misses)
    if not quiet:
        echo(f"{'':22}" + "".join(f"{short:>7}" for _, short in _COLUMNS))
    for path in paths:
        name = path.name.removesuffix(".truth.toml")
        try:
            tally, misses = score_document(path)
        except Exception as error:  # noqa: BLE001 - one broken document must not hide the figures of the others
            status = 1
            echo(f"{name:22} {type(error).__name__}: {error}", err=True)
            continue
        tallies.append(tally)
        if quiet:
            continue
        shown = figures([tally])
        cells = ["-" if shown[key] is None else f"{shown[key]:.3g}" for key, _ in _COLUMNS]
        echo(f"{name:22}" + "".join(f"{cell:>7}" for cell in cells))
        if options.misses:
            for measure, lines in misses.items():
                for line in lines:
                    echo(f"    {measure}: {line}")
    overall = figures(tallies)
    if options.json:
        echo(json.dumps(overall))
    else:
        echo(f"\n{len(tallies)} documents")
        for key, value in overall.items():
            echo(f"{key:26} {value}")
    return status


if __name__ == "__main__":
    sys.exit(main())
