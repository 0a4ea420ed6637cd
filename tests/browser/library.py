"""A project of wire stories in many scripts to be searched and judged: the very same text in several papers, edited and
shortened copies, a treaty with articles, lines that run from right to left.

Run beside an installation, in its environment: `python -m tests.browser.library`.
"""

import json
import os
import tempfile
from pathlib import Path

WIRE = (
    "SEOUL, March 4 - The United States and South Korea began exercise Team Spirit on Monday, the largest joint exercise "
    "of the year, with some 200,000 troops taking part, officials of the combined command said. The exercise lasts until "
    "the middle of the month and includes a landing on the eastern coast. North Korea called it a rehearsal for war."
)
SHORTENED = (
    "The United States and South Korea began exercise Team Spirit on Monday, the largest joint exercise of the year, with "
    "some 200,000 troops taking part, officials said. The exercise lasts until the middle of the month."
)
UNBROKEN = "https://archive.example/" + "exercise-team-spirit-" * 12
TREATY = """\
Treaty of Mutual Assistance
The Parties have agreed as follows:
Article 1
The Parties consult whenever one of them is threatened.
Article 2
An armed attack on one Party is an attack on all. The Parties consult at once and hold joint exercises.
Article 3
Bases are provided by a protocol."""
ROWS: list[dict[str, str]] = [
    {"id": "yonhap-1", "title": "Team Spirit begins", "text": WIRE, "outlet": "Yonhap", "date": "1985-03-04"},
    {"id": "ap-771", "title": "Team Spirit begins", "text": WIRE, "outlet": "Associated Press", "date": "1985-03-04"},
    {"id": "post-85-03-05", "title": "Team Spirit begins", "text": WIRE, "outlet": "Washington Post", "date": "1985-03-05"},
    {"id": "times-a4", "title": "Largest allied manoeuvres of the year under way in Korea, with 200,000 troops, a landing and protests from the North", "text": SHORTENED, "outlet": "The Times", "date": "1985-03-05"},
    {"id": "ahram", "title": "بدء مناورات «روح الفريق»", "text": "بدأت الولايات المتحدة وكوريا الجنوبية يوم الاثنين مناورات مشتركة بمشاركة مئتي ألف جندي، وتستمر المناورات حتى منتصف الشهر وتشمل إنزالاً على الساحل الشرقي.", "outlet": "الأهرام", "date": "1985-03-05"},
    {"id": "renmin", "title": "美韩开始联合军事演习", "text": "美国和韩国星期一开始举行今年规模最大的联合军事演习，约二十万名官兵参加。演习将持续到本月中旬，并包括在东海岸登陆。朝鲜方面称这是战争预演。", "outlet": "人民日报", "date": "1985-03-05"},
    {"id": "unbroken", "title": "A line without a space", "text": f"See {UNBROKEN} for the joint exercise {UNBROKEN}.", "outlet": "", "date": ""},
]  # fmt: skip
ROWS += [
    {"id": f"brief-{n:02}", "title": f"Brief no. {n}: staff talks and a joint exercise", "text": f"Brief no. {n}. " + f"Delegation {n} spoke of port call {n * 7} and of pay. " * 3 + f"A joint exercise of {n} ships was announced for the autumn; no other exercise is planned this year.", "outlet": "Defence Brief", "date": f"1986-01-{n:02}"}
    for n in range(1, 29)
]  # fmt: skip


def lay() -> None:
    from django.core.management import call_command

    call_command("create_project", "library", title="Library", by="dora")
    call_command("add_member", "library", "ada", roles="coder", label="C1", by="dora")
    with tempfile.TemporaryDirectory() as folder:
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
        Path(folder, "wire.jsonl").write_text(lines, encoding="utf-8")
        Path(folder, "treaty.txt").write_text(TREATY, encoding="utf-8")
        call_command("import_documents", "library", folder, by="dora")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    lay()
