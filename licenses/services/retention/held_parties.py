"""Whose applications a legal hold on a party keeps: every application of the organization that names the party, in any role, in
this or another spelling. Too much kept is no harm, too little is a crime (762.6(b)), so the engine's lowest band is enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from exportcheck.accounts.models import Organization
from licenses.models import ApplicationParty, LicenseApplication
from licenses.queries import CASE
from licenses.services.application.acts import subject_of
from licenses.services.application.revisions import party_object
from screening.matching.read_party import party_from_dict
from screening.matching.types import Party
from screening.models import ScreenedParty
from screening.services.parties.same_party import name_alone, same_party


def names_party(application: LicenseApplication, held: Mapping[str, Any]) -> bool:
    """Whether the application names the held party (a Party object of docs/contract.md), now or in any check of it."""
    return next(_naming(_parties_of(application), held), None) is not None


def applications_naming(organization: Organization, held: Mapping[str, Any]) -> frozenset[str]:
    """References of the applications of an organization that name the held party."""
    applications = LicenseApplication.objects.filter(organization=organization).annotate(case=CASE)
    known = dict(applications.values_list("case", "reference"))
    screened = ScreenedParty.objects.filter(organization=organization).values_list("case", "facts")
    rows = [(known[case], facts) for case, facts in screened.iterator() if case in known]
    drafted = ApplicationParty.objects.filter(application__organization=organization).select_related("application")
    rows += [(row.application.reference, party_object(row)) for row in drafted.iterator()]
    return frozenset(_naming(iter(rows), held))


def _parties_of(application: LicenseApplication) -> Iterator[tuple[str, Mapping[str, Any]]]:
    screened = ScreenedParty.objects.filter(organization=application.organization_id, case=subject_of(application))
    for facts in screened.values_list("facts", flat=True):
        yield application.reference, facts
    for row in application.parties.all():
        yield application.reference, party_object(row)


def _naming(rows: Iterator[tuple[str, Mapping[str, Any]]], held: Mapping[str, Any]) -> Iterator[str]:
    """References of the rows (reference, Party object) that are the held party or are owned by it; each way to write a party is
    compared once."""
    wanted = name_alone(party_from_dict(dict(held)))
    known: dict[Party, bool] = {}
    for reference, facts in rows:
        for named in map(name_alone, _with_owners(party_from_dict(dict(facts)))):
            if named not in known:
                known[named] = same_party(wanted, named)
            if known[named]:
                yield reference


def _with_owners(party: Party) -> Iterator[Party]:
    yield party
    for owner in party.owners:
        yield from _with_owners(owner)
