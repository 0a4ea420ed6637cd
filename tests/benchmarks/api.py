"""The jobs of coding through the API, from the import to the export, beside bare Django views that the same processes serve.

    python -m tests.benchmarks.api [DOCUMENTS...]

Concord's half of tests/benchmarks/peers, which asks other tools the same.
"""

from __future__ import annotations

import sys

from tests.benchmarks.measuring import tell
from tests.benchmarks.peers import promises
from tests.benchmarks.peers.concord import Processes, own_half
from tests.benchmarks.peers.jobs import Sizes


def main(arguments: list[str]) -> int:
    sizes = Sizes(imports=tuple(map(int, arguments)) or Sizes.imports)
    return 0 if tell(*promises.rows(*own_half(sizes, Processes()))) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
