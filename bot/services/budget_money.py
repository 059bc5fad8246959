"""Amounts as people write them, refused with the reason at the field where they stand."""

from bot.rules.money import WON, echo, read_amount, read_currency
from bot.services.refused import Refused


def amount_in(text: str, currency: str, field: str | None = None) -> int | None:
    """The amount that a text means; None for an empty one; whatever is not certain is refused and given back."""
    if not text.strip():
        return None
    amount = read_amount(text, currency)
    if amount.won is not None and amount.reason == "about":
        in_units, in_figures = echo(amount.won)
        raise Refused("money-about", field=field, text=text, units=in_units, figures=in_figures)
    if amount.won is None:
        raise Refused(f"money-{amount.reason}", field=field, text=text, currency=currency)
    return amount.won


def currency_in(text: str, field: str) -> str:
    """An ISO 4217 code; none means won."""
    code = read_currency(text) if text.strip() else WON
    if code is None:
        raise Refused("money-currency", field=field, text=text)
    return code
