"""That this worker is asked to stop: a flag that it shares with the processes it made, and a way out of a long step.

The work in hand is given back at its next step, or after a grace in the midst of one: the row then waits again at once,
and another worker takes it up. What was killed instead is waited for until its lease ends.
"""

import mmap
import signal
import threading
import time
from types import FrameType

from django.conf import settings

# One byte of memory that processes forked from this one share; anonymous, so it ends with them.
_flag = mmap.mmap(-1, 1)
_LOOK_SECONDS = 0.5


class GivenBack(BaseException):
    """Raised inside the work. Not an Exception, so that no handler of ordinary failures takes it for one."""


class _Hands:
    """Whether the main thread of this process holds a job just now."""

    full = False


def ask() -> None:
    _flag[0] = 1


def is_asked() -> bool:
    return bool(_flag[0])


def forget() -> None:
    """For tests, which stop more than once in one process."""
    _flag[0] = 0


def take_in_hand(full: bool) -> None:
    _Hands.full = full


def listen() -> None:
    """Let SIGALRM break into a step that goes on after the grace. Called once by a process that works on jobs."""
    signal.signal(signal.SIGALRM, _break_in)


def break_in_after_grace() -> None:
    """From the main thread: the job in hand has this long to reach a step or its end."""
    signal.setitimer(signal.ITIMER_REAL, max(0.01, settings.STOP_GRACE_SECONDS))


def calm() -> None:
    """Nothing is to be broken off any more: an alarm that came while Python ends would end it as if killed."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def watch() -> None:
    """For a process whose parent is told to stop and not itself: look at the flag from a thread of its own."""

    def look() -> None:
        while not is_asked():
            time.sleep(_LOOK_SECONDS)
        time.sleep(settings.STOP_GRACE_SECONDS)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGALRM)

    threading.Thread(target=look, daemon=True, name="stopping").start()


def _break_in(_number: int, _frame: FrameType | None) -> None:
    if _Hands.full:
        _Hands.full = False
        raise GivenBack
