"""The table of docs/architecture.md is law: every import inside `src/regesta` is one that it names."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "regesta"
MODULES = sorted(p for p in SRC.rglob("*.py"))


@cache
def table() -> dict[str, tuple[int, frozenset[str]]]:
    """Return for each room its floor and the rooms that it may import."""
    rooms: dict[str, tuple[int, frozenset[str]]] = {}
    for line in (ROOT / "docs" / "architecture.md").read_text("utf-8").splitlines():
        if match := re.match(r"\| (\d+) \| (.+?) \| .+ \| (.+?) \|$", line):
            allowed = frozenset() if match[3] == "-" else frozenset(match[3].split(", "))
            for room in re.findall(r"`(\w+)`", match[2]):
                rooms[room] = (int(match[1]), allowed)
    return rooms


def room_of(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def module_of(path: Path) -> str:
    parts = ("regesta", *path.relative_to(SRC).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {module_of(path) for path in MODULES}


@cache
def imports(path: Path, *, with_types: bool = True) -> frozenset[str]:
    """Return the modules of regesta that a file imports, anywhere in it; those for the type checker alone on demand."""
    tree = ast.parse(path.read_text("utf-8"))
    skipped: set[ast.AST] = set()
    if not with_types:
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
                skipped |= {inner for statement in node.body for inner in ast.walk(statement)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "regesta"}
        elif (
            isinstance(node, ast.ImportFrom)
            and not node.level
            and (node.module or "").split(".")[0] == "regesta"
        ):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in NAMES else str(node.module))
    return frozenset(found)


def test_the_table_is_read() -> None:
    assert len(table()) >= 15
    assert table()["model"] == (3, frozenset({"errors", "text"}))


def test_every_room_is_in_the_table_and_the_other_way_round() -> None:
    assert {room_of(path) for path in MODULES} | {"demo"} == set(table())


def test_rooms_import_downwards() -> None:
    floors = {room: floor for room, (floor, _) in table().items()}
    for room, (floor, allowed) in table().items():
        assert all(floors[other] < floor for other in allowed), room


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))
def test_imports(path: Path) -> None:
    room = room_of(path)
    _, allowed = table()[room]
    for name in imports(path):
        parts = name.split(".")
        if len(parts) == 1:
            pytest.fail(f"{path} imports the package's root")
        other = parts[1]
        assert other == room or other in allowed, (
            f"{room} may not import {other}: change docs/architecture.md first"
        )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))
def test_imports_are_absolute(path: Path) -> None:
    relative = [
        n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ImportFrom) and n.level
    ]
    assert not relative


def test_no_cycles() -> None:
    graph = {module_of(path): imports(path, with_types=False) & NAMES for path in MODULES}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, f"a cycle: {' -> '.join((*above[above.index(name) :], name))}"
        if name not in done:
            for other in sorted(graph[name]):
                visit(other, (*above, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())


def test_the_reader_of_imports_sees_them_all(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(
        "import regesta.text.span\nfrom regesta.model import Claim\nfrom regesta import errors\n"
        "def f():\n    from regesta.model.claim import Claim\n"
        "if TYPE_CHECKING:\n    import regesta.cli\n"
    )
    own = {"regesta.text.span", "regesta.model", "regesta.errors", "regesta.model.claim"}
    assert imports(file) == own | {"regesta.cli"}
    assert imports(file, with_types=False) == own
