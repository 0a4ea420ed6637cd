"""Forms about releases."""

from django import forms


class DraftForm(forms.Form):
    version = forms.CharField(
        max_length=30,
        help_text="Three numbers: major when the meaning of a column changes, minor for more data, patch for corrections.",
        widget=forms.TextInput(attrs={"placeholder": "0.1.0", "inputmode": "decimal"}),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Why should it not be used any more?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Its readers see this. The files stay as they are.",
    )
