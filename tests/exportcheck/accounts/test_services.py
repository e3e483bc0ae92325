"""People and roles: what is made, what is refused, and that each act leaves one event."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from exportcheck.accounts import services
from exportcheck.accounts.models import Membership, Organization, User
from exportcheck.accounts.roles import RoleName
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from tests import people

pytestmark = pytest.mark.django_db


def events() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_sign_up_makes_an_organization_with_its_administrator() -> None:
    user = User.objects.create_user("new@example.com", "x")
    organization = services.sign_up_organization(user=user, name="  Nova  ")
    assert fresh(user).organization == organization
    assert fresh(user).roles == {RoleName.EXPORTER_ADMIN}
    assert organization.name == "Nova"
    assert events() == ["organization.signed_up"]
    assert AuditEvent.objects.get().chain == f"org:{organization.pk}"


@pytest.mark.parametrize("who", ["alice", "rita"])
def test_sign_up_is_refused_to_people_who_have_a_place(who: str) -> None:
    with pytest.raises(Refused, match="already"):
        services.sign_up_organization(user=getattr(people, who)(), name="Second")
    assert not Organization.objects.filter(name="Second").exists()


def test_a_role_is_given_once_and_taken_once(erin: User, alice: User) -> None:
    for _ in range(2):
        services.give_role(actor=erin, user=alice, role=RoleName.EXPORTER_ADMIN)
    assert alice.has_role(RoleName.EXPORTER_ADMIN)
    for _ in range(2):
        services.remove_role(actor=erin, user=alice, role=RoleName.EXPORTER_ADMIN)
    assert not alice.has_role(RoleName.EXPORTER_ADMIN)
    assert events() == ["role.given", "role.removed"]


@pytest.mark.parametrize(
    ("who", "role", "words"),
    [
        ("alice", RoleName.REVIEWER, "works for an exporter"),
        ("rita", RoleName.EXPORTER, "role of the desk"),
        ("rita", RoleName.LIST_ADMIN, "only Reviewer and Senior reviewer"),
        ("rita", RoleName.AUDITOR, "only Reviewer and Senior reviewer"),
        ("ada", RoleName.SENIOR_REVIEWER, "only Reviewer and Senior reviewer"),
        ("otto", RoleName.SYSTEM_ADMIN, "only Reviewer and Senior reviewer"),
    ],
)
def test_roles_that_must_not_meet(who: str, role: RoleName, words: str) -> None:
    person = getattr(people, who)()
    before = person.roles
    with pytest.raises(Refused, match=words) as refusal:
        services.give_role(actor=None, user=person, role=role)
    assert refusal.value.code == "invalid"
    assert fresh(person).roles == before
    assert events() == []


def test_reviewer_and_senior_reviewer_are_held_together(root: User, rita: User) -> None:
    services.give_role(actor=root, user=rita, role=RoleName.SENIOR_REVIEWER)
    assert fresh(rita).roles == {RoleName.REVIEWER, RoleName.SENIOR_REVIEWER}


def test_an_exporters_role_needs_an_organization(root: User) -> None:
    stray = User.objects.create_user("stray@example.com")
    with pytest.raises(Refused, match="no organization"):
        services.give_role(actor=None, user=stray, role=RoleName.EXPORTER)


@pytest.mark.parametrize(
    ("actor", "person", "role"),
    [
        ("alice", "bob", RoleName.EXPORTER_ADMIN),
        ("erin", "erin", RoleName.EXPORTER),
        ("mallory", "alice", RoleName.EXPORTER_ADMIN),
        ("erin", "rita", RoleName.REVIEWER),
        ("sam", "rita", RoleName.SENIOR_REVIEWER),
        ("root", "root", RoleName.AUDITOR),
        ("otto", "rita", RoleName.SENIOR_REVIEWER),
    ],
)
def test_roles_are_given_by_those_who_may(actor: str, person: str, role: RoleName) -> None:
    with pytest.raises(Refused) as refusal:
        services.give_role(actor=getattr(people, actor)(), user=getattr(people, person)(), role=role)
    assert refusal.value.code == "not_allowed"
    assert events() == []


def test_staff_follows_the_roles(root: User, rita: User) -> None:
    services.remove_role(actor=root, user=rita, role=RoleName.REVIEWER)
    assert not fresh(rita).is_staff
    services.give_role(actor=root, user=rita, role=RoleName.AUDITOR)
    assert fresh(rita).is_staff


def test_a_colleague_gets_a_link_that_sets_a_password(
    erin: User, mailoutbox: list[EmailMessage], client: Client, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        added = services.create_member(actor=erin, organization=people.organization(), email="Cleo@Example.com", full_name="Cleo")
    assert added.email == "cleo@example.com"
    assert not added.has_usable_password()
    assert added.organization == erin.organization
    assert events() == ["user.created"]
    (mail,) = mailoutbox
    link = next(line for line in mail.body.splitlines() if "/password/reset/key/" in line)
    form = client.get(link.split("8000", 1)[1], follow=True)
    assert form.status_code == 200
    client.post(form.redirect_chain[-1][0], {"password1": people.PASSWORD, "password2": people.PASSWORD})
    assert fresh(added).check_password(people.PASSWORD)
    assert events() == ["user.created", "password.changed"]


@pytest.mark.parametrize("email", ["mallory@example.com", "RITA@example.com", "alice@example.com"])
def test_a_taken_address_is_refused_without_saying_whose_it_is(erin: User, email: str) -> None:
    for person in people.EVERYBODY:
        person()
    with pytest.raises(Refused) as refusal:
        services.create_member(actor=erin, organization=people.organization(), email=email)
    assert refusal.value.detail == "This address cannot be added."


def test_members_hold_no_desk_role(erin: User) -> None:
    with pytest.raises(Refused, match="only"):
        services.create_member(actor=erin, organization=people.organization(), email="x@example.com", roles=[RoleName.REVIEWER])
    assert not User.objects.filter(email="x@example.com").exists()


def test_nobody_adds_people_to_another_organization(mallory: User) -> None:
    with pytest.raises(Refused):
        services.create_member(actor=mallory, organization=people.organization(), email="x@example.com")


def test_an_account_is_closed_and_opened_but_never_ones_own(erin: User, alice: User) -> None:
    services.set_active(actor=erin, user=alice, active=False)
    assert not fresh(alice).is_active
    services.set_active(actor=erin, user=alice, active=True)
    with pytest.raises(Refused):
        services.set_active(actor=erin, user=erin, active=False)
    assert events() == ["user.closed", "user.opened"]


def test_the_last_administrator_of_a_side_stays(root: User, erin: User, alice: User) -> None:
    with pytest.raises(Refused, match="last administrator of Acme"):
        services.set_active(actor=root, user=erin, active=False)
    with pytest.raises(Refused, match="last System admin"):
        services.remove_role(actor=None, user=root, role=RoleName.SYSTEM_ADMIN)
    assert fresh(erin).is_active
    assert fresh(root).roles == {RoleName.SYSTEM_ADMIN}
    services.set_active(actor=root, user=alice, active=False)
    services.set_active(actor=root, user=erin, active=False)
    assert not fresh(erin).is_active, "nobody is left whom the organization could be closed to"


@pytest.mark.parametrize("meanwhile", ["closed", "demoted"])
def test_what_was_open_does_not_come_back_with_the_person(
    meanwhile: str, root: User, alice: User, erin: User, client: Client
) -> None:
    services.give_role(actor=root, user=alice, role=RoleName.EXPORTER_ADMIN)
    client.force_login(fresh(alice))
    assert client.get("/account/").status_code == 200
    if meanwhile == "closed":
        services.set_active(actor=root, user=alice, active=False)
        services.set_active(actor=root, user=alice, active=True)
    else:
        services.remove_role(actor=root, user=alice, role=RoleName.EXPORTER_ADMIN)
        services.give_role(actor=root, user=alice, role=RoleName.EXPORTER_ADMIN)
    assert client.get("/account/").status_code == 302, "the session ended for good"
    client.force_login(fresh(alice))
    assert client.get("/account/").status_code == 200, "and a new one begins"


def test_desk_roles_are_exchanged_without_a_forbidden_pair(root: User, rita: User) -> None:
    services.set_desk_roles(actor=root, user=rita, roles=frozenset({RoleName.LIST_ADMIN}))
    assert fresh(rita).roles == {RoleName.LIST_ADMIN}
    assert events() == ["role.removed", "role.given"]


def test_a_refused_act_writes_nothing(root: User) -> None:
    before = (User.objects.count(), Membership.objects.count())
    with pytest.raises(Refused):
        services.create_desk_person(actor=root, email="y@example.com", roles=[RoleName.REVIEWER, RoleName.AUDITOR])
    assert (User.objects.count(), Membership.objects.count()) == before
