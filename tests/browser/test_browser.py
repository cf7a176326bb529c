"""The pages in a real browser: nothing wrong in the console, nothing asked elsewhere, readable by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import browsing
from regesta.pipeline import rebuild

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("browser")]

ADDRESSES = {
    "overview": "/",
    "people": "/people",
    "search": "/search?q=pilot",
    "search-nothing": "/search?q=zzqqx",
    "api": "/api",
    "people-chosen": "/people?kind=person&year=1997&sort=claims",
    "person": "/people/{person}",
    "timeline": "/timeline",
    "timeline-closer": "/timeline?from=1995&to=2005&lanes=predicate",
    "timeline-all": "/timeline?all=source",
    "statistics": "/statistics",
    "routes": "/routes",
    "routes-all": "/routes?map=all",
    "sources": "/sources",
    "source-list": "/sources/notebook.txt",
    "source-page": "/sources/overview.html",
    "source-table": "/sources/arrivals.csv",
    "policy": "/policy",
    "policy-then": "/policy?on=1995",
    "policy-no-date": "/policy?on=soon",
    "terms": "/terms",
    "findings": "/findings",
    "findings-chosen": "/findings?severity=warning",
    "finding": "/findings/{finding}?severity=warning",
    "collation": "/sources/~beside/notebook.txt/~with/notebook.txt",
    "report-person": "/reports/people/{person}",
    "report-finding": "/reports/findings/{finding}",
    "coverage": "/coverage",
    "coverage-chosen": "/coverage?code=X104",
    "about": "/about",
    "korean": "/ko/people/{person}",
}
"""Pages that are looked at; `{person}` is somebody of whom two sources tell, `{finding}` the gravest finding."""

VIEWS = [(scheme, width) for scheme in ("light", "dark") for width in (1440, 390)]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    browsing.chromium()
    folder = tmp_path_factory.mktemp("served")
    sources = Path(__file__).parents[2] / "src" / "regesta" / "demo" / "sources"
    rebuild([sources], output=folder / "demo.duckdb", jobs=1)
    with browsing.serving(folder / "demo.duckdb", folder / "cache") as address:
        yield address


@pytest.fixture(scope="module")
def person(browser: Browser, base: str) -> str:
    with browsing.looking(browser, base) as seen:
        seen.go("/people?sort=sources&named=yes")
        href = seen.page.locator("ol.people a.who").first.get_attribute("href")
    return str(href).rpartition("/")[2]


@pytest.fixture(scope="module")
def finding(browser: Browser, base: str) -> str:
    with browsing.looking(browser, base) as seen:
        seen.go("/findings")
        href = seen.page.locator("ol.findings a").first.get_attribute("href")
    return str(href).rpartition("/")[2]


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
def test_every_page_is_clean(
    browser: Browser, base: str, person: str, finding: str, scheme: str, width: int
) -> None:
    pages = {
        name: base + address.format(person=person, finding=finding) for name, address in ADDRESSES.items()
    }
    browsing.walk(browser, base, pages, scheme, width)


def test_it_works_without_javascript(browser: Browser, base: str, person: str) -> None:
    with browsing.looking(browser, base, java_script_enabled=False) as seen:
        seen.go("/")
        seen.page.locator("nav a", has_text="People").click()
        seen.page.locator("#name").fill("hwang")
        seen.page.locator(".facets button").click()
        seen.page.locator("ol.people a.who").first.click()
        assert "Hwang" in str(seen.page.locator("h1").text_content())
        seen.page.locator("figure.passage figcaption a").first.click()
        assert "/sources/" in seen.page.url
        assert seen.page.locator(f'[id="{seen.page.url.rpartition("#")[2]}"]').count() == 1
        seen.go(f"/people/{person}")
        assert seen.page.locator("section.predicate").count() > 2
        assert seen.wrong == []


def test_it_works_from_the_keyboard(browser: Browser, base: str) -> None:
    with browsing.looking(browser, base) as seen:
        seen.go("/")
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.className") == "skip"
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("document.activeElement.id") == "content"
        seen.page.keyboard.press("/")
        assert seen.page.evaluate("document.activeElement.type") == "search"
        seen.page.keyboard.type("kang")
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url("**/search?q=kang**")
        assert seen.page.locator("main a[href*='/people/']").count() >= 1
        for _ in range(12):
            seen.page.keyboard.press("Tab")
            outline = seen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", seen.page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def test_a_claim_is_lit_in_its_source(browser: Browser, base: str, person: str) -> None:
    with browsing.looking(browser, base) as seen:
        seen.go(f"/people/{person}")
        seen.page.locator("figure.passage figcaption a").first.click()
        assert seen.page.locator("mark.reached").count() >= 1
        assert seen.page.locator("mark.reached").first.is_visible()
        note = seen.page.locator(".note a[data-claim]").first
        note.focus()
        assert seen.page.locator("mark.lit").count() >= 1


def test_what_was_in_force_is_asked_from_the_keyboard_without_javascript(browser: Browser, base: str) -> None:
    with browsing.looking(browser, base, java_script_enabled=False) as seen:
        seen.go("/policy")
        seen.page.locator("#at").focus()
        seen.page.keyboard.type("1990")
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url("**/policy?on=1990")
        assert seen.page.locator("section.standing").count() == 3
        seen.page.locator(".standing li a").first.click()
        assert seen.page.locator(f'[id="{seen.page.url.rpartition("#")[2]}"]').count() == 1
        assert seen.wrong == []


def test_findings_are_walked_within_what_is_chosen(browser: Browser, base: str) -> None:
    with browsing.looking(browser, base, java_script_enabled=False) as seen:
        seen.go("/findings?severity=warning")
        n = seen.page.locator("ol.findings > li").count()
        seen.page.locator("ol.findings a").first.click()
        for _ in range(n - 1):
            seen.page.locator("nav.parts a[rel=next]").click()
            assert "severity=warning" in seen.page.url
        assert seen.page.locator("nav.parts a[rel=next]").count() == 0
        seen.page.locator("figure.passage figcaption a").first.click()
        assert seen.page.locator(f'[id="{seen.page.url.rpartition("#")[2]}"]').count() == 1


def test_long_lists_fold_on_a_phone_and_nowhere_else(browser: Browser, base: str) -> None:
    def opened(seen: Any) -> list[bool]:
        return list(seen.page.locator("details.fold").evaluate_all("all => all.map(one => one.open)"))

    for address in ("/routes", "/timeline"):
        with browsing.looking(browser, base, viewport={"width": 390, "height": 900}) as seen:
            seen.go(address)
            assert opened(seen)
            assert not any(opened(seen))
            first = seen.page.locator("details.fold summary").first
            first.focus()
            seen.page.keyboard.press("Enter")
            assert opened(seen)[0]
            seen.page.set_viewport_size({"width": 1200, "height": 900})
            seen.page.wait_for_function(
                "[...document.querySelectorAll('details.fold')].every(one => one.open)"
            )
            assert not first.is_visible()
            assert seen.wrong == []
        with browsing.looking(
            browser, base, java_script_enabled=False, viewport={"width": 390, "height": 900}
        ) as seen:
            seen.go(address)
            assert (
                seen.page.locator("details.fold[open]").count() == seen.page.locator("details.fold").count()
            )


def test_conflicting_passages_stand_beside_each_other(browser: Browser, base: str) -> None:
    with browsing.looking(browser, base, viewport={"width": 1440, "height": 900}) as seen:
        seen.go("/findings?severity=warning")
        addresses = seen.page.locator("ol.findings a").evaluate_all("all => all.map(one => one.href)")
        for address in addresses:
            seen.page.goto(address)
            if seen.page.locator("p.makes a").count():
                seen.page.locator("p.makes a").first.click()
                break
        box = seen.page.locator("section.finding.warning").first
        assert box.locator(".column").count() >= 2
        tops = box.locator(".column").evaluate_all("all => all.map(one => one.getBoundingClientRect().top)")
        assert max(tops) == min(tops)
        assert seen.page.locator(".sure").count() >= 1
        assert seen.wrong == []


def test_a_report_is_made_for_paper(browser: Browser, base: str, person: str, finding: str) -> None:
    for address in (f"/reports/people/{person}", f"/reports/findings/{finding}"):
        with browsing.looking(browser, base) as seen:
            seen.go(address)
            assert seen.page.locator("header.frame").count() == 0
            seen.page.emulate_media(media="print")
            assert not seen.page.locator(".trail").is_visible()
            assert seen.page.locator(".running").is_visible()
            assert seen.page.locator(".sources-list > div").count() >= 1
            pdf = seen.page.pdf(prefer_css_page_size=True)
            assert pdf.startswith(b"%PDF")
            assert pdf.count(b"/Type /Page") >= 1
            assert seen.wrong == []


def test_paper_shows_the_page_and_not_its_frame(browser: Browser, base: str, person: str) -> None:
    with browsing.looking(browser, base) as seen:
        seen.page.emulate_media(media="print")
        seen.go(f"/people/{person}")
        assert not seen.page.locator("header.frame nav").is_visible()
        assert seen.page.locator("section.predicate").first.is_visible()
        seen.keep("person-print")


def test_a_table_that_is_too_wide_shows_that_it_goes_on(browser: Browser, base: str) -> None:
    with browsing.looking(browser, base, viewport={"width": 375, "height": 900}) as seen:
        seen.go("/about")
        shadow = seen.page.locator(".scroll").first.evaluate(
            "one => getComputedStyle(one).backgroundAttachment"
        )
        assert shadow == "local, local, scroll, scroll"
