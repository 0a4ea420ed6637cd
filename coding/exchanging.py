"""The long work of an exchange: writing codings out, looking a file through, taking it in. Safe to run twice."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction

from coding import exchange_files, exporting, importing, reckoning, rounds
from coding.exchange.codings import Unreadable
from coding.exchange.spreadsheets import Sheet
from coding.exchange_files import Asked
from coding.exporting import Share
from coding.importing import Imported, Item, Source
from coding.models import Exchange, Round
from projects import access, files, jobs, ledger
from projects.jobs import Progress
from projects.models import Membership
from projects.refusals import Refused
from sources import collections
from sources import queries as sources
from sources.models import Document

MOST_PROBLEMS = 1_000  # told one by one; beyond that only counted
MOST_NOTICES = 200
TITLE_LENGTH = 200
WRITING_SECONDS = 1_800
Step = Callable[[int], None]
Steps = Callable[[int], Step]


def end(exchange: Exchange, state: str, *, told: dict[str, Any], reason: str = "") -> None:
    """By the table of lawful moves; what it came to, on its row."""
    assert state in Exchange.MOVES[Exchange.State(exchange.state)], (exchange.state, state)
    exchange.state, exchange.reason = state, reason
    exchange.told = {**exchange.told, **told}
    exchange.save(update_fields=["state", "reason", "told", "sha256", "size", "options"])


# -- out


def take_out(exchange: Exchange, progress: Progress) -> str:
    """Write what was asked for, as the asker may see it now; which codings these are is kept with the file."""
    holder = access.pass_for(exchange.by, exchange.project.slug)
    asked = exchange.options.get("round")
    of_round = Round.objects.filter(project=exchange.project, public_id=asked).first()
    found = exporting.begun(holder, Share(of_round, bool(exchange.options.get("only_own"))))
    progress.step(0, 1, "writing", hold=WRITING_SECONDS)
    written = exporting.written(found, exchange.format, title=exchange.project.title)
    exchange.options = {**exchange.options, "assignments": written.assignments}
    exchange.sha256, exchange.size = files.put_bytes(exporting.packed(written.files))
    with transaction.atomic():
        end(exchange, Exchange.State.DONE, told=written.told)
        ledger.record(
            exchange.project, "codings.take_out", exchange, by=exchange.by,
            difference={"format": exchange.format, "codings": written.codings, "sha256": exchange.sha256},
        )  # fmt: skip
    return f"{written.codings:,} codings written"


# -- in


def look_through(exchange: Exchange, progress: Progress) -> str:
    """Everything that taking in would do, without doing it; what it would come to stands on the exchange's row."""
    result = checked(exchange, step=lambda of: _stepper(progress, of))
    return f"{result.codings:,} codings can be taken in, {len(result.problems):,} things are wrong"


def checked(exchange: Exchange, *, step: Steps = lambda of: lambda done: None) -> Imported:
    asked = Asked(exchange, exchange.options)
    found = exchange_files.read(exchange)
    result = _checked(asked, found.items, step(len(found.items)))
    result.problems = sorted([*found.problems, *result.problems], key=lambda one: one.line)
    made = {sheet.source for sheet in found.sheets if sheet.source}
    told = _told(result) | {
        "documents": len(made - _here(asked, found.sheets)),
        "types": dict(sorted(found.strange_types.items())),
    }
    end(exchange, Exchange.State.CHECKED, told={"check": told})
    return result


def _here(asked: Asked, sheets: Iterable[Sheet]) -> set[str]:
    """The sources that are documents already, from an earlier taking in."""
    made = exchange_files.made_of(asked, sheets)
    here = _documents(asked) if made else set()
    return {source for source, name in made.items() if name in here}


def _documents(asked: Asked) -> set[str]:
    found = Document.objects.filter(project=asked.exchange.project)
    return set(found.values_list("external_id", flat=True))


def _checked(asked: Asked, items: Sequence[Item], step: Step) -> Imported:
    project, in_round = asked.exchange.project, asked.round()
    if asked.new_round and in_round is None:
        return reckoning.reckon(project, items, asked.codebook(), step=step)[0]
    here = _documents(asked) if any(item.source for item in items) else set()
    apart: list[Item] = []
    rest: list[Item] = []
    for item in items:
        (apart if item.source and _name(item) not in here else rest).append(item)
    result, _ = reckoning.reckon(project, apart, asked.codebook())
    there = importing.take_in(
        project, rest, by=asked.exchange.by, in_round=in_round,
        assign=bool(asked.options.get("assign")), only_check=True, step=step,
    )  # fmt: skip
    return _together(result, there)


def _name(item: Item) -> str:
    try:
        return str(item.head()["document"])
    except Refused:
        return ""


def _together(one: Imported, other: Imported) -> Imported:
    return Imported(
        one.lines + other.lines,
        one.codings + other.codings,
        one.events + other.events,
        one.near_misses + other.near_misses,
        one.known + other.known,
        [*one.problems, *other.problems],
        [*one.notices, *other.notices],
    )


def _stepper(progress: Progress, of: int) -> Step:
    def step(done: int) -> None:
        if done % 20 == 0 or done == of:
            progress.step(done, of, f"{done:,} of {of:,} codings")

    return step


def _told(result: Imported) -> dict[str, Any]:
    return {
        "lines": result.lines,
        "codings": result.codings,
        "events": result.events,
        "near_misses": result.near_misses,
        "known": result.known,
        "problems": [one.as_dict() for one in result.problems[:MOST_PROBLEMS]],
        "problem_count": len(result.problems),
        "notices": [one.as_dict() for one in result.notices[:MOST_NOTICES]],
        "notice_count": len(result.notices),
    }


def take_in(exchange: Exchange, progress: Progress) -> str:
    """Take in every good coding; a bad one stays out whole and is told."""
    result, _ = taken_in(exchange, step=lambda of: _stepper(progress, of))
    return f"{result.codings:,} codings taken in"


def taken_in(
    exchange: Exchange, *, step: Steps = lambda of: lambda done: None
) -> tuple[Imported, int]:
    """What came of it, and how many documents were made of sources."""
    asked = Asked(exchange, exchange.options)
    found = exchange_files.read(exchange)
    items = found.items
    if asked.new_round and asked.round() is None:
        _, good = reckoning.reckon(exchange.project, items, asked.codebook())
    else:
        good = list(items)
    wanted = {item.rows for item in good}
    made = _make_documents(asked, [sheet for sheet in found.sheets if sheet.rows in wanted])
    in_round = asked.round()
    if asked.new_round and in_round is None and good:
        in_round = _open(asked, good[0])
    result = importing.take_in(
        exchange.project, items, by=exchange.by, in_round=in_round,
        assign=bool(asked.options.get("assign") or asked.new_round),
        source=Source(exchange.format, exchange), step=step(len(items)),
    ) if good or not asked.new_round else Imported(lines=len(items))  # fmt: skip
    result.problems = sorted([*found.problems, *result.problems], key=lambda one: one.line)
    with transaction.atomic():
        end(exchange, Exchange.State.DONE, told={"done": _told(result) | {"documents": made}})
        ledger.record(
            exchange.project, "codings.take_in", exchange, by=exchange.by,
            difference={
                "format": exchange.format, "file": exchange.filename, "sha256": exchange.sha256,
                "codings": result.codings, "known": result.known, "refused": len(result.problems),
            },
        )  # fmt: skip
    return result, made


def _make_documents(asked: Asked, sheets: Sequence[Sheet]) -> int:
    """A document of each source that is none yet, as a table of articles is taken in."""
    made = exchange_files.made_of(asked, sheets)
    fresh = {source: name for source, name in made.items() if source not in _here(asked, sheets)}
    if not fresh:
        return 0
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["id", "title", "text"])
    writer.writerows([name, source[:TITLE_LENGTH], source] for source, name in fresh.items())
    collection = collections.take_in(
        asked.exchange.project, by=asked.exchange.by, chunks=[table.getvalue().encode()],
        filename=f"{PurePosixPath(asked.exchange.filename).stem[:100]}-sources.csv",
        columns={"id": "id", "title": "title", "text": "text"},
    )  # fmt: skip
    for job in jobs.waiting_for(collections.COLLECT, collection.public_id):
        jobs.see_through(job)
    return len(fresh)


def _open(asked: Asked, first: Item) -> Round:
    """A round of its own for what comes from elsewhere: opened with the first coding, the others are given after it."""
    project = asked.exchange.project
    head = first.head()
    document = sources.named_document(project, str(head["document"]))
    coder: Membership = importing.coder_named(project, str(head["coder"]))
    return rounds.open_round(
        project,
        asked.new_round,
        by=asked.exchange.by,
        coders=[coder],
        per_document=1,
        documents=[document],
        instructions=f"Codings brought in from {asked.exchange.filename}.",
    )


def failed(exchange: Exchange, reason: str) -> None:
    end(exchange, Exchange.State.FAILED, told={}, reason=reason)


def run(exchange: Exchange, what: str, progress: Progress) -> str:
    """One step of an exchange; what it cannot do is written on its row."""
    works = {"out": take_out, "check": look_through, "in": take_in}
    try:
        return works[what](exchange, progress)
    except Unreadable as reason:
        failed(exchange, str(reason))
        return f"could not be done: {reason}"
    except Refused as refusal:
        failed(exchange, refusal.message)
        return f"could not be done: {refusal.message}"
