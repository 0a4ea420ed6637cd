"""Forms about copies: beyond which likeness, which documents are copies, which one is coded."""

from django import forms

from sources.copies import THRESHOLD

THRESHOLDS = [
    ("0.3", "30 % of the shorter text: edited and shortened too"),
    ("0.5", "half of the shorter text"),
    ("0.8", "80 %: hardly edited"),
    ("1.0", "all of the shorter text"),
]


class ThresholdForm(forms.Form):
    threshold = forms.ChoiceField(
        label="In common",
        choices=THRESHOLDS,
        required=False,
        initial=str(THRESHOLD),
        widget=forms.Select(attrs={"data-send": ""}),
    )

    def chosen(self) -> float:
        self.is_valid()
        return float(self.cleaned_data.get("threshold") or THRESHOLD)


class CopiesForm(forms.Form):
    """`offered` are all documents of the proposal, `documents` those a person says are copies."""

    offered = forms.CharField()
    documents = forms.CharField(required=False)
    representative = forms.CharField(required=False)

    def __init__(self, data):
        lists = {name: " ".join(data.getlist(name)) for name in ("offered", "documents")}
        super().__init__(lists | {"representative": data.get("representative", "")})

    def clean_offered(self):
        return self.cleaned_data["offered"].split()

    def clean_documents(self):
        return self.cleaned_data["documents"].split()
