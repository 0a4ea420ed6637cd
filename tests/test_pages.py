"""What every page shares when it says no. Who may open which is declared in tests/trust/rights, a line for each address."""

import pytest
from django.urls import reverse

from tests import factories


@pytest.fixture
def scene(db):
    return factories.scene()


def test_what_is_refused_is_told_on_a_page_of_the_product(client, scene):
    client.force_login(scene.coder.user)

    response = client.get(reverse("ledger", args=[scene.project.slug]))

    assert response.status_code == 403
    assert "You may not do that" in response.content.decode()
    assert "read the ledger" in response.content.decode()


def test_an_address_that_does_not_exist_is_told_on_a_page_of_the_product(client, scene):
    client.force_login(scene.coder.user)

    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert "There is no page at this address." in response.content.decode()
