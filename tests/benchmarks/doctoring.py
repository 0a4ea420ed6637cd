"""How `manage.py doctor` grows with what is kept: seconds of each check and memory of the whole, over two sizes.

Run with `python -m tests.benchmarks.doctoring [SMALL LARGE]` (default 1,000 and 10,000 documents, two coders, two events
each, handed in). Each size has a database of its own under the temporary folder and a process of its own.

Wanted: ten times the documents take at most twelve times as long in every check, and less than 1.5 times the memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

from tests.benchmarks.measuring import Row, memory, tell

SMALL, LARGE = 1_000, 10_000
TRULY = 100  # documents that are coded by the product; more are copies of them
GROWTH, MEMORY = 1.2, 1.5  # per document; of the whole process
SHORT = 0.5  # seconds: what takes less grows with the clock, not with documents


def lay(documents: int) -> None:
    """Documents with two codings of two events each, a stored file beside each of them."""
    from coding import importing
    from tests.benchmarks import street
    from tests.reconciliation.samples import table

    few = min(documents, TRULY)
    made = table(street.codings(few), slug="doctored", labels=("C1", "C2"))
    done = importing.import_codings(
        made.round.project, street.lines(few), by=made.pi.user, in_round=made.round
    )
    assert done.problems == [], done.problems[:3]
    for n in range(1, documents // few):
        _copy(n)


def _copy(n: int) -> None:
    """All that was laid truly, row by row once more: coding takes long, and copies are as good to look at."""
    from coding.models import Assignment, Event, Evidence, Operation, Passage
    from projects import files
    from projects.models import public_id
    from sources.models import Document, Text

    truly = Document.objects.order_by("pk")[:TRULY].values("pk")
    ways = {Document: "pk", Text: "document", Assignment: "document", Event: "assignment__document",
            Passage: "assignment__document", Evidence: "event__assignment__document",
            Operation: "assignment__document"}  # fmt: skip
    moved: dict[tuple[type, int], int] = {}
    for model, way in ways.items():
        rows = list(model.objects.filter(**{f"{way}__in": truly}).order_by("pk"))
        before = [row.pk for row in rows]
        for row in rows:
            row.pk = None
            row._state.adding = True
            for field in model._meta.concrete_fields:
                if field.is_relation:
                    old = getattr(row, field.attname)
                    setattr(row, field.attname, moved.get((field.related_model, old), old))
            if hasattr(row, "public_id"):
                row.public_id = public_id()
            if isinstance(row, Document):
                row.external_id = f"{row.external_id}-{n}"
                row.sha256, row.size = files.put_bytes(row.external_id.encode())
        model.objects.bulk_create(rows, batch_size=1000)
        moved |= {(model, old): row.pk for old, row in zip(before, rows, strict=True)}
    new = {moved[Document, old]: moved[Text, text] for old, text in Document.objects.filter(pk__in=truly).values_list("pk", "current_text")}  # fmt: skip
    Document.objects.bulk_update(
        [Document(pk=pk, current_text_id=text) for pk, text in new.items()], ["current_text"], 500
    )


def look() -> dict[str, float]:
    """Seconds of each check; what it finds is looked at and let go, as the command does."""
    from config import doctor

    told = {}
    for check in doctor.ALL:
        begun = time.perf_counter()
        for _ in check.find(doctor.Scope()):
            pass
        told[check.name] = time.perf_counter() - begun
    return told


def measured(documents: int) -> tuple[dict[str, float], float]:
    """In a process of its own; laying is a child of that, so that its memory does not count."""
    command = [sys.executable, "-m", "tests.benchmarks.doctoring", "--one", str(documents)]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    told = json.loads(said.stdout.splitlines()[-1])
    return told["seconds"], told["memory"]


def one(documents: int) -> None:
    from tests.benchmarks.street import database

    with database():
        child = os.fork()
        if not child:
            lay(documents)
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        print(json.dumps({"seconds": look(), "memory": memory()}))


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--one"]:
        one(int(arguments[1]))
        return 0
    small, large = [int(word) for word in arguments] or (SMALL, LARGE)
    (few, little), (many, much) = measured(small), measured(large)
    times = large / small
    stands = True
    for name in [name for name in few if many[name] > SHORT]:
        growth = many[name] / max(few[name], SHORT) / times
        stands &= tell(
            Row(
                f"doctor: {name}", f"x{times:g}", many[name],
                measured=f"{few[name]:.2f} s of {small:,} documents, {many[name]:.2f} s of {large:,}",
                ratio=growth * times, wanted=f"at most {GROWTH * times:g}", stands=growth <= GROWTH,
            )
        )  # fmt: skip
    stands &= tell(
        Row(
            "doctor: all", f"x{times:g}", sum(many.values()),
            measured=f"{sum(few.values()):.1f} s, {little:.0f} MB; {sum(many.values()):.1f} s, {much:.0f} MB",
            ratio=much / little, wanted=f"memory at most {MEMORY:g}", memory=much, stands=much / little <= MEMORY,
        )
    )  # fmt: skip
    return 0 if stands else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
