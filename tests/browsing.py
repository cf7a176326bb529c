"""A browser and the example register served to it: what the tests of pages in a browser share.

`make test` installs Chromium and axe-core where it can; where they are absent, the tests skip and say so. Other people's
pages are tested by adding their addresses to `ADDRESSES` in `test_browser.py`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(__file__).parents[1] / ".venv" / "axe-core" / "package" / "axe.min.js"
SHOTS = os.environ.get("REGESTA_SHOTS")
"""A folder; where it is set, every page that is looked at is kept there as a picture."""


def chromium() -> str:
    """Return the path of Chromium; skips the test where there is none."""
    pytest.importorskip("playwright.sync_api", reason="no playwright; make test installs it")
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium: apt-get install chromium")
    return found


def axe() -> str:
    """Return the source of axe-core; skips the test where it could not be fetched."""
    if not AXE.is_file():
        pytest.skip("no axe-core: make test fetches it with npm where there is a registry")
    return AXE.read_text("utf-8")


@contextmanager
def browsing() -> Iterator[Browser]:
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def serving(chronicle: Path, cache: Path) -> Iterator[str]:
    """Serve a chronicle by the command and give the address."""
    command = [sys.executable, "-m", "regesta", "serve", str(chronicle), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "XDG_CACHE_HOME": str(cache)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://\S+?(?=/ )", line)
            assert found, line
            yield found[0]
        finally:
            process.terminate()
            process.wait(timeout=20)


@dataclass
class Seen:
    """A page in the browser, and what went wrong while it was looked at."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        """Open a page of the chronicle."""
        answer = self.page.goto(self.base + address)
        assert answer is not None
        assert answer.status in (200, 304), address

    def examine(self, name: str, source: str) -> None:
        """Keep a picture, and fail where the page is too wide, axe-core finds a fault, or anything went wrong."""
        self.keep(name)
        broad = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert broad <= 0, f"{name} is {broad} pixels too wide"
        self.page.evaluate(source)
        found = self.page.evaluate("axe.run({resultTypes: ['violations'], preload: false})")
        faults = [
            (v["id"], v["impact"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found["violations"]
        ]
        assert faults == [], name
        assert self.wrong == [], name

    def keep(self, name: str) -> None:
        """Keep a picture of the whole page where pictures are wanted."""
        if SHOTS:
            self.page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@contextmanager
def looking(browser: Browser, base: str, **settings: Any) -> Iterator[Seen]:
    """Open a page that notes every error of the console, every fault and every request that leaves the host."""
    context = browser.new_context(**settings)
    page = context.new_page()
    seen = Seen(page, base)
    page.on(
        "console",
        lambda message: seen.wrong.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: seen.wrong.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith(base) else seen.wrong.append(f"asked {request.url}"),
    )
    try:
        yield seen
    finally:
        context.close()


def walk(browser: Browser, base: str, pages: Mapping[str, str], scheme: str, width: int) -> None:
    """Open each page, by name, in a context of its own, and examine it."""
    source = axe()
    for name, address in pages.items():
        view = {"width": width, "height": 900}
        with looking(browser, base, color_scheme=scheme, viewport=view) as seen:
            answer = seen.page.goto(address)
            assert answer is None or answer.ok or answer.status in (0, 304), address  # a file has no status
            seen.examine(f"{name}-{scheme}-{width}", source)
