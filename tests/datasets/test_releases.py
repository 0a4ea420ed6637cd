"""Drafting, publishing, withdrawing, writing out: what each refuses, and that what is published stays."""

import pytest
from django.db import DatabaseError, connection, transaction

from datasets import checks, releases, verifying
from datasets.models import Release, ReleaseFile
from projects import files, jobs
from projects.models import Job, LedgerLine
from projects.refusals import Invalid, WrongState
from reconciliation import adjudication
from tests.datasets import scenes
from tests.reconciliation import samples
from tests.reconciliation.samples import aligned_table, event, hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return scenes.settled()


@pytest.mark.parametrize(
    "version",
    [
        "",
        "1",
        "1.0",
        "1.0.0.0",
        "01.0.0",
        "1.0.0-rc",
        "v1.0.0",
        "1.0.-1",
        "1.0.9999999",
        "1.0.0\n",
        "１.0.0",
    ],
)
def test_a_version_is_three_whole_numbers(made, version) -> None:
    with pytest.raises(Invalid, match="three whole numbers"):
        scenes.draft(made, version)

    assert Release.objects.count() == 0


def test_drafting_twice_takes_up_the_same_draft(made) -> None:
    assert scenes.draft(made) == scenes.draft(made)
    assert LedgerLine.objects.filter(verb="release.draft").count() == 1


def test_publishing_wants_a_build_of_the_records_as_they_stand(made) -> None:
    with pytest.raises(WrongState, match="Build the release first"):
        releases.publish(scenes.draft(made), by=made.pi.user)
    release = scenes.checked(made)
    adjudication.decide(made.position("troops"), by=made.pi, value=501, reason="The annex.")

    with pytest.raises(WrongState, match="The records have changed since"):
        releases.publish(release, by=made.pi.user)

    release = scenes.published(made)
    assert (release.state, release.published_by) == ("published", made.pi.user)
    assert LedgerLine.objects.get(verb="release.publish").difference == {
        "version": "0.1.0", "manifest": release.manifest_sha256,
    }  # fmt: skip


def test_a_published_version_is_neither_drafted_built_nor_published_again(made) -> None:
    release = scenes.published(made)
    before = scenes.listed(release)

    for again in (
        lambda: scenes.draft(made),
        lambda: releases.build(release, by=made.pi.user),
        lambda: releases.publish(release, by=made.pi.user),
    ):
        with pytest.raises(WrongState, match="0.1.0 is published"):
            again()

    assert scenes.listed(release) == before


def test_a_build_that_waits_while_the_release_is_published_changes_nothing(made) -> None:
    release = scenes.checked(made)
    job = releases.build(release, by=made.pi.user)
    releases.publish(release, by=made.pi.user)
    before = scenes.listed(release)

    ended = jobs.see_through(job)

    assert (ended.state, ended.error) == (
        Job.State.FAILED,
        "Version 0.1.0 is no draft any more; it stays as it is.",
    )
    assert scenes.listed(release) == before


SQL = [
    "UPDATE datasets_release SET version = '9.9.9'",
    "UPDATE datasets_release SET state = 'draft', published_at = NULL",
    "UPDATE datasets_release SET records_sha256 = 'a'",
    "UPDATE datasets_release SET manifest_sha256 = 'a'",
    "UPDATE datasets_release SET parameters = '{}'",
    "UPDATE datasets_release SET built_at = '2001-01-01'",
    "UPDATE datasets_release SET published_at = '2001-01-01'",
    "UPDATE datasets_release SET made_at = '2001-01-01'",
    "DELETE FROM datasets_release",
    "UPDATE datasets_releasefile SET sha256 = 'a'",
    "UPDATE datasets_releasefile SET path = 'a'",
    "UPDATE datasets_releasefile SET frozen = (1 = 0)",
    "DELETE FROM datasets_releasefile",
    "INSERT INTO datasets_releasefile (release_id, path, sha256, size, frozen) SELECT id, 'more.csv', 'a', 1, (1 = 0) FROM datasets_release",
]  # fmt: skip


@pytest.mark.parametrize("words", SQL)
@pytest.mark.parametrize("is_withdrawn", [False, True], ids=["published", "withdrawn"])
def test_the_database_refuses_to_change_what_is_published(made, words, is_withdrawn) -> None:
    release = scenes.published(made)
    if is_withdrawn:
        releases.withdraw(release, by=made.pi.user, reason="A wrong date.")

    with (
        pytest.raises(DatabaseError, match="a published release never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(words)


def test_the_database_keeps_a_withdrawal_as_it_was_said(made) -> None:
    releases.withdraw(scenes.published(made), by=made.pi.user, reason="A wrong date.")

    for words in ("state = 'published'", "withdrawn_reason = 'none'", "withdrawn_at = NULL"):
        with (
            pytest.raises(DatabaseError, match="a published release never changes"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE datasets_release SET {words}")


def test_a_draft_may_be_changed_and_removed_by_hand(made) -> None:
    release = scenes.built(made)

    release.files.all().delete()
    release.delete()

    assert ReleaseFile.objects.count() == Release.objects.count() == 0


def test_a_withdrawn_release_keeps_its_files_and_says_why(made, tmp_path) -> None:
    release = scenes.published(made)
    before = scenes.listed(release)
    with pytest.raises(Invalid, match="Please say why"):
        releases.withdraw(release, by=made.pi.user, reason=" ")

    withdrawn = releases.withdraw(release, by=made.pi.user, reason=" A wrong date. ")

    assert (withdrawn.state, withdrawn.withdrawn_reason) == ("withdrawn", "A wrong date.")
    assert scenes.listed(withdrawn) == before
    releases.write_out(withdrawn, tmp_path / "out")
    assert verifying.verify(tmp_path / "out") == ()
    with pytest.raises(WrongState, match="Only a published release"):
        releases.withdraw(withdrawn, by=made.pi.user, reason="Again.")
    with pytest.raises(WrongState):
        releases.publish(withdrawn, by=made.pi.user)


def test_a_draft_is_not_withdrawn(made) -> None:
    with pytest.raises(WrongState, match="Only a published release"):
        releases.withdraw(scenes.built(made), by=made.pi.user, reason="Too early.")


def test_writing_out_gives_the_kept_bytes_into_an_empty_folder_only(made, tmp_path) -> None:
    release = scenes.published(made)
    (tmp_path / "empty").mkdir()

    count = releases.write_out(release, tmp_path / "empty")
    releases.write_out(release, tmp_path / "new" / "below")

    written = scenes.folder_bytes(tmp_path / "empty")
    assert count == len(written) == release.files.count()
    assert written == {file.path: files.read(file.sha256) for file in release.files.all()}
    assert scenes.folder_bytes(tmp_path / "new" / "below") == written


@pytest.mark.parametrize("taken", ["file", "folder"])
def test_writing_out_leaves_a_folder_that_holds_something_alone(made, tmp_path, taken) -> None:
    release = scenes.built(made)
    target = tmp_path / "out"
    if taken == "folder":
        target.mkdir()
        (target / ".hidden").write_text("mine")
    else:
        target.write_text("mine")

    with pytest.raises(Invalid, match="is not an empty folder; nothing was written"):
        releases.write_out(release, target)

    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [
        ".hidden" if taken == "folder" else "out"
    ]


def test_an_older_version_stays_when_a_newer_one_is_published(made) -> None:
    first = scenes.published(made)
    before = scenes.listed(first)
    adjudication.decide(made.position("troops"), by=made.pi, value=501, reason="The annex.")

    second = scenes.published(made, "0.1.1")

    assert scenes.listed(first) == before
    assert scenes.listed(second) != before
    assert first.records_sha256 != second.records_sha256


def test_checks_tell_what_a_release_leaves_out() -> None:
    made = aligned_table(
        {
            "d1": {"C1": [event(status=1)], "C2": [event(status=4)]},
            "d2": {"C1": [event()], "C2": None},
        }
    )

    def said():
        return [(one.severity, one.message) for one in checks.of_project(made.round.project)]

    assert said() == [
        ("blocks", "2 groups of events are not settled and will not be in the release."),
        ("notice", "1 assignment is not handed in yet."),
    ]
    adjudication.take_event(made.group("d1"), "C1", by=made.pi, reason="Line 3.")
    hand_in(made, "d2", "C2", [event()])
    assert said() == [
        ("blocks", "1 group of events is not settled and will not be in the release.")
    ]


def test_checks_tell_of_a_required_field_left_blank() -> None:
    source = samples.CODEBOOK.replace(
        "{name: status, label: Status,", "{name: status, required: true, label: Status,"
    )
    made = aligned_table({"d1": {"C1": [event()]}, "d2": {"C1": [event(status=1)]}}, source=source)
    adjudication.accept_agreed(made.groups(), by=made.pi, singles=True)

    assert [found.message for found in checks.of_project(made.round.project)] == [
        "1 resolved event leaves a required field blank."
    ]
