"""Flags by the thousand for measuring the review queue: plausible, bulk-made, past the services. For a temporary database."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from itertools import cycle, islice

from django.contrib.auth.models import Group
from django.utils import timezone

from exportcheck.accounts.models import Membership, Organization, User
from exportcheck.accounts.roles import RoleName
from licenses.models import CheckReport, Flag, FlagDecision, LicenseApplication, Revision
from screening.models import ListEntry, Match, ScreenedParty, ScreeningRun

SEED = 20_26
OF_ONE = 20
"""Flags of one application."""
BATCH = 2_000
ORGANIZATIONS = 12
SEVERITIES = ("blocking", "warning", "warning", "info")
COUNTRIES = ("CN", "DE", "KR", "AE", "TR", "IN", "HK", "MY")
State = LicenseApplication.State
STATES = (State.IN_REVIEW, State.RETURNED, State.REOPENED, *(State.IN_REVIEW,) * 7)
"""Of ten applications with open flags one waits for its exporter, and one was reopened by a list."""


def person(name: str, role: RoleName, organization: Organization | None = None) -> User:
    """Somebody with a role."""
    user = User.objects.create_user(f"{name}@bench.example", full_name=name.capitalize(), is_staff=organization is None)
    user.groups.add(Group.objects.get(name=role.value))
    if organization is not None:
        Membership.objects.create(user=user, organization=organization)
    return user


def make_flags(count: int, *, reviewer: User, other: User) -> None:
    """`count` open flags about hits on the entries there are, on applications of several organizations: one in twenty proposed by
    `other`, one in forty by `reviewer`; one in twenty claimed by `other`; one in ten reopened."""
    chance = random.Random(SEED)  # noqa: S311 - made-up flags, no secret
    reports = _reports(-(-count // OF_ONE), chance)
    matches = _matches(count, reports, chance)
    now = timezone.now()
    flags = Flag.objects.bulk_create(
        (
            Flag(
                application=reports[at // OF_ONE].application, report=reports[at // OF_ONE], match=match, band=match.band,
                code=f"LIST_{match.control_list.code}", fingerprint=f"{at:064d}", severity=chance.choice(SEVERITIES),
                critical=chance.random() < 0.4, why=f"{match.matched_name} resembles the listed {match.entry.name}.",
                due_at=now + dt.timedelta(hours=chance.randint(-48, 96)),
                **_standing(at, other, now),
            )
            for at, match in enumerate(matches)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    FlagDecision.objects.bulk_create(
        (
            FlagDecision(
                flag=flag, disposition="false_positive", reason_code="DIFFERENT_NAME", reason="Another firm, of another town.",
                proposed_by=reviewer if at % 40 == 0 else other, two_people=True,
            )
            for at, flag in enumerate(flags)
            if flag.state == Flag.State.PROPOSED
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _standing(at: int, other: User, now: dt.datetime) -> dict[str, object]:
    if at % 20 == 0:
        return {"state": Flag.State.PROPOSED}
    if at % 20 == 1:
        return {"assignee": other, "claimed_until": now + dt.timedelta(hours=1)}
    return {"state": Flag.State.REOPENED if at % 10 == 2 else Flag.State.OPEN}


def _reports(count: int, chance: random.Random) -> list[CheckReport]:
    """A checked application each."""
    organizations = [Organization.objects.create(name=f"Exporter {number}") for number in range(ORGANIZATIONS)]
    authors = [person(f"author{number}", RoleName.EXPORTER, one) for number, one in enumerate(organizations)]
    applications = LicenseApplication.objects.bulk_create(
        (
            LicenseApplication(
                reference=f"BENCH-{number:06d}", organization=authors[number % ORGANIZATIONS].organization,
                created_by=authors[number % ORGANIZATIONS], destination=chance.choice(COUNTRIES), outcome="NEEDS_INFORMATION",
                state=STATES[number % len(STATES)],
            )
            for number in range(count)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    revisions = Revision.objects.bulk_create(
        (Revision(application=one, number=1, content={}, sha256="0" * 64) for one in applications), batch_size=BATCH
    )
    today = timezone.now().date()
    return CheckReport.objects.bulk_create(
        (
            CheckReport(
                application=one.application, revision=one, number=1, cause="submit", as_of=today, state=CheckReport.State.DONE,
                finished_at=timezone.now(), outcome="NEEDS_INFORMATION", result={"parties": [], "items": []},
            )
            for one in revisions
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _matches(count: int, reports: list[CheckReport], chance: random.Random) -> list[Match]:
    entries: Iterable[ListEntry] = ListEntry.objects.select_related("control_list").order_by("pk")
    runs = {
        one: ScreeningRun.objects.create(kind=ScreeningRun.Kind.CHECK, organization=one, engine="bench")
        for one in Organization.objects.all()
    }
    parties = ScreenedParty.objects.bulk_create(
        (
            ScreenedParty(
                organization=reports[at // OF_ONE].application.organization,
                case=f"application:{reports[at // OF_ONE].application.reference}",
                part=f"P{at % OF_ONE}",
                facts={"name": f"Quorve {chance.choice(COUNTRIES)} {at}", "country": "CN"},
                fingerprint=f"{at % 9_000:064d}",
            )
            for at in range(count)
        ),
        batch_size=BATCH,
    )
    return Match.objects.bulk_create(
        (
            Match(
                run=runs[party.organization], party=party, control_list=entry.control_list, entry=entry, score=80.0,
                band=chance.choice(("strong", "possible")), channel="name", matched_name=party.facts["name"], hit={},
            )
            for party, entry in zip(parties, islice(cycle(entries), count), strict=True)
        ),
        batch_size=BATCH,
    )  # fmt: skip
