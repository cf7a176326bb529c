"""Files that nobody should send, for every reader, container and file of a project: changed, cut, misnamed, of chance.

    seed ─► kind, way, name, bytes ─► the reader ─► a document that keeps the laws of `fuzz/laws.py`, or one clear line

It draws on the documents and the changes of `tests/fuzz`, which looks deeper into one reader; this goes through all.
"""

from __future__ import annotations

import importlib
import random
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))

import laws
import mutation
import seeds

from regesta.deadline import deadline
from regesta.errors import RegestaError

_FUZZ: Any = importlib.import_module("fuzz")  # the folder has its name, too
NAMES: dict[str, str] = _FUZZ.NAMES
CONTAINERS: set[str] = _FUZZ.CONTAINERS
PACKAGES: set[str] = _FUZZ.PACKAGES
PIECES: dict[str, tuple[str, ...]] = _FUZZ.PIECES

__all__ = ["Fed", "feed", "make"]

SECONDS = 20
"""Of work that one file may cost, on a machine that does other things as well."""
APART = frozenset({"pdf", "xls"})
"""Read by a process of its own, so seldom here."""
PROJECT = ("regesta.toml", "sources.toml", "decisions.jsonl", "identities.jsonl", "tombstones.jsonl", "policy.toml", "weights.toml", "canaries.txt")  # fmt: skip
WAYS = ("changed", "changed", "changed", "chance", "cut", "misnamed", "sizes", "encoded", "named", "doubled")
CODINGS = ("utf-16", "utf-16-le", "utf-32", "utf-7", "cp1252", "cp949", "shift_jis", "gb18030", "big5", "koi8-r", "iso2022_kr", "cp437", "utf-8-sig", "cp500")  # fmt: skip
STEMS = ("CON", "nul", "a:b", "a*?", "\u202egnp", "x" * 240, ".", "..", " ", "a%00b", "é", "e\u0301", "漢字", "😀", "-o", "'; drop", "a.b.c", "{{x}}", "$(id)", "a\nb", "a\tb", "\x07", "\x85", "", "\udcff", "a\\b", "a/b")  # fmt: skip
SIZES = (
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\x00\x00\x00\x80",
    b"\x00\x00\x00\x00",
    b"\xfe\xff\xff\xff\xff\xff\xff\x7f",
)
DIGITS = (b"99999999999999999999", b"-1", b"0", b"4294967296", b"1e309")


class Fed:
    """One file."""

    def __init__(self, kind: str, way: str, name: str, data: bytes) -> None:
        self.kind, self.way, self.name, self.data = kind, way, name, data


@cache
def _begun(kind: str) -> tuple[bytes, ...]:
    """Return what the changes begin with, the small first."""
    if kind in PROJECT:
        return tuple(one.encode() for one in _PROJECTS[kind])
    found = [one for one in seeds.seeds(kind) if len(one) < 20_000]
    return tuple(found or seeds.seeds(kind)[:1])


@cache
def _mutator(kind: str) -> Callable[[bytes, random.Random], bytes]:
    begun = list(_begun(kind))
    if kind in PACKAGES:
        return mutation.package(begun)
    if kind == "pdf":
        return mutation.pdf(begun)
    return mutation.text(PIECES.get(kind, mutation.JSON if kind.endswith("jsonl") else _TOML), begun)


def make(chance: random.Random) -> Fed:
    """Return a file of any kind."""
    kinds = [*NAMES, *PROJECT]
    kind = chance.choice(kinds)
    if kind in APART and chance.random() < 0.85:
        kind = "html"
    way = chance.choice(WAYS)
    name = NAMES.get(kind, kind)
    data = chance.choice(_begun(kind))
    if way == "changed":
        data = _mutator(kind)(data, chance)
    elif way == "chance":
        data = bytes(chance.choices(range(256), k=chance.choice((0, 1, 7, 100, 3000))))
        data = chance.choice(_begun(kind))[: chance.choice((0, 4, 8, 60))] + data
    elif way == "cut":
        at = chance.randrange(len(data) + 1)
        data = data[:at] if chance.random() < 0.7 else data[at:]
    elif way == "misnamed" and kind in NAMES:
        data = chance.choice(_begun(chance.choice([one for one in NAMES if one not in APART])))
    elif way == "sizes":
        changed = bytearray(data)
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(changed) + 1)
            piece = chance.choice(DIGITS if chance.random() < 0.4 else SIZES)
            changed[at : at + len(piece)] = piece
        data = bytes(changed)
    elif way == "encoded":
        data = data.decode("utf-8", "replace").encode(chance.choice(CODINGS), "replace")
    elif way == "named":
        stem = chance.choice(
            STEMS if kind not in CONTAINERS else STEMS[:-8]
        )  # a listing has made names plain by then
        name = f"{stem}.{name.partition('.')[2]}" if kind in NAMES else name
    elif way == "doubled":
        data = data * chance.choice((2, 5))
    return Fed(kind, way, name, data[:200_000])


def feed(fed: Fed) -> str | None:
    """Read a file; return what law is broken, None where all hold."""
    try:
        with deadline(SECONDS):
            if fed.kind in PROJECT:
                _read_project(fed)
            elif fed.kind in CONTAINERS:
                laws.check_container(fed.data, fed.name, thorough=len(fed.data) % 5 == 0)
            else:
                laws.check_bytes(fed.data, fed.name, thorough=len(fed.data) % 5 == 0)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - every one is a find
        return f"{type(error).__name__}: {str(error)[:200]} at {_spot(error)}"
    return None


def _spot(error: BaseException) -> str:
    import traceback

    frames = [
        one
        for one in traceback.extract_tb(error.__traceback__)
        if "/regesta/" in one.filename or "laws" in one.filename
    ]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere of ours"


def _read_project(fed: Fed) -> None:
    """Read a file of a project as whatever reads it does."""
    from regesta.decisions import read_log
    from regesta.edition import read_canaries
    from regesta.erasure import read_tombstones
    from regesta.project import find_project, list_sources, read_ledger
    from regesta.protection import read_policy
    from regesta.resolution import weights_of

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / fed.name
        path.write_bytes(fed.data)
        (Path(folder) / "a.txt").write_text("Kim fled.")
        readers: dict[str, Callable[[Path], Any]] = {
            "regesta.toml": lambda path: find_project(path.parent),
            "sources.toml": lambda path: list_sources([path.parent], frozenset({".txt"})),
            "decisions.jsonl": read_log,
            "identities.jsonl": read_ledger,
            "tombstones.jsonl": read_tombstones,
            "policy.toml": read_policy,
            "weights.toml": weights_of,
            "canaries.txt": read_canaries,
        }
        try:
            readers[fed.name](path)
        except RegestaError as error:
            laws.check_error(error)


_TOML = ("[a]\n", "[[a]]\n", 'a = "b"\n', "a = 1\n", "a = []\n", "a = {}\n", "a = 1e400\n", "a = nan\n", "a = 1979-05-27T07:32:00Z\n", "a = true\n", "a = '''\n", '"', "=", "[", "]", "\n", "a.b.c = 1\n", '"a.txt" = 1\n', "#", "[" * 500, "a = " + "[" * 2000)  # fmt: skip
_PROJECTS = {
    "regesta.toml": ('title = "A"\nsources = "s"\npacks = ["korean"]\nocr = "eng"\ncontact = "a@b.example"\nurl = "https://a.example/"\n[decisions]\nurl = "postgresql://a@b/c"\n',),
    "sources.toml": ('["a.txt"]\ntitle = "A letter"\ndate = "1921-05"\nlanguage = "en"\nurl = "https://a.example/"\nfamily = "x"\nfetched = { at = "2020-01-01" }\n',),
    "decisions.jsonl": ('{"at":"2026-01-02T03:04:05Z","by":"N","id":"d-0000000000000000","kind":"comment","targets":["fm-781c31df64932ea8"],"why":"w"}\n' * 2,),
    "identities.jsonl": ('{"id":"e-781c31df64932ea8","anchor":"fm-781c31df64932ea8","redirect":null}\n{"id":"e-1","anchor":"fm-2.1","redirect":"e-781c31df64932ea8"}\n',),
    "tombstones.jsonl": ('{"id":"ft-6399f6b03f6b1fe2","check":"ab","run":3,"names":["aa"],"runs":[]}\n',),
    "policy.toml": ((Path(__file__).parents[2] / "src/regesta/protection/policy.toml").read_text("utf-8") if (Path(__file__).parents[2] / "src/regesta/protection/policy.toml").exists() else 'title = "A"\nk = 5\n',),
    "weights.toml": ("prior = 1\n[name]\nequal = 3\n",),
    "canaries.txt": ("Zanthe Quillfeather\n# a\n\n",),
}  # fmt: skip
