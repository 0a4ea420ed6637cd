"""A person's judgement of one commitment in one year: promised, kept, additional."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.models import Project, public_id
from reconciliation.verdicts import Verdict
from sources.models import Alliance


class Assessment(models.Model):
    """Never changed: a new judgement supersedes the old, and so does taking it back. What none supersedes counts.

    A part that is None is not judged, which is neither 0 nor -9.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assessments")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="assessments")
    provider = models.PositiveIntegerField()
    recipient = models.PositiveIntegerField()  # 0: all members
    type = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    promised = models.SmallIntegerField(null=True)
    kept = models.SmallIntegerField(null=True)
    additional = models.SmallIntegerField(null=True)
    is_withdrawn = models.BooleanField(default=False)
    # What was proposed then, and the ids of the clauses, incidents and searches it rested on.
    proposed = models.JSONField()
    basis = models.JSONField()
    reason = models.TextField(blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["project", "alliance", "year"], name="assessments_of_alliances")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "provider", "recipient", "type", "year"],
                condition=Q(supersedes=None),
                name="an_assessment_begins_once",
            ),
            models.CheckConstraint(
                condition=Q(promised__in=[0, 1, -9]) | Q(promised=None), name="promised_is_a_code"
            ),
            models.CheckConstraint(
                condition=Q(kept=None) | Q(kept__in=[0, 1, 2, -9], promised=1),
                name="only_a_promise_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(additional__in=[0, 1, -9]) | Q(additional=None),
                name="additional_is_a_code",
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=True, promised=None, kept=None, additional=None)
                | Q(is_withdrawn=False) & (Q(promised__isnull=False) | Q(additional__isnull=False)),
                name="an_assessment_says_something",
            ),
            models.CheckConstraint(
                condition=Q(provider__gt=0) & ~Q(provider=models.F("recipient")),
                name="an_assessment_has_two_sides",
            ),
        ]

    @property
    def words(self) -> str:
        return Verdict(self.promised, self.kept, self.additional).words()

    def __str__(self) -> str:
        return f"{self.type} {self.year}, {self.provider} to {self.recipient or 'all members'}"
