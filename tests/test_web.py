"""What is sent: headers, states, languages, names of the host, what is kept; the same through a real socket; the command."""

from __future__ import annotations

import asyncio
import gzip
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import httpx2 as httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from regesta.errors import StoreError
from regesta.pages import PAGES, Page, Press, statics
from regesta.web import Library, create_app
from regesta.web.guard import HEADERS, is_allowed
from regesta.web.keeping import Kept, Printing, compressed
from regesta.web.serving import _listening

Client = Callable[[], TestClient]


def ada(library: Library) -> str:
    return str(library.press().shelf.value("select id from entities where label = 'Ada Brook'"))


def test_every_answer_has_the_headers(client: TestClient, library: Library) -> None:
    for path in (
        "/",
        "/people",
        f"/people/{ada(library)}",
        "/nowhere",
        "/health",
        f"/static/{statics().digest}/regesta.css",
        "/ko",
    ):
        answer = client.get(path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, path
    policy = HEADERS["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/people", 200), ("/people?kind=person&part=7", 200), ("/sources", 200), ("/sources/list.txt", 200),
        ("/coverage", 200), ("/about", 200), ("/ko", 200), ("/ko/", 200), ("/ko/people", 200), ("/ko/sources/list.txt?leaf=99", 200),
        ("/nowhere", 404), ("/people/nobody", 404), ("/sources/none.txt", 404), ("/ko/people/nobody", 404), ("/fr/people", 404),
        ("/people/", 404), ("/static/x/regesta.css", 404), ("/sources/..%2f..%2fetc%2fpasswd", 404), ("/people?" + "x" * 5000, 414),
    ],
)  # fmt: skip
def test_addresses(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["cache-control"] == "no-store"
    if "/static" not in path:
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert ('<html lang="ko">' in answer.text) == path.startswith("/ko")


def test_what_is_known_already_is_not_sent(client: TestClient) -> None:
    first = client.get("/people")
    tag = first.headers["etag"]
    again = client.get("/people", headers={"if-none-match": f'"other", {tag}'})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag
    assert client.get("/people", headers={"if-none-match": '"other"'}).status_code == 200
    assert client.get("/ko/people", headers={"if-none-match": tag}).status_code == 200


def test_a_head_is_a_get_without_its_body(client: TestClient) -> None:
    whole, head = client.get("/people"), client.head("/people")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert client.post("/people").status_code == 405
    assert client.delete("/").status_code == 405


def test_compressed_where_it_is_wanted(client: TestClient) -> None:
    plain = client.get("/people", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    squeezed = client.get("/people", headers={"accept-encoding": "gzip"})
    assert squeezed.headers["content-encoding"] == "gzip"
    assert squeezed.text == plain.text
    assert int(squeezed.headers["content-length"]) < len(plain.content) / 2
    assert squeezed.headers["vary"] == "accept-encoding"


def test_static_files_never_change(client: TestClient) -> None:
    page = client.get("/").text
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(named) >= 4
    for address in named:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


def test_a_fault_is_told_without_its_traceback(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(library.press(), "print", broken)
    answer = client.get("/people/e-1")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "<h1>" in answer.text
    assert answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "", "10.0.0.1", "[::2]"]
)
def test_it_answers_to_its_own_names_alone(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Those who left" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@given(st.text(max_size=30))
def test_no_other_name_is_allowed(name: str) -> None:
    bare = name.lower().rpartition(":")[0] if name.rpartition(":")[2].isdigit() else name.lower()
    assert is_allowed(name) == (bare.rstrip(".") in ("localhost", "127.0.0.1", "[::1]"))


def test_a_name_that_is_given_is_allowed() -> None:
    assert is_allowed("Archive.Example:8420", "archive.example")
    assert not is_allowed("other.example", "archive.example")
    assert is_allowed("192.0.2.7:8420", "0.0.0.0")  # noqa: S104 - compared with
    assert not is_allowed("evil.example", "0.0.0.0")  # noqa: S104 - the same
    assert is_allowed("[2001:db8::1]:80", "::")


def test_what_is_not_known_changes_nothing(client: TestClient) -> None:
    assert client.get("/people?utm=1&kind=person").text == client.get("/people?kind=person&x=y").text


def test_a_chronicle_that_is_built_again_is_served(
    client: TestClient, library: Library, chronicle_path: Path
) -> None:
    before = client.get("/people")
    assert "Ada Brook" in before.text
    with duckdb.connect(str(chronicle_path)) as connection:
        connection.execute("update entities set label = 'Ida Brook' where label = 'Ada Brook'")
    for _ in range(200):
        library._looked = -1e9  # look at once
        if "Ida Brook" in client.get("/people").text:
            break
        time.sleep(0.05)
    after = client.get("/people", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert "Ida Brook" in after.text


def test_a_chronicle_that_is_gone_stays_served(
    client: TestClient, library: Library, chronicle_path: Path
) -> None:
    chronicle_path.rename(chronicle_path.with_suffix(".away"))
    library._looked = -1e9
    assert client.get("/people").status_code == 200


def test_the_room_for_pages_is_bounded() -> None:
    kept = Kept(room=1000)
    for n in range(50):
        kept.put(n, Printing(b"x" * 100))
    assert [n for n in range(50) if kept.get(n)] == list(range(40, 50))
    kept.put("large", Printing(b"x" * 500))
    assert kept.get("large") is None
    kept.put(49, Printing(b"y", b"z"))
    page = kept.get(49)
    assert page is not None
    assert page.size == 2
    body = b"again and again " * 200
    squeezed = compressed(body)
    assert squeezed is not None
    assert gzip.decompress(squeezed) == body
    assert compressed(b"short") is None


def test_every_page_has_its_address_in_both_languages(client: TestClient) -> None:
    listed: list[Page] = [page for page in PAGES if not page.has_key]
    for page in listed:
        assert client.get(f"/{page.section}").status_code == 200
        assert client.get(f"/ko/{page.section}".rstrip("/")).status_code == 200


def test_a_taken_port() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StoreError, match="cannot listen"):
            _listening("127.0.0.1", port)
    with pytest.raises(StoreError, match="no such address"):
        _listening("no.such.name.invalid", None)


def test_the_command_serves_until_it_is_stopped(chronicle_path: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "regesta", "serve", str(chronicle_path), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://localhost:(\d+)/", line)
            assert found, line
            with urllib.request.urlopen(f"http://127.0.0.1:{found[1]}/health", timeout=20) as answer:
                assert answer.status == 200
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(f"http://127.0.0.1:{found[1]}/nothing", timeout=20)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=30)
        finally:
            process.kill()
        assert process.returncode == 0, errors
        assert errors.strip() == "stopped"


def test_the_demo_goes_on_to_serve_on_a_terminal(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="no terminals here")
    inner, outer = pty.openpty()
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "regesta", "demo", "-o", str(tmp_path / "demo.duckdb")]
    with subprocess.Popen(command, stdin=outer, stdout=outer, stderr=outer, env=environment) as process:
        os.close(outer)
        try:
            said = b""
            while not (found := re.search(rb"http://localhost:(\d+)/", said)):
                said += os.read(inner, 4096)
            with urllib.request.urlopen(f"http://127.0.0.1:{found[1].decode()}/", timeout=30) as answer:
                assert b"The example register" in answer.read()
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
            os.close(inner)


def test_the_command_says_what_is_wrong(tmp_path: Path, chronicle_path: Path) -> None:
    def said(*arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
        return subprocess.run(
            [sys.executable, *arguments],
            capture_output=True,
            text=True,
            env=environment,
            check=False,
            timeout=60,
            **more,
        )

    missing = said("-m", "regesta", "serve", str(tmp_path / "none.duckdb"))
    assert missing.returncode == 2
    assert "no such chronicle" in missing.stderr
    with duckdb.connect(str(chronicle_path)) as connection:
        connection.execute("update meta set value = '1' where key = 'schema_version'")
    other = said("-m", "regesta", "serve", str(chronicle_path))
    assert other.returncode == 2
    assert "another version" in other.stderr
    assert "build it again" in other.stderr
    without = "import sys; sys.modules['jinja2'] = None; import regesta.cli; sys.exit(regesta.cli.main(['serve', 'x.duckdb']))"
    bare = said("-c", without)
    assert bare.returncode == 2
    assert "regesta[web]" in bare.stderr


def test_many_who_ask_for_one_long_page_at_once_get_the_same(library: Library) -> None:
    class Counting(Press):
        n = 0

        def print(self, *arguments: Any, **named: Any) -> Any:
            Counting.n += 1
            time.sleep(0.05)
            return super().print(*arguments, **named)

    press = library.press()
    library._press = Counting(press.shelf, press.pages, title=press.title, links=press.links)

    async def ask() -> list[httpx.Response]:
        transport = httpx.ASGITransport(create_app(library))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await asyncio.gather(*(client.get("/people") for _ in range(8)))

    answers = asyncio.run(ask())
    assert {one.status_code for one in answers} == {200}
    assert len({one.text for one in answers}) == 1
    assert Counting.n == 1
