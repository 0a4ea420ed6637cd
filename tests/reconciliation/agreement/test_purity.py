"""The heart stands alone: numpy and scipy, no Django."""

from __future__ import annotations

import subprocess
import sys

from .vectors import ROOT


def test_the_heart_is_importable_without_django() -> None:
    modules = sorted(p.stem for p in (ROOT / "reconciliation/agreement").glob("[a-z]*.py"))
    code = (
        f"import sys, importlib\nfor name in {modules}:\n"
        "    importlib.import_module(f'reconciliation.agreement.{name}')\n"
        "outside = {'django', 'pandas', 'krippendorff', 'sklearn', 'statsmodels', 'nltk'}\n"
        "print(sorted(outside & {name.split('.')[0] for name in sys.modules}))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "[]"
