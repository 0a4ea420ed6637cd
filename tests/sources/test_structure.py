"""The structure of treaties, on small texts of our own and on what was marked in the shared corpus."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import structure
from sources.structure import Section, SectionsInvalid, Signing, nested, numbers
from tests.benchmarks import sources_structure
from tests.sources.samples import CORPUS, needs_corpus

TREATY = """\
Treaty of Watch between Japan and Mongolia

The Government of Japan and the Government of Mongolia,
Recalling their treaty with the United States of 1951,
Have agreed as follows:

Article 1
Consultation

1. The Parties consult.
2. They meet under
Article 2 of the Charter.

Article 2
Force

This Treaty enters into force at once.

IN WITNESS WHEREOF the undersigned have signed.
Done at Ulaanbaatar this third day of May, nineteen hundred and seventy-four.

Annex

List of posts"""


def found(body: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.label, one.heading) for one in structure.sections(body)]


def labels(body: str, kind: str = "article") -> list[str]:
    return [one.label for one in structure.sections(body) if one.kind == kind]


def articles(*numbers: str, name: str = "Article") -> str:
    return "\n".join(f"{name} {number}\nThe Parties keep what {number} says." for number in numbers)


# --- whole treaties


def test_a_treaty_is_taken_apart():
    sections = structure.sections(TREATY)

    assert found(TREATY) == [
        ("title", "", ""),
        ("preamble", "", ""),
        ("article", "Article 1", "Consultation"),
        ("paragraph", "1", ""),
        ("paragraph", "2", ""),
        ("article", "Article 2", "Force"),
        ("signature", "", ""),
        ("annex", "Annex", "List of posts"),
    ]
    assert TREATY[sections[3].start : sections[3].end] == "1. The Parties consult."
    assert (
        TREATY[sections[4].start : sections[4].end]
        == "2. They meet under\nArticle 2 of the Charter."
    )
    assert [one.parent for one in sections] == [None, None, None, 2, 2, None, None, None]
    assert structure.signing(TREATY, sections) == Signing(
        (712, 740), "title", date(1974, 5, 3), "signature block"
    )


def test_a_signature_block_in_the_middle_of_a_line_ends_the_article():
    body = articles("1", "2") + " DONE in duplicate at Darjeeling this eighth day of August, 1949."

    article, signature = structure.sections(body)[-2:]

    assert body[article.start : article.end].endswith("The Parties keep what 2 says.")
    assert body[signature.start :].startswith("DONE in duplicate")
    assert structure.signing(body, structure.sections(body)).on == date(1949, 8, 8)


def test_news_and_an_exchange_of_notes_have_no_articles():
    news = "Ministers met on Monday.\nArticle 5 of the treaty was named twice.\nThey agreed."
    notes = "Excellency:\nI have the honour to propose:\n1. Troops may land.\n2. They may stay.\nAccept, Sir."

    assert found(news) == []
    assert found(notes) == [("paragraph", "1", ""), ("paragraph", "2", "")]


# --- numbers


@pytest.mark.parametrize(
    "chain",
    [
        ["1", "2", "2 bis", "3", "4"],
        ["I", "II", "III", "IV", "V", "VI"],
        ["A", "B", "C", "D"],
        ["1.1", "1.2", "2.1", "2.2"],
        ["100", "101", "102", "103"],
        ["A-01", "A-02", "A-03"],
        ["First", "Second", "Third"],
        ["1", "2", "2A", "2B", "3"],
        ["1", "2", "5", "6"],
    ],
)
def test_numbers_of_any_style_make_a_chain(chain):
    assert labels(articles(*chain)) == [f"Article {number}" for number in chain]


def test_c_is_a_letter_after_b_and_a_hundred_after_xcix():
    assert labels(articles("A", "B", "C")) == ["Article A", "Article B", "Article C"]
    assert [one.style for one in numbers.readings("C")] == ["roman", "letter"]
    assert labels(articles("XCVIII", "XCIX", "C", "CI"))[-2:] == ["Article C", "Article CI"]


@pytest.mark.parametrize(
    ("token", "key"),
    [("12 bis", (12, 2)), ("1.2", (1, 2)), ("XIV", (14,)), ("twelfth", (12,)), ("二十三", (23,)), ("3l", (31,))],
)  # fmt: skip
def test_a_number_is_read(token, key):
    assert [one.key for one in numbers.readings(token)] == [key]


def test_what_is_no_number_is_not_read():
    assert [numbers.readings(token) for token in ("IIX", "VV", "of", "")] == [(), (), (), ()]


# --- traps


def test_numbers_begin_again_after_a_part_and_an_annex():
    body = "\n".join(
        [
            "PART I", articles("1", "2"), "PART II", articles("1", "2", "3"),
            "ANNEX I", articles("1", "2"), "ANNEX II", articles("1", "2"),
        ]
    )  # fmt: skip

    assert labels(body, "part") == ["PART I", "PART II"]
    assert labels(body, "annex") == ["ANNEX I", "ANNEX II"]
    assert labels(body) == [f"Article {n}" for n in (1, 2, 1, 2, 3, 1, 2, 1, 2)]


@pytest.mark.parametrize("leaders", [" . . . . . . . 7", ""])
def test_a_table_of_contents_is_no_article(leaders):
    numbers_ = [str(n) for n in range(1, 7)]
    contents = "\n".join(f"Article {n}. On {n}{leaders}" for n in numbers_)
    body = "\n".join(["CONTENTS", contents, "The Parties,", articles(*numbers_)])

    first = next(one for one in structure.sections(body) if one.kind == "article")

    assert labels(body) == [f"Article {n}" for n in numbers_]
    assert first.start == body.rindex("Article 1\n")


def test_mentions_at_the_start_of_a_line_are_no_articles():
    body = articles("1", "2") + "\nas provided in\nArticle 9\nof the Charter, and\nArticle 3, paragraph 2.\n" + articles("3")  # fmt: skip

    assert labels(body) == ["Article 1", "Article 2", "Article 3"]


@pytest.mark.parametrize(
    ("name", "annex"),
    [
        ("Artículo", "ANEXO I"),
        ("Article", "ANNEXE I"),
        ("Статья", "ПРИЛОЖЕНИЕ I"),
        ("Artikel", "BIJLAGE I"),
    ],
)
def test_other_languages(name, annex):
    body = articles("1", "2", "3", name=name) + f"\n{annex}\nText."

    assert labels(body) == [f"{name} {n}" for n in (1, 2, 3)]
    assert labels(body, "annex") == [annex]


def test_chinese_articles_without_spaces():
    body = "第一条用语\n为本协定的目的。\n第二条目标\n本协定的目标。\n第三条适用\n本协定适用。"

    assert labels(body) == ["第一条", "第二条", "第三条"]


# --- any text


@given(st.text(alphabet="Article Part1234IVX.\n A", max_size=200))
def test_sections_of_any_text_nest_and_lie_in_it(body):
    sections = structure.sections(body)

    assert nested(sections, len(body)) == sections
    assert all(0 <= one.start < one.end <= len(body) for one in sections)


@given(st.text(max_size=300))
def test_any_script_is_taken(body):
    structure.signing(body, structure.sections(body))


def test_sections_that_cross_are_refused():
    one = Section("article", "Article 1", "", 0, 10)
    with pytest.raises(SectionsInvalid) as crossing:
        nested([one, Section("article", "Article 2", "", 5, 15)], 20)
    with pytest.raises(SectionsInvalid) as outside:
        nested([Section("annex", "", "", 15, 25)], 20)

    assert str(crossing.value).startswith("“Article 2” begins inside “Article 1” and ends after it")
    assert str(outside.value) == "the annex runs from 15 to 25; the text has characters 0 to 20."


# --- sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. J. F. Dulles met Lt. Col. Park. They spoke.", ["Mr. J. F. Dulles met Lt. Col. Park.", "They spoke."]),
        ("It cost 1.5 million. U.S. Secretary Blinken paid.", ["It cost 1.5 million.", "U.S. Secretary Blinken paid."]),
        ("He came from the U.S. The rest stayed.", ["He came from the U.S.", "The rest stayed."]),
        ("“Stop!” he said. “Why?”", ["“Stop!” he said.", "“Why?”"]),
        ("1. The Parties meet. 2. They talk.", ["1. The Parties meet.", "2. They talk."]),
        ("会议结束。双方同意！", ["会议结束。", "双方同意！"]),
        ("انتهى الاجتماع؟ نعم.", ["انتهى الاجتماع؟", "نعم."]),
        ("बैठक हुई। सब गए।", ["बैठक हुई।", "सब गए।"]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences(text, expected):
    spans = structure.sentences(text, [(0, len(text))])

    assert [text[start:end] for start, end in spans] == expected


def test_a_sentence_never_crosses_a_block():
    text = "A heading\nand a line."

    assert structure.sentences(text, [(0, 9), (10, 21)]) == ((0, 9), (10, 21))


@given(st.lists(st.text(max_size=40), max_size=5))
def test_sentences_of_any_script_hold_every_letter(parts):
    body, blocks = "", []
    for part in parts:
        blocks.append((len(body), len(body) + len(part)))
        body += part + "\n"

    spans = structure.sentences(body, blocks)

    assert "".join("".join(body[s:e].split()) for s, e in spans) == "".join(body.split())


# --- exchanges of notes, and who signed when

NUMBERED_NOTES = """\
Nr. I

EMBASSY OF JAPAN
Ulaanbaatar, 3 May 1974
Excellency,
I have the honour to propose the following:

Article 1
The Parties consult.

Article 2
They meet yearly.

If the foregoing is acceptable to your Government, this note and your reply shall be an agreement.

Nr. II

MINISTRY OF FOREIGN AFFAIRS OF MONGOLIA
Ulaanbaatar, 5 May 1974
Excellency,
I have the honour to acknowledge receipt of your note and to agree to it."""

LETTERS = """\
Tokyo, June 2, 1960
Excellency:
I have the honour to refer to the talks between the Government of Japan and the Government of the United States of America \
on the use of two ports, and to propose that the use be free of charge for ten years from this day on.
Accept, Excellency, the assurances of my highest consideration.
(Signed) A. Person

Tokyo, June 4, 1960
Excellency:
I have the honour to acknowledge the receipt of your note of today's date, and to agree to it.
(Signed) B. Person"""


def spans(body: str) -> list[tuple[str, str, str, int | None]]:
    return [
        (one.kind, one.label, body[one.start : one.end][-22:], one.parent)
        for one in structure.sections(body)
    ]


def test_each_note_of_an_exchange_holds_its_articles_and_no_other_note():
    assert spans(NUMBERED_NOTES) == [
        ("note", "Nr. I", "shall be an agreement.", None),
        ("article", "Article 1", "1\nThe Parties consult.", 0),
        ("article", "Article 2", "le 2\nThey meet yearly.", 0),
        ("note", "Nr. II", "te and to agree to it.", None),
    ]


def test_an_answer_without_a_number_is_told_by_its_words_and_begins_at_its_dateline():
    notes = [one for one in structure.sections(LETTERS) if one.kind == "note"]

    assert [LETTERS[one.start : one.end].split("\n")[0] for one in notes] == [
        "Tokyo, June 2, 1960",
        "Tokyo, June 4, 1960",
    ]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (NUMBERED_NOTES, Signing((712, 740), "notes", date(1974, 5, 5), "notes")),
        (LETTERS, Signing((2, 740), "notes", date(1960, 6, 4), "notes")),
        # The words of a wrapped text run over the ends of its lines.
        (
            "AGREEMENT\nbetween the Government of the French\nRepublic and the Government of the\nItalian Republic\n\n"
            + articles("1", "2")
            + "\n\nDone at Paris this fourth day of\nApril, nineteen hundred and\nforty-nine.",
            Signing((220, 325), "title", date(1949, 4, 4), "signature block"),
        ),
        # Whoever only signs is a party too; the other instrument's parties are not.
        (
            "TREATY\n\nThe Government of Japan and the Government of Mongolia, recalling the treaty between France and "
            "Spain,\n\n"
            + articles("1", "2")
            + "\n\nDone on 3 May 1974.\nFor Japan: A.\nFor Mongolia: B.\nFor Thailand: C.",
            Signing((712, 740, 800), "opening", date(1974, 5, 3), "signature block"),
        ),
        # "For the purposes of" signs nothing.
        (
            articles("1", "2")
            + "\n\nDone on 3 May 1974. It was made for the purposes of the union of Belgium and France.",
            Signing((), "", date(1974, 5, 3), "signature block"),
        ),
    ],
)
def test_parties_and_day_are_read_where_they_stand(body, told):
    assert structure.signing(body, structure.sections(body)) == told


# --- the corpus


@needs_corpus
def test_what_was_marked_in_the_corpus_is_found(capsys):
    score = sources_structure.score(CORPUS)

    with capsys.disabled():
        print("\n" + "\n".join(f"{kind}: {held}" for kind, held in score.total.items()))
    held = dict(score.total)
    articles, party = held.pop("article"), held.pop("party")
    assert articles.right / articles.found >= 0.996
    assert articles.right / articles.marked >= 0.998
    assert party.right == party.found
    assert party.right / party.marked >= 0.93
    assert {kind for kind, one in held.items() if not one.right == one.found == one.marked} == set()
