"""The front command of the benchmarks: what it finds, what it prints, what becomes of one that does not end."""

import json

import pytest

from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks import measuring
from tests.benchmarks.measuring import Row
from tests.benchmarks.stories import MIX, Stories, wire


def test_benchmarks_are_found_by_the_beginning_of_their_names():
    assert benchmarks.names(["sources_a", "sources_f"]) == ["sources_articles", "sources_finding"]
    assert set(benchmarks.SHORT) < set(benchmarks.names([]))
    assert not {"measuring", "stories", "__main__"} & set(benchmarks.names([]))


def test_rows_are_gathered_and_stand_in_one_table(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(measuring.ROWS_FILE, str(tmp_path / "rows"))
    rows = [
        Row("articles in", "1,000", 1.25, 0.5, "800/s", "bare 9/s", 0.061, "1,000/s", 120.4, False),
        Row("growth", measured="x1.00", stands=True),
    ]

    assert measuring.tell(rows[0]) is False
    assert measuring.tell(rows[1]) is True
    assert benchmarks._rows(tmp_path / "rows") == rows
    assert measuring.table(rows).splitlines() == [
        "| what        | size  | wall s | CPU s | measured | yardstick | ratio | wanted  | memory |        |",
        "| ----------- | ----- | ------ | ----- | -------- | --------- | ----- | ------- | ------ | ------ |",
        "| articles in | 1,000 | 1.2    | 0.5   | 800/s    | bare 9/s  | 0.06  | 1,000/s | 120 MB | MISSED |",
        "| growth      |       |        |       | x1.00    |           |       |         |        | stands |",
    ]  # fmt: skip
    assert "articles in  1,000  1.2  0.5" in capsys.readouterr().out


def test_one_that_takes_too_long_is_stopped_and_told(tmp_path):
    row = benchmarks.run("agreement_coverage", ["1"], seconds=0.05, gathered=tmp_path / "rows")

    assert row == Row(
        "agreement_coverage", wall=0.05, measured="stopped: its share of the time was over", stands=False
    )  # fmt: skip


def test_unknown_names_are_told_with_those_there_are(capsys):
    with pytest.raises(SystemExit):
        benchmarks.main(["nothing"])

    assert "there is no such benchmark; there are agreement_alignment" in capsys.readouterr().err


def test_stories_are_the_same_for_the_same_seed_and_in_four_scripts():
    first, again = list(wire(8, seed=4, mix=MIX)), list(wire(8, seed=4, mix=MIX))

    assert first == again and len(set(first)) == 8
    scripts = [json.loads(line)["body"] for line in first]
    assert (
        "日米同盟の会議" in scripts[4] and "الولايات المتحدة" in scripts[5] and "美国" in scripts[3]
    )
    assert Stories(5).text(0) != Stories(6).text(0)
