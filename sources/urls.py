from django.urls import path

from sources import outline_views, sheet_views, views
from sources import reference_views as references
from sources.copies import views as copies
from sources.search import views as search

urlpatterns = [
    path("projects/<slug:slug>/documents/", views.documents, name="documents"),
    path("projects/<slug:slug>/documents/upload/", views.upload, name="upload"),
    path("projects/<slug:slug>/collections/<str:public_id>/", views.collection, name="collection"),
    path("projects/<slug:slug>/documents/<str:public_id>/", views.document, name="document"),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/original/", views.original, name="original"
    ),
    path("projects/<slug:slug>/documents/<str:public_id>/retire/", views.retire, name="retire"),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/take-down/",
        views.take_down,
        name="take_down",
    ),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/recognise/",
        views.recognise,
        name="recognise",
    ),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/read-again/",
        views.read_again,
        name="read_again",
    ),
    path("projects/<slug:slug>/alliances/", references.alliances, name="alliances"),
    path("projects/<slug:slug>/alliances/load/", references.load_alliances, name="load_alliances"),
    path(
        "projects/<slug:slug>/alliances/template.csv",
        references.alliance_template,
        name="alliance_template",
    ),
    path(
        "projects/<slug:slug>/alliances/lists/<int:n>/",
        references.alliance_list,
        name="alliance_list",
    ),
    path(
        "projects/<slug:slug>/alliances/lists/<int:n>/file/",
        references.alliance_list_file,
        name="alliance_list_file",
    ),
    path("projects/<slug:slug>/alliances/<str:public_id>/", references.alliance, name="alliance"),
    path("projects/<slug:slug>/states/", references.states, name="states"),
    path("projects/<slug:slug>/states/load/", references.load_states, name="load_states"),
    path("projects/<slug:slug>/states/<int:n>/", references.state_list, name="state_list"),
    path("projects/<slug:slug>/search/", search.search, name="search"),
    path("projects/<slug:slug>/searches/", search.searches, name="searches"),
    path("projects/<slug:slug>/searches/keep/", search.keep_search, name="keep_search"),
    path("projects/<slug:slug>/searches/<str:public_id>/", search.kept_search, name="kept_search"),
    path("projects/<slug:slug>/copies/", copies.copies, name="copies"),
    path("projects/<slug:slug>/copies/judge/", copies.judge_copies, name="judge_copies"),
    path(
        "projects/<slug:slug>/copies/confirmed/", copies.confirmed_copies, name="confirmed_copies"
    ),
    path(
        "projects/<slug:slug>/copies/confirmed/<str:public_id>/dissolve/",
        copies.dissolve_copies,
        name="dissolve_copies",
    ),
    path(
        "projects/<slug:slug>/copies/confirmed/<str:public_id>/represent/",
        copies.represent_copies,
        name="represent_copies",
    ),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/texts/<int:n>/pages/<int:number>/",
        sheet_views.sheet,
        name="sheet",
    ),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/pages/<int:number>.png",
        sheet_views.picture,
        name="picture",
    ),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/sections/",
        outline_views.sections,
        name="sections",
    ),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/sections/confirm/",
        outline_views.confirm,
        name="confirm_sections",
    ),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/sections/<int:place>/",
        outline_views.section,
        name="section",
    ),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/sections/<int:place>/remove/",
        outline_views.remove,
        name="remove_section",
    ),
]
