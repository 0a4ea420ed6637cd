"""datapackage.json: what is in the folder, for programs. A Frictionless tabular data package over the CSV files.

Made from the columns that write the data. The same tables in other formats stand beside them as plain resources.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from datasets import formats
from datasets.citation import creators_of
from datasets.columns import Column, Table
from datasets.licences import LICENCES
from datasets.tables import Build, paths_of

_KEYS = {"incident_id": "incidents", "document_id": "documents"}
# Tables where a part of the key may be empty: an actor that is no state, a document read without an event.
_KEYS_WITH_GAPS = frozenset({"incident_participants", "codings", "reliability", "assessments"})
_MEDIA = {
    "parquet": "application/vnd.apache.parquet",
    "dta": "application/x-stata-dta",
    "jsonl": "application/jsonl",
}


def data_package(build: Build) -> str:
    project = build.records.project
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": project.slug.lower(),
        "title": project.title,
        "version": build.parameters.version,
    }
    if project.description:
        package["description"] = project.description
    if project.address:
        package["homepage"] = project.address
    if project.licence:
        package["licenses"] = [_licence(project.licence)]
    if project.creators:
        package["contributors"] = [
            {"title": one.name, "role": "author"} for one in creators_of(project)
        ]
    listed = [(table, *place) for table in build.tables for place in paths_of(table)]
    package["resources"] = [_resource(*one) for one in listed] + [
        other for table, path, _ in listed for other in _others(table, path)
    ]
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _licence(spdx: str) -> Mapping[str, str]:
    known = LICENCES.get(spdx)
    if known is None:
        return {"name": spdx}
    return {"name": spdx, "title": known.name, "path": known.address}


def _resource(table: Table, path: str, keeps_codes: bool) -> Mapping[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column, keeps_codes) for column in table.columns]}
    # Missing codes stand as values in the codes edition: they are data there, and listed with each field.
    schema["missingValues"] = [""]
    if table.key and table.name not in _KEYS_WITH_GAPS:
        schema["primaryKey"] = list(table.key)
    if links := _links(table):
        schema["foreignKeys"] = links
    return {
        "profile": "tabular-data-resource",
        "name": path.removesuffix(".csv").replace("/", "-"),
        "type": "table",
        "path": path,
        "title": f"One row is {table.row_is}",
        **({"description": table.note} if table.note else {}),
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
        },
        "schema": schema,
        # What tells rows apart, also where a part of it may be empty and so is no primary key.
        "rowKey": list(table.key),
    }


def _others(table: Table, path: str) -> Iterable[Mapping[str, Any]]:
    for one in formats.FORMATS:
        other = one.path_beside(path)
        yield {
            "name": other.replace("/", "-").replace(".", "-"),
            "path": other,
            "type": "file",
            "title": f"{table.name} as {one.label}",
            "scheme": "file",
            "format": one.ending,
            "mediatype": _MEDIA[one.ending],
        }


def _field(column: Column, keeps_codes: bool) -> Mapping[str, Any]:
    codes = column.codes + (column.missing if keeps_codes else ())
    described = {
        "unit": column.unit,
        "description": column.note,
        "codes": dict(codes),
    }
    return {
        "name": column.name,
        "type": column.type,
        "title": column.label,
        **{name: told for name, told in described.items() if told},
    }


def _links(table: Table) -> list[Mapping[str, Any]]:
    """Identifiers of this file that are keys of another."""
    if table.name in _KEYS.values():
        return []
    return [
        {
            "fields": [column.name],
            "reference": {"resource": _target(column.name), "fields": [column.name]},
        }
        for column in table.columns
        if column.name in _KEYS
    ]


def _target(name: str) -> str:
    return "analysis-incidents" if name == "incident_id" else _KEYS[name]
