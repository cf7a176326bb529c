"""Review in a real browser: from the printed address to the rebuilt chronicle, with the keyboard alone, without JavaScript, on a
phone; nothing wrong in the console, nothing asked elsewhere, readable by everybody."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import browsing
from regesta.decisions import read_log

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("browser")]

DEMO = Path(__file__).parents[2] / "src" / "regesta" / "demo" / "sources"
VIEWS = [(scheme, width) for scheme in ("light", "dark") for width in (1440, 390)]


@dataclass
class Served:
    """A project that is served for review."""

    root: Path
    base: str
    link: str

    @property
    def kinds(self) -> list[str]:
        return [one.kind for one in read_log(self.root / "decisions.jsonl").decisions]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    browsing.chromium()
    root = tmp_path_factory.mktemp("reviewed") / "project"
    shutil.copytree(DEMO, root / "sources")
    (root / "regesta.toml").write_text('title = "The example register"\n', "utf-8")
    subprocess.run(
        [sys.executable, "-P", "-m", "regesta", "build", "--jobs", "1"],
        cwd=root, check=True, capture_output=True, timeout=120,
        env={**os.environ, "XDG_CACHE_HOME": str(root.parent / "cache")},
    )  # fmt: skip
    return root


@contextmanager
def serving(project: Path, folder: Path) -> Iterator[Served]:
    root = folder / "project"
    shutil.copytree(project, root)
    cache = folder / "cache"
    if (project.parent / "cache").is_dir():
        shutil.copytree(project.parent / "cache", cache)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-P", "-m", "regesta", "serve", "--review", "--port", "0"]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"(http://\S+?)(/review/enter\?token=\S+)", line)
            assert found, line
            yield Served(root, found[1], found[2])
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def served(project: Path, tmp_path: Path) -> Iterator[Served]:
    with serving(project, tmp_path) as one:
        yield one


def come_in(seen: Any, served: Served, name: str = "Ana") -> None:
    """Come in by the printed address, with the keyboard."""
    seen.go(served.link)
    seen.page.locator("#your-name").focus()
    seen.page.keyboard.type(name)
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url("**/review")


def test_from_the_door_to_the_rebuilt_chronicle_by_keyboard(browser: Browser, served: Served) -> None:
    with browsing.looking(browser, served.base) as seen:
        come_in(seen, served)
        page = seen.page
        page.locator(".queues a").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/review/pairs")
        page.keyboard.press("?")
        assert page.locator("#keys dl").is_visible()
        page.keyboard.press("n")
        page.wait_for_url("**item=**")
        assert "2 of" in str(page.locator(".progress").text_content())
        page.keyboard.press("b")
        page.wait_for_function("document.querySelector('.progress').textContent.includes('1 of')")
        page.keyboard.press("d")  # they are different: the reason is asked for
        assert page.locator("input[value=different]").is_checked()
        assert page.evaluate("document.activeElement.id") == "why"
        page.keyboard.press("Enter")  # without a reason nothing is sent
        assert served.kinds == []
        page.keyboard.type("two arrivals five years apart")
        page.keyboard.press("Enter")
        page.wait_for_url("**did=**")
        assert served.kinds == ["different"]
        assert "two arrivals five years apart" in str(page.locator(".did").first.text_content())
        page.wait_for_selector(
            ".review-bar.current", timeout=60_000
        )  # built again, and shown without being asked
        seen.go("/review/decisions")
        assert "applied" in str(page.locator(".log").text_content())
        seen.go("/review/findings")
        page.keyboard.press("e")
        page.keyboard.type("so the preface says")
        page.keyboard.press("Enter")
        page.wait_for_url("**did=**")
        page.keyboard.press("u")  # and taken back
        page.wait_for_url(re.compile("findings.item="))
        assert served.kinds == ["different", "explained", "undo"]
        assert seen.wrong == []


def test_words_are_chosen_in_the_text(browser: Browser, served: Served) -> None:
    with browsing.looking(browser, served.base) as seen:
        come_in(seen, served)
        seen.go("/sources/notebook.txt")
        words = seen.page.evaluate(
            """() => {
              const pieces = [...document.querySelectorAll('.text [data-at]')].filter((e) => e.textContent.trim().length > 12);
              const text = document.createTreeWalker(pieces[3], NodeFilter.SHOW_TEXT).nextNode();
              const range = document.createRange();
              range.setStart(text, 2);
              range.setEnd(text, 11);
              getSelection().removeAllRanges();
              getSelection().addRange(range);
              return range.toString();
            }"""
        )
        seen.page.wait_for_selector(".chosen-words:not([hidden])")
        seen.keep("review-chosen")
        seen.page.keyboard.press("a")
        seen.page.wait_for_url("**/review/add**")
        assert str(seen.page.locator("mark").first.text_content()).strip() == words.strip()
        assert seen.page.locator("#quote").input_value() == words.strip()
        assert seen.wrong == []


def test_it_works_without_javascript(browser: Browser, served: Served) -> None:
    with browsing.looking(browser, served.base, java_script_enabled=False) as seen:
        come_in(seen, served, "Ben")
        page = seen.page
        seen.go("/people?sort=sources&named=yes")
        page.locator("ol.people a.who").first.click()
        page.locator(".beside-claim a", has_text="reject").first.click()
        assert page.locator("input[value=reject]").is_checked()
        page.locator("#why").fill("the list has another year")
        page.locator("#ask button").click()
        assert "/people/" in page.url
        assert "the list has another year" in str(page.locator(".pending").first.text_content())
        page.locator(".beside-claim a", has_text="correct").last.click()
        page.locator("#why").fill("nothing was changed")
        page.locator("#ask button").click()
        assert page.locator("[role=alert]").count() == 1
        seen.go("/sources/notebook.txt")
        page.locator("#choose a").click()
        page.locator("#quote").fill("words that stand nowhere in it")
        page.locator("#subject").fill("Hwang Jang-yop")
        page.locator("#predicate").select_option("role")
        page.locator("#value").fill("teacher")
        page.locator("#why").fill("missed")
        page.locator("#ask button").click()
        assert "stand nowhere" in str(page.locator("[role=alert]").text_content())
        assert page.locator("#value").input_value() == "teacher"
        assert served.kinds == ["reject"]
        seen.go("/review/decisions")
        page.locator(".log summary").first.click()
        page.locator(".log .undo button").first.click()
        assert served.kinds == ["reject", "undo"]
        assert [text for text in seen.wrong if "422" not in text] == []


def test_somebody_is_withheld_from_the_keyboard_without_javascript(browser: Browser, served: Served) -> None:
    with browsing.looking(browser, served.base, java_script_enabled=False) as seen:
        come_in(seen, served, "Ben")
        page = seen.page
        seen.go("/people?sort=sources&named=yes")
        page.locator("ol.people a.who").first.click()
        page.locator(".head a", has_text="what may be shown").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/review/expose/e-*")
        assert page.locator("#ask").count() == 0
        page.locator("input[value=withhold]").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_url("**answer=withhold**")
        assert page.locator(".effect .changed").count() >= 1
        assert served.kinds == []
        page.locator("#why").focus()
        page.keyboard.type("her sister is still there")
        page.keyboard.press("Enter")
        page.locator(".told-decisions", has_text="her sister is still there").wait_for()
        assert served.kinds == ["withhold"]
        assert seen.wrong == []


@pytest.fixture(scope="module")
def inside(
    browser: Browser, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Any]]:
    """A review in which one thing was decided, and the cookies of who decided it."""
    source = browsing.axe()
    with serving(project, tmp_path_factory.mktemp("inside")) as served:
        for scheme, width in VIEWS:
            size = {"width": width, "height": 900}
            with browsing.looking(browser, served.base, color_scheme=scheme, viewport=size) as seen:
                seen.go(served.link)
                seen.examine(f"review-enter-{scheme}-{width}", source)
        with browsing.looking(browser, served.base) as seen:
            come_in(seen, served)
            seen.go("/review/pairs")
            seen.page.keyboard.press("s")
            seen.page.keyboard.type("one passport")
            seen.page.keyboard.press("Enter")
            seen.page.wait_for_url("**did=**")
            seen.examine("review-decided-light-1280", source)
            seen.page.wait_for_selector(".review-bar.current", timeout=60_000)
            yield served.base, seen.page.context.storage_state()


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
def test_every_page_of_review_is_clean(
    browser: Browser, inside: tuple[str, Any], scheme: str, width: int
) -> None:
    source = browsing.axe()
    base, cookies = inside
    size = {"width": width, "height": 900}
    with browsing.looking(browser, base, color_scheme=scheme, viewport=size, storage_state=cookies) as seen:
        page = seen.page
        seen.go("/people?sort=sources&named=yes")
        person = str(page.locator("ol.people a.who").first.get_attribute("href"))
        seen.go(person)
        claim = str(page.locator(".beside-claim a", has_text="prefer").first.get_attribute("href"))
        pages = {
            "hall": "/review", "pairs": "/review/pairs", "conflicts": "/review/conflicts", "findings": "/review/findings",
            "claims": "/review/claims", "contests": "/review/contests", "decisions": "/review/decisions", "person": person,
            "claim": claim, "correct": claim.partition("?")[0].replace("/claim/", "/correct/"),
            "entity": f"/review/entity/{person.rpartition('/')[2]}?other=kim", "source": "/sources/notebook.txt",
            "add": "/review/add?source=notebook.txt&start=10&end=60",
            "expose": f"/review/expose/{person.rpartition('/')[2]}?answer=release&ground=deceased&scope=all",
            "erase": f"/review/expose/{person.rpartition('/')[2]}?answer=erase", "korean": "/ko/review/pairs",
        }  # fmt: skip
        for name, address in pages.items():
            seen.go(address)
            seen.examine(f"review-{name}-{scheme}-{width}", source)
