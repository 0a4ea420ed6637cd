"""Files that are two things at once, or want to be put elsewhere: taken in as data or refused in plain words, kept as bytes."""

import io
import zipfile

import pytest
from django.urls import reverse

from projects import jobs
from sources.models import Collection, Document
from tests import factories
from tests.sources import samples

pytestmark = pytest.mark.django_db

SCRIPT = b"<script>alert(1)</script>"
PDF = samples.pdf(["Article 1", "They meet in spring."])


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


INNER = zipped(**{"note.txt": b"They meet in spring.\n"})
FILES = {
    "page.pdf": SCRIPT + b"\n" + PDF,  # a page that is a PDF from its second line on
    "tail.pdf": PDF + SCRIPT,
    "picture.gif": b"GIF89a/*" + b"\x00" * 8 + b"*/=1;alert(1)//",
    "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "note.txt.html": SCRIPT + b"<p>They meet in spring.</p>",
    "..\\..\\evil\x01.txt": b"They meet in autumn.\n",
    "../../../../tmp/evil.txt": b"They meet in winter.\n",
    "slip.zip": zipped(
        **{"../../evil.txt": b"They meet in summer.\n", "/etc/evil.txt": b"They part.\n"}
    ),
    "nested.zip": zipped(**{"inner.zip": zipped(**{"deeper.zip": INNER})}),
}


def test_what_is_two_things_is_kept_as_bytes_and_shown_as_text(client, tmp_path, settings):
    settings.FILES_DIR = tmp_path / "deep" / "files"
    project = factories.project()
    client.force_login(factories.user("founder"))
    asked = reverse("api_documents", args=[project.slug])

    statuses = {}
    for name, content in FILES.items():
        file = io.BytesIO(content)
        file.name = name
        statuses[name] = client.post(asked, {"file": file}).status_code
    jobs.finish_all()

    assert {status for status in statuses.values() if status >= 500} == set()
    for document in Document.objects.all():
        assert "/" not in document.filename and "\\" not in document.filename
        assert document.state == "read" or document.reason, document.filename
        answer = client.get(reverse("original", args=[project.slug, document.public_id]))
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        b"".join(answer)
        page = client.get(document.get_absolute_url()).content
        assert SCRIPT not in page
    for collection in Collection.objects.all():
        assert client.get(collection.get_absolute_url()).status_code == 200
    assert [path.name for path in tmp_path.rglob("*evil*")] == []
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]
