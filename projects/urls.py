from django.urls import path

from projects import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("new-project/", views.found_project, name="found_project"),
    path("projects/<slug:slug>/members/", views.members, name="members"),
    path("projects/<slug:slug>/members/<str:public_id>/", views.member, name="member"),
    path("projects/<slug:slug>/jobs/", views.jobs, name="jobs"),
    path("projects/<slug:slug>/jobs/<str:public_id>/", views.job, name="job"),
    path("projects/<slug:slug>/jobs/<str:public_id>/cancel/", views.cancel_job, name="cancel_job"),
    path("projects/<slug:slug>/jobs/<str:public_id>/retry/", views.retry_job, name="retry_job"),
    path("projects/<slug:slug>/ledger/", views.ledger, name="ledger"),
    path("projects/<slug:slug>/ledger.<str:format>", views.ledger_file, name="ledger_file"),
]
