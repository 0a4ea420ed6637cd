"""Figures of a run: a value or a reason, each field on an alignment that leaves it out, who counts for detection."""

import pytest
from django.db import IntegrityError, transaction

from reconciliation import inputs, measuring
from reconciliation.agreement import alignment as heart
from reconciliation.models import Figure
from tests.reconciliation.samples import SILENT, UNREADABLE, aligned_table, event, table

pytestmark = pytest.mark.django_db

PARAMETERS = {"interval": "cluster", "replicates": 20, "seed": 1}


def figures(codings, **options):
    study = inputs.study(table(codings, **options).round)
    return measuring.figures(study, PARAMETERS)


def by_name(found, question="fields"):
    return {
        (one.field or one.subject, one.type, one.coefficient, one.level): one
        for one in found
        if one.question == question
    }


def detection(found, subject="C1-C2"):
    return {
        one.coefficient: one
        for one in found
        if one.question == "events" and one.subject == subject and not one.type
    }


FOUR = {
    f"d{n}": {
        "C1": [event(line=n, start=f"195{n}", status=1 if n % 2 else 4, troops=n * 100, weight=1 + n % 3)],
        "C2": [event(line=n, start=f"195{n}", status=1 if n != 3 else 4, troops=n * 100, weight=1 + n % 3)],
    }
    for n in range(1, 5)
}  # fmt: skip


def test_every_figure_is_a_value_or_a_reason_and_never_both() -> None:
    found = figures({**FOUR, "d5": {"C1": [event(line=5)], "C2": SILENT}})

    assert found
    for one in found:
        assert (one.value is None) == bool(one.reason), one
        assert (one.low is None) == (one.high is None) == (one.interval == ""), one


def test_the_database_takes_no_figure_with_both_or_neither() -> None:
    run = aligned_table(FOUR).round.runs.get()
    blank = {"run": run, "question": "fields", "field": "troops", "coefficient": "another"}

    for said in ({"value": 1.0, "reason": "no units"}, {"value": None, "reason": ""}):
        with pytest.raises(IntegrityError, match="(?i)constraint"), transaction.atomic():
            Figure.objects.create(**blank, **said)


def test_what_is_measured_is_what_somebody_filled_and_the_codebook_gives_a_level() -> None:
    found = figures(
        {"d1": {"C1": [event(title="a", sure=1, topics=["sea"])], "C2": [event(title="b", sure=3)]}}
    )

    # Not the title, whose level is none; not a coder's own certainty; not what nobody filled.
    fields = [one.field for one in found if one.question == "fields"]
    assert list(dict.fromkeys(fields)) == ["event_type", "provider", "recipient", "start", "topics"]
    measured = {(one.field, one.coefficient) for one in found}
    assert {
        ("event_type", "krippendorff_alpha"),
        ("provider", "alpha_masi"),
        ("provider", "alpha_jaccard"),
    } <= measured


def test_a_field_is_compared_over_groups_with_its_commonest_value_beside() -> None:
    found = by_name(figures(FOUR))

    agreement = found["status", "", "percent_agreement", "nominal"]
    # Documents 1 and 4 of four are alike... C1 has 1 4 1 4, C2 has 1 1 4 1: one unit of four.
    assert (agreement.value, agreement.n_units, agreement.n_values, agreement.n_coders) == (
        0.25,
        4,
        8,
        2,
    )
    assert agreement.prevalence == 0.625
    troops = found["troops", "", "krippendorff_alpha", "ratio"]
    assert (troops.value, troops.n_units, troops.aligned_share) == (1.0, 4, 1.0)
    assert found["weight", "", "krippendorff_alpha", "ordinal"].value == 1.0


def test_one_value_used_by_all_is_undefined_with_its_reason() -> None:
    only = {f"d{n}": {"C1": [event(line=n)], "C2": [event(line=n)]} for n in range(3)}

    alpha = by_name(figures(only))["event_type", "", "krippendorff_alpha", "nominal"]

    assert (alpha.value, alpha.low, alpha.reason) == (None, None, "one value used by all")


def test_unknown_is_a_category_of_names_and_has_no_place_on_a_scale() -> None:
    codings = {
        "d1": {"C1": [event(status="-9", troops="-9")], "C2": [event(status="-9", troops=5)]},
        "d2": {
            "C1": [event(line=1, status=1, troops=7)],
            "C2": [event(line=1, status=1, troops=7)],
        },
    }

    found = by_name(figures(codings))

    assert found["status", "", "percent_agreement", "nominal"].n_values == 4
    assert found["status", "", "krippendorff_alpha", "nominal"].value == 1.0
    # Only d2 has two numbers, and they are the same: nothing varies.
    troops = found["troops", "", "krippendorff_alpha", "ratio"]
    assert (troops.value, troops.reason) == (None, "one value used by all")


# Types are noise; nothing but the type keeps events 1 and 2 of a document apart or together.
APART = {
    f"d{n}": {
        "C1": [event("EX", line=1, provider=None, recipient=None, start=None),
               event("TO", line=1, provider=None, recipient=None, start=None)],
        "C2": [event("TO", line=1, provider=None, recipient=None, start=None),
               event("EX", line=1, provider=None, recipient=None, start=None)],
    }
    for n in range(4)
}  # fmt: skip


def test_a_field_that_steered_the_alignment_is_judged_on_one_that_leaves_it_out() -> None:
    study = inputs.study(table(APART).round)
    rule = inputs.rule_of(study.codebook)
    coded = [one.coded for one in study.events]
    main = heart.align(coded, rule)
    blind = heart.align(coded, rule, leave_out=frozenset({"type"}))

    alpha = by_name(measuring.figures(study, PARAMETERS))[
        "event_type", "", "krippendorff_alpha", "nominal"
    ]

    # With types in view like meets like, and alpha would be 1; without, first meets first, and they never agree.
    types = {one.key: one.coded.type for one in study.events}
    assert all(len({types[key] for key in keys}) == 1 for keys in main.groups)
    assert all(len({types[key] for key in keys}) == 2 for keys in blind.groups)
    assert alpha.value is not None and alpha.value < 0
    assert alpha.aligned_share == 1.0


def test_the_share_of_events_aligned_stands_beside_each_field() -> None:
    codings = {
        "d1": {
            "C1": [event(line=1), event("TO", line=9, start="1990", provider=[365])],
            "C2": [event(line=1)],
        },
        "d2": {"C1": [event(line=2)], "C2": [event(line=2)]},
    }

    shares = {(one.field, one.aligned_share) for one in figures(codings) if one.field}

    assert shares == {
        ("event_type", 0.8), ("provider", 0.8), ("recipient", 0.8), ("start", 0.8),
    }  # fmt: skip
    assert {one.aligned_share for one in figures(codings) if not one.field} == {None}


def test_read_no_event_counts_in_detection_and_cannot_be_coded_does_not() -> None:
    both = {"d1": {"C1": [event()], "C2": [event()]}}

    silent = detection(figures({**both, "d2": {"C1": [event()], "C2": SILENT}}))
    unreadable = detection(figures({**both, "d2": {"C1": [event()], "C2": UNREADABLE}}))
    unread = detection(figures({**both, "d2": {"C1": [event()], "C2": None}}))

    def told(found):
        return {
            name: (one.value and round(one.value, 6), one.n_units) for name, one in found.items()
        }

    assert told(silent) == {"precision": (1.0, 2), "recall": (0.5, 2), "f1": (0.666667, 2)}
    assert told(unreadable) == told(unread) == {
        "precision": (1.0, 1), "recall": (1.0, 1), "f1": (1.0, 1),
    }  # fmt: skip


def test_detection_is_by_pair_and_by_type() -> None:
    codings = {
        "d1": {"C1": [event(), event("TO", line=8)], "C2": [event()], "C3": SILENT},
    }

    found = by_name(figures(codings), "events")

    assert sorted({(subject, kind) for subject, kind, _, _ in found}) == [
        ("", ""), ("C1-C2", ""), ("C1-C2", "EX"), ("C1-C2", "TO"), ("C1-C3", ""), ("C1-C3", "EX"), ("C1-C3", "TO"),
        ("C2-C3", ""), ("C2-C3", "EX"),
    ]  # fmt: skip
    f1 = {key[:2]: one for key, one in found.items() if key[2] == "f1"}
    assert f1["C1-C2", "EX"].value == 1.0
    assert f1["C1-C2", "TO"].value == 0.0
    assert f1["C2-C3", ""].value == 0.0
    precision = next(one for key, one in found.items() if key[:3] == ("C1-C3", "", "precision"))
    assert (precision.value, precision.reason) == (None, "C3 has no event")


def test_one_coder_alone_gives_reasons_and_no_figure() -> None:
    found = figures({"d1": {"C1": [event()]}})

    assert found
    assert {one.value for one in found} == {None}
    assert all(one.reason for one in found)


def test_a_round_of_silence_gives_a_reason_for_detection() -> None:
    found = figures({"d1": {"C1": SILENT, "C2": SILENT}})

    # Of the whole length, none is covered by passages that meet: that much is known.
    assert {one.coefficient: one.value for one in found if one.value is not None} == {
        "cu_coverage": 0.0
    }
    assert {(one.question, one.field) for one in found} == {
        ("events", ""),
        ("passages", ""),
        ("fields", "event_type"),
    }
    assert {one.reason for one in found if one.subject and one.question == "events"} == {
        "C1 has no event", "C2 has no event", "neither coder has an event",
    }  # fmt: skip
    assert {one.coefficient: one.reason for one in found if not one.subject and not one.field} == {
        "event_set_alpha": "only one document, so there is no other to tell chance by",
        "alpha_document_presence": "one value used by all",
        "alpha_document_counts": "one value used by all",
        "u_alpha": "no passage was marked",
        "bar_u_alpha": "no passage was marked",
        "cu_alpha": "no passage was marked",
        "cu_coverage": "",
    }
