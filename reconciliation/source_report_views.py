"""The source report: which outlets, kinds of document and languages the incidents rest on; page and table."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects import spreadsheets
from projects.access import pass_for
from reconciliation import queries, source_plots, source_reports, source_shares

SHOWN = 12
HEADINGS = {"outlet": "Outlets", "kind": "Kinds of document", "language": "Languages"}
YEAR = {"required": False, "min_value": 1, "max_value": 9999}


class SourceFilter(forms.Form):
    type = forms.ChoiceField(
        label="Type", required=False, widget=forms.Select(attrs={"data-send": ""})
    )
    since = forms.IntegerField(label="From year", **YEAR)
    until = forms.IntegerField(label="To year", **YEAR)
    copies = forms.BooleanField(label="Count copies as reports", required=False)

    def __init__(self, *args, types, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [("", "any"), *((code, code) for code in types)]

    def wanted(self):
        self.is_valid()
        return source_reports.Wanted(**self.cleaned_data)  # what is no choice is left out


def _asked(request, slug):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    form = SourceFilter(request.GET, types=queries.incident_types(holder))
    wanted = form.wanted()
    return form, wanted, source_reports.reports(holder, wanted)


@require_safe
def source_report(request, slug):
    form, wanted, counted = _asked(request, slug)
    years = source_shares.years(counted)
    context = {
        "form": form,
        "is_narrowed": wanted.is_narrowed,
        "with_copies": wanted.copies,
        "resting": source_shares.resting(counted),
        "years": years,
        "columns": source_plots.columns(years),
        "stack": [(kind, source_plots.WORDS[kind]) for kind in reversed(source_plots.STACK)],
        "sections": [_section(counted, by) for by in source_shares.BY],
        "query": request.GET.urlencode(),
    }
    return render(request, "reconciliation/source_report.html", context)


def _section(counted, by):
    parts = source_shares.parts(counted, by)
    names = [source_reports.words(by, part.name) for part in parts]
    return {
        "by": by,
        "heading": HEADINGS[by],
        "rows": list(zip(parts, names, strict=True)),
        "bars": source_plots.bars(parts[:SHOWN], names[:SHOWN]),
        "left_out": max(len(parts) - SHOWN, 0),
        "effective": source_shares.effective(counted, by),
        "named": sum(1 for part in parts if part.name),
    }


@require_safe
def source_report_csv(request, slug):
    _, _, counted = _asked(request, slug)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="source-report-{slug}.csv"'
    table = source_reports.table(counted)
    response.write(spreadsheets.written(source_reports.COLUMNS, table))
    return response
