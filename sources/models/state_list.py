"""A project's own list of states, kept whole. The newest of each kind counts; older ones stay as they were."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from projects.models import Project


class StateList(models.Model):
    class Kind(models.TextChoices):
        COW = "cow", "membership in the state system (COW)"
        GW = "gw", "Gleditsch-Ward numbers"
        ISO3 = "iso3", "ISO 3166 alpha-3 codes"
        NAMES = "names", "names and spellings"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="state_lists")
    n = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    version = models.CharField(max_length=60)
    filename = models.CharField(max_length=255)
    # As in the files of sources/standard: one row a spell, days in ISO form.
    rows = models.JSONField()
    sha256 = models.CharField(max_length=64)
    ends = models.DateField(null=True, blank=True)  # the last day the list speaks of; COW only
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["project_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["project", "n"], name="state_lists_numbered"),
            models.CheckConstraint(
                condition=models.Q(kind="cow", ends__isnull=False)
                | (~models.Q(kind="cow") & models.Q(ends__isnull=True)),
                name="a_list_of_members_has_a_last_day",
            ),
        ]
        indexes = [models.Index(fields=["project", "kind", "n"], name="state_lists_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("state_list", args=[self.project.slug, self.n])
