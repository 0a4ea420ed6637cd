"""What the adjudicator decided, and the events that come of it."""

from django.conf import settings
from django.db import models

from coding.models import Event
from projects.models import public_id
from reconciliation.models.run import Group


class Decision(models.Model):
    """One position settled or reopened. Never changed: a new decision supersedes the old."""

    class Kind(models.TextChoices):
        AGREED = "agreed", "agreed value accepted"
        ADOPTED = "adopted", "a coder's value adopted"
        OWN = "own", "adjudicator's own value"
        RULE = "rule", "decided by the codebook's rule"
        REOPENED = "reopened", "reopened"

    class ErrorKind(models.TextChoices):
        NONE = "", "-"
        SLIP = "slip", "coder's slip"
        CODEBOOK = "codebook", "codebook unclear"
        SOURCE = "source", "source ambiguous"
        ALIGNMENT = "alignment", "events wrongly aligned"

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="decisions")
    field = models.CharField(max_length=60)
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # [value], or [] where the decision is that the field stays empty or is open again.
    value = models.JSONField(default=list)
    adopted_from = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")
    candidates = models.JSONField()
    basis = models.CharField(max_length=64)
    rule = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    error_kind = models.CharField(max_length=10, choices=ErrorKind.choices, blank=True)
    codebook_needs_work = models.BooleanField(default=False)
    supersedes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=20)
    own_coding = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["group_id", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.field} of {self.group}"


class Proof(models.Model):
    """A passage by which the adjudicator proves a decision: [start, end) in code points of the text that was coded.

    Made with its decision and like it never changed.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="proofs")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()

    class Meta:
        ordering = ["decision_id", "start", "end"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "start", "end"], name="a_passage_proves_a_decision_once"
            ),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="proof_start_before_end"
            ),
        ]

    def __str__(self) -> str:
        return self.exact[:60]


class ResolvedEvent(models.Model):
    """What a group came to once all its positions were settled: an event of the document, or none."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="resolved")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    type = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    # False: the adjudicator decided that this is no event.
    is_event = models.BooleanField(default=True)
    # Set while a position of it is open again; the last settled values stay until it is settled anew.
    reopened_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField()

    class Meta:
        ordering = ["group_id"]

    def __str__(self) -> str:
        return f"{self.type} {self.values.get('title', '')}".strip()
