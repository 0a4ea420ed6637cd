"""The reliability calculator as people and programs meet it."""

import pytest
from django.urls import reverse

from projects.models import User

pytestmark = pytest.mark.django_db
TABLE = "unit,C1,C2\n1,a,a\n2,a,b\n3,b,b\n4,b,b\n"


@pytest.fixture
def person(client):
    user = User.objects.create_user("ada", password="x")
    client.force_login(user)
    return client


def test_a_pasted_table_is_measured_on_the_page(person):
    answer = person.post(
        reverse("calculator"), {"table": TABLE, "level": "nominal", "unit": "unit"}
    )

    assert answer.status_code == 200
    assert answer.context["result"].n_units == 4
    assert "krippendorff_alpha" in answer.content.decode()


def test_the_page_begins_with_an_example_that_can_be_measured(person):
    shown = person.get(reverse("calculator")).context["form"].initial

    answer = person.post(reverse("calculator"), {**shown, "level": "nominal"})

    assert answer.context["result"].n_coders == 3


def test_a_bad_table_is_told_by_row_and_column(person):
    answer = person.post(reverse("calculator"), {"table": "C1,C2\n1,x\n", "level": "interval"})

    assert answer.status_code == 422
    assert "row 2, column C2" in answer.content.decode()


def test_nothing_pasted_and_spans_without_a_length_are_told_beside_the_form(person):
    empty = person.post(reverse("calculator"), {"table": " ", "level": "nominal"})
    spans = person.post(
        reverse("calculator"), {"table": "coder,start,end,label\nA,0,2,x\n", "level": "spans"}
    )

    assert "Paste a table" in empty.content.decode()
    assert "length of the text" in spans.content.decode()


def test_the_api_answers_with_the_same_figures_as_the_command(person):
    answer = person.post(
        reverse("api_reliability"),
        {"table": TABLE, "level": "nominal", "unit": "unit"},
        content_type="application/json",
    )

    figures = {row["coefficient"]: row for row in answer.json()["figures"]}
    assert answer.json()["n_units"] == 4
    assert figures["krippendorff_alpha"]["value"] == pytest.approx(
        1 - (7 * 2) / (2 * 3 * 5), abs=1e-12
    )


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"table": "C1,C2\n1,x\n", "level": "ratio"}, "row 2, column C2"),
        ({"table": TABLE, "level": "nominal", "colour": "red"}, "“colour” is no option"),
        ({"table": TABLE, "level": "cardinal"}, "Some options cannot be used"),
        ({"table": TABLE, "level": "nominal", "weights": "linear"}, "weights go with"),
    ],
)
def test_the_api_refuses_in_plain_words(person, body, detail):
    answer = person.post(reverse("api_reliability"), body, content_type="application/json")

    assert answer.status_code == 422
    assert detail in answer.json()["detail"]


def test_the_api_names_each_option_that_cannot_be_used(person):
    body = {"table": "", "level": "spans"}
    answer = person.post(reverse("api_reliability"), body, content_type="application/json")

    assert answer.json()["errors"] == [
        {"pointer": "/table", "detail": "Paste a table or choose a file."},
        {"pointer": "/length", "detail": "Spans need the length of the text in characters."},
    ]


def test_strangers_are_asked_to_sign_in(client):
    assert client.get(reverse("calculator")).status_code == 302
    assert client.post(reverse("api_reliability"), {}).status_code == 401
