"""The world of the table of rights with payloads in every text that a person fills: by the verbs where what follows from
them is shown too (codebook, documents, coding, decisions, lists, a release), and by hand in whatever is left.

By hand means round every check: what a form would refuse today lies there as if a check were lost tomorrow. ELSEWHERE
declares the fields that hold none, each with its reason; whoever adds a field a person fills finds it here or fails.
"""

from __future__ import annotations

import io
import itertools
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import uuid4

import yaml
from django.apps import apps
from django.db import connection, models

from coding import draft_notes, event_templates, exchanges, questions
from coding.models import Evidence, Manuscript, Origin, SecondLook, Settlement
from projects import jobs
from reconciliation import adjudication
from reconciliation.models import (
    Assessment,
    Decision,
    Distinction,
    Handling,
    Preference,
    Proof,
    Regrouping,
    Report,
    ResolvedEvent,
)  # fmt: skip
from reconciliation.models import Proposal as Likely
from sources import alliance_lists, collections, reading, state_lists
from sources.models import CollectionLine
from sources.reading import isolated
from tests import factories
from tests.sources import samples, word_files
from tests.trust.world import STATES, World, at_work, begun, move_on
from tests.trust.xss_payloads import MARK, ended, one, several

OURS = ("projects", "sources", "coding", "reconciliation", "datasets")
Words = Callable[[int], str]
TEXTS = (models.CharField, models.TextField, models.JSONField)
NOW = datetime(2026, 1, 1, tzinfo=UTC)

# Why a field holds no payload. Names of fields stand alone where they are the same in every model.
ELSEWHERE = {
    "ours: ids, hashes and words that only the program writes": (
        "public_id", "sha256", "hash", "records_sha256", "manifest_sha256", "input_hash", "fingerprint", "basis",
        "previous_hash", "pack", "article", "queue_key", "base", "coding.Operation.kind", "datasets.Release.parameters",
        "datasets.Waiver.check_name", "datasets.ReleaseFile.path", "projects.Delivery.event", "projects.Job.kind",
        "projects.Job.subject", "projects.Job.worker", "projects.LedgerHead.chain", "projects.LedgerLine.verb",
        "projects.LedgerLine.subject_kind", "projects.Webhook.secret", "reconciliation.Run.software",
        "reconciliation.Figure.question", "reconciliation.Figure.coefficient", "reconciliation.Figure.level",
        "reconciliation.Figure.interval", "reconciliation.Decision.rule", "reconciliation.Proposal.terms",
        "sources.Document.reason_code", "sources.Outline.finder_version", "sources.Text.reader",
        "sources.Text.reader_version", "sources.Text.parameters", "sources.Text.language", "sources.Page.state",
        "coding.Exchange.format", "coding.Origin.format", "projects.User.password", "projects.KeptAnswer.key",
        "datasets.Release.year_rule", "datasets.Release.span_rule", "projects.User.digest", "projects.User.language",
        "datasets.Release.licence",
    ),
    "numbers, places, codes of states and ids of rows": (
        "reconciliation.Group.distances", "reconciliation.Regrouping.together", "reconciliation.Regrouping.apart",
        "reconciliation.Regrouping.released", "reconciliation.AlignedDocument.tally", "reconciliation.Run.counts",
        "reconciliation.Run.selection", "reconciliation.Run.parameters", "reconciliation.Assessment.proposed",
        "sources.AllianceList.counts", "sources.Text.blocks", "sources.Page.crop_box", "sources.Page.furniture",
        "sources.Document.parties", "sources.Outline.parties", "sources.Outline.found_in", "coding.Round.drawn",
        "coding.Event.whole_document",
    ),
    "chosen from a list that the program has": (
        "roles", "projects.ApiToken.rights", "projects.Webhook.events", "coding.KeyChoice.keys",
    ),
    "an answer kept word for word for the program that asked; never part of a page": (
        "projects.KeptAnswer.headers",
    ),
    "REFUSED: a verb lets through letters, digits and a few signs (test_what_holds_no_payload_refuses_them)": (
        "projects.Project.slug", "projects.Membership.label", "projects.Invitation.label",
        "reconciliation.Member.label", "reconciliation.Figure.subject", "reconciliation.Run.breakdown",
        "datasets.Release.version",
    ),
    "REFUSED: a code of a codebook, of letters, digits and underscores": (
        "type", "field", "coding.Event.near_miss_reason", "sources.SearchLog.filters",
    ),
}  # fmt: skip
_BY_VERBS = {
    "coding.Manuscript.text",
    "coding.Codebook.source",
    "coding.Codebook.title",
    "sources.Text.body",
}


def sown(turn: int = 0) -> World:
    """The world with payloads from `turn` on: over as many turns as there are payloads each stands alone everywhere."""
    made = begun(book=book(turn), body=body(turn))
    _brought_in(made, turn)
    made = at_work(made, words=f" {several(turn)}")
    _more_by_verbs(made, turn)
    for state in STATES[1:]:
        move_on(made, state)
    with unguarded():
        _planted(made)
        _sow(turn)
    return replace(made, places={**made.places, **_places(made)})


# --- by verbs


def book(turn: int, version: str = "1.0.0") -> str:
    """A codebook in which every text that coders see is a payload."""
    told = yaml.safe_load(factories.BOOK)
    told["near_misses"] = {"reasons": [{"code": "talk", "label": "", "definition": ""}]}
    told["cannot_code"] = {"reasons": [{"code": "lost", "label": "", "definition": ""}]}
    told["rules"] = [{"condition": "status is set", "message": ""}]
    for name, kind in (("recipient", "state_list"), ("act", "treaty_ref"), ("who", "organisation")):
        told["common_attributes"].append({"name": name, "label": "", "type": kind})
    told["event_types"][0] |= {"counting": ""}
    told["assessment_records"] = {"types": ["EX"]}
    told["codebook"]["version"] = version
    count = iter(range(turn, turn + 10_000))

    def grown(node: Any) -> None:
        if isinstance(node, list):
            for part in node:
                grown(part)
        if not isinstance(node, dict):
            return
        if "label" in node and "name" in node:
            node["help"] = ""
        for name, value in node.items():
            if name in {"label", "title", "message"}:
                node[name] = ended(next(count))
            elif name in {"help", "definition", "rule", "counting", "text"}:
                node[name] = several(next(count))
            elif name in {"include", "exclude"}:
                node[name] = [ended(next(count)), several(next(count))]
            else:
                grown(value)

    grown(told)
    return yaml.safe_dump(told, allow_unicode=True)


def body(turn: int) -> str:
    return several(turn, 12).replace("\r", "").replace("\x85", "")


def _brought_in(made: World, turn: int) -> None:
    """Files of every kind and lists, as people bring them."""
    manager = made.people["manager"]
    for n, (name, content) in enumerate(files(turn).items()):
        collections.take_in(made.project, by=manager, chunks=[content], filename=name, outlet=_line(turn + n))  # fmt: skip
    # Reading in a process of its own is looked at elsewhere.
    with mock.patch.object(
        isolated, "read_isolated", lambda source, name: reading.read(_bytes(source), name)
    ):
        jobs.finish_all()
    listed = f"reference,name,kind,start,source,member,role\n{_cells('X1', one(turn), one(turn + 1), '1960-01-19', one(turn + 2), 'USA', 'patron')}X1,,,,,JPN,protege\n{_cells(one(turn), one(turn), one(turn), one(turn), '', one(turn), one(turn))}"  # fmt: skip
    alliance_lists.load(made.project, listed.encode(), by=manager, filename=_line(turn))
    states = "ccode,abbreviation,name,start,end,version\n" + "".join(
        _cells(code, short, _line(turn + 3 + n), "1816-01-01", "2020-12-31", "2020")
        for n, (code, short) in enumerate((("2", "USA"), ("732", "ROK"), ("740", "JPN"), ("900", "AUL"), ("920", "NEW")))
    )  # fmt: skip
    state_lists.load(made.project, "cow", states.encode(), by=manager, filename=_line(turn + 1))


def _more_by_verbs(made: World, turn: int) -> None:
    """What is asked and said about coding, and codings that came as a table."""
    manager, adjudicator = made.people["manager"], made.people["adjudicator"]
    cases = f"date,type,{_cells(_line(turn))}1951,EX,{_cells(one(turn))}".encode()
    exchanges.bring_in(made.project, by=manager, content=cases, filename=f"{_line(turn)}.csv")
    for job in made.project.jobs.filter(state="waiting").exclude(subject="none"):
        jobs.see_through(job)
    work = made.work("owner", made.news)
    factories.coded(
        work, factories.event(title=several(turn), status=5, reason=several(turn)), submit=False
    )
    event_templates.keep(
        work, uid=uuid4(), name=_line(turn), type_code="EX", values={"title": several(turn)}
    )
    asked = questions.ask(work, uid=uuid4(), words=several(turn), by=work.coder.user, span=(0, 20))
    questions.answer(asked, words=several(turn), by=adjudicator)
    factories.codebook(made.project, book(turn + 5, "1.2.0"), published=False)
    taken = made.groups(made.treaty)[0]
    adjudication.take_event(taken, "C1", by=factories.holder(made.member("adjudicator")), reason=several(turn))  # fmt: skip
    draft_notes.drop(
        draft_notes.write(made.project, words=several(turn), by=adjudicator), reason=several(turn), by=adjudicator
    )  # fmt: skip


def files(turn: int) -> dict[str, bytes]:
    """One file of each kind that is read, with payloads as its words, its metadata, its members' names and its own."""
    words, title = body(turn), one(turn)
    page = (
        f"<!doctype html><html><head><title>{title}</title><meta name=author content='{_line(turn + 1)}'>"
        f"<link rel=canonical href='javascript:zzx(1)'></head><body><h1>{title}</h1><p>{words}</p>"
        f"<script>zzx(1)</script><img src=x onerror=zzx(1)><p>{_escaped(words)}</p></body></html>"
    ).encode()
    article = {"title": _line(turn), "text": words, "outlet": _line(turn + 1), "author": _line(turn + 2), "address": "javascript:zzx(1)"}  # fmt: skip
    table = io.StringIO()
    table.write(
        "title,text,outlet,url\n" + _cells(_line(turn), words, _line(turn), "javascript:zzx(1)")
    )
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as held:
        held.writestr(f"{_line(turn)}.txt", f"{words} in the archive")
        held.writestr(f"a/{_line(turn + 1)}.exe", b"MZ")

    def word(document: Any) -> None:
        document.core_properties.title = _line(turn)
        document.core_properties.author = _line(turn + 1)
        for line in printed:
            document.add_paragraph(line)

    printed = [line.encode("ascii", "ignore").decode() for line in words.split("\n")]
    return {
        f"{_line(turn)}.txt": f"{words} as it is".encode(),
        f"{_line(turn)}.md": f"---\ntitle: {json.dumps(title)}\n---\n# {title}\n\n{words}\n[zzx](javascript:zzx(1))\n".encode(),
        f"{_line(turn)}.html": page,
        f"{_line(turn)}.pdf": samples.pdf(printed, titled=_line(turn)),
        f"{_line(turn)}.docx": word_files.made(word),
        f"{_line(turn)}.csv": table.getvalue().encode(),
        f"{_line(turn)}.jsonl": f"{json.dumps(article)}\n{json.dumps({one(turn): one(turn)})}\n".encode(),
        f"{_line(turn)}.zip": archive.getvalue(),
    }  # fmt: skip


def _bytes(source: bytes | Path) -> bytes:
    return source.read_bytes() if isinstance(source, Path) else source


def _line(turn: int) -> str:
    """A payload that is one line, as names of files and titles are."""
    return re.sub(r"[\x00-\x1f\x7f]", " ", one(turn))


def _cells(*cells: str) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


# --- by hand


@contextmanager
def unguarded() -> Iterator[None]:
    """Let rows that never change be changed, in a database that is thrown away: triggers and checks are out meanwhile."""
    assert connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        yield
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
        for _, sql in guards:
            cursor.execute(sql)


def _planted(made: World) -> None:
    """A row of each table that the verbs above leave empty, hung where a page shows it."""
    by = {"by": made.people["adjudicator"], "by_label": "PI"}
    work, coder = made.work("owner", made.news), made.people["owner"]
    assert coder is not None
    first = ResolvedEvent.objects.order_by("pk")[0]
    second = ResolvedEvent.objects.create(
        group=made.groups(made.treaty)[0], type=first.type, values=first.values, resolved_at=NOW
    )
    Report.objects.create(incident=first.report.incident, resolved_event=second)
    decision, incident = first.group.decisions.order_by("pk")[0], first.report.incident
    alliance = made.project.alliances.get(reference="XYZ-1960")
    told = made.project.collections.order_by("-pk")[0]
    evidence = Evidence.objects.filter(event__assignment=made.work("owner", made.treaty))[0]
    for row in (
        Assessment(project=made.project, alliance=alliance, provider=2, recipient=740, type="EX", year=1962, promised=1, kept=1, proposed={}, basis={}, **by),
        Handling(decision=decision, by=by["by"]),
        Distinction(project=made.project, first=first, second=second, by=by["by"]),
        Likely(project=made.project, first=first, second=second, distance=0.1, terms={}),
        Preference(incident=incident, field="title", taken_from=first, value=[first.values["title"]], at=NOW, **by),
        Regrouping(round=made.round, document=made.treaty, kind="split", at=NOW, **by),
        Proof(decision=decision, start=0, end=5),
        Settlement(assignment=evidence.event.assignment, passage=evidence.passage.uid, from_start=0, from_end=5, text=made.treaty.current_text, n=1, outcome="dropped", by=coder),
        SecondLook(assignment=work, codebook=made.round.codebook),
        Origin(assignment=work, exchange=made.project.exchanges.first(), format="spreadsheet", fingerprint="f"),
        Manuscript(project=made.project, person=made.people["manager"], text=made.round.codebook.source, kept_at=NOW),
        CollectionLine(collection=told, number=1, outcome="refused"),
    ):  # fmt: skip
        row.save()
    Decision.objects.filter(pk=decision.pk).update(error_kind="codebook", codebook_needs_work=True)


def sow_again(turn: int) -> None:
    """The same world with payloads from another turn on in whatever is filled by hand, each payload alone."""
    with unguarded():
        _sow(turn, one, one)


def _sow(turn: int, short: Words = ended, long: Words = several) -> None:
    for model, field in filled():
        name = f"{model._meta.label}.{field.name}"
        if name in _BY_VERBS or isinstance(field, models.JSONField) and name not in _NODES:
            continue
        # Each field begins elsewhere, and a new field moves no other one's payloads.
        count = itertools.count(turn + zlib.crc32(name.encode()))
        for pk in model._base_manager.order_by("pk").values_list("pk", flat=True):
            words = long if isinstance(field, models.TextField) else short
            value: Any = words(next(count))
            if name in _NODES:
                value = _NODES[name](value)
            elif field.unique or _is_in_a_unique_set(model, field.name):
                value = f"{value} {pk}"
            model._base_manager.filter(pk=pk).update(**{field.attname: value})


_NODES: dict[str, Any] = {
    "datasets.Release.creators": lambda words: ["; ".join([words.replace(";", ",")] * 2)],
    "datasets.Release.checks": lambda words: [{"check": "open_conflicts", "severity": "warns", "message": words}],
    "sources.Text.metadata": lambda words: {"title": words, "author": words},
    "sources.Text.warnings": lambda words: [words],
    "sources.Collection.headers": lambda words: [words, "text"],
    "sources.Collection.columns": lambda words: {words: "title"},
    "sources.Collection.said": lambda words: {"outlet": words},
    "sources.SearchLog.documents": lambda words: [words],
    "sources.AllianceList.notices": lambda words: [{"line": 1, "column": words, "message": words}],
    "coding.SecondLook.reasons": lambda words: [{"what": words, "before": words, "after": f"{words}.", "action": "changed"}],
    "coding.SecondLook.held": lambda words: words,
    "projects.Job.parameters": lambda words: {"words": words},
    "projects.Delivery.payload": lambda words: {"event": words},
    "reconciliation.Assessment.basis": lambda words: {"incidents": [words]},
}  # fmt: skip


def _is_in_a_unique_set(model: type[models.Model], name: str) -> bool:
    return any(name in one.fields for one in model._meta.constraints if isinstance(one, models.UniqueConstraint))  # fmt: skip


def _places(made: World) -> dict[str, Any]:
    """Of several, those that tell most."""
    asked = made.project.collections.order_by("-pk")
    brought = made.project.exchanges.order_by("pk").last()
    newest = made.project.alliance_lists.order_by("n").last()
    assert brought is not None and newest is not None
    return {
        "collections": asked[0].public_id, "exchange": brought.public_id, "codebooks:draft": 3,
        "lists": newest.n,
    }  # fmt: skip


# --- what holds none


def filled() -> list[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every field of text of our models that a person may come to fill."""
    known = {name for names in ELSEWHERE.values() for name in names}
    return [
        (model, field)
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        # What is not managed are yardsticks of benchmarks: no table of ours.
        if model._meta.managed and isinstance(field, TEXTS) and not field.choices and not {field.name, f"{model._meta.label}.{field.name}"} & known
    ]  # fmt: skip


def without() -> list[str]:
    """Those of them that hold no payload in any row."""
    return [
        f"{model._meta.label}.{field.name}"
        for model, field in filled()
        if not any(MARK in str(value) for value in model._base_manager.values_list(field.attname, flat=True))
    ]  # fmt: skip
