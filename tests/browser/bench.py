"""A project with the same three short documents to code over and over: each test of the workspace takes a round of its own.

Run beside an installation, in its environment: `python -m tests.browser.bench`.
"""

import os
import shutil
import tempfile
from pathlib import Path

ROUNDS = 48
NOTE = "Exchange of notes on coastal defence"
PARTS = "Memorandum of many scripts"
DOCUMENTS = {
    "note": f"""{NOTE}

Valletta, 3 June 1987

The defence ministers of Italy and Malta met in Valletta on 3 June 1987.

They agreed that Italian instructors will train forty Maltese soldiers each year. The courses begin in September.

Italy will deliver two patrol boats. Malta will keep the harbour open to the ships of its ally.
""",
    # Characters outside the Basic Multilingual Plane, a combining one, and words that run from right to left.
    "scripts": f"""{PARTS}

The 🇮🇹 and 🇲🇹 delegations raised their glasses 🥂🥂 before the signing.

وقّع الوزيران 🤝 الاتفاق في فاليتا يوم ٣ يونيو ١٩٨٧ أمام الصحفيين.

After 𝒯he toast, the naïve café owner (naïve) said that the pact 📜 holds for ten years.
""",
}


# A treaty of three printed pages, as the demo has it, and alliances that bind states of the documents.
TREATY = "Treaty of Common Security between the Republic of the Philippines and the United States of America"
PRINTED = Path(__file__).parents[2] / "config/demo/documents/phl-usa-1951-treaty.pdf"
ALLIANCES = """\
reference,name,kind,start,member,role
ITM-1980,Treaty on the Neutrality of Malta,neutrality,1980-09-15,ITA,patron
ITM-1980,,,,MLT,protege
"""


def lay() -> None:
    from django.core.management import call_command

    call_command("create_project", "bench", title="Bench", by="dora")
    call_command("add_member", "bench", "ada", roles="coder", label="C1", by="dora")
    call_command("add_member", "bench", "ben", roles="adjudicator", label="PI", by="dora")
    with tempfile.TemporaryDirectory() as folder:
        for name, text in DOCUMENTS.items():
            Path(folder, f"{name}.txt").write_text(text, encoding="utf-8")
        shutil.copy(PRINTED, Path(folder, "treaty.pdf"))
        call_command("import_documents", "bench", folder, by="dora")
        alliances = Path(folder, "alliances.csv")
        alliances.write_text(ALLIANCES, encoding="utf-8")
        call_command("import_alliances", "bench", alliances, by="dora")
    for number in range(1, ROUNDS + 1):
        call_command(
            "open_round", "bench", f"Try {number}", coders="ada", per_document=1, by="dora"
        )


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.browser import rereading

    lay()
    rereading.lay()
