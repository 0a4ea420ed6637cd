"""The notebook of docs/notebooks runs as it stands against a living server; its cells are executed one after another."""

import json
from pathlib import Path

import pytest

from projects import tokens
from projects.access import pass_for
from tests import factories

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebooks" / "api.ipynb"


def cells() -> list[str]:
    """The code of the notebook, cell by cell."""
    told = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return ["".join(one["source"]) for one in told["cells"] if one["cell_type"] == "code"]


def test_the_notebook_is_a_notebook_without_outputs():
    told = json.loads(NOTEBOOK.read_text(encoding="utf-8"))

    assert (told["nbformat"], [one["outputs"] for one in told["cells"] if "outputs" in one]) == (
        4, [[] for _ in cells()],
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_every_cell_runs_against_a_living_server(live_server, monkeypatch):
    scene = factories.scene(reconciled=True)
    person = scene.adjudicator.user
    _, secret = tokens.create(scene.project, by=person, name="notebook")
    monkeypatch.setenv("CONCORD_URL", live_server.url)
    monkeypatch.setenv("CONCORD_PROJECT", scene.project.slug)
    monkeypatch.setenv("CONCORD_TOKEN", secret)

    names: dict[str, object] = {}
    for number, cell in enumerate(cells(), 1):
        exec(compile(cell, f"{NOTEBOOK.name}, cell {number}", "exec"), names)  # noqa: S102 - its own cells are what is tested
    names["session"].close()

    assert list(names["documents"]["external_id"]) == ["d1"]
    assert {"status", "provider", "start"} <= set(names["figures"]["field"])
    assert names["kept"].status_code == 201
    assert pass_for(person, scene.project.slug).project.searches.get().note == "from the notebook"
