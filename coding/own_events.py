"""A coder's own events in other documents, to link an event to an earlier one. Nobody else's are ever in it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from coding.models import Assignment, Event
from projects.access import Pass

MOST = 40


@dataclass(frozen=True)
class OwnEvent:
    id: str
    type: str
    title: str
    start: str
    document: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def elsewhere(
    holder: Pass, here: Assignment, *, words: str = "", uids: Sequence[str] = ()
) -> list[OwnEvent]:
    """Own living events of other documents whose title, type or document holds the words; or those with these ids."""
    found = (
        Event.objects.filter(assignment__coder=holder.membership, removed=False, near_miss=False)
        .exclude(assignment__document=here.document_id)
        .exclude(assignment__state=Assignment.State.WITHDRAWN)
        .select_related("assignment__document")
        .order_by("-assignment_id", "position")
    )
    if uids:
        found = found.filter(uid__in=[uid for uid in map(_uid, uids) if uid])
    wanted = words.casefold().split()
    events = []
    for row in found.iterator(chunk_size=500):
        one = OwnEvent(
            str(row.uid),
            row.type,
            str(row.values.get("title", "")),
            str(row.values.get("start", "")),
            row.assignment.document.title,
        )
        told = " ".join((one.type, one.title, one.start, one.document)).casefold()
        if all(word in told for word in wanted):
            events.append(one)
        if len(events) == MOST:
            break
    return events


def _uid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
