"""Asking for a run and doing it: what it keeps, what it refuses, that twice is once."""

import pytest

from coding.models import Round
from projects import jobs
from projects.models import Job, LedgerLine
from projects.refusals import NotAllowed, WrongState
from reconciliation import inputs, runs
from reconciliation.models import Figure, Group, Run
from tests.reconciliation import samples
from tests.reconciliation.samples import SILENT, aligned_table, event, put, reconciled, table

pytestmark = pytest.mark.django_db

TWO = {"d1": {"C1": [event(status=1)], "C2": [event(status=4)]}, "d2": {"C1": SILENT, "C2": SILENT}}


def test_a_run_keeps_how_it_was_made_and_what_it_counted() -> None:
    made = table(TWO)

    run = reconciled(made, replicates=10)

    assert (run.n, run.by, run.software) == (1, made.pi.user, "0.1.0")
    assert run.parameters == {
        "weights": {"type": 0.3, "provider": 0.125, "recipient": 0.125, "date": 0.2, "evidence": 0.25},
        "tau": 365, "theta": 0.55, "interval": "cluster", "replicates": 10, "seed": runs.SEED,
    }  # fmt: skip
    assert len(run.input_hash) == 64
    assert run.finished_at is not None
    assert {name: run.counts[name] for name in run.counts if name not in {"solved", "objective"}} == {
        "documents": 2, "groups": 1, "unmatched": 0, "positions": 6, "agreed": 5, "conflicts": 1, "basis_changed": 0,
        "events": 2, "figures": run.figures.count(), "gap": 0.0,
    }  # fmt: skip
    assert LedgerLine.objects.filter(verb="round.reconcile").values_list(
        "difference", flat=True
    ).get() == {"run": 1}


def test_asking_is_refused_to_coders_and_where_nobody_handed_in() -> None:
    made = table({"d1": {"C1": None}})

    with pytest.raises(NotAllowed):
        runs.start(made.round, by=samples.holder(made.coders["C1"]))
    with pytest.raises(WrongState, match="Nobody has handed in anything in this round yet."):
        runs.start(made.round, by=made.pi)

    assert (Run.objects.count(), Job.objects.filter(kind=runs.KIND).count()) == (0, 0)


def test_runs_are_numbered_within_their_round_and_the_latest_is_a_finished_one() -> None:
    made = table(TWO)
    first = reconciled(made)
    runs.start(made.round, by=made.pi)

    assert list(made.round.runs.values_list("n", flat=True)) == [1, 2]
    assert runs.latest(made.round) == first

    jobs.finish_all()
    assert runs.latest(made.round) == made.round.runs.get(n=2)


def test_the_same_run_done_twice_leaves_the_same_rows() -> None:
    run = reconciled(table(TWO))
    before = list(
        Figure.objects.order_by("pk").values(
            "field", "coefficient", "subject", "level", "value", "reason", "low", "high"
        )
    )
    groups = list(Group.objects.values_list("pk", "public_id"))
    job = Job.objects.get(kind=runs.KIND)

    put(job, state=Job.State.QUEUED, attempts=0, finished_at=None)
    jobs.finish_all()

    job.refresh_from_db()
    again = Figure.objects.order_by("pk").values(
        "field", "coefficient", "subject", "level", "value", "reason", "low", "high"
    )
    assert (job.state, list(again)) == (Job.State.DONE, before)
    assert list(Group.objects.values_list("pk", "public_id")) == groups
    assert Run.objects.get() == run


def test_a_seed_gives_the_same_intervals_again() -> None:
    codings = {
        f"d{n}": {
            "C1": [event(line=n, status=[1, 4, 5][n % 3])],
            "C2": [event(line=n, status=[1, 4, 4][n % 3])],
        }
        for n in range(6)
    }
    made = table(codings)
    for seed in (7, 7, 8):
        jobs.see_through(runs.start(made.round, by=made.pi, seed=seed, replicates=50))

    def intervals(n):
        figures = made.round.runs.get(n=n).figures.order_by("pk")
        return list(figures.values_list("field", "coefficient", "value", "low", "high"))

    assert intervals(1) == intervals(2)
    assert intervals(1) != intervals(3)
    assert [row[:3] for row in intervals(1)] == [row[:3] for row in intervals(3)]


def test_codings_of_two_texts_fail_the_run_in_plain_words_and_leave_no_group() -> None:
    made = table({"d1": {"C1": [event()], "C2": [event()]}})
    newer = samples.text(made.assignment("d1", "C1").document, body="Another reading.\n", n=2)
    put(made.assignment("d1", "C2"), text=newer)

    job = jobs.see_through(runs.start(made.round, by=made.pi))

    assert (job.state, job.error) == (
        Job.State.FAILED, "“d1” was coded on two different texts; it cannot be aligned.",
    )  # fmt: skip
    assert (Group.objects.count(), runs.latest(made.round)) == (0, None)


def test_work_sent_back_while_the_round_is_read_fails_the_run_and_the_next_one_stands(
    monkeypatch,
) -> None:
    made = table(TWO)
    read = inputs.studied

    def meanwhile(*given):
        patched.undo()
        found = read(*given)
        samples.send_back(made, "d1", "C1")
        return found

    with monkeypatch.context() as patched:
        patched.setattr(inputs, "studied", meanwhile)
        job = jobs.see_through(runs.start(made.round, by=made.pi))

    assert (job.state, job.error) == (
        Job.State.FAILED,
        "Work of this round was sent back or handed in anew while it was being read. Nothing is lost: reconcile it again.",
    )
    assert Group.objects.count() == 0
    assert reconciled(made).counts["events"] == 1


def test_a_round_is_measured_alike_in_whatever_parts_it_is_read(monkeypatch) -> None:
    codings = {
        f"d{n}": {
            "C1": [event(line=n, status=[1, 4, 5][n % 3]), event("TO", line=9 - n, start="1990")],
            "C2": [event(line=n, status=[1, 4, 4][n % 3])],
            "C3": SILENT if n % 2 else [event(line=n, troops=n * 10)],
        }
        for n in range(7)
    }
    made = table(codings)
    told = []
    for part in (250, 3, 1):
        monkeypatch.setattr(inputs, "PART", part)
        run = reconciled(made)
        rows = run.figures.order_by("pk").values_list(
            "question", "field", "type", "subject", "coefficient", "level", "value", "reason", "low",
            "high", "n_units", "n_values", "aligned_share",
        )  # fmt: skip
        told.append((list(rows), run.breakdown, run.counts, run.input_hash))

    assert told[0] == told[1] == told[2]


def test_a_run_that_is_gone_fails_its_job_with_a_reason() -> None:
    made = table(TWO)
    job = runs.start(made.round, by=made.pi)
    Run.objects.all().delete()

    assert jobs.see_through(job).error == "The run is not there any more."


def test_a_closed_round_can_be_reconciled_and_another_is_left_alone() -> None:
    made = table(TWO)
    put(made.round, state=Round.State.CLOSED)
    other = aligned_table({"d1": {"C1": [event()]}})
    before = list(other.groups()[0].positions.values())

    reconciled(made)

    assert [len(each.groups()) for each in (made, other)] == [1, 1]
    assert list(other.groups()[0].positions.values()) == before
