"""Verdicts: three parts, each judged or not; letters that tell zero, unknown and not judged apart."""

from itertools import product

import pytest

from reconciliation.verdicts import CODES, Verdict, VerdictInvalid

EVERY = [
    Verdict(*parts)
    for parts in product(*((None, *codes) for codes in CODES.values()))
    if parts[1] is None or parts[0] == 1
]


@pytest.mark.parametrize(
    ("verdict", "letter", "state", "words"),
    [
        (Verdict(), "", "open", "not judged"),
        (Verdict(1, 2), "K", "kept", "promised, kept"),
        (Verdict(1, 1, 1), "P+", "partly", "promised, kept in part, additional commitment given"),
        (Verdict(1, 0, 0), "N", "broken", "promised, not kept, nothing additional"),
        (Verdict(1), "Y", "promised", "promised, whether it was kept: not judged"),
        (Verdict(1, -9), "U", "untold", "promised, sources do not tell whether it was kept"),
        (Verdict(-9), "?", "untold", "treaty text not available"),
        (Verdict(0), "0", "none", "not promised"),
        (Verdict(0, None, 1), "+", "additional", "not promised, additional commitment given"),
        (Verdict(None, None, 0), "–", "none", "nothing additional"),
    ],
)
def test_a_verdict_has_a_letter_a_state_and_words(verdict, letter, state, words):
    assert (verdict.letter, verdict.state, verdict.words()) == (letter, state, words)


def test_only_what_nobody_judged_has_no_letter():
    assert [one for one in EVERY if not one.letter] == [Verdict()]


def test_letters_never_confuse_what_is_promised_and_kept():
    by_letter = {}
    for one in EVERY:
        by_letter.setdefault(one.letter, set()).add((one.promised, one.kept))

    assert {letter: said for letter, said in by_letter.items() if len(said) > 1} == {
        # The plus alone says that more was given, whether or not it is judged that nothing was promised.
        "+": {(0, None), (None, None)},
        "?": {(-9, None), (None, None)},
    }


def test_parts_are_said_one_by_one_and_a_promise_taken_back_takes_its_keeping_along():
    said = Verdict(additional=1).with_parts({"promised": 1, "kept": 2})

    assert said == Verdict(1, 2, 1)
    assert said.with_parts({"promised": 0}) == Verdict(0, None, 1)
    assert said.with_parts({"additional": 0}) == Verdict(1, 2, 0)


@pytest.mark.parametrize(
    ("before", "parts", "words"),
    [
        (Verdict(), {"kept": 2}, "say first that it was promised"),
        (Verdict(), {"promised": 2}, "one of 0, 1, -9; not 2"),
        (Verdict(), {"promised": True}, "not True"),
        (Verdict(), {"colour": 1}, "no part “colour”"),
    ],
)
def test_what_cannot_be_said(before, parts, words):
    with pytest.raises(VerdictInvalid, match=words):
        before.with_parts(parts)
