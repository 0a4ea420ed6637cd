"""The outline of a text: its sections as found by a reader or set by a person. A correction is a new outline.

Texts never change, so neither do their outlines; the one with the highest number is the one that holds.
"""

from django.conf import settings
from django.db import models

from sources.models.text import Text


class Outline(models.Model):
    """`by` is who set or confirmed it; none means it was only found, by this version of `sources.structure`."""

    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="outlines")
    n = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    finder_version = models.CharField(max_length=10)
    parties = models.JSONField(default=list)
    signed_on = models.DateField(null=True)
    # parties, published_on -> where in the text they were read; none for outlines from before it was kept
    found_in = models.JSONField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["text_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["text", "n"], name="outlines_of_a_text_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.text}, outline {self.n}"


class Section(models.Model):
    """[start, end) of the text in code points, and what stands there. Sections nest; they never cross."""

    class Kind(models.TextChoices):
        TITLE = "title", "title"
        PREAMBLE = "preamble", "preamble"
        PART = "part", "part, chapter or section"
        ARTICLE = "article", "article"
        PARAGRAPH = "paragraph", "paragraph"
        SIGNATURE = "signature", "signature block"
        ANNEX = "annex", "annex"
        NOTE = "note", "note or letter of an exchange"

    outline = models.ForeignKey(Outline, on_delete=models.PROTECT, related_name="sections")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    label = models.CharField(max_length=80, blank=True)
    heading = models.CharField(max_length=300, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        ordering = ["outline_id", "start", "-end"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="section_start_before_end"
            ),
            models.UniqueConstraint(
                fields=["outline", "start", "end"], name="one_section_per_passage"
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.get_kind_display()
