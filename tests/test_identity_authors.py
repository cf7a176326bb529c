"""Authors of cited works are people of the chronicle only where more than the name says so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from regesta.extraction import extract
from regesta.model import Document, Judgement, Resolution, Source
from regesta.reading import read_bytes
from regesta.resolution import Resolver

STORY = """Those who crossed

* Ana Vega, a nurse, fled by raft to Florida on 3 May 1994. She wrote the book "Nights on the Raft".
* Bruno Kos, a pilot, flew to Graz on 9 June 1953.[1]

References
1. Kos, Bruno. "Over the Alps". Vienna: Herold, 1961.
2. {cited}
"""


def made(cited: str) -> tuple[Document, Resolver]:
    document = read_bytes(STORY.format(cited=cited).encode(), Source(name="list.txt"))
    resolver = Resolver()
    resolver.add(document, extract(document))
    return document, resolver


def names_of(resolution: Resolution, label: str) -> Sequence[str]:
    entity = next(e for e in resolution.entities if e.label == label)
    return (entity.label, *entity.aliases)


@pytest.mark.parametrize(
    ("cited", "is_she"),
    [
        ("Vega, Ana. Nights on the Raft: a nurse remembers. Miami: Palma, 2001.", True),
        ("Vega, Ana. Tax law in Spain. Madrid: Sol, 2001.", False),
        ("Vega, Lucia. Nights on the Raft. Miami: Palma, 2001.", False),
    ],
)
def test_the_title_tells_the_author(cited: str, is_she: bool) -> None:
    document, resolver = made(cited)
    resolution = resolver.resolve()
    assert [r.label for source, r in resolution.authors if "Vega" in r.label] == ["Vega, Ana"] * is_she
    assert ("Vega, Ana" in names_of(resolution, "Ana Vega")) is is_she
    assert all(m.span.of(document.text) == m.quote for _, r in resolution.authors for m in r.mentions)


def test_a_reference_cited_where_they_are_told_of() -> None:
    resolution = made("Reed, Carol. Crossing. London, 1999.")[1].resolve()
    assert names_of(resolution, "Bruno Kos") == ("Bruno Kos", "Kos, Bruno")
    link = next(link for link in resolution.links if "author" in link.reason)
    assert "cited where they are told of" in link.reason
    assert link.weight > 0


def test_authors_who_are_nobody_become_no_entities() -> None:
    resolution = made("Reed, Carol. Crossing. London, 1999.")[1].resolve()
    assert not [e for e in resolution.entities if "Reed" in e.label]
    keys = {key for e in resolution.entities for key in e.referents}
    assert keys == set(resolution.entity_of)


def test_a_person_may_say_that_they_are_not_one() -> None:
    _, resolver = made("Vega, Ana. Nights on the Raft. Miami: Palma, 2001.")
    resolver.close()
    corpus = resolver.corpus
    ana, author = corpus.labels.index("Ana Vega"), corpus.labels.index("Vega, Ana")
    judgement = Judgement(
        decision="d-1", kind="different", left=(corpus.keys[ana],), right=(corpus.keys[author],)
    )
    resolution = resolver.resolve([judgement])
    assert names_of(resolution, "Ana Vega") == ("Ana Vega",)
    assert resolution.outcomes["d-1"] == ("applied", "")
