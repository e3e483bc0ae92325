"""uid rules are frozen: these exact values stand in databases."""

from __future__ import annotations

import pytest

from screening.lists.fields.identity import address_entry_uid, citation_uid, denial_uid, volume_of


@pytest.mark.parametrize(
    ("citation", "volume"),
    [
        ("83 FR 37423; 87 FR 77505", "83"),
        ("67 F.R. 56530 9/4/02 67 F.R. 10890 3/11/02", "67"),
        ("80 F.R.44930 7/28/15", "80"),
        ("Vol. 88, No. 151, 08/08/2023", "88"),
        ("Vol.74, No. 20, 02/02/09, Federal Register", "74"),
        ("Notice 2061, Vol. 59, No. 165, 8/26/94", "59"),
        ("", ""),
        ("to be published", ""),
    ],
)
def test_volume_of_the_first_citation(citation: str, volume: str) -> None:
    assert volume_of(citation) == volume


def test_uids_are_frozen() -> None:
    assert citation_uid("SJ Semiconductor", "CN", "85 FR 83420; 89 FR 96837") == "63d7be474f4945ee"
    assert denial_uid("JIANWEI DING", "2011-07-27") == "8e837022ae60773d"
    assert address_entry_uid("HK", " Address  07") == "HK Address 07"


def test_a_uid_does_not_hang_on_page_date_or_spelling() -> None:
    uid = citation_uid("Acme Co., Ltd.", "CN", "89 FR 51652, 6/18/24")
    assert uid == citation_uid("ACME CO LTD", "CN", "89 FR 51653"), "sources differ by a page"
    assert uid == citation_uid("Acme Co., Ltd.", "HK", "89 FR 51652"), "Hong Kong is printed under China"
    assert uid != citation_uid("Acme Co., Ltd.", "CN", "88 FR 51652"), "another volume is another rule"
    assert uid != citation_uid("Acme Co., Ltd.", "TR", "89 FR 51652"), "another country is another entry"
