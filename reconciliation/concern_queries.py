"""Concerns about the codebook, as a person may see them: flagged decisions and coders' questions by what they are about.

Decisions only of documents all of whose codings this person may see; questions by coding/access.py's rule.
Never writes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from coding import codebooks, draft_notes, schema, versions, wording
from coding.access import visible_questions
from coding.models import DraftNote, Question, Round
from projects.access import Pass
from projects.refusals import Invalid
from reconciliation.concerns import Chosen
from reconciliation.models import Decision, Handling, Position
from reconciliation.positions import TYPE
from reconciliation.queries import visible_documents

WAITING, NOTED, ASIDE, ALL = "", "noted", "aside", "all"
Moves = Mapping[int, Sequence[versions.Moved]]


@dataclass(frozen=True)
class Wanted:
    """Which concerns are listed; `place` as a draft note has it, empty for all."""

    state: str = WAITING
    source: str = ""
    type: str = ""
    place: str = ""
    error_kind: str = ""
    round: str = ""

    @property
    def is_narrowed(self) -> bool:
        return self != Wanted(state=self.state)


@dataclass(frozen=True)
class Concern:
    """One decision or question; `key` names it in a form, `place` what of the codebook it is about."""

    key: str
    kind: str
    place: str
    type: str
    at: datetime
    who: str
    words: str
    quote: str
    told: Sequence[tuple[str, str]]
    why: str
    version: int
    round: str
    document: str
    subject: Decision | Question
    handling: Handling | None

    @property
    def is_decision(self) -> bool:
        return self.kind == "decision"


@dataclass(frozen=True)
class Rule:
    """What the codebook says now: a heading and its words."""

    what: str
    words: str


@dataclass(frozen=True)
class Subject:
    """A type, a field or the whole codebook, what it says there now, and what speaks against it."""

    place: str
    title: str
    rules: Sequence[Rule]
    concerns: Sequence[Concern]


def flagged(holder: Pass) -> QuerySet[Decision]:
    """Decisions that say the codebook needs work or was unclear, as far as nobody decided anew without saying so."""
    later = Decision.objects.filter(
        group=OuterRef("group"), field=OuterRef("field"), pk__gt=OuterRef("pk")
    ).exclude(kind=Decision.Kind.REOPENED)
    return (
        Decision.objects.filter(
            Q(codebook_needs_work=True) | Q(error_kind=Decision.ErrorKind.CODEBOOK),
            group__round__project=holder.project,
            group__document__in=visible_documents(holder).values("pk"),
        )
        .filter(~Exists(later) | Q(handling__isnull=False))
        .select_related(
            "group__round__codebook", "group__round__project", "group__document", "handling__note",
            "handling__by",
        )
        .order_by("-id")
    )  # fmt: skip


def asked(holder: Pass) -> QuerySet[Question]:
    if not holder.allows("reconciliation.decide"):
        return Question.objects.none()
    return (
        visible_questions(holder)
        .select_related("assignment__round__project", "handling__note", "handling__by")
        .order_by("-asked_at", "-id")
    )


def chosen(holder: Pass, keys: Iterable[str]) -> Chosen:
    """Those named that this person may see; what they may not see is as if it were not there."""
    named = set(keys)
    return Chosen(
        list(flagged(holder).filter(public_id__in=_named(named, "d"))),
        list(asked(holder).filter(public_id__in=_named(named, "q"))),
    )


def _named(keys: set[str], letter: str) -> list[str]:
    return [key[2:] for key in keys if key.startswith(f"{letter}.")]


def concerns(holder: Pass, wanted: Wanted) -> list[Concern]:
    """In the order of the codebook, newest first within a place."""
    decisions, questions = flagged(holder), asked(holder)
    if wanted.state in {WAITING, NOTED, ASIDE}:
        state = {
            WAITING: Q(handling=None),
            NOTED: Q(handling__note__isnull=False),
            ASIDE: Q(handling__isnull=False, handling__note=None),
        }[wanted.state]
        decisions, questions = decisions.filter(state), questions.filter(state)
    if wanted.error_kind:
        decisions, questions = decisions.filter(error_kind=wanted.error_kind), questions.none()
    if wanted.round:
        decisions = decisions.filter(group__round__public_id=wanted.round)
        questions = questions.filter(assignment__round__public_id=wanted.round)
    moved = versions.moves_of(list(Round.objects.filter(project=holder.project)))
    found = []
    if wanted.source != "question":
        found += [_of_decision(one, moved) for one in decisions]
    if wanted.source != "decision":
        found += [_of_question(one, moved) for one in questions]
    if wanted.type:
        found = [one for one in found if one.type == wanted.type]
    if wanted.place:
        found = [one for one in found if one.place == wanted.place]
    order = {place: n for n, place in enumerate(places(holder))}
    return sorted(
        found, key=lambda one: (order.get(one.place, len(order)), one.place, -one.at.timestamp())
    )


def subjects(holder: Pass, found: Sequence[Concern]) -> list[Subject]:
    """Concerns under what they are about, with what the newest version says there."""
    newest = codebooks.newest(holder.project)
    book = newest.parsed if newest else None
    titles = places(holder)
    by_place: dict[str, list[Concern]] = {}
    for one in found:
        by_place.setdefault(one.place, []).append(one)
    return [
        Subject(place, titles.get(place, f"{place}, no longer in the codebook"), _rules(book, place), own)
        for place, own in by_place.items()
    ]  # fmt: skip


def places(holder: Pass) -> dict[str, str]:
    """Every place of the newest codebook in words, in its order."""
    newest = codebooks.newest(holder.project)
    found = {"": "The codebook as a whole"}
    if newest is None:
        return found
    book = newest.parsed
    found |= {one.name: f"Every event: {one.label}" for one in book.common if one.name != TYPE}
    for kind in book.types:
        found[kind.code] = f"{kind.code} {kind.label}: what counts as one"
        found |= {
            f"{kind.code}.{one.name}": f"{kind.code} {kind.label}: {one.label}"
            for one in kind.fields
        }
    return found  # fmt: skip


def place_of(book: schema.Codebook, type_code: str, field: str) -> str:
    """A field of every event by its name alone; what is one type's with the type before it."""
    if field in {"", TYPE, Position.EXISTENCE}:
        return type_code
    if any(one.name == field for one in book.common):
        return field
    return f"{type_code}.{field}" if type_code else field


def about(place: str) -> tuple[str, str]:
    """Type and field of a place."""
    if "." in place:
        type_code, _, field = place.partition(".")
        return type_code, field
    return (place, "") if place[:1].isupper() else ("", place)


def common_place(chosen: Chosen) -> str:
    """The one place that all the chosen are about; refused where they are about several."""
    found = {
        *(_of_decision(one, {}).place for one in chosen.decisions),
        *(_of_question(one, {}).place for one in chosen.questions),
    }
    if len(found) > 1:
        raise Invalid("The chosen are about different fields; say what the note is about.")
    return found.pop() if found else ""


def counts(holder: Pass) -> dict[str, int]:
    """How many wait, are in draft notes, are set aside."""
    found = {WAITING: 0, NOTED: 0, ASIDE: 0}
    for rows in (flagged(holder), asked(holder)):
        for note, handling in rows.values_list("handling__note", "handling"):
            found[WAITING if handling is None else NOTED if note else ASIDE] += 1
    return found


@dataclass(frozen=True)
class NoteRow:
    """A draft note with what it came from, as far as this person may see that."""

    note: DraftNote
    title: str
    sources: Sequence[Concern]


def waiting_notes(holder: Pass) -> list[NoteRow]:
    notes = list(draft_notes.waiting(holder.project))
    if not notes:
        return []
    titles = places(holder)
    behind: dict[int, list[Concern]] = {note.pk: [] for note in notes}
    for one in concerns(holder, Wanted(state=NOTED)):
        if one.handling is not None and one.handling.note_id in behind:
            behind[one.handling.note_id].append(one)
    return [NoteRow(note, titles.get(note.place, note.place), behind[note.pk]) for note in notes]


# --- one concern in words


def _of_decision(one: Decision, moved: Moves) -> Concern:
    book = one.group.round.codebook.parsed
    type_code = one.group.type
    shown = _value_words(book, type_code, one.field)
    told = [(label, shown(given)) for label, given in sorted(one.candidates.items())]
    told.append(("decided", shown(one.value[0]) if one.value else "left empty"))
    return Concern(
        key=f"d.{one.public_id}",
        kind="decision",
        place=place_of(book, type_code, one.field),
        type=type_code,
        at=one.at,
        who=one.by_label,
        words=one.reason,
        quote="",
        told=told,
        why=str(Decision.ErrorKind(one.error_kind).label) if one.error_kind else "",
        version=_version(one.group.round, moved, one.at),
        round=one.group.round.name,
        document=one.group.document.title,
        subject=one,
        handling=_handling(one),
    )


def _version(of_round: Round, moved: Moves, when: datetime) -> int:
    """The version that was coded with when it was decided or asked."""
    return versions.at(of_round, moved.get(of_round.pk, ()), when).n


def _value_words(book: schema.Codebook, type_code: str, name: str) -> Callable[[Any], str]:
    if name == Position.EXISTENCE:
        return lambda given: "an event" if given else "no event"
    known = book.fields_of(type_code) if book.has_type(type_code) else ()
    field = next((one for one in known if one.name == name), None)
    return lambda given: wording.value(field, given)


def _of_question(one: Question, moved: Moves) -> Concern:
    book = one.assignment.round.codebook.parsed
    return Concern(
        key=f"q.{one.public_id}",
        kind="question",
        place=place_of(book, one.type, one.field),
        type=one.type,
        at=one.asked_at,
        who=one.assignment.coder.label,
        words=one.words,
        quote=one.quote,
        told=[("answered", one.answer)] if one.is_answered else [],
        why="" if one.is_answered else "not answered yet",
        version=_version(one.assignment.round, moved, one.asked_at),
        round=one.assignment.round.name,
        document=one.assignment.document.title,
        subject=one,
        handling=_handling(one),
    )


def _handling(of: Decision | Question) -> Handling | None:
    found: Handling | None = getattr(of, "handling", None)
    return found


def _rules(book: schema.Codebook | None, place: str) -> list[Rule]:
    """What coders decide by at this place, in the words of the codebook."""
    if book is None or not place:
        return []
    type_code, name = about(place)
    if not name:
        return _of_type(book.type(type_code)) if book.has_type(type_code) else []
    fields: Mapping[str, schema.Field] = {
        one.name: one for owner, one in book.every_field() if (owner or "") == type_code
    }
    field = fields.get(name)
    if field is None:
        return []
    found = [Rule("Help", str(field.help))] if field.help else []
    found += [
        Rule(wording.option(one), str(one.definition))
        for one in field.options
        if one.definition and not one.is_missing
    ]
    for what, condition in (("Shown if", field.visible_if), ("Required if", field.required_if)):
        if condition is not None:
            found.append(Rule(what, wording.condition(condition, fields)))
    across = [*book.rules, *(rule for kind in book.types for rule in kind.rules)]
    found += [Rule("Rule", str(rule.message)) for rule in across if name in rule.fields]
    return found


def _of_type(kind: schema.EventType) -> list[Rule]:
    return [
        Rule("Definition", str(kind.definition)),
        *(Rule("Include", str(one)) for one in kind.include),
        *(Rule("Exclude", str(one)) for one in kind.exclude),
        *(Rule(f"Against {one.versus}", str(one.rule)) for one in kind.boundary),
        *([Rule("Counting", str(kind.counting))] if kind.counting else []),
    ]
