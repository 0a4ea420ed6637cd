"""Pages of releases."""

import io
import zipfile

import pytest
from django.urls import reverse

from datasets.models import Release
from projects import files
from reconciliation import adjudication
from reconciliation.models import Group
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    made = factories.scene(reconciled=True)
    adjudication.take_event(
        Group.objects.get(), "C1", by=factories.holder(made.adjudicator), reason="The text says so."
    )
    return made


@pytest.fixture
def exporter(client, scene):
    client.force_login(scene.exporter.user)
    return client


def page(client, scene, name, *more, method="get", **sent):
    address = reverse(name, args=[scene.project.slug, *more])
    return getattr(client, method)(address, sent)


def test_a_version_is_drafted_and_its_page_says_what_to_do(exporter, scene):
    response = page(exporter, scene, "releases", method="post", version="0.1.0")

    release = Release.objects.get()
    assert response.url == release.get_absolute_url()
    shown = exporter.get(response.url)
    assert "No files yet" in shown.content.decode()


def test_a_version_that_is_none_is_told_beside_the_form(exporter, scene):
    response = page(exporter, scene, "releases", method="post", version="v1")

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "A version is three whole numbers, such as 0.1.0: major, minor, patch."
    ]


@pytest.mark.parametrize(("there", "proposed"), [((), "0.1.0"), (("0.9.2", "0.10.0"), "0.11.0")])
def test_the_next_version_is_proposed(exporter, scene, there, proposed):
    for version in there:
        factories.release(scene.project, version)

    assert page(exporter, scene, "releases").context["form"]["version"].value() == proposed


def test_building_shows_that_it_is_being_done(exporter, scene):
    factories.release(scene.project)

    page(exporter, scene, "build_release", "0.1.0", method="post")
    shown = page(exporter, scene, "release", "0.1.0")

    assert shown.context["is_building"]
    assert 'data-state="queued"' in shown.content.decode()


def test_files_are_listed_with_size_and_hash_and_are_the_bytes_of_that_hash(exporter, scene):
    release = factories.release(scene.project, state="built")
    one = release.files.get(path="reports.csv")

    shown = page(exporter, scene, "release", "0.1.0").content.decode()
    response = page(exporter, scene, "release_file", "0.1.0", "reports.csv")

    assert one.sha256 in shown
    assert b"".join(response.streaming_content) == files.read(one.sha256)
    assert response["Content-Disposition"] == 'attachment; filename="reports.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_archive_holds_every_file_and_is_the_same_each_time(exporter, scene):
    release = factories.release(scene.project, state="published")

    def archive():
        response = page(exporter, scene, "release_zip", "0.1.0")
        data = b"".join(response.streaming_content)
        return data

    first = archive()
    with zipfile.ZipFile(io.BytesIO(first)) as opened:
        names = opened.namelist()
        assert opened.testzip() is None
    assert names == [f"alliances-0.1.0/{one.path}" for one in release.files.order_by("path")]
    assert archive() == first


def test_publishing_and_withdrawing_from_the_page(exporter, scene):
    factories.release(scene.project, state="built")

    page(exporter, scene, "publish_release", "0.1.0", method="post")
    published = page(exporter, scene, "release", "0.1.0").content.decode()
    without_reason = page(exporter, scene, "withdraw_release", "0.1.0", method="post", reason=" ")
    page(exporter, scene, "withdraw_release", "0.1.0", method="post", reason="A column is wrong.")
    withdrawn = page(exporter, scene, "release", "0.1.0").content.decode()

    assert "Build again" not in published
    assert without_reason.status_code == 422
    assert "do not use this version" in withdrawn
    assert "A column is wrong." in withdrawn


def test_drafts_are_not_there_for_those_who_may_not_see_them(client, scene):
    factories.release(scene.project, "0.1.0", state="published")
    factories.release(scene.project, "0.2.0")
    client.force_login(scene.coder.user)

    listed = page(client, scene, "releases")
    draft = page(client, scene, "release", "0.2.0")

    assert [one.version for one in listed.context["releases"]] == ["0.1.0"]
    assert draft.status_code == 404


def test_whoever_still_codes_gets_no_file_of_a_release(client, scene):
    """A release holds the codings of all coders, also of documents of the next round."""
    factories.release(scene.project, state="published")
    factories.round_of(scene.project, [scene.coder, scene.other], name="second")
    client.force_login(scene.coder.user)

    shown = page(client, scene, "release", "0.1.0")
    statuses = [
        page(client, scene, "release_file", "0.1.0", "codings.csv").status_code,
        page(client, scene, "release_zip", "0.1.0").status_code,
    ]

    assert not shown.context["may_download"]
    assert statuses == [403, 403]


def test_whoever_still_codes_gets_no_file_whatever_else_they_may_do(client, scene):
    """An exporter or adjudicator who codes is as blind as any coder."""
    factories.release(scene.project, state="published")
    factories.round_of(scene.project, [scene.coder, scene.other], name="second")
    scene.coder.roles = ["adjudicator", "coder", "exporter", "manager"]
    scene.coder.save()
    client.force_login(scene.coder.user)

    assert page(client, scene, "release_file", "0.1.0", "codings.csv").status_code == 403
    assert b"codings.csv" not in page(client, scene, "release", "0.1.0").content


def test_whoever_only_codes_gets_the_files_when_the_rounds_are_revealed(client, scene):
    factories.release(scene.project, state="published")
    client.force_login(scene.coder.user)

    before = page(client, scene, "release_file", "0.1.0", "codings.csv").status_code
    scene.project.rounds.update(state="revealed")
    response = page(client, scene, "release_file", "0.1.0", "codings.csv")

    assert before == 403

    assert response.status_code == 200
    assert b"".join(response.streaming_content)


@pytest.mark.parametrize("count", [1, 3])
def test_releases_ask_the_same_number_of_queries(exporter, scene, count, django_assert_num_queries):
    for n in range(count):
        factories.release(scene.project, f"0.{n}.0")

    with django_assert_num_queries(6):
        page(exporter, scene, "releases")


def test_an_empty_list_says_what_to_do(exporter, client, scene):
    assert "Draft a version with the form" in page(exporter, scene, "releases").content.decode()

    client.force_login(scene.coder.user)
    assert (
        "Published versions of the dataset will stand here."
        in page(client, scene, "releases").content.decode()
    )
