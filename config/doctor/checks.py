"""What a check is: an invariant in words, where it does not hold, and what can be done about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from projects.models import Project


@dataclass(frozen=True)
class Finding:
    """One place where an invariant does not hold; `subject` is what a repair needs to know of it."""

    where: str
    message: str
    subject: object = None

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass(frozen=True)
class Scope:
    """Everything, or one project."""

    project: Project | None = None

    def only(self, path: str) -> dict[str, Project]:
        """The words of a filter whose `path` leads to the project."""
        return {path: self.project} if self.project else {}


@dataclass(frozen=True)
class Check:
    """`repair` mends one finding and says how, or why it could not; `offer` is what is asked before it does."""

    name: str
    holds: str
    find: Callable[[Scope], Iterator[Finding]]
    offer: str = ""
    repair: Callable[[Finding], str] | None = None
    of_projects: bool = True
