"""`regesta doctor`."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
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
    "uvicorn": ("web", "the pages of regesta serve"),
}
"""Packages that may be left out: the extra that brings each, and what is not read without it."""

PROGRAMS = {
    "java": ("apt install openjdk-17-jre-headless", "build on a cluster (--engine spark)"),
    "tesseract": (
        "apt install tesseract-ocr tesseract-ocr-eng, or brew install tesseract",
        "pictures of pages (--ocr)",
    )
}
"""Programs that may be left out: how to get each, and what is not read without it."""


@click.command(epilog="Example: regesta doctor --json")
@JSON
def doctor(*, as_json: bool) -> int:
    """Show versions, folders and what is missing.

    It says how to get what is missing. Exit status 1 where something that is needed is; what is optional is only named.
    """
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
    if as_json:
        facts |= {"needs": found, "extras": extras, "programs": programs}
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return 0 if all(found.values()) else 1
    for name, value in facts.items():
        click.echo(f"{name:17} {value or 'none here'}")
    for name, installed in found.items():
        click.echo(f"{name:17} {installed or f'missing: pip install {name}'}")
    for name, installed in extras.items():
        extra, what = EXTRAS[name]
        lacking = f"not installed, so no {what}; pip install 'regesta[{extra}]'"
        click.echo(f"{name:17} {installed or lacking}")
    for name, installed in programs.items():
        how, what = PROGRAMS[name]
        click.echo(f"{name:17} {installed or f'not installed, so no {what}; {how}'}")
    return 0 if all(found.values()) else 1


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _program(name: str) -> str | None:
    """Return the version of a program with the languages that it knows, None where there is none."""
    path = shutil.which(name)
    if path is None:
        return None
    told = _asked(path, "--version").split("\n")[0].strip() or path
    listed = _asked(path, "--list-langs") if name == "tesseract" else ""
    languages = [line for line in listed.split("\n")[1:] if line.strip()]
    return f"{told.removeprefix(name).strip()} ({', '.join(languages)})" if languages else told


def _asked(path: str, option: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the program that the person installed, with a fixed option
            [path, option], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    return done.stdout or done.stderr
