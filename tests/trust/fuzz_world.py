"""What cases of the API are made about: two projects with something of everything, and who asks.

A document, a title or an id of the first project never belongs into an answer to somebody of the second.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from coding import draft_notes, exchanges, questions
from datasets import coverage
from projects import jobs, tokens, webhooks
from projects.access import pass_for
from projects.models import Project, User
from reconciliation import runs
from sources import copies
from sources.search import log
from sources.search.finding import Wanted
from tests import factories

LEADS = ("manager", "adjudicator", "exporter")


@dataclass(frozen=True)
class Person:
    """One who asks. `others` are words that no answer to them may hold."""

    user: User
    slug: str
    others: tuple[str, ...]


@dataclass
class World:
    """People and rows. `ids` are by the part of the address that stands before them."""

    lead: Person
    coder: Person
    stranger: Person
    ids: dict[str, list[Any]] = field(default_factory=dict)
    foreign: dict[str, list[Any]] = field(default_factory=dict)


def made() -> World:
    """Everything by the verbs that pages call, in whatever transaction is open."""
    first, first_ids, coder, lead = _project("first", "zqfirst")
    second, second_ids, _, stranger = _project("second", "zqsecond")
    return World(
        Person(lead, first.slug, ("zqsecond",)),
        # Their own coding is not handed in: what the other coder found is not theirs to know.
        Person(coder, first.slug, ("zqsecond", "zqfirst-other")),
        Person(stranger, second.slug, ("zqfirst",)),
        first_ids,
        second_ids,
    )


def _project(slug: str, mark: str) -> tuple[Project, dict[str, list[Any]], User, User]:
    lead = factories.user(f"{slug}-lead")
    project = factories.project(slug, by=lead)
    factories.member(project, lead.username, LEADS, label="PI")
    coder = factories.member(project, f"{slug}-coder", label="C1")
    other = factories.member(project, f"{slug}-other", label="C2")
    third = factories.member(project, f"{slug}-third", label="C3")
    book = factories.codebook(project)
    documents = [
        factories.document(project, f"{mark}-{n}", body=f"{mark} {factories.BODY}", kind=kind)
        for n, kind in enumerate(["news", "treaty", "news"])
    ]
    opened = factories.round_of(project, [coder, other, third], documents[:2])
    for who in (other, third):
        for document in documents[:2]:
            work = factories.assignment(opened, who, document)
            title = f"{mark}-other found it"
            factories.coded(work, factories.event(status=1 if who == other else 4, title=title))
    holder = pass_for(lead, slug)
    jobs.see_through(runs.start(opened, by=holder, replicates=5))
    own = factories.assignment(opened, coder, documents[0])
    factories.coded(own, factories.event(title=f"{mark} own"), submit=False)
    factories.alliances(project)
    factories.states(project)
    asked = questions.ask(own, uid=uuid4(), words=f"{mark}: why?", by=coder.user)
    note = questions.note(book, words=f"{mark}: so.", by=lead)
    draft = draft_notes.write(project, words=f"{mark}: so.", by=lead)
    brought = exchanges.bring_in(project, by=lead, content=f"date,type\n{mark},EX\n".encode(), filename="cases.csv")  # fmt: skip
    kept = log.keep(project, Wanted(words="exercise"), by=lead)
    twins = [factories.document(project, f"{mark}-twin-{n}", body=f"{mark} {n}") for n in (1, 2)]
    cluster = copies.confirm(project, twins, by=lead)
    release = factories.release(project)
    searched = coverage.declare(project, alliance="", first_year=1950, last_year=1960, search_log=mark, by=lead)  # fmt: skip
    hook = webhooks.register(project, address=f"https://{mark}.example.org/", events=["released"], by=lead)  # fmt: skip
    [telling] = webhooks.tell(project, "released", {"version": "0.1.0"})
    token, _ = tokens.create(project, by=lead, name=mark)
    group = opened.groups.filter(retired_at=None).first()
    work = opened.assignments.filter(coder=other.pk).first()
    alliance = project.alliances.get(reference="XYZ-1960")
    return (
        project,
        {
            "projects": [slug],
            "members": [coder.public_id, other.public_id],
            "jobs": [one.public_id for one in project.jobs.all()[:3]],
            "documents": [one.public_id for one in documents],
            "evidence": [own.public_id],
            "collections": [factories.collection(project).public_id],
            "lists": [1],
            "alliances": [alliance.public_id],
            "searches": [kept.public_id],
            "confirmed": [cluster.public_id],
            "assignments": [own.public_id],
            "codebooks": [1],
            "codebooks/notes": [draft.public_id],
            "notes": [note.public_id],
            "questions": [asked.public_id],
            "rounds": [opened.public_id],
            "work": [work.public_id],
            "board": [documents[0].public_id, documents[1].public_id],
            "runs": [1],
            "exchanges": [brought.public_id],
            "incidents": [1],
            "assessments": [f"{alliance.public_id}.2.740.EX.1970"],
            "releases": [release.version],
            "coverage": [searched.pk],
            "webhooks": [hook.public_id],
            "deliveries": [telling.public_id],
            "tokens": [token.pk],
            "sections": [0],
            # Not in addresses, but in bodies.
            "groups": [group.public_id],
            "coders": [coder.public_id, other.public_id, third.public_id],
            "sha256": [book.sha256],
        },
        coder.user,
        lead,
    )


Draw = random.Random


def bodies(ids: dict[str, list[Any]]) -> dict[str, Callable[[Draw], dict[str, Any]]]:
    """Bodies that a person might send, by operation, made of rows that are there."""

    def of(name: str, draw: Draw) -> Any:
        return draw.choice(ids[name])

    def words(draw: Draw) -> str:
        return draw.choice(["so", "because of the text", "Ünïcode ⚓ reason", "x" * 200])

    def position(draw: Draw) -> dict[str, Any]:
        return {"group": of("groups", draw), "field": draw.choice(["status", "title", "start"])}

    def a_round(draw: Draw) -> dict[str, Any]:
        return {"name": f"round {draw.randrange(10**6)}", "coders": draw.sample(ids["coders"], 2), "per_document": draw.choice([1, 2]), "seed": draw.randrange(1000)}  # fmt: skip

    return {
        "found_project": lambda d: {"title": "New", "slug": f"new-{d.randrange(10**6)}"},
        "change_member": lambda d: {"roles": ["coder"], "label": f"K{d.randrange(100)}"},
        "create_token": lambda d: {"name": words(d), "days": d.randrange(1, 400)},
        "choose_language": lambda d: {"language": d.choice(["", "en", "fr", "pt-BR"])},
        "choose_keys": lambda d: {"single_keys": True, "keys": {"next": d.choice("abc")}},
        "register_webhook": lambda d: {"address": "https://example.org/x", "events": ["submitted"]},
        "describe_document": lambda d: {"title": words(d), "outlet": words(d)[:50]},
        "retire_document": lambda d: {"reason": words(d)},
        "keep_search": lambda d: {"words": d.choice(["exercise", "zqfirst", "korea"])},
        "judge_copies": lambda d: {"offered": d.sample(ids["documents"], 2), "documents": []},
        "load_codebook": lambda d: {"text": factories.BOOK.replace("Exercise", words(d)[:20])},
        "check_codebook": lambda d: {"text": d.choice([factories.BOOK, "codebook: [", words(d)])},
        "keep_manuscript": lambda d: {"text": words(d)},
        "settle_draft_note": lambda d: {"act": d.choice(["done", "drop", "reword"]), "reason": words(d), "words": words(d)},
        "answer_question": lambda d: {"answer": words(d), "note": d.choice(["", words(d)])},
        "plan_round": a_round,
        "open_round": a_round,
        "move_round": lambda d: {"state": d.choice(["closed", "open"])},
        "move_people_in": lambda d: {"act": "rebalance", "coders": ids["coders"]},
        "move_work": lambda d: {"act": d.choice(["send_back", "withdraw"]), "reason": words(d)},
        "take_out": lambda d: {"format": d.choice(["concord", "doccano", "label-studio"])},
        "start_run": lambda d: d.choice([{}, {"seed": 3, "replicates": 5}, {"document": "zqfirst-0"}]),
        "keep_routine": lambda d: {"every": d.choice([0, 60]), "enough": d.choice([1, 2])},
        "accept_round": lambda d: {"singles": d.choice([True, False])},
        "accept_document": lambda d: {"singles": d.choice([True, False])},
        "decide_position": lambda d: position(d) | d.choice([{"take": d.choice(["C2", "C3"])}, {"value": d.choice([4, "1985", [1], None])}]) | {"reason": words(d)},
        "decide_group": lambda d: {"group": of("groups", d), "reason": words(d)} | d.choice([{"take": "C2"}, {"reject": True}]),
        "regroup": lambda d: {"group": of("groups", d), "kind": "split", "labels": ["C2"], "reason": words(d)},
        "draft_release": lambda d: {"version": f"0.{d.randrange(9)}.{d.randrange(9)}"},
        "describe_release": lambda d: {"description": words(d), "creators": ["Doe, Jane"]},
        "open_dataset": lambda d: {"is_public": d.choice([True, False])},
        "declare_coverage": lambda d: {"first_year": 1950, "last_year": 1950 + d.randrange(9), "search_log": words(d)},
        "confirm_sections": lambda d: {"seen": 0},
        "add_section": lambda d: {"seen": 0, "kind": "article", "label": "1", "start": 0, "end": d.randrange(1, 40)},
        "ask_question": lambda d: {"id": str(uuid4()), "words": words(d)},
        "tell_active_time": lambda d: {"id": str(uuid4()), "seconds": d.randrange(100)},
        "apply_operations": lambda d: {"operations": [{"id": str(uuid4()), "kind": "outcome.set", "outcome": d.choice(["events", "no_event"])}]},
        "keep_template": lambda d: {"id": str(uuid4()), "name": words(d)[:40], "type": "EX", "values": {"status": 4}},
        "measure_table": lambda d: {"table": "unit,C1,C2\n1,a,a\n2,a,b\n", "level": d.choice(["nominal", "ordinal"])},
        "handle_concerns": lambda d: {"act": "reopen", "concerns": ["d.x"]},
        "represent_copies": lambda d: {"document": of("documents", d)},
    }  # fmt: skip
