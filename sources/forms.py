"""Forms about documents: taking files in, describing, filtering, retiring."""

import re
from collections.abc import Mapping

from django import forms

from sources import states
from sources.models import Collection, Document, Section
from sources.reading import tabular


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; empty ones pass here, the document's own row says what is wrong with them."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        return (
            [super(FilesField, self).clean(file, initial) for file in files]
            if files
            else super().clean(None)
        )


class UploadForm(forms.Form):
    files = FilesField(
        label="Files",
        allow_empty_file=True,
        max_length=None,
        help_text="PDF, Word (DOCX), HTML, Markdown or plain text; tables of articles (CSV, JSON Lines) and ZIP "
        "archives of any of these. Several at once.",
    )
    kind = forms.ChoiceField(
        label="What they are",
        choices=[("", "let the reader tell"), *Document.Kind.choices],
        required=False,
    )
    outlet = forms.CharField(label="Outlet or depositary", max_length=200, required=False)


class StatesField(forms.CharField):
    """States by name, abbreviation or code, separated by semicolons; gives COW codes."""

    def prepare_value(self, value):
        if isinstance(value, list):
            return "; ".join(states.by_ccode(ccode).name for ccode in value)
        return value

    def clean(self, value):
        found, problems = set(), []
        for name in re.split(r"[;\n]", super().clean(value)):
            if name.strip():
                try:
                    found.add(states.find(name).ccode)
                except states.UnknownState as unknown:
                    problems.append(str(unknown))
        if problems:
            raise forms.ValidationError(problems)
        return sorted(found)

    def has_changed(self, initial, data):
        try:
            return self.clean(data or "") != list(initial or [])
        except forms.ValidationError:
            return True


class ColumnsForm(forms.Form):
    """A choice of column for each part of an article, as proposed or as said before."""

    LABELS = {"id": "own id", "address": "web address", "date": "date published"}

    def __init__(self, *args, collection: Collection, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = {**tabular.propose(collection.headers), **collection.columns}
        for name in tabular.FIELDS:
            self.fields[name] = forms.ChoiceField(
                label=self.LABELS.get(name, name).capitalize(),
                choices=[("", "no column"), *((header, header) for header in collection.headers)],
                required=name == "text",
                initial=chosen.get(name, ""),
            )


class DocumentForm(forms.Form):
    title = forms.CharField(max_length=500)
    kind = forms.ChoiceField(choices=Document.Kind.choices)
    outlet = forms.CharField(label="Outlet or depositary", max_length=200, required=False)
    author = forms.CharField(max_length=200, required=False)
    address = forms.CharField(
        max_length=1000,
        required=False,
        help_text="Where it was found, such as a web address or a treaty series.",
    )
    published_on = forms.DateField(
        label="Published or signed on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    parties = StatesField(
        required=False,
        help_text="Of a treaty: states by name, abbreviation or COW code, separated by semicolons.",
    )

    def __init__(self, *args, found_in: Mapping[str, str] | None = None, **kwargs):
        """`found_in`: field -> where its proposal was read, told beside it."""
        super().__init__(*args, **kwargs)
        self.found_in = dict(found_in or {})
        for name, where in self.found_in.items():
            field = self.fields[name]
            field.help_text = f"Proposed from {where}. {field.help_text}".strip()


class SectionForm(forms.Form):
    """A section and its boundaries; `seen` is the outline they were looked at in."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=Section.Kind.choices)
    label = forms.CharField(
        max_length=80, required=False, help_text="What it is cited by, such as “Article 5 bis”."
    )
    heading = forms.CharField(max_length=300, required=False)
    start = forms.IntegerField(
        min_value=0, label="From character", help_text="Mark the section in the text, or type."
    )
    end = forms.IntegerField(min_value=1, label="To before character")


class SeenForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)


class RetireForm(forms.Form):
    reason = forms.CharField(
        label="Why is it retired?",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It leaves the work to come; what was coded from it stays.",
    )


class TakeDownForm(forms.Form):
    reason = forms.CharField(
        label="Why is it taken down?",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Stands on this page and in the ledger for good; quote nothing of the text in it.",
    )
    sure = forms.BooleanField(label="I know that there is no way back")


class PlaceForm(forms.Form):
    """A place in a text, in the address of a document that a search leads to."""

    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)


class DocumentFilter(forms.Form):
    collection = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label="Words in title, id or outlet",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    copies = forms.ChoiceField(
        choices=[
            ("", "any"),
            ("alike", "like another, not judged"),
            ("confirmed", "confirmed copies"),
            ("single", "one of each"),
        ],
        required=False,
        widget=forms.Select(attrs={"data-send": ""}),
    )
    state = forms.ChoiceField(
        choices=[("", "any"), *Document.State.choices],
        required=False,
        widget=forms.Select(attrs={"data-send": ""}),
    )
    kind = forms.ChoiceField(
        choices=[("", "any"), *Document.Kind.choices],
        required=False,
        widget=forms.Select(attrs={"data-send": ""}),
    )
