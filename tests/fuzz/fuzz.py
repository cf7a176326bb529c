"""Fuzz a reader: `python tests/fuzz/fuzz.py html --minutes 10`. See the README beside it.

The parent starts a child that reads changed documents for the rest of the time, and another where one crashes. A child is
led by the coverage of the reader's code where `atheris` is installed, and by chance alone where it is not.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import pkgutil
import random
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import mutation
import seeds

NAMES = {
    "html": "a.html", "wikitext": "a.wiki", "markdown": "a.md", "csv": "a.csv", "tsv": "a.tsv", "text": "a.txt", "json": "a.json", "jsonl": "a.jsonl",
    "mail": "a.eml", "mhtml": "a.mhtml", "docx": "a.docx", "odt": "a.odt", "xlsx": "a.xlsx", "ods": "a.ods", "xls": "a.xls", "epub": "a.epub", "pdf": "a.pdf",
    "zip": "a.zip", "tar": "a.tar", "compressed": "a.bin", "warc": "a.warc", "mediawiki": "a.xml", "mbox": "a.mbox",
}  # fmt: skip
CONTAINERS = {"zip", "tar", "compressed", "warc", "mediawiki", "mbox"}
PACKAGES = {"docx", "odt", "xlsx", "ods", "epub"}
PIECES = {
    "html": mutation.HTML, "wikitext": mutation.WIKI, "markdown": mutation.MARKDOWN, "csv": mutation.TABLE, "tsv": mutation.TABLE, "json": mutation.JSON, "jsonl": mutation.JSON,
    "mail": mutation.MAIL, "mhtml": (*mutation.MAIL, *mutation.HTML[:30]), "mbox": mutation.MAIL, "warc": (*mutation.MAIL, "WARC/1.0\r\n", "Content-Length: -1\r\n", "WARC-Type: resource\r\n", "HTTP/1.1 200\r\n"), "mediawiki": mutation.XML,
}  # fmt: skip
SECONDS = 10
"""Of work that one input may cost; inputs are at most `SIZE` bytes, and code that is watched is slower."""
SIZE = 30_000
MEMORY = 2 << 30
"""Bytes of address space of a child."""
EXTRACTED = 6
"""One of so many inputs is extracted, too."""


class Run:
    """One child: what it has done, and what it has found."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind, self.folder = kind, folder
        self.n = self.n_finds = 0
        self.slowest = 0.0
        self.kept: dict[str, int] = {}
        self.begin = self.told = time.monotonic()

    def one(self, data: bytes) -> None:
        """Read one input; keep it where a law is broken."""
        import laws

        from regesta.deadline import deadline

        self.n += 1
        began = time.process_time()
        try:
            with deadline(SECONDS):
                check = laws.check_container if self.kind in CONTAINERS else laws.check_bytes
                check(data, NAMES[self.kind], thorough=self.n % EXTRACTED == 0)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 - every one is a find, a panic of a library written in Rust too
            self.keep(data, error)
        took = time.process_time() - began
        if took > max(1.0, self.slowest):
            self.slowest = took
            (self.folder / f"{self.kind}-slowest.bin").write_bytes(data)
        if time.monotonic() - self.told > 5:
            self.tell()

    def keep(self, data: bytes, error: BaseException) -> None:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "deadline" not in f.filename]
        ours = [f for f in frames if "/regesta/" in f.filename or "laws" in f.filename]
        name = type(error).__name__
        spot = (
            f"{name}:{ours[-1].filename}:{ours[-1].lineno}"
            if name != "Overtime"
            else f"{name}:{[f.name for f in ours[:9]]}"
        )
        key = hashlib.sha256(spot.encode()).hexdigest()[:10]
        self.n_finds += 1
        if len(data) < self.kept.get(key, 1 << 30):
            self.kept[key] = len(data)
            (self.folder / f"{self.kind}-{key}.bin").write_bytes(data)
            (self.folder / f"{self.kind}-{key}.txt").write_text(
                "".join(traceback.format_exception(error))[-6000:]
            )

    def tell(self) -> None:
        self.told = time.monotonic()
        said = {
            "executions": self.n,
            "finds": len(self.kept),
            "slowest": round(self.slowest, 2),
            "seconds": round(self.told - self.begin),
        }
        said["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        (self.folder / f"{self.kind}-{os.getpid()}.json").write_text(json.dumps(said))


def child(kind: str, folder: Path, seconds: float) -> None:
    """Read changed documents for so many seconds."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    begun = seeds.seeds(kind)
    begun = [one for one in begun if len(one) < SIZE] or begun
    mutate = (
        mutation.package(begun) if kind in PACKAGES else mutation.pdf(begun) if kind == "pdf" else mutation.text(PIECES.get(kind, ()), begun)
    )  # fmt: skip
    run = Run(kind, folder)
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        atheris = None
    _load(atheris, kind)
    if atheris is None or kind == "pdf":  # whose work is done by another process
        _by_chance(run, mutate, begun, seconds)
        return

    def changed(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)  # noqa: S311 - no secret
        if not data or chance.random() < 0.02:
            data = chance.choice(begun)
        if kind not in PACKAGES and chance.random() < 0.15:
            return bytes(atheris.Mutate(data, most))
        return mutate(data, chance)[:most]

    with tempfile.TemporaryDirectory() as corpus:
        for number, one in enumerate(begun):
            (Path(corpus) / str(number)).write_bytes(one)
        arguments = ["fuzz", f"-max_total_time={int(seconds)}", f"-max_len={SIZE}", "-timeout=60", "-rss_limit_mb=0", "-len_control=0", f"-artifact_prefix={folder}/{kind}-crash-", corpus]  # fmt: skip
        atheris.Setup(arguments, run.one, custom_mutator=changed)
        import atexit

        atexit.register(run.tell)
        atheris.Fuzz()


def _load(atheris: Any, kind: str) -> None:
    """Import what is fuzzed, its coverage watched."""
    import contextlib

    watched = contextlib.nullcontext() if atheris is None or kind == "pdf" else atheris.instrument_imports(include=["regesta.reading", "regesta.unpacking"])  # fmt: skip
    with watched:
        for name in ("regesta.reading", "regesta.unpacking"):
            room = importlib.import_module(name)
            for module in pkgutil.walk_packages(room.__path__, name + "."):
                if not module.name.endswith(("pdf.glyphs",)):
                    importlib.import_module(module.name)
    importlib.import_module("regesta.extraction")


def _by_chance(run: Run, mutate: mutation.Mutator, begun: list[bytes], seconds: float) -> None:
    chance = random.Random()  # noqa: S311 - no secret
    pool = list(begun)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = mutate(chance.choice(pool), chance)[: 4 * SIZE]
        run.one(data)
        if chance.random() < 0.1:
            pool = [*begun, *pool[len(begun) :][-200:], data]
    run.tell()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("kinds", nargs="+", choices=sorted(NAMES))
    arguments.add_argument("--minutes", type=float, default=10)
    arguments.add_argument("--finds", type=Path, default=Path("fuzz-finds"))
    arguments.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    asked.finds.mkdir(parents=True, exist_ok=True)
    if asked.child:
        child(asked.kinds[0], asked.finds, asked.minutes * 60)
        return
    for kind in asked.kinds:
        end = time.monotonic() + asked.minutes * 60
        while (left := end - time.monotonic()) > 3:
            with (asked.finds / f"{kind}.log").open("ab") as log:
                command = [
                    sys.executable,
                    "-W",
                    "ignore",
                    __file__,
                    kind,
                    "--child",
                    "--finds",
                    str(asked.finds.resolve()),
                    "--minutes",
                    str(left / 60),
                ]
                subprocess.run(command, stdout=log, stderr=log, check=False)
        runs = [json.loads(path.read_text()) for path in asked.finds.glob(f"{kind}-*.json")]
        total = {key: sum(one[key] for one in runs) for key in ("executions", "seconds")}
        finds = len(list(asked.finds.glob(f"{kind}-*.txt"))) + len(list(asked.finds.glob(f"{kind}-crash-*")))
        slowest = max((one["slowest"] for one in runs), default=0)
        peak = max((one["megabytes"] for one in runs), default=0)
        print(  # noqa: T201 - what it is run for
            f"{kind}: {total['seconds'] / 60:.1f} minutes, {total['executions']} executions, {finds} finds, slowest {slowest} s, {peak} MB"
        )


if __name__ == "__main__":
    main()
