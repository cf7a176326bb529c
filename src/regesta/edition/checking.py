"""The leak check: whether anything that is withheld stands in any byte of what is to leave.

    folder or file ──opening──► texts ──views──► patterns ──► Leak(rule, count, files)

It knows nothing of how an edition was made and trusts none of it: it reads the finished bytes, unpacked and unescaped. It says by
which rule and how often, and never what was found; nor the name of a file that has the thing in its name. Where something
cannot be read, that is a leak too: a check that could not look has not passed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from regesta.chronicle import open as open_chronicle
from regesta.edition.combining import singled_out
from regesta.edition.imprint import is_edition
from regesta.edition.opening import Closed, Raw, texts_in, views
from regesta.edition.watching import Watch, watched
from regesta.errors import StoreError
from regesta.protection import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Leak", "check"]

_IN_RAW: Final = frozenset({"canary", "quote"})
"""What is looked for in the bytes of a store: its values are looked through one by one for everything."""
_SHOWN: Final = 5
"""Files that are named for one rule."""


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that may not leave, and does; the thing itself is not told."""

    rule: str
    """`name`, `quote`, `canary`, `combination`, `unreadable` or `link`."""
    count: int
    """How often it was found, in all views of all files."""
    files: tuple[str, ...]
    """Some of the files, below the folder that was checked; `(a file)` for one whose name is a leak itself."""


def check(
    paths: Iterable[str | Path],
    withheld: Watch | Plan | Iterable[str],
    *,
    k: int = 0,
    progress: Callable[[int, int, str], None] | None = None,
) -> tuple[Leak, ...]:
    """Return what leaks in files and folders: nothing where all is well.

    `withheld` is what `watch_of` gives; a plan, of which only the names are known; or names. With `k` the editions among
    `paths` are counted as well: nobody without a name may be one of fewer than k of the same year, place, role and sex.
    Raises `StoreError` where there is nothing at a path: what is not there is not clean.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a.html").write_text("by <b>Kim</b>&nbsp;Chŏl-su")
    ...     [(leak.rule, leak.files) for leak in check([folder], ["Kim Chol-su"])]
    [('name', ('a.html',))]
    """
    watch = _watch(withheld)
    counts: Counter[str] = Counter()
    files: dict[str, dict[str, None]] = defaultdict(dict)
    if k:
        for path in map(Path, paths := list(paths)):
            if n := _combinations(path, k):
                counts["combination"] += n
                files["combination"].setdefault(path.name)
    every = list(_files(paths))
    for done, (path, told) in enumerate(every, 1):
        is_named = any(True for view in views(told) for _ in watch.patterns.hits(view))
        name = "(a file)" if is_named else told
        for rule in _rules(path, told, watch):
            counts[rule] += 1
            files[rule].setdefault(name)
        if progress:
            progress(done, len(every), "files")
    return tuple(Leak(rule, counts[rule], tuple(files[rule])[:_SHOWN]) for rule in sorted(counts))


def _combinations(path: Path, k: int) -> int:
    """Return how many people an edition singles out; 0 of a file that is none."""
    if not path.is_file():
        return 0
    with path.open("rb") as file:
        if file.read(12)[8:] != b"DUCK":
            return 0
    with open_chronicle(path) as edition:
        return singled_out(edition, k) if is_edition(edition) else 0


def _watch(withheld: Watch | Plan | Iterable[str]) -> Watch:
    if isinstance(withheld, Watch):
        return withheld
    if isinstance(withheld, Plan):
        shown = [n for e in withheld.exposures.values() if e.shown == "name" for n in (e.label, *e.aliases)]
        return watched(withheld.hidden_names(), shown=shown)
    return watched(withheld)


def _files(paths: Iterable[str | Path]) -> Iterator[tuple[Path, str]]:
    """Yield every file, and what it is called below its folder."""
    for given in map(Path, paths):
        if given.is_dir():
            for path in sorted(given.rglob("*")):
                if path.is_symlink() or not path.is_dir():
                    yield path, path.relative_to(given).as_posix()
        elif given.exists():
            yield given, given.name
        else:
            raise StoreError("nothing to check", where=str(given), hint="make it first")


def _rules(path: Path, told: str, watch: Watch) -> Iterator[str]:
    """Yield the rule of each thing that was found in a file, its name included."""
    if path.is_symlink() or not path.is_file():
        yield "link"  # leads out of what was checked
        return
    for view in views(told):
        yield from (hit.rule for hit in watch.patterns.hits(view))
    try:
        for text in texts_in(path):
            if isinstance(text, Raw):
                yield from (hit.rule for hit in watch.patterns.hits(text) if hit.rule in _IN_RAW)
                continue
            for view in views(text):
                yield from (hit.rule for hit in watch.patterns.hits(view))
    except Closed:
        yield "unreadable"
