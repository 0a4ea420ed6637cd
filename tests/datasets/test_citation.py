"""Who made a dataset and how it is cited: lines, CITATION.cff, DataCite, Dataverse, BibTeX."""

import json
from datetime import date

import pytest
import yaml

from datasets import citation, creators
from datasets.creators import Creator, CreatorUnreadable
from datasets.licences import LICENCES
from datasets.records import ProjectRecord

DAY = date(2026, 3, 1)
PROJECT = ProjectRecord(
    "pact",
    "Títle: a “dataset”",
    "What it is.",
    "CC-BY-4.0",
    ("Doe, Jane; University of Somewhere; 0000-0002-1825-0097", "The Institute"),
    "https://example.org",
    "Example Repository",
)


def test_a_line_names_a_person_or_a_body() -> None:
    assert creators.read_all(
        "Doe, Jane; U of S; https://orcid.org/0000-0002-1825-0097\n\n The Institute \nRoe, R"
    ) == (
        Creator("Doe, Jane", "U of S", "0000-0002-1825-0097"),
        Creator("The Institute"),
        Creator("Roe, R"),
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (" ; somewhere", "names nobody"),
        ("Doe, Jane; 0000-0002-1825-0098", "is no ORCID"),
        ("Doe, Jane; here; there", "more parts"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line: str, words: str) -> None:
    with pytest.raises(CreatorUnreadable, match=words):
        creators.read(line)


def test_a_reference_names_all_in_order() -> None:
    assert citation.line(PROJECT, "1.2.0", DAY) == (
        "Doe, Jane and The Institute. 2026. “Títle: a “dataset””. Version 1.2.0. Example Repository. https://example.org"
    )
    assert citation.line(PROJECT, "1.2.0", DAY, "10.1234/abc").endswith(
        "https://doi.org/10.1234/abc"
    )
    assert (
        citation.line(ProjectRecord("p", "Bare"), "0.1.0", None)
        == "Bare. n.d. “Bare”. Version 0.1.0."
    )


def test_the_citation_file_is_of_the_format() -> None:
    assert yaml.safe_load(citation.cff(PROJECT, "1.2.0", DAY)) == {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": "Títle: a “dataset”",
        "version": "1.2.0",
        "authors": [
            {
                "family-names": "Doe",
                "given-names": "Jane",
                "affiliation": "University of Somewhere",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
            },
            {"name": "The Institute"},
        ],
        "date-released": DAY,
        "abstract": "What it is.",
        "license": "CC-BY-4.0",
        "url": "https://example.org",
    }


def test_datacite_has_all_that_a_doi_needs() -> None:
    told = json.loads(citation.datacite(PROJECT, "1.2.0", DAY, records_sha256="a" * 64))

    assert told.keys() >= {
        "creators", "titles", "publisher", "publicationYear", "types", "schemaVersion",
    }  # fmt: skip
    assert told["creators"][0] == {
        "name": "Doe, Jane",
        "nameType": "Personal",
        "familyName": "Doe",
        "givenName": "Jane",
        "affiliation": [{"name": "University of Somewhere"}],
        "nameIdentifiers": [
            {
                "nameIdentifier": "https://orcid.org/0000-0002-1825-0097",
                "nameIdentifierScheme": "ORCID",
                "schemeUri": "https://orcid.org",
            }
        ],
    }
    assert told["publicationYear"] == "2026"
    assert told["rightsList"][0]["rightsIdentifier"] == "CC-BY-4.0"


def test_a_deposit_has_every_field_dataverse_requires() -> None:
    block = json.loads(citation.dataverse(PROJECT, "1.2.0", DAY))["datasetVersion"]
    names = {field["typeName"] for field in block["metadataBlocks"]["citation"]["fields"]}

    assert names >= {"title", "author", "dsDescription", "subject"}
    assert block["license"] == {"name": "CC BY-4.0", "uri": LICENCES["CC-BY-4.0"].address}


def test_bibtex_keeps_capitals_and_names_bodies_whole() -> None:
    assert citation.bibtex(PROJECT, "1.2.0", DAY, "10.1234/abc") == (
        "@misc{pact_1_2_0,\n"
        "  author = {Doe, Jane and {The Institute}},\n"
        "  title = {{Títle: a “dataset”}},\n"
        "  year = {2026},\n"
        "  version = {1.2.0},\n"
        "  publisher = {Example Repository},\n"
        "  doi = {10.1234/abc}\n"
        "}"
    )
