"""Quotes of one text looked for in another: carried over only where found exactly once with their context."""

from hypothesis import given
from hypothesis import strategies as st

from sources.carrying import CONTEXT, Carried, Left, Quote, carry

OLD = "The force landed on Monday. The force left on Friday."


def quote(body: str, start: int, end: int) -> Quote:
    return Quote(
        body[start:end], body[max(0, start - CONTEXT) : start], body[end : end + CONTEXT], start
    )


def test_a_quote_found_once_is_carried_to_its_new_place():
    marked = quote(OLD, 28, 37)

    found = carry([marked], "Wire report\n" + OLD)

    assert found.carried == (Carried(marked, 40, 49),)
    assert found.left == ()


def test_what_is_gone_changed_or_there_several_times_is_left_for_a_person():
    gone, changed, several = quote(OLD, 14, 20), quote(OLD, 38, 42), Quote("force", "", "", 4)

    found = carry([gone, changed, several], "The force sailed. In the end the force left us.")

    assert found.carried == ()
    assert found.left == (
        Left(gone, "gone"),
        Left(changed, "changed", (39,)),
        Left(several, "several", (4, 33)),
    )


def test_the_nearest_places_come_first():
    body = "war " * 60
    marked = Quote("war", "x", "y", 100)

    assert carry([marked], body).left == (Left(marked, "changed", (100, 96, 104)),)


@given(st.text(min_size=1, max_size=60), st.data())
def test_in_the_same_text_every_quote_is_carried_to_its_own_place_or_stands_there_several_times(
    body, data
):
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    marked = quote(body, start, end)

    found = carry([marked], body)

    assert found.carried == (Carried(marked, start, end),) or found.left[0].reason == "several"
