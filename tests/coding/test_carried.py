"""What evidence would carry over to a newer text of a document, and who is told of whose."""

import pytest
from django.urls import reverse

from coding import carried
from tests import factories

pytestmark = pytest.mark.django_db

NEWER = "Wire report.\n" + factories.BODY.replace("lasted from 4", "lasted, we hear, from 4")


def coded_on_an_older_text():
    project = factories.project()
    factories.codebook(project)
    ada, bob = factories.member(project, "ada"), factories.member(project, "bob")
    document = factories.document(project)
    in_round = factories.round_of(project, [ada, bob], [document])
    at = factories.BODY.index("It lasted")
    event = factories.event(evidence={"start": [[0, 17], [at + 10, at + 30]]})
    factories.coded(factories.assignment(in_round, ada), event)
    factories.coded(factories.assignment(in_round, bob))
    factories.text(document, body=NEWER)
    return ada, bob, document


def test_a_passage_carries_over_where_it_stands_once_with_its_surroundings():
    ada, _, document = coded_on_an_older_text()

    (entry,) = carried.of_document(factories.holder(ada), document)

    left = entry.left[0]
    assert (entry.assignment.coder, entry.text_n, len(entry.carried), entry.total) == (ada, 1, 1, 2)
    assert (left.exact, left.reason) == (
        "from 4 to 9 March 19",
        "The words are there, but their surroundings changed.",
    )
    assert [NEWER[place : place + 20] for place in left.near] == ["from 4 to 9 March 19"]


def test_a_coder_is_told_of_own_evidence_only(client):
    _, bob, document = coded_on_an_older_text()
    client.force_login(bob.user)

    page = client.get(reverse("carried_evidence", args=["alliances", document.public_id]))

    assert [entry.assignment.coder for entry in page.context["entries"]] == [bob]
    assert "from 4 to 9 March" not in page.content.decode()


def test_nothing_is_told_of_codings_on_the_current_text():
    project = factories.project()
    factories.codebook(project)
    ada = factories.member(project, "ada")
    document = factories.document(project)
    factories.coded(
        factories.assignment(factories.round_of(project, [ada], [document]), ada), factories.event()
    )

    assert carried.of_document(factories.holder(ada), document) == []
