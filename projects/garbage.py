"""Looking for garbage more seldom while long work makes many objects that all live on.

Python's collector goes through what lives again and again; a run over 9,000 codings spends 15 % of its time on it.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (200_000, 50, 100)


@contextmanager
def seldom() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
