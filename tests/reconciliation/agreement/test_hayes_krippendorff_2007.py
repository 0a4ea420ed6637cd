"""Hayes & Krippendorff 2007, Communication Methods and Measures 1, 77-89: forty units, five observers,
three or four of whom coded each unit."""

from __future__ import annotations

import pytest

from reconciliation.agreement.coefficients import measure

from .vectors import of_rows

# One word per unit, one sign per observer, a dot where the observer did not code.
UNITS = """
112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111.
.100. 0000. 1222. 33223 111.1 111.1 212.2 1233. 1101. 000.0
0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2
110.0 2121. 22.22 3222. 222.2 223.2 222.2 22.12 2222. 111.1
"""


@pytest.mark.parametrize(("level", "expected"), [("ordinal", 0.7598), ("nominal", 0.4765)])
def test_alpha_of_the_paper(level: str, expected: float) -> None:
    words = UNITS.split()
    rows = [[None if w[k] == "." else int(w[k]) for w in words] for k in range(5)]

    figure = measure(of_rows(rows), "krippendorff_alpha", level, interval=None)

    assert figure.value == pytest.approx(expected, abs=5e-5)
    assert (figure.n_units, figure.n_coders) == (40, 5)
