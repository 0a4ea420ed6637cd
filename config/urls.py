"""Every address of the product: pages here and in each app's urls, the API under api/v1/."""

from django.urls import include, path

from config.help import views as help_pages
from config.pages import project, put_guide
from config.watching import installation
from config.watching import pages as watching

urlpatterns = [
    path("healthz", watching.healthz, name="healthz"),
    path("readyz", watching.readyz, name="readyz"),
    path("metrics", watching.metrics, name="metrics"),
    path("installation/", installation.installation, name="installation"),
    path("installation/jobs/<str:public_id>/", installation.any_job, name="any_job"),
    path(
        "installation/jobs/<str:public_id>/cancel/",
        installation.cancel_any_job,
        name="cancel_any_job",
    ),
    path(
        "installation/jobs/<str:public_id>/retry/",
        installation.retry_any_job,
        name="retry_any_job",
    ),
    path("api/v1/", include("config.api_urls")),
    path("projects/<slug:slug>/", project, name="project"),
    path("projects/<slug:slug>/guide/", put_guide, name="put_guide"),
    path("help/", help_pages.page, name="help"),
    path("help/index.json", help_pages.index, name="help_index"),
    path("help/pictures/<str:name>", help_pages.picture, name="help_picture"),
    path("help/<path:path>/", help_pages.page, name="help_page"),
    path("", include("projects.urls")),
    path("", include("sources.urls")),
    path("", include("coding.urls")),
    path("", include("reconciliation.urls")),
    path("", include("datasets.urls")),
]

handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
