"""The documentation as a whole: every link, picture, chapter, setting, command and coefficient is there."""

import ast
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from config.help import chapters, commands, contents, library
from config.help.views import HERE, address_of
from reconciliation.agreement.coefficients import COEFFICIENTS
from tests.installation import ROOT
from tests.trust.routes import routes

DOCS = ROOT / "docs"
READERS = {"text", "flag", "number"}  # of config/settings.py
ENVIRONMENT = re.compile(r'environ(?:\.get\(|\[)"(CONCORD_[A-Z_]+)"')
LARGEST = 150_000  # bytes of a picture


@pytest.fixture(scope="module")
def drawn():
    return {page.path: library.draw(page, HERE) for page in library.all_pages().pages}


@pytest.fixture(scope="module")
def targets(drawn):
    """Every address of a page and of a heading in it."""
    found = set()
    for path, page in drawn.items():
        found |= {path, *(f"{path}#{heading.anchor}" for heading in page.headings)}
    return found


def test_every_page_is_in_the_contents_once():
    pages = [page.path for page in library.all_pages().pages]

    assert sorted(pages) == sorted(
        file.relative_to(DOCS).with_suffix("").as_posix() for file in DOCS.rglob("*.md")
    )


def test_every_link_leads_somewhere(drawn, targets):
    addresses = {address_of(target) for target in targets}

    lost = [
        f"{path}: {link}"
        for path, page in drawn.items()
        for link in re.findall(r'href="([^"]*)"', page.html)
        if not link.startswith("http")
        and (address_of(path) + link if link.startswith("#") else link) not in addresses
    ]
    files = [
        f"{path}: {link}"
        for path, page in drawn.items()
        for link in page.links
        if "://" not in link and not link.startswith("#")
        and not ((DOCS / path).parent / link.partition("#")[0]).exists()
    ]  # fmt: skip

    assert lost == []
    assert files == []


def test_every_picture_is_kept_small_and_used(drawn):
    used = {name for page in drawn.values() for name in re.findall(r'src="/help/pictures/([^"]+)"', page.html)}  # fmt: skip
    kept = {file.name: file.stat().st_size for file in library.pictures()}

    assert used - set(kept) == set()
    assert set(kept) - used == set()
    assert {name: size for name, size in kept.items() if size > LARGEST} == {}


def test_help_opens_at_a_chapter_that_exists(targets):
    asked = {*chapters.CHAPTERS.values(), *chapters.ROOMS.values()}

    assert asked - targets == set()


def test_the_table_of_chapters_names_only_pages_that_exist():
    assert set(chapters.CHAPTERS) - {route.name for route in routes()} == set()


def test_every_page_of_the_product_leads_to_its_chapter(client):
    answer = client.get(reverse("sign_in"))

    assert answer.context["shell"]["help_url"] == "/help/"
    assert (
        chapters.chapter_for("workspace", "coding.views.workspace")
        == "how-to/coder#code-a-document"
    )
    assert chapters.chapter_for("no_such_page", "datasets.views.x") == "how-to/exporter"


def test_every_setting_is_explained():
    """Those the settings read, with their numbers, and those of the start command."""
    read, numbers = set(), {}
    for call in ast.walk(ast.parse((ROOT / "config" / "settings.py").read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in READERS:
            name, *default = [getattr(one, "value", None) for one in call.args]
            if isinstance(name, str):  # else it is one of the readers itself
                read.add(name)
                numbers |= {name: default[0]} if call.func.id == "number" else {}
    for file in (ROOT / "starting").glob("*.py"):
        read |= set(ENVIRONMENT.findall(file.read_text(encoding="utf-8")))

    pages = "".join(page.read_text(encoding="utf-8") for page in DOCS.rglob("settings.md"))
    told = set(re.findall(r"`([A-Z][A-Z_]{3,})`", pages))
    defaults = {name: int(n) for name, n in re.findall(r"\| `([A-Z_]+)` \| `(\d+)`", pages)}

    assert read - told == set()
    assert numbers == {name: defaults.get(name) for name in numbers}


def test_every_command_tells_of_itself(drawn):
    headings = {heading.title for heading in drawn["reference/commands"].headings}

    assert set(commands.own()) <= headings
    assert (
        "`--per-document COUNT`" in commands.reference()
        or "`--per-document" in commands.reference()
    )


def test_every_coefficient_has_its_formula_or_source():
    page = (DOCS / "reference" / "coefficients.md").read_text(encoding="utf-8")

    assert [name for name in COEFFICIENTS if f"`{name}`" not in page] == []


@pytest.mark.django_db
def test_pages_are_open_to_everybody(client):
    page = client.get(address_of("reference/coefficients"))

    assert page.status_code == 200
    assert b'<math display="block">' in page.content
    assert client.get("/help/index/").headers["Location"] == "/help/"
    assert client.get("/help/no-such-page/").status_code == 404
    assert client.get("/help/pictures/secret_key").status_code == 404
    assert client.get(reverse("help_index")).json()[0]["title"] == "Concord, explained"


def test_the_pages_are_built_as_files(tmp_path):
    call_command("build_docs", str(tmp_path), verbosity=0)

    pages = contents.read(DOCS).pages
    assert sorted(
        file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.html")
    ) == sorted(f"{page.path}.html" for page in pages)
    for file in tmp_path.rglob("*.html"):
        for found in re.findall(r'(?:href|src)="([^"#]+)', file.read_text(encoding="utf-8")):
            if "://" not in found:
                assert (file.parent / found).exists(), f"{file}: {found}"
