"""One journey through the whole house by HTTP: pages for people, the API for programs, from files to a frozen release."""

import csv
import hashlib
import io
import zipfile
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from datasets import releases, verifying
from projects import jobs, ledger, tokens
from projects.models import Job, Membership, Project, User
from reconciliation.models import Group, Position
from tests.reconciliation.samples import CODEBOOK, operation

pytestmark = pytest.mark.django_db

TREATY = (
    "Treaty of Mutual Assistance\n\n"
    "Article I. Units of both Parties shall exercise together once a year.\n\n"
    "Done at Ottawa on 4 May 1950 between Canada and the United States of America, who have signed it.\n"
)
NEWS = (
    "# Ships meet off Halifax\n\n"
    "On 12 June 1951 five hundred sailors of Canada and the United States exercised together.\n\n"
    "The exercise ended two days later, an officer said in Halifax; nobody was hurt in it.\n"
)
QUIET = "A quiet week passed in Ottawa, where nothing of any note was done by the Parties to the treaty.\n"


class Person:
    """Somebody signed in, with their own browser."""

    def __init__(self, name: str) -> None:
        self.user = User.objects.create_user(name, password=f"{name}-long-password")
        self.client = Client(enforce_csrf_checks=False)
        answer = self.client.post(
            reverse("sign_in"), {"username": name, "password": f"{name}-long-password"}
        )
        assert answer.status_code == 302

    def page(self, address: str, /, *args: object) -> str:
        answer = self.client.get(reverse(address, args=args))
        assert answer.status_code == 200, (address, args, answer.status_code)
        return answer.content.decode()

    def post(self, address: str, /, *args: object, **sent: object) -> str:
        """Send a form; where it leads to."""
        answer = self.client.post(reverse(address, args=args), sent)
        assert answer.status_code == 302, (
            address,
            answer.status_code,
            answer.content.decode()[-3000:],
        )
        return answer.headers["Location"]


def code(person: Person, assignment: dict, *found: dict) -> None:
    """What the workspace does: load the state, send operations from its version, hand in."""
    base = f"/api/v1/assignments/{assignment['id']}/"
    state = person.client.get(base).json()
    operations = [operation("outcome.set", outcome="events" if found else "no_event")]
    for one in found:
        uid = uuid4()
        operations.append(operation("event.add", event=uid, type=one["type"]))
        operations += [
            operation("value.set", event=uid, field=name, value=value)
            for name, value in one["values"].items()
        ]
        start, end = one["passage"]
        operations.append(
            operation(
                "passage.link", event=uid, field="start", passage=uuid4(), start=start, end=end
            )
        )
    sent = {"operations": operations}
    done = person.client.post(
        f"{base}operations/",
        sent,
        content_type="application/json",
        headers={"If-Match": f'"{state["version"]}"'},
    )
    assert (done.status_code, done.json()["version"]) == (200, len(operations)), done.content
    # The same sent again is answered and not doubled; from an old version something else is refused with what it missed.
    again = person.client.post(
        f"{base}operations/", sent, content_type="application/json", headers={"If-Match": '"0"'}
    )
    assert again.json()["new"] == 0
    stale = person.client.post(
        f"{base}operations/", {"operations": [operation("outcome.set", outcome="")]},
        content_type="application/json", headers={"If-Match": '"0"'},
    )  # fmt: skip
    assert (stale.status_code, len(stale.json()["operations"])) == (412, len(operations))
    handed = person.client.post(f"{base}submit/", {}, content_type="application/json")
    assert (handed.status_code, handed.json()["state"]) == (200, "submitted"), handed.content


def test_from_files_to_a_frozen_release(tmp_path) -> None:
    dora, ada, ben = Person("dora"), Person("ada"), Person("ben")

    # Found a project; take people in.
    dora.post("found_project", title="The Pact", slug="pact", description="")
    project = Project.objects.get()
    dora.post("members", "pact", username="ada", label="C1", roles=["coder"])
    dora.post("members", "pact", username="ben", label="C2", roles=["coder"])
    own = Membership.objects.get(user=dora.user)
    dora.post(
        "member", "pact", own.public_id, label="PI", roles=["manager", "adjudicator", "exporter"]
    )
    assert "C1" in dora.page("members", "pact")

    # A codebook, read through and published.
    dora.post("load_codebook", "pact", text=CODEBOOK)
    assert "Book of the board" in dora.page("codebook", "pact", 1)
    dora.post("publish_codebook", "pact", 1)

    # Documents: one by a program with a token, two and a bad one by the upload page.
    _, secret = tokens.create(project, by=dora.user, name="scripts")
    by_token = {"Authorization": f"Bearer {secret}"}
    added = Client().post(
        "/api/v1/projects/pact/documents/",
        {
            "file": SimpleUploadedFile("treaty.txt", TREATY.encode()),
            "kind": "treaty",
            "external_id": "t1950",
        },
        headers=by_token,
    )
    assert (added.status_code, added.json()["state"]) == (201, "queued"), added.content
    uploaded = dora.client.post(
        reverse("upload", args=["pact"]),
        {
            "files": [
                SimpleUploadedFile("news.md", NEWS.encode()),
                SimpleUploadedFile("quiet.txt", QUIET.encode()),
                SimpleUploadedFile("empty.txt", b""),
            ],
            "kind": "news",
        },
    )
    assert uploaded.status_code == 200
    # Three readings beside the one before, and the comparing of what is new.
    assert jobs.finish_all() == 5
    listed = Client().get("/api/v1/projects/pact/documents/", headers=by_token).json()
    assert {row["external_id"]: row["state"] for row in listed["results"]} == {
        "t1950": "read", "news": "read", "quiet": "read", "empty": "failed",
    }  # fmt: skip
    assert "empty" in dora.page("documents", "pact")

    # A round: both coders read all three, blind.
    coders = {one.label: one.public_id for one in project.memberships.all()}
    address = dora.post(
        "open_round", "pact", name="pilot", coders=[coders["C1"], coders["C2"]], per_document=2, kind="", seed=3, instructions="Read all.",
    )  # fmt: skip
    opened = project.rounds.get()
    assert address == opened.get_absolute_url()
    texts = {row["external_id"]: row["id"] for row in listed["results"]}
    for coder, status, troops in ((ada, 4, 500), (ben, 4, 550)):
        queue = coder.client.get("/api/v1/projects/pact/assignments/").json()["results"]
        assert sorted(row["document"] for row in queue) == ["news", "quiet", "t1950"]
        for row in queue:
            text = coder.client.get(
                f"/api/v1/projects/pact/documents/{texts[row['document']]}/"
            ).json()["text"]["body"]
            words = {"t1950": "4 May 1950", "news": "12 June 1951", "quiet": ""}[row["document"]]
            at = (text.index(words), text.index(words) + len(words))
            assert "workspace" in coder.page("workspace", "pact", row["id"])
            if row["document"] == "t1950":
                code(
                    coder,
                    row,
                    {
                        "type": "TO",
                        "passage": at,
                        "values": {"provider": ["CAN", 2], "start": "1950-05-04", "binding": 1},
                    },
                )
            elif row["document"] == "news":
                code(
                    coder,
                    row,
                    {
                        "type": "EX",
                        "passage": at,
                        "values": {
                            "provider": [2],
                            "recipient": [20],
                            "start": "12 June 1951",
                            "status": status,
                            "troops": troops,
                        },
                    },
                )
            else:
                code(coder, row)
        # Blind: neither page nor API of a coder tells of the others.
        assert coder.client.get(reverse("reconciliation", args=["pact"])).status_code == 403

    # Reconcile by the button.
    dora.post("reconcile", "pact", opened.public_id)
    jobs.finish_all()
    assert Job.objects.exclude(state="done").count() == 0
    figures = dora.page("figures", "pact", opened.public_id)
    assert "Krippendorff" in figures or "alpha" in figures
    assert [group.members.count() for group in Group.objects.order_by("document__external_id")] == [
        2,
        2,
    ]

    # The board: what is agreed in bulk, the one conflict with a reason.
    news = project.documents.get(external_id="news")
    board = dora.client.get(reverse("board_queue", args=["pact", opened.public_id]))
    assert board.headers["Location"] == reverse(
        "board", args=["pact", opened.public_id, news.public_id]
    )
    assert "550" in dora.page("board", "pact", opened.public_id, news.public_id)
    dora.post("accept_round", "pact", opened.public_id)
    jobs.finish_all()
    left = Position.objects.get(decision=None)
    assert (left.field, left.candidates) == ("troops", {"C1": 500, "C2": 550})
    place = ("pact", opened.public_id, news.public_id)
    unreasoned = dora.client.post(
        reverse("decide", args=place),
        {"group": left.group.public_id, "field": "troops", "take": "C1"},
    )
    assert (unreasoned.status_code, "please give a reason" in unreasoned.content.decode()) == (
        422,
        True,
    )
    dora.post(
        "decide",
        *place,
        group=left.group.public_id,
        field="troops",
        take="C1",
        reason="The text says five hundred.",
        error_kind="slip",
    )
    assert "I00002" in dora.page("incidents", "pact")

    # A release: drafted, built, published, downloaded, verified.
    dora.post("releases", "pact", version="0.1.0")
    dora.post("build_release", "pact", "0.1.0")
    jobs.finish_all()
    for held in releases.held_back_by(project.releases.get()):
        dora.post("waive_check", "pact", "0.1.0", check=held["check"], reason="One round only.")
    dora.post("build_release", "pact", "0.1.0")
    jobs.finish_all()
    dora.post("publish_release", "pact", "0.1.0")
    release = project.releases.get()
    assert release.state == "published"
    for file in release.files.all():
        answer = dora.client.get(reverse("release_file", args=["pact", "0.1.0", file.path]))
        content = b"".join(answer.streaming_content)
        assert hashlib.sha256(content).hexdigest() == file.sha256, file.path
        (tmp_path / "one" / file.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "one" / file.path).write_bytes(content)
    assert verifying.verify(tmp_path / "one") == ()
    archive = b"".join(
        dora.client.get(reverse("release_zip", args=["pact", "0.1.0"])).streaming_content
    )
    zipfile.ZipFile(io.BytesIO(archive)).extractall(tmp_path / "whole")
    call_command("verify", str(next((tmp_path / "whole").iterdir())))

    # What a stranger reads in it leads back to the passage.
    def rows(name):
        return list(
            csv.DictReader(
                io.StringIO(next((tmp_path / "one").rglob(name)).read_text(encoding="utf-8"))
            )
        )

    by_type = {row["event_type"]: row for row in rows("incidents.csv")}
    assert sorted(by_type) == ["EX", "TO"]
    proofs = {
        row["quote"]
        for row in rows("evidence.csv")
        if row["incident_id"] == by_type["EX"]["incident_id"]
    }
    assert proofs == {"12 June 1951"}
    assert {
        (row["ccode1"], row["ccode2"], row["year"]) for row in rows("directed_dyad_year.csv")
    } >= {("2", "20", "1951")}
    assert [row["reason"] for row in rows("decisions.csv") if row["field"] == "troops"] == [
        "The text says five hundred."
    ]
    assert "ada" not in "".join(
        path.read_text(encoding="utf-8").lower() for path in (tmp_path / "one").rglob("c*ings.csv")
    )

    # Frozen, revealed, and on record.
    assert dora.client.post(reverse("build_release", args=["pact", "0.1.0"])).status_code == 409
    for state in ("closed", "revealed"):
        dora.post("move_round", "pact", opened.public_id, state=state)
    assert dora.page("ledger", "pact")
    assert ledger.verify(project) == []
