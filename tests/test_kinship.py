"""Which sources of a build share words: passages in the chronicle and the export, families, copies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import regesta
from regesta.export import export
from regesta.kinship import Texts

TOLD = "Ada Brook, a pilot aged 21, flew from Orland by way of Mere to Sund on 21 September 1953 in a borrowed biplane"
OTHER = "The harbour office counted the boats of that summer and kept no list of those who had come in them, it says."


def test_sources_that_share_their_words_are_a_family(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "a.txt").write_text(f"Those who left\n\n• {TOLD}.\n")
    (sources / "b.txt").write_text(f"Flights\n\n• {TOLD}, and was never seen again.\n")
    (sources / "c.txt").write_text(OTHER)
    with regesta.build([sources], output=tmp_path / "a.duckdb") as chronicle:
        families = {source.name: source.family for source in chronicle.sources()}
        assert families["a.txt"] == families["b.txt"] != families["c.txt"]
        (row,) = export_of(chronicle, tmp_path)
        assert row["sources"] == ["a.txt", "b.txt"]
        (shared,) = row["shared"]
        for side, name in (("a", "a.txt"), ("b", "b.txt")):
            assert shared[side]["source"] == name
            words = chronicle.text(name)[shared[side]["start"] : shared[side]["end"]]
            assert TOLD in words
        assert shared["words"] >= len(TOLD.split())


def export_of(chronicle: regesta.Chronicle, tmp_path: Path) -> list[dict[str, Any]]:
    export(chronicle, "jsonl", tmp_path / "out")
    return [json.loads(line) for line in (tmp_path / "out" / "families.jsonl").read_text().splitlines()]


def test_copies_are_one_family_and_long_texts_are_left_out() -> None:
    with Texts() as texts:
        texts.add("a.txt", "d-1", "Short.")
        texts.add("b.txt", "d-1", "Short.")
        texts.add("c.txt", "d-2", "word " * (1 << 20))
        texts.add("d.txt", "d-3", "\ud800 한국 😀")
        kinship = texts.kinship()
        assert list(texts)[-1] == "\ud800 한국 😀"
    assert kinship.family_of["a.txt"] == kinship.family_of["b.txt"]
    assert len(set(kinship.family_of.values())) == 3
    assert kinship.n_left_out == 1


def test_what_a_page_says_of_itself_leads_to_its_family() -> None:
    with Texts() as texts:
        texts.add("a.txt", "d-1", "One.\n\nRetrieved from https://www.example.org/wiki/Pilots on 3 May 2011.")
        texts.add("b.txt", "d-2", "Another.", url="http://example.org/wiki/Pilots/")
        texts.add("c.txt", "d-3", "This page was translated from the article “Flyvere i Sund”.")
        texts.add("d.txt", "d-4", "En tredje.", title="Flyvere i Sund")
        texts.add("e.txt", "d-5", "The boat was taken from its owner in Pilots.", title="Pilots")
        kinship = texts.kinship()
    family = kinship.family_of
    assert family["a.txt"] == family["b.txt"]
    assert family["c.txt"] == family["d.txt"]
    assert len(set(family.values())) == 3
    assert [(name, each.how, origin) for name, each, origin in kinship.origins] == [
        ("a.txt", "retrieved", "b.txt"),
        ("c.txt", "translated", "d.txt"),
    ]


def test_a_title_that_two_bear_leads_nowhere() -> None:
    with Texts() as texts:
        texts.add("a.txt", "d-1", "This article was adapted from the Orland article Harbours.")
        texts.add("b.txt", "d-2", "One.", title="Harbours")
        texts.add("c.txt", "d-3", "Two.", title="Harbours")
        kinship = texts.kinship()
    assert len(set(kinship.family_of.values())) == 3
    assert [origin for *_, origin in kinship.origins] == [None]


def test_three_copied_footnotes_make_a_family_and_two_do_not() -> None:
    notes = [f"“Note {n}”. The Herald. Retrieved {n} May 2011." for n in range(1, 5)]
    with Texts() as texts:
        texts.add("a.txt", "d-1", "One.", read=notes)
        texts.add("b.txt", "d-2", "Two.", read=notes[:3])
        texts.add("c.txt", "d-3", "Three.", read=[*notes[2:], "“Another”. Retrieved 1 May 2011."])
        family = texts.kinship().family_of
    assert family["a.txt"] == family["b.txt"] != family["c.txt"]


def test_what_everybody_cites_makes_no_family() -> None:
    notes = [f"“Note {n}”. The Herald. Retrieved {n} May 2011." for n in range(1, 5)]
    with Texts() as texts:
        for n in range(20):
            texts.add(f"{n}.txt", f"d-{n}", f"Text {n}.", read=notes)
        assert len(set(texts.kinship().family_of.values())) == 20
