"""Ids that stay: an entity keeps its id while a mention that bore it is still there.

    ledger (id, anchor)  +  clusters of referents  ──►  an id for each cluster, and the lines to add to the ledger

An anchor is the fingerprint of a referent. Of the ids whose anchors a cluster holds the oldest is its id, the others lead
to it; an id whose anchors lie in several clusters goes with most of them. A cluster without any gets an id made of its
first mention. Nothing is ever taken out of the ledger: the last line about an anchor, and about an id, is the one that
holds, so an id that was merged away comes back with its mentions when the merge is undone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regesta.model import Identity, content_id

if TYPE_CHECKING:
    from regesta.resolution.corpus import Corpus

__all__ = ["Minted", "anchors_of", "mint"]


@dataclass(frozen=True, slots=True)
class Minted:
    """The ids of a build, and the ledger that it leaves."""

    ids: tuple[str, ...]
    """Of each cluster, in their order."""
    ledger: tuple[Identity, ...]
    """The old lines, then the new ones."""
    new: tuple[str, ...] = ()
    """Ids that the ledger did not know."""
    merged: tuple[tuple[str, str], ...] = ()
    """Ids that were ones of their own before, and what each is now."""
    split: tuple[tuple[str, str], ...] = ()
    """Ids that left another one, and which."""
    gone: tuple[str, ...] = ()
    """Ids none of whose mentions is there any more."""


def anchors_of(corpus: Corpus) -> list[str]:
    """Return each referent's anchor: its fingerprint, with `.2` for the second referent of the same fingerprint."""
    before: dict[str, int] = {}
    anchors = []
    for fingerprint in corpus.fingerprints:
        n = before[fingerprint] = before.get(fingerprint, 0) + 1
        anchors.append(fingerprint if n == 1 else f"{fingerprint}.{n}")
    return anchors


def mint(corpus: Corpus, clusters: Sequence[Sequence[int]], ledger: Iterable[Identity] = ()) -> Minted:
    """Return an id for each cluster of referents' numbers, each cluster ascending, none empty."""
    old = list(ledger)
    anchors = anchors_of(corpus)
    id_of_anchor = {line.anchor: line.id for line in old if line.anchor}
    redirect = {line.id: line.redirect for line in old}
    age = {id_: n for n, id_ in enumerate(dict.fromkeys(line.id for line in old))}
    votes: dict[str, Counter[int]] = {}
    if age:
        for number, members in enumerate(clusters):
            for member in members:
                known = id_of_anchor.get(anchors[member])
                if known is not None:
                    votes.setdefault(known, Counter())[number] += 1
    taken: dict[int, str] = {}
    lines: list[Identity] = []
    absorbed: list[tuple[str, int]] = []
    for id_ in sorted(votes, key=age.__getitem__):
        number = max(votes[id_], key=lambda n: (votes[id_][n], -n))
        if taken.setdefault(number, id_) != id_:
            absorbed.append((id_, number))
    ids = _ids(corpus, clusters, taken, set(age))
    for id_, number in absorbed:
        if redirect[id_] != ids[number]:
            lines.append(Identity(id=id_, anchor="", redirect=ids[number]))
    revived = {id_ for n, id_ in taken.items() if redirect[id_] is not None}
    merged_into = dict(absorbed)
    for number, (id_, members) in enumerate(zip(ids, clusters, strict=True)):
        for anchor in [anchors[member] for member in members]:
            known = id_of_anchor.get(anchor)
            is_merged = known is not None and merged_into.get(known) == number
            if id_ in revived or (known != id_ and not is_merged):
                revived.discard(id_)
                lines.append(Identity(id=id_, anchor=anchor))
    return Minted(
        ids=ids,
        ledger=(*old, *lines),
        new=tuple(id_ for id_ in ids if id_ not in age),
        merged=tuple((one, ids[n]) for one, n in absorbed if redirect[one] is None),
        split=tuple(
            (ids[number], id_)
            for id_, told in votes.items()
            for number in sorted(told)
            if ids[number] != id_ and merged_into.get(id_) != number and number not in taken
        ),
        gone=tuple(id_ for id_ in age if id_ not in votes and redirect[id_] is None),
    )


def _ids(
    corpus: Corpus, clusters: Sequence[Sequence[int]], taken: dict[int, str], used: set[str]
) -> tuple[str, ...]:
    """Return the ids: those of the ledger, else one made of the first mention: source, kind, words, how many before."""
    before: dict[tuple[str, str, str], int] = {}
    ordinal: list[int] = []
    sources = map(corpus.sources.__getitem__, corpus.document)
    for first in zip(sources, corpus.kinds, corpus.quotes, strict=True):
        n = before.get(first, 0)
        ordinal.append(n)
        before[first] = n + 1
    ids: list[str] = []
    for number, members in enumerate(clusters):
        id_ = taken.get(number)
        if id_ is None:
            one = members[0]
            source = corpus.sources[corpus.document[one]]
            id_ = content_id("e", [source, corpus.kinds[one], corpus.quotes[one], ordinal[one]])
            again = 0
            while id_ in used:  # what bore it stands in another cluster now
                again += 1
                id_ = content_id("e", [corpus.fingerprints[one], ordinal[one], again])
        used.add(id_)
        ids.append(id_)
    return tuple(ids)
