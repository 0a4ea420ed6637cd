"""What the benchmarks printed, put into a page of the documentation between two marks; the words around it are a person's."""

from pathlib import Path

BENCHMARKS, PEERS = "benchmarks", "peers"


def put(page: Path, name: str, told: str) -> None:
    """Replace what stands between the marks of this name; a page without them gets them at its end."""
    begin, end = f"<!-- {name}: written by the command -->", f"<!-- {name}: end -->"
    known = page.read_text("utf-8") if page.exists() else ""
    before, found, rest = known.partition(begin)
    after = rest.partition(end)[2] if found else ""
    if not found and before and not before.endswith("\n\n"):
        before = before.rstrip("\n") + "\n\n"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f"{before}{begin}\n\n{told.strip()}\n\n{end}{after or chr(10)}", "utf-8")
