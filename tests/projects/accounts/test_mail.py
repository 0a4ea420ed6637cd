"""What is mailed, by a real server on this machine: invitations, new passwords, whether an address is one's own."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from projects.models import User
from tests import factories, mailbox

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough word"
LINK = re.compile(r"http://testserver(/\S+)")


@pytest.fixture
def box(settings):
    cache.clear()
    with mailbox.opened() as made:
        for name, value in made.settings.items():
            setattr(settings, name, value)
        yield made


@pytest.fixture
def ada():
    made = factories.user("ada")
    made.email = "ada@example.org"
    made.save()
    return made


def link_in(words):
    return LINK.search(words).group(1)


def test_an_invitation_is_sent_and_its_link_lets_in(client, box):
    project = factories.project()
    client.force_login(factories.user("founder"))

    answer = client.post(reverse("invite", args=[project.slug]), {"roles": ["coder"], "days": "7", "email": "new@example.org"})  # fmt: skip

    assert "The invitation was sent to new@example.org." in answer.content.decode()

    (mail,) = box.mails
    assert (mail["To"], mail["From"], mail["Subject"]) == (
        "new@example.org", "concord@example.org", "Concord: an invitation to “Alliances”",
    )  # fmt: skip
    client.logout()
    assert client.get(link_in(mail.get_content())).status_code == 200


def test_a_forgotten_password_is_set_anew_by_the_mail_once(client, box, ada):
    answer = client.post(reverse("account_reset_password"), {"email": "ADA@example.org"})
    link = link_in(box.words()[0])
    form = client.get(link, follow=True)
    address = form.request["PATH_INFO"]
    new = {"password1": PASSWORD, "password2": PASSWORD}

    done = client.post(address, new)
    again = client.get(link)

    assert answer["Location"] == reverse("account_reset_password_done")
    assert done["Location"] == reverse("account_reset_password_from_key_done")
    assert User.objects.get(pk=ada.pk).check_password(PASSWORD)
    assert "This link no longer works" in again.content.decode()
    for page in (answer["Location"], done["Location"]):
        assert "alone__mark" in client.get(page).content.decode()


def test_an_address_that_nobody_has_is_answered_alike_and_gets_no_mail(client, box):
    answer = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})

    assert answer["Location"] == reverse("account_reset_password_done")
    assert box.mails == []


def test_an_address_is_taken_when_its_owner_says_so(client, box, ada):
    client.force_login(ada)
    client.post(reverse("account"), {"part": "address", "email": "new@example.org"})
    link = link_in(box.words()[0])
    before = User.objects.get(pk=ada.pk).email

    client.get(link)
    seen = User.objects.get(pk=ada.pk).email
    client.post(link)
    again = client.post(link)

    assert (before, seen, User.objects.get(pk=ada.pk).email) == (
        "ada@example.org", "ada@example.org", "new@example.org",
    )  # fmt: skip
    assert again.status_code == 404
    assert box.mails[0]["To"] == "new@example.org"


def test_another_persons_link_takes_nothing(client, box, ada):
    client.force_login(ada)
    client.post(reverse("account"), {"part": "address", "email": "new@example.org"})
    client.force_login(factories.user("ben"))

    assert client.post(link_in(box.words()[0])).status_code == 404


def test_where_no_mail_is_sent_the_page_says_who_can_help(client):
    page = client.get(reverse("account_reset_password"))
    answer = client.post(reverse("account_reset_password"), {"email": "ada@example.org"})

    assert "A manager of your project can make you a link" in page.content.decode()
    assert answer.status_code == 409
