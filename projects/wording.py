"""Numbers with their nouns, as pages, jobs and commands tell them. PURE."""


def counted(n: int, thing: str) -> str:
    """`1 event`, `2 events`, `2 near misses`."""
    return f"{n} {thing}" if n == 1 else f"{n} {thing}{'es' if thing.endswith('s') else 's'}"
