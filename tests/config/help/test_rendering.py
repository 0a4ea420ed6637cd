"""A page of documentation drawn: its links, pictures, headings, and what the search is told."""

from config.help.rendering import Addresses, Heading, Section, draw, slug

HERE = Addresses(page=lambda path: f"/help/{path}/", picture=lambda name: f"/pictures/{name}")


def drawn(source, path="how-to/coder", **given):
    return draw(source, path, addresses=HERE, **given)


def test_links_between_pages_follow_the_addresses_they_are_shown_at():
    html = drawn(
        "# T\n\n[a](../glossary.md#words) [b](manager.md) [c](#t) [d](https://example.org)"
    ).html

    assert '<a href="/help/glossary/#words">a</a>' in html
    assert '<a href="/help/how-to/manager/">b</a>' in html
    assert '<a href="#t">c</a>' in html
    assert '<a href="https://example.org">d</a>' in html


def test_a_file_of_the_repository_is_named_and_not_linked():
    assert "<span>it</span>" in drawn("# T\n\n[it](../../CONTRIBUTING.md)").html


def test_pictures_are_found_by_their_name():
    html = drawn("# T\n\n![A board](../pictures/board.png)").html

    assert 'src="/pictures/board.png" alt="A board" loading="lazy"' in html


def test_raw_html_is_shown_and_never_done():
    assert "<script" not in drawn("# T\n\n<script>alert(1)</script>").html


def test_headings_have_anchors_and_sections_their_words():
    page = drawn("# The `board`\n\nOne.\n\n## Keys & more\n\nTwo\nthree.\n\n```sh\nls  -l\n```\n")

    assert page.headings == (
        Heading("the-board", "The board", 1),
        Heading("keys--more", "Keys & more", 2),
    )
    assert page.sections == (
        Section("the-board", "The board", "One."),
        Section("keys--more", "Keys & more", "Two three. ls -l"),
    )


def test_what_the_code_gives_stands_where_the_page_asks_for_it():
    page = drawn("# T\n\n<!-- given: commands -->\n", given={"commands": "## verify\n\nHolds."})

    assert page.headings[1] == Heading("verify", "verify", 2)


def test_anchors_go_by_the_rule_of_code_hosts():
    assert slug("What the ledger keeps") == "what-the-ledger-keeps"
    assert slug("`N` `P`, and more!") == "n-p-and-more"
