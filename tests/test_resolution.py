"""One entity per referent, with ids that stand still when something else changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, Literal

from regesta.model import Document, Extraction, Mention, content_id
from regesta.resolution import resolve
from regesta.text.span import Span

Make = Callable[..., Any]


def _one(made: tuple[Document, Extraction]) -> tuple[Document, list[Extraction]]:
    return made[0], [made[1]]


def test_one_entity_per_referent(made: Make) -> None:
    document, extraction = made()
    resolution = resolve([(document, [extraction])])
    assert [e.label for e in resolution.entities] == ["Ada Brook", "Sund", "12 sailors"]
    assert [e.referents for e in resolution.entities] == [
        (r.key,) for r in sorted(extraction.referents, key=lambda r: r.mentions[0].span)
    ]
    assert resolution.entity_of == {key: e.id for e in resolution.entities for key in e.referents}
    assert resolution.entities[2].group_size == 12


def test_the_order_of_documents_does_not_matter(made: Make) -> None:
    a, b = _one(made("a.txt")), _one(made("b.txt", made()[0].text + "More.\n"))
    assert resolve([a, b]) == resolve([b, a])


def test_copies_share_their_entities(made: Make) -> None:
    a, b = _one(made("a.txt")), _one(made("b.txt"))
    assert resolve([b, a]) == resolve([a])


def test_ids_stand_when_the_text_around_changes(made: Make) -> None:
    before, after = made(), made(text="A new first line.\n" + made()[0].text)
    assert before[1].referents[0].key != after[1].referents[0].key
    assert {e.id for e in resolve([_one(before)]).entities} == {e.id for e in resolve([_one(after)]).entities}


def test_two_of_the_same_words_are_two(made: Make) -> None:
    document, extraction = made()
    crew = next(r for r in extraction.referents if r.kind == "group")
    later = Mention(span=Span(200, 210), quote="12 sailors", form="description")
    twin = dataclasses.replace(crew, key=content_id("m", ["twin"]), mentions=(later,))
    twice = dataclasses.replace(extraction, referents=(twin, *extraction.referents))
    entities = resolve([(document, [twice])]).entities
    assert len({e.id for e in entities}) == 4
    assert (
        resolve([(document, [extraction])]).entity_of[crew.key]
        == resolve([(document, [twice])]).entity_of[crew.key]
    )


def test_aliases_are_the_other_names(made: Make) -> None:
    document, extraction = made()
    ada = extraction.referents[0]
    forms: list[tuple[str, Literal["name", "pronoun"]]] = [
        ("Brook", "name"),
        ("Ada Brook", "name"),
        ("she", "pronoun"),
        ("Brook", "name"),
        ("A. Brook", "name"),
    ]
    named = [Mention(span=Span(n, n + 1), quote=quote, form=form) for n, (quote, form) in enumerate(forms)]
    ada = dataclasses.replace(ada, mentions=tuple(named))
    alone = dataclasses.replace(extraction, referents=(ada,), claims=())
    entity = resolve([(document, [alone])]).entities[0]
    assert (entity.label, entity.aliases) == ("Ada Brook", ("Brook", "A. Brook"))
