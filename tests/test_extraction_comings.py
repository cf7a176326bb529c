"""Plain dates of tables are those of comings where something says so: titles, heads, ways, remarks, or a list that is nothing else."""

from __future__ import annotations

import pytest

from regesta.extraction import extract
from regesta.model import DateValue, Source
from regesta.reading import read_bytes

ROWS = "| Petra Havelková | 12 May 1951 | {} |\n| Oldřich Sýkora | 3 June 1951 | {} |\n"


def arrivals(text: str, name: str = "page.md") -> dict[str, str]:
    """Return who arrived when by a document."""
    found = extract(read_bytes(text.encode(), Source(name=name)))
    label = {referent.key: referent.label for referent in found.referents}
    return {
        label[claim.subject]: claim.value.edtf
        for claim in found.claims
        if claim.predicate == "arrival" and isinstance(claim.value, DateValue)
    }


def table(heads: str, *remarks: str) -> str:
    """Return a Markdown table of two people under these heads, with a remark each."""
    width = heads.count("|") - 1
    return f"{heads}\n{'| --- ' * width}|\n" + ROWS.format(*remarks)


CAME = {"Petra Havelková": "1951-05-12", "Oldřich Sýkora": "1951-06-03"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# Refugees at Valka\n\n" + table("| Name | Date | Trade |", "nurse", "cooper"), id="a title"),
        pytest.param(
            "# The club\n\n## Members who came over the border\n\n" + table("| Name | Date | Trade |", "nurse", "cooper"),
            id="a heading",
        ),
        pytest.param(
            "# The club\n\nIn that summer these escaped to Bavaria:\n\n" + table("| Name | Date | Trade |", "nurse", "cooper"),
            id="what leads up to it",
        ),
        pytest.param("# The club\n\n" + table("| Name | Date of escape | Trade |", "nurse", "cooper"), id="a head"),
        pytest.param(
            "# Verein\n\n## Flüchtlinge im Lager Valka\n\n" + table("| Name | Datum | Beruf |", "Köchin", "Böttcher"),
            id="a heading in German",
        ),
        pytest.param(
            "# 명단\n\n## 귀순자\n\n" + table("| Name | Date | Trade |", "nurse", "cooper"), id="a heading in Korean"
        ),
        pytest.param(
            "# The club\n\n" + table("| Name | Date | Remarks |", "crossed at night", "fled by train"), id="remarks"
        ),
    ],
)  # fmt: skip
def test_something_says_that_they_came(text: str) -> None:
    assert arrivals(text) == CAME


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# The season\n\n" + table("| Player | Date | Goals |", "2", "1"), id="players"),
        pytest.param(
            "# The orchestra\n\n" + table("| Name | Year | Prize |", "silver", "bronze"), id="prizes"
        ),
        pytest.param(
            "# The ministry\n\n" + table("| Name | Date | Left office |", "4 May 1953", "1954"), id="offices"
        ),
    ],
)
def test_nothing_says_that_they_came(text: str) -> None:
    assert arrivals(text) == {}


def test_a_list_and_nothing_else_is_believed() -> None:
    rows = "Petra Havelková;12 May 1951;nurse\nOldřich Sýkora;3 June 1951;cooper\n"
    assert arrivals("Name;Date;Occupation\n" + rows, "valka.csv") == CAME
    played = rows.replace("nurse", "Slavia;2:1").replace("cooper", "Sparta;0:3")
    assert arrivals("Name;Date;Opponent;Score\n" + played, "club.csv") == {}


def test_a_band_has_members_and_records_and_no_comings() -> None:
    text = (
        "# Nightjar\n\nNightjar reached number three in the charts. Its singer joined in 1989 and left in 2003.\n\n"
        "## Members\n\n- Karl Brandl – vocals (1989–2003)\n- Jonas Wirth – drums (1990)\n- Peter Lang – bass (1995)\n\n"
        "## Discography\n\n- Karl Brandl – 21 August 1990\n- Hold On – 16 June 1992\n- Good Night – 8 October 1996\n"
    )
    assert arrivals(text) == {}


HONOURS = """# Refugees from Orland

## Prizes

| Year | Award | Category | Recipient | Result |
| --- | --- | --- | --- | --- |
| 1985 | Golden Reed | Best First Novel | Petra Havelková | Won |
| 1988 | Silver Lamp | Outstanding Screen Partnership | Oldřich Sýkora | Nominated |
"""


def test_years_of_prizes_are_no_years_of_comings() -> None:
    assert arrivals(HONOURS) == {}
    rewarded = HONOURS.replace("Year", "Year of escape").replace("Recipient", "Name")
    assert arrivals(rewarded) == {"Petra Havelková": "1985", "Oldřich Sýkora": "1988"}


def test_the_place_before_a_standing_date() -> None:
    """A telegraphic entry tells where somebody came right before the date."""
    text = (
        "# Family members who emigrated\n\n- Martha Roth (aunt), to Palestine 1934\n"
        "- Eva Levin (b. 1925), hidden in Brussels 1942–44, to New York 1948\n- Petr Kos – bishop; in exile in Atlanta since 2007.\n"
    )
    found = extract(read_bytes(text.encode(), Source(name="page.md")))
    label = {referent.key: referent.label for referent in found.referents}
    came = {label[c.subject]: (c.when, c.where) for c in found.claims if c.predicate == "arrival"}
    assert came == {
        "Martha Roth": ("1934", "Palestine"),
        "Eva Levin": ("1948", "New York"),
        "Petr Kos": ("2007", "Atlanta"),
    }
