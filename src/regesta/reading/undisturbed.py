"""Reading without the collector of cyclic garbage, which would look again and again at blocks that are all still needed.

Half of the time in which a large table is read went there. Reading makes no cycles worth collecting, and the collector is
back as soon as the document is there. Who had turned it off before finds it off.
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
