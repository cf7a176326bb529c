"""`regesta doctor`."""

from __future__ import annotations

import contextlib
import json
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click

from regesta.cli.arguments import JSON
from regesta.project import cache_folder, find_project
from regesta.version import __version__

__all__ = ["EXTRAS", "NEEDED", "PROGRAMS", "doctor"]

NEEDED = (
    *("anyascii", "chardet", "click", "duckdb", "lxml", "markdown-it-py", "msgspec"),
    *("mwparserfromhell", "numpy", "protego", "rapidfuzz"),
)
"""What regesta cannot do without."""

EXTRAS = {
    "pypdfium2": ("pdf", "PDF"),
    "python-calamine": ("office", "old workbooks, .xls"),
    "xlsxwriter": ("office", "the export xlsx"),
    "fastwarc": ("warc", "web archives, .warc"),
    "zstandard": ("warc", "files packed with zstd, .zst"),
    "resvg-py": ("png", "pictures of charts as PNG"),
    "httptools": ("web", "the pages of regesta serve"),
    "jinja2": ("web", "the pages of regesta serve"),
    "starlette": ("web", "the pages of regesta serve"),
    "pyspark": ("spark", "build on a cluster, --engine spark"),
    "pyarrow": ("spark", "build on a cluster, --engine spark"),
    "pandas": ("spark", "build on a cluster, --engine spark"),
    "splink": ("spark", "build on a cluster, --engine spark"),
    "uvicorn": ("web", "the pages of regesta serve"),
    "argon2-cffi": ("postgres", "a team in a database"),
    "psycopg[binary]": ("postgres", "decisions in a database"),
}
"""Packages that may be left out: the extra that brings each, and what is not read without it."""

PROGRAMS = {
    "java": ("apt install openjdk-17-jre-headless", "build on a cluster (--engine spark)"),
    "tesseract": (
        "apt install tesseract-ocr tesseract-ocr-eng, or brew install tesseract",
        "pictures of pages (--ocr)",
    ),
    "postgres": (
        "apt install postgresql; one on another machine does as well",
        "decisions in a database of this machine",
    ),
}
"""Programs that may be left out: how to get each, and what is not read without it."""

_JAVA = 17
"""The oldest Java that Spark 4 runs on."""


@click.command(epilog="Example: regesta doctor --json")
@JSON
def doctor(*, as_json: bool) -> int:
    """Show versions, folders and what is missing.

    It says how to get what is missing, whether the disk is encrypted and who may read the project. Exit status 1 where something
    that is needed is missing, or where others may read the key; what is optional is only named.
    """
    from regesta.cli.disk import encryption_of, free_of, open_to_others
    from regesta.protection.key import key_path

    found = {name: _version(name) for name in NEEDED}
    extras = {name: _version(name) for name in EXTRAS}
    programs = {name: _program(name) for name in PROGRAMS}
    project = find_project()
    facts: dict[str, Any] = {
        "regesta": __version__,
        "python": f"{platform.python_version()} ({sys.executable})",
        "system": platform.platform(terse=True),
        "project": str(project.root) if project.is_real else None,
        "cache": str(cache_folder()),
    }
    key = key_path(project.root if project.is_real else None)
    encryption = encryption_of(project.root)
    others = open_to_others(project, key)
    free = {
        str(folder): free_of(folder) for folder in (project.root, cache_folder(), Path(tempfile.gettempdir()))
    }
    is_well = all(found.values()) and key not in (others or ())
    search, fonts = _search(), _fonts()
    if as_json:
        facts |= {
            "needs": found,
            "extras": extras,
            "programs": programs,
            "sqlite": search,
            "fonts": fonts,
            "free_bytes": free,
            "encryption": encryption._asdict(),
            "open_to_others": None if others is None else [str(path) for path in others],
        }
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return 0 if is_well else 1
    for name, value in facts.items():
        click.echo(f"{name:17} {value or 'none here'}")
    for name, installed in found.items():
        click.echo(f"{name:17} {installed or f'missing: pip install {name}'}")
    for name, installed in extras.items():
        extra, what = EXTRAS[name]
        lacking = f"not installed; needed for {what}; pip install 'regesta[{extra}]'"
        click.echo(f"{name:17} {installed or lacking}")
    for name, installed in programs.items():
        how, what = PROGRAMS[name]
        click.echo(f"{name:17} {installed or f'not installed; needed for {what}; {how}'}")
    click.echo(
        f"{'sqlite':17} {search or 'without FTS5, so no search on the pages; take a Python that has it'}"
    )
    click.echo(f"{'fonts':17} {fonts or 'cannot tell; PNG takes those of the machine'}")
    for where, n_bytes in free.items():
        click.echo(
            f"{'free disk':17} {'cannot tell' if n_bytes is None else f'{n_bytes / 1e9:.1f} GB'} for {where}"
        )
    click.echo(f"{'disk encryption':17} {encryption.verdict}: {encryption.how}")
    if others is None:
        click.echo(f"{'rights':17} cannot tell who else may read the project")
    for path in others or ():
        click.echo(
            f"{'rights':17} anybody on this machine may read {path}; close it with: chmod -R o-rwx {path}"
        )
    if others == [] and project.is_real:
        click.echo(f"{'rights':17} nobody else on this machine may read the project")
    return 0 if is_well else 1


def _search() -> str | None:
    """Return the version of SQLite, None where it has no search."""
    import sqlite3

    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        options = {name for (name,) in connection.execute("pragma compile_options")}
    return f"{sqlite3.sqlite_version}, with FTS5" if "ENABLE_FTS5" in options else None


def _fonts() -> str | None:
    """Return what fontconfig knows, None where it is not there: PNG of drawings shows words with the fonts of the machine."""
    path = shutil.which("fc-list")
    if path is None:
        return None
    families, hangul = (
        len(set(_asked(path, *more).splitlines())) for more in ((":", "family"), (":lang=ko", "family"))
    )
    if not families:
        return "none, so no words in PNG; apt install fonts-dejavu-core fonts-noto-cjk"
    lacking = "none with Hangul, so empty boxes in PNG; apt install fonts-noto-cjk"
    return f"{families} families, {f'{hangul} with Hangul' if hangul else lacking}"


def _version(name: str) -> str | None:
    try:
        return version(name.partition("[")[0])
    except PackageNotFoundError:
        return None


def _program(name: str) -> str | None:
    """Return the version of a program with the languages that it knows, None where there is none."""
    path = shutil.which(name) or (_newest(Path("/usr/lib/postgresql")) if name == "postgres" else None)
    if path is None:
        return None
    told = _asked(path, "--version").split("\n")[0].strip() or path
    listed = _asked(path, "--list-langs") if name == "tesseract" else ""
    languages = [line for line in listed.split("\n")[1:] if line.strip()]
    if name == "java" and ((number := re.search(r"\d+", told)) is None or int(number[0]) < _JAVA):
        return f"{told}: too old, Spark wants {_JAVA} or newer; {PROGRAMS[name][0]}"
    return f"{told.removeprefix(name).strip()} ({', '.join(languages)})" if languages else told


def _newest(folder: Path) -> str | None:
    """Return the newest server that Debian has put where no shell looks for it."""
    found = sorted(folder.glob("*/bin/postgres"), key=lambda path: (len(path.parts[-3]), path.parts[-3]))
    return str(found[-1]) if found else None


def _asked(path: str, *options: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the program that the person installed, with fixed options
            [path, *options], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    return done.stdout or done.stderr
