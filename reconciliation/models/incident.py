"""One real-world event and the documents that report it, and which reports may be of one."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from projects.models import Project
from reconciliation.models.decision import ResolvedEvent


class Incident(models.Model):
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="incidents")
    # Numbered within the project in the order of their making: the id that a release prints.
    n = models.PositiveIntegerField()
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged"
    )

    class Meta:
        ordering = ["project_id", "n"]
        constraints = [models.UniqueConstraint(fields=["project", "n"], name="incidents_numbered")]

    def __str__(self) -> str:
        return f"I{self.n:05d}"

    def get_absolute_url(self) -> str:
        return reverse("incident", args=[self.project.slug, self.n])


class Report(models.Model):
    """That a document's resolved event reports this incident."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reports")
    resolved_event = models.OneToOneField(
        ResolvedEvent, on_delete=models.PROTECT, related_name="report"
    )

    class Meta:
        ordering = ["incident_id", "resolved_event_id"]

    def __str__(self) -> str:
        return f"{self.resolved_event} reports {self.incident}"


class Proposal(models.Model):
    """Two resolved events of different documents that lie near one another, as last computed."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey(ResolvedEvent, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(ResolvedEvent, on_delete=models.CASCADE, related_name="+")
    distance = models.FloatField()
    terms = models.JSONField()

    class Meta:
        ordering = ["distance", "id"]
        indexes = [models.Index(fields=["project", "distance", "id"], name="proposals_nearest")]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"


class Distinction(models.Model):
    """A person's judgement that two resolved events are two incidents. Never changed; linking them is a new judgement."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="distinctions")
    first = models.ForeignKey(ResolvedEvent, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(ResolvedEvent, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_incidents_said_once")
        ]

    def __str__(self) -> str:
        return f"{self.first} is not {self.second}"
