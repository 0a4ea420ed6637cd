"""Forms of the board and of incidents."""

from django import forms

from reconciliation import queue
from reconciliation.models import Decision, Regrouping, Report, Routine


class PositionForm(forms.Form):
    """Which position of which group of the document is meant."""

    group = forms.CharField(max_length=16, widget=forms.HiddenInput)
    field = forms.CharField(max_length=60, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)


class DecisionForm(PositionForm):
    """A coder's value (`take` holds the label) or one's own (`value`, read from the request by its field)."""

    take = forms.CharField(max_length=20, required=False)
    reason = forms.CharField(max_length=5000, required=False)
    error_kind = forms.ChoiceField(choices=Decision.ErrorKind.choices, required=False)
    codebook_needs_work = forms.BooleanField(required=False)
    passages = forms.CharField(max_length=5000, required=False)


class ReopenForm(PositionForm):
    reason = forms.CharField(max_length=5000, required=False)


class GroupForm(forms.Form):
    """What is decided about a whole group: a coder's event taken as it stands, or that it is no event."""

    group = forms.CharField(max_length=16)
    seen = forms.CharField(max_length=60, required=False)
    take = forms.CharField(max_length=20, required=False)
    reject = forms.BooleanField(required=False)
    reason = forms.CharField(max_length=5000, required=False)
    error_kind = forms.ChoiceField(choices=Decision.ErrorKind.choices, required=False)


class RegroupForm(forms.Form):
    """Which events are the same one: these coders' events split off, moved or merged into another, or set free."""

    group = forms.CharField(max_length=16)
    seen = forms.CharField(max_length=60, required=False)
    kind = forms.ChoiceField(choices=[(name, name) for name in Regrouping.Kind.values])
    labels = forms.Field(required=False, widget=forms.SelectMultiple)
    to = forms.CharField(max_length=16, required=False)
    reason = forms.CharField(max_length=5000, required=False)


class RoutineForm(forms.Form):
    enough = forms.IntegerField(min_value=1, max_value=99, required=False)
    every = forms.TypedChoiceField(choices=Routine.Every.choices, coerce=int)


class QueueForm(forms.Form):
    """What the queue of the board is narrowed to. A choice that is none is left out."""

    words = forms.CharField(
        label="Words in titles",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Find documents"}),
    )
    show = forms.ChoiceField(required=False, widget=forms.Select(attrs={"data-send": ""}))
    kind = forms.ChoiceField(
        label="Conflict", required=False, widget=forms.Select(attrs={"data-send": ""})
    )
    coder = forms.ChoiceField(
        label="Read by", required=False, widget=forms.Select(attrs={"data-send": ""})
    )
    order = forms.ChoiceField(required=False, widget=forms.Select(attrs={"data-send": ""}))

    def __init__(self, *args, labels, **kwargs):
        super().__init__(*args, **kwargs)
        for name, blank, choices in (
            ("show", "all documents", queue.SHOWS.items()),
            ("kind", "any kind", queue.KINDS.items()),
            ("coder", "any coder", ((label, label) for label in labels)),
            ("order", "most conflicts first", queue.ORDERS.items()),
        ):
            self.fields[name].choices = [("", blank), *choices]

    def wanted(self):
        self.is_valid()
        return queue.Wanted(**self.cleaned_data)


class AcceptForm(forms.Form):
    singles = forms.BooleanField(required=False)


class IncidentFilter(forms.Form):
    words = forms.CharField(
        label="Words in titles",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    type_code = forms.ChoiceField(
        label="Type", required=False, widget=forms.Select(attrs={"data-send": ""})
    )

    def __init__(self, *args, types: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type_code"].choices = [("", "any"), *((code, code) for code in types)]


class LinkForm(forms.Form):
    incidents = forms.MultipleChoiceField()
    reason = forms.CharField(max_length=1000, required=False)

    def __init__(self, *args, incidents, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_number = {str(incident.n): incident for incident in incidents}
        self.fields["incidents"].choices = [(number, number) for number in self.by_number]

    def chosen(self):
        return [self.by_number[number] for number in self.cleaned_data["incidents"]]


class SplitForm(forms.Form):
    """Reports that are of another incident."""

    reports = forms.ModelMultipleChoiceField(
        queryset=Report.objects.none(),
        error_messages={"required": "Choose at least one report."},
    )
    reason = forms.CharField(label="Why are these two incidents?", max_length=1000, required=False)

    def __init__(self, *args, reports, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reports"].queryset = reports


class PreferenceForm(forms.Form):
    """`take` is a field and a report of the incident: status.12; * for everything, no report for the order again."""

    take = forms.CharField(max_length=100)
    reason = forms.CharField(max_length=1000, required=False)

    def __init__(self, *args, reports, **kwargs):
        super().__init__(*args, **kwargs)
        self._reports = {str(report.pk): report for report in reports}

    def clean(self):
        said = super().clean()
        said["field"], _, report = said.get("take", "").rpartition(".")
        if report and report not in self._reports:
            raise forms.ValidationError("Choose a report of this incident.")
        said["report"] = self._reports.get(report)
        return said


class JudgementForm(forms.Form):
    """Whether two events that lie near one another are one incident."""

    first = forms.CharField(max_length=16)
    second = forms.CharField(max_length=16)
    same = forms.TypedChoiceField(
        choices=[("1", "one"), ("0", "two")], coerce=lambda one: one == "1"
    )
    reason = forms.CharField(max_length=1000, required=False)
