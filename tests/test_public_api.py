"""What is promised: names, documentation, and that importing costs little."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import regesta

SRC = Path(__file__).parents[1] / "src" / "regesta"
MODULES = sorted(p for p in SRC.rglob("*.py"))


def test_all_is_sorted_and_there() -> None:
    assert regesta.__all__ == sorted(regesta.__all__)
    assert dir(regesta) == regesta.__all__
    for name in regesta.__all__:
        assert getattr(regesta, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = regesta.nothing


def test_the_contract() -> None:
    promised = {
        "read",
        "build",
        "open",
        "extract",
        "resolve",
        "export",
        "Chronicle",
        "RegestaError",
        "__version__",
    }
    assert promised <= set(regesta.__all__)
    methods = "sources people entities entity claims evidence series references rejections findings sql close"
    assert all(callable(getattr(regesta.Chronicle, name)) for name in methods.split())


@pytest.mark.parametrize(
    ("statement", "unloaded"),
    [
        ("import regesta", {"duckdb", "click", "lxml", "msgspec", "mwparserfromhell", "regesta.model"}),
        ("import regesta.reading", {"duckdb", "click", "lxml", "mwparserfromhell", "markdown_it"}),
        ("import regesta.model", {"duckdb", "click", "lxml", "msgspec"}),
        ("import regesta.cli", {"duckdb", "lxml", "msgspec", "regesta.model", "regesta.project", "asyncio"}),
    ],
)
def test_imports_are_lazy(statement: str, unloaded: set[str]) -> None:
    code = f"import sys; {statement}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert unloaded & set(loaded) == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))
def test_modules_say_what_they_are(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "no docstring"
    if path.name == "__main__.py":
        return
    parts = path.relative_to(SRC).with_suffix("").parts
    module = importlib.import_module(".".join(("regesta", *parts)).removesuffix(".__init__"))
    if any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree.body):
        assert all(hasattr(module, name) for name in module.__all__)
