"""Forms about projects and members, and the one way in which a verb's refusal is shown beside a form."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.http import HttpRequest, QueryDict

from projects.ledger_reading import spoken
from projects.refusals import Invalid, Missing, NotAllowed, Refused
from projects.roles import ROLES

ROLE_WORDS = {
    "coder": "Coder: codes the documents assigned to them, blind to others",
    "adjudicator": "Adjudicator: sees codings and figures, settles conflicts",
    "exporter": "Exporter: builds, publishes and withdraws releases",
    "manager": "Manager: members, documents, codebooks and rounds",
}


@contextmanager
def beside(form: forms.Form) -> Iterator[None]:
    """What a verb refuses inside is said beside the form. Lacking rights stay a page of their own."""
    try:
        yield
    except (Missing, NotAllowed):
        raise
    except Refused as refusal:
        field = refusal.field if isinstance(refusal, Invalid) else None
        form.add_error(field if field in form.fields else None, refusal.message)
        form.refusal = refusal  # type: ignore[attr-defined]  # its details, where a page shows them


def sent(request: HttpRequest) -> QueryDict | None:
    """What was posted, also when that is nothing; None where a page is only looked at."""
    return request.POST if request.method == "POST" else None


def status_of(form: forms.Form) -> int:
    """The status of a page that shows this form: 422 when what was sent cannot be used."""
    return 422 if form.is_bound and form.errors else 200


class ProjectForm(forms.Form):
    title = forms.CharField(max_length=200, help_text="What the study is called.")
    slug = forms.CharField(
        label="Short name",
        max_length=60,
        help_text="Stands in addresses: lower-case letters, digits and hyphens, such as “alliances-1945”.",
    )
    description = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)


class MemberForm(forms.Form):
    label = forms.CharField(
        max_length=20,
        required=False,
        help_text="What others see instead of the name, such as C1. Left empty, the next free one is taken.",
    )
    roles = forms.MultipleChoiceField(
        choices=[(role, ROLE_WORDS[role]) for role in ROLES],
        widget=forms.CheckboxSelectMultiple,
        help_text="Whoever codes and does something else too stays blind on each document until they hand it in: numbers, "
        "times and lists leave the others' work on it out. A manager who codes still knows how a round was drawn and who "
        "takes part, and an exporter whether a draft is held back.",
    )


class NewMemberForm(MemberForm):
    username = forms.CharField(max_length=150, help_text="The name this person signs in with.")
    field_order = ["username", "label", "roles"]


class InvitationForm(MemberForm):
    days = forms.TypedChoiceField(
        label="Good for",
        coerce=int,
        initial=7,
        choices=[(1, "a day"), (7, "a week"), (30, "a month"), (60, "two months")],
    )
    email = forms.EmailField(label="Mail address", required=False)
    field_order = ["roles", "label", "email", "days"]

    def __init__(self, *args, sends_mail: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = (
            "The link is sent there, and is shown to you as well."
            if sends_mail
            else "Kept for the account that is made by the link; this installation sends no mail."
        )


class WayBackForm(forms.Form):
    without_second_factor = forms.BooleanField(
        label="Take the second factor away too",
        required=False,
        help_text="Where phone and recovery codes are lost. Be sure that it is really this person who asks.",
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=500, help_text="Stands in the ledger for good; name nobody in it."
    )


class LedgerFilter(forms.Form):
    verb = forms.ChoiceField(
        label="What", required=False, widget=forms.Select(attrs={"data-send": ""})
    )
    by = forms.ChoiceField(
        label="Who", required=False, widget=forms.Select(attrs={"data-send": ""})
    )
    kind = forms.ChoiceField(
        label="To what", required=False, widget=forms.Select(attrs={"data-send": ""})
    )
    subject = forms.CharField(
        label="Its id",
        max_length=64,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    since = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    to = forms.DateField(
        label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args, verbs: list[str], people: list[str], kinds: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        for name, everything, values in (
            ("verb", "everything", verbs),
            ("by", "everybody", people),
            ("kind", "anything", kinds),
        ):
            self.fields[name].choices = [
                ("", everything), *((value, spoken(value) if name == "kind" else value) for value in values)
            ]  # fmt: skip
