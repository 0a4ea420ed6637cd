"""What every format promises: reading back what was written gives exactly what the format says it holds."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding.exchange import FORMATS, concord, formats
from coding.exchange.codings import Coding, Event, Options, Passage, Unreadable
from coding.exchange.detecting import detected, files_of
from coding.exchange.regions import NOTHING
from tests.coding.exchange import samples
from tests.coding.exchange.samples import TEXT, bare

READ = [one for one in FORMATS.values() if one.read]


def read_back(format, written):
    reading = format.read(written, Options())
    assert len(reading.codings) == len(reading.items), reading.items
    return reading.codings


@pytest.mark.parametrize("format", READ, ids=lambda one: one.name)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(coding=samples.codings())
def test_reading_back_gives_what_the_format_holds(format, coding):
    written = format.write([coding])

    assert [bare(one) for one in read_back(format, written)] == [bare(format.held(coding))]
    assert format.write([coding]) == written


@settings(max_examples=60, deadline=None)
@given(coding=samples.codings())
def test_lines_of_our_own_hold_everything(coding):
    line = json.loads(concord.write([coding])[concord.FILENAME])

    assert bare(concord.coding_of(line)) == bare(coding)
    assert line["text"] == {"sha256": concord.fingerprint(coding.text), "length": len(coding.text)}


@pytest.mark.parametrize("format", READ, ids=lambda one: one.name)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(coding=samples.codings())
def test_nothing_more_is_lost_the_second_time(format, coding):
    once = format.held(coding)

    assert bare(format.held(once)) == bare(once)


@pytest.mark.parametrize("format", FORMATS.values(), ids=lambda one: one.name)
def test_whole_formats_count_nothing_lost_and_others_say_what(format):
    passages = {"title": (Passage(6, 7),)}
    coding = Coding("d1", "C1", (Event("u", "EX", {"title": "A", "n": 5}, passages, {"n": "so"}),), "events", text=TEXT)  # fmt: skip

    lost = {one.what: one.lost for one in formats.kept(format, [coding]) if one.lost}

    assert (
        lost
        == {
            "concord": {},
            "web-annotation": {},
            "label-studio": {},
            "doccano": {
                "outcomes of the reading": 1,
                "coded values": 2,
                "fields that rest on the whole document": 1,
            },
            "webanno": {
                "outcomes of the reading": 1,
                "coded values": 1,
                "fields that rest on the whole document": 1,
            },
        }[format.name]
    )
    assert format.losses
    note = formats.note(format, formats.kept(format, [coding]), title="Pact")
    assert all(sentence in note for sentence in (*format.losses, *format.hints))


@pytest.mark.parametrize("format", FORMATS.values(), ids=lambda one: one.name)
def test_a_format_is_known_by_what_it_holds(format):
    coding = Coding("d1", "C1", (Event("u", "EX", {}, {"title": (Passage(0, 5),)}),), "events", text=TEXT)  # fmt: skip
    written = {
        name: content
        for name, content in format.write([coding]).items()
        if not name.endswith(".xml")
    }

    assert detected(written) == format.name


def test_an_archive_gives_its_files_without_notes_and_hidden_ones(tmp_path):
    import zipfile

    path = tmp_path / "codings.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in (
            "READ-ME.txt",
            "__MACOSX/x.tsv",
            "pilot/d1/C1.tsv",
            "labelling_configuration.xml",
        ):
            archive.writestr(name, name)

    assert files_of(path.read_bytes(), "codings.zip") == {"pilot/d1/C1.tsv": b"pilot/d1/C1.tsv"}


EDITS = st.lists(
    st.tuples(
        st.integers(0, 10_000),
        st.integers(0, 12),
        st.sampled_from(["", "\t", "\n", "[", "]", "{}", "null", "-1", '"', "1-1", "#T_SP=x|", "|", "99999", "😊", "\\"]),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@pytest.mark.parametrize("format", READ, ids=lambda one: one.name)
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(coding=samples.codings(), edits=EDITS)
def test_a_damaged_file_is_read_or_told_and_never_worse(format, coding, edits):
    damaged = {}
    for name, content in format.write([coding]).items():
        text = content.decode()
        for at, length, put in edits:
            at %= len(text) + 1
            text = text[:at] + put + text[at + length :]
        damaged[name] = text.encode()

    try:
        reading = format.read(damaged, Options())
    except Unreadable as reason:
        assert str(reason)
        return
    for item in reading.items:
        if hasattr(item, "reason"):
            assert item.reason
        else:
            json.dumps(concord.line_of(item.coding))


def test_a_value_that_is_nothing_is_not_a_blank():
    coding = replace(
        Coding("d1", "C1", text=TEXT, outcome="events"),
        events=(
            Event("u", "EX", {"title": "x"}, {"title": (Passage(0, 5),), "note": (Passage(0, 5),)}),
        ),
    )

    for format in READ:
        (event,) = read_back(format, format.write([coding]))[0].events
        assert "note" not in event.values
        assert NOTHING not in event.values.values()
