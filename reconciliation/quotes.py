"""The passages of a board: those of every coder's events and those by which decisions were proved, read once."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from coding.models import Evidence
from reconciliation.cards import Quote
from reconciliation.models import Group, Proof
from sources.models import Text

LONGEST = 160


class Quotes:
    """Groups come with their members and their positions' decisions loaded."""

    def __init__(self, text: Text, groups: Sequence[Group]) -> None:
        self._pages = list(text.pages.order_by("number").values_list("start", "number"))
        self._found: dict[tuple[int, str], list[Quote]] = defaultdict(list)
        self._spans: dict[int, set[tuple[int, int]]] = defaultdict(set)
        self._proofs: dict[int, list[Quote]] = defaultdict(list)
        events = [member.event_id for group in groups for member in group.members.all()]
        links = Evidence.objects.filter(event__in=events).order_by(
            "event_id", "field", "passage__start", "passage__end"
        )
        for event, field, start, end, exact in links.values_list(
            "event_id", "field", "passage__start", "passage__end", "passage__exact"
        ):
            self._found[event, field].append(self._quote(start, end, exact))
            self._spans[event].add((start, end))
        decisions = [
            position.decision_id
            for group in groups
            for position in group.positions.all()
            if position.decision_id is not None
        ]
        for proof in Proof.objects.filter(decision__in=decisions).order_by("start", "end"):
            self._proofs[proof.decision_id].append(self._quote(proof.start, proof.end, proof.exact))

    def of(self, event: int, name: str) -> list[Quote]:
        return self._found.get((event, name), [])

    def spans(self, event: int) -> list[tuple[int, int]]:
        return sorted(self._spans.get(event, ()))

    def proving(self, decision: int | None) -> list[Quote]:
        """The passages by which the adjudicator proved a decision."""
        return self._proofs.get(decision, []) if decision is not None else []

    def _quote(self, start: int, end: int, exact: str) -> Quote:
        return Quote(start, end, _shortened(exact), self._page(start))

    def _page(self, start: int) -> int | None:
        if len(self._pages) < 2:
            return None
        at = bisect_right(self._pages, (start, 10**9)) - 1
        return self._pages[max(at, 0)][1]


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1].rstrip()}…"
