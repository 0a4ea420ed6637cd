"""Pages about codebooks: writing one, comparing two, languages, moving rounds, second looks."""

import pytest
from django.urls import reverse

from coding import assignments, codebooks, second_looks
from coding.models import Codebook, Manuscript, SecondLook
from projects import jobs
from projects.models import LedgerLine
from tests import small

pytestmark = pytest.mark.django_db
OTHER = small.CODEBOOK.replace("{code: 5, label: postponed}", "{code: 5, label: put off}")
BROKEN = small.CODEBOOK.replace("type: state_list", "type: sate_list")


@pytest.fixture
def project():
    return small.project("pact")


@pytest.fixture
def manager(client, project):
    client.force_login(small.manager_of(project))
    return client


def address(name, *arguments):
    return reverse(name, args=["pact", *arguments])


def drafts():
    return [(one.n, one.is_published, one.source) for one in Codebook.objects.order_by("n")]


# --- writing


def test_the_editor_begins_with_the_newest_version_or_what_is_chosen(manager, project):
    empty = manager.get(address("edit_codebook"))
    small.codebook(project)
    newest = manager.get(address("edit_codebook"))
    shipped = manager.get(address("edit_codebook"), {"standard": "signals-only"})

    texts = [answer.context["text"] for answer in (empty, newest, shipped)]
    assert texts == ["", small.CODEBOOK, codebooks.standard("signals-only")]
    assert newest.context["base"] == shipped.context["base"] == Codebook.objects.get().sha256
    assert not Manuscript.objects.exists()


def test_what_is_typed_is_kept_with_its_mistakes_and_only_looking_keeps_nothing(manager, project):
    looked = manager.post(address("check_codebook"), {"text": BROKEN, "look": "yes"}).json()
    assert not Manuscript.objects.exists()
    typed = manager.post(
        address("check_codebook"), {"text": BROKEN.replace("\n", "\r\n"), "base": ""}
    ).json()

    assert [(one["line"], one["path"]) for one in typed["problems"]] == [
        (4, "common_attributes[provider].type")
    ]
    assert looked == {"problems": typed["problems"]}
    assert manager.get(address("edit_codebook")).context["text"] == BROKEN
    assert (
        not Codebook.objects.exists()
        and not LedgerLine.objects.filter(verb="codebook.load").exists()
    )


def test_a_sound_text_is_answered_with_preview_lines_and_differences(manager, project):
    small.codebook(project)

    answer = manager.post(address("check_codebook"), {"text": OTHER}).json()

    assert (answer["problems"], answer["meaning"], answer["wording"], answer["languages"]) == (
        [],
        1,
        0,
        ["en"],
    )
    assert (answer["lines"]["EX"], answer["lines"]["status"]) == (14, 5)
    assert answer["book"]["types"][0]["code"] == "EX"
    assert "<del>postponed</del>" in answer["changes"] and "<ins>put off</ins>" in answer["changes"]


def test_what_is_written_in_a_codebook_never_becomes_markup(manager, project):
    small.codebook(project)
    evil = small.CODEBOOK.replace("label: postponed", 'label: "<img src=x onerror=alert(1)>"')

    answer = manager.post(address("check_codebook"), {"text": evil}).json()

    assert "<img" not in answer["changes"]


def test_saving_makes_the_draft_and_puts_the_manuscript_away(manager, project):
    manager.post(address("check_codebook"), {"text": OTHER, "base": ""})

    saved = manager.post(
        address("edit_codebook"), {"text": OTHER.replace("\n", "\r\n"), "base": ""}
    )

    assert saved.url == address("codebook", 1)
    assert drafts() == [(1, False, OTHER)]
    assert not Manuscript.objects.exists()


def test_a_text_that_cannot_be_saved_is_shown_again_and_kept(manager, project):
    answer = manager.post(address("edit_codebook"), {"text": BROKEN, "base": ""})

    assert answer.status_code == 422
    assert answer.context["text"] == BROKEN
    assert "<strong>Line 4</strong>" in answer.content.decode()
    assert (drafts(), Manuscript.objects.get().text) == ([], BROKEN)


def test_nobody_writes_over_what_somebody_else_saved_meanwhile(manager, project):
    first = small.codebook(project, published=False)
    theirs = small.codebook(project, OTHER, published=False)

    answer = manager.post(address("edit_codebook"), {"text": small.CODEBOOK, "base": first.sha256})

    assert "Somebody else saved another version" in answer.content.decode()
    assert (answer.context["text"], drafts()) == (small.CODEBOOK, [(1, False, OTHER)])
    assert (
        manager.post(
            address("edit_codebook"), {"text": small.CODEBOOK, "base": theirs.sha256}
        ).status_code
        == 302
    )


def test_a_manuscript_is_its_writers_alone_and_goes_only_when_they_say_so(manager, project, client):
    manager.post(address("check_codebook"), {"text": "mine"})
    kept = manager.get(address("edit_codebook"), {"standard": "signals-only"})
    other = small.member(project, "manager")

    client.force_login(other.user)
    assert client.get(address("edit_codebook")).context["text"] == ""
    client.force_login(small.manager_of(project))
    assert (kept.context["text"], kept.context["start"]) == ("mine", True)
    away = client.post(address("put_codebook_away"), {"standard": "signals-only"})
    assert away.url == address("edit_codebook") + "?standard=signals-only"
    assert not Manuscript.objects.exists()


@pytest.mark.parametrize("text", ["a\0b", "x" * 2_000_001])
def test_what_cannot_be_kept_is_refused(manager, project, text):
    assert manager.post(address("check_codebook"), {"text": text}).status_code == 422
    assert manager.post(address("edit_codebook"), {"text": text}).status_code == 422


# --- reading


def test_two_versions_are_compared_and_a_draft_only_for_those_who_may_edit(
    manager, project, client
):
    small.codebook(project)
    small.codebook(project, OTHER)
    small.codebook(project, OTHER.replace("Small book", "Third book"), published=False)

    page = manager.get(address("codebook_changes", 2))
    assert (page.context["comparison"].meaning, page.context["before"].n) == (1, 1)
    assert (
        manager.get(address("codebook_changes", 3), {"since": "1"}).context["comparison"].wording
        == 1
    )
    assert manager.get(address("codebook_changes", 1)).status_code == 404
    client.force_login(small.member(project).user)
    assert client.get(address("codebook_changes", 3)).status_code == 404
    assert client.get(address("codebook_changes", 2), {"since": "3"}).status_code == 404


def test_a_person_reads_in_their_own_language_or_their_browsers(manager, project):
    text = small.CODEBOOK.replace("label: Exercise", "label: {en: Exercise, fr: Exercice}")
    small.codebook(project, text)

    def shown(**header):
        page = manager.get(address("codebook", 1), **header)
        return page.context["shown"].types[0].type.label

    assert [shown(), shown(headers={"accept-language": "fr-CA, en;q=0.5"})] == [
        "Exercise",
        "Exercice",
    ]
    chosen = manager.post(address("choose_language"), {"language": "fr", "back": "//evil.example/"})
    assert (chosen.url, shown()) == (address("codebooks"), "Exercice")
    assert manager.post(address("choose_language"), {"language": "<b>"}).status_code == 422


def test_the_workspace_names_the_version_and_the_language_of_its_codebook(client, project):
    small.codebook(
        project, small.CODEBOOK.replace("label: Exercise", "label: {en: Exercise, fr: Exercice}")
    )
    work = small.assignment(small.member(project))
    client.force_login(work.coder.user)

    url = client.get(
        address("workspace", work.public_id), headers={"accept-language": "fr"}
    ).context["endpoints"]["codebook"]
    answer = client.get(url)

    fingerprint = work.round.codebook.sha256[:16]
    assert url.endswith(f"?fingerprint={fingerprint}&language=fr")
    assert (answer.json()["types"][0]["label"], answer["Cache-Control"]) == (
        "Exercice",
        "private, max-age=86400",
    )
    other = client.get(url.replace(fingerprint, "0" * 16))
    assert (other.json(), other["Cache-Control"]) == (answer.json(), "private, no-cache")


# --- moving


@pytest.fixture
def handed_in(project):
    sent = [*small.whole_event(), small.operation("outcome.set", outcome="events")]
    sent.append(small.operation("value.set", event=sent[0]["event"], field="status", value=5))
    sent.append(small.operation("value.set", event=sent[0]["event"], field="reason", value="rain"))
    work = small.coded(small.assignment(small.member(project)), sent)
    assignments.submit(work, by=work.coder.user)
    return work


def test_rounds_move_by_the_page_and_the_coder_answers(manager, project, client, handed_in):
    small.codebook(project, OTHER)
    assert [one.pk for one in manager.get(address("codebook", 2)).context["movable"]] == [
        handed_in.round.pk
    ]
    page = manager.get(address("move_codebook", 2))
    assert [(one.readings, one.unseen) for one in page.context["rounds"]] == [(1, 1)]
    assert manager.post(address("move_codebook", 2), {}).status_code == 422

    moved = manager.post(address("move_codebook", 2), {"rounds": [handed_in.round.public_id]})

    assert moved.url == address("move_codebook", 2)
    again = manager.post(address("move_codebook", 2), {"rounds": [handed_in.round.public_id]})
    assert again.status_code == 422
    jobs.finish_all()
    (job,) = manager.get(address("move_codebook", 2)).context["jobs"]
    assert (job.state, job.message) == (
        "done",
        f"“{handed_in.round.name}”: coded with version 2 from now on. 0 readings carried over; "
        "1 handed-in reading is back with its coder.",
    )
    client.force_login(handed_in.coder.user)
    assert handed_in.pk in client.get(address("my_work")).context["looks"]
    assert client.get(address("workspace", handed_in.public_id)).context["looks"] == 1
    again = client.get(address("second_look", handed_in.public_id))
    told = again.content.decode()
    assert "<del>postponed</del>" in told and "<ins>put off</ins>" in told
    client.post(
        address("second_look", handed_in.public_id), {"look": SecondLook.objects.get().public_id}
    )
    assert second_looks.waiting(handed_in) == []


def test_nobody_sees_or_answers_the_looks_of_others(manager, project, client, handed_in):
    small.codebook(project, OTHER)
    manager.post(address("move_codebook", 2), {"rounds": [handed_in.round.public_id]})
    jobs.finish_all()
    client.force_login(small.member(project).user)

    answers = [
        client.get(address("second_look", handed_in.public_id)),
        client.post(
            address("second_look", handed_in.public_id),
            {"look": SecondLook.objects.get().public_id},
        ),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert SecondLook.objects.get().answer == ""
