"""Registers written to be leaked from: what an independent search finds of hidden people in the editions of them."""

from __future__ import annotations

import datetime as dt
import html
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest

from regesta.chronicle import open as open_chronicle
from regesta.cli import main
from regesta.edition import make
from regesta.edition.secrets import left_of
from regesta.edition.sensitive import exact_spans
from regesta.edition.spans import merged
from regesta.protection import plan, read_policy
from regesta.protection.parts import Parts

_POLISH = """Arrivals in Uppsala

1984
• Marek Wiśniewski – arrived in Uppsala on 3 March 1984, engineer. His sister Danuta Wiśniewska stayed behind in Radom.
• Halina Zielińska – arrived in Uppsala on 9 April 1984, teacher. She lives with Danuta Wiśniewska's daughter Ola.
• Bogdan Kaczmarek – arrived in Uppsala in 1985, welder. He was smuggled by Zdzisław Górecki, a broker.

The house of Góreckiego was opened in 1986. Danuta was seen in 1986. WIŚNIEWSKA DANUTA is on the list of 1987.
The Górecki Hostel, opened in 1988, can hold 90 people.

In total 4,312 Poles had entered Sweden by 1989.
"""
_PRISON = """Women in Ankara

Nasrin Moradi arrived in Ankara on 3 April 2009. She is in hiding. Her cousin Parvaneh Moradi works at the consulate.

Shirin Azadi arrived in Ankara on 5 May 2009. She is a lawyer. Call 070-123 45 67. Grid 36P TA 12345 67890; 15°27'N 36°24'E.

The hostel Nasrin Moradi opened in 2011. Moradi counted 12 graves in 2012. In 2010 Turkey counted 4,500 refugees.
"""
_CHILD = """Arrivals in Turku

1943
• Aino Heikkinen – arrived in Turku on 8 May 1943, weaver.
• Elli Lemmetyinen – arrived in Turku on 1 June 1943. Elli Lemmetyinen is a child. Lemmetyisen talo was opened in 1944.
"""
REGISTERS = {
    "polish": (_POLISH, ["Wiśniewska", "Danuta", "Ola", "Zdzisław", "Góreckiego", "Górecki"], ["Marek", "4,312"]),
    "prison": (_PRISON, ["Nasrin", "Moradi", "Parvaneh", "123 45", "67890", "36°24"], ["Shirin Azadi", "lawyer"]),
    "child": (_CHILD, ["Lemmetyi", "Elli"], ["Aino Heikkinen", "weaver"]),
}  # fmt: skip


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", unquote(html.unescape(text))).casefold().replace("ł", "l")
    kept = "".join(x for x in bare if unicodedata.category(x) not in ("Mn", "Cf"))
    return " " + re.sub(r"[\W_]+", " ", kept)


@pytest.mark.parametrize("name", REGISTERS)
def test_nothing_of_the_hidden_stands_in_any_value(name: str, tmp_path: Path) -> None:
    text, hidden, seen = REGISTERS[name]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "list.txt").write_text(text, "utf-8")
    main(["build", str(tmp_path / "in"), "-o", str(tmp_path / "c.duckdb")])
    with open_chronicle(tmp_path / "c.duckdb") as chronicle:
        made = plan(chronicle, read_policy(None), [], key=b"k" * 32, on=dt.date(2026, 11, 22))
        make(chronicle, made, tmp_path / "e.duckdb", key=b"k" * 32)
    with duckdb.connect(str(tmp_path / "e.duckdb"), read_only=True) as edition:
        tables = [table for (table,) in edition.execute("select table_name from duckdb_tables()").fetchall()]
        rows = [row for table in tables for row in edition.execute(f'select * from "{table}"').fetchall()]
    told = _plain(" | ".join(str(value) for row in rows for value in row))
    assert [word for word in hidden if _plain(word) in told] == []
    assert [word for word in seen if _plain(word) not in told] == []


def test_parts_of_shown_names_and_places_are_not_cut() -> None:
    parts = Parts(["Paris Martin", "Maria Kowalczyk", "Li Na"], ["Maria Silva"])
    told = "Maria went to Paris; Li and Na; Kowalczykowi dano list; martinet, Martins"
    assert [told[low:high] for low, high in parts.spans(told)] == ["Kowalczykowi", "Martins"]
    assert parts.stand_in("letters_of_kowalczyk.txt", is_cased=False)
    assert not parts.stand_in("the kowalczyk of old")


@pytest.mark.parametrize(
    "text",
    ["4,312 Poles by 1989", "on 3 May 1990 at 10.30", "$100,000 and 0.3 ton", "12.5 per cent, 13.75 per cent", "20 °C"],
)  # fmt: skip
def test_figures_are_no_addresses(text: str) -> None:
    assert [text[low:high] for low, high in exact_spans(text) if "°" not in text] == []


def test_what_is_left_of_a_passage_is_what_nobody_else_says() -> None:
    told = "Ann Lee and Bo Berg, her husband"
    assert [told[s:e] for s, e in left_of(told, [(0, len(told))], merged([(0, 7), (12, 19)]))] == [
        "her husband"
    ]
