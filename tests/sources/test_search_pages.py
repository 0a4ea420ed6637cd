"""Search over HTTP: the page, the API, kept searches, the way to a hit, and what search never tells."""

from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from projects.models import LedgerLine
from projects.refusals import Invalid
from sources.models import SearchLog
from sources.search import log
from sources.search.finding import Wanted
from tests import factories
from tests.sources import search_samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    return search_samples.fill()


@pytest.fixture
def reader(client, library):
    client.force_login(factories.member(library, "ada").user)
    return client


def asked(client, **wanted):
    return client.get(reverse("search", args=["library"]), wanted)


def test_results_show_the_words_in_context_and_lead_to_their_place(reader, library):
    page = asked(reader, words='"joint exercises"')

    [found] = page.context["found"]
    [hit] = found.hits
    address = f"{found.document.get_absolute_url()}?start={hit.start}&amp;end={hit.end}#hit"
    assert address in page.content.decode()
    assert "began </span></span>" in page.content.decode()
    assert "<mark>joint exercises</mark>. F-16s" in page.content.decode()

    there = reader.get(found.document.get_absolute_url(), {"start": hit.start, "end": hit.end})
    assert '<mark id="hit" tabindex="-1">joint exercises</mark>' in there.content.decode()


def test_a_place_that_is_none_marks_nothing(reader, library):
    document = library.documents.get(external_id="shield")

    for place in (
        {"start": "x", "end": 4},
        {"start": 9, "end": 4},
        {"start": 10**9, "end": 10**10},
    ):
        page = reader.get(document.get_absolute_url(), place)
        assert (page.status_code, b"<mark" in page.content) == (200, False)


def test_filters_come_from_the_address(reader):
    page = asked(reader, states="USA; 732", since="1985-01-01", until="1985-12-31", kind="news")

    assert [found.document.external_id for found in page.context["found"]] == ["shield"]
    assert page.context["states"] == "2 732"
    several = reader.get(reverse("search", args=["library"]) + "?states=2&states=732")
    assert [found.document.external_id for found in several.context["found"]] == ["shield"]


def test_an_empty_search_asks_for_words(reader):
    page = asked(reader)

    assert not page.context["is_asked"]
    assert "What are you looking for?" in page.content.decode()


def test_nothing_found_says_what_to_try(reader):
    assert "Try the beginning of a word" in asked(reader, words="unheardof").content.decode()


@pytest.mark.parametrize(
    "wanted, told",
    [
        ({"words": "exer*cise"}, "a star can only stand at the end"),
        ({"states": "Atlantis"}, "not a state in the list"),
        ({"since": "1990-01-01", "until": "1980-01-01"}, "The last day lies before the first."),
        ({"kind": "password"}, "Select a valid choice"),
        ({"article": "the last"}, "“the last” is no number of an article"),
        ({"words": "x" * 600}, "at most 500 characters"),
    ],
)
def test_what_cannot_be_searched_is_told_beside_its_field(reader, wanted, told):
    page = asked(reader, **wanted)

    assert page.status_code == 422
    assert told in page.content.decode()


def test_what_is_typed_is_never_markup(reader):
    page = asked(reader, words='<script>alert("x")</script>').content.decode()

    assert "<script>alert" not in page


HOSTILE = {
    "a word": "exercises",
    "an open quote": '"joint exercises',
    "quotes within quotes": '"joint "exercises" "',
    "only quotes": '""""',
    "only operators": "OR OR OR",
    "operators of the databases": "a AND b NEAR/3 c NOT {d e} ^f col:g h* (i",
    "signs of the databases": "'::tsquery & ! <-> | ( ) :* \\' -- ;",
    "an injection": "o'brien\" OR 1=1; DROP TABLE sources_document; --",
    "wild cards": "%_\\*?[a-z]+",
    "only a star": "* ** ***",
    "only minuses": "- -- --- —",
    "NUL": "exer\x00cises",
    "only NUL": "\x00",
    "control characters": "\x01\x1b[31m\x7f exercise",
    "emoji": "👩‍👩‍👧‍👦 🇰🇷 🙂",
    "astral letters": "𝕏 𠮷野家",
    "marks without letters": "\u0301\u0301\u200d\ufe0f",
    "directions": "\u202eexercise\u202c \u200f",
    "a lone surrogate": "exercise \ud800",
    "markup": '<script>alert("x")</script>',
    "a format": "{0} %s %(x)s ${x} {{ x }}",
    "ten thousand letters": "x" * 10_000,
    "ten thousand words": "a " * 5_000,
    "ten thousand quotes": '"' * 10_000,
    "ten thousand minuses": "-" * 10_000,
    "many words": "ab " * 160,
    "many alternatives": " OR ".join(["ab"] * 80),
    "a long run of Han": "国" * 500,
    "a long phrase": '"' + "word " * 99 + '"',
    "many beginnings": "ab* " * 20,
    "an empty phrase": '-"" "" exercise',
}


FILTER_VALUES = ["\x00", "x" * 5_000, "💥", "-1", "9" * 21, "'", "٥"]
FILTERS = ["kind", "outlet", "since", "until", "states", "article", "order", "page"]


def unanswered(client) -> dict[str, object]:
    """What of all that gets no answer, or one that is not told in plain words."""
    failed: dict[str, object] = {}
    for name, words in HOSTILE.items():
        said = urlencode({"words": words.encode("utf-8", "surrogatepass")})
        page = client.get(f"{reverse('search', args=['library'])}?{said}")
        api = client.get(f"/api/v1/projects/library/search/?{said}")
        kept = client.post(
            reverse("keep_search", args=["library"]),
            said,
            content_type="application/x-www-form-urlencoded",
        )
        statuses = (page.status_code, api.status_code, kept.status_code)
        told = page.context["form"].errors.get("words", [])
        plain = all(one[0] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ“" and len(one) < 300 for one in told)
        if statuses not in {(200, 200, 302), (422, 422, 422)} or not plain:
            failed[name] = (statuses, told)
    for name in FILTERS:
        for value in FILTER_VALUES:
            status = asked(client, **{"words": "exercises", name: value}).status_code
            if status not in {200, 422}:
                failed[f"{name}={value}"] = status
    return failed


def test_whatever_is_asked_gets_an_answer_in_plain_words(reader):
    assert unanswered(reader) == {}


@pytest.mark.postgres
def test_whatever_is_asked_gets_an_answer_on_postgres(on_postgres, client):
    client.force_login(factories.member(search_samples.fill(), "ada").user)

    assert unanswered(client) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_queries(client, count, django_assert_num_queries):
    project = factories.project()
    for n in range(count):
        factories.document(project, f"d{n}")
    client.force_login(factories.user("founder"))

    with django_assert_num_queries(10):
        page = client.get(reverse("search", args=["alliances"]), {"words": "exercise"})

    assert len(page.context["found"]) == count


# --- the API


def test_the_api_gives_documents_with_hits(reader, library):
    answer = reader.get(
        "/api/v1/projects/library/search/", {"words": "防衛協力", "order": "oldest"}
    ).json()

    document = library.documents.get(external_id="japan")
    body = document.current_text.body
    start = body.index("防衛協力")
    assert answer == {
        "count": 1,
        "next": None,
        "results": [
            {
                "id": document.public_id,
                "external_id": "japan",
                "title": document.title,
                "kind": "news",
                "outlet": "",
                "published_on": "1997-09-23",
                "hits": [
                    {
                        "start": start,
                        "end": start + 4,
                        "page": None,
                        "before": body[:start],
                        "exact": "防衛協力",
                        "after": body[start + 4 :],
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    "wanted, told",
    [
        ({"author__password": "x"}, "“author__password” is no filter here"),
        ({"words": "-x"}, "words: Say at least one word"),
        ({"article": "?"}, "article: “?” is no number of an article"),
        ({"order": "-id"}, "is not a valid choice"),
    ],
)
def test_the_api_refuses_what_it_does_not_know(reader, wanted, told):
    answer = reader.get("/api/v1/projects/library/search/", wanted)

    assert answer.status_code == 422
    assert told in answer.json()["detail"]


def test_the_api_is_closed_to_others(client, library):
    assert client.get("/api/v1/projects/library/search/?words=x").status_code == 401
    client.force_login(factories.user("outsider"))
    assert client.get("/api/v1/projects/library/search/?words=x").status_code == 404


def test_the_api_filters_by_everything_the_page_does(reader, library):
    answer = reader.get(
        "/api/v1/projects/library/search/",
        {
            "words": "attack*",
            "article": "Article V",
            "kind": "treaty",
            "since": "1949-01-01",
            "until": "1949-12-31",
        },
    ).json()

    [found] = answer["results"]
    body = search_samples.PACT
    first, second = body.index("attack"), body.index("attack on all")
    assert (found["external_id"], [(hit["start"], hit["exact"]) for hit in found["hits"]]) == (
        "pact",
        [(first, "attack"), (second, "attack")],
    )
    outside = {"words": "attack", "article": "V", "until": "1948-01-01"}
    assert reader.get("/api/v1/projects/library/search/", outside).json()["count"] == 0


# --- what search never tells


def test_search_finds_nothing_of_what_was_coded(client):
    scene = factories.scene(reconciled=True)  # “Secret title of C2” is an event's title

    for person in (scene.coder, scene.adjudicator, scene.manager):
        client.force_login(person.user)
        for words in ("secret", '"Secret title"', "C2"):
            page = client.get(reverse("search", args=["alliances"]), {"words": words})
            assert page.context["page"].paginator.count == 0
            api = client.get("/api/v1/projects/alliances/search/", {"words": words})
            assert api.json()["results"] == []


def test_a_search_is_the_same_before_and_after_somebody_coded(client):
    scene = factories.scene(submitted=False)
    client.force_login(scene.coder.user)
    address = "/api/v1/projects/alliances/search/?words=exercise"
    before = client.get(address).json()

    factories.coded(factories.assignment(scene.round, scene.other), factories.event())

    assert client.get(address).json() == before


def test_coders_see_their_own_kept_searches_and_adjudicators_all(client):
    scene = factories.scene()
    own = log.keep(scene.project, Wanted(words="shield"), by=scene.coder.user)
    others = log.keep(scene.project, Wanted(words="exercise"), by=scene.other.user)

    def seen(person):
        client.force_login(person.user)
        page = client.get(reverse("searches", args=["alliances"])).context["page"]
        return [entry.words for entry in page]

    assert seen(scene.coder) == ["shield"]
    assert seen(scene.manager) == []
    assert seen(scene.adjudicator) == ["exercise", "shield"]
    client.force_login(scene.coder.user)
    assert client.get(reverse("kept_search", args=["alliances", own.public_id])).status_code == 200
    assert (
        client.get(reverse("kept_search", args=["alliances", others.public_id])).status_code == 404
    )


# --- kept searches


def test_a_search_is_kept_with_what_it_found(reader, library):
    response = reader.post(
        reverse("keep_search", args=["library"]),
        {
            "words": "parties  OR treaty",
            "since": "1950-01-01",
            "note": "all pacts",
            "order": "oldest",
        },
        follow=True,
    )

    entry = SearchLog.objects.get()
    assert (entry.words, entry.filters, entry.note) == (
        "parties OR treaty",
        {"since": "1950-01-01"},
        "all pacts",
    )
    assert (entry.hits, entry.searched, entry.documents) == (1, 14, ["treaty"])
    assert entry.by == factories.user("ada")
    page = response.content.decode()
    assert "1 of 14 documents" in page
    assert "words=parties+OR+treaty&amp;since=1950-01-01" in page
    assert LedgerLine.objects.get(verb="search.keep").difference == {
        "words": "parties OR treaty",
        "filters": {"since": "1950-01-01"},
        "hits": 1,
    }


def test_a_kept_search_tells_its_article_and_finds_it_again(reader):
    said = {"words": "attack", "article": " Article  V ", "kind": "treaty", "states": "USA"}
    reader.post(reverse("keep_search", args=["library"]), said | {"states": ""})

    entry = SearchLog.objects.get()
    assert (entry.filters, entry.hits) == ({"kind": "treaty", "article": "Article V"}, 1)
    page = reader.get(reverse("kept_search", args=["library", entry.public_id]))
    assert ("In article", "Article V") in page.context["said"]
    again = reader.get(page.context["again"])
    assert [found.document.external_id for found in again.context["found"]] == ["pact"]


def test_a_kept_search_for_a_state_that_the_list_has_no_more_is_still_told(reader, library):
    entry = log.keep(library, Wanted(states=(2, 9990)), by=factories.user("ada"))

    page = reader.get(reverse("kept_search", args=["library", entry.public_id]))

    assert page.context["said"] == [("States named", "United States of America, 9990")]


def test_a_kept_search_never_changes(library):
    entry = log.keep(library, Wanted(states=(2,)), by=factories.user("founder"))

    for change in (
        lambda: SearchLog.objects.filter(pk=entry.pk).update(hits=99),
        lambda: entry.delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_nothing_is_no_search_to_keep(library):
    with pytest.raises(Invalid, match="no words and no filter"):
        log.keep(library, Wanted(words="  "), by=factories.user("founder"))
