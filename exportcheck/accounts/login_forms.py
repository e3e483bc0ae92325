"""allauth's own forms, bent where we need it. Apart from forms.py, which allauth imports while it is imported itself."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.db import transaction
from django.http import HttpRequest

from exportcheck.accounts.models import User


def plain(form: forms.Form, address: str) -> None:
    """Labels say what a field is; placeholders that repeat them go."""
    form.fields[address].label = "E-mail address"
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class LoginForm(allauth_forms.LoginForm):
    """Says the address to the lockout too, which looks for it under the name of the form's field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self, "login")

    def user_credentials(self) -> dict[str, Any]:
        """Credentials for the authentication backends."""
        credentials: dict[str, Any] = super().user_credentials()
        credentials["login"] = str(self.cleaned_data.get("login", "")).lower()
        return credentials


class SignupForm(allauth_forms.SignupForm):
    """A person and the organization are made together or not at all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self, "email")

    def save(self, request: HttpRequest) -> User:
        """The new user, administrator of the new organization."""
        with transaction.atomic():
            user: User = super().save(request)
        return user
