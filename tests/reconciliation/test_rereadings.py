"""Second readings by the same coder: measured apart from everything else, and told as such."""

from collections import defaultdict

import pytest
from django.urls import reverse

from coding import rosters
from coding.models import Assignment, Event, Evidence, Passage
from projects.refusals import WrongState
from reconciliation import diagnosis, figure_queries, rereadings, runs
from tests.reconciliation import samples
from tests.reconciliation.samples import event, put, reconciled, table
from tests.reconciliation.test_diagnosis import Elsewhere, unpacked

pytestmark = pytest.mark.django_db

STATUS = {"C1": [1, 1, 4, 4, 5, 1], "C2": [1, 4, 4, 4, 5, 1]}
# What C1 says of the same documents the second time; C2 reads two again and says the same.
AGAIN = {"C1": [1, 1, 4, 4, 5, 5], "C2": [1, 4]}


@pytest.fixture
def made():
    made = table(
        {
            f"d{n}": {label: [event(status=STATUS[label][n])] for label in ("C1", "C2")}
            for n in range(6)
        },
        labels=("C1", "C2"),
    )
    for label, values in AGAIN.items():
        for n, value in enumerate(values):
            read_again(made, f"d{n}", label, status=value)
    return made


def read_again(made, document, label, **values) -> Assignment:
    """As if the coder had found the same event, with these values, in a second reading."""
    first = made.assignment(document, label)
    second = Assignment.objects.create(
        round=first.round, document=first.document, text=first.text, coder=first.coder, sitting=2,
        queue_key=f"z{first.queue_key}"[:64], state="submitted", outcome="events",
        submitted_at=first.submitted_at,
    )  # fmt: skip
    for one in first.events.all():
        copy = Event.objects.create(
            assignment=second, uid=one.uid, type=one.type, position=one.position,
            values={**one.values, **values},
        )  # fmt: skip
        for link in one.evidence.select_related("passage"):
            marked = Passage.objects.create(
                assignment=second, uid=link.passage.uid, start=link.passage.start,
                end=link.passage.end, exact=link.passage.exact,
            )  # fmt: skip
            Evidence.objects.create(event=copy, passage=marked, field=link.field)
    return second


def test_two_readings_of_a_document_are_studied_as_if_two_had_read_it(made) -> None:
    found = rereadings.study(made.round)

    assert [one.name for one in found.documents] == [
        "d0 by C1", "d0 by C2", "d1 by C1", "d1 by C2", "d2 by C1", "d3 by C1", "d4 by C1", "d5 by C1",
    ]  # fmt: skip
    assert {(one.label, one.values["status"]) for one in found.documents[-1].events} == {
        ("first", 1),
        ("second", 5),
    }
    assert {label: len(part.documents) for label, part in rereadings.by_coder(found).items()} == {
        "C1": 6,
        "C2": 2,
    }


def test_a_reading_that_is_not_handed_in_or_of_another_text_is_left_out(made) -> None:
    work = Assignment.objects.filter(sitting=2, coder__label="C2").order_by("pk")
    put(work[0], state="started")
    put(work[1], text=samples.text(work[1].document, n=2))

    assert {one.name.split()[-1] for one in rereadings.study(made.round).documents} == {"C1"}


def test_steadiness_stands_beside_agreement_and_changes_none_of_it(made) -> None:
    with_them = reconciled(made)
    found = {
        (one.field, one.subject): one
        for one in with_them.figures.filter(question="again", coefficient="krippendorff_alpha")
    }
    # C2 says twice the same, but of two units with two values: 1; C1 differs once in six.
    assert found["status", "C2"].value == 1
    assert 0 < found["status", "C1"].value < found["status", "C2"].value
    assert (found["status", ""].n_units, found["status", "C1"].n_units) == (8, 6)
    assert found["event_type", "C2"].value is None and found["event_type", "C2"].reason
    assert with_them.counts["second_readings"] == 8
    told = [one for one in figures_of(with_them) if one[0] != "again"]

    Assignment.objects.filter(sitting=2).update(state="withdrawn")
    without = reconciled(made)

    assert figures_of(without) == told
    assert without.input_hash == with_them.input_hash
    assert "second_readings_hash" not in without.counts


def figures_of(run) -> list[tuple]:
    rows = run.figures.order_by("question", "field", "type", "subject", "coefficient", "level")
    return list(rows.values_list("question", "field", "type", "subject", "coefficient", "value", "low", "high"))  # fmt: skip


# Where both readings hold one value throughout, the library of the other hands warns before it says that kappa is none.
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_they_are_found_again_from_the_export_by_other_hands(made) -> None:
    run = reconciled(made)
    files = unpacked(diagnosis.packed(run))
    again = {name.removeprefix("again_"): rows for name, rows in files.items() if name.startswith("again_")}  # fmt: skip
    again["run"] = files["run"]
    checked = defaultdict(int)
    for subject in ("", "C1", "C2"):
        of_one = {
            name: [row for row in rows if row.get("document", subject).endswith(subject)]
            for name, rows in again.items()
        }
        elsewhere = Elsewhere(of_one)
        for figure in files["figures"]:
            if figure["question"] != "again" or figure["subject"] != subject:
                continue
            value = elsewhere.of({**figure, "subject": "first-second"})
            if value is not NotImplemented:
                told = float(figure["value"]) if figure["value"] else None
                assert told == (None if value is None else pytest.approx(value, abs=1e-9)), figure
                checked[subject] += 1
    assert checked.keys() == {"", "C1", "C2"}
    assert checked[""] > 10

    read_again(made, "d5", "C2")
    with pytest.raises(WrongState, match="Second readings have changed since run 1"):
        diagnosis.packed(run)


def test_page_report_and_release_tell_of_them(made, client) -> None:
    run = reconciled(made)
    client.force_login(made.pi.user)
    place = [made.round.project.slug, made.round.public_id]

    shown = client.get(reverse("figures", args=place))
    page = shown.content.decode()
    assert "8 second readings of documents against the same coder" in page
    labels = [line.label for line in shown.context["again_forest"].lines]
    assert labels == ["α of event sets", "Event type", "Provider", "Recipient", "Status", "Start"]
    report = client.get(reverse("reliability_report", args=place)).content.decode()
    assert "Second readings by the same coder" in report
    assert "8 documents were read a second time by the same coder." in report
    assert client.get(reverse("reliability_pdf", args=place)).status_code == 200
    words = [passage.lead for passage in figure_queries.methods_of(run, [])]
    assert "Second readings." in words


def test_without_any_the_page_says_how_to_get_them(made, client) -> None:
    Assignment.objects.filter(sitting=2).update(state="withdrawn")
    reconciled(made)
    client.force_login(made.pi.user)

    page = client.get(reverse("figures", args=[made.round.project.slug, made.round.public_id]))

    assert "Nobody has handed in a second reading in this round." in page.content.decode()


def test_they_come_about_by_giving_documents_again() -> None:
    made = table({f"d{n}": {"C1": [event()]} for n in range(3)}, labels=("C1",))
    given = rosters.give_again(made.round, made.coders["C1"], by=made.pi.user, count=2)

    assert [one.sitting for one in given] == [2, 2]
    assert rereadings.study(made.round).documents == ()
    assert runs.has_submissions(made.round)
