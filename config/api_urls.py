"""The API, version 1: each app's own routes under one root."""

from django.urls import path

from coding import api as coding
from coding import exchange_api as exchange
from coding import workspace_api as workspace
from projects import api as projects
from reconciliation import assessments_api as assessments
from reconciliation import calculator_views as calculator
from reconciliation import runs_api as reconciliation
from sources import api as sources
from sources import reference_api as references
from sources import structure_api as structure
from sources.search import api as search

ROUND = "projects/<slug:slug>/rounds/<str:round_id>/"

urlpatterns = [
    path("reliability/", calculator.calculator_api, name="api_reliability"),
    path("states/", sources.states_list, name="api_states"),
    path("projects/", projects.project_list, name="api_projects"),
    path("projects/<slug:slug>/documents/", sources.documents, name="api_documents"),
    path("projects/<slug:slug>/documents/<str:public_id>/", sources.document, name="api_document"),
    path(
        "projects/<slug:slug>/documents/<str:public_id>/sections/",
        structure.sections,
        name="api_sections",
    ),
    path("projects/<slug:slug>/states/", references.states_list, name="api_project_states"),
    path("projects/<slug:slug>/alliances/", references.alliances_list, name="api_alliances"),
    path(
        "projects/<slug:slug>/alliances/<str:public_id>/",
        references.alliance,
        name="api_alliance",
    ),
    path("projects/<slug:slug>/provider-role/", references.provider_role, name="api_provider_role"),
    path("projects/<slug:slug>/search/", search.search, name="api_search"),
    path(
        "projects/<slug:slug>/collections/<str:public_id>/",
        sources.collection,
        name="api_collection",
    ),
    path("projects/<slug:slug>/rounds/", reconciliation.round_list, name="api_rounds"),
    path(f"{ROUND}runs/", reconciliation.run_list, name="api_runs"),
    path(f"{ROUND}runs/<int:n>/", reconciliation.run, name="api_run"),
    path("projects/<slug:slug>/assessments/", assessments.assessment_list, name="api_assessments"),
    path(
        "projects/<slug:slug>/assessments/<str:key>/",
        assessments.assessment,
        name="api_assessment",
    ),
    path("projects/<slug:slug>/jobs/<str:public_id>/", projects.job, name="api_job"),
    path("projects/<slug:slug>/codings/", exchange.codings, name="api_codings"),
    path("projects/<slug:slug>/assignments/", coding.assignments_list, name="api_assignments"),
    path("assignments/<str:public_id>/", coding.assignment, name="api_assignment"),
    path("assignments/<str:public_id>/operations/", coding.operations, name="api_operations"),
    path("assignments/<str:public_id>/submit/", coding.submit, name="api_submit"),
    path("assignments/<str:public_id>/codebook/", coding.codebook, name="api_codebook"),
    path("assignments/<str:public_id>/suggestions/", coding.suggested, name="api_suggestions"),
    path("assignments/<str:public_id>/history/", workspace.history, name="api_history"),
    path("assignments/<str:public_id>/questions/", workspace.question_list, name="api_questions"),
    path(
        "assignments/<str:public_id>/questions/read/",
        workspace.questions_read,
        name="api_questions_read",
    ),
    path("assignments/<str:public_id>/time/", workspace.active_time, name="api_active_time"),
    path(
        "assignments/<str:public_id>/elsewhere/",
        workspace.events_elsewhere,
        name="api_events_elsewhere",
    ),
    path("assignments/<str:public_id>/templates/", workspace.templates, name="api_templates"),
    path(
        "assignments/<str:public_id>/templates/<uuid:uid>/",
        workspace.template,
        name="api_template",
    ),
    path("keys/", workspace.keys, name="api_keys"),
]
