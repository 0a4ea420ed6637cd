"""A round of coding, and who codes which document in it."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from coding.models.codebook import Codebook
from projects.models import Membership, Project, public_id
from sources.models import Document, Text


class Round(models.Model):
    class State(models.TextChoices):
        OPEN = "open", "open"
        CLOSED = "closed", "closed"
        REVEALED = "revealed", "revealed"

    class Kind(models.TextChoices):
        PRODUCTION = "production", "production"
        TRAINING = "training", "training"

    # From each state, the states it may move to.
    MOVES = {
        State.OPEN: {State.CLOSED},
        State.CLOSED: {State.OPEN, State.REVEALED},
        State.REVEALED: set(),
    }

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="rounds")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    name = models.CharField(max_length=80)
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="rounds")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PRODUCTION)
    per_document = models.PositiveSmallIntegerField()
    # So many of a hundred documents have `per_document` coders, the others one; which ones is told to no coder.
    overlap_percent = models.PositiveSmallIntegerField(default=100)
    seed = models.BigIntegerField()
    # How the documents were drawn, as the verb was asked: see rounds.open_round.
    drawn = models.JSONField(default=dict)
    has_suggestions = models.BooleanField(default=False)
    instructions = models.TextField(blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    revealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["project_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="one_round_per_name"),
            models.CheckConstraint(
                condition=models.Q(per_document__gte=1), name="a_round_has_coders"
            ),
            models.CheckConstraint(
                condition=models.Q(overlap_percent__lte=100), name="overlap_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("round", args=[self.project.slug, self.public_id])


def reading_label(coder: str, sitting: int) -> str:
    """C1; C1/2 where the same coder reads the document a second time."""
    return coder if sitting == 1 else f"{coder}/{sitting}"


class Assignment(models.Model):
    """One coder's reading of one document in one round, pinned to the text it was drawn with."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", "not begun"
        STARTED = "started", "in work"
        SUBMITTED = "submitted", "submitted"
        SENT_BACK = "sent_back", "sent back"
        WITHDRAWN = "withdrawn", "withdrawn"

    class Outcome(models.TextChoices):
        EVENTS = "events", "events"
        NO_EVENT = "no_event", "read, no event"
        CANNOT_CODE = "cannot_code", "cannot be coded"

    # From each state, the states it may move to.
    MOVES = {
        State.ASSIGNED: {State.STARTED, State.SUBMITTED, State.WITHDRAWN},
        State.STARTED: {State.SUBMITTED, State.WITHDRAWN},
        State.SUBMITTED: {State.SENT_BACK, State.WITHDRAWN},
        State.SENT_BACK: {State.SUBMITTED, State.WITHDRAWN},
        State.WITHDRAWN: {State.ASSIGNED, State.STARTED},
    }
    WORKABLE = {State.ASSIGNED, State.STARTED, State.SENT_BACK}

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assignments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="assignments")
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="assignments")
    coder = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="assignments")
    # A second sitting is the same coder reading the same document again, to see how steady they are.
    sitting = models.PositiveSmallIntegerField(default=1)
    # In a training round: the coding that the others are held against.
    is_gold = models.BooleanField(default=False)
    # The work of another coder that this one was begun with.
    taken_over_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="handed_on_to"
    )
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASSIGNED)
    version = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    outcome_reason = models.TextField(blank=True)
    queue_key = models.CharField(max_length=64)
    # What a manager said when sending it back, withdrawing it or handing it on, for its coder to read.
    reason = models.TextField(blank=True)
    given_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["queue_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "document", "coder", "sitting"], name="one_assignment_per_coder"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="submitted") | models.Q(submitted_at__isnull=False),
                name="submitted_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["coder", "state", "queue_key"], name="queue_of_a_coder"),
            # A window of a queue is read from here, however long the queue is.
            models.Index(fields=["coder", "round", "queue_key"], name="queue_in_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.document} by {self.coder}"

    @property
    def label(self) -> str:
        """The coder's label, with the sitting where it is not the first."""
        return reading_label(self.coder.label, self.sitting)

    def get_absolute_url(self) -> str:
        return reverse("workspace", args=[self.round.project.slug, self.public_id])

    @property
    def is_workable(self) -> bool:
        return self.state in self.WORKABLE

    @property
    def has_feedback(self) -> bool:
        """Whether its coder may look how it compares: in training once handed in, else after the reveal."""
        tells = self.round.kind == Round.Kind.TRAINING or self.round.state == Round.State.REVEALED
        return tells and self.state == self.State.SUBMITTED and not self.is_gold
