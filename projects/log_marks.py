"""What the log lines of this moment belong to: the request or the job they were written in.

A mark is an id and never a word of what is being done; who writes the lines out is config/watching/logs.py.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_NONE: Mapping[str, str] = {}
_MARKS: ContextVar[Mapping[str, str]] = ContextVar("log_marks", default=_NONE)


def current() -> Mapping[str, str]:
    return _MARKS.get()


@contextmanager
def marked(**marks: str) -> Iterator[None]:
    """Lines written inside carry these marks beside those that hold already."""
    token = _MARKS.set({**_MARKS.get(), **marks})
    try:
        yield
    finally:
        _MARKS.reset(token)
