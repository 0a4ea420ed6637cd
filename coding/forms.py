"""Forms about codebooks and rounds."""

from django import forms

from coding import codebooks, settlements

LARGEST_CODEBOOK = 2_000_000


class CodebookForm(forms.Form):
    """One of three ways in: a codebook that ships, a file, or pasted text."""

    standard = forms.ChoiceField(label="A codebook that ships with Concord", required=False)
    file = forms.FileField(label="A YAML file", required=False)
    text = forms.CharField(
        label="Or the text itself",
        required=False,
        max_length=LARGEST_CODEBOOK,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "code"}),
        help_text="YAML. Every mistake is told with its line; nothing is taken in until there is none.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ready = ((one.name, one.title) for one in codebooks.in_the_box())
        self.fields["standard"].choices = [("", "none"), *ready]

    def clean(self):
        cleaned = super().clean()
        file, text, standard = (cleaned.get(name) for name in ("file", "text", "standard"))
        if sum(bool(way) for way in (file, text, standard)) != 1:
            raise forms.ValidationError(
                "Choose one of the three: a codebook that ships, a file, or the text."
            )
        if file:
            cleaned["source"] = self._read(file)
        else:
            cleaned["source"] = text or codebooks.standard(standard)
        return cleaned

    @staticmethod
    def _read(file) -> str:
        if file.size > LARGEST_CODEBOOK:
            raise forms.ValidationError("A codebook has at most 2 MB.")
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(
                f"The file is not UTF-8 text (byte {error.start + 1}). Save it as UTF-8."
            ) from None


class ManuscriptForm(forms.Form):
    """The text of the editor. Whatever is wrong with it, the page shows it again as it was typed."""

    text = forms.CharField(required=False, max_length=LARGEST_CODEBOOK, strip=False)
    base = forms.CharField(required=False, max_length=64)


class MoveRoundsForm(forms.Form):
    """Which rounds move to a new version of the codebook."""

    rounds = forms.MultipleChoiceField(
        error_messages={"required": "Choose at least one round to move."}
    )
    reread = forms.BooleanField(required=False)

    def __init__(self, *args, rounds, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_id = {one.public_id: one for one in rounds}
        self.fields["rounds"].choices = [(one.public_id, one.name) for one in rounds]

    def chosen(self):
        return [self.by_id[public_id] for public_id in self.cleaned_data["rounds"]]


class SettlingForm(forms.Form):
    """What every way of settling a passage says: which settlement and which text one looked at."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class MarkForm(SettlingForm):
    start = forms.IntegerField(min_value=0, label="From character")
    end = forms.IntegerField(min_value=1, label="To before character")


class KeepForm(SettlingForm):
    reason = forms.CharField(
        label="Note",
        required=False,
        max_length=settlements.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DropForm(SettlingForm):
    reason = forms.CharField(
        label="Why is it dropped?",
        max_length=settlements.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
