"""Taking a document down: nothing of its words is left in any table or file; what was coded stands on blackened words."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as live
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from coding import exchanges, questions
from coding.exporting import Share
from coding.models import Assignment, Operation, Passage
from coding.models.exchange import Exchange
from datasets.models import Release, ReleaseFile
from projects import jobs
from projects.models import LedgerLine
from projects.refusals import Invalid, Missing, WrongState
from sources import collections, documents, originals, taking_down
from sources.models import Document, Text
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "Zanzibarian quartermasters rehearsed beneath Kilimanjaro on 4 March 1985."
# Distinct words of the text that nothing else says.
TELLING = ("zanzibarian", "quartermasters", "kilimanjaro")


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def scene():
    """Coded by two, asked about, settled with a proof, taken out as a file, published once and drafted again."""
    scene = factories.scene(submitted=False)
    body = f"{WORDS}\nIt was the first of its kind."
    document = documents.add(
        scene.project, by=scene.manager.user, chunks=[body.encode()], filename="zanzibar.txt", title="A note"
    )  # fmt: skip
    jobs.finish_all()
    document.refresh_from_db()
    opened = factories.round_of(scene.project, [scene.coder, scene.other], [document], name="two")
    for coder, status in ((scene.coder, 4), (scene.other, 1)):
        given = factories.assignment(opened, coder)
        factories.coded(given, factories.event(status=status, evidence={"start": [[0, 40]]}))
    asked = factories.assignment(opened, scene.coder)
    questions.ask(asked, uid=uuid4(), words="Is this one?", by=scene.coder.user, span=(0, 26))
    return scene, document, opened


def everything_kept() -> str:
    """All rows of all tables and all stored files, in lower case."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        told = []
        for name in names:
            if name.startswith("sources_searchtokens"):
                continue
            cursor.execute(f'SELECT * FROM "{name}"')
            told += [str(row) for row in cursor.fetchall()]
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, sources_searchtokens, row)"
            )
            cursor.execute("SELECT term FROM temp.vocabulary")
            told += [term for (term,) in cursor.fetchall()]
            cursor.execute("DROP TABLE temp.vocabulary")
    for path in Path(live.FILES_DIR).rglob("*"):
        if path.is_file():
            told.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(told).lower()


def telling() -> list[str]:
    kept = everything_kept()
    return [word for word in TELLING if word in kept]


def take_down(document, by, capture, reason="The archive asked for it."):
    with capture(execute=True):
        return taking_down.take_down(document, by=by, reason=reason)


def test_nothing_of_its_words_is_left_anywhere(scene, django_capture_on_commit_callbacks):
    scene, document, opened = scene
    factories.run(opened, factories.holder(scene.adjudicator))
    exported = exchanges.ask_out(factories.holder(scene.coder), format="doccano", share=Share())
    jobs.finish_all()
    draft = factories.release(scene.project, state="built")
    assert telling() == list(TELLING)

    done = take_down(document, scene.manager.user, django_capture_on_commit_callbacks)

    assert telling() == []
    assert (done.state, done.reason, len(done.sha256)) == (
        "retired",
        "The archive asked for it.",
        64,
    )
    exported.refresh_from_db()
    draft.refresh_from_db()
    assert (exported.sha256, draft.state, draft.files.count()) == ("", "draft", 0)


def test_what_was_coded_stands_where_it_stood_on_blackened_words(
    scene, django_capture_on_commit_callbacks
):
    scene, document, opened = scene
    before = [
        list(rows)
        for rows in (
            Operation.objects.values_list(),
            Passage.objects.values_list("uid", "start", "end"),
            Assignment.objects.filter(document=document).values_list("state", "version"),
            Text.objects.values_list("sha256", "length", "blocks"),
        )
    ]

    take_down(document, scene.manager.user, django_capture_on_commit_callbacks)

    after = [
        list(rows)
        for rows in (
            Operation.objects.values_list(),
            Passage.objects.values_list("uid", "start", "end"),
            Assignment.objects.filter(document=document).values_list("state", "version"),
            Text.objects.values_list("sha256", "length", "blocks"),
        )
    ]
    assert after == before
    text = Text.objects.get(document=document)
    assert set(text.body) == {"█", "\n"}
    for passage in Passage.objects.filter(assignment__document=document):
        assert passage.exact == text.body[passage.start : passage.end] == "█" * 40


def test_a_published_release_keeps_its_files_byte_for_byte(
    scene, django_capture_on_commit_callbacks
):
    scene, document, opened = scene
    factories.run(opened, factories.holder(scene.adjudicator))
    published = factories.release(scene.project, state="published")
    before = {one.path: one.sha256 for one in published.files.all()}

    take_down(document, scene.manager.user, django_capture_on_commit_callbacks)

    published.refresh_from_db()
    assert published.state == Release.State.PUBLISHED
    assert {one.path: one.sha256 for one in published.files.all()} == before
    for one in ReleaseFile.objects.filter(release=published):
        assert (Path(live.FILES_DIR) / one.sha256[:2] / one.sha256).exists()


def test_open_work_on_it_is_withdrawn_with_the_reason(scene, django_capture_on_commit_callbacks):
    scene, document, _ = scene
    third = factories.round_of(scene.project, [scene.coder], [document], name="three")

    take_down(document, scene.manager.user, django_capture_on_commit_callbacks)

    given = factories.assignment(third, scene.coder)
    assert (given.state, given.reason) == ("withdrawn", "The document was taken down.")


def test_it_does_not_come_back_by_the_same_file(scene, django_capture_on_commit_callbacks):
    scene, document, _ = scene
    content = originals.read(document)
    take_down(document, scene.manager.user, django_capture_on_commit_callbacks)

    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(Invalid, match="which was taken down: The archive asked for it."),
    ):
        documents.add(scene.project, by=scene.manager.user, chunks=[content], filename="again.txt")
    with pytest.raises(Missing, match="gone for good"):
        originals.read(document.__class__.objects.get(pk=document.pk))
    with pytest.raises(WrongState):
        taking_down.take_down(document, by=scene.manager.user, reason="twice")
    assert telling() == []


def test_another_projects_document_of_the_same_bytes_stays_whole(
    scene, django_capture_on_commit_callbacks
):
    scene, document, _ = scene
    elsewhere = factories.project("elsewhere", by=factories.user("other-founder"))
    theirs = documents.add(
        elsewhere, by=factories.user("other-founder"), chunks=[originals.read(document)], filename="b.txt"
    )  # fmt: skip
    jobs.finish_all()

    take_down(document, scene.manager.user, django_capture_on_commit_callbacks)

    assert WORDS in originals.read(theirs).decode()
    theirs.refresh_from_db()
    assert theirs.current_text.body.startswith(WORDS)


def test_an_article_goes_out_of_its_table_and_its_neighbours_stay(
    django_capture_on_commit_callbacks,
):
    project = factories.project()
    founder = factories.user("founder")
    table = f'title,text\nOne,"{WORDS}"\nTwo,"A second article stays as it is."\n'
    with django_capture_on_commit_callbacks(execute=True):
        collections.take_in(project, by=founder, chunks=[table.encode()], filename="wire.csv")
    jobs.finish_all()
    first, second = Document.objects.filter(project=project).order_by("line")
    assert telling() == list(TELLING)

    take_down(first, founder, django_capture_on_commit_callbacks)

    assert telling() == []
    second.refresh_from_db()
    assert originals.read(second).decode() == "Two\n\nA second article stays as it is."


def test_only_blackening_gets_past_the_triggers(scene):
    _, document, _ = scene
    text = Text.objects.get(document=document)

    for change in ({"body": "other"}, {"body": "█"}, {"length": 3}, {"body": "", "length": 0}):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            Text.objects.filter(pk=text.pk).update(**change)
    text.refresh_from_db()
    assert text.body.startswith(WORDS)


def test_the_page_says_what_stays_before_and_why_afterwards(
    client, scene, django_capture_on_commit_callbacks
):
    scene, document, _ = scene
    client.force_login(scene.manager.user)
    address = document.get_absolute_url()
    page = client.get(address).content.decode()
    asked = reverse("take_down", args=[scene.project.slug, document.public_id])

    unsure = client.post(asked, {"reason": "The archive asked for it."})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(asked, {"reason": "The archive asked for it.", "sure": "on"})
    after = client.get(address).content.decode()

    assert "Published releases are frozen and keep what they quote" in page
    assert unsure.status_code == 422
    assert "The archive asked for it." in after and "Zanzibarian" not in after
    line = LedgerLine.objects.get(verb="document.take_down")
    assert (line.by_label, line.difference["reason"]) == ("M1", "The archive asked for it.")
    assert client.get(reverse("original", args=[scene.project.slug, document.public_id])).status_code == 404  # fmt: skip


def test_the_command_does_the_same(scene, capsys, django_capture_on_commit_callbacks):
    scene, document, _ = scene

    with django_capture_on_commit_callbacks(execute=True):
        call_command("take_down", scene.project.slug, document.external_id, reason="Asked for.")

    assert "is taken down" in capsys.readouterr().out
    assert telling() == []


def test_a_file_of_codings_not_yet_taken_in_goes_and_says_why(
    scene, django_capture_on_commit_callbacks
):
    scene, document, _ = scene
    line = json.dumps({"text": WORDS, "label": []})
    brought = exchanges.bring_in(
        scene.project,
        by=scene.manager.user,
        content=line.encode(),
        filename="codings.jsonl",
        format="doccano",
    )

    take_down(document, scene.manager.user, django_capture_on_commit_callbacks)

    brought.refresh_from_db()
    assert (brought.state, brought.sha256) == (Exchange.State.FAILED, "")
    assert "a document of the project was taken down" in brought.reason
