"""Speed and memory of coefficients and bootstraps, as ratios to named yardsticks.

Run with `python -m tests.benchmarks.agreement_coefficients`. Yardsticks are measured in the same
run: the `krippendorff` package for alpha (skipped with a word when it is not installed), and the
time limits of the requirements for the bootstraps.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from reconciliation.agreement.coefficients import measure
from reconciliation.agreement.units import IntArray, Units


def best_of(task: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        task()
        taken.append(time.perf_counter() - begin)
    return min(taken)


def coded(n: int, coders: int, values: int, missing: float, seed: int = 0) -> IntArray:
    draw = np.random.default_rng(seed)
    truth = draw.integers(0, values, n)[:, None]
    noise = draw.integers(0, values, (n, coders))
    codes = np.where(draw.random((n, coders)) < 0.7, truth, noise)
    codes[draw.random((n, coders)) < missing] = -1
    return codes


def alpha_against_krippendorff() -> None:
    try:
        import krippendorff
    except ImportError:
        print("alpha: the package krippendorff is not installed, no ratio")
        return
    for values, wanted in ((5, 10), (30, 300)):
        for level in ("nominal", "ordinal", "interval"):
            codes = coded(100_000, 4, values, 0.1)
            table = np.where(codes < 0, np.nan, codes.astype(float)).T
            theirs = best_of(
                lambda t=table, k=level: krippendorff.alpha(t, level_of_measurement=k), 2
            )
            ours = best_of(
                lambda c=codes, k=level: measure(
                    Units.of_codes(c), "krippendorff_alpha", k, interval=None
                )
            )
            print(
                f"alpha {level:8} 100,000 x 4, {values:2} values: {ours * 1e3:7.1f} ms, krippendorff "
                f"{theirs * 1e3:9.1f} ms, ratio {theirs / ours:7.1f} (wanted {wanted})"
            )


def bootstraps() -> None:
    for level, missing in (("nominal", 0.0), ("nominal", 0.2), ("ordinal", 0.2), ("interval", 0.2)):
        units = Units.of_codes(coded(1_000_000, 5, 5, missing))
        taken = best_of(
            lambda u=units, k=level: measure(u, "krippendorff_alpha", k, interval="unit"), 3
        )
        print(
            f"unit bootstrap, alpha {level:8}, 1 M units x 5, missing {missing:.0%}: {taken:.3f} s "
            f"(limit 0.5), {taken / 0.5:.2f} of the limit"
        )
    for level in ("nominal", "ordinal", "interval"):
        clusters = np.repeat(np.arange(20_000), 5)
        units = Units.of_codes(coded(100_000, 3, 5, 0.1), clusters=clusters)
        taken = best_of(lambda u=units, k=level: measure(u, "krippendorff_alpha", k), 3)
        print(
            f"cluster bootstrap, alpha {level:8}, 20,000 documents x 5 units: {taken:.3f} s "
            f"(limit 1.0), {taken:.2f} of the limit"
        )


def memory() -> None:
    for n in (100_000, 200_000, 400_000):
        units = Units.of_codes(coded(n, 5, 30, 0.1), clusters=np.arange(n) // 5)
        for interval in (None, "unit", "cluster"):
            tracemalloc.start()
            measure(units, "krippendorff_alpha", "nominal", interval=interval, replicates=200)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            print(
                f"memory, {n:7,} units, interval {interval}: {peak / n:6.0f} bytes a unit at the peak"
            )


if __name__ == "__main__":
    alpha_against_krippendorff()
    bootstraps()
    memory()
