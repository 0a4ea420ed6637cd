"""The page of whoever runs the installation: how it stands, and long work of all projects."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from config.watching import health
from projects import jobs as work
from projects import queries, queue
from projects.access import operator_for
from projects.models import Job, Project

PER_PAGE = 50
LOOKS = {"database": "Database", "queue": "Queue", "disk": "Disk"}


class JobFilter(forms.Form):
    state = forms.ChoiceField(required=False, widget=forms.Select(attrs={"data-send": ""}))
    kind = forms.ChoiceField(
        label="Work", required=False, widget=forms.Select(attrs={"data-send": ""})
    )
    project = forms.ChoiceField(required=False, widget=forms.Select(attrs={"data-send": ""}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = sorted(queries.JOB_WORDS.items(), key=lambda pair: pair[1])
        projects = Project.objects.order_by("title").values_list("slug", "title")
        self.fields["state"].choices = [("", "all"), *Job.State.choices]
        self.fields["kind"].choices = [("", "all"), *kinds]
        self.fields["project"].choices = [("", "all"), *projects]


@require_safe
def installation(request: HttpRequest) -> HttpResponse:
    operator = operator_for(request.user)
    form = JobFilter(request.GET)
    form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    lookups = {
        {"project": "project__slug"}.get(name, name): value for name, value in wanted.items()
    }
    shown = queries.operators_jobs(operator).filter(**lookups)
    found = health.checks()
    context = {
        "looks": [
            {"name": words, "good": found[name] == health.GOOD, "words": found[name]}
            for name, words in LOOKS.items()
        ],
        "minutes": round(queue.lag() / 60),
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "is_filtered": bool(wanted),
        "operator": operator,
    }
    return render(request, "config/installation.html", context)


@require_safe
def any_job(request: HttpRequest, public_id: str) -> HttpResponse:
    """The fragment that the page asks for while the work runs."""
    operator = operator_for(request.user)
    shown = queries.operators_job_for(operator, public_id)
    return render(request, "projects/_job.html", {"job": shown, "operator": operator})


@require_POST
def cancel_any_job(request: HttpRequest, public_id: str) -> HttpResponse:
    work.cancel(queries.operators_job_for(operator_for(request.user), public_id))
    messages.info(request, "The work stops at its next step. What it had finished stays.")
    return redirect("installation")


@require_POST
def retry_any_job(request: HttpRequest, public_id: str) -> HttpResponse:
    work.retry(queries.operators_job_for(operator_for(request.user), public_id))
    messages.success(request, "The work is in the queue again.")
    return redirect("installation")
