from django.urls import path

from coding import carried_views, question_views, views

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
    path("projects/<slug:slug>/rounds/", views.rounds, name="rounds"),
    path("projects/<slug:slug>/rounds/open/", views.open_round, name="open_round"),
    path("projects/<slug:slug>/rounds/<str:public_id>/", views.round_page, name="round"),
    path("projects/<slug:slug>/rounds/<str:public_id>/move/", views.move_round, name="move_round"),
    path("projects/<slug:slug>/work/", views.my_work, name="my_work"),
    path("projects/<slug:slug>/work/<str:public_id>/", views.workspace, name="workspace"),
    path("projects/<slug:slug>/questions/", question_views.question_page, name="questions"),
    path(
        "projects/<slug:slug>/questions/<str:public_id>/answer/",
        question_views.answer_question,
        name="answer_question",
    ),
    path(
        "projects/<slug:slug>/notes/<str:public_id>/withdraw/",
        question_views.withdraw_note,
        name="withdraw_note",
    ),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/evidence/",
        carried_views.carried_evidence,
        name="carried_evidence",
    ),
]
