"""Where the words that a file quotes stand in a text: at the place it names, or at the only place they can mean."""

from coding.exchange.codings import Passage, Unreadable
from coding.exchange.offsets import NoPlace, Utf16

_SHOWN = 60


def placed(text: str, units: Utf16, passage: Passage) -> tuple[int, int]:
    """[start, end) in code points. Raises Unreadable when the words do not stand there, nor at one place only."""
    start, end, quote = passage.start, passage.end, passage.quote
    if not quote:
        if not 0 <= start < end <= len(text):
            raise Unreadable(
                f"The passage {start}-{end} does not lie in the text, which runs from 0 to {len(text)}."
            )
        return start, end
    if 0 <= start < end <= len(text) and text[start:end] == quote:
        return start, end
    # Some tools write the standard's selectors with their own way of counting.
    if 0 <= start < end:
        try:
            in_units = units.to_points(start), units.to_points(end)
        except NoPlace:
            in_units = (0, 0)
        if text[in_units[0] : in_units[1]] == quote:
            return in_units
    return _only_place(text, passage)


def _only_place(text: str, passage: Passage) -> tuple[int, int]:
    quote = passage.quote
    places = []
    at = text.find(quote)
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    if len(places) > 1:
        narrowed = [at for at in places if _is_framed(text, at, at + len(quote), passage)]
        places = narrowed or places
    if len(places) == 1:
        return places[0], places[0] + len(quote)
    shown = quote if len(quote) <= _SHOWN else f"{quote[:_SHOWN]}…"
    if not places:
        raise Unreadable(f"The words “{shown}” do not stand in the text.")
    raise Unreadable(
        f"The words “{shown}” stand at {len(places)} places in the text; which is meant cannot be told."
    )


def _is_framed(text: str, start: int, end: int, passage: Passage) -> bool:
    return text[:start].endswith(passage.before) and text[end:].startswith(passage.after)


def is_same(told: str, here: str) -> bool:
    """Whether a file's text is this text; white space may have become other white space, as some formats have it."""
    told, here = told.rstrip(), here.rstrip()
    return told == here or (
        len(told) == len(here)
        and all(a == b or (a.isspace() and b.isspace()) for a, b in zip(told, here, strict=True))
    )


def first_difference(told: str, here: str) -> int:
    """The place from which on the texts differ."""
    for at, (a, b) in enumerate(zip(told, here, strict=False)):
        if a != b and not (a.isspace() and b.isspace()):
            return at
    return min(len(told), len(here))
