"""Comparing documents, and what a person makes of those alike: proposals, confirmed copies, their use."""

import random

import pytest
from django.db import connection
from django.urls import reverse

from coding import rounds
from projects import jobs
from projects.models import Job, LedgerLine
from projects.refusals import Invalid
from sources import comparing, copies
from sources import documents as verbs
from sources.copies import queries
from sources.models import Cluster, Document, Likeness, Sketch
from tests import factories

pytestmark = pytest.mark.django_db


def story(seed=0, length=300):
    chance = random.Random(seed)
    return " ".join(f"w{chance.randrange(3000)}" for _ in range(length))


def edited(text, share, seed=1):
    chance = random.Random(seed)
    return " ".join(word if chance.random() >= share else "other" for word in text.split(" "))


@pytest.fixture
def project():
    return factories.project()


@pytest.fixture
def manager():
    return factories.user("founder")


def add(project, name, body):
    return factories.document(project, name, body=body)


def names(project, threshold=copies.THRESHOLD):
    external = dict(Document.objects.values_list("pk", "external_id"))
    return [[external[key] for key in group] for group in queries.proposed(project, threshold)]


def test_edited_and_shortened_copies_are_proposed_and_others_are_not(project):
    add(project, "wire", story())
    add(project, "edited", edited(story(), 0.15))
    add(project, "short", " ".join(story().split()[:80]))
    add(project, "another", story(2))

    told = comparing.compare_new(project)

    assert told.startswith("4 documents compared, ")
    assert names(project) == [["wire", "edited", "short"]]
    assert names(project, 0.99) == [["wire", "short"]]


def test_comparing_is_incremental_and_safe_to_run_twice(project):
    add(project, "wire", story())
    comparing.compare_new(project)
    add(project, "copy", story())

    assert comparing.compare_new(project) == "1 documents compared, 1 pairs alike"
    assert comparing.compare_new(project) == "0 documents compared, 0 pairs alike"
    pair = Likeness.objects.get()
    assert (pair.first.external_id, pair.second.external_id, pair.containment) == (
        "wire",
        "copy",
        1.0,
    )


def test_a_new_text_is_compared_anew(project):
    document = add(project, "wire", story())
    add(project, "copy", story())
    comparing.compare_new(project)

    factories.text(document, body=story(5))
    comparing.compare_new(project)

    assert names(project) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(DISTINCT document_id) FROM sources_shingle")
        assert cursor.fetchone() == (2,)
    assert (
        Sketch.objects.get(document=document).text
        == Document.objects.get(pk=document.pk).current_text
    )


def test_projects_are_compared_apart(project):
    other = factories.project("other")
    add(project, "wire", story())
    add(other, "wire", story())

    comparing.compare_new(project)
    comparing.compare_new(other)

    assert Likeness.objects.count() == 0


def test_retired_documents_are_proposed_no_more(project, manager):
    add(project, "wire", story())
    copy = add(project, "copy", story())
    comparing.compare_new(project)

    verbs.retire(copy, by=manager, reason="twice")

    assert names(project) == []


def test_many_copies_of_one_story_stay_together_and_cheap(project, monkeypatch):
    monkeypatch.setattr(comparing, "MOST_OF_A_SHINGLE", 5)
    for n in range(12):
        add(project, f"copy{n:02}", story() + f" end{n}")

    comparing.compare_new(project)

    assert [len(group) for group in names(project)] == [12]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM sources_shingle GROUP BY hash) AS counted"
        )
        assert cursor.fetchone() == (5,)


def test_reading_a_document_asks_for_the_comparison(project, manager):
    body = (story() + "\n").encode()
    for name in ("one.txt", "two.txt"):
        verbs.add(project, by=manager, chunks=[body + name.encode()], filename=name)

    jobs.finish_all()

    assert list(
        Job.objects.filter(kind=comparing.COMPARE).values_list("state", flat=True).distinct()
    ) == ["done"]
    assert names(project) == [["one", "two"]]


# --- judged by a person


@pytest.fixture
def alike(project):
    made = [add(project, name, story() + f" {name}") for name in ("a", "b", "c")]
    comparing.compare_new(project)
    return made


def test_confirmed_copies_are_one_cluster_and_no_longer_proposed(project, manager, alike):
    made = copies.confirm(project, alike, by=manager)

    assert made.representative == alike[0]
    assert [copy.document for copy in made.copies.order_by("document")] == alike
    assert names(project) == []
    line = LedgerLine.objects.get(verb="copies.confirm")
    assert line.difference == {"documents": ["a", "b", "c"], "representative": "a"}


def test_the_earliest_dated_document_represents_unless_one_is_chosen(project, manager, alike):
    Document.objects.filter(pk=alike[2].pk).update(published_on="1985-03-04")

    made = copies.confirm(project, Document.objects.filter(project=project), by=manager)
    assert made.representative.external_id == "c"

    made = copies.confirm(project, alike, by=manager, representative=alike[1])
    assert made.representative.external_id == "b"
    assert Cluster.objects.count() == 1


def test_a_new_copy_is_proposed_with_the_confirmed_cluster_and_joins_it(project, manager, alike):
    copies.confirm(project, alike, by=manager)
    new = add(project, "d", story())
    comparing.compare_new(project)

    assert names(project) == [["a", "b", "c", "d"]]

    made = copies.confirm(project, [new, alike[0]], by=manager)
    assert made.copies.count() == 4
    assert made.representative == alike[0]
    assert names(project) == []


def test_what_is_left_out_of_a_cluster_is_not_proposed_with_it_again(project, manager, alike):
    copies.confirm(project, alike[:2], by=manager, apart=alike)

    assert names(project) == []
    assert Likeness.objects.filter(rejected_by=manager).count() == 2


def test_rejected_documents_are_not_proposed_together_again(project, manager, alike):
    assert copies.reject(project, alike, by=manager) == 3
    comparing.compare_new(project)

    assert names(project) == []
    with pytest.raises(Invalid, match="Nothing proposes"):
        copies.reject(project, alike, by=manager)


def test_a_dissolved_cluster_is_proposed_anew(project, manager, alike):
    copies.dissolve(copies.confirm(project, alike, by=manager), by=manager)

    assert names(project) == [["a", "b", "c"]]
    assert LedgerLine.objects.filter(verb="copies.dissolve").count() == 1


def test_one_document_or_a_foreign_one_is_no_cluster(project, manager, alike):
    foreign = factories.document(factories.project("other"), "x")

    with pytest.raises(Invalid, match="at least two"):
        copies.confirm(project, alike[:1], by=manager)
    with pytest.raises(Invalid, match="of this project"):
        copies.confirm(project, [alike[0], foreign], by=manager)
    with pytest.raises(Invalid, match="must be one of the copies"):
        copies.confirm(project, alike[:2], by=manager, representative=alike[2])


# --- what confirmed copies are for


def test_a_round_draws_one_of_each_cluster(project, manager, alike):
    single = add(project, "single", story(9))
    copies.confirm(project, alike, by=manager, representative=alike[1])
    factories.codebook(project)
    coder = factories.member(project, "ada")

    opened = rounds.open_round(project, "pilot", by=manager, coders=[coder], per_document=1)

    drawn = {one.document for one in opened.assignments.all()}
    assert drawn == {alike[1], single}
    assert LedgerLine.objects.get(verb="round.open").difference["copies_left_out"] == 2


def test_copies_are_drawn_when_a_retired_document_stood_for_them(project, manager, alike):
    copies.confirm(project, alike, by=manager)

    verbs.retire(alike[0], by=manager, reason="wrong")

    drawn = copies.one_of_each(Document.objects.filter(state="read"))
    assert [document.external_id for document in drawn] == ["b"]


def test_copies_go_with_the_one_that_stands_for_them_and_never_twice(project, manager, alike):
    copies.confirm(project, alike, by=manager, representative=alike[1])
    a, b, c = (document.pk for document in alike)

    assert copies.copies_of(project, [b]) == {b: [alike[0], alike[2]]}
    # One that was coded although it does not represent them speaks for the others too ...
    assert copies.copies_of(project, [a]) == {a: [alike[1], alike[2]]}
    # ... but where several were, each speaks for itself, and the representative for the rest.
    assert copies.copies_of(project, [a, b]) == {b: [alike[2]]}
    assert copies.copies_of(project, [c, a]) == {a: [alike[1]]}
    assert copies.copies_of(project, [a, b, c]) == {}


def test_another_of_the_copies_can_be_chosen_to_be_coded(project, manager, alike):
    made = copies.confirm(project, alike[:2], by=manager)

    assert copies.represent(made, alike[1], by=manager).representative == alike[1]
    assert LedgerLine.objects.get(verb="copies.represent").difference == {
        "before": "a",
        "after": "b",
    }
    with pytest.raises(Invalid, match="must be one of the copies"):
        copies.represent(made, alike[2], by=manager)


# --- the very same text


def clusters():
    return [
        (one.representative.external_id, [copy.document.external_id for copy in one.copies.all()], one.confirmed_by)
        for one in Cluster.objects.order_by("id")
    ]  # fmt: skip


def dated(project, **days):
    for name, day in days.items():
        document = add(project, name, story())
        Document.objects.filter(pk=document.pk).update(published_on=day)


def test_the_same_text_within_a_week_is_gathered_without_asking(project, manager):
    dated(project, wire="1985-03-04", paper="1985-03-06", undated=None)
    add(project, "another", story(7))

    comparing.compare_new(project)

    assert clusters() == [("wire", ["wire", "paper", "undated"], None)]
    assert names(project) == []
    line = LedgerLine.objects.get(verb="copies.gather")
    assert (line.by_label, line.difference) == (
        "concord",
        {"copies": {"wire": ["paper", "undated"]}},
    )


def test_the_same_text_long_after_or_of_few_words_is_only_proposed(project, manager):
    dated(
        project,
        wire="1985-03-04",
        anniversary="1995-03-04",
        paper="1985-03-05",
        reprint="1995-03-05",
    )
    add(project, "short", "No comment was made.")
    add(project, "short2", "No comment was made.")

    comparing.compare_new(project)

    assert clusters() == [
        ("wire", ["wire", "paper"], None),
        ("anniversary", ["anniversary", "reprint"], None),
    ]
    assert names(project) == [["wire", "anniversary", "paper", "reprint"], ["short", "short2"]]


def test_a_later_copy_joins_those_gathered_or_confirmed(project, manager):
    first, second = add(project, "one", story()), add(project, "two", story())
    comparing.compare_new(project)
    copies.confirm(project, [first, second], by=manager, representative=second)
    add(project, "three", story())

    comparing.compare_new(project)

    assert clusters() == [("two", ["one", "two", "three"], manager)]


def test_what_a_person_took_apart_is_not_gathered_again(project, manager):
    for name in ("one", "two"):
        add(project, name, story())
    comparing.compare_new(project)
    copies.dissolve(Cluster.objects.get(), by=manager)
    add(project, "three", story())

    comparing.compare_new(project)

    assert clusters() == []
    assert names(project) == [["one", "two", "three"]]  # how the new one belongs is asked


def test_a_hundred_copies_of_one_text_are_one_cluster(project, monkeypatch):
    monkeypatch.setattr(comparing, "MOST_OF_A_SHINGLE", 5)
    monkeypatch.setattr(comparing, "BATCH", 7)
    for n in range(30):
        add(project, f"copy{n:02}", story())

    comparing.compare_new(project)

    assert [(first, len(found)) for first, found, _ in clusters()] == [("copy00", 30)]


# --- pages


def test_a_manager_confirms_some_of_a_proposal(client, project, manager, alike):
    client.force_login(manager)
    page = client.get(reverse("copies", args=["alliances"]))
    [proposal] = page.context["proposals"]
    assert [member.document for member in proposal.members] == alike

    response = client.post(
        reverse("judge_copies", args=["alliances"]),
        {
            "offered": [one.public_id for one in alike],
            "documents": [one.public_id for one in alike[:2]],
            "representative": alike[1].public_id,
            "verdict": "copies",
        },
        follow=True,
    )

    assert "“b” is coded for 2 copies." in response.content.decode()
    assert Cluster.objects.get().representative == alike[1]
    assert names(project) == []
    page = client.get(reverse("confirmed_copies", args=["alliances"])).content.decode()
    assert alike[1].get_absolute_url() in page


def test_a_manager_says_that_none_is_a_copy(client, project, manager, alike):
    client.force_login(manager)

    client.post(
        reverse("judge_copies", args=["alliances"]),
        {"offered": [one.public_id for one in alike], "verdict": "apart"},
    )

    assert (names(project), Cluster.objects.count()) == ([], 0)


def test_the_page_of_a_document_shows_its_copies(client, project, manager, alike):
    client.force_login(manager)
    copies.confirm(project, alike[:2], by=manager)

    context = client.get(alike[1].get_absolute_url()).context

    assert context["cluster"].representative == alike[0]
    assert [(one.document, one.is_copy) for one in context["alike"]] == [
        (alike[0], True),
        (alike[2], False),
    ]


def test_the_list_filters_by_copies(client, project, manager, alike):
    client.force_login(manager)
    add(project, "single", story(9))
    copies.confirm(project, alike[:2], by=manager)

    def found(wanted):
        page = client.get(reverse("documents", args=["alliances"]), {"copies": wanted}).context[
            "page"
        ]
        return [document.external_id for document in page]

    assert found("alike") == ["c"]
    assert found("confirmed") == ["a", "b"]
    assert found("single") == ["a", "c", "single"]
    assert found("no such") == ["a", "b", "c", "single"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_copies_asks_the_same_number_of_queries(
    client, project, manager, count, django_assert_num_queries
):
    client.force_login(manager)
    for n in range(count):
        add(project, f"one{n}", story(n))
        add(project, f"two{n}", story(n) + " x")
    comparing.compare_new(project)

    with django_assert_num_queries(9):
        page = client.get(reverse("copies", args=["alliances"]))

    assert len(page.context["proposals"]) == count
