"""The words around the data of a release: README, papers, citation, data package, examples, manifest heading.

They are made from the same declarations that write the data, so they cannot say something else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib import resources
from typing import Any

from datasets import citation
from datasets.data_package import data_package
from datasets.papers import html, markdown, pdf
from datasets.papers.blocks import Paper
from datasets.papers.codebook import codebook_paper
from datasets.papers.reliability import reliability_paper
from datasets.readme import readme
from datasets.tables import Build, BuiltFile

# What a reader can run: files that stand in every release as they stand here.
_EXAMPLES = ("example.py", "example.R", "example.do", "tables.py")


def files(build: Build) -> Iterator[BuiltFile]:
    """The files of a release that hold no data; the manifest is written when all others are."""
    project, parameters = build.records.project, build.parameters
    said = (project, parameters.version, parameters.released_on)
    for path, text in (
        ("README.md", readme(build)),
        ("CHANGELOG.md", _changelog(build)),
        ("CITATION.cff", citation.cff(*said)),
        ("datapackage.json", data_package(build)),
        (
            "metadata/datacite.json",
            citation.datacite(*said, records_sha256=build.records_sha256),
        ),
        ("metadata/dataverse.json", citation.dataverse(*said)),
        ("metadata/DEPOSIT.md", _shipped("DEPOSIT.md")),
        ("verify.py", (resources.files("datasets") / "verifying.py").read_text("utf-8")),
    ):
        yield BuiltFile(path, (text.encode(),))
    for name in _EXAMPLES:
        yield BuiltFile(f"examples/{name}", (_shipped(name).encode(),))
    for name, paper in papers(build):
        yield BuiltFile(f"{name}.md", (markdown.written(paper).encode(),))
        yield BuiltFile(f"{name}.html", (html.written(paper).encode(),))
        yield BuiltFile(f"{name}.pdf", (pdf.written(paper),))


def papers(build: Build) -> tuple[tuple[str, Paper], ...]:
    records, parameters = build.records, build.parameters
    footer = f"{records.project.title}, version {parameters.version}"
    withheld = frozenset(parameters.withheld)
    return (
        ("codebook", codebook_paper(records.codebook, withheld=withheld, footer=footer)),
        (
            "reliability",
            reliability_paper(
                [figure for figure in records.figures if figure.field not in withheld],
                parameters.waivers,
                records.codebook,
                title=records.project.title,
                version=parameters.version,
                software_version=parameters.software_version,
                footer=footer,
            ),
        ),
    )


def about(build: Build) -> Mapping[str, Any]:
    """The heading of the manifest: what the same bytes can be made from again."""
    project, codebook = build.records.project, build.records.codebook
    return {
        "project": project.slug,
        "title": project.title,
        "version": build.parameters.version,
        "licence": project.licence,
        "creators": list(project.creators),
        "codebook": {
            "id": codebook.id,
            "version": codebook.version,
            "sha256": build.records.codebook_sha256,
        },
        "software": {"name": "concord", "version": build.parameters.software_version},
        "parameters": dict(build.parameters.as_json()),
        "records": {"sha256": build.records_sha256},
        "coverage": [asdict(spell) for spell in build.records.coverage.spells],
        "effects": build.effects,
    }


def _changelog(build: Build) -> str:
    changes = build.parameters.changes.strip() or "First version, or nothing was noted."
    return f"# Changes in version {build.parameters.version}\n\n{changes}\n"


def _shipped(name: str) -> str:
    return (resources.files("datasets") / "shipped" / name).read_text("utf-8")
