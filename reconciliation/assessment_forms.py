"""Forms of the page of assessments: what it is narrowed to, and what is said of chosen cells."""

import json

from django import forms

from reconciliation.assessment_queries import Wished
from reconciliation.verdicts import CODES

ACTS = ("judge", "accept", "withdraw")


class AssessmentFilter(forms.Form):
    words = forms.CharField(
        label="Alliance",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "name or number"}),
    )
    type = forms.ChoiceField(
        label="Commitment", required=False, widget=forms.Select(attrs={"data-send": ""})
    )
    since = forms.IntegerField(label="From", min_value=1, max_value=9999, required=False)
    until = forms.IntegerField(label="To", min_value=1, max_value=9999, required=False)

    def __init__(self, *args, types, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [
            ("", "all types"),
            *((code, f"{code} {label}") for code, label in types.items()),
        ]

    def clean(self):
        said = super().clean()
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", "The last year lies before the first.")
        return said

    def wished(self) -> Wished:
        return Wished(**self.cleaned_data) if self.is_valid() else Wished()


def _part(part):
    return forms.TypedChoiceField(
        label=part.capitalize(),
        choices=[
            ("", "as it stands"),
            *((str(code), words) for code, words in CODES[part].items()),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )


class VerdictForm(forms.Form):
    """`cells` is a JSON list of [key, id of the judgement seen there or ""]."""

    cells = forms.CharField(widget=forms.HiddenInput, required=False)
    act = forms.ChoiceField(choices=[(act, act) for act in ACTS])
    promised = _part("promised")
    kept = _part("kept")
    additional = _part("additional")
    reason = forms.CharField(max_length=1000, required=False)

    def clean_cells(self):
        try:
            given = json.loads(self.cleaned_data["cells"] or "[]")
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, list) or not all(
            isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one)
            for one in given
        ):
            raise forms.ValidationError(
                "The chosen cells could not be understood; load the page again."
            )
        return dict(given)

    def parts(self):
        return {
            part: self.cleaned_data[part]
            for part in CODES
            if self.cleaned_data.get(part) is not None
        }
