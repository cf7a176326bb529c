"""The doors of the room: documents go in as they come, then everything is judged at once.

    add, take, add ──► resolve:  people with names ─► things ─► people without ─► ids, labels, links

A part of a document that was too large for one extraction is joined to its others by the letters of names. Nothing here
looks at a text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from regesta.abreast import aside
from regesta.model import Entity, Link, Resolution
from regesta.resolution.account import Account, take
from regesta.resolution.authors import Author, Candidate, authors_of, candidates, recognise
from regesta.resolution.clustering import Clusters, Join, Scored, cluster
from regesta.resolution.corpus import Corpus, letters
from regesta.resolution.judging import Constraints, constrain
from regesta.resolution.ledger import mint
from regesta.resolution.parts import part_links
from regesta.resolution.weights import Prior, Weights
from regesta.undisturbed import undisturbed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from regesta.model import Document, Extraction, Identity, Judgement
    from regesta.model.decision import Status
    from regesta.relations import Relations
    from regesta.resolution.ledger import Minted
    from regesta.resolution.pairs import Pairs

__all__ = ["Resolver", "resolve"]

_PEOPLE: Final = frozenset(("person", "group"))
_MANY: Final = 1 << 14
"""Clusters that were joined: their reasons are told by another thread."""
_ROUNDS: Final = 1
"""How often the number of namesakes is counted anew from the clusters."""


def resolve(
    found: Iterable[tuple[Document, Iterable[Extraction]]],
    judgements: Sequence[Judgement] = (),
    ledger: Sequence[Identity] = (),
) -> Resolution:
    """Return the entities of these documents, whatever order they come in; see `Resolver`."""
    resolver = Resolver()
    seen: set[str] = set()
    for document, parts in sorted(found, key=lambda one: one[0].source.name):
        if document.id not in seen:
            seen.add(document.id)
            for part in parts:
                resolver.add(document, part)
    return resolver.resolve(judgements, ledger)


class Resolver:
    """Takes in documents one at a time, keeps what identity asks of them, and judges when all are there.

    Documents must come in a stable order: first mentions give labels, and ids where there is no ledger. `weights` are a
    project's own, where it has any (`weights_of`).
    """

    relations: Relations | None = None
    """Who else finds pairs and joins clusters where there are many; the result is the same."""

    def __init__(self, weights: Weights | None = None) -> None:
        self.corpus = Corpus(weights)
        """What is known of each referent so far."""
        self._authors: list[Author] = []
        self._candidates: list[Candidate] | None = None
        self.n_skipped = 0
        """Pairs that were not compared, for their name is borne by too many, or too many names are alike."""
        self.crowds: tuple[tuple[str, int], ...] = ()
        """The names that are borne by too many, and by how many."""

    def add(self, document: Document, part: Extraction) -> None:
        """Take in a document's extraction, or the next part of it; a copy of a document that was taken in adds nothing."""
        n_documents = len(self.corpus.sources)
        self.corpus.add(document, part)
        if len(self.corpus.sources) > n_documents:
            self._authors += authors_of(document, n_documents)

    def take(self, account: Account) -> None:
        """Take in what a document tells: the same as adding it, at a fraction of the time."""
        self._authors += take(self.corpus, account)

    def close(self) -> None:
        """Say that everything is there: authors of cited works who may be people of the chronicle are taken in."""
        if self._candidates is None:
            self._candidates = candidates(self.corpus, self._authors, self._named())
            for candidate in self._candidates:
                self.corpus.add_author(candidate.author)

    def forget(self) -> None:
        """Let go of what identity asks, when that is judged: what comes next needs the memory."""
        self.corpus = Corpus(self.corpus.weights)
        self._authors, self._candidates = [], None

    def _named(self) -> list[int]:
        corpus = self.corpus
        return [n for n, kind in enumerate(corpus.kinds) if kind in _PEOPLE and corpus.is_named[n]]

    def resolve(self, judgements: Sequence[Judgement] = (), ledger: Sequence[Identity] = ()) -> Resolution:
        """Return the entities, in the order of their first mentions, with reasons, ids and what became of judgements."""
        with undisturbed():
            return self._resolve(judgements, ledger)

    def _resolve(self, judgements: Sequence[Judgement], ledger: Sequence[Identity]) -> Resolution:
        corpus = self.corpus
        self.close()
        constraints = constrain(judgements, corpus.index_of)
        union = _Sets(len(corpus))
        links: list[Link] = []
        found = self._candidates or []
        authors = {corpus.index_of[one.author.referent.key]: one.author for one in found}
        named = [n for n in self._named() if n not in authors]
        links += self._people(named, constraints, union)
        self._things(constraints, union)
        unnamed = [n for n, kind in enumerate(corpus.kinds) if kind in _PEOPLE and not corpus.is_named[n]]
        if len(unnamed) > 1:
            told = {
                n for number, key, _ in corpus.company for n in (number, corpus.index_of.get(key, number))
            }
            entity_of = {n: union.find(n) for n in named if n in told}
            links += self._unnamed(unnamed, entity_of, constraints, union)
        for a, b in constraints.joined:
            union.unite(a, b)
        links += _judged(corpus, constraints)
        person_of = {n: union.find(n) for n in named} if found else {}
        for person, author, link in recognise(corpus, found, person_of, set(constraints.apart)):
            union.unite(person, author)
            links.append(link)
        judged = {(corpus.keys[part], corpus.keys[whole]) for part, whole, _ in constraints.parts}
        links += (link for link in part_links(corpus, union.find) if (link.left, link.right) not in judged)
        clusters = union.sets()
        if authors:
            clusters = [members for members in clusters if any(n not in authors for n in members)]
        people = {n for members in clusters for n in members if n in authors}
        minted = mint(corpus, clusters, ledger)
        return Resolution(
            entities=tuple(_entities(corpus, minted.ids, clusters)),
            entity_of={
                corpus.keys[n]: id_
                for id_, members in zip(minted.ids, clusters, strict=True)
                for n in members
            },
            fingerprint_of=dict(zip(corpus.keys, corpus.fingerprints, strict=True)),
            authors=tuple((corpus.sources[authors[n].document], authors[n].referent) for n in sorted(people)),
            links=tuple(links),
            identities=minted.ledger,
            changes=_changes(corpus, clusters, minted),
            outcomes=_outcomes(constraints, judgements),
        )

    def _people(self, members: list[int], constraints: Constraints, union: _Sets) -> list[Link]:
        """Join people and groups that are named; a round's reasons are put into words while the next goes on."""
        from regesta.resolution.namesakes import at_first, of_clusters
        from regesta.resolution.pairs import compare
        from regesta.resolution.reasons import Reasons

        if len(members) < 2:
            return []
        corpus, prior = self.corpus, self.corpus.weights.prior
        pairs = compare(corpus, members, corpus.weights, self.relations)
        self.n_skipped += pairs.n_skipped
        self.crowds = pairs.crowds
        apart = set(constraints.apart)
        joined = [pair for pair in self._parts(members) if pair not in apart and pair[::-1] not in apart]
        joined += constraints.joined
        kept_apart = [*constraints.apart, *self._relatives()]
        namesakes = at_first(pairs, prior.namesakes)
        component = _components(self.relations, pairs, joined, len(corpus))
        reasons = Reasons(corpus, pairs)
        found: Clusters | None = None
        told: list[Callable[[], list[Link]]] = []
        for left in range(_ROUNDS, -1, -1):  # each round goes on from the clusters of the last
            scored = pairs.scored(namesakes)
            begun = None if found is None else found.of
            found = _clustered(
                scored, len(corpus), prior, joined, kept_apart, begun, component, self.relations
            )
            tell = partial(_links, corpus, found.joins, reasons.of(found.joins, scored), "same")
            told.append(aside(tell, at_once=not left or len(found.joins) < _MANY))
            if left:
                namesakes = of_clusters(pairs, found.of)
        assert found is not None
        union.take(found)
        links = [link for one in told for link in one()]
        return links + _links(corpus, found.doubts, reasons.of(found.doubts, scored), "unsure")

    def _relatives(self) -> Iterator[tuple[int, int]]:
        """Yield referents of whom a text says that one is kin to the other, came along, or is one of several: they are two."""
        corpus = self.corpus
        yield from ((corpus.index_of[part.part], corpus.index_of[part.whole]) for part in corpus.parts)
        for number, key, _ in corpus.company:
            other = corpus.index_of.get(key, number)
            if other != number and corpus.is_named[number] and corpus.is_named[other]:
                yield number, other

    def _parts(self, members: list[int]) -> Iterator[tuple[int, int]]:
        """Yield referents of one document and name that its parts found each for itself; the rows of a table are people."""
        corpus = self.corpus
        first: dict[tuple[int, str, str], int] = {}
        for number in members:
            if not corpus.in_row[number]:
                name = corpus.document[number], corpus.kinds[number], letters(corpus.labels[number])
                known = first.setdefault(name, number)
                if known != number:
                    yield known, number

    def _things(self, constraints: Constraints, union: _Sets) -> None:
        """Join what is no person by what its name stands for; a name that may stand for several joins in its document."""
        from regesta.resolution.things import thing_key

        corpus = self.corpus
        apart = set(constraints.apart)
        countries = self._countries()
        first: dict[tuple[object, ...], int] = {}
        for number, kind in enumerate(corpus.kinds):
            if kind in _PEOPLE or not (corpus.is_named[number] or kind not in ("event", "topic")):
                continue
            document = corpus.document[number]
            names = corpus.names[number] or (corpus.labels[number],)
            key = thing_key(kind, names, countries.get(document, ()))
            whole = (key,) if key is not None else (document, kind, letters(corpus.labels[number]))
            known = first.setdefault(whole, number)
            if known != number and (known, number) not in apart and (number, known) not in apart:
                union.unite(known, number)

    def _countries(self) -> dict[int, tuple[str, ...]]:
        """Return the codes of the countries that each document speaks of, by the places that it names."""
        from regesta.places import nearby

        named: dict[int, dict[str, None]] = {}
        for number, kind in enumerate(self.corpus.kinds):
            if kind == "place":
                named.setdefault(self.corpus.document[number], {})[self.corpus.labels[number]] = None
        return {document: tuple(sorted(nearby(tuple(names)))) for document, names in named.items()}

    def _unnamed(
        self, members: list[int], entity_of: Mapping[int, int], constraints: Constraints, union: _Sets
    ) -> list[Link]:
        """Join those without a name where much says so."""
        from regesta.resolution.reasons import UnnamedReasons
        from regesta.resolution.unnamed import anchors_of, compare_unnamed

        corpus = self.corpus
        scored = compare_unnamed(corpus, members, entity_of, corpus.weights)
        parts = [(corpus.index_of[part.part], corpus.index_of[part.whole]) for part in corpus.parts]
        found = _clustered(
            scored, len(corpus), corpus.weights.prior, constraints.joined, [*constraints.apart, *parts]
        )
        reasons = UnnamedReasons(corpus, scored, anchors_of(corpus, set(members), entity_of))
        union.take(found)
        links = _links(corpus, found.joins, reasons.of(found.joins), "same")
        return links + _links(corpus, found.doubts, reasons.of(found.doubts), "unsure")


def _clustered(
    scored: Scored,
    size: int,
    prior: Prior,
    joined: Iterable[tuple[int, int]],
    apart: Iterable[tuple[int, int]],
    begun: NDArray[np.int64] | None = None,
    component: NDArray[np.int64] | None = None,
    relations: Relations | None = None,
) -> Clusters:
    return cluster(
        scored, size, threshold=prior.threshold, doubtful=prior.doubtful, stranger=prior.stranger, entries=prior.entries,
        joined=joined, apart=apart, begun=begun, component=component, relations=relations,
    )  # fmt: skip


def _components(
    relations: Relations | None, pairs: Pairs, joined: list[tuple[int, int]], size: int
) -> NDArray[np.int64] | None:
    """Return what hangs together by pairs, where there are enough of them for others to be asked."""
    if relations is None or len(pairs.left) < max(relations.least, 1):
        return None
    import numpy as np

    also = np.array(joined, np.int64).reshape(-1, 2)
    left, right = np.append(pairs.left, also[:, 0]), np.append(pairs.right, also[:, 1])
    return relations.components(left, right, size)


def _links(
    corpus: Corpus, joins: Iterable[Join], reasons: Iterable[str], verdict: Literal["same", "unsure"]
) -> list[Link]:
    """Return why clusters were joined, or nearly."""
    keys = corpus.keys
    return [
        Link(left=keys[a], right=keys[b], weight=round(score, 3), verdict=verdict, reason=reason)
        for (a, b, score, _), reason in zip(joins, reasons, strict=True)
    ]


def _judged(corpus: Corpus, constraints: Constraints) -> Iterator[Link]:
    """Yield what people judged, as links."""
    joined = set(constraints.joined)
    for (a, b), decision in constraints.decision_of.items():
        yield Link(
            left=corpus.keys[a], right=corpus.keys[b], weight=0.0,
            verdict="same" if (a, b) in joined else "different", reason="somebody decided so", decision=decision,
        )  # fmt: skip
    for part, whole, decision in constraints.parts:
        yield Link(
            left=corpus.keys[part], right=corpus.keys[whole], weight=0.0, verdict="part-of",
            reason="somebody decided so", decision=decision,
        )  # fmt: skip


def _changes(corpus: Corpus, clusters: Sequence[Sequence[int]], minted: Minted) -> tuple[str, ...]:
    """Return what became of the ids of the ledger, a sentence each."""
    label_of = {id_: corpus.labels[members[0]] for id_, members in zip(minted.ids, clusters, strict=True)}
    return (
        *(f"merged: {one} is {other} now, {label_of[other]}" for one, other in minted.merged),
        *(f"split: {one}, {label_of[one]}, was {other}" for one, other in minted.split),
        *(f"gone: {one}" for one in minted.gone),
        *(f"new: {one}, {label_of[one]}" for one in minted.new),
    )


def _outcomes(constraints: Constraints, judgements: Sequence[Judgement]) -> dict[str, tuple[Status, str]]:
    """Return what became of each judgement."""
    found: dict[str, tuple[Status, str]] = {}
    for judgement in judgements:
        if judgement.decision in constraints.blocked:
            found[judgement.decision] = "blocked", constraints.blocked[judgement.decision]
        else:
            found[judgement.decision] = "applied", ""
    return found


def _entities(corpus: Corpus, ids: Iterable[str], clusters: Iterable[Sequence[int]]) -> Iterator[Entity]:
    """Yield the entity of each of these clusters: what it is called most often, its other names, how many it is."""
    keys, labels, names, sizes, n_mentions = (
        corpus.keys, corpus.labels, corpus.names, corpus.sizes, corpus.n_mentions,
    )  # fmt: skip
    is_named = corpus.is_named
    for id_, members in zip(ids, clusters, strict=True):
        named = [n for n in members if is_named[n]] or members
        counts: dict[str, int] = {}
        others: dict[str, None] = {}
        for n in named:
            called, own = labels[n], names[n]
            counts[called] = counts.get(called, 0) + n_mentions[n]
            for name in own:
                others[name] = None
            if own and is_named[n]:
                others[called] = None
        label = labels[named[0]] if len(counts) == 1 else max(counts, key=counts.__getitem__)
        others.pop(label, None)
        told = [size for n in members if (size := sizes[n]) is not None]
        yield Entity(
            id=id_,
            kind=corpus.kinds[members[0]],
            label=label,
            aliases=tuple(others),
            is_named=bool(is_named[named[0]]),
            group_size=told[0] if told else None,
            referents=tuple([keys[n] for n in members]),
        )


class _Sets:
    """Disjoint sets of the numbers below a size."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, number: int) -> int:
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def unite(self, a: int, b: int) -> None:
        a, b = sorted((self.find(a), self.find(b)))
        self._parent[b] = a

    def take(self, found: Clusters) -> None:
        """Unite what is in one cluster."""
        import numpy as np

        parent = self._parent
        moved = np.flatnonzero(found.of != np.arange(len(parent)))
        for number, first in zip(moved.tolist(), found.of[moved].tolist(), strict=True):
            if parent[number] == number and parent[first] == first:
                parent[number] = first
            else:
                self.unite(number, first)

    def sets(self) -> list[list[int]]:
        """Return the sets, each ascending, in the order of their smallest."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        parent = self._parent
        for number, first in enumerate(parent):
            found[first if parent[first] == first else self.find(number)].append(number)
        return list(found.values())
