"""Speed of alignment: against the reference prototype in the same run, and as the corpus grows.

Run with `python -m tests.benchmarks.agreement_alignment`. The prototype stands in the shared folder
(beside the repository or at CONCORD_SHARED); without it only the growth is printed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reconciliation.agreement.alignment import align, align_table
from reconciliation.agreement.event_distance import encode
from reconciliation.agreement.units import AlignmentRule, CodedEvent
from tests.benchmarks.measuring import Row, memory, tell

ROOT = Path(__file__).resolve().parents[2]
PROTOTYPE = Path(os.environ.get("CONCORD_SHARED", ROOT.parent / "shared")) / "prototypes/agreement"
RULE = AlignmentRule(tau=30.0)


def best_of(task: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        task()
        taken.append(time.perf_counter() - begin)
    return min(taken)


def coded(columns: Any) -> list[CodedEvent]:
    """The prototype's columns as coded events."""
    names = ("doc", "coder", "type", "patron", "protege", "lo", "hi", "s", "e")
    rows = zip(*(columns[name].tolist() for name in names), strict=True)
    return [
        CodedEvent(
            key=f"e{n:07d}",
            document=f"d{document:07d}",
            coder=f"c{coder}",
            type=f"t{kind:02d}",
            providers=frozenset([patron]),
            recipients=frozenset([protege]),
            start=(int(low), int(high)),
            spans=((int(start) + 100, int(end) + 100),),
        )
        for n, (document, coder, kind, patron, protege, low, high, start, end) in enumerate(rows)
    ]


def against_the_prototype(prototype: Any) -> None:
    for name, ambiguous in (("clear", 0.0), ("ambiguous", 0.3)):
        columns = prototype.synth(10_000, 3, 5, 0, hard=ambiguous)
        events = coded(columns)
        table = encode(events)
        theirs = best_of(lambda c=columns: prototype.align_dp(c))
        ours = best_of(lambda t=table: align_table(t, RULE))
        with_encoding = best_of(lambda e=events: align(e, RULE).groups, 3)
        found = align_table(table, RULE)
        tell(Row(
            f"alignment, {name}", f"{len(events):,} events", ours,
            measured=f"{with_encoding:.3f} s with encoding objects and naming groups; gap {found.gap}",
            yardstick=f"prototype {theirs:.3f} s", ratio=theirs / ours, wanted="as fast", stands=theirs / ours >= 1,
        ))  # fmt: skip


def growth(prototype: Any) -> None:
    costs = []
    sizes = (720, 7_200, 72_000)
    for documents in sizes:
        table = encode(coded(prototype.synth(documents, 3, 5, 0, hard=0.3)))
        taken = best_of(lambda t=table: align_table(t, RULE), 1)
        n = len(table.keys)
        costs.append(taken / n)
        tell(Row("alignment", f"{n:,} events", taken, measured=f"{costs[-1] * 1e6:.2f} microseconds an event", memory=memory()))  # fmt: skip
    tell(Row("alignment: growth", "x1, x10, x100", measured=", ".join(f"x{cost / costs[0]:.2f}" for cost in costs) + " an event",
             wanted="flat: at most x2", stands=costs[-1] <= 2 * costs[0]))  # fmt: skip


if __name__ == "__main__":
    if not (PROTOTYPE / "align2.py").exists():
        sys.exit(f"no prototype at {PROTOTYPE}; nothing to compare with")
    sys.path.insert(0, str(PROTOTYPE))
    import align2

    against_the_prototype(align2)
    growth(align2)
