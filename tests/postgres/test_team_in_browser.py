"""A team in a real browser: an open page learns what somebody else decides, and of a database that goes and comes back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import browsing
from regesta.database import open_database
from regesta.decisions import read_log
from regesta.reviewers import Roll

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("browser")]

PASSWORD = "quiet words by the window"  # noqa: S105 - of a database that is thrown away
TEXT = (
    "Landings at Skarvik\n\n• Nils Aune, cooper (age 28), arrived in Skarvik on 2 April 1911.\n"
    "• Nels Aunne, carter (age 28), arrived in Skarvik in 1911.\n"
)


@pytest.fixture
def base(tmp_path: Path, address: str) -> Iterator[str]:
    """The address at which a project is served to Ana and Ben."""
    browsing.chromium()
    root = tmp_path / "project"
    (root / "sources").mkdir(parents=True)
    (root / "regesta.toml").write_text('title = "Landings"\n', "utf-8")
    (root / "sources" / "boats.txt").write_text(TEXT, "utf-8")
    (root / "sources" / "diary.txt").write_text(TEXT.replace("2 April", "4 April"), "utf-8")
    for name in ("Ana", "Ben"):
        Roll(open_database(address)).add(name, PASSWORD)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    subprocess.run(
        [sys.executable, "-P", "-m", "regesta", "build", "--jobs", "1"], cwd=root, check=True, capture_output=True
    )  # fmt: skip
    command = [sys.executable, "-P", "-m", "regesta", "serve", "--port", "0", "--decisions", address]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+?(?=/review)", process.stdout.readline())
            assert found
            yield found[0]
        finally:
            process.terminate()
            process.wait(timeout=20)
            shutil.rmtree(root)


def come_in(seen: Any, name: str) -> None:
    seen.go("/review/enter")
    seen.keep("team-enter")
    seen.page.locator("#your-name").fill(name)
    seen.page.locator("#your-password").fill(PASSWORD)
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url("**/review")


def test_two_windows_and_a_database_that_goes_and_comes_back(base: str, address: str, server: Any) -> None:
    with (
        browsing.browsing() as browser,
        browsing.looking(browser, base) as ana,
        browsing.looking(browser, base) as ben,
    ):
        come_in(ana, "Ana")
        come_in(ben, "Ben")
        ana.go("/review/pairs")
        where = ana.page.url
        ben.go("/review/pairs")
        ana.page.keyboard.press("s")
        ana.page.keyboard.type("one mark on the barrels")  # and thinks about it
        ben.page.keyboard.press("d")
        ben.page.keyboard.type("two trades")
        ben.page.keyboard.press("Enter")
        ben.page.wait_for_url("**did=**")
        ana.page.wait_for_selector(".others:not([hidden])", timeout=30_000)  # told without a click
        ana.keep("team-others")
        assert ana.page.url == where
        assert ana.page.locator("#why").input_value() == "one mark on the barrels"
        ana.page.locator("#why").focus()
        with ana.page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            ana.page.keyboard.press("Enter")
        assert sent.value.status == 409
        assert "two trades" in str(ana.page.locator(".problem[role=alert]").first.text_content())
        assert ana.page.locator("#why").input_value() == "one mark on the barrels"
        assert [one.by for one in read_log(address).decisions] == ["Ben"]
        ana.page.wait_for_selector(".review-bar", timeout=30_000)
        server.stop()
        lost = ana.page.locator(".review-bar [role=status]", has_text="nothing can be recorded")
        lost.wait_for(timeout=30_000)
        with ana.page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            ana.page.locator("#ask button").click()
        assert sent.value.status == 503
        ana.keep("team-lost")
        assert ana.page.locator("#why").input_value() == "one mark on the barrels"
        server.start()
        lost.wait_for(state="detached", timeout=30_000)
        with ana.page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            ana.page.locator("#ask button").click()
        assert sent.value.status == 303
        assert [one.by for one in read_log(address).decisions] == ["Ben", "Ana"]
        ana.go("/review/contests")
        said = str(ana.page.locator("main").text_content())
        assert "two trades" in said
        assert "one mark on the barrels" in said
