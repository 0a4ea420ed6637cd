"""Which pages the documentation has, and in what order: docs/contents.yaml, and behind it whatever else lies there.

Knows files and titles; how a page is drawn is `rendering`'s.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

HOME = "index"


@dataclass(frozen=True)
class Page:
    """`path` is the file below docs/ without its ending, and the address below /help/."""

    path: str
    title: str
    file: Path


@dataclass(frozen=True)
class Part:
    title: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Contents:
    parts: tuple[Part, ...]

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(page for part in self.parts for page in part.pages)

    def page(self, path: str) -> Page | None:
        return next((page for page in self.pages if page.path == (path or HOME)), None)

    def beside(self, page: Page) -> tuple[Page | None, Page | None]:
        """The pages before and after this one, in reading order."""
        order = self.pages
        at = order.index(page)
        return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)


def read(folder: Path) -> Contents:
    """The contents of a folder of documentation. A page nobody listed stands at the end of its folder's part."""
    listed = yaml.safe_load((folder / "contents.yaml").read_text(encoding="utf-8"))
    left = {
        file.relative_to(folder).with_suffix("").as_posix(): file
        for file in sorted(folder.rglob("*.md"))
    }
    parts: list[tuple[str, str, list[Page]]] = []
    for part in listed:
        pages = [_page(path, left.pop(path)) for path in part["pages"]]
        parts.append((part["title"], part.get("folder", ""), pages))
    for path, file in left.items():
        inside = path.rpartition("/")[0]
        home = next((pages for _, owned, pages in parts if owned == inside), None)
        if home is None:
            home = []
            parts.append((inside.replace("-", " ").capitalize() or "More", inside, home))
        home.append(_page(path, file))
    return Contents(tuple(Part(title, tuple(pages)) for title, _, pages in parts if pages))


def _page(path: str, file: Path) -> Page:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            return Page(path, line[2:].strip().replace("`", ""), file)
    raise ValueError(f"{file} has no heading of the first level")
