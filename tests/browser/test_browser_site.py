"""A published site in a real browser, opened from a file: no server, no script needed, nothing wrong in the console."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

import browsing
from regesta.publishing import Imprinted, publish_edition
from regesta.publishing.seeking import folded, sound

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("browser")]

PAGES = (
    "index.html", "people.html", "letters.html", "timeline.html", "policy.html", "statistics.html", "routes.html", "sources.html",
    "findings.html", "coverage.html", "downloads.html", "edition.html", "search.html", "about.html", "404.html", "ko/edition.html",
    "people/e-*.html", "findings/f-*.html", "sources/*.html", "letters/by/*.html", "policy/by/*.html", "timeline/by/*.html",
)  # fmt: skip
"""Of those with a star the largest is looked at."""
NAMES = (
    "Hwang Jang-yŏp",
    "황장엽",
    "Ch’oe Ch’ŏl-ho",
    "O’Neill",
    "Łukasz Żółć",
    "Rhee Woong-pyung",
    "王小明",
    "Straße",
    "ㄱ김",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> Path:
    """The site of the example register, which protects nobody because all in it is made to be read."""
    browsing.chromium()
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(demo, folder / "edition.duckdb")
    with duckdb.connect(str(folder / "edition.duckdb")) as opened:
        opened.execute("insert into meta values ('edition', '1')")
    said = Imprinted(title="Leaving the North", on=dt.date(2026, 11, 22), contact="a@example.org")
    publish_edition(folder / "edition.duckdb", folder / "site", said, formats=("csv",))
    return folder / "site"


def pages_of(site: Path) -> dict[str, str]:
    found = {}
    for name in PAGES:
        path = max(site.glob(name), key=lambda p: p.stat().st_size)
        found[path.relative_to(site).as_posix().replace("/", "-")] = path.as_uri()
    return found


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_every_page_is_clean_from_a_file(browser: Browser, site: Path, scheme: str, width: int) -> None:
    pages = {f"site-{name}": address for name, address in pages_of(site).items()}
    browsing.walk(browser, site.as_uri(), pages, scheme, width)


def test_it_reads_without_javascript(browser: Browser, site: Path) -> None:
    with browsing.looking(browser, site.as_uri(), java_script_enabled=False) as seen:
        seen.page.goto((site / "index.html").as_uri())
        seen.page.locator(".find input").fill("hwang")
        seen.page.locator(".find button").click()
        seen.page.locator("noscript a").click()
        seen.page.locator(".alphabet a", has_text="H").click()
        seen.page.locator(".index a", has_text="Hwang Jang-yop").click()
        assert "Hwang Jang-yop" in str(seen.page.locator("h1").text_content())
        seen.page.locator(".languages a", has_text="한국어").click()
        assert seen.page.locator("html").get_attribute("lang") == "ko"
        assert seen.wrong == []


def test_names_are_found_in_any_spelling(browser: Browser, site: Path) -> None:
    with browsing.looking(browser, site.as_uri()) as seen:
        seen.page.goto((site / "people.html").as_uri())
        seen.page.locator(".find input").fill("hwang chang yop")
        seen.page.locator(".find button").click()
        for query in ("황장엽", "Hwang Jang-yeop", "jangyop", "Hwang"):
            seen.page.locator("#for").fill(query)
            seen.page.locator("#hits a", has_text="Hwang Jang-yop").first.wait_for()
        seen.page.locator("#for").fill("zzzz")
        seen.page.locator("#told", has_text="Nothing").wait_for()
        seen.page.locator("#for").fill("seoul")
        seen.page.locator("#hits a", has_text="Seoul").first.click()
        assert seen.page.locator("h1").text_content() == "Seoul"
        assert seen.wrong == []


def test_the_browser_reckons_sounds_as_the_index_does(browser: Browser, site: Path) -> None:
    with browsing.looking(browser, site.as_uri()) as seen:
        seen.page.goto((site / "search.html").as_uri())
        found = [seen.page.evaluate("(name) => [sound(name), folded(name)]", name) for name in NAMES]
    assert found == [[sound(name), folded(name)] for name in NAMES]
