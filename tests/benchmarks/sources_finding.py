"""How fast documents are indexed, found and compared, and how many edited copies are found.

Run with `python -m tests.benchmarks.sources_finding [sqlite|postgres] [--documents 10000] [--copies 20000]`; both databases
unless told. Half of the documents are in Latin letters, a sixth each in Chinese, Japanese and Arabic. A search is the
count, the first twenty documents and the places in them; each query must find something.
"""

import argparse
import statistics
import sys
import time

from tests.benchmarks import measuring
from tests.benchmarks.measuring import Row, Spent
from tests.benchmarks.stories import ARABIC, CHINESE, JAPANESE, LATIN, Stories

WANTED_MS = 100
TIMES = 15
BULK = 500
EDITS = (0.0, 0.05, 0.15)
EVERY_TREATY = 10  # one document in so many has an article 5, of so many characters
ARTICLE = 800
COPIES = 300  # of each kind, among the documents compared last


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


def queries(stories):
    """What is looked for, by name; words of made-up languages by how common they are, and names all stories have."""
    latin, arabic = stories.words[LATIN], stories.words[ARABIC]
    chinese, japanese = stories.words[CHINESE], stories.words[JAPANESE]
    words = {
        "a common word": "japan",
        "a rare word": latin[20_000],
        "two common words": " ".join(latin[:2]),
        "phrase": '"united states"',
        "phrase of common words": f'"{latin[0]} {latin[1]}"',
        "beginning": latin[0] + "*",
        "without": f"japan -{latin[2_000]}",
        "Chinese, one character": chinese[0],
        "Chinese, a common word": "美国",
        "Chinese, a rare word": next(word for word in chinese[2_700:] if len(word) == 2),
        "Chinese, four characters": "美国与日",
        "Japanese, a common word": "同盟",
        "Japanese, Han and kana": "日米同盟の会議",
        "Japanese, a rare word": next(word for word in japanese[4_000:] if len(word) == 3),
        "Arabic, a common word": arabic[0],
        "Arabic, with the article": "الولايات",
        "Arabic phrase": '"الولايات المتحدة"',
    }
    return {name: {"words": said} for name, said in words.items()} | {
        "states named": {"states": (2, 740)},
        "article 5": {"article": "5"},
        "a common word, article 5": {"words": "japan", "article": "5"},
    }


def search(label, count):
    from sources.models import ArticleRange
    from sources.search import indexing
    from tests import factories

    stories, project = Stories(), factories.project("search")
    by = factories.user("founder")
    spent = Spent()
    for first in range(0, count, BULK):
        rows = add(project, by, first, [stories.text(n) for n in range(first, first + BULK)])
        with spent:
            indexing.index_many(rows)
        ArticleRange.objects.bulk_create(
            ArticleRange(
                text=document.current_text, number="5", start=0, end=min(len(body), ARTICLE)
            )
            for document, body in rows[::EVERY_TREATY]
        )
    indexing.settle()
    measuring.tell(
        Row(
            f"indexing, {label}, four scripts",
            f"{count:,}",
            spent.wall,
            spent.cpu,
            f"{count / spent.wall:,.0f}/s; {count / spent.cpu:,.0f} per CPU s",
        )  # fmt: skip
    )
    return all(
        [_asked(label, project, name, said, count) for name, said in queries(stories).items()]  # noqa: C419 - every query is asked
    )


def _asked(label, project, name, said, count):
    from sources.search import finding
    from sources.search.finding import Wanted

    wanted = Wanted(**said)
    times, own = [], Spent()
    for _ in range(TIMES):
        begun = time.perf_counter()
        with own:
            found = finding.documents(project, wanted)
            total = found.count()
            finding.show(list(found[:20]), wanted)
        times.append((time.perf_counter() - begun) * 1000)
    middle, late = statistics.median(times), statistics.quantiles(times, n=20)[18]
    worked = own.cpu * 1000 / TIMES
    return measuring.tell(
        Row(
            f"search, {label}: {name}",
            f"{count:,}",
            measured=f"p50 {middle:.0f} ms, p95 {late:.0f} ms, CPU {worked:.0f} ms; finds {total:,}",
            wanted=f"< {WANTED_MS} ms CPU, finds some",
            stands=worked < WANTED_MS and total > 0,
        )  # fmt: skip
    )


def copies(label, count):
    from django.db import connection

    from sources import comparing
    from sources.models import Document, Likeness
    from tests import factories

    stories, project = Stories(), factories.project("copies")
    by = factories.user("founder")
    originals = []
    step = max(BULK, count // 10 // BULK * BULK)
    each = []
    for at in range(0, count, step):
        for first in range(at, at + step, BULK):
            drawn = [stories.drawn(LATIN, stories.chance.randint(250, 500)) for _ in range(BULK)]
            originals += drawn[: COPIES - len(originals)]
            add(project, by, first, [" ".join(words) for words in drawn])
        with Spent() as spent:
            comparing.compare_new(project)
        each.append(spent.cpu * 1000 / step)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM sources_shingle")
        (shingles,) = cursor.fetchone()
    made = len(each) * step
    measuring.tell(
        Row(
            f"comparing, {label}",
            f"{made:,}",
            measured=f"{each[0]:.2f} CPU ms each at first, {each[-1]:.2f} at the end; {shingles:,} shingles",
            memory=measuring.memory(),
        )  # fmt: skip
    )
    unlike = Likeness.objects.count()
    firsts = list(Document.objects.filter(project=project).order_by("pk")[:COPIES])
    for share in EDITS:
        bodies = [" ".join(edited(stories, words, share)) for words in originals]
        same = [document for document, _ in add(project, by, made, bodies)]
        made += COPIES
        comparing.compare_new(project)
        pairs = set(Likeness.objects.filter(containment__gte=0.3).values_list("first", "second"))
        found = sum((one.pk, two.pk) in pairs for one, two in zip(firsts, same, strict=True))
        measuring.tell(
            Row(f"copies found, {label}: {share:.0%} of words edited", f"{COPIES}", measured=f"{found / COPIES:.3f}; unrelated pairs alike: {unlike}")
        )  # fmt: skip


def edited(stories, words, share):
    """Words replaced, left out or put in, a third of the edits each."""
    answer = []
    for word in words:
        if stories.chance.random() >= share:
            answer.append(word)
            continue
        kind = stories.chance.randrange(3)
        if kind == 0:
            answer.append(stories.chance.choice(stories.words[LATIN]))
        elif kind == 1:
            answer += [word, stories.chance.choice(stories.words[LATIN])]
    return answer


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("databases", nargs="*")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--copies", type=int, default=20_000)
    wanted = parser.parse_args(arguments)
    (name,) = measuring.each_database("tests.benchmarks.sources_finding", arguments)
    with measuring.database(name):
        good = not wanted.documents or search(measuring.LABELS[name], wanted.documents)
        if wanted.copies:
            copies(measuring.LABELS[name], wanted.copies)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
