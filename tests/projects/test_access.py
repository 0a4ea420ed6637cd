"""Who is let into a project, and with which rights."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from projects import access, members
from projects.refusals import Missing, NotAllowed
from projects.roles import PERMISSIONS, ROLES
from tests import small

pytestmark = pytest.mark.django_db
NOTHING_HERE = "There is no project here, or you are not a member of it."


def test_a_member_gets_the_project_the_membership_and_the_rights_of_the_roles():
    coder = small.member(small.project("alliances"), "coder", label="C7")

    holder = access.pass_for(coder.user, "alliances")

    assert (holder.project, holder.membership, holder.user, holder.label) == (
        coder.project,
        coder,
        coder.user,
        "C7",
    )
    assert holder.permissions == ROLES["coder"]
    assert access.project_for(coder.user, "alliances") == coder.project


def outsider():
    return small.user()


def anonymous():
    return AnonymousUser()


def manager_of_another_project():
    return small.manager_of(small.project("elsewhere"))


def superuser():
    return small.user(is_superuser=True, is_staff=True)


def who_left():
    from projects.models import Project

    left = small.member(Project.objects.get(slug="alliances"), "manager")
    return small.put(left, left_at=timezone.now()).user


@pytest.mark.parametrize(
    "person", [outsider, anonymous, manager_of_another_project, superuser, who_left]
)
def test_outsiders_are_told_the_same_as_where_there_is_no_project(person):
    small.project("alliances")
    stranger = person()

    refusals = []
    for slug in ("alliances", "no-such-project"):
        with pytest.raises(Missing) as refused:
            access.pass_for(stranger, slug)
        refusals.append((refused.value.message, refused.value.details))

    assert refusals == [(NOTHING_HERE, {}), (NOTHING_HERE, {})]


@pytest.mark.parametrize("permission", sorted(PERMISSIONS))
@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_permission_is_given_by_the_roles_that_list_it_and_by_no_other(role, permission):
    membership = small.member(small.project("alliances"), role)

    try:
        access.pass_for(membership.user, "alliances", permission)
        allowed = True
    except NotAllowed as refused:
        allowed = False
        assert refused.message == (
            f"Your roles in this project do not let you {PERMISSIONS[permission]}. "
            "A manager of the project can change them."
        )

    assert allowed == (permission in ROLES[role])


def test_several_roles_add_up():
    membership = small.member(small.project("alliances"), "coder", "exporter")

    holder = access.pass_for(membership.user, "alliances")

    assert holder.permissions == ROLES["coder"] | ROLES["exporter"]


def test_a_role_nobody_knows_any_more_gives_nothing():
    membership = small.member(small.project("alliances"), "coder")
    small.put(membership, roles=["emperor"])

    with pytest.raises(NotAllowed):
        access.pass_for(membership.user, "alliances")


def test_asking_for_a_permission_that_does_not_exist_is_a_mistake_in_the_code():
    holder = small.holder(small.member(small.project()))

    with pytest.raises(AssertionError, match="coding.fly"):
        holder.allows("coding.fly")


def test_a_token_opens_its_own_project_only():
    person = small.user()
    here, there = small.project("here", by=person), small.project("there", by=person)
    person.token_project_id = here.pk

    with pytest.raises(Missing, match=NOTHING_HERE):
        access.pass_for(person, there.slug)

    assert access.pass_for(person, here.slug).project == here


def test_a_token_gives_no_more_than_the_person_holds_now():
    coder = small.member(small.project("alliances"), "coder", "manager")
    coder.user.token_project_id = coder.project_id
    members.add(coder.project, coder.user, roles=["coder"], by=small.manager_of(coder.project))

    with pytest.raises(NotAllowed):
        access.pass_for(coder.user, "alliances", "documents.add")
