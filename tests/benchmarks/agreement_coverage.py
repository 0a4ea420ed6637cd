"""How often each interval holds the true alpha when events are nested in documents.

Run with `python -m tests.benchmarks.agreement_coverage [studies]`. Documents differ in difficulty
and in what they are mostly about, so the events of one document hang together. The truth is alpha
over a very large sample of the same kind. Wanted: the document bootstrap between .92 and .97.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from reconciliation.agreement.coefficients import INTERVALS, measure
from reconciliation.agreement.units import IntArray, Units
from tests.benchmarks.measuring import Row, tell

PER_DOCUMENT = 5


def study(draw: np.random.Generator, documents: int, coders: int, shares: IntArray) -> Units:
    """Five events a document; its theme and its difficulty are shared by them."""
    values = len(shares)
    clusters = np.repeat(np.arange(documents), PER_DOCUMENT)
    n = len(clusters)
    theme = draw.choice(values, documents, p=shares)[clusters]
    truth = np.where(draw.random(n) < 0.5, theme, draw.choice(values, n, p=shares))
    accuracy = draw.beta(3.0, 1.0, documents)[clusters]
    guess = draw.choice(values, (n, coders), p=shares)
    codes = np.where(draw.random((n, coders)) < accuracy[:, None], truth[:, None], guess)
    codes[draw.random((n, coders)) < 0.2] = -1
    return Units.of_codes(codes, values=range(values), clusters=clusters)


def coverage(
    documents: int, shares: IntArray, level: str, studies: int
) -> dict[str, tuple[float, float]]:
    draw = np.random.default_rng(20260101 + documents)
    truth = measure(
        study(draw, 400_000, 3, shares), "krippendorff_alpha", level, interval=None
    ).value
    assert truth is not None
    kinds = [kind for kind in INTERVALS if not (kind == "gwet" and level == "ordinal")]
    held = dict.fromkeys(kinds, 0)
    width = dict.fromkeys(kinds, 0.0)
    for number in range(studies):
        units = study(draw, documents, 3, shares)
        for kind in kinds:
            figure = measure(units, "krippendorff_alpha", level, interval=kind, seed=number)
            if figure.low is not None and figure.high is not None:
                held[kind] += figure.low <= truth <= figure.high
                width[kind] += figure.high - figure.low
    return {kind: (held[kind] / studies, width[kind] / studies) for kind in kinds}


if __name__ == "__main__":
    studies = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    cases = [
        (60, np.array([0.25] * 4), "nominal"),
        (120, np.array([0.25] * 4), "nominal"),
        (120, np.array([0.3, 0.3, 0.2, 0.1, 0.1]), "ordinal"),
        (120, np.array([0.8, 0.2]), "nominal"),
    ]
    for documents, shares, level in cases:
        begin = time.perf_counter()
        found = coverage(documents, shares, level, studies)
        told = ", ".join(
            f"{kind} {held:.3f} (width {width:.3f})" for kind, (held, width) in found.items()
        )
        # Of few studies the share itself is uncertain: three standard errors of it are allowed for.
        slack = 3 * (0.95 * 0.05 / studies) ** 0.5
        held = found["cluster"][0]
        tell(Row(
            f"95 % intervals hold the truth, {level}, {len(shares)} values", f"{documents} documents of {PER_DOCUMENT}, {studies} studies",
            time.perf_counter() - begin, measured=told, wanted="cluster .92 to .97", stands=0.92 - slack <= held <= 0.97 + slack,
        ))  # fmt: skip
