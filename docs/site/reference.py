"""The pages of the site that are made by machine, from what the program itself says.

    commands and options, comments of the schema, docstrings, data ──► PAGES, a function that writes a page each

They are made whenever the site is, stand nowhere else, and so are never older than the program. A page only arranges
words that stand in the program; where one reads badly, mend it there. Nothing here knows the site.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import click

Row = Sequence[object]


def cell(value: object) -> str:
    """Return a value as the cell of a table of Markdown."""
    return " ".join(str(value).split()).replace("|", "\\|").replace("<", "&lt;")


def table(head: Row, rows: Iterable[Row]) -> str:
    r"""Return a table of Markdown; its cells may hold Markdown themselves.

    >>> print(table(["a", "b"], [[1, "x|y"]]))
    | a | b |
    | --- | --- |
    | 1 | x\|y |
    """
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell(value) for value in line)} |" for line in lines)


def code(text: object) -> str:
    """Return text as code in a line, or nothing."""
    return f"`{text}`" if str(text) else ""


def told(thing: object) -> str:
    """Return what a docstring says, its examples fenced."""
    text = inspect.cleandoc(getattr(thing, "__doc__", None) or "")
    text = re.sub(
        r"(?m)^>>> (?:.*\n?)(?:^(?!\s*$).*\n?)*", lambda m: f"```python\n{m[0].rstrip()}\n```\n", text
    )
    text = re.sub(
        r"(?m)(^|\n\n)((?: {4,}.*(?:\n|$))+)",
        lambda m: f"{m[1]}```text\n{textwrap.dedent(m[2]).rstrip()}\n```\n",
        text,
    )
    return "".join(
        part if part.startswith("```") else part.replace("<", "&lt;")
        for part in re.split(r"(```.*?```)", text, flags=re.DOTALL)
    )


def fields(module: ModuleType, name: str) -> dict[str, str]:
    """Return what stands below each field of a dataclass, as its source has it."""
    tree = ast.parse(inspect.getsource(module))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    found: dict[str, str] = {}
    for node, following in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            says = following.value if isinstance(following, ast.Expr) else None
            is_told = isinstance(says, ast.Constant) and isinstance(says.value, str)
            found[node.target.id] = inspect.cleandoc(says.value) if is_told else ""  # type: ignore[union-attr,arg-type]
    return found


def commands() -> str:
    """Write the page of the command line."""
    from regesta.cli import COMMANDS, regesta

    parts = [
        "# Commands and options\n\nEvery command with its options, as `--help` tells them. [The command line](../guide/commands.md) says more of each."
    ]
    for name in COMMANDS:
        command = regesta.get_command(click.Context(regesta), name)
        assert command is not None
        parts += _command(command, f"regesta {name}", 2)
    return "\n\n".join(parts)


def _command(command: click.Command, path: str, level: int) -> list[str]:
    context = click.Context(command, info_name=path)
    parts = [
        f"{'#' * level} {path}",
        f"```text\n{path} {' '.join(command.collect_usage_pieces(context))}\n```",
    ]
    parts.append(inspect.cleandoc(command.help or "").replace("\b", "").replace("<", "&lt;"))
    options = [p for p in command.params if isinstance(p, click.Option)]
    rows = []
    for option in options:
        shown = option.metavar or ("" if option.is_flag else option.make_metavar(context))
        default = (
            "" if option.default is None or option.is_flag or not option.show_default else str(option.default)
        )
        rows.append([" ".join(map(code, option.opts)), code(shown), option.help, code(default)])
    if rows:
        parts.append(table(["option", "takes", "does", "default"], rows))
    if command.epilog:
        parts.append(command.epilog.replace("Example: ", "Example: `", 1) + "`")
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            parts += _command(below, f"{path} {name}", level + 1)
    return parts


def settings() -> str:
    """Write the page of `regesta.toml` and `sources.toml`."""
    import regesta.project.settings as home
    from regesta.model import document
    from regesta.project.sources import TEXT_KEYS

    said = fields(home, "Project")
    said["decisions"] = f"A table. {said['database']}"
    known = fields(document, "Source")
    return "\n\n".join(
        [
            "# Settings",
            "Every key may be left out. [Projects](../guide/projects.md) shows both files; a policy has [a page of its own](policy.md).",
            "## regesta.toml",
            table(
                ["key", "means"],
                [[code(key), said.get(key) or "What the register is called."] for key in sorted(home.KEYS)],
            ),
            "## sources.toml",
            "A table a file, named by its path.",
            table(
                ["key", "means"],
                [
                    *(
                        [code(key), known.get(key) or "See [projects](../guide/projects.md)."]
                        for key in TEXT_KEYS
                    ),
                    [
                        code("columns"),
                        f"Of a table: what its columns mean: `name`, `period`, `value`, `ignore`, or a [predicate](predicates.md). {known.get('columns', '')}",
                    ],
                    [
                        code("fetched"),
                        "Where the file was fetched; `regesta add` writes and reads it, builds do not.",
                    ],
                ],
            ),
        ]
    )


def predicates() -> str:
    """Write the page of the vocabulary: what can be said of what."""
    from regesta.vocab import kinds
    from regesta.vocab import predicates as all_predicates

    rows = [
        [
            code(p.name),
            p.description,
            ", ".join(p.values),
            ", ".join(p.subjects) or "anything",
            p.holds,
            p.compatible,
            p.sensitive,
        ]
        for p in all_predicates().values()
    ]
    return "\n\n".join(
        [
            "# Predicates and kinds",
            "A claim says one predicate of one subject. `single` has one true value at a time; *agree* tells when two values do not contradict each other.",
            "## Predicates",
            table(["predicate", "says", "value", "of", "holds", "agree", "sensitive"], rows),
            "## Kinds of entity",
            table(["kind", "is"], [[code(k.name), k.description] for k in kinds().values()]),
        ]
    )


def rules() -> str:
    """Write the page of the rules of extraction."""
    from regesta.extraction.rules import RULES

    text = files("regesta.extraction").joinpath("confidence.toml").read_text("utf-8")
    counts: Mapping[str, Mapping[str, int]] = tomllib.loads(text)["rules"]
    rows = []
    for rule in RULES:
        count = counts.get(rule.__name__)
        share = (
            f"{count['right'] / count['judged']:.2f} ({count['right']} of {count['judged']})"
            if count
            else "not measured"
        )
        rows.append([code(rule.__name__), told(rule).split("\n\n")[0], share])
    return "\n\n".join(
        [
            "# Rules of extraction",
            "In the order in which they run. The column `method` of a claim names its rule. *Right* is how often its claims were right on the open documents of the project's own corpus; what is unlike them may fare worse.",
            table(["rule", "does", "right"], rows),
        ]
    )


def checks() -> str:
    """Write the page of the checks."""
    from regesta.criticism import CHECKS

    parts = [
        "# Checks",
        "What looks for findings, by code: `regesta check --code F008`. The kinds of finding are [told here](kinds.md); [findings](../guide/findings.md) explains how to read them.",
    ]
    rows = [
        [code(name), f"[{told(check).split(chr(10) * 2)[0]}](#{name.lower()})"]
        for name, check in CHECKS.items()
    ]
    parts.append(table(["code", "does"], rows))
    for name, check in CHECKS.items():
        parts += [f"## {name}", told(check)]
    return "\n\n".join(parts)


def kinds() -> str:
    """Write the page of the kinds of finding and of decision."""
    from regesta.criticism import CHECKS
    from regesta.model import decision, finding

    source = "\n".join(
        inspect.getsource(importlib.import_module(check.__module__)) for check in CHECKS.values()
    )
    made: dict[str, set[str]] = {}
    for number, kind in re.findall(r'"(F\d{3})",\s*(?:kind=)?"([a-z-]+)"', source):
        made.setdefault(kind, set()).add(number)
    rows = [
        [code(kind), ", ".join(f"[{name}](checks.md#{name.lower()})" for name in sorted(made.get(kind, ())))]
        for kind in get_args(finding.FindingKind)
    ]
    targets = [
        [code(kind), low if low == high else f"{low} to {high}"]
        for kind, (low, high) in decision.KINDS.items()
    ]
    return "\n\n".join(
        [
            "# Kinds of finding and of decision",
            "## Findings",
            f"A finding has a severity ({', '.join(map(code, get_args(finding.Severity)))}) and a status ({', '.join(map(code, get_args(finding.Status)))}).",
            table(["kind", "checks that make it"], rows),
            "## Decisions",
            f"What each means is told in [decisions](../guide/decisions.md). In a build a decision is one of: {', '.join(map(code, get_args(decision.Status)))}.",
            table(["kind", "targets"], targets),
        ]
    )


def policy() -> str:
    """Write the page of the policy that ships."""
    from regesta.protection import describe, read_policy

    return f"# The policy that ships\n\nWhat an edition shows of whom, where a project has no `policy.toml`. [Protection](../guide/protection.md) explains it.\n\n{describe(read_policy(None))}"


def schema() -> str:
    """Write the page of the tables of a chronicle."""
    import duckdb

    parts = [
        "# Schema of the chronicle",
        "A DuckDB file; the same comments stand in every chronicle. [The chronicle](../guide/chronicle.md) shows how to ask it.",
    ]
    with duckdb.connect() as connection:
        connection.execute(files("regesta.chronicle").joinpath("schema.sql").read_text("utf-8"))
        for name, comment in connection.sql(
            "select table_name, comment from duckdb_tables() order by table_oid"
        ).fetchall():
            asked = "select column_name, data_type, is_nullable, comment from duckdb_columns() where table_name = ? order by column_index"
            columns = connection.execute(asked, [name]).fetchall()
            rows = [
                [code(column), kind.lower() + (", or null" if may_be_null else ""), says]
                for column, kind, may_be_null, says in columns
            ]
            parts += [f"## {name}", f"{comment}.", table(["column", "type", "means"], rows)]
    return "\n\n".join(parts)


def formats() -> str:
    """Write the page of what is read and what is written."""
    from regesta.export import FORMATS
    from regesta.reading import READERS

    return "\n\n".join(
        [
            "# Formats",
            "## Read",
            "Archives, dumps and mailboxes that hold such files are opened too: [archives](../guide/archives.md).",
            table(["format", "endings"], [[code(r.name), " ".join(map(code, r.suffixes))] for r in READERS]),
            "## Written",
            "`regesta export --format NAME -o FOLDER`. [Exports](../guide/exports.md) says what stands in each.",
            table(["name", "is"], [[code(f.name), f.says] for f in FORMATS.values()]),
        ]
    )


def packs() -> str:
    """Write the page of the sections of a lexicon pack."""
    from regesta.vocab import lexicon, pack

    home = importlib.import_module("regesta.vocab.lexicon")
    said = fields(home, "Lexicon")
    sets = [[code(name), said.get(name, "")] for name in sorted(pack.SETS)]
    tables = [
        [code(f"[{name}]"), said.get(name, ""), ", ".join(map(code, sorted(allowed))) if allowed else "any"]
        for name, allowed in pack.CLASSES.items()
    ]
    counted = lexicon(())
    return "\n\n".join(
        [
            "# Sections of a lexicon pack",
            f"Words that extraction looks things up in; the shipped packs have {len(counted.roles):,} roles, for one. [My own words](../howto/my-own-words.md) shows how to add some.",
            "## Lists of words",
            table(["section", "holds"], sets),
            "## Words in classes",
            table(["section", "holds", "classes"], tables),
            "## Relatives",
            "`[kin]` has `rows`: names by comma, then the inverse, then the gender: `son | parent | male`. `[without]` takes words out of a section; `replace = true` at the top of a file puts its sections in the place of those that ship.",
        ]
    )


def api() -> str:
    """Write the page of the API over HTTP."""
    from regesta.web.api.openapi import document

    made = document()
    parts = [
        "# The API over HTTP",
        f"Below `{made['servers'][0]['url']}`; a server tells the same as OpenAPI {made['openapi']} at `/api/v1/openapi.json`. [The API](../guide/api.md) explains it.",
    ]
    for path, methods in made["paths"].items():
        for method, does in methods.items():
            parts += [f"## {method.upper()} {path}", does.get("summary", "")]
            rows = [
                [code(p["name"]), p.get("description", ""), "yes" if p.get("required") else ""]
                for p in does.get("parameters", ())
            ]
            if rows:
                parts.append(table(["parameter", "means", "needed"], rows))
    parts.append("## What comes back")
    for name, shape in made["components"]["schemas"].items():
        if not name.startswith("Listing_") and "properties" in shape:
            rows = [[code(key), says.get("description", "")] for key, says in shape["properties"].items()]
            parts += [f"### {name}", shape.get("description", ""), table(["key", "means"], rows)]
    return "\n\n".join(parts)


PYTHON = (
    "regesta", "regesta.model", "regesta.errors", "regesta.names", "regesta.dates", "regesta.places", "regesta.sharing",
    "regesta.decisions", "regesta.protection", "regesta.drawing",
)  # fmt: skip
"""Modules whose public names are told."""


def python() -> str:
    """Write the page of the interface in Python."""
    parts = [
        "# In Python",
        "What may be imported, with what its docstrings say. The examples run in the tests.",
    ]
    for name in PYTHON:
        module = importlib.import_module(name)
        parts.append(f"## {name}")
        parts.append(told(module).split("\n\n", maxsplit=1)[0])
        for public in module.__all__:
            thing = getattr(module, public)
            if isinstance(thing, ModuleType) or not (inspect.isclass(thing) or inspect.isfunction(thing)):
                continue
            parts += _thing(thing, f"{name}.{public}")
    return "\n\n".join(part for part in parts if part)


def _thing(thing: Any, name: str) -> list[str]:
    parts = [f"### {name}"]
    if inspect.isfunction(thing):
        return [*parts, f"```python\n{name.rpartition('.')[2]}{inspect.signature(thing)}\n```", told(thing)]
    home = inspect.getmodule(thing)
    doc = told(thing)
    parts.append("" if doc.startswith(f"{thing.__name__}(") else doc)
    if dataclasses.is_dataclass(thing) and home is not None:
        said = fields(home, thing.__name__)
        parts.append(
            table(
                ["field", "type", "means"],
                [[code(f.name), code(f.type), said.get(f.name, "")] for f in dataclasses.fields(thing)],
            )
        )
    for method, what in vars(thing).items():
        if inspect.isfunction(what) and not method.startswith("_"):
            parts += [
                f"#### {thing.__name__}.{method}",
                f"```python\n{method}{inspect.signature(what)}\n```",
                told(what),
            ]
    return parts


PAGES: dict[str, Callable[[], str]] = {
    "commands": commands,
    "settings": settings,
    "predicates": predicates,
    "rules": rules,
    "checks": checks,
    "kinds": kinds,
    "policy": policy,
    "schema": schema,
    "formats": formats,
    "packs": packs,
    "api": api,
    "python": python,
}
"""Name of a page -> what makes it."""


def write(folder: Path) -> None:
    """Write all pages to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in PAGES.items():
        (folder / f"{name}.md").write_text(f"{made()}\n", "utf-8")
