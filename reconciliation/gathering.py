"""What figures need of a round, gathered document by document, so that the codings need not be held all at once.

Of an event only what is measured is kept, as numbers in columns; the rest is let go with its part.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from coding import schema
from reconciliation import field_values
from reconciliation.agreement import passages
from reconciliation.agreement.alignment import Alignment
from reconciliation.agreement.corpus import Collector, Corpus
from reconciliation.agreement.unitizing import Continuum
from reconciliation.agreement.units import AlignmentRule, Value
from reconciliation.inputs import StudiedDocument, Study, rule_of


@dataclass(frozen=True)
class Gathered:
    """`documents` in the order they came, without their events. `fields`: the event type and every measured field that
    somebody filled; their columns in `corpus` bear their names, those of a date's precision `precision_of` it."""

    codebook: schema.Codebook
    documents: tuple[StudiedDocument, ...]
    corpus: Corpus
    fields: tuple[schema.Field, ...]
    texts: tuple[Continuum, ...]
    input_hash: str

    @property
    def rule(self) -> AlignmentRule:
        return rule_of(self.codebook)

    @property
    def coded(self) -> list[tuple[str, str]]:
        """(document, label) of every reading whose silence means that no event was seen."""
        return [(document.name, label) for document in self.documents for label in document.judges]


class Gathering:
    def __init__(self, codebook: schema.Codebook) -> None:
        self.codebook = codebook
        self._fields = [field_values.TYPE_FIELD, *field_values.measured(codebook)]
        steers = {field_values.steers(field) for field in self._fields}
        self._collector = Collector(rule_of(codebook), steers)
        self._filled = {field_values.TYPE_FIELD.name}
        self._documents: list[StudiedDocument] = []
        self._texts: list[Continuum] = []
        self._digest = hashlib.sha256()

    def take(self, study: Study, own: Alignment | None = None) -> None:
        """The next documents by name, with their alignment by all terms where there is one already."""
        coded = [event.coded for event in study.events]
        self._collector.take(coded, self._values(study), own)
        self._filled.update(name for event in study.events for name in event.values)
        lengths = {one.name: one.length for one in study.documents if one.length}
        read = [(one.name, label) for one in study.documents if one.length for label in one.judges]
        self._texts += passages.continua(
            [event for event in coded if event.document in lengths], read, lengths
        )
        for document in study.documents:
            self._digest.update(document.line)
            self._documents.append(document.without_events())

    def gathered(self) -> Gathered:
        return Gathered(
            self.codebook,
            tuple(self._documents),
            self._collector.corpus(),
            tuple(field for field in self._fields if field.name in self._filled),
            tuple(self._texts),
            self._digest.hexdigest(),
        )

    def _values(self, study: Study) -> Iterator[tuple[str, Mapping[str, Value]]]:
        for field in self._fields:
            coding = field_values.coding(field, study.events)
            yield field.name, coding.values
            if coding.level == "date":
                fineness = field_values.precision(field, study.events)
                yield precision_of(field.name), fineness.values


def precision_of(name: str) -> str:
    """The column of how finely a date is given."""
    return f"{name} (precision)"


def gather(codebook: schema.Codebook, studies: Iterable[Study]) -> Gathered:
    """Parts of one round, in the order of their documents."""
    gathering = Gathering(codebook)
    for study in studies:
        gathering.take(study)
    return gathering.gathered()
