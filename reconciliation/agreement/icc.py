"""Intraclass correlation of single values, from the mean squares of a units x coders table.

Missing values: the units that every coder coded. Names after McGraw & Wong 1996, Psychological
Methods 1, 30-46; the two-way cases are Shrout & Fleiss 1979, Psychological Bulletin 86, 420-428.
"""

from __future__ import annotations

import numpy as np

from .bootstrap import Part, Sums, collect
from .metrics import numbers
from .units import FloatArray, Units

FORMS = ("A,1", "C,1", "1")


def sums(units: Units, form: str = "A,1") -> Sums:
    """ICC(A,1): (MSR - MSE) / (MSR + (k - 1) MSE + k (MSC - MSE) / n), two-way, absolute agreement
    (Shrout & Fleiss's 2,1); ICC(C,1): (MSR - MSE) / (MSR + (k - 1) MSE), consistency (3,1);
    ICC(1): (MSR - MSW) / (MSR + (k - 1) MSW), one-way (1,1).

    n units, k coders. Columns: n, sum of squares, sum of squared unit totals, each coder's total.
    """
    if form not in FORMS:
        raise ValueError(f"no intraclass correlation is called {form!r}")
    scores = numbers(units.values, "interval")
    x = scores[units.codes] - scores[units.codes].mean()
    k = x.shape[1]
    parts: list[Part] = [
        (units.clusters, 0, 1.0),
        (units.clusters, 1, (x**2).sum(axis=1)),
        (units.clusters, 2, x.sum(axis=1) ** 2),
        *((units.clusters, 3 + c, x[:, c]) for c in range(k)),
    ]

    def value(total: FloatArray) -> FloatArray:
        n, squares, unit_squares, coders = total[:, 0], total[:, 1], total[:, 2], total[:, 3:]
        more = np.maximum(n - 1, 1)
        size = np.maximum(n, 1)
        whole = coders.sum(axis=1) ** 2 / (size * k)
        ss_rows = unit_squares / k - whole
        ss_columns = (coders**2).sum(axis=1) / size - whole
        ss_within = squares - unit_squares / k
        ms_rows = ss_rows / more
        ms_columns = ss_columns / (k - 1)
        ms_error = (ss_within - ss_columns) / (more * (k - 1))
        ms_within = ss_within / (size * (k - 1))
        if form == "1":
            above, below = ms_rows - ms_within, ms_rows + (k - 1) * ms_within
        else:
            above, below = ms_rows - ms_error, ms_rows + (k - 1) * ms_error
            if form == "A,1":
                below = below + k * (ms_columns - ms_error) / size
        scale = squares / (size * k)
        icc = np.full(len(n), np.nan)
        # A denominator of zero (one value, or components that cancel) leaves nothing to divide.
        np.divide(above, below, out=icc, where=(n > 1) & (below > 1e-12 * scale) & (scale > 0))
        return icc

    return Sums(collect(parts, len(units.cluster_ids), 3 + k), value)
