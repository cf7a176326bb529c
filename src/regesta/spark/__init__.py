"""A build's sources read by a Spark cluster: the same functions as in a build on one machine, run by its workers.

    paths, URLs, Parquet ──► Frames      what is to be read, in slices of like size
                         ──► mapInArrow  opened, read and extracted in the workers: rows of packed bytes
                         ──► landing     Parquet that workers write; what a lost worker had not finished is done again
                         ──► Answer ...  in the order of the sources, one at a time, for the driver

What becomes of the answers is not known here: the pipeline does with them what it does with those of one machine, so that the
chronicle is the same. How a document is opened and read is given (`Work`). PySpark is an extra, and imported when a cluster is opened.
"""

from __future__ import annotations

from regesta.spark.cluster import Cluster, as_paths, files_below
from regesta.spark.working import Answer, Work

__all__ = ["Answer", "Cluster", "Work", "as_paths", "files_below"]
