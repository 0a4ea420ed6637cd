"""The text of a document as one reading gave it. Coded against, therefore never changed."""

from django.db import models

from sources.models.document import Document


class Text(models.Model):
    """Canonical string in code points; blocks as [kind, start, end, level], pages apart."""

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="texts", db_index=False
    )
    n = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    body = models.TextField()
    length = models.PositiveIntegerField()
    blocks = models.JSONField()
    reader = models.CharField(max_length=40)
    reader_version = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    metadata = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    language = models.CharField(max_length=16, blank=True)
    has_astral = models.BooleanField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["document_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["document", "n"], name="texts_of_a_document_numbered")
        ]
        indexes = [models.Index(fields=["sha256"], name="texts_of_the_same_words")]

    def __str__(self) -> str:
        return f"{self.document} (text {self.n})"

    @property
    def is_recognised(self) -> bool:
        """Whether it was made by text recognition (OCR)."""
        return bool(self.parameters.get("ocr"))


class Page(models.Model):
    """One page of a text and, packed, where each of its words stands on the sheet."""

    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="pages")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    width = models.FloatField(default=0)
    height = models.FloatField(default=0)
    rotation = models.SmallIntegerField(default=0)
    crop_box = models.JSONField(default=list)
    words = models.BinaryField(default=b"")
    furniture = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="ok")

    class Meta:
        ordering = ["text_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="pages_of_a_text_numbered"),
            models.CheckConstraint(
                condition=models.Q(start__lte=models.F("end")), name="page_start_before_end"
            ),
        ]

    def __str__(self) -> str:
        return f"page {self.number}"
