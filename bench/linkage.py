"""How well, and how quickly, mentions of people are joined; Splink 5 beside it in the same run.

    python bench/linkage.py [--n 10000 100000] [--seed 5] [--python /tmp/linkbench/venv/bin/python] [--alone --keep FOLDER]
        [--spark 'local[2]' --least 0]

Lists with a known truth are made by ../shared/evaluate/linkage.py, or, where that is absent, of made-up European names by `make`
below (those have no Korean half, so their figures are not to be set beside the others). A table each: F1 over all pairs of mentions,
seconds of the judgement of identity alone (of the clock and of the processor) and the most memory of the whole process. With `--alone`
no chronicle is written: what each list tells is kept beside the lists, and the judgement is all that is run, by the code of a build.
With `--spark` as well it is run once more with a master of Spark to ask (from `--least` rows on, as in a build where that is not said),
both results are compared whole, and lines say how long each question took and what Java and the workers held.

Splink is no need of regesta, so it is looked for in a Python of its own, and left out where there is none:

    python -m venv /tmp/linkbench/venv && /tmp/linkbench/venv/bin/pip install "splink>=5,<6" pyarrow

It is trained on Jaro-Winkler similarity of names, year of birth, year of arrival, occupation and province: u by random sampling,
m by expectation maximisation over two blockings. Of its F1 the best over thresholds is shown, which needs the truth; its seconds
are of training, predicting and one clustering. It gets two sets of blocking rules: a few quick ones, and more that find more. Its database
may hold `--memory` GB and writes the rest to the disk; without a bound it takes what the machine has.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from itertools import accumulate
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from watching import watched

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared/evaluate/linkage.py"
SPLINK = Path("/tmp/linkbench/venv/bin/python")  # noqa: S108
THRESHOLDS = (0.999, 0.995, 0.99, 0.98, 0.95, 0.9, 0.8, 0.7, 0.5, 0.3)
"""Of the probability of a pair, for Splink."""
FEW = (
    "name",
    "born arrived",
    "first born",
    "first arrived",
    "last born",
    "last arrived",
    "first job",
    "last job",
)
MORE = (*FEW, "born job", "arrived job", "born province", "arrived province")
RULES = {"Splink, 8 rules": FEW, "Splink, 12 rules": MORE}
"""Columns that must agree for a pair to be compared; `first` and `last` are words of the name."""

Row = tuple[str, int]
"""Name of a source, number of a row from 1."""


def main() -> None:
    """Print a table for each number of mentions."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--n", nargs="+", type=int, default=[10_000, 100_000], help="mentions")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--python", type=Path, default=SPLINK, help="a Python that has Splink 5")
    parser.add_argument("--keep", type=Path, help="a folder for what is made; else it is taken away")
    parser.add_argument(
        "--alone", action="store_true", help="the judgement of identity alone, without a build"
    )
    parser.add_argument("--spark", metavar="MASTER", help="once more with a cluster to ask; with --alone")
    parser.add_argument("--least", type=int, help="rows from which the cluster is asked")
    parser.add_argument("--memory", type=int, default=6, help="GB that Splink's database may hold")
    parser.add_argument("--ours", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--splink", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--rules", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ours or given.splink:
        if given.splink:
            told: dict[str, Any] = _splink(given.splink, RULES[given.rules], given.memory)
        else:
            told = _alone(given.ours, given.spark, given.least) if given.alone else _ours(given.ours)
        json.dump(told, sys.stdout)
        return
    with tempfile.TemporaryDirectory(prefix="linkage-") as spare:
        for n in given.n:
            where = (given.keep or Path(spare)) / f"{n}-{given.seed}"
            if not (where / "truth.tsv").exists():
                _made(n, where, given.seed)
            on_spark = ["--spark", given.spark] if given.spark else []
            on_spark += ["--least", str(given.least)] if given.spark and given.least is not None else []
            _measure(
                n, where, given.python, given.memory, alone=given.alone or bool(on_spark), on_spark=on_spark
            )


def _made(n: int, where: Path, seed: int) -> None:
    if SHARED.exists():
        order = [sys.executable, str(SHARED), "make", str(n), str(where), "--seed", str(seed)]
        subprocess.run(order, check=True, stdout=subprocess.DEVNULL)
    else:
        print("../shared is absent: made-up European names only")
        make(n, where, seed)


def _measure(n: int, where: Path, python: Path, most: int, *, alone: bool, on_spark: list[str]) -> None:
    """Print what each contender reaches, each in a process of its own."""
    print(f"\n{n:,} mentions, {len(list((where / 'sources').iterdir()))} sources")
    print(f"{'':20} {'F1':>7} {'precision':>10} {'recall':>7} {'seconds':>9} {'of CPU':>8} {'MB':>9}")
    orders = {"regesta": [sys.executable, __file__, "--ours", str(where), *(["--alone"] * alone)]}
    if on_spark:
        orders["regesta, Spark"] = [*orders["regesta"], *on_spark]
    if python.exists():
        theirs = [str(python), __file__, "--splink", str(where), "--memory", str(most), "--rules"]
        orders |= {name: [*theirs, name] for name in RULES}
    else:
        print(f"Splink is left out: {python} is no Python; see the head of this file")
    digests: dict[str, str] = {}
    for name, order in orders.items():
        done = subprocess.run(order, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name} is left out: {done.stderr.strip().splitlines()[-1]}")
            continue
        told = json.loads(done.stdout.splitlines()[-1])
        memory = f"{told['memory']:9.0f}" if "memory" in told else ""
        print(
            f"{name:20} {told['f1']:7.4f} {told['precision']:10.4f} {told['recall']:7.4f} "
            f"{told['seconds']:9.2f} {told['cpu']:8.2f} {memory}",
            flush=True,
        )
        for question in told.get("asked", ()):
            print(f"    {question}")
        if "digest" in told:
            digests[name] = told["digest"]
    if len(digests) > 1:
        print("the results are equal" if len({*digests.values()}) == 1 else f"THE RESULTS DIFFER: {digests}")


def make(n: int, out: Path, seed: int) -> None:
    """Write `n` mentions of about `n / 4` people into `out/sources/*.csv`, and who is who into `out/truth.tsv`."""
    rng = random.Random(seed)  # noqa: S311
    starts, vowels = "B D F G H K L M N P R S T V Br Gr St Th".split(), "a e i o u ai ei ou".split()
    ends = "berg dal feld hus kvist lund mark rød sen son sted stein vik wald".split()
    surnames = [
        f"{rng.choice(starts)}{rng.choice(vowels)}{rng.choice('dklmnrst')}{rng.choice(ends)}"
        for _ in range(6000)
    ]
    given = [
        f"{rng.choice(starts)}{rng.choice(vowels)}{rng.choice('dlmnrst')}{rng.choice('a e i us en ia'.split())}"
        for _ in range(900)
    ]
    often = list(accumulate(1 / (rank + 5) for rank in range(len(given))))
    jobs = "baker carpenter clerk cook doctor farmer fisherman joiner miner nurse pilot sailor smith tailor".split()
    towns = "Arnes Bakkedal Dovrik Elvely Fosnes Grimsted Holmsund Kvarnby Lillefjord Molde".split()
    lists: list[list[tuple[int, list[str]]]] = [[] for _ in range(max(8, min(400, n // 500)))]
    made = person = 0
    while made < n:
        name = f"{rng.choices(given, cum_weights=often)[0]} {rng.choice(surnames)}"
        born, job, town = rng.randrange(1840, 1900), rng.choice(jobs), rng.choice(towns)
        arrived = born + rng.randrange(16, 50)
        day = f"{arrived}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
        for one in rng.sample(range(len(lists)), min(n - made, rng.choice((1, 2, 3, 4, 5, 7)))):
            spelled = name
            if rng.random() < 0.08:
                at = rng.randrange(1, len(name) - 1)
                spelled = name[:at] + rng.choice(("", rng.choice("aeinrst"))) + name[at + 1 :]
            cells = [
                spelled,
                "" if rng.random() < 0.35 else str(born + rng.choice((0,) * 13 + (1,))),
                "" if rng.random() < 0.25 else day[: rng.choice((4, 4, 7, 10))],
                "" if rng.random() < 0.3 else rng.choice((job,) * 12 + (rng.choice(jobs),)),
                "" if rng.random() < 0.5 else town,
            ]
            lists[one].append((person, cells))
            made += 1
        person += 1
    (out / "sources").mkdir(parents=True, exist_ok=True)
    truth = []
    for number, rows in enumerate(lists):
        rng.shuffle(rows)
        file = f"list-{number:03d}.csv"
        with (out / "sources" / file).open("w", encoding="utf-8", newline="") as sheet:
            writer = csv.writer(sheet, lineterminator="\n")
            writer.writerow(["Name", "Born", "Arrived", "Occupation", "From"])
            writer.writerows(cells for _, cells in rows)
        truth += [f"{file}\t{row}\t{who}\n" for row, (who, _) in enumerate(rows, 1)]
    (out / "truth.tsv").write_text("".join(truth), "utf-8")


def truth_of(where: Path) -> dict[Row, int]:
    """Return the person of each row."""
    lines = (where / "truth.tsv").read_text("utf-8").splitlines()
    return {(source, int(row)): int(who) for source, row, who in (line.split("\t") for line in lines)}


def reached(truth: Mapping[Row, int], cluster: Mapping[Row, Hashable]) -> tuple[float, float, float]:
    """Return F1, precision and recall over all pairs of rows; a row that is in no cluster stands alone."""
    both = _pairs(Counter((who, cluster.get(row, row)) for row, who in truth.items()).values())
    said = _pairs(Counter(cluster.get(row, row) for row in truth).values())
    real = _pairs(Counter(truth.values()).values())
    precision, recall = both / said if said else 0.0, both / real if real else 0.0
    return (2 * both / (said + real) if said + real else 0.0), precision, recall


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _ours(where: Path) -> dict[str, float]:
    """Build the lists without a cache and return what is reached, and what the judgement of identity took."""
    from regesta.pipeline import rebuild
    from regesta.resolution import Resolver

    spent: list[float] = []
    judge = Resolver.resolve

    def timed(resolver: Resolver, *given: Any) -> Any:
        start = time.process_time()
        found = judge(resolver, *given)
        spent.append(time.process_time() - start)
        return found

    Resolver.resolve = timed  # type: ignore[method-assign,assignment]
    built = rebuild([where / "sources"], output=where / "built.duckdb", cache=False)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    truth = truth_of(where)
    f1, precision, recall = reached(truth, _clusters(where, truth))
    return {
        "f1": f1, "precision": precision, "recall": recall, "seconds": built.seconds["resolve"], "cpu": sum(spent),
        "memory": memory,
    }  # fmt: skip


def _alone(where: Path, master: str | None = None, least: int | None = None) -> dict[str, Any]:
    """Return the same without a chronicle: what each list tells is read once and kept, then judged, with a cluster to ask if there is one."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    import msgspec

    from regesta.resolution import Account, Resolver

    kept = where / "told"
    kept.mkdir(exist_ok=True)
    lists = [(path, kept / f"{path.name}.msgpack") for path in sorted((where / "sources").iterdir())]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(_tell, lists))
    resolver = Resolver()
    decoder = msgspec.msgpack.Decoder(tuple[Account, list[tuple[str, int]]])
    row_of: dict[Row, str] = {}
    for path, told in lists:
        account, rows = decoder.decode(told.read_bytes())
        resolver.take(account)
        row_of |= {(path.name, row): key for key, row in rows}
    asked: list[str] = []
    with _cluster(master, least, asked) as resolver.relations:
        start, begin = time.perf_counter(), time.process_time()
        found = resolver.resolve()
        seconds, cpu = time.perf_counter() - start, time.process_time() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    f1, precision, recall = reached(
        truth_of(where), {row: found.entity_of[key] for row, key in row_of.items()}
    )
    return {
        "f1": f1, "precision": precision, "recall": recall, "seconds": seconds, "cpu": cpu, "memory": memory,
        "digest": _digest(found), "asked": asked,
    }  # fmt: skip


def _digest(found: Any) -> str:
    """Return a hash of everything that was judged, in its order."""
    import msgspec

    digest = hashlib.sha256()
    encoder = msgspec.msgpack.Encoder()
    for field in fields(found):
        value = getattr(found, field.name)
        digest.update(f"\0{field.name}".encode())
        for one in value.items() if isinstance(value, dict) else value:
            digest.update(encoder.encode(one))
    return digest.hexdigest()


@contextmanager
def _cluster(master: str | None, least: int | None, asked: list[str]) -> Iterator[Any]:
    """Yield who may be asked, or nobody; note how long every question took and how large the processes became."""
    if master is None:
        yield None
        return
    from regesta.spark import Cluster, relating

    if least is not None:
        relating.LEAST[:] = [least]
    for name in ("ask", "components", "spread"):
        setattr(relating.Related, name, _timed(name, getattr(relating.Related, name), asked))
    with Cluster(master) as cluster, watched() as most:
        yield cluster.related
    asked += (f"{kind:12} {size:9} MB" for kind, size in most.items())


def _timed(name: str, method: Any, asked: list[str]) -> Any:
    """Return a method that notes how many rows it was given and gave, and in how many seconds."""

    def note(given: int, gave: int, seconds: float) -> None:
        asked.append(f"{name:12} {given:12,} rows {gave:12,} back {seconds:9.2f} s")

    def timed(self: Any, *given: Any) -> Any:
        start = time.perf_counter()
        found = method(self, *given)
        note(len(given[0]), len(found), time.perf_counter() - start)
        return found

    def timed_pieces(self: Any, *given: Any) -> Any:
        start, seconds, n = time.perf_counter(), 0.0, 0
        for piece in method(self, *given):
            seconds += time.perf_counter() - start
            n += len(next(iter(piece.values())))
            yield piece
            start = time.perf_counter()
        note(
            sum(len(next(iter(columns.values()))) for columns in given[1].values()),
            n,
            seconds + time.perf_counter() - start,
        )

    return timed_pieces if name == "ask" else timed


def _tell(one: tuple[Path, Path]) -> None:
    """Keep what a list tells of people, and in which rows they are named."""
    import msgspec

    from regesta.extraction import extract
    from regesta.reading import read
    from regesta.resolution import account_of

    path, told = one
    if told.exists():
        return
    document = read(path)
    found = extract(document)
    text = path.read_text("utf-8")
    begins = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]
    rows = [
        (referent.key, bisect_right(begins, mention.span.start) - 1)
        for referent in found.referents
        if referent.kind in ("person", "group")
        for mention in referent.mentions
    ]
    told.write_bytes(msgspec.msgpack.encode((account_of(document, found), rows)))


def _clusters(where: Path, truth: Mapping[Row, int]) -> dict[Row, str]:
    """Return the entity of each row: of whom its name is a mention."""
    import regesta

    begins: dict[str, list[int]] = {}
    for path in (where / "sources").glob("*.csv"):
        text = path.read_text("utf-8")
        begins[path.name] = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]
    asked = (
        "select m.source, m.start_char, m.entity from mentions m join entities e on e.id = m.entity "
        "where e.kind in ('person', 'group')"
    )
    found: dict[Row, str] = {}
    with regesta.open(where / "built.duckdb") as chronicle:
        for source, start, entity in chronicle.sql(asked):
            row = source, bisect_right(begins[source], start) - 1
            if row in truth:
                found[row] = entity
    return found


def _splink(where: Path, rules: Iterable[str], most: int) -> dict[str, float]:
    """Train Splink on the lists, predict and cluster, and return the best over thresholds; runs where Splink is."""
    import logging

    import duckdb
    import pyarrow as pa  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from splink import Linker, SettingsCreator, block_on  # type: ignore[import-not-found]
    from splink import comparison_library as made
    from splink.backends.duckdb import DuckDBAPI  # type: ignore[import-not-found]

    logging.disable(logging.WARNING)
    columns = "unique_id source name first last born arrived job province".split()
    cells: list[tuple[str | None, ...]] = []
    for path in sorted((where / "sources").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 1):
                name = row["Name"].lower()
                cells.append((
                    f"{path.name}:{number}", path.name, name, name.split()[0], name.split()[-1], row["Born"] or None,
                    row["Arrived"][:4] or None, row["Occupation"] or None, row["From"] or None,
                ))  # fmt: skip
    table = pa.table(dict(zip(columns, zip(*cells, strict=True), strict=True)))
    truth = truth_of(where)
    start, begin = time.perf_counter(), time.process_time()

    def agree(names: str) -> str:  # a person stands once in a source
        return " and ".join(f"l.{name} = r.{name}" for name in names.split()) + " and l.source <> r.source"

    def year(name: str) -> Any:
        either, apart = (
            f"{name}_l is null or {name}_r is null",
            f"abs(cast({name}_l as int) - cast({name}_r as int))",
        )
        levels = [{"sql_condition": either, "label_for_charts": "unknown", "is_null_level": True}]
        levels += [{"sql_condition": f"{apart} <= {n}", "label_for_charts": f"{n} apart"} for n in (0, 1)]
        levels.append({"sql_condition": "ELSE", "label_for_charts": "else"})
        return made.CustomComparison(output_column_name=name, comparison_levels=levels)

    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            made.JaroWinklerAtThresholds("name", [0.95, 0.9, 0.8]), year("born"), year("arrived"),
            made.ExactMatch("job"), made.ExactMatch("province"),
        ],
        blocking_rules_to_generate_predictions=[agree(names) for names in rules],
        retain_intermediate_calculation_columns=False, retain_matching_columns=False,
    )  # fmt: skip
    bounds: dict[str, Any] = {"memory_limit": f"{most}GB", "temp_directory": str(where / "splink")}
    database = DuckDBAPI(duckdb.connect(config=bounds))
    linker = Linker(database.register(table), settings, log_level=None)
    sure = [agree(names) for names in ("name born", "name arrived", "born arrived job")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("name"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("born", "arrived"))
    scored = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    seconds, cpu = time.perf_counter() - start, time.process_time() - begin
    best: dict[str, float] = {"f1": -1.0}
    for threshold in THRESHOLDS:
        start, begin = time.perf_counter(), time.process_time()
        joined = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, threshold)
        once = {"seconds": seconds + time.perf_counter() - start, "cpu": cpu + time.process_time() - begin}
        cluster: dict[Row, Hashable] = {}
        for key, one in joined.as_duckdbpyrelation().project("unique_id, cluster_id").fetchall():
            source, _, number = key.partition(":")
            cluster[source, int(number)] = one
        f1, precision, recall = reached(truth, cluster)
        if f1 > best["f1"]:
            best = {"f1": f1, "precision": precision, "recall": recall, **once}
    return best | {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    main()
