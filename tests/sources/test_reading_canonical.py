import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.reading import canonical

ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("a\r\nb\rc\x0cd\u2028e", "a\nb\nc\nd\ne"),
        ("a\x00b\x07c", "abc"),
        ("a\ud800b", "a\ufffdb"),
        ("e\u0301", "é"),
        ("\ufb01nal e\ufb00ect \ufb03 \ufb05", "final effect ffi st"),
        (
            "co\u00adoperate zero\u200bwidth \u202bbidi\u202c \ufeffmark",
            "cooperate zerowidth bidi mark",
        ),
        ("10\u00a0000\u202fkm", "10 000 km"),
        ("½ x² Ⅳ ﬃ ＡＢ", "½ x² Ⅳ ffi ＡＢ"),  # not NFKC: only the Latin ligatures are expanded
        ("\uf0b7 item", "• item"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # ZWNJ is spelling in Persian
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d👩\u200d👧 👋🏽", "👩\u200d👩\u200d👧 👋🏽"),
        ("a\u200db\u200c c", "ab c"),
        ("tab\tstays", "tab\tstays"),
    ],
)
def test_canonical_text(raw, wanted):
    assert canonical.text(raw) == wanted


@given(ANY)
def test_canonical_text_is_idempotent_and_storable(raw):
    once = canonical.text(raw)

    assert canonical.text(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not set(once) & {"\x00", "\r", "\u200b", "\ufeff", "\u00ad", "\u00a0"}
    once.encode("utf-8")


@given(ANY)
def test_canonical_word_has_no_white_space_and_line_no_line_end(raw):
    word, line = canonical.word(raw), canonical.line(raw)

    assert "".join(word.split()) == word
    assert canonical.word(word) == word
    assert " ".join(line.split()) == line
    assert canonical.line(line) == line
