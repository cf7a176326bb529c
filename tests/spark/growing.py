"""A corpus grown from a seed: small documents of many formats, with copies, one bad file and one name borne by many.

    python tests/spark/growing.py FOLDER [NUMBER]

Nothing in it is real. The same number gives the same files. What is odd on purpose: every seventh document tells of the one name,
every eleventh copies a paragraph of the one before, every fiftieth is a copy of another file, one is empty, one is no PDF.
"""

from __future__ import annotations

import gzip
import io
import random
import sys
import zipfile
from pathlib import Path

__all__ = ["grow"]

FIRST = "Ada Ben Cora Dirk Else Finn Gerd Hana Ivo Jutta Karl Lena Mirko Nora Otto Petra Rolf Sanna Till Vera".split()
LAST = "Brook Reed Moss Falk Hjort Lindt Marek Novak Olsen Pohl Quist Rask Sund Thorn Ulven Vance Weir Yates".split()
PLACES = "Orland Mere Sund Falkby Tornau Vesthavn Kallio Brenne Ostwik Halden".split()
JOBS = "pilot teacher sailor nurse printer farmer clerk miner baker engineer".split()
WAYS = ("by boat", "on foot", "by train", "in a borrowed lorry", "by way of Mere")
MONTHS = "January February March April May June July August September October November December".split()
MANY = "Karl Novak"
"""The name that many bear."""


def grow(folder: Path, number: int, seed: int = 8) -> None:
    """Write so many documents into a folder."""
    chance = random.Random(seed)  # noqa: S311 - a corpus, no secret
    folder.mkdir(parents=True, exist_ok=True)
    before = ""
    texts: list[str] = []
    for n in range(number - 4):
        people = [_person(chance, n) for _ in range(chance.randint(2, 6))]
        told = [_sentence(chance, *one) for one in people]
        if n % 11 == 10 and before:
            told.append(before)
        before = " ".join(told[:2])
        text = texts[n - 50] if n % 50 == 49 and n >= 50 else "\n\n".join(told)
        texts.append(text)
        name, data = _dressed(
            chance, n, f"Those who left, part {n % 50 if n % 50 == 49 else n}", text, people
        )
        place = folder / f"{n % 10}" / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    (folder / "picture.xyz").write_bytes(b"\0\1\2")
    (folder / "letters.zip").write_bytes(_zipped(chance))
    (folder / "sources.toml").write_text(
        '["0/d00000.txt"]\ntitle = "A list"\ndate = "1991-04"\nlicence = "CC0-1.0"\n', "utf-8"
    )


def _person(chance: random.Random, n: int) -> tuple[str, str, str, int]:
    name = MANY if n % 7 == 0 and chance.random() < 0.5 else f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    day = f"{chance.randint(1, 28)} {chance.choice(MONTHS)} {chance.randint(1948, 1992)}"
    return name, chance.choice(JOBS), day, chance.randint(17, 71)


def _sentence(chance: random.Random, name: str, job: str, day: str, age: int) -> str:
    start, end = chance.sample(PLACES, 2)
    return chance.choice(
        (
            f"{name}, a {job} (age {age}), fled from {start} to {end} {chance.choice(WAYS)} on {day}.",
            f"On {day} the {job} {name} left {start} {chance.choice(WAYS)} and arrived in {end}.",
            f"{name} was born on {day} in {start}. He worked as a {job} in {end}.",
            f"In {day.rpartition(' ')[2]} {chance.randint(3, 90)} people came to {end}; {name}, {age}, a {job}, was among them.",
        )
    )


def _dressed(
    chance: random.Random, n: int, title: str, text: str, people: list[tuple[str, str, str, int]]
) -> tuple[str, bytes]:
    stem = f"d{n:05}"
    kind = ("txt", "md", "html", "csv", "txt", "html", "txt.gz", "json")[chance.randrange(8) if n else 0]
    if kind == "md":
        return f"{stem}.md", f"# {title}\n\n{text}\n".encode()
    if kind == "html":
        body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
        return (
            f"{stem}.html",
            f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>".encode(),
        )
    if kind == "csv":
        rows = "".join(f"{name},{job},{day},{age}\n" for name, job, day, age in people)
        return f"{stem}.csv", f"Name,Occupation,Arrival,Age\n{rows}".encode()
    if kind == "txt.gz":
        return f"{stem}.txt.gz", gzip.compress(f"{title}\n\n{text}\n".encode(), mtime=0)
    if kind == "json":
        import json

        return f"{stem}.json", json.dumps({"title": title, "text": text}).encode()
    return f"{stem}.txt", f"{title}\n\n{text}\n".encode()


def _zipped(chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for n in range(12):
            name = zipfile.ZipInfo(f"{n % 3}/letter{n}.txt", (1999, 1, 1, 0, 0, 0))
            archive.writestr(name, f"Letter {n}\n\n{_sentence(chance, *_person(chance, n))}\n")
        archive.writestr(zipfile.ZipInfo("picture.jpg", (1999, 1, 1, 0, 0, 0)), b"\xff\xd8")
    return made.getvalue()


if __name__ == "__main__":
    grow(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 500)
