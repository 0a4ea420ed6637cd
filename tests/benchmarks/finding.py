"""How fast documents are indexed, found and compared, and how many edited copies are found.

    python -m tests.benchmarks.finding [--documents 10000] [--copies 100000] [--postgres]

Comparing, measured on SQLite with one process beside others: 1.15 ms a document of its own time up to 10,000, 1.43 to
20,000, 1.68 to 40,000, 1.58 to 60,000, 1.65 to 80,000, 1.70 to 100,000 (4.6 million shingles), where every one of 300
copies was found at 0, 5 and 15 % of words edited, and no pair among unrelated documents.

On a database of its own: SQLite in a temporary folder, or a new PostgreSQL as the tests start it. Texts are made from a
seed: words by Zipf's law over 30,000, 250 to 500 of them, as wire stories have; a sixth each in Chinese, Japanese and
Arabic letters. Search is to answer within 100 ms on 10,000 documents ("own ms" leaves out
what other processes took); comparing is to stay flat as the table grows.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from itertools import accumulate

from tests import servers

SEED = 20240611
VOCABULARY = 30_000
BULK = 500
EDITS = (0.0, 0.05, 0.15)
EVERY_TREATY = 10  # one document in so many has an article 5
COPIES = 300  # of each kind, among the documents compared last


def vocabulary(chance, letters, least, most):
    made = set()
    while len(made) < VOCABULARY:
        made.add("".join(chance.choices(letters, k=chance.randint(least, most))))
    return sorted(made, key=lambda word: (len(word), word))


class Stories:
    def __init__(self):
        chance = self.chance = random.Random(SEED)
        latin = [chr(n) for n in range(ord("a"), ord("z") + 1)]
        arabic = [chr(n) for n in range(0x0627, 0x063B)] + [chr(n) for n in range(0x0641, 0x064B)]
        self.latin = vocabulary(chance, latin, 2, 9)
        self.arabic = vocabulary(chance, arabic, 2, 8)
        self.han = [chr(n) for n in range(0x4E00, 0x4E00 + 3000)]
        self.kana = [chr(n) for n in range(0x3041, 0x3094)]
        self.weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
        self.few = list(accumulate(1 / rank for rank in range(1, 3001)))

    def words(self, language="latin"):
        known = self.arabic if language == "arabic" else self.latin
        return self.chance.choices(known, cum_weights=self.weights, k=self.chance.randint(250, 500))

    def text(self, n):
        kind = n % 6
        if kind == 3:
            return "。".join(
                "".join(self.chance.choices(self.han, cum_weights=self.few, k=25))
                for _ in range(30)
            )
        if kind == 4:
            return "、".join(
                "".join(self.chance.choices(self.han, cum_weights=self.few, k=8))
                + "".join(self.chance.choices(self.kana, k=8))
                for _ in range(45)
            )
        return " ".join(self.words("arabic" if kind == 5 else "latin")) + " United States, Japan."

    def edited(self, words, share):
        """Words replaced, left out or put in, a third of the edits each."""
        answer = []
        for word in words:
            if self.chance.random() >= share:
                answer.append(word)
                continue
            kind = self.chance.randrange(3)
            if kind == 0:
                answer.append(self.chance.choice(self.latin))
            elif kind == 1:
                answer += [word, self.chance.choice(self.latin)]
        return answer


def add(project, by, first, bodies):
    """Rows as reading makes them, in bulk; the pairs that are indexed."""
    import hashlib

    from sources.models import Document, Text

    hashes = [
        hashlib.sha256(f"{first + n}{body}".encode()).hexdigest() for n, body in enumerate(bodies)
    ]
    documents = Document.objects.bulk_create(
        Document(
            project=project, external_id=f"d{first + n}", title=f"Story {first + n}", filename="x.txt",
            sha256=sha256, size=len(body), added_by=by,
        )
        for n, (body, sha256) in enumerate(zip(bodies, hashes, strict=True))
    )  # fmt: skip
    texts = Text.objects.bulk_create(
        Text(
            document=document, n=1, sha256=sha256, body=body, length=len(body), blocks=[], reader="x",
            reader_version="1", has_astral=False,
        )
        for document, body, sha256 in zip(documents, bodies, hashes, strict=True)
    )  # fmt: skip
    for document, text in zip(documents, texts, strict=True):
        document.current_text, document.state = text, "read"
    Document.objects.bulk_update(documents, ["current_text", "state"])
    return list(zip(documents, bodies, strict=True))


def search(count):
    from sources.models import ArticleRange
    from sources.search import finding, indexing
    from sources.search.finding import Wanted
    from tests import factories

    stories, project = Stories(), factories.project("search")
    by = factories.user("founder")
    spent = worked = 0.0
    for first in range(0, count, BULK):
        rows = add(project, by, first, [stories.text(n) for n in range(first, first + BULK)])
        begun, begun_work = time.perf_counter(), time.process_time()
        indexing.index_many(rows)
        ArticleRange.objects.bulk_create(
            ArticleRange(
                text=document.current_text, number="5", start=200, end=min(len(body), 1200)
            )
            for document, body in rows[::EVERY_TREATY]
        )
        spent += time.perf_counter() - begun
        worked += time.process_time() - begun_work
    print(
        f"indexed {count:,} documents in {spent:.1f} s: {count / spent:,.0f} a second "
        f"({count / worked:,.0f} a second of this process's own time)"
    )
    chinese, japanese = stories.han[40:44], stories.han[10:12] + stories.kana[5:6]
    queries = {
        "a common word": "united",
        "a rare word": stories.latin[20_000],
        "two common words": " ".join(stories.latin[:2]),
        "phrase": '"united states"',
        "phrase of common words": f'"{stories.latin[0]} {stories.latin[1]}"',
        "prefix": stories.latin[0] + "*",
        "without": f"united -{stories.latin[0]}",
        "Chinese, one character": chinese[0],
        "Chinese, two": "".join(chinese[:2]),
        "Chinese, four": "".join(chinese),
        "Japanese": "".join(japanese),
        "Arabic, common": stories.arabic[0],
        "Arabic phrase": f'"{stories.arabic[0]} {stories.arabic[1]}"',
        "states named": "",
        "article 5": "",
        "a common word, article 5": stories.latin[0],
        "a rare word, article 5": stories.latin[5_000],
    }
    print(
        f"{'query':26} {'found':>7} {'median ms':>10} {'worst ms':>9} {'own ms':>7}   (count, first 20 and their contexts; 11 times)"
    )
    for name, words in queries.items():
        wanted = Wanted(
            words=words,
            states=(2, 740) if name == "states named" else (),
            article="5" if "article" in name else "",
        )
        times, begun_work = [], time.process_time()
        for _ in range(11):
            begun = time.perf_counter()
            found = finding.documents(project, wanted)
            total = found.count()
            finding.show(list(found[:20]), wanted)
            times.append((time.perf_counter() - begun) * 1000)
        own = (time.process_time() - begun_work) * 1000 / len(times)
        print(f"{name:26} {total:7,} {statistics.median(times):10.1f} {max(times):9.1f} {own:7.1f}")


def copies(count):
    from django.db import connection

    from sources import comparing
    from sources.models import Document, Likeness
    from tests import factories

    stories, project = Stories(), factories.project("copies")
    by = factories.user("founder")
    originals = []
    print(f"{'documents':>10} {'ms each':>8} {'own ms':>7} {'shingle rows':>13}")
    step = max(BULK, count // 10)
    at = 0
    while at < count:
        for first in range(at, min(at + step, count), BULK):
            bodies = []
            for _ in range(BULK):
                words = stories.words()
                if len(originals) < COPIES:
                    originals.append(words)
                bodies.append(" ".join(words))
            add(project, by, first, bodies)
        begun, begun_work = time.perf_counter(), time.process_time()
        comparing.compare_new(project)
        spent = (time.perf_counter() - begun) * 1000 / step
        own = (time.process_time() - begun_work) * 1000 / step
        at += step
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM sources_shingle")
            print(f"{at:10,} {spent:8.2f} {own:7.2f} {cursor.fetchone()[0]:13,}", flush=True)
    unlike = Likeness.objects.count()
    firsts = list(Document.objects.filter(project=project).order_by("pk")[:COPIES])
    for share in EDITS:
        bodies = [" ".join(stories.edited(words, share)) for words in originals]
        made = [document for document, _ in add(project, by, at, bodies)]
        at += COPIES
        comparing.compare_new(project)
        pairs = set(Likeness.objects.filter(containment__gte=0.3).values_list("first", "second"))
        found = sum((one.pk, two.pk) in pairs for one, two in zip(firsts, made, strict=True))
        print(
            f"{share:4.0%} of words edited: {found / COPIES:.3f} of {COPIES} copies found with their original at 0.3"
        )
    print(f"pairs alike among unrelated documents: {unlike}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--copies", type=int, default=20_000)
    parser.add_argument("--postgres", action="store_true")
    wanted = parser.parse_args()
    if wanted.postgres and servers.POSTGRES not in os.environ:
        sys.exit(
            "Start the servers first (python -m tests.servers) and give CONCORD_TEST_POSTGRES_URL."
        )
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CONCORD_DATA"] = folder
        os.environ["DATABASE_URL"] = (
            os.environ[servers.POSTGRES]
            if wanted.postgres
            else f"sqlite:///{folder}/benchmark.sqlite3"
        )
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        print(f"{connection.vendor}, one process")
        if wanted.documents:
            search(wanted.documents)
        if wanted.copies:
            copies(wanted.copies)
        connection.close()


if __name__ == "__main__":
    main()
