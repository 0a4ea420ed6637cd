"""A choice of a study: some coders, documents, kinds, outlets or days of handing in, to be measured alone.

It leaves the study as it was; what was not chosen is as if nobody had handed it in.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from reconciliation.inputs import StudiedDocument, Study


@dataclass(frozen=True)
class Selection:
    """Empty means: all. Days are of handing in, both included."""

    coders: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    # What the person who asked may not see yet, whatever else was chosen.
    hidden: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Selection":
        """As `kept` wrote it into a run."""
        since, until = (kept.get(name) for name in ("since", "until"))
        return cls(
            coders=tuple(kept.get("coders", ())),
            documents=tuple(kept.get("documents", ())),
            kinds=tuple(kept.get("kinds", ())),
            outlets=tuple(kept.get("outlets", ())),
            since=date.fromisoformat(since) if since else None,
            until=date.fromisoformat(until) if until else None,
            hidden=tuple(kept.get("hidden", ())),
        )

    @property
    def kept(self) -> dict[str, Any]:
        told = {name: value for name, value in asdict(self).items() if value}
        return {
            name: value.isoformat() if isinstance(value, date) else list(value)
            for name, value in told.items()
        }

    @property
    def words(self) -> list[str]:
        """What was chosen, a phrase for each part."""
        told = [
            f"{name} {', '.join(values)}"
            for name, values in (
                ("coders", self.coders),
                ("documents", self.documents),
                ("kinds", self.kinds),
                ("outlets", self.outlets),
            )
            if values
        ]
        if self.since:
            told.append(f"handed in from {self.since.isoformat()}")
        if self.until:
            told.append(f"handed in until {self.until.isoformat()}")
        if self.hidden:
            told.append(f"without {len(self.hidden)} documents that the asker still codes")
        return told


def chosen(study: Study, selection: Selection) -> Study:
    """The part of the study that was chosen; documents nobody chosen handed in for are left out."""
    kept = (
        _kept(document, selection) for document in study.documents if _is_in(document, selection)
    )
    return replace(study, documents=tuple(document for document in kept if document.readers))


def _is_in(document: StudiedDocument, selection: Selection) -> bool:
    return (
        document.name not in selection.hidden
        and (not selection.documents or document.name in selection.documents)
        and (not selection.kinds or document.kind in selection.kinds)
        and (not selection.outlets or document.outlet in selection.outlets)
    )


def _kept(document: StudiedDocument, selection: Selection) -> StudiedDocument:
    labels = {
        label
        for label, day in document.handed_in.items()
        if (not selection.coders or label in selection.coders)
        and (selection.since is None or day >= selection.since)
        and (selection.until is None or day <= selection.until)
    }
    return replace(
        document,
        readers={label: reader for label, reader in document.readers.items() if label in labels},
        handed_in={label: day for label, day in document.handed_in.items() if label in labels},
        unfinished=[],
        sent_back={},
        events=[event for event in document.events if event.label in labels],
    )
