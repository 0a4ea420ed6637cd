"""The form of a search: words and filters, from a page or an address, and what they mean."""

from django import forms

from projects.refusals import Invalid
from sources.models import Document
from sources.search import finding
from sources.search.finding import Wanted
from sources.state_lists import ProjectStates


class SearchForm(forms.Form):
    words = forms.CharField(
        label="Words",
        max_length=500,
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    kind = forms.ChoiceField(choices=[("", "any"), *Document.Kind.choices], required=False)
    outlet = forms.CharField(max_length=200, required=False)
    since = forms.DateField(
        label="From",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label="To",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    states = forms.CharField(label="States named", max_length=300, required=False)
    article = forms.CharField(
        label="In article",
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"placeholder": "5, V, 5 bis", "autocomplete": "off", "size": "8"}
        ),
    )
    order = forms.ChoiceField(
        choices=[("newest", "newest first"), ("oldest", "oldest first")], required=False
    )

    def __init__(self, *args, project, outlets=None, **kwargs):
        super().__init__(*args, **kwargs)
        self._project = project
        if outlets is not None:
            chosen = self.data.get("outlet", "")
            known = outlets if not chosen or chosen in outlets else [chosen, *outlets]
            self.fields["outlet"].widget = forms.Select(
                choices=[("", "any"), *((name, name) for name in known)]
            )

    def clean_states(self):
        # The state box sends one value for each state, a plain input all of them in one.
        getlist = getattr(self.data, "getlist", None)
        given = getlist("states") if getlist else [self.cleaned_data["states"]]
        try:
            return finding.states_of(";".join(given), ProjectStates(self._project.pk))
        except Invalid as refusal:
            raise forms.ValidationError(refusal.message) from None

    def clean_article(self):
        try:
            finding.article_of(Wanted(article=self.cleaned_data["article"]))
        except Invalid as refusal:
            raise forms.ValidationError(refusal.message) from None
        return self.cleaned_data["article"]

    def clean_order(self):
        return self.cleaned_data["order"] or "newest"

    def clean(self):
        said = super().clean()
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", "The last day lies before the first.")
        if "words" in said:
            try:
                finding.clauses_of(Wanted(words=said["words"]))
            except Invalid as refusal:
                self.add_error("words", refusal.message)
        return said

    def wanted(self) -> Wanted:
        return Wanted(**self.cleaned_data)


class KeepForm(forms.Form):
    note = forms.CharField(label="What was it for?", max_length=500, required=False)
