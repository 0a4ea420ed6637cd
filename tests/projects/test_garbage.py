import gc

import pytest

from projects import garbage


def test_thresholds_come_back_whatever_happens():
    before = gc.get_threshold()

    with pytest.raises(RuntimeError), garbage.seldom():
        assert gc.get_threshold() == garbage.SELDOM
        raise RuntimeError

    assert gc.get_threshold() == before
