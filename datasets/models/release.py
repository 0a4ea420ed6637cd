"""A numbered release and its files. Published, it never changes: the database refuses."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from projects.models import Project


class Release(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        # Built, and every check that blocks passed or was waived with a reason.
        CHECKED = "checked", "checked"
        PUBLISHED = "published", "published"
        WITHDRAWN = "withdrawn", "withdrawn"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="releases")
    version = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    # What its files say about it; the creators as lines that datasets.creators reads.
    creators = models.JSONField(default=list)
    licence = models.CharField(max_length=30, blank=True)
    description = models.TextField(blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    address = models.URLField(max_length=300, blank=True)
    released_on = models.DateField(null=True)
    changes = models.TextField(blank=True)
    year_rule = models.CharField(max_length=10, default="most")
    span_rule = models.CharField(max_length=10, default="start")
    anonymous_copy = models.BooleanField(default=False)
    # Given by a repository after publishing: stands outside the hashed files, on the pages only.
    doi = models.CharField(max_length=200, blank=True)
    # As the last build found them, and how far the project's ledger had come then.
    checks = models.JSONField(default=list)
    built_from = models.PositiveBigIntegerField(null=True)
    parameters = models.JSONField(default=dict)
    records_sha256 = models.CharField(max_length=64, blank=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    built_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["project_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="one_release_per_version"),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "checked"], published_at=None)
                | models.Q(published_at__isnull=False, published_by__isnull=False)
                & ~models.Q(manifest_sha256=""),
                name="published_when_by_whom_and_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("release", args=[self.project.slug, self.version])

    @property
    def is_open(self) -> bool:
        """Whether it can still change."""
        return self.state in OPEN


#: States in which a release may still be built, described and waived for.
OPEN = (Release.State.DRAFT, Release.State.CHECKED)


class Waiver(models.Model):
    """That a check did not pass and the version may be published all the same. It covers what was found, no more."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="waivers")
    check_name = models.CharField(max_length=40)
    found = models.TextField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["release_id", "check_name"]
        constraints = [
            models.UniqueConstraint(fields=["release", "check_name"], name="one_waiver_per_check"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_waiver_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.check_name} waived for {self.release}"


class ReleaseFile(models.Model):
    # A copy for blind review stands beside the release, not among its hashed files.
    class Part(models.TextChoices):
        RELEASE = "release", "release"
        REVIEW = "review", "anonymous copy for review"

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="files")
    part = models.CharField(max_length=10, choices=Part.choices, default=Part.RELEASE)
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    rows = models.PositiveIntegerField(null=True)
    # Set when the release is published; from then on the database refuses to touch the row.
    frozen = models.BooleanField(default=False)

    class Meta:
        ordering = ["release_id", "path"]
        constraints = [
            models.UniqueConstraint(fields=["release", "part", "path"], name="one_file_per_path")
        ]

    def __str__(self) -> str:
        return self.path
