"""Forms about alliances and lists of states: what to show, and which file takes the place of which list."""

from django import forms

from sources.models import StateList


class AllianceFilter(forms.Form):
    words = forms.CharField(
        label="Words in reference or name",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    member = forms.CharField(
        label="With the state",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "code, abbreviation or name"}),
    )
    on = forms.DateField(
        label="In force on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AllianceListForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        allow_empty_file=True,
        help_text="UTF-8; commas, semicolons or tabs between cells.",
    )
    version = forms.CharField(
        max_length=60,
        required=False,
        help_text="What this list is called, such as “ATOP 5.1” or “May 2026”.",
    )
    is_whole = forms.BooleanField(
        label="This is the whole list",
        required=False,
        help_text="Alliances it does not name leave the project's list. Otherwise they stay.",
    )


class StateListForm(forms.Form):
    kind = forms.ChoiceField(label="What it says", choices=StateList.Kind.choices)
    file = forms.FileField(
        label="CSV file",
        allow_empty_file=True,
        help_text="UTF-8, in the columns shown beside; the COW project's own file is taken as it is.",
    )
    version = forms.CharField(
        max_length=60,
        required=False,
        help_text="Stands in the manifest of every release. Left empty, the file's own is taken.",
    )
    ends = forms.DateField(
        label="Last day the list speaks of",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Of a list of members only, where states that are members still have no last day.",
    )
