"""The API, version 1: each app's own routes under one root, and their description."""

from django.urls import path

from coding import api as coding
from coding import codebooks_api, exchange_api, questions_api, rounds_api, workspace_api
from config.api_page import docs, schema
from datasets import api as datasets
from datasets import tables_api
from projects import api as projects
from projects import invitations_api, webhooks_api
from projects.accounts import api as accounts
from reconciliation import (
    assessments_api,
    board_api,
    calculator_api,
    concerns_api,
    feedback_api,
    incidents_api,
    runs_api,
)
from sources import api as sources
from sources import reference_api, structure_api
from sources.copies import api as copies
from sources.search import api as search

PARTS = (
    projects, invitations_api, accounts, webhooks_api, sources, structure_api, reference_api, search, copies, coding, workspace_api,
    codebooks_api, rounds_api, questions_api, exchange_api, runs_api, board_api, incidents_api, assessments_api,
    concerns_api, feedback_api, calculator_api, datasets, tables_api,
)  # fmt: skip
ROUTES = tuple(route for part in PARTS for route in part.ROUTES)

urlpatterns = [
    *(route.pattern() for route in ROUTES),
    path("schema/", schema, name="api_schema"),
    path("docs/", docs, name="api_docs"),
]
