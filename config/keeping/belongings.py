"""What belongs to a project: which rows of which tables, and which of their columns are numbers of other rows.

Derived from the models, so that a new one belongs by its foreign key; what stays behind is declared with its reason, and a
test fails for a model that is neither.
"""

from collections import deque
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from config.keeping import tables
from config.keeping.tables import Table
from projects.models import LedgerHead, LedgerLine, Project

#: Models and whole apps that stay in their installation, and why.
LEFT_OUT = {
    "projects.User": "people are matched by user name, apart",
    "projects.User_groups": "of people",
    "projects.User_user_permissions": "of people",
    "projects.ApiToken": "a key to this installation",
    "coding.KeyChoice": "a person's own, in all projects",
    "auth": "groups and rights of the installation's administration",
    "contenttypes": "numbers of models, each installation's own",
    "sessions": "who is signed in here",
}
#: Without a foreign key: the column that holds the project's number.
BY_NUMBER = {LedgerLine: "project_id", LedgerHead: "project_id"}
#: Bare tables and the column by which they belong.
BARE = {"sources_shingle": ("document_id", "sources_document")}


@dataclass(frozen=True)
class Belonging:
    """A table of a project: its rows, and its columns that are numbers of rows, by the table they are of."""

    table: Table
    where: str
    numbers: dict[str, str]

    def where_for(self, project_id: int) -> str:
        return self.where.replace("{project}", str(int(project_id)))


def is_left_out(model: type[models.Model]) -> bool:
    return model._meta.label in LEFT_OUT or model._meta.app_label in LEFT_OUT


def kept_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


@cache
def all_of() -> tuple[Belonging, ...]:
    """Every table that goes along, the project's own first."""
    return (*_of_models(), *_bare())


def people_table() -> str:
    return str(get_user_model()._meta.db_table)


def _of_models() -> list[Belonging]:
    """Breadth first from the project, so that each table is reached by its shortest way."""
    wheres: dict[type[models.Model], str] = {Project: 'WHERE "id" = {project}'}
    wheres |= {model: f'WHERE "{column}" = {{project}}' for model, column in BY_NUMBER.items()}
    waiting: deque[type[models.Model]] = deque([Project])
    while waiting:
        owner = waiting.popleft()
        for field in sorted(_pointing_at(owner), key=lambda one: (one.null, one.column)):
            model = field.model
            if model in wheres or is_left_out(model):
                continue
            inside = _inside(owner, wheres[owner])
            wheres[model] = f'WHERE "{field.column}" {inside}'
            waiting.append(model)
    return [
        Belonging(tables.table_of(model), where, _numbers(model)) for model, where in wheres.items()
    ]


def _inside(owner: type[models.Model], where: str) -> str:
    if owner is Project:
        return "= {project}"
    return f'IN (SELECT "{owner._meta.pk.column}" FROM "{owner._meta.db_table}" {where})'  # noqa: S608 - names of our own tables and columns  # nosec B608


def _pointing_at(
    owner: type[models.Model],
) -> list["models.ForeignKey[models.Model, models.Model]"]:
    return [
        field
        for model in kept_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model is owner
        and model is not owner
    ]


def _numbers(model: type[models.Model]) -> dict[str, str]:
    found = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            found[str(field.column)] = str(field.remote_field.model._meta.db_table)
        elif field.primary_key and field.get_internal_type().endswith("AutoField"):
            found[str(field.column)] = str(model._meta.db_table)
    if model in BY_NUMBER:
        found[BY_NUMBER[model]] = str(Project._meta.db_table)
    return found


def _bare() -> list[Belonging]:
    return [
        Belonging(
            Table(name, columns, len(columns)),
            f'WHERE "{BARE[name][0]}" IN (SELECT "id" FROM "{BARE[name][1]}" WHERE "project_id" = {{project}})',  # noqa: S608 - names of our own tables and columns  # nosec B608
            {BARE[name][0]: BARE[name][1]},
        )
        for name, columns in tables.BARE.items()
    ]


def unaccounted() -> list[str]:
    """Models that neither belong to a project nor are declared to stay, and columns that point at what stays."""
    going = {one.table.name for one in all_of()} | {people_table()}
    names = [
        model._meta.label
        for model in kept_models()
        if model._meta.db_table not in going and not is_left_out(model)
    ]
    columns = [
        f"{one.table.name}.{column}"
        for one in all_of()
        for column, table in one.numbers.items()
        if table not in going
    ]
    bare = [name for name in tables.BARE if name not in BARE]
    return sorted(names + columns + bare)
