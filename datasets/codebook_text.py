"""The codebook as a page of Markdown for the folder of a release: every type, field and code with its definition."""

from collections.abc import Iterable, Iterator

from coding.schema import Codebook, EventType, Field


def codebook_text(codebook: Codebook, *, withheld: frozenset[str] = frozenset()) -> str:
    """`withheld` names fields that stand in no file of the release, and so are not described."""
    return "\n".join(_lines(codebook, withheld)).rstrip() + "\n"


def plain(text: str) -> str:
    """Text on one line, with signs that Markdown would take for its own made harmless."""
    flat = " ".join(text.split())
    for sign in "\\`*_[]<>|":
        flat = flat.replace(sign, "\\" + sign)
    return flat


def _lines(codebook: Codebook, withheld: frozenset[str]) -> Iterator[str]:
    yield f"# {plain(codebook.title)}"
    yield ""
    yield f"Codebook `{codebook.id}`, version {codebook.version}."
    yield ""
    if codebook.unit_of_observation:
        yield f"**Unit of observation.** {plain(codebook.unit_of_observation)}"
        yield ""
    if codebook.missing:
        yield "## Missing values"
        yield ""
        yield from (_option(str(o.code), o.label, o.definition) for o in codebook.missing)
        yield ""
    yield "## Fields of every event"
    yield ""
    for field in codebook.common:
        if field.name != "event_type" and field.name not in withheld:
            yield from _field(field)
    yield "## Types of events"
    yield ""
    for kind in codebook.types:
        yield from _type(kind, withheld)


def _type(kind: EventType, withheld: frozenset[str]) -> Iterator[str]:
    yield f"### {kind.code}: {plain(kind.label)}"
    yield ""
    yield plain(kind.definition)
    yield ""
    yield from _listed("Included", kind.include)
    yield from _listed("Not included", kind.exclude)
    yield from _listed("Boundary", (f"{b.versus}: {b.rule}" for b in kind.boundary))
    if kind.counting:
        yield f"**Counting.** {plain(kind.counting)}"
        yield ""
    cases = (f"{' and '.join(e.code_as) or 'no event'}: {e.text}" for e in kind.examples)
    yield from _listed("Examples", cases)
    for field in kind.fields:
        if field.name not in withheld:
            yield from _field(field)


def _listed(title: str, items: Iterable[str]) -> Iterator[str]:
    told = [f"- {plain(item)}" for item in items]
    if told:
        yield f"**{title}**"
        yield ""
        yield from told
        yield ""


def _field(field: Field) -> Iterator[str]:
    unit = f", in {plain(field.unit)}" if field.unit else ""
    skipped = f"; not for {', '.join(field.skip_for)}" if field.skip_for else ""
    yield f"`{field.name}` **{plain(field.label)}** ({field.kind.replace('_', ' ')}, {field.level.replace('_', ' ')}{unit}{skipped})"
    yield ""
    if field.help:
        yield plain(field.help)
        yield ""
    if field.options:
        yield from (_option(str(o.code), o.label, o.definition) for o in field.options)
        yield ""


def _option(code: str, label: str, definition: str) -> str:
    said = f": {plain(definition)}" if definition else ""
    return f"- `{code}` {plain(label)}{said}"
