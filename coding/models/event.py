"""What a coder found: events with values, and the passages that prove them.

These rows are the projection of the assignment's operations; nothing but applying operations writes them.
"""

from django.db import models

from coding.models.round import Assignment


class Event(models.Model):
    """An event, or with `near_miss` something left out on purpose, with the reason's code."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="events")
    uid = models.UUIDField()
    own_id = models.CharField(max_length=100, blank=True)
    type = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    whole_document = models.JSONField(default=dict)
    near_miss = models.BooleanField(default=False)
    near_miss_reason = models.CharField(max_length=60, blank=True)
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["assignment_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "uid"], name="events_have_ids")
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.values.get('title', '')}".strip()


class Passage(models.Model):
    """A run of the pinned text: [start, end) in code points, with the words as they stood and 32 around."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="passages")
    uid = models.UUIDField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    before = models.CharField(max_length=32, blank=True)
    after = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["assignment_id", "start", "end"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "uid"], name="passages_have_ids"),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="passage_start_before_end"
            ),
        ]

    def __str__(self) -> str:
        return self.exact[:60]


class Evidence(models.Model):
    """That a passage proves a field of an event. One passage may prove several."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="evidence")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="evidence")
    field = models.CharField(max_length=60)

    class Meta:
        ordering = ["event_id", "field", "passage__start", "passage__end"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "passage", "field"], name="one_link_per_field_and_passage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.passage}"
