"""Editions: what is withheld stands in no byte, what is shown is exact, and the same input gives the same bytes."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import os
import re
import sqlite3
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.chronicle import Chronicle
from regesta.chronicle import open as open_chronicle
from regesta.chronicle.rows import (
    BlockRow,
    ClaimRow,
    EvidenceRow,
    FindingMemberRow,
    IdentityRow,
    MentionRow,
    ObservationRow,
    ReferentRow,
)
from regesta.cli.edition import edition as command
from regesta.edition import check, imprint_of, make, plant, read_canaries, watch_of, watched
from regesta.edition.laying import MARK, lay
from regesta.edition.scanning import Patterns, found_in, whole_hashes
from regesta.errors import ProjectError, StoreError
from regesta.export import FORMATS, export
from regesta.pipeline import rebuild
from regesta.protection import Plan, plan, read_policy

sys.path.insert(0, str(Path(__file__).parent / "editions"))

from planning_by_hand import plan_by_hand

KEY = b"k" * 32
HIDDEN = {
    "Han Sol-bi", "Han Solbi", "Kwon Tae-ryong", "Kwon T'aeryong", "Gwon Taeryong", "Kwŏn T'aeryong", "권태룡", "Mirela Dobrescu", "Otto Wendelin Kranz",
    "Seo Byeol", "Ilse Kranz",
}  # fmt: skip
WORDS = [word for one in plant(b"fifty", 40) for word in one.split("-")[:1]]
"""Forty words that no text has."""

LIST = f"""Pilots of the Sund
1990
• Anna Brook – on 3 May 1990, air force captain, sister of {WORDS[0].title()} Brook; flew her plane to Malmo. She wrote a book called Northern Lights.[1]
• Kwon Tae-ryong – mechanic from {WORDS[1].title()}, arrived in Lund on 7 June 1990 with his wife {WORDS[2].title()}. His telephone is +82 10 5550 4711.
• Erik Sund – 12 July 1991, navigator, arrived in Malmo in 1991. Kwon T'aeryong helped him. He was treated for {WORDS[3]} fever in hospital.
1992
• Mirela Dobrescu – teacher born on 14 February 1931 in {WORDS[4].title()}, arrived in Lund in 1992. She is known as {WORDS[5].title()}.
• Lena Holm – arrived in Malmo on 9 August 1992. Her brother {WORDS[6].title()} Holm hides in {WORDS[7].title()}.

In total 31,093 refugees had entered the country by 2016.

Notes
1. "Letters of Mirela Dobrescu". The {WORDS[8].title()} Times. 3 May 1999. http://example.org/mirela-dobrescu.html
"""
PROSE = f"""# The crossing

권태룡 and Han Sol-bi crossed the river in 1990. {WORDS[9].title()} {WORDS[10]} {WORDS[11]} {WORDS[12]} {WORDS[13]} {WORDS[14]} nobody understood.

Anna Brook arrived in Malmo on 3 May 1990. Gwon Taeryong, a broker, took {WORDS[15]} crowns from her uncle {WORDS[16].title()}.

Otto Wendelin Kranz was a judge. In 1994 he moved to {WORDS[17].title()} Street with Ilse Kranz, his daughter. Seo Byeol lives in {WORDS[18].title()} now.

The law of 1962 gave every refugee 500 dollars. It was in force until 1993.
"""
TABLE = f"""name,arrival,role,note
Anna Brook,1990-05-03,captain,{WORDS[19]}
Han Sol-bi,1990-06-07,{WORDS[20]},{WORDS[21]}
Erik Sund,1991-07-12,navigator,sick with {WORDS[22]}
"""
SECRETS = [
    *WORDS[:23],
    *(n for n in sorted(HIDDEN)),
    "Kwon Taeryong",
    "Kwon Tae Ryong",
    "GWON TAERYONG",
    "Taeryong Kwon",
    "kwon_tae_ryong",
    "Dobrescu, Mirela",
    "Kranz, Otto Wendelin",
    "10 5550 4711",
    "14 February 1931",
    "1931-02-14",
    *WORDS[30:37],
]


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the chronicle of a project full of secrets."""
    root = tmp_path_factory.mktemp("private")
    sources = root / "sources"
    sources.mkdir()
    (root / "regesta.toml").write_text('title = "x"\n')
    (sources / "pilots.txt").write_text(LIST, "utf-8")
    (sources / "kwon_tae_ryong.md").write_text(PROSE, "utf-8")
    (sources / "roll.csv").write_text(TABLE, "utf-8")
    (sources / "silent.txt").write_text(f"{WORDS[23]} {WORDS[24]} is all that it says.\n", "utf-8")
    (sources / "sources.toml").write_text(
        '["roll.csv"]\ntitle = "Roll of Han Sol-bi"\nurl = "https://example.org/han%20sol%2Dbi?x=1"\nlicence = "CC0"\n',
        "utf-8",
    )
    line = {
        "at": "2026-01-01T00:00:00.000000Z", "by": f"{WORDS[30]} {WORDS[31]}", "kind": "comment", "targets": ["fm-0000000000000000"],
        "value": None, "why": f"she told {WORDS[32]} of {WORDS[33]}", "precondition": None, "expires": None,
    }  # fmt: skip
    from regesta.model.decision import decision_id

    fields = {k: v for k, v in line.items() if k != "targets"}
    id_ = decision_id(**fields, targets=("fm-0000000000000000",))  # type: ignore[arg-type]
    (root / "decisions.jsonl").write_text(json.dumps({"id": id_, **line}) + "\n", "utf-8")
    before = Path.cwd()
    os.chdir(root)
    try:
        rebuild([], cache=False)
    finally:
        os.chdir(before)
    return root / "chronicle.duckdb"


def by_hand(chronicle: Chronicle) -> Plan:
    secret = [plain(name) for name in (*HIDDEN, *WORDS)]
    known = {
        e.label
        for e in chronicle.people()
        if any(one in plain(" ".join((e.label, *e.aliases))) for one in secret)
    }
    made = plan_by_hand(chronicle, hidden=known)
    return replace(made, hidden=tuple(sorted({*made.hidden, *HIDDEN})))


def plain(text: str) -> str:
    """Return letters and digits alone: a second way of folding, slow and plain."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", "".join(x for x in bare if x.isalnum()))


@pytest.fixture(scope="module")
def public(private: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("public") / "edition.duckdb"
    with open_chronicle(private) as chronicle:
        make(chronicle, by_hand(chronicle), path, key=KEY)
    return path


@pytest.fixture(scope="module")
def exported(public: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every export of the edition."""
    folder = tmp_path_factory.mktemp("exports")
    with open_chronicle(public) as chronicle:
        for name in FORMATS:
            if name == "xlsx":
                pytest.importorskip("xlsxwriter")
            export(chronicle, name, folder / name)
    return folder


@pytest.fixture(scope="module")
def everything(exported: Path) -> list[tuple[str, str, str]]:
    """Return all texts of the exports, as they are and plain, in the plainest way: no room of the program helps."""
    found: list[tuple[str, str, str]] = []
    for path in sorted(exported.rglob("*")):
        if path.is_file():
            raw = path.read_bytes()
            told = [(path.name, f"{path.name} {raw.decode('utf-8', 'replace')}")]
            if raw[:2] == b"PK":
                with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                    told += [
                        (name, archive.read(name).decode("utf-8", "replace")) for name in archive.namelist()
                    ]
            found += [
                (name, text, "" if name.endswith((".parquet", ".xlsx")) else plain(text))
                for name, text in told
            ]
    return found


def test_the_edition_holds_something(public: Path) -> None:
    with open_chronicle(public) as edition:
        labels = {e.label for e in edition.people()}
        assert {"Anna Brook", "Erik Sund", "Lena Holm"} <= labels
        assert len(edition.rows(ClaimRow)) >= 10
        assert any("law of 1962" in edition.text(s.name) for s in edition.sources())
        assert edition.sql("select count(*) from decisions").rows == ((0,),)
        assert edition.sql("select count(*) from rejections").rows == ((0,),)


@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_in_any_export(everything: list[tuple[str, str, str]], secret: str) -> None:
    wanted = plain(secret)
    assert wanted
    for name, text, folded in everything:
        assert secret not in text, name
        assert wanted not in folded, name


def test_the_check_passes_the_edition_and_its_exports(private: Path, public: Path, exported: Path) -> None:
    with open_chronicle(private) as chronicle:
        watch = watch_of(chronicle, by_hand(chronicle), canaries=WORDS[:25])
    assert watch.n_names > 30
    assert watch.n_runs > 5
    assert check([public, exported], watch) == ()


def test_the_check_finds_the_secrets_of_the_private_chronicle(private: Path, tmp_path: Path) -> None:
    with open_chronicle(private) as chronicle:
        watch = watch_of(chronicle, by_hand(chronicle), canaries=WORDS[:25])
        for name in ("jsonl", "parquet", "csv"):
            export(chronicle, name, tmp_path / name)
            assert {leak.rule for leak in check([tmp_path / name], watch)} == {"canary", "name", "quote"}, (
                name
            )
    assert {leak.rule for leak in check([private], watch)} >= {"canary", "name", "quote"}


def test_text_is_quote_everywhere(public: Path) -> None:
    with open_chronicle(public) as edition:
        texts = {s.name: edition.text(s.name) for s in edition.sources()}
        for kind in (EvidenceRow, MentionRow, FindingMemberRow, ObservationRow):
            for row in edition.rows(kind):
                assert texts[row.source][row.start_char : row.end_char] == row.quote  # type: ignore[attr-defined]
        for row in edition.references():
            assert texts[row.source][row.start_char : row.end_char] == row.quote
        for source in edition.sources():
            assert source.sha256 == hashlib.sha256(texts[source.name].encode()).hexdigest()
            assert source.n_characters == len(texts[source.name])


def test_blocks_nest_and_cover_their_words(public: Path) -> None:
    with open_chronicle(public) as edition:
        for source in edition.sources():
            blocks = edition.rows(BlockRow, "source = ?", [source.name], order="position")
            for n, block in enumerate(blocks):
                assert block.position == n
                assert block.start_char <= block.content_start <= block.content_end <= block.end_char
                if block.parent is not None:
                    around = blocks[block.parent]
                    assert around.position < n
                    assert around.start_char <= block.start_char
                    assert block.end_char <= around.end_char


def test_every_claim_has_a_passage_and_rows_hang_together(public: Path) -> None:
    with open_chronicle(public) as edition:
        for query in (
            "select id from claims where id not in (select claim from claim_evidence where position = 0)",
            "select claim from claim_evidence where claim not in (select id from claims)",
            "select id from claims where subject is null or subject not in (select id from entities)",
            "select id from claims where value_entity is not null and value_entity not in (select id from entities)",
            "select referent from claims where referent not in (select key from referents)",
            "select referent from mentions where referent not in (select key from referents)",
            "select claim from observations where claim not in (select id from claims)",
            "select citation from claim_citations where citation not in (select id from citations)",
            "select claim from finding_members where claim is not null and claim not in (select id from claims)",
            "select id from claims group by id having count(*) > 1",
            "select key from referents group by key having count(*) > 1",
        ):
            assert edition.sql(query).rows == (), query


def test_no_id_of_the_chronicle_is_in_the_edition(private: Path, public: Path) -> None:
    ids = re.compile(r"\b(?!fc)[a-z]{1,2}-[0-9a-f]{16}\b|\b[0-9a-f]{64}\b")
    found = []
    for path in (private, public):
        with open_chronicle(path) as chronicle:
            tables = ("sources", "entities", "referents", "mentions", "claims", "claim_evidence", "citations", "findings", "identities", "observations")  # fmt: skip
            told = json.dumps([chronicle.sql(f"select * from {t}").rows for t in tables], default=str)
            found.append(set(ids.findall(told)))
    assert len(found[1]) > 50
    assert not found[0] & found[1]


def test_the_same_input_gives_the_same_bytes(private: Path, exported: Path, tmp_path: Path) -> None:
    with open_chronicle(private) as chronicle:
        made = make(chronicle, by_hand(chronicle), tmp_path / "again.duckdb", key=KEY)
    with open_chronicle(made.path) as edition:
        for name in FORMATS:
            export(edition, name, tmp_path / name)
            for path in sorted((tmp_path / name).rglob("*")):
                if path.is_file():
                    assert (
                        path.read_bytes()
                        == (exported / name / path.relative_to(tmp_path / name)).read_bytes()
                    )


def test_another_key_gives_other_ids_and_the_same_text(private: Path, public: Path, tmp_path: Path) -> None:
    with open_chronicle(private) as chronicle:
        made = make(chronicle, by_hand(chronicle), tmp_path / "other.duckdb", key=b"j" * 32)
    with open_chronicle(made.path) as one, open_chronicle(public) as other:
        assert not {e.id for e in one.entities()} & {e.id for e in other.entities()}
        assert {s.sha256 for s in one.sources()} == {s.sha256 for s in other.sources()}


def test_the_imprint_counts_and_lists_nobody(public: Path, private: Path) -> None:
    with open_chronicle(public) as edition, open_chronicle(private) as chronicle:
        imprint = imprint_of(edition)
        assert imprint is not None
        assert imprint.on.isoformat() == "2026-01-31"
        assert imprint.withheld["kin.by_hand"] >= 1
        assert imprint.left_out["sources"] == 1
        assert imprint.left_out["decisions"] == 1
        assert imprint_of(chronicle) is None
        assert all(row.redirect is None for row in edition.rows(IdentityRow))


def test_a_source_whose_name_names_somebody_has_another(public: Path) -> None:
    with open_chronicle(public) as edition:
        names = {s.name for s in edition.sources()}
        assert {"pilots.txt", "roll.csv"} <= names
        (other,) = names - {"pilots.txt", "roll.csv"}
        assert re.fullmatch(r"source-[0-9a-f]{12}", other)
        roll = next(s for s in edition.sources() if s.name == "roll.csv")
        assert (roll.title, roll.url, roll.licence) == (None, None, "CC0")


def test_what_is_coarser_stands_nowhere_finer(private: Path, tmp_path: Path) -> None:
    with open_chronicle(private) as chronicle:
        made = make(chronicle, plan_by_hand(chronicle, coarse={"arrival"}), tmp_path / "e.duckdb", key=KEY)
    with open_chronicle(made.path) as edition:
        arrivals = edition.claims(predicate="arrival")
        assert arrivals
        assert all(re.fullmatch(r"\d{4}", claim.value_edtf or "") for claim in arrivals)
        text = " ".join(edition.text(s.name) for s in edition.sources())
        assert "1990" in text
        for finer in ("3 May 1990", "9 August", "1990-05-03"):
            assert finer not in text


def test_absent_people_leave_nothing(private: Path, tmp_path: Path) -> None:
    with open_chronicle(private) as chronicle:
        made = make(chronicle, plan_by_hand(chronicle, absent={"Lena Holm"}), tmp_path / "e.duckdb", key=KEY)
    with open_chronicle(made.path) as edition:
        assert "Lena Holm" not in {e.label for e in edition.entities()}
        assert all("Lena" not in edition.text(s.name) for s in edition.sources())
        assert edition.rows(ReferentRow, "label like '%Lena%'") == []


def test_the_edition_is_not_written_over_a_chronicle(private: Path, public: Path, tmp_path: Path) -> None:
    with open_chronicle(private) as chronicle:
        drawn = by_hand(chronicle)
        with pytest.raises(StoreError, match="the chronicle itself"):
            make(chronicle, drawn, private, key=KEY)
        copy = tmp_path / "copy.duckdb"
        copy.write_bytes(private.read_bytes())
        with pytest.raises(StoreError, match="no edition"):
            make(chronicle, drawn, copy, key=KEY)
    with open_chronicle(public) as edition, pytest.raises(StoreError, match="edition already"):
        make(edition, drawn, tmp_path / "twice.duckdb", key=KEY)


def test_the_default_policy_gives_an_edition_without_leaks(private: Path, tmp_path: Path) -> None:
    with open_chronicle(private) as chronicle:
        drawn = plan(chronicle, read_policy(None), [], key=KEY, on=plan_by_hand(chronicle).on)
        made = make(chronicle, drawn, tmp_path / "e.duckdb", key=KEY)
        assert check([made.path], watch_of(chronicle, drawn), k=drawn.policy.k) == ()
    with open_chronicle(made.path) as edition:
        assert "Anna Brook" in {e.label for e in edition.people()}


# the leak check

NAME = "Kwon Tae-ryong"


def hidden_in(raw: bytes, name: str, tmp_path: Path) -> set[str]:
    (tmp_path / name).write_bytes(raw)
    return {leak.rule for leak in check([tmp_path], [NAME])}


@pytest.mark.parametrize(
    "text",
    [
        "KWON TAE RYONG", "Kwon Tae‑ryong's", "kwon_tae_ryong", "Kwon Taeryong", "Gwon Taeryong", "Kwŏn T'aeryong", "권태룡은", "Tae-ryong Kwon",
        "Tae-ryong, Kwon", "Kwon%20Tae%2Dryong", "Kwon&nbsp;Tae&#45;ryong", "Kwon &lt;b&gt;Tae-ryong", '{"n": "Kwon\\u0020Tae-ryong"}',
        "<td><b>Kwon</b> <i>Tae</i>-ryong</td>", "Ｋｗｏｎ Ｔａｅ－ｒｙｏｎｇ", "Kwon\nTae-ryong", "K\u00adwon Tae-ryong", "\\uad8c\\ud0dc\\ub8e1",
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(text: str, tmp_path: Path) -> None:
    if "&lt;" in text:
        text = text.replace("&lt;b&gt;", "")
    assert hidden_in(f"before {text} after".encode(), "a.txt", tmp_path) == {"name"}


@pytest.mark.parametrize(
    "text",
    [
        "Kwon Tae-ryongs",
        "Aekwon Taeryong",
        "Kwon Tae",
        "by Tae-ryong\nKwon",
        "<td>Tae-ryong</td><td>Kwon</td>",
        "",
    ],
)
def test_other_words_are_no_name(text: str, tmp_path: Path) -> None:
    assert hidden_in(text.encode(), "a.txt", tmp_path) == set()


def _sqlite(path: Path) -> bytes:
    with sqlite3.connect(path) as made:
        made.execute("create table t (a text)")
        made.execute("insert into t values (?)", [f"x {NAME} y"])
    made.close()
    raw = path.read_bytes()
    path.unlink()
    return raw


def _zip(_: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as second:
            second.writestr("a.xml", f"<a>{NAME}</a>" * 50)
        archive.writestr("b.zip", inner.getvalue())
    return out.getvalue()


@pytest.mark.parametrize(
    "made",
    [
        lambda _: gzip.compress(f"x {NAME} y".encode()),
        _zip,
        _sqlite,
        lambda _: f"x {NAME} y".encode("utf-16"),
        lambda _: f"x {NAME} y".encode("utf-16-le"),
        lambda _: b"data:text/plain;base64," + base64.b64encode(f"this is by {NAME}, I think".encode()),
    ],
)
def test_a_name_is_found_inside_of_files(made: Callable[[Path], bytes], tmp_path: Path) -> None:
    raw = made(tmp_path / "scratch")
    assert hidden_in(raw, "a.bin", tmp_path) == {"name"}


def test_the_name_of_a_file_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "kwon-tae-ryong.html").write_text("nothing")
    (leak,) = check([tmp_path], [NAME])
    assert leak.files == ("(a file)",)
    assert "kwon" not in repr(leak).casefold()


def test_what_cannot_be_read_is_a_leak(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(_zip(tmp_path)[:-40])
    assert {leak.rule for leak in check([tmp_path], [NAME])} == {"unreadable"}
    (tmp_path / "a.zip").unlink()
    (tmp_path / "out").symlink_to("/etc/hostname")
    assert {leak.rule for leak in check([tmp_path], [NAME])} == {"link"}
    with pytest.raises(StoreError, match="nothing to check"):
        check([tmp_path / "absent"], [NAME])


def test_a_common_word_and_a_shown_name_are_not_looked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Maria met Kim Il Sung, and hope was the smith's.")
    watch = watched(["Maria", "hope", "Smith", "Kim Il", "Anna Brook"], shown=["Kim Il Sung", "Anna Brook"])
    assert check([tmp_path], watch) == ()
    (tmp_path / "a.txt").write_text("Maria met Kim Il alone.")
    assert [leak.rule for leak in check([tmp_path], watch)] == ["name"]


def test_five_withheld_words_are_found_and_four_are_not(tmp_path: Path) -> None:
    watch = watched(
        [], quotes=["her uncle hid the gold under the old mill"], released=["under the old mill of Lund town"]
    )
    for text, rules in (
        ("He hid the gold under the bed.", ["quote"]),
        ("He hid the gold, that old mill.", []),
        ("Uncle HID the-gold under it", ["quote"]),
    ):
        (tmp_path / "a.txt").write_text(text)
        assert [leak.rule for leak in check([tmp_path], watch)] == rules, text


LETTERS = st.text(alphabet="abcdeKŏ-' 김", min_size=0, max_size=40)


@settings(max_examples=150, deadline=None)
@given(LETTERS, LETTERS, st.lists(st.text(alphabet="abcdeK", min_size=2, max_size=5), min_size=1, max_size=3))
def test_patterns_agree_with_a_plain_search(before: str, after: str, parts: list[str]) -> None:
    name = " ".join(parts)
    text = f"{before} {'-'.join(parts)} {after}"
    hits = list(Patterns(names=whole_hashes([name])).hits(text))
    assert any(text[h.start : h.end] == "-".join(parts) for h in hits)
    for h in hits:
        assert plain(text[h.start : h.end]) == plain(name)


def test_strings_are_told_apart() -> None:
    patterns = Patterns(names=whole_hashes(["Kim Chol"]))
    found = found_in(patterns, ["x Kim", "Chol y", "a Kim Chol", ""])
    assert [len(hits) for hits in found] == [0, 0, 1, 0]
    assert (found[2][0].start, found[2][0].end) == (2, 10)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab .\n김,", max_size=60), st.data())
def test_a_new_text_holds_what_is_seen_and_nothing_else(text: str, data: st.DataObject) -> None:
    shown = bytearray(data.draw(st.lists(st.integers(0, 1), min_size=len(text), max_size=len(text))))
    laid = lay(text, [], shown)
    for piece in laid.pieces:
        assert laid.text[piece.start : piece.end] == (
            MARK if piece.is_mark else text[piece.old_start : piece.old_end]
        )
    rest = laid.text.replace(MARK, "")
    seen = "".join(x for x, is_seen in zip(text, shown, strict=True) if is_seen)
    assert "".join(rest.split()) == "".join(seen.split())
    assert MARK * 2 not in "".join(laid.text.split())
    for start in range(0, len(text), 7):
        place = laid.place(start, min(len(text), start + 5))
        if place:
            assert 0 <= place[0] < place[1] <= len(laid.text)


# the command


def test_the_command_makes_checks_and_fails_closed(
    private: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(private.parent)
    out = tmp_path / "public.duckdb"
    run = CliRunner().invoke(
        command, ["--check", "-o", str(out), "--on", "2026-01-31", "--json"], standalone_mode=False
    )
    told = json.loads(run.stdout)
    assert (told["leaks"], told["checked"], out.exists()) == ([], True, True)
    (private.parent / "canaries.txt").write_text("# in what is shown\nAnna Brook\n")
    try:
        run = CliRunner().invoke(
            command, ["--check", "-o", str(out), "--on", "2026-01-31"], standalone_mode=False
        )
    finally:
        (private.parent / "canaries.txt").unlink()
    assert run.return_value == 1
    assert not out.exists()
    assert "leak: canary" in run.stderr
    assert "Brook" not in run.output


def test_canaries_are_new_and_read_again(tmp_path: Path) -> None:
    run = CliRunner().invoke(command, ["--canary", "3"], standalone_mode=False)
    made = run.stdout.split()
    assert len(set(made)) == 3
    path = tmp_path / "canaries.txt"
    path.write_text("\n".join([*made, "# a remark", ""]))
    assert read_canaries(path) == tuple(made)
    assert read_canaries(tmp_path / "none.txt") == ()
    path.write_text("ab")
    with pytest.raises(ProjectError, match="no canary"):
        read_canaries(path)
