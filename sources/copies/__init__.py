"""Copies of one report: verbs. What is alike is proposed; a person confirms it, or says that it is not the same.

Texts that are the same letter for letter, dated within a week, are gathered without asking; a person can take that back.
Of copies one document, the representative, is drawn into rounds; the others count as reports of what it tells.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
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


def gather(project: Project, same: Mapping[int, int]) -> int:
    """Put documents (keys) with those of the same text (values), or into their clusters; how many that were.

    Nobody confirms it, so a document that is in a cluster already stays where a person may have put it.
    """
    taken = {*same, *same.values()}
    held = Copy.objects.filter(document__in=taken).select_related("cluster")
    cluster_of = {copy.document_id: copy.cluster for copy in held}
    joined: defaultdict[int, list[int]] = defaultdict(list)
    for document, other in sorted(same.items()):
        if document in cluster_of:
            continue
        if other not in cluster_of:
            made = Cluster.objects.create(project=project, representative_id=other)
            Copy.objects.create(cluster=made, document_id=other)
            cluster_of[other] = made
        cluster_of[document] = cluster_of[other]
        joined[cluster_of[other].representative_id].append(document)
    if not joined:
        return 0
    Copy.objects.bulk_create(
        Copy(cluster=cluster_of[document], document_id=document)
        for documents in joined.values()
        for document in documents
    )
    keys = {*joined, *(document for documents in joined.values() for document in documents)}
    names = dict(Document.objects.filter(pk__in=keys).values_list("pk", "external_id"))
    difference = {
        names[representative]: [names[document] for document in documents]
        for representative, documents in joined.items()
    }
    ledger.record(project, "copies.gather", project, by=None, difference={"copies": difference})
    return sum(len(documents) for documents in joined.values())


def represent(cluster: Cluster, document: Document, *, by: User) -> Cluster:
    """Choose which of the copies is coded; the others count as reports of what it tells."""
    with transaction.atomic():
        cluster = Cluster.objects.select_for_update().get(pk=cluster.pk)
        if not cluster.copies.filter(document=document).exists():
            raise Invalid("The document that is coded must be one of the copies.")
        before, cluster.representative = cluster.representative.external_id, document
        cluster.save(update_fields=["representative"])
        ledger.record(
            cluster.project,
            "copies.represent",
            cluster,
            by=by,
            difference={"before": before, "after": document.external_id},
        )
    return cluster


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
    """The documents stand by themselves again. What a person confirmed is proposed anew; what was only gathered
    because the texts are the same is not, nor is it gathered again: a person has now spoken."""
    with transaction.atomic():
        names = sorted(cluster.copies.values_list("document__external_id", flat=True))
        if cluster.confirmed_by_id is None:
            keys = set(cluster.copies.values_list("document", flat=True))
            _reject(_between(keys, keys), by)
        ledger.record(
            cluster.project, "copies.dissolve", cluster, by=by, difference={"documents": names}
        )
        cluster.delete()


def one_of_each(documents: QuerySet[Document]) -> QuerySet[Document]:
    """These documents without the copies that another one stands for: what a round draws from."""
    readable = Document.State.READ
    # Where the representative is retired, the first of the others stands for them.
    earlier = Copy.objects.filter(
        cluster=OuterRef("cluster"), document__lt=OuterRef("document"), document__state=readable
    )
    stood_for = Q(cluster__representative__state=readable) | Exists(earlier)
    others = Copy.objects.exclude(document=F("cluster__representative")).filter(stood_for)
    return documents.exclude(pk__in=others.values("document"))


def copies_of(
    project: Project,
    documents: Iterable[int],
    *,
    among: Iterable[int] | QuerySet[Any, Any] | None = None,
) -> dict[int, list[Document]]:
    """The documents that count as reports of what these tell, by key, in order of own ids; none of these among them.

    Where several of these are copies of each other, the others go with the representative, else with the first. `among`
    asks for a few of many: the answer for all of those, as far as it is about `documents`.
    """
    asked = set(documents)
    here = asked if among is None else among
    touched = Copy.objects.filter(cluster__project=project, document__in=asked).values("cluster")
    rows = Copy.objects.filter(cluster__in=touched, document__in=here).values_list(
        "cluster", "document", "cluster__representative"
    )
    stands: dict[int, int] = {}
    for cluster, document, representative in rows.order_by("cluster", "document"):
        if document == representative:
            stands[cluster] = document
        stands.setdefault(cluster, document)
    found: defaultdict[int, list[Document]] = defaultdict(list)
    others = (
        Copy.objects.filter(cluster__in=touched, document__state=Document.State.READ)
        .exclude(document__in=here)
        .select_related("document__current_text")
        .defer("document__current_text__body", "document__current_text__blocks")
        .order_by("document__external_id")
    )
    for copy in others:
        if stands[copy.cluster_id] in asked:
            found[stands[copy.cluster_id]].append(copy.document)
    return dict(found)


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
