"""What stands around a claim counts: prices of helpers, relatives in a project's own words, children known by what stands beside a name.

Each register says first what may stand nowhere in its edition; it is then looked for in every value of every table, by hand.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import duckdb
import pytest

from regesta.cli import main

PACK = """
[delicate]
kin = '''
teyzesi, dayısı
'''
helper = '''
simsar, kılavuz
'''
payment = '''
ücret, ücreti
'''
refuge = '''
gizli ev
'''
"""

REGISTERS = {
    "a smuggler of whom nobody is the subject": (
        """The road to Uppsala

Tomas Alvi was twenty-six and a student of medicine when he left. In the autumn of 2012 he crossed to Moldova with Irina. They lived for a
year in a garage. A smuggler called the Doctor, which amused nobody, asked for 1,200 dollars each. In the spring of 2014 they went by lorry
to Zaton. Tomas Alvi reached Uppsala on 21 July 2014. He has published a book, Two Scalpels.

Brokers in the city charged about 3,000 dollars in 2015, the ministry found.
""",
        ("1,200", "the Doctor", "Zaton", "lorry", "garage", "Irina"),
        ("Tomas Alvi", "21 July 2014", "3,000 dollars"),
    ),
    "words of a pack of the project": (
        """Arrivals, a list

• 2018
  • Farid Noori, tailor, arrived in Van on 3 November 2018. His dayısı paid 2,000 euros ücret to the simsar Hamid Usta.
  • Parwin Azizi, journalist, arrived in Ankara on 9 December 2018. She stayed with her teyzesi in a gizli ev.
""",
        ("dayısı", "2,000", "simsar", "Hamid", "teyzesi", "gizli ev", "ücret"),
        ("Farid Noori", "3 November 2018", "journalist"),
    ),
    "children": (
        """Notes of a shelter, 2016

Luam Ghebre, a nurse, arrived in Parma on 2 May 2012.

With her in the boat was Yonatan Kidane, sixteen years old, who lives now in Parma.

A fourteen-year-old shepherd, Petros Haile, arrived in Parma.

Senay Goitom, an orphan, arrived in Bari.

El niño Maiquel Torres, de 9 años, llegó a Bari en febrero de 2014 sin sus padres.

Ruta Tesfay (born in 1989), a baker, arrived in Bari in 2010.
""",
        ("Yonatan", "Kidane", "Petros", "Haile", "Senay", "Goitom", "Maiquel", "sixteen", "febrero"),
        ("Luam Ghebre", "2 May 2012", "Ruta Tesfay"),
    ),
}


def folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def everything(path: Path) -> str:
    """Return every value of every table."""
    with duckdb.connect(str(path), read_only=True) as opened:
        tables = [name for (name,) in opened.execute("select table_name from duckdb_tables()").fetchall()]
        rows = [opened.execute(f"select * from {table}").fetchall() for table in tables]
    return folded(str(rows))


@pytest.mark.parametrize("name", REGISTERS)
def test_what_may_stand_nowhere_does_not(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, secrets, shown = REGISTERS[name]
    monkeypatch.chdir(tmp_path)
    assert main(["init", "."]) == 0
    Path("sources/text.txt").write_text(text, "utf-8")
    Path("packs/own").mkdir(parents=True)
    Path("packs/own/words.toml").write_text(PACK, "utf-8")
    assert main(["build"]) == 0
    assert main(["edition", "-o", "e.duckdb", "--check", "--on", "2026-11-22"]) == 0
    told = everything(Path("e.duckdb"))
    assert [one for one in secrets if folded(one) in told] == []
    assert [one for one in shown if folded(one) not in told] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Liv Dahl and Karl Moe arrived in Bergen on 4 May 1921.",
        "Liv Dahl, a nurse, and Karl Moe, a baker, arrived together in Bergen on 4 May 1921.",
        "Karl Moe and Liv Dahl arrived in Bergen on 4 May 1921, both on the Stella.",
        "• Liv Dahl with Karl Moe – arrived in Bergen on 4 May 1921. They were friends.",
    ],
)
def test_a_sentence_that_names_two_does_not_say_that_one_is_missing(
    sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "."]) == 0
    Path("sources/text.txt").write_text(f"Notes\n\n{sentence}\n", "utf-8")
    assert main(["build"]) == 0
    assert main(["decide", "withhold", "Karl Moe", "--why", "asked", "--by", "Nora"]) == 0
    assert main(["edition", "-o", "e.duckdb", "--check"]) == 0
    with duckdb.connect("e.duckdb", read_only=True) as opened:
        text = " ".join(row[0] for row in opened.execute("select text from texts").fetchall())
    for word in ("Moe", "Karl", "baker", "both", "together", "friends", "They", " and ", " with "):
        assert word not in text
    assert "4 May 1921" in text or "Liv Dahl" in text
