"""Codebooks over HTTP: versions, drafts, what a change means, and moving rounds to a new one."""

from django.http import HttpResponse

from coding import changes, codebooks, draft_notes, foreseen, moves, queries, schema
from coding.access import codebook_for, draft_note_for, may_see_draft_notes
from coding.forms import LARGEST_CODEBOOK, MoveRoundsForm
from projects.api import PROJECT, Work, job_as_json
from projects.refusals import Invalid, Missing
from projects.rest.paging import ListOf
from projects.rest.routes import Asked, Bytes, Route
from projects.rest.shapes import (
    anything,
    choice,
    flag,
    moment,
    shape,
    some,
    text,
    whole,
)

_BOOKS = f"{PROJECT}codebooks/"
_BOOK = f"{_BOOKS}<int:n>/"

CodebookShape = shape(
    "Codebook",
    n=whole(),
    title=text(),
    sha256=text(),
    is_published=flag(),
    published_at=moment(null=True),
    made_at=moment(),
)
Source = shape(
    "CodebookSource",
    text=text(optional=True, most=LARGEST_CODEBOOK, help_text="YAML."),
    standard=text(optional=True, help_text="The name of a codebook that ships, instead."),
    base=text(optional=True, most=64, help_text="The sha256 of the version you started from; 412 where there is a newer one."),
)  # fmt: skip
Checked = shape(
    "CodebookChecked",
    problems=some(anything(), help_text="Each with its line."),
    meaning=whole(help_text="Changes of meaning since the last published version."),
    wording=whole(),
    languages=some(text()),
)
ToCheck = shape("CodebookToCheck", text=text(most=LARGEST_CODEBOOK))
Manuscript = shape("Manuscript", text=text(), base=text(), kept_at=moment())
ManuscriptSent = shape("ManuscriptToKeep", text=text(most=LARGEST_CODEBOOK), base=text(optional=True, most=64))  # fmt: skip
Change = shape("CodebookChange", what=text(), weight=choice("meaning", "wording"), action=text(), before=text(), after=text())  # fmt: skip
Changes = shape(
    "CodebookChanges",
    since=whole(),
    meaning=whole(),
    wording=whole(),
    sections=some(
        shape(
            "ChangedSection",
            title=text(),
            code=text(),
            subjects=some(shape("ChangedSubject", title=text(), name=text(), changes=some(Change))),
        )
    ),
)
Foreseen = shape(
    "ForeseenRound",
    round=text(source="round.public_id"),
    name=text(source="round.name"),
    readings=whole(),
    carried=whole(),
    again=whole(),
    going_back=whole(),
    unseen=whole(),
    meaning=whole(),
    wording=whole(),
    stays=text(),
)
MovePlan = shape("MovePlan", rounds=some(Foreseen))
MoveAsked = shape("RoundsToMove", rounds=some(text(), least=1), reread=flag(optional=True))
Jobs = shape("JobsBegun", jobs=some(Work))
DraftNoteShape = shape(
    "DraftNote",
    id=text(source="public_id"),
    type=text(),
    field=text(),
    words=text(),
    made_at=moment(),
    done_at=moment(null=True),
    version=whole(null=True),
    reason=text(),
)
NoteAct = shape(
    "DraftNoteAct",
    act=choice("done", "drop", "reword", "again"),
    words=text(optional=True, most=draft_notes.LONGEST),
    reason=text(optional=True, most=draft_notes.LONGEST),
)

# What a token needs for notes on the next version.
_WRITES_OR_DECIDES = ("codebook.edit", "reconciliation.decide")

book_list = Route(_BOOKS, "api_codebooks", "codebooks")
standard_list = Route(f"{_BOOKS}standard/", "api_standard_codebooks", "codebooks")
check_route = Route(f"{_BOOKS}check/", "api_check_codebook", "codebooks")
manuscript_route = Route(f"{_BOOKS}manuscript/", "api_manuscript", "codebooks")
note_list = Route(f"{_BOOKS}notes/", "api_draft_notes", "codebooks")
note_one = Route(f"{_BOOKS}notes/<str:public_id>/", "api_draft_note", "codebooks")
book_one = Route(_BOOK, "api_codebook_version", "codebooks")
source_route = Route(f"{_BOOK}source/", "api_codebook_source", "codebooks")
change_route = Route(f"{_BOOK}changes/", "api_codebook_changes", "codebooks")
publish_route = Route(f"{_BOOK}publish/", "api_publish_codebook", "codebooks", version=book_one)
move_route = Route(f"{_BOOK}move/", "api_move_codebook", "codebooks")


@book_list.get(ListOf(CodebookShape, key="n"), needs="project.view")
def list_codebooks(asked: Asked):
    """The versions of the codebook you may see, the newest first."""
    return queries.codebooks(asked.holder)


@book_list.post(CodebookShape, status=201, needs="codebook.edit", takes=Source)
def load_codebook(asked: Asked):
    """Take a codebook in as the next draft, or in the place of the draft there is."""
    said = asked.said
    if bool(said.get("text")) == bool(said.get("standard")):
        raise Invalid("Send either the text of a codebook or the name of one that ships.")
    source = said.get("text") or codebooks.standard(said["standard"])
    return codebooks.load(asked.holder.project, source, by=asked.user, base=said.get("base"))


@standard_list.get(ListOf(shape("StandardCodebook", name=text()), key="name"), needs="project.view")  # fmt: skip
def list_standard_codebooks(asked: Asked):
    """The codebooks that ship with Concord."""
    return [{"name": name} for name in codebooks.standard_names()]


@check_route.post(Checked, needs="codebook.edit", takes=ToCheck)
def check_codebook(asked: Asked):
    """What is wrong with a text, and what it would change. Keeps nothing."""
    written = asked.said["text"]
    problems = [one.as_dict() for one in schema.problems_of(written)]
    told = {"problems": problems, "meaning": 0, "wording": 0, "languages": []}
    if not problems:
        parsed = schema.parse_cached(written)
        told["languages"] = schema.languages(parsed)
        published = queries.last_published(asked.holder.project)
        if published:
            compared = changes.compared(published.parsed, parsed)
            told |= {"meaning": compared.meaning, "wording": compared.wording}
    return told


@manuscript_route.get(Manuscript, needs="codebook.edit")
def read_manuscript(asked: Asked):
    """What you are writing at and have not saved as a draft."""
    found = queries.manuscript(asked.holder)
    if found is None:
        raise Missing("You are not writing at anything here.")
    return found


@manuscript_route.put(Manuscript, needs="codebook.edit", takes=ManuscriptSent)
def keep_manuscript(asked: Asked):
    """Keep what you are writing, mistakes and all."""
    said = asked.said
    return codebooks.keep(
        asked.holder.project, said["text"], base=said.get("base", ""), by=asked.user
    )


@manuscript_route.delete(None, needs="codebook.edit")
def put_manuscript_away(asked: Asked):
    """Forget what you were writing."""
    codebooks.put_away(asked.holder.project, by=asked.user)


@book_one.get(CodebookShape, needs="project.view")
def read_codebook(asked: Asked, n: int):
    """One version of the codebook; its text is at `source/`."""
    return codebook_for(asked.holder, n)


@source_route.get(Bytes("application/yaml"), needs="project.view")
def read_codebook_source(asked: Asked, n: int):
    """The codebook as YAML."""
    version = codebook_for(asked.holder, n)
    response = HttpResponse(version.source, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="codebook-v{version.n}.yaml"'
    return response


@change_route.get(Changes, needs="project.view", filters=shape("SinceVersion", since=whole(optional=True, min_value=1, max_value=2**31 - 1)))  # fmt: skip
def read_codebook_changes(asked: Asked, n: int):
    """What is different from an earlier version, by meaning and wording."""
    version, since = codebook_for(asked.holder, n), asked.wanted.get("since")
    before = codebook_for(asked.holder, since) if since else queries.before(asked.holder, version)
    if before is None:
        raise Missing("There is no earlier version to compare this one with.")
    compared = changes.compared(before.parsed, version.parsed)
    return {
        "since": before.n,
        "meaning": compared.meaning,
        "wording": compared.wording,
        "sections": [_section(section) for section in compared.sections],
    }


def _section(section: changes.Section) -> dict:
    return {
        "title": section.title,
        "code": section.code,
        "subjects": [
            {
                "title": subject.title,
                "name": subject.name,
                "changes": [
                    {
                        "what": told.what,
                        "weight": told.weight,
                        "action": told.action,
                        "before": "".join(piece.text for piece in told.before),
                        "after": "".join(piece.text for piece in told.after),
                    }
                    for told in subject.told
                ],
            }
            for subject in section.subjects
        ],
    }


@publish_route.post(CodebookShape, needs="codebook.edit")
def publish_codebook(asked: Asked, n: int):
    """Freeze a draft so that it can be coded against."""
    return codebooks.publish(codebook_for(asked.holder, n), by=asked.user)


@move_route.get(MovePlan, needs="rounds.manage", filters=shape("Reread", reread=flag(optional=True)))  # fmt: skip
def foresee_move(asked: Asked, n: int):
    """What moving each round to this version would send back to whom."""
    version = codebook_for(asked.holder, n)
    rounds = moves.movable(asked.holder.project, version) if version.is_published else []
    plan = moves.plan(version, rounds, reread=bool(asked.wanted.get("reread")))
    return {"rounds": [Foreseen(row).data for row in foreseen.foreseen(asked.holder, plan)]}


@move_route.post(Jobs, status=202, needs="rounds.manage", takes=MoveAsked)
def move_rounds(asked: Asked, n: int):
    """Move rounds to this version of the codebook, in the background."""
    version = codebook_for(asked.holder, n)
    rounds = moves.movable(asked.holder.project, version) if version.is_published else []
    form = asked.form(MoveRoundsForm, rounds=rounds)
    begun = moves.ask(version, form.chosen(), by=asked.user, reread=form.cleaned_data["reread"])
    return {"jobs": [job_as_json(job) for job in begun]}


@note_list.get(ListOf(DraftNoteShape), needs="project.view", token_needs=_WRITES_OR_DECIDES)
def list_draft_notes(asked: Asked):
    """What the next version of the codebook should say, as far as it waits."""
    if not may_see_draft_notes(asked.holder):
        asked.holder.require("codebook.edit")
    return draft_notes.waiting(asked.holder.project)


@note_one.get(DraftNoteShape, needs="project.view", token_needs=_WRITES_OR_DECIDES)
def read_draft_note(asked: Asked, public_id: str):
    """One draft note."""
    return draft_note_for(asked.holder, public_id)


@note_one.post(DraftNoteShape, needs="project.view", token_needs=_WRITES_OR_DECIDES, takes=NoteAct)
def settle_draft_note(asked: Asked, public_id: str):
    """Say that a note is written in, drop it with a reason, word it anew, or let it wait again."""
    note, said = draft_note_for(asked.holder, public_id), asked.said
    if said["act"] == "done":
        return draft_notes.write_in(note, by=asked.user)
    if said["act"] == "drop":
        return draft_notes.drop(note, reason=said.get("reason", ""), by=asked.user)
    if said["act"] == "reword":
        return draft_notes.reword(note, words=said.get("words", ""), by=asked.user)
    return draft_notes.take_back(note, by=asked.user)


ROUTES = (
    book_list, standard_list, check_route, manuscript_route, note_list, note_one, book_one, source_route, change_route,
    publish_route, move_route,
)  # fmt: skip
