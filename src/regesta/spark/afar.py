"""Sources that Spark reaches and this machine may not: files at a URL, and tables of Parquet that hold documents.

    s3a://archive/papers     every file below it, by Spark's reader of whole files; `sources.toml` of the folder counts
    papers.parquet           columns path and content, and whatever else of title, url, licence, date, language there is

Files are named by their paths below the URL. Spark hands over a file as one value, so one of more than a gibibyte is refused: unpack
a dump of that size, or mount it. Nothing here reads a document.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from regesta.errors import EngineError
from regesta.model import Rejection, Source
from regesta.project import SOURCES_FILE, describe, is_setting, read_described, unwanted
from regesta.replacing import scratch
from regesta.spark import slices
from regesta.spark.session import map_in_arrow, told
from regesta.spark.working import TASK, Task, batched, encode_source
from regesta.unpacking import container_of, is_unsure

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["Afar", "is_table", "is_url", "list_url", "read_table"]

_URL: Final = re.compile(r"[a-zA-Z][\w+.-]*:(?!\\)")
_LARGEST: Final = 1 << 30
"""Bytes of the largest file at a URL."""
_SAID: Final[tuple[str, ...]] = (
    "title",
    "url",
    "licence",
    "date",
    "retrieved",
    "language",
    "revision",
    "encoding",
    "format",
)
"""Columns of a table that say something of a document."""


def is_url(path: str) -> bool:
    """Return whether a path is for Spark to find; a single letter before the colon is a drive.

    >>> is_url("s3a://archive/papers"), is_url("file:/tmp/a"), is_url("papers"), is_url("c:/papers")
    (True, True, False, False)
    """
    return bool(_URL.match(path)) and path.index(":") > 1


def is_table(path: str) -> bool:
    """Return whether a path names a table of Parquet: a file, or a folder of such files."""
    return path.rstrip("/").lower().endswith(".parquet")


@dataclass(frozen=True, slots=True)
class Afar:
    """What was found at a URL or in a table."""

    tasks: DataFrame | None
    """Each with the bytes of a document, or of a container."""
    rejections: tuple[Rejection, ...]
    n_tasks: int
    size: int
    """Bytes of all."""
    packed: int = 0
    """Bytes of the containers among them."""
    expected: frozenset[str] = frozenset()
    """Names of which there must be an answer: what Spark does not hand over is told."""


def list_url(
    session: SparkSession, url: str, suffixes: Collection[str], ocr: str | None, taken: Collection[str]
) -> Afar:
    """Return what lies at a URL; `taken` are names that others have, so that these get the URL's last part before them."""
    with told(url):
        found = _files(session, url)
    files = {_relative(path, url): (path, size) for path, size in found}
    described = _described(session, files[SOURCES_FILE][0]) if SOURCES_FILE in files else {}
    prefix = f"{PurePosixPath(url.rstrip('/')).name}/"
    rejections: list[Rejection] = []
    known: dict[str, tuple[str, bytes, bool]] = {}
    empty: list[Task] = []  # Spark hands over no file without bytes
    size = packed = 0
    for name in sorted(files):
        path, length = files[name]
        if is_setting(name) or any(part.startswith(".") for part in name.split("/")):
            continue
        fault = ""
        if any(part.startswith("_") for part in name.split("/")) and len(files) > 1:
            fault = "Spark passes over files whose names begin with an underscore."
        elif length > _LARGEST:
            fault = f"It is larger than {_LARGEST >> 30} GiB, and Spark hands over files whole; mount it, or split it."
        left = unwanted(name, fault, files, suffixes)
        if left is not None:
            rejections.append(left)
            continue
        unique = prefix + name if name in taken else name
        source = describe(name, described.get(name, {}), url)
        source = replace(source, name=unique, ocr=source.ocr or ocr)
        is_held = container_of(name, b"") is not None or (length > slices.SMALL and is_unsure(name))
        is_container = is_held and not source.format
        if length:
            known[path] = unique, encode_source(source), is_container
        else:
            empty.append((unique, 0, "bytes", encode_source(source), b""))
        size += length
        packed += length * is_container
    if not known and not empty:
        return Afar(None, tuple(rejections), 0, 0)
    with told(url):
        tasks = _frame(session, url, known)
        tasks = tasks.unionAll(session.createDataFrame(empty, TASK)) if empty else tasks
    expected = frozenset(name for name, _, _ in known.values())
    return Afar(tasks, tuple(rejections), len(known) + len(empty), size, packed, expected)


def _files(session: SparkSession, url: str) -> list[tuple[str, int]]:
    """Return the path and size of every file below a URL, as Hadoop spells them."""
    java: Any = session.sparkContext._jvm  # noqa: SLF001 - Hadoop's own listing is reached in no other way
    root = java.org.apache.hadoop.fs.Path(url)
    system = root.getFileSystem(session.sparkContext._jsc.hadoopConfiguration())  # noqa: SLF001 - as above
    if not system.exists(root):
        raise EngineError("nothing there", where=url, hint="check the address, and what Spark may read")
    entries = system.listFiles(root, True)
    found = []
    while entries.hasNext():
        entry = entries.next()
        found.append((entry.getPath().toString(), int(entry.getLen())))
    return found


def _relative(path: str, url: str) -> str:
    """Return the path of a file below a URL, its name where it is the URL itself.

    >>> _relative("file:/tmp/papers/1/a.txt", "file:///tmp/papers"), _relative("s3a://b/a.txt", "s3a://b/a.txt")
    ('1/a.txt', 'a.txt')
    """
    place = re.sub(r"^[\w+.-]+:(//[^/]*)?", "", path)
    root = re.sub(r"^[\w+.-]+:(//[^/]*)?", "", url).rstrip("/")
    return place.removeprefix(root).strip("/") or PurePosixPath(place).name


def _described(session: SparkSession, path: str) -> dict[str, dict[str, Any]]:
    """Return what a `sources.toml` says that lies where Spark reads."""
    with told(path):
        row = session.read.format("binaryFile").load(path).select("content").head()
    with scratch("sources") as folder:
        copy = folder / SOURCES_FILE
        copy.write_bytes(bytes(row[0]) if row else b"")
        return read_described(copy)


def _frame(session: SparkSession, url: str, known: dict[str, tuple[str, bytes, bool]]) -> DataFrame:
    """Return the tasks of the files that are known by their paths; one frame, so that each file is fetched once."""
    from pyspark.sql import functions as f

    names = session.createDataFrame(
        [(path, *what) for path, what in known.items()],
        "path string, listed string, source binary, is_container boolean",
    )
    whole = session.read.format("binaryFile").option("recursiveFileLookup", "true").load(url)
    tasks = whole.filter(f.col("length") <= _LARGEST).join(f.broadcast(names), "path")
    kind = "if(is_container, 'container', 'bytes') as kind"
    return tasks.selectExpr("listed", "0L as ordinal", kind, "source", "content as payload")


def read_table(
    session: SparkSession, path: str, suffixes: Collection[str], ocr: str | None, prefix: str = ""
) -> Afar:
    """Return the documents of a table; its columns `path` and `content` (bytes, or text) are needed.

    Rows of one path are told apart by the hash of their content: `a.txt`, `a.txt~2`. `prefix` stands before every name.
    """
    with told(path):
        table = session.read.parquet(path)
        kinds = dict(table.dtypes)
    for column, wanted in (("path", ("string",)), ("content", ("binary", "string"))):
        if kinds.get(column) not in wanted:
            raise EngineError(
                f"a table of documents needs a column {column!r} of type {' or '.join(wanted)}",
                where=path, found=kinds.get(column, "no such column"),
            )  # fmt: skip
    said = [name for name in _SAID if name in kinds]
    ordered = _ordered(table, said, prefix)

    def tasks(batches: Iterable[Any]) -> Iterator[Any]:
        return table_tasks(batches, said, suffixes, ocr)

    with told(path):
        n_documents, size = ordered.selectExpr(
            "count(*)", "coalesce(sum(octet_length(content)), 0)"
        ).head() or (0, 0)
    return Afar(map_in_arrow(ordered, tasks, TASK), (), n_documents, size)


def _ordered(table: DataFrame, said: list[str], prefix: str) -> DataFrame:
    """Return the documents of a table with names of their own; the same in whatever order its files are read."""
    table.createOrReplaceTempView("regesta_documents")
    columns = "".join(f", {name}" for name in said)
    texts = "".join(f", cast({name} as string) as {name}" for name in said)
    rank = f"row_number() over (partition by path order by sha2(cast(content as binary), 256){columns})"
    ranked = f"select path, content{columns}, {rank} as n from regesta_documents"  # noqa: S608 - the columns are ours
    name = "concat(:prefix, coalesce(path, ''), if(n > 1, concat('~', n), ''))"
    query = f"select {name} as listed, content{texts} from ({ranked})"  # noqa: S608 - the same
    return table.sparkSession.sql(query, {"prefix": prefix})


def table_tasks(
    batches: Iterable[Any], said: list[str], suffixes: Collection[str], ocr: str | None
) -> Iterator[Any]:
    """Yield the tasks of the rows of a table, in a worker; text whose name says no format is read as plain text."""
    yield from batched(_row_tasks(batches, said, suffixes, ocr), TASK)


def _row_tasks(
    batches: Iterable[Any], said: list[str], suffixes: Collection[str], ocr: str | None
) -> Iterator[Task]:
    import msgspec

    for batch in batches:
        for n in range(batch.num_rows):
            name, content, *values = (column[n].as_py() for column in batch.columns)
            known = {key: value for key, value in zip(said, values, strict=True) if value is not None}
            left_out = unwanted(name, "", (), suffixes) if "format" not in known else None
            if left_out is not None and isinstance(content, str):
                known["format"], left_out = "text", None
            source = encode_source(Source(name=name, ocr=ocr, **known))
            if left_out is not None:
                yield name, 0, "rejection", source, msgspec.msgpack.encode(left_out)
            else:
                yield (
                    name,
                    0,
                    "bytes",
                    source,
                    content.encode() if isinstance(content, str) else content or b"",
                )
