"""What is withheld stands in no byte of a published site: fifty canaries, and a hidden sister in four spellings.

A fifty-first canary in the name of a file, which an edition shows, is found by the command, and nothing is published.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest

from regesta.cli import main
from regesta.edition import plant

*CANARIES, NAMED = plant(b"a published site", 51)
SISTER = ("Pak Sun-hui", "Bak Sunhui", "Park Soon-hee", "박순희")
"""One name as four sources spell it."""

LIST = """Those who came over

1996
• Kim Chol-su, a former air force officer, arrived in South Korea in May 1996. His sister {0} stayed in Chongjin with {a}. [1]
• Han Myong-ho, a poet, arrived in South Korea on 3 March 1997. A broker called {b} hid him in a safe house in {c}.
• Ri Kwang-jin (age 11), a schoolboy, came with his aunt {1} in 1998, {d}.

References
1. "{e}". The Daily Paper. 1996.
"""
PAGE = """<html><head><title>A memoir</title><meta name="author" content="{a}"></head><body><h1>A memoir</h1>
<!-- {b} --><p>Han Myong-ho wrote to {2}, the sister of Kim Chol-su, {c}.</p>
<p>He suffered from {d} and prayed with {e}.</p><p title="{f}">{3} 은 청진에 산다. {g}</p></body></html>"""


def plain(text: str) -> str:
    """Return the letters and digits of a text, small, without marks: what no spelling hides."""
    taken_apart = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(
        r"[\W_]+",
        "",
        unicodedata.normalize("NFC", "".join(c for c in taken_apart if not unicodedata.combining(c))),
    )


def bodies(folder: Path) -> dict[str, bytes]:
    """Return every file, and every file that a ZIP or a workbook holds."""
    found = {}
    waiting = [
        (p.relative_to(folder).as_posix(), p.read_bytes()) for p in sorted(folder.rglob("*")) if p.is_file()
    ]
    while waiting:
        name, body = waiting.pop()
        found[name] = body
        if body[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                waiting += [(f"{name}/{inner}", archive.read(inner)) for inner in archive.namelist()]
    return found


@pytest.mark.timeout(600)
def test_nothing_withheld_is_in_any_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    left = iter(CANARIES)
    letters = "abcdefg"
    sources = tmp_path / "sources"
    sources.mkdir()
    (tmp_path / "regesta.toml").write_text('title = "Those who came over"\ncontact = "a@example.org"\n')
    (tmp_path / "canaries.txt").write_text("\n".join((*CANARIES, NAMED)))
    (sources / "list.txt").write_text(LIST.format(*SISTER, **{k: next(left) for k in letters[:5]}))
    memoir = sources / f"memoir-{NAMED}.html"
    memoir.write_text(PAGE.format(*SISTER, **{k: next(left) for k in letters}))
    told = "\n\n".join(f"The smuggler {one} waited behind the school of the village." for one in left)
    (sources / "notes.txt").write_text(
        f"Notes\n\nHan Myong-ho, a poet, arrived in South Korea in 1997.\n\n{told}\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    publish = ["publish", "-o", "site", "--on", "2026-11-22", "--jobs", "1", "--language", "en", "--json"]
    assert main(["build", "--jobs", "1"]) == 0
    assert main(publish) == 1
    assert "canary" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
    memoir.rename(sources / "memoir.html")
    assert main(["build", "--jobs", "1"]) == 0
    capsys.readouterr()
    assert main(publish) == 0
    assert json.loads(capsys.readouterr().out)["checked"] is True
    hidden = {plain(one) for one in (*CANARIES, NAMED, *SISTER)}
    found = set()
    for name, body in bodies(tmp_path / "site").items():
        text = plain(name + body.decode("utf-8", "ignore"))
        found |= {(one, name) for one in hidden if one in text}
    assert found == set()
    assert "Kim Chol-su" in (tmp_path / "site" / "people.html").read_text(
        "utf-8"
    )  # what may be seen is there
