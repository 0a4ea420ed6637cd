"""What opening a document and saving an edit cost in a queue of a hundred documents, a thousand and ten thousand.

Run with `python -m tests.benchmarks.queue`. Seconds are processor seconds of this process, the best of several, so
that a busy machine does not tell lies; the page is built whole, as a browser gets it.
"""

import time
from collections.abc import Callable
from uuid import uuid4

from tests.benchmarks.measuring import Row, memory, tell
from tests.benchmarks.street import database

LENGTHS = (100, 1_000, 10_000)
FLAT = ("open a document: page", "open a document: state", "save an edit")
TIMES = 15


def best_of(task: Callable[[], object], times: int = TIMES) -> float:
    taken = []
    for _ in range(times):
        begin = time.process_time()
        task()
        taken.append(time.process_time() - begin)
    return min(taken)


def measure(length: int) -> dict[str, float]:
    from django.test import Client

    from coding import planning, rounds
    from coding.models import Assignment
    from sources.models import Document, Text
    from tests import factories

    project = factories.project(f"queue-{length}")
    coders = [factories.member(project, f"{name}{length}") for name in ("ada", "ben")]
    factories.codebook(project)
    founder = project.memberships.order_by("id")[0].user
    documents = Document.objects.bulk_create(
        Document(
            project=project,
            external_id=f"d{n:05}",
            kind="news",
            title=f"Document {n}",
            filename=f"d{n}.txt",
            sha256=f"{length:010}{n:054}",
            size=90,
            added_by=founder,
        )
        for n in range(length)
    )
    for document in documents:
        made = Text(
            document=document,
            n=1,
            sha256=document.sha256,
            body=factories.BODY,
            length=len(factories.BODY),
            blocks=[["paragraph", 0, 56, 0], ["paragraph", 57, len(factories.BODY), 0]],
            reader="plain",
            reader_version="1",
            has_astral=False,
        )
        document.current_text, document.state = made, "read"
    Text.objects.bulk_create([document.current_text for document in documents])
    Document.objects.bulk_update(documents, ["current_text", "state"], batch_size=500)

    begin = time.process_time()
    planning.plan(project, coders=coders, per_document=2, seed=1)
    planned = time.process_time() - begin
    begin = time.process_time()
    opened = rounds.open_round(project, "long", by=founder, coders=coders, per_document=2, seed=1)
    opening = time.process_time() - begin

    own = list(Assignment.objects.filter(round=opened, coder=coders[0]).order_by("queue_key"))
    here = own[len(own) // 2]
    client = Client()
    client.force_login(coders[0].user)
    api = f"/api/v1/assignments/{here.public_id}/"
    version = 0

    def save() -> None:
        nonlocal version
        operation = {"id": str(uuid4()), "kind": "outcome.set", "outcome": "no_event"}
        answer = client.post(
            f"{api}operations/",
            {"operations": [operation]},
            content_type="application/json",
            headers={"If-Match": f'"{version}"'},
        )
        assert answer.status_code == 200, answer.content
        version += 1

    def get(address: str) -> Callable[[], None]:
        def ask() -> None:
            assert client.get(address).status_code == 200

        return ask

    return {
        "plan the round": planned,
        "open the round": opening,
        "open a document: page": best_of(get(here.get_absolute_url())),
        "open a document: state": best_of(get(api)),
        "save an edit": best_of(save),
        "My work": best_of(get(f"/projects/{project.slug}/work/"), 3),
        "the round, as its manager": _as_manager(opened, founder),
    }


def _as_manager(opened: object, founder: object) -> float:
    from django.test import Client

    client = Client()
    client.force_login(founder)  # type: ignore[arg-type]
    return best_of(lambda: client.get(opened.get_absolute_url()), 3)  # type: ignore[attr-defined]


def main() -> None:
    with database():
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("collectstatic", interactive=False, verbosity=0)
        found = [measure(length) for length in LENGTHS]
        for name in found[0]:
            taken = [1000 * one[name] for one in found]
            flat = name in FLAT
            tell(Row(
                name, "queue of " + ", ".join(f"{length:,}" for length in LENGTHS), cpu=found[-1][name],
                measured=", ".join(f"{one:.1f}" for one in taken) + " ms", ratio=taken[-1] / taken[0],
                wanted="at most x2 in a queue 100 times as long" if flat else "", memory=memory(),
                stands=taken[-1] <= 2 * taken[0] if flat else None,
            ))  # fmt: skip


if __name__ == "__main__":
    main()
