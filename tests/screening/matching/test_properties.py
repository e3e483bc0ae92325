"""What must hold for any text: no crash, order does not matter, facts that agree never lower a score."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.matching.compare.addresses import parse
from screening.matching.engine import screen
from screening.matching.index.index import build
from screening.matching.names.parse import MAX_TOKENS, read
from screening.matching.names.score import compare_names
from screening.matching.policy import DEFAULT
from screening.matching.text import similarity
from screening.matching.text.normalize import fold
from screening.matching.types import ListedParty, Party

ANY = st.text(max_size=120)
WORDS = st.lists(
    st.sampled_from("zelmark avionics quorvex trelgen technology plant nelma 13 petrenkova olga ivanovna al".split()),
    min_size=1,
    max_size=6,
)
CHECK = settings(max_examples=60, deadline=None)
INDEX = build(
    [
        ListedParty(
            "EL",
            "a",
            "Zelmark Avionics Plant",
            addresses=("4 Nelma Street, Quorn",),
            countries=("CN",),
            birth_dates=("1965-03-12",),
        )
    ]
)


@CHECK
@given(ANY)
def test_folding_never_fails_and_is_idempotent(text: str) -> None:
    words = fold(text).words
    assert fold(" ".join(words)).words == words or any(len(word) == 1 for word in words)
    assert all(word.isascii() and word.isalnum() for word in words)


@CHECK
@given(ANY, ANY)
def test_nothing_crashes_on_any_text(name: str, address: str) -> None:
    answer = screen(INDEX, Party(name=name, addresses=(address,)), DEFAULT)
    assert all(0 <= hit.score <= 100 for hit in answer.hits)
    parse(address)


@CHECK
@given(WORDS, st.randoms(use_true_random=False))
def test_the_order_of_words_does_not_matter(words: list[str], rng: random.Random) -> None:
    turned = words[:]
    rng.shuffle(turned)
    listed = read("Zelmark Avionics Technology Plant 13").main
    one, other = read(" ".join(words)).main, read(" ".join(turned)).main
    if sorted(one.key) == sorted(other.key) and not any(
        pair.how == "joined" for pair in compare_names(one, listed).alignment.pairs
    ):
        assert abs(compare_names(one, listed).points - compare_names(other, listed).points) < 25


@CHECK
@given(WORDS)
def test_a_name_equals_itself(words: list[str]) -> None:
    name = read(" ".join(words)).main
    if name.comparable:
        assert compare_names(name, name).points == 95.0


@CHECK
@given(st.sampled_from(["Zelmark Avionics", "Zelmrk Avionics Plant", "Zelmark", "Avionics Plant Zelmark Nelma"]))
def test_a_fact_that_agrees_never_lowers_a_score(name: str) -> None:
    def best(**facts: object) -> float:
        hits = screen(INDEX, Party(name=name, **facts), DEFAULT).hits  # type: ignore[arg-type]
        return hits[0].score if hits else 0.0

    for facts in ({"country": "CN"}, {"addresses": ("4 Nelma Street, Quorn",)}, {"birth_date": "12 March 1965"}):
        assert best(**facts) >= best()


def test_long_text_costs_a_bounded_number_of_comparisons() -> None:
    calls = 0
    plain = similarity._similarity.__wrapped__

    def counted(*args: object) -> tuple[float, str]:
        nonlocal calls
        calls += 1
        return plain(*args)  # type: ignore[arg-type]

    original = similarity._similarity
    similarity._similarity = counted  # type: ignore[assignment]
    try:
        for text in (
            "zelmark " * 1250,
            "z" * 10_000,
            "ж" * 5_000,
            "(" * 10_000,
            "a.k.a. " * 1_400,
            ", ".join("ab" for _ in range(2_500)),
            "第" * 3_000,
        ):
            screen(INDEX, Party(name=text, addresses=(text,)), DEFAULT)
    finally:
        similarity._similarity = original
    assert calls <= 7 * MAX_TOKENS * MAX_TOKENS * 4
