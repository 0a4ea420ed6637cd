from django.urls import path

from sources import outline_views, sheet_views, views

urlpatterns = [
    path("projects/<slug:slug>/documents/", views.documents, name="documents"),
    path("projects/<slug:slug>/documents/upload/", views.upload, name="upload"),
    path("projects/<slug:slug>/documents/<str:public_id>/", views.document, name="document"),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/original/", views.original, name="original"
    ),
    path("projects/<slug:slug>/documents/<str:public_id>/retire/", views.retire, name="retire"),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/read-again/",
        views.read_again,
        name="read_again",
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
