"""`manage.py import_documents PROJECT PATH...`: take files and folders in and read them."""

import os
from pathlib import Path

from config.street import StreetCommand, Told, acting, project_argument
from projects import jobs
from projects.refusals import Refused
from projects.wording import counted
from sources import collections, documents
from sources.models import Collection, Document

BLOCK = 1 << 20
TOLD_LINES = 50  # of a table, in the shell
NO_FILE = "is no file that can be read (a broken link, a pipe or a device)"


class Command(StreetCommand):
    help = (
        "Take documents in: PDF, Word (DOCX), HTML, Markdown, plain text; tables of articles (CSV, JSON Lines) and "
        "ZIP archives of any of these. Each document becomes a text or a row that says why not."
    )

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument("paths", metavar="PATH", nargs="+", help="files and folders")
        parser.add_argument(
            "--kind", choices=Document.Kind.values, default="", help="of all of them"
        )
        parser.add_argument("--outlet", default="", help="of all of them that name none")
        parser.add_argument(
            "--columns",
            default="",
            metavar="FIELD=COLUMN,...",
            help="which column of a table is what, such as title=headline,date=published,text=body",
        )
        parser.add_argument("--no-wait", action="store_true", help="leave the reading to a worker")

    def walk(self, *, project, paths, kind, outlet, columns, no_wait, by, verbosity, **options):
        holder = acting(project, "documents.add", by)
        said = {"kind": kind, "outlet": outlet, "columns": collections.columns_from(columns)}
        told = Told(data={"project": project, "documents": [], "collections": []})
        added, known = [], 0
        files = list(_files(paths, told))
        for n, path in enumerate(files, 1):
            self.tell(f"{n} of {len(files)}  {path.name}", verbosity)
            try:
                with path.open("rb") as file:
                    chunks = iter(lambda file=file: file.read(BLOCK), b"")
                    taken = collections.take_in(
                        holder.project, by=holder.user, chunks=chunks, filename=path.name, **said
                    )
            except Refused as refusal:
                known += "document" in refusal.details
                told.refused.append(f"{path.name}: {refusal.message}")
                continue
            except OSError as error:
                told.refused.append(f"{path.name}: cannot be read ({error.strerror}).")
                continue
            if isinstance(taken, Collection):
                _collected(taken, told, no_wait)
            else:
                added.append(taken)
                if not no_wait:
                    _see_through(documents.READ, taken)
        _tell(added, known, told)
        return told


def _see_through(kind, subject):
    for job in jobs.waiting_for(kind, subject.public_id):
        jobs.see_through(job)


def _collected(collection, told, no_wait):
    """A table or an archive, with what is in it if that is to be waited for."""
    if not no_wait:
        _see_through(collections.COLLECT, collection)
        _see_through(collections.INDEX, collection)
        for document in collection.documents.filter(state=Document.State.QUEUED):
            _see_through(documents.READ, document)
    collection.refresh_from_db()
    told.data["collections"].append(_collection_row(collection))
    if collection.state == Collection.State.FAILED:
        told.refused.append(f"{collection.filename}: {collection.reason}")
    for line in collection.lines.filter(outcome="refused")[:TOLD_LINES]:
        where = line.name or f"line {line.number}"
        told.refused.append(f"{collection.filename}, {where}: {line.reason}")
    if collection.refused > TOLD_LINES:
        told.refused.append(
            f"{collection.filename}: {collection.refused - TOLD_LINES:,} more are told on its page."
        )
    if no_wait:
        told.lines.append(f"{collection.filename}: waiting for a worker.")
    else:
        failed = collection.documents.filter(state=Document.State.FAILED)
        told.refused.extend(f"{document.filename}: {document.reason}" for document in failed)
        told.lines.append(
            f"{collection.filename}: {collection.items:,} in it, {collection.added:,} documents, "
            f"{collection.known:,} here already, {collection.refused:,} not added."
        )
    for inner in collection.inner.all():
        _collected(inner, told, no_wait)


def _tell(added, known, told):
    states = {"read": 0, "failed": 0, "queued": 0}
    for document in added:
        document.refresh_from_db()
        states[document.state] += 1
        told.data["documents"].append(_row(document))
        if document.state == Document.State.FAILED:
            told.refused.append(f"{document.filename}: {document.reason}")
    told.data["counts"] = {"added": len(added), **states, "already_here": known}
    told.lines.append(
        f"{counted(len(added), 'document')} added: {states['read']} read, {states['failed']} could not be read"
        + (f", {states['queued']} waiting for a worker" if states["queued"] else "")
        + (f"; {known} already here" if known else "")
        + "."
    )
    told.lines += [
        f"look at {row['file']}: {warning}"
        for row in told.data["documents"]
        for warning in row["warnings"]
    ]


def _collection_row(collection):
    return {
        "collection": collection.label,
        "file": collection.filename,
        "form": collection.form,
        "state": collection.state,
        "reason": collection.reason,
        "items": collection.items,
        "documents": collection.added,
        "already_here": collection.known,
        "not_added": collection.refused,
    }


def _row(document):
    text = document.current_text
    return {
        "document": document.external_id,
        "file": document.filename,
        "kind": document.kind,
        "title": document.title,
        "state": document.state,
        "reason": document.reason,
        "characters": text.length if text else None,
        "pages": text.pages.count() if text else None,
        "warnings": text.warnings if text else [],
    }


def _files(paths, told):
    """Every file named or found in a folder named, in a fixed order; hidden ones are left alone."""
    for given in map(Path, paths):
        if given.is_file():
            yield given
        elif given.is_dir():
            held = 0
            for folder, below, names in os.walk(given):
                below[:] = sorted(name for name in below if not name.startswith("."))
                for name in sorted(names):
                    if name.startswith("."):
                        continue
                    held += 1
                    if (Path(folder) / name).is_file():
                        yield Path(folder) / name
                    else:
                        told.refused.append(f"{Path(folder) / name}: {NO_FILE}.")
            if not held:
                told.refused.append(f"{given}: the folder holds no file.")
        elif given.exists():
            told.refused.append(f"{given}: {NO_FILE}.")
        else:
            told.refused.append(f"{given}: there is no such file or folder.")
