"""A document: what a file or article is, whether it could be read, and which of its texts is current."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from projects.models import Project, public_id


class Document(models.Model):
    class Kind(models.TextChoices):
        TREATY = "treaty", "treaty or instrument"
        NEWS = "news", "news or release"
        OTHER = "other", "other"

    class State(models.TextChoices):
        QUEUED = "queued", "waiting to be read"
        READ = "read", "read"
        FAILED = "failed", "could not be read"
        RETIRED = "retired", "retired"

    # Some references have no index of their own: they are found by the beginning of another, or nobody looks for them.
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="documents", db_index=False
    )
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    external_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OTHER)
    title = models.CharField(max_length=500)
    outlet = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=1000, blank=True)
    published_on = models.DateField(null=True, blank=True)
    parties = models.JSONField(default=list, blank=True)  # COW codes of a treaty's parties, sorted
    # Who confirmed or corrected what is said above; nobody yet: it was only proposed.
    described_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    reason_code = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    # Bytes, text and quotes are gone for good; the row, its hash and the reason stay. Such a document is retired too.
    taken_down_at = models.DateTimeField(null=True, blank=True)
    current_text = models.ForeignKey(
        "sources.Text", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Where it came from, if it was a row of a table or a member of an archive; `line` is which.
    collection = models.ForeignKey(
        "sources.Collection",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    line = models.PositiveIntegerField(null=True, blank=True)
    # Articles of a table are stored many to a file: which, and where in it they begin; else a file of their own.
    pack = models.CharField(max_length=64, blank=True)
    pack_start = models.PositiveBigIntegerField(null=True, blank=True)
    # What makes an article of a table this one and no other: its text and what its row says of its source, hashed.
    # Empty for a file, which is told by its bytes.
    article = models.CharField(max_length=64, blank=True, default="", editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["project_id", "external_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "external_id"], name="one_document_per_external_id"
            ),
            models.UniqueConstraint(
                fields=["project", "sha256"],
                condition=~models.Q(state="retired") & models.Q(article=""),
                name="one_document_per_content",
            ),
            models.UniqueConstraint(
                fields=["project", "article"],
                condition=~models.Q(state="retired") & ~models.Q(article=""),
                name="one_document_per_article",
            ),
            models.CheckConstraint(
                condition=models.Q(state="read", current_text__isnull=False)
                | ~models.Q(state="read"),
                name="a_read_document_has_a_text",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(reason=""),
                name="a_failed_document_says_why",
            ),
        ]
        indexes = [models.Index(fields=["project", "state"], name="documents_by_state")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.project.slug, self.public_id])
