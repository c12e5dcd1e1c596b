"""allauth's forms in our words. What they do is allauth's, except that no answer depends on who is known."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bothways.people import letters, sign_in


def _name(field: forms.Field, label: str | Promise, help_text: Any = "", sees: str | Promise = "") -> None:
    field.__dict__.update(label=label, help_text=help_text, sees=sees)
    field.widget.attrs.pop("placeholder", None)


ADDRESS = _("Your address at work")
LENGTH = _("At least ten characters. A short sentence that only you would think of is best.")
NOBODY = _("Nobody. We keep a fingerprint of it that cannot be turned back.")


class Address(allauth.RequestLoginCodeForm):
    """Asks for an address; a code goes there where it is somebody's here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["email"], ADDRESS, _("We send a code there. Nothing else."))

    def clean_email(self) -> str:
        address: str = super().clean_email()
        if address and not sign_in.allowed("code_from_here", address):
            raise ValidationError(sign_in.ERRORS["too_many_login_attempts"])
        if address and self._user is None:
            letters.answer_unknown.enqueue(address)
        return address


class Code(allauth.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["code"], _("The code from the mail"))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class Password(allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["login"], ADDRESS)
        _name(self.fields["password"], _("Your password"))


class Forgotten(forms.Form):
    """Asks for an address; the worker finds out whether it is anybody's, the page never does."""

    email = forms.EmailField(label=ADDRESS, help_text=_("We send a link there."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if not sign_in.allowed("reset_from_here", address):
            raise ValidationError(sign_in.ERRORS["too_many_login_attempts"])
        return address

    def save(self, request: Any, **kwargs: Any) -> str:
        address: str = self.cleaned_data["email"].lower()
        letters.send_way_back.enqueue(address, get_language() or "en")
        return address


class AnotherPassword(allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["password1"], _("A new password"), LENGTH, NOBODY)
        _name(self.fields["password2"], _("The same once more"))


class SetPassword(allauth.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["password1"], _("A password"), LENGTH, NOBODY)
        _name(self.fields["password2"], _("The same once more"))


class ChangePassword(allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["oldpassword"], _("The password you have now"))
        _name(self.fields["password1"], _("A new password"), LENGTH, NOBODY)
        _name(self.fields["password2"], _("The same once more"))
