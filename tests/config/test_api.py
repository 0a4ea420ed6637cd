"""The API as a whole: described without a gap, a way for every page that changes something, one shape of error."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.validation import validate_schema

from config.api_urls import ROUTES
from projects.rest.problems import kind_of
from tests import factories

# Page that changes something -> the operation by which a program does the same.
VERBS = {
    "accept_document": "accept_document",
    "account": "change_account",
    "accept_round": "accept_round",
    "answer_question": "answer_question",
    "bring_in": "bring_in",
    "build_release": "build_release",
    "cancel_invitation": "cancel_invitation",
    "calculator": "measure_table",
    "cancel_job": "cancel_job",
    "check_codebook": "check_codebook",
    "choose_language": "choose_language",
    "collection": "map_columns",
    "concerns": "handle_concerns",
    "confirm_sections": "confirm_sections",
    "coverage": "declare_coverage",
    "decide": "decide_position",
    "decide_group": "decide_group",
    "describe_release": "describe_release",
    "dissolve_copies": "dissolve_copies",
    "document": "describe_document",
    "edit_codebook": "keep_manuscript",
    "end_session": "end_device",
    "end_webhook": "end_webhook",
    "exchange": "bring_file",
    "exchanged": "answer_exchange",
    "found_project": "found_project",
    "incident": "split_incident",
    "incident_value": "prefer_report",
    "incidents": "join_incidents",
    "invite": "invite",
    "judge_assessments": "judge_cells",
    "judge_copies": "judge_copies",
    "keep_routine": "keep_routine",
    "keep_search": "keep_search",
    "leave": "end_membership",
    "load_alliances": "load_alliances",
    "load_codebook": "load_codebook",
    "load_states": "load_states",
    "measure": "start_run",
    "member": "change_member",
    "members": "add_member",
    "move_codebook": "move_rounds",
    "move_round": "move_round",
    "open_round": "open_round",
    "own_tokens": "create_token",
    "revoke_token": "revoke_token",
    "proposals": "judge_proposal",
    "propose": "propose_incidents",
    "publicity": "open_dataset",
    "publish_codebook": "publish_codebook",
    "publish_release": "publish_release",
    "put_codebook_away": "put_manuscript_away",
    "read_again": "read_document_again",
    "recognise": "recognise_document",
    "reconcile": "start_run",
    "reconcile_document": "reconcile_document",
    "redeliver": "redeliver",
    "regroup": "regroup",
    "release_doi": "set_doi",
    "releases": "draft_release",
    "remove_section": "remove_section",
    "reopen": "reopen_position",
    "represent_copies": "represent_copies",
    "retire": "retire_document",
    "retry_job": "retry_job",
    "roster": "move_people_in",
    "second_look": "confirm_second_looks",
    "section": "change_section",
    "sections": "add_section",
    "settle_draft_note": "settle_draft_note",
    "settle_evidence": "settle_evidence",
    "take_back_coverage": "take_back_coverage",
    "take_out": "take_out",
    "take_out_member": "end_membership",
    "upload": "add_document",
    "waive_check": "waive_check",
    "webhooks": "register_webhook",
    "withdraw_note": "withdraw_note",
    "withdraw_release": "withdraw_release",
    "work": "move_work",
}
# Pages that change something only for a person at a browser. A token is a secret that lies in a script: whoever finds it may
# do harm until it is revoked, but must not come to own the account, nor do what nobody can undo.
OPENS = "it opens the account: whoever found a token could take it over, so it asks for the password or the person"
OF_THE_BROWSER = {
    "sign_in": "a program signs in with a token",
    "sign_out": "a program signs in with a token",
    "account_change_password": OPENS,
    "account_login": "a program signs in with a token",
    "account_reauthenticate": "a person shows again who they are",
    "account_reset_password": "for who cannot sign in",
    "account_reset_password_from_key": "for who cannot sign in",
    "account_set_password": OPENS,
    "confirm_address": OPENS + "; links to a new password go to the mail address",
    "disconnect": OPENS,
    "join": "a person joins by a link, and makes an account with a password of their own",
    "mfa_activate_totp": OPENS,
    "mfa_authenticate": "a second factor is a person's",
    "mfa_deactivate_totp": OPENS,
    "mfa_generate_recovery_codes": OPENS,
    "mfa_reauthenticate": "a person shows again who they are",
    "new_password": "for who cannot sign in",
    "openid_connect_login": "single sign-on between browser and institution",
    "put_guide": "a list on the start page, for eyes",
    "cancel_any_job": "for who runs the installation, and a token is for one project: a page and commands",
    "retry_any_job": "for who runs the installation, and a token is for one project: a page and commands",
    "anonymise": "cannot be taken back: a person says so on a page, or by `manage.py anonymise`",
    "take_down": "cannot be taken back: a person says so on a page, or by `manage.py take_down`",
    "way_back": "it opens another person's account, in all their projects: a manager who knows the person hands it over",
}


def operations() -> dict[str, str]:
    """Name to method of every operation."""
    return {one.name: method for route in ROUTES for method, one in route.operations.items()}


def writing_pages() -> set[str]:
    """Pages that take POST, by asking each view."""
    found = set()

    def walk(patterns, prefix=""):
        for pattern in patterns:
            path = prefix + str(pattern.pattern)
            if path.startswith("api/"):
                continue
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, path)
            elif isinstance(pattern, URLPattern) and _takes_post(pattern.callback):
                found.add(pattern.name)

    walk(get_resolver().url_patterns)
    return found


def _takes_post(view) -> bool:
    if hasattr(view, "view_class"):
        return hasattr(view.view_class, "post")
    while view is not None:
        for cell in view.__closure__ or ():
            # What `require_http_methods` keeps of its methods.
            if isinstance(cell.cell_contents, list) and "GET" in cell.cell_contents:
                return "POST" in cell.cell_contents
            if cell.cell_contents == ["POST"]:
                return True
        view = getattr(view, "__wrapped__", None)
    return True


def test_whatever_a_person_changes_on_a_page_a_program_can_change():
    assert writing_pages() == set(VERBS) | set(OF_THE_BROWSER)
    known = operations()
    assert {page: name for page, name in VERBS.items() if known.get(name, "GET") == "GET"} == {}


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does():
    every = [one for route in ROUTES for one in route.operations.values()]

    assert len({one.name for one in every}) == len(every)
    assert [one.name for one in every if not (one.do.__doc__ or "").strip().endswith((".", "`"))] == []  # fmt: skip


def test_the_description_is_whole_and_valid():
    told = StringIO()

    call_command("spectacular", "--fail-on-warn", "--format", "openapi-json", stdout=told)

    spec = json.loads(told.getvalue())
    validate_schema(without_repetition(spec))
    described = [
        one for path in spec["paths"].values() for one in path.values() if "operationId" in one
    ]
    assert spec["openapi"].startswith("3.1")
    assert {one["operationId"] for one in described} == set(operations())
    for one in described:
        statuses = set(one["responses"])
        assert {"401", "429", "500"} <= statuses, one["operationId"]
        for status in statuses - {"200", "201", "202", "204", "304"}:
            [kind] = one["responses"][status]["content"]
            assert kind == "application/problem+json"


def without_repetition(spec):
    """Refusals and headers of the first operation only: they are the same everywhere, and each is slow to look at."""
    short = json.loads(json.dumps(spec))
    first = True
    for path in short["paths"].values():
        for one in path.values():
            if not first:
                one["responses"] = {
                    key: value for key, value in one["responses"].items() if key[0] == "2"
                }
                one["parameters"] = [
                    each for each in one.get("parameters", []) if each["in"] != "header"
                ]
            first = False
    return short


# --- errors


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "address", "sent", "headers", "status"),
    [
        ("GET", "projects/", None, {}, 401),
        ("GET", "projects/", None, {"Authorization": "Bearer concord_x"}, 401),
        ("GET", "nowhere/", None, {}, 404),
    ],
)  # fmt: skip
def test_who_is_not_signed_in_is_told_in_the_one_shape(client, method, address, sent, headers, status):  # fmt: skip
    answer = client.generic(method, f"/api/v1/{address}", headers=headers)

    _is_problem(answer, status, f"/api/v1/{address}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "address", "content", "kind", "headers", "status"),
    [
        ("PUT", "projects/", b"{}", "application/json", {}, 405),
        ("POST", "projects/", b"<a/>", "application/xml", {}, 415),
        ("POST", "projects/", b"{", "application/json", {}, 400),
        ("POST", "projects/", b'{"title": "\\u0000"}', "application/json", {}, 422),
        ("POST", "projects/", b'"\\ud800"', "application/json", {}, 422),
        ("POST", "projects/", b"[]", "application/json", {}, 422),
        ("GET", "projects/", b"", "", {"Accept": "text/html"}, 406),
        ("GET", "projects/no/", b"", "", {}, 404),
        ("GET", "projects/?colour=red", b"", "", {}, 422),
        ("GET", "projects/?cursor=bm8", b"", "", {}, 422),
        ("GET", "projects/?cursor=%ff", b"", "", {}, 422),
        ("GET", "projects/?limit=0", b"", "", {}, 422),
    ],
)
def test_every_mistake_is_a_problem_of_one_shape(
    client, method, address, content, kind, headers, status
):
    client.force_login(factories.user())

    answer = client.generic(method, f"/api/v1/{address}", content, kind, headers=headers)

    _is_problem(answer, status, f"/api/v1/{address.partition('?')[0]}")


def _is_problem(answer, status, instance):
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (told["type"], told["status"], told["instance"]) == (kind_of(status), status, instance)
    assert told["title"] and told["detail"]


@pytest.mark.django_db
def test_what_is_wrong_is_told_field_by_field(client):
    client.force_login(factories.user())

    answer = client.post("/api/v1/projects/", {"slug": 3, "colour": "red"}, "application/json")
    typed = client.post("/api/v1/projects/", {"slug": ["x"]}, "application/json")

    assert answer.json()["errors"] == [
        {"pointer": "#/colour", "detail": "is not understood; there are title, slug, description"}
    ]
    assert typed.json()["errors"] == [
        {"pointer": "#/title", "detail": "This field is required."},
        {"pointer": "#/slug", "detail": "Not a valid string."},
    ]


@pytest.mark.django_db
def test_a_write_by_session_without_its_token_is_told_as_a_problem():
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.user())

    answer = client.post("/api/v1/projects/", {}, content_type="application/json")

    _is_problem(answer, 403, "/api/v1/projects/")


@pytest.mark.django_db
def test_more_requests_than_allowed_are_told_when_to_go_on(client, monkeypatch):
    from projects.rest.routes import Endpoint
    from projects.rest.throttling import PerMinute

    monkeypatch.setattr(PerMinute, "rate", "2/min", raising=False)
    monkeypatch.setattr(Endpoint, "throttle_classes", [PerMinute])
    client.force_login(factories.user("hasty"))

    answers = [client.get("/api/v1/projects/") for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    _is_problem(answers[2], 429, "/api/v1/projects/")


@pytest.mark.django_db
def test_a_mistake_of_ours_is_a_problem_that_tells_nothing(client, monkeypatch):
    client.force_login(factories.user())
    client.raise_request_exception = False
    route = next(one for one in ROUTES if one.name == "api_keys")
    broken = {"do": lambda asked: 1 / 0}
    operation = route.operations["GET"]
    for name, value in broken.items():
        monkeypatch.setitem(operation.__dict__, name, value)

    answer = client.get("/api/v1/keys/")

    _is_problem(answer, 500, "/api/v1/keys/")
    assert "ZeroDivision" not in answer.content.decode()


# --- the page


@pytest.mark.django_db
def test_the_description_is_read_on_a_page_of_its_own_with_the_one_exception(client):
    client.force_login(factories.user())

    page, other, schema = (client.get(place) for place in ("/api/v1/docs/", "/", "/api/v1/schema/"))

    assert page["Content-Security-Policy"] == (
        f"{other['Content-Security-Policy']}; style-src 'self' 'unsafe-inline'"
    )
    assert "style-src" not in other["Content-Security-Policy"]
    assert "<script>" not in page.content.decode() and "//cdn" not in page.content.decode()
    assert schema.status_code == 200 and schema.json()["openapi"] == "3.1.1"
