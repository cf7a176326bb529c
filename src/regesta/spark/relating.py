"""Relations on a cluster: SQL over integers, and functions of the components of a graph.

    tables ──Arrow──► Spark SQL ──Arrow──► columns
    edges ──► connected components (Splink's, in SQL)
    rows of components ──► shared out, whole ones ──mapInArrow──► what a function gives for them

A session of its own is asked, so that neither its tables nor its settings meet those of others. What a worker holds of the graph is
bounded by its largest component, for that is one's who does it. Nothing here knows what the numbers mean.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(slots=True)
class Related:
    """What `regesta.relations` asks for, by a session's cluster."""

    session: SparkSession
    place: str
    """A folder or URL that all machines reach: Splink writes its steps there."""
    _own: SparkSession | None = None

    @property
    def least(self) -> int:
        """Rows below which it is not worth asking."""
        return LEAST[0]

    def ask(self, query: str, tables: Mapping[str, Mapping[str, Array]]) -> dict[str, Array]:
        """Return the columns of a query."""
        with told("Spark"), without_warnings():
            for name, columns in tables.items():
                self._table(list(columns), list(columns.values())).createOrReplaceTempView(name)
            found = self._session().sql(query).toArrow()
        return {name: found.column(name).to_numpy() for name in found.column_names}

    def components(self, left: Array, right: Array, size: int) -> Array:
        """Return the component of each node, its smallest one."""
        import numpy as np

        component = np.arange(size)
        with told("Spark"), without_warnings():
            edges = self._table(["node_l", "node_r"], [left, right])
            self.session.sparkContext.setCheckpointDir(self.place)
            found = _splink(self._session(), edges).toArrow()
        component[found.column("node").to_numpy()] = found.column("cluster_id").to_numpy()
        return component

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
            found = map_in_arrow(parts, at_once, columns).toArrow()
        return np.column_stack([column.to_numpy() for column in found.columns])

    def _session(self) -> SparkSession:
        if self._own is None:
            self._own = self.session.newSession()
            self._own.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(1 << 16))
            n_parts = 2 * self.session.sparkContext.defaultParallelism
            self._own.conf.set("spark.sql.shuffle.partitions", str(n_parts))
        return self._own

    def _table(self, names: list[str], columns: list[Array]) -> DataFrame:
        import numpy as np
        import pyarrow as pa

        return self._session().createDataFrame(
            pa.table([pa.array(np.ascontiguousarray(column, np.int64)) for column in columns], names=names)
        )


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
