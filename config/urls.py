"""Every address of the product: pages here and in each app's urls, the API under api/v1/."""

from django.urls import include, path

from config.pages import project

urlpatterns = [
    path("api/v1/", include("config.api_urls")),
    path("projects/<slug:slug>/", project, name="project"),
    path("", include("projects.urls")),
    path("", include("sources.urls")),
    path("", include("coding.urls")),
    path("", include("reconciliation.urls")),
    path("", include("datasets.urls")),
]

handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
