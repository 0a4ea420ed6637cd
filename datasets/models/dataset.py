"""What a project says of its dataset as a whole: whether its releases stand open, and where absence was observed."""

from django.conf import settings
from django.db import models

from projects.models import Project


class Dataset(models.Model):
    """Whether anybody may read the published releases of a project. A project without one is closed."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="dataset")
    is_public = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"dataset of {self.project}"


class SearchedYears(models.Model):
    """Years of an alliance whose search is complete: only there is finding nothing a zero. No alliance: all states."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="searched_years")
    alliance = models.CharField(max_length=100, blank=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    search_log = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["project_id", "alliance", "first_year", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_year__lte=models.F("last_year")),
                name="searched_years_in_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(search_log=""), name="searched_years_name_their_search"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alliance or 'all states'} {self.first_year}-{self.last_year}"
