"""Adding a source to many changes no id of those it does not speak of; every id goes with its mentions."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pytest

import regesta

GIVEN = "Aino Bertil Cilla Didrik Eskil Frida Gerda Håkon Ingrid Jorunn Kåre Lovisa Magnus Nanna Oskar Petra".split()
STEMS = "Ahl Berg Dal Ek Fors Gran Hag Lind Myr Norr Ram Sjö Tall Vik".split()
ENDS = "berg blad dahl gren holm kvist lund man sten ström".split()
TRADES = "baker clerk farmer joiner miner nurse sailor smith tailor weaver".split()
LISTS = 20

Row = tuple[str, int, str, str]
"""Name, year of birth, day of arrival, trade."""


def people(rng: random.Random, count: int) -> list[Row]:
    """Invented people; some share their names."""
    return [
        (
            f"{rng.choice(GIVEN)} {rng.choice(STEMS)}{rng.choice(ENDS)}",
            rng.randrange(1850, 1890),
            f"{rng.randrange(1900, 1914)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}",
            rng.choice(TRADES),
        )
        for _ in range(count)
    ]


def write(path: Path, rng: random.Random, several: list[Row]) -> None:
    """Write a list of these people, some cells left out, some names with a slip of a letter."""
    lines = ["Name,Born,Arrived,Occupation"]
    for name, born, arrived, trade in several:
        at = rng.randrange(1, len(name) - 1)
        spelled = name[:at] + name[at + 1 :] if rng.random() < 0.05 and " " not in name[at : at + 2] else name
        cells = spelled, str(born), arrived[: rng.choice((4, 10))], trade
        lines.append(",".join(cell if n == 0 or rng.random() < 0.7 else "" for n, cell in enumerate(cells)))
    path.write_text("\n".join(lines) + "\n", "utf-8")


def entities(chronicle: Path) -> dict[str, frozenset[str]]:
    """The mentions of each person, by its id."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    with regesta.open(chronicle) as opened:
        for key, id_ in opened.sql("select key, entity from referents where kind = 'person'"):
            found[id_].add(key)
    return {id_: frozenset(keys) for id_, keys in found.items()}


@pytest.mark.parametrize("shares_people", [False, True])
def test_a_source_more_keeps_the_ids_of_all_it_does_not_speak_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shares_people: bool
) -> None:
    rng = random.Random(1912)  # noqa: S311
    known = people(rng, 120)
    sources = tmp_path / "sources"
    sources.mkdir()
    (tmp_path / "regesta.toml").write_text("", "utf-8")
    for number in range(LISTS):
        write(sources / f"list-{number:02d}.csv", rng, rng.sample(known, 15))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    regesta.build().close()
    before = entities(tmp_path / "chronicle.duckdb")
    lines = (tmp_path / "identities.jsonl").read_text("utf-8")
    joined = [keys for keys in before.values() if len(keys) > 1]
    assert len(joined) > 40, "there is something to keep"

    new = rng.sample(known, 15) if shares_people else people(rng, 15)
    write(sources / "a-first.csv", rng, new)  # before all others, so that no id rests on the order of files
    regesta.build().close()
    after = entities(tmp_path / "chronicle.duckdb")

    every = {key for keys in before.values() for key in keys}
    id_of = {keys & every: id_ for id_, keys in after.items() if keys & every}
    kept = {keys: id_ for id_, keys in before.items() if keys in id_of}
    assert len(kept) >= 0.98 * len(before), "hardly any set of old mentions changes"
    assert {keys: id_of[keys] for keys in kept} == kept, "and those that stay keep their ids"
    grown = [keys for keys in after.values() if keys & every and keys - every]
    assert bool(len(grown) > 5) is shares_people
    assert (tmp_path / "identities.jsonl").read_text("utf-8").startswith(lines), "the ledger is only added to"

    (sources / "a-first.csv").unlink()
    regesta.build().close()
    assert entities(tmp_path / "chronicle.duckdb") == before, "taking it away again brings back all that was"
