"""What is taken back, what others decided meanwhile, and the build and the chronicle after."""

from __future__ import annotations

import re
import sys
import threading
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

from regesta.decisions import make, read_log
from regesta.model import Decision
from regesta.review import Meanwhile, Notebook, Rebuilder, queue
from reviewing import HERE, Place, correct, decide, fields_of


def test_the_last_one_is_taken_back(place: Place) -> None:
    ana = place.reviewer("Ana")
    page = decide(ana, "/review/pairs", "same")
    form = fields_of(page.text, "undo")
    back = ana.post("/review/undo", data={**form, "why": "a slip"}, headers=HERE)
    assert back.status_code == 200
    assert [one.kind for one in place.log] == ["same", "undo"]
    assert place.log[1].targets == (place.log[0].id,)
    assert "0 decided" in back.text
    twice = ana.post("/review/undo", data={**form, "why": "a slip"}, headers=HERE)
    assert twice.status_code == 422
    assert place.n_log() == 2
    assert (
        ana.post("/review/undo", data={**form, "decision": "d-1", "why": "x"}, headers=HERE).status_code
        == 403
    )
    listed = ana.get("/review/decisions")
    assert listed.text.count("taken back") >= 1


def test_two_at_once_both_see_what_happened(place: Place) -> None:
    ana, ben = place.reviewer("Ana"), place.reviewer("Ben")
    item = queue("pairs", place.library.press().shelf, place.office.notebook.state()).items[0].key
    address = f"/review/pairs?item={item}"
    seen_by_ben = fields_of(ben.get(address).text, "decide")
    assert decide(ana, address, "same", "one passport").status_code == 200
    late = ben.post(
        "/review/decide", data={**seen_by_ben, "answer": "different", "why": "two ages"}, headers=HERE
    )
    assert late.status_code == 409
    assert "one passport" in late.text
    assert "two ages" in late.text
    assert "was not written" in late.text
    assert place.n_log() == 1
    again = fields_of(late.text, "decide")
    assert (
        ben.post(
            "/review/decide", data={**again, "answer": "different", "why": "two ages"}, headers=HERE
        ).status_code
        == 200
    )
    assert place.n_log() == 2
    for reviewer in (ana, ben):
        page = reviewer.get("/review/contests")
        assert "one passport" in page.text
        assert "two ages" in page.text
    first = place.log[0]
    settled = decide(ana, "/review/contests", f"undo.{first.id}", "Ben is right")
    assert settled.status_code == 200
    assert "Nothing waits here" in settled.text
    assert place.office.notebook.state().contests() == ()


def test_a_decision_that_was_taken_back_meanwhile_is_told(place: Place) -> None:
    ana, ben = place.reviewer("Ana"), place.reviewer("Ben")
    claim = place.claim("Karl Moe", "age", "ships.txt")
    address = f"/review/claim/{claim['id']}"
    decide(ana, address, "confirm")
    seen = fields_of(ben.get(address).text, "decide")
    listed = ana.get("/review/decisions")
    ana.post("/review/undo", data={**fields_of(listed.text, "undo"), "why": "a slip"}, headers=HERE)
    late = ben.post("/review/decide", data={**seen, "answer": "reject", "why": "no"}, headers=HERE)
    assert late.status_code == 409
    assert "was taken back" in late.text


def test_a_chronicle_that_says_other_things_now_is_told(place: Place) -> None:
    ana = place.reviewer("Ana")
    claim = place.claim("Johan Berg", "age", "ships.txt")
    page = fields_of(ana.get(f"/review/claim/{claim['id']}").text, "decide")
    stale = {**page, "premise": "p-0000000000000000", "answer": "prefer", "why": "x"}
    answer = ana.post("/review/decide", data=stale, headers=HERE)
    assert answer.status_code == 422
    assert "built again" in answer.text
    assert place.log == ()


def decision(kind: str, target: str, by: str, second: int) -> Decision:

    return make(kind, [target], by=by, why="so", at=datetime(2026, 1, 1, 0, 0, second, tzinfo=UTC))


def test_only_different_people_are_at_odds(tmp_path: Path) -> None:
    book = Notebook(tmp_path / "log.jsonl")
    confirm = decision("confirm", "fc-0000000000000001", "Ana", 1)
    book.add(confirm, ())
    with pytest.raises(Meanwhile):
        book.add(decision("reject", "fc-0000000000000001", "Ben", 2), ())
    book.add(decision("reject", "fc-0000000000000001", "Ana", 3), (confirm.id,))
    assert book.state().contests() == ()
    known = book.state().known(["fc-0000000000000001"])
    book.add(decision("confirm", "fc-0000000000000001", "Ben", 4), known)
    (contest,) = book.state().contests()
    assert (contest.standing.by, contest.against.by) == ("Ben", "Ana")
    known = book.state().known(["fc-0000000000000001"])
    book.add(decision("confirm", "fc-0000000000000001", "Ana", 5), known)
    assert book.state().contests() == ()  # she came round


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    book = Notebook(tmp_path / "log.jsonl")

    def work(n: int) -> None:
        for m in range(10):
            book.add(decision("confirm", f"fc-{n:08x}{m:08x}", f"R{n}", m), ())

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_log(tmp_path / "log.jsonl").decisions) == 60
    assert len(book.state().entries) == 60


def test_a_log_of_others_is_read_again(place: Place) -> None:
    ana = place.reviewer("Ana")
    ana.get("/review")
    with (place.root / "decisions.jsonl").open("a", encoding="utf-8") as file:
        file.write("no decision at all\n")
    assert "1 line of the log cannot be read" in ana.get("/review").text


# the build


def test_a_build_that_fails_is_told_and_loses_nothing(tmp_path: Path) -> None:
    done: list[int] = []
    words = "import sys; sys.exit('the disk is full')"
    broken = Rebuilder(
        tmp_path, lambda: done.append(1), pause=0.0, command=[sys.executable, "-c", words + "; 1/0"]
    )
    broken.ask()
    assert broken.settle(30)
    assert broken.progress().status in ("failed", "idle")
    worse = Rebuilder(
        tmp_path,
        lambda: done.append(1),
        pause=0.0,
        command=[sys.executable, "-c", "import sys; sys.stderr.write('no room'); sys.exit(2)"],
    )
    worse.ask()
    assert worse.settle(30)
    assert worse.progress().status == "failed"
    assert "no room" in worse.progress().said
    missing = Rebuilder(tmp_path, lambda: None, pause=0.0, command=[str(tmp_path / "no such program")])
    missing.ask()
    assert missing.settle(30)
    assert missing.progress().status == "failed"
    shown = Rebuilder(tmp_path, lambda: 1 / 0, pause=0.0, command=[sys.executable, "-c", ""])  # type: ignore[arg-type]
    for _ in range(2):  # and the next one is tried
        shown.ask()
        assert shown.settle(30)
        assert "could not be shown" in shown.progress().said
    for one in (broken, worse, missing, shown):
        one.close()


def test_decisions_in_a_row_are_one_build(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    command = [sys.executable, "-c", f"open({str(runs)!r}, 'a').write('x')"]
    one = Rebuilder(tmp_path, lambda: None, pause=0.4, command=command)
    for _ in range(20):
        one.ask()
    assert one.settle(30)
    one.close()
    assert runs.read_text() == "x"
    assert one.progress().n_builds == 1


def test_a_failed_build_is_shown(place: Place) -> None:
    command = [sys.executable, "-c", "import sys; sys.stderr.write('no <room>'); sys.exit(2)"]
    place.office.rebuilder = Rebuilder(place.root, place.library.renew, pause=0.0, command=command)
    ana = place.reviewer("Ana")
    decide(ana, "/review/pairs", "same")
    assert place.office.rebuilder.settle(30)
    page = ana.get("/review")
    assert "the build failed" in page.text
    assert "no &lt;room&gt;" in page.text
    assert place.n_log() == 1
    assert ana.get("/review/state").json()["status"] == "failed"


def test_the_effect_is_in_the_next_chronicle(place: Place) -> None:
    """The whole way with the real build: a claim rejected, one corrected, two made one, a finding settled, one undone."""
    place.office.rebuilder = Rebuilder(place.root, place.library.renew, pause=0.1)
    ana = place.reviewer("Ana")
    age = place.claim("Karl Moe", "age", "ships.txt")
    person = decide(ana, f"/review/claim/{age['id']}", "reject", "it says baker, no age")
    assert "it says baker, no age" in person.text  # at once, from the log
    assert "rebuilding" in person.text
    nurse = place.claim("Marta Lind", "age", "ships.txt")
    assert correct(ana, nurse, value="26 year").status_code == 200
    finding = fields_of(ana.get("/review/findings").text, "decide")["about"]
    assert decide(ana, "/review/findings", "explained", "two moves").status_code == 200
    berg = place.claim("Jon Bergh", "arrival", "letters.txt")["subject"]
    johan = place.claim("Johan Berg", "arrival", "letters.txt")["subject"]
    found = re.search(r'href="(/review/pair\?[^"]+)"', ana.get(f"/review/entity/{berg}?other={johan}").text)
    assert found
    assert decide(ana, unescape(found[1]), "same", "one trade, one day").status_code == 200
    assert place.office.rebuilder.settle(100), place.office.rebuilder.progress()
    assert place.office.rebuilder.progress().status == "idle", place.office.rebuilder.progress()
    assert place.value("select rank from claims where fingerprint = ?", age["fingerprint"]) == "deprecated"
    made = place.value("select value_number from claims where method like 'decision:%'")
    assert made == 26
    assert place.value("select status from findings where fingerprint = ?", finding) in ("explained", None)
    assert (
        place.value("select count(distinct entity) from referents where label in ('Jon Bergh', 'Johan Berg')")
        == 1
    )
    statuses = {
        row[0]: row[1] for row in place.library.press().shelf.rows("select kind, status from decisions")
    }
    assert {statuses["reject"], statuses["correct"], statuses["same"]} == {"applied"}
    page = ana.get("/review/decisions")
    assert "applied" in page.text
    assert "has all that was decided" in page.text
    undo = next(
        fields_of(part, "undo")
        for part in page.text.split("<li")
        if "it says baker, no age" in part and 'action="/review/undo"' in part
    )
    ana.post("/review/undo", data={**undo, "why": "it does"}, headers=HERE)
    assert place.office.rebuilder.settle(100)
    assert place.value("select rank from claims where fingerprint = ?", age["fingerprint"]) == "normal"
