"""Series of figures: where the codebook changed its meaning they restart, and where it only reads otherwise they go on."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coding import codebooks, moves, rounds, schema, versions
from coding.models import Round
from reconciliation import plots, series
from reconciliation.plots import Point
from reconciliation.series import Meaning, Moving
from sources.models import Document
from tests.reconciliation import samples
from tests.reconciliation.samples import CODEBOOK, Table, aligned_table, event, reconciled

STATUS = "{code: 5, label: postponed}"
OTHER_STATUS = "{code: 5, label: put off or called off}"
OTHER_LABEL = CODEBOOK.replace("label: Certainty", "label: How sure")


def book(source: str = CODEBOOK) -> schema.Codebook:
    return schema.parse(source)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (OTHER_LABEL, Meaning()),
        (CODEBOOK.replace(STATUS, OTHER_STATUS), Meaning(frozenset({"status"}))),
        (
            CODEBOOK.replace("Units practise together.", "Units of two states practise."),
            Meaning(frozenset({"event_type"})),
        ),
        (
            CODEBOOK + "alignment: {theta: 0.4}\n",
            Meaning(everything=("when two codings are the same event",)),
        ),
        (
            CODEBOOK + 'rules: [{condition: "status == 4 or weight == 1", message: Only what was done weighs.}]\n',
            Meaning(frozenset({"status", "weight"})),
        ),
        (CODEBOOK.replace("label: talk, definition: Study", "label: talk, definition: Any study"), Meaning()),
    ],
)  # fmt: skip
def test_which_figures_a_change_of_meaning_concerns(changed, expected):
    assert series.meaning(book(), book(changed)) == expected


def test_figures_of_events_hang_on_the_types_and_everything_is_everything():
    types, whole = Meaning(frozenset({"event_type"})), Meaning(everything=("the period",))

    assert types.concerns("@event_set_alpha") and not types.concerns("status")
    assert whole.concerns("@event_set_alpha") and whole.concerns("status")
    assert not Meaning()


def test_a_line_is_not_drawn_over_a_restart():
    points = [Point(f"r{n}", 0.5, None, None, "") for n in range(4)]

    whole, broken = plots.drift(points), plots.drift(points, {2})

    assert (len(whole.lines), whole.restarts) == (1, [])
    assert [line.count(",") for line in broken.lines] == [2, 2]
    (mark,) = broken.restarts
    assert broken.months[1].x < mark.x < broken.months[2].x
    assert mark.label == "series restarts at r2"


@pytest.mark.parametrize(
    ("month", "expected"),
    [("2026-02", {1, 2}), ("2026-01", {1}), ("2026-04", set()), ("2025-11", set())],
)
def test_the_month_of_the_change_holds_both_and_stands_alone(month, expected):
    moving = Moving(month, before=None, after=None)

    found = series.restarts(["2026-01", "2026-02", "2026-03"], [moving])

    assert found == expected


# --- rounds


@pytest.fixture
def two() -> Table:
    """A round under version 1, and one under version 2, in which a status means something else."""
    made = aligned_table({"d1": coded(1), "d2": coded(4)})
    second(made, CODEBOOK.replace(STATUS, OTHER_STATUS))
    return made


def coded(status: int) -> dict[str, list[dict[str, object]]]:
    return {label: [event(status=status, weight=2)] for label in ("C1", "C2", "C3")}


def second(made: Table, source: str) -> Round:
    project, by = made.round.project, made.pi.user
    published = codebooks.publish(codebooks.load(project, source, by=by), by=by)
    opened = Round.objects.create(
        project=project, name="Round two", codebook=published, per_document=1, seed=2
    )
    again = Table(opened, made.pi, made.coders)
    for name, status in (("e1", 1), ("e2", 4)):
        read = samples.document(project, name, by=by)
        for label, found in coded(status).items():
            rounds.assign(opened, read, made.coders[label], by=by)
            samples.hand_in(again, name, label, found)
    reconciled(again)
    return opened


def restarting(made: Table) -> set[str]:
    return {one.name for one in series.compared(made.pi).series if one.restarts}


@pytest.mark.django_db
def test_only_what_means_something_else_restarts(two) -> None:
    found = series.compared(two.pi)

    assert [(one.run.round.name, one.codebook.n) for one in found.columns] == [
        ("Round one", 1), ("Round two", 2),
    ]  # fmt: skip
    assert restarting(two) == {"status"}
    (restart,) = found.restarts
    assert (restart.labels, restart.everything) == (["Status"], ())


@pytest.mark.django_db
def test_other_words_for_the_same_restart_nothing() -> None:
    made = aligned_table({"d1": coded(1), "d2": coded(4)})
    second(made, OTHER_LABEL)

    assert restarting(made) == set()
    assert series.compared(made.pi).restarts == []


@pytest.mark.django_db
def test_another_alignment_restarts_every_series() -> None:
    made = aligned_table({"d1": coded(1), "d2": coded(4)})
    second(made, CODEBOOK + "alignment: {theta: 0.4}\n")

    assert restarting(made) == {one.name for one in series.compared(made.pi).series}


@pytest.mark.django_db
def test_the_page_warns_names_what_restarts_and_leads_to_the_change(client, two) -> None:
    client.force_login(two.pi.user)
    address = reverse("compare_rounds", args=[two.round.project.slug])

    page = client.get(address)
    told = page.content.decode()

    assert "Not comparable: Round one (version 1) and Round two (version 2)." in told
    assert reverse("codebook_changes", args=[two.round.project.slug, 2]) + "?since=1" in told
    assert page.context["shown"].name == "status"
    assert len(page.context["drift"].restarts) == 1 and page.context["drift"].lines == []
    rows = csv.DictReader(
        io.StringIO(
            client.get(reverse("series_csv", args=[two.round.project.slug])).content.decode()
        )
    )
    assert [
        (row["round"], row["run"], row["codebook_version"], row["coefficient"], row["restarts"])
        for row in rows
        if row["figure"] == "status"
    ] == [
        ("Round one", "1", "1", "krippendorff_alpha", "0"),
        ("Round two", "1", "2", "krippendorff_alpha", "1"),
    ]
    other = client.get(address, {"field": "weight"})
    assert (other.context["shown"].name, other.context["drift"].restarts) == ("weight", [])


@pytest.mark.django_db
def test_a_round_that_moved_stands_once_for_each_version_and_its_months_restart(client) -> None:
    made = aligned_table({"d1": coded(1), "d2": coded(4)})
    project, by = made.round.project, made.pi.user
    later = CODEBOOK.replace("label: Weight,", "label: Weight, help: How much.,").replace(
        "{code: 3, label: high}", "{code: 3, label: very high}"
    )
    published = codebooks.publish(codebooks.load(project, later, by=by), by=by)
    before = timezone.now()
    moves.move(published, [made.round], by=by)
    made.round.refresh_from_db()
    run = reconciled(made)

    (moved,) = versions.moves_of([made.round])[made.round.pk]
    assert (moved.before.n, moved.after.n) == (1, 2)
    assert versions.at(made.round, [moved], before - timedelta(days=1)).n == 1
    assert versions.at(made.round, [moved], timezone.now()).n == 2
    found = series.compared(made.pi)
    assert [(one.run.n, one.codebook.n) for one in found.columns] == [(1, 1), (2, 2)]
    month = moved.at.strftime("%Y-%m")
    assert [one.month for one in series.movings(run, "weight")] == [month]
    assert series.movings(run, "status") == []
    first = made.round.runs.get(n=1)
    assert series.movings(first, "weight") == [], "it was measured before"


@pytest.mark.django_db
def test_a_round_that_never_moved_has_its_own_version() -> None:
    made = aligned_table({"d1": coded(1)})

    assert versions.moves_of([made.round]) == {made.round.pk: []}
    assert versions.at(made.round, [], datetime.fromisoformat("1999-01-01T00:00:00+00:00")).n == 1
    assert Document.objects.count() == 1
