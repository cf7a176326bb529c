"""`regesta cite`: what is cited can be found by it, and the formats are read by others' readers."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string as parse_bibtex
from pybtex.database import parse_string

from regesta.chronicle import open as open_chronicle
from regesta.cli import main
from regesta.custody import citation_of, content_hash, digests, laid_out

SHIPS = (
    "Passengers & crew\n\n• 1921\n  • Liv Dahl (age 30), nurse, arrived in Bergen on 4 May 1921.\n"
    "  • Karl Moe, baker, arrived in Bergen in 1922. Karl Moe was born in 1890.\n"
)
TOLD = '["ships.txt"]\ntitle = "Ships of {100%} 1921_22"\nurl = "https://example.org/a_b?c={1}"\ndate = "1922~"\nlicence = "CC0-1.0"\nretrieved = "2025-11-18"\n'


SOURCES = {"ships.txt": SHIPS, "sources.toml": TOLD}


def cited(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    capsys.readouterr()
    assert main(["cite", *args]) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_a_claim_is_cited_with_its_passage_and_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    with open_chronicle("chronicle.duckdb") as chronicle:
        (claim,) = chronicle.claims(predicate="birth")
        (evidence,) = chronicle.evidence(claim)
        content = content_hash(digests(chronicle))
    out = cited(capsys, claim.id)
    found = re.search(r"characters (\d+)-(\d+), line (\d+): “(.+)”", out)
    assert found
    assert SHIPS[int(found[1]) : int(found[2])] == found[4] == evidence.quote
    assert SHIPS.splitlines()[int(found[3]) - 1].find(found[4]) >= 0
    assert f"“Karl Moe, birth: 1890” ({claim.id})" in out
    for said in (
        "Ships of {100%} 1921_22",
        "1922~",
        "https://example.org/a_b?c={1}",
        "retrieved 2025-11-18",
        "CC0-1.0",
    ):
        assert said in out
    assert hashlib.sha256(SHIPS.encode()).hexdigest() in out
    assert f"In: register, sources as of 2025-11-18, made by regesta 0.1.0, content SHA-256 {content}." in out


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("what", ["Karl Moe", "ships.txt", "", "claim"])
def test_every_format_says_it(capsys: pytest.CaptureFixture[str], what: str) -> None:
    if what == "claim":
        with open_chronicle("chronicle.duckdb") as chronicle:
            what = chronicle.claims(predicate="birth")[0].id
    args = [what] if what else []
    bibtex = cited(capsys, *args, "--format", "bibtex")
    library = parse_bibtex(bibtex)
    assert not library.failed_blocks
    entries = parse_string(bibtex, "bibtex").entries
    items = json.loads(cited(capsys, *args, "--format", "csl-json"))
    assert len(library.entries) == len(entries) == len(items) == {"": 1, "ships.txt": 1}.get(what, 2)
    if what:
        assert items[-1]["title"] == "Ships of {100%} 1921_22"
        assert items[-1]["issued"] == {"date-parts": [[1922]], "circa": True}
        assert items[-1]["accessed"] == {"date-parts": [[2025, 11, 18]]}
        assert entries["ships-txt"].fields["url"] == "https://example.org/a_b?c=%7B1%7D"
    assert cited(capsys, *args, "--format", "markdown").count("SHA-256") >= 1


@pytest.mark.usefixtures("project")
def test_what_is_not_there_is_not_cited(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", "Nobody"]) == 2
    assert main(["cite", "e-0000000000000000"]) == 2
    Path("sources/more.txt").write_text("List\n\nEllen Moe, cook, arrived in Bergen in 1923.\n")
    assert main(["build"]) == 0
    capsys.readouterr()
    assert main(["cite", "Moe"]) == 2
    assert "2 have that in their names" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_the_same_content_has_the_same_hash_and_other_content_another(tmp_path: Path) -> None:
    found = []
    for name in ("a", "b"):
        assert main(["build", "-o", str(tmp_path / f"{name}.duckdb")]) == 0
        with open_chronicle(tmp_path / f"{name}.duckdb") as chronicle:
            found.append(content_hash(digests(chronicle)))
    assert found[0] == found[1]
    Path("sources/ships.txt").write_text(SHIPS.replace("1890", "1891"))
    assert main(["build"]) == 0
    with open_chronicle("chronicle.duckdb") as chronicle:
        assert content_hash(digests(chronicle)) not in found


@pytest.mark.usefixtures("project")
def test_words_are_no_marks_in_markdown() -> None:
    with open_chronicle("chronicle.duckdb") as chronicle:
        text = laid_out(citation_of(chronicle, chronicle.sources()[0], title="A *b* <i>"), "markdown")
    assert r"A \*b\* \<i\>" in text
