"""The words around the data of a release: README, codebook, citation, data package descriptor, manifest heading.

They are made from the same declarations that write the data, so they cannot say something else.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from datasets.codebook_text import codebook_text
from datasets.columns import Column, Table
from datasets.readme import readme
from datasets.tables import Build, BuiltFile, paths_of


def files(build: Build) -> Iterator[BuiltFile]:
    """The files of a release that hold no data; the manifest is written when all others are."""
    withheld = frozenset(build.parameters.withheld)
    for path, text in (
        ("README.md", readme(build)),
        ("codebook.md", codebook_text(build.records.codebook, withheld=withheld)),
        ("CITATION.cff", citation(build)),
        ("datapackage.json", data_package(build)),
    ):
        yield BuiltFile(path, (text.encode(),))


def about(build: Build) -> Mapping[str, Any]:
    """The heading of the manifest: what the same bytes can be made from again."""
    project, codebook = build.records.project, build.records.codebook
    return {
        "project": project.slug,
        "title": project.title,
        "version": build.parameters.version,
        "licence": project.licence,
        "codebook": {
            "id": codebook.id,
            "version": codebook.version,
            "sha256": build.records.codebook_sha256,
        },
        "software": {"name": "concord", "version": build.parameters.software_version},
        "parameters": dict(build.parameters.as_json()),
        "records": {"sha256": build.records.fingerprint()},
        "effects": build.effects,
    }


def citation(build: Build) -> str:
    """CITATION.cff, Citation File Format 1.2.0."""
    project, released_on = build.records.project, build.parameters.released_on
    said: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": project.title,
        "version": build.parameters.version,
        "authors": [_person(name) for name in project.creators or (project.title,)],
    }
    if released_on:
        said["date-released"] = released_on
    if project.description:
        said["abstract"] = project.description
    if project.licence:
        said["license"] = project.licence
    if project.address:
        said["url"] = project.address
    return yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=1000)


def data_package(build: Build) -> str:
    """datapackage.json: a Frictionless tabular data package with one resource for each CSV file."""
    project = build.records.project
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": project.slug.lower(),
        "title": project.title,
        "version": build.parameters.version,
    }
    if project.description:
        package["description"] = project.description
    if project.address:
        package["homepage"] = project.address
    if project.licence:
        package["licenses"] = [{"name": project.licence}]
    if project.creators:
        package["contributors"] = [{"title": name, "role": "author"} for name in project.creators]
    package["resources"] = [
        _resource(table, path, keeps_codes)
        for table in build.tables
        for path, keeps_codes in paths_of(table)
    ]
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _person(name: str) -> Mapping[str, str]:
    """`Family, Given` is a person; a name without a comma stands for itself."""
    family, comma, given = name.partition(",")
    if not comma or not given.strip():
        return {"name": name.strip()}
    return {"family-names": family.strip(), "given-names": given.strip()}


def _resource(table: Table, path: str, keeps_codes: bool) -> Mapping[str, Any]:
    has_codes = bool(table.editions) and keeps_codes
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": ["", "-9", "-8"] if has_codes else [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    links = _links(table.columns) if table.name not in ("incidents", "documents") else []
    if links:
        schema["foreignKeys"] = links
    return {
        "profile": "tabular-data-resource",
        "name": path.removesuffix(".csv").replace("/", "-"),
        "path": path,
        "title": f"One row is {table.row_is}",
        **({"description": table.note} if table.note else {}),
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
    }


def _field(column: Column) -> Mapping[str, Any]:
    described = {"unit": column.unit, "description": column.note}
    return {
        "name": column.name,
        "type": column.type,
        "title": column.label,
        **{name: text for name, text in described.items() if text},
    }


def _links(columns: Iterable[Column]) -> list[Mapping[str, Any]]:
    """Identifiers of this file that are keys of another."""
    other = {"incident_id": "analysis-incidents", "document_id": "documents"}
    return [
        {
            "fields": column.name,
            "reference": {"resource": other[column.name], "fields": column.name},
        }
        for column in columns
        if column.name in other
    ]
