"""The documentation of this installation: its pages read from docs/, drawn for the addresses they are shown at."""

import posixpath
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from config.help import commands, contents, rendering
from config.help.contents import Contents, Page
from config.help.rendering import Addresses, Drawn

FOLDER: Path = settings.BASE_DIR / "docs"
PICTURES = FOLDER / "pictures"


@dataclass(frozen=True)
class Entry:
    """What the search knows of one section: page, heading, address and words."""

    page: str
    title: str
    url: str
    words: str


def all_pages() -> Contents:
    return contents.read(FOLDER) if settings.DEBUG else _kept_contents()


@cache
def _kept_contents() -> Contents:
    return contents.read(FOLDER)


def draw(page: Page, addresses: Addresses) -> Drawn:
    """A page for these addresses; while nobody develops, each is drawn once."""
    return _drawn(page, addresses) if settings.DEBUG else _kept(page, addresses)


@cache
def _kept(page: Page, addresses: Addresses) -> Drawn:
    return _drawn(page, addresses)


def _drawn(page: Page, addresses: Addresses) -> Drawn:
    source = page.file.read_text(encoding="utf-8")
    given = {"commands": commands.reference()} if "<!-- given: commands" in source else {}
    return rendering.draw(source, page.path, addresses=addresses, given=given)


def index(addresses: Addresses) -> list[Entry]:
    """Every section of every page."""
    return [
        Entry(
            page.title,
            section.title,
            f"{addresses.page(page.path)}#{section.anchor}",
            section.words,
        )  # fmt: skip
        for page in all_pages().pages
        for section in draw(page, addresses).sections
    ]


def pictures() -> list[Path]:
    return sorted(file for file in PICTURES.iterdir() if file.suffix in {".png", ".webp", ".svg"})


def beside(path: str) -> Addresses:
    """Addresses of pages that lie as files beside one another, as seen from this page."""
    up = posixpath.dirname(path)
    return Addresses(
        page=lambda other: posixpath.relpath(f"{other}.html", up or "."),
        picture=lambda name: posixpath.relpath(f"pictures/{name}", up or "."),
    )
