"""Work without the collector of cyclic garbage, which would look again and again at what is all still needed.

Half of the time in which a large table is read went there. It is for work that makes no cycles worth collecting and is
bounded: one document, one window of it. Who had turned the collector off before finds it off.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["undisturbed"]


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep the collector of cyclic garbage off within the block.

    >>> with undisturbed():
    ...     print(gc.isenabled())
    False
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
