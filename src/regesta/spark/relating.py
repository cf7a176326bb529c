"""Relations on a cluster: SQL over integers, and functions of the components of a graph.

    tables ──Arrow──► Spark SQL ──Arrow──► columns
    edges ──► connected components (Splink's, in SQL)
    rows of components ──► shared out, whole ones ──mapInArrow──► what a function gives for them

A session of its own is asked, so that neither its tables nor its settings meet those of others. Rows go to the cluster and come back
some at a time, by way of files where they are many, so that Java holds no table whole. What a worker holds of the graph is bounded by
its largest component, for that is one's who does it. Nothing here knows what the numbers mean.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from regesta.errors import EngineError
from regesta.spark.session import map_in_arrow, told, without_warnings

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyspark.sql import DataFrame, SparkSession

    Array = NDArray[Any]

__all__ = ["LEAST", "Related"]

LEAST: Final = [1 << 22]
"""Rows below which one machine is quicker, by far; in a list, so that tests may ask for less."""
_AT_ONCE: Final = 1 << 20
"""Rows that a worker takes at once, where components allow it."""
_IN_PART: Final = 1 << 18
"""Rows of a part of what is asked."""
_VALUES: Final = 1 << 23
"""Numbers that go to the cluster, or come back, at once: 64 MiB."""


@dataclass(slots=True)
class Related:
    """What `regesta.relations` asks for, by a session's cluster."""

    session: SparkSession
    place: str
    """A folder or URL that all machines reach: Splink writes its steps there."""
    _own: SparkSession | None = None
    _n_places: int = 0

    @property
    def least(self) -> int:
        """Rows below which it is not worth asking."""
        return LEAST[0]

    def ask(self, query: str, tables: Mapping[str, Mapping[str, Array]]) -> Iterator[dict[str, Array]]:
        """Yield the columns of a query."""
        with told("Spark"), without_warnings():
            n_rows = 0
            for name, columns in tables.items():
                self._table(list(columns), list(columns.values())).createOrReplaceTempView(name)
                n_rows += len(next(iter(columns.values())))
            self._share_out(n_rows)
            found = self._session().sql(query)
        for piece in self._pieces(found):
            yield {name: piece.column(name).to_numpy() for name in piece.column_names}

    def components(self, left: Array, right: Array, size: int) -> Array:
        """Return the component of each node, its smallest one."""
        import numpy as np

        hub, left, right = _contracted(left, right, size)
        while 0 < len(left) < self.least:
            further, left, right = _contracted(left, right, size)
            hub = further[hub]
        if not len(left):
            return hub
        component = np.arange(size)
        with told("Spark"), without_warnings():
            edges = self._table(["node_l", "node_r"], [left, right])
            self._share_out(len(left))
            self.session.sparkContext.setCheckpointDir(self.place)
            found = _splink(self._session(), edges)
        for piece in self._pieces(found):
            component[piece.column("node").to_numpy()] = piece.column("cluster_id").to_numpy()
        return np.asarray(component[hub])

    def spread(self, rows: Array, of: Array, work: Callable[[Array], Array], width: int) -> Array:
        """Return what `work` gives for the rows, those of one number together."""
        import numpy as np

        names = [f"c{n}" for n in range(rows.shape[1])]

        def at_once(batches: Iterable[Any]) -> Iterator[Any]:
            return _at_once(batches, work)

        with told("Spark"), without_warnings():
            frame = self._table([*names, "component"], [*rows.T, of])
            n_parts = max(self.session.sparkContext.defaultParallelism, len(rows) // _AT_ONCE)
            parts = frame.repartition(n_parts, "component").drop("component")
            columns = ", ".join(f"c{n} long" for n in range(width))
            found = map_in_arrow(parts, at_once, columns)
        return np.concatenate(
            [
                np.column_stack([column.to_numpy() for column in piece.columns])
                for piece in self._pieces(found)
            ]
        )

    def _session(self) -> SparkSession:
        if self._own is None:
            self._own = self.session.newSession()
            self._own.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(1 << 16))
            # what is small before a join may be large behind it: Spark is not to put parts together by what it sees before
            self._own.conf.set("spark.sql.adaptive.coalescePartitions.enabled", "false")
        return self._own

    def _share_out(self, n_rows: int) -> None:
        """Cut what Spark sends about into parts for so many rows."""
        n_parts = max(2 * self.session.sparkContext.defaultParallelism, n_rows // _IN_PART)
        self._session().conf.set("spark.sql.shuffle.partitions", str(n_parts))

    def _table(self, names: list[str], columns: list[Array]) -> DataFrame:
        """Return rows as a frame; many are written where all machines reach them."""
        n_rows, at_once = len(columns[0]), max(_VALUES // len(names), 1)
        if n_rows <= at_once:
            return self._rows(names, columns)
        place = self._new_place()
        for low in range(0, n_rows, at_once):
            some = self._rows(names, [column[low : low + at_once] for column in columns])
            some.coalesce(2 * self.session.sparkContext.defaultParallelism).write.mode(
                "append" if low else "overwrite"
            ).parquet(place)
        return self._session().read.parquet(place)

    def _pieces(self, frame: DataFrame) -> Iterator[Any]:
        """Yield the rows of a frame as tables of bounded size, file by file of those that workers write; computed once."""
        place, at_once = self._new_place(), max(_VALUES // len(frame.columns), 1)
        with told("Spark"), without_warnings():
            frame.write.option("maxRecordsPerFile", at_once).mode("overwrite").parquet(place)
            landed = self._session().read.parquet(place)
            files = sorted(PurePosixPath(file).name for file in landed.inputFiles())
        for file in files:
            with told("Spark"), without_warnings():
                piece = self._session().read.schema(landed.schema).parquet(f"{place}/{file}").toArrow()
            yield piece

    def _new_place(self) -> str:
        self._n_places += 1
        return f"{self.place}/rows-{self._n_places}"

    def _rows(self, names: list[str], columns: list[Array]) -> DataFrame:
        import numpy as np
        import pyarrow as pa

        return self._session().createDataFrame(
            pa.table([pa.array(np.ascontiguousarray(column, np.int64)) for column in columns], names=names)
        )


def _contracted(left: Array, right: Array, size: int) -> tuple[Array, Array, Array]:
    """Return into which node each one went, of those that it hangs together with, and the edges that are left, each once.

    Every node goes to the smallest of itself and its neighbours, and on to where that went.
    """
    import numpy as np

    low, high = np.minimum(left, right), np.maximum(left, right)
    hub = np.arange(size)
    np.minimum.at(hub, high, low)
    while (further := hub[hub]).tobytes() != hub.tobytes():
        hub = further
    one, other = hub[low], hub[high]
    apart = one != other
    code = np.unique(np.minimum(one, other)[apart] * size + np.maximum(one, other)[apart])
    return hub, code // size, code % size


def _splink(session: SparkSession, edges: DataFrame) -> DataFrame:
    """Return the component of each node by Splink's connected components; its steps are written, so that no plan grows with them."""
    try:
        from splink.clustering import cluster_pairwise_predictions_at_threshold
        from splink.internals.spark.database_api import SparkAPI
    except ImportError as error:
        raise EngineError(
            "components on a cluster need Splink, which is not installed",
            found=error.name,
            hint="pip install 'regesta[spark]'",
        ) from error
    logging.getLogger("splink").setLevel(logging.ERROR)
    splink: Any = SparkAPI(  # type: ignore[no-untyped-call]
        spark_session=session, break_lineage_method="parquet", register_udfs_automatically=False,
        num_partitions_on_repartition=2 * session.sparkContext.defaultParallelism,
    )  # fmt: skip
    nodes = edges.selectExpr("node_l as node").union(edges.selectExpr("node_r as node")).distinct()
    found: DataFrame = cluster_pairwise_predictions_at_threshold(
        nodes, edges, splink, "node"
    ).as_spark_dataframe()
    return found


def _at_once(batches: Iterable[Any], work: Callable[[Array], Array]) -> Iterator[Any]:
    """Yield what `work` gives for all rows of a worker's part."""
    import numpy as np
    import pyarrow as pa

    rows = [np.column_stack([column.to_numpy() for column in batch.columns]) for batch in batches]
    if not rows:
        return
    found = work(np.concatenate(rows))
    yield pa.RecordBatch.from_arrays(
        [pa.array(column) for column in found.T], names=[f"c{n}" for n in range(found.shape[1])]
    )
