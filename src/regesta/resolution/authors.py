"""People of the chronicle who are authors of what its documents cite.

    "Vega, A. Nights on the raft ..."   and   Ana Vega, who "wrote Nights on the Raft"   ──► one person

That a name is the same is not enough: most authors write about others, and journalists have namesakes. So the title must
share a word with what is told of the person, their own works first, or the reference must be cited where they are told of.
Authors who are nobody of the chronicle stay what they are, names in a reference; they become no entities here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING, Final

from regesta.model import Link, Mention, Referent, content_id
from regesta.model.fingerprints import passage_around
from regesta.resolution.corpus import content_words
from regesta.text.span import Span

if TYPE_CHECKING:
    from regesta.model import Document
    from regesta.resolution.corpus import Corpus

__all__ = ["Author", "Candidate", "authors_of", "candidates", "recognise"]

_ALIKE: Final = 0.8
"""Probability that two names are one from which an author is looked at."""
_STRANGER: Final = -16.0
"""Log2 of the odds that the author of a cited work is somebody of the chronicle, were it not for the name."""
_OWN_WORK: Final = 6.0
"""A word of the title that is in a work of the person's own, or the reference is cited where they are told of."""
_THEIR_WORD: Final = 2.0
"""A word of the title that is in what they were, or where they were held."""
_MOST_AUTHORS: Final = 20
"""Of one reference."""


@dataclass(frozen=True, slots=True)
class Author:
    """A name in a reference."""

    document: int
    """Number of the document."""
    referent: Referent
    reference: str
    """`Reference.id`."""
    title: str
    passage: str
    """The words around the name, for its fingerprint."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An author whose name is that of somebody in the chronicle."""

    author: Author
    near: dict[int, float]
    """Numbers of referents, and the probability that their names are one."""


def authors_of(document: Document, number: int) -> Iterator[Author]:
    """Yield the authors of a document's references, each where the name first stands in the reference."""
    for reference in document.references:
        for name in reference.authors[:_MOST_AUTHORS]:
            at = document.text.find(name, *reference.span)
            if at >= 0 and (" " in name or not name.isascii()):
                span = Span(at, at + len(name))
                referent = Referent(
                    key=content_id("m", [document.id, "author", span.start, span.end, name]),
                    kind="person",
                    label=name,
                    mentions=(Mention(span=span, quote=name, form="name"),),
                    is_named=True,
                )
                passage = passage_around(document.text, span, reference.span)
                yield Author(number, referent, reference.id, reference.title or "", passage)


def candidates(corpus: Corpus, authors: Sequence[Author], people: Iterable[int]) -> list[Candidate]:
    """Return the authors whose names are those of people, who are given as numbers of referents."""
    import numpy as np

    from regesta.names.comparing import NameTable

    surfaces: dict[str, int] = {}
    bearers: dict[int, list[int]] = defaultdict(list)
    for number in people if authors else ():
        for name in corpus.names[number]:
            if " " in name or not name.isascii():
                bearers[surfaces.setdefault(name, len(surfaces))].append(number)
    if not bearers:
        return []
    n_known = len(surfaces)
    names = [surfaces.setdefault(author.referent.label, len(surfaces)) for author in authors]
    table = NameTable(list(surfaces))
    of_name, key = table.keys()
    by_key: dict[int, set[int]] = defaultdict(set)
    for name, one in zip(of_name.tolist(), key.tolist(), strict=True):
        by_key[one].add(name)
    asked = set(names)
    pairs = sorted({(a, b) for some in by_key.values() for a in some & asked for b in some if b < n_known})
    near: dict[int, dict[int, float]] = defaultdict(dict)
    if pairs:
        alike = table.compare(np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])).tolist()
        for (a, b), p in zip(pairs, alike, strict=True):
            for number in bearers[b] if p >= _ALIKE else ():
                near[a][number] = max(p, near[a].get(number, 0.0))
    return [
        Candidate(author, near[name]) for author, name in zip(authors, names, strict=True) if name in near
    ]


def recognise(
    corpus: Corpus,
    found: Sequence[Candidate],
    person_of: Mapping[int, int],
    apart: Collection[tuple[int, int]] = (),
) -> Iterator[tuple[int, int, Link]]:
    """Yield the number of a person's first referent, that of an author who is this person, and why.

    The candidates must be in the corpus; `person_of` tells each referent's person, `apart` who must not be one.
    """
    told = _told(corpus) if found else {}
    walls = {(person_of.get(one, one), other) for pair in apart for one, other in (pair, pair[::-1])}
    for candidate in found:
        best = _best(corpus, candidate, person_of, told)
        number = corpus.index_of[candidate.author.referent.key]
        if best is not None and (best[0], number) not in walls:
            yield best[0], number, best[1]


def _told(corpus: Corpus) -> dict[int, tuple[set[str], set[str]]]:
    """Return for each referent the words of their own works, and those of what they were and where they were held."""
    told: dict[int, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for feature, place in (("works", 0), ("role", 1), ("held", 1)):
        for number, word in corpus.words.get(feature, ()):
            told[number][place].add(word)
    return told


def _best(
    corpus: Corpus,
    candidate: Candidate,
    person_of: Mapping[int, int],
    told: Mapping[int, tuple[set[str], set[str]]],
) -> tuple[int, Link] | None:
    """Return the one person that an author is, None where nothing but the name says so."""
    author = candidate.author
    title = set(content_words(author.title, most=40))
    people: dict[int, list[int]] = defaultdict(list)
    for number in candidate.near:
        people[person_of[number]].append(number)
    scored = []
    for person, members in people.items():
        works = {word for n in members for word in told[n][0]}
        other = {word for n in members for word in told[n][1]} - works
        is_cited = any(author.reference in corpus.cited.get(n, ()) for n in members)
        why = [f"the title shares {' '.join(sorted(title & works))}"] if title & works else []
        why += [f"the title tells of {' '.join(sorted(title & other))}"] if title & other else []
        why += ["the reference is cited where they are told of"] if is_cited else []
        score = _STRANGER + corpus.weights.prior.name_bits + log2(max(candidate.near[n] for n in members))
        score += _OWN_WORK * (bool(title & works) + is_cited) + _THEIR_WORD * len(title & other)
        scored.append((score - log2(len(people)) - 2.0, -person, why))
    score, minus, why = max(scored)
    if score <= 0:
        return None
    name = author.referent.label
    reason = f"{name}, author of a cited work, and {corpus.labels[-minus]}: one name; {'; '.join(why)}"
    keys = corpus.keys[-minus], author.referent.key
    return -minus, Link(left=keys[0], right=keys[1], weight=round(score, 3), verdict="same", reason=reason)
