"""Event templates: values through the codebook's door, kept once, one coder's own in one round."""

from uuid import uuid4

import pytest

from coding import event_templates
from projects.refusals import Invalid
from tests import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return small.assignment()


@pytest.fixture
def ask(client, work):
    client.force_login(work.coder.user)

    def ask(part="", method="get", **sent):
        address = f"/api/v1/assignments/{work.public_id}/templates/{part}"
        return getattr(client, method)(address, sent or None, content_type="application/json")

    return ask


def sent(name="Yearly exercise", **changed):
    values = {"title": "Shield", "provider": ["JPN", "USA"], "form": ["ftx"]}
    return {"id": str(uuid4()), "name": name, "type": "EX", "values": values} | changed


def test_a_template_keeps_canonical_values_and_comes_back_in_every_document_of_the_round(ask, work):
    one = sent(name="  Yearly   exercise ")

    told = ask(method="post", **one).json()

    kept = {
        "id": one["id"], "name": "Yearly exercise", "type": "EX",
        "values": {"title": "Shield", "provider": [2, 740], "form": ["ftx"]},
    }  # fmt: skip
    assert told == {"templates": [kept]}
    assert ask(method="post", **one).json() == told  # the same sent again
    assert ask().json() == told


def test_a_template_is_one_coder_s_in_one_round(client, ask, work):
    ask(method="post", **sent())
    address = f"/api/v1/assignments/{work.public_id}/templates/"
    other = small.assignment(small.member(work.round.project))
    again = small.assignment(work.coder)  # of a round of its own

    client.force_login(other.coder.user)
    assert client.get(f"/api/v1/assignments/{other.public_id}/templates/").json() == {
        "templates": []
    }
    for stranger in (other.coder, small.member(work.round.project, "manager")):
        client.force_login(stranger.user)
        assert client.get(address).status_code == 404
        assert client.post(address, sent(), content_type="application/json").status_code == 404
        assert client.delete(f"{address}{uuid4()}/").status_code == 404
    assert list(event_templates.of(again)) == []
    assert event_templates.of(work).count() == 1


def test_what_is_removed_is_gone_and_leaves_the_others(ask):
    one, two = sent("One"), sent("Two")
    ask(method="post", **one)
    ask(method="post", **two)

    left = ask(f"{one['id']}/", "delete").json()["templates"]

    assert [template["name"] for template in left] == ["Two"]
    assert ask(f"{one['id']}/", "delete").status_code == 200  # gone is gone


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": " "}, "A template needs a name of at most 80 characters."),
        ({"name": "x" * 81}, "A template needs a name of at most 80 characters."),
        ({"type": "XX"}, "“XX” is no event type of the codebook (EX, TO)."),
        ({"values": {"binding": 1}}, "Events of type EX have no field “binding”."),
        ({"values": {"troops": -3}}, "troops: "),
        ({"name": "a\0"}, "A text holds a character that cannot be recorded"),
        ({"values": ["title"]}, "A template is kept as"),
        ({"id": "7"}, "“id” must be a UUID."),
    ],
)
def test_what_the_codebook_does_not_allow_is_refused_in_plain_words(ask, changed, words):
    answer = ask(method="post", **sent(**changed))

    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(words)
    assert ask().json() == {"templates": []}


def test_a_name_is_taken_once_and_the_list_has_an_end(work, monkeypatch):
    def keep(name):
        return event_templates.keep(work, uid=uuid4(), name=name, type_code="EX", values={})

    keep("One")
    with pytest.raises(Invalid, match="You have a template “One” in this round already"):
        keep("One")
    monkeypatch.setattr(event_templates, "MOST", 1)
    with pytest.raises(Invalid, match="You have 1 templates"):
        keep("Two")
