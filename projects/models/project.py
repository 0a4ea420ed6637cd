"""A project and who takes part in it."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from projects.models.identity import public_id


class Project(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    # Off by default: nobody settles conflicts on a document they coded.
    own_adjudication_allowed = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("project", args=[self.slug])


class Membership(models.Model):
    """One person in one project: roles as a list of names from projects/roles.py, and the label others see."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    label = models.CharField(max_length=20)
    roles = models.JSONField(default=list)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)
    # The list of steps on the project's start page is out of this person's sight until they ask for it.
    is_guide_away = models.BooleanField(default=False)

    class Meta:
        ordering = ["project_id", "label"]
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="one_membership_per_person"),
            models.UniqueConstraint(fields=["project", "label"], name="one_label_per_project"),
        ]

    def __str__(self) -> str:
        return self.label
