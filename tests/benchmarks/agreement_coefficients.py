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
from tests.benchmarks.measuring import Row, tell


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
            tell(Row(
                f"alpha, {level}, {values} values", "100,000 x 4", measured=f"{ours * 1e3:.1f} ms",
                yardstick=f"krippendorff {theirs * 1e3:.1f} ms", ratio=theirs / ours, wanted=f"{wanted} times as fast",
                stands=theirs / ours >= wanted,
            ))  # fmt: skip


def bootstraps() -> None:
    for level, missing in (("nominal", 0.0), ("nominal", 0.2), ("ordinal", 0.2), ("interval", 0.2)):
        units = Units.of_codes(coded(1_000_000, 5, 5, missing))
        taken = best_of(
            lambda u=units, k=level: measure(u, "krippendorff_alpha", k, interval="unit"), 3
        )
        tell(Row(f"unit bootstrap, alpha {level}, missing {missing:.0%}", "1 M units x 5", taken, wanted="0.5 s", stands=taken <= 0.5))  # fmt: skip
    for level in ("nominal", "ordinal", "interval"):
        clusters = np.repeat(np.arange(20_000), 5)
        units = Units.of_codes(coded(100_000, 3, 5, 0.1), clusters=clusters)
        taken = best_of(lambda u=units, k=level: measure(u, "krippendorff_alpha", k), 3)
        tell(Row(f"cluster bootstrap, alpha {level}", "20,000 documents x 5 units", taken, wanted="1 s", stands=taken <= 1.0))  # fmt: skip


def memory() -> None:
    most: dict[str | None, list[float]] = {}
    for n in (4_000, 40_000, 400_000):
        units = Units.of_codes(coded(n, 5, 30, 0.1), clusters=np.arange(n) // 5)
        for interval in (None, "unit", "cluster"):
            tracemalloc.start()
            measure(units, "krippendorff_alpha", "nominal", interval=interval, replicates=200)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            most.setdefault(interval, []).append(peak / n)
    for interval, found in most.items():
        told = ", ".join(f"{one:,.0f}" for one in found)
        tell(Row(f"memory of alpha, interval {interval or 'none'}", "4,000, 40,000, 400,000 units", measured=f"{told} bytes a unit at the peak",
                 wanted="not rising", stands=found[-1] <= 1.1 * found[0]))  # fmt: skip


if __name__ == "__main__":
    alpha_against_krippendorff()
    bootstraps()
    memory()
