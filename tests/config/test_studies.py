"""The neighbouring studies, each with the codebook that ships for it: from documents to a release, by the commands."""

import csv
import io
import json

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db

TEXTS = {
    "note": "On 3 May 1994 the President of the United States said in Bogota that his country stands by Colombia.\n"
    "The two governments agreed to share the costs and to act against the armed groups together.\n",
    "silence": "The trade ministers spoke about coffee and cut flowers. Defence was not on the table.\n",
}
COMMON = {
    "title": "The United States and Colombia, 3 May 1994",
    "provider": [2],
    "recipient": [100],
    "reciprocal": 0,
    "provider_role": 1,
    "alliance_ref": "3075",
    "start": "1994-05-03",
    "threat_type": 2,
    "threat_nonstate": "FARC",
    "threat_shared": 0,
    "visibility": 1,
    "coder_confidence": 3,
}
IT = {"status": 3, "it_kind": ["advise"], "it_target": "FARC", "it_target_kind": ["insurgent"], "it_recipient_agency": "Army"}  # fmt: skip
AC = {"status": 4, "ac_agency": "Police", "ac_conduct": 1, "ac_target": "FARC", "ac_evidence_standard": 2}  # fmt: skip
CS = {"cs_direction": 1, "cs_speaker_level": 1, "cs_intensity": 3, "cs_nuclear": 0, "cs_channel": 1, "cs_occasion": 1}  # fmt: skip
BS = {"status": 2, "bs_act": 1, "bs_currency_of_burden": ["common"], "bs_payer": [100], "bs_beneficiary": [2]}  # fmt: skip

# codebook -> (events every coder codes, the field in which the second coder differs, both values)
STUDIES = {
    "signals-only": ([("CS", CS)], "cs_intensity", (3, 4)),
    "burden-sharing-only": ([("BS", BS)], "bs_act", (1, 2)),
    "internal-threat-only": ([("IT", IT), ("AC", AC)], "status", (3, 2)),
}


def run(*words):
    out = io.StringIO()
    try:
        call_command(*map(str, words), "--json", stdout=out)
    except SystemExit as ended:
        assert not ended.code, out.getvalue()
    return json.loads(out.getvalue())


def codings(events, field, values):
    """Both coders find the same events and differ in one value of the first; in the other document nothing is found."""
    for coder, value in zip(("C1", "C2"), values, strict=True):
        told = [
            {"id": f"e{n}", "type": code, "values": {**_common(code), **own}, "evidence": _evidence(code)}
            for n, (code, own) in enumerate(events, start=1)
        ]  # fmt: skip
        told[0]["values"][field] = value
        yield {"document": "note", "coder": coder, "outcome": "events", "events": told, "near_misses": []}  # fmt: skip
        yield {"document": "silence", "coder": coder, "outcome": "no_event", "events": [], "near_misses": []}  # fmt: skip


def _common(code):
    return {
        name: value for name, value in COMMON.items() if code != "BS" or name != "threat_shared"
    }


def _evidence(code):
    place = [[0, 40]] if code != "AC" else [[101, 140]]
    return {"evidence": place, "start": place} | ({"cs_quote": place} if code == "CS" else {})


@pytest.mark.parametrize("name", list(STUDIES))
def test_a_study_walks_the_whole_street_with_its_own_codebook(name, tmp_path):
    events, field, values = STUDIES[name]
    texts = tmp_path / "texts"
    texts.mkdir()
    for title, text in TEXTS.items():
        (texts / f"{title}.txt").write_text(text, encoding="utf-8")
    lines = tmp_path / "codings.jsonl"
    lines.write_text("".join(json.dumps(one) + "\n" for one in codings(events, field, values)))
    decision = {"document": "note", "about": "C1:e1", "field": field, "take": "C2", "reason": "the text says so"}  # fmt: skip
    decisions = tmp_path / "decisions.jsonl"
    decisions.write_text(json.dumps(decision) + "\n")

    run("create_project", "study", "--title", name, "--codebook", name)
    run("add_member", "study", "console", "--roles", "manager,adjudicator,exporter")
    for person, label in (("ada", "C1"), ("ben", "C2")):
        run("add_member", "study", person, "--roles", "coder", "--label", label)
    run("import_documents", "study", texts)
    run("open_round", "study", "main", "--coders", "C1,C2", "--per-document", "2")
    taken = run("import_codings", "study", lines)
    reconciled = run("reconcile", "study", "--round", "main")
    decided = run("adjudicate", "study", "--accept-agreed", "--decisions", decisions)
    run(
        "release",
        "study",
        "--version",
        "0.1.0",
        "--out",
        tmp_path / "out",
        "--publish",
        "--waive",
        "all=Few codings.",
    )

    assert (taken["imported"], taken["problems"], taken["notices"]) == (4, [], [])
    assert (reconciled["refused"], decided["refused"]) == ([], [])
    (table,) = (tmp_path / "out").glob("**/codes/incidents.csv")
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    assert sorted(row["event_type"] for row in rows) == sorted(code for code, _ in events)
    first = next(row for row in rows if row["event_type"] == events[0][0])
    assert (first[field], first["provider_ccodes"], first["recipient_ccodes"], first["n_coders"]) == (
        str(values[1]), "2", "100", "2",
    )  # fmt: skip
    assert run("verify", tmp_path / "out")["ok"]
