"""Which report an incident takes a value from, where a person decided otherwise than the order of sources."""

from django.conf import settings
from django.db import models

from reconciliation.models.decision import ResolvedEvent
from reconciliation.models.incident import Incident


class Preference(models.Model):
    """Never changed: a later one about the same field counts instead."""

    # The field that all others follow: of a report preferred as a whole.
    WHOLE = "*"

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="preferences")
    field = models.CharField(max_length=60)
    # None: left to the order of sources again.
    taken_from = models.ForeignKey(
        ResolvedEvent, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # [what the report said when it was preferred]; [] for a report as a whole and for none.
    value = models.JSONField(default=list)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=20)
    own_coding = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["incident_id", "id"]

    def __str__(self) -> str:
        return f"{self.field} of {self.incident}"
