"""A session with a cluster, begun and ended: what it needs, what is told where it cannot be had, and quiet.

    begin("local[2]")             a machine alone, tasks are tried four times as on a cluster
    begin("spark://host:7077")    a cluster; asked first whether anybody answers there, then whether it has workers

What Spark puts aside lies in a marked folder; what it logs goes to a marked file that is thrown away, or named where something fails. What
a killed session left goes when the next one begins. A session that a notebook has open is used, and left open. Nothing here knows
what is computed.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from regesta.errors import EngineError
from regesta.replacing import mark, scratch

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["begin", "check_kind", "is_here", "map_in_arrow", "told", "without_warnings"]

_JAVA: Final = 17
"""The oldest Java that PySpark 4 runs on."""
_PATIENCE: Final = 10.0
"""Seconds in which a master must take a connection."""
_WORKERS: Final = 60.0
"""Seconds in which a cluster must offer a worker."""
_GOODBYE: Final = 20.0
"""Seconds in which Java must end."""
_ATTEMPTS: Final = 4
"""How often a task is tried before the build fails."""
_ENDS: Final = "-XX:+ExitOnOutOfMemoryError"
"""For Java: without memory it would else lose a thread and wait for it for ever."""
_HERE: Final = ("127.0.0.1", "localhost", "::1")

SETTINGS: Final = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.task.maxFailures": str(_ATTEMPTS),
    "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
    "spark.sql.execution.arrow.maxBytesPerBatch": str(8 << 20),
    "spark.sql.files.maxPartitionBytes": str(16 << 20),
    "spark.sql.adaptive.coalescePartitions.parallelismFirst": "false",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.parquet.columnarReaderBatchSize": "64",
    "spark.sql.session.timeZone": "UTC",
}
"""What a session is told; `spark-defaults.conf` and `spark-submit` may say more, of memory above all."""


@contextmanager
def begin(master: str | None) -> Iterator[SparkSession]:
    """Open a session with a master (`local[*]` where none is named), and end it; one that is open already is used and left open.

    Raises `EngineError` where PySpark or Java is absent, or no cluster answers.
    """
    try:
        with without_warnings():
            import pyspark.testing.utils  # noqa: F401 - PySpark itself imports it at its first call, and it warns
            from pyspark import SparkConf, SparkContext
            from pyspark.java_gateway import launch_gateway
            from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineError(
            "Spark needs PySpark, which is not installed",
            found=error.name,
            hint="pip install 'regesta[spark]'",
        ) from error
    known = SparkSession.getActiveSession()
    if known is not None and (master is None or _with_attempts(master) == known.sparkContext.master):
        with _tuned(known):
            yield known
        return
    master = _with_attempts(master or "local[*]")
    check_kind(master)
    _check_java()
    _check_master(master)
    conf = SparkConf().setMaster(master).setAppName("regesta")
    for key, value in _settings(master).items():
        if not conf.contains(key):
            conf.set(key, value)
    log = Path(tempfile.gettempdir(), f"regesta-spark-{mark()}.log")
    try:
        with scratch("spark") as folder:
            with as_file(files("regesta.spark").joinpath("quiet.properties")) as quiet, told(master):
                if not conf.contains("spark.local.dir"):
                    conf.set("spark.local.dir", str(folder))
                if not conf.contains("spark.driver.extraJavaOptions"):
                    options = (
                        f'-Dlog4j2.configurationFile={quiet.as_uri()} -Djava.io.tmpdir="{folder}" {_ENDS}'
                    )
                    conf.set("spark.driver.extraJavaOptions", options)
                known_java: Any = SparkContext._gateway  # noqa: SLF001 - asked nowhere else
                with log.open("xb") as out:
                    java = known_java or launch_gateway(conf, {"stdout": out, "stderr": out})  # type: ignore[no-untyped-call]
                session = SparkSession(SparkContext(conf=conf, gateway=java))
            try:
                if is_here(master) and "PYSPARK_PYTHON" not in os.environ:
                    session.sparkContext.pythonExec = (
                        sys.executable
                    )  # workers of this machine have what we have
                _await_workers(session, master)
                yield session
            finally:
                _end(session, None if known_java else java)
    except EngineError as error:
        if log.is_file() and b"OutOfMemoryError" in log.read_bytes():
            error.hint = "it had no memory left: give it more, spark.driver.memory in spark-defaults.conf of SPARK_CONF_DIR"
        if log.is_file() and log.stat().st_size:
            error.hint = f"{error.hint + '; ' if error.hint else ''}what Spark logged is in {log}"
            log = Path()
        raise
    finally:
        if log.name:
            log.unlink(missing_ok=True)


@contextmanager
def _tuned(session: SparkSession) -> Iterator[None]:
    """Bound in the block what a session of others takes into memory at once."""
    before = {key: session.conf.get(key, None) for key in SETTINGS if key.startswith("spark.sql.")}
    for key in before:
        session.conf.set(key, SETTINGS[key])
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                session.conf.unset(key)
            else:
                session.conf.set(key, value)


def _end(session: SparkSession, java: Any) -> None:
    """End the session, and the Java that was started for it, so that nothing of it goes on or is left behind."""
    from py4j.protocol import Py4JError
    from pyspark import SparkContext

    with contextlib.suppress(Py4JError, OSError):
        session.stop()
    if java is None:
        return
    with contextlib.suppress(Py4JError, OSError):
        java.shutdown()
    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001 - what is over is not used again
    java.proc.stdin.close()
    try:
        java.proc.wait(_GOODBYE)
    except subprocess.TimeoutExpired:
        java.proc.kill()
        java.proc.wait()


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what Spark raises in the block into an `EngineError` of one line."""
    from py4j.protocol import Py4JError, Py4JNetworkError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JNetworkError, ConnectionError, EOFError) as error:
        raise EngineError("Java, which does Spark's work, has ended", where=where) from error
    except (Py4JError, PySparkException) as error:
        raise EngineError(*_problem(str(error)), where=where) from error


@contextmanager
def without_warnings() -> Iterator[None]:
    """Keep back in the block what PySpark says of the version of pandas, which is not used."""
    import warnings

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        yield


def map_in_arrow(frame: DataFrame, work: Callable[[Any], Any], columns: str) -> DataFrame:
    """Return a frame with `work` done to its batches."""
    with without_warnings():
        return frame.mapInArrow(work, columns)


def _problem(message: str) -> tuple[str]:
    r"""Return what is wrong, in a few words, of the pages that Spark says.

    >>> _problem("An error occurred while calling o1.load.\n: org.x.Gone: [PATH_NOT_FOUND] Path does not exist: file:/a.")
    ('Spark: Path does not exist: file:/a',)
    """
    if found := _REFUSED.search(message):
        return (f"a worker failed: {found[1]}",)
    if found := _THERE.search(message):
        return (f"{found[1]} is there already: name a folder that is not",)
    if found := _NO_MODULE.search(message):
        return (
            f"a worker has no {found[1]}: install regesta, with its extras, on every machine of the cluster",
        )
    lines = [line for line in message.splitlines() if line.strip() and not line.startswith(_CALLING)]
    last = _PREFIX.sub("", lines[0] if lines else message).strip()
    return (f"Spark: {last[:300].rstrip('.')}",)


_REFUSED: Final = re.compile(r"EngineError: (.+)")
_THERE: Final = re.compile(r"Path (\S+) already exists")
_NO_MODULE: Final = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")
_CALLING: Final = "An error occurred while calling"
_PREFIX: Final = re.compile(r"^(?::? ?[\w.$]+(?:Exception|Error|Gone): )*(?:\[[A-Z_.0-9]+\] )?")


def _settings(master: str) -> dict[str, str]:
    """Return what a session with this master is told, beside what `spark-defaults.conf` says."""
    settings = dict(SETTINGS)
    if is_here(master):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    if master.startswith("local"):
        settings["spark.driver.memory"] = f"{_of_java(_memory())}g"
    return settings


def _of_java(memory: int) -> int:
    """Return the GB that Java may take where all of Spark is one machine: a quarter of its bytes, from 2 to 8.

    >>> [_of_java(gigabytes << 30) for gigabytes in (0, 4, 24, 128)]
    [2, 2, 6, 8]
    """
    return max(2, min(8, memory >> 32))


def _memory() -> int:
    """Return the bytes of memory of this machine, 0 where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        return 0


def is_here(master: str) -> bool:
    """Return whether a master and its workers are on this machine."""
    return master.startswith("local") or _host(master)[0] in _HERE


def _with_attempts(master: str) -> str:
    """Return a master that tries a task again; alone, Spark would give up at the first that fails.

    >>> _with_attempts("local"), _with_attempts("local[2]"), _with_attempts("local[2, 1]"), _with_attempts("yarn")
    ('local[1,4]', 'local[2,4]', 'local[2, 1]', 'yarn')
    """
    if master == "local":
        return f"local[1,{_ATTEMPTS}]"
    return re.sub(r"^local\[(\d+|\*)\]$", rf"local[\1,{_ATTEMPTS}]", master)


def _check_java() -> None:
    hint = f"install Java {_JAVA} or later, for instance: apt install openjdk-17-jre-headless"
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if java is None or not Path(java).exists():
        raise EngineError("Spark needs Java, which was not found", where=home, hint=hint)
    try:
        done = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - the user's own Java
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError("Java cannot be started", where=java, hint=hint) from error
    version = re.search(r'version "(\d+)', done.stderr + done.stdout)
    if version is None or int(version[1]) < _JAVA:
        found = version[1] if version else done.stderr[:80]
        raise EngineError("Spark needs a newer Java", where=java, found=found, hint=hint)


def _host(master: str) -> tuple[str, int]:
    """Return host and port of the first master of `spark://a:7077,b:7077`; the host is empty where there is none."""
    first = master.removeprefix("spark://").split(",")[0]
    host, _, port = first.rpartition(":")
    return (
        (host.strip("[]"), int(port))
        if host and port.isdigit() and master.startswith("spark://")
        else ("", 0)
    )


def check_kind(master: str) -> None:
    """Refuse what is no master of a kind that Spark knows."""
    kinds = "local[N], spark://host:7077, yarn or k8s://..."
    if not re.match(
        r"(?:local(?:-cluster)?(?:\[(?:[1-9]\d*|\*)[\d, ]*\])?|yarn|(?:spark|k8s)://.+)$", master
    ):
        raise EngineError(
            "no such kind of Spark master", where="--master", found=master, hint=f"it may be {kinds}"
        )
    if master.startswith("spark://") and not _host(master)[0]:
        raise EngineError(
            "a Spark master without its port", where="--master", found=master, hint="spark://host:7077"
        )


def _check_master(master: str) -> None:
    """Refuse a master that nobody answers for within seconds; Spark itself would try for a minute."""
    if not master.startswith("spark://"):
        return
    try:
        socket.create_connection(_host(master), timeout=_PATIENCE).close()
    except OSError as error:
        reason = (error.strerror or str(error) or "no answer").lower()
        raise EngineError(
            f"no Spark master answers ({reason})",
            where=master,
            hint="check the address, and that the master runs",
        ) from error


def _await_workers(session: SparkSession, master: str) -> None:
    """Wait until a standalone cluster offers a worker, for a bounded time."""
    if not master.startswith("spark://"):
        return
    end = time.monotonic() + _WORKERS
    tracker: Any = session.sparkContext._jsc.sc().statusTracker()  # noqa: SLF001 - asked nowhere else
    while len(tracker.getExecutorInfos()) < 2:  # the driver is one
        if time.monotonic() > end:
            raise EngineError(
                f"the cluster offered no worker within {_WORKERS:.0f} seconds", where=master,
                hint="start workers, or wait until others have done with them",
            )  # fmt: skip
        time.sleep(0.2)
