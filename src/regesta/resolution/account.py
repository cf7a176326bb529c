"""What one document tells of its referents, as identity asks it: made where the document is read, taken in where all meet.

    Document, Extraction ──account_of──► Account ──Corpus.take──► the columns of a corpus

An account is small, may be sent and kept, and taking it in gives what adding the document would have given: the same rows in the
same order. It depends on the weights, for they say which claims are asked for. Nothing is compared here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from regesta.resolution.authors import Author, authors_of
from regesta.resolution.corpus import Corpus
from regesta.resolution.parts import Part

if TYPE_CHECKING:
    from regesta.model import Document, Extraction
    from regesta.resolution.weights import Weights

__all__ = ["Account", "account_of", "take"]


@dataclass(frozen=True, slots=True)
class Account:
    """The columns of a corpus that holds one document; referents are numbered from 0."""

    source: str
    keys: list[str]
    kinds: list[str]
    labels: list[str]
    names: list[tuple[str, ...]]
    is_named: bytes
    sizes: list[int | None]
    start: list[int]
    quotes: list[str]
    n_mentions: list[int]
    entry: list[int]
    in_row: bytes
    fingerprints: list[str]
    dates: dict[str, list[tuple[int, int, int]]]
    words: dict[str, list[tuple[int, str]]]
    numbers: dict[str, list[tuple[int, int | float]]]
    cited: list[tuple[int, tuple[str, ...]]]
    company: list[tuple[int, str, str]]
    parts: list[Part]
    generation: list[tuple[int, str]]
    aliases: list[tuple[int, tuple[str, ...]]]
    authors: list[Author]


def account_of(document: Document, part: Extraction, weights: Weights | None = None) -> Account:
    """Return what a document whose extraction has one part tells of its referents."""
    corpus = Corpus(weights)
    corpus.add(document, part)
    return Account(
        source=document.source.name,
        keys=corpus.keys,
        kinds=[*corpus.kinds],
        labels=corpus.labels,
        names=corpus.names,
        is_named=bytes(corpus.is_named),
        sizes=corpus.sizes,
        start=corpus.start.tolist(),
        quotes=corpus.quotes,
        n_mentions=corpus.n_mentions.tolist(),
        entry=corpus.entry.tolist(),
        in_row=bytes(corpus.in_row),
        fingerprints=corpus.fingerprints,
        dates=corpus.dates,
        words=corpus.words,
        numbers={name: [*rows] for name, rows in corpus.numbers.items()},
        cited=[(number, tuple(sorted(cited))) for number, cited in corpus.cited.items()],
        company=corpus.company,
        parts=corpus.parts,
        generation=[*corpus.generation.items()],
        aliases=[*corpus.aliases.items()],
        authors=[*authors_of(document, 0)],
    )


def take(corpus: Corpus, account: Account) -> list[Author]:
    """Take an account into a corpus as if its document had been added; return the authors that its references name."""
    document = len(corpus.sources)
    first = len(corpus.keys)
    corpus.begin(account.source)
    new = range(len(account.keys))
    if not corpus.index_of.keys().isdisjoint(
        account.keys
    ):  # ids are hashes, and two may be one: the first counts
        new = [n for n in new if account.keys[n] not in corpus.index_of]  # type: ignore[assignment]
    corpus.index_of.update((account.keys[n], first + place) for place, n in enumerate(new))
    at = [corpus.index_of[key] for key in account.keys]
    corpus.keys += (account.keys[n] for n in new)
    corpus.kinds += (account.kinds[n] for n in new)  # type: ignore[misc]
    corpus.labels += (account.labels[n] for n in new)
    corpus.names += (account.names[n] for n in new)
    corpus.is_named += bytes(account.is_named[n] for n in new)
    corpus.sizes += (account.sizes[n] for n in new)
    corpus.document.extend(document for _ in new)
    corpus.start.extend(account.start[n] for n in new)
    corpus.quotes += (account.quotes[n] for n in new)
    corpus.n_mentions.extend(account.n_mentions[n] for n in new)
    corpus.entry.extend(account.entry[n] for n in new)
    corpus.in_row += bytes(account.in_row[n] for n in new)
    corpus.fingerprints += (account.fingerprints[n] for n in new)
    for name, dates in account.dates.items():
        corpus.dates.setdefault(name, []).extend((at[n], low, high) for n, low, high in dates)
    for name, words in account.words.items():
        corpus.words.setdefault(name, []).extend((at[n], word) for n, word in words)
    for name, numbers in account.numbers.items():
        corpus.numbers.setdefault(name, []).extend((at[n], number) for n, number in numbers)
    for n, cited in account.cited:
        corpus.cited.setdefault(at[n], set()).update(cited)
    corpus.company += ((at[n], key, how) for n, key, how in account.company)
    corpus.parts += account.parts
    corpus.generation.update((at[n], said) for n, said in account.generation)
    corpus.aliases.update((at[n], names) for n, names in account.aliases)
    return [replace(author, document=document) for author in account.authors]
