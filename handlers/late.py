"""What lands late: a call that nobody waited for any longer may still have its effect after the look-up that missed it."""

from datetime import timedelta
from functools import partial

from config.slack import Fate
from handlers import errands, looking, pace, settling
from handlers.calls import attempt
from handlers.deps import Deps
from handlers.errands import Errand
from storage import outbox, postings
from storage.outbox import Lane, Lease
from storage.tables import OutboxRow


def see_to_one(deps: Deps, again_after: timedelta) -> bool:
    """See to one row that was sent after a doubtful attempt; False if none is due.

    A second message is taken away, a message in place is made true once more. Stopped in the middle, it is done again
    `again_after`.
    """
    with deps.work() as work:
        until = work.machine_now + again_after
        row = outbox.to_look_at_again(work.session, work.machine_now, until)
        if row is None:
            return False
        errand = errands.prepare(work.session, Lease(row.lane, ""), row)
        wait = pace.book_all(work.session, row.installation_id, [errand.looks_by, "chat.delete"], work.machine_now)
        row.look_again_at = wait or until
    if not wait and _take_away_doubles(deps, errand):
        _finished(deps, errand)
    return True


def _take_away_doubles(deps: Deps, errand: Errand) -> bool:
    """Whether only the message that is recorded stands in Slack now."""
    client = deps.slack.client(errand.installation)
    outcome, found = looking.find(client, errand)
    if not outcome.is_done:
        return outcome.fate not in (Fate.AGAIN, Fate.DOUBTFUL)
    channel = errand.channel_id or ""
    mine = [one.ts for one in found if one.bot == errand.installation.bot_user_id]  # others' cannot be taken away
    doubles = _doubles(deps, errand, channel, mine)
    deleted = [attempt("chat.delete", partial(client.chat_delete, channel=channel, ts=ts)) for ts in doubles]
    return all(outcome.is_done or outcome.fate is Fate.LOST for outcome in deleted)


def _doubles(deps: Deps, errand: Errand, channel: str, found: list[str]) -> list[str]:
    """The messages that are too many. They are recorded first, as lost: what people put on them counts."""
    with deps.work() as work:
        known = {ts: postings.at(work.session, channel, ts) for ts in found}
        for ts, posting in known.items():
            if posting is None:
                settling.record(work, errand, channel, ts, lost_at=work.now)
    return [ts for ts, posting in known.items() if posting is None or posting.lost_at]


def _finished(deps: Deps, errand: Errand) -> None:
    with deps.work() as work:
        row = work.session.get_one(OutboxRow, errand.row.id)
        row.look_again_at = None
        if errand.kind and errand.kind.in_place:
            work.queue(Lane(row.installation_id, row.channel_id, row.user_id), row.kind, row.subject, row.args)
