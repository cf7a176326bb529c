"""Measure the checks on a small chronicle and on a large one: `python bench/criticism.py CHRONICLE [--claims N] [--checks]`.

    CHRONICLE ──► all checks                          CPU seconds, questions, findings
    CHRONICLE, copied until it has N claims ──► same  and the largest memory of the process
    a plain scan of the same claims and passages      what reading the tables costs by itself

The copies have other ids but the same words, in another file. What every process pays once, such as the import of libraries, is
paid before the clock starts. Each of the two runs in a process of its own. It is not run by the tests: it measures time.
"""

from __future__ import annotations

import argparse
import contextlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from regesta.chronicle import engine
from regesta.criticism import CHECKS, View

KEYS = {
    "sources": ("name", "family"), "texts": ("source",), "blocks": ("source",), "runs": ("source",), "citations": ("id", "source"),
    "citation_marks": ("source", "citation"), "entities": ("id",), "referents": ("key", "entity", "source", "fingerprint"),
    "mentions": ("referent", "entity", "source"), "claim_evidence": ("claim", "source"), "claim_citations": ("claim", "citation"),
    "claims": ("id", "source", "subject", "referent", "value_entity", "fingerprint"), "claim_support": ("claim", "statement"),
    "observations": ("series", "source", "claim"), "rejections": ("source",), "coverage": ("source",),
    "links": ("left_referent", "right_referent"), "shared_passages": ("family", "a_source", "b_source"),
    "origins": ("source", "origin"), "identities": ("id", "anchor", "redirect"),
}  # fmt: skip
"""Columns that name something of the same copy."""

SCAN = """
select count(*), sum(hash(c.subject, c.predicate, c.value_text, c.value_edtf, c.earliest, e.quote, e.start_char))
from claims c join claim_evidence e on e.claim = c.id
"""


class Counting(View):
    """A view that counts what it is asked."""

    asked = 0

    def rows(
        self,
        query: str,
        parameters: Sequence[object] = (),
        *,
        needs: Mapping[str, int] = MappingProxyType({}),
    ) -> list[tuple[object, ...]]:
        """Count a question and answer it."""
        if needs and not self.holds(needs):
            return []
        self.asked += 1
        return super().rows(query, parameters)


def main() -> None:
    """Read the arguments and print both measures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("chronicle", type=Path)
    parser.add_argument("--claims", type=int, default=1_000_000, help="claims of the large one; 0 for none")
    parser.add_argument("--checks", action="store_true", help="tell the seconds of each check")
    parser.add_argument(
        "--memory", default="200MB", help="what DuckDB may use; as in a build unless told otherwise"
    )
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        measure(asked.chronicle, asked.memory, each=asked.checks)
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = [asked.chronicle]
        if asked.claims:
            paths.append(copied(asked.chronicle, Path(folder) / "large.duckdb", asked.claims))
        for path in paths:
            more = ["--checks"] if asked.checks else []
            order = [sys.executable, __file__, str(path), "--alone", "--memory", asked.memory, *more]
            subprocess.run(order, check=True)


def copied(path: Path, target: Path, n_claims: int) -> Path:
    """Write a chronicle in which all rows of another stand as often as it takes."""
    with engine.connect(str(target)) as connection:
        connection.execute(f"attach '{path}' as small (read_only)")
        (n,) = connection.execute("select count(*) from small.claims").fetchone() or (0,)
        times = -(-n_claims // max(1, n))
        query = "select table_name, list(column_name order by column_index) from duckdb_columns() where database_name = 'small' group by 1"
        for table, columns in connection.execute(query).fetchall():
            keys = KEYS.get(table, ())
            shown = ", ".join(f"{c} || '-' || k as {c}" if c in keys else c for c in columns)
            n_copies = times if keys else 1
            made = f"select {shown} from small.{table}, range({n_copies}) r(k)"  # noqa: S608 - names of the tables themselves
            connection.execute(f"create table {table} as {made}")
    return target


def measure(path: Path, memory: str, *, each: bool) -> None:
    """Print what the checks of one chronicle take, and a scan of it."""
    import numpy as np  # noqa: F401 - imported before the clock starts

    from regesta.criticism.planning import briefly_planned
    from regesta.dates import find_dates
    from regesta.sharing import variants

    list(find_dates("in May 1999"))
    list(variants("a b c", "a d c"))
    with engine.connect(
        str(path), read_only=True, config={"threads": 1, "memory_limit": memory}
    ) as connection:
        begin = time.process_time()
        (n, _) = connection.execute(SCAN).fetchone() or (0, 0)
        scan = time.process_time() - begin
        view, found, spent, most = Counting(connection), 0, [], _peak()
        begin = time.process_time()
        with briefly_planned(connection, is_small=view.is_small()):
            for code, check in CHECKS.items():
                start, asked, before = time.process_time(), view.asked, found
                _forget_peak()
                found += sum(1 for _ in check(view))
                told = time.process_time() - start, code, check.__name__
                spent.append((*told, _peak(), view.asked - asked, found - before))
                most = max(most, spent[-1][3])
        cpu = time.process_time() - begin
    print(f"{n:,} passages of claims: {len(CHECKS)} checks {cpu:.2f} s of CPU, {view.asked:,} questions, {found:,} findings, {most:,} MB; a scan {scan:.3f} s")  # fmt: skip
    for seconds, code, name, megabytes, questions, n in sorted(spent, reverse=True) if each else ():
        print(f"  {seconds:8.3f} s {megabytes:6,} MB  {code}  {name}: {questions} questions, {n} findings")


def _forget_peak() -> None:
    """Let Linux count the largest memory anew, where there is Linux."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    """Return the most megabytes held since that."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
