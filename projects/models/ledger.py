"""The ledger's rows. Only projects/ledger.py writes them; the database refuses to change them."""

from django.db import models


class LedgerLine(models.Model):
    """What was done, to what, by whom. Ids and text without foreign keys: a line outlives its subject."""

    project_id = models.BigIntegerField()
    n = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=150)
    difference = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["project_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["project_id", "n"], name="ledger_lines_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.n} {self.verb} {self.subject_kind} {self.subject_id}"
