from projects import ledger_reading


def test_what_a_line_is_about_is_said_in_words():
    assert [ledger_reading.spoken(kind) for kind in ("resolvedevent", "project", "gone")] == [
        "resolved event", "project", "gone",
    ]  # fmt: skip
