"""Work on long arrays by as many threads as there are processors: numpy lets the others work while it does.

    abreast(work, parts)     what `work` gives for each part, in their order
    aside(work)              what waits for `work`, which another thread does meanwhile
    ordering(codes)          which of many integers comes first, next, ...: the lower half sorted by one thread, the upper by another

What comes back is what one thread would give: a part is the same however many threads there are, and no two of them write to one place.
Where there is one processor or one part no thread is begun. Of two works of Python's own one waits for the other: `aside` is for one
of them beside one of numpy's, and a process (`apart`) for what is long.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["abreast", "aside", "firsts", "ordering", "processors"]

_Part = TypeVar("_Part")
_Found = TypeVar("_Found")
_MOST: Final = 4
"""Threads: more wait for the interpreter more than they work."""
_TURN: Final = 0.0005
"""Seconds after which work of Python's own lets the others have a turn: numpy asks for one before each of its steps, which are shorter."""
_LONG: Final = 1 << 18
"""Integers that are worth a second thread."""
_LOOKED_AT: Final = 1 << 10
"""Integers that are looked at to find about the middle one."""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def abreast(work: Callable[[_Part], _Found], parts: Sequence[_Part]) -> list[_Found]:
    """Return what `work` gives for each part, in the order of the parts; `work` writes to no place that another part's does.

    >>> abreast(len, ["one", "three"])
    [3, 5]
    """
    n_threads = min(processors(), len(parts), _MOST)
    if n_threads < 2:
        return [work(part) for part in parts]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(n_threads) as threads:
        return list(threads.map(work, parts))


def aside(work: Callable[[], _Found], *, at_once: bool = False) -> Callable[[], _Found]:
    """Begin some work that others need not wait for; return what waits for its end. Where no processor is free it is done at once.

    >>> aside(lambda: "done")()
    'done'
    """
    if at_once or processors() < 2:
        found = work()
        return lambda: found
    from concurrent.futures import ThreadPoolExecutor

    def work_with_others() -> _Found:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        try:
            return work()
        finally:
            sys.setswitchinterval(usual)

    threads = ThreadPoolExecutor(1)
    begun = threads.submit(work_with_others)
    threads.shutdown(wait=False)
    return begun.result


def ordering(codes: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return the places of integers in their order; of equals, those that stand behind may come first.

    >>> import numpy as np
    >>> ordering(np.array([30, 10, 20])).tolist()
    [1, 2, 0]
    """
    import numpy as np

    if len(codes) < _LONG or processors() < 2:
        return np.argsort(codes)
    sample = np.sort(codes[:: len(codes) // _LOOKED_AT + 1])
    is_low = codes < sample[len(sample) // 2]

    def sorted_half(half: NDArray[np.bool_]) -> NDArray[np.intp]:
        places = np.flatnonzero(half)
        return places[np.argsort(codes[places])]

    return np.concatenate(abreast(sorted_half, (is_low, ~is_low)))


def firsts(codes: NDArray[Any]) -> NDArray[np.bool_]:
    """Return where each number stands for the first time, equal ones standing together.

    >>> import numpy as np
    >>> firsts(np.array([3, 3, 7])).tolist()
    [True, False, True]
    """
    import numpy as np

    found = np.ones(len(codes), bool)
    np.not_equal(codes[1:], codes[:-1], out=found[1:])
    return found
