from django.urls import path

from coding import carried_views, round_views, views

urlpatterns = [
    path("projects/<slug:slug>/codebooks/", views.codebooks, name="codebooks"),
    path("projects/<slug:slug>/codebooks/load/", views.load_codebook, name="load_codebook"),
    path("projects/<slug:slug>/codebooks/<int:n>/", views.codebook, name="codebook"),
    path(
        "projects/<slug:slug>/codebooks/<int:n>/source/",
        views.codebook_source,
        name="codebook_source",
    ),
    path(
        "projects/<slug:slug>/codebooks/<int:n>/publish/",
        views.publish_codebook,
        name="publish_codebook",
    ),
    path("projects/<slug:slug>/rounds/", round_views.rounds, name="rounds"),
    path("projects/<slug:slug>/rounds/open/", round_views.open_round, name="open_round"),
    path("projects/<slug:slug>/rounds/<str:public_id>/", round_views.round_page, name="round"),
    path(
        "projects/<slug:slug>/rounds/<str:public_id>/move/",
        round_views.move_round,
        name="move_round",
    ),
    path("projects/<slug:slug>/rounds/<str:public_id>/people/", round_views.roster, name="roster"),
    path(
        "projects/<slug:slug>/rounds/<str:public_id>/work/<str:work_id>/",
        round_views.work,
        name="work",
    ),
    path("projects/<slug:slug>/work/", views.my_work, name="my_work"),
    path("projects/<slug:slug>/work/<str:public_id>/", views.workspace, name="workspace"),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/evidence/",
        carried_views.carried_evidence,
        name="carried_evidence",
    ),
]
