"""Differences of two versions in words: where they stand, what went and what came."""

from coding import changes, schema
from coding.changes import Piece
from tests.coding.books import SMALL, small


def compared(*replacements):
    source = SMALL
    for before, after in replacements:
        assert before in source
        source = source.replace(before, after)
    return changes.compared(small(), schema.parse(source))


def lines(comparison):
    """(section, field, what, weight, action, before, after) of every difference; what went in [-…-], what came in {+…+}."""

    def marked(pieces):
        signs = {"": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
        return "".join(signs[piece.mark].format(piece.text) for piece in pieces)

    return [
        (section.code or section.title, subject.title, one.what, one.weight, one.action, marked(one.before), marked(one.after))
        for section in comparison.sections
        for subject in section.subjects
        for one in subject.told
    ]  # fmt: skip


def test_no_difference_tells_nothing():
    assert compared() == changes.Comparison(())


def test_each_difference_stands_under_its_type_and_field_meaning_before_wording():
    found = compared(
        ("title: Small book", "title: Little book"),
        ("{code: 5, label: postponed}", "{code: 5, label: put off}"),
        ("Units practise together.", "Units of two states practise together."),
        ("label: Troops", "label: {en: Troops, fr: Soldats}"),
        ('required_if: "status == 5", visible', 'required_if: "status in [1, 5]", visible'),
        ("{name: share, label: Share, type: decimal, minimum: 0", "{name: share, label: Share, type: integer, minimum: 1"),
        ("      - {name: low, label: Lowest, type: integer}\n", "      - {name: lowest, label: The lowest, type: integer}\n"),
        ("low <= troops", "lowest <= troops"),
        ("lists:", "alignment: {theta: 0.5}\nlists:"),
    )  # fmt: skip

    assert lines(found) == [
        ("The codebook", "", "When two codings may be one event", "meaning", "changed", "type 0.3, actors 0.25, date 0.2, passages 0.25; dates in full after 365 days; below 0.[-55-]", "type 0.3, actors 0.25, date 0.2, passages 0.25; dates in full after 365 days; below 0.{+5+}"),
        ("The codebook", "", "Title", "wording", "changed", "[-Small-] book", "{+Little+} book"),
        ("Fields of every event", "Status", "Code 5 (put off): label", "meaning", "changed", "[-postponed-]", "{+put off+}"),
        ("Fields of every event", "Reason", "Required if", "meaning", "changed", "“Status” is 5 [-postponed-]", "“Status” is {+1 planned or +}5 {+put off+}"),
        ("EX", "", "Definition", "meaning", "changed", "Units practise together.", "Units{+ of two states+} practise together."),
        ("EX", "", "Rule", "meaning", "removed", "[-The lowest figure is above the best.-]", ""),
        ("EX", "", "Rule", "meaning", "added", "", "{+The lowest figure is above the best.+}"),
        ("EX", "Lowest", "The field", "meaning", "removed", "[-Lowest-]", ""),
        ("EX", "The lowest", "The field", "meaning", "added", "", "{+The lowest+}"),
        ("EX", "Share", "Kind of field", "meaning", "changed", "[-decimal-]", "{+integer+}"),
        ("EX", "Share", "Least value", "meaning", "changed", "[-0-]", "{+1+}"),
        ("EX", "Troops", "Label in “fr”", "wording", "changed", "", "{+Soldats+}"),
    ]  # fmt: skip


def test_a_sentence_put_differently_is_one_change_and_another_sentence_is_two():
    include = "    definition: New text.\n    include: [{}]"
    old = schema.parse(
        SMALL.replace(
            "    definition: New text.",
            include.format("Protocols of the treaty that both sides signed"),
        )
    )

    def against(text):
        new = schema.parse(SMALL.replace("    definition: New text.", include.format(text)))
        return [(one.action, one.before, one.after) for one in schema.differences(old, new).meaning]

    assert against("Protocols of the treaty that one side signed") == [
        ("changed", "Protocols of the treaty that both sides signed", "Protocols of the treaty that one side signed")
    ]  # fmt: skip
    assert against("Exchanges of notes") == [
        ("removed", "Protocols of the treaty that both sides signed", ""),
        ("added", "", "Exchanges of notes"),
    ]


def test_words_are_marked_in_any_script_and_long_texts_stand_whole():
    assert changes.pieces("条約 text", "協定 text") == (
        (Piece("条約", "gone"), Piece(" text")),
        (Piece("協定", "new"), Piece(" text")),
    )
    long = "word " * 2_000
    assert changes.pieces(long, long + "x") == ((Piece(long, "gone"),), (Piece(long + "x", "new"),))
    assert changes.pieces("", "x") == ((), (Piece("x", "new"),))
