"""Gwet's linearised standard errors (2014, Handbook of Inter-Rater Reliability, 4th ed., ch. 5).

Units are taken as drawn independently; events nested in documents are not, which is why the
document bootstrap is the default. Divisor: two coders without a missing value are a contingency
table, where Gwet divides by n; all other data divide by n - 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit  # scipy.stats holds the same, and a third of a second of loading

from .alpha import pairable
from .gwet import agreement, by_chance
from .patterns import distinct
from .units import FloatArray, IntArray, Units


@dataclass(frozen=True)
class Linearised:
    """Standard error and the number of units it rests on (degrees of freedom plus one)."""

    standard_error: float
    n: int


def confidence_limits(value: float, found: Linearised, confidence: float) -> tuple[float, float]:
    """value -+ t(n - 1) SE, not above 1."""
    reach = float(stdtrit(found.n - 1, (1 + confidence) / 2)) * found.standard_error
    return value - reach, min(1.0, value + reach)


def family(units: Units, chance: str | None, w: FloatArray) -> Linearised:
    """Standard error of a coefficient of `gwet.family`; chance None is percent agreement.

    kappa*_i = kappa_i - 2 (1 - kappa) (p_e|i - p_e) / (1 - p_e),
    kappa_i = (n / n') (p_a|i - p_e [r_i >= 2]) / (1 - p_e), variance sum (kappa*_i - kappa)^2 / n (n-1).
    """
    alike, many = distinct(units, seats_matter=False)
    shares, r = _shares(alike)
    two = r >= 2
    n, n_two = int(many.sum()), int(many[two].sum())
    p_ai = agreement(alike, w)
    p_a = float(many @ p_ai) / n_two
    if chance is None:
        return _error(n / n_two * p_ai - p_a, many, n, _is_table(units))
    pi = many @ shares / n
    p_e = float(by_chance(pi, w, chance))
    kappa = (p_a - p_e) / (1 - p_e)
    kappa_i = n / n_two * (p_ai - p_e * two) / (1 - p_e)
    if chance == "ac":
        q = len(pi)
        p_ei = w.sum() / (q * (q - 1)) * (shares @ (1 - pi))
    elif chance == "fleiss":
        p_ei = shares @ ((w @ pi + w.T @ pi) / 2)
    else:
        p_ei = np.full(len(shares), p_e)
    star = kappa_i - 2 * (1 - kappa) * (p_ei - p_e) / (1 - p_e)
    return _error(star - kappa, many, n, _is_table(units))


def krippendorff(units: Units, w: FloatArray) -> Linearised:
    """Standard error of alpha in Gwet's form (2014, ch. 5), w = 1 - delta^2 / max delta^2 fixed.

    alpha = (p_a - p_e) / (1 - p_e) with p_a = (1 - e) p'_a + e, e = 1 / n.., proportions by values.
    """
    table = _is_table(units)
    alike, many = distinct(units.where(pairable(units)), seats_matter=False)
    shares, r = _shares(alike)
    n = int(many.sum())
    counts = shares * r[:, None]
    r_bar = float(many @ r) / n
    e = 1 / float(many @ r)
    # Sum over ordered pairs of a unit's values, divided by r_bar (r_i - 1).
    p_i = agreement(alike, w) * r / r_bar
    p_prime = float(many @ p_i) / n
    p_a = (1 - e) * p_prime + e
    pi = many @ counts / (n * r_bar)
    p_e = float(pi @ w @ pi)
    alpha_prime = (p_prime - p_e) / (1 - p_e)
    alpha_i = (p_i - p_a * (r - r_bar) / r_bar - p_e) / (1 - p_e)
    p_ei = counts @ ((w @ pi + w.T @ pi) / 2) / r_bar - p_e * (r - r_bar) / r_bar
    star = alpha_i - 2 * (1 - alpha_prime) * (p_ei - p_e) / (1 - p_e)
    return _error(star - alpha_prime, many, n, table)


def cohen(units: Units, w: FloatArray) -> Linearised:
    """Standard error of (weighted) kappa for two coders (Fleiss, Cohen & Everitt 1969,
    Psychological Bulletin 72, 323-327, eq. 13; Gwet 2014, ch. 5)."""
    p, n = _table(units, len(w))
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    p_e = float(rows @ w @ columns)
    return _table_error(p, n, w, p_e, (w @ columns)[:, None] + (w.T @ rows)[None, :])


def scott(units: Units, w: FloatArray) -> Linearised:
    """Standard error of Scott's pi for two coders (Gwet 2014, ch. 5)."""
    p, n = _table(units, len(w))
    pi = (p.sum(axis=1) + p.sum(axis=0)) / 2
    p_e = float(pi @ w @ pi)
    half = (w @ pi + w.T @ pi) / 2
    return _table_error(p, n, w, p_e, half[:, None] + half[None, :])


def _table(units: Units, q: int) -> tuple[FloatArray, int]:
    key = units.codes[:, 0].astype(np.int64) * q + units.codes[:, 1]
    counts = np.bincount(key, minlength=q * q).reshape(q, q)
    return counts / len(key), len(key)


def _table_error(
    p: FloatArray, n: int, w: FloatArray, p_e: float, chance: FloatArray
) -> Linearised:
    """sum p_kl (w_kl - (1 - kappa) chance_kl)^2 - (p_a - 2 (1 - kappa) p_e)^2 over n (1 - p_e)^2."""
    p_a = float((p * w).sum())
    kappa = (p_a - p_e) / (1 - p_e)
    spread = float((p * (w - (1 - kappa) * chance) ** 2).sum())
    variance = (spread - (p_a - 2 * (1 - kappa) * p_e) ** 2) / (n * (1 - p_e) ** 2)
    return Linearised(float(np.sqrt(max(variance, 0.0))), n)


def _shares(alike: Units) -> tuple[FloatArray, IntArray]:
    """r_ik / r_i and r_i of each distinct unit."""
    q = len(alike.values)
    r = alike.per_unit
    counts = np.zeros(alike.n_units * q)
    for s in range(alike.codes.shape[1]):
        here = np.flatnonzero(alike.codes[:, s] >= 0)
        np.add.at(counts, here * q + alike.codes[here, s], 1)
    return counts.reshape(-1, q) / r[:, None], r


def _is_table(units: Units) -> bool:
    """Two coders and no value missing."""
    return len(np.unique(units.coders[units.codes >= 0])) == 2 and bool(pairable(units).all())


def _error(deviation: FloatArray, many: IntArray, n: int, table: bool) -> Linearised:
    variance = float(many @ deviation**2) / (n * (n if table else max(n - 1, 1)))
    return Linearised(float(np.sqrt(variance)), n)
