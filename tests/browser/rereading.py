"""A project whose document was coded and then read anew: what the tests of settled evidence start from.

Laid beside the bench, in the environment of an installation. Each reader of it takes a document of its own.
"""

DOCUMENTS = 3
OLDER = (
    "Wellington, 4 June 1985\n"
    "Australian and New Zea-land frigates exercised in the Tasman Sea.\n"
    "The exercise lasted four days.\n"
    "The defence ministers of the two countries will consult each year."
)
NEWER = (
    "Wellington, 4 June 1985\n"
    "Australian and New Zealand frigates exercised in the Tasman Sea 🌊.\n"
    "It was the first of its kind. The exercise lasted four days, as the year before.\n"
    "The defence ministers of the two countries will consult each year."
)

# Read by the reader itself, so that its description is proposed.
TREATY = """Treaty of Watch between Japan and Mongolia

Article 1
They meet in spring.

Article 2
The Parties part after ratification.

Done at Ulaanbaatar this third day of May, nineteen hundred and seventy-four.
"""


def lay() -> None:
    from projects import jobs
    from projects.models import User
    from sources import documents as verbs
    from tests import factories

    project = factories.project("rereading", by=User.objects.get(username="dora"))
    ada = factories.member(project, "ada", label="C1")
    factories.codebook(project)
    documents = [
        factories.document(project, f"wire-{n}", body=f"{OLDER}\nWire no. {n}.")
        for n in range(1, DOCUMENTS + 1)
    ]
    coded_in = factories.round_of(project, [ada], documents)
    marked = ["New Zea-land frigates", "exercise lasted four days", "consult each year"]
    places = [[OLDER.index(words), OLDER.index(words) + len(words)] for words in marked]
    for n, document in enumerate(documents, 1):
        work = factories.assignment(coded_in, ada, document)
        factories.coded(work, factories.event(evidence={"start": places}))
        factories.text(document, body=f"{NEWER}\nWire no. {n}.")
    verbs.add(
        project,
        by=ada.user,
        chunks=[TREATY.encode()],
        filename="watch-1974.txt",
    )
    jobs.finish_all()
