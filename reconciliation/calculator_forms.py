"""The calculator's form: a table pasted or uploaded, and how to measure it."""

from django import forms

from reconciliation import calculator

MAX_BYTES = 2_000_000
LEVELS = [
    ("nominal", "nominal: names without order"),
    ("ordinal", "ordinal: ranks"),
    ("interval", "interval: differences count"),
    ("ratio", "ratio: proportions count"),
    ("set", "set: several codes in a cell, separated by ;"),
    ("date", "date: EDTF or as one writes it"),
    ("spans", "spans: columns coder, start, end, label"),
]
INTERVALS = [
    ("", "as fits: documents where a column names them, else units"),
    ("cluster", "bootstrap over documents"),
    ("unit", "bootstrap over units"),
    ("krippendorff", "Krippendorff's algorithm"),
    ("gwet", "Gwet's standard error"),
]
EXAMPLE = "unit,C1,C2,C3\n1,EX,EX,EX\n2,FT,EX,FT\n3,MA,MA,MA\n4,EX,EX,\n5,CS,OC,CS\n6,OC,OC,OC\n7,MA,MA,FT\n8,CS,CS,CS\n"


class CalculatorForm(forms.Form):
    table = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        required=False,
        max_length=MAX_BYTES,
        strip=False,
        help_text="Comma or tab between cells. The first row names the coders; every row is a unit, a blank is missing.",
    )
    file = forms.FileField(label="Or a CSV file", required=False)
    level = forms.ChoiceField(label="Measured as", choices=LEVELS)
    unit = forms.CharField(
        label="Column of unit names", required=False, max_length=200, help_text="If there is one."
    )
    cluster = forms.CharField(
        label="Column of documents",
        required=False,
        max_length=200,
        help_text="Units of one document are drawn together.",
    )
    interval = forms.ChoiceField(choices=INTERVALS, required=False)
    weights = forms.ChoiceField(
        label="Weights of kappa (ordinal)",
        choices=[("", "both"), ("linear", "linear"), ("quadratic", "quadratic")],
        required=False,
    )
    seed = forms.IntegerField(min_value=0, max_value=2**31, initial=0, required=False)
    length = forms.IntegerField(
        label="Length of the text (spans)", min_value=1, max_value=10**8, required=False
    )
    begin = forms.IntegerField(
        label="First offset (spans)", min_value=0, max_value=10**8, required=False
    )

    def clean(self):
        given = super().clean()
        upload = given.get("file")
        if upload and upload.size > MAX_BYTES:
            self.add_error(
                "file", "The table is larger than 2 MB. The command `reliability` takes any size."
            )
        elif not upload and not (given.get("table") or "").strip():
            self.add_error("table", "Paste a table or choose a file.")
        if given.get("level") == "spans" and not given.get("length"):
            self.add_error("length", "Spans need the length of the text in characters.")
        return given

    def measured(self) -> calculator.Result:
        """The figures. TableInvalid or ValueError say what is wrong with table or options."""
        given = self.cleaned_data
        upload = given.get("file")
        text = calculator.decoded(upload.read()) if upload else given["table"]
        if given["level"] == "spans":
            return calculator.calculate_spans(text, given["length"], begin=given.get("begin") or 0)
        return calculator.calculate(
            text,
            given["level"],
            weights=given.get("weights") or None,
            unit=given.get("unit") or None,
            cluster=given.get("cluster") or None,
            interval=given.get("interval") or None,
            seed=given.get("seed") or 0,
        )
