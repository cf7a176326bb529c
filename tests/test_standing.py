"""Rows that stay: whatever comes, goes or changes, the tables are those of a build from the beginning, source by source."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from regesta.chronicle import engine
from regesta.chronicle.staying import BY_SOURCE
from regesta.decisions import append, make
from regesta.pipeline import Built, keeping, rebuild

NAMES = ("Marta Ilves", "Jonas Reke", "Ada Brook", "Emil Voss")
CITED = "Brook, Ada. ''The boats of Hull''. Leith, 1931. Retrieved 3 May 1932."


def _paper(number: int, variant: int = 0) -> str:
    """Return a paper that tells of two of a few people, with routes, kin, series and what it cites."""
    rng = random.Random(f"{number} {variant}")  # noqa: S311 - nothing is kept secret
    one, other = rng.sample(NAMES, 2)
    year = rng.randrange(1921, 1925)
    return "\n\n".join(
        (
            f"== Notes of the harbour, no. {number} ==",
            f"{one} (born {year - 30}), a weaver, fled from Riga by way of Turku to Hull on {rng.randrange(1, 28)} May {year} with her brother {other}.",
            f"{other} wrote about the boats of Hull and died in {year + 40}.<ref>{CITED}</ref>",
            f"* {year}: {rng.randrange(20, 90)} people came\n* {year + 1}: {rng.randrange(20, 90)} people came",
            f"The harbour office of no. {number // 2} kept a list of the boats in a careful hand, and left it there as if it were nothing.",
        )
    )


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Built]:
    """Build what lies in `in`, and hold the chronicle against one from the beginning."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    monkeypatch.setattr(keeping, "WORTH", 0)
    Path("in").mkdir()
    for number in range(6):
        put(number)

    def builds(**ways: Any) -> Built:
        again = rebuild(["in"], output="again.duckdb", **ways)
        Path("fresh.duckdb").unlink(missing_ok=True)  # where there is none before, nothing stays
        fresh = rebuild(["in"], output="fresh.duckdb", **ways)
        assert again.counts == fresh.counts
        assert tables("again.duckdb") == tables("fresh.duckdb")
        return again

    builds()
    return builds


def put(number: int, variant: int = 0) -> None:
    Path(f"in/{number:02}.wiki").write_text(_paper(number, variant))


def tables(path: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each table, those of sources in the order of these: in the file what came later stands behind."""
    with engine.connect(path, read_only=True) as connection:
        names = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        order = {name: f"order by {'name' if name == 'sources' else 'source'}, rowid" for name in BY_SOURCE}
        order |= {"claim_citations": "order by all", "claim_support": "order by all"}
        return {name: connection.execute(f"from {name} {order.get(name, '')}").fetchall() for name in names}


def forget(kept: Path, *, but: int) -> None:
    """Remove what is kept of each source, but for those entries that are kept of all."""
    entries = [path for path in kept.rglob("*") if path.is_file()]
    whole = [path for path in entries if path.read_bytes()[:8] == bytes([255] * 8)]
    assert len(whole) == but
    for path in entries:
        if path not in whole:
            path.unlink()


@pytest.mark.usefixtures("build")
def test_nothing_is_read_of_what_stays(tmp_path: Path) -> None:
    forget(tmp_path / "kept", but=4)
    assert rebuild(["in"], output="again.duckdb").n_cached == 6
    assert tables("again.duckdb") == tables("fresh.duckdb")


def test_sources_come_go_change_and_are_copied(build: Callable[..., Built]) -> None:
    for _ in turns():
        build()


def turns() -> Iterator[None]:
    """Change what is built, and yield after each turn."""
    put(3, 1)
    put(0, 2)
    put(9)
    yield
    Path("in/05 copy.wiki").write_text(_paper(4))
    Path("in/01.wiki").unlink()
    yield
    Path("in/02 copy.wiki").write_text(_paper(4))  # before the one that stays
    yield
    Path("in/02 copy.wiki").unlink()
    Path("in/04.wiki").unlink()
    yield
    Path("in/a.jpg").write_bytes(b"no source")
    Path("in/00.wiki").rename("in/99.wiki")
    yield


def test_one_who_is_told_of_by_few_becomes_another_where_they_are_one(build: Callable[..., Built]) -> None:
    Path("in/zz.wiki").write_text("Ida Lind, a nurse born on 3 May 1901, arrived in Hull on 4 June 1924.\n")
    build()
    Path("in/aa.wiki").write_text("Ida Lind (born 3 May 1901), a nurse, arrived in Hull on 4 June 1924.\n")
    build()  # whose first mention now stands in another source, and with it her id
    found = {row[1] for row in tables("again.duckdb")["referents"] if row[4] == "Ida Lind"}
    assert len(found) == 1


def test_what_is_kept_may_be_gone_or_spoilt_or_of_another_chronicle(
    build: Callable[..., Built], tmp_path: Path
) -> None:
    put(7)
    Path("in/00.wiki").rename("in/0a.wiki")  # its people are named first elsewhere
    forget(tmp_path / "kept", but=4)
    build()
    Path("other").mkdir()
    Path("other/03.wiki").write_text(_paper(3, 3))
    rebuild(["other"], output="again.duckdb", cache=False)
    build()
    for path in (path for path in (tmp_path / "kept").rglob("*") if path.is_file()):
        data = path.read_bytes()
        if data[:8] == bytes([255] * 8):
            path.write_bytes(data[: len(data) // 2] + b"?" + data[len(data) // 2 + 1 :])
    build()
    Path("again.duckdb").unlink()
    build()


def test_decisions_come_and_are_undone(build: Callable[..., Built], tmp_path: Path) -> None:
    claims, referents = (tables("again.duckdb")[name] for name in ("claims", "referents"))
    claim, (one, other) = claims[0][-2], [row[-1] for row in referents if row[3] == "person"][:2]
    log = tmp_path / "decisions.jsonl"
    for kind, targets in (("same", (one, other)), ("prefer", (claim,)), ("different", (one, other))):
        append(
            log,
            make(
                kind, targets, by="Ines", why="the register says so", at=datetime(2026, 3, 1, 12, tzinfo=UTC)
            ),
        )
        build(decisions=log)
    build()
