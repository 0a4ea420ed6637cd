"""Pages on which coders look back at their own coding, and what suggestions did in a round."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from coding.access import assignment_for, round_for
from projects.access import pass_for
from projects.refusals import Missing, NotAllowed
from reconciliation import feedback as feedbacks
from reconciliation import suggestion_effect


@require_safe
def feedback(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "coding.code")
    own = assignment_for(holder, public_id)
    if own.coder_id != holder.membership.pk:
        raise NotAllowed("Feedback is for the coder who did the work.")
    found = feedbacks.of(holder, own)
    context = {"assignment": own, "round": own.round, "document": own.document, "feedback": found}
    return render(request, "reconciliation/feedback.html", context)


@require_safe
def own_agreement(request, slug):
    holder = request.holder = pass_for(request.user, slug, "coding.code")
    context = {"rounds": feedbacks.own_agreement(holder)}
    return render(request, "reconciliation/own_agreement.html", context)


@require_safe
def effect(request, slug, round_id):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    shown = round_for(holder, round_id)
    if not shown.has_suggestions:
        raise Missing("This round shows no suggestions.")
    context = {
        "round": shown,
        "uses": suggestion_effect.uses(shown),
        "fields": suggestion_effect.effect(shown),
    }
    return render(request, "reconciliation/suggestion_effect.html", context)
