"""What the schedule cannot do is left alone for a while, each time for longer, and shown by `tft doctor`."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import DBAPIError

from bot.services.work import Work
from storage import setting_aside

log = structlog.get_logger()
FIRST_BACK_OFF, LONGEST_BACK_OFF = timedelta(minutes=5), timedelta(hours=6)


def step_aside(work: Work, noun: str, subject: object, error: Exception) -> datetime:
    """Note what went wrong with something, and give when it is tried again; `tft doctor` shows it."""
    pause = min(LONGEST_BACK_OFF, FIRST_BACK_OFF * 2.0 ** setting_aside.failures(work.session, noun, subject))
    setting_aside.put(work.session, noun, subject, f"{type(error).__name__}: {error}", work.now + pause)
    return work.now + pause


def guarded(work: Work, noun: str, subject: object, act: Callable[[], None]) -> datetime | None:
    """Plan one thing; one that cannot be planned must not keep the others from being said. Gives when it is tried again."""
    try:
        act()
        setting_aside.mended(work.session, noun, [subject])
    except DBAPIError:
        raise  # the whole transaction is lost
    except Exception as error:
        log.exception("not-planned", noun=noun, subject=subject)
        return step_aside(work, noun, subject, error)
    return None
