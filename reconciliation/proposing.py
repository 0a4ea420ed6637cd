"""Doing what `incidents.propose` asked for: the settled events of a project compared, and what lies near kept as rows.

What is near is the business of `candidates`; whether it is one incident, of a person.
"""

from django.db import transaction

from coding.models import Codebook
from projects.jobs import Progress
from projects.models import Project
from projects.rows import write
from reconciliation.agreement.units import CodedEvent
from reconciliation.candidates import candidates
from reconciliation.inputs import day_interval, rule_of, state_set
from reconciliation.models import Proposal, ResolvedEvent


def compute(project: Project, progress: Progress) -> str:
    """Compute all proposals of the project anew. Judgements already made are not part of it: pages leave those out."""
    progress.step(0, 2, "reading the settled events", hold=300)
    found, rows = _events(project)
    progress.step(1, 2, f"comparing {len(found)} events", hold=900)
    newest = Codebook.objects.filter(rounds__project=project).order_by("-n").first()
    pairs = candidates(found, rule_of(newest.parsed)) if newest else []
    with transaction.atomic():
        progress.step(2, 2, "keeping what is near")
        Proposal.objects.filter(project=project).delete()
        write(
            [
                Proposal(
                    project=project,
                    first_id=rows[pair.first],
                    second_id=rows[pair.second],
                    distance=round(pair.distance, 6),
                    terms={name: round(part, 6) for name, part in pair.terms.items()},
                )
                for pair in pairs
            ]
        )
    return f"{len(pairs)} pairs of events lie near one another"


def _events(project: Project) -> tuple[list[CodedEvent], dict[str, int]]:
    """The settled events as the heart takes them, and the row of each."""
    families = {
        book.pk: {one.code: one.family for one in book.parsed.types}
        for book in Codebook.objects.filter(project=project, rounds__isnull=False).distinct()
    }
    settled = ResolvedEvent.objects.filter(
        group__round__project=project,
        group__retired_at=None,
        is_event=True,
        reopened_at=None,
    ).values_list(
        "pk", "type", "values", "group__document__external_id", "group__round__codebook",
        "group__round__name", "group__n",
    )  # fmt: skip
    found: list[CodedEvent] = []
    rows: dict[str, int] = {}
    for pk, kind, values, document, codebook, of_round, n in settled.iterator(chunk_size=2_000):
        key = f"{document}\x1f{of_round}\x1f{n:06d}"
        rows[key] = pk
        found.append(
            CodedEvent(
                key=key,
                document=document,
                coder="resolved",
                type=kind,
                family=families[codebook].get(kind, ""),
                providers=state_set(values.get("provider")),
                recipients=state_set(values.get("recipient")),
                reciprocal=values.get("reciprocal") == 1,
                start=day_interval(values.get("start")),
            )
        )
    return found, rows
