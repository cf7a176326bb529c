"""Where the time of a build went: asked for with `--profile`, and otherwise no clock is looked at.

    steps        list, read, resolve, compare texts, criticise, write
    documents    how long each took to read and extract, in the process that did it; the slowest are kept
    rules        how long each rule took over all documents
    checks       how long each check took
    memory       the most that was held until a step was over

Times are those of the clock on the wall: in several processes those of documents and rules add up to more than the step. Nothing
here prints, and nothing changes what a build makes.
"""

from __future__ import annotations

import heapq
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Final, TypeVar

__all__ = ["Profile", "Spent", "peak_memory", "timed"]

_T = TypeVar("_T")
_KEPT: Final = 10
"""Documents that are told, the slowest."""


@dataclass(slots=True)
class Spent:
    """What a document took."""

    source: str
    n_bytes: int
    seconds: float = 0.0
    """To read it and to extract."""
    rules: dict[str, float] = field(default_factory=dict)
    """Seconds of each rule."""


@dataclass(slots=True)
class Profile:
    """What is known of a build when it is over."""

    seconds_read: float = 0.0
    """That the build waited for documents, from the cache or from whoever reads them."""
    n_documents: int = 0
    """That were read; those of the cache are counted by the build."""
    n_bytes: int = 0
    """Of those that were read."""
    rules: dict[str, float] = field(default_factory=dict)
    """Seconds of each rule, over all documents that were read."""
    checks: dict[str, float] = field(default_factory=dict)
    """Seconds of each check, its code and its name."""
    memory: dict[str, int] = field(default_factory=dict)
    """The most bytes that were held until each step was over, where the system tells it."""
    beside: dict[str, float] = field(default_factory=dict)
    """Seconds of steps that a process of its own did, for which the build waited less or not at all."""
    _slowest: list[tuple[float, str, int]] = field(default_factory=list)

    def add(self, spent: Spent) -> None:
        """Count a document that was read.

        >>> profile = Profile()
        >>> for name, took in (("a.txt", 0.5), ("b.txt", 2.0)):
        ...     profile.add(Spent(name, 100, took, {"birth": took / 2}))
        >>> profile.slowest, profile.rules["birth"], profile.n_bytes
        ([('b.txt', 2.0, 100), ('a.txt', 0.5, 100)], 1.25, 200)
        """
        self.n_documents += 1
        self.n_bytes += spent.n_bytes
        for rule, seconds in spent.rules.items():
            self.rules[rule] = self.rules.get(rule, 0.0) + seconds
        one = (spent.seconds, spent.source, spent.n_bytes)
        if len(self._slowest) < _KEPT:
            heapq.heappush(self._slowest, one)
        else:
            heapq.heappushpop(self._slowest, one)

    def reach(self, step: str) -> None:
        """Note that a step is over."""
        if (held := peak_memory()) is not None:
            self.memory[step] = held[0]

    @property
    def slowest(self) -> list[tuple[str, float, int]]:
        """The slowest documents, their seconds and their bytes, the slowest first."""
        return [(name, seconds, n_bytes) for seconds, name, n_bytes in sorted(self._slowest, reverse=True)]

    def watch(self, results: Iterable[_T]) -> Iterator[_T]:
        """Yield what comes, and count how long it was waited for."""
        coming = iter(results)
        while True:
            begin = time.perf_counter()
            try:
                one = next(coming)
            except StopIteration:
                return
            finally:
                self.seconds_read += time.perf_counter() - begin
            yield one
            del one


def timed(rules: Sequence[Callable[..., _T]], seconds: dict[str, float]) -> list[Callable[..., _T]]:
    """Return the rules, each with a clock; its name stays, for claims name the rule that made them.

    >>> spent: dict[str, float] = {}
    >>> [rule(2) for rule in timed([abs], spent)], list(spent)
    ([2], ['abs'])
    """

    def with_clock(rule: Callable[..., _T]) -> Callable[..., _T]:
        @wraps(rule)
        def run(*arguments: Any) -> _T:
            begin = time.perf_counter()
            try:
                return rule(*arguments)
            finally:
                name = rule.__name__
                seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - begin

        return run

    return [with_clock(rule) for rule in rules]


def peak_memory() -> tuple[int, int] | None:
    """Return the most bytes that this process had in memory, and the largest of those that it started; None where it is not told."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2) of both
    own, others = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own * unit, others * unit
