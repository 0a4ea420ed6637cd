"""Codings that came or went as a file of another tool, and where a coding came from that was not typed here."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from coding.models.round import Assignment
from projects.models import Project, public_id


class Exchange(models.Model):
    """One file, brought in or taken out. What was asked stands in `options`, what came of it in `told`."""

    class Direction(models.TextChoices):
        IN = "in", "brought in"
        OUT = "out", "taken out"

    class State(models.TextChoices):
        NEW = "new", "not looked through yet"
        CHECKED = "checked", "looked through"
        DONE = "done", "done"
        FAILED = "failed", "could not be done"

    # From each state, the states it may move to. What came in stays; the file may be looked through and taken in again.
    MOVES = {
        State.NEW: {State.CHECKED, State.DONE, State.FAILED},
        State.CHECKED: {State.CHECKED, State.DONE, State.FAILED},
        State.FAILED: {State.CHECKED, State.DONE, State.FAILED},
        State.DONE: {State.CHECKED, State.DONE, State.FAILED},
    }

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="exchanges")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    format = models.CharField(max_length=20)
    filename = models.CharField(max_length=255)
    # Of what came in, the bytes as they came; of what went out, the archive as it is downloaded.
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    options = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(reason=""),
                name="a_failed_exchange_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("exchanged", args=[self.project.slug, self.public_id])

    @property
    def is_out(self) -> bool:
        return self.direction == self.Direction.OUT


class Origin(models.Model):
    """That a coding was not typed here: from which format and file it came, and where it stood in it."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="origin")
    exchange = models.ForeignKey(
        Exchange, null=True, blank=True, on_delete=models.PROTECT, related_name="origins"
    )
    format = models.CharField(max_length=20)
    place = models.CharField(max_length=300, blank=True)
    # Of the coding as it came: the same one brought again is known by it.
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["fingerprint"], name="origins_by_fingerprint")]

    def __str__(self) -> str:
        return f"{self.assignment} from {self.format}"
