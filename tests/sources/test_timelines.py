from datetime import date

from sources.alliances import Alliance, Member, Role
from sources.timelines import LEFT, RIGHT, WIDTH, timeline

PACT = Alliance(
    "P", "P", date(1950, 1, 1), None,
    members=(
        Member(2, date(1960, 1, 1), None, Role.PATRON),
        Member(20, date(1950, 1, 1), date(1955, 12, 31), Role.PEER),
        Member(20, date(1970, 1, 1), date(1970, 1, 1), None),
    ),
)  # fmt: skip


def test_lanes_go_by_the_day_of_joining_and_bars_lie_within_the_frame():
    drawn = timeline(PACT, {2: "United States", 20: "Canada"}, today=date(2000, 6, 1))

    assert [(lane.label, lane.words, len(lane.bars)) for lane in drawn.lanes] == [
        ("Canada", "peer", 2),
        ("United States", "patron", 1),
    ]
    bars = [bar for lane in drawn.lanes for bar in lane.bars]
    assert all(LEFT <= bar.x < bar.end <= WIDTH - RIGHT + 2 for bar in bars)
    assert [bar.words for bar in bars] == [
        "from 1950-01-01 to 1955-12-31", "from 1970-01-01 to 1970-01-01", "from 1960-01-01 on",
    ]  # fmt: skip
    assert [tick.year for tick in drawn.ticks] == [1950, 1960, 1970, 1980, 1990, 2000]


def test_an_alliance_of_a_day_and_one_without_members_can_be_drawn():
    day = Alliance(
        "D",
        "D",
        date(9999, 12, 31),
        date(9999, 12, 31),
        members=(Member(2, date(9999, 12, 31), date(9999, 12, 31)),),
    )

    assert len(timeline(day, {}, today=date(2000, 1, 1)).lanes) == 1
    assert timeline(Alliance("E", "E", date(1950, 1, 1)), {}, today=date(2000, 1, 1)).lanes == ()
