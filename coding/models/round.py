"""A round of coding, and who codes which document in it."""

from django.db import models
from django.urls import reverse

from coding.models.codebook import Codebook
from projects.models import Membership, Project, public_id
from sources.models import Document, Text


class Round(models.Model):
    class State(models.TextChoices):
        OPEN = "open", "open"
        CLOSED = "closed", "closed"
        REVEALED = "revealed", "revealed"

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
    per_document = models.PositiveSmallIntegerField()
    seed = models.BigIntegerField()
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
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("round", args=[self.project.slug, self.public_id])


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
        State.WITHDRAWN: set(),
    }
    WORKABLE = {State.ASSIGNED, State.STARTED, State.SENT_BACK}

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assignments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="assignments")
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="assignments")
    coder = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="assignments")
    sitting = models.PositiveSmallIntegerField(default=1)
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASSIGNED)
    version = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    outcome_reason = models.TextField(blank=True)
    queue_key = models.CharField(max_length=64)
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
        indexes = [models.Index(fields=["coder", "state", "queue_key"], name="queue_of_a_coder")]

    def __str__(self) -> str:
        return f"{self.document} by {self.coder}"

    @property
    def label(self) -> str:
        """The coder's label, with the sitting where it is not the first."""
        return self.coder.label if self.sitting == 1 else f"{self.coder.label}/{self.sitting}"

    def get_absolute_url(self) -> str:
        return reverse("workspace", args=[self.round.project.slug, self.public_id])

    @property
    def is_workable(self) -> bool:
        return self.state in self.WORKABLE
