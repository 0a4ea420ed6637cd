"""Units that look alike, counted once: what makes resampling units cheap.

Only what the coefficients see is compared; which unit it was is forgotten.
"""

from __future__ import annotations

import numpy as np

from .units import MISSING, IntArray, Units

_BINS = 1 << 22


def distinct(units: Units, *, seats_matter: bool) -> tuple[Units, IntArray]:
    """Distinct rows of values as units (each its own cluster) and how often each occurs.

    With `seats_matter` rows are alike only if the same coders gave the same values; then every
    coder must have a column of his own (`Units.of_codes`). Without, the order within a row is
    nothing.
    """
    base, width = len(units.values) + 1, units.codes.shape[1]
    codes = units.codes
    if not seats_matter and base**width > _BINS:
        codes = np.sort(codes, axis=1)
    rows, many = _rows(codes, base)
    if not seats_matter and base**width <= _BINS:
        rows, position = np.unique(np.sort(rows, axis=1), axis=0, return_inverse=True)
        many = np.bincount(position.reshape(-1), many, len(rows)).astype(np.int64)
    rows = np.asfortranarray(rows.astype(units.codes.dtype))
    seats = np.broadcast_to(np.arange(width, dtype=np.int32), rows.shape)
    numbers = np.arange(len(rows))
    names = units.coder_ids if seats_matter else tuple(str(k) for k in range(width))
    alike = Units(rows, seats, numbers, units.values, names, range(len(rows)), range(len(rows)))
    return alike, many


def are_few(units: Units, most: int = 1 << 16) -> bool:
    """So few rows are possible at all that counting them is cheaper than anything else."""
    return bool((len(units.values) + 1) ** units.codes.shape[1] <= most)


def _rows(codes: IntArray, base: int) -> tuple[IntArray, IntArray]:
    """Distinct rows in a fixed order, and their counts."""
    width = codes.shape[1]
    if len(codes) == 0 or width == 0:
        return codes[:0], np.zeros(0, np.int64)
    if base**width >= 1 << 62:
        rows, many = np.unique(codes, axis=0, return_counts=True)
        return rows, many
    key: IntArray = np.zeros(len(codes), np.int64 if base**width >= 1 << 31 else np.int32)
    for s in range(width):
        key = key * base + codes[:, s] - MISSING
    if base**width <= _BINS:
        bins = np.bincount(key, minlength=1)
        keys = np.flatnonzero(bins)
        many = bins[keys]
    else:
        keys, many = np.unique(key, return_counts=True)
    rows = np.empty((len(keys), width), np.int32)
    rest = keys.astype(np.int64)
    for s in reversed(range(width)):
        rows[:, s] = rest % base + MISSING
        rest //= base
    return rows, many
