"""An address of another program that is told what happened in a project, and every telling of it."""

import json

from django.conf import settings
from django.db import models

from projects.models.identity import public_id
from projects.models.project import Project


class Webhook(models.Model):
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="webhooks")
    address = models.CharField(max_length=500)
    # Names from projects/webhooks.py.
    events = models.JSONField(default=list)
    # What signs every telling. Shown once, when it is made.
    secret = models.CharField(max_length=80)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.address


class Delivery(models.Model):
    """One thing that happened, told to one address: what was sent, and how it went so far."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        DELIVERED = "delivered", "delivered"
        FAILED = "failed", "given up"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    event = models.CharField(max_length=20)
    payload = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # When it is tried next, while it waits.
    due_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "due_at"], name="deliveries_to_try")]

    def __str__(self) -> str:
        return f"{self.event} to {self.webhook} ({self.state})"

    @property
    def job_state(self) -> str:
        """Under the names of work, which pages have colours for."""
        return {"waiting": "queued", "delivered": "done"}.get(self.state, "failed")

    @property
    def is_to_be_tried(self) -> bool:
        return self.state == self.State.WAITING and self.attempts > 0

    @property
    def written(self) -> str:
        """What is sent, for people to read."""
        return json.dumps(self.payload, ensure_ascii=False, indent=2)
