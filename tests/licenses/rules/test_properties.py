"""What must hold for all facts: a restriction never improves an outcome, an unknown fact never beats both of its answers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licenses.rules.determination.determine import determine
from licenses.rules.facts.catalog import FACTS
from licenses.rules.tables.loader import load
from licenses.rules.types import Case, ItemFacts, ListedAs, Outcome, PartyFacts, TransactionType

D = dt.date(2026, 11, 24)
RULES = load().in_force(D)
ECCNS = (
    "EAR99", "3A001.a.2", "3A001.b.3", "3A001", "2B350.a", "5A002.a", "5A992.c", "7A103", "9A610.y", "9A610.x", "3A991",
    "3A090.a",    "3A904", "3B001.d", "3B991", "3E001", "1C350.b", "0A501.a", "6A003.a.3", "0A521", "8A018", "9A005", "3A555",
    "3A001.b.4", "3A611.x", "5D002.c.1", "3E002",
)  # fmt: skip
COUNTRIES = "DE CA CN HK MO RU IR CU SY KP IQ UA BR IN AE PK VN PS US MY JP SG".split()
FREEING_OR_NOT = (
    "military military_intelligence nuclear missile chemical_biological supercomputer advanced_ic ic_fabrication sme_production "
    "oil_gas_russia civil_telecom maritime_nuclear_propulsion foreign_vessel_or_aircraft us_person_support government_end_user "
    "food_or_medicine luxury_goods civil_use item_in_us direct_product_of_us_technology contains_integrated_circuit "
    "part_for_listed_item named_in_supplement_6 listed_ear99_software permanent_resident protected_person known_violation "
    "license_breach allied_civil_firm import_certificate prior_consignee_statement item_published encryption_source_code"
).split()
HITS = (
    ListedAs("EL", "X"), ListedAs("EL", "Address 01", channel="address", requirement_code="CCL_PLUS_SUPP7"), ListedAs("DPL", "X"),
    ListedAs("MEU", "X"), ListedAs("UVL", "X"), ListedAs("SDN", "X", programs=("SDGT",)), ListedAs("ISN", "X"),
    ListedAs("CMIC", "X"),    ListedAs("EL", "X", band="possible"), ListedAs("OWN", "X"),
)  # fmt: skip
DENIED = dict.fromkeys(FREEING_OR_NOT, False)
"""Every fact denied: what a careful exporter states, and the only way to the better outcomes for most items."""
valued = st.fixed_dictionaries(
    {},
    optional={
        "us_controlled_content_percent": st.sampled_from((0.0, 9.0, 15.0, 40.0)),
        "headquarters_country": st.sampled_from(("CN", "DE", "MO")),
        "transit_countries": st.sampled_from((("RU",), ("VN",), ("KP", "GE"))),
        "exception_claimed": st.sampled_from(("GOV", "STA", "TMP", "APR", "LVS", "BAG")),
        "gov_paragraph": st.sampled_from(("740.11(b)(2)", "740.11(c)", "740.11(a)")),
        "enc_classification": st.sampled_from(("b1", "b2", "b3", "none")),
        "destination_region": st.sampled_from(("crimea", "none")),
        "other_agency": st.sampled_from(("DDTC", "none")),
        "shipped_from": st.sampled_from(("HK", "DE")),
    },
)
anything = st.builds(
    Case,
    id=st.just("x"),
    transaction=st.sampled_from(TransactionType),
    destination=st.sampled_from(COUNTRIES),
    item=st.builds(
        ItemFacts,
        id=st.just("i"),
        eccn=st.sampled_from(ECCNS),
        hs6=st.sampled_from(("", "854231", "940330", "730411")),
        value_usd=st.sampled_from((None, Decimal(100), Decimal(100_000))),
        origin=st.sampled_from(("US", "US", "DE")),
    ),
    parties=st.just((PartyFacts("P1", "ultimate_consignee", "A"),)),
    facts=st.builds(
        lambda base, told, more: {**base, **told, **more},
        st.sampled_from(({}, DENIED)),
        st.dictionaries(st.sampled_from(FREEING_OR_NOT), st.booleans(), max_size=4),
        valued,
    ),
)
NEARLY_FREE = (
    ("EAR99", "DE"), ("EAR99", "SY"), ("3A001.a.2", "MY"), ("2B350.a", "SG"), ("5A002.a", "DE"), ("3A611.x", "BR"),
    ("5A992.c", "CN"), ("3A001.a.2", "DE"), ("3A991", "CN"), ("9A515.x", "JP"), ("0A501.c", "BR"), ("5D002.c.1", "JP"),
)  # fmt: skip
"""Item and destination whose outcome is good when all is denied: where a property about "never better" has something to catch."""
nearly_free = st.builds(
    lambda pair, told: Case(
        "x",
        TransactionType.EXPORT,
        pair[1],
        ItemFacts("i", pair[0], hs6="940330", value_usd=Decimal(100)),
        (PartyFacts("P1", "ultimate_consignee", "A"),),
        {**DENIED, "headquarters_country": "DE", **told},
    ),
    st.sampled_from(NEARLY_FREE),
    st.dictionaries(st.sampled_from(FREEING_OR_NOT), st.booleans(), max_size=1),
)
cases = st.one_of(anything, nearly_free)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def _outcome(case: Case) -> Outcome:
    return determine(case, RULES, as_of=D).outcome


@quick
@given(case=cases, hit=st.sampled_from(HITS))
def test_a_listed_party_never_improves_the_outcome(case: Case, hit: ListedAs) -> None:
    listed = replace(case, parties=(PartyFacts("P1", "ultimate_consignee", "A", hits=(hit,)),))
    assert _outcome(listed).rank >= _outcome(case).rank


@quick
@given(case=cases, fact=st.sampled_from(FREEING_OR_NOT))
def test_an_unknown_fact_never_beats_both_of_its_answers(case: Case, fact: str) -> None:
    known = {key: value for key, value in case.facts.items() if key != fact}
    answers = [_outcome(replace(case, facts={**known, fact: value})).rank for value in (True, False)]
    assert _outcome(replace(case, facts=known)).rank >= min(answers)


@quick
@given(case=cases, iso=st.sampled_from(COUNTRIES))
def test_a_further_country_never_improves_the_outcome(case: Case, iso: str) -> None:
    if case.transaction is TransactionType.DEEMED_EXPORT:
        return
    other = replace(case, parties=(PartyFacts("P1", "ultimate_consignee", "A", country=iso),))
    assert _outcome(other).rank >= _outcome(replace(case, parties=())).rank


@quick
@given(case=cases, fact=st.sampled_from(("enc_classification", "destination_region", "other_agency")))
def test_an_unknown_code_never_beats_all_of_its_answers(case: Case, fact: str) -> None:
    known = {key: value for key, value in case.facts.items() if key != fact}
    answers = [_outcome(replace(case, facts={**known, fact: value})).rank for value in FACTS[fact].choices]
    assert _outcome(replace(case, facts=known)).rank >= min(answers)


@quick
@given(case=cases)
def test_an_answer_to_a_question_never_loses_to_the_open_question(case: Case) -> None:
    """The same for the questions that the walk itself asks, conditions of single rows among them."""
    found = determine(case, RULES, as_of=D)
    for question in found.questions[:6]:
        if question.answers == ("true", "false"):
            answers = [_outcome(replace(case, facts={**case.facts, question.fact: value})).rank for value in (True, False)]
            assert found.outcome.rank >= min(answers), question.fact


@quick
@given(case=cases)
def test_a_greater_value_never_improves_the_outcome(case: Case) -> None:
    cheap, dear = (replace(case, item=replace(case.item, value_usd=Decimal(value))) for value in (50, 5_000_000))
    assert _outcome(dear).rank >= _outcome(cheap).rank


def test_the_cases_reach_every_outcome_so_that_no_property_holds_emptily() -> None:
    seen: Counter[Outcome] = Counter()

    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(case=cases, hit=st.one_of(st.none(), st.sampled_from(HITS)))
    def look(case: Case, hit: ListedAs | None) -> None:
        seen[_outcome(replace(case, parties=(PartyFacts("P1", "end_user", "A", hits=(hit,) if hit else ()),)))] += 1

    look()
    assert {outcome: seen[outcome] >= 5 for outcome in Outcome} == dict.fromkeys(Outcome, True)


@quick
@given(case=cases, day=st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31)))
def test_a_day_answers_like_its_neighbor_where_no_row_begins_or_ends(case: Case, day: dt.date) -> None:
    later = day + dt.timedelta(days=1)
    today, tomorrow = load().in_force(day), load().in_force(later)
    if today.digest == tomorrow.digest:
        assert replace(determine(case, today, as_of=day), steps=()) == replace(determine(case, tomorrow, as_of=later), steps=())


@quick
@given(case=cases)
def test_two_dates_of_one_stretch_answer_alike(case: Case) -> None:
    early, late = dt.date(2026, 11, 10), D
    assert determine(case, RULES, as_of=early).outcome is determine(case, RULES, as_of=late).outcome


PARAGRAPHS = sorted(
    {
        str(ref)
        for entry in RULES.items.entries()
        for row in RULES.items.controls(entry.eccn)
        for ref in row.scope
        if ref.path and ref.base == row.eccn
    }
)


@quick
@given(paragraph=st.sampled_from(PARAGRAPHS), iso=st.sampled_from(COUNTRIES), value=st.sampled_from((100, 9_000)))
def test_a_bare_entry_never_answers_better_than_one_of_its_paragraphs(paragraph: str, iso: str, value: int) -> None:
    def outcome(eccn: str) -> Outcome:
        item = ItemFacts("i", eccn, value_usd=Decimal(value))
        facts = {**DENIED, "headquarters_country": "DE", "destination_region": "none"}
        return _outcome(Case("x", TransactionType.EXPORT, iso, item, (), facts))

    bare = outcome(paragraph.partition(".")[0])
    assert bare.rank >= Outcome.NEEDS_INFORMATION.rank or outcome(paragraph).rank <= bare.rank


@quick
@given(case=cases, pair=st.sampled_from((("LI", "CH"), ("HK", "CN"), ("GL", "DK"), ("GG", "GB"))))
def test_a_country_answers_like_the_one_whose_row_it_uses(case: Case, pair: tuple[str, str]) -> None:
    facts = {**case.facts, "import_certificate": True, "shipped_from": "DE"}
    child, parent = (determine(replace(case, destination=iso, facts=facts), RULES, as_of=D) for iso in pair)
    assert (child.outcome, child.requirements, child.review_policy) == (parent.outcome, parent.requirements, parent.review_policy)


@quick
@given(case=cases)
def test_an_outcome_better_than_needs_information_has_no_open_hold(case: Case) -> None:
    found = determine(case, RULES, as_of=D)
    if found.outcome.rank < Outcome.NEEDS_INFORMATION.rank:
        assert not any(question.hold for question in found.questions)
    if found.outcome is Outcome.LICENSE_REQUIRED:
        assert found.requirements
    if found.outcome in (Outcome.NOT_SUBJECT_TO_EAR, Outcome.NO_LICENSE_REQUIRED):
        assert not found.requirements
