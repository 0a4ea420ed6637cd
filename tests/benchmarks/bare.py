"""The yardstick of saving: a Django view, for whoever is signed in, that writes one row and answers. And the product beside it."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
settings.ROOT_URLCONF = __name__

from django.db import models  # noqa: E402 - models want the settings
from django.http import HttpRequest, JsonResponse  # noqa: E402
from django.urls import include, path  # noqa: E402


class Written(models.Model):
    words = models.TextField()

    class Meta:
        app_label = "coding"
        managed = False
        db_table = "yardstick"


def write(request: HttpRequest) -> JsonResponse:
    row = Written.objects.create(words=request.body.decode())
    return JsonResponse({"id": row.pk})


urlpatterns = [path("bare/", write), path("", include("config.urls"))]
application = get_wsgi_application()
