"""One page of documentation from Markdown to HTML: anchors, links, pictures, formulae, what it says section by section.

Knows nothing of addresses: whoever asks says where a page or a picture is found.
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from config.help.formulae import mathml, plain

_GIVEN = re.compile(r"^<!-- given: ([a-z_]+) -->$", re.MULTILINE)
_COMMENT = re.compile(r"^<!--.*?-->\n?", re.MULTILINE)
_NOT_SLUG = re.compile(r"[^\w\- ]")


@dataclass(frozen=True)
class Heading:
    anchor: str
    title: str
    level: int


@dataclass(frozen=True)
class Section:
    """A heading and the plain words under it, for the search."""

    anchor: str
    title: str
    words: str


@dataclass(frozen=True)
class Drawn:
    html: str
    headings: tuple[Heading, ...]
    sections: tuple[Section, ...]
    links: tuple[str, ...]


@dataclass(frozen=True)
class Addresses:
    """Where things are found: a page by its path, a picture by its name."""

    page: Callable[[str], str]
    picture: Callable[[str], str]


def slug(title: str) -> str:
    """The anchor of a heading, by the rule that code hosts go by, so that links work there too."""
    return _NOT_SLUG.sub("", title.strip().lower()).replace(" ", "-")


def draw(
    source: str, path: str, *, addresses: Addresses, given: Mapping[str, str] | None = None
) -> Drawn:
    """The page of this path. `given` fills what the page leaves to the code: `<!-- given: commands -->`."""
    said = given or {}
    source = _COMMENT.sub("", _GIVEN.sub(lambda found: said.get(found[1], ""), source))
    reader = _reader()
    tokens = reader.parse(source)
    links: list[str] = []
    opened: list[Token] = []
    for token in _every(tokens):
        if token.type == "link_open":
            opened.append(token)
            links.append(str(token.attrs["href"]))
            found = _found(links[-1], path, addresses)
            # A file of the repository has a name, but no address that every installation could give.
            token.tag, token.attrs = ("a", {"href": found}) if found else ("span", {})
        elif token.type == "link_close":
            token.tag = opened.pop().tag
        elif token.type == "image":
            token.attrs["src"] = addresses.picture(posixpath.basename(str(token.attrs["src"])))
            token.attrs["loading"] = "lazy"
    headings = tuple(_headings(tokens))
    html = reader.renderer.render(tokens, reader.options, {})
    return Drawn(html, headings, tuple(_sections(tokens)), tuple(links))


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    reader.use(anchors_plugin, min_level=1, max_level=4, slug_func=slug)
    reader.use(deflist_plugin)
    reader.use(dollarmath_plugin, allow_space=False, allow_digits=False, renderer=_formula)
    reader.add_render_rule("fence", _fence)
    reader.add_render_rule("table_open", lambda *_: '<div class="table-wrap" tabindex="0" role="region" aria-label="Table"><table class="table">')  # fmt: skip
    reader.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return reader


def _formula(source: str, options: Mapping[str, bool]) -> str:
    return mathml(source, block=bool(options.get("display_mode")))


def _fence(renderer: object, tokens: list[Token], at: int, *_: object) -> str:
    language = tokens[at].info.split(" ", 1)[0]
    kind = f' data-language="{escape(language)}"' if language else ""
    return f'<pre tabindex="0"{kind}><code>{escape(tokens[at].content)}</code></pre>\n'


def _found(href: str, path: str, addresses: Addresses) -> str:
    """Where a link of this page leads: elsewhere, within the page, to another page; nowhere for other files."""
    if "://" in href or href.startswith(("#", "mailto:")):
        return href
    target, _, anchor = href.partition("#")
    aim = posixpath.normpath(posixpath.join("docs", posixpath.dirname(path), target))
    if aim.startswith("docs/") and aim.endswith(".md"):
        return addresses.page(aim[5:-3]) + (f"#{anchor}" if anchor else "")
    return ""


def _every(tokens: list[Token]) -> list[Token]:
    return [one for token in tokens for one in (token, *_every(token.children or []))]


def _headings(tokens: list[Token]) -> list[Heading]:
    return [
        Heading(str(token.attrs["id"]), _words(following), int(token.tag[1]))
        for token, following in zip(tokens, tokens[1:], strict=False)
        if token.type == "heading_open"
    ]


def _sections(tokens: list[Token]) -> list[Section]:
    found: list[Section] = []
    anchor, title, words = "", "", list[str]()
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and following is not None:
            if title:
                found.append(Section(anchor, title, " ".join(words)))
            anchor, title, words = str(token.attrs["id"]), _words(following), []
        elif token.type in {"inline", "fence"} and not (words == [] and _words(token) == title):
            words.append(_words(token))
    return [*found, Section(anchor, title, " ".join(words))] if title else found


def _words(token: Token) -> str:
    if token.type == "fence":
        return " ".join(token.content.split())
    return "".join(
        child.content if child.type in {"text", "code_inline"} else
        plain(child.content) if child.type == "math_inline" else " "
        if child.type in {"softbreak", "hardbreak"} else ""
        for child in token.children or []
    ).strip()  # fmt: skip
