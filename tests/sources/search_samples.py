"""A small library in many scripts and what people look for in it; run as a program it prints the answers.

`python -m tests.sources.search_samples` migrates the database of DATABASE_URL, fills it and asks, so that one test
can hold the answers of two databases against each other.
"""

import json
import sys
from datetime import date

from tests import migrated

LONG = "\n".join(
    f"Paragraph {n} tells of the staff talks of {1900 + n % 100} and of nothing else."
    for n in range(900)
)
LIBRARY = {
    # own id: (title, published on, body)
    "shield": ("Exercise Shield begins", "1985-03-04", "The United States and South Korea began joint exercises. F-16s flew 1,200 sorties at 2.5 per hour."),
    "treaty": ("Mutual Defense Treaty", "1953-10-01", "The Parties will consult together. ARTICLE III Each Party recognizes that an armed attack in the Pacific area would be dangerous."),
    "french": ("Accord de défense", "1960-06-22", "La République française et le Tchad ont conclu un accord de coopération militaire technique."),
    "japan": ("日米防衛協力のための指針", "1997-09-23", "日本国とアメリカ合衆国との間の防衛協力は、第5条に基づく。米 国の基地。"),
    "china": ("中朝友好合作互助条约", "1961-07-11", "缔约双方保证共同采取一切措施，防止任何国家对缔约双方的任何一方的侵略。"),
    "korea": ("한미상호방위조약", "1953-10-01", "당사국은 외부로부터의 무력공격에 대하여 한미동맹을 유지한다."),
    "arabic": ("اتفاقية الدفاع المشترك", "1950-06-17", "تؤكد الدول المتعاقدة حرصها على دوام الأمن والسلام، وأن الولايات المتحدة ليست طرفاً في ١٢٣."),
    "thai": ("สนธิสัญญา", "", "ประเทศไทยและสหรัฐอเมริกาลงนามในสนธิสัญญา"),
    "russian": ("Договор о дружбе", "1955-05-14", "Договор о дружбе, сотрудничестве и взаимной помощи. Всё ещё в силе."),
    "long": ("A long report", "1999-01-01", LONG + "\nThe needle stands at the end: quite\nsurely here."),
    "repeated": ("Again", "2001-01-01", "ha " * 3000 + "silence ha"),
    "turkish": ("İstanbul İşbirliği", "2004-06-28", "NATO’s “Istanbul Cooperation Initiative” was launched in İstanbul — it’s open to the U.A.E."),
}  # fmt: skip
PACT = """\
Treaty of Friendship
The Parties have agreed:
Article 1
They consult at once.
Article V
An armed attack on one is an attack on all. They consult.
Article 5 bis
Bases are provided by protocol.
Article 6
Nothing is secret.
ANNEX
Article 5
Secret costs are shared after an attack."""
PACTS = {
    "pact": ("1949-04-04", PACT),
    "条约": (
        "1950-02-14",
        "友好同盟条约\n第一条\n双方保证采取措施。\n第五条\n双方根据友好合作的精神进行军事援助。",
    ),
}
QUERIES = [
    "", "exercises", "EXERCISE", "exerc*", '"joint exercises"', '"exercises joint"', '"joint exerc*"', "F-16*", "1,200", "1200",
    "2.5", "5 sorties", "korea -exercises", "parties OR treaty", "parties | 同盟 OR 条约", "defense", "defense OR défense", "DEFENSE -treaty",
    "republique", "Tchad", "防衛", "防衛協力", "衛", "国", "米国", "第5条", "条", "侵略", "缔约双方", "双方缔约", "한미", "동맹", "한미 동맹", "방위조약",
    "الولايات المتحدة", '"الولايات المتحدة"', "دفاع", "الدفاع", "امن", "123", "สนธิสัญญา", "ไทย", "дружбе", "ДОГОВОР", "все", "еще",
    "needle", '"quite surely"', '"the end quite surely here"', '"talks of 1950"', "paragraph 899", "silence", '"ha silence"', '"ha ha ha"',
    '"again ha"', "istanbul", "uae", "nato", '"nato s"', "title", "nothing-such", "ha -silence", "talk* -needle", '"attack in the pacific',
    "军事援助", "attack", "consult", "ⅲ", "iii", "o'brien", "'; DROP TABLE", "a:b & c | d", "NEAR(a b)", "\\", "100%", "_",
]  # fmt: skip
# Words with an article.
IN_ARTICLES = [
    ("", "5"), ("", "V"), ("", "5 bis"), ("", "第五条"), ("", "12"), ("attack", "5"), ("attack", "1"), ("consult", "Article 5"),
    ("attack -secret", "5"), ("attack -bases", "5"), ("secret OR bases", "5"), ("pact", "5"), ("军事援助", "5"),
    ('"armed attack"', "art. V"), ("provid*", "5 BIS"), ("secret", "6"), ("x", "nonsense"),
]  # fmt: skip


def fill():
    from sources import outlines
    from sources.models import Document
    from tests import factories

    project = factories.project("library")
    for name, (title, day, body) in LIBRARY.items():
        document = factories.document(project, name, body="-")
        Document.objects.filter(pk=document.pk).update(
            title=title, published_on=date.fromisoformat(day) if day else None
        )
        document.refresh_from_db()
        factories.text(document, body=body, pages=3 if name == "long" else 1)
    for name, (day, body) in PACTS.items():
        document = factories.document(project, name, body=body, kind="treaty")
        Document.objects.filter(pk=document.pk).update(published_on=date.fromisoformat(day))
        outlines.propose(document.current_text)
    # What another project has is found by nobody here.
    factories.document(factories.project("other"), "shield", body=LIBRARY["shield"][2])
    return project


def answers(project):
    """Own ids and the places of the hits, or the words of the refusal, for every query."""
    from projects.refusals import Invalid
    from sources.search import finding
    from sources.search.finding import Wanted

    told = {}
    for words, article in [*((words, "") for words in QUERIES), *IN_ARTICLES]:
        try:
            wanted = Wanted(words=words, article=article)
            shown = finding.show(list(finding.documents(project, wanted)), wanted)
        except Invalid as refusal:
            told[f"{words} | {article}"] = refusal.message
            continue
        told[f"{words} | {article}"] = [
            [
                found.document.external_id,
                [piece for piece, is_hit in found.title if is_hit],
                [[hit.start, hit.end, hit.page, hit.context.exact] for hit in found.hits],
            ]
            for found in shown
        ]
    return told


def main():
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()

    migrated.migrate()
    json.dump(answers(fill()), sys.stdout)


if __name__ == "__main__":
    main()
