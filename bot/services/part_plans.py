"""What is due of items' parts is written down, and when they are due next."""

from datetime import date, datetime

import structlog
from sqlalchemy.exc import DBAPIError

from bot.rules.nudges import first_after, latest
from bot.services.item_reminders import dues, heard_until
from bot.services.receivers import office_of_id, read_offices
from bot.services.setting_aside import step_aside
from bot.services.work import Work
from storage import nudges, part_dues, receivers, setting_aside, snoozes
from storage.nudges import PART, Said
from storage.part_dues import Watched

log = structlog.get_logger()
AT_ONCE = 500  # parts in one transaction
Looked = tuple[int, datetime | None, datetime | None]


def plan_parts(work: Work) -> bool:
    """Write down what is due of some parts, and when they are due next; False when there are no more.

    Of what was missed only the latest is said. A part that cannot be planned steps aside, longer each time.
    """
    due = part_dues.due(work.session, work.now, AT_ONCE)
    _read_offices(work, due)
    rests = snoozes.of_items(work.session, {part.item_id for part in due})
    said: list[Said] = []
    looked_at: list[Looked] = []
    failed: set[int] = set()
    for part in due:
        try:
            its, looked = _plan(work, part, rests.get(part.item_id, {}))
        except DBAPIError:
            raise  # the whole transaction is lost
        except Exception as error:  # one bad row must not keep the others from being said
            log.exception("part-not-planned", part=part.part_id)
            failed.add(part.part_id)
            its, looked = [], (part.part_id, part.heard_until, step_aside(work, PART, part.part_id, error))
        said += its
        looked_at.append(looked)
    nudges.say_once(work.session, said)
    part_dues.planned(work.session, looked_at)
    setting_aside.mended(work.session, PART, [part.part_id for part in due if part.part_id not in failed])
    return len(due) == AT_ONCE


def _read_offices(work: Work, due: list[Watched]) -> None:
    """Those of all parts at once. One that cannot be read is met again with its own parts, which step aside."""
    try:
        read_offices(work, receivers.task_forces(work.session, {part.task_force_id for part in due}))
    except DBAPIError:
        raise
    except Exception:
        log.exception("offices-not-read")


def _plan(work: Work, part: Watched, rests: dict[int, date]) -> tuple[list[Said], Looked]:
    if not part.is_waiting:
        return [], (part.part_id, part.heard_until, None)
    office = office_of_id(work, part.task_force_id)
    found, heard = dues(office, part, rests), heard_until(office, part)
    said = office.said(PART, part.part_id, latest(found, heard, work.now), work.now)
    heard = max(heard, work.now)
    return said, (part.part_id, heard, first_after(found, heard))
