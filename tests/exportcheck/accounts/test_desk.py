"""The desk's door, and its pages of people and keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory

from exportcheck.accounts.models import ApiToken, User
from exportcheck.accounts.roles import RoleName
from exportcheck.audit.models import AuditEvent
from tests import people
from tests.exportcheck.accounts.test_tokens import make

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
PEOPLE = "/desk/accounts/user/"


@pytest.mark.parametrize("who", ["rita", "sam", "ada", "otto", "root"])
def test_people_of_the_desk_enter(sign_in: SignIn, who: str) -> None:
    assert sign_in(getattr(people, who)()).get("/desk/").status_code == 200


def test_exporters_and_strangers_do_not(sign_in: SignIn, client: Client, alice: User) -> None:
    assert client.get("/desk/").headers["Location"].startswith("/accounts/login/?next=/desk/")
    signed = sign_in(alice)
    assert signed.get("/desk/", follow=True).status_code == 403
    assert signed.get("/desk/login/").status_code == 403
    superuser = User.objects.create_superuser("su@example.com")
    assert sign_in(superuser).get("/desk/", follow=True).status_code == 403


def test_the_desk_has_the_products_own_pages_only(sign_in: SignIn) -> None:
    """The libraries bring admin pages on which a superuser of the host could delete rows; rule 9 knows no hard delete."""
    user = people.person("super", RoleName.REVIEWER)
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    client = sign_in(User.objects.get(pk=user.pk))
    assert client.get("/desk/").status_code == 200
    for address in ("account/emailaddress", "mfa/authenticator", "django_celery_results/taskresult", "auth/group"):
        assert client.get(f"/desk/{address}/").status_code == 404, address
    assert {model._meta.app_label for model in admin.site._registry} == {"accounts", "audit", "screening", "licenses"}
    assert not any(page.has_delete_permission(RequestFactory().get("/")) for page in admin.site._registry.values())


@pytest.mark.parametrize("who", ["rita", "sam", "ada", "otto"])
def test_only_system_admins_see_people(sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(people, who)())
    assert client.get(PEOPLE).status_code == 403
    assert client.get(f"{PEOPLE}add/").status_code == 403
    assert client.get("/desk/accounts/apitoken/").status_code == 403


def test_a_system_admin_adds_a_reviewer(sign_in: SignIn, root: User) -> None:
    client = sign_in(root)
    answer = client.post(f"{PEOPLE}add/", {"email": "new@example.com", "full_name": "New", "roles": [RoleName.REVIEWER]})
    assert answer.status_code == 302
    added = User.objects.get(email="new@example.com")
    assert added.roles == {RoleName.REVIEWER}
    assert added.is_staff
    assert AuditEvent.objects.get(action="user.created").actor == root


@pytest.mark.parametrize("roles", [[], [RoleName.REVIEWER, RoleName.AUDITOR], [RoleName.EXPORTER]])
def test_a_forbidden_choice_is_an_error_of_the_form(sign_in: SignIn, root: User, roles: list[str]) -> None:
    answer = sign_in(root).post(f"{PEOPLE}add/", {"email": "new@example.com", "full_name": "New", "roles": roles})
    assert answer.status_code == 200
    assert not User.objects.filter(email="new@example.com").exists()


def test_roles_are_changed_and_accounts_closed(sign_in: SignIn, root: User, rita: User) -> None:
    client = sign_in(root)
    data = {"roles": [RoleName.REVIEWER, RoleName.SENIOR_REVIEWER], "is_active": "on"}
    assert client.post(f"{PEOPLE}{rita.pk}/change/", data).status_code == 302
    assert User.objects.get(pk=rita.pk).roles == {RoleName.REVIEWER, RoleName.SENIOR_REVIEWER}
    assert client.post(f"{PEOPLE}{rita.pk}/change/", {"roles": []}).status_code == 302
    after = User.objects.get(pk=rita.pk)
    assert not after.is_active
    assert after.roles == frozenset()


def test_an_exporter_gets_no_desk_role_and_keeps_the_own(sign_in: SignIn, root: User, alice: User) -> None:
    client = sign_in(root)
    refused = client.post(f"{PEOPLE}{alice.pk}/change/", {"roles": [RoleName.REVIEWER], "is_active": "on"})
    assert refused.status_code == 200
    assert client.post(f"{PEOPLE}{alice.pk}/change/", {}).status_code == 302
    after = User.objects.get(pk=alice.pk)
    assert after.roles == {RoleName.EXPORTER}
    assert not after.is_active


def test_nobody_changes_themselves_and_nothing_is_deleted(sign_in: SignIn, root: User, rita: User) -> None:
    client = sign_in(root)
    assert client.post(f"{PEOPLE}{root.pk}/change/", {"roles": [RoleName.AUDITOR]}).status_code == 403
    assert client.get(f"{PEOPLE}{root.pk}/change/").status_code == 200
    assert client.post(f"{PEOPLE}{rita.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=rita.pk).exists()


def test_the_list_of_people_takes_the_same_queries_for_many(
    sign_in: SignIn, root: User, django_assert_max_num_queries: object
) -> None:
    client = sign_in(root)
    for person in people.EVERYBODY:
        person()
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        page = client.get(PEOPLE).content.decode()
    assert "Acme Semiconductors" in page


def test_a_leaked_key_is_ended_on_the_desk(sign_in: SignIn, root: User, erin: User) -> None:
    token, _ = make(erin)
    client = sign_in(root)
    answer = client.post("/desk/accounts/apitoken/", {"action": "revoke", "_selected_action": [token.pk]})
    assert answer.status_code == 302
    assert ApiToken.objects.get().revoked_at is not None
