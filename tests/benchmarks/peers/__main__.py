"""The same jobs through Concord and through other tools, one table of figures and ratios.

    python -m tests.benchmarks.peers [label-studio] [doccano] [potato] [--documents 1000 10000] [--coders 20] [--seconds 10]
                                     [--folder FOLDER] [--table FILE]

Without a name only Concord and the bare views are measured. Every peer is installed from PyPI into an environment of its own
below the folder (kept for the next run where one is named), started on SQLite as its own command starts it, and asked the same.
Times are by the wall, each tool alone on the machine at its turn; sizes of everything can be made smaller.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks import measuring, summary
from tests.benchmarks.peers import jobs, promises
from tests.benchmarks.peers.asking import Refused
from tests.benchmarks.peers.concord import Processes, own_half
from tests.benchmarks.peers.doccano import Doccano
from tests.benchmarks.peers.jobs import Sizes, Told
from tests.benchmarks.peers.label_studio import LabelStudio
from tests.benchmarks.peers.potato import Potato

PEERS = {"label-studio": LabelStudio, "doccano": Doccano, "potato": Potato}


def peer(name: str, sizes: Sizes, folder: Path) -> Told:
    tool = PEERS[name](sizes.coders, folder)
    try:
        tool.program.ensure()
    except Refused as why:
        return Told(tool.name, words={"set-up": str(why)})
    told = jobs.run(tool, sizes)
    told.tool = f"{tool.name} {tool.program.version()}"
    return told


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", choices=[[], *PEERS], help="the peers, besides Concord")
    parser.add_argument("--documents", type=int, nargs="+", default=list(Sizes.imports))
    parser.add_argument("--coders", type=int, default=Sizes.coders)
    parser.add_argument("--seconds", type=float, default=Sizes.seconds, help="how long all code")
    parser.add_argument("--coded", type=int, default=Sizes.coded, help="coded documents exported")
    parser.add_argument("--units", type=int, default=Sizes.measured, help="documents of agreement")
    parser.add_argument("--folder", type=Path, help="where environments of peers are kept")
    parser.add_argument("--table", type=Path, help="write the table into this file, too")
    parser.add_argument("--summary", type=Path, help="put it into this page of the documentation")
    said = parser.parse_args(arguments)
    sizes = Sizes(tuple(said.documents), said.coders, said.seconds, said.coded, said.units)
    with ExitStack() as held:
        folder = said.folder or Path(
            held.enter_context(tempfile.TemporaryDirectory(prefix="concord-peers-"))
        )
        concord, bare = own_half(sizes, Processes())
        others = [peer(name, sizes, folder) for name in said.names]
    told = f"{promises.table(concord, bare, others)}\n\n{machine()}\n"
    print(f"\n{told}")
    if said.table:
        said.table.write_text(told, "utf-8")
    if said.summary:
        summary.put(said.summary, summary.PEERS, told)
    return 0 if measuring.tell(*promises.rows(concord, bare)) else 1


def machine() -> str:
    from tests.benchmarks.__main__ import machine as here

    return here()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
