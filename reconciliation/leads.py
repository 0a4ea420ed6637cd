"""Where the links of a board's values lead: the events they name, in words, with the address of their cards.

What its person may not see yet is said to be so, and neither its document nor its coder is named.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from coding import schema
from coding.models import Round
from projects.access import Pass
from reconciliation import inputs, references
from reconciliation.cards import Lead
from reconciliation.models import Group, Member
from reconciliation.queries import visible_documents

HIDDEN = "an event of a document that is not open to you yet"


class Leads:
    """Groups are those of the board, with members and positions loaded."""

    def __init__(
        self, holder: Pass, of_round: Round, codebook: schema.Codebook, groups: Sequence[Group]
    ) -> None:
        self.fields = {
            one.name for _, one in codebook.every_field() if one.kind in references.KINDS
        }
        self._found: dict[str, Lead] = {}
        if not self.fields:
            return
        for number, group in enumerate(groups, start=1):
            for member in group.members.all():
                name = references.name(member.label, member.event.position)
                words = f"{number}. {_title(member)}"
                self._found[name] = Lead(name, words, f"#g-{group.public_id}")
        self._look_elsewhere(holder, of_round, set(_names(groups, self.fields)))

    def of(self, value: Any) -> list[Lead]:
        """The events that a value of a referring field names; none for a missing code."""
        if value is None or schema.is_missing(value):
            return []
        names = value if isinstance(value, list) else [value]
        return [
            self._found.get(name, Lead("", HIDDEN, "") if references.elsewhere(name) else Lead(name, name, ""))
            for name in map(str, names)
        ]  # fmt: skip

    def _look_elsewhere(self, holder: Pass, of_round: Round, names: Iterable[str]) -> None:
        wanted = {name: there for name in names if (there := references.elsewhere(name))}
        if not wanted:
            return
        numbers = {pk: n for pk, n in inputs.round_numbers(of_round).items() if pk != of_round.pk}
        seen = visible_documents(holder).filter(
            external_id__in={there.document for there in wanted.values()}
        )
        rows = Member.objects.filter(
            group__document__in=seen.values("pk"),
            group__round__project=of_round.project_id,
            group__retired_at=None,
            label__in={there.label for there in wanted.values()},
        ).select_related("event", "group__document", "group__round__project")
        for member in rows:
            document = member.group.document
            number = numbers.get(member.group.round_id)
            name = references.name_elsewhere(
                document.external_id, number, member.label, member.event.position
            )
            if name in wanted:
                slug, in_round = holder.project.slug, member.group.round.public_id
                address = reverse("board", args=[slug, in_round, document.public_id])
                words = f"{_title(member)} ({document.title})"
                self._found[name] = Lead(name, words, f"{address}#g-{member.group.public_id}")


def _title(member: Member) -> str:
    return f"{member.event.type} {member.event.values.get('title', '')}".strip()


def _names(groups: Iterable[Group], fields: set[str]) -> Iterable[str]:
    for group in groups:
        for position in group.positions.all():
            if position.field in fields:
                decided = position.decision.value if position.decision else []
                for value in (*position.candidates.values(), *decided):
                    yield from map(str, value if isinstance(value, list) else [value])
