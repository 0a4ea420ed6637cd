"""`manage.py build_docs OUT`: the documentation as a folder of HTML that any web server, or none, can show."""

import json
import shutil
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from config.help import contents, library

ASSETS = ("site.css", "help.css", "help.js", "site/logo.svg")


class Command(BaseCommand):
    help = "Write the documentation as HTML into a folder, with its pictures and its search."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("out", metavar="OUT", help="an empty or new folder, or an older build")

    def handle(self, *, out, **options):
        folder = Path(out)
        built = settings.BASE_DIR / "build" / "static"
        if not (built / "help.css").exists():
            raise CommandError("The pages' styles are not built: `node build.mjs` or `python3 start.py setup` first.")  # fmt: skip
        if folder.exists() and any(folder.iterdir()) and not (folder / "search.json").exists():
            raise CommandError(f"{out} holds something else; name an empty or new folder.")
        pages = library.all_pages()
        for page in pages.pages:
            file = folder / f"{page.path}.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_page(page, pages), encoding="utf-8")
        for name in ASSETS:
            _copy(built / name, folder / "assets" / Path(name).name)
        for picture in library.pictures():
            _copy(picture, folder / "pictures" / picture.name)
        index = [asdict(entry) for entry in library.index(library.beside(contents.HOME))]
        (folder / "search.json").write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
        self.stdout.write(f"{len(pages.pages)} pages in {folder}; begin with {folder}/index.html")


def _page(page, pages):
    addresses = library.beside(page.path)
    before, after = pages.beside(page)
    up = "../" * page.path.count("/")
    context = {
        "page": page,
        "drawn": library.draw(page, addresses),
        "parts": [
            (part.title, [(one.title, addresses.page(one.path), one == page) for one in part.pages])
            for part in pages.parts
        ],
        "before": before and (before.title, addresses.page(before.path)),
        "after": after and (after.title, addresses.page(after.path)),
        "index_url": f"{up}search.json",
        "up": up,
    }
    return render_to_string("config/help_file.html", context)


def _copy(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
