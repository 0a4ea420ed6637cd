"""Codings as property tests want them: any text with astral characters, any values, links, near misses."""

from dataclasses import replace
from uuid import UUID

from hypothesis import strategies as st

from coding.exchange.codings import Coding, Event, Passage

# Characters that formats count differently, escape, or take for white space of their own.
SIGNS = "abc DE,.;:|_*[]\\->\t\n\r\u00a0é😊𝔘\u0301\u2028\"'<>&=%/#"
FIELDS = ("title", "provider", "start", "note_2", "troops", "linked")
TEXT = (
    "Japan 😊 and the United States held an exercise on 14 June 1951.\n\n"
    "  Two weeks later they signed; naïve 𝔘nicode stands here. \tEnd_of *it*.\n"
)

words = st.text(alphabet=SIGNS, min_size=1, max_size=12)
values = st.one_of(
    words,
    st.sampled_from(["-9", "-8", "5", "null", "true", "[1]", "1951-06", " spaced ", "Übung"]),
    st.integers(-5, 5_000),
    st.lists(st.sampled_from([2, 740, 365]), min_size=1, max_size=3, unique=True),
    st.just({"amount": 5, "currency": "USD", "scale": "millions"}),
)


def spans(text):
    places = st.integers(0, len(text) - 1)
    return st.builds(lambda a, b: Passage(min(a, b), max(a, b) + 1), places, places)


@st.composite
def events(draw, n, text, of):
    uid = str(UUID(int=n + 1, version=4))
    named = draw(st.lists(st.sampled_from(FIELDS[:-1]), unique=True, max_size=4))
    evidenced = draw(st.lists(st.sampled_from(FIELDS[:-1]), unique=True, max_size=3))
    linked = draw(st.sampled_from([None, *range(of)])) if of else None
    coded = {name: draw(values) for name in named}
    if linked is not None:
        coded["linked"] = str(UUID(int=linked + 1, version=4))
    return Event(
        uid,
        draw(st.sampled_from(["EX", "TO", "A_1"])),
        coded,
        {
            name: tuple(sorted(draw(st.sets(spans(text), min_size=1, max_size=2)), key=place))
            for name in evidenced
        },
        {name: draw(words) for name in draw(st.lists(st.sampled_from(FIELDS), unique=True, max_size=2))},
        near_miss=draw(st.sampled_from([None, None, "talk", "too-vague"])),
        own_id=draw(st.sampled_from(["", "a1"])),
        links=frozenset({"linked"} & set(coded)),
    )  # fmt: skip


def place(passage):
    return passage.start, passage.end


@st.composite
def codings(draw):
    text = draw(
        st.one_of(
            st.just(TEXT), st.text(alphabet=SIGNS, min_size=3, max_size=60).map("x{}y".format)
        )
    )
    of = draw(st.integers(0, 3))
    return Coding(
        document=draw(st.sampled_from(["d1", "a/b: c.", "Übung 1951", "..", "100%"])),
        coder=draw(st.sampled_from(["C1", "C 2"])),
        events=tuple(draw(events(n, text, of)) for n in range(of)),
        outcome=draw(st.sampled_from(["", "events", "no_event"])),
        outcome_reason=draw(st.sampled_from(["", "why\nso", "-9"])),
        text=text,
        round=draw(st.sampled_from(["", "pilot"])),
        codebook=draw(st.sampled_from(["", "small 1.0.0"])),
        sitting=draw(st.sampled_from([1, 2])),
        handed_in=draw(st.booleans()),
    )


def bare(coding):
    """Without what a file does not repeat: the text, and which fields are links (the codebook says)."""
    return replace(
        coding,
        text="",
        events=tuple(replace(event, links=frozenset()) for event in coding.events),
    )
