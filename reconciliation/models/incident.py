"""One real-world event and the documents that report it."""

from django.db import models

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
