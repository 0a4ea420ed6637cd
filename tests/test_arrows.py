"""Both arrow rules of the house as data, held against the real import statements.

Rooms: each imports itself and the rooms below. Floors: pure modules, models, verbs, pages, addresses; each
imports its own floor and those below, in its own room as in the others.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# From the ground.
ROOMS = ("projects", "sources", "coding", "reconciliation", "datasets", "config")
FLOORS = ("pure", "models", "verbs", "pages", "addresses")

# A name stands for its module and everything in it. What is named nowhere lies on the floor of verbs,
# beside ledger, jobs, access and queries.
PURE = (
    "projects.spreadsheets",
    "sources.carrying",
    "sources.reading",
    "sources.alliance_files",
    "sources.alliances",
    "sources.list_files",
    "sources.preparing",
    "sources.state_files",
    "sources.states",
    "sources.timelines",
    "sources.likeness",
    "sources.search.tokens",
    "sources.search.phrases",
    "sources.search.ranges",
    "sources.search.mentions",
    "sources.structure",
    "coding.schema",
    "coding.dates",
    "coding.allocation",
    "coding.drawing",
    "coding.levelling",
    "coding.exchange",
    "coding.lines",
    "coding.pictures",
    "coding.changes",
    "coding.operations",
    "coding.suggestions",
    "coding.wording",
    "reconciliation.agreement",
    "reconciliation.commitments",
    "reconciliation.plots",
    "reconciliation.positions",
    "reconciliation.quoting",
    "reconciliation.rules",
    "reconciliation.source_plots",
    "reconciliation.source_shares",
    "reconciliation.verdicts",
    "datasets.anonymising",
    "datasets.atop_columns",
    "datasets.cells",
    "datasets.citation",
    "datasets.columns",
    "datasets.commitments",
    "datasets.creators",
    "datasets.data_package",
    "datasets.describing",
    "datasets.findings",
    "datasets.formats",
    "datasets.formats.json_lines",
    "datasets.formats.parquet",
    "datasets.formats.stata",
    "datasets.formats.typed",
    "datasets.incident_tables",
    "datasets.keys",
    "datasets.licences",
    "datasets.manifest",
    "datasets.measures",
    "datasets.member_tables",
    "datasets.member_years",
    "datasets.membership",
    "datasets.ordering",
    "datasets.panel_tables",
    "datasets.panels",
    "datasets.papers",
    "datasets.papers.blocks",
    "datasets.papers.codebook",
    "datasets.papers.html",
    "datasets.papers.markdown",
    "datasets.papers.pdf",
    "datasets.papers.reliability",
    "datasets.placing",
    "datasets.provenance_tables",
    "datasets.readme",
    "datasets.records",
    "datasets.tables",
    "datasets.tallies",
    "datasets.verifying",
    "projects.refusals",
    "projects.roles",
    "starting",
)
NAMED_FLOORS = {
    "models": "models",
    "tasks": "pages",
    "views": "pages",
    "accounts": "pages",
    "member_views": "pages",
    "reference_views": "pages",
    "reference_forms": "pages",
    "reference_api": "pages",
    "carried_views": "pages",
    "round_views": "pages",
    "feedback_views": "pages",
    "concern_views": "pages",
    "draft_note_views": "pages",
    "round_forms": "pages",
    "question_views": "pages",
    "workspace_api": "pages",
    "codebook_views": "pages",
    "exchange_api": "pages",
    "exchange_forms": "pages",
    "exchange_views": "pages",
    "outline_views": "pages",
    "incident_views": "pages",
    "source_report_views": "pages",
    "series_views": "pages",
    "assessment_views": "pages",
    "assessment_forms": "pages",
    "figure_views": "pages",
    "rest": "pages",
    "webhook_views": "pages",
    "invitations_api": "pages",
    "webhooks_api": "pages",
    "structure_api": "pages",
    "codebooks_api": "pages",
    "rounds_api": "pages",
    "questions_api": "pages",
    "runs_api": "pages",
    "board_api": "pages",
    "incidents_api": "pages",
    "concerns_api": "pages",
    "feedback_api": "pages",
    "calculator_api": "pages",
    "tables_api": "pages",
    "assessments_api": "pages",
    "figure_forms": "pages",
    "sheet_views": "pages",
    "api": "pages",
    "forms": "pages",
    "serializers": "pages",
    "templatetags": "pages",
    "authentication": "pages",
    "urls": "addresses",
    "apps": "addresses",
    "management": "addresses",
}
# The start command runs before anything is installed, so it stands apart from the rooms.
APART = "starting"
FRAMEWORKS = ("django", "rest_framework", "celery")


@dataclass(frozen=True)
class Import:
    """`module`, in line `line`, imports `name`; `late` where that happens inside a function."""

    module: str
    line: int
    name: str
    late: bool = False


@cache
def imports_of(module: str, source: str, known: frozenset[str], *, package: bool) -> list[Import]:
    """Every import of a module, wherever it stands, as the dotted name of the module that is loaded."""
    found = []
    for node, late in _statements(ast.parse(source), late=False):
        if isinstance(node, ast.Import):
            found += [Import(module, node.lineno, alias.name, late) for alias in node.names]
            continue
        base = node.module or ""
        if node.level:
            parts = module.split(".") if package else module.split(".")[:-1]
            parts = parts[: len(parts) - node.level + 1]
            base = ".".join([*parts, *filter(None, [node.module])])
        for alias in node.names:
            whole = f"{base}.{alias.name}"
            told = whole if whole in known or alias.name == "settings" else base
            found.append(Import(module, node.lineno, told, late))
    return list(dict.fromkeys(found))


def _statements(node: ast.AST, *, late: bool) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, late
        else:
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _statements(child, late=late or inside)


def broken_arrows(modules: Mapping[str, str], packages: frozenset[str] = frozenset()) -> list[str]:
    """One line for each import that breaks a rule. `modules`: dotted name to source."""
    known = frozenset(modules)
    return [
        f"{one.module.replace('.', '/')}.py:{one.line} imports {one.name}: {reason}"
        for module, source in sorted(modules.items())
        for one in imports_of(module, source, known, package=module in packages)
        if (reason := why_broken(one.module, one.name))
    ]


def why_broken(module: str, imported: str) -> str | None:
    """Why a module may not import another, or None."""
    if imported.endswith(".settings") and imported != "django.conf.settings":
        return "settings come from django.conf"
    if imported == "config.settings" or imported.startswith("config.settings."):
        return "settings come from django.conf"
    if room(module) == "config":
        return None
    if is_pure(module) and imported.split(".")[0] in FRAMEWORKS:
        return f"a pure module knows no {imported.split('.')[0]}"
    if room(imported) is None:
        return None
    if APART in (room(module), room(imported)):
        return None if room(module) == room(imported) else f"{APART} stands apart from the rooms"
    if ROOMS.index(room(imported)) > ROOMS.index(room(module)):
        return f"{room(imported)} lies above {room(module)}"
    if imported.split(".")[1:2] == ["tasks"] and floor(module) == "verbs":
        return "a verb never imports a task: it writes a job"
    if FLOORS.index(floor(imported)) > FLOORS.index(floor(module)):
        return f"{floor(imported)} lie above {'pure modules' if is_pure(module) else floor(module)}"
    return None


def room(module: str) -> str | None:
    first = module.split(".")[0]
    return first if first in (*ROOMS, APART) else None


def is_pure(module: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in PURE)


def floor(module: str) -> str:
    if is_pure(module) or "." not in module:
        return "pure"
    named = (NAMED_FLOORS.get(part) for part in module.split(".")[1:])
    return next((one for one in named if one), "verbs")


def circles(modules: Mapping[str, str], packages: frozenset[str] = frozenset()) -> list[str]:
    """Modules that need one another to be loaded, each circle told once."""
    known = frozenset(modules)
    needs = {
        module: sorted(
            {
                one.name
                for one in imports_of(module, source, known, package=module in packages)
                if one.name in known and one.name != module and not one.late
            }
        )
        for module, source in modules.items()
    }
    found: dict[frozenset[str], str] = {}
    done: set[str] = set()

    def walk(module: str, path: list[str]) -> None:
        if module in path:
            circle = path[path.index(module) :]
            found.setdefault(frozenset(circle), " -> ".join([*circle, module]))
        elif module not in done:
            for needed in needs[module]:
                walk(needed, [*path, module])
            done.add(module)

    for module in sorted(needs):
        walk(module, [])
    return list(found.values())


# --- the real house


@pytest.fixture(scope="module")
def house() -> tuple[dict[str, str], frozenset[str]]:
    """Sources of every module of every room by dotted name, and which of them are packages."""
    modules, packages = {}, set()
    for top in (*ROOMS, APART):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" in parts:
                continue
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            modules[name] = path.read_text(encoding="utf-8")
            if parts[-1] == "__init__":
                packages.add(name)
    return modules, frozenset(packages)


def test_arrows_run_down_only(house):
    assert broken_arrows(*house) == []


def test_no_two_modules_need_each_other(house):
    assert circles(*house) == []


def test_tables_name_only_what_is_there(house):
    modules, _ = house

    tops = {name.split(".")[1] for name in modules if name.count(".") >= 1}

    assert [name for name in PURE if name not in modules] == []
    assert sorted(set(NAMED_FLOORS) - tops - {"serializers"}) == []


def test_every_room_is_walked(house):
    modules, _ = house

    assert {name.split(".")[0] for name in modules} == {*ROOMS, APART}
    assert len(modules) > 150


def test_rooms_open_without_loading_anything(house):
    modules, packages = house

    loaded = {
        room_name: [
            one.name
            for one in imports_of(room_name, modules[room_name], frozenset(modules), package=True)
        ]
        for room_name in ROOMS
    }

    # config makes the Celery application before anything else can ask for one.
    assert {name: names for name, names in loaded.items() if names} == {"config": ["config.celery"]}


def test_pure_modules_load_without_a_framework(house):
    modules, _ = house
    pure = sorted(name for name in modules if is_pure(name) and not name.endswith("__main__"))
    program = (
        f"import importlib, sys\nfor name in {pure!r}: importlib.import_module(name)\n"
        f"print(*sorted({set(FRAMEWORKS)!r} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60
    )

    assert (done.stdout.strip(), done.stderr, done.returncode) == ("", "", 0)


# --- the checker itself


@pytest.mark.parametrize(
    ("module", "source", "said"),
    [
        ("projects.members", "from sources.models import Document", "imports sources.models: sources lies above projects"),
        ("sources.documents", "import datasets.panels", "imports datasets.panels: datasets lies above sources"),
        ("projects.jobs", "def announce():\n    from config.celery import app", "imports config.celery: config lies above projects"),
        ("coding.schema.numbers", "from django.utils import timezone", "imports django.utils: a pure module knows no django"),
        ("starting.steps", "import django", "imports django: a pure module knows no django"),
        ("starting.steps", "from projects import roles", "imports projects.roles: starting stands apart from the rooms"),
        ("projects.files", "from starting import places", "imports starting: starting stands apart from the rooms"),
        ("coding.operations", "from coding.models import Event", "imports coding.models: models lie above pure modules"),
        ("datasets.tables", "from datasets import releases", "imports datasets.releases: verbs lie above pure modules"),
        ("reconciliation.agreement.units", "class A:\n    def f(self):\n        import celery", "imports celery: a pure module knows no celery"),
        ("coding.models.event", "from projects import ledger", "imports projects.ledger: verbs lie above models"),
        ("coding.events", "from coding import views", "imports coding.views: pages lie above verbs"),
        ("datasets.releases", "from datasets import tasks", "imports datasets.tasks: a verb never imports a task: it writes a job"),
        ("datasets.releases", "def build():\n    from sources.tasks import read", "imports sources.tasks: a verb never imports a task: it writes a job"),
        ("coding.views", "from coding.urls import urlpatterns", "imports coding.urls: addresses lie above pages"),
        ("coding.events", "from config import settings", "imports config.settings: settings come from django.conf"),
        ("config.street", "import config.settings", "imports config.settings: settings come from django.conf"),
        ("coding.events", "from config.settings import DEBUG", "imports config.settings: settings come from django.conf"),
        ("sources.reading.pdf", "from ..models import Text", "imports sources.models: models lie above pure modules"),
    ],
)  # fmt: skip
def test_a_broken_arrow_is_named(module, source, said):
    modules = {
        "projects.ledger": "",
        "projects.roles": "",
        "coding.views": "",
        "datasets.releases": "",
        "datasets.tasks": "",
        "config.settings": "",
        module: source,
    }

    line = len(source.split("\n"))

    assert broken_arrows(modules) == [f"{module.replace('.', '/')}.py:{line} {said}"]


def test_lawful_arrows_are_let_be():
    modules = {
        "projects.models": "from django.db import models",
        "projects.ledger": "from projects.models import LedgerLine\nfrom django.conf import settings",
        "sources.states": "import csv",
        "sources.models": "from projects.models import Project",
        "coding.schema": "from coding.schema import parsing",
        "coding.schema.parsing": "import yaml",
        "coding.events": "from coding.models import Event\nfrom projects import ledger\nfrom sources import states",
        "coding.models": "from coding import schema",
        "coding.tasks": "from coding import events",
        "coding.apps": "def ready():\n    from coding import tasks",
        "config.commands": "from coding.tasks import run\nfrom django.conf import settings",
    }

    assert broken_arrows(modules, frozenset({"coding.schema"})) == []


def test_a_circle_is_found_and_told_once():
    modules = {
        "coding.rounds": "from coding import events",
        "coding.events": "from coding import assignments",
        "coding.assignments": "from coding import rounds",
        "coding.queries": "from coding import rounds",
    }

    assert circles(modules) == [
        "coding.assignments -> coding.rounds -> coding.events -> coding.assignments"
    ]


def test_an_import_inside_a_function_makes_no_circle_but_is_an_arrow():
    modules = {
        "projects.jobs": "def run():\n    from projects import views",
        "projects.views": "from projects import jobs",
    }

    assert circles(modules) == []
    assert broken_arrows(modules) == [
        "projects/jobs.py:2 imports projects.views: pages lie above verbs"
    ]
