"""Exports: what the contract says, the same bytes every time, every row of every table."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import pytest

import regesta
from regesta.chronicle import flatten, settle, write
from regesta.chronicle import open as open_chronicle
from regesta.chronicle.rows import TABLES
from regesta.errors import ExportError
from regesta.export import FORMATS, export
from regesta.resolution import resolve

Make = Callable[..., Any]


def rows_of(*made: Any) -> Iterator[Any]:
    found = [(document, [extraction]) for document, extraction in made]
    return chain(flatten(found), settle(resolve(found)))


def exported(path: Path, form: str, folder: Path) -> dict[str, bytes]:
    with open_chronicle(path) as chronicle:
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in export(chronicle, form, folder)}


@pytest.fixture
def lines(chronicle_path: Path, tmp_path: Path) -> dict[str, list[Any]]:
    files = exported(chronicle_path, "jsonl", tmp_path / "out")
    return {
        name.removesuffix(".jsonl"): [json.loads(line) for line in data.decode().splitlines()]
        for name, data in files.items()
    }


def test_the_files(lines: dict[str, list[Any]]) -> None:
    kinds = "sources entities claims series references findings families rejections identities"
    assert sorted(lines) == sorted(kinds.split())
    assert (lines["findings"], lines["families"]) == ([], [])
    assert [i["id"] for i in lines["identities"]] == sorted(e["id"] for e in lines["entities"])


def test_entities(lines: dict[str, list[Any]], made: Make) -> None:
    text = made()[0].text
    ada, sund, crew = lines["entities"]
    assert list(ada) == ["id", "kind", "label", "aliases", "named", "group_size", "mentions"]
    assert (ada["label"], ada["kind"], ada["named"], ada["group_size"]) == ("Ada Brook", "person", True, None)
    assert (crew["named"], crew["group_size"]) == (False, 12)
    for entity in (ada, sund, crew):
        assert entity["mentions"]
        for m in entity["mentions"]:
            assert list(m) == ["source", "start", "end", "quote", "form"]
            assert text[m["start"] : m["end"]] == m["quote"]


def test_claims(lines: dict[str, list[Any]], made: Make) -> None:
    text, ids = made()[0].text, {e["id"]: e for e in lines["entities"]}
    keys = "id subject predicate value when where qualifiers evidence references method confidence support"
    for claim in lines["claims"]:
        assert list(claim) == keys.split()
        subject = ids[claim["subject"]["id"]]
        assert claim["subject"] == {key: subject[key] for key in ("id", "label", "kind")}
        assert list(claim["qualifiers"]) == ["modality", "by", "bound", "at_event", "subset"]
        assert claim["evidence"]
        for e in claim["evidence"]:
            assert list(e) == ["source", "start", "end", "quote"]
            assert text[e["start"] : e["end"]] == e["quote"]
    by = {claim["predicate"]: claim for claim in lines["claims"]}
    sund = next(e["id"] for e in lines["entities"] if e["label"] == "Sund")
    assert by["location"]["value"] == {"type": "entity", "id": sund, "label": "Sund"}
    assert by["route"]["value"]["stops"][1] == {"text": "Sund", "id": sund}
    assert by["duration"]["value"] == {
        "type": "quantity",
        "number": None,
        "low": 2,
        "high": 3.5,
        "unit": "day",
        "approximate": False,
    }
    assert by["age"]["when"] == "1953"
    assert by["age"]["where"] == "in Sund"
    assert by["route"]["references"] == [lines["references"][0]["id"]]
    starts = [claim["evidence"][0]["start"] for claim in lines["claims"]]
    assert starts == sorted(starts)


def test_series_references_rejections_sources(lines: dict[str, list[Any]], made: Make) -> None:
    document = made()[0]
    (point,) = lines["series"]
    assert (point["value"], point["period"], point["role"], point["quote"]) == (
        40,
        "1953",
        "observation",
        "1953: 40",
    )
    assert point["claim"] in {claim["id"] for claim in lines["claims"]}
    (reference,) = lines["references"]
    assert reference["identifiers"] == {"isbn": "1; 2", "doi": "3"}
    assert reference["cited_at"] == [document.text.index("[1]")]
    assert reference["authors"] == ["Reed, A.", "Moss, B."]
    assert [(r["code"], r["quote"]) for r in lines["rejections"]] == [("X001", "😀"), ("R003", "1953: 40")]
    (source,) = lines["sources"]
    assert source["characters"] == len(document.text)
    assert {"source", "title", "sha256", "format", "family"} <= set(source)


def test_texts_of_what_is_not_the_file_itself(tmp_path: Path, made: Make) -> None:
    import dataclasses

    document, extraction = made("deep/../page.html")
    page = dataclasses.replace(document, source=dataclasses.replace(document.source, format="html"))
    write(tmp_path / "a.duckdb", rows_of((page, extraction)), {})
    files = exported(tmp_path / "a.duckdb", "jsonl", tmp_path / "out")
    assert files["texts/deep/page.html.txt"] == document.text.encode()
    assert not any(name.startswith("texts") for name in exported_of(made("a.txt"), tmp_path))


def test_texts_of_what_is_not_utf8(tmp_path: Path) -> None:
    (folder := tmp_path / "texts").mkdir()
    told = "Ivo Zäl came to Mere in 1961.\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        folder.joinpath(f"{encoding}.txt").write_bytes(told.encode(encoding))
    with regesta.build([folder], output=tmp_path / "a.duckdb"):
        files = exported(tmp_path / "a.duckdb", "jsonl", tmp_path / "jsonl")
    texts = {name: text.decode("utf-8-sig") for name, text in files.items() if name.startswith("texts")}
    assert texts == {f"texts/{encoding}.txt.txt": told for encoding in ("utf-16", "cp1252")}


def exported_of(one: Any, tmp_path: Path) -> dict[str, bytes]:
    write(tmp_path / "b.duckdb", rows_of(one), {})
    return exported(tmp_path / "b.duckdb", "jsonl", tmp_path / "out2")


def test_copies_are_a_family(tmp_path: Path, made: Make) -> None:
    copies = [made("a.txt"), made("b.txt")]
    write(tmp_path / "a.duckdb", rows_of(*copies), {})
    family = json.loads(exported(tmp_path / "a.duckdb", "jsonl", tmp_path / "out")["families.jsonl"])
    assert family["sources"] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_chronicle_gives_the_same_bytes(form: str, tmp_path: Path, made: Make) -> None:
    several = [made(f"{n}.txt", made()[0].text + "x" * n) for n in range(5)]
    outcomes = []
    for turn, order in enumerate((several, several[::-1])):
        path = tmp_path / f"{turn}.duckdb"
        write(path, rows_of(*order), {})
        outcomes.append(exported(path, form, tmp_path / f"{turn}"))
    assert outcomes[0] == outcomes[1]


def test_csv_holds_every_row(chronicle_path: Path, tmp_path: Path) -> None:
    exported(chronicle_path, "csv", tmp_path / "out")
    with open_chronicle(chronicle_path) as chronicle:
        for table in TABLES:
            answer = chronicle.sql(f"select * from {table}")
            with (tmp_path / "out" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
                header, *rows = csv.reader(file)
            assert tuple(header[: len(answer.columns)]) == answer.columns
            assert len(rows) == len(answer)


def test_parquet_holds_every_row(chronicle_path: Path, tmp_path: Path) -> None:
    exported(chronicle_path, "parquet", tmp_path / "it's here")
    with open_chronicle(chronicle_path) as chronicle, duckdb.connect() as other:
        for table in TABLES:
            path = str(tmp_path / "it's here" / f"{table}.parquet")
            answer = chronicle.sql(f"select * from {table}")
            columns = ", ".join(answer.columns)
            found = other.execute(f"select {columns} from read_parquet(?)", [path]).fetchall()
            assert sorted(map(repr, found)) == sorted(map(repr, answer.rows))


def test_what_cannot_be_exported(chronicle_path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with open_chronicle(chronicle_path) as chronicle:
        with pytest.raises(ExportError, match="unknown format: found 'xml'; one of jsonl, csv, parquet"):
            export(chronicle, "xml", tmp_path)
        with pytest.raises(ExportError, match="is a file; name a folder"):
            export(chronicle, "jsonl", tmp_path / "file")
        with pytest.raises(ExportError, match="cannot be written"):
            export(chronicle, "jsonl", tmp_path / "file" / "below")
