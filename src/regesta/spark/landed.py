"""What has landed, fetched in order and some megabytes at a time.

    landing ──sort──► partitions ──► rows up to a bound, then the next ones ──► driver

Spark hands over a partition whole, and several times over on its way, so that one of some hundred megabytes is more than a driver's Java has;
and how large a partition is cannot be bounded beforehand, for Spark cuts by rows, which are of 1 kB or of 4 MB, and packs them tenfold. So of a
partition only what fits is taken at a time; what it was sorted from stays where it is until then. Nothing here knows what rows say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from regesta.spark.session import told
from regesta.spark.working import ROW

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["in_order", "observed"]

_AT_ONCE: Final = 16 << 20
"""Bytes of rows that are fetched at a time, but for the last of them."""
_Row = tuple[Any, ...]


def observed(frame: DataFrame) -> tuple[DataFrame, Callable[[], int]]:
    """Return rows to be written, and who says how many bytes they had when they were."""
    from pyspark.sql import Observation
    from pyspark.sql import functions as f

    noted = Observation()
    seen = frame.observe(noted, f.sum(f.octet_length("payload")).alias("size"))
    return seen, lambda: int(noted.get["size"] or 0)


def in_order(session: SparkSession, landing: str, size: int, at_once: int = _AT_ONCE) -> Iterator[_Row]:
    """Yield the rows that have landed, of so many bytes in all, by source, ordinal and piece; the next are fetched meanwhile."""
    with told(landing):
        own = session.newSession()
        own.conf.set("spark.sql.adaptive.coalescePartitions.enabled", "false")
        own.conf.set("spark.sql.shuffle.partitions", str(size // at_once + 1))
        landed = own.read.schema(ROW).parquet(landing)
        rows = landed.sort("listed", "ordinal", "piece").rdd
        n_parts = rows.getNumPartitions()

    def fetch(part: int, begin: int) -> list[_Row | None]:
        with told(landing):
            found: list[_Row | None] = session.sparkContext.runJob(
                rows, partial(_some, begin, at_once), [part]
            )
        return found

    part = begin = 0
    with ThreadPoolExecutor(
        1, "regesta-landed"
    ) as thread:  # one alone: what each thread has freed, no other uses again
        waiting = thread.submit(fetch, part, begin)
        while part < n_parts:
            found = waiting.result()
            is_over = not found or found[-1] is None
            part, begin = (part + 1, 0) if is_over else (part, begin + len(found))
            if part < n_parts:
                waiting = thread.submit(fetch, part, begin)
            yield from (row for row in found if row is not None)


def _some(begin: int, at_once: int, rows: Iterable[_Row]) -> Iterator[_Row | None]:
    """Yield the rows from the one of this number on, until they have so many bytes; None behind the last of all.

    >>> list(_some(1, 9, [("a", b"1"), ("a", b"2")]))
    [('a', b'2'), None]
    """
    size = 0
    for row in islice(rows, begin, None):
        yield tuple(row)
        size += len(row[-1])
        if size >= at_once:
            return
    yield None
