"""The pages of exchanges: what would be lost before it is, what is wrong before it is taken in, and who may do what."""

import io
import json
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coding.exchange import FORMATS
from coding.models import Assignment, Exchange
from projects import jobs
from sources import taking_down
from tests import factories, small

pytestmark = pytest.mark.django_db

TABLE = b"Document,Type,Title,Provider,Start,Status,Source\nd1,EX,Shield,USA,1951,4,NYT\nd1,EX,Sword,Utopia,1951,4,NYT\n,EX,Lance,USA,1952,4,Times\n"


@pytest.fixture
def scene():
    return factories.scene()


def words_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def address(scene, name, *arguments):
    return reverse(name, args=[scene.project.slug, *arguments])


def upload(client, scene, content, name, **more):
    sent = {"file": SimpleUploadedFile(name, content), "format": "", **more}
    return client.post(address(scene, "exchange"), sent)


def test_the_loss_of_every_format_stands_beside_its_choice(client, scene):
    client.force_login(scene.adjudicator.user)

    page = words_of(client.get(address(scene, "exchange")))

    assert all(
        sentence.replace("'", "&#x27;") in page
        for one in FORMATS.values()
        for sentence in one.losses
    )
    assert "Bring codings in" not in page


def test_what_a_format_would_hold_is_counted_before_the_file_is_made(client, scene):
    client.force_login(scene.adjudicator.user)

    looked = client.get(address(scene, "take_out"), {"format": "doccano"})
    made = client.post(address(scene, "take_out"), {"format": "doccano"}, follow=True)

    assert "2 codings of all rounds" in words_of(looked)
    assert re.search(r"coded values \d+ 0 all are lost", words_of(looked))
    exchange = Exchange.objects.get()
    assert (exchange.state, exchange.by) == ("done", scene.adjudicator.user)
    assert "Download" in words_of(made)
    file = client.get(address(scene, "exchanged_file", exchange.public_id))
    assert file["Content-Disposition"] == 'attachment; filename="alliances-doccano.zip"'
    assert b"".join(file).startswith(b"PK")


def test_a_coder_takes_out_own_codings_and_sees_no_other_word(client, scene):
    client.force_login(scene.coder.user)

    looked = words_of(client.get(address(scene, "take_out"), {"format": "concord"}))
    client.post(address(scene, "take_out"), {"format": "concord"})

    assert "1 coding of all rounds" in looked
    (own,) = Exchange.objects.get().options["assignments"]
    assert Assignment.objects.get(pk=own).coder == scene.coder


def test_a_format_that_is_none_leads_back(client, scene):
    client.force_login(scene.coder.user)

    response = client.get(address(scene, "take_out"), {"format": "xml"})

    assert response.headers["Location"] == address(scene, "exchange")


def test_a_table_goes_from_upload_over_columns_and_errors_to_events(client, scene):
    client.force_login(scene.manager.user)

    made = upload(client, scene, TABLE, "cases.csv")
    exchange = Exchange.objects.get()
    asked = words_of(client.get(made.headers["Location"]))
    form = client.get(made.headers["Location"]).context["form"]
    columns = {field.html_name: field.initial for field, _ in form.columns}
    assert "Shield · Sword · Lance" in asked
    assert list(columns.values()) == ["@document", "@type", "title", "provider", "start", "status", "@source"]  # fmt: skip

    sent = {"round": "new", "new_round": "By hand", "coder": "C1", "type": "", "blanks": "", **columns}  # fmt: skip
    checked = words_of(client.post(made.headers["Location"], sent, follow=True))
    assert "row 3 Provider “Utopia” is not a state in the list." in checked
    assert "row 2 Not taken in, because another row of the same coding is wrong." in checked
    assert "Take in 1 coding" in checked
    assert not Assignment.objects.filter(round__name="By hand").exists()

    done = words_of(client.post(address(scene, "bring_in", exchange.public_id), follow=True))
    assert "1 coding is taken in." in done
    (came,) = Assignment.objects.filter(round__name="By hand")
    assert (came.coder, came.state, came.origin.exchange_id) == (scene.coder, "submitted", exchange.pk)  # fmt: skip
    work = client.get(reverse("work", args=[scene.project.slug, came.round.public_id, came.public_id]))  # fmt: skip
    assert "Brought in from cases.csv, row 4 (spreadsheet)" in words_of(work)


def test_labels_and_names_of_a_file_are_asked_about(client, scene):
    client.force_login(scene.manager.user)
    body = scene.document.current_text.body
    line = {"text": body, "label": [[0, 3, "PER"]], "coder": "ada"}
    made = upload(client, scene, json.dumps(line).encode(), "ada.jsonl")

    asked = words_of(client.get(made.headers["Location"]))
    wrong = client.post(
        made.headers["Location"],
        {"round": scene.round.public_id, "coder_0": "C1", "unit": "utf-16", "label_0": "per"},
    )

    assert "“ada” in the file is" in asked
    assert "“PER” (1) means" in asked
    assert wrong.status_code == 422
    assert "Write a type and, if it proves a field of it, the field: EX.provider." in words_of(
        wrong
    )


def test_a_file_that_cannot_be_told_is_refused_beside_the_form(client, scene):
    client.force_login(scene.manager.user)

    response = upload(client, scene, b"\x89PNG", "a.png")

    assert response.status_code == 422
    assert "What “a.png” is cannot be told from it; say which format it has." in words_of(response)


def test_large_files_are_left_to_a_worker(client, scene, monkeypatch):
    monkeypatch.setattr("coding.exchange_views.SMALL_OUT", 0)
    client.force_login(scene.adjudicator.user)

    page = client.post(address(scene, "take_out"), {"format": "concord"}, follow=True)
    assert "Writing codings" in words_of(page)
    assert "Download" not in words_of(page)
    jobs.finish_all()

    assert Exchange.objects.get().state == "done"


def test_the_list_of_files_costs_the_same_however_long_it_is(
    client, scene, django_assert_num_queries
):
    client.force_login(scene.manager.user)
    counts = []
    for files in (1, 3):
        while Exchange.objects.count() < files:
            upload(client, scene, TABLE + b"\n" * Exchange.objects.count(), "cases.csv")
        with django_assert_num_queries(6):
            counts.append(client.get(address(scene, "exchange")).content.count(b"cases.csv"))

    assert counts == [1, 3]


@pytest.mark.parametrize(
    ("who", "holds"), [("coder", {"C1"}), ("adjudicator", {"C1", "C2"}), ("manager", set())]
)
def test_programs_get_what_the_person_may_see(client, scene, who, holds):
    client.force_login(getattr(scene, who).user)

    response = client.get(f"/api/v1/projects/{scene.project.slug}/codings/", {"as": "concord"})

    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        lines = [json.loads(line) for line in archive.read("codings.jsonl").splitlines()]
        assert "READ-ME.txt" in archive.namelist()
    assert {line["coder"] for line in lines} == holds
    assert Exchange.objects.get().by == getattr(scene, who).user


@pytest.mark.parametrize(
    ("who", "holds"), [("coder", {"C1"}), ("adjudicator", {"C1", "C2"}), ("manager", set())]
)
def test_programs_get_any_number_of_them_as_lines_while_they_are_read(
    client, scene, monkeypatch, who, holds
):
    monkeypatch.setattr("coding.exchange_api.MOST", 0)
    client.force_login(getattr(scene, who).user)
    address = f"/api/v1/projects/{scene.project.slug}/codings/"

    answer = client.get(address, {"as": "lines"})

    assert answer.streaming and answer["Content-Type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in b"".join(answer).splitlines()]
    assert {line["coder"] for line in lines} == holds
    assert (Exchange.objects.get().format, Exchange.objects.get().told["codings"]) == ("concord", len(lines))  # fmt: skip


@pytest.mark.parametrize("is_taken_down", [False, True])
def test_the_lines_are_those_of_the_file_to_the_letter(client, scene, is_taken_down):
    if is_taken_down:
        document = scene.project.documents.filter(assignments__state="submitted").first()
        taking_down.take_down(document, by=scene.manager.user, reason="licence ended")
    client.force_login(scene.adjudicator.user)
    address = f"/api/v1/projects/{scene.project.slug}/codings/"

    lines = b"".join(client.get(address, {"as": "lines"}))
    whole = client.get(address, {"as": "concord"})

    with zipfile.ZipFile(io.BytesIO(whole.content)) as archive:
        assert sorted(lines.splitlines()) == sorted(archive.read("codings.jsonl").splitlines())
    assert lines.count(b'"sha256"') == 2


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({"as": "xml"}, 422, "There is no format “xml”."),
        ({"round": "no"}, 404, "There is no such round in this project."),
    ],
)
def test_programs_are_told_what_is_not_there(client, scene, asked, status, said):
    client.force_login(scene.adjudicator.user)

    response = client.get(f"/api/v1/projects/{scene.project.slug}/codings/", asked)

    assert response.status_code == status
    assert said in json.dumps(response.json(), ensure_ascii=False)


def test_outsiders_learn_nothing_by_the_api(client, scene):
    client.force_login(factories.user("outsider"))

    assert client.get(f"/api/v1/projects/{scene.project.slug}/codings/").status_code == 404


def test_without_a_codebook_it_is_said_what_comes_first(client):
    project = small.project()
    client.force_login(small.manager_of(project))

    made = client.post(
        reverse("exchange", args=[project.slug]),
        {"file": SimpleUploadedFile("a.csv", TABLE), "format": ""},
    )
    page = client.get(made.headers["Location"])

    assert page.status_code == 404
    assert "a round needs a published codebook first" in words_of(page)
