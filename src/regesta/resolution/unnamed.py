"""People and groups without a name: one only where much says so, and never one with somebody named.

    "her son", with Ana        "his companion's son"      whose company they are in, and what they are called
    "12 sailors", 3 May 1961   "twelve sailors", 3 May    when they came, how many they are, what they are called

Nothing is compared that shares neither a head word, nor a number, nor such a person. Two in one document are two: a text that speaks of one of them again says so in other ways. What is compared must agree on
a day or a month, or on the named person that both are described by. The scores are those of `pairs`, with a name's score
that begins far below zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

from regesta.resolution.clustering import Scored
from regesta.resolution.corpus import content_words
from regesta.resolution.pairs import feature_scores

if TYPE_CHECKING:
    from regesta.resolution.corpus import Corpus
    from regesta.resolution.weights import Weights

__all__ = ["anchors_of", "compare_unnamed"]

_LARGEST_BLOCK: Final = 200
_NOBODY: Final[frozenset[int]] = frozenset()
_MONTH: Final = 31
"""Days."""


def compare_unnamed(
    corpus: Corpus, members: Sequence[int], entity_of: Mapping[int, int], weights: Weights
) -> Scored:
    """Return the scored pairs of unnamed referents that may be one; `entity_of` are the clusters of those with names."""
    import numpy as np

    unnamed = set(members)
    anchors = anchors_of(corpus, unnamed, entity_of)
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, found in anchors.items():
        for anchor in sorted(found):
            blocks["anchor", corpus.kinds[number], anchor, _head(corpus.labels[number])].append(number)
    for number, first, last in corpus.dates.get("arrival", ()):
        if number in unnamed and last - first <= _MONTH:
            for month in dict.fromkeys((first // _MONTH, last // _MONTH)):
                blocks["arrival", corpus.kinds[number], month].append(number)
    pairs = sorted(
        {
            (min(a, b), max(a, b))
            for block in blocks.values()
            for a, b in combinations(dict.fromkeys(block[:_LARGEST_BLOCK]), 2)
            if corpus.document[a] != corpus.document[b]
        }
    )
    left = np.array([a for a, _ in pairs], np.int32)
    right = np.array([b for _, b in pairs], np.int32)
    scores, forbidden = feature_scores(corpus, left, right, corpus.told())
    prior = weights.prior
    name = np.full(len(pairs), prior.unnamed)
    for row, (a, b) in enumerate(pairs):
        ours, theirs = anchors.get(a, _NOBODY), anchors.get(b, _NOBODY)
        if ours & theirs:
            if _head(corpus.labels[a]) == _head(corpus.labels[b]):
                name[row] += prior.same_anchor
        elif ours and theirs:  # the sons of two mothers; of two groups each text may name another member
            name[row] += prior.other_anchor
            forbidden[row] |= corpus.kinds[a] == "person"
        is_alike = bool(ours & theirs) or _head(corpus.labels[a]) == _head(corpus.labels[b])
        size, other = corpus.sizes[a], corpus.sizes[b]
        if size is not None and other is not None:
            if size == other:
                name[row] += prior.same_size
                is_alike = True
            else:
                forbidden[row] = True
        elif not ours & theirs:
            name[row] += prior.no_number
        forbidden[row] |= not is_alike
        said, told = content_words(corpus.labels[a]), content_words(corpus.labels[b])
        name[row] += prior.same_description * len(set(said) & set(told)) / max(len(said), len(told), 1)
    return Scored(
        left=left,
        right=right,
        name=name,
        features=scores,
        is_entry=np.zeros(len(pairs), bool),
        is_forbidden=forbidden,
    )


def anchors_of(corpus: Corpus, unnamed: Collection[int], entity_of: Mapping[int, int]) -> dict[int, set[int]]:
    """Return for each unnamed referent the named entities that it is described by: "her son" by its mother."""
    found: dict[int, set[int]] = defaultdict(set)
    for number, key, _ in corpus.company:
        other = corpus.index_of.get(key)
        if other is None:
            continue
        for one, two in ((number, other), (other, number)):
            if one in unnamed and two in entity_of:
                found[one].add(entity_of[two])
    return found


def _head(label: str) -> str:
    """Return the last content word of a description."""
    words: Iterable[str] = content_words(label)
    return next(reversed(tuple(words)), "")
