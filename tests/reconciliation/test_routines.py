"""When a document is ready, one document alone, and rounds that reconcile themselves."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from projects import jobs
from projects.models import Job, LedgerLine
from projects.refusals import Invalid, NotAllowed, WrongState
from reconciliation import adjudication, readiness, routines, runs
from reconciliation.models import Group, Run
from reconciliation.readiness import Readiness
from tests.reconciliation import samples
from tests.reconciliation.samples import aligned_table, event, hand_in, put, reconciled, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """d1 is ready, of d2 one of two coders has handed in."""
    return table({"d1": {"C1": [event()], "C2": [event()]}, "d2": {"C1": [event()], "C2": None}})


def document(made, name):
    return made.round.project.documents.get(external_id=name)


# --- ready


def test_without_a_rule_a_document_waits_for_all_it_was_given_to(made) -> None:
    found = {document(made, name).pk: name for name in ("d1", "d2")}

    assert {found[pk]: one for pk, one in readiness.of_documents(made.round).items()} == {
        "d1": Readiness(2, 2, None),
        "d2": Readiness(2, 1, None),
    }
    assert [one.is_ready for one in readiness.of_documents(made.round).values()] == [True, False]


def test_a_round_may_say_that_fewer_are_enough(made) -> None:
    routines.keep(made.round, by=made.pi, enough=1, every=0)

    assert all(one.is_ready for one in readiness.of_documents(made.round).values())
    assert readiness.of_rounds({made.round.pk: 1}) == {made.round.pk: readiness.Tally(2, 2)}
    assert readiness.of_rounds({made.round.pk: 3}) == {made.round.pk: readiness.Tally(1, 2)}


@pytest.mark.parametrize(
    ("given", "handed_in", "enough", "ready"),
    [(0, 0, None, False), (3, 2, None, False), (3, 2, 2, True), (1, 1, 2, True), (3, 0, 1, False)],
)
def test_enough_is_never_more_than_there_are_coders(given, handed_in, enough, ready) -> None:
    assert Readiness(given, handed_in, enough).is_ready is ready


# --- one document


def test_one_document_is_aligned_alone_and_its_run_is_kept(made) -> None:
    job = jobs.see_through(runs.start_document(made.round, document(made, "d1"), by=made.pi))

    assert (job.state, job.message) == ("done", "1 group, 0 conflicts")
    run = Run.every.get()
    assert (run.document, run.is_whole, run.figures.count()) == (document(made, "d1"), False, 0)
    assert run.parameters.keys() == {"weights", "tau", "theta"}
    assert len(run.input_hash) == 64
    assert (run.counts["groups"], run.counts["events"]) == (1, 2)
    assert list(Group.objects.values_list("document__external_id", flat=True)) == ["d1"]
    assert runs.latest(made.round) is None
    line = LedgerLine.objects.get(verb="round.reconcile")
    assert line.difference == {"run": 1, "document": "d1"}


def test_a_document_and_its_round_come_to_the_same_groups(made) -> None:
    jobs.see_through(runs.start_document(made.round, document(made, "d1"), by=made.pi))
    before = made.group("d1")
    reconciled(made)

    assert made.group("d1") == before


def test_a_document_is_aligned_anew_after_a_correction_and_what_was_decided_asks_again() -> None:
    made = aligned_table({"d1": {"C1": [event(status=1)], "C2": [event(status=4)]}})
    adjudication.take(made.position("status"), "C1", by=made.pi, reason="So.")
    samples.send_back(made, "d1", "C2")
    change = {"event": samples.uid_of(made, "d1", "C2"), "field": "status", "value": 5}
    samples.rework(made, "d1", "C2", samples.operation("value.set", **change))

    job = jobs.see_through(runs.start_document(made.round, document(made, "d1"), by=made.pi))

    assert job.message == "1 group, 1 conflict, 1 decision to confirm again"
    assert made.position("status").basis_changed


def test_what_is_not_ready_or_runs_already_is_refused_with_how_it_stands(made) -> None:
    with pytest.raises(WrongState, match="1 of 2 coders of this document handed in; 2 are enough"):
        runs.start_document(made.round, document(made, "d2"), by=made.pi)
    with pytest.raises(NotAllowed):
        runs.start_document(made.round, document(made, "d1"), by=samples.holder(made.coders["C1"]))
    runs.start(made.round, by=made.pi)
    with pytest.raises(WrongState, match="The whole round is being reconciled"):
        runs.start_document(made.round, document(made, "d1"), by=made.pi)


def test_one_document_by_command(made, capsys) -> None:
    words = ["reconcile", made.round.project.slug, "--document", "d1", "--json"]
    call_command(*words)

    told = json.loads(capsys.readouterr().out)
    assert (told["document"], told["run"], told["counts"]["groups"]) == ("d1", 1, 1)


def test_one_document_from_the_board(client) -> None:
    made = aligned_table({"d1": {"C1": [event()], "C2": [event()]}})
    client.force_login(made.pi.user)
    place = [made.round.project.slug, made.round.public_id, document(made, "d1").public_id]

    answer = client.post(reverse("reconcile_document", args=place) + "?order=name")

    assert answer.url == reverse("board", args=place) + "?order=name"
    assert Job.objects.filter(kind=runs.KIND, state="queued").count() == 1


# --- by itself


def test_a_round_reconciles_itself_in_the_name_of_who_set_it(made) -> None:
    routines.keep(made.round, by=made.pi, enough=None, every=15)

    assert routines.look() == 1
    assert jobs.finish_all() == 1

    run = runs.latest(made.round)
    assert (run.n, run.by, made.group("d1").round) == (1, made.pi.user, made.round)
    assert LedgerLine.objects.get(verb="round.routine").difference == {"enough": None, "every": 15}


def later(**given):
    return timezone.now() + timedelta(**given)


def test_it_runs_again_only_when_somebody_handed_in_on_a_ready_document_and_time_has_passed(
    made,
) -> None:
    routines.keep(made.round, by=made.pi, enough=None, every=15)
    routines.look()
    jobs.finish_all()
    assert routines.look(later(minutes=30)) == 0  # nothing new

    hand_in(made, "d2", "C2", [event()])
    assert routines.look(later(minutes=31)) == 1
    assert routines.look(later(minutes=90)) == 0  # that one still waits to be done
    jobs.finish_all()
    made.round.runs.update(asked_at=later(minutes=32))
    samples.send_back(made, "d1", "C1")
    assert routines.look(later(minutes=90)) == 0


def test_a_hand_in_on_a_document_that_is_not_ready_is_waited_with(made) -> None:
    made.round.assignments.filter(document=document(made, "d1")).update(state="withdrawn")
    routines.keep(made.round, by=made.pi, enough=None, every=15)
    assert routines.look() == 0

    routines.keep(made.round, by=made.pi, enough=1, every=15)
    assert routines.look(later(minutes=1)) == 1


def test_several_workers_that_look_at_once_ask_once(made) -> None:
    routine = routines.keep(made.round, by=made.pi, enough=None, every=15)
    put(routine, looked_at=timezone.now())

    assert routines.look() == 0


def test_who_may_no_longer_run_lets_nothing_run(made, caplog) -> None:
    routines.keep(made.round, by=made.pi, enough=None, every=15)
    put(made.pi.membership, roles=["coder"])

    assert routines.look() == 0
    assert "does not reconcile itself" in caplog.text


def test_every_worker_looks_twice_a_minute_whatever_else_fails(made, monkeypatch, caplog) -> None:
    routines.keep(made.round, by=made.pi, enough=None, every=60)
    monkeypatch.setattr(jobs, "reconcile_queue", lambda: 1 / 0)

    jobs.tick()

    assert Job.objects.filter(kind=runs.KIND).count() == 1
    assert "it is tried again" in caplog.text


@pytest.mark.parametrize(("enough", "every"), [(0, 15), (None, 7)])
def test_nonsense_is_refused(made, enough, every) -> None:
    with pytest.raises(Invalid):
        routines.keep(made.round, by=made.pi, enough=enough, every=every)


def test_it_is_set_on_the_page_of_reconciliation(made, client) -> None:
    client.force_login(made.pi.user)
    place = [made.round.project.slug, made.round.public_id]

    shown = client.post(
        reverse("keep_routine", args=place), {"enough": "2", "every": "60"}, follow=True
    ).content.decode()

    assert (
        "a document is ready when 2 of its coders handed in; reconciled every hour at most" in shown
    )
    assert "1 of 2 documents ready; reconciled every hour at most" in shown
    refused = client.post(reverse("keep_routine", args=place), {"enough": "0", "every": "60"})
    assert refused.status_code == 422
