from django.urls import path

from datasets import reading_views, table_views, views

RELEASES = "projects/<slug:slug>/releases/"
RELEASE = f"{RELEASES}<str:version>/"
OPEN = "data/<slug:slug>/"

urlpatterns = [
    path(
        "projects/<slug:slug>/reconciliation/<str:round_id>/figures/report.pdf",
        views.reliability_pdf,
        name="reliability_pdf",
    ),
    path(RELEASES, views.releases, name="releases"),
    path("projects/<slug:slug>/publicity/", views.publicity, name="publicity"),
    path("projects/<slug:slug>/compare/", views.compare, name="compare_releases"),
    path("projects/<slug:slug>/coverage/", views.searched, name="coverage"),
    path("projects/<slug:slug>/coverage/<int:number>/", views.take_back, name="take_back_coverage"),
    path(RELEASE, views.release, name="release"),
    path(f"{RELEASE}describe/", views.describe, name="describe_release"),
    path(f"{RELEASE}waive/", views.waive, name="waive_check"),
    path(f"{RELEASE}build/", views.build, name="build_release"),
    path(f"{RELEASE}publish/", views.publish, name="publish_release"),
    path(f"{RELEASE}withdraw/", views.withdraw, name="withdraw_release"),
    path(f"{RELEASE}doi/", views.doi, name="release_doi"),
    path(f"{RELEASE}zip/", views.whole, name="release_zip"),
    path(f"{RELEASE}review/", views.review_copy, name="review_copy"),
    path(f"{RELEASE}variables/", table_views.variables, name="release_variables"),
    path(f"{RELEASE}table/", table_views.table, name="release_table"),
    path(f"{RELEASE}trace/", table_views.trace, name="release_trace"),
    path(f"{RELEASE}files/<path:path>", views.file, name="release_file"),
    path(OPEN, reading_views.newest, name="newest_release"),
    path(f"{OPEN}<str:version>/", reading_views.landing, name="landing"),
    path(f"{OPEN}<str:version>/zip/", reading_views.open_zip, name="open_zip"),
    path(f"{OPEN}<str:version>/table/", table_views.open_table, name="open_table"),
    path(f"{OPEN}<str:version>/trace/", table_views.open_trace, name="open_trace"),
    path(f"{OPEN}<str:version>/variables/", table_views.open_variables, name="open_variables"),
    path(f"{OPEN}<str:version>/files/<path:path>", reading_views.open_file, name="open_file"),
]
