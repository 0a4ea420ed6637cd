"""The server asks nothing of an address that a user names: not by its code, and not by what it reads."""

import ast
import io
import socket
import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from fpdf import FPDF

from sources import reading
from sources.reading.values import Unreadable

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("config", "projects", "sources", "coding", "reconciliation", "datasets", "starting")
# What opens an address. Each use in the product stands below with its reason; a new one is a decision.
OPENERS = {
    "aiohttp", "ftplib", "http.client", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket", "telnetlib",
    "urllib.request", "urllib3", "webbrowser", "xmlrpc", "websockets", "paramiko", "pycurl",
}  # fmt: skip
ALLOWED = {
    ("projects/posting.py", "http.client"): "tells a webhook that a manager allowed",
    ("projects/posting.py", "socket"): "looks where a webhook leads, and refuses private networks",
    ("projects/tasks.py", "socket"): "the name of this machine",
    (
        "projects/waking.py",
        "socket",
    ): "wakes the worker of this machine, by a local address that no network reaches",
    ("starting/serving.py", "http.client"): "asks our own server whether it is up",
    ("starting/serving.py", "socket"): "looks for a free port",
}
# Doors in libraries that do not look like one.
CALLS = {"fetch_url", "fetch_response", "urlopen", "urlretrieve", "create_connection"}

ELSEWHERE = "http://127.0.0.1:9/never"
HTML = f"""<!doctype html><html><head><title>Pact</title><base href="{ELSEWHERE}/">
<link rel="stylesheet" href="{ELSEWHERE}.css"><meta http-equiv="refresh" content="0;url={ELSEWHERE}">
<script src="{ELSEWHERE}.js"></script></head><body><article><h1>Pact</h1>
<p>The two states agreed on exercises. <img src="{ELSEWHERE}.png"><iframe src="{ELSEWHERE}"></iframe></p>
<p>They will meet every year in spring. <a href="{ELSEWHERE}">More</a></p></article></body></html>""".encode()
XHTML = f"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY own SYSTEM "file:///etc/passwd"><!ENTITY far SYSTEM "{ELSEWHERE}">
<!ENTITY % all SYSTEM "{ELSEWHERE}.dtd"> %all;]><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Pact</title></head>
<body><p>The two states agreed on exercises: &own; &far;</p></body></html>""".encode()
MARKDOWN = f"# Pact\n\n![map]({ELSEWHERE}.png)\n\nThey agreed. [More]({ELSEWHERE})\n".encode()
CSV = f'title,text,address\nPact,"They agreed on exercises.",{ELSEWHERE}\n'.encode()


def word() -> bytes:
    """A Word file with a picture, a template and a link that lie elsewhere."""
    made = docx.Document()
    made.add_paragraph("The two states agreed on exercises.")
    for kind in (RELATIONSHIP_TYPE.IMAGE, f"{RELATIONSHIP_TYPE.IMAGE[:-5]}attachedTemplate", RELATIONSHIP_TYPE.HYPERLINK):  # fmt: skip
        made.part.relate_to(ELSEWHERE, kind, is_external=True)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def word_with_entity() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "word/document.xml":
                entity = f'<!DOCTYPE x [<!ENTITY far SYSTEM "{ELSEWHERE}">]>'.encode()
                content = content.replace(b"?>", b"?>" + entity, 1).replace(b"agreed", b"&far;")
            made.writestr(name, content)
    return out.getvalue()


def pdf() -> bytes:
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=12)
    made.cell(text="The two states agreed on exercises.", link=ELSEWHERE)
    return bytes(made.output())


FILES = {
    "page.html": HTML,
    "page.xhtml": XHTML,
    "entities.html": XHTML,
    "note.md": MARKDOWN,
    "pact.docx": word(),
    "entity.docx": word_with_entity(),
    "pact.pdf": pdf(),
    "table.csv": CSV,
    "picture.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{ELSEWHERE}"/></svg>'.encode(),
}


@pytest.fixture
def asked(monkeypatch) -> list[object]:
    """What would have gone out; nothing does."""
    found: list[object] = []

    def refuse(*given: object, **named: object):
        found.append(given)
        raise OSError("nothing goes out from here")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    return found


@pytest.mark.parametrize("name", FILES)
def test_reading_a_file_asks_nothing_of_the_addresses_in_it(name, asked):
    try:
        body = reading.read(FILES[name], name).body
    except Unreadable as refused:
        body = str(refused)

    assert asked == []
    assert "root:" not in body, "no file of this machine comes in by an entity"


def test_the_code_opens_no_address_but_those_declared():
    found = {
        (str(path.relative_to(ROOT)), name)
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for name in openers(ast.parse(path.read_text(encoding="utf-8")))
    }

    assert found == set(ALLOWED)


def openers(tree: ast.AST):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            names = []
            if called in CALLS:
                yield called
        else:
            continue
        for opener in OPENERS:
            if any(name == opener or name.startswith(f"{opener}.") for name in names):
                yield opener


def test_a_door_is_seen_however_it_is_written():
    ways = ["import requests", "from urllib import request", "from urllib.request import urlopen", "fetch_url(x)",
            "import http.client as c", "from socket import create_connection"]  # fmt: skip

    assert all(list(openers(ast.parse(way))) for way in ways)
