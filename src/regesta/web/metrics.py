"""Figures of a server for Prometheus: requests, how long they took, pages that were at hand, the chronicle that is served.

    Guard ──told──► Metrics.count(route, method, status, seconds)
    /metrics ◄── text, version 0.0.4 of the exposition format

A route is told as it is written, `/people/{key}`, and never as it was asked for: no figure is of a person. The format is a few
lines, so no package is needed for it. Nothing here knows a page.

Source: Prometheus, Exposition formats, text-based format.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

__all__ = ["BUCKETS", "MEDIA_TYPE", "METHODS", "Figure", "Metrics", "exposed"]

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper bounds of the classes of times, in seconds."""
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})

_Sample = tuple[str, Mapping[str, str], float]
"""What is put behind the name of a figure, labels, value."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, for all its labels."""

    name: str
    kind: str
    """`counter`, `gauge` or `histogram`."""
    means: str
    samples: tuple[_Sample, ...]


@dataclass(slots=True)
class _Times:
    classes: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    seconds: float = 0.0


class Metrics:
    """Counts requests; may be told of them in any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._times: dict[str, _Times] = {}

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        method = method if method in METHODS else "other"
        with self._lock:
            self._requests[route, method, status] += 1
            times = self._times.setdefault(route, _Times())
            times.classes[bisect_left(BUCKETS, seconds)] += 1
            times.seconds += seconds

    def figures(self) -> Iterator[Figure]:
        """Yield what was counted."""
        with self._lock:
            requests = sorted(self._requests.items())
            times = sorted((route, list(one.classes), one.seconds) for route, one in self._times.items())
        yield Figure(
            "regesta_requests_total", "counter", "Requests that were answered.",
            tuple(
                ("", {"route": route, "method": method, "status": str(status)}, n)
                for (route, method, status), n in requests
            ),
        )  # fmt: skip
        samples: list[_Sample] = []
        for route, classes, seconds in times:
            below = 0
            for bound, n in zip((*BUCKETS, None), classes, strict=True):
                below += n
                samples.append(
                    ("_bucket", {"route": route, "le": "+Inf" if bound is None else f"{bound:g}"}, below)
                )
            samples += [("_sum", {"route": route}, seconds), ("_count", {"route": route}, below)]
        yield Figure(
            "regesta_request_seconds", "histogram", "Seconds until a request was answered.", tuple(samples)
        )
        yield Figure(
            "process_cpu_seconds_total",
            "counter",
            "Seconds of work of this process.",
            (("", {}, time.process_time()),),
        )


def exposed(figures: Iterable[Figure]) -> str:
    r"""Return figures as Prometheus reads them.

    >>> print(exposed([Figure("a_total", "counter", "Things.", (("", {"of": 'a "b"\\'}, 2),))]), end="")
    # HELP a_total Things.
    # TYPE a_total counter
    a_total{of="a \"b\"\\"} 2
    """
    lines: list[str] = []
    for figure in figures:
        lines += [f"# HELP {figure.name} {figure.means}", f"# TYPE {figure.name} {figure.kind}"]
        for suffix, labels, value in figure.samples:
            told = ",".join(f'{name}="{_escaped(said)}"' for name, said in labels.items())
            lines.append(f"{figure.name}{suffix}{f'{{{told}}}' if told else ''} {value:.12g}")
    return "".join(f"{line}\n" for line in lines)


def _escaped(said: str) -> str:
    return said.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
