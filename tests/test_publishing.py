"""A published site: every link leads somewhere, nothing is written twice, nothing of others is touched, nothing unprotected gets out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import duckdb
import html5lib
import lxml.html
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from regesta.cli import regesta as command
from regesta.errors import StoreError
from regesta.publishing import Imprinted, Published, publish_edition
from regesta.publishing.paths import Paths, slug
from regesta.publishing.seeking import sound, words_of_name
from regesta.publishing.wording import words_of_site

ON = dt.date(2026, 11, 22)
SAID = Imprinted(title="Those who left", on=ON, contact="put-right@example.org", policy="Limits: none")
FEW = ("csv", "jsonl", "bibtex")
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def made_edition(chronicle: Path, target: Path, *queries: str) -> Path:
    """Copy a chronicle that holds nobody to protect, and let it say that it is an edition."""
    shutil.copy(chronicle, target)
    with duckdb.connect(str(target)) as opened:
        rows = [
            ("edition", "1"),
            ("edition_on", ON.isoformat()),
            ("edition_policy", "00"),
            ("edition_policy_title", "none"),
        ]
        rows += [("withheld:kin", "3")]
        opened.executemany("insert into meta values (?, ?)", rows)
        for query in queries:
            opened.execute(query)
    return target


@pytest.fixture
def edition(chronicle_path: Path, tmp_path: Path) -> Path:
    return made_edition(chronicle_path, tmp_path / "edition.duckdb")


def put(edition: Path, folder: Path, said: Imprinted = SAID, **others: object) -> Published:
    return publish_edition(edition, folder, said, formats=FEW, **others)  # type: ignore[arg-type]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def is_whole(folder: Path) -> bool:
    """Return whether a folder holds exactly what its index says."""
    index = json.loads((folder / "index.json").read_bytes())
    here = bytes_of(folder)
    said = {path: digest for path, (digest, _) in index["files"].items()}
    return said == {
        path: hashlib.sha256(body).hexdigest() for path, body in here.items() if path != "index.json"
    }


def faults(site: Path) -> list[str]:
    """Return links that lead nowhere, as the files stand on a disk."""
    ids: dict[Path, set[str]] = {}
    links: dict[Path, list[str]] = {}
    for page in site.rglob("*.html"):
        tree = lxml.html.parse(str(page), parser=lxml.html.HTMLParser(encoding="utf-8")).getroot()
        elements = [e for e in tree.iter() if isinstance(e.tag, str)]
        found = [e.get("id") for e in elements if e.get("id")]
        assert len(found) == len(set(found)), f"an id stands twice in {page}"
        ids[page] = {str(one) for one in found}
        links[page] = [
            v
            for e in elements
            for k, v in e.attrib.items()
            if k.rpartition("}")[2] in ("href", "src", "action")
        ]
    wrong = []
    for page, addresses in links.items():
        for address in addresses:
            parts = urlsplit(address)
            if parts.scheme in ("http", "https", "mailto"):
                continue
            base = page.parent
            if parts.path.startswith(
                "/r/"
            ):  # a page that is shown at any depth, of the site that stands there
                base, parts = site, parts._replace(path=parts.path.removeprefix("/r/"))
            target = page if not parts.path else (base / unquote(parts.path)).resolve()
            fragment = unquote(parts.fragment)
            if parts.query or not target.is_file() or (fragment and fragment not in ids.get(target, ())):
                wrong.append(f"{page.relative_to(site)} -> {address}")
    return wrong


@pytest.fixture(scope="module", params=["demo", pytest.param("seeds", marks=pytest.mark.shared)])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a register as the command makes it."""
    from regesta.pipeline import rebuild

    folder = tmp_path_factory.mktemp("site")
    if request.param == "seeds" and not SEEDS.is_dir():
        pytest.skip("no ../shared here")
    sources = SEEDS if request.param == "seeds" else Path(__file__).parents[1] / "src/regesta/demo/sources"
    rebuild([sources], output=folder / "c.duckdb", jobs=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        asked = [
            "publish",
            str(folder / "c.duckdb"),
            "-o",
            str(folder / "site"),
            "--on",
            ON.isoformat(),
            "--jobs",
            "1",
        ]
        done = CliRunner().invoke(
            command, [*asked, "--contact", "a@example.org", "--url", "https://example.org/r"]
        )
    assert done.exit_code == 0, done.output
    return folder / "site"


@pytest.mark.timeout(600)
def test_every_link_of_a_register_leads_somewhere_and_every_page_is_valid(site: Path) -> None:
    assert faults(site) == []
    parser = html5lib.HTMLParser(strict=True)
    kinds: dict[tuple[str, ...], int] = {}
    for page in sorted(site.rglob("*.html")):
        kind = page.relative_to(site).parts[:-1]
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] <= 25:  # of a kind, so many are enough
            parser.parse(page.read_bytes(), transport_encoding="utf-8")
    assert is_whole(site)
    places = (site / "sitemap.xml").read_text()
    assert places.count("<loc>") == len(list(site.rglob("*.html"))) - 1  # all but 404.html
    assert "<script>" not in "".join(p.read_text() for p in site.glob("*.html"))
    assert "style=" not in (site / "people.html").read_text()


def test_the_same_edition_gives_the_same_bytes_and_nothing_is_written_again(
    edition: Path, tmp_path: Path
) -> None:
    first = put(edition, tmp_path / "a")
    before = {path: path.stat().st_ino for path in (tmp_path / "a").rglob("*.html")}
    again = put(edition, tmp_path / "a")
    elsewhere = put(edition, tmp_path / "b", jobs=2)
    assert (again.n_written, again.n_removed, again.imprint) == (0, 0, first.imprint)
    assert (first.is_same, again.is_same) == (False, True)
    assert (again.n_pages, again.n_files, again.since.changes) == (
        first.n_pages,
        first.n_files,
        first.since.changes,
    )
    assert {path: path.stat().st_ino for path in (tmp_path / "a").rglob("*.html")} == before
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")
    assert elsewhere.n_written == elsewhere.n_files - 1
    assert faults(tmp_path / "a") == []
    assert sorted(p.name for p in tmp_path.glob(".*")) == []  # nothing is left beside it


@pytest.mark.parametrize("harm", ["cut", "changed", "gone", "a link"])
def test_a_site_that_is_not_whole_is_made_again(edition: Path, tmp_path: Path, harm: str) -> None:
    site = tmp_path / "site"
    put(edition, site)
    whole, page = bytes_of(site), site / "people.html"
    body = page.read_bytes()
    page.unlink()
    if harm == "a link":
        (tmp_path / "elsewhere").write_bytes(body)
        page.symlink_to(tmp_path / "elsewhere")
    elif harm != "gone":
        page.write_bytes(body[:-9] if harm == "cut" else body.replace(b"a", b"e"))
    assert not put(edition, site).is_same
    assert bytes_of(site) == whole
    assert put(edition, site).is_same


@pytest.mark.parametrize(
    "other",
    [{"title": "Another"}, {"contact": "b@example.org"}, {"policy": "Another policy."}, {"seal": "5f"}],
)
def test_what_is_said_of_it_makes_another_site(edition: Path, tmp_path: Path, other: dict[str, Any]) -> None:
    put(edition, tmp_path / "site")
    assert not put(edition, tmp_path / "site", replace(SAID, **other)).is_same


def test_a_new_edition_says_what_changed_and_never_what_is_gone(
    chronicle_path: Path, edition: Path, tmp_path: Path
) -> None:
    with duckdb.connect(str(edition)) as opened:
        everybody = [row[0] for row in opened.execute("select id from entities order by label").fetchall()]
        ((gone, label),) = opened.execute("select id, label from entities where label like 'Ada%'").fetchall()
    put(edition, tmp_path / "site")
    queries = [f"delete from {table} where {column} = '{gone}'" for table, column in (
        ("entities", "id"), ("claims", "subject"), ("mentions", "entity"), ("referents", "entity"))]  # fmt: skip
    queries.append("update sources set title = 'Another title'")
    done = put(made_edition(chronicle_path, tmp_path / "next.duckdb", *queries), tmp_path / "site")
    assert done.imprint.number == 2
    assert done.since.changes is not None
    assert done.since.changes.n_gone == 1
    assert len(everybody) > 1
    assert not (tmp_path / "site" / "people" / f"{gone}.html").exists()
    told = json.loads((tmp_path / "site" / "editions.json").read_bytes())
    assert [e["number"] for e in told["editions"]] == [2, 1]
    assert gone not in (tmp_path / "site" / "editions.json").read_text()
    assert gone not in (tmp_path / "site" / "index.json").read_text()
    assert label  # and its name may well stand in the text, which is the edition's business
    assert "Since edition 1" in (tmp_path / "site" / "edition.html").read_text()


def test_a_chronicle_that_is_no_edition_is_refused(chronicle_path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not an edition"):
        put(chronicle_path, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_what_is_not_ours_is_never_touched(edition: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "photo.jpg").write_bytes(b"mine")
    with pytest.raises(StoreError, match="no published site"):
        put(edition, site)
    (site / "photo.jpg").unlink()
    put(edition, site)
    (site / "CNAME").write_text("register.example.org")
    (site / ".git" / "refs").mkdir(parents=True)
    (site / ".git" / "HEAD").write_text("ref: main")
    (site / "link").symlink_to("CNAME")
    inode = (site / ".git" / "HEAD").stat().st_ino
    done = put(edition, site, SAID, languages=("en",))
    assert done.n_removed > 0
    assert not (site / "ko").exists()
    assert (site / "CNAME").read_text() == "register.example.org"
    assert (site / ".git" / "HEAD").stat().st_ino == inode
    assert (site / ".git" / "refs").is_dir()
    assert (site / "link").readlink() == Path("CNAME")
    (site / "ko").mkdir()
    (site / "ko" / "index.html").write_text("somebody's")
    with pytest.raises(StoreError, match="did not write it"):
        put(edition, site)
    assert (site / "ko" / "index.html").read_text() == "somebody's"
    assert (site / "people.html").is_file()


def test_nothing_stands_where_the_check_finds_something(edition: Path, tmp_path: Path) -> None:
    put(edition, tmp_path / "site")
    before = bytes_of(tmp_path / "site")
    seen: list[Path] = []

    def check(folders: Sequence[Path]) -> None:
        seen.extend(folders)
        assert any("Ada Brook" in p.read_text("utf-8") for p in folders[0].rglob("*.html"))
        raise StoreError("something that is withheld stands in the site")

    with pytest.raises(StoreError, match="withheld"):
        put(edition, tmp_path / "site", Imprinted(title="Other", on=ON), check=check)
    assert seen
    assert bytes_of(tmp_path / "site") == before
    assert sorted(p.name for p in tmp_path.glob(".*")) == []


_PUBLISH = """
import datetime, sys
from pathlib import Path
from regesta.publishing import Imprinted, publish_edition
said = Imprinted(title=sys.argv[3], on=datetime.date(2026, 11, 22))
print("begun", flush=True)
publish_edition(Path(sys.argv[1]), Path(sys.argv[2]), said, formats=("csv",))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.timeout(300)
def test_whoever_is_killed_leaves_a_whole_site(edition: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    put(edition, site)
    for number, seconds in enumerate((0.05, 0.4, 0.9, 1.6, 2.4)):
        arguments = [sys.executable, "-c", _PUBLISH, str(edition), str(site), f"Title {number}"]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
        assert is_whole(site), seconds
    put(edition, site)
    assert sorted(p.name for p in tmp_path.glob(".*")) == []  # what the dead left is gone


def test_downloads_are_what_they_say(edition: Path, tmp_path: Path) -> None:
    put(edition, tmp_path / "site")
    site = tmp_path / "site"
    index = json.loads((site / "index.json").read_bytes())
    assert [one["format"] for one in index["exports"]] == list(FEW)
    for one in index["exports"]:
        body = (site / one["path"]).read_bytes()
        assert (hashlib.sha256(body).hexdigest(), len(body)) == (one["sha256"], one["bytes"])
        assert (
            f"{one['sha256']}  {Path(one['path']).name}\n" in (site / "downloads" / "SHA256SUMS").read_text()
        )
        assert one["sha256"] in (site / "downloads.html").read_text()
    with zipfile.ZipFile(site / "downloads" / "csv.zip") as archive:
        assert "claims.csv" in archive.namelist()
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_entry_is_cited_under_an_address_that_stays(edition: Path, tmp_path: Path) -> None:
    said = Imprinted(title="Those & others", on=ON, url="https://example.org/register")
    done = put(edition, tmp_path / "site", said)
    person = next((tmp_path / "site" / "people").glob("e-*.html"))
    text = person.read_text("utf-8")
    address = f"https://example.org/register/people/{person.name}"
    tree = lxml.html.fromstring(text)
    assert tree.xpath("string(//link[@rel='canonical']/@href)") == address
    assert tree.xpath("string(//meta[@name='citation_public_url']/@content)") == address
    cited = ["".join(map(str, pre.itertext())) for pre in tree.iter("pre")]
    assert r"Those \& others" in cited[0]
    assert json.loads(cited[1])[0]["URL"] == address
    assert json.loads(cited[1])[0]["version"] == done.imprint.id
    assert (
        "Sitemap: https://example.org/register/sitemap.xml" in (tmp_path / "site" / "robots.txt").read_text()
    )
    with pytest.raises(StoreError, match="no address"):
        put(edition, tmp_path / "other", Imprinted(title="T", on=ON, url="ftp://example.org"))


def test_it_says_where_to_ask_for_a_correction_or_that_nobody_said(edition: Path, tmp_path: Path) -> None:
    put(edition, tmp_path / "site")
    assert 'href="mailto:put-right@example.org"' in (tmp_path / "site" / "index.html").read_text()
    assert "withheld" in (tmp_path / "site" / "edition.html").read_text()
    put(edition, tmp_path / "none", Imprinted(title="T", on=ON))
    assert "gave no address" in (tmp_path / "none" / "edition.html").read_text()


def test_the_command_warns_publishes_editions_as_they_are_and_counts(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ["publish", str(edition), "-o", "site", "--json", "--jobs", "1", "--language", "en"]
    done = CliRunner().invoke(command, asked)
    assert done.exit_code == 0, done.output
    assert "no contact" in done.stderr
    told = json.loads(done.stdout)
    assert (told["number"], told["on"], told["checked"], told["contact"]) == (1, "2026-11-22", False, None)
    assert told["pages"] == len(list((tmp_path / "site").rglob("*.html")))


@given(st.lists(st.text(min_size=1, max_size=40), min_size=2, max_size=6, unique=True))
def test_no_two_names_share_a_file(names: list[str]) -> None:
    slugs = [slug(name) for name in names]
    assert len({one.casefold() for one in slugs}) == len(names)
    assert all(one.isascii() and len(one) <= 80 and not set(one) & set('/\\:*?"<>| ') for one in slugs)


def test_what_a_site_cannot_answer_leads_to_the_nearest_that_it_can() -> None:
    known = frozenset({("timeline", (("from", "1990"), ("to", "1999"))), ("people", (("kind", "group"),))})
    links = Paths(root="../", answered=known)
    assert (
        links.to("timeline", "", at="", **{"from": "1996-02", "to": "1996-02"})
        == "../timeline/by/from-1990.to-1999.html"
    )
    assert links.path("timeline", "", {"from": "1890-02", "to": "1890-02", "part": "4"}) == "timeline.html"
    assert links.to("people", kind="group", year="1990") == "../people.html"
    assert links.to("coverage", leaf=3, part=2, at="rejected") == "../coverage/by/all~leaf-3.html#rejected"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hwang Jang-yop", "황장엽"),
        ("Rhee Woong-pyung", "Lee Ung-pyong"),
        ("Choe Chol-su", "Ch’oe Ch’ŏlsu"),
        ("Kang Min-ju", "강민주"),
    ],
)
def test_names_that_sound_alike_share_a_sound(one: str, other: str) -> None:
    assert sound(one)[:4] == sound(other)[:4]


def test_a_name_is_found_by_its_parts() -> None:
    assert words_of_name("O’Neill, Ann-Marie") == ["neill", "ann", "marie", "oneill", "annmarie"]
    assert words_of_name("박 지수") == ["박", "지수"]


def test_all_languages_have_the_same_words() -> None:
    one, other = words_of_site("en").entries, words_of_site("ko").entries
    assert list(one) == list(other)


def test_a_folder_moved_aside_by_a_dead_run_is_put_back(edition: Path, tmp_path: Path) -> None:
    put(edition, tmp_path / "site")
    (tmp_path / "site").rename(
        tmp_path / ".site.before"
    )  # as where two folders cannot be exchanged in one step
    done = put(edition, tmp_path / "site")
    assert done.n_written == 0
    assert is_whole(tmp_path / "site")
    assert sorted(p.name for p in tmp_path.glob(".*")) == []
