"""Pages on evidence from an earlier text: what carries over by itself, and the rest settled one by one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from coding import carried, settlements
from coding.forms import DropForm, KeepForm, MarkForm
from projects.access import pass_for
from projects.forms import beside, sent, status_of
from sources import queries
from sources.access import document_for

FORMS = {"mark": MarkForm, "keep": KeepForm, "drop": DropForm}
VERBS = {"mark": settlements.mark, "keep": settlements.keep, "drop": settlements.drop}


@require_safe
def carried_evidence(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug)
    document = document_for(holder, public_id)
    context = {"document": document, "entries": carried.of_document(holder, document)}
    return render(request, "coding/carried_evidence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settle_evidence(request, slug, public_id, work, passage):
    """One passage: mark it in the current text, keep it where it was, or drop it with a reason."""
    holder = request.holder = pass_for(request.user, slug)
    document = document_for(holder, public_id)
    entry = carried.of_assignment(holder, document, work)
    settlements.require(holder, entry.assignment)
    left = entry.passage(passage)
    forms = _forms(request, left, document.current_text)
    chosen = request.POST.get("outcome", "")
    if chosen in forms and forms[chosen].is_valid():
        with beside(forms[chosen]):
            VERBS[chosen](entry.assignment, passage, by=request.user, **forms[chosen].cleaned_data)
            messages.success(request, "The passage is settled.")
            following = entry.next_after(passage)
            if following is None:
                return redirect("carried_evidence", slug, public_id)
            return redirect("settle_evidence", slug, public_id, work, following.uid)
    context = {
        "document": document,
        "text": document.current_text,
        "blocks": queries.blocks(document.current_text),
        "entry": entry,
        "left": left,
        "mark_form": forms["mark"],
        "keep_form": forms["keep"],
        "drop_form": forms["drop"],
    }
    status = max(status_of(form) for form in forms.values())
    return render(request, "coding/settle_evidence.html", context, status=status)


def _forms(request, left, text):
    """The three ways out; only the one that was sent is bound."""
    chosen = request.POST.get("outcome", "")
    known = {"seen": left.seen, "text": text.n}
    holds = left.settlement
    place = None
    if holds is not None:
        known["reason"] = holds.reason
        place = (holds.start, holds.end) if holds.start is not None else None
    elif left.suggested:
        place = left.suggested[0]
    if place:
        known |= {"start": place[0], "end": place[1]}
    return {
        name: form(
            sent(request) if name == chosen else None,
            initial=known,
            prefix=None,
            auto_id=f"{name}_%s",
        )
        for name, form in FORMS.items()
    }
