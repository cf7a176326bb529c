"""Documents, and what the default policy shows of the people in them: `tests/golden/protection`, for people to edit.

    ## document NAME      the source as it is read
    ## shown              one line a person, as the source calls them ─► what the edition calls them (class): what it says

Write "..." below `## shown` and run with REGESTA_GOLDEN=1 to have the lines written anew; then read the difference.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

import pytest

import regesta
from regesta.protection import Plan, plan, read_policy

GOLDEN = Path(__file__).parent / "golden" / "protection"
CASES = sorted(GOLDEN.glob("*.md"))


def told(chronicle: regesta.Chronicle, made: Plan) -> list[str]:
    lines = []
    for person in chronicle.people():
        exposure = made.exposures[person.id]
        said = []
        for claim in chronicle.claims(about=person.id):
            row = made.verdicts[claim.id].row
            if row is not None:
                value = {
                    k: v
                    for k, v in row.value.items()
                    if k not in {"type", "id", "approximate"} and v is not None
                }
                where = f" in {row.where_text}" if row.where_text else ""
                said.append(f"{row.predicate} {spelled(value)}{where}")
        label = re.sub(r"^Person [0-9A-Z]{7}$", "Person ?", exposure.label) or "-"
        minor = ", minor" if exposure.is_minor else ""
        lines.append(
            f"{person.label} ─► {label} ({exposure.person_class}{minor}): {'; '.join(dict.fromkeys(said)) or '-'}"
        )
    return lines


def spelled(value: dict[str, object]) -> str:
    stops = value.pop("stops", None)
    if isinstance(stops, list):
        return ", ".join(stop["text"] for stop in stops)
    return " ".join(str(part) for part in value.values())


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_what_is_shown(case: Path, tmp_path: Path) -> None:
    head, _, expected = case.read_text("utf-8").partition("## shown\n")
    match = re.search(r"^## document (\S+)\n(.*)\Z", head, re.DOTALL | re.MULTILINE)
    assert match is not None
    source = tmp_path / match[1]
    source.write_text(match[2].strip() + "\n", "utf-8")
    with regesta.build([str(source)], output=tmp_path / "c.duckdb") as chronicle:
        made = plan(chronicle, read_policy(None), [], key=bytes(32), on=dt.date(2026, 3, 1))
        found = "\n".join(told(chronicle, made)) + "\n"
    if os.environ.get("REGESTA_GOLDEN"):
        case.write_text(f"{head}## shown\n{found}", "utf-8")
        return
    assert found == expected
