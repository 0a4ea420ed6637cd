"""Pages of codebook feedback: concerns by what they are about, draft notes made of them, what is set aside."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from coding import draft_notes
from coding.access import draft_note_for
from coding.models import Round
from projects.access import pass_for
from projects.forms import beside, status_of
from reconciliation import concern_queries, concerns
from reconciliation.concern_queries import Wanted
from reconciliation.models import Decision

PER_PAGE = 60
STATES = [("", "waiting"), ("noted", "in a draft note"), ("aside", "set aside"), ("all", "all")]
SOURCES = [("", "any"), ("decision", "decisions"), ("question", "questions")]
AS_CHOSEN = "-"


class ConcernFilter(forms.Form):
    state = forms.ChoiceField(label="Shown", choices=STATES, required=False)
    source = forms.ChoiceField(label="From", choices=SOURCES, required=False)
    type = forms.ChoiceField(label="Type", required=False)
    place = forms.ChoiceField(label="About", required=False)
    error_kind = forms.ChoiceField(label="What went wrong", required=False)
    round = forms.ChoiceField(label="Round", required=False)

    def __init__(self, *args, holder, places, **kwargs):
        super().__init__(*args, **kwargs)
        types = [code for code in places if code and "." not in code and code[:1].isupper()]
        rounds = Round.objects.filter(project=holder.project).order_by("-id")
        kinds = [(code, label) for code, label in Decision.ErrorKind.choices if code]
        self.fields["type"].choices = [("", "any"), *((code, code) for code in types)]
        self.fields["place"].choices = [("", "anything"), *list(places.items())[1:]]
        self.fields["error_kind"].choices = [("", "any"), *kinds]
        self.fields["round"].choices = [("", "any"), *((one.public_id, one.name) for one in rounds)]
        for field in self.fields.values():
            field.widget.attrs["data-send"] = ""

    def wanted(self):
        self.is_valid()
        return Wanted(**self.cleaned_data)  # what is no choice is left out


class HandlingForm(forms.Form):
    act = forms.ChoiceField(choices=[(one, one) for one in ("write", "add", "aside", "reopen")])
    words = forms.CharField(
        label="Draft note",
        required=False,
        max_length=draft_notes.LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What the next version should say. Managers read it: write the rule, not who coded what.",
    )
    about = forms.ChoiceField(label="About", required=False)
    note = forms.ChoiceField(label="Draft note there is", required=False)
    reason = forms.CharField(
        label="Why the codebook need not change", required=False, max_length=concerns.LONGEST
    )

    def __init__(self, *args, places, notes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [(AS_CHOSEN, "what the chosen are about"), *places.items()]
        self.fields["note"].choices = [
            ("", "choose one"),
            *((row.note.public_id, f"{row.title}: {row.note.words[:60]}") for row in notes),
        ]

    def clean(self):
        said = super().clean()
        if said.get("act") == "add" and not said.get("note"):
            self.add_error("note", "Choose the draft note.")
        return said


@require_http_methods(["GET", "HEAD", "POST"])
def concern_page(request, slug):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    places = concern_queries.places(holder)
    notes = concern_queries.waiting_notes(holder)
    form = None
    if request.method == "POST":
        holder.require("reconciliation.decide")
        form = HandlingForm(request.POST, places=places, notes=notes)
        if form.is_valid():
            with beside(form):
                chosen = concern_queries.chosen(holder, request.POST.getlist("concern"))
                messages.success(request, deal_with(holder, chosen, form.cleaned_data))
                query = request.GET.urlencode()
                return redirect(
                    reverse("concerns", args=[slug]) + (f"?{query}" if query else "")
                )  # fmt: skip
    filter_form = ConcernFilter(request.GET, holder=holder, places=places)
    wanted = filter_form.wanted()
    found = concern_queries.concerns(holder, wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": filter_form,
        "wanted": wanted,
        "counts": concern_queries.counts(holder),
        "page": page,
        "subjects": concern_queries.subjects(holder, list(page)),
        "notes": notes,
        "form": form or HandlingForm(places=places, notes=notes, initial={"about": AS_CHOSEN}),
        "ticked": request.POST.getlist("concern"),
        "version": draft_notes.being_written(holder.project),
    }
    status = status_of(form) if form else 200
    return render(request, "reconciliation/concerns.html", context, status=status)


def deal_with(holder, chosen, said):
    n = len(chosen.decisions) + len(chosen.questions)
    told = "1 concern is" if n == 1 else f"{n} concerns are"
    if said["act"] == "aside":
        concerns.set_aside(chosen, by=holder, reason=said["reason"])
        return f"{told} set aside."
    if said["act"] == "reopen":
        concerns.open_again(chosen, by=holder)
        return f"{told} waiting again."
    if said["act"] == "add":
        concerns.to_note(chosen, draft_note_for(holder, said["note"]), by=holder)
        return f"{told} with that draft note now."
    place = said["about"]
    if place == AS_CHOSEN:
        place = concern_queries.common_place(chosen)
    type_code, field = concern_queries.about(place)
    concerns.into_note(chosen, by=holder, words=said["words"], type_code=type_code, field=field)
    return f"{told} in a draft note of version {draft_notes.being_written(holder.project)} now; the codebook's editor shows it."
