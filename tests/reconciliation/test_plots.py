"""The geometry of the forest plot."""

from reconciliation import plots
from reconciliation.plots import Point


def test_values_and_lines_stand_on_one_axis_from_zero_to_one():
    drawn = plots.forest([Point("type", 0.8, 0.667, 1.0, "")])

    (line,) = drawn.lines
    tentative, reliable = drawn.marks
    assert (line.x, line.x_low, line.x_high) == (reliable.x, tentative.x, drawn.right)
    assert [tick.label for tick in drawn.ticks] == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    assert (drawn.ticks[0].x, drawn.ticks[-1].x) == (drawn.left, drawn.right)
    assert (line.words, line.tone) == ("0.800 [0.67, 1.00]", "agree")


def test_the_axis_reaches_down_to_intervals_below_zero():
    drawn = plots.forest([Point("type", -0.05, -0.31, 0.2, "")])

    assert [tick.label for tick in drawn.ticks] == [
        "-0.4",
        "-0.2",
        "0",
        "0.2",
        "0.4",
        "0.6",
        "0.8",
        "1",
    ]
    assert drawn.lines[0].tone == "differ"


def test_an_undefined_figure_is_drawn_as_its_reason():
    drawn = plots.forest([Point("end", None, None, None, "one value used by all")])

    (line,) = drawn.lines
    assert (line.x, line.x_low, line.words, line.tone) == (
        None,
        None,
        "one value used by all",
        "missing",
    )


def test_a_value_without_interval_is_drawn_without_one():
    (line,) = plots.forest([Point("type", 0.7, None, None, "")]).lines

    assert (line.x_low, line.words, line.tone) == (None, "0.700", "caution")


def test_rows_stand_below_one_another_in_their_order():
    drawn = plots.forest([Point(name, 0.5, None, None, "") for name in "abc"])

    ys = [line.y for line in drawn.lines]
    assert [line.label for line in drawn.lines] == ["a", "b", "c"]
    assert ys == sorted(set(ys))
    assert ys[-1] < drawn.bottom < drawn.height
