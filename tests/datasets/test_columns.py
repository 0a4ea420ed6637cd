import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.columns import Column, safe_name, unique_names


def column(name: str) -> Column:
    return Column(name, name, "string", lambda row: None)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("ex_troops_best", "ex_troops_best"),
        ("MA_Amount", "ma_amount"),
        ("in", "in_"),
        ("str12", "str12_"),
        ("3rd_party", "v_3rd_party"),
        ("é", "column"),
        ("a_field_with_a_name_of_thirty_two_precision", "a_field_with_a_name_of_precision"),
        ("x" * 40, "x" * 32),
    ],
)
def test_names_are_safe_for_stata(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_no_two_columns_share_a_name() -> None:
    long = "a" * 32
    names = [c.name for c in unique_names(map(column, ["id", "ID", long, long + "b", "id_2"]))]

    assert names == ["id", "id_2", long, "a" * 30 + "_2", "id_2_2"]


@given(st.lists(st.text(max_size=50), max_size=20))
def test_any_names_become_safe_and_unique(names: list[str]) -> None:
    made = [c.name for c in unique_names(map(column, names))]

    assert len(set(made)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name) for name in made)
