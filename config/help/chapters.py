"""Which chapter of the documentation helps on which page of the product: one table, by the name of the address.

A page that is not named here is helped by the chapter of its room.
"""

# Page name -> chapter, with the heading where one stands out.
CHAPTERS: dict[str, str] = {
    "home": "index",
    "project": "tutorial",
    "put_guide": "tutorial",
    "found_project": "how-to/manager#found-a-project",
    "members": "how-to/manager#take-people-in",
    "member": "how-to/manager#take-people-in",
    "invite": "how-to/manager#take-people-in",
    "way_back": "how-to/manager#take-people-in",
    "source_report": "how-to/adjudicator#link-the-same-event-across-documents",
    "suggestion_effect": "how-to/manager#open-a-round",
    "describe_release": "how-to/exporter#check-and-publish",
    "jobs": "how-to/manager#watch-long-work",
    "job": "how-to/manager#watch-long-work",
    "ledger": "explanation/blindness#what-the-ledger-keeps",
    "documents": "how-to/manager#bring-documents-in",
    "upload": "how-to/manager#bring-documents-in",
    "collection": "how-to/manager#bring-documents-in",
    "document": "how-to/manager#look-after-documents",
    "sections": "how-to/manager#look-after-documents",
    "section": "how-to/manager#look-after-documents",
    "copies": "how-to/manager#look-after-documents",
    "confirmed_copies": "how-to/manager#look-after-documents",
    "carried_evidence": "how-to/manager#look-after-documents",
    "settle_evidence": "how-to/manager#look-after-documents",
    "search": "how-to/manager#search-and-keep-searches",
    "searches": "how-to/manager#search-and-keep-searches",
    "kept_search": "how-to/manager#search-and-keep-searches",
    "alliances": "reference/files#lists-of-alliances",
    "alliance": "reference/files#lists-of-alliances",
    "alliance_list": "reference/files#lists-of-alliances",
    "load_alliances": "reference/files#lists-of-alliances",
    "states": "reference/files#lists-of-states",
    "state_list": "reference/files#lists-of-states",
    "load_states": "reference/files#lists-of-states",
    "codebooks": "how-to/manager#write-a-codebook",
    "codebook": "reference/codebook",
    "load_codebook": "reference/codebook",
    "edit_codebook": "reference/codebook",
    "codebook_changes": "reference/codebook#versions",
    "move_codebook": "reference/codebook#versions",
    "concerns": "how-to/adjudicator#carry-what-you-learned-into-the-codebook",
    "questions": "how-to/adjudicator#answer-questions",
    "answer_question": "how-to/adjudicator#answer-questions",
    "rounds": "how-to/manager#open-a-round",
    "round": "how-to/manager#open-a-round",
    "open_round": "how-to/manager#open-a-round",
    "roster": "how-to/manager#open-a-round",
    "work": "how-to/manager#open-a-round",
    "exchange": "how-to/other-tools",
    "exchanged": "how-to/other-tools",
    "take_out": "how-to/other-tools#take-codings-out",
    "my_work": "how-to/coder",
    "workspace": "how-to/coder#code-a-document",
    "second_look": "how-to/coder#a-second-look",
    "feedback": "how-to/coder#after-the-reveal",
    "own_agreement": "how-to/coder#after-the-reveal",
    "reconciliation": "how-to/adjudicator",
    "board": "how-to/adjudicator#settle-conflicts",
    "board_queue": "how-to/adjudicator#settle-conflicts",
    "board_group": "how-to/adjudicator#settle-conflicts",
    "figures": "reference/coefficients",
    "measure": "reference/coefficients",
    "compare_rounds": "reference/coefficients#series-of-rounds",
    "reliability_report": "reference/coefficients",
    "calculator": "reference/coefficients#tables-of-your-own",
    "incidents": "how-to/adjudicator#link-the-same-event-across-documents",
    "incident": "how-to/adjudicator#link-the-same-event-across-documents",
    "proposals": "how-to/adjudicator#link-the-same-event-across-documents",
    "assessments": "how-to/adjudicator#judge-promises-year-by-year",
    "assessment": "how-to/adjudicator#judge-promises-year-by-year",
    "releases": "how-to/exporter",
    "release": "how-to/exporter#check-and-publish",
    "compare_releases": "how-to/exporter#compare-two-versions",
    "coverage": "how-to/exporter#say-what-was-searched",
    "landing": "reference/files#what-a-release-holds",
    "open_table": "reference/files#what-a-release-holds",
    "open_variables": "reference/files#what-a-release-holds",
    "open_trace": "how-to/exporter#follow-a-cell-to-its-passage",
    "release_table": "reference/files#what-a-release-holds",
    "release_variables": "reference/files#what-a-release-holds",
    "release_trace": "how-to/exporter#follow-a-cell-to-its-passage",
}

# The room whose view answers -> its chapter.
ROOMS: dict[str, str] = {
    "projects": "how-to/manager",
    "sources": "how-to/manager#bring-documents-in",
    "coding": "how-to/coder",
    "reconciliation": "how-to/adjudicator",
    "datasets": "how-to/exporter",
}
HOME = "index"
# Before somebody is in, whatever module answers.
OPEN = {"sign_in", "sign_out", "join", "new_password", "account", "account_reset_password"}


def chapter_for(page: str, module: str) -> str:
    """The chapter for a page by its name, else by the module of its view."""
    if page in OPEN:
        return HOME
    return CHAPTERS.get(page) or ROOMS.get(module.split(".")[0], HOME)
