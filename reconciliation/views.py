"""Pages of reconciliation: rounds and runs, the adjudication board, incidents."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coding.access import round_for
from projects import queries as projects
from projects.access import pass_for
from projects.forms import beside, status_of
from projects.refusals import Invalid, Missing
from reconciliation import adjudication, queries, queue, regrouping, routines, runs
from reconciliation import board as boards
from reconciliation import incidents as incident_verbs
from reconciliation.cards import anchor
from reconciliation.forms import (
    AcceptForm,
    DecisionForm,
    GroupForm,
    IncidentFilter,
    LinkForm,
    PositionForm,
    QueueForm,
    RegroupForm,
    ReopenForm,
    RoutineForm,
)
from reconciliation.models import Decision, Position, Regrouping, Routine
from sources import queries as sources

PER_PAGE = 50
# How much of the queue stands beside a document: the part around it.
QUEUE_SHOWN = 120


# The same for every field of a board, so written once.
ERROR_KINDS = format_html_join(
    "",
    '<option value="{}">{}</option>',
    ((code, label if code else "what went wrong?") for code, label in Decision.ErrorKind.choices),
)


@require_safe
def reconciliation(request, slug):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    jobs = projects.visible_jobs(holder).filter(kind__in=[runs.KIND, adjudication.ACCEPT])[:5]
    context = {
        "rounds": queries.round_states(holder),
        "jobs": jobs,
        "every": Routine.Every.choices,
    }
    return render(request, "reconciliation/reconciliation.html", context)


@require_POST
def reconcile(request, slug, round_id):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.run")
    runs.start(round_for(holder, round_id), by=holder)
    messages.info(request, "The round is reconciled in the background. You can leave this page.")
    return redirect("reconciliation", slug)


@require_POST
def keep_routine(request, slug, round_id):
    """When documents of the round are ready, and whether it reconciles itself."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.run")
    shown = round_for(holder, round_id)
    form = RoutineForm(request.POST)
    if not form.is_valid():
        raise Invalid(" ".join(str(one) for errors in form.errors.values() for one in errors))
    kept = routines.keep(shown, by=holder, **form.cleaned_data)
    messages.success(request, f"{shown.name}: {kept.words}.")
    return redirect("reconciliation", slug)


@require_POST
def accept_round(request, slug, round_id):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.decide")
    shown = round_for(holder, round_id)
    form = AcceptForm(request.POST)
    singles = form.is_valid() and form.cleaned_data["singles"]
    adjudication.ask_accept(shown, by=holder, singles=singles)
    messages.info(request, "What is agreed is accepted in the background. You can leave this page.")
    return redirect("reconciliation", slug)


# --- the board


def _queue_form(request, holder, shown):
    return QueueForm(request.GET, labels=queue.labels(holder, shown))


@require_safe
def board_queue(request, slug, round_id):
    """The document that needs it most, or what to do when there is none."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    shown = round_for(holder, round_id)
    found = queue.entries(holder, shown, wanted=_queue_form(request, holder, shown).wanted())
    found = found or queue.entries(holder, shown)
    if found:
        return redirect(found[0].url)
    context = {"round": shown, "run": queries.latest_run(holder, shown)}
    return render(request, "reconciliation/no_board.html", context)


@require_safe
def board(request, slug, round_id, document_id):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    return _board_page(request, holder, *_place(holder, round_id, document_id))


@require_safe
def board_group(request, slug, round_id, document_id, group_id):
    """Why one event was grouped as it was, and mending it: what the board loads into its menus when they are opened."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    shown, document = _place(holder, round_id, document_id)
    found = boards.board(holder, shown, document)
    for card, others in found.joins:
        if card.group.public_id == group_id:
            query = _queue_form(request, holder, shown).wanted().query
            context = {
                "round": shown, "document": document, "board": found, "card": card, "others": others,
                "queue_query": query,
            }  # fmt: skip
            return render(request, "reconciliation/board_group.html", context)
    raise Missing("These events were aligned anew; load the document again.")


@require_POST
def decide(request, slug, round_id, document_id):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.decide")
    shown, document = _place(holder, round_id, document_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        position = _position(holder, shown, document, form)
        noted = {
            name: said[name]
            for name in ("reason", "error_kind", "codebook_needs_work", "passages", "seen")
        }
        with beside(form):
            if said["take"]:
                adjudication.take(position, said["take"], by=holder, **noted)
            else:
                adjudication.decide(position, by=holder, value=_own_value(request), **noted)
            return redirect(f"{_address(request, shown, document)}#g-{position.group.public_id}")
    return _board_page(request, holder, shown, document, form=form)


@require_POST
def decide_group(request, slug, round_id, document_id):
    """Take a coder's whole event, or decide that it is none."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.decide")
    shown, document = _place(holder, round_id, document_id)
    form = GroupForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        group = _group(holder, shown, document, said["group"])
        with beside(form):
            if said["reject"]:
                adjudication.reject(
                    group,
                    by=holder,
                    reason=said["reason"],
                    error_kind=said["error_kind"],
                    seen=said["seen"],
                )
                messages.success(request, "Settled: this is no event.")
            else:
                taken = adjudication.take_event(
                    group, said["take"], by=holder, reason=said["reason"], seen=said["seen"]
                )
                messages.success(
                    request, f"{taken} positions are settled as {said['take']} has them."
                )
            return redirect(f"{_address(request, shown, document)}#g-{group.public_id}")
    return _board_page(request, holder, shown, document, form=form)


@require_POST
def regroup(request, slug, round_id, document_id):
    """Merge, split or move what was aligned, or leave it to the program again."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.decide")
    shown, document = _place(holder, round_id, document_id)
    form = RegroupForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        group = _group(holder, shown, document, said["group"])
        with beside(form):
            labels, noted = said["labels"] or [], {"by": holder, "reason": said["reason"]}
            noted["seen"] = said["seen"]
            if said["kind"] == Regrouping.Kind.SPLIT:
                group = regrouping.split(group, labels, **noted)
                told = "Split off. The rest stays together."
            elif said["kind"] == Regrouping.Kind.RELEASE:
                group = regrouping.release(group, **noted)
                told = "Left to the program again."
            elif not said["to"]:
                raise Invalid("Choose the other event.")
            elif said["kind"] == Regrouping.Kind.MERGE:
                other = _group(holder, shown, document, said["to"])
                group = regrouping.merge([group, other], **noted)
                told = "Merged into one event."
            elif len(labels) != 1:
                raise Invalid("Choose the one coder whose event is moved.")
            else:
                other = _group(holder, shown, document, said["to"])
                group = regrouping.move(group, labels[0], other, **noted)
                told = f"{labels[0]}'s event is moved."
            messages.success(request, f"{told} Decisions whose basis changed ask again.")
            return redirect(f"{_address(request, shown, document)}#g-{group.public_id}")
    return _board_page(request, holder, shown, document, form=form)


@require_POST
def reconcile_document(request, slug, round_id, document_id):
    """Align this document anew, such as after a correction, without waiting for the round."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.run")
    shown, document = _place(holder, round_id, document_id)
    runs.start_document(shown, document, by=holder)
    messages.info(
        request, "The document is reconciled in the background; load it again in a moment."
    )
    return redirect(_address(request, shown, document))


@require_POST
def reopen(request, slug, round_id, document_id):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.decide")
    shown, document = _place(holder, round_id, document_id)
    form = ReopenForm(request.POST)
    if form.is_valid():
        position = _position(holder, shown, document, form)
        with beside(form):
            adjudication.reopen(
                position,
                by=holder,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
            )
            return redirect(f"{_address(request, shown, document)}#g-{position.group.public_id}")
    return _board_page(request, holder, shown, document, form=form)


@require_POST
def accept_document(request, slug, round_id, document_id):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.decide")
    shown, document = _place(holder, round_id, document_id)
    _accept(request, holder, queries.visible_groups(holder, shown).filter(document=document))
    return redirect(_address(request, shown, document))


def _accept(request, holder, groups):
    form = AcceptForm(request.POST)
    singles = form.is_valid() and form.cleaned_data["singles"]
    done = adjudication.accept_agreed(list(groups), by=holder, singles=singles)
    messages.success(request, done.told())


def _place(holder, round_id, document_id):
    shown = round_for(holder, round_id)
    return shown, queries.board_document_for(holder, shown, document_id)


def _address(request, shown, document):
    """The board of the document, its queue narrowed as it was on the page one acted from."""
    wanted = _queue_form(request, request.holder, shown).wanted()
    place = [request.holder.project.slug, shown.public_id, document.public_id]
    return reverse("board", args=place) + wanted.query


def _group(holder, shown, document, public_id):
    group = (
        queries.visible_groups(holder, shown).filter(document=document, public_id=public_id).first()
    )
    if group is None:
        raise Missing("These events were aligned anew; load the document again.")
    return group


def _position(holder, shown, document, form: PositionForm):
    group = _group(holder, shown, document, form.cleaned_data["group"])
    field = form.cleaned_data["field"]
    found = group.positions.select_related("group").filter(field=field).first()
    # What no coder filled has no position yet; whether the events have such a field the verb knows.
    return found or Position(group=group, field=field)


def _own_value(request):
    """What was typed or chosen: several choices come as several values."""
    values = [value for value in request.POST.getlist("value") if value.strip()]
    if not values:
        raise Invalid("Choose a coder's value or enter your own.")
    return values[0] if len(values) == 1 else values


def _board_page(request, holder, shown, document, form=None):
    group, _, field = request.GET.get("fill", "").partition(".")
    if form is not None and isinstance(form, DecisionForm):
        # What was refused is shown where it was said, also where nobody had filled the field.
        group, field = form.data.get("group", ""), form.data.get("field", "")
    found = boards.board(holder, shown, document, fill=(group, field))
    queue_form = _queue_form(request, holder, shown)
    wanted = queue_form.wanted()
    listed = queue.entries(holder, shown, document, wanted)
    # A document that the queue is not narrowed to stands before all that are.
    here = next((n for n, entry in enumerate(listed) if entry.is_current), -1)
    refused = None
    if form is not None and form.errors:
        refused = {
            "anchor": anchor(form.data.get("group", ""), form.data.get("field", "")),
            "group": form.data.get("group", ""),
            "field": form.data.get("field", ""),
            "words": [error for errors in form.errors.values() for error in errors],
            "reason": form.data.get("reason", ""),
            "passages": form.data.get("passages", ""),
        }
    context = {
        "round": shown,
        "document": document,
        "board": found,
        "blocks": sources.blocks(found.text),
        "queue": listed[max(here - QUEUE_SHOWN // 2, 0) :][:QUEUE_SHOWN],
        "queue_form": queue_form,
        "queue_query": wanted.query,
        "queue_fields": [(name, value) for name, value in vars(wanted).items() if value],
        "is_narrowed": any(value for name, value in vars(wanted).items() if name != "order"),
        "queue_total": len(listed),
        "previous": listed[here - 1] if here > 0 else None,
        "following": _following(listed, here),
        "refused": refused,
        "error_kinds": ERROR_KINDS,
    }
    status = status_of(form) if form is not None else 200
    return render(request, "reconciliation/board.html", context, status=status)


def _following(listed, here):
    """The next one in the queue; after the last one, where settled documents stand, the first that is not settled."""
    if here + 1 < len(listed):
        return listed[here + 1]
    return next((one for one in listed if not one.is_settled and not one.is_current), None)


# --- incidents


@require_http_methods(["GET", "HEAD", "POST"])
def incidents(request, slug):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    filter_form = IncidentFilter(request.GET, types=queries.incident_types(holder))
    filter_form.is_valid()
    chosen = filter_form.cleaned_data  # what is no choice is left out
    found = queries.incidents(holder, **chosen)
    link_form = None
    if request.method == "POST":
        holder.require("reconciliation.decide")
        link_form = LinkForm(request.POST, incidents=queries.incidents(holder))
        if link_form.is_valid():
            with beside(link_form):
                kept = incident_verbs.link(
                    holder.project,
                    link_form.chosen(),
                    by=request.user,
                    reason=link_form.cleaned_data["reason"],
                )
                messages.success(request, f"Their reports are gathered under {kept}.")
                return redirect("incidents", slug)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    copied = queries.copies_of_reports(holder.project, page)
    for incident in page:
        for report in incident.reports.all():
            report.copies = copied.get(report.resolved_event.group.document_id, [])
    context = {
        "page": page,
        "filter": filter_form,
        "is_filtered": any(chosen.values()),
        "link_form": link_form,
    }
    return render(
        request,
        "reconciliation/incidents.html",
        context,
        status=status_of(link_form) if link_form else 200,
    )
