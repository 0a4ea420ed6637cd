"""Calibration of a project: what is learnt from, what is left out, what the command says and that it changes nothing."""

import io
import json

import pytest
from django.core.management import call_command

from coding.models import Codebook
from projects.models import LedgerLine
from reconciliation import adjudication, calibrating, regrouping
from tests.reconciliation.samples import Table, aligned_table, event

pytestmark = pytest.mark.django_db


def study(documents: int) -> Table:
    """Two coders, two events a document a year apart, coded alike but for the day."""
    codings = {}
    for n in range(documents):
        codings[f"d{n:02d}"] = {
            label: [
                event(line=1, start=f"1951-06-{day:02d}"),
                event(line=5, start=f"1953-06-{day:02d}", provider=[200]),
            ]
            for label, day in (("C1", 1 + n % 20), ("C2", 3 + n % 20))
        }
    return aligned_table(codings, labels=("C1", "C2"))


def settle(made: Table, *, leave: tuple[str, ...] = ()) -> None:
    for group in made.groups():
        if group.document.external_id in leave:
            continue
        label = group.members.order_by("label")[0].label
        adjudication.take_event(group, label, by=made.pi, reason="Seen in the text.")


def calibrate(*words: str) -> str:
    out = io.StringIO()
    call_command("calibrate", *words, stdout=out)
    return out.getvalue()


def test_only_documents_whose_every_group_is_settled_are_learnt_from():
    made = study(4)
    settle(made, leave=("d01",))
    apart = regrouping.split(made.groups("d02")[0], ["C2"], by=made.pi, reason="Two events.")
    settle(made, leave=("d00", "d01", "d03"))
    doubt = made.groups("d03")[0].positions.get(field="start")
    adjudication.reopen(doubt, by=made.pi, reason="Once more.")
    doubt.refresh_from_db()
    adjudication.take(doubt, "C2", by=made.pi, reason="Not one event?", error_kind="alignment")

    found = calibrating.adjudicated([made.round])

    assert (found.documents, found.unsettled, found.doubted, found.regrouped) == (2, 1, 1, 1)
    assert sorted(set(found.clusters.values())) == ["d00", "d02"]
    by_document = {name: set() for name in found.clusters}
    for one in found.events:
        by_document[one.document].add(found.groups[one.key])
    assert sorted(map(len, by_document.values())) == [2, 3]
    assert apart.members.count() == 1
    assert calibrating.learnt_from(found) == [
        "2 documents with events of two coders and every group settled; in 1 of them a person merged, split or moved events.",
        "1 document left out: something in them is still open.",
        "1 document left out: somebody wrote “events wrongly aligned” there and did not regroup them.",
    ]  # fmt: skip


def test_the_command_says_when_there_is_too_little_to_learn_from():
    made = study(2)
    settle(made)

    told = calibrate(made.round.project.slug)
    data = json.loads(calibrate(made.round.project.slug, "--json", "--round", made.round.name))

    assert told.splitlines()[-1] == (
        "There is too little to learn from: settled events of two coders stand in 2 documents; at least 20 are "
        "needed to learn from some and judge by others."
    )
    assert (data["ok"], data["calibration"], data["documents"], data["rounds"]) == (
        True, None, 2, [made.round.name],
    )  # fmt: skip
    assert data["undefined"].startswith("settled events of two coders stand in 2 documents")


def test_the_command_compares_held_out_groups_and_changes_nothing():
    made = study(20)
    settle(made)
    before = (LedgerLine.objects.count(), list(Codebook.objects.values_list("sha256", flat=True)))

    told = calibrate(made.round.project.slug, "--replicates", "50", "--folds", "4").splitlines()

    assert told[0].startswith("20 documents with events of two coders")
    assert told[1].startswith("Nobody regrouped anything")
    assert told[2].startswith(
        "80 pairs of events of two coders, 40 of them the same event. Held out by document in 4"
    )
    assert told[6].split() == ["F1", "1.000", "[1.000,", "1.000]", "1.000", "[1.000,", "1.000]"]
    assert told[-1].startswith("No gain is shown")
    assert before == (
        LedgerLine.objects.count(), list(Codebook.objects.values_list("sha256", flat=True)),
    )  # fmt: skip


def test_what_is_proposed_is_written_as_a_codebook_has_it():
    from coding import schema
    from reconciliation import inputs
    from tests.reconciliation.agreement.test_calibration import RULE, dated_study
    from tests.reconciliation.samples import CODEBOOK

    events, groups = dated_study(24)
    found = calibrating.calibration.calibrate(events, groups, RULE, folds=2, replicates=20)
    book = schema.parse(f"{CODEBOOK}\n{calibrating.adoption(found)}\n")

    data = json.loads(json.dumps(calibrating.as_data(found)))
    assert (data["is_gain"], data["weights"]) == (found.is_gain, dict(found.weights))
    assert data["gain"]["value"] == found.gain.value
    rule = inputs.rule_of(book)
    assert (rule.theta, rule.tau) == (found.theta, 365)
    assert dict(rule.weights) == pytest.approx(dict(found.rule.weights))
