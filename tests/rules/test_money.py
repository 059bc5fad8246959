"""Amounts of money: read in whole won, shown back in both forms, written as official documents do; else refused."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.money import Amount, echo, formal, read_amount, read_currency, read_won, thousands

SAME = "350,000,000 350000000원 3억5천만원 3억5,000만 3.5억 3.5억원 350백만원 350,000천원 35,000만원 삼억오천만원 금350,000,000원 ₩350,000,000"
wide = str.maketrans("0123456789.,()", "０１２３４５６７８９．，（）")
amounts = st.one_of(st.integers(0, 10**16 - 1), st.integers(1, 9999).map(lambda n: n * 10**8), st.integers(0, 10**6))


@pytest.mark.parametrize(
    "text",
    [*SAME.split(), "3억 5,000만원", "금삼억오천만원정", "금350,000,000원(금삼억오천만원)", "일금 삼억 오천만 원정"],
)
def test_the_same_amount_in_every_form(text):
    assert read_won(text) == Amount(350_000_000)
    assert read_won(text.translate(wide)) == Amount(350_000_000)
    assert read_won(unicodedata.normalize("NFD", text)) == Amount(350_000_000)


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("1조 2,000억", 1_200_000_000_000),
        ("2.5억", 250_000_000),
        ("5천만", 50_000_000),
        ("천만원", 10_000_000),
        ("백만원", 1_000_000),
        ("만원", 10_000),
        ("1만5천", 15_000),
        ("3천5백만원", 35_000_000),
        ("2천3백5십만 원", 23_500_000),
        ("일십일만삼천오백육십원", 113_560),
        ("십오만원", 150_000),
        ("1.5천만원", 15_000_000),
        ("3억 5,000원", 300_005_000),
        ("350천원", 350_000),
        ("KRW 350,000", 350_000),
        ("5000원", 5_000),
        ("0원", 0),
        ("9,999조 9,999억 9,999만 9,999원", 9_999_999_999_999_999),
    ],
)
def test_amounts(text, won):
    assert read_won(text) == Amount(won)


@pytest.mark.parametrize("text", ["약 12억", "대략 12억원", "12억여원", "12억원 정도", "12억 내외"])
def test_an_approximate_amount_says_so(text):
    assert read_won(text) == Amount(1_200_000_000, "about")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3억 5천", "unit-missing"),
        ("3억 5000", "unit-missing"),
        ("1조 2천", "unit-missing"),
        ("350", "unit-missing"),
        ("3천", "unit-missing"),
        ("3,50만원", "unclear"),
        ("1,5억", "unclear"),
        ("1.500.000원", "unclear"),
        ("1.500만원", "unclear"),
        ("350.000천원", "unclear"),
        ("1억 20,000만", "unclear"),
        ("1만 1억", "unclear"),
        ("1억 1억", "unclear"),
        ("2.5억 3천만", "unclear"),
        ("3백5천만원", "unclear"),
        ("억원", "unclear"),
        ("99,999조", "unclear"),
        ("99,999,999,999,999,999", "unclear"),
        ("0.123456789억", "not-whole"),
        ("2.5원", "not-whole"),
        ("-3억", "negative"),
        ("△3억원", "negative"),
        ("$300", "foreign"),
        ("3만 달러", "foreign"),
        ("3억~5억", "two-amounts"),
        ("3억 또는 5억", "two-amounts"),
        ("금350,000,000원(금삼억만원)", "two-amounts"),
        ("3 5억", "two-amounts"),
        ("3. 5억", "two-amounts"),
        ("3억 5 000만원", "two-amounts"),
        ("이천 5억", "two-amounts"),
        ("3억 확보", "other-words"),
        ("3억 이상", "other-words"),
        ("1억원(부가세 포함)", "other-words"),
        ("", "no-amount"),
        ("원", "no-amount"),
        ("미정", "no-amount"),
        ("수억", "no-amount"),
        ("9" * 5000 + "원", "unclear"),
    ],
)
def test_what_is_not_certain_is_refused(text, reason):
    assert read_won(text) == Amount(None, reason)


@settings(derandomize=True, deadline=None, max_examples=2000, database=None)
@given(
    amounts,
    st.sampled_from(
        [
            str,
            lambda text: text.translate(wide),
            lambda text: unicodedata.normalize("NFD", text),
            lambda text: text.replace(" ", ""),
        ]
    ),
)
def test_what_is_written_is_read_again(won, disguise):
    in_units, in_figures = echo(won)

    for text in (in_units, in_figures, formal(won), formal(won).split("(")[1].rstrip(")")):
        assert read_won(disguise(text)) == Amount(won), text


@pytest.mark.parametrize(
    ("won", "shown", "document"),
    [
        (350_000_000, ("3억 5,000만원", "350,000,000원"), "금350,000,000원(금삼억오천만원)"),
        (113_560, ("11만 3,560원", "113,560원"), "금113,560원(금일십일만삼천오백육십원)"),
        (1_200_000_000_000, ("1조 2,000억원", "1,200,000,000,000원"), "금1,200,000,000,000원(금일조이천억원)"),
        (0, ("0원", "0원"), "금0원(금영원)"),
    ],
)
def test_how_amounts_are_shown(won, shown, document):
    assert (echo(won), formal(won)) == (shown, document)


@settings(derandomize=True, deadline=None, max_examples=1000, database=None)
@given(st.text(alphabet="0123456789.,일이삼구천백십조억만원금약 ()영", max_size=14))
def test_any_text_is_an_amount_in_range_or_a_reason(text):
    amount = read_won(text)

    assert amount.reason if amount.won is None else 0 <= amount.won < 10**16


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("350,000", "EUR", Amount(350_000)),
        ("EUR 350,000", "EUR", Amount(350_000)),
        ("350000 usd", "USD", Amount(350_000)),
        ("３５０，０００ USD", "USD", Amount(350_000)),
        ("3억 5,000만원", "KRW", Amount(350_000_000)),
        ("3억", "EUR", Amount(None, "figures-only")),
        ("350천", "EUR", Amount(None, "figures-only")),
        ("USD 350,000", "EUR", Amount(None, "foreign")),
        ("KRW 350,000", "EUR", Amount(None, "foreign")),
        ("EUR 350,000 USD", "EUR", Amount(None, "foreign")),
        ("€350,000", "EUR", Amount(None, "figures-only")),
        ("350.000", "EUR", Amount(None, "unclear")),
        ("350.00", "EUR", Amount(350)),
        ("35,00", "EUR", Amount(None, "unclear")),
        ("3 5", "EUR", Amount(None, "two-amounts")),
        ("350.50", "EUR", Amount(None, "not-whole")),
        ("EUR", "EUR", Amount(None, "no-amount")),
        ("9" * 17, "EUR", Amount(None, "unclear")),
    ],
)
def test_other_currencies_are_read_in_plain_figures_alone(text, currency, amount):
    assert read_amount(text, currency) == amount


@settings(derandomize=True, deadline=None, max_examples=500, database=None)
@given(st.integers(0, 10**16 - 1), st.sampled_from(["EUR", "USD", "JPY"]))
def test_an_amount_of_another_currency_is_read_as_it_is_written(amount, currency):
    for text in (f"{currency} {amount:,}", f"{amount:,}", f"{amount} {currency.lower()}"):
        assert read_amount(text, currency) == Amount(amount)


@pytest.mark.parametrize(("text", "code"), [("krw", "KRW"), (" EUR ", "EUR"), ("원", None), ("XXY", None), ("", None)])
def test_a_currency_is_an_iso_code(text, code):
    assert read_currency(text) == code


@pytest.mark.parametrize(("won", "shown"), [(0, 0), (499, 0), (500, 1), (1_499, 1), (350_000_000, 350_000)])
def test_tables_round_to_thousands(won, shown):
    assert thousands(won) == shown
