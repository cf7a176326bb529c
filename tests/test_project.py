"""Projects, their sources, and the cache."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.errors import ProjectError
from regesta.model import Coverage, Document, Extraction, Source
from regesta.project import Cache, cache_folder, find_project, list_sources, pack, pack_parts, stamp, unpack

Make = Callable[..., Any]
SUFFIXES = {".txt", ".html"}


def put(folder: Path, *names: str, text: str = "words") -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def names(*paths: Path) -> list[str]:
    return [listed.source.name for listed in list_sources(paths, SUFFIXES).sources]


def test_the_nearest_project(tmp_path: Path) -> None:
    put(tmp_path, "regesta.toml", text='title = "Mine"\nchronicle = "out/mine.duckdb"\npacks = ["a"]')
    inner = tmp_path / "sources" / "deep"
    inner.mkdir(parents=True)
    project = find_project(inner)
    assert (project.root, project.title, project.packs, project.is_real) == (tmp_path, "Mine", ("a",), True)
    assert (project.sources, project.chronicle) == (tmp_path / "sources", tmp_path / "out" / "mine.duckdb")
    put(inner, "regesta.toml", text="")
    assert find_project(inner).root == inner


def test_defaults_without_a_project(tmp_path: Path) -> None:
    project = find_project(tmp_path)
    assert not project.is_real
    assert project.chronicle == tmp_path / "chronicle.duckdb"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title = ", "is not TOML"),
        ('colour = "red"', "unknown key: found 'colour'; it may hold chronicle, contact, decisions, packs"),
        ("title = 3", "title should be text: found 3"),
        ("packs = [1]", "packs should be a list of names"),
    ],
)
def test_settings_that_are_none(tmp_path: Path, text: str, told: str) -> None:
    put(tmp_path, "regesta.toml", text=text)
    with pytest.raises(ProjectError, match=told):
        find_project(tmp_path)


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    put(
        tmp_path,
        "b.txt",
        "a/z.txt",
        "a/B.HTML",
        ".hidden/x.txt",
        "a/.y.txt",
        "sources.toml",
        "pic.jpg",
        "LICENCE",
        text="",
    )
    listing = list_sources([tmp_path], SUFFIXES)
    assert [s.source.name for s in listing.sources] == ["a/B.HTML", "a/z.txt", "b.txt"]
    assert [(r.source, r.code, r.reason) for r in listing.rejections] == [
        ("LICENCE", "P001", "No reader for files without an ending."),
        (
            "pic.jpg",
            "P001",
            "No reader for files ending in '.jpg'. A picture is read in a PDF, with --ocr LANGUAGES.",
        ),
    ]


def test_a_file_named_outright_is_a_source(tmp_path: Path) -> None:
    put(tmp_path, "a/notes")
    assert names(tmp_path / "a" / "notes") == ["notes"]
    with pytest.raises(ProjectError, match="no such file or folder"):
        names(tmp_path / "none.txt")


def test_names_are_made_unique(tmp_path: Path) -> None:
    put(tmp_path, "x/list.txt", "y/list.txt", "y/own.txt", "z/x/list.txt")
    assert names(tmp_path / "x", tmp_path / "y") == ["own.txt", "x/list.txt", "y/list.txt"]
    assert names(tmp_path / "x", tmp_path / "z" / "x") == ["x/list.txt", "x/list.txt~2"]


def test_a_file_given_twice_is_one_source(tmp_path: Path) -> None:
    put(tmp_path, "x/list.txt")
    assert names(tmp_path / "x", tmp_path / "x" / "list.txt", tmp_path / "x" / ".." / "x") == ["list.txt"]


def test_a_name_that_is_no_unicode(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("words")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    assert names(tmp_path) == ["caf\ufffd.txt"]


def test_links_in_a_circle(tmp_path: Path) -> None:
    put(tmp_path, "a/list.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "gone.txt").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "a" / "pipe.txt")
    assert names(tmp_path) == ["a/list.txt"]


def test_what_is_said_of_a_source(tmp_path: Path) -> None:
    put(tmp_path, "page.html", "b/table.txt")
    said = '["page.html"]\ntitle = "A page"\ndate = 2012-01-30\n["b/table.txt"]\ncolumns = {Year = "period", N = "value"}\n'
    put(tmp_path, "sources.toml", text=said)
    table, page = (listed.source for listed in list_sources([tmp_path], SUFFIXES).sources)
    assert (page.title, page.date, page.name) == ("A page", "2012-01-30", "page.html")
    assert table.columns == (("Year", "period"), ("N", "value"))
    (alone,) = list_sources([tmp_path / "page.html"], SUFFIXES).sources
    assert alone.source == page


def test_sources_toml_beside_the_sources_of_a_project(tmp_path: Path) -> None:
    put(tmp_path, "sources/page.html")
    put(tmp_path, "sources.toml", text='["page.html"]\ntitle = "A page"\n')
    assert list_sources([tmp_path / "sources"], SUFFIXES).sources[0].source.title is None
    put(tmp_path, "regesta.toml", text="")
    assert list_sources([tmp_path / "sources"], SUFFIXES).sources[0].source.title == "A page"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('title = "x"', "described in a table of its own"),
        ('["a.txt"]\ncolour = "red"', r"unknown key: found 'colour'"),
        ('["a.txt"]\ntitle = 3', "title should be text: found 3"),
        ('["a.txt"]\ncolumns = ["Year"]', "columns should be headings"),
    ],
)
def test_descriptions_that_are_none(tmp_path: Path, text: str, told: str) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "sources.toml", text=text)
    with pytest.raises(ProjectError, match=told):
        names(tmp_path)


def test_what_is_packed_comes_back(made: Make) -> None:
    document, extraction = made()
    assert unpack(pack(document)) == document
    parts = pack_parts([extraction, extraction])
    assert list(parts) == list(parts) == [extraction, extraction]


@given(st.text(), st.text(max_size=40))
def test_any_text_comes_back(text: str, title: str) -> None:
    source = Source(name="a.txt", title=title, columns=((title, text),))
    zero = Coverage(source="a", n_characters=0, n_body=0, n_claims=0, n_names_dates=0, n_rejected=0, n_left=0)
    empty = Extraction(source="a.txt", referents=(), claims=(), observations=(), rejections=(), coverage=zero)
    document = Document(id="d", source=source, text=text)
    assert (unpack(pack(document)), list(pack_parts([empty]))) == (document, [empty])


def test_the_cache(made: Make, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", "1")
    document, extraction = made()
    source = document.source
    assert cache.get(source) is None
    parts = pack_parts([extraction])
    cache.put(source, pack(document), parts)
    assert cache.get(source) == (document, parts)
    assert cache.get(dataclasses.replace(source, sha256="01")) is None
    assert cache.get(dataclasses.replace(source, title="Another")) is None
    assert Cache(tmp_path / "cache", "2").get(source) is None


@pytest.mark.parametrize("damage", [b"", b"x", b"x\x9c", None])
def test_a_damaged_entry_is_ignored_and_rewritten(made: Make, tmp_path: Path, damage: bytes | None) -> None:
    cache = Cache(tmp_path, "1")
    document, extraction = made()
    cache.put(document.source, pack(document), pack_parts([extraction]))
    (entry,) = (p for p in tmp_path.rglob("*") if p.is_file())
    entry.write_bytes(entry.read_bytes()[:-40] if damage is None else damage)
    assert cache.get(document.source) is None
    cache.put(document.source, pack(document), pack_parts([extraction]))
    assert cache.get(document.source) == (document, pack_parts([extraction]))


def test_an_entry_of_another_shape_is_ignored(made: Make, tmp_path: Path) -> None:
    import msgspec

    cache = Cache(tmp_path, "1")
    document, _ = made()
    cache.put(document.source, msgspec.msgpack.encode([1, 2, 3]), pack_parts([]))
    assert cache.get(document.source) is None


def test_a_cache_that_cannot_be_written_is_none(made: Make, tmp_path: Path) -> None:
    put(tmp_path, "file")
    cache = Cache(tmp_path / "file" / "cache", "1")
    document, extraction = made()
    cache.put(document.source, pack(document), pack_parts([extraction]))
    assert cache.get(document.source) is None


def test_the_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "regesta"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_folder() == Path.home() / ".cache" / "regesta"


def test_the_stamp_changes_with_the_files(tmp_path: Path) -> None:
    put(tmp_path, "a/x.py", "a/__pycache__/x.pyc")
    before = stamp([tmp_path])
    put(tmp_path, "a/__pycache__/y.pyc")
    assert stamp([tmp_path]) == before
    put(tmp_path, "a/y.py")
    after = stamp([tmp_path])
    put(tmp_path, "a/y.py", text="other words")
    assert len({before, after, stamp([tmp_path])}) == 3
