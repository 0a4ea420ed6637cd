import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.reading import packing, serial
from sources.reading.values import Block, Furniture, Metadata, PageRead, ReadText, Unreadable, Word

LENGTH = st.floats(0, 6_000, allow_nan=False).map(lambda value: packing.snapped(value, 0.1))


@st.composite
def page_words(draw):
    start = draw(st.integers(0, 10**7))
    place, found = start, []
    for _ in range(draw(st.integers(0, 30))):
        place += draw(st.integers(0, 3))
        length = draw(st.integers(1, 40))
        found.append(Word(place, length, *(draw(LENGTH) for _ in range(4))))
        place += length
    return start, tuple(found)


@given(page_words())
def test_words_come_back_as_they_were_packed(given_words):
    start, words = given_words

    data = packing.pack(words, start=start, width=595, height=842)

    assert packing.unpack(data, start=start, width=595, height=842) == words


def test_packing_is_zlib_of_six_columns_of_16_bit_numbers():
    import struct
    import zlib

    words = (Word(100, 3, 10.0, 20.0, 15.5, 9.9), Word(104, 5, 30.0, 20.0, 25.0, 9.9))

    data = packing.pack(words, start=98, width=595, height=842)

    columns = (2, 4, 3, 5, 100, 300, 200, 200, 155, 250, 99, 99)
    assert zlib.decompress(data) == struct.pack("<12H", *columns)


def test_large_pages_are_measured_more_coarsely():
    word = Word(0, 1, 9_000.0, 12_000.0, 51.0, 21.0)

    data = packing.pack([word], start=0, width=14_400, height=14_400)

    assert packing.unit(595, 842) == 0.1
    assert packing.unit(6_500, 6_500) == 0.1
    assert packing.unit(14_400, 14_400) == pytest.approx(0.3)
    assert packing.unpack(data, start=0, width=14_400, height=14_400) == (word,)


def test_words_out_of_order_are_refused():
    words = [Word(10, 1, 0, 0, 1, 1), Word(5, 1, 0, 0, 1, 1)]

    with pytest.raises(ValueError, match="out of order"):
        packing.pack(words, start=0, width=595, height=842)


def test_a_reading_survives_the_passage_between_processes():
    read = ReadText(
        body="Ein Wort 👋\nzwei",
        blocks=(Block("title", 0, 10, 1), Block("paragraph", 11, 15)),
        pages=(
            PageRead(
                1, 0, 15, 595.0, 842.0, 90, (0.0, 0.0, 842.0, 595.0),
                (Word(0, 3, 10.0, 10.5, 20.0, 9.9), Word(11, 4, 10.0, 30.0, 20.0, 9.9)),
                (Furniture("head", "A/RES/1", 1.0, 2.0, 3.0, 4.0),), "ok",
            ),
        ),
        metadata=Metadata(title="Ein Wort", published_on="1949-04-04", kind="treaty"),
        warnings=("Page 2 is a picture.",),
        reader="pdfplumber",
        reader_version="0.11",
        parameters={"y_tolerance": 3},
    )  # fmt: skip

    assert serial.load(serial.dump(read)) == read


def test_a_refusal_survives_the_passage_between_processes():
    with pytest.raises(Unreadable) as refusal:
        serial.load(serial.dump_refusal(Unreadable("empty", "Nothing in it.")))

    assert (refusal.value.code, refusal.value.reason) == ("empty", "Nothing in it.")
