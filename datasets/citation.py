"""How a release is cited: CITATION.cff, DataCite metadata, a Dataverse deposit, and one line for a page.

All four say the same from the same values. A DOI is given after publishing and so stands in none of them.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import yaml

from datasets import creators
from datasets.creators import Creator
from datasets.licences import LICENCES
from datasets.records import ProjectRecord

# DataCite's own word for what is not known.
_UNKNOWN = ":unav"


def creators_of(project: ProjectRecord) -> tuple[Creator, ...]:
    """Those named; where nobody is, the project stands for itself."""
    named = tuple(creators.read(line) for line in project.creators)
    return named or (Creator(project.title),)


def line(project: ProjectRecord, version: str, released_on: date | None, doi: str = "") -> str:
    """Doe, Jane and John Roe. 2026. "Title". Version 1.0.0. Publisher. https://doi.org/..."""
    year = str(released_on.year) if released_on else "n.d."
    parts = [
        creators.cited(creators_of(project)),
        year,
        f"“{project.title}”",
        f"Version {version}",
        project.publisher,
    ]
    address = f"https://doi.org/{doi}" if doi else project.address
    return (
        ". ".join(part.rstrip(".") for part in parts if part)
        + "."
        + (f" {address}" if address else "")
    )


def bibtex(project: ProjectRecord, version: str, released_on: date | None, doi: str = "") -> str:
    people = " and ".join(
        one.name if one.is_person else f"{{{one.name}}}" for one in creators_of(project)
    )
    told = {
        "author": people,
        "title": f"{{{project.title}}}",
        "year": str(released_on.year) if released_on else "",
        "version": version,
        "publisher": project.publisher,
        "doi": doi,
        "url": "" if doi else project.address,
    }
    key = f"{project.slug.replace('-', '')}_{version.replace('.', '_')}"
    lines = [f"  {name} = {{{text}}}" for name, text in told.items() if text]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}"


def cff(project: ProjectRecord, version: str, released_on: date | None) -> str:
    """CITATION.cff, Citation File Format 1.2.0."""
    said: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": project.title,
        "version": version,
        "authors": [_cff_author(one) for one in creators_of(project)],
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


def _cff_author(one: Creator) -> Mapping[str, str]:
    if not one.is_person:
        return {"name": one.name}
    said = {"family-names": one.family, "given-names": one.given}
    if one.affiliation:
        said["affiliation"] = one.affiliation
    if one.orcid:
        said["orcid"] = one.orcid_address
    return said


def datacite(
    project: ProjectRecord, version: str, released_on: date | None, *, records_sha256: str
) -> str:
    """DataCite metadata, schema 4.5, as a repository asks for them when it mints the DOI."""
    said: dict[str, Any] = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceType": "Event dataset", "resourceTypeGeneral": "Dataset"},
        "creators": [_datacite_creator(one) for one in creators_of(project)],
        "titles": [{"title": project.title, "lang": "en"}],
        "publisher": {"name": project.publisher or _UNKNOWN},
        "publicationYear": str(released_on.year) if released_on else "0000",
        "version": version,
        "language": "en",
        "formats": ["text/csv", "application/vnd.apache.parquet", "application/x-stata-dta", "application/jsonl"],
        "alternateIdentifiers": [
            {"alternateIdentifier": records_sha256, "alternateIdentifierType": "SHA-256 of the records"}
        ],
    }  # fmt: skip
    if released_on:
        said["dates"] = [{"date": released_on.isoformat(), "dateType": "Issued"}]
    if project.description:
        said["descriptions"] = [
            {"description": project.description, "descriptionType": "Abstract", "lang": "en"}
        ]
    if project.licence:
        said["rightsList"] = [_rights(project.licence)]
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def _datacite_creator(one: Creator) -> Mapping[str, Any]:
    said: dict[str, Any] = {
        "name": one.name,
        "nameType": "Personal" if one.is_person else "Organizational",
    }
    if one.is_person:
        said |= {"familyName": one.family, "givenName": one.given}
    if one.affiliation:
        said["affiliation"] = [{"name": one.affiliation}]
    if one.orcid:
        said["nameIdentifiers"] = [
            {
                "nameIdentifier": one.orcid_address,
                "nameIdentifierScheme": "ORCID",
                "schemeUri": "https://orcid.org",
            }
        ]
    return said


def _rights(spdx: str) -> Mapping[str, str]:
    known = LICENCES.get(spdx)
    if known is None:
        return {"rights": spdx}
    return {
        "rights": known.name,
        "rightsUri": known.address,
        "rightsIdentifier": spdx,
        "rightsIdentifierScheme": "SPDX",
        "schemeUri": "https://spdx.org/licenses/",
    }


def dataverse(project: ProjectRecord, version: str, released_on: date | None) -> str:
    """A dataset as Dataverse's native API takes it: the citation block, with the licence beside it."""
    fields = list(_dataverse_fields(project, version, released_on))
    block = {"displayName": "Citation Metadata", "name": "citation", "fields": fields}
    content: dict[str, Any] = {"metadataBlocks": {"citation": block}}
    licence = LICENCES.get(project.licence)
    if licence:
        content["license"] = {"name": licence.spdx.replace("-", " ", 1), "uri": licence.address}
    return json.dumps({"datasetVersion": content}, indent=2, ensure_ascii=False) + "\n"


def _dataverse_fields(
    project: ProjectRecord, version: str, released_on: date | None
) -> Iterator[Mapping[str, Any]]:
    def primitive(name: str, value: str) -> Mapping[str, Any]:
        return {"typeName": name, "typeClass": "primitive", "multiple": False, "value": value}

    def compound(name: str, values: list[Mapping[str, Any]]) -> Mapping[str, Any]:
        return {"typeName": name, "typeClass": "compound", "multiple": True, "value": values}

    yield primitive("title", project.title)
    authors: list[Mapping[str, Any]] = []
    for one in creators_of(project):
        author = {"authorName": primitive("authorName", one.name)}
        if one.affiliation:
            author["authorAffiliation"] = primitive("authorAffiliation", one.affiliation)
        if one.orcid:
            scheme = {"typeName": "authorIdentifierScheme", "typeClass": "controlledVocabulary"}
            author["authorIdentifierScheme"] = {**scheme, "multiple": False, "value": "ORCID"}
            author["authorIdentifier"] = primitive("authorIdentifier", one.orcid)
        authors.append(author)
    yield compound("author", authors)
    about = project.description or project.title
    yield compound(
        "dsDescription", [{"dsDescriptionValue": primitive("dsDescriptionValue", about)}]
    )
    yield {
        "typeName": "subject",
        "typeClass": "controlledVocabulary",
        "multiple": True,
        "value": ["Social Sciences"],
    }
    yield {
        "typeName": "kindOfData",
        "typeClass": "primitive",
        "multiple": True,
        "value": ["event data"],
    }
    yield primitive("notesText", f"Version {version} of the authors' own numbering.")
    if released_on:
        yield primitive("distributionDate", released_on.isoformat())
