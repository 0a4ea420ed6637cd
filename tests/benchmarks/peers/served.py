"""The door for gunicorn: the product with the bare views beside it."""

import gc
import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
settings.ROOT_URLCONF = "tests.benchmarks.peers.yardstick"
application = get_wsgi_application()
gc.freeze()  # as config/wsgi.py has it
