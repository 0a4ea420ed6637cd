"""`manage.py release PROJECT --version 0.1.0 --out DIR`: build a release and write its files."""

from pathlib import Path

from config.street import StreetCommand, Told, acting, project_argument
from datasets import releases
from datasets.models import Release, ReleaseFile
from projects import jobs
from projects.models import Job
from projects.refusals import Refused
from projects.wording import counted


class Command(StreetCommand):
    help = "Build a numbered release; --publish freezes it. A published version is written out as it was published."

    def create_parser(self, prog_name, subcommand, **kwargs):
        # Django's own --version would shadow the release's.
        parser = super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)
        parser.add_argument("--version", dest="number", required=True, metavar="X.Y.Z")
        return parser

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument("--out", metavar="DIR", help="an empty or new folder for the files")
        parser.add_argument(
            "--creator",
            action="append",
            default=[],
            metavar="LINE",
            help="Family, Given; affiliation; ORCID (once for each)",
        )
        parser.add_argument("--licence", metavar="SPDX", help="such as CC-BY-4.0 or CC0-1.0")
        parser.add_argument(
            "--waive",
            action="append",
            default=[],
            metavar="CHECK=REASON",
            help="let a check pass that did not, with the reason that readers see (once for each); all=REASON for every one",
        )
        parser.add_argument(
            "--publish", action="store_true", help="freeze the release: it never changes again"
        )

    def walk(self, *, project, number, out, publish, by, creator, licence, waive, **options):
        holder = acting(project, "releases.build", by)
        if publish:
            holder.require("releases.publish")
        release = Release.objects.filter(project=holder.project, version=number).first()
        told = Told()
        if release is None or release.is_open:
            release = releases.draft(holder.project, number, by=holder.user)
            if out:
                # Before anything is frozen: what cannot be written out is better not published yet.
                releases.open_folder(Path(out))
            said = {"creators": creator} if creator else {}
            if licence:
                said["licence"] = licence
            release = releases.describe(release, by=holder.user, **said)
            message = self.built(release, holder)
            release.refresh_from_db()
            if waive:
                for check, reason in self.waivers(release, waive):
                    releases.waive(release, check, reason=reason, by=holder.user)
                message = self.built(release, holder)
                release.refresh_from_db()
            told.lines.append(f"Version {number} built: {message}.")
            told.lines += [
                f"{one['severity']}: {one['message']} [{one['check']}]" for one in release.checks
            ]
            told.lines += [
                f"waived: {one.check_name}: {one.reason}" for one in release.waivers.all()
            ]
            told.data["checks"] = release.checks
            if publish:
                releases.publish(release, by=holder.user)
                told.lines.append(f"Version {number} is published and frozen.")
        else:
            told.lines.append(
                f"Version {number} is {release.get_state_display()}; its files are as they were published."
            )
        release.refresh_from_db()
        if out:
            written = releases.write_out(release, Path(out))
            told.lines.append(f"{counted(written, 'file')} written to {out}.")
        told.data |= {
            "project": holder.project.slug,
            "version": number,
            "state": release.state,
            "records_sha256": release.records_sha256,
            "manifest_sha256": release.manifest_sha256,
            "files": [
                {"path": file.path, "sha256": file.sha256, "bytes": file.size, "rows": file.rows}
                for file in release.files.filter(part=ReleaseFile.Part.RELEASE)
            ],
        }
        return told

    def waivers(self, release, waive):
        """`all=REASON` waives each check that holds the version back, with the same reason."""
        for one in waive:
            check, _, reason = one.partition("=")
            if check.strip() == "all":
                yield from ((held["check"], reason) for held in releases.held_back_by(release))
            else:
                yield check.strip(), reason

    def built(self, release, holder):
        job = jobs.see_through(releases.build(release, by=holder.user))
        if job.state != Job.State.DONE:
            raise Refused(job.error or job.message)
        return job.message
