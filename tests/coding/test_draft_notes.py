"""Draft notes: what the next version should say, until it is written in or dropped; who sees them where."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from coding import codebooks, draft_notes
from coding.models import DraftNote
from projects.models import LedgerLine
from projects.refusals import Invalid, WrongState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return factories.scene(submitted=False)


def test_a_note_waits_until_it_is_written_into_the_version_being_written(scene):
    by = scene.manager.user
    note = draft_notes.write(scene.project, words=" Say it. ", by=by, type_code="EX", field="form")

    assert (note.words, note.place, note.is_open) == ("Say it.", "EX.form", True)
    assert list(draft_notes.waiting(scene.project)) == [note]
    assert draft_notes.being_written(scene.project) == 2

    done = draft_notes.write_in(note, by=by)
    assert (done.version, done.done_by, done.is_open, done.is_dropped) == (2, by, False, False)
    assert list(draft_notes.waiting(scene.project)) == []
    assert list(draft_notes.written_into(scene.project, 2)) == [note]
    codebooks.load(scene.project, factories.BOOK.replace("1.0.0", "1.1.0"), by=by)
    assert draft_notes.being_written(scene.project) == 2, "the draft that is there"

    back = draft_notes.take_back(done, by=by)
    assert (back.version, back.is_open) == (None, True)
    dropped = draft_notes.drop(back, reason="It says so already.", by=by)
    assert (dropped.is_dropped, dropped.reason) == (True, "It says so already.")
    assert list(
        LedgerLine.objects.filter(verb__startswith="draft_note").order_by("n").values_list("verb", flat=True)
    ) == ["draft_note.write", "draft_note.write_in", "draft_note.take_back", "draft_note.drop"]  # fmt: skip


def test_what_makes_no_sense_is_refused(scene):
    by = scene.manager.user
    note = draft_notes.write(scene.project, words="Say it.", by=by)

    for words in ("", " ", "x" * 4_001):
        with pytest.raises(Invalid):
            draft_notes.write(scene.project, words=words, by=by)
        with pytest.raises(Invalid):
            draft_notes.reword(note, words=words, by=by)
    with pytest.raises(Invalid):
        draft_notes.drop(note, reason=" ", by=by)
    with pytest.raises(WrongState):
        draft_notes.take_back(note, by=by)
    draft_notes.write_in(note, by=by)
    for again in (
        lambda: draft_notes.write_in(note, by=by),
        lambda: draft_notes.reword(note, words="Other.", by=by),
        lambda: draft_notes.drop(note, reason="No.", by=by),
    ):
        with pytest.raises(WrongState):
            again()
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftNote.objects.filter(pk=note.pk).update(reason="Both.")


def test_the_editor_shows_what_waits_and_its_buttons_come_back_there(client, scene):
    client.force_login(scene.manager.user)
    editor = reverse("edit_codebook", args=[scene.project.slug])
    assert "side-notes" not in client.get(editor).content.decode()
    note = draft_notes.write(
        scene.project, words="Say <b>it</b>.", by=scene.manager.user, type_code="EX", field="form"
    )
    settle = reverse("settle_draft_note", args=[scene.project.slug, note.public_id])

    page = client.get(editor).content.decode()
    assert 'data-place="EX.form"' in page and "Say &lt;b&gt;it&lt;/b&gt;." in page
    worded = client.post(settle, {"act": "reword", "words": "Say it.", "back": editor})
    assert (worded.status_code, worded.headers["Location"]) == (302, editor)
    away = client.post(settle, {"act": "done", "back": "https://elsewhere.example/"})
    assert away.headers["Location"] == reverse("codebooks", args=[scene.project.slug])
    assert "side-notes" not in client.get(editor).content.decode()
    for refused in ({"act": "burn"}, {"act": "drop"}):
        assert client.post(settle, refused).status_code in {409, 422}


def test_the_version_says_which_notes_it_took_up_to_those_who_wrote_them(client, scene):
    by = scene.manager.user
    note = draft_notes.write(scene.project, words="A visit is no exercise.", by=by, type_code="EX")
    draft_notes.write_in(note, by=by)
    made = codebooks.load(scene.project, factories.BOOK.replace("1.0.0", "1.1.0"), by=by)
    codebooks.publish(made, by=by)
    address = reverse("codebook_changes", args=[scene.project.slug, 2])

    told = {}
    for person in (scene.manager, scene.adjudicator, scene.coder):
        client.force_login(person.user)
        told[person] = "A visit is no exercise." in client.get(address).content.decode()

    assert told == {scene.manager: True, scene.adjudicator: True, scene.coder: False}


def test_the_list_of_versions_tells_those_who_write_that_notes_wait(client, scene):
    draft_notes.write(scene.project, words="Say it.", by=scene.manager.user)
    address = reverse("codebooks", args=[scene.project.slug])

    told = {}
    for person in (scene.manager, scene.coder):
        client.force_login(person.user)
        told[person] = "1 draft note wait" in client.get(address).content.decode()

    assert told == {scene.manager: True, scene.coder: False}
