"""Figures of a server: what was asked is counted by route, and nobody is named; ready is told apart from alive."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from regesta import journal
from regesta.web import Library
from regesta.web.metrics import BUCKETS, Figure, Metrics, exposed

LINE = re.compile(r'(\w+)(?:\{((?:\w+="(?:[^"\\\n]|\\.)*",?)*)\})? (\S+)')
LABEL = re.compile(r'(\w+)="((?:[^"\\\n]|\\.)*)"')
Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def read(text: str) -> Samples:
    """Read the format as it is specified, slowly: every line is a remark or a sample, each sample of a declared figure."""
    found: Samples = {}
    declared: dict[str, str] = {}
    assert text.endswith("\n")
    for line in text[:-1].split("\n"):
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name not in declared
            declared[name] = kind
        elif not line.startswith("# HELP "):
            match = LINE.fullmatch(line)
            assert match, line
            labels = tuple(
                (name, re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), said))
                for name, said in LABEL.findall(match[2] or "")
            )
            assert (match[1], labels) not in found
            found[match[1], labels] = float(match[3])
            assert match[1] in declared or re.sub(r"_(bucket|sum|count)$", "", match[1]) in declared
    return found


def requests(samples: Samples) -> dict[tuple[str, str, str], float]:
    return {
        (of["route"], of["method"], of["status"]): n
        for (name, labels), n in samples.items()
        if name == "regesta_requests_total" and (of := dict(labels))
    }


def test_requests_are_counted_by_route_and_status(client: TestClient, library: Library) -> None:
    ids = [str(row[0]) for row in library.press().shelf.rows("select id from entities order by id")]
    for entity in ids:
        client.get(f"/people/{entity}")
    client.get("/people/e-nobody")
    client.get("/ko/people")
    client.get("/nowhere/Ada")
    client.get("/", headers={"host": "evil.example"})
    client.request("BREW", "/")
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    told = read(answer.text)
    counted = requests(told)
    assert counted["/people/{key:path}", "GET", "200"] == len(ids)
    assert counted["/people/{key:path}", "GET", "404"] == 1
    assert counted["/ko/people", "GET", "200"] == 1
    assert counted["none", "GET", "404"] == 1
    assert counted["none", "GET", "421"] == 1
    assert sum(n for (_, method, _), n in counted.items() if method == "other") == 1
    assert not any(one in answer.text for one in (*ids, "Ada", "evil", "nobody", "BREW"))


def test_pages_at_hand_and_rows_are_told(client: TestClient, library: Library) -> None:
    for _ in range(3):
        client.get("/people")
    told = read(client.get("/metrics").text)
    assert told["regesta_kept_pages_total", (("found", "yes"),)] == 2
    assert told["regesta_kept_pages_total", (("found", "no"),)] == 1
    rows = library.press().shelf.value("select count(*) from claims")
    assert told["regesta_chronicle_rows", (("table", "claims"),)] == rows
    built = library.chronicle.stat().st_mtime
    assert told["regesta_chronicle_timestamp_seconds", ()] == pytest.approx(built, abs=1)
    assert told["regesta_chronicle_age_seconds", ()] >= 0


@given(st.lists(st.tuples(st.sampled_from(["/", "/people"]), st.floats(0, 100)), max_size=40))
def test_classes_of_times_are_those_of_a_slow_count(asked: list[tuple[str, float]]) -> None:
    metrics = Metrics()
    for route, seconds in asked:
        metrics.count(route, "GET", 200, seconds)
    told = read(exposed(metrics.figures()))
    for route in {route for route, _ in asked}:
        times = [seconds for other, seconds in asked if other == route]
        for bound in BUCKETS:
            labels = (("route", route), ("le", f"{bound:g}"))
            assert told["regesta_request_seconds_bucket", labels] == sum(one <= bound for one in times)
        assert told["regesta_request_seconds_bucket", (("route", route), ("le", "+Inf"))] == len(times)
        assert told["regesta_request_seconds_count", (("route", route),)] == len(times)
        assert told["regesta_request_seconds_sum", (("route", route),)] == pytest.approx(sum(times))


@given(st.text(st.characters(exclude_characters="\r", codec="utf-8")))
def test_any_label_is_read_back(said: str) -> None:
    told = read(exposed([Figure("a", "gauge", "A thing.", (("", {"of": said}, 1.0),))]))
    assert told == {("a", (("of", said),)): 1.0}


def test_ready_is_not_alive(client: TestClient, library: Library) -> None:
    assert client.get("/ready").json()["status"] == "ready"
    library.chronicle.rename(library.chronicle.with_suffix(".gone"))
    answer = client.get("/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "not ready")
    assert client.get("/health").status_code == 200
    told = read(client.get("/metrics").text)
    assert ("regesta_chronicle_timestamp_seconds", ()) not in told


def test_requests_are_in_the_journal_without_whom(
    client: TestClient, library: Library, tmp_path: Path
) -> None:
    ada = library.press().shelf.value("select id from entities where label = 'Ada Brook'")
    journal.open_journal(tmp_path / "log.jsonl")
    client.get(f"/people/{ada}?q=Ada")
    client.get("/search?q=Ada+Brook")
    journal.close_journal()
    text = (tmp_path / "log.jsonl").read_text("utf-8")
    told = [json.loads(line) for line in text.splitlines()]
    assert [(line["route"], line["status"]) for line in told] == [
        ("/people/{key:path}", 200),
        ("/search", 200),
    ]
    assert "Ada" not in text
    assert str(ada) not in text
