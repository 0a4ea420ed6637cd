"""When a round counts as ready, and whether it is reconciled without being asked."""

from django.conf import settings
from django.db import models

from coding.models import Round


class Routine(models.Model):
    """One row for a round that somebody set something for; without it a document waits for all its coders."""

    class Every(models.IntegerChoices):
        NEVER = 0, "only when asked"
        QUARTER_HOUR = 15, "every 15 minutes at most"
        HOUR = 60, "every hour at most"
        DAY = 1440, "once a day at most"

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="routine")
    # So many coders of a document are enough to align it; None: all it was given to.
    enough = models.PositiveSmallIntegerField(null=True)
    every = models.PositiveIntegerField(choices=Every.choices, default=Every.NEVER)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=20)
    at = models.DateTimeField()
    # When a worker last looked whether there is anything to do; a claim, so that one worker looks at a time.
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(enough__isnull=True) | models.Q(enough__gte=1),
                name="enough_coders_are_some",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.get_every_display()}"

    @property
    def words(self) -> str:
        """What is set, as a sentence has it."""
        enough = (
            "a document is ready when all its coders handed in"
            if self.enough is None
            else f"a document is ready when {self.enough} of its coders handed in"
        )
        return f"{enough}; reconciled {Routine.Every(self.every).label}"
