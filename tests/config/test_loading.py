"""What a program need not load before it can begin."""

import subprocess
import sys

from tests.installation import ROOT

LOADED = """
import sys, django
django.setup()
import config.urls
print(*sorted({"scipy", "pdfplumber", "openpyxl", "pypdfium2", "fitz"} & set(sys.modules)))
"""


def test_pages_and_api_begin_without_the_libraries_that_few_requests_need():
    words = [sys.executable, "-c", f"import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'\n{LOADED}"]  # fmt: skip
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr
