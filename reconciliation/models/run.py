"""A run of reconciliation and what it found: groups of events, positions, figures."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from coding.models import Event, Round
from projects.models import Membership, public_id
from sources.models import Document


class WholeRuns(models.Manager["Run"]):
    """Runs of whole rounds: what boards and releases speak of. A measured choice is found through `every`."""

    def get_queryset(self) -> models.QuerySet["Run"]:
        return super().get_queryset().filter(is_whole=True)


class Run(models.Model):
    """Parameters, input and software are kept, so that a figure can always be told how it came about."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="runs")
    n = models.PositiveIntegerField()
    parameters = models.JSONField()
    # False: it measures a choice of the round's coders and documents, and aligns nothing in the rows.
    is_whole = models.BooleanField(default=True)
    selection = models.JSONField(default=dict)
    # Set: this document alone was aligned, in the rows too; figures are of rounds and none were computed.
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="runs")
    # The figures taken apart, as `breakdowns` gives them: by coder, pair, month, value; matrices; documents.
    breakdown = models.JSONField(default=dict)
    input_hash = models.CharField(max_length=64, blank=True)
    software = models.CharField(max_length=40)
    counts = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = WholeRuns()
    every = models.Manager()

    class Meta:
        ordering = ["round_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["round", "n"], name="runs_of_a_round_numbered")
        ]

    def __str__(self) -> str:
        return f"run {self.n} of {self.round}"


class Group(models.Model):
    """Events of different coders taken for the same event. A group of one is a finding, not noise."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="groups")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="groups")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    # Numbered within round and document, never used again: the id that a release prints.
    n = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    # [label, label, distance, {term: [weight, distance]}] for every pair inside the group.
    distances = models.JSONField(default=list)
    # Set when the events behind it went elsewhere; its decisions stay readable.
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["document_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "document", "n"], name="groups_of_a_document_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.n}"

    def get_absolute_url(self) -> str:
        return reverse(
            "board", args=[self.round.project.slug, self.round.public_id, self.document.public_id]
        )


class Member(models.Model):
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="membership")
    coder = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    # The coder's label; with the sitting after a stroke where the same coder read the document once more.
    label = models.CharField(max_length=30)

    class Meta:
        ordering = ["group_id", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "label"], name="one_event_per_reading_in_a_group"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} in {self.group}"


class Position(models.Model):
    """One field of one group: what each coder put there, and whether that is settled."""

    class State(models.TextChoices):
        AGREED = "agreed", "agreed"
        DIFFERS = "differs", "differs"
        MISSING = "missing", "left out by a coder"
        UNMATCHED = "unmatched", "found by one coder only"
        INCOMPLETE = "incomplete", "a coder has not submitted"
        SINGLE = "single", "read by one coder only"

    EXISTENCE = "@event"

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="positions")
    field = models.CharField(max_length=60)
    order = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices)
    # label -> canonical value; a coder without the key left the field blank.
    candidates = models.JSONField()
    basis = models.CharField(max_length=64)
    decision = models.ForeignKey(
        "reconciliation.Decision", null=True, on_delete=models.PROTECT, related_name="+"
    )
    basis_changed = models.BooleanField(default=False)

    class Meta:
        ordering = ["group_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["group", "field"], name="one_position_per_field")
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.group}"

    @property
    def is_settled(self) -> bool:
        return self.decision_id is not None and not self.basis_changed

    @property
    def stamp(self) -> str:
        """Changes with whatever a person looking at this position has before them."""
        return f"{self.basis[:16]}.{self.decision_id or 0}"


class Figure(models.Model):
    """One coefficient with its interval, or the reason why there is none."""

    # The question of second readings by the same coder; those of coders against one another stand in `measuring`.
    AGAIN = "again"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="figures")
    question = models.CharField(max_length=20)
    field = models.CharField(max_length=60, blank=True)
    type = models.CharField(max_length=40, blank=True)
    # Empty: all coders together; else the label of a coder, or two with "-" between.
    subject = models.CharField(max_length=60, blank=True)
    coefficient = models.CharField(max_length=60)
    level = models.CharField(max_length=20, blank=True)
    value = models.FloatField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    interval = models.CharField(max_length=60, blank=True)
    n_units = models.PositiveIntegerField(default=0)
    n_coders = models.PositiveIntegerField(default=0)
    n_values = models.PositiveIntegerField(default=0)
    prevalence = models.FloatField(null=True)
    aligned_share = models.FloatField(null=True)
    undefined_replicates = models.PositiveIntegerField(default=0)
    below_667 = models.FloatField(null=True)
    below_800 = models.FloatField(null=True)

    class Meta:
        ordering = ["run_id", "question", "field", "type", "coefficient"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "question", "field", "type", "subject", "coefficient", "level"],
                name="a_figure_once_per_run",
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, reason="")
                | (models.Q(value__isnull=True) & ~models.Q(reason="")),
                name="a_figure_is_a_value_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coefficient} of {self.field or self.question}"
