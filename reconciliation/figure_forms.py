"""The form that chooses what is measured alone: coders, documents, kinds, outlets, days of handing in."""

from collections.abc import Iterable
from typing import Any

from django import forms

from coding.models import Assignment, Round
from reconciliation.selecting import Selection
from sources.models import Document

MOST_OUTLETS = 60


class SelectionForm(forms.Form):
    coders = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    kinds = forms.MultipleChoiceField(
        label="Kinds of document", required=False, widget=forms.CheckboxSelectMultiple
    )
    outlets = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    since = forms.DateField(
        label="Handed in from", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label="Handed in until", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    documents = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Their own ids, one on a line; blank for all.",
    )

    def __init__(
        self, *args: Any, of_round: Round, hidden: Iterable[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._hidden = tuple(hidden)
        handed_in = Assignment.objects.filter(
            round=of_round, state=Assignment.State.SUBMITTED
        ).exclude(document__external_id__in=self._hidden)
        self._known = handed_in
        labels = handed_in.order_by("coder__label").values_list("coder__label", flat=True)
        kinds = handed_in.order_by("document__kind").values_list("document__kind", flat=True)
        outlets = handed_in.order_by("document__outlet").values_list("document__outlet", flat=True)
        words = dict(Document.Kind.choices)
        self.fields["coders"].choices = [(one, one) for one in labels.distinct()]
        self.fields["kinds"].choices = [(one, words.get(one, one)) for one in kinds.distinct()]
        named = [one for one in outlets.distinct() if one][:MOST_OUTLETS]
        self.fields["outlets"].choices = [(one, one) for one in named]
        # One kind or no outlet leaves nothing to choose.
        for name in ("kinds", "outlets"):
            if len(self.fields[name].choices) < 2:
                del self.fields[name]

    def clean_documents(self):
        wanted = [line.strip() for line in self.cleaned_data["documents"].splitlines()]
        wanted = list(dict.fromkeys(line for line in wanted if line))
        known = set(
            self._known.filter(document__external_id__in=wanted).values_list(
                "document__external_id", flat=True
            )
        )
        unknown = [line for line in wanted if line not in known]
        if unknown:
            raise forms.ValidationError(
                f"Nobody handed in anything on {', '.join(unknown[:5])} in this round, or it is not yours to see yet."
            )
        return wanted

    def clean(self):
        said = super().clean()
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", "This day lies before the first.")
        return said

    def selection(self) -> Selection:
        """What was chosen; nothing chosen is no selection, even where some documents must stay hidden."""
        said = self.cleaned_data
        chosen = Selection(
            coders=tuple(said["coders"]),
            documents=tuple(said["documents"]),
            kinds=tuple(said.get("kinds", ())),
            outlets=tuple(said.get("outlets", ())),
            since=said["since"],
            until=said["until"],
        )
        return Selection(**{**vars(chosen), "hidden": self._hidden}) if chosen.kept else chosen
