"""What screens ask about rounds, assignments and codebooks. Never writes.

Whose coding may be seen is access.py's rule; here only who may know that others' work exists.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from coding import schema, wording
from coding.access import (
    WORKABLE,
    blinding_work,
    in_sight,
    own_assignments,
    visible_questions,
)
from coding.models import Assignment, Codebook, Manuscript, Question, Round
from projects.access import Pass
from projects.models import Membership, Project
from sources import copies
from sources.models import Document

STATES = (
    Assignment.State.ASSIGNED,
    Assignment.State.STARTED,
    Assignment.State.SENT_BACK,
    Assignment.State.SUBMITTED,
)
# What a coder turns to first.
ORDER = (Assignment.State.SENT_BACK, Assignment.State.STARTED, Assignment.State.ASSIGNED)
# So much of a queue stands on a page; a queue of ten thousand opens like one of ten.
QUEUE_BEFORE, QUEUE_BEHIND, SHOWN_OF_A_ROUND = 15, 45, 50


# --- one's own work


def own_work(holder: Pass) -> QuerySet[Assignment]:
    """What this person was given, in the order in which to do it, without the bulk of the texts."""
    return (
        own_assignments(holder)
        .exclude(state=Assignment.State.WITHDRAWN)
        .select_related("round", "document")
        .order_by("round_id", "queue_key")
    )


def open_work(holder: Pass) -> QuerySet[Assignment]:
    return own_work(holder).filter(round__state=Round.State.OPEN, state__in=WORKABLE)


def waiting_questions(holder: Pass) -> int:
    """Questions of coders that this person may answer and nobody has."""
    if not holder.allows("reconciliation.decide"):
        return 0
    asked = visible_questions(holder).exclude(assignment__coder=holder.membership)
    return asked.filter(answered_at=None).count()


def new_answers(holder: Pass) -> int:
    """Answers to one's own questions that one has not seen yet."""
    own = Question.objects.filter(assignment__in=own_assignments(holder))
    return own.filter(answered_at__isnull=False, read_at=None).count()


def next_work(holder: Pass, done: Assignment) -> Assignment | None:
    """What comes after a piece of work: the next open one behind it in its round, else the first there is.

    Read along the queue's index, so that it costs the same in a long queue as in a short one.
    """
    waiting = open_work(holder)
    behind = waiting.filter(round=done.round_id, queue_key__gt=done.queue_key)
    return behind.order_by("queue_key").first() or waiting.first()


class Counted:
    """What follows from how many pieces of work are in which state."""

    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def handed_in(self) -> int:
        return self.counts.get(Assignment.State.SUBMITTED, 0)

    @property
    def left(self) -> int:
        return self.total - self.handed_in


@dataclass(frozen=True)
class RoundOfWork(Counted):
    """One round of a coder's own work: numbers of all of it, and of a long queue only what comes next."""

    round: Round
    assignments: Sequence[Assignment]
    counts: Mapping[str, int]

    @property
    def is_whole(self) -> bool:
        return len(self.assignments) == self.total

    @property
    def is_open(self) -> bool:
        return self.round.state == Round.State.OPEN

    @property
    def next(self) -> Assignment | None:
        """Work in hand before work not begun, and what was sent back first of all."""
        if not self.is_open:
            return None
        waiting = [one for one in self.assignments if one.state in ORDER]
        return min(waiting, key=lambda one: ORDER.index(Assignment.State(one.state)), default=None)


def own_rounds(holder: Pass, only: Round | None = None) -> list[RoundOfWork]:
    """One's own work round by round, the newest round first; of each so much as a page shows."""
    own = own_work(holder)
    if only is not None:
        own = own.filter(round=only)
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for of_round, state, n in (
        own.order_by().values_list("round_id", "state").annotate(n=Count("pk"))
    ):
        counts[of_round][state] = n
    urgency = Case(
        *(When(state=state.value, then=place) for place, state in enumerate(ORDER)),
        default=len(ORDER),
    )
    place = Window(
        RowNumber(), partition_by=[F("round_id")], order_by=[urgency.asc(), F("queue_key").asc()]
    )
    shown: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in own.annotate(place=place).filter(place__lte=SHOWN_OF_A_ROUND):
        shown[assignment.round_id].append(assignment)
    return [
        RoundOfWork(work[0].round, sorted(work, key=lambda one: one.queue_key), counts[pk])
        for pk, work in sorted(shown.items(), reverse=True)
    ]


def totals(rounds: Sequence[RoundOfWork]) -> dict[str, int]:
    """All of one's own work in numbers; what is left and sent back is that of open rounds."""
    still_open = [work for work in rounds if work.is_open]
    return {
        "open": len(still_open),
        "left": sum(work.left for work in still_open),
        "sent_back": sum(work.counts.get(Assignment.State.SENT_BACK, 0) for work in still_open),
        "handed_in": sum(work.handed_in for work in rounds),
        "total": sum(work.total for work in rounds),
    }


@dataclass(frozen=True)
class QueueEntry:
    url: str
    title: str
    state: str


def queue(holder: Pass, assignment: Assignment) -> list[QueueEntry]:
    """The coder's own documents of the same round around this one, in the coder's own order."""
    own = (
        own_work(holder)
        .filter(round=assignment.round_id)
        .select_related("round__project", "document")
    )
    behind = own.filter(queue_key__gt=assignment.queue_key).order_by("queue_key")
    before = own.filter(queue_key__lte=assignment.queue_key).order_by("-queue_key")
    around = [*reversed(before[:QUEUE_BEFORE]), *behind[:QUEUE_BEHIND]]
    return [QueueEntry(one.get_absolute_url(), one.document.title, one.state) for one in around]


# --- rounds


def may_watch(holder: Pass) -> bool:
    """May this person know how far others are? A coder may not."""
    return holder.allows("rounds.manage") or holder.allows("reconciliation.view")


def rounds(holder: Pass) -> QuerySet[Round]:
    """The project's rounds with counts of documents and of work in sight; for a coder only own rounds and own work."""
    counted = Q()
    found = Round.objects.filter(project=holder.project)
    if not may_watch(holder):
        counted = Q(assignments__coder=holder.membership)
        found = found.filter(assignments__coder=holder.membership).distinct()
    else:
        counted = in_sight(holder, "assignments__")
    living = counted & ~Q(assignments__state=Assignment.State.WITHDRAWN)
    return (
        found.select_related("codebook")
        .annotate(
            documents=Count("assignments__document", filter=living, distinct=True),
            work=Count("assignments", filter=living, distinct=True),
            handed_in=Count(
                "assignments",
                filter=living & Q(assignments__state=Assignment.State.SUBMITTED),
                distinct=True,
            ),
        )
        .order_by("-id")
    )


def documents_of(of_round: Round) -> QuerySet[Document]:
    return (
        Document.objects.filter(assignments__round=of_round)
        .distinct()
        .defer("reason")
        .order_by("external_id")
    )


@dataclass(frozen=True)
class DocumentProgress:
    """Who has come how far with a document; `is_blind` where the person asking still codes it."""

    document: Document
    work: Sequence[Assignment]
    is_blind: bool


def document_progress(
    holder: Pass, of_round: Round, documents: Sequence[Document]
) -> list[DocumentProgress]:
    """For those who `may_watch`. Of a document one still codes oneself, not even the others' states are told."""
    work: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in (
        Assignment.objects.filter(in_sight(holder), round=of_round, document__in=list(documents))
        .exclude(state=Assignment.State.WITHDRAWN, version=0)
        .select_related("coder")
        .order_by("coder__label", "sitting")
    ):
        work[assignment.document_id].append(assignment)
    blind = {
        *blinding_work(holder)
        .filter(document__in=list(documents))
        .values_list("document_id", flat=True)
    }
    return [
        DocumentProgress(
            document,
            work[document.pk],
            document.pk in blind,
        )
        for document in documents
    ]


def coders(holder: Pass) -> list[Membership]:
    members = Membership.objects.filter(project=holder.project, left_at=None).select_related("user")
    return [member for member in members.order_by("label") if "coder" in member.roles]


def readable_counts(holder: Pass) -> dict[str, int]:
    """How many documents of each kind can be coded, confirmed copies counted once."""
    readable = Document.objects.filter(project=holder.project, state=Document.State.READ)
    rows = copies.one_of_each(readable).values_list("kind").annotate(n=Count("pk")).order_by()
    return dict(rows)


# --- codebooks


def codebooks(holder: Pass) -> QuerySet[Codebook]:
    found = (
        Codebook.objects.filter(project=holder.project)
        .defer("source")
        .select_related("published_by")
    )
    if not holder.allows("codebook.edit"):
        found = found.exclude(published_at=None)
    return found.annotate(round_count=Count("rounds")).order_by("-n")


def before(holder: Pass, version: Codebook) -> Codebook | None:
    """The version a person compares this one with: the published one before it."""
    earlier = Codebook.objects.filter(project=holder.project, n__lt=version.n)
    return earlier.exclude(published_at=None).order_by("-n").first()


def last_published(project: Project) -> Codebook | None:
    published = Codebook.objects.filter(project=project).exclude(published_at=None)
    return published.order_by("-n").first()


def manuscript(holder: Pass) -> Manuscript | None:
    """What this person is writing at and has not saved as a draft."""
    if not holder.allows("codebook.edit"):
        return None
    return Manuscript.objects.filter(project=holder.project, person=holder.user).first()


@dataclass(frozen=True)
class ShownField:
    """A field as the codebook page prints it."""

    field: schema.Field
    required: str
    shown: str

    @property
    def kind(self) -> str:
        return self.field.kind.replace("_", " ")

    @property
    def level(self) -> str:
        return "" if self.field.level == "none" else self.field.level.replace("_", " ")


@dataclass(frozen=True)
class ShownType:
    type: schema.EventType
    fields: Sequence[ShownField]


@dataclass(frozen=True)
class ShownCodebook:
    parsed: schema.Codebook
    common: Sequence[ShownField]
    types: Sequence[ShownType]


def shown(codebook: schema.Codebook) -> ShownCodebook:
    """A codebook with its conditions in words."""
    common = {field.name: field for field in codebook.common}
    types = []
    for event_type in codebook.types:
        fields = common | {field.name: field for field in event_type.fields}
        types.append(ShownType(event_type, [_shown(field, fields) for field in event_type.fields]))
    return ShownCodebook(codebook, [_shown(field, common) for field in codebook.common], types)


def _shown(field: schema.Field, fields: dict[str, schema.Field]) -> ShownField:
    required = "always" if field.required else ""
    if field.required_if is not None:
        required = f"if {wording.condition(field.required_if, fields)}"
    visible = (
        f"if {wording.condition(field.visible_if, fields)}" if field.visible_if is not None else ""
    )
    return ShownField(field, required, visible)
