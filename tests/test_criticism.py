"""Each check finds what is planted and is silent where nothing is wrong: one golden file a code, edited by hand.

A golden file holds cases: `=== name`, documents (`--- file.txt`), and after `--- found` a line for each finding of that code,
`severity | sentence`. No line means that the check must stay silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import regesta
from regesta.chronicle import engine, tell
from regesta.chronicle.rows import FindingMemberRow, FindingRow
from regesta.cli import main
from regesta.criticism import CHECKS, View, criticise
from regesta.criticism.namesakes import CROWD
from regesta.criticism.planning import briefly_planned
from regesta.criticism.sentence_figures import dates_of
from regesta.criticism.totals import rounding
from regesta.dates import before
from regesta.model.finding import FindingKind, finding_fingerprint
from regesta.pipeline import rebuild
from regesta.resolution.pairs import LARGEST

GOLDEN = Path(__file__).parent / "golden" / "criticism"


def cases() -> Iterator[tuple[str, str, dict[str, str], list[str]]]:
    for path in sorted(GOLDEN.glob("F*.md")):
        for case in re.split(r"^=== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            name, _, body = case.partition("\n")
            parts = re.split(r"^--- (.+)\n", body, flags=re.MULTILINE)[1:]
            pieces = dict(zip(parts[::2], parts[1::2], strict=True))
            found = [line for line in pieces.pop("found").splitlines() if line.strip()]
            yield path.stem, name, pieces, found


CASES = list(cases())

GUIDE = (Path(__file__).parents[1] / "docs" / "guide" / "findings.md").read_text("utf-8")
TOLD_KINDS = {
    code: set(re.findall(r"`([a-z-]+)`", kinds))
    for code, kinds in re.findall(r"^\| (F\d{3}) \| ([^|]+) \| [^|]+ \|$", GUIDE, flags=re.MULTILINE)
}
"""The table of the guide: code of a check -> kinds of its findings."""


def built(folder: Path, documents: Mapping[str, str]) -> Path:
    """A chronicle of these documents."""
    folder.mkdir()
    for name, text in documents.items():
        (folder / name).write_text(text, "utf-8")
    output = folder.with_name(folder.name + ".duckdb")
    rebuild([folder], output=output, cache=False)
    return output


class Curious(View):
    """Asks every question, whatever the chronicle holds."""

    def holds(self, needs: Mapping[str, int]) -> bool:
        super().holds(needs)
        return True


@pytest.mark.parametrize(
    ("code", "documents", "found"),
    [(c, d, f) for c, _, d, f in CASES],
    ids=[f"{c}-{n}" for c, n, *_ in CASES],
)
def test_golden(code: str, documents: dict[str, str], found: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    with regesta.open(built(folder, documents)) as chronicle:
        findings = chronicle.rows(FindingRow, order="rowid")
        members = chronicle.rows(FindingMemberRow, order="rowid")
    assert [f"{f.severity} | {f.summary}" for f in findings if f.code == code] == found
    assert len({f.id for f in findings}) == len(findings)
    assert {member.finding for member in members} == {f.id for f in findings}
    for finding in findings:
        assert finding.kind in TOLD_KINDS[finding.code]
    for member in members:
        text = regesta.read(folder / member.source).text
        assert text[member.start_char : member.end_char] == member.quote


FIRST = {code: documents for code, _, documents, found in reversed(CASES) if found}
"""The first documents in which each check finds something."""


@pytest.mark.parametrize("code", FIRST)
def test_what_is_asked_again_is_what_the_build_found_in_the_same_order(code: str, tmp_path: Path) -> None:
    connection = engine.connect(str(built(tmp_path / "sources", FIRST[code])), read_only=True)
    try:
        rows: dict[str, list[tuple[object, ...]]] = {"findings": [], "finding_members": []}
        for batch in tell(criticise(connection)):
            for table, added in batch.items():
                rows[table] += map(astuple, added)
        for table, told in rows.items():
            assert told
            assert connection.execute(f"select * from {table} order by rowid").fetchall() == told
    finally:
        connection.close()


def test_every_check_has_planted_and_absent_faults() -> None:
    for code in CHECKS:
        told = [found for c, _, _, found in CASES if c == code]
        assert sum(map(bool, told)) >= 1, code
        assert sum(not found for found in told) >= 1, code


def test_every_check_says_what_it_means_and_is_documented() -> None:
    assert set(TOLD_KINDS) == set(CHECKS)
    assert set().union(*TOLD_KINDS.values()) <= set(get_args(FindingKind))
    for check in CHECKS.values():
        assert (check.__doc__ or "").strip().endswith(".")


def test_a_fingerprint_outlives_what_stands_before_and_the_name_of_the_file(tmp_path: Path) -> None:
    documents = next(d for c, _, d, found in CASES if c == "F001" and found)
    ((name, text),) = documents.items()
    before = built(tmp_path / "before", documents)
    after = built(tmp_path / "after", {"other-" + name: "A word before.\n\n" + text})
    with regesta.open(before) as one, regesta.open(after) as other:
        first, second = ([f for f in each.findings() if f.code == "F001"] for each in (one, other))
    assert [f.fingerprint for f in first] == [f.fingerprint for f in second]
    assert [f.id for f in first] != [f.id for f in second]


@given(st.lists(st.text()), st.randoms())
def test_the_order_of_members_is_not_in_a_fingerprint(said: list[str], random: object) -> None:
    shuffled = sorted(said, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert finding_fingerprint("uncited", said) == finding_fingerprint("uncited", shuffled)


@given(st.integers(1, 10**12))
def test_a_number_is_rounded_to_a_unit_that_divides_it(number: int) -> None:
    unit = int(2 * rounding(number))
    assert number % unit == 0
    assert number % (10 * unit)


@pytest.mark.parametrize("documents", [d for _, _, d, _ in CASES[::30]], ids=[n for _, n, *_ in CASES[::30]])
def test_what_is_not_asked_would_find_nothing(documents: dict[str, str], tmp_path: Path) -> None:
    connection = engine.connect(str(built(tmp_path / "sources", documents)), read_only=True)
    findings = list(criticise(connection))
    view = Curious(connection)
    found = {one.id: one for check in CHECKS.values() for one in check(view)}
    connection.close()
    workings = {one.computed["working"] for one in findings if "working" in one.computed}
    once = {key: one for key, one in found.items() if one.computed.get("working") not in workings}
    told = {one.id: one for one in findings}
    assert told == {key: one for key, one in found.items() if key in told or key in once}


def iso_dates() -> st.SearchStrategy[str]:
    year = st.integers(1600, 2099).map(str)
    month, day = (st.integers(1, most).map("{:02d}".format) for most in (12, 28))
    return st.one_of(year, st.tuples(year, month).map("-".join), st.tuples(year, month, day).map("-".join))


@given(iso_dates(), iso_dates())
def test_the_order_of_plain_dates_is_that_of_their_letters(left: str, right: str) -> None:
    dates = dates_of(left), dates_of(right)
    assert [len(found) for found in dates] == [1, 1]
    short = min(len(left), len(right))
    assert (before(dates[0][0].edtf, dates[1][0].edtf) is True) == (left[:short] < right[:short])


def test_of_many_lists_one_is_held_against_the_nearest(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    given_names = "Ana Rui Ines Joana Tiago Vasco Duarte Filipe Hugo Jorge".split()
    surnames = "Nunes Castro Lima Rocha Pinto".split()
    lists = [[f"{name} {surname},19{60 + at}" for at, surname in enumerate(surnames)] for name in given_names]
    for name, people in zip(given_names, lists, strict=True):
        (folder / f"{name}.csv").write_text("\n".join(["name,arrival", *people]), "utf-8")
    hub = [people[at] for people in lists for at in (0, 2, 4)]
    (folder / "hub.csv").write_text("\n".join(["name,arrival", *hub]), "utf-8")
    regesta.build([folder], output=tmp_path / "lists.duckdb", cache=False).close()
    with regesta.open(tmp_path / "lists.duckdb") as chronicle:
        told = chronicle.sql(
            "select summary from findings where code = 'F084' and contains(summary, 'not in hub.csv')"
        )
        others = chronicle.sql(
            "select summary from findings where code = 'F084' and not contains(summary, 'not in hub.csv')"
        )
    limit = "of 10 lists that share people with hub.csv, the 8 that share most are held against it"
    assert [limit in summary for (summary,) in told] == [True] * 8
    assert not any("lists that share" in summary for (summary,) in others)


def test_the_seeds(shared: Path, tmp_path: Path) -> None:
    output = tmp_path / "seeds.duckdb"
    regesta.build([shared / "seeds"], output=output, cache=False).close()
    connection = engine.connect(str(output), read_only=True)
    findings = list(criticise(connection))
    connection.close()
    assert len(findings) <= 160
    kinds = {(f.kind, f.severity) for f in findings}
    assert ("coverage-gap", "warning") in kinds
    assert ("arithmetic-check", "ok") in kinds
    assert ("date-conflict", "warning") in kinds
    assert ("orphan-reference", "warning") in kinds
    assert ("missing-part", "warning") in kinds
    assert ("shared-text", "info") in kinds
    assert ("one-sided", "info") in kinds


def test_what_goes_wrong_in_a_transaction_is_told_as_it_was() -> None:
    connection = engine.connect()
    connection.execute("begin")
    with pytest.raises(engine.Error, match="nowhere"), briefly_planned(connection, is_small=True):
        connection.execute("select * from nowhere")


def test_a_name_that_very_many_bear_is_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "lists"
    folder.mkdir()
    for half in range(2):
        rows = [f"Karl Novak,{1930 + n % 60}-0{1 + n % 9}-{10 + n % 19}" for n in range(half, 402, 2)]
        rows += [f"Iva {letter}enic,1951-03-0{half + 1}" for letter in "DKLMPRT"]
        (folder / f"{half}.csv").write_text("\n".join(["Name,Arrival", *rows]), "utf-8")
    assert CROWD == LARGEST, "the check and the judgement of identity know one bound"
    chronicle = tmp_path / "many.duckdb"
    assert main(["build", str(folder), "-o", str(chronicle)]) == 0
    told = capsys.readouterr().err
    assert "borne by too many: Karl Novak by 402 mentions (findings F013" in told
    with regesta.open(chronicle) as opened:
        found = [one for one in opened.findings() if one.code == "F013" and "Novak" in one.summary]
        assert [one.summary[:52] for one in found] == ["402 mentions bear the name Karl Novak and are told a"]
        members = list(opened.sql("select quote from finding_members where finding = ?", [found[0].id]))
        assert members == [("Karl Novak",)] * 2
