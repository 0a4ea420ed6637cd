"""Codings out of a project and into another one: nothing but what one may see leaves, and what comes is the same."""

import io
import json
import zipfile
from uuid import uuid4

import pytest

from coding import access, assignments, events, exchanges, exporting, rounds
from coding.exchange import FORMATS
from coding.exporting import Share
from coding.models import Assignment, Exchange, Origin, Round
from projects import files, jobs
from projects.models import LedgerLine
from projects.refusals import Invalid, NotAllowed, WrongState
from sources.models import Document
from tests import small
from tests.coding.exchange.samples import bare

pytestmark = pytest.mark.django_db


def study(slug=""):
    """C1 and C2 both have d1 and d2 in round “pilot”; PI sees all, the manager brings in."""
    project = small.project(slug)
    coders = [small.member(project, label=label) for label in ("C1", "C2")]
    documents = [small.document(project, name) for name in ("d1", "d2")]
    opened = small.coding_round(project, coders=coders, documents=documents, name="pilot")
    small.member(project, "adjudicator", label="PI")
    return opened


def of(opened, coder="C1", document="d1"):
    return Assignment.objects.select_related("round__codebook", "text", "coder__user").get(
        round=opened, coder__label=coder, document__external_id=document
    )


def holder(opened, label):
    return small.holder(opened.project.memberships.get(label=label))


def richly_coded(opened):
    """Everything a coding can be made of: shared and overlapping passages, links here and elsewhere, missing codes,
    whole-document evidence, a near miss between two events, a reason, a value out of sight."""
    first, second, missed, elsewhere, shared = (uuid4() for _ in range(5))
    work = of(opened)
    small.coded(of(opened, document="d2"), [
        small.operation("event.add", event=elsewhere, type="TO"),
        small.operation("value.set", event=elsewhere, field="title", value="Pact"),
    ])  # fmt: skip
    small.coded(work, [
        small.operation("event.add", event=first, type="EX", own_id="mine"),
        small.operation("value.set", event=first, field="title", value="Exercise: a|b_c\n*x*"),
        small.operation("value.set", event=first, field="provider", value=[2, 740]),
        small.operation("value.set", event=first, field="status", value=5),
        small.operation("value.set", event=first, field="reason", value="rain"),
        small.operation("value.set", event=first, field="status", value=1),
        small.operation("value.set", event=first, field="start", value="-9"),
        small.operation("value.set", event=first, field="form", value=["cpx", "ftx"]),
        small.operation("value.set", event=first, field="cost", value={"amount": 2.5, "currency": "USD", "scale": "millions"}),
        small.operation("passage.link", event=first, field="provider", passage=shared, start=0, end=27),
        small.operation("passage.link", event=first, field="title", passage=shared, start=0, end=27),
        small.operation("passage.link", event=first, field="title", passage=uuid4(), start=0, end=27),
        small.operation("passage.link", event=first, field="title", passage=uuid4(), start=115, end=128),
        small.operation("whole.set", event=first, field="start", reason="no day is given"),
        small.operation("event.add", event=missed, type="EX"),
        small.operation("near_miss.set", event=missed, near_miss=True, reason="talk"),
        small.operation("passage.link", event=missed, field="title", passage=uuid4(), start=68, end=75),
        small.operation("event.add", event=second, type="TO"),
        small.operation("value.set", event=second, field="title", value="Protocol"),
        small.operation("value.set", event=second, field="provider", value=[2]),
        small.operation("value.set", event=second, field="binding", value=1),
        small.operation("value.set", event=second, field="linked", value=str(first)),
        small.operation("passage.link", event=second, field="linked", passage=uuid4(), start=10, end=20),
        small.operation("outcome.set", outcome="events", reason="two of them"),
    ])  # fmt: skip
    assignments.submit(work, by=work.coder.user, allow_incomplete=True)
    return of(opened)


def value(work):
    return exporting.value(work, work.round.codebook)


def taken_out(opened, format, label="PI", **share):
    made = exchanges.ask_out(holder(opened, label), format=format, share=Share(**share))
    jobs.finish_all()
    made.refresh_from_db()
    return made


def unpacked(exchange):
    with zipfile.ZipFile(io.BytesIO(files.read(exchange.sha256))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def brought_in(opened, content, filename, format="", **options):
    by = small.manager_of(opened.project)
    made = exchanges.bring_in(opened.project, by=by, content=content, filename=filename, format=format)  # fmt: skip
    exchanges.answer(made, by=by, options={**made.options, **options})
    jobs.finish_all()
    made.refresh_from_db()
    return made


def taken_in(exchange):
    exchanges.ask_in(exchange, by=exchange.by)
    jobs.finish_all()
    exchange.refresh_from_db()
    return exchange


# --- out and in again


@pytest.mark.parametrize("format", ["concord", "web-annotation"])
def test_a_coding_that_went_out_and_came_in_elsewhere_is_the_same(format):
    here, there = study(), study()
    went = value(richly_coded(here))
    out = taken_out(here, format)

    done = taken_in(brought_in(there, files.read(out.sha256), out.filename, round=there.public_id))

    assert (done.state, done.told["done"]["codings"], done.told["done"]["problems"]) == ("done", 1, [])  # fmt: skip
    came = of(there)
    assert value(came) == went
    assert events.replay(came) == events.load(came)
    assert (came.origin.format, came.origin.exchange) == (format, done)
    again = taken_out(there, format)
    assert unpacked(again) == {**unpacked(out), "READ-ME.txt": unpacked(again)["READ-ME.txt"]}


@pytest.mark.parametrize("format", ["label-studio", "doccano", "webanno"])
def test_a_coding_in_another_tools_format_comes_in_as_far_as_that_holds_it(format):
    here, there = study(), study()
    went = value(richly_coded(here))
    out = taken_out(here, format)

    done = taken_in(brought_in(there, files.read(out.sha256), out.filename, round=there.public_id))

    assert (done.told["done"]["codings"], done.told["done"]["problems"]) == (1, [])
    came = FORMATS[format].held(value(of(there)))
    held = FORMATS[format].held(went)
    assert bare(came).events == bare(held).events
    text = of(there).text.body
    assert {text[p.start : p.end] for e in came.events for s in e.evidence.values() for p in s} == (
        {text[p.start : p.end] for e in held.events for s in e.evidence.values() for p in s}
    )
    assert "𝔘nicode" in "".join(text[p.start : p.end] for e in came.events for s in e.evidence.values() for p in s)  # fmt: skip


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_file_again_changes_nothing(format):
    here, there = study(), study()
    richly_coded(here)
    out = taken_out(here, format)
    content = files.read(out.sha256)
    taken_in(brought_in(there, content, out.filename, round=there.public_id))
    before = list(Assignment.objects.order_by("pk").values())

    again = brought_in(there, content, out.filename, round=there.public_id)

    assert (again.told["check"]["known"], again.told["check"]["codings"]) == (1, 0)
    assert taken_in(again).told["done"]["known"] == 1
    assert list(Assignment.objects.order_by("pk").values()) == before
    assert Origin.objects.count() == 1


def test_what_was_typed_here_is_known_when_its_own_export_comes_back():
    here = study()
    richly_coded(here)
    out = taken_out(here, "concord")

    checked = brought_in(here, files.read(out.sha256), out.filename, round=here.public_id)

    assert (checked.told["check"]["known"], checked.told["check"]["problems"]) == (1, [])


def test_work_not_handed_in_stays_so():
    here, there = study(), study()
    small.coded(of(here), small.whole_event()[:3])
    out = taken_out(here, "concord", label="C1")

    taken_in(brought_in(there, files.read(out.sha256), out.filename, round=there.public_id))

    came = of(there)
    assert (came.state, came.outcome) == ("started", "")
    assert value(came) == value(of(here))


def test_an_event_of_another_document_stays_linked():
    here, there = study(), study()
    elsewhere = uuid4()
    small.coded(of(here, document="d2"), small.whole_event(elsewhere))
    small.coded(
        of(here),
        [*small.whole_event(), small.operation("event.add", event=(own := uuid4()), type="TO"),
         small.operation("value.set", event=own, field="linked", value=str(elsewhere))],
    )  # fmt: skip
    out = taken_out(here, "concord", label="C1")

    taken_in(brought_in(there, files.read(out.sha256), out.filename, round=there.public_id))

    assert of(there).events.get(uid=own).values == {"linked": str(elsewhere)}
    assert of(there, document="d2").events.get().uid == elsewhere


def test_a_coding_of_another_text_is_refused():
    here, there = study(), small.project()
    richly_coded(here)
    coder = small.member(there, label="C1")
    other = small.coding_round(
        there, coders=[coder], documents=[small.document(there, "d1", body="Another text.")]
    )
    for format, said in (
        ("concord", "The coding was made on another text of “d1” (138 characters; here 13), so its passages would point elsewhere."),
        ("label-studio", "The text in the file is not the text of “d1”: they differ from character 0 on."),
        ("web-annotation", "The words “Japan and the United States” do not stand in the text."),
    ):  # fmt: skip
        out = taken_out(here, format)

        checked = brought_in(other, files.read(out.sha256), out.filename, round=other.public_id)

        (problem,) = checked.told["check"]["problems"]
        assert problem["message"].endswith(said)
    assert Assignment.objects.get(round=other).version == 0


def test_the_same_codings_give_the_same_bytes_and_say_what_is_lost():
    here = study()
    richly_coded(here)

    for format in FORMATS:
        one, other = taken_out(here, format), taken_out(here, format)
        assert one.sha256 == other.sha256
        note = unpacked(one)["READ-ME.txt"].decode()
        assert all(sentence in note for sentence in FORMATS[format].losses)


# --- whose codings leave


def test_nobody_takes_out_what_they_may_not_see():
    here = study()
    work = richly_coded(here)
    theirs = small.coded(of(here, "C2"))
    assignments.submit(theirs, by=theirs.coder.user, allow_incomplete=True)

    out = {
        label: {
            (one.coder, one.document)
            for one in exporting.values(exporting.begun(holder(here, label), Share()))
        }
        for label in ("C1", "C2", "PI")
    }

    # C1 has d2 in work, C2 has not begun it; the PI sees what is handed in.
    assert out == {
        "C1": {("C1", "d1"), ("C1", "d2")},
        "C2": {("C2", "d1")},
        "PI": {("C1", "d1"), ("C2", "d1")},
    }
    assert work.state == "submitted"
    manager = small.holder(here.project.memberships.get(user=small.manager_of(here.project)))
    with pytest.raises(Invalid, match="no codings here that you may take out"):
        exchanges.ask_out(manager, format="concord", share=Share())


def test_a_file_is_closed_to_who_has_become_blind_since():
    here = study()
    richly_coded(here)
    out = taken_out(here, "concord")
    seen = holder(here, "PI")
    assert access.exchange_for(seen, out.public_id) == out
    with pytest.raises(Exception, match="no such exchange"):
        access.exchange_for(holder(here, "C2"), out.public_id)

    seen.membership.roles = ["adjudicator", "coder"]
    seen.membership.save()
    rounds.assign(here, Document.objects.get(external_id="d1"), seen.membership, by=out.by)

    with pytest.raises(NotAllowed, match="you may not see at the moment"):
        access.exchange_for(holder(here, "PI"), out.public_id)


@pytest.mark.parametrize(
    ("roles", "has_open_work", "sees"),
    [
        (["manager"], False, False),
        (["manager", "adjudicator"], False, True),
        (["manager", "adjudicator", "coder"], True, False),
        (["adjudicator"], False, False),
        (["coder"], False, False),
    ],
)
def test_a_file_that_somebody_else_brought_is_seen_by_whom_it_does_not_unblind(
    roles, has_open_work, sees
):
    here = study()
    brought = exchanges.bring_in(
        here.project, by=small.manager_of(here.project), content=TABLE.encode(), filename="a.csv"
    )
    other = small.member(here.project, *roles, label="X")
    if has_open_work:
        rounds.assign(here, Document.objects.get(external_id="d1"), other, by=brought.by)

    assert list(access.visible_exchanges(small.holder(other))) == ([brought] if sees else [])


def test_only_own_codings_or_one_round():
    here = study()
    richly_coded(here)
    pi = holder(here, "PI")

    assert exporting.begun(pi, Share(of_round=here)).count() == 1
    assert exporting.begun(pi, Share(only_own=True)).count() == 0


# --- files of other tools


def test_marks_of_another_tool_become_events_after_it_is_said_what_they_mean():
    here = study()
    body = of(here).text.body
    line = {"text": body, "label": [[0, 5, "STATE"], [len(body[:115].encode("utf-16-le")) // 2, len(body[:116].encode("utf-16-le")) // 2 + 1, "ODD"]]}  # fmt: skip
    content = json.dumps(line).encode()

    asked = exchanges.bring_in(here.project, by=small.manager_of(here.project), content=content, filename="ada.jsonl")  # fmt: skip
    assert asked.format == "doccano"
    assert asked.told["looked"] == {
        "rows": 1,
        "labels": {"ODD": 1, "STATE": 1},
        "coders": [],
        "names_rounds": False,
        "is_nameless": True,
        "is_undocumented": False,
        "has_empty": False,
    }
    checked = brought_in(
        here, content, "ada.jsonl", round=here.public_id, coder="C2", document="d2",
        labels={"STATE": "EX.provider", "ODD": ""},
    )  # fmt: skip
    taken_in(checked)

    came = of(here, "C2", "d2")
    (event,) = came.events.all()
    assert (came.state, came.outcome, event.type, event.values) == ("submitted", "events", "EX", {})
    assert [(link.field, link.passage.exact) for link in event.evidence.all()] == [("provider", "Japan")]  # fmt: skip
    assert checked.told["check"]["notices"][0]["message"].startswith("left blank: event 1: title")


def test_a_document_without_a_mark_is_no_event_only_when_that_is_said():
    here = study()
    content = json.dumps({"text": of(here).text.body, "document": "d1", "coder": "C1", "label": []}).encode()  # fmt: skip

    silent = brought_in(here, content, "a.jsonl", "doccano", round=here.public_id)
    said = brought_in(here, content, "a.jsonl", "doccano", round=here.public_id, empty="no_event")

    assert silent.told["check"]["problem_count"] == 1
    assert (said.told["check"]["codings"], said.told["check"]["problem_count"]) == (1, 0)


def test_a_file_is_taken_in_only_after_it_was_looked_through():
    here = study()
    made = exchanges.bring_in(
        here.project, by=small.manager_of(here.project), content=b'{"coder": 1, "document": 2}', filename="a.jsonl"
    )  # fmt: skip

    with pytest.raises(WrongState):
        exchanges.ask_in(made, by=made.by)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b" \n", "“a.bin” is empty; nothing was done."),
        (b"\x89PNG", "What “a.bin” is cannot be told from it; say which format it has."),
        (b"PK\x03\x04xx", "This ZIP file is damaged: its table of contents cannot be read. Download it again."),
    ],
)  # fmt: skip
def test_a_file_that_is_nothing_of_ours_is_refused(content, said):
    here = study()

    with pytest.raises(Invalid) as refusal:
        exchanges.bring_in(here.project, by=small.manager_of(here.project), content=content, filename="a.bin")  # fmt: skip

    assert refusal.value.message == said
    assert not Exchange.objects.exists()


# --- hand-coded tables

TABLE = """\
Document,Event type,Title,Provider,Start,Status,Source,Notes
d1,EX,Shield,USA;JPN,1951-06,planned,NYT 3 May,first
d1,Treaty,Pact,USA,1951,,NYT 4 May,
,EX,Sword,USA,1952,planned,"The Times, 1 May 1952",
,EX,Lance,USA,1952,5,"The Times, 1 May 1952",
,EX,Bow,Utopia,1952-02-31,planned,Le Monde,
d9,EX,Axe,USA,1953,planned,,
"""


def told(exchange, step="check"):
    return [(one["line"], one.get("column", ""), one["message"]) for one in exchange.told[step]["problems"]]  # fmt: skip


WRONG = [
    (6, "Provider", "“Utopia” is not a state in the list. Use a COW code, abbreviation or name."),
    (6, "Start", '"1952-02-31": there is no day 31 in month 2 of 1952'),
    (7, "Document", "There is no document “d9” in this project."),
]


def test_a_table_is_looked_through_by_row_and_column_and_nothing_is_written():
    here = study()
    before = {
        table.__name__: table.objects.count() for table in (Assignment, Document, Round, Origin)
    }

    checked = brought_in(here, TABLE.encode(), "cases.csv", new_round="By hand", coder="C1")

    assert checked.state == "checked", checked.reason
    assert [one[:2] for one in told(checked)] == [one[:2] for one in WRONG]
    assert told(checked)[0] == WRONG[0]
    assert told(checked)[2] == WRONG[2]
    assert {name: checked.told["check"][name] for name in ("codings", "events", "known", "documents")} == {
        "codings": 2, "events": 4, "known": 0, "documents": 1,
    }  # fmt: skip
    assert {table.__name__: table.objects.count() for table in (Assignment, Document, Round, Origin)} == before  # fmt: skip


def test_rows_become_events_in_a_round_of_their_own_with_documents_of_their_sources():
    here = study()

    done = taken_in(brought_in(here, TABLE.encode(), "cases.csv", new_round="By hand", coder="C1"))

    assert (done.state, done.told["done"]["codings"], done.told["done"]["documents"]) == ("done", 2, 1)  # fmt: skip
    by_hand = Round.objects.get(name="By hand")
    of_d1 = of(by_hand)
    assert [(one.type, one.values) for one in of_d1.events.all()] == [
        ("EX", {"title": "Shield", "provider": [2, 740], "start": "1951-06", "status": 1}),
        ("TO", {"title": "Pact", "provider": [2], "start": "1951"}),
    ]
    assert of_d1.events.first().whole_document["start"] == (
        "Coded by hand before: cases.csv, row 2. Source: NYT 3 May Notes: first"
    )
    (of_source,) = Assignment.objects.filter(round=by_hand).exclude(pk=of_d1.pk)
    assert of_source.text.body.strip() == "The Times, 1 May 1952"
    assert [one.values["title"] for one in of_source.events.all()] == ["Sword", "Lance"]
    assert {of_d1.state, of_source.state} == {"submitted"}
    assert [one.origin.place for one in (of_d1, of_source)] == ["rows 2 and others", "rows 4 and others"]  # fmt: skip
    line = LedgerLine.objects.get(verb="codings.take_in")
    assert (line.difference["format"], line.difference["codings"], line.difference["refused"]) == ("spreadsheet", 2, 3)  # fmt: skip


def test_the_same_table_again_adds_nothing_and_a_mended_one_the_rest():
    here = study()
    taken_in(brought_in(here, TABLE.encode(), "cases.csv", new_round="By hand", coder="C1"))
    mended = TABLE.replace("Utopia", "USA").replace("1952-02-31", "1952-02").replace("d9", "d2")

    again = taken_in(brought_in(here, TABLE.encode(), "cases.csv", new_round="By hand", coder="C1"))
    rest = taken_in(brought_in(here, mended.encode(), "cases.csv", new_round="By hand", coder="C1"))

    assert (again.told["done"]["codings"], again.told["done"]["known"]) == (0, 2)
    assert (rest.told["done"]["codings"], rest.told["done"]["known"], told(rest, "done")) == (2, 2, [])  # fmt: skip
    assert Round.objects.filter(name="By hand").count() == 1


def test_what_the_codebook_forbids_across_fields_is_told_by_row():
    here = study()
    table = "Document,Event type,Title,Provider,Start,End\nd1,EX,A,USA,1951,1950\nd1,EX,B,USA,1951,1952\n"  # fmt: skip

    for options in ({"round": here.public_id, "assign": True}, {"new_round": "By hand"}):
        checked = brought_in(here, table.encode(), "cases.csv", coder="C1", **options)

        assert told(checked) == [(2, "End", "The end lies before the start.")]
        assert checked.told["check"]["codings"] == 0


def test_quoted_passages_are_placed_in_the_text_or_told():
    here = study()
    table = "Document,Event type,Title,Provider,Quote\nd1,EX,A,USA,naïve 𝔘nicode\nd2,EX,B,USA,the\n"

    checked = brought_in(here, table.encode(), "cases.csv", coder="C1", round=here.public_id)
    taken_in(checked)

    assert told(checked) == [
        (
            3,
            "Quote",
            "The words “the” stand at 2 places in the text; which is meant cannot be told.",
        )
    ]
    assert {link.passage.exact for event in of(here).events.all() for link in event.evidence.all()} == {"naïve 𝔘nicode"}  # fmt: skip


def test_columns_that_cannot_be_are_told_as_a_whole():
    here = study()

    failed = brought_in(here, TABLE.encode(), "cases.csv", round=here.public_id)

    assert (failed.state, failed.reason) == (
        "failed",
        "Say which column holds the coder, or whose coding all rows are.",
    )
