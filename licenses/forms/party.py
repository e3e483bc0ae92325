"""One party in any role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html

from licenses.forms.base import COUNTRY_CHOICES, PageForm, lines
from screening.matching.countries import ISO2
from screening.matching.types import Role, Schema

ROLE_LABELS = {
    Role.APPLICANT: "Applicant (Block 14)",
    Role.OTHER_PARTY: "Other party to receive the license (Block 15)",
    Role.PURCHASER: "Purchaser (Block 16)",
    Role.INTERMEDIATE_CONSIGNEE: "Intermediate consignee (Block 17)",
    Role.ULTIMATE_CONSIGNEE: "Ultimate consignee (Block 18)",
    Role.END_USER: "End user (Block 19)",
    Role.ORIGINAL_ULTIMATE_CONSIGNEE: "Original ultimate consignee (Block 20)",
    Role.FREIGHT_FORWARDER: "Freight forwarder",
    Role.MANUFACTURER: "Manufacturer (Block 22(i))",
    Role.BANK: "Bank",
    Role.NOTIFY_PARTY: "Notify party",
    Role.FOREIGN_PERSON: "Foreign person (deemed export)",
    Role.VESSEL: "Vessel",
    Role.OTHER: "Other person named in the papers",
}
"""Roles a person may give a party, in the order of the form; owners are entered with the party they own."""
IDENTIFIER_TYPES = ("", "Registration Number", "Tax ID", "LEI", "IMO", "Passport", "National ID", "DUNS", "SWIFT/BIC", "Other")


class PartyForm(PageForm):
    """One party in any role: names, addresses line by line, identifiers, owners."""

    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose a role"), *ROLE_LABELS.items()],
        help_text=format_html('What this party does in the deal. <a href="#{}">What the roles mean</a>', "terms"),
    )
    name = forms.CharField(label="Name", max_length=600, required=False, help_text="As printed on the order or passport.")
    other_names = forms.CharField(
        label="Other names",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One a line: former names, names in another script, trade names.",
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=[
            (Schema.UNKNOWN, "Not sure"),
            (Schema.ORGANIZATION, "Organization"),
            (Schema.PERSON, "Person"),
            (Schema.VESSEL, "Vessel"),
            (Schema.AIRCRAFT, "Aircraft"),
        ],
        required=False,
    )
    country = forms.ChoiceField(label="Country", choices=COUNTRY_CHOICES, required=False)
    addresses = forms.CharField(
        label="Addresses",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One a line, with floor and unit. Some Entity List entries are addresses alone.",
    )
    identifier_type = forms.ChoiceField(label="Identifier", choices=[(t, t or "None") for t in IDENTIFIER_TYPES], required=False)
    identifier_value = forms.CharField(label="Number", max_length=80, required=False)
    birth_date = forms.DateField(
        label="Date of birth", required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text="For a person only."
    )
    citizenships = forms.MultipleChoiceField(
        label="Citizenships",
        choices=COUNTRY_CHOICES[1:],
        required=False,
        help_text="For a foreign person. Hold Ctrl or Command to choose several.",
    )
    owners = forms.CharField(
        label="Owners",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line: name; share in percent, or ? when unknown; country. Example: Alpha Holding Ltd; 35; HK",
    )

    street = forms.CharField(label="Street and number", max_length=100, required=False)
    building = forms.CharField(label="Building", max_length=60, required=False)
    floor = forms.CharField(label="Floor", max_length=20, required=False)
    unit = forms.CharField(label="Unit or room", max_length=20, required=False)
    city = forms.CharField(label="City", max_length=60, required=False)
    state = forms.CharField(label="State or province", max_length=60, required=False)
    postal_code = forms.CharField(label="Postal code", max_length=20, required=False)
    ein = forms.RegexField(
        r"^\d{2}-?\d{7}$",
        label="Employer identification number (EIN)",
        required=False,
        error_messages={"invalid": "Nine digits, such as 12-3456789."},
        help_text="Of the applicant only.",
    )
    confirmed = forms.BooleanField(label="The address reads as written here", required=False)

    ASKED = ("name", "country", "addresses")
    ADDRESS_FIELDS = ("street", "building", "floor", "unit", "city", "state", "postal_code", "ein")
    """The address in the parts that SNAP-R asks for; kept with the form of the application, beside the address as written."""

    def __init__(self, *args: Any, stored: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        """`stored` is the Party object as it is kept: what the form does not show of it stays."""
        self.stored = dict(stored or {})
        super().__init__(*args, **kwargs)

    @property
    def address_fields(self) -> list[forms.BoundField]:
        """Bound fields of the address in parts."""
        return [self[name] for name in (*self.ADDRESS_FIELDS, "confirmed")]

    @property
    def address_open(self) -> bool:
        """Whether the folded part holds anything, belongs to the applicant, or has something to correct."""
        return self["role"].value() == Role.APPLICANT or any(field.value() or field.errors for field in self.address_fields)

    @property
    def deep_owners(self) -> list[str]:
        """Owners that have owners of their own, which the lines do not show."""
        return [owner.get("name", "") for owner in self.stored.get("owners", ()) if owner.get("owners")]

    def clean_owners(self) -> list[dict[str, Any]]:
        """Owner objects from the lines."""
        return [self._owner(number, line) for number, line in enumerate(lines(self.cleaned_data["owners"]), 1)]

    @staticmethod
    def _owner(number: int, line: str) -> dict[str, Any]:
        parts = [part.strip() for part in line.split(";")]
        if len(parts) > 3 or not parts[0]:
            raise forms.ValidationError(f"Line {number}: write name; share; country.")
        owner: dict[str, Any] = {"name": parts[0], "role": Role.OWNER.value}
        share = parts[1].rstrip("% ") if len(parts) > 1 else "?"
        if share not in ("?", ""):
            try:
                owner["share_percent"] = float(share)
            except ValueError:
                raise forms.ValidationError(
                    f"Line {number}: {parts[1]!r} is not a share; write a number, or ? when unknown."
                ) from None
            if not 0 <= owner["share_percent"] <= 100:
                raise forms.ValidationError(f"Line {number}: a share lies between 0 and 100 percent.")
        if len(parts) > 2 and parts[2]:
            if parts[2].upper() not in ISO2:
                raise forms.ValidationError(f"Line {number}: {parts[2]!r} is not a two-letter country code.")
            owner["country"] = parts[2].upper()
        return owner

    def clean(self) -> dict[str, Any]:
        """A party needs a name or an address, an identifier both halves; parts of an address make the address itself."""
        values = super().clean() or {}
        if not lines(values.get("addresses", "")) and values.get("street"):
            values["addresses"] = self._one_line(values)
        if not values.get("name") and not lines(values.get("addresses", "")):
            self.add_error("name", "Give a name or an address: with neither the party cannot be screened.")
        if bool(values.get("identifier_type")) != bool(values.get("identifier_value")):
            self.add_error("identifier_value", "Give both the kind of identifier and its number.")
        return values

    @staticmethod
    def _one_line(values: Mapping[str, Any]) -> str:
        town = " ".join(filter(None, (values.get("state"), values.get("postal_code"))))
        parts = (*(values.get(name) for name in ("unit", "floor", "building", "street", "city")), town)
        return ", ".join(filter(None, parts))

    def party_data(self) -> dict[str, Any]:
        """The Party object of docs/contract.md: what was typed, over what is stored and the form does not show."""
        values = self.cleaned_data
        shown = ("role", "name", "other_names", "kind", "addresses", "address", "country", "birth_date", "citizenships", "owners")
        data: dict[str, Any] = {key: value for key, value in self.stored.items() if key not in (*shown, "identifiers")}
        data |= {"role": values["role"], "name": values["name"]}
        data["other_names"] = lines(values["other_names"])
        data["kind"] = values["kind"] or Schema.UNKNOWN.value
        data["addresses"] = lines(values["addresses"])
        data["country"] = values["country"]
        data["identifiers"] = self._identifiers()
        data["birth_date"] = values["birth_date"].isoformat() if values["birth_date"] else ""
        data["citizenships"] = values["citizenships"]
        data["owners"] = kept_owners(values["owners"], self.stored.get("owners", ()))
        return {key: value for key, value in data.items() if value or key in ("role", "name")}

    def _identifiers(self) -> list[dict[str, Any]]:
        """The identifier of the form in place of the first stored one; further ones stay."""
        first, *rest = self.stored.get("identifiers") or [{}]
        typed = {"type": self.cleaned_data["identifier_type"], "value": self.cleaned_data["identifier_value"]}
        same = (first.get("type", ""), first.get("value", "")) == (typed["type"], typed["value"])
        return [*([first if same else typed] if typed["value"] else []), *rest]

    def address_data(self) -> dict[str, Any]:
        """The address in parts with its confirmation; {} where nothing was given."""
        parts = {name: self.cleaned_data[name] for name in self.ADDRESS_FIELDS if self.cleaned_data[name]}
        return {**parts, "confirmed": self.cleaned_data["confirmed"]} if parts else {}

    @staticmethod
    def initial_from(role: str, facts: Mapping[str, Any], address: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Initial values of the form from a stored Party object and its address in parts."""
        identifier: dict[str, str] = next(iter(facts.get("identifiers", [])), {})
        return {
            **(address or {}),
            **{key: facts.get(key, "") for key in ("name", "kind", "country", "birth_date")},
            "role": role,
            "other_names": "\n".join(facts.get("other_names", [])),
            "addresses": "\n".join(facts.get("addresses", [facts["address"]] if facts.get("address") else [])),
            "identifier_type": identifier.get("type", ""),
            "identifier_value": identifier.get("value", ""),
            "citizenships": facts.get("citizenships", []),
            "owners": "\n".join(_owner_line(owner) for owner in facts.get("owners", [])),
        }


def kept_owners(typed: list[dict[str, Any]], stored: Any) -> list[dict[str, Any]]:  # stored: owners as JSON keeps them
    """The owners as typed, each over the stored owner of the same name: its own owners, addresses and numbers stay."""
    left = [dict(owner) for owner in stored]
    owners = []
    for owner in typed:
        same = next((row for row in left if row.get("name") == owner["name"]), None)
        if same is not None:
            left.remove(same)
        hidden = {key: value for key, value in (same or {}).items() if key not in ("name", "role", "share_percent", "country")}
        owners.append({**hidden, **owner})
    return owners


def _owner_line(owner: dict[str, Any]) -> str:
    share = owner.get("share_percent")
    parts = [owner.get("name", ""), "?" if share is None else f"{share:g}", owner.get("country", "")]
    return "; ".join(parts).rstrip("; ")
