"""Plain text, Markdown, HTML, and which of them (or of nothing) a file is."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import structure
from sources.reading import Unreadable, kind, read
from sources.reading.values import Block, Metadata


def blocks(found):
    return [
        (block.kind, block.level, found.body[block.start : block.end]) for block in found.blocks
    ]


def refusal(data, name="a.txt"):
    with pytest.raises(Unreadable) as caught:
        read(data, name)
    return caught.value


def zipped(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "wanted"),
    [
        (b"junk\n%PDF-1.4 ...", "a.txt", "pdf"),
        (b"<!DOCTYPE html><p>x", "a.pdf", "html"),
        (b"\n <HTML><body>x", "a.md", "html"),
        (b"<p>a fragment</p>", "a.html", "html"),
        (b"<p>a fragment</p>", "a.txt", "plain"),
        (b"# Heading\n\ntext", "a", "markdown"),
        (b"---\ntitle: x\n---\ntext", "upload", "markdown"),
        (b"# Heading\n\ntext", "a.txt", "plain"),
        (b"just words", "a.md", "markdown"),
        (b"just words", "a", "plain"),
        ("﻿<html>é".encode("utf-16"), "x", "html"),
    ],
)
def test_kind_is_told_by_content_first(data, name, wanted):
    assert kind(data, name) == wanted


@pytest.mark.parametrize(
    ("data", "name", "code", "says"),
    [
        (b"", "a.txt", "empty", "empty"),
        (b" \n\t ", "a.pdf", "empty", "empty"),
        (b"\x89PNG\r\n\x1a\n....", "scan.pdf", "unsupported", "picture"),
        (b"\xff\xd8\xff\xe0....", "a.jpg", "unsupported", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "a.doc", "unsupported", "old Word"),
        (b"{\\rtf1 text}", "a.rtf", "unsupported", "RTF"),
        (zipped("word/document.xml"), "a.pdf", "broken", "Word file is damaged"),
        (zipped("a.txt", "b.pdf"), "a.zip", "unsupported", "ZIP archive"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", "unsupported", "Excel"),
        (b"PK\x03\x04 cut off", "a.docx", "broken", "ZIP file is damaged"),
        (b"a,b\n1,2\n", "a.csv", "unsupported", "table of articles"),
        (b'{"id": 1, "text": "x"}\n{"id": 2}\n', "a.txt", "unsupported", "table of articles"),
        (bytes(range(256)) * 20, "a.txt", "binary", "not text"),
        (b"text with\x00\x00\x00\x00 zeros" * 50, "a.txt", "binary", "not text"),
        (b"\xef\xbb\xbfcaf\xe9 cr\xe8me", "a.txt", "broken", "UTF-8"),
        (b"\xff\xfea\x00b", "a.txt", "broken", "UTF-16"),
    ],
)
def test_what_is_not_read_is_refused_in_plain_words(data, name, code, says):
    refused = refusal(data, name)

    assert refused.code == code
    assert says in refused.reason
    assert refused.reason.endswith(".")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_plain_text_in_any_usual_encoding(encoding):
    text = (
        "Traité d’amitié\n\nLes Hautes Parties contractantes, désireuses de paix, sont convenues.\n"
    )

    found = read(text.encode(encoding), "a.txt")

    assert found.body == text.strip()
    assert bool(found.warnings) == (encoding == "cp1252")


def test_cyrillic_text_without_a_declared_encoding():
    text = "Договор о дружбе, сотрудничестве и взаимной помощи между двумя государствами. " * 5

    found = read(text.encode("cp1251"), "a.txt")

    assert found.body == text.rstrip()
    assert "windows-1251" in found.warnings[0] or "cp1251" in found.warnings[0]


@pytest.mark.parametrize(
    ("head", "title", "day"),
    [
        ("Deputy Secretary’s Call With Japan\nFebruary 16, 2022", "Deputy Secretary’s Call With Japan", "2022-02-16"),
        ("\n  Ministers meet in Valletta \n\nWednesday, 3 June 1987", "Ministers meet in Valletta", "1987-06-03"),
        ("Ministers meet in Valletta\nOffice of the Spokesperson", None, None),
        ("Ministers met in Valletta.\n3 June 1987", None, None),
        ("Ministers meet in Valletta\n3 June 1987 was a Wednesday, and the ministers met.", None, None),
        ("Article 12\n3 June 1987", None, None),
        ("3 June 1987", None, None),
    ],
)  # fmt: skip
def test_a_headline_with_a_day_under_it_is_proposed(head, title, day):
    found = read(f"{head}\n\nThey talked.\n".encode(), "call.txt").metadata

    assert (found.title, found.published_on, found.kind) == (title, day, "news" if title else None)


def test_plain_text_keeps_its_lines_and_says_which_continue():
    text = (
        "TREATY OF FRIENDSHIP\n\n"
        "The two Governments, desiring to strengthen the\nfriendship that unites their peoples and to take\n"
        "counsel together, have agreed upon the articles\nbelow.\n\n\n"
        "Article 1\nThere shall be peace.\n"
    )

    found = read(text.replace("\n", "\r\n").encode(), "a.txt")

    assert found.body == text.rstrip("\n")
    assert blocks(found) == [
        ("paragraph", 0, "TREATY OF FRIENDSHIP"),
        ("paragraph", 0, "The two Governments, desiring to strengthen the"),
        ("line", 0, "friendship that unites their peoples and to take"),
        ("line", 0, "counsel together, have agreed upon the articles"),
        ("line", 0, "below."),
        ("heading", 3, "Article 1"),
        ("paragraph", 0, "There shall be peace."),
    ]
    assert found.metadata.title == "TREATY OF FRIENDSHIP"


def test_plain_text_is_kept_to_the_character():
    text = "\n  Indented title\n \n\tTabbed  words,   spaced \nand more"

    found = read(text.encode(), "a.txt")

    assert found.body == text
    assert [found.body[b.start : b.end] for b in found.blocks] == [
        line for line in text.split("\n") if line
    ]


def test_plain_text_with_a_paragraph_on_each_line():
    found = read(b"One long paragraph.\nAnother one.\nA third.\n", "a.txt")

    assert found.blocks == (
        Block("paragraph", 0, 19),
        Block("paragraph", 20, 32),
        Block("paragraph", 33, 41),
    )


# Hard-wrapped text, as it is typed, mailed and scanned: which lines begin a paragraph and which go on.
WRAPPED = {
    "four lines": (
        "The Government of Japan and the Government of\nMongolia will meet each\nyear in the spring and in\nautumn."
    ),
    "two lines": "The ministers agreed that the fleet will\nvisit the port twice a year.",
    "narrow": "The Parties will\nconsult together\nwhenever either of\nthem is threatened\nfrom without.",
    "no case": "이 조약은 비준을 받아야 한다. 비준서는 가능한 한 조속히 서울에서 교환되어야 하며 당사국은 이 조약의 목적을\n"
    "달성하기 위하여 필요한 모든 조치를 공동으로 취하기로 합의한다. 이 조약은 무기한으로 유효하다고 당사국은\n"
    "서로 확인하고 이에 서명하였으며 어느 당사국이든지 타 당사국에 통고한 후 일 년 후에 종료할 수 있다는 것을\n확인한다.",
}


@pytest.mark.parametrize("name", WRAPPED)
def test_a_wrapped_paragraph_is_one_run_and_no_sentence_breaks_at_its_lines(name):
    found = read(WRAPPED[name].encode(), "a.txt")

    kinds = [block.kind for block in found.blocks]
    rows = [(block.kind, block.start, block.end, block.level) for block in found.blocks]
    spans = structure.sentences(found.body, structure.runs(rows))
    assert kinds == ["paragraph", *["line"] * (len(kinds) - 1)]
    assert all(found.body[end - 1] in ".。" for _, end in spans)


def test_paragraphs_of_a_wrapped_text_begin_by_label_indent_or_after_a_short_line():
    text = (
        "The two ministers met in Lisbon on Tuesday and spoke of\nthe bases for an hour.\n"
        "They will meet again in the autumn, when the treaty is\ndue to be renewed by both.\n"
        "1. The first agreement is on training, of which each of\nthe two will bear half.\n"
        "2. The second is on ports.\n"
        "   An indented paragraph follows the list and runs over\nto the next line of the page."
    )

    found = read(text.encode(), "a.txt")

    assert [
        found.body[b.start : b.end].strip()[:9] for b in found.blocks if b.kind == "paragraph"
    ] == [
        "The two m",
        "They will",
        "1. The fi",
        "2. The se",
        "An indent",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tokyo\nSeoul\nManila\nCanberra",
        "(a) the training of officers;\n(b) the lease of two ports;\n(c) a yearly council.",
        "Wellington, 4 June 1985\nFrigates exercised in the Tasman Sea.\nThe exercise lasted four days.",
    ],
)
def test_lines_that_end_where_they_mean_to_are_paragraphs_of_their_own(text):
    found = read(text.encode(), "a.txt")

    assert {block.kind for block in found.blocks} == {"paragraph"}


ANY = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=300)


@given(ANY)
def test_any_text_is_tiled_by_its_blocks(raw):
    for name in ("a.txt", "a.md"):
        try:
            found = read(raw.encode(), name)
        except Unreadable:
            continue
        last = 0
        for block in found.blocks:
            assert set(found.body[last : block.start]) <= {"\n"}
            assert block.start < block.end and "\n" not in found.body[block.start : block.end]
            last = block.end
        assert last == len(found.body)


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a"]))
def test_any_bytes_are_read_or_refused(data, name):
    try:
        found = read(data, name)
    except Unreadable as refused:
        assert refused.reason
    else:
        assert found.body.strip()


MARKDOWN = """---
title: "Joint Statement\u00a0on Consultation"
date: '2023-08-18'
source_url: https://example.org/statement
author: Office of the Spokesperson
---

We, the leaders,
*commit* to [consult](https://example.org).

## Shared threats

1. Exercises
   - at sea
2. Training

> Quoted words

| State | Troops |
|-------|--------|
| Arden | 300 |

First line\\
second line &amp; <b>bold</b> <script>alert(1)</script>

```
code here
```
"""


def test_markdown_becomes_plain_blocks_and_front_matter_metadata():
    found = read(MARKDOWN.encode(), "a.md")

    assert blocks(found) == [
        ("title", 1, "Joint Statement on Consultation"),
        ("paragraph", 0, "We, the leaders, commit to consult."),
        ("heading", 2, "Shared threats"),
        ("list", 1, "Exercises"),
        ("list", 2, "at sea"),
        ("list", 1, "Training"),
        ("quote", 0, "Quoted words"),
        ("table", 0, "State | Troops"),
        ("table", 0, "Arden | 300"),
        ("paragraph", 0, "First line"),
        ("paragraph", 0, "second line & bold alert(1)"),
        ("code", 0, "code here"),
    ]
    assert found.metadata == Metadata(
        title="Joint Statement on Consultation",
        published_on="2023-08-18",
        author="Office of the Spokesperson",
        address="https://example.org/statement",
        kind="news",
    )


def test_unreadable_front_matter_stays_text_with_a_warning():
    found = read(b"---\ntitle: [unclosed\n---\nBody.\n", "a.md")

    assert "Body." in found.body and "unclosed" in found.body
    assert "front matter" in found.warnings[0]


HTML = """<!DOCTYPE html><html lang="en-GB"><head><title>Arden sends aid - The Courier</title>
<meta property="og:title" content="Arden sends aid"><meta property="og:site_name" content="The Courier">
<meta property="og:type" content="article"><meta property="article:published_time" content="2021-05-26T16:09:29Z">
<meta name="author" content="By Jo Writer"><link rel="canonical" href="https://courier.example/aid">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Arden sends aid"}</script></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Arden sends aid</h1>
<p>May 26, 2021</p>
<p>The government of Arden said on Wednesday that it would send 300 instructors to Bohun, its ally of thirty
years, under the treaty of friendship that both signed in the spring.</p>
<h2>Reaction</h2><p>Officials in Bohun welcomed the decision&nbsp;and said that training would begin in June and
last until the end of the year at two bases.</p>
<script>steal()</script></article><footer>Copyright</footer></body></html>"""


def test_html_gives_the_article_under_its_headline_and_what_the_page_says_of_itself():
    found = read(HTML.encode(), "a.html")

    assert found.body.split("\n")[0] == "Arden sends aid"
    assert found.blocks[0] == Block("title", 0, 15, 1)
    assert ("heading", 2, "Reaction") in blocks(found)
    assert found.body.endswith("last until the end of the year at two bases.")
    assert not {"Home", "steal()", "Copyright"} & set(found.body.split())
    assert found.metadata == Metadata(
        "Arden sends aid",
        "The Courier",
        "2021-05-26",
        "Jo Writer",
        "https://courier.example/aid",
        "en",
        "news",
    )
    assert found.warnings == ()


def test_html_with_two_dates_says_so():
    other = HTML.replace("2021-05-26T16:09:29Z", "2021-06-02").replace(
        '"headline"', '"datePublished": "2021-05-26", "headline"'
    )

    found = read(other.encode(), "a.html")

    assert found.metadata.published_on in ("2021-05-26", "2021-06-02")


def test_html_without_an_article_is_still_read():
    found = read(b"<html><body><h1>Notice</h1><ul><li>One</li><li>Two</li></ul></body></html>", "a")

    assert "One" in found.body and "Two" in found.body


def test_html_declared_in_another_encoding():
    page = "<html><head><meta charset='windows-1251'></head><body><p>Договор о дружбе между странами.</p></body></html>"

    found = read(page.encode("cp1251"), "a.html")

    assert found.body == "Договор о дружбе между странами."
    assert found.parameters["encoding"] == "cp1251"


def test_entities_of_a_hostile_page_do_nothing():
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>Text &b; and &x; here, of some length, for '
        "readers who look at it.</p></body></html>"
    )

    found = read(bomb.encode(), "a.html")

    assert "aaaaaaaaaa" not in found.body
    assert "Text" in found.body and "here, of some length" in found.body


def test_deeply_nested_html_is_read_or_refused_but_never_crashes():
    deep = b"<html><body>" + b"<div>" * 200_000 + b"words" + b"</div>" * 200_000 + b"</body></html>"

    try:
        found = read(deep, "a.html")
    except Unreadable as refused:
        assert refused.reason
    else:
        assert found.body == "words"
