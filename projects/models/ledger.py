"""The ledger's rows. Only projects/ledger.py writes them; the database refuses to change them."""

from django.db import models


class LedgerLine(models.Model):
    """What was done, to what, by whom. Ids and text without foreign keys: a line outlives its subject.

    `by_label` is what others see of the person in the project, or the handle of one who is no member: no name stands in a
    line, since it could not be taken out of it. (Lines written before there were handles may hold a user name there.) Lines
    of form 1 hold the person's row number too.
    """

    project_id = models.BigIntegerField()
    n = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=150)
    difference = models.JSONField(default=dict)
    form = models.PositiveSmallIntegerField(default=1)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["project_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["project_id", "n"], name="ledger_lines_numbered")
        ]

    called = ""  # by a page, where the handle of `by_label` is somebody's

    def __str__(self) -> str:
        return f"{self.n} {self.verb} {self.subject_kind} {self.subject_id}"


class LedgerHead(models.Model):
    """Where a project's ledger ends: the queue of its writers, and what tells that lines at its end are gone.

    The database lets it move forward only. `chain` is the word that the project's hashes cover.
    """

    project_id = models.BigIntegerField(unique=True)
    chain = models.CharField(max_length=20)
    n = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["project_id"]

    def __str__(self) -> str:
        return f"{self.n} {self.hash}"
