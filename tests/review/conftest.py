"""A project that was built once, and a copy of it served to each test."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from regesta.review import Rebuilder
from regesta.web import Library, create_app
from regesta.web.review import Office
from reviewing import SOURCES, Place


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    (root / "sources").mkdir()
    (root / "regesta.toml").write_text('title = "Those who came"\n', "utf-8")
    for name, text in SOURCES.items():
        (root / "sources" / name).write_text(text, "utf-8")
    subprocess.run(
        [sys.executable, "-P", "-m", "regesta", "build", "--jobs", "1"],
        cwd=root, check=True, capture_output=True, timeout=100,
    )  # fmt: skip
    return root


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Iterator[Place]:
    import shutil

    root = tmp_path / "project"
    shutil.copytree(built, root)
    library = Library(root / "chronicle.duckdb", title="Those who came")
    still = Rebuilder(root, library.renew, pause=0.0, command=[sys.executable, "-c", ""])
    office = Office(library, root, root / "decisions.jsonl", still)
    made = Place(root, library, office, create_app(library, office=office))
    yield made
    still.settle(30)
    still.close()
    for client in made.clients:
        client.close()
