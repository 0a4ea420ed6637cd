"""The street by commands: for people, as JSON, and non-zero when something was refused after doing what could be done."""

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from coding.models import Assignment, Codebook
from datasets.models import Release
from projects.models import Membership, Project, User
from reconciliation.models import Decision, Group, ResolvedEvent
from sources.models import Document
from tests.reconciliation.samples import LINE, SILENT, aligned_table, document, event, table

pytestmark = pytest.mark.django_db


def run(*words: object, **options) -> SimpleNamespace:
    """A command as a person runs it: what it printed, what it said of refusals, how it ended."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command(*[str(word) for word in words], stdout=out, stderr=err, **options)
    except SystemExit as ended:
        code = ended.code
    except CommandError as error:
        code, _ = error.returncode, err.write(str(error))
    return SimpleNamespace(
        lines=out.getvalue().splitlines(), refused=err.getvalue().splitlines(), code=code
    )


def as_json(*words: object) -> tuple[dict, int]:
    done = run(*words, "--json")
    assert done.refused == [], "with --json everything stands in the one object"
    return json.loads("\n".join(done.lines)), done.code


def write(path: Path, *lines: object) -> Path:
    path.write_bytes(
        b"".join(
            (line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n"
            for line in lines
        )
    )
    return path


# --- create_project, add_member, create_token


def test_create_project_founds_it_with_a_published_codebook() -> None:
    data, code = as_json("create_project", "pact", "--title", "The Pact")

    assert (data, code) == (
        {
            "ok": True, "project": "pact", "title": "The Pact", "founder": "console",
            "codebook": {"n": 1, "title": data["codebook"]["title"], "types": 12, "fields": data["codebook"]["fields"]},
            "refused": [],
        },
        0,
    )  # fmt: skip
    assert Codebook.objects.get().is_published
    assert User.objects.get().has_usable_password() is False
    assert run("create_project", "second", "--title", "Two", "--codebook", "signals-only").lines[
        0
    ] == ("Project second “Two” founded by console.")


@pytest.mark.parametrize(
    ("slug", "more", "said"),
    [
        ("Not A Slug", (), "A project's short name is 2 to 60 lower-case letters"),
        ("taken", (), "There is already a project “taken”."),
        (
            "new",
            ("--codebook", "no-such-book"),
            "“no-such-book” is neither a file nor a codebook that ships",
        ),
        ("new", ("--by", "nobody"), "There is no user “nobody”"),
        ("new", ("--codebook", "latin.yaml"), "latin.yaml is not UTF-8 (byte 9)."),
        ("new", ("--codebook", "wrong.yaml"), "The codebook has mistakes; nothing was changed. "),
        ("new", ("--codebook", "empty.yaml"), "The codebook has mistakes; nothing was changed. "),
    ],
)
def test_create_project_refuses_in_words_and_leaves_nothing(
    slug, more, said, tmp_path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "latin.yaml").write_bytes("codebook\xe9".encode("latin-1"))
    (tmp_path / "wrong.yaml").write_text("codebook: {id: x}\nevent_types: 4\n")
    (tmp_path / "empty.yaml").write_text("")
    run("create_project", "taken", "--title", "T")

    done = run("create_project", slug, "--title", "T", *more)
    data, code = as_json("create_project", slug, "--title", "T", *more)

    assert (done.code, done.refused[0][: len(said)]) == (1, said)
    assert (code, data["ok"], data["error"][: len(said)]) == (1, False, said)
    assert list(Project.objects.values_list("slug", flat=True)) == ["taken"]


def test_add_member_makes_the_person_gives_roles_and_changes_them() -> None:
    run("create_project", "pact", "--title", "T")

    first, _ = as_json("add_member", "pact", "ada", "--roles", "coder")
    second, _ = as_json(
        "add_member", "pact", "ada", "--roles", "coder,adjudicator", "--label", "C7"
    )

    told = {"ok": True, "project": "pact", "user": "ada", "refused": []}
    assert first == {**told, "label": "C1", "roles": ["coder"], "made": True}
    assert second == {**told, "label": "C7", "roles": ["adjudicator", "coder"], "made": False}
    for words, said in (
        (
            ("pact", "ben", "--roles", "king"),
            "Roles are coder, adjudicator, exporter, manager; not king.",
        ),
        (
            ("pact", "ben", "--roles", "coder", "--label", "C7"),
            "The label C7 belongs to another member.",
        ),
        (("pact", "ben", "--roles", "coder", "--label", "7"), "A label is a letter followed by"),
        (("pact", "b n", "--roles", "coder"), "A user name is letters, digits"),
        (("none", "ben", "--roles", "coder"), "There is no project “none” (projects: pact)."),
        (("pact", "console", "--roles", "coder"), "A project needs a manager"),
    ):
        done = run("add_member", *words)
        assert (done.code, done.refused[0][: len(said)]) == (1, said)
    assert set(Membership.objects.values_list("label", flat=True)) == {"M1", "C7"}


def test_a_command_acts_for_a_member_who_may_or_for_the_one_named() -> None:
    run("create_project", "pact", "--title", "T")
    run("add_member", "pact", "ada", "--roles", "coder")

    data, _ = as_json("create_token", "pact", "scripts", "--by", "ada")
    assert (data["owner"], data["token"][:8]) == ("ada", "concord_")
    for words, said in (
        (
            ("add_member", "pact", "ben", "--roles", "coder", "--by", "ada"),
            "Your roles in this project do not let you",
        ),
        (
            ("release", "pact", "--version", "0.1.0"),
            "Nobody in “pact” may draft and build releases",
        ),
        (("reconcile", "pact", "--by", "nobody"), "There is no user “nobody”."),
    ):
        done = run(*words)
        assert (done.code, done.refused[0][: len(said)]) == (1, said)


# --- import_documents


GOOD = "Treaty of Friendship\n\nDone at Lisbon on the second day of May 1950 between the two Parties hereto.\n"


def test_import_documents_takes_what_it_can_and_tells_each_file_it_cannot(
    tmp_path, settings
) -> None:
    run("create_project", "pact", "--title", "T")
    settings.UPLOAD_LIMIT_BYTES = 10_000
    folder = tmp_path / "in"
    (folder / "below").mkdir(parents=True)
    (folder / "treaty.txt").write_text(GOOD)
    (folder / "below" / "note.md").write_text(f"# Note\n\n{GOOD}")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF")
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "twin.txt").write_text(GOOD)
    (folder / "large.txt").write_text("a" * 10_001)
    (folder / ".hidden.txt").write_text("not meant")

    done = run("import_documents", "pact", folder, tmp_path / "nowhere", "--kind", "treaty")

    assert done.code == 1
    assert done.lines == ["5 documents added: 2 read, 3 could not be read; 1 already here."]
    refused = {
        line.removeprefix("refused: ").split(":")[0].rsplit("/", 1)[-1]: line
        for line in done.refused
    }
    assert set(refused) == {
        "empty.txt",
        "broken.pdf",
        "noise.txt",
        "twin.txt",
        "large.txt",
        "nowhere",
    }
    assert "empty" in refused["empty.txt"]
    assert "“treaty”" in refused["twin.txt"] and "larger than" in refused["large.txt"]
    assert "there is no such file or folder" in refused["nowhere"]
    assert dict(Document.objects.values_list("external_id", "state")) == {
        "treaty": "read", "note": "read", "empty": "failed", "broken": "failed", "noise": "failed",
    }  # fmt: skip
    assert set(Document.objects.filter(state="read").values_list("kind", flat=True)) == {"treaty"}

    data, code = as_json("import_documents", "pact", folder / "treaty.txt")
    assert (code, data["counts"]) == (
        1,
        {"added": 0, "read": 0, "failed": 0, "queued": 0, "already_here": 1},
    )


def test_import_documents_tells_each_file_as_it_is_reached_where_that_is_asked_for(
    tmp_path,
) -> None:
    run("create_project", "pact", "--title", "T")
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{GOOD}{name}")

    quiet = run("import_documents", "pact", tmp_path / "a.txt")
    told = run("import_documents", "pact", tmp_path, verbosity=2)

    assert quiet.refused == []
    assert told.refused[:2] == ["1 of 2  a.txt", "2 of 2  b.txt"]


def test_import_documents_can_leave_the_reading_to_a_worker(tmp_path) -> None:
    run("create_project", "pact", "--title", "T")
    (tmp_path / "a.txt").write_text(GOOD)

    data, code = as_json("import_documents", "pact", tmp_path / "a.txt", "--no-wait")

    assert (code, data["counts"]["queued"], data["documents"]) == (
        0,
        1,
        [{"document": "a", "file": "a.txt", "kind": "other", "title": "a", "state": "queued", "reason": "",
          "characters": None, "pages": None, "warnings": []}],
    )  # fmt: skip


# --- open_round


@pytest.fixture
def pact() -> Project:
    """A project with the small codebook, two coders, an adjudicating exporter and three documents, no round."""
    made = table({}, slug="pact", labels=("C1", "C2"))
    made.round.delete()
    for name in ("d1", "d2", "d3"):
        document(made.round.project, name, by=made.pi.user)
    return made.round.project


def test_open_round_draws_and_says_who_got_what(pact) -> None:
    data, code = as_json(
        "open_round", "pact", "pilot", "--coders", "C1,C2", "--per-document", 2, "--seed", 5
    )

    assert code == 0
    assert {name: data[name] for name in ("project", "round", "seed", "codebook", "assignments", "load")} == {
        "project": "pact", "round": "pilot", "seed": 5, "codebook": 1,
        "assignments": {name: ["C1", "C2"] for name in ("d1", "d2", "d3")}, "load": {"C1": 3, "C2": 3},
    }  # fmt: skip
    chosen, _ = as_json(
        "open_round",
        "pact",
        "one",
        "--coders",
        "C2",
        "--per-document",
        1,
        "--documents",
        "d2",
        "d3.txt",
    )
    assert chosen["assignments"] == {"d2": ["C2"], "d3": ["C2"]}
    assert run(
        "open_round", "pact", "third", "--coders", "C1", "--per-document", 1, "--seed", 1
    ).lines == [
        "Round “third” opened: 3 documents, 1 coder each, seed 1.",
        "Assignments: C1 3.",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("again", "--coders", "C1,C9"), "“C9” is no member of pact. Members: "),
        (("again", "--coders", "PI"), "PI is not a coder of this project."),
        (("again", "--coders", "C1", "--per-document", 2), ""),
        (("again", "--coders", "C1,C1", "--per-document", 2), ""),
        (("again", "--coders", "C1", "--per-document", 0), ""),
        (
            ("again", "--coders", "C1", "--per-document", 1, "--documents", "d9"),
            "There is no document “d9”",
        ),
        (("pilot", "--coders", "C1", "--per-document", 1), "There is already a round “pilot”."),
        ((" ", "--coders", "C1", "--per-document", 1), "A round needs a name"),
        (("again", "--coders", " , ", "--per-document", 1), ""),
    ],
)
def test_open_round_refuses_in_words(pact, words, said) -> None:
    run("open_round", "pact", "pilot", "--coders", "C1", "--per-document", 1)

    done = run("open_round", "pact", *words)

    assert (done.code, done.refused[0][: len(said)], done.lines) == (1, said, [])
    assert list(pact.rounds.values_list("name", flat=True)) == ["pilot"]


# --- import_codings


def line(document: str = "d1", coder: str = "C1", *found: dict, **more) -> dict:
    return {
        "document": document,
        "coder": coder,
        "outcome": "events",
        "events": list(found or [event()]),
        **more,
    }


def far(start: int, end: int) -> dict:
    return {**event(), "evidence": {"start": [[start, end]]}}


BAD = [
    (b'{"document": "d\xe9"}', "The line is not UTF-8 (byte 16)"),
    (b"{", "The line is not JSON"),
    (b"[]", "The line must be a JSON object."),
    (line(colour="red"), "Unknown key “colour”"),
    (line("d9"), "There is no document “d9” in this project."),
    (line(coder="C9"), "There is no coder “C9” in this project (coders: C1, C2)."),
    (line(coder="PI"), "There is no coder “PI”"),
    ({**line(), "outcome": "perhaps"}, "The outcome is one of"),
    ({**line(), "outcome": "no_event"}, "The outcome says there is nothing to code"),
    ({**line(), "events": []}, "The outcome says events, but none is coded."),
    (line("d1", "C1", {**event(), "type": "XX"}), "event 1: “XX” is no event type"),
    (line("d1", "C1", event(colour="red")), "event 1: Events of type EX have no field “colour”."),
    (line("d1", "C1", event(), event(status=99)), "event 2: status: "),
    (line("d1", "C1", event(provider=["Atlantis"])), "event 1: provider: "),
    (line("d1", "C1", event(provider=[9999])), "event 1: provider: "),
    (line("d1", "C1", event(start="the day after")), "event 1: start: "),
    (line("d1", "C1", event(status="-3")), "event 1: status: "),
    (line("d1", "C1", far(0, 10 * LINE + 1)), f"event 1: The passage 0-{10 * LINE + 1} does not lie in the text, which runs from 0 to {10 * LINE}."),
    (line("d1", "C1", far(5, 5)), "event 1: The passage 5-5 does not lie in the text"),
    (line("d1", "C1", far(-1, 5)), "event 1: The passage -1-5 does not lie in the text"),
    (line("d1", "C1", {**event(), "evidence": {"start": [0, 5]}}), "event 1: the evidence of start must be a list of [start, end]."),
    (line("d1", "C1", {**event(), "whole_document": {"start": ""}}), "event 1: Say why the whole document is the evidence."),
    (line(near_misses=[{**event(), "reason": "mood"}]), "near miss 1: “mood” is no near-miss reason"),
    (line("d1", "C1", event(own_id="a"), event(own_id="a")), "event 2: the id “a” stands twice."),
]  # fmt: skip


@pytest.fixture
def open_pact(pact) -> Project:
    run("open_round", "pact", "pilot", "--coders", "C1,C2", "--per-document", 2, "--seed", 1)
    return pact


@pytest.mark.parametrize(("bad", "said"), BAD)
def test_import_codings_tells_a_bad_line_and_takes_the_good_ones(
    open_pact, tmp_path, bad, said
) -> None:
    path = write(tmp_path / "codings.jsonl", line("d2"), bad, line("d2", "C2", event(start="1951")))

    done = run("import_codings", "pact", path)

    assert (done.code, done.lines) == (1, ["2 of 3 lines imported: 2 events, 0 near misses."])
    assert len(done.refused) == 1
    assert done.refused[0].startswith(f"refused: line 2: {said}"), done.refused[0]
    assert Assignment.objects.filter(document__external_id="d1").exclude(version=0).count() == 0


def test_import_codings_tells_duplicates_and_what_was_left_blank(open_pact, tmp_path) -> None:
    path = write(
        tmp_path / "codings.jsonl", line("d1", near_misses=[{"type": "MA", "reason": "talk"}]), line("d1", outcome="no_event", events=[]),
        {"document": "d2", "coder": "C1", "outcome": "no_event"}, b"",
    )  # fmt: skip

    data, code = as_json("import_codings", "pact", path, "--round", "pilot")

    assert code == 1
    assert {name: data[name] for name in ("lines", "imported", "events", "near_misses", "notices")} == {
        "lines": 3, "imported": 2, "events": 1, "near_misses": 1, "notices": [],
    }  # fmt: skip
    assert data["problems"] == [
        {"line": 2, "message": "C1's coding of “d1” is already submitted; it was left as it is."}
    ]
    assert data["refused"] == [
        "line 2: C1's coding of “d1” is already submitted; it was left as it is."
    ]


def test_import_codings_gives_a_document_that_was_not_drawn_only_on_request(pact, tmp_path) -> None:
    run("open_round", "pact", "pilot", "--coders", "C1", "--per-document", 1, "--documents", "d1")
    path = write(tmp_path / "codings.jsonl", line("d2", "C2"))

    assert (
        "With --assign the coder is given it now." in run("import_codings", "pact", path).refused[0]
    )
    assert run("import_codings", "pact", path, "--assign").code == 0


def test_import_codings_wants_a_file_with_something_in_it(open_pact, tmp_path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"")
    for name, said in (
        ("empty.jsonl", "empty.jsonl is empty; nothing was done."),
        ("none.jsonl", "There is no file "),
    ):
        done = run("import_codings", "pact", tmp_path / name)
        assert (done.code, done.refused[0][: len(said)]) == (1, said)
    good = write(tmp_path / "good.jsonl", line())
    assert run("import_codings", "pact", good, "--round", "x").refused == [
        "There is no round “x” (rounds: pilot)."
    ]


# --- reconcile, adjudicate, release, verify


TWO = {
    "d1": {"C1": [event(own_id="a", status=1)], "C2": [event(status=4)]},
    "d2": {"C1": SILENT, "C2": SILENT},
}


def test_reconcile_does_every_round_it_can_and_lists_conflicts() -> None:
    made = table(TWO, slug="pact")
    project = made.round.project
    project.rounds.create(name="Empty", codebook=made.round.codebook, per_document=1, seed=1)

    done = run("reconcile", "pact")
    data, code = as_json("reconcile", "pact", "--round", "Round one")

    # A round nobody handed in for yet is left out and told; asked for by name it is refused.
    empty = run("reconcile", "pact", "--round", "Empty")
    assert (done.code, done.refused) == (0, [])
    assert done.lines[0] == "Round “Empty” was left out: nobody has handed in anything yet."
    assert empty.code == 1
    assert empty.refused == [
        "refused: round “Empty”: Nobody has handed in anything in this round yet."
    ]
    assert done.lines[1] == (
        "Round “Round one”, run 1: 2 events of 2 documents in 1 group (0 found by one coder only); "
        "5 of 6 positions agreed, 1 conflict."
    )
    assert done.lines[-1] == "  conflict: d1 C1:a, C2:1 status: C1 1; C2 4"
    (told,) = data["rounds"]
    assert (code, told["round"], told["run"], told["counts"]["conflicts"]) == (0, "Round one", 2, 1)
    assert told["conflicts"] == [
        {
            "document": "d1",
            "group": made.group().public_id,
            "about": ["C1:a", "C2:1"],
            "field": "status",
            "state": "differs",
            "candidates": {"C1": 1, "C2": 4},
        }
    ]
    assert all((figure["value"] is None) == bool(figure["reason"]) for figure in told["figures"])
    assert run("reconcile", "pact", "--round", "none").code == 1


def test_reconcile_without_a_round_says_what_comes_first() -> None:
    run("create_project", "pact", "--title", "T")
    run("add_member", "pact", "pi", "--roles", "adjudicator")

    assert run("reconcile", "pact").refused == [
        "This project has no round yet; open_round opens one."
    ]


def test_adjudicate_takes_the_good_decisions_then_accepts_what_is_agreed(tmp_path) -> None:
    made = aligned_table(TWO, slug="pact")
    status = {"document": "d1", "about": "C1:a", "field": "status"}
    path = write(
        tmp_path / "decisions.jsonl",
        {**status, "take": "C1"}, b"\xff", {**status, "take": "C2", "reason": "It took place."}, {**status, "value": 99, "reason": "x"},
    )  # fmt: skip

    data, code = as_json("adjudicate", "pact", "--accept-agreed", "--decisions", path)

    assert code == 1
    assert data["refused"] == [
        "line 1: This goes against C2: please give a reason.",
        "line 2: The line is not UTF-8 (byte 1).",
        data["refused"][2],
    ]
    assert data["refused"][2].startswith("line 4: Status: ")
    told = {name: data[name] for name in ("decided", "accepted", "resolved", "rejected", "open")}
    assert told == {"decided": 1, "accepted": 5, "resolved": 1, "rejected": 0, "open": {}}
    assert ResolvedEvent.objects.get().values["status"] == 4

    again = run("adjudicate", "pact", "--accept-agreed")
    assert (again.code, again.lines) == (
        0,
        [
            "0 agreed values accepted, 0 events resolved by that.",
            "1 resolved event, 0 judged to be none, 0 positions open in 0 groups.",
        ],
    )
    assert Decision.objects.count() == 6
    assert made.group() in Group.objects.all()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "Nothing to do: give --accept-agreed, --decisions FILE or both."),
        (("--decisions", "nowhere.jsonl"), "There is no file nowhere.jsonl."),
        (("--accept-agreed", "--round", "x"), "There is no round “x” (rounds: Round one)."),
    ],
)
def test_adjudicate_refuses_in_words(more, said) -> None:
    aligned_table(TWO, slug="pact")

    assert run("adjudicate", "pact", *more).refused == [said]
    assert Decision.objects.count() == 0


def test_release_builds_writes_publishes_and_then_only_writes(tmp_path) -> None:
    aligned_table(TWO, slug="pact")
    run("adjudicate", "pact", "--accept-agreed")

    data, code = as_json("release", "pact", "--version", "0.1.0", "--out", tmp_path / "a")
    held = run("release", "pact", "--version", "0.1.0", "--publish")
    assert (held.code, held.refused[0][:32]) == (1, "Checks hold this version back: 1")
    waived = (
        "--waive",
        "open_conflicts=Left for later.",
        "--licence",
        "CC0-1.0",
        "--creator",
        "Doe, J",
    )
    published = run(
        "release", "pact", "--version", "0.1.0", "--out", tmp_path / "b", "--publish", *waived
    )
    again, _ = as_json("release", "pact", "--version", "0.1.0", "--out", tmp_path / "c")

    assert (code, data["state"], data["checks"]) == (
        0, "draft",
        [
            {
                "check": "open_conflicts",
                "severity": "blocks",
                "message": "1 group of events is not settled and will not be in the release.",
            }
        ],
    )  # fmt: skip
    assert published.code == 0
    assert published.lines[-2:] == [
        "Version 0.1.0 is published and frozen.", f"{len(data['files'])} files written to {tmp_path / 'b'}.",
    ]  # fmt: skip
    assert again["state"] == "published" and again["manifest_sha256"] != data["manifest_sha256"]
    assert [one["path"] for one in again["files"]] == [one["path"] for one in data["files"]]
    held = [
        {
            path.relative_to(folder): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (tmp_path / name for name in "abc")
    ]
    assert held[0] != held[1] == held[2]
    assert run("verify", tmp_path / "a").lines == [f"{tmp_path / 'a'} is as its manifest says."]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--version", "1.0"), "A version is three whole numbers"),
        (
            ("--version", "0.1.0", "--out", "full"),
            "full is not an empty folder; nothing was written.",
        ),
        (("--version", "0.1.0", "--by", "person"), "There is no user “person”."),
    ],
)
def test_release_refuses_in_words(words, said, tmp_path, monkeypatch) -> None:
    aligned_table(TWO, slug="pact")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("")

    done = run("release", "pact", *words)

    assert (done.code, done.refused[0][: len(said)]) == (1, said)
    assert Release.objects.filter(state="published").count() == 0
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine"]


def test_verify_wants_a_release(tmp_path) -> None:
    done = run("verify", tmp_path)
    data, code = as_json("verify", tmp_path / "none")

    assert (done.code, done.refused) == (1, [f"{tmp_path} holds no MANIFEST.json"])
    assert (code, data["ok"]) == (1, False)


def test_every_command_of_the_street_knows_project_and_json() -> None:
    for words in (
        ("add_member", "none", "a", "--roles", "coder"), ("import_documents", "none", "x"), ("open_round", "none", "r", "--coders", "a"),
        ("import_codings", "none", "x"), ("reconcile", "none"), ("adjudicate", "none", "--accept-agreed"),
        ("release", "none", "--version", "0.1.0"), ("create_token", "none", "t"),
    ):  # fmt: skip
        data, code = as_json(*words)
        assert (code, data) == (
            1,
            {"ok": False, "error": "There is no project “none” (projects: none yet)."},
        ), words
