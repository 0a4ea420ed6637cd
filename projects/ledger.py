"""The only writer of the ledger: one line per verb, chained by hash within a project."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone

from projects.models import LedgerLine, Project, User

FIRST = "0" * 64


def record(
    project: Project,
    verb: str,
    subject: models.Model,
    *,
    by: User | None,
    difference: dict[str, Any] | None = None,
) -> LedgerLine:
    """Write one line. Call it inside the verb's transaction, a few lines from the change it tells of."""
    # The project row is the queue of its ledger: two verbs never take the same number.
    Project.objects.select_for_update().only("pk").get(pk=project.pk)
    last = LedgerLine.objects.filter(project_id=project.pk).order_by("-n").first()
    line = LedgerLine(
        project_id=project.pk,
        n=last.n + 1 if last else 1,
        at=timezone.now(),
        verb=verb,
        subject_kind=type(subject).__name__.lower(),
        subject_id=str(getattr(subject, "public_id", subject.pk)),
        by_id=by.pk if by else None,
        by_label=by.username if by else "concord",
        difference=difference or {},
        previous_hash=last.hash if last else FIRST,
    )
    line.hash = _hash(line)
    line.save(force_insert=True)
    return line


@dataclass(frozen=True)
class Break:
    n: int
    message: str


def verify(project: Project) -> list[Break]:
    """Where the chain does not hold: a line changed, taken out or put in behind the ledger's back."""
    breaks: list[Break] = []
    previous, expected = FIRST, 1
    for line in LedgerLine.objects.filter(project_id=project.pk).order_by("n").iterator():
        if line.n != expected:
            breaks.append(Break(line.n, f"line {expected} is missing"))
        if line.previous_hash != previous:
            breaks.append(Break(line.n, "does not follow from the line before it"))
        if line.hash != _hash(line):
            breaks.append(Break(line.n, "was changed after it was written"))
        previous, expected = line.hash, line.n + 1
    return breaks


def _hash(line: LedgerLine) -> str:
    body = json.dumps(
        [
            line.project_id,
            line.n,
            line.at.isoformat(),
            line.verb,
            line.subject_kind,
            line.subject_id,
            line.by_id,
            line.by_label,
            line.difference,
            line.previous_hash,
        ],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(body.encode()).hexdigest()
