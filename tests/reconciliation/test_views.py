"""Pages of reconciliation: rounds, figures, the board, incidents."""

import csv
import io
import json
import re

import pytest
from django.urls import reverse

from projects import jobs
from projects.models import Job
from reconciliation import adjudication
from reconciliation.models import Decision, Group, Incident, Position
from sources import copies
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """C1 says carried out, C2 says planned; titles differ too; all else is agreed."""
    return factories.scene(reconciled=True)


@pytest.fixture
def adjudicator(client, scene):
    client.force_login(scene.adjudicator.user)
    return client


def board_address(scene, document=None) -> str:
    document = document or scene.document
    return reverse("board", args=[scene.project.slug, scene.round.public_id, document.public_id])


def send(client, scene, name, **sent):
    place = [scene.project.slug, scene.round.public_id, scene.document.public_id]
    group = Group.objects.filter(retired_at=None).get().public_id
    return client.post(reverse(name, args=place), {"group": group, **sent})


def states() -> dict[str, tuple[str, bool]]:
    return {one.field: (one.state, one.is_settled) for one in Position.objects.all()}


# --- rounds


def test_reconciling_is_asked_for_and_shown_while_it_runs(client):
    scene = factories.scene()
    client.force_login(scene.adjudicator.user)

    address = reverse("reconcile", args=[scene.project.slug, scene.round.public_id])
    shown = client.post(address, follow=True)

    assert Job.objects.filter(kind="reconciliation.run", state="queued").count() == 1
    assert 'data-state="queued"' in shown.content.decode()


def test_the_rounds_tell_what_is_left(adjudicator, scene):
    (state,) = adjudicator.get(reverse("reconciliation", args=[scene.project.slug])).context[
        "rounds"
    ]

    assert (state.run.n, state.groups, state.settled) == (1, 1, 0)
    assert (state.conflicts, state.agreed) == (2, 4)


def test_accepting_what_is_agreed_leaves_the_conflicts(adjudicator, scene):
    answer = adjudicator.post(
        reverse("accept_round", args=[scene.project.slug, scene.round.public_id]), follow=True
    )
    assert not Decision.objects.exists()
    assert "accepted in the background" in answer.content.decode()
    assert jobs.finish_all() == 1

    assert Job.objects.latest("id").message == "4 positions accepted, 0 events settled by it."
    assert {field for field, (_, settled) in states().items() if not settled} == {"status", "title"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_rounds_ask_the_same_number_of_queries(
    adjudicator, scene, count, django_assert_num_queries
):
    for n in range(count):
        factories.round_of(scene.project, [scene.coder, scene.other], name=f"round {n}")

    with django_assert_num_queries(13):
        adjudicator.get(reverse("reconciliation", args=[scene.project.slug]))


# --- figures


def test_figures_are_shown_with_value_interval_or_reason(adjudicator, scene):
    response = adjudicator.get(reverse("figures", args=[scene.project.slug, scene.round.public_id]))

    fields = {(row.label, row.coefficient): row.figure for row in response.context["fields"]}
    undefined = fields["Status", "Krippendorff's α"]
    assert undefined.value is not None or undefined.reason
    labels = [line.label for line in response.context["forest"].lines]
    assert labels[:4] == [
        "α of event sets", "α, has the document any event", "α, number of events", "u-α: passages and types at once",
    ]  # fmt: skip
    assert "Event type" in labels
    page = response.content.decode()
    assert "<svg" in page and "<table" in page


def test_figures_come_as_csv(adjudicator, scene):
    address = reverse("figures_csv", args=[scene.project.slug, scene.round.public_id])

    rows = list(csv.DictReader(io.StringIO(adjudicator.get(address).content.decode())))

    run = factories.runs.latest(scene.round)
    assert len(rows) == run.figures.count()
    assert all(bool(row["value"]) != bool(row["reason"]) for row in rows)


def test_a_round_without_a_run_says_what_to_do(client):
    scene = factories.scene()
    client.force_login(scene.adjudicator.user)

    for name, words in (("figures", "No figures yet"), ("board_queue", "Not reconciled yet")):
        response = client.get(reverse(name, args=[scene.project.slug, scene.round.public_id]))
        assert words in response.content.decode()


def test_a_run_that_does_not_exist_is_not_shown_as_another(adjudicator, scene):
    address = reverse("figures", args=[scene.project.slug, scene.round.public_id])

    assert adjudicator.get(address, {"run": 7}).status_code == 404


# --- the board


def test_the_board_opens_the_document_that_needs_it_most(adjudicator, scene):
    calm = factories.document(scene.project, "calm")
    opened = factories.round_of(
        scene.project, [scene.coder, scene.other], [calm, scene.document], name="two"
    )
    for coder in (scene.coder, scene.other):
        factories.coded(factories.assignment(opened, coder, calm), factories.event())
    factories.coded(
        factories.assignment(opened, scene.coder, scene.document), factories.event(status=1)
    )
    factories.coded(
        factories.assignment(opened, scene.other, scene.document), factories.event(status=4)
    )
    factories.run(opened, factories.holder(scene.adjudicator))

    response = adjudicator.get(reverse("board_queue", args=[scene.project.slug, opened.public_id]))

    assert response.url == reverse(
        "board", args=[scene.project.slug, opened.public_id, scene.document.public_id]
    )
    queue = adjudicator.get(response.url).context["queue"]
    assert [(entry.document.external_id, entry.conflicts, entry.agreement) for entry in queue] == [
        ("d1", 1, 83),
        ("calm", 0, 100),
    ]


def test_the_board_shows_every_coders_value_with_its_evidence(adjudicator, scene):
    board = adjudicator.get(board_address(scene)).context["board"]

    (card,) = board.cards
    rows = {row.position.field: row for row in card.rows}
    assert [(cell.coder.label, cell.words) for cell in rows["status"].cells] == [
        ("C1", "4 carried out"),
        ("C2", "1 planned"),
    ]
    assert [[quote.text for quote in cell.quotes] for cell in rows["start"].cells] == [
        ["The United States"]
    ] * 2
    assert (rows["status"].word, rows["provider"].word) == ("differs", "agreed")
    assert rows["provider"].cells[0].words == "United States of America (USA); South Korea (ROK)"


def test_the_passages_are_data_for_the_highlights(adjudicator, scene):
    page = adjudicator.get(board_address(scene)).content.decode()

    found = re.search(r'<script id="marks" type="application/json">(.*?)</script>', page)
    group = Group.objects.get().public_id
    assert json.loads(found[1]) == [[0, 17, "a", group], [0, 17, "b", group]]
    assert "style=" not in page


def test_the_board_explains_why_events_were_grouped(adjudicator, scene):
    (card,) = adjudicator.get(board_address(scene)).context["board"].cards

    (pair,) = card.pairs
    assert (pair.one, pair.other, pair.distance) == ("C1", "C2", 0.0)
    assert {term.name for term in pair.terms} >= {"type", "date", "evidence"}


def test_a_coders_value_is_adopted_with_a_reason(adjudicator, scene):
    response = send(
        adjudicator, scene, "decide", field="status", take="C1", reason="The second line says it was held.",
        error_kind="slip", codebook_needs_work="1",
    )  # fmt: skip

    decision = Decision.objects.get()
    assert response.url.startswith(board_address(scene))
    assert (decision.field, decision.kind, decision.value, decision.by_label) == (
        "status",
        "adopted",
        [4],
        "PI",
    )
    assert (decision.reason, decision.error_kind, decision.codebook_needs_work) == (
        "The second line says it was held.",
        "slip",
        True,
    )
    assert decision.adopted_from.assignment.coder == scene.coder


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"field": "status", "take": "C1"}, "please give a reason"),
        ({"field": "status"}, "Choose a coder&#x27;s value or enter your own."),
        ({"field": "status", "value": "99", "reason": "x"}, "is not a code of this field"),
        ({"field": "status", "value": "-7", "reason": "x"}, "cannot be the decision"),
        ({"field": "start", "value": "someday", "reason": "x"}, "Start:"),
        ({"field": "status", "take": "C9", "reason": "x"}, "C9 has no event in this group."),
    ],
)
def test_what_is_refused_stands_beside_its_field_and_decides_nothing(
    adjudicator, scene, sent, words
):
    response = send(adjudicator, scene, "decide", **sent)

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page[page.index('role="alert"') :]
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("status", "5", [5]),
        ("status", "-9", ["-9"]),
        ("start", "5 March 1985", ["1985-03-05"]),
        ("provider", "USA; Japan", [[2, 740]]),
        ("title", "Shield", ["Shield"]),
        ("event_type", "TO", ["TO"]),
    ],
)
def test_the_adjudicators_own_value_is_read_as_the_field_takes_it(
    adjudicator, scene, field, value, stored
):
    send(adjudicator, scene, "decide", field=field, value=value, reason="Read it myself.")

    decision = Decision.objects.get()
    assert (decision.kind, decision.value) == ("own", stored)


def test_several_choices_are_one_value(adjudicator, scene):
    again = factories.round_of(scene.project, [scene.coder, scene.other], name="two")
    for coder, form in ((scene.coder, ["cpx"]), (scene.other, ["ftx"])):
        factories.coded(factories.assignment(again, coder), factories.event(form=form))
    factories.run(again, factories.holder(scene.adjudicator))
    group = again.groups.get()

    adjudicator.post(
        reverse("decide", args=[scene.project.slug, again.public_id, scene.document.public_id]),
        {
            "group": group.public_id,
            "field": "form",
            "value": ["ftx", "cpx"],
            "reason": "Both are named.",
        },
    )

    assert Decision.objects.get(field="form").value == [["cpx", "ftx"]]


def test_a_whole_event_is_taken_from_a_coder(adjudicator, scene):
    response = send(adjudicator, scene, "decide_group", take="C1", reason="More careful.")

    group = Group.objects.get()
    assert response.url == f"{board_address(scene)}#g-{group.public_id}"
    assert all(settled for _, settled in states().values())
    assert group.resolved.values["title"] == "Exercise Shield 1985"


def test_it_is_decided_that_a_group_is_no_event(adjudicator, scene):
    without = send(adjudicator, scene, "decide_group", reject="1")
    send(adjudicator, scene, "decide_group", reject="1", reason="It was only announced.")

    assert without.status_code == 422
    assert "Please say why this is not an event." in without.content.decode()
    assert Group.objects.get().resolved.is_event is False
    (card,) = adjudicator.get(board_address(scene)).context["board"].cards
    assert {row.why_not_asked for row in card.rows if not row.position.is_settled} == {
        "not asked: it is no event"
    }


def test_a_settled_field_is_opened_again_with_a_reason(adjudicator, scene):
    send(adjudicator, scene, "decide", field="status", take="C1", reason="So.")

    without = send(adjudicator, scene, "reopen", field="status", reason="")
    send(adjudicator, scene, "reopen", field="status", reason="Read the annex.")

    assert without.status_code == 422
    assert states()["status"] == ("differs", False)
    assert list(Decision.objects.values_list("kind", flat=True)) == ["adopted", "reopened"]


def test_a_field_that_the_settled_values_hide_is_not_asked_for(adjudicator, scene):
    again = factories.round_of(scene.project, [scene.coder, scene.other], name="two")
    factories.coded(
        factories.assignment(again, scene.coder), factories.event(status=5, reason="Storm")
    )
    factories.coded(factories.assignment(again, scene.other), factories.event(status=4))
    factories.run(again, factories.holder(scene.adjudicator))
    place = [scene.project.slug, again.public_id, scene.document.public_id]
    group = again.groups.get()

    adjudicator.post(
        reverse("decide", args=place),
        {"group": group.public_id, "field": "status", "take": "C2", "reason": "It took place."},
    )

    (card,) = adjudicator.get(reverse("board", args=place)).context["board"].cards
    rows = {row.position.field: row for row in card.rows}
    assert rows["reason"].why_not_asked == "not asked with what is settled above"
    assert not rows["reason"].is_open


def test_nobody_settles_conflicts_of_a_document_they_coded(client, scene):
    both = factories.member(scene.project, "coder", ("adjudicator", "coder"))
    client.force_login(both.user)

    response = send(client, scene, "decide", field="status", take="C1", reason="So.")

    assert response.status_code == 403
    assert not Decision.objects.exists()


def test_a_position_of_another_document_is_not_there(adjudicator, scene):
    other = factories.document(scene.project, "d2")
    second = factories.round_of(scene.project, [scene.coder], [other], name="two")
    factories.coded(factories.assignment(second, scene.coder), factories.event())
    factories.run(second, factories.holder(scene.adjudicator))

    place = [scene.project.slug, second.public_id, other.public_id]
    group = scene.round.groups.get()
    response = adjudicator.post(
        reverse("decide", args=place),
        {"group": group.public_id, "field": "status", "take": "C1", "reason": "x"},
    )

    assert response.status_code == 404
    assert not Decision.objects.exists()


def test_offsets_of_marks_count_code_points(client):
    """An astral character before the passage moves it by one, not by two."""
    scene = factories.scene(submitted=False)
    document = factories.document(scene.project, "astral", body="🕊 Shield began.")
    opened = factories.round_of(scene.project, [scene.coder, scene.other], [document], name="two")
    for coder in (scene.coder, scene.other):
        factories.coded(
            factories.assignment(opened, coder, document),
            factories.event(evidence={"start": [[2, 8]]}),
        )
    factories.run(opened, factories.holder(scene.adjudicator))
    client.force_login(scene.adjudicator.user)

    board = client.get(
        reverse("board", args=[scene.project.slug, opened.public_id, document.public_id])
    ).context["board"]

    assert [mark[:3] for mark in board.marks] == [[2, 8, "a"], [2, 8, "b"]]
    quotes = [
        quote.text for row in board.cards[0].rows for cell in row.cells for quote in cell.quotes
    ]
    assert quotes == ["Shield", "Shield"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_asks_the_same_number_of_queries(
    adjudicator, scene, count, django_assert_num_queries
):
    document = factories.document(scene.project, "many")
    opened = factories.round_of(scene.project, [scene.coder, scene.other], [document], name="two")
    found = [factories.event(start=f"198{n}-03-04", title=f"Shield {n}") for n in range(count)]
    for coder in (scene.coder, scene.other):
        factories.coded(factories.assignment(opened, coder, document), *found)
    factories.run(opened, factories.holder(scene.adjudicator))
    address = reverse("board", args=[scene.project.slug, opened.public_id, document.public_id])

    with django_assert_num_queries(18):
        response = adjudicator.get(address)

    assert len(response.context["board"].cards) == count


# --- blindness of those who adjudicate and code


@pytest.fixture
def coding_adjudicator(client, scene):
    """An adjudicator who still codes the scene's document in a second round."""
    both = factories.member(scene.project, "both", ("adjudicator", "coder"), label="B1")
    factories.round_of(scene.project, [both], [scene.document], name="second")
    client.force_login(both.user)
    return client


def test_the_board_of_a_document_one_still_codes_is_not_there(coding_adjudicator, scene):
    statuses = [
        coding_adjudicator.get(board_address(scene)).status_code,
        send(
            coding_adjudicator, scene, "decide", field="status", take="C1", reason="x"
        ).status_code,
        send(coding_adjudicator, scene, "decide_group", take="C1", reason="x").status_code,
        send(coding_adjudicator, scene, "accept_document").status_code,
    ]

    assert statuses == [404, 404, 404, 404]
    assert not Decision.objects.exists()


def test_neither_counts_nor_incidents_tell_of_a_document_one_still_codes(coding_adjudicator, scene):
    adjudication.take_event(
        Group.objects.get(), "C2", by=factories.holder(scene.adjudicator), reason="x"
    )
    slug = scene.project.slug

    rounds = coding_adjudicator.get(reverse("reconciliation", args=[slug])).context["rounds"]
    incidents = coding_adjudicator.get(reverse("incidents", args=[slug]))
    queue = coding_adjudicator.get(reverse("board_queue", args=[slug, scene.round.public_id]))

    assert [(one.groups, one.conflicts, one.agreed) for one in rounds] == [(0, 0, 0), (0, 0, 0)]
    assert list(incidents.context["page"]) == []
    assert "Secret title of C2" not in incidents.content.decode()
    assert "Nothing is on the board for you" in queue.content.decode()


def test_accepting_a_round_leaves_documents_one_still_codes(coding_adjudicator, scene):
    coding_adjudicator.post(
        reverse("accept_round", args=[scene.project.slug, scene.round.public_id])
    )
    jobs.finish_all()

    assert not Decision.objects.exists()


def test_the_board_opens_once_own_work_is_handed_in(client, coding_adjudicator, scene):
    own = scene.project.rounds.get(name="second").assignments.get()
    factories.coded(own)

    assert coding_adjudicator.get(board_address(scene)).status_code == 200


def test_the_board_shows_labels_and_never_names(adjudicator, scene):
    scene.coder.user.first_name = "Wilhelmina"
    scene.coder.user.save()

    page = adjudicator.get(board_address(scene)).content.decode()

    assert "Wilhelmina" not in page
    assert "C1" in page


# --- incidents


def settled(scene, count: int) -> list[Incident]:
    """As many incidents, each reported by a document of its own."""
    documents = [factories.document(scene.project, f"doc{n}") for n in range(count)]
    opened = factories.round_of(scene.project, [scene.coder], documents, name="many")
    for document in documents:
        factories.coded(
            factories.assignment(opened, scene.coder, document),
            factories.event(title=f"Shield in {document.external_id}"),
        )
    holder = factories.holder(scene.adjudicator)
    factories.run(opened, holder)
    adjudication.accept_agreed(list(opened.groups.all()), by=holder, singles=True)
    return list(Incident.objects.order_by("n"))


def test_incidents_are_listed_with_their_reports_and_filtered(adjudicator, scene):
    settled(scene, 2)
    address = reverse("incidents", args=[scene.project.slug])

    def found(**chosen):
        return [str(one) for one in adjudicator.get(address, chosen).context["page"]]

    assert found() == ["I00001", "I00002"]
    assert found(words="doc1") == ["I00002"]
    assert found(type_code="EX", words="doc0") == ["I00001"]
    assert found(type_code="no such type", words="doc0") == ["I00001"]
    assert found(words="nothing") == []


def test_copies_that_nobody_coded_count_as_reports_of_an_incident(adjudicator, scene):
    settled(scene, 2)
    coded = list(scene.project.documents.filter(external_id__startswith="doc").order_by("pk"))
    uncoded = factories.document(scene.project, "wire")
    copies.confirm(scene.project, [*coded, uncoded], by=scene.adjudicator.user)

    response = adjudicator.get(reverse("incidents", args=[scene.project.slug]))

    # Two of the copies were coded: each speaks for itself, and the one that represents them for the third.
    assert [
        [(one.resolved_event.group.document, one.copies) for one in incident.reports.all()]
        for incident in response.context["page"]
    ] == [[(coded[0], [uncoded])], [(coded[1], [])]]
    assert "and in 1 copy of it" in response.content.decode()


def test_chosen_incidents_are_linked(adjudicator, scene):
    settled(scene, 3)
    address = reverse("incidents", args=[scene.project.slug])

    adjudicator.post(address, {"incidents": ["1", "3"], "reason": "One exercise in two papers."})

    page = adjudicator.get(address).context["page"]
    told = {
        str(one): [str(r.resolved_event.values["title"]) for r in one.reports.all()] for one in page
    }
    assert told == {"I00001": ["Shield in doc0", "Shield in doc2"], "I00002": ["Shield in doc1"]}


@pytest.mark.parametrize("chosen", [[], ["1"], ["1", "99"]])
def test_linking_needs_two_incidents_that_are_there(adjudicator, scene, chosen):
    settled(scene, 2)

    response = adjudicator.post(
        reverse("incidents", args=[scene.project.slug]), {"incidents": chosen}
    )

    assert response.status_code == 422
    assert Incident.objects.filter(merged_into=None).count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_incidents_ask_the_same_number_of_queries(
    adjudicator, scene, count, django_assert_num_queries
):
    settled(scene, count)

    with django_assert_num_queries(11):
        response = adjudicator.get(reverse("incidents", args=[scene.project.slug]))

    assert len(response.context["page"]) == count


def test_a_long_queue_is_shown_around_the_document(adjudicator, scene, monkeypatch):
    monkeypatch.setattr("reconciliation.views.QUEUE_SHOWN", 2)
    documents = [factories.document(scene.project, f"doc{n}") for n in range(4)]
    opened = factories.round_of(scene.project, [scene.coder], documents, name="many")
    for document in documents:
        factories.coded(factories.assignment(opened, scene.coder, document), factories.event())
    factories.run(opened, factories.holder(scene.adjudicator))

    context = adjudicator.get(
        reverse("board", args=[scene.project.slug, opened.public_id, documents[2].public_id])
    ).context

    assert [entry.document.external_id for entry in context["queue"]] == ["doc1", "doc2"]
    assert context["queue_total"] == 4
    assert (context["previous"].document, context["following"].document) == (
        documents[1],
        documents[3],
    )
