"""A filled event that a coder keeps, to begin others from it."""

from django.db import models

from coding.models.round import Round
from projects.models import Membership


class EventTemplate(models.Model):
    """Values only, in one round, for the coder who kept it and nobody else. The browser makes its uid."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="event_templates")
    coder = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    uid = models.UUIDField()
    name = models.CharField(max_length=80)
    type = models.CharField(max_length=40)
    values = models.JSONField(default=dict)  # name of the field -> canonical value
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "coder", "uid"], name="an_event_template_counts_once"
            ),
            models.UniqueConstraint(
                fields=["round", "coder", "name"], name="an_event_template_has_its_own_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
