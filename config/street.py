"""What the commands of the street share: who acts, what is printed, how the exit code comes about."""

import json
import os
import sys
from argparse import ArgumentParser
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from projects import access
from projects.access import Pass
from projects.models import Membership, Project, User
from projects.refusals import Invalid, Missing, NotAllowed, Refused
from projects.roles import PERMISSIONS, permissions_of
from projects.troubles import BUSY, trouble

CONSOLE = "console"


@dataclass
class Told:
    """What a command did: sentences for people, data for programs, and what it had to refuse."""

    lines: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


class StreetCommand(BaseCommand):
    """A step of the street. Does what can be done, tells what could not, exits 1 if anything was refused."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="print one JSON object instead"
        )
        parser.add_argument("--by", metavar="USER", help="who acts; by default a member who may")
        return parser

    def walk(self, **options: Any) -> Told:
        raise NotImplementedError

    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        try:
            told = self.walk(**options)
        except Refused as refusal:
            if as_json:
                self._print({"ok": False, "error": refusal.message, **refusal.details})
                raise SystemExit(1) from None
            raise CommandError(refusal.message) from None
        except (DatabaseError, OSError) as error:
            found = trouble(error)
            if found and found != BUSY:
                words = found.message
            elif isinstance(error, OSError) or not _is_behind():
                raise
            else:
                words = "The database is not set up, or is of an older version: run `python3 start.py setup` first."
            if as_json:
                self._print({"ok": False, "error": words})
                raise SystemExit(1) from None
            raise CommandError(words) from None
        if as_json:
            self._print({"ok": not told.refused, **told.data, "refused": told.refused})
        else:
            for line in told.lines:
                self.stdout.write(line)
            for line in told.refused:
                self.stderr.write(f"refused: {line}")
        if told.refused:
            raise SystemExit(1)

    def tell(self, words: str, verbosity: int) -> None:
        """How far long work is: for whoever watches the terminal, or asks for it with --verbosity 2."""
        if verbosity >= 2 or verbosity == 1 and self.stderr.isatty():
            self.stderr.write(words)
            self.stderr.flush()

    def execute(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute(*args, **options)
        except BrokenPipeError:
            # Whoever reads along has seen enough, as with `| head`. What was done is done.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(1) from None

    def _print(self, data: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def _is_behind() -> bool:
    """Whether migrations wait to be applied."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def file_named(name: str) -> Path:
    """A file of lines that a person named: there, a file, and not empty."""
    path = Path(name)
    if path.is_dir():
        raise Invalid(f"{name} is a folder; a file is expected.")
    if not path.is_file():
        raise Missing(f"There is no file {name}.")
    try:
        with path.open("rb") as file:
            is_empty = not any(line.strip(b"\xef\xbb\xbf \t\r\n") for line in file)
    except OSError as error:
        raise Invalid(f"{name} cannot be read ({error.strerror}).") from None
    if is_empty:
        raise Invalid(f"{path.name} is empty; nothing was done.")
    return path


def project_argument(parser: ArgumentParser) -> None:
    parser.add_argument("project", metavar="PROJECT", help="the project's short name")


def project_named(slug: str) -> Project:
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        known = ", ".join(Project.objects.values_list("slug", flat=True)[:20]) or "none yet"
        raise Missing(f"There is no project “{slug}” (projects: {known}).")
    return project


def acting(slug: str, permission: str, username: str | None) -> Pass:
    """The pass of the person a command acts for: the one named, or the first member who may."""
    project = project_named(slug)
    if username:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise Missing(f"There is no user “{username}”.")
        return access.pass_for(user, slug, permission)
    for membership in Membership.objects.filter(project=project, left_at=None).order_by("pk"):
        if permission in permissions_of(membership.roles):
            return access.pass_for(membership.user, slug, permission)
    raise NotAllowed(f"Nobody in “{slug}” may {PERMISSIONS[permission]}; add_member gives roles.")


def founder(username: str | None) -> User:
    """Who founds a project from the shell: the user named, the only administrator, or one that nobody signs in as."""
    if username:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise Missing(f"There is no user “{username}”; `manage.py createsuperuser` makes one.")
        return user
    administrators = User.objects.filter(is_superuser=True, is_active=True)[:2]
    if len(administrators) == 1:
        return administrators[0]
    user, made = User.objects.get_or_create(username=CONSOLE, defaults={"first_name": "Console"})
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def coder_named(project: Project, name: str) -> Membership:
    """A coder by label or user name."""
    members = Membership.objects.filter(project=project, left_at=None)
    found = members.filter(label=name).first() or members.filter(user__username=name).first()
    if found is None:
        labels = ", ".join(
            f"{member.label} ({member.user.username})" for member in members.select_related("user")
        )
        raise Invalid(f"“{name}” is no member of {project.slug}. Members: {labels}.")
    return found
