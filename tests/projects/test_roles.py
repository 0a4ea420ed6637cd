"""The table of rights: whole, without dead lines, and the words the code asks with are in it."""

import ast
from pathlib import Path

from projects.roles import PERMISSIONS, ROLES, permissions_of

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("projects", "sources", "coding", "reconciliation", "datasets", "config")


def test_the_table_is_this():
    assert {role: sorted(permissions) for role, permissions in ROLES.items()} == {
        "coder": ["account.change", "coding.code", "project.view", "searches.keep"],
        "adjudicator": [
            "account.change",
            "project.view",
            "reconciliation.decide",
            "reconciliation.run",
            "reconciliation.view",
            "releases.view",
            "searches.keep",
        ],
        "exporter": [
            "account.change",
            "project.view",
            "releases.build",
            "releases.publish",
            "releases.view",
            "searches.keep",
        ],
        "manager": [
            "account.change",
            "codebook.edit",
            "coding.import",
            "documents.add",
            "ledger.view",
            "lists.load",
            "project.manage",
            "project.view",
            "rounds.manage",
            "searches.keep",
        ],
    }


def test_roles_list_only_permissions_that_exist():
    assert {role: sorted(given - set(PERMISSIONS)) for role, given in ROLES.items()} == {
        role: [] for role in ROLES
    }


def test_every_permission_is_given_by_some_role():
    assert sorted(set(PERMISSIONS) - frozenset().union(*ROLES.values())) == []


def test_every_permission_is_asked_for_somewhere_in_the_code():
    asked = set().union(*(words_in(path) for path in code()))

    assert sorted(set(PERMISSIONS) - asked) == []


def test_every_permission_the_code_asks_for_exists():
    asked = {
        (str(path.relative_to(ROOT)), word)
        for path in code()
        for word in asked_of_passes(path)
        if word not in PERMISSIONS
    }

    assert asked == set()


def test_roles_add_up_and_unknown_ones_give_nothing():
    assert permissions_of([]) == frozenset()
    assert permissions_of(["emperor"]) == frozenset()
    assert permissions_of(["coder", "exporter"]) == ROLES["coder"] | ROLES["exporter"]


def code():
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts and path != ROOT / "projects" / "roles.py":
                yield path


def words_in(path: Path) -> set[str]:
    return {
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def asked_of_passes(path: Path) -> set[str]:
    """The literal permission in each call of allows, require, pass_for, project_for and acting."""
    place = {"allows": 0, "require": 0, "pass_for": 2, "project_for": 2, "acting": 1}
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
        at = place.get(name)
        if at is None or len(node.args) <= at:
            continue
        argument = node.args[at]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            found.add(argument.value)
    return found
