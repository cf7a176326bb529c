"""F061: the steps of one life as a source tells them, in an order that cannot be.

    "arrived in 1991 after leaving in 1993"           no leaving can follow its own arrival
    "in 1958 ... a previous attempt in 1959"          nor what is called previous
    "arrested in 1951 and released in 1949"           nor a release its arrest

Both dates must say their years themselves. Somebody may leave, arrive and leave again; what is told of births, and of the
living after a death in other sources, is in `orders`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from regesta.criticism.steps import Life, Step, lives, looks_back
from regesta.criticism.view import View, finding, says_year
from regesta.dates import before, in_words
from regesta.model import Finding

__all__ = ["impossible_orders"]

_ONLY_LIVING: Final = re.compile(
    r"(?:and |then |later |he |she )*(?:married|testified|studied|emigrated|moved to|returned to|travell?ed|joined|enrolled|"
    r"gave (?:an interview|evidence)|graduated|retired|settled|appeared (?:before|in court)|wrote|signed|visited|taught|founded|"
    r"was (?:arrested|elected|appointed|released))\b",
    re.IGNORECASE,
)
"""What nobody does after his death."""


def impossible_orders(view: View) -> Iterator[Finding]:
    """Tell of steps of one life that a source tells in an order that cannot be."""
    told = view.once(lives)
    looked = view.once(looks_back)
    clashes = [(life, *clash) for life in told for clash in _clashes(life, looked)]
    view.prepare(step.claim for _, first, second, _ in clashes for step in (first, second))
    for life, first, second, why in clashes:
        passages = view.claims([first.claim, second.claim])
        said = [*passages[first.claim], *passages[second.claim]]
        own = all(says_year(step.edtf, passages[step.claim]) for step in (first, second))
        if not own or not view.surely([first.claim, second.claim]):
            continue  # a year lent from afar, or a namesake, is no proof
        summary = f"{life.label}: {why.format(first=in_words(first.edtf), second=in_words(second.edtf))}."
        yield finding("F061", "chronology", "warning", summary, said, first=first.edtf, second=second.edtf)


def _clashes(life: Life, looked: frozenset[str]) -> Iterator[tuple[Step, Step, str]]:
    """Yield two steps, the one that must be first and the other, and what is wrong."""
    arrivals = [step for step in life.steps if step.kind == "arrival"]
    deaths = [step for step in life.steps if step.kind == "death"]
    for step in life.steps:
        for arrival in arrivals if len(arrivals) == 1 else ():
            late = before(arrival.edtf, step.edtf) is True and arrival.block == step.block
            if (
                late
                and step.kind == "departure"
                and re.match(r"(?:since|after|having|before \w+,? )\b", step.quote, re.IGNORECASE)
            ):
                yield step, arrival, "the arrival of {second} is said to follow a departure of {first}"
            if (
                late
                and step.kind == "attempt"
                and re.search(r"\b(?:previous|earlier|prior) (?:\w+ )?attempt", step.quote, re.IGNORECASE)
            ):
                yield step, arrival, "an attempt of {first} is said to have preceded the arrival of {second}"
            if (
                step.kind == "work"
                and before(step.edtf, arrival.edtf) is True
                and re.search(
                    r"\b(?:his|her|their) (?:own )?(?:escape|flight|defection|crossing|journey to)\b",
                    step.quote,
                )
                and re.search(r"\b(?:memoir|book|autobiograph|account)", step.quote, re.IGNORECASE)
            ):
                yield step, arrival, "the book of {first} tells of a flight that ended only in {second}"
        for death in deaths if len(deaths) == 1 else ():
            if (
                step.kind in ("event", "work")
                and _ONLY_LIVING.match(_without_date(step.quote))
                and before(death.edtf, step.edtf) is True
            ):
                yield death, step, "died {first}, but is said to have acted {second}"
    for first, second in pairwise(life.steps):
        if (
            first.kind in ("capture", "prison")
            and second.kind == "release"
            and first.block == second.block
            and before(second.edtf, first.edtf) is True
            and second.claim not in looked
        ):
            yield first, second, "held from {first}, but released {second}"


def _without_date(quote: str) -> str:
    return re.sub(r"^(?:in|on) [\w ,]{0,18}?\d{4},? ", "", quote.strip(), flags=re.IGNORECASE)
