import csv
import dataclasses
import io
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from coding import schema
from datasets import columns, incident_tables, tables
from datasets.records import (
    AllianceRecord,
    CodingRecord,
    EvidenceRecord,
    IncidentRecord,
    RecordsInvalid,
    ReportRecord,
)
from datasets.tables import Build, Parameters
from tests.datasets.samples import CODEBOOK, STATES, coverage, document, incident, records

PARAMETERS = Parameters("0.1.0")


def built(
    *incidents: IncidentRecord, parameters: Parameters = PARAMETERS, **others: object
) -> dict[str, bytes]:
    build = Build(records(*incidents, **others), parameters, states=STATES)
    return {file.path: b"".join(file.chunks) for file in build.files()}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def only(row: dict[str, str], names: Iterable[str]) -> dict[str, str]:
    return {name: row[name] for name in names}


def test_the_files_of_a_release() -> None:
    assert list(built()) == [
        "codes/incidents.csv", "analysis/incidents.csv", "incident_participants.csv",
        "codes/treaty_obligations.csv", "analysis/treaty_obligations.csv", "reports.csv", "evidence.csv",
        "codings.csv", "decisions.csv", "reliability.csv", "documents.csv", "directed_dyad_year.csv",
        "undirected_dyad_year.csv", "variables.csv",
    ]  # fmt: skip


def test_an_incident_in_both_editions() -> None:
    told = incident(
        "i1", "MA", title="=Aid", provider=[2, 200], recipient=[255], start="1991-06", status="-9", threat_state="-8",
        ma_amount={"amount": 1.5, "currency": "USD", "scale": "billions"}, ma_share="-9", linked_event="i0",
        alliance_ref="T1", location_state=679,
    )  # fmt: skip
    files = built(told, alliances=[AllianceRecord("T1", "First", 3001)])

    expected = {
        "incident_id": "i1", "dataset_version": "0.1.0", "codebook_version": "1.2.0", "event_type": "MA",
        "title": "'=Aid", "provider_ccodes": "2;200", "provider_gwcodes": "2;200", "provider_iso3": "USA;GBR",
        "recipient_ccodes": "255", "recipient_gwcodes": "260", "recipient_iso3": "DEU", "reciprocal": "0",
        "acting_organisation": "", "alliance_ref": "T1", "atopid": "3001", "status": "-9",
        "start_earliest": "1991-06-01", "start_latest": "1991-06-30", "start_precision": "4", "year": "1991",
        "linked_event": "i0", "threat_ccodes": "-8", "location_ccode": "679", "ex_domain": "", "ex_troops_best": "",
        "ex_troops_by_state": "", "ma_amount": "1.5", "ma_currency": "USD", "ma_scale": "billions", "ma_share": "-9",
        "mb_personnel_best": "", "mb_personnel_change": "", "cs_direction": "", "to_obligations": "",
        "to_signed_earliest": "", "to_signed_latest": "", "to_signed_precision": "", "n_sources": "1", "n_coders": "2",
        "adjudicated": "1",
    }  # fmt: skip
    assert rows(files["codes/incidents.csv"]) == [expected]
    empty = {"status": "", "threat_ccodes": "", "ma_share": ""}
    assert rows(files["analysis/incidents.csv"]) == [{**expected, **empty}]


def test_dates_that_are_missing_or_open_have_empty_bounds_and_say_why() -> None:
    told = [
        incident("i1", start="-9"),
        incident("i2", start="1978-03/.."),
        incident("i3", start=None),
    ]
    files = built(*told)

    names = ["start_earliest", "start_latest", "start_precision", "year"]
    assert [list(only(row, names).values()) for row in rows(files["codes/incidents.csv"])] == [
        ["", "", "-9", ""],
        ["1978-03-01", "", "-9", ""],
        ["", "", "", ""],
    ]
    assert [row["start_precision"] for row in rows(files["analysis/incidents.csv"])] == ["", "", ""]


def test_missing_money_has_its_code_in_the_amount() -> None:
    (row,) = rows(built(incident("i1", "MA", ma_amount="-9"))["codes/incidents.csv"])

    assert only(row, ["ma_amount", "ma_currency", "ma_scale"]) == {
        "ma_amount": "-9",
        "ma_currency": "",
        "ma_scale": "",
    }


def test_a_real_number_that_reads_as_a_code_gets_a_column_that_tells() -> None:
    told = [
        incident("i1", "MB", mb_personnel_change=-9),
        incident("i2", "MB", mb_personnel_change="-9"),
        incident("i3", "MB", mb_personnel_change=-8000),
        incident("i4", "MB"),
    ]
    files = built(*told)

    names = ["mb_personnel_change", "mb_personnel_change_missing"]
    assert [list(only(row, names).values()) for row in rows(files["codes/incidents.csv"])] == [
        ["-9", ""], ["-9", "-9"], ["-8000", ""], ["", ""],
    ]  # fmt: skip
    assert [list(only(row, names).values()) for row in rows(files["analysis/incidents.csv"])] == [
        ["-9", ""], ["", "-9"], ["-8000", ""], ["", ""],
    ]  # fmt: skip


def test_reason_columns_come_where_they_are_asked_for() -> None:
    asked = Parameters("0.1.0", missing_columns=("status",))
    (row,) = rows(built(incident(status="-8"), parameters=asked)["analysis/incidents.csv"])

    assert only(row, ["status", "status_missing"]) == {"status": "", "status_missing": "-8"}


def test_lists_and_tables_stand_in_one_cell() -> None:
    told = incident(ex_domain=["land", "sea"], ex_troops_by_state={"732": 900, "2": 100})
    (row,) = rows(built(told)["codes/incidents.csv"])

    assert only(row, ["ex_domain", "ex_troops_by_state"]) == {
        "ex_domain": "land;sea",
        "ex_troops_by_state": "2=100;732=900",
    }


def test_notes_between_people_stand_in_no_file() -> None:
    files = built(
        incident(note="CALL ME"),
        codings=[CodingRecord("d1", "C1", "events", "e1", "EX", "note", "CALL ME")],
        evidence=[EvidenceRecord("i1", "d1", "note", "CALL ME", 0, 4, "CALL ME")],
    )

    assert [path for path, content in files.items() if b"CALL ME" in content] == []


def test_participants_one_by_one() -> None:
    told = incident(
        provider=[2], recipient="-9", acting_organisation="The alliance", threat_state=[365, 2]
    )

    assert built(told)["incident_participants.csv"].decode().splitlines() == [
        "incident_id,role,kind,ccode,gwcode,iso3,name",
        "i1,acting_organisation,organisation,,,,The alliance",
        "i1,provider,state,2,2,USA,United States of America",
        "i1,threat_state,state,2,2,USA,United States of America",
        "i1,threat_state,state,365,365,,Russia",
    ]


def test_codes_beside_a_state_are_those_of_a_day_on_which_it_was_a_member() -> None:
    told = incident(recipient=[255, 260], start="1990-09-20/1990-10-20")

    found = rows(built(told)["incident_participants.csv"])[1:]

    assert [only(row, ["ccode", "gwcode"]) for row in found] == [
        {"ccode": "255", "gwcode": "260"},
        {"ccode": "260", "gwcode": "260"},
    ]


def test_a_treaty_has_a_row_for_every_member_it_obliges() -> None:
    told = [
        incident(
            "i1",
            "TO",
            provider=[2],
            recipient=[732],
            to_obligations=["defense"],
            to_signed="1953-10-01",
        ),
        incident("i2", "TO", provider=[2, 20], recipient=None, reciprocal=1, to_obligations="-9"),
        incident("i3", "EX"),
    ]
    content = built(*told)["codes/treaty_obligations.csv"].decode().splitlines()

    assert content == [
        "incident_id,ccode,gwcode,iso3,alliance_ref,atopid,to_obligations_defense,to_obligations_consul,"
        "to_signed_earliest,to_signed_latest,to_signed_precision,defense,consul",
        "i1,2,2,USA,,,1,0,1953-10-01,1953-10-01,1,1,0",
        "i2,2,2,USA,,,-9,-9,,,,-9,-9",
        "i2,20,20,CAN,,,-9,-9,,,,-9,-9",
    ]


def test_one_document_tells_of_an_incident_once() -> None:
    told = [
        ReportRecord("i1", "d1", "r2", "g2"),
        ReportRecord("i1", "d1", "r1", "g1"),
        ReportRecord("i1", "d2", "r3"),
    ]
    files = built(incident("i1"), reports=told, documents=[document("d2"), document("d1")])

    assert files["reports.csv"].decode().splitlines() == [
        "incident_id,document_id,resolved_event_ids,group_ids",
        "i1,d1,r1;r2,g1;g2",
        "i1,d2,r3,",
    ]
    assert [row["n_sources"] for row in rows(files["codes/incidents.csv"])] == ["2"]


def test_the_way_back_from_a_decision_and_a_coding() -> None:
    files = built()

    assert files["evidence.csv"].decode().splitlines() == [
        "incident_id,field,value,document_id,start,end,page,quote,coder,whole_document",
        "i1,provider,2,d1,4,9,1,'=Navy,C1,",
    ]
    assert files["codings.csv"].decode().splitlines() == [
        "document_id,coder,round,event_id,field,value,event_type,outcome,near_miss,near_miss_reason,group_id,incident_id",
        "d1,C1,,C1-i1,provider,2,EX,events,0,,g-i1,i1",
        "d1,C2,,C2-i1,provider,2,EX,events,0,,g-i1,i1",
        "d1,C3,,,,,,no_event,,,,",
    ]
    assert files["decisions.csv"].decode().splitlines() == [
        "document_id,group_id,field,decision_id,incident_id,candidates,chosen,decided_by,rule,reason,error_kind,decided_on",
        'd1,g-i1,status,,i1,"{""C1"": 4, ""C2"": ""-9"", ""C3"": null}",4,PI,,"the second, clearer passage",coder slip,2024-02-29',
    ]
    assert files["reliability.csv"].decode().splitlines()[1:] == [
        "pilot,fields,note,,,krippendorff_alpha,,,,one value used by all,,,,,,,,",
        "pilot,fields,status,,,krippendorff_alpha,,,0.75,,0.5,1,,12,,,,",
    ]


def test_a_document_read_twice_without_result_has_a_row_for_each_round() -> None:
    told = [CodingRecord("d1", "C1", "no_event", round=name) for name in ("main", "pilot")]

    assert built(codings=told)["codings.csv"].decode().splitlines()[1:] == [
        "d1,C1,main,,,,,no_event,,,,",
        "d1,C1,pilot,,,,,no_event,,,,",
    ]


def test_raw_codings_keep_every_missing_code() -> None:
    told = [CodingRecord("d1", f"C{n}", "events", "e1", "EX", "status", f"-{n}") for n in (7, 8, 9)]

    assert [row["value"] for row in rows(built(codings=told)["codings.csv"])] == ["-7", "-8", "-9"]


def test_dyad_years_as_a_file() -> None:
    files = built(incident(ex_troops_best=800), coverage=coverage(2, 732, first=1978, last=1978))

    heading = (
        "ccode1,ccode2,year,gwcode1,gwcode2,iso3c1,iso3c2,coverage,n_incidents,ex_n,ex_any,ma_n,ma_any,mb_n,mb_any,"
        "cs_n,cs_any,to_n,to_any,ex_troops_max,mb_personnel_latest,cs_direction_min,"
        "cs_direction_minus1_n,cs_direction_0_n,cs_direction_1_n,incident_ids,organisation_n,organisation_ids"
    )
    assert files["directed_dyad_year.csv"].decode().splitlines() == [
        heading,
        "2,732,1978,2,732,USA,KOR,1,1,1,1,0,0,0,0,0,0,0,0,800,,,0,0,0,i1,0,",
        "732,2,1978,732,2,KOR,USA,1,0,0,0,0,0,0,0,0,0,0,0,,,,0,0,0,,0,",
    ]
    assert files["undirected_dyad_year.csv"].decode().splitlines() == [
        heading,
        "2,732,1978,2,732,USA,KOR,1,1,1,1,0,0,0,0,0,0,0,0,800,,,0,0,0,i1,0,",
    ]


def test_every_file_is_sorted_by_its_key_and_no_key_stands_twice() -> None:
    told = [
        incident(
            f"i{n}",
            ["EX", "TO"][n % 2],
            reciprocal=n % 2,
            provider=[200, 2, 20],
            threat_state=[365],
        )
        for n in range(12)
    ]
    build = Build(records(*told[::-1], coverage=coverage(2, 20)), PARAMETERS, states=STATES)

    for table in build.tables:
        if table.key:
            read = [column.read for column in table.columns if column.name in table.key]
            order = [
                table.key.index(column.name) for column in table.columns if column.name in table.key
            ]
            assert order == sorted(order), table.name
            keys = [
                tuple("" if cell is None else cell for cell in (of(row) for of in read))
                for row in table.rows()
            ]
            assert keys, table.name
            assert keys == sorted(set(keys)), table.name


def test_every_column_of_every_file_has_its_variable_and_no_other() -> None:
    files = built(incident("i1", "MB", mb_personnel_change=-9))
    described = {(row["file"], row["column"]): row for row in rows(files["variables.csv"])}

    found = {
        (path.removesuffix(".csv").split("/")[-1], column)
        for path, content in files.items()
        for column in next(csv.reader(io.StringIO(content.decode())))
    }
    assert set(described) == found
    assert len(rows(files["variables.csv"])) == len(described)
    assert all(
        row["label"] and row["type"] and row["codebook_version"] == "1.2.0"
        for row in described.values()
    )
    assert described["incidents", "status"] == {
        "file": "incidents", "column": "status", "label": "Status", "type": "integer", "unit": "",
        "codes": "[1] planned;[4] carried out, completed",
        "missing_codes": "[-9] the source does not show;[-8] not applicable",
        "note": "", "field": "status", "editions": "codes analysis", "codebook_version": "1.2.0",
    }  # fmt: skip


def test_no_missing_code_stands_where_no_variable_tells_of_it() -> None:
    told = [incident(f"i{n}", kind) for n, kind in enumerate(["EX", "MA", "MB", "CS", "TO"])]
    told = [
        IncidentRecord(one.incident_id, one.event_type, {**one.values, **missing}, 1, False)
        for one, missing in zip(
            told,
            [
                {
                    "ex_domain": "-9",
                    "ex_troops_best": "-9",
                    "ex_troops_by_state": "-9",
                    "title": "-9",
                    "provider": "-9",
                },
                {
                    "ma_amount": "-9",
                    "ma_share": "-9",
                    "start": "-9",
                    "reciprocal": "-9",
                    "recipient": "-9",
                },
                {
                    "mb_personnel_best": "-9",
                    "mb_personnel_change": "-9",
                    "location_state": "-9",
                    "linked_event": "-9",
                },
                {"cs_direction": "-9", "status": "-9", "threat_state": "-9"},
                {
                    "alliance_ref": "-9",
                    "to_obligations": "-9",
                    "to_signed": "-9",
                    "acting_organisation": "-9",
                },
            ],
            strict=True,
        )
    ]
    files = built(*told)
    explained = {
        (r["file"], r["column"])
        for r in rows(files["variables.csv"])
        if "[-9]" in r["missing_codes"]
    }

    for name in ("incidents", "treaty_obligations"):
        coded = {
            column
            for row in rows(files[f"codes/{name}.csv"])
            for column, cell in row.items()
            if cell == "-9"
        }
        assert coded == {column for file, column in explained if file == name}
        assert b"-9" not in files[f"analysis/{name}.csv"]


def test_the_codebooks_that_ship_have_columns_under_their_own_names() -> None:
    for path in sorted((Path(__file__).parents[2] / "coding" / "standard").glob("*.yaml")):
        whole = dataclasses.replace(
            records(), codebook=schema.parse(path.read_text("utf-8")), incidents=[], reports=[]
        )
        build = Build(dataclasses.replace(whole, evidence=[]), PARAMETERS, states=STATES)
        for table in build.tables:
            names = [column.name for column in table.columns]
            assert names == [columns.safe_name(name) for name in names], path.name
            assert not [name for name in names if re.search(r"_\d$", name)], path.name


def test_the_default_codebook_gives_the_columns_its_exports_promise() -> None:
    path = Path(__file__).parents[2] / "coding" / "standard" / "peacetime-alliance-commitments.yaml"
    codebook = schema.parse(path.read_text("utf-8"))
    whole = dataclasses.replace(records(), codebook=codebook, incidents=[], reports=[], evidence=[])
    tables_by_name = {table.name: table for table in Build(whole, PARAMETERS, states=STATES).tables}

    incidents = {column.name for column in tables_by_name["incidents"].columns}
    promised = [name for name in codebook.exports["event_list"]["columns"] if " " not in name]
    assert [name for name in promised if name not in incidents] == [
        "event_id"
    ]  # called incident_id
    panel = {column.name for column in tables_by_name["directed_dyad_year"].columns}
    later = [
        "atop_alliance",
        "n_alliances",
        "ma_amount_usd_nominal",
    ]  # alliances; money is never converted
    promised = [
        name for name in codebook.exports["directed_dyad_year"]["columns"] if " " not in name
    ]
    assert [name for name in promised if name not in panel] == later


def test_two_types_may_use_one_name() -> None:
    shared = CODEBOOK.replace("name: mb_personnel_change,", "name: ma_share,").replace(
        "name: mb_personnel_best,", "name: ex_troops_best,"
    )
    own = incident_tables.own_fields(schema.parse(shared))

    assert [(types, field.name, field.kind) for types, field in own][1:6] == [
        (("EX", "MB"), "ex_troops_best", "integer"),
        (("EX",), "ex_troops_by_state", "state_integer_table"),
        (("MA",), "ma_amount", "money"),
        (("MA",), "ma_share", "decimal"),
        (("MB",), "ma_share", "integer"),
    ]


def test_a_state_no_list_knows_is_refused_with_its_place() -> None:
    with pytest.raises(RecordsInvalid) as refused:
        built(incident(recipient=[999]))

    assert refused.value.problems == (
        "incident i1, recipient: the project's list of states has no 999",
    )


def test_a_value_that_cannot_be_written_is_refused_with_its_place() -> None:
    with pytest.raises(RecordsInvalid) as refused:
        built(incident("i1", "MA", ma_share=float("inf")))

    assert refused.value.problems == (
        "incidents, i1, ma_share: inf is not a number that can be published",
    )


def test_half_a_character_is_refused_with_its_line() -> None:
    with pytest.raises(RecordsInvalid) as refused:
        built(incident("i1", title="torn \ud83d"))

    (problem,) = refused.value.problems
    assert problem.startswith(
        "incidents: half a character that no file can hold, in the line i1,0.1.0,"
    )


def test_what_the_rules_did_is_told() -> None:
    build = Build(
        records(incident("i1", recipient=[679], start="1989-12-30/1990-01-20")),
        PARAMETERS,
        states=STATES,
    )

    assert build.effects["states"] == {
        "version": "sample",
        "extension": "",
        "named_outside_membership": 1,
    }
    assert build.effects["year_rules"][0] == {
        "rule": "most", "incidents": 1, "without_bounds": 0, "straddling": 1, "moved": 1, "lost": 0,
    }  # fmt: skip
    assert build.effects["dyad_years"]["in_the_panel"] == 1


def test_build_is_the_short_way() -> None:
    paths = [file.path for file in tables.build(records(), PARAMETERS)]

    assert paths == list(built())
