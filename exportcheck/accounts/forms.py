"""Forms of the account pages: they check shape, services write."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from exportcheck.accounts import services
from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from exportcheck.accounts.scopes import LABELS, Scope


class OrganizationSignupForm(forms.Form):
    """What sign-up asks besides e-mail and password; allauth calls `signup` with the new user."""

    full_name = forms.CharField(label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    organization_name = forms.CharField(
        label="Your organization",
        max_length=200,
        help_text="The exporter you prepare applications for. You become its administrator and can add colleagues.",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    field_order = ("full_name", "organization_name", "email", "password1", "password2")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Make the organization with this person as its administrator."""
        user.full_name = self.cleaned_data["full_name"].strip()
        services.sign_up_organization(user=user, name=self.cleaned_data["organization_name"])


class ProfileForm(forms.Form):
    """One's own name."""

    full_name = forms.CharField(label="Name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class MemberForm(forms.Form):
    """A colleague to add."""

    full_name = forms.CharField(label="Name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label="E-mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    administrator = forms.BooleanField(
        label="Also an administrator", required=False, help_text="Adds people and makes API tokens for the organization."
    )

    def roles(self) -> tuple[RoleName, ...]:
        """Roles asked for."""
        return (RoleName.EXPORTER, RoleName.EXPORTER_ADMIN) if self.cleaned_data["administrator"] else (RoleName.EXPORTER,)


class TokenForm(forms.Form):
    """A key to make."""

    name = forms.CharField(label="Name", max_length=100, help_text="The program that will use it, such as “order system”.")
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        choices=[(scope.value, label) for scope, label in LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label="Valid for",
        coerce=int,
        choices=[(30, "30 days"), (90, "90 days"), (180, "180 days"), (365, "one year")],
        initial=90,
    )

    def chosen_scopes(self) -> frozenset[Scope]:
        """Scopes ticked."""
        return frozenset(Scope(value) for value in self.cleaned_data["scopes"])

    def expires_at(self) -> datetime:
        """Moment it dies."""
        return timezone.now() + timedelta(days=self.cleaned_data["days"])
