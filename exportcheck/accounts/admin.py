"""People and keys on the desk, for System admins. Forms check, services write; nothing is deleted."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django_celery_results.models import GroupResult, TaskResult

from exportcheck.accounts import policy, services
from exportcheck.accounts.models import ApiToken, User
from exportcheck.accounts.roles import DESK_ROLES, RoleName
from exportcheck.errors import Refused
from exportcheck.read_only_admin import ReadOnlyAdmin

admin.site.unregister(Group)  # the groups are the roles: made by a migration, given by a service
admin.site.unregister((EmailAddress, Authenticator, TaskResult, GroupResult))  # no role's, and their rows could be deleted there


class SystemAdminOnly(ReadOnlyAdmin):
    """Pages that only System admins see; no row is ever deleted, and what else may be done a page says itself."""

    def sees(self, request: HttpRequest) -> bool:
        """System admins."""
        return policy.can_manage_desk_people(request.user)


class PersonForm(forms.ModelForm):
    """A person of the desk: address and name when new, roles and whether the account is open at any time."""

    roles = forms.MultipleChoiceField(
        choices=[(role.value, role.value) for role in RoleName if role in DESK_ROLES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="One role, or Reviewer and Senior reviewer. People of exporters hold none of these.",
    )

    class Meta:
        model = User
        fields = ("email", "full_name", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["roles"] = [role.value for role in self.instance.roles]

    def wanted(self) -> frozenset[RoleName]:
        """Roles ticked."""
        return frozenset(RoleName(value) for value in self.cleaned_data.get("roles", ()))

    def clean(self) -> dict[str, Any] | None:
        """Roles that must not meet are refused before anything is written."""
        cleaned = super().clean()
        new = self.instance.pk is None
        if not new and self.instance.organization is not None:
            if self.wanted():
                self.add_error("roles", "This person works for an exporter; an account never holds roles of both sides.")
        elif (new or self.wanted()) and not services.fit_together(self.wanted()):
            self.add_error("roles", "Choose one role, or Reviewer and Senior reviewer.")
        return cleaned


@admin.register(User)
class PersonAdmin(SystemAdminOnly):
    """Everybody who has an account."""

    form = PersonForm
    list_display = ("full_name", "email", "role_names", "organization_name", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    allowed_lookups = ("groups__id__exact", "groups__isnull", "is_active__exact")
    search_fields = ("email", "full_name")
    fields = ("email", "full_name", "organization_name", "roles", "is_active", "last_login", "date_joined")
    list_select_related = ("membership__organization",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With groups, so that the list needs no query a row."""
        return User.objects.prefetch_related("groups")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People of the desk are added here; people of exporters by their own administrators."""
        return policy.can_manage_desk_people(request.user)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Others, never oneself."""
        return policy.can_manage_desk_people(request.user) and (obj is None or obj.pk != request.user.pk)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Address and name stay as they were given; the person changes the own name."""
        shown = ("organization_name", "last_login", "date_joined")
        return (*shown, "email", "full_name") if obj else shown

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """A new person needs fewer, and one's own page shows no form."""
        if obj is None:
            return ("email", "full_name", "roles")
        if obj.pk == request.user.pk:
            return ("email", "full_name", "role_names", "last_login", "date_joined")
        return self.fields

    @admin.display(description="roles")
    def role_names(self, user: User) -> str:
        """Roles held."""
        return ", ".join(sorted(group.name for group in user.groups.all())) or "none"

    @admin.display(description="organization")
    def organization_name(self, user: User) -> str:
        """Exporter the person works for."""
        return str(user.organization or "desk")

    def save_model(self, request: HttpRequest, obj: User, form: PersonForm, change: bool) -> None:
        """Call the services; what the form has put into the row is read again by them."""
        actor = request.user
        if not isinstance(actor, User):
            return
        if not change:
            person = services.create_desk_person(actor=actor, email=obj.email, full_name=obj.full_name, roles=form.wanted())
            obj.pk = person.pk
            return
        person = User.objects.get(pk=obj.pk)
        if "is_active" in form.changed_data:
            services.set_active(actor=actor, user=person, active=form.cleaned_data["is_active"])
        if person.organization is None:
            services.set_desk_roles(actor=actor, user=person, roles=form.wanted())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing besides: roles are given by the service."""


@admin.register(ApiToken)
class TokenAdmin(SystemAdminOnly):
    """Keys of all organizations, to end one that leaked."""

    list_display = ("name", "prefix", "organization", "created_by", "expires_at", "revoked_at", "last_used_at")
    list_select_related = ("organization", "created_by")
    list_filter = ("organization",)
    allowed_lookups = ("organization__id__exact",)
    fields = ("name", "prefix", "organization", "created_by", "created_at", "scopes", "expires_at", "revoked_at", "last_used_at")
    actions = ("revoke",)

    @admin.action(description="Revoke the chosen tokens", permissions=["view"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[ApiToken]) -> None:
        """End them at once."""
        for token in tokens:
            try:
                services.revoke_token(actor=request.user, token=token)  # type: ignore[arg-type]  # the site lets users in only
            except Refused as refusal:
                messages.error(request, refusal.detail)
        messages.success(request, "The chosen tokens no longer work.")
