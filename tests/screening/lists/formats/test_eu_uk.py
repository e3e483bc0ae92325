"""European and British lists: a row per name, primary names first, day-first dates."""

from __future__ import annotations

import datetime as dt

from screening.matching.types import Alias, Identifier, Quality, Schema
from tests.screening.lists.formats.reading import one, only, parse, refused, sample

EU_CSV, EU_XML = sample("eu.csv"), sample("eu.xml")


def test_eu_csv() -> None:
    found = only(EU_CSV, "EU")
    person, bank = found.entries
    assert (found.published_on, found.published_from) == (dt.date(2026, 10, 8), "file")
    assert (person.uid, person.name, person.schema) == ("13", "John Doe", Schema.PERSON)
    assert person.aliases == (Alias("Abu Ali"),)
    assert person.birth_dates == ("1937-04-28", "circa 1935 to 1938")
    assert person.identifiers == (Identifier("Passport", "A1", "IQ"),), "a document known to be false is no key"
    assert (person.programs, person.federal_register) == (("IRQ",), "1210/2003 (OJ L169)")
    assert person.remarks == "UNSC 1483; EU.27.28; passport F9 IQ (known false); other 34409/129", "no number is lost"
    assert (person.addresses, person.countries, person.citizenships) == (("Tikrit",), (), ("IQ",)), "00 is no country"
    assert (bank.schema, bank.countries, bank.addresses) == (Schema.ORGANIZATION, ("SY",), ("Main St 1, Damascus, 123, SYRIA",))
    assert bank.aliases == (Alias("Банк Икс", kind="script"),)


def test_eu_xml() -> None:
    entry = one(EU_XML, "EU")
    assert entry.name == "John Doe", "a strong Latin name names the entry, wherever it stands"
    assert entry.aliases == (Alias("Джон", Quality.STRONG, "script"), Alias("Weak Name", Quality.WEAK))
    assert entry.birth_dates == ("circa 1937", "1938-01-02", "circa 1935 to 1939")
    assert entry.remarks == "other 34409/129; UNSC 1483; EU.27.28"
    assert entry.addresses == ("1 Road, Baghdad, IRAQ",)
    assert entry.effective_on == dt.date(2003, 7, 7)
    assert parse(EU_XML, "EU").lists[0].published_on == dt.date(2026, 8, 5)


def test_eu_guards() -> None:
    assert refused(EU_XML[:-40], "EU").guard == "truncated"
    assert refused(EU_CSV.replace("Entity_LogicalId", "LogicalId"), "EU", "eu_csv").guard == "header_drift"
    assert refused(EU_CSV + "08/10/2026;42;;;E", "EU").guard == "truncated"


UK, OFSI = sample("uk.csv"), sample("uk_consolidated.csv")


def test_uk_sanctions_list() -> None:
    found = only(UK, "UK")
    person, ship, company = found.entries
    assert (found.published_on, found.published_from) == (dt.date(2026, 10, 8), "file")
    assert (person.uid, person.name, person.schema) == ("RUS0001", "Ali HASSAN", Schema.PERSON)
    assert person.aliases == (
        Alias("علي حسن", kind="script"),
        Alias("Aly HASSAN", Quality.WEAK),
        Alias("Alee HASSAN", Quality.STRONG),
    ), "a row for every name and address of a party"
    assert person.birth_dates == ("1975",), "dd/mm is no day"
    assert person.citizenships == ("SY", "IQ")
    assert person.addresses == ("1 Road, Damascus, Syria", "2 Road, Baghdad, 10001, Iraq")
    assert person.identifiers == (Identifier("Passport", "A1234567"), Identifier("National ID No.", "ID123"))
    assert person.effective_on == dt.date(2020, 2, 1), "day first"
    assert (ship.schema, ship.identifiers, ship.countries) == (Schema.VESSEL, (Identifier("IMO", "9123456"),), ("GA",))
    assert (company.name, company.identifiers) == ("STROYMASH LLC", (Identifier("Registration Number", "1027700132195"),))


def test_the_earlier_consolidated_list() -> None:
    found = only(OFSI, "UK")
    assert found.published_on == dt.date(2026, 6, 3), "day first"
    (entry,) = found.entries
    assert (entry.uid, entry.name, entry.birth_dates) == ("14233", "John DOE", ("1976-04-12",))
    assert entry.aliases == (Alias("Johnny DOE", Quality.STRONG),)


def test_uk_guards() -> None:
    assert refused(UK.replace("Unique ID", "Reference"), "UK", "uk_csv").guard == "header_drift"
    assert refused(UK.replace("TANKER ONE", ""), "UK").guard == "rejects"
