"""Make the site of the documentation: build/site, which opens from a file and asks nobody for anything.

    docs/*.md, CONTRIBUTING.md, CHANGELOG.md ─┐
    reference.py: pages made by machine ──────┴──► build/pages ── Sphinx ──► build/site

What stands on the left of every page is read off the lists of `docs/index.md`. Any warning is an error: a link that
leads nowhere, a page that is not there. Nothing of this is needed to run regesta.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
import reference  # noqa: E402 - beside this file

LEFT_OUT = shutil.ignore_patterns(
    "site", "__pycache__", "*.py", "*.added.md", "*.changed.md", "*.fixed.md", "*.removed.md"
)
FROM_ROOT = ("CONTRIBUTING.md", "CHANGELOG.md")


def gather(pages: Path) -> None:
    """Put everything that becomes a page into a folder of its own."""
    shutil.rmtree(pages, ignore_errors=True)
    shutil.copytree(ROOT / "docs", pages, ignore=LEFT_OUT)
    reference.write(pages / "reference")
    for name in FROM_ROOT:
        text = (ROOT / name).read_text("utf-8").replace("](docs/changes)", "](docs/changes/README.md)")
        (pages / name).write_text(text.replace("](docs/", "]("), "utf-8")
    made = pages / "reference" / "README.md"
    made.write_text(re.sub(r"(?m)^\| `(\w+)` \|", r"| [\1](\1.md) |", made.read_text("utf-8")), "utf-8")
    index = pages / "index.md"
    index.write_text(with_contents(index.read_text("utf-8").replace("](../", "](")), "utf-8")


def with_contents(index: str) -> str:
    """Return the front page with the contents that its own lists make: a section is a part, a link a page."""
    parts = []
    for section in index.split("\n## ")[1:]:
        caption, _, rest = section.partition("\n")
        links = list(dict.fromkeys(re.findall(r"\]\(([\w/.-]+)\.md\)", rest)))
        if "reference/README" in links:
            links += [f"reference/{name}" for name in reference.PAGES]
        parts.append("\n".join(["```{toctree}", ":hidden:", f":caption: {caption}", "", *links, "```"]))
    return f"{index}\n" + "\n\n".join(parts) + "\n"


def make(build: Path) -> int:
    """Make the site below a folder and return the exit status."""
    from sphinx.cmd.build import build_main

    gather(build / "pages")
    shutil.rmtree(build / "site", ignore_errors=True)
    status = build_main(
        [
            "-q",
            "-W",
            "--keep-going",
            "-c",
            str(HERE),
            "-d",
            str(build / "kept"),
            str(build / "pages"),
            str(build / "site"),
        ]
    )
    return int(status)


if __name__ == "__main__":
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build"
    failed = make(into)
    if not failed:
        print(f"{into / 'site' / 'index.html'} made")
    sys.exit(failed)
