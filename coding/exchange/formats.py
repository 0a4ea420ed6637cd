"""The formats as one table: what each is called, what it loses, how it is written and read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from coding.exchange import concord, doccano, label_studio, web_annotation, webanno
from coding.exchange.codings import NAMES, Coding, Files, Options, Reading, counted

NOTE = "READ-ME.txt"


@dataclass(frozen=True)
class Format:
    name: str
    label: str
    tool: str
    losses: tuple[str, ...]
    hints: tuple[str, ...]
    write: Callable[[Iterable[Coding]], dict[str, bytes]]
    held: Callable[[Coding], Coding]
    # Concord's own lines are read one by one where they are taken in.
    read: Callable[[Files, Options], Reading] | None
    is_lossless: bool = False
    suffixes: tuple[str, ...] = ()


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format(
            "concord", "Concord JSON Lines", "Concord", concord.LOSSES, (), concord.write, concord.held, None,
            is_lossless=True, suffixes=(".jsonl", ".ndjson"),
        ),
        Format(
            "web-annotation", "W3C Web Annotation (JSON-LD)", "annotation servers and viewers", web_annotation.LOSSES,
            web_annotation.HINTS, web_annotation.write, web_annotation.held, web_annotation.read,
            is_lossless=True, suffixes=(".jsonld", ".json"),
        ),
        Format(
            "label-studio", "Label Studio JSON", "Label Studio", label_studio.LOSSES, label_studio.HINTS,
            label_studio.write, label_studio.held, label_studio.read, suffixes=(".json",),
        ),
        Format(
            "doccano", "doccano JSON Lines", "doccano", doccano.LOSSES, doccano.HINTS, doccano.write, doccano.held,
            doccano.read, suffixes=(".jsonl", ".json"),
        ),
        Format(
            "webanno", "WebAnno TSV 3.3", "INCEpTION and WebAnno", webanno.LOSSES, webanno.HINTS, webanno.write,
            webanno.held, webanno.read, suffixes=(".tsv",),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """How much of one part of the codings a format holds."""

    what: str
    of: int
    held: int

    @property
    def lost(self) -> int:
        return self.of - self.held


def kept(into: Format, codings: Sequence[Coding]) -> list[Kept]:
    """Of everything there is, how much the format holds; by number, not by promise."""
    before = counted(codings).as_dict()
    after = counted(into.held(coding) for coding in codings).as_dict()
    return [Kept(NAMES[name], n, after[name]) for name, n in before.items() if n]


def note(into: Format, shares: Sequence[Kept], *, title: str) -> str:
    """The file that goes with an export: what it is, how to read it, what it does not hold."""
    width = max((len(one.what) for one in shares), default=0)
    table = [f"  {one.what:<{width}}  {one.held:>8,} of {one.of:>8,}" for one in shares]
    return "\n".join(
        [
            f"{title}, as {into.label}",
            "",
            "What is in it",
            *table,
            "",
            "What this format cannot hold",
            *(f"  - {sentence}" for sentence in into.losses),
            *(["", "How to use it", *(f"  - {hint}" for hint in into.hints)] if into.hints else []),
            "",
        ]
    )
