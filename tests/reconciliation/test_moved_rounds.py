"""What reconciling makes of a round whose codebook changed under it: the board opens, a run runs, a release builds."""

import pytest
from django.urls import reverse

from coding import assignments, codebooks, events, moves, second_looks
from coding.models import Assignment
from datasets import contents
from tests.reconciliation.samples import CODEBOOK, aligned_table, event, operation, reconciled

pytestmark = pytest.mark.django_db


def test_a_reconciled_round_moves_with_its_groups_and_decisions(client):
    made = aligned_table(
        {
            "d1": {
                "C1": [event(title="T", status=5, cause=1, weight=3, troops=100)],
                "C2": [event(title="T", status=5, cause=1, weight=2, troops=100)],
            },
            "d2": {"C1": [event(title="U", status=1)], "C2": [event(title="U", status=1)]},
        }
    )
    source = CODEBOOK.replace(", {code: 5, label: postponed}", "").replace(
        'visible_if: "status == 5"', 'visible_if: "status == 4"'
    )
    source = "\n".join(line for line in source.split("\n") if "name: weight" not in line)
    pi = made.pi.user
    to = codebooks.publish(codebooks.load(made.round.project, source, by=pi), by=pi)

    moves.move(to, [made.round], by=pi)
    made.round.refresh_from_db()

    states = set(made.round.assignments.values_list("document__external_id", "state"))
    assert states == {("d1", "sent_back"), ("d2", "submitted")}
    client.force_login(pi)
    slug, round_id = made.round.project.slug, made.round.public_id
    pages = [reverse("figures", args=[slug, round_id]), reverse("round", args=[slug, round_id])]
    pages += [
        reverse("board", args=[slug, round_id, document.public_id])
        for document in made.round.project.documents.all()
    ]
    # Nobody has handed in the first document now, so there is nothing of it on the board.
    assert [client.get(page).status_code for page in pages] == [200, 200, 404, 200]
    reconciled(made)
    assert [client.get(page).status_code for page in pages] == [200, 200, 404, 200]
    assert len(contents.records_of(made.round.project).incidents) <= 1

    # The coders look again, and the document comes back to the round.
    for label in ("C1", "C2"):
        work = Assignment.objects.select_related(
            "round__project", "round__codebook", "coder__user", "text"
        ).get(round=made.round, document__external_id="d1", coder__label=label)
        (row,) = work.events.all()
        events.apply(
            work,
            [operation("value.set", event=row.uid, field="status", value=4)],
            base=work.version,
            by=work.coder.user,
        )
        work.refresh_from_db()
        left = [look.public_id for look in second_looks.waiting(work)]
        second_looks.confirm(work, left, by=work.coder.user)
        assignments.submit(work, by=work.coder.user, allow_incomplete=True)
    reconciled(made)
    assert [client.get(page).status_code for page in pages] == [200] * 4
    assert made.states("d1")["status"] == "agreed"
