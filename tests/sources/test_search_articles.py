"""Numbers of articles: whatever way they are written, the same number meets."""

import pytest

from sources.search import articles


@pytest.mark.parametrize(
    "label, expected",
    [
        ("5", "5"),
        ("Article V", "5 =V"),
        ("article  v.", "5 =V"),
        ("ARTICLE 5", "5"),
        ("Art. 5", "5"),
        ("art.5", "5"),
        ("Article No. 5", "5"),
        ("第五条", "5"),
        ("第 12 條", "12"),
        ("Статья 5", "5"),
        ("المادة ٥", "5"),
        ("５", "5"),
        ("First", "1"),
        ("Article premier", "1"),
        ("SOLE ARTICLE", "1"),
        ("Artículo único", "1"),
        ("Article 5 bis", "5-2"),
        ("V BIS", "5-2"),
        ("12a", "12-1"),
        ("1.2", "1.2"),
        ("A-01", "A1"),
        (
            "Article C",
            "=C",
        ),  # an annex numbers by letters sooner than a treaty has a hundred articles
        ("Article 3l", "31"),
        ("Article", ""),
        ("", ""),
        ("5; DROP", ""),
        ("9" * 400, ""),
    ],
)
def test_numbers_of_articles(label, expected):
    assert articles.keys(label) == frozenset(expected.split())
