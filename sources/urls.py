from django.urls import path

from sources import views

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
        "projects/<slug:slug>/documents/<str:public_id>/recognise/",
        views.recognise,
        name="recognise",
    ),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/read-again/",
        views.read_again,
        name="read_again",
    ),
]
