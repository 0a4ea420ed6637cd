"""Looking into a release over HTTP: its tables, its variables, and what one cell rests on."""

from datasets import judgements, queries, tracing
from datasets.table_views import FILTERS, KEYS, located
from projects.api import PROJECT
from projects.rest.paging import ListOf
from projects.rest.routes import Asked, Route
from projects.rest.shapes import anything, mapping, shape, some, text, whole

_RELEASE = f"{PROJECT}releases/<str:version>/"

TableShape = shape("ReleaseTable", name=text())
Rows = shape(
    "TableRows",
    table=text(),
    key=some(text()),
    columns=some(text()),
    total=whole(),
    rows=some(mapping()),
)
RowsWanted = shape(
    "TableRowsWanted", table=text(most=100), **{name: text(optional=True, most=100) for name in FILTERS}
)  # fmt: skip
TraceWanted = shape(
    "CellToTrace",
    table=text(most=100),
    column=text(most=100),
    **{name: text(optional=True, most=100) for name in KEYS},
)
AccountShape = shape(
    "Account",
    incident=mapping(),
    reports=some(mapping()),
    proofs=some(anything()),
    codings=some(mapping()),
    decisions=some(mapping()),
)
TraceShape = shape(
    "Trace",
    value=anything(),
    accounts=some(AccountShape),
    judged=some(mapping()),
    searches=some(mapping()),
)
VariableShape = shape("Variable", file=text(), column=text(), label=text())

table_list = Route(f"{_RELEASE}tables/", "api_release_tables", "releases")
row_route = Route(f"{_RELEASE}table/", "api_release_table", "releases")
trace_route = Route(f"{_RELEASE}trace/", "api_release_trace", "releases")
variable_route = Route(f"{_RELEASE}variables/", "api_release_variables", "releases")


def _inside(asked: Asked, version: str):
    shown = queries.release_for(asked.holder, version)
    queries.downloads(asked.holder, shown)
    return shown


@table_list.get(ListOf(TableShape, key="name"), needs="project.view")
def list_release_tables(asked: Asked, version: str):
    """The tables of a version that one can look into."""
    return [{"name": name} for name in tracing.tables(_inside(asked, version))]


@row_route.get(Rows, needs="project.view", filters=RowsWanted)
def read_release_table(asked: Asked, version: str):
    """Rows of one table, narrowed by its key; the whole table is among the files."""
    wanted = {name: value for name, value in asked.wanted.items() if value and name != "table"}
    sheet = tracing.sheet(_inside(asked, version), asked.wanted["table"], wanted)
    return {
        "table": sheet.table,
        "key": list(sheet.key),
        "columns": list(sheet.columns),
        "total": sheet.total,
        "rows": [dict(row) for row in sheet.rows],
    }


@trace_route.get(TraceShape, needs="project.view", filters=TraceWanted)
def trace_cell(asked: Asked, version: str):
    """What one cell rests on, down to the passage."""
    shown, wanted = _inside(asked, version), asked.wanted
    chosen, column = wanted["table"], wanted["column"]
    key = {name: wanted[name] for name in KEYS if wanted.get(name)}
    sheet, row = located(shown, chosen, column, key)
    judged = ()
    behind = tracing.incidents_behind(row, column)
    if judgements.is_judged(chosen, column):
        judged = judgements.assessments_behind(shown, chosen, row, column)
        behind = judgements.relied_on(judged)
    accounts = tracing.accounts(shown, behind) if behind else ()
    return {
        "value": row[column],
        "accounts": [_account(one) for one in accounts],
        "judged": [dict(one) for one in judged],
        "searches": [dict(one) for one in judgements.searches_behind(shown, row)],
    }


def _account(one: tracing.Account) -> dict:
    return {
        "incident": dict(one.incident),
        "reports": [dict(row) for row in one.reports],
        "proofs": [
            {
                "field": proof.field,
                "value": proof.value,
                "passages": [
                    {
                        "document": passage.document_id,
                        "start": passage.start,
                        "end": passage.end,
                        "page": passage.page,
                        "words": passage.words,
                        "coders": passage.coders,
                    }
                    for passage in proof.passages
                ],
            }
            for proof in one.proofs
        ],
        "codings": [dict(row) for row in one.codings],
        "decisions": [dict(row) for row in one.decisions],
    }


@variable_route.get(ListOf(VariableShape, key="place", page=1_000), needs="project.view", filters=shape("VariableWords", words=text(optional=True, most=200)))  # fmt: skip
def list_release_variables(asked: Asked, version: str):
    """Every column of every table whose name, label or note has the words."""
    found = queries.variables(_inside(asked, version), asked.wanted.get("words") or "")
    return [{**row, "place": f"{row['file']} {row['column']}"} for row in found]


ROUTES = (table_list, row_route, trace_route, variable_route)
