"""The shipment picture: who is drawn, where, with which words, and that nothing typed becomes markup."""

from __future__ import annotations

from defusedxml import ElementTree as ET

from licenses.output.shipment_picture import shipment_picture

SVG = "{http://www.w3.org/2000/svg}"


def picture(*parties: dict[str, str]) -> str:
    return shipment_picture({"parties": list(parties)}, {"parties": []})


def party(**fields: str) -> dict[str, str]:
    return {"id": "P1", "name": "Acme", "role": "purchaser", "country": "DE", "verdict": "no_match", **fields}


def test_nobody_to_draw_gives_no_picture() -> None:
    assert picture() == ""


def test_parties_stand_in_the_order_the_goods_travel() -> None:
    svg = picture(
        party(id="P3", name="Buyer", role="ultimate_consignee"),
        party(id="P1", name="Maker", role="applicant"),
        party(id="P2", name="Test house", role="intermediate_consignee"),
    )
    tree = ET.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    left = {group.find(f"{SVG}title").text: int(group.find(f"{SVG}rect").get("x")) for group in tree.iter(f"{SVG}g")}
    assert left["Maker"] < left["Test house"] < left["Buyer"]


def test_a_verdict_is_told_in_words_and_by_a_sign_not_by_color_alone() -> None:
    assert "▲ match" in picture(party(verdict="match"))
    assert "? not screened" in picture(party(verdict="not_screened"))


def test_a_party_without_a_verdict_is_not_screened() -> None:
    row = party()
    del row["verdict"]
    assert "not screened" in picture(row)


def test_typed_text_never_becomes_markup() -> None:
    svg = picture(party(name="<script>alert(1)</script>", role='x" onload="y'))
    assert "<script" not in svg
    assert 'onload="' not in svg.replace("&quot;", "'")


def test_owners_are_left_to_the_table() -> None:
    assert picture(party(role="owner")) == ""
