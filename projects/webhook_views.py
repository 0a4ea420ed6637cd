"""Pages of webhooks: the addresses of a project, making one with its secret shown once, and how the tellings went."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects import webhooks as verbs
from projects.access import pass_for
from projects.forms import beside, sent, status_of

PER_PAGE = 50


class WebhookForm(forms.Form):
    address = forms.CharField(
        label="Address",
        max_length=500,
        widget=forms.TextInput(attrs={"type": "url", "placeholder": "https://example.org/concord"}),
        help_text="An https:// address of a program of yours. It is told by POST, signed with a secret.",
    )
    events = forms.MultipleChoiceField(
        label="Tell it that",
        choices=list(verbs.EVENTS.items()),
        widget=forms.CheckboxSelectMultiple,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request, slug):
    holder = request.holder = pass_for(request.user, slug, "project.manage")
    form = WebhookForm(sent(request))
    made = None
    if form.is_valid():
        with beside(form):
            made = verbs.register(holder.project, by=request.user, **form.cleaned_data)
            form = WebhookForm()
    found = verbs.visible_webhooks(holder)
    context = {
        "form": form,
        "made": made,
        "living": [one for one in found if one.ended_at is None],
        "ended": [one for one in found if one.ended_at is not None],
        "events": verbs.EVENTS,
    }
    return render(request, "projects/webhooks.html", context, status=status_of(form))


@require_safe
def webhook(request, slug, public_id):
    """One address and what it was told."""
    holder = request.holder = pass_for(request.user, slug, "project.manage")
    shown = verbs.webhook_for(holder, public_id)
    page = Paginator(verbs.deliveries_of(shown), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "projects/webhook.html", {"webhook": shown, "page": page})


@require_POST
def end_webhook(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "project.manage")
    verbs.end(verbs.webhook_for(holder, public_id), by=request.user)
    messages.success(request, "This address is told nothing more.")
    return redirect("webhooks", slug)


@require_POST
def redeliver(request, slug, public_id, delivery_id):
    holder = request.holder = pass_for(request.user, slug, "project.manage")
    shown = verbs.webhook_for(holder, public_id)
    verbs.redeliver(verbs.delivery_for(shown, delivery_id), by=request.user)
    messages.info(request, "It is sent again.")
    return redirect("webhook", slug, public_id)
