"""Move the fragments of this folder into CHANGELOG.md, under the present version: `make changelog`.

cache.added.md, dates.fixed.md ──► ## 0.1.0 / ### Added / - ... / ### Fixed / - ...
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from regesta.version import __version__

HERE = Path(__file__).parent
CHANGELOG = HERE.parents[1] / "CHANGELOG.md"
KINDS = ("added", "changed", "fixed", "removed")
MARK = "<!-- gathered below -->\n"


def main() -> int:
    """Gather and return the exit status: 1 where a fragment is of no known kind."""
    fragments = sorted(path for path in HERE.glob("*.md") if path.name != "README.md")
    odd = [path.name for path in fragments if path.suffixes[0].lstrip(".") not in KINDS]
    if odd:
        print(f"not NAME.KIND.md with a kind of {', '.join(KINDS)}: {', '.join(odd)}", file=sys.stderr)
        return 1
    if not fragments:
        return 0
    lines = [f"\n## {__version__}, {dt.datetime.now(dt.UTC).date().isoformat()}\n"]
    for kind in KINDS:
        told = [path.read_text("utf-8").strip() for path in fragments if path.suffixes[0] == f".{kind}"]
        if told:
            lines += [f"\n### {kind.capitalize()}\n", *(f"- {' '.join(text.split())}\n" for text in told)]
    before, mark, after = CHANGELOG.read_text("utf-8").partition(MARK)
    CHANGELOG.write_text(before + mark + "".join(lines) + after, "utf-8")
    for path in fragments:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
