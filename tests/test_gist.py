"""What is made of a source once and kept gives the same chronicle as the document itself; what was kept is made anew where it must."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import regesta
from regesta.export import export
from regesta.extraction import extract
from regesta.gathering import Result, gather
from regesta.gist import Digest, read_gist
from regesta.model import Document, Extraction, Source
from regesta.pipeline import rebuild
from regesta.project import Cache, Listed, pack, pack_parts
from regesta.reading import read_bytes
from regesta.resolution import Resolver

ANA = "Ana Kos, a nurse, fled to Austria on 5 May 1962 with her brother Jan Kos. She was born in 1940.\n"
BEN = "The pilot Ben Oduya (born 1931) landed in Malta in June 1961. He was one of three men who fled.\n\nAna Kos died in 2001.\n"
WIKI = "'''Ana Kos''' fled in 1962.<ref>Vega, Rut. ''Nights on the raft''. Lima, 1970. Retrieved 3 May 2011.</ref>\n"


def put(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return folder


def exported(chronicle: Path, to: Path) -> dict[str, bytes]:
    with regesta.open(chronicle) as opened:
        export(opened, "jsonl", to)
    return {path.name: path.read_bytes() for path in sorted(to.rglob("*")) if path.is_file()}


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    return put(tmp_path / "in", a_txt=ANA, b_txt=BEN, c_txt=ANA, d_wiki=WIKI, e_txt=ANA + BEN, z_txt=ANA)


def test_a_chronicle_is_the_same_from_gists_and_from_documents(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = rebuild([sources], output=tmp_path / "1.duckdb")
    again = rebuild([sources], output=tmp_path / "2.duckdb")
    monkeypatch.setattr(Digest, "of", lambda *_: None)
    slow = rebuild([sources], output=tmp_path / "3.duckdb", cache=False)
    assert (fresh.n_cached, again.n_cached, slow.n_cached) == (0, 6, 0)
    assert fresh.counts == again.counts == slow.counts
    files = [exported(tmp_path / f"{n}.duckdb", tmp_path / f"x{n}") for n in (1, 2, 3)]
    assert files[0] == files[1] == files[2]
    assert any(b"Oduya" in data for data in files[0].values())


def test_a_build_of_what_is_kept_reads_no_document(sources: Path, tmp_path: Path) -> None:
    rebuild([sources], output=tmp_path / "1.duckdb")
    for entry in (tmp_path / "kept").rglob("*"):
        if entry.is_file():
            entry.write_bytes(entry.read_bytes()[:-9])  # the document breaks off, the gist does not
    assert rebuild([sources], output=tmp_path / "2.duckdb").n_cached == 6


def made(text: str, name: str = "a.txt") -> tuple[Document, Extraction]:
    document = read_bytes(text.encode(), Source(name=name))
    return document, extract(document)


def test_an_account_says_what_the_document_says() -> None:
    added, taken = Resolver(), Resolver()
    for name, text in (("a.txt", ANA), ("b.txt", BEN), ("c.wiki", WIKI)):
        document, extraction = made(text, name)
        added.add(document, extraction)
        encoded = Digest("1").of(document, (extraction,))
        assert encoded is not None
        taken.take(read_gist(encoded).account)
    assert added.resolve() == taken.resolve()
    for name, value in vars(added.corpus).items():
        if name not in ("_blocks", "_document_id"):
            assert getattr(taken.corpus, name) == value, name


def test_bytes_that_are_no_gist_are_told() -> None:
    with pytest.raises(ValueError, match=r"."):
        read_gist(b"\x93\x01\x02\x03")


def gathered(path: Path, cache: Cache, **more: Any) -> Result:
    (result,) = gather((Listed(path, Source(name=path.name)),), (), cache, 1, None, **more)
    return result


def test_a_gist_of_another_version_is_made_anew_of_what_was_kept(tmp_path: Path) -> None:
    path = put(tmp_path / "in", a_txt=ANA) / "a.txt"
    cache = Cache(tmp_path / "kept", "1")
    first = gathered(path, cache, digest=Digest("1"), is_whole=False)
    second = gathered(path, cache, digest=Digest("2"), is_whole=False)
    third = gathered(path, cache, digest=Digest("2"), is_whole=False)
    assert (first.is_cached, second.is_cached, third.is_cached) == (False, True, True)
    assert first.gist == second.gist == third.gist
    assert third.document is None
    whole = gathered(path, cache, digest=Digest("2"), is_whole=True)
    assert whole.document is not None
    assert whole.gist == third.gist


def test_gists_are_told_apart_by_their_version(tmp_path: Path, make_pair: Callable[[], Any]) -> None:
    document, extraction = make_pair()
    cache = Cache(tmp_path, "1")
    cache.put(document.source, pack(document), pack_parts([extraction]), b"gist", "7")
    assert cache.gist(document.source, "7") == b"gist"
    assert cache.gist(document.source, "8") is None
    assert cache.get(document.source) == (document, pack_parts([extraction]))
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    entry.write_bytes(entry.read_bytes()[:20])
    assert cache.gist(document.source, "7") is None
    shutil.rmtree(tmp_path)
    assert cache.gist(document.source, "7") is None


@pytest.fixture
def make_pair() -> Callable[[], tuple[Document, Extraction]]:
    return lambda: made(ANA)
