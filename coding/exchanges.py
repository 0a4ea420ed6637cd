"""Exchanges: verbs. Asking for codings to be written out, a file brought in, looked through and taken in.

The work itself is `exchanging`'s; whose codings may leave is the blind rule's.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from coding import codebooks, exchange_files, exporting
from coding.exchange import FORMATS, detecting
from coding.exchange.codings import Unreadable
from coding.exporting import Share
from coding.models import Codebook, Exchange
from projects import files, jobs, ledger
from projects.access import Pass
from projects.models import Job, Project, User
from projects.refusals import Invalid, WrongState

EXPORT = "coding.export"
IMPORT = "coding.import"
LARGEST = 50_000_000
IN_FORMATS = {
    **{name: one.label for name, one in FORMATS.items()},
    detecting.SPREADSHEET: "Spreadsheet of hand-coded events (CSV, Excel)",
}


def ask_out(holder: Pass, *, format: str, share: Share) -> Exchange:
    """Ask for the codings this person may see in a format; the file is made by a job."""
    if format not in FORMATS:
        raise Invalid(f"There is no format “{format}”. There are {', '.join(FORMATS)}.")
    count = exporting.begun(holder, share).count()
    if not count:
        raise Invalid("There are no codings here that you may take out yet.")
    with transaction.atomic():
        exchange = Exchange.objects.create(
            project=holder.project,
            direction=Exchange.Direction.OUT,
            format=format,
            filename=f"{holder.project.slug}-{format}.zip",
            options=_asked(share),
            told={"asked": count},
            by=holder.user,
        )
        jobs.enqueue(EXPORT, exchange.public_id, project=holder.project, by=holder.user)
    return exchange


def _asked(share: Share) -> dict[str, Any]:
    chosen = share.of_round
    return {
        "round": chosen.public_id if chosen else "",
        "round_name": chosen.name if chosen else "",
        "only_own": share.only_own,
    }


def note_out(
    holder: Pass, *, format: str, share: Share, filename: str, told: Mapping[str, Any]
) -> Exchange:
    """Keep that codings were written out from the shell: the file itself is where it was asked for."""
    with transaction.atomic():
        exchange = Exchange.objects.create(
            project=holder.project,
            direction=Exchange.Direction.OUT,
            format=format,
            filename=filename[:255],
            options=_asked(share),
            told=dict(told),
            state=Exchange.State.DONE,
            by=holder.user,
        )  # fmt: skip
        ledger.record(
            holder.project,
            "codings.take_out",
            exchange,
            by=holder.user,
            difference={"format": format, "codings": told["codings"]},
        )
    return exchange


def bring_in(
    project: Project,
    *,
    by: User,
    content: bytes,
    filename: str,
    format: str = "",
    largest: int = LARGEST,
) -> Exchange:
    """Keep a file of codings and see what has to be asked of it. Nothing of it is taken in yet."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Invalid(f"“{filename}” is empty; nothing was done.")
    if len(content) > largest:
        raise Invalid(f"“{filename}” is larger than {largest // 1_000_000} MB. Split it.")
    try:
        format = format or detecting.detected(detecting.files_of(content, filename))
        if format not in IN_FORMATS:
            raise Invalid(f"What “{filename}” is cannot be told from it; say which format it has.")
        looked = exchange_files.look_into(content, filename, format, _current(project))
    except Unreadable as reason:
        raise Invalid(str(reason)) from None
    sha256, size = files.put_bytes(content)
    proposed = {one["header"]: one["proposed"] for one in looked.get("columns", [])}
    return Exchange.objects.create(
        project=project,
        direction=Exchange.Direction.IN,
        format=format,
        filename=filename[:255],
        sha256=sha256,
        size=size,
        options={"columns": proposed} if proposed else {},
        told={"looked": looked},
        by=by,
    )


def _current(project: Project) -> Codebook | None:
    published = Codebook.objects.filter(project=project).exclude(published_at=None)
    return codebooks.current(project) if published.exists() else None


def answer(exchange: Exchange, *, by: User, options: Mapping[str, Any]) -> Exchange:
    """Say what the file does not say, and ask for it to be looked through with that."""
    if exchange.is_out:
        raise WrongState("What was taken out is not looked through.")
    _check_idle(exchange)
    with transaction.atomic():
        exchange.options, exchange.by = dict(options), by
        exchange.save(update_fields=["options", "by"])
        _ask(exchange, "check", by=by)
    return exchange


def ask_in(exchange: Exchange, *, by: User) -> Exchange:
    """Ask for all good codings of a file that was looked through to be taken in."""
    if exchange.state != Exchange.State.CHECKED:
        raise WrongState("A file is taken in once it has been looked through.")
    _check_idle(exchange)
    with transaction.atomic():
        exchange.by = by
        exchange.save(update_fields=["by"])
        _ask(exchange, "in", by=by)
    return exchange


def _ask(exchange: Exchange, what: str, *, by: User) -> None:
    jobs.enqueue(
        IMPORT, exchange.public_id, project=exchange.project, by=by, parameters={"do": what}
    )


def _check_idle(exchange: Exchange) -> None:
    if jobs.waiting_for(IMPORT, exchange.public_id):
        raise WrongState("This file is being worked on; wait until that has ended.")


def work_of(exchange: Exchange) -> list[Job]:
    """The jobs of an exchange that have not ended."""
    return jobs.waiting_for(EXPORT if exchange.is_out else IMPORT, exchange.public_id)
