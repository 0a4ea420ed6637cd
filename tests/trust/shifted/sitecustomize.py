"""A clock that a programme may set while the process runs: Python loads this first where the folder is on PYTHONPATH.

CONCORD_TRUST_CLOCK names a file that holds the seconds to add. What measures durations (monotonic time) is left as it is, as
it is when an operating system's clock is set.
"""

import datetime
import os
import time

_FILE = os.environ.get("CONCORD_TRUST_CLOCK", "")
_time, _date, _datetime = time.time, datetime.date, datetime.datetime


def _shifted() -> float:
    try:
        with open(_FILE) as file:
            return _time() + float(file.read() or 0)
    except (OSError, ValueError):
        return _time()


class _LikeIts(type):
    """Instances are those of the real class, so that nothing outside can tell the difference."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, cls.__mro__[1])

    def __subclasscheck__(cls, one: type) -> bool:
        return issubclass(one, cls.__mro__[1])


class ShiftedDate(_date, metaclass=_LikeIts):
    def __new__(cls, *given, **named):
        return _date(*given, **named)

    @classmethod
    def today(cls):
        return _date.fromtimestamp(_shifted())


class ShiftedDatetime(_datetime, metaclass=_LikeIts):
    def __new__(cls, *given, **named):
        return _datetime(*given, **named)

    @classmethod
    def now(cls, tz=None):
        return _datetime.fromtimestamp(_shifted(), tz)

    @classmethod
    def today(cls):
        return _datetime.fromtimestamp(_shifted())

    @classmethod
    def utcnow(cls):
        return _datetime.fromtimestamp(_shifted(), datetime.UTC).replace(tzinfo=None)


if _FILE:
    time.time = _shifted
    time.time_ns = lambda: int(_shifted() * 1_000_000_000)
    datetime.date, datetime.datetime = ShiftedDate, ShiftedDatetime
