"""Files that pages offer, over HTTP: what they are called, what they are, and what they are not."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from regesta.pages.downloads import has_png
from regesta.web import Library
from regesta.web.guard import HEADERS


@pytest.fixture
def series(library: Library) -> str:
    return str(library.press().shelf.value("select series from observations"))


def test_files_are_sent_as_what_they_are(client: TestClient, series: str) -> None:
    expected = {"csv": ("text/csv; charset=utf-8", b"series,"), "svg": ("image/svg+xml", b"<?xml")}
    if has_png():
        expected["png"] = ("image/png", b"\x89PNG")
    for prefix in ("", "/ko"):
        for suffix, (kind, start) in expected.items():
            answer = client.get(f"{prefix}/statistics/{series}.{suffix}")
            assert answer.status_code == 200
            assert answer.headers["content-type"] == kind
            assert answer.headers["content-disposition"] == f'attachment; filename="{series}.{suffix}"'
            assert answer.content.startswith(start)
            for name, value in HEADERS.items():
                assert answer.headers[name] == value
            again = client.get(
                f"{prefix}/statistics/{series}.{suffix}", headers={"if-none-match": answer.headers["etag"]}
            )
            assert (again.status_code, again.content) == (304, b"")
            head = client.head(f"{prefix}/statistics/{series}.{suffix}")
            assert head.content == b""
            assert head.headers["content-length"] == answer.headers["content-length"]
            assert client.get(f"{prefix}/statistics/{series}.{suffix}").content == answer.content


@pytest.mark.parametrize(
    "path",
    ["/statistics/none.csv", "/statistics/.csv", "/statistics/a/b.csv", "/statistics/x.pdf", "/statistics/%0d%0aset-cookie.svg", "/fr/statistics/x.csv"],
)  # fmt: skip
def test_what_is_no_file_is_missing(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "content-disposition" not in answer.headers
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_without_the_extra_there_is_no_png(
    client: TestClient, series: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    assert client.get(f"/statistics/{series}.png").status_code == 404
    assert ".png" not in client.get("/statistics").text


def test_pages_are_served(client: TestClient) -> None:
    for path in ("/timeline", "/statistics", "/routes", "/ko/timeline?from=1953&to=1954", "/routes?map=all"):
        assert client.get(path).status_code == 200
