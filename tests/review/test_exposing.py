"""What may be shown: withholding, releasing, erasing, each with its effect told first."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from regesta.decisions import read_log
from regesta.pages import words_of
from regesta.review import tried
from regesta.web import Library, Reached
from reviewing import HERE, Place, fields_of


def effect(html: str) -> list[list[str]]:
    """Return the table of what an edition would show, its rows as words."""
    table = re.search(r'<table class="effect">.*?</table>', html, re.DOTALL)
    assert table
    rows = re.findall(r"<tr>(.*?)</tr>", table[0], re.DOTALL)
    return [
        [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<t[dh].*?</t[dh]>", row)]
        for row in rows
    ]


def test_withholding_is_told_before_it_is_done_and_is_done(place: Place) -> None:
    ana = place.reviewer("Ana")
    who = place.claim("Marta Lind", "arrival", "ships.txt")["subject"]
    first = ana.get(f"/review/expose/{who}")
    assert "Anybody may, at once" in first.text
    assert len(effect(first.text)[1]) == 2
    assert 'action="/review/expose"' not in first.text
    tried = ana.get(f"/review/expose/{who}?answer=withhold")
    told = {row[0]: row[1:] for row in effect(tried.text)[1:]}
    assert int(told["Claims as stated"][0]) > 0
    assert told["Claims as stated"][1] == "0"
    assert told["Called"] == ["by name", "not at all"]
    assert place.n_log() == 0
    form = fields_of(tried.text, "expose")
    done = ana.post("/review/expose", data={**form, "why": "her sister is still there"}, headers=HERE)
    assert done.status_code == 200
    (one,) = place.log
    assert (one.kind, one.value, one.expires) == ("withhold", None, None)
    assert one.targets[0].startswith("fm-")
    assert "her sister is still there" in done.text
    now = {row[0]: row[1:] for row in effect(done.text)[1:]}
    assert now["Called"] == ["not at all"]


def test_a_release_has_its_ground_and_lapses(place: Place) -> None:
    ana = place.reviewer("Ana")
    who = place.claim("Marta Lind", "arrival", "ships.txt")["subject"]
    without = ana.get(f"/review/expose/{who}?answer=release")
    assert "without a ground" in without.text
    assert 'action="/review/expose"' not in without.text
    tried = ana.get(f"/review/expose/{who}?answer=release&ground=own+disclosure&scope=all")
    told = {row[0]: row[1:] for row in effect(tried.text)[1:]}
    assert int(told["Claims as stated"][1]) >= int(told["Claims as stated"][0])
    ana.post("/review/expose", data={**fields_of(tried.text, "expose"), "why": "her book"}, headers=HERE)
    (one,) = place.log
    assert (one.kind, one.value) == ("release", "ground=own disclosure; scope=all")
    assert one.expires is not None
    assert int(one.expires[:4]) == int(one.at[:4]) + 1


@pytest.mark.parametrize(
    "sent", [{"why": ""}, {"answer": "burn"}, {"ground": "luck"}, {"about": "fm-0000000000000000"}]
)
def test_an_exposure_that_cannot_be(place: Place, sent: dict[str, str]) -> None:
    ana = place.reviewer("Ana")
    who = place.claim("Marta Lind", "arrival", "ships.txt")["subject"]
    page = ana.get(f"/review/expose/{who}?answer=release&ground=deceased&scope=name")
    form = {**fields_of(page.text, "expose"), "why": "because", **sent}
    assert ana.post("/review/expose", data=form, headers=HERE).status_code in (403, 422)
    assert place.log == ()


def test_nobody_is_erased_by_a_slip(place: Place) -> None:
    ana = place.reviewer("Ana")
    who = place.claim("Marta Lind", "arrival", "ships.txt")["subject"]
    closed = ana.get(f"/review/expose/{who}?answer=erase")
    assert 'action="/review/expose"' not in closed.text  # nothing here can erase
    done: list[tuple[str, str, str]] = []

    def erase(*said: str) -> Reached:
        done.append(said)  # type: ignore[arg-type]
        return Reached(2, 1, 0, ("sources/ships.txt",))

    place.office.erase = erase
    page = ana.get(f"/review/expose/{who}?answer=erase")
    assert "ships.txt" in page.text
    assert "<i>Marta Lind</i>" in page.text
    form = {**fields_of(page.text, "expose"), "why": "she asked for it"}
    wrong = ana.post("/review/expose", data={**form, "again": "Karl Moe"}, headers=HERE)
    assert wrong.status_code == 422
    assert "That is not the name" in wrong.text
    assert done == []
    right = ana.post("/review/expose", data={**form, "again": " Marta  Lind "}, headers=HERE)
    assert done == [(who, "Ana", "she asked for it")]
    assert "2 decisions and 1 identities rewritten" in right.text
    assert "sources/ships.txt" in right.text


def test_what_is_wrong_is_said_in_the_language_of_the_page(place: Place) -> None:
    ana = place.reviewer("Ana")
    who = place.claim("Marta Lind", "arrival", "ships.txt")["subject"]
    without = ana.get(f"/ko/review/expose/{who}?answer=release").text
    assert '<p class="problem" role="alert" lang="ko">근거 없이는' in without
    page = ana.get(f"/ko/review/expose/{who}?answer=withhold").text
    sent = ana.post("/ko/review/expose", data={**fields_of(page, "expose"), "why": " "}, headers=HERE)
    assert sent.status_code == 422
    assert 'role="alert" lang="ko">이유가 없습니다' in sent.text
    wrong = {**fields_of(ana.get("/ko/review/pairs").text, "decide"), "answer": "", "why": "because"}
    told = ana.post("/ko/review/decide", data=wrong, headers=HERE)
    assert 'lang="ko">답을 고르지' in told.text


def test_what_a_plan_says_of_decisions_is_said_in_the_language_of_the_page(place: Place) -> None:
    ana = place.reviewer("Ana")
    who = place.claim("Karl Moe", "age", "ships.txt")["subject"]
    page = ana.get(f"/review/expose/{who}?answer=withhold").text
    ana.post("/review/expose", data={**fields_of(page, "expose"), "why": "she is there"}, headers=HERE)
    assert [one.kind for one in place.log] == ["withhold"]
    for prefix, hint in (("", 'lang="en">Withheld by d-'), ("/ko", 'lang="ko">d-')):
        page = ana.get(f"{prefix}/review/expose/{who}?answer=release&ground=deceased&scope=name").text
        assert f'<p class="hint" {hint}' in page


def test_every_sentence_of_what_is_wrong_is_of_something_that_is_raised() -> None:
    source = Path(__file__).parents[2] / "src" / "regesta"
    raised = "".join(
        re.sub(r"\{[^}]*\}", "", file.read_text("utf-8"))
        for room in ("review", "web/review", "protection", "decisions")
        for file in (source / room).glob("*.py")
    )
    texts = {"_".join(re.findall(r"[a-z]+", text.lower())) for text in re.findall(r'"([^"\n]*)"', raised)}
    known = {
        key.removeprefix("review.error.") for key in words_of("en").entries if key.startswith("review.error.")
    }
    assert known
    assert known <= texts


def test_a_claim_alone_is_withheld_with_its_effect_told_first(place: Place) -> None:
    ana = place.reviewer("Ana")
    claim = place.claim("Marta Lind", "arrival", "ships.txt")
    assert f"/review/expose/{claim['id']}" in ana.get(f"/review/claim/{claim['id']}").text
    tried = ana.get(f"/review/expose/{claim['id']}?answer=withhold")
    told = {row[0]: row[1:] for row in effect(tried.text)[1:]}
    n = sum(
        int(told[name][0]) for name in ("Claims as stated", "Claims told more coarsely", "Claims withheld")
    )
    assert told["Claims as stated"][1] == "0"
    assert int(told["Claims withheld"][1]) == n > 0
    assert told["Called"] == ["by name", "by name"]
    assert 'id="scope"' not in tried.text
    ana.post(
        "/review/expose",
        data={**fields_of(tried.text, "expose"), "why": "the day is not known"},
        headers=HERE,
    )
    (one,) = place.log
    assert (one.kind, one.targets) == ("withhold", (claim["fingerprint"],))
    now = {row[0]: row[1:] for row in effect(ana.get(f"/review/expose/{claim['id']}").text)[1:]}
    assert now["Claims as stated"] == ["0"]


def test_a_claim_is_erased_by_its_words(place: Place) -> None:
    ana = place.reviewer("Ana")
    claim = place.claim("Marta Lind", "arrival", "ships.txt")
    done: list[tuple[str, str, str]] = []

    def erase(*said: str) -> Reached:
        done.append(said)  # type: ignore[arg-type]
        return Reached(0, 0, 0, ())

    place.office.erase = erase
    page = ana.get(f"/review/expose/{claim['id']}?answer=erase")
    assert "ships.txt" in page.text
    form = {**fields_of(page.text, "expose"), "why": "told in confidence"}
    assert ana.post("/review/expose", data={**form, "again": "Karl Moe"}, headers=HERE).status_code == 422
    ana.post("/review/expose", data={**form, "again": "Marta Lind"}, headers=HERE)
    assert done == [(claim["id"], "Ana", "told in confidence")]


def test_what_is_planned_once_is_what_is_planned_anew(place: Place) -> None:
    from regesta.chronicle import open as open_chronicle
    from regesta.protection import material_of, plan, read_policy

    chronicle = place.office.library.chronicle
    on = date(2026, 1, 31)
    target = str(place.claim("Marta Lind", "arrival", "ships.txt")["fingerprint"])
    new = tried("withhold", "", target, by="Ana", at=datetime(2026, 1, 30, tzinfo=UTC))
    with open_chronicle(chronicle) as opened:
        material = material_of(opened)
        for log in ((), (new,), ()):  # planning changes nothing of what was read
            once = plan(opened, read_policy(None), log, key=bytes(32), on=on, material=material)
            anew = plan(opened, read_policy(None), log, key=bytes(32), on=on)
            assert (once.exposures, once.verdicts, once.notes) == (anew.exposures, anew.verdicts, anew.notes)


def test_the_command_erases_what_the_page_erases(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from regesta.cli.erasing import eraser
    from regesta.project import find_project

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "project"
    shutil.copytree(built, root)
    monkeypatch.chdir(root)
    library = Library(root / "chronicle.duckdb", title="x")
    who = library.press().shelf.value("select id from entities where label = 'Marta Lind'")
    reached = eraser(find_project(root))(str(who), "Ana", "she asked for it")
    assert any(one.endswith("ships.txt") for one in reached.holders)
    assert (root / "tombstones.jsonl").is_file()
    (one,) = read_log(root / "decisions.jsonl").decisions
    assert one.kind == "erase"
