"""The reader as its own process: a file on standard input, its reading as JSON on standard output.

Started by `isolated`, with the file's name as the only argument. Imports no Django and, until the kind of the file
is known, none of the readers' libraries.
"""

import gc
import os
import sys

from . import limits


def main() -> int:
    limits.set_own()
    gc.set_threshold(*limits.COLLECTING)
    from . import read, serial
    from .values import Unreadable

    name = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        answer = serial.dump(read(sys.stdin.buffer.read(), name, announce=_announce))
    except Unreadable as refusal:
        answer = serial.dump_refusal(refusal)
    except MemoryError:
        return limits.NO_MEMORY
    except RecursionError:
        return limits.TOO_DEEP
    sys.stdout.write(answer)
    sys.stdout.flush()
    return 0


def _announce(page: int) -> None:
    """Say which page is next, and give this process the processor time that goes with it."""
    limits.allow_page(page)
    os.write(limits.PROGRESS, b"%d\n" % page)


if __name__ == "__main__":
    code = main()
    # Libraries hold large trees of objects; taking them apart costs time and has nothing left to give.
    os._exit(code)
