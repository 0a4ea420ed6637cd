"""Who may open which page: every address of the product by every role, as one table.

An address without a line in the table fails the suite. Requests that change something are rolled back.
"""

from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from coding import draft_notes, exchanges, questions
from datasets import coverage
from projects.models import Job
from sources import copies
from sources.search import log
from sources.search.finding import Wanted
from tests import factories

ROLES = ("anonymous", "outsider", "coder", "adjudicator", "exporter", "manager")

# name: (method, what is sent, status for each of ROLES). Others' things are 404, lacking rights 403.
PAGES: dict[str, tuple[str, dict[str, str], str]] = {
    "home": ("GET", {}, "302 200 200 200 200 200"),
    "sign_in": ("GET", {}, "200 302 302 302 302 302"),
    "sign_out": ("POST", {}, "302 302 302 302 302 302"),
    "found_project": ("GET", {}, "302 200 200 200 200 200"),
    "calculator": ("GET", {}, "302 200 200 200 200 200"),
    "project": ("GET", {}, "302 404 200 200 200 200"),
    "put_guide": ("POST", {"away": "1"}, "302 404 302 302 302 302"),
    "help": ("GET", {}, "200 200 200 200 200 200"),
    "help_page": ("GET", {}, "200 200 200 200 200 200"),
    "help_index": ("GET", {}, "200 200 200 200 200 200"),
    "help_picture": ("GET", {}, "200 200 200 200 200 200"),
    "members": ("GET", {}, "302 404 200 200 200 200"),
    "member": ("GET", {}, "302 404 403 403 403 200"),
    "jobs": ("GET", {}, "302 404 200 200 200 200"),
    "job": ("GET", {}, "302 404 404 200 404 404"),
    "cancel_job": ("POST", {}, "302 404 404 302 404 404"),
    "retry_job": ("POST", {}, "302 404 404 409 404 404"),
    "ledger": ("GET", {}, "302 404 403 403 403 200"),
    "documents": ("GET", {}, "302 404 200 200 200 200"),
    "upload": ("GET", {}, "302 404 403 403 403 200"),
    "document": ("GET", {}, "302 404 200 200 200 200"),
    "original": ("GET", {}, "302 404 404 404 404 404"),  # the scene's document has no stored bytes
    "retire": ("POST", {"reason": "twice"}, "302 404 403 403 403 302"),
    "read_again": ("POST", {}, "302 404 403 403 403 302"),
    "alliances": ("GET", {}, "302 404 200 200 200 200"),
    "load_alliances": ("GET", {}, "302 404 403 403 403 200"),
    "alliance_template": ("GET", {}, "302 404 200 200 200 200"),
    "alliance_list": ("GET", {}, "302 404 200 200 200 200"),
    "alliance_list_file": ("GET", {}, "302 404 200 200 200 200"),
    "alliance": ("GET", {}, "302 404 200 200 200 200"),
    "states": ("GET", {}, "302 404 200 200 200 200"),
    "load_states": ("GET", {}, "302 404 403 403 403 200"),
    "state_list": ("GET", {}, "302 404 200 200 200 200"),
    "search": ("GET", {}, "302 404 200 200 200 200"),
    "keep_search": ("POST", {"words": "exercise"}, "302 404 302 302 302 302"),
    "searches": ("GET", {}, "302 404 200 200 200 200"),
    "kept_search": ("GET", {}, "302 404 404 200 404 200"),  # the manager's own
    "copies": ("GET", {}, "302 404 200 200 200 200"),
    "judge_copies": ("POST", {}, "302 404 403 403 403 422"),
    "confirmed_copies": ("GET", {}, "302 404 200 200 200 200"),
    "dissolve_copies": ("POST", {}, "302 404 403 403 403 302"),
    "represent_copies": ("POST", {}, "302 404 403 403 403 404"),  # names no document
    "sheet": ("GET", {}, "302 404 404 404 404 404"),  # the scene's document is no PDF
    "picture": ("GET", {}, "302 404 404 404 404 404"),
    "sections": ("GET", {}, "302 404 403 403 403 200"),
    "section": ("GET", {}, "302 404 403 403 403 404"),  # the scene's document has no sections
    "remove_section": ("POST", {"seen": "0"}, "302 404 403 403 403 422"),
    "confirm_sections": ("POST", {"seen": "0"}, "302 404 403 403 403 302"),
    "carried_evidence": ("GET", {}, "302 404 200 200 200 200"),
    # The coder's own work stands on the current text.
    "settle_evidence": ("GET", {}, "302 404 404 404 404 404"),
    "recognise": ("POST", {}, "302 404 403 403 403 409"),  # the scene's document is no scan
    "collection": ("GET", {}, "302 404 200 200 200 200"),
    "codebooks": ("GET", {}, "302 404 200 200 200 200"),
    "load_codebook": ("GET", {}, "302 404 403 403 403 200"),
    "codebook": ("GET", {}, "302 404 200 200 200 200"),
    "codebook_source": ("GET", {}, "302 404 200 200 200 200"),
    "edit_codebook": ("GET", {}, "302 404 403 403 403 200"),
    "check_codebook": ("POST", {"text": "x"}, "302 404 403 403 403 200"),
    "put_codebook_away": ("POST", {}, "302 404 403 403 403 302"),
    "choose_language": ("POST", {"language": "fr"}, "302 404 302 302 302 302"),
    "codebook_changes": ("GET", {}, "302 404 404 404 404 404"),  # there is one version only
    "move_codebook": ("GET", {}, "302 404 403 403 403 200"),
    "publish_codebook": ("POST", {}, "302 404 403 403 403 409"),
    "questions": ("GET", {}, "302 404 200 200 200 200"),
    "answer_question": ("POST", {}, "302 404 403 422 403 403"),
    "withdraw_note": ("POST", {}, "302 404 403 302 403 403"),
    "concerns": ("GET", {}, "302 404 403 200 403 403"),
    "settle_draft_note": ("POST", {"act": "done"}, "302 404 403 302 403 302"),
    "rounds": ("GET", {}, "302 404 200 200 200 200"),
    "open_round": ("GET", {}, "302 404 403 403 403 200"),
    "round": ("GET", {}, "302 404 200 200 404 200"),
    "move_round": ("POST", {"state": "closed"}, "302 404 403 403 403 302"),
    "roster": ("GET", {}, "302 404 403 403 403 200"),
    "work": ("GET", {}, "302 404 403 403 403 200"),
    "exchange": ("GET", {}, "302 404 200 200 200 200"),
    "take_out": ("GET", {"format": "doccano"}, "302 404 302 302 302 302"),
    "exchanged": ("GET", {}, "302 404 404 404 404 200"),  # brought in by the manager
    "bring_in": ("POST", {}, "302 404 403 403 403 409"),
    "exchanged_file": ("GET", {}, "302 404 404 404 404 200"),
    "my_work": ("GET", {}, "302 404 200 403 403 403"),
    "workspace": ("GET", {}, "302 404 200 403 403 403"),
    "second_look": ("GET", {}, "302 404 200 403 403 403"),
    "reconciliation": ("GET", {}, "302 404 403 200 403 403"),
    "reconcile": ("POST", {}, "302 404 403 302 403 403"),
    "keep_routine": ("POST", {"every": "60"}, "302 404 403 302 403 403"),
    "accept_round": ("POST", {}, "302 404 403 302 403 403"),
    "figures": ("GET", {}, "302 404 403 200 403 403"),
    "figures_csv": ("GET", {}, "302 404 403 200 403 403"),
    "chart_svg": ("GET", {}, "302 404 403 200 403 403"),
    "parts_csv": ("GET", {}, "302 404 403 200 403 403"),
    "measure": ("POST", {"coders": "C1"}, "302 404 403 302 403 403"),
    "reliability_report": ("GET", {}, "302 404 403 200 403 403"),
    "reliability_pdf": ("GET", {}, "302 404 403 200 403 403"),
    "compare_rounds": ("GET", {}, "302 404 403 200 403 403"),
    "series_csv": ("GET", {}, "302 404 403 200 403 403"),
    "diagnosis_zip": ("GET", {}, "302 404 403 200 403 403"),
    "board_queue": ("GET", {}, "302 404 403 302 403 403"),
    "board": ("GET", {}, "302 404 403 200 403 403"),
    "board_group": ("GET", {}, "302 404 403 200 403 403"),
    "decide": (
        "POST",
        {"field": "status", "take": "C1", "reason": "so"},
        "302 404 403 302 403 403",
    ),
    "decide_group": ("POST", {"take": "C1", "reason": "so"}, "302 404 403 302 403 403"),
    "regroup": (
        "POST",
        {"kind": "split", "labels": "C1", "reason": "so"},
        "302 404 403 302 403 403",
    ),
    "reopen": ("POST", {"field": "status", "reason": "so"}, "302 404 403 422 403 403"),
    "reconcile_document": ("POST", {}, "302 404 403 302 403 403"),
    "accept_document": ("POST", {}, "302 404 403 302 403 403"),
    "feedback": ("GET", {}, "302 404 200 403 403 403"),
    "own_agreement": ("GET", {}, "302 404 200 403 403 403"),
    "suggestion_effect": ("GET", {}, "302 404 403 404 403 403"),  # the scene's round has none
    "incidents": ("GET", {}, "302 404 403 200 403 403"),
    "incident": ("GET", {}, "302 404 403 404 403 403"),
    "incident_value": ("POST", {"take": "status."}, "302 404 403 404 403 403"),
    "proposals": ("GET", {}, "302 404 403 200 403 403"),
    "source_report": ("GET", {}, "302 404 403 200 403 403"),
    "source_report_csv": ("GET", {}, "302 404 403 200 403 403"),
    "propose": ("POST", {}, "302 404 403 302 403 403"),
    "assessments": ("GET", {}, "302 404 403 200 403 403"),
    "assessment_rows": ("GET", {}, "302 404 403 404 403 403"),
    "judge_assessments": ("POST", {"act": "judge"}, "302 404 403 422 403 403"),
    "assessment": ("GET", {}, "302 404 403 404 403 403"),  # the small book has no yearly judgements
    "releases": ("GET", {}, "302 404 200 200 200 200"),
    "publicity": ("POST", {"public": "1"}, "302 404 403 403 302 403"),
    "compare_releases": ("GET", {}, "302 404 200 200 200 200"),
    "coverage": ("GET", {}, "302 404 200 200 200 200"),
    "take_back_coverage": ("POST", {}, "302 404 403 403 302 403"),
    "release": ("GET", {}, "302 404 404 200 200 404"),
    "describe_release": ("GET", {}, "302 404 403 403 200 403"),
    "waive_check": (
        "POST",
        {"check": "open_conflicts", "reason": "so"},
        "302 404 403 403 422 403",
    ),
    "release_doi": ("POST", {"doi": "10.1/x"}, "302 404 403 403 422 403"),
    "review_copy": ("GET", {}, "302 404 403 404 404 403"),  # built without one
    "release_variables": ("GET", {}, "302 404 404 200 200 404"),
    "release_table": ("GET", {}, "302 404 404 200 200 404"),
    "release_trace": ("GET", {}, "302 404 404 404 404 404"),  # no table is named
    # Nothing is published and open in the scene; test_reading_views has what anybody may read.
    "newest_release": ("GET", {}, "404 404 404 404 404 404"),
    "landing": ("GET", {}, "404 404 404 404 404 404"),
    "open_zip": ("GET", {}, "404 404 404 404 404 404"),
    "open_file": ("GET", {}, "404 404 404 404 404 404"),
    "open_table": ("GET", {}, "404 404 404 404 404 404"),
    "open_trace": ("GET", {}, "404 404 404 404 404 404"),
    "open_variables": ("GET", {}, "404 404 404 404 404 404"),
    "build_release": ("POST", {}, "302 404 403 403 302 403"),
    "publish_release": ("POST", {}, "302 404 403 403 409 403"),
    "withdraw_release": ("POST", {"reason": "wrong"}, "302 404 403 403 422 403"),
    "release_zip": ("GET", {}, "302 404 404 200 200 404"),
    "release_file": ("GET", {}, "302 404 404 404 404 404"),  # a draft that is not built has no file
}


def page_names() -> set[str]:
    """The names of all addresses that are pages: everything except the API."""

    def names(patterns, prefix=""):
        for pattern in patterns:
            path = prefix + str(pattern.pattern)
            if path.startswith("api/"):
                continue
            if isinstance(pattern, URLResolver):
                yield from names(pattern.url_patterns, path)
            elif isinstance(pattern, URLPattern):
                yield pattern.name

    return set(names(get_resolver().url_patterns))


def test_every_page_has_a_line_in_the_table():
    assert page_names() == set(PAGES)


@pytest.fixture
def scene(db):
    return factories.scene(reconciled=True)


def addresses(scene) -> dict[str, str]:
    slug, round_id = scene.project.slug, scene.round.public_id
    document_id = scene.document.public_id
    draft = factories.release(scene.project)
    waiting = Job.objects.create(
        project=scene.project,
        kind="reconciliation.run",
        subject="none",
        by=scene.adjudicator.user,
    )
    own = factories.assignment(scene.round, scene.coder)
    factories.alliances(scene.project)
    listed = scene.project.alliances.get(reference="XYZ-1960")
    factories.states(scene.project)
    asked = questions.ask(own, uid=uuid4(), words="Why?", by=scene.coder.user)
    note = questions.note(scene.round.codebook, words="So.", by=scene.adjudicator.user)
    to_say = draft_notes.write(scene.project, words="So.", by=scene.adjudicator.user)
    brought = exchanges.bring_in(
        scene.project, by=scene.manager.user, content=b"date,type\n1951,EX\n", filename="cases.csv"
    )
    kept = log.keep(scene.project, Wanted(words="exercise"), by=scene.manager.user)
    twin = factories.document(scene.project, "twin")
    cluster = copies.confirm(scene.project, [scene.document, twin], by=scene.manager.user)
    arguments: dict[str, list[object]] = {
        name: [slug]
        for name in PAGES
        if name
        not in {"home", "sign_in", "sign_out", "found_project", "calculator", "help", "help_index"}
    }
    arguments |= {
        "member": [slug, scene.coder.public_id],
        "help_page": ["how-to/coder"],
        "help_picture": ["board.png"],
        "alliance": [slug, listed.public_id],
        "alliance_list": [slug, 1],
        "alliance_list_file": [slug, 1],
        "state_list": [slug, 1],
        "document": [slug, document_id],
        "answer_question": [slug, asked.public_id],
        "withdraw_note": [slug, note.public_id],
        "settle_draft_note": [slug, to_say.public_id],
        "kept_search": [slug, kept.public_id],
        "dissolve_copies": [slug, cluster.public_id],
        "represent_copies": [slug, cluster.public_id],
        "workspace": [slug, own.public_id],
        "work": [slug, round_id, own.public_id],
        "feedback": [slug, own.public_id],
        "suggestion_effect": [slug, round_id],
        "second_look": [slug, own.public_id],
        "exchanged": [slug, brought.public_id],
        "bring_in": [slug, brought.public_id],
        "exchanged_file": [slug, brought.public_id],
        "collection": [slug, factories.collection(scene.project).public_id],
        "release_file": [slug, draft.version, "MANIFEST.json"],
    }
    for name in ("job", "cancel_job", "retry_job"):
        arguments[name] = [slug, waiting.public_id]
    for name in (
        "original",
        "retire",
        "read_again",
        "sections",
        "confirm_sections",
        "carried_evidence",
        "recognise",
    ):
        arguments[name] = [slug, document_id]
    arguments |= {
        "sheet": [slug, document_id, 1, 1],
        "picture": [slug, document_id, 1],
        "section": [slug, document_id, 0],
        "settle_evidence": [slug, document_id, own.public_id, uuid4()],
        "remove_section": [slug, document_id, 0],
    }
    for name in (
        "codebook",
        "codebook_source",
        "codebook_changes",
        "move_codebook",
        "publish_codebook",
    ):
        arguments[name] = [slug, 1]
    for name in (
        "round",
        "roster",
        "move_round",
        "reconcile",
        "keep_routine",
        "accept_round",
        "figures",
        "figures_csv",
        "parts_csv",
        "measure",
        "reliability_report",
        "reliability_pdf",
        "diagnosis_zip",
        "board_queue",
    ):
        arguments[name] = [slug, round_id]
    arguments["chart_svg"] = [slug, round_id, "overview"]
    for name in (
        "board", "decide", "decide_group", "regroup", "reopen", "reconcile_document", "accept_document",
    ):  # fmt: skip
        arguments[name] = [slug, round_id, document_id]
    arguments["board_group"] = [
        slug, round_id, document_id, scene.round.groups.get(retired_at=None).public_id,
    ]  # fmt: skip
    arguments["incident"] = arguments["incident_value"] = [slug, 1]
    arguments["assessment"] = [slug, f"{listed.public_id}.2.740.EX.1970"]
    for name in (
        "release", "describe_release", "waive_check", "build_release", "publish_release", "withdraw_release",
        "release_doi", "release_zip", "review_copy", "release_variables", "release_table", "release_trace", "landing",
        "open_zip", "open_table", "open_trace", "open_variables",
    ):  # fmt: skip
        arguments[name] = [slug, draft.version]
    for name in ("publicity", "compare_releases", "coverage", "newest_release"):
        arguments[name] = [slug]
    searched = coverage.declare(
        scene.project,
        alliance="",
        first_year=1950,
        last_year=1951,
        search_log="All.",
        by=scene.exporter.user,
    )
    arguments["take_back_coverage"] = [slug, searched.pk]
    arguments["open_file"] = [slug, draft.version, "MANIFEST.json"]
    return {name: reverse(name, args=arguments.get(name, [])) for name in PAGES}


@pytest.mark.parametrize("role", ROLES)
def test_pages_answer_each_role_as_the_table_says(role, scene):
    people = {"anonymous": None, "outsider": factories.user("outsider")}
    person = people[role] if role in people else getattr(scene, role).user
    group = scene.round.groups.get(retired_at=None).public_id
    expected, found = {}, {}

    for name, address in addresses(scene).items():
        method, data, statuses = PAGES[name]
        expected[name] = int(statuses.split()[ROLES.index(role)])
        if data and name in {"decide", "decide_group", "regroup", "reopen"}:
            data = data | {"group": group}
        # What one request changes must not be there for the next.
        with transaction.atomic():
            client = Client()
            if person is not None:
                client.force_login(person)
            response = client.get(address) if method == "GET" else client.post(address, data)
            transaction.set_rollback(True)
        found[name] = response.status_code
        b"".join(response)  # a file is closed by reading it to its end

    assert found == expected


def test_what_is_refused_is_told_on_a_page_of_the_product(client, scene):
    client.force_login(scene.coder.user)

    response = client.get(reverse("ledger", args=[scene.project.slug]))

    assert response.status_code == 403
    assert "You may not do that" in response.content.decode()
    assert "read the ledger" in response.content.decode()


def test_an_address_that_does_not_exist_is_told_on_a_page_of_the_product(client, scene):
    client.force_login(scene.coder.user)

    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert "There is no page at this address." in response.content.decode()
