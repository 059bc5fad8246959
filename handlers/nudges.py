"""The ticks that remind, and what is chosen from a reminder's line."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from sqlmodel import Session

from bot.messages import ids
from bot.messages.post import Reply
from bot.services import channel_reminders, handover_forms, hours, item_snoozes, nudges, reckoning, weekly
from bot.services.askers import Asker
from bot.services.work import Work
from handlers import items, meeting_silence
from handlers.budget import pressed_on
from handlers.deps import Deps
from handlers.items import on_item, press_of
from handlers.listening import read_picked
from handlers.schedule import Tick
from storage import budget_dues, decisions, held, meetings, part_dues, weeklies
from storage import nudges as stored
from storage import reckoning as stored_reckoning

SECONDS = 5.0  # a clock that people move is looked at this often
STOPS = 5  # moments of each kind at which a jump of the clock stops; then the next are named
# In this order: what is due is right before it is planned, and all planned before a day's message is made of it.
STEPS: tuple[Callable[[Work], bool], ...] = (
    reckoning.reckon_some,
    hours.release,
    *nudges.PLANS,
    nudges.make_digests,
    channel_reminders.plan_channel,
    weekly.plan_weekly,
)
LOOKS = tuple(noun.next_moments for noun in (stored, held, weeklies, budget_dues, decisions, meetings))


def register(app: App, deps: Deps) -> None:
    """The menu of a line, and the calendar of a snooze."""

    @app.action(ids.NUDGE_MENU)
    def choose(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, item_id, act = ids.read_item_value(body["actions"][0]["selected_option"]["value"])
        run = press_of(deps, ack, body, context)
        run(task_force_id, lambda work, asker: on_item(ACTS[act], work, asker, item_id, ""))

    @app.action(ids.ITEM_SNOOZE_PICK)
    @app.action(ids.MILESTONE_SNOOZE_PICK)
    def pick_date(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, row_id, day = read_picked(body)
        if not day:  # the calendar was emptied
            ack()
            return
        rest = RESTS[body["actions"][0]["action_id"]]
        press_of(deps, ack, body, context)(task_force_id, lambda work, asker: rest(work, asker, row_id, day))


def rest_item(work: Work, asker: Asker, item_id: int, day: str) -> Reply:
    """Reminders about an item rest until that day."""
    return on_item(item_snoozes.snooze, work, asker, item_id, day)


def rest_milestone(work: Work, asker: Asker, milestone_id: int, day: str) -> Reply:
    """Those about a milestone."""
    return pressed_on(work, asker, ids.MILESTONE_SNOOZE, milestone_id, day)


RESTS = {ids.ITEM_SNOOZE_PICK: rest_item, ids.MILESTONE_SNOOZE_PICK: rest_milestone}
ACTS: dict[str, items.ItemAct] = {
    "done": items.done,
    "snooze": item_snoozes.snooze,
    "due": items.edit,
    "handover": lambda work, asker, _item, _more: handover_forms.handover(work, asker, ""),
    "details": items.details,
}


def tick(deps: Deps) -> None:
    """Everything that is due; each transaction is short."""
    now = deps.clock()
    with deps.database.reading() as session:
        if not is_anything_due(session, now):
            return
    meeting_silence.listen(deps)
    for step in STEPS:
        more = True
        while more:
            with deps.work() as work:
                more = step(work)


def is_anything_due(session: Session, now: datetime) -> bool:
    """Whether a step would find something to do. Indexes say so: it costs the same with ten items stored or a million."""
    return (
        part_dues.is_any_due(session, now)
        or stored.is_anybody_waiting(session, now)
        or stored_reckoning.is_anything_waiting(session)
        or held.is_any_due(session, now)
        or weeklies.is_any_due(session, now)
        or any(noun.is_any_due(session, now) for noun in (budget_dues, decisions, meetings))
    )


def dues(deps: Deps) -> Iterator[datetime]:
    """When there is something to do next, in business time."""
    now = deps.clock()
    with deps.database.reading() as session:
        for look in LOOKS:
            yield from look(session, now, STOPS)


TICK = Tick("nudges", SECONDS, tick, dues)
