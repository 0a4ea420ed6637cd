"""`manage.py export_codings PROJECT --format F --out PLACE`: codings in a format of another tool, with what it loses."""

from pathlib import Path

from coding import exchanges, exporting
from coding.exchange import FORMATS, formats
from coding.exporting import Share
from config.management.commands.import_codings import round_named
from config.street import StreetCommand, Told, acting, project_argument
from projects.refusals import Invalid
from projects.wording import counted

SHOWN = 4


class Command(StreetCommand):
    help = (
        "Write the codings one may see in a format of another tool. What the format cannot hold is printed, and stands "
        "in a note beside the file. By default for the first member who sees others' codings; --by NAME for oneself."
    )

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument("--format", required=True, choices=list(FORMATS), help="the format")
        parser.add_argument(
            "--out",
            required=True,
            metavar="PLACE",
            help="a folder, an archive (NAME.zip), or a file where the format has but one",
        )
        parser.add_argument("--round", metavar="NAME", help="of one round only")
        parser.add_argument(
            "--own", action="store_true", help="only the codings of whom one acts for"
        )

    def walk(self, *, project, format, out, round, own, by, **options):
        holder = acting(project, "project.view" if by else "reconciliation.view", by)
        share = Share(round_named(holder.project, round), own)
        found = exporting.begun(holder, share)
        if not found.exists():
            raise Invalid(f"There are no codings that {holder.label} may take out yet.")
        into = FORMATS[format]
        written = exporting.written(found, format, title=holder.project.title)
        places = _put(Path(out), written.files)
        exchanges.note_out(
            holder, format=format, share=share, filename=Path(out).name, told=written.told
        )
        lost = [one for one in written.kept if one.lost]
        return Told(
            [
                f"{counted(written.codings, 'coding')} written as {into.label}: {_listed(places)}.",
                *(f"  {one.what}: {one.held:,} of {one.of:,}" for one in written.kept),
                *([] if lost else ["All that is counted here is in it."]),
                "This format cannot hold:",
                *(f"  - {sentence}" for sentence in into.losses),
            ],
            {
                "project": project,
                "format": format,
                "files": places,
                **written.told,
                "losses": list(into.losses),
            },
        )


def _listed(places: list[str]) -> str:
    more = f" and {len(places) - SHOWN:,} more" if len(places) > SHOWN else ""
    return ", ".join(places[:SHOWN]) + more


def _put(out: Path, files: dict[str, bytes]) -> list[str]:
    """The files where they were asked for; a lone one under the name given, its note beside it."""
    contents = [name for name in files if name != formats.NOTE]
    try:
        if out.suffix == ".zip":
            out.write_bytes(exporting.packed(files))
            return [str(out)]
        if len(contents) == 1 and out.suffix and not out.is_dir():
            out.write_bytes(files[contents[0]])
            note = out.with_name(f"{out.name}.{formats.NOTE}")
            note.write_bytes(files[formats.NOTE])
            return [str(out), str(note)]
        for name, content in files.items():
            place = out / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
    except OSError as error:
        raise Invalid(f"{out} cannot be written ({error.strerror}).") from None
    return [str(out / name) for name in sorted(files)]
