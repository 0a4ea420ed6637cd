"""Exchanges over HTTP: codings in any format at once or as a file, and files of other tools on their way in."""

import json
from itertools import islice

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from coding import exchanges, exporting
from coding.access import exchange_for, visible_exchanges
from coding.api import SEEN
from coding.exchange import FORMATS, concord
from coding.exchange_forms import NEW, InForm
from coding.exchange_views import answers_form, out_form, rounds_to_take
from coding.exchanges import IN_FORMATS
from coding.exporting import Share
from coding.models import Exchange, Round
from projects import files
from projects.api import PROJECT
from projects.refusals import Invalid, Missing, WrongState
from projects.rest.paging import ListOf
from projects.rest.routes import Asked, Bytes, Route
from projects.rest.shapes import (
    anything,
    choice,
    flag,
    mapping,
    moment,
    of_form,
    shape,
    some,
    text,
    whole,
)

MOST = 2_000  # codings in one archive; of more a file is made
LINES = "lines"

CodingsWanted = shape(
    "CodingsWanted",
    **{"as": text(optional=True, help_text=f"One of {', '.join([*FORMATS, LINES])}.")},
    round=text(optional=True, help_text="The name of a round."),
    own=choice("0", "1", optional=True),
)
ExchangeShape = shape(
    "Exchange",
    id=text(source="public_id"),
    direction=choice(*Exchange.Direction.values),
    format=text(),
    filename=text(),
    sha256=text(),
    size=whole(),
    state=choice(*Exchange.State.values),
    reason=text(),
    options=anything(help_text="What was said of it."),
    told=anything(help_text="What was found in it, what is wrong, what came of it."),
    at=moment(),
)
OutAsked = shape(
    "CodingsToTakeOut",
    format=choice(*FORMATS),
    round=text(optional=True, help_text="The id of a round; none for all."),
    only_own=flag(optional=True),
)
Answers = shape(
    "ExchangeAnswers",
    round=text(optional=True, help_text="The id of an open round; empty as the file says."),
    new_round=text(optional=True, most=80, help_text="The name of a new round to bring them into."),
    assign=flag(optional=True),
    coder=text(optional=True),
    type=text(optional=True),
    document=text(optional=True),
    empty=text(optional=True),
    unit=text(optional=True),
    blanks=some(text(), optional=True),
    types=mapping(text(), optional=True),
    columns=mapping(text(), optional=True),
    coders=mapping(text(), optional=True),
    labels=mapping(text(), optional=True),
)

# Codings leave by the right to make them or to see them all; files on their way in by that to import.
_IN_OR_OUT = (*SEEN, "coding.import")

coding_route = Route(f"{PROJECT}codings/", "api_codings", "exchange")
exchange_route = Route(f"{PROJECT}exchanges/", "api_exchanges", "exchange")
out_route = Route(f"{PROJECT}exchanges/out/", "api_take_out", "exchange")
exchange_one = Route(f"{PROJECT}exchanges/<str:public_id>/", "api_exchange", "exchange")
in_route = Route(f"{PROJECT}exchanges/<str:public_id>/in/", "api_bring_in", "exchange", version=exchange_one)  # fmt: skip
file_route = Route(f"{PROJECT}exchanges/<str:public_id>/file/", "api_exchanged_file", "exchange")


@coding_route.get(Bytes("application/zip"), needs="project.view", token_needs=SEEN, filters=CodingsWanted)  # fmt: skip
def read_codings(asked: Asked):
    """The codings you may see, in the format named by `as`, of one round or only your own where that is asked.

    `as=lines` gives Concord JSON Lines, however many, each as soon as it is read; every other format is an archive.
    """
    holder, name = asked.holder, asked.wanted.get("as") or "concord"
    if name not in {*FORMATS, LINES}:
        raise Invalid(f"There is no format “{name}”. There are {', '.join([*FORMATS, LINES])}.")
    share = Share(_round(holder.project, asked.wanted.get("round")), asked.wanted.get("own") == "1")
    found = exporting.begun(holder, share)
    if name == LINES:
        told = {"codings": found.count(), "kept": []}
        exchanges.note_out(holder, format="concord", share=share, filename=concord.FILENAME, told=told)  # fmt: skip
        return _kept_private(StreamingHttpResponse(_lines(found), content_type="application/x-ndjson"))  # fmt: skip
    if found.count() > MOST:
        raise Invalid(f"These are more than {MOST:,} codings. Ask round by round, or on the page.")
    written = exporting.written(found, name, title=holder.project.title)
    filename = f"{holder.project.slug}-{name}.zip"
    exchanges.note_out(holder, format=name, share=share, filename=filename, told=written.told)
    response = HttpResponse(exporting.packed(written.files), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return _kept_private(response)


def _lines(found):
    """Some lines at a time: each piece is a write to the network."""
    waiting = exporting.values(found, with_texts=False)
    while some := list(islice(waiting, 50)):
        yield "".join(f"{json.dumps(concord.line_of(one), ensure_ascii=False)}\n" for one in some)


def _kept_private(response):
    response["Cache-Control"] = "private, no-store"
    return response


def _round(project, name):
    if not name:
        return None
    found = Round.objects.filter(project=project, name=name).first()
    if found is None:
        raise Missing("There is no such round in this project.")
    return found


@exchange_route.get(ListOf(ExchangeShape), needs="project.view", token_needs=_IN_OR_OUT)
def list_exchanges(asked: Asked):
    """Files of codings on their way out or in that you may see, the newest first."""
    return visible_exchanges(asked.holder).order_by("-id")


@exchange_route.post(ExchangeShape, status=201, needs="coding.import", with_files=True, takes=of_form("CodingsFile", InForm, format=choice(*IN_FORMATS, optional=True)))  # fmt: skip
def bring_file(asked: Asked):
    """Hand in a file of codings made elsewhere. Nothing of it is taken in yet."""
    file = asked.said["file"]
    return exchanges.bring_in(
        asked.holder.project,
        by=asked.user,
        content=file.read(exchanges.LARGEST + 1),
        filename=file.name or "file",
        format=asked.said.get("format", ""),
    )


@out_route.post(ExchangeShape, status=202, needs="project.view", token_needs=SEEN, takes=OutAsked)
def take_out(asked: Asked):
    """Ask for a file of codings; it is made by a worker."""
    form = asked.form_of(out_form(asked.holder, {"round": "", **asked.said}))
    of_round = rounds_to_take(asked.holder).filter(public_id=form.cleaned_data["round"]).first()
    share = Share(of_round, bool(form.cleaned_data.get("only_own")))
    return exchanges.ask_out(asked.holder, format=form.cleaned_data["format"], share=share)


@exchange_one.get(ExchangeShape, needs="project.view", token_needs=_IN_OR_OUT)
def read_exchange(asked: Asked, public_id: str):
    """One file on its way, with what was found in it and what came of it."""
    return exchange_for(asked.holder, public_id)


@exchange_one.put(ExchangeShape, status=202, needs="coding.import", takes=Answers)
def answer_exchange(asked: Asked, public_id: str):
    """Say what the file does not say itself, and have it looked through with that."""
    shown = exchange_for(asked.holder, public_id)
    if shown.is_out:
        raise WrongState("What was taken out is not looked through.")
    form = answers_form(asked.holder, shown, None)
    filled = asked.form_of(answers_form(asked.holder, shown, _as_sent(form, asked.said)))
    return exchanges.answer(shown, by=asked.user, options=filled.options)


def _as_sent(form, said) -> dict:
    """The answers under the names by which the form knows them; what is not said stays as it was proposed."""
    sent = {
        name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()
    }
    sent |= {name: value for name, value in said.items() if name in form.fields}
    if "new_round" in said or "round" in said:
        sent["round"] = NEW if said.get("new_round") else said.get("round", "")
    if "blanks" in said:
        sent["blanks"] = "; ".join(said["blanks"])
    looked = form.looked
    named = {
        "columns": ("column", [one["header"] for one in looked.get("columns", [])]),
        "labels": ("label", list(looked.get("labels", {}))),
        "types": ("type", getattr(form, "strange_types", [])),
        "coders": ("coder", getattr(form, "strange", [])),
    }
    for part, (prefix, names) in named.items():
        unknown = sorted(set(said.get(part, {})) - set(names))
        if unknown:
            raise Invalid(f"The file has nothing called “{unknown[0]}” among its {part}.")
        for place, name in enumerate(names):
            if name in said.get(part, {}):
                sent[f"{prefix}_{place}"] = said[part][name]
    return sent


@in_route.post(ExchangeShape, status=202, needs="coding.import")
def bring_in(asked: Asked, public_id: str):
    """Take in the good codings of a file that was looked through."""
    return exchanges.ask_in(exchange_for(asked.holder, public_id), by=asked.user)


@file_route.get(Bytes(), needs="project.view", token_needs=_IN_OR_OUT)
def read_exchanged_file(asked: Asked, public_id: str):
    """The file itself."""
    shown = exchange_for(asked.holder, public_id)
    if not shown.sha256:
        raise Missing("The file is not written yet.")
    return FileResponse(
        files.open_stored(shown.sha256),
        as_attachment=True,
        filename=shown.filename,
        content_type="application/octet-stream",
    )


ROUTES = (coding_route, exchange_route, out_route, exchange_one, in_route, file_route)
