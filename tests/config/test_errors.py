"""Refusals and mistakes as answers: to people, with the way back; to programs."""

import pytest
from django.urls import reverse

from tests import factories, small

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b'{"operations": ' + b"[" * 100_000, "What was sent is nested too deeply."),
        (b"{", "JSON parse error - Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        (b'{"operations": NaN}', "JSON parse error - Out of range float values are not JSON compliant: 'NaN'"),
        (b'{"operations": ' + b"9" * 5_000 + b"}", None),
        (b"\xff", None),
    ],
)  # fmt: skip
def test_what_cannot_be_parsed_is_a_bad_request_and_never_an_error_of_ours(client, body, detail):
    assignment = small.assignment()
    client.force_login(assignment.coder.user)

    answer = client.post(
        f"/api/v1/assignments/{assignment.public_id}/operations/",
        data=body,
        content_type="application/json",
        headers={"If-Match": '"0"'},
    )

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert detail in (None, answer.json()["detail"])


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/projects/alliances/reconciliation/", "http://testserver/projects/alliances/reconciliation/"),
        ("https://elsewhere.example/reconciliation/", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_who_sent_a_form_that_is_refused_gets_back_to_it(client, came_from, back):
    scene = factories.scene(submitted=False)
    client.force_login(scene.adjudicator.user)

    answer = client.post(
        reverse("reconcile", args=[scene.project.slug, scene.round.public_id]),
        headers={"Referer": came_from},
    )

    assert (answer.status_code, answer.context["back"]) == (409, back)
