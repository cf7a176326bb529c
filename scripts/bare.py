# ruff: noqa: D103, INP001, T201 - a script
"""Ask a bare regesta for what needs an extra: each time one line that names the extra, and exit status 1 or 2.

build/bare/bin/python scripts/bare.py          in an environment without extras, as `make check` makes one
.venv/bin/python scripts/bare.py --hidden      in any, the packages of the extras hidden
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path

HIDDEN = (
    *("pypdfium2", "python_calamine", "xlsxwriter", "fastwarc", "zstandard", "resvg_py", "httptools", "jinja2", "starlette"),
    *("pyspark", "pyarrow", "pandas", "splink", "uvicorn", "argon2", "psycopg"),
)  # fmt: skip
XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
CASES = {
    "build a.pdf -o c1.duckdb": "pdf",
    "build a.xls -o c2.duckdb": "office",
    "build a.warc -o c3.duckdb": "warc",
    "build a.txt.zst -o c4.duckdb": "warc",
    "build a.txt -o c5.duckdb --engine spark": "spark",
    "export c.duckdb --format xlsx -o x": "office",
    "serve c.duckdb": "web",
    "publish c.duckdb -o site --contact a@b.example": "web",
    "decide list --decisions postgresql:///register": "postgres",
    "reviewers list --decisions postgresql:///register": "postgres",
    "read a.pdf": "pdf",
    "read a.xls": "office",
}
"""Commands, and the extra that each needs."""


def main() -> int:
    if "--hidden" in sys.argv:
        sys.modules.update(dict.fromkeys(HIDDEN))  # type: ignore[arg-type]
    from regesta.cli import main as regesta

    n_wrong = 0
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        os.environ["XDG_CACHE_HOME"] = folder
        for name, data in (("a.pdf", b"%PDF-1.7\n"), ("a.xls", XLS), ("a.warc", b"WARC/1.0\r\n\r\n\r\n"), ("a.txt.zst", b"\x28\xb5\x2f\xfd"), ("a.txt", b"Kim fled to Austria in 1990.")):  # fmt: skip
            Path(name).write_bytes(data)
        asked = {"build a.txt -o c.duckdb": None, **CASES}
        for command, extra in asked.items():
            told = io.StringIO()
            with contextlib.redirect_stderr(told), contextlib.redirect_stdout(io.StringIO()):
                status = regesta(command.split())
            lines = [line for line in told.getvalue().splitlines() if line.startswith("regesta: ")]
            lines = [line for line in lines if "no contact" not in line]
            is_well = (status, lines) == (0, []) if extra is None else status in (1, 2) and len(lines) == 1 and f"regesta[{extra}]" in lines[0]  # fmt: skip
            n_wrong += not is_well
            if not is_well:
                print(
                    f"regesta {command}: status {status}, {told.getvalue()!r}; wanted one line with regesta[{extra}]"
                )
    print(f"{len(CASES)} commands without their extras: {n_wrong} not told as they should be")
    return 1 if n_wrong else 0


if __name__ == "__main__":
    sys.exit(main())
