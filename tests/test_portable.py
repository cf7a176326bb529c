"""Names of files that are made: taken by Windows and macOS as well, one file each, and the same everywhere."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.export.portable import portable
from regesta.fetching import file_name
from regesta.publishing.paths import slug

NAMES = st.lists(
    st.text(min_size=1, max_size=40)
    | st.sampled_from(["con", "CON.txt", "nul.", "a:b", "a\\b", "..", "x" * 300, "é" * 200, "A.txt", "a.txt", "aux.tar.gz", "COM¹", " a ", "a/b"]),
    min_size=1, max_size=8, unique=True,
)  # fmt: skip


def is_taken_by_windows(path: str) -> bool:
    pure = PureWindowsPath(path)
    return (
        not pure.is_reserved()
        and not pure.is_absolute()
        and not pure.drive
        and pure.as_posix() == path
        and not any(part.endswith((".", " ")) or set(part) & set('<>:"|?*') for part in pure.parts)
        and all(len(part.encode("utf-8", "replace")) < 250 for part in pure.parts)
    )


@given(NAMES)
def test_every_system_takes_it_and_keeps_it_apart(names: list[str]) -> None:
    taken: set[str] = set()
    made = [portable(name, taken) for name in names]
    for path in made:
        assert is_taken_by_windows(f"{path}.xml"), path
        assert ".." not in PurePosixPath(path).parts
    assert len({path.casefold() for path in made}) == len(names)


@pytest.mark.parametrize("name", ["a.txt", "annals/1921/a b.html", "이웅평.md", "papers.zip/ships.txt"])
def test_a_plain_name_stays(name: str) -> None:
    assert portable(name, set()) == name


@given(st.text(min_size=1, max_size=60))
def test_pages_of_a_site_and_files_of_the_web_too(name: str) -> None:
    assert is_taken_by_windows(slug(name))


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/con",
        "https://a.example:8080/a:b?c=d|e*",
        "https://a.example/nul.html",
        "https://a.example/aux.html?b=c",
    ],
)
def test_a_page_of_the_web_gets_a_name_that_windows_takes(url: str) -> None:
    assert is_taken_by_windows(file_name(url, ".html"))
