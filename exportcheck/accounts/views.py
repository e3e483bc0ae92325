"""Account pages: one's profile, the people of the organization, its API tokens, and the public information pages."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exportcheck.accounts import policy, queries, services
from exportcheck.accounts.current_user import current_user
from exportcheck.accounts.forms import MemberForm, ProfileForm, TokenForm
from exportcheck.accounts.models import Organization, User
from exportcheck.accounts.roles import RoleName
from exportcheck.errors import Refused


def own_organization(user: User) -> Organization:
    """Organization a person works for. People of the desk have none and are refused."""
    organization = user.organization
    if organization is None or not policy.is_exporter_of(user, organization.pk):
        raise PermissionDenied("This page is for people of an exporting organization.")
    return organization


def administered(user: User) -> Organization:
    """Organization a person administers; others are refused."""
    organization = own_organization(user)
    if not policy.can_issue_token(user, organization.pk):
        raise PermissionDenied("Only an administrator of your organization may do this.")
    return organization


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, address, roles, and where to change the password and the second factor."""
    user = current_user(request)
    form = ProfileForm(request.POST or None, initial={"full_name": user.full_name})
    if request.method == "POST" and form.is_valid():
        services.rename_person(user=user, full_name=form.cleaned_data["full_name"])
        messages.success(request, "Your name was saved.")
        return redirect("profile")
    return render(request, "account/profile.html", {"form": form, "roles": sorted(user.roles)})


@require_http_methods(["GET", "POST"])
def members(request: HttpRequest) -> HttpResponse:
    """People of the organization; its administrators add colleagues."""
    user = current_user(request)
    organization = own_organization(user)
    manages = policy.can_manage_members(user, organization.pk)
    form = MemberForm(request.POST or None)
    if request.method == "POST":
        if not manages:
            raise PermissionDenied("Only an administrator of your organization may do this.")
        if form.is_valid() and add_member(request, user, organization, form):
            return redirect("members")
    rows = [(other, sorted(group.name for group in other.groups.all())) for other in queries.members(organization)]
    context = {"organization": organization, "people": rows, "form": form, "manages": manages}
    return render(request, "account/members.html", context)


def add_member(request: HttpRequest, user: User, organization: Organization, form: MemberForm) -> bool:
    """Add the colleague of a valid form; a refusal becomes an error of its field."""
    data = form.cleaned_data
    try:
        added = services.create_member(
            actor=user, organization=organization, email=data["email"], full_name=data["full_name"], roles=form.roles()
        )
    except Refused as refusal:
        form.add_error("email", refusal.detail)
        return False
    messages.success(request, f"{added} was added. A link to set a password is on its way to {added.email}.")
    return True


@require_POST
def member_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Give or take Exporter admin, close or open the account of a colleague."""
    user = current_user(request)
    organization = administered(user)
    other = get_object_or_404(queries.members(organization), pk=pk)
    act = request.POST.get("act")
    try:
        if act == "make_admin":
            services.give_role(actor=user, user=other, role=RoleName.EXPORTER_ADMIN)
        elif act == "make_plain":
            services.give_role(actor=user, user=other, role=RoleName.EXPORTER)
            services.remove_role(actor=user, user=other, role=RoleName.EXPORTER_ADMIN)
        elif act in ("close", "open"):
            services.set_active(actor=user, user=other, active=act == "open")
        else:
            return HttpResponse("act must be make_admin, make_plain, close or open", status=400, content_type="text/plain")
    except Refused as refusal:
        raise PermissionDenied(refusal.detail) from refusal
    messages.success(request, f"Saved for {other}.")
    return redirect("members")


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """API tokens of the organization; a new key is shown once, in the answer to its form."""
    user = current_user(request)
    organization = administered(user)
    form = TokenForm(request.POST or None)
    context = {"form": form, "organization": organization, "now": timezone.now()}
    if request.method == "POST" and form.is_valid():
        token, key = services.issue_token(
            actor=user,
            organization=organization,
            name=form.cleaned_data["name"],
            scopes=form.chosen_scopes(),
            expires_at=form.expires_at(),
        )
        context |= {"made": token, "key": key, "form": TokenForm()}
    return render(request, "account/tokens.html", context | {"tokens": queries.tokens(organization)})


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a key."""
    user = current_user(request)
    token = get_object_or_404(queries.tokens(administered(user)), pk=pk)
    services.revoke_token(actor=user, token=token)
    messages.success(request, f"The token “{token.name}” no longer works.")
    return redirect("tokens")


@require_GET
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Browsers ask for this address where a page names no icon (a PDF, a JSON answer)."""
    return redirect(static("img/favicon.svg"))


@require_GET
def legal(request: HttpRequest) -> HttpResponse:
    """What the product is and is not."""
    return render(request, "public/legal.html")


@require_GET
def stop(request: HttpRequest) -> HttpResponse:
    """What to do, and not to do, when an export must stop."""
    return render(request, "public/stop.html")
