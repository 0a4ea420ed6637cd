"""Forms of exchanges: what leaves in which format, which file comes, and what it has to be asked."""

from django import forms

from coding.exchange import FORMATS, spreadsheets
from coding.exchange.wording import read_label
from coding.exchanges import IN_FORMATS

NEW = "new"


class OutForm(forms.Form):
    format = forms.ChoiceField(
        choices=[(one.name, one.label) for one in FORMATS.values()],
        initial="concord",
        widget=forms.RadioSelect,
    )
    round = forms.ChoiceField(label="Which round", required=False)
    only_own = forms.BooleanField(label="Only my own codings", required=False)

    def __init__(self, *args, rounds, sees_others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["round"].choices = [
            ("", "All rounds"),
            *((one.public_id, one.name) for one in rounds),
        ]
        if not sees_others:
            del self.fields["only_own"]


class InForm(forms.Form):
    file = forms.FileField(
        help_text="As the other tool exports it, also as ZIP; or the spreadsheet. Nothing is taken in before you have seen what would be."
    )
    format = forms.ChoiceField(
        label="What it is",
        choices=[("", "As the file shows"), *IN_FORMATS.items()],
        required=False,
    )


class AnswersForm(forms.Form):
    """What a file does not say itself. Which questions are asked depends on what was found in it."""

    round = forms.ChoiceField(label="Into which round", required=False)
    new_round = forms.CharField(
        label="Name of the new round",
        max_length=80,
        required=False,
        help_text="Where a new round is chosen: it keeps what comes from elsewhere apart from blind coding.",
    )
    assign = forms.BooleanField(
        label="Give coders documents that were not drawn for them",
        required=False,
        initial=True,
        help_text="Otherwise codings of such documents stay out and are told.",
    )

    def __init__(self, *args, exchange, rounds, coders, book, **kwargs):
        super().__init__(*args, **kwargs)
        self.exchange, self.book = exchange, book
        self.looked = exchange.told.get("looked", {})
        said = exchange.options
        labels = [(one.label, one.label) for one in coders]
        self._round(rounds, said)
        self.is_table = "columns" in self.looked
        if self.is_table:
            self._coder(labels, said, "No column says it: all rows are coded by")
            self._table(said)
        elif "labels" in self.looked:
            self._regions(labels, said)

    def _round(self, rounds, said):
        by_file = [("", "As the file says, else where its coder has the document")]
        self.fields["round"].choices = [
            *(by_file if "columns" not in self.looked else []),
            (NEW, "A new round of its own"),
            *((one.public_id, one.name) for one in rounds),
        ]
        # What comes from elsewhere stays apart from blind coding unless somebody says otherwise.
        names_rounds = self.looked.get("names_rounds", False)
        named = said.get("round", "" if names_rounds else NEW)
        self.initial |= {
            "round": NEW if said.get("new_round") else named,
            "new_round": said.get("new_round", "") or self.exchange.filename.rsplit(".", 1)[0][:80],
            "assign": said.get("assign", True),
        }

    def _coder(self, labels, said, label):
        self.fields["coder"] = forms.ChoiceField(
            label=label,
            choices=[("", "—"), *labels],
            required=False,
            initial=said.get("coder", ""),
        )

    def _table(self, said):
        types = [(one.code, f"{one.code} {one.label}") for one in self.book.types]
        self.fields["type"] = forms.ChoiceField(
            label="No column says it: all rows are events of type",
            choices=[("", "—"), *types],
            required=False,
            initial=said.get("type", ""),
        )
        self.fields["blanks"] = forms.CharField(
            label="Cells that mean “not coded”",
            required=False,
            initial="; ".join(said.get("blanks", [])),
            help_text="Besides empty ones, with semicolons between, such as: NA; .",
        )
        asked = self.exchange.told.get("check", {}).get("types", {})
        self.strange_types = list(dict.fromkeys([*said.get("types", {}), *asked]))
        for n, words in enumerate(self.strange_types):
            self.fields[f"type_{n}"] = forms.ChoiceField(
                label=f"The type “{words}” is",
                choices=[("", "—"), *types],
                required=False,
                initial=said.get("types", {}).get(words, ""),
            )
        targets = [
            ("", "leave out"),
            ("Of the coding", list(spreadsheets.ROLES.items())),
            ("Fields of the codebook", sorted({one.name: f"{one.name} – {one.label}" for _, one in self.book.every_field() if one.kind != "spans" and one.name != "event_type"}.items())),
        ]  # fmt: skip
        chosen = said.get("columns", {})
        for n, one in enumerate(self.looked["columns"]):
            self.fields[f"column_{n}"] = forms.ChoiceField(
                label=one["header"],
                choices=targets,
                required=False,
                initial=chosen.get(one["header"], ""),
            )

    def _regions(self, labels, said):
        known = {label for label, _ in labels}
        strange = [name for name in self.looked["coders"] if name.split("/")[0] not in known]
        for n, name in enumerate(strange):
            self.fields[f"coder_{n}"] = forms.ChoiceField(
                label=f"“{name}” in the file is",
                choices=[("", "—"), *labels],
                required=False,
                initial=said.get("coders", {}).get(name, ""),
            )
        self.strange = strange
        if self.looked["is_nameless"]:
            self._coder(labels, said, "Where the file names no coder, it is")
        if self.looked["is_undocumented"]:
            self.fields["document"] = forms.CharField(
                label="Own id of the document",
                required=False,
                initial=said.get("document", ""),
                help_text="The file does not say which document it is about.",
            )
        if self.looked["has_empty"]:
            self.fields["empty"] = forms.ChoiceField(
                label="Documents in which nothing is marked",
                choices=[("", "stay out"), ("no_event", "were read, and there is no event")],
                required=False,
                initial=said.get("empty", ""),
            )
        if self.exchange.format in ("doccano", "label-studio"):
            self.fields["unit"] = forms.ChoiceField(
                label="Offsets count",
                choices=[("utf-16", "UTF-16 units, as the tool does"), ("code points", "characters (code points), as Python scripts do")],
                initial=said.get("unit", "utf-16"),
            )  # fmt: skip
        for n, (label, count) in enumerate(self.looked["labels"].items()):
            self.fields[f"label_{n}"] = forms.CharField(
                label=f"“{label or 'no label'}” ({count}) means",
                required=False,
                initial=said.get("labels", {}).get(label, ""),
                widget=forms.TextInput(attrs={"list": "labels", "placeholder": "leave out"}),
            )

    @property
    def columns(self):
        """The fields that say what a column is, each with what stands in the column first."""
        return [
            (self[f"column_{n}"], one["sample"])
            for n, one in enumerate(self.looked.get("columns", []))
        ]

    @property
    def questions(self):
        return [one for one in self if not one.name.startswith("column_")]

    @property
    def known_labels(self):
        """Every label of ours, for the browser to propose."""
        return [
            name
            for one in self.book.types
            for name in (one.code, *(f"{one.code}.{f.name}" for f in self.book.fields_of(one.code)))
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("round") == NEW and not cleaned.get("new_round", "").strip():
            self.add_error("new_round", "The new round needs a name.")
        for name, words in list(cleaned.items()):
            if name.startswith("label_") and words and read_label(words) is None:
                self.add_error(
                    name, "Write a type and, if it proves a field of it, the field: EX.provider."
                )
        return cleaned

    @property
    def options(self):
        """What was said, as the verb takes it."""
        said = self.cleaned_data
        is_new = said["round"] == NEW
        options = {
            "round": "" if is_new else said["round"],
            "new_round": said["new_round"].strip() if is_new else "",
            "assign": said["assign"],
        }
        for name in ("coder", "type", "document", "empty", "unit"):
            if name in self.fields:
                options[name] = said.get(name, "")
        if self.is_table:
            options["blanks"] = [one.strip() for one in said["blanks"].split(";") if one.strip()]
            options["types"] = {words: said[f"type_{n}"] for n, words in enumerate(self.strange_types) if said[f"type_{n}"]}  # fmt: skip
            options["columns"] = {
                one["header"]: said[f"column_{n}"] for n, one in enumerate(self.looked["columns"])
            }
        elif "labels" in self.looked:
            options["coders"] = {name: said[f"coder_{n}"] for n, name in enumerate(self.strange) if said[f"coder_{n}"]}  # fmt: skip
            options["labels"] = {label: said[f"label_{n}"].strip() for n, label in enumerate(self.looked["labels"])}  # fmt: skip
        return options
