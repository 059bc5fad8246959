"""Countries and time zones to choose from, by their names in the person's language, the likely ones first."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_timezone_location

from bot.rules.calendars import countries
from bot.rules.settings import zones

LIKELY_COUNTRIES = ("KR", "US", "JP", "CN", "TW", "SG", "VN", "GB", "DE", "FR")
LIKELY_ZONES = ("Asia/Seoul", "Asia/Tokyo", "Asia/Shanghai", "Asia/Singapore", "Europe/London", "Europe/Berlin")
_REGIONS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
MOST = 100  # Slack's, for a select
Choice = tuple[str, str]  # value, label


def country_name(code: str, language: str) -> str:
    """`대한민국 (KR)`."""
    name = Locale(language).territories.get(code)
    return f"{name} ({code})" if name else code


def zone_name(zone: str, language: str) -> str:
    """`서울 · Asia/Seoul`."""
    if zone not in zones():
        return zone
    return f"{get_timezone_location(zone, locale=language, return_city=True)} · {zone}"


def offset(zone: str, at: datetime) -> str:
    """`UTC+09:00`, as it is then."""
    shift = at.astimezone(UTC).astimezone(ZoneInfo(zone)).strftime("%z")
    return f"UTC{shift[:3]}:{shift[3:]}"


def country_choices(typed: str, language: str) -> list[Choice]:
    """The countries whose name or letters have what was typed."""
    return _matching(typed, _countries(language))


def zone_choices(typed: str, language: str) -> list[Choice]:
    """The zones whose name in the language or in the world's table has what was typed."""
    return _matching(typed, _zones(language))


def _matching(typed: str, choices: Iterable[Choice]) -> list[Choice]:
    wanted = typed.strip().casefold()
    return [(value, label) for value, label in choices if wanted in f"{value} {label}".casefold()][:MOST]


@lru_cache(maxsize=2)
def _countries(language: str) -> tuple[Choice, ...]:
    known = {code: country_name(code, language) for code in countries()}
    others = sorted((name, code) for code, name in known.items() if code not in LIKELY_COUNTRIES)
    return (*((code, known[code]) for code in LIKELY_COUNTRIES), *((code, name) for name, code in others))


@lru_cache(maxsize=2)
def _zones(language: str) -> tuple[Choice, ...]:
    others = sorted(zone for zone in zones() if zone.startswith(_REGIONS) and zone not in LIKELY_ZONES)
    return tuple((zone, zone_name(zone, language)) for zone in (*LIKELY_ZONES, *others, "UTC"))
