"""Refusals and mistakes as answers to programs."""

import pytest

from tests import small

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
