"""Forms about releases."""

from django import forms
from django.utils import timezone

from datasets import creators
from datasets.licences import LICENCES
from datasets.models import Release

YEAR_RULES = (
    ("most", "the year that holds most of its days (tie: the earlier)"),
    ("earliest", "the year of its earliest day"),
    ("latest", "the year of its latest day"),
    ("certain", "only where one year is certain"),
)
SPAN_RULES = (
    ("start", "once, in the year of its start"),
    ("every", "in every year from its start to its end"),
)


class DraftForm(forms.Form):
    version = forms.CharField(
        max_length=30,
        help_text="Three numbers: major when the meaning of a column changes, minor for more data, patch for corrections.",
        widget=forms.TextInput(attrs={"placeholder": "0.1.0", "inputmode": "decimal"}),
    )


class DescribeForm(forms.ModelForm):
    """What the files of a release say about it."""

    creators = forms.CharField(
        required=False,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "placeholder": "Doe, Jane; University of Somewhere; 0000-0002-1825-0097",
            }
        ),
        help_text="One a line: Family, Given; affiliation; ORCID. Or the name of a body. In the order of citing.",
    )
    licence = forms.ChoiceField(
        required=False,
        choices=[
            ("", "none chosen yet"),
            *((one.spdx, f"{one.spdx}: {one.in_short}") for one in LICENCES.values()),
        ],
    )
    address = forms.URLField(
        label="Address of the dataset",
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text="Where readers find it, if it has a page of its own.",
    )
    year_rule = forms.ChoiceField(label="An act that straddles years counts in", choices=YEAR_RULES)
    span_rule = forms.ChoiceField(
        label="An act that lasts several years counts", choices=SPAN_RULES
    )
    anonymous_copy = forms.BooleanField(
        required=False,
        label="Make a copy for blind review too",
        help_text="Without creators, address and names; coders under new labels.",
    )

    class Meta:
        model = Release
        fields = (
            "creators", "licence", "released_on", "description", "publisher", "address", "changes", "year_rule",
            "span_rule", "anonymous_copy",
        )  # fmt: skip
        labels = {
            "released_on": "Day of release",
            "changes": "What is new",
            "description": "What the dataset is",
        }
        help_texts = {
            "changes": "For readers of the version before. Markdown; printed in CHANGELOG.md.",
            "publisher": "As cited, such as a repository or a university.",
        }
        widgets = {
            "released_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "description": forms.Textarea(attrs={"rows": 3}),
            "changes": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["creators"] = "\n".join(self.instance.creators)

    def clean_creators(self):
        try:
            return [one.line for one in creators.read_all(self.cleaned_data["creators"])]
        except creators.CreatorUnreadable as error:
            raise forms.ValidationError(str(error)) from None

    def clean_released_on(self):
        return self.cleaned_data["released_on"] or timezone.localdate()

    def _post_clean(self):
        """The model row is changed by its verb, not by the form."""


class WaiveForm(forms.Form):
    check = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why may it be published all the same?",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Printed in the reliability report and in the manifest.",
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Why should it not be used any more?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Its readers see this. The files stay as they are.",
    )


class DoiForm(forms.Form):
    doi = forms.CharField(
        label="DOI",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "10.7910/DVN/ABCDEF"}),
        help_text="As the repository gave it. Shown on the pages; the hashed files stay as they are.",
    )


class CoverageForm(forms.Form):
    alliance = forms.ChoiceField(required=False)
    first_year = forms.IntegerField(min_value=1816, max_value=2200)
    last_year = forms.IntegerField(min_value=1816, max_value=2200)
    search_log = forms.CharField(
        label="What was searched",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Collections, terms and dates. Printed in the README of every release.",
    )

    def __init__(self, *args, alliances=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["alliance"].choices = [
            ("", "all states, every pair"),
            *((one.reference, f"{one.reference}: {one.name}") for one in alliances),
        ]
