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
