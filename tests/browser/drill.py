"""A project for rounds in the browser: eight short documents, three coders, a training round and one with suggestions.

Run beside an installation, in its environment: `python -m tests.browser.drill`.
"""

import os
import tempfile
from pathlib import Path

SLUG = "rounds"
DRILL, HINTS = "Drill", "Hints"
NOTE, OTHER = "note-1", "note-2"
TEXT = "{title}\n\nThe minister of Japan said on 14 June 1951 that the text of the treaty was signed in the capital.\n\nJapan and Australia met in Canberra. The exercise of the navies was held near the coast.\n"


def lay() -> None:
    from django.core.management import call_command

    from coding import assignments, events, rounds
    from coding.models import Round
    from projects.models import Membership, Project, User
    from sources.models import Document

    call_command("create_project", SLUG, title="Rounds", by="dora")
    for label, name in (("C1", "ada"), ("C2", "ben"), ("C3", "cleo")):
        call_command("add_member", SLUG, name, roles="coder", label=label, by="dora")
    with tempfile.TemporaryDirectory() as folder:
        for n in range(1, 9):
            path = Path(folder, f"note-{n}.txt")
            path.write_text(TEXT.format(title=f"Note {n}"), encoding="utf-8")
        call_command("import_documents", SLUG, folder, by="dora")
    project, dora = Project.objects.get(slug=SLUG), User.objects.get(username="dora")
    coders = {one.label: one for one in Membership.objects.filter(project=project)}
    first = Document.objects.filter(project=project, external_id=NOTE)
    drill = rounds.open_round(
        project, DRILL, by=dora, coders=[coders["C1"]], per_document=1, documents=list(first),
        kind=Round.Kind.TRAINING, gold=coders["C2"], seed=1,
    )  # fmt: skip
    gold = drill.assignments.get(is_gold=True)
    said = [{"id": "5f0c9d5e-2a0b-4a35-9a55-3a2f0c6f7a10", "kind": "outcome.set", "outcome": "no_event"}]  # fmt: skip
    events.apply(gold, said, base=0, by=gold.coder.user)
    assignments.submit(gold, by=gold.coder.user)
    # Another document: whoever still codes one stays blind to its gold answer.
    second = Document.objects.filter(project=project, external_id=OTHER)
    rounds.open_round(
        project, HINTS, by=dora, coders=[coders["C1"]], per_document=1, documents=list(second),
        has_suggestions=True, seed=1,
    )  # fmt: skip


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    lay()
