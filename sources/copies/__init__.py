"""Copies of one report: verbs. What is alike is proposed; a person confirms it, or says that it is not the same.

Of confirmed copies one document, the representative, is drawn into rounds; the others count as reports of what it tells.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from projects import ledger
from projects.models import Project, User
from projects.refusals import Invalid
from sources.models import Cluster, Copy, Document, Likeness

THRESHOLD = 0.3


def confirm(
    project: Project,
    documents: Iterable[Document],
    *,
    by: User,
    representative: Document | None = None,
    apart: Iterable[Document] = (),
) -> Cluster:
    """Say that these are copies of one report. Clusters they are in already become part of this one.

    Without a choice the representative of the first such cluster stands, else the earliest dated document.
    `apart` were offered too and are no copies of these.
    """
    chosen = {document.pk: document for document in documents}
    old = list(Cluster.objects.filter(copies__document__in=chosen).distinct().order_by("id"))
    for copy in Copy.objects.filter(cluster__in=old).select_related("document"):
        chosen.setdefault(copy.document_id, copy.document)
    if len(chosen) < 2:
        raise Invalid("Choose at least two documents that are copies of one report.")
    if any(document.project_id != project.pk for document in chosen.values()):
        raise Invalid("Only documents of this project can be copies of each other.")
    if representative is None:
        representative = old[0].representative if old else _earliest(list(chosen.values()))
    if representative.pk not in chosen:
        raise Invalid("The document that is coded must be one of the copies.")
    with transaction.atomic():
        Cluster.objects.filter(pk__in=[cluster.pk for cluster in old]).delete()
        made = Cluster.objects.create(
            project=project, representative=representative, confirmed_by=by
        )
        Copy.objects.bulk_create(Copy(cluster=made, document_id=pk) for pk in sorted(chosen))
        others = {document.pk for document in apart} - set(chosen)
        _reject(_between(set(chosen), others), by)
        ledger.record(
            project,
            "copies.confirm",
            made,
            by=by,
            difference={
                "documents": sorted(document.external_id for document in chosen.values()),
                "representative": representative.external_id,
            },
        )
    return made


def reject(project: Project, documents: Iterable[Document], *, by: User) -> int:
    """Say that none of these is a copy of another. They are not proposed together again; how many pairs that was."""
    chosen = list(documents)
    keys = {document.pk for document in chosen}
    with transaction.atomic():
        count = _reject(_between(keys, keys), by)
        if not count:
            raise Invalid("Nothing proposes that these are copies of each other.")
        ledger.record(
            project,
            "copies.reject",
            chosen[0],
            by=by,
            difference={"documents": sorted(document.external_id for document in chosen)},
        )
    return count


def dissolve(cluster: Cluster, *, by: User) -> None:
    """Take a confirmation back: the documents stand by themselves again and are proposed anew."""
    with transaction.atomic():
        names = sorted(cluster.copies.values_list("document__external_id", flat=True))
        ledger.record(
            cluster.project, "copies.dissolve", cluster, by=by, difference={"documents": names}
        )
        cluster.delete()


def one_of_each(documents: QuerySet[Document]) -> QuerySet[Document]:
    """These documents without the copies that another one stands for: what a round draws from."""
    others = Copy.objects.exclude(document=F("cluster__representative")).filter(
        cluster__representative__state=Document.State.READ
    )
    return documents.exclude(pk__in=others.values("document"))


def copies_of(project: Project, documents: Iterable[int]) -> dict[int, list[Document]]:
    """The other documents of the clusters that these represent, by the representative's key, in order of own ids."""
    found: dict[int, list[Document]] = {}
    others = (
        Copy.objects.filter(
            cluster__project=project,
            cluster__representative__in=list(documents),
            document__state=Document.State.READ,
        )
        .exclude(document=F("cluster__representative"))
        .select_related("document__current_text", "cluster")
    )
    for copy in others:
        found.setdefault(copy.cluster.representative_id, []).append(copy.document)
    for copies in found.values():
        copies.sort(key=lambda document: document.external_id)
    return found


def _earliest(documents: Sequence[Document]) -> Document:
    return min(
        documents,
        key=lambda document: (
            document.published_on is None,
            document.published_on or document.added_at.date(),
            document.pk,
        ),
    )


def _between(some: set[int], others: set[int]) -> QuerySet[Likeness]:
    return Likeness.objects.filter(
        Q(first__in=some, second__in=others) | Q(first__in=others, second__in=some),
        rejected_at=None,
    )


def _reject(pairs: QuerySet[Likeness], by: User) -> int:
    return pairs.update(rejected_at=timezone.now(), rejected_by=by)
