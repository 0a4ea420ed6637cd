"""How much to code: units for a wanted alpha and rarest category, documents still missing.

Formulas in, whole numbers out; which round has how many documents is the caller's to know.
"""

from __future__ import annotations

from math import ceil

from scipy.special import ndtri


def units_needed(
    alpha: float,
    rarest: float,
    *,
    coders: int = 2,
    significance: float = 0.05,
    power: float = 0.5,
) -> int:
    """Units so that data below `alpha` are told from data above at this significance.

    N = m z^2 [(1 + a)(3 - a) / (4 p (1 - p)(1 - a)) - a], p the share of the rarest category
    (Krippendorff 2019, Content Analysis, 4th ed., ch. 12, after Bloch & Kraemer 1989, Biometrics 45,
    269-287, eq. 3.7 on p. 276; m coders).
    z is one-sided; `power` above one half adds its own quantile to it.
    """
    if not 0 <= alpha < 1:
        raise ValueError("the wanted alpha must be at least 0 and below 1")
    if not 0 < rarest <= 0.5:
        raise ValueError("the share of the rarest category must be above 0 and at most one half")
    if coders < 2:
        raise ValueError("agreement needs two coders or more")
    if not 0 < significance < 0.5 or not 0.5 <= power < 1:
        raise ValueError("significance must lie in (0, 0.5) and power in [0.5, 1)")
    z = float(ndtri(1 - significance) + ndtri(power))
    spread = (1 + alpha) * (3 - alpha) / (4 * rarest * (1 - rarest) * (1 - alpha)) - alpha
    return ceil(coders * z**2 * spread - 1e-9)


def documents_missing(needed: int, units: int, documents: int) -> int | None:
    """Further documents to code twice, at the units a document has yielded so far.

    0 when there are enough already; None when nothing was yielded to go by.
    """
    if needed <= units:
        return 0
    if units == 0 or documents == 0:
        return None
    return ceil((needed - units) * documents / units - 1e-9)


def documents_for_width(width: float, low: float, high: float, documents: int) -> int:
    """Documents, in all, for an interval of this width: widths shrink with the root of the number."""
    if width <= 0 or high < low or documents < 1:
        raise ValueError("width must be above zero and the interval in order")
    return ceil(documents * ((high - low) / width) ** 2 - 1e-9)
