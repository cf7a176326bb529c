"""The site of the documentation: it is made without a warning, opens from a file, asks nobody, and everybody can read it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import browsing
from regesta.chronicle.rows import TABLES
from regesta.cli import COMMANDS
from regesta.criticism import CHECKS
from regesta.export import FORMATS
from regesta.vocab import predicates

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("docs-site")]
ROOT = Path(__file__).parents[1]
LOOKED_AT = ("index", "tutorial", "reference/predicates", "reference/commands", "ideas/README", "search")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make docs` makes it; any warning, such as a link that leads nowhere, ends it."""
    pytest.importorskip("sphinx", reason="no Sphinx; make test installs it")
    pytest.importorskip("myst_parser", reason="no myst-parser; make test installs it")
    into = tmp_path_factory.mktemp("docs")
    command = [sys.executable, str(ROOT / "docs" / "site" / "make.py"), str(into)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return into / "site"


def test_nothing_is_missing_from_the_reference(site: Path) -> None:
    for name, wanted in {
        "commands": [f"regesta {command}" for command in COMMANDS],
        "checks": list(CHECKS),
        "schema": list(TABLES),
        "formats": list(FORMATS),
        "predicates": list(predicates()),
    }.items():
        text = re.sub(r"<[^>]+>", "", (site / "reference" / f"{name}.html").read_text("utf-8"))
        assert [word for word in wanted if word not in text] == [], name


def test_every_page_is_reached_from_the_first(site: Path) -> None:
    reached, waiting = set(), [site / "index.html"]
    while waiting:
        page = waiting.pop()
        if page not in reached:
            reached.add(page)
            links = re.findall(r'href="(?!https?:|#|mailto:)([^"#]+\.html)', page.read_text("utf-8"))
            waiting += [(page.parent / link).resolve() for link in links]
    assert reached == set(site.rglob("*.html"))


def test_no_page_asks_anybody(site: Path) -> None:
    for path in (*site.rglob("*.html"), *site.rglob("*.css")):
        asked = re.findall(
            r"""(?:\bsrc=|<link [^>]*href=|url\(|@import )["']?(?:https?:)?//[^"')>]*""",
            path.read_text("utf-8"),
        )
        assert asked == [], path


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_pages_are_clean_from_a_file(browser: Browser, site: Path, scheme: str, width: int) -> None:
    source = browsing.axe()
    faults = []
    for name in LOOKED_AT:
        view = {"width": width, "height": 900}
        with browsing.looking(browser, site.as_uri(), color_scheme=scheme, viewport=view) as seen:
            seen.page.goto((site / f"{name}.html").as_uri())
            seen.keep(f"docs-{name.replace('/', '-')}-{scheme}-{width}")
            assert seen.wrong == [], name
            seen.page.evaluate(source)
            found = seen.page.evaluate("axe.run({resultTypes: ['violations'], preload: false})")
            faults += [
                (name, v["id"], v["impact"], [n["html"][:160] for n in v["nodes"][:3]])
                for v in found["violations"]
                if v["impact"] in ("serious", "critical")
            ]
    assert faults == []


def test_words_are_found(browser: Browser, site: Path) -> None:
    with browsing.looking(browser, site.as_uri()) as seen:
        seen.page.goto(f"{(site / 'search.html').as_uri()}?q=tombstones")
        seen.page.locator("#search-results li a").first.wait_for()
        assert seen.wrong == []
