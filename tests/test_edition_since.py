"""Two editions, one after the other: whoever has both may not see by the difference who is new among few."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from regesta.chronicle import open as open_chronicle
from regesta.cli import main
from regesta.edition import Before, Names, before_of
from regesta.protection import Plan, plan, read_policy
from regesta.publishing import site_before, words_used

KEY = b"k" * 32
ON = dt.date(2026, 11, 22)
NAMES = [
    "Abe",
    "Bo",
    "Cid",
    "Dag",
    "Eli",
    "Fay",
    "Gil",
    "Hal",
    "Ivo",
    "Jon",
    "Kai",
    "Leo",
    "Max",
    "Ned",
    "Oto",
    "Pal",
]
LAST = ["Arden", "Borek", "Calder", "Dorn", "Eskil", "Farrow", "Gorman", "Hollis", "Ilves", "Jarvis"]


def _chronicle(folder: Path, n: int) -> Path:
    """Build a register of n people who are still held, so that no edition names them."""
    (folder / "in").mkdir(parents=True)
    lines = [
        f"• {NAMES[i % 16]} {LAST[i % 10]}{'aeiou'[i % 5]} – arrived in Lund on {1 + i % 28} May 1991. He is being held in Riga."
        for i in range(n)
    ]
    (folder / "in" / "list.txt").write_text("Held\n\n1991\n" + "\n".join(lines) + "\n", "utf-8")
    main(["build", str(folder / "in"), "-o", str(folder / "c.duckdb")])
    return folder / "c.duckdb"


def _planned(path: Path, before: Plan | None) -> Plan:
    with open_chronicle(path) as chronicle:
        shown = (
            None if before is None else {e.entity for e in before.exposures.values() if e.shown != "absent"}
        )
        was_shown = None if shown is None else shown.__contains__
        return plan(chronicle, read_policy(None), [], key=KEY, on=ON, was_shown=was_shown)


def _shown(made: Plan) -> set[str]:
    return {e.entity for e in made.exposures.values() if e.shown != "absent"}


def _without(made: Plan, n: int) -> Plan:
    """Return a plan as if n of the people had come later."""
    from dataclasses import replace

    later = sorted(_shown(made))[:n]
    gone = {id_: replace(made.exposures[id_], shown="absent") for id_ in later}
    return replace(made, exposures={**made.exposures, **gone})


@pytest.mark.parametrize(("n_new", "n_seen"), [(0, 0), (1, 0), (9, 0), (10, 10), (14, 14)])
def test_the_new_wait_until_they_are_enough(tmp_path: Path, n_new: int, n_seen: int) -> None:
    path = _chronicle(tmp_path, 40)
    first = _planned(path, None)
    assert len(_shown(first)) == 40
    before = _without(first, n_new)
    then = _planned(path, before)
    assert len(_shown(then) - _shown(before)) == n_seen
    assert _shown(before) <= _shown(then)
    assert any("wait" in note for note in then.notes) == (n_new != n_seen)


def test_an_edition_at_the_same_place_is_the_one_before(tmp_path: Path) -> None:
    path = _chronicle(tmp_path, 30)
    out = tmp_path / "e.duckdb"
    assert main(["edition", str(path), "-o", str(out), "--on", "2026-11-22"]) == 0
    first = before_of(out)
    assert first is not None
    assert len(first.people) == 30
    assert main(["edition", str(path), "-o", str(out), "--on", "2026-11-22"]) == 0
    assert before_of(out) == first
    assert before_of(path) is None
    assert before_of(tmp_path / "nothing.duckdb") is None


def test_ids_of_editions_lead_back_only_by_the_key() -> None:
    names = Names(KEY)
    was_shown = names.among({names.entity("e-1")})
    assert was_shown("e-1")
    assert not was_shown("e-2")
    assert not Names(b"x" * 32).among({names.entity("e-1")})("e-1")


def test_a_folder_without_a_site_has_nobody(tmp_path: Path) -> None:
    assert site_before(tmp_path) is None
    (tmp_path / "editions.json").write_text("{]", "utf-8")
    assert site_before(tmp_path) is None
    told = (
        '{"editions":[{"number":1,"id":"ed-1"}],"changes":null,"entries":{"people/e-1":"a","sources/x":"b"}}'
    )
    (tmp_path / "editions.json").write_text(told, "utf-8")
    assert site_before(tmp_path) == Before(frozenset({"e-1"}))


MERGED = "Notes\n\nKarl Moe, baker, arrived in Bergen on 4 May 1921.\n\n{other}, miller, arrived in Oslo in 1930.\n"


@pytest.mark.parametrize(
    ("other", "leads"),
    [("Carl Moe", True), ("Anton Weber", False)],
    ids=["another spelling", "a name that is not shown"],
)
def test_an_id_that_was_merged_leads_on_if_that_tells_nothing(
    other: str,
    leads: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "."]) == 0
    Path("sources/notes.txt").write_text(MERGED.format(other=other))
    assert main(["build"]) == 0
    assert main(["edition", "-o", "e.duckdb"]) == 0
    first = before_of(Path("e.duckdb"))
    assert first is not None
    assert {"Karl Moe", other} <= set(first.named.values())
    assert main(["decide", "same", "Karl Moe", other, "--why", "one passport", "--by", "Nora"]) == 0
    assert main(["build"]) == 0
    for _ in range(2):  # what was told once is told on
        assert main(["edition", "-o", "e.duckdb", "--check"]) == 0
        then = before_of(Path("e.duckdb"))
        assert then is not None
        gone = {id_ for id_, label in first.named.items() if label in {"Karl Moe", other}} - set(then.named)
        assert len(gone) == 1
        assert set(then.merged) == (gone if leads else set())
        assert set(then.merged.values()) <= set(then.named)
    capsys.readouterr()
    assert main(["edition", "-o", "fresh.duckdb"]) == 0  # nobody has an edition before it
    fresh = before_of(Path("fresh.duckdb"))
    assert fresh is not None
    assert not fresh.merged
    assert "2 are not in it" not in capsys.readouterr().out


def test_words_of_the_pages_are_known() -> None:
    assert {"people", "sources", "letters"} <= words_used()
