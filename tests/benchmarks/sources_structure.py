"""What is found in treaties, held against what a person marked in them: sections, day of signing, parties.

Run with `python -m tests.benchmarks.sources_structure`; the treaties are those of the shared corpus (CONCORD_SHARED or
../shared). Prints precision and recall of each kind, and every document in which something was missed or wrong.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sources import reading, structure
from tests.benchmarks.measuring import Row, tell
from tests.sources import treaty_marks
from tests.sources.treaty_marks import Held


@dataclass(frozen=True)
class Score:
    total: dict[str, Held]
    faults: list[str]
    documents: int


def score(corpus: Path) -> Score:
    """Sums over all marked documents; a fault is a line that names the document and what is not as marked."""
    total: dict[str, Held] = {}
    faults: list[str] = []
    names = sorted(treaty_marks.MARKS.keys() | treaty_marks.SIGNED.keys())
    for name in names:
        for kind, held in _held(corpus / name, name):
            total[kind] = total.get(kind, Held()) + held
            if not held.right == held.found == held.marked:
                faults.append(f"{name}: {kind}: {held}")
    return Score(total, faults, len(names))


def _held(path: Path, name: str) -> Iterator[tuple[str, Held]]:
    body = reading.read(path.read_bytes(), path.name).body
    sections = structure.sections(body)
    if name in treaty_marks.MARKS:
        yield from treaty_marks.held(body, sections, treaty_marks.MARKS[name]).items()
    if name in treaty_marks.SIGNED:
        signing = structure.signing(body, sections)
        yield from treaty_marks.held_signing(signing, treaty_marks.SIGNED[name]).items()


def main() -> int:
    from tests.sources.samples import CORPUS

    if not CORPUS.is_dir():
        print("The shared corpus is not here; set CONCORD_SHARED.", file=sys.stderr)
        return 1
    found = score(CORPUS)
    for kind, held in found.total.items():
        tell(Row(f"found in treaties: {kind}", f"{found.documents} documents", measured=str(held)))
    print("\n".join(found.faults))
    return 0


if __name__ == "__main__":
    sys.exit(main())
