from django.urls import path

from reconciliation import (
    assessment_views,
    calculator_views,
    concern_views,
    feedback_views,
    figure_views,
    incident_views,
    series_views,
    source_report_views,
    views,
)

ROUND = "projects/<slug:slug>/reconciliation/<str:round_id>/"
BOARD = f"{ROUND}board/<str:document_id>/"
ASSESSMENTS = "projects/<slug:slug>/assessments/"

urlpatterns = [
    path("calculator/", calculator_views.calculator_page, name="calculator"),
    path("projects/<slug:slug>/reconciliation/", views.reconciliation, name="reconciliation"),
    path(f"{ROUND}run/", views.reconcile, name="reconcile"),
    path(f"{ROUND}routine/", views.keep_routine, name="keep_routine"),
    path(f"{ROUND}accept/", views.accept_round, name="accept_round"),
    path(
        "projects/<slug:slug>/reconciliation/compare/",
        series_views.compare_rounds,
        name="compare_rounds",
    ),
    path(
        "projects/<slug:slug>/reconciliation/compare.csv",
        series_views.series_csv,
        name="series_csv",
    ),
    path(f"{ROUND}figures/", figure_views.figures, name="figures"),
    path(f"{ROUND}figures.csv", figure_views.figures_csv, name="figures_csv"),
    path(f"{ROUND}figures/parts.csv", figure_views.parts_csv, name="parts_csv"),
    path(f"{ROUND}figures/<slug:chart>.svg", figure_views.chart_svg, name="chart_svg"),
    path(f"{ROUND}figures/measure/", figure_views.measure, name="measure"),
    path(f"{ROUND}figures/report/", figure_views.report, name="reliability_report"),
    path(f"{ROUND}diagnosis.zip", figure_views.diagnosis_zip, name="diagnosis_zip"),
    path(f"{ROUND}board/", views.board_queue, name="board_queue"),
    path(BOARD, views.board, name="board"),
    path(f"{BOARD}group/<str:group_id>/", views.board_group, name="board_group"),
    path(f"{BOARD}decide/", views.decide, name="decide"),
    path(f"{BOARD}group/", views.decide_group, name="decide_group"),
    path(f"{BOARD}regroup/", views.regroup, name="regroup"),
    path(f"{BOARD}reconcile/", views.reconcile_document, name="reconcile_document"),
    path(f"{BOARD}reopen/", views.reopen, name="reopen"),
    path(f"{BOARD}accept/", views.accept_document, name="accept_document"),
    path("projects/<slug:slug>/codebooks/feedback/", concern_views.concern_page, name="concerns"),
    path("projects/<slug:slug>/agreement/", feedback_views.own_agreement, name="own_agreement"),
    path(
        "projects/<slug:slug>/work/<str:public_id>/feedback/",
        feedback_views.feedback,
        name="feedback",
    ),
    path(f"{ROUND}suggestions/", feedback_views.effect, name="suggestion_effect"),
    path("projects/<slug:slug>/incidents/", views.incidents, name="incidents"),
    path("projects/<slug:slug>/incidents/proposals/", incident_views.proposals, name="proposals"),
    path("projects/<slug:slug>/incidents/propose/", incident_views.propose, name="propose"),
    path(
        "projects/<slug:slug>/incidents/sources/",
        source_report_views.source_report,
        name="source_report",
    ),
    path(
        "projects/<slug:slug>/incidents/sources.csv",
        source_report_views.source_report_csv,
        name="source_report_csv",
    ),
    path("projects/<slug:slug>/incidents/<int:number>/", incident_views.incident, name="incident"),
    path(
        "projects/<slug:slug>/incidents/<int:number>/value/",
        incident_views.incident_value,
        name="incident_value",
    ),
    path(ASSESSMENTS, assessment_views.assessments_page, name="assessments"),
    path(f"{ASSESSMENTS}rows/", assessment_views.rows, name="assessment_rows"),
    path(f"{ASSESSMENTS}judge/", assessment_views.judge, name="judge_assessments"),
    path(f"{ASSESSMENTS}<str:key>/", assessment_views.assessment, name="assessment"),
]
