"""A version of a project's codebook: the YAML as written, frozen once published."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from coding import schema
from projects.models import Project

MOST_PARSED = 32
_parsed: dict[str, schema.Codebook] = {}


class Codebook(models.Model):
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="codebooks")
    n = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    source = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["project_id", "n"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "n"], name="codebooks_of_a_project_numbered"
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None, published_by=None)
                | models.Q(published_at__isnull=False, published_by__isnull=False),
                name="codebook_published_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.n}"

    def get_absolute_url(self) -> str:
        return reverse("codebook", args=[self.project.slug, self.n])

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def fingerprint(self) -> str:
        """Enough of the SHA-256 to name this version in an address that a browser may keep."""
        return self.sha256[:16]

    @property
    def parsed(self) -> schema.Codebook:
        """Found by its fingerprint, so that the source itself need not be read each time."""
        known = _parsed.get(self.sha256) if self.sha256 else None
        if known is None:
            if len(_parsed) >= MOST_PARSED:
                _parsed.clear()
            known = _parsed[self.sha256] = schema.parse_cached(self.source)
        return known
