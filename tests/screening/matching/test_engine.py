"""Screening against a small list: channels, quality, kinds, narrowing, and the traps other engines fall into."""

from __future__ import annotations

import pytest

from screening.matching.engine import ENGINE_VERSION, fingerprint, screen, screen_many
from screening.matching.index.index import Index, build
from screening.matching.policy import DEFAULT, Policy
from screening.matching.types import (
    Alias,
    Band,
    Channel,
    Identifier,
    ListedParty,
    Party,
    Quality,
    Schema,
    Screening,
    Verdict,
)

TOWER = "Room 1318-19, 13F, Zelma Plaza, 610 Quorn Road, Mong Kok, Kowloon, Hong Kong."
ENTRIES = (
    ListedParty(
        "EL",
        "e1",
        "Zelmark Avionics Co., Ltd.",
        aliases=(Alias("Quorvex Laboratory"),),
        countries=("CN",),
        addresses=("Flat 9, 12/F, Trelgen House, 4 Nelma Street, Hong Kong",),
    ),
    ListedParty("EL", "e2", "Address 07", schema=Schema.ADDRESS, addresses=(TOWER,), countries=("HK", "CN")),
    ListedParty(
        "SDN",
        "s1",
        "PETRENKOVA, Olga Ivanovna",
        schema=Schema.PERSON,
        birth_dates=("12 Mar 1965",),
        aliases=(Alias("OLGA THE BOLD", Quality.WEAK),),
        countries=("RU",),
    ),
    ListedParty("SDN", "s2", "NORDIC ZELMA", schema=Schema.VESSEL, identifiers=(Identifier("IMO", "9074729"),)),
    ListedParty("DPL", "d1", "Trelgen, Martin"),
    ListedParty(
        "SDN",
        "s3",
        "Jamvaria Foundation",
        schema=Schema.ORGANIZATION,
        identifiers=(Identifier("Tax ID No.", "7728294503", "RU"),),
        aliases=(Alias("JVF", Quality.UNKNOWN, "abbreviation"),),
    ),
    ListedParty("UN", "u1", "Energy Trading Company"),
)


@pytest.fixture(scope="module")
def index() -> Index:
    return build(ENTRIES)


def ask(index: Index, **facts: object) -> Screening:
    return screen(index, Party(**facts), DEFAULT)  # type: ignore[arg-type]


def uids(answer: Screening) -> list[str]:
    return [hit.entry.uid for hit in answer.hits]


def test_name_hit_carries_evidence(index: Index) -> None:
    answer = ask(index, name="Zelmark Avionics GmbH")
    hit = answer.hits[0]
    assert (answer.verdict, hit.entry.uid, hit.channel, hit.matched_name) == (
        Verdict.MATCH,
        "e1",
        Channel.NAME,
        "Zelmark Avionics Co., Ltd.",
    )
    assert hit.explanation[0].feature == "name"
    assert "same name" in hit.explanation[0].sentence
    assert {row.query for row in hit.explanation if row.feature == "token"} == {"zelmark", "avionics"}


def test_alias_hit_names_the_alias(index: Index) -> None:
    assert ask(index, name="Quorvex Laboratory Ltd").hits[0].matched_name == "Quorvex Laboratory"


def test_a_slip_in_the_one_distinctive_word_is_found(index: Index) -> None:
    assert uids(ask(index, name="Zelmrak Avionics")) == ["e1"]
    assert uids(ask(index, name="Jamvria Foundation")) == ["s3"]


def test_the_address_alone_finds_an_address_only_entry(index: Index) -> None:
    answer = ask(index, name="Blameless Wholesale Ltd", addresses=("Unit 1318, 13/F Zelma Plaza, 610 Quorn Rd",))
    assert [(hit.entry.uid, hit.channel, hit.band) for hit in answer.hits] == [("e2", Channel.ADDRESS, Band.STRONG)]


def test_the_printed_address_pasted_whole_scores_100(index: Index) -> None:
    assert ask(index, addresses=(TOWER,)).hits[0].score == 100.0


def test_another_unit_is_an_advisory_and_no_hit(index: Index) -> None:
    answer = ask(index, name="Blameless Wholesale Ltd", addresses=("Unit 1401, 14/F Zelma Plaza, 610 Quorn Rd",))
    assert (answer.hits, [one.code for one in answer.advisories]) == ((), ["ADDRESS_SAME_BUILDING"])


def test_the_address_of_a_named_entry_is_an_advisory(index: Index) -> None:
    answer = ask(index, name="Blameless Wholesale Ltd", addresses=("Flat 9, 12/F, Trelgen House, 4 Nelma Street",))
    assert (answer.hits, [one.code for one in answer.advisories]) == ((), ["ADDRESS_OF_LISTED_PARTY"])


@pytest.mark.parametrize("name", ["Address 07", "Address 7", "Address"])
def test_an_entry_named_address_is_never_matched_by_name(index: Index, name: str) -> None:
    assert ask(index, name=name).hits == ()


def test_an_identifier_is_a_hit_by_itself(index: Index) -> None:
    answer = ask(index, name="Blameless Wholesale", identifiers=(Identifier("INN", "7728 294 503", "RU"),))
    hit = answer.hits[0]
    assert (hit.entry.uid, hit.channel, hit.band, hit.score) == ("s3", Channel.IDENTIFIER, Band.STRONG, 98.0)
    assert "tax number is the same" in hit.explanation[0].sentence
    assert uids(ask(index, identifiers=(Identifier("IMO", "IMO 9074729"),))) == ["s2"]


def test_weak_aliases_and_abbreviations_are_never_alone_strong(index: Index) -> None:
    for name in ("Olga the Bold", "JVF"):
        assert [hit.band for hit in ask(index, name=name).hits] == [Band.POSSIBLE], name
    with_birth = ask(index, name="Olga the Bold", birth_date="1965-03-12")
    assert with_birth.hits[0].band is Band.STRONG


def test_facts_lift_and_lower_within_bounds(index: Index) -> None:
    plain = ask(index, name="Olga Petrenkova").hits[0].score
    same = ask(index, name="Olga Petrenkova", birth_date="1965-03-12", country="RU").hits[0].score
    other = ask(index, name="Olga Petrenkova", birth_date="1991-07-01")
    assert same > plain
    assert not other.hits or other.hits[0].score < plain


def test_a_country_that_differs_drops_nothing(index: Index) -> None:
    assert uids(ask(index, name="Zelmark Avionics", country="AE")) == ["e1"]
    assert uids(ask(index, name="Martin Trelgen", country="US")) == ["d1"]


def test_hong_kong_is_filed_under_china(index: Index) -> None:
    rows = ask(index, name="Zelmark Avionics", country="HK").hits[0].explanation
    assert [row.value for row in rows if row.feature == "country"] == [1.0]


def test_an_unknown_kind_is_screened_against_all_and_a_stated_one_is_not_trusted_blindly(index: Index) -> None:
    assert uids(ask(index, name="Nordic Zelma")) == ["s2"]
    assert uids(ask(index, name="Nordic Zelma", kind=Schema.PERSON)) == []
    for kind in Schema:
        assert uids(ask(index, name="Martin Trelgen", kind=kind)) == ["d1"], kind


@pytest.mark.parametrize(
    "name", ["Infrared Technologies AG", "Ltd Holdings Company", "Blue Energy Trading International Ltd", "11420 Corp", "Co."]
)
def test_legal_and_general_words_score_nothing_by_themselves(index: Index, name: str) -> None:
    assert ask(index, name=name).hits == ()


@pytest.mark.parametrize(
    "facts", [{}, {"name": "Ltd."}, {"name": "!!!"}, {"name": "12345"}, {"addresses": ("Hong Kong",)}, {"country": "RU"}]
)
def test_nothing_to_match_on_is_not_screened(index: Index, facts: dict[str, object]) -> None:
    answer = ask(index, **facts)
    assert (answer.verdict, answer.screenable) == (Verdict.NOT_SCREENED, False)
    assert answer.why_not


def test_lists_narrow_what_is_searched(index: Index) -> None:
    party = Party(name="Zelmark Avionics")
    assert uids(screen(index, party, DEFAULT, lists=frozenset(("EL",)))) == ["e1"]
    assert uids(screen(index, party, DEFAULT, lists=frozenset(("SDN", "XX")))) == []


def test_an_entry_with_more_aliases_scores_no_lower() -> None:
    bare = build([ListedParty("EL", "a", "Zelmark Avionics")])
    rich = build(
        [
            ListedParty(
                "EL",
                "a",
                "Zelmark Avionics",
                aliases=tuple(Alias(f"Other {word} Works") for word in ("Nelma", "Trelgen", "Quorn")),
            )
        ]
    )
    party = Party(name="Zelmrk Avionics")
    assert screen(bare, party, DEFAULT).hits[0].score == screen(rich, party, DEFAULT).hits[0].score


def test_a_semicolon_inside_an_alias_separates_nothing() -> None:
    index = build([ListedParty("EL", "a", "Quorvex", aliases=(Alias("Ship Repair Center 'Zelmochka;'"),))])
    assert uids(ask(index, name="Zelmochka Ship Repair Center")) == ["a"]


def test_ties_break_by_list_and_uid() -> None:
    index = build([ListedParty(code, uid, "Zelmark Avionics") for code, uid in (("SDN", "2"), ("EL", "9"), ("SDN", "1"))])
    assert [(hit.entry.list, hit.entry.uid) for hit in ask(index, name="Zelmark Avionics").hits] == [
        ("EL", "9"),
        ("SDN", "1"),
        ("SDN", "2"),
    ]


def test_owners_and_listed_hits_of_a_party_change_nothing(index: Index) -> None:
    owner = Party(name="Zelmark Avionics")
    assert ask(index, name="Blameless Wholesale", owners=(owner,), listed=({"list": "EL"},)).hits == ()


def test_the_batch_answers_like_one_by_one(index: Index) -> None:
    parties = [Party(name="Zelmark Avionics", id=str(at)) for at in range(3)] + [Party(name="Nobody Else")]
    assert screen_many(index, parties, DEFAULT) == [screen(index, party, DEFAULT) for party in parties]


def test_fingerprint_depends_on_what_decides_and_on_nothing_else() -> None:
    party = Party(name="Zelmark Avionics", addresses=("1 Nelma St",), country="CN")
    assert fingerprint(party) == fingerprint(
        Party(name="ZELMARK  avionics", addresses=("1 nelma st",), country="CN", id="P9", role="bank")
    )
    assert fingerprint(party) != fingerprint(Party(name="Zelmark Avionics", addresses=("2 Nelma St",), country="CN"))
    assert len(fingerprint(party)) == 64


def test_policy_refuses_nonsense() -> None:
    with pytest.raises(ValueError, match="thresholds"):
        Policy(strong=50, possible=70)


def test_engine_version_is_major_minor() -> None:
    major, minor = ENGINE_VERSION.split(".")
    assert (int(major), int(minor)) >= (1, 0)


def test_of_two_names_with_the_same_points_the_one_written_like_the_party_is_told() -> None:
    entry = ListedParty(
        list="EL", uid="1", name="Velmar Optics", aliases=(Alias("Velmar Optics (Jiangyin) Corp."), Alias("Velmar"))
    )
    hit = screen(build([entry]), Party(name="VELMAR OPTICS (JIANGYIN) CORP"), DEFAULT).hits[0]
    assert hit.matched_name == "Velmar Optics (Jiangyin) Corp."
    assert screen(build([entry]), Party(name="Velmar Optics"), DEFAULT).hits[0].matched_name == "Velmar Optics"


@pytest.mark.parametrize(
    "name", ["National Engineering and Scientific Commission", "NATIONAL SCIENTIFIC & ENGINEERING COMMISSION"]
)
def test_a_listed_name_of_general_words_is_found_without_its_abbreviation(name: str) -> None:
    listed = ListedParty("EL", "e9", "National Engineering and Scientific Commission (NESCOM)", countries=("PK",))
    found = ask(build([*ENTRIES, listed]), name=name)
    assert [hit.entry.uid for hit in found.hits] == ["e9"]


def test_other_names_of_general_words_stay_apart() -> None:
    listed = ListedParty("EL", "e9", "National Engineering and Scientific Commission (NESCOM)", countries=("PK",))
    for name in ("National Engineering Company", "Scientific Commission", "National Engineering and Trade Commission"):
        assert ask(build([*ENTRIES, listed]), name=name).verdict is Verdict.NO_MATCH, name
