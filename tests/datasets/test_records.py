import dataclasses

import pytest

from datasets.records import FigureRecord, RecordsInvalid, ReportRecord
from tests.datasets.samples import coverage, document, incident, records


def problems(*incidents: object, **others: object) -> tuple[str, ...]:
    with pytest.raises(RecordsInvalid) as refused:
        records(*incidents, **others).check()  # type: ignore[arg-type]
    return refused.value.problems


def test_sound_records_pass() -> None:
    records().check()


def test_an_incident_given_twice_is_named() -> None:
    first = incident("i1")
    assert problems(first, first, reports=[], evidence=[], codings=[], decisions=[]) == (
        "incident i1 is given 2 times",
    )


def test_a_conflict_of_sources_is_no_decided_value() -> None:
    assert problems(incident("i1", status="-7")) == (
        "incident i1, status: -7 (sources conflict) must be decided",
    )


def test_fields_and_types_must_be_in_the_codebook() -> None:
    assert problems(incident("i1", "ZZ"), incident("i2", "EX", cs_direction=1)) == (
        "incident i1: type ZZ is not in the codebook",
        "incident i2: the codebook has no field cs_direction for type EX",
    )


def test_identifiers_that_would_break_a_list_are_refused() -> None:
    assert problems(incident("a;b")) == (
        "incident 'a;b': an identifier may hold no semicolon or line break",
        "group 'g-a;b': an identifier may hold no semicolon or line break",
    )


def test_what_is_cited_must_be_there() -> None:
    assert problems(reports=[ReportRecord("i9", "d9", "r9")]) == (
        "report of unknown incident i9 in document d9",
        "report cites unknown document d9",
    )


def test_an_undefined_figure_needs_its_reason() -> None:
    bare = FigureRecord("pilot", "fields", "alpha", "status")
    wrong = FigureRecord("pilot", "fields", "alpha", "title", value=float("nan"))

    assert problems(figures=[bare, wrong]) == (
        "figure alpha of status in round pilot has neither a value nor a reason why not",
        "figure alpha of title in round pilot is nan: an undefined figure needs a reason instead of a number",
    )


def test_the_fingerprint_does_not_depend_on_order() -> None:
    one, two = (
        incident("i1"),
        incident("i2", "MA", ma_amount={"amount": 5, "currency": "USD", "scale": "millions"}),
    )
    forward = records(one, two)
    backward = dataclasses.replace(
        forward,
        **{
            name: list(reversed(getattr(forward, name)))
            for name in ("incidents", "reports", "evidence", "codings", "decisions", "figures")
        },
    )

    assert forward.fingerprint() == backward.fingerprint()


def test_the_fingerprint_tells_any_change() -> None:
    base = records()
    others = [
        dataclasses.replace(base, incidents=[incident(title="Another drill")]),
        dataclasses.replace(base, documents=[document(), document("d2")]),
        dataclasses.replace(base, coverage=coverage(2, 20)),
        dataclasses.replace(base, codebook_sha256="d" * 64),
        dataclasses.replace(base, figures=[]),
    ]

    assert len({one.fingerprint() for one in [base, *others]}) == 6
