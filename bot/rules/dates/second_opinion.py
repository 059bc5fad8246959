"""Korean that our own grammar does not know, shown to `korean-datetime`; what it says is only ever asked about.

The library drops weekdays, reads `3일 내` as the 3rd and `12. 5.(토) 14:00` as today, so it never decides a date.
"""

import re

from korean_datetime import Grain, parse_all

from bot.rules.dates.due import Due, Frame, asked

_KOREAN = re.compile(r"[가-힣]")
_LIMIT = 60
_PARTICLES = re.compile(r"[\s.,()]|까지|에|로|은|는")


def second_opinion(text: str, frame: Frame) -> Due | None:
    """A question about the one day that the library reads out of nearly the whole text; None if it sees none."""
    if len(text) > _LIMIT or not _KOREAN.search(text):
        return None
    found = parse_all(text, now=frame.now.replace(tzinfo=None))
    if len(found) != 1 or found[0].is_range or found[0].grain not in {Grain.DAY, Grain.HOUR, Grain.MINUTE}:
        return None
    start, end = found[0].span
    if _PARTICLES.sub("", text[:start] + text[end:]):
        return None
    return asked("unsure", found[0].start.date())
