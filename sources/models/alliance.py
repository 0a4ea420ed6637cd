"""Alliances, their members by spells, and the lists they were loaded from. What they mean is `sources.alliances`' business."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from projects.models import Project, public_id


class AllianceList(models.Model):
    """One loading of a list: which file, by whom, and what was not taken from it. Never changed afterwards."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="alliance_lists")
    n = models.PositiveIntegerField()
    version = models.CharField(max_length=60)
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    is_whole = models.BooleanField()  # the alliances it does not name left the project's list
    counts = models.JSONField()
    problems = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["project_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["project", "n"], name="alliance_lists_numbered")
        ]

    def __str__(self) -> str:
        return f"alliances, list {self.label}"

    @property
    def label(self) -> str:
        """Its number, and its version where it was given one."""
        return str(self.n) if self.version == str(self.n) else f"{self.n}, {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("alliance_list", args=[self.project.slug, self.n])


class Alliance(models.Model):
    """One alliance under the name coders use for it. It keeps its row through all lists that name it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="alliances")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    reference = models.CharField(max_length=100)
    name = models.CharField(max_length=300)
    atop_id = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=100, blank=True)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)  # the last day; without one it is in force
    source = models.CharField(max_length=500, blank=True)
    loaded_from = models.ForeignKey(AllianceList, on_delete=models.PROTECT, related_name="+")
    # The list that took the alliance's place without naming it: it stays readable and counts no more.
    dropped_by = models.ForeignKey(
        AllianceList, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["project_id", "reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "reference"], name="one_alliance_per_reference"
            ),
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="alliance_ends_after_its_start",
            ),
            models.CheckConstraint(
                condition=~models.Q(reference="") & ~models.Q(name=""),
                name="an_alliance_has_reference_and_name",
            ),
            models.CheckConstraint(
                condition=models.Q(atop_id__isnull=True) | models.Q(atop_id__gt=0),
                name="an_atop_id_is_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("alliance", args=[self.project.slug, self.public_id])


class AllianceMember(models.Model):
    """A spell of membership, first and last day included. A member that left and came back has two."""

    class Role(models.TextChoices):
        PATRON = "patron", "patron"
        PROTEGE = "protege", "protégé"
        PEER = "peer", "peer"

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="members")
    ccode = models.PositiveIntegerField()
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices, blank=True)

    class Meta:
        ordering = ["alliance_id", "ccode", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "ccode", "start"], name="one_spell_of_a_member_per_start"
            ),
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="membership_ends_after_its_start",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["", "patron", "protege", "peer"]),
                name="a_member_has_a_known_role",
            ),
            models.CheckConstraint(
                condition=models.Q(ccode__gt=0), name="a_member_is_a_state_by_its_cow_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ccode} in {self.alliance}"
