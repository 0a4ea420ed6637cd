"""Finding documents by words and filters, with the words in context, in both databases alike."""

import json
import os
import subprocess
import sys
from datetime import date

import pytest
from django.db import connection

from projects import jobs
from projects.refusals import Invalid
from sources import documents as verbs
from sources import outlines, state_lists, states
from sources.models import Mention, SearchRange
from sources.search import finding, indexing
from sources.search.finding import Wanted
from tests import factories, small
from tests.conftest import ROOT
from tests.sources import search_samples


@pytest.fixture
def library(db):
    return search_samples.fill()


def ids(project, words="", **filters):
    return [
        document.external_id
        for document in finding.documents(project, Wanted(words=words, **filters))
    ]


@pytest.mark.parametrize(
    "words, expected",
    [
        ("exercises", "shield"),
        ("EXERCISE", "shield"),  # in the title only
        ("exerc*", "shield"),
        ('"joint exercises"', "shield"),
        ('"exercises joint"', ""),
        ("1200 F-16*", "shield"),
        ("defense", "french treaty"),
        ("DEFENSE -treaty", "french"),
        ("parties OR accord", "french pact treaty"),
        ("防衛協力", "japan"),
        ("米国", "japan"),
        ("双方", "china 条约"),
        ("双方缔约", ""),
        ("동맹", "korea"),
        ('"الولايات المتحدة"', "arabic"),
        ("الدفاع", "arabic"),
        ("ไทย", "thai"),
        ("все еще", "russian"),
        ("istanbul uae", "turkish"),
        ('"quite surely here"', "long"),
        ('"ha silence"', "repeated"),
        ('"again ha"', ""),  # no phrase runs from the title into the text
    ],
)
def test_words_phrases_and_beginnings_find_documents(library, words, expected):
    assert sorted(ids(library, words)) == expected.split()


@pytest.mark.postgres
def test_both_databases_give_the_same_answers(on_postgres, tmp_path):
    run = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.sources.search_samples"],
        cwd=ROOT,
        env=os.environ
        | {"DATABASE_URL": f"sqlite:///{tmp_path}/a.sqlite3", "CONCORD_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    small = json.loads(run.stdout)

    large = json.loads(json.dumps(search_samples.answers(search_samples.fill())))

    assert connection.vendor == "postgresql"
    assert small == large
    assert sum(isinstance(answer, list) and bool(answer) for answer in small.values()) > 45


@pytest.mark.postgres
def test_settling_empties_what_waits_beside_the_index_and_changes_no_answer(on_postgres):
    project = search_samples.fill()
    before = search_samples.answers(project)
    with connection.cursor() as cursor:
        pending = "SELECT pending_pages FROM pgstatginindex('sources_searchrange_tokens')"
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pgstattuple")
        cursor.execute(pending)
        assert cursor.fetchone() != (0,)

        indexing.settle()

        cursor.execute(pending)
        assert cursor.fetchone() == (0,)
    assert search_samples.answers(project) == before


def test_hits_carry_offsets_pages_and_their_surroundings(library):
    wanted = Wanted(words="needle OR silence")

    shown = finding.show(list(finding.documents(library, wanted)), wanted)

    needle = search_samples.LIBRARY["long"][2].index("needle")
    silence = search_samples.LIBRARY["repeated"][2].index("silence")
    assert [(found.document.external_id, [(h.start, h.end, h.page) for h in found.hits]) for found in shown] == [
        ("repeated", [(silence, silence + 7, None)]),
        ("long", [(needle, needle + 6, 3)]),
    ]  # fmt: skip
    around = shown[1].hits[0].context
    assert (around.exact, around.after) == ("needle", " stands at the end: quite surely here.")
    assert around.before.endswith("and of nothing else. The ")


def test_words_in_the_title_are_shown_in_the_title(library):
    wanted = Wanted(words="exercise")

    [found] = finding.show(list(finding.documents(library, wanted)), wanted)

    assert found.title == [("Exercise", True), (" Shield begins", False)]
    assert found.hits == []


def test_at_most_three_hits_of_a_document_are_shown(library):
    wanted = Wanted(words='"staff talks"')

    [found] = finding.show(list(finding.documents(library, wanted)), wanted)

    assert len(found.hits) == 3


def test_filters_by_kind_outlet_days_and_states_named(library):
    verbs.describe(
        library.documents.get(external_id="treaty"),
        by=factories.user("founder"),
        kind="treaty",
        outlet="UNTS",
    )

    assert ids(library, kind="treaty") == ["treaty", "条约", "pact"]
    assert ids(library, outlet="UNTS") == ["treaty"]
    assert ids(library, "parties", kind="news") == []
    assert ids(library, since=date(1985, 3, 4), until=date(1999, 1, 1)) == [
        "long",
        "japan",
        "shield",
    ]
    assert ids(library, states=(2, 732)) == ["shield"]
    assert ids(library, states=(483,)) == ["french"]
    assert ids(library, "exercises", states=(483,)) == []


@pytest.mark.parametrize(
    "words, article, expected",
    [
        ("", "5", "pact 条约"),
        ("", "Article V", "pact 条约"),
        ("", "5 bis", "pact"),
        ("", "第五条", "pact 条约"),
        ("", "12", ""),
        ("attack", "5", "pact"),
        ("attack", "1", ""),
        ("attack -secret", "5", "pact"),  # secret stands in another article
        ("attack -consult", "5", ""),
        ("secret OR bases", "5", ""),
        ("friendship", "5", ""),  # in the title only
        ("军事援助", "5", "条约"),
        ("provid*", "5 BIS", "pact"),
    ],
)
def test_an_article_is_looked_into_by_its_number(library, words, article, expected):
    assert sorted(ids(library, words, article=article)) == expected.split()


def test_hits_are_of_the_article_alone_and_without_words_its_heading(library):
    def hits(words):
        wanted = Wanted(
            words=words, article="V", kind="treaty", since=date(1949, 4, 4), until=date(1949, 4, 4)
        )
        [found] = finding.show(list(finding.documents(library, wanted)), wanted)
        return [(hit.start, hit.context.exact) for hit in found.hits]

    article, consult = search_samples.PACT.index("Article V"), search_samples.PACT.rindex("consult")
    assert hits("consult") == [(consult, "consult")]
    assert hits("") == [(article, "Article V")]


def test_a_corrected_outline_is_what_articles_are_found_by(library):
    text = library.documents.get(external_id="pact").current_text
    founder = factories.user("founder")
    place = [one.label for one in outlines.values(text.outlines.get())].index("Article 6")

    outlines.change(text, place, by=founder, seen=1, label="Article 7")

    assert (ids(library, article="6"), ids(library, article="7")) == ([], ["pact"])


def test_a_projects_own_names_of_states_are_found_in_any_script(library):
    assert ids(library, states=(740,)) == []
    names = (state_lists.STANDARD / "states_names.csv").read_text()
    names += "740,日本,,,1\n740,اليابان,,,1\n2,アメリカ合衆国,,,1\n732,한국,,,1\n2,الولايات المتحدة,,,1\n710,中国,,,1\n"
    factories.document(library, "developing", body="发展中国家的合作。")
    factories.document(library, "seoul", body="한국은 동맹을 유지한다.")

    state_lists.load(
        library, "names", names.encode(), by=factories.user("founder"), filename="names.csv"
    )
    jobs.finish_all()

    assert ids(library, states=(740, 2)) == ["japan"]
    assert ids(library, states=(2,)) == ["japan", "shield", "arabic"]
    assert ids(library, states=(732,)) == ["shield", "seoul"]
    assert ids(library, states=(710,)) == []


def test_order_is_by_day_and_documents_without_a_day_come_last(library):
    assert ids(library)[0] == "turkish"
    assert ids(library)[-1] == "thai"
    assert ids(library, order="oldest")[0] == "pact"
    assert ids(library, order="oldest")[-1] == "thai"
    with pytest.raises(Invalid, match="newest, oldest"):
        ids(library, order="password")


def test_retired_and_unread_documents_are_not_found(library):
    verbs.retire(
        library.documents.get(external_id="shield"), by=factories.user("founder"), reason="twice"
    )

    assert ids(library, "exercises") == []


def test_a_new_title_is_found_and_the_old_one_is_not(library):
    document = library.documents.get(external_id="shield")

    verbs.describe(document, by=factories.user("founder"), title="Manoeuvres")

    assert ids(library, "manoeuvres") == ["shield"]
    assert ids(library, "exercise") == []
    assert ids(library, "exercises") == ["shield"]


def test_a_new_text_takes_the_place_of_the_old_one(library):
    document = library.documents.get(external_id="shield")

    factories.text(document, body="Nothing but Norway.")

    assert ids(library, "exercises") == []
    assert ids(library, "norway") == ["shield"]
    assert list(Mention.objects.filter(document=document).values_list("ccode", "count")) == [
        (385, 1)
    ]
    assert SearchRange.objects.filter(document=document).count() == 1


@pytest.mark.parametrize(
    "words, message",
    [
        ("-nothing", "Say at least one word that does occur"),
        ("exer*cise", "a star can only stand at the end"),
        ("*", "A star stands after the beginning of a word"),
        ("a*", "needs 2 letters or more"),
        ("OR treaty", "OR stands between"),
        ("treaty OR", "OR stands between"),
        ("treaty OR -x", "not one with a minus"),
        ("— ?!", "no letter or digit"),
        ('"' + "word " * 40 + '"', "at most 32 words"),
        ("word " * 30, "At most 20 words or phrases"),
    ],
)
def test_what_cannot_be_looked_for_is_said_in_plain_words(db, words, message):
    with pytest.raises(Invalid, match=message.replace("*", r"\*").replace("?", r"\?")):
        finding.documents(factories.project(), Wanted(words=words))


def test_states_are_read_from_codes_and_names():
    assert finding.states_of("2; South Korea, GMY,", states.standard()) == (2, 732, 255)
    with pytest.raises(Invalid, match="not a state in the list"):
        finding.states_of("Atlantis", states.standard())


@pytest.mark.parametrize("count", [1, 3])
def test_showing_asks_the_same_number_of_queries(db, count, django_assert_num_queries):
    project = factories.project()
    for n in range(count):
        factories.document(project, f"d{n}")
    wanted = Wanted(words="exercise")
    found = list(finding.documents(project, wanted))

    with django_assert_num_queries(3):
        assert len(finding.show(found, wanted)) == count


def test_a_document_is_found_as_soon_as_it_is_read(db):
    project = factories.project()
    verbs.add(
        project,
        by=factories.user("founder"),
        chunks=[b"Consultations in Ankara.\n"],
        filename="one.txt",
    )

    jobs.finish_all()

    assert ids(project, "ankara") == ["one"]


def test_documents_read_before_there_was_an_index_are_indexed_by_a_job(db):
    document = small.document(small.project(), "old", body="A needle of steel from Norway.")
    assert ids(document.project, "needle") == []

    job = jobs.enqueue(indexing.INDEX, document.project.slug, project=document.project, by=None)
    done = jobs.see_through(job)

    assert done.message == "1 documents indexed; 1 documents compared, 0 pairs alike"
    assert ids(document.project, "needle", states=(385,)) == ["old"]
