"""Runs by the API: asking for one, how far it is, what it kept; the same rights and blindness as on the pages."""

import pytest
from django.urls import reverse

from coding import rounds
from projects import jobs
from reconciliation.models import Run
from tests.reconciliation import samples
from tests.reconciliation.samples import SILENT, event, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return table(
        {
            "d1": {"C1": [event(status=1)], "C2": [event(status=4)]},
            "d2": {"C1": [event(status=4)], "C2": [event(status=4)]},
            "d3": {"C1": SILENT, "C2": None},
        }
    )


@pytest.fixture
def ask(made, client):
    client.force_login(made.pi.user)
    address = reverse("api_runs", args=[made.round.project.slug, made.round.public_id])

    def ask(**sent):
        return client.post(address, sent, content_type="application/json")

    return ask


def runs_of(made, client, n=None):
    place = [made.round.project.slug, made.round.public_id]
    name = "api_runs" if n is None else "api_run"
    return client.get(reverse(name, args=place if n is None else [*place, n]))


def test_a_round_is_reconciled_and_its_run_read_with_every_figure(made, ask, client) -> None:
    asked = ask(replicates=20, seed=7)
    assert asked.status_code == 202
    assert (asked.json()["n"], asked.json()["job"]["state"]) == (1, "queued")
    assert asked.json()["finished_at"] is None

    jobs.finish_all()

    told = runs_of(made, client, 1).json()
    run = Run.objects.get()
    assert (told["job"]["state"], told["input_hash"], told["counts"]) == ("done", run.input_hash, run.counts)  # fmt: skip
    assert (told["parameters"]["replicates"], told["parameters"]["seed"]) == (20, 7)
    assert len(told["figures"]) == run.figures.count() > 0
    assert all((one["value"] is None) == bool(one["reason"]) for one in told["figures"])
    assert [one["document"] for one in told["breakdown"]["documents"]] == ["d1"]
    (listed,) = runs_of(made, client).json()["results"]
    assert listed == {name: told[name] for name in listed}


def test_one_document_and_a_choice_are_asked_for_in_the_same_way(made, ask, client) -> None:
    assert ask(document="d1").json()["document"] == "d1"
    chosen = ask(selection={"coders": ["C1", "C2"], "documents": ["d1", "d2"]}, replicates=5)
    assert (chosen.status_code, chosen.json()["is_whole"]) == (202, False)
    assert chosen.json()["selection"] == {"coders": ["C1", "C2"], "documents": ["d1", "d2"]}
    jobs.finish_all()

    found = runs_of(made, client).json()["results"]
    assert [(one["n"], one["job"]["state"], bool(one["counts"])) for one in found] == [
        (2, "done", True),
        (1, "done", True),
    ]


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"colour": 1}, 422, "“colour” is not understood; a run takes document, replicates, seed"),
        ({"seed": "1"}, 422, "“seed” is a whole number from 0."),
        ({"replicates": 0}, 422, "“replicates” is a whole number from 1."),
        ({"replicates": 10**6}, 422, "At most 20,000 replicates"),
        ({"document": "d9"}, 404, "Nobody handed in anything on “d9”"),
        ({"document": "d3"}, 409, "1 of 2 coders of this document handed in"),
        ({"document": "d1", "seed": 1}, 422, "aligned without figures"),
        ({"selection": []}, 422, "A selection is an object with coders"),
        ({"selection": {"moon": 1}}, 422, "A selection is an object with coders"),
        ({"selection": {"coders": ["C9"]}}, 422, "C9"),
        ({"selection": {"outlets": ["x"]}}, 422, "nothing to choose by “outlets”"),
        ({"selection": {}}, 422, "Choose some coders"),
    ],
)
def test_what_cannot_be_asked_for_is_said_in_plain_words(made, ask, sent, status, said) -> None:
    answer = ask(**sent)

    assert (answer.status_code, said in answer.json()["detail"]) == (status, True), answer.json()
    assert Run.every.count() == 0


def test_the_rounds_tell_how_they_stand(made, ask, client) -> None:
    ask()
    jobs.finish_all()

    (told,) = client.get(reverse("api_reconciliation", args=[made.round.project.slug])).json()[
        "results"
    ]

    assert {name: told[name] for name in ("name", "last_run", "documents", "ready", "groups", "conflicts", "every_minutes")} == {
        "name": "Round one", "last_run": 1, "documents": 3, "ready": 2, "groups": 2, "conflicts": 1, "every_minutes": 0,
    }  # fmt: skip


def test_who_may_not_on_the_pages_may_not_here(made, ask, client) -> None:
    ask(document="d1")
    place = [made.round.project.slug, made.round.public_id]
    client.force_login(made.coders["C1"].user)
    assert [
        client.get(reverse("api_reconciliation", args=place[:1])).status_code,
        client.get(reverse("api_runs", args=place)).status_code,
        client.post(reverse("api_runs", args=place)).status_code,
        client.get(reverse("api_run", args=[*place, 1])).status_code,
    ] == [403] * 4
    client.force_login(samples.person())
    assert client.get(reverse("api_runs", args=place)).status_code == 404


def test_of_a_document_one_still_codes_no_run_is_shown_or_asked_for(made, ask, client) -> None:
    ask(document="d1")
    ask(replicates=5)
    jobs.finish_all()
    both = samples.member(made.round.project, "coder", "adjudicator", label="C9")
    d1 = made.round.project.documents.get(external_id="d1")
    rounds.assign(made.round, d1, both, by=made.pi.user)
    client.force_login(both.user)

    assert [one["n"] for one in runs_of(made, client).json()["results"]] == [2]
    assert runs_of(made, client, 1).status_code == 404
    assert runs_of(made, client, 2).json()["breakdown"]["documents"] == []
    assert ask(document="d1").status_code == 404
