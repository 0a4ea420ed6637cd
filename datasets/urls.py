from django.urls import path

from datasets import views

RELEASE = "projects/<slug:slug>/releases/<str:version>/"

urlpatterns = [
    path("projects/<slug:slug>/releases/", views.releases, name="releases"),
    path(RELEASE, views.release, name="release"),
    path(f"{RELEASE}build/", views.build, name="build_release"),
    path(f"{RELEASE}publish/", views.publish, name="publish_release"),
    path(f"{RELEASE}withdraw/", views.withdraw, name="withdraw_release"),
    path(f"{RELEASE}zip/", views.whole, name="release_zip"),
    path(f"{RELEASE}files/<path:path>", views.file, name="release_file"),
]
