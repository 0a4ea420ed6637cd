"""Every shared reference vector: 1e-8 where a full value is agreed on, else its printed precision."""

from __future__ import annotations

from typing import Any

import pytest

from reconciliation.agreement import distance
from reconciliation.agreement.coefficients import COEFFICIENTS, measure
from reconciliation.agreement.unitizing import unitizing
from reconciliation.agreement.unitizing_older import alpha_u

from .vectors import FOLDER, continuum_of, shared, units_of

VECTORS = shared()

# irrCAC's function for distributions writes (1 - alpha) where its functions for raw ratings and for
# tables write 2 (1 - alpha) in front of the chance term. The latter is the derivative of
# sum pi_k^2; we follow it everywhere, so this one standard error differs (0.08119 for 0.08243).
OTHER_ERROR = {"distrib6raters_krippendorff_alpha": 0.0811929}


def test_the_shared_vectors_are_there() -> None:
    if not FOLDER.exists():
        pytest.skip(f"no reference vectors at {FOLDER}")
    assert len(VECTORS) >= 97


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["name"])
def test_shared_vector(vector: dict[str, Any]) -> None:
    value, error = computed(vector)

    if vector.get("undefined"):
        assert value is None
        return
    if "expected_full" in vector:
        assert value == pytest.approx(vector["expected_full"], abs=1e-8)
    assert value == pytest.approx(vector["expected"], abs=vector["tolerance"])
    if "expected_se" in vector:
        expected = OTHER_ERROR.get(vector["name"], vector["expected_se"])
        assert error == pytest.approx(expected, abs=6e-6)


def computed(vector: dict[str, Any]) -> tuple[float | None, float | None]:
    name, data, level = vector["coefficient"], vector["data"], vector["level"]
    if data["kind"] == "set_pair":
        pair = frozenset(data["a"]), frozenset(data["b"])
        return {"masi_distance": distance.masi, "jaccard_distance": distance.jaccard}[name](
            *pair
        ), None
    if name.startswith("alpha_U"):
        category = name[len("alpha_U_2004[") : -1] if "[" in name else None
        return alpha_u(continuum_of(data), category).value, None
    if data["kind"] == "spans":
        family = unitizing([continuum_of(data)])
        figures = {
            f.coefficient: f for f in (family.u, family.bar_u, family.cu, *family.ku.values())
        }
        coverage = {f"ku_alpha[{label}]": share for label, share in family.ku_coverage.items()}
        coverage["cu_alpha"] = family.cu_coverage
        ours = name.replace("_2016", "")
        if "coverage" in data:
            assert coverage[ours] == pytest.approx(data["coverage"], abs=1e-12)
        return figures[ours].value, None
    assert name in COEFFICIENTS
    figure = measure(
        units_of(data), name, level, interval="gwet" if "expected_se" in vector else None
    )
    if "expected_ci95" in vector:
        assert (figure.low, figure.high) == pytest.approx(vector["expected_ci95"], abs=5e-4)
    return figure.value, figure.standard_error
