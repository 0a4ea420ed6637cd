"""Codebooks: a draft may be replaced, a published version never changes."""

import hashlib

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from coding import codebooks, schema
from coding.models import Codebook
from projects.models import LedgerLine
from projects.refusals import Invalid, WrongState
from tests import small

pytestmark = pytest.mark.django_db
OTHER = small.CODEBOOK.replace("Small book", "Other book")
FROZEN = "a published codebook never changes: load a new version"


@pytest.fixture
def project():
    return small.project()


def load(project, source=small.CODEBOOK) -> Codebook:
    return codebooks.load(project, source, by=small.manager_of(project))


def publish(codebook) -> Codebook:
    return codebooks.publish(codebook, by=small.manager_of(codebook.project))


def versions(project) -> list[tuple[int, str, bool]]:
    return [
        (one.n, one.title, one.is_published) for one in Codebook.objects.filter(project=project)
    ]


def last_line(project):
    line = LedgerLine.objects.filter(project_id=project.pk).latest("n")
    return line.verb, line.difference


def test_a_codebook_is_loaded_as_a_draft(project):
    draft = load(project)

    sha256 = hashlib.sha256(small.CODEBOOK.encode()).hexdigest()
    assert (draft.n, draft.title, draft.source, draft.sha256) == (
        1,
        "Small book",
        small.CODEBOOK,
        sha256,
    )
    assert not draft.is_published
    assert draft.parsed == schema.parse(small.CODEBOOK)
    assert last_line(project) == ("codebook.load", {"n": 1, "sha256": sha256})


def test_a_draft_is_replaced_and_a_published_version_is_followed(project):
    load(project)
    publish(load(project, OTHER))
    assert versions(project) == [(1, "Other book", True)]

    load(project)

    assert versions(project) == [(1, "Other book", True), (2, "Small book", False)]


def test_projects_count_their_own_versions(project):
    publish(load(project))

    assert load(small.project()).n == 1


def test_a_codebook_with_mistakes_changes_nothing_and_names_lines(project):
    load(project)
    broken = small.CODEBOOK.replace("type: state_list", "type: sate_list")

    with pytest.raises(Invalid) as refusal:
        load(project, broken)

    assert refusal.value.message.startswith("The codebook has mistakes; nothing was changed. ")
    (problem,) = refusal.value.details["problems"]
    assert (problem["line"], problem["path"]) == (4, "common_attributes[provider].type")
    assert "sate_list" in problem["message"]
    assert Codebook.objects.get().source == small.CODEBOOK


@pytest.mark.parametrize(
    "source", ["", "\0", "a: [", "- 1", "codebook: {}", "a: &a [*a]", "\ud800"]
)
def test_what_is_no_codebook_is_refused(project, source):
    with pytest.raises(Invalid, match="The codebook has mistakes; nothing was changed."):
        load(project, source)

    assert Codebook.objects.count() == 0


def test_publishing_says_when_and_by_whom(project):
    codebook = publish(load(project))

    assert (codebook.published_by, codebook.published_at is not None) == (
        small.manager_of(project),
        True,
    )
    assert last_line(project) == ("codebook.publish", {"n": 1})


def test_a_version_is_published_once_also_from_an_old_page(project):
    draft = load(project)
    publish(draft)

    with pytest.raises(WrongState, match="This version is published already."):
        publish(draft)


def test_the_newest_published_version_is_the_current_one(project):
    with pytest.raises(WrongState, match="This project has no published codebook yet"):
        codebooks.current(project)

    publish(load(project))
    second = publish(load(project, OTHER))
    load(project)

    assert codebooks.current(project) == second


def test_codebooks_that_ship_can_be_loaded_and_published(project):
    assert codebooks.DEFAULT in codebooks.standard_names()

    for name in codebooks.standard_names():
        publish(load(project, codebooks.standard(name)))

    assert [published for _, _, published in versions(project)] == [True] * 4


def test_codebooks_that_ship_say_what_they_are_for():
    first, *rest = codebooks.in_the_box()

    assert (first.name, first.title, first.types) == (codebooks.DEFAULT, "Peacetime Alliance Commitment Events", 12)  # fmt: skip
    assert first.unit.startswith("One commitment event: a dated act")
    assert sorted([first.name, *(one.name for one in rest)]) == codebooks.standard_names()


@pytest.mark.parametrize("name", ["nothing", "../README", "codebook.schema"])
def test_other_names_are_refused(name):
    with pytest.raises(Invalid, match="There is no codebook “"):
        codebooks.standard(name)


# --- refused by the database


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE coding_codebook SET source = 'x'",
        "UPDATE coding_codebook SET title = 'x'",
        "UPDATE coding_codebook SET published_at = NULL, published_by_id = NULL",
        "DELETE FROM coding_codebook",
    ],
)
def test_the_database_refuses_to_change_a_published_version(project, statement):
    publish(load(project))
    before = list(Codebook.objects.values())

    with (
        pytest.raises(DatabaseError, match=FROZEN),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert list(Codebook.objects.values()) == before


def test_the_database_refuses_changes_by_the_way_models_offer(project):
    codebook = publish(load(project))
    codebook.source = "x"

    for way in (codebook.save, codebook.delete, lambda: Codebook.objects.update(title="x")):
        with pytest.raises(DatabaseError, match=FROZEN), transaction.atomic():
            way()


def test_a_draft_may_change_and_go(project):
    draft = load(project)
    draft.title = "x"

    draft.save()
    draft.delete()

    assert Codebook.objects.count() == 0


@pytest.mark.parametrize("half", [{"published_at": "2024-05-01T00:00Z"}, {"published_by": 1}])
def test_the_database_refuses_a_version_half_published(project, half):
    draft = load(project)
    if "published_by" in half:
        half = {"published_by": small.manager_of(project)}

    with pytest.raises(IntegrityError), transaction.atomic():
        Codebook.objects.filter(pk=draft.pk).update(**half)
