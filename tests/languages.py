"""Golden files of texts in several languages: a section a language, a text a case, what is found a line each."""

from __future__ import annotations

from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def cases_of(name: str) -> list[tuple[str, str, list[str]]]:
    """Return (language, text, expected) of a golden file."""
    cases, section = [], ""
    for part in (GOLDEN / name).read_text(encoding="utf-8").split("\n\n"):
        lines = part.strip("\n").split("\n")
        if lines[0].startswith("## "):
            section = lines[0][3:]
        elif lines[0].startswith("> "):
            cases.append((section, lines[0][2:], lines[1:]))
    return cases
