"""A team on one database: who comes in, what two see who decide at one moment, and what goes on when the database is lost."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from regesta.database import open_database
from regesta.decisions import append, make, read_log
from regesta.errors import DecisionError, ProjectError
from regesta.model import Decision
from regesta.review import Rebuilder
from regesta.reviewers import Besieged, Roll, Sessions, check_role
from regesta.web import Library, create_app
from regesta.web.review import Office
from reviewing import HERE, fields_of

SOURCES = {
    "boats.txt": (
        "Landings at Skarvik\n\n"
        "• Nils Aune, cooper (age 28), arrived in Skarvik on 2 April 1911.\n"
        "• Petra Holm, teacher (age 33), reportedly arrived in Skarvik in May 1912.\n"
    ),
    "diary.txt": (
        "From a diary\n\n"
        "• Nils Aune, cooper (age 30), arrived in Skarvik on 4 April 1911.\n"
        "• Nels Aunne, carter (age 28), arrived in Skarvik in 1911.\n"
    ),
}
PASSWORD = "quiet words by the window"  # noqa: S105 - of a database that is thrown away
OTHER = "a second set of plain words"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("team")
    (root / "sources").mkdir()
    (root / "regesta.toml").write_text('title = "Landings"\n', "utf-8")
    for name, text in SOURCES.items():
        (root / "sources" / name).write_text(text, "utf-8")
    run(root, "build", "--jobs", "1")
    return root


def run(root: Path, *arguments: str, ends: int = 0, said: str = "") -> str:
    done = subprocess.run(  # noqa: PLW1510 - looked at below
        [sys.executable, "-P", "-m", "regesta", *arguments], cwd=root, capture_output=True, text=True, timeout=100,
        input=said,
    )  # fmt: skip
    assert done.returncode == ends, done.stderr + done.stdout
    return done.stdout + done.stderr


@dataclass
class Place:
    """A project that is served to a team, by one server or several."""

    root: Path
    address: str
    servers: list[tuple[Library, Office, Any]] = field(default_factory=list)
    clients: list[TestClient] = field(default_factory=list)

    def serve(self) -> int:
        library = Library(self.root / "chronicle.duckdb", title="Landings")
        still = Rebuilder(self.root, library.renew, pause=0.0, command=[sys.executable, "-c", ""])
        office = Office(library, self.root, self.address, still)
        self.servers.append((library, office, create_app(library, office=office)))
        return len(self.servers) - 1

    def visitor(self, server: int = 0) -> TestClient:
        client = TestClient(
            self.servers[server][2], base_url="http://localhost", raise_server_exceptions=False
        )
        self.clients.append(client)
        return client

    def reviewer(self, name: str, server: int = 0, password: str = PASSWORD) -> TestClient:
        client = self.visitor(server)
        answer = log_in(client, name, password)
        assert answer.status_code == 200, answer.text
        return client

    @property
    def roll(self) -> Roll:
        return Roll(open_database(self.address))

    @property
    def log(self) -> tuple[Decision, ...]:
        return read_log(self.address).decisions


def log_in(client: TestClient, name: str, password: str) -> Any:
    return client.post("/review/enter", data={"name": name, "password": password}, headers=HERE)


@pytest.fixture
def place(built: Path, tmp_path: Path, address: str) -> Iterator[Place]:
    root = tmp_path / "project"
    shutil.copytree(built, root)
    made = Place(root, address)
    made.serve()
    for name, role in (("Ana", "reviewer"), ("Ben", "reviewer"), ("Kim", "protection")):
        made.roll.add(name, PASSWORD, role=role)  # type: ignore[arg-type]
    yield made
    for client in made.clients:
        client.close()
    for _, office, _ in made.servers:
        office.rebuilder.settle(30)
        office.rebuilder.close()


def pair(client: Any) -> tuple[str, dict[str, str]]:
    """Return the first pair that waits and its form."""
    page = client.get("/review/pairs")
    assert page.status_code == 200
    return page.text, fields_of(page.text)


def send(client: Any, form: dict[str, str], answer: str, why: str) -> Any:
    return client.post("/review/decide", data={**form, "answer": answer, "why": why}, headers=HERE)


# who comes in


def test_a_team_comes_in_by_name_and_password(place: Place) -> None:
    visitor = place.visitor()
    assert visitor.get("/review").status_code == 403
    assert "/review/enter" in visitor.get("/review").text
    page = visitor.get("/review/enter")
    assert 'type="password"' in page.text
    assert log_in(visitor, "Ana", PASSWORD + "!").status_code == 403
    assert log_in(visitor, "Nobody", PASSWORD).status_code == 403
    assert log_in(visitor, "", "").status_code == 403
    answer = visitor.post(
        "/review/enter", data={"name": "ａｎａ", "password": PASSWORD}, headers=HERE, follow_redirects=False
    )
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    hall = visitor.get("/review").text
    assert "You are Ana, reviewer." in hall
    assert "/review/invite" not in hall
    assert PASSWORD not in hall


def test_a_login_from_another_site_is_refused(place: Place) -> None:
    answer = place.visitor().post(
        "/review/enter", data={"name": "Ana", "password": PASSWORD}, headers={"origin": "http://evil.example"}
    )
    assert answer.status_code == 403


def test_a_session_holds_on_every_server_and_ends_on_all(place: Place) -> None:
    other = place.serve()
    ana = place.reviewer("Ana")
    second = place.visitor(other)
    second.cookies = ana.cookies
    _, form = pair(ana)
    assert send(second, form, "same", "a form of the first server").status_code == 200
    assert [one.by for one in place.log] == ["Ana"]
    assert (
        ana.post("/review/leave", data=fields_of(ana.get("/review").text, "leave"), headers=HERE).status_code
        == 200
    )
    second.cookies.clear()
    second.cookies = ana.cookies
    assert second.get("/review").status_code == 403


@pytest.mark.parametrize("how", ["disable", "reset", "role"])
def test_who_is_disabled_or_changed_is_out_at_once(how: str, place: Place) -> None:
    ana = place.reviewer("Ana")
    _, form = pair(ana)
    if how == "disable":
        place.roll.disable("ana")
    elif how == "reset":
        place.roll.reset("Ana", OTHER)
    else:
        place.roll.change_role("Ana", "protection")
    assert send(ana, form, "same", "too late").status_code == 403
    assert place.log == ()
    status = {"disable": 403, "reset": 403, "role": 200}[how]
    assert log_in(place.visitor(), "Ana", PASSWORD).status_code == status
    if how == "disable":
        place.roll.reset("Ana", OTHER)
    if how != "role":
        assert log_in(place.visitor(), "Ana", OTHER).status_code == 200


def test_many_wrong_passwords_at_once_close_the_door_for_a_while(place: Place) -> None:
    sessions = [Sessions(open_database(place.address)) for _ in range(3)]

    def attempt(number: int) -> str:
        try:
            return "in" if sessions[number % 3].enter("Ben", f"a guess of number {number}") else "wrong"
        except Besieged:
            return "besieged"

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(attempt, range(16)))
    assert "in" not in told
    assert 0 < told.count("wrong") <= 10
    assert told.count("besieged") >= 6
    assert log_in(place.visitor(), "Ben", PASSWORD).status_code == 429  # even with the right one
    assert log_in(place.visitor(), "Ana", PASSWORD).status_code == 200  # nobody else is kept out
    place.roll.reset("Ben", OTHER)  # who keeps the roll lets him in
    assert log_in(place.visitor(), "Ben", OTHER).status_code == 200


def test_what_is_kept_lets_nobody_in(place: Place, server: Any) -> None:
    ana = place.reviewer("Ana")
    name = place.address.partition("@/")[2].partition("?")[0]
    kept = server.sql("select password from regesta.reviewers", name) + server.sql(
        "select encode(digest, 'escape') || encode(digest, 'hex') from regesta.sessions", name
    )
    assert "$argon2id$" in kept
    assert PASSWORD not in kept
    (cookie,) = ana.cookies.values()
    assert cookie not in kept


@pytest.mark.parametrize("name", ["ANA", " Ana ", "Ａｎａ"])
def test_nobody_can_pass_for_another(name: str, place: Place) -> None:
    with pytest.raises(ProjectError, match="already"):
        place.roll.add(name, OTHER)


@pytest.mark.parametrize("password", ["", "short", "a" * 40, "word" * 100])
def test_a_password_that_will_not_do(password: str, place: Place) -> None:
    with pytest.raises(ProjectError, match="a password"):
        place.roll.add("Eva", password)


# roles


def test_a_release_has_a_protection_officer_among_its_two(place: Place) -> None:
    roll = place.roll
    check_role(roll, "same", "Ana", [])
    check_role(roll, "withhold", "Ana", [])
    check_role(roll, "release", "Ana", [])
    check_role(roll, "release", "Kim", ["Ana"])
    check_role(roll, "release", "Ana", ["Kim"])
    for kind, before in (("release", ["Ben"]), ("erase", [])):
        with pytest.raises(DecisionError, match="protection officer"):
            check_role(roll, kind, "Ana", before)
    check_role(roll, "erase", "Kim", [])
    roll.disable("Kim")
    with pytest.raises(DecisionError, match="protection officer"):
        check_role(roll, "release", "Kim", ["Ana"])


# two at once


@pytest.mark.parametrize("n_servers", [1, 2])
def test_two_who_decide_at_the_same_moment_both_see_what_happened(n_servers: int, place: Place) -> None:
    if n_servers == 2:
        place.serve()
    people = {"Ana": place.reviewer("Ana"), "Ben": place.reviewer("Ben", n_servers - 1)}
    answers = {"Ana": "same", "Ben": "different"}
    forms = {name: pair(client)[1] for name, client in people.items()}
    assert forms["Ana"]["about"] == forms["Ben"]["about"]
    gate = threading.Barrier(2, timeout=30)

    def decide(name: str) -> Any:
        gate.wait()
        return send(people[name], forms[name], answers[name], f"as {name} reads it")

    with ThreadPoolExecutor(2) as pool:
        told = dict(zip(people, pool.map(decide, people), strict=True))
    assert sorted(one.status_code for one in told.values()) == [200, 409]
    (first,) = [name for name, one in told.items() if one.status_code == 200]
    (later,) = set(people) - {first}
    assert [one.by for one in place.log] == [first]
    # the later one reads what the first decided, and has lost nothing that was typed
    assert f"as {first} reads it" in told[later].text
    assert f'value="as {later} reads it"' in told[later].text
    again = send(people[later], fields_of(told[later].text), answers[later], f"as {later} reads it")
    assert again.status_code == 200
    assert [one.by for one in place.log] == [first, later]
    # and both see that they differ, whichever server they ask
    for client in people.values():
        page = client.get("/review/contests").text
        assert "as Ana reads it" in page
        assert "as Ben reads it" in page


def test_an_open_page_learns_what_was_decided_on_another_server(place: Place) -> None:
    other = place.serve()
    ana, ben = place.reviewer("Ana"), place.reviewer("Ben", other)
    _, form = pair(ana)
    asks = {"about": form["about"], "known": form["known"]}
    assert ana.get("/review/state", params=asks).json()["others"] == 0
    assert send(ben, pair(ben)[1], "same", "one cooper").status_code == 200
    told = ana.get("/review/state", params=asks).json()
    assert (told["others"], told["waiting"]) == (1, 1)
    assert ana.get("/review/state").json()["others"] == 0


def test_what_the_command_line_decides_is_seen_on_the_pages(place: Place) -> None:
    ana = place.reviewer("Ana")
    _, form = pair(ana)
    left, right = form["about"].split()
    run(
        place.root, "decide", "different", left, right, "--why", "two trades", "--by", "Eva", "--decisions", place.address
    )  # fmt: skip
    answer = send(ana, form, "same", "one cooper")
    assert answer.status_code == 409
    assert "two trades" in answer.text


# lost


def test_a_lost_database_stops_only_what_needs_it(place: Place, server: Any) -> None:
    ana, reader = place.reviewer("Ana"), place.visitor()
    _, form = pair(ana)
    assert send(ana, form, "same", "first").status_code == 200
    address = f"/review/pairs?item={form['item']}"
    form = fields_of(ana.get(address).text)
    server.stop()
    # reading goes on, for readers and for reviewers
    assert reader.get("/").status_code == 200
    page = ana.get("/people")
    assert page.status_code == 200
    assert "nothing can be recorded now" in page.text
    # review shows what it last knew and says so
    page = ana.get("/review/decisions")
    assert page.status_code == 200
    assert "first" in page.text
    assert "Nothing can be recorded now" in page.text
    assert ana.get("/review/state").json()["status"] == "lost"
    # what was typed stays in the form
    answer = send(ana, form, "different", "two men, by their trades")
    assert answer.status_code == 503
    assert 'value="two men, by their trades"' in answer.text
    assert "Nothing was written" in answer.text
    assert "postgresql://" not in answer.text  # where it is, is nobody's business who decides
    assert reader.get("/review/enter").status_code == 200
    answer = log_in(reader, "Ben", PASSWORD)
    assert answer.status_code == 503
    assert "Traceback" not in answer.text
    # it comes back by itself, and the very form that was shown is taken
    server.start()
    wait_for(lambda: ana.get("/review/state").json()["status"] != "lost")
    done = send(
        ana,
        fields_of(ana.get(address).text),
        "different",
        "two men, by their trades",
    )
    assert done.status_code == 200
    assert [one.why for one in place.log] == ["first", "two men, by their trades"]


def wait_for(holds: Callable[[], bool]) -> None:
    for _ in range(100):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("it did not come")


# commands, and servers of their own


def test_the_roll_on_the_command_line(built: Path, address: str) -> None:
    at = ("--decisions", address)
    assert "nobody yet" in run(built, "reviewers", "list", *at)
    assert "may decide" in run(built, "reviewers", "add", "Ana Sousa", *at, said=PASSWORD + "\n")
    run(built, "reviewers", "add", "Kim", "--role", "protection", *at, said=PASSWORD + "\n")
    assert "already" in run(built, "reviewers", "add", "ana sousa", *at, said=PASSWORD + "\n", ends=2)
    assert "at least 15" in run(built, "reviewers", "add", "Eva", *at, said="short\n", ends=2)
    assert "nobody of that name" in run(built, "reviewers", "disable", "Eva", *at, ends=2)
    assert "no more" in run(built, "reviewers", "disable", "Ana Sousa", *at).replace("any more", "no more")
    told = json.loads(run(built, "reviewers", "list", "--json", *at))
    assert [(one["name"], one["role"], one["disabled_at"] is None) for one in told] == [
        ("Ana Sousa", "reviewer", False), ("Kim", "protection", True),
    ]  # fmt: skip
    assert "$argon2" not in json.dumps(told)
    assert "only a team has a roll" in run(built, "reviewers", "list", ends=2)


def test_a_password_is_asked_for_on_the_terminal_and_not_shown(built: Path, address: str) -> None:
    pid, terminal = pty.fork()
    if pid == 0:  # the child
        os.chdir(built)
        os.execv(  # noqa: S606 - our own command
            sys.executable, [sys.executable, "-P", "-m", "regesta", "reviewers", "add", "Ana", "--decisions", address]
        )  # fmt: skip
    shown = b""
    for asks in (b"Password: ", b"Once more: "):
        while asks not in shown:
            shown += os.read(terminal, 1000)
        os.write(terminal, PASSWORD.encode() + b"\n")
    try:
        while part := os.read(terminal, 1000):
            shown += part
    except OSError:
        pass  # the terminal is gone with the child
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, shown
    assert PASSWORD.encode() not in shown
    assert Roll(open_database(address)).find("Ana") is not None


def test_a_project_that_names_its_database(built: Path, tmp_path: Path, address: str) -> None:
    """Decide, status, build, import and export by the setting alone."""
    root = tmp_path / "project"
    shutil.copytree(built, root)
    with (root / "regesta.toml").open("a", encoding="utf-8") as file:
        file.write(f'[decisions]\nurl = "{address}"\n')
    assert "0 decisions" in run(root, "decide", "list")
    run(root, "decide", "same", "Nils Aune", "Nels Aunne", "--why", "one cooper's mark", "--by", "Ana")
    assert not (root / "decisions.jsonl").exists()
    assert "1 wait" in run(root, "status")
    run(root, "build", "--jobs", "1")
    assert "applied" in run(root, "decide", "list")
    assert "up to date" in run(root, "status")
    run(root, "decide", "export", "kept.jsonl")
    assert read_log(root / "kept.jsonl").decisions == read_log(address).decisions
    assert "1 stood there already" in run(root, "decide", "import", "kept.jsonl")
    (root / "kept.jsonl").write_bytes((root / "kept.jsonl").read_bytes() + b"{half\n")
    assert "kept.jsonl:2" in run(root, "decide", "import", "kept.jsonl", ends=1)
    (root / "regesta.toml").write_text('[decisions]\nurl = "postgresql://ana:secret@host/db"\n', "utf-8")
    told = run(root, "status", ends=2)
    assert "no place for a password" in told
    assert "secret" not in told


@pytest.mark.timeout(300)
def test_two_server_processes_on_one_database(built: Path, tmp_path: Path, address: str) -> None:
    """`regesta serve --decisions` twice: each reviewer at another one, deciding the same pair at the same moment."""
    root = tmp_path / "project"
    shutil.copytree(built, root)
    for name in ("Ana", "Ben"):
        Roll(open_database(address)).add(name, PASSWORD)
    servers = [
        subprocess.Popen(
            [sys.executable, "-u", "-P", "-m", "regesta", "serve", "--port", "0", "--decisions", address],
            cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    try:
        people = {}
        for name, process in zip(("Ana", "Ben"), servers, strict=True):
            assert process.stdout
            said = process.stdout.readline()
            base = re.search(r"http://localhost:\d+", said)
            assert base, said + process.stdout.read()
            client = httpx2.Client(
                base_url=base[0], headers={"origin": base[0]}, follow_redirects=True, timeout=60
            )
            answer = client.post("/review/enter", data={"name": name, "password": PASSWORD})
            assert answer.status_code == 200, answer.text
            people[name] = client
        forms = {name: pair(client)[1] for name, client in people.items()}
        gate = threading.Barrier(2, timeout=60)

        def decide(name: str) -> Any:
            gate.wait()
            sent = {
                **forms[name],
                "answer": "same" if name == "Ana" else "different",
                "why": f"as {name} reads it",
            }
            return people[name].post("/review/decide", data=sent)

        with ThreadPoolExecutor(2) as pool:
            told = dict(zip(people, pool.map(decide, people), strict=True))
        assert sorted(one.status_code for one in told.values()) == [200, 409], [
            one.text for one in told.values()
        ]
        (later,) = [name for name, one in told.items() if one.status_code == 409]
        first = "Ben" if later == "Ana" else "Ana"
        assert f"as {first} reads it" in told[later].text
        assert [one.by for one in read_log(address).decisions] == [first]
        # the chronicle is built again by the server that wrote, with the log in the database, and both show it
        for client in people.values():
            wait_for(lambda client=client: client.get("/review/state").json()["status"] == "current")  # type: ignore[misc]
        assert "applied" in run(root, "decide", "list", "--decisions", address)
        for client in people.values():
            client.close()
    finally:
        for process in servers:
            process.terminate()
            process.communicate(timeout=30)


def test_a_build_without_its_database_leaves_the_chronicle(
    built: Path, tmp_path: Path, address: str, server: Any
) -> None:
    root = tmp_path / "project"
    shutil.copytree(built, root)
    append(address, make("comment", ["fc-0000000000000001"], by="Ana", why="seen", at=datetime.now(UTC)))
    before = (root / "chronicle.duckdb").read_bytes()
    server.stop()
    try:
        assert "the database is not there" in run(root, "build", "--decisions", address, ends=2)
    finally:
        server.start()
    assert (root / "chronicle.duckdb").read_bytes() == before


def test_servers_come_as_a_user_who_cannot_take_anything_away(place: Place, server: Any) -> None:
    """The rights that the guide gives are enough to come in and to decide, and not to change a line."""
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "team.md").read_text("utf-8")
    rights = guide.partition("```sql skip-postgres\n")[2].partition("```")[0]
    name = place.address.partition("@/")[2].partition("?")[0]
    server.sql("drop role if exists reviewing", "postgres")
    server.sql(rights, name)
    try:
        place.address = place.address.replace("postgres@", "reviewing@")
        ana = place.reviewer("Ana", place.serve())
        _, form = pair(ana)
        assert send(ana, form, "same", "one cooper").status_code == 200
        assert (
            ana.post(
                "/review/leave", data=fields_of(ana.get("/review").text, "leave"), headers=HERE
            ).status_code
            == 200
        )
        with (
            pytest.raises(DecisionError, match="must be owner"),
            open_database(place.address).transaction() as cursor,
        ):
            cursor.execute("alter table regesta.lines disable trigger all; delete from regesta.lines")
        assert [one.why for one in place.log] == ["one cooper"]
    finally:
        server.sql("drop owned by reviewing", name)
