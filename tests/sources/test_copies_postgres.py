"""Comparing documents on PostgreSQL: the same pairs by the same code."""

import pytest

from sources import comparing
from tests import factories
from tests.sources.test_copies import add, edited, names, story


@pytest.mark.postgres
def test_comparing_and_comparing_anew_on_postgres(on_postgres):
    project = factories.project()
    document = add(project, "wire", story())
    add(project, "copy", edited(story(), 0.1))

    comparing.compare_new(project)
    assert names(project) == [["wire", "copy"]]

    factories.text(document, body=story(5))
    assert comparing.compare_new(project) == "1 documents compared, 0 pairs alike"
    assert names(project) == []
