"""Reads reference vectors: the shared folder when it stands beside the repository, data in its kinds."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from reconciliation.agreement.unitizing import Continuum
from reconciliation.agreement.units import Units, Value

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("CONCORD_SHARED", ROOT.parent / "shared")) / "reference/reliability"


def shared() -> list[dict[str, Any]]:
    """All shared vectors, none when the folder is not there."""
    return [v for f in sorted(FOLDER.glob("*.json")) for v in json.loads(f.read_text())["vectors"]]


def units_of(data: dict[str, Any]) -> Units:
    return {"matrix": _matrix, "confusion": _confusion, "counts": _counts}[data["kind"]](data)


def of_rows(rows: list[list[Value | None]]) -> Units:
    """Coders down, units across, None for missing: the way the papers print it."""
    return Units.of_records(
        [
            (unit, unit, f"C{coder}", value)
            for coder, row in enumerate(rows)
            for unit, value in enumerate(row)
            if value is not None
        ],
        coders=[f"C{coder}" for coder in range(len(rows))],
    )


def of_table(table: list[list[float]]) -> Units:
    """A contingency table: coder A in the rows, coder B in the columns."""
    cells = [
        (i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(int(n))
    ]
    records = [(u, u, "A", i) for u, (i, _) in enumerate(cells)]
    records += [(u, u, "B", j) for u, (_, j) in enumerate(cells)]
    return Units.of_records(records, categories=range(len(table)))


def continuum_of(data: dict[str, Any]) -> Continuum:
    marked = {f"C{k}": [tuple(span) for span in own] for k, own in enumerate(data["coders"])}
    return Continuum("d", data["length"], marked, data["begin"])


def _matrix(data: dict[str, Any]) -> Units:
    return of_rows(data["values"])


def _confusion(data: dict[str, Any]) -> Units:
    return of_table(data["table"])


def _counts(data: dict[str, Any]) -> Units:
    records = []
    for unit, row in enumerate(data["counts"]):
        values = [code for code, n in enumerate(row) for _ in range(n)]
        records += [(unit, unit, f"C{k}", value) for k, value in enumerate(values)]
    return Units.of_records(records, categories=range(len(data["counts"][0])))
