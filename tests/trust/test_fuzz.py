"""The programme of API cases in its short form: enough to see that it looks, and that nothing breaks at once."""

import pytest

from tests.trust import fuzz


@pytest.mark.django_db
def test_no_case_breaks_the_api_or_shows_others_work():
    outcome = fuzz.run(short=True)

    assert (outcome.broken, outcome.leaked, outcome.strange, outcome.missed) == ([], [], [], [])
    assert outcome.cases >= fuzz.SHORT
    assert outcome.good >= 0.3
