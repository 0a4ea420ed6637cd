"""Evening out what is left: loads end even, begun work stays, nobody gets a document they have or had."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from coding.levelling import Move, level

PEOPLE = "ABCDE"


@st.composite
def rounds(draw):
    """Work to do by coder, what of it is loose, and who touched what."""
    people = PEOPLE[: draw(st.integers(2, 5))]
    touched, loose, to_do = {}, [], dict.fromkeys(people, 0)
    for n in range(draw(st.integers(0, 25))):
        holders = draw(st.sets(st.sampled_from(people), max_size=len(people)))
        touched[f"d{n}"] = set(holders)
        for coder in sorted(holders):
            state = draw(st.sampled_from(["loose", "loose", "begun", "done"]))
            to_do[coder] += state != "done"
            if state == "loose":
                loose.append((f"d{n}", coder))
    return to_do, loose, touched


def carried_out(to_do, moves) -> dict[str, int]:
    load = Counter(to_do)
    for move in moves:
        load[move.giver] -= 1
        load[move.taker] += 1
    return {coder: load[coder] for coder in to_do}


@given(rounds())
@settings(deadline=None)
def test_only_loose_work_moves_once_and_to_somebody_new_to_it(case):
    to_do, loose, touched = case

    moves = level(to_do, loose, touched, seed=1)

    assert {(one.document, one.giver) for one in moves} <= set(loose)
    assert len({(one.document, one.giver) for one in moves}) == len(moves)
    assert len({(one.document, one.taker) for one in moves}) == len(moves)
    assert all(one.taker not in touched[one.document] for one in moves)
    assert level(to_do, list(reversed(loose)), touched, seed=1) == moves


@given(rounds())
@settings(deadline=None)
def test_what_is_even_stays_and_what_is_not_never_gets_worse(case):
    to_do, loose, touched = case

    after = carried_out(to_do, level(to_do, loose, touched, seed=1))

    def spread(load):
        return sum(n * n for n in load.values())

    assert sum(after.values()) == sum(to_do.values())
    assert spread(after) <= spread(to_do)
    if max(to_do.values()) - min(to_do.values()) < 2:
        assert after == to_do


@given(st.integers(0, 40), st.integers(2, 5))
def test_documents_of_one_coder_each_end_within_one(count, people):
    names = PEOPLE[:people]
    loose = [(f"d{n}", "A") for n in range(count)]
    to_do = dict.fromkeys(names, 0) | {"A": count}

    after = carried_out(to_do, level(to_do, loose, {d: {c} for d, c in loose}, seed=1))

    assert max(after.values()) - min(after.values()) <= 1


def test_work_goes_through_another_where_it_must():
    """C may not have what A has; B can take it and gives C something else."""
    moves = level(
        {"A": 3, "B": 2, "C": 1},
        [("x", "A"), ("y", "B")],
        {"x": {"A", "C"}, "y": {"B"}},
        seed=1,
    )

    assert moves == (Move("x", "A", "B"), Move("y", "B", "C"))


def test_who_leaves_gives_all_that_is_loose_to_who_has_least():
    moves = level(
        {"A": 1, "B": 5, "C": 0},
        [("x", "B"), ("y", "B"), ("z", "B")],
        {"x": {"B"}, "y": {"B", "C"}, "z": {"A", "B", "C"}},
        leaving={"B"},
        seed=1,
    )

    assert moves == (Move("x", "B", "C"), Move("y", "B", "A"))
