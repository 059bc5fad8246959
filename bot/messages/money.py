"""How amounts look: both forms in full, `350,000,000원 (3억 5,000만원)`; in tables in 천원, with the unit said by the table."""

from fractions import Fraction

from bot.rules.money import WON, echo, thousands
from config.words import Say


def full(amount: int | None, currency: str, say: Say) -> str:
    """An amount with everything that was meant; the words for none."""
    if amount is None:
        return say("money-none")
    if currency != WON or say.language != "ko":
        return f"{currency} {amount:,}"
    in_units, in_figures = echo(amount)
    return in_figures if in_units == in_figures else f"{in_figures} ({in_units})"


def short(amount: int | None, currency: str) -> str:
    """An amount in a table: won in thousands, without the unit."""
    if amount is None:
        return "–"
    return f"{thousands(amount):,}" if currency == WON else f"{currency} {amount:,}"


def percent(share: Fraction | None) -> str:
    """`60.5%`, rounded half up."""
    if share is None:
        return "–"
    tenths = (share * 1000 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}%"
