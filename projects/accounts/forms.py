"""Forms of signing in and of one's own account: allauth's, in the product's words, and a few of our own."""

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError

from projects.accounts import lockout
from projects.models import User

NEW_PASSWORD = "At least 8 characters, and not one of the common ones. Several words in a row are long and easy to keep."  # noqa: S105 - words of a form  # nosec B105


class Plain:
    """Labels and help of ours; no words inside the boxes, which vanish as soon as one types."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            label, help_text = self.words.get(name, (field.label, ""))
            field.label, field.help_text = label, help_text


class SignInForm(Plain, account.LoginForm):
    words = {"login": ("Username", ""), "password": ("Password", "")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocapitalize": "none"}

    def add_prefix(self, field_name):
        """The box is sent as `username`, as it always was."""
        return super().add_prefix("username" if field_name == "login" else field_name)

    def _clean_with_password(self, credentials):
        try:
            return super()._clean_with_password(credentials)
        except ValidationError:
            raise ValidationError(
                "Username and password do not belong together. Capital letters count in both."
            ) from None


class _Code(Plain):
    words = {
        "code": (
            "Code",
            "Six digits from your authenticator app, or one of your recovery codes.",
        )
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autofocus": True, "autocapitalize": "none"}

    def clean_code(self):
        """Wrong codes count like wrong passwords, in the database and so for every web process together."""
        request = codes.context.request
        if lockout.is_locked(request, self.user):
            request.axes_locked_out = True
            raise ValidationError("Too many wrong attempts.")
        try:
            return super().clean_code()
        except ValidationError:
            user_login_failed.send(
                sender=type(self),
                credentials={"username": self.user.username},
                request=request,
            )
            raise ValidationError(
                "This is not the code of this moment. Codes change every 30 seconds."
            ) from None


class CodeForm(_Code, codes.AuthenticateForm):
    pass


class ConfirmCodeForm(_Code, codes.ReauthenticateForm):
    pass


class ActivateForm(Plain, totp.ActivateTOTPForm):
    words = {"code": ("Code", "The six digits that the app shows now.")}


class ConfirmPasswordForm(Plain, account.ReauthenticateForm):
    words = {"password": ("Password", "")}


class AskForResetForm(Plain, account.ResetPasswordForm):
    words = {"email": ("Mail address", "The one that stands on your page “Your account”.")}


class _NewPassword(Plain):
    words = {
        "oldpassword": ("Present password", ""),
        "password1": ("New password", NEW_PASSWORD),
        "password2": ("New password again", ""),
    }


class MailedPasswordForm(_NewPassword, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(_NewPassword, account.ChangePasswordForm):
    pass


class SetPasswordForm(_NewPassword, account.SetPasswordForm):
    pass


class _Twice(forms.Form):
    """A new password, typed twice and good enough."""

    password1 = forms.CharField(
        label="Password",
        strip=False,
        help_text=NEW_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    user: User

    def clean(self):
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", "The two are not the same.")
        elif first:
            try:
                password_validation.validate_password(first, self.user)
            except ValidationError as problems:
                self.add_error("password1", problems)
        return self.cleaned_data


class NewPasswordForm(_Twice):
    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user


class JoinForm(_Twice):
    """A new account of whoever holds an invitation."""

    username = forms.CharField(
        max_length=150,
        help_text="What you sign in with: letters, digits and . _ - @ +",
        validators=[User.username_validator],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    first_name = forms.CharField(
        max_length=150, required=False, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    field_order = ["username", "first_name", "last_name", "password1", "password2"]

    def clean_username(self):
        username = get_adapter().clean_username(self.cleaned_data["username"], shallow=True)
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError("Somebody signs in with this name already.")
        return username

    def clean(self):
        names = ("username", "first_name", "last_name")
        self.user = User(**{name: self.cleaned_data.get(name, "") for name in names})
        return super().clean()


class NameForm(forms.Form):
    first = forms.CharField(label="First name", max_length=150, required=False)
    last = forms.CharField(
        label="Last name",
        max_length=150,
        required=False,
        help_text="Shown to the members of your projects. In codings and releases only your label stands.",
    )


class AddressForm(forms.Form):
    email = forms.EmailField(
        label="Mail address",
        required=False,
        help_text="For a forgotten password and for the digest. Nobody else sees it.",
    )


class DigestForm(forms.Form):
    digest = forms.ChoiceField(
        label="A mail about new work and answers",
        choices=User.Digest.choices,
        required=False,
        help_text="It tells how many, never of what: no text, no title, nothing of anybody else's work.",
    )


class TokenForm(forms.Form):
    name = forms.CharField(max_length=80, help_text="What it is for, such as “import from R”.")
    rights = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Beside looking at the project and its documents. A token never does more than you may yourself.",
    )
    days = forms.TypedChoiceField(
        label="Good for",
        coerce=int,
        initial=90,
        choices=[(7, "a week"), (30, "a month"), (90, "three months"), (365, "a year")],
    )

    def __init__(self, *args, rights, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rights"].choices = rights
        if not rights:
            del self.fields["rights"]
