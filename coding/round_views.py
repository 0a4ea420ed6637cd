"""Pages about rounds: opening one by a plan that is looked at first, how far it is, and who holds what in it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coding import assignments, planning, queries, rosters, standing
from coding import rounds as round_verbs
from coding.access import is_blind, round_for
from coding.models import Round
from coding.round_forms import MoveForm, PeopleForm, RoundForm, WorkForm, acts_on
from projects.access import pass_for
from projects.forms import beside, sent, status_of
from projects.refusals import Invalid, Missing, Stale
from sources import queries as sources
from sources.search import finding, indexing, log

PER_PAGE = 50


@require_safe
def rounds(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    context = {"rounds": queries.rounds(holder), "may_watch": queries.may_watch(holder)}
    return render(request, "coding/rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request, slug):
    holder = request.holder = pass_for(request.user, slug, "rounds.manage")
    counts = queries.readable_counts(holder)
    form = RoundForm(
        sent(request),
        coders=queries.coders(holder),
        counts=counts,
        searches=list(log.visible_searches(holder)[:100]),
    )
    planned = None
    if form.is_valid():
        with beside(form):
            found = documents_asked(holder, form)
            if "preview" in request.POST:
                planned = planning.plan(holder.project, documents=found, **form.asked())
            else:
                opened = round_verbs.open_round(
                    holder.project,
                    form.cleaned_data["name"],
                    by=request.user,
                    documents=found,
                    **form.opened_with(),
                )
                messages.success(
                    request, f"Round “{opened.name}” is open and every coder has their queue."
                )
                return redirect(opened)
        if isinstance(getattr(form, "refusal", None), Stale):
            planned = planning.plan(holder.project, documents=found, **form.asked())
    if planned is not None:
        # What is opened next is what was shown: the same seed, and a fingerprint that tells if anything changed.
        form.data = form.data.copy()
        form.data.update({"seed": planned.seed, "seen": planned.fingerprint})
    context = {
        "form": form,
        "plan": planned,
        "codebook": queries.codebooks(holder).exclude(published_at=None).first(),
        "has_documents": bool(counts),
    }
    return render(request, "coding/open_round.html", context, status=status_of(form))


def documents_asked(holder, form):
    """The documents to draw from: a kept search, or a kind and words."""
    said = form.cleaned_data
    if said["search"] or said["words"].strip():
        indexing.must_be_whole(holder.project)
    if said["search"]:
        found = finding.documents(holder.project, log.wanted(form.searches[said["search"]]))
        return found.filter(kind=said["kind"]) if said["kind"] else found
    if said["words"].strip():
        return finding.documents(
            holder.project, finding.Wanted(words=said["words"], kind=said["kind"])
        )
    return (
        sources.documents(holder.project, state="read", kind=said["kind"]) if said["kind"] else None
    )


@require_safe
def round_page(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug)
    shown = round_for(holder, public_id)
    own = next(iter(queries.own_rounds(holder, only=shown)), None)
    if not queries.may_watch(holder):
        if own is None:
            raise Missing("There is no such round in this project.")
        page = Paginator(queries.own_work(holder).filter(round=shown), PER_PAGE)
        return render(
            request,
            "coding/own_round.html",
            {"round": shown, "own": own, "page": page.get_page(request.GET.get("page"))},
        )
    page = Paginator(queries.documents_of(shown), PER_PAGE).get_page(request.GET.get("page"))
    progress = standing.progress(holder, shown)
    total = sum(one.total for one in progress)
    context = {
        "round": shown,
        "own": own,
        "progress": progress,
        "handed_in": sum(one.handed_in for one in progress),
        "total": total,
        "climb": standing.climb(holder, shown, total),
        "abandoned": standing.abandoned(holder, shown),
        "states": queries.STATES,
        "page": page,
        "rows": queries.document_progress(holder, shown, list(page)),
        "strata_by": planning.STRATA.get(shown.drawn.get("by", "")),
        "moves": [state.value for state in Round.MOVES[Round.State(shown.state)]],
    }
    return render(request, "coding/round.html", context)


@require_POST
def move_round(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "rounds.manage")
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Invalid("A round can be opened, closed or revealed.")
    moved = round_verbs.move(
        round_for(holder, public_id), Round.State(form.cleaned_data["state"]), by=request.user
    )
    messages.success(request, f"Round “{moved.name}” is {moved.get_state_display()} now.")
    return redirect(moved)


# --- who holds what


@require_http_methods(["GET", "HEAD", "POST"])
def roster(request, slug, public_id):
    """Even out, replace somebody, give a sample a second time."""
    holder = request.holder = pass_for(request.user, slug, "rounds.manage")
    shown = round_for(holder, public_id)
    form = PeopleForm(
        sent(request), members=standing.members_of(shown), coders=queries.coders(holder)
    )
    if form.is_valid():
        with beside(form):
            messages.success(request, move_people(shown, form, by=request.user))
            return redirect("roster", slug, shown.public_id)
    progress = standing.progress(holder, shown)
    in_round = {one.coder.pk for one in progress}
    context = {
        "round": shown,
        "form": form,
        "progress": progress,
        "is_blind": is_blind(holder),
        "coders": [(one, one.pk in in_round) for one in queries.coders(holder)],
    }
    return render(request, "coding/roster.html", context, status=status_of(form))


def move_people(shown, form, *, by):
    act, whose = form.cleaned_data["act"], form.whose()
    if act == "rebalance":
        return _told(rosters.rebalance(shown, by=by, coders=form.chosen()))
    if whose is None:
        raise Invalid("Say whose work it is about.")
    if act == "replace":
        return _told(rosters.replace(shown, whose, by=by, coders=form.chosen()))
    count = form.cleaned_data["count"]
    if count is None:
        raise Invalid("Say how many documents are given a second time.")
    rosters.give_again(shown, whose, by=by, count=count, seed=shown.seed)
    return f"{whose.label} reads {count} document{'s' if count > 1 else ''} a second time, after everything else."


def _told(moved):
    if not moved.count and not moved.stuck:
        return "Nothing had to change hands."
    given = ", ".join(f"{label} gives {n}" for label, n in moved.given.items())
    taken = ", ".join(f"{label} gets {n}" for label, n in moved.taken.items())
    stuck = f" {moved.stuck} nobody else could take." if moved.stuck else ""
    return f"{given or 'Nobody gives anything'}; {taken or 'nobody gets anything'}.{stuck}"


@require_http_methods(["GET", "HEAD", "POST"])
def work(request, slug, public_id, work_id):
    """One piece of work as its manager sees it: where it stands, and what can be done with it. Not what was coded."""
    holder = request.holder = pass_for(request.user, slug, "rounds.manage")
    shown = round_for(holder, public_id)
    found = standing.work_for(holder, shown, work_id)
    if found is None:
        raise Missing("There is no such piece of work, or you code its document yourself.")
    coders = [one for one in queries.coders(holder) if one.pk != found.coder_id]
    form = WorkForm(sent(request), coders=coders)
    if form.is_valid():
        with beside(form):
            done = do_with(found, form, by=request.user)
            messages.success(request, done)
            return redirect(shown)
    acts = acts_on(found) if shown.state == Round.State.OPEN else []
    context = {"round": shown, "work": found, "form": form, "acts": acts, "coders": coders}
    return render(request, "coding/work.html", context, status=status_of(form))


def do_with(found, form, *, by):
    act, reason, to = form.cleaned_data["act"], form.cleaned_data["reason"], form.taker()
    name, label = f"“{found.document.title}”", found.coder.label
    if act == "send_back":
        assignments.send_back(found, by=by, reason=reason)
        return f"{name} is back with {label}."
    if act == "withdraw":
        assignments.withdraw(found, by=by, reason=reason)
        return f"{name} is withdrawn from {label}; what was coded stays on record."
    if act == "restore":
        assignments.restore(found, by=by, reason=reason)
        return f"{name} is {label}'s again."
    if to is None:
        raise Invalid("Say who takes it over.")
    if act == "reassign":
        rosters.reassign(found, to, by=by)
        return f"{name} went from {label} to {to.label}."
    rosters.hand_on(found, to, by=by, reason=reason, afresh=act == "hand_on_afresh")
    return f"{name} was handed on from {label} to {to.label}."
