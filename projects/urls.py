from django.urls import include, path

from projects import member_views, views, webhook_views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("projects.accounts.urls")),
    path("new-project/", views.found_project, name="found_project"),
    path("projects/<slug:slug>/members/", member_views.members, name="members"),
    path("projects/<slug:slug>/members/invite/", member_views.invite, name="invite"),
    path(
        "projects/<slug:slug>/invitations/<str:public_id>/cancel/",
        member_views.cancel_invitation,
        name="cancel_invitation",
    ),
    path("projects/<slug:slug>/leave/", member_views.leave, name="leave"),
    path("projects/<slug:slug>/members/<str:public_id>/", member_views.member, name="member"),
    path(
        "projects/<slug:slug>/members/<str:public_id>/way-back/",
        member_views.way_back,
        name="way_back",
    ),
    path(
        "projects/<slug:slug>/members/<str:public_id>/take-out/",
        member_views.take_out,
        name="take_out_member",
    ),
    path(
        "projects/<slug:slug>/members/<str:public_id>/anonymise/",
        member_views.anonymise,
        name="anonymise",
    ),
    path("projects/<slug:slug>/jobs/", views.jobs, name="jobs"),
    path("projects/<slug:slug>/jobs/<str:public_id>/", views.job, name="job"),
    path("projects/<slug:slug>/jobs/<str:public_id>/cancel/", views.cancel_job, name="cancel_job"),
    path("projects/<slug:slug>/jobs/<str:public_id>/retry/", views.retry_job, name="retry_job"),
    path("projects/<slug:slug>/webhooks/", webhook_views.webhooks, name="webhooks"),
    path("projects/<slug:slug>/webhooks/<str:public_id>/", webhook_views.webhook, name="webhook"),
    path(
        "projects/<slug:slug>/webhooks/<str:public_id>/end/",
        webhook_views.end_webhook,
        name="end_webhook",
    ),
    path(
        "projects/<slug:slug>/webhooks/<str:public_id>/deliveries/<str:delivery_id>/",
        webhook_views.redeliver,
        name="redeliver",
    ),
    path("projects/<slug:slug>/ledger/", views.ledger, name="ledger"),
    path("projects/<slug:slug>/ledger.<str:format>", views.ledger_file, name="ledger_file"),
]
