"""The log of decisions: what is written comes back, bad lines are told, and nobody's line is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.decisions import append, make, read_log
from regesta.decisions.moments import instant, lapse
from regesta.decisions.rows import LONGEST, line_of, parse_line
from regesta.errors import DecisionError
from regesta.model import Decision
from regesta.model.decision import KINDS, decision_id

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def one(number: int = 1, why: str = "the parish register names both") -> Decision:
    return make("same", [f"fm-{number}", "fm-0"], by="Ines", why=why, at=NOON)


def problems(path: Path) -> list[tuple[int, str, bool]]:
    return [(problem.line, problem.told, problem.counts) for problem in read_log(path).problems]


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    words = st.text(max_size=60).map(lambda text: text.strip() or "x")
    kind = draw(st.sampled_from(sorted(KINDS)))
    least, most = KINDS[kind]
    targets = draw(st.lists(st.integers(0, 99), min_size=least, max_size=min(most, 4), unique=True))
    return make(
        kind,
        [f"fc-{number}" for number in targets],
        by=draw(words),
        why=draw(words),
        at=draw(st.datetimes(timezones=st.just(UTC))),
        value=draw(words) if kind in ("correct", "add", "release") else draw(st.none() | words),
        precondition=draw(st.none() | words),
        expires=draw(st.none() | st.dates(max_value=date(9990, 1, 1)).map(str)),
    )


@given(st.lists(decisions(), max_size=8, unique_by=lambda decision: decision.id))
def test_what_is_appended_is_read(tmp_path_factory: pytest.TempPathFactory, made: list[Decision]) -> None:
    path = tmp_path_factory.mktemp("log") / "decisions.jsonl"
    half = len(made) // 2
    append(path, *made[:half])
    append(path, *made[half:])
    log = read_log(path)
    assert log.decisions == tuple(made)
    assert (log.problems, log.n_unread) == ((), 0)
    assert path.read_bytes().count(b"\n") == len(made)


@given(decisions())
def test_a_line_is_a_decision_and_back(decision: Decision) -> None:
    assert parse_line(line_of(decision)) == (decision, "")
    assert line_of(decision).endswith(b"\n")
    assert line_of(decision).count(b"\n") == 1


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_junk_is_told_and_stops_nothing(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    path = tmp_path_factory.mktemp("log") / "decisions.jsonl"
    path.write_bytes(junk)
    append(path, one())
    log = read_log(path)
    assert log.decisions == (one(),)
    assert path.read_bytes().startswith(junk)
    lines = [line for line in junk.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
    assert log.n_unread == len(lines) == len(log.problems)


def test_words_of_any_kind(tmp_path: Path) -> None:
    why = 'He said: "two\nlines"\r\n, a \\, a tab\t, a nul \0, \u2028, 김철수, עברית and 😀'
    append(tmp_path / "log", one(why=why))
    assert read_log(tmp_path / "log").decisions[0].why == why
    assert "김철수" in (tmp_path / "log").read_text("utf-8")


def test_keys_keep_their_order(tmp_path: Path) -> None:
    append(tmp_path / "log", one())
    names = "id at by kind targets value why precondition expires"
    assert list(json.loads((tmp_path / "log").read_text("utf-8"))) == names.split()


def test_a_file_that_is_not_there_is_an_empty_log(tmp_path: Path) -> None:
    assert read_log(tmp_path / "none").decisions == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{", "is no JSON"),
        (b"[1]", "is no JSON object"),
        (b"null", "is no JSON object"),
        (b'{"at": 1}', "has no 'by'"),
        (b"\xff\xfe{", "is not UTF-8; save the file as UTF-8"),
        (b"[" * 30_000, "is no JSON"),
        (b'{"id": "d-1", "id": "d-2"}', "a key stands in it twice"),
        (b"<<<<<<< HEAD", "a mark of a merge that was not finished"),
        (b"=======", "delete the marks and keep the lines of both sides"),
        (b">>>>>>> theirs", "a mark of a merge"),
        (b"||||||| base", "a mark of a merge"),
    ],
)
def test_bad_lines(line: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(line_of(one(1)) + line + b"\n" + line_of(one(2)))
    ((number, said, counts),) = problems(path)
    assert (number, counts) == (2, False)
    assert told in said
    assert "\n" not in said
    assert read_log(path).decisions == (one(1), one(2))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"why": ""}, "has no 'why'"),
        ({"why": "  "}, "is blank"),
        ({"why": 7}, "'why' should be text"),
        ({"by": None}, "has no 'by'"),
        ({"at": "yesterday"}, "is no moment"),
        ({"at": "2026-03-01T12:00:00"}, "with its offset"),
        ({"at": "2026-02-30T12:00:00Z"}, "is no moment"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "is no moment"),
        ({"expires": "soon"}, "is no moment"),
        ({"expires": "9999-12-31"}, "is too far ahead"),
        ({"targets": "fm-1"}, "a list of fingerprints"),
        ({"targets": ["fm-1"]}, "same takes 2 targets"),
        ({"targets": ["fm-1", "fm-1"]}, "names one target twice"),
        ({"targets": ["fm 1", "fm-2"]}, "a list of fingerprints"),
        ({"targets": ["fm-1", ["fm-2"]]}, "a list of fingerprints"),
        ({"kind": "Same!"}, "should be a word"),
        ({"kind": "correct", "targets": ["fc-1"]}, "needs a value"),
        ({"kind": "release", "targets": ["fm-1"]}, "needs its ground"),
        ({"id": "d 1"}, "the id should be a word"),
        ({"why": "\ud800"}, "half a character"),
    ],
)
def test_rows_that_are_no_decisions(change: dict[str, object], told: str, tmp_path: Path) -> None:
    row = json.loads(line_of(one())) | change
    (tmp_path / "log").write_text(json.dumps(row) + "\n")
    log = read_log(tmp_path / "log")
    assert log.decisions == ()
    assert told in log.problems[0].told


def test_a_kind_of_a_newer_version_is_kept(tmp_path: Path) -> None:
    row = json.loads(line_of(one())) | {"kind": "vouch-for", "id": None, "targets": ["x-1"], "weight": 3}
    (tmp_path / "log").write_text(json.dumps(row))
    (decision,) = read_log(tmp_path / "log").decisions
    assert decision.kind == "vouch-for"
    assert problems(tmp_path / "log") == [(1, "has fields that this version does not know: weight", True)]


def test_a_line_without_an_id_gets_it(tmp_path: Path) -> None:
    row = json.loads(line_of(one()))
    del row["id"]
    (tmp_path / "log").write_text(json.dumps(row))
    assert read_log(tmp_path / "log").decisions == (one(),)


def test_a_line_that_was_changed_counts_and_is_told(tmp_path: Path) -> None:
    row = json.loads(line_of(one())) | {"why": "another reason"}
    (tmp_path / "log").write_text(json.dumps(row))
    assert read_log(tmp_path / "log").decisions[0].id == one().id
    assert "was changed after it was written" in problems(tmp_path / "log")[0][1]


def test_one_id_is_one_decision_whichever_line_comes_first(tmp_path: Path) -> None:
    changed = json.dumps(json.loads(line_of(one())) | {"why": "another reason"}).encode() + b"\n"
    for lines in ([line_of(one()), changed], [changed, line_of(one())]):
        (tmp_path / "log").write_bytes(b"".join(lines) + line_of(one(2)))
        log = read_log(tmp_path / "log")
        assert log.decisions == (one(), one(2))
        assert any("only one counts" in problem.told for problem in log.problems)
    (tmp_path / "log").write_bytes(2 * line_of(one()))
    assert read_log(tmp_path / "log").problems == ()


def test_a_merge_that_was_not_finished_loses_nothing(tmp_path: Path) -> None:
    ours, theirs = line_of(one(1)), line_of(one(2))
    (tmp_path / "log").write_bytes(b"<<<<<<< ours\n" + ours + b"=======\n" + theirs + b">>>>>>> theirs\n")
    log = read_log(tmp_path / "log")
    assert log.decisions == (one(1), one(2))
    assert [problem.line for problem in log.problems] == [1, 3, 5]


def test_lines_end_as_they_may(tmp_path: Path) -> None:
    lines = line_of(one(1)).replace(b"\n", b"\r\n") + b"\n  \r\n" + line_of(one(2)).rstrip()
    (tmp_path / "log").write_bytes(b"\xef\xbb\xbf" + lines)
    log = read_log(tmp_path / "log")
    assert (log.decisions, log.problems) == ((one(1), one(2)), ())


def test_a_missing_line_end_is_mended(tmp_path: Path) -> None:
    half = line_of(one(3))[:40]
    (tmp_path / "log").write_bytes(line_of(one(1)) + half)
    append(tmp_path / "log", one(2))
    assert read_log(tmp_path / "log").decisions == (one(1), one(2))
    assert [problem.line for problem in read_log(tmp_path / "log").problems] == [2]


def test_a_line_too_long_is_refused_and_skipped(tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match="shorten the reason"):
        one(why="long " * LONGEST)
    longest = one(why="x" * (LONGEST - len(line_of(one(why="x"))) + 1))
    assert len(line_of(longest)) == LONGEST
    (tmp_path / "log").write_bytes(b"x" * (3 * LONGEST + 5) + b"\n" + line_of(longest) + b"y" * LONGEST * 2)
    log = read_log(tmp_path / "log")
    assert log.decisions == (longest,)
    assert [problem.line for problem in log.problems] == [1, 3]


def test_a_file_of_junk_is_told_in_a_few_lines(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"?\n" * 5000 + line_of(one()))
    log = read_log(tmp_path / "log")
    assert (len(log.problems), log.n_unread, len(log.decisions)) == (1001, 5000, 1)
    assert log.problems[-1].told == "and 4,000 more lines are not as they should be"


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(DecisionError, match="is no file"):
            read_log(path)
        with pytest.raises(DecisionError, match="is no file"):
            append(path, one())
    with pytest.raises(DecisionError, match="cannot be written"):
        append(tmp_path / "no" / "folder", one())


def test_a_full_disk_leaves_no_half_line(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys\n"
        "from regesta.decisions import append, read_log\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "log = read_log(sys.argv[1])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))\n"
        "try:\n    append(sys.argv[2], *log.decisions)\nexcept Exception as error:\n    print(error)\n"
    )
    append(tmp_path / "from", one(1), one(2), one(3))
    append(tmp_path / "to", one(4))
    before = (tmp_path / "to").read_bytes()
    told = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "from"), str(tmp_path / "to")],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "cannot be written (file too large)" in told
    assert (tmp_path / "to").read_bytes() == before


def test_processes_that_append_at_once_lose_nothing(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom datetime import datetime, UTC\nfrom regesta.decisions import append, make\n"
        "for number in range(40):\n"
        "    why = f'{sys.argv[2]} {number} ' + 'é' * (number * 199 % 4000)\n"
        "    append(sys.argv[1], make('comment', ['fc-1'], by='x', why=why, at=datetime.now(UTC)))\n"
    )
    path = tmp_path / "log"
    path.write_bytes(line_of(one())[:-1])
    started = [subprocess.Popen([sys.executable, "-c", code, str(path), str(number)]) for number in range(5)]
    assert [process.wait() for process in started] == [0] * 5
    log = read_log(path)
    assert log.problems == ()
    said = [tuple(decision.why.split()[:2]) for decision in log.decisions[1:]]
    assert sorted(said) == sorted((str(a), str(b)) for a in range(5) for b in range(40))
    for number in range(5):
        own = [int(b) for a, b in said if a == str(number)]
        assert own == sorted(own)


def test_a_log_that_is_replaced_while_somebody_waits_is_opened_again(tmp_path: Path) -> None:
    import fcntl

    path = tmp_path / "log"
    append(path, one(1))
    held = os.open(path, os.O_RDWR)
    fcntl.flock(held, fcntl.LOCK_EX)
    code = (
        "import sys\nfrom regesta.decisions import append, read_log\n"
        "print('ready', flush=True)\nappend(sys.argv[1], *read_log(sys.argv[2]).decisions)\n"
    )
    append(tmp_path / "more", one(2))
    waiting = subprocess.Popen(
        [sys.executable, "-c", code, str(path), str(tmp_path / "more")], stdout=subprocess.PIPE
    )
    assert waiting.stdout is not None
    assert waiting.stdout.readline() == b"ready\n"
    (tmp_path / "new").write_bytes(
        line_of(one(3))
    )  # as a version control system brings another state of the file
    (tmp_path / "new").replace(path)
    os.close(held)
    assert waiting.wait() == 0
    waiting.stdout.close()
    assert read_log(path).decisions == (one(3), one(2))


def test_the_order_of_lines_may_be_any(tmp_path: Path) -> None:
    lines = sorted((line_of(one(number)) for number in range(1, 20)), reverse=True)
    (tmp_path / "log").write_bytes(b"".join(lines))
    found = read_log(tmp_path / "log").decisions
    assert sorted(found, key=lambda d: d.id) == sorted((one(n) for n in range(1, 20)), key=lambda d: d.id)


def test_make_refuses_what_could_not_be_read() -> None:
    with pytest.raises(DecisionError, match="unknown kind of decision: found 'sam'; there are same, "):
        make("sam", ["fm-1"], by="Ines", why="so", at=NOON)
    with pytest.raises(DecisionError, match="has no 'why'"):
        make("same", ["fm-1", "fm-2"], by="Ines", why=" \n", at=NOON)
    with pytest.raises(DecisionError, match="part-of takes 2 targets: found 1"):
        make("part-of", ["fm-1"], by="Ines", why="so", at=NOON)
    with pytest.raises(DecisionError, match="half a character"):
        make("comment", ["fm-1"], by="Ines", why="\udc80", at=NOON)


def test_moments() -> None:
    assert instant("2026-03-01T21:00:00+09:00") == NOON == instant("2026-03-01t12:00:00.000z")
    assert lapse("2026-03-01") == datetime(2026, 3, 2, tzinfo=UTC)
    assert make("comment", ["x"], by="a", why="b", at=NOON.astimezone(timezone(timedelta(hours=-3)))).at == (
        "2026-03-01T12:00:00.000000Z"
    )


def test_an_id_hashes_every_field() -> None:
    base = {
        "at": "a", "by": "b", "kind": "c", "targets": ("d", "e"), "why": "f", "value": "g", "precondition": "h",
        "expires": "i",
    }  # fmt: skip
    ids = {decision_id(**base)}  # type: ignore[arg-type]
    for name in base:
        changed = base | {name: ("d",) if name == "targets" else "z"}
        ids.add(decision_id(**changed))  # type: ignore[arg-type]
    assert len(ids) == len(base) + 1


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_joins_what_two_people_decided(tmp_path: Path) -> None:
    def git(*args: str) -> None:
        who = ["-c", "user.name=Ines", "-c", "user.email=ines@example.org"]
        subprocess.run(["git", "-C", str(tmp_path), *who, *args], check=True, capture_output=True)

    path = tmp_path / "decisions.jsonl"
    git("init", "-q", "-b", "ours")
    (tmp_path / ".gitattributes").write_text("decisions.jsonl merge=union\n")
    append(path, one(1))
    git("add", ".")
    git("commit", "-q", "-m", "one")
    git("checkout", "-q", "-b", "theirs")
    append(path, one(2), one(3))
    git("commit", "-q", "-a", "-m", "theirs")
    git("checkout", "-q", "ours")
    append(path, one(4), one(3))
    git("commit", "-q", "-a", "-m", "ours")
    git("merge", "-q", "--no-edit", "theirs")
    log = read_log(path)
    assert log.problems == ()
    assert {decision.id for decision in log.decisions} == {one(number).id for number in (1, 2, 3, 4)}
