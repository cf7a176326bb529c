"""The way of the data as a whole: the same input gives the same, one bad source stops nothing, packs of a project count."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import regesta
from regesta.chronicle.rows import DecisionRow, LinkRow
from regesta.decisions import append, make
from regesta.errors import ProjectError
from regesta.pipeline import rebuild

BOATS = "Boat people picked up at sea\n\n1989 – 40\n1990 – 52\n1991 – 61\n1993 – 70\n1994 – 33\n1995 – 12\n"
LIST = "Those who left\n\n• 1953\n  • Ada Brook (age 21), pilot, flew to Sund on 21 September 1953.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two sources, beside the current one."""
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "list.txt").write_text(LIST)
    (papers / "page.html").write_text("<h1>Those who left</h1><ul><li>Ben Reed fled on 3 May 1954.</ul>")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return papers


def test_build_returns_an_open_chronicle(folder: Path) -> None:
    with regesta.build([folder], output="a.duckdb") as chronicle:
        assert [source.name for source in chronicle.sources()] == ["list.txt", "page.html"]
        assert {"Ada Brook", "Ben Reed"} <= {person.label for person in chronicle.people()}
        for claim in chronicle.claims():
            for evidence in chronicle.evidence(claim):
                text = chronicle.text(evidence.source)
                assert text[evidence.start_char : evidence.end_char] == evidence.quote
    assert sorted(p.name for p in folder.iterdir()) == ["list.txt", "page.html"]


def test_only_what_changed_is_read_again(folder: Path) -> None:
    assert rebuild([folder], output="a.duckdb").n_cached == 0
    assert rebuild([folder], output="a.duckdb").n_cached == 2
    (folder / "list.txt").write_text(LIST.replace("1953", "1955"))
    built = rebuild([folder], output="a.duckdb")
    assert built.n_cached == 1
    with regesta.open("a.duckdb") as chronicle:
        assert "1955" in chronicle.text("list.txt")
    (folder / "sources.toml").write_text('["page.html"]\ntitle = "Another"\n')
    assert rebuild([folder], output="a.duckdb").n_cached == 1
    assert rebuild([folder], output="a.duckdb", cache=False).n_cached == 0


def test_a_bad_source_stops_nothing(folder: Path) -> None:
    (folder / "sealed.txt").symlink_to("/proc/self/mem")
    built = rebuild([folder], output="a.duckdb")
    assert [failure.source for failure in built.failures] == ["sealed.txt"]
    assert built.counts["sources"] == 2
    with regesta.open("a.duckdb") as chronicle:
        assert [(r.source, r.code) for r in chronicle.rejections() if r.code[0] == "P"] == [
            ("sealed.txt", "P002")
        ]


def test_the_chronicle_stays_when_a_build_cannot_start(folder: Path) -> None:
    rebuild([folder], output="a.duckdb")
    before = Path("a.duckdb").read_bytes()
    with pytest.raises(ProjectError):
        rebuild([folder, folder / "none"], output="a.duckdb")
    (folder / "sources.toml").write_text("no toml")
    with pytest.raises(ProjectError):
        rebuild([folder], output="a.duckdb")
    assert Path("a.duckdb").read_bytes() == before
    assert [path.name for path in Path().iterdir()] == ["a.duckdb"]


def test_progress(folder: Path) -> None:
    told: list[tuple[int, int, str]] = []
    rebuild([folder], output="a.duckdb", progress=lambda *state: told.append(state))
    assert told == [(0, 2, ""), (1, 2, "list.txt"), (2, 2, "page.html")]


def test_what_made_a_chronicle_is_in_it(folder: Path) -> None:
    with regesta.build([folder], output="a.duckdb") as chronicle:
        assert chronicle.meta["regesta_version"] == regesta.__version__
        assert {"schema_version", "extractor_version", "python_version", "n_claims"} <= set(chronicle.meta)


def test_the_packs_of_a_project_count(folder: Path) -> None:
    """A pack that changes makes what was extracted stale."""
    Path("regesta.toml").write_text("")
    pack = Path("packs", "mine")
    pack.mkdir(parents=True)
    words = pack / "words.toml"
    assert rebuild([folder]).n_cached == 0
    assert rebuild([folder]).n_cached == 2
    words.write_text("")
    assert rebuild([folder]).n_cached == 0
    Path("regesta.toml").write_text("packs = []")
    assert rebuild([folder]).n_cached == 2


@pytest.fixture
def project(folder: Path) -> Path:
    """A project in the current folder, whose two sources speak of one person."""
    Path("regesta.toml").write_text("")
    sources = Path("sources")
    sources.mkdir()
    (sources / "a.txt").write_text(LIST)
    (sources / "b.txt").write_text(
        "Pilots\n\n• Ada Brook, a pilot aged 21, landed at Sund on 21 September 1953.\n"
    )
    return folder


def people() -> dict[str, str]:
    with regesta.open("chronicle.duckdb") as chronicle:
        return {entity.id: entity.label for entity in chronicle.people()}


@pytest.mark.usefixtures("project")
def test_ids_come_from_the_ledger_and_a_build_tells_what_changed() -> None:
    first = rebuild()
    ((ada, name),) = people().items()
    assert name == "Ada Brook"
    assert first.changes == ()
    ledger = Path("identities.jsonl").read_bytes()
    assert rebuild().changes == ()
    assert Path("identities.jsonl").read_bytes() == ledger
    Path("sources", "0-before.txt").write_text(
        "• Ada Brook, pilot, aged 21, flew off on 21 September 1953.\n• Ben Reed fled on 3 May 1954.\n"
    )
    later = rebuild()
    assert ada in people()
    assert sorted(people().values()) == ["Ada Brook", "Ben Reed"]
    assert any(change.startswith("new: ") and change.endswith("Ben Reed") for change in later.changes)
    assert Path("identities.jsonl").read_bytes().startswith(ledger)
    Path("identities.jsonl").write_text("nonsense\n")
    with pytest.raises(ProjectError, match="line 1 is no identity"):
        rebuild()


def test_another_chronicle_leaves_the_ledger_alone(project: Path) -> None:
    rebuild()
    ledger = Path("identities.jsonl").read_bytes()
    rebuild([project], output="other.duckdb")
    assert Path("identities.jsonl").read_bytes() == ledger


@pytest.mark.usefixtures("project")
def test_one_path_is_one_path() -> None:
    for given in ("sources", Path("sources", "a.txt")):
        with (
            regesta.build(given, output="one.duckdb") as one,
            regesta.build([given], output="listed.duckdb") as listed,
        ):
            assert one.sources() == listed.sources() != []


@pytest.mark.usefixtures("project")
def test_a_decision_beats_the_machine_and_survives_every_build() -> None:
    rebuild()
    with regesta.open("chronicle.duckdb") as chronicle:
        query = "select fingerprint from referents where label = 'Ada Brook' order by source"
        left, right = (fingerprint for (fingerprint,) in chronicle.sql(query))
    now = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    append(
        "decisions.jsonl",
        make("different", (left, right), by="Ana", why="mother and daughter", at=now),
        make("same", (left, "fm-0000000000000000"), by="Ana", why="of a source that is gone", at=now),
    )
    for text in (LIST, "A line before.\n\n" + LIST):
        Path("sources", "a.txt").write_text(text)
        built = rebuild()
        assert len(people()) == 2
        assert built.n_unapplied == 1
        with regesta.open("chronicle.duckdb") as chronicle:
            assert [row.status for row in chronicle.rows(DecisionRow, order="why")] == ["applied", "orphaned"]
            assert [row.verdict for row in chronicle.rows(LinkRow)] == ["different"]


@pytest.mark.usefixtures("project")
def test_what_a_reader_would_notice_is_in_the_chronicle() -> None:
    (Path("sources") / "c.txt").write_text(BOATS)
    built = rebuild()
    with regesta.open("chronicle.duckdb") as chronicle:
        (gap,) = [finding for finding in chronicle.findings() if finding.kind == "coverage-gap"]
        assert "1992" in gap.summary
        assert built.counts["findings"] == len(chronicle.findings()) == int(chronicle.meta["n_findings"])
        members = chronicle.members(gap)
        assert len(members) >= 2
        for member in members:
            text = chronicle.text(member.source)
            assert text[member.start_char : member.end_char] == member.quote


@pytest.mark.usefixtures("project")
def test_a_project_may_weigh_for_itself() -> None:
    rebuild()
    assert len(people()) == 1
    Path("weights.toml").write_text("[prior]\nthreshold = 99.0\n")
    rebuild()
    assert len(people()) == 2


def test_the_seeds(shared: Path, tmp_path: Path) -> None:
    with regesta.build([shared / "seeds"], output=tmp_path / "seeds.duckdb") as chronicle:
        texts = {p.name: p.read_bytes().decode() for p in (shared / "seeds").iterdir()}
        assert {s.name: chronicle.text(s.name) for s in chronicle.sources()} == texts
        assert chronicle.rejections() == [r for r in chronicle.rejections() if r.code[0] != "P"]
