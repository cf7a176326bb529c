"""What there is, is documented: commands, options, tables, formats, dependencies, changes; and every link leads somewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest

from regesta.chronicle.rows import TABLES
from regesta.cli import COMMANDS, regesta
from regesta.export import FORMATS
from regesta.project import settings, sources

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DATA = {
    "docs-site",
    "drawings",
    "fts5",
    "gazetteer",
    "identity",
    "korean-names",
    "names-general",
    "postgres",
    "sharing",
}  # decisions about data or own code that ships, or about what only developers use
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option(name: str) -> None:
    _, heading, rest = page("guide/commands.md").partition(f"\n## {name}\n")
    assert heading
    told = rest.partition("\n## ")[0]
    command = regesta.get_command(click.Context(regesta), name)
    assert command is not None
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert any(f"{option}" in told for option in parameter.opts), parameter.name


def test_no_command_is_documented_that_is_not_there() -> None:
    assert set(re.findall(r"^## (\w+)$", page("guide/commands.md"), re.MULTILINE)) == set(COMMANDS)


def test_every_table_and_format() -> None:
    assert re.findall(r"^\| `(\w+)` \|", page("guide/chronicle.md"), re.MULTILINE) == list(TABLES)
    assert set(FORMATS) <= set(re.findall(r"^\| `([\w-]+)` \|", page("guide/commands.md"), re.MULTILINE))


def test_every_setting() -> None:
    text = page("guide/projects.md")
    assert all(f"`{key}`" in text for key in settings.KEYS)
    assert all(f"{key} = " in text for key in (*sources.TEXT_KEYS, "columns"))


def test_every_dependency_has_its_decision() -> None:
    needs = {re.split(r"[<>=~ ]", need)[0] for need in PROJECT["project"]["dependencies"]}
    needs |= {re.split(r"[<>=~ ]", need)[0] for need in PROJECT["build-system"]["requires"]}
    extras = PROJECT["project"]["optional-dependencies"]
    optional = {re.split(r"[<>=~ \[]", need)[0] for needs_of in extras.values() for need in needs_of} - {
        "regesta"
    }
    pages = {path.stem for path in (ROOT / "docs" / "decisions").glob("*.md")} - {"README"}
    pages -= DATA
    assert needs <= pages <= needs | optional
    for name in pages | DATA:
        text = page(f"decisions/{name}.md")
        assert all(f"**{word}" in text for word in ("For", "Why", "Else", "Licence")), name
        assert f"]({name}.md)" in page("decisions/README.md")


def test_the_readme_starts_with_the_two_commands() -> None:
    title, _, code, *_ = (ROOT / "README.md").read_text("utf-8").split("\n", 3)
    assert title == "# regesta"
    assert code == "```sh"
    first = (ROOT / "README.md").read_text("utf-8").split("```")[1]
    assert re.findall(r"^make (\w+)", first, re.MULTILINE) == ["demo", "test"]
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {"demo", "test", "check", "bench"} <= set(targets)


def test_every_fragment_has_a_kind() -> None:
    for path in (ROOT / "docs" / "changes").glob("*.md"):
        assert path.name == "README.md" or re.fullmatch(
            r"[\w-]+\.(added|changed|fixed|removed)\.md", path.name
        )
        assert path.read_text("utf-8").strip()


def anchors(path: Path) -> set[str]:
    """Return what a link may name after `#`: the headings of a page, spelled as GitHub and the site spell them."""
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ +(.+?) *$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target, anchor in re.findall(r"\]\((?!https?:|mailto:)([^)#]*)(?:#([^)]*))?\)", text):
        to = path.parent / target if target else path
        assert to.exists(), target
        if anchor:
            assert anchor in anchors(to), f"{target}#{anchor}"


def test_every_page_is_in_the_contents() -> None:
    listed = set(re.findall(r"\]\(([\w/.-]+\.md)\)", page("index.md")))
    there = {str(path.relative_to(ROOT / "docs")) for path in (ROOT / "docs").rglob("*.md")}
    told_elsewhere = {name for name in there if name.startswith(("decisions/", "changes/"))}
    assert there - told_elsewhere - {"index.md"} <= listed


def test_every_page_made_by_machine_is_named() -> None:
    site = (ROOT / "docs" / "site" / "reference.py").read_text("utf-8")
    made = re.findall(r'^    "(\w+)": \w+,$', site.partition("PAGES: ")[2], re.MULTILINE)
    assert re.findall(r"^\| `(\w+)` \|", page("reference/README.md"), re.MULTILINE) == made
