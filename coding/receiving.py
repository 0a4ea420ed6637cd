"""Codings of other tools on their way in: a file's value for a coding becomes the line that importing takes.

Whose document, coder and words are meant is asked of the project here; passages are placed in the very text the coder
has, and a text that is another one is told.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from coding import schema
from coding.exchange import anchoring, concord
from coding.exchange.codings import Coding, Event, Fault, Found, Passage, Unreadable
from coding.exchange.offsets import Utf16
from coding.exchange.spreadsheets import Said, Sheet
from coding.importing import Item, coder_named
from coding.lines import Line, Mistake, is_uuid
from coding.models import Assignment
from projects.models import Project
from projects.refusals import Invalid
from sources import queries as sources
from sources.models import Document, Text

NO_EVENT = Assignment.Outcome.NO_EVENT.value


@dataclass(frozen=True)
class Answers:
    """What a person says of a file that it does not say itself.

    `coder` and `document` stand where the file names none; `coders`: what the file calls a coder -> label here;
    `empty`: the outcome of a coding in which nothing is marked, if it may be taken in at all.
    """

    coder: str = ""
    coders: Mapping[str, str] = field(default_factory=dict)
    document: str = ""
    empty: str = ""


def items(project: Project, read: Iterable[Found | Fault], answers: Answers) -> Iterator[Item]:
    for n, one in enumerate(read, start=1):
        if isinstance(one, Fault):
            yield Item(n, _refusal(one.reason), place=one.place)
        else:
            yield _item(project, n, one, answers)


def _refusal(reason: str) -> Callable[[], Line]:
    def head() -> Line:
        raise Invalid(reason)

    return head


def _item(project: Project, n: int, found: Found, answers: Answers) -> Item:
    coding = found.coding

    def head() -> Line:
        named = {
            "document": document_of(project, coding, answers).external_id,
            "coder": _coder(coding, answers),
            "sitting": coding.sitting if coding.sitting > 1 else None,
            "round": coding.round,
        }
        return {name: value for name, value in named.items() if value}

    def whole(named: Line, assignment: Assignment) -> Line:
        return line_of(coding, named, assignment, answers)

    return Item(n, head, whole, place=found.place)


def sheet_items(
    project: Project, sheets: Iterable[Sheet], said: Said, documents: Mapping[str, str]
) -> Iterator[Item]:
    """Codings of a hand-coded table. `documents`: a source's text -> the own id of the document made of it."""
    columns = {target: header for header, target in said.columns.items()}
    for sheet in sheets:
        document = sheet.coding.document or documents.get(sheet.source, "")
        yield _sheet_item(project, sheet, document, columns)


def _sheet_item(project: Project, sheet: Sheet, document: str, columns: Mapping[str, str]) -> Item:
    coding = sheet.coding
    places = tuple(f"row {n}" for n in sheet.rows)

    def head() -> Line:
        name = document
        if coding.document:
            try:
                name = sources.named_document(project, document).external_id
            except Invalid as refusal:
                raise _at(places, "@document", refusal) from None
        try:
            coder_named(project, coding.coder)
        except Invalid as refusal:
            raise _at(places, "@coder", refusal) from None
        return {"document": name, "coder": coding.coder}

    def whole(named: Line, assignment: Assignment) -> Line:
        return line_of(coding, named, assignment, Answers(), places)

    where = f"row {sheet.rows[0]}" if len(sheet.rows) == 1 else f"rows {sheet.rows[0]} and others"
    return Item(
        sheet.rows[0], head, whole, place=where, rows=sheet.rows, columns=columns,
        source="" if coding.document else sheet.source,
    )  # fmt: skip


def _at(places: tuple[str, ...], target: str, refusal: Invalid) -> Invalid:
    mistakes = [Mistake(place, target, refusal.message) for place in places]
    return Invalid(refusal.message, mistakes=mistakes)


def document_of(project: Project, coding: Coding, answers: Answers) -> Document:
    """By the name the file gives, else by its address, else by its very text."""
    name = answers.document or coding.document
    refusal = None
    if name:
        try:
            return sources.named_document(project, name)
        except Invalid as told:
            refusal = told
        found = list(Document.objects.filter(project=project, address=name)[:2])
        if len(found) == 1:
            return found[0]
    if coding.text:
        prints = [concord.fingerprint(text) for text in (coding.text, f"{coding.text}\n")]
        texts = Text.objects.filter(document__project=project, sha256__in=prints)
        same = list(Document.objects.filter(texts__in=texts).distinct()[:2])
        if len(same) == 1:
            return same[0]
    raise refusal or Invalid(
        "The file does not say which document this is, and no text here is the same."
    )


def _coder(coding: Coding, answers: Answers) -> str:
    name = answers.coders.get(coding.coder, coding.coder) or answers.coder
    if not name:
        raise Invalid("The file does not say whose coding this is; say which coder.")
    return name


def line_of(
    coding: Coding,
    named: Line,
    assignment: Assignment,
    answers: Answers,
    called: tuple[str, ...] = (),
) -> Line:
    """The whole line, its passages in code points of the assignment's text. `called`: the events' places in the file."""
    body, book = assignment.text.body, assignment.round.codebook.parsed
    called = called or tuple(f"event {n}" for n in range(1, len(coding.events) + 1))
    if coding.text and not anchoring.is_same(coding.text, body):
        at = anchoring.first_difference(coding.text.rstrip(), body.rstrip())
        raise Invalid(
            f"The text in the file is not the text of “{named['document']}”: they differ from character {at} on."
        )
    units = Utf16(body)
    placed = tuple(
        _placed(event, place, book, body, units)
        for event, place in zip(coding.events, called, strict=True)
    )
    whole = replace(
        coding, document=str(named["document"]), coder=str(named["coder"]), events=placed, text="",
        outcome=coding.outcome or _outcome(coding, answers),
    )  # fmt: skip
    line = concord.line_of(whole)
    return {**line, **{name: value for name, value in named.items() if name != "sitting"}}


def _outcome(coding: Coding, answers: Answers) -> str:
    if any(event.near_miss is None for event in coding.events):
        return Assignment.Outcome.EVENTS.value
    if answers.empty:
        return answers.empty
    raise Invalid(
        "Nothing is marked as an event here, and the file cannot say whether that means “read, no event”. "
        "Say so to take it in as that."
    )


def _placed(event: Event, place: str, book: schema.Codebook, body: str, units: Utf16) -> Event:
    evidence: dict[str, list[Passage]] = {}
    for name, spans in event.evidence.items():
        for span in spans:
            try:
                start, end = anchoring.placed(body, units, span)
            except Unreadable as reason:
                mistake = Mistake(place, "@passage", str(reason))
                raise Invalid(f"{place}: {reason}", mistakes=[mistake]) from None
            kept = span.id if is_uuid(span.id) else ""
            evidence.setdefault(name or _itself(event.type, book), []).append(
                Passage(start, end, kept)
            )
    # A name made up by a tool is the file's own for the event; a UUID is what the event is called everywhere.
    uid = event.id if is_uuid(event.id) else ""
    own_id = event.own_id or ("" if uid else event.id)
    return replace(
        event,
        id=uid,
        own_id=own_id,
        evidence={name: tuple(spans) for name, spans in evidence.items()},
    )


def _itself(type_code: str, book: schema.Codebook) -> str:
    """The field under which a passage stands that proves the event and says of no field."""
    if not book.has_type(type_code):
        return "evidence"
    fields = book.fields_of(type_code)
    spans = [one.name for one in fields if one.kind == "spans"]
    needed = [one.name for one in fields if one.required]
    return [*spans, *needed, *(one.name for one in fields), "evidence"][0]
