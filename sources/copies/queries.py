"""What screens ask about copies: what is alike beyond a threshold and waits for a person, and what one confirmed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Substr

from projects.models import Project
from projects.refusals import Missing
from sources import copies, likeness
from sources.models import Cluster, Copy, Document, Likeness

LIKELY = 0.5  # of the shorter text
# Characters of a text by which a person tells it from another, after its title.
OPENING, TITLE = 180, 500


@dataclass(frozen=True)
class Member:
    """A document of a proposed cluster: the most it shares with another one of it, and what is known of it already."""

    document: Document
    containment: float
    is_confirmed: bool
    is_gathered: bool  # with others of the very same text, by no person
    is_representative: bool

    @property
    def opening(self) -> str:
        begins: str = self.document.opening  # type: ignore[attr-defined]  # annotated by `shown`
        begins = " ".join(begins.removeprefix(self.document.title).split())
        return begins if len(begins) <= OPENING else f"{begins[:OPENING]}…"

    @property
    def is_likely(self) -> bool:
        """Ticked before anybody has looked: what shares less is more often another report of the same day."""
        return self.is_confirmed or self.is_gathered or self.containment >= LIKELY


@dataclass(frozen=True)
class Proposal:
    """Documents that may be copies of one report, the one proposed to be coded first."""

    members: tuple[Member, ...]


def proposed(project: Project, threshold: float) -> list[list[int]]:
    """Keys of documents connected by likeness of at least the threshold, unless a person has spoken of all of it."""
    pairs = _open_pairs(project).filter(containment__gte=threshold).values_list("first", "second")
    cluster_of = dict(
        Copy.objects.filter(cluster__project=project).values_list("document", "cluster")
    )
    waiting = [
        (one, two)
        for one, two in pairs
        if cluster_of.get(one) is None or cluster_of.get(one) != cluster_of.get(two)
    ]
    # A confirmed cluster takes part as a whole.
    first_of: dict[int, int] = {}
    within: list[tuple[int, int]] = []
    touched = {cluster_of[key] for pair in waiting for key in pair if key in cluster_of}
    for document, cluster in cluster_of.items():
        if cluster in touched:
            within.append((first_of.setdefault(cluster, document), document))
    return likeness.clusters([*waiting, *within])


def shown(project: Project, groups: Sequence[Sequence[int]]) -> list[Proposal]:
    """These groups with their documents."""
    keys = [key for group in groups for key in group]
    documents = Document.objects.filter(pk__in=keys).annotate(
        length=F("current_text__length"),
        opening=Substr("current_text__body", 1, OPENING + TITLE),
    )
    by_key = {document.pk: document for document in documents}
    copies = {
        copy.document_id: copy
        for copy in Copy.objects.filter(document__in=keys).select_related("cluster")
    }
    most: defaultdict[int, float] = defaultdict(float)
    pairs = Likeness.objects.filter(first__in=keys, second__in=keys, rejected_at=None)
    for one, two, containment in pairs.values_list("first", "second", "containment"):
        most[one], most[two] = max(most[one], containment), max(most[two], containment)
    answer: list[Proposal] = []
    for group in groups:
        members = [
            Member(
                by_key[key],
                most[key],
                is_confirmed=key in copies and copies[key].cluster.confirmed_by_id is not None,
                is_gathered=key in copies and copies[key].cluster.confirmed_by_id is None,
                is_representative=key in copies and copies[key].cluster.representative_id == key,
            )
            for key in group
        ]
        members.sort(key=_rank)
        answer.append(Proposal(tuple(members)))
    return answer


def _rank(member: Member) -> tuple[object, ...]:
    published = member.document.published_on
    return (
        not member.is_representative,
        published is None,
        published.isoformat() if published else "",
        member.document.pk,
    )


def confirmed(project: Project) -> QuerySet[Cluster]:
    return (
        Cluster.objects.filter(project=project)
        .select_related("representative", "confirmed_by", "project")
        .prefetch_related("copies__document")
        .order_by("-id")
    )


def cluster_for(project: Project, public_id: str) -> Cluster:
    found = confirmed(project).filter(public_id=public_id).first()
    if found is None:
        raise Missing("There is no such cluster of copies in this project.")
    return found


@dataclass(frozen=True)
class Alike:
    """Another document as seen from one: a copy of it, or only alike."""

    document: Document
    containment: float | None
    is_copy: bool


def cluster_of(document: Document) -> Cluster | None:
    return (
        Cluster.objects.filter(copies__document=document).select_related("representative").first()
    )


def alike(document: Document, *, most: int = 20) -> list[Alike]:
    """Confirmed copies of a document, then documents like it that nobody has spoken of, the most alike first."""
    cluster = cluster_of(document)
    shares: dict[int, float] = {}
    pairs = _open_pairs(document.project).filter(Q(first=document) | Q(second=document))
    for one, two, containment in pairs.values_list("first", "second", "containment"):
        shares[two if one == document.pk else one] = containment
    confirmed = (
        set(cluster.copies.exclude(document=document).values_list("document", flat=True))
        if cluster
        else set()
    )
    found = Document.objects.filter(pk__in=[*confirmed, *shares]).select_related("project")
    rows = [Alike(one, shares.get(one.pk), one.pk in confirmed) for one in found]
    rows.sort(key=lambda row: (not row.is_copy, -(row.containment or 0), row.document.pk))
    return rows[:most]


def filtered(documents: QuerySet[Document], wanted: str) -> QuerySet[Document]:
    """The document list by what is known of copies."""
    if wanted == "confirmed":
        return documents.exclude(copy=None)
    if wanted == "alike":
        pairs = Likeness.objects.filter(rejected_at=None)
        return documents.filter(copy=None).filter(
            Q(pk__in=pairs.values("first")) | Q(pk__in=pairs.values("second"))
        )
    if wanted == "single":
        return copies.one_of_each(documents)
    return documents


def _open_pairs(project: Project) -> QuerySet[Likeness]:
    readable = Document.State.READ
    return Likeness.objects.filter(
        first__project=project, rejected_at=None, first__state=readable, second__state=readable
    )


def documents_named(project: Project, public_ids: Iterable[str]) -> list[Document]:
    """Documents of the project by public ids; refuses ids that are not here."""
    wanted = list(dict.fromkeys(public_ids))
    found = list(Document.objects.filter(project=project, public_id__in=wanted).order_by("pk"))
    if len(found) != len(wanted):
        raise Missing("One of these documents is not in this project.")
    return found
