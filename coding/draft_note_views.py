"""What is done with a draft note: written in, dropped, worded anew, waiting again. Its words stand in the editor."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from coding import draft_notes
from coding.access import draft_note_for
from projects.access import pass_for
from projects.refusals import Invalid


class DraftNoteForm(forms.Form):
    act = forms.ChoiceField(choices=[(one, one) for one in ("done", "drop", "reword", "again")])
    words = forms.CharField(required=False, max_length=draft_notes.LONGEST)
    reason = forms.CharField(required=False, max_length=draft_notes.LONGEST)
    back = forms.CharField(required=False)


@require_POST
def settle_draft_note(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug)
    note = draft_note_for(holder, public_id)
    form = DraftNoteForm(request.POST)
    if not form.is_valid():
        raise Invalid("That cannot be done with a draft note.")
    said = form.cleaned_data
    if said["act"] == "done":
        done = draft_notes.write_in(note, by=request.user)
        messages.success(request, f"The note counts as written into version {done.version}.")
    elif said["act"] == "drop":
        draft_notes.drop(note, reason=said["reason"], by=request.user)
        messages.success(request, "The note is dropped.")
    elif said["act"] == "reword":
        draft_notes.reword(note, words=said["words"], by=request.user)
        messages.success(request, "The note is worded anew.")
    else:
        draft_notes.take_back(note, by=request.user)
        messages.success(request, "The note waits again.")
    back = said["back"]
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("codebooks", args=[slug])
    return redirect(back)
