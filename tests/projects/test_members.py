"""Projects and who takes part in them."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from projects import members
from projects.models import LedgerLine, Membership, Project
from projects.refusals import Invalid
from tests import small

pytestmark = pytest.mark.django_db


def people(project):
    return [
        (one.user.username, one.label, one.roles)
        for one in Membership.objects.filter(project=project).select_related("user")
    ]


# --- founding


def test_who_founds_a_project_manages_it():
    ada = small.user("ada")

    project = members.found("alliances", title="  Alliances ", by=ada, description="d")

    assert (project.slug, project.title, project.description) == ("alliances", "Alliances", "d")
    assert people(project) == [("ada", "M1", ["manager"])]
    assert [
        (line.n, line.verb, line.by_label, line.difference)
        for line in LedgerLine.objects.filter(project_id=project.pk)
    ] == [
        (1, "project.found", "M1", {"title": "Alliances"}),
        (2, "member.add", "M1", {"before": {}, "after": {"label": "M1", "roles": ["manager"]}}),
    ]


@pytest.mark.parametrize(
    "slug", ["", "a", "A1", "-ab", "a b", "ab\n", "ä1", "a" * 61, "a/b", "../etc"]
)
def test_a_short_name_that_does_not_fit_addresses_is_refused(slug):
    with pytest.raises(Invalid, match="2 to 60 lower-case letters, digits and hyphens"):
        members.found(slug, title="T", by=small.user())

    assert Project.objects.count() == 0


def test_a_project_needs_a_title():
    with pytest.raises(Invalid, match="A project needs a title."):
        members.found("ab", title="  ", by=small.user())


def test_a_short_name_is_given_once():
    small.project("alliances")

    with pytest.raises(Invalid, match="There is already a project “alliances”."):
        members.found("alliances", title="T", by=small.user())


# --- taking in


def test_labels_are_given_in_turn_where_none_is_asked_for():
    project = small.project("alliances", by=small.user("ada"))

    for name, roles in [
        ("bea", ["coder"]),
        ("cid", ["coder", "manager"]),
        ("dee", ["adjudicator"]),
    ]:
        members.add(project, small.user(name), roles=roles, by=small.manager_of(project))

    assert people(project) == [
        ("bea", "C1", ["coder"]),
        ("cid", "C2", ["coder", "manager"]),
        ("ada", "M1", ["manager"]),
        ("dee", "M2", ["adjudicator"]),
    ]


def test_the_next_free_label_passes_over_those_taken():
    project = small.project()
    small.member(project, label="C1")
    small.member(project, label="C2")

    assert small.member(project).label == "C3"


def test_roles_are_kept_once_each_and_in_order():
    project = small.project()

    membership = small.member(project, "manager", "coder", "manager")

    assert membership.roles == ["coder", "manager"]


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ([], "Roles are coder, adjudicator, exporter, manager; not none."),
        (["coder", "emperor"], "Roles are coder, adjudicator, exporter, manager; not emperor."),
    ],
)
def test_roles_come_from_the_table(roles, said):
    project = small.project()

    with pytest.raises(Invalid) as refused:
        members.add(project, small.user(), roles=roles, by=small.manager_of(project))

    assert refused.value.message == said
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("label", ["1C", "C 1", "C1\n", "Ç1", "C" * 21, "<b>", "_C"])
def test_a_label_is_a_plain_word(label):
    with pytest.raises(Invalid, match="A label is a letter followed by"):
        small.member(small.project(), label=label)


def test_a_label_belongs_to_one_member_of_a_project():
    project = small.project()
    small.member(project, label="C9")
    second = small.member(project)

    for person in (second.user, small.user()):
        with pytest.raises(Invalid, match="The label C9 belongs to another member."):
            small.member(project, label="C9", person=person)

    assert small.member(small.project(), label="C9").label == "C9"


def test_the_label_of_somebody_who_left_stays_theirs():
    project = small.project()
    gone = small.member(project, label="C9")
    small.put(gone, left_at=timezone.now())

    with pytest.raises(Invalid, match="The label C9 belongs to another member."):
        small.member(project, label="C9")


@pytest.mark.parametrize("same", ["user", "label"])
def test_the_database_refuses_a_second_membership_or_label(same):
    one = small.member(small.project())
    given = {"user": small.user(), "label": "X1", same: getattr(one, same)}

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(project=one.project, **given)


# --- changing


def test_adding_a_member_again_changes_roles_and_label_and_tells_the_ledger_both():
    project = small.project(by=small.user("ada"))
    one = small.member(project, "coder", label="C1")

    again = small.member(project, "adjudicator", label="A1", person=one.user)

    assert (again.pk, again.label, again.roles) == (one.pk, "A1", ["adjudicator"])
    assert LedgerLine.objects.filter(project_id=project.pk).latest("n").difference == {
        "before": {"label": "C1", "roles": ["coder"]},
        "after": {"label": "A1", "roles": ["adjudicator"]},
    }


def test_who_comes_back_is_the_same_member():
    project = small.project()
    one = small.member(project, label="C7")
    small.put(one, left_at=timezone.now())

    back = small.member(project, "coder", person=one.user)

    assert (back.pk, back.label, back.left_at) == (one.pk, "C7", None)


def test_the_last_manager_stays_manager():
    project = small.project()
    manager = small.manager_of(project)
    small.member(project, "coder")

    with pytest.raises(Invalid, match="A project needs a manager: make somebody else one first."):
        members.add(project, manager, roles=["coder"], by=manager)

    assert Membership.objects.get(project=project, user=manager).roles == ["manager"]
    assert members.add(project, manager, roles=["coder", "manager"], by=manager).roles == [
        "coder",
        "manager",
    ]


def test_a_manager_who_left_does_not_count():
    project = small.project()
    manager = small.manager_of(project)
    gone = small.member(project, "manager")
    small.put(gone, left_at=timezone.now())

    with pytest.raises(Invalid, match="A project needs a manager"):
        members.add(project, manager, roles=["coder"], by=manager)


def test_one_of_two_managers_may_become_something_else():
    project = small.project()
    manager = small.manager_of(project)
    small.member(project, "manager")

    assert members.add(project, manager, roles=["coder"], by=manager).roles == ["coder"]


def test_two_projects_of_one_name_at_once_are_told_in_words(monkeypatch):
    """Somebody takes the name between the look and the step: the database refuses, and words come of it."""
    by = small.user()
    members.found("alliances", title="First", by=by)
    exists = QuerySet.exists
    answers = iter([False])
    monkeypatch.setattr(
        QuerySet, "exists", lambda self: next(answers, None) is None and exists(self)
    )

    with pytest.raises(Invalid, match="There is already a project “alliances”."):
        members.found("alliances", title="Second", by=by)
