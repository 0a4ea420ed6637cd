from django.urls import path

from coding import (
    carried_views,
    codebook_views,
    draft_note_views,
    exchange_views,
    question_views,
    round_views,
    views,
)

urlpatterns = [
    path("projects/<slug:slug>/codebooks/", codebook_views.codebooks, name="codebooks"),
    path(
        "projects/<slug:slug>/codebooks/load/", codebook_views.load_codebook, name="load_codebook"
    ),
    path(
        "projects/<slug:slug>/codebooks/edit/", codebook_views.edit_codebook, name="edit_codebook"
    ),
    path(
        "projects/<slug:slug>/codebooks/check/",
        codebook_views.check_codebook,
        name="check_codebook",
    ),
    path(
        "projects/<slug:slug>/codebooks/away/",
        codebook_views.put_codebook_away,
        name="put_codebook_away",
    ),
    path(
        "projects/<slug:slug>/codebooks/language/",
        codebook_views.choose_language,
        name="choose_language",
    ),
    path("projects/<slug:slug>/codebooks/<int:n>/", codebook_views.codebook, name="codebook"),
    path(
        "projects/<slug:slug>/codebooks/<int:n>/source/",
        codebook_views.codebook_source,
        name="codebook_source",
    ),
    path(
        "projects/<slug:slug>/codebooks/<int:n>/changes/",
        codebook_views.codebook_changes,
        name="codebook_changes",
    ),
    path(
        "projects/<slug:slug>/codebooks/<int:n>/move/",
        codebook_views.move_codebook,
        name="move_codebook",
    ),
    path(
        "projects/<slug:slug>/codebooks/<int:n>/publish/",
        codebook_views.publish_codebook,
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
    path("projects/<slug:slug>/exchange/", exchange_views.exchange, name="exchange"),
    path("projects/<slug:slug>/exchange/out/", exchange_views.take_out, name="take_out"),
    path(
        "projects/<slug:slug>/exchange/<str:public_id>/",
        exchange_views.exchanged,
        name="exchanged",
    ),
    path(
        "projects/<slug:slug>/exchange/<str:public_id>/in/",
        exchange_views.bring_in,
        name="bring_in",
    ),
    path(
        "projects/<slug:slug>/exchange/<str:public_id>/file/",
        exchange_views.exchanged_file,
        name="exchanged_file",
    ),
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
        "projects/<slug:slug>/codebooks/notes/<str:public_id>/",
        draft_note_views.settle_draft_note,
        name="settle_draft_note",
    ),
    path("projects/<slug:slug>/work/<str:public_id>/again/", views.second_look, name="second_look"),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/evidence/",
        carried_views.carried_evidence,
        name="carried_evidence",
    ),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/evidence/<str:work>/<uuid:passage>/",
        carried_views.settle_evidence,
        name="settle_evidence",
    ),
]
