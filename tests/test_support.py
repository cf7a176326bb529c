"""How well a claim is supported: counted in SQL, held against a slow count that looks at every pair."""

from __future__ import annotations

import json
import re
import sys
from importlib.resources import files
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regesta
from regesta.chronicle import engine
from regesta.chronicle.support import count_support
from regesta.errors import StoreError
from regesta.export import export

sys.path.insert(0, str(Path(__file__).parent / "spark"))

from asking import Here

SQL = files("regesta.chronicle").joinpath("schema.sql").read_text("utf-8")


class Said(NamedTuple):
    source: int
    start: int
    subject: str
    value: str
    """A date where it begins with a digit, else words."""
    modality: str


class Shared(NamedTuple):
    a: int
    a_start: int
    b: int
    b_start: int


SAID = st.builds(
    Said, st.integers(0, 3), st.sampled_from([0, 40, 80]), st.sampled_from(["e1", "e2"]),
    st.sampled_from(["Pilot", "the pilot", "pilot.", "sailor", "1997", "1997-02", "1997-02-12", "1996-02"]),
    st.sampled_from(["asserted", "reported", "denied"]),
)  # fmt: skip
SHARED = st.builds(
    Shared, st.integers(0, 3), st.sampled_from([0, 40]), st.integers(0, 3), st.sampled_from([0, 80])
)


def thing(said: Said) -> tuple[str, str, bool]:
    value = said.value if said.value[0].isdigit() else said.value.lower().strip(".").removeprefix("the ")
    return said.subject, value, said.modality == "denied"


def says(one: Said, other: Said) -> bool:
    """Whether one says what the other says, perhaps more closely."""
    (subject, value, denied), (same, wanted, also) = thing(one), thing(other)
    fits = value == wanted or (value[0].isdigit() and value.startswith(wanted + "-"))
    return subject == same and denied == also and fits


def counted(said: list[Said], of: list[int], shared: list[Shared], said_of: Said) -> tuple[int, int, int]:
    """Count slowly: passages, sources, and families that no shared words join."""
    places = {(each.source, each.start) for each in said if says(each, said_of)}
    families = {of[source] for source, _ in places}
    joined = {family: {family} for family in families}
    for each in shared:
        for (one, at), (two, to) in ((p, q) for p in places for q in places):
            inside = (
                each.a_start <= at + 10 < each.a_start + 30 and each.b_start <= to + 10 < each.b_start + 30
            )
            if (one, two) == (each.a, each.b) and inside:
                together = joined[of[one]] | joined[of[two]]
                for family in together:
                    joined[family] = together
    return len(places), len({s for s, _ in places}), len({frozenset(group) for group in joined.values()})


@settings(max_examples=60, deadline=None)
@given(
    st.lists(SAID, min_size=1, max_size=8),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.lists(SHARED, max_size=3),
    st.booleans(),
)
def test_support_is_what_a_slow_count_says(
    said: list[Said], of: list[int], shared: list[Shared], is_asked: bool
) -> None:
    with engine.connect(":memory:") as connection:
        connection.execute(SQL)
        for number, family in enumerate(of):
            connection.execute(
                "insert into sources by name select ? as name, '' as format, '' as sha256, '' as document, ? as family, "
                "200 as n_characters", [f"s{number}", f"f{family}"],
            )  # fmt: skip
        for number, each in enumerate(said):
            is_date = each.value[0].isdigit()
            connection.execute(
                "insert into claims by name select ? as id, ? as source, ? as subject, '' as subject_label, 'person' as "
                "subject_kind, '' as referent, 'role' as predicate, ? as value_type, ? as value_text, ? as value_edtf, "
                "? as modality, '' as method, '' as fingerprint, 'normal' as rank",
                [f"c{number}", f"s{each.source}", each.subject, "date" if is_date else "text",
                 None if is_date else each.value, each.value if is_date else None, each.modality],
            )  # fmt: skip
            connection.execute(
                "insert into claim_evidence values (?, 0, ?, ?, ?, '')",
                [f"c{number}", f"s{each.source}", each.start, each.start + 20],
            )
        for one in shared:
            connection.execute(
                "insert into shared_passages values ('', ?, ?, ?, ?, ?, ?, 8, 1.0, 2)",
                [f"s{one.a}", one.a_start, one.a_start + 30, f"s{one.b}", one.b_start, one.b_start + 30],
            )
        assert count_support(connection, Here() if is_asked else None) == len(said)
        rows = connection.execute(
            "select passages, documents, independent from claim_support order by claim"
        ).fetchall()
    assert rows == [counted(said, of, shared, each) for each in said]


ENTRY = "Ada Brook – a pilot aged 21, flew from Orland by way of Mere to Sund in a borrowed biplane and arrived in Norway in 1953."
OTHER = "Ada Brook, pilot, arrived in Norway in 1953. Nobody had told her what to do next, and so she went to the harbour office."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two copies of one entry, and one telling of its own."""
    folder = tmp_path_factory.mktemp("support")
    (folder / "sources").mkdir()
    for name, text in (("a.txt", ENTRY), ("b.txt", ENTRY + " She stayed."), ("c.txt", OTHER)):
        (folder / "sources" / name).write_text(f"Those who left in {name}\n\n• {text}\n")
    regesta.build([folder / "sources"], output=folder / "c.duckdb", cache=False).close()
    return folder


def test_copies_are_one_witness(built: Path) -> None:
    with regesta.open(built / "c.duckdb") as chronicle:
        arrivals = chronicle.claims(predicate="arrival")
        found = [chronicle.support(claim) for claim in arrivals]
        assert [(one.passages, one.documents, one.independent) for one in found] == [(3, 3, 2)] * 3
        assert len({one.statement for one in found}) == 1
        with pytest.raises(StoreError):
            chronicle.support("c-of-nobody")
        export(chronicle, "jsonl", built / "out")
    claims = [json.loads(line) for line in (built / "out" / "claims.jsonl").read_text("utf-8").splitlines()]
    assert {one["support"]["independent"] for one in claims if one["predicate"] == "arrival"} == {2}


def test_every_claim_has_its_row(built: Path) -> None:
    with regesta.open(built / "c.duckdb") as chronicle:
        assert chronicle.sql("select id from claims order by 1").rows == (
            chronicle.sql("select claim from claim_support order by 1").rows
        )
        assert all(
            1 <= k <= m <= n
            for n, m, k in chronicle.sql("select passages, documents, independent from claim_support")
        )


def test_support_and_families_are_shown(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from regesta.cli import main

    chronicle = str(built / "c.duckdb")
    assert main(["show", chronicle, "Ada Brook"]) == 0
    assert "3 passages, 3 documents, 2 independent" in capsys.readouterr().out
    with regesta.open(chronicle) as opened:
        family = next(source.family for source in opened.sources() if source.name == "a.txt")
    assert main(["show", chronicle, family]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("family of 2 sources")
    assert "% alike" in shown
    assert "‹She stayed›" in shown
    assert main(["show", chronicle, "--json", family]) == 0
    assert json.loads(capsys.readouterr().out)["sources"] == ["a.txt", "b.txt"]
    assert main(["show", chronicle, "a.txt"]) == 0
    assert "with b.txt" in capsys.readouterr().out


def test_what_differs_stands_under_one_another() -> None:
    from regesta.cli.collating import _cells

    tellings = ("She fled by boat to Sund, in May.", "In May she fled to Sund", "She fled to Sund – alone")
    for one, two in permutations(tellings, 2):
        cells = list(_cells(one, two))
        for side, text in ((0, one), (1, two)):
            words = [word for cell in cells for word in re.findall(r"\w+", (cell[0], cell[1])[side])]
            assert words == re.findall(r"\w+", text)
        for a, b, differs in cells:
            assert differs or re.findall(r"\w+", a.casefold()) == re.findall(r"\w+", b.casefold())
