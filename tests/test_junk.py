"""A few hundred inputs that nobody should send, of ten thousand that `bench/junk.py` makes; and what it found, once and for all."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra `web` is not installed")

sys.path.insert(0, str(Path(__file__).parent))

from fire.feeding import feed, make
from fire.requesting import Asked, Asker, ask, law
from fire.serving import prepared
from regesta.errors import ProjectError, StoreError
from regesta.project import find_project, read_ledger
from regesta.publishing import Imprinted, publish_edition

Served = tuple[dict[str, Any], Asker]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        with prepared(folder / "register") as made:
            yield made


@pytest.mark.parametrize("seed", range(5))
def test_files_of_every_kind_are_read_or_refused_in_one_line(seed: int) -> None:
    chance = random.Random(1000 + seed)  # noqa: S311 - no secret
    broken = []
    for _ in range(50):
        fed = make(chance)
        if said := feed(fed):
            broken.append((fed.kind, fed.way, fed.name, said))
    assert not broken


@pytest.mark.xdist_group("junk")
@pytest.mark.parametrize("seed", range(5))
def test_requests_of_every_kind_are_answered_once_and_without_fault(seed: int, served: Served) -> None:
    applications, asker = served
    chance = random.Random(2000 + seed)  # noqa: S311 - no secret
    broken = []
    for _ in range(50):
        asked = asker.make(chance)
        name = chance.choice(list(applications))
        if said := law(ask(applications[name], asked)):
            broken.append((name, said, asked))
    assert not broken


HERE = (b"host", b"localhost")


@pytest.mark.xdist_group("junk")
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (Asked("GET", "/search", b"q=\xe9\xff", (HERE,), ()), 200),
        (Asked("GET", "/search", "q=Østergård".encode(), (HERE,), ()), 200),
        (Asked("OPTIONS", "*", b"", (HERE,), ()), 404),
        (Asked("GET", "", b"", (HERE,), ()), 404),
        (Asked("POST", "/review/decide", b"", (HERE, (b"origin", b"http://[")), ()), 403),
    ],
)  # fmt: skip
def test_what_was_found_in_requests(asked: Asked, status: int, served: Served) -> None:
    for application in served[0].values():
        answer = ask(application, asked)
        assert law(answer) is None
        assert answer.status == status


def test_what_was_found_in_files_of_a_project(tmp_path: Path) -> None:
    (tmp_path / "identities.jsonl").write_bytes(b'{"id":"e-\xfe\xff"}\n')
    with pytest.raises(ProjectError, match="line 1 is no identity"):
        read_ledger(tmp_path / "identities.jsonl")
    (tmp_path / "regesta.toml").write_text("a = " + "[" * 5000)
    with pytest.raises(ProjectError, match="is not TOML"):
        find_project(tmp_path)


def test_an_address_that_python_cannot_take_apart(tmp_path: Path, chronicle_path: Path) -> None:
    import datetime as dt

    said = Imprinted(title="T", on=dt.date(2026, 1, 2), contact="a@b.example", url="http://[", policy="")
    with pytest.raises(StoreError):
        publish_edition(chronicle_path, tmp_path / "site", said)
