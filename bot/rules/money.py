"""Amounts of money: won as Korean offices write them, other currencies in plain figures; in whole units.

What is not certain is refused, never guessed.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import is_currency

from bot.rules.dates.folding import fold

_DIGITS = "일이삼사오육칠팔구"
_SMALL = {"천": 1000, "백": 100, "십": 10}
_LARGE = {"조": 10**12, "억": 10**8, "만": 10**4}
_MOST = 10**16  # a myriad of 조; larger ones are no budget

_TOKEN = re.compile(rf"(?P<figure>[\d.,]+)|(?P<digit>[{_DIGITS}])|(?P<small>[천백십])|(?P<large>[조억만])")
_FIGURE = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.(?!\d\d0$)\d+)?")  # a point before `500` may stand for a comma
_CENTS = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d\d)?")
_WHOLE = re.compile(
    r"(?P<about>약|대략|대충)?(?:총액?|합계)?(?:일금|금)?(?P<sign>[-△▲])?(?P<symbol>₩|\\|krw)?(?P<number>[\d.,일이삼사오육칠팔구천백십조억만]+|영)"
    r"(?P<more>여)?(?P<won>원정?|won|krw)?(?P<around>정도|가량|내외|쯤)?(?:\((?P<again>[^()]*)\))?"
)
# Two numbers, however near: `주차장 2 5억`, `3. 5억` (a list's number), `이천 5억` (a town's name).
_APART = re.compile(rf"\d\.?\s+\d|[{_DIGITS}][천백십]\s+\d")
WON = "KRW"
_CODED = re.compile(r"(?P<before>[a-z]{3})?(?P<number>[\d.,]+)(?P<after>[a-z]{3})?")
_FOREIGN = re.compile(r"[$€¥£]|usd|eur|jpy|달러|불|유로|엔|위안")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in won, or None with the reason's key; `about` is the only reason that comes with an amount.

    The others: no-amount, other-words, two-amounts, negative, foreign, unclear, unit-missing, not-whole.
    """

    won: int | None
    reason: str = ""


def read_won(text: str) -> Amount:
    """The one amount that the whole text means: `3억 5,000만원`, `350백만원`, `2.5억`, `금삼억오천만원`, `₩350,000,000`.

    An amount said twice, `금350,000,000원(금삼억오천만원)`, must be the same both times.
    """
    folded = fold(text).text
    if _APART.search(folded):
        return Amount(None, "two-amounts")
    plain = re.sub(r"\s", "", folded).rstrip(".,")
    match = _WHOLE.fullmatch(plain)
    if not match:
        return Amount(None, _why_not(plain))
    if match["sign"]:
        return Amount(None, "negative")
    amount = _number(match["number"], won=bool(match["won"] or match["symbol"]))
    if match["again"] is not None and amount.won is not None:
        again = read_won(match["again"])
        if again.won != amount.won:
            return Amount(None, "other-words" if again.reason == "no-amount" else "two-amounts")
    if amount.won is not None and (match["about"] or match["more"] or match["around"]):
        return Amount(amount.won, "about")
    return amount


def read_amount(text: str, currency: str = WON) -> Amount:
    """The one amount that the whole text means in this currency, an ISO 4217 code; won are read by `read_won`.

    Of other currencies only figures with or without that code are read, `EUR 350,000`; their Korean forms are refused.
    """
    if currency == WON:
        return read_won(text)
    folded = fold(text).text
    if _APART.search(folded):
        return Amount(None, "two-amounts")
    plain = re.sub(r"\s", "", folded).casefold()
    match = _CODED.fullmatch(plain)
    if not match:
        return Amount(None, "no-amount" if not re.search(r"\d", plain) else "figures-only")
    codes = {code for code in (match["before"], match["after"]) if code}
    if codes - {currency.casefold()}:
        return Amount(None, "foreign")
    amount = Decimal(match["number"].replace(",", "")) if _CENTS.fullmatch(match["number"]) else _MOST
    if amount >= _MOST:
        return Amount(None, "unclear")
    return Amount(int(amount)) if amount % 1 == 0 else Amount(None, "not-whole")


def read_currency(text: str) -> str | None:
    """An ISO 4217 code such as `KRW` or `eur`, in capitals; None for what is none."""
    code = text.strip().upper()
    return code if len(code) == 3 and is_currency(code) else None


def thousands(won: int) -> int:
    """In 천원, as tables of offices show it: rounded half up."""
    return (won + 500) // 1000


def _why_not(plain: str) -> str:
    if _FOREIGN.search(plain):
        return "foreign"
    amounts = re.findall(r"[\d.,천백십조억만]*\d[\d.,천백십조억만]*", plain)
    return {0: "no-amount", 1: "other-words"}.get(len(amounts), "two-amounts")


def _number(text: str, *, won: bool) -> Amount:
    """Sections of ten thousand from the largest down: 조, 억, 만, ones."""
    total, above, section = Decimal(0), _MOST, ""
    for piece in re.split(r"([조억만])", text):
        if piece not in _LARGE:
            section = piece
            continue
        unit, value = _LARGE[piece], _section(section or ("일" if piece == "만" and not total else ""))
        if value is None or unit >= above or value * unit >= above or total % above or (total and value % 1):
            return Amount(None, "unclear")
        total, above, section = total + value * unit, unit, ""
    return _with_ones(total, above, section, won=won)


def _with_ones(total: Decimal, above: int, section: str, *, won: bool) -> Amount:
    """`3억 5천` without 원 or 만 is refused: it says 3억 5,000원, but who writes it mostly means 3억 5천만."""
    ones = _section(section) if section else Decimal(0)
    if ones is None or ones >= above or (section and total % above):
        return Amount(None, "unclear")
    if section and not won and (above > 10**4 if total else ones < 10**4):
        return Amount(None, "unit-missing")
    amount = total + ones
    if amount % 1:
        return Amount(None, "not-whole")
    return Amount(int(amount))


def _section(text: str) -> Decimal | None:
    """`3천5백`, `삼천오백`, `5,000`, `2.5`, `350백`: small units downwards, each with at most one coefficient."""
    if text == "영":
        return Decimal(0)
    total, waiting, above = Decimal(0), None, 10**4
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup, match.group()
        if kind == "small":
            unit = _SMALL[piece]
            if unit >= above:
                return None
            total, waiting, above = total + unit * (1 if waiting is None else waiting), None, unit
        elif waiting is not None:
            return None
        else:
            waiting = _coefficient(piece)
            if waiting is None or (total and waiting >= above):
                return None
    return total + (waiting or 0) if text else None


def _coefficient(text: str) -> Decimal | None:
    if text in _DIGITS:
        return Decimal(_DIGITS.index(text) + 1)
    return Decimal(text.replace(",", "")) if _FIGURE.fullmatch(text) else None


def echo(won: int) -> tuple[str, str]:
    """Both forms to show back: `3억 5,000만원` and `350,000,000원`."""
    parts, rest = [], won
    for name, unit in _LARGE.items():
        count, rest = divmod(rest, unit)
        if count:
            parts.append(f"{count:,}{name}")
    if rest or not parts:
        parts.append(f"{rest:,}")
    return " ".join(parts) + "원", f"{won:,}원"


def formal(won: int) -> str:
    """As official documents write it, `금113,560원(금일십일만삼천오백육십원)` (시행규칙 of the Rules on Administrative Work, Art. 2)."""
    return f"금{won:,}원(금{_spelt(won)}원)"


def _spelt(won: int) -> str:
    """In Hangul; every one is written too, so that nothing can be added before it. Zero is 영."""
    parts, rest = [], won
    for name, unit in [*_LARGE.items(), ("", 1)]:
        count, rest = divmod(rest, unit)
        if count:
            parts.append(_spelt_section(count) + name)
    return "".join(parts) or "영"


def _spelt_section(number: int) -> str:
    digits = zip(("천", "백", "십", ""), f"{number:04}", strict=True)
    return "".join(_DIGITS[int(digit) - 1] + unit for unit, digit in digits if digit != "0")
