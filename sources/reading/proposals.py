"""What a reader proposes to say about a file, each with where it was found, so that a person can judge it."""

from typing import NamedTuple

from .values import DocumentKind, Metadata

TREATY = "its numbered articles and the words of a treaty"


class Proposal(NamedTuple):
    value: str
    found_in: str  # in words that end a sentence: "the page's og:title"


def first(*candidates: tuple[str | None, str]) -> Proposal | None:
    """The first candidate that says anything."""
    return next((Proposal(value, where) for value, where in candidates if value), None)


def metadata(
    *,
    title: Proposal | None = None,
    outlet: Proposal | None = None,
    published_on: Proposal | None = None,
    author: Proposal | None = None,
    address: Proposal | None = None,
    language: str | None = None,
    kind: DocumentKind | None = None,
    kind_found_in: str = TREATY,
) -> Metadata:
    proposed = {
        "title": title,
        "outlet": outlet,
        "published_on": published_on,
        "author": author,
        "address": address,
        "kind": Proposal(kind, kind_found_in) if kind else None,
    }

    def value(name: str) -> str | None:
        proposal = proposed[name]
        return proposal.value if proposal else None

    return Metadata(
        title=value("title"),
        outlet=value("outlet"),
        published_on=value("published_on"),
        author=value("author"),
        address=value("address"),
        language=language,
        kind=kind,
        found_in={name: one.found_in for name, one in proposed.items() if one},
    )
