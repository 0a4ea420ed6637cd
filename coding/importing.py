"""Codings made elsewhere: one line per coder and document, through the same door as typing.

Each line is checked whole against the codebook and becomes operations; a bad line is reported with its
number and reason and leaves nothing behind, and the next one goes on. One that is here already is known
and left alone. What a line may say is `lines`; other formats become such lines in `receiving`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from coding import assignments, events, exporting, lines, operations, rounds
from coding.exchange import concord
from coding.lines import Line
from coding.models import Assignment, Exchange, Origin, Round
from projects.models import Membership, Project, User
from projects.refusals import Invalid, Refused
from sources import queries as sources

MAX_LINE_BYTES = 5_000_000
FIRST_SITTING = 1


@dataclass(frozen=True)
class LineProblem:
    """`place` and `column` say where in a file that has no lines, or columns beside them."""

    line: int
    message: str
    place: str = ""
    column: str = ""

    def as_dict(self) -> dict[str, object]:
        told = {"place": self.place, "column": self.column}
        return {
            "line": self.line,
            **{name: words for name, words in told.items() if words},
            "message": self.message,
        }


@dataclass(frozen=True)
class Item:
    """One coding on its way in. `head` names document and coder; `whole` says all of it once the text is known.

    Of a table, `rows` are the events' rows in order and `columns` the column of each field; `source` is the
    text of which its document is still to be made.
    """

    line: int
    head: Callable[[], Line]
    whole: Callable[[Line, Assignment], Line] = lambda head, assignment: head
    place: str = ""
    rows: tuple[int, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    @property
    def where(self) -> str:
        return self.place or f"line {self.line}"

    @property
    def event_places(self) -> tuple[str, ...]:
        return tuple(f"row {n}" for n in self.rows)


@dataclass
class Imported:
    lines: int = 0
    codings: int = 0
    events: int = 0
    near_misses: int = 0
    known: int = 0
    problems: list[LineProblem] = field(default_factory=list)
    # Blanks a coder left: kept as "not coded", told so that nobody is surprised.
    notices: list[LineProblem] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """What the codings come from, told with each of them."""

    format: str = "concord"
    exchange: Exchange | None = None


class _Known(Exception):
    """This coding is here already, as it would be taken in."""


def import_codings(
    project: Project,
    raw: Iterable[bytes],
    *,
    by: User,
    in_round: Round | None = None,
    assign: bool = False,
    source: Source | None = None,
) -> Imported:
    """Take in what can be taken in. `assign` gives a coder a document that was not drawn for them."""
    return take_in(project, items_of(raw), by=by, in_round=in_round, assign=assign, source=source)


def items_of(raw: Iterable[bytes]) -> Iterator[Item]:
    for n, line in enumerate(raw, start=1):
        if line.strip():
            yield Item(n, lambda line=line, n=n: _object(line, first=n == 1))  # type: ignore[misc]


def take_in(
    project: Project,
    items: Iterable[Item],
    *,
    by: User,
    in_round: Round | None = None,
    assign: bool = False,
    source: Source | None = None,
    only_check: bool = False,
    step: Callable[[int], None] = lambda done: None,
) -> Imported:
    """Each coding whole or not at all. `only_check` does it all and takes it back, coding by coding."""
    result = Imported()
    seen: dict[tuple[int, ...], tuple[Item, str]] = {}
    for item in items:
        result.lines += 1
        try:
            with transaction.atomic():
                coded = _Coding(project, item, by, in_round, assign, source or Source())
                if only_check:
                    _check_once(coded, seen)
                blanks = coded.take_in()
                if only_check:
                    transaction.set_rollback(True)
        except _Known:
            result.known += 1
        except Refused as refusal:
            result.problems += problems_of(item, refusal)
        else:
            result.codings += 1
            result.events += coded.operations.events
            result.near_misses += coded.operations.near_misses
            if blanks:
                result.notices.append(LineProblem(item.line, blanks, item.place))
        step(result.lines)
    return result


def blanks_in(coded: lines.Operations, problems: Iterable[assignments.Problem], item: Item) -> str:
    blanks = []
    for one in problems:
        place = coded.place_of(one.event)
        place = "" if place == item.place else place
        blanks.append(f"{place + ': ' if place else ''}{one.field or one.message}")
    if not blanks:
        return ""
    more = f" and {len(blanks) - lines.SHOWN} more" if len(blanks) > lines.SHOWN else ""
    return f"left blank: {', '.join(blanks[: lines.SHOWN])}{more}"


def problems_of(item: Item, refusal: Refused) -> list[LineProblem]:
    """What is wrong with a coding; of a table by row and column."""
    mistakes = refusal.details.get("mistakes")
    if not item.rows or not isinstance(mistakes, list):
        return [LineProblem(item.line, refusal.message, item.place)]
    row_of = dict(zip(item.event_places, item.rows, strict=True))
    return [
        LineProblem(
            row_of.get(one.place, item.line),
            one.message,
            one.place or item.place,
            item.columns.get(one.field, one.field),
        )
        for one in mistakes
    ]


def _check_once(coded: "_Coding", seen: dict[tuple[int, ...], tuple[Item, str]]) -> None:
    """What the second of two alike would meet, were the first one not taken back."""
    place = coded.assignment
    key = (place.round_id, place.document_id, place.coder_id, place.sitting)
    here = coded.item, lines.fingerprint(coded.line)
    first, print_of_first = seen.setdefault(key, here)
    if first is coded.item:
        return
    if print_of_first == here[1]:
        raise _Known
    raise Invalid(f"The file has another coding of this document by this coder: {first.where}.")


def _object(raw: bytes, *, first: bool) -> dict[str, Any]:
    if len(raw) > MAX_LINE_BYTES:
        raise Invalid("The line is longer than 5 MB.")
    try:
        text = raw.decode("utf-8-sig" if first else "utf-8")
    except UnicodeDecodeError as error:
        raise Invalid(
            f"The line is not UTF-8 (byte {error.start + 1}). Save the file as UTF-8."
        ) from None
    try:
        value = json.loads(text, object_pairs_hook=_no_doubles, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Invalid(f"The line is not JSON: {error.msg} at character {error.pos + 1}.") from None
    except ValueError:
        raise Invalid("The line holds a number with too many figures.") from None
    except RecursionError:
        raise Invalid("The line is nested too deeply.") from None
    if not isinstance(value, dict):
        raise Invalid("The line must be a JSON object.")
    try:
        operations.check_storable(value)
    except operations.OperationInvalid as refusal:
        raise Invalid(str(refusal)) from None
    return value


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise Invalid(f"“{double}” stands twice in one object.")
    return result


def _no_constant(name: str) -> Any:
    raise Invalid(f"{name} is not a value; leave the field out or use “-9”.")


class _Coding:
    """One coder's coding of one document, on its way into its assignment."""

    def __init__(
        self,
        project: Project,
        item: Item,
        by: User,
        in_round: Round | None,
        assign: bool,
        source: Source,
    ) -> None:
        head = item.head()
        unknown = set(head) - lines.KEYS - lines.OWN_KEYS
        if unknown:
            raise Invalid(
                f"Unknown key “{sorted(unknown)[0]}”; a line has {', '.join(sorted(lines.KEYS))}."
            )
        self.project, self.item, self.head, self.by, self.source = project, item, head, by, source
        self.document = sources.named_document(project, lines.text_of(head, "document"))
        self.coder = coder_named(project, lines.text_of(head, "coder"))
        self.assignment = self._assignment(in_round or self._named_round(), assign)
        self.line = item.whole(head, self.assignment)
        self._check_text()
        codebook = self.assignment.round.codebook.parsed
        self.operations = lines.Operations(self.line, codebook, event_places=item.event_places)

    def take_in(self) -> str:
        """Apply and hand in; the sentence about what was left blank, if anything was."""
        problems: list[assignments.Problem] = []
        try:
            for at in range(0, len(self.operations.all), events.MAX_BATCH):
                batch = self.operations.all[at : at + events.MAX_BATCH]
                events.apply(self.assignment, batch, base=self.assignment.version, by=self.by)
                self.assignment.refresh_from_db(fields=["version", "state"])
            if self.operations.is_handed_in:
                _, problems = assignments.submit(self.assignment, by=self.by, allow_incomplete=True)
        except Invalid as refusal:
            told = refusal.details.get("problems")
            if not isinstance(told, list):
                raise
            mistakes = self.operations.mistakes(told)
            raise Invalid(lines.in_short(mistakes), mistakes=mistakes) from None
        Origin.objects.update_or_create(
            assignment=self.assignment,
            defaults={
                "exchange": self.source.exchange,
                "format": self.source.format,
                "place": self.item.where[:300],
                "fingerprint": lines.fingerprint(self.line),
            },
        )
        return blanks_in(self.operations, problems, self.item)

    def _check_text(self) -> None:
        """An export says which text its passages count in; on another one they would point elsewhere."""
        told = self.line.get("text")
        if told is None:
            return
        text = self.assignment.text
        if not isinstance(told, dict) or told.get("sha256") != text.sha256:
            length = told.get("length") if isinstance(told, dict) else None
            raise Invalid(
                f"The coding was made on another text of “{self.document.external_id}” "
                f"({length} characters; here {text.length}), so its passages would point elsewhere."
            )

    def _named_round(self) -> Round | None:
        """The round a line names, where this project has one of that name."""
        name = self.head.get("round")
        if not isinstance(name, str) or not name:
            return None
        return Round.objects.filter(project=self.project, name=name).first()

    def _assignment(self, in_round: Round | None, assign: bool) -> Assignment:
        sitting = self.head.get("sitting", FIRST_SITTING)
        everywhere = Assignment.objects.filter(
            document=self.document,
            coder=self.coder,
            round__project=self.project,
            sitting=sitting if type(sitting) is int else FIRST_SITTING,
        ).select_related("round__codebook", "round__project", "text", "document", "coder")
        if in_round:
            found = list(everywhere.filter(round=in_round))
        else:
            found = list(everywhere.filter(round__state=Round.State.OPEN))
        if not found:
            for elsewhere in everywhere.filter(origin__isnull=False):
                self._check_known(elsewhere)
        if not found and assign and sitting == FIRST_SITTING:
            opened = in_round or only_open_round(self.project)
            return rounds.assign(opened, self.document, self.coder, by=self.by)
        if not found:
            where = f"round “{in_round.name}”" if in_round else "an open round"
            raise Invalid(
                f"{self.coder.label} was not given “{self.document.external_id}” in {where}. "
                "With --assign the coder is given it now."
            )
        if len(found) > 1:
            raise Invalid("The document is open in several rounds; say which with --round.")
        if not found[0].is_workable or found[0].version:
            self._check_known(found[0])
        if not found[0].is_workable:
            raise Invalid(
                f"{self.coder.label}'s coding of “{self.document.external_id}” is already "
                f"{found[0].get_state_display()}; it was left as it is."
            )
        if found[0].version:
            raise Invalid(
                f"{self.coder.label} has begun to code “{self.document.external_id}” here; "
                "an import does not overwrite that."
            )
        return found[0]

    def _check_known(self, here: Assignment) -> None:
        """Raises _Known where this very coding came before, or stands here as it was taken out."""
        came = lines.fingerprint(self.item.whole(self.head, here))
        origin = Origin.objects.filter(assignment=here).first()
        if origin is not None and origin.fingerprint == came:
            raise _Known
        stands = concord.line_of(exporting.value(here, here.round.codebook))
        if lines.fingerprint(stands) == came:
            raise _Known


def coder_named(project: Project, label: str) -> Membership:
    coder = Membership.objects.filter(project=project, label=label, left_at=None).first()
    if coder is None or "coder" not in coder.roles:
        coders = ", ".join(one.label for one in coders_of(project)) or "none"
        raise Invalid(f"There is no coder “{label}” in this project (coders: {coders}).")
    return coder


def coders_of(project: Project) -> list[Membership]:
    members = Membership.objects.filter(project=project, left_at=None)
    return [one for one in members if "coder" in one.roles]


def only_open_round(project: Project) -> Round:
    opened = list(Round.objects.filter(project=project, state=Round.State.OPEN)[:2])
    if len(opened) != 1:
        raise Invalid("Say which round with --round." if opened else "There is no open round.")
    return opened[0]
