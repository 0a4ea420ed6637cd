"""Dates as sources give them: what a person types, or EDTF level 1, becomes bounds and a precision.

Knows nothing of fields, codebooks or events. The canonical form of every date is its EDTF string.
"""

from functools import lru_cache

from coding.dates.edtf import (
    MONTHS,
    PRECISIONS,
    SEASONS,
    DateInvalid,
    FuzzyDate,
    precision_of,
    valued,
)
from coding.dates.typed import LONGEST, as_edtf


# Coders of one study give the same dates again and again.
@lru_cache(maxsize=50_000)
def read(text: str) -> FuzzyDate:
    """The date meant by `text`, typed freely or written in EDTF level 1.

    Understood: `14 Mar 1878`, `March 1878`, `1878`, `c. 1878`, `1878?`, `spring 1951`, `1950s`,
    `June to August 1951`, `3-5 June 1951`, `since June 1951`, `before 1951`, `week of 3 June 1951`,
    `Q2 1951`, `early 1951`, `14.03.1951`, and EDTF such as `1951-XX`, `195X`, `1951-06/..`, `2001-21`.
    Raises DateInvalid.
    """
    return valued(as_edtf(text))


__all__ = [
    "LONGEST", "MONTHS", "PRECISIONS", "SEASONS", "DateInvalid", "FuzzyDate", "precision_of", "read",
]  # fmt: skip
