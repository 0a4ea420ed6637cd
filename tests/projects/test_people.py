"""People: their own choices, ways back in that a manager makes, and the end of an account."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.urls import reverse
from django.utils import timezone

from projects import ledger, members, people, tokens
from projects.models import LedgerLine, ResetLink, User
from projects.refusals import Invalid, NotAllowed, WrongState
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough word"


@pytest.fixture
def project():
    return factories.project()


@pytest.fixture
def founder(project):
    return factories.user("founder")


@pytest.fixture
def ada(project):
    return factories.member(project, "ada", label="C1")


# -- a way back in


def test_a_managers_link_sets_a_password_once_and_signs_out_everywhere(client, ada, founder):
    client.force_login(ada.user)
    made = people.make_reset_link(ada.user, by=founder)
    address = reverse("new_password", args=[made.key])

    refused = client.post(address, {"password1": "12345678", "password2": "12345678"})
    done = client.post(address, {"password1": PASSWORD, "password2": PASSWORD})
    again = client.post(address, {"password1": "other" + PASSWORD, "password2": "other" + PASSWORD})

    assert [answer.status_code for answer in (refused, done, again)] == [422, 302, 404]
    assert User.objects.get(pk=ada.user_id).check_password(PASSWORD)
    assert client.get(reverse("account")).status_code == 302
    assert UserSession.objects.count() == 0
    told = LedgerLine.objects.filter(verb__in=["member.reset_link", "member.reset_password"])
    assert [(line.verb, line.by_label) for line in told] == [
        ("member.reset_link", "M1"),
        ("member.reset_password", "C1"),
    ]


def test_a_new_link_voids_the_one_before_and_an_old_one_ends(ada, founder):
    first, second = (people.make_reset_link(ada.user, by=founder) for _ in range(2))
    assert people.living_reset_link(first.key) is None
    assert people.living_reset_link(second.key) == second.link

    ResetLink.objects.update(expires_at=timezone.now())

    assert people.living_reset_link(second.key) is None
    with pytest.raises(WrongState):
        people.use_reset_link(second.link, password=PASSWORD)


def test_a_lost_second_factor_is_taken_away_only_where_the_link_says_so(ada, founder):
    TOTP.activate(ada.user, "KZXW6YTBOI======")
    RecoveryCodes.activate(ada.user)

    people.use_reset_link(people.make_reset_link(ada.user, by=founder).link, password=PASSWORD)
    kept = Authenticator.objects.filter(user=ada.user).count()
    link = people.make_reset_link(ada.user, by=founder, without_second_factor=True).link
    people.use_reset_link(link, password=PASSWORD)

    assert (kept, Authenticator.objects.filter(user=ada.user).count()) == (2, 0)


def test_one_account_opens_many_projects_so_a_manager_of_one_does_not_get_into_the_others(
    client, ada, founder
):
    elsewhere = factories.project("elsewhere", by=factories.user("other"))
    in_both = factories.member(elsewhere, "ada")
    client.force_login(founder)

    for act in (
        lambda: people.make_reset_link(ada.user, by=founder),
        lambda: people.anonymise(ada.user, by=founder, reason="asked for"),
        lambda: people.make_reset_link(factories.user("stranger"), by=founder),
    ):
        with pytest.raises(NotAllowed, match="that you do not manage"):
            act()
    way_back = client.post(reverse("way_back", args=["alliances", ada.public_id]))

    assert way_back.status_code == 403
    members.leave(in_both, by=in_both.user)
    assert people.make_reset_link(ada.user, by=founder).link.user == ada.user
    assert people.make_reset_link(factories.user("stranger"), by=None).link.by is None


def test_who_runs_the_installation_is_helped_from_its_console_only(ada, founder):
    User.objects.filter(pk=ada.user_id).update(is_superuser=True)

    with pytest.raises(NotAllowed, match="only its own console"):
        people.make_reset_link(User.objects.get(pk=ada.user_id), by=founder)


# -- the end of an account


def test_anonymising_takes_the_person_away_and_leaves_the_label(client, ada, founder):
    User.objects.filter(pk=ada.user_id).update(first_name="Ada", email="ada@example.org")
    TOTP.activate(ada.user, "KZXW6YTBOI======")
    _, secret = tokens.create(ada.project, by=ada.user, name="script")
    client.force_login(ada.user)

    gone = people.anonymise(ada.user, by=founder, reason="asked for")

    assert (gone.first_name, gone.email, gone.is_active, gone.has_usable_password()) == (
        "", "", False, False,
    )  # fmt: skip
    assert gone.username.startswith("anonymised-")
    ada.refresh_from_db()
    assert (ada.label, ada.left_at is not None) == ("C1", True)
    assert tokens.owner_of(secret) is None
    assert Authenticator.objects.count() == 0
    assert client.get(reverse("account")).status_code == 302
    line = LedgerLine.objects.get(verb="member.anonymise")
    assert line.difference == {"label": "C1", "reason": "asked for"}
    with pytest.raises(Invalid, match="closed"):
        members.add(ada.project, gone, roles=["coder"], by=founder)


def test_after_anonymising_no_page_of_the_project_says_who_it_was(client, ada, founder):
    User.objects.filter(pk=ada.user_id).update(first_name="Adaline", last_name="Lovegood")
    client.force_login(founder)
    page = reverse("members", args=["alliances"])
    assert "Adaline Lovegood" in client.get(page).content.decode()

    client.post(reverse("anonymise", args=["alliances", ada.public_id]), {"reason": "asked for"})

    for address in (page, reverse("ledger", args=["alliances"]), reverse("account")):
        shown = client.get(address).content.decode()
        assert "Adaline" not in shown and "Lovegood" not in shown
    assert "anonymised" in client.get(page).content.decode()


def test_the_ledger_never_held_the_name_and_still_verifies(client, founder):
    project = members.found("pacts", title="Pacts", by=factories.user("ottilie.secret"))
    ottilie = project.memberships.get()
    factories.member(project, "helper", ("manager",))
    helper = User.objects.get(username="helper")
    other = members.found("other", title="Other", by=factories.user("beppo.hidden"))
    beppo = other.memberships.get().user
    ledger.record(project, "tests.do", project, by=beppo)
    client.force_login(helper)
    page = reverse("ledger", args=["pacts"])

    before = client.get(page).content.decode()
    people.anonymise(ottilie.user, by=helper, reason="asked for")
    members.add(other, helper, roles=["manager"], by=beppo)
    people.anonymise(beppo, by=None, reason="asked for")
    after = client.get(page).content.decode()

    lines = [str(row) for row in LedgerLine.objects.values_list()]
    assert "beppo.hidden, not a member" in before
    assert [name for name in ("ottilie", "beppo") if name in after] == []
    assert [
        line for line in lines if "ottilie" in line or "beppo" in line or "helper" in line
    ] == []
    assert [line.by_label for line in LedgerLine.objects.filter(project_id=project.pk)][:2] == ["M1"] * 2  # fmt: skip
    assert (ledger.verify(project), ledger.verify(other)) == ([], [])


def test_anonymising_wants_a_reason_another_person_and_a_manager_left(project, ada, founder):
    with pytest.raises(Invalid, match="say why"):
        people.anonymise(ada.user, by=founder, reason=" ")
    with pytest.raises(Invalid, match="another manager"):
        people.anonymise(founder, by=founder, reason="so")
    with pytest.raises(Invalid, match="needs a manager"):
        people.anonymise(founder, by=None, reason="so")

    people.anonymise(ada.user, by=None, reason="so")
    with pytest.raises(WrongState, match="already"):
        people.anonymise(ada.user, by=None, reason="so")


# -- leaving


def test_leaving_keeps_the_work_under_the_label_and_ends_what_let_in(client, ada, founder):
    _, secret = tokens.create(ada.project, by=ada.user, name="script")
    client.force_login(ada.user)

    answer = client.post(reverse("leave", args=["alliances"]))

    assert answer["Location"] == reverse("home")
    assert client.get(ada.project.get_absolute_url()).status_code == 404
    assert tokens.owner_of(secret) is None
    with pytest.raises(Invalid, match="belongs to another"):
        members.add(ada.project, factories.user("ben"), roles=["coder"], by=founder, label="C1")
    back = members.add(ada.project, ada.user, roles=["coder"], by=founder)
    assert (back.pk, back.label, back.left_at) == (ada.pk, "C1", None)


def test_the_last_manager_cannot_leave_nor_be_taken_out(client, project, ada, founder):
    own = project.memberships.get(user=founder)
    User.objects.filter(pk=factories.member(project, "closed", ("manager",)).user_id).update(
        is_active=False
    )
    client.force_login(founder)

    left = client.post(reverse("leave", args=["alliances"]))
    taken_out = client.post(reverse("take_out_member", args=["alliances", own.public_id]))
    with pytest.raises(Invalid, match="needs a manager"):
        members.add(project, founder, roles=["coder"], by=founder)

    assert [answer.status_code for answer in (left, taken_out)] == [422, 422]
    factories.member(project, "ada", ("coder", "manager"))
    assert client.post(reverse("leave", args=["alliances"])).status_code == 302


# -- who sees when somebody was here


def test_only_managers_see_when_somebody_was_last_here(client, ada, founder):
    factories.member(ada.project, "ben")
    shown = {}
    for name in ("founder", "ben"):
        client.force_login(factories.user(name))
        page = client.get(reverse("members", args=["alliances"]))
        shown[name] = "Last here" in page.content.decode()

    assert shown == {"founder": True, "ben": False}
