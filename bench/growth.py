"""How a build grows with its corpus: seconds, memory and the identity of people at 1,000, 10,000 and 100,000 documents.

    python bench/growth.py                       1,000 and 10,000 documents
    python bench/growth.py --n 100000 --jobs 2   the large one (an hour of the processor or so, 1 GB of sources)
    python bench/growth.py --one-more            adds one document to each corpus and builds again

Documents of 300 to 3,000 words are made with a known truth: lives told in prose, about one claim in 50 words, between sentences
that say nothing; a person stands in one to seven documents, his name sometimes misspelt, his dates sometimes left out or wrong by a
year; namesakes abound. Each size is built in a process of its own without a cache. F1 is pairwise over all tellings of a person,
`growth` the exponent e of seconds ~ n^e between a size and the one before.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from linkage import reached

MONTHS = "January February March April May June July August September October November December".split()
STARTS, VOWELS = "B D F G H K L M N P R S T V Br Gr St Th Kl Sv".split(), "a e i o u ai ei ou".split()
ENDS = "berg dal feld hus kvist lund mark rød sen son sted stein vik wald holm gård".split()
JOBS = (
    "baker carpenter clerk cook doctor farmer fisherman joiner miner nurse pilot sailor smith tailor printer "
    "teacher weaver driver engineer student"
).split()
TOWNS = "Bergen Gdańsk Riga Turku Odense Malmö Tallinn Rostock Szczecin Kiel Oulu Tromsø".split()
PORTS = "Hamburg Hull Copenhagen Stockholm Lübeck Rotterdam Antwerp Leith".split()
SUBJECTS = (
    "the parish register,the harbour office,a neighbour,the relief committee,the old ledger,a local newspaper,the council,"
    "the lodging house,a letter in the archive,the society,the customs house,a later visitor,the baker's widow,"
    "the schoolmaster,an unsigned note,the editor,the choir,the shipping agent,the night watch,a printed leaflet"
).split(",")
VERBS = (
    "mentions,describes,complains about,praises,says little of,passes over,returns to,keeps silent about,remembers,asks for,"
    "argues about,lists,forgets,repeats,copies out,wonders at,pays for,looks after,draws,repairs"
).split(",")
NOUNS = (
    "weather bread quay roof firewood bell kitchen stove evening tar road mill coat boat song umbrella garden chapel noise yard cook "
    "bill view hill rule house chest tool market post cold lamp ladder barrel rope bench window wall fence gate path barn cellar attic "
    "table chair drawer basket bucket broom candle curtain carpet mirror clock kettle spoon plate bottle sack shelf stair door lock key "
    "nail hammer saw anvil wheel axle cart saddle harness bridle stable hay oats pasture meadow brook bridge bank reed willow birch oak "
    "pine moss stone gravel sand clay brick tile slate mortar beam plank rafter chimney hearth ash smoke fog frost snow thaw storm tide"
).split()
KINDS = (
    "old new broken borrowed leaking dark long slow cold empty narrow crooked painted rusty heavy small wet dry dusty forgotten unpaid "
    "careful idle quiet loud pale green grey brown yellow wooden iron tin stone paper lost found mended sold hidden second third last "
    "familiar strange plain handsome ugly cheap costly common rare tall low wide deep shallow steep smooth rough sharp blunt"
).split()
ENDINGS = (
    "with some warmth,in a few words,at great length,without any order,as everybody did,more than once,for no clear reason,"
    "in a careful hand,between two accounts,on the last page,under a false heading,with a small drawing,in pencil,"
    "and then breaks off,and leaves it there,as if it were nothing,to the end,with regret,in plain words,and adds a prayer"
).split(",")


class World:
    """Who there is; documents are made of it one after the other."""

    def __init__(self, n: int, seed: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311
        rng = self.rng
        surnames = [
            f"{rng.choice(STARTS)}{rng.choice(VOWELS)}{rng.choice('dklmnrst')}{rng.choice(ENDS)}"
            for _ in range(9000)
        ]
        given = [
            f"{rng.choice(STARTS)}{rng.choice(VOWELS)}{rng.choice('dlmnrst')}{rng.choice('a e i us en ia el'.split())}"
            for _ in range(1500)
        ]
        often = list(accumulate(1 / (rank + 5) for rank in range(len(given))))
        self.sizes = [int(math.exp(rng.uniform(math.log(300), math.log(3000)))) for _ in range(n)]
        self.told: list[list[int]] = [[] for _ in range(n)]
        places = [number for number, words in enumerate(self.sizes) for _ in range(max(1, words // 170))]
        rng.shuffle(places)
        self.people: list[tuple[str, int, int, int, int, str, str, str, int]] = []
        at = 0
        while at < len(places):
            born = rng.randrange(1840, 1900)
            name = f"{rng.choices(given, cum_weights=often)[0]} {rng.choice(surnames)}"
            self.people.append((
                name, born, born + rng.randrange(16, 50), rng.randrange(12), rng.randrange(1, 29),
                rng.choice(JOBS), rng.choice(TOWNS), rng.choice(PORTS), rng.randrange(3, 30),
            ))  # fmt: skip
            for number in set(places[at : at + rng.choice((1, 2, 3, 4, 5, 7))]):
                self.told[number].append(len(self.people) - 1)
                at += 1

    def document(self, number: int) -> tuple[str, list[tuple[int, int]]]:
        """Return a text, and at which code point each of its people is named."""
        rng, text, truth = self.rng, f"Papers of the district, folder {number + 1}\n\n", []
        seen: set[str] = set()
        for person in self.told[number]:
            name = self.people[person][0]
            if name in seen:
                continue  # two of one name within a text nobody could tell apart
            seen.add(name)
            text += self._filler(rng.randrange(2, 6)) + " "
            lead, told = self._life(person)
            truth.append((person, len(text) + len(lead)))
            text += f"{lead}{told} {self._filler(rng.randrange(2, 5))}\n\n"
        short = self.sizes[number] - len(text.split())
        while short > 0:
            text += self._filler(min(6, 1 + short // 14)) + "\n\n"
            short = self.sizes[number] - len(text.split())
        return text, truth

    def _filler(self, n: int) -> str:
        rng = self.rng
        return " ".join(
            f"{(s := rng.choice(SUBJECTS))[0].upper()}{s[1:]} of the {self._noun()} {rng.choice(VERBS)} {self._thing()} and "
            f"{rng.choice(VERBS)} {self._thing()} {rng.choice(ENDINGS)} under the {self._noun()}."
            for _ in range(n)
        )

    def _thing(self) -> str:
        rng = self.rng
        return f"{rng.choice(('the', 'a', 'its'))} {rng.choice(KINDS)} {self._noun()} by the {rng.choice(KINDS)} {self._noun()}"

    def _noun(self) -> str:
        """Return one of 14,000 words: eight words in a row are seldom said twice, as in texts that people wrote."""
        return self.rng.choice(NOUNS) + self.rng.choice(NOUNS)

    def _life(self, person: int) -> tuple[str, str]:
        rng = self.rng
        name, born, year, month, day, job, town, port, more = self.people[person]
        if rng.random() < 0.06:
            at = rng.randrange(1, len(name) - 1)
            name = name[:at] + rng.choice(("", rng.choice("aeinrst"))) + name[at + 1 :]
        if rng.random() < 0.04:
            year += rng.choice((-1, 1))
        when = rng.choice(
            (f"on {day} {MONTHS[month]} {year}", f"in {MONTHS[month]} {year}", f"in {year}", f"in {year}")
        )
        a = f"an {job}" if job[0] in "aeiou" else f"a {job}"
        birth = rng.choice((f" (born {born})", f", born in {born},", "", ""))
        work = birth or rng.choice((f", {a} from {town},", f", {a},", ""))
        lead = rng.choice(("", "", "By all accounts ", "As the list has it, "))
        later = rng.choice((
            f" He was {year - born} years old.", f" He had been {a}.", f" He worked there as {a} until {year + 6}.",
            f" He died in {port} in {year + more}.", f" He left {town} in {year - 1}.",
        ))  # fmt: skip
        return lead, f"{name}{work} {rng.choice(('arrived in', 'reached', 'came to'))} {port} {when}.{later}"


def make(n: int, folder: Path, seed: int) -> None:
    """Write `n` documents into `folder/sources`, a thousand a folder, and who is who into `folder/truth.jsonl`."""
    world = World(n, seed)
    with _truth(folder).open("w", encoding="utf-8") as truth:
        for number in range(n):
            below = folder / "sources" / f"{number // 1000:03d}"
            if number % 1000 == 0:
                below.mkdir(parents=True, exist_ok=True)
            text, people = world.document(number)
            (below / f"{number:06d}.txt").write_text(text, "utf-8")
            truth.write(json.dumps([f"{number // 1000:03d}/{number:06d}.txt", people]) + "\n")


def _truth(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "truth.jsonl"


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--n", nargs="+", type=int, default=[1000, 10_000], help="documents")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--one-more", action="store_true", help="also add one document and build again")
    parser.add_argument("--keep", type=Path, help="a folder for what is made; else it is taken away")
    parser.add_argument("--built", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.built:
        print(json.dumps(_built(Path(given.built[0]), given.jobs, kept=given.built[1] == "kept")))
        return
    print(
        f"{'documents':>10} {'MB':>6} {'claims':>9} {'F1':>7} {'precise':>7} {'recall':>7} {'seconds':>8} {'CPU':>7} {'MB held':>8} {'growth':>7}"
    )
    before: tuple[int, float] | None = None
    with tempfile.TemporaryDirectory(prefix="growth-") as spare:
        for n in given.n:
            where = (given.keep or Path(spare)) / f"{n}-{given.seed}"
            if not (where / "truth.jsonl").exists():
                make(n, where, given.seed)
            told = _run(where, given.jobs, "kept" if given.one_more else "fresh")
            growth = math.log(told["cpu"] / before[1]) / math.log(n / before[0]) if before else math.nan
            before = n, told["cpu"]
            print(
                f"{n:>10,} {told['size'] / 1e6:6.0f} {told['claims']:>9,} {told['f1']:7.4f} {told['precision']:7.4f} {told['recall']:7.4f} {told['seconds']:8.1f} "
                f"{told['cpu']:7.1f} {told['memory']:8.0f} {growth:7.2f}   {_steps(told)}",
                flush=True,
            )
            if given.one_more:
                _add_one(where)
                again = _run(where, given.jobs, "kept")
                print(
                    f"{'one more':>10} {again['seconds']:57.1f} {again['cpu']:7.1f} {again['memory']:8.0f} {'':7}   {_steps(again)}"
                )


def _steps(told: dict[str, Any]) -> str:
    return ", ".join(f"{name} {seconds:.1f}" for name, seconds in told["steps"].items())


def _add_one(where: Path) -> None:
    text, _ = World(5, 77).document(3)
    (where / "sources" / "one-more.txt").write_text(text, "utf-8")


def _run(where: Path, jobs: int, how: str) -> dict[str, Any]:
    order = [sys.executable, __file__, "--jobs", str(jobs), "--built", str(where), how]
    done = subprocess.run(order, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _built(where: Path, jobs: int, *, kept: bool) -> dict[str, Any]:
    import os

    from regesta.pipeline import rebuild

    if kept:
        os.environ["XDG_CACHE_HOME"] = str(where / "cache")
    begin = time.perf_counter()
    built = rebuild([where / "sources"], output=where / "built.duckdb", cache=kept, jobs=jobs)
    seconds = time.perf_counter() - begin
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    f1, precision, recall = _identity(where)
    return {
        "seconds": seconds, "cpu": sum(each.ru_utime + each.ru_stime for each in spent),
        "memory": max(each.ru_maxrss for each in spent) / 1024, "claims": built.counts["claims"],
        "size": sum(path.stat().st_size for path in (where / "sources").rglob("*.txt")),
        "f1": f1, "precision": precision, "recall": recall, "steps": built.seconds,
    }  # fmt: skip


def _identity(where: Path) -> tuple[float, float, float]:
    """Return F1, precision and recall: of which entity is each place a mention at which a person is named."""
    import regesta

    truth = {
        (source, str(at)): who for source, people in _tellings(where / "truth.jsonl") for who, at in people
    }
    with regesta.open(where / "built.duckdb") as chronicle:
        found = {
            (source, str(start)): entity
            for source, start, entity in chronicle.sql(
                "select source, start_char, entity from mentions where form = 'name'"
            )
        }
    return reached(truth, {place: found[place] for place in truth if place in found})  # type: ignore[arg-type,misc]


def _tellings(path: Path) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    for line in path.read_text("utf-8").splitlines():
        source, people = json.loads(line)
        yield source, people


if __name__ == "__main__":
    main()
