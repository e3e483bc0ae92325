"""United Nations list: names in parts, qualities that are types, empty elements, several names in one alias."""

from __future__ import annotations

import datetime as dt

from screening.matching.types import Alias, Identifier, Quality, Schema
from tests.screening.lists.formats.reading import only, refused, sample

UN = sample("un.xml")


def test_the_list() -> None:
    found = only(UN, "UN")
    person, entity = found.entries
    assert (found.published_on, found.published_from) == (dt.date(2020, 11, 24), "file")
    assert (person.uid, person.name, person.schema) == ("KPi.034", "RI WON HO", Schema.PERSON)
    assert person.aliases == (
        Alias("리원호", Quality.STRONG, "script"),
        Alias("Mohammad Islami", Quality.STRONG),
        Alias("Mohamed Islami", Quality.STRONG),
        Alias("حسن غول", Quality.WEAK, "script"),
        Alias("Hassan Ghul", Quality.WEAK),
        Alias("Hassan Gul", Quality.WEAK),
    )
    assert (person.addresses, person.countries, person.citizenships) == ((), ("SY",), ("KP",))
    assert person.birth_dates == ("1964-07-17", "circa 1962", "1965 to 1969")
    assert person.identifiers == (Identifier("Passport", "381310014"),)
    assert person.remarks == "Official; An official stationed abroad."
    assert person.effective_on == dt.date(2016, 11, 30)
    assert (entity.uid, entity.schema, entity.addresses) == ("IRe.078", Schema.ORGANIZATION, ("Km 5 of Taft Road, Yazd, Iran",))
    assert entity.aliases == (Alias("Yazd Works", kind="fka"), Alias("YMI", kind="abbreviation")), (
        "for entities the quality is a type"
    )


def test_guards() -> None:
    assert refused(UN[:-40], "UN").guard == "truncated"
    assert refused('<CONSOLIDATED_LIST dateGenerated="2020-11-24"><INDIVIDUALS/></CONSOLIDATED_LIST>', "UN").guard == "empty"
    assert refused(UN.replace("<REFERENCE_NUMBER>IRe.078</REFERENCE_NUMBER>", ""), "UN").guard == "rejects"
