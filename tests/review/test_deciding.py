"""Every kind of decision on the pages: pairs, claims, findings, corrections, additions; never without a reason."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from reviewing import HERE, Place, correct, decide, fields_of


def test_a_pair_is_judged_and_the_next_one_shown(place: Place) -> None:
    ana = place.reviewer("Ana")
    page = ana.get("/review/pairs")
    assert "1 of" in page.text
    assert "What speaks for one and the same" in page.text
    left, right = fields_of(page.text, "decide")["about"].split()
    answer = decide(ana, "/review/pairs", "different", "two letters, two hands")
    assert answer.status_code == 200
    (one,) = place.log
    assert (one.kind, set(one.targets), one.by, one.why) == (
        "different",
        {left, right},
        "Ana",
        "two letters, two hands",
    )
    assert "Take it back" in answer.text
    assert "1 decided" in answer.text


@pytest.mark.parametrize(
    ("answer", "kind"), [("same", "same"), ("part-of", "part-of"), ("whole-of", "part-of")]
)
def test_two_who_are_chosen_by_hand(place: Place, answer: str, kind: str) -> None:
    ana = place.reviewer("Ana")
    berg = place.claim("Jon Bergh", "arrival", "letters.txt")["subject"]
    page = ana.get(f"/review/entity/{berg}?other=johan")
    found = re.search(r'href="(/review/pair\?left=(fm-\w+)&amp;right=(fm-\w+))"', page.text)
    assert found, page.text
    sent = decide(ana, unescape(found[1]), answer)
    assert sent.status_code == 200
    (one,) = place.log
    assert one.kind == kind
    assert list(one.targets) == ([found[3], found[2]] if answer == "whole-of" else [found[2], found[3]])
    assert "This is decided" in sent.text
    assert "Nobody else" in ana.get(f"/review/entity/{berg}?other=zzz").text


@pytest.mark.parametrize("kind", ["prefer", "deprecate", "confirm", "reject", "comment"])
def test_a_claim_is_judged_where_it_stands(place: Place, kind: str) -> None:
    ana = place.reviewer("Ana")
    claim = place.claim("Karl Moe", "age", "ships.txt")
    person = ana.get(f"/people/{claim['subject']}")
    if kind != "comment":
        assert f'href="/review/claim/{claim["id"]}?answer={kind}"' in person.text
    answer = decide(ana, f"/review/claim/{claim['id']}?answer={kind}", kind, "the ledger <b>says</b> so")
    assert answer.url.path == f"/people/{claim['subject']}"
    (one,) = place.log
    assert one.kind == kind
    assert one.targets == (claim["fingerprint"],)
    assert (one.precondition is not None) == (kind in ("prefer", "deprecate"))
    assert "the ledger &lt;b&gt;says&lt;/b&gt; so" in answer.text
    assert "<b>says</b>" not in answer.text


def test_claims_at_odds(place: Place) -> None:
    ana = place.reviewer("Ana")
    page = ana.get("/review/conflicts")
    assert "Johan Berg" in page.text
    about = fields_of(page.text, "decide")["about"].split()
    assert sum(one.startswith("fc-") for one in about) >= 2
    assert decide(ana, "/review/conflicts", f"prefer.{about[0]}").status_code == 200
    assert place.log[0].kind == "prefer"
    assert place.log[0].targets == (about[0],)
    assert place.log[0].precondition


@pytest.mark.parametrize("kind", ["not-a-conflict", "explained", "exception", "resolved"])
def test_a_finding_is_settled(place: Place, kind: str) -> None:
    ana = place.reviewer("Ana")
    target = fields_of(ana.get("/review/findings").text, "decide")["about"]
    assert decide(ana, "/review/findings", kind).status_code == 200
    (one,) = place.log
    assert (one.kind, one.targets) == (kind, (target,))
    kept = json.loads(one.value or "")["findings"][0]
    assert kept["fingerprint"] == target
    assert kept["says"]


def test_what_is_told_with_reserve_is_asked(place: Place) -> None:
    ana = place.reviewer("Ana")
    page = ana.get("/review/claims")
    assert "hearsay" in page.text
    assert "has not been measured yet" not in ana.get("/review").text
    assert decide(ana, "/review/claims", "confirm").status_code == 200
    assert place.log[0].kind == "confirm"


def test_a_claim_is_corrected(place: Place) -> None:
    ana = place.reviewer("Ana")
    claim = place.claim("Karl Moe", "age", "ships.txt")
    assert correct(ana, claim, value="41 year").status_code == 200
    assert "41 year" in ana.get(f"/review/correct/{claim['id']}").text  # who comes next sees it
    other = place.claim("Marta Lind", "age", "ships.txt")
    assert correct(ana, other, subject="karl moe", quote="nurse  (age 25)").status_code == 200
    first, second = place.log
    assert (first.kind, first.value, first.precondition is not None) == ("correct", "41 year", True)
    said = json.loads(second.value or "")
    assert said["quote"] == "nurse (age 25)"
    assert said["source"] == "ships.txt"
    assert "value" not in said
    named = place.value("select label from referents where fingerprint = ?", said["subject"])
    assert named == "Karl Moe"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"value": "old"}, "no quantity"), ({}, "nothing is corrected"), ({"subject": "Nobody at all"}, "nobody of that name"),
        ({"quote": "words that stand nowhere"}, "stand nowhere"), ({"quote": "age"}, "places"), ({"why": "  "}, "no reason"),
        ({"when": "soon"}, "no date"), ({"why": "x" * 2001}, "longer than"),
    ],
)  # fmt: skip
def test_a_correction_that_cannot_be(place: Place, typed: dict[str, str], told: str) -> None:
    ana = place.reviewer("Ana")
    answer = correct(ana, place.claim("Karl Moe", "age", "ships.txt"), **typed)
    assert answer.status_code == 422
    assert told in answer.text.lower()
    for given_ in typed.values():
        if given_.strip() and len(given_) < 100:
            assert given_ in unescape(answer.text)  # what was typed is still there
    assert place.log == ()


def add(client: TestClient, address: str, **typed: str) -> Any:
    form = fields_of(client.get(address).text, "add")
    return client.post("/review/add", data={**form, "why": "missed", **typed}, headers=HERE)


def test_words_become_a_claim(place: Place) -> None:
    ana = place.reviewer("Ana")
    text = place.library.press().shelf.text("ships.txt", 0, 10_000)
    start = text.index("nurse")
    address = f"/review/add?source=ships.txt&start={start}&end={start + 5}"
    page = ana.get(address)
    assert "<mark>nurse</mark>" in page.text
    answer = add(ana, address, quote="nurse", subject="Marta Lind", predicate="rank", value="head nurse")
    assert answer.status_code == 200, answer.text
    said = json.loads(place.log[0].value or "")
    assert (said["predicate"], said["value"], said["quote"], said["source"]) == (
        "rank",
        "head nurse",
        "nurse",
        "ships.txt",
    )
    assert said["before"].endswith("Marta Lind, ")
    by_hand = add(
        ana, "/review/add?source=ships.txt", quote="baker (age 40)", subject="Karl Moe", predicate="birth", value="1882"
    )  # fmt: skip
    assert by_hand.status_code == 200
    assert place.n_log() == 2


def test_an_addition_that_cannot_be(place: Place) -> None:
    ana = place.reviewer("Ana")
    good = {"quote": "baker (age 40)", "subject": "Karl Moe", "predicate": "birth", "value": "1882"}
    for bad in (
        {"quote": ""}, {"quote": "age"}, {"subject": ""}, {"subject": "Berg"}, {"predicate": ""}, {"predicate": "nonsense"},
        {"value": "when"}, {"value": ""}, {"why": ""}, {"quote": "x" * 600},
    ):  # fmt: skip
        answer = add(ana, "/review/add?source=ships.txt", **{**good, **bad})
        assert answer.status_code == 422, bad
    assert place.log == ()


def test_a_name_of_several_asks_which(place: Place) -> None:
    ana = place.reviewer("Ana")
    typed = {"quote": "baker (age 40)", "subject": "Jo", "predicate": "birth", "value": "1882"}
    answer = add(ana, "/review/add?source=ships.txt", **typed)
    assert answer.status_code == 422
    chosen = re.findall(r'name="subject_chosen" value="(e-\w+)"', answer.text)
    assert len(chosen) >= 2
    assert add(ana, "/review/add?source=ships.txt", **typed, subject_chosen=chosen[0]).status_code == 200


def test_hostile_words_are_words(place: Place) -> None:
    hostile = "<script>alert(1)</script>\"' {{ 7*7 }} \u202e"
    ana = place.reviewer(hostile)
    for address, answer in (("/review/pairs", "same"), ("/review/findings", "explained")):
        assert decide(ana, address, answer, hostile).status_code == 200
    for address in (
        "/review",
        "/review/decisions",
        "/review/pairs",
        f"/review/decisions?by={hostile}",
        "/ko/review/decisions",
    ):
        page = ana.get(address)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "{{ 7*7 }}" in page.text
    assert all(one.by.isprintable() for one in place.log)


def test_never_without_a_reason_or_an_answer(place: Place) -> None:
    ana = place.reviewer("Ana")
    for answer, why in (
        ("same", ""),
        ("same", " \t "),
        ("", "x"),
        ("nonsense", "x"),
        ("undo", "x"),
        ("prefer", "x"),
        ("same.fm-1", "x"),
    ):
        sent = decide(ana, "/review/pairs", answer, why)
        assert sent.status_code == 422, (answer, why)
        assert 'role="alert"' in sent.text
    assert place.log == ()
