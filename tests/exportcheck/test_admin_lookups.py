"""Nothing that a page of the desk hides is found out through its address: filters, order, search and look-up of related rows.

Every admin class is tried with every column of its model and of the models one step away; what may be asked stands in `FILTERS`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse

from exportcheck.admin_lookups import ListedLookups
from exportcheck.audit.services import record
from tests import people
from tests.licenses.factories import checked, listed_line, load_lists
from tests.screening.fixtures import own_folders

__all__ = ("own_folders",)
pytestmark = pytest.mark.django_db

FILTERS: dict[str, set[str]] = {
    "accounts.User": {"groups__id__exact", "groups__isnull", "is_active__exact"},
    "accounts.ApiToken": {"organization__id__exact"},
    "audit.AuditEvent": {"action", "at__year", "at__month", "at__day"},
    "licenses.Flag": {
        *("show", "severity", "severity__exact", "critical__exact", "match__band"),
        *("match__control_list__id__exact", "application__organization__id__exact"),
    },
    "licenses.LegalHold": set(),
    "licenses.LicenseApplication": {
        *("party", "country", "document", "state__exact", "outcome", "type__exact", "legal_hold__exact"),
    },
    "licenses.QualityReview": {"found"},
    "licenses.Switch": set(),
    "screening.ControlList": set(),
    "screening.ListVersion": set(),
}
"""Everything that the address of a list may filter by: the filters beside it, the days above it."""
ORDERS: dict[str, set[str]] = {
    "accounts.User": {"full_name", "email", "is_active", "last_login"},
    "accounts.ApiToken": {
        *("name", "prefix", "organization__name", "organization__pk", "created_by__email"),
        *("expires_at", "revoked_at", "last_used_at"),
    },
    "audit.AuditEvent": {"at", "actor_label", "action", "subject", "chain", "seq"},
    "licenses.Flag": {"opened_at", "due_at"},
    "licenses.LegalHold": {"subject", "organization__name", "organization__pk", "authority", "set_by__full_name", "set_at"},
    "licenses.LicenseApplication": {
        *("reference", "organization__name", "organization__pk", "state", "outcome", "changed_at"),
    },
    "licenses.QualityReview": {"drawn_at", "reviewed_by__full_name"},
    "licenses.Switch": {
        *("name", "value", "effective_from", "effective_to", "citation"),
        *("proposed_by__full_name", "decided_by__full_name"),
    },
    "screening.ControlList": set(),
    "screening.ListVersion": set(),
}
"""What a list can be sorted by: what its columns show. Its own order and the key come behind."""
SEARCHES: dict[str, set[str]] = {
    "accounts.User": {"email", "full_name"},
    "accounts.ApiToken": set(),
    "audit.AuditEvent": {"subject"},
    "licenses.Flag": {"application__reference", "application__organization__name", "code", "match__matched_name", "why"},
    "licenses.LegalHold": {"subject", "organization__name", "authority"},
    "licenses.LicenseApplication": {"reference", "title", "organization__name", "parties__name"},
    "licenses.QualityReview": set(),
    "licenses.Switch": set(),
    "screening.ControlList": set(),
    "screening.ListVersion": set(),
}
"""What the search box looks through: what the page of a row shows to whoever sees the list."""
CARDS = ("screening.ControlList", "screening.ListVersion")
"""Pages of their own instead of the admin's list; their address asks nothing."""
LOOKUPS = ("", "__exact", "__startswith", "__icontains", "__regex", "__gt", "__in", "__isnull", "__year", "__length")
SECRET = "zq7vexil"
PAGES = admin.site._registry


def label(model: type[Model]) -> str:
    """Name of a model as the tables above have it."""
    return model._meta.label


LISTS = [model for model in PAGES if label(model) not in CARDS]


def names(model: type[Model]) -> Iterator[str]:
    """Columns and relations of a model, with the columns that keep a relation's key."""
    for field in model._meta.get_fields(include_hidden=True):
        yield field.name
        if attname := getattr(field, "attname", ""):
            yield attname


def columns(model: type[Model]) -> Iterator[str]:
    """The model's own columns, and those one relation away, forward and back."""
    for field in model._meta.get_fields(include_hidden=True):
        yield from {field.name, getattr(field, "attname", field.name)}
        if field.is_relation and field.related_model is not None:
            yield from (f"{field.name}__{name}" for name in names(field.related_model))


@contextmanager
def sent() -> Iterator[list[str]]:
    """Statements with their values, as they go to the database."""
    found: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append(f"{sql} {params}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


def reader_of(model: type[Model]) -> Any:
    """Somebody who sees the list."""
    return people.root() if model._meta.app_label == "accounts" else people.otto()


def asked(model: type[Model], **query: str) -> Any:
    """A request for the list, as Django's admin gets it."""
    request: Any = RequestFactory().get(address(model), query)
    request.user, request.session = reader_of(model), {}
    request._messages = FallbackStorage(request)
    return request


def address(model: type[Model]) -> str:
    """Address of the list."""
    return reverse(f"desk:{model._meta.app_label}_{model._meta.model_name}_changelist")


def test_every_admin_class_has_a_row_and_denies_by_default() -> None:
    registered = {label(model) for model in PAGES}
    assert registered == FILTERS.keys() == ORDERS.keys() == SEARCHES.keys()
    assert all(isinstance(page, ListedLookups) for page in PAGES.values())
    assert ListedLookups.allowed_lookups == ()


@pytest.mark.parametrize("model", PAGES, ids=label)
def test_no_column_can_be_asked_for_beyond_the_written_list(model: type[Model]) -> None:
    tried = {f"{column}{lookup}" for column in columns(model) for lookup in LOOKUPS} | {"pk", "pk__in", "nonsense"}
    request = asked(model)
    found = {key for key in tried if PAGES[model].lookup_allowed(key, SECRET, request)}
    assert found <= FILTERS[label(model)]
    assert set(PAGES[model].allowed_lookups) == FILTERS[label(model)]


@pytest.mark.parametrize("model", PAGES, ids=label)
def test_what_is_refused_is_not_asked_of_the_database(model: type[Model], client: Client) -> None:
    client.force_login(reader_of(model))
    for field in model._meta.concrete_fields:
        for lookup in ("", "__startswith", "__regex"):
            key = f"{field.attname}{lookup}"
            if key in FILTERS[label(model)]:
                continue
            with sent() as statements:
                answer = client.get(address(model), {key: SECRET})
            assert not [statement for statement in statements if SECRET in statement], key
            assert label(model) in CARDS or answer.headers.get("Location") == address(model), key


TRIED = (
    ("/desk/audit/auditevent/?body__icontains=zq7vexil", "the content of applications"),
    ("/desk/audit/auditevent/?actor__password__startswith=zq7vexil", "a password, one relation away"),
    ("/desk/accounts/user/?password__startswith=zq7vexil", "the salt of a password"),
    ("/desk/accounts/user/?full_name__regex=^(zq7vexil%2B)%2B$", "a pattern that takes the processor for itself"),
    ("/desk/accounts/user/?email__regex=zq7vexil", "a pattern over a column that is shown"),
    ("/desk/accounts/apitoken/?key_hash__regex=zq7vexil", "the hash of a key"),
    ("/desk/accounts/apitoken/?_to_field=key_hash&key_hash=zq7vexil", "the hash of a key, as the name of a row"),
    ("/desk/accounts/user/?q=x&password__icontains=zq7vexil", "beside a search"),
    ("/desk/accounts/user/?is_active__exact=1&password__icontains=zq7vexil", "beside a filter"),
    ("/desk/accounts/user/?_popup=1&_facets=1&all=&password__icontains=zq7vexil", "as a window of its own, with counts"),
)


@pytest.mark.parametrize(("path", "why"), TRIED, ids=[why for _, why in TRIED])
def test_a_system_admin_finds_no_content_by_address(path: str, why: str, client: Client) -> None:
    client.force_login(people.root())
    with sent() as statements:
        answer = client.get(path)
    assert answer.headers.get("Location") == path.partition("?")[0]
    assert not [statement for statement in statements if SECRET in statement]
    assert b"cannot be filtered like that" in client.get(answer.headers["Location"]).content


@pytest.mark.parametrize(
    "days",
    ["at__year=9999", "at__year=9999&at__month=12", f"at__year={10**20}", f"at__year=2026&at__month={10**20}", "at__year=x"],
)
def test_days_beyond_the_calendar_lead_back_to_the_list(days: str, client: Client) -> None:
    client.force_login(people.otto())
    assert client.get(f"/desk/audit/auditevent/?{days}").headers.get("Location") == "/desk/audit/auditevent/"
    assert client.get("/desk/audit/auditevent/?at__year=2026&at__month=5&at__day=3").status_code == 200


def test_a_row_is_named_by_its_key_only() -> None:
    """The parameter _to_field looks a row up by another column."""
    for model, page in PAGES.items():
        allowed = {name for name in names(model) if page.to_field_allowed(asked(model), name)}
        assert allowed == {model._meta.pk.attname}, label(model)


@pytest.mark.parametrize("model", LISTS, ids=label)
def test_a_list_is_sorted_by_what_it_shows(model: type[Model]) -> None:
    terms = [*(str(number) for number in range(-2, 40)), *names(model), *(f"-{name}" for name in names(model))]
    shown = PAGES[model].get_changelist_instance(asked(model, o=".".join(terms)))
    reached = {name for term in shown.queryset.query.order_by for name in spread(model, str(term).lstrip("-"))}
    own = {name.lstrip("-") for name in (*(PAGES[model].get_ordering(asked(model)) or ()), *model._meta.ordering)}
    behind = own | {"pk", *(str(term).lstrip("-") for term in PAGES[model].get_queryset(asked(model)).query.order_by)}
    assert reached - behind == ORDERS[label(model)] - behind


def spread(model: type[Model], name: str) -> list[str]:
    """Columns behind a term of an order: a relation is sorted by the order of its model."""
    field = None if name == "pk" or "__" in name else model._meta.get_field(name)
    if field is None or not field.is_relation or name == getattr(field, "attname", ""):
        return [name]
    return [f"{name}__{term.lstrip('-')}" for term in field.related_model._meta.ordering or ("pk",)]


def test_the_search_box_looks_through_what_is_shown() -> None:
    assert {label(model): set(page.get_search_fields(asked(model))) for model, page in PAGES.items()} == SEARCHES


def test_who_sees_no_content_searches_none(client: Client) -> None:
    record(actor=None, action="application.noted", subject="application:EX-2026-00017", organization=None, body={"text": SECRET})
    found = {}
    for reader in (people.root(), people.otto()):
        client.force_login(reader)
        page = client.get("/desk/audit/auditevent/", {"q": SECRET})
        found[reader.email] = b"application:EX-2026-00017" in page.content
    assert found == {"root@example.com": False, "otto@example.com": True}


def test_the_look_up_of_related_rows_is_shut(client: Client) -> None:
    """No form of the desk asks for it; open, it would search every list of the person by any relation of any model."""
    for person in (people.root(), people.otto()):
        client.force_login(person)
        for model in PAGES:
            for field in model._meta.get_fields():
                query = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field.name}
                with sent() as statements:
                    answer = client.get("/desk/autocomplete/", {**query, "term": SECRET})
                assert answer.status_code == 404, query
                assert not [statement for statement in statements if SECRET in statement], query


@pytest.mark.parametrize("model", LISTS, ids=label)
def test_what_a_list_offers_works(model: type[Model], client: Client) -> None:
    """Its links to itself: filters, days, order. A filter without its look-up on the list would refuse its own links."""
    load_lists()
    checked(people.alice(), listed_line())
    client.force_login(reader_of(model))
    offered = set(re.findall(r'(?:href|value)="(\?[^"]*)"', client.get(address(model)).content.decode()))
    for query in sorted(html.unescape(query) for query in offered):
        assert client.get(f"{address(model)}{query}").status_code == 200, query
