"""Forms of a manager: opening a round, and moving work in it."""

from collections.abc import Sequence

from django import forms

from coding import drawing, planning
from coding.models import Assignment, Round
from coding.planning import Draw
from projects.models import Membership
from sources.models import Document, SearchLog

WAYS = (
    (drawing.ALL, "all of them"),
    (drawing.RANDOM, "so many by lot"),
    (drawing.IN_PROPORTION, "so many by lot, each stratum by its share"),
    (drawing.EVENLY, "so many by lot, the same from each stratum"),
)


class RoundForm(forms.Form):
    name = forms.CharField(max_length=80, help_text="Such as “pilot” or “main coding 1”.")
    purpose = forms.ChoiceField(
        choices=[("production", "Production: its events go into the dataset"), ("training", "Training: for learning; never part of a release")],
        required=False, widget=forms.RadioSelect, initial="production",
    )  # fmt: skip
    gold = forms.ChoiceField(
        label="Who writes the gold answers", required=False,
        help_text="Training only. Codes the same documents; after handing one in, a coder sees it beside the gold answer.",
    )  # fmt: skip
    kind = forms.ChoiceField(label="Documents", required=False)
    search = forms.ChoiceField(label="Found by a kept search", required=False)
    words = forms.CharField(
        label="Containing", required=False, max_length=500,
        help_text="Words as in the search: all of them, “phrases”, -not.",
    )  # fmt: skip
    leave_out_drawn = forms.BooleanField(
        label="Leave out what an earlier production round has drawn", required=False
    )
    way = forms.ChoiceField(label="Draw", choices=WAYS, required=False, initial=drawing.ALL)
    count = forms.IntegerField(label="How many", required=False, min_value=1, max_value=1_000_000)
    by = forms.ChoiceField(
        label="Strata", choices=list(planning.STRATA.items()), required=False,
        help_text="The documents that several read are spread over the strata, too.",
    )  # fmt: skip
    coders = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    per_document = forms.IntegerField(
        label="Coders for each document", min_value=1, max_value=20, initial=2,
        help_text="Two or more, so that agreement can be measured.",
    )  # fmt: skip
    overlap_percent = forms.IntegerField(
        label="Of a hundred documents, so many get them", required=False, min_value=0, max_value=100,
        help_text="100: every document. Fewer: the others are read by one coder, and no coder can tell which are which.",
    )  # fmt: skip
    has_suggestions = forms.BooleanField(
        label="Suggestions in the text", required=False,
        help_text="States, dates, money, organisations and key phrases are marked faintly; a coder takes them over by a key, and every use is kept. Off unless you want to study their effect.",
    )  # fmt: skip
    instructions = forms.CharField(
        required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Shown to every coder above their queue.",
    )  # fmt: skip
    seed = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1,
        help_text="Lots are drawn from it: the same seed draws the same again. Left empty, one is drawn and kept.",
    )  # fmt: skip
    seen = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(
        self,
        *args,
        coders: Sequence[Membership],
        counts: dict[str, int],
        searches: Sequence[SearchLog] = (),
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.by_id = {coder.public_id: coder for coder in coders}
        self.searches = {entry.public_id: entry for entry in searches}
        people = [(coder.public_id, f"{coder.label}: {coder.user.shown_name}") for coder in coders]
        self.fields["coders"].choices = people
        self.fields["gold"].choices = [("", "nobody"), *people]
        kinds = [
            (value, f"{label} ({counts[value]})")
            for value, label in Document.Kind.choices
            if value in counts
        ]
        self.fields["kind"].choices = [
            ("", f"all readable documents ({sum(counts.values())})"),
            *kinds,
        ]
        self.fields["search"].choices = [
            ("", "no search"),
            *((key, str(entry)) for key, entry in self.searches.items()),
        ]
        self.fields["overlap_percent"].initial = 100

    def chosen_coders(self) -> list[Membership]:
        return [self.by_id[public_id] for public_id in self.cleaned_data["coders"]]

    def asked(self) -> dict[str, object]:
        """What planning and opening are both asked with, save the documents."""
        said = self.cleaned_data
        overlap = said["overlap_percent"]
        return {
            "coders": self.chosen_coders(),
            "per_document": said["per_document"],
            "overlap_percent": 100 if overlap is None else overlap,
            "draw": Draw(
                said["way"] or drawing.ALL, said["count"], said["by"], said["leave_out_drawn"]
            ),
            "seed": said["seed"],
        }

    def opened_with(self) -> dict[str, object]:
        said = self.cleaned_data
        return self.asked() | {
            "kind": said["purpose"] or Round.Kind.PRODUCTION,
            "gold": self.by_id.get(said["gold"]),
            "has_suggestions": said["has_suggestions"],
            "instructions": said["instructions"],
            "seen": said["seen"],
        }


class PeopleForm(forms.Form):
    """Among whom, and for `replace` and `again` whose work it is."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("rebalance", "replace", "again")])
    coder = forms.ChoiceField(required=False)
    coders = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    count = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def __init__(
        self, *args, members: Sequence[Membership], coders: Sequence[Membership], **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.by_id = {one.public_id: one for one in (*members, *coders)}
        self.fields["coder"].choices = [("", ""), *((one.public_id, one.label) for one in members)]
        self.fields["coders"].choices = [(one.public_id, one.label) for one in coders]

    def chosen(self) -> list[Membership]:
        return [self.by_id[one] for one in self.cleaned_data["coders"]]

    def whose(self) -> Membership | None:
        return self.by_id.get(self.cleaned_data["coder"])


class WorkForm(forms.Form):
    """One act on one piece of work."""

    ACTS = ("send_back", "withdraw", "restore", "reassign", "hand_on", "hand_on_afresh")

    act = forms.ChoiceField(choices=[(act, act) for act in ACTS])
    to = forms.ChoiceField(required=False)
    reason = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, coders: Sequence[Membership], **kwargs):
        super().__init__(*args, **kwargs)
        self.by_id = {one.public_id: one for one in coders}
        self.fields["to"].choices = [("", ""), *((one.public_id, one.label) for one in coders)]

    def taker(self) -> Membership | None:
        return self.by_id.get(self.cleaned_data["to"])


def acts_on(work: Assignment) -> list[str]:
    """What may be done to a piece of work as it stands."""
    if work.state == Assignment.State.WITHDRAWN:
        return ["restore"]
    if work.state == Assignment.State.SUBMITTED:
        return ["send_back", "withdraw"]
    if not work.version:
        return ["reassign", "withdraw"]
    return ["hand_on", "hand_on_afresh", "withdraw"]


class MoveForm(forms.Form):
    state = forms.ChoiceField(choices=[("open", ""), ("closed", ""), ("revealed", "")])
