"""Account pages: what each person sees, and what a stranger to the organization gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from exportcheck.accounts import services
from exportcheck.accounts.models import ApiToken, Membership, Organization, User
from exportcheck.accounts.roles import RoleName
from exportcheck.accounts.scopes import Scope
from exportcheck.audit.models import AuditEvent
from tests import people
from tests.exportcheck.accounts.test_tokens import make

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

SIGN_UP = {
    "full_name": "Nina",
    "organization_name": "Nova Optics",
    "email": "nina@nova.example",
    "password1": people.PASSWORD,
    "password2": people.PASSWORD,
}


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_signing_up_makes_the_organization_and_its_administrator(client: Client, mailoutbox: list[EmailMessage]) -> None:
    answer = client.post("/accounts/signup/", SIGN_UP)
    assert answer.status_code == 302
    nina = User.objects.get(email="nina@nova.example")
    assert str(nina.organization) == "Nova Optics"
    assert nina.roles == {RoleName.EXPORTER_ADMIN}
    assert nina.full_name == "Nina"
    assert not nina.is_staff
    assert not nina.is_superuser
    assert actions() == ["organization.signed_up", "login"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"organization_name": " "}, "This field is required"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"email": "nobody"}, "valid email"),
        ({"full_name": "n" * 151}, "at most 150"),
        ({"organization_name": "Nova\x00"}, "Null characters"),
    ],
)
def test_a_bad_sign_up_writes_nothing(client: Client, change: dict[str, str], words: str) -> None:
    answer = client.post("/accounts/signup/", SIGN_UP | change)
    assert words in answer.content.decode()
    assert not User.objects.exists()
    assert not Organization.objects.exists()


def test_signing_up_with_a_known_address_tells_nothing(
    client: Client, alice: User, mailoutbox: list[EmailMessage], settings: Any
) -> None:
    """Where addresses must be confirmed (production) the answer is that of a new address; the owner is told by mail."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    answer = client.post("/accounts/signup/", SIGN_UP | {"email": alice.email})
    assert answer.headers["Location"] == "/accounts/confirm-email/"
    assert client.post("/accounts/signup/", SIGN_UP).headers["Location"] == "/accounts/confirm-email/"
    assert User.objects.filter(email=alice.email).count() == 1
    assert mailoutbox[0].to == [alice.email]


@pytest.mark.parametrize(
    ("address", "fields", "path"),
    [
        ("/accounts/password/reset/", {"email": "alice@example.com"}, "/accounts/password/reset/key/"),
        ("/accounts/signup/", SIGN_UP, "/accounts/confirm-email/"),
    ],
)
def test_links_in_letters_begin_with_our_address_whatever_the_request_says(
    address: str, fields: dict[str, str], path: str, client: Client, alice: User, mailoutbox: list[EmailMessage], settings: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.SITE_URL = "https://exportcheck.example"
    settings.ALLOWED_HOSTS = ["*"]
    client.post(address, fields, headers={"host": "elsewhere.example"})
    assert f"https://exportcheck.example{path}" in str(mailoutbox[0].body)
    assert "elsewhere" not in str(mailoutbox[0].body)


def test_login_logout_and_failure_are_recorded(client: Client, alice: User) -> None:
    client.post("/accounts/login/", {"login": alice.email, "password": "wrong"})
    client.post("/accounts/login/", {"login": "ghost@example.com", "password": "wrong"})
    answer = client.post("/accounts/login/", {"login": "ALICE@example.com", "password": people.PASSWORD})
    assert answer.status_code == 302
    client.post("/accounts/logout/")
    assert actions() == ["login.failed", "login.failed", "login", "logout"]
    failed = AuditEvent.objects.order_by("pk")[0]
    assert failed.chain == f"org:{alice.organization.pk}"  # type: ignore[union-attr]
    assert failed.body == {"email": alice.email}
    assert "wrong" not in str(list(AuditEvent.objects.values()))
    assert AuditEvent.objects.get(action="login").origin["door"] == "web"


def test_people_of_the_desk_start_at_the_desk(client: Client, rita: User) -> None:
    answer = client.post("/accounts/login/", {"login": rita.email, "password": people.PASSWORD})
    assert answer.headers["Location"] == "/desk/"


def test_a_closed_account_does_not_get_in(client: Client, alice: User, erin: User) -> None:
    services.set_active(actor=erin, user=alice, active=False)
    client.post("/accounts/login/", {"login": alice.email, "password": people.PASSWORD})
    assert client.get("/account/").status_code == 302


def test_too_many_failures_lock_out(client: Client, alice: User, settings: object) -> None:
    answers = {client.post("/accounts/login/", {"login": alice.email, "password": "wrong"}).status_code for _ in range(12)}
    assert answers <= {200, 403, 429}
    right = client.post("/accounts/login/", {"login": alice.email, "password": people.PASSWORD})
    assert right.status_code in (200, 403, 429)
    assert client.get("/account/").status_code == 302


def test_profile(sign_in: SignIn, alice: User) -> None:
    client = sign_in(alice)
    assert "Acme Semiconductors" in client.get("/account/").content.decode()
    assert client.post("/account/", {"full_name": "Alice A."}).status_code == 302
    assert User.objects.get(pk=alice.pk).full_name == "Alice A."
    assert actions() == ["user.renamed"]
    assert client.post("/account/", {"full_name": ""}).status_code == 200


@pytest.mark.parametrize("who", ["alice", "rita", "root"])
def test_everybody_has_a_profile(sign_in: SignIn, who: str) -> None:
    assert sign_in(getattr(people, who)()).get("/account/").status_code == 200


def test_members_page(sign_in: SignIn, erin: User, alice: User, mallory: User) -> None:
    page = sign_in(erin).get("/account/people/").content.decode()
    assert alice.email in page
    assert mallory.email not in page
    assert "Add a colleague" in page


def test_an_exporter_sees_colleagues_but_changes_nothing(sign_in: SignIn, alice: User, bob: User) -> None:
    client = sign_in(alice)
    page = client.get("/account/people/").content.decode()
    assert bob.email in page
    assert "Add a colleague" not in page
    assert client.post("/account/people/", {"email": "x@example.com", "full_name": "X"}).status_code == 403
    assert client.post(f"/account/people/{bob.pk}/", {"act": "close"}).status_code == 403
    assert client.get("/account/tokens/").status_code == 403
    assert User.objects.get(pk=bob.pk).is_active


@pytest.mark.parametrize("who", ["rita", "ada", "otto", "root"])
def test_the_desk_has_no_organization_pages(sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(people, who)())
    assert client.get("/account/people/").status_code == 403
    assert client.get("/account/tokens/").status_code == 403


def test_adding_a_colleague(sign_in: SignIn, erin: User, mallory: User) -> None:
    client = sign_in(erin)
    data = {"email": "cleo@example.com", "full_name": "Cleo", "administrator": "on"}
    assert client.post("/account/people/", data).status_code == 302
    assert User.objects.get(email="cleo@example.com").has_role(RoleName.EXPORTER_ADMIN)
    again = client.post("/account/people/", data | {"email": mallory.email})
    assert "This address cannot be added." in again.content.decode()
    assert Membership.objects.filter(organization=people.organization()).count() == 2


def test_changing_a_colleague(sign_in: SignIn, erin: User, alice: User) -> None:
    client = sign_in(erin)
    for act in ("make_admin", "make_plain", "close", "open"):
        assert client.post(f"/account/people/{alice.pk}/", {"act": act}).status_code == 302
    assert actions() == ["role.given", "role.removed", "user.closed", "user.opened"]
    assert client.post(f"/account/people/{alice.pk}/", {"act": "nonsense"}).status_code == 400
    assert client.post(f"/account/people/{erin.pk}/", {"act": "close"}).status_code == 403


def test_another_organizations_person_is_not_there(sign_in: SignIn, mallory: User, alice: User, rita: User) -> None:
    client = sign_in(mallory)
    for person in (alice, rita):
        assert client.post(f"/account/people/{person.pk}/", {"act": "close"}).status_code == 404
    assert User.objects.get(pk=alice.pk).is_active


def test_a_token_is_shown_once(sign_in: SignIn, erin: User) -> None:
    client = sign_in(erin)
    answer = client.post("/account/tokens/", {"name": "orders", "scopes": [Scope.SCREEN], "days": "30"})
    page = answer.content.decode()
    assert "ec_" in page
    assert "no-store" in answer.headers["Cache-Control"]
    token = ApiToken.objects.get()
    assert page.count(token.prefix) == 2
    later = client.get("/account/tokens/").content.decode()
    assert later.count(token.prefix) == 1
    assert "Copy the token" not in later


@pytest.mark.parametrize(
    "data",
    [
        {"name": "", "scopes": [Scope.SCREEN], "days": "30"},
        {"name": "x", "days": "30"},
        {"name": "x", "scopes": ["dispose"], "days": "30"},
        {"name": "x", "scopes": [Scope.SCREEN], "days": "9999"},
    ],
)
def test_a_bad_token_form_makes_nothing(sign_in: SignIn, erin: User, data: dict[str, object]) -> None:
    assert sign_in(erin).post("/account/tokens/", data).status_code == 200
    assert not ApiToken.objects.exists()


def test_another_organizations_token_is_not_there(sign_in: SignIn, erin: User, mallory: User) -> None:
    token, _ = make(erin)
    client = sign_in(mallory)
    assert token.prefix not in client.get("/account/tokens/").content.decode()
    assert client.post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    assert sign_in(erin).post(f"/account/tokens/{token.pk}/revoke/").status_code == 302
    assert ApiToken.objects.get().revoked_at is not None


@pytest.mark.parametrize("path", ["/account/people/", "/account/tokens/"])
def test_lists_take_the_same_queries_for_many_rows(
    sign_in: SignIn, erin: User, path: str, django_assert_max_num_queries: object
) -> None:
    client = sign_in(erin)
    for number in range(8):
        people.person(f"p{number}", RoleName.EXPORTER, of=people.HOME)
        make(erin)
    client.get(path)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        client.get(path)


@pytest.mark.parametrize("path", ["/about/", "/stop/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_public_pages_answer_strangers(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "no legal advice" in page
    assert "style=" not in page
    assert "<script>" not in page


def test_the_password_is_reset_by_mail_and_the_desk_keeps_its_roles(
    client: Client, rita: User, mailoutbox: list[EmailMessage]
) -> None:
    client.post("/accounts/password/reset/", {"email": rita.email})
    assert "/accounts/password/reset/key/" in mailoutbox[0].body


def test_a_changed_password_is_recorded(client: Client, alice: User) -> None:
    client.post("/accounts/login/", {"login": alice.email, "password": people.PASSWORD})
    new = "another good long password"
    answer = client.post("/accounts/password/change/", {"oldpassword": people.PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert User.objects.get(pk=alice.pk).check_password(new)
    assert actions() == ["login", "password.changed"]


@pytest.mark.parametrize(
    "path",
    ["/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/logout/"],
)
def test_allauths_pages_wear_our_clothes(client: Client, alice: User, path: str) -> None:
    client.post("/accounts/login/", {"login": alice.email, "password": people.PASSWORD})
    answer = client.get(path, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "ec-body" in page
    assert "<form" in page
    assert "style=" not in page
