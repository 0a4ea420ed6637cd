"""What opening a round would do is what it does: draws, strata, shares, what is left out."""

import pytest

from coding import planning, rounds
from coding.models import Assignment, Round
from coding.planning import Draw, Load, Stratum
from projects.refusals import Invalid, Stale
from sources import copies
from sources.models import Document
from tests import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    made = small.project()
    small.codebook(made)
    for n in range(12):
        small.document(
            made, f"d{n:02}", kind="news" if n < 8 else "treaty", published_on=f"19{50 + n}-05-01"
        )
    return made


@pytest.fixture
def coders(project):
    return [small.member(project, label=label) for label in ("C1", "C2", "C3")]


def ask(coders, **words):
    return {"coders": coders, "per_document": 2, "seed": 7} | words


def open_round(project, coders, name="pilot", **words) -> Round:
    by = small.manager_of(project)
    return rounds.open_round(project, name, by=by, **(ask(coders) | words))


def test_a_plan_writes_nothing_and_opening_does_exactly_that(project, coders):
    asked = ask(coders, overlap_percent=50, draw=Draw("proportion", 6, "kind"))

    planned = planning.plan(project, **asked)
    assert not Round.objects.exists()
    opened = open_round(
        project,
        coders,
        seen=planned.fingerprint,
        **{k: v for k, v in asked.items() if k != "coders"},
    )

    given: dict[str, list[str]] = {}
    for one in Assignment.objects.filter(round=opened).order_by("coder__label"):
        given.setdefault(one.document.external_id, []).append(one.coder.label)
    assert given == {one.document: list(one.coders) for one in planned.allotments}
    assert planned.strata == (
        Stratum("news or release", 8, 4, 2),
        Stratum("treaty or instrument", 4, 2, 1),
    )
    assert (len(planned.documents), planned.codings, planned.overlapping) == (6, 9, 3)
    assert [(one.label, one.documents, one.share) for one in planned.loads] == [
        ("C1", 3, 100),
        ("C2", 3, 100),
        ("C3", 3, 100),
    ]
    assert opened.drawn == {"way": "proportion", "count": 6, "by": "kind", "from": 12}
    assert opened.overlap_percent == 50


def test_loads_tell_what_is_read_alone(project, coders):
    planned = planning.plan(project, **ask(coders[:2], overlap_percent=0))

    assert planned.loads == (Load("C1", 6, 6, 100), Load("C2", 6, 6, 100))
    assert planned.overlapping == 0


def test_a_plan_that_changed_since_it_was_looked_at_is_refused(project, coders):
    seen = planning.plan(project, **ask(coders)).fingerprint
    small.document(project, "new")

    with pytest.raises(Stale, match="has changed since you looked"):
        open_round(project, coders, seen=seen)

    assert not Round.objects.exists()


def test_what_a_production_round_drew_is_left_out_where_that_is_asked(project, coders):
    open_round(project, coders, "training", kind="training", draw=Draw("random", 3))
    first = open_round(project, coders, "first", draw=Draw("random", 5))

    planned = planning.plan(project, **ask(coders, draw=Draw(leave_out_drawn=True)))

    drawn = set(first.assignments.values_list("document__external_id", flat=True))
    assert {one.external_id for one in planned.documents} == {f"d{n:02}" for n in range(12)} - drawn
    assert (planned.available, planned.drawn_before) == (7, 5)


def test_copies_of_one_report_are_drawn_once(project, coders):
    twins = list(Document.objects.filter(external_id__in=["d00", "d01", "d02"]))
    copies.confirm(project, twins, by=small.manager_of(project))

    by_all = planning.plan(project, **ask(coders))
    by_query = planning.plan(
        project, **ask(coders, documents=Document.objects.filter(kind="news").order_by("pk"))
    )

    for planned, count in ((by_all, 10), (by_query, 6)):
        names = [one.external_id for one in planned.documents]
        assert (len(names), planned.copies_left_out) == (count, 2)
        assert [name for name in names if name < "d03"] == ["d00"]


@pytest.mark.parametrize(
    ("by", "strata"),
    [
        ("kind", {"news or release", "treaty or instrument"}),
        ("outlet", {"no outlet"}),
        ("decade", {"1950s", "1960s"}),
        ("year", {str(year) for year in range(1950, 1962)}),
    ],
)
def test_strata_are_what_documents_say(project, coders, by, strata):
    planned = planning.plan(project, **ask(coders, draw=Draw(by=by)))

    assert {one.name for one in planned.strata} == strata


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"overlap_percent": 101}, "The share that several coders read lies between 0 and 100 percent."),
        ({"draw": Draw(by="colour")}, "Strata are one of kind, outlet, year, decade."),
        ({"draw": Draw("random", 13)}, "13 documents were asked for, but there are only 12 to draw from."),
        ({"draw": Draw("random")}, "Say how many documents are drawn, at least one."),
    ],
)  # fmt: skip
def test_what_cannot_be_planned_is_said(project, coders, words, said):
    with pytest.raises(Invalid) as refusal:
        planning.plan(project, **ask(coders, **words))

    assert refusal.value.message == said


def test_nothing_is_left_to_draw(project, coders):
    open_round(project, coders)

    with pytest.raises(Invalid, match="Every document was drawn before."):
        planning.plan(project, **ask(coders, draw=Draw(leave_out_drawn=True)))


# --- training


def test_gold_answers_are_written_by_somebody_who_is_not_trained(project, coders):
    opened = open_round(project, coders[:2], kind="training", gold=coders[2])

    gold = opened.assignments.filter(is_gold=True)
    assert {one.coder for one in gold} == {coders[2]}
    assert gold.count() == 12
    with pytest.raises(Invalid, match="C2 writes the gold answers and cannot be trained on them."):
        open_round(project, coders, "again", kind="training", gold=coders[1])
    with pytest.raises(Invalid, match="Only a training round has gold answers."):
        open_round(project, coders[:2], "again", gold=coders[2])
